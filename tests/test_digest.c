/* What a digest keeps of texts: names of lanes, places and details, each whole or not at all,
 * whatever the memory. Which of them, for any story, is in test_condense.c against the model. */
#include "ink_story.h"

#include "core/ink_text.h"

static struct story story;

static const struct ink_digest *take(struct wall *wall, const struct ink_capacity *capacity) {
    struct feed feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
    wall_open(wall, capacity);
    wall_take(wall, &feed, 1, NULL);
    feed_free(&feed);
    return &wall->ink.condense.digest;
}

static struct ink_capacity capacity_of(uint16_t events, uint32_t text_bytes) {
    return (struct ink_capacity){.events = events,
                                 .ids = 256,
                                 .text_bytes = text_bytes,
                                 .page_bytes = INK_PAGE_BYTES_MIN,
                                 .work_bytes = 20000};
}

/* ---- every memory for texts ------------------------------------------------------------------ */

static void check_texts(const struct ink_digest *digest, uint32_t text_bytes) {
    uint32_t names = 0, details = 0, used = 0;
    for (unsigned i = 0; i <= INK_LANES; i++) {
        names += ink_lane_name(digest, i).bytes;
    }
    for (int i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i];
        const char *torn = texts_torn(digest, event, story_record(&story, event));
        bool fetched = (event->flags & INK_EVENT_FETCHED) != 0;
        bool placed = ink_event_text(digest, event, INK_EVENT_PLACE).bytes > 0;
        CHECK(is_same(torn, text_bytes));
        CHECK(!placed || event->status == INK_PLANNED);
        CHECK(!fetched || (event->text_at >= names && event->text_at <= text_bytes &&
                           event->texts <= text_bytes - event->text_at));
        details += ink_event_text(digest, event, INK_EVENT_DETAIL).bytes > 0;
        used += fetched ? event->texts : 0;
    }
    CHECK(names <= text_bytes / 8);
    CHECK(names + used <= text_bytes);
    CHECK(details <= 2);
}

static void texts_are_whole_at_every_capacity(void) {
    for (uint64_t round = 1; round <= 5; round++) {
        uint64_t seed = round * 77;
        story_make(&story, &(struct making){.records = 40, .ids = 30, .revs = 2}, &seed);
        for (uint32_t bytes = 0; bytes <= 2400; bytes += 1 + bytes / 600) {
            const struct ink_capacity capacity = capacity_of(12, bytes);
            struct wall wall;
            check_texts(take(&wall, &capacity), bytes);
            wall_close(&wall);
        }
    }
}

/* The ranks that have their texts, as bits. */
static uint64_t ranks_with_text(const struct ink_capacity *capacity) {
    struct wall wall;
    const struct ink_digest *digest = take(&wall, capacity);
    uint64_t ranks = 0;
    for (int i = 0; i < digest->count; i++) {
        bool fetched = (digest->events[i].flags & INK_EVENT_FETCHED) != 0;
        ranks |= fetched ? (uint64_t)1 << digest->events[i].rank : 0;
    }
    wall_close(&wall);
    return ranks;
}

/* The story with its details and without has the same headlines in any memory. */
static void no_headline_is_lost_for_a_detail(void) {
    for (uint64_t round = 1; round <= 100; round++) {
        uint64_t seed = round + 500;
        struct making making = story_any(&seed, 60);
        making.revs = 1;
        making.ids = 0; /* or contents decide between two of one id */
        story_make(&story, &making, &seed);
        const struct ink_capacity capacity = capacity_of(40, ink_random_below(&seed, 3000));
        uint64_t with = ranks_with_text(&capacity);
        for (int i = 0; i < story.count; i++) {
            story.records[i].text[INK_DETAIL] = (struct ink_span){0};
        }
        CHECK(with == ranks_with_text(&capacity));
    }
}

/* ---- rule by rule ---------------------------------------------------------------------------- */

