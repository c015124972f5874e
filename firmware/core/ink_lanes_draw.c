/* Lanes: drawing them. */
#include "core/ink_lanes.h"

static const struct ink_event *event_at(const struct ink_frame *frame, uint32_t number) {
    return &frame->digest->events[number];
}

static bool is_in(const struct ink_frame *frame, uint32_t number, unsigned slot) {
    return (frame->rows[number].flags & INK_ROW_SHOWN) != 0 && frame->rows[number].slot == slot;
}

static int em(const struct ink_frame *frame) {
    return frame->head[INK_MINOR].face.px;
}

/* Column at which the past ends. */
static int now_of(const struct ink_axis *axis, const struct ink_frame *frame) {
    int now = frame->right;
    for (int i = axis->count; i-- > 0;) {
        now = axis->run[i].ahead ? axis->run[i].x0 : now;
    }
    return now;
}

/* ---- the line -------------------------------------------------------------------------------- */

/* A lane's line while it is drawn from the leading edge on. */
struct line {
    const struct ink_frame *frame;
    int y;    /* its middle */
    int from; /* column at which the next piece starts */
    int now;  /* column at which the past ends */
    enum ink_ink ink;
};

static int line_height(const struct ink_frame *frame) {
    return ink_max(ink_frame_px(frame, 4), 2);
}

static void put_piece(const struct line *line, int x0, int x1, int y0, int y1) {
    if (x1 > x0) {
        ink_page_fill(line->frame->page,
                      (struct ink_rect){(int16_t)x0, (int16_t)y0, (int16_t)x1, (int16_t)y1},
                      line->ink);
    }
}

/* Solid up to now, hollow beyond it. */
static void put_line(struct line *line, int to) {
    const int height = line_height(line->frame), top = line->y - height / 2;
    const int thin = ink_max(ink_frame_px(line->frame, 2), 1), past = ink_min(to, line->now);
    put_piece(line, line->from, past, top, top + height);
    const int from = ink_max(line->from, line->now);
    if (to > from) {
        put_piece(line, from, to, top - thin / 2, top - thin / 2 + thin);
        put_piece(line, from, to, top + height - thin / 2, top + height - thin / 2 + thin);
    }
}

/* Draw the line up to `x`; what comes next starts at `next`. */
static void line_to(struct line *line, int x, int next) {
    if (x > line->from) {
        put_line(line, x);
    }
    line->from = ink_max(line->from, next);
}

/* The cuts of the axis between two columns, as strokes through the line. */
static void cut_line(struct line *line, const struct ink_axis *axis, int from, int to) {
    const int size = ink_mark_size(em(line->frame));
    for (int i = 1; i < axis->count; i++) {
        const int x = (axis->run[i - 1].x1 + axis->run[i].x0) / 2;
        if (axis->run[i].cut && x - size / 2 > from && x + size / 2 < to) {
            line_to(line, x - size / 2, x + size / 2 + 1);
            ink_page_mark(line->frame->page, ink_square(x, line->y, size), INK_MARK_BREAK,
                          line->ink);
        }
    }
}

/* An interval: the line at twice its height, with stops at its ends or, where it has none, an
 * arrow. */
static void draw_interval(const struct line *line, const struct ink_frame *frame, int from,
                          const struct ink_reach *reach) {
    const int height = line_height(frame), stop = ink_max(ink_frame_px(frame, 2), 1);
    const int to = reach->onward ? from + 3 * em(frame) / 2 : reach->end;
    put_piece(line, from, to, line->y - height, line->y + height);
    if (reach->onward) {
        const int size = (4 * height) | 1;
        ink_page_mark(frame->page, ink_square(to + size / 2, line->y, size), INK_MARK_ARROW,
                      line->ink);
    } else if (to > from) {
        put_piece(line, to - stop, to, line->y - 2 * height, line->y + 2 * height);
    }
}

/* Dashes where a date is approximate: over what it covers, or two ems of it. */
static void draw_about(struct line *line, int to) {
    const struct ink_frame *frame = line->frame;
    const int height = line_height(frame), top = line->y - height / 2;
    if (to > line->from + height) {
        ink_page_dash(frame->page,
                      (struct ink_rect){(int16_t)line->from, (int16_t)top, (int16_t)to,
                                        (int16_t)(top + height)},
                      ink_frame_px(frame, 6), ink_frame_px(frame, 4), line->ink);
        line->from = to;
    }
}

