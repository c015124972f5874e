/* inkline demo: the sample stories on several panels, without a file or the network. */
#include "demo_samples.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "draw.h"
#include "inputs.h"
#include "options.h"
#include "panels/ink_panels.h"
#include "say.h"

static const char *const demo_panels[] = {"2.9-296x128", "4.2-400x300", "7.5-800x480"};

static int draw_on(const struct ink_inputs *inputs, const struct ink_panel *panel,
                   const struct ink_options *options, const char *path) {
    struct ink_drawing drawing;
    int code = ink_drawing_make(&drawing, inputs, panel, options);
    if (code == INK_EXIT_OK) {
        code = ink_drawing_write(&drawing, path, 0, false);
    }
    ink_drawing_end(&drawing);
    if (code == INK_EXIT_OK) {
        puts(path);
    }
    return code;
}

static int draw_sample(const struct ink_demo_sample *sample, const struct ink_options *options,
                       const char *dir) {
    struct ink_inputs inputs;
    struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 20};
    const struct ink_segment segment = {
        .name = sample->name, .fd = -1, .memory = sample->bytes, .bytes = sample->count};
    int code = ink_inputs_open_sample(&inputs, &segment, options, &say);
    size_t panels = sizeof demo_panels / sizeof demo_panels[0];
    for (size_t i = 0; i < panels && code == INK_EXIT_OK; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s-%s.png", dir, sample->name, demo_panels[i]);
        code = draw_on(&inputs, ink_panel_find(demo_panels[i]), options, path);
    }
    ink_inputs_close(&inputs);
    return code;
}

int ink_command_demo(const struct ink_options *options) {
    const char *dir = options->input_count > 0 ? options->inputs[0] : "inkline-demo";
    if (ink_demo_sample_count == 0) {
        return ink_fail(INK_EXIT_DEVICE, NULL, "demo: no samples were built in");
    }
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: cannot create the folder: %s", dir,
                        strerror(errno));
    }
    int code = INK_EXIT_OK;
    for (size_t i = 0; i < ink_demo_sample_count && code == INK_EXIT_OK; i++) {
        code = draw_sample(&ink_demo_samples[i], options, dir);
    }
    return code;
}
