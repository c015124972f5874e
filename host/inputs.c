#include "inputs.h"

#include <stdlib.h>
#include <strings.h>

#include "import/cells.h"
#include "import/csv.h"
#include "write_cbor.h"
#include "zoneinfo.h"

/* --- which format --- */

static const struct {
    const char *name;
    enum ink_input_format format;
} format_names[] = {
    {"csv", INK_INPUT_CSV},      {"tsv", INK_INPUT_CSV},     {"ndjson", INK_INPUT_NDJSON},
    {"jsonl", INK_INPUT_NDJSON}, {"json", INK_INPUT_NDJSON}, {"ink", INK_INPUT_INK},
    {"cbor", INK_INPUT_INK},
};

enum ink_input_format ink_format_named(const char *name) {
    for (size_t i = 0; i < sizeof format_names / sizeof format_names[0]; i++) {
        if (strcasecmp(name, format_names[i].name) == 0) {
            return format_names[i].format;
        }
    }
    return INK_INPUT_UNKNOWN;
}

enum ink_input_format ink_format_of_path(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot != NULL ? ink_format_named(dot + 1) : INK_INPUT_UNKNOWN;
}

static bool begins(const uint8_t *head, size_t bytes, const char *magic, size_t magic_bytes) {
    return bytes >= magic_bytes && memcmp(head, magic, magic_bytes) == 0;
}

/* A file that is none of ours. */
struct foreign {
    const char *magic;
    uint8_t bytes;
    const char *what, *hint;
};

/* What a file is if it is none of ours, else NULL. */
static const struct foreign *foreign(const uint8_t *head, size_t bytes) {
    static const struct foreign known[] = {
        {"PK\x03\x04", 4, "a spreadsheet or archive", "save it as CSV UTF-8"},
        {"\xFF\xFE", 2, "UTF-16 text", "save it as CSV UTF-8"},
        {"\xFE\xFF", 2, "UTF-16 text", "save it as CSV UTF-8"},
        {"<", 1, "XML or HTML", "convert it to CSV or NDJSON"},
        {"[", 1, "a JSON array", "write one record a line: jq -c '.[]'"},
    };
    static const struct foreign binary = {"", 0, "binary data", "name the format with --from"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (begins(head, bytes, known[i].magic, known[i].bytes)) {
            return &known[i];
        }
    }
    return memchr(head, 0, bytes) != NULL ? &binary : NULL;
}

/* Format by content: '{' opens NDJSON, a map of 1 to 23 pairs CBOR, anything else that is text is
 * CSV, whose header row decides. */
