#include "draw.h"

#include <stdlib.h>
#include <time.h>

#include "core/ink_profile.h"
#include "output.h"
#include "png.h"
#include "say.h"

struct profile {
    struct ink_capacity capacity;
    size_t bytes;
    int band_rows;
};

static struct profile profile_of(const struct ink_panel *panel) {
    switch ((enum ink_profile)panel->profile) {
    case INK_PROFILE_TINY:
        return (struct profile){INK_TINY_CAPACITY, INK_TINY_BYTES, INK_TINY_BAND_ROWS};
    case INK_PROFILE_LARGE:
        return (struct profile){INK_LARGE_CAPACITY, INK_LARGE_BYTES, INK_LARGE_BAND_ROWS};
    case INK_PROFILE_WALL:
    case INK_PROFILE_COUNT:
        break;
    }
    return (struct profile){INK_WALL_CAPACITY, INK_WALL_BYTES, INK_WALL_BAND_ROWS};
}

long ink_clock_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static struct ink_view view_of(const struct ink_panel *panel, const struct ink_options *options,
                               const struct ink_story *story) {
    struct ink_view view = ink_view_of(panel);
    view.rotation = (uint16_t)options->rotation;
    view.distance_mm = (uint16_t)options->distance_mm;
    for (int i = 0; options->layout != NULL && i < INK_LAYOUT_COUNT; i++) {
        if (strcmp(ink_layout_names[i], options->layout) == 0) {
            view.layout = (uint8_t)i;
        }
    }
    if (options->lang != NULL) {
        size_t bytes = strlen(options->lang);
        memcpy(view.lang, options->lang, bytes < sizeof view.lang ? bytes : sizeof view.lang);
    }
    if (options->now_is_clock) {
        view.now_utc = (int64_t)time(NULL);
    } else if (options->now.precision != INK_PRECISION_NONE) {
        view.now_utc = ink_date_start(&options->now, &story->zone);
    }
    return view;
}

int ink_drawing_make(struct ink_drawing *drawing, const struct ink_inputs *inputs,
                     const struct ink_panel *panel, const struct ink_options *options) {
    struct profile profile = profile_of(panel);
    *drawing = (struct ink_drawing){.panel = panel, .memory_bytes = profile.bytes};
    drawing->memory = malloc(profile.bytes);
    if (options->hold != NULL) {
        int code = ink_hold_read(&drawing->hold, options->hold);
        if (code != INK_EXIT_OK) {
            return code;
        }
    }
    const struct ink_config config = {
        .capacity = profile.capacity,
        .memory = drawing->memory,
        .memory_bytes = profile.bytes,
        .budget = {.held = drawing->hold.id, .held_count = drawing->hold.count}};
    if (ink_init(&drawing->ink, &config) != INK_OK) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for %s", panel->name);
    }
    bool dumped = options->dump != NULL && options->dump[0] == 'd';
    long start = ink_clock_us();
    int code = ink_feed_inputs(&drawing->ink, inputs, dumped ? &drawing->why : NULL);
    long fed = ink_clock_us();
    if (code != INK_EXIT_OK) {
        return code;
    }
    drawing->view = view_of(panel, options, &drawing->ink.condense.digest.story);
    if (ink_lay_out(&drawing->ink, &drawing->view) != INK_OK) {
        return ink_fail(INK_EXIT_USAGE, NULL, "%s cannot be laid out so", panel->name);
    }
    drawing->time.condense = fed - start;
    drawing->time.layout = ink_clock_us() - fed;
    return INK_EXIT_OK;
}

/* All bands, top to bottom, to whoever wants them; to `sha` what is of one plane. */
static bool draw_bands(struct ink_drawing *drawing, struct ink_png *png, struct ink_sha *sha,
                       struct ink_band band) {
    const int height = drawing->panel->height, rows = band.rows;
    for (int y = 0; y < height; y += rows) {
        band.y0 = (int16_t)y;
        band.rows = (int16_t)ink_min(rows, height - y);
        ink_draw(&drawing->ink, &band);
        if (sha != NULL) {
            ink_sha_add(sha, band.bits, band.stride * (size_t)band.rows);
        }
        if (png != NULL && !ink_png_rows(png, band.bits, band.rows)) {
            return false;
        }
    }
    return true;
}

/* The native frame is one plane after the other, so bands of one plane each give it in order. */
static void hash_frame(struct ink_drawing *drawing, struct ink_sha *sha, struct ink_band band) {
    for (int plane = 1; plane <= ink_inks_table[drawing->panel->inks].planes; plane++) {
        band.plane = (uint8_t)plane;
        (void)draw_bands(drawing, NULL, sha, band);
    }
}

static int write_png(struct ink_drawing *drawing, const char *name, struct ink_sha *sha,
                     struct ink_band band) {
    struct ink_output output;
    struct ink_png png;
    ink_output_advise_png(name);
    int code = ink_output_open(&output, name);
    if (code != INK_EXIT_OK) {
        return code;
    }
    bool good = ink_png_begin(&png, output.file, drawing->panel);
    good = good && draw_bands(drawing, &png, sha, band);
    good = ink_png_end(&png, good);
    if (!good) {
        int failed = ink_output_failed(output.name, "write the picture");
        ink_output_abandon(&output);
        return failed;
    }
    return ink_output_commit(&output);
}

int ink_drawing_write(struct ink_drawing *drawing, const char *png, int band_rows, bool hash) {
    struct ink_sha sha;
    int rows = band_rows > 0 ? band_rows : profile_of(drawing->panel).band_rows;
    rows = ink_min(rows, drawing->panel->height);
    size_t stride = ((size_t)drawing->panel->width + 7) / 8;
    long start = ink_clock_us();
    drawing->band_bytes = stride * (size_t)rows * ink_inks_table[drawing->panel->inks].planes;
    uint8_t *bits = malloc(drawing->band_bytes);
    if (bits == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for a band");
    }
    struct ink_band band = {.bits = bits, .stride = (uint32_t)stride, .rows = (int16_t)rows};
    ink_sha_begin(&sha);
    int code = INK_EXIT_OK;
    const bool together = hash && ink_inks_table[drawing->panel->inks].planes == 1;
    if (png != NULL) {
        code = write_png(drawing, png, together ? &sha : NULL, band);
    }
    if (hash && (png == NULL || !together)) {
        hash_frame(drawing, &sha, band);
    }
    ink_sha_end(&sha, drawing->hash);
    drawing->hash[0] = hash ? drawing->hash[0] : '\0'; /* no hash is none, not that of nothing */
    free(bits);
    drawing->time.raster = ink_clock_us() - start;
    return code;
}

uint8_t *ink_drawing_frame(const struct ink_drawing *drawing) {
    const struct ink_panel *panel = drawing->panel;
    uint8_t *bits = malloc(ink_changed_frame_bytes(panel));
    if (bits != NULL) {
        struct ink_band band = {
            .bits = bits, .stride = ((uint32_t)panel->width + 7) / 8, .rows = panel->height};
        ink_draw(&drawing->ink, &band);
    }
    return bits;
}

void ink_drawing_end(struct ink_drawing *drawing) {
    ink_why_free(&drawing->why);
    free(drawing->memory);
    drawing->memory = NULL;
}
