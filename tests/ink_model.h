/* For the tests: condensing once more, from the statement in core/ink_condense.h, with unbounded
 * memory and no passes. All records lie side by side, and every rule is a loop over all of them.
 *
 *     model_run(&(struct model_task){.story = &story, .events = 24, ...});
 *     ... model.digest, model.events ...
 *
 * It leans on the services that the statement names: words, gists, logarithms, roots, hashes and
 * dates. With `exact` set it does without counters and gists, and tells every word from every
 * other: what condensing would choose if memory were no matter.
 */
#ifndef INK_MODEL_H
#define INK_MODEL_H

#include "ink_story.h"

#include "core/ink_gist.h"
#include "core/ink_merit.h"

struct model_task {
    const struct story *story;
    struct ink_budget budget;
    uint32_t refused; /* items beside the records */
    uint32_t text_bytes;
    uint16_t events;
    uint8_t counters; /* of a day's words; 16 or 64, see ink_days.h */
    bool exact;
};

struct model_record {
    const struct ink_record *said;
    struct ink_terms terms;
    struct ink_gist gist;
    uint32_t content, figures, letters; /* letters: one a word left out */
    uint32_t score;
    int64_t start, end, place;
    int32_t key; /* of its day; see model_key */
    int day;     /* number of it; days without a chosen one have -1 */
    int voice;   /* number of its source; the last: it has none */
    int weight, times, lane, rank, overlap;
    uint64_t source;
    bool live, held, ahead, candidate, follows, merged;
};

struct model_day {
    int32_t key;
    bool told[INK_SOURCES + 1]; /* by each source */
    int mass, records, weight, sources, taken;
    uint64_t burst;
    int32_t merit;
    bool held, end, chosen;
};

#define MODEL_DAYS STORY_RECORDS

static struct model {
    const struct model_task *task;
    struct ink_digest digest;
    struct model_record all[STORY_RECORDS];
    struct model_day days[MODEL_DAYS];
    struct ink_event events[STORY_RECORDS];
    struct model_record *order[STORY_RECORDS]; /* the elected, by rank; at last in time */
    char text[1 << 18];
    uint32_t source_hash[STORY_RECORDS];
    struct ink_span lane_name[INK_LANES]; /* by hash */
    int count, day_count, source_count, lane_count, elected;
    int planned_room, answer_room, planned_left, others_left, dates_left, aside_taken;
} model;

/* ---- which version --------------------------------------------------------------------------- */

static inline bool model_replaces(const struct model_record *a, const struct model_record *b) {
    if (a->said->id != b->said->id) {
        return false;
    }
    return a->said->rev != b->said->rev ? a->said->rev > b->said->rev : a->content > b->content;
}

/* Live: nothing replaces it, and it was not fed before. */
static inline void model_find_live(void) {
    struct ink_counts *counts = &model.digest.counts;
    counts->read = (uint32_t)model.count + model.task->refused;
    counts->refused = model.task->refused;
    for (int i = 0; i < model.count; i++) {
        struct model_record *one = &model.all[i];
        bool older = false, copy = false;
        for (int j = 0; j < model.count; j++) {
            const struct model_record *other = &model.all[j];
            older |= other->said->id == one->said->id && other->said->rev > one->said->rev;
            copy |= model_replaces(other, one) ||
                    (j < i && other->said->id == one->said->id && !model_replaces(one, other));
        }
        one->live = !older && !copy;
        counts->superseded += older;
        counts->duplicate += !older && copy;
    }
}

/* First second of the time that the story has come to: its as-of, or the newest live record. */
static inline int64_t model_now(void) {
    const struct ink_story *story = &model.digest.story;
    int64_t newest = INT64_MIN;
    for (int i = 0; i < model.count; i++) {
        const struct model_record *one = &model.all[i];
        bool newer = one->live && one->said->status != INK_PLANNED && one->start > newest;
        newest = newer ? one->start : newest;
    }
    bool told = story->as_of.precision != INK_PRECISION_NONE;
    return told ? ink_date_start(&story->as_of, &story->zone) : newest;
}

/* Withdrawn records whose time is over are as old versions. */
static inline void model_strike(void) {
    const struct ink_story *story = &model.digest.story;
    struct ink_counts *counts = &model.digest.counts;
    if (story->strikes.precision == INK_PRECISION_NONE ||
        model_now() < ink_date_start(&story->strikes, &story->zone)) {
        return;
    }
    counts->superseded = counts->duplicate = 0;
    for (int i = 0; i < model.count; i++) {
        struct model_record *one = &model.all[i];
        bool older = one->said->status == INK_WITHDRAWN;
        for (int j = 0; j < model.count; j++) {
            const struct ink_record *other = model.all[j].said;
            older |= other->id == one->said->id && other->rev > one->said->rev;
        }
        counts->superseded += older;
        counts->duplicate += !older && !one->live;
        one->live &= !older;
    }
}

