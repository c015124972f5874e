#include "core/ink_condense.h"

#include "core/ink_account.h"
#include "core/ink_candidates.h"
#include "core/ink_ids.h"
#include "core/ink_merit.h"
#include "core/ink_order.h"

void ink_condense_begin(struct ink_condense *condense, const struct ink_condense_memory *memory,
                        const struct ink_budget *budget) {
    *condense = (struct ink_condense){.memory = *memory, .budget = *budget};
    condense->sources.hash = condense->source_hash;
    condense->sources.cap = INK_SOURCES;
    condense->lanes.hash = condense->lane_hash;
    condense->lanes.cap = INK_LANES;
    condense->digest.events = (void *)memory->work;
    condense->digest.text = (char *)(condense->digest.events + memory->event_cap);
    condense->digest.newest_utc = INT64_MIN;
    ink_ids_clear(condense);
}

/* ---- passes ---------------------------------------------------------------------------------- */

/* Is the time over for which withdrawn records stay? Decided once: by the as-of, or by the newest
 * record if the count is one of live records by a zone that is known. */
static bool strikes_now(struct ink_condense *condense, bool holds) {
    const struct ink_story *story = &condense->digest.story;
    if (condense->struck || !condense->withdraws || !ink_is_dated(&story->strikes)) {
        return false;
    }
    int64_t now = holds ? condense->digest.newest_utc : INT64_MIN;
    if (ink_is_dated(&story->as_of)) {
        now = ink_date_start(&story->as_of, &story->zone);
    }
    condense->struck = now >= ink_date_start(&story->strikes, &story->zone);
    return condense->struck;
}

/* A count holds if no record came twice, zone and strikes were known from the start, no withdrawn
 * record is gone, each source had a bit of its own and each day a slot. Else all is counted anew,
 * now that these are known; once more if the sources of the live versions alone need not share
 * bits; and once more if only some of the days have slots. */
static void end_counting(struct ink_condense *condense) {
    const struct ink_story *story = &condense->digest.story;
    condense->as_of_end = ink_date_end(&story->as_of, &story->zone);
    condense->digest.sources = condense->sources.count;
    condense->digest.sources_beyond = condense->sources.beyond;
    bool first = condense->pass == INK_PASS_COUNT;
    condense->pass = INK_PASS_COUNT; /* and RECOUNT follows */
    bool beyond = condense->sources.beyond;
    bool strikes = strikes_now(condense, !first || !condense->again);
    if (strikes || (first ? condense->again || beyond : condense->shared && !beyond)) {
        condense->shared = beyond;
        ink_days_begin(condense);
        condense->sources.count = 0; /* of old versions too; now of the live ones */
        condense->sources.beyond = false;
        condense->digest.newest_utc = INT64_MIN;
    } else if (!ink_days_narrow(condense)) {
        ink_days_choose(condense);
        condense->pass = INK_PASS_RECOUNT; /* it is over */
    }
}

/* End a pass; sets the number of the next. */
static void end_pass(struct ink_condense *condense) {
    switch (condense->pass) {
    case INK_PASS_NONE:
        ink_days_begin(condense);
        break;
    case INK_PASS_COUNT:
    case INK_PASS_RECOUNT:
        end_counting(condense);
        break;
    case INK_PASS_GATHER:
        ink_gather_end(condense);
        break;
    case INK_PASS_HEAR:
        ink_elect(condense);
        ink_account_begin(condense);
        break;
    case INK_PASS_ACCOUNT:
        ink_account_give_room(condense);
        break;
    default:
        ink_account_end(condense);
        break;
    }
    condense->pass++;
}

bool ink_condense_begin_pass(struct ink_condense *condense) {
    end_pass(condense);
    ink_ids_begin_pass(condense);
    return condense->pass <= INK_PASS_FETCH;
}

/* ---- what is fed ----------------------------------------------------------------------------- */

static void take_first(struct ink_condense *condense, const struct ink_record *record) {
    condense->digest.counts.read++;
    for (uint32_t cuts = record->cuts; cuts != 0; cuts &= cuts - 1) {
        condense->digest.counts.cut++;
    }
    condense->again = ink_ids_note(condense, record) || condense->again;
}

static void note_source(struct ink_condense *condense, const struct ink_record *record) {
    uint8_t source = ink_names_note(&condense->sources, record->text[INK_SOURCE]);
    if (source != INK_NAME_NONE) {
        ink_days_shift_sources(condense, source);
    }
}

static void count(struct ink_condense *condense, const struct ink_record *record) {
    note_source(condense, record);
    if (record->status == INK_PLANNED) {
        condense->planned++;
        return;
    }
    condense->answers += ink_is_answer(record->status);
    condense->withdraws = condense->withdraws || record->status == INK_WITHDRAWN;
    if (ink_is_dated(&condense->digest.story.strikes)) {
        ink_note_newest(condense, ink_start_of(condense, record));
    }
    ink_days_count(condense, record);
}

void ink_condense_record(struct ink_condense *condense, const struct ink_record *record) {
    switch (condense->pass) {
    case INK_PASS_COUNT:
        take_first(condense, record);
        count(condense, record);
        return;
    case INK_PASS_ACCOUNT:
        ink_account(condense, record);
        return;
    case INK_PASS_FETCH:
        ink_fetch(condense, record);
        return;
    case INK_PASS_HEAR:
        ink_hear_version(condense, record);
        break;
    default:
        break;
    }
    if (ink_ids_judge(condense, record) != INK_IDS_LIVE) {
        return;
    }
    if (condense->pass == INK_PASS_RECOUNT) {
        count(condense, record);
    } else if (condense->pass == INK_PASS_GATHER) {
        ink_gather(condense, record);
    } else {
        ink_hear(condense, record);
    }
}

void ink_condense_refused(struct ink_condense *condense) {
    if (condense->pass == INK_PASS_COUNT) {
        condense->digest.counts.read++;
        condense->digest.counts.refused++;
    }
}

void ink_condense_unknown(struct ink_condense *condense, uint32_t keys) {
    if (condense->pass == INK_PASS_COUNT) {
        condense->digest.counts.unknown += keys;
    }
}

/* A zone that comes after records moves them to other days; for strikes the newest of them must be
 * known: then they are counted again. */
void ink_condense_story(struct ink_condense *condense, const struct ink_story *story) {
    if (condense->pass == INK_PASS_COUNT) {
        bool zone = story->zone.count > 0 || story->zone.name[0] != '\0';
        bool late = (zone || ink_is_dated(&story->strikes)) && condense->digest.counts.read > 0;
        condense->again = condense->again || late;
        ink_story_merge(&condense->digest.story, story);
    }
}
