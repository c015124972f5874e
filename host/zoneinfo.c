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
    STEP = 7 * DAY /* no zone has changed its offset and back within a week */
};

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
    // Files of the database that are no zones: this machine's own, templates, and other clocks.
    static const char *const others[] = {"localtime", "posixrules", "Factory", "posix/", "right/"};
    size_t bytes = strlen(name);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strncmp(name, others[i], strlen(others[i])) == 0) {
            return false;
        }
    }
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

/* --- changes, a year at a time --- */

enum { YEAR_CHANGES = 54, LIST_CHANGES = INK_ZONE_CHANGES + YEAR_CHANGES };

/* The offset that each chosen year begins with, and its changes, in order; an offset may repeat the
 * one before it, until a year between them is chosen. */
struct list {
    int count;
    struct ink_zone_change change[INK_ZONE_YEARS + LIST_CHANGES];
};

static int64_t year_start(int year) {
    return ink_days(year, 1, 1) * (int64_t)DAY;
}

/* What a year needs; returns the number of changes, at most YEAR_CHANGES. */
static int read_year(int year, struct ink_zone_change *out) {
    int64_t start = year_start(year);
    int64_t end = year_start(year + 1);
    int count = 0;
    out[count++] = (struct ink_zone_change){(int32_t)(start / 60), offset_at(start)};
    for (int64_t low = start; low < end; low += STEP) {
        int64_t high = low + STEP < end ? low + STEP : end - 1;
        if (offset_at(low) != offset_at(high)) {
            out[count++] = (struct ink_zone_change){find_change(low, high), offset_at(high)};
        }
    }
    return count;
}

static bool is_news(const struct list *list, int i) {
    return i == 0 || list->change[i].offset_min != list->change[i - 1].offset_min;
}

static int count_news(const struct list *list) {
    int news = 0;
    for (int i = 0; i < list->count; i++) {
        news += is_news(list, i);
    }
    return news;
}

/* Choose a year. Returns false, and leaves the list as it was, if a story cannot carry so many. */
static bool add_year(struct list *list, int year) {
    struct ink_zone_change added[YEAR_CHANGES];
    int count = read_year(year, added);
    int at = 0;
    if (list->count + count > INK_ZONE_YEARS + LIST_CHANGES) {
        return false;
    }
    while (at < list->count && list->change[at].minute < added[0].minute) {
        at++;
    }
    struct ink_zone_change *place = &list->change[at];
    size_t behind = (size_t)(list->count - at) * sizeof *place;
    memmove(place + count, place, behind);
    memcpy(place, added, (size_t)count * sizeof *place);
    list->count += count;
    if (count_news(list) <= INK_ZONE_CHANGES) {
        return true;
    }
    memmove(place, place + count, behind);
    list->count -= count;
    return false;
}

/* Choose the years that `wanted` counts, those nearest to the anchor first. Returns the first year
 * that had no room, or 0. */
static int add_years(struct list *list, bool chosen[INK_ZONE_YEARS],
                     const uint32_t wanted[INK_ZONE_YEARS], int anchor) {
    for (int away = 0; away < INK_ZONE_YEARS; away++) {
        const int sides[] = {anchor - away, anchor + away};
        for (int side = 0; side < 2; side++) {
            int i = sides[side];
            if (i < 0 || i >= INK_ZONE_YEARS || wanted[i] == 0 || chosen[i]) {
                continue;
            }
            if (!add_year(list, INK_ZONE_YEAR_FIRST + i)) {
                return INK_ZONE_YEAR_FIRST + i;
            }
            chosen[i] = true;
        }
    }
    return 0;
}

int ink_zone_year(int year) {
    int i = year - INK_ZONE_YEAR_FIRST;
    return i < 0 ? 0 : i >= INK_ZONE_YEARS ? INK_ZONE_YEARS - 1 : i;
}

/* The year in the middle of all that are counted, or -1 if none is. */
static int find_median(const uint32_t count[INK_ZONE_YEARS]) {
    uint64_t all = 0;
    uint64_t passed = 0;
    for (int i = 0; i < INK_ZONE_YEARS; i++) {
        all += count[i];
    }
    for (int i = 0; i < INK_ZONE_YEARS; i++) {
        passed += count[i];
        if (all > 0 && passed * 2 >= all) {
            return i;
        }
    }
    return -1;
}

