/* The page's words and numbers in every language: forms, digits, room, tags. With --forms: the
 * plural forms of every language, for words_check.py. */
#include "ink_test.h"

#include "core/ink_limits.h"
#include "core/ink_text.h"
#include "core/ink_utf8.h"
#include "core/ink_words.h"

static const struct ink_language *language_of(const char *tag) {
    const struct ink_language *language = ink_language_find(ink_span_of(tag));
    CHECK(language != NULL && strcmp(language->tag, tag) == 0);
    return language != NULL ? language : &ink_languages[0];
}

/* ---- plural forms ---------------------------------------------------------------------------- */

/* Forms of 0..199, after plurals.xml of CLDR 41; from 200 on they repeat those of 100..199. */
static const char *plural_table(enum ink_rule rule) {
    switch (rule) {
    case INK_RULE_ONE:
        return "10111111111111111111111111111111111111111111111111"
               "11111111111111111111111111111111111111111111111111"
               "11111111111111111111111111111111111111111111111111"
               "11111111111111111111111111111111111111111111111111";
    case INK_RULE_ZERO_ONE:
        return "00111111111111111111111111111111111111111111111111"
               "11111111111111111111111111111111111111111111111111"
               "11111111111111111111111111111111111111111111111111"
               "11111111111111111111111111111111111111111111111111";
    case INK_RULE_EAST_SLAVIC:
        return "20111222222222222222201112222220111222222011122222"
               "20111222222011122222201112222220111222222011122222"
               "20111222222222222222201112222220111222222011122222"
               "20111222222011122222201112222220111222222011122222";
    case INK_RULE_POLISH:
        return "20111222222222222222221112222222111222222211122222"
               "22111222222211122222221112222222111222222211122222"
               "22111222222222222222221112222222111222222211122222"
               "22111222222211122222221112222222111222222211122222";
    case INK_RULE_CZECH:
        return "20111222222222222222222222222222222222222222222222"
               "22222222222222222222222222222222222222222222222222"
               "22222222222222222222222222222222222222222222222222"
               "22222222222222222222222222222222222222222222222222";
    case INK_RULE_ROMANIAN:
        return "10111111111111111111222222222222222222222222222222"
               "22222222222222222222222222222222222222222222222222"
               "22111111111111111111222222222222222222222222222222"
               "22222222222222222222222222222222222222222222222222";
    case INK_RULE_HEBREW:
        return "20122222222222222222222222222222222222222222222222"
               "22222222222222222222222222222222222222222222222222"
               "22222222222222222222222222222222222222222222222222"
               "22222222222222222222222222222222222222222222222222";
    case INK_RULE_ARABIC:
        return "01233333333444444444444444444444444444444444444444"
               "44444444444444444444444444444444444444444444444444"
               "55533333333444444444444444444444444444444444444444"
               "44444444444444444444444444444444444444444444444444";
    default:
        return NULL;
    }
}

static void plural_forms_follow_cldr(void) {
    for (int rule = INK_RULE_ONE; rule <= INK_RULE_ARABIC; rule++) {
        const char *table = plural_table((enum ink_rule)rule);
        CHECK_INT(strlen(table), 200);
        for (uint32_t n = 0; n <= 1000; n++) {
            CHECK_INT(ink_rule_form((enum ink_rule)rule, n),
                      table[n < 200 ? n : 100 + n % 100] - '0');
        }
        CHECK_INT(ink_rule_form(INK_RULE_NONE, (uint32_t)rule), 0);
    }
}

static void expect_count(const char *tag, enum ink_word word, uint32_t n, const char *want) {
    struct ink_label label = {.bytes = 0};
    ink_label_add_pattern(&label, language_of(tag), word, n);
    CHECK_TEXT(label.text, label.bytes, want);
}

