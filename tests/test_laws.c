/* The laws of the whole pipeline, bytes to pixels: any chunking, any order, any band, any rotation,
 * any garbage. Those of a page are in test_layout.c. */
#include "ink_glass.h"

static struct story story;

/* A story as it ends on the glass. */
struct shot {
    struct wall wall;
    struct glass glass;
};

static void take_shot(struct shot *shot, const struct ink_view *view, int band_rows) {
    CHECK_INT(ink_lay_out(&shot->wall.ink, view), INK_OK);
    shot->glass = glass_draw(&shot->wall.ink.page, band_rows);
}

static void shoot(struct shot *shot, const struct feed *feed, const struct ink_view *view,
                  uint64_t *chunks) {
    struct ink_capacity capacity = {64, 256, 6000, 8192, 0};
    wall_open(&shot->wall, &capacity);
    wall_take(&shot->wall, feed, 1, chunks);
    take_shot(shot, view, 32);
}

static void put_away(struct shot *shot) {
    glass_free(&shot->glass);
    wall_close(&shot->wall);
}

static bool same_page(const struct ink_page *a, const struct ink_page *b) {
    return a->used == b->used && memcmp(a->ops, b->ops, a->used) == 0;
}

/* Same digest, counts, page bytes and pixels? */
static void check_same_shot(const struct shot *a, const struct shot *b, uint64_t round) {
    const struct ink_digest *one = &a->wall.ink.condense.digest;
    const struct ink_digest *two = &b->wall.ink.condense.digest;
    CHECK(is_same(counts_differ(&one->counts, &two->counts), round));
    CHECK(is_same(digest_differs(one, two), round));
    CHECK(same_page(&a->wall.ink.page, &b->wall.ink.page));
    CHECK(glass_same(&a->glass, &b->glass));
}

static void make_any(uint64_t *seed) {
    struct making making = story_any(seed, 60);
    story_make(&story, &making, seed);
}

/* ---- law 1: chunking
 * ------------------------------------------------------------------------------
 */

static void any_chunking_gives_the_same_frame(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round;
        make_any(&seed);
        struct ink_view view = view_any(&seed, 600);
        struct feed feed = story_encode(&story, NULL, (enum ink_format)(round & 1));
        struct shot whole, chunked;
        shoot(&whole, &feed, &view, NULL);
        for (int i = 0; i < 2; i++) {
            shoot(&chunked, &feed, &view, &seed);
            check_same_shot(&whole, &chunked, round);
            put_away(&chunked);
        }
        put_away(&whole);
        feed_free(&feed);
    }
}

/* Also of bytes that are no feed at all, or are one no longer. */
static void any_chunking_of_damaged_bytes_gives_the_same_frame(void) {
    for (uint64_t round = 1; round <= 80; round++) {
        uint64_t seed = round + 400;
        make_any(&seed);
        struct ink_view view = view_any(&seed, 300);
        struct feed feed = story_encode(&story, NULL, (enum ink_format)(round & 1));
        for (size_t i = 0; i < 1 + feed.count / 200 && feed.count > 0; i++) {
            feed.bytes[ink_random_below(&seed, (uint32_t)feed.count)] = (uint8_t)ink_random(&seed);
        }
        struct shot whole, chunked;
        shoot(&whole, &feed, &view, NULL);
        shoot(&chunked, &feed, &view, &seed);
        check_same_shot(&whole, &chunked, round);
        const struct ink_refusal *a = &whole.wall.ink.first_refusal;
        const struct ink_refusal *b = &chunked.wall.ink.first_refusal;
        CHECK(a->offset == b->offset && a->line == b->line && a->reason == b->reason &&
              a->field == b->field);
        put_away(&chunked);
        put_away(&whole);
        feed_free(&feed);
    }
}

/* ---- law 2: order
 * ---------------------------------------------------------------------------------
 */

static void any_order_and_format_give_the_same_frame(void) {
    static uint16_t order[STORY_RECORDS + STORY_PARTS];
    for (uint64_t round = 1; round <= 80; round++) {
        uint64_t seed = round + 800;
        make_any(&seed);
        struct ink_view view = view_any(&seed, 600);
        struct feed feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
        story_shuffle(order, story_items(&story), &seed);
        struct feed shuffled = story_encode(&story, order, INK_FORMAT_NDJSON);
        struct shot a, b;
        shoot(&a, &feed, &view, NULL);
        shoot(&b, &shuffled, &view, NULL);
        check_same_shot(&a, &b, round);
        put_away(&a);
        put_away(&b);
        feed_free(&feed);
        feed_free(&shuffled);
    }
}

