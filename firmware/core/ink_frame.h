/* Part of layout: what all its files share while one page is made. Not for use outside. */
#ifndef INK_FRAME_H
#define INK_FRAME_H

#include "core/ink_label.h"
#include "core/ink_layout.h"
#include "core/ink_mark.h"
#include "core/ink_text.h"

enum { INK_MINOR, INK_MAJOR }; /* the two ranks of a card */

enum {
    INK_ROW_SHOWN = 1,
    INK_ROW_MAJOR = 2,
    INK_ROW_FULL = 4,      /* its texts are there */
    INK_ROW_MEASURED = 8,  /* as a minor card; shifted by one, as a major one */
    INK_ROW_ELSEWHERE = 32 /* it stands outside of the area being filled */
};

/* The rank that a row has, or is measured for. */
static inline int ink_row_rank(const struct ink_row *row) {
    return (row->flags & INK_ROW_MAJOR) != 0 ? INK_MAJOR : INK_MINOR;
}

/* Lanes: has its date room beside its figure? */
static inline bool ink_row_beside(const struct ink_row *row) {
    return (row->beside >> ink_row_rank(row) & 1) != 0;
}

/* How the parts of a card stand. */
enum {
    INK_CARD_INLINE = 1,       /* headline and source on one line */
    INK_CARD_FIGURE_RIGHT = 2, /* at the trailing edge of the text column */
    INK_CARD_FIGURE_RUN_IN = 4,
    INK_CARD_FIGURE_ABOVE = 8,
    INK_CARD_SPLIT = 16,       /* "via" on a line of its own */
    INK_CARD_SHORT = 32,       /* the source may end behind its first comma, in an ellipsis; not how
                                * many sources */
    INK_CARD_OWN_LINE = 64,    /* the source under its status word: a narrow page */
    INK_CARD_FIGURE_TALL = 128 /* and ABOVE: too wide for one line, so smaller and in up to three */
};

/* Height of a card that cannot say all it must: more than any page has. */
#define INK_CARD_UNFIT 16384

/* The page under construction. All lengths in pixels of the view. */
struct ink_frame {
    const struct ink_digest *digest;
    const struct ink_language *language;
    struct ink_page *page;
    struct ink_row *rows;
    struct ink_tiers tiers;
    struct ink_type head[2];   /* headlines, minor and major; the minor one also for settled status
                                * words, dates of minor cards, counts */
    struct ink_type figure[2]; /* one step above them */
    struct ink_type tag;       /* reversed status words */
    struct ink_type source;
    struct ink_type detail; /* labels of cuts */
    struct ink_type title;
    int date_bytes; /* of the longest date */
    int title_bytes;
    uint16_t longest;                    /* text of the page, bytes */
    uint8_t bold_scripts, light_scripts; /* that its texts need: see ink_text_scripts */
    int reserved; /* page memory of what stands outside of the area being filled, bytes */
    int scale;    /* 256 = the size at 125 pixels an inch */
    int width, height, margin;
    int left, right, top, bottom; /* of what is being filled: all between masthead and margins, or a
                                   * part of it */
    int date_right, line_x, text_x, text_width;
    int day_right;         /* of a daybook's column of days; 0: they stand above their events */
    struct ink_date as_of; /* local; precision NONE: not known */
    int64_t now_utc;       /* the same instant; INT64_MIN: not known */
    int32_t as_of_day;     /* INT32_MIN: not known */
    uint8_t tick_bytes;    /* of the longest label of a day on the axis */
    uint16_t lane_bytes;   /* page memory of their names */
    uint8_t lane_count;    /* lanes on the page */
    uint8_t lane_rows;     /* rows of cards that a lane may have */
    uint8_t card_lines;    /* lanes: of headline and source together */
    uint8_t lines_max;     /* of a minor headline */
    uint8_t lines_major;   /* of a major one */
    uint8_t loose;         /* air within cards beyond the least, pixels */
    bool shows_today;      /* a card shows the day of the as-of */
    bool years;            /* dates carry their year */
    bool hourly;           /* times matter more than days */
    bool mixed;            /* some text runs from right to left */
    bool stacked;          /* cards stand beside each other: nothing at a card's trailing edge */
    bool long_story;       /* lanes: the axis does not say each day */
    bool dated_source;     /* lanes: dates stand behind sources */
    bool one_rank;         /* no card is larger than the others */
    bool small;            /* a page with no line to spare */
    bool one_count;        /* all hidden are counted in one row, the last */
    bool inset;            /* a spine beside something larger: minor cards alone, and what is hidden
                            * is counted outside of it */
    bool minor_dates;      /* dates are no larger than those of minor cards */
    bool dates_above;      /* dates stand above their cards: their column would be too wide */
    bool strip;            /* major cards, too, may stand on one line */
    bool said;             /* the status word stands above the card, not before its source */
    uint16_t shown;
    uint16_t hours_to;      /* number of the first event ahead whose hour gets no line of its own */
    enum ink_layout layout; /* in use; never auto */
};

