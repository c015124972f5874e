/* Verb: digest + view to page.
 *
 * House rules, so that the result can be predicted:
 * - sizes come from viewing distance and pixel pitch in tiers (glance, read, floor, detail),
 * snapped to the fonts' ladder, never under its smallest size;
 * - what is shown is chosen by rank: first that everything fits as minor cards; if not, the best,
 *   then the newest, the next planned and the first event unless their weight is under 5, then by
 *   rank until one does not fit;
 * - the newest, the first and those of weight 7 to 9 (all unset: the top third) are major cards,
 *   as many as fit: if events are hidden, in at most half of the page;
 * - whatever is not shown is counted in a "+n" row where it stood; a page with more records than
 *   lines counts all in its last row;
 * - `auto` is `lead` under 200 px of height, `daybook` if most events kept are ahead and none has
 *   happened that the desk did not weight under 5, `lanes` if the page is wide, two lanes or more
 *   have two events and hold three quarters of all, each lane has room for a row, and no more than
 *   twice as many records as cards fit; else `spine`. If these
 * lanes leave out more than a third of the events kept, and these are no more than a page has
 * lines, it is `spine` if that has half as many cards again;
 * - `lanes` needs 26 ems of the smallest headlines across, and becomes `spine` (`lead` under 200
 * px) without them; each lane shows its events by rank until one has no room (ink_lanes.h);
 * - `lead` sets one event large: the best ranked of the latest past day or instant or, if the desk
 *   weighted that under 5, the best of its day that it did not; never one withdrawn or dated after
 *   today; in a story without a past, the next planned one. Beside it (below it on a page that is
 * upright or too narrow) stand those that `spine` would choose of the past, its answers first, and
 * at the foot the next planned one; what is hidden is counted once, above them. A page under 200 px
 * high has the lead and a count alone, and is laid out so unless another layout is asked for.
 */
#ifndef INK_LAYOUT_H
#define INK_LAYOUT_H

#include "core/ink_digest.h"
#include "core/ink_page.h"
#include "core/ink_panel.h"

enum ink_layout {
    INK_LAYOUT_AUTO,
    INK_LAYOUT_SPINE,
    INK_LAYOUT_LANES,
    INK_LAYOUT_LEAD,
    INK_LAYOUT_DAYBOOK,
    INK_LAYOUT_COUNT
};
extern const char *const ink_layout_names[INK_LAYOUT_COUNT];

/* How the digest is looked at. Start from ink_view_of and change what the user asked for. */
struct ink_view {
    int16_t width, height; /* of the panel, pixels, before rotation */
    int16_t pitch_um;      /* of its pixels, micrometres */
    uint16_t rotation;     /* clockwise, degrees: 0, 90, 180 or 270 */
    uint16_t distance_mm;  /* of the reader; 0: the story's, else the panel's */
    uint16_t panel_distance_mm;
    uint8_t layout;            /* enum ink_layout */
    uint8_t inks;              /* enum ink_inks, of the panel */
    char lang[INK_LANG_BYTES]; /* of the page's own words; "": the story's */
    int64_t now_utc;           /* the clock on the wall, seconds; INT64_MIN: unknown */
};

struct ink_view ink_view_of(const struct ink_panel *panel);

/* Em sizes of the tiers, pixels. */
struct ink_tiers {
    uint8_t glance, read, floor, detail;
    uint16_t distance_mm; /* that they serve */
    bool beyond;          /* asked for more than the largest size can serve */
};
struct ink_tiers ink_tiers_for(const struct ink_view *view, const struct ink_story *story);

/* What layout remembers of one event while it works. */
struct ink_row {
    union {
        int32_t silence_h; /* spine: hours between the event shown before and this one */
        struct {
            int16_t mark, pole; /* lanes: columns of its mark and of its card's pole */
        };
    };
    int16_t limit;     /* lanes: last column at which the pole may stand */
    int16_t height[2]; /* as a minor and as a major card, pixels */
    uint16_t bytes[2]; /* of the page, at most */
    uint8_t form[2];   /* how its parts stand: private to ink_card.c */
    uint8_t flags;
    uint8_t level;       /* lanes: of its leader, 0 is the nearest to the line */
    unsigned slot : 4;   /* lanes: its lane on the page, from 0 */
    unsigned run : 4;    /* lanes: of the axis */
    unsigned place : 2;  /* lanes: row of its lane */
    unsigned width : 4;  /* lanes: class of its width, two bits for each rank */
    unsigned beside : 2; /* lanes: its date has room beside its figure, a bit for each rank */
};

/* What became of the events; also in the page, as items. */
struct ink_shown {
    uint16_t shown;  /* cards on the page */
    uint32_t hidden; /* all records hidden, kept events without a card among them */
    uint8_t layout;  /* the layout used */
};

/* Least page memory that holds a masthead and a count on any panel, in any language, bytes. */
#define INK_PAGE_BYTES_MIN 1792

/* Lay out into `page` (begun by the caller). `rows` holds one ink_row for each event of the digest.
 * Returns INK_ERR_VIEW for a panel outside INK_PANEL_SIDE_MIN..MAX, a pitch under 20 um, or a
 * rotation, layout or inks that are none; then the page is left as it was. */
INK_MUST_USE enum ink_status ink_lay(const struct ink_digest *digest, const struct ink_view *view,
                                     struct ink_row *rows, struct ink_page *page,
                                     struct ink_shown *shown);

#endif
