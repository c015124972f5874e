#include "core/ink_edtf.h"

// What follows a year is groups of two digits, each with one character before it.
enum { MONTH, DAY, HOUR, MINUTE, SECOND, GROUPS };
static const char before[GROUPS] = {'-', '-', 'T', ':', ':'};

// One pass from left to right. What breaks the shape ends it at once; a number that no calendar
// has is only noted, so that "not a date" is told from "no such date" by the whole text.
struct reader {
    const char *at, *end;
    bool out_of_range;
    uint8_t groups; // read so far
    uint8_t group[GROUPS];
};

enum { NO_NUMBER = -1 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_unspecified(char c) {
    return c == 'X' || c == 'u';
}

static bool has(const struct reader *r, size_t bytes) {
    return (size_t)(r->end - r->at) >= bytes;
}

static bool stands(const struct reader *r, char c) {
    return r->at < r->end && *r->at == c;
}

static bool skip(struct reader *r, char c) {
    bool found = stands(r, c);
    r->at += found;
    return found;
}

// Two digits as 0..99, or NO_NUMBER.
static int read_two(const char *at) {
    unsigned tens = (unsigned char)at[0] - (unsigned)'0';
    unsigned ones = (unsigned char)at[1] - (unsigned)'0';
    return tens > 9 || ones > 9 ? NO_NUMBER : (int)(tens * 10 + ones);
}

// Two digits, or NO_NUMBER and nothing skipped.
static int take_two(struct reader *r) {
    int number = has(r, 2) ? read_two(r->at) : NO_NUMBER;
    r->at += number == NO_NUMBER ? 0 : 2;
    return number;
}

static bool is_before(unsigned group, char c) {
    return c == before[group] || (group == HOUR && (c == 't' || c == ' '));
}

// Read on, up to what is no such group: most dates are nothing else.
static void read_groups(struct reader *r) {
    const char *at = r->at;
    size_t left = (size_t)(r->end - at);
    unsigned group = r->groups;
    for (; group < GROUPS && left >= 3 && is_before(group, *at); group++) {
        int number = read_two(at + 1);
        if (number == NO_NUMBER) {
            break;
        }
        r->group[group] = (uint8_t)number;
        at += 3;
        left -= 3;
    }
    r->at = at;
    r->groups = (uint8_t)group;
}

static bool skip_unspecified_two(struct reader *r) {
    if (!has(r, 2) || !is_unspecified(r->at[0]) || !is_unspecified(r->at[1])) {
        return false;
    }
    r->at += 2;
    return true;
}

static void set_year(struct reader *r, struct ink_date *date, int year, bool negative) {
    r->out_of_range |= negative && year == 0; // ISO 8601 has a year 0000 and no -0000
    date->year = (int16_t)(negative ? -year : year);
    date->precision = INK_PRECISION_YEAR;
}

// "Y" and any number of digits from four on: a year alone.
static bool read_long_year(struct reader *r, struct ink_date *date) {
    bool negative = skip(r, '-');
    const char *first = r->at;
    int year = 0;
    for (; r->at < r->end && is_digit(*r->at); r->at++) {
        year = year > INK_YEAR_MAX ? year : year * 10 + (*r->at - '0'); // <= 99999
    }
    if (year > INK_YEAR_MAX) {
        r->out_of_range = true;
        year = INK_YEAR_MAX;
    }
    set_year(r, date, year, negative);
    return r->at - first >= 4;
}

// The last one or two digits of a year are X: what is known is a decade or a century. Its first
// year is the lowest, so a negative one counts from its last.
static bool read_masked_year(struct reader *r, struct ink_date *date, int century, bool negative) {
    if (!has(r, 2) || !is_unspecified(r->at[1])) {
        return false;
    }
    bool decade = is_digit(r->at[0]);
    if (!decade && !is_unspecified(r->at[0])) {
        return false;
    }
    int first = century * 100 + (decade ? (r->at[0] - '0') * 10 : 0);
    date->year = (int16_t)(negative ? -first - (decade ? 9 : 99) : first);
    date->precision = decade ? INK_PRECISION_DECADE : INK_PRECISION_CENTURY;
    date->flags = INK_DATE_UNSPECIFIED;
    r->at += 2;
    return true;
}

// After a year and its hyphen: XX or XX-XX. After a month and its hyphen: XX.
static bool read_unspecified(struct reader *r, struct ink_date *date) {
    date->flags = INK_DATE_UNSPECIFIED;
    return skip_unspecified_two(r) &&
           (r->groups == DAY || !skip(r, '-') || skip_unspecified_two(r));
}

static void set_month(struct reader *r, struct ink_date *date) {
    int month = r->group[MONTH];
    bool season = month >= 21 && month <= 24 && r->groups == DAY && !stands(r, '-');
    r->out_of_range |= month == 0 || (month > 12 && !season);
    date->month = (uint8_t)month;
    date->precision = season ? INK_PRECISION_SEASON : INK_PRECISION_MONTH;
}

static void set_day(struct reader *r, struct ink_date *date) {
    int day = r->group[DAY];
    r->out_of_range |= day == 0 || (day > 28 && day > ink_month_days(date->year, date->month));
    date->day = (uint8_t)day;
    date->precision = INK_PRECISION_DAY;
}

// "Z", "+03:00" of RFC 3339 or "+03" of EDTF. Nothing at all leaves the time to the story's zone.
static bool read_offset(struct reader *r, struct ink_date *date) {
    if (skip(r, 'Z') || skip(r, 'z')) {
        date->flags |= INK_DATE_OFFSET;
        return true;
    }
    bool west = stands(r, '-');
    if (!west && !stands(r, '+')) {
        return true;
    }
    r->at++;
    int hours = take_two(r);
    int minutes = skip(r, ':') ? take_two(r) : 0;
    if (hours == NO_NUMBER || minutes == NO_NUMBER) {
        return false;
    }
    r->out_of_range |= hours > 23 || minutes > 59;
    int offset = hours * 60 + minutes; // <= 99 * 60 + 99
    date->offset_min = (int16_t)(west ? -offset : offset);
    date->flags |= INK_DATE_OFFSET;
    return true;
}

// A fraction is dropped.
static bool skip_fraction(struct reader *r) {
    if (!skip(r, '.')) {
        return true;
    }
    const char *first = r->at;
    while (r->at < r->end && is_digit(*r->at)) {
        r->at++;
    }
    return r->at > first;
}

// A leap second is read as the one before it.
static bool read_time(struct reader *r, struct ink_date *date) {
    bool has_second = r->groups > SECOND;
    int second = has_second ? r->group[SECOND] : 0;
    r->out_of_range |= r->group[HOUR] > 23 || r->group[MINUTE] > 59 || second > 60;
    date->second = (r->group[HOUR] * 60 + r->group[MINUTE]) * 60 + (second < 60 ? second : 59);
    date->precision = has_second ? INK_PRECISION_SECOND : INK_PRECISION_MINUTE;
    return (!has_second || skip_fraction(r)) && read_offset(r, date);
}

// A year of four digits, and what follows it. One of five is out of range, more are no year but a
// number.
static bool read_civil(struct reader *r, struct ink_date *date) {
    bool negative = skip(r, '-');
    int century = take_two(r);
    int rest = century == NO_NUMBER ? NO_NUMBER : take_two(r);
    if (rest == NO_NUMBER) {
        return century != NO_NUMBER && read_masked_year(r, date, century, negative);
    }
    set_year(r, date, century * 100 + rest, negative);
    if (r->at < r->end && is_digit(*r->at)) {
        r->out_of_range = true;
        r->at++;
    }
    r->groups = 0;
    read_groups(r);
    if (r->groups > MONTH) {
        set_month(r, date);
    }
    if (r->groups > DAY) {
        set_day(r, date);
    } else if (skip(r, '-')) {
        return read_unspecified(r, date);
    }
    // An hour alone is no time.
    return r->groups <= HOUR || (r->groups > MINUTE && read_time(r, date));
}

// "?", "~", "%", and "?~" or "~?" of the drafts for the last.
static void read_qualifier(struct reader *r, struct ink_date *date) {
    if (r->at == r->end) {
        return;
    }
    if (skip(r, '%')) {
        date->flags |= INK_DATE_APPROX | INK_DATE_UNCERTAIN;
        return;
    }
    if (skip(r, '?')) {
        date->flags |= INK_DATE_UNCERTAIN | (skip(r, '~') ? INK_DATE_APPROX : 0);
    } else if (skip(r, '~')) {
        date->flags |= INK_DATE_APPROX | (skip(r, '?') ? INK_DATE_UNCERTAIN : 0);
    }
}

static bool read_date(struct reader *r, struct ink_date *date, bool is_long) {
    bool good = is_long ? read_long_year(r, date) : read_civil(r, date);
    read_qualifier(r, date);
    return good;
}

static bool skip_word(struct reader *r, const char *word, size_t bytes) {
    if (!has(r, bytes) || memcmp(r->at, word, bytes) != 0) {
        return false;
    }
    r->at += bytes;
    return true;
}

// A date, or a word for none: ".." and "open", "unknown" and nothing (which `nothing` permits).
static bool read_side(struct reader *r, struct ink_date *date, bool nothing) {
    ink_date_clear(date);
    if (r->at < r->end && (is_digit(*r->at) || *r->at == '-')) {
        return read_date(r, date, false);
    }
    if (skip_word(r, "..", 2) || skip_word(r, "open", 4)) {
        date->flags = INK_DATE_OPEN;
        return true;
    }
    if ((nothing && (r->at == r->end || *r->at == '/')) || skip_word(r, "unknown", 7)) {
        date->flags = INK_DATE_UNKNOWN;
        return true;
    }
    return (skip(r, 'Y') || skip(r, 'y')) && read_date(r, date, true);
}

bool ink_edtf_reversed(const struct ink_date *when, const struct ink_date *until) {
    if (when->precision == INK_PRECISION_NONE || until->precision == INK_PRECISION_NONE) {
        return false;
    }
    // Read as UTC, a time of the unknown zone is less than a day off.
    bool same_clock = ((when->flags ^ until->flags) & INK_DATE_OFFSET) == 0;
    int64_t slack = same_clock ? 0 : 24 * 60 * 60;
    return ink_date_end(until, NULL) + slack <= ink_date_start(when, NULL);
}

static enum ink_reason judge(const struct reader *r, bool good) {
    if (!good || r->at != r->end) {
        return INK_REASON_DATE;
    }
    return r->out_of_range ? INK_REASON_DATE_RANGE : INK_REASON_NONE;
}

enum ink_reason ink_edtf_parse(const char *text, size_t bytes, struct ink_date *when,
                               struct ink_date *until) {
    struct reader r = {.at = text, .end = text + bytes};
    bool good = read_side(&r, when, true);
    if (!good || !skip(&r, '/')) {
        ink_date_clear(until);
        return judge(&r, good && when->precision != INK_PRECISION_NONE);
    }
    enum ink_reason reason = judge(&r, read_side(&r, until, true));
    if (reason != INK_REASON_NONE) {
        return reason;
    }
    bool dated = when->precision != INK_PRECISION_NONE || until->precision != INK_PRECISION_NONE;
    return dated && !ink_edtf_reversed(when, until) ? INK_REASON_NONE : INK_REASON_INTERVAL;
}

enum ink_reason ink_edtf_parse_one(const char *text, size_t bytes, struct ink_date *date) {
    struct reader r = {.at = text, .end = text + bytes};
    return judge(&r, read_side(&r, date, false));
}

static char *put(char *at, char c) {
    *at = c;
    return at + 1;
}

static char *put_two(char *at, int number) {
    at = put(at, (char)('0' + number / 10));
    return put(at, (char)('0' + number % 10));
}

static char *put_year(char *at, const struct ink_date *date) {
    int year = date->year;
    if (year < 0) {
        at = put(at, '-');
        year = -year;
    }
    at = put_two(at, year / 100);
    if (date->precision == INK_PRECISION_CENTURY) {
        at = put(at, 'X');
        return put(at, 'X');
    }
    at = put_two(at, year % 100);
    if (date->precision == INK_PRECISION_DECADE) {
        at[-1] = 'X';
    }
    return at;
}

static char *put_day(char *at, const struct ink_date *date) {
    at = put_year(at, date);
    if (date->precision >= INK_PRECISION_SEASON) {
        at = put_two(put(at, '-'), date->month);
    }
    if (date->precision >= INK_PRECISION_DAY) {
        return put_two(put(at, '-'), date->day);
    }
    bool masked = (date->flags & INK_DATE_UNSPECIFIED) != 0;
    if (masked &&
        (date->precision == INK_PRECISION_YEAR || date->precision == INK_PRECISION_MONTH)) {
        at = put(put(put(at, '-'), 'X'), 'X');
    }
    return at;
}

static char *put_time(char *at, const struct ink_date *date) {
    int minutes = (int)(date->second / 60);
    at = put_two(put(at, 'T'), minutes / 60);
    at = put_two(put(at, ':'), minutes % 60);
    if (date->precision == INK_PRECISION_SECOND) {
        at = put_two(put(at, ':'), (int)(date->second % 60));
    }
    if ((date->flags & INK_DATE_OFFSET) == 0) {
        return at;
    }
    if (date->offset_min == 0) {
        return put(at, 'Z');
    }
    int offset = date->offset_min < 0 ? -date->offset_min : date->offset_min;
    at = put_two(put(at, date->offset_min < 0 ? '-' : '+'), offset / 60);
    return put_two(put(at, ':'), offset % 60);
}

size_t ink_edtf_write(const struct ink_date *date, char out[INK_EDTF_BYTES]) {
    char *at = out;
    if (date->precision == INK_PRECISION_NONE) {
        bool open = (date->flags & INK_DATE_OPEN) != 0;
        return open ? (size_t)(put(put(at, '.'), '.') - out) : 0;
    }
    at = put_day(at, date);
    if (date->precision >= INK_PRECISION_MINUTE) {
        at = put_time(at, date);
    }
    static const char qualifiers[4] = {0, '~', '?', '%'}; // by INK_DATE_APPROX | _UNCERTAIN
    unsigned qualifier = date->flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN);
    if (qualifier != 0) {
        at = put(at, qualifiers[qualifier]);
    }
    return (size_t)(at - out); // at most 27: -2024-08-12T14:05:09+03:00%
}
