#include "core/ink_order.h"

#include "core/ink_merit.h"

static const struct ink_date *last_of(const struct ink_record *record) {
    return record->until.precision != INK_PRECISION_NONE ? &record->until : &record->when;
}

/* Planned, and not over at the story's as-of; or of another status, and all of it after that. */
static bool is_ahead(const struct ink_condense *condense, const struct ink_record *record,
                     int64_t start, int64_t end) {
    const struct ink_story *story = &condense->digest.story;
    if (!ink_is_dated(&story->as_of)) {
        return record->status == INK_PLANNED;
    }
    return record->status == INK_PLANNED ? end > ink_date_start(&story->as_of, &story->zone)
                                         : start >= condense->as_of_end;
}

int64_t ink_start_of(const struct ink_condense *condense, const struct ink_record *record) {
    bool open = record->when.precision == INK_PRECISION_NONE;
    return ink_date_start(open ? &record->until : &record->when, &condense->digest.story.zone);
}

/* One ahead without an hour stands at its end: "today, later" comes after what has its hour. */
struct ink_stand ink_stand_of(const struct ink_condense *condense,
                              const struct ink_record *record) {
    const int64_t start = ink_start_of(condense, record);
    const int64_t end = ink_date_end(last_of(record), &condense->digest.story.zone);
    const bool ahead = is_ahead(condense, record, start, end);
    return (struct ink_stand){
        .place = ahead && !ink_is_hours(record->when.precision, start, end) ? end : start,
        .id = record->id,
        .precision = record->when.precision,
        .weight = (uint8_t)ink_weight(record->weight),
        .status = record->status,
        .ahead = ahead};
}

struct ink_stand ink_stand_of_event(const struct ink_event *event) {
    return (struct ink_stand){.place = event->start_utc,
                              .id = event->id,
                              .precision = event->when.precision,
                              .weight = (uint8_t)ink_weight(event->weight),
                              .status = event->status,
                              .ahead = ink_event_is_ahead(event)};
}

bool ink_stands_before(const struct ink_stand *a, const struct ink_stand *b) {
    if (a->ahead != b->ahead) {
        return b->ahead;
    }
    if (a->place != b->place) {
        return a->place < b->place;
    }
    if (a->precision != b->precision) {
        return a->precision < b->precision;
    }
    if (a->weight != b->weight) {
        return a->weight > b->weight;
    }
    return a->status != b->status ? a->status < b->status : a->id < b->id;
}
