/* The decisions of an image in the order of the stream, for the trainer and the encoder. */
#ifndef BAKE_RANGE_WALK_H
#define BAKE_RANGE_WALK_H

#include "bake/bake_range.h"
#include "core/ink_range_model.h"

/* Told of every decision: its root as in struct bake_range_lesson, what it sees, and 0 or 1. */
struct bake_range_visitor {
    void (*decide)(struct bake_range_visitor *visitor, uint32_t root,
                   const struct ink_range_window *window, uint32_t ink);
};

void bake_range_walk(const struct bake_range_image *image, struct bake_range_visitor *visitor);

#endif
