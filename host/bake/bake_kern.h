/* Kerning as the blob of core/ink_font.h keeps it: a class of each glyph as the left and as the
 * right of a pair, shared by all sizes, and for each size a matrix of pixels by class.
 *
 * Eats what bake_pair.h says of every pair. Glyphs that it treats alike share a class. Where that
 * leaves too many classes, those are merged that cost least: all pairs of the merged class take the
 * loosest value of them, so that merging never brings two glyphs nearer. A pair of everyday letters
 * is loosened by at most a pixel, one with a rare letter by at most BAKE_KERN_SLACK(px).
 */
#ifndef BAKE_KERN_H
#define BAKE_KERN_H

#include "bake/bake_pair.h"

/* Of either side, unless the recipe says otherwise, or that would break the bounds above. A matrix
 * of 56 by 56 is 1.6 KB. */
#define BAKE_KERN_CLASSES 56

/* A sixteenth of the em, in pixels. */
#define BAKE_KERN_SLACK(px) (((px) + 8) / 16)

struct bake_kern {
    int glyphs;
    int left_classes, right_classes; /* 0..255, without class 0: those glyphs are never kerned */
    uint8_t *left, *right;           /* class of each glyph, 0..left_classes, 0..right_classes */
    /* Pixels of left class 1 with right classes 1.., then of left class 2, ...; null: this size has
     * no kerning. */
    int8_t *px[INK_FONT_SIZES];
    int kerned[INK_FONT_SIZES];  /* pairs of glyphs with a value other than 0 */
    int inexact[INK_FONT_SIZES]; /* pairs looser than bake_pairs has them */
};

/* Make the classes, and the matrices of the sizes whose bit is set in `chosen`. A pair's pixels do
 * not depend on which other sizes are chosen. A role without kerning has 0 classes. False after a
 * message; bake_kern_free is right in any case. */
bool bake_kern_make(struct bake_kern *kern, const struct bake_recipe *recipe,
                    const struct bake_glyphs *glyphs, unsigned chosen);
void bake_kern_free(struct bake_kern *kern);

/* Pixels to move glyph number `right` by after glyph number `left`: -8..7, less is nearer. */
int bake_kern_px(const struct bake_kern *kern, int size, int left, int right);

/* Bytes of one packed matrix: a row for each left class, two right classes a byte. */
size_t bake_kern_bytes(const struct bake_kern *kern);

/* Pack the matrix of a size into bake_kern_bytes bytes, low nibble first, two's complement. */
void bake_kern_pack(const struct bake_kern *kern, int size, uint8_t *bytes);

#endif
