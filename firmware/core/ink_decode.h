/* Verb: bytes in any chunking to records.
 *
 * Two formats, one record (see FORMAT.md): a CBOR sequence of integer-keyed maps, and NDJSON.
 * Bad bytes cost one record, never the stream. RAM: sizeof(struct ink_decoder), about 1.8 KB.
 */
#ifndef INK_DECODE_H
#define INK_DECODE_H

#include "core/ink_reason.h"
#include "core/ink_record.h"

enum ink_format { INK_FORMAT_CBOR, INK_FORMAT_NDJSON };

enum ink_decoded {
    INK_DECODED_MORE,    /* the bytes given so far are used up */
    INK_DECODED_RECORD,  /* decoder->record holds a good record */
    INK_DECODED_STORY,   /* decoder->u.story holds facts of the story */
    INK_DECODED_REFUSED, /* one item was skipped: decoder->refusal says why and where */
};

/* Where and why an item was refused. */
struct ink_refusal {
    uint64_t offset; /* of the first byte that could not be accepted, from the start of the input */
    uint32_t line;   /* of the item, from 1; CBOR: number of the item, from 1 */
    uint8_t reason;  /* enum ink_reason */
    uint8_t field;   /* INK_F_* / key - INK_KEY_STORY + 64 for story fields / INK_NO_FIELD */
};
#define INK_NO_FIELD    255
#define INK_FIELD_STORY 64 /* added to INK_S_* in ink_refusal.field */

/* Longest key, date, word, length or id given as text, in bytes. A longer key is unknown, a longer
 * value is refused with the reason of its field. */
#define INK_TOKEN_BYTES 80

/* A text is read so far beyond its bound: one code point decides whether the cluster before it
 * is whole. Bytes. */
#define INK_TEXT_SLACK 4

/* CBOR: containers that may be open inside an item, so that a refused item can still be skipped
 * by its structure. */
#define INK_CBOR_LEVELS 4

/* Visible so that callers can place it; do not rely on what is private. It comes first, small
 * members before large ones: a Cortex-M0 reaches bytes within 32, halves within 64, words within
 * 128 bytes of a pointer in one instruction. */
struct ink_decoder {
    /* private: the item */
    uint8_t state;    /* of the format's machine */
    uint8_t field;    /* as in ink_refusal */
    uint8_t kind;     /* enum ink_item in ink_decode_state.h */
    bool muted;       /* CBOR: the item is refused already, and only its end is looked for */
    uint8_t part;     /* JSON: state inside a string or number; CBOR: bytes left of a head */
    uint8_t major;    /* CBOR: of the last head; JSON: bit flags of the number */
    uint8_t width;    /* CBOR: low bits of the last head; JSON: which literal */
    uint8_t key;      /* CBOR: the last key */
    uint8_t pairs;    /* CBOR: left in the item */
    uint8_t depth;    /* JSON: open containers; CBOR: open containers inside the item */
    uint8_t level;    /* JSON: depth at which keys name fields: 1, inside a story 2 */
    uint8_t expected; /* JSON: the field whose key is expected next */

    /* private: the string */
    bool is_text;   /* it is a text, not a token or something skipped */
    bool over;      /* it was longer than out_cap */
    uint8_t utf8;   /* state of ink_utf8_step */
    uint8_t before; /* the last non-ASCII byte */

    /* private: the chunk */
    uint8_t format; /* enum ink_format */
    uint8_t event;  /* enum ink_decoded, of this call */
    bool ended;     /* ink_decode_end was called */

    uint16_t count;      /* numbers met in `offsets`; CBOR: bytes left of a string */
    uint16_t out_bytes;  /* of the string, at `string` */
    uint16_t out_cap;    /* of `out` */
    uint16_t text_bytes; /* of u.text held by texts that are done, or kept free for them */
    uint16_t escape;     /* JSON: value of \uXXXX so far */
    uint16_t surrogate;  /* JSON: the high half, 0 if none waits */
    uint16_t left[INK_CBOR_LEVELS];

    const uint8_t *begin, *at, *end; /* the chunk */
    char *out;                       /* where the string goes, if it is copied */
    const char *string;              /* where it is: at `out`, or CBOR: in the chunk */
    uint32_t seen;                   /* bit: a field's key was met */
    uint32_t given;                  /* bit: a field has a value */
    uint32_t line;                   /* as in ink_refusal */
    uint32_t arrays;                 /* JSON: bit d: the container at depth d is an array */
    uint64_t number;                 /* JSON: digits so far; CBOR: argument of the last head */
    uint64_t offset;                 /* of `begin` in the input */
    uint64_t value_at;               /* JSON: offset of the value's first byte */

    struct ink_record record; /* its texts live until the next call, and no longer than the chunk */
    struct ink_refusal refusal;
    uint32_t unknown; /* keys skipped because this version does not know them */
    union {
        char text[INK_RECORD_TEXT_BYTES + INK_TEXT_SLACK];
        struct ink_story story; /* a text on its way into it lies behind it */
    } u;

    /* private */
    uint8_t after[INK_FIELD_COUNT + 1]; /* JSON: the field that followed each field last time */
    char token[INK_TOKEN_BYTES];
};

/* Start a new input. Offsets and lines count from here. A core built without the reader of NDJSON
 * (INK_NDJSON=0; boards receive only the wire format) takes any input for CBOR, in which NDJSON is
 * one item, refused for INK_REASON_CBOR: no record can start in it. */
void ink_decode_begin(struct ink_decoder *decoder, enum ink_format format);

/* Give the next chunk; it must stay until ink_decode_next returns MORE, as texts of a record may
 * lie in it. Any size, also 0. */
void ink_decode_feed(struct ink_decoder *decoder, const void *bytes, size_t count);

/* Say that the input has ended: a record still open is then either whole (NDJSON without a last
 * newline) or refused as truncated. Call ink_decode_next until MORE. */
void ink_decode_end(struct ink_decoder *decoder);

/* The next thing found. Never fails: bad bytes are a REFUSED. */
enum ink_decoded ink_decode_next(struct ink_decoder *decoder);

#endif
