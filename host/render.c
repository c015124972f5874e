/* inkline render: the inputs as the panel would show them. */
#include <stdio.h>

#include "draw.h"
#include "dump.h"
#include "inputs.h"
#include "options.h"
#include "panels/ink_panels.h"
#include "refresh.h"
#include "remark.h"
#include "report.h"
#include "say.h"
#include "watch.h"

#define DEFAULT_PANEL "7.5-800x480"

static void warn_picture(const struct ink_drawing *drawing) {
    char remarks[INK_REMARKS][INK_REMARK_BYTES];
    int count = ink_remarks(drawing, remarks);
    ink_warn_story(drawing);
    for (int i = 0; i < count; i++) {
        ink_warn("%s", remarks[i]);
    }
}

static int dump(const struct ink_options *options, const struct ink_inputs *inputs,
                const struct ink_drawing *drawing) {
    if (options->dump[0] == 'r') {
        return ink_dump_records(stdout, inputs);
    }
    if (options->dump[0] == 'd') {
        ink_dump_digest(stdout, &drawing->ink.condense.digest, &drawing->why);
    } else {
        ink_dump_page(stdout, &drawing->ink.page);
    }
    return INK_EXIT_OK;
}

static int put_out(const struct ink_options *options, const struct ink_inputs *inputs,
                   struct ink_drawing *drawing) {
    int code = INK_EXIT_OK;
    if (options->dump != NULL) {
        code = dump(options, inputs, drawing);
    }
    if (code == INK_EXIT_OK && (options->output != NULL || options->hash)) {
        code = ink_drawing_write(drawing, options->output, options->band_rows, options->hash);
    }
    if (code == INK_EXIT_OK && options->report != NULL) {
        code = ink_report_write(options->report, drawing, inputs);
    }
    if (code == INK_EXIT_OK && options->hold != NULL) {
        ink_hold_page(&drawing->hold, &drawing->ink.page);
        code = ink_hold_write(&drawing->hold, options->hold);
    }
    if (code == INK_EXIT_OK && options->hash) {
        puts(drawing->hash);
    }
    return code;
}

static int render(const struct ink_options *options, const struct ink_panel *panel,
                  struct ink_shown_before *before) {
    struct ink_inputs inputs;
    struct ink_drawing drawing = {.memory = NULL};
    struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 20};
    long start = ink_clock_us();
    int code = ink_inputs_open(&inputs, options, &say);
    long opened = ink_clock_us();
    if (code == INK_EXIT_OK) {
        code = ink_drawing_make(&drawing, &inputs, panel, options);
    }
    if (code == INK_EXIT_OK) {
        drawing.time.read = opened - start;
        warn_picture(&drawing);
        code = ink_refresh_compare(before, &drawing);
    }
    if (code == INK_EXIT_OK) {
        code = put_out(options, &inputs, &drawing);
    }
    if (code == INK_EXIT_OK && options->watch && options->report != NULL) {
        ink_refresh_take(before, &drawing);
    }
    ink_drawing_end(&drawing);
    ink_inputs_close(&inputs);
    return code;
}

/* Draw, wait for a change, draw again: a picture that cannot be drawn leaves the last one. */
static int watch(const struct ink_options *options, const struct ink_panel *panel,
                 struct ink_shown_before *before) {
    struct ink_watch files;
    int code = ink_watch_begin(&files, options->inputs, options->input_count);
    if (code != INK_EXIT_OK) {
        return code;
    }
    do {
        if (render(options, panel, before) == INK_EXIT_OK) {
            fprintf(stderr, "inkline: drawn; waiting for a change\n");
        }
        fflush(stdout);
    } while (ink_watch_wait(&files));
    ink_watch_end(&files);
    return ink_fail(INK_EXIT_DEVICE, NULL, "--watch: waiting for changes failed");
}

static int check_previous(const struct ink_options *options) {
    if (options->previous != NULL && options->report == NULL) {
        return ink_fail(INK_EXIT_USAGE, "--report OUT.json says what changed",
                        "--previous is only for --report");
    }
    if (options->previous != NULL && strcmp(options->previous, "-") == 0) {
        return ink_fail(INK_EXIT_USAGE, NULL, "--previous: expected the name of a file");
    }
    return INK_EXIT_OK;
}

static int check_options(const struct ink_options *options) {
    bool to_standard = options->output != NULL && strcmp(options->output, "-") == 0;
    bool report_there = options->report != NULL && strcmp(options->report, "-") == 0;
    if (options->output == NULL && options->dump == NULL && options->report == NULL &&
        !options->hash) {
        return ink_fail(INK_EXIT_USAGE, NULL, "render: -o OUT.png is needed");
    }
    if (to_standard + report_there + (options->dump != NULL) + options->hash > 1) {
        return ink_fail(INK_EXIT_USAGE, "write all but one of them to files",
                        "render: only one thing can go to standard output");
    }
    if (options->hold != NULL && strcmp(options->hold, "-") == 0) {
        return ink_fail(INK_EXIT_USAGE, NULL, "--hold: expected the name of a file");
    }
    for (int i = 0; options->watch && i < options->input_count; i++) {
        if (strcmp(options->inputs[i], "-") == 0) {
            return ink_fail(INK_EXIT_USAGE, NULL, "--watch: standard input cannot be watched");
        }
    }
    int code = check_previous(options);
    return code == INK_EXIT_OK && options->hash ? ink_sha_available() : code;
}

int ink_command_render(const struct ink_options *options) {
    int code = check_options(options);
    if (code != INK_EXIT_OK) {
        return code;
    }
    struct ink_shown_before before;
    const struct ink_panel *panel =
        options->panel != NULL ? options->panel : ink_panel_find(DEFAULT_PANEL);
    code = ink_refresh_begin(&before, options, panel);
    if (code == INK_EXIT_OK) {
        code = options->watch ? watch(options, panel, &before) : render(options, panel, &before);
    }
    ink_refresh_end(&before);
    return code;
}
