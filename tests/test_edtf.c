/* EDTF: what is accepted, to the field; what is refused, and why; and that parsing and writing undo
 * each other. With the environment variable INKLINE_DATA also a table of strings from others'
 * tests, edtf/edtf.tsv in that folder. */
#include "core/ink_edtf.h"

#include "ink_test.h"

enum {
    APPROX = INK_DATE_APPROX,
    UNCERTAIN = INK_DATE_UNCERTAIN,
    BOTH = INK_DATE_APPROX | INK_DATE_UNCERTAIN,
    OFFSET = INK_DATE_OFFSET,
    MASKED = INK_DATE_UNSPECIFIED,
};

static bool is_same(const struct ink_date *a, const struct ink_date *b) {
    return a->year == b->year && a->month == b->month && a->day == b->day &&
           a->second == b->second && a->offset_min == b->offset_min &&
           a->precision == b->precision && a->flags == b->flags;
}

/* Parse from a block of exactly the text's size, so that a sanitizer sees one byte too far. */
static enum ink_reason parse(const char *text, size_t bytes, struct ink_date *when,
                             struct ink_date *until) {
    char *copy = malloc(bytes + (bytes == 0));
    memcpy(copy, text, bytes);
    memset(when, 0xA5, sizeof *when);
    memset(until, 0xA5, sizeof *until);
    enum ink_reason reason = ink_edtf_parse(copy, bytes, when, until);
    free(copy);
    return reason;
}

/* --- accepted --- */

struct accepted {
    const char *text;
    struct ink_date date; /* year, month, day, second, offset_min, precision, flags */
    const char *written;  /* NULL: as the text */
};

#define AT(hour, minute, second) ((hour)*3600 + (minute)*60 + (second))

