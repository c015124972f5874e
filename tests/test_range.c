/* The range codec: what the bake encodes is what the core decodes, for random bitmaps and for every
 * glyph of the baked roles; and no stream can make the decoder read outside it. */
#include "bake/bake_range.h"
#include "core/ink_font.h"
#include "ink_test.h"

#define HEIGHT_MAX 70
#define IMAGES     24
#define MODEL_MOST 2048

typedef uint32_t row_words[2];

struct picture {
    row_words plane[2][HEIGHT_MAX];
    struct bake_range_image image;
};

/* ---- random pictures ---------------------------------------------------------------------------
 */

static void put_random_ink(struct picture *picture, uint64_t *seed, int plane) {
    uint32_t density = ink_random_below(seed, 257);
    uint32_t repeat = ink_random_below(seed, 257);
    for (int y = 0; y < picture->image.height; y++) {
        if (y > 0 && ink_random_below(seed, 256) < repeat) {
            memcpy(picture->plane[plane][y], picture->plane[plane][y - 1], sizeof(row_words));
            continue;
        }
        for (int x = 0; x < picture->image.width; x++) {
            uint32_t ink = ink_random_below(seed, 256) < density;
            picture->plane[plane][y][x / 32] |= ink << (31 - x % 32);
        }
    }
}

/* Like letters: bars across and down. */
static void put_random_bars(struct picture *picture, uint64_t *seed, int plane) {
    for (uint32_t bar = ink_random_below(seed, 6); bar > 0; bar--) {
        int x0 = (int)ink_random_below(seed, (uint32_t)picture->image.width);
        int x1 = x0 + 1 + (int)ink_random_below(seed, ink_random_below(seed, 2) ? 4 : 40);
        int y0 = (int)ink_random_below(seed, HEIGHT_MAX);
        int y1 = y0 + 1 + (int)ink_random_below(seed, ink_random_below(seed, 2) ? 4 : 40);
        for (int y = y0; y < y1 && y < picture->image.height; y++) {
            for (int x = x0; x < x1 && x < picture->image.width; x++) {
                picture->plane[plane][y][x / 32] |= UINT32_C(1) << (31 - x % 32);
            }
        }
    }
}

static void make_picture(struct picture *picture, uint64_t *seed, int width, int height,
                         int depth) {
    memset(picture, 0, sizeof *picture);
    picture->image = (struct bake_range_image){
        .width = width,
        .height = height,
        .depth = depth,
        .plane = {(const row_words *)picture->plane[0], (const row_words *)picture->plane[1]},
    };
    for (int plane = 0; plane < depth; plane++) {
        (ink_random_below(seed, 3) == 0 ? put_random_ink : put_random_bars)(picture, seed, plane);
    }
}

/* The place after a tree, or `end` and more if it is not what core/ink_range_model.h says. */
static const uint8_t *after_tree(const uint8_t *at, const uint8_t *end) {
    if (at >= end || *at < 0x80) {
        return at + 1;
    }
    const uint8_t *near = at + 1;
    if (near >= end || *near < 0x80) {
        return after_tree(near + 1, end);
    }
    const uint8_t *far = near + 1 + (*near & 0x7F);
    return after_tree(near + 1, end) == far ? after_tree(far, end) : end + 1;
}

static void check_model(const struct bake_range_model *model, int depth) {
    const uint8_t *end = model->bytes + model->count;
    int roots = depth * 64;
    CHECK(after_tree(model->bytes + roots * 2, end) <= end);
    for (int root = 0; root < roots; root++) {
        const uint8_t *place = model->bytes + root * 2;
        const uint8_t *tree = model->bytes + place[0] + (place[1] << 8);
        CHECK(tree >= model->bytes + roots * 2 && after_tree(tree, end) <= end);
    }
}

static bool train(const struct picture *pictures, int count, struct bake_range_model *model) {
    struct bake_range_lessons lessons = {0};
    for (int i = 0; i < count; i++) {
        bake_range_learn(&lessons, &pictures[i].image);
    }
    size_t most = (size_t)MODEL_MOST * (size_t)pictures[0].image.depth;
    bool good = bake_range_train(&lessons, most, model) && model->count <= most;
    bake_range_forget(&lessons);
    check_model(model, pictures[0].image.depth);
    return good;
}

/* ---- round trips -------------------------------------------------------------------------------
 */

/* True if the stream gives the image back. It is decoded from a place of its very size, so that a
 * sanitizer sees a byte too many. */
static bool gives_back(const struct bake_range_image *image, const uint8_t *stream, size_t bytes,
                       const uint8_t *model) {
    uint8_t *copy = malloc(bytes > 0 ? bytes : 1);
    memcpy(copy, stream, bytes);
    struct ink_range range = ink_range_begin(copy, copy + bytes, model, image->width, image->depth);
    bool same = true;
    for (int y = 0; y < image->height; y++) {
        ink_range_next(&range);
        for (int plane = 0; plane < image->depth; plane++) {
            same = same && memcmp(range.row[plane], image->plane[plane][y], sizeof(row_words)) == 0;
        }
    }
    free(copy);
    return same;
}