/* ---- what a record says ---------------------------------------------------------------------- */

static inline bool model_is_answer(const struct model_record *one) {
    uint8_t status = one->said->status;
    return status == INK_DENIED || status == INK_DISPUTED;
}

static inline bool model_is_planned(const struct model_record *one) {
    return one->said->status == INK_PLANNED;
}

/* Days ascend by their first day; on one of them a day stands before a month or season, and that
 * before a year, decade or century. */
static inline int32_t model_key(const struct ink_date *local) {
    static const int first_month[] = {3, 6, 9, 12};
    int month = local->month > 20 ? first_month[local->month - 21] : local->month;
    int32_t day = ink_days(local->year, month == 0 ? 1 : month, local->day == 0 ? 1 : local->day);
    bool month_long =
        local->precision == INK_PRECISION_MONTH || local->precision == INK_PRECISION_SEASON;
    return day * 4 + (local->precision >= INK_PRECISION_DAY ? 0 : month_long ? 1 : 2);
}

static inline int32_t model_number(int32_t key) {
    return (key - (key & 3)) / 4;
}

static inline bool model_was_held(uint64_t id) {
    bool held = false;
    for (int i = 0; i < model.task->budget.held_count; i++) {
        held |= model.task->budget.held[i] == id;
    }
    return held;
}

static inline void model_note_time(struct model_record *one) {
    const struct ink_record *said = one->said;
    const struct ink_zone *zone = &model.digest.story.zone;
    const struct ink_date *as_of = &model.digest.story.as_of;
    bool open = said->when.precision == INK_PRECISION_NONE;
    bool until = said->until.precision != INK_PRECISION_NONE;
    const struct ink_date *from = open ? &said->until : &said->when;
    one->start = ink_date_start(from, zone);
    one->end = ink_date_end(until ? &said->until : &said->when, zone);
    one->ahead =
        model_is_planned(one)
            ? as_of->precision == INK_PRECISION_NONE || one->end > ink_date_start(as_of, zone)
            : as_of->precision != INK_PRECISION_NONE && one->start >= ink_date_end(as_of, zone);
    struct ink_date local = ink_date_local(from, zone);
    bool hours = said->when.precision > INK_PRECISION_DAY &&
                 (!until || one->end - one->start <= (int64_t)24 * 3600);
    one->place = one->ahead && !hours ? one->end : one->start;
    one->key = model_key(&local);
    ink_terms_of(&one->terms, said->text[INK_HEADLINE], local.year, local.day);
}

static inline void model_note_words(struct model_record *one) {
    struct ink_span figure = one->said->text[INK_FIGURE];
    ink_gist_of(&one->gist, &one->terms);
    one->times = one->terms.looks_back ? 2 : 1;
    one->figures = one->terms.figures;
    if (figure.bytes > 0) {
        one->figures = ink_hash(one->figures, figure.at, figure.bytes);
    }
    one->letters = model.task->exact ? 0 : one->gist.letters;
    for (int i = 0; i < one->terms.count && model.task->exact; i++) {
        one->letters += ink_term_weight(one->terms.term[i]) - 1;
    }
}

/* Letters of the words that both have, each less `off`. */
static inline uint32_t model_shared(const struct model_record *a, const struct model_record *b,
                                    uint32_t off) {
    if (!model.task->exact) {
        return ink_gist_shared(&a->gist, &b->gist, off);
    }
    uint32_t sum = 0;
    for (int i = 0; i < a->terms.count; i++) {
        for (int j = 0; j < b->terms.count; j++) {
            bool same = a->terms.term[i] == b->terms.term[j];
            sum += same ? ink_term_weight(a->terms.term[i]) - off : 0;
        }
    }
    return sum;
}

static inline bool model_same_words(const struct model_record *a, const struct model_record *b) {
    int same = 0;
    for (int i = 0; i < a->terms.count; i++) {
        for (int j = 0; j < b->terms.count; j++) {
            same += a->terms.term[i] == b->terms.term[j];
        }
    }
    if (a->terms.count == 0 && b->terms.count == 0) {
        return span_same(a->said->text[INK_HEADLINE], b->said->text[INK_HEADLINE]);
    }
    return same == a->terms.count && same == b->terms.count;
}

