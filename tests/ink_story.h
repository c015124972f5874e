/* For the tests: random stories over seeds, their bytes in either format, and a whole pipeline
 * between guard bytes.
 *
 *     story_make(&story, &(struct making){.records = 40, .ids = 30}, &seed);
 *     struct feed feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
 *     wall_open(&wall, &capacity);
 *     wall_take(&wall, &feed, 1, &seed);         // all passes, in random chunks
 *     ... wall.ink ...
 *     wall_close(&wall);                         // checks the guards
 *     feed_free(&feed);
 */
#ifndef INK_STORY_H
#define INK_STORY_H

#include "ink_same.h"
#include "write_cbor.h"
#include "write_json.h"

#include "core/ink.h"
#include "core/ink_edtf.h"
#include "core/ink_utf8.h"

/* ---- stories ------------------------------------------------------------------------------------
 */

#define STORY_RECORDS 640
#define STORY_PARTS   3
#define STORY_TEXT    1400 /* bytes a record, at most */

struct story {
    struct ink_record records[STORY_RECORDS];
    struct ink_story parts[STORY_PARTS]; /* facts of the story, in several items */
    int count, part_count;
    char text[STORY_RECORDS * STORY_TEXT];
    size_t used;
};

/* What to make; 0: as the comment says. */
struct making {
    int records;      /* none */
    uint32_t ids;     /* ids are 1..ids; all different */
    uint32_t revs;    /* revs are 0..revs-1; 1 */
    uint32_t sources; /* that many and none; 5 */
    uint32_t topics;  /* headlines, of one word list each; all different */
    uint32_t days;    /* that the dates span; 12 */
    bool ancient;     /* years anywhere, and often coarse */
    bool plain;       /* whole days, no interval, no qualifier; no planned records */
    bool bare;        /* no facts of the story */
};

/* The record that an event was made of; null if there is none. */
static inline const struct ink_record *story_record(const struct story *story,
                                                    const struct ink_event *event) {
    for (int i = 0; i < story->count; i++) {
        const struct ink_record *record = &story->records[i];
        if (record->id == event->id && record->rev == event->rev &&
            ink_record_content(record) == event->content) {
            return record;
        }
    }
    return NULL;
}

static inline bool story_chance(uint64_t *seed, uint32_t of) {
    return ink_random_below(seed, of) == 0;
}

static inline struct ink_span story_keep(struct story *story, const char *text, size_t bytes) {
    char *at = story->text + story->used;
    memcpy(at, text, bytes);
    story->used += bytes;
    return (struct ink_span){at, (uint16_t)bytes};
}

/* Words that are short, long, of several scripts, with and without glyphs, with every place where a
 * line may and may not break. */
static const char *const story_words[] = {
    "the",
    "brigade",
    "Sudzha",
    "of",
    "said",
    "reported",
    "region,",
    "evacuated",
    "cross-border",
    "and/or",
    "12–14",
    "10 000",
    "co‑operate",
    "«Суджа»",
    "Генштаб",
    "повідомив",
    "Ґанок",
    "їжак—жовч",
    "Zürich",
    "Łódź",
    "e\xCC\x81te\xCC\x81",
    "naïve",
    "北京市民",
    "日本",
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80",
    "\xF0\x9F\x87\xBA\xF0\x9F\x87\xA6",
    "مرحبا",
    "soft\xC2\xADhyphen",
    "a",
    "Ÿ",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "zero\xE2\x80\x8Bwidth",
    "\"quoted\"",
    "back\\slash",
    "?",
    "fi…nal.",
    "שָׁלוֹם",
    "(NATO)",
    "15%",
    "الرئيس",
    "إلى",
    "پیش‌بینی",
    "«כאן»",
    "、東京。",
    "서울",
    "В.",
    "і",
    "350 км",
    "\xE2\x80\xAEoverride",
    "\xE2\x81\xA7isolate",
    "pop\xE2\x81\xA9\xE2\x80\xAC",
};

