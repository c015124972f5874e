/* A picture of any size in palette colours, written row by row (libpng). Nothing is kept. */
#ifndef INK_CANVAS_H
#define INK_CANVAS_H

#include "glass.h"
#include "output.h"

struct ink_canvas {
    struct ink_output output;
    void *writer, *info; /* libpng's */
};

/* Open the file and start. Returns INK_EXIT_OK, or prints why not and returns an exit code. */
int ink_canvas_begin(struct ink_canvas *canvas, const char *name, const struct ink_palette *palette,
                     int width, int height) INK_MUST_USE;

/* The next row: a palette number for each pixel. After false only ink_canvas_end may follow. */
bool ink_canvas_row(struct ink_canvas *canvas, const uint8_t *pixels) INK_MUST_USE;

/* Put the file in its place if `good`, else remove it. Returns INK_EXIT_OK, or prints why not and
 * returns an exit code. */
int ink_canvas_end(struct ink_canvas *canvas, bool good) INK_MUST_USE;

#endif
