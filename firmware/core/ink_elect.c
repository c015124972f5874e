/* Part of condense, after pass 3: which candidates become events, in which rank. */
#include "core/ink_candidates.h"
#include "core/ink_merit.h"

#define DUPE   30 /* percent of shared letters beyond which a record repeats another */
#define ANSWER 60 /* beyond which a denial answers a claim */

enum { UNAVAILABLE = INK_CANDIDATE_ELECTED | INK_CANDIDATE_MERGED };

struct election {
    struct ink_condense *condense;
    struct ink_candidate *all;
    struct ink_chosen_day *days;
    const struct ink_gist *gists;
    uint16_t *order;
    uint32_t elected;
    uint32_t planned_left, others_left, dates_left;
};

/* ---- who comes first ------------------------------------------------------------------------- */

static bool is_planned(const struct election *election, const struct ink_candidate *candidate) {
    return candidate->group == election->condense->chosen;
}

/* It tells what an elected one told, and its day is shown already. */
static bool repeats(const struct election *election, const struct ink_candidate *candidate) {
    return candidate->overlap > DUPE && election->days[candidate->group].taken > 0;
}

static bool may_stand(const struct election *election, const struct ink_candidate *candidate) {
    if ((candidate->flags & UNAVAILABLE) != 0) {
        return false;
    }
    const struct ink_chosen_day *day = &election->days[candidate->group];
    const struct ink_budget *budget = &election->condense->budget;
    bool aside = candidate->group >= election->condense->chosen;
    if ((is_planned(election, candidate) ? election->planned_left : election->others_left) == 0 ||
        ((aside || day->taken == 0) && election->dates_left == 0)) {
        return false;
    }
    return budget->per_date == 0 || aside ||
           (day->taken < budget->per_date && !repeats(election, candidate));
}

static uint64_t value_of(const struct ink_candidate *candidate) {
    uint32_t fresh = (uint32_t)ink_max(400 - 5 * candidate->overlap, 0);
    return (uint64_t)candidate->score * fresh * ((candidate->flags & INK_CANDIDATE_HELD) ? 5 : 4);
}

/* Within one day. */
static bool beats(const struct ink_candidate *a, const struct ink_candidate *b) {
    if ((a->status == INK_DENIED) != (b->status == INK_DENIED)) {
        return b->status == INK_DENIED;
    }
    if ((a->overlap > DUPE) != (b->overlap > DUPE)) {
        return b->overlap > DUPE;
    }
    if (a->overlap > DUPE && a->overlap != b->overlap) {
        return a->overlap < b->overlap;
    }
    uint64_t value_a = value_of(a), value_b = value_of(b);
    return value_a != value_b ? value_a > value_b : a->id < b->id;
}

static bool comes_first(const struct election *election, const struct ink_candidate *a,
                        const struct ink_candidate *b) {
    int follows = (a->flags & INK_CANDIDATE_FOLLOWS) - (b->flags & INK_CANDIDATE_FOLLOWS);
    if (follows != 0) {
        return follows > 0;
    }
    if (a->rank_weight != b->rank_weight) {
        return a->rank_weight > b->rank_weight;
    }
    if (is_planned(election, a) || is_planned(election, b)) {
        bool both = is_planned(election, a) && is_planned(election, b);
        return !both                  ? is_planned(election, b)
               : a->prior != b->prior ? a->prior > b->prior
                                      : a->id < b->id;
    }
    if (repeats(election, a) != repeats(election, b)) {
        return repeats(election, b);
    }
    const struct ink_chosen_day *day_a = &election->days[a->group];
    const struct ink_chosen_day *day_b = &election->days[b->group];
    if (day_a == day_b) {
        return beats(a, b);
    }
    if (day_a->taken != day_b->taken) {
        return day_a->taken < day_b->taken;
    }
    int32_t merit_a = ink_merit_sum(&day_a->merit), merit_b = ink_merit_sum(&day_b->merit);
    return merit_a != merit_b ? merit_a > merit_b : day_a < day_b;
}

