/* Lines, balance, ellipses and extents over random texts, sizes and widths. */
#include "ink_glass.h"

static struct story words;

struct sample {
    struct ink_type type;
    struct ink_span text;
    int width;
};

static struct sample any_sample(uint64_t *seed) {
    static const int sizes[] = {16, 20, 28, 40, 56};
    struct sample sample = {.type =
                                ink_type_at((enum ink_role)ink_random_below(seed, INK_ROLE_COUNT),
                                            sizes[ink_random_below(seed, 5)]),
                            .width = (int)ink_random_below(seed, story_chance(seed, 3) ? 60 : 900)};
    words.used = 0;
    sample.text = story_phrase(&words, seed, (int)ink_random_below(seed, 30), INK_HEADLINE_BYTES);
    return sample;
}

static struct ink_span rest_of(struct ink_span text, uint32_t at) {
    return (struct ink_span){text.at + at, (uint16_t)(text.bytes - at)};
}

static bool is_boundary(struct ink_span text, size_t wanted) {
    size_t at = 0;
    while (at < wanted) {
        at += ink_grapheme_bytes(text.at, text.bytes, at);
    }
    return at == wanted;
}

static bool is_one_cluster(struct ink_span text) {
    return text.bytes > 0 && ink_grapheme_bytes(text.at, text.bytes, 0) == text.bytes;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void check_line(const struct sample *sample, struct ink_span rest, struct ink_span line,
                       uint32_t next) {
    size_t from = (size_t)(rest.at - sample->text.at);
    CHECK(line.at == rest.at);
    CHECK(next > 0 && next <= rest.bytes && line.bytes <= next);
    for (uint32_t i = line.bytes; i < next; i++) {
        CHECK(rest.at[i] == ' '); /* nothing is lost but spaces */
    }
    CHECK(line.bytes == 0 || line.at[line.bytes - 1] != ' ');
    CHECK(is_boundary(sample->text, from + next));
    CHECK(ink_text_width(&sample->type.face, line) <= sample->width || is_one_cluster(line));
}

static void lines_hold_the_whole_text_and_fit(void) {
    for (uint64_t round = 1; round <= 3000; round++) {
        uint64_t seed = round;
        struct sample sample = any_sample(&seed);
        struct ink_span rest = sample.text;
        int lines = 0;
        for (; rest.bytes > 0; lines++) {
            uint32_t next = 0;
            struct ink_span line = ink_text_line(&sample.type.face, rest, sample.width, &next);
            check_line(&sample, rest, line, next);
            rest = rest_of(rest, next == 0 ? rest.bytes : next);
        }
        CHECK_INT(ink_text_lines(&sample.type.face, sample.text, sample.width, 1000), lines);
        CHECK_INT(ink_text_lines(&sample.type.face, sample.text, sample.width, 2),
                  ink_min(lines, 3));
    }
}

/* Greedy: the first word of the next line would not have fitted, unless it is no place to break. */
static void no_line_breaks_before_it_must(void) {
    for (uint64_t round = 1; round <= 1500; round++) {
        uint64_t seed = round + 3000;
        struct sample sample = any_sample(&seed);
        uint32_t next = 0;
        struct ink_span line = ink_text_line(&sample.type.face, sample.text, sample.width, &next);
        if (line.bytes == 0 || next == sample.text.bytes || line.bytes == next) {
            continue; /* one line, or cut elsewhere than at a space */
        }
        uint32_t end = next;
        while (end < sample.text.bytes && sample.text.at[end] != ' ') {
            end++;
        }
        struct ink_span more = {sample.text.at, (uint16_t)end};
        CHECK(ink_text_width(&sample.type.face, more) > sample.width);
    }
}

static void expect_lines(const char *text, const char *const *lines) {
    struct ink_face face = ink_type_at(INK_ROLE_HEADLINE, 16).face;
    struct ink_span rest = ink_span_of(text);
    for (int i = 0; lines[i] != NULL; i++) {
        uint32_t next = 0;
        struct ink_span line = ink_text_line(&face, rest, 1, &next);
        CHECK_TEXT(line.at, line.bytes, lines[i]);
        rest = rest_of(rest, next);
    }
    CHECK_INT(rest.bytes, 0);
}

/* In one pixel only one cluster fits a line, so breaks show at once; clusters stay whole. */
static void clusters_are_never_broken(void) {
    static const char *const family[] = {"a", "e\xCC\x81",
                                         "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80", "z", NULL};
    expect_lines("ae\xCC\x81\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80z", family);
}

static void expect_break(const char *text, const char *first, const char *second) {
    struct ink_face face = ink_type_at(INK_ROLE_SOURCE, 20).face;
    struct ink_span whole = ink_span_of(text);
    uint32_t next = 0;
    int width = ink_text_width(&face, whole) - 1;
    struct ink_span line = ink_text_line(&face, whole, width, &next);
    CHECK_TEXT(line.at, line.bytes, first);
    CHECK_TEXT(text + next, strlen(text + next), second);
}

static void breaks_are_where_readers_expect_them(void) {
    expect_break("one two", "one", "two");
    expect_break("one two\xC2\xA0three", "one", "two\xC2\xA0three"); /* a no-break space holds */
    expect_break("cross-border", "cross-", "border");
    expect_break("aa bb-12", "aa", "bb-12");                       /* minus, not hyphen */
    expect_break("aa co\xE2\x80\x91op", "aa", "co\xE2\x80\x91op"); /* a no-break hyphen holds */
    expect_break("either/or", "either/", "or");
    expect_break("їжак—жовч", "їжак—", "жовч");
    expect_break("Суми–Курськ", "Суми–", "Курськ");
    expect_break("a\xE2\x80\x90wing", "a\xE2\x80\x90", "wing");
    expect_break("北京市民", "北京市", "民");
    expect_break("aa 10\xE2\x80\x93"
                 "12",
                 "aa",
                 "10\xE2\x80\x93"
                 "12");
    expect_break("unbreakable", "unbreakabl", "e");
}

static void balance_never_adds_a_line_nor_widens(void) {
    for (uint64_t round = 1; round <= 1500; round++) {
        uint64_t seed = round + 6000;
        struct sample sample = any_sample(&seed);
        const struct ink_face *face = &sample.type.face;
        int lines = ink_text_lines(face, sample.text, sample.width, 100);
        int width = ink_text_balance(face, sample.text, sample.width, lines);
        CHECK(width <= sample.width);
        CHECK(ink_text_lines(face, sample.text, width, 100) <= ink_max(lines, 0));
        /* Narrower by more than the search's step would take another line. */
        if (lines > 1 && width > 3) {
            CHECK(ink_text_lines(face, sample.text, width - 3, 200) > lines ||
                  width - 3 < ink_text_width(face, sample.text) / lines);
        }
    }
}

/* ---- shortening
 * -----------------------------------------------------------------------------------
 */

static void shortened_text_fits_with_its_ellipsis(void) {
    for (uint64_t round = 1; round <= 3000; round++) {
        uint64_t seed = round + 9000;
        struct sample sample = any_sample(&seed);
        const struct ink_face *face = &sample.type.face;
        struct ink_span cut = ink_text_shorten(face, sample.text, sample.width);
        CHECK(cut.at == sample.text.at && cut.bytes <= sample.text.bytes);
        if (ink_text_width(face, sample.text) <= sample.width) {
            CHECK_INT(cut.bytes, sample.text.bytes);
            continue;
        }
        CHECK(cut.bytes < sample.text.bytes);
        CHECK(is_boundary(sample.text, cut.bytes));
        CHECK(cut.bytes == 0 || strchr(" ,;:.-", cut.at[cut.bytes - 1]) == NULL);
        char with[400];
        int bytes = snprintf(with, sizeof with, "%.*s\xE2\x80\xA6", cut.bytes, cut.at);
        struct ink_span drawn = {with, (uint16_t)bytes};
        CHECK(cut.bytes == 0 || ink_text_width(face, drawn) <= sample.width);
    }
}

static void wider_room_never_shows_less(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 12000;
        struct sample sample = any_sample(&seed);
        int before = 0;
        for (int width = 0; width < 500; width += 3) {
            struct ink_span cut = ink_text_shorten(&sample.type.face, sample.text, width);
            /* but for a word's end in the last third, which may be preferred again */
            CHECK(cut.bytes * 3 + 12 >= before * 2);
            before = ink_max(before, cut.bytes);
        }
    }
}

