#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/ink_edtf.h"
#include "core/ink_layout.h"
#include "core/ink_record.h"
#include "output.h"
#include "panels/ink_panels.h"
#include "say.h"
#include "version.h"

enum {
    DEMO = 1,
    RENDER = 2,
    CONVERT = 4,
    CHECK = 8,
    PANELS = 16,
    FRAME = 32,
    CONDENSE = 64,
    SPECIMEN = 128,
    SHEET = 256,
    BOOK = 512,
    FORMATS = 1024,
    ALL = 2047
};

static const struct ink_command commands[] = {
    {.name = "demo",
     .arguments = "[DIR]",
     .purpose = "draw the sample stories on several panels into DIR (default: inkline-demo)",
     .max_inputs = 1,
     .run = ink_command_demo},
    {.name = "render",
     .arguments = "INPUT... -o OUT.png",
     .purpose = "draw a story as the panel would show it",
     .more = "INPUT is .csv, .tsv, .ndjson, .ink or what inkline formats lists, or - for standard\n"
             "input; its content tells which. Several inputs are\n"
             "one story: of two records with the same id the higher rev is shown. -o - writes the\n"
             "PNG to standard output; -o may be left out with --dump, --hash or --report.\n",
     .min_inputs = 1,
     .max_inputs = 1 << 20,
     .run = ink_command_render},
    {.name = "convert",
     .arguments = "INPUT... -o OUT",
     .purpose = "write every readable format as .ink, .ndjson, .csv or .tsv",
     .more = "The format of OUT follows its extension or --to; -o - with --to writes to standard\n"
             "output. Records keep their order; the story's facts come first.\n",
     .min_inputs = 1,
     .max_inputs = 1 << 20,
     .run = ink_command_convert},
    {.name = "check",
     .arguments = "INPUT...",
     .purpose = "list every problem of the inputs, with rule, place and hint",
     .min_inputs = 1,
     .max_inputs = 1 << 20,
     .run = ink_command_check},
    {.name = "panels",
     .arguments = "",
     .purpose = "list the panels that --panel knows",
     .run = ink_command_panels},
    {.name = "frame",
     .arguments = "RAW --panel NAME [-o OUT.png]",
     .purpose = "show a raw frame (rows of bits, leftmost highest, 1 = black) as PNG or hash",
     .min_inputs = 1,
     .max_inputs = 1,
     .run = ink_command_frame},
    {.name = "condense",
     .arguments = "INPUT...",
     .purpose = "print the choice alone: a line of date and text for each record kept",
     .more = "Lines are in the order of time, what is still to come last. --from tls reads lines "
             "of date, source and text with\n"
             "tabs between.\n",
     .min_inputs = 1,
     .max_inputs = 1 << 20,
     .run = ink_command_condense},
    {.name = "specimen",
     .arguments = "-o OUT.png",
     .purpose = "draw every role, size and language of the fonts, in one bit and in four levels",
     .run = ink_command_specimen},
    {.name = "sheet",
     .arguments = "INPUT... -o OUT.png",
     .purpose = "draw a story on every panel, side by side on one sheet with captions",
     .more = "Panels stand upright in their true pixels, the smallest first. A caption says what\n"
             "is shown of all records, and what is wrong with the drawing.\n",
     .min_inputs = 1,
     .max_inputs = 1 << 20,
     .run = ink_command_sheet},
    {.name = "book",
     .arguments = "DIR [INPUT...]",
     .purpose = "draw stories in every layout on every panel, both ways round, into DIR",
     .more =
         "Each input is a story of its own; without one, the sample stories are drawn. Pages\n"
         "are as render draws them: STORY-LAYOUT-PANEL.png, or -r90.png if the panel hangs\n"
         "upright. STORY-LAYOUT-INKS.png shows those of one kind of inks side by side, index.md\n"
         "says what is on them.\n",
     .min_inputs = 1,
     .max_inputs = 1 << 20,
     .run = ink_command_book},
    {.name = "formats",
     .arguments = "",
     .purpose = "list the formats that inputs may have, and what becomes of each of their fields",
     .run = ink_command_formats},
};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

enum value {
    VALUE_FLAG,
    VALUE_TEXT,
    VALUE_CHOICE, /* one of `argument`, separated by | */
    VALUE_LAYOUT, /* one of ink_layout_names */
    VALUE_PANEL,
    VALUE_LENGTH,
    VALUE_TIME,
    VALUE_WINDOW,
    VALUE_ROWS,
    VALUE_ANGLE,
    VALUE_COUNT,
    VALUE_BYTES
};

