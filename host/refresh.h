/* What a refresh of the glass has to change: the frame that it shows against the one drawn now. */
#ifndef INK_REFRESH_H
#define INK_REFRESH_H

#include "draw.h"

/* What the glass shows. */
struct ink_shown_before {
    uint8_t *frame;        /* all planes; NULL: not known */
    bool has_cards;        /* `cards` is known as well: it was drawn by this run */
    struct ink_hold cards; /* ids of the cards on it */
};

/* Begin with what --previous names, or with nothing known. Returns INK_EXIT_OK, or prints why not
 * and returns an exit code; either way end it. */
int ink_refresh_begin(struct ink_shown_before *before, const struct ink_options *options,
                      const struct ink_panel *panel) INK_MUST_USE;

/* Fill drawing->changed, if what was shown is known. Returns INK_EXIT_OK, or prints why not and
 * returns an exit code. */
int ink_refresh_compare(const struct ink_shown_before *before,
                        struct ink_drawing *drawing) INK_MUST_USE;

/* The drawing is what the glass shows from now on. Without memory nothing is known then. */
void ink_refresh_take(struct ink_shown_before *before, const struct ink_drawing *drawing);

void ink_refresh_end(struct ink_shown_before *before);

#endif
