/* iCalendar (RFC 5545) to records: events and to-dos, each instance of a recurring one within the
 * window its own.
 *
 * A file is read up to three times, line by line: for its zones, which may stand behind what uses
 * them; if anything in it recurs or was cancelled, for what newer versions and single instances
 * stand for; and for the events themselves. libical reads the values. Memory is that of the zones
 * (INK_ICAL_ZONES), the versions (INK_ICAL_VERSIONS) and one event.
 *
 * What is private goes to no wall: it is left out, takes along what it was before, and is counted.
 */
#include <stdlib.h>
#include <strings.h>

#include "core/ink_time.h"
#include "import/ical_series.h"
#include "import/line.h"
#include "import/map.h"
#include "import/plain.h"
#include "zoneinfo.h"

enum { DAY_S = 86400 };

/* clang-format off */
static const struct ink_map ical_map[] = {
    {"uid", INK_F_ID, INK_TAKE_TEXT, NULL, "of a recurring event with the instance's time"},
    {"sequence", INK_F_REV, INK_TAKE_NUMBER, NULL, "up to 1023; among equals LAST-MODIFIED, else DTSTAMP"},
    {"dtstart", INK_F_WHEN, INK_TAKE_DATE, NULL, "RRULE, RDATE, EXDATE and RECURRENCE-ID within the window; of a VTODO also DUE"},
    {"dtend", INK_F_UNTIL, INK_TAKE_DATE, NULL, "or DURATION; a day is the one after the last"},
    {"status", INK_MAP_CANCELLED, INK_TAKE_WORDS, "cancelled=yes", NULL},
    {"method", INK_MAP_CANCELLED, INK_TAKE_WORDS, "cancel=yes", NULL},
    {"class", INK_MAP_CANCELLED, INK_TAKE_WORDS, "public= *=yes", "all but public: left out and counted, with all changes of the same event"},
    {"status", INK_F_STATUS, INK_TAKE_WORDS, "completed=confirmed *=planned", "tentative, confirmed, and all else"},
    {"", INK_F_STATUS, INK_TAKE_CONSTANT, "planned", NULL},
    {"", INK_F_KIND, INK_TAKE_CONSTANT, "event", NULL},
    {"categories", INK_F_LANE, INK_TAKE_TEXT, NULL, "the first one"},
    {"priority", INK_F_WEIGHT, INK_TAKE_URGENCY, NULL, NULL},
    {"organizer;cn", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"organizer", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "its mail address"},
    {"name", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "of the calendar"},
    {"x-wr-calname", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"summary", INK_F_HEADLINE, INK_TAKE_TEXT, NULL, NULL},
    {"summary;language", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"description", INK_F_HEADLINE, INK_TAKE_HTML, NULL, "without a summary"},
    {"description", INK_F_DETAIL, INK_TAKE_HTML, NULL, "links are left out"},
    {"location", INK_F_PLACE, INK_TAKE_TEXT, NULL, "links are left out"},
    {"url", INK_F_URL, INK_TAKE_TEXT, NULL, "of http or https"},
    {"name", INK_MAP_TITLE, INK_TAKE_TEXT, NULL, NULL},
    {"x-wr-calname", INK_MAP_TITLE, INK_TAKE_TEXT, NULL, NULL},
    {"x-wr-timezone", INK_MAP_ZONE, INK_TAKE_TEXT, NULL, "else that of all VTIMEZONEs, if it is one"},
    {"comment", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "a note among those who plan"},
    {"contact", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not for a wall"},
    {"attendee", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not for a wall"},
    {"attach", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "media"},
    {"x-alt-desc", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "the description as HTML"},
    {"valarm, vjournal, vfreebusy", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not for a wall"},
    {NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

enum pass { PASS_ZONES, PASS_VERSIONS, PASS_EVENTS };
enum item { ITEM_NONE, ITEM_EVENT, ITEM_TODO, ITEM_ZONE };

struct calendar {
    struct ink_import *in;
    enum pass pass;
    enum item item;                 /* the component that is open */
    uint64_t item_line;             /* where it begins */
    int inside;                     /* components open in it */
    bool needs_versions;            /* something recurs or was cancelled */
    uint64_t steps;                 /* left for rules */
    uint32_t hidden;                /* private */
    bool is_private;                /* the event at hand, or what it changes */
    struct ink_gone *secrets;       /* uids of private events */
    uint32_t refused;               /* records, before the event at hand */
    uint32_t seen;                  /* components that hold an event */
    uint32_t empty;                 /* recurring events without an instance in the window */
    uint32_t base_count, base_used; /* leaves of an event before those of an instance */
    struct ink_ical_window window;
    const struct ink_ical_zone *floating; /* of times that name none: X-WR-TIMEZONE */
    struct ink_ical_zones zones;
    struct ink_ical_versions versions;
    struct ink_leaves leaves; /* of the calendar itself */
    struct ink_ical_lines lines;
    struct ink_ical_event event;
};

static void say(struct calendar *calendar, uint64_t line, const struct ink_ical_fault *fault,
                const char *text, bool refused) {
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

static void add_time(struct ink_leaves *leaves, const char *path,
                     const struct ink_ical_time *time) {
    char edtf[INK_STAMP_BYTES];
    const size_t bytes = ink_ical_edtf(time, edtf);
    ink_leaves_add(leaves, path, strlen(path), edtf, bytes);
}

/* The end of an instance: of days the last one. */
static void add_end(struct ink_leaves *leaves, const struct ink_ical_instance *instance) {
    struct ink_ical_length length = instance->length;
    length.days -= instance->start.clock == INK_ICAL_DATE;
    const struct ink_ical_time end = ink_ical_later(&instance->start, &length);
    if (end.local > instance->start.local) {
        add_time(leaves, "dtend", &end);
    }
}

static void put(struct calendar *calendar) {
    struct ink_import *in = calendar->in;
    if (ink_leaves_get(&calendar->event.leaves, "summary", 0) == NULL) {
        in->draft.bytes[INK_F_DETAIL] = 0; // it is the headline
        drop_links(&in->draft, INK_F_HEADLINE);
    }
    drop_links(&in->draft, INK_F_DETAIL);
    drop_links(&in->draft, INK_F_PLACE);
    ink_import_put(in);
}

static void take_instance(void *context, const struct ink_ical_event *event,
                          const struct ink_ical_instance *instance) {
    struct calendar *calendar = context;
    struct ink_import *in = calendar->in;
    struct ink_leaves *leaves = &calendar->event.leaves;
    if (in->survey->refused != calendar->refused) {
        return; // what is wrong with one instance is wrong with all
    }
    leaves->count = calendar->base_count;
    leaves->used = calendar->base_used;
    add_time(leaves, "dtstart", &instance->start);
    add_end(leaves, instance);
    ink_draft_begin(&in->draft, event->line, 0);
    ink_map_apply(in, ical_map, leaves);
    set_id(&in->draft, instance);
    in->draft.cancelled = in->draft.cancelled || calendar->is_private;
    put(calendar);
}

/* ---- one component --------------------------------------------------------------------------- */

static bool leaf_is(const struct ink_leaves *leaves, const char *path, const char *word) {
    const struct ink_leaf *leaf = ink_leaves_get(leaves, path, 0);
    return leaf != NULL && leaf->bytes == strlen(word) &&
           strncasecmp(leaf->text, word, leaf->bytes) == 0;
}

static bool is_cancelled(const struct calendar *calendar) {
    return leaf_is(&calendar->event.leaves, "status", "CANCELLED") ||
           leaf_is(&calendar->leaves, "method", "CANCEL");
}

static uint64_t uid_of(const struct calendar *calendar) {
    const struct ink_leaf *uid = ink_leaves_get(&calendar->event.leaves, "uid", 0);
    return uid != NULL ? ink_text_make_id(uid->text, uid->bytes) : 0;
}

/* An unknown class counts as private (RFC 5545, 3.8.1.3). */
static bool says_private(const struct calendar *calendar) {
    const struct ink_leaf *leaf;
    bool found = false;
    for (int nth = 0; (leaf = ink_leaves_get(&calendar->event.leaves, "class", nth)) != NULL;
         nth++) {
        found = found || leaf->bytes != 6 || strncasecmp(leaf->text, "PUBLIC", 6) != 0;
    }
    return found;
}

/* What all instances of an event share, beside its own texts. */
static void add_shared(struct calendar *calendar) {
    struct ink_leaves *leaves = &calendar->event.leaves;
    char number[16];
    const uint32_t rev = ink_ical_event_rev(&calendar->event);
    if (rev > 0) {
        const int bytes = snprintf(number, sizeof number, "%u", (unsigned)rev);
        ink_leaves_add(leaves, "sequence", 8, number, (size_t)bytes);
    }
    for (uint32_t i = 0; i < calendar->leaves.count; i++) {
        const struct ink_leaf *leaf = &calendar->leaves.leaf[i];
        ink_leaves_add(leaves, leaf->path, leaf->path_bytes, leaf->text, leaf->bytes);
    }
    calendar->base_count = leaves->count;
    calendar->base_used = leaves->used;
}

static void refuse_zone(struct calendar *calendar) {
    const struct ink_ical_event *event = &calendar->event;
    char like[INK_ZONE_NAME_BYTES + 1], hint[INK_ZONE_NAME_BYTES + 48];
    ink_zoneinfo_hint(event->bad_zone, like);
    snprintf(hint, sizeof hint,
             like[0] != '\0' ? "did they mean %s?" : "export it with its VTIMEZONE%s", like);
    say(calendar, event->bad_zone_line,
        &(struct ink_ical_fault){"ical-zone", "a zone that nobody knows",
                                 "expected a TZID of the file's VTIMEZONEs or of the time zone "
                                 "database",
                                 hint},
        event->bad_zone, true);
}

/* No start, or one that is none: refused with what it says. */
static void refuse_start(struct calendar *calendar) {
    struct ink_import *in = calendar->in;
    const struct ink_ical_event *event = &calendar->event;
    if (event->bad_zone_line > 0) {
        refuse_zone(calendar);
        return;
    }
    if (event->bad_start[0] == '\0') {
        say(calendar, event->line,
            &(struct ink_ical_fault){"ical-start", "an event without a start", "expected DTSTART",
                                     "the rest of the file is used"},
            NULL, true);
        return;
    }
    ink_draft_begin(&in->draft, event->line, 0);
    ink_draft_set(&in->draft, INK_F_WHEN, event->bad_start, strlen(event->bad_start));
    ink_map_apply(in, ical_map, &calendar->event.leaves);
    ink_import_put(in);
}

static void warn_of(struct calendar *calendar, const struct ink_ical_result *result) {
    const struct ink_ical_event *event = &calendar->event;
    const struct ink_ical_length length = ink_ical_event_length(event);
    if (result->many || result->tedious) {
        say(calendar, event->line,
            &(struct ink_ical_fault){"ical-many",
                                     result->many ? "more than 1000 instances in the window"
                                                  : "a rule that takes too long to expand",
                                     "expected a rule with fewer",
                                     "look at a shorter time with --window"},
            NULL, false);
    }
    if (event->end.clock != INK_ICAL_NONE && length.days == 0 && length.seconds == 0 &&
        ink_ical_utc(&event->end) != ink_ical_utc(&event->start)) {
        say(calendar, event->line,
            &(struct ink_ical_fault){"ical-end", "an end that does not go with the start",
                                     "expected a later DTEND, a day with a day",
                                     "the event is used without it"},
            NULL, false);
    }
}

static void put_event(struct calendar *calendar) {
    struct ink_ical_event *event = &calendar->event;
    if (ink_ical_is_superseded(&calendar->versions, event)) {
        return;
    }
    add_shared(calendar);
    if (event->start.clock == INK_ICAL_NONE && !is_cancelled(calendar)) {
        refuse_start(calendar);
        return;
    }
    calendar->is_private =
        says_private(calendar) || ink_gone_has(calendar->secrets, uid_of(calendar), 0);
    calendar->hidden += calendar->is_private;
    const struct ink_ical_result result =
        ink_ical_instances(event, &calendar->versions, &calendar->window, take_instance, calendar);
    calendar->empty += result.taken == 0 && event->recurs && event->instance.clock == INK_ICAL_NONE;
    warn_of(calendar, &result);
}

/* A series that was called off takes along what has its UID alone. */
static void cancel_whole(struct calendar *calendar) {
    const struct ink_ical_event *event = &calendar->event;
    if (is_cancelled(calendar) && event->instance.clock == INK_ICAL_NONE &&
        (event->recurs || event->start.clock == INK_ICAL_NONE)) {
        take_instance(calendar, event, &(struct ink_ical_instance){.whole = true});
    }
}

static void end_item(struct calendar *calendar) {
    const enum item item = calendar->item;
    calendar->item = ITEM_NONE;
    calendar->refused = calendar->in->survey->refused;
    if (item == ITEM_ZONE) {
        const char *wrong =
            calendar->pass == PASS_ZONES ? ink_ical_zone_end(&calendar->zones) : NULL;
        if (wrong != NULL) {
            say(calendar, calendar->item_line,
                &(struct ink_ical_fault){"ical-vtimezone", wrong,
                                         "expected TZID, and parts with DTSTART and TZOFFSETTO",
                                         "its TZID is looked up in the time zone database"},
                NULL, false);
        }
        return;
    }
    ink_ical_event_end(&calendar->event, calendar->floating);
    if (calendar->pass == PASS_VERSIONS) {
        if (says_private(calendar) && !ink_gone_add(calendar->secrets, uid_of(calendar), 0)) {
            calendar->in->failed = true;
        }
        calendar->in->failed =
            !ink_ical_versions_add(&calendar->versions, &calendar->event, is_cancelled(calendar)) ||
            calendar->in->failed;
    } else if (calendar->pass == PASS_EVENTS) {
        calendar->seen++;
        put_event(calendar);
        cancel_whole(calendar);
    }
}

/* ---- the lines of a pass --------------------------------------------------------------------- */

static void abandon_item(struct calendar *calendar) {
    static const struct ink_ical_fault fault = {"ical-open", "a component that never ends",
                                                "expected its END", "was it copied whole?"};
    if (calendar->item != ITEM_NONE && calendar->pass == PASS_EVENTS) {
        say(calendar, calendar->item_line, &fault, NULL, calendar->item != ITEM_ZONE);
        calendar->seen++;
    }
    calendar->item = ITEM_NONE;
}

static enum item item_named(const char *name) {
    return strcasecmp(name, "VEVENT") == 0      ? ITEM_EVENT
           : strcasecmp(name, "VTODO") == 0     ? ITEM_TODO
           : strcasecmp(name, "VTIMEZONE") == 0 ? ITEM_ZONE
                                                : ITEM_NONE;
}

static void begin_component(struct calendar *calendar, const char *name) {
    const enum item item = item_named(name);
    const bool outer = strcasecmp(name, "VCALENDAR") == 0;
    if (item == ITEM_NONE && !outer) {
        calendar->inside++;
        if (calendar->item == ITEM_ZONE && calendar->pass == PASS_ZONES) {
            ink_ical_zone_line(&calendar->zones, strcasecmp(name, "DAYLIGHT") == 0
                                                     ? "BEGIN:DAYLIGHT"
                                                     : "BEGIN:STANDARD");
        }
        return;
    }
    abandon_item(calendar);
    calendar->inside = 0;
    calendar->item = item;
    calendar->item_line = calendar->lines.line;
    if (outer) {
        ink_leaves_clear(&calendar->leaves);
        calendar->floating = NULL;
    } else if (item == ITEM_ZONE && calendar->pass == PASS_ZONES) {
        (void)ink_ical_zone_begin(&calendar->zones);
    } else if (item != ITEM_ZONE) {
        ink_ical_event_begin(&calendar->event, calendar->lines.line, item == ITEM_TODO);
    }
}

static void end_component(struct calendar *calendar, const char *name) {
    const enum item item = item_named(name);
    if (calendar->item != ITEM_NONE && item == calendar->item) {
        calendar->inside = 0;
        end_item(calendar);
    } else if (strcasecmp(name, "VCALENDAR") == 0) {
        abandon_item(calendar);
        calendar->inside = 0;
    } else if (calendar->inside > 0) {
        calendar->inside--;
        if (calendar->item == ITEM_ZONE && calendar->pass == PASS_ZONES) {
            ink_ical_zone_line(&calendar->zones,
                               strcasecmp(name, "DAYLIGHT") == 0 ? "END:DAYLIGHT" : "END:STANDARD");
        }
    }
}

/* A property of the calendar itself. */
static void take_own_line(struct calendar *calendar) {
    static const char *const names[] = {"NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "METHOD"};
    static const struct ink_ical_fault odd = {"ical-line", "a line that is no property",
                                              "expected NAME:value", NULL};
    const char *text = calendar->lines.text;
    const size_t bytes = ink_ical_name(text);
    if (ink_ical_value(text) == NULL && calendar->pass == PASS_EVENTS) {
        say(calendar, calendar->lines.line, &odd, text, false);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i]) == bytes && strncasecmp(text, names[i], bytes) == 0) {
            ink_ical_add_text(&calendar->leaves, text);
        }
    }
}

/* X-WR-TIMEZONE is the zone of times that name none, and the story's. */
static void take_zone(struct calendar *calendar) {
    static const struct ink_ical_fault unknown = {
        "ical-zone", "a zone that nobody knows",
        "expected a TZID of the file's VTIMEZONEs or of the time zone database",
        "times that name no zone need --zone"};
    char name[INK_ICAL_TZID_BYTES + 1];
    struct ink_leaf *leaf = &calendar->leaves.leaf[calendar->leaves.count - 1];
    const size_t bytes = leaf->bytes < sizeof name ? leaf->bytes : sizeof name - 1;
    memcpy(name, leaf->text, bytes);
    name[bytes] = '\0';
    calendar->floating = ink_ical_zone_find(&calendar->zones, name);
    if (calendar->floating == NULL && calendar->pass == PASS_EVENTS) {
        say(calendar, calendar->lines.line, &unknown, name, false);
    }
    if (!ink_zoneinfo_has(name)) {
        calendar->leaves.count--;
    }
}

static void take_calendar_line(struct calendar *calendar) {
    const uint32_t count = calendar->leaves.count;
    take_own_line(calendar);
    if (calendar->leaves.count == count || calendar->pass == PASS_ZONES) {
        return;
    }
    if (strncasecmp(calendar->lines.text, "X-WR-TIMEZONE", 13) == 0) {
        take_zone(calendar);
    }
    if (calendar->pass == PASS_EVENTS) { // facts hold also for a calendar without events
        ink_draft_begin(&calendar->in->draft, calendar->lines.line, 0);
        ink_map_apply(calendar->in, ical_map, &calendar->leaves);
    }
}

static void take_event_line(struct calendar *calendar) {
    const struct ink_ical_fault fault = ink_ical_event_line(
        &calendar->event, &calendar->zones, calendar->lines.text, calendar->lines.line);
    if (fault.what != NULL && calendar->pass == PASS_EVENTS) {
        say(calendar, calendar->lines.line, &fault, calendar->lines.text, false);
    }
    if (calendar->lines.cut && calendar->pass == PASS_EVENTS) {
        static const struct ink_ical_fault cut = {"ical-long", "a line of more than 64 KiB",
                                                  "expected shorter text", "its beginning is used"};
        say(calendar, calendar->lines.line, &cut, NULL, false);
    }
}

/* Does anything make a second look necessary? */
static void look_ahead(struct calendar *calendar) {
    static const char *const names[] = {"RRULE", "RDATE", "RECURRENCE-ID", "STATUS", "METHOD"};
    const char *text = calendar->lines.text;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        calendar->needs_versions =
            calendar->needs_versions || (strlen(names[i]) == ink_ical_name(text) &&
                                         strncasecmp(text, names[i], strlen(names[i])) == 0);
    }
}

static void take_line(struct calendar *calendar) {
    struct ink_ical_lines *lines = &calendar->lines;
    const char *begun = ink_ical_lines_mark(lines, "BEGIN");
    const char *ended = begun == NULL ? ink_ical_lines_mark(lines, "END") : NULL;
    if (begun != NULL) {
        begin_component(calendar, begun);
    } else if (ended != NULL) {
        end_component(calendar, ended);
    } else if (calendar->item == ITEM_ZONE) {
        if (calendar->pass == PASS_ZONES) {
            ink_ical_zone_line(&calendar->zones, lines->text);
        }
    } else if (calendar->item == ITEM_NONE && calendar->inside == 0) {
        take_calendar_line(calendar);
    } else if (calendar->item != ITEM_NONE && calendar->inside == 0 &&
               calendar->pass != PASS_ZONES) {
        take_event_line(calendar);
    }
    if (calendar->pass == PASS_ZONES) {
        look_ahead(calendar);
    }
}

static int run_pass(struct calendar *calendar, enum pass pass) {
    calendar->pass = pass;
    calendar->item = ITEM_NONE;
    calendar->inside = 0;
    calendar->floating = NULL;
    ink_leaves_clear(&calendar->leaves);
    ink_ical_lines_begin(&calendar->lines, calendar->in->input);
    while (!calendar->in->failed && ink_ical_lines_next(&calendar->lines)) {
        take_line(calendar);
    }
    abandon_item(calendar);
    return calendar->lines.failed ? INK_EXIT_IO : INK_EXIT_OK;
}

/* ---- the file -------------------------------------------------------------------------------- */

/* What only the whole of it tells. */
static void say_counts(struct calendar *calendar) {
    char what[96];
    struct ink_ical_fault fault = {.rule = "ical-private",
                                   .what = what,
                                   .expected = "expected CLASS:PUBLIC of what a wall shows"};
    if (calendar->hidden > 0) {
        snprintf(what, sizeof what, "private events, left out: %u", (unsigned)calendar->hidden);
        say(calendar, 0, &fault, NULL, false);
    }
    if (calendar->empty > 0) {
        fault =
            (struct ink_ical_fault){"ical-window", what, "expected an instance between its ends",
                                    "choose another with --window"};
        snprintf(what, sizeof what, "recurring events with nothing in the window: %u",
                 (unsigned)calendar->empty);
        say(calendar, 0, &fault, NULL, false);
    }
    if (calendar->versions.full) {
        fault = (struct ink_ical_fault){"ical-many", "more changed instances than are remembered",
                                        "expected at most 262144", NULL};
        say(calendar, 0, &fault, NULL, false);
    }
}

static void say_empty(struct calendar *calendar) {
    struct ink_problem problem = ink_import_at(calendar->in, 0, 0);
    problem.rule = "ical-empty";
    problem.what = "a calendar without a name and without events";
    problem.expected = "expected VEVENT or VTODO";
    problem.hint = "was it exported, or copied whole?";
    if (calendar->seen == 0 && calendar->in->title[0] == '\0') {
        ink_import_refuse(calendar->in, true, &problem);
    }
}

static int read_calendar(struct calendar *calendar) {
    int code = run_pass(calendar, PASS_ZONES);
    if (code == INK_EXIT_OK && calendar->needs_versions) {
        code = run_pass(calendar, PASS_VERSIONS);
        ink_ical_versions_sort(&calendar->versions);
    }
    code = code == INK_EXIT_OK ? run_pass(calendar, PASS_EVENTS) : code;
    if (code == INK_EXIT_OK) {
        // Last: X-WR-TIMEZONE goes before it.
        const char *zone = ink_ical_zones_name(&calendar->zones);
        ink_import_fact(calendar->in, INK_S_ZONE, zone, zone != NULL ? strlen(zone) : 0);
        say_counts(calendar);
        say_empty(calendar);
    }
    return code;
}

static int run_ical(struct ink_import *in) {
    const int64_t bound = ink_days(9990, 1, 1) * (int64_t)DAY_S;
    struct calendar *calendar = calloc(1, sizeof *calendar);
    int code = ink_ical_load();
    if (code != INK_EXIT_OK) {
        free(calendar);
        return code;
    }
    icalerror_set_errors_are_fatal(false);
    if (calendar != NULL) {
        calendar->secrets = ink_gone_new();
    }
    if (calendar == NULL || calendar->secrets == NULL || !ink_leaves_open(&calendar->leaves) ||
        !ink_leaves_open(&calendar->event.leaves) || !ink_ical_zones_open(&calendar->zones)) {
        code = ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    } else {
        calendar->in = in;
        calendar->steps = INK_ICAL_FILE_STEPS;
        calendar->window.steps = &calendar->steps;
        calendar->window.from_utc = in->view.from_utc > -bound ? in->view.from_utc : -bound;
        calendar->window.to_utc = in->view.to_utc < bound ? in->view.to_utc : bound;
        code = read_calendar(calendar);
    }
    if (calendar != NULL) {
        ink_gone_free(calendar->secrets);
        ink_leaves_close(&calendar->leaves);
        ink_leaves_close(&calendar->event.leaves);
        ink_ical_zones_close(&calendar->zones);
        ink_ical_versions_free(&calendar->versions);
    }
    free(calendar);
    return code;
}

static bool knows_ical(const char *head, size_t bytes) {
    static const char *const begins[] = {"BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VTODO",
                                         "BEGIN:VTIMEZONE"};
    const size_t at = ink_line_start(head, bytes);
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        const size_t length = strlen(begins[i]);
        if (bytes - at > length && strncasecmp(head + at, begins[i], length) == 0 &&
            strchr(" \t\r\n", head[at + length]) != NULL) {
            return true;
        }
    }
    return false;
}

const struct ink_importer ink_import_ical = {
    .name = "ical",
    .extensions = "ics ical",
    .what = "iCalendar (RFC 5545): events and to-dos of a daybook",
    .notes = "An event that recurs stands with each instance in the window, at most 1000.\n"
             "  Times are of their TZID: by the file's VTIMEZONE, else by the time zone database; "
             "one that\n"
             "  names none is of X-WR-TIMEZONE. One that a change of the clock skips is read by "
             "the offset before.",
    .map = ical_map,
    .tears = true,
    .knows = knows_ical,
    .run = run_ical,
};
