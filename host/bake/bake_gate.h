/* What a role must be before it may become a blob: tabular digits at every size, and in one bit
 * even stems. Scripts of other letters are not measured. */
#ifndef BAKE_GATE_H
#define BAKE_GATE_H

#include "bake/bake_glyph.h"

/* False after a message that names the size, the letters and their widths. */
bool bake_gate(const struct bake_recipe *recipe, const struct bake_glyphs *glyphs);

#endif
