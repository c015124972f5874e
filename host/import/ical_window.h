/* Which entries of a calendar are shown, by when they are; and what was left out. */
#ifndef INK_IMPORT_ICAL_WINDOW_H
#define INK_IMPORT_ICAL_WINDOW_H

#include "import/ical_event.h"
#include "import/import.h"

/* An instant is compared as such; a day, and a time of no zone, by a clock. */
struct ink_ical_window {
    int64_t from_utc, to_utc;
    int64_t from_local, to_local;
    uint64_t steps; /* that rules may still take, of the whole file */
};

/* The window of an import, by the clock of the command line's zone, else of the calendar's `own`
 * (NULL: none), else UTC. */
struct ink_ical_window ink_ical_window_of(const struct ink_import *in, const char *own);

/* Does an entry overlap it? `utc` is that of the start. */
bool ink_ical_window_has(const struct ink_ical_window *window, const struct ink_ical_time *start,
                         int64_t utc, const struct ink_ical_length *length);

/* Entries that were left out: how many, and by which days they begin. */
struct ink_ical_outside {
    uint32_t count;
    int64_t first_local, last_local;
};

void ink_ical_outside_add(struct ink_ical_outside *outside, const struct ink_ical_time *start);

/* Say so, in one line. */
void ink_ical_outside_say(const struct ink_ical_outside *outside,
                          const struct ink_ical_window *window, struct ink_import *in);

#endif
