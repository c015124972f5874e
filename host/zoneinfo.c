#include "zoneinfo.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "say.h"

enum {
    DAY = 86400,
    STEP = 7 * DAY, /* no zone has changed its offset and back within a week */
    LATER_CHANGES = 2,
    LATER = 400 * DAY
};

/* No zone had a change before standard time, nor can one be foreseen after 2100. */
#define EARLIEST_S (-3786912000LL) /* 1850-01-01 */
#define LATEST_S   4102444800LL    /* 2100-01-01 */

static const char *database(void) {
    const char *dir = getenv("TZDIR");
    return dir != NULL && dir[0] != '\0' ? dir : "/usr/share/zoneinfo";
}

static bool is_zone_file(const char *name) {
    char path[512];
    char magic[4];
    snprintf(path, sizeof path, "%s/%s", database(), name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    bool is = fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "TZif", 4) == 0;
    fclose(file);
    return is;
}

/* Names are relative paths of plain words: nothing may lead out of the database. */
static bool is_name(const char *name) {
    size_t bytes = strlen(name);
    if (bytes == 0 || bytes > INK_ZONE_NAME_BYTES || name[0] == '/' || strstr(name, "..") != NULL) {
        return false;
    }
    return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") ==
           bytes;
}

/* Offset in whole minutes east of the zone that TZ names. */
static int16_t offset_at(int64_t utc_s) {
    time_t at = (time_t)utc_s;
    struct tm local;
    localtime_r(&at, &local);
    return (int16_t)(local.tm_gmtoff / 60);
}

/* The minute in (low, high] from which high's offset holds; their offsets differ. */
static int32_t find_change(int64_t low, int64_t high) {
    int16_t after = offset_at(high);
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (offset_at(middle) == after) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return (int32_t)(high / 60);
}

static void append_change(struct ink_zone *zone, int64_t low, int64_t high) {
    zone->change[zone->count++] =
        (struct ink_zone_change){.minute = find_change(low, high), .offset_min = offset_at(high)};
}

/* Changes in (from, to], newest first; returns false if there were more than `cap`. */
static bool collect_back(struct ink_zone *zone, int64_t from, int64_t to, int cap) {
    for (int64_t high = to; high > from; high -= STEP) {
        int64_t low = high - STEP > from ? high - STEP : from;
        if (offset_at(low) == offset_at(high)) {
            continue;
        }
        if (zone->count == cap) {
            return false;
        }
        append_change(zone, low, high);
    }
    return true;
}

static void reverse(struct ink_zone *zone) {
    for (int i = 0, j = zone->count - 1; i < j; i++, j--) {
        struct ink_zone_change swap = zone->change[i];
        zone->change[i] = zone->change[j];
        zone->change[j] = swap;
    }
}

static void collect_later(struct ink_zone *zone, int64_t to) {
    int room = ink_min(LATER_CHANGES, INK_ZONE_CHANGES - zone->count);
    for (int64_t low = to; room > 0 && low < to + LATER; low += STEP) {
        if (offset_at(low) != offset_at(low + STEP)) {
            append_change(zone, low, low + STEP);
            room--;
        }
    }
}

/* "+03:00", "-0330", "+3" or "Z": minutes east, or false. */
static bool read_offset(const char *name, int *minutes) {
    int hours = 0;
    int rest = 0;
    int end = 0;
    if (strcmp(name, "Z") == 0 || strcmp(name, "z") == 0) {
        *minutes = 0;
        return true;
    }
    if (name[0] != '+' && name[0] != '-') {
        return false;
    }
    bool whole = sscanf(name + 1, "%2d:%2d%n", &hours, &rest, &end) == 2 ||
                 sscanf(name + 1, "%2d%2d%n", &hours, &rest, &end) == 2 ||
                 sscanf(name + 1, "%2d%n", &hours, &end) == 1;
    if (!whole || name[1 + end] != '\0' || !isdigit((unsigned char)name[1]) || hours > 23 ||
        rest < 0 || rest > 59) {
        return false;
    }
    *minutes = (hours * 60 + rest) * (name[0] == '-' ? -1 : 1);
    return true;
}

static int64_t clamp(int64_t value) {
    return value < EARLIEST_S ? EARLIEST_S : value > LATEST_S ? LATEST_S : value;
}

static void set_name(struct ink_zone *zone, const char *name) {
    *zone = (struct ink_zone){.count = 0};
    memcpy(zone->name, name, strlen(name)); // at most INK_ZONE_NAME_BYTES: is_name
}

enum ink_zoneinfo ink_zoneinfo_load(const char *name, int64_t from_s, int64_t to_s,
                                    struct ink_zone *zone) {
    int minutes;
    if (read_offset(name, &minutes)) {
        set_name(zone, name);
        zone->count = 1;
        zone->change[0].offset_min = (int16_t)minutes;
        return INK_ZONEINFO_OK;
    }
    if (access(database(), R_OK) != 0) {
        return INK_ZONEINFO_NONE;
    }
    if (!is_name(name) || !is_zone_file(name)) {
        return INK_ZONEINFO_UNKNOWN;
    }
    setenv("TZ", name, 1);
    tzset();
    set_name(zone, name);
    int64_t to = clamp(to_s);
    int64_t from = clamp(from_s) < to ? clamp(from_s) : to;
    bool whole = collect_back(zone, from, to, INK_ZONE_CHANGES - 1);
    // The offset before the oldest change kept holds from any minute before it on.
    int64_t first = zone->count > 0 ? zone->change[zone->count - 1].minute * (int64_t)60 - 1 : to;
    int64_t since = whole ? from : first;
    zone->change[zone->count++] = (struct ink_zone_change){.minute = (int32_t)((since - DAY) / 60),
                                                           .offset_min = offset_at(since)};
    reverse(zone);
    collect_later(zone, to);
    return whole ? INK_ZONEINFO_OK : INK_ZONEINFO_CUT;
}

/* 0 is the same but for case, 99 is nothing like it. */
static unsigned likeness(const char *name, const char *zone) {
    const char *city = strrchr(zone, '/');
    if (strcasecmp(name, zone) == 0 || (city != NULL && strcasecmp(name, city + 1) == 0)) {
        return 0;
    }
    return ink_edit_distance(name, strlen(name), zone, strlen(zone));
}

void ink_zoneinfo_hint(const char *name, char out[INK_ZONE_NAME_BYTES + 1]) {
    char path[512];
    char line[256];
    unsigned best = 4; // more slips than three are another name
    out[0] = '\0';
    snprintf(path, sizeof path, "%s/tzdata.zi", database());
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        // "Z Europe/Kyiv 2:2:4 - ..." names a zone, "L Europe/Kyiv Europe/Kiev" a link to one
        char zone[64];
        if (sscanf(line, "Z %63s", zone) != 1 && sscanf(line, "L %*s %63s", zone) != 1) {
            continue;
        }
        if (strlen(zone) <= INK_ZONE_NAME_BYTES && likeness(name, zone) < best) {
            best = likeness(name, zone);
            memcpy(out, zone, strlen(zone) + 1); // no longer than INK_ZONE_NAME_BYTES
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}
