/* Dates of other formats to EDTF: tables, and laws over random bytes.
 *
 *     test_stamp          the tests
 *     test_stamp --edtf   of each line of standard input its EDTF and its seconds since 1970, or
 *                         "-" each: for stamp_check.py, which reads the same dates by Python
 */
#include "import/stamp.h"

#include "core/ink_edtf.h"
#include "ink_test.h"

/* Of a copy that ends where the bytes do, so that the sanitizers see who reads on. */
static size_t stamp(char out[INK_STAMP_BYTES], const char *text, size_t bytes) {
    char *copy = malloc(bytes > 0 ? bytes : 1);
    memcpy(copy, text, bytes);
    const size_t count = ink_stamp_edtf(out, copy, bytes);
    free(copy);
    return count;
}

static bool stamp_utc(const char *text, size_t bytes, int64_t *utc_s) {
    char out[INK_STAMP_BYTES];
    const size_t count = stamp(out, text, bytes);
    return ink_stamp_seconds(out, count, utc_s);
}

static void expect(const char *text, const char *want) {
    char out[INK_STAMP_BYTES];
    const size_t bytes = stamp(out, text, strlen(text));
    CHECK_TEXT(out, bytes, want);
    if (bytes != strlen(want) || memcmp(out, want, bytes) != 0) {
        printf("  of \"%s\"\n", text);
    }
}

/* --- tables --- */

static void edtf_stays_as_it_is(void) {
    static const char *const rows[] = {"2024",
                                       "2024-08",
                                       "2024-08-12",
                                       "201X",
                                       "2024-21",
                                       "2024-08-12?",
                                       "2024~",
                                       "-0043-03-15",
                                       "0000",
                                       "2024-08-12T14:05",
                                       "2024-08-12T14:05Z",
                                       "2024-08-12T14:05:09.5+03:00",
                                       "2024-08-12 14:05:09-11:30",
                                       "2024-08-12T23:59:60Z"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(rows[i], rows[i]);
    }
    expect(" 2024-08-12 \n", "2024-08-12");
}

