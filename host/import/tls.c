#include "import/tls.h"

#include <stdlib.h>

#include "import/cells.h"
#include "import/line.h"
#include "import/lines.h"

struct importer {
    const struct ink_segment *input;
    FILE *cbor;
    struct ink_survey *survey;
    bool failed; /* writing failed */
    struct ink_lines lines;
};

static void refuse(struct importer *in, struct ink_problem problem) {
    problem.file = in->input->name;
    problem.at = in->lines.line;
    ink_survey_refuse(in->survey, &problem);
    in->failed = !ink_copy_refused(in->cbor) || in->failed;
}

/* The next field of a line, up to a tab; moves *line past it. */
static void take_cell(struct ink_cells *cells, int field, char **line, char *end) {
    char *tab = memchr(*line, '\t', (size_t)(end - *line));
    char *text = *line, *stop = tab != NULL ? tab : end;
    size_t bytes = (size_t)(stop - text);
    ink_line_trim(&text, &bytes);
    cells->field[field].at = text;
    cells->field[field].bytes = bytes;
    *line = tab != NULL ? tab + 1 : end;
}

/* Old data holds controls where quotes and dashes were (U+0080 to U+009F): they become spaces. */
static void blank_controls(char *line, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        uint8_t byte = (uint8_t)line[i], next = i + 1 < bytes ? (uint8_t)line[i + 1] : 0;
        if (byte == 0xC2 && next >= 0x80 && next <= 0x9F) {
            line[i] = line[i + 1] = ' ';
        } else if ((byte < 0x20 && byte != '\t') || byte == 0x7F) {
            line[i] = ' ';
        }
    }
}

static void take_line(struct importer *in, char *line, size_t bytes) {
    struct ink_cells cells;
    struct ink_record record;
    char *at = line, *end = line + bytes;
    int bad = 0;
    memset(&cells, 0, sizeof cells);
    blank_controls(line, bytes);
    take_cell(&cells, INK_F_WHEN, &at, end);
    take_cell(&cells, INK_F_SOURCE, &at, end);
    take_cell(&cells, INK_F_HEADLINE, &at, end);
    if (at < end) { /* that was how the date was found */
        take_cell(&cells, INK_F_HEADLINE, &at, end);
    }
    if (cells.field[INK_F_SOURCE].bytes == 1 && cells.field[INK_F_SOURCE].at[0] == '-') {
        cells.field[INK_F_SOURCE].bytes = 0;
    }
    enum ink_reason reason = ink_cells_record(&cells, &record, &bad);
    if (reason != INK_REASON_NONE) {
        const struct ink_problem problem = {.rule = ink_reason_rule(reason),
                                            .field = ink_record_fields[bad].name,
                                            .what = ink_record_fields[bad].name,
                                            .expected = ink_reason_text(reason),
                                            .hint = "a line is date, source and text, with tabs"};
        refuse(in, problem);
        return;
    }
    const struct ink_problem place = {.file = in->input->name, .at = in->lines.line};
    ink_survey_record(in->survey, &record, &place);
    in->failed = !ink_copy_record(in->cbor, &record) || in->failed;
}

static int read_lines(struct importer *in) {
    static const struct ink_problem too_long = {.rule = "tls-long",
                                                .what = "a line of more than 64 KiB"};
    enum ink_lines_found found;
    ink_lines_begin(&in->lines, in->input);
    while (!in->failed && (found = ink_lines_next(&in->lines)) != INK_LINES_END) {
        if (found == INK_LINES_FAILED) {
            return INK_EXIT_IO;
        }
        if (found == INK_LINES_LONG) {
            refuse(in, too_long);
        } else if (!ink_line_is_blank((const uint8_t *)in->lines.text, in->lines.bytes)) {
            take_line(in, in->lines.text, in->lines.bytes);
        }
    }
    return in->failed ? ink_temporary_failed(in->input->name) : INK_EXIT_OK;
}

int ink_import_tls(const struct ink_segment *input, FILE *cbor, struct ink_survey *survey) {
    struct importer *in = calloc(1, sizeof *in);
    if (in == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", input->name);
    }
    in->input = input;
    in->cbor = cbor;
    in->survey = survey;
    int code = read_lines(in);
    free(in);
    return code;
}
