/* The field table of an importer: what becomes of each value of a foreign item. It is the code and
 * the documentation: `inkline formats` prints it. */
#ifndef INK_IMPORT_MAP_H
#define INK_IMPORT_MAP_H

#include "import/import.h"
#include "import/leaves.h"

/* How a value is taken. */
enum ink_take {
    INK_TAKE_TEXT,     /* plain text */
    INK_TAKE_HTML,     /* text with markup and entities */
    INK_TAKE_DATE,     /* when it happened or will: stamp.h */
    INK_TAKE_REPORT,   /* when it was published: a report's time, which never passes for the event's
                        */
    INK_TAKE_EXPECTED, /* when it is expected: a date marked as approximate */
    INK_TAKE_NUMBER,   /* an unsigned number, for rev */
    INK_TAKE_VERSION,  /* a time, for rev: its seconds since 1970, so that the newer one replaces */
    INK_TAKE_COUNT,    /* the number of a version, for rev: added to a time of the rows before, or
                          alone; import.h says how */
    INK_TAKE_URGENCY,  /* 1 the top to 9: weight 10 - n; other values say nothing */
    INK_TAKE_WORDS,    /* one of `words`: "tentative=planned cancelled=withdrawn *=reported" (case
                          ignored, * is any other); the right side is the field's value, in INK_MAP_
                          CANCELLED yes; what is not listed says nothing. Of a code ("stat:usable",
                          "https://schema.org/EventPostponed") what is behind the last of / : #
                          counts too, a blank counts as _, of several values the first listed */
    INK_TAKE_CONSTANT, /* `words` itself, if the path has a value, or if it is "" */
    INK_TAKE_NOTHING   /* known and left out; `note` says why: not for readers, or not for a wall */
};

/* Fields beside those of a record (INK_F_*). */
enum {
    INK_MAP_TITLE = INK_FIELD_COUNT, /* facts of the story */
    INK_MAP_ZONE,
    INK_MAP_LANG,
    INK_MAP_EMBARGO,   /* TAKE_DATE: not to be shown before; unreadable: not to be shown */
    INK_MAP_CANCELLED, /* TAKE_WORDS, right side "yes": the item removes what has its id */
    INK_MAP_NONE       /* TAKE_NOTHING */
};

/* Of several rows for one field the first that has a value wins. The table ends with `from` NULL.
 */
struct ink_map {
    const char *from; /* path in lower case; see leaves.h */
    uint8_t field;
    uint8_t take;
    const char *words;
    const char *note; /* for people, or NULL */
};

/* Make in->draft of the leaves: the caller has begun it, and may set fields before (they stay) or
 * after, then puts it. */
void ink_map_apply(struct ink_import *in, const struct ink_map *map,
                   const struct ink_leaves *leaves);

/* The word of a code: what stands behind the last of / : # that ends it not. */
struct ink_span ink_map_code(const char *text, size_t bytes);

/* The rev that a time makes, or 0: its seconds (stamp.h). */
uint32_t ink_map_rev(const char *text, size_t bytes);

/* What INK_TAKE_VERSION does, of a time that stands in no leaf. */
void ink_map_version(struct ink_draft *draft, const char *text, size_t bytes);

/* Print the tables of all importers built in, as `inkline formats` does. */
void ink_map_print(FILE *to);

#endif
