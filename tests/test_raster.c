/* The raster against one that sets pixel after pixel: random pages, any band, any rotation. */
#include "ink_glass.h"

#include "core/ink_mark.h"

static struct story words; /* where random texts come from */

/* ---- the slow raster ------------------------------------------------------------------------- */

/* Pixels of the view, one byte each. */
struct canvas {
    uint8_t *pixels;
    int width, height;
    int depth, plane;
};

static void set_pixel(struct canvas *canvas, int x, int y, int ink) {
    if (x >= 0 && x < canvas->width && y >= 0 && y < canvas->height) {
        canvas->pixels[y * canvas->width + x] = (uint8_t)(ink == INK_TEXT);
    }
}

static void set_rect(struct canvas *canvas, struct ink_rect rect, int ink) {
    for (int y = rect.y0; y < rect.y1; y++) {
        for (int x = rect.x0; x < rect.x1; x++) {
            set_pixel(canvas, x, y, ink);
        }
    }
}

static void set_dashes(struct canvas *canvas, const struct ink_op *op) {
    int on = op->extra & 0xFF, off = op->extra >> 8;
    bool upright = op->y1 - op->y0 > op->x1 - op->x0;
    for (int y = op->y0; y < op->y1; y++) {
        for (int x = op->x0; x < op->x1; x++) {
            int along = upright ? y - op->y0 : x - op->x0;
            if (along % (on + off) < on) {
                set_pixel(canvas, x, y, op->ink);
            }
        }
    }
}

static void set_mark(struct canvas *canvas, const struct ink_op *op) {
    int size = op->x1 - op->x0;
    for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
            if ((ink_mark_row(op->kind, size, y, (op->flags & INK_OP_MIRRORED) != 0) >> (63 - x) &
                 1) != 0) {
                set_pixel(canvas, op->x0 + x, op->y0 + y, op->ink);
            }
        }
    }
}

static void set_glyph(struct canvas *canvas, const struct ink_glyph *glyph, int x, int y, int ink) {
    struct ink_glyph_rows rows = ink_glyph_rows_begin(glyph, ink_glyph_stream(glyph));
    for (int row = 0; row < glyph->height; row++) {
        ink_glyph_rows_next(&rows);
        const uint32_t *word = rows.row[ink_face_depth(glyph->face) > 1 ? canvas->plane : 0];
        uint64_t bits = (uint64_t)word[0] << 32 | (glyph->width > 32 ? word[1] : 0);
        for (int column = 0; column < glyph->width; column++) {
            if ((bits >> (63 - column) & 1) != 0) {
                set_pixel(canvas, x + column, y + row, ink);
            }
        }
    }
}

static void set_missing(struct canvas *canvas, uint32_t c, int px, int x, int baseline) {
    struct ink_missing_box box = ink_missing_box(px, c);
    int scale = box.scale, top = baseline - 12 * scale;
    for (int y = 0; y < box.height; y++) {
        for (int column = 0; column < box.width; column++) {
            bool edge = column < scale || column >= box.width - scale || y < scale ||
                        y >= box.height - scale;
            set_pixel(canvas, x + column, top + y, edge ? INK_TEXT : INK_PAPER);
        }
    }
    char digits[8];
    snprintf(digits, sizeof digits, "%0*X", 2 * box.columns, (unsigned)c);
    for (int i = 0; i < 2 * box.columns; i++) {
        int digit = digits[i] > '9' ? digits[i] - 'A' + 10 : digits[i] - '0';
        int left = x + (2 + i % box.columns * 4) * scale;
        int upper = top + (2 + i / box.columns * 6) * scale;
        for (int bit = 0; bit < 15 * scale * scale; bit++) {
            int column = bit % (3 * scale), row = bit / (3 * scale);
            if ((ink_hex_row(digit, row / scale) >> (2 - column / scale) & 1) != 0) {
                set_pixel(canvas, left + column, upper + row, INK_TEXT);
            }
        }
    }
}

static void set_run(struct canvas *canvas, const struct ink_op *op, const struct ink_run *run) {
    struct ink_type type = ink_type_at((enum ink_role)op->kind, ink_op_px(op), canvas->depth);
    struct ink_shaper shaper;
    struct ink_cell cell;
    int pen = op->x0 - (int8_t)(op->extra >> 8) + run->x, sign = run->right_to_left ? -1 : 1;
    ink_shape_begin(&shaper, &type.face, run->text, run->right_to_left);
    while (ink_shape_next(&shaper, &cell)) {
        int left = run->right_to_left ? pen - cell.advance : pen;
        if (cell.missing && cell.ink > 0) {
            set_missing(canvas, cell.code_point, type.face.px, left, op->y0);
        } else if (cell.ink > 0) {
            set_glyph(canvas, &cell.glyph, left + cell.x, op->y0 - cell.up - cell.glyph.top,
                      op->ink);
        }
        pen += sign * (cell.advance + (op->flags & INK_OP_TRACKING));
    }
}

