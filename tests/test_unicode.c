/* Properties, line breaks and grapheme clusters.
 *
 *     test_unicode                     what needs no file
 *     test_unicode --lines FILE        every case of LineBreakTest.txt
 *     test_unicode --clusters FILE     every case of GraphemeBreakTest.txt
 *     test_unicode --properties        prints those of each code point, for property_check.py
 *
 * Exit code 77: FILE is not here.
 */
#include "core/ink_grapheme.h"
#include "core/ink_linebreak.h"
#include "core/ink_utf8.h"

#include "ink_encode.h"
#include "ink_test.h"

#define CODE_POINTS 0x110000

/* ---- the test files -------------------------------------------------------------------------- */

/* One line of a file: hexadecimal code points between the signs for a break and for none. */
struct break_case {
    char text[256];
    size_t bytes;
    bool breaks[257]; /* before byte i */
    bool starts[257]; /* a code point starts with byte i; the end counts as one */
};

static bool read_case(const char *line, struct break_case *test) {
    memset(test, 0, sizeof *test);
    for (const char *at = line; *at != '\0' && *at != '#' && *at != '\n';) {
        char *past;
        uint32_t code = (uint32_t)strtoul(at, &past, 16);
        if (past > at && test->bytes + 5 <= sizeof test->text) {
            test->bytes += ink_encode(code, test->text + test->bytes);
            at = past;
            continue;
        }
        if (strncmp(at, "\xC3\xB7", 2) == 0) { /* the division sign: a break */
            test->breaks[test->bytes] = true;
            at += 2;
        } else if (strncmp(at, "\xC3\x97", 2) == 0) { /* the multiplication sign: none */
            at += 2;
        } else {
            CHECK(*at == ' ' || *at == '\t');
            at++;
        }
        test->starts[test->bytes] = true;
    }
    return test->bytes > 0;
}

/* The end of a text is a break, but not of the breaker's making. */
static bool lines_are_right(const struct break_case *test) {
    struct ink_span text = {test->text, (uint16_t)test->bytes};
    struct ink_breaker breaker;
    ink_break_begin(&breaker);
    bool right = test->breaks[test->bytes];
    for (size_t at = 0; at < test->bytes; at++) {
        if (test->starts[at]) {
            bool found = ink_break_before(&breaker, text, at) != INK_BREAK_NO;
            right = right && found == test->breaks[at];
        }
    }
    return right;
}

static bool clusters_are_right(const struct break_case *test) {
    bool right = test->breaks[0] && test->breaks[test->bytes];
    for (size_t at = 0; at < test->bytes;) {
        size_t past = at + ink_grapheme_bytes(test->text, test->bytes, at);
        right = right && past <= test->bytes && test->breaks[past];
        for (size_t i = at + 1; i < past && i < test->bytes; i++) {
            right = right && !test->breaks[i];
        }
        at = past;
    }
    return right;
}

/* Unicode 15.0 has 7654 cases of lines and 602 of clusters. */
static int run_file(const char *path, bool lines, int least) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        printf("skipped: no %s\n", path);
        return 77;
    }
    char line[2048];
    static struct break_case test;
    int cases = 0;
    int wrong = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        if (read_case(line, &test)) {
            bool right = lines ? lines_are_right(&test) : clusters_are_right(&test);
            cases++;
            wrong += !right;
            printf("%s%s", right ? "" : "wrong: ", right ? "" : line);
        }
    }
    fclose(file);
    printf("%s: %d cases, %d wrong, 0 skipped\n", path, cases, wrong);
    return ink_test_failures != 0 || wrong > 0 || cases < least;
}

static void print_properties(void) {
    for (uint32_t c = 0; c < CODE_POINTS; c++) {
        uint32_t p = ink_properties(c);
        printf("%d %d %d %d %d\n", ink_bidi_of(p), ink_line_break_of(p), ink_grapheme_of(p),
               ink_joining_of(p), ink_grapheme_class(c));
    }
}

/* ---- properties ------------------------------------------------------------------------------ */

static void any_number_has_properties(void) {
    const uint32_t beyond[] = {0x110000, 0x1FFFFF, 0x200000, 0x80000000, UINT32_MAX};
    uint32_t expected = ink_properties(0x10000 + CODE_POINTS);
    for (size_t i = 0; i < sizeof beyond / sizeof beyond[0]; i++) {
        CHECK_INT(ink_properties(beyond[i]), expected);
        CHECK_INT(ink_grapheme_class(beyond[i]), ink_grapheme_of(expected));
    }
}

