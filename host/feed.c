#include "feed.h"

#include <stdlib.h>

#include "core/ink_merit.h"
#include "say.h"

/* ---- without reasons ---------------------------------------------------------------------------
 */

static int feed_segment(struct ink *ink, const struct ink_segment *segment) {
    uint8_t chunk[INK_WALK_BYTES];
    uint32_t sum = 0;
    ink_begin_input(ink, (enum ink_format)segment->format);
    for (uint64_t at = 0;;) {
        long count = ink_segment_read(segment, at, chunk, sizeof chunk);
        if (count <= 0) {
            ink_end_input(ink);
            return count < 0 ? INK_EXIT_IO : ink_segment_unchanged(segment, sum);
        }
        sum = ink_segment_sum(sum, chunk, (size_t)count);
        ink_feed(ink, chunk, (size_t)count);
        at += (uint64_t)count;
    }
}

/* ---- with reasons ------------------------------------------------------------------------------
 */

/* Before the election takes its place: the candidates and their days. */
static bool copy_candidates(struct ink_why *why, const struct ink_condense *condense) {
    why->days = condense->chosen;
    why->candidates = condense->candidates;
    why->all = calloc((size_t)why->candidates + 1, sizeof *why->all);
    why->chosen = calloc((size_t)why->days + 2, sizeof *why->chosen);
    why->events = calloc((size_t)condense->memory.event_cap + 1, sizeof *why->events);
    if (why->all == NULL || why->chosen == NULL || why->events == NULL) {
        return false;
    }
    if (why->candidates > 0) {
        memcpy(why->chosen, condense->memory.work, (why->days + 2) * sizeof *why->chosen);
        memcpy(why->all, ink_candidates(condense), why->candidates * sizeof *why->all);
    }
    return true;
}

/* Of two candidates not kept, the one that was nearer to it. */
static bool nearer(const struct ink_why_dropped *a, const struct ink_why_dropped *b) {
    if (a->candidate.rank_weight != b->candidate.rank_weight) {
        return a->candidate.rank_weight > b->candidate.rank_weight;
    }
    int32_t merit_a = ink_merit_sum(&a->day.merit), merit_b = ink_merit_sum(&b->day.merit);
    if (merit_a != merit_b) {
        return merit_a > merit_b;
    }
    return a->candidate.score != b->candidate.score ? a->candidate.score > b->candidate.score
                                                    : a->candidate.id < b->candidate.id;
}

static void note_dropped(struct ink_why *why, const struct ink_candidate *candidate) {
    struct ink_why_dropped one = {.candidate = *candidate, .day = why->chosen[candidate->group]};
    int at = why->dropped_count;
    if (at == INK_WHY_DROPPED && !nearer(&one, &why->dropped[at - 1])) {
        return;
    }
    at -= at == INK_WHY_DROPPED;
    for (; at > 0 && nearer(&one, &why->dropped[at - 1]); at--) {
        why->dropped[at] = why->dropped[at - 1];
    }
    why->dropped[at] = one;
    why->dropped_count += why->dropped_count < INK_WHY_DROPPED;
}

/* After the election: which of them became events. */
static void explain(struct ink_why *why, const struct ink_digest *digest) {
    for (uint32_t group = 0; group < why->days + 2; group++) {
        for (uint32_t i = 0; i < why->chosen[group].count; i++) {
            struct ink_candidate *one = &why->all[why->chosen[group].first + i];
            if ((one->flags & INK_CANDIDATE_MERGED) != 0) {
                continue; /* another version of its id stands for it */
            }
            one->score = ink_candidate_score(one);
            int event = 0;
            while (event < digest->count && digest->events[event].id != one->id) {
                event++;
            }
            if (event == digest->count) {
                note_dropped(why, one);
                continue;
            }
            struct ink_why_event *told = &why->events[digest->events[event].rank];
            told->day = why->chosen[group];
            told->score = one->score;
        }
    }
}

static void note_record(struct ink_why *why, const struct ink_condense *condense,
                        const struct ink_record *record) {
    if (condense->pass != INK_PASS_ACCOUNT) {
        return;
    }
    for (int i = 0; i < why->dropped_count; i++) {
        const struct ink_candidate *dropped = &why->dropped[i].candidate;
        if (dropped->id == record->id && dropped->rev == record->rev &&
            dropped->content == ink_record_content(record)) {
            struct ink_span text = record->text[INK_HEADLINE];
            memcpy(why->dropped[i].headline, text.at, text.bytes);
            why->dropped[i].headline[text.bytes] = '\0';
        }
    }
    if (condense->joined == UINT16_MAX) {
        return;
    }
    struct ink_why_event *event = &why->events[condense->joined];
    const struct ink_event *kept = condense->digest.events + condense->joined; /* still by rank */
    if (kept->id != record->id) {
        uint32_t at = event->merged_count++; /* the smallest ids, ascending: no order of the feed */
        at = at < INK_WHY_IDS ? at : INK_WHY_IDS;
        for (; at > 0 && event->merged[at - 1] > record->id; at--) {
            if (at < INK_WHY_IDS) {
                event->merged[at] = event->merged[at - 1];
            }
        }
        if (at < INK_WHY_IDS) {
            event->merged[at] = record->id;
        }
    }
}

static int walk_segment(struct ink *ink, const struct ink_segment *segment, struct ink_why *why) {
    struct ink_walk *walk = malloc(sizeof *walk);
    if (walk == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory to read %s", segment->name);
    }
    enum ink_decoded found;
    ink_walk_begin(walk, segment);
    while ((found = ink_walk_next(walk)) != INK_DECODED_MORE) {
        if (found == INK_DECODED_RECORD) {
            ink_condense_record(&ink->condense, &walk->decoder.record);
            note_record(why, &ink->condense, &walk->decoder.record);
        } else if (found == INK_DECODED_STORY) {
            ink_condense_story(&ink->condense, &walk->decoder.u.story);
        } else {
            ink_condense_refused(&ink->condense);
        }
    }
    ink_condense_unknown(&ink->condense, walk->decoder.unknown);
    int code = walk->failed ? INK_EXIT_IO : INK_EXIT_OK;
    free(walk);
    return code;
}

/* ---- both --------------------------------------------------------------------------------------
 */

static bool begin_pass(struct ink *ink, struct ink_why *why) {
    struct ink_condense *condense = &ink->condense;
    if (why != NULL && condense->pass == INK_PASS_HEAR && !copy_candidates(why, condense)) {
        ink_why_free(why);
        (void)ink_fail(INK_EXIT_IO, NULL, "no memory for the reasons");
        return false;
    }
    bool more = ink_begin_pass(ink);
    if (why != NULL && condense->pass == INK_PASS_ACCOUNT) {
        explain(why, &condense->digest);
    }
    return more;
}

int ink_feed_inputs(struct ink *ink, const struct ink_inputs *inputs, struct ink_why *why) {
    while (begin_pass(ink, why)) {
        for (int i = 0; i < inputs->count; i++) {
            const struct ink_segment *segment = ink_inputs_turn(inputs, i);
            int code = why == NULL ? feed_segment(ink, segment) : walk_segment(ink, segment, why);
            if (code != INK_EXIT_OK) {
                return code;
            }
        }
    }
    return why != NULL && why->events == NULL ? INK_EXIT_IO : INK_EXIT_OK;
}

void ink_why_free(struct ink_why *why) {
    free(why->events);
    free(why->all);
    free(why->chosen);
    *why = (struct ink_why){.events = NULL};
}
