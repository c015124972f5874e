/* Part of condense, pass 1: which days the story is told by.
 *
 * One slot a day, ascending, in the work area. A day knows who reports it, how much, and its words
 * as signed counts (a count sketch: each word adds its weight to one of INK_DAY_COUNTERS, with a
 * sign); all are sums and sets, so the order of records does not matter. If there are more days
 * than slots, the slots shrink to what needs no words, so that about three times as many have
 * room; the best of those are counted again in a second pass. If even these do not suffice, only
 * the newest of the greatest weight are left.
 */
#ifndef INK_DAYS_H
#define INK_DAYS_H

#include "core/ink_condense.h"
#include "core/ink_terms.h"

/* Counters of a day's words: more where there is room for INK_DAYS_MANY such slots. */
#define INK_DAY_COUNTERS_MIN 16
#define INK_DAY_COUNTERS_MAX 64
#define INK_DAYS_MANY        128

/* What the merit of a day is made of, in 1/16 of a doubling: see ink_condense.h. */
struct ink_merit {
    uint16_t votes, burst, busy;
    int16_t favour; /* shown before, less what its age costs */
};

/* A day of the story. 20 bytes; its words, if any, stand behind it as signed counters of 16 bits.
 */
struct ink_day {
    int32_t key; /* day number x 4, and 0 a day, 1 a month or season, 2 years */
    union {
        uint32_t sources[2];    /* as in struct ink_gap; low half first */
        struct ink_merit merit; /* in their place, once all days are judged */
    };
    uint16_t mass;     /* records, those that look back twice; saturates */
    uint16_t records;  /* saturates */
    uint8_t ranked;    /* records weighted over the middle; saturates */
    uint8_t weight;    /* the greatest, 1..9 */
    uint8_t flags;     /* INK_DAY_* */
    uint8_t witnesses; /* its sources, once all days are judged */
};

enum {
    INK_DAY_UNNAMED = 1, /* a record without source is among them */
    INK_DAY_HELD = 2,    /* a record shown before is among them */
    INK_DAY_END = 4,     /* the first or the newest */
};

/* A slot with as many words as there can be. */
struct ink_full_day {
    struct ink_day day;
    int16_t words[INK_DAY_COUNTERS_MAX];
};

/* The table; it begins the work area. */
struct ink_days_table {
    uint32_t mass; /* of the whole story */
    uint32_t count, cap;
    uint32_t last;                          /* slot found last: records of a day stand together */
    int32_t words[INK_DAY_COUNTERS_MAX];    /* of the whole story; they wrap */
    uint32_t of_weight[INK_WEIGHT_MAX + 1]; /* slots by weight */
    uint8_t counters;                       /* of a slot; 0: they are lean */
    bool lost;                              /* days without a slot */
    bool fixed;                             /* no other days are taken up */
};

static inline struct ink_days_table *ink_days_table_of(const struct ink_condense *condense) {
    return (struct ink_days_table *)(void *)condense->memory.work;
}

/* Slot of that number, below the table's cap. */
struct ink_day *ink_day_at(const struct ink_days_table *table, uint32_t number);

/* Bytes of a slot. */
uint32_t ink_day_bytes(const struct ink_days_table *table);

/* The day under which a record competes, in the story's zone as it is known. */
struct ink_own_day {
    int32_t key; /* as in struct ink_day */
    int16_t year;
    uint8_t day; /* of the month; 0: it is coarser */
};

struct ink_own_day ink_own_day(const struct ink_condense *condense,
                               const struct ink_record *record);

/* Slots with that many counters that the work area holds beside the table; 0 also if the table
 * itself has no room. */
uint32_t ink_days_room(const struct ink_condense *condense, uint32_t counters);

/* How many counters a full slot has. */
uint8_t ink_days_counters(const struct ink_condense *condense);

/* Empty the table, before the first count and before one that starts anew. */
void ink_days_begin(struct ink_condense *condense);

/* Count a record that is not planned. */
void ink_days_count(struct ink_condense *condense, const struct ink_record *record);

/* A source was taken up: the numbers from there on have moved up by one. */
void ink_days_shift_sources(struct ink_condense *condense, uint8_t number);

/* Up to this mass no word alone can wrap a counter of a day: 16 letters a record. Many words of one
 * text in one counter may, by chance hardly and on purpose; then the estimate is off, nothing else.
 */
#define INK_DAY_MASS_MAX 2047

/* After pass 1: the best days by weight, merit and age are left, as many as the budget asks for, as
 * struct ink_chosen_day at the start of the work area, ascending; behind them is the room for
 * candidates, of which each day has its share. */
void ink_days_choose(struct ink_condense *condense);

/* After a count for which there were more days than full slots: true, the best have full slots with
 * empty counts, and all must be counted once more; false, the count holds. */
bool ink_days_narrow(struct ink_condense *condense);

/* A day that was chosen. 52 bytes. */
struct ink_chosen_day {
    int32_t key;
    struct ink_merit merit;
    uint16_t first; /* of its candidates */
    uint16_t cap;   /* room for them */
    uint16_t count; /* of them */
    uint8_t weight;
    uint8_t taken;                       /* of them, in the election; saturates */
    int16_t words[INK_DAY_COUNTERS_MIN]; /* 0 if its counters may have wrapped */
};

/* The chosen days, ascending; behind them the two groups aside. */
static inline struct ink_chosen_day *ink_chosen_days(const struct ink_condense *condense) {
    return (struct ink_chosen_day *)(void *)condense->memory.work;
}

/* The chosen day of that key, or null. */
struct ink_chosen_day *ink_chosen_find(const struct ink_condense *condense, int32_t key);

#endif
