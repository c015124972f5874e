/* The glyphs of a recipe at every size: what its code points, and the joining forms of its letters,
 * look like. */
#ifndef BAKE_GLYPH_H
#define BAKE_GLYPH_H

#include "bake/bake_points.h"

#define BAKE_ROW_WORDS (INK_GLYPH_WIDTH_MAX / 32)
#define BAKE_NO_POINT  UINT32_MAX
#define BAKE_FORMS     4 /* enum ink_form */
#define BAKE_GLYPHS    UINT16_MAX

/* One glyph: a tight box. Column 0 is the most significant bit of a row's first word. */
struct bake_glyph {
    uint32_t code_point; /* BAKE_NO_POINT: a joining form or a ligature */
    int source;          /* that drew it; -1: a blank */
    int width, height, left, top, advance;
    bool mark;                        /* over the letter before it: no advance, left is -width */
    uint32_t (*rows)[BAKE_ROW_WORDS]; /* the high bit of each pixel, or the only one; may be null */
    uint32_t (*low)[BAKE_ROW_WORDS];  /* the low bit, in depth 2 */
};

/* Numbers of a letter's glyphs, by enum ink_form. */
struct bake_join {
    uint32_t letter;
    int form[BAKE_FORMS];
};

/* Two letters that become one glyph: `joined` after a letter that they join. */
struct bake_ligature {
    uint32_t first, second;
    int isolated, joined;
};

/* glyph[size][number]: first those of code points, in their order, then the others; numbered alike
 * at every size. None at sizes that are enlarged ones. */
struct bake_glyphs {
    int count, points; /* all; those of code points */
    struct bake_glyph *glyph[INK_FONT_SIZES];
    int joins, ligatures;
    struct bake_join *join; /* in the order of their letters */
    struct bake_ligature *ligature;
};

/* Draw all that the recipe covers; `charset` as in bake_points_list. False after a message;
 * bake_glyphs_free is right in any case. */
bool bake_glyphs_draw(struct bake_glyphs *glyphs, const struct bake_recipe *recipe,
                      const char *charset);
void bake_glyphs_free(struct bake_glyphs *glyphs);

/* The number of a code point's glyph, or -1. */
int bake_glyphs_number(const struct bake_glyphs *glyphs, uint32_t code_point);

/* The glyph of a code point at a size, or null. */
const struct bake_glyph *bake_glyphs_find(const struct bake_glyphs *glyphs, int size,
                                          uint32_t code_point);

/* Ink at a column of a row, both inside the box: 0 white, up to 1 or, in depth 2, 3. */
static inline int bake_glyph_level(const struct bake_glyph *glyph, int row, int column) {
    int high = (int)(glyph->rows[row][column / 32] >> (31 - column % 32) & 1);
    if (glyph->low == NULL) {
        return high;
    }
    return 2 * high + (int)(glyph->low[row][column / 32] >> (31 - column % 32) & 1);
}

static inline bool bake_glyph_ink(const struct bake_glyph *glyph, int row, int column) {
    return bake_glyph_level(glyph, row, column) > 0;
}

#endif