static struct ink_candidate *next_of(const struct election *election) {
    struct ink_candidate *best = NULL;
    for (uint32_t i = 0; i < election->condense->candidates; i++) {
        struct ink_candidate *one = &election->all[i];
        if (may_stand(election, one) && (best == NULL || comes_first(election, one, best))) {
            best = one;
        }
    }
    return best;
}

/* ---- what an election does to the others ----------------------------------------------------- */

/* May two records tell the same? What is ahead repeats nothing that has happened, and what is
 * planned may only for the same time. An answer is of the same matter whenever it comes. */
static bool may_tell_the_same(const struct ink_candidate *a, const struct ink_candidate *b) {
    const bool one_side = ((a->flags ^ b->flags) & INK_CANDIDATE_AHEAD) == 0;
    if (a->status == INK_PLANNED || b->status == INK_PLANNED) {
        return a->status == b->status && a->place == b->place && one_side;
    }
    return ink_is_answer(a->status) != ink_is_answer(b->status) ||
           (ink_is_near(a->place, b->place) && one_side);
}

/* How far `one` now tells the same as the elected. A figure that has changed since is news. */
static void compare(const struct election *election, const struct ink_candidate *elected,
                    struct ink_candidate *one) {
    if ((one->flags & UNAVAILABLE) != 0 || !may_tell_the_same(one, elected)) {
        return;
    }
    const struct ink_gist *a = &election->gists[elected - election->all];
    const struct ink_gist *b = &election->gists[one - election->all];
    uint32_t overlap = ink_gist_overlap(a, b);
    if (ink_is_answer(one->status) != ink_is_answer(elected->status)) {
        one->flags |= overlap > ANSWER && ink_is_answer(one->status) ? INK_CANDIDATE_FOLLOWS : 0;
        return;
    }
    if (one->figure != elected->figure && one->figure != 0 && elected->figure != 0 &&
        one->place >= elected->place) {
        overlap = overlap < DUPE ? overlap : DUPE;
    }
    if (one->figures == elected->figures && one->status == elected->status && ink_says_same(a, b)) {
        one->flags |= INK_CANDIDATE_MERGED;
    }
    one->overlap = (uint8_t)ink_max(one->overlap, (int)overlap);
}

static void elect(struct election *election, struct ink_candidate *candidate) {
    struct ink_chosen_day *day = &election->days[candidate->group];
    election->order[election->elected++] = (uint16_t)(candidate - election->all);
    election->dates_left -= day->taken == 0 || candidate->group >= election->condense->chosen;
    day->taken = (uint8_t)ink_min(day->taken + 1, UINT8_MAX);
    candidate->flags |= INK_CANDIDATE_ELECTED;
    election->planned_left -= is_planned(election, candidate);
    election->others_left -= !is_planned(election, candidate);
    for (uint32_t i = 0; i < election->condense->candidates; i++) {
        compare(election, candidate, &election->all[i]);
    }
}

/* ---- candidates to events -------------------------------------------------------------------- */

static void swap_candidates(struct election *election, uint32_t a, uint32_t b) {
    struct ink_gist *gists = ink_candidate_gists(election->condense);
    struct ink_candidate candidate = election->all[a];
    election->all[a] = election->all[b];
    election->all[b] = candidate;
    struct ink_gist gist = gists[a];
    gists[a] = gists[b];
    gists[b] = gist;
}

/* Bring the elected to the front, in the order of their rank. */
static void bring_forward(struct election *election) {
    uint16_t *order = election->order;
    for (uint32_t rank = 0; rank < election->elected; rank++) {
        uint32_t from = order[rank];
        swap_candidates(election, rank, from);
        for (uint32_t i = rank + 1; i < election->elected; i++) {
            order[i] = (uint16_t)(order[i] == rank ? from : order[i]);
        }
    }
}

static int event_flags(const struct ink_candidate *candidate) {
    return ((candidate->flags & INK_CANDIDATE_AHEAD) != 0 ? INK_EVENT_AHEAD : 0) |
           ((candidate->flags & INK_CANDIDATE_FOLLOWS) != 0 ? INK_EVENT_FOLLOWS : 0);
}

