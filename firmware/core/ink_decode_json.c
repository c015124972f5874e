/* NDJSON: one JSON object (RFC 8259) a line, read byte by byte with a stack of one bit a level.
 *
 * Every state can stop at the end of a chunk and go on in the next. Inside a state the loops run
 * over as many bytes as they can.
 */
#include "core/ink_decode_state.h"

enum state {
    AT_START,       /* of the input: a byte order mark may follow */
    IN_MARK,        /* inside the byte order mark; `part` bytes seen */
    AT_LINE,        /* before `{` */
    AT_FIRST_KEY,   /* after `{` */
    AT_KEY,         /* after a comma in an object */
    IN_KEY,         /* inside the key's string */
    AT_COLON,       /* after the key */
    AT_FIRST_VALUE, /* after `[` */
    AT_VALUE,       /* after the colon, or a comma in an array */
    IN_STRING,      /* inside a value's string */
    IN_NUMBER,      /* `part` is a number_state */
    IN_LITERAL,     /* `part` bytes of literals[width] seen */
    AFTER_VALUE,    /* before a comma or a closing bracket */
    AT_END,         /* after the last `}`, before the newline */
    IN_SKIP         /* the line is refused: its newline is looked for */
};

enum number_state { SIGN, ZERO, WHOLE, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS };

enum { NUMBER_NEGATIVE = 1, NUMBER_BROKEN = 2, NUMBER_OVER = 4 }; /* in `major` */

#define STORY_KEY (INK_NO_FIELD - 1) /* in `field`: the key "story" */

_Static_assert(INK_JSON_DEPTH < 32, "`arrays` has a bit for every depth");

static const char *const literals[] = {"true", "false", "null"};
#define LITERAL_NULL 2

/* --- refusing --- */

static void fail_at(struct ink_decoder *decoder, uint64_t offset, enum ink_reason reason) {
    if (decoder->field == STORY_KEY) {
        decoder->field = INK_NO_FIELD;
    }
    ink_decode_refuse(decoder, reason, offset);
    decoder->state = IN_SKIP;
}

static const uint8_t *fail(struct ink_decoder *decoder, const uint8_t *at, enum ink_reason reason) {
    fail_at(decoder, ink_decode_offset(decoder, at), reason);
    return at;
}

/* --- values --- */

static void end_value(struct ink_decoder *decoder) {
    decoder->state = AFTER_VALUE;
    if (decoder->depth == decoder->level) {
        decoder->field = INK_NO_FIELD;
    }
}

/* A value has been read up to `at`; go on, or refuse it at its first byte. */
static const uint8_t *settle(struct ink_decoder *decoder, const uint8_t *at,
                             enum ink_reason reason) {
    if (reason == INK_REASON_NONE) {
        end_value(decoder);
    } else {
        fail_at(decoder, decoder->value_at, reason);
    }
    return at;
}

static bool is_in_offsets(const struct ink_decoder *decoder) {
    return decoder->depth > decoder->level && decoder->field != INK_NO_FIELD;
}

static const uint8_t *open_string(struct ink_decoder *decoder, const uint8_t *at) {
    if (decoder->field == INK_NO_FIELD) {
        ink_decode_open_waste(decoder);
    } else if (is_in_offsets(decoder)) {
        return fail(decoder, at, INK_REASON_OFFSETS);
    } else if (decoder->field == STORY_KEY) {
        return fail(decoder, at, INK_REASON_TYPE);
    } else {
        const struct ink_field *field = ink_decode_field(decoder);
        uint8_t type = field->type;
        if (type == INK_FIELD_UINT || type == INK_FIELD_OFFSETS) {
            return fail(decoder, at, INK_REASON_TYPE);
        }
        if (type == INK_FIELD_TEXT) {
            ink_decode_open_text(decoder, field);
        } else {
            ink_decode_open_token(decoder);
        }
    }
    decoder->state = IN_STRING;
    return at + 1;
}

