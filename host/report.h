/* What was drawn, hidden and refused, as JSON: for tests, and to prove what a wall shows. */
#ifndef INK_REPORT_H
#define INK_REPORT_H

#include "draw.h"

/* Returns INK_EXIT_OK, or prints why not and returns an exit code. */
int ink_report_write(const char *path, const struct ink_drawing *drawing,
                     const struct ink_inputs *inputs) INK_MUST_USE;

#endif
