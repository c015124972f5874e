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

/* The part of the text column for what is answered (0) or for its answer (1). */
static void set_half(struct ink_frame *half, int side) {
    const int mark = ink_mark_size(half->head[INK_MAJOR].face.px), gap = ink_word_gap(half);
    const int between = 3 * gap + mark; /* air twice, the mark, and air again */
    const int width = (half->text_width - between) / 2;
    half->text_x += side * (width + between);
    half->text_width = width;
    half->stacked = true;
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
    return ink_event_is_timed(other) || !ink_event_is_plain_day(other) ||
           ink_event_day(frame->digest, one) != ink_event_day(frame->digest, other);
}

/* Measure one half; false if it does not hold the event whole. */
static INK_OWN_FRAME bool measure_half(const struct ink_frame *frame, const struct ink_event *event,
                                       int side, int rank, struct ink_row *row) {
    const struct ink_face *face = &frame->head[rank].face;
    struct ink_frame half = *frame;
    set_half(&half, side);
    if (half.text_width < face->px * HALF_EMS) {
        return false;
    }
    ink_card_measure(&half, event, rank, row);
    const struct ink_span headline = ink_frame_text(&half, event, INK_EVENT_HEADLINE);
    return row->height[rank] < INK_CARD_UNFIT &&
           ink_text_lines(face, headline, half.text_width, 3) <= 3;
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

bool ink_pair_measure(const struct ink_frame *frame, uint32_t number, struct ink_pair *pair) {
    const struct ink_event *events = frame->digest->events;
    pair->answer = is_shown(frame, number) && !frame->one_count && !ink_frame_narrow(frame)
                       ? answer_to(frame, number)
                       : INK_NO_ANSWER;
    if (pair->answer == INK_NO_ANSWER) {
        return false;
    }
    const int rank = rank_of(frame, number, pair->answer);
    if (!measure_half(frame, &events[number], 0, rank, &pair->rows[0]) ||
        !measure_half(frame, &events[pair->answer], 1, rank, &pair->rows[1])) {
        return false;
    }
    pair->rank = rank;
    pair->lead = says_date(frame, number, pair->answer) ? frame->head[INK_MINOR].face.line + 2 : 0;
    pair->height = ink_max(pair->rows[0].height[rank], pair->lead + pair->rows[1].height[rank]);
    pair->bytes = pair->rows[0].bytes[rank] + pair->rows[1].bytes[rank];
    return true;
}

bool ink_pair_is_answer(const struct ink_frame *frame, uint32_t number) {
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

static void draw_answer(const struct ink_frame *half, uint32_t number, const struct ink_pair *pair,
                        int y) {
    const int rank = pair->rank;
    const struct ink_event *event = &half->digest->events[pair->answer];
    const struct ink_face *face = &half->head[pair->lead > 0 ? INK_MINOR : rank].face;
    const int form = pair->rows[1].form[rank], size = ink_mark_size(half->head[rank].face.px);
    const int baseline = y + (pair->lead > 0 ? face->px : ink_card_baseline(half, rank, form));
    const int x = half->text_x - ink_word_gap(half) - size / 2 - 1;
    ink_page_item(half->page, INK_ITEM_MARK, event->id, half->head[rank].face.px);
    ink_page_mark(half->page, ink_square(x, baseline - face->cap / 2, size), event->status,
                  INK_TEXT);
    ink_page_end_item(half->page);
    if (pair->lead > 0) {
        draw_date(half, number, event, baseline);
    }
    ink_card_draw(half, event, rank, form, y + pair->lead);
}

INK_OWN_FRAME void ink_pair_draw(const struct ink_frame *frame, uint32_t number,
                                 const struct ink_pair *pair, int y) {
    const int rank = pair->rank;
    struct ink_frame half = *frame;
    set_half(&half, 0);
    ink_card_draw(&half, &frame->digest->events[number], rank, pair->rows[0].form[rank], y);
    half = *frame;
    set_half(&half, 1);
    draw_answer(&half, number, pair, y);
}
