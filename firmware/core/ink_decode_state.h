/* Private to the decoders: what the two formats share. Only ink_decode*.c include this. */
#ifndef INK_DECODE_STATE_H
#define INK_DECODE_STATE_H

#include "core/ink_decode.h"
#include "core/ink_utf8.h"

/* What the item has turned out to be. */
enum ink_item { INK_ITEM_OPEN, INK_ITEM_RECORD, INK_ITEM_STORY };

/* In `given`: `when` was an interval, so `until` has its value from there. */
#define INK_GIVEN_INTERVAL (1u << 31)

enum ink_decoded ink_decode_cbor(struct ink_decoder *decoder);
enum ink_decoded ink_decode_json(struct ink_decoder *decoder);

static inline uint64_t ink_decode_offset(const struct ink_decoder *decoder, const uint8_t *at) {
    return decoder->offset + (size_t)(at - decoder->begin);
}

/* The table's row of decoder->field, which must not be INK_NO_FIELD. */
static inline const struct ink_field *ink_decode_field(const struct ink_decoder *decoder) {
    return decoder->field < INK_FIELD_STORY ? &ink_record_fields[decoder->field]
                                            : &ink_story_fields[decoder->field - INK_FIELD_STORY];
}

/* Forget the item before. */
void ink_decode_open_item(struct ink_decoder *decoder);

/* The item is a story: its facts are in decoder->u.story from now on. */
void ink_decode_open_story(struct ink_decoder *decoder);

/* The item ends. Returns why it cannot be accepted (then decoder->field says which field), or
 * INK_REASON_NONE: decoder->record is complete, or decoder->u.story if it is a story. */
enum ink_reason ink_decode_close_item(struct ink_decoder *decoder);

/* Refuse the item; sets the event. */
void ink_decode_refuse(struct ink_decoder *decoder, enum ink_reason reason, uint64_t offset);

/* Note the key of decoder->field. False if it was there before. */
static inline bool ink_decode_see(struct ink_decoder *decoder) {
    uint32_t bit = 1u << (decoder->field % INK_FIELD_STORY);
    bool first = (decoder->seen & bit) == 0;
    decoder->seen |= bit;
    return first;
}

/* The value of decoder->field: a number, a token (the string; no offsets), one number of
 * `offsets`, the end of `offsets`. Each returns the reason it cannot be, or INK_REASON_NONE. */
enum ink_reason ink_decode_take_number(struct ink_decoder *decoder, uint64_t number);
enum ink_reason ink_decode_take_token(struct ink_decoder *decoder);
enum ink_reason ink_decode_take_offset(struct ink_decoder *decoder, uint64_t size, bool negative);
enum ink_reason ink_decode_close_offsets(struct ink_decoder *decoder);

/* Start a string: into the text of a field, into the token, or nowhere. */
void ink_decode_open_text(struct ink_decoder *decoder, const struct ink_field *field);
void ink_decode_open_token(struct ink_decoder *decoder);
void ink_decode_open_waste(struct ink_decoder *decoder);

/* The text of decoder->field ends: cut it to its bound. One over its bound must be at `out`. */
void ink_decode_close_text(struct ink_decoder *decoder);

/* Check bytes, the first of which is not ASCII or goes on with a sequence, up to the first ASCII
 * one. Returns where it stopped; *reason is set if that byte cannot be accepted. */
const uint8_t *ink_decode_check_high(struct ink_decoder *decoder, const uint8_t *at,
                                     const uint8_t *end, enum ink_reason *reason);

/* Copy bytes that were checked to `out`, as many as it has room for. */
void ink_decode_put_run(struct ink_decoder *decoder, const uint8_t *from, size_t bytes);

/* JSON: read on in a string that was opened by one of the above. Returns the place of its closing
 * quote, or `end`, or the byte that cannot be accepted, with *reason set. */
const uint8_t *ink_decode_string(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end,
                                 enum ink_reason *reason);

#endif
