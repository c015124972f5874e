#include "png.h"

#include <png.h>
#include <setjmp.h>

#include "core/ink_limits.h"

/* Level 1: a fifth larger than level 6 for a third of its time. */
enum { COMPRESSION = 1 };

static void ignore_warning(png_structp writer, png_const_charp text) {
    (void)writer;
    (void)text;
}

static void jump_out(png_structp writer, png_const_charp text) {
    (void)text;
    png_longjmp(writer, 1);
}

bool ink_png_begin(struct ink_png *png, FILE *file, const struct ink_panel *panel) {
    *png = (struct ink_png){.width = panel->width, .depth = panel->depth};
    png_structp writer =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, jump_out, ignore_warning);
    png_infop info = writer != NULL ? png_create_info_struct(writer) : NULL;
    png->writer = writer;
    png->info = info;
    if (info == NULL || setjmp(png_jmpbuf(writer)) != 0) {
        return false;
    }
    png_init_io(writer, file);
    png_set_compression_level(writer, COMPRESSION);
    png_set_filter(writer, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(writer, info, (png_uint_32)panel->width, (png_uint_32)panel->height, panel->depth,
                 PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_uint_32 per_metre =
        (1000000u + (png_uint_32)panel->pitch_um / 2) / (png_uint_32)panel->pitch_um;
    png_set_pHYs(writer, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    png_write_info(writer, info);
    return true;
}

/* Four bits of each plane as four pixels of two bits. */
static unsigned interleave(unsigned high, unsigned low) {
    unsigned pixels = 0;
    for (int bit = 3; bit >= 0; bit--) {
        pixels = pixels << 2 | (high >> bit & 1) << 1 | (low >> bit & 1);
    }
    return pixels;
}

static void invert_row(const struct ink_png *png, const uint8_t *row, size_t plane_bytes,
                       uint8_t *inverted) {
    const size_t stride = ((size_t)png->width + 7) / 8;
    for (size_t i = 0; i < stride; i++) {
        if (png->depth == 1) {
            inverted[i] = (uint8_t)~row[i];
        } else {
            unsigned high = row[i], low = row[plane_bytes + i];
            inverted[2 * i] = (uint8_t)~interleave(high >> 4, low >> 4);
            inverted[2 * i + 1] = (uint8_t)~interleave(high, low);
        }
    }
}

bool ink_png_rows(struct ink_png *png, const uint8_t *rows, int count) {
    uint8_t inverted[INK_PANEL_SIDE_MAX / 4];
    png_structp writer = png->writer;
    size_t stride = ((size_t)png->width + 7) / 8;
    if (setjmp(png_jmpbuf(writer)) != 0) {
        return false;
    }
    for (int y = 0; y < count; y++) {
        invert_row(png, rows + (size_t)y * stride, stride * (size_t)count, inverted);
        png_write_row(writer, inverted);
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
