/* Bitmaps in GNU Unifont's hexadecimal format: "0041:0000..." a line, 16 rows of 8 or 16 columns.
 */
#ifndef BAKE_STRIKE_H
#define BAKE_STRIKE_H

#include "bake/bake_recipe.h"

#define BAKE_STRIKE_ROWS   16
#define BAKE_STRIKE_ASCENT 14 /* rows above the baseline */

struct bake_strike_glyph {
    uint8_t columns; /* 8, 16, or 0: none */
    uint8_t bits[BAKE_STRIKE_ROWS * 2];
};

struct bake_strike {
    struct bake_strike_glyph glyph[BAKE_LAST_POINT + 1];
};

/* Null after a message; free it with free(). */
struct bake_strike *bake_strike_read(const char *path);

#endif
