#include "bake/bake_blob.h"

#include <stdlib.h>
#include <string.h>

#define RANGE_BYTES  7
#define GLYPH_BYTES  7
#define BLOCK_GLYPHS 64
#define SPARE_BYTES  4 /* the decoder reads whole words: up to this far past the last bitmap */

static void put_u8(struct bake_blob *blob, unsigned value) {
    if (blob->count == blob->cap) {
        size_t cap = blob->cap > 0 ? blob->cap * 2 : 65536;
        uint8_t *bytes = realloc(blob->bytes, cap);
        if (bytes == NULL) {
            blob->failed = true;
            return;
        }
        blob->bytes = bytes;
        blob->cap = cap;
    }
    blob->bytes[blob->count++] = (uint8_t)value;
}

static void put_little(struct bake_blob *blob, size_t value, int bytes) {
    for (int i = 0; i < bytes; i++) {
        put_u8(blob, (unsigned)(value >> (8 * i)) & 0xFF);
    }
}

static void put_zeros(struct bake_blob *blob, int count) {
    for (int i = 0; i < count; i++) {
        put_u8(blob, 0);
    }
}

static void set_little(struct bake_blob *blob, size_t at, size_t value, int bytes) {
    for (int i = 0; i < bytes && !blob->failed; i++) {
        blob->bytes[at + (size_t)i] = (uint8_t)(value >> (8 * i));
    }
}

/* Bits most significant first; the byte under way. */
struct bits {
    struct bake_blob *blob;
    unsigned byte;
    int used;
};

static void put_bit(struct bits *bits, bool bit) {
    bits->byte = bits->byte << 1 | bit;
    if (++bits->used == 8) {
        put_u8(bits->blob, bits->byte);
        bits->byte = 0;
        bits->used = 0;
    }
}

void bake_blob_encode(struct bake_blob *blob, const struct bake_glyph *glyph) {
    static const uint32_t white[BAKE_ROW_WORDS];
    const uint32_t *above = white;
    struct bits bits = {.blob = blob};
    for (int y = 0; y < glyph->height; y++) {
        bool same = memcmp(glyph->rows[y], above, sizeof white) == 0;
        put_bit(&bits, same);
        for (int x = 0; x < glyph->width && !same; x++) {
            put_bit(&bits, bake_glyph_ink(glyph, y, x));
        }
        above = glyph->rows[y];
    }
    while (bits.used > 0) {
        put_bit(&bits, false);
    }
}

/* Runs of consecutive code points, as glyph numbers go up by one in them. Returns their number. */
static size_t put_ranges(struct bake_blob *blob, const struct bake_glyphs *glyphs) {
    const struct bake_glyph *glyph = glyphs->glyph[0];
    size_t ranges = 0;
    for (int i = 0; i < glyphs->count;) {
        int end = i + 1;
        while (end < glyphs->count && glyph[end].code_point == glyph[end - 1].code_point + 1) {
            end++;
        }
        put_little(blob, glyph[i].code_point, 3);
        put_little(blob, (size_t)(end - i), 2);
        put_little(blob, (size_t)i, 2);
        ranges++;
        i = end;
    }
    return ranges;
}

static int height_of(const struct bake_glyphs *glyphs, int size, uint32_t code_point) {
    const struct bake_glyph *glyph = bake_glyphs_find(glyphs, size, code_point);
    return glyph != NULL ? glyph->top : 0;
}

static int advance_of(const struct bake_glyphs *glyphs, int size, uint32_t code_point) {
    const struct bake_glyph *glyph = bake_glyphs_find(glyphs, size, code_point);
    return glyph != NULL ? glyph->advance : 0;
}

static void set_size_header(struct bake_blob *blob, size_t at, const struct bake_recipe *recipe,
                            const struct bake_glyphs *glyphs, int size) {
    int ascent = 0;
    int descent = 0;
    for (int i = 0; i < glyphs->count; i++) {
        const struct bake_glyph *glyph = &glyphs->glyph[size][i];
        ascent = ink_max(ascent, glyph->top);
        descent = ink_max(descent, glyph->height - glyph->top);
    }
    const int fields[8] = {
        recipe->px[size],
        recipe->line[size],
        ascent,
        descent,
        height_of(glyphs, size, 'H'),
        height_of(glyphs, size, 'x'),
        advance_of(glyphs, size, ' '),
        advance_of(glyphs, size, '0'),
    };
    for (size_t i = 0; i < 8; i++) {
        set_little(blob, at + i, (size_t)fields[i], 1);
    }
}

