/* Service: where a line may end (UAX #14 of Unicode 15.0, all rules), one code point at a time.
 *
 * The rules are the default ones, with numbers as in example 7 of section 8.2, which is what
 * LineBreakTest.txt expects: "(12,5)%" stays together, and a bracket after a currency sign opens a
 * number only if a digit follows. Thai, Lao, Khmer and Burmese break at U+200B alone: what would
 * find their words is a dictionary.
 */
#ifndef INK_LINEBREAK_H
#define INK_LINEBREAK_H

#include "core/ink_property.h"

/* What the rules need to remember of the text so far. */
struct ink_breaker {
    uint8_t before; /* the last code point but for marks and spaces: enum ink_line_break, or more */
    uint8_t since;  /* enum ink_since */
};

enum ink_since {
    INK_SINCE_NOTHING, /* `before` is what stands right before, perhaps with marks */
    INK_SINCE_SPACES,
    INK_SINCE_JOINER /* a ZWJ */
};

enum ink_break {
    INK_BREAK_NO,
    INK_BREAK_MAY,
    INK_BREAK_MUST /* the text before it ends with a line feed or its like */
};

/* Start of a text. */
void ink_break_begin(struct ink_breaker *breaker);

/* ink_break_before for any code point: for that function alone. */
enum ink_break ink_break_consider(struct ink_breaker *breaker, struct ink_span text, size_t at);

/* Does the byte begin a letter of A-Z, Latin of the first blocks, Greek or Cyrillic? All are AL. */
static inline bool ink_break_is_letter(uint8_t byte) {
    return (uint8_t)((byte | 0x20) - 'a') < 26 || /* U+0041..005A, U+0061..007A */
           (uint8_t)(byte - 0xC3) < 8 ||          /* U+00C0..02BF */
           (uint8_t)(byte - 0xCE) < 4;            /* U+0380..047F */
}

/* May a line end between the code point at text.at[at] and what stands before it? To be asked of
 * each code point in order, from the first one, which answers INK_BREAK_NO. `text` is valid UTF-8,
 * at < text.bytes; after an opening bracket the text is looked at up to the next letter or digit.
 */
static inline enum ink_break ink_break_before(struct ink_breaker *breaker, struct ink_span text,
                                              size_t at) {
    uint8_t byte = (uint8_t)text.at[at];
    bool letter = ink_break_is_letter(byte);
    if ((letter || byte == ' ') && breaker->before == INK_LB_AL &&
        breaker->since != INK_SINCE_JOINER) { /* most of most texts, answered without a call */
        bool spaced = breaker->since == INK_SINCE_SPACES;
        breaker->since = letter ? INK_SINCE_NOTHING : INK_SINCE_SPACES;
        return letter && spaced ? INK_BREAK_MAY : INK_BREAK_NO;
    }
    return ink_break_consider(breaker, text, at);
}

#endif
