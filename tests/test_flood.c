/* Law 9 for condensing: whatever is poured in, and however much of it, nothing overflows and
 * nothing is lost uncounted; its order makes no difference, and the next record costs no more than
 * the first.
 *
 * A flood is made record by record, straight into ink_condense_record, since no buffer holds it;
 * the last tests are of bytes. Under sanitizers floods are a fiftieth as long. */
#include "ink_flood.h"

#include <time.h>

#include "core/ink_profile.h"

/* ---- what exactly is counted ----------------------------------------------------------------- */

static void expect_one_and_copies(const struct ink_digest *digest) {
    CHECK_INT(digest->counts.kept, 1);
    CHECK_INT(digest->counts.duplicate, digest->counts.read - 1);
    CHECK_INT(digest->events[0].records, 1);
}

static void expect_the_last_rev(const struct ink_digest *digest) {
    CHECK_INT(digest->counts.kept, 1);
    CHECK_INT(digest->counts.superseded, digest->counts.read - 1);
    CHECK_INT(digest->events[0].rev, digest->counts.read - 1);
}

static void expect_the_greatest_content(const struct ink_digest *digest) {
    uint32_t greatest = 0;
    for (uint32_t i = 0; i < digest->counts.read; i++) {
        struct ink_record record;
        struct pen pen;
        one_id_each_content(&record, i, &pen);
        uint32_t content = ink_record_content(&record);
        greatest = content > greatest ? content : greatest;
    }
    expect_one_and_copies(digest);
    CHECK_INT(digest->events[0].content, greatest);
}

/* Each id is a record of its own. */
static void expect_all_live(const struct ink_digest *digest) {
    CHECK_INT(digest->counts.duplicate + digest->counts.superseded, 0);
}

static void expect_all_early(const struct ink_digest *digest) {
    expect_all_live(digest);
    CHECK_INT(digest->counts.early, digest->counts.read);
}

static void expect_none_newest(const struct ink_digest *digest) {
    expect_all_live(digest);
    CHECK(digest->newest_utc == INT64_MIN);
    CHECK(digest->counts.early == 0);
}

static void expect_many_names(const struct ink_digest *digest) {
    expect_all_live(digest);
    CHECK_INT(digest->sources, INK_SOURCES);
    CHECK(digest->sources_beyond);
}

static const struct flood floods[] = {
    {"one id, all equal", one_id_all_equal, MILLION, false, expect_one_and_copies},
    {"one id, all revs", one_id_each_rev, MILLION, false, expect_the_last_rev},
    {"one id, all contents", one_id_each_content, MILLION, false, expect_the_greatest_content},
    {"one day", make_plain, MILLION, false, expect_all_live},
    {"dates of every length", make_date, MANY, false, expect_all_live},
    {"far future", make_future, MANY, true, expect_all_early},
    {"one last second", make_last_second, MANY, true, expect_all_early},
    {"weight 9", make_heavy, MANY, false, expect_all_live},
    {"planned", make_planned, MANY, true, expect_none_newest},
    {"planned, no as-of", make_planned, MANY, false, expect_none_newest},
    {"withdrawn", make_withdrawn, MANY, false, expect_all_live},
    {"colliding ids", make_colliding, MANY, false, expect_all_live},
    {"sources and lanes", make_crowd, MANY, false, expect_many_names},
    {"many words, long words", make_wordy, MANY, false, expect_all_live},
};
#define FLOODS (sizeof floods / sizeof floods[0])

enum { TINY, WALL, ODD, CAPACITIES };

static struct ink_capacity capacity_of(int number) {
    static const struct ink_capacity odd = {7, 1, 333, INK_PAGE_BYTES_MIN, 1235};
    return number == TINY ? INK_TINY_CAPACITY : number == WALL ? INK_WALL_CAPACITY : odd;
}

/* ---- what holds after any flood -------------------------------------------------------------- */

/* What is hidden between the events is all that is hidden. */
static void check_gaps(const struct ink_digest *digest) {
    uint64_t hidden = (uint64_t)digest->before.count + digest->before_ahead.count;
    for (int i = 0; i < digest->count; i++) {
        hidden += digest->events[i].after.count;
    }
    CHECK_INT(hidden, digest->counts.hidden);
}

