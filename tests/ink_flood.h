/* For the tests: floods of records, made one at a time, since no buffer holds them.
 *
 *     const struct flood flood = {"one day", make_plain, MILLION, false, NULL};
 *     pour(&wall.ink.condense, &flood, REVERSED);      // all passes
 *
 * Under sanitizers floods are a twentieth or a tenth as long. */
#ifndef INK_FLOOD_H
#define INK_FLOOD_H

#include "ink_story.h"

/* gcc says so by a macro, clang by a feature. */

#define MILLION (SANITIZED ? 50000u : 1000000u)
#define MANY    (SANITIZED ? 10000u : 100000u)

#define FIRST_DAY (-4371587) /* -9999-01-01 */
#define ALL_DAYS  (7304484u) /* to 9999-12-31; a test says so */
#define SOME_DAY  19941      /* 2024-08-06 */

/* ---- records of a flood ---------------------------------------------------------------------- */

/* Where the texts of one record stand. */
struct pen {
    char text[3][INK_HEADLINE_BYTES + 1];
};

struct flood {
    const char *name;
    void (*make)(struct ink_record *record, uint32_t number, struct pen *pen);
    uint32_t count;
    bool dated;                                      /* the story has an as-of, on SOME_DAY */
    void (*expect)(const struct ink_digest *digest); /* exact counts; null: none */
};

static inline uint32_t scatter(uint32_t number) {
    number = (number ^ number >> 15) * 0x2C1B3C6Du;
    return number ^ number >> 13;
}

static inline struct ink_span span_of(const char *text) {
    return (struct ink_span){text, (uint16_t)strlen(text)};
}

/* `lead` and a number, without printf: this is most of what a flood spends its time on. */
static inline struct ink_span numbered(char *to, const char *lead, uint32_t number) {
    char digits[10];
    size_t bytes = strlen(lead), count = 0;
    memcpy(to, lead, bytes);
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        to[bytes++] = digits[--count];
    }
    return (struct ink_span){to, (uint16_t)bytes};
}

static const char *const headlines[] = {
    "The brigade said it had evacuated the border region, item ",
    "Rescuers reached the flooded valley with boats and pumps: ",
    "Генштаб повідомив про евакуацію району, пункт ",
    "北京市民撤离边境地区第",
    "Ministers met to sign a cease-fire after talks no. ",
};

/* A plain record: some day, one of five headlines, one of three sources or none. */
static inline void make_plain(struct ink_record *record, uint32_t number, struct pen *pen) {
    static const char *const sources[] = {"", "Agency", "Ministry", "Regional office"};
    uint32_t any = scatter(number + 1);
    *record = (struct ink_record){.id = number + 1, .when = ink_civil(SOME_DAY)};
    record->text[INK_HEADLINE] = numbered(pen->text[0], headlines[any % 5], any % 1000);
    record->text[INK_SOURCE] = span_of(sources[any / 5 % 4]);
    record->text[INK_LANE] = span_of(any / 20 % 2 == 0 ? "North" : "");
}

static inline void one_id_all_equal(struct ink_record *record, uint32_t number, struct pen *pen) {
    (void)number;
    make_plain(record, 0, pen);
}

static inline void one_id_each_rev(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_plain(record, number, pen);
    record->id = 1;
    record->rev = number;
    record->when = ink_civil(SOME_DAY + (int32_t)(number % 40));
}

static inline void one_id_each_content(struct ink_record *record, uint32_t number,
                                       struct pen *pen) {
    make_plain(record, number, pen);
    record->id = 1;
    record->text[INK_HEADLINE] = numbered(pen->text[0], headlines[0], number);
}

static inline void make_day(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_plain(record, number, pen);
    record->when = ink_civil(FIRST_DAY + (int32_t)number);
}

/* A day, a month and a year for every date there is, in turns, with all weights. */
static inline void make_date(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_plain(record, number, pen);
    record->when = ink_civil(FIRST_DAY + (int32_t)(scatter(number) % ALL_DAYS));
    record->when.precision = (uint8_t)(number % 3 == 0   ? INK_PRECISION_DAY
                                       : number % 3 == 1 ? INK_PRECISION_MONTH
                                                         : INK_PRECISION_YEAR);
    record->when.day = number % 3 == 0 ? record->when.day : 0;
    record->when.month = number % 3 == 2 ? 0 : record->when.month;
    record->weight = (uint8_t)(number % 10);
}

