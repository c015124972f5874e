#include "import/table_items.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "import/line.h"
#include "import/table.h"

struct reader {
    struct ink_import *in;
    const struct ink_table_shape *shape;
    bool has_header;
    uint32_t column;  /* of the next cell */
    bool extra_cells; /* more than there are columns */
    size_t used;      /* bytes of the row's cells */
    struct ink_leaves row;
    struct ink_leaves names;
    struct ink_table table;
};

static void refuse(struct reader *reader, const char *rule, const char *what, const char *expected,
                   const char *hint) {
    struct ink_problem problem = ink_import_at(reader->in, reader->table.row_line, 0);
    problem.rule = rule;
    problem.what = what;
    problem.expected = expected;
    problem.hint = hint;
    ink_import_refuse(reader->in, !reader->has_header, &problem);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void begin_row(void *context) {
    struct reader *reader = context;
    reader->column = 0;
    reader->extra_cells = false;
    reader->used = 0;
    ink_leaves_clear(&reader->row);
    if (!reader->has_header) {
        ink_leaves_clear(&reader->names);
    }
}

/* Of a name that does not fit there is nothing: its column is one without a name. */
static void add_column(struct reader *reader, const char *name, size_t bytes) {
    if (reader->names.count < INK_TABLE_COLUMNS) {
        ink_leaves_add(&reader->names, name, bytes <= INK_LEAF_PATH ? bytes : 0, "", 0);
    }
}

static void take_cell(void *context, char *text, size_t bytes) {
    struct reader *reader = context;
    const uint32_t column = reader->column++, columns = reader->names.count;
    ink_line_trim(&text, &bytes);
    reader->used += bytes;
    if (!reader->has_header) {
        add_column(reader, text, bytes);
    } else if (column >= columns) {
        reader->extra_cells = reader->extra_cells || (bytes > 0 && columns < INK_TABLE_COLUMNS);
    } else if (bytes > 0 && reader->names.leaf[column].path_bytes > 0) {
        const struct ink_leaf *name = &reader->names.leaf[column];
        ink_leaves_add(&reader->row, name->path, name->path_bytes, text, bytes);
    }
}

static void refuse_row(void *context, enum ink_table_fault fault) {
    struct reader *reader = context;
    if (fault == INK_TABLE_LONG) {
        refuse(reader, "csv-long", "a row of more than 64 KiB", NULL,
               "a quote may not end, or a cell holds a whole file");
    } else {
        refuse(reader, "csv-quote", "a quote that does not end, or stands inside a quoted cell",
               "expected quotes around a whole cell, and doubled inside it",
               "write \"He said \"\"no\"\"\"");
    }
    reader->table.stop = !reader->has_header || reader->in->failed;
}

static void end_row(void *context) {
    struct reader *reader = context;
    if (!reader->has_header) {
        reader->has_header = true;
    } else if (reader->used > INK_TABLE_ROW_BYTES) {
        refuse_row(reader, INK_TABLE_LONG);
    } else if (reader->extra_cells) {
        refuse(reader, "csv-cells", "more cells than there are columns", NULL,
               "put a cell that holds the delimiter in quotes");
    } else if (reader->row.count > 0) {
        reader->shape->row(reader->in, reader->shape->context, &reader->row,
                           reader->table.row_line);
    }
    reader->table.stop = reader->in->failed;
}

static int read_table(struct reader *reader) {
    for (const char *const *name = reader->shape->columns; name != NULL && *name != NULL; name++) {
        add_column(reader, *name, strlen(*name));
    }
    reader->has_header = reader->shape->columns != NULL;
    if (!ink_table_begin(&reader->table)) {
        refuse(reader, "csv-header", "no row in the first 64 KiB", NULL, "was it exported whole?");
        return INK_EXIT_OK;
    }
    return ink_table_read(&reader->table);
}

int ink_table_items(struct ink_import *in, const struct ink_table_shape *shape) {
    static const struct ink_table_use use = {
        .begin = begin_row, .cell = take_cell, .row = end_row, .fault = refuse_row};
    struct reader *reader = calloc(1, sizeof *reader);
    int code = INK_EXIT_IO;
    if (reader != NULL && ink_leaves_open(&reader->row) && ink_leaves_open(&reader->names)) {
        reader->in = in;
        reader->shape = shape;
        reader->table.input = in->input;
        reader->table.use = &use;
        reader->table.context = reader;
        code = read_table(reader);
    } else {
        (void)ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    }
    if (reader != NULL) {
        ink_leaves_close(&reader->names);
        ink_leaves_close(&reader->row);
    }
    free(reader);
    return code;
}

/* ---- by its first row ------------------------------------------------------------------------ */

/* Where the first row begins, behind byte order mark, "sep=" and blank lines. */
static size_t find_header(const uint8_t *head, size_t bytes, char *delimiter) {
    size_t at = ink_line_mark(head, bytes);
    *delimiter = ink_line_told_delimiter(head + at, bytes - at);
    if (*delimiter != '\0') {
        at += ink_line_bytes(head + at, bytes - at);
    }
    while (at < bytes) {
        const size_t line = ink_line_bytes(head + at, bytes - at);
        if (!ink_line_is_blank(head + at, line)) {
            break;
        }
        at += line;
    }
    return at;
}

static bool has_name(const char *line, size_t bytes, char delimiter, const char *name,
                     size_t name_bytes) {
    for (size_t at = 0; at <= bytes;) {
        const char *end = at < bytes ? memchr(line + at, delimiter, bytes - at) : NULL;
        size_t cell = end != NULL ? (size_t)(end - line) - at : bytes - at;
        const char *text = line + at;
        at += cell + 1;
        while (cell > 0 && (isspace((unsigned char)*text) || *text == '"')) {
            text++;
            cell--;
        }
        while (cell > 0 && (isspace((unsigned char)text[cell - 1]) || text[cell - 1] == '"')) {
            cell--;
        }
        if (cell == name_bytes && strncasecmp(text, name, cell) == 0) {
            return true;
        }
    }
    return false;
}

bool ink_table_has(const char *head, size_t bytes, const char *names) {
    const uint8_t *text = (const uint8_t *)head;
    char delimiter;
    const size_t at = find_header(text, bytes, &delimiter);
    const size_t line = at < bytes ? ink_line_bytes(text + at, bytes - at) : 0;
    if (delimiter == '\0') {
        delimiter = ink_line_find_delimiter(text + at, line);
    }
    while (line > 0 && *names != '\0') {
        const size_t name = strcspn(names, "|");
        if (!has_name(head + at, line, delimiter, names, name)) {
            return false;
        }
        names += name + (names[name] == '|');
    }
    return line > 0;
}