/* In one lane; the number of an event saturates. */
static void check_lane(const struct ink_digest *digest, int number) {
    const struct ink_lane *lane = &digest->lanes[number];
    uint64_t hidden = lane->hidden_before, events = 0;
    bool saturated = false;
    for (int i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i];
        if (event->lane == number) {
            hidden += event->hidden_in_lane;
            saturated = saturated || event->hidden_in_lane == UINT16_MAX;
            events++;
        }
    }
    CHECK(saturated ? hidden <= lane->hidden : hidden == lane->hidden);
    CHECK(lane->hidden + events <= lane->records);
}

static void check_lanes(const struct ink_digest *digest) {
    const struct ink_counts *counts = &digest->counts;
    uint64_t records = 0, hidden = 0;
    for (int i = 0; i <= INK_LANES; i++) {
        records += digest->lanes[i].records;
        hidden += digest->lanes[i].hidden;
        check_lane(digest, i);
    }
    CHECK_INT(hidden, counts->hidden);
    CHECK_INT(records, counts->read - counts->refused - counts->duplicate - counts->superseded);
}

/* Events stand in time, each with a rank of its own and texts inside the digest's; their records
 * are those kept and merged. */
static void check_events(const struct ink_digest *digest, uint32_t text_cap) {
    uint64_t records = 0;
    bool saturated = false;
    for (int i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i], *next = event + 1;
        bool last = i + 1 == digest->count || ink_event_is_ahead(event) != ink_event_is_ahead(next);
        CHECK(last || ink_event_is_ahead(event) || event->start_utc <= next->start_utc);
        CHECK(last || !ink_event_is_ahead(event) || ink_event_is_ahead(next));
        CHECK(event->rank < digest->count);
        for (int j = 0; j < i; j++) {
            CHECK(digest->events[j].rank != event->rank && digest->events[j].id != event->id);
        }
        if ((event->flags & INK_EVENT_FETCHED) != 0) {
            CHECK(event->text_at <= text_cap && event->texts <= text_cap - event->text_at);
        }
        records += event->records;
        saturated = saturated || event->records == UINT16_MAX;
    }
    uint64_t told = (uint64_t)digest->counts.kept + digest->counts.merged;
    CHECK(saturated ? records <= told : records == told);
}

static void check_digest(const struct ink_digest *digest, const struct ink_capacity *capacity,
                         uint32_t fed) {
    CHECK_INT(digest->counts.read, fed);
    CHECK(counts_add_up(&digest->counts));
    CHECK_INT(digest->count, digest->counts.kept);
    CHECK(digest->count <= capacity->events);
    check_gaps(digest);
    check_lanes(digest);
    check_events(digest, capacity->text_bytes);
}

/* ---- floods ---------------------------------------------------------------------------------- */

static void check_flood(const struct flood *flood, const struct ink_capacity *capacity) {
    struct wall straight, reversed;
    int failures = ink_test_failures;
    wall_open(&straight, capacity);
    wall_open(&reversed, capacity);
    pour(&straight.ink.condense, flood, STRAIGHT);
    pour(&reversed.ink.condense, flood, REVERSED);
    const struct ink_digest *a = &straight.ink.condense.digest;
    const struct ink_digest *b = &reversed.ink.condense.digest;
    check_digest(a, capacity, flood->count);
    CHECK(a->count > 0);
    if (flood->expect != NULL) {
        flood->expect(a);
    }
    CHECK(is_same(digest_differs(a, b), capacity->events));
    CHECK(is_same(counts_differ(&a->counts, &b->counts), capacity->events));
    wall_close(&straight);
    wall_close(&reversed);
    if (ink_test_failures > failures) {
        printf("  in the flood: %s; events %d\n", flood->name, capacity->events);
    }
}

static void any_flood_is_counted_in_any_order(void) {
    for (size_t i = 0; i < FLOODS; i++) {
        for (int j = 0; j < CAPACITIES; j++) {
            struct ink_capacity capacity = capacity_of(j);
            check_flood(&floods[i], &capacity);
        }
    }
}

/* Every day that a date can name, from the first, from the last, and crosswise; the first million
 * of them in other capacities than the wall's. */
