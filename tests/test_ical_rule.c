/* Recurrence rules: examples of the standard, laws, and random rules against libical's iterator.
 *
 * SEEDS=n in the environment: how many random rules.
 */
#include "ink_test.h"

#if INKLINE_ICAL

#include "core/ink_time.h"
#include "import/ical_rule.h"

enum { DAY_S = 86400, MOST = 400 };

struct times {
    int count, cap;
    int64_t at[MOST];
};

static bool take(void *context, int64_t local) {
    struct times *times = context;
    if (times->count < times->cap) {
        times->at[times->count++] = local;
    }
    return times->count < times->cap;
}

static int64_t seconds_of(struct icaltimetype at) {
    return ink_days(at.year, at.month, at.day) * (int64_t)DAY_S + at.hour * 3600 + at.minute * 60 +
           at.second;
}

static int64_t start_of(const char *text) {
    return seconds_of(icaltime_from_string(text));
}

static const char *text_of(int64_t local, char out[32]) {
    const struct ink_date date = ink_local(local, NULL);
    snprintf(out, 32, "%04d%02d%02dT%02d%02d%02d", date.year, date.month, date.day,
             (int)(date.second / 3600), (int)(date.second / 60 % 60), (int)(date.second % 60));
    return out;
}

/* The times of a rule, its start not among them. */
static bool expand(const char *text, int64_t start, int64_t from, int64_t to, struct times *times) {
    const struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
    const struct ink_ical_range range = {.start = start, .from = from, .to = to};
    uint64_t steps = UINT64_MAX;
    times->count = 0;
    return ink_ical_expand(&rule, &range, &steps, take, times);
}

/* --- by hand --- */

