/* Time: civil dates with precision and qualifiers, zones as offset changes, integers only.
 *
 * Proleptic Gregorian calendar, ISO 8601 year numbers (0000 is 1 BCE, -0043 is 44 BCE).
 * Sources: EDTF (ISO 8601-2:2019, levels 0 and 1), RFC 3339; day counts after the usual
 * 400-year-era arithmetic.
 */
#ifndef INK_TIME_H
#define INK_TIME_H

#include "core/ink_limits.h"
#include "core/ink_types.h"

/* How exactly a date is known, coarse to fine. */
enum ink_precision {
    INK_PRECISION_NONE, /* no date at all: absent, open or unknown (see flags) */
    INK_PRECISION_CENTURY,
    INK_PRECISION_DECADE,
    INK_PRECISION_YEAR,
    INK_PRECISION_SEASON, /* month holds 21 spring, 22 summer, 23 autumn, 24 winter: see below */
    INK_PRECISION_MONTH,
    INK_PRECISION_DAY,
    INK_PRECISION_MINUTE,
    INK_PRECISION_SECOND,
};

enum {
    INK_DATE_APPROX = 1,    /* EDTF ~ */
    INK_DATE_UNCERTAIN = 2, /* EDTF ?; with APPROX it is EDTF % */
    INK_DATE_OPEN = 4,      /* EDTF "..": no start or no end; precision NONE */
    INK_DATE_UNKNOWN = 8,   /* EDTF "" beside a slash: there is one, nobody knows it */
    INK_DATE_OFFSET = 16,   /* offset_min was given: an instant; else a time of the story's zone */
    INK_DATE_UNSPECIFIED = 32 /* EDTF X digits: "2024-08-XX" is MONTH + UNSPECIFIED */
};

/* "2024-XX" and "2024-XX-XX" are both YEAR + UNSPECIFIED; a DECADE or a CENTURY always has it. */

/* What the coarse ones cover. A season is three months of the northern year: March to May, June to
 * August, September to November, and a winter from December of its year to February of the next,
 * so that seasons of a year come in the order of their numbers. The decade of "201X" is 2010..2019,
 * of "-004X" -49..-40 (year -49), of "-000X" -9..-1: a year belongs to the decade and the century
 * that begin with its digits. */

/* A date or time as it was written. 12 bytes. */
struct ink_date {
    int16_t year;       /* INK_YEAR_MIN..INK_YEAR_MAX; a decade or century: its first year */
    uint8_t month;      /* 1..12, or a season 21..24; 0 if coarser */
    uint8_t day;        /* 1..31; 0 if coarser */
    int32_t second;     /* second of the civil day, 0..86399; 0 if coarser */
    int16_t offset_min; /* minutes east of UTC, -1439..1439, with INK_DATE_OFFSET; else 0 */
    uint8_t precision;  /* enum ink_precision */
    uint8_t flags;      /* INK_DATE_* */
};

static inline bool ink_is_dated(const struct ink_date *date) {
    return date->precision != INK_PRECISION_NONE;
}

/* One change of offset: from `minute` (minutes since 1970-01-01T00:00Z) on, `offset_min` holds. */
struct ink_zone_change {
    int32_t minute;
    int16_t offset_min;
};

/* A zone as the story carries it: devices have no zone database.
 * Before the first change its offset holds too; no change at all is UTC. Changes ascend. */
struct ink_zone {
    char name[INK_ZONE_NAME_BYTES]; /* zero-terminated unless full; "" is UTC */
    uint8_t count;
    struct ink_zone_change change[INK_ZONE_CHANGES];
};

/* Days from first to last, known no more exactly than `precision` (an enum ink_precision up to
 * DAY). */
struct ink_days {
    int32_t first, last;
    uint8_t precision;
};

/* Days since 1970-01-01 of a civil date; year in INK_YEAR_MIN-1..INK_YEAR_MAX+1, so that
 * |result| < 4.4 million. `month` 1..12, `day` 1..31 (a day past the month's end runs on). */
int32_t ink_days(int year, int month, int day);

/* The civil date of a day count in the range of ink_days: sets year, month, day and precision DAY;
 * all else zero. */
struct ink_date ink_civil(int32_t days);

/* Days in a month of a year, 28..31. */
int ink_month_days(int year, int month);

/* Day of the week of a day count: 0 Monday .. 6 Sunday. */
int ink_weekday(int32_t days);

/* In all that follows a null zone is UTC. */

/* Offset of a zone at an instant, minutes east. */
int ink_zone_offset(const struct ink_zone *zone, int64_t utc_s);

/* First second that a date covers, seconds since 1970-01-01T00:00Z; exact for instants, by the
 * zone for all else (a time that a change repeats takes its first pass, a skipped one its
 * old offset). A date of precision NONE gives INT64_MIN if it is `when`-like open or unknown:
 * callers test precision first where it matters. */
int64_t ink_date_start(const struct ink_date *date, const struct ink_zone *zone);

/* First second after what a date covers: start + extent of its precision, days and longer by the
 * zone, so that a day may have 23 or 25 hours. Always after the start. NONE: INT64_MAX. */
int64_t ink_date_end(const struct ink_date *date, const struct ink_zone *zone);

/* An instant as the civil date and time of the zone: precision SECOND, no offset flag. What would
 * leave INK_YEAR_MIN..INK_YEAR_MAX becomes their first or last second. */
struct ink_date ink_local(int64_t utc_s, const struct ink_zone *zone);

/* A date as the zone's civil time: instants are moved into the zone with their precision and
 * qualifiers kept; all else is returned as it is. */
struct ink_date ink_date_local(const struct ink_date *date, const struct ink_zone *zone);

/* Is what begins at `start`, known with that precision, and is over by `end` told by its hours:
 * over within 24? A meeting, or a night; not a day, nor what lasts longer. */
static inline bool ink_is_hours(int precision, int64_t start_utc, int64_t end_utc) {
    return precision >= INK_PRECISION_MINUTE && end_utc - start_utc <= 86400;
}

#endif
