/* Civil dates against a walk over every day and against the C library; zones against a definition
 * that tries every offset; extents by their neighbours. */
#include "core/ink_time.h"

#include "ink_test.h"

#include <time.h>

enum { HOUR = 3600, DAY = 86400 };

static int64_t seconds(int year, int month, int day, int hour, int minute) {
    return (int64_t)ink_days(year, month, day) * DAY + hour * HOUR + minute * 60;
}

static struct ink_date make_date(int precision, int year, int month, int day) {
    return (struct ink_date){.year = (int16_t)year,
                             .month = (uint8_t)month,
                             .day = (uint8_t)day,
                             .precision = (uint8_t)precision};
}

static struct ink_date make_time(int year, int month, int day, int hour, int minute) {
    struct ink_date date = make_date(INK_PRECISION_SECOND, year, month, day);
    date.second = hour * HOUR + minute * 60;
    return date;
}

static bool is_same(const struct ink_date *a, const struct ink_date *b) {
    return a->year == b->year && a->month == b->month && a->day == b->day &&
           a->second == b->second && a->offset_min == b->offset_min &&
           a->precision == b->precision && a->flags == b->flags;
}

/* --- days --- */

static int count_month_days(int year, int month) {
    static const int days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month] + (month == 2 && leap);
}

static void every_day_of_every_year_follows_the_one_before(void) {
    int32_t days = ink_days(INK_YEAR_MIN - 1, 1, 1);
    for (int year = INK_YEAR_MIN - 1; year <= INK_YEAR_MAX + 1; year++) {
        for (int month = 1; month <= 12; month++) {
            CHECK_INT(ink_month_days(year, month), count_month_days(year, month));
            for (int day = 1; day <= count_month_days(year, month); day++, days++) {
                struct ink_date want = make_date(INK_PRECISION_DAY, year, month, day);
                struct ink_date got = ink_civil(days);
                CHECK(ink_days(year, month, day) == days);
                CHECK(is_same(&got, &want));
            }
        }
    }
    CHECK_INT(ink_days(1970, 1, 1), 0);
    CHECK_INT(ink_days(2024, 2, 31), ink_days(2024, 3, 2));
}

static void days_and_weekdays_are_those_of_the_c_library(void) {
    for (int32_t days = ink_days(1900, 1, 1); days <= ink_days(2100, 12, 31); days++) {
        time_t instant = (time_t)days * DAY;
        const struct tm *tm = gmtime(&instant);
        CHECK_INT(ink_days(tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday), days);
        CHECK_INT(ink_weekday(days), (tm->tm_wday + 6) % 7);
    }
}

static void weekdays_go_round_over_all_years(void) {
    int weekday = ink_weekday(ink_days(INK_YEAR_MIN, 1, 1));
    for (int32_t days = ink_days(INK_YEAR_MIN, 1, 1); days < ink_days(INK_YEAR_MAX + 1, 1, 1);
         days++) {
        CHECK_INT(ink_weekday(days), weekday);
        weekday = (weekday + 1) % 7;
    }
    CHECK_INT(ink_weekday(ink_days(1582, 10, 15)), 4); /* the first Gregorian day, a Friday */
    CHECK_INT(ink_weekday(ink_days(2024, 8, 6)), 1);
}

/* --- zones --- */

static struct ink_zone make_kyiv(void) {
    struct ink_zone zone = {.name = "Europe/Kyiv", .count = 3};
    zone.change[0].minute = (int32_t)(seconds(2023, 10, 29, 1, 0) / 60);
    zone.change[0].offset_min = 120;
    zone.change[1].minute = (int32_t)(seconds(2024, 3, 31, 1, 0) / 60);
    zone.change[1].offset_min = 180;
    zone.change[2].minute = (int32_t)(seconds(2024, 10, 27, 1, 0) / 60);
    zone.change[2].offset_min = 120;
    return zone;
}

static void expect_local(int64_t utc_s, const struct ink_zone *zone, struct ink_date want) {
    struct ink_date got = ink_local(utc_s, zone);
    CHECK(is_same(&got, &want));
}