/* ---- extents --------------------------------------------------------------------------------- */

static uint32_t memory[512];

/* First and last column with ink, half-open. */
static struct ink_rect find_ink(const struct glass *glass) {
    struct ink_rect box = {INT16_MAX, INT16_MAX, 0, 0};
    for (int y = 0; y < glass->height; y++) {
        for (int x = 0; x < glass->width; x++) {
            if (glass_pixel(glass, x, y)) {
                box.x0 = (int16_t)ink_min(box.x0, x);
                box.y0 = (int16_t)ink_min(box.y0, y);
                box.x1 = (int16_t)ink_max(box.x1, x + 1);
                box.y1 = (int16_t)ink_max(box.y1, y + 1);
            }
        }
    }
    return box;
}

static void check_ink(const struct sample *sample, bool right) {
    struct ink_page page;
    struct ink_op op;
    struct ink_span text;
    uint32_t at = 0;
    const struct ink_face *face = &sample->type.face;
    ink_page_begin(&page, memory, sizeof memory);
    page.width = 2000;
    page.height = 200;
    int x = right ? 1930 : 70;
    int width = right ? ink_text_put_right(&page, &sample->type, sample->text, x, 100)
                      : ink_text_put(&page, &sample->type, sample->text, x, 100);
    CHECK_INT(width, ink_text_width(face, sample->text));
    struct glass glass = glass_draw(&page, 200);
    struct ink_rect box = find_ink(&glass);
    if (box.x1 > 0) {
        CHECK_INT(box.x1 - box.x0, width);
        CHECK_INT(right ? box.x1 : box.x0, x);
        CHECK(box.y0 >= 100 - face->ascent);
        CHECK(ink_page_next(&page, &at, &op, &text));
        CHECK_INT(op.x1, box.x1);
        CHECK(box.y1 <= op.y1);
    } else {
        CHECK_INT(width, 0);
    }
    glass_free(&glass);
}

