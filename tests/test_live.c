/* Records that come once: core/ink_live.h against core/ink.h over the same items, over seeds; what
 * is forgotten, what never is, and what the forgetting costs. */
#include "ink_post.h"

/* ---- while all fits -------------------------------------------------------------------------- */

static void check_same_as_the_passes(struct post *post, const struct ink_capacity *capacity,
                                     uint64_t round) {
    struct wall wall;
    wall_open(&wall, capacity);
    wall_take(&wall, items, item_count, NULL);
    const struct ink_digest *digest = post_condense(post);
    const struct ink_digest *passes = &wall.ink.condense.digest;
    CHECK(is_same(digest_differs(digest, passes), round));
    CHECK(is_same(counts_differ(&digest->counts, &passes->counts), round));
    CHECK_INT(digest->counts.early, passes->counts.early);
    const struct ink_refusal *a = &post->live.ink.first_refusal, *b = &wall.ink.first_refusal;
    CHECK(a->offset == b->offset && a->line == b->line && a->reason == b->reason &&
          a->field == b->field);
    CHECK_INT(post->live.ink.first_refusal_input, wall.ink.first_refusal_input);
    check_same_page(&post->live.ink, &wall.ink);
    wall_close(&wall);
}

static void while_all_fits_it_is_the_digest_of_the_passes(void) {
    for (uint64_t round = 1; round <= 300; round++) {
        uint64_t seed = round;
        struct making making = story_any(&seed, 120);
        story_make(&story, &making, &seed);
        encode_items(&seed, round % 2 == 0 ? 6 : 0);
        struct ink_capacity capacity = capacity_any(&seed);
        struct post post;
        post_open(&post, &capacity, item_bytes + (round % 3 == 0 ? 1000 : 0));
        post_take_all(&post);
        CHECK_INT(post.live.forgotten.count, 0);
        CHECK_INT(post.live.condensed, 0);
        CHECK_INT(post.live.used, item_bytes);
        CHECK_INT(post.live.taken, item_count);
        check_same_as_the_passes(&post, &capacity, round);
        post_close(&post);
    }
}

/* Forgetting copies and old versions loses nothing: only the counts of cut texts and of early
 * records are of other versions. */
static void a_buffer_full_of_copies_forgets_nothing(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 100;
        story_make(&story, &(struct making){.records = 10, .days = 400, .bare = true}, &seed);
        encode_items(&seed, 0);
        struct ink_capacity capacity = {64, 1024, 16000, INK_PAGE_BYTES_MIN, 0};
        struct post post;
        post_open(&post, &capacity, 3 * item_bytes);
        for (int i = 0; i < 20; i++) {
            post_take_all(&post);
        }
        const struct ink_digest *digest = post_condense(&post);
        CHECK(post.live.condensed > 0);
        if (digest->counts.merged + digest->counts.hidden == 0) {
            CHECK_INT(post.live.forgotten.count, 0);
            CHECK_INT(digest->counts.read, 20 * item_records);
            CHECK_INT(digest->counts.duplicate, 20 * item_records - digest->count);
        }
        post_close(&post);
    }
}

/* ---- whatever the buffer --------------------------------------------------------------------- */

/* Nothing is kept that was not fed, and as it was fed. */
static void check_kept(const struct ink_digest *digest) {
    for (int i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i];
        const struct ink_record *record = story_record(&story, event);
        CHECK(record != NULL);
        if (record == NULL) {
            continue;
        }
        CHECK_INT(event->status, record->status);
        CHECK_INT(event->weight, record->weight);
        CHECK_INT(event->kind, record->kind);
        CHECK_INT(event->dated, record->dated);
        CHECK(date_differs(&event->when, &record->when) == NULL);
        CHECK(date_differs(&event->until, &record->until) == NULL);
        CHECK(is_same(texts_torn(digest, event, record), event->id));
    }
}

