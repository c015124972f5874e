/* Service: the range codec for the rows of one glyph: large or many glyphs in about half the bytes
 * of row-repeat, at ten times its cost.
 *
 * A row begins with one decision, whether it is the same as the row above; if it is not, every
 * pixel follows as a decision, plane by plane. Each decision is one step of a binary range coder
 * (Martin 1979). How likely ink is stands in a model in flash, at the end of a walk down a small
 * tree that asks for single pixels already decoded around this one: core/ink_range_model.h.
 *
 * RAM: one struct ink_range by value, 64 bytes on a 32-bit machine; the rows above are in it.
 */
#ifndef INK_RANGE_H
#define INK_RANGE_H

#include "core/ink_types.h"

/* Decoder of one glyph's rows, top to bottom. */
struct ink_range {
    const uint8_t *at, *end; /* of the bytes not yet taken */
    const uint8_t *model;
    uint32_t range, code;
    uint32_t row[2][2]; /* [plane][word]: column 0 is the most significant bit of word 0 */
    uint32_t up[3][2];  /* plane 0 one and two rows up; then plane 1 one row up, or, if there is no
                           plane 1, plane 0 three rows up */
    uint16_t same; /* which rows were the same as the one above: the last in bit 0, below a 1 */
    uint8_t width, depth;
};

/* Stand above the first row, white. `at` up to `end` is the glyph's own stream: nothing is read
 * from `end` on, and the zeros that the encoder left out are taken for it, so `end` must be exact.
 * `width` 1..64 columns, `depth` 1 or 2 bits a pixel, as the model has. All three live as long. */
struct ink_range ink_range_begin(const uint8_t *at, const uint8_t *end, const uint8_t *model,
                                 int width, int depth);

/* Move one row down and leave it in range->row: plane 0 has the high bit of every pixel, or its
 * only one. Columns from `width` on are white. Any stream whatever gives some rows; the model is
 * trusted.
 */
void ink_range_next(struct ink_range *range);

#endif
