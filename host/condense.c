/* inkline condense: the choice alone, as lines of date and text. */
#include <stdlib.h>

#include "core/ink.h"
#include "core/ink_edtf.h"
#include "core/ink_live.h"
#include "dump.h"
#include "feed.h"
#include "inputs.h"
#include "options.h"
#include "say.h"
#include "write_cbor.h"

enum { DATES_DEFAULT = 12, PER_DATE_DEFAULT = 1, WORK_DEFAULT = 32768, IDS = 512 };

static void print_choice(const struct ink_digest *digest) {
    for (int i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i];
        struct ink_span text = ink_event_text(digest, event, INK_EVENT_HEADLINE);
        struct ink_date day = ink_civil(ink_event_day(digest, event));
        if (event->when.precision != INK_PRECISION_NONE &&
            event->when.precision < INK_PRECISION_DAY) {
            day = event->when; /* no more exactly than it is known */
        }
        char date[INK_EDTF_BYTES];
        size_t bytes = ink_edtf_write(&day, date);
        printf("%.*s\t%.*s\n", (int)bytes, date, (int)text.bytes, text.at);
    }
}

static void print_result(const struct ink_options *options, const struct ink *ink,
                         const struct ink_why *why) {
    if (options->dump != NULL) {
        ink_dump_digest(stdout, &ink->condense.digest, why);
    } else {
        print_choice(&ink->condense.digest);
    }
}

/* All passes over the inputs. */
static int choose(const struct ink_options *options, const struct ink_inputs *inputs,
                  const struct ink_config *config) {
    struct ink ink;
    struct ink_why why = {.events = NULL};
    if (ink_init(&ink, config) != INK_OK) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for %u events", config->capacity.events);
    }
    int code = ink_feed_inputs(&ink, inputs, options->dump != NULL ? &why : NULL);
    if (code == INK_EXIT_OK) {
        print_result(options, &ink, &why);
    }
    ink_why_free(&why);
    return code;
}

/* Each item once, as a board gets them over a line. */
static int take_segment(struct ink_live *live, const struct ink_segment *segment,
                        struct ink_walk *walk) {
    uint8_t item[INK_WIRE_ITEM_BYTES];
    enum ink_decoded found;
    ink_walk_begin(walk, segment);
    while ((found = ink_walk_next(walk)) != INK_DECODED_MORE) {
        size_t bytes = 1;
        item[0] = 0xFF; /* what was refused is so again */
        if (found == INK_DECODED_RECORD) {
            bytes = ink_write_cbor_record(&walk->decoder.record, item, sizeof item);
        } else if (found == INK_DECODED_STORY) {
            bytes = ink_write_cbor_story(&walk->decoder.u.story, item, sizeof item);
        }
        (void)ink_live_take(live, item, bytes);
    }
    return walk->failed ? INK_EXIT_IO : INK_EXIT_OK;
}

static int choose_live(const struct ink_options *options, const struct ink_inputs *inputs,
                       const struct ink_config *config) {
    struct ink_live live;
    struct ink_walk *walk = malloc(sizeof *walk);
    void *buffer = malloc((size_t)options->live);
    int code = INK_EXIT_OK;
    if (walk == NULL || buffer == NULL ||
        ink_live_init(&live, config, buffer, (size_t)options->live) != INK_OK) {
        free(buffer);
        free(walk);
        return ink_fail(INK_EXIT_IO, NULL, "no memory for %u events", config->capacity.events);
    }
    for (int i = 0; i < inputs->count && code == INK_EXIT_OK; i++) {
        code = take_segment(&live, ink_inputs_turn(inputs, i), walk);
    }
    if (code == INK_EXIT_OK) {
        ink_live_condense(&live);
        print_result(options, &live.ink, NULL);
    }
    free(buffer);
    free(walk);
    return code;
}

static int condense(const struct ink_options *options, const struct ink_inputs *inputs) {
    uint32_t dates = options->dates > 0 ? (uint32_t)options->dates : DATES_DEFAULT;
    uint32_t per_date = options->per_date > 0 ? (uint32_t)options->per_date : PER_DATE_DEFAULT;
    uint32_t events = dates * per_date < UINT16_MAX ? dates * per_date : UINT16_MAX;
    const struct ink_capacity capacity = {.events = (uint16_t)events,
                                          .ids = IDS,
                                          .work_bytes = options->work > 0 ? (uint32_t)options->work
                                                                          : WORK_DEFAULT,
                                          .text_bytes = events * 512,
                                          .page_bytes = INK_PAGE_BYTES_MIN};
    struct ink_config config = {
        .capacity = capacity,
        .memory_bytes = INK_MEMORY_BYTES((size_t)events, (size_t)IDS, capacity.work_bytes,
                                         capacity.text_bytes, capacity.page_bytes),
        .budget = {.dates = (uint16_t)dates, .per_date = (uint16_t)per_date}};
    config.memory = malloc(config.memory_bytes);
    int code = options->live > 0 ? choose_live(options, inputs, &config)
                                 : choose(options, inputs, &config);
    free(config.memory);
    return code;
}

int ink_command_condense(const struct ink_options *options) {
    if (options->dump != NULL && options->dump[0] != 'd') {
        return ink_fail(INK_EXIT_USAGE, "inkline render --dump has the others",
                        "condense: --dump %s; expected digest", options->dump);
    }
    struct ink_inputs inputs;
    struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 20};
    int code = ink_inputs_open(&inputs, options, &say);
    if (code == INK_EXIT_OK) {
        code = condense(options, &inputs);
    }
    ink_inputs_close(&inputs);
    return code;
}
