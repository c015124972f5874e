/* inkline check: every problem of the inputs, and what could be better. */
#include <stdio.h>

#include "import/import.h"
#include "inputs.h"
#include "json.h"
#include "options.h"
#include "say.h"

/* Angles that letters need: a comfortable headline is 6.45 mm high per metre of distance, and no
 * letter of fewer than 7 pixels is readable. */
enum { COMFORT_UM_PER_M = 6450, LETTER_PX_MIN = 7, LINES_MIN = 4 };

static void advise(struct ink_survey *survey, const char *rule, const char *what,
                   const char *hint) {
    ink_say_problem(
        survey->say,
        &(struct ink_problem){
            .file = "story", .warning = true, .rule = rule, .what = what, .hint = hint});
}

/* No record at all, and nothing said so far that explains it. */
static void check_emptiness(struct ink_survey *survey, const struct ink_inputs *inputs) {
    if (ink_inputs_are_empty_story(inputs)) {
        advise(survey, "no-records", "there is no record in it: an empty story", NULL);
    } else if (survey->refused + survey->others_refused == 0) {
        ink_survey_refuse_other(
            survey,
            &(struct ink_problem){.file = inputs->count == 2 ? inputs->segment[0].name : "story",
                                  .rule = "no-records",
                                  .what = "there is no record in it",
                                  .expected = "expected a row below the header row, or a line",
                                  .hint = "was it exported, or copied whole?"});
    }
}

static void check_story(struct ink_inputs *inputs) {
    struct ink_survey *survey = &inputs->survey;
    const struct ink_story *story = &survey->story;
    if (survey->records == 0) {
        check_emptiness(survey, inputs);
        return;
    }
    if (story->title[0] == '\0') {
        advise(survey, "no-title", "no title", "add \"# title: ...\" or a story line");
    }
    if (story->as_of.precision == INK_PRECISION_NONE) {
        advise(survey, "no-as-of", "no as-of time: the wall cannot say how fresh this is",
               "add as_of, or render with --now");
    }
    if (!ink_zone_is_given(&story->zone) && survey->local_times == 0) {
        advise(survey, "no-zone", "no time zone: clocks and days are those of UTC",
               "add zone, such as Europe/Kyiv");
    }
    if (survey->records > 1 && survey->sourceless == survey->records) {
        advise(survey, "no-sources", "no record names a source", NULL);
    }
}

/* A reader who stands further off than is usual before the panel, so that fewer than four lines of
 * comfortable letters fit. */
static void check_panel(struct ink_survey *survey, const struct ink_panel *panel) {
    char what[160];
    int mm = survey->story.distance_mm;
    if (panel == NULL || mm <= panel->distance_mm) {
        return;
    }
    long letter_px = (long)COMFORT_UM_PER_M * mm / 1000 / panel->pitch_um; // <= 6450*65535/1000
    long shorter = panel->height < panel->width ? panel->height : panel->width;
    if (shorter < LINES_MIN * 2 * letter_px) {
        snprintf(what, sizeof what,
                 "at %d.%d m comfortable letters are %ld pixels high: fewer than %d lines fit %s",
                 mm / 1000, mm / 100 % 10, letter_px, LINES_MIN, panel->name);
        advise(survey, "distance", what, "hang it closer, or take a larger panel");
    }
}

static const char *plural(uint32_t count) {
    return count == 1 ? "" : "s";
}

static void print_summary(const struct ink_survey *survey, bool usable) {
    const struct ink_say *say = survey->say;
    if (say->mode == INK_SAY_JSON) {
        printf("%s],\n  \"errors\": %u, \"warnings\": %u, \"records\": %u, \"refused\": %u, "
               "\"cut\": %u, \"usable\": %s}\n",
               say->errors + say->warnings > 0 ? "\n  " : "", say->errors, say->warnings,
               survey->records, survey->refused, survey->cut, usable ? "true" : "false");
        return;
    }
    printf("%u record%s, %u refused; %u error%s, %u warning%s%s\n", survey->records,
           plural(survey->records), survey->refused, say->errors, plural(say->errors),
           say->warnings, plural(say->warnings), usable ? "" : "; not usable");
}

int ink_command_check(const struct ink_options *options) {
    struct ink_inputs inputs;
    struct ink_say say = {.mode = options->json ? INK_SAY_JSON : INK_SAY_TEXT};
    if (options->json) {
        fputs("{\"problems\": [", stdout);
    }
    int code = ink_inputs_open(&inputs, options, &say);
    bool opened = code == INK_EXIT_OK;
    if (opened) {
        check_story(&inputs);
        check_panel(&inputs.survey, options->panel);
    }
    bool strictly = options->strict && say.errors > 0; // as render: warnings are no refusals
    bool any = opened && (inputs.survey.records > 0 || ink_inputs_are_empty_story(&inputs));
    bool usable = any && !inputs.survey.zone_unknown;
    inputs.survey.say = &say;
    print_summary(&inputs.survey, usable);
    ink_inputs_close(&inputs);
    return !opened ? code : usable && !strictly ? INK_EXIT_OK : INK_EXIT_DATA;
}
