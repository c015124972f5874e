/* What a wall showed before, kept in a file between runs: one id a line.
 *
 * The core lets what was shown stay unless it is clearly beaten ("Stability" in ink_condense.h).
 */
#ifndef INK_HOLD_H
#define INK_HOLD_H

#include "core/ink_page.h"

#define INK_HOLD_MAX 4096 /* more cards than any page has */

struct ink_hold {
    uint64_t id[INK_HOLD_MAX]; /* ascending, all different */
    uint16_t count;
};

/* Read a file; one that is not there holds nothing. Lines that are no id, and what is beyond 24
 * bytes for each of INK_HOLD_MAX lines, are passed over. Returns
 * INK_EXIT_OK, or prints why not and returns a code. */
int ink_hold_read(struct ink_hold *hold, const char *name) INK_MUST_USE;

/* The cards of a page. */
void ink_hold_page(struct ink_hold *hold, const struct ink_page *page);

/* Write the file, whole or not at all. */
int ink_hold_write(const struct ink_hold *hold, const char *name) INK_MUST_USE;

#endif
