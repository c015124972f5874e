/* The runs of a line, fields of a label, mirror images: what stands about the resolving of levels.
 */
#include "ink_bidi_text.h"
#include "ink_test.h"

#define UNICODE    "/usr/share/unicode/"
#define LINE_BYTES 1024
#define TEXTS      20000

/* ---- runs ------------------------------------------------------------------------------------ */

/* As L2 says it: from the highest level to the lowest odd one, reverse. */
static void reorder(const uint8_t *levels, int count, uint16_t *order) {
    for (int level = 126; level > 0; level--) {
        for (int first = 0, end; first < count; first = end + 1) {
            end = first;
            while (end < count && levels[order[end]] >= level) {
                end++;
            }
            for (int low = first, high = end - 1; low < high; low++, high--) {
                uint16_t swapped = order[low];
                order[low] = order[high];
                order[high] = swapped;
            }
        }
    }
}

/* What L1 makes base at the end of a line, and what X9 removes among it. */
static bool is_blank(uint32_t code) {
    unsigned class = bidi_class_of(code);
    return bidi_is_removed(code) || class == INK_BIDI_WS || class == INK_BIDI_S ||
           class == INK_BIDI_B || class >= INK_BIDI_LRI;
}

static void expect_reordered(const struct bidi_text *text, const struct ink_bidi *bidi,
                             uint32_t first, uint32_t end) {
    uint8_t levels[2 * INK_BIDI_BYTES];
    uint16_t want[2 * INK_BIDI_BYTES];
    uint16_t got[2 * INK_BIDI_BYTES];
    bool blank = true;
    for (uint32_t i = end; i-- > first;) {
        blank = blank && is_blank(text->codes[i]);
        levels[i] = blank ? bidi->base : ink_bidi_level(bidi, text->starts[i]);
    }
    int count = 0;
    for (uint32_t i = first; i < end; i++) {
        if (!bidi_is_removed(text->codes[i])) {
            want[count++] = (uint16_t)i;
        }
    }
    reorder(levels, count, want);
    struct ink_bidi_line line = ink_bidi_line(bidi, text->starts[first], text->starts[end]);
    CHECK_INT(bidi_order(text, line, got), count);
    CHECK(memcmp(want, got, (size_t)count * sizeof want[0]) == 0);
}

static void runs_follow_one_another_as_L2_reverses(void) {
    uint64_t seed = 1;
    for (int n = 0; n < TEXTS; n++) {
        struct bidi_text text;
        struct ink_bidi bidi;
        bidi_text_fill(&text, &seed, 40);
        ink_bidi_resolve(&bidi, bidi_text_span(&text), n & 1, false);
        uint32_t first = ink_random_below(&seed, text.count + 1u);
        uint32_t end = first + ink_random_below(&seed, text.count - first + 1u);
        expect_reordered(&text, &bidi, first, end);
    }
}

/* ---- what a text needs ----------------------------------------------------------------------- */

static bool turns(unsigned class) {
    return class == INK_BIDI_R || class == INK_BIDI_AL || class == INK_BIDI_AN ||
           (class >= INK_BIDI_LRE && class != INK_BIDI_PDF && class != INK_BIDI_PDI);
}

static void knows_what_needs_no_bidi(void) {
    for (uint32_t code = 0; code < 0x110000; code++) {
        struct bidi_text text = {.count = 0};
        if (code >= 0xD800 && code < 0xE000) {
            continue;
        }
        bidi_text_add(&text, 'a');
        bidi_text_add(&text, code);
        unsigned class = bidi_class_of(code);
        bool needed = ink_bidi_needed(bidi_text_span(&text), 0);
        bool rtl = ink_bidi_has_rtl(bidi_text_span(&text));
        CHECK(needed || !turns(class));
        CHECK(rtl || (class != INK_BIDI_R && class != INK_BIDI_AL && class != INK_BIDI_AN));
        CHECK(needed || !rtl);
        CHECK(!needed || code >= 0x590);
        CHECK(!needed || code < 0x900 || (code >= 0x2000 && code < 0x2070) || code >= 0xFB1D);
        CHECK(ink_bidi_needed(bidi_text_span(&text), 1));
    }
}

static void what_needs_no_bidi_runs_from_left_to_right(void) {
    uint64_t seed = 3;
    int plain = 0;
    for (int n = 0; n < TEXTS; n++) {
        struct bidi_text text;
        bidi_text_fill(&text, &seed, 6);
        if (ink_bidi_needed(bidi_text_span(&text), 0)) {
            continue;
        }
        struct ink_bidi bidi;
        ink_bidi_resolve(&bidi, bidi_text_span(&text), 0, false);
        struct ink_bidi_line line = ink_bidi_line(&bidi, 0, bidi.text.bytes);
        CHECK(ink_bidi_next(&line) && line.run.first == 0 && line.run.level == 0);
        CHECK(line.run.end == bidi.text.bytes && !ink_bidi_next(&line));
        plain++;
    }
    CHECK(plain > TEXTS / 20);
}

/* ---- fields ---------------------------------------------------------------------------------- */

static void add_all(struct bidi_text *text, const struct bidi_text *more) {
    for (int i = 0; i < more->count; i++) {
        bidi_text_add(text, more->codes[i]);
    }
}