static void kyiv_changes_its_clocks_in_2024(void) {
    struct ink_zone kyiv = make_kyiv();
    int64_t spring = seconds(2024, 3, 31, 1, 0), autumn = seconds(2024, 10, 27, 1, 0);
    CHECK_INT(ink_zone_offset(&kyiv, spring - 1), 120);
    CHECK_INT(ink_zone_offset(&kyiv, spring), 180);
    CHECK_INT(ink_zone_offset(&kyiv, autumn - 1), 180);
    CHECK_INT(ink_zone_offset(&kyiv, autumn), 120);
    CHECK_INT(ink_zone_offset(&kyiv, seconds(1999, 7, 1, 0, 0)), 120); /* before the first */
    CHECK_INT(ink_zone_offset(&kyiv, seconds(2031, 7, 1, 0, 0)), 120);
    expect_local(spring - 60, &kyiv, make_time(2024, 3, 31, 2, 59));
    expect_local(spring, &kyiv, make_time(2024, 3, 31, 4, 0));
    expect_local(autumn - 60, &kyiv, make_time(2024, 10, 27, 3, 59));
    expect_local(autumn, &kyiv, make_time(2024, 10, 27, 3, 0));
    expect_local(seconds(2024, 8, 5, 22, 30), &kyiv, make_time(2024, 8, 6, 1, 30));
}

static void skipped_and_repeated_hours_have_one_start(void) {
    struct ink_zone kyiv = make_kyiv();
    struct ink_date skipped = make_time(2024, 3, 31, 3, 30);
    struct ink_date before = make_time(2024, 3, 31, 2, 59);
    struct ink_date after = make_time(2024, 3, 31, 4, 0);
    struct ink_date repeated = make_time(2024, 10, 27, 3, 30);
    struct ink_date again = make_time(2024, 10, 27, 4, 0);
    CHECK_INT(ink_date_start(&before, &kyiv), seconds(2024, 3, 31, 0, 59));
    CHECK_INT(ink_date_start(&skipped, &kyiv), seconds(2024, 3, 31, 1, 30));
    CHECK_INT(ink_date_start(&after, &kyiv), seconds(2024, 3, 31, 1, 0));
    CHECK_INT(ink_date_start(&repeated, &kyiv), seconds(2024, 10, 27, 0, 30));
    CHECK_INT(ink_date_start(&again, &kyiv), seconds(2024, 10, 27, 2, 0));
}

static void days_last_as_long_as_the_clock_says(void) {
    struct ink_zone kyiv = make_kyiv();
    const struct ink_date short_day = make_date(INK_PRECISION_DAY, 2024, 3, 31);
    const struct ink_date long_day = make_date(INK_PRECISION_DAY, 2024, 10, 27);
    const struct ink_date year = make_date(INK_PRECISION_YEAR, 2024, 0, 0);
    CHECK_INT(ink_date_start(&short_day, &kyiv), seconds(2024, 3, 30, 22, 0));
    CHECK_INT(ink_date_end(&short_day, &kyiv) - ink_date_start(&short_day, &kyiv), 23 * HOUR);
    CHECK_INT(ink_date_end(&long_day, &kyiv) - ink_date_start(&long_day, &kyiv), 25 * HOUR);
    CHECK_INT(ink_date_end(&year, &kyiv) - ink_date_start(&year, &kyiv), 366 * DAY);
}

static void a_zone_without_changes_is_utc(void) {
    struct ink_zone zone = {.name = "Etc/UTC"};
    struct ink_date noon = make_time(2024, 8, 6, 12, 0);
    for (int null = 0; null <= 1; null++) {
        const struct ink_zone *utc = null ? NULL : &zone;
        CHECK_INT(ink_zone_offset(utc, 0), 0);
        CHECK_INT(ink_date_start(&noon, utc), seconds(2024, 8, 6, 12, 0));
        expect_local(seconds(2024, 8, 6, 12, 0), utc, noon);
    }
}

