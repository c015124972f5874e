/* The instances of an event within a window, and which of several versions count. */
#ifndef INK_IMPORT_ICAL_SERIES_H
#define INK_IMPORT_ICAL_SERIES_H

#include "import/ical_window.h"

/* Instances taken of one event; further ones are left out and warned about. */
#define INK_ICAL_INSTANCES 1000
/* Steps of all searches in one file: some seconds. */
#define INK_ICAL_FILE_STEPS 50000000
/* Versions remembered of one file: instances with their own component, and recurring or cancelled
 * events. 24 bytes each. */
#define INK_ICAL_VERSIONS 262144
/* Changes of one file that hold for all later instances, and have no rule of their own. Each is
 * kept whole. */
#define INK_ICAL_ONWARD 32

/* ---- versions -------------------------------------------------------------------------------- */

struct ink_ical_version {
    uint64_t uid;
    int64_t instance; /* RECURRENCE-ID as ink_ical_utc; INT64_MIN: the whole series */
    uint32_t rev;
    bool date;       /* `instance` is a day */
    bool cancelled;  /* of the whole series */
    bool takes_over; /* from it on another component has the rule */
};

struct ink_ical_versions {
    size_t count, cap;
    bool full; /* there were more */
    struct ink_ical_version *version;
    int onward_count;
    bool onward_full;
    struct ink_ical_event *onward[INK_ICAL_ONWARD];
};

/* Note what a component stands for, if others must know. False: no memory. */
bool ink_ical_versions_add(struct ink_ical_versions *versions, const struct ink_ical_event *event,
                           bool cancelled);
/* Keep a component that changes all later instances of a series that has its rule elsewhere; it is
 * the versions' then. False: there is no room. */
bool ink_ical_versions_keep(struct ink_ical_versions *versions, struct ink_ical_event *event);
void ink_ical_versions_sort(struct ink_ical_versions *versions);
void ink_ical_versions_free(struct ink_ical_versions *versions);

/* True if a newer version of the same is in the file. */
bool ink_ical_is_superseded(const struct ink_ical_versions *versions,
                            const struct ink_ical_event *event);

/* True if the series of this instance was called off, and the instance not issued anew since: the
 * cancellation of a series is one of its changed instances too (as Google's and Apple's calendars
 * have it), but not of one with a higher SEQUENCE (RFC 5546, section 2.1.4). */
bool ink_ical_is_called_off(const struct ink_ical_versions *versions,
                            const struct ink_ical_event *event);

/* True if the file has the series that this is an instance of. */
bool ink_ical_has_series(const struct ink_ical_versions *versions,
                         const struct ink_ical_event *event);

/* ---- instances ------------------------------------------------------------------------------- */

struct ink_ical_instance {
    struct ink_ical_time at;       /* which one of the series: where the rule puts it */
    struct ink_ical_time start;    /* where it is */
    struct ink_ical_length length; /* of a day: 1 is that day alone */
    bool whole;   /* the event does not recur: it needs no instance to be named by */
    bool outside; /* it is not in the window: only what it stands for goes */
};

struct ink_ical_result {
    bool within;  /* something is in the window, if only what EXDATE or another component takes */
    bool many;    /* there are more than INK_ICAL_INSTANCES */
    bool tedious; /* a rule took too long to expand */
};

/* `event` says what the instance is: the one given, or a change that holds for it. */
typedef void ink_ical_take_instance(void *context, struct ink_ical_event *event,
                                    const struct ink_ical_instance *instance);

/* Each instance of an event that overlaps the window; of one that does not recur, it, also outside
 * of the window. Left out is what EXDATE and EXRULE name, and what has a component of its own.
 *
 * A change for all later instances moves them by as much as its own, and gives them its length and
 * its texts (RFC 5545, section 3.2.13 and 3.8.4.4). */
struct ink_ical_result ink_ical_instances(struct ink_ical_event *event,
                                          const struct ink_ical_versions *versions,
                                          struct ink_ical_window *window,
                                          ink_ical_take_instance *take, void *context);

#endif
