/* CBOR sequence (RFC 8742) of integer-keyed maps in deterministic encoding (RFC 8949 4.2.1).
 *
 * An item that is refused is skipped by its structure, as long as it has one; bytes that cannot
 * be an item are searched for the next place where a record can start (see FORMAT.md).
 *
 * Every state can stop at the end of a chunk and go on in the next; while there are bytes, what
 * reads a key goes on to its value, and a head to its string. A string that is whole in the chunk
 * is checked and stays where it is. Of what it is part of, only what the next chunk needs is
 * copied.
 */
#include "core/ink_decode_state.h"

enum state {
    AT_ITEM,   /* before the head of a map */
    AT_KEY,    /* before a key */
    AT_VALUE,  /* before the head of a value, or of an element of an array */
    IN_HEAD,   /* `part` bytes of its argument are missing */
    IN_STRING, /* `count` bytes of a checked string are missing */
    IN_KEY,    /* after 0x18 */
    IN_BYTES,  /* `count` bytes of a string that nobody reads are missing */
    IN_SEARCH, /* for the start of an item */
    AFTER_MAP, /* searching, and the byte before can be the head of a map of `pairs` */
    AFTER_18   /* searching, and the two bytes before can be a map with a story's key */
};

enum major { UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE };

/* Map heads that start an item: 1 to 23 pairs. */
#define MAP_FIRST 0xA1
#define MAP_LAST  0xB7
#define ONE_BYTE  0x18 /* a head's low bits: one byte of argument follows */

#define ITEM_MAX 64 /* elements of an array: more is a lying length */

static bool is_map_head(uint8_t byte) {
    return byte >= MAP_FIRST && byte <= MAP_LAST;
}

/* --- refusing --- */

/* The item is refused, but its structure is still followed to its end. */
static void refuse(struct ink_decoder *decoder, enum ink_reason reason, uint64_t offset) {
    if (!decoder->muted) {
        ink_decode_refuse(decoder, reason, offset);
    }
    decoder->muted = true;
}

/* The structure is lost too: search from `at` on. */
static const uint8_t *lose(struct ink_decoder *decoder, const uint8_t *at, enum ink_reason reason) {
    refuse(decoder, reason, ink_decode_offset(decoder, at));
    decoder->state = IN_SEARCH;
    return at;
}

/* --- the structure of an item --- */

static void start_item(struct ink_decoder *decoder) {
    ink_decode_open_item(decoder);
    decoder->line++;
    decoder->depth = 0;
}

static void end_item(struct ink_decoder *decoder, const uint8_t *at) {
    decoder->state = AT_ITEM;
    if (decoder->muted) {
        return;
    }
    enum ink_reason reason = ink_decode_close_item(decoder);
    if (reason != INK_REASON_NONE) {
        ink_decode_refuse(decoder, reason, ink_decode_offset(decoder, at));
    } else {
        decoder->event = decoder->kind == INK_ITEM_STORY ? INK_DECODED_STORY : INK_DECODED_RECORD;
    }
}

/* An element or value has ended before `at`: close what it completes. */
static inline const uint8_t *end_value(struct ink_decoder *decoder, const uint8_t *at) {
    while (decoder->depth > 0) {
        if (--decoder->left[decoder->depth - 1] > 0) {
            decoder->state = AT_VALUE;
            return at;
        }
        decoder->depth--;
    }
    decoder->state = AT_KEY;
    if (--decoder->pairs == 0) {
        end_item(decoder, at);
    }
    return at;
}

static const uint8_t *open_container(struct ink_decoder *decoder, const uint8_t *at,
                                     uint64_t elements) {
    if (elements == 0) {
        return end_value(decoder, at);
    }
    if (decoder->depth == INK_CBOR_LEVELS) {
        return lose(decoder, at, INK_REASON_DEPTH);
    }
    decoder->left[decoder->depth++] = (uint16_t)elements; /* <= ITEM_MAX */
    decoder->state = AT_VALUE;
    return at;
}

/* --- runs: a word at a time, where it is aligned or need not be --- */

#define WORD      sizeof(size_t)
#define ALL(byte) (SIZE_MAX / 255 * (byte)) /* the byte in every byte of a word */
#define UNALIGNED (SIZE_MAX > UINT32_MAX)   /* small cores cannot load such words */

static size_t load(const uint8_t *at) {
    size_t word;
    memcpy(&word, UNALIGNED ? at : __builtin_assume_aligned(at, WORD), WORD);
    return word;
}

static bool is_plain(uint8_t byte) {
    return byte >= 0x20 && byte < 0x7F;
}

