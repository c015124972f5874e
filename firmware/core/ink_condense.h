/* Verb: any number of records to a bounded digest, in a few passes over the same records.
 *
 * A day is chosen for who reports it and for what its records say alike; of a day, the records that
 * its other records share most with; never the same thing twice while there is something else. What
 * the desk says goes before all of it. All numbers below are integers; log x is 16 times the binary
 * logarithm, rounded by a table.
 *
 * Which version. Of one id the highest rev is live (of two with one rev but different content, the
 * one with the greater hash). Only live records count and are shown: a correction or withdrawal
 * takes the place of its record. Records fed again change nothing. All of this is exact for ids
 * told apart (see Counting); of others each version counts by itself until it is kept, then the
 * live one is shown.
 *
 * What was withdrawn. A withdrawn record is shown like any other, for readers saw what it takes
 * back. If the story says `strikes`, only until then: once its as-of (if it has none, the newest
 * record that is live and not planned) is at or past it, each by its first second, withdrawn
 * records count as superseded, and so do their older versions: nothing of them is shown, heard or
 * counted elsewhere. (Of an id not told apart, an older version may take a place that stays empty.)
 *
 * Words. Those of the headline, folded, each once, weighing its letters, at most 8 (ink_terms.h).
 * A record counts twice if it names the day of the month of its own date: it looks back.
 *
 * Days. A record competes on the day of its start in the story's zone; months and seasons, and
 * years and longer, compete as such, each by their first day, beside the days that they cover.
 * Planned records belong to no day. Of each day is known
 *   votes: for each of its sources, log(named + covered) - log(named), where named is n * (n + 4)
 *     for the n days that the source names, and covered is n * own + 4 * all: the days from the
 *     source's first to its last, and those of the story. So a source that names few of the days it
 *     covers says more, and one of few days is taken to cover the whole story. Records without a
 *     source count as one source; `via` is none. If there are more than INK_SOURCES sources, they
 *     share places by their hash.
 *   burst: log(1 + sum over the words of (c - s)^2), where c adds up the weights by which the day's
 *     records say the word, and s is the story's share of it, by mass: the number of records, those
 *     that look back twice. Words share 64 signed counters a day, 16 where the memory does not hold
 *     128 such days, by their hash (ink_days.h), so this is an estimate. A day of more than 2047
 *     counts as if each record said one word of 8 letters.
 *   busy: log(1 + sources of the days up to 15 before and after it, its own too, added up).
 *   favour: 8 if a record of it that is no answer was shown before, less recent / 16 *
 *     log(1 + days before the newest): nothing, unless the budget asks for the latest of a story.
 * Its merit is 4 * votes + burst - busy + favour. Days are chosen by the greatest weight of a
 * record (unset counts as 5), then merit, the earlier first; but the first and the newest day
 * before all others, unless their greatest weight is under 5. As many are chosen as the budget
 * says, and no more than events.
 *
 * Candidates. Each chosen day has room for its records, evenly, first for those weighted over 5.
 * Where they do not fit, the best stay by weight, shown before, what they share with the day by its
 * counters (own words taken off, over the root of the number of words), id. Of records with the
 * same words, numbers and status (planned ones: and place) the first by this order stands for all.
 * Two kinds stand aside, in places kept for them: planned records, an eighth of the events or what
 * the others leave (by weight, shown before, the soonest in steps of 256 s, id); and answers,
 * denied and disputed records, of days not chosen, an eighth or as many as the feed has (by weight,
 * shown before, id), as if of one more day of merit 0. Each of those aside takes a date of the
 * budget, if there is one; an eighth of the dates, or what the days leave, are kept for planned
 * ones.
 *
 * Score. Every record of the day adds to each candidate with other words the letters of the words
 * that both have, twice if it looks back; the sum is divided by the root of the candidate's number
 * of words. So a record is worth what others share with it.
 *
 * Election, one at a time, until the events are full. First comes
 *   1. an answer to an elected record that is none: they overlap by more than 60 percent, whatever
 *      the day;
 *   2. the greater weight; planned records after others of their weight, the soonest first;
 *   3. what does not repeat an elected record, or whose day has none yet;
 *   4. the day of which fewer are elected; then the day of greater merit, the earlier day;
 *   5. of one day, what is not denied; what overlaps by at most 30 percent, or else by less; the
 *      greatest score * (400 - 5 * overlap), a quarter more if it was shown before; the smaller id.
 * Two records overlap by the letters of the words they share, one a word left out, in percent of
 * the geometric mean of both (an estimate by ink_gist.h). Only records whose places are less than
 * four days apart do, those ahead only with each other, planned ones only with each other at the
 * same place, and answers only with answers. More than 30 is a repeat: with a budget of records a
 * day it is elected only as the first of its day. A record no earlier, with another figure, is no
 * repeat: a changed figure is news. The order of election is the rank.
 *
 * What is merged. A record that overlaps with a better ranked kept one by 70 percent (all, if one
 * of the two has under 24 letters), of which one has all the words of the other ("two dead" is not
 * "four dead"), with the same status and the same numbers, the figure's too, is one event with it;
 * the event counts its records and their different sources. A relay is no second source; the event
 * knows whether all of its records had the same. Of the
 * events only as many are compared with as gists (64 bytes each) fit where the texts will be, by
 * rank.
 *
 * What is dropped. Whatever is neither kept nor merged is hidden, and counted between its
 * neighbours in time with its day and source, and in its lane.
 *
 * Lanes. Of the lanes of the kept events, those of the best ranked have numbers of their own
 * (INK_LANES of them); all other records count in the last one. A lane without a kept event has
 * nothing to show, so it has no number.
 *
 * Texts. First the names of the numbered lanes are given room, an eighth of the memory for texts at
 * most: in the order of the best rank of their events, each if it fits. Then the events in the
 * order of rank: headline, source, via and figure, of planned ones the place too; one that finds no
 * room with its place may find it without. An event whose texts find none stays in the digest
 * without text, and layout counts it as hidden. At last, so that no headline is lost for them, the
 * details of two events that have room: of the newest (that which starts last of those not ahead,
 * of several the best ranked), and of the best ranked of all; each cut at INK_EVENT_DETAIL_BYTES,
 * with an ellipsis, and each only as a whole.
 *
 * Stability. What was shown before (budget.held) stays unless clearly beaten: by 8 of merit for a
 * day, half a doubling of its burst, and by a quarter of the score for a record. It never outweighs
 * the desk, and without it the result depends on the records alone.
 *
 * Counting. Every record is counted once: refused, duplicate (same id and rev again), superseded
 * (a live version with a higher rev exists), merged, hidden, or kept. Exact while the feed has at
 * most 3/4 of the config's ids; beyond that a fixed sample of the ids is told apart, copies and
 * old versions of the others count as hidden, and ids_beyond says so.
 *
 * Place. Events stand in order of their start; those ahead (planned, and not over at the as-of, or
 * of another status and wholly after it) come last, and of them those without an hour (days, and
 * what lasts a day or longer: ink_is_hours) stand by their end. At one place the coarser date comes
 * first, then the greater weight, then by status (a denial after what it denies), then the smaller
 * id.
 *
 * Order. The digest depends on the set of records alone: not on their order, nor (within the ids
 * told apart) on being fed twice. If there are more days than slots, days compete for slots by
 * weight, votes, and number of records; if there are more than lean slots (20 bytes each), only the
 * newest of the greatest weight compete.
 *
 * Cost: each pass hashes the words of each record of the days it looks at, and compares it with the
 * candidates of its day. Memory is fixed by the config.
 */
