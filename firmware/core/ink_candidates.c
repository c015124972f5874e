#include "core/ink_candidates.h"

#include "core/ink_merit.h"
#include "core/ink_order.h"

/* ---- places ---------------------------------------------------------------------------------- */

struct ink_candidate *ink_candidates(const struct ink_condense *condense) {
    size_t begin = (condense->chosen + (size_t)2) * sizeof(struct ink_chosen_day);
    return (void *)(condense->memory.work + ((begin + 7) & ~(size_t)7));
}

struct ink_gist *ink_candidate_gists(const struct ink_condense *condense) {
    return (void *)(ink_candidates(condense) + condense->candidates);
}

uint16_t *ink_candidate_order(const struct ink_condense *condense) {
    return (void *)(ink_candidate_gists(condense) + condense->candidates);
}

/* ---- pass 2 ---------------------------------------------------------------------------------- */

/* Where a record would be gathered: its day, or aside; null if nowhere. */
static struct ink_chosen_day *group_of(const struct ink_condense *condense,
                                       const struct ink_record *record, int32_t key) {
    struct ink_chosen_day *aside = ink_chosen_days(condense) + condense->chosen;
    if (record->status == INK_PLANNED) {
        return &aside[0];
    }
    struct ink_chosen_day *day = ink_chosen_find(condense, key);
    return day != NULL ? day : ink_is_answer(record->status) ? &aside[1] : NULL;
}

/* A hash of the set of words: of two records with the same words only one is gathered. */
static uint32_t words_of(const struct ink_terms *terms) {
    uint32_t sum = terms->count;
    for (uint32_t i = 0; i < terms->count; i++) {
        uint32_t term = terms->term[i];
        sum += (term ^ term >> 15) * 0x2C1B3C6Du;
    }
    return sum;
}

uint32_t ink_figures_of(const struct ink_terms *terms, const struct ink_record *record) {
    struct ink_span figure = record->text[INK_FIGURE];
    return figure.bytes == 0 ? terms->figures : ink_hash(terms->figures, figure.at, figure.bytes);
}

static uint16_t figure_of(const struct ink_record *record) {
    struct ink_span figure = record->text[INK_FIGURE];
    return figure.bytes == 0 ? 0 : (uint16_t)(ink_hash(1, figure.at, figure.bytes) | 1);
}

static uint32_t lane_of(const struct ink_record *record) {
    struct ink_span lane = record->text[INK_LANE];
    return lane.bytes == 0 ? 0 : ink_hash(0, lane.at, lane.bytes);
}

static void take_version(const struct ink_condense *condense, struct ink_candidate *candidate,
                         const struct ink_record *record) {
    struct ink_stand stand = ink_stand_of(condense, record);
    candidate->rev = record->rev;
    candidate->content = ink_record_content(record);
    candidate->place = stand.place;
    candidate->precision = stand.precision;
    candidate->status = record->status;
    candidate->weight = record->weight;
    candidate->lane = lane_of(record);
    candidate->flags &= (uint8_t)~INK_CANDIDATE_AHEAD;
    candidate->flags |= stand.ahead ? INK_CANDIDATE_AHEAD : 0;
}

/* How much a record shares with its day by the day's counters, its own words taken off, over the
 * root of its length. Known as soon as the day is, and good enough to choose who is compared. */
static uint32_t prior_of(const struct ink_chosen_day *day, const struct ink_terms *terms) {
    int32_t own[INK_DAY_COUNTERS_MIN] = {0}, sum = 0;
    for (uint32_t i = 0; i < terms->count; i++) {
        uint32_t term = terms->term[i];
        int32_t letters = (int32_t)ink_term_weight(term);
        own[(term >> 3) % INK_DAY_COUNTERS_MIN] += term >> 31 != 0 ? letters : -letters;
    }
    int32_t times = terms->looks_back ? 2 : 1;
    for (int i = 0; i < INK_DAY_COUNTERS_MIN; i++) {
        sum += own[i] * (day->words[i] - times * own[i]); /* 2^4 x 2^9 x 2^15 at most */
    }
    uint32_t root = ink_root((uint32_t)ink_max(terms->count, 1) << 8);
    return (uint32_t)(sum * 4 / (int32_t)root) + ((uint32_t)1 << 31);
}

