/* One component of a calendar to records, or to what it takes away. */
#include "import/ical_calendar.h"

#include <stdio.h>
#include <strings.h>

#include "import/plain.h"
#include "zoneinfo.h"

void ink_ical_say(struct ink_ical_calendar *calendar, uint64_t line,
                  const struct ink_ical_fault *fault, const char *text, bool refused) {
    char quoted[INK_QUOTE_BYTES], what[INK_QUOTE_BYTES + 128];
    struct ink_problem problem = ink_import_at(calendar->in, line, 0);
    snprintf(what, sizeof what, text != NULL ? "%s: %s" : "%s", fault->what,
             text != NULL ? ink_quote(quoted, text, strlen(text)) : "");
    problem.rule = fault->rule;
    problem.what = what;
    problem.expected = fault->expected;
    problem.hint = fault->hint;
    if (refused) {
        ink_import_refuse(calendar->in, false, &problem);
    } else {
        ink_import_warn(calendar->in, &problem);
    }
}

/* ---- what it says of itself ------------------------------------------------------------------ */

/* Of several values one is enough. */
static bool leaf_is(const struct ink_leaves *leaves, const char *path, const char *word) {
    const struct ink_leaf *leaf;
    bool found = false;
    for (int nth = 0; !found && (leaf = ink_leaves_get(leaves, path, nth)) != NULL; nth++) {
        found = leaf->bytes == strlen(word) && strncasecmp(leaf->text, word, leaf->bytes) == 0;
    }
    return found;
}

static bool is_cancelled(const struct ink_ical_calendar *calendar) {
    return leaf_is(&calendar->event->leaves, "status", "CANCELLED") ||
           leaf_is(&calendar->event->leaves, "status", "CANCELED") ||
           leaf_is(&calendar->leaves, "method", "CANCEL");
}

static uint64_t uid_of(const struct ink_ical_calendar *calendar) {
    const struct ink_leaf *uid = ink_leaves_get(&calendar->event->leaves, "uid", 0);
    return uid != NULL ? ink_text_make_id(uid->text, uid->bytes) : 0;
}

/* An unknown class counts as private (RFC 5545, 3.8.1.3). */
static bool says_private(const struct ink_ical_calendar *calendar) {
    const struct ink_leaf *leaf;
    bool found = false;
    for (int nth = 0; (leaf = ink_leaves_get(&calendar->event->leaves, "class", nth)) != NULL;
         nth++) {
        found = found || leaf->bytes != 6 || strncasecmp(leaf->text, "PUBLIC", 6) != 0;
    }
    return found;
}

/* "Busy", or only what lets into a meeting. */
static bool says_nothing(const struct ink_leaves *leaves) {
    const struct ink_leaf *summary = ink_leaves_get(leaves, "summary", 0);
    return summary != NULL && summary->bytes == 0;
}

/* What all instances of an event share, beside its own texts. */
static void add_shared(struct ink_ical_calendar *calendar) {
    struct ink_ical_event *event = calendar->event;
    struct ink_leaves *leaves = &event->leaves;
    char number[16];
    const uint32_t rev = ink_ical_event_rev(event);
    if (rev > 0) {
        const int bytes = snprintf(number, sizeof number, "%u", (unsigned)rev);
        ink_leaves_add(leaves, "sequence", 8, number, (size_t)bytes);
    }
    for (uint32_t i = 0; i < calendar->leaves.count; i++) {
        const struct ink_leaf *leaf = &calendar->leaves.leaf[i];
        ink_leaves_add(leaves, leaf->path, leaf->path_bytes, leaf->text, leaf->bytes);
    }
    event->shared_count = leaves->count;
    event->shared_used = leaves->used;
}

/* ---- one instance to a record ---------------------------------------------------------------- */

static void drop_links(struct ink_draft *draft, int field) {
    draft->bytes[field] = (uint16_t)ink_plain_drop_links(draft->text[field], draft->bytes[field]);
}

static void set_id(struct ink_draft *draft, const struct ink_ical_instance *instance) {
    enum { UID_BYTES = 700 }; // so that the instance always has room
    char id[UID_BYTES + 32];
    struct ink_ical_time at = instance->at;
    if (instance->whole || !ink_draft_has(draft, INK_F_ID)) {
        return;
    }
    at.local = ink_ical_utc(&at);
    at.clock = at.clock == INK_ICAL_ZONED ? INK_ICAL_UTC : at.clock;
    const int uid = ink_min(draft->bytes[INK_F_ID], UID_BYTES);
    memcpy(id, draft->text[INK_F_ID], (size_t)uid);
    id[uid] = '/';
    const size_t bytes = ink_ical_edtf(&at, id + uid + 1);
    ink_draft_set(draft, INK_F_ID, id, (size_t)uid + 1 + bytes);
}

