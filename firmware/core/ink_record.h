/* Noun: one dated statement about the world, and the facts of the story it belongs to.
 *
 * The table of fields below is the single place that knows names, wire keys and bounds: both
 * decoders, every writer, CSV headers and dumps read it.
 */
#ifndef INK_RECORD_H
#define INK_RECORD_H

#include "core/ink_time.h"

enum ink_dated { INK_DATED_EVENT, INK_DATED_REPORT, INK_DATED_COUNT };

enum ink_kind {
    INK_KIND_EVENT,
    INK_KIND_STATEMENT,
    INK_KIND_DECISION,
    INK_KIND_MEETING,
    INK_KIND_FIGURE,
    INK_KIND_COUNT
};

enum ink_standing { /* the field is called `status`; the C name keeps clear of enum ink_status */
                    INK_REPORTED,
                    INK_CONFIRMED,
                    INK_CLAIMED,
                    INK_DISPUTED,
                    INK_DENIED,
                    INK_PLANNED,
                    INK_CORRECTED,
                    INK_WITHDRAWN,
                    INK_STANDING_COUNT
};

/* Texts of a record, in the order of their bounds in ink_limits.h. */
enum ink_text_field {
    INK_LANE,
    INK_SOURCE,
    INK_VIA,
    INK_HEADLINE,
    INK_DETAIL,
    INK_FIGURE,
    INK_PLACE,
    INK_LANG,
    INK_URL,
    INK_TEXT_COUNT
};

/* One record. Texts point into the buffer of whoever made it (see there for how long). */
struct ink_record {
    uint64_t id;  /* stable across corrections; if none was given, a hash of the record */
    uint32_t rev; /* the higher one replaces */
    struct ink_date when;
    struct ink_date until; /* precision NONE, flags 0: none */
    uint8_t dated;         /* enum ink_dated */
    uint8_t kind;          /* enum ink_kind */
    uint8_t status;        /* enum ink_standing */
    uint8_t weight;        /* 0 unset, 1..9 */
    uint16_t cuts;         /* bit f: text f was longer than its bound and was cut */
    struct ink_span text[INK_TEXT_COUNT];
};

/* Facts of the story. Absent: empty text, precision NONE, 0. */
struct ink_story {
    char title[INK_TITLE_BYTES]; /* zero-terminated unless full, as are all texts here */
    char lang[INK_LANG_BYTES];   /* BCP 47 */
    struct ink_zone zone;
    struct ink_date as_of;
    struct ink_date expires;
    struct ink_date
        strikes; /* until then withdrawn records stay, struck through; see ink_condense.h */
    uint16_t distance_mm; /* of the reader from the glass; 0 unset */
};

enum ink_field_type {
    INK_FIELD_ID,      /* unsigned, 64 bit; as text: a decimal number, else hashed */
    INK_FIELD_UINT,    /* unsigned, up to max */
    INK_FIELD_DATE,    /* EDTF or RFC 3339, may be an interval for `when` */
    INK_FIELD_WORD,    /* one of words[0..max] */
    INK_FIELD_TEXT,    /* up to max bytes */
    INK_FIELD_OFFSETS, /* pairs minute, offset_min */
    INK_FIELD_LENGTH   /* millimetres up to max; as text "2m", "80 cm", "1500mm" */
};

/* One field: what every reader and writer needs to know of it. */
struct ink_field {
    const char *name;         /* in NDJSON and CSV */
    uint8_t key;              /* in CBOR; story keys start at INK_KEY_STORY */
    uint8_t type;             /* enum ink_field_type */
    uint8_t text;             /* enum ink_text_field, for TEXT fields of a record; else 0 */
    uint32_t max;             /* largest number, last word, or bytes */
    const char *const *words; /* for WORD */
};

#define INK_KEY_STORY 32

/* Record fields in key order: id 0, rev 1, when 2, until 3, dated 4, lane 5, kind 6, status 7,
 * weight 8, source 9, via 10, headline 11, detail 12, figure 13, place 14, lang 15, url 16. */
enum {
    INK_F_ID,
    INK_F_REV,
    INK_F_WHEN,
    INK_F_UNTIL,
    INK_F_DATED,
    INK_F_LANE,
    INK_F_KIND,
    INK_F_STATUS,
    INK_F_WEIGHT,
    INK_F_SOURCE,
    INK_F_VIA,
    INK_F_HEADLINE,
    INK_F_DETAIL,
    INK_F_FIGURE,
    INK_F_PLACE,
    INK_F_LANG,
    INK_F_URL,
    INK_FIELD_COUNT
};
extern const struct ink_field ink_record_fields[INK_FIELD_COUNT];

/* Story fields in key order from INK_KEY_STORY: title, zone, offsets, lang, as_of, expires,
 * distance, strikes. */
enum {
    INK_S_TITLE,
    INK_S_ZONE,
    INK_S_OFFSETS,
    INK_S_LANG,
    INK_S_AS_OF,
    INK_S_EXPIRES,
    INK_S_DISTANCE,
    INK_S_STRIKES,
    INK_STORY_FIELD_COUNT
};
extern const struct ink_field ink_story_fields[INK_STORY_FIELD_COUNT];

/* Index of the field of that name, or -1. */
int ink_field_find(const struct ink_field *fields, int count, const char *name, size_t bytes);

/* Index of the word, or -1. */
int ink_word_find(const struct ink_field *field, const char *word, size_t bytes);

/* Nobody reads a wall from nearer than this. */
#define INK_DISTANCE_MM_MIN 100

/* The texts "2m", "0.8 m", "80cm", "1500 mm" as millimetres; 0 if it is none of them or outside
 * INK_DISTANCE_MM_MIN..65535. */
uint16_t ink_length_parse(const char *text, size_t bytes);

#define INK_ELLIPSIS       "\xE2\x80\xA6"
#define INK_ELLIPSIS_BYTES (sizeof INK_ELLIPSIS - 1)

/* How much of a text of more than `max` bytes stays before an ellipsis, so that both take at most
 * `max`: up to a grapheme, trailing spaces off. */
size_t ink_text_keep(const char *text, size_t bytes, size_t max);

/* Bring a text within its field's bound, in place: cut at a grapheme, trailing spaces off, and an
 * ellipsis at its end if it is for people to read (all but lang, url and zone), so that nobody
 * takes it for the whole. Beyond the bound at least four bytes of the text must be there, or its
 * end. Returns its length; a text within the bound is left as it is. */
size_t ink_field_cut(const struct ink_field *field, char *text, size_t bytes);

/* 32-bit hash of bytes, the same on every target: blocks of four little-endian bytes, multiplied
 * and rotated, then finished. Not cryptographic. */
uint32_t ink_hash(uint32_t seed, const void *bytes, size_t count);

/* Hash of all that a record says but its id and rev. Equal content, equal hash, on any target. */
uint32_t ink_record_content(const struct ink_record *record);

/* Id of a record that came without one, and of an id given as text. Top bit set. */
uint64_t ink_record_make_id(const struct ink_record *record);
uint64_t ink_text_make_id(const char *text, size_t bytes);

/* Take up the facts of `from` into `story`. Where both have a fact and differ, the later time or
 * the greater bytes win, so that any order of merging gives the same story. The zone moves whole.
 */
void ink_story_merge(struct ink_story *story, const struct ink_story *from);

#endif
