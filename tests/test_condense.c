/* Condensing against a model of it with unbounded memory and no passes, over random stories and
 * capacities. That no order matters is in test_laws.c. */
#include "ink_story.h"

static struct story story; /* the one under test: too large for a stack */

/* ---- the model ------------------------------------------------------------------------------- */

struct entry { /* one id */
    const struct ink_record *live;
    uint32_t content;
    int64_t start, end;
    struct ink_gap after;
    uint64_t sources;
    int records;
    bool ahead, picked, kept, has_text;
};

struct model {
    struct ink_story facts;
    struct entry entries[STORY_RECORDS];
    struct entry *order[STORY_RECORDS]; /* the kept ones, in time */
    int count, kept;
    uint32_t hashes[STORY_RECORDS]; /* of sources, ascending */
    int sources;
    struct ink_gap before, before_ahead;
    struct ink_counts counts;
};

static struct model model;

static int64_t start_of(const struct ink_record *record, const struct ink_zone *zone) {
    bool open = record->when.precision == INK_PRECISION_NONE;
    return ink_date_start(open ? &record->until : &record->when, zone);
}

/* Positive if the first is better: weight, then the newest, or of planned ones the soonest. */
static int compare_merit(const struct ink_record *a, const struct ink_record *b,
                         const struct ink_zone *zone) {
    int weight_a = a->weight == 0 ? 5 : a->weight, weight_b = b->weight == 0 ? 5 : b->weight;
    if (weight_a != weight_b) {
        return weight_a - weight_b;
    }
    int64_t time_a = start_of(a, zone), time_b = start_of(b, zone);
    time_a = a->status == INK_PLANNED ? -1 - time_a : time_a;
    time_b = b->status == INK_PLANNED ? -1 - time_b : time_b;
    return time_a == time_b ? 0 : time_a > time_b ? 1 : -1;
}

static bool is_better(const struct ink_record *a, const struct ink_record *b,
                      const struct ink_zone *zone) {
    int order = compare_merit(a, b, zone);
    return order != 0 ? order > 0 : a->id < b->id;
}

static struct entry *entry_of(uint64_t id) {
    for (int i = 0; i < model.count; i++) {
        if (model.entries[i].live->id == id) {
            return &model.entries[i];
        }
    }
    return NULL;
}

static void find_live(void) {
    for (int i = 0; i < story.count; i++) {
        const struct ink_record *record = &story.records[i];
        uint32_t content = ink_record_content(record);
        struct entry *entry = entry_of(record->id);
        if (entry == NULL) {
            entry = &model.entries[model.count++];
            *entry = (struct entry){.live = record, .content = content};
        } else if (record->rev > entry->live->rev ||
                   (record->rev == entry->live->rev && content > entry->content)) {
            entry->live = record;
            entry->content = content;
        }
    }
}

static void note_facts(struct entry *entry) {
    const struct ink_record *live = entry->live;
    const struct ink_zone *zone = &model.facts.zone;
    entry->start = start_of(live, zone);
    const struct ink_date *last =
        live->until.precision == INK_PRECISION_NONE ? &live->when : &live->until;
    entry->end = ink_date_end(last, zone);
    entry->ahead =
        live->status == INK_PLANNED && (model.facts.as_of.precision == INK_PRECISION_NONE ||
                                        entry->end > ink_date_start(&model.facts.as_of, zone));
}

/* The best version of an id in one budget, or null. */
static const struct ink_record *best_version(uint64_t id, int planned) {
    const struct ink_record *best = NULL;
    for (int i = 0; i < story.count; i++) {
        const struct ink_record *record = &story.records[i];
        bool mine = record->id == id && (planned < 0 || (record->status == INK_PLANNED) == planned);
        if (mine && (best == NULL || compare_merit(record, best, NULL) > 0)) {
            best = record;
        }
    }
    return best;
}

/* Pick the best `cap` ids of a budget: planned 1, all others 0, or both -1. */
static void pick(int cap, int planned) {
    static const struct ink_record *best[STORY_RECORDS];
    for (int i = 0; i < model.count; i++) {
        best[i] = best_version(model.entries[i].live->id, planned);
    }
    for (int i = 0; i < model.count; i++) {
        int ahead_of_it = 0;
        for (int j = 0; j < model.count && best[i] != NULL; j++) {
            ahead_of_it += j != i && best[j] != NULL && is_better(best[j], best[i], NULL);
        }
        model.entries[i].picked |= best[i] != NULL && ahead_of_it < cap;
    }
}