static const uint8_t *open_container(struct ink_decoder *decoder, const uint8_t *at) {
    bool is_array = *at == '[';
    if (is_in_offsets(decoder)) {
        return fail(decoder, at, INK_REASON_OFFSETS);
    }
    if (decoder->field == STORY_KEY && !is_array) {
        ink_decode_open_story(decoder);
        decoder->level = 2;
        decoder->seen = 0;
        decoder->field = INK_NO_FIELD;
    } else if (decoder->field == INK_FIELD_STORY + INK_S_OFFSETS && is_array) {
        decoder->count = 0;
    } else if (decoder->field != INK_NO_FIELD) {
        return fail(decoder, at, INK_REASON_TYPE);
    }
    if (decoder->depth >= INK_JSON_DEPTH) {
        return fail(decoder, at, INK_REASON_DEPTH);
    }
    uint32_t bit = 1u << ++decoder->depth;
    decoder->arrays = is_array ? decoder->arrays | bit : decoder->arrays & ~bit;
    decoder->state = is_array ? AT_FIRST_VALUE : AT_FIRST_KEY;
    return at + 1;
}

static const uint8_t *open_literal(struct ink_decoder *decoder, const uint8_t *at) {
    decoder->width = *at == 't' ? 0 : *at == 'f' ? 1 : LITERAL_NULL;
    decoder->part = 1;
    decoder->state = IN_LITERAL;
    return at + 1;
}

/* The number's first byte is left for IN_NUMBER to judge. */
static const uint8_t *open_number(struct ink_decoder *decoder, const uint8_t *at) {
    decoder->state = IN_NUMBER;
    decoder->part = SIGN;
    decoder->number = 0;
    decoder->major = *at == '-' ? NUMBER_NEGATIVE : 0;
    return at + (*at == '-');
}

static const uint8_t *open_value(struct ink_decoder *decoder, const uint8_t *at) {
    decoder->value_at = ink_decode_offset(decoder, at);
    switch (*at) {
    case '"':
        return open_string(decoder, at);
    case '{':
    case '[':
        return open_container(decoder, at);
    case 't':
    case 'f':
    case 'n':
        return open_literal(decoder, at);
    default:
        if (*at == '-' || (*at >= '0' && *at <= '9')) {
            return open_number(decoder, at);
        }
        return fail(decoder, at, INK_REASON_JSON);
    }
}

static const uint8_t *read_literal(struct ink_decoder *decoder, const uint8_t *at,
                                   const uint8_t *end) {
    const char *literal = literals[decoder->width];
    while (at < end && literal[decoder->part] != '\0') {
        if (*at != (uint8_t)literal[decoder->part]) {
            return fail(decoder, at, INK_REASON_JSON);
        }
        decoder->part++;
        at++;
    }
    if (literal[decoder->part] != '\0') {
        return at;
    }
    enum ink_reason reason = INK_REASON_NONE;
    if (is_in_offsets(decoder)) {
        reason = INK_REASON_OFFSETS;
    } else if (decoder->field != INK_NO_FIELD && decoder->width != LITERAL_NULL) {
        reason = INK_REASON_TYPE;
    }
    return settle(decoder, at, reason);
}

/* --- numbers --- */

static void add_digit(struct ink_decoder *decoder, uint8_t byte) {
    uint8_t digit = (uint8_t)(byte - '0');
    if (decoder->number > (UINT64_MAX - digit) / 10) {
        decoder->major |= NUMBER_OVER;
    } else {
        decoder->number = decoder->number * 10 + digit;
    }
}

/* Digits of a whole number while no sum can overflow: most numbers are read here. */
static const uint8_t *read_digits(struct ink_decoder *decoder, const uint8_t *at,
                                  const uint8_t *end) {
    uint32_t number = (uint32_t)decoder->number;
    if (decoder->part != WHOLE || decoder->number >= UINT32_MAX / 10) {
        return at;
    }
    while (at < end && number < UINT32_MAX / 10 && *at >= '0' && *at <= '9') {
        number = number * 10 + (uint32_t)(*at++ - '0');
    }
    decoder->number = number;
    return at;
}

/* The state after one more byte of a number, or -1 if the byte is not part of it. */
static int step_number(int state, uint8_t byte) {
    bool is_digit = byte >= '0' && byte <= '9';
    bool is_exponent = byte == 'e' || byte == 'E';
    switch (state) {
    case SIGN:
        return byte == '0' ? ZERO : is_digit ? WHOLE : -1;
    case ZERO:
    case WHOLE:
        return is_digit && state == WHOLE ? WHOLE
               : byte == '.'              ? POINT
               : is_exponent              ? EXPONENT
                                          : -1;
    case POINT:
    case FRACTION:
        return is_digit ? FRACTION : is_exponent && state == FRACTION ? EXPONENT : -1;
    case EXPONENT:
        return is_digit ? EXPONENT_DIGITS : byte == '+' || byte == '-' ? EXPONENT_SIGN : -1;
    default:
        return is_digit ? EXPONENT_DIGITS : -1;
    }
}

