/* Bidi against Unicode's own test files, and by laws over random texts. */
#include "ink_bidi_text.h"
#include "ink_test.h"

#define UNICODE    "/usr/share/unicode/"
#define LINE_BYTES 4096
#define SHOWN      5 /* failed cases of a file that are printed */

/* ---- Unicode's files ------------------------------------------------------------------------- */

/* What a case expects of each code point: a level, or -1 for one that is removed. */
struct expected {
    int levels[INK_BIDI_BYTES];
    int order[INK_BIDI_BYTES];
    int level_count, order_count;
};

/* "x 1 x 2" */
static int read_numbers(const char *text, int *numbers) {
    int count = 0;
    for (;;) {
        text += strspn(text, " \t");
        char *end = NULL;
        long number = *text == 'x' ? -1 : strtol(text, &end, 10);
        if (*text != 'x' && end == text) {
            return count;
        }
        numbers[count++] = (int)number;
        text = *text == 'x' ? text + 1 : end;
    }
}

static bool has_expected_levels(const struct bidi_text *text, const struct ink_bidi *bidi,
                                const struct expected *expected) {
    for (int i = 0; i < text->count; i++) {
        int want = expected->levels[i];
        if (want >= 0 && ink_bidi_level(bidi, text->starts[i]) != want) {
            return false;
        }
        if ((want < 0) != bidi_is_removed(text->codes[i])) {
            return false;
        }
    }
    return text->count == expected->level_count;
}

static bool has_expected_order(const struct bidi_text *text, const struct ink_bidi *bidi,
                               const struct expected *expected) {
    uint16_t order[INK_BIDI_BYTES];
    int count = bidi_order(text, ink_bidi_line(bidi, 0, bidi->text.bytes), order);
    bool same = count == expected->order_count;
    for (int i = 0; same && i < count; i++) {
        same = order[i] == expected->order[i];
    }
    return same;
}

/* True if the text at that base level has the levels and the order expected. */
static bool case_passes(const struct bidi_text *text, uint8_t base,
                        const struct expected *expected) {
    struct ink_bidi bidi;
    struct ink_span span = bidi_text_span(text);
    return ink_bidi_resolve(&bidi, span, base, false) == span.bytes &&
           has_expected_levels(text, &bidi, expected) && has_expected_order(text, &bidi, expected);
}

/* In the order of enum ink_bidi_class: the name, and a character of the class; brackets are none of
 * them. */
static const struct {
    const char *name;
    uint32_t sample;
} classes[INK_BIDI_COUNT] = {
    {"L", 'a'},      {"R", 0x5D0},    {"AL", 0x628},   {"EN", '1'},     {"ES", '-'},
    {"ET", 0x20AC},  {"AN", 0x661},   {"CS", ','},     {"NSM", 0x300},  {"BN", 0xAD},
    {"B", 0x2029},   {"S", '\t'},     {"WS", 0x2003},  {"ON", '!'},     {"LRE", 0x202A},
    {"LRO", 0x202D}, {"RLE", 0x202B}, {"RLO", 0x202E}, {"PDF", 0x202C}, {"LRI", 0x2066},
    {"RLI", 0x2067}, {"FSI", 0x2068}, {"PDI", 0x2069},
};

/* "L RLE AN" up to ';' */
static bool read_classes(const char *line, struct bidi_text *text) {
    text->count = 0;
    for (size_t bytes = 0; *line != ';'; line += bytes + strspn(line + bytes, " \t")) {
        bytes = strcspn(line, " \t;\n");
        int class = 0;
        while (class < INK_BIDI_COUNT && (strncmp(classes[class].name, line, bytes) != 0 ||
                                          strlen(classes[class].name) != bytes)) {
            class ++;
        }
        if (bytes == 0 || class == INK_BIDI_COUNT) {
            return false;
        }
        bidi_text_add(text, classes[class].sample);
    }
    return true;
}