static void set_text(struct canvas *canvas, const struct ink_op *op, struct ink_span payload) {
    struct ink_run run;
    for (uint16_t at = 0; ink_page_run(op, payload, &at, &run);) {
        set_run(canvas, op, &run);
    }
}

static struct canvas draw_slowly(const struct ink_page *page, int plane) {
    struct canvas canvas = {
        .width = page->width, .height = page->height, .depth = page->depth, .plane = plane};
    canvas.pixels = calloc((size_t)canvas.width, (size_t)canvas.height);
    struct ink_op op;
    struct ink_span text;
    for (uint32_t at = 0; ink_page_next(page, &at, &op, &text);) {
        switch (op.type) {
        case INK_OP_FILL:
            set_rect(&canvas, (struct ink_rect){op.x0, op.y0, op.x1, op.y1}, op.ink);
            break;
        case INK_OP_DASH:
            set_dashes(&canvas, &op);
            break;
        case INK_OP_MARK:
            set_mark(&canvas, &op);
            break;
        case INK_OP_TEXT:
            set_text(&canvas, &op, text);
            break;
        default:
            break;
        }
    }
    return canvas;
}

/* Pixels of the glass that are not those of the canvas turned clockwise by the page's rotation. */
static int count_wrong(const struct glass *glass, const struct canvas *canvas, int rotation) {
    int wrong = 0;
    for (int y = 0; y < glass->height; y++) {
        for (int x = 0; x < glass->width; x++) {
            int of_x = rotation == 0     ? x
                       : rotation == 90  ? y
                       : rotation == 180 ? canvas->width - 1 - x
                                         : canvas->width - 1 - y;
            int of_y = rotation == 0     ? y
                       : rotation == 90  ? canvas->height - 1 - x
                       : rotation == 180 ? canvas->height - 1 - y
                                         : x;
            wrong += glass_plane(glass, canvas->plane, x, y) !=
                     canvas->pixels[of_y * canvas->width + of_x];
        }
    }
    return wrong;
}

/* ---- random pages ---------------------------------------------------------------------------- */

static int any_coordinate(uint64_t *seed, int side) {
    return (int)ink_random_below(seed, (uint32_t)side + 120) - 60;
}

static struct ink_rect any_rect(uint64_t *seed, const struct ink_page *page) {
    struct ink_rect rect = {.x0 = (int16_t)any_coordinate(seed, page->width),
                            .y0 = (int16_t)any_coordinate(seed, page->height)};
    bool thin = story_chance(seed, 2);
    rect.x1 = (int16_t)(rect.x0 + (int)ink_random_below(seed, thin ? 4 : 90));
    rect.y1 = (int16_t)(rect.y0 + (int)ink_random_below(seed, 90));
    return rect;
}

static void push_text(struct ink_page *page, uint64_t *seed) {
    static const int sizes[] = {14, 16, 20, 28, 40, 56};
    struct ink_type type = ink_type_at((enum ink_role)ink_random_below(seed, INK_ROLE_COUNT),
                                       sizes[ink_random_below(seed, 6)], page->depth);
    words.used = 0;
    struct ink_span text =
        story_phrase(&words, seed, 1 + (int)ink_random_below(seed, 4), INK_HEADLINE_BYTES);
    int x = any_coordinate(seed, page->width), y = any_coordinate(seed, page->height);
    const struct ink_line line = ink_line_of(text);
    type.tracking = (uint8_t)ink_random_below(seed, 4);
    type.ink = (enum ink_ink)ink_random_below(seed, 2);
    ink_text_put_line(page, &type, &line,
                      &(struct ink_slot){.x = x, .baseline = y, .trailing = story_chance(seed, 2)});
}

static struct ink_rect any_square(uint64_t *seed, const struct ink_page *page, int size) {
    int x = any_coordinate(seed, page->width), y = any_coordinate(seed, page->height);
    return (struct ink_rect){(int16_t)x, (int16_t)y, (int16_t)(x + size), (int16_t)(y + size)};
}

static void push_any(struct ink_page *page, uint64_t *seed) {
    static const int marks[] = {5, 13, 17, 25, 35, 63};
    int on = 1 + (int)ink_random_below(seed, 9);
    switch (ink_random_below(seed, 5)) {
    case 0:
        ink_page_fill(page, any_rect(seed, page), (enum ink_ink) !story_chance(seed, 3));
        return;
    case 1:
        ink_page_dash(page, any_rect(seed, page), on, (int)ink_random_below(seed, 9), INK_TEXT);
        return;
    case 2:
        ink_page_mark(page, any_square(seed, page, marks[ink_random_below(seed, 6)]),
                      (int)ink_random_below(seed, INK_STANDING_COUNT), INK_TEXT);
        return;
    default:
        push_text(page, seed);
    }
}

