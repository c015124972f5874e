/* Bidi against another implementation: ICU, over random texts, levels and reordered lines. */
#include "ink_bidi_text.h"
#include "ink_test.h"

#if INKLINE_ICU

#include <unicode/ubidi.h>

#define TEXTS 200000
#define CHARS 48
#define SHOWN 5

/* What texts are made of: controls, brackets and numbers much more often than people write them.
 * Where ICU 72 is not at one with the annex, no text goes: U+2329 about U+3008 has no pair there
 * (BD16), overrides do not reach isolates (X5a, X6a), and a mark on a bracket may have a level of
 * its own (N0). test_bidi.c has these. */
static const uint32_t alphabet[] = {
    'a',     'b',    0x44F,  0x4E2D, 0x5D0,  0x5D1,   0x10800, 0x627,  0x628,  0x1EE00,
    '1',     '2',    0x6F1,  0x661,  0x662,  0x10E60, '+',     '-',    0x207A, '$',
    '%',     0x20AC, ',',    '.',    ':',    0xA0,    0x300,   0x5B0,  0x64B,  0x301,
    0xAD,    0x200D, 0x200B, ' ',    0x2003, 0x3000,  '\t',    0x1F,   '!',    0x2026,
    0x1F600, 0x200E, 0x200F, 0x61C,  '(',    ')',     '[',     ']',    '(',    ')',
    '[',     ']',    0x3008, 0x3009, 0x298D, 0x2990,  0x298F,  0x298E, 0xFF08, 0xFF09,
    0x202A,  0x202B, 0x202C, 0x202D, 0x202E, 0x202C,  0x2066,  0x2067, 0x2068, 0x2069,
    0x2066,  0x2067, 0x2068, 0x2069, 0x2069, 0xFF5F,  0xFF60,  0xFF3B, 0xFF3D};

#define ALPHABET ((uint32_t)(sizeof alphabet / sizeof alphabet[0]))

static bool is_left_out(const struct bidi_text *text, uint32_t code, bool isolates) {
    unsigned class = bidi_class_of(code);
    int before = text->count - 1;
    while (before >= 0 && (bidi_is_removed(text->codes[before]) ||
                           bidi_class_of(text->codes[before]) == INK_BIDI_NSM)) {
        before--;
    }
    if (class == INK_BIDI_NSM && before >= 0) {
        return ink_bidi_mirrored(text->codes[before]).bracket != INK_BRACKET_NONE;
    }
    return isolates ? class == INK_BIDI_LRO || class == INK_BIDI_RLO : class >= INK_BIDI_LRI;
}

/* A paragraph: at most one separator, the last character. */
static void fill_text(uint64_t *seed, struct bidi_text *text) {
    uint32_t count = 1 + ink_random_below(seed, CHARS);
    uint32_t first = ink_random_below(seed, ALPHABET); /* mostly from a window of the alphabet: */
    uint32_t width = 1 + ink_random_below(seed, ALPHABET); /* some texts are all controls */
    bool isolates = ink_random_below(seed, 3) > 0;
    text->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool wide = ink_random_below(seed, 4) == 0;
        uint32_t at = wide ? ink_random_below(seed, ALPHABET)
                           : (first + ink_random_below(seed, width)) % ALPHABET;
        if (!is_left_out(text, alphabet[at], isolates)) {
            bidi_text_add(text, alphabet[at]);
        }
    }
    if (text->count == 0 || ink_random_below(seed, 8) == 0) {
        bidi_text_add(text, 0x2029);
    }
}

/* The text in UTF-16, and where in it each code point starts. */
struct wide_text {
    UChar units[2 * (CHARS + 1)];
    int32_t starts[CHARS + 2];
};

static void widen(const struct bidi_text *text, struct wide_text *wide) {
    int32_t at = 0;
    for (int i = 0; i < text->count; i++) {
        wide->starts[i] = at;
        U16_APPEND_UNSAFE(wide->units, at, text->codes[i]);
    }
    wide->starts[text->count] = at;
}

