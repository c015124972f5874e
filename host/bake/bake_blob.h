/* Glyphs to the blob of core/ink_font.h. */
#ifndef BAKE_BLOB_H
#define BAKE_BLOB_H

#include "bake/bake_glyph.h"

/* A growing run of bytes; free it with bake_blob_free. */
struct bake_blob {
    uint8_t *bytes;
    size_t count, cap;
    bool failed;                        /* out of memory: the bytes are garbage */
    size_t glyph_bytes[INK_FONT_SIZES]; /* metrics and bitmaps of each size */
};

/* Append the row-repeat bit stream of one glyph. */
void bake_blob_encode(struct bake_blob *blob, const struct bake_glyph *glyph);

/* Make the blob of the sizes whose bit is set in `chosen`. False after a message. */
bool bake_blob_make(struct bake_blob *blob, const struct bake_recipe *recipe,
                    const struct bake_glyphs *glyphs, unsigned chosen);

void bake_blob_free(struct bake_blob *blob);

#endif
