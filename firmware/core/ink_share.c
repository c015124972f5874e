/* Part of condense: which days are chosen, and how many candidates each of them may have. */
#include "core/ink_candidates.h"
#include "core/ink_merit.h"

/* ---- ranking the slots ----------------------------------------------------------------------- */

enum slot_order { BY_KEY, BY_AGE, BY_MERIT };

static bool slot_before(const struct ink_day *a, const struct ink_day *b, enum slot_order order) {
    if (order == BY_KEY) {
        return a->key < b->key;
    }
    if ((a->flags & INK_DAY_END) != (b->flags & INK_DAY_END)) {
        return (a->flags & INK_DAY_END) != 0;
    }
    if (a->weight != b->weight) {
        return a->weight > b->weight;
    }
    int32_t merit_a = ink_merit_sum(&a->merit), merit_b = ink_merit_sum(&b->merit);
    return order == BY_AGE      ? a->key > b->key
           : merit_a != merit_b ? merit_a > merit_b
                                : a->key < b->key;
}

/* Shell sort: in place, no recursion. */
static void sort_slots(struct ink_days_table *table, enum slot_order order) {
    const uint32_t bytes = ink_day_bytes(table);
    for (uint32_t gap = table->count / 2; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < table->count; i++) {
            struct ink_full_day moved;
            memcpy(&moved, ink_day_at(table, i), bytes);
            uint32_t at = i;
            for (; at >= gap && slot_before(&moved.day, ink_day_at(table, at - gap), order);
                 at -= gap) {
                memcpy(ink_day_at(table, at), ink_day_at(table, at - gap), bytes);
            }
            memcpy(ink_day_at(table, at), &moved, bytes);
        }
    }
}

/* What a benchmark leaves out to measure what it is worth. */
#ifndef INK_ENDS
#define INK_ENDS true
#endif

/* The first and the newest have a place, unless the desk gave them less than the middle. */
static void mark_ends(struct ink_days_table *table) {
    for (uint32_t i = 0; i < table->count; i++) {
        struct ink_day *day = ink_day_at(table, i);
        bool end = INK_ENDS && (i == 0 || i == table->count - 1) && day->weight >= INK_WEIGHT_UNSET;
        day->flags |= end ? INK_DAY_END : 0;
    }
}

/* ---- the same days once more ----------------------------------------------------------------- */

/* The best of the lean slots; by age if counts depend on the order in which days came and went. */
static void keep_best(struct ink_days_table *table, uint32_t room, uint32_t recent) {
    mark_ends(table);
    ink_merit_of_days(table, recent);
    sort_slots(table, table->lost ? BY_AGE : BY_MERIT);
    table->lost = table->lost || table->count > room;
    table->count = table->count < room ? table->count : room;
    sort_slots(table, BY_KEY);
}

bool ink_days_narrow(struct ink_condense *condense) {
    struct ink_days_table *table = ink_days_table_of(condense);
    if (ink_days_room(condense, 0) == 0 || table->counters > 0) {
        return false;
    }
    uint8_t counters = ink_days_counters(condense);
    keep_best(table, ink_days_room(condense, counters), condense->budget.recent);
    struct ink_days_table again = {.count = table->count,
                                   .of_weight = {0, table->count},
                                   .counters = counters,
                                   .lost = table->lost,
                                   .fixed = true};
    for (uint32_t i = table->count; i-- > 0;) { /* from the end: full slots are larger */
        struct ink_day day = {.key = ink_day_at(table, i)->key, .weight = 1};
        unsigned char *to = (unsigned char *)(table + 1) + i * ink_day_bytes(&again);
        memset(to, 0, ink_day_bytes(&again));
        memcpy(to, &day, sizeof day);
    }
    *table = again;
    condense->planned = 0;
    condense->answers = 0;
    return true;
}

/* ---- the chosen ------------------------------------------------------------------------------ */