static inline int model_common(const struct model_record *a, const struct model_record *b) {
    int count = 0;
    for (int i = 0; i < a->terms.count; i++) {
        for (int j = 0; j < b->terms.count; j++) {
            count += a->terms.term[i] == b->terms.term[j];
        }
    }
    return model.task->exact ? count : (int)ink_gist_common(&a->gist, &b->gist);
}

/* Number of its words, as far as they are told apart. */
static inline int model_words(const struct model_record *one) {
    int count = 0;
    for (int i = 0; i < INK_GIST_BINS; i++) {
        count += one->gist.bin[i] != 0;
    }
    return model.task->exact ? one->terms.count : count;
}

static inline int model_overlap(const struct model_record *a, const struct model_record *b) {
    uint32_t shared = model_shared(a, b, 1),
             fewer = a->letters < b->letters ? a->letters : b->letters;
    if (shared < fewer && model_common(a, b) < 2) {
        return 0;
    }
    if (a->letters + b->letters == 0) { /* words of one letter or none: the same, or others */
        int words = model_words(a);
        return words > 0 && words == model_words(b) && words == model_common(a, b) ? 100 : 0;
    }
    return shared == 0 ? 0 : (int)(100 * shared / ink_root(a->letters * b->letters));
}

/* ---- names ----------------------------------------------------------------------------------- */

/* Place of a name among all that a live record has under that field, by hash; -1 if it is empty. */
static inline int model_name(struct ink_span name, const uint32_t *hashes, int count) {
    int below = 0;
    for (int i = 0; i < count; i++) {
        below += hashes[i] < ink_hash(0, name.at, name.bytes);
    }
    return name.bytes == 0 ? -1 : below;
}

static inline int model_list_names(enum ink_text_field field, uint32_t *hashes) {
    int count = 0;
    for (int i = 0; i < model.count; i++) {
        struct ink_span name = model.all[i].said->text[field];
        bool known = name.bytes == 0 || !model.all[i].live;
        for (int j = 0; j < count; j++) {
            known |= hashes[j] == ink_hash(0, name.at, name.bytes);
        }
        if (!known) {
            hashes[count++] = ink_hash(0, name.at, name.bytes);
        }
    }
    return count;
}

static inline void model_name_all(void) {
    model.source_count = model_list_names(INK_SOURCE, model.source_hash);
    model.digest.sources = (uint16_t)ink_min(model.source_count, INK_SOURCES);
    model.digest.sources_beyond = model.source_count > INK_SOURCES;
    for (int i = 0; i < model.count; i++) {
        struct model_record *one = &model.all[i];
        struct ink_span name = one->said->text[INK_SOURCE];
        int source = model_name(name, model.source_hash, model.source_count);
        one->source = source >= 0 && source < INK_SOURCES ? (uint64_t)1 << source : 0;
        one->voice = source < 0 ? INK_SOURCES
                     : model.source_count <= INK_SOURCES
                         ? source
                         : (int)(ink_hash(0, name.at, name.bytes) % INK_SOURCES);
    }
}

/* ---- days ------------------------------------------------------------------------------------ */

static inline struct model_day *model_day_of(int32_t key) {
    int at = 0;
    while (at < model.day_count && model.days[at].key < key) {
        at++;
    }
    if (at == model.day_count || model.days[at].key != key) {
        memmove(&model.days[at + 1], &model.days[at],
                (size_t)(model.day_count - at) * sizeof model.days[0]);
        model.days[at] = (struct model_day){.key = key};
        model.day_count++;
    }
    return &model.days[at];
}

static inline void model_fill_days(void) {
    for (int i = 0; i < model.count; i++) {
        struct model_record *one = &model.all[i];
        if (one->live && !model_is_planned(one)) {
            struct model_day *day = model_day_of(one->key);
            day->records++;
            day->mass += one->times;
            day->sources += !day->told[one->voice];
            day->told[one->voice] = true;
            day->weight = ink_max(day->weight, one->weight);
            day->held |= one->held && !model_is_answer(one);
        }
    }
    for (int i = 0; i < model.day_count; i++) {
        bool end = i == 0 || i == model.day_count - 1;
        model.days[i].end = end && model.days[i].weight >= INK_WEIGHT_UNSET;
    }
}

static inline int32_t model_vote(int voice) {
    int32_t named = 0, first = 0, last = 0;
    for (int i = 0; i < model.day_count; i++) {
        if (model.days[i].told[voice]) {
            first = named++ == 0 ? model_number(model.days[i].key) : first;
            last = model_number(model.days[i].key);
        }
    }
    if (named == 0) {
        return 0;
    }
    int32_t all =
        model_number(model.days[model.day_count - 1].key) - model_number(model.days[0].key) + 1;
    uint64_t below = (uint64_t)named * (uint64_t)(named + 4);
    uint64_t above = (uint64_t)named * (uint64_t)(last - first + 1) + 4 * (uint64_t)all;
    return (int32_t)(ink_log2(below + above - 1) - ink_log2(below - 1));
}

