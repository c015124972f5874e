/* Part of condense: the order of keeping, and pass 1, which ids to keep. */
#ifndef INK_PICK_H
#define INK_PICK_H

#include "core/ink_condense.h"

/* The weight that a record ranks by, 1..9: an unset one counts as the middle. */
int ink_weight(uint8_t weight);

/* First second that a record covers; of one with an open start, the start of its end. */
int64_t ink_start_of(const struct ink_date *when, const struct ink_date *until,
                     const struct ink_zone *zone);

/* The order of keeping as one number, the greater the better; below 2^44. */
uint64_t ink_merit(uint8_t weight, uint8_t status, int64_t start_utc);

/* Take a record into the picks if it is good enough. */
void ink_pick(struct ink_condense *condense, const struct ink_record *record);

/* Turn the picks into empty events ascending by id, and set their number in the digest. */
void ink_pick_end(struct ink_condense *condense);

#endif