struct option {
    const char *name;
    char letter;
    uint8_t value;        /* enum value */
    uint16_t commands;    /* that take it */
    size_t at;            /* in struct ink_options */
    const char *argument; /* as shown in help; for CHOICE the choices; NULL for FLAG, LAYOUT */
    const char *help;
};

#define AT(member) offsetof(struct ink_options, member)

static const struct option options_table[] = {
    {"output", 'o', VALUE_TEXT, RENDER | CONVERT | FRAME | SPECIMEN | SHEET, AT(output), "FILE",
     "write to FILE; - is standard output"},
    {"panel", 'p', VALUE_PANEL, RENDER | CHECK | FRAME | BOOK, AT(panel), "NAME",
     "the panel (see inkline panels); its beginning is enough"},
    {"from", 0, VALUE_CHOICE, RENDER | CONVERT | CHECK | CONDENSE | SHEET | BOOK, AT(from),
     "csv|tsv|ndjson|jsonl|json|ink|cbor|tls|timelinejs|timelinejs-csv|ninjs|newsml|ical|feed|"
     "jsonfeed|markwhen|jsonld|gdelt|acled",
     "format of every input (inkline formats tells of each)"},
    {"dates", 0, VALUE_COUNT, CONDENSE, AT(dates), "N", "days kept at most (default: 12)"},
    {"per-date", 0, VALUE_COUNT, CONDENSE, AT(per_date), "K",
     "records of a day kept at most (default: 1)"},
    {"memory", 0, VALUE_BYTES, CONDENSE, AT(work), "BYTES",
     "for days and candidates, such as 10K (default: 32K)"},
    {"live", 0, VALUE_BYTES, CONDENSE, AT(live), "BYTES",
     "take each record once, remembering so much of them, as a board without a store does"},
    {"to", 0, VALUE_CHOICE, CONVERT, AT(to), "csv|tsv|ndjson|jsonl|json|ink|cbor",
     "format of the output"},
    {"layout", 0, VALUE_LAYOUT, RENDER | SHEET | BOOK, AT(layout), NULL, "how the page is set"},
    {"distance", 0, VALUE_LENGTH, RENDER | SHEET | BOOK, AT(distance_mm), "LENGTH",
     "of the reader from the wall: 2m, 80cm, 1500mm"},
    {"lang", 0, VALUE_TEXT, RENDER | CONVERT | SPECIMEN | SHEET | BOOK, AT(lang), "TAG",
     "language of the page (BCP 47)"},
    {"zone", 0, VALUE_TEXT, RENDER | CONVERT | CHECK | CONDENSE | SHEET | BOOK, AT(zone), "NAME",
     "time zone of the story: Europe/Kyiv, UTC, +03:00"},
    {"title", 0, VALUE_TEXT, RENDER | CONVERT | SHEET | BOOK, AT(title), "TEXT",
     "title, if the story has none"},
    {"now", 0, VALUE_TIME, RENDER | CONVERT | CHECK | CONDENSE | SHEET | BOOK, AT(now), "TIME",
     "what time it is: 2024-08-12T14:05+03:00, or now; also the as-of if there is none"},
    {"window", 0, VALUE_WINDOW, RENDER | CONVERT | CHECK | CONDENSE | SHEET | BOOK, AT(window_from),
     "FROM/TO", "calendars: entries of these days alone (default: from now to 60 days after)"},
    {"band", 0, VALUE_ROWS, RENDER, AT(band_rows), "ROWS",
     "rows drawn at a time; never changes the picture"},
    {"rotate", 0, VALUE_ANGLE, RENDER | SHEET, AT(rotation), "DEGREES", "0, 90, 180 or 270"},
    {"watch", 'w', VALUE_FLAG, RENDER, AT(watch), NULL, "draw again whenever an input changes"},
    {"dump", 0, VALUE_CHOICE, RENDER | CONDENSE, AT(dump), "record|digest|page",
     "print that stage to standard output"},
    {"report", 0, VALUE_TEXT, RENDER, AT(report), "OUT.json",
     "say what was drawn, hidden and refused"},
    {"previous", 0, VALUE_TEXT, RENDER, AT(previous), "OLD.png",
     "the panel's last picture: the report says which rectangles changed"},
    {"hold", 0, VALUE_TEXT, RENDER, AT(hold), "FILE",
     "what FILE says was shown before stays unless clearly beaten; FILE is then updated"},
    {"hash", 0, VALUE_FLAG, RENDER | FRAME, AT(hash), NULL,
     "print the SHA-256 of the frame as the panel takes it"},
    {"strict", 0, VALUE_FLAG, RENDER | CONVERT | CHECK | CONDENSE | SHEET | BOOK, AT(strict), NULL,
     "any refused record fails the command"},
    {"json", 0, VALUE_FLAG, CHECK | PANELS, AT(json), NULL, "print JSON"},
    {"help", 'h', VALUE_FLAG, ALL, AT(help), NULL, "show this help"},
};
enum { OPTION_COUNT = sizeof options_table / sizeof options_table[0] };