/* True if all bytes of a word are plain: from 7F to 9F the sum has its top bit, and all others that
 * are not plain lose 20 with it or go below 0. A carry or borrow can only make this false, and only
 * if a byte below is not plain. */
static bool is_plain_word(size_t word) {
    return (((word + ALL(1)) | (word - ALL(0x20))) & ALL(0x80)) == 0;
}

static const uint8_t *skip_plain(const uint8_t *at, const uint8_t *end) {
    const uint8_t *start = at;
    for (; !UNALIGNED && (uintptr_t)at % WORD != 0; at++) {
        if (at == end || !is_plain(*at)) {
            return at;
        }
    }
    size_t words = (size_t)(end - at) / WORD;
    for (; words > 0 && is_plain_word(load(at)); words--) {
        at += WORD;
    }
    if (UNALIGNED && words == 0 && (size_t)(end - start) >= WORD &&
        is_plain_word(load(end - WORD))) {
        return end; /* less than a word was left: the last word is that, and what stands before */
    }
    while (at < end && is_plain(*at)) {
        at++;
    }
    return at;
}

/* --- values --- */

/* The argument of a string or container is more than any honest writer's. Not for integers. */
static bool is_lying(uint8_t major, uint64_t number) {
    return (major <= TEXT && number > INK_WIRE_TEXT_BYTES) || (major == ARRAY && number > ITEM_MAX);
}

/* Pass over a value by its structure. */
static const uint8_t *skip_value(struct ink_decoder *decoder, const uint8_t *at) {
    switch (decoder->major) {
    case BYTES:
    case TEXT:
        decoder->count = (uint16_t)decoder->number; /* <= INK_WIRE_TEXT_BYTES */
        decoder->state = IN_BYTES;
        return decoder->count == 0 ? end_value(decoder, at) : at;
    case ARRAY:
        return open_container(decoder, at, decoder->number);
    case TAG:
        return open_container(decoder, at, 1);
    default:
        return end_value(decoder, at);
    }
}

/* Refuse a value of which `bytes` bytes behind the head have been read, at its first byte. */
static void refuse_at_head(struct ink_decoder *decoder, const uint8_t *at, size_t bytes,
                           enum ink_reason reason) {
    size_t argument = decoder->width < ONE_BYTE ? 0 : (size_t)1 << (decoder->width - ONE_BYTE);
    refuse(decoder, reason, ink_decode_offset(decoder, at) - bytes - argument - 1);
}

static const uint8_t *refuse_value(struct ink_decoder *decoder, const uint8_t *at,
                                   enum ink_reason reason) {
    refuse_at_head(decoder, at, 0, reason);
    return skip_value(decoder, at);
}

/* Where a string of `count` more bytes ends, or the chunk before it. */
static const uint8_t *find_end(const struct ink_decoder *decoder, const uint8_t *at,
                               const uint8_t *end) {
    return (size_t)(end - at) > decoder->count ? at + decoder->count : end;
}

/* Up to the string's end, the chunk's, or a byte that it may not have. */
static const uint8_t *check_string(struct ink_decoder *decoder, const uint8_t *at,
                                   const uint8_t *end, enum ink_reason *reason) {
    for (;;) {
        if (decoder->utf8 == 0) {
            at = skip_plain(at, end);
        }
        if (at == end) {
            return at;
        }
        if (*at < 0x80 && decoder->utf8 == 0) {
            *reason = INK_REASON_CONTROL;
            return at;
        }
        at = ink_decode_check_high(decoder, at, end, reason);
        if (*reason != INK_REASON_NONE) {
            return at;
        }
    }
}

static const uint8_t *end_string(struct ink_decoder *decoder, const uint8_t *at) {
    enum ink_reason reason = INK_REASON_NONE;
    if (decoder->utf8 != 0) {
        refuse(decoder, INK_REASON_UTF8, ink_decode_offset(decoder, at));
    } else if (decoder->field != INK_NO_FIELD && decoder->is_text) {
        ink_decode_close_text(decoder);
    } else if (decoder->field != INK_NO_FIELD) {
        reason = ink_decode_take_token(decoder);
    }
    if (reason != INK_REASON_NONE) {
        refuse_at_head(decoder, at, (size_t)decoder->number, reason);
    }
    return end_value(decoder, at);
}

