#include "import/ical_zone.h"

#include <stdlib.h>
#include <strings.h>

#include "import/ical_lines.h"
#include "import/ical_windows.h"
#include "zoneinfo.h"

bool ink_ical_zones_open(struct ink_ical_zones *zones) {
    *zones = (struct ink_ical_zones){.text = malloc(INK_ICAL_ZONE_BYTES)};
    return zones->text != NULL;
}

static void free_zone(struct ink_ical_zone *zone) {
    if (zone != NULL && zone->own != NULL) {
        icaltimezone_free(zone->own, 1);
    }
    free(zone);
}

void ink_ical_zones_close(struct ink_ical_zones *zones) {
    for (int i = 0; i < zones->count; i++) {
        free_zone(zones->zone[i]);
    }
    free_zone(zones->open);
    free(zones->text);
    *zones = (struct ink_ical_zones){.count = 0};
}

/* ---- by name --------------------------------------------------------------------------------- */

/* Hours and minutes from UTC without summer time. */
static int standard_minutes(const char *zone) {
    enum { JANUARY_S = 1736899200, JULY_S = 1752537600 }; // of 2025
    const int32_t winter = ink_zoneinfo_offset(zone, JANUARY_S);
    const int32_t summer = ink_zoneinfo_offset(zone, JULY_S);
    return (winter < summer ? winter : summer) / 60;
}

/* Windows shows "(UTC+02:00) Helsinki, Kyiv, Riga" for a zone. The first of these cities that has
 * one counts, if it is so far from UTC: there is more than one La Paz. */
static const char *find_shown(const char *tzid) {
    const char *close = strchr(tzid, ')');
    int minutes = 0;
    if (close == NULL || (strncasecmp(tzid, "(UTC", 4) != 0 && strncasecmp(tzid, "(GMT", 4) != 0) ||
        (close > tzid + 4 &&
         !ink_zoneinfo_read_offset(tzid + 4, (size_t)(close - tzid) - 4, &minutes))) {
        return NULL;
    }
    for (const char *at = close + 1; *at != '\0'; at += *at == ',') {
        at += strspn(at, " ");
        const size_t bytes = strcspn(at, ",");
        const char *zone = ink_zoneinfo_city(at, bytes);
        if (zone != NULL && standard_minutes(zone) == minutes) {
            return zone;
        }
        at += bytes;
    }
    return NULL;
}

const char *ink_ical_zone_name(const char *tzid) {
    const char *at = tzid;
    do {
        at += at[0] == '/';
        const char *zone = ink_zoneinfo_has(at) ? at : ink_ical_windows_zone(at);
        if (zone != NULL) {
            return zone;
        }
        at = strchr(at, '/');
    } while (at != NULL && tzid[0] == '/');
    return find_shown(tzid);
}

/* ---- one VTIMEZONE --------------------------------------------------------------------------- */

static void add(struct ink_ical_zones *zones, const char *line) {
    const size_t bytes = strlen(line);
    if (bytes + 3 <= INK_ICAL_ZONE_BYTES - 64 - zones->bytes) { // 64: for its last line
        memcpy(zones->text + zones->bytes, line, bytes);
        memcpy(zones->text + zones->bytes + bytes, "\r\n", 3);
        zones->bytes += bytes + 2;
    }
}

bool ink_ical_zone_begin(struct ink_ical_zones *zones) {
    free_zone(zones->open);
    zones->open = zones->count < INK_ICAL_ZONES ? calloc(1, sizeof *zones->open) : NULL;
    zones->bytes = 0;
    zones->parts = zones->rules = zones->endless = 0;
    zones->bad_offset = zones->other_rule = zones->starts = zones->offsets = false;
    add(zones, "BEGIN:VTIMEZONE");
    return zones->open != NULL;
}

static bool is_named(const char *line, const char *name) {
    return ink_ical_name(line) == strlen(name) && strncasecmp(line, name, strlen(name)) == 0;
}

static void copy_text(char *out, size_t cap, const char *text) {
    const size_t bytes = strlen(text);
    if (bytes < cap) {
        memcpy(out, text, bytes + 1);
    }
}