static unsigned command_bit(const struct ink_command *command) {
    return 1u << (command - commands);
}

static void print_help(void) {
    puts("inkline: timelines for e-paper walls\n\nusage: inkline COMMAND [INPUT...] [OPTION...]\n");
    for (int i = 0; i < COMMAND_COUNT; i++) {
        printf("  %-8s %s\n", commands[i].name, commands[i].purpose);
    }
    puts("\ninkline COMMAND --help tells more; inkline --version prints the version.\n"
         "Exit: 0 done (skipped records are warned about), 2 usage, 65 input refused,\n"
         "69 a device or service failed or is not built in, 74 reading or writing failed.");
}

/* What an option takes, as shown in help; the names of the layouts are put into `layouts`. */
enum { LAYOUTS_BYTES = 128 };
static const char *argument_of(const struct option *option, char layouts[LAYOUTS_BYTES]) {
    if (option->value != VALUE_LAYOUT) {
        return option->argument;
    }
    int used = 0;
    for (int i = 0; i < INK_LAYOUT_COUNT && used < LAYOUTS_BYTES; i++) {
        used += snprintf(layouts + used, (size_t)(LAYOUTS_BYTES - used), "%s%s", i > 0 ? "|" : "",
                         ink_layout_names[i]);
    }
    return layouts;
}

static void print_option(const struct option *option) {
    char left[64 + LAYOUTS_BYTES];
    char layouts[LAYOUTS_BYTES];
    const char *argument = argument_of(option, layouts);
    snprintf(left, sizeof left, "%c%c%s --%s%s%s", option->letter ? '-' : ' ',
             option->letter ? option->letter : ' ', option->letter ? "," : " ", option->name,
             argument != NULL ? " " : "", argument != NULL ? argument : "");
    printf(strlen(left) > 26 ? "  %s\n%30s%s\n" : "  %-26s%.0s  %s\n", left, "", option->help);
}

static void print_command_help(const struct ink_command *command) {
    printf("usage: inkline %s%s%s%s\n\n%s\n", command->name, command->arguments[0] ? " " : "",
           command->arguments, " [OPTION...]", command->purpose);
    if (command->more != NULL) {
        printf("\n%s", command->more);
    }
    puts("");
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (options_table[i].commands & command_bit(command)) {
            print_option(&options_table[i]);
        }
    }
}

/* True if `text` is one of the words of "a|b|c". */
static bool is_choice(const char *choices, const char *text) {
    size_t bytes = strlen(text);
    for (const char *at = choices; bytes > 0; at = strchr(at, '|') + 1) {
        if (strncmp(at, text, bytes) == 0 && (at[bytes] == '|' || at[bytes] == '\0')) {
            return true;
        }
        if (strchr(at, '|') == NULL) {
            return false;
        }
    }
    return false;
}

static int refuse(const struct option *option, const char *text, const char *expected) {
    char quoted[INK_QUOTE_BYTES];
    return ink_fail(INK_EXIT_USAGE, NULL, "--%s: %s; expected %s", option->name,
                    ink_quote(quoted, text, strlen(text)), expected);
}

static int read_panel(const struct option *option, const char *text, struct ink_options *options) {
    char quoted[INK_QUOTE_BYTES];
    options->panel_name = text;
    options->panel = ink_panel_find(text);
    if (options->panel != NULL) {
        return -1;
    }
    const char *near =
        ink_nearest(text, strlen(text), &ink_panels[0].name, sizeof ink_panels[0], INK_PANEL_COUNT);
    return ink_fail(INK_EXIT_USAGE, near ? near : "inkline panels lists them",
                    "--%s: %s; expected the name of a panel or its unique beginning", option->name,
                    ink_quote(quoted, text, strlen(text)));
}

static int read_number(const struct option *option, const char *text, int *out) {
    char *end;
    long number = strtol(text, &end, 10);
    bool whole = *text >= '0' && *text <= '9' && *end == '\0';
    if (option->value == VALUE_ANGLE && !(whole && number % 90 == 0 && number < 360)) {
        return refuse(option, text, "0, 90, 180 or 270");
    }
    if (!whole || number > INK_PANEL_SIDE_MAX || (option->value == VALUE_ROWS && number == 0)) {
        return refuse(option, text, "a number of rows from 1 to 4096");
    }
    *out = (int)number;
    return -1;
}