static enum ink_reason take_number(struct ink_decoder *decoder) {
    bool is_negative = (decoder->major & NUMBER_NEGATIVE) != 0;
    bool is_whole = (decoder->major & (NUMBER_BROKEN | NUMBER_OVER)) == 0;
    if (decoder->field == INK_NO_FIELD) {
        return INK_REASON_NONE;
    }
    if (is_in_offsets(decoder)) {
        return is_whole ? ink_decode_take_offset(decoder, decoder->number, is_negative)
                        : INK_REASON_OFFSETS;
    }
    uint8_t type = decoder->field == STORY_KEY ? INK_FIELD_TEXT : ink_decode_field(decoder)->type;
    if (type != INK_FIELD_ID && type != INK_FIELD_UINT && type != INK_FIELD_LENGTH) {
        return INK_REASON_TYPE;
    }
    if (is_negative || !is_whole) {
        return INK_REASON_NUMBER;
    }
    return ink_decode_take_number(decoder, decoder->number);
}

static const uint8_t *read_number(struct ink_decoder *decoder, const uint8_t *at,
                                  const uint8_t *end) {
    for (; at < end; at++) {
        at = read_digits(decoder, at, end);
        int next = at < end ? step_number(decoder->part, *at) : -1;
        if (next < 0) {
            break;
        }
        if (next == ZERO || next == WHOLE) {
            add_digit(decoder, *at);
        } else {
            decoder->major |= NUMBER_BROKEN;
        }
        decoder->part = (uint8_t)next;
    }
    if (at == end) {
        return at;
    }
    bool is_done = decoder->part == ZERO || decoder->part == WHOLE || decoder->part == FRACTION ||
                   decoder->part == EXPONENT_DIGITS;
    if (!is_done) {
        return fail(decoder, at, INK_REASON_JSON);
    }
    return settle(decoder, at, take_number(decoder));
}

/* --- strings --- */

static enum ink_reason take_string(struct ink_decoder *decoder) {
    if (decoder->field == INK_NO_FIELD) {
        return INK_REASON_NONE;
    }
    if (!decoder->is_text) {
        return ink_decode_take_token(decoder);
    }
    if (decoder->out_bytes > 0 && decoder->out[decoder->out_bytes - 1] == ' ') {
        decoder->out_bytes--; /* put_plain and put_space leave one at most */
    }
    ink_decode_close_text(decoder);
    return INK_REASON_NONE;
}

static const uint8_t *read_value(struct ink_decoder *decoder, const uint8_t *at,
                                 const uint8_t *end) {
    enum ink_reason reason = INK_REASON_NONE;
    at = ink_decode_string(decoder, at, end, &reason);
    if (reason != INK_REASON_NONE) {
        return fail(decoder, at, reason);
    }
    if (at == end) {
        return at;
    }
    return settle(decoder, at + 1, take_string(decoder));
}

/* --- keys --- */

static enum ink_reason take_story_key(struct ink_decoder *decoder) {
    if (decoder->kind != INK_ITEM_OPEN) {
        return decoder->kind == INK_ITEM_STORY ? INK_REASON_DUPLICATE : INK_REASON_MIXED;
    }
    decoder->field = STORY_KEY;
    return INK_REASON_NONE;
}

/* The key of a field of a record. */
static enum ink_reason take_record_key(struct ink_decoder *decoder, int field) {
    decoder->after[decoder->expected] = (uint8_t)field;
    decoder->expected = (uint8_t)field;
    if (decoder->kind == INK_ITEM_STORY) {
        return INK_REASON_MIXED;
    }
    decoder->kind = INK_ITEM_RECORD;
    decoder->field = (uint8_t)field;
    return ink_decode_see(decoder) ? INK_REASON_NONE : INK_REASON_DUPLICATE;
}

static enum ink_reason take_fact_key(struct ink_decoder *decoder, const char *name, size_t bytes) {
    int fact = ink_field_find(ink_story_fields, INK_STORY_FIELD_COUNT, name, bytes);
    if (fact < 0) {
        decoder->unknown++;
        return INK_REASON_NONE;
    }
    decoder->field = (uint8_t)(INK_FIELD_STORY + fact);
    return ink_decode_see(decoder) ? INK_REASON_NONE : INK_REASON_DUPLICATE;
}