/* Samoa moved over the date line: 30 December 2011 did not happen there. */
static void a_day_that_was_skipped_still_has_an_extent(void) {
    struct ink_zone apia = {.name = "Pacific/Apia", .count = 2};
    int64_t change = seconds(2011, 12, 30, 10, 0);
    apia.change[0] = (struct ink_zone_change){.minute = 0, .offset_min = -600};
    apia.change[1] =
        (struct ink_zone_change){.minute = (int32_t)(change / 60), .offset_min = 14 * 60};
    const struct ink_date none = make_date(INK_PRECISION_DAY, 2011, 12, 30);
    const struct ink_date next = make_date(INK_PRECISION_DAY, 2011, 12, 31);
    CHECK_INT(ink_date_start(&none, &apia), change);
    CHECK_INT(ink_date_end(&none, &apia), change + 1);
    CHECK_INT(ink_date_start(&next, &apia), change);
}

/* Changes a month or more apart, offsets in quarters of an hour. */
static struct ink_zone make_zone(uint64_t *seed) {
    struct ink_zone zone = {.count = (uint8_t)ink_random_below(seed, INK_ZONE_CHANGES + 1)};
    int32_t minute = (int32_t)(seconds(2015, 1, 1, 0, 0) / 60);
    for (int i = 0; i < zone.count; i++) {
        minute += 30 * 1440 + (int32_t)ink_random_below(seed, 200 * 1440);
        zone.change[i].minute = minute;
        zone.change[i].offset_min = (int16_t)(((int)ink_random_below(seed, 109) - 52) * 15);
    }
    return zone;
}

/* What a civil second means, by trying every offset that the zone has: the first instant that shows
 * it, or INT64_MAX if none does. */
static int64_t first_instant(int64_t civil_s, const struct ink_zone *zone) {
    int64_t first = zone->count == 0 ? civil_s : INT64_MAX;
    for (int i = 0; i < zone->count; i++) {
        int64_t instant = civil_s - zone->change[i].offset_min * 60;
        if (ink_zone_offset(zone, instant) == zone->change[i].offset_min && instant < first) {
            first = instant;
        }
    }
    return first;
}

static int64_t random_instant(uint64_t *seed, const struct ink_zone *zone) {
    if (zone->count > 0 && (ink_random(seed) & 1) != 0) { /* near a change */
        const struct ink_zone_change *change = &zone->change[ink_random_below(seed, zone->count)];
        return (int64_t)change->minute * 60 + (int64_t)ink_random_below(seed, 4 * DAY) - 2 * DAY;
    }
    return (int64_t)(ink_random(seed) >> 8) % (600000000000) - 350000000000;
}

static void local_time_leads_back_to_the_first_instant_that_shows_it(void) {
    int repeated = 0;
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        uint64_t random = seed;
        struct ink_zone zone = make_zone(&random);
        for (int i = 0; i < 20; i++) {
            int64_t instant = random_instant(&random, &zone);
            struct ink_date local = ink_local(instant, &zone);
            int64_t start = ink_date_start(&local, &zone);
            int64_t civil_s = instant + ink_zone_offset(&zone, instant) * 60;
            CHECK(start == first_instant(civil_s, &zone));
            expect_local(start, &zone, local);
            repeated += start != instant;
        }
    }
    CHECK(repeated > 0);
}

static void a_skipped_time_takes_the_offset_before_the_change(void) {
    int skipped = 0;
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        uint64_t random = seed;
        struct ink_zone zone = make_zone(&random);
        for (int i = 1; i < zone.count; i++) {
            int gap_min = zone.change[i].offset_min - zone.change[i - 1].offset_min;
            if (gap_min <= 0) {
                continue;
            }
            int64_t into = ink_random_below(&random, (uint32_t)gap_min * 60);
            int64_t instant = (int64_t)zone.change[i].minute * 60 + into;
            int64_t civil_s = instant + zone.change[i - 1].offset_min * 60;
            struct ink_date date = ink_local(civil_s, NULL);
            CHECK(first_instant(civil_s, &zone) == INT64_MAX);
            CHECK(ink_date_start(&date, &zone) == instant);
            skipped++;
        }
    }
    CHECK(skipped > 0);
}

