/* Zones of a calendar: its VTIMEZONEs, which libical reads, else those of the system's database. */
#ifndef INK_IMPORT_ICAL_ZONE_H
#define INK_IMPORT_ICAL_ZONE_H

#include "import/ical_library.h"

#include "core/ink_limits.h"
#include "core/ink_types.h"

#define INK_ICAL_ZONES      256    /* of one file */
#define INK_ICAL_ZONE_BYTES 262144 /* of one VTIMEZONE; further lines are left out */
#define INK_ICAL_TZID_BYTES 255
/* Of all VTIMEZONEs of a file, so that what libical makes of them is bounded too. */
#define INK_ICAL_ZONE_RULES    256
#define INK_ICAL_ZONES_TEXT    1048576
#define INK_ICAL_ENDLESS_RULES 16 /* of one VTIMEZONE, those that no UNTIL ends before 2000 */

struct ink_ical_zone {
    icaltimezone *own;                      /* by its VTIMEZONE; NULL: of the database */
    char tzid[INK_ICAL_TZID_BYTES + 1];     /* as the file calls it */
    char name[INK_ZONE_NAME_BYTES + 1];     /* in the database; "" if it has none */
    char location[INK_ZONE_NAME_BYTES + 1]; /* X-LIC-LOCATION, if the database has it */
};

struct ink_ical_zones {
    int count, own; /* own: those by a VTIMEZONE come first */
    struct ink_ical_zone *zone[INK_ICAL_ZONES];
    /* The VTIMEZONE at hand. */
    struct ink_ical_zone *open;
    char *text;
    size_t bytes;
    size_t all_bytes; /* of those before */
    int rules, all_rules, endless;
    bool bad_offset, other_rule; /* an offset of more than a day; a rule that is no zone's */
    bool starts, offsets;        /* the part at hand has DTSTART and TZOFFSETTO */
    int parts;                   /* which had both */
};

/* False: no memory. */
bool ink_ical_zones_open(struct ink_ical_zones *zones);
void ink_ical_zones_close(struct ink_ical_zones *zones);

/* One VTIMEZONE, line by line from behind its BEGIN to before its END. False: there is no room for
 * another one. */
bool ink_ical_zone_begin(struct ink_ical_zones *zones);
void ink_ical_zone_line(struct ink_ical_zones *zones, const char *line);
/* Returns what is wrong with it, so that it is left out, or NULL. */
const char *ink_ical_zone_end(struct ink_ical_zones *zones);

/* The zone of the database that a TZID means: by its name, also behind a prefix as in
 * "/example.org/20050126_1/Europe/Berlin", by a name of Windows ("FLE Standard Time"), or by what
 * that shows for it ("(UTC+02:00) Helsinki, Kyiv, Riga"). NULL: none. */
const char *ink_ical_zone_name(const char *tzid);

/* By TZID: of the file, else of the database. NULL: nobody knows it. */
const struct ink_ical_zone *ink_ical_zone_find(struct ink_ical_zones *zones, const char *tzid);

/* The name in the database that all VTIMEZONEs of the file mean, or NULL. */
const char *ink_ical_zones_name(const struct ink_ical_zones *zones);

/* Seconds east of the zone at an instant. */
int32_t ink_ical_zone_offset(const struct ink_ical_zone *zone, int64_t utc_s);

/* The instant of a local time: of one that comes twice the first; one that a change skips is read
 * by the offset before it (RFC 5545, section 3.3.5). */
int64_t ink_ical_zone_utc(const struct ink_ical_zone *zone, int64_t local_s);

#endif
