/* A calendar while it is read: what its lines (ical.c) and its components (ical_put.c) share. */
#ifndef INK_IMPORT_ICAL_CALENDAR_H
#define INK_IMPORT_ICAL_CALENDAR_H

#include "import/ical_series.h"
#include "import/map.h"

/* VCALENDARs of one file whose METHOD is known before their events, wherever it stands. */
#define INK_ICAL_CALENDARS 65536

enum ink_ical_pass { INK_ICAL_ZONES_PASS, INK_ICAL_VERSIONS_PASS, INK_ICAL_EVENTS_PASS };
enum ink_ical_item { INK_ICAL_NO_ITEM, INK_ICAL_EVENT, INK_ICAL_TODO, INK_ICAL_VTIMEZONE };

struct ink_ical_calendar {
    struct ink_import *in;
    enum ink_ical_pass pass;
    enum ink_ical_item item;                  /* the component that is open */
    uint64_t item_line;                       /* where it begins */
    int inside;                               /* components open in it */
    bool needs_versions;                      /* something recurs or was cancelled */
    bool broken;                              /* some text is no UTF-8, and that was said */
    uint32_t number;                          /* of the VCALENDAR at hand, from 1 */
    uint8_t cancels[INK_ICAL_CALENDARS / 8];  /* bit by bit whose METHOD is CANCEL */
    char story_zone[INK_ZONE_NAME_BYTES + 1]; /* the first X-WR-TIMEZONE that the database has */
    uint32_t hidden;                          /* private, or without a word for a wall */
    struct ink_gone *secrets;                 /* uids of private events */
    bool is_hidden;                           /* so is the event at hand, or what it changes */
    uint32_t refused;                         /* records, before the event at hand */
    uint32_t seen;                            /* components that hold an event */
    struct ink_ical_window window;
    struct ink_ical_outside outside;
    const struct ink_ical_zone *floating; /* of times that name none: X-WR-TIMEZONE */
    struct ink_ical_zones zones;
    struct ink_ical_versions versions;
    struct ink_leaves leaves; /* of the calendar itself */
    struct ink_ical_lines lines;
    struct ink_ical_event *event; /* the one at hand */
};

/* Its table. */
extern const struct ink_map ink_ical_map[];

/* Say what is wrong at a line, of `text` (NULL: of nothing that can be shown). */
void ink_ical_say(struct ink_ical_calendar *calendar, uint64_t line,
                  const struct ink_ical_fault *fault, const char *text, bool refused);

/* The event at hand is whole: take note of it for others, or put its records. */
void ink_ical_note_event(struct ink_ical_calendar *calendar);
void ink_ical_put_event(struct ink_ical_calendar *calendar);

#endif
