#include "bake/bake_pair.h"

#include <stdlib.h>
#include <string.h>

#include <hb.h>

#define ROWS 256 /* a glyph is at most 255 high */

/* ---- which pairs ----------------------------------------------------------------------------- */

/* Right-to-left scripts kern along another axis of their own, and CJK stands in cells. */
static bool may_kern(const struct bake_recipe *recipe, const struct bake_glyph *glyph) {
    uint32_t c = glyph->code_point;
    bool alphabet = c < 0x590 || (c >= 0x1E00 && c < 0x2E80);
    bool digit = c >= '0' && c <= '9';
    bool blank = glyph->height == 0;
    bool mark = glyph->advance == 0 || bake_ranges_have(&recipe->marks, c);
    return alphabet && !digit && !blank && !mark;
}

enum letter { LETTER_RARE, LETTER_SIGN, LETTER_SMALL, LETTER_CAPITAL };

static enum letter letter_of(uint32_t c) {
    if ((c >= 'a' && c <= 'z') || (c >= 0x430 && c < 0x460)) {
        return LETTER_SMALL;
    }
    if ((c >= 'A' && c <= 'Z') || (c >= 0x410 && c < 0x430) || c == 0x404 || c == 0x406 ||
        c == 0x407) {
        return LETTER_CAPITAL;
    }
    bool sign = c < 0x7F ? c > 0 && strchr(".,:;-'\"()?!", (int)c) != NULL
                         : c == 0xAB || c == 0xBB || (c >= 0x2013 && c <= 0x201E) || c == 0x2026;
    return sign ? LETTER_SIGN : LETTER_RARE;
}

bool bake_pair_is_everyday(uint32_t left, uint32_t right) {
    enum letter first = letter_of(left);
    enum letter second = letter_of(right);
    bool rare = first == LETTER_RARE || second == LETTER_RARE;
    bool signs = first == LETTER_SIGN && second == LETTER_SIGN;
    bool camel = first == LETTER_SMALL && second == LETTER_CAPITAL;
    bool letters = first != LETTER_SIGN && second != LETTER_SIGN;
    bool mixed = letters && (left < 0x400) != (right < 0x400);
    return !rare && !signs && !camel && !mixed;
}

static bool list_glyphs(struct bake_pairs *pairs, const struct bake_recipe *recipe,
                        const struct bake_glyphs *glyphs) {
    pairs->glyph = calloc((size_t)glyphs->count + 1, sizeof pairs->glyph[0]);
    if (pairs->glyph == NULL) {
        return bake_error("inkline-bake-font", 0, NULL, "out of memory");
    }
    for (int i = 0; i < glyphs->count; i++) {
        if (may_kern(recipe, &glyphs->glyph[0][i])) {
            pairs->glyph[pairs->count++] = i;
        }
    }
    return true;
}

/* ---- how near they may come ------------------------------------------------------------------ */

/* White columns right of the last ink of a row; BAKE_PAIR_FAR if it has none. */
static int white_after(const struct bake_glyph *glyph, int row) {
    for (int x = glyph->width - 1; x >= 0; x--) {
        if (bake_glyph_ink(glyph, row, x)) {
            return glyph->advance - glyph->left - x - 1;
        }
    }
    return BAKE_PAIR_FAR;
}

/* White columns from the pen to the first ink of a row. */
static int white_before(const struct bake_glyph *glyph, int row) {
    for (int x = 0; x < glyph->width; x++) {
        if (bake_glyph_ink(glyph, row, x)) {
            return glyph->left + x;
        }
    }
    return BAKE_PAIR_FAR;
}

int bake_pair_gap(const struct bake_glyph *left, const struct bake_glyph *right, int reach) {
    int before[ROWS] = {0};
    int least = BAKE_PAIR_FAR;
    int down = right->top - left->top; // of a row of `left` in `right`
    for (int row = 0; row < right->height && row < ROWS; row++) {
        before[row] = white_before(right, row);
    }
    for (int row = 0; row < left->height; row++) {
        int after = white_after(left, row);
        int last = ink_min(row + down + reach, ink_min(right->height, ROWS) - 1);
        for (int other = ink_max(row + down - reach, 0); other <= last; other++) {
            least = ink_min(least, after + before[other]);
        }
    }
    return least;
}

/* ---- what a font says ------------------------------------------------------------------------ */

/* A source's font, unhinted and in its own units. */
struct font {
    hb_face_t *face;
    hb_font_t *font;
    hb_buffer_t *buffer;
    int units_per_em;
};

/* False without a message if the file is no outline font: bitmaps have no kerning. */
static bool open_font(struct font *font, const char *path) {
    hb_blob_t *file = hb_blob_create_from_file(path);
    font->face = hb_face_create(file, 0);
    hb_blob_destroy(file);
    font->font = hb_font_create(font->face);
    font->buffer = hb_buffer_create();
    font->units_per_em = (int)hb_face_get_upem(font->face);
    return hb_face_get_glyph_count(font->face) > 0;
}

static void close_font(struct font *font) {
    hb_buffer_destroy(font->buffer);
    hb_font_destroy(font->font);
    hb_face_destroy(font->face);
}

