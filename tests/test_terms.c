/* Terms against a slow model, laws over random texts in several scripts, and the hash's evenness.
 *
 * `test_terms --fold` prints ink_fold of every code point for tests/fold_check.py, which compares
 * it with Python's own Unicode data. The model here may therefore lean on ink_fold, but on nothing
 * else.
 */
#include "core/ink_fold.h"
#include "core/ink_terms.h"
#include "core/ink_utf8.h"

#include "ink_test.h"

#define TEXT_MAX 65535

/* ---- texts ----------------------------------------------------------------------------------- */

struct text {
    char bytes[TEXT_MAX];
    uint32_t count;
};

static void put(struct text *text, uint32_t c) {
    static const uint8_t lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    unsigned bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    if (text->count + bytes > TEXT_MAX) {
        return;
    }
    for (unsigned i = bytes - 1; i > 0; i--) {
        text->bytes[text->count + i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    text->bytes[text->count] = (char)(lead[bytes] | c);
    text->count += bytes;
}

static void put_text(struct text *text, const char *more) {
    for (; *more != '\0'; more++) {
        CHECK(text->count < TEXT_MAX);
        text->bytes[text->count++] = *more;
    }
}

static struct ink_terms terms_on(const char *bytes, size_t count, int year, int day) {
    struct ink_terms terms;
    memset(&terms, 0xA5, sizeof terms); // garbage that must not show through
    ink_terms_of(&terms, (struct ink_span){bytes, (uint16_t)count}, year, day);
    return terms;
}

static struct ink_terms terms_of(const char *text) {
    return terms_on(text, strlen(text), 2024, 11);
}

/* Same hashes, weights, order, looks_back and figures. */
static bool are_same(const struct ink_terms *a, const struct ink_terms *b) {
    return a->count == b->count && a->looks_back == b->looks_back && a->figures == b->figures &&
           memcmp(a->term, b->term, a->count * sizeof a->term[0]) == 0;
}

static void expect_same(const char *one, const char *other) {
    struct ink_terms a = terms_of(one);
    struct ink_terms b = terms_of(other);
    bool same = are_same(&a, &b);
    CHECK(same);
    if (!same) {
        printf("  \"%s\" %d terms, \"%s\" %d terms\n", one, a.count, other, b.count);
    }
}

static int compare_terms(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void sort_terms(struct ink_terms *terms) {
    qsort(terms->term, terms->count, sizeof terms->term[0], compare_terms);
}

/* ---- the slow model -------------------------------------------------------------------------- */

/* The text as folds without what vanishes, and as code points beside them, and the skips that stood
 * before each. */
struct folds {
    uint32_t fold[TEXT_MAX + 1];
    uint32_t code[TEXT_MAX + 1];
    bool skipped[TEXT_MAX + 1];
    uint32_t count;
};

struct model {
    char terms[INK_TERMS][TEXT_MAX / 8]; // as UTF-8, zero-terminated
    unsigned weight[INK_TERMS];
    unsigned count;
    bool looks_back;
    uint32_t figures;
};

static void fold_text(struct folds *folds, const struct text *text) {
    folds->count = 0;
    bool skipped = false;
    for (size_t at = 0; at < text->count;) {
        uint32_t c = ink_utf8_next(text->bytes, text->count, &at);
        uint32_t fold = ink_fold(c);
        if (fold == INK_FOLD_SKIP) {
            skipped = true;
            continue;
        }
        folds->code[folds->count] = c;
        folds->skipped[folds->count] = skipped;
        folds->fold[folds->count++] = fold;
        skipped = false;
    }
    folds->fold[folds->count] = INK_FOLD_SEPARATOR;
    folds->code[folds->count] = 0;
}

static bool is_unspaced(uint32_t fold) {
    return (fold & INK_FOLD_UNSPACED) != 0;
}

static bool is_word(uint32_t fold) {
    return fold != INK_FOLD_SEPARATOR && !is_unspaced(fold);
}

static bool is_digit(uint32_t fold) {
    return fold >= '0' && fold <= '9';
}

static void model_term(struct model *model, const uint32_t *folds, uint32_t count,
                       unsigned weight) {
    static struct text spelt;
    spelt.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        put(&spelt, folds[i] & ~INK_FOLD_UNSPACED);
    }
    put(&spelt, 0);
    CHECK(spelt.count <= sizeof model->terms[0]);
    for (unsigned i = 0; i < model->count; i++) {
        if (strcmp(model->terms[i], spelt.bytes) == 0) {
            return;
        }
    }
    if (model->count < INK_TERMS) {
        memcpy(model->terms[model->count], spelt.bytes, spelt.count);
        model->weight[model->count++] = weight;
    }
}

static void model_terms(struct model *model, const struct folds *folds) {
    const uint32_t *fold = folds->fold;
    for (uint32_t i = 0; i < folds->count; i++) {
        bool starts = i == 0 || !is_word(fold[i - 1]);
        if (is_word(fold[i]) && starts) {
            uint32_t letters = 0;
            while (is_word(fold[i + letters])) {
                letters++;
            }
            model_term(model, fold + i, letters, letters < 8 ? letters : 8);
        } else if (is_unspaced(fold[i]) && is_unspaced(fold[i + 1])) {
            model_term(model, fold + i, 2, 4);
        } else if (is_unspaced(fold[i]) && (i == 0 || !is_unspaced(fold[i - 1]))) {
            model_term(model, fold + i, 1, 4);
        }
    }
}

static uint32_t count_digits(const struct folds *folds, uint32_t at) {
    uint32_t digits = 0;
    while (is_digit(folds->fold[at + digits])) {
        digits++;
    }
    return digits;
}

/* True if a thousands separator at `at` is followed by exactly three digits. */
static bool model_joins(const struct folds *folds, uint32_t at) {
    static const uint32_t parting[] = {',', '.', ' ', '\'', 0xA0, 0x2019, 0x202F};
    bool parts = false;
    for (size_t i = 0; i < sizeof parting / sizeof parting[0]; i++) {
        parts = parts || folds->code[at] == parting[i];
    }
    return at < folds->count && parts && !folds->skipped[at] && !folds->skipped[at + 1] &&
           count_digits(folds, at + 1) == 3;
}

static void model_number(struct model *model, uint32_t value, uint32_t digits, bool joined,
                         int year, int day) {
    if (!joined && digits <= 2 && day > 0 && value == (uint32_t)day) {
        model->looks_back = true;
    } else if (joined || digits > 4 || year <= 0 || value != (uint32_t)year) {
        char alone[16];
        int bytes = snprintf(alone, sizeof alone, "%" PRIu32, value);
        model->figures += terms_on(alone, (size_t)bytes, 0, 0).figures;
    }
}

static void model_numbers(struct model *model, const struct folds *folds, int year, int day) {
    for (uint32_t i = 0; i < folds->count; i++) {
        uint32_t digits = count_digits(folds, i);
        uint32_t value = 0;
        bool joined = false;
        for (uint32_t k = 0; k < digits; k++) {
            value = value * 10 + (folds->fold[i + k] - '0');
        }
        bool first = value != 0 && digits <= 3 && (i == 0 || !is_word(folds->fold[i - 1]));
        uint32_t end = i + digits;
        while (digits > 0 && first && model_joins(folds, end)) {
            for (uint32_t k = 1; k <= 3; k++) {
                value = value * 10 + (folds->fold[end + k] - '0');
            }
            end += 4;
            joined = true;
        }
        if (digits > 0) {
            model_number(model, value, digits, joined, year, day);
            i = end - 1;
        }
    }
}

static bool matches_model(const struct text *text, int year, int day) {
    static struct folds folds;
    static struct model model;
    fold_text(&folds, text);
    model.count = 0;
    model.looks_back = false;
    model.figures = 0;
    model_terms(&model, &folds);
    model_numbers(&model, &folds, year, day);
    struct ink_terms terms = terms_on(text->bytes, text->count, year, day);
    bool same = terms.count == model.count && terms.looks_back == model.looks_back &&
                terms.figures == model.figures;
    for (unsigned i = 0; same && i < model.count; i++) {
        struct ink_terms alone = terms_on(model.terms[i], strlen(model.terms[i]), 0, 0);
        same = alone.count == 1 && alone.term[0] == terms.term[i] &&
               ink_term_weight(terms.term[i]) == model.weight[i];
    }
    return same;
}

/* ---- random texts ---------------------------------------------------------------------------- */

/* Code points that a text is drawn from: first and count. */
static const uint32_t pools[][2] = {
    {'a', 26},    {'A', 26},     {'0', 10},    {' ', 16},     {0xC0, 0x60}, {0x300, 8},
    {0x3A3, 93},  {0x400, 96},   {0x5D0, 27},  {0x5B0, 10},   {0x620, 60},  {0x905, 80},
    {0x660, 10},  {0xE01, 58},   {0x3041, 86}, {0x30A1, 90},  {0x4E00, 50}, {0xAC00, 50},
    {0xFF00, 96}, {0x2000, 100}, {0xFE00, 16}, {0x1F600, 30}, {0xAD, 1},    {0xA0, 1},
    {0x200B, 4},  {0x10400, 80}, {0x20000, 9}, {0x1D7CE, 50}, {0xE0100, 3},
};
#define POOLS (sizeof pools / sizeof pools[0])

static uint32_t random_code_point(uint64_t *seed, uint32_t pool) {
    return pools[pool][0] + ink_random_below(seed, pools[pool][1]);
}

/* A text of three pools, so that words grow, with partings of all kinds. */
static void make_text(struct text *text, uint64_t *seed, uint32_t code_points) {
    static const uint32_t partings[] = {' ', ' ', ',', '.', '\'', 0xA0, 0x202F, 0x2019, '-', 0xAD};
    uint32_t pool[3];
    for (int i = 0; i < 3; i++) {
        pool[i] = ink_random_below(seed, POOLS);
    }
    text->count = 0;
    for (uint32_t i = 0; i < code_points; i++) {
        uint32_t choice = ink_random_below(seed, 12);
        if (choice < 3) {
            put(text, partings[ink_random_below(seed, sizeof partings / sizeof partings[0])]);
        } else if (choice < 6) {
            put(text, '0' + ink_random_below(seed, 10));
        } else {
            put(text, random_code_point(seed, pool[choice % 3]));
        }
    }
}

static void terms_are_those_of_the_model(void) {
    static struct text text;
    uint64_t seed = 1;
    for (int round = 0; round < 30000; round++) {
        make_text(&text, &seed, ink_random_below(&seed, 40));
        int day = (int)ink_random_below(&seed, 32);
        int year = (int)ink_random_below(&seed, 3000) - 100;
        bool matches = matches_model(&text, year, day);
        CHECK(matches);
        if (!matches) {
            printf("  round %d, %d-%d: %.*s\n", round, year, day, (int)text.count, text.bytes);
            return;
        }
    }
}

static void long_texts_are_those_of_the_model(void) {
    static struct text text;
    uint64_t seed = 2;
    for (int round = 0; round < 20; round++) {
        make_text(&text, &seed, 1 + ink_random_below(&seed, 2000));
        CHECK(matches_model(&text, 2024, 11));
    }
}

/* ---- laws ------------------------------------------------------------------------------------ */

static const char *const words[] = {
    "Kursk", "élan",  "ΑΘΉΝΑ", "йод",    "120,000", "7",     "11",     "2024",      "שָׁלוֹם",
    "مُحَمَّد",  "हिन्दी", "東京",  "ประเทศ", "서울시",  "don't", "Straße", "1 234 567", "３５",
};
#define WORDS (sizeof words / sizeof words[0])

static void order_of_words_changes_no_set(void) {
    uint64_t seed = 3;
    size_t order[WORDS];
    for (size_t i = 0; i < WORDS; i++) {
        order[i] = i;
    }
    struct ink_terms first = {0};
    for (int round = 0; round < 500; round++) {
        static struct text text;
        text.count = 0;
        for (size_t i = 0; i < WORDS; i++) {
            put_text(&text, words[order[i]]);
            put_text(&text, "; ");
        }
        struct ink_terms terms = terms_on(text.bytes, text.count, 2024, 11);
        sort_terms(&terms);
        CHECK(round == 0 || are_same(&terms, &first));
        first = round == 0 ? terms : first;
        for (uint32_t i = WORDS - 1; i > 0; i--) {
            uint32_t other = ink_random_below(&seed, i + 1);
            size_t kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
    }
    CHECK(first.looks_back);
}

static void case_accents_and_width_change_nothing(void) {
    expect_same("Élan vital à l'ÉTÉ", "elan VITAL a l’ete");
    expect_same("e\xCC\x81lan", "\xC3\xA9lan"); // decomposed, precomposed
    expect_same("Ἀθῆναι ΑΘΗΝΑΙ", "αθηναι");
    expect_same("ὈΔΥΣΣΕΎΣ", "οδυσσευς"); // final sigma
    expect_same("Йод, ЁЛКА", "иод елка");
    expect_same("и\xCC\x86од", "йод");
    expect_same("שָׁלוֹם", "שלום");
    expect_same("مُحَمَّد", "محمد");
    expect_same("مـحـمـد أحمد", "محمد احمد"); // tatweel, hamza
    expect_same("क़ानून", "कानून");              // nukta
    expect_same("ＡＢＣ　１２", "abc 12");
    expect_same("ｶﾞｲﾄﾞ", "カイト"); // half-width, voiced
    expect_same("Ukra\xC2\xADin\xE2\x80\x8D"
                "e",
                "ukraine");
    expect_same("١٢٣ १२३", "123 123");
    expect_same("STRASE", "straße");
    CHECK(terms_of("हिन्दी").term[0] != terms_of("हन्दी").term[0]); // vowel signs carry the word
    CHECK_INT(terms_of("हिन्दी").count, 1);
}

static void punctuation_changes_nothing(void) {
    expect_same("Kursk: troops (again) withdraw!", " kursk troops—again…withdraw");
    expect_same("a_b/c|d", "a b c d");
    expect_same("「東京」、大阪", "東京 大阪");
    expect_same("مرحبا، كيف؟", "مرحبا كيف");
    expect_same("", " .,;!—\xE2\x80\x8B\xC2\xAD\xCC\x81");
    CHECK_INT(terms_of("").count, 0);
}

static void unspaced_scripts_give_pairs(void) {
    CHECK_INT(terms_of("東京都").count, 2);
    CHECK_INT(terms_of("東").count, 1);
    CHECK_INT(terms_of("東 京").count, 2);
    CHECK_INT(terms_of("第3回AI会議").count, 5); // 第, 3, 回, ai, 会議
    CHECK_INT(ink_term_weight(terms_of("東京").term[0]), 4);
    CHECK_INT(ink_term_weight(terms_of("東").term[0]), 4);
    CHECK_INT(ink_term_weight(terms_of("a").term[0]), 1);
    CHECK_INT(ink_term_weight(terms_of("internationally").term[0]), 8);
    CHECK(terms_of("東京").term[0] != terms_of("京東").term[0]);
}

static void thousands_are_one_number(void) {
    static const char *const same[] = {
        "120000",
        "120,000",
        "120.000",
        "120 000",
        "120\xC2\xA0"
        "000",
        "120\xE2\x80\xAF"
        "000",
        "120'000",
        "120’000",
        "١٢٠,٠٠٠",
        "１２０,０００",
        "(120,000)",
        "120,000th",
        "11 Aug 2024: 120 000",
        "约120,000人",
    };
    static const char *const different[] = {
        "120, 000",    "120,00",    "120,0000",        "1200,00",   "A120,000",
        "120-000",     "1,20,000",  "120;000",         "120,001",   "12,000",
        "120.000.000", "0,120,000", "120,000 120,000", "120,000 0",
    };
    uint32_t figures = terms_of(same[0]).figures;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        bool is_same = terms_of(same[i]).figures == figures;
        CHECK(is_same);
        printf("%s%s%s", is_same ? "" : "  ", is_same ? "" : same[i], is_same ? "" : "\n");
    }
    for (size_t i = 0; i < sizeof different / sizeof different[0]; i++) {
        CHECK(terms_of(different[i]).figures != figures);
    }
    CHECK_INT(terms_of("no number").figures, 0);
    CHECK_INT(terms_of("on 11 Aug 2024, the 11th").figures, 0);
    CHECK(terms_of("0").figures != 0);
    CHECK(terms_of("2,024 people").figures != 0); // joined: no year
    CHECK(terms_on("11 2024", 7, 0, 0).figures != 0);
}

static void looks_back_at_its_own_day_only(void) {
    static const char *const yes[] = {"on 11 August", "the 11th", "11. August", "2024-08-11",
                                      "Aug11",        "١١ أغسطس", "8月11日",    "11,000.11",
                                      "11,12",        "11"};
    static const char *const no[] = {"on 12 August", "111",    "1 1", "011",
                                     "11,000",       "11 200", "",    "x"};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        CHECK(terms_of(yes[i]).looks_back);
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        CHECK(!terms_of(no[i]).looks_back);
    }
    CHECK(terms_on("the 05.", 7, 2024, 5).looks_back);
    CHECK(!terms_on("0 00", 4, 2024, 0).looks_back); // day 0: no day
}

/* In a text of words and numbers, one number is another: only the figures tell. */
static void a_changed_figure_changes_the_figures(void) {
    uint64_t seed = 4;
    for (int round = 0; round < 5000; round++) {
        char text[2][128];
        uint32_t number = ink_random_below(&seed, 1000000);
        uint32_t other = number + 1 + ink_random_below(&seed, 1000);
        uint32_t third = ink_random_below(&seed, 100000);
        for (int i = 0; i < 2; i++) {
            snprintf(text[i], sizeof text[i], "Kursk %" PRIu32 "; troops %" PRIu32 "; end",
                     i == 0 ? number : other, third);
        }
        struct ink_terms a = terms_on(text[0], strlen(text[0]), 0, 0);
        struct ink_terms b = terms_on(text[1], strlen(text[1]), 0, 0);
        CHECK(a.figures != b.figures);
        CHECK(a.term[0] == b.term[0] && a.term[2] == b.term[2]);
    }
    expect_same("3 dead, 5 hurt", "3 DEAD — 5 Hurt");
    CHECK(terms_of("3 dead, 5 hurt").figures == terms_of("5 hurt, 3 dead").figures);
    CHECK(terms_of("Kursk falls").figures == terms_of("Sudzha holds").figures);
}

/* ---- bounds ---------------------------------------------------------------------------------- */

static void the_first_terms_count(void) {
    static struct text text;
    text.count = 0;
    for (uint32_t i = 0; i < 2 * INK_TERMS; i++) {
        char word[16];
        snprintf(word, sizeof word, "w%" PRIu32 "x%s", i, i == 100 ? " 11" : " ");
        put_text(&text, word);
    }
    struct ink_terms terms = terms_on(text.bytes, text.count, 2024, 11);
    CHECK_INT(terms.count, INK_TERMS);
    CHECK(terms.looks_back); // after the last term that counts
    for (int i = 0; i < INK_TERMS; i++) {
        for (int k = 0; k < i; k++) {
            CHECK((terms.term[i] ^ terms.term[k]) >= 8);
        }
    }
}

static void any_bytes_are_bounded(void) {
    static struct text text;
    uint64_t seed = 5;
    static const char *const fills[] = {"a",        "1",        " ",  "a ",
                                        "1,",       "111,",     "東", "東 ",
                                        "\xC2\xAD", "\xCC\x81", "é",  "\xF0\xA0\x80\x80",
                                        "١",        "١٬"};
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++) {
        text.count = 0;
        while (text.count + strlen(fills[i]) <= TEXT_MAX) {
            put_text(&text, fills[i]);
        }
        CHECK(terms_on(text.bytes, text.count, 2024, 11).count <= 2); // a word, or two pairs
    }
    for (int round = 0; round < 40; round++) { // not even UTF-8
        for (int i = 0; i < TEXT_MAX; i++) {
            text.bytes[i] = (char)ink_random(&seed);
        }
        CHECK(terms_on(text.bytes, TEXT_MAX, 2024, 11).count <= INK_TERMS);
    }
}