static void extents_are_those_of_the_ink_drawn(void) {
    for (uint64_t round = 1; round <= 250; round++) {
        uint64_t seed = round + 20000;
        struct sample sample = any_sample(&seed);
        while (ink_text_width(&sample.type.face, sample.text) > 1800) {
            sample.text = ink_text_shorten(&sample.type.face, sample.text, 1800);
        }
        check_ink(&sample, (round & 1) != 0);
    }
}

static void missing_glyphs_are_counted(void) {
    static const struct {
        const char *text;
        int missing;
    } cases[] = {{"abc", 0},
                 {"", 0},
                 {"\xD8\xA7\xD8\xA8", 2},
                 {"a\xF0\x9F\x9A\x80z", 1},
                 {"zero\xE2\x80\x8Bwidth", 0},
                 {"\xE2\x80\x8E\xE2\x80\x8F\xEF\xB8\x8F", 0}};
    struct ink_face face = ink_type_at(INK_ROLE_SOURCE, 16).face;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_INT(ink_text_extent(&face, ink_span_of(cases[i].text), 0).missing, cases[i].missing);
    }
}

/* ---- type ------------------------------------------------------------------------------------ */

static void sizes_step_and_snap_along_the_ladder(void) {
    for (int role = 0; role < INK_ROLE_COUNT; role++) {
        int smallest = ink_type_at((enum ink_role)role, 1).face.px;
        int largest = ink_type_at((enum ink_role)role, 1000).face.px;
        int before = 0;
        for (int em = 0; em < 100 * 16; em += 5) {
            int px = ink_type_snap((enum ink_role)role, em);
            CHECK(px >= smallest && px <= largest && px >= before);
            CHECK_INT(ink_type_at((enum ink_role)role, px).face.px, px);
            before = px;
        }
        for (int px = smallest; px < largest;) {
            int above = ink_type_step((enum ink_role)role, px, 1);
            CHECK(above > px);
            CHECK_INT(ink_type_step((enum ink_role)role, above, -1), px);
            px = above;
        }
        CHECK_INT(ink_type_step((enum ink_role)role, largest, 1), largest);
        CHECK_INT(ink_type_step((enum ink_role)role, smallest, -9), smallest);
    }
}

int main(void) {
    RUN(lines_hold_the_whole_text_and_fit);
    RUN(no_line_breaks_before_it_must);
    RUN(clusters_are_never_broken);
    RUN(breaks_are_where_readers_expect_them);
    RUN(balance_never_adds_a_line_nor_widens);
    RUN(shortened_text_fits_with_its_ellipsis);
    RUN(wider_room_never_shows_less);
    RUN(extents_are_those_of_the_ink_drawn);
    RUN(missing_glyphs_are_counted);
    RUN(sizes_step_and_snap_along_the_ladder);
    return ink_test_end();
}
