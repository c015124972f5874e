/* Noun: what a panel is, as far as a page and its pixels depend on it. */
#ifndef INK_PANEL_H
#define INK_PANEL_H

#include "core/ink_inks.h"

/* Memory profiles: the same feed and view give the same frame wherever the same profile runs,
 * so the profile belongs to the panel and not to the machine. Capacities: ink_profile.h. */
enum ink_profile { INK_PROFILE_TINY, INK_PROFILE_WALL, INK_PROFILE_LARGE, INK_PROFILE_COUNT };

struct ink_panel {
    const char *name;    /* stable, as on the command line */
    const char *glass;   /* what it is, for people */
    int16_t width;       /* pixels of a row as the controller takes them */
    int16_t height;      /* rows */
    int16_t pitch_um;    /* distance of pixel centres, micrometres */
    int16_t distance_mm; /* of the reader, if neither story nor view says */
    uint8_t profile;     /* enum ink_profile */
    uint8_t inks;        /* enum ink_inks */
    const char *source;  /* where these facts are from */
};

#endif