static void all_days_there_are_are_counted_in_any_order(void) {
    CHECK_INT(FIRST_DAY, ink_days(INK_YEAR_MIN, 1, 1));
    CHECK_INT(FIRST_DAY + (int32_t)ALL_DAYS - 1, ink_days(INK_YEAR_MAX, 12, 31));
    for (int i = 0; i < CAPACITIES; i++) {
        struct ink_capacity capacity = capacity_of(i);
        const uint32_t days = i == WALL && !SANITIZED ? ALL_DAYS : MILLION;
        const struct flood flood = {"all days", make_day, days, false, NULL};
        struct wall walls[3];
        for (int order = STRAIGHT; order <= MIXED; order++) {
            wall_open(&walls[order], &capacity);
            pour(&walls[order].ink.condense, &flood, (enum order)order);
        }
        const struct ink_digest *a = &walls[STRAIGHT].ink.condense.digest;
        check_digest(a, &capacity, flood.count);
        CHECK_INT(a->count, capacity.events);
        for (int order = REVERSED; order <= MIXED; order++) {
            const struct ink_digest *b = &walls[order].ink.condense.digest;
            CHECK(is_same(digest_differs(a, b), (uint64_t)order));
            CHECK(is_same(counts_differ(&a->counts, &b->counts), (uint64_t)order));
        }
        for (int order = STRAIGHT; order <= MIXED; order++) {
            wall_close(&walls[order]);
        }
    }
}

/* ---- texts that hardly differ ---------------------------------------------------------------- */

#define SPELLINGS 7

/* Words that differ in case, accents, punctuation and the way to write a number are the same. */
static void make_spelling(struct ink_record *record, uint32_t number, struct pen *pen) {
    static const char *const spellings[SPELLINGS] = {
        "Élan brigade evacuated 120,000 people from the border region after shelling",
        "ÉLAN BRIGADE EVACUATED 120,000 PEOPLE FROM THE BORDER REGION AFTER SHELLING",
        "elan brigade evacuated 120,000 people from the border region after shelling",
        "e\xCC\x81lan brigade evacuated 120 000 people from the border region after shelling",
        "«Elan» brigade: evacuated — 120.000 people (from the border region), after shelling!",
        "Elan brigade evacuated 120,000 people from the border region after shelling …",
        "Êlan brigãde evacuated 120\u202F000 people from the börder region after shelling",
    };
    make_plain(record, number, pen);
    record->text[INK_HEADLINE] = span_of(spellings[number % SPELLINGS]);
}

/* A figure that differs, in the headline or beside it, is news; and so is another status. */
static void make_figure(struct ink_record *record, uint32_t number, struct pen *pen) {
    static const char *const figures[] = {"", "~12 km", "~13 km"};
    static const uint8_t statuses[] = {INK_REPORTED, INK_CLAIMED};
    make_plain(record, number, pen);
    record->text[INK_HEADLINE] =
        numbered(pen->text[0],
                 "Shelling of the border region took lives, the brigade said: ", 100 + number % 3);
    record->text[INK_FIGURE] = span_of(figures[number / 3 % 3]);
    record->status = statuses[number / 9 % 2];
}

#define FIGURES (3 * 3 * 2)

/* As many events as there are things told, all else merged into them. */
static void check_told(const struct flood *flood, uint32_t told) {
    for (int i = TINY; i <= WALL; i++) {
        struct ink_capacity capacity = capacity_of(i);
        struct wall wall;
        wall_open(&wall, &capacity);
        pour(&wall.ink.condense, flood, STRAIGHT);
        const struct ink_digest *digest = &wall.ink.condense.digest;
        check_digest(digest, &capacity, flood->count);
        CHECK_INT(digest->counts.kept, told);
        CHECK_INT(digest->counts.merged, flood->count - told);
        for (int j = 0; j < digest->count; j++) {
            CHECK_INT(digest->events[j].records, flood->count / told);
        }
        wall_close(&wall);
        check_flood(flood, &capacity);
    }
}

static void spellings_are_merged(void) {
    const struct flood flood = {"spellings", make_spelling, SPELLINGS * (MANY / 50), false, NULL};
    check_told(&flood, 1);
}

static void figures_are_not_merged(void) {
    const struct flood flood = {"figures", make_figure, FIGURES * (MANY / 50), false, NULL};
    check_told(&flood, FIGURES);
}

/* ---- capacities from zero -------------------------------------------------------------------- */

static struct story story;

/* One buffer between guards. */
struct tank {
    unsigned char *block;
    size_t bytes;
};

static void *tank_open(struct tank *tank, size_t bytes) {
    tank->bytes = bytes;
    tank->block = malloc(bytes + 2 * WALL_GUARD);
    memset(tank->block, WALL_FILL, bytes + 2 * WALL_GUARD);
    return tank->block + WALL_GUARD;
}

