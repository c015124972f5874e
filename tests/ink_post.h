/* For the tests of one pass: the items of a story one by one, and a live wall between guard bytes.
 *
 *     story_make(&story, &making, &seed);     // or make_light, make_long_story
 *     encode_items(&seed, 0);                 // items[0..item_count)
 *     post_open(&post, &capacity, bytes);
 *     post_take_all(&post);
 *     ... post_condense(&post) ...
 *     post_close(&post);                      // checks the guards
 */
#ifndef INK_POST_H
#define INK_POST_H

#include "ink_story.h"

#include "core/ink_live.h"

static struct story story; /* the one under test: too large for a stack */

/* ---- stories --------------------------------------------------------------------------------- */

/* Headlines of rare words, so that no record says what another does. */
static inline struct ink_span rare_words(uint64_t *seed, int words) {
    char text[200];
    size_t bytes = 0;
    for (int i = 0; i < words; i++) {
        for (int letter = 0; letter < 7; letter++) {
            text[bytes++] = (char)('a' + ink_random_below(seed, 26));
        }
        text[bytes++] = ' ';
    }
    return story_keep(&story, text, bytes - 1);
}

/* `count` light records on 40 days, one a minute. */
static inline void make_light(int count, uint64_t *seed) {
    story.count = story.part_count = 0;
    story.used = 0;
    for (int i = 0; i < count; i++) {
        struct ink_record *record = &story.records[story.count++];
        *record = (struct ink_record){.id = 1000 + (uint64_t)i};
        record->when = ink_civil(19900 + (int32_t)ink_random_below(seed, 40));
        record->weight = (uint8_t)ink_random_below(seed, 5);
        record->text[INK_HEADLINE] = rare_words(seed, 6);
        record->text[INK_SOURCE] = story_numbered(&story, "Desk %u", ink_random_below(seed, 5));
    }
}

/* A story of 600 records on 90 days: 30 of them with an event that up to 40 records tell, in words
 * that they share with each other; all others are stray. Dates ascend. */
static inline void make_long_story(uint64_t *seed) {
    static char words[400][12];
    static int telling[90];
    for (int i = 0; i < 400; i++) {
        int letters = 3 + (int)ink_random_below(seed, 8);
        for (int j = 0; j < letters; j++) {
            words[i][j] = (char)('a' + ink_random_below(seed, 26));
        }
        words[i][letters] = '\0';
    }
    memset(telling, 0, sizeof telling);
    for (int i = 0; i < 600;) {
        int day = (int)ink_random_below(seed, 90);
        int many = day % 3 == 0 ? 1 + (int)ink_random_below(seed, (uint32_t)(2 + day % 40)) : 1;
        for (; many > 0 && i < 600; many--, i++) {
            telling[day]++;
        }
    }
    story.count = story.part_count = 0;
    story.used = 0;
    for (int day = 0; day < 90; day++) {
        for (int i = 0; i < telling[day]; i++) {
            struct ink_record *record = &story.records[story.count++];
            *record = (struct ink_record){.id = (uint64_t)story.count};
            record->when = ink_civil(19900 + day);
            char text[300] = "";
            for (int word = 0; word < 10; word++) {
                bool own = story_chance(seed, 2);
                uint32_t which = own ? (uint32_t)day * 4 + ink_random_below(seed, 8)
                                     : ink_random_below(seed, 400);
                strcat(strcat(text, word == 0 ? "" : " "), words[which % 400]);
            }
            record->text[INK_HEADLINE] = story_keep(&story, text, strlen(text));
            record->text[INK_SOURCE] =
                story_numbered(&story, "Agency %u", ink_random_below(seed, 8));
        }
    }
}

/* ---- items ----------------------------------------------------------------------------------- */

/* Every item of the story, in the order in which it comes; each its own input to core/ink.h. */
static struct feed items[2 * (STORY_RECORDS + STORY_PARTS)];
static int item_count, item_records;    /* items; good records among them */
static size_t item_bytes, item_largest; /* of the good records */

static inline void add_item(const uint8_t *wire, size_t bytes) {
    struct feed *item = &items[item_count++];
    *item = (struct feed){.bytes = malloc(bytes + 1), .count = bytes, .format = INK_FORMAT_CBOR};
    memcpy(item->bytes, wire, bytes);
}

static inline void free_items(void) {
    while (item_count > 0) {
        feed_free(&items[--item_count]);
    }
}

static inline void encode_item(int number) {
    uint8_t wire[INK_WIRE_ITEM_BYTES];
    if (number >= story.count) {
        size_t bytes = ink_write_cbor_story(&story.parts[number - story.count], wire, sizeof wire);
        if (bytes > 0) {
            add_item(wire, bytes);
        }
        return;
    }
    size_t bytes = ink_write_cbor_record(&story.records[number], wire, sizeof wire);
    add_item(wire, bytes);
    item_records++;
    item_bytes += bytes;
    item_largest = bytes > item_largest ? bytes : item_largest;
}

/* With a seed: in random order, and one in `broken` followed by its own first bytes (0: none). */
static inline void encode_items(uint64_t *seed, uint32_t broken) {
    static uint16_t order[STORY_RECORDS + STORY_PARTS];
    free_items();
    item_records = 0;
    item_bytes = item_largest = 0;
    if (seed != NULL) {
        story_shuffle(order, story_items(&story), seed);
    }
    for (int i = 0; i < story_items(&story); i++) {
        encode_item(seed != NULL ? order[i] : i);
        if (broken > 0 && item_count > 0 && story_chance(seed, broken)) {
            const struct feed *last = &items[item_count - 1];
            add_item(last->bytes, 1 + ink_random_below(seed, (uint32_t)last->count - 1));
        }
    }
}

