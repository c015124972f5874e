#include "core/ink_edtf.h"
#include "import/markwhen_range.h"

enum { DAY_SECONDS = 86400 };

/* ---- moments --------------------------------------------------------------------------------- */

static struct ink_mw_moment moment_of(const struct ink_date *date, int64_t utc_s) {
    static const uint8_t coarse[] = {
        [INK_PRECISION_NONE] = INK_PRECISION_DAY,
        [INK_PRECISION_CENTURY] = INK_PRECISION_YEAR,
        [INK_PRECISION_DECADE] = INK_PRECISION_YEAR,
        [INK_PRECISION_YEAR] = INK_PRECISION_YEAR,
        [INK_PRECISION_SEASON] = INK_PRECISION_MONTH,
        [INK_PRECISION_MONTH] = INK_PRECISION_MONTH,
        [INK_PRECISION_DAY] = INK_PRECISION_DAY,
        [INK_PRECISION_MINUTE] = INK_PRECISION_MINUTE,
        [INK_PRECISION_SECOND] = INK_PRECISION_SECOND,
    };
    return (struct ink_mw_moment){.second = utc_s + date->offset_min * 60,
                                  .precision = coarse[date->precision],
                                  .has_offset = (date->flags & INK_DATE_OFFSET) != 0,
                                  .offset_min = date->offset_min};
}

static struct ink_mw_moment start_of(const struct ink_date *date) {
    return moment_of(date, ink_date_start(date, NULL));
}

static struct ink_mw_moment end_of(const struct ink_date *date) {
    const bool timed = date->precision >= INK_PRECISION_MINUTE;
    return moment_of(date, timed ? ink_date_start(date, NULL) : ink_date_end(date, NULL));
}

