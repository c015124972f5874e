#include "import/ical_event.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "core/ink_time.h"
#include "import/ical_summary.h"
#include "import/invitation.h"

enum { DAY_S = 86400 };

static const struct ink_ical_fault no_fault = {.what = NULL};

/* ---- times ----------------------------------------------------------------------------------- */

int64_t ink_ical_utc(const struct ink_ical_time *time) {
    return time->clock == INK_ICAL_ZONED ? ink_ical_zone_utc(time->zone, time->local) : time->local;
}

struct ink_ical_time ink_ical_later(const struct ink_ical_time *time,
                                    const struct ink_ical_length *length) {
    struct ink_ical_time later = *time;
    later.local += length->days * DAY_S;
    if (length->seconds != 0 && time->clock == INK_ICAL_ZONED) {
        // Hours pass by the sun, not by the clock.
        later.local = ink_ical_utc(&later) + length->seconds;
        later.local += ink_ical_zone_offset(time->zone, later.local);
    } else {
        later.local += length->seconds;
    }
    return later;
}

struct ink_ical_time ink_ical_as(const struct ink_ical_time *time,
                                 const struct ink_ical_time *other) {
    struct ink_ical_time as = {.local = time->local, .clock = other->clock, .zone = other->zone};
    const bool instants = time->clock >= INK_ICAL_UTC && other->clock >= INK_ICAL_UTC;
    if (instants && (time->clock != other->clock || time->zone != other->zone)) {
        as.local = ink_ical_utc(time);
        as.local +=
            other->clock == INK_ICAL_ZONED ? ink_ical_zone_offset(other->zone, as.local) : 0;
    } else if (other->clock == INK_ICAL_DATE) {
        as.local -= (as.local % DAY_S + DAY_S) % DAY_S;
    }
    return as;
}

static int write_offset(char *out, size_t cap, int32_t offset_s) {
    const int minutes = offset_s / 60 < 0 ? -offset_s / 60 : offset_s / 60;
    return snprintf(out, cap, "%c%02d:%02d", offset_s < 0 ? '-' : '+', minutes / 60 % 24,
                    minutes % 60);
}

