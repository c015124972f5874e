#include "png.h"

#include <png.h>
#include <setjmp.h>

#include "core/ink_limits.h"
#include "png_error.h"

/* Level 1: a fifth larger than level 6 for a third of its time. */
enum { COMPRESSION = 1 };

void ink_png_ignore(png_structp png, png_const_charp text) {
    (void)png;
    (void)text;
}

void ink_png_fail(png_structp png, png_const_charp text) {
    (void)text;
    png_longjmp(png, 1);
}

/* Every level of gray that its bits can say: no palette. */
static bool is_gray(int inks) {
    return ink_inks_table[inks].gray || ink_inks_table[inks].planes == 1;
}

/* What a native value is in the picture: a level of gray, or its place in the palette. */
void ink_png_set(struct ink_png *png, const struct ink_panel *panel) {
    const int inks = panel->inks;
    const struct ink_colours *colours = &ink_inks_colours[inks];
    *png = (struct ink_png){.width = panel->width, .gray = is_gray(inks)};
    png->planes = png->depth = ink_inks_table[inks].planes;
    if (!is_gray(inks)) {
        png->depth = colours->count <= 4 ? 2 : 4;
    }
    const int most = (1 << png->depth) - 1;
    for (int i = 0; i < colours->count; i++) {
        const struct ink_colour *colour = &colours->colour[i];
        png->samples[colour->value] = (uint8_t)(is_gray(inks) ? colour->red * most / 255 : i);
    }
}

static void write_head(struct ink_png *png, const struct ink_panel *panel) {
    const struct ink_colours *colours = &ink_inks_colours[panel->inks];
    const bool gray = is_gray(panel->inks);
    png_color palette[INK_COLOURS_MAX];
    png_set_IHDR(png->writer, png->info, (png_uint_32)panel->width, (png_uint_32)panel->height,
                 png->depth, gray ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_PALETTE,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    for (int i = 0; i < colours->count; i++) {
        const struct ink_colour *colour = &colours->colour[i];
        palette[i] = (png_color){.red = colour->red, .green = colour->green, .blue = colour->blue};
    }
    if (!gray) {
        png_set_PLTE(png->writer, png->info, palette, colours->count);
    }
    png_uint_32 per_metre =
        (1000000u + (png_uint_32)panel->pitch_um / 2) / (png_uint_32)panel->pitch_um;
    png_set_pHYs(png->writer, png->info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_write_info(png->writer, png->info);
}

bool ink_png_begin(struct ink_png *png, FILE *file, const struct ink_panel *panel) {
    ink_png_set(png, panel);
    png_structp writer =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, ink_png_fail, ink_png_ignore);
    png_infop info = writer != NULL ? png_create_info_struct(writer) : NULL;
    png->writer = writer;
    png->info = info;
    if (info == NULL || setjmp(png_jmpbuf(writer)) != 0) {
        return false;
    }
    png_init_io(writer, file);
    png_set_compression_level(writer, COMPRESSION);
    png_set_filter(writer, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    write_head(png, panel);
    return true;
}

/* The pixels of one row, the first in the highest bits of the first byte, as PNG wants them. */
static void pack_row(const struct ink_png *png, const uint8_t *row, size_t plane_bytes,
                     uint8_t *packed) {
    for (int i = 0; i < (png->width + 7) / 8 && png->planes == 1; i++) {
        packed[i] = (uint8_t)~row[i];
    }
    for (int x = 0; x < png->width && png->planes > 1; x++) {
        unsigned value = 0;
        for (int plane = 0; plane < png->planes; plane++) {
            value =
                value << 1 | (row[(size_t)plane * plane_bytes + (size_t)x / 8] >> (7 - x % 8) & 1u);
        }
        const int bit = x * png->depth;
        packed[bit / 8] = (uint8_t)((bit % 8 == 0 ? 0 : packed[bit / 8]) |
                                    png->samples[value] << (8 - png->depth - bit % 8));
    }
}

bool ink_png_rows(struct ink_png *png, const uint8_t *rows, int count) {
    uint8_t packed[INK_PANEL_SIDE_MAX / 8 * INK_PLANES_MAX];
    png_structp writer = png->writer;
    size_t stride = ((size_t)png->width + 7) / 8;
    if (setjmp(png_jmpbuf(writer)) != 0) {
        return false;
    }
    for (int y = 0; y < count; y++) {
        pack_row(png, rows + (size_t)y * stride, stride * (size_t)count, packed);
        png_write_row(writer, packed);
    }
    return true;
}

bool ink_png_end(struct ink_png *png, bool good) {
    png_structp writer = png->writer;
    png_infop info = png->info;
    volatile bool whole = false;
    if (good && info != NULL && setjmp(png_jmpbuf(writer)) == 0) {
        png_write_end(writer, info);
        whole = true;
    }
    if (writer != NULL) {
        png_destroy_write_struct(&writer, &info);
    }
    *png = (struct ink_png){.width = 0};
    return whole;
}