static uint32_t memory[4096];

static struct ink_page any_page(uint64_t *seed) {
    struct ink_page page;
    ink_page_begin(&page, memory, sizeof memory);
    page.width = (int16_t)(64 + ink_random_below(seed, 150));
    page.height = (int16_t)(64 + ink_random_below(seed, 150));
    page.mirrored = story_chance(seed, 3);
    page.depth = (uint8_t)(1 + ink_random_below(seed, 2));
    int ops = 1 + (int)ink_random_below(seed, 12);
    for (int i = 0; i < ops; i++) {
        push_any(&page, seed);
    }
    page.rotation = (uint16_t)(90 * ink_random_below(seed, 4));
    return page;
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void every_pixel_is_that_of_the_slow_raster_in_any_rotation(void) {
    for (uint64_t round = 1; round <= 500; round++) {
        uint64_t seed = round;
        struct ink_page page = any_page(&seed);
        struct canvas canvas = draw_slowly(&page, (int)round % page.depth);
        CHECK_INT(page.refused, 0);
        for (int rotation = 0; rotation < 360; rotation += 90) {
            page.rotation = (uint16_t)rotation;
            struct glass glass = glass_draw(&page, 1 + (int)ink_random_below(&seed, 230));
            CHECK_INT(count_wrong(&glass, &canvas, rotation), 0);
            glass_free(&glass);
        }
        free(canvas.pixels);
    }
}

static void every_band_height_gives_the_same_pixels(void) {
    for (uint64_t round = 1; round <= 12; round++) {
        uint64_t seed = round + 900;
        struct ink_page page = any_page(&seed);
        struct glass whole = glass_draw(&page, page.height > page.width ? page.height : page.width);
        for (int rows = 1; rows <= whole.height + 1; rows++) {
            struct glass banded = glass_draw(&page, rows);
            CHECK(glass_same(&banded, &whole));
            glass_free(&banded);
        }
        glass_free(&whole);
    }
}

/* A band may start anywhere, before and behind the panel too, and be wider than it. */
static void any_single_band_holds_its_rows(void) {
    for (uint64_t round = 1; round <= 150; round++) {
        uint64_t seed = round + 1700;
        struct ink_page page = any_page(&seed);
        struct glass whole = glass_draw(&page, 64), other = glass_draw(&page, 50);
        int y0 = (int)ink_random_below(&seed, (uint32_t)whole.height + 60) - 30;
        int rows = 1 + (int)ink_random_below(&seed, 40);
        for (int y = ink_max(y0, 0); y < ink_min(y0 + rows, other.height); y++) {
            memset(other.bits + (size_t)y * other.stride, 0xFF, other.stride);
            memset(other.low + (size_t)y * other.stride, 0xFF, other.stride);
        }
        glass_band(&other, &page, y0, rows, other.stride + ink_random_below(&seed, 3));
        CHECK(glass_same(&other, &whole));
        glass_free(&other);
        glass_free(&whole);
    }
}

static void a_missing_glyph_is_a_box_with_its_number(void) {
    static const char *const rows[] = {"###########", "#.........#", "#.###.###.#", "#.#.#.#.#.#",
                                       "#.#.#.###.#", "#.#.#...#.#", "#.###.###.#", "#.........#",
                                       "#..#...#..#", "#.##..##..#", "#..#...#..#", "#..#...#..#",
                                       "#.###.###.#", "#.........#", "###########"};
    struct ink_page page;
    struct ink_type type = ink_type_at(INK_ROLE_HEADLINE, 16, 1);
    ink_page_begin(&page, memory, sizeof memory);
    page.width = page.height = 64;
    ink_text_put(&page, &type, ink_span_of("\xE0\xA4\x91"), 0, 12); /* U+0911 */
    CHECK_INT(page.missing, 1);
    struct glass glass = glass_draw(&page, 64);
    for (int y = 0; y < 15; y++) {
        char row[12] = {0};
        for (int x = 0; x < 11; x++) {
            row[x] = glass_pixel(&glass, x, y) ? '#' : '.';
        }
        CHECK_TEXT(row, 11, rows[y]);
    }
    glass_free(&glass);
}

int main(void) {
    RUN(every_pixel_is_that_of_the_slow_raster_in_any_rotation);
    RUN(every_band_height_gives_the_same_pixels);
    RUN(any_single_band_holds_its_rows);
    RUN(a_missing_glyph_is_a_box_with_its_number);
    return ink_test_end();
}