static const uint8_t *read_string(struct ink_decoder *decoder, const uint8_t *at,
                                  const uint8_t *end) {
    enum ink_reason reason = INK_REASON_NONE;
    const uint8_t *start = at;
    at = check_string(decoder, at, find_end(decoder, at, end), &reason);
    size_t bytes = (size_t)(at - start);
    decoder->count = (uint16_t)(decoder->count - bytes);
    if (reason != INK_REASON_NONE) {
        refuse(decoder, reason, ink_decode_offset(decoder, at));
        decoder->state = IN_BYTES; /* the byte at `at` is one of them */
        return at;
    }
    if (bytes == decoder->number && bytes + INK_TEXT_SLACK <= decoder->out_cap) {
        decoder->string = (const char *)start; /* whole, and short enough not to be cut */
        decoder->out_bytes = (uint16_t)bytes;
    } else {
        ink_decode_put_run(decoder, start, bytes);
    }
    return decoder->count == 0 ? end_string(decoder, at) : at;
}

/* `field` is NULL under an unknown key. */
static const uint8_t *open_string(struct ink_decoder *decoder, const uint8_t *at,
                                  const struct ink_field *field) {
    if (field == NULL) {
        ink_decode_open_waste(decoder);
        decoder->is_text = true; /* as clean as a text: see FORMAT.md on searching */
    } else if (field->type == INK_FIELD_TEXT) {
        ink_decode_open_text(decoder, field);
    } else {
        ink_decode_open_token(decoder);
    }
    decoder->count = (uint16_t)decoder->number; /* <= INK_WIRE_TEXT_BYTES */
    decoder->state = IN_STRING;
    return at;
}

/* A value under a key that this version does not know. */
static const uint8_t *take_unknown(struct ink_decoder *decoder, const uint8_t *at) {
    if (decoder->major >= TAG) {
        return refuse_value(decoder, at, INK_REASON_CBOR);
    }
    if (decoder->major == ARRAY && decoder->depth > 0) {
        return refuse_value(decoder, at, INK_REASON_DEPTH);
    }
    return decoder->major == TEXT ? open_string(decoder, at, NULL) : skip_value(decoder, at);
}

static const uint8_t *take_number(struct ink_decoder *decoder, const uint8_t *at) {
    enum ink_reason reason = INK_REASON_NUMBER;
    if (decoder->major == UNSIGNED) {
        reason = ink_decode_take_number(decoder, decoder->number);
    }
    return reason == INK_REASON_NONE ? end_value(decoder, at) : refuse_value(decoder, at, reason);
}

static const uint8_t *take_offset(struct ink_decoder *decoder, const uint8_t *at) {
    enum ink_reason reason = INK_REASON_OFFSETS;
    bool negative = decoder->major == NEGATIVE;
    if (negative && decoder->number <= INT32_MAX) {
        decoder->number++; /* CBOR writes -1 - n */
    }
    if (decoder->major == UNSIGNED || negative) {
        reason = ink_decode_take_offset(decoder, decoder->number, negative);
    }
    if (reason == INK_REASON_NONE && decoder->left[0] == 1) {
        reason = ink_decode_close_offsets(decoder);
    }
    return reason == INK_REASON_NONE ? end_value(decoder, at) : refuse_value(decoder, at, reason);
}

/* The value of a field, by its type; an array is only ever `offsets`. */
static const uint8_t *take_field(struct ink_decoder *decoder, const uint8_t *at) {
    const struct ink_field *field = ink_decode_field(decoder);
    if (decoder->depth > 0) {
        return take_offset(decoder, at);
    }
    if (decoder->major >= TAG) {
        return refuse_value(decoder, at, INK_REASON_CBOR);
    }
    switch (field->type) {
    case INK_FIELD_TEXT:
    case INK_FIELD_DATE:
        if (decoder->major == TEXT) {
            return open_string(decoder, at, field);
        }
        break;
    case INK_FIELD_OFFSETS:
        if (decoder->major == ARRAY && decoder->number <= 2 * INK_ZONE_CHANGES) {
            decoder->count = 0;
            return open_container(decoder, at, decoder->number);
        }
        return refuse_value(decoder, at,
                            decoder->major == ARRAY ? INK_REASON_OFFSETS : INK_REASON_TYPE);
    default:
        if (decoder->major == UNSIGNED || decoder->major == NEGATIVE) {
            return take_number(decoder, at);
        }
        break;
    }
    return refuse_value(decoder, at, INK_REASON_TYPE);
}

/* What follows a head. A checked string is only opened. */
static const uint8_t *take_value(struct ink_decoder *decoder, const uint8_t *at) {
    if (decoder->major >= BYTES && is_lying(decoder->major, decoder->number)) {
        return lose(decoder, at, INK_REASON_CBOR);
    }
    if (decoder->muted) {
        return skip_value(decoder, at);
    }
    return decoder->field == INK_NO_FIELD ? take_unknown(decoder, at) : take_field(decoder, at);
}

/* --- heads --- */