static void resolves_every_case_of_BidiTest(void) {
    FILE *stream = fopen(UNICODE "BidiTest.txt", "r");
    CHECK(stream != NULL);
    char line[LINE_BYTES];
    struct expected expected = {.level_count = 0};
    int cases = 0;
    int failures = 0;
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        struct bidi_text text;
        if (strncmp(line, "@Levels:", 8) == 0) {
            expected.level_count = read_numbers(line + 8, expected.levels);
        } else if (strncmp(line, "@Reorder:", 9) == 0) {
            expected.order_count = read_numbers(line + 9, expected.order);
        } else if (line[0] != '#' && line[0] != '\n') {
            CHECK(read_classes(line, &text));
            unsigned long bits = strtoul(strchr(line, ';') + 1, NULL, 16);
            uint8_t first_strong = ink_bidi_base(bidi_text_span(&text), 0);
            for (int bit = 0; bit < 3; bit++) { /* by the first strong, left, right */
                bool asked = (bits >> bit & 1) != 0;
                bool good =
                    !asked || case_passes(&text, bit == 0 ? first_strong : bit == 2, &expected);
                cases += asked;
                failures += !good;
                if (!good && failures <= SHOWN) {
                    printf("BidiTest, direction %d: %s", bit, line);
                }
            }
        }
    }
    CHECK_INT(failures, 0);
    CHECK(cases > 700000);
    printf("BidiTest.txt: %d cases, %d failed\n", cases, failures);
    if (stream != NULL) {
        fclose(stream);
    }
}

/* "05D0 0028;0;0;1 0;1 0": code points, direction asked for, base level, levels, order. */
static bool character_case_passes(char *line) {
    struct bidi_text text = {.count = 0};
    char *next = line;
    while (*next != ';') {
        bidi_text_add(&text, (uint32_t)strtoul(next, &next, 16));
    }
    long direction = strtol(next + 1, &next, 10);
    uint8_t base = (uint8_t)strtol(next + 1, &next, 10);
    struct expected expected;
    expected.level_count = read_numbers(next + 1, expected.levels);
    expected.order_count = read_numbers(strchr(next + 1, ';') + 1, expected.order);
    uint8_t first_strong = ink_bidi_base(bidi_text_span(&text), 0);
    return (direction == 2 ? first_strong : direction) == base &&
           case_passes(&text, base, &expected);
}

static void resolves_every_case_of_BidiCharacterTest(void) {
    FILE *stream = fopen(UNICODE "BidiCharacterTest.txt", "r");
    CHECK(stream != NULL);
    char line[LINE_BYTES];
    int cases = 0;
    int failures = 0;
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        if (line[0] == '#' || line[0] == '\n') {
            continue;
        }
        bool good = character_case_passes(line);
        cases++;
        failures += !good;
        if (!good && failures <= SHOWN) {
            printf("BidiCharacterTest: %s", line);
        }
    }
    CHECK_INT(failures, 0);
    CHECK(cases > 90000);
    printf("BidiCharacterTest.txt: %d cases, %d failed\n", cases, failures);
    if (stream != NULL) {
        fclose(stream);
    }
}

#define TEXTS 20000

/* ---- laws ------------------------------------------------------------------------------------ */

static void every_byte_and_what_is_removed_have_a_level(void) {
    uint64_t seed = 2;
    for (int n = 0; n < TEXTS; n++) {
        struct bidi_text text;
        struct ink_bidi bidi;
        bidi_text_fill(&text, &seed, 40);
        memset(&bidi, 0xEE, sizeof bidi);
        ink_bidi_resolve(&bidi, bidi_text_span(&text), n & 1, false);
        uint8_t level = bidi.base;
        for (int i = 0; i < text.count; i++) {
            bool removed = bidi_is_removed(text.codes[i]);
            level = removed ? level : ink_bidi_level(&bidi, text.starts[i]);
            for (size_t at = text.starts[i]; at < text.starts[i + 1]; at++) {
                CHECK_INT(ink_bidi_level(&bidi, at), level);
            }
        }
        CHECK_INT(bidi.levels[2 * bidi.text.bytes], 0xEE);
    }
}

/* The levels of the code points of `text` but for one, `skipped`, are those of `other`. */
static void expect_same_levels(const struct bidi_text *text, const struct bidi_text *other,
                               uint8_t base, int skipped) {
    struct ink_bidi one;
    struct ink_bidi two;
    ink_bidi_resolve(&one, bidi_text_span(text), base, false);
    ink_bidi_resolve(&two, bidi_text_span(other), base, false);
    for (int i = 0; i < text->count; i++) {
        int at = i - (i > skipped);
        if (i != skipped && !bidi_is_removed(text->codes[i])) {
            CHECK_INT(ink_bidi_level(&one, text->starts[i]),
                      ink_bidi_level(&two, other->starts[at]));
        }
    }
}

