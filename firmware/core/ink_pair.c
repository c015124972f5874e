/* Part of layout `spine`: what is disputed beside what disputes it.
 *
 *     12 Aug  o  Headline of the claim          X  13 Aug
 *             |  CLAIMED who                       Headline of the denial
 *             |                                    DENIED who
 *
 * The pair stands at the time of what is answered; the answer has its own mark, and its own date
 * unless that is the same day. Both are as large as the larger of them would be: a claim in larger
 * type than its denial would be taken for the truth. Where a half has no ten ems for a headline, or
 * a headline would be cut in it, the two stand one under the other like any cards.
 */
#include "core/ink_spine.h"

#define HALF_EMS 10

/* What the text column was before it was halved. */
struct column {
    int x, width;
    bool stacked;
};

/* Make the text column that of what is answered (0) or of its answer (1). */
static struct column set_half(struct ink_frame *frame, int side) {
    const struct column whole = {frame->text_x, frame->text_width, frame->stacked};
    const int mark = ink_mark_size(frame->head[INK_MAJOR].face.px), gap = ink_word_gap(frame);
    const int between = 3 * gap + mark; /* air twice, the mark, and air again */
    frame->text_width = (whole.width - between) / 2;
    frame->text_x += side * (frame->text_width + between);
    frame->stacked = true;
    return whole;
}

static void set_whole(struct ink_frame *frame, const struct column *whole) {
    frame->text_x = whole->x;
    frame->text_width = whole->width;
    frame->stacked = whole->stacked;
}

static int rank_of(const struct ink_frame *frame, uint32_t number, uint32_t answer) {
    const int flags = frame->rows[number].flags | frame->rows[answer].flags;
    return (flags & INK_ROW_MAJOR) != 0 ? INK_MAJOR : INK_MINOR;
}

static bool is_shown(const struct ink_frame *frame, uint32_t number) {
    return (frame->rows[number].flags & INK_ROW_SHOWN) != 0;
}

/* The date is said if it is not that of the card before, at least its hour. */
static bool says_date(const struct ink_frame *frame, uint32_t number, uint32_t answer) {
    const struct ink_event *one = &frame->digest->events[number],
                           *other = &frame->digest->events[answer];
    return !ink_event_is_plain_day(other) ||
           ink_event_day(frame->digest, one) != ink_event_day(frame->digest, other);
}

/* Measure one half; returns its height, 0 if it does not hold the event whole. */
static INK_OWN_FRAME int measure_half(struct ink_frame *frame, const struct ink_event *event,
                                      int side, struct ink_pair *pair) {
    const int rank = pair->rank;
    const struct ink_face *face = &frame->head[rank].face;
    const struct column whole = set_half(frame, side);
    struct ink_row row = {.flags = 0};
    if (frame->text_width >= face->px * HALF_EMS) {
        ink_card_measure(frame, event, rank, &row);
        const struct ink_span headline = ink_frame_text(frame, event, INK_EVENT_HEADLINE);
        const bool cut = ink_text_lines(face, headline, frame->text_width, 3) > 3;
        row.height[rank] = cut || row.height[rank] >= INK_CARD_UNFIT ? 0 : row.height[rank];
    }
    set_whole(frame, &whole);
    pair->form[side] = row.form[rank];
    pair->bytes = (uint16_t)(pair->bytes + row.bytes[rank]);
    return row.height[rank];
}

/* The first event that answers the one of this number, if both are shown; else INK_NO_ANSWER. */
static uint32_t answer_to(const struct ink_frame *frame, uint32_t number) {
    const struct ink_digest *digest = frame->digest;
    const struct ink_event *event = &digest->events[number];
    for (uint32_t i = 0; i < digest->count; i++) {
        const struct ink_event *other = &digest->events[i];
        if (other->rank == event->rank + 1 && is_shown(frame, i) &&
            (other->flags & INK_EVENT_FOLLOWS) != 0 && (event->flags & INK_EVENT_FOLLOWS) == 0 &&
            ink_event_is_ahead(other) == ink_event_is_ahead(event)) {
            return i;
        }
    }
    return INK_NO_ANSWER;
}

