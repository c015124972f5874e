/* Two frames of one panel to the rectangles that differ, for a partial refresh.
 *
 * Integers only, no memory beyond this struct, the same answer for the same frames on any machine.
 */
#ifndef INK_CHANGED_H
#define INK_CHANGED_H

#include "core/ink_panel.h"

#define INK_CHANGED_MAX 16 /* windows that a controller is sent one after the other */

/* In panel pixels, top to bottom and left to right. Every pixel that differs is in one of them; no
 * two overlap. x0 is a multiple of 8 and so is x1, unless it is the panel's width: controllers
 * address bytes. */
struct ink_changed {
    struct ink_rect rect[INK_CHANGED_MAX];
    int count;       /* 0: the frames are equal */
    uint32_t pixels; /* that differ */
};

/* Compare whole frames: all planes, one after the other, as a band of all rows (core/ink_band.h);
 * bits past the width do not count. Tiles of 8 x 8 that differ are joined where that
 * takes in least that did not change, until there are few enough and no two join for nothing. */
void ink_changed_find(struct ink_changed *changed, const struct ink_panel *panel,
                      const uint8_t *before, const uint8_t *now);

/* Bytes of a whole frame. */
size_t ink_changed_frame_bytes(const struct ink_panel *panel);

#endif
