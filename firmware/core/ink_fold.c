#include "core/ink_fold.h"

/* Where blocks of unspaced scripts begin and, in turn, end, in units of 16 code points. Symbols and
 * digits inside them are folded before this is asked. */
static const uint16_t unspaced_edges[] = {
    0x00E0, 0x00F0, // Thai, Lao
    0x0100, 0x010A, // Myanmar
    0x0110, 0x0120, // Hangul letters
    0x0178, 0x0180, // Khmer
    0x0195, 0x01A0, // Tai Le, New Tai Lue
    0x01A2, 0x01AB, // Tai Tham
    0x02E8, 0x0A4D, // Han, kana, Bopomofo, Yi
    0x0A96, 0x0A98, // Hangul letters
    0x0A9E, 0x0AA0, // Myanmar
    0x0AA6, 0x0AAE, // Myanmar, Tai Viet
    0x0AC0, 0x0D80, // Hangul
    0x0F90, 0x0FB0, // Han
    0x0FF6, 0x0FFE, // half-width kana and Hangul
    0x16FE, 0x1B30, // Tangut, Khitan, kana, Nushu
};
#define EDGES (sizeof unspaced_edges / sizeof unspaced_edges[0])

static uint32_t mark_unspaced(uint32_t letter) {
    uint32_t unspaced = 0;
    for (size_t i = 0; i < EDGES && letter >> 4 >= unspaced_edges[i]; i++) {
        unspaced ^= INK_FOLD_UNSPACED;
    }
    return letter | unspaced;
}

/* The run that starts at or before a code point of U+0080 or more; the first starts there. */
static uint32_t find_run(uint32_t code_point) {
    uint32_t low = 0;
    uint32_t count = ink_fold_table_count;
    uint32_t key = code_point << 15 | 0x7FFF; // above every run that starts at or before it
    while (count > 1) {                       // the answer is in low .. low + count - 1
        uint32_t half = count >> 1;
        if (ink_fold_table[low + half] <= key) {
            low += half;
        }
        count -= half;
    }
    return ink_fold_table[low];
}

static uint32_t fold_in_run(uint32_t code_point, uint32_t run) {
    uint32_t index = run & 0xFF;
    uint32_t past = code_point - (run >> 15);
    uint32_t units = index == INK_FOLD_LONG ? past >> 7 : past;
    if (units > (run >> 8 & 0x7F)) {
        return code_point;
    }
    if (index < INK_FOLD_LONG) {
        uint32_t step = ~(code_point ^ index) & 1; // 1: has the lowest bit of the index
        return index < INK_FOLD_DOWN ? code_point + step : code_point - step;
    }
    uint32_t value = ink_fold_values[index];
    if (value > '9') {
        value += code_point & 0x10000; // a letter stays in its plane
    }
    return value + (index >= ink_fold_steps[0] ? past : 0) + // past <= 127
           (index >= ink_fold_steps[1] ? past : 0);
}

uint32_t ink_fold(uint32_t code_point) {
    if (code_point < 0x80) {
        return ink_fold_ascii[code_point];
    }
    if (code_point - 0x430 < 0x20 && code_point != 0x439) { // small Cyrillic letters
        return code_point;
    }
    if (code_point >= INK_FOLD_TABLE_END) { // ideographs; then tags and selectors
        return code_point < 0x40000 ? code_point | INK_FOLD_UNSPACED : INK_FOLD_SKIP;
    }
    return mark_unspaced(fold_in_run(code_point, find_run(code_point)));
}
