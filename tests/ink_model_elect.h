/* For the tests, second half of the model of condensing: the election, and every record accounted
 * for. See ink_model.h. */
#ifndef INK_MODEL_ELECT_H
#define INK_MODEL_ELECT_H

#include "ink_model.h"

#define MODEL_REPEAT 30 /* percent of shared letters beyond which a record repeats another */
#define MODEL_ANSWER 60 /* and beyond which a denial answers it */

/* ---- election -------------------------------------------------------------------------------- */

/* A plan tells the same as a plan for the same time; all else may as what is near. */
static inline bool model_is_near(const struct model_record *a, const struct model_record *b) {
    if (model_is_planned(a) || model_is_planned(b)) {
        return model_is_planned(a) && model_is_planned(b) && a->place == b->place &&
               a->ahead == b->ahead;
    }
    int64_t apart = a->place < b->place ? b->place - a->place : a->place - b->place;
    return a->ahead == b->ahead && apart < (int64_t)4 * 24 * 60 * 60;
}

/* Their figures are given as such, and differ. */
static inline bool model_is_news(const struct model_record *a, const struct model_record *b) {
    struct ink_span figure_a = a->said->text[INK_FIGURE], figure_b = b->said->text[INK_FIGURE];
    return figure_a.bytes > 0 && figure_b.bytes > 0 && !span_same(figure_a, figure_b);
}

static inline bool model_says_same(const struct model_record *a, const struct model_record *b) {
    int percent = a->letters < 24 || b->letters < 24 ? 100 : 70;
    return a->said->status == b->said->status && a->figures == b->figures &&
           model_overlap(a, b) >= percent &&
           model_common(a, b) == ink_min(model_words(a), model_words(b));
}

/* How a candidate stands to those elected so far. */
static inline void model_compare(struct model_record *one) {
    one->overlap = 0;
    one->follows = false;
    one->merged = false;
    for (int i = 0; i < model.elected; i++) {
        const struct model_record *other = model.order[i];
        int overlap = model_overlap(one, other);
        bool planned = model_is_planned(one) || model_is_planned(other);
        if (!planned && model_is_answer(one) != model_is_answer(other)) {
            one->follows |= overlap > MODEL_ANSWER && model_is_answer(one);
        } else if (model_is_near(one, other)) {
            one->merged |= model_says_same(one, other);
            bool news = model_is_news(one, other) && one->place >= other->place;
            overlap = news ? ink_min(overlap, MODEL_REPEAT) : overlap;
            one->overlap = ink_max(one->overlap, overlap);
        }
    }
}

/* Of its day so many are elected; answers aside count as one day. */
static inline int model_taken(const struct model_record *one) {
    return one->day >= 0 ? model.days[one->day].taken : model.aside_taken;
}

static inline bool model_repeats(const struct model_record *one) {
    return one->overlap > MODEL_REPEAT && model_taken(one) > 0;
}

static inline bool model_may_stand(const struct model_record *one) {
    int per_date = model.task->budget.per_date;
    bool aside = one->day < 0;
    if (!one->candidate || one->rank >= 0 || one->merged ||
        (model_is_planned(one) ? model.planned_left : model.others_left) == 0) {
        return false;
    }
    if ((aside || model_taken(one) == 0) && model.dates_left == 0) {
        return false;
    }
    return aside || per_date == 0 || (model_taken(one) < per_date && !model_repeats(one));
}

static inline bool model_better_of_day(const struct model_record *a, const struct model_record *b) {
    bool denied_a = a->said->status == INK_DENIED, denied_b = b->said->status == INK_DENIED;
    bool again_a = a->overlap > MODEL_REPEAT, again_b = b->overlap > MODEL_REPEAT;
    if (denied_a != denied_b) {
        return denied_b;
    }
    if (again_a != again_b) {
        return again_b;
    }
    if (again_a && a->overlap != b->overlap) {
        return a->overlap < b->overlap;
    }
    uint64_t worth_a = (uint64_t)a->score * (uint32_t)ink_max(400 - 5 * a->overlap, 0);
    uint64_t worth_b = (uint64_t)b->score * (uint32_t)ink_max(400 - 5 * b->overlap, 0);
    worth_a *= a->held ? 5 : 4;
    worth_b *= b->held ? 5 : 4;
    return worth_a != worth_b ? worth_a > worth_b : a->said->id < b->said->id;
}

