/* Planes of a panel to what a person sees: the one place of the host, beside png.c, that knows what
 * its pixels look like. */
#ifndef INK_PANEL_GLASS_H
#define INK_PANEL_GLASS_H

#include "core/ink_band.h"
#include "core/ink_panel.h"

/* Planes of bits in a frame of the panel, and what its kind of inks is called. */
int ink_glass_planes(const struct ink_panel *panel);
const char *ink_glass_kind(const struct ink_panel *panel);

/* Colours of a picture that shows several panels: 8 bits each of red, green and blue. */
struct ink_palette {
    uint8_t rgb[256][3];
    int count;
};

/* Number of a colour in the palette, which takes it up if it is new; of a full one, the last. */
uint8_t ink_palette_take(struct ink_palette *palette, uint32_t rgb);

/* How one panel looks: the palette's number for each value of a pixel, whose highest bit is that of
 * the first plane. */
struct ink_glass {
    uint8_t colour[16];
    int width, planes;
};

/* The glass of a panel, in the colours of its inks. */
struct ink_glass ink_glass_of(const struct ink_panel *panel, struct ink_palette *palette);

/* Paper and ink in other colours: `planes` of levels from the one to the other. */
struct ink_glass ink_glass_between(int width, int planes, uint32_t paper, uint32_t ink,
                                   struct ink_palette *palette);

/* Row number `row` of a band: a palette number for each pixel. */
void ink_glass_row(const struct ink_glass *glass, const struct ink_band *band, int row,
                   uint8_t *pixels);

#endif
