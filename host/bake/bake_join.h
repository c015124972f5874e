/* Which of a font's glyphs a letter takes by the neighbours that it joins: HarfBuzz shapes it
 * between joiners, so that the answer is the font's own and not that of old code points for forms.
 */
#ifndef BAKE_JOIN_H
#define BAKE_JOIN_H

#include "bake/bake_recipe.h"

/* HarfBuzz's own: what <hb.h> calls hb_font_t. */
struct hb_font_t;

/* A font as HarfBuzz sees it; null after a message. Free it with hb_font_destroy. */
struct hb_font_t *bake_join_open(const struct bake_source *source);

/* The font's glyph for a letter in a form, or for two letters if `second` is not 0 (they may form a
 * ligature; INK_FORM_ISOLATED and INK_FORM_FINAL only). 0 if that takes more glyphs than one. */
uint32_t bake_join_index(struct hb_font_t *font, uint32_t letter, uint32_t second,
                         enum ink_form form);

#endif