/* For tests of the digest alone: few events or many, much text or little, that many ids. */
static struct ink_capacity digest_capacity(uint64_t *seed, uint16_t ids) {
    return (struct ink_capacity){
        .events = (uint16_t)ink_random_below(seed, story_chance(seed, 4) ? 130 : 20),
        .ids = ids,
        .text_bytes = ink_random_below(seed, story_chance(seed, 2) ? 400 : 20000),
        .page_bytes = INK_PAGE_BYTES_MIN};
}

/* The digest of the items in a random order, spread over inputs of both formats. */
static void take_shuffled(struct wall *wall, const struct ink_capacity *capacity, uint64_t *seed) {
    static uint16_t order[STORY_RECORDS + STORY_PARTS];
    struct feed feeds[3];
    int items = story_items(&story);
    int cuts[4] = {0, (int)ink_random_below(seed, (uint32_t)items + 1), items, items};
    cuts[2] = cuts[1] + (int)ink_random_below(seed, (uint32_t)(items - cuts[1]) + 1);
    story_shuffle(order, items, seed);
    for (int i = 0; i < 3; i++) {
        feeds[i] = story_encode_some(&story, order + cuts[i], cuts[i + 1] - cuts[i],
                                     (enum ink_format)ink_random_below(seed, 2));
    }
    wall_open(wall, capacity);
    wall_take(wall, feeds, 3, seed);
    for (int i = 0; i < 3; i++) {
        feed_free(&feeds[i]);
    }
}

static void check_any_order(uint64_t round, const struct ink_capacity *capacity) {
    uint64_t seed = round * 31;
    struct wall sorted, shuffled;
    struct feed feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
    wall_open(&sorted, capacity);
    wall_take(&sorted, &feed, 1, NULL);
    const struct ink_digest *digest = &sorted.ink.condense.digest;
    CHECK_INT(digest->counts.read, story.count);
    CHECK_INT(digest->counts.refused, 0);
    CHECK(counts_add_up(&digest->counts));
    for (int i = 0; i < 3; i++) {
        take_shuffled(&shuffled, capacity, &seed);
        CHECK(is_same(digest_differs(digest, &shuffled.ink.condense.digest), round));
        CHECK(is_same(counts_differ(&digest->counts, &shuffled.ink.condense.digest.counts), round));
        wall_close(&shuffled);
    }
    wall_close(&sorted);
    feed_free(&feed);
}

static void any_order_gives_the_same_digest(void) {
    for (uint64_t round = 1; round <= 400; round++) {
        uint64_t seed = round;
        struct making making = story_any(&seed, round % 10 == 0 ? STORY_RECORDS : 100);
        story_make(&story, &making, &seed);
        struct ink_capacity capacity = digest_capacity(&seed, 1024);
        check_any_order(round, &capacity);
    }
}

/* Fewer ids than the story has, down to none: what is kept and counted still depends on no order.
 */
static void any_order_gives_the_same_digest_beyond_the_ids(void) {
    static const uint16_t ids[] = {0, 1, 2, 4, 8, 16, 64};
    for (uint64_t round = 1; round <= 400; round++) {
        uint64_t seed = round + 7000;
        struct making making = story_any(&seed, 200);
        story_make(&story, &making, &seed);
        struct ink_capacity capacity = digest_capacity(&seed, ids[round % 7]);
        check_any_order(round, &capacity);
    }
}

/* The live version of an id, by looking at all records. */
static const struct ink_record *live_version(uint64_t id) {
    const struct ink_record *live = NULL;
    for (int i = 0; i < story.count; i++) {
        const struct ink_record *one = &story.records[i];
        bool newer = live == NULL || one->rev > live->rev ||
                     (one->rev == live->rev && ink_record_content(one) > ink_record_content(live));
        live = one->id == id && newer ? one : live;
    }
    return live;
}

/* However few ids are told apart, a kept event is shown by its live version. */
static void kept_events_are_live_beyond_the_ids(void) {
    int superseded = 0;
    for (uint64_t round = 1; round <= 300; round++) {
        uint64_t seed = round + 9000;
        struct making making = story_any(&seed, 200);
        story_make(&story, &making, &seed);
        struct ink_capacity capacity =
            digest_capacity(&seed, (uint16_t)(round % 3 == 0 ? 0 : 1u << round % 7));
        struct feed feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
        struct wall wall;
        wall_open(&wall, &capacity);
        wall_take(&wall, &feed, 1, NULL);
        const struct ink_digest *digest = &wall.ink.condense.digest;
        for (int i = 0; i < digest->count; i++) {
            const struct ink_event *event = &digest->events[i];
            const struct ink_record *live = live_version(event->id);
            struct ink_span text = ink_event_text(digest, event, INK_EVENT_HEADLINE);
            CHECK_INT(event->rev, live->rev);
            CHECK_INT(event->status, live->status);
            CHECK_INT(event->weight, live->weight);
            CHECK(is_same(date_differs(&event->when, &live->when), round));
            CHECK(text.bytes == 0 || span_same(text, live->text[INK_HEADLINE]));
        }
        superseded += (int)digest->counts.superseded;
        CHECK(counts_add_up(&digest->counts));
        wall_close(&wall);
        feed_free(&feed);
    }
    CHECK(superseded > 0);
}

