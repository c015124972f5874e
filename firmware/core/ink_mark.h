/* Service: the status marks, drawn by rule at any odd size.
 *
 * Circle = support (full confirmed, half reported, empty claimed); crossing shapes = contested
 * (disputed, denied); triangle = still to come (planned); squares = the desk's own acts
 * (corrected, withdrawn).
 */
#ifndef INK_MARK_H
#define INK_MARK_H

#include "core/ink_types.h"

#define INK_MARK_SIZE_MAX 63 /* pixels; odd */

/* Beside the statuses: the two slanted strokes of a cut in time. */
#define INK_MARK_BREAK 64
/* An arrow head: an interval without an end. */
#define INK_MARK_ARROW 65

/* Row `y` of the mark: pixel x in bit 63 - x. `status` is an enum ink_standing, `size` odd,
 * 5..INK_MARK_SIZE_MAX, 0 <= y < size. `mirrored`: as on a page read from right to left. */
uint64_t ink_mark_row(int status, int size, int y, bool mirrored);

/* Mark size that goes with text of that em size. */
int ink_mark_size(int px);

#endif
