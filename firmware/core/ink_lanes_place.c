/* Lanes: where the cards stand (ink_lanes.h says by which method). */
#include "core/ink_lanes.h"

/* What a lane's rows have been given so far. */
struct lane_state {
    int16_t end[INK_LANE_PLACES];    /* column at which the last card of the row ends */
    int16_t height[INK_LANE_PLACES]; /* of its highest card */
    int16_t pole[INK_SIDE_COUNT];    /* column of the last far pole */
    int16_t mark;                    /* column of the last mark */
    uint8_t cards;
};

/* The rows shown, in order of time, and what their dates allow. */
struct cards {
    uint16_t number[INK_LANE_CARDS];
    int16_t first[INK_LANE_CARDS], last[INK_LANE_CARDS]; /* columns of their marks */
    int count;
    struct lane_state lane[INK_LANES + 1];
};

static int em(const struct ink_frame *frame) {
    return frame->head[INK_MINOR].face.px;
}

static bool list_cards(struct cards *cards, const struct ink_frame *frame) {
    cards->count = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_SHOWN) == 0) {
            continue;
        }
        if (cards->count == INK_LANE_CARDS) {
            return false;
        }
        cards->number[cards->count++] = (uint16_t)i;
    }
    return true;
}

bool ink_lane_dated(const struct ink_lanes *lanes, const struct ink_frame *frame, uint32_t number) {
    const bool beside = ink_row_beside(&frame->rows[number]);
    return (beside || !frame->dated_source) &&
           !ink_axis_says(&lanes->axis, frame, &frame->digest->events[number]);
}

int ink_lane_date_height(const struct ink_lanes *lanes, const struct ink_frame *frame,
                         uint32_t number) {
    const bool beside = ink_row_beside(&frame->rows[number]);
    return beside || !ink_lane_dated(lanes, frame, number) ? 0 : frame->source.face.line;
}

static int height_of(const struct ink_lanes *lanes, const struct ink_frame *frame,
                     uint32_t number) {
    const struct ink_row *row = &frame->rows[number];
    return row->height[ink_row_rank(row)] + ink_lane_date_height(lanes, frame, number);
}

static void set_reaches(struct cards *cards, const struct ink_lanes *lanes,
                        const struct ink_frame *frame) {
    for (int i = 0; i < cards->count; i++) {
        const uint32_t number = cards->number[i];
        const struct ink_reach reach = ink_axis_reach(&lanes->axis, frame, number);
        cards->first[i] = (int16_t)reach.first;
        cards->last[i] = (int16_t)reach.last;
    }
}

/* ---- places ---------------------------------------------------------------------------------- */

/* Empty, with the columns that its first mark, card and pole cannot pass. */
static void open_lane(struct lane_state *lane, const struct ink_frame *frame) {
    memset(lane, 0, sizeof *lane);
    for (int place = 0; place < INK_LANE_PLACES; place++) {
        lane->end[place] = (int16_t)(frame->line_x - ink_lane_gap(frame));
    }
    lane->pole[0] = lane->pole[1] = (int16_t)(frame->line_x - ink_lane_step(frame));
    lane->mark = (int16_t)(frame->line_x - 2 * ink_lane_mark(frame));
}

/* First column of the pole of a card in that place. */
static int earliest(const struct ink_frame *frame, const struct lane_state *lane, unsigned place) {
    const int side = ink_place_side(place), gap = ink_lane_gap(frame);
    const int near_end = lane->end[side] + gap;
    return ink_place_is_far(place) ? ink_max(lane->end[side + 2] + gap, near_end)
                                   : ink_max(lane->pole[side] + ink_lane_step(frame), near_end);
}

static void take_place(struct lane_state *lane, const struct ink_frame *frame,
                       const struct ink_row *row, int pole) {
    const int width = ink_lanes_width(frame, row) - ink_lane_gap(frame);
    lane->end[row->place] = (int16_t)(pole + width);
    if (ink_place_is_far(row->place)) {
        lane->pole[ink_place_side(row->place)] = (int16_t)pole;
    }
}

/* Last column of the pole of a card in that place; `end` of a row is here where its next card
 * begins. */
static int latest(const struct ink_frame *frame, const struct lane_state *lane, unsigned place,
                  int width) {
    const int side = ink_place_side(place);
    const int near = ink_place_is_far(place) ? ink_lane_step(frame) : width;
    return ink_min(lane->end[side] - near, lane->end[side + 2] - width);
}