static inline bool model_better_day(const struct model_record *a, const struct model_record *b) {
    if (model_taken(a) != model_taken(b)) {
        return model_taken(a) < model_taken(b);
    }
    int32_t merit_a = a->day < 0 ? 0 : model.days[a->day].merit;
    int32_t merit_b = b->day < 0 ? 0 : model.days[b->day].merit;
    return merit_a != merit_b ? merit_a > merit_b : b->day < 0 || (a->day >= 0 && a->day < b->day);
}

static inline bool model_comes_first(const struct model_record *a, const struct model_record *b) {
    bool planned_a = model_is_planned(a), planned_b = model_is_planned(b);
    if (a->follows != b->follows) {
        return a->follows;
    }
    if (a->weight != b->weight) {
        return a->weight > b->weight;
    }
    if (planned_a != planned_b) {
        return planned_b;
    }
    if (planned_a) {
        return model_soon(a) != model_soon(b) ? model_soon(a) < model_soon(b)
                                              : a->said->id < b->said->id;
    }
    if (model_repeats(a) != model_repeats(b)) {
        return model_repeats(b);
    }
    return a->day == b->day ? model_better_of_day(a, b) : model_better_day(a, b);
}

static inline struct model_record *model_next(void) {
    struct model_record *best = NULL;
    for (int i = 0; i < model.count; i++) {
        struct model_record *one = &model.all[i];
        if (one->candidate && one->rank < 0) {
            model_compare(one);
            best =
                model_may_stand(one) && (best == NULL || model_comes_first(one, best)) ? one : best;
        }
    }
    return best;
}

static inline void model_elect(void) {
    int dates = model.task->budget.dates;
    model.planned_left = ink_min(model.planned_left, model.task->events);
    model.others_left = model.task->events - model.planned_left;
    model.dates_left = dates == 0 ? INT32_MAX : dates;
    for (struct model_record *next = model_next(); next != NULL; next = model_next()) {
        bool planned = model_is_planned(next);
        model.dates_left -= next->day < 0 || model_taken(next) == 0;
        model.planned_left -= planned;
        model.others_left -= !planned;
        next->rank = model.elected;
        model.order[model.elected++] = next;
        if (next->day >= 0) {
            model.days[next->day].taken++;
        } else {
            model.aside_taken += !planned;
        }
    }
}

/* ---- events ---------------------------------------------------------------------------------- */

static const enum ink_text_field model_texts[INK_EVENT_TEXTS] = {
    INK_HEADLINE, INK_SOURCE, INK_VIA, INK_FIGURE, INK_PLACE, INK_DETAIL};

static inline bool model_stands_before(const struct model_record *a, const struct model_record *b) {
    if (a->ahead != b->ahead) {
        return b->ahead;
    }
    if (a->place != b->place) {
        return a->place < b->place;
    }
    if (a->said->when.precision != b->said->when.precision) {
        return a->said->when.precision < b->said->when.precision;
    }
    if (a->weight != b->weight) {
        return a->weight > b->weight;
    }
    return a->said->status != b->said->status ? a->said->status < b->said->status
                                              : a->said->id < b->said->id;
}

static inline void model_make_event(struct ink_event *event, const struct model_record *one) {
    const struct ink_record *said = one->said;
    *event = (struct ink_event){.id = said->id,
                                .rev = said->rev,
                                .content = one->content,
                                .figures = one->figures,
                                .start_utc = one->start,
                                .when = said->when,
                                .until = said->until,
                                .dated = said->dated,
                                .kind = said->kind,
                                .status = said->status,
                                .weight = said->weight,
                                .lane = (uint8_t)one->lane,
                                .rank = (uint16_t)one->rank,
                                .text_at = INK_NO_TEXT,
                                .flags = (uint8_t)((one->ahead ? INK_EVENT_AHEAD : 0) |
                                                   (one->follows ? INK_EVENT_FOLLOWS : 0))};
}

/* ---- lanes and texts ------------------------------------------------------------------------- */