static const struct accepted accepted[] = {
    {"2024", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, NULL},
    {"0000", {0, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, NULL},
    {"-0999", {-999, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, NULL},
    {"-9999", {-9999, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, NULL},
    {"9999-12-31", {9999, 12, 31, 0, 0, INK_PRECISION_DAY, 0}, NULL},
    {"Y2024", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, "2024"},
    {"y-0044", {-44, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, "-0044"},
    {"Y000000002024?", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, UNCERTAIN}, "2024?"},
    {"2024-08", {2024, 8, 0, 0, 0, INK_PRECISION_MONTH, 0}, NULL},
    {"2024-08-12", {2024, 8, 12, 0, 0, INK_PRECISION_DAY, 0}, NULL},
    {"2024-02-29", {2024, 2, 29, 0, 0, INK_PRECISION_DAY, 0}, NULL},
    {"2000-02-29", {2000, 2, 29, 0, 0, INK_PRECISION_DAY, 0}, NULL},
    {"-0043-03-15", {-43, 3, 15, 0, 0, INK_PRECISION_DAY, 0}, NULL},
    {"201X", {2010, 0, 0, 0, 0, INK_PRECISION_DECADE, MASKED}, NULL},
    {"201u", {2010, 0, 0, 0, 0, INK_PRECISION_DECADE, MASKED}, "201X"},
    {"-004X", {-49, 0, 0, 0, 0, INK_PRECISION_DECADE, MASKED}, NULL},
    {"-000X", {-9, 0, 0, 0, 0, INK_PRECISION_DECADE, MASKED}, NULL},
    {"000X", {0, 0, 0, 0, 0, INK_PRECISION_DECADE, MASKED}, NULL},
    {"-999X", {-9999, 0, 0, 0, 0, INK_PRECISION_DECADE, MASKED}, NULL},
    {"20XX", {2000, 0, 0, 0, 0, INK_PRECISION_CENTURY, MASKED}, NULL},
    {"19uu~", {1900, 0, 0, 0, 0, INK_PRECISION_CENTURY, MASKED | APPROX}, "19XX~"},
    {"-00XX", {-99, 0, 0, 0, 0, INK_PRECISION_CENTURY, MASKED}, NULL},
    {"-99XX", {-9999, 0, 0, 0, 0, INK_PRECISION_CENTURY, MASKED}, NULL},
    {"2024-XX", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, MASKED}, NULL},
    {"2024-uu-uu", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, MASKED}, "2024-XX"},
    {"2024-XX-XX%", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, MASKED | BOTH}, "2024-XX%"},
    {"2024-08-XX", {2024, 8, 0, 0, 0, INK_PRECISION_MONTH, MASKED}, NULL},
    {"2024-21", {2024, 21, 0, 0, 0, INK_PRECISION_SEASON, 0}, NULL},
    {"-0001-24~", {-1, 24, 0, 0, 0, INK_PRECISION_SEASON, APPROX}, NULL},
    {"2024-08-12?", {2024, 8, 12, 0, 0, INK_PRECISION_DAY, UNCERTAIN}, NULL},
    {"2024-08~", {2024, 8, 0, 0, 0, INK_PRECISION_MONTH, APPROX}, NULL},
    {"2024%", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, BOTH}, NULL},
    {"2024?~", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, BOTH}, "2024%"},
    {"2024~?", {2024, 0, 0, 0, 0, INK_PRECISION_YEAR, BOTH}, "2024%"},
    {"2024-08-12T14:05", {2024, 8, 12, AT(14, 5, 0), 0, INK_PRECISION_MINUTE, 0}, NULL},
    {"2024-08-12T14:05:09", {2024, 8, 12, AT(14, 5, 9), 0, INK_PRECISION_SECOND, 0}, NULL},
    {"2024-08-12T00:00~", {2024, 8, 12, 0, 0, INK_PRECISION_MINUTE, APPROX}, NULL},
    {"2024-08-12T14:05:09Z", {2024, 8, 12, AT(14, 5, 9), 0, INK_PRECISION_SECOND, OFFSET}, NULL},
    {"2024-08-12t14:05:09z",
     {2024, 8, 12, AT(14, 5, 9), 0, INK_PRECISION_SECOND, OFFSET},
     "2024-08-12T14:05:09Z"},
    {"2024-08-12 14:05+03:00",
     {2024, 8, 12, AT(14, 5, 0), 180, INK_PRECISION_MINUTE, OFFSET},
     "2024-08-12T14:05+03:00"},
    {"2024-08-12T14:05:09.123456789-03:30",
     {2024, 8, 12, AT(14, 5, 9), -210, INK_PRECISION_SECOND, OFFSET},
     "2024-08-12T14:05:09-03:30"},
    {"1985-04-12T23:20:30-04",
     {1985, 4, 12, AT(23, 20, 30), -240, INK_PRECISION_SECOND, OFFSET},
     "1985-04-12T23:20:30-04:00"},
    {"2024-08-12T14:05:09-00:00",
     {2024, 8, 12, AT(14, 5, 9), 0, INK_PRECISION_SECOND, OFFSET},
     "2024-08-12T14:05:09Z"},
    {"2024-08-12T14:05+23:59?",
     {2024, 8, 12, AT(14, 5, 0), 1439, INK_PRECISION_MINUTE, OFFSET | UNCERTAIN},
     NULL},
    {"2016-12-31T23:59:60Z",
     {2016, 12, 31, AT(23, 59, 59), 0, INK_PRECISION_SECOND, OFFSET},
     "2016-12-31T23:59:59Z"},
    {"-9999-01-01T00:00:00.0-23:59%",
     {-9999, 1, 1, 0, -1439, INK_PRECISION_SECOND, OFFSET | BOTH},
     "-9999-01-01T00:00:00-23:59%"},
};

static void dates_are_read_to_the_field_and_written_back(void) {
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        const struct accepted *a = &accepted[i];
        struct ink_date when, until, one;
        static const struct ink_date absent;
        char out[INK_EDTF_BYTES] = {0};
        enum ink_reason reason = parse(a->text, strlen(a->text), &when, &until);
        if (reason != INK_REASON_NONE || !is_same(&when, &a->date) || !is_same(&until, &absent)) {
            printf("  %s\n", a->text);
        }
        CHECK_INT(reason, INK_REASON_NONE);
        CHECK(is_same(&when, &a->date));
        CHECK(is_same(&until, &absent));
        CHECK_INT(ink_edtf_parse_one(a->text, strlen(a->text), &one), INK_REASON_NONE);
        CHECK(is_same(&one, &a->date));
        CHECK_TEXT(out, ink_edtf_write(&when, out), a->written == NULL ? a->text : a->written);
    }
}

struct interval {
    const char *text, *when, *until; /* as written */
    uint8_t when_flags, until_flags;
};