/* Column of the next mark or cut of the lane, up to which a piece of its line may go. */
static int next_stop(const struct ink_lanes *lanes, const struct ink_frame *frame,
                     uint32_t number) {
    const unsigned slot = frame->rows[number].slot;
    const int x = frame->rows[number].mark, size = ink_mark_size(em(frame));
    int stop = frame->right;
    for (uint32_t i = number + 1; i < frame->digest->count; i++) {
        if (is_in(frame, i, slot)) {
            stop = frame->rows[i].mark - ink_lane_mark(frame) / 2 - ink_frame_px(frame, 2);
            break;
        }
    }
    for (int i = 1; i < lanes->axis.count; i++) {
        const int cut = (lanes->axis.run[i - 1].x1 + lanes->axis.run[i].x0) / 2 - size / 2;
        stop = lanes->axis.run[i].cut && cut > x ? ink_min(stop, cut) : stop;
    }
    return stop;
}

/* What the line says of an event's date beyond its mark. */
static void draw_extent(struct line *line, const struct ink_lanes *lanes, uint32_t number) {
    const struct ink_frame *frame = line->frame;
    const struct ink_event *event = event_at(frame, number);
    struct ink_reach reach = ink_axis_reach(&lanes->axis, frame, number);
    const int stop = next_stop(lanes, frame, number), from = line->from;
    const bool about = (event->when.flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN)) != 0;
    reach.end = ink_min(reach.end, stop);
    if (about) {
        draw_about(line, ink_min(ink_max(reach.end, from + 2 * em(frame)), stop));
    }
    if (event->until.precision != INK_PRECISION_NONE || reach.onward) {
        const int room = stop - from;
        if (!reach.onward || room > 3 * em(frame)) {
            draw_interval(line, frame, from, &reach);
        }
    }
}

static INK_OWN_FRAME void draw_line(const struct ink_lanes *lanes, const struct ink_frame *frame,
                                    unsigned slot) {
    struct line line = {.frame = frame,
                        .y = lanes->lane[slot].line,
                        .from = frame->left,
                        .ink = (enum ink_ink)(INK_LANE_1 + slot % 4)};
    const int half = ink_lane_mark(frame) / 2, air = ink_frame_px(frame, 2);
    line.now = now_of(&lanes->axis, frame);
    int last = frame->left;
    ink_page_item(frame->page, INK_ITEM_AXIS, 0, 0);
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if (!is_in(frame, i, slot)) {
            continue;
        }
        const int x = frame->rows[i].mark;
        cut_line(&line, &lanes->axis, last, x - half - air);
        line_to(&line, x - half - air, x + half + air + 1);
        draw_extent(&line, lanes, i);
        last = x + half;
    }
    cut_line(&line, &lanes->axis, last, frame->right);
    line_to(&line, frame->right, frame->right);
    ink_page_end_item(frame->page);
}

/* ---- what is hidden -------------------------------------------------------------------------- */

/* A count on the line between two columns, if it has room there. */
static INK_OWN_FRAME void put_bead(const struct ink_frame *frame, uint32_t hidden, int y, int from,
                                   int to) {
    const int height = ink_lane_mark(frame), pad = ink_max(ink_frame_px(frame, 4), 2);
    struct ink_type type = frame->tag;
    struct ink_label label = {.bytes = 0};
    type.tracking = 0;
    type.ink = INK_PAPER;
    ink_label_add(&label, "+");
    ink_label_add_count(&label, frame->language, hidden, 1);
    const int width = ink_text_width(&type.face, ink_label_span(&label)) + 2 * pad;
    const uint32_t scratch = frame->mixed ? INK_BIDI_ROOM(frame->longest) : 0;
    if (to - from < width + 2 * height || type.face.cap + 4 > height ||
        frame->page->used + 128 + scratch > frame->page->cap) {
        return;
    }
    struct ink_rect box = {(int16_t)((from + to - width) / 2), (int16_t)(y - height / 2), 0, 0};
    box.x1 = (int16_t)(box.x0 + width);
    box.y1 = (int16_t)(box.y0 + height);
    ink_page_item(frame->page, INK_ITEM_BEAD, 0, type.face.px);
    ink_page_fill(frame->page, box, INK_TEXT);
    (void)ink_text_put(frame->page, &type, ink_label_span(&label), box.x0 + pad,
                       y + (type.face.cap + 1) / 2);
    ink_page_end_item(frame->page);
}

/* Column from which a bead before `x` may stand: behind the last mark, and the last cut. */
static int free_from(const struct ink_axis *axis, const struct ink_frame *frame, int last, int x) {
    const int size = ink_mark_size(em(frame));
    for (int i = 1; i < axis->count; i++) {
        const int cut = (axis->run[i - 1].x1 + axis->run[i].x0) / 2 + size / 2;
        last = axis->run[i].cut && cut < x ? ink_max(last, cut) : last;
    }
    return last;
}

