/* Rectangles of what differs between two frames: laws over random frames. */
#include "changed.h"
#include "ink_test.h"

struct pair {
    struct ink_panel panel;
    size_t bytes, stride, plane;
    uint8_t *before, *now;
};

/* Some kind of inks with so many planes. */
static int inks_of(int planes) {
    int inks = 0;
    while (ink_inks_table[inks].planes != planes) {
        inks++;
    }
    return inks;
}

static struct pair pair_of(int width, int height, int planes) {
    struct pair pair = {.panel = {.width = (int16_t)width,
                                  .height = (int16_t)height,
                                  .inks = (uint8_t)inks_of(planes)}};
    pair.stride = ((size_t)width + 7) / 8;
    pair.plane = pair.stride * (size_t)height;
    pair.bytes = ink_changed_frame_bytes(&pair.panel);
    pair.before = calloc(2, pair.bytes);
    pair.now = pair.before + pair.bytes;
    return pair;
}

static int planes_of(const struct pair *pair) {
    return ink_inks_table[pair->panel.inks].planes;
}

static void flip(struct pair *pair, int plane, int x, int y) {
    uint8_t *byte =
        &pair->now[(size_t)plane * pair->plane + (size_t)y * pair->stride + (size_t)x / 8];
    *byte = (uint8_t)(*byte ^ 128 >> x % 8);
}

static bool differs(const struct pair *pair, int x, int y) {
    unsigned bits = 0;
    for (int plane = 0; plane < planes_of(pair); plane++) {
        size_t at = (size_t)plane * pair->plane + (size_t)y * pair->stride + (size_t)x / 8;
        bits |= pair->before[at] ^ pair->now[at];
    }
    return (bits >> (7 - x % 8) & 1) != 0;
}

static bool holds(const struct ink_rect *rect, int x, int y) {
    return x >= rect->x0 && x < rect->x1 && y >= rect->y0 && y < rect->y1;
}

/* How many pixels differ, and how many of those are in exactly one rectangle. */
static void count_pixels(const struct pair *pair, const struct ink_changed *changed, int *differ,
                         int *covered) {
    *differ = *covered = 0;
    for (int y = 0; y < pair->panel.height; y++) {
        for (int x = 0; x < pair->panel.width; x++) {
            int in = 0;
            for (int i = 0; i < changed->count; i++) {
                in += holds(&changed->rect[i], x, y);
            }
            *differ += differs(pair, x, y);
            *covered += differs(pair, x, y) && in == 1;
        }
    }
}

static int area_of(const struct ink_rect *rect) {
    return (rect->x1 - rect->x0) * (rect->y1 - rect->y0);
}

/* Every rectangle is on the panel, aligned, overlaps none, and comes in order. Returns the area. */
static int check_shape(const struct pair *pair, const struct ink_changed *changed) {
    int area = 0;
    for (int i = 0; i < changed->count; i++) {
        const struct ink_rect *rect = &changed->rect[i];
        CHECK(rect->x0 >= 0 && rect->x0 < rect->x1 && rect->x1 <= pair->panel.width);
        CHECK(rect->y0 >= 0 && rect->y0 < rect->y1 && rect->y1 <= pair->panel.height);
        CHECK(rect->x0 % 8 == 0 && (rect->x1 % 8 == 0 || rect->x1 == pair->panel.width));
        for (int j = 0; j < i; j++) {
            const struct ink_rect *other = &changed->rect[j];
            CHECK(rect->x0 >= other->x1 || other->x0 >= rect->x1 || rect->y0 >= other->y1 ||
                  other->y0 >= rect->y1);
            CHECK(other->y0 < rect->y0 || (other->y0 == rect->y0 && other->x0 < rect->x0));
        }
        area += area_of(rect);
    }
    return area;
}

/* The smallest rectangle of whole tiles around all that differs. */
static int bounding_area(const struct pair *pair) {
    struct ink_rect box = {INT16_MAX, INT16_MAX, 0, 0};
    for (int y = 0; y < pair->panel.height; y++) {
        for (int x = 0; x < pair->panel.width; x++) {
            if (differs(pair, x, y)) {
                box.x0 = (int16_t)ink_min(box.x0, x / 8 * 8);
                box.y0 = (int16_t)ink_min(box.y0, y / 8 * 8);
                box.x1 = (int16_t)ink_max(box.x1, ink_min(x / 8 * 8 + 8, pair->panel.width));
                box.y1 = (int16_t)ink_max(box.y1, ink_min(y / 8 * 8 + 8, pair->panel.height));
            }
        }
    }
    return box.x1 > 0 ? area_of(&box) : 0;
}

static void check(const struct pair *pair) {
    struct ink_changed changed;
    int differ;
    int covered;
    ink_changed_find(&changed, &pair->panel, pair->before, pair->now);
    count_pixels(pair, &changed, &differ, &covered);
    CHECK(changed.count <= INK_CHANGED_MAX);
    CHECK_INT(changed.pixels, differ);
    CHECK_INT(covered, differ);
    CHECK_INT(changed.count == 0, differ == 0);
    CHECK(check_shape(pair, &changed) <= bounding_area(pair));
}