/* A length given at 125 pixels an inch, on this panel; at least 1. */
int ink_frame_px(const struct ink_frame *frame, int px);

/* All that digest, view and page (already in *frame) say of the page before anything is chosen for
 * it, and the page's size, turn, inks and direction. The view holds: see ink_lay. */
void ink_frame_set_up(struct ink_frame *frame, const struct ink_view *view);

/* The types that go with the tiers. */
void ink_frame_types(struct ink_frame *frame);

/* A square of `size` pixels, odd, around a centre. */
static inline struct ink_rect ink_square(int x, int y, int size) {
    return (struct ink_rect){(int16_t)(x - size / 2), (int16_t)(y - size / 2),
                             (int16_t)(x - size / 2 + size), (int16_t)(y - size / 2 + size)};
}

/* Too narrow for a column of dates beside the headlines. */
bool ink_frame_narrow(const struct ink_frame *frame);

/* Masthead: title, as-of, zone, stale tag. Its height depends on the view alone. */
int ink_masthead_height(const struct ink_frame *frame);
void ink_masthead_draw(const struct ink_frame *frame, const struct ink_view *view);

/* Width of a figure above a headline; 0 if there is none. */
int ink_card_figure_width(const struct ink_frame *frame, const struct ink_event *event, int rank,
                          int form);

/* Text of an event; empty if it has none. */
struct ink_span ink_frame_text(const struct ink_frame *frame, const struct ink_event *event,
                               enum ink_event_text which);

/* Page memory of a TEXT op, with its runs if the page is mixed. */
int ink_text_op_bytes(const struct ink_frame *frame, struct ink_span text);

/* Status as a word; a caution word stands reversed in a box. */
bool ink_is_caution(int status);
/* What its mark is drawn in. */
static inline enum ink_ink ink_status_ink(int status) {
    return ink_is_caution(status) ? INK_ALERT : INK_TEXT;
}
struct ink_span ink_status_word(const struct ink_frame *frame, const struct ink_event *event);
int ink_status_width(const struct ink_frame *frame, const struct ink_event *event);
int ink_status_lead(const struct ink_frame *frame, const struct ink_event *event);
void ink_status_draw(const struct ink_frame *frame, const struct ink_event *event, int x,
                     int baseline);

/* Height of the line through the headline of what is withdrawn; 0 for all else. Every layout gives
 * it to the slot of a headline, and 16 bytes of page memory to each of its lines. */
int ink_struck_px(const struct ink_frame *frame, const struct ink_event *event);

/* Between a bold word and the plain ones after it. */
int ink_word_gap(const struct ink_frame *frame);

/* Source line: status word, who, via whom, published when. `form` says how it stands
 * (ink_source_form finds the fullest that fits the text column); `line` 1 is the second one of
 * INK_CARD_SPLIT. */
int ink_source_width(const struct ink_frame *frame, const struct ink_event *event, int form,
                     int line);
int ink_source_form(const struct ink_frame *frame, const struct ink_event *event);
bool ink_source_is_whole(const struct ink_frame *frame, const struct ink_event *event, int form);
/* Does it say the status, name the source, and tell a report's time as that? */
bool ink_source_fits(const struct ink_frame *frame, const struct ink_event *event, int form);
int ink_source_bytes(const struct ink_frame *frame, const struct ink_event *event);
void ink_source_draw(const struct ink_frame *frame, const struct ink_event *event, int form, int x,
                     int baseline);

/* One event as a card: headline, source line, figure, in the text column. */
void ink_card_measure(const struct ink_frame *frame, const struct ink_event *event, int rank,
                      struct ink_row *row);
void ink_card_draw(const struct ink_frame *frame, const struct ink_event *event, int rank, int form,
                   int y);
/* The same within an item that is open. */
void ink_card_draw_in(const struct ink_frame *frame, const struct ink_event *event, int rank,
                      int form, int y);
/* Baseline of the headline's first line, from the card's top. */
int ink_card_baseline(const struct ink_frame *frame, int rank, int form);
/* Baseline of its first line, be it figure or headline. */
int ink_card_top_baseline(const struct ink_frame *frame, int rank, int form);
/* One line that says how many are hidden, when, by how many sources. */
void ink_card_more(const struct ink_frame *frame, const struct ink_gap *gap, int baseline);

