/* For the tests: what is on a page, as items and their texts, and a whole picture of it between
 * guard bytes. */
#ifndef INK_GLASS_H
#define INK_GLASS_H

#include "ink_story.h"

#include "core/ink_raster.h"
#include "core/ink_text.h"
#include "dump.h"

/* ---- items --------------------------------------------------------------------------------------
 */

struct item {
    struct ink_op op;
    uint64_t id;
    uint32_t from, to; /* offsets of the ops that draw it */
};

#define ITEMS_MAX 2048

struct items {
    struct item item[ITEMS_MAX];
    int count;
};

static inline void items_read(struct items *items, const struct ink_page *page) {
    struct ink_op op;
    struct ink_span payload;
    uint32_t at = 0;
    items->count = 0;
    while (ink_page_next(page, &at, &op, &payload)) {
        if (op.type == INK_OP_ITEM && items->count < ITEMS_MAX) {
            struct item *item = &items->item[items->count++];
            *item = (struct item){.op = op, .from = at, .to = at};
            memcpy(&item->id, payload.at, sizeof item->id);
        } else if (items->count > 0) {
            items->item[items->count - 1].to = at;
        }
    }
}

/* Walk the texts of one item in reading order: start with *at = item->from. A text lives until the
 * next but one. */
static inline bool item_text(const struct ink_page *page, const struct item *item, uint32_t *at,
                             struct ink_op *op, struct ink_span *text) {
    static char out[2][INK_DUMP_TEXT_BYTES];
    static int turn;
    struct ink_span payload;
    while (*at < item->to && ink_page_next(page, at, op, &payload)) {
        if (op->type == INK_OP_TEXT) {
            turn ^= 1;
            *text = ink_dump_text(op, payload, out[turn]);
            return true;
        }
    }
    return false;
}

/* ---- pictures -----------------------------------------------------------------------------------
 */

#define GLASS_GUARD 16

struct glass {
    uint8_t *bits; /* the planes, one after the other */
    uint32_t stride;
    int width, height; /* of the panel */
    int inks, planes;
};

static inline uint8_t *glass_row(const struct glass *glass, int plane, int y) {
    return glass->bits + (size_t)(plane * glass->height + y) * glass->stride;
}

/* Native value of a pixel. */
static inline int glass_value(const struct glass *glass, int x, int y) {
    int value = 0;
    for (int plane = 0; plane < glass->planes; plane++) {
        value = value << 1 | (glass_row(glass, plane, y)[x / 8] >> (7 - x % 8) & 1);
    }
    return value;
}

/* Is there ink, however light? */
static inline bool glass_pixel(const struct glass *glass, int x, int y) {
    return glass_value(glass, x, y) != ink_inks_table[glass->inks].values[INK_PAPER];
}

static inline void glass_free(struct glass *glass) {
    free(glass->bits);
    *glass = (struct glass){.width = 0};
}

/* Bits of a plane's rows that are not paper though they lie off the panel. */
static inline int glass_spill(const struct glass *glass, const struct ink_band *band, int plane) {
    const bool paper =
        (ink_inks_table[glass->inks].values[INK_PAPER] >> (glass->planes - 1 - plane) & 1) != 0;
    int wrong = 0;
    for (int y = 0; y < band->rows; y++) {
        const uint8_t *row = band->bits + (size_t)y * band->stride;
        bool is_in = band->y0 + y >= 0 && band->y0 + y < glass->height;
        for (int x = is_in ? glass->width : 0; x < (int)band->stride * 8; x++) {
            wrong += ((row[x / 8] >> (7 - x % 8) & 1) != 0) != paper;
        }
    }
    return wrong;
}

/* One band in a buffer of its own, filled with dirt and guarded on both sides; its rows are copied
 * to the glass. Rows below the panel and bits right of it must be paper. `plane`: as in the band.
 */
