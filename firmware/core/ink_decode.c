/* What both formats share: fields get their values, texts their bounds, items their last check. */
#include "core/ink_decode_state.h"

#include "core/ink_edtf.h"

#define STORY_DRAFT sizeof(struct ink_story) /* in u.text: behind the story itself */

_Static_assert(STORY_DRAFT + INK_TITLE_BYTES + INK_TEXT_SLACK <= INK_RECORD_TEXT_BYTES,
               "a story and a text on its way into it share the record's text buffer");
_Static_assert(INK_FIELD_COUNT < 31, "`seen` and `given` have a bit for every field");

/* Without it (CMake: INKLINE_NDJSON) nothing calls the reader of NDJSON, and none is built. */
#ifndef INK_NDJSON
#define INK_NDJSON 1
#endif

void ink_decode_begin(struct ink_decoder *decoder, enum ink_format format) {
    format = INK_NDJSON ? format : INK_FORMAT_CBOR;
    memset(decoder, 0, sizeof *decoder);
    decoder->format = (uint8_t)format;
    decoder->field = INK_NO_FIELD;
    decoder->line = format == INK_FORMAT_NDJSON; /* CBOR counts items as they start */
}

void ink_decode_feed(struct ink_decoder *decoder, const void *bytes, size_t count) {
    INK_ASSERT(decoder->at == decoder->end);
    if (count == 0) {
        return;
    }
    decoder->offset += (size_t)(decoder->end - decoder->begin);
    decoder->begin = bytes;
    decoder->at = decoder->begin;
    decoder->end = decoder->begin + count;
}

void ink_decode_end(struct ink_decoder *decoder) {
    decoder->ended = true;
}

enum ink_decoded ink_decode_next(struct ink_decoder *decoder) {
    decoder->event = INK_DECODED_MORE;
    bool is_json = INK_NDJSON && decoder->format == INK_FORMAT_NDJSON;
    return is_json ? ink_decode_json(decoder) : ink_decode_cbor(decoder);
}

/* --- items --- */

void ink_decode_open_item(struct ink_decoder *decoder) {
    /* What has no value yet; `when` and the id get theirs before anyone sees the record. */
    struct ink_record *record = &decoder->record;
    record->rev = 0;
    ink_date_clear(&record->until);
    record->dated = 0;
    record->kind = 0;
    record->status = 0;
    record->weight = 0;
    record->cuts = 0;
    for (struct ink_span *text = record->text; text < record->text + INK_TEXT_COUNT; text++) {
        *text = (struct ink_span){decoder->u.text, 0}; /* never NULL, also if it is empty */
    }
    decoder->field = INK_NO_FIELD;
    decoder->kind = INK_ITEM_OPEN;
    decoder->muted = false;
    decoder->seen = 0;
    decoder->given = 0;
    decoder->text_bytes = 0;
}

void ink_decode_open_story(struct ink_decoder *decoder) {
    decoder->kind = INK_ITEM_STORY;
    memset(&decoder->u.story, 0, sizeof decoder->u.story);
}

void ink_decode_refuse(struct ink_decoder *decoder, enum ink_reason reason, uint64_t offset) {
    decoder->refusal.offset = offset;
    decoder->refusal.line = decoder->line;
    decoder->refusal.reason = (uint8_t)reason;
    decoder->refusal.field = decoder->field;
    decoder->event = INK_DECODED_REFUSED;
}

static bool has(const struct ink_decoder *decoder, unsigned field) {
    return (decoder->given & 1u << field) != 0;
}

static void give(struct ink_decoder *decoder) {
    decoder->given |= 1u << (decoder->field % INK_FIELD_STORY);
}

/* A civil time may be up to a day off the instant that it is compared with. */
#define DAY_S 86400

static enum ink_reason close_record(struct ink_decoder *decoder) {
    struct ink_record *record = &decoder->record;
    decoder->field = INK_F_WHEN;
    if (!has(decoder, INK_F_WHEN) || (record->when.precision == INK_PRECISION_NONE &&
                                      record->until.precision == INK_PRECISION_NONE)) {
        return INK_REASON_NO_WHEN;
    }
    decoder->field = INK_F_UNTIL;
    if (ink_edtf_reversed(&record->when, &record->until)) {
        return INK_REASON_INTERVAL;
    }
    decoder->field = INK_F_HEADLINE;
    if (ink_utf8_is_blank(record->text[INK_HEADLINE])) {
        return INK_REASON_NO_HEADLINE;
    }
    if (!has(decoder, INK_F_ID)) {
        record->id = ink_record_make_id(record);
    }
    return INK_REASON_NONE;
}

enum ink_reason ink_decode_close_item(struct ink_decoder *decoder) {
    enum ink_reason reason = INK_REASON_NONE;
    if (decoder->kind == INK_ITEM_OPEN) {
        decoder->field = INK_NO_FIELD;
        reason = INK_REASON_MIXED;
    } else if (decoder->kind == INK_ITEM_RECORD) {
        reason = close_record(decoder);
    }
    return reason;
}

