/* Kerning as the bake makes it against HarfBuzz asked again, and against the glyphs painted side by
 * side. */
#include "bake/bake_kern.h"
#include "ink_test.h"

#include <hb.h>
#include <math.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ROLES 1 /* as many pairs as there are, each looked at pixel by pixel, take minutes so */
#endif
#endif
#ifndef ROLES
#define ROLES 3
#endif
#define ALL_SIZES ((1u << INK_FONT_SIZES) - 1)
#define BYTES_MAX 2048 /* of a matrix */

struct role {
    struct bake_recipe recipe;
    struct bake_glyphs glyphs;
    struct bake_pairs pairs;
    struct bake_kern kern;
};

static const char *const paths[] = {
    "fonts/headline.recipe",
    "fonts/source.recipe",
    "fonts/title.recipe",
};
static struct role roles[ROLES];

static bool make_role(struct role *role, const char *path) {
    return bake_recipe_read(&role->recipe, path) &&
           bake_glyphs_draw(&role->glyphs, &role->recipe, NULL) &&
           bake_pairs_make(&role->pairs, &role->recipe, &role->glyphs) &&
           bake_kern_make(&role->kern, &role->recipe, &role->glyphs, ALL_SIZES);
}

static void free_role(struct role *role) {
    bake_kern_free(&role->kern);
    bake_pairs_free(&role->pairs);
    bake_glyphs_free(&role->glyphs);
}

static const struct bake_glyph *glyph_of(const struct role *role, int size, int place) {
    return &role->glyphs.glyph[size][role->pairs.glyph[place]];
}

/* ---- two glyphs painted side by side --------------------------------------------------------- */

#define CANVAS   320 /* columns and rows; the pen of the left glyph at (PEN, PEN) */
#define PEN      128
#define TOO_NEAR 2

static uint8_t canvas[CANVAS][CANVAS];

/* The left glyph with a rim of `white` pixels around its ink. */
static void paint(const struct bake_glyph *glyph, int white, uint8_t value) {
    size_t columns = 2 * (size_t)white + 1;
    for (int y = 0; y < glyph->height; y++) {
        for (int x = 0; x < glyph->width; x++) {
            int top = PEN - glyph->top + y - white;
            int left = PEN + glyph->left + x - white;
            for (int row = 0; row < 2 * white + 1 && bake_glyph_ink(glyph, y, x); row++) {
                memset(&canvas[top + row][left], value, columns);
            }
        }
    }
}

/* Whether ink of the right glyph, `pixels` from where it stands unkerned, is on what is painted. */
static bool meets(const struct bake_glyph *left, const struct bake_glyph *right, int pixels) {
    int pen = PEN + left->advance + pixels + right->left;
    for (int y = 0; y < right->height; y++) {
        for (int x = 0; x < right->width; x++) {
            if (bake_glyph_ink(right, y, x) && canvas[PEN - right->top + y][pen + x] != 0) {
                return true;
            }
        }
    }
    return false;
}

/* The least of 0, -1, .. `least` that can be reached a pixel at a time without coming too near. */
static int nearest(const struct bake_glyph *left, const struct bake_glyph *right, int white,
                   int least) {
    int pixels = 0;
    paint(left, white, TOO_NEAR);
    while (pixels > least && !meets(left, right, pixels) && !meets(left, right, pixels - 1)) {
        pixels--;
    }
    paint(left, white, 0);
    return pixels;
}

/* ---- HarfBuzz asked again -------------------------------------------------------------------- */

static hb_font_t *open_font(const char *path) {
    hb_blob_t *blob = hb_blob_create_from_file(path);
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

/* How far a pair is from where two glyphs' own advances put it; ligatures are not kerning. */
static double ask_font(hb_font_t *font, uint32_t left, uint32_t right) {
    hb_feature_t without[2];
    hb_feature_from_string("-liga", -1, &without[0]);
    hb_feature_from_string("-clig", -1, &without[1]);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add(buffer, left, 0);
    hb_buffer_add(buffer, right, 1);
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, without, 2);
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, NULL);
    double moved = 0;
    for (unsigned i = 0; i < count && count == 2; i++) {
        moved += at[i].x_advance - hb_font_get_glyph_h_advance(font, info[i].codepoint);
    }
    hb_buffer_destroy(buffer);
    return moved / (double)hb_face_get_upem(hb_font_get_face(font));
}

/* Whether two everyday glyphs have ink side by side in a row. */
static bool run_together(const struct bake_glyph *left, const struct bake_glyph *right) {
    paint(left, 0, TOO_NEAR);
    bool touch = meets(left, right, 0) || meets(left, right, -1);
    paint(left, 0, 0);
    return touch && bake_pair_is_everyday(left->code_point, right->code_point);
}

