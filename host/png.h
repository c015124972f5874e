/* Native frames as PNG, no interlace, no alpha, exactly the panel's size (libpng): grayscale of
 * exactly the panel's 1, 2 or 4 bits, 0 is black; of a panel with colours a palette of those that
 * it has, in order of their native values (core/ink_inks.h), in 1, 2 or 4 bits as they fit.
 *
 * Rows come as in a band (core/ink_band.h): all of one plane before those of the next. The pixel
 * pitch is written as pHYs, so that a viewer can show the true size.
 */
#ifndef INK_PNG_H
#define INK_PNG_H

#include <stdio.h>

#include "core/ink_panel.h"

struct ink_png {
    void *writer, *info; /* libpng's */
    int width;
    bool gray;                            /* samples are levels; else places in a palette */
    uint8_t planes, depth;                /* bits a pixel: of the panel, of the picture */
    uint8_t samples[1 << INK_PLANES_MAX]; /* in the picture, by native value */
};

/* Fill all but `writer` and `info`: what a picture of the panel looks like. */
void ink_png_set(struct ink_png *png, const struct ink_panel *panel);

/* Start; `file` is written from here on. Returns false if libpng fails (memory, writing). */
bool ink_png_begin(struct ink_png *png, FILE *file, const struct ink_panel *panel) INK_MUST_USE;

/* The next `count` rows, top to bottom. After false only ink_png_end may follow. */
bool ink_png_rows(struct ink_png *png, const uint8_t *rows, int count) INK_MUST_USE;

/* Finish if `good`, and free. Returns false if the picture is not whole. */
bool ink_png_end(struct ink_png *png, bool good) INK_MUST_USE;

#endif