/* --- values --- */

enum ink_reason ink_decode_take_number(struct ink_decoder *decoder, uint64_t number) {
    const struct ink_field *field = ink_decode_field(decoder);
    if (field->type != INK_FIELD_ID && number > field->max) {
        return field->type == INK_FIELD_WORD ? INK_REASON_WORD : INK_REASON_NUMBER;
    }
    give(decoder);
    switch (decoder->field) {
    case INK_F_ID:
        decoder->record.id = number;
        break;
    case INK_F_REV:
        decoder->record.rev = (uint32_t)number;
        break;
    case INK_F_DATED:
        decoder->record.dated = (uint8_t)number;
        break;
    case INK_F_KIND:
        decoder->record.kind = (uint8_t)number;
        break;
    case INK_F_STATUS:
        decoder->record.status = (uint8_t)number;
        break;
    case INK_F_WEIGHT:
        decoder->record.weight = (uint8_t)number;
        break;
    case INK_FIELD_STORY + INK_S_DISTANCE:
        decoder->u.story.distance_mm = (uint16_t)number;
        return number < INK_DISTANCE_MM_MIN ? INK_REASON_NUMBER : INK_REASON_NONE;
    default:
        return INK_REASON_TYPE;
    }
    return INK_REASON_NONE;
}

/* A decimal number that fits is that number, anything else is hashed: so that 17 and "17" are
 * one id, and a guid is one too. */
static uint64_t read_id(const char *text, size_t bytes) {
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned digit = (unsigned)(uint8_t)text[i] - '0';
        if (digit > 9 || number > (UINT64_MAX - digit) / 10) {
            return ink_text_make_id(text, bytes);
        }
        number = number * 10 + digit;
    }
    return number;
}

static enum ink_reason take_when(struct ink_decoder *decoder) {
    struct ink_date until;
    enum ink_reason reason =
        ink_edtf_parse(decoder->string, decoder->out_bytes, &decoder->record.when, &until);
    if (reason == INK_REASON_NONE && (until.precision != INK_PRECISION_NONE || until.flags != 0)) {
        reason = has(decoder, INK_F_UNTIL) ? INK_REASON_INTERVAL : INK_REASON_NONE;
        decoder->given |= INK_GIVEN_INTERVAL;
        decoder->record.until = until;
    }
    return reason;
}

static enum ink_reason take_date(struct ink_decoder *decoder) {
    const char *text = decoder->string;
    size_t bytes = decoder->out_bytes;
    give(decoder);
    switch (decoder->field) {
    case INK_F_WHEN:
        return take_when(decoder);
    case INK_F_UNTIL:
        if ((decoder->given & INK_GIVEN_INTERVAL) != 0) {
            return INK_REASON_INTERVAL;
        }
        return ink_edtf_parse_one(text, bytes, &decoder->record.until);
    case INK_FIELD_STORY + INK_S_AS_OF:
        return ink_edtf_parse_one(text, bytes, &decoder->u.story.as_of);
    case INK_FIELD_STORY + INK_S_STRIKES:
        return ink_edtf_parse_one(text, bytes, &decoder->u.story.strikes);
    default:
        return ink_edtf_parse_one(text, bytes, &decoder->u.story.expires);
    }
}

enum ink_reason ink_decode_take_token(struct ink_decoder *decoder) {
    const struct ink_field *field = ink_decode_field(decoder);
    size_t bytes = decoder->out_bytes;
    int word;
    uint16_t mm;
    switch (field->type) {
    case INK_FIELD_DATE:
        return decoder->over ? INK_REASON_DATE : take_date(decoder);
    case INK_FIELD_WORD:
        word = decoder->over ? -1 : ink_word_find(field, decoder->string, bytes);
        return word < 0 ? INK_REASON_WORD : ink_decode_take_number(decoder, (uint64_t)word);
    case INK_FIELD_LENGTH:
        mm = decoder->over ? 0 : ink_length_parse(decoder->string, bytes);
        return ink_decode_take_number(decoder, mm);
    case INK_FIELD_ID:
        if (decoder->over || bytes == 0) {
            return INK_REASON_NUMBER;
        }
        return ink_decode_take_number(decoder, read_id(decoder->string, bytes));
    default:
        return INK_REASON_TYPE;
    }
}

#define OFFSET_MIN_MAX 1439 /* minutes: less than a day */

enum ink_reason ink_decode_take_offset(struct ink_decoder *decoder, uint64_t size, bool negative) {
    struct ink_zone *zone = &decoder->u.story.zone;
    unsigned index = decoder->count / 2u;
    bool is_minute = decoder->count % 2 == 0;
    if (index >= INK_ZONE_CHANGES || size > (is_minute ? INT32_MAX : OFFSET_MIN_MAX)) {
        return INK_REASON_OFFSETS;
    }
    decoder->count++;
    int32_t value = negative ? -(int32_t)size : (int32_t)size; /* >= -INT32_MAX */
    if (!is_minute) {
        zone->change[index].offset_min = (int16_t)value;
        return INK_REASON_NONE;
    }
    zone->change[index].minute = value;
    bool ascends = index == 0 || zone->change[index - 1].minute < value;
    return ascends ? INK_REASON_NONE : INK_REASON_OFFSETS;
}

