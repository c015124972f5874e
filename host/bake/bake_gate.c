#include "bake/bake_gate.h"

#include <stdlib.h>
#include <string.h>

/* The 44 letters of the stem test: each has a straight stem in the rows that the test looks at,
 * a quarter to two fifths of the way up, and no diagonal there. */
static const uint32_t stem_letters[] = {
    'b',   'd',   'f',   'h',   'i',   'j',   'l',   'm',   'n',   'p',   'q',
    'r',   't',   'u',   'B',   'D',   'E',   'F',   'H',   'I',   'L',   'P',
    'T',   'U',   0x433, 0x43F, 0x43D, 0x442, 0x446, 0x448, 0x449, 0x440, 0x456,
    0x458, 0x412, 0x413, 0x415, 0x41D, 0x41F, 0x420, 0x422, 0x428, 0x426, 0x406,
};
#define STEM_LETTERS ((int)(sizeof stem_letters / sizeof stem_letters[0]))
_Static_assert(sizeof stem_letters / sizeof stem_letters[0] == 44, "the stem test has 44 letters");

#define STEM_PX_EXACT     24 /* sizes up to here want equal stems, larger ones allow a pixel */
#define STEM_PERCENT      96
#define STEM_PX_ALL       20 /* sizes up to here want all stems equal */
#define STEM_WIDTH_MAX    32
#define STEMS_PER_LETTER  4
#define LOWER_CASE_HEIGHT 'x'
#define UPPER_CASE_HEIGHT 'H'

/* Widths of the straight stems of one letter. */
struct stems {
    int count;
    int width[STEMS_PER_LETTER];
};

/* A run of ink that is the same in every row looked at: bowls and joins are not. */
static bool is_straight(const struct bake_glyph *glyph, int row0, int row1, int x0, int x1) {
    for (int y = row0; y < row1; y++) {
        bool open = x0 == 0 || !bake_glyph_ink(glyph, y, x0 - 1);
        bool closed = x1 == glyph->width || !bake_glyph_ink(glyph, y, x1);
        for (int x = x0; x < x1; x++) {
            open = open && bake_glyph_ink(glyph, y, x);
        }
        if (!open || !closed) {
            return false;
        }
    }
    return true;
}

/* `height` is that of the letter's case. The rows are at least two. */
static struct stems measure_stems(const struct bake_glyph *glyph, int height) {
    struct stems stems = {0};
    int row0 = glyph->top - (height * 2 + 4) / 5;
    int row1 = ink_max(glyph->top - height / 4, row0 + 2);
    if (row0 < 0 || row1 > glyph->height) {
        return stems;
    }
    for (int x = 0; x < glyph->width && stems.count < STEMS_PER_LETTER; x++) {
        int end = x;
        while (end < glyph->width && bake_glyph_ink(glyph, row0, end)) {
            end++;
        }
        if (end > x && end - x < STEM_WIDTH_MAX && is_straight(glyph, row0, row1, x, end)) {
            stems.width[stems.count++] = end - x;
        }
        x = end;
    }
    return stems;
}

static bool is_upper(uint32_t c) {
    return c < 0x60 || (c >= 0x400 && c < 0x430);
}

/* Both heights of a size; 0 if the letter is absent. */
struct heights {
    int lower, upper;
};

static struct heights heights_of(const struct bake_glyphs *glyphs, int size) {
    const struct bake_glyph *lower = bake_glyphs_find(glyphs, size, LOWER_CASE_HEIGHT);
    const struct bake_glyph *upper = bake_glyphs_find(glyphs, size, UPPER_CASE_HEIGHT);
    return (struct heights){lower != NULL ? lower->height : 0, upper != NULL ? upper->height : 0};
}

/* One size under test. */
struct trial {
    const struct bake_recipe *recipe;
    const struct bake_glyphs *glyphs;
    int size;
    int slack; /* pixels that a stem may be off */
};

static struct stems stems_of(const struct trial *trial, uint32_t letter) {
    struct heights heights = heights_of(trial->glyphs, trial->size);
    const struct bake_glyph *glyph = bake_glyphs_find(trial->glyphs, trial->size, letter);
    if (glyph == NULL || bake_ranges_have(&trial->recipe->thin, letter)) {
        return (struct stems){0};
    }
    return measure_stems(glyph, is_upper(letter) ? heights.upper : heights.lower);
}

