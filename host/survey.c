#include "survey.h"

#include <stdlib.h>

#include "core/ink_edtf.h"
#include "write_cbor.h"

void ink_survey_begin(struct ink_survey *survey, struct ink_say *say) {
    *survey = (struct ink_survey){.say = say};
}

void ink_survey_free(struct ink_survey *survey) {
    free(survey->revisions);
    free(survey->zoneless.place);
    survey->revisions = NULL;
    survey->zoneless.place = NULL;
}

void ink_survey_next(struct ink_survey *survey, bool guesses) {
    memset(&survey->own, 0, sizeof survey->own);
    survey->guesses = guesses;
    survey->zoneless.before = survey->zoneless.count;
}

/* --- times of a zone --- */

bool ink_zone_is_given(const struct ink_zone *zone) {
    return zone->name[0] != '\0' || zone->count > 0;
}

bool ink_date_is_local(const struct ink_date *date) {
    return date->precision >= INK_PRECISION_MINUTE && (date->flags & INK_DATE_OFFSET) == 0;
}

bool ink_record_is_local(const struct ink_record *record) {
    return ink_date_is_local(&record->when) || ink_date_is_local(&record->until);
}

/* The zone of the input's local times, as far as it is known. False: it is not, or has no name. */
static bool find_clock(const struct ink_survey *survey, char name[INK_ZONE_NAME_BYTES + 1]) {
    const struct ink_zone *zone = ink_zone_is_given(&survey->own)          ? &survey->own
                                  : ink_zone_is_given(&survey->story.zone) ? &survey->story.zone
                                                                           : &survey->lent.zone;
    ink_zoneinfo_name(name, zone);
    if (survey->zone != NULL && zone != &survey->own) {
        snprintf(name, INK_ZONE_NAME_BYTES + 1, "%s", survey->zone);
    }
    return name[0] != '\0';
}

int64_t ink_survey_start(const struct ink_survey *survey, const struct ink_date *date) {
    char name[INK_ZONE_NAME_BYTES + 1];
    bool exists;
    const int64_t start = ink_date_start(date, NULL);
    return ink_date_is_local(date) && find_clock(survey, name)
               ? ink_zoneinfo_utc(name, start, &exists)
               : start;
}

bool ink_survey_skips(const struct ink_survey *survey, const struct ink_record *record,
                      struct ink_problem *problem, struct ink_skipped_words *words) {
    const struct ink_date *dates[] = {&record->when, &record->until};
    char name[INK_ZONE_NAME_BYTES + 1], text[INK_EDTF_BYTES];
    for (int i = 0; i < 2; i++) {
        bool exists = true;
        if (ink_date_is_local(dates[i]) && find_clock(survey, name)) {
            (void)ink_zoneinfo_utc(name, ink_date_start(dates[i], NULL), &exists);
        }
        if (exists) {
            continue;
        }
        const size_t bytes = ink_edtf_write(dates[i], text);
        snprintf(words->what, sizeof words->what, "%s: \"%.*s\", which the clocks of %s skip",
                 ink_record_fields[i == 0 ? INK_F_WHEN : INK_F_UNTIL].name, (int)bytes, text, name);
        problem->rule = "date-gap";
        problem->field = ink_record_fields[i == 0 ? INK_F_WHEN : INK_F_UNTIL].name;
        problem->what = words->what;
        problem->expected = "expected a time that there is";
        problem->hint = "write its offset, or mend the hour";
        return true;
    }
    return false;
}

struct ink_zoneless_place {
    const char *file, *hint;
    uint64_t at, column;
};

/* A record of an input that refuses to guess, and has named no zone so far. Without memory for its
 * place it is only counted. */
static void note_zoneless(struct ink_survey *survey, const struct ink_problem *place) {
    struct ink_zoneless *list = &survey->zoneless;
    if (list->place == NULL) {
        list->place = calloc(INK_ZONELESS_PLACES, sizeof *list->place);
    }
    if (list->place != NULL && list->count < INK_ZONELESS_PLACES) {
        list->place[list->count] =
            (struct ink_zoneless_place){place->file, place->hint, place->at, place->column};
    }
    list->count++;
}

