/* One number for glyphs that look the same at every size: Latin, Greek and Cyrillic share many. */
#ifndef BAKE_NUMBER_H
#define BAKE_NUMBER_H

#include "bake/bake_glyph.h"

struct bake_kern;

struct bake_numbers {
    int count;
    int *of;   /* number in the blob, by number in struct bake_glyphs */
    int *kept; /* the reverse: the first glyph of each number */
};

/* Glyphs that `kern` puts in different classes stay apart, and so do ASCII, whose numbers run on,
 * and letters that join, which are known by their number. False after a message; bake_numbers_free
 * is right in any case. */
bool bake_numbers_make(struct bake_numbers *numbers, const struct bake_glyphs *glyphs,
                       const struct bake_kern *kern);
void bake_numbers_free(struct bake_numbers *numbers);

#endif
