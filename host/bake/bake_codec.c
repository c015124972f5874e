#include "bake/bake_codec.h"

#include <stdlib.h>
#include <string.h>

/* ---- row-repeat ------------------------------------------------------------------------------ */

static bool same_as_above(const struct bake_glyph *glyph, int row) {
    static const uint32_t white[BAKE_ROW_WORDS];
    const uint32_t *above = row > 0 ? glyph->rows[row - 1] : white;
    const uint32_t *low = row > 0 && glyph->low != NULL ? glyph->low[row - 1] : white;
    return memcmp(glyph->rows[row], above, sizeof white) == 0 &&
           (glyph->low == NULL || memcmp(glyph->low[row], low, sizeof white) == 0);
}

static void put_row(struct bake_bytes *bytes, const uint32_t *row, int width) {
    for (int x = 0; x < width; x++) {
        bake_bytes_high_bit(bytes, row[x / 32] >> (31 - x % 32) & 1);
    }
}

void bake_codec_rows(struct bake_bytes *bytes, const struct bake_glyph *glyph) {
    for (int y = 0; y < glyph->height; y++) {
        bool same = same_as_above(glyph, y);
        bake_bytes_high_bit(bytes, same);
        if (!same) {
            put_row(bytes, glyph->rows[y], glyph->width);
        }
        if (!same && glyph->low != NULL) {
            put_row(bytes, glyph->low[y], glyph->width);
        }
    }
    bake_bytes_pad(bytes);
}

/* ---- range ----------------------------------------------------------------------------------- */

static struct bake_range_image image_of(const struct bake_glyph *glyph) {
    return (struct bake_range_image){
        .width = glyph->width,
        .height = glyph->height,
        .depth = glyph->low != NULL ? 2 : 1,
        .plane = {(const uint32_t(*)[2])glyph->rows, (const uint32_t(*)[2])glyph->low},
    };
}

#define LEARN_GLYPHS 6000 /* enough to know a font by */

bool bake_codec_train(struct bake_range_model *model, const struct bake_glyphs *glyphs,
                      const struct bake_numbers *numbers, unsigned sizes) {
    struct bake_range_lessons lessons = {0};
    int step = numbers->count * INK_FONT_SIZES / LEARN_GLYPHS + 1;
    size_t most = BAKE_RANGE_MODEL_BYTES / 2;
    for (int size = 0; size < INK_FONT_SIZES; size++) {
        for (int i = 0; sizes >> size & 1 && i < numbers->count; i += step) {
            struct bake_range_image image = image_of(&glyphs->glyph[size][numbers->kept[i]]);
            most = image.depth == 2 ? BAKE_RANGE_MODEL_BYTES : most;
            if (image.height > 0) {
                bake_range_learn(&lessons, &image);
            }
        }
    }
    bool good = bake_range_train(&lessons, most, model);
    bake_range_forget(&lessons);
    return good || bake_error("inkline-bake-font", 0, NULL, "out of memory");
}

static void put_range(struct bake_bytes *bytes, const struct bake_glyph *glyph,
                      const struct bake_range_model *model) {
    uint8_t stream[BAKE_RANGE_BYTES(INK_GLYPH_WIDTH_MAX, 128, 2)];
    struct bake_range_image image = image_of(glyph);
    if (image.height > 0) {
        bake_bytes_put(bytes, stream, bake_range_encode(&image, model->bytes, stream));
    }
}

/* ---- a size ---------------------------------------------------------------------------------- */

bool bake_streams_make(struct bake_streams *streams, const struct bake_glyph *glyphs,
                       const struct bake_numbers *numbers, const struct bake_range_model *model) {
    *streams = (struct bake_streams){
        .start = calloc((size_t)numbers->count + 1, sizeof streams->start[0])};
    for (int i = 0; streams->start != NULL && i < numbers->count; i++) {
        const struct bake_glyph *glyph = &glyphs[numbers->kept[i]];
        if (model != NULL) {
            put_range(&streams->bytes, glyph, model);
        } else {
            bake_codec_rows(&streams->bytes, glyph);
        }
        streams->start[i + 1] = streams->bytes.count;
    }
    return (streams->start != NULL && !streams->bytes.failed) ||
           bake_error("inkline-bake-font", 0, NULL, "out of memory");
}

void bake_streams_free(struct bake_streams *streams) {
    bake_bytes_free(&streams->bytes);
    free(streams->start);
}
