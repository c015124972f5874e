/* What the tests of bidi share: a text that knows its code points, and the visual order of a line
 * as the core tells it. */
#ifndef INK_BIDI_TEXT_H
#define INK_BIDI_TEXT_H

#include "core/ink_bidi.h"
#include "core/ink_property.h"

#include "ink_test.h"

struct bidi_text {
    char bytes[2 * INK_BIDI_BYTES];
    uint32_t codes[2 * INK_BIDI_BYTES];
    uint16_t starts[2 * INK_BIDI_BYTES + 1]; /* byte offset of each code point, and of the end */
    uint16_t count;
};

static inline void bidi_text_add(struct bidi_text *text, uint32_t code) {
    uint16_t at = text->count == 0 ? 0 : text->starts[text->count];
    int bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const uint8_t leads[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (int i = bytes - 1; i > 0; i--) {
        text->bytes[at + i] = (char)(0x80 | (code >> 6 * (bytes - 1 - i) & 0x3F));
    }
    text->bytes[at] = (char)(leads[bytes] | code >> 6 * (bytes - 1));
    text->codes[text->count] = code;
    text->starts[text->count] = at;
    text->starts[++text->count] = (uint16_t)(at + bytes);
}

static inline struct ink_span bidi_text_span(const struct bidi_text *text) {
    return (struct ink_span){text->bytes,
                             text->count == 0 ? (uint16_t)0 : text->starts[text->count]};
}

static inline unsigned bidi_class_of(uint32_t code) {
    return ink_bidi_of(ink_properties(code));
}

/* True for what rule X9 removes. */
static inline bool bidi_is_removed(uint32_t code) {
    unsigned class = bidi_class_of(code);
    return class == INK_BIDI_BN || (class >= INK_BIDI_LRE && class <= INK_BIDI_PDF);
}

/* Numbers of the code points of a line from left to right, without those removed. Returns how many,
 * or -1 if a run is not between code points or a code point is not in just one of them. */
static inline int bidi_order(const struct bidi_text *text, struct ink_bidi_line line,
                             uint16_t *order) {
    int count = 0;
    unsigned bytes = 0;
    while (ink_bidi_next(&line)) {
        int low = 0;
        while (text->starts[low] < line.run.first) {
            low++;
        }
        int high = low;
        while (text->starts[high] < line.run.end) {
            high++;
        }
        if (text->starts[low] != line.run.first || text->starts[high] != line.run.end) {
            return -1;
        }
        bytes += (unsigned)(line.run.end - line.run.first);
        for (int i = low; i < high; i++) {
            int at = line.run.level % 2 == 0 ? i : high - 1 - (i - low);
            if (!bidi_is_removed(text->codes[at])) {
                order[count++] = (uint16_t)at;
            }
        }
    }
    return bytes == (unsigned)(line.end - line.first) ? count : -1;
}

/* Every class, every control, and brackets of all kinds, one like the other. */
static const uint32_t bidi_alphabet[] = {
    'a',    0x44F,  0x5D0,  0x10800, 0x627,  '1',    0x661,  '+',    '%',    ',',
    0x300,  0xAD,   ' ',    0x3000,  '\t',   '!',    0x200F, '(',    ')',    '[',
    ']',    0x2329, 0x232A, 0x3008,  0x3009, 0x202A, 0x202B, 0x202D, 0x202E, 0x202C,
    0x2066, 0x2067, 0x2068, 0x2069,  0x2069, 'b',    0x5D1,  0x4E2D};

static inline uint32_t bidi_random_code(uint64_t *seed) {
    return bidi_alphabet[ink_random_below(seed, sizeof bidi_alphabet / sizeof bidi_alphabet[0])];
}

/* 1 to `most` code points, none of them a paragraph separator. */
static inline void bidi_text_fill(struct bidi_text *text, uint64_t *seed, uint32_t most) {
    text->count = 0;
    for (uint32_t left = 1 + ink_random_below(seed, most); left > 0; left--) {
        bidi_text_add(text, bidi_random_code(seed));
    }
}

#endif
