#include "core/ink_merit.h"

#define MONTH 15 /* days on both sides in which a day competes for attention */
#define FEW   4  /* a source of few days is taken to cover the whole story */
#define HOLD  8  /* what a day that was shown before is given: half a doubling of its burst */
#define NAMES (INK_SOURCES + 1) /* all without a name count as one more source */

bool ink_is_held(const struct ink_condense *condense, uint64_t id) {
    const uint64_t *held = condense->budget.held;
    uint32_t low = 0, high = condense->budget.held_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (held[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < condense->budget.held_count && held[low] == id;
}

uint32_t ink_log2(uint64_t x) {
    static const uint8_t steps[16] = {0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15};
    uint32_t exponent = 0;
    x++; /* callers stay below 2^63 */
    for (uint64_t rest = x; rest > 1; rest >>= 1) {
        exponent++;
    }
    uint32_t mantissa = (uint32_t)(exponent < 4 ? x << (4 - exponent) : x >> (exponent - 4)) & 15;
    return 16 * exponent + steps[mantissa];
}

static bool reports(const struct ink_day *day, uint32_t source) {
    return source == INK_SOURCES ? (day->flags & INK_DAY_UNNAMED) != 0
                                 : (day->sources[source / 32] >> source % 32 & 1) != 0;
}

static int32_t number_of(const struct ink_days_table *table, uint32_t slot) {
    return ink_day_at(table, slot)->key >> 2;
}

/* What a vote of a source is worth: log2(1 + the days it covers / the days it names). It covers
 * those from its first to its last; the fewer it names, the more those of the whole story. */
static uint32_t vote_of(const struct ink_days_table *table, uint32_t source, uint32_t span) {
    uint32_t days = 0, first = 0, last = 0;
    for (uint32_t i = 0; i < table->count; i++) {
        if (reports(ink_day_at(table, i), source)) {
            first = days == 0 ? i : first;
            last = i;
            days++;
        }
    }
    if (days == 0) {
        return 0;
    }
    uint32_t own = (uint32_t)(number_of(table, last) - number_of(table, first)) + 1;
    uint64_t named = (uint64_t)days * (days + FEW);                 /* below 2^33 */
    uint64_t covered = (uint64_t)days * own + (uint64_t)FEW * span; /* below 2^40 */
    return ink_log2(named + covered - 1) - ink_log2(named - 1);
}

static void weigh_votes(const struct ink_days_table *table, uint16_t vote[NAMES]) {
    uint32_t span = 1;
    if (table->count > 0) {
        span += (uint32_t)(number_of(table, table->count - 1) - number_of(table, 0));
    }
    for (uint32_t source = 0; source < NAMES; source++) {
        vote[source] = (uint16_t)vote_of(table, source, span);
    }
}

/* Words of the story to one record, x 1024: at most 64 words of 8 letters, so below 2^19. */
static int32_t share_of(const struct ink_days_table *table, uint32_t counter) {
    return table->mass == 0 ? 0 : (int32_t)((int64_t)table->words[counter] * 1024 / table->mass);
}

/* The day's words beyond its share of the story's, squared and summed. The shares have taken the
 * place of the story's words. */
static uint64_t burst_of(const struct ink_days_table *table, const struct ink_day *day) {
    int32_t mass = day->mass;
    if (table->counters == 0 || mass > INK_DAY_MASS_MAX) {
        return (uint64_t)64 * (uint32_t)mass * (uint32_t)mass; /* a word of 8 letters a record */
    }
    const int16_t *words = (const int16_t *)(const void *)(day + 1);
    uint64_t sum = 0;
    for (uint32_t i = 0; i < table->counters; i++) {
        int32_t beyond = words[i] - table->words[i] * mass / 1024; /* 2^19 x 2^11 */
        sum += (uint64_t)((int64_t)beyond * beyond);
    }
    return sum;
}

static void count_witnesses(struct ink_day *day) {
    uint32_t count = (day->flags & INK_DAY_UNNAMED) != 0;
    for (int half = 0; half < 2; half++) {
        for (uint32_t bits = day->sources[half]; bits != 0; bits &= bits - 1) {
            count++;
        }
    }
    day->witnesses = (uint8_t)count; /* at most 65 */
}

static struct ink_merit judge(const struct ink_days_table *table, const struct ink_day *day,
                              const uint16_t vote[NAMES], uint32_t busy) {
    uint32_t votes = 0;
    for (uint32_t source = 0; source < NAMES; source++) {
        votes += reports(day, source) ? vote[source] : 0;
    }
    return (struct ink_merit){.votes = (uint16_t)votes, /* 65 x 16 x 40 at most */
                              .burst = (uint16_t)ink_log2(burst_of(table, day)),
                              .busy = (uint16_t)ink_log2(busy),
                              .favour = (day->flags & INK_DAY_HELD) != 0 ? HOLD : 0};
}

void ink_merit_of_days(struct ink_days_table *table, uint32_t recent) {
    uint16_t vote[NAMES];
    weigh_votes(table, vote);
    for (uint32_t i = 0; i < table->counters; i++) {
        table->words[i] = share_of(table, i);
    }
    for (uint32_t i = 0; i < table->count; i++) {
        count_witnesses(ink_day_at(table, i));
    }
    uint32_t first = 0, end = 0, busy = 0; /* witnesses of the days first..end-1 */
    for (uint32_t i = 0; i < table->count; i++) {
        struct ink_day *day = ink_day_at(table, i);
        for (; end < table->count && number_of(table, end) <= (day->key >> 2) + MONTH; end++) {
            busy += ink_day_at(table, end)->witnesses;
        }
        for (; number_of(table, first) < (day->key >> 2) - MONTH; first++) {
            busy -= ink_day_at(table, first)->witnesses;
        }
        day->merit = judge(table, day, vote, busy);
        uint32_t age = (uint32_t)(number_of(table, table->count - 1) - (day->key >> 2));
        day->merit.favour = (int16_t)(day->merit.favour - (int32_t)(recent * ink_log2(age) / 16));
    }
}