/* Of planned records, those that end soonest are the best. |place| < 2^39. */
static uint32_t soonness_of(int64_t place) {
    return UINT32_MAX - (uint32_t)((place + ((int64_t)1 << 39)) >> 8);
}

/* What decides over a place. Two versions of an id meet only if they could not be told apart. */
static struct ink_candidate outline(const struct ink_condense *condense,
                                    const struct ink_terms *terms,
                                    const struct ink_record *record) {
    return (struct ink_candidate){
        .id = record->id,
        .rev = record->rev,
        .content = condense->digest.ids_beyond ? ink_record_content(record) : 0,
        .rank_weight = (uint8_t)ink_weight(record->weight),
        .status = record->status,
        .figures = ink_figures_of(terms, record),
        .words = terms->count > 0
                     ? words_of(terms)
                     : ink_hash(1, record->text[INK_HEADLINE].at, record->text[INK_HEADLINE].bytes),
        .figure = figure_of(record),
        .flags = ink_is_held(condense, record->id) ? INK_CANDIDATE_HELD : 0,
        .count = (uint8_t)terms->count};
}

/* The order of gathering, known from the record alone. */
static bool gathers_before(const struct ink_candidate *a, const struct ink_candidate *b) {
    if (a->rank_weight != b->rank_weight) {
        return a->rank_weight > b->rank_weight;
    }
    int held = (a->flags & INK_CANDIDATE_HELD) - (b->flags & INK_CANDIDATE_HELD);
    if (held != 0) {
        return held > 0;
    }
    if (a->prior != b->prior) {
        return a->prior > b->prior;
    }
    if (a->id != b->id) {
        return a->id < b->id;
    }
    return a->rev != b->rev ? a->rev > b->rev : a->content > b->content;
}

/* Two with the same words, figures and status share a place. What is planned again is another. */
static bool same_place(const struct ink_candidate *a, const struct ink_candidate *b) {
    return a->words == b->words && a->figures == b->figures && a->status == b->status &&
           (a->status != INK_PLANNED || a->place == b->place);
}

#define NO_PLACE UINT32_MAX

/* The place in the group for a new candidate: that of one that says the same, a free one, or that
 * of the last in order; if the new one comes before who has it. */
static uint32_t place_for(const struct ink_candidate *all, struct ink_chosen_day *group,
                          const struct ink_candidate *one) {
    uint32_t last = NO_PLACE;
    for (uint32_t i = group->first; i < (uint32_t)group->first + group->count; i++) {
        if (same_place(&all[i], one)) {
            return gathers_before(one, &all[i]) ? i : NO_PLACE;
        }
        last = last == NO_PLACE || gathers_before(&all[last], &all[i]) ? i : last;
    }
    if (group->count < group->cap) {
        return (uint32_t)group->first + group->count++;
    }
    return last != NO_PLACE && gathers_before(one, &all[last]) ? last : NO_PLACE;
}

void ink_gather(struct ink_condense *condense, const struct ink_record *record) {
    if (condense->candidates == 0) {
        return;
    }
    struct ink_own_day own = ink_own_day(condense, record);
    struct ink_chosen_day *group = group_of(condense, record, own.key);
    if (group == NULL || group->cap == 0) {
        return;
    }
    struct ink_terms terms;
    ink_terms_of(&terms, record->text[INK_HEADLINE], own.year, own.day);
    struct ink_candidate one = outline(condense, &terms, record);
    one.group = (uint16_t)(group - ink_chosen_days(condense));
    if (one.group < condense->chosen) {
        one.prior = prior_of(group, &terms);
    } else if (record->status == INK_PLANNED) {
        one.place = ink_stand_of(condense, record).place;
        one.prior = soonness_of(one.place);
    }
    uint32_t place = place_for(ink_candidates(condense), group, &one);
    if (place != NO_PLACE) {
        take_version(condense, &one, record);
        ink_candidates(condense)[place] = one;
        ink_gist_of(&ink_candidate_gists(condense)[place], &terms);
    }
}

