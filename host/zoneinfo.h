/* Time zones by name, from the system's zone database, as the changes that a story carries. */
#ifndef INK_ZONEINFO_H
#define INK_ZONEINFO_H

#include "core/ink_time.h"

enum ink_zoneinfo {
    INK_ZONEINFO_OK,
    INK_ZONEINFO_CUT,     /* more changes than a story may carry: the newest were kept */
    INK_ZONEINFO_UNKNOWN, /* no such zone */
    INK_ZONEINFO_NONE     /* there is no zone database */
};

/* The zone's name, and its changes of offset from `from_s` to `to_s` (seconds since 1970, UTC): the
 * offset at `from_s` comes first. Also up to two later changes, so that a wall stays right into the
 * next year. Besides names of the database it takes "+03:00", "-0330", "Z".
 * Sets the process's TZ. On UNKNOWN and NONE `zone` is garbage. */
enum ink_zoneinfo ink_zoneinfo_load(const char *name, int64_t from_s, int64_t to_s,
                                    struct ink_zone *zone);

/* A name of the database like `name`: other case, a city alone, or a slip. "" if there is none. */
void ink_zoneinfo_hint(const char *name, char out[INK_ZONE_NAME_BYTES + 1]);

#endif
