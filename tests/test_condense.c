/* Condensing against a model of it with unbounded memory and no passes (ink_model.h), what bounded
 * memory loses against it, and its rules one by one. That no order matters is in test_laws.c. */
#include "ink_model_elect.h"
#include "ink_tell.h"

/* ---- the core over the same records ---------------------------------------------------------- */

struct run {
    struct ink_condense condense;
    unsigned char *work;
    struct ink_known_id *ids;
    uint16_t *order;
};

static void run_open(struct run *run, const struct model_task *task, uint32_t work_bytes) {
    size_t held = task->events * sizeof(struct ink_event) + task->text_bytes;
    run->work = malloc((held > work_bytes ? held : work_bytes) + 1);
    run->ids = malloc(1024 * sizeof *run->ids);
    run->order = malloc((size_t)2 * task->events * sizeof *run->order + 1);
    struct ink_condense_memory memory = {.work = run->work,
                                         .ids = run->ids,
                                         .order = run->order,
                                         .work_bytes = work_bytes,
                                         .text_cap = task->text_bytes,
                                         .event_cap = task->events,
                                         .id_cap = 1024};
    ink_condense_begin(&run->condense, &memory, &task->budget);
}

static void run_close(struct run *run) {
    free(run->work);
    free(run->ids);
    free(run->order);
}

static void run_feed(struct run *run, const struct model_task *task, bool facts_last) {
    for (int item = 0; item < story_items(&story); item++) {
        int number = facts_last ? item : (item + story.count) % story_items(&story);
        if (number < story.count) {
            ink_condense_record(&run->condense, &story.records[number]);
        } else {
            ink_condense_story(&run->condense, &story.parts[number - story.count]);
        }
    }
    for (uint32_t i = 0; i < task->refused; i++) {
        ink_condense_refused(&run->condense);
    }
}

static void run_take(struct run *run, const struct model_task *task, bool facts_last) {
    while (ink_condense_begin_pass(&run->condense)) {
        run_feed(run, task, facts_last);
    }
}

/* ---- against the model ----------------------------------------------------------------------- */

static const char *differs_from_model(const struct ink_digest *digest) {
    const char *what = counts_differ(&digest->counts, &model.digest.counts);
    what = what == NULL && digest->counts.early != model.digest.counts.early ? "early" : what;
    return what == NULL ? digest_differs(digest, &model.digest) : what;
}

static uint64_t shown_before[8];

/* Some ids of the story, and one that is not in it. */
static struct ink_budget any_budget(uint16_t events, uint64_t *seed) {
    struct ink_budget budget = {.held = shown_before};
    if (story_chance(seed, 2)) {
        budget.dates = (uint16_t)ink_random_below(seed, 2u * events + 1);
    }
    budget.per_date = (uint16_t)(story_chance(seed, 2) ? ink_random_below(seed, 4) : 0);
    budget.recent = (uint8_t)(story_chance(seed, 3) ? ink_random_below(seed, 256) : 0);
    for (int wanted = (int)ink_random_below(seed, 7); wanted > 0 && story.count > 0; wanted--) {
        uint64_t id = story.records[ink_random_below(seed, (uint32_t)story.count)].id;
        int at = budget.held_count;
        for (int i = 0; i < budget.held_count; i++) {
            at = shown_before[i] == id ? -1 : at;
        }
        for (; at > 0 && shown_before[at - 1] > id; at--) {
            shown_before[at] = shown_before[at - 1];
        }
        if (at >= 0) {
            shown_before[at] = id;
            budget.held_count++;
        }
    }
    return budget;
}

static void tell_any(uint64_t round, uint64_t *seed) {
    uint32_t most = round % 128 == 0 ? STORY_RECORDS : round % 16 == 0 ? 160 : 40;
    if (round % 2 == 0) {
        struct making making = story_any(seed, most);
        story_make(&story, &making, seed);
        return;
    }
    struct telling telling = {.records = (int)ink_random_below(seed, most + 1),
                              .days = 1 + ink_random_below(seed, story_chance(seed, 2) ? 3 : 20),
                              .sources = 1 + ink_random_below(seed, 6),
                              .topics = 1 + ink_random_below(seed, 8),
                              .rough = !story_chance(seed, 4)};
    tell(&telling, seed);
}

