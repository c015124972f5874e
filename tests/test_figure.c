/* Figures of headlines: own headlines in the languages of the page, and what must never be one. */
#include "import/figure.h"

#include "ink_test.h"

struct sample {
    const char *headline, *figure; /* "": none */
};

static void expect(const struct sample *samples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *text = samples[i].headline;
        const struct ink_span found = ink_figure_find(text, strlen(text));
        CHECK(found.at >= text && found.at + found.bytes <= text + strlen(text));
        if (found.bytes != strlen(samples[i].figure) ||
            memcmp(found.at, samples[i].figure, found.bytes) != 0) {
            printf("%s\n", text);
            CHECK_TEXT(found.at, found.bytes, samples[i].figure);
        }
    }
}

#define EXPECT(samples) expect((samples), sizeof(samples) / sizeof((samples)[0]))

static void a_number_comes_with_its_unit(void) {
    static const struct sample samples[] = {
        {"Ukraine says it holds about 1,000 sq km of Kursk", "about 1,000 sq km"},
        {"Army chief: ~1000 km² taken", "~1000 km²"},
        {"Fire burns 12,500 acres in two days", "12,500 acres"},
        {"Winds of 130 mph hit the coast", "130 mph"},
        {"Dam releases 3.5 million litres an hour", "3.5 million litres"},
        {"Pipeline carries 40 000 barrels a day", "40 000 barrels a day"},
        {"Heat reaches 47.2 °C in the south", "47.2 °C"},
        {"Temperature falls to -12°C overnight", "-12°C"},
        {"Grid loses 1,200 MW of load", "1,200 MW"},
        {"Quake 10 km below the town", "10 km"},
        {"Ferry drifts 5km off the pier", "5km"},
        {"Ship of 300 metres blocks canal", "300 metres"},
    };
    EXPECT(samples);
}

/* Without the word that turns it a figure would say the opposite. */
static void a_word_that_turns_it_belongs_to_a_figure(void) {
    static const struct sample samples[] = {
        {"Tunnel will cost no more than 2.1 billion euros", "no more than 2.1 billion euros"},
        {"Not more than 300 people may enter", "Not more than 300 people"},
        {"Brücke kostet nicht mehr als 20 Mio. Euro", "nicht mehr als 20 Mio. Euro"},
        {"Le pont ne coûtera pas plus de 3 millions d'euros", "pas plus de 3 millions d'euros"},
        {"Non più di 500 persone allo stadio", "Non più di 500 persone"},
        {"На мосту не более 300 человек", "не более 300 человек"},
        {"Міст коштує не більше 40 млн грн", "не більше 40 млн грн"},
        {"预算不超过5亿元", "不超过5亿元"},
        {"Minister: not 300 people, but fewer", ""},
        {"Minister says no, about 300 people came", "about 300 people"},
        {"No, 1,000 people did not die: fact check", ""},
        {"Army denies 43 workers are trapped", ""},
        {"Минобороны опровергло гибель 300 человек", ""},
        {"Ministerium dementiert: 300 Tote", ""},
    };
    EXPECT(samples);
}

static void money_and_shares_are_figures(void) {
    static const struct sample samples[] = {
        {"Deal worth $3.7 bn signed", "$3.7 bn"},
        {"Bank rescued with $ 700 billion of the state", "$ 700 billion"},
        {"Minister offers £500m to councils", "£500m"},
        {"US$ 5 million for the harbour", "US$ 5 million"},
        {"Fine of €40", "€40"},
        {"EUR 250 million for the bridge", "EUR 250 million"},
        {"Tickets for 20 euros", "20 euros"},
        {"Inflation rises to 12%", "12%"},
        {"Inflation at 12 % in May", "12 %"},
        {"Turnout of 63.8 percent", "63.8 percent"},
        {"Rates up 25 basis points", "25 basis points"},
        {"Shares fall more than 4 per cent", "more than 4 per cent"},
        {"Rouble loses +0.5% in a day", "+0.5%"},
        {"Aid of Rs 500 crore", "Rs 500 crore"},
        {"A $3-billion plan", "$3-billion"},
    };
    EXPECT(samples);
}

static void what_is_counted_goes_along_if_it_is_short(void) {
    static const struct sample samples[] = {
        {"Blast leaves at least 37 dead", "at least 37 dead"},
        {"Train crash: 3 dead, 40 hurt", "3 dead"},
        {"Blast kills 37 in market", "37"},
        {"Some 300 people leave the town", "Some 300 people"},
        {"More than 1,100 security forces killed", "More than 1,100"},
        {"3.7 million refugees cross border", "3.7 million refugees"},
        {"About 120,000 protesters march through the capital", "About 120,000 protesters"},
        {"More than 120,000 protesters march", "More than 120,000"},
        {"Company to cut 1,000 jobs", "1,000 jobs"},
        {"10-15 people hurt", "10-15 people"},
        {"Between them 1,234,567 votes", "1,234,567 votes"},
        {"1,000+ homes without power", "1,000+ homes"},
    };
    EXPECT(samples);
}

