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
                                  .takes_over = event->onward && event->recurs};
    return true;
}

bool ink_ical_versions_keep(struct ink_ical_versions *versions, struct ink_ical_event *event) {
    versions->onward_full = versions->onward_count == INK_ICAL_ONWARD;
    if (versions->onward_full) {
        return false;
    }
    versions->onward[versions->onward_count++] = event;
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
    for (int i = 0; i < versions->onward_count; i++) {
        ink_ical_event_free(versions->onward[i]);
    }
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

bool ink_ical_is_called_off(const struct ink_ical_versions *versions,
                            const struct ink_ical_event *event) {
    const bool whole = event->instance.clock == INK_ICAL_NONE;
    const struct ink_ical_version *series = whole ? NULL : find(versions, uid_of(event), INT64_MIN);
    return series != NULL && series->cancelled &&
           series->rev >> INK_ICAL_AGE_BITS >= event->sequence;
}

bool ink_ical_has_series(const struct ink_ical_versions *versions,
                         const struct ink_ical_event *event) {
    return find(versions, uid_of(event), INT64_MIN) != NULL;
}

/* ---- instances ------------------------------------------------------------------------------- */

struct series {
    struct ink_ical_event *event;
    const struct ink_ical_versions *versions;
    struct ink_ical_window *window;
    ink_ical_take_instance *take;
    void *context;
    struct ink_ical_result result;
    uint64_t uid;
    int64_t end_utc;  /* from here on another component says what is */
    int onward_count; /* changes for all later instances, by the time of theirs */
    struct ink_ical_event *onward[INK_ICAL_ONWARD];
    const struct ink_ical_rule *rule;
    int seen_count, barred_count; /* instances so far; what EXRULE names */
    int64_t seen[INK_ICAL_INSTANCES], barred[INK_ICAL_INSTANCES];
};

static int32_t day_of(int64_t local) {
    return (int32_t)(local / DAY_S - (local % DAY_S < 0));
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
    return (by_time != NULL && !by_time->date && !by_time->takes_over) ||
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

/* How far a change moves its instance: on the clock of where it is moved to. A day names the
 * instance of that day. */
static int64_t shift_of(const struct ink_ical_event *change, const struct ink_ical_event *series) {
    const struct ink_ical_time *start = &series->start;
    struct ink_ical_time at = ink_ical_as(&change->instance, start);
    if (change->instance.clock == INK_ICAL_DATE) {
        at.local += start->local - (int64_t)day_of(start->local) * DAY_S;
    }
    return change->start.local - ink_ical_as(&at, &change->start).local;
}

/* The change that holds for an instance, or NULL: the last one before it. */
static struct ink_ical_event *change_for(const struct series *series, int64_t utc) {
    struct ink_ical_event *change = NULL;
    for (int i = 0; i < series->onward_count && ink_ical_utc(&series->onward[i]->instance) < utc;
         i++) {
        change = series->onward[i];
    }
    return change;
}

/* Where the rule's instance is in fact. Returns the component that says so. */
static struct ink_ical_event *settle(const struct series *series,
                                     struct ink_ical_instance *instance) {
    struct ink_ical_event *change =
        series->onward_count > 0 ? change_for(series, ink_ical_utc(&instance->at)) : NULL;
    if (change == NULL) {
        return series->event;
    }
    instance->start = ink_ical_as(&instance->at, &change->start);
    instance->start.local += shift_of(change, series->event);
    instance->length = ink_ical_event_length(change);
    return change;
}

/* False: there is no room for more. */
static bool give(struct series *series, const struct ink_ical_time *at,
                 const struct ink_ical_length *length) {
    const int64_t utc = ink_ical_utc(at);
    struct ink_ical_instance instance = {.at = *at, .start = *at, .length = *length};
    if (utc >= series->end_utc) {
        return true;
    }
    struct ink_ical_event *event = settle(series, &instance);
    if (!ink_ical_window_has(series->window, &instance.start, ink_ical_utc(&instance.start),
                             &instance.length)) {
        return true;
    }
    series->result.within = true;
    if (is_excepted(series, at, utc) || is_overridden(series, at, utc) || was_seen(series, utc)) {
        return true;
    }
    if (series->seen_count == INK_ICAL_INSTANCES) {
        series->result.many = true;
        return false;
    }
    series->seen[series->seen_count++] = utc;
    series->take(series->context, event, &instance);
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

/* Seconds by which the search must begin earlier, and end later, than the window: offsets are less
 * than a day, an instance may have begun its length before, and changes move it. */
static void find_reach(const struct series *series, int64_t *before, int64_t *after) {
    const struct ink_ical_length length = ink_ical_event_length(series->event);
    *before = length.days * DAY_S + length.seconds;
    *after = 0;
    for (int i = 0; i < series->onward_count; i++) {
        const struct ink_ical_event *change = series->onward[i];
        const struct ink_ical_length own = ink_ical_event_length(change);
        const int64_t shift = shift_of(change, series->event);
        const int64_t reach = own.days * DAY_S + own.seconds + shift;
        *before = reach > *before ? reach : *before;
        *after = -shift > *after ? -shift : *after;
    }
    *before += (int64_t)2 * DAY_S;
    *after += (int64_t)2 * DAY_S;
}

static void expand(struct series *series, bool excludes) {
    const struct ink_ical_event *event = series->event;
    int64_t before, after;
    find_reach(series, &before, &after);
    const struct ink_ical_range range = {.start = event->start.local,
                                         .date = event->start.clock == INK_ICAL_DATE,
                                         .from = series->window->from_utc - before,
                                         .to = series->window->to_utc + after};
    for (int i = 0; i < event->rule_count; i++) {
        series->rule = &event->rule[i];
        if (series->rule->excludes == excludes &&
            !ink_ical_expand(&series->rule->rule, &range, &series->window->steps, take_local,
                             series)) {
            series->result.tedious = true;
        }
    }
}

/* The newest changes of this series for all later instances, in order. */
static void find_onward(struct series *series) {
    const struct ink_ical_versions *versions = series->versions;
    for (int i = 0; i < versions->onward_count && series->uid != 0; i++) {
        struct ink_ical_event *one = versions->onward[i];
        int at = series->onward_count;
        if (uid_of(one) != series->uid || ink_ical_is_superseded(versions, one)) {
            continue;
        }
        for (; at > 0 &&
               ink_ical_utc(&series->onward[at - 1]->instance) > ink_ical_utc(&one->instance);
             at--) {
            series->onward[at] = series->onward[at - 1];
        }
        series->onward[at] = one;
        series->onward_count++;
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
        if (series->uid != 0 && version->takes_over &&
            version->instance > instance_of(series->event)) {
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
    find_onward(series);
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
    struct ink_ical_event *event = series->event;
    const bool whole = event->instance.clock == INK_ICAL_NONE;
    struct ink_ical_instance instance = {.at = whole ? event->start : event->instance,
                                         .start = event->start,
                                         .length = ink_ical_event_length(event),
                                         .whole = whole};
    series->result.within = ink_ical_window_has(series->window, &instance.start,
                                                ink_ical_utc(&instance.start), &instance.length);
    instance.outside = !series->result.within;
    series->take(series->context, event, &instance);
}

struct ink_ical_result ink_ical_instances(struct ink_ical_event *event,
                                          const struct ink_ical_versions *versions,
                                          struct ink_ical_window *window,
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
