/* Dates, intervals, gaps and silences in words, in every language that the core speaks. With
 * --widths: how long they are at most. */
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
    expect_when("2024-08", false, "Aug 2024", "серпень 2024");
    expect_when("2024-08-XX", false, "Aug 2024", "серпень 2024");
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
    expect_when("2024-08?", true, "Aug 2024?", "серпень 2024?");
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
    expect_when("2024-08~", false, "c. Aug 2024", "бл. серп. 2024");
}

static void clocks_have_two_digits(void) {
    struct ink_label label = {.bytes = 0};
    for (int minute = 0; minute < 1440; minute += 7) {
        char want[8];
        struct ink_date date = {.second = minute * 60 + 59, .precision = INK_PRECISION_MINUTE};
        label.bytes = 0;
        ink_label_time(&label, ink_language_for(ink_span_of("en")), &date);
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

/* ---- every language -------------------------------------------------------------------------- */

static const struct ink_language *language_of(const char *tag) {
    const struct ink_language *language = ink_language_find(ink_span_of(tag));
    CHECK(language != NULL && strcmp(language->tag, tag) == 0);
    return language != NULL ? language : english();
}

/* Labels of one date each: a day of this year, a month, an interval of days, years of both eras, a
 * decade, a century, an approximate date, an open start. Read and judged by people who read the
 * language: a change here is a change on the wall. */
static void every_language_tells_dates_in_its_own_way(void) {
    static const char *const edtf[] = {"2024-08-12",
                                       "2024-05",
                                       "2024-08-06/2024-08-09",
                                       "2023-12-28/2024-01-01",
                                       "-0044/-0040",
                                       "198X",
                                       "19XX",
                                       "2024-08-06%",
                                       "../2024-03",
                                       "2024-08-01/.."};
    static const struct {
        const char *tag, *want[10];
    } rows[] = {
        {"en",
         {"12 Aug 2024", "May 2024", "6–9 Aug 2024", "28 Dec 2023–1 Jan 2024", "45–41 BCE", "1980s",
          "20th c.", "c. 6 Aug 2024?", "by Mar 2024", "from 1 Aug 2024"}},
        {"uk",
         {"12 серп. 2024", "травень 2024", "6–9 серп. 2024", "28 груд. 2023–1 січ. 2024",
          "45–41 до н. е.", "1980-ті", "20 ст.", "бл. 6 серп. 2024?", "до бер. 2024",
          "від 1 серп. 2024"}},
        {"ru",
         {"12 авг. 2024", "май 2024", "6–9 авг. 2024", "28 дек. 2023–1 янв. 2024", "45–41 до н. э.",
          "1980-е", "XX в.", "ок. 6 авг. 2024?", "до мар. 2024", "с 1 авг. 2024"}},
        {"pl",
         {"12 sie 2024", "maj 2024", "6–9 sie 2024", "28 gru 2023–1 sty 2024", "45–41 p.n.e.",
          "lata 80. XX w.", "XX w.", "ok. 6 sie 2024?", "do mar 2024", "od 1 sie 2024"}},
        {"de",
         {"12. Aug. 2024", "Mai 2024", "6.–9. Aug. 2024", "28. Dez. 2023–1. Jan. 2024",
          "45–41 v. Chr.", "1980er", "20. Jh.", "ca. 6. Aug. 2024?", "bis März 2024",
          "ab 1. Aug. 2024"}},
        {"fr",
         {"12 août 2024", "mai 2024", "6–9 août 2024", "28 déc. 2023–1er janv. 2024",
          "45–41 av. J.-C.", "années 1980", "XXe s.", "v. 6 août 2024?", "jusqu’en mars 2024",
          "dès le 1er août 2024"}},
        {"es",
         {"12 ago 2024", "may 2024", "6–9 ago 2024", "28 dic 2023–1 ene 2024", "45–41 a. C.",
          "años 1980", "s. XX", "hacia 6 ago 2024?", "hasta mar 2024", "desde el 1 ago 2024"}},
        {"it",
         {"12 ago 2024", "mag 2024", "6–9 ago 2024", "28 dic 2023–1 gen 2024", "45–41 a.C.",
          "anni 1980", "XX sec.", "ca. 6 ago 2024?", "fino a mar 2024", "dal 1 ago 2024"}},
        {"pt",
         {"12 de ago. de 2024", "mai. de 2024", "6–9 de ago. de 2024",
          "28 de dez. de 2023–1º de jan. de 2024", "45–41 a.C.", "anos 1980", "séc. XX",
          "c. 6 de ago. de 2024?", "até mar. de 2024", "desde 1º de ago. de 2024"}},
        {"tr",
         {"12 Ağu 2024", "May 2024", "6–9 Ağu 2024", "28 Ara 2023–1 Oca 2024", "MÖ 45–41",
          "1980’ler", "20. yy.", "yakl. 6 Ağu 2024?", "en geç Mar 2024", "1 Ağu 2024 itibarıyla"}},
        {"ro",
         {"12 aug. 2024", "mai 2024", "6–9 aug. 2024", "28 dec. 2023–1 ian. 2024", "45–41 î.Hr.",
          "anii 1980", "sec. XX", "cca 6 aug. 2024?", "până în mar. 2024", "din 1 aug. 2024"}},
        {"cs",
         {"12. 8. 2024", "květen 2024", "6.–9. 8. 2024", "28. 12. 2023–1. 1. 2024",
          "45–41 př. n. l.", "80. léta 20. stol.", "20. stol.", "cca 6. 8. 2024?", "do března 2024",
          "od 1. 8. 2024"}},
        {"el",
         {"12 Αυγ 2024", "Μάι 2024", "6–9 Αυγ 2024", "28 Δεκ 2023–1 Ιαν 2024", "45–41 π.Χ.",
          "δεκαετία 1980", "20ος αι.", "περ. 6 Αυγ 2024 (;)", "έως Μαρ 2024", "από 1 Αυγ 2024"}},
        {"ar",
         {"12 أغسطس 2024", "مايو 2024", "6–9 أغسطس 2024", "28 ديسمبر 2023–1 يناير 2024",
          "45–41 ق.م", "عقد 1980", "القرن 20", "نحو 6 أغسطس 2024؟", "حتى مارس 2024",
          "من 1 أغسطس 2024"}},
        {"fa",
         {"۱۲ اوت ۲۰۲۴", "مه ۲۰۲۴", "۶ تا ۹ اوت ۲۰۲۴", "۲۸ دسامبر ۲۰۲۳ تا ۱ ژانویه ۲۰۲۴",
          "۴۵ تا ۴۱ ق.م.", "دهه ۱۹۸۰", "قرن ۲۰", "حدود ۶ اوت ۲۰۲۴؟", "تا مارس ۲۰۲۴",
          "از ۱ اوت ۲۰۲۴"}},
        {"ur",
         {"12 اگست، 2024", "مئی 2024", "6–9 اگست، 2024", "28 دسمبر، 2023–1 جنوری، 2024",
          "45–41 قبل مسیح", "1980 کی دہائی", "20ویں صدی", "تقریباً 6 اگست، 2024؟", "مارچ 2024 تک",
          "1 اگست، 2024 سے"}},
        {"he",
         {"12 באוג׳ 2024", "מאי 2024", "6–9 באוג׳ 2024", "28 בדצמ׳ 2023–1 בינו׳ 2024",
          "45–41 לפנה״ס", "שנות ה־1980", "המאה ה־20", "סביב 6 באוג׳ 2024?", "עד מרץ 2024",
          "מ־1 באוג׳ 2024"}},
        {"zh",
         {"2024年8月12日", "2024年5月", "2024年8月6日至9日", "2023年12月28日至2024年1月1日",
          "公元前45至41年", "1980年代", "20世纪", "约2024年8月6日？", "2024年3月前",
          "2024年8月1日起"}},
        {"ja",
         {"2024年8月12日", "2024年5月", "2024年8月6日～9日", "2023年12月28日～2024年1月1日",
          "紀元前45～41年", "1980年代", "20世紀", "2024年8月6日ごろ？", "2024年3月までに",
          "2024年8月1日から"}},
        {"ko",
         {"2024년 8월 12일", "2024년 5월", "2024년 8월 6일~9일", "2023년 12월 28일~2024년 1월 1일",
          "기원전 45~41년", "1980년대", "20세기", "2024년 8월 6일경?", "2024년 3월까지",
          "2024년 8월 1일부터"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int k = 0; k < 10; k++) {
            struct ink_date when, until;
            struct ink_label label = {.bytes = 0};
            CHECK_INT(ink_edtf_parse(edtf[k], strlen(edtf[k]), &when, &until), INK_REASON_NONE);
            ink_label_when(&label, language_of(rows[i].tag), &when, &until, true);
            CHECK_TEXT(label.text, label.bytes, rows[i].want[k]);
        }
    }
    CHECK_INT(sizeof rows / sizeof rows[0], ink_language_count);
}

/* Gaps and silences, which the same patterns tell. */
static void every_language_tells_gaps_in_its_own_way(void) {
    static const struct {
        const char *tag, *months, *silence;
    } rows[] = {
        {"en", "Feb–May 2014", "5 hours"},      {"uk", "лютий–травень 2014", "5 годин"},
        {"ru", "февраль–май 2014", "5 часов"},  {"pl", "lut–maj 2014", "5 godzin"},
        {"de", "Feb.–Mai 2014", "5 Stunden"},   {"fr", "févr.–mai 2014", "5 heures"},
        {"es", "feb–may 2014", "5 horas"},      {"it", "feb–mag 2014", "5 ore"},
        {"pt", "fev.–mai. de 2014", "5 horas"}, {"tr", "Şub–May 2014", "5 saat"},
        {"ro", "feb.–mai 2014", "5 ore"},       {"cs", "únor–květen 2014", "5 hodin"},
        {"el", "Φεβ–Μάι 2014", "5 ώρες"},       {"ar", "فبراير–مايو 2014", "5 ساعات"},
        {"fa", "فوریه تا مه ۲۰۱۴", "۵ ساعت"},   {"ur", "فروری–مئی 2014", "5 گھنٹے"},
        {"he", "פבר׳–מאי 2014", "5 שעות"},      {"zh", "2014年2月至5月", "5小时"},
        {"ja", "2014年2月～5月", "5時間"},      {"ko", "2014년 2월~5월", "5시간"},
    };
    const struct ink_days days = {.first = ink_days(2014, 2, 3),
                                  .last = ink_days(2014, 5, 20),
                                  .precision = INK_PRECISION_DAY};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ink_label label = {.bytes = 0};
        ink_label_days(&label, language_of(rows[i].tag), &days, true);
        CHECK_TEXT(label.text, label.bytes, rows[i].months);
        label.bytes = 0;
        ink_label_silence(&label, language_of(rows[i].tag), 5);
        CHECK_TEXT(label.text, label.bytes, rows[i].silence);
    }
    CHECK_INT(sizeof rows / sizeof rows[0], ink_language_count);
}

/* What any label must be: whole, valid, in the digits of its language, with nothing of a pattern.
 */
static void check_label(const struct ink_label *label, const struct ink_language *language) {
    CHECK(label->bytes > 0 && label->bytes <= INK_LABEL_BYTES / 2);
    CHECK(ink_utf8_valid(label->text, label->bytes));
    CHECK(label->text[0] != ' ' && label->text[label->bytes - 1] != ' ');
    for (size_t at = 0; at < label->bytes;) {
        uint32_t c = ink_utf8_next(label->text, label->bytes, &at);
        bool latin = c >= '0' && c <= '9', other = c >= 0x6F0 && c <= 0x6F9;
        CHECK(c >= ' ' && c != '|' && c != '#' && c != '{' && c != '_');
        CHECK(!latin || language->zero == '0');
        CHECK(!other || language->zero != '0');
    }
}

static bool has_word(const struct ink_label *label, const struct ink_language *language,
                     enum ink_word word) {
    struct ink_label open = {.bytes = 0}, close = {.bytes = 0};
    ink_label_open(&open, language, word, 0);
    ink_label_close(&close, language, word, 0);
    const struct ink_label *mark = open.bytes > 0 ? &open : &close;
    return memmem(label->text, label->bytes, mark->text, mark->bytes) != NULL;
}

/* Every date that the generator makes has a label in every language, and its qualifiers show. */
static void any_date_has_a_label(void) {
    static struct making making = {.ancient = true, .days = 20000};
    for (uint64_t round = 1; round <= 40000; round++) {
        const struct ink_language *language = &ink_languages[round % ink_language_count];
        uint64_t seed = round;
        struct ink_record record = {.id = 1};
        struct ink_label label = {.bytes = 0};
        making.ancient = ink_random(&seed) % 2 == 0;
        story_make_dates(&record, &making, &seed);
        ink_label_when(&label, language, &record.when, &record.until, ink_random(&seed) % 2 == 0);
        check_label(&label, language);
        bool about = ((record.when.flags | record.until.flags) & INK_DATE_APPROX) != 0;
        CHECK(!about || has_word(&label, language, INK_WORD_ABOUT_DATE));
        bool uncertain = ((record.when.flags | record.until.flags) & INK_DATE_UNCERTAIN) != 0;
        CHECK(uncertain == has_word(&label, language, INK_WORD_UNCERTAIN));
    }
}

static void any_gap_and_silence_have_labels(void) {
    uint64_t seed = 20;
    for (int round = 0; round < 40000; round++) {
        const struct ink_language *language = &ink_languages[round % ink_language_count];
        struct ink_label label = {.bytes = 0};
        int year = (int)ink_random_below(&seed, 19000) - 9000;
        int32_t length = (int32_t)(ink_random(&seed) >> (35 + ink_random_below(&seed, 28)));
        struct ink_days days = {.first = ink_days(year, 1, 1 + (int)ink_random_below(&seed, 365)),
                                .precision = (uint8_t)(1 + ink_random_below(&seed, 6))};
        days.last = (int32_t)ink_min(days.first + length % 300000, ink_days(9999, 12, 31));
        ink_label_days(&label, language, &days, round % 2 == 0);
        check_label(&label, language);
        label.bytes = 0;
        ink_label_silence(&label, language, length % 175000000);
        check_label(&label, language);
    }
}

/* No two days of a year, nor two months, nor two minutes of a day look the same. */
static void labels_tell_what_differs_apart(void) {
    for (int i = 0; i < ink_language_count; i++) {
        const struct ink_language *language = &ink_languages[i];
        struct ink_label last = {.bytes = 0}, last_month = {.bytes = 0};
        for (int day = 0; day < 366; day++) {
            struct ink_label label = {.bytes = 0}, month = {.bytes = 0};
            struct ink_date date = ink_civil(ink_days(2024, 1, 1) + day);
            ink_label_date(&label, language, &date, false);
            CHECK(label.bytes != last.bytes || memcmp(label.text, last.text, label.bytes) != 0);
            last = label;
            date.precision = INK_PRECISION_MONTH;
            ink_label_date(&month, language, &date, false);
            bool same = month.bytes == last_month.bytes &&
                        memcmp(month.text, last_month.text, month.bytes) == 0;
            CHECK(same == (date.day != 1));
            last_month = month;
        }
    }
}

static void clocks_follow_the_language(void) {
    static const char *const tags[] = {"en", "cs", "fa", "ar", "ja"};
    static const char *const want[] = {"09:05", "9:05", "۹:۰۵", "09:05", "9:05"};
    struct ink_date date = {.second = 9 * 3600 + 5 * 60, .precision = INK_PRECISION_MINUTE};
    for (int i = 0; i < 5; i++) {
        struct ink_label label = {.bytes = 0};
        ink_label_time(&label, language_of(tags[i]), &date);
        CHECK_TEXT(label.text, label.bytes, want[i]);
    }
}

static int letters_of(const char *text, size_t bytes) {
    int count = 0;
    for (size_t at = 0; at < bytes; count++) {
        at += ink_grapheme_bytes(text, bytes, at);
    }
    return count;
}

enum { STATUS, DAY, DAY_YEAR, MONTH, INTERVAL, WEEKDAY, SHORT, SILENCE, WIDTHS };

static void note_label(int *widest, const struct ink_label *label) {
    *widest = ink_max(*widest, letters_of(label->text, label->bytes));
}

static void note_word(int *widest, const struct ink_language *language, int word) {
    const char *text = ink_word(language, (enum ink_word)word);
    *widest = ink_max(*widest, letters_of(text, strlen(text)));
}

static void note_date(int *widest, const struct ink_language *language, const struct ink_date *date,
                      bool year) {
    struct ink_label label = {.bytes = 0};
    ink_label_date(&label, language, date, year);
    note_label(widest, &label);
}

/* What the k-th day of a year, and k-th of all else, adds to the widest of each kind. */
static void note_widths(int widest[WIDTHS], const struct ink_language *language, int k) {
    const int32_t day = ink_days(2024, 1, 1) + k;
    struct ink_date date = ink_civil(day);
    struct ink_days days = {day, day + 31, INK_PRECISION_DAY};
    struct ink_label interval = {.bytes = 0}, silence = {.bytes = 0};
    note_date(&widest[DAY], language, &date, false);
    note_date(&widest[DAY_YEAR], language, &date, true);
    date.precision = INK_PRECISION_MONTH;
    note_date(&widest[MONTH], language, &date, true);
    ink_label_days(&interval, language, &days, false);
    note_label(&widest[INTERVAL], &interval);
    ink_label_silence(&silence, language, k * 40);
    note_label(&widest[SILENCE], &silence);
    note_word(&widest[STATUS], language, INK_WORD_STATUS + k % 8);
    note_word(&widest[WEEKDAY], language, INK_WORD_MONDAY + k % 7);
    note_word(&widest[SHORT], language, INK_WORD_MON + k % 7);
}

/* For whoever sets columns: the longest of each kind, in characters. */
static void print_widths(void) {
    static const char *const kinds[WIDTHS] = {"status",   "day",     "day+year", "month",
                                              "interval", "weekday", "short",    "silence"};
    for (int i = 0; i < ink_language_count; i++) {
        int widest[WIDTHS] = {0};
        for (int k = 0; k < 366; k++) {
            note_widths(widest, &ink_languages[i], k);
        }
        printf("%s:", ink_languages[i].tag);
        for (int kind = 0; kind < WIDTHS; kind++) {
            printf(" %s %d%s", kinds[kind], widest[kind], kind == WIDTHS - 1 ? "\n" : ",");
        }
    }
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "--widths") == 0) {
        print_widths();
        return 0;
    }
    if (ink_language_count != 20) {
        printf("skipped: a build with %d languages of 20\n", ink_language_count);
        return 77;
    }
    RUN(dates_are_told_as_exactly_as_they_are_known);
    RUN(centuries_are_numbered);
    RUN(qualifiers_are_told);
    RUN(years_before_the_common_era_count_backwards);
    RUN(intervals_say_nothing_twice);
    RUN(open_ends_are_told);
    RUN(clocks_have_two_digits);
    RUN(gaps_are_told_no_more_exactly_than_known);
    RUN(gaps_are_told_in_days_then_months_then_years);
    RUN(silences_are_rounded_to_whole_units);
    RUN(every_language_tells_dates_in_its_own_way);
    RUN(every_language_tells_gaps_in_its_own_way);
    RUN(any_date_has_a_label);
    RUN(any_gap_and_silence_have_labels);
    RUN(labels_tell_what_differs_apart);
    RUN(clocks_follow_the_language);
    return ink_test_end();
}
