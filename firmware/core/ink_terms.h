/* Part of condense: the words of a text as hashes, in any script and without a word list.
 *
 * A term is a maximal run of letters and digits, folded (ink_fold.h): "Élan", "élan" and "ELAN" are
 * one. In scripts written without spaces each pair of neighbouring letters is a term, and a letter
 * without a neighbour is one too. 4 * INK_TERMS + 12 bytes, owned by the caller.
 */
#ifndef INK_TERMS_H
#define INK_TERMS_H

#include "core/ink_types.h"

/* The first so many different terms of a text count; a headline has about 10. */
#define INK_TERMS 64

/* Another seed gives other hashes: what a benchmark varies to measure how much is luck. */
#ifndef INK_TERMS_SEED
#define INK_TERMS_SEED 0u
#endif

struct ink_terms {
    /* All different, in the order of the text. Bits 3..31: hash, every bit of use by itself; no two
     * agree in it. Bits 0..2: weight - 1. The weight of a term is its letters and digits, at most
     * 8; in unspaced scripts it is 4. */
    uint32_t term[INK_TERMS];
    uint16_t count;
    bool looks_back;  /* names the day of its own date: written later, that is */
    uint32_t figures; /* hash of the numbers in the text; 0: none (or one chance in 2^32) */
};

/* All of this for `text`. `year` and `day` (of the month) are those of the record's own date; 0: it
 * has none.
 *
 * A number is a run of digits, also beside letters ("11th"). Groups of three digits, with one of
 * , . ' ’ or space (also U+00A0, U+202F) before each, continue a number whose first group has at
 * most three, is not 0 and begins its word: "120,000", "120 000" and "120000" are the same, "3.14"
 * is two. Numbers are compared by value modulo 2^32; how often each occurs matters, the order does
 * not. One of at most two digits that is the day sets looks_back; neither it nor the year counts as
 * a figure. Numbers are read to the end of the text, also behind the last term that counts. */
void ink_terms_of(struct ink_terms *terms, struct ink_span text, int year, int day);

static inline uint32_t ink_term_weight(uint32_t term) {
    return (term & 7) + 1;
}

#endif