static void feeding_it_twice_changes_nothing_but_the_counts_of_copies(void) {
    for (uint64_t round = 1; round <= 400; round++) {
        uint64_t seed = round + 5000;
        struct making making = story_any(&seed, 120);
        story_make(&story, &making, &seed);
        struct ink_capacity capacity = digest_capacity(&seed, 256);
        struct feed feeds[2] = {story_encode(&story, NULL, INK_FORMAT_CBOR),
                                story_encode(&story, NULL, INK_FORMAT_NDJSON)};
        struct wall once, twice;
        wall_open(&once, &capacity);
        wall_take(&once, feeds, 1, NULL);
        wall_open(&twice, &capacity);
        wall_take(&twice, feeds, 2, &seed);
        const struct ink_counts *a = &once.ink.condense.digest.counts;
        struct ink_counts b = twice.ink.condense.digest.counts;
        CHECK(
            is_same(digest_differs(&once.ink.condense.digest, &twice.ink.condense.digest), round));
        CHECK_INT(b.read, 2 * a->read);
        CHECK_INT(b.superseded, 2 * a->superseded);
        CHECK_INT(b.kept, a->kept);
        CHECK_INT(b.merged, a->merged);
        CHECK_INT(b.hidden, a->hidden);
        CHECK(counts_add_up(&b));
        wall_close(&once);
        wall_close(&twice);
        feed_free(&feeds[0]);
        feed_free(&feeds[1]);
    }
}

/* Ids made to fall into one slot: their hash is 0, which every sample of ids holds. The inverse of
 * the first multiplier is found by Newton's rule modulo 2^32. */
static uint64_t id_of_hash_zero(uint32_t high) {
    uint32_t factor = 0x9E3779B1u, inverse = factor;
    for (int i = 0; i < 5; i++) {
        inverse *= 2 - factor * inverse;
    }
    return (uint64_t)high << 32 | (uint32_t)(high * 0x85EBCA6Bu * inverse);
}

static void ids_made_to_collide_end_in_a_count(void) {
    static const uint16_t caps[] = {0, 1, 2, 4, 8, 64};
    story.count = story.part_count = 0;
    story.used = 0;
    for (uint32_t i = 0; i < 400; i++) {
        struct ink_record *record = &story.records[story.count++];
        *record = (struct ink_record){.id = id_of_hash_zero(i)};
        record->when = ink_civil(19000 + (int32_t)(i % 100));
        record->text[INK_HEADLINE] = story_numbered(&story, "Event %u", i);
    }
    for (int i = 0; i < 6; i++) {
        struct ink_capacity capacity = {4, caps[i], 400, INK_PAGE_BYTES_MIN, 0};
        check_any_order((uint64_t)i + 1, &capacity);
    }
}

/* ---- law 3: bands and rotation
 * --------------------------------------------------------------------
 */

static void any_band_height_gives_the_same_frame(void) {
    for (uint64_t round = 1; round <= 40; round++) {
        uint64_t seed = round + 1200;
        make_any(&seed);
        struct ink_view view = view_any(&seed, 500);
        struct feed feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
        struct shot shot;
        shoot(&shot, &feed, &view, NULL);
        for (int i = 0; i < 12; i++) {
            int rows = i < 9 ? i + 1 : 1 + (int)ink_random_below(&seed, 600);
            struct glass banded = glass_draw(&shot.wall.ink.page, rows);
            CHECK(glass_same(&banded, &shot.glass));
            glass_free(&banded);
        }
        put_away(&shot);
        feed_free(&feed);
    }
}

/* `turned` is what `upright` shows, turned clockwise. */
static void check_turned(const struct glass *upright, const struct glass *turned, int rotation) {
    int wrong = 0;
    for (int y = 0; y < upright->height; y++) {
        for (int x = 0; x < upright->width; x++) {
            int to_x = rotation == 90    ? upright->height - 1 - y
                       : rotation == 180 ? upright->width - 1 - x
                                         : y;
            int to_y = rotation == 90    ? x
                       : rotation == 180 ? upright->height - 1 - y
                                         : upright->width - 1 - x;
            wrong += glass_pixel(upright, x, y) != glass_pixel(turned, to_x, to_y);
        }
    }
    CHECK_INT(wrong, 0);
}

