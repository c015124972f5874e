#include "import/ical_rule.h"

#include "core/ink_time.h"

enum { DAY_S = 86400, NONE = ICAL_RECURRENCE_ARRAY_MAX };

struct walk {
    const struct icalrecurrencetype *rule;
    const struct ink_ical_range *range;
    ink_ical_take *take;
    void *context;
    uint64_t *steps;     /* of all rules */
    uint64_t steps_left; /* of this one */
    int64_t left;        /* times that COUNT leaves; INT64_MAX: no COUNT */
    bool ended;
    int32_t start_day, start_second;
    struct ink_date start_date;
    int week_start; /* 0 Monday .. 6 */
    /* What DTSTART says where the rule says nothing. */
    bool own_month, own_month_day, own_weekday;
    /* Times of one period: all days by all hours, minutes and seconds. */
    int day_count, hour_count, minute_count, second_count;
    int32_t day[366];
    int16_t hour[24], minute[60], second[60];
};

static bool has(const short *list) {
    return list[0] != NONE;
}

static bool lists(const short *list, int cap, int value) {
    for (int i = 0; i < cap && list[i] != NONE; i++) {
        if (list[i] == value) {
            return true;
        }
    }
    return false;
}

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

/* ---- which days ------------------------------------------------------------------------------ */

static int32_t week_of(const struct walk *walk, int32_t day) {
    return day - (ink_weekday(day) - walk->week_start + 7) % 7;
}

/* The first day of a year's first week: that which has four of the year's days. */
static int32_t first_week(const struct walk *walk, int year) {
    return week_of(walk, ink_days(year, 1, 4));
}

static bool week_fits(const struct walk *walk, int32_t day) {
    const int32_t week = week_of(walk, day);
    const int year = ink_civil(week + 3).year;
    const int number = (week - first_week(walk, year)) / 7 + 1;
    const int weeks = (first_week(walk, year + 1) - first_week(walk, year)) / 7;
    const short *list = walk->rule->by_week_no;
    return lists(list, ICAL_BY_WEEKNO_SIZE, number) ||
           lists(list, ICAL_BY_WEEKNO_SIZE, number - 1 - weeks);
}

/* The `nth` of `count` things, from the front or from behind. */
static bool either(const short *list, int cap, int nth, int count) {
    return lists(list, cap, nth) || lists(list, cap, nth - 1 - count);
}

/* Where BYDAY counts from: the month, the year, or it does not count. */
static bool find_scope(const struct walk *walk, const struct ink_date *date, int32_t day, int *nth,
                       int *count) {
    const struct icalrecurrencetype *rule = walk->rule;
    if (rule->freq == ICAL_MONTHLY_RECURRENCE ||
        (rule->freq == ICAL_YEARLY_RECURRENCE && has(rule->by_month))) {
        *nth = date->day;
        *count = ink_month_days(date->year, date->month);
        return true;
    }
    *nth = day - ink_days(date->year, 1, 1) + 1;
    *count = ink_days(date->year + 1, 1, 1) - ink_days(date->year, 1, 1);
    return rule->freq == ICAL_YEARLY_RECURRENCE && !has(rule->by_week_no);
}

static bool weekday_fits(const struct walk *walk, const struct ink_date *date, int32_t day) {
    int nth, count;
    const bool counts = find_scope(walk, date, day, &nth, &count);
    const short *list = walk->rule->by_day;
    for (int i = 0; i < ICAL_BY_DAY_SIZE && list[i] != NONE; i++) {
        const int weekday = ((int)icalrecurrencetype_day_day_of_week(list[i]) + 5) % 7;
        const int position = icalrecurrencetype_day_position(list[i]);
        if (weekday == ink_weekday(day) &&
            (!counts || position == 0 || position == (nth - 1) / 7 + 1 ||
             position == -((count - nth) / 7 + 1))) {
            return true;
        }
    }
    return false;
}

static bool own_fits(const struct walk *walk, const struct ink_date *date, int32_t day) {
    return (!walk->own_month || date->month == walk->start_date.month) &&
           (!walk->own_month_day || date->day == walk->start_date.day) &&
           (!walk->own_weekday || ink_weekday(day) == ink_weekday(walk->start_day));
}

