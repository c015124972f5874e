/* For the tests: two digests compared, field by field; the first that differs, or null. */
#ifndef INK_SAME_H
#define INK_SAME_H

#include "ink_test.h"

#include "core/ink_digest.h"

static inline bool span_same(struct ink_span a, struct ink_span b) {
    return a.bytes == b.bytes && (a.bytes == 0 || memcmp(a.at, b.at, a.bytes) == 0);
}

#define STORY_DIFFER(field)                                                                        \
    if (a->field != b->field) {                                                                    \
        return #field;                                                                             \
    }

static inline const char *gap_differs(const struct ink_gap *a, const struct ink_gap *b) {
    STORY_DIFFER(count)
    STORY_DIFFER(sources)
    if (a->count > 0) {
        STORY_DIFFER(days.first)
        STORY_DIFFER(days.last)
        STORY_DIFFER(days.precision)
    }
    return NULL;
}

static inline const char *date_differs(const struct ink_date *a, const struct ink_date *b) {
    STORY_DIFFER(year)
    STORY_DIFFER(month)
    STORY_DIFFER(day)
    STORY_DIFFER(second)
    STORY_DIFFER(offset_min)
    STORY_DIFFER(precision)
    STORY_DIFFER(flags)
    return NULL;
}

static inline const char *event_differs(const struct ink_event *a, const struct ink_event *b) {
    STORY_DIFFER(id)
    STORY_DIFFER(sources)
    STORY_DIFFER(start_utc)
    STORY_DIFFER(rev)
    STORY_DIFFER(content)
    STORY_DIFFER(figures)
    STORY_DIFFER(texts)
    STORY_DIFFER(lane)
    STORY_DIFFER(hidden_in_lane)
    STORY_DIFFER(text_at)
    STORY_DIFFER(records)
    STORY_DIFFER(rank)
    STORY_DIFFER(dated)
    STORY_DIFFER(kind)
    STORY_DIFFER(status)
    STORY_DIFFER(weight)
    STORY_DIFFER(flags)
    STORY_DIFFER(relay_low)
    STORY_DIFFER(relay_high)
    STORY_DIFFER(headline_bytes)
    STORY_DIFFER(detail_bytes)
    if (memcmp(a->short_bytes, b->short_bytes, sizeof a->short_bytes) != 0) {
        return "length of a text";
    }
    const char *what = date_differs(&a->when, &b->when);
    what = what == NULL ? date_differs(&a->until, &b->until) : what;
    return what == NULL ? gap_differs(&a->after, &b->after) : what;
}

static inline const char *counts_differ(const struct ink_counts *a, const struct ink_counts *b) {
    STORY_DIFFER(read)
    STORY_DIFFER(refused)
    STORY_DIFFER(duplicate)
    STORY_DIFFER(superseded)
    STORY_DIFFER(merged)
    STORY_DIFFER(hidden)
    STORY_DIFFER(kept)
    STORY_DIFFER(cut)
    STORY_DIFFER(unknown)
    return NULL;
}

static inline const char *story_differs(const struct ink_story *a, const struct ink_story *b) {
    STORY_DIFFER(distance_mm)
    STORY_DIFFER(zone.count)
    if (memcmp(a->title, b->title, sizeof a->title) != 0 ||
        memcmp(a->lang, b->lang, sizeof a->lang) != 0 ||
        memcmp(a->zone.name, b->zone.name, sizeof a->zone.name) != 0) {
        return "a text of the story";
    }
    for (int i = 0; i < a->zone.count; i++) {
        STORY_DIFFER(zone.change[i].minute)
        STORY_DIFFER(zone.change[i].offset_min)
    }
    const char *what = date_differs(&a->as_of, &b->as_of);
    what = what == NULL ? date_differs(&a->expires, &b->expires) : what;
    return what == NULL ? date_differs(&a->strikes, &b->strikes) : what;
}

/* All but the counts. */
static inline const char *digest_differs(const struct ink_digest *a, const struct ink_digest *b) {
    STORY_DIFFER(count)
    STORY_DIFFER(sources)
    STORY_DIFFER(sources_beyond)
    STORY_DIFFER(ids_beyond)
    STORY_DIFFER(newest_utc)
    for (int i = 0; i <= INK_LANES; i++) {
        STORY_DIFFER(lanes[i].records)
        STORY_DIFFER(lanes[i].hidden)
        STORY_DIFFER(lanes[i].hidden_before)
        if (!span_same(ink_lane_name(a, (unsigned)i), ink_lane_name(b, (unsigned)i))) {
            return "the name of a lane";
        }
    }
    const char *what = story_differs(&a->story, &b->story);
    what = what == NULL ? gap_differs(&a->before, &b->before) : what;
    what = what == NULL ? gap_differs(&a->before_ahead, &b->before_ahead) : what;
    for (int i = 0; i < a->count && what == NULL; i++) {
        what = event_differs(&a->events[i], &b->events[i]);
        for (int text = 0; text < INK_EVENT_TEXTS && what == NULL; text++) {
            struct ink_span of_a = ink_event_text(a, &a->events[i], (enum ink_event_text)text);
            struct ink_span of_b = ink_event_text(b, &b->events[i], (enum ink_event_text)text);
            what = span_same(of_a, of_b) ? NULL : "a text of an event";
        }
    }
    return what;
}

/* For CHECK: says which field, once it fails. */
static inline bool is_same(const char *difference, uint64_t seed) {
    if (difference != NULL) {
        printf("  seed %llu: differs in %s\n", (unsigned long long)seed, difference);
    }
    return difference == NULL;
}

#endif