/* A count up to 65535; or bytes, also as 10K or 1M. */
static int read_amount(const struct option *option, const char *text, int *out) {
    char *end;
    bool bytes = option->value == VALUE_BYTES;
    long number = *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : 0;
    if (bytes && number > 0 && number <= 1024 && (*end == 'K' || *end == 'M')) {
        number <<= *end++ == 'K' ? 10 : 20;
    }
    if (number <= 0 || *end != '\0' || number > (bytes ? 1 << 20 : UINT16_MAX)) {
        return refuse(option, text, bytes ? "bytes from 1 to 1M, such as 10K" : "1 to 65535");
    }
    *out = (int)number;
    return -1;
}

static int read_time(const struct option *option, const char *text, struct ink_options *options) {
    struct ink_date *out = &options->now;
    if (strcmp(text, "now") == 0) {
        *out = ink_local((int64_t)time(NULL), NULL);
        out->flags = INK_DATE_OFFSET;
        options->now_is_clock = true;
        return -1;
    }
    options->now_is_clock = false;
    if (ink_edtf_parse_one(text, strlen(text), out) != INK_REASON_NONE ||
        out->precision < INK_PRECISION_DAY || (out->flags & ~INK_DATE_OFFSET) != 0) {
        return refuse(option, text, "now, or a time such as 2024-08-12T14:05+03:00");
    }
    return -1;
}

static int read_window(const struct option *option, const char *text, struct ink_options *options) {
    struct ink_date *from = &options->window_from, *to = &options->window_to;
    if (ink_edtf_parse(text, strlen(text), from, to) != INK_REASON_NONE || !ink_is_dated(from) ||
        !ink_is_dated(to)) {
        return refuse(option, text, "two days such as 2024-08-12/2024-08-18");
    }
    return -1;
}

static int read_value(const struct option *option, const char *text, struct ink_options *options) {
    void *member = (char *)options + option->at;
    char layouts[LAYOUTS_BYTES];
    const char *argument = argument_of(option, layouts);
    switch ((enum value)option->value) {
    case VALUE_PANEL:
        return read_panel(option, text, options);
    case VALUE_LENGTH:
        *(int *)member = ink_length_parse(text, strlen(text));
        return *(int *)member != 0
                   ? -1
                   : refuse(option, text, "a length from 10cm to 65m, such as 2m, 80cm, 1500mm");
    case VALUE_TIME:
        return read_time(option, text, options);
    case VALUE_WINDOW:
        return read_window(option, text, options);
    case VALUE_ROWS:
    case VALUE_ANGLE:
        return read_number(option, text, member);
    case VALUE_COUNT:
    case VALUE_BYTES:
        return read_amount(option, text, member);
    case VALUE_CHOICE:
    case VALUE_LAYOUT:
        if (!is_choice(argument, text)) {
            return refuse(option, text, argument);
        }
        break;
    case VALUE_TEXT:
        if (text[0] == '\0') {
            bool file = strncmp(argument, "FILE", 4) == 0 || option->at == AT(report);
            return refuse(option, text,
                          file ? "the name of a file, or - for standard output"
                               : "a value that is not empty");
        }
        break;
    case VALUE_FLAG:
        break;
    }
    *(const char **)member = text;
    return -1;
}

static const struct option *find_option(const char *name, size_t bytes) {
    for (int i = 0; i < OPTION_COUNT; i++) {
        const struct option *option = &options_table[i];
        bool by_letter = bytes == 1 && option->letter == name[0];
        if (by_letter ||
            (strlen(option->name) == bytes && memcmp(option->name, name, bytes) == 0)) {
            return option;
        }
    }
    return NULL;
}

static int refuse_unknown(const char *argument, size_t bytes, const char *command) {
    const char *near =
        ink_nearest(argument, bytes, &options_table[0].name, sizeof options_table[0], OPTION_COUNT);
    char hint[96];
    snprintf(hint, sizeof hint, near ? "--%s" : "inkline %s --help", near ? near : command);
    char quoted[INK_QUOTE_BYTES];
    return ink_fail(INK_EXIT_USAGE, hint, "%s: unknown option %s", command,
                    ink_quote(quoted, argument, bytes));
}