/* All inputs have been read, and none names a zone. A series of one place is told once. */
static void refuse_zoneless(struct ink_survey *survey) {
    const struct ink_zoneless *list = &survey->zoneless;
    const struct ink_zoneless_place *last = NULL;
    for (uint32_t i = 0; i < list->count; i++) {
        const bool kept = list->place != NULL && i < INK_ZONELESS_PLACES;
        const struct ink_zoneless_place *one = kept ? &list->place[i] : NULL;
        survey->refused++;
        survey->records--;
        if (one == NULL) {
            survey->say->errors++;
        } else if (last == NULL || last->at != one->at || last->file != one->file) {
            ink_say_problem(
                survey->say,
                &(struct ink_problem){.file = one->file,
                                      .at = one->at,
                                      .column = one->column,
                                      .rule = "no-zone",
                                      .field = ink_record_fields[INK_F_WHEN].name,
                                      .what = "a time without an offset, and nothing names a zone",
                                      .expected = "expected an offset such as +03:00, or a zone",
                                      .hint = one->hint});
        }
        last = one;
    }
}

#define DAY_S ((int64_t)86400)

static void note_date(struct ink_survey *survey, const struct ink_date *date) {
    if (date->precision == INK_PRECISION_NONE) {
        return;
    }
    int year = ink_zone_year(date->year);
    survey->need.dated[year]++;
    if (date->precision >= INK_PRECISION_MINUTE) {
        // The instant may fall into the year beside that of its date: no offset exceeds a day.
        int64_t start = ink_date_start(date, NULL);
        int before = ink_zone_year(ink_local(start - DAY_S, NULL).year);
        int after = ink_zone_year(ink_local(start + DAY_S, NULL).year);
        survey->need.timed[year]++;
        survey->need.timed[before] += before != year;
        survey->need.timed[after] += after != year;
        survey->local_times += survey->guesses && ink_date_is_local(date);
    }
}

/* --- versions of records --- */

/* Ids and revs seen by `check`, told apart up to a bound so that memory stays flat: 1.5 MB. */
enum { REVISION_SLOTS = 65536, REVISIONS_MAX = REVISION_SLOTS / 4 * 3 };
struct ink_revisions {
    uint32_t count;
    bool full;
    struct {
        uint64_t id;
        uint32_t rev;
        uint32_t content; // 0: an empty slot
    } slot[REVISION_SLOTS];
};

/* Note a record's version. Returns false if another of that id and rev said something else. */
static bool note_revision(struct ink_survey *survey, const struct ink_record *record) {
    struct ink_revisions *known = survey->revisions;
    if (known == NULL) {
        known = survey->revisions = calloc(1, sizeof *known);
    }
    if (known == NULL) {
        return true;
    }
    uint32_t content = ink_record_content(record) | 1u;
    uint32_t at = ink_hash(record->rev, &record->id, sizeof record->id) % REVISION_SLOTS;
    for (; known->slot[at].content != 0; at = (at + 1) % REVISION_SLOTS) {
        if (known->slot[at].id == record->id && known->slot[at].rev == record->rev) {
            return known->slot[at].content == content;
        }
    }
    known->full = known->count == REVISIONS_MAX;
    if (!known->full) {
        known->count++;
        known->slot[at].id = record->id;
        known->slot[at].rev = record->rev;
        known->slot[at].content = content;
    }
    return true;
}

/* --- what could be better --- */

static void advise(struct ink_survey *survey, const struct ink_problem *place,
                   struct ink_problem problem) {
    problem.file = place->file;
    problem.at = place->at;
    problem.by_offset = place->by_offset;
    problem.warning = true;
    ink_say_problem(survey->say, &problem);
}

static const char *text_name(int text) {
    for (int f = 0; f < INK_FIELD_COUNT; f++) {
        if (ink_record_fields[f].type == INK_FIELD_TEXT && ink_record_fields[f].text == text) {
            return ink_record_fields[f].name;
        }
    }
    return "text";
}

static bool same_place(const struct ink_problem *a, const struct ink_problem *b) {
    return a->file != NULL && b->file != NULL && strcmp(a->file, b->file) == 0 && a->at == b->at &&
           a->column == b->column && a->by_offset == b->by_offset;
}

/* Advice that was not given at this place before. */
static uint32_t only_new(struct ink_survey *survey, uint32_t advice,
                         const struct ink_problem *place) {
    struct ink_advised *advised = &survey->advised;
    if (!same_place(&advised->place, place)) {
        *advised = (struct ink_advised){.place = *place};
    }
    const uint32_t news = advice & ~advised->given;
    advised->given |= advice;
    return news;
}

