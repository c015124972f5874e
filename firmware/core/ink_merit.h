/* Part of condense: how much a day says, how a record ranks. */
#ifndef INK_MERIT_H
#define INK_MERIT_H

#include "core/ink_condense.h"
#include "core/ink_days.h"

/* The weight that a record ranks by, 1..9: an unset one counts as the middle. */
static inline int ink_weight(uint8_t weight) {
    return weight != 0 ? weight : INK_WEIGHT_UNSET;
}

#define INK_VOTE 4 /* weight of a source's vote against the burst of words */

/* Denied or disputed: it stands with what it answers. */
static inline bool ink_is_answer(uint8_t status) {
    return status == INK_DENIED || status == INK_DISPUTED;
}

/* The id is one of those shown before. */
bool ink_is_held(const struct ink_condense *condense, uint64_t id);

/* 16 x log2(1 + x), rounded to a table of 16 steps; at most 1024. */
uint32_t ink_log2(uint64_t x);

/* The merit of every day of the table, in the place of its sources: see ink_condense.h. `recent` is
 * that of the budget. */
void ink_merit_of_days(struct ink_days_table *table, uint32_t recent);

/* All of it in one number. */
static inline int32_t ink_merit_sum(const struct ink_merit *merit) {
    return INK_VOTE * merit->votes + merit->burst - merit->busy + merit->favour; /* below 2^19 */
}

#endif
