#include "import/tls.h"

#include <stdlib.h>

#include "import/cells.h"
#include "import/line.h"

enum { BUFFER_BYTES = 65536 }; /* a line that is longer is refused */

struct importer {
    const struct ink_segment *input;
    FILE *cbor;
    struct ink_survey *survey;
    uint64_t line;
    size_t held;   /* bytes in the buffer */
    bool skipping; /* to the end of a line that no buffer holds */
    bool failed;   /* writing failed */
    char buffer[BUFFER_BYTES];
};

static void refuse(struct importer *in, struct ink_problem problem) {
    problem.file = in->input->name;
    problem.at = in->line;
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
    const struct ink_problem place = {.file = in->input->name, .at = in->line};
    ink_survey_record(in->survey, &record, &place);
    in->failed = !ink_copy_record(in->cbor, &record) || in->failed;
}

/* All lines that the buffer holds whole; at the end of the input its rest is one too. */
static void take_lines(struct importer *in, bool last) {
    size_t at = 0;
    for (;;) {
        char *line = in->buffer + at;
        char *end = memchr(line, '\n', in->held - at);
        if (end == NULL && !(last && at < in->held)) {
            break;
        }
        size_t bytes = end != NULL ? (size_t)(end - line) : in->held - at;
        in->line++;
        if (!in->skipping && !ink_line_is_blank((uint8_t *)line, bytes)) {
            take_line(in, line, bytes);
        }
        in->skipping = false;
        at += bytes + (end != NULL);
    }
    memmove(in->buffer, in->buffer + at, in->held - at);
    in->held -= at;
}

static int read_lines(struct importer *in) {
    for (uint64_t offset = 0;;) {
        long count = ink_segment_read(in->input, offset, (uint8_t *)in->buffer + in->held,
                                      BUFFER_BYTES - in->held);
        if (count < 0) {
            return INK_EXIT_IO;
        }
        offset += (uint64_t)count;
        in->held += (size_t)count;
        take_lines(in, count == 0);
        if (in->failed) {
            return ink_temporary_failed(in->input->name);
        }
        if (count == 0) {
            return INK_EXIT_OK;
        }
        if (in->held == BUFFER_BYTES) {
            if (!in->skipping) {
                const struct ink_problem problem = {.rule = "tls-long",
                                                    .what = "a line of more than 64 KiB"};
                in->line++;
                refuse(in, problem);
                in->line--;
            }
            in->skipping = true;
            in->held = 0;
        }
    }
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
