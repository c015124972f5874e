/* Strings of JSON: escapes undone, UTF-8 checked, white space of texts collapsed, in runs. */
#include "core/ink_decode_state.h"

enum string_state { PLAIN, ESCAPE, HEX_1, HEX_2, HEX_3, HEX_4, LOW_BACKSLASH, LOW_U };

/* Classes of bytes inside a string, in an order that lets one comparison end a run. */
enum { BYTE_PLAIN, BYTE_SPACE, BYTE_DELETE, BYTE_QUOTE, BYTE_BACKSLASH, BYTE_CONTROL, BYTE_HIGH };

#define ROW_OF(c) c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c
#define EIGHT_OF(c)                                                                                \
    ROW_OF(c), ROW_OF(c), ROW_OF(c), ROW_OF(c), ROW_OF(c), ROW_OF(c), ROW_OF(c), ROW_OF(c)

static const uint8_t classes[256] = {
    [0x00] = ROW_OF(BYTE_CONTROL),
    [0x10] = ROW_OF(BYTE_CONTROL),
    [' '] = BYTE_SPACE,
    ['"'] = BYTE_QUOTE,
    ['\\'] = BYTE_BACKSLASH,
    [0x7F] = BYTE_DELETE,
    [0x80] = EIGHT_OF(BYTE_HIGH),
};

static void put(struct ink_decoder *decoder, uint8_t byte) {
    if (decoder->out_bytes < decoder->out_cap) {
        decoder->out[decoder->out_bytes++] = (char)byte;
    } else {
        decoder->over = true;
    }
}

/* White space in a text: a space, unless one is there or nothing is there yet. */
static void put_space(struct ink_decoder *decoder) {
    if (decoder->out_bytes > 0 && decoder->out[decoder->out_bytes - 1] != ' ') {
        put(decoder, ' ');
    }
}

/* --- runs: eight bytes at a time where registers have them --- */

#define WORD      sizeof(size_t)
#define ALL(byte) (SIZE_MAX / 255 * (byte)) /* the byte in every byte of a word */

static size_t load(const void *at) {
    size_t word;
    memcpy(&word, at, WORD);
    return word;
}

/* True if all bytes of a word are plain or spaces. A borrow can only make this false, and only
 * if a byte below is neither. */
static bool is_plain_word(size_t word) {
    size_t low = (word ^ ALL(0x02)) - ALL(0x21); /* below 20, or a quote: 22 becomes 20 */
    size_t backslash = (word ^ ALL('\\')) - ALL(1);
    size_t delete = word + ALL(1); /* 7F becomes 80 */
    return ((word | low | backslash | delete) & ALL(0x80)) == 0;
}

/* True if a word of ASCII has two spaces side by side. No carry leaves a byte: 7F + 7F = FE. */
static bool has_space_run(size_t word) {
    size_t spaces = ~((word ^ ALL(' ')) + ALL(0x7F)) & ALL(0x80);
    return (spaces & spaces << 8) != 0;
}

/* How many bytes at `at` can be copied as they are, in whole words; `before` is the byte before. */
static size_t count_words(const uint8_t *at, size_t bytes, uint8_t before) {
    size_t count = 0;
    while (WORD == 8 && bytes - count >= WORD) { /* small cores have no unaligned loads */
        size_t word = load(at + count);
        bool is_run = at[count] == ' ' && before == ' ';
        if (is_run || !is_plain_word(word) || has_space_run(word)) {
            break;
        }
        count += WORD;
        before = at[count - 1];
    }
    return count;
}

/* Copy plain bytes of a text. Runs of spaces become one, and leading ones vanish. */
static const uint8_t *put_plain(struct ink_decoder *decoder, const uint8_t *at,
                                const uint8_t *end) {
    char *out = decoder->out + decoder->out_bytes;
    size_t room = (size_t)(decoder->out_cap - decoder->out_bytes);
    uint8_t before = decoder->out_bytes > 0 ? (uint8_t)out[-1] : ' ';
    size_t bytes = (size_t)(end - at) < room ? (size_t)(end - at) : room;
    size_t words = count_words(at, bytes, before);
    memcpy(out, at, words);
    at += words;
    out += words;
    before = words > 0 ? at[-1] : before;
    const uint8_t *stop = at + (bytes - words); /* a space dropped leaves room for the next call */
    for (; at < stop; at++) {
        uint8_t byte = *at;
        if (classes[byte] != BYTE_PLAIN) {
            if (byte != ' ') {
                break;
            }
            if (before == ' ') {
                continue;
            }
        }
        *out++ = (char)byte;
        before = byte;
    }
    decoder->out_bytes = (uint16_t)(out - decoder->out);
    return at;
}

/* Copy what is plain in a token, whose spaces count. */
static const uint8_t *put_token(struct ink_decoder *decoder, const uint8_t *at,
                                const uint8_t *end) {
    char *out = decoder->out + decoder->out_bytes;
    size_t room = (size_t)(decoder->out_cap - decoder->out_bytes);
    size_t bytes = (size_t)(end - at) < room ? (size_t)(end - at) : room;
    size_t done = count_words(at, bytes, 0);
    memcpy(out, at, done);
    while (done < bytes && classes[at[done]] <= BYTE_DELETE) {
        out[done] = (char)at[done];
        done++;
    }
    decoder->out_bytes = (uint16_t)(decoder->out_bytes + done);
    return at + done;
}