static void intervals_have_two_sides(void) {
    static const struct interval intervals[] = {
        {"1914/1918", "1914", "1918", 0, 0},
        {"2004-02-01/2005", "2004-02-01", "2005", 0, 0},
        {"1984?/2004~?", "1984?", "2004%", UNCERTAIN, BOTH},
        {"../2024", "..", "2024", INK_DATE_OPEN, 0},
        {"2024-08-06/..", "2024-08-06", "..", 0, INK_DATE_OPEN},
        {"/2024", "", "2024", INK_DATE_UNKNOWN, 0},
        {"2024/", "2024", "", 0, INK_DATE_UNKNOWN},
        {"2004-01-01/open", "2004-01-01", "..", 0, INK_DATE_OPEN},
        {"open/2004", "..", "2004", INK_DATE_OPEN, 0},
        {"unknown/2006", "", "2006", INK_DATE_UNKNOWN, 0},
        {"1984-06-02?/unknown", "1984-06-02?", "", UNCERTAIN, INK_DATE_UNKNOWN},
        {"Y-0044/2024-21", "-0044", "2024-21", 0, 0},
        /* by extents: what ends with it, or on the same day, is not before it */
        {"2024-08-12/2024-08", "2024-08-12", "2024-08", 0, 0},
        {"2024-08-12/2024-08-12", "2024-08-12", "2024-08-12", 0, 0},
        {"2024-24/2025-02-28", "2024-24", "2025-02-28", 0, 0},
        {"2024-08-12T10:00/2024-08-12T10:00", "2024-08-12T10:00", "2024-08-12T10:00", 0, 0},
        /* two instants compare as such, an instant and a civil time only roughly */
        {"2024-08-12T10:00+03:00/2024-08-12T09:00+01:00", "2024-08-12T10:00+03:00",
         "2024-08-12T09:00+01:00", OFFSET, OFFSET},
        {"2024-08-12T10:00-05:00/2024-08-12T11:00", "2024-08-12T10:00-05:00", "2024-08-12T11:00",
         OFFSET, 0},
        {"2024-08-12T01:00+12:00/2024-08-11", "2024-08-12T01:00+12:00", "2024-08-11", OFFSET, 0},
    };
    for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) {
        const struct interval *t = &intervals[i];
        struct ink_date when, until;
        char out[INK_EDTF_BYTES] = {0};
        CHECK_INT(parse(t->text, strlen(t->text), &when, &until), INK_REASON_NONE);
        CHECK_TEXT(out, ink_edtf_write(&when, out), t->when);
        CHECK_TEXT(out, ink_edtf_write(&until, out), t->until);
        CHECK_INT(when.flags, t->when_flags);
        CHECK_INT(until.flags, t->until_flags);
    }
}

static void a_word_for_no_date_is_read_alone_only_as_one_side(void) {
    static const struct {
        const char *text;
        int flags;
    } words[] = {{"..", INK_DATE_OPEN}, {"open", INK_DATE_OPEN}, {"unknown", INK_DATE_UNKNOWN}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct ink_date date, until, want = {.flags = (uint8_t)words[i].flags};
        size_t bytes = strlen(words[i].text);
        CHECK_INT(ink_edtf_parse_one(words[i].text, bytes, &date), INK_REASON_NONE);
        CHECK(is_same(&date, &want));
        CHECK_INT(parse(words[i].text, bytes, &date, &until), INK_REASON_DATE);
    }
    struct ink_date date;
    CHECK_INT(ink_edtf_parse_one("", 0, &date), INK_REASON_DATE);
    CHECK_INT(ink_edtf_parse_one("2024/2025", 9, &date), INK_REASON_DATE);
    CHECK_INT(ink_edtf_parse_one("2024/", 5, &date), INK_REASON_DATE);
}

/* --- refused --- */

static void expect_reason(const char *const *texts, size_t count, enum ink_reason want) {
    for (size_t i = 0; i < count; i++) {
        struct ink_date when, until;
        enum ink_reason reason = parse(texts[i], strlen(texts[i]), &when, &until);
        if (reason != want) {
            printf("  \"%s\"\n", texts[i]);
        }
        CHECK_INT(reason, want);
    }
}

#define EXPECT_REASON(texts, want) expect_reason((texts), sizeof(texts) / sizeof *(texts), (want))

