/* The frame that a panel shows now, read back from the PNG that render wrote for it. */
#ifndef INK_PREVIOUS_H
#define INK_PREVIOUS_H

#include "core/ink_panel.h"

/* Read a whole frame: panel->depth planes, one after the other, as a band of all rows; *frame is
 * the caller's to free. Returns INK_EXIT_OK, or prints why not and returns an exit code; then
 * *frame is NULL. */
int ink_previous_read(const char *name, const struct ink_panel *panel,
                      uint8_t **frame) INK_MUST_USE;

#endif