static void digest_is_that_of_the_model(void) {
    static struct run run;
    for (uint64_t round = 1; round <= 5000; round++) {
        uint64_t seed = round;
        tell_any(round, &seed);
        bool small = story.count <= 60 && story_chance(&seed, 2); /* then a day has 16 counters */
        struct model_task task = {.story = &story, .counters = small ? 16 : 64};
        task.events = (uint16_t)ink_random_below(&seed, story_chance(&seed, 4) ? 130 : 20);
        task.text_bytes = ink_random_below(&seed, story_chance(&seed, 2) ? 400 : 20000);
        task.refused = ink_random_below(&seed, 3);
        task.budget = any_budget(task.events, &seed);
        run_open(&run, &task, small ? 18000 : 200000);
        run_take(&run, &task, round % 3 == 0);
        model_run(&task);
        CHECK(is_same(differs_from_model(&run.condense.digest), round));
        CHECK(counts_add_up(&run.condense.digest.counts));
        run_close(&run);
    }
}

/* ---- what bounded memory loses ----------------------------------------------------------------
 */

#define LOSS_STORIES 16
#define LOSS_SIZES   6

struct loss {
    uint32_t work_bytes;
    int least, least_days; /* percent that a working one keeps with margin */
    int kept, kept_days;
};

/* The day is told by another event too, further up. */
static bool is_first_of_day(const struct ink_event *events, int number) {
    for (int i = 0; i < number; i++) {
        if (date_differs(&events[i].when, &events[number].when) == NULL) {
            return false;
        }
    }
    return true;
}

/* What of the unlimited choice is also in the digest: events of that id, and days. */
static void add_kept(struct loss *loss, const struct ink_digest *digest) {
    for (int i = 0; i < model.elected; i++) {
        const struct ink_event *wanted = &model.events[i];
        bool event = false, day = false;
        for (int j = 0; j < digest->count; j++) {
            event |= digest->events[j].id == wanted->id;
            day |= date_differs(&digest->events[j].when, &wanted->when) == NULL;
        }
        loss->kept += event;
        loss->kept_days += day && is_first_of_day(model.events, i);
    }
}

static void print_losses(struct loss *losses, int wanted, int wanted_days) {
    printf("kept of the unlimited choice, events/days:");
    for (int i = 0; i < LOSS_SIZES; i++) {
        struct loss *loss = &losses[i];
        loss->kept = loss->kept * 100 / wanted;
        loss->kept_days = loss->kept_days * 100 / wanted_days;
        printf(" %u KB %d/%d%%%s", loss->work_bytes / 1024, loss->kept, loss->kept_days,
               i + 1 < LOSS_SIZES ? "," : "\n");
    }
}

/* Days of whole stories, and nothing that the desk decides: what is left is counters, gists, and
 * how many candidates have room. Budget: two events on each of 12 days. */
