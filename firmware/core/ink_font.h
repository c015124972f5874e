/* Service: glyphs, metrics, joining forms and kerning of a baked font.
 *
 * A role ("headline", "source", "title") is drawn from a list of blobs: the role's own, then those
 * of further scripts. The bake tool makes each blob of a recipe: one code point map shared by up to
 * INK_FONT_SIZES pixel sizes. Nothing is copied: a struct ink_font is a view of the blob, which
 * must outlive it.
 *
 * Blob, all integers little-endian, nothing aligned:
 *
 *     0  "IKF2"                         magic
 *     4  u8  sizes                      1..INK_FONT_SIZES
 *     5  u8  depth                      bits a pixel, 1 or 2
 *     6  u16 ranges                     runs of code points with consecutive glyph numbers
 *     8  u16 glyphs                     of each size, alike numbered; those of no code point last
 *    10  u16 joins                      letters that join
 *    12  u32 bytes                      of the whole blob
 *    16  u8  ligatures
 *    17  u8  left classes   18  u8 right classes   of kerning, without class 0; 0: no kerning
 *    19  u8  0 (5 times)
 *    24  ranges x { u24 first, u16 count, u16 glyph }    ascending, 7 bytes each; code points that
 *          look the same at every size share a glyph
 *     .  joins x { u16 isolated, u16 final, u16 initial, u16 medial }    glyph numbers, ascending
 *          by isolated; a letter that does not join to its left repeats isolated and final
 *     .  ligatures x { u16 first, u16 second, u16 isolated, u16 final }    the letters by their
 *          isolated glyphs, then what they become together; ascending by first, then second
 *     .  if kerned: glyphs x u8 class as the left of a pair, glyphs x u8 class as the right of one
 *     .  sizes x 32-byte size header:
 *          u8 px        em size                u8 line      line height
 *          u8 ascent    of the tallest glyph   u8 descent   of the lowest, positive
 *          u8 cap       cap height             u8 x_height  (0: none in this script)
 *          u8 space     advance of U+0020      u8 digit     advance of the digits (0: none)
 *          u8 packing   0 row-repeat in one bit, as large as it is stored; else the sum of
 *                       1 range codec, 2 two bits a pixel, 4 x (side - 1) each pixel is a square
 *          u8 0 (7 times)
 *          u32 metrics at   u32 bitmaps at   u32 kern at (0: none)   u32 model at (range codec)
 *     .  metrics at: u8 bits of each field (width, height, left, top, bearing, offset) and their
 *        sum, i8 least left, i8 least top, i8 least bearing, then glyphs + 1 records of those six
 *        fields, lowest bit first, no padding between records. Before metrics at, backwards, a u24
 *        base for each 16 glyphs.
 *          bitmap = bitmaps at + base + offset; it ends where the next one starts
 *          left, top, bearing: less the least one. left: pixels from the pen to the first column;
 *          top: rows from the baseline up to the first row's top edge; bearing: from the last
 *          column to the next pen. A mark has all bearing bits set: advance 0, left -width.
 *          A blank has height 0, and its width is the advance.
 *     .  kern at: for each left class from 1 a row of signed 4-bit pixels by right class from 1,
 *        low nibble first, padded to a byte
 *     .  bitmaps: for each glyph a stream. Row-repeat, most significant bit first: for each row one
 *        flag, 1 = same as the row above (white above the first), 0 = `width` bits of each plane
 *        follow, leftmost first. Range: see ink_range.h. Plane 0 is the high bit of a pixel, or
 *        the only one; 0 is white.
 */
#ifndef INK_FONT_H
#define INK_FONT_H

#include "core/ink_range.h"
#include "core/ink_types.h"

#define INK_FONT_SIZES       6
#define INK_FONT_DEPTH       2  /* bits a pixel, at most */
#define INK_GLYPH_WIDTH_MAX  64 /* columns; the bake refuses wider glyphs */
#define INK_FONT_HEADER      24 /* bytes */
#define INK_FONT_SIZE_HEADER 32 /* bytes */

struct ink_font {
    const uint8_t *blob;
};

/* How a size's bitmaps are packed. */
enum { INK_PACKING_RANGE = 1, INK_PACKING_GRAY = 2, INK_PACKING_SIDE = 4 };

/* One size of a blob, unpacked from its header. */
struct ink_face {
    const uint8_t *blob;
    const uint8_t *const *more; /* blobs to look in after this one, a null pointer last */
    const uint8_t *header;      /* of the size */
    const uint8_t *metrics;     /* of its glyphs */
    uint8_t px, line, ascent, descent, cap, x_height, space, digit;
};

/* Metrics of one glyph, pixels; valid as long as its face. A glyph with ink and no advance is a
 * mark: it belongs over the middle of the letter before it, `left` only stands in for that. */
struct ink_glyph {
    const struct ink_face *face;
    uint16_t number;
    uint8_t width, height, advance;
    int8_t left, top;
    uint8_t columns; /* of the stream: the width before pixels become squares */
};

/* Decoder of one glyph's rows, top to bottom. 64 columns at most: row[plane] holds column 0 in the
 * most significant bit of word 0, column 32 in that of word 1. Plane 0 has the high bit of each
 * pixel, or the only one; plane 1 is there in depth 2. */
