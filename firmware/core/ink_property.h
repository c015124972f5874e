/* Base: what Unicode 15.0 says of a code point, for bidi, line breaks, grapheme clusters, joining.
 *
 * One trie of four stages for all four, baked by inkline-bake-property from the Unicode Character
 * Database: 13.2 KB of flash for all of Unicode, 7.4 KB for U+0000..U+FFFF alone. No RAM.
 */
#ifndef INK_PROPERTY_H
#define INK_PROPERTY_H

#include "core/ink_types.h"

/* Bidi_Class, UAX #9, table 4. */
enum ink_bidi_class {
    INK_BIDI_L,
    INK_BIDI_R,
    INK_BIDI_AL,
    INK_BIDI_EN,
    INK_BIDI_ES,
    INK_BIDI_ET,
    INK_BIDI_AN,
    INK_BIDI_CS,
    INK_BIDI_NSM,
    INK_BIDI_BN,
    INK_BIDI_B,
    INK_BIDI_S,
    INK_BIDI_WS,
    INK_BIDI_ON,
    INK_BIDI_LRE,
    INK_BIDI_LRO,
    INK_BIDI_RLE,
    INK_BIDI_RLO,
    INK_BIDI_PDF,
    INK_BIDI_LRI,
    INK_BIDI_RLI,
    INK_BIDI_FSI,
    INK_BIDI_PDI,
    INK_BIDI_COUNT
};

/* Line_Break as rule LB1 of UAX #14 resolves it: AI, SG and XX are AL, CJ is NS, and SA is CM if it
 * is a mark, else AL. Two classes more are sets that rules name by other properties. The classes
 * that rules put beside each other come first; there are 32 of them, for sets in one word. */
enum ink_line_break {
    INK_LB_AL,
    INK_LB_HL,
    INK_LB_NU,
    INK_LB_PR,
    INK_LB_PO,
    INK_LB_OP,
    INK_LB_OP_WIDE, /* OP that LB30 leaves out: its East_Asian_Width is F, W or H */
    INK_LB_CL,
    INK_LB_CP,
    INK_LB_QU,
    INK_LB_EX,
    INK_LB_IS,
    INK_LB_SY,
    INK_LB_BA,
    INK_LB_HY,
    INK_LB_NS,
    INK_LB_IN,
    INK_LB_GL,
    INK_LB_WJ,
    INK_LB_BB,
    INK_LB_B2,
    INK_LB_CB,
    INK_LB_ID,
    INK_LB_ID_PICTOGRAPH, /* ID of LB30b: a pictograph that is not yet assigned */
    INK_LB_EB,
    INK_LB_EM,
    INK_LB_RI,
    INK_LB_JL,
    INK_LB_JV,
    INK_LB_JT,
    INK_LB_H2,
    INK_LB_H3,
    INK_LB_CM,
    INK_LB_ZWJ,
    INK_LB_SP,
    INK_LB_ZW,
    INK_LB_CR,
    INK_LB_LF,
    INK_LB_NL,
    INK_LB_BK,
    INK_LB_COUNT
};

/* Grapheme_Cluster_Break, UAX #29, with Extended_Pictographic as one class more.
 * No code point is both that and of another class: the bake checks it. */
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

/* Joining_Type, The Unicode Standard 9.2. */
enum ink_joining {
    INK_JOIN_NONE,       /* U */
    INK_JOIN_CAUSING,    /* C: a joiner, the tatweel */
    INK_JOIN_DUAL,       /* D */
    INK_JOIN_LEFT,       /* L */
    INK_JOIN_RIGHT,      /* R */
    INK_JOIN_TRANSPARENT /* T: marks */
};

/* All properties of a code point in one word, for the four accessors below.
 *
 *     31      24 23      16 15       8 7        0
 *     +---------+----------+----------+----------+
 *     | joining | grapheme |   bidi   |line break|
 *     +---------+----------+----------+----------+
 *
 * An unassigned code point has the defaults of its block. Any number may be asked: beyond U+10FFFF
 * it is L, AL, OTHER and NONE. In a table baked with --bmp everything beyond U+FFFF is as U+1F600,
 * a face: ON, ID, PICTOGRAPHIC and NONE; flags and skin tones then count as such faces, too. */
uint32_t ink_properties(uint32_t code_point);

/* enum ink_line_break */
static inline uint8_t ink_line_break_of(uint32_t properties) {
    return (uint8_t)(properties & 0xFF);
}

/* enum ink_bidi_class */
static inline uint8_t ink_bidi_of(uint32_t properties) {
    return (uint8_t)(properties >> 8 & 0xFF);
}

/* enum ink_grapheme_break */
static inline uint8_t ink_grapheme_of(uint32_t properties) {
    return (uint8_t)(properties >> 16 & 0xFF);
}

/* enum ink_joining */
static inline uint8_t ink_joining_of(uint32_t properties) {
    return (uint8_t)(properties >> 24);
}

/* The baked table (build/.../gen/ink_property_table.c). The bits of a code point below the end,
 *
 *     20         12 11     7 6     3 2    0
 *     +------------+--------+-------+------+
 *     |    top     |  high  |  mid  | leaf |
 *     +------------+--------+-------+------+
 *
 * step from stage to stage: a top names a block of 32 in high, which names a block of 16 in mid,
 * which is the place of a block of 8 in leaf, which names a word. Blocks of leaf may overlap. */
extern const uint8_t ink_property_top[];
extern const uint8_t ink_property_high[];
extern const uint16_t ink_property_mid[];
extern const uint8_t ink_property_leaf[];
extern const uint32_t ink_property_words[];
extern const uint32_t ink_property_end;    /* 110000, or with --bmp 10000 */
extern const uint32_t ink_property_beyond; /* the word of all from there on */

#endif
