/* Glyph bitmaps to the streams of core/ink_range.h, with a model trained on what it will encode.
 *
 *     struct bake_range_lessons lessons = {0};
 *     ... bake_range_learn(&lessons, &image) for all, or for every n-th where there are very many
 *     bake_range_train(&lessons, INK_RANGE_..., &model); bake_range_forget(&lessons);
 *     ... bake_range_encode(&image, model.bytes, out) for all
 *
 * Integers only: the same images give the same bytes on every machine.
 */
#ifndef BAKE_RANGE_H
#define BAKE_RANGE_H

#include "core/ink_range.h"

/* A bitmap of 1 or 2 planes, plane 0 the high bit of every pixel. A row is 2 words, column 0 the
 * most significant bit of the first, columns from `width` on 0; the next row stands after it. */
struct bake_range_image {
    int width, height, depth; /* 1..64, 0.., 1..2 */
    const uint32_t (*plane[2])[2];
};

/* What a decision saw, and how often it was 0 and 1. */
struct bake_range_lesson {
    uint64_t seen; /* bit q: the pixel of question q, core/ink_range_model.h */
    uint32_t root; /* plane x 64 + number, or that of "same row as above": depth x 64 */
    uint32_t count[2];
};

struct bake_range_lessons {
    struct bake_range_lesson *lesson;
    size_t count, cap;
    int depth;
    bool failed; /* out of memory */
};

#define BAKE_RANGE_MODEL_BYTES 4096

struct bake_range_model {
    uint8_t bytes[BAKE_RANGE_MODEL_BYTES];
    size_t count;
};

/* Learn from an image; all of them have one depth, and their order does not matter. */
void bake_range_learn(struct bake_range_lessons *lessons, const struct bake_range_image *image);

/* The model for what was learnt, of at most `most` bytes, 512 x depth .. BAKE_RANGE_MODEL_BYTES. A
 * tree grows only while the streams shrink by more. The lessons are sorted anew. False: no memory.
 */
bool bake_range_train(struct bake_range_lessons *lessons, size_t most,
                      struct bake_range_model *model);

void bake_range_forget(struct bake_range_lessons *lessons);

/* No stream of an image is longer. */
#define BAKE_RANGE_BYTES(width, height, depth)                                                     \
    ((size_t)(height) * ((size_t)(width) * (size_t)(depth) + 1) * 2 + 4)

/* Encode an image into `out`. Returns the bytes of the stream, which may be 0: zeros at its end are
 * left out, so that the decoder must be told exactly where it ends. */
size_t bake_range_encode(const struct bake_range_image *image, const uint8_t *model, uint8_t *out);

#endif