/* Does the record say what is counted under `word`; with which sign? */
static inline int64_t model_says(const struct model_record *one, uint32_t word) {
    int64_t sum = 0;
    for (int i = 0; i < one->terms.count; i++) {
        uint32_t term = one->terms.term[i];
        int64_t letters = ink_term_weight(term);
        if (model.task->exact) {
            sum += term == word ? letters : 0;
        } else if ((term >> 3) % model.task->counters == word) {
            sum += term >> 31 != 0 ? letters : -letters;
        }
    }
    return sum * one->times;
}

/* What each day says of a word beyond its share of the story's, squared. */
static inline void model_add_burst(uint32_t word, int64_t mass) {
    int64_t here[MODEL_DAYS] = {0}, everywhere = 0;
    for (int i = 0; i < model.count; i++) {
        const struct model_record *one = &model.all[i];
        if (one->live && !model_is_planned(one)) {
            here[model_day_of(one->key) - model.days] += model_says(one, word);
            everywhere += model_says(one, word);
        }
    }
    for (int i = 0; i < model.day_count; i++) {
        int64_t beyond = here[i] - everywhere * 1024 / mass * model.days[i].mass / 1024;
        model.days[i].burst += (uint64_t)(beyond * beyond);
    }
}

/* Is it the first record that says the word? */
static inline bool model_is_new(int record, uint32_t word) {
    for (int i = 0; i < record; i++) {
        for (int j = 0; j < model.all[i].terms.count; j++) {
            if (model.all[i].live && !model_is_planned(&model.all[i]) &&
                model.all[i].terms.term[j] == word) {
                return false;
            }
        }
    }
    return true;
}

static inline void model_count_words(int64_t mass) {
    for (uint32_t i = 0; i < model.task->counters && !model.task->exact; i++) {
        model_add_burst(i, mass);
    }
    for (int i = 0; i < model.count && model.task->exact; i++) {
        const struct model_record *one = &model.all[i];
        for (int j = 0; j < one->terms.count && one->live && !model_is_planned(one); j++) {
            if (model_is_new(i, one->terms.term[j])) {
                model_add_burst(one->terms.term[j], mass);
            }
        }
    }
}

static inline void model_judge_days(void) {
    int32_t votes[INK_SOURCES + 1];
    int64_t mass = 0;
    for (int voice = 0; voice <= INK_SOURCES; voice++) {
        votes[voice] = model_vote(voice);
    }
    for (int i = 0; i < model.day_count; i++) {
        mass += model.days[i].mass;
    }
    model_count_words(mass);
    for (int i = 0; i < model.day_count; i++) {
        struct model_day *day = &model.days[i];
        uint32_t busy = 0;
        for (int j = 0; j < model.day_count; j++) {
            bool near = abs(model_number(model.days[j].key) - model_number(day->key)) <= 15;
            busy += near ? (uint32_t)model.days[j].sources : 0;
        }
        day->merit = (int32_t)ink_log2(day->burst) - (int32_t)ink_log2(busy) + (day->held ? 8 : 0);
        int32_t age = model_number(model.days[model.day_count - 1].key) - model_number(day->key);
        day->merit -= model.task->budget.recent * (int32_t)ink_log2((uint64_t)age) / 16;
        for (int voice = 0; voice <= INK_SOURCES; voice++) {
            day->merit += day->told[voice] ? 4 * votes[voice] : 0;
        }
    }
}

static inline bool model_day_first(const struct model_day *a, const struct model_day *b) {
    return a->end != b->end         ? a->end
           : a->weight != b->weight ? a->weight > b->weight
           : a->merit != b->merit   ? a->merit > b->merit
                                    : a->key < b->key;
}

/* Dates of the budget that are kept for planned records. */
static inline int model_planned_dates(void) {
    int dates = model.task->budget.dates, planned = 0;
    for (int i = 0; i < model.count; i++) {
        planned += model.all[i].live && model_is_planned(&model.all[i]);
    }
    int eighth = dates >= 8 ? dates / 8 : dates > 1 || model.day_count == 0 ? 1 : 0;
    return ink_min(planned, ink_max(eighth, dates - model.day_count));
}

