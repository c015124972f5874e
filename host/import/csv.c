#include "import/csv.h"

#include <ctype.h>
#include <stdlib.h>

#include "import/cells.h"
#include "import/line.h"

#if INKLINE_CSV

#include "import/table.h"

enum { COLUMNS = 256, UNKNOWN_TOLD = 8 /* columns that are told by their names */ };

/* Where the reader stands, and the row it is in. */
struct importer {
    const struct ink_segment *input;
    FILE *cbor;
    struct ink_survey *survey;
    struct ink_story *story; /* facts of the comments */
    bool has_header;
    bool broken;        /* the header row was refused: nothing more can be read */
    bool failed;        /* writing failed */
    uint64_t zone_line; /* of the zone; 0: none */
    bool row_full;      /* its cells did not fit */
    int column;         /* of the next cell */
    int column_count;
    int columns_beyond; /* more than fit */
    int columns_unknown;
    int8_t field_of[COLUMNS]; /* INK_F_*, -1: an unknown column */
    size_t row_used;
    bool extra_cells; /* more than there are columns */
    struct ink_cells cells;
    char row[INK_TABLE_ROW_BYTES];
    struct ink_table table;
};

static struct ink_problem problem_at(const struct importer *in, uint64_t line) {
    return (struct ink_problem){.file = in->input->name, .at = line};
}

/* A row is left out: the copy holds its place. Without a header row the file is. */
static void refuse_row(struct importer *in, const struct ink_problem *problem) {
    if (!in->has_header || in->broken) {
        ink_survey_refuse_other(in->survey, problem);
        return;
    }
    ink_survey_refuse(in->survey, problem);
    in->failed = !ink_copy_refused(in->cbor) || in->failed;
}

static void refuse(struct importer *in, const char *rule, const char *what, const char *expected,
                   const char *hint) {
    struct ink_problem problem = problem_at(in, in->table.row_line);
    problem.rule = rule;
    problem.what = what;
    problem.expected = expected;
    problem.hint = hint;
    refuse_row(in, &problem);
}

static void warn(struct importer *in, const char *rule, const char *field, const char *what,
                 const char *hint) {
    struct ink_problem problem = problem_at(in, in->table.row_line);
    problem.warning = true;
    problem.rule = rule;
    problem.field = field;
    problem.what = what;
    problem.hint = hint;
    ink_say_problem(in->survey->say, &problem);
}

/* --- columns --- */

static void warn_column(struct importer *in, const char *name, size_t bytes) {
    char quoted[INK_QUOTE_BYTES];
    char what[INK_QUOTE_BYTES + 64];
    char hint[192];
    const char *near = ink_cells_like(name, bytes);
    in->survey->unknown++;
    if (in->columns_unknown++ >= UNKNOWN_TOLD) {
        return;
    }
    snprintf(what, sizeof what, "column %s is not known and is ignored",
             ink_quote(quoted, name, bytes));
    size_t used = (size_t)snprintf(hint, sizeof hint, near != NULL ? "call it %s?" : "known are %s",
                                   near != NULL ? near : ink_record_fields[0].name);
    for (int f = 1; near == NULL && f < INK_FIELD_COUNT && used < sizeof hint; f++) {
        used +=
            (size_t)snprintf(hint + used, sizeof hint - used, ", %s", ink_record_fields[f].name);
    }
    warn(in, "unknown-column", NULL, what, hint);
}

/* A column that there is no room for. */
static void warn_beyond(struct importer *in, int field) {
    char what[64];
    if (in->columns_beyond++ == 0) {
        snprintf(what, sizeof what, "more than %d columns; those beyond are ignored", (int)COLUMNS);
        warn(in, "csv-long", NULL, what, "leave out the columns that inkline does not know");
    }
    if (field >= 0) {
        snprintf(what, sizeof what, "column %s stands beyond column %d and is ignored",
                 ink_record_fields[field].name, (int)COLUMNS);
        warn(in, "csv-long", ink_record_fields[field].name, what, "move it to the left");
    }
}

static void warn_more_unknown(struct importer *in) {
    char what[64];
    if (in->columns_unknown > UNKNOWN_TOLD) {
        snprintf(what, sizeof what, "more columns that are not known and are ignored: %d",
                 in->columns_unknown - (int)UNKNOWN_TOLD);
        warn(in, "unknown-column", NULL, what, NULL);
    }
}

static bool has_column(const struct importer *in, int field) {
    return memchr(in->field_of, field, (size_t)in->column_count) != NULL;
}