size_t ink_ical_edtf(const struct ink_ical_time *time, char out[INK_STAMP_BYTES]) {
    const int64_t utc = ink_ical_utc(time);
    int32_t offset = time->clock == INK_ICAL_ZONED ? ink_ical_zone_offset(time->zone, utc) : 0;
    const bool odd = offset % 60 != 0; // EDTF has minutes only
    offset = odd ? 0 : offset;
    const struct ink_date civil = ink_local(utc + offset, NULL);
    int bytes =
        snprintf(out, INK_STAMP_BYTES, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    if (time->clock == INK_ICAL_DATE) {
        return (size_t)bytes;
    }
    const int second = (int)civil.second;
    bytes += snprintf(out + bytes, INK_STAMP_BYTES - (size_t)bytes, "T%02d:%02d",
                      second / 3600 % 24, second / 60 % 60);
    if (second % 60 != 0) {
        bytes += snprintf(out + bytes, INK_STAMP_BYTES - (size_t)bytes, ":%02d", second % 60);
    }
    if (time->clock == INK_ICAL_UTC || odd) {
        out[bytes++] = 'Z';
    } else if (time->clock == INK_ICAL_ZONED) {
        bytes += write_offset(out + bytes, INK_STAMP_BYTES - (size_t)bytes, offset);
    }
    return (size_t)bytes;
}

/* ---- values of libical ----------------------------------------------------------------------- */

static bool is_civil(const struct icaltimetype *time) {
    return time->year > 0 && time->month >= 1 && time->month <= 12 && time->day >= 1 &&
           time->day <= ink_month_days(time->year, time->month) && time->hour >= 0 &&
           time->hour < 24 && time->minute >= 0 && time->minute < 60 && time->second >= 0 &&
           time->second <= 60;
}

/* Second 60 is read as 59, as everywhere here. */
static int64_t clock_seconds(const struct icaltimetype *time) {
    const int64_t day = ink_days(time->year, time->month, time->day);
    return day * DAY_S + time->hour * 3600 + time->minute * 60 + ink_min(time->second, 59);
}

/* Where a time is read. */
struct zoning {
    struct ink_ical_zones *zones;
    const char *tzid; /* NULL: none */
};

/* False: there is no such time. */
static bool read_time(const struct icaltimetype *from, const struct zoning *zoning,
                      struct ink_ical_time *out) {
    if (!is_civil(from)) {
        return false;
    }
    *out = (struct ink_ical_time){.local = clock_seconds(from), .clock = INK_ICAL_FLOATING};
    if (from->is_date) {
        out->clock = INK_ICAL_DATE;
    } else if (icaltime_is_utc(*from)) {
        out->clock = INK_ICAL_UTC;
    } else if (zoning->tzid != NULL) {
        out->zone = ink_ical_zone_find(zoning->zones, zoning->tzid);
        out->clock = INK_ICAL_ZONED;
        return out->zone != NULL;
    }
    return true;
}

static struct ink_ical_length read_length(const struct icaldurationtype *from) {
    const int sign = from->is_neg ? -1 : 1;
    return (struct ink_ical_length){
        .days = sign * ((int64_t)from->weeks * 7 + from->days),
        .seconds =
            sign * ((int64_t)from->hours * 3600 + (int64_t)from->minutes * 60 + from->seconds)};
}

/* Longer than any calendar. */
static bool is_too_long(const struct ink_ical_length *length) {
    const int64_t bound = (int64_t)366 * 1000;
    return length->days > bound || length->days < -bound || length->seconds > bound * DAY_S ||
           length->seconds < -bound * DAY_S;
}

/* ---- one line -------------------------------------------------------------------------------- */

static struct ink_ical_fault bad_value(void) {
    return (struct ink_ical_fault){"ical-value", "a value that cannot be read",
                                   "expected a value of RFC 5545, such as 20240812T140500Z",
                                   "the rest of the event is used"};
}

static struct ink_ical_fault bad_zone(void) {
    return (struct ink_ical_fault){
        "ical-zone", "a time of a zone that nobody knows, or that there is not",
        "expected a TZID of the file's VTIMEZONEs or of the time zone database",
        "the rest of the event is used"};
}

static struct ink_ical_fault too_many(void) {
    return (struct ink_ical_fault){"ical-many", "more dates or rules than an event can have",
                                   "expected at most 4 rules, and 4096 dates",
                                   "the first ones are used"};
}

struct line {
    struct ink_ical_event *event;
    struct zoning zoning;
    const char *text;
    uint64_t number;
};

/* What DTSTART says of a time that there is not: as EDTF, whose reader says why it is none. */
static void keep_bad_start(struct line *line, const struct icaltimetype *at) {
    char *out = line->event->bad_start;
    if (is_civil(at)) {
        line->event->bad_zone_line = line->number;
        snprintf(line->event->bad_zone, sizeof line->event->bad_zone, "%s", line->zoning.tzid);
    }
    snprintf(out, sizeof line->event->bad_start,
             at->is_date ? "%04d-%02d-%02d" : "%04d-%02d-%02dT%02d:%02d:%02d", at->year % 10000,
             at->month % 100, at->day % 100, at->hour % 100, at->minute % 100, at->second % 100);
}

static struct ink_ical_fault take_start(struct line *line, icalproperty *property) {
    struct ink_ical_event *event = line->event;
    const struct icaltimetype at = icalvalue_get_datetime(icalproperty_get_value(property));
    if (event->start.clock != INK_ICAL_NONE || event->bad_start[0] != '\0') {
        return (struct ink_ical_fault){"ical-twice", "a second DTSTART", "expected one",
                                       "the first one is used"};
    }
    if (!read_time(&at, &line->zoning, &event->start)) {
        event->start.clock = INK_ICAL_NONE;
        keep_bad_start(line, &at);
    }
    return no_fault;
}

static struct ink_ical_fault take_time(struct line *line, icalproperty *property,
                                       struct ink_ical_time *out) {
    const struct icaltimetype at = icalvalue_get_datetime(icalproperty_get_value(property));
    if (out->clock == INK_ICAL_NONE && !read_time(&at, &line->zoning, out)) {
        out->clock = INK_ICAL_NONE;
        return line->event->bad_zone_line > 0 ? no_fault : bad_zone(); // one complaint is enough
    }
    return no_fault;
}

static struct ink_ical_fault take_instance(struct line *line, icalproperty *property) {
    const icalparameter *range = icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER);
    line->event->onward =
        range != NULL && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
    return take_time(line, property, &line->event->instance);
}

