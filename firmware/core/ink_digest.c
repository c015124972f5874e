#include "core/ink_digest.h"

struct ink_span ink_event_text(const struct ink_digest *digest, const struct ink_event *event,
                               enum ink_event_text which) {
    struct ink_span span = {digest->text, 0};
    if ((event->flags & INK_EVENT_FETCHED) == 0) {
        return span;
    }
    uint32_t at = event->text_at;
    for (int i = 0; i < (int)which; i++) {
        at += event->bytes[i];
    }
    span.at = digest->text + at;
    span.bytes = event->bytes[which];
    return span;
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
    if (to->count == 0 || from->first_day < to->first_day) {
        to->first_day = from->first_day;
    }
    if (to->count == 0 || from->last_day > to->last_day) {
        to->last_day = from->last_day;
    }
    to->count += from->count;
    to->sources |= from->sources;
}

void ink_gap_add_record(struct ink_gap *gap, int32_t day, uint64_t sources) {
    struct ink_gap one = {.sources = sources, .count = 1, .first_day = day, .last_day = day};
    ink_gap_add(gap, &one);
}

int32_t ink_event_day(const struct ink_digest *digest, const struct ink_event *event) {
    int64_t local =
        event->start_utc + (int64_t)ink_zone_offset(&digest->story.zone, event->start_utc) * 60;
    int64_t day = local / 86400; /* |local| < 2^39 */
    return (int32_t)(local % 86400 < 0 ? day - 1 : day);
}
