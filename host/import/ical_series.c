#include "import/ical_series.h"

#include <stdlib.h>

#include "core/ink_record.h"
#include "core/ink_time.h"

enum { DAY_S = 86400 };

/* ---- versions -------------------------------------------------------------------------------- */

static uint64_t uid_of(const struct ink_ical_event *event) {
    const struct ink_leaf *uid = ink_leaves_get(&event->leaves, "uid", 0);
    return uid != NULL ? ink_text_make_id(uid->text, uid->bytes) : 0;
}

static int64_t instance_of(const struct ink_ical_event *event) {
    return event->instance.clock != INK_ICAL_NONE ? ink_ical_utc(&event->instance) : INT64_MIN;
}

static int compare(const void *a, const void *b) {
    const struct ink_ical_version *one = a, *other = b;
    if (one->uid != other->uid) {
        return one->uid < other->uid ? -1 : 1;
    }
    return one->instance < other->instance ? -1 : one->instance > other->instance;
}

bool ink_ical_versions_add(struct ink_ical_versions *versions, const struct ink_ical_event *event,
                           bool cancelled) {
    const bool whole = event->instance.clock == INK_ICAL_NONE;
    if ((whole && !event->recurs && !cancelled) || uid_of(event) == 0) {
        return true;
    }
    versions->full = versions->full || versions->count == INK_ICAL_VERSIONS;
    if (versions->full) {
        return true;
    }
    if (versions->count == versions->cap) {
        const size_t cap = versions->cap > 0 ? versions->cap * 2 : 64;
        void *grown = realloc(versions->version, cap * sizeof *versions->version);
        if (grown == NULL) {
            return false;
        }
        versions->version = grown;
        versions->cap = cap;
    }
    versions->version[versions->count++] =
        (struct ink_ical_version){.uid = uid_of(event),
                                  .instance = instance_of(event),
                                  .rev = ink_ical_event_rev(event),
                                  .date = event->instance.clock == INK_ICAL_DATE,
                                  .cancelled = cancelled && whole,
                                  .onward = event->onward && event->recurs};
    return true;
}

/* Of several versions of one thing the newest is kept. */
void ink_ical_versions_sort(struct ink_ical_versions *versions) {
    size_t kept = 0;
    if (versions->count == 0) {
        return;
    }
    qsort(versions->version, versions->count, sizeof versions->version[0], compare);
    for (size_t i = 0; i < versions->count; i++) {
        struct ink_ical_version *one = &versions->version[i];
        struct ink_ical_version *last = kept > 0 ? &versions->version[kept - 1] : NULL;
        if (last == NULL || compare(last, one) != 0) {
            versions->version[kept++] = *one;
        } else if (one->rev >= last->rev) {
            one->cancelled = one->cancelled || (last->cancelled && one->rev == last->rev);
            *last = *one;
        }
    }
    versions->count = kept;
}

void ink_ical_versions_free(struct ink_ical_versions *versions) {
    free(versions->version);
    *versions = (struct ink_ical_versions){.count = 0};
}

static const struct ink_ical_version *find(const struct ink_ical_versions *versions, uint64_t uid,
                                           int64_t instance) {
    const struct ink_ical_version key = {.uid = uid, .instance = instance};
    return versions->count > 0
               ? bsearch(&key, versions->version, versions->count, sizeof key, compare)
               : NULL;
}

bool ink_ical_is_superseded(const struct ink_ical_versions *versions,
                            const struct ink_ical_event *event) {
    const struct ink_ical_version *newest = find(versions, uid_of(event), instance_of(event));
    return newest != NULL && newest->rev > ink_ical_event_rev(event);
}

/* ---- instances ------------------------------------------------------------------------------- */

struct series {
    const struct ink_ical_event *event;
    const struct ink_ical_versions *versions;
    const struct ink_ical_window *window;
    ink_ical_take_instance *take;
    void *context;
    struct ink_ical_result result;
    uint64_t uid;
    int64_t end_utc; /* from here on another component says what is */
    const struct ink_ical_rule *rule;
    int seen_count, barred_count; /* instances so far; what EXRULE names */
    int64_t seen[INK_ICAL_INSTANCES], barred[INK_ICAL_INSTANCES];
};

static int32_t day_of(int64_t local) {
    return (int32_t)(local / DAY_S - (local % DAY_S < 0));
}

static bool overlaps(const struct ink_ical_window *window, const struct ink_ical_time *start,
                     int64_t utc, const struct ink_ical_length *length) {
    const int64_t least = start->clock == INK_ICAL_DATE ? DAY_S : 1;
    if (utc >= window->to_utc || utc + least > window->from_utc) {
        return utc < window->to_utc;
    }
    const struct ink_ical_time end = ink_ical_later(start, length);
    return ink_ical_utc(&end) > window->from_utc;
}

static bool is_excepted(const struct series *series, const struct ink_ical_time *at, int64_t utc) {
    const struct ink_ical_event *event = series->event;
    for (int i = 0; i < event->except_count; i++) {
        // Some programs name a time by its day, or a day by its midnight.
        const struct ink_ical_time *one = &event->except[i];
        const bool days = one->clock == INK_ICAL_DATE || at->clock == INK_ICAL_DATE;
        if (days ? day_of(one->local) == day_of(at->local) : event->except_utc[i] == utc) {
            return true;
        }
    }
    for (int i = 0; i < series->barred_count; i++) {
        if (series->barred[i] == utc) {
            return true;
        }
    }
    return false;
}

