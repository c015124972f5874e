/* The axis of lanes: labels that ascend and do not touch, ticks on the natural boundaries of the
 * story's zone, spans from a minute to 19,000 years. */
#include "ink_lane_frame.h"

#define EVENTS_MAX 12
#define PAGE_BYTES 16384
#define DAY_S      ((int64_t)86400)
#define YEAR_S     (DAY_S * 1461 / 4)

static const struct ink_zone kyiv = {
    "Europe/Kyiv", 3, {{28307580, 120}, {28530780, 180}, {28833180, 120}}};
static const struct ink_zone lord_howe = {
    "Australia/Lord_Howe", 3, {{28268130, 660}, {28540260, 630}, {28802370, 660}}};

/* An axis and what is on it. */
static struct {
    struct ink_digest digest;
    struct ink_event events[EVENTS_MAX];
    struct ink_row rows[EVENTS_MAX];
    struct ink_page page;
    struct ink_frame frame;
    struct ink_axis axis;
    struct items items;
    struct ink_view view;
    uint32_t ops[PAGE_BYTES / 4];
} the;

static void begin(const struct ink_zone *zone, int width) {
    memset(&the, 0, sizeof the);
    the.digest.events = the.events;
    the.digest.newest_utc = INT64_MIN;
    the.view = (struct ink_view){.width = (int16_t)width,
                                 .height = 480,
                                 .pitch_um = 204,
                                 .panel_distance_mm = 800,
                                 .now_utc = INT64_MIN};
    strcpy(the.view.lang, "en");
    if (zone != NULL) {
        the.digest.story.zone = *zone;
    }
}

static struct ink_event *add(int64_t at, int precision) {
    struct ink_event *event = &the.events[the.digest.count++];
    event->id = the.digest.count;
    event->when = ink_local(at, &the.digest.story.zone);
    event->when.precision = (uint8_t)precision;
    if (precision < INK_PRECISION_MINUTE) {
        event->when.second = 0;
    }
    event->start_utc = ink_date_start(&event->when, &the.digest.story.zone);
    event->records = 1;
    if (event->start_utc > the.digest.newest_utc) {
        the.digest.newest_utc = event->start_utc;
    }
    return event;
}

static void draw(void) {
    ink_page_begin(&the.page, the.ops, sizeof the.ops);
    the.page.width = the.view.width;
    the.page.height = the.view.height;
    the.frame = lane_frame(&the.digest, &the.view, the.rows, &the.page);
    the.frame.line_x = the.frame.left;
    the.frame.lane_count = the.frame.lane_rows = 1;
    the.axis.left = (int16_t)the.frame.left;
    the.axis.right = (int16_t)the.frame.right;
    for (int i = 0; i < the.digest.count; i++) {
        the.rows[i].flags = INK_ROW_SHOWN | INK_ROW_FULL;
    }
    ink_axis_build(&the.axis, &the.frame);
    ink_axis_draw(&the.axis, &the.frame, 50);
    ink_page_end_item(&the.page);
    CHECK_INT(the.page.refused, 0);
    items_read(&the.items, &the.page);
}

/* ---- ticks ----------------------------------------------------------------------------------- */

struct tick {
    double x; /* its middle */
    struct ink_span text;
};

static bool next_tick(int *item, struct tick *tick) {
    for (; *item < the.items.count; (*item)++) {
        const struct item *its = &the.items.item[*item];
        struct ink_op op;
        struct ink_span payload;
        uint32_t at = its->from;
        if (its->op.kind == INK_ITEM_DATE && item_text(&the.page, its, &at, &op, &tick->text) &&
            at < its->to && ink_page_next(&the.page, &at, &op, &payload) &&
            op.type == INK_OP_FILL && op.ink == INK_RULE) {
            tick->x = (op.x0 + op.x1) / 2.0;
            (*item)++;
            return true;
        }
    }
    return false;
}

static const struct ink_axis_run *run_at(double x) {
    for (int i = 0; i < the.axis.count; i++) {
        if (x >= the.axis.run[i].x0 - 1 && x <= the.axis.run[i].x1 + 1) {
            return &the.axis.run[i];
        }
    }
    return NULL;
}

static double instant_at(const struct ink_axis_run *run, double x) {
    return (double)run->from +
           (x - run->x0) * (double)(run->to - run->from) / (double)(run->x1 - run->x0);
}

