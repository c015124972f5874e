/* Metrics of the glyphs of one size, packed as core/ink_font.h says. */
#ifndef BAKE_METRICS_H
#define BAKE_METRICS_H

#include "bake/bake_codec.h"

/* Append them, and set `at` to what a size header calls "metrics at". `start` as in struct
 * bake_streams. False after a message. */
bool bake_metrics_put(struct bake_bytes *bytes, const struct bake_glyph *glyphs,
                      const struct bake_numbers *numbers, const size_t *start, size_t *at);

#endif