static void add_bytes(struct bidi_text *text, const char *bytes, uint16_t count) {
    for (size_t at = 0; at < count;) {
        uint32_t code = 0;
        static const uint8_t payload[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
        uint8_t lead = (uint8_t)bytes[at++];
        int tails = (lead >= 0xC0) + (lead >= 0xE0) + (lead >= 0xF0);
        code = lead & payload[tails + 1];
        for (; tails > 0; tails--) {
            code = code << 6 | ((uint8_t)bytes[at++] & 0x3F);
        }
        bidi_text_add(text, code);
    }
}

/* To what stands beside it an isolated field is one neutral character, whatever is in it. */
static void an_isolated_field_is_as_one_character(void) {
    uint64_t seed = 8;
    for (int n = 0; n < TEXTS; n++) {
        uint8_t base = n & 1;
        struct bidi_text before, field, after, with, without = {.count = 0};
        char out[128];
        uint16_t bytes = 0;
        bidi_text_fill(&before, &seed, 10);
        bidi_text_fill(&field, &seed, 20);
        bidi_text_fill(&after, &seed, 10);
        bidi_text_add(&field, n % 3 == 0 ? 0x2029 : 0x5D0);
        bidi_text_add(&field, '!'); /* not blank, for blanks may trail a line */
        CHECK(ink_bidi_isolate(out, &bytes, sizeof out, bidi_text_span(&field), base));
        with = without = before;
        bidi_text_add(&without, 0xFFFC);
        add_bytes(&with, out, bytes);
        int added = with.count - without.count;
        add_all(&with, &after);
        add_all(&without, &after);
        if (base == 0 && !ink_bidi_needed(bidi_text_span(&field), base)) {
            CHECK_INT(bytes, bidi_text_span(&field).bytes);
            continue;
        }
        struct ink_bidi one;
        struct ink_bidi two;
        ink_bidi_resolve(&one, bidi_text_span(&with), base, false);
        ink_bidi_resolve(&two, bidi_text_span(&without), base, false);
        for (int i = 0; i < without.count; i++) {
            int at = i <= before.count ? i : i + added;
            bool field_or_removed = i == before.count || bidi_is_removed(without.codes[i]);
            CHECK(field_or_removed ||
                  ink_bidi_level(&one, with.starts[at]) == ink_bidi_level(&two, without.starts[i]));
        }
    }
}

static void a_field_fits_whole_or_is_left_out(void) {
    static const char field[] = "\xD7\x90\xE2\x81\xA9\xE2\x81\xA7"
                                "a"; /* alef PDI RLI a: FSI alef RLI a PDI PDI */
    static const char want[] = "x\xE2\x81\xA8\xD7\x90\xE2\x81\xA7"
                               "a\xE2\x81\xA9\xE2\x81\xA9";
    struct ink_span span = {field, sizeof field - 1};
    for (uint16_t cap = 1; cap < 32; cap++) {
        char *out = malloc(cap); /* of just that size: a sanitizer sees what is beyond */
        uint16_t bytes = 1;
        out[0] = 'x';
        bool fits = ink_bidi_isolate(out, &bytes, cap, span, 0);
        CHECK(fits == (cap >= sizeof want - 1));
        CHECK_TEXT(out, bytes, fits ? want : "x");
        uint16_t plain = 1;
        fits = ink_bidi_isolate(out, &plain, cap, (struct ink_span){"abc", 3}, 0);
        CHECK(fits == (cap >= 4));
        CHECK_TEXT(out, plain, fits ? "xabc" : "x");
        free(out);
    }
}

/* ---- mirror images --------------------------------------------------------------------------- */

static void mirrors_what_Unicode_mirrors(void) {
    FILE *mirrors = fopen(UNICODE "BidiMirroring.txt", "r");
    FILE *brackets = fopen(UNICODE "BidiBrackets.txt", "r");
    CHECK(mirrors != NULL && brackets != NULL);
    if (mirrors == NULL || brackets == NULL) {
        return;
    }
    uint32_t *images = calloc(0x110000, sizeof *images);
    char *kinds = calloc(0x110000, 1);
    char line[LINE_BYTES];
    unsigned from = 0;
    unsigned to = 0;
    char kind = 0;
    while (fgets(line, sizeof line, mirrors) != NULL) {
        if (sscanf(line, "%x; %x", &from, &to) == 2) {
            images[from] = to;
        }
    }
    while (fgets(line, sizeof line, brackets) != NULL) {
        if (sscanf(line, "%x; %x; %c", &from, &to, &kind) == 3) {
            kinds[from] = kind;
        }
    }
    int count = 0;
    for (uint32_t code = 0; code < 0x110000; code++) {
        CHECK_INT(ink_bidi_mirror(code), images[code] != 0 ? images[code] : code);
        CHECK_INT(ink_bidi_mirrored(code).bracket, kinds[code] == 'o' ? 1 : kinds[code] ? 2 : 0);
        count += images[code] != 0;
    }
    CHECK_INT(ink_bidi_mirror(UINT32_MAX), UINT32_MAX);
    CHECK(count > 400);
    free(images);
    free(kinds);
    fclose(mirrors);
    fclose(brackets);
}

int main(void) {
    RUN(runs_follow_one_another_as_L2_reverses);
    RUN(knows_what_needs_no_bidi);
    RUN(what_needs_no_bidi_runs_from_left_to_right);
    RUN(an_isolated_field_is_as_one_character);
    RUN(a_field_fits_whole_or_is_left_out);
    RUN(mirrors_what_Unicode_mirrors);
    return ink_test_end();
}
