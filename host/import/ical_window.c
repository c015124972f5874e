#include "import/ical_window.h"

#include <stdio.h>

#include "core/ink_time.h"
#include "zoneinfo.h"

enum { DAY_S = 86400 };

/* ---- its ends -------------------------------------------------------------------------------- */

/* The zone of the command line, else the calendar's own, in whatever order the inputs come; "":
 * UTC. */
struct clock {
    char name[INK_ZONE_NAME_BYTES + 1];
};

static struct clock find_clock(const struct ink_import *in, const char *own) {
    struct clock clock = {.name = ""};
    const char *name = in->survey->zone != NULL ? in->survey->zone : own != NULL ? own : "";
    memcpy(clock.name, name, strnlen(name, INK_ZONE_NAME_BYTES));
    return clock;
}

static int32_t offset_at(const struct clock *clock, int64_t utc_s) {
    return clock->name[0] != '\0' ? ink_zoneinfo_offset(clock->name, utc_s) : 0;
}

static void place(const struct clock *clock, const struct ink_import_edge *edge, int64_t *utc,
                  int64_t *local) {
    const int64_t bound = ink_days(9990, 1, 1) * (int64_t)DAY_S;
    const int64_t at = edge->at_s < -bound ? -bound : edge->at_s > bound ? bound : edge->at_s;
    if (edge->by_clock) {
        *local = at;
        *utc = at - offset_at(clock, at - offset_at(clock, at));
    } else {
        *utc = at;
        *local = at + offset_at(clock, at);
    }
}

struct ink_ical_window ink_ical_window_of(const struct ink_import *in, const char *own) {
    const struct clock clock = find_clock(in, own);
    struct ink_ical_window window = {.steps = 0};
    place(&clock, &in->view.from, &window.from_utc, &window.from_local);
    place(&clock, &in->view.to, &window.to_utc, &window.to_local);
    return window;
}

bool ink_ical_window_has(const struct ink_ical_window *window, const struct ink_ical_time *start,
                         int64_t utc, const struct ink_ical_length *length) {
    const bool day = start->clock == INK_ICAL_DATE;
    const bool local = day || start->clock == INK_ICAL_FLOATING;
    const int64_t from = local ? window->from_local : window->from_utc;
    const int64_t to = local ? window->to_local : window->to_utc;
    if (utc >= to || utc + (day ? DAY_S : 1) > from) {
        return utc < to;
    }
    const struct ink_ical_time end = ink_ical_later(start, length);
    return ink_ical_utc(&end) > from;
}

/* ---- what was left out ----------------------------------------------------------------------- */

void ink_ical_outside_add(struct ink_ical_outside *outside, const struct ink_ical_time *start) {
    const bool first = outside->count == 0;
    if (first || start->local < outside->first_local) {
        outside->first_local = start->local;
    }
    if (first || start->local > outside->last_local) {
        outside->last_local = start->local;
    }
    outside->count++;
}

/* "2024-08-12/2024-08-18" */
enum { DAYS_BYTES = 64 };

static void write_days(char out[DAYS_BYTES], int64_t first_local, int64_t last_local) {
    const struct ink_date first = ink_local(first_local, NULL), last = ink_local(last_local, NULL);
    snprintf(out, DAYS_BYTES, "%04d-%02d-%02d/%04d-%02d-%02d", first.year, first.month, first.day,
             last.year, last.month, last.day);
}

void ink_ical_outside_say(const struct ink_ical_outside *outside,
                          const struct ink_ical_window *window, struct ink_import *in) {
    struct ink_problem problem = ink_import_at(in, 0, 0);
    char what[80], expected[DAYS_BYTES + 32], hint[DAYS_BYTES + 32], days[DAYS_BYTES];
    if (outside->count == 0) {
        return;
    }
    write_days(days, window->from_local, window->to_local - 1);
    snprintf(what, sizeof what, "entries outside the window, left out: %u",
             (unsigned)outside->count);
    snprintf(expected, sizeof expected, "expected some of %s", days);
    write_days(days, outside->first_local, outside->last_local);
    snprintf(hint, sizeof hint, "they begin in --window %s", days);
    problem.rule = "ical-window";
    problem.what = what;
    problem.expected = expected;
    problem.hint = hint;
    ink_import_warn(in, &problem);
}
