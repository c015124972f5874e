#include "core/ink_time.h"

// Years are counted from the first of March, so that the leap day is the last of its year, and
// days from March of a year that is a multiple of 400 and before all dates that can occur.
enum {
    BASE_YEAR = -12000,
    BASE_DAYS = 5102378, // days from -12000-03-01 to 1970-01-01
    ERA_DAYS = 146097,   // of 400 years
    DAY_S = 86400,
};

// First second of INK_YEAR_MIN and last of INK_YEAR_MAX.
#define FIRST_S (-377705116800)
#define LAST_S  253402300799

int32_t ink_days(int year, int month, int day) {
    bool early = month < 3;
    uint32_t years = (uint32_t)(year - early - BASE_YEAR); // 1999..21999
    uint32_t months = (uint32_t)(early ? month + 9 : month - 3);
    uint32_t centuries = years / 100;
    // Months from March have 31 30 31 30 31, twice, then 31: 153 days in each five.
    uint32_t days = 365 * years + years / 4 - centuries + centuries / 4 + (153 * months + 2) / 5;
    return (int32_t)days + day - 1 - BASE_DAYS; // days < 8.1 million
}

struct ink_date ink_civil(int32_t days) {
    uint32_t left = (uint32_t)(days + BASE_DAYS);
    uint32_t century = (4 * left + 3) / ERA_DAYS; // left < 8.1 million
    left -= century * (ERA_DAYS / 4) + century / 4;
    uint32_t year = (4 * left + 3) / 1461; // of the century; 1461 days in four years
    left -= 365 * year + year / 4;
    uint32_t month = (5 * left + 2) / 153; // 0 March .. 11 February
    left -= (153 * month + 2) / 5;
    bool early = month > 9;
    struct ink_date date = {
        .year = (int16_t)((int)(100 * century + year) + BASE_YEAR + early),
        .month = (uint8_t)(early ? month - 9 : month + 3),
        .day = (uint8_t)(left + 1),
        .precision = INK_PRECISION_DAY,
    };
    return date;
}

int ink_month_days(int year, int month) {
    if (month == 2) {
        // Of the multiples of 25, those of 16 are those of 400.
        bool leap = year % 4 == 0 && (year % 25 != 0 || year % 16 == 0);
        return leap ? 29 : 28;
    }
    return 30 +
           ((month + (month > 7)) & 1); // 31 in odd months up to July, in even ones from August
}

int ink_weekday(int32_t days) {
    // 1970-01-01 was a Thursday, and so was every 7 million days before it.
    return (int)((uint32_t)(days + 7000000 + 3) % 7);
}

static int64_t change_s(const struct ink_zone_change *change) {
    return (int64_t)change->minute * 60;
}

int ink_zone_offset(const struct ink_zone *zone, int64_t utc_s) {
    if (zone == NULL || zone->count == 0) {
        return 0;
    }
    unsigned i = zone->count - 1u;
    while (i > 0 && utc_s < change_s(&zone->change[i])) {
        i--;
    }
    return zone->change[i].offset_min;
}

// The instant of a civil second of the zone: the first change's span that still runs at it.
static int64_t find_instant(int64_t civil_s, const struct ink_zone *zone) {
    if (zone == NULL || zone->count == 0) {
        return civil_s;
    }
    int64_t before = civil_s - zone->change[0].offset_min * 60;
    for (unsigned i = 1; i < zone->count; i++) {
        if (before < change_s(&zone->change[i])) {
            return before;
        }
        int64_t after = civil_s - zone->change[i].offset_min * 60;
        if (after < change_s(&zone->change[i])) {
            return before; // too late for the old offset and too early for the new one: skipped
        }
        before = after;
    }
    return before;
}

static int64_t days_instant(int32_t days, const struct ink_zone *zone) {
    return find_instant((int64_t)days * DAY_S, zone);
}

// First month of what a month field says: nothing, a month or a season.
static int first_month(int month) {
    if (month == 0) {
        return 1;
    }
    return month > 12 ? 3 * (month - 20) : month;
}