/* A day, exactly known. */
bool ink_event_is_plain_day(const struct ink_event *event);
/* Has it an hour beside its day: that of an instant, or at which some hours begin? Of what lasts a
 * day or longer the days are told. */
bool ink_event_has_hour(const struct ink_frame *frame, const struct ink_event *event);

/* Date of an event in words; its time of day alone; the end of its hours, to go behind that. */
void ink_frame_label_when(struct ink_label *label, const struct ink_frame *frame,
                          const struct ink_event *event);
void ink_frame_label_clock(struct ink_label *label, const struct ink_frame *frame,
                           const struct ink_event *event);
void ink_frame_label_end(struct ink_label *label, const struct ink_frame *frame,
                         const struct ink_event *event);

/* Will not take place, or did not. */
static inline bool ink_event_is_off(const struct ink_event *event) {
    return event->status == INK_WITHDRAWN || event->status == INK_DENIED;
}

/* Weighted by the desk below the middle. */
static inline bool ink_event_is_minor(const struct ink_event *event) {
    return event->weight - 1u < 4; /* 0: not weighted */
}

/* Number of the first event that is still ahead; those from there on all are. */
uint32_t ink_first_ahead(const struct ink_digest *digest);

/* The next of them that will be and has its texts; if all are off, the first that has them; or
 * INK_NO_EVENT. */
uint32_t ink_next(const struct ink_frame *frame);

/* The event with that rank, and the best ranked of the latest past day or instant: of those with
 * their texts, or INK_NO_EVENT. */
#define INK_NO_EVENT UINT32_MAX
uint32_t ink_by_rank(const struct ink_digest *digest, uint32_t rank);
uint32_t ink_newest(const struct ink_frame *frame);
uint32_t ink_first_full(const struct ink_frame *frame, uint32_t from, uint32_t to);

/* Set INK_ROW_SHOWN and INK_ROW_MAJOR on rows, as many as fit, and frame->shown. */
void ink_choose(struct ink_frame *frame);

/* The same of rows that are full, for a page that goes by what comes next: all of them; else number
 * `first` (any beyond the last: none) as a major card or a minor one, then by rank. */
void ink_choose_from(struct ink_frame *frame, uint32_t first);

/* Does the page hold the rows shown as their flags are now? Of the layout in use, and of each. */
bool ink_layout_fits(struct ink_frame *frame);
bool ink_spine_fits(struct ink_frame *frame);
bool ink_daybook_fits(const struct ink_frame *frame);
/* Does the page reach down to `y` and its memory that far? */
bool ink_page_holds(const struct ink_frame *frame, int y, int bytes);

/* A line of words in place of what is not there, above `bottom`. Returns where it ends. */
int ink_note(const struct ink_frame *frame, enum ink_word word, int bottom);

/* When an event is, in its two parts: a day or what is known of it; a time, a weekday or nothing.
 */
void ink_spine_when(struct ink_label *label, const struct ink_frame *frame,
                    const struct ink_event *event, int part);
/* The date of an event in one line: its day unless that is `day`, and its hour if it has one. */
void ink_spine_label_date(struct ink_label *label, const struct ink_frame *frame,
                          const struct ink_event *event, int32_t day);
/* A spine, of the page or of a part of it: which cards it has, then its ink; lanes likewise. */
void ink_spine_choose(struct ink_frame *frame);
void ink_spine_draw(struct ink_frame *frame);

/* Height of a row that holds a cut or a count. */
int ink_gap_height(const struct ink_frame *frame);

/* What a row is asked before it is first shown: its sizes. */
void ink_layout_measure(struct ink_frame *frame, uint32_t number, int rank);

/* Lanes: width that a card takes on the axis, its pole and the air before the next one included. */
int ink_lanes_width(const struct ink_frame *frame, const struct ink_row *row);
void ink_lanes_measure(struct ink_frame *frame, uint32_t number, int rank);
/* Add the date of a lane's card; where the axis goes by days, its time alone. */
void ink_lane_add_date(struct ink_label *label, const struct ink_frame *frame, bool by_days,
                       const struct ink_event *event);
bool ink_lanes_fit(const struct ink_frame *frame);
/* Can the page have lanes at all? Else it has a spine. */
bool ink_lanes_possible(const struct ink_frame *frame);
/* Is it told best in lanes? */
bool ink_lanes_suit(const struct ink_frame *frame);
void ink_lanes_choose(struct ink_frame *frame);
void ink_lanes_draw(struct ink_frame *frame);

/* The other layouts: choose, and fill the page with its masthead. */
void ink_daybook(struct ink_frame *frame, const struct ink_view *view);
void ink_lead(struct ink_frame *frame, const struct ink_view *view);

#endif
