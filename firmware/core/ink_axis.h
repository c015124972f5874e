/* Part of layout: time across the page. Not for use outside.
 *
 * The axis is a few runs of time, each to scale, with cuts between them where nothing shown
 * happened for long. A story of up to two weeks has a run for each day that a card shows, from its
 * first instant to its last in the story's zone (23 to 25 hours), today's up to now; a longer one,
 * or one of hours, has a run between any two long silences. What is still to come has runs of its
 * own behind now. A run is as wide as its cards need; what is left goes half by time, half by
 * cards.
 */
#ifndef INK_AXIS_H
#define INK_AXIS_H

#include "core/ink_frame.h"

#define INK_AXIS_RUNS   12
#define INK_AXIS_DAYS_S ((int64_t)14 * 86400) /* stories up to this long may go by days */

struct ink_axis_run {
    int64_t from, to; /* seconds since 1970, from < to */
    int16_t x0, x1;   /* pixels, x0 < x1 */
    uint16_t first;   /* number of its first event shown */
    bool cut;         /* time is left out before it */
    bool ahead;       /* still to come */
};

struct ink_axis {
    struct ink_axis_run run[INK_AXIS_RUNS];
    int16_t left, right; /* pixels that it may take */
    uint8_t count;
    bool by_days; /* a run is a day */
    bool full;    /* there would be more runs */
};

/* Build the axis over the rows shown, within left..right as set by the caller, and note in each of
 * these rows the number of its run. Rows have their width and slot. */
void ink_axis_build(struct ink_axis *axis, const struct ink_frame *frame);

/* Column of an instant, in that run and no further. */
int ink_axis_x(const struct ink_axis_run *run, int64_t utc_s);

/* Columns of its run that an event's date allows its mark, first to last: one for an instant. */
struct ink_reach {
    int first, last;
    int end;     /* column at which the event ends */
    bool onward; /* it has no end that is known */
};
struct ink_reach ink_axis_reach(const struct ink_axis *axis, const struct ink_frame *frame,
                                uint32_t number);

/* Height of the header: labels, ticks, bars. */
int ink_axis_height(const struct ink_frame *frame);
void ink_axis_draw(const struct ink_axis *axis, const struct ink_frame *frame, int y);

/* Width of a cut in the axis. */
int ink_axis_cut_width(const struct ink_frame *frame);

/* Does the axis say all of an event's date? Else its card does. */
bool ink_axis_says(const struct ink_axis *axis, const struct ink_frame *frame,
                   const struct ink_event *event);

/* Page memory, at most. */
int ink_axis_bytes(const struct ink_axis *axis, const struct ink_frame *frame);

#endif
