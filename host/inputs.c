#include "inputs.h"

#include <stdlib.h>
#include <time.h>

#include "format.h"
#include "import/cells.h"
#include "import/csv.h"
#include "import/import.h"
#include "import/recode.h"
#include "import/tls.h"
#include "write_cbor.h"
#include "zoneinfo.h"

/* --- one input --- */

/* Say that a whole file cannot be used, and keep what to do about it for the last line. */
static void refuse_file(struct ink_inputs *inputs, const char *name, const char *rule,
                        const struct ink_doubt *other) {
    inputs->advice = other->hint;
    ink_survey_refuse_other(
        &inputs->survey,
        &(struct ink_problem){.file = name,
                              .rule = rule,
                              .what = other->what,
                              .expected = "expected CSV, TSV, NDJSON, .ink, or what `inkline "
                                          "formats` lists",
                              .hint = other->hint});
}

/* The start of what a date covers, or its end. */
static struct ink_import_edge edge_of(const struct ink_date *date, bool end) {
    return (struct ink_import_edge){.at_s =
                                        end ? ink_date_end(date, NULL) : ink_date_start(date, NULL),
                                    .by_clock = (date->flags & INK_DATE_OFFSET) == 0};
}

/* What importers must know of the command line: nothing of other inputs, whose order is no matter.
 * A --now without an offset is of --zone; without that no embargo may end too soon. */
static struct ink_import_view view_of(const struct ink_inputs *inputs,
                                      const struct ink_options *options) {
    struct ink_import_view view = {.gone = inputs->gone, .now_utc = (int64_t)time(NULL)};
    bool exists, known = true;
    if (ink_is_dated(&options->now)) {
        view.now_utc = ink_date_start(&options->now, NULL);
        known = (options->now.flags & INK_DATE_OFFSET) != 0;
    }
    if (!known && options->zone != NULL) {
        view.now_utc = ink_zoneinfo_utc(options->zone, view.now_utc, &exists);
        known = true;
    }
    view.embargo_utc = view.now_utc - (known ? 0 : INK_LAST_PLACE_S);
    view.alone = options->input_count == 1 && options->title == NULL;
    view.from.at_s = view.now_utc; // a calendar is about what is to come
    view.to.at_s = view.now_utc + (int64_t)INK_WINDOW_DAYS * 86400;
    if (ink_is_dated(&options->window_from)) {
        view.from = edge_of(&options->window_from, false);
        view.to = edge_of(&options->window_to, true);
    }
    return view;
}

static int read_input(struct ink_inputs *inputs, const struct ink_options *options,
                      struct ink_segment *segment, const struct ink_found *found, FILE *cbor) {
    const struct ink_import_view view = view_of(inputs, options);
    switch (found->format) {
    case INK_INPUT_CSV:
        return ink_import_csv(segment, cbor, &inputs->survey);
    case INK_INPUT_TLS:
        return ink_import_tls(segment, cbor, &inputs->survey);
    case INK_INPUT_FOREIGN:
        return ink_import(found->importer, segment, cbor, &inputs->survey, &view);
    default:
        return ink_survey_segment(&inputs->survey, segment, cbor);
    }
}

/* What to write instead of a zone that there is not. */
static const char *hint_of(const char *name, char like[INK_ZONE_NAME_BYTES + 1]) {
    ink_zoneinfo_hint(name, like);
    return like[0] != '\0' ? like : "such as Europe/Kyiv, UTC or +03:00";
}

static int fail_without_database(const char *who, const char *name) {
    return ink_fail(INK_EXIT_DEVICE, "install the package tzdata",
                    "%s: %s: there is no time zone database", who, name);
}

/* A copy is written in pieces of as many bytes. */
enum { COPY_BYTES = 16384 };

/* Look through an input. All but .ink become CBOR, which the core's passes read faster; that
 * stays as it is. */