/* ICU does not work out the levels of a text that has one direction anyway. */
static bool has_same_levels(const struct bidi_text *text, const struct wide_text *wide,
                            const struct ink_bidi *bidi, const UBiDi *icu) {
    if (ubidi_getDirection(icu) != UBIDI_MIXED) {
        return true;
    }
    for (int i = 0; i < text->count; i++) {
        unsigned want = ubidi_getLevelAt(icu, wide->starts[i]);
        if (!bidi_is_removed(text->codes[i]) && ink_bidi_level(bidi, text->starts[i]) != want) {
            return false;
        }
    }
    return true;
}

/* ICU's levels of the line, put in order by ICU. Not ubidi_getVisualMap: it gives the blanks at the
 * end of a line their level, and yet the direction that they had before. */
static bool has_same_order(const struct bidi_text *text, const struct wide_text *wide,
                           struct ink_bidi_line line, const UBiDi *icu) {
    uint16_t order[CHARS + 1];
    int32_t visual[CHARS + 1];
    UBiDiLevel levels[CHARS + 1];
    int first = 0;
    while (text->starts[first] < line.first) {
        first++;
    }
    int units = 0;
    for (; text->starts[first + units] < line.end; units++) {
        levels[units] = ubidi_getLevelAt(icu, wide->starts[first + units] - wide->starts[first]);
    }
    ubidi_reorderVisual(levels, units, visual);
    int count = bidi_order(text, line, order);
    int seen = 0;
    for (int i = 0; i < units; i++) {
        int at = first + visual[i];
        if (!bidi_is_removed(text->codes[at])) {
            if (seen >= count || order[seen] != at) {
                return false;
            }
            seen++;
        }
    }
    return seen == count;
}

struct oracle {
    UBiDi *paragraph, *line;
    int lines;
};

static bool agrees(struct oracle *oracle, const struct bidi_text *text, int direction,
                   uint64_t *seed) {
    struct wide_text wide;
    struct ink_bidi bidi;
    UErrorCode error = U_ZERO_ERROR;
    struct ink_span span = bidi_text_span(text);
    widen(text, &wide);
    ubidi_setPara(oracle->paragraph, wide.units, wide.starts[text->count],
                  direction == 2 ? UBIDI_DEFAULT_LTR : (UBiDiLevel)direction, NULL, &error);
    uint8_t base = direction == 2 ? ink_bidi_base(span, 0) : (uint8_t)direction;
    ink_bidi_resolve(&bidi, span, base, false);
    if (U_FAILURE(error) || base != ubidi_getParaLevel(oracle->paragraph) ||
        !has_same_levels(text, &wide, &bidi, oracle->paragraph)) {
        return false;
    }
    for (uint32_t first = 0, end; first < text->count; first = end) {
        end = first + 1 + ink_random_below(seed, text->count - first);
        ubidi_setLine(oracle->paragraph, wide.starts[first], wide.starts[end], oracle->line,
                      &error);
        struct ink_bidi_line line = ink_bidi_line(&bidi, text->starts[first], text->starts[end]);
        if (U_FAILURE(error) || !has_same_order(text, &wide, line, oracle->line)) {
            return false;
        }
        oracle->lines++;
    }
    return true;
}

static void agrees_with_another_implementation(void) {
    struct oracle oracle = {ubidi_open(), ubidi_open(), 0};
    uint64_t seed = 9;
    int failures = 0;
    for (int n = 0; n < TEXTS; n++) {
        struct bidi_text text;
        fill_text(&seed, &text);
        bool good = agrees(&oracle, &text, n % 3, &seed);
        failures += !good;
        if (!good && failures <= SHOWN) {
            printf("text %d, direction %d:", n, n % 3);
            for (int i = 0; i < text.count; i++) {
                printf(" %04X", (unsigned)text.codes[i]);
            }
            printf("\n");
        }
    }
    ubidi_close(oracle.paragraph);
    ubidi_close(oracle.line);
    CHECK_INT(failures, 0);
    printf("ICU %s: %d texts, %d lines, %d differ\n", U_ICU_VERSION, TEXTS, oracle.lines, failures);
}

int main(void) {
    RUN(agrees_with_another_implementation);
    return ink_test_end();
}

#else

int main(void) {
    printf("skipped: configured without ICU (apt-get install libicu-dev)\n");
    return 77;
}

#endif
