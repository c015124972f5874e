/* Part of layout: lanes, one for each side of a story. Not for use outside.
 *
 * Time runs across the page (ink_axis.h); a lane is a line with a mark at each instant and cards
 * that hang from it, in up to INK_LANE_PLACES rows: near below the line, near above it, far below,
 * far above. A card's leader leaves the line at its mark and comes down the card's leading edge.
 *
 * Placing is boundary labelling with po-leaders (Bekos, Kaufmann, Symvonis, Wolff: Boundary
 * labeling, 2007): on each side of a line, cards stand in the order of their marks, so that no two
 * leaders cross. Rows are filled like the tracks of an interval partition, first fit from the latest
 * card to the first, so that of two in each other's way the earlier takes the far row. Columns then
 * solve the difference constraints "a card begins after the one before it ends, and after the pole
 * that comes down between them" by two sweeps, as the critical path method does: the latest column
 * of each card from the end, then the earliest from the beginning that is not left of its mark.
 * All sweeps are linear in the number of cards. How far a card may stand from its mark before it
 * opens a further row is tried from nothing upwards, until the rows take no more than the page's
 * height.
 */
#ifndef INK_LANES_H
#define INK_LANES_H

#include "core/ink_axis.h"

#define INK_LANE_PLACES 4
#define INK_LANE_LEVELS 3 /* leaders that may run above each other on one side of a line */

/* Place 0 near below, 1 near above, 2 far below, 3 far above. */
enum { INK_SIDE_BELOW, INK_SIDE_ABOVE, INK_SIDE_COUNT };

static inline int ink_place_side(unsigned place) {
    return place & 1;
}
static inline bool ink_place_is_far(unsigned place) {
    return place >= 2;
}

/* A page has no more cards than that. */
#define INK_LANE_CARDS 48

/* One lane of the page, as placed. */
struct ink_lane_rows {
    int16_t height[INK_LANE_PLACES]; /* of its rows, pixels; 0: not used */
    int16_t line;                    /* row of pixels of its line's middle */
    uint8_t levels[INK_SIDE_COUNT];  /* of leaders */
};

struct ink_lanes {
    struct ink_axis axis;
    struct ink_lane_rows lane[INK_LANES + 1];
};

/* Place the rows shown: axis, places, columns, levels, heights; true if they fit the page. */
bool ink_lanes_place(struct ink_lanes *lanes, const struct ink_frame *frame);

/* Heights of a lane above and below the middle of its line, pixels. */
int ink_lane_above(const struct ink_frame *frame, const struct ink_lane_rows *lane);
int ink_lane_below(const struct ink_frame *frame, const struct ink_lane_rows *lane);

/* From the middle of the line to the first row of cards on that side. */
int ink_lane_channel(const struct ink_frame *frame, int levels);

/* Side of a mark on a line. */
int ink_lane_mark(const struct ink_frame *frame);

/* Height that the lanes may take together. */
int ink_lanes_room(const struct ink_frame *frame);

/* Distance of two leaders that run above each other, and of two poles beside each other. */
int ink_lane_step(const struct ink_frame *frame);

/* From a pole to its card's text. */
int ink_lane_inset(const struct ink_frame *frame);

/* Between the end of a card and what is next. */
int ink_lane_gap(const struct ink_frame *frame);

/* Does a card say its date? On a line of its own, unless it has room beside the figure. */
bool ink_lane_dated(const struct ink_lanes *lanes, const struct ink_frame *frame, uint32_t number);
int ink_lane_date_height(const struct ink_lanes *lanes, const struct ink_frame *frame,
                         uint32_t number);
/* The records of a lane of the page that have no card. */
uint32_t ink_lane_hidden(const struct ink_frame *frame, unsigned slot);

/* Those of them that stand before its first event. */
uint32_t ink_lane_hidden_before(const struct ink_frame *frame, unsigned slot);

/* Its name; empty if it has none. */
struct ink_span ink_lane_title(const struct ink_frame *frame, unsigned slot);

#endif
