#include "core/ink_font.h"

#define RANGE_BYTES 7
#define GLYPH_BYTES 7

static uint32_t load_u16(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t load_u24(const uint8_t *at) {
    return load_u16(at) | (uint32_t)at[2] << 16;
}

static uint32_t load_u32(const uint8_t *at) {
    return load_u16(at) | load_u16(at + 2) << 16;
}

int ink_font_sizes(const struct ink_font *font) {
    return font->blob[4];
}

int ink_font_px(const struct ink_font *font, int index) {
    const uint8_t *sizes = font->blob + INK_FONT_HEADER + load_u16(font->blob + 6) * RANGE_BYTES;
    return sizes[index * INK_FONT_SIZE_HEADER];
}

struct ink_face ink_font_face(const struct ink_font *font, int index) {
    const uint8_t *blob = font->blob;
    INK_ASSERT(index >= 0 && index < blob[4]);
    const uint8_t *size = blob + INK_FONT_HEADER + load_u16(blob + 6) * RANGE_BYTES +
                          (uint32_t)index * INK_FONT_SIZE_HEADER;
    return (struct ink_face){
        .blob = blob,
        .glyphs = blob + load_u32(size + 8),
        .bitmaps = blob + load_u32(size + 12),
        .px = size[0],
        .line = size[1],
        .ascent = size[2],
        .descent = size[3],
        .cap = size[4],
        .x_height = size[5],
        .space = size[6],
        .digit = size[7],
    };
}

/* Number of the last range that starts at or before the code point; the first starts there too. */
static uint32_t range_of(const uint8_t *ranges, uint32_t count, uint32_t code_point) {
    uint32_t low = 0;
    while (count > 1) { // the answer is in low .. low + count - 1
        uint32_t half = count / 2;
        if (load_u24(ranges + (low + half) * RANGE_BYTES) <= code_point) {
            low += half;
        }
        count -= half;
    }
    return low;
}

int ink_font_glyph(const uint8_t *blob, uint32_t code_point) {
    const uint8_t *range = blob + INK_FONT_HEADER;
    uint32_t first = load_u24(range);
    if (code_point < first) {
        return -1;
    }
    if (code_point - first >= load_u16(range + 3)) { // the first range is ASCII: most of all text
        range += range_of(range, load_u16(blob + 6), code_point) * RANGE_BYTES;
        first = load_u24(range);
        if (code_point - first >= load_u16(range + 3)) {
            return -1;
        }
    }
    return (int)(load_u16(range + 5) + code_point - first);
}

struct ink_glyph ink_face_glyph(const struct ink_face *face, int glyph) {
    uint32_t number = (uint32_t)glyph;
    uint32_t bases = (load_u16(face->blob + 8) + 63) / 64;
    const uint8_t *base = face->glyphs + number / 64 * 4;
    const uint8_t *at = face->glyphs + bases * 4 + number * GLYPH_BYTES;
    INK_ASSERT(glyph >= 0 && number < load_u16(face->blob + 8));
    return (struct ink_glyph){
        .bits = face->bitmaps + load_u32(base) + load_u16(at),
        .width = at[2],
        .height = at[3],
        .left = (int8_t)at[4],
        .top = (int8_t)at[5],
        .advance = at[6],
    };
}

/* The next 32 bits from bit `bit` of *at on, `bit` 0..7. */
static uint32_t word_from(const uint8_t *at, uint32_t bit) {
    return ink_glyph_bits(at) << bit | (uint32_t)at[4] >> (8 - bit);
}

struct ink_glyph_rows ink_glyph_rows_wide(struct ink_glyph_rows rows, uint32_t bit) {
    const uint8_t *at = rows.at + bit / 8; // `bit` 1..8
    uint32_t used = bit + rows.width;      // <= 8 + 64
    rows.row[0] = word_from(at, bit % 8);
    if (rows.width < 32) {
        rows.row[0] &= ~(UINT32_MAX >> rows.width);
    } else if (rows.width > 32) {
        uint32_t past = rows.width < 64 ? UINT32_MAX >> (rows.width - 32) : 0;
        rows.row[1] = word_from(at + 4, bit % 8) & ~past;
    }
    rows.at += used / 8;
    rows.bit = (uint8_t)(used % 8);
    return rows;
}