struct ink_chosen_day *ink_chosen_find(const struct ink_condense *condense, int32_t key) {
    struct ink_chosen_day *days = ink_chosen_days(condense);
    uint32_t low = 0, high = condense->chosen;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (days[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < condense->chosen && days[low].key == key ? &days[low] : NULL;
}

/* Records of a day that ask for room: those weighted over the middle, or all. */
static uint32_t asked(const struct ink_chosen_day *day, bool ranked) {
    return ranked ? day->taken : day->count;
}

static uint32_t room_at(const struct ink_chosen_day *day, bool ranked, uint32_t level) {
    uint32_t records = asked(day, ranked);
    return (uint32_t)ink_max(day->cap, (int)(records < level ? records : level));
}

static uint32_t room_in_all(const struct ink_condense *condense, bool ranked, uint32_t level) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < condense->chosen; i++) {
        sum += room_at(&ink_chosen_days(condense)[i], ranked, level);
    }
    return sum;
}

/* The best day that could use one more than the level. */
static struct ink_chosen_day *next_for_room(const struct ink_condense *condense, bool ranked,
                                            uint32_t level) {
    struct ink_chosen_day *best = NULL, *days = ink_chosen_days(condense);
    for (uint32_t i = 0; i < condense->chosen; i++) {
        bool could = days[i].cap <= level && asked(&days[i], ranked) > level;
        if (could && (best == NULL || days[i].weight > best->weight ||
                      (days[i].weight == best->weight &&
                       ink_merit_sum(&days[i].merit) > ink_merit_sum(&best->merit)))) {
            best = &days[i];
        }
    }
    return best;
}

/* Share out room for candidates: as many for each day as it has records, up to a level that all
 * can have; what is left goes one each to the best. */
static void share(struct ink_condense *condense, uint32_t room, bool ranked) {
    uint32_t level = 0;
    for (uint32_t step = 1u << 15; step > 0; step /= 2) {
        level += room_in_all(condense, ranked, level + step) <= room ? step : 0;
    }
    for (uint32_t i = 0; i < condense->chosen; i++) {
        ink_chosen_days(condense)[i].cap =
            (uint16_t)room_at(&ink_chosen_days(condense)[i], ranked, level);
    }
    for (uint32_t left = room - room_in_all(condense, ranked, level); left > 0; left--) {
        struct ink_chosen_day *day = next_for_room(condense, ranked, level);
        if (day == NULL) {
            return;
        }
        day->cap = (uint16_t)(level + 1);
    }
}

/* An eighth of a number of places, at least one if there are two, or if nobody else wants them. */
static uint32_t eighth_of(uint32_t places, bool alone) {
    return places >= 8 ? places / 8 : places > 1 || alone ? 1 : 0;
}

/* Of a budget of dates, those for planned records: an eighth, or what the days leave. */
static uint32_t dates_for_planned(const struct ink_condense *condense, uint32_t days) {
    uint32_t dates = condense->budget.dates;
    if (dates == 0) {
        return condense->planned;
    }
    uint32_t share = eighth_of(dates, days == 0);
    share = days + share < dates ? dates - days : share;
    return share < condense->planned ? share : condense->planned;
}

/* Room of the two kinds of candidates that belong to no chosen day. */
static void add_aside(struct ink_condense *condense, uint32_t most_planned, bool all_days) {
    struct ink_chosen_day *days = ink_chosen_days(condense) + condense->chosen;
    uint32_t others = 0, events = condense->memory.event_cap;
    for (uint32_t i = 0; i < condense->chosen; i++) {
        others += ink_chosen_days(condense)[i].count;
    }
    uint32_t least = eighth_of(events, others == 0);
    uint32_t planned = others + least < events ? events - others : least;
    planned = planned < most_planned ? planned : most_planned;
    planned = planned < condense->candidates ? planned : condense->candidates;
    uint32_t answers = all_days ? 0 : least < condense->answers ? least : condense->answers;
    answers = answers < condense->candidates - planned ? answers : condense->candidates - planned;
    days[0] = (struct ink_chosen_day){.key = INT32_MAX, .cap = (uint16_t)planned};
    days[1] = (struct ink_chosen_day){.key = INT32_MAX, .cap = (uint16_t)answers};
}