static void tank_close(struct tank *tank) {
    int touched = 0;
    for (size_t i = 0; i < WALL_GUARD; i++) {
        touched += tank->block[i] != WALL_FILL;
        touched += tank->block[WALL_GUARD + tank->bytes + i] != WALL_FILL;
    }
    CHECK_INT(touched, 0);
    free(tank->block);
}

static void tell_story(struct ink_condense *condense, bool reversed) {
    while (ink_condense_begin_pass(condense)) {
        for (int i = 0; i < story.part_count; i++) {
            ink_condense_story(condense, &story.parts[i]);
        }
        for (int i = 0; i < story.count; i++) {
            ink_condense_record(condense, &story.records[reversed ? story.count - 1 - i : i]);
        }
    }
}

/* Each buffer has exactly the bytes that the header asks for. */
static void open_tanks(struct tank tanks[3], struct ink_condense *condense,
                       const struct ink_capacity *capacity) {
    const size_t least = capacity->events * sizeof(struct ink_event) + capacity->text_bytes;
    const size_t work = capacity->work_bytes;
    struct ink_condense_memory memory = {
        .work = tank_open(&tanks[0], work > least ? work : least),
        .ids = tank_open(&tanks[1], capacity->ids * sizeof(struct ink_known_id)),
        .order = tank_open(&tanks[2], capacity->events * 2 * sizeof(uint16_t)),
        .work_bytes = capacity->work_bytes,
        .text_cap = capacity->text_bytes,
        .event_cap = capacity->events,
        .id_cap = capacity->ids,
    };
    ink_condense_begin(condense, &memory, &(struct ink_budget){0});
}

static void check_capacity(const struct ink_capacity *capacity) {
    struct tank tanks[2][3];
    struct ink_condense condense[2];
    for (int i = 0; i < 2; i++) {
        open_tanks(tanks[i], &condense[i], capacity);
        tell_story(&condense[i], i == 1);
    }
    const struct ink_digest *a = &condense[0].digest, *b = &condense[1].digest;
    check_digest(a, capacity, (uint32_t)story.count);
    CHECK(is_same(digest_differs(a, b), capacity->work_bytes));
    CHECK(is_same(counts_differ(&a->counts, &b->counts), capacity->work_bytes));
    bool fits = capacity->work_bytes >= INK_WORK_BYTES_MIN(capacity->events);
    CHECK(a->count > 0 || capacity->events == 0 || !fits || condense[0].struck);
    for (int i = 0; i < 3; i++) {
        tank_close(&tanks[0][i]);
        tank_close(&tanks[1][i]);
    }
}

static void every_small_capacity_counts_all(void) {
    static const uint32_t texts[] = {0, 1, 64, 129, 300, 900};
    uint64_t seed = 1;
    for (uint16_t events = 0; events <= 5; events++) {
        for (uint32_t work = 0; work <= 2000; work += SANITIZED ? 91 : 13) {
            for (uint32_t i = 0; i < 18; i++) {
                struct making making = story_any(&seed, 60);
                making.records = 50;
                story_make(&story, &making, &seed);
                struct ink_capacity capacity = {
                    .events = events,
                    .ids = (uint16_t)(i % 3),
                    .text_bytes = texts[i / 3],
                    .work_bytes = work,
                };
                check_capacity(&capacity);
            }
        }
    }
}

/* ---- bytes ----------------------------------------------------------------------------------- */

/* One line of NDJSON: good, nonsense, too long a headline, a year that is none. */
static size_t write_line(char *line, size_t cap, uint32_t number) {
    static const char *const forms[] = {
        "{\"id\":%u,\"when\":\"2024-08-06\",\"headline\":\"Rescuers reached the valley\"}\n",
        "]%u}}\xFF\xFE nonsense {{[\n",
        "{\"id\":%u,\"when\":\"2024-08-07\",\"headline\":\"%0900u\"}\n",
        "{\"id\":%u,\"when\":\"20245-08-06\",\"headline\":\"Too late\"}\n",
    };
    return (size_t)snprintf(line, cap, forms[number % 4], number, number);
}

