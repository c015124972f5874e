/* Part of layout: which events get a card, and which of them a major one (see ink_layout.h). */
#include "core/ink_frame.h"

uint32_t ink_first_ahead(const struct ink_digest *digest) {
    uint32_t at = 0;
    while (at < digest->count && !ink_event_is_ahead(&digest->events[at])) {
        at++;
    }
    return at;
}

static int room(const struct ink_frame *frame) {
    return frame->bottom - frame->top;
}

/* A row is measured when it is first considered: most never are. */
static void measure_row(struct ink_frame *frame, uint32_t number, int rank) {
    struct ink_row *row = &frame->rows[number];
    const uint8_t measured = (uint8_t)(INK_ROW_MEASURED << rank);
    if ((row->flags & measured) == 0) {
        ink_layout_measure(frame, number, rank);
        row->flags |= measured;
    }
}

/* Set flags on a row if the page still fits with them. */
static bool try_row(struct ink_frame *frame, uint32_t number, int flags) {
    struct ink_row *row = &frame->rows[number];
    if ((row->flags & INK_ROW_FULL) == 0 || (row->flags & flags) == flags) {
        return (row->flags & INK_ROW_FULL) != 0;
    }
    measure_row(frame, number, (flags & INK_ROW_MAJOR) != 0 ? INK_MAJOR : INK_MINOR);
    uint8_t before = row->flags;
    row->flags |= (uint8_t)flags;
    if (ink_layout_fits(frame)) {
        return true;
    }
    row->flags = before;
    return false;
}

uint32_t ink_by_rank(const struct ink_digest *digest, uint32_t rank) {
    for (uint32_t i = 0; i < digest->count; i++) {
        if (digest->events[i].rank == rank) {
            return i;
        }
    }
    return INK_NO_EVENT;
}

/* Events are in order of time. */
uint32_t ink_newest(const struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    uint32_t best = INK_NO_EVENT;
    for (uint32_t i = ink_first_ahead(digest); i-- > 0;) {
        if ((frame->rows[i].flags & INK_ROW_FULL) == 0) {
            continue;
        }
        if (best != INK_NO_EVENT && digest->events[i].start_utc != digest->events[best].start_utc) {
            break;
        }
        if (best == INK_NO_EVENT || digest->events[i].rank < digest->events[best].rank) {
            best = i;
        }
    }
    return best;
}

uint32_t ink_first_full(const struct ink_frame *frame, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0) {
            return i;
        }
    }
    return INK_NO_EVENT;
}

uint32_t ink_next(const struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    const uint32_t ahead = ink_first_ahead(digest);
    for (uint32_t i = ahead; i < digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0 && !ink_event_is_off(&digest->events[i])) {
            return i;
        }
    }
    return ink_first_full(frame, ahead, digest->count);
}

static bool everything_fits(struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    uint32_t full = 0;
    for (uint32_t i = 0; i < digest->count; i++) {
        full += (frame->rows[i].flags & INK_ROW_FULL) != 0;
    }
    if (full * (uint32_t)ink_gap_height(frame) > (uint32_t)ink_max(room(frame), 0)) {
        return false; /* no card is lower than that */
    }
    for (uint32_t i = 0; i < digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0) {
            measure_row(frame, i, INK_MINOR);
            frame->rows[i].flags |= INK_ROW_SHOWN;
        }
    }
    bool fit = ink_layout_fits(frame);
    for (uint32_t i = 0; i < digest->count && !fit; i++) {
        frame->rows[i].flags &= (uint8_t)~INK_ROW_SHOWN;
    }
    return fit;
}

/* May this event be a major card for its own sake? All weights unset: the top third may. */
static bool deserves_major(const struct ink_digest *digest, const struct ink_event *event) {
    return event->weight >= 7 || (event->weight == 0 && event->rank < digest->count / 3);
}