static inline void make_future(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_plain(record, number, pen);
    record->when = ink_civil(ink_days(INK_YEAR_MAX, 1, 1) + (int32_t)(number % 365));
}

static inline void make_last_second(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_future(record, 364, pen);
    record->id = number + 1;
    record->when.precision = INK_PRECISION_SECOND;
    record->when.second = 86399;
    record->weight = 3;
}

static inline void make_heavy(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_day(record, scatter(number) % 4000, pen);
    record->id = number + 1;
    record->weight = INK_WEIGHT_MAX;
}

static inline void make_planned(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_plain(record, number, pen);
    record->when = ink_civil(SOME_DAY - 50 + (int32_t)(number % 900));
    record->status = INK_PLANNED;
}

static inline void make_withdrawn(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_planned(record, number, pen);
    record->status = INK_WITHDRAWN;
}

/* Ids whose hash is 0, in every table and sample: the inverse of the first multiplier of ink_ids.c
 * is found by Newton's rule modulo 2^32. */
static inline void make_colliding(struct ink_record *record, uint32_t number, struct pen *pen) {
    uint32_t factor = 0x9E3779B1u, inverse = factor;
    for (int i = 0; i < 5; i++) {
        inverse *= 2 - factor * inverse;
    }
    make_plain(record, number, pen);
    record->id = (uint64_t)number << 32 | (uint32_t)(number * 0x85EBCA6Bu * inverse);
}

static inline void make_crowd(struct ink_record *record, uint32_t number, struct pen *pen) {
    make_plain(record, number, pen);
    record->when = ink_civil(SOME_DAY + (int32_t)(number % 30));
    record->text[INK_SOURCE] = numbered(pen->text[1], "Source ", number);
    record->text[INK_LANE] = numbered(pen->text[2], "Lane ", number / 2);
}

/* More words than count, one word as long as a headline, and words of one letter. */
static inline void make_wordy(struct ink_record *record, uint32_t number, struct pen *pen) {
    char *text = pen->text[0];
    uint16_t bytes = 0;
    make_plain(record, number, pen);
    for (uint32_t word = 0; number % 3 == 0 && word < 65; word++) {
        text[bytes++] = (char)('a' + (word + number) % 26);
        text[bytes++] = (char)('a' + word / 26);
        text[bytes++] = ' ';
    }
    for (; number % 3 == 1 && bytes < INK_HEADLINE_BYTES; bytes++) {
        text[bytes] = (char)('a' + number / 3 % 26);
    }
    for (; number % 3 == 2 && bytes < INK_HEADLINE_BYTES; bytes++) {
        text[bytes] = bytes % 2 == 1 ? ' ' : (char)('a' + (number + bytes / 2u) % 26);
    }
    record->text[INK_HEADLINE] = (struct ink_span){text, bytes};
}

/* ---- pouring --------------------------------------------------------------------------------- */

enum order { STRAIGHT, REVERSED, MIXED };

/* The step is a prime above ALL_DAYS, so that each number comes once. */
static inline uint32_t number_at(uint32_t i, uint32_t count, enum order order) {
    return order == STRAIGHT   ? i
           : order == REVERSED ? count - 1 - i
                               : (uint32_t)((uint64_t)i * 7368787u % count);
}

static inline void pour(struct ink_condense *condense, const struct flood *flood,
                        enum order order) {
    const struct ink_story story = {.as_of = ink_civil(SOME_DAY)};
    int passes = 0;
    while (ink_condense_begin_pass(condense)) {
        passes++;
        if (flood->dated) {
            ink_condense_story(condense, &story);
        }
        for (uint32_t i = 0; i < flood->count; i++) {
            struct ink_record record;
            struct pen pen;
            flood->make(&record, number_at(i, flood->count, order), &pen);
            ink_condense_record(condense, &record);
        }
    }
    CHECK(passes <= INK_CONDENSE_PASSES);
}

#endif
