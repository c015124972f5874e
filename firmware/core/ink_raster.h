/* Verb: page to bands of pixels, any height, in any order. */
#ifndef INK_RASTER_H
#define INK_RASTER_H

#include "core/ink_band.h"
#include "core/ink_page.h"

/* Draw the rows band->y0 .. band->y0 + band->rows - 1 of the panel: first paper, then every op of
 * the page that touches them, in each plane that the band holds. Rows outside the panel stay paper.
 * The same pixels whatever the height of the bands. Cannot fail. */
void ink_raster(const struct ink_page *page, const struct ink_band *band);

#endif