static bool day_fits(const struct walk *walk, int32_t day) {
    const struct icalrecurrencetype *rule = walk->rule;
    const struct ink_date date = ink_civil(day);
    const int32_t new_year = ink_days(date.year, 1, 1);
    const int year_days = ink_days(date.year + 1, 1, 1) - new_year;
    return own_fits(walk, &date, day) &&
           (!has(rule->by_month) || lists(rule->by_month, ICAL_BY_MONTH_SIZE, date.month)) &&
           (!has(rule->by_month_day) || either(rule->by_month_day, ICAL_BY_MONTHDAY_SIZE, date.day,
                                               ink_month_days(date.year, date.month))) &&
           (!has(rule->by_year_day) ||
            either(rule->by_year_day, ICAL_BY_YEARDAY_SIZE, day - new_year + 1, year_days)) &&
           (!has(rule->by_day) || weekday_fits(walk, &date, day)) &&
           (!has(rule->by_week_no) || rule->freq != ICAL_YEARLY_RECURRENCE || week_fits(walk, day));
}

static void find_own(struct walk *walk) {
    const struct icalrecurrencetype *rule = walk->rule;
    const bool days = has(rule->by_day) || has(rule->by_month_day) || has(rule->by_year_day);
    switch (rule->freq) {
    case ICAL_YEARLY_RECURRENCE:
        walk->own_weekday = !days && has(rule->by_week_no);
        walk->own_month_day = !days && !has(rule->by_week_no);
        walk->own_month = walk->own_month_day && !has(rule->by_month);
        break;
    case ICAL_MONTHLY_RECURRENCE:
        walk->own_month_day = !days;
        break;
    case ICAL_WEEKLY_RECURRENCE:
        walk->own_weekday = !has(rule->by_day);
        break;
    default:
        break;
    }
}

/* ---- times of a period ----------------------------------------------------------------------- */

/* A list in ascending order, each once; without one, `own`. Second 60 is read as 59. */
static int fill(int16_t *out, const short *list, int cap, int limit, int own) {
    int count = 0;
    for (int value = 0; value < limit && has(list); value++) {
        if (lists(list, cap, value) || (value == 59 && lists(list, cap, 60))) {
            out[count++] = (int16_t)value;
        }
    }
    if (!has(list)) {
        out[count++] = (int16_t)own;
    }
    return count;
}

static void fill_times(struct walk *walk) {
    const struct icalrecurrencetype *rule = walk->rule;
    const int32_t second = walk->start_second;
    walk->hour_count = fill(walk->hour, rule->by_hour, ICAL_BY_HOUR_SIZE, 24, second / 3600);
    walk->minute_count =
        fill(walk->minute, rule->by_minute, ICAL_BY_MINUTE_SIZE, 60, second / 60 % 60);
    walk->second_count = fill(walk->second, rule->by_second, ICAL_BY_SECOND_SIZE, 60, second % 60);
    if (walk->range->date) {
        walk->hour_count = walk->minute_count = walk->second_count = 1;
        walk->hour[0] = walk->minute[0] = walk->second[0] = 0;
    }
}

static int64_t times_of_day(const struct walk *walk) {
    return (int64_t)walk->hour_count * walk->minute_count * walk->second_count;
}

static int64_t time_at(const struct walk *walk, int64_t index) {
    const int64_t times = times_of_day(walk);
    const int64_t second = index % walk->second_count;
    const int64_t minute = index / walk->second_count % walk->minute_count;
    const int64_t hour = index / walk->second_count / walk->minute_count % walk->hour_count;
    return (int64_t)walk->day[index / times] * DAY_S + walk->hour[hour] * 3600 +
           walk->minute[minute] * 60 + walk->second[second];
}

static bool take_step(struct walk *walk) {
    if (walk->steps_left == 0 || *walk->steps == 0) {
        walk->ended = true;
        return false;
    }
    walk->steps_left--;
    (*walk->steps)--;
    return true;
}

static void give(struct walk *walk, int64_t local) {
    if (local <= walk->range->start || !take_step(walk)) {
        return;
    }
    walk->ended = local >= walk->range->to || walk->left == 0;
    if (walk->ended) {
        return;
    }
    walk->left--;
    if (local >= walk->range->from) {
        walk->ended = !walk->take(walk->context, local);
    }
}

