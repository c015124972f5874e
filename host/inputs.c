#include "inputs.h"

#include <stdlib.h>
#include <strings.h>

#include "import/cells.h"
#include "import/csv.h"
#include "import/tls.h"
#include "write_cbor.h"
#include "zoneinfo.h"

/* --- which format --- */

static const struct {
    const char *name;
    enum ink_input_format format;
} format_names[] = {
    {"csv", INK_INPUT_CSV},      {"tsv", INK_INPUT_CSV},     {"ndjson", INK_INPUT_NDJSON},
    {"jsonl", INK_INPUT_NDJSON}, {"json", INK_INPUT_NDJSON}, {"ink", INK_INPUT_INK},
    {"cbor", INK_INPUT_INK},     {"tls", INK_INPUT_TLS},
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

/* A file that is none of ours, or not in the format that its name says. */
struct ink_foreign {
    const char *magic;
    uint8_t bytes;
    bool certain; /* no text of ours begins so */
    const char *what, *hint;
};

/* What a file seems to be if it is none of ours, else NULL. */
static const struct ink_foreign *foreign(const uint8_t *head, size_t bytes) {
    static const struct ink_foreign known[] = {
        {"PK\x03\x04", 4, true, "a spreadsheet or archive", "save it as CSV UTF-8"},
        {"\xFF\xFE", 2, true, "UTF-16 text", "save it as CSV UTF-8"},
        {"\xFE\xFF", 2, true, "UTF-16 text", "save it as CSV UTF-8"},
        {"<", 1, false, "XML or HTML", "convert it to CSV or NDJSON"},
        {"[", 1, false, "a JSON array", "write one record a line: jq -c '.[]'"},
    };
    static const struct ink_foreign binary = {"", 0, false, "binary data",
                                              "name its format with --from if it is one of ours"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (begins(head, bytes, known[i].magic, known[i].bytes)) {
            return &known[i];
        }
    }
    return memchr(head, 0, bytes) != NULL ? &binary : NULL;
}

/* Where the text starts: behind a byte order mark and blanks. */
static size_t text_start(const uint8_t *head, size_t bytes) {
    size_t at = begins(head, bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (at < bytes && head[at] != 0 && strchr(" \t\r\n", head[at]) != NULL) {
        at++;
    }
    return at;
}

/* Format by content: '{' opens NDJSON, a map of 1 to 23 pairs CBOR, anything else that is text is
 * CSV, whose header row decides. */
static enum ink_input_format sniff(const uint8_t *head, size_t bytes) {
    size_t at = text_start(head, bytes);
    if (bytes > 0 && head[0] >= 0xA1 && head[0] <= 0xB7) {
        return INK_INPUT_INK;
    }
    if (at < bytes && head[at] == '{') {
        return INK_INPUT_NDJSON;
    }
    return foreign(head + at, bytes - at) == NULL ? INK_INPUT_CSV : INK_INPUT_UNKNOWN;
}

/* Say that a whole file cannot be used, and keep what to do about it for the last line. */
static void refuse_file(struct ink_inputs *inputs, const char *name, const char *rule,
                        const struct ink_foreign *other) {
    inputs->advice = other->hint;
    ink_survey_refuse_other(&inputs->survey,
                            &(struct ink_problem){.file = name,
                                                  .rule = rule,
                                                  .what = other->what,
                                                  .expected = "expected CSV, TSV, NDJSON or .ink",
                                                  .hint = other->hint});
}

/* The format of an opened input; UNKNOWN: refused and said. *doubt: what it seems to be instead,
 * in case that nothing in it can be used. */
static enum ink_input_format find_format(struct ink_inputs *inputs,
                                         const struct ink_segment *segment, const char *from,
                                         const struct ink_foreign **doubt) {
    static const struct ink_foreign nothing = {.what = "nothing in it",
                                               .hint = "was it exported, or copied whole?"};
    static const struct ink_foreign ndjson = {.what = "it looks like NDJSON",
                                              .hint = "name it .ndjson, or give --from ndjson"};
    uint8_t head[512];
    long count = ink_segment_read(segment, 0, head, sizeof head);
    size_t bytes = count > 0 ? (size_t)count : 0;
    size_t at = text_start(head, bytes);
    *doubt = NULL;
    if (segment->bytes == 0) {
        refuse_file(inputs, segment->name, "empty", &nothing);
        return INK_INPUT_UNKNOWN;
    }
    enum ink_input_format format =
        from != NULL ? ink_format_named(from) : ink_format_of_path(segment->name);
    if (format == INK_INPUT_INK) {
        return format;
    }
    bool named = format != INK_INPUT_UNKNOWN;
    format = named ? format : sniff(head, bytes);
    const struct ink_foreign *other = foreign(head + at, bytes - at);
    if (format == INK_INPUT_UNKNOWN || (other != NULL && other->certain && from == NULL)) {
        refuse_file(inputs, segment->name, "format", other);
        return INK_INPUT_UNKNOWN;
    }
    *doubt = format == INK_INPUT_CSV && at < bytes && head[at] == '{' ? &ndjson : other;
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
    int code = format == INK_INPUT_CSV   ? ink_import_csv(segment, cbor, &inputs->survey)
               : format == INK_INPUT_TLS ? ink_import_tls(segment, cbor, &inputs->survey)
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
    const struct ink_foreign *doubt;
    uint32_t records = inputs->survey.records;
    int code = ink_segment_open(segment, name);
    if (code != INK_EXIT_OK) {
        return code;
    }
    inputs->count++;
    enum ink_input_format format = find_format(inputs, segment, from, &doubt);
    if (format == INK_INPUT_UNKNOWN) {
        segment->bytes = 0;
        return INK_EXIT_OK;
    }
    segment->format = format == INK_INPUT_INK ? INK_FORMAT_CBOR : INK_FORMAT_NDJSON;
    code = take_input(inputs, segment, format);
    if (code == INK_EXIT_OK && doubt != NULL && inputs->survey.records == records) {
        refuse_file(inputs, segment->name, "format", doubt);
    }
    return code;
}

/* --- facts of the host --- */

static int refuse_zone(struct ink_survey *survey, const char *name, bool from_option,
                       enum ink_zoneinfo why) {
    char like[INK_ZONE_NAME_BYTES + 1];
    char what[INK_QUOTE_BYTES + 16];
    char quoted[INK_QUOTE_BYTES];
    const char *who = from_option ? "--zone" : "zone";
    if (why == INK_ZONEINFO_NONE) {
        return ink_fail(INK_EXIT_DEVICE, "install the package tzdata",
                        "%s: %s: there is no time zone database", who, name);
    }
    ink_zoneinfo_hint(name, like);
    const char *hint = like[0] != '\0' ? like : "such as Europe/Kyiv, UTC or +03:00";
    snprintf(what, sizeof what, "%s: %s", who, ink_quote(quoted, name, strlen(name)));
    if (from_option) {
        return ink_fail(INK_EXIT_USAGE, hint, "%s; expected an IANA time zone", what);
    }
    struct ink_problem problem = survey->zone_at;
    problem.rule = "zone";
    problem.field = "zone";
    problem.what = what;
    problem.expected = "expected an IANA time zone";
    problem.hint = hint;
    survey->zone_unknown = true;
    ink_survey_refuse_other(survey, &problem);
    return survey->thorough ? INK_EXIT_OK : INK_EXIT_DATA;
}

static void warn_zone_cut(const char *zone, const struct ink_zone_need *need, int left) {
    int last = INK_ZONE_YEARS - 1;
    const char *beyond = left == INK_ZONE_YEAR_FIRST          ? " and before"
                         : left == INK_ZONE_YEAR_FIRST + last ? " and later"
                                                              : "";
    ink_warn("zone %s: a story carries %d changes of offset, and its times need more: those of "
             "%d%s may be an hour off%s",
             zone, INK_ZONE_CHANGES, left, beyond,
             need->anchor < 0 ? "; hint: as_of says which years matter most" : "");
}

/* The zone by name from the database, unless the story brought offsets along. */
static int add_zone(struct ink_inputs *inputs, const struct ink_options *options,
                    struct ink_story *facts) {
    struct ink_survey *survey = &inputs->survey;
    const struct ink_date *as_of = &survey->story.as_of;
    char name[INK_ZONE_NAME_BYTES + 1] = "";
    int left;
    memcpy(name, survey->story.zone.name, INK_ZONE_NAME_BYTES);
    if (options->zone == NULL && (name[0] == '\0' || survey->story.zone.count > 0)) {
        return INK_EXIT_OK;
    }
    survey->need.anchor = as_of->precision != INK_PRECISION_NONE ? ink_zone_year(as_of->year) : -1;
    const char *wanted = options->zone != NULL ? options->zone : name;
    enum ink_zoneinfo found = ink_zoneinfo_load(wanted, &survey->need, &facts->zone, &left);
    if (found == INK_ZONEINFO_UNKNOWN || found == INK_ZONEINFO_NONE) {
        memset(&facts->zone, 0, sizeof facts->zone);
        return refuse_zone(survey, wanted, options->zone != NULL, found);
    }
    if (found == INK_ZONEINFO_CUT) {
        warn_zone_cut(wanted, &survey->need, left);
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
    ink_survey_story(survey, &facts, &(struct ink_problem){.file = "the command line"});
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
        return ink_fail(INK_EXIT_DATA,
                        inputs->advice != NULL ? inputs->advice
                                               : "inkline check lists every problem",
                        "%s: no record that can be used",
                        inputs->count == 2 ? inputs->segment[0].name : "all inputs");
    }
    if (options->strict && survey->refused + survey->others_refused > 0) {
        return ink_fail(INK_EXIT_DATA, "inkline check lists them", "--strict: %u refused",
                        (unsigned)(survey->refused + survey->others_refused));
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
    ink_survey_free(&inputs->survey);
    free(inputs->segment);
    inputs->segment = NULL;
    inputs->count = 0;
}
