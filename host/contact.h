/* A contact sheet: drawings side by side in true pixels, each with a caption.
 *
 * Drawings stand upright, the smallest first, in rows as wide as the widest of them. RAM: a strip
 * of rows; the drawings are drawn again as the strip goes down.
 */
#ifndef INK_CONTACT_H
#define INK_CONTACT_H

#include "draw.h"

/* Write a PNG of drawings that have been made. Returns INK_EXIT_OK, or prints why not and returns
 * an exit code. */
int ink_contact_write(const char *name, const struct ink_drawing *drawings, int count) INK_MUST_USE;

#endif
