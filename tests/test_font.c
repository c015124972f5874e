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

/* Both readers over one glyph of one bit; true if every row is the same. Returns the bits used. */
static bool same_rows(const struct ink_glyph *glyph, const uint8_t *stream, size_t *used) {
    struct ink_glyph_rows rows = ink_glyph_rows_begin(glyph, stream);
    struct ink_narrow_rows narrow = ink_narrow_rows_begin(glyph, stream);
    struct slow slow = {.bits = stream};
    for (int y = 0; y < glyph->height; y++) {
        ink_glyph_rows_next(&rows);
        if (ink_glyph_is_narrow(glyph)) {
            ink_narrow_rows_next(&narrow);
            CHECK(narrow.row == rows.row[0][0]);
        }
        slow_next(&slow, glyph->width);
        if (((uint64_t)rows.row[0][0] << 32 | rows.row[0][1]) != slow.row) {
            return false;
        }
    }
    *used = slow.used;
    return true;
}

/* Metrics of a glyph, as plainly. */
struct slow_metrics {
    int width, height, left, top, advance;
    uint32_t stream; /* from the start of the blob */
};

static uint32_t slow_field(const uint8_t *records, uint32_t *bit, int width) {
    uint32_t value = 0;
    for (int i = 0; i < width; i++, ++*bit) {
        value |= (uint32_t)(records[*bit / 8] >> *bit % 8 & 1) << i;
    }
    return value;
}

static struct slow_metrics slow_metrics(const uint8_t *blob, const uint8_t *header,
                                        uint32_t glyph) {
    const uint8_t *metrics = blob + little(header + 16, 4);
    const int8_t *least = (const int8_t *)metrics + 7;
    uint32_t field[6], bits = 0;
    for (int i = 0; i < 6; i++) {
        bits += metrics[i];
    }
    uint32_t at = glyph * bits;
    for (int i = 0; i < 6; i++) {
        field[i] = slow_field(metrics + 10, &at, metrics[i]);
    }
    bool mark = field[4] == (1u << metrics[4]) - 1 && field[1] > 0;
    struct slow_metrics slow = {.width = (int)field[0],
                                .height = (int)field[1],
                                .left = (int)field[2] + least[0],
                                .top = (int)field[3] + least[1]};
    slow.advance = slow.left + slow.width + (int)field[4] + least[2];
    if (mark) {
        slow.advance = 0;
        slow.left = -slow.width;
    } else if (slow.height == 0) {
        slow.advance = slow.width;
        slow.width = 0;
    }
    slow.stream = little(header + 20, 4) + little(metrics - 3 * (glyph / 16 + 1), 3) + field[5];
    return slow;
}

static const uint8_t *slow_header(const uint8_t *blob, int size) {
    uint32_t at =
        INK_FONT_HEADER + little(blob + 6, 2) * 7 + little(blob + 10, 2) * 8 + blob[16] * 8u;
    at += blob[17] > 0 ? little(blob + 8, 2) * 2 : 0;
    return blob + at + (uint32_t)size * INK_FONT_SIZE_HEADER;
}

static void metrics_of_every_baked_glyph_are_what_a_slow_reader_reads(void) {
    for (int role = 0; role < ROLES; role++) {
        struct ink_font font = {roles[role]};
        for (int size = 0; size < ink_font_sizes(&font); size++) {
            struct ink_face face = ink_font_face(&font, size);
            const uint8_t *header = slow_header(roles[role], size);
            CHECK_INT(face.px, header[0]);
            for (uint32_t number = 0; number < little(roles[role] + 8, 2); number++) {
                struct ink_glyph glyph = ink_face_glyph(&face, (int)number);
                struct slow_metrics slow = slow_metrics(roles[role], header, number);
                CHECK_INT(glyph.width, slow.width);
                CHECK_INT(glyph.height, slow.height);
                CHECK_INT(glyph.left, slow.left);
                CHECK_INT(glyph.top, slow.top);
                CHECK_INT(glyph.advance, slow.advance);
                CHECK_INT(ink_glyph_stream(&glyph) - roles[role], slow.stream);
            }
        }
    }
}

