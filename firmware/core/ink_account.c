#include "core/ink_account.h"

#include "core/ink_candidates.h"
#include "core/ink_order.h"

static const enum ink_text_field text_source[INK_EVENT_TEXTS] = {INK_HEADLINE, INK_SOURCE, INK_VIA,
                                                                 INK_FIGURE};

uint32_t ink_record_texts(const struct ink_record *record) {
    uint32_t bytes = 0;
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        bytes += record->text[text_source[i]].bytes;
    }
    return bytes;
}

/* ---- order ----------------------------------------------------------------------------------- */

static uint16_t *by_time(const struct ink_condense *condense) {
    return condense->memory.order;
}

static uint16_t *by_id(const struct ink_condense *condense) {
    return condense->memory.order + condense->memory.event_cap;
}

/* True if event `a` comes before `b` in that index. */
static bool comes_before(const struct ink_condense *condense, const uint16_t *index, uint16_t a,
                         uint16_t b) {
    const struct ink_event *events = condense->digest.events;
    if (index == by_id(condense)) {
        return events[a].id < events[b].id;
    }
    struct ink_stand first = ink_stand_of_event(&events[a]);
    struct ink_stand second = ink_stand_of_event(&events[b]);
    return ink_stands_before(&first, &second);
}

/* Fill an index with the events' numbers. Shell sort: in place, no recursion. */
static void sort_index(const struct ink_condense *condense, uint16_t *index) {
    const uint32_t count = condense->digest.count;
    for (uint32_t i = 0; i < count; i++) {
        index[i] = (uint16_t)i;
    }
    for (uint32_t gap = count / 2; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < count; i++) {
            uint16_t moved = index[i];
            uint32_t at = i;
            for (; at >= gap && comes_before(condense, index, moved, index[at - gap]); at -= gap) {
                index[at] = index[at - gap];
            }
            index[at] = moved;
        }
    }
}

/* Texts find room in the order of rank, which the events are in. */
static void give_text_room(struct ink_condense *condense) {
    uint32_t used = 0;
    for (uint32_t i = 0; i < condense->digest.count; i++) {
        struct ink_event *event = &condense->digest.events[i];
        if (event->texts <= condense->memory.text_cap - used) {
            event->text_at = used;
            used += event->texts;
        }
    }
}

void ink_account_begin(struct ink_condense *condense) {
    const struct ink_story *story = &condense->digest.story;
    condense->as_of_end = ink_date_end(&story->as_of, &story->zone);
    condense->digest.newest_utc = INT64_MIN; /* counting may have met records that are gone */
    give_text_room(condense);
    sort_index(condense, by_time(condense));
    sort_index(condense, by_id(condense));
}