/* A key at the level where keys name fields. */
static enum ink_reason take_key(struct ink_decoder *decoder, const char *name, size_t bytes) {
    if (decoder->level == 2) {
        return take_fact_key(decoder, name, bytes);
    }
    int field = ink_field_find(ink_record_fields, INK_FIELD_COUNT, name, bytes);
    if (field >= 0) {
        return take_record_key(decoder, field);
    }
    if (bytes == 5 && memcmp(name, "story", 5) == 0) {
        return take_story_key(decoder);
    }
    decoder->unknown++;
    return INK_REASON_NONE;
}

/* Records of one feed name their fields in one order: the closing quote of the key that followed
 * this one last time, if it is what comes and is all in the chunk; else NULL. */
static const uint8_t *match_expected(const struct ink_decoder *decoder, const uint8_t *at,
                                     const uint8_t *end) {
    const char *name = ink_record_fields[decoder->after[decoder->expected]].name;
    for (; *name != '\0'; name++, at++) {
        if (at == end || *at != (uint8_t)*name) {
            return NULL;
        }
    }
    return at < end && *at == '"' ? at : NULL;
}

/* A key that names a field: from here it is the value, if the colon is at hand too. */
static const uint8_t *end_key(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end,
                              enum ink_reason reason) {
    decoder->state = AT_COLON;
    if (reason != INK_REASON_NONE) {
        fail_at(decoder, decoder->value_at, reason);
        return at;
    }
    if (end - at < 3 || at[0] != ':') {
        return at;
    }
    const uint8_t *value = at + (at[1] == ' ' ? 2 : 1); /* most writers put one space, or none */
    return *value > ' ' ? open_value(decoder, value) : at;
}

static const uint8_t *open_key(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end) {
    if (*at != '"') {
        return fail(decoder, at, INK_REASON_JSON);
    }
    bool is_field = decoder->depth == decoder->level;
    decoder->value_at = ink_decode_offset(decoder, at);
    if (is_field && decoder->level == 1) {
        const uint8_t *quote = match_expected(decoder, at + 1, end);
        if (quote != NULL) {
            int field = decoder->after[decoder->expected];
            return end_key(decoder, quote + 1, end, take_record_key(decoder, field));
        }
    }
    if (is_field) {
        ink_decode_open_token(decoder);
    } else {
        ink_decode_open_waste(decoder);
    }
    decoder->state = IN_KEY;
    return at + 1;
}

static const uint8_t *read_key(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end) {
    enum ink_reason reason = INK_REASON_NONE;
    at = ink_decode_string(decoder, at, end, &reason);
    if (reason != INK_REASON_NONE) {
        return fail(decoder, at, reason);
    }
    if (at == end) {
        return at;
    }
    if (decoder->depth == decoder->level) {
        reason = take_key(decoder, decoder->token, decoder->over ? 0 : decoder->out_bytes);
    }
    return end_key(decoder, at + 1, end, reason);
}

/* --- structure --- */

static const uint8_t *close_container(struct ink_decoder *decoder, const uint8_t *at) {
    enum ink_reason reason = INK_REASON_NONE;
    if (is_in_offsets(decoder) && ink_decode_close_offsets(decoder) != INK_REASON_NONE) {
        return fail(decoder, at, INK_REASON_OFFSETS);
    }
    if (decoder->depth == decoder->level) {
        decoder->level--; /* of a story, then of the item */
    }
    decoder->depth--;
    end_value(decoder);
    if (decoder->depth == 0) {
        decoder->state = AT_END;
        reason = ink_decode_close_item(decoder);
    }
    return reason == INK_REASON_NONE ? at + 1 : fail(decoder, at, reason);
}

static const uint8_t *open_line(struct ink_decoder *decoder, const uint8_t *at) {
    if (*at == '\n') {
        decoder->line++;
        return at + 1;
    }
    ink_decode_open_item(decoder);
    if (*at != '{') {
        return fail(decoder, at, INK_REASON_JSON);
    }
    decoder->depth = 1;
    decoder->level = 1;
    decoder->expected = INK_FIELD_COUNT; /* `after` it: the first key */
    decoder->arrays = 0;
    decoder->surrogate = 0;
    decoder->state = AT_FIRST_KEY;
    return at + 1;
}