static void little_is_lost_in_little_memory(void) {
    struct loss losses[LOSS_SIZES] = {{2048, 5, 60, 0, 0},       {5 * 1024, 20, 93, 0, 0},
                                      {10 * 1024, 33, 93, 0, 0}, {22 * 1024, 52, 95, 0, 0},
                                      {32 * 1024, 57, 95, 0, 0}, {256 * 1024, 60, 95, 0, 0}};
    int wanted = 0, wanted_days = 0;
    static struct run run;
    for (uint64_t seed = 1; seed <= LOSS_STORIES; seed++) {
        uint64_t state = seed * 1000;
        tell(&(struct telling){.records = 600, .days = 60, .sources = 8, .topics = 40}, &state);
        struct model_task task = {.story = &story, .events = 24, .text_bytes = 8192, .exact = true};
        task.budget = (struct ink_budget){.dates = 12, .per_date = 2};
        model_run(&task);
        for (int i = 0; i < model.elected; i++, wanted++) {
            wanted_days += is_first_of_day(model.events, i);
        }
        for (int i = 0; i < LOSS_SIZES; i++) {
            run_open(&run, &task, losses[i].work_bytes);
            run_take(&run, &task, false);
            add_kept(&losses[i], &run.condense.digest);
            run_close(&run);
        }
    }
    print_losses(losses, wanted, wanted_days);
    for (int i = 0; i < LOSS_SIZES; i++) {
        CHECK(losses[i].kept >= losses[i].least);
        CHECK(losses[i].kept_days >= losses[i].least_days);
    }
    CHECK(losses[LOSS_SIZES - 1].kept >= losses[0].kept);
}

/* ---- rule by rule -----------------------------------------------------------------------------
 */

#define LINE(id, when, more, headline)                                                             \
    "{\"id\":" #id ",\"when\":\"" when "\"" more ",\"headline\":\"" headline "\"}\n"
#define W(weight)   ",\"weight\":" #weight
#define IS(status)  ",\"status\":\"" #status "\""
#define BY(source)  ",\"source\":\"" source "\""
#define FIG(figure) ",\"figure\":\"" figure "\""
#define VIA(relay)  ",\"via\":\"" relay "\""

/* Condense the lines, keep the digest; wall_close gives it back. */
static const struct ink_digest *take_lines(struct wall *wall, uint16_t events,
                                           struct ink_budget budget, const char *lines) {
    struct ink_capacity capacity = {.events = events,
                                    .ids = 64,
                                    .text_bytes = 4000,
                                    .page_bytes = INK_PAGE_BYTES_MIN,
                                    .work_bytes = 20000};
    struct feed feed = {(uint8_t *)(uintptr_t)lines, strlen(lines), INK_FORMAT_NDJSON};
    wall_open(wall, &capacity);
    struct ink_config config = wall->ink.config;
    config.budget = budget;
    CHECK_INT(ink_init(&wall->ink, &config), INK_OK);
    wall_take(wall, &feed, 1, NULL);
    CHECK_INT(wall->ink.condense.digest.counts.refused, 0);
    return &wall->ink.condense.digest;
}

/* The ids kept, in time, as "3 1 2"; "1:2/1" is an event of two records and one source. */
static void check_kept(uint16_t events, struct ink_budget budget, const char *lines,
                       const char *want) {
    char got[200] = "";
    size_t at = 0;
    struct wall wall;
    const struct ink_digest *digest = take_lines(&wall, events, budget, lines);
    for (int i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i];
        at += (size_t)snprintf(got + at, sizeof got - at, "%s%d", i > 0 ? " " : "", (int)event->id);
        if (event->records > 1) {
            at += (size_t)snprintf(got + at, sizeof got - at, ":%d/%d", event->records,
                                   ink_sources_count(event->sources));
        }
    }
    CHECK_TEXT(got, at, want);
    CHECK(counts_add_up(&digest->counts));
    wall_close(&wall);
}

static const struct ink_budget free_budget;

static void a_withdrawal_follows_its_record_whatever_its_weight(void) {
    static const char lines[] = LINE(1, "2024-08-06", W(9), "Bridge has fallen")
        LINE(2, "2024-08-07", W(8), "Talks go on") "{\"rev\":1,\"status\":\"withdrawn\","
                                                   "\"id\":1,\"weight\":1,\"when\":\"2024-08-06\","
                                                   "\"headline\":\"It was not so\"}\n";
    struct wall wall;
    const struct ink_digest *digest = take_lines(&wall, 2, free_budget, lines);
    CHECK_INT(digest->count, 2);
    CHECK_INT(digest->events[0].id, 1);
    CHECK_INT(digest->events[0].status, INK_WITHDRAWN);
    CHECK_INT(digest->counts.superseded, 1);
    wall_close(&wall);
    check_kept(1, free_budget, lines, "2"); /* what was withdrawn is not shown in its place */
}

