/* For the tests: stories that are told like news: of a few topics, each with its days and words, by
 * sources that repeat each other. */
#ifndef INK_TELL_H
#define INK_TELL_H

#include "ink_story.h"

static struct story story; /* the one under test: too large for a stack */

struct telling {
    int records;
    uint32_t days, sources, topics;
    bool rough; /* also coarse dates, all statuses, revisions, plans, lanes and figures */
};

/* A word of two to four syllables; the same for a number. */
static inline void print_word(char *out, size_t cap, uint32_t number) {
    static const char *const syllables[] = {"ka", "re",  "mo",  "lin", "du", "sa",  "ver", "ti",
                                            "bo", "nes", "gra", "pi",  "ul", "sho", "den", "wy"};
    snprintf(out, cap, "%s%s%s%s", syllables[number % 16], syllables[number / 16 % 16],
             number % 3 > 0 ? syllables[number / 7 % 16] : "",
             number % 5 == 0 ? syllables[number / 11 % 16] : "");
}

/* Words of the topic, words of the language, now and then a number or the day. */
static inline struct ink_span tell_headline(const struct telling *telling, uint32_t topic, int day,
                                            uint64_t *seed) {
    char text[400], word[32];
    size_t bytes = 0;
    int words = 3 + (int)ink_random_below(seed, 7);
    for (int i = 0; i < words; i++) {
        uint32_t often = ink_random_below(seed, 1 + ink_random_below(seed, 12));
        print_word(word, sizeof word,
                   story_chance(seed, 4) ? ink_random_below(seed, 300) : 1000 + topic * 12 + often);
        word[0] = (char)(word[0] - (story_chance(seed, 5) ? 32 : 0));
        if (story_chance(seed, 14)) {
            snprintf(word, sizeof word, "%u", 10 + ink_random_below(seed, telling->rough ? 4 : 90));
        }
        bytes +=
            (size_t)snprintf(text + bytes, sizeof text - bytes, "%s%s", i > 0 ? " " : "", word);
    }
    if (story_chance(seed, 4)) {
        bytes += (size_t)snprintf(text + bytes, sizeof text - bytes, " on August %d", day);
    }
    return story_keep(&story, text, bytes);
}

static inline struct ink_date tell_date(const struct telling *telling, uint32_t number,
                                        uint64_t *seed) {
    struct ink_date date = ink_civil(ink_days(2024, 8, 6) + (int32_t)number);
    if (telling->rough && story_chance(seed, 12)) {
        static const uint8_t precisions[] = {INK_PRECISION_MONTH, INK_PRECISION_SEASON,
                                             INK_PRECISION_YEAR};
        date.precision = precisions[ink_random_below(seed, 3)];
        date.month = (uint8_t)(date.precision == INK_PRECISION_MONTH    ? date.month
                               : date.precision == INK_PRECISION_SEASON ? 21 + date.month / 4
                                                                        : 0);
        date.day = 0;
    }
    return date;
}

static inline void tell_rough(struct ink_record *record, uint64_t *seed) {
    record->rev = story_chance(seed, 5) ? 1 + ink_random_below(seed, 2) : 0;
    record->status = (uint8_t)(story_chance(seed, 2) ? INK_REPORTED
                                                     : ink_random_below(seed, INK_STANDING_COUNT));
    record->weight = (uint8_t)(story_chance(seed, 3) ? ink_random_below(seed, 10) : 0);
    record->kind = (uint8_t)ink_random_below(seed, INK_KIND_COUNT);
    record->cuts = (uint16_t)(story_chance(seed, 20) ? ink_random_below(seed, 512) : 0);
    if (story_chance(seed, 2)) {
        record->text[INK_LANE] = story_numbered(&story, "side %u", ink_random_below(seed, 11));
    }
    if (story_chance(seed, 4)) {
        record->text[INK_FIGURE] = story_numbered(&story, "~%u people", ink_random_below(seed, 3));
    }
    if (story_chance(seed, 5)) {
        record->text[INK_VIA] = story_numbered(&story, "Relay %u", ink_random_below(seed, 3));
    }
}

/* What someone else has told already, under an id of its own or as a revision. */
static inline void tell_again(struct ink_record *record, const struct telling *telling,
                              uint64_t *seed) {
    const struct ink_record *old =
        &story.records[ink_random_below(seed, (uint32_t)story.count - 1)];
    record->text[INK_HEADLINE] = old->text[INK_HEADLINE];
    if (story_chance(seed, 3) && record->text[INK_HEADLINE].bytes < 100) {
        char text[120];
        int bytes = snprintf(text, sizeof text, "%.*s anew", (int)old->text[INK_HEADLINE].bytes,
                             old->text[INK_HEADLINE].at);
        record->text[INK_HEADLINE] = story_keep(&story, text, (size_t)bytes);
    }
    record->status = old->status;
    record->when = story_chance(seed, 3) ? record->when : old->when;
    if (telling->rough && story_chance(seed, 4)) {
        record->id = old->id;
        record->rev = old->rev + ink_random_below(seed, 2);
    }
    if (story_chance(seed, 6)) {
        *record = *old;
    }
}

static inline void tell_one(const struct telling *telling, uint64_t *seed) {
    struct ink_record *record = &story.records[story.count++];
    uint32_t topic = ink_random_below(seed, telling->topics);
    topic = ink_random_below(seed, topic + 1); /* some are told more */
    uint64_t fate = 7919 * (uint64_t)(topic + 1);
    uint32_t number = ink_random_below(&fate, telling->days);
    number = (number + (story_chance(seed, 3) ? ink_random_below(seed, 4) : 0)) % telling->days;
    *record = (struct ink_record){.id = 100 + ink_random_below(seed, 1u << 30)};
    record->when = tell_date(telling, number, seed);
    record->text[INK_HEADLINE] =
        tell_headline(telling, topic, record->when.day == 0 ? 9 : record->when.day, seed);
    uint32_t source = ink_random_below(seed, telling->sources + 1);
    if (source > 0) {
        record->text[INK_SOURCE] = story_numbered(&story, "Agency %u", source);
    }
    if (telling->rough) {
        tell_rough(record, seed);
    }
    if (story.count > 1 && story_chance(seed, 6)) {
        tell_again(record, telling, seed);
    }
}

static inline void tell(const struct telling *telling, uint64_t *seed) {
    story.count = 0;
    story.part_count = 0;
    story.used = 0;
    for (int i = 0; i < telling->records; i++) {
        tell_one(telling, seed);
    }
    if (telling->rough && story_chance(seed, 2)) {
        story.part_count = 1;
        story.parts[0] = (struct ink_story){0};
        story.parts[0].as_of = ink_civil(ink_days(2024, 8, 6) + (int32_t)telling->days / 2);
        story_make_zone(&story.parts[0].zone, seed);
    }
    if (telling->rough && story_chance(seed, 3)) { /* until half of the days are over */
        struct ink_story *part = &story.parts[story.part_count++];
        *part = (struct ink_story){0};
        part->strikes = ink_civil(ink_days(2024, 8, 6) + (int32_t)telling->days / 2 + 1 -
                                  (int32_t)ink_random_below(seed, 3));
    }
}

#endif