static void iso_in_its_other_shapes(void) {
    static const char *const rows[][2] = {
        {"2024-08-12T14:05+0300", "2024-08-12T14:05+03:00"},
        {"2024-08-12T14:05:09-0930", "2024-08-12T14:05:09-09:30"},
        {"20240812T140509Z", "2024-08-12T14:05:09+00:00"},
        {"20240812T1405+03", "2024-08-12T14:05+03:00"},
        {"20240812", "2024-08-12"},
        {"20240812140509", "2024-08-12T14:05:09"},
        {"2024-08-12T14:05:09 UTC", "2024-08-12T14:05:09+00:00"},
        {"2024-08-12t14:05:09,123z", "2024-08-12T14:05:09+00:00"},
        {"2024-08-12T14:05:09.123456789012345678901234567890Z", "2024-08-12T14:05:09+00:00"},
        {"2024/08/12", "2024-08-12"},
        {"12.08.2024", "2024-08-12"},
        {"1.8.2024", "2024-08-01"},
        {"12.08.2024 14:05", "2024-08-12T14:05"},
        {"Mon, 12.08.2024, 14:05:09 +0300", "2024-08-12T14:05:09+03:00"},
        {"31.06.2024", "2024-06-31"},
        {"28/03/2025", "2025-03-28"},
        {"3/28/2025 2:20 AM", "2025-03-28T02:20"},
        {"28-03-2025", "2025-03-28"},
        {"2024-8-1", "2024-08-01"},
        {"2024/8", "2024-08"},
        {"2024/08/12 14:05", "2024-08-12T14:05"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(rows[i][0], rows[i][1]);
    }
}

static void mail_dates(void) {
    static const char *const rows[][2] = {
        {"Mon, 12 Aug 2024 14:05:09 +0300", "2024-08-12T14:05:09+03:00"},
        {"12 Aug 2024 14:05 GMT", "2024-08-12T14:05+00:00"},
        {"mon, 12 aug 2024 14:05:09 gmt", "2024-08-12T14:05:09+00:00"},
        {"Monday, 12 August 2024 14:05:09 -0000", "2024-08-12T14:05:09+00:00"},
        {"Mon, 12 Aug 24 14:05:09 EDT", "2024-08-12T14:05:09-04:00"},
        {"12-Aug-2024 14:05:09 UT", "2024-08-12T14:05:09+00:00"},
        {"Mon, 12 Aug 2024 14:05:09 +0300 (EEST)", "2024-08-12T14:05:09+03:00"},
        {"Mon, 12 Aug 2024 14:05:09 GMT+0300", "2024-08-12T14:05:09+03:00"},
        {"Thurs, 1 Sept. 2024", "2024-09-01"},
        {"1 Jan 70", "1970-01-01"},
        {"1 Jan 69", "2069-01-01"},
        {"1 Jan 00", "2000-01-01"},
        {"1 Jan 124", "2024-01-01"}, /* a year counted from 1900 */
        {"12 Aug 2024 14:05 EST", "2024-08-12T14:05-05:00"},
        {"12 Aug 2024 14:05 CEST", "2024-08-12T14:05+02:00"},
        {"12 Aug 2024 14:05 XYZT", "2024-08-12"}, /* nobody knows it: only the day stays */
        {"12 Aug 2024 14:05 IST", "2024-08-12"},
        {"12 Aug 2024 14:05 JST", "2024-08-12T14:05+09:00"},
        {"12 Aug 2024 14:05", "2024-08-12T14:05"},
        {"12 Aug 2024", "2024-08-12"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(rows[i][0], rows[i][1]);
    }
}

static void dates_with_the_month_first(void) {
    static const char *const rows[][2] = {
        {"Mon Aug 12 14:05:09 2024", "2024-08-12T14:05:09"},
        {"Thu Aug  1 14:05:09 2024", "2024-08-01T14:05:09"},
        {"Mon Aug 12 14:05:09 EEST 2024", "2024-08-12T14:05:09+03:00"},
        {"Mon Aug 12 14:05:09 +0300 2024", "2024-08-12T14:05:09+03:00"},
        {"Mon Aug 12 2024 14:05:09 GMT+0300 (Eastern European Summer Time)",
         "2024-08-12T14:05:09+03:00"},
        {"August 12, 2024", "2024-08-12"},
        {"Aug. 12, 2024, 14:05 GMT", "2024-08-12T14:05+00:00"},
        {"May 1, 2024", "2024-05-01"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(rows[i][0], rows[i][1]);
    }
}

/* Written as it stands, so that EDTF refuses it with its reason. */
static void days_that_there_are_not(void) {
    static const char *const rows[][2] = {
        {"31 Jun 2024", "2024-06-31"},
        {"30 Feb 2024 10:00 GMT", "2024-02-30T10:00+00:00"},
        {"2023-2-29", "2023-02-29"},
        {"2024-08-12T24:00:00Z", "2024-08-12T24:00:00+00:00"},
        {"12 Aug 2024 25:00 GMT", "2024-08-12T25:00+00:00"},
        {"12 Aug 2024 14:61 GMT", "2024-08-12T14:61+00:00"},
        {"12 Aug 2024 14:05 +9900", "2024-08-12T14:05+99:00"},
        {"2024-13-01", "2024-13-01"},
        {"0 Aug 2024", "2024-08-00"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ink_date date;
        int64_t utc_s;
        expect(rows[i][0], rows[i][1]);
        CHECK_INT(ink_edtf_parse_one(rows[i][1], strlen(rows[i][1]), &date), INK_REASON_DATE_RANGE);
        CHECK(!stamp_utc(rows[i][0], strlen(rows[i][0]), &utc_s));
    }
}

/* What could be two dates, or none. */
static void what_is_no_date_is_refused(void) {
    static const char *const rows[] = {"",
                                       " ",
                                       "today",
                                       "12",
                                       "12 Aug",
                                       "Aug 2024",
                                       "08/12/2024",
                                       "12.8.24",
                                       "12/8/2024",
                                       "03.04.2025 14:00-15:00",
                                       "12.8.",
                                       "12-8-2024",
                                       "12/08/24",
                                       "2024-W33-1",
                                       "2024-225",
                                       "2024/21",
                                       "2024-13",
                                       "202408",
                                       "1723471509",
                                       "1723471509000",
                                       "2024-08-12T",
                                       "2024-08-12T14",
                                       "2024-08-12T14:05+03:",
                                       "2024-08-12T14:05+3",
                                       "2024-08-12T14:05:",
                                       "2024-08-12T14:05:9",
                                       "2024-08-12 1405",
                                       "2024-08-121405",
                                       "12 Aug 202414:05",
                                       "12 Decline 2024",
                                       "12 marraskuu 2024",
                                       "12 mai 2024",
                                       "Sunny, 12 Aug 2024",
                                       "2024-08-12/2024-08-13",
                                       "2024-08-12 approx",
                                       "20240-08-12",
                                       "12 Aug 20245",
                                       "+2024-08-12",
                                       "2 pm",
                                       "14:05",
                                       "P1D",
                                       "Mon Aug 12 14:05:09 EEST",
                                       "Mon, 12 Aug 2024 2 pm"};
    char out[INK_STAMP_BYTES];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const size_t bytes = stamp(out, rows[i], strlen(rows[i]));
        CHECK_INT(bytes, 0);
        if (bytes > 0) {
            printf("  of \"%s\": %.*s\n", rows[i], (int)bytes, out);
        }
    }
}

static void seconds_are_of_instants_and_days(void) {
    static const struct {
        const char *text;
        bool told;
        int64_t utc_s;
    } rows[] = {{"1970-01-01", true, 0},
                {"Thu, 01 Jan 1970 00:00:00 GMT", true, 0},
                {"1970-01-01T03:00+0300", true, 0},
                {"12 Aug 2024 14:05:09 +0300", true, 1723460709},
                {"20240812T110509Z", true, 1723460709},
                {"2016-12-31T23:59:60Z", true, 1483228799}, /* a leap second is its last */
                {"2024-08", true, 1722470400},
                {"2024-08-12T14:05:09", true, 1723471509}, /* as if of UTC */
                {"12 Aug 2024 14:05 XYZT", true, 1723420800},
                {"..", false, 0},
                {"unknown", false, 0},
                {"31 Jun 2024", false, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t utc_s = 0;
        const bool told = stamp_utc(rows[i].text, strlen(rows[i].text), &utc_s);
        CHECK_INT(told, rows[i].told);
        CHECK(!told || utc_s == rows[i].utc_s);
    }
}

/* --- laws --- */

static void any_bytes_give_a_date_or_none(void) {
    static const char *const parts[] = {"2024", "08",  "12",     "1",  "-", "/",  ":", "T",
                                        "Z",    "+",   "0300",   " ",  ",", "(",  ".", "Mon",
                                        "Aug",  "GMT", "EST",    "24", "9", "..", "?", "X",
                                        "\xFF", "\t",  "August", "60", "31"};
    char text[200], out[INK_STAMP_BYTES];
    uint64_t dice = 1;
    int good = 0;
    for (int round = 0; round < 200000; round++) {
        size_t used = 0;
        for (uint32_t left = ink_random_below(&dice, 14); left > 0; left--) {
            const char *part = parts[ink_random_below(&dice, sizeof parts / sizeof parts[0])];
            memcpy(text + used, part, strlen(part));
            used += strlen(part);
        }
        struct ink_date date;
        int64_t utc_s;
        const size_t bytes = stamp(out, text, used);
        CHECK(bytes <= INK_STAMP_BYTES);
        if (bytes > 0) {
            const enum ink_reason reason = ink_edtf_parse_one(out, bytes, &date);
            CHECK(reason == INK_REASON_NONE || reason == INK_REASON_DATE_RANGE);
            good += reason == INK_REASON_NONE;
        }
        (void)stamp_utc(text, used, &utc_s);
    }
    CHECK(good > 2000);
}

/* --- for stamp_check.py --- */

static int serve(void) {
    char line[1024], out[INK_STAMP_BYTES];
    while (fgets(line, sizeof line, stdin) != NULL) {
        int64_t utc_s = 0;
        const size_t bytes = strcspn(line, "\n"), count = stamp(out, line, bytes);
        const bool told = stamp_utc(line, bytes, &utc_s);
        printf("%.*s\t", count > 0 ? (int)count : 1, count > 0 ? out : "-");
        if (told) {
            printf("%" PRId64 "\n", utc_s);
        } else {
            puts("-");
        }
    }
    return 0;
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "--edtf") == 0) {
        return serve();
    }
    RUN(edtf_stays_as_it_is);
    RUN(iso_in_its_other_shapes);
    RUN(mail_dates);
    RUN(dates_with_the_month_first);
    RUN(days_that_there_are_not);
    RUN(what_is_no_date_is_refused);
    RUN(seconds_are_of_instants_and_days);
    RUN(any_bytes_give_a_date_or_none);
    return ink_test_end();
}