/* One option at argv[*at]; moves *at past its value. */
static int read_option(struct ink_options *options, int argc, char **argv, int *at) {
    const char *command = options->command->name;
    const char *argument = argv[*at];
    bool is_long = argument[1] == '-';
    const char *name = argument + (is_long ? 2 : 1);
    size_t bytes = is_long ? strcspn(name, "=") : 1;
    const struct option *option = is_long && bytes == 1 ? NULL : find_option(name, bytes);
    if (option == NULL || !(option->commands & command_bit(options->command))) {
        return refuse_unknown(name, bytes, command);
    }
    const char *value = is_long && name[bytes] == '=' ? name + bytes + 1 : NULL;
    value = !is_long && name[1] != '\0' ? name + 1 : value;
    if (option->value == VALUE_FLAG) {
        if (value != NULL) {
            return ink_fail(INK_EXIT_USAGE, NULL, "--%s takes no value", option->name);
        }
        *(bool *)((char *)options + option->at) = true;
        return -1;
    }
    if (value == NULL && *at + 1 >= argc) {
        char layouts[LAYOUTS_BYTES];
        return ink_fail(INK_EXIT_USAGE, NULL, "--%s needs a value: %s", option->name,
                        argument_of(option, layouts));
    }
    return read_value(option, value != NULL ? value : argv[++*at], options);
}

static int find_command(struct ink_options *options, const char *name) {
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            options->command = &commands[i];
            return -1;
        }
    }
    const char *near =
        ink_nearest(name, strlen(name), &commands[0].name, sizeof commands[0], COMMAND_COUNT);
    char quoted[INK_QUOTE_BYTES];
    return ink_fail(INK_EXIT_USAGE, near ? near : "inkline --help", "unknown command %s",
                    ink_quote(quoted, name, strlen(name)));
}

static int read_global(int argc, char **argv) {
    if (argc < 2) {
        return ink_fail(INK_EXIT_USAGE, "inkline demo draws samples, inkline --help tells more",
                        "expected a command");
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help();
        return INK_EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("inkline " INK_VERSION);
        return INK_EXIT_OK;
    }
    return -1;
}

static int check_inputs(const struct ink_options *options) {
    const struct ink_command *command = options->command;
    if (options->input_count < command->min_inputs) {
        return ink_fail(INK_EXIT_USAGE, "- is standard input", "%s: no input; usage: inkline %s %s",
                        command->name, command->name, command->arguments);
    }
    if (options->input_count > command->max_inputs) {
        return ink_fail(INK_EXIT_USAGE, NULL, "%s: too many arguments; usage: inkline %s %s",
                        command->name, command->name, command->arguments);
    }
    return -1;
}

static int refuse_same(const char *option, const char *name, const char *other) {
    return ink_fail(INK_EXIT_USAGE, "name another file", "%s %s is %s as well", option, name,
                    other);
}

/* Nothing may be written over what is read, nor over what else is written. */
static int check_outputs(const struct ink_options *options) {
    const char *outputs[] = {options->output, options->report, options->hold};
    static const char *const names[] = {"--output", "--report", "--hold"};
    for (int o = 0; o < 3; o++) {
        for (int i = 0; outputs[o] != NULL && i < options->input_count; i++) {
            if (ink_output_is_same(options->inputs[i], true, outputs[o])) {
                return refuse_same(names[o], outputs[o], "an input");
            }
        }
    }
    for (int o = 1; o < 3; o++) {
        for (int other = 0; other < o; other++) {
            bool both = outputs[o] != NULL && outputs[other] != NULL;
            if (both && ink_output_is_same(outputs[other], false, outputs[o])) {
                return refuse_same(names[o], outputs[o],
                                   other == 0 ? "the --output" : "the --report");
            }
        }
        if (outputs[o] != NULL && options->previous != NULL &&
            ink_output_is_same(options->previous, false, outputs[o])) {
            return refuse_same(names[o], outputs[o], "the --previous");
        }
    }
    return -1;
}

int ink_options_read(struct ink_options *options, int argc, char **argv) {
    *options = (struct ink_options){.inputs = argv};
    int code = read_global(argc, argv);
    if (code < 0) {
        code = find_command(options, argv[1]);
    }
    bool only_inputs = false; // after "--"
    for (int at = 2; code < 0 && at < argc; at++) {
        const char *argument = argv[at];
        if (!only_inputs && strcmp(argument, "--") == 0) {
            only_inputs = true;
        } else if (only_inputs || argument[0] != '-' || argument[1] == '\0') {
            argv[options->input_count++] = argv[at]; // argv[0..at] has been read
        } else {
            code = read_option(options, argc, argv, &at);
        }
    }
    if (code < 0 && options->help) {
        print_command_help(options->command);
        return INK_EXIT_OK;
    }
    code = code < 0 ? check_inputs(options) : code;
    return code < 0 ? check_outputs(options) : code;
}