static void equivalent_brackets_are_one(void) {
    uint64_t seed = 4;
    for (int n = 0; n < TEXTS; n++) {
        struct bidi_text text;
        struct bidi_text other = {.count = 0};
        bidi_text_fill(&text, &seed, 40);
        for (int i = 0; i < text.count; i++) {
            uint32_t code = text.codes[i];
            bool old = code == 0x2329 || code == 0x232A;
            bidi_text_add(&other, old ? code - 0x2329 + 0x3008 : code);
        }
        expect_same_levels(&text, &other, n & 1, text.count);
    }
}

/* A mark more changes nothing else and has the level of its bracket. */
static void a_mark_goes_with_its_bracket(void) {
    uint64_t seed = 5;
    int marks = 0;
    for (int n = 0; n < TEXTS; n++) {
        struct bidi_text text;
        struct bidi_text marked = {.count = 0};
        bidi_text_fill(&text, &seed, 40);
        int mark = text.count;
        for (int i = 0; i < text.count; i++) {
            bidi_text_add(&marked, text.codes[i]);
            if (mark == text.count && ink_bidi_mirrored(text.codes[i]).bracket != 0 &&
                ink_random_below(&seed, 3) == 0) {
                mark = marked.count;
                bidi_text_add(&marked, 0x300);
                marks++;
            }
        }
        struct ink_bidi bidi;
        expect_same_levels(&marked, &text, n & 1, mark);
        ink_bidi_resolve(&bidi, bidi_text_span(&marked), n & 1, false);
        CHECK(mark == text.count ||
              bidi.levels[marked.starts[mark]] == bidi.levels[marked.starts[mark] - 1]);
    }
    CHECK(marks > TEXTS / 2);
}

static void expect_levels(const uint32_t *codes, uint8_t base, const char *want) {
    struct bidi_text text = {.count = 0};
    struct ink_bidi bidi;
    char got[64];
    while (codes[text.count] != 0) {
        bidi_text_add(&text, codes[text.count]);
    }
    ink_bidi_resolve(&bidi, bidi_text_span(&text), base, false);
    for (int i = 0; i < text.count; i++) {
        bool removed = bidi_is_removed(text.codes[i]);
        got[i] = (char)(removed ? 'x' : '0' + ink_bidi_level(&bidi, text.starts[i]));
    }
    CHECK_TEXT(got, text.count, want);
}

/* Isolates within an override, and their ends, are letters to it (X5a, X6a). */
static void overrides_reach_isolates(void) {
    expect_levels((const uint32_t[]){0x202D, '1', 0x202C, 0x202E, 0x2069, 0x202C, 0x202D, '1', 0},
                  0, "x2xx1xx2");
    expect_levels((const uint32_t[]){0x202E, 'a', 0x2066, 'b', 0x2069, 'c', 0}, 0, "x11211");
}

/* A mark that is overridden is none (N0): of the same run, it does not go with the bracket. */
static void an_overridden_mark_is_no_mark(void) {
    expect_levels((const uint32_t[]){0x202A, 0x5D0, '(', 0x5D0, ')', 0x202C, 0x202D, 0x300, 0}, 0,
                  "x3333xx2");
    expect_levels((const uint32_t[]){0x202A, 0x5D0, '(', 0x5D0, ')', 0x202C, 0x202A, 0x300, 0}, 0,
                  "x3333xx3");
}

/* "א[ב]c א(((ב)b": a bracket is R if it has a pair, else neutral between R and L. One too many ends
 * the search for pairs, but not what it found (BD16). */
static void brackets_beyond_the_stack_have_no_pair(void) {
    static const uint32_t found[] = {0x5D0, '[', 0x5D1, ']', 'c', 0x5D0};
    static const uint32_t sought[] = {0x5D1, ')', 'b'};
    for (int depth = INK_BIDI_BRACKETS - 1; depth <= INK_BIDI_BRACKETS + 2; depth++) {
        struct bidi_text text = {.count = 0};
        struct ink_bidi bidi;
        for (int i = 0; i < 6; i++) {
            bidi_text_add(&text, found[i]);
        }
        for (int i = 0; i < depth; i++) {
            bidi_text_add(&text, '(');
        }
        for (int i = 0; i < 3; i++) {
            bidi_text_add(&text, sought[i]);
        }
        ink_bidi_resolve(&bidi, bidi_text_span(&text), 0, false);
        CHECK_INT(ink_bidi_level(&bidi, text.starts[3]), 1);
        CHECK_INT(ink_bidi_level(&bidi, text.starts[text.count - 2]), depth <= INK_BIDI_BRACKETS);
    }
}

