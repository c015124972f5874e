/* inkline frame: a raw frame as a panel takes it, one plane after the other, to PNG or hash. */
#include <stdio.h>
#include <stdlib.h>

#include "options.h"
#include "output.h"
#include "png.h"
#include "say.h"
#include "segment.h"
#include "sha.h"

static size_t plane_bytes(const struct ink_panel *panel) {
    return ((size_t)panel->width + 7) / 8 * (size_t)panel->height;
}

static bool has_value(const struct ink_colours *colours, int value) {
    for (int i = 0; i < colours->count; i++) {
        if (colours->colour[i].value == value) {
            return true;
        }
    }
    return false;
}

/* Refuse a frame with a pixel that the panel has no colour for: its planes are mixed up. */
static int check_values(const struct ink_panel *panel, const uint8_t *frame, const char *name) {
    const size_t stride = ((size_t)panel->width + 7) / 8;
    for (size_t i = 0; i < (size_t)panel->width * (size_t)panel->height; i++) {
        const size_t x = i % (size_t)panel->width, y = i / (size_t)panel->width;
        int value = 0;
        for (int plane = 0; plane < ink_inks_table[panel->inks].planes; plane++) {
            const uint8_t *row = frame + (size_t)plane * plane_bytes(panel) + y * stride;
            value = value << 1 | (row[x / 8] >> (7 - x % 8) & 1);
        }
        if (!has_value(&ink_inks_colours[panel->inks], value)) {
            return ink_fail(INK_EXIT_DATA, "is it another panel's frame?",
                            "%s: the pixel in column %zu of row %zu is %d, which is no ink of %s",
                            name, x, y, value, panel->name);
        }
    }
    return INK_EXIT_OK;
}

static int write_png(const struct ink_options *options, const uint8_t *frame) {
    struct ink_output output;
    struct ink_png png;
    ink_output_advise_png(options->output);
    int code = ink_output_open(&output, options->output);
    if (code != INK_EXIT_OK) {
        return code;
    }
    bool good = ink_png_begin(&png, output.file, options->panel);
    good = good && ink_png_rows(&png, frame, options->panel->height);
    good = ink_png_end(&png, good);
    if (!good) {
        int failed = ink_output_failed(output.name, "write the picture");
        ink_output_abandon(&output);
        return failed;
    }
    return ink_output_commit(&output);
}

static void print_hash(const uint8_t *frame, size_t bytes) {
    struct ink_sha sha;
    char hex[INK_SHA_HEX];
    ink_sha_begin(&sha);
    ink_sha_add(&sha, frame, bytes);
    ink_sha_end(&sha, hex);
    puts(hex);
}

static int read_frame(const struct ink_options *options, uint8_t *frame, size_t bytes) {
    struct ink_segment raw;
    int code = ink_segment_open(&raw, options->inputs[0]);
    if (code != INK_EXIT_OK) {
        return code;
    }
    if (raw.bytes != bytes) {
        code = ink_fail(INK_EXIT_DATA, "is it another panel's frame?",
                        "%s: %llu bytes; expected %zu: %d rows of %d pixels of %d bits for %s",
                        raw.name, (unsigned long long)raw.bytes, bytes, options->panel->height,
                        options->panel->width, ink_inks_table[options->panel->inks].planes,
                        options->panel->name);
    }
    for (size_t at = 0; code == INK_EXIT_OK && at < bytes;) {
        long count = ink_segment_read(&raw, at, frame + at, bytes - at);
        if (count <= 0) {
            code = count < 0 ? INK_EXIT_IO
                             : ink_fail(INK_EXIT_IO, NULL, "%s: it became shorter", raw.name);
        }
        at += count > 0 ? (size_t)count : 0;
    }
    if (code == INK_EXIT_OK) {
        code = check_values(options->panel, frame, raw.name);
    }
    ink_segment_close(&raw);
    return code;
}

int ink_command_frame(const struct ink_options *options) {
    if (options->panel == NULL) {
        return ink_fail(INK_EXIT_USAGE, "inkline panels lists them", "frame: --panel is needed");
    }
    if (options->output == NULL && !options->hash) {
        return ink_fail(INK_EXIT_USAGE, NULL, "frame: -o OUT.png or --hash is needed");
    }
    if (options->hash && ink_sha_available() != INK_EXIT_OK) {
        return INK_EXIT_DEVICE;
    }
    size_t bytes = plane_bytes(options->panel) * ink_inks_table[options->panel->inks].planes;
    uint8_t *frame = malloc(bytes);
    if (frame == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for a frame");
    }
    int code = read_frame(options, frame, bytes);
    if (code == INK_EXIT_OK && options->hash) {
        print_hash(frame, bytes);
    }
    if (code == INK_EXIT_OK && options->output != NULL) {
        code = write_png(options, frame);
    }
    free(frame);
    return code;
}
