/* For the tests of lanes and their axis: the frame that layout worked in, as far as the axis asks
 * for it, and the axis itself, built again. */
#ifndef INK_LANE_FRAME_H
#define INK_LANE_FRAME_H

#include "ink_glass.h"

#include "core/ink_lanes.h"

static inline void lane_frame_time(struct ink_frame *frame, const struct ink_view *view) {
    const struct ink_story *story = &frame->digest->story;
    frame->as_of_day = INT32_MIN;
    frame->now_utc = view->now_utc != INT64_MIN ? view->now_utc : frame->digest->newest_utc;
    if (story->as_of.precision != INK_PRECISION_NONE) {
        frame->as_of = ink_date_local(&story->as_of, &story->zone);
        frame->now_utc = ink_date_start(&story->as_of, &story->zone);
    } else if (frame->now_utc != INT64_MIN) {
        frame->as_of = ink_local(frame->now_utc, &story->zone);
    }
    if (frame->as_of.precision >= INK_PRECISION_DAY) {
        frame->as_of_day = ink_days(frame->as_of.year, frame->as_of.month, frame->as_of.day);
    }
}

/* All but line_x, lane_rows, lane_count, and whether dates carry their years. */
static inline struct ink_frame lane_frame(const struct ink_digest *digest,
                                          const struct ink_view *view, struct ink_row *rows,
                                          struct ink_page *page) {
    struct ink_frame frame = {.digest = digest, .page = page, .rows = rows};
    const char *lang = view->lang[0] != '\0' ? view->lang : digest->story.lang;
    frame.language = ink_language_for(ink_span_bounded(lang, INK_LANG_BYTES));
    frame.width = page->width;
    frame.height = page->height;
    frame.scale = ink_min(ink_max(204 * 256 / view->pitch_um, 1),
                          ink_min(frame.width, frame.height) * 256 / 100);
    frame.margin =
        ink_min(ink_max(frame.width, frame.height) / 50, ink_min(frame.width, frame.height) / 10);
    frame.left = frame.margin;
    frame.right = frame.width - frame.margin;
    frame.tiers = ink_tiers_for(view, &digest->story);
    for (int rank = INK_MINOR; rank <= INK_MAJOR; rank++) {
        const int px = rank == INK_MINOR ? frame.tiers.floor : frame.tiers.read;
        frame.head[rank] = ink_type_at(INK_ROLE_HEADLINE, px, page->depth);
    }
    frame.source = ink_type_at(INK_ROLE_SOURCE, frame.tiers.floor, page->depth);
    frame.detail = ink_type_at(INK_ROLE_SOURCE, frame.tiers.detail, page->depth);
    frame.layout = INK_LAYOUT_LANES;
    lane_frame_time(&frame, view);
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