static struct ink_ical_fault take_changed(struct line *line, icalproperty *property) {
    const struct icaltimetype at = icalvalue_get_datetime(icalproperty_get_value(property));
    const bool sure = icalproperty_isa(property) == ICAL_LASTMODIFIED_PROPERTY;
    if (is_civil(&at) && (sure || !line->event->changed_for_sure)) {
        line->event->changed_utc = clock_seconds(&at);
        line->event->changed_for_sure = sure;
    }
    return no_fault;
}

/* An RDATE: a time, a day, or a time with its own end. */
static struct ink_ical_fault take_date(struct line *line, icalproperty *property) {
    struct ink_ical_event *event = line->event;
    struct ink_ical_date date = {.period = false};
    const struct icaldatetimeperiodtype value =
        icalvalue_get_datetimeperiod(icalproperty_get_value(property));
    const bool period = icalvalue_isa(icalproperty_get_value(property)) == ICAL_PERIOD_VALUE;
    const struct icaltimetype *at = period ? &value.period.start : &value.time;
    struct ink_ical_time end;
    if (!read_time(at, &line->zoning, &date.at)) {
        return bad_zone();
    }
    if (event->date_count == INK_ICAL_DATES) {
        return too_many();
    }
    date.period = period;
    if (period && !icaltime_is_null_time(value.period.end)) {
        if (!read_time(&value.period.end, &line->zoning, &end)) {
            return bad_zone();
        }
        date.length.seconds = ink_ical_utc(&end) - ink_ical_utc(&date.at);
    } else if (period) {
        date.length = read_length(&value.period.duration);
    }
    if (is_too_long(&date.length)) {
        return bad_value();
    }
    event->date[event->date_count++] = date;
    return no_fault;
}

static struct ink_ical_fault take_except(struct line *line, icalproperty *property) {
    struct ink_ical_event *event = line->event;
    const struct icaltimetype at = icalvalue_get_datetime(icalproperty_get_value(property));
    if (event->except_count == INK_ICAL_DATES) {
        return too_many();
    }
    if (!read_time(&at, &line->zoning, &event->except[event->except_count])) {
        return bad_zone();
    }
    event->except_count++;
    return no_fault;
}

static struct ink_ical_fault take_length(struct line *line, icalproperty *property) {
    const struct icaldurationtype length = icalvalue_get_duration(icalproperty_get_value(property));
    line->event->length = read_length(&length);
    line->event->has_length = !is_too_long(&line->event->length);
    return line->event->has_length ? no_fault : bad_value();
}

static struct ink_ical_fault take_number(struct line *line, icalproperty *property) {
    const int number = icalvalue_get_integer(icalproperty_get_value(property));
    line->event->sequence = (uint32_t)ink_max(0, ink_min(number, INK_ICAL_SEQUENCES - 1));
    return no_fault;
}

static struct ink_ical_fault take_property(struct line *line, icalproperty *property) {
    struct ink_ical_event *event = line->event;
    switch (icalproperty_isa(property)) {
    case ICAL_DTSTART_PROPERTY:
        return take_start(line, property);
    case ICAL_DTEND_PROPERTY:
    case ICAL_DUE_PROPERTY:
        return take_time(line, property, &event->end);
    case ICAL_RECURRENCEID_PROPERTY:
        return take_instance(line, property);
    case ICAL_LASTMODIFIED_PROPERTY:
    case ICAL_DTSTAMP_PROPERTY:
        return take_changed(line, property);
    case ICAL_RDATE_PROPERTY:
        return take_date(line, property);
    case ICAL_EXDATE_PROPERTY:
        return take_except(line, property);
    case ICAL_DURATION_PROPERTY:
        return take_length(line, property);
    case ICAL_SEQUENCE_PROPERTY:
        return take_number(line, property);
    default:
        return bad_value(); // libical could not read it
    }
}

/* ---- rules ----------------------------------------------------------------------------------- */