static void check_gaps(const struct post *post, const struct ink_digest *digest) {
    uint32_t in_gaps = digest->before.count + digest->before_ahead.count, in_lanes = 0, records = 0;
    for (int i = 0; i < digest->count; i++) {
        in_gaps += digest->events[i].after.count;
    }
    for (int i = 0; i <= INK_LANES; i++) {
        in_lanes += digest->lanes[i].hidden;
        records += digest->lanes[i].records;
    }
    CHECK_INT(in_gaps, digest->counts.hidden);
    CHECK_INT(in_lanes, digest->counts.hidden);
    CHECK_INT(records, digest->counts.hidden + digest->counts.merged + digest->counts.kept);
    const struct ink_gap *forgotten = &post->live.forgotten;
    CHECK(digest->before.count >= forgotten->count);
    if (forgotten->count > 0) {
        CHECK(forgotten->days.first <= forgotten->days.last);
        CHECK(digest->before.days.first <= forgotten->days.first);
        CHECK(digest->before.days.last >= forgotten->days.last);
    }
}

static void check_counts(struct post *post, uint32_t read) {
    const struct ink_live *live = &post->live;
    const struct ink_digest *digest = post_condense(post);
    CHECK(counts_add_up(&digest->counts));
    CHECK_INT(digest->counts.read, read);
    CHECK_INT(read, live->past.refused + live->past.duplicate + live->past.superseded +
                        live->forgotten.count + remembered(live));
    CHECK_INT(digest->counts.kept, digest->count);
    check_gaps(post, digest);
    check_kept(digest);
}

/* Sizes from nothing to beyond the feed; each sees another story in another order. */
static void counts_add_up_whatever_the_buffer(void) {
    for (uint64_t round = 0; round < 600; round++) {
        uint64_t seed = round + 20000;
        struct making making = story_any(&seed, round % 10 == 0 ? STORY_RECORDS : 90);
        story_make(&story, &making, &seed);
        encode_items(&seed, round % 2 == 0 ? 6 : 0);
        struct ink_capacity capacity = capacity_any(&seed);
        size_t bytes = ink_random_below(&seed, (uint32_t)(item_bytes / (1 + round % 9)) + 50);
        struct post post;
        post_open(&post, &capacity, round < 60 ? round : bytes);
        uint32_t read = 0, refused = 0;
        for (int i = 0; i < item_count; i++) {
            bool taken = post_take(&post, &items[i]);
            bool is_story = items[i].bytes[1] == 0x18 && taken;
            read += !is_story;
            refused += !taken;
            if (story_chance(&seed, 40)) {
                check_counts(&post, read);
            }
        }
        check_counts(&post, read);
        CHECK_INT(post.live.past.refused, refused);
        CHECK_INT(read, item_records + (int)(refused - post.live.full));
        post_close(&post);
    }
}

/* Every size around that of the items, where all edges of "fits" lie. */
static void every_size_of_buffer_counts(void) {
    uint64_t seed = 77;
    story_make(&story, &(struct making){.records = 12, .ids = 9, .revs = 2}, &seed);
    encode_items(&seed, 5);
    const struct ink_capacity capacity = {6, 64, 1500, INK_PAGE_BYTES_MIN, 0};
    for (size_t bytes = 0; bytes <= item_bytes + 2; bytes += bytes < item_largest + 40 ? 1 : 7) {
        struct post post;
        uint32_t read = 0;
        post_open(&post, &capacity, bytes);
        for (int i = 0; i < item_count; i++) {
            read += !post_take(&post, &items[i]) || items[i].bytes[1] != 0x18;
        }
        CHECK_INT(post.live.full == 0, bytes >= item_largest);
        check_counts(&post, read);
        post_close(&post);
    }
}

/* At most once for an item, and never more often than half buffers come in: between two times more
 * than half a buffer did, of which the last item counts again for the next. */
static void room_is_made_once_in_half_a_buffer(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 30000;
        struct making making = story_any(&seed, 400);
        story_make(&story, &making, &seed);
        encode_items(&seed, 0);
        struct ink_capacity capacity = capacity_any(&seed);
        struct post post;
        post_open(&post, &capacity, 1500 + ink_random_below(&seed, 6000));
        uint32_t room = 0, free_before = 0;
        for (int i = 0; i < item_count; i++) {
            uint32_t condensed = post.live.condensed;
            free_before = post.live.bytes - post.live.used;
            (void)post_take(&post, &items[i]);
            CHECK(post.live.condensed - condensed <= 1);
            if (post.live.condensed > condensed) {
                CHECK(free_before < items[i].count);
                CHECK(post.live.used - items[i].count <= post.live.bytes / 2);
                room++;
            }
        }
        CHECK(room <= 1 + 4 * item_bytes / post.live.bytes);
        post_close(&post);
    }
}