/* One withdrawn with weight, its first version, and two others; the newest is of the 8th. */
#define STRUCK                                                                                     \
    LINE(1, "2024-08-06", W(9), "Bridge has fallen")                                               \
    LINE(2, "2024-08-07", "", "Talks go on")                                                       \
    LINE(3, "2024-08-08T12:00Z", "", "Choir sang")                                                 \
    "{\"rev\":1,\"status\":\"withdrawn\",\"id\":1,\"weight\":9,\"when\":\"2024-08-06\","           \
    "\"headline\":\"Bridge has fallen\"}\n"
#define FACT(name, date) "{\"story\":{\"" name "\":\"" date "\"}}\n"

/* Wherever the facts stand. */
static void check_struck(const char *lines, bool gone) {
    struct wall wall;
    const struct ink_digest *digest = take_lines(&wall, 8, free_budget, lines);
    CHECK_INT(digest->count, gone ? 2 : 3);
    CHECK_INT(digest->counts.superseded, gone ? 2 : 1);
    CHECK_INT(digest->counts.hidden, 0);
    CHECK_INT(digest->events[0].id, gone ? 2 : 1);
    CHECK(counts_add_up(&digest->counts));
    wall_close(&wall);
}

static void withdrawn_records_go_once_their_time_is_over(void) {
    check_struck(STRUCK, false);
    check_struck(STRUCK FACT("strikes", "2024-08-09"), false);
    check_struck(STRUCK FACT("strikes", "2024-08-08T13:00Z"), false);
    check_struck(STRUCK FACT("strikes", "2024-08-08T12:00Z"), true);
    check_struck(FACT("strikes", "2024-08-08") STRUCK, true);
    check_struck(FACT("strikes", "2024-08-09") STRUCK FACT("as_of", "2024-08-10"), true);
    check_struck(FACT("as_of", "2024-08-09") STRUCK FACT("strikes", "2024-08-09"), true);
    check_struck(STRUCK FACT("strikes", "2024-08-08") FACT("as_of", "2024-08-07"), false);
    check_struck(STRUCK FACT("strikes", "2024-08-01") FACT("strikes", "2024-08-09"), false);
}

/* What is withdrawn last of all tells the time too, and goes all the same. */
static void the_newest_may_be_the_one_withdrawn(void) {
    struct wall wall;
    const struct ink_digest *digest =
        take_lines(&wall, 8, free_budget,
                   LINE(1, "2024-08-06", "", "Talks go on")
                       LINE(2, "2024-08-09", IS(withdrawn), "Bridge has fallen")
                           FACT("strikes", "2024-08-09"));
    CHECK_INT(digest->count, 1);
    CHECK_INT(digest->newest_utc, (int64_t)ink_days(2024, 8, 6) * 86400);
    wall_close(&wall);
}

#define CLAIM                    LINE(1, "2024-08-06", W(9), "Troops have taken the village of Sudzha")
#define OTHER                    LINE(2, "2024-08-07", W(8), "Railway closed for repairs")
#define ANSWER(status, headline) LINE(3, "2024-08-12", W(1) IS(status), headline)

static void a_denial_stays_with_what_it_denies(void) {
    static const struct ink_budget two_days = {.dates = 2};
    check_kept(3, two_days, CLAIM OTHER ANSWER(denied, "Troops have not taken village Sudzha"),
               "1 3");
    check_kept(3, two_days, CLAIM OTHER ANSWER(disputed, "Village of Sudzha: have troops taken it"),
               "1 3");
    check_kept(3, two_days, CLAIM OTHER ANSWER(reported, "Troops have not taken village Sudzha"),
               "1 2");
    check_kept(3, two_days, CLAIM OTHER ANSWER(denied, "Pumpkin harvest was stolen last night"),
               "1 2");
}

