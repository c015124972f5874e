#include "import/markwhen_range.h"

#include <ctype.h>
#include <strings.h>

#include "core/ink_edtf.h"

enum { RANGE_BYTES = 160, COUNT_MAX = 100000 };

struct reader {
    const char *at, *end;
    bool day_first;
    const char *wrong;
};

/* ---- small things ---------------------------------------------------------------------------- */

static void skip_blanks(struct reader *in) {
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t')) {
        in->at++;
    }
}

static bool take(struct reader *in, char c) {
    const bool found = in->at < in->end && *in->at == c;
    in->at += found;
    return found;
}

static size_t letters(const struct reader *in) {
    size_t count = 0;
    while (in->at + count < in->end && isalpha((unsigned char)in->at[count])) {
        count++;
    }
    return count;
}

/* A whole word in any case. */
static bool take_word(struct reader *in, const char *word) {
    const size_t bytes = strlen(word);
    if (letters(in) != bytes || strncasecmp(in->at, word, bytes) != 0) {
        return false;
    }
    in->at += bytes;
    return true;
}

/* Digits, and how many; -1: there are none, or more than `most`. */
static int take_number(struct reader *in, int most, int *digits) {
    int value = 0;
    *digits = 0;
    while (in->at < in->end && isdigit((unsigned char)*in->at) && *digits <= most) {
        value = value * 10 + (*in->at++ - '0');
        (*digits)++;
    }
    return *digits > 0 && *digits <= most ? value : -1;
}

/* ---- times ----------------------------------------------------------------------------------- */

/* "10:30", "10:30:15", "8am", "9:45 pm"; a number alone is no time. */
static bool take_time(struct reader *in, struct ink_date *date) {
    int digits, hour = take_number(in, 2, &digits), minute = 0, second = 0;
    bool colon = hour >= 0 && take(in, ':');
    if (colon) {
        minute = take_number(in, 2, &digits);
        colon = digits == 2;
    }
    date->precision = INK_PRECISION_MINUTE;
    if (colon && take(in, ':')) {
        second = take_number(in, 2, &digits);
        date->precision = INK_PRECISION_SECOND;
    }
    skip_blanks(in);
    const bool morning = take_word(in, "am"), evening = !morning && take_word(in, "pm");
    if (morning || evening) {
        const bool noon = hour == 12;
        hour = hour < 1 || hour > 12 ? -1 : (noon ? 0 : hour) + (evening ? 12 : 0);
    } else if (!colon) {
        return false;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        in->wrong = "there is no such time of day";
        return false;
    }
    date->second = hour * 3600 + minute * 60 + second;
    return true;
}

/* A time behind a day, if there is one. */
static bool take_day_time(struct reader *in, struct ink_date *date) {
    (void)take(in, ',');
    skip_blanks(in);
    return in->at == in->end || (date->precision == INK_PRECISION_DAY && take_time(in, date));
}

/* ---- dates ----------------------------------------------------------------------------------- */

/* Set a date, of which month and day may be 0. */
static bool set_date(struct reader *in, struct ink_date *date, int year, int month, int day) {
    ink_date_clear(date);
    if (month > 12 || (month > 0 && day > ink_month_days(year, month))) {
        in->wrong = in->day_first ? "there is no such day; numbers are day/month/year here"
                                  : "there is no such day; numbers are month/day/year, unless the "
                                    "header says dateFormat: d/M/y";
        return false;
    }
    date->year = (int16_t)year;
    date->month = (uint8_t)month;
    date->day = (uint8_t)day;
    date->precision = day > 0     ? INK_PRECISION_DAY
                      : month > 0 ? INK_PRECISION_MONTH
                                  : INK_PRECISION_YEAR;
    return true;
}