static void an_instant_outside_the_years_is_their_first_or_last_second(void) {
    struct ink_zone kyiv = make_kyiv();
    struct ink_date first = make_time(INK_YEAR_MIN, 1, 1, 0, 0);
    struct ink_date last = make_time(INK_YEAR_MAX, 12, 31, 23, 59);
    last.second += 59;
    expect_local(INT64_MIN, &kyiv, first);
    expect_local(INT64_MAX, &kyiv, last);
    expect_local(seconds(INK_YEAR_MIN, 1, 1, 0, 0), NULL, first);
    expect_local(seconds(INK_YEAR_MIN, 1, 1, 0, 0) - 1, NULL, first);
    expect_local(seconds(INK_YEAR_MAX + 1, 1, 1, 0, 0) - 1, NULL, last);
    expect_local(seconds(INK_YEAR_MAX + 1, 1, 1, 0, 0) - 1, &kyiv, last);
}

static void every_second_of_a_day_is_its_own(void) {
    for (int year = INK_YEAR_MIN; year <= INK_YEAR_MAX; year += 3333) {
        int64_t midnight = seconds(year, 12, 31, 0, 0);
        for (int32_t second = 0; second < DAY; second++) {
            struct ink_date want = make_date(INK_PRECISION_SECOND, year, 12, 31);
            want.second = second;
            expect_local(midnight + second, NULL, want);
        }
    }
}

/* --- instants and extents --- */

static void an_instant_needs_no_zone(void) {
    struct ink_zone kyiv = make_kyiv();
    struct ink_date date = make_time(2024, 8, 6, 11, 20);
    date.offset_min = -210;
    date.flags = INK_DATE_OFFSET | INK_DATE_APPROX;
    date.precision = INK_PRECISION_MINUTE;
    CHECK_INT(ink_date_start(&date, &kyiv), seconds(2024, 8, 6, 14, 50));
    CHECK_INT(ink_date_end(&date, &kyiv), seconds(2024, 8, 6, 14, 51));
    struct ink_date want = make_time(2024, 8, 6, 17, 50);
    want.flags = INK_DATE_APPROX;
    want.precision = INK_PRECISION_MINUTE;
    struct ink_date local = ink_date_local(&date, &kyiv);
    CHECK(is_same(&local, &want));
    struct ink_date day = make_date(INK_PRECISION_DAY, 2024, 8, 6);
    local = ink_date_local(&day, &kyiv);
    CHECK(is_same(&local, &day));
}

struct extent {
    struct ink_date date;
    int from[3], to[3]; /* year, month, day; the second one no longer covered */
};

