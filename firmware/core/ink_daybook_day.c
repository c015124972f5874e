/* Part of layout `daybook`: which day an event is listed under, what of it is hidden, its hours. */
#include "core/ink_daybook.h"

/* ---- what stands where ----------------------------------------------------------------------- */

/* Dated by something else than one known day? */
static bool is_vague(const struct ink_date *date) {
    const int doubt = INK_DATE_APPROX | INK_DATE_UNCERTAIN | INK_DATE_UNSPECIFIED;
    return date->precision < INK_PRECISION_DAY ||
           (date->precision == INK_PRECISION_DAY && (date->flags & doubt) != 0);
}

static const struct ink_date *first_date(const struct ink_event *event) {
    return event->when.precision != INK_PRECISION_NONE ? &event->when : &event->until;
}

/* The day it is listed under, INK_DAY_LATER, or INK_DAY_PAST if it is not listed. */
int32_t ink_daybook_day(const struct ink_frame *frame, uint32_t number) {
    const struct ink_event *event = ink_daybook_event(frame, number);
    if (!ink_event_is_ahead(event)) {
        return INK_DAY_PAST;
    }
    return is_vague(first_date(event))
               ? INK_DAY_LATER
               : ink_max(ink_event_day(frame->digest, event), frame->as_of_day);
}

static bool has_hour(const struct ink_event *event) {
    return event->when.precision >= INK_PRECISION_MINUTE;
}

/* Place on its day: those with an hour first; digest order (the end of what is ahead) settles the
 * rest. */
static bool comes_before(const struct ink_frame *frame, uint32_t a, uint32_t b) {
    const struct ink_event *one = ink_daybook_event(frame, a), *other = ink_daybook_event(frame, b);
    const int32_t day = ink_daybook_day(frame, a), other_day = ink_daybook_day(frame, b);
    if (day != other_day) {
        return day < other_day;
    }
    if (day != INK_DAY_LATER && has_hour(one) != has_hour(other)) {
        return has_hour(one);
    }
    return one->start_utc != other->start_utc ? one->start_utc < other->start_utc : a < b;
}

/* No silences are told here: where they are noted for `spine` stands the order. */
void ink_daybook_sort(const struct ink_frame *frame) {
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        uint32_t at = i;
        for (; at > 0 && comes_before(frame, i, ink_daybook_in_place(frame, at - 1)); at--) {
            frame->rows[at].silence_h = frame->rows[at - 1].silence_h;
        }
        frame->rows[at].silence_h = (int32_t)i;
    }
}

/* ---- hidden ---------------------------------------------------------------------------------- */

static bool holds(struct ink_daybook_days days, int32_t day) {
    return day >= days.from && day <= days.to;
}

static void count_gap(struct ink_gap *sum, const struct ink_frame *frame, const struct ink_gap *gap,
                      bool ahead, struct ink_daybook_days days) {
    int32_t day = ink_max(gap->days.first, frame->as_of_day);
    if (!ahead) {
        day = INK_DAY_PAST;
    } else if (gap->days.precision < INK_PRECISION_DAY) {
        day = INK_DAY_LATER;
    }
    if (gap->count > 0 && holds(days, day)) {
        ink_gap_add(sum, gap);
    }
}

/* All that is not shown of those days. */
struct ink_gap ink_daybook_hidden(const struct ink_frame *frame, struct ink_daybook_days days) {
    const struct ink_digest *digest = frame->digest;
    struct ink_gap sum = {.count = 0};
    count_gap(&sum, frame, &digest->before, false, days);
    count_gap(&sum, frame, &digest->before_ahead, true, days);
    for (uint32_t i = 0; i < digest->count; i++) {
        const struct ink_event *event = ink_daybook_event(frame, i);
        if (event->records > 0 && !ink_daybook_is_shown(frame, i) &&
            holds(days, ink_daybook_day(frame, i))) {
            ink_gap_add_record(&sum, ink_event_days(digest, event), event->sources);
        }
        count_gap(&sum, frame, &event->after, ink_event_is_ahead(event), days);
    }
    return sum;
}

/* ---- the time column ------------------------------------------------------------------------- */

/* Does a kept event of that day, shown or not, have an hour? */
static bool day_has_hours(const struct ink_frame *frame, int32_t day) {
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if (has_hour(ink_daybook_event(frame, i)) && ink_daybook_day(frame, i) == day) {
            return true;
        }
    }
    return false;
}

/* One known day, or hours of it; or those of a night still to come. */
bool ink_daybook_has_hours(const struct ink_frame *frame, const struct ink_event *event) {
    const struct ink_days days = ink_event_days(frame->digest, event);
    const bool night = days.first >= frame->as_of_day && ink_event_has_hour(frame, event);
    return (days.first == days.last || night) && days.precision == INK_PRECISION_DAY &&
           (event->until.flags & ~INK_DATE_OFFSET) == 0 && ink_is_dated(&event->when);
}

static void label_hours(struct ink_label *label, const struct ink_frame *frame, uint32_t number) {
    const struct ink_event *event = ink_daybook_event(frame, number);
    if (has_hour(event)) {
        ink_frame_label_clock(label, frame, event);
        ink_frame_label_end(label, frame, event);
    } else if (event->until.precision == INK_PRECISION_DAY) {
        ink_label_add(label, ink_word(frame->language, INK_WORD_ALL_DAY));
    } else if (day_has_hours(frame, ink_daybook_day(frame, number))) {
        ink_label_add(label, ink_word(frame->language, INK_WORD_NO_TIME));
    }
}

void ink_daybook_label(struct ink_label *label, const struct ink_frame *frame, uint32_t number) {
    const struct ink_event *event = ink_daybook_event(frame, number);
    if (!is_vague(first_date(event)) && ink_daybook_has_hours(frame, event)) {
        label_hours(label, frame, number);
        return;
    }
    ink_spine_label_date(label, frame, event, INT32_MIN);
}
