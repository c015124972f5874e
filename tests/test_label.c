/* Dates, intervals, gaps, silences and numbers in words, in every language that the core speaks. */
#include "ink_story.h"

#include "core/ink_label.h"
#include "core/ink_text.h"

static const struct ink_language *english(void) {
    return ink_language_for(ink_span_of("en"));
}

static const struct ink_language *ukrainian(void) {
    return ink_language_for(ink_span_of("uk"));
}

static void expect_when(const char *edtf, bool year, const char *en, const char *uk) {
    struct ink_date when, until;
    struct ink_label label = {.bytes = 0};
    CHECK_INT(ink_edtf_parse(edtf, strlen(edtf), &when, &until), INK_REASON_NONE);
    ink_label_when(&label, english(), &when, &until, year);
    CHECK_TEXT(label.text, label.bytes, en);
    label.bytes = 0;
    ink_label_when(&label, ukrainian(), &when, &until, year);
    CHECK_TEXT(label.text, label.bytes, uk);
}

static void dates_are_told_as_exactly_as_they_are_known(void) {
    expect_when("2024-08-12T14:05:09Z", false, "12 Aug", "12 серп.");
    expect_when("2024-08-12T14:05", true, "12 Aug 2024", "12 серп. 2024");
    expect_when("2024-08-12", false, "12 Aug", "12 серп.");
    expect_when("2024-08-12", true, "12 Aug 2024", "12 серп. 2024");
    expect_when("2024-08", false, "Aug 2024", "серп. 2024");
    expect_when("2024-08-XX", false, "Aug 2024", "серп. 2024");
    expect_when("2024-21", false, "spring 2024", "весна 2024");
    expect_when("2024-24", true, "winter 2024", "зима 2024");
    expect_when("1969", false, "1969", "1969");
    expect_when("199X", false, "1990s", "1990-ті");
    expect_when("004X", false, "40–49 CE", "40–49 н. е.");
}

static void centuries_are_numbered(void) {
    expect_when("00XX", false, "1st c.", "1 ст.");
    expect_when("01XX", false, "2nd c.", "2 ст.");
    expect_when("10XX", false, "11th c.", "11 ст.");
    expect_when("11XX", false, "12th c.", "12 ст.");
    expect_when("19XX", false, "20th c.", "20 ст.");
    expect_when("20XX", false, "21st c.", "21 ст.");
    expect_when("22XX", false, "23rd c.", "23 ст.");
    expect_when("-00XX", false, "1st c. BCE", "1 ст. до н. е.");
    expect_when("-01XX", false, "2nd c. BCE", "2 ст. до н. е.");
}

static void qualifiers_are_told(void) {
    expect_when("2024-08-06~", false, "c. 6 Aug", "бл. 6 серп.");
    expect_when("2024-08-06?", false, "6 Aug?", "6 серп.?");
    expect_when("2024-08-06%", false, "c. 6 Aug?", "бл. 6 серп.?");
    expect_when("1969~", true, "c. 1969", "бл. 1969");
    expect_when("2024-08?", true, "Aug 2024?", "серп. 2024?");
}

static void years_before_the_common_era_count_backwards(void) {
    expect_when("-0043-03-15", true, "15 Mar 44 BCE", "15 бер. 44 до н. е.");
    expect_when("0000", false, "1 BCE", "1 до н. е.");
    expect_when("-0001", false, "2 BCE", "2 до н. е.");
    expect_when("0001", false, "1 CE", "1 н. е.");
    expect_when("0999", false, "999 CE", "999 н. е.");
    expect_when("1000", false, "1000", "1000");
    expect_when("-0043-03-15", false, "15 Mar", "15 бер.");
    expect_when("-004X", false, "50–41 BCE", "50–41 до н. е.");
    expect_when("-000X", false, "10–2 BCE", "10–2 до н. е.");
    expect_when("-0050/-0041", false, "51–42 BCE", "51–42 до н. е.");
    expect_when("-0005/0003", false, "6 BCE–3 CE", "6 до н. е.–3 н. е.");
}

static void intervals_say_nothing_twice(void) {
    expect_when("2024-08-06/2024-08-09", false, "6–9 Aug", "6–9 серп.");
    expect_when("2024-08-06/2024-08-09", true, "6–9 Aug 2024", "6–9 серп. 2024");
    expect_when("2024-07-28/2024-08-02", false, "28 Jul–2 Aug", "28 лип.–2 серп.");
    expect_when("2024-07-28/2024-08-02", true, "28 Jul–2 Aug 2024", "28 лип.–2 серп. 2024");
    expect_when("2023-12-28/2024-01-02", true, "28 Dec 2023–2 Jan 2024",
                "28 груд. 2023–2 січ. 2024");
    expect_when("1914/1918", false, "1914–1918", "1914–1918");
    expect_when("2024-08-06~/2024-08-09", false, "c. 6 Aug–9 Aug", "бл. 6 серп.–9 серп.");
    expect_when("2024-08-06T10:00/2024-08-06T12:00", false, "6 Aug", "6 серп.");
}

