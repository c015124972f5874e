/* Glyphs to the blob of core/ink_font.h. */
#ifndef BAKE_BLOB_H
#define BAKE_BLOB_H

#include "bake/bake_bytes.h"
#include "bake/bake_glyph.h"
#include "bake/bake_kern.h"

struct bake_options {
    unsigned sizes; /* a bit for each of the recipe */
    bool small;     /* the range codec at sizes where it saves BAKE_SMALL_PERCENT of the bitmaps */
};

#define BAKE_SMALL_PERCENT 30

/* What one size takes, in bytes. */
struct bake_use {
    bool ranged; /* by the range codec */
    size_t metrics, bitmaps, kern;
};

/* Free it with bake_blob_free. */
struct bake_blob {
    struct bake_bytes bytes;
    int glyphs, ranges;
    size_t shared; /* bytes of what is not of one size */
    size_t model;  /* of them, the range codec's model */
    struct bake_use use[INK_FONT_SIZES];
};

/* False after a message. */
bool bake_blob_make(struct bake_blob *blob, const struct bake_recipe *recipe,
                    const struct bake_glyphs *glyphs, const struct bake_kern *kern,
                    const struct bake_options *options);

void bake_blob_free(struct bake_blob *blob);

#endif