static void add_time(struct ink_leaves *leaves, const char *path, const struct ink_ical_time *time,
                     bool uncertain) {
    char edtf[INK_STAMP_BYTES + 1];
    size_t bytes = ink_ical_edtf(time, edtf);
    if (uncertain) {
        edtf[bytes++] = '?';
    }
    ink_leaves_add(leaves, path, strlen(path), edtf, bytes);
}

/* The end of an instance: of days the last one. */
static void add_end(struct ink_leaves *leaves, const struct ink_ical_instance *instance) {
    struct ink_ical_length length = instance->length;
    length.days -= instance->start.clock == INK_ICAL_DATE;
    const struct ink_ical_time end = ink_ical_later(&instance->start, &length);
    if (end.local > instance->start.local) {
        add_time(leaves, "dtend", &end, false);
    }
}

/* An entry outside of the window takes along only what it replaces: older versions of it. */
static bool lower_rev(struct ink_draft *draft, uint32_t rev) {
    char number[16];
    if (rev > 0) {
        const int bytes = snprintf(number, sizeof number, "%u", (unsigned)rev - 1);
        ink_draft_set(draft, INK_F_REV, number, (size_t)bytes);
        draft->cancelled = true;
    }
    return rev > 0;
}

/* A headline that is a link alone stays. */
static void put(struct ink_import *in) {
    char headline[INK_DRAFT_ROOM];
    const uint16_t bytes = in->draft.bytes[INK_F_HEADLINE];
    memcpy(headline, in->draft.text[INK_F_HEADLINE], bytes);
    drop_links(&in->draft, INK_F_HEADLINE);
    if (!ink_draft_has(&in->draft, INK_F_HEADLINE)) {
        memcpy(in->draft.text[INK_F_HEADLINE], headline, bytes);
        in->draft.bytes[INK_F_HEADLINE] = bytes;
    }
    drop_links(&in->draft, INK_F_PLACE);
    ink_import_put(in);
}

static void take_instance(void *context, struct ink_ical_event *event,
                          const struct ink_ical_instance *instance) {
    struct ink_ical_calendar *calendar = context;
    struct ink_import *in = calendar->in;
    struct ink_leaves *leaves = &event->leaves;
    if (in->survey->refused != calendar->refused) {
        return; // what is wrong with one instance is wrong with all
    }
    leaves->count = event->shared_count;
    leaves->used = event->shared_used;
    add_time(leaves, "dtstart", &instance->start, leaf_is(leaves, "status", "TENTATIVE"));
    add_end(leaves, instance);
    ink_draft_begin(&in->draft, event->line, 0);
    ink_map_apply(in, ink_ical_map, leaves);
    set_id(&in->draft, instance);
    in->draft.series =
        !instance->whole && event->instance.clock == INK_ICAL_NONE ? uid_of(calendar) : 0;
    in->draft.cancelled = in->draft.cancelled || calendar->is_hidden || says_nothing(leaves) ||
                          ink_ical_is_called_off(&calendar->versions, event);
    if (in->draft.cancelled || !instance->outside ||
        lower_rev(&in->draft, ink_ical_event_rev(event))) {
        put(in);
    }
}

/* ---- one component --------------------------------------------------------------------------- */

static void refuse_zone(struct ink_ical_calendar *calendar) {
    const struct ink_ical_event *event = calendar->event;
    char like[INK_ZONE_NAME_BYTES + 1], hint[INK_ZONE_NAME_BYTES + 48];
    ink_zoneinfo_hint(event->bad_zone, like);
    snprintf(hint, sizeof hint,
             like[0] != '\0' ? "did they mean %s?" : "export it with its VTIMEZONE%s", like);
    ink_ical_say(
        calendar, event->bad_zone_line,
        &(struct ink_ical_fault){"ical-zone", "a zone that nobody knows",
                                 "expected a TZID of the file's VTIMEZONEs or of the time zone "
                                 "database",
                                 hint},
        event->bad_zone, true);
}

/* No start, or one that is none: refused with what it says. */
static void refuse_start(struct ink_ical_calendar *calendar) {
    struct ink_import *in = calendar->in;
    const struct ink_ical_event *event = calendar->event;
    if (event->bad_zone_line > 0) {
        refuse_zone(calendar);
        return;
    }
    if (event->bad_start[0] == '\0') {
        ink_ical_say(calendar, event->line,
                     &(struct ink_ical_fault){"ical-start", "an event without a start",
                                              "expected DTSTART", "the rest of the file is used"},
                     NULL, true);
        return;
    }
    ink_draft_begin(&in->draft, event->line, 0);
    ink_draft_set(&in->draft, INK_F_WHEN, event->bad_start, strlen(event->bad_start));
    ink_map_apply(in, ink_ical_map, &calendar->event->leaves);
    ink_import_put(in);
}

