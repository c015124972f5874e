/* Part of layout: what the files of `daybook` share. Not for use outside. */
#ifndef INK_DAYBOOK_H
#define INK_DAYBOOK_H

#include "core/ink_frame.h"

#define INK_DAY_PAST  INT32_MIN /* not listed, or counted as past */
#define INK_DAY_LATER INT32_MAX /* no one day */

/* The days that a row counts, the last one too. */
struct ink_daybook_days {
    int32_t from, to;
};
#define INK_DAYS_PAST  ((struct ink_daybook_days){INK_DAY_PAST, INK_DAY_PAST})
#define INK_DAYS_AHEAD ((struct ink_daybook_days){INK_DAY_PAST + 1, INK_DAY_LATER})
#define INK_DAYS_ALL   ((struct ink_daybook_days){INK_DAY_PAST, INK_DAY_LATER})

static inline const struct ink_event *ink_daybook_event(const struct ink_frame *frame,
                                                        uint32_t number) {
    return &frame->digest->events[number];
}

/* Number of the event in that place of the daybook; ink_daybook_sort has noted it. */
static inline uint32_t ink_daybook_in_place(const struct ink_frame *frame, uint32_t place) {
    return (uint32_t)frame->rows[place].silence_h;
}

static inline bool ink_daybook_is_shown(const struct ink_frame *frame, uint32_t number) {
    return (frame->rows[number].flags & INK_ROW_SHOWN) != 0;
}

/* The day that event `number` is listed under, INK_DAY_LATER, or INK_DAY_PAST if it is not listed.
 */
int32_t ink_daybook_day(const struct ink_frame *frame, uint32_t number);

/* Find each event's place. */
void ink_daybook_sort(const struct ink_frame *frame);

/* All that is not shown of those days. */
struct ink_gap ink_daybook_hidden(const struct ink_frame *frame, struct ink_daybook_days days);

/* Is it told by its hours, under its day? Else beside its own date. */
bool ink_daybook_has_hours(const struct ink_frame *frame, const struct ink_event *event);

/* What stands before its mark; nothing if there is nothing to say. */
void ink_daybook_label(struct ink_label *label, const struct ink_frame *frame, uint32_t number);

#endif