/* `words` words with spaces between, cut at `cap` bytes and a grapheme. */
static inline struct ink_span story_phrase(struct story *story, uint64_t *seed, int words,
                                           size_t cap) {
    char text[700];
    size_t bytes = 0;
    for (int i = 0; i < words && bytes < cap; i++) {
        const char *word = story_words[ink_random_below(
            seed, (uint32_t)(sizeof story_words / sizeof story_words[0]))];
        bytes +=
            (size_t)snprintf(text + bytes, sizeof text - bytes, "%s%s", i == 0 ? "" : " ", word);
    }
    bytes = ink_grapheme_cut(text, bytes, cap);
    while (bytes > 0 && text[bytes - 1] == ' ') {
        bytes--;
    }
    return story_keep(story, text, bytes);
}

static inline void story_print_day(char *text, size_t cap, const struct ink_date *day,
                                   const char *after) {
    int year = day->year < 0 ? -day->year : day->year;
    snprintf(text, cap, "%s%04d-%02d-%02d%s", day->year < 0 ? "-" : "", year, day->month, day->day,
             after);
}

/* The text of a date coarser than a day. */
static inline void story_print_coarse(char *text, size_t cap, const struct ink_date *day,
                                      uint64_t *seed) {
    const char *sign = day->year < 0 ? "-" : "";
    int year = day->year < 0 ? -day->year : day->year;
    switch (ink_random_below(seed, 6)) {
    case 0:
        snprintf(text, cap, "%s%04d", sign, year);
        return;
    case 1:
        snprintf(text, cap, "%s%04d-2%d", sign, year, 1 + (int)ink_random_below(seed, 4));
        return;
    case 2:
        snprintf(text, cap, "%s%03dX", sign, year / 10);
        return;
    case 3:
        snprintf(text, cap, "%s%02dXX", sign, year / 100);
        return;
    case 4:
        snprintf(text, cap, "%s%04d-%02d-XX", sign, year, day->month);
        return;
    default:
        snprintf(text, cap, "%s%04d-%02d", sign, year, day->month);
    }
}

static inline void story_print_time(char *text, size_t cap, uint64_t *seed) {
    static const char *const offsets[] = {"", "", "Z", "+03:00", "-09:30", "+14:00"};
    int hour = (int)ink_random_below(seed, 24), minute = (int)ink_random_below(seed, 60);
    const char *offset = offsets[ink_random_below(seed, 6)];
    if (story_chance(seed, 3)) {
        snprintf(text, cap, "T%02d:%02d:%02d%s", hour, minute, (int)ink_random_below(seed, 60),
                 offset);
    } else {
        snprintf(text, cap, "T%02d:%02d%s", hour, minute, offset);
    }
}

static inline struct ink_date story_date(const struct making *making, uint64_t *seed) {
    static const char *const qualifiers[] = {"?", "~", "%"};
    char text[64], time[32] = "";
    struct ink_date date;
    int32_t day = ink_days(2024, 8, 6) + (int32_t)ink_random_below(seed, making->days);
    if (making->ancient) {
        day = ink_days(-9999, 1, 1) + (int32_t)ink_random_below(seed, 7300000);
    }
    struct ink_date civil = ink_civil(day);
    bool coarse = !making->plain && story_chance(seed, making->ancient ? 2 : 10);
    if (coarse) {
        story_print_coarse(text, sizeof text, &civil, seed);
    } else {
        if (!making->plain && story_chance(seed, 3)) {
            story_print_time(time, sizeof time, seed);
        }
        story_print_day(text, sizeof text, &civil, time);
    }
    if (!making->plain && story_chance(seed, 8)) {
        strcat(text, qualifiers[ink_random_below(seed, 3)]);
    }
    if (ink_edtf_parse_one(text, strlen(text), &date) != INK_REASON_NONE) {
        story_print_day(text, sizeof text, &civil, ""); /* as "-000X" with year 0 in it */
        CHECK_INT(ink_edtf_parse_one(text, strlen(text), &date), INK_REASON_NONE);
    }
    return date;
}

/* That many seconds later by the same clock; a date without a clock is its own end. */
static inline struct ink_date story_after(const struct ink_date *date, int32_t seconds) {
    struct ink_date end = *date;
    if (date->precision >= INK_PRECISION_MINUTE) {
        const int32_t second = date->second + seconds - seconds % 60;
        end = ink_civil(ink_days(date->year, date->month, date->day) + second / 86400);
        end.precision = date->precision;
        end.second = second % 86400;
        end.offset_min = date->offset_min;
        end.flags = date->flags;
    }
    return end;
}