/* What the wall showed best stays when room is made. */
static void the_best_shown_are_still_there_afterwards(void) {
    static struct feed best[50];
    int checked = 0;
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 35000;
        struct making making = story_any(&seed, 200);
        story_make(&story, &making, &seed);
        encode_items(&seed, 0);
        struct ink_capacity capacity = capacity_any(&seed);
        struct post post;
        post_open(&post, &capacity, 1500 + ink_random_below(&seed, 6000));
        for (int i = 0; i < item_count; i++) {
            size_t beside = post.live.bytes - items[i].count; /* items are smaller */
            size_t room = beside < post.live.bytes / 2 ? beside : post.live.bytes / 2;
            uint32_t condensed = post.live.condensed;
            int count = list_best(post_condense(&post), room, best);
            (void)post_take(&post, &items[i]);
            for (int j = 0; j < count; j++) {
                CHECK(is_remembered(&post.live, &best[j]));
                feed_free(&best[j]);
            }
            checked += post.live.condensed > condensed ? count : 0;
        }
        post_close(&post);
    }
    CHECK(checked > 500);
}

/* Condensing and drawing in between change nothing that is remembered, and nothing after. */
static void condensing_in_between_changes_nothing(void) {
    for (uint64_t round = 1; round <= 150; round++) {
        uint64_t seed = round + 40000;
        struct making making = story_any(&seed, 200);
        story_make(&story, &making, &seed);
        encode_items(&seed, 9);
        struct ink_capacity capacity = capacity_any(&seed);
        struct post quiet, busy;
        size_t bytes = 300 + ink_random_below(&seed, (uint32_t)item_bytes + 1);
        post_open(&quiet, &capacity, bytes);
        post_open(&busy, &capacity, bytes);
        for (int i = 0; i < item_count; i++) {
            (void)post_take(&quiet, &items[i]);
            (void)post_take(&busy, &items[i]);
            if (story_chance(&seed, 10)) {
                (void)post_condense(&busy);
            }
        }
        CHECK_INT(quiet.live.used, busy.live.used);
        CHECK(memcmp(quiet.live.items, busy.live.items, quiet.live.used) == 0);
        const struct ink_digest *a = post_condense(&quiet), *b = post_condense(&busy);
        CHECK(is_same(digest_differs(a, b), round));
        CHECK(is_same(counts_differ(&a->counts, &b->counts), round));
        check_same_page(&quiet.live.ink, &busy.live.ink);
        post_close(&quiet);
        post_close(&busy);
    }
}

/* ---- what is never forgotten ----------------------------------------------------------------- */

static const struct ink_capacity wide = {24, 1024, 6000, INK_PAGE_BYTES_MIN, 0};

/* Ten heavy ones among 300, in any order: about 80 bytes each, in 4 KB. */
static void a_heavy_record_is_not_forgotten_for_light_ones(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 50000;
        make_light(300, &seed);
        for (int i = 0; i < 10; i++) {
            struct ink_record *record = &story.records[ink_random_below(&seed, 300)];
            record->weight = (uint8_t)(7 + ink_random_below(&seed, 3));
            record->status = (uint8_t)(i % 2 == 0 ? INK_CLAIMED : INK_REPORTED);
        }
        encode_items(&seed, 0);
        struct post post;
        post_open(&post, &wide, 4096);
        post_take_all(&post);
        CHECK(post.live.forgotten.count > 100);
        const struct ink_digest *digest = post_condense(&post);
        for (int i = 0; i < story.count; i++) {
            const struct ink_event *event = event_of(digest, story.records[i].id);
            if (story.records[i].weight >= 7) {
                CHECK(event != NULL);
                CHECK(event != NULL && event->status == story.records[i].status);
            }
        }
        post_close(&post);
    }
}

