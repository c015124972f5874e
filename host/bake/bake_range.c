#include "bake/bake_range.h"

#include "bake/bake_range_walk.h"

/* ---- what every decision of an image sees ---------------------------------------------------- */

static const uint32_t *row_of(const struct bake_range_image *image, int plane, int y) {
    static const uint32_t white[2];
    return y < 0 ? white : image->plane[plane][y];
}

static void walk_row(const struct bake_range_image *image, int y, int plane,
                     struct bake_range_visitor *visitor) {
    const uint32_t *up = row_of(image, 0, y - 1);
    const uint32_t *third = image->depth > 1 ? row_of(image, 1, y - 1) : row_of(image, 0, y - 3);
    const uint32_t *const under[2][3] = {
        {up, row_of(image, 0, y - 2), third},
        {row_of(image, 0, y), third, up},
    };
    const uint32_t *row = row_of(image, plane, y);
    struct ink_range_window window = {0};
    ink_range_window_fill(&window, under[plane], 0, image->width);
    for (int x = 0; x < image->width; x++) {
        if (x % 8 == 0) {
            ink_range_window_fill(&window, under[plane], x + 8, image->width);
        }
        uint32_t ink = row[x / 32] >> (31 - x % 32) & 1;
        uint32_t root = (uint32_t)plane * INK_RANGE_ROOTS + ink_range_root(&window);
        visitor->decide(visitor, root, &window, ink);
        window.row[0] |= ink << --window.left;
    }
}

static bool same_as_above(const struct bake_range_image *image, int y) {
    bool same = true;
    for (int plane = 0; plane < image->depth; plane++) {
        same = same && memcmp(row_of(image, plane, y), row_of(image, plane, y - 1), 8) == 0;
    }
    return same;
}

void bake_range_walk(const struct bake_range_image *image, struct bake_range_visitor *visitor) {
    uint32_t before = 1;
    for (int y = 0; y < image->height; y++) {
        uint32_t same = same_as_above(image, y);
        struct ink_range_window window = ink_range_window_of_row(before, row_of(image, 0, y - 1));
        visitor->decide(visitor, (uint32_t)image->depth * INK_RANGE_ROOTS, &window, same);
        before = (before << 1 | same) & 0xFFFF;
        for (int plane = 0; plane < image->depth && !same; plane++) {
            walk_row(image, y, plane, visitor);
        }
    }
}

/* ---- the coder ---------------------------------------------------------------------------------
 */

struct encoder {
    struct bake_range_visitor visitor;
    const uint8_t *model;
    uint32_t same_root; /* number that stands for the decision "same row as above" */
    uint32_t low, range;
    uint8_t *out;
    size_t count;
};

/* Add to low; what runs over goes into the bytes already out, which cannot all be 255: the stream
 * is a number below 1. */
static void add_low(struct encoder *encoder, uint32_t more) {
    encoder->low += more;
    if (encoder->low < more) {
        size_t i = encoder->count;
        while (++encoder->out[--i] == 0) {
        }
    }
}

static void put_top(struct encoder *encoder) {
    encoder->out[encoder->count++] = (uint8_t)(encoder->low >> 24);
    encoder->low <<= 8;
}

static void encode_decision(struct bake_range_visitor *visitor, uint32_t root,
                            const struct ink_range_window *window, uint32_t ink) {
    struct encoder *encoder = (struct encoder *)visitor; // its first member
    const uint8_t *place = encoder->model + root * 2;
    const uint8_t *tree =
        root == encoder->same_root ? place : encoder->model + place[0] + (size_t)(place[1] << 8);
    uint32_t leaf = ink_range_leaf(tree, window);
    uint32_t bound = (encoder->range >> INK_RANGE_CHANCE_BITS) * ink_range_chance(leaf);
    if (ink != leaf >> 6) {
        encoder->range = bound;
    } else {
        add_low(encoder, bound);
        encoder->range -= bound;
    }
    while (encoder->range < INK_RANGE_TOP) {
        encoder->range <<= 8;
        put_top(encoder);
    }
}

/* Of the numbers low .. low + range - 1 the one with most zeros at its end; they are left out. */
static void end_stream(struct encoder *encoder) {
    uint32_t keep = 0; // bits above those that are made zero
    while (keep < 32 && (encoder->range - 1) >> (31 - keep) == 0) {
        keep++;
    }
    uint32_t zeros = keep < 32 ? UINT32_MAX >> keep >> 1 : 0; // <= range - 1
    add_low(encoder, zeros);
    encoder->low &= ~zeros;
    for (int i = 0; i < 4; i++) {
        put_top(encoder);
    }
    while (encoder->count > 0 && encoder->out[encoder->count - 1] == 0) {
        encoder->count--;
    }
}

size_t bake_range_encode(const struct bake_range_image *image, const uint8_t *model, uint8_t *out) {
    struct encoder encoder = {
        .visitor = {encode_decision},
        .model = model,
        .same_root = (uint32_t)image->depth * INK_RANGE_ROOTS,
        .range = UINT32_MAX,
        .out = out,
    };
    bake_range_walk(image, &encoder.visitor);
    end_stream(&encoder);
    return encoder.count;
}