static void a_rotated_view_is_the_rotated_picture(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 1600;
        make_any(&seed);
        struct ink_view view = view_any(&seed, 500), upright = view;
        view.rotation = (uint16_t)(90 * (1 + round % 3));
        upright.rotation = 0;
        if (view.rotation != 180) {
            upright.width = view.height;
            upright.height = view.width;
        }
        struct feed feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
        struct shot shot;
        shoot(&shot, &feed, &upright, NULL);
        struct glass before = shot.glass;
        take_shot(&shot, &view, 20); /* the same digest, laid out again */
        check_turned(&before, &shot.glass, view.rotation);
        glass_free(&before);
        put_away(&shot);
        feed_free(&feed);
    }
}

/* ---- law 9: garbage
 * -------------------------------------------------------------------------------
 */

static struct ink_capacity any_capacity(uint64_t *seed) {
    static const uint16_t ids[] = {0, 1, 2, 4, 8, 256};
    return (struct ink_capacity){.events = (uint16_t)ink_random_below(seed, 40),
                                 .ids = ids[ink_random_below(seed, 6)],
                                 .text_bytes = ink_random_below(seed, 3000),
                                 .page_bytes = INK_PAGE_BYTES_MIN + ink_random_below(seed, 4000)};
}

static void check_survives(const struct feed *feeds, int count, uint64_t *seed) {
    struct ink_capacity capacity = any_capacity(seed);
    struct ink_view view = view_any(seed, 300);
    struct shot shot;
    wall_open(&shot.wall, &capacity);
    wall_take(&shot.wall, feeds, count, seed);
    CHECK(counts_add_up(&shot.wall.ink.condense.digest.counts));
    take_shot(&shot, &view, 40);
    CHECK_INT(shot.wall.ink.page.refused, 0);
    CHECK(glass_ink(&shot.glass) > 0);
    put_away(&shot);
}

static void random_bytes_are_survived_and_counted(void) {
    for (uint64_t round = 1; round <= 150; round++) {
        uint64_t seed = round + 2000;
        struct feed feed = {.count = ink_random_below(&seed, 3000),
                            .format = (enum ink_format)(round & 1)};
        feed.bytes = malloc(feed.count + 1);
        for (size_t i = 0; i < feed.count; i++) {
            feed.bytes[i] = (uint8_t)ink_random(&seed);
        }
        check_survives(&feed, 1, &seed);
        feed_free(&feed);
    }
}

/* Bytes changed, dropped, doubled, swapped: a stream nearly right goes deeper than noise. */
static void mutate(struct feed *feed, uint64_t *seed) {
    for (uint32_t i = ink_random_below(seed, 12) + 1; i > 0 && feed->count > 8; i--) {
        uint32_t at = ink_random_below(seed, (uint32_t)feed->count - 4);
        uint32_t from = ink_random_below(seed, (uint32_t)feed->count - 4);
        switch (ink_random_below(seed, 4)) {
        case 0:
            feed->bytes[at] = (uint8_t)ink_random(seed);
            break;
        case 1:
            feed->bytes[at] = (uint8_t)(feed->bytes[at] ^ 1u << ink_random_below(seed, 8));
            break;
        case 2:
            memmove(feed->bytes + at, feed->bytes + at + 1, feed->count - at - 1);
            feed->count--;
            break;
        default:
            memmove(feed->bytes + at, feed->bytes + from, 4);
        }
    }
}

static void mutated_streams_are_survived_and_counted(void) {
    for (uint64_t round = 1; round <= 400; round++) {
        uint64_t seed = round + 2600;
        make_any(&seed);
        struct feed feeds[2] = {story_encode(&story, NULL, INK_FORMAT_CBOR),
                                story_encode(&story, NULL, INK_FORMAT_NDJSON)};
        mutate(&feeds[0], &seed);
        mutate(&feeds[1], &seed);
        check_survives(feeds, 2, &seed);
        feed_free(&feeds[0]);
        feed_free(&feeds[1]);
    }
}

/* The caller's promise is broken: the passes are fed different things. No harm beyond wrong counts.
 */
