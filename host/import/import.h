/* Importers of foreign formats: what each is, and what all of them share.
 *
 * An importer reads a segment in one pass in flat memory, item by item, brings each item into
 * leaves (leaves.h), makes a draft of them by its table (map.h), and puts the draft. Everything
 * that holds for all formats is decided here, once:
 * - a report's time is marked as such (`dated` report) and never passes for the event's;
 * - rev is one scale for all formats but iCalendar (ical_event.h), so that versions of one id
 *   compare between them: the seconds since 1970 at which that version was made. Where versions are
 *   numbered, too, the number less one, 59 at most, is added: those of one second keep their order,
 *   and none is off by a minute. A number without a time stands as it is, below every time;
 * - an item under embargo is not put before its time, nor a version before it, and counted. The
 *   IPTC says so ("before which all versions are embargoed"), and it is the safe side: a correction
 *   may add the embargo that the first version was sent without. A later version without one ends
 *   it;
 * - a cancelled item removes all that has its id and no higher rev, wherever it stands in the
 *   inputs; one that has only a number removes all that have a time, for nobody knows which is
 *   newer;
 * - an id that is no URI is one of its format alone, and never meets one of a desk's own lists;
 * - a time without an offset is of the input's zone, else of the story's, else refused;
 * - a figure is taken from the headline if the format has no field for one (figure.h).
 */
#ifndef INK_IMPORT_IMPORT_H
#define INK_IMPORT_IMPORT_H

#include <stdio.h>

#include "import/draft.h"
#include "import/gone.h"
#include "segment.h"
#include "survey.h"

struct ink_map;

/* A time whose zone is not told has surely come when it has in the last place on Earth, UTC-12. */
#define INK_LAST_PLACE_S (12 * 3600)

/* A time by a clock, or an instant. */
struct ink_import_edge {
    int64_t at_s; /* seconds since 1970, of that clock or of UTC */
    bool by_clock;
};

/* What importers must know beside their input. */
struct ink_import_view {
    struct ink_gone *gone; /* what was cancelled or replaced, of all inputs */
    int64_t now_utc;
    int64_t embargo_utc; /* embargoes up to then are over: now, or before where that is not exact */
    bool alone;          /* there is one input, and its title will be the story's */
    struct ink_import_edge from; /* calendars: what is over before is left out */
    struct ink_import_edge to;   /* and what begins after */
};

/* Rows of a map that are looked up by hashes made once. */
#define INK_MAP_HASHED 128

/* One import of one segment. */
struct ink_importer;
struct ink_import {
    const struct ink_importer *importer;
    const struct ink_segment *input;
    FILE *cbor;
    struct ink_survey *survey;
    struct ink_import_view view;
    struct ink_draft draft;       /* room for the item at hand */
    const struct ink_map *hashed; /* whose rows' paths are hashed here */
    uint32_t hash[INK_MAP_HASHED];
    uint32_t items; /* put, refused, removed or under embargo */
    uint32_t embargoed;
    char title[INK_TITLE_BYTES]; /* of this input */
    bool failed;                 /* writing failed: stop */
};

/* One format. */
struct ink_importer {
    const char *name;       /* of --from, and in `inkline formats` */
    const char *extensions; /* "ics ical", or "" */
    const char *what;       /* one line */
    const char *notes;      /* further lines for `inkline formats`, or NULL */
    const struct ink_map *map;
    bool tears; /* lines may be folded inside a code point: only whole texts are UTF-8 */
    /* Is this file of the format? By its first bytes (4096, or all), which may begin with a byte
     * order mark; must be sure: no other importer may say so of the same bytes. */
    bool (*knows)(const char *head, size_t bytes);
    /* Returns INK_EXIT_OK, also when items were refused, or prints why not and returns a code. */
    int (*run)(struct ink_import *in);
};

/* Those built in, in the order in which they are asked; ends with NULL. */
extern const struct ink_importer *const ink_importers[];

/* By the name of --from, or by extension (without its dot); NULL: none. */
const struct ink_importer *ink_importer_named(const char *name);
const struct ink_importer *ink_importer_of_extension(const char *extension);
/* By content; NULL: none. */
const struct ink_importer *ink_importer_knows(const char *head, size_t bytes);

/* Read the segment with one importer. */
int ink_import(const struct ink_importer *importer, const struct ink_segment *input, FILE *cbor,
               struct ink_survey *survey, const struct ink_import_view *view) INK_MUST_USE;

/* Put in->draft: as a record, or as what it says otherwise. */
void ink_import_put(struct ink_import *in);

/* Who says so, before the draft is put: where there is no source, who relayed it is the source; and
 * nobody relays himself, nor need the story say again who it is by its title. */
void ink_import_settle_source(struct ink_import *in);

/* An id that is no URI is one of this document: before it goes its title, else the file's name. */
void ink_import_scope_id(struct ink_import *in);

/* The input's title, zone (IANA name) and language; of several the first one counts. An input that
 * has a title and no items is an empty story, not an error. */
void ink_import_fact(struct ink_import *in, int fact, const char *text, size_t bytes);

/* Say that an item, or with `whole` the rest of the file, cannot be read. */
void ink_import_refuse(struct ink_import *in, bool whole, const struct ink_problem *problem);

/* Say what is used all the same. */
void ink_import_warn(struct ink_import *in, const struct ink_problem *problem);

/* A problem at a place of the input; the caller fills in the rest. */
static inline struct ink_problem ink_import_at(const struct ink_import *in, uint64_t line,
                                               uint64_t column) {
    return (struct ink_problem){.file = in->input->name, .at = line, .column = column};
}

#endif