/* "+0300", "-033015" */
static bool is_offset(const char *text) {
    const size_t digits = text[0] != '\0' ? strspn(text + 1, "0123456789") : 0;
    return (text[0] == '+' || text[0] == '-') && (digits == 4 || digits == 6) &&
           (text[1] - '0') * 10 + text[2] - '0' < 24 && text[3] < '6';
}

static bool has_list(const char *rule, const char *part) {
    const char *at = strcasestr(rule, part);
    return at != NULL && memchr(at, ',', strcspn(at, ";")) != NULL;
}

/* A rule as zones have them: about one day of one month a year. libical makes a list of all changes
 * that a rule brings, and of a finer one it would make a long one. */
static bool is_zone_rule(const char *rule) {
    static const char *const finer[] = {"BYHOUR",   "BYMINUTE",  "BYSECOND", "BYWEEKNO",
                                        "BYSETPOS", "BYYEARDAY", "RSCALE"};
    int commas = 0;
    for (const char *at = strchr(rule, ','); at != NULL; at = strchr(at + 1, ',')) {
        commas++;
    }
    for (size_t i = 0; i < sizeof finer / sizeof finer[0]; i++) {
        if (strcasestr(rule, finer[i]) != NULL) {
            return false;
        }
    }
    // "the Sunday among 8 to 14 March" is one day
    const bool weekday = strcasestr(rule, "BYDAY=") != NULL;
    const bool days = weekday || strcasestr(rule, "BYMONTHDAY=") != NULL;
    return strcasestr(rule, "FREQ=YEARLY") != NULL && !has_list(rule, "BYDAY=") &&
           !has_list(rule, "BYMONTH=") && commas <= (weekday ? 6 : 0) &&
           (!days || strcasestr(rule, "BYMONTH=") != NULL);
}

/* Offsets and when they begin: all else of it is for people. */
static void take_part_line(struct ink_ical_zones *zones, const char *line, const char *value) {
    const bool to = is_named(line, "TZOFFSETTO"), from = is_named(line, "TZOFFSETFROM");
    if (to || from) {
        zones->bad_offset = zones->bad_offset || !is_offset(value);
        zones->offsets = zones->offsets || to;
        add(zones, line);
    } else if (is_named(line, "RRULE")) {
        zones->other_rule = zones->other_rule || !is_zone_rule(value);
        zones->rules++;
        zones->endless +=
            strcasestr(value, "UNTIL=") == NULL || strcasestr(value, "UNTIL=2") != NULL;
        add(zones, line);
    } else if (is_named(line, "DTSTART") || is_named(line, "RDATE")) {
        zones->starts = zones->starts || is_named(line, "DTSTART");
        add(zones, line);
    }
}

void ink_ical_zone_line(struct ink_ical_zones *zones, const char *line) {
    const char *value = ink_ical_value(line);
    if (zones->open == NULL || value == NULL) {
        return;
    }
    if (is_named(line, "BEGIN")) {
        zones->starts = zones->offsets = false;
        add(zones, strcasecmp(value, "DAYLIGHT") == 0 ? "BEGIN:DAYLIGHT" : "BEGIN:STANDARD");
    } else if (is_named(line, "END")) {
        zones->parts += zones->starts && zones->offsets;
        add(zones, strcasecmp(value, "DAYLIGHT") == 0 ? "END:DAYLIGHT" : "END:STANDARD");
    } else if (is_named(line, "TZID")) {
        copy_text(zones->open->tzid, sizeof zones->open->tzid, value);
    } else if (is_named(line, "X-LIC-LOCATION")) {
        copy_text(zones->open->location, sizeof zones->open->location, value);
    } else {
        take_part_line(zones, line, value);
    }
}

/* Let libical read it. */
static bool build(struct ink_ical_zones *zones) {
    add(zones, "TZID:own");
    memcpy(zones->text + zones->bytes, "END:VTIMEZONE\r\n", 16);
    icalcomponent *component = icalparser_parse_string(zones->text);
    if (component == NULL) {
        return false;
    }
    icaltimezone *own = icalcomponent_isa(component) == ICAL_VTIMEZONE_COMPONENT &&
                                icalcomponent_count_errors(component) == 0
                            ? icaltimezone_new()
                            : NULL;
    if (own == NULL || !icaltimezone_set_component(own, component)) {
        icalcomponent_free(component);
        if (own != NULL) {
            icaltimezone_free(own, 1);
        }
        return false;
    }
    zones->open->own = own;
    return true;
}