static int copy_input(struct ink_inputs *inputs, const struct ink_options *options,
                      struct ink_segment *segment, const struct ink_found *found) {
    if (found->format == INK_INPUT_INK) {
        return ink_survey_segment(&inputs->survey, segment, NULL);
    }
    char room[COPY_BYTES]; // the copy is closed before this function ends
    FILE *cbor = ink_temporary();
    if (cbor == NULL) {
        return INK_EXIT_IO;
    }
    (void)setvbuf(cbor, room, _IOFBF, sizeof room);
    const int code = read_input(inputs, options, segment, found, cbor);
    if (code != INK_EXIT_OK) {
        fclose(cbor);
        return code;
    }
    ink_segment_close(segment);
    segment->format = INK_FORMAT_CBOR;
    return ink_segment_adopt(segment, cbor, segment->name);
}

/* An input names a zone that there is not: without one of the command line nothing can be shown. */
static int refuse_zone(struct ink_survey *survey, const struct ink_options *options) {
    char name[INK_ZONE_NAME_BYTES + 1], like[INK_ZONE_NAME_BYTES + 1];
    char what[INK_QUOTE_BYTES + 16], quoted[INK_QUOTE_BYTES];
    ink_zoneinfo_name(name, &survey->own);
    snprintf(what, sizeof what, "zone: %s", ink_quote(quoted, name, strlen(name)));
    struct ink_problem problem = survey->own_at;
    problem.rule = "zone";
    problem.field = "zone";
    problem.what = what;
    problem.expected = "expected an IANA time zone";
    problem.hint = hint_of(name, like);
    memset(&survey->own, 0, sizeof survey->own);
    ink_survey_refuse_other(survey, &problem);
    survey->zone_unknown = options->zone == NULL;
    return survey->zone_unknown && !survey->thorough ? INK_EXIT_DATA : INK_EXIT_OK;
}

/* The zone that an input names is that of its times; the story's, if the command line names none:
 * one of the desk's own files goes before one of a calendar. */
static int take_zone(struct ink_inputs *inputs, const struct ink_options *options,
                     struct ink_settle *settle, bool foreign) {
    struct ink_survey *survey = &inputs->survey;
    const struct ink_zone_need none = {.anchor = -1};
    struct ink_zone loaded;
    int left;
    if (!ink_zone_is_given(&survey->own)) {
        settle->zoneless = survey->zoneless.count > survey->zoneless.before;
        return INK_EXIT_OK;
    }
    survey->zoneless.count = survey->zoneless.before;
    if (survey->own.count == 0) {
        char name[INK_ZONE_NAME_BYTES + 1];
        ink_zoneinfo_name(name, &survey->own);
        const enum ink_zoneinfo found = ink_zoneinfo_load(name, &none, &loaded, &left);
        if (found == INK_ZONEINFO_NONE) {
            return fail_without_database("zone", name);
        }
        if (found == INK_ZONEINFO_UNKNOWN) {
            settle->unknown = true;
            return refuse_zone(survey, options);
        }
    }
    if (!foreign) {
        const struct ink_story story = {.zone = survey->own};
        ink_story_merge(&survey->story, &story);
    } else if (!ink_zone_is_given(&survey->lent.zone)) {
        survey->lent.zone = survey->own;
    }
    settle->own = survey->own;
    return INK_EXIT_OK;
}

static int take_input(struct ink_inputs *inputs, const struct ink_options *options,
                      struct ink_segment *segment, const struct ink_found *found) {
    struct ink_settle *settle = &inputs->settle[segment - inputs->segment];
    ink_survey_next(&inputs->survey,
                    found->format == INK_INPUT_INK || found->format == INK_INPUT_NDJSON);
    const bool foreign = found->format == INK_INPUT_FOREIGN;
    const bool mends = foreign && !found->importer->tears;
    int code = mends ? ink_recode_mend(segment, &inputs->survey) : INK_EXIT_OK;
    code = code == INK_EXIT_OK ? copy_input(inputs, options, segment, found) : code;
    return code == INK_EXIT_OK ? take_zone(inputs, options, settle, foreign) : code;
}

