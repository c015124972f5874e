/* Part of condense: the gist of a text, in a form that two records are compared by.
 *
 * Each of its words has one of INK_GIST_BINS bins by its hash, and leaves there its weight and five
 * more bits of the hash; of words in one bin the heaviest stays. Two texts share a word where their
 * bins are equal.
 */
#ifndef INK_GIST_H
#define INK_GIST_H

#include "core/ink_terms.h"

#define INK_GIST_BINS 52

/* 64 bytes. */
struct ink_gist {
    uint32_t used[2]; /* bit i: bin i is not empty */
    uint16_t letters; /* in all bins, one a word left out: it says little that words are many */
    uint8_t bin[INK_GIST_BINS]; /* (weight - 1) x 32 + 5 bits of hash; 0: empty */
};

void ink_gist_of(struct ink_gist *gist, const struct ink_terms *terms);

/* Letters of the words that both have, a word's weight less `off` for each. */
uint32_t ink_gist_shared(const struct ink_gist *a, const struct ink_gist *b, uint32_t off);

/* True if `more` has all the words of `fewer`. Most pairs are told by their masks alone. */
bool ink_gist_has_all(const struct ink_gist *more, const struct ink_gist *fewer);

/* Number of words that both have. */
uint32_t ink_gist_common(const struct ink_gist *a, const struct ink_gist *b);

/* Percent of their letters, one a word left out, that two texts share: of the geometric mean of
 * both; 100 also if both have the same words of one letter, 0 if they share one word only and that
 * is not all of one of them. 0..100. */
uint32_t ink_gist_overlap(const struct ink_gist *a, const struct ink_gist *b);

/* Square root, rounded down. */
uint32_t ink_root(uint32_t x);

#endif