/* Heavy ones are corrected long after they came, and shown as corrected. */
static void a_correction_replaces_what_is_remembered(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 60000;
        make_light(300, &seed);
        for (int i = 0; i < 6; i++) {
            struct ink_record *first = &story.records[i * 10], *later = &story.records[299 - i * 8];
            first->weight = 9;
            *later = *first;
            later->rev = 1 + (uint32_t)i;
            later->status = (uint8_t)(i % 2 == 0 ? INK_CORRECTED : INK_WITHDRAWN);
            later->text[INK_HEADLINE] = rare_words(&seed, 6);
        }
        encode_items(NULL, 0);
        struct post post;
        post_open(&post, &wide, 3000 + ink_random_below(&seed, 3000));
        post_take_all(&post);
        const struct ink_digest *digest = post_condense(&post);
        CHECK(post.live.forgotten.count > 100);
        CHECK(post.live.past.superseded + digest->counts.superseded >= 6);
        for (int i = 0; i < 6; i++) {
            const struct ink_event *event = event_of(digest, story.records[i * 10].id);
            CHECK(event != NULL && event->rev == 1 + (uint32_t)i);
            CHECK(event != NULL && event->status == (i % 2 == 0 ? INK_CORRECTED : INK_WITHDRAWN));
        }
        post_close(&post);
    }
}

/* Four planned ones, about 360 bytes, in a buffer of 4 KB: light, and none of them to be shown, for
 * the others fill all events. */
static void planned_records_stay(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 70000;
        make_light(300, &seed);
        for (int i = 0; i < 4; i++) {
            struct ink_record *record = &story.records[i * 3];
            record->when = ink_civil(20000 + 7 * i);
            record->status = INK_PLANNED;
            record->weight = (uint8_t)(round % 2);
        }
        encode_items(NULL, 0);
        struct post post;
        post_open(&post, &wide, 4096);
        post_take_all(&post);
        CHECK(post.live.condensed > 5);
        for (int i = 0; i < 4; i++) {
            CHECK(is_remembered(&post.live, &items[i * 3]));
        }
        post_close(&post);
    }
}

/* Planned records without end: the last stay, and others have their room. */
static void planned_records_do_not_take_all(void) {
    for (uint64_t round = 1; round <= 30; round++) {
        uint64_t seed = round + 80000;
        make_light(400, &seed);
        for (int i = 0; i < 400; i++) {
            story.records[i].status = i % 4 == 0 ? INK_REPORTED : INK_PLANNED;
            story.records[i].weight = 0;
        }
        encode_items(NULL, 0);
        struct post post;
        post_open(&post, &wide, 4096);
        post_take_all(&post);
        CHECK(is_remembered(&post.live, &items[399]));
        const struct ink_digest *digest = post_condense(&post);
        int others = 0;
        for (int i = 0; i < digest->count; i++) {
            others += digest->events[i].status != INK_PLANNED;
        }
        CHECK(others >= digest->count / 2);
        post_close(&post);
    }
}

/* About 350 bytes. */
static void make_long(struct ink_record *record, uint64_t *seed) {
    record->text[INK_DETAIL] = rare_words(seed, 20);
    for (int i = INK_SOURCE; i <= INK_HEADLINE; i++) {
        record->text[i] = rare_words(seed, 7);
    }
}

/* One that is larger than all that may stay goes, and the others do not go with it. */
static void a_record_too_large_to_stay_takes_no_other_along(void) {
    uint64_t seed = 8;
    make_light(200, &seed);
    for (int i = 0; i < 5; i++) {
        story.records[i].weight = i == 0 ? 9 : 8;
    }
    make_long(&story.records[0], &seed);
    encode_items(NULL, 0);
    struct post post;
    CHECK(items[0].count > 350);
    post_open(&post, &wide, 690); /* so 345 bytes may stay */
    post_take_all(&post);
    CHECK(!is_remembered(&post.live, &items[0]));
    for (int i = 1; i < 5; i++) {
        CHECK(is_remembered(&post.live, &items[i]));
    }
    post_close(&post);
}