/* The lanes of the first eight that the kept events name, best ranked first, numbered by hash. */
static inline void model_number_lanes(void) {
    for (int i = 0; i < model.elected; i++) {
        struct ink_span name = model.order[i]->said->text[INK_LANE];
        int at = 0;
        bool known = name.bytes == 0 || model.lane_count == INK_LANES;
        for (int j = 0; j < model.lane_count; j++) {
            struct ink_span other = model.lane_name[j];
            known |= span_same(name, other);
            at += ink_hash(0, other.at, other.bytes) < ink_hash(0, name.at, name.bytes);
        }
        if (!known) {
            memmove(&model.lane_name[at + 1], &model.lane_name[at],
                    (size_t)(model.lane_count++ - at) * sizeof name);
            model.lane_name[at] = name;
        }
    }
    for (int i = 0; i < model.count; i++) {
        struct ink_span name = model.all[i].said->text[INK_LANE];
        model.all[i].lane = INK_LANES;
        for (int j = 0; j < model.lane_count && name.bytes > 0; j++) {
            model.all[i].lane = span_same(name, model.lane_name[j]) ? j : model.all[i].lane;
        }
    }
}

/* The text that an event has room for at most, without the dots of one that is cut. */
static inline struct ink_span model_text(const struct model_record *one, int which) {
    struct ink_span text = one->said->text[model_texts[which]];
    if (which == INK_EVENT_PLACE && !model_is_planned(one)) {
        text.bytes = 0;
    }
    if (which == INK_EVENT_DETAIL && text.bytes > INK_EVENT_DETAIL_BYTES) {
        size_t kept = 0;
        for (size_t next = 0; next + 3 <= INK_EVENT_DETAIL_BYTES;) {
            kept = next;
            next += ink_grapheme_bytes(text.at, text.bytes, next);
        }
        for (; text.at[kept - 1] == ' '; kept--) {
        }
        text.bytes = (uint16_t)kept;
    }
    return text;
}

static inline uint32_t model_bytes(const struct model_record *one, int which) {
    bool cut = which == INK_EVENT_DETAIL && one->said->text[INK_DETAIL].bytes > 240;
    return model_text(one, which).bytes + (cut ? 3u : 0u);
}

static inline void model_put(uint32_t *used, struct ink_span text, uint32_t bytes) {
    if (text.bytes > 0) { /* an absent text may have no place */
        memcpy(model.text + *used, text.at, text.bytes);
        memcpy(model.text + *used + text.bytes, "\xE2\x80\xA6", bytes - text.bytes);
    }
    *used += bytes;
}

/* What is left of `room` once the names have theirs. */
static inline uint32_t model_name_lanes(void) {
    uint32_t used = 0, eighth = model.task->text_bytes / 8;
    bool asked[INK_LANES + 1] = {[INK_LANES] = true};
    for (int i = 0; i < model.elected; i++) {
        int lane = model.order[i]->lane;
        if (!asked[lane] && used + model.lane_name[lane].bytes <= eighth) {
            model.digest.lane_bytes[lane] = (uint8_t)model.lane_name[lane].bytes;
            used += model.lane_name[lane].bytes;
        }
        asked[lane] = true;
    }
    used = 0;
    for (int i = 0; i < INK_LANES; i++) {
        struct ink_span name = {model.lane_name[i].at, model.digest.lane_bytes[i]};
        model_put(&used, name, name.bytes);
    }
    return model.task->text_bytes - used;
}

/* Which of its texts an event has room for, bit by bit; the detail comes later. */
static inline unsigned model_room(const struct model_record *one, uint32_t *room) {
    uint32_t bytes = 0;
    for (int i = 0; i < INK_EVENT_PLACE; i++) {
        bytes += model_bytes(one, i);
    }
    bool place = bytes + model_bytes(one, INK_EVENT_PLACE) <= *room;
    if (bytes > *room) {
        return 0;
    }
    *room -= bytes + (place ? model_bytes(one, INK_EVENT_PLACE) : 0);
    return place ? 0x1F : 0x0F;
}

/* The ranks whose details are kept: that of the newest, and the best; -1: none has room. */
static inline void model_find_leads(const unsigned *texts, int leads[2]) {
    leads[0] = leads[1] = -1;
    for (int i = 0; i < model.elected; i++) {
        const struct model_record *one = model.order[i];
        bool newer = leads[0] < 0 || one->start > model.order[leads[0]]->start;
        leads[0] = texts[i] != 0 && !one->ahead && newer ? i : leads[0];
        leads[1] = texts[i] != 0 && leads[1] < 0 ? i : leads[1];
    }
}