static int major_heights(const struct ink_frame *frame) {
    int sum = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        sum += (frame->rows[i].flags & INK_ROW_MAJOR) != 0 ? frame->rows[i].height[INK_MAJOR] : 0;
    }
    return sum;
}

/* Make it a major card, within `budget` pixels for all of them. */
static bool promote(struct ink_frame *frame, uint32_t number, int budget) {
    if (number == INK_NO_EVENT || ink_event_is_ahead(&frame->digest->events[number]) ||
        (frame->rows[number].flags & INK_ROW_FULL) == 0) {
        return true; /* nothing to promote */
    }
    measure_row(frame, number, INK_MAJOR);
    bool major = (frame->rows[number].flags & INK_ROW_MAJOR) != 0;
    bool room_left = major_heights(frame) + frame->rows[number].height[INK_MAJOR] <= budget;
    return major || (room_left && try_row(frame, number, INK_ROW_SHOWN | INK_ROW_MAJOR));
}

/* The editor has not ranked it below the middle: only then does being first or newest count. */
static bool is_not_minor(const struct ink_event *event) {
    return !ink_event_is_minor(event);
}

/* The best, the newest, the first (if the desk or its rank speak for it), then by rank until one
 * has no room: a better one never gives way to a worse. `any`: with room for all, even those that
 * do not deserve it. Where both ranks have one size there is nothing to gain. */
static void promote_all(struct ink_frame *frame, int budget, bool any) {
    const struct ink_digest *digest = frame->digest;
    if (frame->tiers.read == frame->tiers.floor || frame->one_rank || frame->inset) {
        return;
    }
    if (!promote(frame, ink_by_rank(digest, 0), budget)) {
        return;
    }
    const uint32_t ends[2] = {ink_newest(frame), ink_first_full(frame, 0, ink_first_ahead(digest))};
    for (int i = 0; i < 2; i++) {
        if (ends[i] != INK_NO_EVENT && (digest->events[ends[i]].weight >= 5 || any ||
                                        deserves_major(digest, &digest->events[ends[i]]))) {
            (void)promote(frame, ends[i], budget);
        }
    }
    for (uint32_t rank = 0; rank < digest->count; rank++) {
        uint32_t number = ink_by_rank(digest, rank);
        bool deserves =
            number != INK_NO_EVENT && (any || deserves_major(digest, &digest->events[number]));
        if (deserves ? !promote(frame, number, budget) : rank >= digest->count / 3) {
            return;
        }
    }
}

/* On a small page with fewer lines rather than not at all. */
static bool try_harder(struct ink_frame *frame, uint32_t number) {
    while (!try_row(frame, number, INK_ROW_SHOWN)) {
        if (!frame->small || frame->lines_max == 1) {
            return false;
        }
        frame->lines_max--;
        frame->rows[number].flags &= (uint8_t)~INK_ROW_MEASURED;
    }
    return (frame->rows[number].flags & INK_ROW_SHOWN) != 0;
}

/* The best of what has happened: on a small page with one line less before another takes its place;
 * if its card is larger than the page even so, the next best. */
static void show_best(struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    for (uint32_t rank = 0; rank < digest->count; rank++) {
        uint32_t number = ink_by_rank(digest, rank);
        if (number == INK_NO_EVENT || ink_event_is_ahead(&digest->events[number]) ||
            (frame->rows[number].flags & INK_ROW_FULL) == 0) {
            continue;
        }
        if (try_harder(frame, number)) {
            return;
        }
    }
}

/* Take a card off again. Lanes with fewer cards need not fit where those with more do (another row
 * may open, leaders may run otherwise): then it stays, with the answers that it has. */
static bool take_off(struct ink_frame *frame, uint32_t number, uint8_t before) {
    uint8_t *flags = &frame->rows[number].flags;
    const uint8_t shown = INK_ROW_SHOWN | INK_ROW_MAJOR, now = *flags;
    *flags &= (uint8_t)(before | (uint8_t)~shown);
    if (*flags != now && !ink_layout_fits(frame)) {
        *flags = now;
    }
    return (*flags & INK_ROW_SHOWN) != 0;
}