static void check_bytes(const struct ink_digest *digest, const struct ink_capacity *capacity,
                        uint32_t lines) {
    check_digest(digest, capacity, lines + 1);
    CHECK_INT(digest->counts.refused, lines / 2 + 1);
    CHECK_INT(digest->counts.cut, lines / 4);
    CHECK_INT(digest->counts.duplicate + digest->counts.superseded, 0);
    CHECK(digest->count > 0);
}

/* Half of the lines are refused, and at the end comes one that never ends. */
static void bad_lines_are_refused_and_counted(void) {
    const uint32_t lines = MANY / 4 * 4;
    for (int i = 0; i < CAPACITIES; i++) {
        struct ink_capacity capacity = capacity_of(i);
        struct wall wall;
        char line[1200];
        wall_open(&wall, &capacity);
        while (ink_begin_pass(&wall.ink)) {
            ink_begin_input(&wall.ink, INK_FORMAT_NDJSON);
            for (uint32_t number = 0; number < lines; number++) {
                ink_feed(&wall.ink, line, write_line(line, sizeof line, number));
            }
            memset(line, '[', sizeof line);
            for (uint32_t number = 0; number < 1000; number++) {
                ink_feed(&wall.ink, line, sizeof line);
            }
            ink_end_input(&wall.ink);
        }
        check_bytes(&wall.ink.condense.digest, &capacity, lines);
        wall_close(&wall);
    }
}

/* ---- time a record --------------------------------------------------------------------------- */

#define TIMED 300000u
#define TENTH (TIMED / 10)

/* Seconds of the processor that the first and the last tenth of each pass take. */
struct times {
    double first[INK_CONDENSE_PASSES], last[INK_CONDENSE_PASSES];
    int passes;
};

static double pour_some(struct ink_condense *condense, const struct flood *flood, uint32_t from,
                        uint32_t count) {
    clock_t began = clock();
    for (uint32_t i = from; i < from + count; i++) {
        struct ink_record record;
        struct pen pen;
        flood->make(&record, i, &pen);
        ink_condense_record(condense, &record);
    }
    return (double)(clock() - began) / CLOCKS_PER_SEC;
}

/* The least of three runs: what else runs on the machine only adds. */
static void take_times(struct times *times, const struct flood *flood) {
    *times = (struct times){.passes = 0};
    for (int run = 0; run < 3; run++) {
        struct ink_capacity capacity = INK_WALL_CAPACITY;
        struct wall wall;
        wall_open(&wall, &capacity);
        for (int pass = 0; ink_condense_begin_pass(&wall.ink.condense); pass++) {
            double first = pour_some(&wall.ink.condense, flood, 0, TENTH);
            (void)pour_some(&wall.ink.condense, flood, TENTH, 8 * TENTH);
            double last = pour_some(&wall.ink.condense, flood, 9 * TENTH, TENTH);
            bool less = run == 0 || first < times->first[pass];
            times->first[pass] = less ? first : times->first[pass];
            less = run == 0 || last < times->last[pass];
            times->last[pass] = less ? last : times->last[pass];
            times->passes = pass + 1;
        }
        wall_close(&wall);
    }
}

static void the_last_record_costs_no_more_than_the_first(void) {
    static const struct flood timed[] = {
        {"one day", make_plain, TIMED, false, NULL},
        {"days", make_day, TIMED, false, NULL},
        {"dates of every length", make_date, TIMED, false, NULL},
        {"sources and lanes", make_crowd, TIMED, false, NULL},
        {"one id, all revs", one_id_each_rev, TIMED, false, NULL},
        {"colliding ids", make_colliding, TIMED, false, NULL},
    };
    for (size_t i = 0; i < sizeof timed / sizeof timed[0] && !SANITIZED; i++) {
        struct times times;
        double worst = 0;
        take_times(&times, &timed[i]);
        for (int pass = 0; pass < times.passes; pass++) {
            double ratio = times.last[pass] / times.first[pass];
            worst = ratio > worst ? ratio : worst;
            CHECK(times.last[pass] <= 3 * times.first[pass]);
        }
        printf("%s: the last tenth takes at most %.2f of the first\n", timed[i].name, worst);
    }
}

int main(void) {
    RUN(any_flood_is_counted_in_any_order);
    RUN(all_days_there_are_are_counted_in_any_order);
    RUN(spellings_are_merged);
    RUN(figures_are_not_merged);
    RUN(every_small_capacity_counts_all);
    RUN(bad_lines_are_refused_and_counted);
    RUN(the_last_record_costs_no_more_than_the_first);
    return ink_test_end();
}