static void separators_of_all_kinds(void) {
    static const struct sample samples[] = {
        {"12,345 counted", "12,345"},
        {"12.345 gezählt", "12.345"},
        {"12 345 comptés", "12 345"},
        {"12\xC2\xA0"
         "345 comptés",
         "12\xC2\xA0"
         "345"},
        {"12\xE2\x80\xAF"
         "345 comptés",
         "12\xE2\x80\xAF"
         "345"},
        {"12'345 gezählt", "12'345"},
        {"12’345 gezählt", "12’345"},
        {"1.234.567,5 Tonnen Getreide", "1.234.567,5 Tonnen"},
        {"120000 Tonnen Getreide", "120000 Tonnen"},
    };
    EXPECT(samples);
}

static void in_the_languages_of_the_page(void) {
    static const struct sample samples[] = {
        {"Rund 120 000 Menschen auf der Flucht", "Rund 120 000 Menschen"},
        {"Konzern verliert 1,5 Mrd. Euro", "1,5 Mrd. Euro"},
        {"Mindestens 37 Tote bei Zugunglück", "Mindestens 37 Tote"},
        {"Kurs steigt um 3,5 Prozent", "3,5 Prozent"},
        {"Plus de 94 000 morts en deux ans", "Plus de 94 000 morts"},
        {"Près de 350 militaires blessés", "Près de 350 militaires"},
        {"Un plan de 3 milliards d'euros", "3 milliards d'euros"},
        {"Al menos 42 personas mueren", "Al menos 42 personas"},
        {"Fianza de 1,2 millones de euros", "1,2 millones de euros"},
        {"Suben 3 por ciento", "3 por ciento"},
        {"Almeno 46 morti a Homs", "Almeno 46 morti"},
        {"Persi circa 200 milioni di euro", "circa 200 milioni di euro"},
        {"Pelo menos 12 mortos", "Pelo menos 12 mortos"},
        {"Peste 300 de persoane", "Peste 300"},
        {"Ponad 300 osób ewakuowano", "Ponad 300 osób"},
        {"Koszt 5 mln zł", "5 mln zł"},
        {"Nejméně 15 mrtvých", "Nejméně 15 mrtvých"},
        {"Около 300 человек эвакуированы", "Около 300 человек"},
        {"Погибли не менее 37 человек", "не менее 37 человек"},
        {"Ущерб 2,5 млрд рублей", "2,5 млрд рублей"},
        {"Понад 120 тис. осіб виїхали", "Понад 120 тис. осіб"},
        {"Близько 1000 кв. км під контролем", "Близько 1000 кв. км"},
        {"Τουλάχιστον 12 νεκροί", "Τουλάχιστον 12 νεκροί"},
        {"En az 37 ölü", "En az 37 ölü"},
        {"Enflasyon %12 oldu", "%12"},
        {"نحو 120 ألف شخص", "نحو 120 ألف شخص"},
        {"لفترة ٪12", "٪12"},
        {"לפחות 37 הרוגים", "לפחות 37 הרוגים"},
        {"至少37人死亡", "至少37人死亡"},
        {"约1000平方公里", "约1000平方公里"},
        {"約500億円を投資", "約500億円"},
        {"최소 37명 사망", "최소 37명 사망"},
    };
    EXPECT(samples);
}

static void dates_and_times_are_none(void) {
    static const struct sample samples[] = {
        {"In 2012 people voted", ""},
        {"2024 people look back", ""},
        {"About 1995 the first came", ""},
        {"Talks on 12 August", ""},
        {"Around 12 August talks start", ""},
        {"Aug. 12: talks fail", ""},
        {"Am 12. August beginnt es", ""},
        {"Le 12 août, plus rien", ""},
        {"Около 12 августа", ""},
        {"8月12日に会談", ""},
        {"12.08.2024 Gespräch", ""},
        {"2024-08-12 talks", ""},
        {"12/08/2024 talks", ""},
        {"Vote at 14:05", ""},
        {"Vote at around 14.05 Uhr", ""},
        {"Before 5 p.m. today", ""},
        {"Over by 11 am", ""},
        {"About 17h30", ""},
        {"More than 30 years later", ""},
        {"Nearly 24 hours without power", ""},
        {"A 24-hour strike", ""},
        {"Almost 1,000 days of war", ""},
        {"Through the 1990s", ""},
        {"Budget for 2014-15", ""},
        {"Since about 44 BC", ""},
    };
    EXPECT(samples);
}