static inline void story_make_dates(struct ink_record *record, const struct making *making,
                                    uint64_t *seed) {
    record->when = story_date(making, seed);
    if (making->plain || !story_chance(seed, 6)) {
        return;
    }
    switch (ink_random_below(seed, 4)) {
    case 0:
        record->until.flags = story_chance(seed, 2) ? INK_DATE_OPEN : INK_DATE_UNKNOWN;
        return;
    case 1:
        record->until = record->when;
        record->when =
            (struct ink_date){.flags = story_chance(seed, 2) ? INK_DATE_OPEN : INK_DATE_UNKNOWN};
        return;
    case 2: /* some hours of a day or of a night, or a few more */
        record->until = story_after(&record->when, (int32_t)ink_random_below(seed, 90000));
        return;
    default:
        record->until = story_date(making, seed);
        if (ink_edtf_reversed(&record->when, &record->until)) {
            record->until = (struct ink_date){0};
        }
    }
}

static inline struct ink_span story_numbered(struct story *story, const char *pattern,
                                             uint32_t number) {
    char text[64];
    int bytes = snprintf(text, sizeof text, pattern, number);
    return story_keep(story, text, (size_t)bytes);
}

static inline struct ink_span story_headline(struct story *story, const struct making *making,
                                             uint64_t *seed) {
    if (making->topics == 0) {
        int words = 1 + (int)ink_random_below(seed, story_chance(seed, 8) ? 60 : 14);
        return story_phrase(story, seed, words, INK_HEADLINE_BYTES);
    }
    uint64_t topic = 77 + ink_random_below(seed, making->topics);
    return story_phrase(story, &topic, 1 + (int)(topic % 9), INK_HEADLINE_BYTES);
}

/* By a seed of its own: what layouts do not draw changes no story that a test has met before. */
static inline void story_make_more(struct story *story, struct ink_record *record, uint64_t seed) {
    if (story_chance(&seed, 4)) {
        record->text[INK_DETAIL] = story_phrase(story, &seed, 60, INK_DETAIL_BYTES);
    }
    if (story_chance(&seed, record->status == INK_PLANNED ? 2 : 9)) {
        record->text[INK_PLACE] = story_phrase(story, &seed, 3, INK_PLACE_BYTES);
    }
    if (story_chance(&seed, 3)) { /* more lanes than have numbers, of short names and long */
        uint32_t lane = ink_random_below(&seed, 12);
        record->text[INK_LANE] =
            story_numbered(story, lane % 3 == 0 ? "Region %u of the east" : "Side %u", lane);
    }
}

static inline void story_make_texts(struct story *story, struct ink_record *record,
                                    const struct making *making, uint64_t *seed) {
    static const char *const sources[] = {"Source %u", "Ministry of Defence %u, spokesman",
                                          "Агентство %u", "S%u, head of the regional office"};
    record->text[INK_HEADLINE] = story_headline(story, making, seed);
    uint32_t source = ink_random_below(seed, making->sources + 1);
    if (source > 0) {
        record->text[INK_SOURCE] = story_numbered(story, sources[source % 4], source);
    }
    if (story_chance(seed, 4)) {
        record->text[INK_VIA] = story_numbered(story, "Relay agency %u", ink_random_below(seed, 3));
    }
    if (story_chance(seed, 5)) {
        bool is_long = story_chance(seed, 6);
        uint32_t number = ink_random_below(seed, making->topics == 0 ? 5000 : 2);
        record->text[INK_FIGURE] = story_numbered(
            story, is_long ? "from ~%u to 12,345,678.90 million m³ a year" : "~%u km", number);
    }
    if (story_chance(seed, 6)) {
        record->text[INK_DETAIL] = story_phrase(story, seed, 12, 300);
        record->text[INK_LANE] = story_phrase(story, seed, 1, INK_LANE_BYTES);
    }
    story_make_more(story, record, *seed + 1);
}