static void what_is_no_date_is_refused(void) {
    static const char *const texts[] = {
        "", " ", "-", "2", "20", "202", "2024-", "2024-8", "2024-08-", "2024-08-1", "2024-08-123",
        "2024-08-12-", "2024 ", " 2024", "+2024", "--2024", "2024--08", "2024/08/12", "08/12/2024",
        "12-08-2024", "12.08.2024", "20240812", "202408", "1723456789", "2024-08-12T",
        "2024-08-12T1", "2024-08-12T14", "2024-08-12T14:", "2024-08-12T14:5",
        "2024-08-12T14:05:", "2024-08-12T14:05:9", "2024-08-12T14:05:09.", "2024-08-12T14:05:09,5",
        "2024-08-12T14:05.5", "2024-08-12T1405", "2024-08-12  14:05", "2024-08-12T14:05 Z",
        "2024-08-12T14:05ZZ", "2024-08-12T14:05+", "2024-08-12T14:05+3",
        "2024-08-12T14:05+03:", "2024-08-12T14:05+03:0", "2024-08-12T14:05+0300",
        "2024-08-12T14:05+03:00Z", "2024-08-12T14:05 EEST", "2024-08-12T14:05:09Z[Europe/Kyiv]",
        "2024-08T14:05", "2024T14:05", "2024-08-12Z",
        /* level 2 */
        "20X4", "X024", "XXXX", "2XXX", "201X-08", "201X-XX", "20XX-XX-XX", "2024-X8", "2024-0X",
        "2024-XX-12", "2024-08-1X", "196x", "201x", "?2024", "2024?-08", "2024-08~-12",
        "2024-(06)?-11", "2024-21^north", "Y-17E7", "Y3388E2S3", "[1667,1668]", "{1667..1668}",
        "1950S2", "x2009",
        /* qualifiers and long years */
        "2024??", "2024~~", "2024%?", "2024?%", "2024?~?", "?", "Y", "Y-", "Y44", "Y-044",
        "Y2024-08", "Y2024X", "Z2024", "2024Y",
        /* intervals */
        "2024/2025/2026", "2024//2025", "2024/ 2025", "2024 / 2025", "2024/-", "2024/.", "2024/...",
        "./2024", "opened/2024", "2024/ope", "2024/Open", "2024/unknown?", "2024/..?", "2024-2025",
        "2024..2025", "..", "open", "unknown", "tomorrow", "Monday", "2024-Aug-12", "n.d."};
    EXPECT_REASON(texts, INK_REASON_DATE);
    struct ink_date when, until;
    CHECK_INT(parse("2024\0", 5, &when, &until), INK_REASON_DATE);
}

static void what_no_calendar_has_is_out_of_range(void) {
    static const char *const texts[] = {"2024-00",
                                        "2024-13",
                                        "2024-20",
                                        "2024-25",
                                        "2024-41",
                                        "2024-99",
                                        "2024-13-01",
                                        "2024-31-12",
                                        "2024-21-12",
                                        "2024-08-00",
                                        "2024-08-32",
                                        "2024-06-31",
                                        "2024-02-30",
                                        "2023-02-29",
                                        "1900-02-29",
                                        "-0001-02-29",
                                        "2024-08-12T24:00",
                                        "2024-08-12T24:00:00Z",
                                        "2024-08-12T14:60",
                                        "2024-08-12T14:05:61",
                                        "2024-08-12T14:05:99Z",
                                        "2024-08-12T14:05+24:00",
                                        "2024-08-12T14:05-23:60",
                                        "2024-08-12T14:05+99",
                                        "-0000",
                                        "-0000-01-01",
                                        "Y-0000",
                                        "Y10000",
                                        "Y-10000",
                                        "Y170000002",
                                        "Y-170000002",
                                        "y-170000002",
                                        "Y99999999999999999999999999999999",
                                        "12024",
                                        "-12024",
                                        "12024-08-12",
                                        "2024-06-31/2025",
                                        "2024/2025-13",
                                        "Y10000/2024",
                                        "2025/2024-13"};
    EXPECT_REASON(texts, INK_REASON_DATE_RANGE);
}