static struct ink_record *add(uint64_t id, int day, uint8_t weight, const char *headline) {
    struct ink_record *record = &story.records[story.count++];
    *record = (struct ink_record){
        .id = id, .when = ink_civil(ink_days(2024, 8, 1) + day), .weight = weight};
    record->text[INK_HEADLINE] = ink_span_of(headline);
    return record;
}

static void begin_story(void) {
    story.count = story.part_count = 0;
    story.used = 0;
}

static const struct ink_event *event_of(const struct ink_digest *digest, uint64_t id) {
    const struct ink_event *found = NULL;
    for (int i = 0; i < digest->count; i++) {
        found = digest->events[i].id == id ? &digest->events[i] : found;
    }
    CHECK(found != NULL);
    return found;
}

static void check_text(const struct ink_digest *digest, uint64_t id, enum ink_event_text which,
                       const char *want) {
    struct ink_span text = ink_event_text(digest, event_of(digest, id), which);
    CHECK_TEXT(text.at, text.bytes, want);
}

/* Ten lanes of one record each, of falling weight, and a hidden record in the first and the last.
 */
static void lanes_of_the_best_ranked_have_numbers(void) {
    static const char *const words[] = {"harvest", "railway", "choir", "bridge", "school",
                                        "museum",  "tax",     "storm", "ferry",  "garden"};
    struct wall wall;
    begin_story();
    for (int i = 0; i < 10; i++) {
        add(10 + (uint64_t)i, i, (uint8_t)(i == 0 ? 9 : 10 - i), words[i])->text[INK_LANE] =
            story_numbered(&story, "Lane %u", (uint32_t)i);
    }
    add(31, 20, 1, "one")->text[INK_LANE] = ink_span_of("Lane 0");
    add(32, 21, 1, "two")->text[INK_LANE] = ink_span_of("Lane 9");
    const struct ink_capacity capacity = capacity_of(9, 4000);
    const struct ink_digest *digest = take(&wall, &capacity);
    CHECK_INT(digest->count, 9);
    uint32_t numbered = 0;
    for (int i = 0; i < 9; i++) {
        const struct ink_event *event = event_of(digest, 10 + (uint64_t)i);
        struct ink_span name = ink_lane_name(digest, event->lane);
        struct ink_span want = i < 8 ? story.records[i].text[INK_LANE] : ink_span_of("");
        CHECK_INT(event->lane == INK_LANES, i == 8);
        CHECK(span_same(name, want));
        CHECK_INT(digest->lanes[event->lane].records, i == 0 ? 2 : i == 8 ? 3 : 1);
        CHECK_INT(digest->lanes[event->lane].hidden, i == 0 ? 1 : i == 8 ? 2 : 0);
        CHECK_INT(event->hidden_in_lane, i == 0 ? 1 : i == 8 ? 2 : 0);
        numbered |= 1u << event->lane;
    }
    CHECK_INT(numbered, 0x1FF);
    CHECK_INT(ink_lane_name(digest, INK_LANES).bytes, 0);
    CHECK_INT(ink_lane_name(digest, 1000).bytes, 0);
    wall_close(&wall);
}

/* Five bytes of a name ask for forty; the longer name gives way alone, were it better ranked. */
static void names_take_an_eighth_at_most(void) {
    begin_story();
    add(1, 1, 9, "harvest")->text[INK_LANE] = ink_span_of("The South");
    add(2, 2, 8, "railway")->text[INK_LANE] = ink_span_of("North");
    for (uint32_t bytes = 0; bytes <= 200; bytes++) {
        const struct ink_capacity capacity = capacity_of(4, bytes);
        struct wall wall;
        const struct ink_digest *digest = take(&wall, &capacity);
        struct ink_span south = ink_lane_name(digest, event_of(digest, 1)->lane);
        struct ink_span north = ink_lane_name(digest, event_of(digest, 2)->lane);
        CHECK_TEXT(south.at, south.bytes, bytes / 8 >= 9 ? "The South" : "");
        CHECK_TEXT(north.at, north.bytes,
                   (bytes / 8 >= 5 && bytes / 8 < 9) || bytes / 8 >= 14 ? "North" : "");
        wall_close(&wall);
    }
}