/* The rule of bake_pair.h, from a pair's move in ems. */
static int rule(const struct role *role, int size, int left, int right, double ems) {
    const struct bake_glyph *first = glyph_of(role, size, left);
    const struct bake_glyph *second = glyph_of(role, size, right);
    int px = role->recipe.px[size];
    double exact = ems * role->recipe.source[first->source].ppem_x[size];
    int pixels = exact > 0 && exact < 1 ? 0 : (int)lround(exact);
    if (px < 20) {
        return 0;
    }
    if (pixels < 0) {
        int least = px < 24 ? -1 : -8;
        pixels = nearest(first, second, px < 40 ? 1 : 2, pixels < least ? least : pixels);
    }
    if (pixels == 0) {
        return run_together(first, second);
    }
    return pixels > 7 ? 7 : pixels;
}

static uint32_t drawn_as(const struct role *role, int place) {
    uint32_t code_point = glyph_of(role, 0, place)->code_point;
    const struct bake_stand_in *stand_in = bake_recipe_stand_in(&role->recipe, code_point);
    return stand_in != NULL ? stand_in->as : code_point;
}

static bool is_drawn_by(const struct role *role, int size, int place, int source) {
    return role->pairs.px[size] != NULL && glyph_of(role, size, place)->source == source;
}

/* Sizes at which a pair is not as the rule has it; both glyphs must be of the source to be kerned.
 */
static int check_pair(const struct role *role, int source, hb_font_t *font, const int pair[2]) {
    double ems = ask_font(font, drawn_as(role, pair[0]), drawn_as(role, pair[1]));
    int wrong = 0;
    for (int size = 0; size < role->recipe.sizes; size++) {
        if (is_drawn_by(role, size, pair[0], source)) {
            bool both = is_drawn_by(role, size, pair[1], source);
            int got = role->pairs.px[size][pair[0] * role->pairs.count + pair[1]];
            int want = both ? rule(role, size, pair[0], pair[1], ems) : 0;
            wrong += got != want;
        }
    }
    return wrong;
}

static bool has_letter(const struct role *role, int source, int place) {
    bool any = false;
    for (int size = 0; size < role->recipe.sizes; size++) {
        any = any || is_drawn_by(role, size, place, source);
    }
    return any;
}

static int check_source(const struct role *role, int source) {
    hb_font_t *font = open_font(role->recipe.source[source].file);
    int wrong = 0;
    int pair[2];
    for (pair[0] = 0; pair[0] < role->pairs.count; pair[0]++) {
        for (pair[1] = 0; has_letter(role, source, pair[0]) && pair[1] < role->pairs.count;
             pair[1]++) {
            wrong += check_pair(role, source, font, pair);
        }
    }
    hb_font_destroy(font);
    return wrong;
}

static void pairs_are_what_harfbuzz_says_within_the_rule(void) {
    for (int i = 0; i < ROLES; i++) {
        for (int size = 0; size < roles[i].recipe.sizes; size++) {
            CHECK((roles[i].pairs.px[size] != NULL) == (roles[i].recipe.px[size] >= 20));
        }
        for (int source = 0; source < roles[i].recipe.sources; source++) {
            CHECK_INT(check_source(&roles[i], source), 0);
        }
    }
}

/* ---- classes and matrices -------------------------------------------------------------------- */

/* What merging did at one size. */
struct loss {
    int everyday, inexact_everyday, rare, inexact_rare, out_of_bounds;
};

static void compare_pair(const struct role *role, int size, int left, int right,
                         struct loss *loss) {
    int want = role->pairs.px[size][left * role->pairs.count + right];
    int got = bake_kern_px(&role->kern, size, role->pairs.glyph[left], role->pairs.glyph[right]);
    bool everyday = bake_pair_is_everyday(glyph_of(role, size, left)->code_point,
                                          glyph_of(role, size, right)->code_point);
    int slack = everyday ? 1 : BAKE_KERN_SLACK(role->recipe.px[size]);
    loss->out_of_bounds += got < want || got > want + slack;
    loss->everyday += everyday && want != 0;
    loss->inexact_everyday += everyday && want != got;
    loss->rare += !everyday && want != 0;
    loss->inexact_rare += !everyday && want != got;
}

static struct loss measure_loss(const struct role *role, int size) {
    struct loss loss = {0};
    for (int left = 0; role->pairs.px[size] != NULL && left < role->pairs.count; left++) {
        for (int right = 0; right < role->pairs.count; right++) {
            compare_pair(role, size, left, right, &loss);
        }
    }
    return loss;
}