static void a_changed_figure_is_news(void) {
    static const struct ink_budget two_a_day = {.per_date = 2};
    check_kept(
        8, two_a_day,
        LINE(1, "2024-08-06", FIG("10 dead"), "Number of victims after the strike on market")
            LINE(2, "2024-08-06", FIG("25 dead"), "Number of victims after the strike on market"),
        "1 2");
    check_kept(
        8, two_a_day,
        LINE(1, "2024-08-06", FIG("10 dead"), "Number of victims after the strike on market")
            LINE(2, "2024-08-06", FIG("10 dead"), "Number of victims after the strike on market"),
        "1:2/0");
    check_kept(8, two_a_day, /* a repeat, where neither says a figure */
               LINE(1, "2024-08-06", "", "Number of victims after the strike on market") LINE(
                   2, "2024-08-06", "", "More victims of another strike reported from a market"),
               "1");
}

static void a_relay_is_no_second_source(void) {
    check_kept(8, free_budget,
               LINE(1, "2024-08-06", BY("Governor"), "Evacuation of the border region has begun")
                   LINE(2, "2024-08-06", BY("Governor") VIA("Agency"),
                        "Evacuation of the border region has begun"),
               "1:2/1");
}

#define SAID "Evacuation of the border region has begun"

/* Of one event of all lines. */
static bool has_one_relay(const char *lines) {
    struct wall wall;
    const struct ink_digest *digest = take_lines(&wall, 8, free_budget, lines);
    CHECK_INT(digest->count, 1);
    const bool one = ink_event_has_one_relay(&digest->events[0]);
    wall_close(&wall);
    return one;
}

static void a_relay_counts_as_one_if_all_have_it(void) {
    CHECK(has_one_relay(LINE(1, "2024-08-06", BY("A"), SAID) LINE(2, "2024-08-06", BY("B"), SAID)));
    CHECK(has_one_relay(LINE(1, "2024-08-06", BY("A") VIA("X"), SAID)
                            LINE(2, "2024-08-06", BY("B") VIA("X"), SAID)));
    CHECK(!has_one_relay(LINE(1, "2024-08-06", BY("A") VIA("X"), SAID)
                             LINE(2, "2024-08-06", BY("B") VIA("Y"), SAID)));
    CHECK(!has_one_relay(LINE(1, "2024-08-06", BY("A") VIA("X"), SAID)
                             LINE(2, "2024-08-06", BY("B"), SAID)));
    CHECK(!has_one_relay(LINE(2, "2024-08-06", BY("B"), SAID)
                             LINE(1, "2024-08-06", BY("A") VIA("X"), SAID)));
}

static void the_same_from_two_agencies_on_two_days_is_one_event(void) {
    check_kept(
        8, free_budget,
        LINE(1, "2024-08-06", BY("Agency A"), "Evacuation of the border region has begun")
            LINE(2, "2024-08-07", BY("Agency B"), "Evacuation of the border region has begun"),
        "1:2/2");
    check_kept(
        8, free_budget, /* another evacuation, a month later */
        LINE(1, "2024-08-06", BY("Agency A"), "Evacuation of the border region has begun")
            LINE(2, "2024-09-07", BY("Agency B"), "Evacuation of the border region has begun"),
        "1 2");
    check_kept(8, free_budget, /* words of one letter say something too */
               LINE(1, "2024-08-06", "", "X") LINE(2, "2024-08-07", "", "x"), "1:2/0");
}

static void case_accents_and_punctuation_do_not_matter_but_numbers_do(void) {
    check_kept(8, free_budget,
               LINE(1, "2024-08-06", "", "Élysée: Zürich talks begin, says president")
                   LINE(2, "2024-08-06", "", "ELYSEE - ZURICH TALKS \\\"begin\\\" says President!"),
               "1:2/0");
    check_kept(
        8, free_budget,
        LINE(1, "2024-08-06", "", "Rockets fired at the harbour of Odesa: 12 wounded people")
            LINE(2, "2024-08-06", "", "Rockets fired at the harbour of Odesa: 13 wounded people"),
        "1 2");
}