struct ink_glyph_rows {
    const uint8_t *at;
    uint32_t row[INK_FONT_DEPTH][2];
    uint8_t bit;            /* bits of *at already used, 0..7 */
    uint8_t width;          /* columns of the stream */
    uint8_t packing;        /* 0: what follows is unused */
    uint8_t again;          /* rows of the screen that the row of the stream still gives */
    struct ink_range range; /* range codec */
};

/* Which of a letter's shapes: by the neighbours that it joins in logical order. */
enum ink_form { INK_FORM_ISOLATED, INK_FORM_FINAL, INK_FORM_INITIAL, INK_FORM_MEDIAL };

/* Number of sizes in a blob. */
int ink_font_sizes(const struct ink_font *font);

/* Em size number `index`, 0 the smallest, in pixels. */
int ink_font_px(const struct ink_font *font, int index);

/* Unpack size number `index`. */
void ink_font_open(const struct ink_font *font, int index, struct ink_face *face);
static inline struct ink_face ink_font_face(const struct ink_font *font, int index) {
    struct ink_face face;
    ink_font_open(font, index, &face);
    return face;
}

/* Glyph number of a code point, or -1 if the blob has none. */
int ink_font_glyph(const uint8_t *blob, uint32_t code_point);

/* The glyph for a form of the letter whose isolated glyph is `glyph`; `glyph` itself if it has no
 * forms. */
int ink_font_form(const uint8_t *blob, int glyph, enum ink_form form);

/* The ligature of two letters given by their isolated glyphs, -1 if there is none. `joined`: the
 * first letter joins what stands before it. */
int ink_font_ligature(const uint8_t *blob, int first, int second, bool joined);

/* Metrics of glyph number `number` (from one of the three above). */
void ink_face_metrics(const struct ink_face *face, int number, struct ink_glyph *glyph);
static inline struct ink_glyph ink_face_glyph(const struct ink_face *face, int number) {
    struct ink_glyph glyph;
    ink_face_metrics(face, number, &glyph);
    return glyph;
}

/* Number and metrics of a code point's glyph; -1, and no metrics, if the blob has none. */
int ink_face_find(const struct ink_face *face, uint32_t code_point, struct ink_glyph *glyph);

/* Pixels to move the right glyph of a pair by, -8..7, less is nearer; 0 if the size has no kerning.
 */
int ink_face_kern(const struct ink_face *face, int left, int right);

/* Packing, and bits a pixel, of a face's bitmaps. */
static inline int ink_face_packing(const struct ink_face *face) {
    return face->header[8];
}
static inline int ink_face_depth(const struct ink_face *face) {
    return (ink_face_packing(face) & INK_PACKING_GRAY) != 0 ? 2 : 1;
}

/* Where a glyph's stream of rows starts. Measuring has no use for it. */
const uint8_t *ink_glyph_stream(const struct ink_glyph *glyph);

/* Stand above the first row, white. `stream`: of ink_glyph_stream. */
struct ink_glyph_rows ink_glyph_rows_begin(const struct ink_glyph *glyph, const uint8_t *stream);

/* Move one row down and leave it in rows->row: `height` calls give the glyph. Columns from the
 * glyph's `width` on are white. */
void ink_glyph_rows_next(struct ink_glyph_rows *rows);

/* Bits of a glyph, the first one on top. May read past the glyph: a blob ends with bytes to spare.
 */
static inline uint32_t ink_glyph_bits(const uint8_t *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

/* Up to 64 columns, the first in the most significant bit. */
struct ink_columns {
    uint32_t word[2];
};

/* The `width` bits (1..64) that start `bit` (0..8) bits into a stream; columns from `width` on are
 * white. */
struct ink_columns ink_glyph_columns(const uint8_t *at, uint32_t bit, uint32_t width);

/* The same for most glyphs of most text, row-repeat in one bit and no more than INK_NARROW columns:
 * inline, for it runs once for every row of every glyph. `row` as row[0][0] above. */
#define INK_NARROW 24
struct ink_narrow_rows {
    const uint8_t *at;
    uint32_t row, bit, width;
};

static inline bool ink_glyph_is_narrow(const struct ink_glyph *glyph) {
    return ink_face_packing(glyph->face) == 0 && glyph->width <= INK_NARROW;
}

static inline struct ink_narrow_rows ink_narrow_rows_begin(const struct ink_glyph *glyph,
                                                           const uint8_t *stream) {
    return (struct ink_narrow_rows){.at = stream, .width = glyph->columns};
}

static inline void ink_narrow_rows_next(struct ink_narrow_rows *rows) {
    uint32_t bits = ink_glyph_bits(rows->at) << rows->bit; // the upper 25 are true
    uint32_t used = rows->bit + 1u;
    if (!(bits >> 31)) {
        rows->row = bits << 1 & ~(UINT32_MAX >> rows->width);
        used += rows->width; // <= 32
    }
    rows->at += used / 8;
    rows->bit = used % 8;
}

/* By enum ink_role, the blobs that a role is drawn from in order of lookup, a null pointer last:
 * its own, then those of further scripts. The second is for panels with four grays, null if the
 * build has none. Made by the build. */
extern const uint8_t *const *const ink_font_roles[];
extern const uint8_t *const *const ink_font_roles_gray[];

/* The roles' own blobs. */
extern const uint8_t ink_font_headline[];
extern const uint8_t ink_font_source[];
extern const uint8_t ink_font_title[];

#endif