static void numbers_take_their_forms(void) {
    expect_count("en", INK_WORD_SOURCES, 1, "1 source");
    expect_count("en", INK_WORD_SOURCES, 21, "21 sources");
    expect_count("uk", INK_WORD_SOURCES, 21, "21 джерело");
    expect_count("uk", INK_WORD_SOURCES, 11, "11 джерел");
    expect_count("ru", INK_WORD_YEARS, 3, "3 года");
    expect_count("pl", INK_WORD_YEARS, 22, "22 lata");
    expect_count("pl", INK_WORD_HOURS, 21, "21 godzin");
    expect_count("cs", INK_WORD_YEARS, 5, "5 let");
    expect_count("ro", INK_WORD_DAYS, 19, "19 zile");
    expect_count("ro", INK_WORD_DAYS, 20, "20 de zile");
    expect_count("fr", INK_WORD_HOURS, 0, "0 heure");
    expect_count("he", INK_WORD_DAYS, 2, "יומיים");
    expect_count("ar", INK_WORD_SOURCES, 2, "مصدران");
    expect_count("ar", INK_WORD_SOURCES, 3, "3 مصادر");
    expect_count("ar", INK_WORD_SOURCES, 11, "11 مصدرا");
    expect_count("ar", INK_WORD_SOURCES, 100, "100 مصدر");
    expect_count("fa", INK_WORD_SOURCES, 12, "۱۲ منبع");
    expect_count("ja", INK_WORD_DAYS, 3, "3日");
    expect_count("tr", INK_WORD_DECADE, 1990, "1990’lar");
    expect_count("tr", INK_WORD_DECADE, 1980, "1980’ler");
    expect_count("tr", INK_WORD_DECADE, 2000, "2000’ler");
    expect_count("pl", INK_WORD_DECADE, 2000, "lata 00. XXI w.");
    expect_count("cs", INK_WORD_DECADE, 1990, "90. léta 20. stol.");
    expect_count("fr", INK_WORD_CENTURY, 0, "Ier s.");
    expect_count("fr", INK_WORD_CENTURY, 1800, "XIXe s.");
    expect_count("it", INK_WORD_CENTURY, 9900, "C sec.");
    expect_count("ru", INK_WORD_CENTURY, 4300, "XLIV в.");
    expect_count("ur", INK_WORD_CENTURY, 300, "چوتھی صدی");
    expect_count("ur", INK_WORD_CENTURY, 1900, "20ویں صدی");
}

/* ---- words ----------------------------------------------------------------------------------- */

static bool may_be_empty(int word) {
    return word == INK_WORD_FIRST || (word >= INK_WORD_JANUARY && word < INK_WORD_MONDAY);
}

static void every_word_is_there_in_every_language(void) {
    for (int i = 0; i < ink_language_count; i++) {
        for (int word = 0; word < INK_WORD_COUNT; word++) {
            const char *text = ink_word(&ink_languages[i], (enum ink_word)word);
            CHECK(ink_utf8_valid(text, strlen(text)));
            CHECK(text[0] != '\0' || may_be_empty(word));
        }
    }
}

/* A status is a word by itself: no two are the same, and none hides in another. */
static void status_words_differ(void) {
    for (int i = 0; i < ink_language_count; i++) {
        for (int pair = 0; pair < 64; pair++) {
            enum ink_word a = (enum ink_word)(INK_WORD_STATUS + pair / 8);
            enum ink_word b = (enum ink_word)(INK_WORD_STATUS + pair % 8);
            const char *whole = ink_word(&ink_languages[i], a);
            CHECK((strstr(whole, ink_word(&ink_languages[i], b)) != NULL) == (a == b));
        }
    }
}

/* The longest line that the page makes of words, around a source and who relayed it. */
static void the_longest_source_line_fits(void) {
    for (uint32_t i = 0; i < ink_language_count * (INK_SOURCES + 1u); i++) {
        const struct ink_language *language = &ink_languages[i / (INK_SOURCES + 1)];
        struct ink_label words = {.bytes = 0};
        ink_label_add(&words, " (");
        ink_label_add_pattern(&words, language, INK_WORD_SOURCES, i % (INK_SOURCES + 1));
        ink_label_add(&words, ")");
        ink_label_add(&words, ink_word(language, INK_WORD_COMMA));
        ink_label_add(&words, ink_word(language, INK_WORD_VIA));
        ink_label_add(&words, " ");
        ink_label_add(&words, ink_word(language, INK_WORD_COMMA));
        ink_label_add(&words, ink_word(language, INK_WORD_PUBLISHED));
        ink_label_add(&words, " ");
        ink_label_add_count(&words, language, 2359, 4);
        ink_label_add(&words, ":");
        CHECK(words.bytes + INK_SOURCE_BYTES + INK_VIA_BYTES <= INK_LABEL_BYTES);
    }
}

/* Whatever is left of a label's room, no letter is cut and no pattern comes out half read. */
static void patterns_fit_whole_or_leave_out(void) {
    for (int room = 0; room < 40; room++) {
        for (int i = 0; i < ink_language_count; i++) {
            struct ink_label label = {.bytes = (uint16_t)(INK_LABEL_BYTES - room)};
            memset(label.text, 'a', sizeof label.text);
            ink_label_add_pattern(&label, &ink_languages[i], INK_WORD_SOURCES, 64);
            ink_label_add_pattern(&label, &ink_languages[i], INK_WORD_CENTURY, 3700);
            CHECK(label.bytes <= INK_LABEL_BYTES && ink_utf8_valid(label.text, label.bytes));
        }
    }
}

