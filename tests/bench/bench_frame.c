/* Cost of one frame, after the records are in: layout and raster of a story, over and over.
 *
 *     bench_frame STORY.ndjson PANEL FRAMES [DISTANCE_MM]
 *
 * Prints cards, glyphs and microseconds of CPU a frame (median). Under callgrind, collect
 * `frame_once`: valgrind --tool=callgrind --toggle-collect=frame_once bench_frame ... 1
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/ink_profile.h"
#include "core/ink_utf8.h"
#include "panels/ink_panels.h"

static uint64_t memory[INK_LARGE_BYTES / 8 + 1];
static uint8_t bits[32 * 2560 / 8 * INK_PLANES_MAX];

void frame_once(struct ink *ink, const struct ink_view *view);
void draw_once(struct ink *ink, const struct ink_view *view);

__attribute__((noinline)) void draw_once(struct ink *ink, const struct ink_view *view) {
    for (int y = 0; y < view->height; y += 32) {
        struct ink_band band = {.bits = bits,
                                .stride = (uint32_t)(view->width + 7) / 8,
                                .y0 = (int16_t)y,
                                .rows = (int16_t)ink_min(32, view->height - y)};
        ink_draw(ink, &band);
    }
}

__attribute__((noinline)) void frame_once(struct ink *ink, const struct ink_view *view) {
    if (ink_lay_out(ink, view) != INK_OK) {
        exit(1);
    }
    draw_once(ink, view);
}

static void feed_file(struct ink *ink, const char *path) {
    static char chunk[65536];
    while (ink_begin_pass(ink)) {
        FILE *file = fopen(path, "rb");
        if (file == NULL) {
            perror(path);
            exit(74);
        }
        ink_begin_input(ink, INK_FORMAT_NDJSON);
        for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;) {
            ink_feed(ink, chunk, got);
        }
        ink_end_input(ink);
        fclose(file);
    }
}

static unsigned count_glyphs(const struct ink_page *page) {
    struct ink_op op;
    struct ink_span text;
    unsigned glyphs = 0;
    for (uint32_t at = 0; ink_page_next(page, &at, &op, &text);) {
        for (size_t i = 0; op.type == INK_OP_TEXT && i < text.bytes; glyphs++) {
            ink_utf8_next(text.at, text.bytes, &i);
        }
    }
    return glyphs;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **argument) {
    const struct ink_panel *panel = count > 3 ? ink_panel_find(argument[2]) : NULL;
    int frames = count > 3 ? atoi(argument[3]) : 0;
    if (panel == NULL || frames < 1) {
        fprintf(stderr, "usage: bench_frame STORY.ndjson PANEL FRAMES [DISTANCE_MM]\n");
        return 2;
    }
    struct ink ink;
    struct ink_config config = {
        .capacity = INK_LARGE_CAPACITY, .memory = memory, .memory_bytes = sizeof memory};
    if (ink_init(&ink, &config) != INK_OK) {
        return 1;
    }
    feed_file(&ink, argument[1]);
    struct ink_view view = ink_view_of(panel);
    view.distance_mm = (uint16_t)(count > 4 ? atoi(argument[4]) : 0);
    double *times = calloc((size_t)frames, sizeof *times);
    for (int i = 0; times != NULL && i < frames; i++) {
        struct timespec from, to;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        frame_once(&ink, &view);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        times[i] =
            (double)(to.tv_sec - from.tv_sec) * 1e6 + (double)(to.tv_nsec - from.tv_nsec) / 1e3;
    }
    qsort(times, (size_t)frames, sizeof *times, ascending);
    printf("%d cards, %u glyphs, %.1f us a frame\n", ink.shown.shown, count_glyphs(&ink.page),
           times[frames / 2]);
    free(times);
    return 0;
}