static const struct ink_ical_zone *find_known(const struct ink_ical_zones *zones,
                                              const char *tzid) {
    for (int i = 0; i < zones->count; i++) {
        if (strcmp(zones->zone[i]->tzid, tzid) == 0) {
            return zones->zone[i];
        }
    }
    return NULL;
}

const char *ink_ical_zone_end(struct ink_ical_zones *zones) {
    struct ink_ical_zone *zone = zones->open;
    if (zone == NULL || find_known(zones, zone->tzid) != NULL) {
        return NULL; // of two with one TZID the first counts
    }
    const char *wrong = zone->tzid[0] == '\0' ? "a VTIMEZONE without a TZID"
                        : zones->bad_offset   ? "a VTIMEZONE with an offset that is none"
                        : zones->other_rule   ? "a VTIMEZONE whose rule is not of a day a year"
                        : zones->parts == 0   ? "a VTIMEZONE that names no offset"
                                              : NULL;
    if (zones->rules + zones->all_rules > INK_ICAL_ZONE_RULES ||
        zones->endless > INK_ICAL_ENDLESS_RULES ||
        zones->bytes + zones->all_bytes > INK_ICAL_ZONES_TEXT) {
        wrong = "a VTIMEZONE with more rules or lines than are read";
    }
    if (wrong == NULL && !build(zones)) {
        wrong = "a VTIMEZONE with a line that cannot be read";
    }
    if (wrong == NULL) {
        const char *name = ink_ical_zone_name(zone->tzid);
        copy_text(zone->name, sizeof zone->name, name != NULL ? name : "");
        zones->zone[zones->count++] = zone;
        zones->own++;
        zones->all_rules += zones->rules;
        zones->all_bytes += zones->bytes;
        zones->open = NULL;
    }
    return wrong;
}

/* ---- by TZID --------------------------------------------------------------------------------- */

const struct ink_ical_zone *ink_ical_zone_find(struct ink_ical_zones *zones, const char *tzid) {
    const struct ink_ical_zone *known = find_known(zones, tzid);
    const char *name = known == NULL ? ink_ical_zone_name(tzid) : NULL;
    if (name == NULL || zones->count == INK_ICAL_ZONES || strlen(tzid) > INK_ICAL_TZID_BYTES) {
        return known;
    }
    struct ink_ical_zone *zone = calloc(1, sizeof *zone);
    if (zone != NULL) {
        copy_text(zone->tzid, sizeof zone->tzid, tzid);
        copy_text(zone->name, sizeof zone->name, name);
        zones->zone[zones->count++] = zone;
    }
    return zone;
}

const char *ink_ical_zones_name(const struct ink_ical_zones *zones) {
    const char *common = NULL;
    for (int i = 0; i < zones->own; i++) {
        const struct ink_ical_zone *zone = zones->zone[i];
        const char *name = zone->name;
        if (name[0] == '\0' && ink_zoneinfo_has(zone->location)) {
            name = zone->location;
        }
        if (name[0] == '\0' || (common != NULL && strcmp(name, common) != 0)) {
            return NULL;
        }
        common = name;
    }
    return common;
}

/* ---- offsets --------------------------------------------------------------------------------- */

int32_t ink_ical_zone_offset(const struct ink_ical_zone *zone, int64_t utc_s) {
    int is_summer;
    if (zone->own == NULL) {
        return ink_zoneinfo_offset(zone->name, utc_s);
    }
    struct icaltimetype utc = icaltime_from_timet_with_zone((time_t)utc_s, 0, NULL);
    return icaltimezone_get_utc_offset_of_utc_time(zone->own, &utc, &is_summer);
}

int64_t ink_ical_zone_utc(const struct ink_ical_zone *zone, int64_t local_s) {
    enum { WEST_S = 12 * 3600, EAST_S = 14 * 3600 }; // how far zones are from UTC
    const int32_t before = ink_ical_zone_offset(zone, local_s - EAST_S);
    const int32_t after = ink_ical_zone_offset(zone, local_s + WEST_S);
    if (before == after || ink_ical_zone_offset(zone, local_s - before) == before) {
        return local_s - before;
    }
    return ink_ical_zone_offset(zone, local_s - after) == after ? local_s - after
                                                                : local_s - before;
}