static void names_and_labels_are_none(void) {
    static const struct sample samples[] = {
        {"G7 meets over F-16 jets", ""},
        {"Covid-19 cases", ""},
        {"COP29 ends", ""},
        {"Su-34 shot down", ""},
        {"Route 66 closed", ""},
        {"Article 50 invoked", ""},
        {"No. 10 denies", ""},
        {"10 Downing Street", ""},
        {"Boeing 737 people fear", ""},
        {"Flight 370 passengers named", ""},
        {"Windows 11 customers warned", ""},
        {"Resolution 1701 at risk", ""},
        {"Artikel 16 Personen", ""},
        {"5G and 4x4 and H1N1", ""},
        {"MH17 and B-52", ""},
        {"First 100 in line", ""},
        {"Agenda 2030", ""},
        {"Group of 20 members", ""},
        {"Day 37 dead end", ""},
    };
    EXPECT(samples);
}

static void ranks_scores_ages_and_small_counts_are_none(void) {
    static const struct sample samples[] = {
        {"1st, 2nd and 23rd", ""},
        {"Am 5. und 6. Tag", ""},
        {"City beat United 2-1", ""},
        {"City beat United 3:1", ""},
        {"Vote goes 52-48", ""},
        {"5 people at the table", ""},
        {"Over 3 at last", ""},
        {"37-year-old arrested", ""},
        {"Man aged 45 dead", ""},
        {"Vaccines for over 65s", ""},
        {"Version 3.11.2 out", ""},
        {"Rated 3.5", ""},
        {"1 dead", ""},
        {"", ""},
        {"7", ""},
        {"37", ""},
        {"Nothing to count", ""},
    };
    EXPECT(samples);
}

static void addresses_and_telephones_are_none(void) {
    static const struct sample samples[] = {
        {"Call +44 20 7946 0958", ""},
        {"Call 555 1234 people", ""},
        {"http://example.org/1,000/200", ""},
        {"At 10.0.0.1 now", ""},
        {"#1000 people", ""},
        {"@1000km", ""},
        {"a=1,000", ""},
    };
    EXPECT(samples);
}

static void a_part_of_a_number_is_none(void) {
    static const struct sample samples[] = {
        {"Unos 150 a 200 llegan", ""},
        {"$10 billion to $50 billion", ""},
        {"Circa 1 milione e 600 mila euro", ""},
        {"More than 12\xE2\x80\xA6", ""},
        {"1,20,000 people", ""},
        {"Rates of 15 to 18 percent", ""},
        {"A range of between 120 and 300 km", ""},
        {"Tra il 55 % e il 72 % dei voti", ""},
        {"Loan raised from $ 123 billion to $ 150 billion", ""},
        {"Danni per mille e 500 euro", ""},
        {"97 men, women and children", ""},
        {"Half the land -6.2 million people- is gone", "6.2 million people"},
        {"El 10 ° día de protestas", ""},
    };
    EXPECT(samples);
}

/* Whatever the text: a part of it, of whole characters, with a digit, and within the bound. */
static void any_text_gives_a_part_of_itself(void) {
    static const char *const pieces[] = {"12",        "1,000", "37",
                                         " ",         ".",     ",",
                                         "-",         "km",    "%",
                                         "$",         "about", "dead",
                                         "million",   "d'",    "\xC2\xA0",
                                         "人",        "约",    "نحو",
                                         "+",         "2024",  "people",
                                         "to",        "(",     "²",
                                         "e\xCC\x81", "/",     "\xF0\x9F\x98\x80"};
    uint64_t seed = 11;
    for (int round = 0; round < 20000; round++) {
        char text[1024];
        size_t bytes = 0;
        const uint32_t count = ink_random_below(&seed, round % 100 == 0 ? 180 : 12);
        for (uint32_t i = 0; i < count; i++) {
            const char *piece = pieces[ink_random_below(&seed, sizeof pieces / sizeof pieces[0])];
            memcpy(text + bytes, piece, strlen(piece));
            bytes += strlen(piece);
        }
        const struct ink_span found = ink_figure_find(text, bytes);
        CHECK(found.at >= text && found.at + found.bytes <= text + bytes);
        if (found.bytes > 0) {
            CHECK(((unsigned char)found.at[0] & 0xC0) != 0x80);
            CHECK(found.at + found.bytes == text + bytes ||
                  ((unsigned char)found.at[found.bytes] & 0xC0) != 0x80);
            CHECK(memchr(found.at, ' ', 1) == NULL && found.at[found.bytes - 1] != ' ');
            CHECK(found.bytes <= 4 * INK_FIGURE_MOST + 8);
        }
    }
}

int main(void) {
    RUN(a_number_comes_with_its_unit);
    RUN(a_word_that_turns_it_belongs_to_a_figure);
    RUN(money_and_shares_are_figures);
    RUN(what_is_counted_goes_along_if_it_is_short);
    RUN(separators_of_all_kinds);
    RUN(in_the_languages_of_the_page);
    RUN(dates_and_times_are_none);
    RUN(names_and_labels_are_none);
    RUN(ranks_scores_ages_and_small_counts_are_none);
    RUN(addresses_and_telephones_are_none);
    RUN(a_part_of_a_number_is_none);
    RUN(any_text_gives_a_part_of_itself);
    return ink_test_end();
}
