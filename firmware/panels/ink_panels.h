/* The panel table: facts as data, one row a panel. */
#ifndef INK_PANELS_H
#define INK_PANELS_H

#include "core/ink_panel.h"

#define INK_PANEL_COUNT 18

/* Black and white in order of size, the smallest first; then gray, then colours. */
extern const struct ink_panel ink_panels[INK_PANEL_COUNT];

/* The panel of that name or unique beginning of a name; NULL if there is none, or more than one. */
const struct ink_panel *ink_panel_find(const char *name);

#endif