static struct ink_ical_fault take_rule(struct line *line, bool excludes) {
    struct ink_ical_event *event = line->event;
    const char *value = ink_ical_value(line->text);
    struct icalrecurrencetype rule = {.freq = ICAL_NO_RECURRENCE};
    const bool scaled = strcasestr(value, "RSCALE") != NULL;
    if (!scaled) {
        rule = icalrecurrencetype_from_string(value);
    }
    event->recurs = true;
    if (rule.freq == ICAL_NO_RECURRENCE) {
        return (struct ink_ical_fault){"ical-rule",
                                       scaled ? "a rule by another calendar (RSCALE)"
                                              : "a rule that cannot be read",
                                       "expected a rule such as FREQ=WEEKLY;BYDAY=MO;COUNT=10",
                                       "without it the event stands at its other dates"};
    }
    if (event->rule_count == INK_ICAL_RULES) {
        return too_many();
    }
    event->rule[event->rule_count++] =
        (struct ink_ical_rule){.rule = rule, .excludes = excludes, .line = line->number};
    return no_fault;
}

/* ---- texts ----------------------------------------------------------------------------------- */

static const char *text_of(icalproperty *property) {
    const icalvalue *value = icalproperty_get_value(property);
    const char *text = value == NULL                             ? NULL
                       : icalvalue_isa(value) == ICAL_TEXT_VALUE ? icalvalue_get_text(value)
                       : icalvalue_isa(value) == ICAL_X_VALUE    ? icalvalue_get_x(value)
                                                                 : icalvalue_as_ical_string(value);
    return text != NULL ? text : "";
}

/* One line as libical reads it: a component that holds its properties, or NULL. */
static icalcomponent *parse(const char *line, size_t bytes) {
    static char text[INK_ICAL_LINE_BYTES + 64];
    const int used =
        snprintf(text, sizeof text, "BEGIN:VEVENT\r\n%.*s\r\nEND:VEVENT\r\n", (int)bytes, line);
    for (char *name = text + 14; isalnum((unsigned char)*name) || *name == '-'; name++) {
        *name = (char)toupper((unsigned char)*name); // "x-" is none of its names
    }
    return used > 0 && (size_t)used < sizeof text ? icalparser_parse_string(text) : NULL;
}

/* Does a mail address stand in it? Whose it is did not give it to a wall. */
static bool has_mail(const char *text) {
    const char *at = strchr(text, '@');
    while (at != NULL && (at == text || isspace((unsigned char)at[-1]))) {
        at = strchr(at + 1, '@'); // "@handle"
    }
    return at != NULL;
}

static void add_organizer(struct ink_leaves *leaves, icalproperty *property) {
    const icalparameter *cn = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER);
    const char *name = cn != NULL ? icalparameter_get_cn(cn) : NULL;
    if (name != NULL && name[0] != '\0' && !has_mail(name)) {
        ink_leaves_add(leaves, "organizer;cn", 12, name, strlen(name));
    }
}

/* A summary of which nothing is for a wall is there all the same, without a letter. */
static void add_summary(struct ink_leaves *leaves, icalproperty *property, const char *text) {
    const icalparameter *lang = icalproperty_get_first_parameter(property, ICAL_LANGUAGE_PARAMETER);
    const char *tag = lang != NULL ? icalparameter_get_language(lang) : NULL;
    size_t bytes = strlen(text);
    if (ink_ical_summary_cancels(text, bytes)) {
        ink_leaves_add(leaves, "status", 6, "CANCELLED", 9);
    }
    bytes = ink_ical_summary_is_busy(text, bytes) ? 0 : ink_invitation_headline(text, bytes);
    ink_leaves_add(leaves, "summary", 7, text, bytes);
    if (tag != NULL) {
        ink_leaves_add(leaves, "summary;language", 16, tag, strlen(tag));
    }
}

static void add_text(struct ink_leaves *leaves, const char *line, icalproperty *property) {
    const char *text = text_of(property);
    size_t bytes = strlen(text);
    switch (icalproperty_isa(property)) {
    case ICAL_ORGANIZER_PROPERTY:
        add_organizer(leaves, property);
        return;
    case ICAL_SUMMARY_PROPERTY:
        add_summary(leaves, property, text);
        return;
    case ICAL_LOCATION_PROPERTY:
        bytes = ink_invitation_place(text, bytes);
        break;
    case ICAL_URL_PROPERTY:
        if (strncasecmp(text, "http://", 7) != 0 && strncasecmp(text, "https://", 8) != 0) {
            return; // "message:", "cid:" and the like lead a reader nowhere
        }
        break;
    case ICAL_NAME_PROPERTY:
    case ICAL_X_PROPERTY: // X-WR-CALNAME is the owner's address if he named none
        bytes = has_mail(text) ? 0 : bytes;
        break;
    default:
        break;
    }
    if (bytes > 0) {
        ink_leaves_add(leaves, line, ink_ical_name(line), text, bytes);
    }
}