static int32_t day_of(int64_t second) {
    return (int32_t)((second - (second % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS) / DAY_SECONDS);
}

/* Is it a day that a date can name? */
static bool is_in_range(int64_t second) {
    return second >= (int64_t)ink_days(INK_YEAR_MIN, 1, 1) * DAY_SECONDS &&
           second <= (int64_t)ink_days(INK_YEAR_MAX, 12, 31) * DAY_SECONDS;
}

static struct ink_date date_of(const struct ink_mw_moment *moment) {
    struct ink_date date = ink_civil(day_of(moment->second));
    date.precision = moment->precision;
    if (moment->precision >= INK_PRECISION_MINUTE) {
        date.second = (int32_t)(moment->second - (int64_t)day_of(moment->second) * DAY_SECONDS);
        date.second -= moment->precision == INK_PRECISION_MINUTE ? date.second % 60 : 0;
        date.offset_min = moment->offset_min;
        date.flags = moment->has_offset ? INK_DATE_OFFSET : 0;
    }
    date.day = moment->precision < INK_PRECISION_DAY ? 0 : date.day;
    date.month = moment->precision < INK_PRECISION_MONTH ? 0 : date.month;
    return date;
}

/* So many months on; the 31st becomes the month's last day. */
static void add_months(struct ink_mw_moment *moment, int months) {
    const struct ink_date date = ink_civil(day_of(moment->second));
    const int64_t time = moment->second - (int64_t)day_of(moment->second) * DAY_SECONDS;
    const int all = date.year * 12 + date.month - 1 + months;
    const int month = (all % 12 + 12) % 12, year = (all - month) / 12;
    if (year < INK_YEAR_MIN || year > INK_YEAR_MAX) {
        moment->second = months > 0 ? INT64_MAX / 2 : INT64_MIN / 2;
        return;
    }
    const int last = ink_month_days(year, month + 1);
    moment->second =
        (int64_t)ink_days(year, month + 1, date.day < last ? date.day : last) * DAY_SECONDS + time;
}

static void add_weekdays(struct ink_mw_moment *moment, int days) {
    const int step = days > 0 ? 1 : -1;
    for (int left = days > 0 ? days : -days; left > 0; left--) {
        /* forward, the day that begins here counts; backward, the one that ended here */
        while (ink_weekday(day_of(moment->second) - (step < 0)) > 4) {
            moment->second += step * DAY_SECONDS;
        }
        moment->second += step * DAY_SECONDS;
    }
}

static void add_amount(struct ink_mw_moment *moment, int unit, int count) {
    static const uint8_t precision[] = {
        [INK_MW_SECOND] = INK_PRECISION_SECOND, [INK_MW_MINUTE] = INK_PRECISION_MINUTE,
        [INK_MW_HOUR] = INK_PRECISION_MINUTE,   [INK_MW_DAY] = INK_PRECISION_DAY,
        [INK_MW_WEEKDAY] = INK_PRECISION_DAY,   [INK_MW_WEEK] = INK_PRECISION_DAY,
        [INK_MW_MONTH] = INK_PRECISION_MONTH,   [INK_MW_YEAR] = INK_PRECISION_YEAR};
    static const int32_t seconds[] = {[INK_MW_SECOND] = 1,
                                      [INK_MW_MINUTE] = 60,
                                      [INK_MW_HOUR] = 3600,
                                      [INK_MW_DAY] = DAY_SECONDS,
                                      [INK_MW_WEEK] = 7 * DAY_SECONDS,
                                      [INK_MW_YEAR] = 0};
    if (precision[unit] > moment->precision) {
        moment->precision = precision[unit];
    }
    if (!is_in_range(moment->second)) {
        return; /* it stays out of range, and is refused for that */
    }
    if (unit == INK_MW_MONTH || unit == INK_MW_YEAR) {
        add_months(moment, unit == INK_MW_YEAR ? 12 * count : count);
    } else if (unit == INK_MW_WEEKDAY) {
        add_weekdays(moment, count);
    } else {
        moment->second += (int64_t)seconds[unit] * count;
    }
}

static struct ink_mw_moment moved(struct ink_mw_moment moment, const struct ink_mw_side *side,
                                  bool back) {
    for (int i = 0; i < side->amounts; i++) {
        const int count = (int)side->amount[i].count;
        add_amount(&moment, side->amount[i].unit, back ? -count : count);
    }
    return moment;
}

/* "3:30pm": on the day of the event before, if that is one day. */
static const char *time_alone(const struct ink_mw_side *side, const struct ink_mw_span *last,
                              struct ink_date *date) {
    if (!last->known || last->start.precision < INK_PRECISION_DAY) {
        return "a time alone, and no day before it";
    }
    const bool timed = last->end.precision >= INK_PRECISION_MINUTE;
    const int32_t day = day_of(last->start.second);
    if (day_of(last->end.second - (timed ? 0 : 1)) != day) {
        return "a time alone, and more than one day before it";
    }
    *date = ink_civil(day);
    date->precision = side->date.precision;
    date->second = side->date.second;
    date->offset_min = last->start.offset_min;
    date->flags = last->start.has_offset ? INK_DATE_OFFSET : 0;
    return NULL;
}

/* What a relative side counts from. */
static const char *base_of(const struct ink_mw_side *side, const struct ink_mw_span *last,
                           const struct ink_mw_span *by_id, struct ink_mw_moment *moment) {
    const struct ink_mw_span *span = side->id != NULL ? by_id : last;
    if (span == NULL) {
        return "no event above has this id";
    }
    if (!span->known) {
        return "what it counts from has no date that is known";
    }
    *moment = side->before || side->from_start ? span->start : span->end;
    return NULL;
}

/* A side that stands for itself, as a date. */
static const char *date_alone(const struct ink_mw_side *side, const struct ink_mw_base *base,
                              struct ink_date *date) {
    struct ink_mw_moment now = {.precision = INK_PRECISION_MINUTE, .has_offset = true};
    switch (side->kind) {
    case INK_MW_TIME:
        return time_alone(side, base->last, date);
    case INK_MW_NOW:
        now.second = base->now_utc;
        *date = date_of(&now);
        return NULL;
    default:
        *date = side->date;
        return NULL;
    }
}

/* How a span that was counted out is written: both ends as exactly as the finer of them. */
static const char *write_span(struct ink_mw_span *span, struct ink_date *when,
                              struct ink_date *until) {
    struct ink_mw_moment *start = &span->start, *end = &span->end;
    const uint8_t precision = start->precision > end->precision ? start->precision : end->precision;
    if (!is_in_range(start->second) || !is_in_range(end->second)) {
        return "it leaves the years that can be told";
    }
    start->precision = end->precision = precision;
    *when = date_of(start);
    struct ink_mw_moment last = *end;
    last.second -= precision < INK_PRECISION_MINUTE ? 1 : 0;
    *until = date_of(&last);
    if (end->second == start->second || memcmp(when, until, sizeof *when) == 0) {
        ink_date_clear(until);
    }
    span->known = true;
    return NULL;
}

/* From a day, or from what came before, so long. */
static const char *solve_relative(const struct ink_mw_range *range, const struct ink_mw_base *base,
                                  struct ink_mw_span *span) {
    const struct ink_mw_side *from = &range->from, *to = &range->to;
    const bool alone = to->kind == INK_MW_NONE;
    struct ink_mw_moment at;
    if (from->amounts == 0 && alone) {
        return "no length of time";
    }
    const char *wrong = base_of(from, base->last, base->from_id, &at);
    if (wrong != NULL) {
        return wrong;
    }
    if (from->before && !alone && to->kind != INK_MW_RELATIVE) {
        return "an end before another event, and another end";
    }
    span->start = span->end = alone ? at : moved(at, from, from->before);
    if (from->before) {
        span->start = moved(span->end, alone ? from : to, true);
    } else if (alone) {
        span->end = moved(at, from, false);
    }
    return NULL;
}

/* The end of a range whose start is known. */
static const char *solve_end(const struct ink_mw_side *to, const struct ink_mw_base *base,
                             struct ink_mw_span *span) {
    struct ink_mw_moment at = span->start;
    const char *wrong =
        to->id != NULL || to->before ? base_of(to, base->last, base->to_id, &at) : NULL;
    span->end = wrong == NULL ? moved(at, to, to->before) : at;
    return wrong;
}

/* The end as it is written; a time alone is on the day of the start, or on the next. */
static const char *end_alone(const struct ink_mw_side *to, const struct ink_mw_base *base,
                             const struct ink_date *when, struct ink_date *until) {
    const struct ink_mw_span begun = {.known = true, .start = start_of(when), .end = end_of(when)};
    struct ink_mw_base day = *base;
    day.last = to->kind == INK_MW_TIME ? &begun : base->last;
    const char *wrong = date_alone(to, &day, until);
    const bool next = to->kind == INK_MW_TIME && wrong == NULL && until->second < when->second;
    if (next || to->kind == INK_MW_WEEK_DATE) {
        const int days = next ? 1 : 6;
        const struct ink_date on =
            ink_civil(ink_days(until->year, until->month, until->day) + days);
        until->year = on.year;
        until->month = on.month;
        until->day = on.day;
    }
    return wrong;
}

/* Both sides stand for themselves. */
static const char *solve_dates(const struct ink_mw_range *range, const struct ink_mw_base *base,
                               struct ink_date *when, struct ink_date *until,
                               struct ink_mw_span *span) {
    const struct ink_mw_side *to = &range->to;
    const bool week = to->kind == INK_MW_NONE && range->from.kind == INK_MW_WEEK_DATE;
    const char *wrong = NULL;
    if (to->kind != INK_MW_NONE || week) {
        wrong = end_alone(week ? &range->from : to, base, when, until);
    }
    const struct ink_date *last = to->kind != INK_MW_NONE || week ? until : when;
    span->start = start_of(when);
    span->end = end_of(last);
    span->known = wrong == NULL && ink_is_dated(when) && ink_is_dated(last);
    if (to->kind == INK_MW_NOW) { /* and it goes on */
        ink_date_clear(until);
        until->flags = INK_DATE_OPEN;
    }
    return wrong;
}

const char *ink_mw_range_solve(const struct ink_mw_range *range, const struct ink_mw_base *base,
                               struct ink_date *when, struct ink_date *until,
                               struct ink_mw_span *span) {
    const struct ink_mw_side *from = &range->from, *to = &range->to;
    const char *wrong = NULL;
    *span = (struct ink_mw_span){.known = false};
    ink_date_clear(when);
    ink_date_clear(until);
    if (from->kind == INK_MW_RELATIVE) {
        wrong = solve_relative(range, base, span);
    } else {
        wrong = date_alone(from, base, when);
        span->start = wrong == NULL ? start_of(when) : span->start;
    }
    if (wrong == NULL && to->kind == INK_MW_RELATIVE && !from->before) {
        wrong = ink_is_dated(when) || from->kind == INK_MW_RELATIVE
                    ? solve_end(to, base, span)
                    : "a length of time from no date";
    }
    if (wrong != NULL) {
        return wrong;
    }
    if (to->kind == INK_MW_RELATIVE || (from->kind == INK_MW_RELATIVE && to->kind == INK_MW_NONE)) {
        return write_span(span, when, until);
    }
    if (from->kind == INK_MW_RELATIVE) {
        *when = date_of(&span->start);
    }
    return solve_dates(range, base, when, until, span);
}