/* The label of a boundary, if that is one: an hour, a day, a month or a year. */
static struct ink_span label_of(const struct ink_date *local, int precision) {
    static struct ink_label label;
    struct ink_date date = *local;
    label.bytes = 0;
    if (precision == INK_PRECISION_MINUTE && local->second > 0) {
        ink_label_time(&label, the.frame.language, &date);
    } else {
        date.precision = (uint8_t)ink_min(precision, INK_PRECISION_DAY);
        date.second = 0;
        date.day = precision >= INK_PRECISION_DAY ? date.day : 0;
        date.month = precision >= INK_PRECISION_MONTH ? date.month : 0;
        ink_label_date(&label, the.frame.language, &date, false);
    }
    return ink_label_span(&label);
}

/* Steps by days from `first` to `last`, or by hours where they are near: is one of them the
 * boundary that the text names? */
static bool finds_day(struct ink_span text, double first, double last) {
    const struct ink_zone *zone = &the.digest.story.zone;
    const struct ink_date start = ink_local((int64_t)first - DAY_S, zone);
    for (int32_t day = ink_days(start.year, start.month, start.day);; day++) {
        struct ink_date date = ink_civil(day);
        const double at = (double)ink_date_start(&date, zone);
        if (at > last || date.year > INK_YEAR_MAX) {
            return false;
        }
        const int precision = date.day > 1     ? INK_PRECISION_DAY
                              : date.month > 1 ? INK_PRECISION_MONTH
                                               : INK_PRECISION_YEAR;
        for (int p = precision; p <= INK_PRECISION_DAY && at >= first; p++) {
            if (p != INK_PRECISION_SEASON && span_same(text, label_of(&date, p))) {
                return true;
            }
        }
    }
}

static bool finds_hour(struct ink_span text, double first, double last) {
    const struct ink_zone *zone = &the.digest.story.zone;
    for (int64_t at = (int64_t)first - 1; at <= (int64_t)last + 1 && last - first < 30 * DAY_S;
         at++) {
        const struct ink_date local = ink_local(at, zone);
        if (local.second % 3600 == 0 && span_same(text, label_of(&local, INK_PRECISION_MINUTE))) {
            return true;
        }
    }
    return false;
}

/* Year of a label of a year, BCE years negative; INT16_MIN if it is none. */
static int year_of(struct ink_span text) {
    char copy[40] = "", rest[40] = "";
    int year = 0;
    memcpy(copy, text.at, (size_t)ink_min(text.bytes, 39));
    const int found = sscanf(copy, "%d%39s", &year, rest);
    const bool bce = found == 2 && strcmp(rest, "BCE") == 0;
    return found == 1 || (found == 2 && strcmp(rest, "CE") == 0) ? year : bce ? -year : INT16_MIN;
}

/* Years are whole multiples of a step of 1, 2 or 5 times a power of ten, and no more than three of
 * them apart: some labels have no room. The tick of year 0 stands at year 1. */
static void check_years(int before, int year) {
    static const int steps[] = {5000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1};
    const int from = before == 1 ? 0 : before, to = year == 1 ? 0 : year;
    CHECK(year > before);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const int step = steps[i];
        if (from % step == 0 && to % step == 0 && to - from <= 3 * step) {
            return;
        }
    }
    CHECK(to - from <= 3);
    printf("  %d, %d\n", before, year);
}

static int check_ticks(void) {
    struct tick tick;
    int count = 0, before = INT16_MIN;
    const struct ink_axis_run *last = NULL;
    for (int item = 0; next_tick(&item, &tick); count++) {
        const struct ink_axis_run *run = run_at(tick.x);
        CHECK(run != NULL);
        if (run == NULL) {
            continue;
        }
        const double first = instant_at(run, tick.x - 2), end = instant_at(run, tick.x + 2);
        const bool stands = finds_hour(tick.text, first, end) || finds_day(tick.text, first, end);
        CHECK(stands);
        if (!stands) {
            printf("  \"%.*s\" at %.1f\n", tick.text.bytes, tick.text.at, tick.x);
        }
        before = run == last ? before : INT16_MIN;
        const int year = year_of(tick.text);
        if (year != INT16_MIN && run->to - run->from > YEAR_S) {
            if (before != INT16_MIN) {
                check_years(before, year);
            }
            before = year;
        }
        last = run;
    }
    return count;
}

/* ---- labels, runs ---------------------------------------------------------------------------- */

static void check_labels(void) {
    int end = -1, count = 0;
    for (int i = 0; i < the.items.count; i++) {
        const struct ink_op *op = &the.items.item[i].op;
        if (op->kind == INK_ITEM_DATE) {
            struct ink_op text_op;
            struct ink_span text;
            uint32_t at = the.items.item[i].from;
            CHECK(item_text(&the.page, &the.items.item[i], &at, &text_op, &text));
            CHECK(text_op.x0 > end + 1);
            CHECK(op->x1 <= the.frame.right);
            end = text_op.x1;
            count++;
        }
    }
    CHECK(count > 0);
}

