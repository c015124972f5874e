/* The font service against a slow reader of the same format, over every glyph of the baked roles
 * and over random ones. */
#include "core/ink_font.h"
#include "ink_test.h"

#define ROLES      3
#define BLOB_SPARE 4 /* bytes that the decoder may read past the last bitmap */

static const uint8_t *const roles[ROLES] = {ink_font_headline, ink_font_source, ink_font_title};

static uint32_t little(const uint8_t *at, int bytes) {
    uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
        value = value << 8 | at[i];
    }
    return value;
}

/* Reads one bit at a time: what ink_font.h says, as plainly as it can be said. */
struct slow {
    const uint8_t *bits;
    size_t used;
    uint64_t row;
};

static unsigned slow_bit(struct slow *slow) {
    unsigned bit = (unsigned)slow->bits[slow->used / 8] >> (7 - slow->used % 8) & 1u;
    slow->used++;
    return bit;
}

static void slow_next(struct slow *slow, int width) {
    if (slow_bit(slow)) {
        return;
    }
    slow->row = 0;
    for (int x = 0; x < width; x++) {
        slow->row |= (uint64_t)slow_bit(slow) << (63 - x);
    }
}

/* Both readers over one glyph; true if every row is the same. Returns the bits used. */
static bool same_rows(const struct ink_glyph *glyph, size_t *used) {
    struct ink_glyph_rows rows = ink_glyph_rows_begin(glyph);
    struct slow slow = {.bits = glyph->bits};
    for (int y = 0; y < glyph->height; y++) {
        ink_glyph_rows_next(&rows);
        slow_next(&slow, glyph->width);
        if (((uint64_t)rows.row[0] << 32 | rows.row[1]) != slow.row) {
            return false;
        }
    }
    *used = slow.used;
    return true;
}

static void rows_of_every_baked_glyph_are_what_a_slow_reader_reads(void) {
    for (int role = 0; role < ROLES; role++) {
        struct ink_font font = {roles[role]};
        const uint8_t *end = roles[role] + little(roles[role] + 12, 4) - BLOB_SPARE;
        for (int size = 0; size < ink_font_sizes(&font); size++) {
            struct ink_face face = ink_font_face(&font, size);
            for (int number = 0; number < (int)little(roles[role] + 8, 2); number++) {
                struct ink_glyph glyph = ink_face_glyph(&face, number);
                size_t used = 0;
                CHECK(same_rows(&glyph, &used));
                CHECK(glyph.width <= INK_GLYPH_WIDTH_MAX);
                CHECK(glyph.bits >= roles[role] && glyph.bits + (used + 7) / 8 <= end);
            }
        }
    }
}

/* A bit stream of `height` random rows, some equal to the one above. Returns its bits. */
static size_t encode_random(uint64_t *seed, int width, int height, uint8_t *bits) {
    uint64_t above = 0;
    size_t used = 0;
    for (int y = 0; y < height; y++) {
        bool same = ink_random_below(seed, 3) == 0;
        uint64_t mask = width == 0 ? 0 : ~UINT64_C(0) << (64 - width);
        uint64_t row = same ? above : ink_random(seed) & mask;
        bits[used / 8] |= (uint8_t)(same << (7 - used % 8));
        used++;
        for (int x = 0; x < width && !same; x++) {
            bits[used / 8] |= (uint8_t)((row >> (63 - x) & 1) << (7 - used % 8));
            used++;
        }
        above = row;
    }
    return used;
}

static void rows_of_random_glyphs_of_every_width_are_what_a_slow_reader_reads(void) {
    for (uint64_t seed = 1; seed <= 40; seed++) {
        for (int width = 0; width <= INK_GLYPH_WIDTH_MAX; width++) {
            uint64_t random = seed * 1000 + (uint64_t)width;
            int height = (int)ink_random_below(&random, 70);
            size_t room = (size_t)(height * (width + 1) + 7) / 8;
            uint8_t *bits = calloc(room + BLOB_SPARE, 1); // valgrind and ASan watch its ends
            size_t wrote = encode_random(&random, width, height, bits);
            struct ink_glyph glyph = {
                .bits = bits, .width = (uint8_t)width, .height = (uint8_t)height};
            size_t used = 0;
            CHECK(same_rows(&glyph, &used));
            CHECK_INT(used, wrote);
            free(bits);
        }
    }
}