/* Up to the first comma of a list that is not escaped. */
static size_t first_of_list(const char *line) {
    const char *value = ink_ical_value(line);
    for (; value != NULL && *value != '\0'; value++) {
        if (*value == ',') {
            return (size_t)(value - line);
        }
        value += value[0] == '\\' && value[1] != '\0';
    }
    return strlen(line);
}

void ink_ical_add_text(struct ink_leaves *leaves, const char *line) {
    const char *value = ink_ical_value(line);
    const bool list = strncasecmp(line, "CATEGORIES", ink_ical_name(line)) == 0;
    if (value == NULL || value[strspn(value, " \t")] == '\0') {
        return; // no value is no text, and no fault
    }
    icalcomponent *parsed = parse(line, list ? first_of_list(line) : strlen(line));
    icalproperty *property =
        parsed != NULL ? icalcomponent_get_first_property(parsed, ICAL_ANY_PROPERTY) : NULL;
    if (property != NULL && icalproperty_isa(property) != ICAL_XLICERROR_PROPERTY) {
        add_text(leaves, line, property);
    }
    if (parsed != NULL) {
        icalcomponent_free(parsed);
    }
}

/* ---- the event ------------------------------------------------------------------------------- */

struct ink_ical_event *ink_ical_event_new(void) {
    struct ink_ical_event *event = calloc(1, sizeof *event);
    if (event != NULL && !ink_leaves_open(&event->leaves)) {
        ink_ical_event_free(event);
        return NULL;
    }
    return event;
}

void ink_ical_event_free(struct ink_ical_event *event) {
    if (event != NULL) {
        ink_leaves_close(&event->leaves);
    }
    free(event);
}

void ink_ical_event_begin(struct ink_ical_event *event, uint64_t line, bool todo) {
    const struct ink_leaves leaves = event->leaves;
    memset(event, 0, offsetof(struct ink_ical_event, rule));
    event->leaves = leaves;
    ink_leaves_clear(&event->leaves);
    event->line = line;
    event->todo = todo;
    event->changed_utc = INT64_MIN;
}

/* A DTSTART that is no date at all. */
static void keep_no_start(struct ink_ical_event *event, const char *text) {
    if (event->start.clock == INK_ICAL_NONE && event->bad_start[0] == '\0') {
        const char *value = ink_ical_value(text);
        snprintf(event->bad_start, sizeof event->bad_start, "%s",
                 value != NULL && value[0] != '\0' ? value : "-");
    }
}

static struct ink_ical_fault take_properties(struct line *line, icalcomponent *parsed) {
    struct ink_ical_fault fault = no_fault;
    for (icalproperty *property = icalcomponent_get_first_property(parsed, ICAL_ANY_PROPERTY);
         property != NULL; property = icalcomponent_get_next_property(parsed, ICAL_ANY_PROPERTY)) {
        const icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
        line->zoning.tzid = tzid != NULL ? icalparameter_get_tzid(tzid) : NULL;
        const struct ink_ical_fault one = take_property(line, property);
        fault = fault.what == NULL ? one : fault;
    }
    return fault;
}

/* A property whose value is no text. */
static struct ink_ical_fault take_value(struct line *line) {
    const bool start = strncasecmp(line->text, "DTSTART", ink_ical_name(line->text)) == 0;
    const char *value = ink_ical_value(line->text);
    if (value != NULL && value[0] == '\0' && !start) {
        return no_fault;
    }
    icalcomponent *parsed = value != NULL ? parse(line->text, strlen(line->text)) : NULL;
    const struct ink_ical_fault fault =
        parsed != NULL ? take_properties(line, parsed) : bad_value();
    if (parsed != NULL) {
        icalcomponent_free(parsed);
    }
    if (start && fault.what != NULL && strcmp(fault.rule, "ical-value") == 0) {
        keep_no_start(line->event, line->text);
        return no_fault; // the event is refused for it
    }
    return fault;
}

