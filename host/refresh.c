#include "refresh.h"

#include <stdlib.h>

#include "dump.h"
#include "glass.h"
#include "previous.h"
#include "say.h"

int ink_refresh_begin(struct ink_shown_before *before, const struct ink_options *options,
                      const struct ink_panel *panel) {
    before->frame = NULL;
    before->has_cards = false;
    return options->previous != NULL ? ink_previous_read(options->previous, panel, &before->frame)
                                     : INK_EXIT_OK;
}

/* --- what differs where nothing new stands --- */

static bool was_shown(const struct ink_shown_before *before, uint64_t id) {
    int low = 0;
    int high = before->cards.count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (before->cards.id[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < before->cards.count && before->cards.id[low] == id;
}

/* A rectangle of the view on the panel. */
static struct ink_rect on_panel(const struct ink_page *page, const struct ink_op *op) {
    int width = page->width;
    int height = page->height;
    struct ink_rect rect = {op->x0, op->y0, op->x1, op->y1};
    switch (page->rotation) {
    case 90:
        return (struct ink_rect){(int16_t)(height - rect.y1), rect.x0, (int16_t)(height - rect.y0),
                                 rect.x1};
    case 180:
        return (struct ink_rect){(int16_t)(width - rect.x1), (int16_t)(height - rect.y1),
                                 (int16_t)(width - rect.x0), (int16_t)(height - rect.y0)};
    case 270:
        return (struct ink_rect){rect.y0, (int16_t)(width - rect.x1), rect.y1,
                                 (int16_t)(width - rect.x0)};
    default:
        return rect;
    }
}

/* Make what two frames have in a rectangle the same. */
static void level_rect(const struct ink_panel *panel, const struct ink_rect *rect,
                       const uint8_t *before, uint8_t *now) {
    size_t stride = ((size_t)panel->width + 7) / 8;
    int rows = panel->height * ink_glass_planes(panel);
    for (int row = 0; row < rows; row++) {
        int y = row % panel->height;
        for (int x = rect->x0; x < rect->x1 && y >= rect->y0 && y < rect->y1; x++) {
            size_t at = (size_t)row * stride + (size_t)x / 8;
            unsigned bit = 128u >> x % 8;
            now[at] = (uint8_t)((now[at] & ~bit) | (before[at] & bit));
        }
    }
}

/* Level all items of records that were not on the page before; then count what is left. */
static uint32_t count_outside(const struct ink_shown_before *before,
                              const struct ink_drawing *drawing, uint8_t *now) {
    const struct ink_page *page = &drawing->ink.page;
    struct ink_changed outside;
    uint32_t at = 0;
    struct ink_op op;
    struct ink_span payload;
    while (ink_page_next(page, &at, &op, &payload)) {
        uint64_t id = op.type == INK_OP_ITEM ? ink_dump_id(payload) : 0;
        if (id != 0 && !was_shown(before, id)) {
            struct ink_rect rect = on_panel(page, &op);
            level_rect(drawing->panel, &rect, before->frame, now);
        }
    }
    ink_changed_find(&outside, drawing->panel, before->frame, now);
    return outside.pixels;
}

/* --- from one drawing to the next --- */

int ink_refresh_compare(const struct ink_shown_before *before, struct ink_drawing *drawing) {
    if (before->frame == NULL) {
        return INK_EXIT_OK;
    }
    uint8_t *now = ink_drawing_frame(drawing);
    if (now == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for a frame");
    }
    ink_changed_find(&drawing->changed, drawing->panel, before->frame, now);
    drawing->compared = true;
    drawing->compared_cards = before->has_cards;
    if (before->has_cards) {
        drawing->changed_outside = count_outside(before, drawing, now);
    }
    free(now);
    return INK_EXIT_OK;
}

void ink_refresh_take(struct ink_shown_before *before, const struct ink_drawing *drawing) {
    free(before->frame);
    before->frame = ink_drawing_frame(drawing);
    before->has_cards = true;
    ink_hold_page(&before->cards, &drawing->ink.page);
}

void ink_refresh_end(struct ink_shown_before *before) {
    free(before->frame);
    before->frame = NULL;
}