static void an_interval_that_runs_backwards_is_refused(void) {
    static const char *const texts[] = {"2024/2023",
                                        "2024-08-12/2024-08-11",
                                        "2024-08/2024-07",
                                        "2024/2023-12-31",
                                        "2024-22/2024-21",
                                        "0000/-0001",
                                        "20XX/199X",
                                        "000X/-000X",
                                        "2024-08-12T10:01/2024-08-12T10:00",
                                        "2024-08-12T10:00:01Z/2024-08-12T10:00:00Z",
                                        "2024-08-12T10:00+01:00/2024-08-12T10:30+02:00",
                                        "2024-08-12T23:00+14:00/2024-08-09",
                                        "../..",
                                        "/",
                                        "../",
                                        "/..",
                                        "unknown/open",
                                        "open/unknown"};
    EXPECT_REASON(texts, INK_REASON_INTERVAL);
}

/* --- laws --- */

static struct ink_date make_date(uint64_t *seed) {
    struct ink_date date = {0};
    date.precision = (uint8_t)(1 + ink_random_below(seed, INK_PRECISION_SECOND));
    date.year = (int16_t)((int)ink_random_below(seed, 19999) - 9999);
    date.flags = (uint8_t)ink_random_below(seed, 4);
    if (date.precision <= INK_PRECISION_DECADE) {
        int span = date.precision == INK_PRECISION_CENTURY ? 100 : 10;
        int magnitude = (date.year < 0 ? -date.year : date.year) / span * span;
        date.year = (int16_t)(date.year < 0 ? -magnitude - span + 1 : magnitude);
        date.flags |= MASKED;
    }
    if (date.precision == INK_PRECISION_SEASON) {
        date.month = (uint8_t)(21 + ink_random_below(seed, 4));
    } else if (date.precision > INK_PRECISION_SEASON) {
        date.month = (uint8_t)(1 + ink_random_below(seed, 12));
    }
    if (date.precision >= INK_PRECISION_DAY) {
        uint32_t days = (uint32_t)ink_month_days(date.year, date.month);
        date.day = (uint8_t)(1 + ink_random_below(seed, days));
    } else if (date.precision == INK_PRECISION_YEAR || date.precision == INK_PRECISION_MONTH) {
        date.flags |= (uint8_t)(ink_random_below(seed, 2) * MASKED);
    }
    if (date.precision >= INK_PRECISION_MINUTE) {
        date.second = (int32_t)ink_random_below(seed, 1440) * 60;
        bool has_offset = ink_random_below(seed, 2) != 0;
        date.flags |= (uint8_t)(has_offset ? OFFSET : 0);
        date.offset_min = (int16_t)(has_offset ? (int)ink_random_below(seed, 2879) - 1439 : 0);
    }
    if (date.precision == INK_PRECISION_SECOND) {
        date.second += (int32_t)ink_random_below(seed, 60);
    }
    return date;
}

static void writing_and_parsing_undo_each_other(void) {
    for (uint64_t seed = 1; seed <= 300000; seed++) {
        uint64_t random = seed;
        struct ink_date date = make_date(&random), again, until;
        char out[INK_EDTF_BYTES + 1];
        memset(out, '!', sizeof out);
        size_t bytes = ink_edtf_write(&date, out);
        CHECK(bytes <= INK_EDTF_BYTES && out[bytes] == '!');
        CHECK_INT(ink_edtf_parse_one(out, bytes, &again), INK_REASON_NONE);
        CHECK(is_same(&again, &date));
        CHECK_INT(ink_edtf_parse(out, bytes, &again, &until), INK_REASON_NONE);
        CHECK(is_same(&again, &date));
        CHECK_INT(until.precision + until.flags, 0);
    }
}

/* A side of an interval: mostly a date, else one of the two kinds of none. */
static struct ink_date make_side(uint64_t *seed) {
    struct ink_date none = {.flags = INK_DATE_OPEN};
    switch (ink_random_below(seed, 8)) {
    case 0:
        return none;
    case 1:
        none.flags = INK_DATE_UNKNOWN;
        return none;
    default:
        return make_date(seed);
    }
}

static size_t write_interval(const struct ink_date *when, const struct ink_date *until,
                             char out[2 * INK_EDTF_BYTES + 1]) {
    size_t bytes = ink_edtf_write(when, out);
    if (until->precision != INK_PRECISION_NONE || until->flags != 0) {
        out[bytes++] = '/';
        bytes += ink_edtf_write(until, out + bytes);
    }
    return bytes;
}