static int find_anchor(const struct ink_zone_need *need) {
    int timed = find_median(need->timed);
    int dated = find_median(need->dated);
    return need->anchor >= 0 ? need->anchor : timed >= 0 ? timed : dated >= 0 ? dated : 0;
}

/* Fill the zone with what is needed most. Returns the first year of times that had no room, or 0.
 */
static int choose(const struct ink_zone_need *need, struct ink_zone *zone) {
    struct list list = {.count = 0};
    bool chosen[INK_ZONE_YEARS] = {false};
    uint32_t now[INK_ZONE_YEARS] = {0};
    uint32_t others[INK_ZONE_YEARS];
    int anchor = find_anchor(need);
    now[anchor] = 1;
    now[ink_min(anchor + 1, INK_ZONE_YEARS - 1)] = 1; // a wall stays right into the next year
    for (int i = 0; i < INK_ZONE_YEARS; i++) {
        others[i] = need->dated[i] + (i > 0 ? need->dated[i - 1] : 0);
    }
    (void)add_years(&list, chosen, now, anchor);
    int left = add_years(&list, chosen, need->timed, anchor);
    if (left == 0) {
        (void)add_years(&list, chosen, others, anchor);
    }
    for (int i = 0; i < list.count; i++) {
        if (is_news(&list, i)) {
            zone->change[zone->count++] = list.change[i];
        }
    }
    return left;
}

/* --- names --- */

static bool read_two(const char *text, int *out) {
    if (!isdigit((unsigned char)text[0]) || !isdigit((unsigned char)text[1])) {
        return false;
    }
    *out = (text[0] - '0') * 10 + text[1] - '0';
    return true;
}

/* "+03", "-0330", "+03:00" or "Z": minutes east, or false. */
static bool read_offset(const char *name, int *minutes) {
    int hours = 0;
    int rest = 0;
    if (strcmp(name, "Z") == 0 || strcmp(name, "z") == 0) {
        *minutes = 0;
        return true;
    }
    if ((name[0] != '+' && name[0] != '-') || !read_two(name + 1, &hours)) {
        return false;
    }
    const char *more = name + 3;
    if (more[0] != '\0') {
        more += more[0] == ':';
        if (!read_two(more, &rest) || more[2] != '\0') {
            return false;
        }
    }
    *minutes = (hours * 60 + rest) * (name[0] == '-' ? -1 : 1);
    return hours <= 23 && rest <= 59;
}

/* `name` is an offset or a name of the database: no longer than INK_ZONE_NAME_BYTES. */
static void set_name(struct ink_zone *zone, const char *name) {
    size_t bytes = strlen(name);
    *zone = (struct ink_zone){.count = 0};
    INK_ASSERT(bytes <= sizeof zone->name);
    memcpy(zone->name, name, bytes);
}

enum ink_zoneinfo ink_zoneinfo_load(const char *name, const struct ink_zone_need *need,
                                    struct ink_zone *zone, int *left) {
    int minutes;
    *left = 0;
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
    *left = choose(need, zone);
    return *left == 0 ? INK_ZONEINFO_OK : INK_ZONEINFO_CUT;
}

void ink_zoneinfo_name(char out[INK_ZONE_NAME_BYTES + 1], const struct ink_zone *zone) {
    memset(out, 0, INK_ZONE_NAME_BYTES + 1);
    memcpy(out, zone->name, strnlen(zone->name, INK_ZONE_NAME_BYTES));
}

bool ink_zoneinfo_has(const char *name) {
    return is_name(name) && is_zone_file(name);
}

int32_t ink_zoneinfo_offset(const char *name, int64_t utc_s) {
    const char *used = getenv("TZ");
    int minutes;
    if (read_offset(name, &minutes)) {
        return minutes * 60;
    }
    if (used == NULL || strcmp(used, name) != 0) { // reading a zone takes longer than asking it
        setenv("TZ", name, 1);
        tzset();
    }
    const time_t at = (time_t)utc_s;
    struct tm local;
    localtime_r(&at, &local);
    return (int32_t)local.tm_gmtoff;
}

int64_t ink_zoneinfo_utc(const char *name, int64_t local_s, bool *exists) {
    // No zone changes its offset twice within two days, and no offset is longer than one.
    const int32_t before = ink_zoneinfo_offset(name, local_s - DAY);
    const int32_t after = ink_zoneinfo_offset(name, local_s + DAY);
    const bool first = ink_zoneinfo_offset(name, local_s - before) == before;
    const bool second = ink_zoneinfo_offset(name, local_s - after) == after;
    *exists = first || second;
    return local_s - (first || !second ? before : after);
}