/* Pass over what is plain once the buffer is full. */
static const uint8_t *waste_plain(struct ink_decoder *decoder, const uint8_t *at,
                                  const uint8_t *end) {
    uint8_t last = decoder->is_text ? BYTE_SPACE : BYTE_DELETE;
    while (at < end && classes[*at] <= last) {
        decoder->over = true;
        at++;
    }
    return at;
}

/* A code point that was escaped. */
static enum ink_reason put_code_point(struct ink_decoder *decoder, uint32_t point) {
    if (decoder->is_text && (point == '\n' || point == '\r' || point == '\t' || point == ' ')) {
        put_space(decoder);
        return INK_REASON_NONE;
    }
    if (decoder->is_text && (point < 0x20 || (point >= 0x7F && point <= 0x9F))) {
        return INK_REASON_CONTROL;
    }
    if (point < 0x80) {
        put(decoder, (uint8_t)point);
        return INK_REASON_NONE;
    }
    int tails = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const uint8_t leads[] = {0, 0xC0, 0xE0, 0xF0};
    put(decoder, (uint8_t)(leads[tails] | point >> (6 * tails)));
    for (int i = tails - 1; i >= 0; i--) {
        put(decoder, (uint8_t)(0x80 | (point >> (6 * i) & 0x3F)));
    }
    return INK_REASON_NONE;
}

/* The byte behind a backslash. */
static enum ink_reason take_escape(struct ink_decoder *decoder, uint8_t byte) {
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    decoder->part = PLAIN;
    if (byte == 'u') {
        decoder->part = HEX_1;
        decoder->escape = 0;
        return INK_REASON_NONE;
    }
    const char *name = byte != '\0' ? strchr(names, byte) : NULL;
    return name != NULL ? put_code_point(decoder, (uint8_t)values[name - names]) : INK_REASON_JSON;
}

static int read_hex(uint8_t byte) {
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* Four hex digits are read: a code point, or half of a surrogate pair. */
static enum ink_reason take_unit(struct ink_decoder *decoder) {
    uint32_t unit = decoder->escape;
    uint32_t high = decoder->surrogate;
    bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
    decoder->part = PLAIN;
    decoder->surrogate = 0;
    if (is_low != (high != 0)) {
        return INK_REASON_UTF8;
    }
    if (is_low) {
        return put_code_point(decoder, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        decoder->surrogate = (uint16_t)unit;
        decoder->part = LOW_BACKSLASH;
        return INK_REASON_NONE;
    }
    return put_code_point(decoder, unit);
}

/* One byte of an escape sequence. */
static enum ink_reason step_escape(struct ink_decoder *decoder, uint8_t byte) {
    int digit;
    switch (decoder->part) {
    case ESCAPE:
        return take_escape(decoder, byte);
    case LOW_BACKSLASH:
        decoder->part = LOW_U;
        return byte == '\\' ? INK_REASON_NONE : INK_REASON_UTF8;
    case LOW_U:
        decoder->part = HEX_1;
        decoder->escape = 0;
        return byte == 'u' ? INK_REASON_NONE : INK_REASON_UTF8;
    default:
        digit = read_hex(byte);
        if (digit < 0) {
            return INK_REASON_JSON;
        }
        decoder->escape = (uint16_t)(decoder->escape << 4 | digit);
        return decoder->part++ == HEX_4 ? take_unit(decoder) : INK_REASON_NONE;
    }
}

/* A byte that ends a plain run; not a quote. Sets *reason if it cannot be accepted. */
static const uint8_t *take_special(struct ink_decoder *decoder, const uint8_t *at,
                                   const uint8_t *end, enum ink_reason *reason) {
    if (*at >= 0x80 || decoder->utf8 != 0) {
        const uint8_t *past = ink_decode_check_high(decoder, at, end, reason);
        ink_decode_put_run(decoder, at, (size_t)(past - at));
        return past;
    }
    if (*at == '\\') {
        decoder->part = ESCAPE;
        return at + 1;
    }
    *reason = *at == 0x7F ? INK_REASON_CONTROL : INK_REASON_JSON;
    return at;
}

/* True if the byte is one of a run that put_plain or put_token copies. */
static bool is_plain(const struct ink_decoder *decoder, uint8_t byte) {
    uint8_t last = decoder->is_text ? BYTE_SPACE : BYTE_DELETE;
    return decoder->part == PLAIN && decoder->utf8 == 0 && classes[byte] <= last;
}

const uint8_t *ink_decode_string(struct ink_decoder *decoder, const uint8_t *at, const uint8_t *end,
                                 enum ink_reason *reason) {
    while (at < end && *reason == INK_REASON_NONE) {
        if (is_plain(decoder, *at)) {
            at = decoder->is_text ? put_plain(decoder, at, end) : put_token(decoder, at, end);
            if (decoder->out_bytes == decoder->out_cap) {
                at = waste_plain(decoder, at, end);
            }
        } else if (decoder->part != PLAIN) {
            *reason = step_escape(decoder, *at);
            at += *reason == INK_REASON_NONE;
        } else if (*at == '"' && decoder->utf8 == 0) {
            return at;
        } else {
            at = take_special(decoder, at, end, reason);
        }
    }
    return at;
}