static void digits_are_those_of_the_language(void) {
    static const uint32_t values[] = {0, 7, 10, 4294967295u};
    static const char *const latin[] = {"00", "07", "10", "4294967295"};
    static const char *const arabext[] = {"۰۰", "۰۷", "۱۰", "۴۲۹۴۹۶۷۲۹۵"};
    for (int i = 0; i < 4; i++) {
        struct ink_label label = {.bytes = 0};
        ink_label_add_count(&label, language_of("ar"), values[i], 2);
        CHECK_TEXT(label.text, label.bytes, latin[i]);
        label.bytes = 0;
        ink_label_add_number(&label, values[i], 2);
        CHECK_TEXT(label.text, label.bytes, latin[i]);
        label.bytes = 0;
        ink_label_add_count(&label, language_of("fa"), values[i], 2);
        CHECK_TEXT(label.text, label.bytes, arabext[i]);
    }
}

static void languages_go_by_their_primary_subtag(void) {
    CHECK(ink_language_for(ink_span_of("uk-UA")) == language_of("uk"));
    CHECK(ink_language_for(ink_span_of("UK-Cyrl-UA")) == language_of("uk"));
    CHECK(ink_language_for(ink_span_of("en-GB")) == &ink_languages[0]);
    CHECK(&ink_languages[0] != language_of("uk") && &ink_languages[0] == &ink_languages[0]);
    CHECK(language_of("ar")->rtl && language_of("he")->rtl && !language_of("ja")->rtl);
    static const char *const known[] = {"zh", "zh-CN", "zh-hans-TW", "zh-SG", "fa-AF", "pt-PT"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const struct ink_language *language = ink_language_find(ink_span_of(known[i]));
        CHECK(language != NULL && memcmp(language->tag, known[i], 2) == 0);
        CHECK(ink_language_for(ink_span_of(known[i])) == language);
    }
}

/* No words is an answer of its own, so that the caller can say so; the page is in English then. */
static void a_language_without_words_is_told(void) {
    static const char *const unknown[] = {"",  "u",   "ukx",   "sw",    "x-en",       "zh-Hant",
                                          "-", "en_", "zh-TW", "zh-hk", "ZH-HANT-TW", "ru-Latn"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        CHECK(ink_language_find(ink_span_of(unknown[i])) == NULL);
        CHECK(ink_language_for(ink_span_of(unknown[i])) == &ink_languages[0]);
    }
}

static void what_does_not_fit_a_label_is_left_out_whole(void) {
    struct ink_label label = {.bytes = 0};
    char text[INK_LABEL_BYTES];
    memset(text, 'a', sizeof text);
    ink_label_add_span(&label, (struct ink_span){text, INK_LABEL_BYTES - 2});
    ink_label_add(&label, "їж");
    CHECK_INT(label.bytes, INK_LABEL_BYTES - 2);
    ink_label_add(&label, "ї");
    CHECK_INT(label.bytes, INK_LABEL_BYTES);
    ink_label_add(&label, "x");
    CHECK_INT(label.bytes, INK_LABEL_BYTES);
}

/* For words_check.py: the plural form of every number of 0..1000, a line for each language. */
static void print_forms(void) {
    for (int i = 0; i < ink_language_count; i++) {
        printf("%s ", ink_languages[i].tag);
        for (uint32_t n = 0; n <= 1000; n++) {
            printf("%d", ink_rule_form((enum ink_rule)ink_languages[i].plural, n));
        }
        printf("\n");
    }
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--forms") == 0) {
        print_forms();
        return 0;
    }
    if (ink_language_count != 20) {
        printf("skipped: a build with %d languages of 20\n", ink_language_count);
        return 77;
    }
    RUN(plural_forms_follow_cldr);
    RUN(numbers_take_their_forms);
    RUN(digits_are_those_of_the_language);
    RUN(every_word_is_there_in_every_language);
    RUN(status_words_differ);
    RUN(the_longest_source_line_fits);
    RUN(patterns_fit_whole_or_leave_out);
    RUN(languages_go_by_their_primary_subtag);
    RUN(a_language_without_words_is_told);
    RUN(what_does_not_fit_a_label_is_left_out_whole);
    return ink_test_end();
}
