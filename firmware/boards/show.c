#include "boards/board.h"
#include "panels/ink_panels.h"

enum { EXIT_USAGE = 2, EXIT_INPUT = 65, EXIT_SOFTWARE = 70, EXIT_IO = 74 };

static int fail(int code, const char *why) {
    board_say("inkline: ");
    board_say(why);
    board_say("\n");
    return code;
}

/* Decimal millimetres, 100..65535; 0 if it is anything else. */
static uint16_t parse_distance(const char *text) {
    uint32_t value = 0;
    for (; *text >= '0' && *text <= '9' && value < 100000; text++) {
        value = value * 10 + (uint32_t)(*text - '0'); // < 1000000
    }
    return *text == 0 && value >= 100 && value <= UINT16_MAX ? (uint16_t)value : 0;
}

static struct ink_capacity capacity_of(uint8_t profile) {
    switch (profile) {
    case INK_PROFILE_TINY:
        return INK_TINY_CAPACITY;
    case INK_PROFILE_WALL:
        return INK_WALL_CAPACITY;
    default:
        return INK_LARGE_CAPACITY;
    }
}

/* Not inlined: its chunk must not lie on the stack while the page is laid out. */
static __attribute__((noinline)) bool feed_once(struct ink *ink) {
    uint8_t chunk[BOARD_CHUNK_BYTES];
    size_t count = 0;
    bool readable = board_rewind();
    ink_begin_input(ink, INK_FORMAT_CBOR);
    while (readable && (readable = board_read(chunk, sizeof chunk, &count)) && count > 0) {
        ink_feed(ink, chunk, count);
    }
    ink_end_input(ink);
    return readable;
}

static bool feed_passes(struct ink *ink) {
    while (ink_begin_pass(ink)) {
        if (!feed_once(ink)) {
            return false;
        }
    }
    return true;
}

/* One plane after the other, as controllers take them: no band holds more than one. */
static bool draw_plane(const struct board *board, const struct ink_panel *panel, int plane) {
    uint32_t stride = ((uint32_t)panel->width + 7) / 8;
    int rows_a_band = (int)(board->band_bytes / stride);
    for (int y = 0; y < panel->height; y += rows_a_band) {
        int rows = ink_min(rows_a_band, panel->height - y);
        const struct ink_band band = {.bits = board->band,
                                      .stride = stride,
                                      .y0 = (int16_t)y,
                                      .rows = (int16_t)rows,
                                      .plane = (uint8_t)plane};
        ink_draw(board->ink, &band);
        if (!board_write(board->band, (size_t)rows * stride)) {
            return false;
        }
    }
    return true;
}

/* Not inlined: its frame must not lie there either. */
static __attribute__((noinline)) bool draw_planes(const struct board *board,
                                                  const struct ink_panel *panel) {
    for (int plane = 1; plane <= ink_inks_table[panel->inks].planes; plane++) {
        if (!draw_plane(board, panel, plane)) {
            return false;
        }
    }
    return true;
}

/* Not inlined: the config must not lie there either. */
static __attribute__((noinline)) bool start(const struct board *board,
                                            const struct ink_panel *panel) {
    const struct ink_config config = {.capacity = capacity_of(panel->profile),
                                      .memory = board->memory,
                                      .memory_bytes = board->memory_bytes};
    return ink_init(board->ink, &config) == INK_OK;
}

static int show(const struct board *board, const struct ink_panel *panel, uint16_t distance_mm) {
    struct ink_view view = ink_view_of(panel);
    view.distance_mm = distance_mm;
    if (!start(board, panel)) {
        return fail(EXIT_SOFTWARE, "the memory is too small for the panel's profile");
    }
    if (!feed_passes(board->ink)) {
        return fail(EXIT_IO, "the input cannot be read");
    }
    if (ink_lay_out(board->ink, &view) != INK_OK) {
        return fail(EXIT_SOFTWARE, "the panel's size is outside the limits");
    }
    if (!draw_planes(board, panel) || !board_close()) {
        return fail(EXIT_IO, "the frame cannot be written");
    }
    return 0;
}

int board_show(const struct board *board, int count, char *const arguments[]) {
    if (count < 3 || count > 4) {
        return fail(EXIT_USAGE, "usage: PANEL INPUT OUTPUT [DISTANCE_MM]");
    }
    const struct ink_panel *panel = ink_panel_find(arguments[0]);
    uint16_t distance_mm = count > 3 ? parse_distance(arguments[3]) : 0;
    if (panel == NULL) {
        return fail(EXIT_USAGE, "no such panel");
    }
    if (panel->profile > board->profile) {
        return fail(EXIT_USAGE, "this board's memory is too small for that panel");
    }
    if (count > 3 && distance_mm == 0) {
        return fail(EXIT_USAGE, "the distance is 100 to 65535 mm");
    }
    if (!board_open(arguments[1], arguments[2])) {
        return fail(EXIT_IO, "the input or the output cannot be opened");
    }
    return show(board, panel, distance_mm);
}
