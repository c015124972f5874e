/* Service: glyphs and metrics of a baked font role.
 *
 * A role ("headline", "source", "title") is one blob that the bake tool makes of an ordered recipe:
 * one code point map shared by up to INK_FONT_SIZES pixel sizes, glyphs in the row-repeat codec.
 * Nothing is copied: a struct ink_font is a view of the blob, which must outlive it.
 *
 * Blob, all integers little-endian, nothing aligned:
 *
 *     0  "IKF1"                         magic
 *     4  u8  sizes                      1..INK_FONT_SIZES
 *     5  u8  0
 *     6  u16 ranges                     runs of code points with consecutive glyph numbers
 *     8  u16 glyphs                     per size
 *    10  u16 0
 *    12  u32 bytes                      of the whole blob
 *    16  ranges x { u24 first, u16 count, u16 glyph }    ascending, 7 bytes each
 *     .  sizes x 16-byte size header:
 *          u8 px        em size                u8 line      line height
 *          u8 ascent    of the tallest glyph   u8 descent   of the lowest, positive
 *          u8 cap       cap height             u8 x_height
 *          u8 space     advance of U+0020      u8 digit     advance of the digits
 *          u32 glyphs at                       u32 bitmaps at      (from the start of the blob)
 *     .  per size, glyphs at: ceil(glyphs/64) x u32 base, then glyphs x 7-byte glyph:
 *          u16 offset (bitmap = bitmaps at + base[g/64] + offset)
 *          u8 width   u8 height   i8 left   i8 top   u8 advance
 *        left: pixels from the pen to the first column; top: rows from the baseline up to the
 *        first row's top edge (FreeType's bitmap_left and bitmap_top)
 *     .  bitmaps: per glyph a bit stream, most significant bit first, padded to a byte:
 *        for each row one flag, 1 = same as the row above (white above the first), 0 = `width`
 *        bits of the row follow, leftmost first, 1 = ink
 */
#ifndef INK_FONT_H
#define INK_FONT_H

#include "core/ink_types.h"

#define INK_FONT_SIZES       5
#define INK_GLYPH_WIDTH_MAX  64 /* columns; the bake refuses wider glyphs */
#define INK_FONT_HEADER      16 /* bytes */
#define INK_FONT_SIZE_HEADER 16 /* bytes */

struct ink_font {
    const uint8_t *blob;
};

/* One size of a role, unpacked from its header. */
struct ink_face {
    const uint8_t *blob;
    const uint8_t *glyphs;
    const uint8_t *bitmaps;
    uint8_t px, line, ascent, descent, cap, x_height, space, digit;
};

/* Metrics of one glyph, pixels; `bits` is its bit stream. */
struct ink_glyph {
    const uint8_t *bits;
    uint8_t width, height, advance;
    int8_t left, top;
};

/* Decoder of one glyph's rows, top to bottom. 64 columns at most: `row` holds column 0 in the most
 * significant bit of row[0], column 32 in that of row[1]. */
struct ink_glyph_rows {
    const uint8_t *at;
    uint32_t row[2];
    uint8_t bit; /* bits of *at already used, 0..7 */
    uint8_t width;
};

/* Number of sizes in a role. */
int ink_font_sizes(const struct ink_font *font);

/* Em size number `index`, 0 the smallest, in pixels. */
int ink_font_px(const struct ink_font *font, int index);

/* Unpack size number `index`. */
struct ink_face ink_font_face(const struct ink_font *font, int index);

/* Glyph number of a code point, or -1 if the role has none. */
int ink_font_glyph(const uint8_t *blob, uint32_t code_point);

/* Metrics of glyph number `glyph` (from ink_font_glyph). */
struct ink_glyph ink_face_glyph(const struct ink_face *face, int glyph);

/* Stand above the first row, white. */
static inline struct ink_glyph_rows ink_glyph_rows_begin(const struct ink_glyph *glyph) {
    return (struct ink_glyph_rows){.at = glyph->bits, .width = glyph->width};
}

/* Bits of a glyph, the first one on top. May read past the glyph: a blob ends with bytes to spare.
 */
static inline uint32_t ink_glyph_bits(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

/* The rows after a row of more than 24 columns that starts `bit` bits after rows.at was read. By
 * value, so that the caller's copy can live in registers. */
struct ink_glyph_rows ink_glyph_rows_wide(struct ink_glyph_rows rows, uint32_t bit);

/* Move one row down and leave it in rows->row: `height` calls give the glyph. Columns from
 * `width` on are white. Inline, for it runs once for every row of every glyph. */
static inline void ink_glyph_rows_next(struct ink_glyph_rows *rows) {
    uint32_t bits = ink_glyph_bits(rows->at) << rows->bit; // the upper 25 are true
    uint32_t used = rows->bit + 1u;
    if (!(bits >> 31)) {
        if (rows->width > 24) {
            *rows = ink_glyph_rows_wide(*rows, used);
            return;
        }
        rows->row[0] = bits << 1 & ~(UINT32_MAX >> rows->width);
        used += rows->width; // <= 32
    }
    rows->at += used / 8;
    rows->bit = (uint8_t)(used % 8);
}

/* The baked roles; the arrays are made by the build (build/.../gen/ink_font_<role>.c). */
extern const uint8_t ink_font_headline[];
extern const uint8_t ink_font_source[];
extern const uint8_t ink_font_title[];

#endif
