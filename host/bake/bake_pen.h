/* What draws: the sources of a recipe, opened. Outlines are drawn by FreeType, in one bit or in
 * four grays; strikes are copied. */
#ifndef BAKE_PEN_H
#define BAKE_PEN_H

#include "bake/bake_glyph.h"

struct bake_pen;

/* Null after a message. `recipe` must live as long. */
struct bake_pen *bake_pen_open(const struct bake_recipe *recipe);
void bake_pen_close(struct bake_pen *pen);

/* The first source that serves the size and has the code point, or -1. */
int bake_pen_source(const struct bake_pen *pen, int size, uint32_t code_point);

/* The source's own number for a code point. */
uint32_t bake_pen_index(const struct bake_pen *pen, int source, uint32_t code_point);

/* Draw the source's glyph of that number. `glyph` has its code point, for messages, and gets all
 * else. False after a message. */
bool bake_pen_draw(const struct bake_pen *pen, int size, int source, uint32_t index,
                   struct bake_glyph *glyph);

#endif
