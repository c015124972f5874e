#include "core/ink_range.h"
#include "core/ink_range_model.h"

static uint32_t take_byte(struct ink_range *range) {
    return range->at < range->end ? *range->at++ : 0;
}

/* One decision, 0 or 1. Between decisions range >= 2^24; the unlikely part is at least 2^12 * 8 and
 * at most range * 1920 / 4096, so what is left of range is never under 2^15. */
static uint32_t decide(struct ink_range *range, uint32_t leaf) {
    uint32_t likely = leaf >> 6;
    uint32_t bound = (range->range >> INK_RANGE_CHANCE_BITS) * ink_range_chance(leaf);
    if (range->code < bound) {
        range->range = bound;
        likely ^= 1;
    } else {
        range->range -= bound;
        range->code -= bound;
    }
    while (range->range < INK_RANGE_TOP) { // twice at most
        range->range <<= 8;
        range->code = range->code << 8 | take_byte(range);
    }
    return likely;
}

/* Eight pixels, the last row[0] of the window. Those beyond the glyph's last column are not
 * in the stream. */
static void decode_eight(struct ink_range *range, const uint8_t *roots,
                         struct ink_range_window *window, int columns) {
    for (int i = 0; i < columns && i < 8; i++) {
        const uint8_t *root = roots + ink_range_root(window) * 2;
        const uint8_t *tree = range->model + (root[0] | root[1] << 8);
        uint32_t ink = decide(range, ink_range_leaf(tree, window));
        window->left--;
        window->row[0] |= ink << window->left;
    }
}

/* Decode a plane's row under rows a, b and c. */
static void decode_row(struct ink_range *range, const uint32_t *const above[3], int plane) {
    const uint8_t *roots = range->model + plane * INK_RANGE_ROOTS * 2;
    struct ink_range_window window = {0};
    uint32_t *row = range->row[plane];
    ink_range_window_fill(&window, above, 0, range->width);
    row[0] = row[1] = 0;
    for (int x = 0; x < range->width; x += 8) {
        ink_range_window_fill(&window, above, x + 8, range->width);
        decode_eight(range, roots, &window, range->width - x);
        row[x >> 5] |= (window.row[0] & 0xFF) << (24 - (x & 31));
    }
}

struct ink_range ink_range_begin(const uint8_t *at, const uint8_t *end, const uint8_t *model,
                                 int width, int depth) {
    struct ink_range range = {
        .at = at,
        .end = end,
        .model = model,
        .range = UINT32_MAX,
        .same = 1,
        .width = (uint8_t)width,
        .depth = (uint8_t)depth,
    };
    INK_ASSERT(width >= 1 && width <= 64 && depth >= 1 && depth <= 2);
    for (int i = 0; i < 4; i++) {
        range.code = range.code << 8 | take_byte(&range);
    }
    return range;
}

/* The row becomes the one above. */
static void move_down(struct ink_range *range) {
    memcpy(range->up[2], range->depth > 1 ? range->row[1] : range->up[1], sizeof range->up[2]);
    memcpy(range->up[1], range->up[0], sizeof range->up[1]);
    memcpy(range->up[0], range->row[0], sizeof range->up[0]);
}

void ink_range_next(struct ink_range *range) {
    const uint8_t *tree = range->model + range->depth * INK_RANGE_ROOTS * 2;
    struct ink_range_window window = ink_range_window_of_row(range->same, range->row[0]);
    uint32_t same = decide(range, ink_range_leaf(tree, &window));
    range->same = (uint16_t)((uint32_t)range->same << 1 | same);
    move_down(range);
    if (same) {
        return;
    }
    decode_row(range, (const uint32_t *const[3]){range->up[0], range->up[1], range->up[2]}, 0);
    if (range->depth > 1) {
        decode_row(range, (const uint32_t *const[3]){range->row[0], range->up[2], range->up[0]}, 1);
    }
}
