#include "glass.h"

int ink_glass_planes(const struct ink_panel *panel) {
    return ink_inks_table[panel->inks].planes;
}

const char *ink_glass_kind(const struct ink_panel *panel) {
    return ink_inks_colours[panel->inks].name;
}

uint8_t ink_palette_take(struct ink_palette *palette, uint32_t rgb) {
    const uint8_t wanted[3] = {(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb};
    int at = 0;
    while (at < palette->count && memcmp(palette->rgb[at], wanted, sizeof wanted) != 0) {
        at++;
    }
    if (at == palette->count && at < 256) {
        memcpy(palette->rgb[at], wanted, sizeof wanted);
        palette->count++;
    }
    return (uint8_t)ink_min(at, 255);
}

/* The colour `part` of `whole` steps from one to another. */
static uint32_t blend(uint32_t from, uint32_t to, unsigned part, unsigned whole) {
    uint32_t mixed = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t low = from >> shift & 0xFF;
        uint32_t high = to >> shift & 0xFF;
        mixed |= (low * (whole - part) + high * part + whole / 2) / whole << shift;
    }
    return mixed;
}

struct ink_glass ink_glass_between(int width, int planes, uint32_t paper, uint32_t ink,
                                   struct ink_palette *palette) {
    struct ink_glass glass = {.width = width, .planes = planes};
    unsigned levels = 1u << planes;
    for (unsigned level = 0; level < levels; level++) {
        glass.colour[level] = ink_palette_take(palette, blend(paper, ink, level, levels - 1));
    }
    return glass;
}

struct ink_glass ink_glass_of(const struct ink_panel *panel, struct ink_palette *palette) {
    const struct ink_colours *colours = &ink_inks_colours[panel->inks];
    struct ink_glass glass = {.width = panel->width, .planes = ink_glass_planes(panel)};
    for (int i = 0; i < colours->count; i++) {
        const struct ink_colour *colour = &colours->colour[i];
        uint32_t rgb = (uint32_t)colour->red << 16 | (uint32_t)colour->green << 8 | colour->blue;
        glass.colour[colour->value] = ink_palette_take(palette, rgb);
    }
    return glass;
}

void ink_glass_row(const struct ink_glass *glass, const struct ink_band *band, int row,
                   uint8_t *pixels) {
    size_t plane_bytes = band->stride * (size_t)band->rows;
    const uint8_t *bits = band->bits + band->stride * (size_t)row;
    for (int x = 0; x < glass->width; x++) {
        unsigned value = 0;
        for (int plane = 0; plane < glass->planes; plane++) {
            unsigned byte = bits[(size_t)plane * plane_bytes + (size_t)x / 8];
            value = value << 1 | (byte >> (7 - x % 8) & 1);
        }
        pixels[x] = glass->colour[value];
    }
}
