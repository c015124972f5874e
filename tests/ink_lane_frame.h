/* For the tests of lanes and their axis: the frame that layout worked in, as far as the axis asks
 * for it, and the axis itself, built again. */
#ifndef INK_LANE_FRAME_H
#define INK_LANE_FRAME_H

#include "ink_glass.h"

#include "core/ink_lanes.h"

/* All but line_x, lane_rows, lane_count, and whether dates carry their years. */
static inline struct ink_frame lane_frame(const struct ink_digest *digest,
                                          const struct ink_view *view, struct ink_row *rows,
                                          struct ink_page *page) {
    struct ink_frame frame = {.digest = digest, .page = page, .rows = rows};
    ink_frame_set_up(&frame, view);
    frame.layout = INK_LAYOUT_LANES;
    return frame;
}

/* Columns from the leading edge on, as layout sees them. */
static inline struct ink_rect lane_rect(const struct ink_page *page, const struct ink_op *op) {
    struct ink_rect rect = {op->x0, op->y0, op->x1, op->y1};
    if (page->mirrored) {
        rect.x0 = (int16_t)(page->width - op->x1);
        rect.x1 = (int16_t)(page->width - op->x0);
    }
    return rect;
}

/* The bars of the axis: the items that stand at its height. */
struct lane_bars {
    struct ink_rect bar[2 * INK_AXIS_RUNS];
    int count;
};

static inline void lane_bars_read(struct lane_bars *bars, const struct ink_page *page,
                                  const struct items *items) {
    bars->count = 0;
    for (int i = 0; i < items->count && bars->count < INK_AXIS_RUNS; i++) {
        struct ink_op op;
        struct ink_span payload;
        uint32_t at = items->item[i].from;
        if (items->item[i].op.kind != INK_ITEM_AXIS || !ink_page_next(page, &at, &op, &payload)) {
            continue;
        }
        if ((op.type == INK_OP_FILL || op.type == INK_OP_DASH) && op.ink == INK_TEXT) {
            bars->bar[bars->count++] = lane_rect(page, &items->item[i].op);
        }
    }
}

static inline bool lane_axis_is(const struct ink_axis *axis, const struct lane_bars *bars) {
    for (int i = 0; i < bars->count && i < axis->count; i++) {
        if (axis->run[i].x0 != bars->bar[i].x0 || axis->run[i].x1 != bars->bar[i].x1) {
            return false;
        }
    }
    return axis->count == bars->count;
}

/* Build the axis that stands on the page; false if none is like it. Rows are those of the page. */
static inline bool lane_axis(struct ink_axis *axis, struct ink_frame *frame,
                             const struct lane_bars *bars) {
    frame->line_x = bars->count > 0 ? bars->bar[0].x0 : frame->left;
    axis->left = (int16_t)frame->line_x;
    axis->right = (int16_t)frame->right;
    for (uint8_t rows = 1; rows <= INK_LANE_PLACES; rows++) {
        frame->lane_rows = rows;
        ink_axis_build(axis, frame);
        if (lane_axis_is(axis, bars)) {
            return true;
        }
    }
    return false;
}

#endif