int64_t ink_date_start(const struct ink_date *date, const struct ink_zone *zone) {
    if (date->precision == INK_PRECISION_NONE) {
        return INT64_MIN;
    }
    int32_t days = ink_days(date->year, first_month(date->month), date->day == 0 ? 1 : date->day);
    int64_t civil_s = (int64_t)days * DAY_S + date->second;
    if ((date->flags & INK_DATE_OFFSET) != 0) {
        return civil_s - date->offset_min * 60;
    }
    return find_instant(civil_s, zone);
}

// The year after a decade or century. Those that run up to year 0 stop short of it: "-000X" is
// the years -9 to -1, as there is no year -0.
static int year_after(const struct ink_date *date) {
    int year = date->year + (date->precision == INK_PRECISION_CENTURY ? 100 : 10);
    return date->year < 0 && year > 0 ? 0 : year;
}

// The day after what a date of precision DAY or coarser covers.
static int32_t day_after(const struct ink_date *date) {
    int year = date->year, month = first_month(date->month);
    switch (date->precision) {
    case INK_PRECISION_DAY:
        return ink_days(year, month, date->day) + 1;
    case INK_PRECISION_MONTH:
        month += 1;
        break;
    case INK_PRECISION_SEASON:
        month += 3;
        break;
    case INK_PRECISION_YEAR:
        year += 1;
        break;
    default:
        year = year_after(date);
        break;
    }
    return month > 12 ? ink_days(year + 1, month - 12, 1) : ink_days(year, month, 1);
}

int64_t ink_date_end(const struct ink_date *date, const struct ink_zone *zone) {
    if (date->precision == INK_PRECISION_NONE) {
        return INT64_MAX;
    }
    int64_t start = ink_date_start(date, zone);
    if (date->precision >= INK_PRECISION_MINUTE) {
        return start + (date->precision == INK_PRECISION_MINUTE ? 60 : 1);
    }
    int64_t end = days_instant(day_after(date), zone);
    // A change of offset may skip a whole day, as that of Samoa did in December 2011.
    return end > start ? end : start + 1;
}

// Splits seconds within FIRST_S..LAST_S into a day and its second with 32-bit divisions only, as
// 64-bit ones take hundreds of cycles on a Cortex-M0: 65536 s * 675 are exactly 512 days.
static int32_t split_days(int64_t civil_s, int32_t *second) {
    uint64_t s = (uint64_t)(civil_s + (int64_t)BASE_DAYS * DAY_S); // < 7e11
    uint32_t high = (uint32_t)(s >> 16);                           // < 1.1e7
    uint32_t rest = (high % 675) << 16 | (uint32_t)(s & 0xFFFF);   // < 675 * 65536 = 4.5e7
    *second = (int32_t)(rest % DAY_S);
    return (int32_t)(high / 675 * 512 + rest / DAY_S) - BASE_DAYS;
}

static int64_t clamp_years(int64_t s, int64_t slack_s) {
    if (s < FIRST_S - slack_s) {
        return FIRST_S - slack_s;
    }
    return s > LAST_S + slack_s ? LAST_S + slack_s : s;
}

struct ink_date ink_local(int64_t utc_s, const struct ink_zone *zone) {
    // Twice, as an offset, less than a day, must not overflow and may lead out of the years or
    // back.
    int64_t civil_s = clamp_years(utc_s, DAY_S) + ink_zone_offset(zone, utc_s) * 60;
    civil_s = clamp_years(civil_s, 0);
    int32_t second;
    struct ink_date date = ink_civil(split_days(civil_s, &second));
    date.second = second;
    date.precision = INK_PRECISION_SECOND;
    return date;
}

struct ink_date ink_date_local(const struct ink_date *date, const struct ink_zone *zone) {
    if ((date->flags & INK_DATE_OFFSET) == 0 || date->precision == INK_PRECISION_NONE) {
        return *date;
    }
    int64_t start = ink_date_start(date, zone);
    struct ink_date local = *date;
    if (ink_zone_offset(zone, start) != date->offset_min) {
        local = ink_local(start, zone); /* divides: most dates are of their story's offset */
    }
    local.offset_min = 0;
    local.precision = date->precision;
    local.flags = (uint8_t)(date->flags & ~INK_DATE_OFFSET);
    return local;
}