struct ink_ical_fault ink_ical_event_line(struct ink_ical_event *event,
                                          struct ink_ical_zones *zones, const char *text,
                                          uint64_t number) {
    static const char *const texts[] = {"UID",   "SUMMARY",    "LOCATION",  "STATUS", "PRIORITY",
                                        "CLASS", "CATEGORIES", "ORGANIZER", "URL"};
    static const char *const values[] = {"DTSTART", "DTEND",        "DUE",           "DURATION",
                                         "RDATE",   "EXDATE",       "RECURRENCE-ID", "SEQUENCE",
                                         "DTSTAMP", "LAST-MODIFIED"};
    struct line line = {event, {zones, NULL}, text, number};
    const size_t bytes = ink_ical_name(text);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strlen(texts[i]) == bytes && strncasecmp(text, texts[i], bytes) == 0) {
            ink_ical_add_text(&event->leaves, text);
            return no_fault;
        }
    }
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (strlen(values[i]) == bytes && strncasecmp(text, values[i], bytes) == 0) {
            event->recurs = event->recurs || strcasecmp(values[i], "RDATE") == 0;
            return take_value(&line);
        }
    }
    const bool excludes = bytes == 6 && strncasecmp(text, "EXRULE", 6) == 0;
    if (ink_ical_value(text) != NULL &&
        (excludes || (bytes == 5 && strncasecmp(text, "RRULE", 5) == 0))) {
        return take_rule(&line, excludes);
    }
    if (ink_ical_value(text) == NULL) {
        return (struct ink_ical_fault){"ical-line", "a line that is no property",
                                       "expected NAME:value",
                                       "was a line folded without its blank?"};
    }
    return no_fault;
}

static void settle(struct ink_ical_time *time, const struct ink_ical_zone *zone) {
    if (time->clock == INK_ICAL_FLOATING && zone != NULL) {
        time->clock = INK_ICAL_ZONED;
        time->zone = zone;
    }
}

void ink_ical_event_end(struct ink_ical_event *event, const struct ink_ical_zone *floating) {
    const struct ink_ical_zone *zone =
        event->start.clock == INK_ICAL_ZONED ? event->start.zone : floating;
    settle(&event->start, zone);
    settle(&event->end, zone);
    settle(&event->instance, zone);
    for (int i = 0; i < event->date_count; i++) {
        settle(&event->date[i].at, zone);
    }
    for (int i = 0; i < event->except_count; i++) {
        settle(&event->except[i], zone);
        event->except_utc[i] = ink_ical_utc(&event->except[i]);
    }
    if (event->todo && event->start.clock == INK_ICAL_NONE && event->bad_start[0] == '\0') {
        event->start = event->end;
        event->end.clock = INK_ICAL_NONE;
    }
}

uint32_t ink_ical_event_rev(const struct ink_ical_event *event) {
    const int64_t epoch = ink_days(1990, 1, 1) * (int64_t)DAY_S;
    const int64_t step = 32, most = (1 << INK_ICAL_AGE_BITS) - 1;
    int64_t age = event->changed_utc > epoch ? (event->changed_utc - epoch) / step : 0;
    age = age < most ? age : most;
    return event->sequence << INK_ICAL_AGE_BITS | (uint32_t)age;
}

struct ink_ical_length ink_ical_event_length(const struct ink_ical_event *event) {
    struct ink_ical_length length = {0, 0};
    const bool days = event->start.clock == INK_ICAL_DATE;
    if (event->end.clock == INK_ICAL_NONE) {
        length = event->has_length ? event->length : length;
    } else if (days != (event->end.clock == INK_ICAL_DATE)) {
        return length; // a day and a time do not go together
    } else if (days) {
        // The day of DTEND is the first that is not part of it; a to-do is due on its day.
        length.days = (event->end.local - event->start.local) / DAY_S + event->todo;
    } else {
        length.seconds = ink_ical_utc(&event->end) - ink_ical_utc(&event->start);
    }
    const bool backwards = length.days * DAY_S + length.seconds < 0;
    return backwards ? (struct ink_ical_length){0, 0} : length;
}