static void examples_of_the_standard_hold(void) {
    static const struct {
        const char *start, *rule, *times;
    } examples[] = {
        // RFC 5545, section 3.8.5.3, by their dates
        {"19970902T090000", "FREQ=DAILY;COUNT=4", "0903 0904 0905"},
        {"19970902T090000", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=4;BYDAY=TU,TH", "0904 0916 0918"},
        {"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "0810 0819 0824"},
        {"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "0817 0819 0831"},
        {"19970905T090000", "FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1003 1107 1205"},
        {"19970922T090000", "FREQ=MONTHLY;COUNT=4;BYDAY=-2MO", "1020 1117 1222"},
        {"19970928T090000", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=-3", "1029 1128 1229"},
        {"19970913T090000", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=4",
         "1011 1108 1213"},
        {"19970904T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1007 1106"},
        {"19970929T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3", "1030 1127"},
        {"19970519T090000", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", "0518 0517"},
        {"19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "0511 0517"},
        {"19970101T090000", "FREQ=YEARLY;INTERVAL=3;COUNT=5;BYYEARDAY=1,100,200",
         "0410 0719 0101 0409"},
        {"20070115T090000", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "0130 0215 0315 0330"},
        {"20240229T090000", "FREQ=YEARLY;COUNT=3", "0229 0229"},
        {"20240131T090000", "FREQ=MONTHLY;COUNT=4", "0331 0531 0731"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        struct times times = {.cap = 8};
        char got[128] = "", text[32];
        CHECK(
            expand(examples[i].rule, start_of(examples[i].start), 0, INT64_C(4102444800), &times));
        for (int k = 0; k < times.count; k++) {
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.4s", k > 0 ? " " : "",
                     text_of(times.at[k], text) + 4);
        }
        CHECK_TEXT(got, strlen(got), examples[i].times);
    }
}

static void hopeless_rules_end(void) {
    static const char *const rules[] = {"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
                                        "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
                                        "FREQ=SECONDLY;BYSETPOS=2",
                                        "FREQ=MINUTELY;INTERVAL=2;BYMINUTE=1",
                                        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                                        "FREQ=HOURLY;INTERVAL=24;BYHOUR=5"};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        struct times times = {.cap = MOST};
        (void)expand(rules[i], start_of("19000101T000000"), start_of("19000101T000000"),
                     start_of("21000101T000000"), &times);
        CHECK_INT(times.count, 0);
    }
}

static void steps_are_bounded_and_told(void) {
    const struct icalrecurrencetype rule =
        icalrecurrencetype_from_string("FREQ=SECONDLY;BYMINUTE=0;COUNT=99999999");
    const struct ink_ical_range range = {.from = start_of("20240101T000000"),
                                         .to = start_of("20240102T000000")};
    struct times times = {.cap = MOST};
    uint64_t steps = UINT64_MAX;
    CHECK(!ink_ical_expand(&rule, &range, &steps, take, &times));
    CHECK_INT(UINT64_MAX - steps, INK_ICAL_RULE_STEPS);
    steps = 100;
    CHECK(!ink_ical_expand(&rule, &range, &steps, take, &times));
    CHECK_INT(steps, 0);
}

/* --- random rules --- */

static uint32_t state;

static int dice(int sides) {
    state = state * 1664525u + 1013904223u;
    return (int)((state >> 8) % (uint32_t)sides);
}

static void add_list(char *text, const char *name, int low, int high, bool negative) {
    char one[32];
    const int count = 1 + dice(3);
    int value = low - 1;
    snprintf(one, sizeof one, ";%s=", name);
    strcat(text, one);
    for (int i = 0; i < count && value < high; i++) { // in order: libical does not sort
        value += 1 + dice(high - value);
        snprintf(one, sizeof one, "%s%d", i > 0 ? "," : "",
                 negative && value > 0 && dice(3) == 0 ? -value : value);
        strcat(text, one);
    }
}

static void add_days(char *text, int freq, bool numbers) {
    static const char *const days[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    char one[16];
    const int count = 1 + dice(3), first = dice(7); // each day once: libical stumbles over two
    strcat(text, ";BYDAY=");
    for (int i = 0; i < count; i++) {
        const int number = numbers && dice(2) == 0 ? 1 + dice(freq == 5 ? 4 : 20) : 0;
        snprintf(one, sizeof one, "%s%s%.0d%s", i > 0 ? "," : "",
                 number > 0 && dice(3) == 0 ? "-" : "", number, days[(first + i * 2) % 7]);
        strcat(text, one);
    }
}

/* A rule that the standard allows and that libical reads as it does: BYSETPOS it applies to
 * months only, and it looks for the hours of a rare day for minutes. */
static void make_rule(char text[512]) {
    static const char *const names[] = {"SECONDLY", "MINUTELY", "HOURLY", "DAILY",
                                        "WEEKLY",   "MONTHLY",  "YEARLY"};
    static const char *const starts[] = {"MO", "SU", "SA", "TH"};
    const int freq = 2 + dice(5);
    bool part = false;
    snprintf(text, 512, "FREQ=%s", names[freq]);
    if (dice(2) == 0) {
        snprintf(text + strlen(text), 32, ";INTERVAL=%d", 1 + dice(4));
    }
    if (freq > 2 && dice(4) == 0) {
        add_list(text, "BYMONTH", 1, 12, false);
        part = true;
    }
    const int which = dice(4);
    if (which == 0) {
        add_days(text, freq, freq >= 5);
        part = true;
    } else if (which == 1 && freq != 4 && freq > 2) {
        add_list(text, "BYMONTHDAY", 1, freq == 6 ? 28 : 31, true);
        part = true;
    }
    if (freq >= 3 && dice(4) == 0) {
        add_list(text, "BYHOUR", 0, 23, false);
        part = true;
    }
    if (dice(5) == 0) {
        add_list(text, "BYMINUTE", 0, 59, false);
        part = true;
    }
    if (part && freq == 5 && dice(4) == 0) {
        add_list(text, "BYSETPOS", 1, 3, true);
    }
    if (freq == 4 && dice(2) == 0) {
        snprintf(text + strlen(text), 16, ";WKST=%s", starts[dice(4)]);
    }
    if (dice(2) == 0) {
        snprintf(text + strlen(text), 16, ";COUNT=%d", 1 + dice(40));
    }
}

/* Those of libical after the start and before `to`. */
static void expand_by_libical(const char *text, const char *start, int64_t to,
                              struct times *times) {
    const struct icaltimetype begin = icaltime_from_string(start);
    icalrecur_iterator *iterator =
        icalrecur_iterator_new(icalrecurrencetype_from_string(text), begin);
    times->count = 0;
    for (struct icaltimetype next = iterator != NULL ? icalrecur_iterator_next(iterator) : begin;
         iterator != NULL && !icaltime_is_null_time(next) && times->count < times->cap;
         next = icalrecur_iterator_next(iterator)) {
        const int64_t at = seconds_of(next);
        if (at >= to) {
            break;
        }
        if (at > seconds_of(begin)) {
            times->at[times->count++] = at;
        }
    }
    if (iterator != NULL) {
        icalrecur_iterator_free(iterator);
    }
}

/* The start must be a time of the rule: if it is none, what COUNT counts is not told. */
static bool has_start(const char *rule, const char *start) {
    const struct icaltimetype at = icaltime_from_string(start);
    char text[512], *count;
    snprintf(text, sizeof text, "%s", rule);
    count = strstr(text, ";COUNT");
    if (count != NULL) {
        *count = '\0';
    }
    icalrecur_iterator *iterator = icalrecur_iterator_new(icalrecurrencetype_from_string(text), at);
    const bool is =
        iterator != NULL && icaltime_compare(icalrecur_iterator_next(iterator), at) == 0;
    if (iterator != NULL) {
        icalrecur_iterator_free(iterator);
    }
    return is;
}

static void random_rules_agree_with_libical(void) {
    const char *seeds = getenv("SEEDS");
    const int rounds = (seeds != NULL ? atoi(seeds) : 10) * 25;
    int compared = 0, others = 0;
    for (int round = 0; round < rounds; round++) {
        char rule[512], start[32];
        struct times mine = {.cap = 60}, theirs = {.cap = 60};
        state = (uint32_t)round * 7919u + 1u;
        make_rule(rule);
        const int64_t at = start_of("20190101T000000") + (int64_t)dice(1500) * DAY_S +
                           dice(24) * 3600 + dice(60) * 60;
        const int64_t to = at + (int64_t)DAY_S * 366 * 3;
        text_of(at, start);
        if (!has_start(rule, start)) {
            continue;
        }
        compared++;
        expand_by_libical(rule, start, to, &theirs);
        CHECK(expand(rule, at, 0, to, &mine));
        if (mine.count != theirs.count ||
            memcmp(mine.at, theirs.at, (size_t)mine.count * sizeof mine.at[0]) != 0) {
            others++;
            printf("%s %s: %d times, libical has %d\n", start, rule, mine.count, theirs.count);
        }
    }
    printf("%d random rules compared with libical, %d differ\n", compared, others);
    CHECK_INT(others, 0);
    CHECK(compared > rounds / 20);
}

/* What is asked from later on is the end of what is asked from the start. */
static void a_window_shows_what_the_whole_does(void) {
    for (int round = 0; round < 300; round++) {
        char rule[512];
        struct times all = {.cap = MOST}, some = {.cap = MOST};
        state = (uint32_t)round * 104729u + 7u;
        make_rule(rule);
        const int64_t at = start_of("20190101T093000") + (int64_t)dice(1500) * DAY_S;
        const int64_t to = at + (int64_t)DAY_S * 200, from = at + (int64_t)dice(200) * DAY_S;
        int before = 0;
        CHECK(expand(rule, at, 0, to, &all));
        while (before < all.count && all.at[before] < from) {
            before++;
        }
        CHECK(expand(rule, at, from, to, &some));
        if (all.count < MOST && some.count < MOST) {
            CHECK_INT(some.count, all.count - before);
            CHECK(some.count != all.count - before ||
                  memcmp(some.at, all.at + before, (size_t)some.count * sizeof some.at[0]) == 0);
        }
    }
}

int main(void) {
    if (ink_ical_load() != 0) {
        return 1;
    }
    icalerror_set_errors_are_fatal(0);
    RUN(examples_of_the_standard_hold);
    RUN(hopeless_rules_end);
    RUN(steps_are_bounded_and_told);
    RUN(random_rules_agree_with_libical);
    RUN(a_window_shows_what_the_whole_does);
    return ink_test_end();
}

#else

int main(void) {
    puts("skipped: built without libical");
    return 77;
}

#endif