static inline void story_add(struct story *story, const struct making *making, uint64_t *seed) {
    struct ink_record *record = &story->records[story->count++];
    if (story->count > 1 && story_chance(seed, 12)) { /* the same again */
        *record = story->records[ink_random_below(seed, (uint32_t)story->count - 1)];
        return;
    }
    *record = (struct ink_record){.id = making->ids == 0 ? (uint64_t)story->count
                                                         : 1 + ink_random_below(seed, making->ids)};
    if (record->id % 5 == 0) { /* ids that differ only above bit 32 */
        record->id = record->id << 32 | 7;
    }
    record->rev = making->revs == 0 ? 0 : ink_random_below(seed, making->revs);
    story_make_dates(record, making, seed);
    record->dated = story_chance(seed, 8);
    record->kind = (uint8_t)ink_random_below(seed, INK_KIND_COUNT);
    record->status = (uint8_t)ink_random_below(seed, INK_STANDING_COUNT);
    if (making->plain && record->status == INK_PLANNED) {
        record->status = INK_REPORTED;
    }
    record->weight = (uint8_t)(story_chance(seed, 2) ? 0 : ink_random_below(seed, 10));
    story_make_texts(story, record, making, seed);
}

static inline void story_make_zone(struct ink_zone *zone, uint64_t *seed) {
    static const char *const names[] = {"", "Europe/Kyiv", "UTC", "America/Argentina/Buenos_Aires"};
    *zone = (struct ink_zone){
        .count = (uint8_t)ink_random_below(seed, story_chance(seed, 3) ? INK_ZONE_CHANGES + 1 : 4)};
    strcpy(zone->name, names[ink_random_below(seed, 4)]);
    int32_t minute = ink_days(2024, 8, 1) * 1440;
    for (int i = 0; i < zone->count; i++) {
        minute += 1 + (int32_t)ink_random_below(seed, 6000);
        zone->change[i].minute = minute;
        zone->change[i].offset_min = (int16_t)(ink_random_below(seed, 1700) - 850);
    }
}

static inline void story_make_part(struct ink_story *part, const struct making *making,
                                   uint64_t *seed) {
    static const char *const titles[] = {
        "", "Kursk", "Курський напрямок: хронологія подій серпня",
        "A title that is far too long for any wall that this newsroom has or will ever be given"};
    static const char *const langs[] = {"", "uk", "en-GB", "fr", "uk-UA"};
    *part = (struct ink_story){.distance_mm = 0};
    strcpy(part->title, titles[ink_random_below(seed, 4)]);
    strcpy(part->lang, langs[ink_random_below(seed, 5)]);
    story_make_zone(&part->zone, seed);
    if (!story_chance(seed, 3)) {
        part->as_of = story_date(making, seed);
    }
    if (story_chance(seed, 3)) {
        part->expires = story_date(making, seed);
    }
    uint64_t own = *seed + 1;
    if (story_chance(&own, 3)) {
        part->strikes = story_date(making, &own);
    }
    if (story_chance(seed, 4)) {
        part->distance_mm = (uint16_t)(100 + ink_random_below(seed, 9000));
    }
}

static inline void story_make(struct story *story, const struct making *wanted, uint64_t *seed) {
    struct making making = *wanted;
    making.sources = making.sources == 0 ? 5 : making.sources;
    making.days = making.days == 0 ? 12 : making.days;
    story->count = story->part_count = 0;
    story->used = 0;
    for (int i = 0; i < making.records && i < STORY_RECORDS; i++) {
        story_add(story, &making, seed);
    }
    if (!making.bare) {
        story->part_count = (int)ink_random_below(seed, STORY_PARTS + 1);
        for (int i = 0; i < story->part_count; i++) {
            story_make_part(&story->parts[i], &making, seed);
        }
    }
}

/* Put the records in so many lanes, 0: in none; one in nine, but not of one lane's, is in none.
 * The first lane has the most. Records of an id keep together. */