/* Noise of any density, or boxes as texts leave them. */
static void change_something(struct pair *pair, uint64_t *seed) {
    int width = pair->panel.width;
    int height = pair->panel.height;
    uint32_t boxes = ink_random_below(seed, 40);
    for (uint32_t i = 0; i < boxes; i++) {
        int x0 = (int)ink_random_below(seed, (uint32_t)width);
        int y0 = (int)ink_random_below(seed, (uint32_t)height);
        int x1 = ink_min(width, x0 + 1 + (int)ink_random_below(seed, 60));
        int y1 = ink_min(height, y0 + 1 + (int)ink_random_below(seed, 20));
        int plane = (int)ink_random_below(seed, (uint32_t)planes_of(pair));
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                flip(pair, plane, x, y);
            }
        }
    }
    uint32_t dots = ink_random_below(seed, 3) == 0 ? ink_random_below(seed, 600) : 0;
    for (uint32_t i = 0; i < dots; i++) {
        flip(pair, (int)ink_random_below(seed, (uint32_t)planes_of(pair)),
             (int)ink_random_below(seed, (uint32_t)width),
             (int)ink_random_below(seed, (uint32_t)height));
    }
}

static void every_pixel_that_differs_is_in_one_rectangle(void) {
    const char *seeds = getenv("SEEDS");
    uint64_t seed = 1;
    for (int i = 0; i < (seeds != NULL ? atoi(seeds) : 10) * 30; i++) {
        struct pair pair =
            pair_of(8 + (int)ink_random_below(&seed, 400), 8 + (int)ink_random_below(&seed, 300),
                    1 + (int)ink_random_below(&seed, 4));
        for (size_t at = 0; at < pair.bytes; at++) {
            pair.now[at] = pair.before[at] = (uint8_t)ink_random(&seed);
        }
        for (size_t end = pair.stride; end <= pair.bytes; end += pair.stride) {
            unsigned past = 0xFFu >> 1 >> (pair.panel.width - 1) % 8; // does not count
            pair.now[end - 1] = (uint8_t)(pair.now[end - 1] ^ past);
        }
        change_something(&pair, &seed);
        check(&pair);
        free(pair.before);
    }
}

static void equal_frames_have_no_rectangle(void) {
    struct pair pair = pair_of(800, 480, 2);
    struct ink_changed changed;
    memset(pair.before, 0x5A, 2 * pair.bytes);
    ink_changed_find(&changed, &pair.panel, pair.before, pair.now);
    CHECK_INT(changed.count, 0);
    CHECK_INT(changed.pixels, 0);
    free(pair.before);
}

static void one_pixel_is_one_tile_at_every_edge(void) {
    static const int at[][2] = {{0, 0}, {121, 0}, {0, 249}, {121, 249}, {60, 100}};
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        struct pair pair = pair_of(122, 250, 1);
        struct ink_changed changed;
        flip(&pair, 0, at[i][0], at[i][1]);
        ink_changed_find(&changed, &pair.panel, pair.before, pair.now);
        CHECK_INT(changed.count, 1);
        CHECK_INT(changed.rect[0].x0, at[i][0] / 8 * 8);
        CHECK_INT(changed.rect[0].y0, at[i][1] / 8 * 8);
        CHECK_INT(changed.rect[0].x1, ink_min(at[i][0] / 8 * 8 + 8, 122));
        CHECK_INT(changed.rect[0].y1, ink_min(at[i][1] / 8 * 8 + 8, 250));
        free(pair.before);
    }
}

/* What lies apart stays apart: a corner does not take the other one along. */
static void far_changes_stay_apart(void) {
    struct pair pair = pair_of(800, 480, 1);
    struct ink_changed changed;
    flip(&pair, 0, 3, 3);
    flip(&pair, 0, 790, 470);
    ink_changed_find(&changed, &pair.panel, pair.before, pair.now);
    CHECK_INT(changed.count, 2);
    CHECK_INT(check_shape(&pair, &changed), 128);
    free(pair.before);
}

/* A solid block is one rectangle, and the whole panel is itself. */
static void a_block_is_one_rectangle(void) {
    struct pair pair = pair_of(300, 200, 1);
    struct ink_changed changed;
    for (int y = 40; y < 90; y++) {
        for (int x = 16; x < 120; x++) {
            flip(&pair, 0, x, y);
        }
    }
    ink_changed_find(&changed, &pair.panel, pair.before, pair.now);
    CHECK_INT(changed.count, 1);
    CHECK_INT(area_of(&changed.rect[0]), 104 * 56);
    memset(pair.now, 0xFF, pair.bytes);
    ink_changed_find(&changed, &pair.panel, pair.before, pair.now);
    CHECK_INT(changed.count, 1);
    CHECK_INT(area_of(&changed.rect[0]), 300 * 200);
    free(pair.before);
}

int main(void) {
    RUN(every_pixel_that_differs_is_in_one_rectangle);
    RUN(equal_frames_have_no_rectangle);
    RUN(one_pixel_is_one_tile_at_every_edge);
    RUN(far_changes_stay_apart);
    RUN(a_block_is_one_rectangle);
    return ink_test_end();
}
