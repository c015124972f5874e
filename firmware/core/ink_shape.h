/* Service: a run of text to the glyphs that draw it, in logical order.
 *
 * What stands here and nowhere else: which blob of a role has a code point, how Arabic letters join
 * (their Joining_Type and the forms baked from the font, lam-alef as one glyph), where combining
 * marks stand, brackets mirrored in right-to-left runs, kerning. Measuring and drawing both walk
 * text with it, so that what was measured is what is drawn. Costs next to nothing for Latin, Greek,
 * Cyrillic and ideographs: no property is looked up for those.
 */
#ifndef INK_SHAPE_H
#define INK_SHAPE_H

#include "core/ink_font.h"

/* What one code point occupies. The pen stands at the cell's leading edge: its left one in a
 * left-to-right run, else its right one; `advance` moves it on in that direction. */
struct ink_cell {
    struct ink_glyph glyph; /* if it has columns: nothing else draws; it lives until the next one */
    uint32_t code_point;
    int16_t x;          /* first column of ink, from the cell's left edge */
    int16_t ink;        /* columns of ink; 0: none (a space, a joiner) */
    int16_t up;         /* rows that the glyph is moved up from the baseline: of marks */
    int16_t advance;    /* kerning included */
    bool missing;       /* no blob of the role has it: a box with its number, see ink_missing_box */
    bool right_to_left; /* a letter of such a script */
};

/* Where a walk is. Private, but for `at`: the offset of the next code point. */
struct ink_shaper {
    struct ink_face other; /* the face of another blob of the role, as used last */
    const struct ink_face *face;
    struct ink_span text;
    size_t at;
    bool rtl;
    bool joins;   /* what came last joins the letter after it */
    bool ligated; /* the next alef is part of the lam's glyph */
    int last;     /* number of the glyph before, for kerning; -1: none */
    /* The letter that marks stand on: its ink from the pen, and its rows above the baseline. */
    int16_t base_x, base_ink, base_top, base_bottom;
    uint8_t marks; /* on it so far, above and below */
};

/* Number of a blob's size nearest to `px`, the smaller of two equally near; and that size. */
int ink_shape_size(const struct ink_font *font, int px);
struct ink_face ink_shape_face(const uint8_t *blob, int px);

/* Walk `text` (valid UTF-8), drawn as one run in one direction. `face` and text must outlive it. */
void ink_shape_begin(struct ink_shaper *shaper, const struct ink_face *face, struct ink_span text,
                     bool right_to_left);

/* The next code point's cell; false at the end. */
bool ink_shape_next(struct ink_shaper *shaper, struct ink_cell *cell);

/* The box for a missing glyph, all in pixels for one em size: the cell and its digits. */
struct ink_missing_box {
    int16_t width, height; /* of the frame */
    int16_t advance;
    int8_t columns; /* hex digits a row: 2 up to U+FFFF, 3 beyond */
    int8_t scale;   /* of the 3x5 digits */
};
struct ink_missing_box ink_missing_box(int px, uint32_t code_point);

/* Row `y` (0..4) of hex digit `digit` in 3x5: bit 2 is the left column. */
uint8_t ink_hex_row(int digit, int y);

#endif