static inline void story_set_lanes(struct story *story, uint32_t lanes, uint64_t seed) {
    for (int i = 0; i < story->count; i++) {
        struct ink_record *record = &story->records[i];
        uint64_t own = seed + record->id;
        const uint32_t all = 1 + ink_random_below(&own, lanes + 1);
        const uint32_t lane = ink_random_below(&own, all < lanes ? all : lanes + (lanes == 0));
        record->text[INK_LANE] = (struct ink_span){0};
        if (lanes == 1 || (lanes > 0 && !story_chance(&own, 9))) {
            record->text[INK_LANE] =
                story_numbered(story, lane % 4 == 1 ? "Штаб округу %u" : "Side %u", lane + 1);
        }
    }
}

/* The lanes that a story of that number has: as they were made, none, few, many. */
static inline void story_any_lanes(struct story *story, uint64_t number) {
    static const uint32_t lanes[] = {2, 3, 0, 8, 1, 40, 4};
    if (number % 8 != 0) {
        story_set_lanes(story, lanes[number % 8 - 1], number);
    }
}

/* Any making, with up to `most` records: few and many ids, wide and narrow, old and new. */
static inline struct making story_any(uint64_t *seed, uint32_t most) {
    static const uint32_t days[] = {1, 3, 12, 400, 20000};
    struct making making = {.records = (int)ink_random_below(seed, most + 1)};
    making.ids = story_chance(seed, 3) ? 0 : 1 + ink_random_below(seed, most);
    making.revs = 1 + ink_random_below(seed, 3);
    making.sources = 1 + ink_random_below(seed, story_chance(seed, 4) ? 90 : 6);
    making.topics = story_chance(seed, 2) ? 0 : 1 + ink_random_below(seed, 20);
    making.days = days[ink_random_below(seed, 5)];
    making.ancient = story_chance(seed, 6);
    making.plain = story_chance(seed, 4);
    return making;
}

static inline int story_items(const struct story *story) {
    return story->count + story->part_count;
}