#ifndef INK_CONDENSE_H
#define INK_CONDENSE_H

#include "core/ink_digest.h"
#include "core/ink_names.h"

/* One id told apart from all others. 16 bytes. */
struct ink_known_id {
    uint64_t id;
    uint32_t rev;     /* the highest seen */
    uint32_t content; /* its hash; bits 0 to 2: see ink_ids.c */
};

/* Capacities and caller-owned buffers. All must stay until the digest is no longer used, but for
 * `ids` and `order`, which are free again after ink_condense_end. */
struct ink_condense_memory {
    /* First days, then candidates; at last the events kept, and behind them their texts. Aligned to
     * 8 bytes; at least event_cap x sizeof(struct ink_event) + text_cap. */
    unsigned char *work;
    struct ink_known_id *ids;
    uint16_t *order;     /* 2 x event_cap */
    uint32_t work_bytes; /* that days and candidates may take */
    uint32_t text_cap;   /* bytes */
    uint16_t event_cap;
    uint16_t id_cap; /* 0 or a power of two */
};

/* The budget, and what was shown before. */
struct ink_budget {
    uint16_t dates;    /* days kept at most; 0: as many as there are events */
    uint16_t per_date; /* events of a day kept at most; 0: as many as there are events */
    uint8_t recent;    /* what age costs a day: so much for each doubling; 0: nothing */
    const uint64_t
        *held; /* ids that were shown before, ascending; they stay unless clearly beaten */
    uint16_t held_count;
};