static void warn_of(struct ink_ical_calendar *calendar, const struct ink_ical_result *result) {
    const struct ink_ical_event *event = calendar->event;
    const struct ink_ical_length length = ink_ical_event_length(event);
    if (result->many || result->tedious) {
        ink_ical_say(calendar, event->line,
                     &(struct ink_ical_fault){
                         "ical-many",
                         result->many ? "more than 1000 instances in the window"
                                      : "a rule that takes too long to expand",
                         "expected a rule with fewer", "look at a shorter time with --window"},
                     NULL, false);
    }
    if (event->end.clock != INK_ICAL_NONE && length.days == 0 && length.seconds == 0 &&
        ink_ical_utc(&event->end) != ink_ical_utc(&event->start)) {
        ink_ical_say(calendar, event->line,
                     &(struct ink_ical_fault){"ical-end", "an end that does not go with the start",
                                              "expected a later DTEND, a day with a day",
                                              "the event is used without it"},
                     NULL, false);
    }
}

/* Left out by the window alone, and not as an instance of a series, which counts once. */
static void count_outside(struct ink_ical_calendar *calendar) {
    const struct ink_ical_event *event = calendar->event;
    const bool whole = event->instance.clock == INK_ICAL_NONE;
    if (!calendar->is_hidden && !is_cancelled(calendar) &&
        (whole || !ink_ical_has_series(&calendar->versions, event))) {
        ink_ical_outside_add(&calendar->outside, &event->start);
    }
}

/* A series that was called off takes along what has its UID alone. */
static void cancel_whole(struct ink_ical_calendar *calendar) {
    struct ink_ical_event *event = calendar->event;
    if (is_cancelled(calendar) && event->instance.clock == INK_ICAL_NONE &&
        (event->recurs || event->start.clock == INK_ICAL_NONE)) {
        take_instance(calendar, event, &(struct ink_ical_instance){.whole = true});
    }
}

/* Of a version in another input, older, no instance stays; if this one calls it off, of the same
 * either. */
static void note_series(struct ink_ical_calendar *calendar) {
    const struct ink_ical_event *event = calendar->event;
    const uint32_t rev = ink_ical_event_rev(event) + is_cancelled(calendar);
    if (event->instance.clock == INK_ICAL_NONE && uid_of(calendar) != 0 &&
        !ink_gone_series(calendar->in->view.gone, uid_of(calendar), rev)) {
        calendar->in->failed = true;
    }
}

/* What calls off an instance need not say when it would have been. */
static void settle_start(struct ink_ical_event *event, bool cancelled) {
    if (cancelled && event->start.clock == INK_ICAL_NONE && event->bad_start[0] == '\0') {
        event->start = event->instance;
    }
}

void ink_ical_put_event(struct ink_ical_calendar *calendar) {
    struct ink_ical_event *event = calendar->event;
    settle_start(event, is_cancelled(calendar));
    if (ink_ical_is_superseded(&calendar->versions, event)) {
        return;
    }
    add_shared(calendar);
    if (event->start.clock == INK_ICAL_NONE && !is_cancelled(calendar)) {
        refuse_start(calendar);
        return;
    }
    calendar->is_hidden = says_private(calendar) || says_nothing(&event->leaves) ||
                          ink_gone_has(calendar->secrets, uid_of(calendar), 0);
    calendar->hidden += calendar->is_hidden;
    note_series(calendar);
    const struct ink_ical_result result =
        ink_ical_instances(event, &calendar->versions, &calendar->window, take_instance, calendar);
    if (!result.within) {
        count_outside(calendar);
    }
    warn_of(calendar, &result);
    cancel_whole(calendar);
}

/* ---- for others ------------------------------------------------------------------------------ */

void ink_ical_note_event(struct ink_ical_calendar *calendar) {
    struct ink_ical_event *event = calendar->event;
    const bool cancelled = is_cancelled(calendar);
    bool good = !says_private(calendar) || ink_gone_add(calendar->secrets, uid_of(calendar), 0);
    settle_start(event, cancelled);
    good = ink_ical_versions_add(&calendar->versions, event, cancelled) && good;
    if (event->onward && !event->recurs && event->start.clock != INK_ICAL_NONE &&
        event->instance.clock != INK_ICAL_NONE) {
        add_shared(calendar);
        if (ink_ical_versions_keep(&calendar->versions, event)) {
            calendar->event = ink_ical_event_new();
            good = calendar->event != NULL && good;
        }
    }
    calendar->in->failed = calendar->in->failed || !good;
}