static const uint8_t *go_on(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end) {
    bool in_array = (decoder->arrays & 1u << decoder->depth) != 0;
    if (*at == ',') {
        decoder->state = in_array ? AT_VALUE : AT_KEY;
        at++;
        at += at < end && *at == ' ';
        return !in_array && at < end && *at == '"' ? open_key(decoder, at, end) : at;
    }
    if (*at == (in_array ? ']' : '}')) {
        return close_container(decoder, at);
    }
    return fail(decoder, at, INK_REASON_JSON);
}

/* A shortcut: after a value mostly comes a comma, and here it needs no turn of the machine. */
static const uint8_t *follow(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end) {
    bool is_comma = decoder->state == AFTER_VALUE && at < end && *at == ',';
    return is_comma ? go_on(decoder, at, end) : at;
}

static void emit_item(struct ink_decoder *decoder) {
    decoder->event = decoder->kind == INK_ITEM_STORY ? INK_DECODED_STORY : INK_DECODED_RECORD;
    decoder->state = AT_LINE;
}

static const uint8_t *end_line(struct ink_decoder *decoder, const uint8_t *at) {
    if (*at != '\n') {
        return fail(decoder, at, INK_REASON_JSON);
    }
    emit_item(decoder);
    decoder->line++;
    return at + 1;
}

static const uint8_t *skip_line(struct ink_decoder *decoder, const uint8_t *at,
                                const uint8_t *end) {
    const uint8_t *newline = memchr(at, '\n', (size_t)(end - at));
    if (newline == NULL) {
        return end;
    }
    decoder->state = AT_LINE;
    decoder->line++;
    return newline + 1;
}

static const uint8_t *read_mark(struct ink_decoder *decoder, const uint8_t *at) {
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    if (*at == mark[decoder->part]) {
        decoder->part++;
        decoder->state = decoder->part < sizeof mark ? IN_MARK : AT_LINE;
        return at + 1;
    }
    if (decoder->part > 0) {
        return fail(decoder, at, INK_REASON_JSON);
    }
    decoder->state = AT_LINE;
    return at;
}

/* A byte of structure; white space between tokens is passed over. */
static const uint8_t *step_structure(struct ink_decoder *decoder, const uint8_t *at,
                                     const uint8_t *end) {
    if (*at == ' ' || *at == '\t' || *at == '\r') {
        return at + 1;
    }
    switch (decoder->state) {
    case AT_LINE:
        return open_line(decoder, at);
    case AT_FIRST_KEY:
        return *at == '}' ? close_container(decoder, at) : open_key(decoder, at, end);
    case AT_KEY:
        return open_key(decoder, at, end);
    case AT_COLON:
        decoder->state = AT_VALUE;
        return *at == ':' ? at + 1 : fail(decoder, at, INK_REASON_JSON);
    case AT_FIRST_VALUE:
        return *at == ']' ? close_container(decoder, at) : open_value(decoder, at);
    case AT_VALUE:
        return open_value(decoder, at);
    case AFTER_VALUE:
        return go_on(decoder, at, end);
    default:
        return end_line(decoder, at);
    }
}

static const uint8_t *step(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end) {
    switch (decoder->state) {
    case AT_START:
    case IN_MARK:
        return read_mark(decoder, at);
    case IN_KEY:
        return read_key(decoder, at, end);
    case IN_STRING:
        return follow(decoder, read_value(decoder, at, end), end);
    case IN_NUMBER:
        return follow(decoder, read_number(decoder, at, end), end);
    case IN_LITERAL:
        return read_literal(decoder, at, end);
    case IN_SKIP:
        return skip_line(decoder, at, end);
    default:
        return step_structure(decoder, at, end);
    }
}

/* The input has ended: its last line may lack a newline, but nothing else. */
static void end_input(struct ink_decoder *decoder, const uint8_t *at) {
    if (decoder->state == AT_END) {
        emit_item(decoder);
    } else if (decoder->state != AT_START && decoder->state != AT_LINE &&
               decoder->state != IN_SKIP) {
        decoder->field = INK_NO_FIELD;
        fail(decoder, at, INK_REASON_TRUNCATED);
    }
}

enum ink_decoded ink_decode_json(struct ink_decoder *decoder) {
    const uint8_t *at = decoder->at;
    const uint8_t *end = decoder->end;
    while (at < end && decoder->event == INK_DECODED_MORE) {
        at = step(decoder, at, end);
    }
    decoder->at = at;
    if (at == end && decoder->ended && decoder->event == INK_DECODED_MORE) {
        end_input(decoder, at);
    }
    return (enum ink_decoded)decoder->event;
}
