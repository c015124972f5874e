#include "core/ink_digest.h"

uint16_t ink_event_text_bytes(const struct ink_event *event, enum ink_event_text which) {
    return which == INK_EVENT_HEADLINE ? event->headline_bytes
           : which == INK_EVENT_DETAIL ? event->detail_bytes
                                       : event->short_bytes[which - INK_EVENT_SOURCE];
}

struct ink_span ink_event_text(const struct ink_digest *digest, const struct ink_event *event,
                               enum ink_event_text which) {
    struct ink_span span = {digest->text, 0};
    if ((event->flags & INK_EVENT_FETCHED) == 0) {
        return span;
    }
    uint32_t at = event->text_at;
    for (int i = 0; i < (int)which; i++) {
        at += ink_event_text_bytes(event, (enum ink_event_text)i);
    }
    span.at = digest->text + at;
    span.bytes = ink_event_text_bytes(event, which);
    return span;
}

struct ink_span ink_lane_name(const struct ink_digest *digest, unsigned lane) {
    struct ink_span name = {digest->text, 0};
    if (lane >= INK_LANES) {
        return name;
    }
    for (unsigned i = 0; i < lane; i++) {
        name.at += digest->lane_bytes[i];
    }
    bool there = digest->lane_bytes[lane] > 0 && *name.at != '\0'; /* else the feed has changed */
    name.bytes = there ? digest->lane_bytes[lane] : 0;
    return name;
}

int ink_sources_count(uint64_t sources) {
    int count = 0;
    for (; sources != 0; sources &= sources - 1) {
        count++;
    }
    return count;
}

void ink_gap_add(struct ink_gap *to, const struct ink_gap *from) {
    if (from->count == 0) {
        return;
    }
    if (to->count == 0) {
        to->days = from->days;
    }
    to->days.first = from->days.first < to->days.first ? from->days.first : to->days.first;
    to->days.last = from->days.last > to->days.last ? from->days.last : to->days.last;
    to->days.precision = (uint8_t)ink_min(from->days.precision, to->days.precision);
    to->count += from->count;
    to->sources |= from->sources;
}

void ink_gap_add_record(struct ink_gap *gap, struct ink_days days, uint64_t sources) {
    struct ink_gap one = {.sources = sources, .count = 1, .days = days};
    ink_gap_add(gap, &one);
}

static int32_t local_day(const struct ink_zone *zone, int64_t utc_s) {
    int64_t local = utc_s + (int64_t)ink_zone_offset(zone, utc_s) * 60;
    int64_t day = local / 86400 - (local % 86400 < 0); /* |local| < 2^39 */
    const int32_t first = ink_days(INK_YEAR_MIN, 1, 1), last = ink_days(INK_YEAR_MAX, 12, 31);
    return day < first ? first : day > last ? last : (int32_t)day; /* an offset may lead out */
}

int32_t ink_event_day(const struct ink_digest *digest, const struct ink_event *event) {
    return local_day(&digest->story.zone, event->start_utc);
}

static const struct ink_date *last_of(const struct ink_event *event) {
    return event->until.precision != INK_PRECISION_NONE ? &event->until : &event->when;
}

int64_t ink_event_end(const struct ink_digest *digest, const struct ink_event *event) {
    return ink_date_end(last_of(event), &digest->story.zone);
}

struct ink_days ink_event_days(const struct ink_digest *digest, const struct ink_event *event) {
    const struct ink_date *last = last_of(event);
    struct ink_days days = {.first = ink_event_day(digest, event)};
    days.last = days.first;
    days.precision = (uint8_t)ink_min(last->precision, INK_PRECISION_DAY);
    if (event->when.precision != INK_PRECISION_NONE) {
        days.precision = (uint8_t)ink_min(days.precision, event->when.precision);
    }
    if (last == &event->until || last->precision <= INK_PRECISION_DAY) {
        days.last = local_day(&digest->story.zone, ink_event_end(digest, event) - 1);
    }
    return days;
}