static inline void story_shuffle(uint16_t *order, int count, uint64_t *seed) {
    for (int i = 0; i < count; i++) {
        order[i] = (uint16_t)i;
    }
    for (int i = count - 1; i > 0; i--) {
        uint32_t j = ink_random_below(seed, (uint32_t)i + 1);
        uint16_t held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
}

/* ---- bytes --------------------------------------------------------------------------------------
 */

struct feed {
    uint8_t *bytes;
    size_t count;
    enum ink_format format;
};

/* Records come first, then the parts of the story. */
static inline void story_write_item(const struct story *story, int item, enum ink_format format,
                                    FILE *to) {
    uint8_t wire[INK_WIRE_ITEM_BYTES];
    bool is_record = item < story->count, json = format == INK_FORMAT_NDJSON;
    if (is_record && json) {
        ink_write_json_record(to, &story->records[item]);
    } else if (is_record) {
        size_t bytes = ink_write_cbor_record(&story->records[item], wire, sizeof wire);
        fwrite(wire, 1, bytes, to);
    } else if (json) {
        ink_write_json_story(to, &story->parts[item - story->count]);
    } else {
        const struct ink_story *part = &story->parts[item - story->count];
        size_t bytes = ink_write_cbor_story(part, wire, sizeof wire);
        fwrite(wire, 1, bytes, to);
    }
}

/* Items number order[0], order[1].. of the story; a null order: facts first, then all records. */
static inline struct feed story_encode_some(const struct story *story, const uint16_t *order,
                                            int items, enum ink_format format) {
    struct feed feed = {.format = format};
    char *text = NULL;
    size_t text_bytes = 0;
    FILE *to = open_memstream(&text, &text_bytes);
    for (int i = 0; i < items; i++) {
        int item = order != NULL ? order[i] : (i + story->count) % story_items(story);
        story_write_item(story, item, format, to);
    }
    fclose(to);
    feed.bytes = (uint8_t *)text;
    feed.count = text_bytes;
    return feed;
}

static inline struct feed story_encode(const struct story *story, const uint16_t *order,
                                       enum ink_format format) {
    return story_encode_some(story, order, story_items(story), format);
}

static inline void feed_free(struct feed *feed) {
    free(feed->bytes);
    *feed = (struct feed){0};
}

/* ---- pipeline -----------------------------------------------------------------------------------
 */

#define WALL_GUARD 64
#define WALL_FILL  0xA5

struct wall {
    struct ink ink;
    unsigned char *block;
    size_t bytes;
};

static inline void wall_open(struct wall *wall, const struct ink_capacity *capacity) {
    wall->bytes =
        INK_MEMORY_BYTES((size_t)capacity->events, (size_t)capacity->ids, capacity->work_bytes,
                         capacity->text_bytes, capacity->page_bytes);
    wall->block = malloc(wall->bytes + 2 * WALL_GUARD);
    memset(wall->block, WALL_FILL, wall->bytes + 2 * WALL_GUARD);
    struct ink_config config = {
        .capacity = *capacity, .memory = wall->block + WALL_GUARD, .memory_bytes = wall->bytes};
    CHECK_INT(ink_init(&wall->ink, &config), INK_OK);
}

static inline void wall_close(struct wall *wall) {
    int touched = 0;
    for (size_t i = 0; i < WALL_GUARD; i++) {
        touched += wall->block[i] != WALL_FILL;
        touched += wall->block[WALL_GUARD + wall->bytes + i] != WALL_FILL;
    }
    CHECK_INT(touched, 0);
    free(wall->block);
    wall->block = NULL;
}

/* One input, in random chunks if there is a seed. Chunks are copies, so that a sanitizer sees a
 * read past their end, and so that no decoder can lean on the chunk before. */
static inline void wall_input(struct wall *wall, const struct feed *feed, uint64_t *seed) {
    ink_begin_input(&wall->ink, feed->format);
    for (size_t at = 0; at < feed->count;) {
        size_t chunk = feed->count - at;
        if (seed != NULL) {
            size_t most = story_chance(seed, 3) ? 3 : 700;
            chunk = ink_random_below(seed, (uint32_t)most + 1);
            chunk = chunk < feed->count - at ? chunk : feed->count - at;
        }
        uint8_t *copy = malloc(chunk + 1);
        memcpy(copy, feed->bytes + at, chunk);
        ink_feed(&wall->ink, copy, chunk);
        memset(copy, 0, chunk);
        free(copy);
        at += chunk;
    }
    ink_end_input(&wall->ink);
}

static inline void wall_take(struct wall *wall, const struct feed *feeds, int count,
                             uint64_t *seed) {
    while (ink_begin_pass(&wall->ink)) {
        for (int i = 0; i < count; i++) {
            wall_input(wall, &feeds[i], seed);
        }
    }
}

static inline bool counts_add_up(const struct ink_counts *counts) {
    return counts->read == counts->refused + counts->duplicate + counts->superseded +
                               counts->merged + counts->hidden + counts->kept;
}

/* Has the event of that record its texts whole, or none, and its lane the name of the record's? */
static inline const char *texts_torn(const struct ink_digest *digest, const struct ink_event *event,
                                     const struct ink_record *record) {
    static const enum ink_text_field from[INK_EVENT_TEXTS] = {INK_HEADLINE, INK_SOURCE, INK_VIA,
                                                              INK_FIGURE,   INK_PLACE,  INK_DETAIL};
    bool fetched = (event->flags & INK_EVENT_FETCHED) != 0;
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        struct ink_span text = ink_event_text(digest, event, (enum ink_event_text)i);
        struct ink_span whole = record->text[from[i]];
        bool may_lack = !fetched || i >= INK_EVENT_PLACE;
        if (i == INK_EVENT_DETAIL && text.bytes > 3 && whole.bytes > INK_EVENT_DETAIL_BYTES) {
            whole.bytes = (uint16_t)(text.bytes - 3); /* what the dots stand behind */
            bool dotted = memcmp(text.at + whole.bytes, INK_ELLIPSIS, 3) == 0;
            text.bytes = dotted && text.bytes <= INK_EVENT_DETAIL_BYTES ? whole.bytes : 0;
            may_lack = false;
        }
        if (!span_same(text, whole) && !(may_lack && text.bytes == 0)) {
            return "a torn text";
        }
    }
    struct ink_span name = ink_lane_name(digest, event->lane);
    return name.bytes == 0 || span_same(name, record->text[INK_LANE]) ? NULL : "another's lane";
}

#endif