static void advise_cuts(struct ink_survey *survey, const struct ink_record *record, uint32_t advice,
                        const struct ink_problem *place) {
    for (int text = 0; text < INK_TEXT_COUNT; text++) {
        if ((advice >> text & 1) == 0) {
            continue;
        }
        char what[96];
        snprintf(what, sizeof what, "%s was cut to %u bytes", text_name(text),
                 (unsigned)record->text[text].bytes);
        advise(survey, place,
               (struct ink_problem){.rule = "text-cut",
                                    .field = text_name(text),
                                    .what = what,
                                    .hint = "shorten it, or move words to detail"});
    }
}

static void advise_revision(struct ink_survey *survey, const struct ink_record *record,
                            const struct ink_problem *place) {
    char what[96];
    snprintf(what, sizeof what, "id %llu, rev %u stands before with different content",
             (unsigned long long)record->id, (unsigned)record->rev);
    advise(survey, place,
           (struct ink_problem){.rule = "rev-twice",
                                .field = "rev",
                                .what = what,
                                .expected = "expected one content for one id and rev",
                                .hint = "raise rev in the newer one"});
}

static unsigned count_bits(uint16_t bits) {
    unsigned count = 0;
    for (; bits != 0; bits = (uint16_t)(bits & (bits - 1))) {
        count++;
    }
    return count;
}

void ink_survey_record(struct ink_survey *survey, const struct ink_record *record,
                       const struct ink_problem *place) {
    survey->records++;
    if (!survey->guesses && !ink_zone_is_given(&survey->own) && ink_record_is_local(record)) {
        note_zoneless(survey, place);
    }
    survey->cut += count_bits(record->cuts);
    note_date(survey, &record->when);
    note_date(survey, &record->until);
    bool sourceless = record->text[INK_SOURCE].bytes == 0;
    survey->sourceless += sourceless;
    if (!survey->thorough) {
        return;
    }
    enum { REVISION = 1 << INK_TEXT_COUNT, SOURCE = REVISION << 1 };
    uint32_t advice = record->cuts;
    advice |= note_revision(survey, record) ? 0u : REVISION;
    advice |= sourceless ? SOURCE : 0u;
    advice = only_new(survey, advice, place);
    advise_cuts(survey, record, advice, place);
    if ((advice & REVISION) != 0) {
        advise_revision(survey, record, place);
    }
    if ((advice & SOURCE) != 0) {
        advise(survey, place,
               (struct ink_problem){.rule = "no-source",
                                    .field = "source",
                                    .what = "no source",
                                    .hint = "say who says so; the wall cannot"});
    }
}

/* --- facts and refusals --- */

void ink_survey_story(struct ink_survey *survey, const struct ink_story *story,
                      const struct ink_problem *place) {
    struct ink_story own = {.zone = survey->own}, known = *story;
    memset(&known.zone, 0, sizeof known.zone);
    ink_story_merge(&survey->story, &known);
    ink_story_merge(&own, story);
    if (memcmp(survey->own.name, own.zone.name, INK_ZONE_NAME_BYTES) != 0) {
        survey->own_at = *place;
    }
    survey->own = own.zone;
    note_date(survey, &story->as_of);
    note_date(survey, &story->strikes);
}

void ink_survey_refuse(struct ink_survey *survey, const struct ink_problem *problem) {
    survey->refused++;
    ink_say_problem(survey->say, problem);
}

void ink_survey_refuse_other(struct ink_survey *survey, const struct ink_problem *problem) {
    survey->others_refused++;
    ink_say_problem(survey->say, problem);
}

const char *ink_survey_word_hint(const struct ink_field *field, const char *word, size_t bytes,
                                 char out[INK_WORDS_BYTES]) {
    const char *near =
        ink_nearest(word, bytes, field->words, sizeof field->words[0], field->max + 1);
    size_t used = 0;
    for (uint32_t i = 0; near == NULL && i <= field->max && used < INK_WORDS_BYTES; i++) {
        used += (size_t)snprintf(out + used, INK_WORDS_BYTES - used, "%s%s", i > 0 ? ", " : "",
                                 field->words[i]);
    }
    return near != NULL ? near : out;
}