/* Ascending by id, then in the order of gathering. */
static bool id_before(const struct ink_candidate *a, const struct ink_candidate *b) {
    return a->id != b->id ? a->id < b->id : gathers_before(a, b);
}

/* The numbers of those gathered, group by group; returns how many. */
static uint32_t list_gathered(const struct ink_condense *condense, uint16_t *order) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < condense->chosen + 2u; i++) {
        for (uint32_t j = 0; j < ink_chosen_days(condense)[i].count; j++) {
            order[count++] = (uint16_t)(ink_chosen_days(condense)[i].first + j);
        }
    }
    return count;
}

/* Numbers of those gathered in the order of id_before; returns how many. Shell sort: in place, no
 * recursion. */
static uint32_t sort_by_id(const struct ink_condense *condense) {
    const struct ink_candidate *all = ink_candidates(condense);
    uint16_t *order = ink_candidate_order(condense);
    uint32_t count = list_gathered(condense, order);
    for (uint32_t gap = count / 2; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < count; i++) {
            uint16_t moved = order[i];
            uint32_t at = i;
            for (; at >= gap && id_before(&all[moved], &all[order[at - gap]]); at -= gap) {
                order[at] = order[at - gap];
            }
            order[at] = moved;
        }
    }
    return count;
}

/* Of several versions of one id, not told apart before, the first in order stays. */
void ink_gather_end(struct ink_condense *condense) {
    if (condense->candidates == 0) {
        return;
    }
    struct ink_candidate *all = ink_candidates(condense);
    uint16_t *order = ink_candidate_order(condense);
    uint32_t count = sort_by_id(condense);
    condense->gathered = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint16_t last = condense->gathered > 0 ? order[condense->gathered - 1] : 0;
        if (condense->gathered > 0 && all[order[i]].id == all[last].id) {
            all[order[i]].flags |= INK_CANDIDATE_MERGED;
        } else {
            order[condense->gathered++] = order[i];
        }
    }
}

/* ---- pass 3 ---------------------------------------------------------------------------------- */

static struct ink_candidate *find(const struct ink_condense *condense, uint64_t id) {
    struct ink_candidate *all = ink_candidates(condense);
    const uint16_t *order = ink_candidate_order(condense);
    uint32_t low = 0, high = condense->gathered;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (all[order[middle]].id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < condense->gathered && all[order[low]].id == id ? &all[order[low]] : NULL;
}

void ink_hear_version(struct ink_condense *condense, const struct ink_record *record) {
    struct ink_candidate *candidate = condense->gathered == 0 ? NULL : find(condense, record->id);
    if (candidate != NULL &&
        (record->rev > candidate->rev ||
         (record->rev == candidate->rev && ink_record_content(record) > candidate->content))) {
        take_version(condense, candidate, record);
    }
}

void ink_hear(struct ink_condense *condense, const struct ink_record *record) {
    if (condense->gathered == 0 || record->status == INK_PLANNED) {
        return;
    }
    struct ink_own_day own = ink_own_day(condense, record);
    const struct ink_chosen_day *day = ink_chosen_find(condense, own.key);
    if (day == NULL || day->count < 2) { /* of one day only are scores compared */
        return;
    }
    struct ink_terms terms;
    struct ink_gist gist;
    ink_terms_of(&terms, record->text[INK_HEADLINE], own.year, own.day);
    ink_gist_of(&gist, &terms);
    uint32_t words = words_of(&terms), times = terms.looks_back ? 2 : 1;
    struct ink_candidate *candidate = ink_candidates(condense) + day->first;
    const struct ink_gist *other = ink_candidate_gists(condense) + day->first;
    for (uint32_t i = 0; i < day->count; i++) {
        if (candidate[i].words != words && candidate[i].id != record->id) {
            uint32_t more = times * ink_gist_shared(&gist, &other[i], 0); /* at most 1024 */
            uint32_t room = UINT32_MAX - candidate[i].score;
            candidate[i].score += more < room ? more : room;
        }
    }
}