static enum ink_input_format sniff(const uint8_t *head, size_t bytes) {
    size_t at = begins(head, bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
    if (at == 0 && bytes > 0 && head[0] >= 0xA1 && head[0] <= 0xB7) {
        return INK_INPUT_INK;
    }
    while (at < bytes && strchr(" \t\r\n", head[at]) != NULL && head[at] != 0) {
        at++;
    }
    if (at < bytes && head[at] == '{') {
        return INK_INPUT_NDJSON;
    }
    return foreign(head + at, bytes - at) == NULL ? INK_INPUT_CSV : INK_INPUT_UNKNOWN;
}

static void refuse_file(struct ink_inputs *inputs, const char *name, const char *rule,
                        const struct foreign *other) {
    ink_survey_refuse(&inputs->survey,
                      &(struct ink_problem){.file = name,
                                            .rule = rule,
                                            .what = other->what,
                                            .expected = "expected CSV, TSV, NDJSON or .ink",
                                            .hint = other->hint});
}

/* The format of an opened input; UNKNOWN: refused and said. */
static enum ink_input_format find_format(struct ink_inputs *inputs,
                                         const struct ink_segment *segment, const char *from) {
    uint8_t head[512];
    long count = ink_segment_read(segment, 0, head, sizeof head);
    size_t bytes = count > 0 ? (size_t)count : 0;
    if (segment->bytes == 0) {
        static const struct foreign nothing = {.what = "nothing in it"};
        refuse_file(inputs, segment->name, "empty", &nothing);
        return INK_INPUT_UNKNOWN;
    }
    enum ink_input_format format =
        from != NULL ? ink_format_named(from) : ink_format_of_path(segment->name);
    bool trusted = from != NULL || format == INK_INPUT_INK;
    const struct foreign *other = trusted ? NULL : foreign(head, bytes);
    if (format == INK_INPUT_UNKNOWN) {
        format = sniff(head, bytes);
        other = format == INK_INPUT_UNKNOWN ? other : NULL;
    }
    if (other != NULL) {
        refuse_file(inputs, segment->name, "format", other);
        return INK_INPUT_UNKNOWN;
    }
    return format;
}

/* --- one input --- */

/* Look through an input. CSV and NDJSON become CBOR, which the core's passes read faster; .ink
 * stays as it is unless its zone must go: the core joins the facts of all inputs, none overrules
 * another. */
static int take_input(struct ink_inputs *inputs, struct ink_segment *segment,
                      enum ink_input_format format) {
    if (format == INK_INPUT_INK && inputs->survey.zone == NULL) {
        return ink_survey_segment(&inputs->survey, segment, NULL);
    }
    FILE *cbor = ink_temporary();
    if (cbor == NULL) {
        return INK_EXIT_IO;
    }
    int code = format == INK_INPUT_CSV ? ink_import_csv(segment, cbor, &inputs->survey)
                                       : ink_survey_segment(&inputs->survey, segment, cbor);
    if (code != INK_EXIT_OK) {
        fclose(cbor);
        return code;
    }
    ink_segment_close(segment);
    segment->format = INK_FORMAT_CBOR;
    return ink_segment_adopt(segment, cbor, segment->name);
}

static int open_input(struct ink_inputs *inputs, const char *name, const char *from) {
    struct ink_segment *segment = &inputs->segment[inputs->count];
    int code = ink_segment_open(segment, name);
    if (code != INK_EXIT_OK) {
        return code;
    }
    inputs->count++;
    enum ink_input_format format = find_format(inputs, segment, from);
    if (format == INK_INPUT_UNKNOWN) {
        segment->bytes = 0;
        return INK_EXIT_OK;
    }
    segment->format = format == INK_INPUT_INK ? INK_FORMAT_CBOR : INK_FORMAT_NDJSON;
    return take_input(inputs, segment, format);
}

/* --- facts of the host --- */

static int refuse_zone(struct ink_survey *survey, const char *name, bool from_option,
                       enum ink_zoneinfo why) {
    char hint[INK_ZONE_NAME_BYTES + 1];
    char what[INK_QUOTE_BYTES + 16];
    char quoted[INK_QUOTE_BYTES];
    const char *who = from_option ? "--zone" : "zone";
    if (why == INK_ZONEINFO_NONE) {
        return ink_fail(INK_EXIT_DEVICE, "install the package tzdata",
                        "%s: %s: there is no time zone database", who, name);
    }
    ink_zoneinfo_hint(name, hint);
    snprintf(what, sizeof what, "%s: %s", who, ink_quote(quoted, name, strlen(name)));
    if (survey->thorough && !from_option) {
        ink_survey_refuse(survey, &(struct ink_problem){.file = "story",
                                                        .rule = "zone",
                                                        .field = "zone",
                                                        .what = what,
                                                        .expected = "expected an IANA time zone",
                                                        .hint = hint[0] != '\0' ? hint : NULL});
        return INK_EXIT_OK;
    }
    return ink_fail(from_option ? INK_EXIT_USAGE : INK_EXIT_DATA,
                    hint[0] != '\0' ? hint : "such as Europe/Kyiv, UTC or +03:00",
                    "%s; expected an IANA time zone", what);
}

/* The span that offsets are needed for: all times of day, else all dates. */
static void find_span(const struct ink_survey *survey, int64_t *from, int64_t *to) {
    bool timed = survey->first_timed_s <= survey->last_timed_s;
    bool dated = survey->first_s <= survey->last_s;
    *from = timed ? survey->first_timed_s : dated ? survey->first_s : 0;
    *to = timed ? survey->last_timed_s : dated ? survey->last_s : 0;
}

/* The zone by name from the database, unless the story brought offsets along. */
static int add_zone(struct ink_inputs *inputs, const struct ink_options *options,
                    struct ink_story *facts) {
    struct ink_survey *survey = &inputs->survey;
    char name[INK_ZONE_NAME_BYTES + 1] = "";
    int64_t from;
    int64_t to;
    memcpy(name, survey->story.zone.name, INK_ZONE_NAME_BYTES);
    if (options->zone == NULL && (name[0] == '\0' || survey->story.zone.count > 0)) {
        return INK_EXIT_OK;
    }
    find_span(survey, &from, &to);
    const char *wanted = options->zone != NULL ? options->zone : name;
    enum ink_zoneinfo found = ink_zoneinfo_load(wanted, from, to, &facts->zone);
    if (found == INK_ZONEINFO_UNKNOWN || found == INK_ZONEINFO_NONE) {
        memset(&facts->zone, 0, sizeof facts->zone);
        return refuse_zone(survey, wanted, options->zone != NULL, found);
    }
    if (found == INK_ZONEINFO_CUT && survey->first_timed_s <= survey->last_timed_s) {
        ink_warn(
            "zone %s: its changes of offset before %d-%02d are left out; times before them may "
            "be an hour off",
            wanted, ink_local(facts->zone.change[1].minute * (int64_t)60, NULL).year,
            ink_local(facts->zone.change[1].minute * (int64_t)60, NULL).month);
    }
    return INK_EXIT_OK;
}

static int add_texts(const struct ink_options *options, const struct ink_story *story,
                     struct ink_story *facts) {
    enum ink_reason reason = INK_REASON_NONE;
    if (options->title != NULL && story->title[0] == '\0') {
        reason = ink_cells_fact(facts, INK_S_TITLE, options->title, strlen(options->title));
    }
    if (options->lang != NULL && story->lang[0] == '\0' && reason == INK_REASON_NONE) {
        reason = ink_cells_fact(facts, INK_S_LANG, options->lang, strlen(options->lang));
    }
    if (options->distance_mm != 0 && story->distance_mm == 0) {
        facts->distance_mm = (uint16_t)options->distance_mm;
    }
    if (options->now.precision != INK_PRECISION_NONE &&
        story->as_of.precision == INK_PRECISION_NONE) {
        facts->as_of = options->now;
    }
    return reason == INK_REASON_NONE ? INK_EXIT_OK
                                     : ink_fail(INK_EXIT_USAGE, ink_reason_hint(reason),
                                                "--title or --lang: %s", ink_reason_text(reason));
}

static int add_facts(struct ink_inputs *inputs, const struct ink_options *options) {
    struct ink_survey *survey = &inputs->survey;
    struct ink_story facts;
    memset(&facts, 0, sizeof facts);
    int code = add_texts(options, &survey->story, &facts);
    ink_survey_story(survey, &facts);
    if (code == INK_EXIT_OK) {
        code = add_zone(inputs, options, &facts);
    }
    if (code != INK_EXIT_OK) {
        return code;
    }
    ink_story_merge(&survey->story, &facts);
    size_t bytes = ink_write_cbor_story(&facts, inputs->facts, sizeof inputs->facts);
    INK_ASSERT(bytes <= sizeof inputs->facts);
    inputs->segment[inputs->count++] = (struct ink_segment){.name = "the command line",
                                                            .fd = -1,
                                                            .memory = inputs->facts,
                                                            .bytes = bytes,
                                                            .format = INK_FORMAT_CBOR};
    return INK_EXIT_OK;
}

/* --- all --- */

static int open_all(struct ink_inputs *inputs, const struct ink_options *options) {
    int code = INK_EXIT_OK;
    for (int i = 0; i < options->input_count && code == INK_EXIT_OK; i++) {
        code = open_input(inputs, options->inputs[i], options->from);
    }
    return code;
}

static int begin(struct ink_inputs *inputs, const struct ink_options *options, int count,
                 struct ink_say *say) {
    memset(inputs, 0, sizeof *inputs);
    inputs->segment = calloc((size_t)count + 1, sizeof *inputs->segment);
    if (inputs->segment == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for %d inputs", count);
    }
    ink_survey_begin(&inputs->survey, say);
    inputs->survey.zone = options->zone;
    inputs->survey.thorough = say->mode != INK_SAY_STDERR;
    return INK_EXIT_OK;
}

/* All inputs have been seen: settle the story, and whether there is anything to show. */
static int finish(struct ink_inputs *inputs, const struct ink_options *options) {
    struct ink_survey *survey = &inputs->survey;
    int code = add_facts(inputs, options);
    if (code != INK_EXIT_OK) {
        return code;
    }
    ink_survey_end(survey);
    ink_say_rest(survey->say);
    if (survey->thorough) {
        return INK_EXIT_OK; // `check` says itself what can be used
    }
    if (survey->records == 0) {
        return ink_fail(INK_EXIT_DATA, "inkline check lists every problem",
                        "%s: no record that can be used",
                        inputs->count == 2 ? inputs->segment[0].name : "all inputs");
    }
    if (options->strict && survey->refused > 0) {
        return ink_fail(INK_EXIT_DATA, "inkline check lists them", "--strict: %u refused",
                        (unsigned)survey->refused);
    }
    return INK_EXIT_OK;
}

int ink_inputs_open(struct ink_inputs *inputs, const struct ink_options *options,
                    struct ink_say *say) {
    int code = begin(inputs, options, options->input_count, say);
    code = code == INK_EXIT_OK ? open_all(inputs, options) : code;
    return code == INK_EXIT_OK ? finish(inputs, options) : code;
}

int ink_inputs_open_sample(struct ink_inputs *inputs, const struct ink_segment *csv,
                           const struct ink_options *options, struct ink_say *say) {
    int code = begin(inputs, options, 1, say);
    if (code == INK_EXIT_OK) {
        inputs->segment[inputs->count++] = *csv;
        code = take_input(inputs, &inputs->segment[0], INK_INPUT_CSV);
    }
    return code == INK_EXIT_OK ? finish(inputs, options) : code;
}

void ink_inputs_close(struct ink_inputs *inputs) {
    for (int i = 0; i < inputs->count; i++) {
        ink_segment_close(&inputs->segment[i]);
    }
    free(inputs->segment);
    inputs->segment = NULL;
    inputs->count = 0;
}