static inline void glass_band(struct glass *glass, const struct ink_page *page, int y0, int rows,
                              uint32_t stride, int plane) {
    const int first = plane == 0 ? 0 : plane - 1, last = plane == 0 ? glass->planes : plane;
    size_t plane_bytes = (size_t)rows * stride, bytes = plane_bytes * (size_t)(last - first);
    uint8_t *block = malloc(bytes + 2 * GLASS_GUARD);
    memset(block, 0x5A, bytes + 2 * GLASS_GUARD);
    struct ink_band band = {.bits = block + GLASS_GUARD, .stride = stride};
    band.y0 = (int16_t)y0;
    band.rows = (int16_t)rows;
    band.plane = (uint8_t)plane;
    ink_raster(page, &band);
    int wrong = 0;
    for (int i = 0; i < GLASS_GUARD; i++) {
        wrong += block[i] != 0x5A || block[(size_t)GLASS_GUARD + bytes + (size_t)i] != 0x5A;
    }
    for (int i = first; i < last; i++, band.bits += plane_bytes) {
        wrong += glass_spill(glass, &band, i);
        for (int y = ink_max(y0, 0); y < ink_min(y0 + rows, glass->height); y++) {
            memcpy(glass_row(glass, i, y), band.bits + (size_t)(y - y0) * stride, glass->stride);
        }
    }
    CHECK_INT(wrong, 0);
    free(block);
}

/* The whole panel, in bands of so many rows; the last one may reach below the panel. Bands of an
 * even number of rows hold all planes, others one. */
static inline struct glass glass_draw(const struct ink_page *page, int band_rows) {
    bool turned = page->rotation == 90 || page->rotation == 270;
    struct glass glass = {.width = turned ? page->height : page->width,
                          .height = turned ? page->width : page->height,
                          .inks = page->inks,
                          .planes = ink_inks_table[page->inks].planes};
    glass.stride = ((uint32_t)glass.width + 7) / 8;
    glass.bits = calloc((size_t)(glass.height * glass.planes), glass.stride);
    const int odd = band_rows & 1;
    for (int plane = odd; plane <= (odd != 0 ? glass.planes : 0); plane++) {
        for (int y = 0; y < glass.height; y += band_rows) {
            glass_band(&glass, page, y, band_rows, glass.stride + (uint32_t)odd, plane);
        }
    }
    return glass;
}

static inline bool glass_same(const struct glass *a, const struct glass *b) {
    return a->width == b->width && a->height == b->height && a->inks == b->inks &&
           memcmp(a->bits, b->bits, (size_t)a->stride * (size_t)(a->height * a->planes)) == 0;
}

static inline int glass_ink(const struct glass *glass) {
    int ink = 0;
    for (int y = 0; y < glass->height; y++) {
        for (int x = 0; x < glass->width; x++) {
            ink += glass_pixel(glass, x, y);
        }
    }
    return ink;
}

/* ---- views --------------------------------------------------------------------------------------
 */

/* Any panel from 64x64 to `most` pixels a side, any pitch, distance, rotation, clock and language.
 */
static inline struct ink_view view_any(uint64_t *seed, uint32_t most) {
    static const char *const langs[] = {"", "en", "uk", "ar", "he", "zh", "fa"};
    uint32_t side = story_chance(seed, 3) ? 300 : most;
    struct ink_view view = {.panel_distance_mm = 2000, .now_utc = INT64_MIN};
    view.inks = (uint8_t)(story_chance(seed, 2) ? ink_random_below(seed, INK_INKS_COUNT) : 0);
    view.width = (int16_t)(64 + ink_random_below(seed, side - 63));
    view.height = (int16_t)(64 + ink_random_below(seed, side - 63));
    view.pitch_um = (int16_t)(60 + ink_random_below(seed, 341));
    view.rotation = (uint16_t)(90 * ink_random_below(seed, 4));
    if (!story_chance(seed, 3)) {
        view.distance_mm = (uint16_t)(100 + ink_random_below(seed, 19901));
    }
    if (story_chance(seed, 2)) {
        view.now_utc = (int64_t)1722902400 + ink_random_below(seed, 86400 * 30);
    }
    strcpy(view.lang, langs[ink_random_below(seed, 7)]);
    view.layout = (uint8_t)ink_random_below(seed, INK_LAYOUT_COUNT);
    return view;
}

static inline void view_print(const struct ink_view *view) {
    printf("  view %dx%d %s, %d um, rotated %d, %d mm, lang \"%s\", %s\n", view->width,
           view->height, ink_inks_colours[view->inks].name, view->pitch_um, view->rotation,
           view->distance_mm, view->lang, ink_layout_names[view->layout]);
}

#endif