static void rows_of_every_baked_glyph_are_what_a_slow_reader_reads(void) {
    for (int role = 0; role < ROLES; role++) {
        struct ink_font font = {roles[role]};
        const uint8_t *end = roles[role] + little(roles[role] + 12, 4) - BLOB_SPARE;
        for (int size = 0; size < ink_font_sizes(&font); size++) {
            struct ink_face face = ink_font_face(&font, size);
            CHECK_INT(ink_face_packing(&face), 0); // the range codec has a test of its own
            for (int number = 0; number < (int)little(roles[role] + 8, 2); number++) {
                struct ink_glyph glyph = ink_face_glyph(&face, number);
                const uint8_t *stream = ink_glyph_stream(&glyph);
                size_t used = 0;
                CHECK(same_rows(&glyph, stream, &used));
                CHECK(glyph.width <= INK_GLYPH_WIDTH_MAX);
                CHECK(stream >= roles[role] && stream + (used + 7) / 8 <= end);
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
    const uint8_t header[INK_FONT_SIZE_HEADER] = {0};
    const struct ink_face face = {.header = header};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        for (int width = 0; width <= INK_GLYPH_WIDTH_MAX; width++) {
            uint64_t random = seed * 1000 + (uint64_t)width;
            int height = (int)ink_random_below(&random, 70);
            size_t room = (size_t)(height * (width + 1) + 7) / 8;
            uint8_t *bits = calloc(room + BLOB_SPARE, 1); // valgrind and ASan watch its ends
            size_t wrote = encode_random(&random, width, height, bits);
            struct ink_glyph glyph = {.face = &face,
                                      .width = (uint8_t)width,
                                      .columns = (uint8_t)width,
                                      .height = (uint8_t)height};
            size_t used = 0;
            CHECK(same_rows(&glyph, bits, &used));
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
            found = ink_max(found, glyph + 1);
            if (glyph != slow_glyph(roles[role], c)) {
                CHECK_INT(glyph, slow_glyph(roles[role], c));
            }
        }
        CHECK_INT(found, little(roles[role] + 8, 2)); // a role has no joining forms
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

/* ---- lists, forms, kerning, squares ---------------------------------------------------------- */

#define BLOBS_MAX 32

/* Every blob that some role is drawn from, once. */
static int list_blobs(const uint8_t *blobs[BLOBS_MAX]) {
    int count = 0;
    for (int i = 0; i < 2 * ROLES; i++) {
        const uint8_t *const *list = i < ROLES ? ink_font_roles[i] : ink_font_roles_gray[i - ROLES];
        for (; list != NULL && *list != NULL; list++) {
            int k = 0;
            while (k < count && blobs[k] != *list) {
                k++;
            }
            CHECK(k < BLOBS_MAX);
            blobs[k] = *list;
            count = ink_max(count, k + 1);
        }
    }
    return count;
}

static void roles_are_lists_that_start_with_their_own_blob(void) {
    for (int role = 0; role < ROLES; role++) {
        CHECK(ink_font_roles[role][0] == roles[role]);
        if (ink_font_roles_gray[role] != NULL) {
            CHECK_INT(ink_font_roles_gray[role][0][5], 2);
        }
    }
    const uint8_t *blobs[BLOBS_MAX];
    for (int i = list_blobs(blobs) - 1; i >= 0; i--) {
        CHECK(memcmp(blobs[i], "IKF2", 4) == 0 && blobs[i][4] <= INK_FONT_SIZES);
    }
}

static int slow_form(const uint8_t *blob, int glyph, int form) {
    const uint8_t *joins = blob + INK_FONT_HEADER + little(blob + 6, 2) * 7;
    for (uint32_t i = 0; i < little(blob + 10, 2); i++) {
        if ((int)little(joins + 8 * i, 2) == glyph) {
            return (int)little(joins + 8 * i + 2 * (uint32_t)form, 2);
        }
    }
    return glyph;
}

static void forms_are_those_that_a_linear_search_finds(void) {
    const uint8_t *blobs[BLOBS_MAX];
    for (int i = list_blobs(blobs) - 1; i >= 0; i--) {
        int glyphs = (int)little(blobs[i] + 8, 2);
        for (int glyph = 0; glyph < glyphs; glyph++) {
            for (int form = 0; form < 4; form++) {
                int found = ink_font_form(blobs[i], glyph, (enum ink_form)form);
                CHECK_INT(found, slow_form(blobs[i], glyph, form));
                CHECK(found >= 0 && found < glyphs);
            }
            CHECK_INT(ink_font_form(blobs[i], glyph, INK_FORM_ISOLATED), glyph);
        }
    }
}

/* Lam-alef in whatever blob has Arabic. */
static void lam_and_alef_become_one_glyph_and_alef_and_lam_do_not(void) {
    const uint8_t *blobs[BLOBS_MAX];
    for (int i = list_blobs(blobs) - 1; i >= 0; i--) {
        int lam = ink_font_glyph(blobs[i], 0x644), alef = ink_font_glyph(blobs[i], 0x627);
        if (blobs[i][16] > 0) {
            int alone = ink_font_ligature(blobs[i], lam, alef, false);
            int joined = ink_font_ligature(blobs[i], lam, alef, true);
            CHECK(alone >= 0 && joined >= 0 && alone != joined);
            CHECK(alone < (int)little(blobs[i] + 8, 2) && joined < (int)little(blobs[i] + 8, 2));
        }
        CHECK_INT(ink_font_ligature(blobs[i], alef, lam, false), -1);
        CHECK_INT(ink_font_ligature(blobs[i], lam, lam, true), -1);
    }
}

static int slow_kern(const uint8_t *blob, int size, uint32_t left, uint32_t right) {
    uint32_t glyphs = little(blob + 8, 2), rows = (blob[18] + 1u) / 2;
    uint32_t kern = little(slow_header(blob, size) + 24, 4);
    const uint8_t *classes = slow_header(blob, 0) - 2 * glyphs;
    if (kern == 0 || classes[left] == 0 || classes[glyphs + right] == 0) {
        return 0;
    }
    uint32_t column = classes[glyphs + right] - 1u;
    uint32_t byte = blob[kern + (classes[left] - 1u) * rows + column / 2];
    int pixels = (int)(column % 2 > 0 ? byte >> 4 : byte & 15);
    return pixels < 8 ? pixels : pixels - 16;
}

/* Checks every pair of one size; returns how many are kerned. */
static int check_kerning(const uint8_t *blob, const struct ink_face *face, int size) {
    int glyphs = (int)little(blob + 8, 2), kerned = 0, wrong = 0;
    for (int pair = 0; pair < glyphs * glyphs; pair++) {
        int left = pair / glyphs, right = pair % glyphs;
        int pixels = ink_face_kern(face, left, right);
        kerned += pixels != 0;
        wrong += pixels != slow_kern(blob, size, (uint32_t)left, (uint32_t)right);
    }
    CHECK_INT(wrong, 0);
    return kerned;
}

static void kerning_of_every_pair_is_that_of_its_classes(void) {
    for (int role = 0; role < ROLES; role++) {
        struct ink_font font = {roles[role]};
        for (int size = 0; size < ink_font_sizes(&font); size++) {
            struct ink_face face = ink_font_face(&font, size);
            CHECK((check_kerning(roles[role], &face, size) > 0) == (face.px >= 20));
        }
    }
}

/* The pixel of a glyph at a row and column, by reading all rows up to it. */
static int pixel_of(const struct ink_glyph *glyph, int row, int column) {
    struct ink_glyph_rows rows = ink_glyph_rows_begin(glyph, ink_glyph_stream(glyph));
    for (int y = 0; y <= row; y++) {
        ink_glyph_rows_next(&rows);
    }
    return (int)(rows.row[0][column / 32] >> (31 - column % 32) & 1);
}

static void check_squares(const struct ink_glyph *small, const struct ink_glyph *large, int side) {
    CHECK_INT(large->width, small->width * side);
    CHECK_INT(large->height, small->height * side);
    CHECK_INT(large->left, small->left * side);
    CHECK_INT(large->top, small->top * side);
    CHECK_INT(large->advance, small->advance * side);
    for (int y = 0; y < large->height; y++) {
        for (int x = 0; x < large->width; x++) {
            CHECK_INT(pixel_of(large, y, x), pixel_of(small, y / side, x / side));
        }
    }
}

/* A blob with sizes that enlarge its first; some 40 of its glyphs. */
static void enlarged_glyphs_are_the_small_ones_in_squares(void) {
    const uint8_t *blobs[BLOBS_MAX];
    for (int i = list_blobs(blobs) - 1; i >= 0; i--) {
        struct ink_font font = {blobs[i]};
        struct ink_face first = ink_font_face(&font, 0);
        int step = (int)little(blobs[i] + 8, 2) / 40 + 1;
        for (int size = 1; size < ink_font_sizes(&font); size++) {
            struct ink_face face = ink_font_face(&font, size);
            int side = ink_face_packing(&face) / INK_PACKING_SIDE + 1;
            for (int g = 0; side > 1 && g < (int)little(blobs[i] + 8, 2); g += step) {
                struct ink_glyph small = ink_face_glyph(&first, g);
                struct ink_glyph large = ink_face_glyph(&face, g);
                check_squares(&small, &large, side);
            }
        }
    }
}

int main(void) {
    RUN(metrics_of_every_baked_glyph_are_what_a_slow_reader_reads);
    RUN(rows_of_every_baked_glyph_are_what_a_slow_reader_reads);
    RUN(rows_of_random_glyphs_of_every_width_are_what_a_slow_reader_reads);
    RUN(every_code_point_finds_the_glyph_that_a_linear_search_finds);
    RUN(faces_keep_what_their_headers_say);
    RUN(ascent_and_descent_hold_every_glyph_and_one_reaches_them);
    RUN(every_role_has_the_same_code_points);
    RUN(roles_are_lists_that_start_with_their_own_blob);
    RUN(forms_are_those_that_a_linear_search_finds);
    RUN(lam_and_alef_become_one_glyph_and_alef_and_lam_do_not);
    RUN(kerning_of_every_pair_is_that_of_its_classes);
    RUN(enlarged_glyphs_are_the_small_ones_in_squares);
    return ink_test_end();
}