static const char *field_name(uint8_t field) {
    if (field < INK_FIELD_COUNT) {
        return ink_record_fields[field].name;
    }
    if (field >= 64 && field < 64 + INK_STORY_FIELD_COUNT) {
        return ink_story_fields[field - 64].name;
    }
    return NULL;
}

/* Bytes of the JSON value, or of whatever stands in its place, at the start of a line's rest. */
static size_t value_bytes(const char *text, size_t bytes) {
    size_t at = text[0] == '"';
    const char *ends = at == 1 ? "\"\n" : ",}] \t\r\n";
    for (; at < bytes && (text[at] == '\0' || strchr(ends, text[at]) == NULL); at++) {
        at += text[at] == '\\' && at + 1 < bytes;
    }
    return at;
}

/* What stands at the offset of a refusal, of `room` bytes at most: nothing in binary input. */
static struct ink_span find_found(const struct ink_segment *segment, uint64_t offset, char *near,
                                  size_t room) {
    long count = 0;
    if (segment->format == INK_FORMAT_NDJSON) {
        count = ink_segment_read(segment, offset, (uint8_t *)near, room);
    }
    if (count <= 0 || near[0] == '\n') {
        return (struct ink_span){.at = near};
    }
    size_t quote = near[0] == '"';
    size_t bytes = value_bytes(near, (size_t)count) - quote;
    return (struct ink_span){.at = near + quote, .bytes = (uint16_t)bytes};
}

static void refuse_item(struct ink_survey *survey, const struct ink_segment *segment,
                        const struct ink_refusal *refusal) {
    enum ink_reason reason = (enum ink_reason)refusal->reason;
    bool text = segment->format == INK_FORMAT_NDJSON;
    const char *field = field_name(refusal->field);
    bool of_story = refusal->field >= INK_FIELD_STORY && refusal->field != INK_NO_FIELD;
    char near[48] = "";
    struct ink_span value = find_found(segment, refusal->offset, near, sizeof near);
    char found[INK_QUOTE_BYTES] = "";
    char what[INK_QUOTE_BYTES + 96];
    char words[INK_WORDS_BYTES];
    const char *hint = ink_reason_hint(reason);
    if (value.bytes > 0 || near[0] == '"') {
        ink_quote(found, value.at, value.bytes);
    }
    if (reason == INK_REASON_WORD && refusal->field < INK_FIELD_COUNT) {
        hint =
            ink_survey_word_hint(&ink_record_fields[refusal->field], value.at, value.bytes, words);
    }
    if (reason == INK_REASON_NO_WHEN || reason == INK_REASON_NO_HEADLINE) {
        snprintf(what, sizeof what, "no %s", field != NULL ? field : "field");
    } else {
        snprintf(what, sizeof what, "%s%s%s", field != NULL ? field : "refused",
                 found[0] != '\0' ? ": " : "", found);
    }
    const struct ink_problem problem = {.file = segment->name,
                                        .at = text ? refusal->line : refusal->offset,
                                        .by_offset = !text,
                                        .rule = ink_reason_rule(reason),
                                        .field = field,
                                        .what = what,
                                        .expected = ink_reason_text(reason),
                                        .hint = hint};
    if (of_story) {
        ink_survey_refuse_other(survey, &problem);
    } else {
        ink_survey_refuse(survey, &problem);
    }
}

/* --- segments --- */

bool ink_copy_record(FILE *cbor, const struct ink_record *record) {
    uint8_t bytes[INK_WIRE_ITEM_BYTES];
    size_t count = ink_write_cbor_record(record, bytes, sizeof bytes);
    INK_ASSERT(count <= sizeof bytes);
    return fwrite(bytes, 1, count, cbor) == count;
}

bool ink_copy_story(FILE *cbor, struct ink_story story) {
    uint8_t bytes[INK_WIRE_ITEM_BYTES];
    memset(&story.zone, 0, sizeof story.zone);
    size_t count = ink_write_cbor_story(&story, bytes, sizeof bytes);
    INK_ASSERT(count <= sizeof bytes);
    return fwrite(bytes, 1, count, cbor) == count;
}

bool ink_copy_refused(FILE *cbor) {
    return fputc(0xA0, cbor) != EOF; // a map with nothing in it
}

static struct ink_problem place_of(const struct ink_walk *walk) {
    bool text = walk->segment->format == INK_FORMAT_NDJSON;
    return (struct ink_problem){.file = walk->segment->name,
                                .at = text ? walk->item_line : walk->item_offset,
                                .by_offset = !text};
}

