/* Noun: a strip of panel rows in a caller's buffer, in one to four planes of bits. */
#ifndef INK_BAND_H
#define INK_BAND_H

#include "core/ink_types.h"

/* Rows of the panel as its controller takes them: top to bottom, in each row the leftmost pixel in
 * the most significant bit of the first byte. Of several planes, all rows of one before those of
 * the next: the first has the highest bit of each pixel's native value (core/ink_inks.h), which is
 * 1 for black where there is only one. Bits past the panel's width are paper. */
struct ink_band {
    uint8_t *bits;   /* planes * rows * stride bytes, no alignment needed */
    uint32_t stride; /* bytes a row, at least (width + 7) / 8 */
    int16_t y0;      /* first row */
    int16_t rows;    /* 1 or more */
    uint8_t plane;   /* 0: all planes of the panel; else this one alone, 1 the first */
};

#endif
