#include "core/ink_account.h"

#include "core/ink_candidates.h"
#include "core/ink_order.h"

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

void ink_account_begin(struct ink_condense *condense) {
    condense->digest.newest_utc = INT64_MIN; /* counting may have met records that are gone */
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

static uint8_t lane_of(const struct ink_condense *condense, const struct ink_record *record) {
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
    hide_in_lane(condense, before, lane_of(condense, record));
    condense->digest.counts.hidden++;
}

/* ---- the kept and the merged ----------------------------------------------------------------- */

static const enum ink_text_field text_source[INK_EVENT_TEXTS] = {
    INK_HEADLINE, INK_SOURCE, INK_VIA, INK_FIGURE, INK_PLACE, INK_DETAIL};

_Static_assert(INK_SOURCE_BYTES <= UINT8_MAX && INK_VIA_BYTES <= UINT8_MAX &&
                   INK_FIGURE_BYTES <= UINT8_MAX && INK_PLACE_BYTES <= UINT8_MAX &&
                   INK_LANE_BYTES <= UINT8_MAX,
               "an event keeps their lengths in bytes");

/* 0: relayed by nobody. */
static uint8_t relay_hash(struct ink_span via) {
    return via.bytes == 0 ? 0 : (uint8_t)(1 + ink_hash(0, via.at, via.bytes) % UINT8_MAX);
}

static void join(struct ink_condense *condense, struct ink_event *event,
                 const struct ink_record *record) {
    const uint8_t relay = relay_hash(record->text[INK_VIA]);
    const bool first = event->records == 0;
    condense->joined = event->rank;
    event->relay_low = (uint8_t)(first ? relay : ink_min(event->relay_low, relay));
    event->relay_high = (uint8_t)(first ? relay : ink_max(event->relay_high, relay));
    event->sources |= source_bit(condense, record);
    event->records = (uint16_t)ink_min(event->records + 1, UINT16_MAX);
}

/* How much of one text an event keeps, if it has room for it. */
static uint32_t bytes_kept(const struct ink_record *record, int which) {
    struct ink_span text = record->text[text_source[which]];
    if (which == INK_EVENT_PLACE && record->status != INK_PLANNED) {
        return 0;
    }
    if (which == INK_EVENT_DETAIL && text.bytes > INK_EVENT_DETAIL_BYTES) {
        return (uint32_t)(ink_text_keep(text.at, text.bytes, INK_EVENT_DETAIL_BYTES) +
                          INK_ELLIPSIS_BYTES);
    }
    return text.bytes;
}

static void keep(struct ink_condense *condense, struct ink_event *event,
                 const struct ink_record *record) {
    join(condense, event, record);
    condense->digest.counts.kept++;
    event->when = record->when;
    event->until = record->until;
    event->dated = record->dated;
    event->kind = record->kind;
    event->headline_bytes = (uint16_t)bytes_kept(record, INK_EVENT_HEADLINE);
    event->detail_bytes = (uint16_t)bytes_kept(record, INK_EVENT_DETAIL);
    for (int i = 0; i < 4; i++) {
        event->short_bytes[i] = (uint8_t)bytes_kept(record, INK_EVENT_SOURCE + i);
    }
    if (event->lane < INK_LANES) { /* two names of one hash are one lane: the longer is its name */
        uint8_t *bytes = &condense->digest.lane_bytes[event->lane];
        *bytes = (uint8_t)ink_max(*bytes, record->text[INK_LANE].bytes);
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

/* Told as something that has happened, though it is dated after the as-of? */
static bool is_early(const struct ink_record *record, const struct ink_stand *stand) {
    return stand->ahead && (record->status == INK_REPORTED || record->status == INK_CONFIRMED);
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
        ink_note_newest(condense, stand.ahead ? ink_start_of(condense, record) : stand.place);
        counts->early += is_early(record, &stand);
    }
    condense->digest.lanes[lane_of(condense, record)].records++;
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

/* ---- room for texts -------------------------------------------------------------------------- */

/* Names of lanes come first; returns the bytes that they take. Events are in the order of rank. */
static uint32_t give_names_room(struct ink_condense *condense) {
    struct ink_digest *digest = &condense->digest;
    uint32_t used = 0, asked = 0; /* bit i: lane i */
    for (uint32_t i = 0; i < digest->count; i++) {
        uint32_t lane = digest->events[i].lane;
        if (lane == INK_LANES || (asked >> lane & 1) != 0) {
            continue;
        }
        asked |= 1u << lane;
        if (digest->lane_bytes[lane] > condense->memory.text_cap / 8 - used) {
            digest->lane_bytes[lane] = 0;
        }
        used += digest->lane_bytes[lane];
    }
    memset(digest->text, 0, used); /* before the first name that comes, any is better */
    return used;
}

/* Of `left` bytes, what the event's texts take, but for its detail; first with its place. */
static uint32_t give_texts_room(struct ink_event *event, uint32_t left) {
    uint8_t *place = &event->short_bytes[INK_EVENT_PLACE - INK_EVENT_SOURCE];
    uint32_t bytes = event->headline_bytes;
    for (int i = 0; i < 4; i++) {
        bytes += event->short_bytes[i];
    }
    if (bytes > left) {
        bytes -= *place;
        *place = 0;
    }
    event->texts = (uint16_t)bytes; /* <= 320 + 4 * 64 */
    event->text_at = bytes <= left ? 0 : INK_NO_TEXT;
    return bytes <= left ? bytes : 0;
}

/* The events whose details are kept, by rank, or the number of events: the one that starts last of
 * those not ahead, of several the best ranked; and the best of all. */
struct leads {
    uint32_t newest, best;
};

static struct leads find_leads(const struct ink_digest *digest) {
    struct leads leads = {digest->count, digest->count};
    for (uint32_t i = digest->count; i-- > 0;) {
        const struct ink_event *event = &digest->events[i];
        if (event->text_at == INK_NO_TEXT) {
            continue;
        }
        leads.best = i;
        if (!ink_event_is_ahead(event) &&
            (leads.newest == digest->count ||
             event->start_utc >= digest->events[leads.newest].start_utc)) {
            leads.newest = i;
        }
    }
    return leads;
}

static uint16_t detail_of(const struct ink_digest *digest, uint32_t number, uint32_t left) {
    bool fits = number < digest->count && digest->events[number].detail_bytes <= left;
    return fits ? digest->events[number].detail_bytes : 0;
}

void ink_account_give_room(struct ink_condense *condense) {
    struct ink_digest *digest = &condense->digest;
    uint32_t at = give_names_room(condense);
    uint32_t left = condense->memory.text_cap - at;
    for (uint32_t i = 0; i < digest->count; i++) {
        left -= give_texts_room(&digest->events[i], left);
    }
    const struct leads leads = find_leads(digest);
    const uint16_t of_newest = detail_of(digest, leads.newest, left);
    const uint16_t of_best = detail_of(digest, leads.best, left - of_newest);
    for (uint32_t i = 0; i < digest->count; i++) {
        struct ink_event *event = &digest->events[i];
        event->detail_bytes = i == leads.newest ? of_newest : i == leads.best ? of_best : 0;
        event->texts = (uint16_t)(event->texts + event->detail_bytes);
        if (event->text_at != INK_NO_TEXT) {
            event->text_at = at;
            at += event->texts;
        }
    }
}

/* ---- pass 5 ---------------------------------------------------------------------------------- */

/* Of two names with one hash the same one in any order. */
static void fetch_lane(struct ink_condense *condense, uint32_t lane, struct ink_span name) {
    struct ink_digest *digest = &condense->digest;
    char *at = digest->text;
    if (lane == INK_LANES || name.bytes == 0 || name.bytes != digest->lane_bytes[lane]) {
        return; /* without a number, or no room */
    }
    for (uint32_t i = 0; i < lane; i++) {
        at += digest->lane_bytes[i];
    }
    if (memcmp(at, name.at, name.bytes) < 0) {
        memcpy(at, name.at, name.bytes);
    }
}

/* False if the texts are not those that were given room: the feed has changed, and two contents
 * have one hash. */
static bool fetch_texts(char *at, const struct ink_event *event, const struct ink_record *record) {
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        const uint32_t bytes = ink_event_text_bytes(event, (enum ink_event_text)i);
        const struct ink_span text = record->text[text_source[i]];
        if (bytes == 0) { /* none, or no room; an absent text may have no place */
            continue;
        }
        if (bytes != bytes_kept(record, i)) {
            return false;
        }
        const size_t dots = bytes_kept(record, i) < text.bytes ? INK_ELLIPSIS_BYTES : 0;
        memcpy(at, text.at, bytes - dots);
        memcpy(at + bytes - dots, INK_ELLIPSIS, dots);
        at += bytes;
    }
    return true;
}

void ink_fetch(struct ink_condense *condense, const struct ink_record *record) {
    struct ink_event *event = find_event(condense, record->id);
    if (event == NULL || record->rev != event->rev || (event->flags & INK_EVENT_FETCHED) != 0 ||
        ink_record_content(record) != event->content) {
        return;
    }
    event->start_utc = ink_start_of(condense, record);
    fetch_lane(condense, event->lane, record->text[INK_LANE]);
    if (event->text_at != INK_NO_TEXT &&
        fetch_texts(condense->digest.text + event->text_at, event, record)) {
        event->flags |= INK_EVENT_FETCHED;
    }
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