/* ---- a live wall between guards -------------------------------------------------------------- */

struct post {
    struct ink_live live;
    unsigned char *memory, *buffer;
    size_t memory_bytes, buffer_bytes;
};

static inline unsigned char *guarded(size_t bytes) {
    unsigned char *block = malloc(bytes + 2 * WALL_GUARD);
    memset(block, WALL_FILL, bytes + 2 * WALL_GUARD);
    return block;
}

static inline void check_guards(unsigned char *block, size_t bytes) {
    int touched = 0;
    for (size_t i = 0; i < WALL_GUARD; i++) {
        touched += block[i] != WALL_FILL;
        touched += block[WALL_GUARD + bytes + i] != WALL_FILL;
    }
    CHECK_INT(touched, 0);
    free(block);
}

static inline void post_open(struct post *post, const struct ink_capacity *capacity, size_t bytes) {
    post->memory_bytes =
        INK_MEMORY_BYTES((size_t)capacity->events, (size_t)capacity->ids, capacity->work_bytes,
                         capacity->text_bytes, capacity->page_bytes);
    post->buffer_bytes = bytes;
    post->memory = guarded(post->memory_bytes);
    post->buffer = guarded(bytes);
    struct ink_config config = {.capacity = *capacity,
                                .memory = post->memory + WALL_GUARD,
                                .memory_bytes = post->memory_bytes};
    CHECK_INT(ink_live_init(&post->live, &config, post->buffer + WALL_GUARD, bytes), INK_OK);
}

static inline void post_close(struct post *post) {
    check_guards(post->memory, post->memory_bytes);
    check_guards(post->buffer, post->buffer_bytes);
}

/* A copy is taken, so that a sanitizer sees a read past its end and nobody can lean on it later. */
static inline bool post_take(struct post *post, const struct feed *item) {
    uint8_t *copy = malloc(item->count);
    memcpy(copy, item->bytes, item->count);
    bool taken = ink_live_take(&post->live, copy, item->count);
    free(copy);
    CHECK(post->live.used <= post->live.bytes);
    return taken;
}

static inline void post_take_all(struct post *post) {
    for (int i = 0; i < item_count; i++) {
        (void)post_take(post, &items[i]);
    }
}

static inline const struct ink_digest *post_condense(struct post *post) {
    ink_live_condense(&post->live);
    return &post->live.ink.condense.digest;
}

static inline struct ink_capacity capacity_any(uint64_t *seed) {
    static const uint16_t ids[] = {0, 4, 64, 1024, 1024, 1024};
    return (struct ink_capacity){.events = (uint16_t)ink_random_below(seed, 50),
                                 .ids = ids[ink_random_below(seed, 6)],
                                 .text_bytes = ink_random_below(seed, 6000),
                                 .page_bytes = INK_PAGE_BYTES_MIN + ink_random_below(seed, 4000)};
}

/* What is remembered is a feed like any other: whole records, and nothing else. */
static inline uint32_t remembered(const struct ink_live *live) {
    static struct ink_decoder decoder;
    uint32_t count = 0;
    ink_decode_begin(&decoder, INK_FORMAT_CBOR);
    ink_decode_feed(&decoder, live->items, live->used);
    while (ink_decode_next(&decoder) == INK_DECODED_RECORD) {
        count++;
    }
    CHECK(decoder.at == decoder.end);
    return count;
}

static inline bool is_remembered(const struct ink_live *live, const struct feed *item) {
    for (size_t at = 0; at + item->count <= live->used; at++) {
        if (memcmp(live->items + at, item->bytes, item->count) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- digests --------------------------------------------------------------------------------- */

static inline const struct ink_event *event_of(const struct ink_digest *digest, uint64_t id) {
    for (int i = 0; i < digest->count; i++) {
        if (digest->events[i].id == id) {
            return &digest->events[i];
        }
    }
    return NULL;
}

/* Items that take room / 4 * 3 at most, best first: the last quarter may be for planned records. */
static inline int list_best(const struct ink_digest *digest, size_t room, struct feed *best) {
    int count = 0;
    room -= room / 4;
    for (uint16_t rank = 0; rank < digest->count; rank++) {
        const struct ink_event *event = digest->events;
        while (event->rank != rank) {
            event++;
        }
        uint8_t wire[INK_WIRE_ITEM_BYTES];
        size_t bytes = ink_write_cbor_record(story_record(&story, event), wire, sizeof wire);
        if (bytes > room) {
            return count;
        }
        room -= bytes;
        if ((event->flags & INK_EVENT_FETCHED) != 0) {
            best[count] = (struct feed){.bytes = malloc(bytes), .count = bytes};
            memcpy(best[count++].bytes, wire, bytes);
        }
    }
    return count;
}

static inline void check_same_page(struct ink *a, struct ink *b) {
    const struct ink_view view = {
        .width = 400, .height = 300, .pitch_um = 200, .now_utc = INT64_MIN};
    CHECK_INT(ink_lay_out(a, &view), INK_OK);
    CHECK_INT(ink_lay_out(b, &view), INK_OK);
    CHECK(a->page.used == b->page.used && memcmp(a->page.ops, b->page.ops, a->page.used) == 0);
}

#endif
