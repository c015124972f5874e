/* All passes over the inputs; and, if somebody wants to know, why the core chose as it did.
 *
 * The core keeps no reasons: they are read from its work area between the passes.
 */
#ifndef INK_FEED_H
#define INK_FEED_H

#include "core/ink.h"
#include "inputs.h"

#define INK_WHY_IDS     16 /* ids told of those merged into one event */
#define INK_WHY_DROPPED 10 /* candidates told of those that were not kept */

/* One event, by its rank. */
struct ink_why_event {
    struct ink_chosen_day day; /* key INT32_MAX: it belongs to none */
    uint64_t merged[INK_WHY_IDS];
    uint32_t merged_count;
    uint32_t score;
};

/* One candidate that was not kept. */
struct ink_why_dropped {
    struct ink_candidate candidate;
    struct ink_chosen_day day;
    char headline[INK_HEADLINE_BYTES + 1];
};

struct ink_why {
    struct ink_why_event *events;                    /* as many as the core may keep */
    struct ink_why_dropped dropped[INK_WHY_DROPPED]; /* the best first */
    int dropped_count;
    uint32_t days, candidates; /* that were chosen and gathered */
    struct ink_candidate *all; /* candidates, until the election is over */
    struct ink_chosen_day *chosen;
};

/* Feed all passes; `why` may be null. Returns INK_EXIT_OK, or prints why not and returns a code. */
int ink_feed_inputs(struct ink *ink, const struct ink_inputs *inputs,
                    struct ink_why *why) INK_MUST_USE;

void ink_why_free(struct ink_why *why);

#endif