enum ink_reason ink_decode_close_offsets(struct ink_decoder *decoder) {
    decoder->u.story.zone.count = (uint8_t)(decoder->count / 2);
    return decoder->count % 2 == 0 ? INK_REASON_NONE : INK_REASON_OFFSETS;
}

/* --- strings --- */

static void open_string(struct ink_decoder *decoder, char *out, size_t cap) {
    decoder->out = out;
    decoder->string = out;
    decoder->out_cap = (uint16_t)cap; /* <= sizeof u.text */
    decoder->out_bytes = 0;
    decoder->is_text = false;
    decoder->part = 0;
    decoder->over = false;
    decoder->utf8 = 0;
    decoder->before = 0;
}

void ink_decode_open_text(struct ink_decoder *decoder, const struct ink_field *field) {
    bool is_story = decoder->field >= INK_FIELD_STORY;
    size_t at = is_story ? STORY_DRAFT : decoder->text_bytes;
    /* In a record each text is at most its bound, and none comes twice: what is left of u.text
     * holds this one and the slack. */
    open_string(decoder, decoder->u.text + at, field->max + INK_TEXT_SLACK);
    decoder->is_text = true;
}

void ink_decode_open_token(struct ink_decoder *decoder) {
    open_string(decoder, decoder->token, INK_TOKEN_BYTES);
}

void ink_decode_open_waste(struct ink_decoder *decoder) {
    open_string(decoder, decoder->token, 0);
}

static void close_story_text(struct ink_decoder *decoder, size_t bytes) {
    struct ink_story *story = &decoder->u.story;
    char *to = story->title;
    size_t cap = sizeof story->title;
    if (decoder->field == INK_FIELD_STORY + INK_S_ZONE) {
        to = story->zone.name;
        cap = sizeof story->zone.name;
    } else if (decoder->field == INK_FIELD_STORY + INK_S_LANG) {
        to = story->lang;
        cap = sizeof story->lang;
    }
    memset(to, 0, cap);
    memcpy(to, decoder->string, bytes);
}

void ink_decode_close_text(struct ink_decoder *decoder) {
    const struct ink_field *field = ink_decode_field(decoder);
    size_t bytes = decoder->out_bytes;
    bool cut = bytes > field->max;
    if (cut) {
        bytes = ink_field_cut(field, decoder->out, bytes);
    }
    if (decoder->field >= INK_FIELD_STORY) {
        close_story_text(decoder, bytes);
        return;
    }
    decoder->record.text[field->text] = (struct ink_span){decoder->string, (uint16_t)bytes};
    decoder->record.cuts |= (uint16_t)((unsigned)cut << field->text);
    decoder->text_bytes = (uint16_t)(decoder->text_bytes + bytes);
}

void ink_decode_put_run(struct ink_decoder *decoder, const uint8_t *from, size_t bytes) {
    size_t room = (size_t)(decoder->out_cap - decoder->out_bytes);
    decoder->over = decoder->over || bytes > room;
    bytes = bytes < room ? bytes : room;
    memcpy(decoder->out + decoder->out_bytes, from, bytes);
    decoder->out_bytes = (uint16_t)(decoder->out_bytes + bytes);
}

static bool is_tail(uint8_t byte) {
    return (byte & 0xC0) == 0x80;
}

/* Pass over sequences that are whole, valid by their lead byte alone, and no control characters.
 * Leads left out: C0 C1 F5.. are bad, C2 holds the C1 controls, E0 ED F0..F4 restrict the next. */
static const uint8_t *skip_whole(const uint8_t *at, const uint8_t *end) {
    for (;;) {
        while (end - at >= 2 && *at >= 0xC3 && *at < 0xE0 && is_tail(at[1])) {
            at += 2;
        }
        bool is_three = end - at >= 3 && *at > 0xE0 && *at <= 0xEF && *at != 0xED;
        if (!is_three || !is_tail(at[1]) || !is_tail(at[2])) {
            return at;
        }
        at += 3;
    }
}

const uint8_t *ink_decode_check_high(struct ink_decoder *decoder, const uint8_t *at,
                                     const uint8_t *end, enum ink_reason *reason) {
    for (;;) {
        at = decoder->utf8 == 0 ? skip_whole(at, end) : at;
        if (at == end || (*at < 0x80 && decoder->utf8 == 0)) {
            return at;
        }
        decoder->utf8 = ink_utf8_step(decoder->utf8, *at);
        bool is_c1 = decoder->before == 0xC2 && *at < 0xA0;
        if (decoder->utf8 == INK_UTF8_BAD || (is_c1 && decoder->is_text)) {
            *reason = decoder->utf8 == INK_UTF8_BAD ? INK_REASON_UTF8 : INK_REASON_CONTROL;
            return at;
        }
        decoder->before = *at++;
    }
}
