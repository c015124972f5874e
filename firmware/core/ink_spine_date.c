/* Part of layout `spine`: what the date column says. */
#include "core/ink_spine.h"

bool ink_event_has_hour(const struct ink_frame *frame, const struct ink_event *event) {
    return ink_is_hours(event->when.precision, event->start_utc,
                        ink_event_end(frame->digest, event));
}

void ink_frame_label_when(struct ink_label *label, const struct ink_frame *frame,
                          const struct ink_event *event) {
    const struct ink_zone *zone = &frame->digest->story.zone;
    struct ink_date when = ink_date_local(&event->when, zone);
    struct ink_date until = ink_date_local(&event->until, zone);
    if (ink_event_has_hour(frame, event)) {
        until.precision = INK_PRECISION_NONE; /* the day on which they begin */
    }
    ink_label_when(label, frame->language, &when, &until, frame->years);
}

static void add_clock(struct ink_label *label, const struct ink_frame *frame,
                      const struct ink_date *date) {
    const struct ink_date local = ink_date_local(date, &frame->digest->story.zone);
    ink_label_time(label, frame->language, &local);
}

void ink_frame_label_clock(struct ink_label *label, const struct ink_frame *frame,
                           const struct ink_event *event) {
    add_clock(label, frame, &event->when);
}

static void label_part(struct ink_label *label, const struct ink_frame *frame,
                       const struct ink_event *event, enum date_part part) {
    const int32_t day = ink_event_day(frame->digest, event);
    struct ink_date date = ink_civil(day);
    enum ink_word weekday = day == frame->as_of_day
                                ? INK_WORD_TODAY
                                : (enum ink_word)(INK_WORD_MONDAY + ink_weekday(day));
    switch (part) {
    case DATE_WHEN:
        ink_frame_label_when(label, frame, event);
        break;
    case DATE_DAY:
    case DATE_BOTH:
        ink_label_date(label, frame->language, &date, frame->years);
        if (part == DATE_DAY) {
            break;
        }
        ink_label_add(label, " ");
        /* fallthrough */
    case DATE_CLOCK:
        ink_frame_label_clock(label, frame, event);
        break;
    case DATE_LATER:
        ink_label_add(label, ink_word(frame->language, INK_WORD_LATER));
        break;
    case DATE_WEEKDAY:
        ink_label_add(label, ink_word(frame->language, weekday));
        break;
    default:
        break;
    }
}

/* The type of a row's date: that of major cards, unless dates are long because they carry years. */
static const struct ink_type *date_type(const struct ink_frame *frame, int rank) {
    const bool small =
        frame->years || frame->minor_dates || frame->inset || ink_frame_narrow(frame);
    return &frame->head[small ? INK_MINOR : rank];
}

static INK_OWN_FRAME int part_width(const struct ink_frame *frame, const struct ink_event *event,
                                    int rank, enum date_part part, int *bytes) {
    struct ink_label label = {.bytes = 0};
    label_part(&label, frame, event, part);
    const int width = ink_text_width(&date_type(frame, rank)->face, ink_label_span(&label));
    if (part == DATE_BOTH) { /* the longest */
        ink_frame_label_end(&label, frame, event);
    }
    *bytes = ink_max(*bytes, label.bytes);
    return width;
}

void ink_spine_join(struct ink_spine_dates *dates, const struct ink_frame *frame,
                    const struct ink_event *event, int rank) {
    const bool narrow = ink_frame_narrow(frame);
    int room = narrow ? frame->text_width : frame->date_right - frame->left, bytes = 0;
    if (dates->first == DATE_DAY && (dates->ahead || (narrow && dates->needed)) &&
        part_width(frame, event, rank, DATE_BOTH, &bytes) <= room) {
        *dates = (struct ink_spine_dates){.first = DATE_BOTH};
    }
}

/* An hour may stand alone. That of what is to come has room beside its day if the column then takes
 * no more than a sixth of the page. */