#define INK_WEIGHT_UNSET 5 /* where a record without weight ranks: the middle of 1..9 */
#define INK_WEIGHT_MAX   9

/* The passes. RECOUNT is left out if the first count holds; it comes once more if the days are
 * many, once more if only old versions make the sources too many, and once more if the newest
 * record shows that withdrawn ones are gone. */
enum ink_pass {
    INK_PASS_NONE,
    INK_PASS_COUNT,
    INK_PASS_RECOUNT,
    INK_PASS_GATHER,
    INK_PASS_HEAR,
    INK_PASS_ACCOUNT,
    INK_PASS_FETCH
};
#define INK_CONDENSE_PASSES 9 /* at most */

/* Visible so that callers can place it; read only the digest. */
struct ink_condense {
    struct ink_digest digest;
    struct ink_condense_memory memory;
    struct ink_budget budget;
    struct ink_names sources, lanes;
    uint32_t source_hash[INK_SOURCES], lane_hash[INK_LANES]; /* of these; lanes: after pass 3 */
    int64_t as_of_end;   /* first second after the story's as-of */
    uint32_t planned;    /* records with that status; counted in pass 1 */
    uint32_t answers;    /* denied or disputed ones; likewise */
    uint16_t chosen;     /* days; in the work area after pass 1 */
    uint16_t candidates; /* their room in all; likewise */
    uint16_t gathered;   /* different ids among them */
    uint16_t id_count;
    uint8_t id_level; /* ids whose hash has this many low zero bits are told apart */
    uint16_t joined;  /* pass ACCOUNT: rank of the event that the record fed last belongs to, or
                         UINT16_MAX */
    uint8_t pass;     /* enum ink_pass */
    bool again;       /* the first count does not hold */
    bool shared;      /* sources share the bits of a day: there are more than bits */
    bool withdraws;   /* a withdrawn record was counted */
    bool struck;      /* withdrawn records are gone: see "What was withdrawn" */
};

/* Start; nothing is read from the buffers. */
void ink_condense_begin(struct ink_condense *condense, const struct ink_condense_memory *memory,
                        const struct ink_budget *budget);

/* Start the next pass: true, feed everything once more; false, the digest is ready. At most
 * INK_CONDENSE_PASSES. */
bool ink_condense_begin_pass(struct ink_condense *condense);

/* One good record, one refused item, or facts of the story; in any order, the same in every pass.
 * The record's texts are copied where they are kept. */
void ink_condense_record(struct ink_condense *condense, const struct ink_record *record);
void ink_condense_refused(struct ink_condense *condense);
void ink_condense_unknown(struct ink_condense *condense, uint32_t keys);
void ink_condense_story(struct ink_condense *condense, const struct ink_story *story);

#endif