/* Those that BYSETPOS names, in order. */
static void give_positions(struct walk *walk, int64_t count) {
    const short *list = walk->rule->by_set_pos;
    int64_t last = -1;
    while (!walk->ended) {
        int64_t next = INT64_MAX;
        for (int i = 0; i < ICAL_BY_SETPOS_SIZE && list[i] != NONE; i++) {
            const int64_t index = list[i] > 0 ? list[i] - 1 : count + list[i];
            next = index > last && index < count && index < next ? index : next;
        }
        if (next == INT64_MAX) {
            return;
        }
        give(walk, time_at(walk, next));
        last = next;
    }
}

static void give_period(struct walk *walk) {
    const int64_t count = walk->day_count * times_of_day(walk);
    int64_t index = 0;
    if (has(walk->rule->by_set_pos)) {
        give_positions(walk, count);
        return;
    }
    const int64_t from = walk->left == INT64_MAX ? walk->range->from / DAY_S - 1 : INT64_MIN;
    for (int day = 0; day < walk->day_count && walk->day[day] < from; day++) {
        index += times_of_day(walk);
    }
    for (; index < count && !walk->ended; index++) {
        give(walk, time_at(walk, index));
    }
}

/* ---- periods --------------------------------------------------------------------------------- */

/* Number of the period that a day is in; they ascend by one. */
static int64_t period_of(const struct walk *walk, int32_t day) {
    const struct ink_date date = ink_civil(day);
    switch (walk->rule->freq) {
    case ICAL_YEARLY_RECURRENCE:
        return date.year;
    case ICAL_MONTHLY_RECURRENCE:
        return (int64_t)date.year * 12 + date.month - 1;
    case ICAL_WEEKLY_RECURRENCE:
        return floor_div(week_of(walk, day) - week_of(walk, 0), 7);
    default:
        return day;
    }
}

/* Its first day. */
static int32_t begin_of(const struct walk *walk, int64_t period) {
    switch (walk->rule->freq) {
    case ICAL_YEARLY_RECURRENCE:
        return ink_days((int)period, 1, 1);
    case ICAL_MONTHLY_RECURRENCE:
        return ink_days((int)floor_div(period, 12), (int)(period - floor_div(period, 12) * 12) + 1,
                        1);
    case ICAL_WEEKLY_RECURRENCE:
        return (int32_t)(period * 7 + week_of(walk, 0));
    default:
        return (int32_t)period;
    }
}

/* Times before the range do not interest, and need not be counted, unless COUNT counts them. */
static int64_t skipped(const struct walk *walk, int64_t first, int64_t wanted) {
    const int64_t interval = walk->rule->interval;
    return walk->left == INT64_MAX && wanted > first ? (wanted - first) / interval : 0;
}

static void walk_days(struct walk *walk) {
    const int64_t first = period_of(walk, walk->start_day);
    const int32_t last_day = (int32_t)floor_div(walk->range->to, DAY_S);
    const int64_t wanted = period_of(walk, (int32_t)floor_div(walk->range->from, DAY_S));
    const int64_t last = period_of(walk, last_day);
    for (int64_t period = first + skipped(walk, first, wanted) * walk->rule->interval;
         period <= last && !walk->ended; period += walk->rule->interval) {
        const int32_t end = begin_of(walk, period + 1);
        walk->day_count = 0;
        for (int32_t day = begin_of(walk, period); day < end && take_step(walk); day++) {
            if (day_fits(walk, day)) {
                walk->day[walk->day_count++] = day;
            }
        }
        give_period(walk);
    }
}

/* ---- hours, minutes and seconds -------------------------------------------------------------- */

static int64_t unit_of(const struct walk *walk) {
    const icalrecurrencetype_frequency freq = walk->rule->freq;
    return freq == ICAL_HOURLY_RECURRENCE ? 3600 : freq == ICAL_MINUTELY_RECURRENCE ? 60 : 1;
}