/* Where a bit stream was last put within this size's bitmaps, else at their end. */
static size_t place_bits(struct bake_blob *blob, size_t bitmaps, const struct bake_glyph *glyphs,
                         int number, const size_t *places) {
    const struct bake_glyph *glyph = &glyphs[number];
    for (int i = number - 1; i >= 0 && glyph->height > 0; i--) {
        if (glyphs[i].width == glyph->width && glyphs[i].height == glyph->height &&
            memcmp(glyphs[i].rows, glyph->rows, (size_t)glyph->height * sizeof glyph->rows[0]) ==
                0) {
            return places[i];
        }
    }
    size_t place = blob->count - bitmaps;
    bake_blob_encode(blob, glyph);
    return place;
}

static size_t base_of(const size_t *places, int block, int count) {
    size_t base = places[block];
    for (int i = block; i < count && i < block + BLOCK_GLYPHS; i++) {
        base = places[i] < base ? places[i] : base;
    }
    return base;
}

static void put_metrics(struct bake_blob *blob, const struct bake_glyph *glyph, size_t offset) {
    put_little(blob, offset, 2);
    put_u8(blob, (unsigned)glyph->width);
    put_u8(blob, (unsigned)glyph->height);
    put_u8(blob, (unsigned)glyph->left & 0xFF);
    put_u8(blob, (unsigned)glyph->top & 0xFF);
    put_u8(blob, (unsigned)glyph->advance);
}

/* The glyphs of one size: first the bitmaps, then the table that says where each is. */
static bool put_size(struct bake_blob *blob, const struct bake_recipe *recipe, size_t header,
                     const struct bake_glyphs *glyphs, int size) {
    static size_t places[BAKE_CODE_POINTS];
    size_t bitmaps = blob->count;
    set_size_header(blob, header, recipe, glyphs, size);
    for (int i = 0; i < glyphs->count; i++) {
        places[i] = place_bits(blob, bitmaps, glyphs->glyph[size], i, places);
    }
    set_little(blob, header + 8, blob->count, 4);
    set_little(blob, header + 12, bitmaps, 4);
    for (int block = 0; block < glyphs->count; block += BLOCK_GLYPHS) {
        put_little(blob, base_of(places, block, glyphs->count), 4);
    }
    for (int i = 0; i < glyphs->count; i++) {
        size_t offset = places[i] - base_of(places, i / BLOCK_GLYPHS * BLOCK_GLYPHS, glyphs->count);
        if (offset > UINT16_MAX) {
            return bake_error(recipe->path, 0, "fewer code points, or a smaller largest size",
                              "size %d: bitmaps of one block are over 64 KB apart",
                              recipe->px[size]);
        }
        put_metrics(blob, &glyphs->glyph[size][i], offset);
    }
    blob->glyph_bytes[size] = blob->count - bitmaps;
    return true;
}

static int count_bits(unsigned bits) {
    int count = 0;
    for (; bits > 0; bits &= bits - 1) {
        count++;
    }
    return count;
}

bool bake_blob_make(struct bake_blob *blob, const struct bake_recipe *recipe,
                    const struct bake_glyphs *glyphs, unsigned chosen) {
    memset(blob, 0, sizeof *blob);
    int sizes = count_bits(chosen);
    put_little(blob, 0x31464B49, 4); // "IKF1"
    put_little(blob, (size_t)sizes, 2);
    put_zeros(blob, INK_FONT_HEADER - 6);
    size_t ranges = put_ranges(blob, glyphs);
    size_t header = blob->count;
    put_zeros(blob, sizes * INK_FONT_SIZE_HEADER);
    bool good = true;
    for (int size = 0; good && size < recipe->sizes; size++) {
        if (chosen >> size & 1) {
            good = put_size(blob, recipe, header, glyphs, size);
            header += INK_FONT_SIZE_HEADER;
        }
    }
    put_zeros(blob, SPARE_BYTES);
    set_little(blob, 6, ranges, 2);
    set_little(blob, 8, (size_t)glyphs->count, 2);
    set_little(blob, 12, blob->count, 4);
    return good && (!blob->failed || bake_error("inkline-bake-font", 0, NULL, "out of memory"));
}

void bake_blob_free(struct bake_blob *blob) {
    free(blob->bytes);
}