static void add_column(struct importer *in, char *name, size_t bytes) {
    char lowered[16];
    int field = -1;
    ink_line_trim(&name, &bytes);
    for (size_t i = 0; i < bytes && i < sizeof lowered; i++) {
        lowered[i] = (char)tolower((unsigned char)name[i]);
    }
    if (bytes > 0 && bytes <= sizeof lowered) {
        field = ink_field_find(ink_record_fields, INK_FIELD_COUNT, lowered, bytes);
    }
    if (in->column_count == COLUMNS) {
        warn_beyond(in, field);
        return;
    }
    if (field >= 0 && has_column(in, field)) {
        warn(in, "column-twice", ink_record_fields[field].name,
             "a column stands twice; the first one is used", NULL);
        field = -1;
    } else if (field < 0 && bytes > 0) {
        warn_column(in, name, bytes);
    }
    in->field_of[in->column_count++] = (int8_t)field;
}

static void end_header(struct importer *in) {
    bool any = false;
    for (int f = 0; f < INK_FIELD_COUNT; f++) {
        any = any || has_column(in, f);
    }
    warn_more_unknown(in);
    in->has_header = true;
    in->broken = !has_column(in, INK_F_WHEN) || !has_column(in, INK_F_HEADLINE);
    if (in->broken) {
        refuse(in, "csv-header",
               !any                         ? "no name of a field in the first row"
               : has_column(in, INK_F_WHEN) ? "no column headline"
                                            : "no column when",
               "expected a header row such as when,headline,source,status",
               in->columns_beyond > 0
                   ? "move the columns that inkline knows to the left"
                   : "rename the columns, or add a header row above the records");
    }
}

/* --- rows --- */

static void refuse_cell(struct importer *in, enum ink_reason reason, int field) {
    struct ink_cells_words words;
    struct ink_problem problem = problem_at(in, in->table.row_line);
    ink_cells_explain(&problem, reason, field, &in->cells, &words);
    refuse_row(in, &problem);
}

static void take_row(struct importer *in) {
    struct ink_record record;
    int bad = 0;
    enum ink_reason reason = ink_cells_record(&in->cells, &record, &bad);
    struct ink_problem place = problem_at(in, in->table.row_line);
    struct ink_skipped_words words;
    if (in->row_full) {
        refuse(in, "csv-long", "a row of more than 64 KiB", NULL, "a quote may not end");
    } else if (in->extra_cells) {
        refuse(in, "csv-cells", "more cells than the header row has columns", NULL,
               "put a cell that holds the delimiter in quotes");
    } else if (reason != INK_REASON_NONE) {
        refuse_cell(in, reason, bad);
    } else if (ink_survey_skips(in->survey, &record, &place, &words)) {
        refuse_row(in, &place);
    } else {
        place.hint = "add \"# zone: Europe/Kyiv\" above the header row, or --zone Europe/Kyiv";
        ink_survey_record(in->survey, &record, &place);
        in->failed = !ink_copy_record(in->cbor, &record) || in->failed;
    }
}

static void begin_row(void *context) {
    struct importer *in = context;
    in->column = 0;
    in->row_used = 0;
    in->row_full = false;
    in->extra_cells = false;
    for (int f = 0; f < INK_FIELD_COUNT; f++) {
        in->cells.field[f].at = in->row;
        in->cells.field[f].bytes = 0;
    }
}

static void store_cell(struct importer *in, int field, char *text, size_t bytes) {
    ink_line_trim(&text, &bytes);
    if (bytes > sizeof in->row - in->row_used) {
        in->row_full = true;
        return;
    }
    in->cells.field[field].at = in->row + in->row_used;
    in->cells.field[field].bytes = bytes;
    memcpy(in->row + in->row_used, text, bytes);
    in->row_used += bytes;
}

static void take_cell(void *context, char *text, size_t bytes) {
    struct importer *in = context;
    int column = in->column++;
    if (!in->has_header) {
        add_column(in, text, bytes);
    } else if (column >= in->column_count) {
        bool extra = column >= in->column_count + in->columns_beyond && bytes > 0;
        in->extra_cells = in->extra_cells || extra;
    } else if (in->field_of[column] >= 0) {
        store_cell(in, in->field_of[column], text, bytes);
    }
}

static bool is_blank_row(const struct importer *in) {
    return in->row_used == 0 && !in->extra_cells && !in->row_full;
}

static void end_row(void *context) {
    struct importer *in = context;
    if (!in->has_header) {
        end_header(in);
    } else if (!is_blank_row(in)) {
        take_row(in);
    }
    in->table.stop = in->broken || in->failed;
}

static void refuse_unread(void *context, enum ink_table_fault fault) {
    struct importer *in = context;
    bool header = !in->has_header;
    if (fault == INK_TABLE_LONG) {
        refuse(in, "csv-long",
               header ? "a header row of more than 64 KiB" : "a row of more than 64 KiB", NULL,
               header ? "leave out the columns that inkline does not know"
                      : "a quote may not end, or a cell holds a whole file");
    } else {
        refuse(in, "csv-quote", "a quote that does not end, or stands inside a quoted cell",
               "expected quotes around a whole cell, and doubled inside it",
               "write \"He said \"\"no\"\"\"");
    }
    in->broken = header;
    in->table.stop = in->broken || in->failed;
}

