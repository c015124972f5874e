#include "survey.h"

#include "write_cbor.h"

void ink_survey_begin(struct ink_survey *survey, struct ink_say *say) {
    *survey = (struct ink_survey){.say = say,
                                  .first_s = INT64_MAX,
                                  .last_s = INT64_MIN,
                                  .first_timed_s = INT64_MAX,
                                  .last_timed_s = INT64_MIN};
}

bool ink_survey_has_zone(const struct ink_survey *survey) {
    return survey->zone != NULL || survey->story.zone.name[0] != '\0' ||
           survey->story.zone.count > 0;
}

static void note_date(struct ink_survey *survey, const struct ink_date *date) {
    if (date->precision == INK_PRECISION_NONE) {
        return;
    }
    int64_t start = ink_date_start(date, NULL);
    survey->first_s = start < survey->first_s ? start : survey->first_s;
    survey->last_s = start > survey->last_s ? start : survey->last_s;
    if (date->precision >= INK_PRECISION_MINUTE) {
        survey->first_timed_s = start < survey->first_timed_s ? start : survey->first_timed_s;
        survey->last_timed_s = start > survey->last_timed_s ? start : survey->last_timed_s;
        survey->local_times += (date->flags & INK_DATE_OFFSET) == 0;
    }
}

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

static void advise_cuts(struct ink_survey *survey, const struct ink_record *record,
                        const struct ink_problem *place) {
    for (int text = 0; text < INK_TEXT_COUNT; text++) {
        if ((record->cuts >> text & 1) == 0) {
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
    survey->cut += count_bits(record->cuts);
    note_date(survey, &record->when);
    note_date(survey, &record->until);
    bool sourceless = record->text[INK_SOURCE].bytes == 0;
    survey->sourceless += sourceless;
    if (!survey->thorough) {
        return;
    }
    advise_cuts(survey, record, place);
    if (sourceless) {
        advise(survey, place,
               (struct ink_problem){.rule = "no-source",
                                    .field = "source",
                                    .what = "no source",
                                    .hint = "say who says so; the wall cannot"});
    }
}

void ink_survey_story(struct ink_survey *survey, const struct ink_story *story) {
    struct ink_story known = *story;
    if (survey->zone != NULL) {
        memset(&known.zone, 0, sizeof known.zone);
    }
    ink_story_merge(&survey->story, &known);
    note_date(survey, &story->as_of);
    note_date(survey, &story->expires);
}

void ink_survey_refuse(struct ink_survey *survey, const struct ink_problem *problem) {
    survey->refused++;
    ink_say_problem(survey->say, problem);
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

/* What stands at the offset of a refusal, quoted; "" in binary input. */
static void quote_found(const struct ink_segment *segment, uint64_t offset,
                        char out[INK_QUOTE_BYTES]) {
    char near[48];
    long count = 0;
    out[0] = '\0';
    if (segment->format == INK_FORMAT_NDJSON) {
        count = ink_segment_read(segment, offset, (uint8_t *)near, sizeof near);
    }
    if (count > 0 && near[0] != '\n') {
        size_t quote = near[0] == '"';
        ink_quote(out, near + quote, value_bytes(near, (size_t)count) - quote);
    }
}

static void refuse_item(struct ink_survey *survey, const struct ink_segment *segment,
                        const struct ink_refusal *refusal) {
    enum ink_reason reason = (enum ink_reason)refusal->reason;
    bool text = segment->format == INK_FORMAT_NDJSON;
    const char *field = field_name(refusal->field);
    char found[INK_QUOTE_BYTES];
    char what[INK_QUOTE_BYTES + 96];
    quote_found(segment, refusal->offset, found);
    if (reason == INK_REASON_NO_WHEN || reason == INK_REASON_NO_HEADLINE) {
        snprintf(what, sizeof what, "no %s", field != NULL ? field : "field");
    } else {
        snprintf(what, sizeof what, "%s%s%s", field != NULL ? field : "refused",
                 found[0] != '\0' ? ": " : "", found);
    }
    ink_survey_refuse(survey, &(struct ink_problem){.file = segment->name,
                                                    .at = text ? refusal->line : refusal->offset,
                                                    .by_offset = !text,
                                                    .rule = ink_reason_rule(reason),
                                                    .field = field,
                                                    .what = what,
                                                    .expected = ink_reason_text(reason),
                                                    .hint = ink_reason_hint(reason)});
}

bool ink_copy_record(FILE *cbor, const struct ink_record *record) {
    uint8_t bytes[INK_WIRE_ITEM_BYTES];
    size_t count = ink_write_cbor_record(record, bytes, sizeof bytes);
    INK_ASSERT(count <= sizeof bytes);
    return fwrite(bytes, 1, count, cbor) == count;
}

bool ink_copy_story(FILE *cbor, const struct ink_survey *survey, struct ink_story story) {
    uint8_t bytes[INK_WIRE_ITEM_BYTES];
    if (survey->zone != NULL) {
        memset(&story.zone, 0, sizeof story.zone);
    }
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
    switch (found) {
    case INK_DECODED_RECORD:
        ink_survey_record(survey, &decoder->record, &place);
        return cbor == NULL || ink_copy_record(cbor, &decoder->record);
    case INK_DECODED_STORY:
        ink_survey_story(survey, &decoder->u.story);
        return cbor == NULL || ink_copy_story(cbor, survey, decoder->u.story);
    case INK_DECODED_REFUSED:
        refuse_item(survey, walk->segment, &decoder->refusal);
        return cbor == NULL || ink_copy_refused(cbor);
    case INK_DECODED_MORE:
        break;
    }
    return true;
}

int ink_survey_segment(struct ink_survey *survey, const struct ink_segment *segment, FILE *cbor) {
    struct ink_walk walk;
    ink_walk_begin(&walk, segment);
    for (;;) {
        enum ink_decoded found = ink_walk_next(&walk);
        if (found == INK_DECODED_MORE) {
            break;
        }
        if (!take_item(survey, &walk, found, cbor)) {
            return ink_fail(INK_EXIT_IO, NULL, "%s: cannot write a temporary copy", segment->name);
        }
    }
    if (walk.decoder.unknown > 0) {
        survey->unknown += walk.decoder.unknown;
        char what[64];
        snprintf(what, sizeof what, "unknown keys skipped: %u", (unsigned)walk.decoder.unknown);
        advise(survey, &(struct ink_problem){.file = segment->name},
               (struct ink_problem){.rule = "unknown-key", .what = what});
    }
    return walk.failed ? INK_EXIT_IO : INK_EXIT_OK;
}

void ink_survey_end(struct ink_survey *survey) {
    char what[96];
    if (survey->local_times > 0 && !ink_survey_has_zone(survey)) {
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