/* Has it a component of its own? */
static bool is_overridden(const struct series *series, const struct ink_ical_time *at,
                          int64_t utc) {
    if (series->uid == 0) {
        return false;
    }
    const int64_t day = (int64_t)day_of(at->local) * DAY_S;
    const struct ink_ical_version *by_day = find(series->versions, series->uid, day);
    const struct ink_ical_version *by_time = find(series->versions, series->uid, utc);
    return (by_time != NULL && !by_time->date && !by_time->onward) ||
           (by_day != NULL && by_day->date);
}

static bool was_seen(const struct series *series, int64_t utc) {
    for (int i = series->seen_count - 1; i >= 0; i--) {
        if (series->seen[i] == utc) {
            return true;
        }
    }
    return false;
}

/* False: there is no room for more. */
static bool give(struct series *series, const struct ink_ical_time *at,
                 const struct ink_ical_length *length) {
    const int64_t utc = ink_ical_utc(at);
    if (utc >= series->end_utc || !overlaps(series->window, at, utc, length) ||
        is_excepted(series, at, utc) || is_overridden(series, at, utc) || was_seen(series, utc)) {
        return true;
    }
    if (series->seen_count == INK_ICAL_INSTANCES) {
        series->result.many = true;
        return false;
    }
    series->seen[series->seen_count++] = utc;
    series->result.taken++;
    series->take(series->context, series->event,
                 &(struct ink_ical_instance){.at = *at, .start = *at, .length = *length});
    return true;
}

/* UNTIL is the last instant, or day, of a rule; in UTC, or by the clock of the event. */
static bool is_past(const struct series *series, const struct ink_ical_time *at) {
    const struct icaltimetype *until = &series->rule->rule.until;
    if (icaltime_is_null_time(*until)) {
        return false;
    }
    const int32_t day = ink_days(until->year, ink_max(1, ink_min(until->month, 12)), until->day);
    if (until->is_date || at->clock == INK_ICAL_DATE) {
        return day_of(at->local) > day;
    }
    const int64_t last =
        (int64_t)day * DAY_S + until->hour * 3600 + until->minute * 60 + until->second;
    return (icaltime_is_utc(*until) ? ink_ical_utc(at) : at->local) > last;
}

static bool take_local(void *context, int64_t local) {
    struct series *series = context;
    struct ink_ical_time at = series->event->start;
    at.local = local;
    if (is_past(series, &at)) {
        return false;
    }
    if (!series->rule->excludes) {
        const struct ink_ical_length length = ink_ical_event_length(series->event);
        return give(series, &at, &length);
    }
    if (series->barred_count < INK_ICAL_INSTANCES) {
        series->barred[series->barred_count++] = ink_ical_utc(&at);
    }
    return series->barred_count < INK_ICAL_INSTANCES;
}

/* Offsets are less than a day; an instance may have begun its length before the window. */
static void expand(struct series *series, bool excludes) {
    const struct ink_ical_event *event = series->event;
    const struct ink_ical_length length = ink_ical_event_length(event);
    const struct ink_ical_range range = {.start = event->start.local,
                                         .date = event->start.clock == INK_ICAL_DATE,
                                         .from = series->window->from_utc - 2 * DAY_S -
                                                 length.days * DAY_S - length.seconds,
                                         .to = series->window->to_utc + 2 * DAY_S};
    for (int i = 0; i < event->rule_count; i++) {
        series->rule = &event->rule[i];
        if (series->rule->excludes == excludes &&
            !ink_ical_expand(&series->rule->rule, &range, series->window->steps, take_local,
                             series)) {
            series->result.tedious = true;
        }
    }
}

/* Where a later component takes over. */
static void find_end(struct series *series) {
    const struct ink_ical_versions *versions = series->versions;
    size_t low = 0, high = versions->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (versions->version[middle].uid < series->uid) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < versions->count && versions->version[low].uid == series->uid; low++) {
        const struct ink_ical_version *version = &versions->version[low];
        if (series->uid != 0 && version->onward && version->instance > instance_of(series->event)) {
            series->end_utc = version->instance;
            return;
        }
    }
}

static void give_series(struct series *series) {
    const struct ink_ical_event *event = series->event;
    const struct ink_ical_length length = ink_ical_event_length(event);
    bool more;
    find_end(series);
    expand(series, true);
    more = give(series, &event->start, &length);
    for (int i = 0; i < event->date_count && more; i++) {
        const struct ink_ical_date *date = &event->date[i];
        struct ink_ical_length own = length;
        if (date->period) {
            own = date->length;
        } else if (date->at.clock == INK_ICAL_DATE && event->start.clock != INK_ICAL_DATE) {
            own = (struct ink_ical_length){0, 0};
        }
        more = give(series, &date->at, &own);
    }
    if (more) {
        expand(series, false);
    }
}

static void give_one(struct series *series) {
    const struct ink_ical_event *event = series->event;
    const bool whole = event->instance.clock == INK_ICAL_NONE;
    const struct ink_ical_instance instance = {.at = whole ? event->start : event->instance,
                                               .start = event->start,
                                               .length = ink_ical_event_length(event),
                                               .whole = whole};
    if (whole || overlaps(series->window, &instance.start, ink_ical_utc(&instance.start),
                          &instance.length)) {
        series->result.taken++;
        series->take(series->context, event, &instance);
    }
}

struct ink_ical_result ink_ical_instances(const struct ink_ical_event *event,
                                          const struct ink_ical_versions *versions,
                                          const struct ink_ical_window *window,
                                          ink_ical_take_instance *take, void *context) {
    struct series series = {.event = event,
                            .versions = versions,
                            .window = window,
                            .take = take,
                            .context = context,
                            .uid = uid_of(event),
                            .end_utc = INT64_MAX};
    const bool one = event->instance.clock != INK_ICAL_NONE && !event->onward;
    if (!event->recurs || one) {
        give_one(&series);
    } else {
        give_series(&series);
    }
    return series.result;
}