int ink_spine_date_width(const struct ink_frame *frame, const struct ink_event *event, int *bytes) {
    int width = part_width(frame, event, INK_MAJOR, DATE_WHEN, bytes);
    if (ink_event_has_hour(frame, event)) {
        const int both = part_width(frame, event, INK_MINOR, DATE_BOTH, bytes);
        width = ink_max(width, part_width(frame, event, INK_MAJOR, DATE_CLOCK, bytes));
        width = ink_event_is_ahead(event) && both * 6 <= frame->right - frame->left
                    ? ink_max(width, both)
                    : width;
    }
    return width;
}

/* Where dates stand: in their column or, on a narrow page, above their cards. */
static struct ink_slot date_slot(const struct ink_frame *frame, int baseline) {
    const bool narrow = ink_frame_narrow(frame);
    return (struct ink_slot){.x = narrow ? frame->text_x : frame->left,
                             .width = narrow ? frame->text_width : frame->date_right - frame->left,
                             .baseline = baseline,
                             .trailing = !narrow};
}

void ink_spine_put_date(const struct ink_frame *frame, const struct ink_type *type,
                        const struct ink_label *label, int baseline) {
    const struct ink_slot slot = date_slot(frame, baseline);
    if (label->bytes > 0) {
        ink_text_put_within(frame->page, type, ink_line_of(ink_label_span(label)), &slot);
    }
}

/* A date that goes on under itself. */
static INK_OWN_FRAME void put_wrapped(const struct ink_frame *frame, const struct ink_type *type,
                                      const struct ink_event *event, int baseline) {
    struct ink_label label = {.bytes = 0};
    ink_frame_label_when(&label, frame, event);
    (void)ink_text_put_lines(frame->page, type, ink_label_span(&label), 2,
                             (struct ink_slot){.x = frame->left,
                                               .width = frame->date_right - frame->left,
                                               .baseline = baseline,
                                               .trailing = true});
}

bool ink_event_is_plain_day(const struct ink_event *event) {
    return event->when.precision == INK_PRECISION_DAY && event->until.precision == 0 &&
           (event->until.flags | (event->when.flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN))) == 0;
}

/* Does the next card show a time of the same day? Then this one needs its own. */
static bool next_is_timed(const struct ink_frame *frame, uint32_t number, int32_t day) {
    for (uint32_t i = number + 1; i < frame->digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_SHOWN) != 0) {
            const struct ink_event *next = &frame->digest->events[i];
            return ink_event_has_hour(frame, next) && ink_event_day(frame->digest, next) == day;
        }
    }
    return false;
}

/* An interval too wide for its column goes on under itself. */
static INK_OWN_FRAME bool takes_two_lines(const struct ink_frame *frame,
                                          const struct ink_event *event) {
    if (event->until.precision == INK_PRECISION_NONE && event->until.flags == 0) {
        return false;
    }
    struct ink_label label = {.bytes = 0};
    ink_frame_label_when(&label, frame, event);
    return ink_text_width(&date_type(frame, INK_MAJOR)->face, ink_label_span(&label)) >
           frame->date_right - frame->left;
}

/* A date is printed once a day. A time is printed where the story goes by the hour, or where a day
 * has several cards, or where there is room. It stands above its day if the story goes by the hour,
 * but never where that is still to come: first of all it is another day. */
struct ink_spine_dates ink_spine_dates_of(const struct ink_frame *frame, uint32_t number,
                                          int32_t printed) {
    const struct ink_event *event = &frame->digest->events[number];
    const int32_t day = ink_event_day(frame->digest, event);
    const bool plain = ink_event_is_plain_day(event), new_day = day != printed;
    const bool hour = ink_event_has_hour(frame, event);
    const bool ahead = ink_event_is_ahead(event);
    if (hour && new_day && (!frame->hourly || ahead || ink_frame_narrow(frame))) {
        const bool room = ahead && number < frame->hours_to;
        return (struct ink_spine_dates){.first = DATE_DAY,
                                        .second = DATE_CLOCK,
                                        .needed = room || next_is_timed(frame, number, day),
                                        .ahead = ahead};
    }
    if (hour) {
        return (struct ink_spine_dates){
            .first = DATE_CLOCK, .second = new_day ? DATE_DAY : DATE_NONE, .needed = new_day};
    }
    if (plain && ahead && day == frame->as_of_day) {
        return (struct ink_spine_dates){.first = DATE_LATER};
    }
    if (plain && !new_day) {
        return (struct ink_spine_dates){.first = DATE_NONE};
    }
    const bool wraps = takes_two_lines(frame, event);
    return (struct ink_spine_dates){.first = DATE_WHEN,
                                    .second = plain && !frame->years ? DATE_WEEKDAY : DATE_NONE,
                                    .needed = wraps,
                                    .wraps = wraps};
}

