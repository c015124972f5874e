#include "canvas.h"

#include <png.h>
#include <setjmp.h>

#include "png_error.h"
#include "say.h"

/* Bits of a pixel that tells so many colours apart. */
static int depth_of(int colours) {
    return colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
}

static bool write_head(struct ink_canvas *canvas, const struct ink_palette *palette, int width,
                       int height) {
    png_color colours[256];
    png_structp writer =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, ink_png_fail, ink_png_ignore);
    png_infop info = writer != NULL ? png_create_info_struct(writer) : NULL;
    canvas->writer = writer;
    canvas->info = info;
    if (info == NULL || setjmp(png_jmpbuf(writer)) != 0) {
        return false;
    }
    for (int i = 0; i < palette->count; i++) {
        const uint8_t *rgb = palette->rgb[i];
        colours[i] = (png_color){.red = rgb[0], .green = rgb[1], .blue = rgb[2]};
    }
    png_init_io(writer, canvas->output.file);
    png_set_filter(writer, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_IHDR(writer, info, (png_uint_32)width, (png_uint_32)height, depth_of(palette->count),
                 PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(writer, info, colours, palette->count);
    png_write_info(writer, info);
    png_set_packing(writer); // rows come with a byte for each pixel
    return true;
}

int ink_canvas_begin(struct ink_canvas *canvas, const char *name, const struct ink_palette *palette,
                     int width, int height) {
    *canvas = (struct ink_canvas){.writer = NULL};
    ink_output_advise_png(name);
    int code = ink_output_open(&canvas->output, name);
    if (code == INK_EXIT_OK && !write_head(canvas, palette, width, height)) {
        code = ink_canvas_end(canvas, false);
    }
    return code;
}

bool ink_canvas_row(struct ink_canvas *canvas, const uint8_t *pixels) {
    if (setjmp(png_jmpbuf((png_structp)canvas->writer)) != 0) {
        return false;
    }
    png_write_row(canvas->writer, pixels);
    return true;
}

static bool write_tail(struct ink_canvas *canvas) {
    if (setjmp(png_jmpbuf((png_structp)canvas->writer)) != 0) {
        return false;
    }
    png_write_end(canvas->writer, canvas->info);
    return true;
}

int ink_canvas_end(struct ink_canvas *canvas, bool good) {
    png_structp writer = canvas->writer;
    png_infop info = canvas->info;
    bool whole = good && write_tail(canvas);
    if (writer != NULL) {
        png_destroy_write_struct(&writer, &info);
    }
    if (whole) {
        return ink_output_commit(&canvas->output);
    }
    int code = ink_output_failed(canvas->output.name, "write the picture");
    ink_output_abandon(&canvas->output);
    return code;
}