static int open_input(struct ink_inputs *inputs, const char *name,
                      const struct ink_options *options) {
    struct ink_segment *segment = &inputs->segment[inputs->count];
    const uint32_t records = inputs->survey.records;
    bool known = true;
    int code = ink_segment_open(segment, name);
    if (code != INK_EXIT_OK) {
        return code;
    }
    inputs->count++;
    if (!ink_format_is_binary(segment, options->from)) {
        code = ink_recode(segment, &inputs->survey, &known);
    }
    if (code != INK_EXIT_OK || !known) {
        segment->bytes = known ? segment->bytes : 0;
        return code;
    }
    const struct ink_found found = ink_format_find(segment, options->from);
    if (found.format == INK_INPUT_UNKNOWN) {
        refuse_file(inputs, segment->name, found.rule, found.doubt);
        segment->bytes = 0;
        return INK_EXIT_OK;
    }
    segment->format =
        found.format == INK_INPUT_INK ? (uint8_t)INK_FORMAT_CBOR : (uint8_t)INK_FORMAT_NDJSON;
    code = take_input(inputs, options, segment, &found);
    if (code == INK_EXIT_OK && found.doubt != NULL && inputs->survey.records == records) {
        refuse_file(inputs, segment->name, "format", found.doubt);
    }
    return code;
}

/* --- what only all inputs together tell --- */

static void say_removed(struct ink_inputs *inputs) {
    char what[64];
    snprintf(what, sizeof what, "records taken off, as an input cancels or hides them: %u",
             (unsigned)inputs->removed);
    if (inputs->removed > 0) {
        ink_say_problem(inputs->survey.say,
                        &(struct ink_problem){
                            .file = "story", .warning = true, .rule = "cancelled", .what = what});
    }
}

static int settle_all(struct ink_inputs *inputs) {
    int code = INK_EXIT_OK;
    const int count = inputs->count - 1; // the last one holds the facts of the host
    for (int i = 0; i < count && code == INK_EXIT_OK; i++) {
        code = ink_settle(&inputs->settle[i], &inputs->segment[i], &inputs->survey, inputs->gone,
                          &inputs->removed);
    }
    say_removed(inputs);
    return code;
}

/* --- facts of the host --- */

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

static int fail_zone(const char *name, enum ink_zoneinfo why) {
    char like[INK_ZONE_NAME_BYTES + 1], quoted[INK_QUOTE_BYTES];
    if (why == INK_ZONEINFO_NONE) {
        return fail_without_database("--zone", name);
    }
    return ink_fail(INK_EXIT_USAGE, hint_of(name, like), "--zone: %s; expected an IANA time zone",
                    ink_quote(quoted, name, strlen(name)));
}

/* The zone by name from the database, unless an input brought its offsets along. */
static int add_zone(struct ink_inputs *inputs, const struct ink_options *options,
                    struct ink_story *facts) {
    struct ink_survey *survey = &inputs->survey;
    const struct ink_date *as_of = &survey->story.as_of;
    const struct ink_zone *told =
        ink_zone_is_given(&survey->story.zone) ? &survey->story.zone : &survey->lent.zone;
    char name[INK_ZONE_NAME_BYTES + 1];
    int left;
    ink_zoneinfo_name(name, told);
    if (options->zone == NULL && (!ink_zone_is_given(told) || told->count > 0)) {
        facts->zone = *told;
        return INK_EXIT_OK;
    }
    survey->need.anchor = as_of->precision != INK_PRECISION_NONE ? ink_zone_year(as_of->year) : -1;
    const char *wanted = options->zone != NULL ? options->zone : name;
    const enum ink_zoneinfo found = ink_zoneinfo_load(wanted, &survey->need, &facts->zone, &left);
    if (found == INK_ZONEINFO_UNKNOWN || found == INK_ZONEINFO_NONE) {
        return fail_zone(wanted, found);
    }
    if (found == INK_ZONEINFO_CUT) {
        warn_zone_cut(wanted, &survey->need, left);
    }
    return INK_EXIT_OK;
}