/* ---- paragraphs in parts --------------------------------------------------------------------- */

static void paragraphs_are_resolved_each_by_itself(void) {
    uint64_t seed = 6;
    for (int n = 0; n < TEXTS; n++) {
        struct bidi_text text;
        struct bidi_text rest;
        bidi_text_fill(&text, &seed, 20);
        bidi_text_fill(&rest, &seed, 20);
        bidi_text_add(&text, 0x2029);
        int first = text.count;
        struct ink_bidi before;
        struct ink_bidi after;
        struct ink_bidi whole;
        ink_bidi_resolve(&before, bidi_text_span(&text), n & 1, false);
        ink_bidi_resolve(&after, bidi_text_span(&rest), n & 1, false);
        for (int i = 0; i < rest.count; i++) {
            bidi_text_add(&text, rest.codes[i]);
        }
        ink_bidi_resolve(&whole, bidi_text_span(&text), n & 1, false);
        CHECK(memcmp(whole.levels, before.levels, before.text.bytes) == 0);
        CHECK(memcmp(whole.levels + text.starts[first], after.levels, after.text.bytes) == 0);
    }
}

static void a_long_text_is_resolved_up_to_a_code_point(void) {
    uint64_t seed = 7;
    for (int n = 0; n < TEXTS / 10; n++) {
        struct bidi_text text = {.count = 0};
        struct ink_bidi bidi;
        struct ink_bidi alone;
        while (text.count == 0 || text.starts[text.count] <= INK_BIDI_BYTES) {
            bidi_text_add(&text, bidi_random_code(&seed));
        }
        uint16_t bytes = ink_bidi_resolve(&bidi, bidi_text_span(&text), n & 1, false);
        bool full = text.starts[text.count - 1] == INK_BIDI_BYTES;
        CHECK_INT(bytes, full ? INK_BIDI_BYTES : text.starts[text.count - 1]);
        CHECK_INT(ink_bidi_resolve(&alone, (struct ink_span){text.bytes, bytes}, n & 1, false),
                  bytes);
        CHECK(memcmp(bidi.levels, alone.levels, bytes) == 0);
    }
}

/* ---- costly texts ---------------------------------------------------------------------------- */

/* `length` code points of a text, again and again. */
static const struct {
    const char *what;
    uint32_t codes[8];
} floods[] = {
    {"marks", {0x300}},
    {"marks on a bracket", {0x5D0, '(', 0x300, 0x300, 0x300, ')', 0x300}},
    {"isolates", {0x2067}},
    {"isolates by their first strong", {0x2068}},
    {"isolates and ends", {0x2067, 'a', 0x2066, 0x5D0, 0x2069, 0x2069}},
    {"embeddings", {0x202B, 'a'}},
    {"embeddings both ways", {0x202B, 'a', 0x202A, 0x5D0}},
    {"overrides", {0x202E, 'a', 0x202D, 'b'}},
    {"ends", {0x202C, 0x2069}},
    {"zero width", {0x200B, 0x200D, 0xFEFF}},
    {"openers", {'('}},
    {"pairs", {'(', ')', 0x5D0}},
    {"openers and a foreign closer", {'(', ']', '['}},
    {"numbers and separators", {'1', ',', '%', 0x661, ',', 0x661}},
    {"terminators", {'%'}},
    {"runs", {'a', 0x5D0}},
    {"paragraphs", {0x2029, 0x202B, 'a'}},
};

static void costly_texts_end(void) {
    for (size_t n = 0; n < sizeof floods / sizeof floods[0]; n++) {
        int period = 1;
        while (period < 8 && floods[n].codes[period] != 0) {
            period++;
        }
        struct bidi_text text = {.count = 0};
        while (text.count == 0 || text.starts[text.count] <= INK_BIDI_BYTES) {
            bidi_text_add(&text, floods[n].codes[text.count % period]);
        }
        struct ink_bidi bidi;
        uint16_t order[2 * INK_BIDI_BYTES];
        uint16_t bytes = ink_bidi_resolve(&bidi, bidi_text_span(&text), 1, false);
        CHECK(bidi_order(&text, ink_bidi_line(&bidi, 0, bytes), order) >= 0);
    }
}