/* Note one item, and copy it. Returns false if the copy cannot be written. */
static bool take_item(struct ink_survey *survey, const struct ink_walk *walk,
                      enum ink_decoded found, FILE *cbor) {
    const struct ink_decoder *decoder = &walk->decoder;
    struct ink_problem place = place_of(walk);
    struct ink_skipped_words words;
    switch (found) {
    case INK_DECODED_RECORD:
        if (cbor != NULL && ink_survey_skips(survey, &decoder->record, &place, &words)) {
            ink_survey_refuse(survey, &place);
            return ink_copy_refused(cbor);
        }
        ink_survey_record(survey, &decoder->record, &place);
        return cbor == NULL || ink_copy_record(cbor, &decoder->record);
    case INK_DECODED_STORY:
        ink_survey_story(survey, &decoder->u.story, &place);
        return cbor == NULL || ink_copy_story(cbor, decoder->u.story);
    case INK_DECODED_REFUSED:
        refuse_item(survey, walk->segment, &decoder->refusal);
        return cbor == NULL || ink_copy_refused(cbor);
    case INK_DECODED_MORE:
        break;
    }
    return true;
}

int ink_survey_segment(struct ink_survey *survey, struct ink_segment *segment, FILE *cbor) {
    struct ink_walk walk;
    segment->watched = false;
    ink_walk_begin(&walk, segment);
    for (;;) {
        enum ink_decoded found = ink_walk_next(&walk);
        if (found == INK_DECODED_MORE) {
            break;
        }
        if (!take_item(survey, &walk, found, cbor)) {
            return ink_temporary_failed(segment->name);
        }
    }
    segment->watched = cbor == NULL;
    segment->sum = walk.sum;
    if (walk.decoder.unknown > 0) {
        survey->unknown += walk.decoder.unknown;
        char what[64];
        snprintf(what, sizeof what, "unknown keys skipped: %u", (unsigned)walk.decoder.unknown);
        advise(survey, &(struct ink_problem){.file = segment->name},
               (struct ink_problem){.rule = "unknown-key", .what = what});
    }
    return walk.failed ? INK_EXIT_IO : INK_EXIT_OK;
}

/* Times of inputs that name no zone are of the one that another input names. */
static void say_borrowed(struct ink_survey *survey) {
    char what[INK_ZONE_NAME_BYTES + 96], name[INK_ZONE_NAME_BYTES + 1];
    ink_zoneinfo_name(name, &survey->story.zone);
    snprintf(what, sizeof what,
             "times without an offset in an input without a zone, taken as those of %s: %u", name,
             (unsigned)survey->zoneless.count);
    advise(survey, &(struct ink_problem){.file = "story"},
           (struct ink_problem){.rule = "zone-borrowed",
                                .field = "zone",
                                .what = what,
                                .hint = "if they are of another one, --zone says so"});
}

void ink_survey_end(struct ink_survey *survey) {
    char what[96];
    if (survey->revisions != NULL && survey->revisions->full) {
        snprintf(what, sizeof what, "more than %d records: later ones were not compared by id",
                 (int)REVISIONS_MAX);
        advise(survey, &(struct ink_problem){.file = "story"},
               (struct ink_problem){.rule = "rev-twice", .what = what});
    }
    if (survey->zoneless.count > 0 && !ink_zone_is_given(&survey->story.zone)) {
        refuse_zoneless(survey);
    } else if (survey->zoneless.count > 0 && survey->zone == NULL) {
        say_borrowed(survey);
    }
    if (survey->local_times > 0 && !ink_zone_is_given(&survey->story.zone)) {
        snprintf(what, sizeof what,
                 "times without an offset in a story without a zone, taken as UTC: %u",
                 (unsigned)survey->local_times);
        advise(survey, &(struct ink_problem){.file = "story"},
               (struct ink_problem){.rule = "no-zone",
                                    .field = "zone",
                                    .what = what,
                                    .hint = "name the zone: --zone Europe/Kyiv"});
    }
    if (!survey->thorough && survey->cut > 0) {
        snprintf(what, sizeof what, "texts cut at their bounds: %u", (unsigned)survey->cut);
        advise(survey, &(struct ink_problem){.file = "story"},
               (struct ink_problem){
                   .rule = "text-cut", .what = what, .hint = "inkline check lists them"});
    }
}
