/* The model of the range codec, and what a decision sees: the part of core/ink_range.h that decoder
 * and encoder must agree on.
 *
 * A pixel at column x sees four windows of 16 columns: of its own row to the left, and of three
 * rows a, b, c from x-8 to x+7. Beyond the glyph's last column b has ink and the others are white,
 * so that a tree can tell where the glyph ends.
 *
 *     question   0 .. 15        16 .. 31           32 .. 47           48 .. 63
 *                own            a                  b                  c
 *     column     x-1 .. x-16    x+7 .. x-8         x+7 .. x-8         x+7 .. x-8
 *     plane 0    plane 0        plane 0, 1 up      plane 0, 2 up      struct ink_range's up[2]
 *     plane 1    plane 1        plane 0, this row  plane 1, 1 up      plane 0, 1 up
 *
 * The decision "same row as above" sees those before it, `same`, as its own row, the last one at
 * x-1, and 48 columns of plane 0 of the row above as a, b, c.
 *
 * Model, integers little-endian:
 *     depth x 64 x u16   where the tree of each root is, from the start of the model
 *     then               the tree of the decision "same row as above", and all the others
 * The six pixels nearest make the number of the root. A tree is a run of bytes:
 *     leaf   0 v cccccc            decide: v is likely; the other has the chance `cccccc`
 *     node   1 p qqqqqq, near, far ask for pixel q; if it equals p: near
 *     near   a leaf, or 1 sssssss and a tree of s bytes
 *     far    a tree
 */
#ifndef INK_RANGE_MODEL_H
#define INK_RANGE_MODEL_H

#include "core/ink_types.h"

#define INK_RANGE_ROOTS       64 /* per plane */
#define INK_RANGE_QUESTIONS   64
#define INK_RANGE_CHANCE_BITS 12          /* chances are in 1 / 2^12 */
#define INK_RANGE_TOP         0x01000000u /* range stays at or above it between decisions */

/* What pixels see. Eight columns x .. x+7 are under way, of which `left` are still to come:
 *
 *     bit          31 .. 24   23 .. 16   15 .. 8    7 .. 0
 *     row[0], own  x-24 ..    x-16 ..    x-8 ..     x .. x+7
 *     row[1..3]    x-16 ..    x-8 ..     x .. x+7   x+8 .. x+15
 */
struct ink_range_window {
    uint32_t row[4]; /* own, a, b, c */
    uint32_t left;   /* 8..1 */
};

/* Let eight more columns of a, b and c into sight, the first one at `column`, a multiple of 8;
 * there are two words to a row, so `column` may lie beyond them only with nothing inside. */
static inline void ink_range_window_fill(struct ink_range_window *window,
                                         const uint32_t *const row[3], int column, int width) {
    int inside = width - column;
    window->row[0] <<= 8;
    for (int i = 0; i < 3; i++) {
        uint32_t next = inside > 0 ? row[i][column >> 5] >> (24 - (column & 31)) & 0xFF : 0;
        window->row[1 + i] = window->row[1 + i] << 8 | next;
    }
    if (inside < 8) {
        window->row[2] |= 0xFFu >> (inside > 0 ? inside : 0);
    }
    window->left = 8;
}

/* What the decision "same row as above" sees, below a row. */
static inline struct ink_range_window ink_range_window_of_row(uint32_t same, const uint32_t *row) {
    return (struct ink_range_window){.row = {same, row[0] >> 16, row[0], row[1] >> 16}};
}

/* Number of the root, below INK_RANGE_ROOTS: two pixels to the left, three above in a, one in b. */
static inline uint32_t ink_range_root(const struct ink_range_window *window) {
    uint32_t left = window->left;
    return (window->row[0] >> left & 3) | (window->row[1] >> left >> 4 & 0x1C) |
           (window->row[2] >> left >> 2 & 0x20);
}

/* The leaf of the tree at `at`. */
static inline uint32_t ink_range_leaf(const uint8_t *at, const struct ink_range_window *window) {
    uint32_t node = *at;
    while (node & 0x80) {
        uint32_t seen = window->row[node >> 4 & 3] >> ((node & 15) + window->left);
        uint32_t near = *++at;
        if ((seen ^ node >> 6) & 1) {
            at += near & 0x80 ? near - 0x7F : 1;
        } else {
            at += near >> 7;
        }
        node = *at;
    }
    return node;
}

/* Chance of what a leaf holds for unlikely: 8 .. 1920 in 1 / 2^12. */
static inline uint32_t ink_range_chance(uint32_t leaf) {
    return (8 + (leaf & 7)) << (leaf >> 3 & 7);
}

#endif
