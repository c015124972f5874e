/* Noun: one component of a calendar, an event or a to-do, as its properties say it. */
#ifndef INK_IMPORT_ICAL_EVENT_H
#define INK_IMPORT_ICAL_EVENT_H

#include "import/ical_lines.h"
#include "import/ical_rule.h"
#include "import/ical_zone.h"
#include "import/leaves.h"
#include "import/stamp.h"

/* Of one component; what is beyond is left out and warned about. */
#define INK_ICAL_RULES 4    /* RRULE and EXRULE */
#define INK_ICAL_DATES 4096 /* RDATE and EXDATE, of either */

enum ink_ical_clock {
    INK_ICAL_NONE,
    INK_ICAL_DATE,     /* a day */
    INK_ICAL_FLOATING, /* wherever the reader is */
    INK_ICAL_UTC,
    INK_ICAL_ZONED
};

struct ink_ical_time {
    int64_t local; /* seconds since 1970 of its own clock; of a day, its midnight */
    enum ink_ical_clock clock;
    const struct ink_ical_zone *zone; /* of ZONED */
};

/* From a start to an end: days of the calendar, then seconds. */
struct ink_ical_length {
    int64_t days, seconds;
};

struct ink_ical_rule {
    struct icalrecurrencetype rule;
    bool excludes; /* EXRULE */
    uint64_t line;
};

struct ink_ical_date {
    struct ink_ical_time at;
    struct ink_ical_length length; /* of a PERIOD */
    bool period;
};

/* The rev of an event: its SEQUENCE on top, as far as it counts, then when it was changed, in steps
 * of 32 seconds. */
enum { INK_ICAL_AGE_BITS = 27, INK_ICAL_SEQUENCES = 1 << (32 - INK_ICAL_AGE_BITS) };

struct ink_ical_event {
    uint64_t line;
    bool todo;
    struct ink_ical_time start, end, instance; /* `instance`: RECURRENCE-ID */
    bool onward;     /* it stands for all later instances too (RANGE=THISANDFUTURE) */
    bool has_length; /* DURATION */
    struct ink_ical_length length;
    char bad_start[INK_STAMP_BYTES + 1]; /* DTSTART, as no clock shows it: to be refused */
    uint64_t bad_zone_line;              /* a TZID of a DTSTART that nobody knows */
    char bad_zone[INK_ICAL_TZID_BYTES + 1];
    bool recurs;           /* it has a rule or dates, readable or not */
    uint32_t sequence;     /* SEQUENCE, less than INK_ICAL_SEQUENCES */
    int64_t changed_utc;   /* LAST-MODIFIED, else DTSTAMP; INT64_MIN: none */
    bool changed_for_sure; /* by LAST-MODIFIED */
    int rule_count, date_count, except_count;
    struct ink_ical_rule rule[INK_ICAL_RULES];
    struct ink_ical_date date[INK_ICAL_DATES];
    struct ink_ical_time except[INK_ICAL_DATES];
    int64_t except_utc[INK_ICAL_DATES]; /* the same as instants */
    struct ink_leaves leaves;           /* texts, at the names of their properties */
    uint32_t shared_count, shared_used; /* of the leaves, what all instances share */
};

/* What is wrong with a line, for people; `what` NULL: nothing. */
struct ink_ical_fault {
    const char *rule, *what, *expected, *hint;
};

/* NULL: no memory. */
struct ink_ical_event *ink_ical_event_new(void);
void ink_ical_event_free(struct ink_ical_event *event);

void ink_ical_event_begin(struct ink_ical_event *event, uint64_t line, bool todo);

/* Take one content line of it. */
struct ink_ical_fault ink_ical_event_line(struct ink_ical_event *event,
                                          struct ink_ical_zones *zones, const char *line,
                                          uint64_t number);

/* All lines were taken. A time that names no zone is in that of DTSTART, else in `floating`, the
 * calendar's (NULL: none). A to-do without a start stands where it is due. */
void ink_ical_event_end(struct ink_ical_event *event, const struct ink_ical_zone *floating);

/* The text of a line whose value is text, unescaped, as a leaf at its name in lower case. */
void ink_ical_add_text(struct ink_leaves *leaves, const char *line);

/* SEQUENCE in the upper ten bits, below it LAST-MODIFIED, else DTSTAMP, in steps of 16 minutes
 * since 1990: among equal numbers the later wins. */
uint32_t ink_ical_event_rev(const struct ink_ical_event *event);

/* The length of its instances: DTEND or DUE, else DURATION, else none. */
struct ink_ical_length ink_ical_event_length(const struct ink_ical_event *event);

/* The instant of a time; of a day and of a floating time as if its clock were UTC. */
int64_t ink_ical_utc(const struct ink_ical_time *time);

/* The time on the clock of another: of the same instant, or if either has none of the same reading.
 */
struct ink_ical_time ink_ical_as(const struct ink_ical_time *time,
                                 const struct ink_ical_time *other);

/* A length later. */
struct ink_ical_time ink_ical_later(const struct ink_ical_time *time,
                                    const struct ink_ical_length *length);

/* EDTF, with the offset of its zone; returns its length. */
size_t ink_ical_edtf(const struct ink_ical_time *time, char out[INK_STAMP_BYTES]);

#endif