static struct ink_event event_of(const struct ink_candidate *candidate, uint32_t rank,
                                 uint8_t lane) {
    return (struct ink_event){.id = candidate->id,
                              .start_utc = candidate->place, /* until its texts are fetched */
                              .when.precision = candidate->precision,
                              .rev = candidate->rev,
                              .content = candidate->content,
                              .figures = candidate->figures,
                              .text_at = INK_NO_TEXT,
                              .rank = (uint16_t)rank,
                              .status = candidate->status,
                              .weight = candidate->weight,
                              .lane = lane == INK_NAME_NONE ? INK_LANES : lane,
                              .flags = (uint8_t)event_flags(candidate)};
}

_Static_assert(sizeof(struct ink_candidate) < sizeof(struct ink_event), "events are made from the "
                                                                        "last to the first");

/* The lanes of the best ranked have numbers; the hash of none is 0. */
static void number_lanes(struct ink_condense *condense, const struct ink_candidate *all,
                         uint32_t count) {
    for (uint32_t i = 0; i < count && condense->lanes.count < INK_LANES; i++) {
        if (all[i].lane != 0) {
            (void)ink_names_note_hash(&condense->lanes, all[i].lane);
        }
    }
}

/* The elected become events, in place: first they move to the start of the work area, then their
 * gists to where the texts will be, then each grows, from the last to the first. */
static void make_events(struct ink_condense *condense, uint32_t count) {
    struct ink_candidate *all = (void *)condense->memory.work;
    struct ink_gist *gists = ink_candidate_gists(condense);
    uint32_t gist_count = condense->memory.text_cap / (uint32_t)sizeof(struct ink_gist);
    memmove(all, ink_candidates(condense), count * sizeof *all);
    memmove(condense->digest.text, gists,
            (count < gist_count ? count : gist_count) * sizeof(struct ink_gist));
    number_lanes(condense, all, count);
    for (uint32_t i = count; i-- > 0;) {
        struct ink_candidate candidate = all[i];
        uint8_t lane = ink_names_find_hash(&condense->lanes, candidate.lane);
        condense->digest.events[i] = event_of(&candidate, i, lane);
    }
    condense->digest.count = (uint16_t)count;
}

/* ---- the election ---------------------------------------------------------------------------- */

/* The score of all records, and the places that stayed empty. Of an id not told apart an older
 * version may have been gathered, whose live one is gone. */
static void prepare(const struct election *election) {
    for (uint32_t i = 0; i < election->condense->chosen + 2u; i++) {
        const struct ink_chosen_day *group = &election->days[i];
        for (uint32_t j = 0; j < group->cap; j++) {
            struct ink_candidate *one = &election->all[group->first + j];
            if (j >= group->count) {
                *one = (struct ink_candidate){.flags = INK_CANDIDATE_MERGED};
                continue;
            }
            one->score = ink_candidate_score(one);
            bool gone = election->condense->struck && one->status == INK_WITHDRAWN;
            one->flags |= gone ? INK_CANDIDATE_MERGED : 0;
        }
    }
}

void ink_elect(struct ink_condense *condense) {
    const uint32_t events = condense->memory.event_cap;
    condense->digest.count = 0;
    if (condense->gathered == 0 || events == 0) {
        return;
    }
    uint32_t planned = ink_chosen_days(condense)[condense->chosen].count;
    planned = planned < events ? planned : events;
    uint32_t dates = condense->budget.dates > 0 ? condense->budget.dates : UINT32_MAX;
    struct election election = {.condense = condense,
                                .all = ink_candidates(condense),
                                .days = ink_chosen_days(condense),
                                .gists = ink_candidate_gists(condense),
                                .order = ink_candidate_order(condense),
                                .planned_left = planned,
                                .others_left = events - planned,
                                .dates_left = dates};
    prepare(&election);
    for (struct ink_candidate *next = next_of(&election); next != NULL; next = next_of(&election)) {
        elect(&election, next);
    }
    bring_forward(&election);
    make_events(condense, election.elected);
}
