/* What a newsroom should know of a drawing, in words: as warnings, and for captions. */
#ifndef INK_REMARK_H
#define INK_REMARK_H

#include "draw.h"

enum { INK_REMARKS = 2, INK_REMARK_BYTES = 128 };

/* What is wrong with this drawing on its panel, a sentence each. Returns how many. */
int ink_remarks(const struct ink_drawing *drawing, char out[INK_REMARKS][INK_REMARK_BYTES]);

/* Warn of what is wrong with the story, whatever the panel. */
void ink_warn_story(const struct ink_drawing *drawing);

/* Items of a page whose text was shortened. */
int ink_page_cuts(const struct ink_page *page);

#endif