static void give_room(struct ink_condense *condense) {
    struct ink_chosen_day *days = ink_chosen_days(condense);
    uint32_t aside = days[condense->chosen].cap + (uint32_t)days[condense->chosen + 1].cap;
    share(condense, condense->candidates - aside, true);
    share(condense, condense->candidates - aside, false);
    uint32_t first = 0;
    for (uint32_t i = 0; i < condense->chosen + 2u; i++) {
        days[i].first = (uint16_t)first;
        days[i].count = 0;
        days[i].taken = 0;
        first += days[i].cap;
    }
    condense->candidates = (uint16_t)first;
}

static void sort_chosen(const struct ink_condense *condense) {
    struct ink_chosen_day *days = ink_chosen_days(condense);
    for (uint32_t gap = condense->chosen / 2u; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < condense->chosen; i++) {
            struct ink_chosen_day moved = days[i];
            uint32_t at = i;
            for (; at >= gap && moved.key < days[at - gap].key; at -= gap) {
                days[at] = days[at - gap];
            }
            days[at] = moved;
        }
    }
}

/* The best slots become chosen days, at the start of the work area. */
static uint32_t take_best(struct ink_condense *condense, uint32_t most) {
    struct ink_days_table table =
        *ink_days_table_of(condense); /* the first of them takes its place */
    uint32_t count = table.count < most ? table.count : most;
    const unsigned char *slots = condense->memory.work + sizeof table;
    for (uint32_t i = 0; i < count; i++) { /* a chosen day is no larger than a slot */
        struct ink_full_day slot;
        memcpy(&slot, slots + i * ink_day_bytes(&table), ink_day_bytes(&table));
        struct ink_chosen_day day = {.key = slot.day.key,
                                     .merit = slot.day.merit,
                                     .count = slot.day.records,
                                     .weight = slot.day.weight,
                                     .taken = slot.day.ranked};
        for (uint32_t j = 0; j < table.counters && slot.day.mass <= INK_DAY_MASS_MAX; j++) {
            /* fewer counters are sums of more; a word counts in one */
            day.words[j % INK_DAY_COUNTERS_MIN] += slot.words[j];
        }
        ink_chosen_days(condense)[i] = day;
    }
    return count;
}

void ink_days_choose(struct ink_condense *condense) {
    const uint32_t each = INK_CANDIDATE_BYTES;
    uint32_t room = condense->memory.work_bytes / 8 * 8;
    uint32_t aside = 2 * sizeof(struct ink_chosen_day) + 8; /* 8: for alignment */
    room = room > aside && ink_days_room(condense, 0) > 0 ? room - aside : 0;
    struct ink_days_table *table = ink_days_table_of(condense);
    condense->chosen = 0;
    condense->candidates = 0;
    if (room == 0) {
        return;
    }
    uint32_t most = condense->memory.event_cap, planned = dates_for_planned(condense, table->count);
    uint32_t dates = condense->budget.dates;
    most = dates > 0 && dates - planned < most ? dates - planned : most;
    uint32_t fit = room / (each + sizeof(struct ink_chosen_day));
    most = most < fit ? most : fit;
    mark_ends(table);
    ink_merit_of_days(table, condense->budget.recent);
    sort_slots(table, BY_MERIT);
    bool all_days = table->count <= most && !table->lost;
    condense->chosen = (uint16_t)take_best(condense, most);
    uint32_t candidates =
        (room - condense->chosen * (uint32_t)sizeof(struct ink_chosen_day)) / each;
    condense->candidates = (uint16_t)(candidates < UINT16_MAX ? candidates : UINT16_MAX);
    sort_chosen(condense);
    add_aside(condense, planned, all_days);
    give_room(condense);
}
