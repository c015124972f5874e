/* The glyphs of a role at every size, drawn by FreeType in one bit. */
#ifndef BAKE_GLYPH_H
#define BAKE_GLYPH_H

#include "bake/bake_recipe.h"

#define BAKE_ROW_WORDS (INK_GLYPH_WIDTH_MAX / 32)

/* One glyph: a tight box. Column 0 is the most significant bit of a row's first word. */
struct bake_glyph {
    uint32_t code_point;
    int source; /* that drew it; -1: a blank */
    int width, height, left, top, advance;
    uint32_t (*rows)[BAKE_ROW_WORDS]; /* height of them; null if none */
};

/* glyph[size][number], in code point order; the same code points at every size. */
struct bake_glyphs {
    int count;
    struct bake_glyph *glyph[INK_FONT_SIZES];
};

/* Draw all that the recipe covers. False after a message; bake_glyphs_free is right in any case. */
bool bake_glyphs_draw(struct bake_glyphs *glyphs, const struct bake_recipe *recipe);
void bake_glyphs_free(struct bake_glyphs *glyphs);

/* The glyph of a code point at a size, or null. */
const struct bake_glyph *bake_glyphs_find(const struct bake_glyphs *glyphs, int size,
                                          uint32_t code_point);

/* Ink at a column of a row, both inside the box. */
static inline bool bake_glyph_ink(const struct bake_glyph *glyph, int row, int column) {
    return glyph->rows[row][column / 32] >> (31 - column % 32) & 1;
}

#endif
