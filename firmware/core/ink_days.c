#include "core/ink_days.h"

#include "core/ink_ids.h"
#include "core/ink_merit.h"

uint32_t ink_day_bytes(const struct ink_days_table *table) {
    return (uint32_t)sizeof(struct ink_day) + table->counters * (uint32_t)sizeof(int16_t);
}

struct ink_day *ink_day_at(const struct ink_days_table *table, uint32_t number) {
    return (void *)((unsigned char *)(uintptr_t)(table + 1) + number * ink_day_bytes(table));
}

uint32_t ink_days_room(const struct ink_condense *condense, uint32_t counters) {
    uint32_t work = condense->memory.work_bytes, own = sizeof(struct ink_days_table);
    uint32_t bytes = (uint32_t)sizeof(struct ink_day) + counters * (uint32_t)sizeof(int16_t);
    return work < own ? 0 : (work - own) / bytes;
}

uint8_t ink_days_counters(const struct ink_condense *condense) {
    return ink_days_room(condense, INK_DAY_COUNTERS_MAX) >= INK_DAYS_MANY ? INK_DAY_COUNTERS_MAX
                                                                          : INK_DAY_COUNTERS_MIN;
}

/* ---- what a record says of its day ----------------------------------------------------------- */

static const struct ink_date *date_of(const struct ink_record *record) {
    return record->when.precision == INK_PRECISION_NONE ? &record->until : &record->when;
}

struct ink_own_day ink_own_day(const struct ink_condense *condense,
                               const struct ink_record *record) {
    struct ink_date local = ink_date_local(date_of(record), &condense->digest.story.zone);
    int month = local.month > 20 ? (local.month - 20) * 3 : ink_max(local.month, 1); /* a season */
    int32_t day = ink_days(local.year, month, ink_max(local.day, 1));
    int coarse = local.precision >= INK_PRECISION_DAY      ? 0
                 : local.precision >= INK_PRECISION_SEASON ? 1
                                                           : 2;
    return (struct ink_own_day){
        .key = day * 4 + coarse, .year = local.year, .day = local.day}; /* |day| < 4.4 million */
}

/* ---- the table ------------------------------------------------------------------------------- */