/* Advance of two code points, and in `glyphs` how many glyphs they made. */
static int advance_of_pair(const struct font *font, const uint32_t pair[2], bool kern,
                           unsigned *glyphs) {
    const hb_feature_t features[] = {
        {HB_TAG('k', 'e', 'r', 'n'), kern, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
        {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
    };
    hb_buffer_clear_contents(font->buffer);
    hb_buffer_add_utf32(font->buffer, pair, 2, 0, 2);
    hb_buffer_set_direction(font->buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(font->buffer, hb_language_from_string("und", -1)); // not the user's
    hb_buffer_guess_segment_properties(font->buffer);
    hb_shape(font->font, font->buffer, features, sizeof features / sizeof features[0]);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(font->buffer, glyphs);
    int advance = 0;
    for (unsigned i = 0; i < *glyphs; i++) {
        advance += position[i].x_advance;
    }
    return advance;
}

static int kern_units(const struct font *font, uint32_t left, uint32_t right) {
    const uint32_t pair[2] = {left, right};
    unsigned kerned_glyphs;
    unsigned glyphs;
    int kerned = advance_of_pair(font, pair, true, &kerned_glyphs);
    int plain = advance_of_pair(font, pair, false, &glyphs);
    return glyphs == 2 && kerned_glyphs == 2 ? kerned - plain : 0;
}

/* ---- the rule -------------------------------------------------------------------------------- */

/* |units| < 2^15, ppem <= 255. */
static int round_to_pixels(int units, int ppem, int units_per_em) {
    int scaled = units * ppem;
    if (scaled > 0 && scaled < units_per_em) {
        return 0;
    }
    int half = scaled < 0 ? -units_per_em : units_per_em;
    return (scaled * 2 + half) / (units_per_em * 2);
}

/* `room` is how far the two may move together. */
static int apply_rule(int pixels, int px, int room) {
    int least = px < BAKE_PAIR_FREE_PX ? -1 : BAKE_PAIR_MIN;
    least = ink_max(least, -ink_max(room, 0));
    return ink_min(ink_max(pixels, least), BAKE_PAIR_MAX);
}

/* Whether two glyphs that the font would leave where they are have to be parted. */
static bool run_together(const struct bake_glyph *left, const struct bake_glyph *right) {
    return bake_pair_is_everyday(left->code_point, right->code_point) &&
           bake_pair_gap(left, right, 0) < 1;
}

/* One source of a role under way. */
struct work {
    struct bake_pairs *pairs;
    const struct bake_recipe *recipe;
    const struct bake_glyphs *glyphs;
    struct font font;
    int source;
};

static const struct bake_glyph *glyph_of(const struct work *work, int size, int place) {
    return &work->glyphs->glyph[size][work->pairs->glyph[place]];
}

static bool is_drawn_by_source(const struct work *work, int size, int place) {
    return work->pairs->px[size] != NULL && glyph_of(work, size, place)->source == work->source;
}

static void put_pixels(const struct work *work, int size, int left, int right, int units) {
    const struct bake_glyph *first = glyph_of(work, size, left);
    const struct bake_glyph *second = glyph_of(work, size, right);
    int px = work->recipe->px[size];
    int pixels = round_to_pixels(units, work->recipe->source[work->source].ppem_x[size],
                                 work->font.units_per_em);
    int white = BAKE_PAIR_GAP(px);
    int room = pixels < 0 ? bake_pair_gap(first, second, white) - white : 0;
    pixels = apply_rule(pixels, px, room);
    pixels += pixels == 0 && run_together(first, second);
    work->pairs->px[size][left * work->pairs->count + right] = (int8_t)pixels;
}

static void kern_pair(const struct work *work, int left, int right) {
    bool both[INK_FONT_SIZES] = {false};
    bool any = false;
    for (int size = 0; size < work->recipe->sizes; size++) {
        both[size] = is_drawn_by_source(work, size, left) && is_drawn_by_source(work, size, right);
        any = any || both[size];
    }
    uint32_t points[2] = {glyph_of(work, 0, left)->code_point,
                          glyph_of(work, 0, right)->code_point};
    for (int i = 0; i < 2; i++) {
        const struct bake_stand_in *stand_in = bake_recipe_stand_in(work->recipe, points[i]);
        points[i] = stand_in != NULL ? stand_in->as : points[i];
    }
    int units = any ? kern_units(&work->font, points[0], points[1]) : 0;
    for (int size = 0; size < work->recipe->sizes; size++) {
        if (both[size]) {
            put_pixels(work, size, left, right, units);
        }
    }
}

static void kern_source(struct work *work) {
    if (open_font(&work->font, work->recipe->source[work->source].file)) {
        for (int left = 0; left < work->pairs->count; left++) {
            for (int right = 0; right < work->pairs->count; right++) {
                kern_pair(work, left, right);
            }
        }
    }
    close_font(&work->font);
}

bool bake_pairs_make(struct bake_pairs *pairs, const struct bake_recipe *recipe,
                     const struct bake_glyphs *glyphs) {
    memset(pairs, 0, sizeof *pairs);
    if (!list_glyphs(pairs, recipe, glyphs)) {
        return false;
    }
    size_t count = (size_t)pairs->count;
    for (int size = 0; size < recipe->sizes && count > 0; size++) {
        pairs->px[size] = recipe->px[size] >= BAKE_PAIR_PX ? calloc(count, count) : NULL;
        if (pairs->px[size] == NULL && recipe->px[size] >= BAKE_PAIR_PX) {
            return bake_error("inkline-bake-font", 0, NULL, "out of memory");
        }
    }
    struct work work = {.pairs = pairs, .recipe = recipe, .glyphs = glyphs};
    for (work.source = 0; work.source < recipe->sources; work.source++) {
        kern_source(&work);
    }
    return true;
}

void bake_pairs_free(struct bake_pairs *pairs) {
    free(pairs->glyph);
    for (int size = 0; size < INK_FONT_SIZES; size++) {
        free(pairs->px[size]);
    }
}
