/* Part of layout: which events get a card, and which of them a major one (see ink_layout.h). */
#include "core/ink_frame.h"

static bool is_ahead(const struct ink_event *event) {
    return (event->flags & INK_EVENT_AHEAD) != 0;
}

uint32_t ink_first_ahead(const struct ink_digest *digest) {
    uint32_t at = 0;
    while (at < digest->count && !is_ahead(&digest->events[at])) {
        at++;
    }
    return at;
}

static int room(const struct ink_frame *frame) {
    return frame->bottom - frame->top;
}

/* Set flags on a row if the page still fits with them. */
static bool try_row(const struct ink_frame *frame, uint32_t number, int flags) {
    struct ink_row *row = &frame->rows[number];
    uint8_t before = row->flags;
    if ((before & INK_ROW_FULL) == 0 || (before & flags) == flags) {
        return (before & INK_ROW_FULL) != 0;
    }
    row->flags |= (uint8_t)flags;
    if (ink_spine_fits(frame)) {
        return true;
    }
    row->flags = before;
    return false;
}

#define NO_EVENT UINT32_MAX

static uint32_t by_rank(const struct ink_digest *digest, uint32_t rank) {
    for (uint32_t i = 0; i < digest->count; i++) {
        if (digest->events[i].rank == rank) {
            return i;
        }
    }
    return NO_EVENT;
}

/* The best ranked of the latest past day or instant. */
static uint32_t newest(const struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    uint32_t best = NO_EVENT;
    for (uint32_t i = 0; i < ink_first_ahead(digest); i++) {
        bool later = best == NO_EVENT ||
                     digest->events[i].start_utc > digest->events[best].start_utc ||
                     digest->events[i].rank < digest->events[best].rank;
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0 && later) {
            best = i;
        }
    }
    return best;
}

static uint32_t first_full(const struct ink_frame *frame, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0) {
            return i;
        }
    }
    return NO_EVENT;
}

static void clear_shown(const struct ink_frame *frame) {
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        frame->rows[i].flags &= INK_ROW_FULL;
    }
}

static bool everything_fits(const struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    for (uint32_t i = 0; i < digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0) {
            frame->rows[i].flags |= INK_ROW_SHOWN;
        }
    }
    /* Without this test, a page of 256 events would be measured for nothing. */
    bool fit = digest->count * (uint32_t)ink_gap_height(frame) <= (uint32_t)room(frame) &&
               ink_spine_fits(frame);
    if (!fit) {
        clear_shown(frame);
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
static void promote(const struct ink_frame *frame, uint32_t number, int budget) {
    if (number == NO_EVENT || is_ahead(&frame->digest->events[number])) {
        return;
    }
    if (major_heights(frame) + frame->rows[number].height[INK_MAJOR] <= budget) {
        (void)try_row(frame, number, INK_ROW_SHOWN | INK_ROW_MAJOR);
    }
}

static void promote_all(const struct ink_frame *frame, int budget) {
    const struct ink_digest *digest = frame->digest;
    promote(frame, newest(frame), budget);
    promote(frame, first_full(frame, 0, ink_first_ahead(digest)), budget);
    for (uint32_t rank = 0; rank < digest->count; rank++) {
        uint32_t number = by_rank(digest, rank);
        if (number != NO_EVENT && deserves_major(digest, &digest->events[number])) {
            promote(frame, number, budget);
        }
    }
}

static void choose(const struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    if (everything_fits(frame)) {
        promote_all(frame, room(frame));
        return;
    }
    const uint32_t ahead = ink_first_ahead(digest);
    const uint32_t must[4] = {by_rank(digest, 0), newest(frame),
                              first_full(frame, ahead, digest->count), first_full(frame, 0, ahead)};
    for (int i = 0; i < 4; i++) {
        if (must[i] != NO_EVENT) {
            (void)try_row(frame, must[i], INK_ROW_SHOWN);
        }
    }
    promote_all(frame, room(frame) / 2);
    for (uint32_t rank = 0; rank < digest->count; rank++) {
        uint32_t number = by_rank(digest, rank);
        bool full = number != NO_EVENT && (frame->rows[number].flags & INK_ROW_FULL) != 0;
        if (full && !try_row(frame, number, INK_ROW_SHOWN)) {
            return;
        }
    }
}

static uint16_t count_shown(const struct ink_frame *frame) {
    uint16_t shown = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        shown = (uint16_t)(shown + ((frame->rows[i].flags & INK_ROW_SHOWN) != 0));
    }
    return shown;
}

void ink_choose(struct ink_frame *frame) {
    choose(frame);
    frame->shown = count_shown(frame);
}
