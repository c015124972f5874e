/* Ingest alone: an input is opened, read by its importer, checked, and copied as records.
 *     bench_import INPUT */
#include <stdio.h>

#include "inputs.h"
#include "options.h"
#include "say.h"

int main(int arguments, char **argument) {
    struct ink_options options = {.inputs = argument + 1, .input_count = arguments - 1};
    struct ink_say say = {.mode = INK_SAY_STDERR};
    struct ink_inputs inputs;
    if (arguments != 2) {
        fprintf(stderr, "usage: bench_import INPUT\n");
        return 2;
    }
    const int code = ink_inputs_open(&inputs, &options, &say);
    printf("%u records\n", (unsigned)inputs.survey.records);
    ink_inputs_close(&inputs);
    return code;
}
