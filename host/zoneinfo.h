/* Time zones by name, from the system's zone database, as the changes that a story carries. */
#ifndef INK_ZONEINFO_H
#define INK_ZONEINFO_H

#include "core/ink_time.h"

enum ink_zoneinfo {
    INK_ZONEINFO_OK,
    INK_ZONEINFO_CUT,     /* more changes than a story may carry: those needed most were kept */
    INK_ZONEINFO_UNKNOWN, /* no such zone */
    INK_ZONEINFO_NONE     /* there is no zone database */
};

/* No zone had a change before standard time, nor can one be foreseen after 2100. */
enum { INK_ZONE_YEAR_FIRST = 1850, INK_ZONE_YEARS = 251 };

/* The years that offsets are needed for: how many dates fall into each. Far ones count as the first
 * or the last year. */
struct ink_zone_need {
    uint32_t timed[INK_ZONE_YEARS]; /* with a time of day */
    uint32_t dated[INK_ZONE_YEARS]; /* all dates; they have what room is left */
    int anchor;                     /* the years nearest to this one come first; -1: not known */
};

/* Index of a year in the lists of struct ink_zone_need. */
int ink_zone_year(int year);

/* The zone's name, and its changes of offset in the years that are needed; also in that of the
 * anchor and the next one, so that a wall stays right. *left: the first year of times that had no
 * room, 0 if all had. Besides names of the database it takes "+03:00", "-0330", "+03", "Z".
 * Sets the process's TZ. On UNKNOWN and NONE `zone` is garbage. */
enum ink_zoneinfo ink_zoneinfo_load(const char *name, const struct ink_zone_need *need,
                                    struct ink_zone *zone, int *left);

/* The name of a zone with its terminating zero, which struct ink_zone has no room for if it is
 * full. */
void ink_zoneinfo_name(char out[INK_ZONE_NAME_BYTES + 1], const struct ink_zone *zone);

/* True if the database has a zone of that name. */
bool ink_zoneinfo_has(const char *name);

/* Seconds east, at an instant, of a zone by any name that ink_zoneinfo_load takes. Sets the
 * process's TZ. */
int32_t ink_zoneinfo_offset(const char *name, int64_t utc_s);

/* "+03:00", "-0330", "+03" or "Z": minutes east; false: it is none. */
bool ink_zoneinfo_read_offset(const char *text, size_t bytes, int *minutes);

/* The zone of the database that is named by this city ("Kyiv", "Mexico City"), or NULL. */
const char *ink_zoneinfo_city(const char *city, size_t bytes);

/* The instant of a local time (seconds since 1970 of that clock) of such a zone: of one that a
 * change repeats the first pass. *exists: no change skips it; one that is skipped counts by the
 * offset before. Sets the process's TZ. */
int64_t ink_zoneinfo_utc(const char *name, int64_t local_s, bool *exists);

/* A name of the database like `name`: other case, a city alone, or a slip. "" if there is none. */
void ink_zoneinfo_hint(const char *name, char out[INK_ZONE_NAME_BYTES + 1]);

#endif