static void a_planned_event_keeps_its_place_if_it_fits(void) {
    for (uint32_t bytes = 0; bytes <= 24; bytes++) {
        struct wall wall;
        begin_story();
        struct ink_record *plan = add(1, 1, 0, "Court sits"), *past = add(2, 2, 1, "Rain");
        plan->status = INK_PLANNED;
        plan->weight = 9;
        plan->text[INK_PLACE] = ink_span_of("Town hall");
        past->text[INK_PLACE] = ink_span_of("Harbour");
        const struct ink_capacity capacity = capacity_of(4, bytes);
        const struct ink_digest *digest = take(&wall, &capacity);
        check_text(digest, 1, INK_EVENT_HEADLINE, bytes >= 10 ? "Court sits" : "");
        check_text(digest, 1, INK_EVENT_PLACE, bytes >= 19 ? "Town hall" : "");
        bool fits = (bytes >= 4 && bytes < 10) || (bytes >= 14 && bytes < 19) || bytes >= 23;
        check_text(digest, 2, INK_EVENT_HEADLINE, fits ? "Rain" : "");
        check_text(digest, 2, INK_EVENT_PLACE, "");
        wall_close(&wall);
    }
}

/* Of the newest first, then of the best; the others have none. */
static void details_are_of_the_newest_and_the_best(void) {
    static const uint8_t weights[] = {5, 9, 5, 5};
    static const char *const words[] = {"sea", "up", "oak", "go"};
    for (uint32_t bytes = 0; bytes <= 100; bytes++) {
        struct wall wall;
        begin_story();
        for (int i = 0; i < 4; i++) { /* the last is planned */
            struct ink_record *record = add(1 + (uint64_t)i, i, weights[i], words[i]);
            record->status = i == 3 ? INK_PLANNED : INK_REPORTED;
            record->text[INK_DETAIL] = ink_span_of(i == 2 ? "ten bytes." : "nine more");
        }
        const struct ink_capacity capacity = capacity_of(4, bytes);
        const struct ink_digest *digest = take(&wall, &capacity);
        bool all = bytes >= 10, newest = bytes >= 20;
        check_text(digest, 3, INK_EVENT_DETAIL, newest ? "ten bytes." : "");
        check_text(digest, 1, INK_EVENT_DETAIL, "");
        check_text(digest, 4, INK_EVENT_DETAIL, "");
        if (all) {
            bool best = bytes >= 29 || (!newest && bytes >= 19);
            check_text(digest, 2, INK_EVENT_DETAIL, best ? "nine more" : "");
        }
        wall_close(&wall);
    }
}

static void a_long_detail_ends_in_an_ellipsis(void) {
    static char text[INK_DETAIL_BYTES];
    struct wall wall;
    begin_story();
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = "abc "[i % 4]; /* a space at 235, the next at 239 */
    }
    struct ink_record *record = add(1, 1, 0, "Harvest");
    const struct ink_capacity capacity = capacity_of(4, 4000);
    for (int more = 0; more < 2; more++) {
        record->text[INK_DETAIL] = (struct ink_span){text, (uint16_t)(240 + more)};
        const struct ink_digest *digest = take(&wall, &capacity);
        struct ink_span kept = ink_event_text(digest, digest->events, INK_EVENT_DETAIL);
        CHECK_INT(kept.bytes, 240);
        CHECK(memcmp(kept.at, text, 237) == 0);
        CHECK(memcmp(kept.at + 237, more == 0 ? text + 237 : INK_ELLIPSIS, 3) == 0);
        wall_close(&wall);
    }
}

int main(void) {
    RUN(texts_are_whole_at_every_capacity);
    RUN(no_headline_is_lost_for_a_detail);
    RUN(lanes_of_the_best_ranked_have_numbers);
    RUN(names_take_an_eighth_at_most);
    RUN(a_planned_event_keeps_its_place_if_it_fits);
    RUN(details_are_of_the_newest_and_the_best);
    RUN(a_long_detail_ends_in_an_ellipsis);
    return ink_test_end();
}
