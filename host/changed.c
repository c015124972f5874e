#include "changed.h"

#include <stdlib.h>

#include "core/ink_limits.h"
#include "glass.h"

enum {
    SIDE = 8,  /* of a tile, pixels: a byte of a row */
    ROOM = 64, /* rectangles at hand while tiles still come: the last choice is made late */
    NO_PAIR = INT32_MAX / 2
};

/* Rectangles in tiles, no two of which overlap. */
struct pile {
    struct ink_rect rect[ROOM + 1];
    int count;
};

static int area(const struct ink_rect *rect) {
    return (rect->x1 - rect->x0) * (rect->y1 - rect->y0); // <= 512 * 512
}

static struct ink_rect around(const struct ink_rect *a, const struct ink_rect *b) {
    return (struct ink_rect){
        .x0 = (int16_t)ink_min(a->x0, b->x0),
        .y0 = (int16_t)ink_min(a->y0, b->y0),
        .x1 = (int16_t)ink_max(a->x1, b->x1),
        .y1 = (int16_t)ink_max(a->y1, b->y1),
    };
}

static bool overlap(const struct ink_rect *a, const struct ink_rect *b) {
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

/* What joining two takes in that is in neither. */
static int added(const struct ink_rect *a, const struct ink_rect *b) {
    struct ink_rect both = around(a, b);
    return area(&both) - area(a) - area(b);
}

static void take_out(struct pile *pile, int at) {
    pile->rect[at] = pile->rect[--pile->count];
}

/* Join two, and with them all that the result touches, until nothing overlaps. */
static void join(struct pile *pile, int a, int b) {
    struct ink_rect whole = around(&pile->rect[a], &pile->rect[b]);
    take_out(pile, b); // b > a: what takes its place is not a
    take_out(pile, a);
    for (int i = 0; i < pile->count;) {
        if (overlap(&whole, &pile->rect[i])) {
            whole = around(&whole, &pile->rect[i]);
            take_out(pile, i);
            i = 0;
        } else {
            i++;
        }
    }
    pile->rect[pile->count++] = whole;
}

/* The pair that adds least, the first of equals. Returns what it adds; NO_PAIR: there is none. */
static int cheapest(const struct pile *pile, int *a, int *b) {
    int least = NO_PAIR;
    for (int i = 0; i < pile->count; i++) {
        for (int j = i + 1; j < pile->count; j++) {
            int cost = added(&pile->rect[i], &pile->rect[j]);
            if (cost < least) {
                least = cost;
                *a = i;
                *b = j;
            }
        }
    }
    return least;
}

static void reduce(struct pile *pile, int most) {
    int a = 0;
    int b = 0;
    while (pile->count > 1 && (cheapest(pile, &a, &b) <= 0 || pile->count > most)) {
        join(pile, a, b);
    }
}

static bool covers(const struct pile *pile, int x, int y) {
    for (int i = 0; i < pile->count; i++) {
        const struct ink_rect *rect = &pile->rect[i];
        if (x >= rect->x0 && x < rect->x1 && y >= rect->y0 && y < rect->y1) {
            return true;
        }
    }
    return false;
}

/* Add a run of tiles: to the one above it if that is as wide, else as one more. */
static void add_run(struct pile *pile, int x0, int x1, int y) {
    for (int i = 0; i < pile->count; i++) {
        struct ink_rect *rect = &pile->rect[i];
        if (rect->x0 == x0 && rect->x1 == x1 && rect->y1 == y) {
            rect->y1++;
            return;
        }
    }
    pile->rect[pile->count++] =
        (struct ink_rect){(int16_t)x0, (int16_t)y, (int16_t)x1, (int16_t)(y + 1)};
    if (pile->count > ROOM) {
        reduce(pile, ROOM);
    }
}

/* One row of tiles: the runs of those that differ and are in no rectangle yet. */
static void add_tiles(struct pile *pile, const bool *differs, int columns, int y) {
    for (int x = 0; x < columns; x++) {
        int x0 = x;
        while (x < columns && differs[x] && !covers(pile, x, y)) {
            x++;
        }
        if (x > x0) {
            add_run(pile, x0, x, y);
        }
    }
}

static unsigned bits_in(unsigned byte) {
    unsigned count = 0;
    for (; byte != 0; byte &= byte - 1) {
        count++;
    }
    return count;
}

/* Mark the tiles of a pixel row that differ in any plane. Returns how many pixels do. */
static uint32_t compare_row(const struct ink_panel *panel, const uint8_t *before,
                            const uint8_t *now, bool *differs) {
    size_t stride = ((size_t)panel->width + 7) / 8;
    size_t plane = stride * (size_t)panel->height;
    size_t planes = (size_t)ink_glass_planes(panel);
    unsigned last = 0xFF << (stride * 8 - (size_t)panel->width) & 0xFF; // no bits past the width
    uint32_t pixels = 0;
    for (size_t x = 0; x < stride; x++) {
        unsigned bits = 0;
        for (size_t at = x; at < plane * planes; at += plane) {
            bits |= before[at] ^ now[at];
        }
        bits &= x + 1 < stride ? 0xFF : last;
        differs[x] = differs[x] || bits != 0;
        pixels += bits_in(bits);
    }
    return pixels;
}

static int by_place(const void *left, const void *right) {
    const struct ink_rect *a = left;
    const struct ink_rect *b = right;
    return a->y0 != b->y0 ? a->y0 - b->y0 : a->x0 - b->x0;
}

static void put_pixels(struct ink_changed *changed, const struct pile *pile,
                       const struct ink_panel *panel) {
    for (int i = 0; i < pile->count; i++) {
        const struct ink_rect *tiles = &pile->rect[i];
        changed->rect[i] = (struct ink_rect){
            .x0 = (int16_t)(tiles->x0 * SIDE),
            .y0 = (int16_t)(tiles->y0 * SIDE),
            .x1 = (int16_t)ink_min(tiles->x1 * SIDE, panel->width),
            .y1 = (int16_t)ink_min(tiles->y1 * SIDE, panel->height),
        };
    }
    changed->count = pile->count;
    qsort(changed->rect, (size_t)changed->count, sizeof changed->rect[0], by_place);
}

void ink_changed_find(struct ink_changed *changed, const struct ink_panel *panel,
                      const uint8_t *before, const uint8_t *now) {
    struct pile pile = {.count = 0};
    int columns = (panel->width + SIDE - 1) / SIDE;
    size_t stride = (size_t)columns;
    *changed = (struct ink_changed){.count = 0};
    for (int y = 0; y < panel->height; y += SIDE) {
        bool differs[INK_PANEL_SIDE_MAX / SIDE] = {false};
        for (int row = y; row < ink_min(y + SIDE, panel->height); row++) {
            size_t at = stride * (size_t)row;
            changed->pixels += compare_row(panel, before + at, now + at, differs);
        }
        add_tiles(&pile, differs, columns, y / SIDE);
    }
    reduce(&pile, INK_CHANGED_MAX);
    put_pixels(changed, &pile, panel);
}

size_t ink_changed_frame_bytes(const struct ink_panel *panel) {
    return ((size_t)panel->width + 7) / 8 * (size_t)panel->height * (size_t)ink_glass_planes(panel);
}