static void check_runs(void) {
    CHECK(the.axis.count > 0);
    for (int i = 0; i < the.axis.count; i++) {
        const struct ink_axis_run *run = &the.axis.run[i];
        CHECK(run->from < run->to);
        CHECK(run->x0 < run->x1);
        CHECK(i == 0 || run->x0 > run[-1].x1);
        CHECK(i == 0 || run->ahead != run[-1].ahead || run->from >= run[-1].to);
        CHECK_INT(ink_axis_x(run, run->from), run->x0);
        CHECK_INT(ink_axis_x(run, run->to), run->x1);
    }
    CHECK_INT(the.axis.run[the.axis.count - 1].x1, the.frame.right);
    for (int i = 0; i < the.digest.count; i++) {
        const struct ink_axis_run *run = &the.axis.run[the.rows[i].run];
        const int64_t start = the.events[i].start_utc;
        CHECK(start <= run->to);
        CHECK(start >= run->from || run->ahead);
        const double x = run->x0 + (double)(start - run->from) * (run->x1 - run->x0) /
                                       (double)(run->to - run->from);
        CHECK(run->ahead || abs(ink_axis_x(run, start) - (int)x) <= 1);
    }
}

static int check(void) {
    draw();
    check_runs();
    check_labels();
    return check_ticks();
}

/* ---- clocks ---------------------------------------------------------------------------------- */

/* A day from midnight to midnight by the clock, of that many half hours, with noon after that many
 * of them. */
static void check_day(const struct ink_zone *zone, int month, int day, int halves, int noon) {
    struct tick tick;
    const struct ink_date date = {
        .year = 2024, .month = (uint8_t)month, .day = (uint8_t)day, .precision = INK_PRECISION_DAY};
    begin(zone, 1000);
    add(ink_date_start(&date, zone), INK_PRECISION_MINUTE);
    add(ink_date_end(&date, zone), INK_PRECISION_MINUTE);
    CHECK(check() >= 3);
    CHECK_INT(the.axis.count, 1);
    const struct ink_axis_run *run = &the.axis.run[0];
    CHECK_INT(run->to - run->from, halves * 1800);
    bool found = false;
    for (int item = 0; next_tick(&item, &tick);) {
        if (span_same(tick.text, ink_span_of("12:00"))) {
            const double x = run->x0 + (double)(run->x1 - run->x0) * noon / halves;
            CHECK(tick.x > x - 2 && tick.x < x + 2);
            found = true;
        }
    }
    CHECK(found);
}

static void noon_is_where_the_clocks_put_it(void) {
    check_day(&kyiv, 3, 30, 48, 24);
    check_day(&kyiv, 3, 31, 46, 22);
    check_day(&kyiv, 10, 27, 50, 26);
    check_day(&lord_howe, 4, 7, 49, 25);
    check_day(&lord_howe, 10, 6, 47, 23);
}

/* Days of a story that goes by days are as long as they are, and begin at midnight. */
static void days_begin_at_midnight(void) {
    static const struct ink_zone *const zones[] = {&kyiv, &lord_howe};
    static const int8_t months[] = {3, 4, 10};
    for (int i = 0; i < 6; i++) {
        begin(zones[i % 2], 1200);
        for (int day = 0; day < 12; day += 1 + day % 3) {
            const struct ink_date date = ink_civil(ink_days(2024, months[i / 2], 25) + day);
            add(ink_date_start(&date, zones[i % 2]), INK_PRECISION_DAY);
        }
        the.view.now_utc = the.digest.newest_utc + 90 * DAY_S;
        (void)check();
        CHECK(the.axis.by_days);
        for (int run = 0; run < the.axis.count; run++) {
            CHECK_INT(ink_local(the.axis.run[run].from, zones[i % 2]).second, 0);
            CHECK_INT(ink_local(the.axis.run[run].to, zones[i % 2]).second, 0);
        }
    }
}

/* ---- spans ----------------------------------------------------------------------------------- */

static const int64_t spans[] = {
    60,          600,          3600,          6 * 3600,       DAY_S,         3 * DAY_S,
    10 * DAY_S,  20 * DAY_S,   60 * DAY_S,    200 * DAY_S,    YEAR_S,        3 * YEAR_S,
    12 * YEAR_S, 100 * YEAR_S, 1000 * YEAR_S, 10000 * YEAR_S, 19000 * YEAR_S};