/* The records hidden in a lane since the last bead or mark. */
struct hidden {
    const struct ink_lanes *lanes;
    const struct ink_frame *frame;
    int y, last; /* of the line; column at which the last mark, or the past, ends */
    uint32_t count;
};

static void put_hidden(struct hidden *hidden, int to, int next) {
    if (hidden->count > 0) {
        const int from = free_from(&hidden->lanes->axis, hidden->frame, hidden->last, to);
        put_bead(hidden->frame, hidden->count, hidden->y, from, to);
    }
    hidden->count = 0;
    hidden->last = next;
}

/* Column at which the first mark of a lane from that event on begins. */
static int next_mark(const struct ink_frame *frame, uint32_t number, unsigned slot) {
    for (uint32_t i = number; i < frame->digest->count; i++) {
        if (is_in(frame, i, slot)) {
            return frame->rows[i].mark - ink_lane_mark(frame) / 2;
        }
    }
    return frame->right;
}

/* Beads between the marks of a lane. What is hidden of the past stands before now, though marks may
 * have been pushed over it from either side. */
static void draw_beads(const struct ink_lanes *lanes, const struct ink_frame *frame,
                       unsigned slot) {
    const int half = ink_lane_mark(frame) / 2, now = now_of(&lanes->axis, frame);
    struct hidden hidden = {lanes, frame, lanes->lane[slot].line, frame->left,
                            ink_lane_hidden_before(frame, slot)};
    bool past = true;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const struct ink_event *event = event_at(frame, i);
        if (frame->rows[i].slot != slot) {
            continue;
        }
        if (past && ink_event_is_ahead(event)) {
            put_hidden(&hidden, ink_min(now, next_mark(frame, i, slot)), ink_max(now, hidden.last));
            past = false;
        }
        if (is_in(frame, i, slot)) {
            const int x = frame->rows[i].mark - half;
            put_hidden(&hidden, x, x + 2 * half);
        } else {
            hidden.count += event->records > 0;
        }
        hidden.count += event->hidden_in_lane;
    }
    put_hidden(&hidden, past ? now : frame->right, frame->right);
}

/* ---- cards ----------------------------------------------------------------------------------- */

/* Top of the row of cards of that place. */
static int top_of(const struct ink_frame *frame, const struct ink_lane_rows *lane, unsigned place) {
    if (ink_place_side(place) == INK_SIDE_BELOW) {
        return lane->line + ink_lane_channel(frame, lane->levels[INK_SIDE_BELOW]) +
               (ink_place_is_far(place) ? lane->height[0] : 0);
    }
    return lane->line - ink_lane_channel(frame, lane->levels[INK_SIDE_ABOVE]) - lane->height[1] -
           (ink_place_is_far(place) ? lane->height[3] : 0);
}

/* Where the next card or pole begins in whose way this card is. */
static int end_of_card(const struct ink_frame *frame, uint32_t number) {
    const struct ink_row *row = &frame->rows[number];
    for (uint32_t i = number + 1; i < frame->digest->count; i++) {
        const struct ink_row *other = &frame->rows[i];
        const bool same = is_in(frame, i, row->slot) &&
                          ink_place_side(other->place) == ink_place_side(row->place);
        if (same && (other->place == row->place || !ink_place_is_far(row->place))) {
            return other->pole - ink_lane_gap(frame);
        }
    }
    return frame->right;
}

/* A bar of a leader, upright or level, between two points of its middle. */
static void put_bar(const struct ink_frame *frame, struct ink_rect ends, enum ink_ink ink) {
    const int width = ink_max(ink_frame_px(frame, 2), 1), half = width / 2;
    struct ink_rect bar = {
        (int16_t)(ink_min(ends.x0, ends.x1) - half), (int16_t)ink_min(ends.y0, ends.y1),
        (int16_t)(ink_max(ends.x0, ends.x1) - half + width), (int16_t)ink_max(ends.y0, ends.y1)};
    if (ends.x0 != ends.x1) {
        bar.y0 = (int16_t)(ends.y0 - half);
        bar.y1 = (int16_t)(ends.y0 - half + width);
    }
    ink_page_fill(frame->page, bar, ink);
}