static void intervals_come_back_or_run_backwards(void) {
    int counts[2] = {0, 0};
    for (uint64_t seed = 1; seed <= 200000; seed++) {
        uint64_t random = seed;
        struct ink_date when = make_side(&random), until = make_side(&random), a, b;
        char out[2 * INK_EDTF_BYTES + 1] = {0};
        enum ink_reason reason = parse(out, write_interval(&when, &until, out), &a, &b);
        bool dated = when.precision != 0 || until.precision != 0;
        bool good = dated && !ink_edtf_reversed(&when, &until);
        CHECK_INT(reason, good ? INK_REASON_NONE : INK_REASON_INTERVAL);
        CHECK(!good || (is_same(&a, &when) && is_same(&b, &until)));
        counts[good]++;
    }
    CHECK(counts[0] > 1000 && counts[1] > 1000);
}

/* Of two dates that differ one at least is in order, and both are if they overlap. */
static void not_both_of_two_orders_run_backwards(void) {
    for (uint64_t seed = 1; seed <= 200000; seed++) {
        uint64_t random = seed;
        struct ink_date a = make_date(&random), b = make_date(&random);
        CHECK(!ink_edtf_reversed(&a, &b) || !ink_edtf_reversed(&b, &a));
        CHECK(!ink_edtf_reversed(&a, &a));
        if (((a.flags ^ b.flags) & OFFSET) == 0) {
            bool overlap = ink_date_start(&a, NULL) < ink_date_end(&b, NULL) &&
                           ink_date_start(&b, NULL) < ink_date_end(&a, NULL);
            CHECK(overlap == (!ink_edtf_reversed(&a, &b) && !ink_edtf_reversed(&b, &a)));
        }
    }
}

static bool is_well_made(const struct ink_date *date) {
    int known = APPROX | UNCERTAIN | OFFSET | MASKED;
    if (date->precision == INK_PRECISION_NONE) {
        struct ink_date none = {.flags = date->flags};
        return is_same(date, &none) && (date->flags == INK_DATE_OPEN || date->flags == 0 ||
                                        date->flags == INK_DATE_UNKNOWN);
    }
    bool season = date->precision == INK_PRECISION_SEASON;
    bool day = date->precision >= INK_PRECISION_DAY, time = date->precision >= INK_PRECISION_MINUTE;
    bool month = season || day || date->precision == INK_PRECISION_MONTH;
    int low = season ? 21 : month, high = season ? 24 : month ? 12 : 0;
    return date->precision <= INK_PRECISION_SECOND && (date->flags & ~known) == 0 &&
           date->year >= INK_YEAR_MIN && date->year <= INK_YEAR_MAX && date->month >= low &&
           date->month <= high && date->day >= day &&
           date->day <= (day ? ink_month_days(date->year, date->month) : 0) && date->second >= 0 &&
           date->second <= (time ? 86399 : 0) && date->offset_min > -1440 &&
           date->offset_min < 1440 && (time || (date->flags & OFFSET) == 0) &&
           ((date->flags & OFFSET) != 0 || date->offset_min == 0);
}

/* Whatever parses is a well-made date that comes back from its own writing. */
static int expect_sound(const char *text, size_t bytes) {
    struct ink_date when, until, a, b;
    if (parse(text, bytes, &when, &until) != INK_REASON_NONE) {
        return 0;
    }
    char out[2 * INK_EDTF_BYTES + 1] = {0};
    size_t written = write_interval(&when, &until, out);
    CHECK(is_well_made(&when) && is_well_made(&until));
    CHECK_INT(parse(out, written, &a, &b), INK_REASON_NONE);
    CHECK(is_same(&a, &when) && is_same(&b, &until));
    return 1;
}

static void prefixes_and_mutations_are_refused_or_sound(void) {
    int sound = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        uint64_t random = seed;
        struct ink_date when = make_side(&random), until = make_side(&random);
        struct ink_date absent = {0};
        char text[2 * INK_EDTF_BYTES + 1];
        size_t bytes = write_interval(&when, seed % 2 == 0 ? &until : &absent, text);
        for (size_t cut = 0; cut <= bytes; cut++) {
            sound += expect_sound(text, cut);
        }
        for (size_t at = 0; at < bytes; at++) {
            char kept = text[at];
            for (int byte = 0; byte < 256; byte++) {
                text[at] = (char)(uint8_t)byte;
                sound += expect_sound(text, bytes);
            }
            text[at] = kept;
        }
    }
    CHECK(sound > 10000);
}