static int add_texts(const struct ink_options *options, const struct ink_survey *survey,
                     struct ink_story *facts) {
    const struct ink_story *story = &survey->story, *lent = &survey->lent;
    enum ink_reason reason = INK_REASON_NONE;
    if (story->title[0] == '\0') {
        memcpy(facts->title, lent->title, sizeof facts->title);
    }
    if (story->lang[0] == '\0') {
        memcpy(facts->lang, lent->lang, sizeof facts->lang);
    }
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
    int code = add_texts(options, survey, &facts);
    ink_survey_story(survey, &facts, &(struct ink_problem){.file = "the command line"});
    if (code == INK_EXIT_OK) {
        code = add_zone(inputs, options, &facts);
    }
    if (code != INK_EXIT_OK) {
        return code;
    }
    survey->story.zone = facts.zone; // of the command line it goes before all others
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
        code = open_input(inputs, options->inputs[i], options);
    }
    return code;
}

static int begin(struct ink_inputs *inputs, const char *zone, int count, struct ink_say *say) {
    memset(inputs, 0, sizeof *inputs);
    inputs->segment = calloc((size_t)count + 1, sizeof *inputs->segment);
    inputs->settle = calloc((size_t)count, sizeof *inputs->settle);
    inputs->gone = ink_gone_new();
    if (inputs->segment == NULL || inputs->settle == NULL || inputs->gone == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for %d inputs", count);
    }
    ink_survey_begin(&inputs->survey, say);
    inputs->survey.zone = zone;
    inputs->survey.thorough = say->mode != INK_SAY_STDERR;
    return INK_EXIT_OK;
}

bool ink_inputs_are_empty_story(const struct ink_inputs *inputs) {
    const struct ink_survey *survey = &inputs->survey;
    return survey->records == 0 &&
           (ink_gone_count(inputs->gone) > 0 ||
            (survey->lent.title[0] != '\0' && survey->refused + survey->others_refused == 0));
}

/* All inputs have been seen: settle the story, and whether there is anything to show. */
static int finish(struct ink_inputs *inputs, const struct ink_options *options) {
    struct ink_survey *survey = &inputs->survey;
    int code = add_facts(inputs, options);
    code = code == INK_EXIT_OK ? settle_all(inputs) : code;
    if (code != INK_EXIT_OK) {
        return code;
    }
    ink_survey_end(survey);
    ink_say_rest(survey->say);
    if (survey->thorough) {
        return INK_EXIT_OK; // `check` says itself what can be used
    }
    if (survey->records == 0 && !ink_inputs_are_empty_story(inputs)) {
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
    int code = begin(inputs, options->zone, options->input_count, say);
    code = code == INK_EXIT_OK ? open_all(inputs, options) : code;
    return code == INK_EXIT_OK ? finish(inputs, options) : code;
}

int ink_inputs_open_sample(struct ink_inputs *inputs, const struct ink_segment *csv,
                           const struct ink_options *options, struct ink_say *say) {
    int code = begin(inputs, options->zone, 1, say);
    if (code == INK_EXIT_OK) {
        inputs->segment[inputs->count++] = *csv;
        const struct ink_found found = {.format = INK_INPUT_CSV};
        code = take_input(inputs, options, &inputs->segment[0], &found);
    }
    return code == INK_EXIT_OK ? finish(inputs, options) : code;
}

void ink_inputs_close(struct ink_inputs *inputs) {
    for (int i = 0; i < inputs->count; i++) {
        ink_segment_close(&inputs->segment[i]);
    }
    ink_survey_free(&inputs->survey);
    ink_gone_free(inputs->gone);
    inputs->gone = NULL;
    free(inputs->segment);
    free(inputs->settle);
    inputs->segment = NULL;
    inputs->settle = NULL;
    inputs->count = 0;
}