static void a_month_does_not_compete_as_a_day(void) {
    static const struct ink_budget one_a_day = {.per_date = 1};
    check_kept(8, one_a_day,
               LINE(1, "2024-08-01", "", "Border closed")
                   LINE(2, "2024-08", "", "Harvest brought in")
                       LINE(3, "2024", "", "Elections held"),
               "3 2 1");
    check_kept(8, one_a_day,
               LINE(1, "2024-08-01", "", "Border closed")
                   LINE(2, "2024-08-01T10:00", "", "Harvest brought in"),
               "1");
}

#define PAST                                                                                       \
    LINE(1, "2024-08-01", W(9), "Border closed")                                                   \
    LINE(2, "2024-08-02", W(9), "Harvest brought in")                                              \
    LINE(3, "2024-08-03", W(9), "Elections held")                                                  \
    LINE(4, "2024-08-04", W(9), "Railway repaired")
#define PLANS                                                                                      \
    LINE(11, "2024-09-03", W(1) IS(planned), "Summit of ministers")                                \
    LINE(12, "2024-09-01", W(1) IS(planned), "School year begins")                                 \
    LINE(13, "2024-09-02", W(1) IS(planned), "Court hearing")

static void plans_have_places_of_their_own_and_what_others_leave(void) {
    check_kept(4, free_budget, PAST PLANS, "1 2 4 12");
    check_kept(6, free_budget, PAST PLANS, "1 2 3 4 12 13");
    check_kept(8, free_budget, PAST PLANS, "1 2 3 4 12 13 11");
    check_kept(2, free_budget, PLANS, "12 13");
    check_kept(8, free_budget, /* every second day, and each of them comes */
               LINE(1, "2024-09-01", IS(planned), "Briefing at the ministry of defence")
                   LINE(2, "2024-09-03", IS(planned), "Briefing at the ministry of defence again"),
               "1 2");
}

/* One on the day of the as-of may have happened, so only a plan for that day is ahead. */
static void what_is_over_is_not_ahead_and_what_is_after_the_as_of_is(void) {
    static const char *const as_of[] = {"2024-08-11", "2024-08-12", "2024-08-13"};
    for (int i = 0; i < 3; i++) {
        char lines[400];
        struct wall wall;
        snprintf(lines, sizeof lines, "%s{\"story\":{\"as_of\":\"%s\"}}\n",
                 LINE(1, "2024-08-12", IS(planned), "Meeting") LINE(2, "2024-08-12", "", "Event"),
                 as_of[i]);
        const struct ink_digest *digest = take_lines(&wall, 8, free_budget, lines);
        int ahead = 0;
        for (int j = 0; j < digest->count; j++) {
            ahead += ink_event_is_ahead(&digest->events[j]);
        }
        CHECK_INT(ahead, 2 - i);
        wall_close(&wall);
    }
}

#define LOUD                                                                                       \
    LINE(1, "2024-08-02", BY("A"), "Bridge over the river destroyed")                              \
    LINE(2, "2024-08-02", BY("B"), "Explosion over the bridge")                                    \
    LINE(3, "2024-08-02", BY("C"), "River bridge destroyed at dawn")
#define EARLY(more) LINE(4, "2024-08-01", more, "Harvest brought in")
#define LATE(more)  LINE(5, "2024-08-03", more, "Railway repaired")

static void weight_goes_before_everything(void) {
    static const struct ink_budget one_day = {.dates = 1};
    check_kept(1, one_day, LOUD EARLY(W(4)) LATE(W(4)), "1");
    check_kept(1, one_day, LOUD EARLY(W(6)) LATE(W(4)), "4");
    check_kept(1, one_day, LOUD LINE(6, "2024-08-02", W(6), "Choir sang"), "6");
}

