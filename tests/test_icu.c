/* Line breaks and grapheme clusters against ICU, over random texts of all classes.
 *
 * ICU's rules for the root locale are the default ones of UAX #14 with one of its own (see
 * is_of_icu_alone). Code points of class SA are left out: ICU asks a dictionary for those.
 * Exit code 77: built without ICU, or with one of another Unicode.
 */
#include "ink_test.h"

#ifndef INKLINE_ICU

int main(void) {
    printf("skipped: ICU is not installed: apt-get install libicu-dev\n");
    return 77;
}

#else

#include "core/ink_linebreak.h"
#include "core/ink_utf8.h"

#include "ink_encode.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

enum { CODE_POINTS = 0x110000, TEXTS = 100000, POINTS_MAX = 24 };

/* Code points by class: those of class i are points[first[i]] to points[first[i + 1] - 1]. */
static uint32_t points[CODE_POINTS];
static uint32_t first[INK_LB_COUNT + 1];

static bool is_usable(uint32_t c) {
    bool empty = ink_line_break_of(ink_properties(c)) == INK_LB_AL && !u_isdefined((UChar32)c);
    return (c < 0xD800 || c > 0xDFFF) && !empty && /* or nearly all of AL would be unassigned */
           u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK) != U_LB_COMPLEX_CONTEXT;
}

static void sort_points(void) {
    uint32_t used = 0;
    for (unsigned i = 0; i < INK_LB_COUNT; i++) {
        first[i] = used;
        for (uint32_t c = 0; c < CODE_POINTS; c++) {
            if (ink_line_break_of(ink_properties(c)) == i && is_usable(c)) {
                points[used++] = c;
            }
        }
        CHECK(used > first[i]);
    }
    first[INK_LB_COUNT] = used;
}

struct text {
    char bytes[4 * POINTS_MAX];
    size_t used;
    uint8_t class[4 * POINTS_MAX]; /* of the code point that starts with this byte */
    bool starts[4 * POINTS_MAX + 1];
};

static void make_text(uint64_t *random, struct text *text) {
    memset(text, 0, sizeof *text);
    size_t count = 1 + ink_random_below(random, POINTS_MAX);
    unsigned kinds = 2 + ink_random_below(random, INK_LB_COUNT); /* few of them meet more often */
    uint64_t kind = ink_random(random);
    for (size_t i = 0; i < count; i++) {
        uint64_t pick = kind + ink_random_below(random, kinds);
        uint8_t class = (uint8_t)(ink_random(&pick) % INK_LB_COUNT);
        uint32_t choice = ink_random_below(random, first[class + 1] - first[class]);
        text->class[text->used] = class;
        text->starts[text->used] = true;
        text->used += ink_encode(points[first[class] + choice], text->bytes + text->used);
    }
}

/* Of each byte of the text, enum ink_break, as ICU has it. */
static void ask_icu(UBreakIterator *iterator, const struct text *text, uint8_t *breaks) {
    UErrorCode status = U_ZERO_ERROR;
    UText source = UTEXT_INITIALIZER;
    utext_openUTF8(&source, text->bytes, (int64_t)text->used, &status);
    ubrk_setUText(iterator, &source, &status);
    CHECK(U_SUCCESS(status));
    memset(breaks, INK_BREAK_NO, text->used + 1);
    for (int32_t at = ubrk_next(iterator); at != UBRK_DONE; at = ubrk_next(iterator)) {
        bool hard = ubrk_getRuleStatus(iterator) >= UBRK_LINE_HARD;
        breaks[at] = hard ? INK_BREAK_MUST : INK_BREAK_MAY;
    }
    utext_close(&source);
}

static UBreakIterator *open_icu(UBreakIteratorType type) {
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(type, "", NULL, 0, &status);
    CHECK(U_SUCCESS(status));
    return iterator;
}

static void print_text(const struct text *text, size_t at, int found, int expected) {
    printf("before byte %zu %d, in ICU %d:", at, found, expected);
    for (size_t i = 0; i < text->used;) {
        printf(" %s%04X(%d)", i == at ? "| " : "",
               (unsigned)ink_utf8_next(text->bytes, text->used, &(size_t){i}), text->class[i]);
        ink_utf8_next(text->bytes, text->used, &i);
    }
    printf("\n");
}

static bool is_mark(uint8_t class) {
    return class == INK_LB_CM || class == INK_LB_ZWJ;
}

/* Where the code point before `at` starts that is no mark; the start of the text if there is none.
 */
static size_t base_before(const struct text *text, size_t at) {
    do {
        at--;
    } while (at > 0 && (!text->starts[at] || is_mark(text->class[at])));
    return at;
}

/* Where the next code point starts that is no mark; or the end. */
static size_t base_after(const struct text *text, size_t at) {
    do {
        at++;
    } while (at < text->used && (!text->starts[at] || is_mark(text->class[at])));
    return at;
}

