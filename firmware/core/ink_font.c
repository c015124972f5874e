#include "core/ink_font.h"

#define RANGE_BYTES    7
#define JOIN_BYTES     8
#define LIGATURE_BYTES 8

/* Of a blob. */
#define AT_RANGES     6
#define AT_GLYPHS     8
#define AT_JOINS      10
#define AT_LIGATURES  16
#define AT_KERN_LEFT  17
#define AT_KERN_RIGHT 18

/* Of a size header. */
#define AT_METRICS 16
#define AT_BITMAPS 20
#define AT_KERN    24
#define AT_MODEL   28

/* Of the metrics: field widths and their sum, least values, records; bases stand before them. */
#define AT_OFFSET    5
#define AT_SUM       6
#define AT_LEAST     7
#define AT_RECORDS   10
#define BASE_BYTES   3
#define BLOCK_GLYPHS 16

static inline uint32_t load_u16(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t load_u24(const uint8_t *at) {
    return load_u16(at) | (uint32_t)at[2] << 16;
}

static inline uint32_t load_u32(const uint8_t *at) {
    return load_u16(at) | load_u16(at + 2) << 16;
}

/* ---- the parts of a blob --------------------------------------------------------------------- */

static const uint8_t *joins_of(const uint8_t *blob) {
    return blob + INK_FONT_HEADER + load_u16(blob + AT_RANGES) * RANGE_BYTES;
}

static const uint8_t *ligatures_of(const uint8_t *blob) {
    return joins_of(blob) + load_u16(blob + AT_JOINS) * JOIN_BYTES;
}

static const uint8_t *classes_of(const uint8_t *blob) {
    return ligatures_of(blob) + (uint32_t)blob[AT_LIGATURES] * LIGATURE_BYTES;
}

static const uint8_t *sizes_of(const uint8_t *blob) {
    const uint8_t *classes = classes_of(blob);
    return blob[AT_KERN_LEFT] == 0 ? classes : classes + load_u16(blob + AT_GLYPHS) * 2;
}

int ink_font_sizes(const struct ink_font *font) {
    return font->blob[4];
}

int ink_font_px(const struct ink_font *font, int index) {
    return sizes_of(font->blob)[index * INK_FONT_SIZE_HEADER];
}

void ink_font_open(const struct ink_font *font, int index, struct ink_face *face) {
    const uint8_t *blob = font->blob;
    INK_ASSERT(index >= 0 && index < blob[4]);
    const uint8_t *size = sizes_of(blob) + (uint32_t)index * INK_FONT_SIZE_HEADER;
    face->blob = blob;
    face->more = NULL;
    face->header = size;
    face->metrics = blob + load_u32(size + AT_METRICS);
    face->px = size[0];
    face->line = size[1];
    face->ascent = size[2];
    face->descent = size[3];
    face->cap = size[4];
    face->x_height = size[5];
    face->space = size[6];
    face->digit = size[7];
}

/* ---- glyph numbers --------------------------------------------------------------------------- */

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

/* Of a code point after the first range. */
static int glyph_after(const uint8_t *blob, uint32_t code_point) {
    const uint8_t *range = blob + INK_FONT_HEADER;
    range += range_of(range, load_u16(blob + AT_RANGES), code_point) * RANGE_BYTES;
    uint32_t past = code_point - load_u24(range);
    return past < load_u16(range + 3) ? (int)(load_u16(range + 5) + past) : -1;
}

static inline int find_glyph(const uint8_t *blob, uint32_t code_point) {
    const uint8_t *range = blob + INK_FONT_HEADER;
    uint32_t first = load_u24(range);
    if (code_point - first < load_u16(range + 3)) { // the first range is ASCII: most of all text
        return (int)(load_u16(range + 5) + code_point - first);
    }
    return code_point < first ? -1 : glyph_after(blob, code_point);
}

int ink_font_glyph(const uint8_t *blob, uint32_t code_point) {
    return find_glyph(blob, code_point);
}

int ink_font_form(const uint8_t *blob, int glyph, enum ink_form form) {
    const uint8_t *join = joins_of(blob);
    uint32_t count = load_u16(blob + AT_JOINS);
    while (count > 1) { // the answer is in the `count` joins from `join` on
        const uint8_t *middle = join + count / 2 * JOIN_BYTES;
        join = load_u16(middle) <= (uint32_t)glyph ? middle : join;
        count -= count / 2;
    }
    bool joins = count > 0 && load_u16(join) == (uint32_t)glyph;
    return joins ? (int)load_u16(join + (uint32_t)form * 2) : glyph;
}

int ink_font_ligature(const uint8_t *blob, int first, int second, bool joined) {
    const uint8_t *ligature = ligatures_of(blob);
    for (int i = 0; i < blob[AT_LIGATURES]; i++, ligature += LIGATURE_BYTES) {
        if (load_u16(ligature) == (uint32_t)first && load_u16(ligature + 2) == (uint32_t)second) {
            return (int)load_u16(ligature + (joined ? 6 : 4));
        }
    }
    return -1;
}

/* ---- metrics --------------------------------------------------------------------------------- */

/* 32 bits from bit `bit` of *at on, the first one lowest. */
static inline uint32_t bits_from(const uint8_t *at, uint32_t bit) {
    at += bit / 8;
    bit %= 8;
    return load_u32(at) >> bit | (uint32_t)at[4] << 1 << (31 - bit);
}

static inline uint32_t low_bits(uint32_t bits, uint32_t count) {
    return bits & ((UINT32_C(1) << count) - 1); // count <= 16
}

static inline uint32_t take_bits(uint32_t *bits, uint32_t count) {
    uint32_t low = low_bits(*bits, count);
    *bits >>= count;
    return low;
}

/* Where the stream of a glyph starts: the offset is the last field of its record. */
static inline const uint8_t *stream_of(const struct ink_face *face, uint32_t glyph) {
    const uint8_t *metrics = face->metrics;
    const uint8_t *base = metrics - (glyph / BLOCK_GLYPHS + 1) * BASE_BYTES;
    uint32_t width = metrics[AT_OFFSET];
    uint32_t bit = (glyph + 1) * metrics[AT_SUM] - width; // < 2^16 * 48
    return face->blob + load_u32(face->header + AT_BITMAPS) + load_u24(base) +
           low_bits(bits_from(metrics + AT_RECORDS, bit), width);
}

/* Side of the square that a pixel becomes. */
static int side_of(int packing) {
    return packing / INK_PACKING_SIDE + 1;
}

/* Metrics of a face whose pixels are squares. */
static void enlarge(struct ink_glyph *glyph, int scale) {
    glyph->width = (uint8_t)(glyph->width * scale);
    glyph->height = (uint8_t)(glyph->height * scale);
    glyph->left = (int8_t)(glyph->left * scale);
    glyph->top = (int8_t)(glyph->top * scale);
    glyph->advance = (uint8_t)(glyph->advance * scale);
}

/* As stored, without the stream. */
static inline void unpack(const struct ink_face *face, uint32_t number, struct ink_glyph *glyph) {
    const uint8_t *field = face->metrics;
    const int8_t *least = (const int8_t *)field + AT_LEAST;
    uint32_t bits = bits_from(field + AT_RECORDS, number * field[AT_SUM]);
    uint32_t width = take_bits(&bits, field[0]), height = take_bits(&bits, field[1]);
    int left = (int)take_bits(&bits, field[2]) + least[0];
    int top = (int)take_bits(&bits, field[3]) + least[1];
    uint32_t bearing = low_bits(bits, field[4]);
    int advance = left + (int)width + (int)bearing + least[2];
    if (height == 0) {
        advance = (int)width;
        width = 0;
    } else if (bearing + 1 == UINT32_C(1) << field[4]) {
        left = -(int)width;
        advance = 0;
    }
    glyph->face = face;
    glyph->number = (uint16_t)number;
    glyph->width = (uint8_t)width;
    glyph->columns = (uint8_t)width;
    glyph->height = (uint8_t)height;
    glyph->advance = (uint8_t)advance;
    glyph->left = (int8_t)left;
    glyph->top = (int8_t)top;
}

static inline void take_metrics(const struct ink_face *face, int number, struct ink_glyph *glyph) {
    INK_ASSERT(number >= 0 && (uint32_t)number < load_u16(face->blob + AT_GLYPHS));
    unpack(face, (uint32_t)number, glyph);
    if (ink_face_packing(face) >= INK_PACKING_SIDE) {
        enlarge(glyph, side_of(ink_face_packing(face)));
    }
}

void ink_face_metrics(const struct ink_face *face, int number, struct ink_glyph *glyph) {
    take_metrics(face, number, glyph);
}

int ink_face_find(const struct ink_face *face, uint32_t code_point, struct ink_glyph *glyph) {
    const int number = find_glyph(face->blob, code_point);
    if (number >= 0) {
        take_metrics(face, number, glyph);
    }
    return number;
}

int ink_face_kern(const struct ink_face *face, int left, int right) {
    const uint8_t *blob = face->blob;
    uint32_t kern = load_u32(face->header + AT_KERN);
    if (kern == 0) {
        return 0;
    }
    const uint8_t *classes = classes_of(blob);
    uint32_t row = classes[left], column = classes[load_u16(blob + AT_GLYPHS) + (uint32_t)right];
    if (row == 0 || column == 0) {
        return 0;
    }
    uint32_t row_bytes = (blob[AT_KERN_RIGHT] + 1u) / 2;
    uint32_t pair = blob[kern + (row - 1) * row_bytes + (column - 1) / 2];
    pair = column % 2 == 0 ? pair >> 4 : pair & 15;
    return (int)(pair ^ 8) - 8;
}

const uint8_t *ink_glyph_stream(const struct ink_glyph *glyph) {
    return stream_of(glyph->face, glyph->number);
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* The next `width` bits (1..32) from bit `bit` (0..7) of *at on, the first one highest, the rest 0.
 * Reads up to four bytes, or five if the bits are in so many. */
static uint32_t word_from(const uint8_t *at, uint32_t bit, uint32_t width) {
    uint32_t word = ink_glyph_bits(at) << bit;
    if (bit + width > 32) {
        word |= (uint32_t)at[4] >> (8 - bit);
    }
    return width < 32 ? word & ~(UINT32_MAX >> width) : word;
}

struct ink_columns ink_glyph_columns(const uint8_t *at, uint32_t bit, uint32_t width) {
    const uint32_t first = width < 32 ? width : 32;
    at += bit / 8;
    return (struct ink_columns){
        {word_from(at, bit % 8, first), width > 32 ? word_from(at + 4, bit % 8, width - 32) : 0},
    };
}

/* Each of `width` columns `scale` times: at most 64. */
static void stretch(uint32_t word[2], int width, int scale) {
    uint32_t narrow = word[0]; // width <= 32, for scale >= 2
    uint32_t x = 0;
    word[0] = word[1] = 0;
    for (; width > 0; width--, narrow <<= 1) {
        for (int i = 0; i < scale; i++, x++) {
            word[x / 32] |= (narrow >> 31) << (31 - x % 32);
        }
    }
}

struct ink_glyph_rows ink_glyph_rows_begin(const struct ink_glyph *glyph, const uint8_t *stream) {
    const struct ink_face *face = glyph->face;
    uint8_t width = glyph->columns;
    struct ink_glyph_rows rows = {
        .at = stream, .width = width, .packing = (uint8_t)ink_face_packing(face)};
    if ((rows.packing & INK_PACKING_RANGE) != 0 && width > 0) {
        const uint8_t *end = stream_of(face, glyph->number + 1u);
        const uint8_t *model = face->blob + load_u32(face->header + AT_MODEL);
        rows.range = ink_range_begin(rows.at, end, model, width, ink_face_depth(face));
    }
    return rows;
}

/* Row-repeat in any depth. False if the row is the one above once more. */
static bool read_row(struct ink_glyph_rows *rows, int depth) {
    uint32_t bit = rows->bit + 1u;
    bool same = rows->at[0] << rows->bit & 0x80;
    for (int plane = 0; plane < depth && !same; plane++) {
        struct ink_columns columns = ink_glyph_columns(rows->at, bit, rows->width);
        memcpy(rows->row[plane], columns.word, sizeof columns.word);
        bit += rows->width; // <= 8 + 2 * 64
    }
    rows->at += bit / 8;
    rows->bit = (uint8_t)(bit % 8);
    return !same;
}

void ink_glyph_rows_next(struct ink_glyph_rows *rows) {
    const int depth = (rows->packing & INK_PACKING_GRAY) != 0 ? 2 : 1;
    const int side = side_of(rows->packing);
    if (rows->again > 0) {
        rows->again--;
        return;
    }
    bool changed = true;
    if ((rows->packing & INK_PACKING_RANGE) != 0) {
        ink_range_next(&rows->range);
        memcpy(rows->row, rows->range.row, sizeof rows->row);
    } else {
        changed = read_row(rows, depth);
    }
    for (int plane = 0; plane < depth && changed && side > 1; plane++) {
        stretch(rows->row[plane], rows->width, side);
    }
    rows->again = (uint8_t)(side - 1);
}