/* --- what stands above the header row --- */

static void refuse_fact(struct importer *in, enum ink_reason reason, int fact, const char *value,
                        size_t bytes) {
    char quoted[INK_QUOTE_BYTES];
    char what[INK_QUOTE_BYTES + 32];
    bool length = fact == INK_S_DISTANCE;
    snprintf(what, sizeof what, "%s: %s", ink_story_fields[fact].name,
             ink_quote(quoted, value, bytes));
    struct ink_problem problem = problem_at(in, in->table.row_line);
    problem.rule = ink_reason_rule(reason);
    problem.field = ink_story_fields[fact].name;
    problem.what = what;
    problem.expected = length ? "expected a length from 10cm to 65m, such as 2m, 80cm, 1500mm"
                              : ink_reason_text(reason);
    problem.hint = length ? NULL : ink_reason_hint(reason);
    ink_survey_refuse_other(in->survey, &problem);
}

/* "key: value" of a comment line; lines that are only comments pass in silence. */
static void take_fact(struct importer *in, char *text, size_t bytes, struct ink_story *story) {
    char *colon = memchr(text, ':', bytes);
    if (colon == NULL) {
        return;
    }
    char *key = text;
    size_t key_bytes = (size_t)(colon - text);
    char *value = colon + 1;
    size_t value_bytes = bytes - key_bytes - 1;
    ink_line_trim(&key, &key_bytes);
    ink_line_trim(&value, &value_bytes);
    int fact = ink_cells_find_fact(key, key_bytes);
    if (fact < 0) {
        const char *near = ink_nearest(key, key_bytes, &ink_story_fields[0].name,
                                       sizeof ink_story_fields[0], INK_STORY_FIELD_COUNT);
        if (near != NULL) {
            warn(in, "unknown-fact", NULL, "a comment that looks like a story fact", near);
        }
        return;
    }
    enum ink_reason reason =
        value_bytes > 0 ? ink_cells_fact(story, fact, value, value_bytes) : INK_REASON_NONE;
    if (fact == INK_S_ZONE && value_bytes > 0) {
        in->zone_line = in->table.row_line;
    }
    if (reason != INK_REASON_NONE) {
        refuse_fact(in, reason, fact, value, value_bytes);
    }
}

/* Spreadsheets write the line as a row: quoted if it holds a delimiter, with empty cells behind. */
static void take_comment(void *context, const uint8_t *line, size_t bytes) {
    struct importer *in = context;
    char *text = in->row;
    size_t used = 0;
    bool quoted = line[0] == '"';
    for (size_t i = quoted ? 2 : 1; i < bytes && used < sizeof in->row; i++) {
        if (quoted && line[i] == '"') {
            if (i + 1 >= bytes || line[i + 1] != '"') {
                break;
            }
            i++;
        }
        text[used++] = (char)line[i];
    }
    while (used > 0 && strchr(quoted ? "\r\n " : ",;\t\r\n ", text[used - 1]) != NULL) {
        used--;
    }
    take_fact(in, text, used, in->story);
}

static void refuse_empty(struct importer *in) {
    in->broken = true;
    refuse(in, "csv-header",
           in->input->bytes > INK_TABLE_ROW_BYTES ? "no header row in the first 64 KiB"
                                                  : "no header row",
           "expected a header row such as when,headline,source,status",
           "write the names of the columns above the records");
}

static int read_table(struct importer *in) {
    if (!ink_table_begin(&in->table)) {
        refuse_empty(in);
        return INK_EXIT_OK;
    }
    // first, so that the zone is known before the times
    struct ink_problem place = problem_at(in, in->zone_line);
    ink_survey_story(in->survey, in->story, &place);
    in->failed = !ink_copy_story(in->cbor, *in->story);
    const int code = ink_table_read(&in->table);
    return in->failed ? ink_temporary_failed(in->input->name) : code;
}

int ink_import_csv(const struct ink_segment *input, FILE *cbor, struct ink_survey *survey) {
    static const struct ink_table_use use = {.begin = begin_row,
                                             .cell = take_cell,
                                             .row = end_row,
                                             .fault = refuse_unread,
                                             .comment = take_comment};
    struct ink_story story;
    struct importer *in = calloc(1, sizeof *in);
    if (in == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", input->name);
    }
    in->input = input;
    in->cbor = cbor;
    in->survey = survey;
    memset(&story, 0, sizeof story);
    in->story = &story;
    in->table.input = input;
    in->table.use = &use;
    in->table.context = in;
    const int code = read_table(in);
    free(in);
    return code;
}

#else

int ink_import_csv(const struct ink_segment *input, FILE *cbor, struct ink_survey *survey) {
    (void)cbor;
    (void)survey;
    return ink_fail(INK_EXIT_DEVICE, "configure with -DINKLINE_CSV=ON (libcsv-dev)",
                    "%s: this build cannot read CSV or TSV", input->name);
}

#endif