static void first_and_newest_day_have_a_place(void) {
    static const struct ink_budget two_days = {.dates = 2, .per_date = 1};
    check_kept(2, two_days, LOUD EARLY("") LATE(""), "4 5");
    check_kept(2, two_days, LOUD EARLY(W(4)) LATE(""), "1 5");
    check_kept(1, (struct ink_budget){.dates = 1}, LOUD EARLY(W(4)) LATE(W(4)), "1");
}

static void the_latest_of_a_story_may_be_asked_for(void) {
    static const struct ink_budget one_day = {.dates = 1}, latest = {.dates = 1, .recent = 255};
    check_kept(1, one_day, LOUD LINE(5, "2024-08-20", "", "Railway repaired"), "1");
    check_kept(1, latest, LOUD LINE(5, "2024-08-20", "", "Railway repaired"), "5");
    check_kept(1, latest, LOUD LINE(5, "2024-08-20", W(4), "Railway repaired"), "1");
}

/* What five, six and ten others share a word of six letters with. */
#define OLD                 LINE(1, "2024-08-06", "", "bridge alone in fog")
#define NEW                 LINE(2, "2024-08-06", "", "harbor quite under siege")
#define OF(id, word, other) LINE(id, "2024-08-06", W(1), word " " other)
#define OF_OLD                                                                                     \
    OF(11, "bridge", "ka")                                                                         \
    OF(12, "bridge", "ke") OF(13, "bridge", "ki") OF(14, "bridge", "ko") OF(15, "bridge", "ku")
#define OF_NEW                                                                                     \
    OF(21, "harbor", "la")                                                                         \
    OF(22, "harbor", "le")                                                                         \
    OF(23, "harbor", "li") OF(24, "harbor", "lo") OF(25, "harbor", "lu") OF(26, "harbor", "ly")
#define OF_NEW_MORE                                                                                \
    OF(31, "harbor", "ma") OF(32, "harbor", "me") OF(33, "harbor", "mi") OF(34, "harbor", "mo")

static void what_was_shown_stays_unless_clearly_beaten(void) {
    static const uint64_t old[] = {1}, late[] = {5};
    struct ink_budget held = {.held = old, .held_count = 1};
    check_kept(1, free_budget, OLD NEW OF_OLD OF_NEW, "2");
    check_kept(1, held, OLD NEW OF_OLD OF_NEW, "1");
    check_kept(1, held, OLD NEW OF_OLD OF_NEW OF_NEW_MORE, "2");
    held.held = late; /* and so does a day: of two alike, the earlier is chosen */
    check_kept(1, free_budget, EARLY("") LATE(""), "4");
    check_kept(1, held, EARLY("") LATE(""), "5");
    check_kept(1, held, LOUD LATE(""), "1");
}

int main(void) {
    RUN(digest_is_that_of_the_model);
    RUN(little_is_lost_in_little_memory);
    RUN(a_withdrawal_follows_its_record_whatever_its_weight);
    RUN(withdrawn_records_go_once_their_time_is_over);
    RUN(the_newest_may_be_the_one_withdrawn);
    RUN(a_denial_stays_with_what_it_denies);
    RUN(a_changed_figure_is_news);
    RUN(a_relay_is_no_second_source);
    RUN(a_relay_counts_as_one_if_all_have_it);
    RUN(the_same_from_two_agencies_on_two_days_is_one_event);
    RUN(case_accents_and_punctuation_do_not_matter_but_numbers_do);
    RUN(a_month_does_not_compete_as_a_day);
    RUN(plans_have_places_of_their_own_and_what_others_leave);
    RUN(what_is_over_is_not_ahead_and_what_is_after_the_as_of_is);
    RUN(weight_goes_before_everything);
    RUN(first_and_newest_day_have_a_place);
    RUN(the_latest_of_a_story_may_be_asked_for);
    RUN(what_was_shown_stays_unless_clearly_beaten);
    return ink_test_end();
}