/* Nor does a lighter one stay where a heavier one finds no room. */
static void no_lighter_record_stays_where_a_heavier_one_goes(void) {
    uint64_t seed = 11;
    make_light(100, &seed);
    for (int i = 0; i < 2; i++) {
        story.records[i].weight = (uint8_t)(9 - i);
        make_long(&story.records[i], &seed);
    }
    encode_items(NULL, 0);
    struct post post;
    post_open(&post, &wide, 1000); /* 500 may stay: one of the two */
    int last = 0;
    for (; post.live.condensed == 0; last++) {
        (void)post_take(&post, &items[last]);
    }
    CHECK(last > 3);
    CHECK_INT(post.live.used, items[0].count + items[last - 1].count);
    CHECK(is_remembered(&post.live, &items[0]));
    post_close(&post);
}

/* Texts cut and keys unknown are counted as they come, and stay counted. */
static void what_was_cut_or_unknown_stays_counted(void) {
    uint64_t seed = 9;
    make_light(100, &seed);
    story.records[0].text[INK_URL] = story_phrase(&story, &seed, 90, 400);
    encode_items(NULL, 0);
    const uint8_t later[] = {0x11, 0x01}; /* key 17 */
    items[1].bytes = realloc(items[1].bytes, items[1].count + sizeof later);
    memcpy(items[1].bytes + items[1].count, later, sizeof later);
    items[1].count += sizeof later;
    items[1].bytes[0]++;
    for (size_t bytes = 600; bytes <= 60000; bytes += 59400) {
        struct post post;
        post_open(&post, &wide, bytes);
        post_take_all(&post);
        const struct ink_counts *counts = &post_condense(&post)->counts;
        CHECK_INT(counts->cut, 1);
        CHECK_INT(counts->unknown, 1);
        CHECK_INT(counts->read, 100);
        post_close(&post);
    }
}

/* ---- what is refused ------------------------------------------------------------------------- */

static void only_one_whole_item_is_taken(void) {
    uint64_t seed = 5;
    make_light(3, &seed);
    encode_items(NULL, 0);
    struct post post;
    post_open(&post, &wide, 4096);
    uint8_t two[400];
    memcpy(two, items[0].bytes, items[0].count);
    memcpy(two + items[0].count, items[1].bytes, items[1].count);
    CHECK(ink_live_take(&post.live, NULL, 0)); /* no bytes are no item */
    CHECK_INT(post.live.taken, 0);
    CHECK(post_take(&post, &items[0]));
    CHECK(!ink_live_take(&post.live, two, items[0].count + items[1].count));
    CHECK(!ink_live_take(&post.live, two, items[0].count + 1));
    CHECK(!ink_live_take(&post.live, two, items[0].count - 1));
    CHECK(!ink_live_take(&post.live, "\xFF", 1));
    CHECK_INT(post.live.used, items[0].count);
    CHECK_INT(post.live.taken, 5);
    CHECK_INT(post.live.past.refused, 4);
    CHECK_INT(post.live.first_refusal.reason, INK_REASON_CBOR);
    CHECK_INT(post.live.first_refusal.offset, items[0].count);
    CHECK_INT(post.live.first_refusal_input, 1);
    post_close(&post);
}

static void random_bytes_are_survived_and_counted(void) {
    for (uint64_t round = 1; round <= 300; round++) {
        uint64_t seed = round + 90000;
        struct making making = story_any(&seed, 40);
        story_make(&story, &making, &seed);
        encode_items(&seed, 0);
        struct ink_capacity capacity = capacity_any(&seed);
        struct post post;
        uint32_t refused = 0;
        post_open(&post, &capacity, 200 + ink_random_below(&seed, 4000));
        for (int i = 0; i < item_count; i++) {
            items[i].bytes[ink_random_below(&seed, (uint32_t)items[i].count)] ^=
                (uint8_t)ink_random_below(&seed, 256);
            refused += !post_take(&post, &items[i]);
        }
        const struct ink_digest *digest = post_condense(&post);
        CHECK(counts_add_up(&digest->counts));
        CHECK_INT(digest->counts.refused, refused);
        CHECK(digest->counts.read <= (uint32_t)item_count);
        (void)remembered(&post.live);
        post_close(&post);
    }
}

