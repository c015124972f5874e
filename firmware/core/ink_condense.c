/* The three passes of condensing. Pass 1 picks the ids to keep, pass 2 finds the live version of
 * each, pass 3 copies their texts and accounts for every record. */
#include "core/ink_condense.h"

#include "core/ink_ids.h"
#include "core/ink_pick.h"

enum { PASS_PICK = 1, PASS_SETTLE, PASS_ACCOUNT };

/* During pass 1 and 2 only. */
#define SETTLED 0x80

/* ---- order ---------------------------------------------------------------------------------- */

static bool better_event(const struct ink_event *a, const struct ink_event *b) {
    uint64_t merit_a = ink_merit(a->weight, a->status, a->start_utc);
    uint64_t merit_b = ink_merit(b->weight, b->status, b->start_utc);
    return merit_a != merit_b ? merit_a > merit_b : a->id < b->id;
}

/* Where an event stands: at its start; one ahead at its end, since "today, later" comes after what
 * has its hour. */
static int64_t place_of(const struct ink_condense *condense, const struct ink_event *event) {
    if (!ink_event_is_ahead(event)) {
        return event->start_utc;
    }
    return ink_date_end(ink_event_last(event), &condense->digest.story.zone);
}

static bool earlier_event(const struct ink_condense *condense, const struct ink_event *a,
                          const struct ink_event *b) {
    int ahead = ink_event_is_ahead(a) - ink_event_is_ahead(b);
    if (ahead != 0) {
        return ahead < 0;
    }
    int64_t place_a = place_of(condense, a), place_b = place_of(condense, b);
    if (place_a != place_b) {
        return place_a < place_b;
    }
    if (a->when.precision != b->when.precision) {
        return a->when.precision < b->when.precision;
    }
    uint64_t merit_a = ink_merit(a->weight, a->status, a->start_utc);
    if (merit_a == ink_merit(b->weight, b->status, b->start_utc) && a->status != b->status) {
        return a->status < b->status; /* a denial after what it denies */
    }
    return better_event(a, b);
}

static bool higher_rank(const struct ink_event *a, const struct ink_event *b) {
    int weight_a = ink_weight(a->weight), weight_b = ink_weight(b->weight);
    if (weight_a != weight_b) {
        return weight_a > weight_b;
    }
    int sources_a = ink_sources_count(a->sources), sources_b = ink_sources_count(b->sources);
    return sources_a != sources_b ? sources_a > sources_b : better_event(a, b);
}

enum order { ORDER_MERIT, ORDER_TIME, ORDER_RANK, ORDER_TOPIC };

static bool comes_first(const struct ink_condense *condense, enum order order, uint16_t first,
                        uint16_t second) {
    const struct ink_event *a = &condense->memory.events[first];
    const struct ink_event *b = &condense->memory.events[second];
    switch (order) {
    case ORDER_MERIT:
        return better_event(a, b);
    case ORDER_TIME:
        return earlier_event(condense, a, b);
    case ORDER_RANK:
        return higher_rank(a, b);
    default:
        return a->topic < b->topic;
    }
}

/* Fill `index` with the events' numbers in that order. Shell sort: in place, no recursion; at most
 * 65535 events, in practice a few hundred. */
static void sort_index(const struct ink_condense *condense, uint16_t *index, enum order order) {
    const uint32_t count = condense->digest.count;
    for (uint32_t i = 0; i < count; i++) {
        index[i] = (uint16_t)i;
    }
    for (uint32_t gap = count / 2; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < count; i++) {
            uint16_t moved = index[i];
            uint32_t at = i;
            for (; at >= gap && comes_first(condense, order, moved, index[at - gap]); at -= gap) {
                index[at] = index[at - gap];
            }
            index[at] = moved;
        }
    }
}

/* ---- sources -------------------------------------------------------------------------------- */