/* A text cut anywhere reads nothing beyond its end: in memory that ends there, for the sanitizers.
 */
static void nothing_beyond_the_end_is_read(void) {
    static struct text text;
    uint64_t seed = 6;
    for (int round = 0; round < 2000; round++) {
        make_text(&text, &seed, ink_random_below(&seed, 20));
        size_t count = ink_random_below(&seed, text.count + 1);
        char *exact = malloc(count + 1);
        memcpy(exact + 1, text.bytes, count);
        struct ink_terms terms = terms_on(exact + 1, count, 2024, 11);
        struct ink_terms again = terms_on(text.bytes, count, 2024, 11);
        CHECK(are_same(&terms, &again));
        free(exact);
    }
}

/* Each bit of the hash, and pairs of low and of high bits, stand evenly over many words. */
static void every_bit_of_the_hash_is_of_use(void) {
    enum { SAMPLES = 1 << 16, BUCKETS = 256 };
    static uint32_t low[BUCKETS];
    static uint32_t high[BUCKETS];
    uint32_t ones[32] = {0};
    for (uint32_t i = 0; i < SAMPLES; i++) {
        char word[16];
        int bytes = snprintf(word, sizeof word, "w%" PRIu32, i);
        uint32_t term = terms_on(word, (size_t)bytes, 0, 0).term[0];
        low[term >> 3 & 0xFF]++;
        high[term >> 24]++;
        for (int bit = 0; bit < 32; bit++) {
            ones[bit] += term >> bit & 1;
        }
    }
    // Chi square of 255 degrees of freedom: 255 +- 22.6; 400 is over six times that.
    double chi[2] = {0, 0};
    for (int i = 0; i < BUCKETS; i++) {
        double mean = SAMPLES / (double)BUCKETS;
        chi[0] += (low[i] - mean) * (low[i] - mean) / mean;
        chi[1] += (high[i] - mean) * (high[i] - mean) / mean;
    }
    CHECK(chi[0] < 400 && chi[1] < 400);
    for (int bit = 3; bit < 32; bit++) { // 128 is the standard deviation
        CHECK(ones[bit] > SAMPLES / 2 - 768 && ones[bit] < SAMPLES / 2 + 768);
    }
}

static int print_folds(void) {
    for (uint32_t c = 0; c < 0x110000; c++) {
        printf("%" PRIx32 "\n", ink_fold(c));
    }
    return 0;
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "--fold") == 0) {
        return print_folds();
    }
    RUN(terms_are_those_of_the_model);
    RUN(long_texts_are_those_of_the_model);
    RUN(order_of_words_changes_no_set);
    RUN(case_accents_and_width_change_nothing);
    RUN(punctuation_changes_nothing);
    RUN(unspaced_scripts_give_pairs);
    RUN(thousands_are_one_number);
    RUN(looks_back_at_its_own_day_only);
    RUN(a_changed_figure_changes_the_figures);
    RUN(the_first_terms_count);
    RUN(any_bytes_are_bounded);
    RUN(nothing_beyond_the_end_is_read);
    RUN(every_bit_of_the_hash_is_of_use);
    return ink_test_end();
}