/* "IS NU" at this place. */
static bool is_decimal(const struct text *text, size_t at) {
    size_t after = base_after(text, at);
    return after < text->used && text->class[at] == INK_LB_IS && text->class[after] == INK_LB_NU;
}

static bool is_flag_after_joiner(const struct text *text, size_t at) {
    bool joiner = false;
    while (at > 0 && !joiner &&
           (text->class[at] == INK_LB_RI || !text->starts[at] || is_mark(text->class[at]))) {
        joiner = text->class[at] == INK_LB_ZWJ;
        at--;
    }
    return joiner || text->class[at] == INK_LB_ZWJ;
}

/* Where ICU leaves the rules that LineBreakTest.txt was made with:
 * - a number may begin with its decimal point: ".5" and "$(.5" hold together, and a space before
 *   the point is a place to break;
 * - a hyphen that begins a line holds on to the word after it;
 * - letters of flags are counted anew after a ZWJ, where LB9 has it as part of the letter. */
static bool is_of_icu_alone(const struct text *text, const uint8_t *breaks, size_t at) {
    size_t base = base_before(text, at);
    size_t after = base_after(text, at);
    switch (text->class[at]) {
    case INK_LB_IS:
        return is_decimal(text, at) && text->bytes[at - 1] == ' ' && breaks[at] == INK_BREAK_MAY;
    case INK_LB_NU:
        return is_decimal(text, base) && breaks[at] == INK_BREAK_NO;
    case INK_LB_OP:
    case INK_LB_OP_WIDE:
        return after < text->used && is_decimal(text, after) && breaks[at] == INK_BREAK_NO &&
               (text->class[base] == INK_LB_PR || text->class[base] == INK_LB_PO);
    case INK_LB_AL:
        return (text->class[base] == INK_LB_HY || strncmp(text->bytes + base, "\u2010", 3) == 0) &&
               (base == 0 || breaks[base] != INK_BREAK_NO) && breaks[at] == INK_BREAK_NO;
    case INK_LB_RI:
        return text->class[base] == INK_LB_RI && is_flag_after_joiner(text, at);
    default:
        return false;
    }
}

static void lines_break_as_in_icu(void) {
    UBreakIterator *iterator = open_icu(UBRK_LINE);
    int alone = 0;
    int faults = 0;
    size_t asked = 0;
    for (uint64_t seed = 1; seed <= TEXTS; seed++) {
        uint64_t random = seed;
        struct text text;
        uint8_t breaks[4 * POINTS_MAX + 1];
        make_text(&random, &text);
        ask_icu(iterator, &text, breaks);
        struct ink_breaker breaker;
        ink_break_begin(&breaker);
        for (size_t at = 0; at < text.used; at++) {
            if (!text.starts[at]) {
                continue;
            }
            struct ink_span span = {text.bytes, (uint16_t)text.used};
            enum ink_break found = ink_break_before(&breaker, span, at);
            asked++;
            if (found == breaks[at]) {
                continue;
            }
            if (is_of_icu_alone(&text, breaks, at)) {
                alone++;
            } else if (faults++ < 20) {
                print_text(&text, at, (int)found, breaks[at]);
            }
        }
    }
    ubrk_close(iterator);
    printf("lines: %d texts, %zu places, %d differ, %d more by a rule of ICU alone\n", TEXTS, asked,
           faults, alone);
    CHECK_INT(faults, 0);
}

static void clusters_are_those_of_icu(void) {
    UBreakIterator *iterator = open_icu(UBRK_CHARACTER);
    int faults = 0;
    for (uint64_t seed = 1; seed <= TEXTS; seed++) {
        uint64_t random = seed;
        struct text text;
        uint8_t breaks[4 * POINTS_MAX + 1];
        make_text(&random, &text);
        ask_icu(iterator, &text, breaks);
        for (size_t at = 0; at < text.used;) {
            size_t past = at + ink_grapheme_bytes(text.bytes, text.used, at);
            for (size_t i = at + 1; i <= past; i++) {
                faults += (breaks[i] != INK_BREAK_NO) != (i == past);
            }
            at = past;
        }
    }
    ubrk_close(iterator);
    printf("clusters: %d texts, %d differ\n", TEXTS, faults);
    CHECK_INT(faults, 0);
}

int main(void) {
    UVersionInfo version;
    u_getUnicodeVersion(version);
    if (version[0] != 15 || version[1] != 0) {
        printf("skipped: ICU has Unicode %d.%d, not 15.0\n", version[0], version[1]);
        return 77;
    }
    sort_points();
    RUN(lines_break_as_in_icu);
    RUN(clusters_are_those_of_icu);
    return ink_test_end();
}

#endif