static void extents_are_those_of_the_precision(void) {
    static const struct extent extents[] = {
        {{2024, 8, 6, 0, 0, INK_PRECISION_DAY, 0}, {2024, 8, 6}, {2024, 8, 7}},
        {{2024, 12, 31, 0, 0, INK_PRECISION_DAY, 0}, {2024, 12, 31}, {2025, 1, 1}},
        {{2024, 2, 0, 0, 0, INK_PRECISION_MONTH, 0}, {2024, 2, 1}, {2024, 3, 1}},
        {{2024, 12, 0, 0, 0, INK_PRECISION_MONTH, 0}, {2024, 12, 1}, {2025, 1, 1}},
        {{2024, 21, 0, 0, 0, INK_PRECISION_SEASON, 0}, {2024, 3, 1}, {2024, 6, 1}},
        {{2024, 22, 0, 0, 0, INK_PRECISION_SEASON, 0}, {2024, 6, 1}, {2024, 9, 1}},
        {{2024, 23, 0, 0, 0, INK_PRECISION_SEASON, 0}, {2024, 9, 1}, {2024, 12, 1}},
        {{2024, 24, 0, 0, 0, INK_PRECISION_SEASON, 0}, {2024, 12, 1}, {2025, 3, 1}},
        {{2024, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, {2024, 1, 1}, {2025, 1, 1}},
        {{0, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, {0, 1, 1}, {1, 1, 1}},
        {{-1, 0, 0, 0, 0, INK_PRECISION_YEAR, 0}, {-1, 1, 1}, {0, 1, 1}},
        {{-43, 3, 15, 0, 0, INK_PRECISION_DAY, 0}, {-43, 3, 15}, {-43, 3, 16}},
        {{2010, 0, 0, 0, 0, INK_PRECISION_DECADE, 0}, {2010, 1, 1}, {2020, 1, 1}},
        {{-49, 0, 0, 0, 0, INK_PRECISION_DECADE, 0}, {-49, 1, 1}, {-39, 1, 1}},
        {{-9, 0, 0, 0, 0, INK_PRECISION_DECADE, 0}, {-9, 1, 1}, {0, 1, 1}},
        {{0, 0, 0, 0, 0, INK_PRECISION_DECADE, 0}, {0, 1, 1}, {10, 1, 1}},
        {{1900, 0, 0, 0, 0, INK_PRECISION_CENTURY, 0}, {1900, 1, 1}, {2000, 1, 1}},
        {{-99, 0, 0, 0, 0, INK_PRECISION_CENTURY, 0}, {-99, 1, 1}, {0, 1, 1}},
        {{0, 0, 0, 0, 0, INK_PRECISION_CENTURY, 0}, {0, 1, 1}, {100, 1, 1}},
        {{9900, 0, 0, 0, 0, INK_PRECISION_CENTURY, 0}, {9900, 1, 1}, {10000, 1, 1}},
        {{-9999, 0, 0, 0, 0, INK_PRECISION_CENTURY, 0}, {-9999, 1, 1}, {-9899, 1, 1}},
        {{9999, 24, 0, 0, 0, INK_PRECISION_SEASON, 0}, {9999, 12, 1}, {10000, 3, 1}},
    };
    for (size_t i = 0; i < sizeof extents / sizeof *extents; i++) {
        const struct extent *e = &extents[i];
        CHECK_INT(ink_date_start(&e->date, NULL),
                  seconds(e->from[0], e->from[1], e->from[2], 0, 0));
        CHECK_INT(ink_date_end(&e->date, NULL), seconds(e->to[0], e->to[1], e->to[2], 0, 0));
    }
}

static bool is_hours(const struct ink_date *when, const struct ink_date *until,
                     const struct ink_zone *zone) {
    const struct ink_date *last = ink_is_dated(until) ? until : when;
    return ink_is_hours(when->precision, ink_date_start(when, zone), ink_date_end(last, zone));
}

/* In a night in which the clock is put forward, too. */
static void hours_end_within_24_hours(void) {
    struct ink_zone zone = {.count = 2, .change = {{0, 60}, {0, 120}}};
    zone.change[1].minute = (int32_t)(seconds(2025, 3, 30, 1, 0) / 60);
    const struct ink_date from = make_time(2025, 3, 29, 22, 0);
    const struct {
        struct ink_date until;
        bool hours;
    } cases[] = {
        {{.precision = INK_PRECISION_NONE}, true},
        {{.precision = INK_PRECISION_NONE, .flags = INK_DATE_OPEN}, true},
        {make_time(2025, 3, 29, 22, 0), true},
        {make_time(2025, 3, 29, 23, 30), true},
        {make_time(2025, 3, 30, 0, 0), true},
        {make_time(2025, 3, 30, 22, 59), true},
        {make_time(2025, 3, 30, 23, 0), false},
        {make_time(2025, 3, 31, 5, 0), false},
        {make_time(2025, 4, 29, 5, 0), false},
        {make_date(INK_PRECISION_DAY, 2025, 3, 29), true},
        {make_date(INK_PRECISION_DAY, 2025, 3, 30), false},
        {make_date(INK_PRECISION_MONTH, 2025, 3, 0), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(is_hours(&from, &cases[i].until, &zone), cases[i].hours);
    }
    struct ink_date until = make_time(2025, 3, 30, 20, 59); /* 22:59 in the zone */
    until.flags = INK_DATE_OFFSET;
    CHECK(is_hours(&from, &until, &zone));
    until.second += 60;
    CHECK(!is_hours(&from, &until, &zone));
    const struct ink_date day = make_date(INK_PRECISION_DAY, 2025, 3, 29), none = {0};
    CHECK(!is_hours(&day, &none, &zone));
    CHECK(!is_hours(&day, &from, &zone));
}

static void no_date_has_no_extent(void) {
    static const uint8_t flags[] = {0, INK_DATE_OPEN, INK_DATE_UNKNOWN};
    for (size_t i = 0; i < sizeof flags; i++) {
        struct ink_date none = {.flags = flags[i]};
        CHECK(ink_date_start(&none, NULL) == INT64_MIN);
        CHECK(ink_date_end(&none, NULL) == INT64_MAX);
        struct ink_date local = ink_date_local(&none, NULL);
        CHECK(is_same(&local, &none));
    }
}

/* Each of a kind begins where the one before ends, over all the years. */
static void neighbours_touch(void) {
    int64_t ends[INK_PRECISION_DAY] = {0};
    for (int year = INK_YEAR_MIN; year <= INK_YEAR_MAX; year++) {
        for (int precision = INK_PRECISION_CENTURY; precision < INK_PRECISION_DAY; precision++) {
            bool season = precision == INK_PRECISION_SEASON;
            int span = precision == INK_PRECISION_CENTURY  ? 100
                       : precision == INK_PRECISION_DECADE ? 10
                                                           : 1;
            int parts = season ? 4 : precision == INK_PRECISION_MONTH ? 12 : 1;
            bool first = year < 0 ? (year + span - 1) % span == 0 : year % span == 0;
            for (int part = 1; first && part <= parts; part++) {
                int month = season ? 20 + part : parts == 12 ? part : 0;
                struct ink_date date = make_date(precision, year, month, 0);
                int64_t start = ink_date_start(&date, NULL);
                CHECK(ends[precision] == 0 || start == ends[precision]);
                ends[precision] = ink_date_end(&date, NULL);
                CHECK(ends[precision] > start);
            }
        }
    }
    CHECK_INT(ends[INK_PRECISION_CENTURY], seconds(INK_YEAR_MAX + 1, 1, 1, 0, 0));
    CHECK_INT(ends[INK_PRECISION_DECADE], seconds(INK_YEAR_MAX + 1, 1, 1, 0, 0));
}

/* Even in a zone that only a broken feed would send: changes a minute apart, any offset. */
static void every_date_ends_after_it_starts_in_any_zone(void) {
    for (uint64_t seed = 1; seed <= 50000; seed++) {
        uint64_t random = seed;
        struct ink_zone zone = {.count = (uint8_t)ink_random_below(&random, INK_ZONE_CHANGES + 1)};
        int32_t minute = (int32_t)ink_random_below(&random, 100000);
        for (int i = 0; i < zone.count; i++) {
            minute += 1 + (int32_t)ink_random_below(&random, 1 + (uint32_t)(seed % 3000));
            zone.change[i].minute = minute;
            zone.change[i].offset_min = (int16_t)((int)ink_random_below(&random, 2879) - 1439);
        }
        struct ink_date date = ink_civil((int32_t)ink_random_below(&random, 110));
        date.precision = (uint8_t)(INK_PRECISION_MONTH + ink_random_below(&random, 4));
        date.day = date.precision == INK_PRECISION_MONTH ? 0 : date.day;
        if (date.precision >= INK_PRECISION_MINUTE) {
            date.second = (int32_t)ink_random_below(&random, 1440) * 60;
        }
        CHECK(ink_date_end(&date, &zone) > ink_date_start(&date, &zone));
    }
}

int main(void) {
    RUN(every_day_of_every_year_follows_the_one_before);
    RUN(days_and_weekdays_are_those_of_the_c_library);
    RUN(weekdays_go_round_over_all_years);
    RUN(kyiv_changes_its_clocks_in_2024);
    RUN(skipped_and_repeated_hours_have_one_start);
    RUN(days_last_as_long_as_the_clock_says);
    RUN(a_zone_without_changes_is_utc);
    RUN(a_day_that_was_skipped_still_has_an_extent);
    RUN(local_time_leads_back_to_the_first_instant_that_shows_it);
    RUN(a_skipped_time_takes_the_offset_before_the_change);
    RUN(an_instant_outside_the_years_is_their_first_or_last_second);
    RUN(every_second_of_a_day_is_its_own);
    RUN(an_instant_needs_no_zone);
    RUN(extents_are_those_of_the_precision);
    RUN(hours_end_within_24_hours);
    RUN(no_date_has_no_extent);
    RUN(neighbours_touch);
    RUN(every_date_ends_after_it_starts_in_any_zone);
    return ink_test_end();
}
