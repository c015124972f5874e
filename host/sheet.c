/* inkline sheet: a story on every panel, on one contact sheet. */
#include <stdlib.h>

#include "contact.h"
#include "options.h"
#include "panels/ink_panels.h"
#include "remark.h"
#include "say.h"

static int draw_sheet(const struct ink_inputs *inputs, const struct ink_options *options) {
    int code = INK_EXIT_OK;
    int count = 0;
    struct ink_drawing *drawings = calloc(INK_PANEL_COUNT, sizeof *drawings);
    if (drawings == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for %d drawings", INK_PANEL_COUNT);
    }
    while (code == INK_EXIT_OK && count < INK_PANEL_COUNT) {
        code = ink_drawing_make(&drawings[count], inputs, &ink_panels[count], options);
        count++;
    }
    if (code == INK_EXIT_OK) {
        ink_warn_story(&drawings[0]);
        code = ink_contact_write(options->output, drawings, count);
    }
    while (count > 0) {
        ink_drawing_end(&drawings[--count]);
    }
    free(drawings);
    return code;
}

int ink_command_sheet(const struct ink_options *options) {
    struct ink_inputs inputs;
    struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 20};
    if (options->output == NULL) {
        return ink_fail(INK_EXIT_USAGE, NULL, "sheet: -o OUT.png is needed");
    }
    int code = ink_inputs_open(&inputs, options, &say);
    if (code == INK_EXIT_OK) {
        code = draw_sheet(&inputs, options);
    }
    ink_inputs_close(&inputs);
    return code;
}