/* Number of known source hashes below `hash`. */
static uint32_t source_rank(const struct ink_condense *condense, uint32_t hash) {
    uint32_t low = 0, high = condense->digest.sources;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (condense->source_hash[middle] < hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static uint32_t source_hash(const struct ink_record *record) {
    return ink_hash(0, record->text[INK_SOURCE].at, record->text[INK_SOURCE].bytes);
}

/* Keep the INK_SOURCES smallest hashes: that set does not depend on the order of records. */
static void note_source(struct ink_condense *condense, const struct ink_record *record) {
    if (record->text[INK_SOURCE].bytes == 0) {
        return;
    }
    struct ink_digest *digest = &condense->digest;
    uint32_t hash = source_hash(record);
    uint32_t at = source_rank(condense, hash);
    if (at < digest->sources && condense->source_hash[at] == hash) {
        return;
    }
    if (digest->sources == INK_SOURCES) {
        digest->sources_beyond = true;
        if (at == INK_SOURCES) {
            return;
        }
        digest->sources--;
    }
    memmove(&condense->source_hash[at + 1], &condense->source_hash[at],
            (digest->sources - at) * sizeof condense->source_hash[0]);
    condense->source_hash[at] = hash;
    digest->sources++;
}

static uint64_t source_bit(const struct ink_condense *condense, const struct ink_record *record) {
    if (record->text[INK_SOURCE].bytes == 0) {
        return 0;
    }
    uint32_t hash = source_hash(record);
    uint32_t at = source_rank(condense, hash);
    bool known = at < condense->digest.sources && condense->source_hash[at] == hash;
    return known ? (uint64_t)1 << at : 0;
}

/* ---- pass 2: which version ------------------------------------------------------------------- */

static struct ink_event *find_event(const struct ink_condense *condense, uint64_t id) {
    uint32_t low = 0, high = condense->digest.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (condense->memory.events[middle].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < condense->digest.count && condense->memory.events[low].id == id;
    return found ? &condense->memory.events[low] : NULL;
}

/* Letters and digits of the headline, ASCII in lower case, all other bytes as they are. */
static uint32_t hash_folded(uint32_t seed, struct ink_span text) {
    uint32_t hash = seed;
    for (uint32_t i = 0; i < text.bytes; i++) {
        uint32_t byte = (uint8_t)text.at[i], letter = byte | 0x20;
        if (letter - 'a' < 26) {
            byte = letter;
        } else if (byte < 0x80 && byte - '0' >= 10) {
            continue;
        }
        hash = (hash ^ byte) * 16777619u; /* FNV-1a, 32 bit */
    }
    return hash;
}

static uint32_t topic_of(const struct ink_condense *condense, const struct ink_record *record) {
    const bool open = record->when.precision == INK_PRECISION_NONE; /* "by" its end */
    struct ink_date local =
        ink_date_local(open ? &record->until : &record->when, &condense->digest.story.zone);
    uint8_t facts[6] = {
        (uint8_t)local.year, (uint8_t)(local.year >> 8),
        local.month,         local.day,
        record->status,      (uint8_t)ink_min(record->when.precision, INK_PRECISION_DAY)};
    uint32_t hash = ink_hash(1, facts, sizeof facts);
    hash = ink_hash(hash, record->text[INK_FIGURE].at, record->text[INK_FIGURE].bytes);
    return hash_folded(hash, record->text[INK_HEADLINE]);
}

static bool is_ahead(const struct ink_digest *digest, const struct ink_event *event) {
    if (event->status != INK_PLANNED) {
        return false;
    }
    const struct ink_story *story = &digest->story;
    const struct ink_date *last = ink_event_last(event);
    return story->as_of.precision == INK_PRECISION_NONE ||
           ink_date_end(last, &story->zone) > ink_date_start(&story->as_of, &story->zone);
}

static const enum ink_text_field text_source[INK_EVENT_TEXTS] = {INK_HEADLINE, INK_SOURCE, INK_VIA,
                                                                 INK_FIGURE};

static void settle(struct ink_condense *condense, const struct ink_record *record) {
    struct ink_event *event = find_event(condense, record->id);
    if (event == NULL) {
        return;
    }
    uint32_t content = ink_record_content(record);
    if ((event->flags & SETTLED) != 0 &&
        (record->rev < event->rev || (record->rev == event->rev && content <= event->content))) {
        return;
    }
    event->rev = record->rev;
    event->content = content;
    event->when = record->when;
    event->until = record->until;
    event->start_utc = ink_start_of(&record->when, &record->until, &condense->digest.story.zone);
    event->topic = topic_of(condense, record);
    event->dated = record->dated;
    event->kind = record->kind;
    event->status = record->status;
    event->weight = record->weight;
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        event->bytes[i] = record->text[text_source[i]].bytes;
    }
    event->flags = SETTLED | (is_ahead(&condense->digest, event) ? INK_EVENT_AHEAD : 0);
}

/* Of events that say the same, only the best stays; the others' records are merged in pass 3. */
static void drop_repeats(struct ink_condense *condense, const uint16_t *by_topic) {
    struct ink_event *events = condense->memory.events;
    const uint32_t count = condense->digest.count;
    for (uint32_t i = 0; i < count;) {
        uint32_t best = i, next = i + 1;
        for (; next < count && events[by_topic[next]].topic == events[by_topic[i]].topic; next++) {
            if (better_event(&events[by_topic[next]], &events[by_topic[best]])) {
                best = next;
            }
        }
        for (; i < next; i++) {
            if (i != best) {
                events[by_topic[i]].flags = 0;
            }
        }
    }
}

static void give_text_room(struct ink_condense *condense, const uint16_t *by_merit) {
    for (uint32_t i = 0; i < condense->digest.count; i++) {
        struct ink_event *event = &condense->memory.events[by_merit[i]];
        uint32_t bytes = 0;
        for (int text = 0; text < INK_EVENT_TEXTS; text++) {
            bytes += event->bytes[text];
        }
        if (bytes <= condense->memory.text_cap - condense->text_used) {
            event->text_at = condense->text_used;
            condense->text_used += bytes;
        }
    }
}

static void end_settling(struct ink_condense *condense) {
    struct ink_event *events = condense->memory.events;
    uint16_t *by_time = condense->memory.order;
    uint16_t *by_topic = by_time + condense->memory.event_cap;
    sort_index(condense, by_topic, ORDER_TOPIC);
    drop_repeats(condense, by_topic);
    uint16_t kept = 0;
    for (uint32_t i = 0; i < condense->digest.count; i++) {
        if ((events[i].flags & SETTLED) != 0) { /* one never seen again: the feed has changed */
            events[kept] = events[i];
            events[kept++].flags &= (uint8_t)~SETTLED;
        }
    }
    condense->digest.count = kept;
    sort_index(condense, by_time, ORDER_MERIT);
    give_text_room(condense, by_time);
    sort_index(condense, by_time, ORDER_TIME);
    sort_index(condense, by_topic, ORDER_TOPIC);
}

/* ---- pass 3: every record accounted for ------------------------------------------------------ */

static struct ink_event *find_topic(const struct ink_condense *condense, uint32_t topic) {
    const uint16_t *by_topic = condense->memory.order + condense->memory.event_cap;
    uint32_t low = 0, high = condense->digest.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (condense->memory.events[by_topic[middle]].topic < topic) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct ink_event *event =
        low < condense->digest.count ? &condense->memory.events[by_topic[low]] : NULL;
    return event != NULL && event->topic == topic ? event : NULL;
}

/* The gap in which the record would stand: after the last kept event that comes before it. */
static struct ink_gap *gap_for(struct ink_condense *condense, const struct ink_event *hidden) {
    const uint16_t *by_time = condense->memory.order;
    uint32_t low = 0, high = condense->digest.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (earlier_event(condense, &condense->memory.events[by_time[middle]], hidden)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    struct ink_event *last = low > 0 ? &condense->memory.events[by_time[low - 1]] : NULL;
    if (ink_event_is_ahead(hidden) && (last == NULL || !ink_event_is_ahead(last))) {
        return &condense->digest.before_ahead;
    }
    return last == NULL ? &condense->digest.before : &last->after;
}

static void hide(struct ink_condense *condense, const struct ink_record *record) {
    struct ink_event event = {.id = record->id,
                              .when = record->when,
                              .until = record->until,
                              .status = record->status,
                              .weight = record->weight};
    event.start_utc = ink_start_of(&record->when, &record->until, &condense->digest.story.zone);
    event.flags = is_ahead(&condense->digest, &event) ? INK_EVENT_AHEAD : 0;
    ink_gap_add_record(gap_for(condense, &event), ink_event_days(&condense->digest, &event),
                       source_bit(condense, record));
    condense->digest.counts.hidden++;
}

static void join(struct ink_condense *condense, struct ink_event *event,
                 const struct ink_record *record) {
    event->sources |= source_bit(condense, record);
    event->records = (uint16_t)ink_min(event->records + 1, UINT16_MAX);
}

static void fetch(struct ink_condense *condense, struct ink_event *event,
                  const struct ink_record *record) {
    join(condense, event, record);
    condense->digest.counts.kept++;
    if (event->text_at == INK_NO_TEXT) {
        return;
    }
    char *at = condense->memory.text + event->text_at;
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        struct ink_span text = record->text[text_source[i]];
        if (text.bytes != event->bytes[i]) {
            return; /* the feed has changed, and two contents have one hash */
        }
        memcpy(at, text.at, text.bytes);
        at += text.bytes;
    }
    event->flags |= INK_EVENT_FETCHED;
}

static enum ink_ids_verdict judge_kept(struct ink_event *event, const struct ink_record *record) {
    if (record->rev < event->rev) {
        return INK_IDS_SUPERSEDED;
    }
    bool live = record->rev == event->rev && !(event->flags & SETTLED) &&
                ink_record_content(record) == event->content;
    event->flags |= live ? SETTLED : 0; /* here: seen in this pass */
    return live ? INK_IDS_LIVE : INK_IDS_DUPLICATE;
}

static void account(struct ink_condense *condense, const struct ink_record *record) {
    struct ink_counts *counts = &condense->digest.counts;
    struct ink_event *event = find_event(condense, record->id);
    enum ink_ids_verdict verdict =
        event != NULL ? judge_kept(event, record) : ink_ids_judge(condense, record);
    if (verdict != INK_IDS_LIVE) {
        counts->duplicate += verdict == INK_IDS_DUPLICATE;
        counts->superseded += verdict == INK_IDS_SUPERSEDED;
        return;
    }
    if (record->status != INK_PLANNED) {
        int64_t start = ink_start_of(&record->when, &record->until, &condense->digest.story.zone);
        condense->digest.newest_utc =
            start > condense->digest.newest_utc ? start : condense->digest.newest_utc;
        const struct ink_date *as_of = &condense->digest.story.as_of;
        counts->early += start >= ink_date_end(as_of, &condense->digest.story.zone);
    }
    if (event != NULL) {
        fetch(condense, event, record);
        return;
    }
    struct ink_event *same = find_topic(condense, topic_of(condense, record));
    if (same != NULL) {
        join(condense, same, record);
        counts->merged++;
    } else {
        hide(condense, record);
    }
}

/* Move the events into the order of `index`, cycle by cycle; `index` is used up. */
static void arrange(struct ink_condense *condense, uint16_t *index) {
    struct ink_event *events = condense->memory.events;
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

static void end_accounting(struct ink_condense *condense) {
    uint16_t *by_time = condense->memory.order;
    uint16_t *by_rank = by_time + condense->memory.event_cap;
    sort_index(condense, by_rank, ORDER_RANK);
    for (uint32_t i = 0; i < condense->digest.count; i++) {
        condense->memory.events[by_rank[i]].rank = (uint16_t)i;
        condense->memory.events[by_rank[i]].flags &= (uint8_t)~SETTLED;
    }
    arrange(condense, by_time);
}

/* ---- the verb -------------------------------------------------------------------------------- */

void ink_condense_begin(struct ink_condense *condense, const struct ink_condense_memory *memory) {
    *condense = (struct ink_condense){.memory = *memory};
    condense->digest.events = memory->events;
    condense->digest.text = memory->text;
    condense->digest.newest_utc = INT64_MIN;
    ink_ids_clear(condense);
}

bool ink_condense_begin_pass(struct ink_condense *condense) {
    switch (condense->pass) {
    case PASS_PICK:
        ink_pick_end(condense);
        break;
    case PASS_SETTLE:
        end_settling(condense);
        break;
    case PASS_ACCOUNT:
        end_accounting(condense);
        break;
    default:
        break;
    }
    condense->pass++;
    return condense->pass <= INK_CONDENSE_PASSES;
}

void ink_condense_record(struct ink_condense *condense, const struct ink_record *record) {
    switch (condense->pass) {
    case PASS_PICK:
        condense->digest.counts.read++;
        for (uint32_t cuts = record->cuts; cuts != 0; cuts &= cuts - 1) {
            condense->digest.counts.cut++;
        }
        ink_ids_note(condense, record);
        note_source(condense, record);
        ink_pick(condense, record);
        break;
    case PASS_SETTLE:
        settle(condense, record);
        break;
    default:
        account(condense, record);
        break;
    }
}

void ink_condense_refused(struct ink_condense *condense) {
    if (condense->pass == PASS_PICK) {
        condense->digest.counts.read++;
        condense->digest.counts.refused++;
    }
}

void ink_condense_unknown(struct ink_condense *condense, uint32_t keys) {
    if (condense->pass == PASS_PICK) {
        condense->digest.counts.unknown += keys;
    }
}

void ink_condense_story(struct ink_condense *condense, const struct ink_story *story) {
    if (condense->pass == PASS_PICK) {
        ink_story_merge(&condense->digest.story, story);
    }
}
