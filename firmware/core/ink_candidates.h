/* Part of condense, passes 2 and 3: records of the chosen days that may be kept, and what the other
 * records share with them.
 *
 * Each chosen day has room for some of its records. Those aside from the days are planned records,
 * and answers (denied, disputed) of days that were not chosen.
 */
#ifndef INK_CANDIDATES_H
#define INK_CANDIDATES_H

#include "core/ink_days.h"
#include "core/ink_gist.h"

/* One candidate. What it is kept for (weight, prior, gist, score) is of the version that was
 * gathered; what it will be shown by (place to flags) of the live one. 56 bytes. */
struct ink_candidate {
    uint64_t id;
    int64_t place; /* where it stands in time, UTC seconds */
    uint32_t rev, content;
    uint32_t score;
    uint32_t figures; /* hash of its numbers and its figure; 0: none */
    uint32_t words;   /* hash of the set of its words */
    uint32_t prior;   /* how good it looks by itself; among planned ones, how soon */
    uint32_t lane;    /* hash of its name; 0: none */
    uint16_t group;   /* number of the chosen day, or aside */
    uint16_t figure;  /* hash of its field of that name; 0: none */
    uint8_t rank_weight;
    uint8_t count; /* of its words */
    uint8_t weight, status, precision;
    uint8_t overlap; /* percent, the greatest with one elected that is near */
    uint8_t flags;
};

enum {
    INK_CANDIDATE_AHEAD = 1, /* as INK_EVENT_AHEAD */
    INK_CANDIDATE_HELD = 2,  /* was shown before */
    INK_CANDIDATE_ELECTED = 4,
    INK_CANDIDATE_FOLLOWS = 8, /* answers one elected */
    INK_CANDIDATE_MERGED = 16, /* says the same as one elected */
};

/* Percent of their letters that two records share that say the same. */
#define INK_SAME_PERCENT  70
#define INK_SHORT_LETTERS 24 /* about six words */

/* Places less than so many seconds apart are near enough to say the same: four days. */
#define INK_NEAR_S ((int64_t)4 * 86400)

static inline bool ink_is_near(int64_t a, int64_t b) {
    return (a < b ? b - a : a - b) < INK_NEAR_S;
}

/* Do two gists say the same? Only if one has all the words of the other: "two dead" and "four dead"
 * differ in one. Of a text of a few words hardly any may be missing. */
static inline bool ink_says_same(const struct ink_gist *a, const struct ink_gist *b) {
    uint32_t least = ink_min(a->letters, b->letters) < INK_SHORT_LETTERS ? 100 : INK_SAME_PERCENT;
    return (ink_gist_has_all(a, b) || ink_gist_has_all(b, a)) && ink_gist_overlap(a, b) >= least;
}

/* What the others share with it, over the root of its length. */
static inline uint32_t ink_candidate_score(const struct ink_candidate *candidate) {
    uint64_t score = (uint64_t)candidate->score << 8;
    score /= ink_root((uint32_t)ink_max(candidate->count, 1) << 8);
    return score < UINT32_MAX ? (uint32_t)score : UINT32_MAX;
}

/* Hash of all numbers that a record gives: in its headline, and its figure. 0: none. */
uint32_t ink_figures_of(const struct ink_terms *terms, const struct ink_record *record);

/* Where they stand in the work area, behind the chosen days: the candidates, a gist of each, and
 * their numbers in some order. */
struct ink_candidate *ink_candidates(const struct ink_condense *condense);
struct ink_gist *ink_candidate_gists(const struct ink_condense *condense);
uint16_t *ink_candidate_order(const struct ink_condense *condense);

#define INK_CANDIDATE_BYTES                                                                        \
    (sizeof(struct ink_candidate) + sizeof(struct ink_gist) + sizeof(uint16_t))

_Static_assert(sizeof(struct ink_day) == 20 && sizeof(struct ink_chosen_day) == 52 &&
                   INK_CANDIDATE_BYTES == 122 && sizeof(struct ink_event) == 112,
               "README.md and DESIGN.md say these sizes");

/* Pass 2: take up a live record if it is good enough. */
void ink_gather(struct ink_condense *condense, const struct ink_record *record);

/* Between 2 and 3. */
void ink_gather_end(struct ink_condense *condense);

/* Pass 3: a live record adds to the candidates of its day what it shares with them; and a version
 * of a candidate becomes the one it is shown by, if it is newer. */
void ink_hear(struct ink_condense *condense, const struct ink_record *record);
void ink_hear_version(struct ink_condense *condense, const struct ink_record *record);

/* After pass 3: the candidates elected become the events, in the order of their rank. */
void ink_elect(struct ink_condense *condense);

#endif