static void open_ends_are_told(void) {
    expect_when("../2024-08-06", false, "by 6 Aug", "до 6 серп.");
    expect_when("/2024", false, "by 2024", "до 2024");
    expect_when("2024-08-06/..", false, "from 6 Aug", "від 6 серп.");
    expect_when("2024-08/", false, "from Aug 2024", "від серп. 2024");
    expect_when("../2024-08-06~", false, "by c. 6 Aug", "до бл. 6 серп.");
}

/* Every date that the generator makes has a label, and it fits. */
static void any_date_has_a_label(void) {
    static struct making making = {.ancient = true, .days = 20000};
    for (uint64_t round = 1; round <= 20000; round++) {
        uint64_t seed = round;
        struct ink_record record = {.id = 1};
        struct ink_label label = {.bytes = 0};
        making.ancient = !making.ancient;
        story_make_dates(&record, &making, &seed);
        ink_label_when(&label, round & 1 ? english() : ukrainian(), &record.when, &record.until,
                       (round & 2) != 0);
        CHECK(label.bytes > 0 && label.bytes < INK_LABEL_BYTES);
        CHECK(ink_utf8_valid(label.text, label.bytes));
        bool approximate = ((record.when.flags | record.until.flags) & INK_DATE_APPROX) != 0;
        const char *about = round & 1 ? "c." : "бл.";
        CHECK(!approximate || memmem(label.text, label.bytes, about, strlen(about)) != NULL);
        bool uncertain = ((record.when.flags | record.until.flags) & INK_DATE_UNCERTAIN) != 0;
        CHECK(uncertain == (memchr(label.text, '?', label.bytes) != NULL));
    }
}

static void clocks_have_two_digits(void) {
    struct ink_label label = {.bytes = 0};
    for (int minute = 0; minute < 1440; minute += 7) {
        char want[8];
        struct ink_date date = {.second = minute * 60 + 59, .precision = INK_PRECISION_MINUTE};
        label.bytes = 0;
        ink_label_clock(&label, &date);
        snprintf(want, sizeof want, "%02d:%02d", minute / 60, minute % 60);
        CHECK_TEXT(label.text, label.bytes, want);
    }
}

static void expect_known_days(const char *first, const char *last, bool year, int precision,
                              const char *want) {
    struct ink_date from, to;
    struct ink_label label = {.bytes = 0};
    CHECK_INT(ink_edtf_parse_one(first, strlen(first), &from), INK_REASON_NONE);
    CHECK_INT(ink_edtf_parse_one(last, strlen(last), &to), INK_REASON_NONE);
    struct ink_days days = {.first = ink_days(from.year, from.month, from.day),
                            .last = ink_days(to.year, to.month, to.day),
                            .precision = (uint8_t)precision};
    ink_label_days(&label, english(), &days, year);
    CHECK_TEXT(label.text, label.bytes, want);
}

static void expect_days(const char *first, const char *last, bool year, const char *want) {
    expect_known_days(first, last, year, INK_PRECISION_DAY, want);
}

static void gaps_are_told_no_more_exactly_than_known(void) {
    expect_known_days("2024-08-01", "2024-08-31", false, INK_PRECISION_MONTH, "Aug 2024");
    expect_known_days("2023-12-01", "2024-01-31", false, INK_PRECISION_MONTH, "2023–2024");
    expect_known_days("2024-12-01", "2025-01-10", false, INK_PRECISION_MONTH, "Dec 2024–Jan 2025");
    expect_known_days("2024-03-01", "2024-05-31", false, INK_PRECISION_SEASON, "Mar–May 2024");
    expect_known_days("2030-01-01", "2030-12-31", true, INK_PRECISION_YEAR, "2030");
    expect_known_days("1600-01-01", "1699-12-31", true, INK_PRECISION_CENTURY, "1600–1699");
    expect_known_days("1960-01-01", "1969-12-31", true, INK_PRECISION_DECADE, "1960–1969");
}

static void gaps_are_told_in_days_then_months_then_years(void) {
    expect_days("2024-08-12", "2024-08-12", false, "12 Aug");
    expect_days("2024-08-07", "2024-08-09", false, "7–9 Aug");
    expect_days("2024-08-07", "2024-08-09", true, "7–9 Aug 2024");
    expect_days("2024-07-30", "2024-08-09", false, "30 Jul–9 Aug");
    expect_days("2014-02-03", "2014-05-20", false, "Feb–May 2014");
    expect_days("1996-03-01", "2004-11-30", false, "1996–2004");
    expect_days("2023-12-01", "2024-04-30", false, "2023–2024");
    expect_days("-0043-03-15", "0014-08-19", true, "44 BCE–14 CE");
}