/* EDTF, and "2024-08-12 8am". */
static bool read_edtf(struct reader *in, struct ink_mw_side *side) {
    const char *blank = memchr(in->at, ' ', (size_t)(in->end - in->at));
    side->kind = INK_MW_DATE;
    const enum ink_reason reason =
        ink_edtf_parse_one(in->at, (size_t)(in->end - in->at), &side->date);
    if (reason == INK_REASON_NONE) {
        in->at = in->end;
        return true;
    }
    if (blank != NULL &&
        ink_edtf_parse_one(in->at, (size_t)(blank - in->at), &side->date) == INK_REASON_NONE) {
        in->at = blank;
        return take_day_time(in, &side->date) && in->at == in->end;
    }
    if (reason == INK_REASON_DATE_RANGE) {
        in->wrong = "there is no such month, day, time or offset";
    }
    return false;
}

/* "04/1776", "12/25/2022", "25/12/2022 8am" by the header; "476" is a year. */
static bool read_numbers(struct reader *in, struct ink_mw_side *side) {
    int digits, number[3] = {0, 0, 0}, parts = 0;
    do {
        number[parts] = take_number(in, 4, &digits);
        parts++;
    } while (parts < 3 && number[parts - 1] >= 0 && take(in, '/'));
    const int year = number[parts - 1];
    side->kind = INK_MW_DATE;
    if (year < 0 || (parts == 1 && digits != 3)) {
        return false;
    }
    if (parts > 1 && digits != 4) {
        in->wrong = "expected a year of four digits";
        return false;
    }
    const int month = parts == 1 ? 0 : parts == 2 ? number[0] : number[in->day_first ? 1 : 0];
    const int day = parts == 3 ? number[in->day_first ? 0 : 1] : 0;
    if ((parts > 1 && month == 0) || (parts == 3 && day == 0)) {
        in->wrong = "there is no such day";
        return false;
    }
    return set_date(in, &side->date, year, month, day) && take_day_time(in, &side->date);
}

static int take_month(struct reader *in) {
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const size_t count = letters(in);
    for (int i = 0; i < 12 && count >= 3; i++) {
        const bool whole = count == strlen(months[i]) || count == 3 || (count == 4 && i == 8);
        if (whole && strncasecmp(in->at, months[i], count) == 0) {
            in->at += count;
            (void)take(in, '.');
            return i + 1;
        }
    }
    return 0;
}

/* "Feb 2024", "18 March 2026 9:45am", "March 18, 2026". */
static bool read_names(struct reader *in, struct ink_mw_side *side) {
    int digits, day = take_number(in, 2, &digits);
    skip_blanks(in);
    const int month = take_month(in);
    skip_blanks(in);
    if (month == 0) {
        return false;
    }
    int year = take_number(in, 4, &digits);
    if (day < 0 && digits > 0 && digits < 3) {
        day = year;
        (void)take(in, ',');
        skip_blanks(in);
        year = take_number(in, 4, &digits);
    }
    side->kind = INK_MW_DATE;
    if (digits < 3) {
        struct ink_date time;
        const bool whole = in->at == in->end || (take_time(in, &time) && in->at == in->end);
        in->wrong = whole ? "no year: which one is a guess" : in->wrong;
        return false;
    }
    if (year < 0 || day == 0) {
        in->wrong = "there is no such day";
        return false;
    }
    return set_date(in, &side->date, year, month, day > 0 ? day : 0) &&
           take_day_time(in, &side->date);
}

/* "2024-W33", "2024W331": the first week of a year has its first Thursday (ISO 8601). */
static bool read_week(struct reader *in, struct ink_mw_side *side) {
    int digits, day = 0;
    const int year = take_number(in, 4, &digits);
    (void)take(in, '-');
    if (digits != 4 || !take(in, 'W') || in->end - in->at < 2) {
        return false;
    }
    struct reader two = {.at = in->at, .end = in->at + 2};
    const int week = take_number(&two, 2, &digits);
    in->at = two.at;
    const bool dash = digits == 2 && take(in, '-');
    if (in->at < in->end || dash) {
        day = take_number(in, 1, &digits);
    }
    if (week < 1 || week > 53 || day < 0 || day > 7) {
        in->wrong = "there is no such week";
        return false;
    }
    const int32_t fourth = ink_days(year, 1, 4);
    const int32_t first = fourth - ink_weekday(fourth) + 7 * (week - 1);
    side->kind = day > 0 ? INK_MW_DATE : INK_MW_WEEK_DATE;
    side->date = ink_civil(first + (day > 0 ? day - 1 : 0));
    return true;
}

