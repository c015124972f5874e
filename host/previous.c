#include "previous.h"

#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "changed.h"
#include "core/ink_limits.h"
#include "glass.h"
#include "png.h"
#include "png_error.h"
#include "say.h"

/* A PNG being read. */
struct source {
    const char *name;
    FILE *file;
    png_structp reader;
    png_infop info;
};

static int refuse(const struct source *source, const char *what) {
    return ink_fail(INK_EXIT_DATA, "give it a file that render -o wrote", "--previous: %s: %s",
                    source->name, what);
}

/* Read what the file says of itself. */
static bool read_head(struct source *source) {
    source->reader =
        png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, ink_png_fail, ink_png_ignore);
    source->info = source->reader != NULL ? png_create_info_struct(source->reader) : NULL;
    if (source->info == NULL || setjmp(png_jmpbuf(source->reader)) != 0) {
        return false;
    }
    png_init_io(source->reader, source->file);
    png_read_info(source->reader, source->info);
    return true;
}

/* Is it a picture as render writes them for the panel? */
static int check_head(const struct source *source, const struct ink_panel *panel) {
    unsigned width = png_get_image_width(source->reader, source->info);
    unsigned height = png_get_image_height(source->reader, source->info);
    int depth = png_get_bit_depth(source->reader, source->info);
    struct ink_png expected;
    ink_png_set(&expected, panel);
    if (width != (unsigned)panel->width || height != (unsigned)panel->height) {
        return ink_fail(INK_EXIT_DATA, "is it another panel's picture?",
                        "--previous: %s: %ux%u pixels; expected %dx%d for %s", source->name, width,
                        height, panel->width, panel->height, panel->name);
    }
    if (png_get_color_type(source->reader, source->info) !=
            (expected.gray ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_PALETTE) ||
        depth != expected.depth ||
        png_get_interlace_type(source->reader, source->info) != PNG_INTERLACE_NONE) {
        char what[96];
        snprintf(what, sizeof what, "expected %s of %d bit%s a pixel for %s",
                 expected.gray ? "grays" : "a palette", expected.depth,
                 expected.depth > 1 ? "s" : "", panel->name);
        return refuse(source, what);
    }
    return INK_EXIT_OK;
}

/* The native value of each sample; of one that no pixel of the panel has, that of paper. */
static void invert_samples(const struct ink_panel *panel, const struct ink_png *png,
                           uint8_t values[1 << INK_PLANES_MAX]) {
    const struct ink_colours *colours = &ink_inks_colours[panel->inks];
    memset(values, ink_inks_table[panel->inks].values[INK_PAPER], 1 << INK_PLANES_MAX);
    for (int i = 0; i < colours->count; i++) {
        uint8_t value = colours->colour[i].value;
        values[png->samples[value]] = value;
    }
}

/* A row of packed samples to the planes. */
static void split_row(const struct ink_panel *panel, const struct ink_png *png,
                      const uint8_t values[1 << INK_PLANES_MAX], const uint8_t *packed,
                      uint8_t *row) {
    size_t plane_bytes = ((size_t)panel->width + 7) / 8 * (size_t)panel->height;
    for (int x = 0; x < panel->width; x++) {
        int at = x * png->depth; // depth divides 8: no sample lies in two bytes
        unsigned sample = (unsigned)packed[at / 8] >> (8 - png->depth - at % 8);
        unsigned value = values[sample & ((1u << png->depth) - 1)];
        for (int plane = 0; plane < png->planes; plane++) {
            unsigned bit = value >> (png->planes - 1 - plane) & 1;
            uint8_t *byte = &row[(size_t)plane * plane_bytes + (size_t)x / 8];
            *byte = (uint8_t)(*byte | bit << (7 - x % 8));
        }
    }
}

static bool read_rows(const struct source *source, const struct ink_panel *panel, uint8_t *frame) {
    uint8_t packed[INK_PANEL_SIDE_MAX]; // up to 8 bits a pixel
    uint8_t values[1 << INK_PLANES_MAX];
    struct ink_png png;
    ink_png_set(&png, panel);
    invert_samples(panel, &png, values);
    size_t stride = ((size_t)panel->width + 7) / 8;
    if (setjmp(png_jmpbuf(source->reader)) != 0) {
        return false;
    }
    for (int y = 0; y < panel->height; y++) {
        png_read_row(source->reader, packed, NULL);
        split_row(panel, &png, values, packed, frame + (size_t)y * stride);
    }
    png_read_end(source->reader, NULL);
    return true;
}

static int read_frame(const struct source *source, const struct ink_panel *panel, uint8_t **frame) {
    *frame = calloc(1, ink_changed_frame_bytes(panel));
    if (*frame == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for a frame");
    }
    if (read_rows(source, panel, *frame)) {
        return INK_EXIT_OK;
    }
    free(*frame);
    *frame = NULL;
    return refuse(source, "the picture is damaged or not whole");
}

static int open_source(struct source *source, const char *name) {
    *source = (struct source){.name = name, .file = fopen(name, "rbe")};
    if (source->file == NULL) {
        return ink_fail(INK_EXIT_IO,
                        errno == ENOENT ? "leave it out for the first picture of a panel" : NULL,
                        "--previous: %s: %s", name, strerror(errno));
    }
    return INK_EXIT_OK;
}

int ink_previous_read(const char *name, const struct ink_panel *panel, uint8_t **frame) {
    struct source source;
    *frame = NULL;
    int code = open_source(&source, name);
    if (code != INK_EXIT_OK) {
        return code;
    }
    code = read_head(&source) ? check_head(&source, panel) : refuse(&source, "expected a PNG");
    if (code == INK_EXIT_OK) {
        code = read_frame(&source, panel, frame);
    }
    if (source.reader != NULL) {
        png_destroy_read_struct(&source.reader, &source.info, NULL);
    }
    fclose(source.file);
    return code;
}