/* The largest argument that fits the next shorter width. */
static const uint32_t shorter[] = {ONE_BYTE - 1, UINT8_MAX, UINT16_MAX, UINT32_MAX};

static const uint8_t *open_head(struct ink_decoder *decoder, const uint8_t *at) {
    uint8_t low = *at & 0x1F;
    decoder->major = *at >> 5;
    decoder->width = low;
    if (decoder->major == MAP) {
        /* No value is a map, so here the structure has most likely run into the next item. */
        return lose(decoder, at, INK_REASON_DEPTH);
    }
    if (low > ONE_BYTE + 3) { /* 28..30 are reserved, 31 is an indefinite length or a break */
        bool is_indefinite = low == 31 && decoder->major >= BYTES && decoder->major <= ARRAY;
        return lose(decoder, at, is_indefinite ? INK_REASON_CANONICAL : INK_REASON_CBOR);
    }
    bool is_short = low < ONE_BYTE;
    decoder->number = is_short ? low : 0;
    decoder->part = (uint8_t)(is_short ? 0 : 1u << (low - ONE_BYTE));
    decoder->state = IN_HEAD;
    return at + 1;
}

/* Its argument, then what it is the head of. */
static const uint8_t *read_head(struct ink_decoder *decoder, const uint8_t *at,
                                const uint8_t *end) {
    if (decoder->width >= ONE_BYTE) {
        for (; at < end && decoder->part > 0; at++, decoder->part--) {
            decoder->number = decoder->number << 8 | *at;
        }
        if (decoder->part > 0) {
            return at;
        }
        if (decoder->major != SIMPLE && decoder->number <= shorter[decoder->width - ONE_BYTE]) {
            refuse_at_head(decoder, at, 0, INK_REASON_CANONICAL);
        }
    }
    return take_value(decoder, at);
}

/* --- keys --- */

/* The first key says what the item is. */
static enum ink_reason take_first_key(struct ink_decoder *decoder, uint8_t key) {
    if (key == INK_F_ID) {
        decoder->kind = INK_ITEM_RECORD;
    } else if (key >= INK_KEY_STORY) {
        ink_decode_open_story(decoder);
    } else {
        return INK_REASON_MIXED;
    }
    return INK_REASON_NONE;
}

static enum ink_reason take_next_key(const struct ink_decoder *decoder, uint8_t key) {
    if (key <= decoder->key) {
        return key == decoder->key ? INK_REASON_DUPLICATE : INK_REASON_CANONICAL;
    }
    bool is_mixed = key >= INK_KEY_STORY && decoder->kind == INK_ITEM_RECORD;
    return is_mixed ? INK_REASON_MIXED : INK_REASON_NONE;
}

static void find_field(struct ink_decoder *decoder, uint8_t key) {
    decoder->field = INK_NO_FIELD;
    if (key < INK_FIELD_COUNT) {
        decoder->field = key;
    } else if (key >= INK_KEY_STORY && key < INK_KEY_STORY + INK_STORY_FIELD_COUNT) {
        decoder->field = (uint8_t)(key - INK_KEY_STORY + INK_FIELD_STORY);
    }
}

/* A key of the item, whose last byte is before `at`. */
static inline void take_key(struct ink_decoder *decoder, const uint8_t *at, uint8_t key) {
    decoder->state = AT_VALUE;
    if (decoder->muted) {
        return;
    }
    find_field(decoder, key);
    bool is_first = decoder->kind == INK_ITEM_OPEN;
    enum ink_reason reason = is_first ? take_first_key(decoder, key) : take_next_key(decoder, key);
    decoder->key = key;
    if (reason != INK_REASON_NONE) {
        refuse(decoder, reason, ink_decode_offset(decoder, at) - 1);
    } else if (decoder->field == INK_NO_FIELD) {
        decoder->unknown++;
    }
}

/* Keys that are no small unsigned integers show at once that the structure was a lie. */
static const uint8_t *open_key(struct ink_decoder *decoder, const uint8_t *at) {
    if (*at < ONE_BYTE) {
        take_key(decoder, at + 1, *at);
        return at + 1;
    }
    if (*at == ONE_BYTE) {
        decoder->state = IN_KEY;
        return at + 1;
    }
    decoder->field = INK_NO_FIELD;
    return lose(decoder, at, INK_REASON_CBOR);
}

static const uint8_t *read_key(struct ink_decoder *decoder, const uint8_t *at) {
    if (*at < ONE_BYTE) {
        decoder->field = INK_NO_FIELD;
        refuse(decoder, INK_REASON_CANONICAL, ink_decode_offset(decoder, at));
    }
    take_key(decoder, at + 1, *at);
    return at + 1;
}

