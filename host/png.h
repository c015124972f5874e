/* Native frames as PNG: grayscale of 1 or 2 bits as the panel has, no interlace, exactly the
 * panel's size (libpng).
 *
 * Rows come as in a band (core/ink_band.h): (width+7)/8 bytes, bit 7 leftmost, 1 = black; of depth
 * 2 all rows of the high bits, then all of the low ones. In the PNG 0 is black. The pixel pitch is
 * written as pHYs, so that a viewer can show the true size.
 */
#ifndef INK_PNG_H
#define INK_PNG_H

#include <stdio.h>

#include "core/ink_panel.h"

struct ink_png {
    void *writer, *info; /* libpng's */
    int width, depth;
};

/* Start; `file` is written from here on. Returns false if libpng fails (memory, writing). */
bool ink_png_begin(struct ink_png *png, FILE *file, const struct ink_panel *panel) INK_MUST_USE;

/* The next `count` rows, top to bottom. After false only ink_png_end may follow. */
bool ink_png_rows(struct ink_png *png, const uint8_t *rows, int count) INK_MUST_USE;

/* Finish if `good`, and free. Returns false if the picture is not whole. */
bool ink_png_end(struct ink_png *png, bool good) INK_MUST_USE;

#endif