static int slow_glyph(const uint8_t *blob, uint32_t code_point) {
    for (uint32_t i = 0; i < little(blob + 6, 2); i++) {
        const uint8_t *range = blob + INK_FONT_HEADER + i * 7;
        uint32_t first = little(range, 3);
        if (code_point >= first && code_point < first + little(range + 3, 2)) {
            return (int)(little(range + 5, 2) + code_point - first);
        }
    }
    return -1;
}

static void every_code_point_finds_the_glyph_that_a_linear_search_finds(void) {
    for (int role = 0; role < ROLES; role++) {
        int found = 0;
        for (uint32_t c = 0; c <= 0x110000; c++) {
            int glyph = ink_font_glyph(roles[role], c);
            found += glyph >= 0;
            if (glyph != slow_glyph(roles[role], c)) {
                CHECK_INT(glyph, slow_glyph(roles[role], c));
            }
        }
        CHECK_INT(found, little(roles[role] + 8, 2));
        CHECK_INT(ink_font_glyph(roles[role], UINT32_MAX), -1);
    }
}

static struct ink_glyph glyph_of(const struct ink_face *face, uint32_t code_point) {
    int number = ink_font_glyph(face->blob, code_point);
    CHECK(number >= 0);
    return ink_face_glyph(face, number < 0 ? 0 : number);
}

/* What layout takes for granted of a face. */
static void check_face(const struct ink_face *face) {
    CHECK_INT(glyph_of(face, ' ').advance, face->space);
    CHECK_INT(glyph_of(face, 0xA0).advance, face->space);
    CHECK_INT(glyph_of(face, 0x2007).advance, face->digit);
    CHECK_INT(glyph_of(face, 'H').top, face->cap);
    CHECK_INT(glyph_of(face, 'x').top, face->x_height);
    CHECK_INT(glyph_of(face, 0x2011).width, glyph_of(face, '-').width);
    for (uint32_t c = '0'; c <= '9'; c++) {
        CHECK_INT(glyph_of(face, c).advance, face->digit);
    }
    for (uint32_t mark = 0x300; mark <= 0x304; mark++) {
        CHECK_INT(glyph_of(face, mark).advance, 0);
    }
    CHECK(face->space > 0 && face->x_height < face->cap && face->cap < face->ascent);
}

static void faces_keep_what_their_headers_say(void) {
    for (int role = 0; role < ROLES; role++) {
        struct ink_font font = {roles[role]};
        int px = 0;
        CHECK(ink_font_sizes(&font) >= 1 && ink_font_sizes(&font) <= INK_FONT_SIZES);
        for (int size = 0; size < ink_font_sizes(&font); size++) {
            struct ink_face face = ink_font_face(&font, size);
            CHECK(face.px > px && face.line >= face.px);
            px = face.px;
            check_face(&face);
        }
    }
}

static void ascent_and_descent_hold_every_glyph_and_one_reaches_them(void) {
    for (int role = 0; role < ROLES; role++) {
        struct ink_font font = {roles[role]};
        for (int size = 0; size < ink_font_sizes(&font); size++) {
            struct ink_face face = ink_font_face(&font, size);
            int ascent = 0, descent = 0;
            for (int number = 0; number < (int)little(roles[role] + 8, 2); number++) {
                struct ink_glyph glyph = ink_face_glyph(&face, number);
                ascent = ink_max(ascent, glyph.top);
                descent = ink_max(descent, glyph.height - glyph.top);
            }
            CHECK_INT(face.ascent, ascent);
            CHECK_INT(face.descent, descent);
        }
    }
}

static void every_role_has_the_same_code_points(void) {
    for (uint32_t c = 0; c <= 0xFFFF; c++) {
        bool has = ink_font_glyph(ink_font_headline, c) >= 0;
        CHECK((ink_font_glyph(ink_font_source, c) >= 0) == has);
        CHECK((ink_font_glyph(ink_font_title, c) >= 0) == has);
    }
}

int main(void) {
    RUN(rows_of_every_baked_glyph_are_what_a_slow_reader_reads);
    RUN(rows_of_random_glyphs_of_every_width_are_what_a_slow_reader_reads);
    RUN(every_code_point_finds_the_glyph_that_a_linear_search_finds);
    RUN(faces_keep_what_their_headers_say);
    RUN(ascent_and_descent_hold_every_glyph_and_one_reaches_them);
    RUN(every_role_has_the_same_code_points);
    return ink_test_end();
}