/* Seconds from a time on in which there can be none; 0: it is one. */
static int64_t find_gap(const struct walk *walk, int64_t at, bool fits) {
    const struct icalrecurrencetype *rule = walk->rule;
    const int second = (int)(at - floor_div(at, DAY_S) * DAY_S);
    if (!fits) {
        return DAY_S - second;
    }
    if (has(rule->by_hour) && !lists(rule->by_hour, ICAL_BY_HOUR_SIZE, second / 3600)) {
        return 3600 - second % 3600;
    }
    if (unit_of(walk) < 3600 && has(rule->by_minute) &&
        !lists(rule->by_minute, ICAL_BY_MINUTE_SIZE, second / 60 % 60)) {
        return 60 - second % 60;
    }
    return unit_of(walk) == 1 && has(rule->by_second) &&
           !lists(rule->by_second, ICAL_BY_SECOND_SIZE, second % 60);
}

/* What the rule expands within the hour or minute that begins at `at`. */
static void give_within(struct walk *walk, int64_t at) {
    const int64_t unit = unit_of(walk);
    const int second = (int)(at - floor_div(at, DAY_S) * DAY_S);
    walk->day_count = walk->hour_count = 1;
    walk->day[0] = (int32_t)floor_div(at, DAY_S);
    walk->hour[0] = (int16_t)(second / 3600);
    if (unit < 3600) {
        walk->minute_count = 1;
        walk->minute[0] = (int16_t)(second / 60 % 60);
    }
    if (unit == 1) {
        walk->second_count = 1;
        walk->second[0] = (int16_t)(second % 60);
    }
    give_period(walk);
}

/* Nothing but FREQ, INTERVAL and COUNT: every period has one time. */
static bool is_plain(const struct icalrecurrencetype *rule) {
    return !has(rule->by_month) && !has(rule->by_month_day) && !has(rule->by_year_day) &&
           !has(rule->by_day) && !has(rule->by_hour) && !has(rule->by_minute) &&
           !has(rule->by_second) && !has(rule->by_set_pos);
}

/* The first period to look at, so that COUNT still holds. */
static int64_t first_unit(struct walk *walk, int64_t first) {
    const int64_t wanted = floor_div(walk->range->from, unit_of(walk)) - 1;
    int64_t passed = skipped(walk, first, wanted);
    if (walk->left != INT64_MAX && is_plain(walk->rule) && wanted > first) {
        passed = (wanted - first) / walk->rule->interval;
        const int64_t counted = passed > 0 ? passed - 1 : 0; // the start was counted before
        walk->left = walk->left > counted ? walk->left - counted : 0;
        walk->ended = walk->left == 0;
    }
    return first + passed * walk->rule->interval;
}

static void walk_units(struct walk *walk) {
    const int64_t unit = unit_of(walk), interval = walk->rule->interval;
    int64_t tested = INT64_MIN;
    bool fits = false;
    for (int64_t period = first_unit(walk, floor_div(walk->range->start, unit));
         !walk->ended && period * unit < walk->range->to && take_step(walk);) {
        const int64_t at = period * unit, day = floor_div(at, DAY_S);
        fits = day == tested ? fits : day_fits(walk, (int32_t)day);
        tested = day;
        const int64_t gap = find_gap(walk, at, fits);
        if (gap == 0) {
            give_within(walk, at);
        }
        const int64_t away = gap > unit ? (gap + unit - 1) / unit : 1;
        period += (away + interval - 1) / interval * interval;
    }
}

bool ink_ical_expand(const struct icalrecurrencetype *rule, const struct ink_ical_range *range,
                     uint64_t *steps, ink_ical_take *take, void *context) {
    struct walk walk = {.rule = rule,
                        .range = range,
                        .take = take,
                        .context = context,
                        .steps = steps,
                        .steps_left = INK_ICAL_RULE_STEPS,
                        .left = rule->count > 0 ? rule->count - 1 : INT64_MAX,
                        .ended = rule->count == 1};
    walk.start_day = (int32_t)floor_div(range->start, DAY_S);
    walk.start_second = (int32_t)(range->start - (int64_t)walk.start_day * DAY_S);
    walk.start_date = ink_civil(walk.start_day);
    walk.week_start = rule->week_start == ICAL_NO_WEEKDAY ? 0 : ((int)rule->week_start + 5) % 7;
    find_own(&walk);
    fill_times(&walk);
    const bool daily = rule->freq >= ICAL_DAILY_RECURRENCE;
    if (!walk.ended && daily) {
        walk_days(&walk);
    } else if (!walk.ended && !range->date) {
        walk_units(&walk);
    }
    return walk.steps_left > 0 && *steps > 0;
}