static void fold(char *out, struct ink_span text) {
    for (int i = 0; i < text.bytes; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        byte = (unsigned char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
        if (byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
            *out++ = (char)byte;
        }
    }
    *out = '\0';
}

static bool say_the_same(const struct ink_record *a, const struct ink_record *b) {
    char head_a[INK_HEADLINE_BYTES + 1], head_b[INK_HEADLINE_BYTES + 1];
    bool open_a = a->when.precision == INK_PRECISION_NONE;
    bool open_b = b->when.precision == INK_PRECISION_NONE;
    struct ink_date day_a = ink_date_local(open_a ? &a->until : &a->when, &model.facts.zone);
    struct ink_date day_b = ink_date_local(open_b ? &b->until : &b->when, &model.facts.zone);
    fold(head_a, a->text[INK_HEADLINE]);
    fold(head_b, b->text[INK_HEADLINE]);
    return open_a == open_b && day_a.year == day_b.year && day_a.month == day_b.month &&
           day_a.day == day_b.day &&
           ink_min(a->when.precision, INK_PRECISION_DAY) ==
               ink_min(b->when.precision, INK_PRECISION_DAY) &&
           a->status == b->status && span_same(a->text[INK_FIGURE], b->text[INK_FIGURE]) &&
           strcmp(head_a, head_b) == 0;
}

/* Of the picked that say the same, only the best is kept. */
static void merge_picked(void) {
    for (int i = 0; i < model.count; i++) {
        struct entry *entry = &model.entries[i];
        entry->kept = entry->picked;
        for (int j = 0; j < model.count && entry->kept; j++) {
            const struct entry *other = &model.entries[j];
            entry->kept = !(j != i && other->picked && say_the_same(entry->live, other->live) &&
                            is_better(other->live, entry->live, &model.facts.zone));
        }
    }
}

static int compare_time(const struct entry *a, const struct entry *b) {
    if (a->ahead != b->ahead) {
        return a->ahead ? 1 : -1;
    }
    int64_t place_a = a->ahead ? a->end : a->start, place_b = b->ahead ? b->end : b->start;
    if (place_a != place_b) {
        return place_a < place_b ? -1 : 1;
    }
    if (a->live->when.precision != b->live->when.precision) {
        return a->live->when.precision < b->live->when.precision ? -1 : 1;
    }
    if (compare_merit(a->live, b->live, &model.facts.zone) == 0 &&
        a->live->status != b->live->status) {
        return a->live->status < b->live->status ? -1 : 1;
    }
    return is_better(a->live, b->live, &model.facts.zone) ? -1 : 1;
}

static void put_in_order(void) {
    for (int i = 0; i < model.count; i++) {
        if (!model.entries[i].kept) {
            continue;
        }
        int at = model.kept++;
        for (; at > 0 && compare_time(&model.entries[i], model.order[at - 1]) < 0; at--) {
            model.order[at] = model.order[at - 1];
        }
        model.order[at] = &model.entries[i];
    }
}

static uint32_t text_bytes(const struct entry *entry) {
    const struct ink_span *text = entry->live->text;
    return (uint32_t)(text[INK_HEADLINE].bytes + text[INK_SOURCE].bytes + text[INK_VIA].bytes +
                      text[INK_FIGURE].bytes);
}

static void give_room(uint32_t room) {
    for (int turn = 0; turn < model.kept; turn++) {
        for (int i = 0; i < model.kept; i++) { /* the one with `turn` better ones */
            int better = 0;
            for (int j = 0; j < model.kept; j++) {
                better += j != i &&
                          is_better(model.order[j]->live, model.order[i]->live, &model.facts.zone);
            }
            if (better == turn && text_bytes(model.order[i]) <= room) {
                room -= text_bytes(model.order[i]);
                model.order[i]->has_text = true;
            }
        }
    }
}

static void list_sources(void) {
    for (int i = 0; i < story.count; i++) {
        struct ink_span source = story.records[i].text[INK_SOURCE];
        uint32_t hash = ink_hash(0, source.at, source.bytes);
        int at = model.sources;
        for (int j = 0; j < model.sources; j++) {
            at = model.hashes[j] == hash ? -1 : at;
        }
        if (source.bytes == 0 || at < 0) {
            continue;
        }
        for (; at > 0 && model.hashes[at - 1] > hash; at--) {
            model.hashes[at] = model.hashes[at - 1];
        }
        model.hashes[at] = hash;
        model.sources++;
    }
}

static uint64_t source_bit(const struct ink_record *record) {
    struct ink_span source = record->text[INK_SOURCE];
    for (int i = 0; i < model.sources && i < INK_SOURCES && source.bytes > 0; i++) {
        if (model.hashes[i] == ink_hash(0, source.at, source.bytes)) {
            return (uint64_t)1 << i;
        }
    }
    return 0;
}

static int32_t day_of(int64_t utc) {
    int64_t civil = utc + ink_zone_offset(&model.facts.zone, utc) * 60;
    return (int32_t)((civil + 86400 * (int64_t)10000000) / 86400 - 10000000);
}

static struct ink_days days_of(const struct entry *entry) {
    const struct ink_date *when = &entry->live->when, *until = &entry->live->until;
    const struct ink_date *last = until->precision == INK_PRECISION_NONE ? when : until;
    struct ink_days days = {.first = day_of(entry->start), .precision = INK_PRECISION_DAY};
    days.last = day_of(ink_date_end(last, &model.facts.zone) - 1);
    for (int i = 0; i < 2; i++) {
        uint8_t precision = i == 0 ? when->precision : until->precision;
        if (precision != INK_PRECISION_NONE && precision < days.precision) {
            days.precision = precision;
        }
    }
    return days;
}

static void hide(const struct entry *entry) {
    const struct entry *before = NULL;
    for (int i = 0; i < model.kept; i++) {
        before = compare_time(model.order[i], entry) < 0 ? model.order[i] : before;
    }
    struct ink_gap *gap = before == NULL ? &model.before : &((struct entry *)before)->after;
    if (entry->ahead && (before == NULL || !before->ahead)) {
        gap = &model.before_ahead;
    }
    struct ink_days days = days_of(entry);
    bool none = gap->count == 0;
    gap->days.first = none || days.first < gap->days.first ? days.first : gap->days.first;
    gap->days.last = none || days.last > gap->days.last ? days.last : gap->days.last;
    bool coarser = none || days.precision < gap->days.precision;
    gap->days.precision = coarser ? days.precision : gap->days.precision;
    gap->count++;
    gap->sources |= source_bit(entry->live);
    model.counts.hidden++;
}

static void account_live(struct entry *entry) {
    for (int i = 0; i < model.kept; i++) {
        struct entry *kept = model.order[i];
        if (kept == entry || say_the_same(kept->live, entry->live)) {
            kept->records++;
            kept->sources |= source_bit(entry->live);
            model.counts.kept += kept == entry;
            model.counts.merged += kept != entry;
            return;
        }
    }
    hide(entry);
}

static void account(void) {
    for (int i = 0; i < model.count; i++) {
        account_live(&model.entries[i]);
    }
    model.counts.read = (uint32_t)story.count;
    for (int i = 0; i < story.count; i++) {
        model.counts.superseded += story.records[i].rev < entry_of(story.records[i].id)->live->rev;
    }
    model.counts.duplicate =
        model.counts.read - model.counts.superseded - (uint32_t)model.count; /* one live an id */
}

static void run_model(const struct ink_capacity *capacity) {
    model = (struct model){.kept = 0};
    for (int i = 0; i < story.part_count; i++) {
        ink_story_merge(&model.facts, &story.parts[i]);
    }
    find_live();
    for (int i = 0; i < model.count; i++) {
        note_facts(&model.entries[i]);
    }
    int planned = capacity->events < 2 ? 0 : ink_max(capacity->events / 8, 1);
    if (planned > 0) {
        pick(planned, 1);
    }
    pick(capacity->events - planned, planned > 0 ? 0 : -1);
    merge_picked();
    put_in_order();
    give_room(capacity->text_bytes);
    list_sources();
    account();
}

/* ---- against the model ----------------------------------------------------------------------- */

static bool is_text(const struct ink_digest *digest, const struct ink_event *event,
                    enum ink_event_text which, struct ink_span want) {
    return span_same(ink_event_text(digest, event, which), want);
}

static int rank_in_model(int number) {
    int rank = 0;
    const struct entry *mine = model.order[number];
    for (int i = 0; i < model.kept; i++) {
        const struct entry *other = model.order[i];
        int weight = ink_max(other->live->weight, (other->live->weight == 0) * 5) -
                     ink_max(mine->live->weight, (mine->live->weight == 0) * 5);
        int sources = ink_sources_count(other->sources) - ink_sources_count(mine->sources);
        bool better = weight != 0    ? weight > 0
                      : sources != 0 ? sources > 0
                                     : is_better(other->live, mine->live, &model.facts.zone);
        rank += i != number && better;
    }
    return rank;
}

static const char *event_differs_from_model(const struct ink_digest *digest, int number) {
    const struct ink_event *event = &digest->events[number];
    const struct entry *want = model.order[number];
    const struct ink_record *live = want->live;
    bool fetched = (event->flags & INK_EVENT_FETCHED) != 0;
    if (event->id != live->id || event->rev != live->rev || event->content != want->content) {
        return "which version is kept";
    }
    if (event->status != live->status || event->weight != live->weight ||
        event->kind != live->kind || event->dated != live->dated) {
        return "status, weight, kind, dated";
    }
    if (date_differs(&event->when, &live->when) != NULL ||
        date_differs(&event->until, &live->until) != NULL || event->start_utc != want->start) {
        return "the date of an event";
    }
    if (((event->flags & INK_EVENT_AHEAD) != 0) != want->ahead || fetched != want->has_text) {
        return "ahead or texts";
    }
    if (fetched && !(is_text(digest, event, INK_EVENT_HEADLINE, live->text[INK_HEADLINE]) &&
                     is_text(digest, event, INK_EVENT_SOURCE, live->text[INK_SOURCE]) &&
                     is_text(digest, event, INK_EVENT_VIA, live->text[INK_VIA]) &&
                     is_text(digest, event, INK_EVENT_FIGURE, live->text[INK_FIGURE]))) {
        return "the words of an event";
    }
    if (event->records != want->records || event->sources != want->sources) {
        return "records and sources behind an event";
    }
    if (event->rank != rank_in_model(number)) {
        return "rank";
    }
    return gap_differs(&event->after, &want->after);
}

static const char *digest_differs_from_model(const struct ink_digest *digest) {
    const char *what = counts_differ(&digest->counts, &model.counts);
    what = what == NULL ? story_differs(&digest->story, &model.facts) : what;
    what = what == NULL ? gap_differs(&digest->before, &model.before) : what;
    what = what == NULL ? gap_differs(&digest->before_ahead, &model.before_ahead) : what;
    if (what != NULL || digest->count != model.kept) {
        return what != NULL ? what : "how many are kept";
    }
    int64_t newest = INT64_MIN;
    for (int i = 0; i < model.count; i++) {
        const struct entry *entry = &model.entries[i];
        bool counts = entry->live->status != INK_PLANNED && entry->start > newest;
        newest = counts ? entry->start : newest;
    }
    if (newest != digest->newest_utc || digest->ids_beyond ||
        digest->sources != ink_min(model.sources, INK_SOURCES) ||
        digest->sources_beyond != (model.sources > INK_SOURCES)) {
        return "newest, sources or ids beyond";
    }
    for (int i = 0; i < model.kept && what == NULL; i++) {
        what = event_differs_from_model(digest, i);
    }
    return what;
}

static struct ink_capacity any_capacity(uint64_t *seed, uint16_t ids) {
    return (struct ink_capacity){
        .events = (uint16_t)ink_random_below(seed, story_chance(seed, 4) ? 130 : 20),
        .ids = ids,
        .text_bytes = ink_random_below(seed, story_chance(seed, 2) ? 400 : 20000),
        .page_bytes = INK_PAGE_BYTES_MIN};
}

static void digest_is_that_of_the_model(void) {
    for (uint64_t round = 1; round <= 1500; round++) {
        uint64_t seed = round;
        struct making making = story_any(&seed, round % 8 == 0 ? 160 : 40);
        story_make(&story, &making, &seed);
        struct ink_capacity capacity = any_capacity(&seed, 256);
        struct feed feed = story_encode(&story, NULL, (enum ink_format)(round & 1));
        struct wall wall;
        wall_open(&wall, &capacity);
        wall_take(&wall, &feed, 1, NULL);
        run_model(&capacity);
        CHECK(is_same(digest_differs_from_model(&wall.ink.condense.digest), round));
        wall_close(&wall);
        feed_free(&feed);
    }
}

/* ---- single rules ---------------------------------------------------------------------------- */

static void take_lines(struct wall *wall, uint16_t events, const char *lines) {
    struct ink_capacity capacity = {events, 64, 4000, INK_PAGE_BYTES_MIN};
    struct feed feed = {(uint8_t *)(uintptr_t)lines, strlen(lines), INK_FORMAT_NDJSON};
    wall_open(wall, &capacity);
    wall_take(wall, &feed, 1, NULL);
}

static void a_withdrawal_follows_its_record_whatever_its_weight(void) {
    struct wall wall;
    take_lines(&wall, 2,
               "{\"id\":1,\"when\":\"2024-08-06\",\"weight\":9,\"headline\":\"A\"}\n"
               "{\"id\":1,\"rev\":1,\"when\":\"2024-08-06\",\"weight\":1,\"status\":\"withdrawn\","
               "\"headline\":\"A was wrong\"}\n"
               "{\"id\":2,\"when\":\"2024-08-07\",\"weight\":8,\"headline\":\"B\"}\n");
    const struct ink_digest *digest = &wall.ink.condense.digest;
    CHECK_INT(digest->count, 1);
    CHECK_INT(digest->events[0].id, 1);
    CHECK_INT(digest->events[0].status, INK_WITHDRAWN);
    CHECK_INT(digest->counts.superseded, 1);
    CHECK_INT(digest->events[0].after.count, 1);
    wall_close(&wall);
}

static void a_planned_record_that_is_over_is_no_longer_ahead(void) {
    static const char *const as_of[] = {"2024-08-11", "2024-08-12", "2024-08-13"};
    for (int i = 0; i < 3; i++) {
        char lines[400];
        struct wall wall;
        snprintf(lines, sizeof lines,
                 "{\"when\":\"2024-08-12\",\"status\":\"planned\",\"headline\":\"Meeting\"}\n"
                 "{\"when\":\"2024-08-12\",\"headline\":\"Event\"}\n"
                 "{\"story\":{\"as_of\":\"%s\"}}\n",
                 as_of[i]);
        take_lines(&wall, 8, lines);
        int ahead = 0;
        for (int j = 0; j < wall.ink.condense.digest.count; j++) {
            ahead += (wall.ink.condense.digest.events[j].flags & INK_EVENT_AHEAD) != 0;
        }
        CHECK_INT(ahead, i < 2);
        wall_close(&wall);
    }
}

static void open_starts_merge_only_if_their_ends_agree(void) {
    struct wall wall;
    take_lines(&wall, 16,
               "{\"id\":1,\"when\":\"../2024-08-06\",\"headline\":\"Bridge closed\"}\n"
               "{\"id\":2,\"when\":\"../2024-08-09\",\"headline\":\"Bridge closed\"}\n"
               "{\"id\":3,\"when\":\"../2024-08-09\",\"headline\":\"bridge closed.\"}\n"
               "{\"id\":4,\"when\":\"2024-08-09\",\"headline\":\"Bridge closed\"}\n");
    CHECK_INT(wall.ink.condense.digest.counts.kept, 3);
    CHECK_INT(wall.ink.condense.digest.counts.merged, 1);
    wall_close(&wall);
}

int main(void) {
    RUN(digest_is_that_of_the_model);
    RUN(a_withdrawal_follows_its_record_whatever_its_weight);
    RUN(a_planned_record_that_is_over_is_no_longer_ahead);
    RUN(open_starts_merge_only_if_their_ends_agree);
    return ink_test_end();
}
