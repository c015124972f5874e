#include "core/ink_utf8.h"

#include "core/ink_grapheme.h"

// Validation is a finite automaton: a byte from 80 on has a class, the class and the state give
// the next state. The classes are no finer than RFC 3629, section 4, needs:
//
//     0  80..8F   1  90..9F   2  A0..BF       tails; E0, ED, F0 and F4 allow only some of them
//     3  C2..DF                               1 tail follows
//     4  E1..EC EE EF   5  E0   6  ED         2 tails; E0 would be overlong, ED a surrogate
//     7  F1..F3   8  F0   9  F4               3 tails; F0 would be overlong, F4 over U+10FFFF
//     10 C0 C1 F5..FF                         never
//
// States: 0 between code points; 1, 2, 3 tails missing; 4 after E0, 5 after ED, 6 after F0,
// 7 after F4.
enum { STATES = 8, CLASSES = 11, BAD = INK_UTF8_BAD };

static const uint8_t class_of[128] = {
    0,  0,  0, 0, 0, 0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  // 80
    1,  1,  1, 1, 1, 1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  1,  // 90
    2,  2,  2, 2, 2, 2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  // A0
    2,  2,  2, 2, 2, 2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  2,  // B0
    10, 10, 3, 3, 3, 3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  // C0
    3,  3,  3, 3, 3, 3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  3,  // D0
    5,  4,  4, 4, 4, 4,  4,  4,  4,  4,  4,  4,  4,  6,  4,  4,  // E0
    8,  7,  7, 7, 9, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, // F0
};

static const uint8_t next_state[CLASSES][STATES] = {
    {BAD, 0, 1, 2, BAD, 1, BAD, 2},           // 80..8F
    {BAD, 0, 1, 2, BAD, 1, 2, BAD},           // 90..9F
    {BAD, 0, 1, 2, 1, BAD, 2, BAD},           // A0..BF
    {1, BAD, BAD, BAD, BAD, BAD, BAD, BAD},   // C2..DF
    {2, BAD, BAD, BAD, BAD, BAD, BAD, BAD},   // E1..EC EE EF
    {4, BAD, BAD, BAD, BAD, BAD, BAD, BAD},   // E0
    {5, BAD, BAD, BAD, BAD, BAD, BAD, BAD},   // ED
    {3, BAD, BAD, BAD, BAD, BAD, BAD, BAD},   // F1..F3
    {6, BAD, BAD, BAD, BAD, BAD, BAD, BAD},   // F0
    {7, BAD, BAD, BAD, BAD, BAD, BAD, BAD},   // F4
    {BAD, BAD, BAD, BAD, BAD, BAD, BAD, BAD}, // C0 C1 F5..FF
};

uint8_t ink_utf8_step(uint8_t state, uint8_t byte) {
    if (byte < 0x80) {
        return state == 0 ? 0 : INK_UTF8_BAD;
    }
    return state < STATES ? next_state[class_of[byte - 0x80]][state] : INK_UTF8_BAD;
}

bool ink_utf8_valid(const char *text, size_t bytes) {
    uint8_t state = 0;
    for (size_t i = 0; i < bytes; i++) {
        uint8_t byte = (uint8_t)text[i];
        if (byte < 0x80 && state == 0) {
            continue;
        }
        state = ink_utf8_step(state, byte);
        if (state == INK_UTF8_BAD) {
            return false;
        }
    }
    return state == 0;
}

// How many tails a lead byte calls for. A stray tail stands alone.
static unsigned count_tails(uint8_t lead) {
    return (unsigned)(lead >= 0xC0) + (lead >= 0xE0) + (lead >= 0xF0);
}

uint32_t ink_utf8_next(const char *text, size_t bytes, size_t *at) {
    uint8_t lead = (uint8_t)text[(*at)++];
    if (lead < 0x80) {
        return lead;
    }
    unsigned tails = count_tails(lead);
    uint32_t code = lead & (0x3Fu >> tails); // the payload of a lead: 5, 4 or 3 bits
    for (; tails > 0 && *at < bytes; tails--) {
        code = code << 6 | ((uint8_t)text[(*at)++] & 0x3Fu);
    }
    return code;
}

// Rules GB3 to GB13 of UAX #29 look back over any distance, but what they look for fits one small
// number: the class of the last code point, with three exceptions. A pictograph stays one behind
// its extenders, with a joiner it becomes JOINED_PICTOGRAPH (GB11), and the second half of a flag
// is as good as a letter (GB12, GB13).
enum { JOINED_PICTOGRAPH = INK_GB_PICTOGRAPHIC + 1, LINKS };

#define BIT(class) (1u << (class))
#define EXTENDERS  (BIT(INK_GB_EXTEND) | BIT(INK_GB_ZWJ) | BIT(INK_GB_SPACING_MARK)) // GB9, GB9a
#define BREAKERS   (BIT(INK_GB_CR) | BIT(INK_GB_LF) | BIT(INK_GB_CONTROL))           // GB5
#define EVERYTHING (BIT(JOINED_PICTOGRAPH) - 1)