static void merged_classes_are_looser_by_a_bounded_amount(void) {
    for (int i = 0; i < ROLES; i++) {
        const struct role *role = &roles[i];
        for (int size = 0; size < role->recipe.sizes; size++) {
            struct loss loss = measure_loss(role, size);
            printf("%s %d px: looser %d of %d everyday pairs, %d of %d others\n", role->recipe.role,
                   role->recipe.px[size], loss.inexact_everyday, loss.everyday, loss.inexact_rare,
                   loss.rare);
            CHECK_INT(loss.out_of_bounds, 0);
            CHECK_INT(role->kern.inexact[size], loss.inexact_everyday + loss.inexact_rare);
            CHECK(loss.inexact_everyday * 3 <= loss.everyday);
        }
    }
}

static void matrices_are_small(void) {
    for (int i = 0; i < ROLES; i++) {
        const struct bake_kern *kern = &roles[i].kern;
        printf("%s: %d by %d classes, %zu bytes a size\n", roles[i].recipe.role, kern->left_classes,
               kern->right_classes, bake_kern_bytes(kern));
        CHECK(bake_kern_bytes(kern) > 0 && bake_kern_bytes(kern) <= BYTES_MAX);
    }
}

/* Pairs of a left glyph that are kerned nearer than the white between them allows. */
static int count_touching(const struct role *role, int size, int left) {
    const struct bake_glyph *glyphs = role->glyphs.glyph[size];
    int touching = 0;
    paint(&glyphs[left], BAKE_PAIR_GAP(role->recipe.px[size]), TOO_NEAR);
    for (int right = 0; right < role->glyphs.count; right++) {
        int px = bake_kern_px(&role->kern, size, left, right);
        touching += px < 0 && meets(&glyphs[left], &glyphs[right], px);
    }
    paint(&glyphs[left], BAKE_PAIR_GAP(role->recipe.px[size]), 0);
    return touching;
}

static void no_glyphs_are_kerned_until_they_touch(void) {
    for (int i = 0; i < ROLES; i++) {
        for (int size = 0; size < roles[i].recipe.sizes; size++) {
            int touching = 0;
            for (int left = 0; left < roles[i].glyphs.count; left++) {
                touching += count_touching(&roles[i], size, left);
            }
            CHECK_INT(touching, 0);
        }
    }
}

static void digits_blanks_and_marks_are_never_kerned(void) {
    for (int i = 0; i < ROLES; i++) {
        int unkerned = 0;
        for (int glyph = 0; glyph < roles[i].glyphs.count; glyph++) {
            const struct bake_glyph *drawn = &roles[i].glyphs.glyph[0][glyph];
            uint32_t c = drawn->code_point;
            if ((c >= '0' && c <= '9') || drawn->height == 0 || drawn->advance == 0) {
                CHECK_INT(roles[i].kern.left[glyph], 0);
                CHECK_INT(roles[i].kern.right[glyph], 0);
                unkerned++;
            }
        }
        CHECK(unkerned > 20);
    }
}

static int pixels_between(const struct role *role, int size, const uint32_t pair[2]) {
    const struct bake_glyph *first = role->glyphs.glyph[size];
    int left = (int)(bake_glyphs_find(&role->glyphs, size, pair[0]) - first);
    int right = (int)(bake_glyphs_find(&role->glyphs, size, pair[1]) - first);
    return bake_kern_px(&role->kern, size, left, right);
}

static void pairs_that_gape_are_nearer_where_kerning_begins(void) {
    static const uint32_t gaping[][2] = {
        {'A', 'V'},   {'T', 'o'},     {'T', 'e'},     {'Y', 'o'}, {'L', 'T'},
        {'P', 'A'},   {'V', 'a'},     {'L', 'Y'},     {'P', '.'}, {'T', '-'},
        {0x413, '.'}, {0x422, 0x410}, {0x420, 0x410},
    };
    for (int i = 0; i < ROLES; i++) {
        for (int size = 0; size < roles[i].recipe.sizes; size++) {
            for (size_t k = 0; k < sizeof gaping / sizeof gaping[0]; k++) {
                int px = pixels_between(&roles[i], size, gaping[k]);
                int em = roles[i].recipe.px[size];
                CHECK(em < 20 ? px == 0 : em < 24 ? px == 0 || px == -1 : px < 0);
            }
        }
    }
}

/* ---- laws ------------------------------------------------------------------------------------ */

/* Pairs of glyphs that two bakes kern differently at a size. */
static int count_differences(const struct bake_kern *a, const struct bake_kern *b, int size) {
    int differences = 0;
    for (int left = 0; left < a->glyphs; left++) {
        for (int right = 0; right < a->glyphs; right++) {
            differences += bake_kern_px(a, size, left, right) != bake_kern_px(b, size, left, right);
        }
    }
    return differences;
}