static int64_t start_of_year(int year) {
    return (int64_t)ink_days(year, 1, 1) * DAY_S + 5 * 3600 + 17 * 60;
}

static void spans_from_a_minute_to_19000_years(void) {
    static const int16_t years[] = {2024, 1, 0, -199, -5000, -9998};
    static const int16_t widths[] = {300, 800, 2560};
    int ticks = 0;
    for (size_t i = 0; i < sizeof spans / sizeof *spans * 18; i++) {
        const int64_t span = spans[i / 18], first = start_of_year(years[i % 6]);
        uint64_t seed = i;
        if (first + span > (int64_t)ink_days(9999, 1, 1) * DAY_S) {
            continue;
        }
        begin(i % 2 == 0 ? &kyiv : NULL, widths[i / 6 % 3]);
        for (int k = 0; k < 6; k++) {
            const int64_t off =
                k % 5 == 0 ? 0 : (int64_t)(ink_random(&seed) % (uint64_t)(span / 6));
            const bool fine = span < 30 * DAY_S && k % 3 != 2;
            add(first + span * k / 5 - (k == 5 ? 0 : k * off / 6),
                fine ? INK_PRECISION_SECOND : INK_PRECISION_DAY);
        }
        for (int k = 1; k < the.digest.count; k++) { /* days start before their hours */
            the.events[k].start_utc = the.events[k].start_utc < the.events[k - 1].start_utc
                                          ? the.events[k - 1].start_utc
                                          : the.events[k].start_utc;
        }
        ticks += check();
    }
    CHECK(ticks > 500);
}

/* There is no year 0: a century before our era ends with a round number of its own. */
static void years_before_our_era_are_round(void) {
    struct tick tick;
    bool found = false;
    begin(NULL, 1600);
    add(start_of_year(-499), INK_PRECISION_YEAR); /* 500 BCE */
    add(start_of_year(-350), INK_PRECISION_YEAR);
    add(start_of_year(-199), INK_PRECISION_YEAR);
    add(start_of_year(-30), INK_PRECISION_YEAR);
    (void)check();
    for (int item = 0; next_tick(&item, &tick);) {
        found = found || span_same(tick.text, ink_span_of("200 BCE"));
    }
    CHECK(found);
}

/* ---- corners --------------------------------------------------------------------------------- */

static void one_instant_is_enough(void) {
    for (int precision = INK_PRECISION_CENTURY; precision <= INK_PRECISION_SECOND; precision++) {
        if (precision == INK_PRECISION_SEASON) {
            continue;
        }
        begin(&kyiv, 800);
        add(start_of_year(2000), precision);
        (void)check();
        for (int i = 0; i < 8; i++) {
            add(start_of_year(2000), precision);
        }
        (void)check();
        CHECK_INT(the.axis.count, 1);
    }
}

static void a_second_after_ten_thousand_years(void) {
    begin(NULL, 800);
    add(start_of_year(-7976), INK_PRECISION_SECOND);
    add(start_of_year(2024), INK_PRECISION_SECOND);
    add(start_of_year(2024) + 1, INK_PRECISION_SECOND);
    (void)check();
    CHECK_INT(the.axis.count, 2);
    CHECK(the.axis.run[1].cut);
}

static void now_may_come_before_every_event(void) {
    begin(&kyiv, 800);
    for (int day = 0; day < 5; day++) {
        add(start_of_year(2024) + day * DAY_S, INK_PRECISION_DAY);
    }
    the.view.now_utc = start_of_year(2020);
    (void)check();
}

static void all_may_be_ahead(void) {
    for (int far = 1; far <= 10000; far *= 10) {
        begin(&kyiv, 800);
        the.view.now_utc = start_of_year(-2000);
        for (int i = 0; i < 6; i++) {
            add(start_of_year(-2000) + i * i * far * DAY_S, INK_PRECISION_DAY)->flags =
                INK_EVENT_AHEAD;
        }
        (void)check();
        CHECK(the.axis.run[0].ahead);
    }
}

int main(void) {
    RUN(noon_is_where_the_clocks_put_it);
    RUN(days_begin_at_midnight);
    RUN(spans_from_a_minute_to_19000_years);
    RUN(years_before_our_era_are_round);
    RUN(one_instant_is_enough);
    RUN(a_second_after_ten_thousand_years);
    RUN(now_may_come_before_every_event);
    RUN(all_may_be_ahead);
    return ink_test_end();
}