static void garbage_of_the_right_letters_is_refused_or_sound(void) {
    static const char letters[] = "0123456789012345678900XuYy-----TtZz ::++..//??~~%openunknown";
    for (uint64_t seed = 1; seed <= 400000; seed++) {
        uint64_t random = seed;
        char text[24];
        size_t bytes = ink_random_below(&random, sizeof text + 1);
        for (size_t i = 0; i < bytes; i++) {
            text[i] = letters[ink_random_below(&random, sizeof letters - 1)];
        }
        expect_sound(text, bytes);
    }
}

/* --- the strings of others' tests --- */

/* Strings of level 0 or 1 that are refused, and of level 2 that are read: each with its reason. */
static const struct {
    const char *text, *why;
} exceptions[] = {
    {"Y-170000002", "a year outside the range"},
    {"y-170000002", "a year outside the range"},
    {"2004-06-01", "a plain date: level 2 is only what the row expects of its parts"},
    {"2004-06-uu/2004-07-03", "each side is level 1"},
};

static bool is_exception(const char *text) {
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
        if (strcmp(exceptions[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

/* "key=value" of the last column, about the first moment that the string covers, in UTC. */
static void expect_parts(const char *text, const char *expected, const struct ink_date *when) {
    struct ink_date utc = ink_local(ink_date_start(when, NULL), NULL);
    const struct {
        const char *key;
        int value;
    } parts[] = {{"year=", utc.year},
                 {"month=", utc.month},
                 {"day=", utc.day},
                 {"hours=", utc.second / 3600},
                 {"minutes=", utc.second / 60 % 60},
                 {"seconds=", utc.second % 60}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t bytes = strlen(parts[i].key);
        for (const char *at = expected; at != NULL; at = strchr(at, ';')) {
            at += *at == ';';
            if (strncmp(at, parts[i].key, bytes) == 0 && parts[i].value != atoi(at + bytes)) {
                printf("  %s: %s\n", text, expected);
                CHECK_INT(parts[i].value, atoi(at + bytes));
            }
        }
    }
}

static void expect_row(char *line) {
    char *level = strchr(line, '\t');
    char *from = level == NULL ? NULL : strchr(level + 1, '\t');
    char *expected = from == NULL ? NULL : strchr(from + 1, '\t');
    CHECK(expected != NULL);
    if (expected == NULL) {
        return;
    }
    *level = '\0';
    struct ink_date when, until;
    bool read = parse(line, strlen(line), &when, &until) == INK_REASON_NONE;
    bool want = (level[1] != '2') != is_exception(line);
    if (read != want) {
        printf("  %s\n", line);
    }
    CHECK_INT(read, want);
    if (read && level[1] != '2') {
        expect_parts(line, expected + 1, &when);
    }
}

static void strings_of_other_tests_are_read_by_their_level(void) {
    const char *folder = getenv("INKLINE_DATA");
    char path[1024], line[1024];
    snprintf(path, sizeof path, "%s/edtf/edtf.tsv", folder == NULL ? "" : folder);
    FILE *file = folder == NULL ? NULL : fopen(path, "r");
    if (file == NULL) {
        printf("skipped: edtf/edtf.tsv, as INKLINE_DATA names no folder that has it\n");
        return;
    }
    int rows = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (rows++ > 0) {
            expect_row(line);
        }
    }
    fclose(file);
    printf("edtf.tsv: %d strings\n", rows - 1);
    CHECK(rows > 1);
}

int main(void) {
    RUN(dates_are_read_to_the_field_and_written_back);
    RUN(intervals_have_two_sides);
    RUN(a_word_for_no_date_is_read_alone_only_as_one_side);
    RUN(what_is_no_date_is_refused);
    RUN(what_no_calendar_has_is_out_of_range);
    RUN(an_interval_that_runs_backwards_is_refused);
    RUN(writing_and_parsing_undo_each_other);
    RUN(intervals_come_back_or_run_backwards);
    RUN(not_both_of_two_orders_run_backwards);
    RUN(prefixes_and_mutations_are_refused_or_sound);
    RUN(garbage_of_the_right_letters_is_refused_or_sound);
    RUN(strings_of_other_tests_are_read_by_their_level);
    return ink_test_end();
}