static void sizes_left_out_change_no_pair(void) {
    uint64_t seed = 1;
    for (int round = 0; round < 4; round++) {
        const struct role *role = &roles[round % ROLES];
        unsigned chosen = ink_random_below(&seed, ALL_SIZES + 1);
        struct bake_kern some;
        CHECK(bake_kern_make(&some, &role->recipe, &role->glyphs, chosen));
        CHECK(some.left_classes <= role->kern.left_classes);
        for (int size = 0; size < role->recipe.sizes; size++) {
            bool kerns = role->kern.px[size] != NULL && (chosen >> size & 1);
            CHECK((some.px[size] != NULL) == kerns);
            CHECK_INT(kerns ? count_differences(&some, &role->kern, size) : 0, 0);
        }
        bake_kern_free(&some);
    }
}

static void packed_matrices_hold_the_same_pixels_and_repeat(void) {
    struct bake_kern again;
    const struct role *role = &roles[0];
    CHECK(bake_kern_make(&again, &role->recipe, &role->glyphs, ALL_SIZES));
    CHECK(memcmp(again.left, role->kern.left, (size_t)role->glyphs.count) == 0);
    CHECK(memcmp(again.right, role->kern.right, (size_t)role->glyphs.count) == 0);
    for (int size = 0; size < role->recipe.sizes; size++) {
        uint8_t first[BYTES_MAX];
        uint8_t second[BYTES_MAX];
        if (again.px[size] == NULL) {
            continue;
        }
        bake_kern_pack(&role->kern, size, first);
        bake_kern_pack(&again, size, second);
        CHECK(memcmp(first, second, bake_kern_bytes(&again)) == 0);
        for (int i = 0; i < again.left_classes * again.right_classes; i++) {
            int left = i / again.right_classes;
            int right = i % again.right_classes;
            int nibble =
                first[left * ((again.right_classes + 1) / 2) + right / 2] >> (right % 2 * 4) & 0xF;
            CHECK_INT(nibble > 7 ? nibble - 16 : nibble, again.px[size][i]);
        }
    }
    bake_kern_free(&again);
}

/* A glyph of random runs of ink. */
static struct bake_glyph random_glyph(uint64_t *seed, uint32_t (*rows)[BAKE_ROW_WORDS]) {
    struct bake_glyph glyph = {.width = 1 + (int)ink_random_below(seed, 12),
                               .height = 1 + (int)ink_random_below(seed, 9),
                               .top = (int)ink_random_below(seed, 12),
                               .left = (int)ink_random_below(seed, 3),
                               .rows = rows};
    glyph.advance = glyph.left + glyph.width + (int)ink_random_below(seed, 3);
    for (int y = 0; y < glyph.height; y++) {
        rows[y][0] = (uint32_t)ink_random(seed) & ~(UINT32_MAX >> glyph.width);
        rows[y][1] = 0;
    }
    return glyph;
}

static void gaps_are_those_of_painted_glyphs(void) {
    uint32_t left_rows[16][BAKE_ROW_WORDS];
    uint32_t right_rows[16][BAKE_ROW_WORDS];
    for (uint64_t seed = 1; seed <= 5000; seed++) {
        uint64_t state = seed;
        struct bake_glyph left = random_glyph(&state, left_rows);
        struct bake_glyph right = random_glyph(&state, right_rows);
        int white = 1 + (int)ink_random_below(&state, 2);
        int gap = bake_pair_gap(&left, &right, white);
        int want = gap < white ? 0 : white - gap;
        CHECK_INT(nearest(&left, &right, white, -8), want < -8 ? -8 : want);
    }
}

int main(void) {
    for (int i = 0; i < ROLES; i++) {
        if (!make_role(&roles[i], paths[i])) {
            return 1;
        }
    }
    RUN(gaps_are_those_of_painted_glyphs);
    RUN(pairs_are_what_harfbuzz_says_within_the_rule);
    RUN(merged_classes_are_looser_by_a_bounded_amount);
    RUN(matrices_are_small);
    RUN(no_glyphs_are_kerned_until_they_touch);
    RUN(digits_blanks_and_marks_are_never_kerned);
    RUN(pairs_that_gape_are_nearer_where_kerning_begins);
    RUN(sizes_left_out_change_no_pair);
    RUN(packed_matrices_hold_the_same_pixels_and_repeat);
    for (int i = 0; i < ROLES; i++) {
        free_role(&roles[i]);
    }
    return ink_test_end();
}