_Static_assert(LINKS <= 16, "a set of classes is 16 bits");

// The classes that no boundary separates from what stands before them.
static const uint16_t joins[LINKS] = {
    [INK_GB_OTHER] = EXTENDERS,
    [INK_GB_CR] = BIT(INK_GB_LF), // GB3
    [INK_GB_LF] = 0,              // GB4
    [INK_GB_CONTROL] = 0,
    [INK_GB_EXTEND] = EXTENDERS,
    [INK_GB_ZWJ] = EXTENDERS,
    [INK_GB_PREPEND] = EVERYTHING & ~BREAKERS, // GB9b
    [INK_GB_SPACING_MARK] = EXTENDERS,
    [INK_GB_REGIONAL] = EXTENDERS | BIT(INK_GB_REGIONAL),
    [INK_GB_L] = EXTENDERS | BIT(INK_GB_L) | BIT(INK_GB_V) | BIT(INK_GB_LV) | BIT(INK_GB_LVT),
    [INK_GB_V] = EXTENDERS | BIT(INK_GB_V) | BIT(INK_GB_T),
    [INK_GB_T] = EXTENDERS | BIT(INK_GB_T),
    [INK_GB_LV] = EXTENDERS | BIT(INK_GB_V) | BIT(INK_GB_T),
    [INK_GB_LVT] = EXTENDERS | BIT(INK_GB_T),
    [INK_GB_PICTOGRAPHIC] = EXTENDERS,
    [JOINED_PICTOGRAPH] = EXTENDERS | BIT(INK_GB_PICTOGRAPHIC),
};

static unsigned link_after(unsigned before, unsigned class) {
    if (before == INK_GB_PICTOGRAPHIC && class == INK_GB_EXTEND) {
        return INK_GB_PICTOGRAPHIC;
    }
    if (before == INK_GB_PICTOGRAPHIC && class == INK_GB_ZWJ) {
        return JOINED_PICTOGRAPH;
    }
    if (before == INK_GB_REGIONAL && class == INK_GB_REGIONAL) {
        return INK_GB_OTHER;
    }
    return class;
}

// Class of the code point at *at; moves *at past it. One that is cut off at the end of the text
// might be anything, so it counts as what joins most: no boundary is seen that may not be there.
static unsigned next_class(const char *text, size_t bytes, size_t *at) {
    uint8_t lead = (uint8_t)text[*at];
    if (lead >= 0x20 && lead < 0x7F) {
        (*at)++;
        return INK_GB_OTHER;
    }
    if (count_tails(lead) >= bytes - *at) {
        *at = bytes;
        return INK_GB_EXTEND;
    }
    return ink_grapheme_class(ink_utf8_next(text, bytes, at));
}

size_t ink_grapheme_bytes(const char *text, size_t bytes, size_t at) {
    size_t end = at;
    unsigned before = next_class(text, bytes, &end);
    while (end < bytes) {
        size_t past = end;
        unsigned class = next_class(text, bytes, &past);
        if ((joins[before] & BIT(class)) == 0) {
            break;
        }
        before = link_after(before, class);
        end = past;
    }
    return end - at;
}

// Bytes of the text without a code point that is cut off at its end.
static size_t whole_bytes(const char *text, size_t bytes) {
    for (size_t back = 1; back <= 3 && back <= bytes; back++) {
        uint8_t byte = (uint8_t)text[bytes - back];
        if (byte < 0x80 || byte >= 0xC0) {
            return count_tails(byte) >= back ? bytes - back : bytes;
        }
    }
    return bytes;
}

size_t ink_grapheme_cut(const char *text, size_t bytes, size_t cap) {
    size_t whole = whole_bytes(text, bytes);
    if (whole == bytes && bytes <= cap) {
        return bytes;
    }
    size_t limit = whole < cap ? whole : cap;
    size_t end = 0;
    while (end < limit) {
        size_t past = end + ink_grapheme_bytes(text, bytes, end);
        if (past > limit) {
            break;
        }
        end = past;
    }
    return end;
}

/* White space of Unicode beyond ASCII, and letters that are empty by design (Hangul fillers, the
 * Braille blank). */
static bool is_empty(uint32_t c) {
    return c == ' ' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x205F || c == 0x2800 || c == 0x3000 || c == 0x115F || c == 0x1160 || c == 0x3164 ||
           c == 0xFFA0;
}

bool ink_utf8_is_blank(struct ink_span text) {
    for (size_t at = 0; at < text.bytes;) {
        if (text.at[at] > ' ' && text.at[at] < 0x7F) { /* as nearly every headline shows at once */
            return false;
        }
        uint32_t c = ink_utf8_next(text.at, text.bytes, &at);
        uint8_t class = ink_grapheme_class(c);
        bool seen = class != INK_GB_CR && class != INK_GB_LF && class != INK_GB_CONTROL &&
                    class != INK_GB_EXTEND && class != INK_GB_ZWJ && class != INK_GB_SPACING_MARK;
        if (seen && !is_empty(c)) {
            return false;
        }
    }
    return true;
}
