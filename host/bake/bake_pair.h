/* What the fonts of a role say of every pair of its glyphs, in whole pixels of each size.
 *
 * The rule: a pair of letters or signs that one source drew is moved as its font's GPOS or kern
 * table says, by HarfBuzz, scaled and rounded to pixels, but
 *   - not below BAKE_PAIR_PX, nor by a positive value under a pixel;
 *   - not beside a digit, a blank or a mark: digits stay in columns, words stay parted;
 *   - not in scripts from the right, nor in those of cells;
 *   - by no more than a pixel nearer below BAKE_PAIR_FREE_PX, and by -8..7 at any size;
 *   - nearer only as long as the two inks stay more than BAKE_PAIR_GAP(px) pixels apart, across,
 *     down and diagonally.
 * Two everyday letters that would touch in a row unkerned, as "rt" does at many sizes, are parted
 * by a pixel.
 */
#ifndef BAKE_PAIR_H
#define BAKE_PAIR_H

#include "bake/bake_glyph.h"

#define BAKE_PAIR_PX      20
#define BAKE_PAIR_FREE_PX 24
#define BAKE_PAIR_MIN     (-8)
#define BAKE_PAIR_MAX     7
#define BAKE_PAIR_FAR     64 /* white columns: as good as never meeting */

/* White columns that two kerned glyphs keep. */
#define BAKE_PAIR_GAP(px) ((px) < 40 ? 1 : 2)

/* The glyphs that may be kerned, by their numbers, ascending; and for each size
 * px[size][left * count + right], both places in that list. Null: no kerning at this size. */
struct bake_pairs {
    int count;
    int *glyph;
    int8_t *px[INK_FONT_SIZES];
};

/* False after a message; bake_pairs_free is right in any case. */
bool bake_pairs_make(struct bake_pairs *pairs, const struct bake_recipe *recipe,
                     const struct bake_glyphs *glyphs);
void bake_pairs_free(struct bake_pairs *pairs);

/* Whether a pair is of those that texts are full of: letters of one alphabet without accents, and
 * the signs beside them. */
bool bake_pair_is_everyday(uint32_t left, uint32_t right);

/* Fewest white columns between two glyphs set side by side unkerned, over all their rows at most
 * `reach` apart; negative: they overlap. BAKE_PAIR_FAR if no rows meet. */
int bake_pair_gap(const struct bake_glyph *left, const struct bake_glyph *right, int reach);

#endif
