/* inkline convert: every readable format to .ink, .ndjson, .csv or .tsv, in flat memory. */
#include <stdio.h>
#include <strings.h>

#include "format.h"
#include "inputs.h"
#include "options.h"
#include "output.h"
#include "say.h"
#include "write_cbor.h"
#include "write_csv.h"
#include "write_json.h"

enum target { TO_UNKNOWN, TO_INK, TO_NDJSON, TO_CSV, TO_TSV };

static enum target find_target(const char *name) {
    switch (ink_format_named(name)) {
    case INK_INPUT_INK:
        return TO_INK;
    case INK_INPUT_NDJSON:
        return TO_NDJSON;
    case INK_INPUT_CSV:
        return strcasecmp(name, "tsv") == 0 ? TO_TSV : TO_CSV;
    case INK_INPUT_TLS:
    case INK_INPUT_FOREIGN:
    case INK_INPUT_UNKNOWN:
        break;
    }
    return TO_UNKNOWN;
}

static enum target target_of(const struct ink_options *options) {
    if (options->to != NULL) {
        return find_target(options->to);
    }
    const char *dot = strrchr(options->output, '.');
    return dot != NULL ? find_target(dot + 1) : TO_UNKNOWN;
}

static char delimiter_of(enum target target) {
    return target == TO_TSV ? '\t' : ',';
}

static void put_story(FILE *to, enum target target, const struct ink_story *story) {
    uint8_t bytes[INK_WIRE_ITEM_BYTES];
    if (target == TO_CSV || target == TO_TSV) {
        ink_write_csv_begin(to, story, delimiter_of(target));
    } else if (target == TO_INK) {
        size_t count = ink_write_cbor_story(story, bytes, sizeof bytes);
        INK_ASSERT(count <= sizeof bytes);
        fwrite(bytes, 1, count, to);
    } else {
        ink_write_json_story(to, story);
    }
}

static void put_record(FILE *to, enum target target, const struct ink_record *record) {
    uint8_t bytes[INK_WIRE_ITEM_BYTES];
    if (target == TO_CSV || target == TO_TSV) {
        ink_write_csv_record(to, record, delimiter_of(target));
    } else if (target == TO_INK) {
        size_t count = ink_write_cbor_record(record, bytes, sizeof bytes);
        INK_ASSERT(count <= sizeof bytes);
        fwrite(bytes, 1, count, to);
    } else {
        ink_write_json_record(to, record);
    }
}

static bool put_segment(FILE *to, enum target target, const struct ink_segment *segment) {
    struct ink_walk walk;
    ink_walk_begin(&walk, segment);
    for (;;) {
        enum ink_decoded found = ink_walk_next(&walk);
        if (found == INK_DECODED_MORE || ferror(to)) {
            return !walk.failed;
        }
        if (found == INK_DECODED_RECORD) {
            put_record(to, target, &walk.decoder.record);
        }
    }
}

static int write_all(const struct ink_inputs *inputs, const struct ink_options *options,
                     enum target target) {
    struct ink_output output;
    int code = ink_output_open(&output, options->output);
    if (code != INK_EXIT_OK) {
        return code;
    }
    put_story(output.file, target, &inputs->survey.story);
    bool good = true;
    for (int i = 0; i < inputs->count && good; i++) {
        good = put_segment(output.file, target, &inputs->segment[i]);
    }
    if (!good) {
        ink_output_abandon(&output);
        return INK_EXIT_IO;
    }
    return ink_output_commit(&output);
}

int ink_command_convert(const struct ink_options *options) {
    struct ink_inputs inputs;
    struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 20};
    if (options->output == NULL) {
        return ink_fail(INK_EXIT_USAGE, "-o - with --to writes to standard output",
                        "convert: -o OUT is needed");
    }
    enum target target = target_of(options);
    if (target == TO_UNKNOWN) {
        return ink_fail(INK_EXIT_USAGE, "--to ink, ndjson, csv or tsv",
                        "convert: %s does not say its format; expected .ink, .ndjson, .csv, .tsv",
                        options->output);
    }
    int code = ink_inputs_open(&inputs, options, &say);
    if (code == INK_EXIT_OK) {
        code = write_all(&inputs, options, target);
    }
    ink_inputs_close(&inputs);
    return code;
}