static struct ink_event *find_event(const struct ink_condense *condense, uint64_t id) {
    struct ink_event *events = condense->digest.events;
    uint32_t low = 0, high = condense->digest.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (events[by_id(condense)[middle]].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct ink_event *event = low < condense->digest.count ? &events[by_id(condense)[low]] : NULL;
    return event != NULL && event->id == id ? event : NULL;
}

/* Number, in the order of time, of the events that stand before. */
static uint32_t events_before(const struct ink_condense *condense, const struct ink_stand *stand) {
    uint32_t low = 0, high = condense->digest.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        struct ink_stand other =
            ink_stand_of_event(&condense->digest.events[by_time(condense)[middle]]);
        if (ink_stands_before(&other, stand)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* ---- the hidden ------------------------------------------------------------------------------ */

static uint64_t source_bit(const struct ink_condense *condense, const struct ink_record *record) {
    uint8_t number = ink_names_find(&condense->sources, record->text[INK_SOURCE]);
    return number == INK_NAME_NONE ? 0 : (uint64_t)1 << number;
}

uint8_t ink_lane_of(const struct ink_condense *condense, const struct ink_record *record) {
    uint8_t number = ink_names_find(&condense->lanes, record->text[INK_LANE]);
    return number == INK_NAME_NONE ? INK_LANES : number;
}

/* The gap behind the events that stand before; `before` of them do. */
static struct ink_gap *gap_for(struct ink_condense *condense, uint32_t before, bool ahead) {
    struct ink_event *last =
        before > 0 ? &condense->digest.events[by_time(condense)[before - 1]] : NULL;
    if (ahead && (last == NULL || !ink_event_is_ahead(last))) {
        return &condense->digest.before_ahead;
    }
    return last == NULL ? &condense->digest.before : &last->after;
}

static void hide_in_lane(struct ink_condense *condense, uint32_t before, uint8_t lane) {
    struct ink_digest *digest = &condense->digest;
    digest->lanes[lane].hidden++;
    for (uint32_t i = before; i-- > 0;) {
        struct ink_event *event = &digest->events[by_time(condense)[i]];
        if (event->lane == lane) {
            event->hidden_in_lane = (uint16_t)ink_min(event->hidden_in_lane + 1, UINT16_MAX);
            return;
        }
    }
    digest->lanes[lane].hidden_before++;
}

/* The days that a record covers. One is at hand for most. */
static struct ink_days days_of(const struct ink_condense *condense, const struct ink_record *record,
                               const struct ink_own_day *own) {
    if (record->when.precision >= INK_PRECISION_DAY &&
        record->until.precision == INK_PRECISION_NONE) {
        return (struct ink_days){own->key >> 2, own->key >> 2, INK_PRECISION_DAY};
    }
    struct ink_event event = {
        .when = record->when, .until = record->until, .start_utc = ink_start_of(condense, record)};
    return ink_event_days(&condense->digest, &event);
}

static void hide(struct ink_condense *condense, const struct ink_record *record,
                 const struct ink_stand *stand, const struct ink_own_day *own) {
    uint32_t before = events_before(condense, stand);
    ink_gap_add_record(gap_for(condense, before, stand->ahead), days_of(condense, record, own),
                       source_bit(condense, record));
    hide_in_lane(condense, before, ink_lane_of(condense, record));
    condense->digest.counts.hidden++;
}

/* ---- the kept and the merged ----------------------------------------------------------------- */

static void join(struct ink_condense *condense, struct ink_event *event,
                 const struct ink_record *record) {
    condense->joined = event->rank;
    event->sources |= source_bit(condense, record);
    event->records = (uint16_t)ink_min(event->records + 1, UINT16_MAX);
}

static void keep(struct ink_condense *condense, struct ink_event *event,
                 const struct ink_record *record) {
    join(condense, event, record);
    condense->digest.counts.kept++;
    event->when = record->when;
    event->until = record->until;
    event->dated = record->dated;
    event->kind = record->kind;
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        event->bytes[i] = record->text[text_source[i]].bytes;
    }
}

/* Number, in the order of time, of the first event that stands near a place or after it. Those
 * ahead stand behind all others, so their order is not that of places alone. */
static uint32_t first_near(const struct ink_condense *condense, const struct ink_stand *stand) {
    struct ink_stand from = {.place = stand->place - INK_NEAR_S, .ahead = stand->ahead};
    return events_before(condense, &from);
}

/* The best event that says the same as the record: see "What is merged" in ink_condense.h. */
static struct ink_event *find_same(const struct ink_condense *condense,
                                   const struct ink_record *record, const struct ink_stand *stand,
                                   const struct ink_own_day *own) {
    struct ink_event *best = NULL;
    const struct ink_gist *gists = (void *)condense->digest.text;
    const uint32_t gist_count = condense->memory.text_cap / (uint32_t)sizeof *gists;
    struct ink_terms terms = {.count = 0};
    struct ink_gist gist;
    uint32_t figures = 0;
    for (uint32_t i = first_near(condense, stand); i < condense->digest.count; i++) {
        struct ink_event *event = &condense->digest.events[by_time(condense)[i]];
        if (event->start_utc >= stand->place + INK_NEAR_S) {
            break;
        }
        bool planned = record->status == INK_PLANNED;
        if (event->status != record->status || event->rank >= gist_count ||
            !ink_is_near(event->start_utc, stand->place) ||
            (planned && event->start_utc != stand->place) ||
            ink_event_is_ahead(event) != stand->ahead ||
            (best != NULL && event->rank > best->rank)) {
            continue;
        }
        if (terms.count == 0) { /* most records have nobody near */
            ink_terms_of(&terms, record->text[INK_HEADLINE], own->year, own->day);
            ink_gist_of(&gist, &terms);
            figures = ink_figures_of(&terms, record);
        }
        if (event->figures == figures && ink_says_same(&gist, &gists[event->rank])) {
            best = event;
        }
    }
    return best;
}

enum ink_ids_verdict ink_judge(struct ink_condense *condense, struct ink_event *event,
                               const struct ink_record *record) {
    if (event == NULL || ink_is_struck(condense, record)) {
        return ink_ids_judge(condense, record);
    }
    if (record->rev < event->rev) {
        return INK_IDS_SUPERSEDED;
    }
    bool live = record->rev == event->rev && !(event->flags & INK_EVENT_SEEN) &&
                ink_record_content(record) == event->content;
    event->flags |= live ? INK_EVENT_SEEN : 0;
    return live ? INK_IDS_LIVE : INK_IDS_DUPLICATE;
}

static void note_time(struct ink_condense *condense, int64_t start) {
    ink_note_newest(condense, start);
    condense->digest.counts.early += start >= condense->as_of_end;
}

void ink_account(struct ink_condense *condense, const struct ink_record *record) {
    struct ink_counts *counts = &condense->digest.counts;
    struct ink_event *event = find_event(condense, record->id);
    condense->joined = UINT16_MAX;
    enum ink_ids_verdict verdict = ink_judge(condense, event, record);
    if (verdict != INK_IDS_LIVE) {
        counts->duplicate += verdict == INK_IDS_DUPLICATE;
        counts->superseded += verdict == INK_IDS_SUPERSEDED;
        return;
    }
    struct ink_stand stand = ink_stand_of(condense, record);
    if (record->status != INK_PLANNED) {
        note_time(condense, stand.place);
    }
    condense->digest.lanes[ink_lane_of(condense, record)].records++;
    if (event != NULL) {
        keep(condense, event, record);
        return;
    }
    struct ink_own_day own = ink_own_day(condense, record);
    struct ink_event *same = find_same(condense, record, &stand, &own);
    if (same != NULL) {
        join(condense, same, record);
        counts->merged++;
    } else {
        hide(condense, record, &stand, &own);
    }
}

/* ---- pass 5 ---------------------------------------------------------------------------------- */

void ink_fetch(struct ink_condense *condense, const struct ink_record *record) {
    struct ink_event *event = find_event(condense, record->id);
    if (event == NULL || record->rev != event->rev || (event->flags & INK_EVENT_FETCHED) != 0 ||
        ink_record_content(record) != event->content) {
        return;
    }
    event->start_utc = ink_start_of(condense, record);
    if (event->text_at == INK_NO_TEXT || ink_record_texts(record) != event->texts) {
        return; /* no room; or the feed has changed, and two contents have one hash */
    }
    char *at = condense->digest.text + event->text_at;
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        struct ink_span text = record->text[text_source[i]];
        if (text.bytes > 0) { /* an absent text may have no place */
            memcpy(at, text.at, text.bytes);
        }
        at += text.bytes;
    }
    event->flags |= INK_EVENT_FETCHED;
}

/* Move the events into the order of `index`, cycle by cycle; `index` is used up. */
static void arrange(struct ink_condense *condense, uint16_t *index) {
    struct ink_event *events = condense->digest.events;
    for (uint32_t start = 0; start < condense->digest.count; start++) {
        struct ink_event first = events[start];
        uint32_t at = start;
        while (index[at] != start) {
            uint32_t from = index[at];
            events[at] = events[from];
            index[at] = (uint16_t)at;
            at = from;
        }
        index[at] = (uint16_t)at;
        events[at] = first;
    }
}

void ink_account_end(struct ink_condense *condense) {
    struct ink_digest *digest = &condense->digest;
    arrange(condense, by_time(condense));
    uint16_t kept = 0;
    for (uint32_t i = 0; i < digest->count; i++) {
        bool seen = (digest->events[i].flags & INK_EVENT_SEEN) != 0; /* else the feed has changed */
        if (seen) {
            digest->events[kept] = digest->events[i];
            digest->events[kept++].flags &= (uint8_t)~INK_EVENT_SEEN;
        }
    }
    digest->count = kept;
}