static bool read_time(struct reader *in, struct ink_mw_side *side) {
    side->kind = INK_MW_TIME;
    ink_date_clear(&side->date);
    return take_time(in, &side->date);
}

static bool read_now(struct reader *in, struct ink_mw_side *side) {
    side->kind = INK_MW_NOW;
    return take_word(in, "now");
}

/* ---- lengths of time ------------------------------------------------------------------------- */

static const struct {
    const char *name;
    uint8_t unit;
} units[] = {{"seconds", INK_MW_SECOND},
             {"second", INK_MW_SECOND},
             {"secs", INK_MW_SECOND},
             {"sec", INK_MW_SECOND},
             {"s", INK_MW_SECOND},
             {"minutes", INK_MW_MINUTE},
             {"minute", INK_MW_MINUTE},
             {"mins", INK_MW_MINUTE},
             {"min", INK_MW_MINUTE},
             {"hours", INK_MW_HOUR},
             {"hour", INK_MW_HOUR},
             {"h", INK_MW_HOUR},
             {"weekdays", INK_MW_WEEKDAY},
             {"weekday", INK_MW_WEEKDAY},
             {"workdays", INK_MW_WEEKDAY},
             {"workday", INK_MW_WEEKDAY},
             {"days", INK_MW_DAY},
             {"day", INK_MW_DAY},
             {"d", INK_MW_DAY},
             {"weeks", INK_MW_WEEK},
             {"week", INK_MW_WEEK},
             {"w", INK_MW_WEEK},
             {"months", INK_MW_MONTH},
             {"month", INK_MW_MONTH},
             {"years", INK_MW_YEAR},
             {"year", INK_MW_YEAR},
             {"y", INK_MW_YEAR}};

static int take_unit(struct reader *in) {
    const char *from = in->at;
    if (take_word(in, "week") || take_word(in, "work") || take_word(in, "business")) {
        skip_blanks(in);
        if (take_word(in, "days") || take_word(in, "day")) {
            return INK_MW_WEEKDAY;
        }
        in->at = from;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (take_word(in, units[i].name)) {
            return units[i].unit;
        }
    }
    return -1;
}

/* "1 year, 2 months"; false: something else is there. */
static bool take_amounts(struct reader *in, struct ink_mw_side *side) {
    int digits;
    while (in->at < in->end) {
        const int count = take_number(in, 6, &digits);
        skip_blanks(in);
        const int unit = count >= 0 && count <= COUNT_MAX ? take_unit(in) : -1;
        if (unit < 0 || side->amounts == INK_MW_AMOUNTS) {
            return false;
        }
        side->amount[side->amounts].count = (uint32_t)count;
        side->amount[side->amounts++].unit = (uint8_t)unit;
        skip_blanks(in);
        (void)take(in, ',');
        skip_blanks(in);
    }
    return true;
}

/* The id that "!" is before. */
static bool take_id(struct reader *in, struct ink_mw_side *side) {
    side->id = in->at;
    while (in->at < in->end && (isalnum((unsigned char)*in->at) || *in->at == '_')) {
        in->at++;
    }
    side->id_bytes = (size_t)(in->at - side->id);
    if (take(in, '.')) {
        side->from_start = take_word(in, "start");
        return side->id_bytes > 0 && (side->from_start || take_word(in, "end"));
    }
    return side->id_bytes > 0;
}

/* "3 months", "after !vote 2 days", "by 1 week". */
static bool read_relative(struct reader *in, struct ink_mw_side *side) {
    side->kind = INK_MW_RELATIVE;
    side->before = take_word(in, "before") || take_word(in, "by");
    const bool worded = side->before || take_word(in, "after");
    skip_blanks(in);
    if (take(in, '!') && !take_id(in, side)) {
        return false;
    }
    skip_blanks(in);
    if (take(in, '+') || take_word(in, "plus")) {
        skip_blanks(in);
    }
    return take_amounts(in, side) && (worded || side->id != NULL || side->amounts > 0);
}

