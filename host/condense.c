/* inkline condense: the choice alone, as lines of date and text. */
#include <stdlib.h>

#include "core/ink.h"
#include "core/ink_edtf.h"
#include "dump.h"
#include "feed.h"
#include "inputs.h"
#include "options.h"
#include "say.h"

enum { DATES_DEFAULT = 12, PER_DATE_DEFAULT = 1, WORK_DEFAULT = 32768, IDS = 512 };

static void print_choice(const struct ink_digest *digest) {
    for (int i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i];
        struct ink_span text = ink_event_text(digest, event, INK_EVENT_HEADLINE);
        struct ink_date day = ink_civil(ink_event_day(digest, event));
        char date[INK_EDTF_BYTES];
        size_t bytes = ink_edtf_write(&day, date);
        printf("%.*s\t%.*s\n", (int)bytes, date, (int)text.bytes, text.at);
    }
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
    struct ink ink;
    config.memory = malloc(config.memory_bytes);
    if (config.memory == NULL || ink_init(&ink, &config) != INK_OK) {
        free(config.memory);
        return ink_fail(INK_EXIT_IO, NULL, "no memory for %u events", (unsigned)events);
    }
    struct ink_why why = {.events = NULL};
    int code = ink_feed_inputs(&ink, inputs, options->dump != NULL ? &why : NULL);
    if (code == INK_EXIT_OK && options->dump != NULL) {
        ink_dump_digest(stdout, &ink.condense.digest, &why);
    } else if (code == INK_EXIT_OK) {
        print_choice(&ink.condense.digest);
    }
    ink_why_free(&why);
    free(config.memory);
    return code;
}

int ink_command_condense(const struct ink_options *options) {
    struct ink_inputs inputs;
    struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 20};
    int code = ink_inputs_open(&inputs, options, &say);
    if (code == INK_EXIT_OK) {
        code = condense(options, &inputs);
    }
    ink_inputs_close(&inputs);
    return code;
}
