/* Service: what a code point is to a word, and its letter without case and accents.
 *
 * Case is folded, accents are taken off, digits of every script become ASCII digits, full-width and
 * half-width forms their ordinary selves. One code point gives one: a ligature or digraph of
 * several letters stays one letter of its own, in lower case; so do the vowel signs of Indic
 * scripts, which carry the word. After Unicode 15.0; host/bake/bake_fold.c states the rule in full.
 *
 * The table takes about 3.4 KB of flash, ASCII included. No RAM.
 */
#ifndef INK_FOLD_H
#define INK_FOLD_H

#include "core/ink_types.h"

/* What stands between words: space, punctuation, symbol, control. */
#define INK_FOLD_SEPARATOR 0u

/* What vanishes inside a word: accents of alphabets, vowel points of Hebrew and Arabic, tatweel,
 * soft hyphen, joiners, variation selectors. */
#define INK_FOLD_SKIP 1u

/* Set beside the letter: its script does not put spaces between words (Han, kana, Thai, Khmer, and
 * others), or a pair of its letters says as much as a word (Hangul). */
#define INK_FOLD_UNSPACED 0x80000000u

/* INK_FOLD_SEPARATOR, INK_FOLD_SKIP, or the folded letter, which is '0' .. '9' for a digit and
 * above '9' for all else. Any number may be asked. */
uint32_t ink_fold(uint32_t code_point);

/* The same for ASCII, to be read in a loop. */
extern const uint8_t ink_fold_ascii[128];

/* The baked table (build/.../gen/ink_fold_table.c): runs of U+0080 .. U+1FFFF in ascending order;
 * what lies in none folds to itself.
 *
 *     31               15 14       8 7       0
 *     +------------------+----------+---------+
 *     | first code point | count-1  |  index  |
 *     +------------------+----------+---------+
 *
 * index 0, 1   code points with the lowest bit of the index fold to the next one,
 *       2, 3   or to the one before; others to themselves
 *       4      separators, and count is in units of 128
 *       5 ..   the first folds to ink_fold_values[index] (a letter: in the plane it comes from),
 * each further one to the same; to one greater by 1 if index >= ink_fold_steps[0], by 2 if index >=
 * ink_fold_steps[1] */
enum { INK_FOLD_UP = 0, INK_FOLD_DOWN = 2, INK_FOLD_LONG = 4, INK_FOLD_VALUES = 5 };
#define INK_FOLD_TABLE_END 0x20000u /* what the table does not reach is decided by its plane */
extern const uint32_t ink_fold_table[];
extern const uint16_t ink_fold_table_count;
extern const uint16_t ink_fold_values[];
extern const uint8_t ink_fold_steps[2];

#endif