/* Empty, from its end. */
static void close_lanes(const struct ink_frame *frame, struct cards *cards) {
    for (unsigned slot = 0; slot < frame->lane_count; slot++) {
        for (int place = 0; place < INK_LANE_PLACES; place++) {
            cards->lane[slot].end[place] = (int16_t)(frame->right + ink_lane_gap(frame));
        }
    }
}

/* A place for a card. */
struct choice {
    int place;  /* -1: none */
    int column; /* of its pole */
    int before; /* how far it stands before where it belongs; no further than `off` counts as not */
    int growth; /* of the lane's height */
};

static bool is_better(const struct choice *a, const struct choice *b) {
    return b->place < 0 || a->before < b->before ||
           (a->before == b->before && a->growth < b->growth);
}

/* Of the places in which it stands no further than `off` from where it belongs, the one that makes
 * the lane least higher; else the one in which it stands least far before it. */
static struct choice choose_place(const struct ink_frame *frame, const struct cards *cards,
                                  int card, int height, int off) {
    const struct ink_row *row = &frame->rows[cards->number[card]];
    const struct lane_state *lane = &cards->lane[row->slot];
    const int width = ink_lanes_width(frame, row);
    struct choice best = {.place = -1};
    for (unsigned place = 0; place < frame->lane_rows; place++) {
        struct choice choice = {.place = (int)place};
        choice.column = ink_min(latest(frame, lane, place, width), cards->last[card] + off);
        choice.before = ink_max(cards->first[card] - choice.column - off, 0);
        choice.growth = ink_max(height - lane->height[place], 0);
        if (choice.column >= frame->line_x && is_better(&choice, &best)) {
            best = choice;
        }
    }
    return best;
}

static bool find_place(const struct ink_lanes *lanes, const struct ink_frame *frame,
                       struct cards *cards, int card, int off) {
    const int height = height_of(lanes, frame, cards->number[card]);
    struct ink_row *row = &frame->rows[cards->number[card]];
    struct lane_state *lane = &cards->lane[row->slot];
    const struct choice choice = choose_place(frame, cards, card, height, off);
    if (choice.place < 0) { /* no row has columns left */
        return false;
    }
    row->place = (unsigned)choice.place & 3u;
    lane->end[row->place] = (int16_t)choice.column;
    lane->height[row->place] = (int16_t)ink_max(lane->height[row->place], height);
    lane->cards++;
    return true;
}

/* From the end, so that of two cards in each other's way the earlier takes the far row: its pole
 * passes before the near one. */
static bool find_places(const struct ink_lanes *lanes, const struct ink_frame *frame,
                        struct cards *cards, int off) {
    memset(cards->lane, 0, sizeof cards->lane);
    close_lanes(frame, cards);
    for (int i = cards->count; i-- > 0;) {
        if (!find_place(lanes, frame, cards, i, off)) {
            return false;
        }
    }
    return true;
}

/* ---- columns --------------------------------------------------------------------------------- */

/* From the end: the last column at which each card may stand. */
static bool set_limits(const struct ink_frame *frame, struct cards *cards) {
    close_lanes(frame, cards);
    for (int i = cards->count; i-- > 0;) {
        struct ink_row *row = &frame->rows[cards->number[i]];
        struct lane_state *lane = &cards->lane[row->slot];
        row->limit = (int16_t)latest(frame, lane, row->place, ink_lanes_width(frame, row));
        lane->end[row->place] = row->limit;
        if (row->limit < frame->line_x) {
            return false;
        }
    }
    return true;
}

/* From the beginning: the first column, not before its mark if that can be. */
static bool set_column(const struct ink_frame *frame, struct cards *cards, int card) {
    struct ink_row *row = &frame->rows[cards->number[card]];
    struct lane_state *lane = &cards->lane[row->slot];
    const int pitch = ink_lane_mark(frame) + ink_frame_px(frame, 4);
    lane->cards--;
    const int last_mark = frame->right - ink_lane_mark(frame) / 2 - lane->cards * pitch;
    int mark = ink_max(cards->first[card], lane->mark + pitch);
    const int pole =
        ink_max(earliest(frame, lane, row->place), ink_min(ink_min(mark, last_mark), row->limit));
    mark = ink_min(ink_max(mark, ink_min(pole, cards->last[card])), last_mark);
    row->mark = (int16_t)mark;
    row->pole = (int16_t)pole;
    lane->mark = (int16_t)mark;
    take_place(lane, frame, row, pole);
    return pole <= row->limit;
}