void ink_spine_when(struct ink_label *label, const struct ink_frame *frame,
                    const struct ink_event *event, int part) {
    const bool timed = ink_event_has_hour(frame, event), plain = ink_event_is_plain_day(event);
    const bool later = plain && ink_event_is_ahead(event) &&
                       ink_event_day(frame->digest, event) == frame->as_of_day;
    label->bytes = 0;
    if (part == 0) {
        label_part(label, frame, event, later ? DATE_LATER : timed ? DATE_DAY : DATE_WHEN);
    } else if (timed || (plain && !later && !frame->years)) {
        label_part(label, frame, event, timed ? DATE_CLOCK : DATE_WEEKDAY);
    }
}

/* "14:00–15:00" */
void ink_frame_label_end(struct ink_label *label, const struct ink_frame *frame,
                         const struct ink_event *event) {
    if (event->until.precision >= INK_PRECISION_MINUTE) {
        ink_label_add(label, ink_word(frame->language, INK_WORD_RANGE));
        add_clock(label, frame, &event->until);
    }
}

/* An hour, and if there is room when that ends. */
static INK_OWN_FRAME void put_part(const struct ink_frame *frame, const struct ink_type *type,
                                   const struct ink_event *event, enum date_part part,
                                   const struct ink_slot *slot) {
    struct ink_label label = {.bytes = 0};
    label_part(&label, frame, event, part);
    const uint16_t whole = label.bytes;
    if (part == DATE_CLOCK || part == DATE_BOTH) {
        ink_frame_label_end(&label, frame, event);
        const bool room = ink_text_width(&type->face, ink_label_span(&label)) <= slot->width;
        label.bytes = room ? label.bytes : whole;
    }
    const struct ink_span text = ink_label_span(&label);
    const bool fits = part != DATE_WEEKDAY || ink_text_width(&type->face, text) <= slot->width;
    if (fits && text.bytes > 0) {
        ink_text_put_within(frame->page, type, ink_line_of(text), slot);
    }
}

void ink_spine_draw_dates(const struct ink_frame *frame, const struct ink_event *event,
                          const struct ink_spine_dates *dates, int rank, int baseline) {
    struct ink_slot slot = date_slot(frame, baseline);
    ink_page_item(frame->page, INK_ITEM_DATE, 0, frame->tiers.floor);
    if (dates->wraps) {
        put_wrapped(frame, date_type(frame, rank), event, baseline);
    } else {
        put_part(frame, date_type(frame, rank), event, dates->first, &slot);
    }
    slot.baseline += frame->source.face.line + 1;
    put_part(frame, &frame->source, event, dates->second, &slot);
    ink_page_end_item(frame->page);
}

/* The second line of the date starts below the card's first. That of an hour to come may end where
 * the row does. */
int ink_spine_dated_height(const struct ink_frame *frame, const struct ink_spine_dates *dates,
                           int rank, int form) {
    const int line = dates->wraps ? date_type(frame, rank)->face.line : frame->source.face.line;
    const bool close = dates->ahead && dates->second == DATE_CLOCK;
    return ink_card_top_baseline(frame, rank, form) +
           (close ? line + 1 + frame->source.face.px * 3 / 10 : line * 3 / 2);
}

void ink_spine_label_date(struct ink_label *label, const struct ink_frame *frame,
                          const struct ink_event *event, int32_t day) {
    const bool same = ink_event_day(frame->digest, event) == day;
    const enum date_part hour = same ? DATE_CLOCK : DATE_BOTH;
    label_part(label, frame, event, ink_event_has_hour(frame, event) ? hour : DATE_WHEN);
}