/* ---- ranges ---------------------------------------------------------------------------------- */

typedef bool shape(struct reader *in, struct ink_mw_side *side);

/* A side that is all of the bytes; `edtf` allows what stands beside a slash. */
static bool read_side(struct reader *in, const char *at, const char *end, bool edtf,
                      struct ink_mw_side *side) {
    static shape *const shapes[] = {read_now,     read_relative, read_edtf, read_week,
                                    read_numbers, read_names,    read_time};
    while (at < end && isspace((unsigned char)*at)) {
        at++;
    }
    while (end > at && isspace((unsigned char)end[-1])) {
        end--;
    }
    for (size_t i = 0; i < (edtf ? 4 : sizeof shapes / sizeof shapes[0]) && at < end; i++) {
        *side = (struct ink_mw_side){.kind = INK_MW_NONE};
        in->at = at;
        in->end = end;
        if (shapes[i](in, side) && in->at == in->end) {
            return true;
        }
    }
    *side = (struct ink_mw_side){.kind = INK_MW_NONE};
    return false;
}

/* Bytes of what parts two sides here; 0: nothing does. */
static size_t parts_at(const char *at, const char *begin, const char *end) {
    if (*at == '/' || *at == '-') {
        return 1;
    }
    const bool word = at > begin && isspace((unsigned char)at[-1]) && end - at > 2 &&
                      strncasecmp(at, "to", 2) == 0 && isspace((unsigned char)at[2]);
    return word ? 2 : 0;
}

/* All of the bytes as one side, or as two. A slash is one of EDTF if it can be. */
static bool read_sides(struct reader *in, struct ink_mw_range *range, const char *text,
                       const char *end) {
    if (read_side(in, text, end, false, &range->from)) {
        return true;
    }
    for (int slash = 1; slash >= 0; slash--) {
        for (const char *at = text + 1; at + 1 < end; at++) {
            const size_t gap = parts_at(at, text, end);
            if (gap > 0 && (*at == '/') == (slash == 1) &&
                read_side(in, text, at, slash == 1, &range->from) &&
                read_side(in, at + gap, end, slash == 1, &range->to)) {
                return true;
            }
        }
    }
    return false;
}

/* Does it look like a date that somebody meant? */
static bool looks_dated(const char *text, const char *end) {
    bool digit = false;
    for (const char *at = text; at < end; at++) {
        digit = digit || isdigit((unsigned char)*at);
        if (!isdigit((unsigned char)*at) && strchr("/-.~?%TZ+ !", *at) == NULL) {
            return false;
        }
    }
    return digit && isdigit((unsigned char)*text);
}

/* Where "every ..." begins, or `end`. */
static const char *find_every(const char *text, const char *end) {
    for (const char *at = text + 1; end - at > 6; at++) {
        if (isspace((unsigned char)at[-1]) && strncasecmp(at, "every ", 6) == 0) {
            return at;
        }
    }
    return end;
}

size_t ink_mw_range_read(struct ink_mw_range *range, const char *line, size_t bytes,
                         bool day_first) {
    const char *first = line, *wrong = NULL;
    while (first < line + bytes && isspace((unsigned char)*first)) {
        first++;
    }
    const char *stop = line + (bytes < RANGE_BYTES ? bytes : RANGE_BYTES);
    size_t found = 0;
    *range = (struct ink_mw_range){.wrong = NULL};
    for (const char *at = first; at < stop; at++) {
        struct ink_mw_range next = {.wrong = NULL};
        struct reader in = {.day_first = day_first};
        if (*at != ':' || at == first) {
            continue;
        }
        const char *every = find_every(first, at);
        next.repeats = every < at;
        if (read_sides(&in, &next, first, every)) {
            *range = next;
            found = (size_t)(at - line) + 1;
        } else if (wrong == NULL && looks_dated(first, every)) {
            wrong = in.wrong != NULL ? in.wrong : "it looks like a date, but of no known shape";
        } else if (wrong == NULL && in.wrong != NULL) {
            wrong = in.wrong;
        }
    }
    range->wrong = found == 0 ? wrong : NULL;
    return found;
}
