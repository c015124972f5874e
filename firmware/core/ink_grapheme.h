/* Service: the Grapheme_Cluster_Break class of a code point (Unicode UAX #29, Unicode 15.0), with
 * Extended_Pictographic as one class more. Cluster rules themselves are in ink_utf8.c.
 *
 * The table is baked from GraphemeBreakProperty.txt and emoji-data.txt, under 4 KB of flash for all
 * of Unicode. Hangul LV and LVT are computed, not stored. No RAM.
 */
#ifndef INK_GRAPHEME_H
#define INK_GRAPHEME_H

#include "core/ink_types.h"

/* No code point is both Extended_Pictographic and of another class here: the bake checks it. */
enum ink_grapheme_break {
    INK_GB_OTHER,
    INK_GB_CR,
    INK_GB_LF,
    INK_GB_CONTROL,
    INK_GB_EXTEND,
    INK_GB_ZWJ,
    INK_GB_PREPEND,
    INK_GB_SPACING_MARK,
    INK_GB_REGIONAL,
    INK_GB_L,
    INK_GB_V,
    INK_GB_T,
    INK_GB_LV,
    INK_GB_LVT,
    INK_GB_PICTOGRAPHIC
};

/* Class of a code point, enum ink_grapheme_break. Any number may be asked; beyond U+10FFFF it is
 * INK_GB_OTHER. */
uint8_t ink_grapheme_class(uint32_t code_point);

/* The baked table (build/.../gen/ink_grapheme_table.c): ranges in ascending order, one word each,
 *
 *     31                    11 10       4 3     0
 *     +-----------------------+----------+-------+
 *     |   first code point    | count-1  | class |
 *     +-----------------------+----------+-------+
 *
 * so that the words themselves ascend; a range of more than 128 code points takes several. */
extern const uint32_t ink_grapheme_table[];
extern const uint16_t ink_grapheme_table_count;

#endif