/* Bytes of the stream, after a check that it gives the image back. */
static size_t round_trip(const struct bake_range_image *image, const uint8_t *model) {
    size_t room = BAKE_RANGE_BYTES(image->width, image->height, image->depth);
    uint8_t *stream = malloc(room);
    size_t bytes = bake_range_encode(image, model, stream);
    CHECK(bytes <= room);
    CHECK(bytes == 0 || stream[bytes - 1] != 0);
    CHECK(gives_back(image, stream, bytes, model));
    free(stream);
    return bytes;
}

static void random_pictures_of_every_width_come_back(void) {
    static struct picture pictures[IMAGES];
    static struct bake_range_model model;
    uint64_t seed = 1;
    for (int width = 1; width <= 64; width++) {
        for (int depth = 1; depth <= 2; depth++) {
            for (int i = 0; i < IMAGES; i++) {
                int height = (int)ink_random_below(&seed, HEIGHT_MAX + 1);
                make_picture(&pictures[i], &seed, width, i == 0 ? 0 : height, depth);
            }
            // The second half comes as a surprise to the model.
            CHECK(train(pictures, IMAGES / 2, &model));
            for (int i = 0; i < IMAGES; i++) {
                round_trip(&pictures[i].image, model.bytes);
            }
        }
    }
}

static void a_model_that_saw_nothing_codes_a_bit_a_decision(void) {
    static struct picture picture;
    static struct bake_range_model model;
    uint64_t seed = 2;
    for (int depth = 1; depth <= 2; depth++) {
        make_picture(&picture, &seed, 1, 0, depth);
        CHECK(train(&picture, 1, &model));
        make_picture(&picture, &seed, 40, 60, depth);
        CHECK(round_trip(&picture.image, model.bytes) <= (size_t)((40 * depth + 1) * 60 / 6));
    }
}

/* A row is the same again where most of it is ink: a majority of twelve pixels takes one tree of
 * hundreds of bytes, more than the length of a near one can say. */
static void a_tree_of_hundreds_of_bytes_is_read_as_it_was_meant(void) {
    static struct picture pictures[1200];
    static struct bake_range_model model;
    uint64_t seed = 5;
    for (int i = 0; i < 1200; i++) {
        make_picture(&pictures[i], &seed, 12, 0, 1);
        row_words *rows = pictures[i].plane[0];
        pictures[i].image.height = HEIGHT_MAX;
        for (int y = 1, same = 0; y < HEIGHT_MAX; y++) {
            same = !same && __builtin_popcount(rows[y - 1][0]) > 6;
            rows[y][0] = same ? rows[y - 1][0] : (uint32_t)ink_random(&seed) << 20;
        }
    }
    CHECK(train(pictures, 1200, &model));
    for (int i = 0; i < 1200; i++) {
        round_trip(&pictures[i].image, model.bytes);
    }
}

/* ---- the glyphs of the roles -------------------------------------------------------------------
 */

struct glyphs {
    struct picture *picture;
    int count;
    size_t row_repeat; /* bytes of their row-repeat streams */
};

static void add_glyph(struct glyphs *glyphs, const struct ink_face *face, int number) {
    struct ink_glyph glyph = ink_face_glyph(face, number);
    struct ink_glyph_rows rows = ink_glyph_rows_begin(&glyph, ink_glyph_stream(&glyph));
    struct picture *picture = &glyphs->picture[glyphs->count];
    if (glyph.height == 0 || glyph.height > HEIGHT_MAX) {
        return;
    }
    uint64_t unused = 0;
    make_picture(picture, &unused, glyph.width, 0, 1);
    picture->image.height = glyph.height;
    size_t bits = 0;
    for (int y = 0; y < glyph.height; y++) {
        ink_glyph_rows_next(&rows);
        memcpy(picture->plane[0][y], rows.row, sizeof(row_words));
        static const row_words white;
        const uint32_t *above = y > 0 ? picture->plane[0][y - 1] : white;
        bool same = memcmp(picture->plane[0][y], above, sizeof white) == 0;
        bits += same ? 1 : 1u + glyph.width;
    }
    glyphs->row_repeat += (bits + 7) / 8;
    glyphs->count++;
}

static void add_face(struct glyphs *glyphs, const struct ink_face *face) {
    uint32_t count = face->blob[8] | (uint32_t)face->blob[9] << 8;
    struct picture *more =
        realloc(glyphs->picture, ((size_t)glyphs->count + count) * sizeof more[0]);
    CHECK(more != NULL);
    glyphs->picture = more;
    for (uint32_t number = 0; number < count; number++) {
        add_glyph(glyphs, face, (int)number);
    }
    for (int i = 0; i < glyphs->count; i++) { // they may have moved
        glyphs->picture[i].image.plane[0] = (const row_words *)glyphs->picture[i].plane[0];
    }
}

