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
    INK_ROW_FULL = 4,    /* its texts are there */
    INK_ROW_MEASURED = 8 /* as a minor card; shifted by one, as a major one */
};

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
    struct ink_type title;
    int date_bytes; /* of the longest date */
    int title_bytes;
    uint16_t longest; /* text of the page, bytes */
    int scale;        /* 256 = the size at 125 pixels an inch */
    int width, height, margin;
    int top, bottom; /* of what lies between masthead and lower margin */
    int date_right, line_x, text_x, text_width;
    struct ink_date as_of; /* local; precision NONE: not known */
    int32_t as_of_day;     /* INT32_MIN: not known */
    uint8_t lines_max;     /* of a minor headline */
    bool shows_today;      /* a card shows the day of the as-of */
    bool years;            /* dates carry their year */
    bool hourly;           /* times matter more than days */
    bool mixed;            /* some text runs from right to left */
    bool one_count;        /* a small page: all hidden are counted in one row, the last */
    uint16_t shown;
};

/* A length given at 125 pixels an inch, on this panel; at least 1. */
int ink_frame_px(const struct ink_frame *frame, int px);

/* Too narrow for a column of dates beside the headlines. */
bool ink_frame_narrow(const struct ink_frame *frame);

/* Masthead: title, as-of, zone, stale tag. Its height depends on the view alone. */
int ink_masthead_height(const struct ink_frame *frame);
void ink_masthead_draw(const struct ink_frame *frame, const struct ink_view *view);

/* One event as a card: headline, source line, figure, in the text column. */
void ink_card_measure(const struct ink_frame *frame, const struct ink_event *event, int rank,
                      struct ink_row *row);
void ink_card_draw(const struct ink_frame *frame, const struct ink_event *event, int rank, int form,
                   int y);
/* Baseline of the headline's first line, from the card's top. */
int ink_card_baseline(const struct ink_frame *frame, int rank, int form);
/* Baseline of its first line, be it figure or headline. */
int ink_card_top_baseline(const struct ink_frame *frame, int rank, int form);
/* What the mark of a status is drawn in: INK_ALERT if it asks for caution. */
enum ink_ink ink_card_mark_ink(int status);
/* One line that says how many are hidden, when, by how many sources. */
void ink_card_more(const struct ink_frame *frame, const struct ink_gap *gap, int baseline);

/* Number of the first event that is still ahead; those from there on all are. */
uint32_t ink_first_ahead(const struct ink_digest *digest);

/* Set INK_ROW_SHOWN and INK_ROW_MAJOR on rows, as many as fit, and frame->shown. */
void ink_choose(struct ink_frame *frame);

/* Does the page hold the rows shown as their flags are now? */
bool ink_spine_fits(const struct ink_frame *frame);

/* Height of a row that holds a cut or a count. */
int ink_gap_height(const struct ink_frame *frame);

/* The layouts: fill the body of the page. */
void ink_spine(struct ink_frame *frame, const struct ink_view *view);

#endif