static void expect_silence(int32_t hours, const char *en, const char *uk) {
    struct ink_label label = {.bytes = 0};
    ink_label_silence(&label, english(), hours);
    CHECK_TEXT(label.text, label.bytes, en);
    label.bytes = 0;
    ink_label_silence(&label, ukrainian(), hours);
    CHECK_TEXT(label.text, label.bytes, uk);
}

static void silences_are_rounded_to_whole_units(void) {
    expect_silence(0, "0 hours", "0 годин");
    expect_silence(1, "1 hour", "1 година");
    expect_silence(2, "2 hours", "2 години");
    expect_silence(5, "5 hours", "5 годин");
    expect_silence(11, "11 hours", "11 годин");
    expect_silence(12, "12 hours", "12 годин");
    expect_silence(21, "21 hours", "21 година");
    expect_silence(47, "47 hours", "47 годин");
    expect_silence(48, "2 days", "2 дні");
    expect_silence(24 * 21, "21 days", "21 день");
    expect_silence(24 * 59, "59 days", "59 днів");
    expect_silence(24 * 60, "2 months", "2 місяці");
    expect_silence(24 * 61, "2 months", "2 місяці");
    expect_silence(24 * 729, "24 months", "24 місяці");
    expect_silence(24 * 731, "2 years", "2 роки");
    expect_silence(24 * 365, "12 months", "12 місяців");
    expect_silence(24 * 365 * 5, "5 years", "5 років");
    expect_silence(8766 * 22, "22 years", "22 роки");
    expect_silence(8766 * 111, "111 years", "111 років");
    expect_silence(8766 * 204, "200 years", "200 років");
    expect_silence(8766 * 2049, "2000 years", "2000 років");
    expect_silence(8766 * 19998, "20000 years", "20000 років");
}

/* CLDR 41: uk one = 1, 21, 31.. but 11; few = 2-4, 22-24.. but 12-14; else many. */
static void plural_forms_follow_cldr(void) {
    static const char *const forms[] = {"джерело", "джерела", "джерел"};
    for (uint32_t n = 0; n < 300; n++) {
        struct ink_label label = {.bytes = 0};
        char want[40];
        uint32_t ones = n % 10, tens = n / 10 % 10;
        int form = tens == 1 ? 2 : ones == 1 ? 0 : ones >= 2 && ones <= 4 ? 1 : 2;
        snprintf(want, sizeof want, "%u %s", n, forms[form]);
        ink_label_add_pattern(&label, ukrainian(), INK_WORD_SOURCES, n);
        CHECK_TEXT(label.text, label.bytes, want);
        label.bytes = 0;
        snprintf(want, sizeof want, "%u source%s", n, n == 1 ? "" : "s");
        ink_label_add_pattern(&label, english(), INK_WORD_SOURCES, n);
        CHECK_TEXT(label.text, label.bytes, want);
    }
}

static void every_word_is_there_in_every_language(void) {
    const struct ink_language *languages[2] = {english(), ukrainian()};
    for (int i = 0; i < 2; i++) {
        for (int word = 0; word < INK_WORD_COUNT; word++) {
            const char *text = ink_word(languages[i], (enum ink_word)word);
            CHECK(text != NULL && text[0] != '\0' && ink_utf8_valid(text, strlen(text)));
        }
    }
}

static void languages_go_by_their_primary_subtag(void) {
    CHECK(ink_language_for(ink_span_of("uk-UA")) == ukrainian());
    CHECK(ink_language_for(ink_span_of("en-GB")) == english());
    CHECK(ink_language_for(ink_span_of("ukx")) == english());
    CHECK(ink_language_for(ink_span_of("u")) == english());
    CHECK(ink_language_for(ink_span_of("")) == english());
    CHECK(ink_language_for(ink_span_of("ja")) == english());
    CHECK(english() != ukrainian());
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

int main(void) {
    RUN(dates_are_told_as_exactly_as_they_are_known);
    RUN(centuries_are_numbered);
    RUN(qualifiers_are_told);
    RUN(years_before_the_common_era_count_backwards);
    RUN(intervals_say_nothing_twice);
    RUN(open_ends_are_told);
    RUN(any_date_has_a_label);
    RUN(clocks_have_two_digits);
    RUN(gaps_are_told_no_more_exactly_than_known);
    RUN(gaps_are_told_in_days_then_months_then_years);
    RUN(silences_are_rounded_to_whole_units);
    RUN(plural_forms_follow_cldr);
    RUN(every_word_is_there_in_every_language);
    RUN(languages_go_by_their_primary_subtag);
    RUN(what_does_not_fit_a_label_is_left_out_whole);
    return ink_test_end();
}
