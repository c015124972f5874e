/* The instances of an event within a window, and which of several versions count. */
#ifndef INK_IMPORT_ICAL_SERIES_H
#define INK_IMPORT_ICAL_SERIES_H

#include "import/ical_event.h"

/* Instances taken of one event; further ones are left out and warned about. */
#define INK_ICAL_INSTANCES 1000
/* Steps of all searches in one file: some seconds. */
#define INK_ICAL_FILE_STEPS 50000000
/* Versions remembered of one file: instances with their own component, and recurring or cancelled
 * events. 24 bytes each. */
#define INK_ICAL_VERSIONS 262144

/* ---- versions -------------------------------------------------------------------------------- */

struct ink_ical_version {
    uint64_t uid;
    int64_t instance; /* RECURRENCE-ID as ink_ical_utc; INT64_MIN: the whole series */
    uint32_t rev;
    bool date;      /* `instance` is a day */
    bool cancelled; /* of the whole series */
    bool onward;    /* it and all later ones have a component of their own */
};

struct ink_ical_versions {
    size_t count, cap;
    bool full; /* there were more */
    struct ink_ical_version *version;
};

/* Note what a component stands for, if others must know. False: no memory. */
bool ink_ical_versions_add(struct ink_ical_versions *versions, const struct ink_ical_event *event,
                           bool cancelled);
void ink_ical_versions_sort(struct ink_ical_versions *versions);
void ink_ical_versions_free(struct ink_ical_versions *versions);

/* True if a newer version of the same is in the file. */
bool ink_ical_is_superseded(const struct ink_ical_versions *versions,
                            const struct ink_ical_event *event);

/* ---- instances ------------------------------------------------------------------------------- */

struct ink_ical_instance {
    struct ink_ical_time at;       /* which one of the series: where the rule puts it */
    struct ink_ical_time start;    /* where it is */
    struct ink_ical_length length; /* of a day: 1 is that day alone */
    bool whole; /* the event does not recur: it needs no instance to be named by */
};

struct ink_ical_window {
    int64_t from_utc, to_utc;
    uint64_t *steps; /* that rules may still take, of the whole file */
};

struct ink_ical_result {
    uint32_t taken;
    bool many;    /* there are more than INK_ICAL_INSTANCES */
    bool tedious; /* a rule took too long to expand */
};

typedef void ink_ical_take_instance(void *context, const struct ink_ical_event *event,
                                    const struct ink_ical_instance *instance);

/* Each instance of an event that overlaps the window; of one that does not recur, it, whatever the
 * window. Left out is what EXDATE and EXRULE name, and what has a component of its own. */
struct ink_ical_result ink_ical_instances(const struct ink_ical_event *event,
                                          const struct ink_ical_versions *versions,
                                          const struct ink_ical_window *window,
                                          ink_ical_take_instance *take, void *context);

#endif
