/* Glyphs to the bit streams of core/ink_font.h. */
#ifndef BAKE_CODEC_H
#define BAKE_CODEC_H

#include "bake/bake_bytes.h"
#include "bake/bake_number.h"
#include "bake/bake_range.h"

/* Append the row-repeat stream of one glyph. */
void bake_codec_rows(struct bake_bytes *bytes, const struct bake_glyph *glyph);

/* The range codec's model for these glyphs at the sizes whose bit is set. False after a message. */
bool bake_codec_train(struct bake_range_model *model, const struct bake_glyphs *glyphs,
                      const struct bake_numbers *numbers, unsigned sizes);

/* Streams of one size: that of number i starts at at[start[i]] and ends where the next one does. */
struct bake_streams {
    struct bake_bytes bytes;
    size_t *start; /* one more than there are numbers */
};

/* By the range codec, or with a null model by row-repeat. False after a message; bake_streams_free
 * is right in any case. */
bool bake_streams_make(struct bake_streams *streams, const struct bake_glyph *glyphs,
                       const struct bake_numbers *numbers, const struct bake_range_model *model);
void bake_streams_free(struct bake_streams *streams);

#endif