static void glyphs_come_back_and_large_ones_take_under_six_tenths_of_row_repeat(void) {
    static struct bake_range_model model;
    const uint8_t *const roles[] = {ink_font_headline, ink_font_source, ink_font_title};
    for (size_t role = 0; role < sizeof roles / sizeof roles[0]; role++) {
        struct ink_font font = {roles[role]};
        struct glyphs glyphs = {0};
        for (int size = 0; size < ink_font_sizes(&font); size++) {
            struct ink_face face = ink_font_face(&font, size);
            if (face.px >= 28) {
                add_face(&glyphs, &face);
            }
        }
        size_t bytes = 0;
        CHECK(glyphs.count > 0 && train(glyphs.picture, glyphs.count, &model));
        for (int i = 0; i < glyphs.count; i++) {
            bytes += round_trip(&glyphs.picture[i].image, model.bytes);
        }
        CHECK(bytes + model.count < glyphs.row_repeat * 6 / 10);
        free(glyphs.picture);
    }
}

/* ---- determinism, hostile streams --------------------------------------------------------------
 */

static void the_order_of_the_lessons_does_not_matter(void) {
    static struct picture forward[IMAGES], backward[IMAGES];
    static struct bake_range_model models[2];
    uint64_t seed = 3;
    for (int depth = 1; depth <= 2; depth++) {
        for (int i = 0; i < IMAGES; i++) {
            uint64_t again = seed;
            int width = 1 + (int)ink_random_below(&again, 64);
            make_picture(&forward[i], &seed, width, HEIGHT_MAX, depth);
            backward[IMAGES - 1 - i] = forward[i];
        }
        for (int i = 0; i < IMAGES; i++) {
            for (int plane = 0; plane < 2; plane++) {
                backward[i].image.plane[plane] = (const row_words *)backward[i].plane[plane];
            }
        }
        CHECK(train(forward, IMAGES, &models[0]) && train(backward, IMAGES, &models[1]));
        CHECK(models[0].count == models[1].count);
        CHECK(memcmp(models[0].bytes, models[1].bytes, models[0].count) == 0);
    }
}

/* Decode 80 rows of whatever; columns from the width on must stay white. */
static void decode_any(const uint8_t *bytes, size_t count, const uint8_t *model, int width,
                       int depth) {
    uint8_t *copy = malloc(count > 0 ? count : 1);
    memcpy(copy, bytes, count);
    struct ink_range range = ink_range_begin(copy, copy + count, model, width, depth);
    uint64_t beyond = UINT64_MAX >> (width - 1) >> 1;
    for (int y = 0; y < 80; y++) {
        ink_range_next(&range);
        for (int plane = 0; plane < 2; plane++) {
            uint64_t row = (uint64_t)range.row[plane][0] << 32 | range.row[plane][1];
            CHECK((row & beyond) == 0);
            CHECK(plane < depth || row == 0);
        }
        CHECK(range.at >= copy && range.at <= copy + count);
    }
    free(copy);
}

static void garbage_and_cut_streams_decode_to_something_inside(void) {
    static struct picture pictures[IMAGES];
    static struct bake_range_model model;
    uint64_t seed = 4;
    for (int depth = 1; depth <= 2; depth++) {
        for (int i = 0; i < IMAGES; i++) {
            make_picture(&pictures[i], &seed, 1 + i * 2, HEIGHT_MAX, depth);
        }
        CHECK(train(pictures, IMAGES, &model));
        for (int i = 0; i < 300; i++) {
            const struct bake_range_image *image = &pictures[i % IMAGES].image;
            uint8_t stream[BAKE_RANGE_BYTES(64, HEIGHT_MAX, 2)];
            size_t bytes = bake_range_encode(image, model.bytes, stream);
            decode_any(stream, ink_random_below(&seed, (uint32_t)bytes + 1), model.bytes,
                       image->width, depth);
            uint32_t fill = ink_random_below(&seed, 3);
            for (size_t at = 0; at < 200; at++) {
                stream[at] = fill == 0 ? 0xFF : (uint8_t)ink_random(&seed);
            }
            decode_any(stream, ink_random_below(&seed, 201), model.bytes,
                       1 + (int)ink_random_below(&seed, 64), depth);
        }
    }
}

int main(void) {
    RUN(random_pictures_of_every_width_come_back);
    RUN(a_model_that_saw_nothing_codes_a_bit_a_decision);
    RUN(a_tree_of_hundreds_of_bytes_is_read_as_it_was_meant);
    RUN(glyphs_come_back_and_large_ones_take_under_six_tenths_of_row_repeat);
    RUN(the_order_of_the_lessons_does_not_matter);
    RUN(garbage_and_cut_streams_decode_to_something_inside);
    return ink_test_end();
}
