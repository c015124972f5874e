/* UTF-8 against a definition of its own. Grapheme clusters stand their test in test_unicode.c. */
#include "core/ink_utf8.h"

#include "ink_test.h"

/* --- an independent definition: a text is valid if its code points, written again, are it --- */

static size_t encode(uint32_t code, uint8_t out[4]) {
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    size_t bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = bytes - 1; i > 0; i--) {
        out[i] = (uint8_t)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    static const uint8_t marks[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (uint8_t)(marks[bytes] | code);
    return bytes;
}

/* Bytes of the one code point that `text` begins with, or 0: found by looking for the code point
 * whose encoding it is, among those that its low bits leave. */
static size_t match_code_point(const uint8_t *text, size_t bytes) {
    for (size_t length = 1; length <= 4 && length <= bytes; length++) {
        static const uint8_t payload[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
        uint32_t code = text[0] & payload[length];
        for (size_t i = 1; i < length; i++) {
            code = code << 6 | (text[i] & 0x3F);
        }
        uint8_t again[4];
        bool scalar = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        if (scalar && encode(code, again) == length && memcmp(again, text, length) == 0) {
            return length;
        }
    }
    return 0;
}

static bool is_valid(const uint8_t *text, size_t bytes) {
    for (size_t at = 0; at < bytes;) {
        size_t length = match_code_point(text + at, bytes - at);
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

static void expect_same_verdict(const uint8_t *text, size_t bytes) {
    bool right = ink_utf8_valid((const char *)text, bytes) == is_valid(text, bytes);
    CHECK(right);
    if (!right) {
        printf("  %zu bytes from %02X %02X %02X %02X\n", bytes, text[0], text[1], text[2], text[3]);
    }
}

/* --- validation --- */

static void every_code_point_is_valid_and_decodes_to_itself(void) {
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        uint8_t text[5] = {0, 0, 0, 0, '!'};
        size_t bytes = encode(code, text), at = 0;
        text[bytes] = '!';
        bool surrogate = code >= 0xD800 && code <= 0xDFFF;
        CHECK(ink_utf8_valid((const char *)text, bytes) == !surrogate);
        if (!surrogate) {
            CHECK_INT(ink_utf8_next((const char *)text, bytes + 1, &at), code);
            CHECK_INT(at, bytes);
        }
    }
}

static void every_sequence_of_up_to_three_bytes_gets_the_right_verdict(void) {
    for (uint32_t all = 0; all < 1u << 24; all++) {
        const uint8_t text[4] = {(uint8_t)(all >> 16), (uint8_t)(all >> 8), (uint8_t)all, 0};
        expect_same_verdict(text, 3);
        if ((all & 0xFF) == 0) {
            expect_same_verdict(text, 2);
        }
        if ((all & 0xFFFF) == 0) {
            expect_same_verdict(text, 1);
        }
    }
}

/* Four bytes: all first and second ones, with both sides of every border in the third and fourth.
 */
static void four_bytes_get_the_right_verdict_at_every_border(void) {
    static const uint8_t borders[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                      0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF,
                                      0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF};
    for (unsigned high = 0; high <= 0xFFFF; high++) {
        for (size_t i = 0; i < sizeof borders * sizeof borders; i++) {
            const uint8_t text[4] = {(uint8_t)(high >> 8), (uint8_t)high,
                                     borders[i / sizeof borders], borders[i % sizeof borders]};
            expect_same_verdict(text, 4);
        }
    }
}

static void random_four_bytes_get_the_right_verdict(void) {
    uint64_t seed = 1;
    for (int round = 0; round < 2000000; round++) {
        uint64_t random = ink_random(&seed);
        uint8_t text[4] = {(uint8_t)random, (uint8_t)(random >> 8), (uint8_t)(random >> 16),
                           (uint8_t)(random >> 24)};
        text[0] |= 0xC0;
        text[1] = (uint8_t)((text[1] & 0x3F) | 0x80);
        text[2] = (uint8_t)((text[2] & 0x3F) | 0x80);
        expect_same_verdict(text, 4);
    }
}

static void a_bad_state_stays_bad(void) {
    for (unsigned byte = 0; byte < 256; byte++) {
        CHECK_INT(ink_utf8_step(INK_UTF8_BAD, (uint8_t)byte), INK_UTF8_BAD);
    }
}

/* --- texts of all kinds --- */

static const uint32_t letters[] = {
    'a',     'b',     ' ',     '\r',    '\n',    '\t',    0x7F,    0x85,    0xA9,
    0xAD,    0x300,   0x308,   0x35C,   0x410,   0x456,   0x483,   0x600,   0x6DD,
    0x903,   0x915,   0x94D,   0x1100,  0x1160,  0x11A8,  0xAC00,  0xAC01,  0x200B,
    0x200D,  0x2028,  0x231A,  0x3042,  0xFE0F,  0xFFFD,  0x1F1E6, 0x1F1FA, 0x1F3FB,
    0x1F468, 0x1F469, 0x1F600, 0xE0001, 0xE0020, 0xE0100, 0x110BD, 0x10FFFF};

static size_t make_text(uint64_t *seed, uint8_t *out, size_t cap) {
    size_t bytes = 0, length = ink_random_below(seed, (uint32_t)cap);
    while (bytes + 4 <= length) {
        uint32_t kinds = sizeof letters / sizeof *letters;
        bytes += encode(letters[ink_random_below(seed, kinds)], out + bytes);
    }
    return bytes;
}

static void any_chunking_gives_the_same_verdict(void) {
    for (uint64_t seed = 1; seed <= 2000;) {
        uint8_t text[64];
        uint64_t random = seed++;
        size_t bytes = make_text(&random, text, sizeof text);
        if (bytes > 0 && (random & 1) != 0) {
            text[ink_random_below(&random, (uint32_t)bytes)] = (uint8_t)ink_random(&random);
        }
        uint8_t state = 0;
        for (size_t at = 0; at < bytes; at++) {
            /* up to here it is valid exactly when the state is 0 */
            CHECK((state == 0) == is_valid(text, at));
            state = ink_utf8_step(state, text[at]);
        }
        CHECK((state == 0) == ink_utf8_valid((const char *)text, bytes));
    }
}

/* Bytes of any kind in a block of exactly their size, so that a sanitizer sees one byte too far. */
static void garbage_never_moves_past_the_end(void) {
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        uint64_t random = seed;
        size_t bytes = 1 + ink_random_below(&random, 24);
        char *text = malloc(bytes);
        for (size_t i = 0; i < bytes; i++) {
            uint64_t r = ink_random(&random);
            text[i] = (char)(uint8_t)((r & 0x300) != 0 ? r | 0x80 : r);
        }
        for (size_t at = 0; at < bytes;) {
            size_t before = at;
            CHECK(ink_utf8_next(text, bytes, &at) <= 0x1FFFFF);
            CHECK(at > before && at <= bytes);
        }
        for (size_t at = 0; at < bytes;) {
            size_t length = ink_grapheme_bytes(text, bytes, at);
            CHECK(length >= 1 && length <= bytes - at);
            at += length;
        }
        size_t cap = ink_random_below(&random, 30);
        size_t cut = ink_grapheme_cut(text, bytes, cap);
        CHECK(cut <= cap && cut <= bytes);
        free(text);
    }
}

/* --- grapheme clusters --- */

/* What every build must know even without the files of Unicode. */
static void letters_flags_and_families_are_one_cluster(void) {
    static const char *const clusters[] = {
        "a",
        "\r\n",
        "e\xCC\x81",                                    /* e, combining acute */
        "\xD0\xB8\xCC\x86",                             /* Cyrillic i, combining breve */
        "\xF0\x9F\x87\xBA\xF0\x9F\x87\xA6",             /* regional indicators U, A */
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", /* woman, joiner, girl */
        "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB",         /* Hangul L V T */
    };
    for (size_t i = 0; i < sizeof clusters / sizeof *clusters; i++) {
        char text[64];
        size_t bytes = strlen(clusters[i]);
        int all = snprintf(text, sizeof text, "%s%s", clusters[i], clusters[i]);
        CHECK_INT(ink_grapheme_bytes(text, (size_t)all, 0), bytes);
        CHECK_INT(ink_grapheme_bytes(text, (size_t)all, bytes), bytes);
        CHECK_INT(ink_grapheme_cut(text, (size_t)all, bytes), bytes);
        CHECK_INT(ink_grapheme_cut(text, (size_t)all, (size_t)all - 1), bytes);
        CHECK_INT(ink_grapheme_cut(text, (size_t)all, bytes - 1), 0);
    }
}

/* --- cutting --- */

static void mark_boundaries(const char *text, size_t bytes, bool *boundary) {
    memset(boundary, 0, bytes + 1);
    for (size_t at = 0; at < bytes; at += ink_grapheme_bytes(text, bytes, at)) {
        boundary[at] = true;
    }
    boundary[bytes] = true;
}

static void a_cut_is_the_longest_prefix_that_ends_at_a_boundary(void) {
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        uint64_t random = seed;
        uint8_t text[80];
        bool boundary[81];
        size_t bytes = make_text(&random, text, sizeof text);
        mark_boundaries((const char *)text, bytes, boundary);
        size_t longest = 0;
        for (size_t cap = 0; cap <= bytes + 2; cap++) {
            longest = cap <= bytes && boundary[cap] ? cap : longest;
            CHECK_INT(ink_grapheme_cut((const char *)text, bytes, cap), longest);
        }
    }
}

/* The text that is given may have been cut before: with 4 bytes past the cap that changes nothing,
 * with fewer a code point cut in two never makes a boundary that is not there. */
static void expect_cut_of_part(const char *text, size_t bytes, size_t given) {
    bool boundary[81];
    mark_boundaries(text, bytes, boundary);
    bool split = given < bytes && ((uint8_t)text[given] & 0xC0) == 0x80;
    for (size_t cap = 0; cap <= given; cap++) {
        size_t cut = ink_grapheme_cut(text, given, cap);
        CHECK(cut <= cap);
        CHECK(given < cap + 4 || cut == ink_grapheme_cut(text, bytes, cap));
        CHECK(boundary[cut] || (cut == given && !split));
    }
}

static void a_text_cut_before_is_cut_at_a_boundary_of_the_whole(void) {
    for (uint64_t seed = 1; seed <= 1000; seed++) {
        uint64_t random = seed;
        uint8_t text[48];
        size_t bytes = make_text(&random, text, sizeof text);
        for (size_t given = 0; given <= bytes; given++) {
            expect_cut_of_part((const char *)text, bytes, given);
        }
    }
}

static void what_would_not_be_seen_is_blank(void) {
    static const char *const blank[] = {"",
                                        "   ",
                                        "\xC2\xA0",                 /* no-break space */
                                        "\xE3\x80\x80",             /* ideographic space */
                                        "\xE2\x80\x8B\xE2\x80\x8D", /* zero width space, joiner */
                                        "\xC2\xAD",                 /* soft hyphen */
                                        "\xEF\xBB\xBF",             /* byte order mark */
                                        "\xCC\x81\xCC\x82",         /* marks without a base */
                                        "\xEF\xB8\x8F"};            /* variation selector */
    static const char *const seen[] = {"a", " a", "\xD0\x96", "e\xCC\x81", "\xE2\x80\x8B.", "1"};
    for (size_t i = 0; i < sizeof blank / sizeof blank[0]; i++) {
        struct ink_span text = {blank[i], (uint16_t)strlen(blank[i])};
        CHECK(ink_utf8_is_blank(text));
    }
    for (size_t i = 0; i < sizeof seen / sizeof seen[0]; i++) {
        struct ink_span text = {seen[i], (uint16_t)strlen(seen[i])};
        CHECK(!ink_utf8_is_blank(text));
    }
}

int main(void) {
    RUN(every_code_point_is_valid_and_decodes_to_itself);
    RUN(every_sequence_of_up_to_three_bytes_gets_the_right_verdict);
    RUN(four_bytes_get_the_right_verdict_at_every_border);
    RUN(random_four_bytes_get_the_right_verdict);
    RUN(a_bad_state_stays_bad);
    RUN(any_chunking_gives_the_same_verdict);
    RUN(garbage_never_moves_past_the_end);
    RUN(letters_flags_and_families_are_one_cluster);
    RUN(a_cut_is_the_longest_prefix_that_ends_at_a_boundary);
    RUN(a_text_cut_before_is_cut_at_a_boundary_of_the_whole);
    RUN(what_would_not_be_seen_is_blank);
    return ink_test_end();
}
