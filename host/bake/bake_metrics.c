#include "bake/bake_metrics.h"

#define BLOCK_GLYPHS 16
#define BASE_BYTES   3

enum { WIDTH, HEIGHT, LEFT, TOP, BEARING, OFFSET, FIELDS };

/* The fields of one record before the least ones are taken off. */
struct record {
    int field[FIELDS];
    bool mark;
};

/* Field widths, and what is taken off each. */
struct layout {
    int bits[FIELDS], least[FIELDS];
};

/* From the base of its block to the stream of a number; there is one past the last glyph. */
static int offset_of(const size_t *start, int number) {
    return (int)(start[number] - start[number / BLOCK_GLYPHS * BLOCK_GLYPHS]);
}

static struct record record_of(const struct bake_glyph *glyphs, const struct bake_numbers *numbers,
                               int i, const size_t *start) {
    const struct bake_glyph *glyph = &glyphs[numbers->kept[i]];
    struct record record = {.mark = glyph->mark};
    bool blank = glyph->height == 0;
    record.field[WIDTH] = blank ? glyph->advance : glyph->width;
    record.field[HEIGHT] = glyph->height;
    if (!blank) {
        record.field[TOP] = glyph->top;
    }
    if (!blank && !glyph->mark) {
        record.field[LEFT] = glyph->left;
        record.field[BEARING] = glyph->advance - glyph->left - glyph->width;
    }
    record.field[OFFSET] = offset_of(start, i);
    return record;
}

static int bits_for(int value) {
    int bits = 0;
    for (; value > 0; value /= 2) {
        bits++;
    }
    return bits;
}

static struct layout layout_for(const struct bake_glyph *glyphs, const struct bake_numbers *numbers,
                                const size_t *start) {
    struct layout layout = {{0}, {0}};
    int most[FIELDS] = {0};
    for (int i = 0; i < numbers->count; i++) {
        struct record record = record_of(glyphs, numbers, i, start);
        for (int field = 0; field < FIELDS; field++) {
            most[field] = ink_max(most[field], record.field[field]);
            if (field >= LEFT && field <= BEARING) {
                layout.least[field] = ink_min(layout.least[field], record.field[field]);
            }
        }
    }
    // A mark has the highest bearing of all.
    most[OFFSET] = ink_max(most[OFFSET], offset_of(start, numbers->count));
    most[BEARING]++;
    for (int field = 0; field < FIELDS; field++) {
        layout.bits[field] = bits_for(most[field] - layout.least[field]);
    }
    return layout;
}

static void put_record(struct bake_bytes *bytes, const struct layout *layout,
                       const struct record *record) {
    for (int field = 0; field < FIELDS; field++) {
        uint32_t value = (uint32_t)(record->field[field] - layout->least[field]);
        if (record->mark && field == BEARING) {
            value = UINT32_MAX;
        } else if (record->mark && field == LEFT) {
            value = 0;
        }
        bake_bytes_low_bits(bytes, value, layout->bits[field]);
    }
}

bool bake_metrics_put(struct bake_bytes *bytes, const struct bake_glyph *glyphs,
                      const struct bake_numbers *numbers, const size_t *start, size_t *at) {
    struct layout layout = layout_for(glyphs, numbers, start);
    int bits = 0;
    for (int i = numbers->count / BLOCK_GLYPHS; i >= 0; i--) {
        bake_bytes_little(bytes, start[i * BLOCK_GLYPHS], BASE_BYTES);
    }
    *at = bytes->count;
    for (int field = 0; field < FIELDS; field++) {
        bake_bytes_little(bytes, (uint64_t)layout.bits[field], 1);
        bits += layout.bits[field];
    }
    bake_bytes_little(bytes, (uint64_t)bits, 1);
    for (int field = LEFT; field <= BEARING; field++) {
        bake_bytes_little(bytes, (uint64_t)layout.least[field] & 0xFF, 1);
    }
    if (bits - layout.bits[OFFSET] > 32 || layout.bits[OFFSET] > 16 ||
        start[numbers->count] >> (8 * BASE_BYTES) > 0) {
        return bake_error("inkline-bake-font", 0, "fewer glyphs, or a smaller largest size",
                          "the metrics of a size do not fit their records");
    }
    for (int i = 0; i < numbers->count; i++) {
        struct record record = record_of(glyphs, numbers, i, start);
        put_record(bytes, &layout, &record);
    }
    struct record last = {.field[OFFSET] = offset_of(start, numbers->count)};
    put_record(bytes, &layout, &last);
    bake_bytes_pad(bytes);
    return true;
}