/* "((( ... ]]]", "RLI LRI RLI ... PDI PDI", 62 levels and back. */
static void costly_texts_of_two_halves_end(void) {
    static const uint32_t halves[][3] = {{'(', '(', ']'},          {'(', '[', ')'},
                                         {0x2067, 0x2066, 0x2069}, {0x202B, 'a', 0x202C},
                                         {0x2068, 0x2068, 0x2069}, {0x2067, '(', 0x2069}};
    for (size_t n = 0; n < sizeof halves / sizeof halves[0]; n++) {
        for (uint16_t at = 0; at < INK_BIDI_BYTES; at += 8) {
            struct bidi_text text = {.count = 0};
            while (text.count == 0 || text.starts[text.count] < INK_BIDI_BYTES - 6) {
                bool first = text.count == 0 || text.starts[text.count] < at;
                bidi_text_add(&text, halves[n][first ? text.count % 2 : 2]);
            }
            bidi_text_add(&text, 0x5D0);
            struct ink_bidi bidi;
            uint16_t order[2 * INK_BIDI_BYTES];
            uint16_t bytes = ink_bidi_resolve(&bidi, bidi_text_span(&text), 0, false);
            CHECK(bidi_order(&text, ink_bidi_line(&bidi, 0, bytes), order) >= 0);
        }
    }
}

/* Ten thousand marks and the like: piece after piece. */
static void a_text_without_end_is_resolved_in_pieces(void) {
    enum { CODES = 10000 };
    static char flood[3 * CODES];
    for (int kind = 0; kind < 3; kind++) {
        static const char *const codes[] = {"\xCC\x80", "\xE2\x80\x8B", "\xE2\x81\xA7"};
        uint16_t width = (uint16_t)strlen(codes[kind]);
        for (int i = 0; i < CODES; i++) {
            memcpy(flood + i * width, codes[kind], width);
        }
        struct ink_span rest = {flood, (uint16_t)(CODES * width)};
        int pieces = 0;
        while (rest.bytes > 0) {
            struct ink_bidi bidi;
            uint16_t bytes = ink_bidi_resolve(&bidi, rest, 1, false);
            CHECK(bytes > 0 && bytes % width == 0);
            rest = (struct ink_span){rest.at + bytes, (uint16_t)(rest.bytes - bytes)};
            pieces++;
        }
        CHECK_INT(pieces, (CODES * width + INK_BIDI_BYTES - 3) / (INK_BIDI_BYTES / width * width));
    }
}

/* Bytes of the text end where its memory does. */
static void reads_no_byte_beyond_the_text(void) {
    uint64_t seed = 10;
    for (int n = 0; n < TEXTS / 10; n++) {
        struct bidi_text text;
        struct ink_bidi bidi;
        bidi_text_fill(&text, &seed, 20);
        struct ink_span span = bidi_text_span(&text);
        char *copy = malloc(span.bytes);
        memcpy(copy, span.at, span.bytes);
        span.at = copy;
        CHECK_INT(ink_bidi_resolve(&bidi, span, ink_bidi_base(span, 1), false), span.bytes);
        CHECK(ink_bidi_needed(span, 0) || !ink_bidi_has_rtl(span));
        free(copy);
    }
}

int main(void) {
    RUN(resolves_every_case_of_BidiTest);
    RUN(resolves_every_case_of_BidiCharacterTest);
    RUN(every_byte_and_what_is_removed_have_a_level);
    RUN(equivalent_brackets_are_one);
    RUN(a_mark_goes_with_its_bracket);
    RUN(overrides_reach_isolates);
    RUN(an_overridden_mark_is_no_mark);
    RUN(brackets_beyond_the_stack_have_no_pair);
    RUN(paragraphs_are_resolved_each_by_itself);
    RUN(a_long_text_is_resolved_up_to_a_code_point);
    RUN(costly_texts_end);
    RUN(costly_texts_of_two_halves_end);
    RUN(a_text_without_end_is_resolved_in_pieces);
    RUN(reads_no_byte_beyond_the_text);
    return ink_test_end();
}