/* The width that most stems have; sets their number and how many are within the slack of it. */
static int modal_width(const struct trial *trial, int *total, int *within) {
    int seen[STEM_WIDTH_MAX] = {0};
    int modal = 0;
    *total = 0;
    for (int i = 0; i < STEM_LETTERS; i++) {
        struct stems stems = stems_of(trial, stem_letters[i]);
        for (int k = 0; k < stems.count; k++) {
            seen[stems.width[k]]++;
            (*total)++;
        }
    }
    for (int width = 1; width < STEM_WIDTH_MAX; width++) {
        modal = seen[width] > seen[modal] ? width : modal;
    }
    *within = 0;
    for (int width = ink_max(modal - trial->slack, 1); width <= modal + trial->slack; width++) {
        *within += width < STEM_WIDTH_MAX ? seen[width] : 0;
    }
    return modal;
}

static void print_utf8(uint32_t c, FILE *stream) {
    if (c < 0x80) {
        fputc((int)c, stream);
    } else { // the letters of the test are below U+0800
        fprintf(stream, "%c%c", (int)(0xC0 | c >> 6), (int)(0x80 | (c & 0x3F)));
    }
}

/* "К 2+3 px" for each letter with a stem off the modal width. */
static void print_odd_letters(const struct trial *trial, int modal) {
    fputs("  letters:", stderr);
    for (int i = 0; i < STEM_LETTERS; i++) {
        struct stems stems = stems_of(trial, stem_letters[i]);
        bool odd = false;
        for (int k = 0; k < stems.count; k++) {
            odd = odd || abs(stems.width[k] - modal) > trial->slack;
        }
        for (int k = 0; odd && k < stems.count; k++) {
            fputc(k == 0 ? ' ' : '+', stderr);
            if (k == 0) {
                print_utf8(stem_letters[i], stderr);
                fputc(' ', stderr);
            }
            fprintf(stderr, "%d", stems.width[k]);
        }
        fputs(odd ? " px;" : "", stderr);
    }
    fputc('\n', stderr);
}

static bool gate_stems(const struct bake_recipe *recipe, const struct bake_glyphs *glyphs,
                       int size) {
    int px = recipe->px[size];
    int slack = px <= STEM_PX_EXACT ? 0 : 1;
    struct trial trial = {recipe, glyphs, size, slack};
    int total = 0;
    int within = 0;
    int modal = modal_width(&trial, &total, &within);
    if (total < STEM_LETTERS) {
        return bake_error(recipe->path, 0, "does \"cover\" hold the Latin and Cyrillic letters?",
                          "size %d: expected at least %d stems to measure, found %d", px,
                          STEM_LETTERS, total);
    }
    int percent = px <= STEM_PX_ALL ? 100 : STEM_PERCENT;
    if (within * 100 >= total * percent) {
        return true;
    }
    bake_error(recipe->path, 0, "try the other hint (auto or native), or another face",
               "size %d: %d of %d stems are %d px wide%s (%d %%), expected %d %%", px, within,
               total, modal, slack > 0 ? ", give or take one" : "", within * 100 / total, percent);
    print_odd_letters(&trial, modal);
    return false;
}

static bool gate_digits(const struct bake_recipe *recipe, const struct bake_glyphs *glyphs,
                        int size) {
    const struct bake_glyph *zero = bake_glyphs_find(glyphs, size, '0');
    for (uint32_t c = '0'; c <= '9'; c++) {
        const struct bake_glyph *digit = bake_glyphs_find(glyphs, size, c);
        if (zero == NULL || digit == NULL || digit->advance != zero->advance) {
            return bake_error(recipe->path, 0, "times and figures need tabular digits",
                              "size %d: digit %c is %d px wide, expected %d as for 0",
                              recipe->px[size], (int)c, digit != NULL ? digit->advance : 0,
                              zero != NULL ? zero->advance : 0);
        }
    }
    return true;
}

bool bake_gate(const struct bake_recipe *recipe, const struct bake_glyphs *glyphs) {
    for (int size = 0; size < recipe->sizes && !recipe->script; size++) {
        bool even = recipe->depth == 2 || gate_stems(recipe, glyphs, size);
        if (!even || !gate_digits(recipe, glyphs, size)) {
            return false;
        }
    }
    return true;
}
