#include "core/ink_grapheme.h"

/* Unicode 3.12: 11172 syllables from U+AC00, 28 of them for each pair of L and V. */
#define HANGUL_FIRST    0xAC00u
#define HANGUL_COUNT    11172u
#define HANGUL_TRAILING 28u

/* Below U+0300 there are controls and three exceptions. */
static uint8_t class_of_latin(uint32_t code_point) {
    if (code_point < 0x20) {
        return code_point == '\n' ? INK_GB_LF : code_point == '\r' ? INK_GB_CR : INK_GB_CONTROL;
    }
    if (code_point - 0x7F <= 0x9F - 0x7F || code_point == 0xAD) {
        return INK_GB_CONTROL;
    }
    return code_point == 0xA9 || code_point == 0xAE ? INK_GB_PICTOGRAPHIC : INK_GB_OTHER;
}

/* Beyond U+10FFFF the key may overflow and find any range: all of them are too far below. */
static uint8_t class_in_table(uint32_t code_point) {
    uint32_t low = 0;
    uint32_t count = ink_grapheme_table_count;
    uint32_t key = code_point << 11 | 0x7FF; // above every range that starts at or before it
    while (count > 1) {                      // the answer is in low .. low + count - 1
        uint32_t half = count / 2;
        low += ink_grapheme_table[low + half] <= key ? half : 0;
        count -= half;
    }
    uint32_t range = ink_grapheme_table[low];
    uint32_t past = code_point - (range >> 11);
    return past <= (range >> 4 & 0x7F) ? (uint8_t)(range & 0xF) : (uint8_t)INK_GB_OTHER;
}

uint8_t ink_grapheme_class(uint32_t code_point) {
    if (code_point < 0x300) {
        return class_of_latin(code_point);
    }
    if (code_point - 0x370 < 0x483 - 0x370) { // Greek and Cyrillic up to its first combining mark
        return INK_GB_OTHER;
    }
    if (code_point - HANGUL_FIRST < HANGUL_COUNT) {
        uint32_t trailing = (code_point - HANGUL_FIRST) % HANGUL_TRAILING;
        return trailing == 0 ? INK_GB_LV : INK_GB_LVT;
    }
    return class_in_table(code_point);
}