/* --- bytes --- */

static const uint8_t *skip_bytes(struct ink_decoder *decoder, const uint8_t *at,
                                 const uint8_t *end) {
    const uint8_t *stop = find_end(decoder, at, end);
    decoder->count = (uint16_t)(decoder->count - (stop - at));
    return decoder->count == 0 ? end_value(decoder, stop) : stop;
}

/* --- items --- */

static const uint8_t *open_item(struct ink_decoder *decoder, const uint8_t *at) {
    start_item(decoder);
    if (is_map_head(*at)) {
        decoder->pairs = *at & 0x1F;
        decoder->state = AT_KEY;
        return at + 1;
    }
    if (*at == MAP_FIRST - 1) { /* an empty map is neither record nor story, but whole */
        refuse(decoder, INK_REASON_MIXED, ink_decode_offset(decoder, at));
        return at + 1;
    }
    return lose(decoder, at, *at == 0xBF ? INK_REASON_CANONICAL : INK_REASON_CBOR);
}

/* Search for the start of an item: the head of a map, then the key of a record's id or of a story's
 * first fact. The bytes may lie in different chunks, so what was seen is in the state. */
static const uint8_t *search(struct ink_decoder *decoder, const uint8_t *at) {
    uint8_t byte = *at++;
    bool is_id = decoder->state == AFTER_MAP && byte == INK_F_ID;
    bool is_story = decoder->state == AFTER_18 && byte >= INK_KEY_STORY &&
                    byte < INK_KEY_STORY + INK_STORY_FIELD_COUNT;
    if (is_id || is_story) {
        start_item(decoder);
        take_key(decoder, at, byte);
        return at;
    }
    if (is_map_head(byte)) {
        decoder->pairs = byte & 0x1F;
        decoder->state = AFTER_MAP;
    } else {
        bool is_18 = decoder->state == AFTER_MAP && byte == ONE_BYTE;
        decoder->state = is_18 ? AFTER_18 : IN_SEARCH;
    }
    return at;
}

/* A key, a head, a string: what has come so far of a pair. */
static const uint8_t *read_pair(struct ink_decoder *decoder, const uint8_t *at,
                                const uint8_t *end) {
    if (decoder->state == AT_KEY) {
        at = open_key(decoder, at);
    }
    if (decoder->state == AT_VALUE && at < end) {
        at = open_head(decoder, at);
    }
    if (decoder->state == IN_HEAD) {
        at = read_head(decoder, at, end);
    }
    return decoder->state == IN_STRING ? read_string(decoder, at, end) : at;
}

static const uint8_t *step(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end) {
    if (decoder->state >= AT_KEY && decoder->state <= IN_STRING) {
        return read_pair(decoder, at, end);
    }
    switch (decoder->state) {
    case AT_ITEM:
        return open_item(decoder, at);
    case IN_KEY:
        return read_key(decoder, at);
    case IN_BYTES:
        return skip_bytes(decoder, at, end);
    default:
        return search(decoder, at);
    }
}

/* The input has ended: inside an item that nobody was told about yet? */
static void end_input(struct ink_decoder *decoder, const uint8_t *at) {
    bool is_searching = decoder->state >= IN_SEARCH;
    if (decoder->state != AT_ITEM && !is_searching && !decoder->muted) {
        decoder->field = INK_NO_FIELD;
        refuse(decoder, INK_REASON_TRUNCATED, ink_decode_offset(decoder, at));
    }
}

/* The chunk ends inside a record: what it has of its texts must stay. They are in u.text in the
 * order of their keys, in the room that text_bytes counts. */
static void keep_texts(struct ink_decoder *decoder) {
    char *to = decoder->u.text;
    for (struct ink_span *text = decoder->record.text; text < decoder->record.text + INK_TEXT_COUNT;
         text++) {
        if (text->at != to) {
            memcpy(to, text->at, text->bytes);
        }
        text->at = to;
        to += text->bytes;
    }
}

enum ink_decoded ink_decode_cbor(struct ink_decoder *decoder) {
    const uint8_t *at = decoder->at;
    const uint8_t *end = decoder->end;
    while (at < end && decoder->event == INK_DECODED_MORE) {
        at = step(decoder, at, end);
    }
    decoder->at = at;
    if (decoder->kind == INK_ITEM_RECORD && decoder->state != AT_ITEM && !decoder->muted) {
        keep_texts(decoder);
    }
    if (at == end && decoder->ended && decoder->event == INK_DECODED_MORE) {
        end_input(decoder, at);
    }
    return (enum ink_decoded)decoder->event;
}