/* From the mark, if need be along the line, to the far end of the card. */
static void draw_leader(const struct ink_lanes *lanes, const struct ink_frame *frame,
                        uint32_t number) {
    const struct ink_row *row = &frame->rows[number];
    const struct ink_lane_rows *lane = &lanes->lane[row->slot];
    const int side = ink_place_side(row->place), sign = side == INK_SIDE_BELOW ? 1 : -1;
    const int start = lane->line + sign * (ink_lane_mark(frame) / 2 + 1);
    const int rank = ink_row_rank(row);
    const int top = top_of(frame, lane, row->place);
    const int bottom = top + ink_lane_date_height(lanes, frame, number) + row->height[rank];
    const int end = sign < 0 ? top + em(frame) / 4 : bottom - em(frame) / 3;
    const enum ink_ink ink = ink_is_caution(event_at(frame, number)->status) ? INK_ALERT : INK_RULE;
    int16_t turn = (int16_t)start;
    if (row->pole != row->mark) {
        const int step = ink_lane_step(frame);
        turn = (int16_t)(start + sign * (2 + row->level * step + step / 2));
        put_bar(frame, (struct ink_rect){row->mark, (int16_t)start, row->mark, turn}, ink);
        put_bar(frame, (struct ink_rect){row->mark, turn, row->pole, turn}, ink);
    }
    put_bar(frame, (struct ink_rect){row->pole, turn, row->pole, (int16_t)end}, ink);
}

static INK_OWN_FRAME void draw_date(const struct ink_lanes *lanes, const struct ink_frame *frame,
                                    uint32_t number, int indent, int baseline) {
    struct ink_label label = {.bytes = 0};
    const struct ink_row *row = &frame->rows[number];
    const struct ink_axis_run *run = &lanes->axis.run[row->run];
    const bool under = row->pole >= run->x0 && row->pole < run->x1; /* its day */
    ink_lane_add_date(&label, frame, lanes->axis.by_days && under, event_at(frame, number));
    if (ink_text_width(&frame->source.face, ink_label_span(&label)) > frame->text_width - indent) {
        label.bytes = 0; /* a day without its hour rather than half of an hour */
        ink_frame_label_when(&label, frame, event_at(frame, number));
    }
    (void)ink_text_put_within(frame->page, &frame->source, ink_line_of(ink_label_span(&label)),
                              &(struct ink_slot){.x = frame->text_x + indent,
                                                 .width = frame->text_width - indent,
                                                 .baseline = baseline});
}

/* On a line of its own above the card that begins at `y`, or beside its figure. */
static void put_date(const struct ink_lanes *lanes, const struct ink_frame *frame, uint32_t number,
                     int y) {
    const struct ink_row *row = &frame->rows[number];
    const int rank = ink_row_rank(row);
    const int form = row->form[rank];
    if (!ink_lane_dated(lanes, frame, number)) {
        return;
    }
    if (ink_row_beside(row)) {
        const int figure = ink_card_figure_width(frame, event_at(frame, number), rank, form);
        draw_date(lanes, frame, number, figure + em(frame) / 2,
                  y + ink_card_top_baseline(frame, rank, form));
        return;
    }
    draw_date(lanes, frame, number, 0, y - frame->source.face.line + em(frame));
}

static void draw_mark(const struct ink_lanes *lanes, const struct ink_frame *frame,
                      uint32_t number) {
    const struct ink_row *row = &frame->rows[number];
    const struct ink_event *event = event_at(frame, number);
    ink_page_item(frame->page, INK_ITEM_MARK, event->id, em(frame));
    ink_page_mark(frame->page,
                  ink_square(row->mark, lanes->lane[row->slot].line, ink_lane_mark(frame)),
                  event->status, ink_status_ink(event->status));
    ink_page_end_item(frame->page);
}

static void set_text_column(struct ink_frame *frame, uint32_t number) {
    frame->text_x = frame->rows[number].pole + ink_lane_inset(frame);
    frame->text_width = ink_min(end_of_card(frame, number) - frame->text_x, 22 * em(frame));
}

/* A card takes all the columns up to what is next: often fewer lines than it was measured with. */
static void set_card(struct ink_frame *frame, uint32_t number) {
    struct ink_row *row = &frame->rows[number];
    const int rank = ink_row_rank(row);
    set_text_column(frame, number);
    ink_card_measure(frame, event_at(frame, number), rank, row);
}

static void draw_card(const struct ink_lanes *lanes, struct ink_frame *frame, uint32_t number) {
    const struct ink_row *row = &frame->rows[number];
    const struct ink_event *event = event_at(frame, number);
    const int rank = ink_row_rank(row);
    const int top = top_of(frame, &lanes->lane[row->slot], row->place);
    set_text_column(frame, number);
    draw_mark(lanes, frame, number);
    ink_page_item(frame->page, INK_ITEM_CARD, event->id, frame->head[rank].face.px);
    const int y = top + ink_lane_date_height(lanes, frame, number);
    ink_card_draw_in(frame, event, rank, row->form[rank], y);
    put_date(lanes, frame, number, y);
    ink_page_end_item(frame->page);
}