static inline void model_choose_days(void) {
    int dates = model.task->budget.dates, events = model.task->events;
    int most = dates == 0 ? events : ink_min(dates - model_planned_dates(), events);
    for (int i = 0; i < model.day_count; i++) {
        int better = 0;
        for (int j = 0; j < model.day_count; j++) {
            better += model_day_first(&model.days[j], &model.days[i]);
        }
        model.days[i].chosen = better < most;
    }
}

/* ---- candidates ------------------------------------------------------------------------------ */

/* Planned records and answers to days that were not chosen stand aside. */
static inline bool model_same_group(const struct model_record *a, const struct model_record *b) {
    return a->day == b->day && model_is_planned(a) == model_is_planned(b);
}

static inline int64_t model_soon(const struct model_record *one) {
    return (one->place + ((int64_t)1 << 39)) >> 8;
}

/* Where there is room for all, this decides among those with the same words; aside of all. */
static inline bool model_gathers_first(const struct model_record *a, const struct model_record *b) {
    if (a->weight != b->weight) {
        return a->weight > b->weight;
    }
    if (a->held != b->held) {
        return a->held;
    }
    bool planned = model_is_planned(a) && model_soon(a) != model_soon(b);
    return planned ? model_soon(a) < model_soon(b) : a->said->id < b->said->id;
}

static inline bool model_stands_for(const struct model_record *a, const struct model_record *b) {
    return model_same_group(a, b) && a->said->status == b->said->status &&
           a->figures == b->figures && model_same_words(a, b) && model_gathers_first(a, b) &&
           (a->said->status != INK_PLANNED || a->place == b->place);
}

static inline void model_give_room(void) {
    int others = 0, planned = 0, events = model.task->events, dates = model.task->budget.dates;
    bool all_chosen = true;
    for (int i = 0; i < model.day_count; i++) {
        others += model.days[i].chosen ? model.days[i].records : 0;
        all_chosen &= model.days[i].chosen;
    }
    for (int i = 0; i < model.count; i++) {
        planned += model.all[i].live && model_is_planned(&model.all[i]);
    }
    int eighth = events >= 8 ? events / 8 : events > 1 || others == 0 ? 1 : 0;
    model.planned_room = ink_min(ink_max(eighth, events - others), planned);
    model.planned_room =
        dates == 0 ? model.planned_room : ink_min(model.planned_room, model_planned_dates());
    model.answer_room = all_chosen ? 0 : eighth;
}

static inline bool model_may_gather(const struct model_record *one) {
    return one->live && (model_is_planned(one) || one->day >= 0 || model_is_answer(one));
}

static inline void model_gather(void) {
    for (int i = 0; i < model.count; i++) {
        struct model_record *one = &model.all[i];
        one->day = -1;
        for (int j = 0; j < model.day_count; j++) {
            bool own = model.days[j].key == one->key && model.days[j].chosen;
            one->day = own && !model_is_planned(one) ? j : one->day;
        }
    }
    model_give_room();
    for (int i = 0; i < model.count; i++) {
        model.all[i].candidate = model_may_gather(&model.all[i]);
    }
    for (int i = 0; i < model.count; i++) {
        for (int j = 0; j < model.count; j++) {
            bool covered = j != i && model_may_gather(&model.all[j]) &&
                           model_stands_for(&model.all[j], &model.all[i]);
            model.all[i].candidate &= !covered;
        }
    }
}

/* Of those aside only so many have room. */
static inline void model_bound_aside(void) {
    bool left[STORY_RECORDS];
    for (int i = 0; i < model.count; i++) {
        const struct model_record *one = &model.all[i];
        int before = 0;
        for (int j = 0; j < model.count; j++) {
            const struct model_record *other = &model.all[j];
            before += j != i && other->candidate && model_same_group(one, other) &&
                      model_gathers_first(other, one);
        }
        int room = model_is_planned(one) ? model.planned_room
                   : one->day < 0        ? model.answer_room
                                         : model.count;
        left[i] = one->candidate && before < room;
    }
    for (int i = 0; i < model.count; i++) {
        model.all[i].candidate = left[i];
        model.planned_left += left[i] && model_is_planned(&model.all[i]);
    }
}

static inline void model_score(void) {
    for (int i = 0; i < model.count; i++) {
        struct model_record *one = &model.all[i];
        uint64_t sum = 0;
        for (int j = 0; j < model.count && one->candidate && one->day >= 0; j++) {
            const struct model_record *other = &model.all[j];
            bool heard =
                other->live && other->day == one->day && j != i && !model_same_words(one, other);
            sum += heard ? (uint64_t)other->times * model_shared(one, other, 0) : 0;
        }
        uint32_t words = (uint32_t)ink_max(one->terms.count, 1);
        one->score = (uint32_t)((sum << 8) / ink_root(words << 8));
    }
}

#endif
