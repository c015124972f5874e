/* Part of condense: where a record stands in time. */
#ifndef INK_ORDER_H
#define INK_ORDER_H

#include "core/ink_condense.h"

/* What decides over a place: see "Place" in ink_condense.h. */
struct ink_stand {
    int64_t place; /* UTC seconds: its start; of one ahead without an hour its end */
    uint64_t id;
    uint8_t precision, weight, status;
    bool ahead;
};

/* First second that a record covers; of one with an open start, the start of its end. */
int64_t ink_start_of(const struct ink_condense *condense, const struct ink_record *record);

/* `start` of a record that is not planned. */
static inline void ink_note_newest(struct ink_condense *condense, int64_t start) {
    struct ink_digest *digest = &condense->digest;
    digest->newest_utc = start > digest->newest_utc ? start : digest->newest_utc;
}

struct ink_stand ink_stand_of(const struct ink_condense *condense, const struct ink_record *record);

/* The same of an event, as long as its start_utc holds its place. */
struct ink_stand ink_stand_of_event(const struct ink_event *event);

/* True if `a` stands before `b`. */
bool ink_stands_before(const struct ink_stand *a, const struct ink_stand *b);

#endif