static void every_property_is_of_its_enum(void) {
    uint64_t random = 1;
    for (int i = 0; i < 100000; i++) {
        uint32_t p = ink_properties((uint32_t)ink_random(&random) % (CODE_POINTS + 100));
        CHECK(ink_bidi_of(p) < INK_BIDI_COUNT && ink_line_break_of(p) < INK_LB_COUNT);
        CHECK(ink_grapheme_of(p) <= INK_GB_PICTOGRAPHIC);
        CHECK(ink_joining_of(p) <= INK_JOIN_TRANSPARENT);
    }
}

/* ---- line breaks -------------------------------------------------------------------------------
 */

/* What every build must know even without the files: '|' is where a line may end, '!' must. */
static void lines_of_a_newsroom_end_where_they_may(void) {
    static const char *const texts[] = {
        "The |court |ruled: |\"no\" |again",
        "up |12,5% |to |$(3.4)m, |about |\xE2\x82\xAC\xC2\xA0"
        "5",
        "one!\xC2\xA0two |(three) |four/|five",
        "first\n!second\r\n!third",
        "well-|known |2024-08-12 |https://|a.b/|c",
        "\xD0\xA1\xD1\x83\xD0\xB4 |\xC2\xAB\xD0\xBD\xD1\x96\xC2\xBB", /* guillemets hold on */
        "\xE6\x96\xB0|\xE8\x81\x9E\xE3\x80\x82|\xE4\xBA\xBA", /* no line begins with a stop */
        "a\xE2\x80\x8B|b\xC2\xAD|c\xE2\x81\xA0"
        "d", /* zero-width space, soft hyphen, word joiner */
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char text[128];
        char marked[128];
        uint16_t bytes = 0;
        for (const char *at = texts[i]; *at != '\0'; at++) {
            bool mark = *at == '|' || (*at == '!' && bytes > 0 && text[bytes - 1] == '\n');
            text[bytes] = *at;
            bytes = (uint16_t)(bytes + !mark);
        }
        size_t used = 0;
        struct ink_breaker breaker;
        ink_break_begin(&breaker);
        for (size_t at = 0; at < bytes;) {
            enum ink_break found = ink_break_before(&breaker, (struct ink_span){text, bytes}, at);
            if (found != INK_BREAK_NO) {
                marked[used++] = found == INK_BREAK_MAY ? '|' : '!';
            }
            size_t past = at;
            ink_utf8_next(text, bytes, &past);
            memcpy(marked + used, text + at, past - at);
            used += past - at;
            at = past;
        }
        CHECK_TEXT(marked, used, texts[i]);
    }
}

/* The short way of the header must say what the rules say. */
static void letters_and_spaces_are_answered_as_the_rules_would(void) {
    static const uint32_t points[] = {'a', 'Z',   ' ',   ' ',    0xE9,   0x17E,  0x3B1,  0x416,
                                      '-', '1',   '@',   '[',    '`',    '{',    0xC2A9, 0x2CC,
                                      '(', 0x301, 0x5D0, 0x200B, 0x200D, 0x2029, 0x4E00, 0x482};
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        uint64_t random = seed;
        char bytes[64];
        struct ink_span text = {bytes, 0};
        while (text.bytes < 40) {
            uint32_t point = points[ink_random_below(&random, sizeof points / sizeof points[0])];
            text.bytes = (uint16_t)(text.bytes + ink_encode(point, bytes + text.bytes));
        }
        struct ink_breaker shortly;
        struct ink_breaker slowly;
        ink_break_begin(&shortly);
        ink_break_begin(&slowly);
        for (size_t at = 0; at < text.bytes; ink_utf8_next(text.at, text.bytes, &at)) {
            enum ink_break found = ink_break_before(&shortly, text, at);
            CHECK_INT(found, ink_break_consider(&slowly, text, at));
            CHECK(shortly.before == slowly.before && shortly.since == slowly.since);
        }
    }
}

static void bytes_of_letters_begin_only_letters(void) {
    for (uint32_t c = 0; c < CODE_POINTS; c++) {
        char bytes[4];
        ink_encode(c, bytes);
        if (ink_break_is_letter((uint8_t)bytes[0])) {
            CHECK_INT(ink_line_break_of(ink_properties(c)), INK_LB_AL);
        }
    }
}

int main(int count, char **arguments) {
    if (count == 3 && strcmp(arguments[1], "--lines") == 0) {
        return run_file(arguments[2], true, 7654);
    }
    if (count == 3 && strcmp(arguments[1], "--clusters") == 0) {
        return run_file(arguments[2], false, 602);
    }
    if (count == 2 && strcmp(arguments[1], "--properties") == 0) {
        print_properties();
        return 0;
    }
    RUN(any_number_has_properties);
    RUN(every_property_is_of_its_enum);
    RUN(lines_of_a_newsroom_end_where_they_may);
    RUN(letters_and_spaces_are_answered_as_the_rules_would);
    RUN(bytes_of_letters_begin_only_letters);
    return ink_test_end();
}