bool ink_pair_measure(struct ink_frame *frame, uint32_t number, struct ink_pair *pair) {
    const struct ink_event *events = frame->digest->events;
    pair->answer = is_shown(frame, number) && !frame->small && !ink_frame_narrow(frame)
                       ? answer_to(frame, number)
                       : INK_NO_ANSWER;
    if (pair->answer == INK_NO_ANSWER) {
        return false;
    }
    pair->rank = (uint8_t)rank_of(frame, number, pair->answer);
    pair->bytes = 0;
    const int one = measure_half(frame, &events[number], 0, pair);
    const int other = one > 0 ? measure_half(frame, &events[pair->answer], 1, pair) : 0;
    const bool dated = says_date(frame, number, pair->answer);
    pair->lead = (uint8_t)(dated ? frame->head[INK_MINOR].face.line + 2 : 0);
    pair->height = (int16_t)ink_max(one, other + pair->lead);
    return one > 0 && other > 0;
}

bool ink_pair_is_answer(struct ink_frame *frame, uint32_t number) {
    const struct ink_digest *digest = frame->digest;
    if ((digest->events[number].flags & INK_EVENT_FOLLOWS) == 0 || !is_shown(frame, number)) {
        return false;
    }
    for (uint32_t i = 0; i < digest->count; i++) {
        struct ink_pair pair;
        if (digest->events[i].rank + 1 == digest->events[number].rank) {
            return ink_pair_measure(frame, i, &pair) && pair.answer == number;
        }
    }
    return false;
}

/* Above the answer, in its half. */
static INK_OWN_FRAME void draw_date(const struct ink_frame *half, uint32_t number,
                                    const struct ink_event *event, int baseline) {
    struct ink_label label = {.bytes = 0};
    const int32_t day = ink_event_day(half->digest, &half->digest->events[number]);
    ink_spine_label_date(&label, half, event, day);
    ink_page_item(half->page, INK_ITEM_DATE, 0, half->tiers.floor);
    ink_text_put_within(
        half->page, &half->source, ink_line_of(ink_label_span(&label)),
        &(struct ink_slot){.x = half->text_x, .width = half->text_width, .baseline = baseline});
    ink_page_end_item(half->page);
}

/* The mark of the answer, and its date. */
static INK_OWN_FRAME void draw_lead(const struct ink_frame *half, uint32_t number,
                                    const struct ink_pair *pair, int y) {
    const struct ink_event *event = &half->digest->events[pair->answer];
    const int rank = pair->rank, size = ink_mark_size(half->head[rank].face.px);
    const struct ink_face *face = &half->head[pair->lead > 0 ? INK_MINOR : rank].face;
    const int first = pair->lead > 0 ? face->px : ink_card_baseline(half, rank, pair->form[1]);
    const int x = half->text_x - ink_word_gap(half) - size / 2 - 1;
    ink_page_item(half->page, INK_ITEM_MARK, event->id, half->head[rank].face.px);
    ink_page_mark(half->page, ink_square(x, y + first - face->cap / 2, size), event->status,
                  ink_status_ink(event->status));
    ink_page_end_item(half->page);
    if (pair->lead > 0) {
        draw_date(half, number, event, y + first);
    }
}

void ink_pair_draw(struct ink_frame *frame, uint32_t number, const struct ink_pair *pair, int y) {
    const struct ink_event *events = frame->digest->events;
    struct column whole = set_half(frame, 0);
    ink_card_draw(frame, &events[number], pair->rank, pair->form[0], y);
    set_whole(frame, &whole);
    whole = set_half(frame, 1);
    draw_lead(frame, number, pair, y);
    ink_card_draw(frame, &events[pair->answer], pair->rank, pair->form[1], y + pair->lead);
    set_whole(frame, &whole);
}