static inline void model_make_text(struct ink_event *event, const struct model_record *one,
                                   unsigned texts, uint32_t *used) {
    uint16_t bytes[INK_EVENT_TEXTS] = {0};
    event->text_at = texts != 0 ? *used : INK_NO_TEXT;
    event->flags = (uint8_t)(event->flags | (texts != 0 ? INK_EVENT_FETCHED : 0));
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        bool counts = texts == 0 ? i < INK_EVENT_PLACE : (texts >> i & 1) != 0;
        bytes[i] = (uint16_t)(counts ? model_bytes(one, i) : 0);
        event->texts = (uint16_t)(event->texts + bytes[i]);
        if (texts != 0) {
            model_put(used, bytes[i] == 0 ? (struct ink_span){0} : model_text(one, i), bytes[i]);
        }
    }
    event->headline_bytes = bytes[INK_EVENT_HEADLINE];
    event->detail_bytes = bytes[INK_EVENT_DETAIL];
    for (int i = 0; i < 4; i++) {
        event->short_bytes[i] = (uint8_t)bytes[INK_EVENT_SOURCE + i];
    }
}

static inline void model_make_events(void) {
    static unsigned texts[STORY_RECORDS];
    int leads[2];
    uint32_t room = model_name_lanes(), used = model.task->text_bytes - room;
    for (int i = 0; i < model.elected; i++) {
        texts[i] = model_room(model.order[i], &room);
    }
    model_find_leads(texts, leads);
    for (int i = 0; i < 2; i++) {
        uint32_t bytes = leads[i] < 0 ? 0 : model_bytes(model.order[leads[i]], INK_EVENT_DETAIL);
        if (bytes > 0 && bytes <= room && (i == 0 || leads[0] != leads[1])) {
            texts[leads[i]] |= 1u << INK_EVENT_DETAIL;
            room -= bytes;
        }
    }
    for (int i = 0; i < model.elected; i++) {
        int at = 0;
        for (int j = 0; j < model.elected; j++) {
            at += model_stands_before(model.order[j], model.order[i]);
        }
        model_make_event(&model.events[at], model.order[i]);
        model_make_text(&model.events[at], model.order[i], texts[i], &used);
    }
    model.digest.events = model.events;
    model.digest.text = model.text;
    model.digest.count = (uint16_t)model.elected;
}

/* ---- accounting ------------------------------------------------------------------------------ */

/* Events that stand before a record. */
static inline int model_before(const struct model_record *one) {
    int before = 0;
    for (int i = 0; i < model.elected; i++) {
        before += model_stands_before(model.order[i], one);
    }
    return before;
}

static inline int32_t model_local_day(int64_t utc) {
    int64_t local = utc + ink_zone_offset(&model.digest.story.zone, utc) * 60;
    int64_t day = (local + (int64_t)86400 * 10000000) / 86400 - 10000000;
    int64_t first = ink_days(INK_YEAR_MIN, 1, 1), last = ink_days(INK_YEAR_MAX, 12, 31);
    return (int32_t)(day < first ? first : day > last ? last : day);
}

static inline struct ink_days model_days_of(const struct model_record *one) {
    struct ink_days days = {.first = model_local_day(one->start), .precision = INK_PRECISION_DAY};
    uint8_t when = one->said->when.precision, until = one->said->until.precision;
    days.precision = when != INK_PRECISION_NONE && when < days.precision ? when : days.precision;
    days.precision = until != INK_PRECISION_NONE && until < days.precision ? until : days.precision;
    days.last = model_local_day(one->end - 1);
    if (when >= INK_PRECISION_DAY && until == INK_PRECISION_NONE) { /* the day that it names */
        days.first = model_number(one->key);
        days.last = days.first;
    }
    return days;
}

static inline void model_hide_in_lane(const struct model_record *one) {
    struct ink_lane *lane = &model.digest.lanes[one->lane];
    lane->hidden++;
    for (int i = model_before(one); i-- > 0;) {
        if (model.events[i].lane == one->lane) {
            model.events[i].hidden_in_lane++;
            return;
        }
    }
    lane->hidden_before++;
}

