/* iCalendar (RFC 5545) to records: events and to-dos within the window, each instance of a
 * recurring one its own.
 *
 * A file is read up to three times, line by line: for its zones, which may stand behind what uses
 * them; if anything in it recurs or was cancelled, for what newer versions and single instances
 * stand for; and for the events themselves. libical reads the values. Memory is that of the zones
 * (INK_ICAL_ZONES), the versions (INK_ICAL_VERSIONS), the changes for all later instances
 * (INK_ICAL_ONWARD) and one event.
 *
 * A calendar is about what is to come: what is over is not shown as planned, and what took place it
 * does not know. So the window begins now, and what is outside of it is left out and counted,
 * unless the desk names other days.
 *
 * What is private goes to no wall: it is left out, takes along what it was before, and is counted;
 * so is what only says that somebody is busy. A DESCRIPTION is for those who go: it is never shown.
 */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "core/ink_utf8.h"
#include "import/ical_calendar.h"
#include "import/ical_summary.h"
#include "import/line.h"
#include "import/recode.h"

/* clang-format off */
const struct ink_map ink_ical_map[] = {
    {"uid", INK_F_ID, INK_TAKE_TEXT, NULL, "of a recurring event with the instance's time"},
    {"sequence", INK_F_REV, INK_TAKE_NUMBER, NULL, "up to 31; among equals LAST-MODIFIED, else DTSTAMP"},
    {"dtstart", INK_F_WHEN, INK_TAKE_DATE, NULL, "RRULE, RDATE, EXDATE and RECURRENCE-ID within the window; of a VTODO also DUE; with ? (perhaps then) of what is tentative"},
    {"dtend", INK_F_UNTIL, INK_TAKE_DATE, NULL, "or DURATION; a day is the one after the last"},
    {"status", INK_MAP_CANCELLED, INK_TAKE_WORDS, "cancelled=yes", "or a SUMMARY that begins \"Canceled:\", in ten languages; of a series with its changed instances, but those with a higher SEQUENCE"},
    {"method", INK_MAP_CANCELLED, INK_TAKE_WORDS, "cancel=yes", "wherever it stands in the calendar"},
    {"class", INK_MAP_CANCELLED, INK_TAKE_WORDS, "public= *=yes", "all but public: left out and counted, with all changes of the same event"},
    {"status", INK_F_STATUS, INK_TAKE_WORDS, "completed=confirmed *=planned", "confirmed, tentative, and all else"},
    {"", INK_F_STATUS, INK_TAKE_CONSTANT, "planned", NULL},
    {"", INK_F_KIND, INK_TAKE_CONSTANT, "event", NULL},
    {"categories", INK_F_LANE, INK_TAKE_TEXT, NULL, "the first one"},
    {"priority", INK_F_WEIGHT, INK_TAKE_URGENCY, NULL, NULL},
    {"organizer;cn", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "never a mail address"},
    {"name", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "of the calendar, the same"},
    {"x-wr-calname", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"summary", INK_F_HEADLINE, INK_TAKE_TEXT, NULL, "up to what lets into a meeting (join links, phone numbers, ids, PINs); links are left out; what only says \"Busy\" is left out as private"},
    {"summary;language", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"location", INK_F_PLACE, INK_TAKE_TEXT, NULL, "the same; the name of a program for meetings is none"},
    {"url", INK_F_URL, INK_TAKE_TEXT, NULL, "of http or https, if it does not open a meeting"},
    {"name", INK_MAP_TITLE, INK_TAKE_TEXT, NULL, NULL},
    {"x-wr-calname", INK_MAP_TITLE, INK_TAKE_TEXT, NULL, NULL},
    {"x-wr-timezone", INK_MAP_ZONE, INK_TAKE_TEXT, NULL, "else that of all VTIMEZONEs, if it is one"},
    {"description", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "notes for those who go"},
    {"x-alt-desc", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "the same as HTML"},
    {"comment", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "a note among those who plan"},
    {"contact", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not for a wall"},
    {"attendee", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not for a wall"},
    {"attach", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "media"},
    {"valarm, vjournal, vfreebusy", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not for a wall"},
    {NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

/* ---- the lines of a pass --------------------------------------------------------------------- */

static void end_item(struct ink_ical_calendar *calendar) {
    const enum ink_ical_item item = calendar->item;
    calendar->item = INK_ICAL_NO_ITEM;
    calendar->refused = calendar->in->survey->refused;
    if (item == INK_ICAL_VTIMEZONE) {
        const char *wrong =
            calendar->pass == INK_ICAL_ZONES_PASS ? ink_ical_zone_end(&calendar->zones) : NULL;
        if (wrong != NULL) {
            ink_ical_say(
                calendar, calendar->item_line,
                &(struct ink_ical_fault){"ical-vtimezone", wrong,
                                         "expected TZID, and parts with DTSTART and TZOFFSETTO",
                                         "its TZID is looked up in the time zone database"},
                NULL, false);
        }
        return;
    }
    ink_ical_event_end(calendar->event, calendar->floating);
    if (calendar->pass == INK_ICAL_VERSIONS_PASS) {
        ink_ical_note_event(calendar);
    } else if (calendar->pass == INK_ICAL_EVENTS_PASS) {
        calendar->seen++;
        ink_ical_put_event(calendar);
    }
}

static void abandon_item(struct ink_ical_calendar *calendar) {
    static const struct ink_ical_fault fault = {"ical-open", "a component that never ends",
                                                "expected its END", "was it copied whole?"};
    if (calendar->item != INK_ICAL_NO_ITEM && calendar->pass == INK_ICAL_EVENTS_PASS) {
        ink_ical_say(calendar, calendar->item_line, &fault, NULL,
                     calendar->item != INK_ICAL_VTIMEZONE);
        calendar->seen++;
    }
    calendar->item = INK_ICAL_NO_ITEM;
}

static enum ink_ical_item item_named(const char *name) {
    return strcasecmp(name, "VEVENT") == 0      ? INK_ICAL_EVENT
           : strcasecmp(name, "VTODO") == 0     ? INK_ICAL_TODO
           : strcasecmp(name, "VTIMEZONE") == 0 ? INK_ICAL_VTIMEZONE
                                                : INK_ICAL_NO_ITEM;
}

/* A VCALENDAR begins. Its METHOD may stand behind its events, but was seen before. */
static void begin_calendar(struct ink_ical_calendar *calendar) {
    const uint32_t number = calendar->number++;
    ink_leaves_clear(&calendar->leaves);
    calendar->floating = NULL;
    if (calendar->pass != INK_ICAL_ZONES_PASS && number < INK_ICAL_CALENDARS &&
        (calendar->cancels[number / 8] >> number % 8 & 1) != 0) {
        ink_leaves_add(&calendar->leaves, "method", 6, "CANCEL", 6);
    }
}

static void begin_component(struct ink_ical_calendar *calendar, const char *name) {
    const enum ink_ical_item item = item_named(name);
    const bool outer = strcasecmp(name, "VCALENDAR") == 0;
    if (item == INK_ICAL_NO_ITEM && !outer) {
        calendar->inside++;
        if (calendar->item == INK_ICAL_VTIMEZONE && calendar->pass == INK_ICAL_ZONES_PASS) {
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
        begin_calendar(calendar);
    } else if (item == INK_ICAL_VTIMEZONE && calendar->pass == INK_ICAL_ZONES_PASS) {
        (void)ink_ical_zone_begin(&calendar->zones);
    } else if (item != INK_ICAL_VTIMEZONE) {
        ink_ical_event_begin(calendar->event, calendar->lines.line, item == INK_ICAL_TODO);
    }
}

static void end_component(struct ink_ical_calendar *calendar, const char *name) {
    const enum ink_ical_item item = item_named(name);
    if (calendar->item != INK_ICAL_NO_ITEM && item == calendar->item) {
        calendar->inside = 0;
        end_item(calendar);
    } else if (strcasecmp(name, "VCALENDAR") == 0) {
        abandon_item(calendar);
        calendar->inside = 0;
    } else if (calendar->inside > 0) {
        calendar->inside--;
        if (calendar->item == INK_ICAL_VTIMEZONE && calendar->pass == INK_ICAL_ZONES_PASS) {
            ink_ical_zone_line(&calendar->zones,
                               strcasecmp(name, "DAYLIGHT") == 0 ? "END:DAYLIGHT" : "END:STANDARD");
        }
    }
}

/* A property of the calendar itself. */
static void take_own_line(struct ink_ical_calendar *calendar) {
    static const char *const names[] = {"NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "METHOD"};
    static const struct ink_ical_fault odd = {"ical-line", "a line that is no property",
                                              "expected NAME:value", NULL};
    const char *text = calendar->lines.text;
    const size_t bytes = ink_ical_name(text);
    if (ink_ical_value(text) == NULL && calendar->pass == INK_ICAL_EVENTS_PASS) {
        ink_ical_say(calendar, calendar->lines.line, &odd, text, false);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i]) == bytes && strncasecmp(text, names[i], bytes) == 0) {
            ink_ical_add_text(&calendar->leaves, text);
        }
    }
}

static bool is_zone_line(const struct ink_ical_calendar *calendar) {
    return strncasecmp(calendar->lines.text, "X-WR-TIMEZONE", 13) == 0;
}

/* The value of X-WR-TIMEZONE, the last leaf. Returns its name in the database, or NULL. */
static const char *name_zone(const struct ink_ical_calendar *calendar,
                             char name[INK_ICAL_TZID_BYTES + 1]) {
    const struct ink_leaf *leaf = &calendar->leaves.leaf[calendar->leaves.count - 1];
    const size_t bytes = leaf->bytes < INK_ICAL_TZID_BYTES ? leaf->bytes : INK_ICAL_TZID_BYTES;
    memcpy(name, leaf->text, bytes);
    name[bytes] = '\0';
    return ink_ical_zone_name(name);
}

/* X-WR-TIMEZONE is the zone of times that name none, and the story's. */
static void take_zone(struct ink_ical_calendar *calendar) {
    static const struct ink_ical_fault unknown = {
        "ical-zone", "a zone that nobody knows",
        "expected a TZID of the file's VTIMEZONEs or of the time zone database",
        "times that name no zone need --zone"};
    char name[INK_ICAL_TZID_BYTES + 1];
    const char *known = name_zone(calendar, name);
    calendar->floating = ink_ical_zone_find(&calendar->zones, name);
    if (calendar->floating == NULL && calendar->pass == INK_ICAL_EVENTS_PASS) {
        ink_ical_say(calendar, calendar->lines.line, &unknown, name, false);
    }
    calendar->leaves.count--;
    if (known != NULL) {
        ink_leaves_add(&calendar->leaves, "x-wr-timezone", 13, known, strlen(known));
    }
}

/* What must be known of a calendar before its events. */
static void look_at_own(struct ink_ical_calendar *calendar) {
    const struct ink_leaf *leaf = &calendar->leaves.leaf[calendar->leaves.count - 1];
    const uint32_t number = calendar->number - 1; // before any VCALENDAR it is beyond
    char name[INK_ICAL_TZID_BYTES + 1];
    if (leaf->bytes == 6 && strncasecmp(leaf->text, "CANCEL", 6) == 0 && leaf->path[0] == 'm' &&
        number < INK_ICAL_CALENDARS) {
        calendar->cancels[number / 8] |= (uint8_t)(1u << number % 8);
    }
    if (is_zone_line(calendar) && calendar->story_zone[0] == '\0') {
        const char *known = name_zone(calendar, name);
        snprintf(calendar->story_zone, sizeof calendar->story_zone, "%s",
                 known != NULL ? known : "");
    }
}

static void take_calendar_line(struct ink_ical_calendar *calendar) {
    const uint32_t count = calendar->leaves.count;
    take_own_line(calendar);
    if (calendar->leaves.count == count) {
        return;
    }
    if (calendar->pass == INK_ICAL_ZONES_PASS) {
        look_at_own(calendar);
        return;
    }
    if (is_zone_line(calendar)) {
        take_zone(calendar);
    }
    if (calendar->pass == INK_ICAL_EVENTS_PASS) { // facts hold also for a calendar without events
        ink_draft_begin(&calendar->in->draft, calendar->lines.line, 0);
        ink_map_apply(calendar->in, ink_ical_map, &calendar->leaves);
    }
}

static void take_event_line(struct ink_ical_calendar *calendar) {
    const struct ink_ical_fault fault = ink_ical_event_line(
        calendar->event, &calendar->zones, calendar->lines.text, calendar->lines.line);
    if (fault.what != NULL && calendar->pass == INK_ICAL_EVENTS_PASS) {
        ink_ical_say(calendar, calendar->lines.line, &fault, calendar->lines.text, false);
    }
    if (calendar->lines.cut && calendar->pass == INK_ICAL_EVENTS_PASS) {
        static const struct ink_ical_fault cut = {"ical-long", "a line of more than 64 KiB",
                                                  "expected shorter text", "its beginning is used"};
        ink_ical_say(calendar, calendar->lines.line, &cut, NULL, false);
    }
}

/* Does anything make a second look necessary? */
static void look_ahead(struct ink_ical_calendar *calendar) {
    static const char *const names[] = {"RRULE", "RDATE", "RECURRENCE-ID", "STATUS", "METHOD"};
    const char *text = calendar->lines.text;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        calendar->needs_versions =
            calendar->needs_versions || (strlen(names[i]) == ink_ical_name(text) &&
                                         strncasecmp(text, names[i], strlen(names[i])) == 0);
    }
    const char *value = ink_ical_value(text);
    if (ink_ical_name(text) == 7 && strncasecmp(text, "SUMMARY", 7) == 0 && value != NULL) {
        calendar->needs_versions =
            calendar->needs_versions || ink_ical_summary_cancels(value, strlen(value));
    }
}

/* Only whole lines tell: a folded one may be torn inside a letter. */
static void look_for_broken(struct ink_ical_calendar *calendar) {
    const struct ink_ical_lines *lines = &calendar->lines;
    if (!calendar->broken && !lines->cut && !ink_utf8_valid(lines->text, lines->bytes)) {
        calendar->broken = true;
        ink_recode_warn(calendar->in->input, calendar->in->survey, lines->line);
    }
}

static void take_line(struct ink_ical_calendar *calendar) {
    struct ink_ical_lines *lines = &calendar->lines;
    const char *begun = ink_ical_lines_mark(lines, "BEGIN");
    const char *ended = begun == NULL ? ink_ical_lines_mark(lines, "END") : NULL;
    if (begun != NULL) {
        begin_component(calendar, begun);
    } else if (ended != NULL) {
        end_component(calendar, ended);
    } else if (calendar->item == INK_ICAL_VTIMEZONE) {
        if (calendar->pass == INK_ICAL_ZONES_PASS) {
            ink_ical_zone_line(&calendar->zones, lines->text);
        }
    } else if (calendar->item == INK_ICAL_NO_ITEM && calendar->inside == 0) {
        take_calendar_line(calendar);
    } else if (calendar->item != INK_ICAL_NO_ITEM && calendar->inside == 0 &&
               calendar->pass != INK_ICAL_ZONES_PASS) {
        take_event_line(calendar);
    }
    if (calendar->pass == INK_ICAL_ZONES_PASS) {
        look_ahead(calendar);
        look_for_broken(calendar);
    }
}

static int run_pass(struct ink_ical_calendar *calendar, enum ink_ical_pass pass) {
    calendar->pass = pass;
    calendar->number = 0;
    calendar->item = INK_ICAL_NO_ITEM;
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
static void say_counts(struct ink_ical_calendar *calendar) {
    char what[96];
    struct ink_ical_fault fault = {
        .rule = "ical-private",
        .what = what,
        .expected = "expected CLASS:PUBLIC, and a SUMMARY that says what, of what a "
                    "wall shows"};
    if (calendar->hidden > 0) {
        snprintf(what, sizeof what, "private events, left out: %u", (unsigned)calendar->hidden);
        ink_ical_say(calendar, 0, &fault, NULL, false);
    }
    ink_ical_outside_say(&calendar->outside, &calendar->window, calendar->in);
    if (calendar->versions.full || calendar->versions.onward_full) {
        fault =
            (struct ink_ical_fault){"ical-many", "more changed instances than are remembered",
                                    "expected at most 262144, of them 32 for all later ones", NULL};
        ink_ical_say(calendar, 0, &fault, NULL, false);
    }
}

static void say_empty(struct ink_ical_calendar *calendar) {
    struct ink_problem problem = ink_import_at(calendar->in, 0, 0);
    problem.rule = "ical-empty";
    problem.what = "a calendar without a name and without events";
    problem.expected = "expected VEVENT or VTODO";
    problem.hint = "was it exported, or copied whole?";
    if (calendar->seen == 0 && calendar->in->title[0] == '\0') {
        ink_import_refuse(calendar->in, true, &problem);
    }
}

static int read_calendar(struct ink_ical_calendar *calendar) {
    int code = run_pass(calendar, INK_ICAL_ZONES_PASS);
    if (code == INK_EXIT_OK && calendar->needs_versions) {
        code = run_pass(calendar, INK_ICAL_VERSIONS_PASS);
        ink_ical_versions_sort(&calendar->versions);
    }
    const char *zone = ink_ical_zones_name(&calendar->zones);
    calendar->window = ink_ical_window_of(
        calendar->in, calendar->story_zone[0] != '\0' ? calendar->story_zone : zone);
    calendar->window.steps = INK_ICAL_FILE_STEPS;
    code = code == INK_EXIT_OK ? run_pass(calendar, INK_ICAL_EVENTS_PASS) : code;
    if (code == INK_EXIT_OK) {
        // Last: X-WR-TIMEZONE goes before it.
        ink_import_fact(calendar->in, INK_S_ZONE, zone, zone != NULL ? strlen(zone) : 0);
        say_counts(calendar);
        say_empty(calendar);
    }
    return code;
}

static void close_calendar(struct ink_ical_calendar *calendar) {
    ink_gone_free(calendar->secrets);
    ink_leaves_close(&calendar->leaves);
    ink_ical_event_free(calendar->event);
    ink_ical_zones_close(&calendar->zones);
    ink_ical_versions_free(&calendar->versions);
    free(calendar);
}

static struct ink_ical_calendar *open_calendar(struct ink_import *in) {
    struct ink_ical_calendar *calendar = calloc(1, sizeof *calendar);
    if (calendar == NULL) {
        return NULL;
    }
    calendar->in = in;
    calendar->secrets = ink_gone_new();
    calendar->event = ink_ical_event_new();
    const bool zones = ink_ical_zones_open(&calendar->zones);
    if (!ink_leaves_open(&calendar->leaves) || calendar->secrets == NULL ||
        calendar->event == NULL || !zones) {
        close_calendar(calendar);
        return NULL;
    }
    return calendar;
}

static int run_ical(struct ink_import *in) {
    int code = ink_ical_load();
    if (code != INK_EXIT_OK) {
        return code;
    }
    icalerror_set_errors_are_fatal(false);
    struct ink_ical_calendar *calendar = open_calendar(in);
    if (calendar == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    }
    code = read_calendar(calendar);
    close_calendar(calendar);
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
    .notes = "Entries are shown that are not over and begin within 60 days, or those of --window "
             "FROM/TO; the rest\n"
             "  is left out and counted. An event that recurs stands with each instance in the "
             "window, at most 1000;\n"
             "  a change for all later ones moves them by as much, and gives them its texts.\n"
             "  Times are of their TZID: by the file's VTIMEZONE, else by the time zone database, "
             "also by Windows' names;\n"
             "  one that names none is of X-WR-TIMEZONE. One that a change of the clock skips is "
             "read by the offset before.",
    .map = ink_ical_map,
    .tears = true,
    .knows = knows_ical,
    .run = run_ical,
};