static void a_config_that_does_not_hold_is_refused(void) {
    static uint64_t memory[8192];
    unsigned char buffer[64];
    struct ink_config config = {.capacity = {4, 16, 400, INK_PAGE_BYTES_MIN, 0},
                                .memory = memory,
                                .memory_bytes = sizeof memory};
    struct ink_live live;
    CHECK_INT(ink_live_init(&live, &config, buffer, sizeof buffer), INK_OK);
    CHECK_INT(ink_live_init(&live, &config, NULL, 64), INK_ERR_CONFIG);
    config.memory_bytes = 100;
    CHECK_INT(ink_live_init(&live, &config, buffer, sizeof buffer), INK_ERR_CONFIG);
}

/* ---- what forgetting costs ------------------------------------------------------------------- */

/* Percent of the events of `all` that are also in `digest`, or at least their days. */
static int percent_kept(const struct ink_digest *digest, const struct ink_digest *all, bool days) {
    int found = 0;
    for (int i = 0; i < all->count; i++) {
        bool is_there = false;
        for (int j = 0; j < digest->count; j++) {
            const struct ink_event *a = &all->events[i], *b = &digest->events[j];
            is_there |= days ? a->start_utc == b->start_utc : a->id == b->id;
        }
        found += is_there;
    }
    return 100 * found / all->count;
}

#define LOSS_ROUNDS 12

struct loss {
    int records, days;
};

static struct loss loss_of(size_t bytes, bool shuffled) {
    const struct ink_capacity capacity = {24, 1024, 6000, INK_PAGE_BYTES_MIN, 32768};
    struct loss loss = {0, 0};
    for (uint64_t round = 1; round <= LOSS_ROUNDS; round++) {
        uint64_t seed = round;
        make_long_story(&seed);
        encode_items(shuffled ? &seed : NULL, 0);
        struct wall wall;
        struct post post;
        wall_open(&wall, &capacity);
        wall_take(&wall, items, item_count, NULL);
        post_open(&post, &capacity, bytes);
        post_take_all(&post);
        const struct ink_digest *all = &wall.ink.condense.digest, *digest = post_condense(&post);
        loss.records += percent_kept(digest, all, false);
        loss.days += percent_kept(digest, all, true);
        post_close(&post);
        wall_close(&wall);
    }
    loss.records /= LOSS_ROUNDS;
    loss.days /= LOSS_ROUNDS;
    return loss;
}

static void forgetting_costs_what_it_must(void) {
    /* Kilobytes, and the least percent of days in either order. */
    static const int sizes[][3] = {{2, 10, 20},  {4, 20, 45},  {8, 30, 55},
                                   {16, 40, 60}, {32, 65, 70}, {128, 100, 100}};
    printf("600 records of about 110 bytes, 24 events: percent of the events that all passes over\n"
           "all records choose, and of their days, that one pass shows\n"
           "buffer    by date: records, days    shuffled: records, days\n");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct loss dated = loss_of((size_t)sizes[i][0] * 1024, false);
        struct loss mixed = loss_of((size_t)sizes[i][0] * 1024, true);
        printf("%3d KB %18d %6d %21d %6d\n", sizes[i][0], dated.records, dated.days, mixed.records,
               mixed.days);
        CHECK(dated.days >= sizes[i][1]);
        CHECK(mixed.days >= sizes[i][2]);
    }
}

int main(void) {
    RUN(while_all_fits_it_is_the_digest_of_the_passes);
    RUN(a_buffer_full_of_copies_forgets_nothing);
    RUN(counts_add_up_whatever_the_buffer);
    RUN(every_size_of_buffer_counts);
    RUN(room_is_made_once_in_half_a_buffer);
    RUN(the_best_shown_are_still_there_afterwards);
    RUN(condensing_in_between_changes_nothing);
    RUN(a_heavy_record_is_not_forgotten_for_light_ones);
    RUN(a_correction_replaces_what_is_remembered);
    RUN(planned_records_stay);
    RUN(planned_records_do_not_take_all);
    RUN(a_record_too_large_to_stay_takes_no_other_along);
    RUN(no_lighter_record_stays_where_a_heavier_one_goes);
    RUN(what_was_cut_or_unknown_stays_counted);
    RUN(only_one_whole_item_is_taken);
    RUN(random_bytes_are_survived_and_counted);
    RUN(a_config_that_does_not_hold_is_refused);
    RUN(forgetting_costs_what_it_must);
    free_items();
    return ink_test_end();
}