/* Show a card, and what answers it: without room for both, neither. An answer may stand alone, it
 * says what it denies. */
static bool show_with_answers(struct ink_frame *frame, uint32_t number) {
    const struct ink_digest *digest = frame->digest;
    const uint8_t before = frame->rows[number].flags;
    if (!try_row(frame, number, INK_ROW_SHOWN)) {
        return false;
    }
    for (uint32_t rank = digest->events[number].rank + 1u;; rank++) {
        uint32_t answer = ink_by_rank(digest, rank);
        if (answer == INK_NO_EVENT || (digest->events[answer].flags & INK_EVENT_FOLLOWS) == 0) {
            return true;
        }
        bool full = (frame->rows[answer].flags & INK_ROW_FULL) != 0;
        if (full && !try_row(frame, answer, INK_ROW_SHOWN)) {
            return take_off(frame, number, before);
        }
    }
}

static uint32_t all_slots(const struct ink_frame *frame) {
    return ((uint32_t)1 << ink_max(frame->lane_count, 1)) - 1;
}

/* In each lane until one has no room; a page without lanes is one. */
static void show_by_rank(struct ink_frame *frame) {
    uint32_t closed = 0; /* a bit for each lane */
    for (uint32_t rank = 0; rank < frame->digest->count && closed != all_slots(frame); rank++) {
        uint32_t number = ink_by_rank(frame->digest, rank);
        bool full = number != INK_NO_EVENT && (frame->rows[number].flags & INK_ROW_FULL) != 0;
        const uint32_t slot = full ? (uint32_t)1 << frame->rows[number].slot : 0;
        if (full && (closed & slot) == 0 && !show_with_answers(frame, number)) {
            closed |= slot;
        }
    }
}

/* What answers a card that stands elsewhere comes before all else. */
static void answer_elsewhere(struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    bool answers = false;
    for (uint32_t rank = 0; rank < digest->count; rank++) {
        uint32_t number = ink_by_rank(digest, rank);
        answers = number != INK_NO_EVENT && answers &&
                  (digest->events[number].flags & INK_EVENT_FOLLOWS) != 0;
        if (answers) {
            (void)try_row(frame, number, INK_ROW_SHOWN);
        }
        answers = answers ||
                  (number != INK_NO_EVENT && (frame->rows[number].flags & INK_ROW_ELSEWHERE) != 0);
    }
}

static void choose(struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    if (everything_fits(frame)) {
        promote_all(frame, room(frame), true);
        return;
    }
    const uint32_t must[3] = {ink_newest(frame), ink_next(frame),
                              ink_first_full(frame, 0, ink_first_ahead(digest))};
    answer_elsewhere(frame);
    show_best(frame);
    for (int i = 0; i < 3; i++) {
        if (must[i] != INK_NO_EVENT && is_not_minor(&digest->events[must[i]])) {
            (void)show_with_answers(frame, must[i]);
        }
    }
    promote_all(frame, room(frame) / 2, false);
    show_by_rank(frame);
}

static void count_shown(struct ink_frame *frame) {
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_SHOWN) != 0) {
            frame->shown++;
            frame->shows_today =
                frame->shows_today ||
                ink_event_day(frame->digest, &frame->digest->events[i]) == frame->as_of_day;
        }
    }
}

void ink_choose(struct ink_frame *frame) {
    choose(frame);
    count_shown(frame);
}

void ink_choose_from(struct ink_frame *frame, uint32_t first) {
    const bool all = everything_fits(frame);
    if (first < frame->digest->count && !try_row(frame, first, INK_ROW_SHOWN | INK_ROW_MAJOR)) {
        (void)try_harder(frame, first);
    }
    if (!all) {
        show_by_rank(frame);
    }
    count_shown(frame);
}