static bool set_columns(const struct ink_frame *frame, struct cards *cards) {
    for (unsigned slot = 0; slot < frame->lane_count; slot++) {
        const uint8_t count = cards->lane[slot].cards;
        open_lane(&cards->lane[slot], frame);
        cards->lane[slot].cards = count;
    }
    for (int i = 0; i < cards->count; i++) {
        if (!set_column(frame, cards, i)) {
            return false;
        }
    }
    return true;
}

/* ---- leaders --------------------------------------------------------------------------------- */

/* The next card, or the one before, on this one's side of its lane; null if there is none. */
static const struct ink_row *neighbour(const struct ink_frame *frame, const struct cards *cards,
                                       int card, int step) {
    const struct ink_row *row = &frame->rows[cards->number[card]];
    for (int i = card + step; i >= 0 && i < cards->count; i += step) {
        const struct ink_row *other = &frame->rows[cards->number[i]];
        if (other->slot == row->slot &&
            ink_place_side(other->place) == ink_place_side(row->place)) {
            return other;
        }
    }
    return NULL;
}

/* Leaders that move on run above the next one's, those that move back above the one before: later
 * and earlier instants are nearer the line, and none cross. */
static int level_of(const struct ink_frame *frame, const struct cards *cards, int card, int step) {
    const struct ink_row *row = &frame->rows[cards->number[card]];
    const struct ink_row *other = neighbour(frame, cards, card, step);
    const int air = ink_lane_step(frame);
    if (other == NULL) {
        return 0;
    }
    const bool on = step > 0 && other->pole > other->mark && other->mark <= row->pole + air;
    const bool back = step < 0 && other->pole < other->mark && other->mark >= row->pole - air;
    return on || back ? other->level + 1 : 0;
}

static bool set_levels(struct ink_lanes *lanes, const struct ink_frame *frame,
                       const struct cards *cards) {
    for (int i = cards->count; i-- > 0;) {
        struct ink_row *row = &frame->rows[cards->number[i]];
        row->level = (uint8_t)(row->pole > row->mark ? level_of(frame, cards, i, 1) : 0);
    }
    for (int i = 0; i < cards->count; i++) {
        struct ink_row *row = &frame->rows[cards->number[i]];
        if (row->pole < row->mark) {
            row->level = (uint8_t)level_of(frame, cards, i, -1);
        }
        uint8_t *levels = &lanes->lane[row->slot].levels[ink_place_side(row->place)];
        *levels = (uint8_t)ink_max(*levels, row->level + (row->pole != row->mark));
        if (*levels > INK_LANE_LEVELS) {
            return false;
        }
    }
    return true;
}

/* ---- heights --------------------------------------------------------------------------------- */

static int set_heights(struct ink_lanes *lanes, const struct ink_frame *frame,
                       const struct cards *cards) {
    int height = 0;
    for (int i = 0; i < cards->count; i++) {
        const struct ink_row *row = &frame->rows[cards->number[i]];
        int16_t *most = &lanes->lane[row->slot].height[row->place];
        *most = (int16_t)ink_max(*most, height_of(lanes, frame, cards->number[i]));
    }
    for (unsigned slot = 0; slot < frame->lane_count; slot++) {
        height +=
            ink_lane_above(frame, &lanes->lane[slot]) + ink_lane_below(frame, &lanes->lane[slot]);
    }
    return height;
}

/* With cards up to `off` pixels from their marks before a further row is opened. */
static bool place_within(struct ink_lanes *lanes, const struct ink_frame *frame,
                         struct cards *cards, int off) {
    memset(lanes->lane, 0, sizeof lanes->lane);
    return find_places(lanes, frame, cards, off) && set_limits(frame, cards) &&
           set_columns(frame, cards) && set_levels(lanes, frame, cards) &&
           set_heights(lanes, frame, cards) <= ink_lanes_room(frame);
}

bool ink_lanes_place(struct ink_lanes *lanes, const struct ink_frame *frame) {
    static const uint8_t ems[] = {0, 2, 5, 12, 255};
    struct cards cards;
    lanes->axis.left = (int16_t)frame->line_x;
    lanes->axis.right = (int16_t)frame->right;
    if (!list_cards(&cards, frame)) {
        return false;
    }
    ink_axis_build(&lanes->axis, frame);
    set_reaches(&cards, lanes, frame);
    for (size_t i = 0; i < sizeof ems; i++) {
        if (place_within(lanes, frame, &cards, ems[i] * em(frame))) {
            return true;
        }
    }
    return false;
}