/* --- all names --- */

enum { NAMES = 1024 /* the database has some 600 */ };

struct names {
    int count;
    struct name {
        char zone[INK_ZONE_NAME_BYTES + 1];
        const char *city; /* what stands behind its last slash; all of it if there is none */
        uint32_t letters; /* bit by bit which it has, case ignored */
    } name[NAMES];
};

/* Which of the 26 letters a text has. */
static uint32_t letters_of(const char *text) {
    uint32_t letters = 0;
    for (; *text != '\0'; text++) {
        const int letter = tolower((unsigned char)*text) - 'a';
        letters |= letter >= 0 && letter < 26 ? 1u << letter : 0;
    }
    return letters;
}

static void add_name(struct names *names, const char *zone) {
    struct name *name = &names->name[names->count];
    if (strlen(zone) <= INK_ZONE_NAME_BYTES && names->count < NAMES) {
        memcpy(name->zone, zone, strlen(zone) + 1);
        const char *slash = strrchr(name->zone, '/');
        name->city = slash != NULL ? slash + 1 : name->zone;
        name->letters = letters_of(zone);
        names->count++;
    }
}

/* Read once: a file may ask for thousands that there are not. */
static const struct names *all_names(void) {
    static struct names names;
    static bool were_read;
    char path[512];
    char line[256];
    if (were_read) {
        return &names;
    }
    were_read = true;
    snprintf(path, sizeof path, "%s/tzdata.zi", database());
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        // "Z Europe/Kyiv 2:2:4 - ..." names a zone, "L Europe/Kyiv Europe/Kiev" a link to one
        char zone[64];
        if (sscanf(line, "Z %63s", zone) == 1 || sscanf(line, "L %*s %63s", zone) == 1) {
            add_name(&names, zone);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return &names;
}

/* Are two names as far apart as `bound`, by length or by letters that only one has? An edit adds,
 * takes or changes one. Not all that are so far are found. */
static bool is_far(size_t bytes, uint32_t letters, const struct name *name, unsigned bound) {
    const size_t other = strlen(name->zone);
    const int most = (int)bound;
    return bytes >= other + bound || other >= bytes + bound ||
           __builtin_popcount(letters & ~name->letters) >= most ||
           __builtin_popcount(name->letters & ~letters) >= most;
}

void ink_zoneinfo_hint(const char *name, char out[INK_ZONE_NAME_BYTES + 1]) {
    const struct names *names = all_names();
    const size_t bytes = strlen(name);
    const uint32_t letters = letters_of(name);
    unsigned best = 4; // more slips than three are another name
    out[0] = '\0';
    for (int i = 0; i < names->count && best > 0; i++) {
        const struct name *one = &names->name[i];
        unsigned slips = best;
        if (strcasecmp(name, one->zone) == 0 || strcasecmp(name, one->city) == 0) {
            slips = 0; // the same but for case, or its city alone
        } else if (!is_far(bytes, letters, one, best)) {
            slips = ink_edit_distance(name, bytes, one->zone, strlen(one->zone));
        }
        if (slips < best) {
            best = slips;
            memcpy(out, one->zone, sizeof one->zone);
        }
    }
}

/* Case does not matter, and a blank is an underscore. */
static bool is_city(const struct name *name, const char *city, size_t bytes) {
    size_t i = 0;
    while (i < bytes && name->city[i] != '\0' &&
           tolower((unsigned char)name->city[i]) ==
               tolower((unsigned char)(city[i] == ' ' ? '_' : city[i]))) {
        i++;
    }
    return i == bytes && name->city[i] == '\0';
}

const char *ink_zoneinfo_city(const char *city, size_t bytes) {
    const struct names *names = all_names();
    for (int i = 0; i < names->count && bytes > 0; i++) {
        if (is_city(&names->name[i], city, bytes)) {
            return names->name[i].zone;
        }
    }
    return NULL;
}

bool ink_zoneinfo_read_offset(const char *text, size_t bytes, int *minutes) {
    char name[8];
    if (bytes >= sizeof name) {
        return false;
    }
    memcpy(name, text, bytes);
    name[bytes] = '\0';
    return read_offset(name, minutes);
}
