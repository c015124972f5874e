/* Noun: a strip of panel rows in a caller's buffer, in one plane of bits or two. */
#ifndef INK_BAND_H
#define INK_BAND_H

#include "core/ink_types.h"

/* Rows of the panel as its controller takes them: top to bottom, in each row the leftmost pixel in
 * the most significant bit of the first byte, 1 = black. Bits past the panel's width stay 0. A page
 * of depth 2 has two planes, all rows of the first before those of the second: the high bit of a
 * pixel's level and the low one, level 0 white, 1 light, 2 dark, 3 black. */
struct ink_band {
    uint8_t *bits;   /* depth * rows * stride bytes, no alignment needed */
    uint32_t stride; /* bytes a row, at least (width + 7) / 8 */
    int16_t y0;      /* first row */
    int16_t rows;    /* 1 or more */
};

#endif