static void a_feed_that_changes_between_passes_does_no_harm(void) {
    for (uint64_t round = 1; round <= 200; round++) {
        uint64_t seed = round + 4000;
        struct ink_capacity capacity = any_capacity(&seed);
        struct ink_view view = view_any(&seed, 300);
        struct shot shot;
        wall_open(&shot.wall, &capacity);
        while (ink_begin_pass(&shot.wall.ink)) {
            struct making making = {.records = 30, .ids = 20, .revs = 3};
            story_make(&story, &making, &seed);
            struct feed feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
            wall_input(&shot.wall, &feed, NULL);
            feed_free(&feed);
        }
        take_shot(&shot, &view, 64);
        put_away(&shot);
    }
}

/* ---- configs and views that are refused
 * ------------------------------------------------------------
 */

static enum ink_status try_config(struct ink_config config) {
    struct ink ink;
    return ink_init(&ink, &config);
}

static void a_bad_config_is_refused(void) {
    static uint64_t memory[4096];
    const struct ink_config good = {.capacity = {8, 16, 500, INK_PAGE_BYTES_MIN, 0},
                                    .memory = memory,
                                    .memory_bytes =
                                        INK_MEMORY_BYTES(8, 16, 0, 500, INK_PAGE_BYTES_MIN)};
    struct ink_config bad = good;
    CHECK_INT(try_config(good), INK_OK);
    bad.memory = NULL;
    CHECK_INT(try_config(bad), INK_ERR_CONFIG);
    for (size_t off = 1; off < 8; off++) {
        bad.memory = (uint8_t *)memory + off;
        CHECK_INT(try_config(bad), INK_ERR_CONFIG);
    }
    bad = good;
    bad.memory_bytes--;
    CHECK_INT(try_config(bad), INK_ERR_CONFIG);
    bad = good;
    bad.capacity.page_bytes = INK_PAGE_BYTES_MIN - 1;
    CHECK_INT(try_config(bad), INK_ERR_CONFIG);
    for (uint16_t ids = 0; ids <= 16; ids++) {
        bad = good;
        bad.capacity.ids = ids;
        CHECK_INT(try_config(bad), (ids & (ids - 1)) == 0 ? INK_OK : INK_ERR_CONFIG);
    }
    bad = good; /* sizes whose sum leaves 32 bits */
    bad.capacity.text_bytes = UINT32_MAX;
    CHECK_INT(try_config(bad), INK_ERR_CONFIG);
    bad = good;
    bad.capacity.page_bytes = UINT32_MAX - 3;
    CHECK_INT(try_config(bad), INK_ERR_CONFIG);
}

static void a_bad_view_is_refused_and_leaves_the_page(void) {
    struct ink_view good = {.width = 300, .height = 200, .pitch_um = 200, .now_utc = INT64_MIN};
    struct ink_view bad[] = {good, good, good, good, good, good, good, good, good};
    bad[0].width = INK_PANEL_SIDE_MIN - 1;
    bad[1].height = INK_PANEL_SIDE_MAX + 1;
    bad[2].width = -300;
    bad[3].pitch_um = 19;
    bad[4].rotation = 45;
    bad[5].rotation = 360;
    bad[6].layout = INK_LAYOUT_COUNT;
    bad[7].height = 0;
    bad[8].inks = INK_INKS_COUNT;
    struct ink_capacity capacity = {8, 16, 500, INK_PAGE_BYTES_MIN, 0};
    struct wall wall;
    wall_open(&wall, &capacity);
    wall_take(&wall, NULL, 0, NULL);
    CHECK_INT(ink_lay_out(&wall.ink, &good), INK_OK);
    const struct ink_page page = wall.ink.page;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_INT(ink_lay_out(&wall.ink, &bad[i]), INK_ERR_VIEW);
        CHECK(same_page(&page, &wall.ink.page));
    }
    wall_close(&wall);
}

int main(void) {
    RUN(any_chunking_gives_the_same_frame);
    RUN(any_chunking_of_damaged_bytes_gives_the_same_frame);
    RUN(any_order_and_format_give_the_same_frame);
    RUN(any_order_gives_the_same_digest);
    RUN(any_order_gives_the_same_digest_beyond_the_ids);
    RUN(kept_events_are_live_beyond_the_ids);
    RUN(feeding_it_twice_changes_nothing_but_the_counts_of_copies);
    RUN(ids_made_to_collide_end_in_a_count);
    RUN(any_band_height_gives_the_same_frame);
    RUN(a_rotated_view_is_the_rotated_picture);
    RUN(random_bytes_are_survived_and_counted);
    RUN(mutated_streams_are_survived_and_counted);
    RUN(a_feed_that_changes_between_passes_does_no_harm);
    RUN(a_bad_config_is_refused);
    RUN(a_bad_view_is_refused_and_leaves_the_page);
    return ink_test_end();
}