/* Number of slots below the key. */
static uint32_t find(struct ink_days_table *table, int32_t key) {
    if (table->last < table->count && ink_day_at(table, table->last)->key == key) {
        return table->last;
    }
    uint32_t low = 0, high = table->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (ink_day_at(table, middle)->key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    table->last = low;
    return low;
}

static void remove_slot(struct ink_days_table *table, uint32_t number) {
    unsigned char *at = (void *)ink_day_at(table, number);
    uint32_t bytes = ink_day_bytes(table);
    table->count--;
    memmove(at, at + bytes, (table->count - number) * bytes);
}

static struct ink_day *insert_slot(struct ink_days_table *table, uint32_t number, int32_t key) {
    unsigned char *at = (void *)ink_day_at(table, number);
    uint32_t bytes = ink_day_bytes(table);
    memmove(at + bytes, at, (table->count - number) * bytes);
    memset(at, 0, bytes);
    table->count++;
    struct ink_day *day = ink_day_at(table, number);
    day->key = key;
    day->weight = 1;
    table->of_weight[1]++;
    return day;
}

/* More days than full slots: all that is not a word stays, and three times as many have room. */
static void make_lean(struct ink_condense *condense) {
    struct ink_days_table *table = ink_days_table_of(condense);
    unsigned char *to = (void *)ink_day_at(table, 0);
    for (uint32_t i = 0; i < table->count; i++) {
        memmove(to + i * sizeof(struct ink_day), ink_day_at(table, i), sizeof(struct ink_day));
    }
    table->counters = 0;
    table->cap = ink_days_room(condense, 0);
}

/* Room for a day of that weight, by dropping the oldest of the least weight. False: it would be
 * that one itself. */
static bool drop_for(struct ink_days_table *table, int32_t key, uint8_t weight) {
    uint32_t least = 1;
    while (least < weight && table->of_weight[least] == 0) {
        least++;
    }
    table->lost = true;
    uint32_t oldest = 0;
    while (oldest < table->count && ink_day_at(table, oldest)->weight != least) {
        oldest++;
    }
    if (oldest == table->count || (least == weight && ink_day_at(table, oldest)->key > key)) {
        return false;
    }
    table->of_weight[least]--;
    remove_slot(table, oldest);
    return true;
}

static struct ink_day *slot_for(struct ink_condense *condense, int32_t key, uint8_t weight) {
    struct ink_days_table *table = ink_days_table_of(condense);
    uint32_t at = find(table, key);
    if (at < table->count && ink_day_at(table, at)->key == key) {
        return ink_day_at(table, at);
    }
    if (table->fixed) {
        return NULL;
    }
    if (table->count == table->cap && table->counters > 0) {
        make_lean(condense);
    }
    if (table->count == table->cap) {
        if (table->cap == 0 || !drop_for(table, key, weight)) {
            table->lost = true;
            return NULL;
        }
        table->last = 0;
        at = find(table, key);
    }
    return insert_slot(table, at, key);
}

/* ---- counting -------------------------------------------------------------------------------- */

static uint16_t add16(uint16_t sum, uint32_t more) {
    return sum + more < UINT16_MAX ? (uint16_t)(sum + more) : UINT16_MAX;
}

static void count_words(struct ink_days_table *table, struct ink_day *day,
                        const struct ink_terms *terms, int32_t times) {
    int16_t *words = (int16_t *)(void *)(day + 1);
    for (uint32_t i = 0; i < terms->count; i++) {
        uint32_t term = terms->term[i];
        uint32_t counter = (term >> 3) & (table->counters - 1u); /* a power of two */
        int32_t letters = (int32_t)(term & 7) + 1;
        int32_t value = term >> 31 != 0 ? letters * times : -letters * times;
        /* sums wrap; a day or story so heavy is judged by its mass */
        words[counter] = (int16_t)(uint16_t)((uint32_t)words[counter] + (uint32_t)value);
        table->words[counter] = (int32_t)((uint32_t)table->words[counter] + (uint32_t)value);
    }
}

/* Each source has a bit of its own; more than there are share them by their hash. */
static void note_source(const struct ink_condense *condense, struct ink_day *day,
                        struct ink_span name) {
    uint32_t source = ink_names_find(&condense->sources, name);
    if (name.bytes == 0) {
        day->flags |= INK_DAY_UNNAMED;
        return;
    }
    if (condense->shared) {
        source = ink_hash(0, name.at, name.bytes) % INK_SOURCES;
    }
    if (source < INK_SOURCES) {
        day->sources[source / 32] |= 1u << source % 32;
    }
}

static void count_on(struct ink_condense *condense, struct ink_day *day,
                     const struct ink_own_day *own, const struct ink_record *record) {
    struct ink_days_table *table = ink_days_table_of(condense);
    int weight = ink_weight(record->weight);
    struct ink_terms terms;
    ink_terms_of(&terms, record->text[INK_HEADLINE], own->year, own->day);
    uint32_t times = terms.looks_back ? 2 : 1;
    note_source(condense, day, record->text[INK_SOURCE]);
    bool answer = ink_is_answer(record->status);
    day->flags |= !answer && ink_is_held(condense, record->id) ? INK_DAY_HELD : 0;
    day->mass = add16(day->mass, times);
    day->records = add16(day->records, 1);
    day->ranked = (uint8_t)(day->ranked + (weight > INK_WEIGHT_UNSET && day->ranked < UINT8_MAX));
    if (weight > day->weight) {
        table->of_weight[day->weight]--;
        table->of_weight[weight]++;
        day->weight = (uint8_t)weight;
    }
    table->mass += times;
    if (table->counters > 0) {
        count_words(table, day, &terms, (int32_t)times);
    }
}

void ink_days_count(struct ink_condense *condense, const struct ink_record *record) {
    if (ink_days_room(condense, 0) == 0) {
        return;
    }
    struct ink_own_day own = ink_own_day(condense, record);
    struct ink_day *day = slot_for(condense, own.key, (uint8_t)ink_weight(record->weight));
    if (day != NULL) {
        count_on(condense, day, &own, record);
    }
}

/* Bits from `number` on move up by one; the last falls off. */
static void shift_bits(uint32_t sources[2], uint32_t number) {
    uint64_t bits = (uint64_t)sources[1] << 32 | sources[0];
    uint64_t below = ((uint64_t)1 << number) - 1;
    bits = (bits & below) | (bits & ~below) << 1;
    sources[0] = (uint32_t)bits;
    sources[1] = (uint32_t)(bits >> 32);
}

void ink_days_shift_sources(struct ink_condense *condense, uint8_t number) {
    if (ink_days_room(condense, 0) > 0 && !condense->shared) {
        struct ink_days_table *table = ink_days_table_of(condense);
        for (uint32_t i = 0; i < table->count; i++) {
            shift_bits(ink_day_at(table, i)->sources, number);
        }
    }
}

void ink_days_begin(struct ink_condense *condense) {
    if (ink_days_room(condense, 0) > 0) {
        uint8_t counters = ink_days_counters(condense);
        *ink_days_table_of(condense) =
            (struct ink_days_table){.cap = ink_days_room(condense, counters), .counters = counters};
    }
    condense->planned = 0;
    condense->answers = 0;
}
