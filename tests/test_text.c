/* Lines, balance, ellipses and extents over random texts, sizes and widths. */
#include "ink_glass.h"

static struct story words;

struct sample {
    struct ink_type type;
    struct ink_span text;
    int width;
};

static struct sample any_sample(uint64_t *seed) {
    static const int sizes[] = {14, 16, 20, 28, 40, 56};
    struct sample sample = {.type =
                                ink_type_at((enum ink_role)ink_random_below(seed, INK_ROLE_COUNT),
                                            sizes[ink_random_below(seed, 6)], 1),
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

/* One that is seen, at most. */
static bool is_one_cluster(const struct ink_face *face, struct ink_span text) {
    int seen = 0;
    for (size_t at = 0; at < text.bytes;) {
        size_t bytes = ink_grapheme_bytes(text.at, text.bytes, at);
        seen += ink_text_width(face, (struct ink_span){text.at + at, (uint16_t)bytes}) > 0;
        at += bytes;
    }
    return seen <= 1;
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
    CHECK(ink_text_width(&sample->type.face, line) <= sample->width ||
          is_one_cluster(&sample->type.face, line));
}

static void lines_hold_the_whole_text_and_fit(void) {
    for (uint64_t round = 1; round <= 3000; round++) {
        uint64_t seed = round;
        struct sample sample = any_sample(&seed);
        struct ink_span rest = sample.text;
        int lines = 0;
        for (; rest.bytes > 0; lines++) {
            uint32_t next = 0;
            const struct ink_wrap wrap = {.width = (int16_t)sample.width,
                                          .both = ink_bidi_has_rtl(sample.text)};
            struct ink_span line = ink_text_line(&sample.type.face, rest, &wrap, &next);
            check_line(&sample, rest, line, next);
            rest = rest_of(rest, next == 0 ? rest.bytes : next);
        }
        CHECK_INT(ink_text_lines(&sample.type.face, sample.text, sample.width, 1000), lines);
        CHECK_INT(ink_text_lines(&sample.type.face, sample.text, sample.width, 2),
                  ink_min(lines, 3));
    }
}

/* A line that ends like this does so only in need: after a word of one letter or an initial, or
 * between a number and its unit. */
static bool is_glued(struct ink_span line) {
    size_t word = line.bytes;
    while (word > 0 && line.at[word - 1] != ' ') {
        word--;
    }
    size_t letter = word, bytes = line.bytes - word;
    while (letter < line.bytes && (line.at[letter] == '(' || (uint8_t)line.at[letter] == 0xAB)) {
        letter++;
    }
    return bytes <= 8 || (line.bytes > 0 && line.at[line.bytes - 1] == '0');
}

/* Greedy: the first word of the next line would not have fitted, unless it is no place to break. */
static void no_line_breaks_before_it_must(void) {
    for (uint64_t round = 1; round <= 1500; round++) {
        uint64_t seed = round + 3000;
        struct sample sample = any_sample(&seed);
        uint32_t next = 0;
        const struct ink_wrap wrap = {.width = (int16_t)sample.width};
        struct ink_span line = ink_text_line(&sample.type.face, sample.text, &wrap, &next);
        if (line.bytes == 0 || next == sample.text.bytes || line.bytes == next) {
            continue; /* one line, or cut elsewhere than at a space */
        }
        uint32_t end = next;
        while (end < sample.text.bytes && sample.text.at[end] != ' ') {
            end++;
        }
        if (end + 1 < sample.text.bytes && strchr("(?\xE3", sample.text.at[end + 1]) != NULL) {
            continue; /* UAX #14 objects: LB15 after a quotation mark, LB13 */
        }
        struct ink_span more = {sample.text.at, (uint16_t)end};
        CHECK(ink_text_width(&sample.type.face, more) > sample.width || is_glued(more));
    }
}

static void expect_lines(const char *text, const char *const *lines) {
    struct ink_face face = ink_type_at(INK_ROLE_HEADLINE, 16, 1).face;
    struct ink_span rest = ink_span_of(text);
    for (int i = 0; lines[i] != NULL; i++) {
        uint32_t next = 0;
        const struct ink_wrap wrap = {.width = 1};
        struct ink_span line = ink_text_line(&face, rest, &wrap, &next);
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
    struct ink_face face = ink_type_at(INK_ROLE_SOURCE, 20, 1).face;
    struct ink_span whole = ink_span_of(text);
    uint32_t next = 0;
    const struct ink_wrap wrap = {.width = (int16_t)(ink_text_width(&face, whole) - 1)};
    struct ink_span line = ink_text_line(&face, whole, &wrap, &next);
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

static void words_that_belong_together_stay_on_a_line(void) {
    expect_break("in Kursk 350 km", "in Kursk", "350 km");
    expect_break("понад 1000 км²", "понад", "1000 км²");
    expect_break("up by 5 %", "up by", "5 %");
    expect_break("склад № 5", "склад", "№ 5");
    expect_break("for about € 300", "for about", "€ 300");
    expect_break("війська в Суджі", "війська", "в Суджі");
    expect_break("now a storm", "now", "a storm");
    expect_break("said J. Smith", "said", "J. Smith");
    expect_break("з А. С. Петренком", "з А. С.", "Петренком"); /* in need, as late as may be */
    expect_break("around 2024 parliamentary", "around 2024", "parliamentary"); /* no unit */
    expect_break("about 1 250 000 people", "about", "1 250 000 people");
    expect_break("שלוש או 15 ק״מ", "שלוש או", "15 ק״מ");
    expect_break("склад — № 7", "склад —", "№ 7"); /* no line begins with a dash */
    expect_break("北京12人", "北京", "12人");
    expect_break("서울 기지", "서울", "기지"); /* Korean words stay whole */
}

static void a_soft_hyphen_breaks_with_a_hyphen_or_not_at_all(void) {
    struct ink_face face = ink_type_at(INK_ROLE_HEADLINE, 20, 1).face;
    struct ink_span text = ink_span_of("gegen\xC2\xADüber");
    const int whole = ink_text_width(&face, text);
    const int half = ink_text_width(&face, ink_span_of("gegen-"));
    CHECK_INT(whole, ink_text_width(&face, ink_span_of("gegenüber")));
    for (int width = whole + 3; width >= half; width--) {
        const struct ink_wrap wrap = {.width = (int16_t)width};
        uint32_t next = 0;
        struct ink_span line = ink_text_line(&face, text, &wrap, &next);
        if (width >= whole) {
            CHECK_INT(next, text.bytes);
            CHECK(!ink_text_hyphen(line));
        } else if (ink_text_hyphen(line)) {
            CHECK_TEXT(line.at, line.bytes, "gegen\xC2\xAD");
        } else {
            CHECK(width < half + face.px / 8 + 2);
        }
    }
}

static void no_word_is_alone_on_the_last_line_if_another_can_join_it(void) {
    struct ink_face face = ink_type_at(INK_ROLE_HEADLINE, 20, 1).face;
    struct ink_span text = ink_span_of("Twenty thousand leave the border towns");
    int width = ink_text_width(&face, ink_span_of("Twenty thousand leave the border")) + 2;
    struct ink_wrap wrap = ink_text_wrap(&face, text, width, 9);
    uint32_t next = 0;
    CHECK_INT(wrap.lines, 2);
    CHECK(wrap.keep);
    (void)ink_text_line(&face, text, &wrap, &next);
    CHECK(strchr(text.at + next, ' ') != NULL);
}

static void balance_never_adds_a_line_nor_widens(void) {
    for (uint64_t round = 1; round <= 1500; round++) {
        uint64_t seed = round + 6000;
        struct sample sample = any_sample(&seed);
        const struct ink_face *face = &sample.type.face;
        int lines = ink_text_lines(face, sample.text, sample.width, 100);
        struct ink_wrap wrap = ink_text_wrap(face, sample.text, sample.width, 100);
        CHECK_INT(wrap.lines, lines);
        CHECK(wrap.width <= sample.width);
        struct ink_span rest = sample.text;
        if (lines > 100) {
            continue;
        }
        for (int line = 0; line < lines && rest.bytes > 0; line++) {
            uint32_t next = 0;
            (void)ink_text_line(face, rest, &wrap, &next);
            rest = rest_of(rest, next);
        }
        CHECK_INT(rest.bytes, 0);
        /* Narrower by more than the search's step would take another line. */
        if (lines > 1 && wrap.width > 3 && !wrap.keep) {
            CHECK(ink_text_lines(face, sample.text, wrap.width - 3, 200) > lines ||
                  wrap.width - 3 < ink_text_width(face, sample.text) / lines);
        }
    }
}

/* Wrapped in one width after the other, every line measured for itself. */
static int lines_of(const struct sample *sample, struct ink_wrap wrap, int most) {
    struct ink_span rest = sample->text;
    int lines = 0;
    for (; rest.bytes > 0 && lines <= most; lines++) {
        uint32_t next = 0;
        (void)ink_text_line(&sample->type.face, rest, &wrap, &next);
        rest = rest_of(rest, next);
    }
    return lines;
}

static struct ink_wrap wrap_by_search(const struct sample *sample, int most) {
    struct ink_wrap wrap = {.width = (int16_t)sample->width,
                            .both = ink_bidi_has_rtl(sample->text)};
    wrap.lines = (int16_t)lines_of(sample, wrap, most);
    if (wrap.lines < 2 || wrap.lines > most) {
        return wrap;
    }
    wrap.keep = true;
    wrap.keep = lines_of(sample, wrap, wrap.lines) <= wrap.lines;
    int high = wrap.width;
    int low = ink_min(ink_text_width(&sample->type.face, sample->text) / wrap.lines, high);
    while (high - low > 2) {
        wrap.width = (int16_t)((low + high) / 2);
        *(lines_of(sample, wrap, wrap.lines) <= wrap.lines ? &high : &low) = wrap.width;
    }
    wrap.width = (int16_t)high;
    return wrap;
}

/* Texts of what lines end at, or must not end at, a few kinds of it in each. */
static struct ink_span any_pieces(uint64_t *seed) {
    static const char *const pieces[] = {
        "border ", "Avenue", "V. ",    "a ",      "Ta",       "x-ray ", "10 ",     "km ",
        "10–12",   "№ 5",    "$1 ",    "(",       "12人",     "人",     "港湾",    "。",
        "「한",    "국",     "사람 ",  "A ",      "-",        "A. ",    "/",       "Wo",
        "– ",      "— ",     ", ",     "e\u0301", " \u0301",  "\u200B", "Київ ",   "й ",
        "\u3000",  "\u00A0", "\u2060", "… ",      "👩\u200D🚒", "🇺🇦",     "f\u00AD", "ab\u00ADcd ",
        "\u2028",  "שׁ",      "שלום ",  "بيت"};
    const uint32_t count = sizeof pieces / sizeof pieces[0], first = ink_random_below(seed, count);
    char text[400];
    size_t bytes = 0;
    for (uint32_t i = ink_random_below(seed, 50); i > 0 && bytes < 300; i--) {
        const uint32_t piece = (first + ink_random_below(seed, 8)) % count;
        bytes += (size_t)sprintf(text + bytes, "%s", pieces[piece]);
        if (story_chance(seed, 8)) {
            text[bytes++] = ' ';
        }
    }
    return story_keep(&words, text, bytes);
}

static void balanced_lines_are_those_that_a_search_finds(void) {
    for (uint64_t round = 1; round <= 6000; round++) {
        uint64_t seed = round + 91000;
        struct sample sample = any_sample(&seed);
        if (round % 4 != 0) {
            sample.text = any_pieces(&seed);
        }
        const int most = (int)ink_random_below(&seed, 9);
        struct ink_wrap found = ink_text_wrap(&sample.type.face, sample.text, sample.width, most);
        struct ink_wrap wrap = wrap_by_search(&sample, most);
        CHECK_INT(found.lines, wrap.lines);
        CHECK_INT(found.width, wrap.width);
        CHECK_INT(found.keep, wrap.keep);
        for (struct ink_span rest = sample.text; rest.bytes > 0;) {
            uint32_t next = 0, wanted = 0;
            struct ink_span line = ink_text_line(&sample.type.face, rest, &wrap, &wanted);
            CHECK_INT(ink_text_line(&sample.type.face, rest, &found, &next).bytes, line.bytes);
            CHECK_INT(next, wanted);
            rest = rest_of(rest, wanted);
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
        struct ink_span cut = ink_text_shorten(face, sample.text, sample.width, false);
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

/* "killed 1…" of "killed 1,250" would be another number. */
static void no_number_is_cut_nor_ends_a_shortened_text(void) {
    static const char *const texts[] = {"Fund gives 1,250,000 to towns", "виділено 1 250 000 грн",
                                        "另有1,250,000人撤离", "costs €3 billion a year",
                                        "نحو 120 ألفا"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct ink_face face = ink_type_at(INK_ROLE_HEADLINE, 20, 1).face;
        struct ink_span text = ink_span_of(texts[i]);
        for (int width = 1; width < ink_text_width(&face, text); width++) {
            struct ink_span cut = ink_text_shorten(&face, text, width, false);
            char last = cut.bytes > 0 ? cut.at[cut.bytes - 1] : ' ';
            CHECK(last < '0' || last > '9');
        }
    }
}

static void wider_room_never_shows_less(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 12000;
        struct sample sample = any_sample(&seed);
        int before = 0;
        for (int width = 0; width < 500; width += 3) {
            struct ink_span cut = ink_text_shorten(&sample.type.face, sample.text, width, false);
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
    const struct ink_line line = ink_line_of(sample->text);
    int width = ink_text_put_line(
        &page, &sample->type, &line,
        &(struct ink_slot){.x = right ? 0 : x, .width = x, .baseline = 100, .trailing = right});
    CHECK(width <= ink_text_width(face, sample->text)); /* whatever order its parts are in */
    CHECK(width == ink_text_width(face, sample->text) || ink_bidi_needed(sample->text, 0));
    struct glass glass = glass_draw(&page, 200);
    struct ink_rect box = find_ink(&glass);
    if (box.x1 > 0) {
        CHECK_INT(box.x1 - box.x0, width);
        CHECK_INT(right ? box.x1 : box.x0, x);
        CHECK(box.y0 >= 100 - ink_max(face->ascent, face->px * 5 / 4));
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
            sample.text = ink_text_shorten(&sample.type.face, sample.text, 1800, false);
        }
        check_ink(&sample, (round & 1) != 0);
    }
}

/* The runs of a text on the page, from left to right, in reading order of each. */
static void expect_runs(const char *text, bool mirrored, const char *const *runs) {
    struct ink_page page;
    struct ink_type type = ink_type_at(INK_ROLE_HEADLINE, 20, 1);
    struct ink_op op;
    struct ink_span payload;
    struct ink_run run;
    uint32_t at = 0;
    uint16_t run_at = 0;
    int before = INT16_MIN;
    ink_page_begin(&page, memory, sizeof memory);
    page.width = 800;
    page.mirrored = mirrored;
    ink_text_put(&page, &type, ink_span_of(text), 0, 40);
    CHECK(ink_page_next(&page, &at, &op, &payload));
    for (int i = 0; runs[i] != NULL; i++) {
        CHECK(ink_page_run(&op, payload, &run_at, &run));
        CHECK_TEXT(run.text.at, run.text.bytes, runs[i]);
        CHECK(run.x >= before);
        before = run.x;
    }
    CHECK(!ink_page_run(&op, payload, &run_at, &run));
    CHECK_INT(mirrored ? op.x1 : op.x0, mirrored ? 800 : 0);
}

static void parts_stand_where_readers_expect_them(void) {
    static const char *const latin[] = {"plain (text)", NULL};
    static const char *const mixed[] = {"said ", ")", "15%", "שלום (", NULL};
    static const char *const hebrew[] = {"15", " שלום", NULL};
    static const char *const quoted[] = {")", "NATO", "שלום (", NULL};
    static const char *const clock[] = {"21:40", NULL};
    static const char *const minus[] = {"-5", NULL};
    static const char *const degrees[] = {" °א", "-5", NULL};
    static const char *const control[] = {"a\xE2\x80\xAE", "bc", NULL};
    expect_runs("plain (text)", false, latin);
    expect_runs("plain (text)", true, latin);
    expect_runs("said שלום (15%)", false, mixed);
    expect_runs(" שלום15", true, hebrew);
    expect_runs("שלום (NATO)", false, quoted);
    expect_runs("21:40", true, clock);
    expect_runs("-5", true, minus);
    expect_runs("-5 °א", true, degrees);
    expect_runs("a\xE2\x80\xAE"
                "bc",
                false, control);
}

/* An ellipsis follows the text in its own direction: on the left of what runs from right to left.
 */
static void an_ellipsis_stands_at_the_far_end(void) {
    struct ink_type type = ink_type_at(INK_ROLE_HEADLINE, 20, 1);
    const char *const texts[] = {"English words here", "מילים בעברית כאן", "מילים English words"};
    for (int i = 0; i < 3; i++) {
        struct ink_page page;
        struct ink_op op;
        struct ink_span payload;
        struct ink_run run;
        uint32_t at = 0;
        uint16_t run_at = 0;
        int dots = 0, farthest = 0;
        ink_page_begin(&page, memory, sizeof memory);
        page.width = 800;
        const struct ink_slot slot = {.x = 9, .width = 80, .baseline = 40};
        int width = ink_text_put_within(&page, &type, ink_line_of(ink_span_of(texts[i])), &slot);
        CHECK(width > 0 && width <= 80);
        CHECK(ink_page_next(&page, &at, &op, &payload));
        while (ink_page_run(&op, payload, &run_at, &run)) {
            bool here = run.text.bytes >= 3 &&
                        memcmp(run.text.at + run.text.bytes - 3, ink_ellipsis.at, 3) == 0;
            int end = run.x + (run.right_to_left ? -ink_text_width(&type.face, run.text) : 0);
            dots = here ? end : dots;
            farthest = i == 0 ? ink_max(farthest, end) : ink_min(farthest, end);
        }
        CHECK(i == 0 ? dots >= farthest : dots <= farthest + 2);
    }
}

static void missing_glyphs_are_counted(void) {
    static const struct {
        const char *text;
        int missing;
    } cases[] = {{"abc", 0},
                 {"", 0},
                 {"\xE0\xA4\x95\xE0\xA4\x96", 2},
                 {"a\xF0\x9F\x9A\x80z", 1},
                 {"zero\xE2\x80\x8Bwidth", 0},
                 {"\xE2\x80\x8E\xE2\x80\x8F\xEF\xB8\x8F", 0}};
    struct ink_face face = ink_type_at(INK_ROLE_SOURCE, 16, 1).face;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CHECK_INT(ink_text_extent(&face, ink_span_of(cases[i].text), 0).missing, cases[i].missing);
    }
}

/* ---- type ------------------------------------------------------------------------------------ */

static void sizes_step_and_snap_along_the_ladder(void) {
    for (int role = 0; role < INK_ROLE_COUNT; role++) {
        int smallest = ink_type_at((enum ink_role)role, 1, 1).face.px;
        int largest = ink_type_at((enum ink_role)role, 1000, 1).face.px;
        int before = 0;
        for (int em = 0; em < 100 * 16; em += 5) {
            int px = ink_type_snap((enum ink_role)role, em);
            CHECK(px >= smallest && px <= largest && px >= before);
            CHECK_INT(ink_type_at((enum ink_role)role, px, 1).face.px, px);
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

/* Letters that join across what parts runs or lines, blanks, ends of lines, and a chain of emoji.
 */
static struct ink_span any_crooked_text(char *out, uint64_t *seed) {
    static const char *const pieces[] = {
        "\xD8\xB3",     "\xD8\xB5",     "\xD9\x84",         "\xD8\xA7",     "\xE2\x80\x8E",
        "\xE2\x80\x8B", "\xC2\xAD",     "\xC2\xA0",         "\xE2\x80\xA8", "\xE1\xA0\xA0",
        "\xE2\x81\xA7", "\xE2\x80\xAE", "\xF0\x9F\x91\xA8", "\xE2\x80\x8D", "abc ",
        "\xD7\xA9",     "\xE3\x80\x80"};
    const uint32_t pool = 1 + ink_random_below(seed, 17), shift = ink_random_below(seed, 17);
    const uint32_t count = 1 + ink_random_below(seed, 60);
    size_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) {
        const char *piece = pieces[(ink_random_below(seed, pool) + shift) % 17];
        memcpy(out + bytes, piece, strlen(piece));
        bytes += strlen(piece);
    }
    return (struct ink_span){out, (uint16_t)bytes};
}

static void lines_stay_in_their_slot(void) {
    for (uint64_t round = 1; round <= 3000; round++) {
        uint64_t seed = round + 9000;
        char text[320];
        const struct ink_span span = any_crooked_text(text, &seed);
        const struct ink_slot slot = {
            .x = 100, .width = 60 + (int)ink_random_below(&seed, 300), .baseline = 50};
        const struct ink_type type = ink_type_at(INK_ROLE_HEADLINE, 20, 1);
        struct ink_page page;
        static uint32_t ops[1024];
        ink_page_begin(&page, ops, sizeof ops);
        page.width = 800;
        ink_text_put_lines(&page, &type, span, 3, slot);
        struct ink_op op;
        struct ink_span payload;
        CHECK_INT((int)page.refused, 0);
        for (uint32_t at = 0; ink_page_next(&page, &at, &op, &payload);) {
            CHECK(op.x0 >= slot.x && op.x1 <= slot.x + slot.width);
        }
    }
}

int main(void) {
    RUN(lines_hold_the_whole_text_and_fit);
    RUN(no_line_breaks_before_it_must);
    RUN(clusters_are_never_broken);
    RUN(breaks_are_where_readers_expect_them);
    RUN(words_that_belong_together_stay_on_a_line);
    RUN(a_soft_hyphen_breaks_with_a_hyphen_or_not_at_all);
    RUN(no_word_is_alone_on_the_last_line_if_another_can_join_it);
    RUN(balance_never_adds_a_line_nor_widens);
    RUN(balanced_lines_are_those_that_a_search_finds);
    RUN(shortened_text_fits_with_its_ellipsis);
    RUN(no_number_is_cut_nor_ends_a_shortened_text);
    RUN(wider_room_never_shows_less);
    RUN(extents_are_those_of_the_ink_drawn);
    RUN(parts_stand_where_readers_expect_them);
    RUN(an_ellipsis_stands_at_the_far_end);
    RUN(lines_stay_in_their_slot);
    RUN(missing_glyphs_are_counted);
    RUN(sizes_step_and_snap_along_the_ladder);
    return ink_test_end();
}
