/* Cost of text alone: lines of one size, unwrapped, measured never, drawn into one full-height
 * band.
 *
 *     bench_text PX FRAMES < titles.txt
 *
 * Prints glyphs and nanoseconds a glyph. Under callgrind, collect `draw_text_page`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/ink_raster.h"
#include "core/ink_text.h"
#include "core/ink_utf8.h"

enum { WIDTH = 800, HEIGHT = 480 };

static uint32_t memory[16384];
static uint8_t bits[WIDTH / 8 * HEIGHT];

void draw_text_page(const struct ink_page *page, const struct ink_band *band);

__attribute__((noinline)) void draw_text_page(const struct ink_page *page,
                                              const struct ink_band *band) {
    ink_raster(page, band);
}

static unsigned count_glyphs(const char *text, size_t bytes) {
    unsigned glyphs = 0;
    for (size_t at = 0; at < bytes; glyphs++) {
        ink_utf8_next(text, bytes, &at);
    }
    return glyphs;
}

int main(int count, char **argument) {
    if (count != 3) {
        fprintf(stderr, "usage: bench_text PX FRAMES < titles.txt\n");
        return 2;
    }
    struct ink_type type = ink_type_at(INK_ROLE_HEADLINE, atoi(argument[1]), 1);
    struct ink_page page;
    struct ink_band band = {.bits = bits, .stride = WIDTH / 8, .rows = HEIGHT};
    char line[512];
    unsigned glyphs = 0;
    ink_page_begin(&page, memory, sizeof memory);
    page.width = WIDTH;
    page.height = HEIGHT;
    for (int y = type.face.line; y < HEIGHT && fgets(line, sizeof line, stdin) != NULL;
         y += type.face.line) {
        size_t bytes = strcspn(line, "\n");
        ink_text_put(&page, &type, (struct ink_span){line, (uint16_t)bytes}, 3, y);
        glyphs += count_glyphs(line, bytes);
    }
    struct timespec from, to;
    int frames = atoi(argument[2]);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < frames; i++) {
        draw_text_page(&page, &band);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    double ns = (double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec);
    printf("%u glyphs, %.1f ns a glyph\n", glyphs, ns / frames / glyphs);
    return 0;
}