/* ---- the page -------------------------------------------------------------------------------- */

/* Name, and what is hidden, before the line's beginning. */
static INK_OWN_FRAME void draw_name(const struct ink_lanes *lanes, const struct ink_frame *frame,
                                    unsigned slot) {
    const int width = frame->line_x - frame->left - ink_lane_gap(frame) - ink_lane_mark(frame) / 2;
    struct ink_slot at = {.x = frame->left,
                          .width = width,
                          .baseline =
                              lanes->lane[slot].line + ink_lane_mark(frame) / 2 + em(frame)};
    const struct ink_span name = ink_lane_title(frame, slot);
    const uint32_t hidden = ink_lane_hidden(frame, slot);
    struct ink_label label = {.bytes = 0};
    if (name.bytes > 0) {
        ink_page_item(frame->page, INK_ITEM_LANE, 0, em(frame));
        (void)ink_text_put_within(frame->page, &frame->head[INK_MINOR], ink_line_of(name), &at);
        ink_page_end_item(frame->page);
        at.baseline += frame->source.face.line;
    }
    if (hidden == 0) {
        return;
    }
    ink_label_add_pattern(&label, frame->language, INK_WORD_MORE, hidden);
    if (ink_text_width(&frame->source.face, ink_label_span(&label)) > width) {
        label.bytes = 0;
        ink_label_add(&label, "+");
        ink_label_add_count(&label, frame->language, hidden, 1);
    }
    ink_page_item(frame->page, INK_ITEM_MORE, 0, frame->tiers.floor);
    (void)ink_text_put(frame->page, &frame->source, ink_label_span(&label), at.x, at.baseline);
    ink_page_end_item(frame->page);
}

/* Lanes down the page; spare height goes evenly under each. */
static void set_lines(struct ink_lanes *lanes, const struct ink_frame *frame, int y) {
    int height = 0;
    for (unsigned slot = 0; slot < frame->lane_count; slot++) {
        height +=
            ink_lane_above(frame, &lanes->lane[slot]) + ink_lane_below(frame, &lanes->lane[slot]);
    }
    const int spare = ink_max(frame->bottom - y - height, 0) / ink_max(frame->lane_count, 1);
    for (unsigned slot = 0; slot < frame->lane_count; slot++) {
        struct ink_lane_rows *lane = &lanes->lane[slot];
        lane->line = (int16_t)(y + ink_lane_above(frame, lane));
        y = lane->line + ink_lane_below(frame, lane) + spare;
    }
}

/* The ground of every second lane, from edge to edge, where the panel has a tint for it. */
static void draw_ground(const struct ink_lanes *lanes, const struct ink_frame *frame) {
    const uint8_t *values = ink_inks_table[frame->page->inks].values;
    ink_page_item(frame->page, INK_ITEM_AXIS, 0, 0);
    for (unsigned slot = 1; slot < frame->lane_count && values[INK_GROUND] != values[INK_PAPER];
         slot += 2) {
        const struct ink_lane_rows *lane = &lanes->lane[slot], *next = lane + 1;
        const bool last = slot + 1u == frame->lane_count;
        const int end = last ? frame->bottom : next->line - ink_lane_above(frame, next);
        ink_page_fill(frame->page,
                      (struct ink_rect){0, (int16_t)(lane->line - ink_lane_above(frame, lane)),
                                        (int16_t)frame->width, (int16_t)end},
                      INK_GROUND);
    }
    ink_page_end_item(frame->page);
}

void ink_lanes_draw(struct ink_frame *frame) {
    struct ink_lanes lanes;
    (void)ink_lanes_place(&lanes, frame);
    set_lines(&lanes, frame, frame->top + ink_axis_height(frame));
    draw_ground(&lanes, frame);
    ink_axis_draw(&lanes.axis, frame, frame->top);
    for (unsigned slot = 0; slot < frame->lane_count; slot++) {
        draw_name(&lanes, frame, slot);
        draw_line(&lanes, frame, slot);
    }
    ink_page_item(frame->page, INK_ITEM_AXIS, 0, 0);
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_SHOWN) != 0) {
            set_card(frame, i);
            draw_leader(&lanes, frame, i);
        }
    }
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_SHOWN) != 0) {
            draw_card(&lanes, frame, i);
        }
    }
    for (unsigned slot = 0; slot < frame->lane_count; slot++) {
        draw_beads(&lanes, frame, slot);
    }
}