static inline void model_hide(const struct model_record *one) {
    int before = model_before(one);
    struct ink_event *last = before == 0 ? NULL : &model.events[before - 1];
    struct ink_gap *gap = last == NULL ? &model.digest.before : &last->after;
    if (one->ahead && (last == NULL || !ink_event_is_ahead(last))) {
        gap = &model.digest.before_ahead;
    }
    struct ink_days days = model_days_of(one);
    if (gap->count == 0) {
        gap->days = days;
    }
    gap->days.first = days.first < gap->days.first ? days.first : gap->days.first;
    gap->days.last = days.last > gap->days.last ? days.last : gap->days.last;
    gap->days.precision =
        days.precision < gap->days.precision ? days.precision : gap->days.precision;
    gap->count++;
    gap->sources |= one->source;
    model.digest.counts.hidden++;
    model_hide_in_lane(one);
}

/* The best ranked event that a record is one with. Only as many of them are remembered as the room
 * for texts holds gists. */
static inline const struct model_record *model_same_event(const struct model_record *one) {
    const struct model_record *best = one->rank >= 0 ? one : NULL;
    int remembered = (int)(model.task->text_bytes / sizeof(struct ink_gist));
    for (int i = 0; i < model.elected; i++) {
        const struct model_record *kept = model.order[i];
        bool better = best == NULL || (one->rank < 0 && kept->rank < best->rank);
        if (better && kept->rank < remembered && model_is_near(one, kept) &&
            model_says_same(one, kept)) {
            best = kept;
        }
    }
    return best;
}

static inline void model_note_relay(struct ink_event *event, struct ink_span via) {
    const uint8_t relay = via.bytes == 0 ? 0 : (uint8_t)(ink_hash(0, via.at, via.bytes) % 255 + 1);
    const bool lower = relay<event->relay_low, higher = relay> event->relay_high;
    event->relay_low = event->records == 0 || lower ? relay : event->relay_low;
    event->relay_high = event->records == 0 || higher ? relay : event->relay_high;
}

static inline void model_account_one(const struct model_record *one) {
    struct ink_digest *digest = &model.digest;
    digest->lanes[one->lane].records++;
    if (!model_is_planned(one)) {
        digest->newest_utc = one->start > digest->newest_utc ? one->start : digest->newest_utc;
        digest->counts.early +=
            one->ahead && (one->said->status == INK_REPORTED || one->said->status == INK_CONFIRMED);
    }
    const struct model_record *kept = model_same_event(one);
    if (kept == NULL) {
        model_hide(one);
        return;
    }
    struct ink_event *event = &model.events[model_before(kept)];
    model_note_relay(event, one->said->text[INK_VIA]);
    event->records++;
    event->sources |= one->source;
    digest->counts.kept += kept == one;
    digest->counts.merged += kept != one;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static inline void model_begin(const struct model_task *task) {
    memset(&model, 0, sizeof model);
    model.task = task;
    model.count = task->story->count;
    model.digest.newest_utc = INT64_MIN;
    for (int i = 0; i < task->story->part_count; i++) {
        ink_story_merge(&model.digest.story, &task->story->parts[i]);
    }
    for (int i = 0; i < model.count; i++) {
        struct model_record *one = &model.all[i];
        one->said = &task->story->records[i];
        one->content = ink_record_content(one->said);
        one->weight = one->said->weight == 0 ? INK_WEIGHT_UNSET : one->said->weight;
        one->held = model_was_held(one->said->id);
        one->rank = -1;
        model_note_time(one);
        model_note_words(one);
        for (unsigned cuts = one->said->cuts; cuts != 0; cuts /= 2) {
            model.digest.counts.cut += cuts & 1;
        }
    }
}

static inline void model_run(const struct model_task *task) {
    model_begin(task);
    model_find_live();
    model_strike();
    model_name_all();
    model_fill_days();
    if (model.day_count > 0) {
        model_judge_days();
    }
    model_choose_days();
    model_gather();
    model_bound_aside();
    model_score();
    model_elect();
    model_number_lanes();
    model_make_events();
    for (int i = 0; i < model.count; i++) {
        if (model.all[i].live) {
            model_account_one(&model.all[i]);
        }
    }
}

#endif
