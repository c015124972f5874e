#include "import/table.h"

#include "import/line.h"
#include "say.h"

enum { CHUNK_BYTES = INK_TABLE_ROW_BYTES };

/* ---- rows ------------------------------------------------------------------------------------ */

static void on_cell(void *text, size_t bytes, void *context) {
    struct ink_table *table = context;
    static char nothing[1];
    if (!table->stop) {
        table->use->cell(table->context, text != NULL ? text : nothing, bytes);
    }
}

static void on_row(int end, void *context) {
    (void)end;
    struct ink_table *table = context;
    table->rows_ended++;
    if (!table->stop) {
        table->use->row(table->context);
    }
    table->row_open = false;
    table->use->begin(table->context);
}

/* ---- bytes ----------------------------------------------------------------------------------- */

static int is_blank(unsigned char byte) {
    return byte == ' ';
}

static void reset_parser(struct ink_table *table, unsigned char options) {
    csv_free(&table->parser);
    csv_init(&table->parser, options);
    csv_set_blk_size(&table->parser, 4096);
    csv_set_delim(&table->parser, (unsigned char)table->delimiter);
    csv_set_space_func(&table->parser, is_blank);
    table->row_open = false;
    table->use->begin(table->context);
}

static void feed(struct ink_table *table, const void *bytes, size_t count, bool *good) {
    *good = csv_parse(&table->parser, bytes, count, on_cell, on_row, table) == count;
}

/* A cell between tabs: quotes are taken off if they stand at both ends, and undoubled. */
static void take_tab_cell(struct ink_table *table, char *text, size_t bytes) {
    size_t used = 0;
    ink_line_trim(&text, &bytes);
    if (bytes < 2 || text[0] != '"' || text[bytes - 1] != '"') {
        on_cell(text, bytes, table);
        return;
    }
    for (size_t i = 1; i < bytes - 1; i++) {
        i += text[i] == '"' && text[i + 1] == '"' && i + 2 < bytes;
        text[used++] = text[i];
    }
    on_cell(text, used, table);
}

/* One line of TSV as a row. */
static void feed_tab_line(struct ink_table *table, char *line, size_t bytes) {
    while (bytes > 0 && strchr("\r\n", line[bytes - 1]) != NULL && line[bytes - 1] != '\0') {
        bytes--;
    }
    for (char *end = line + bytes; line <= end;) {
        char *tab = memchr(line, '\t', (size_t)(end - line));
        size_t cell = (size_t)((tab != NULL ? tab : end) - line);
        take_tab_cell(table, line, cell);
        line += cell + 1;
    }
    on_row('\n', table);
}

/* A line with quotes out of place, as a row: in TSV they mean nothing there, in CSV only if no cell
 * begins with one. */
static void feed_loosely(struct ink_table *table, uint8_t *bytes, size_t line) {
    bool good;
    bool quoted =
        bytes[0] == '"' || memmem(bytes, line, (char[]){table->delimiter, '"'}, 2) != NULL;
    if (table->delimiter == '\t') {
        feed_tab_line(table, (char *)bytes, line);
    } else if (!quoted) {
        feed(table, bytes, line, &good);
        if (table->rows_ended == 0) { // the last line, without an end
            feed(table, "\n", 1, &good);
        }
    }
}

/* The row at row_offset has a quote out of place, or one that never ends. Its first line alone is
 * read once more, loosely: if that makes a row it is one, with the quotes as they stand. Otherwise
 * the line is refused. Either way reading goes on behind it. */
static void recover(struct ink_table *table) {
    uint8_t *bytes = table->chunk;
    long count = ink_segment_read(table->input, table->row_offset, bytes, CHUNK_BYTES);
    size_t line = count > 0 ? ink_line_bytes(bytes, (size_t)count) : 0;
    uint64_t row_line = table->row_line;
    reset_parser(table, 0);
    table->rows_ended = 0;
    table->row_line = row_line;
    if (line > 0 && line < CHUNK_BYTES) {
        feed_loosely(table, bytes, line);
    }
    if (table->rows_ended == 0) {
        table->use->fault(table->context, line == CHUNK_BYTES ? INK_TABLE_LONG : INK_TABLE_QUOTE);
    }
    table->offset = table->row_offset + line;
    table->skipping = line == CHUNK_BYTES;
    table->line = row_line + !table->skipping;
    reset_parser(table, CSV_STRICT | CSV_STRICT_FINI);
}

/* One line, or the part of it that the chunk holds. Returns false if reading must go on elsewhere:
 * at table->offset. */
static bool feed_line(struct ink_table *table, const uint8_t *bytes, size_t count) {
    bool good = true;
    bool ended = bytes[count - 1] == '\n' || bytes[count - 1] == '\r';
    if (!table->skipping && !table->row_open && !ink_line_is_blank(bytes, count)) {
        table->row_open = true;
        table->row_line = table->line;
        table->row_offset = table->offset;
    }
    table->rows_ended = 0;
    if (!table->skipping) {
        feed(table, bytes, count, &good);
    }
    bool too_long =
        table->row_open && table->offset + count - table->row_offset > INK_TABLE_ROW_BYTES;
    if (!good || (too_long && table->rows_ended == 0)) {
        recover(table);
        return false;
    }
    table->offset += count;
    table->line += ended;
    table->skipping = table->skipping && !ended;
    return true;
}

/* Feed one chunk; returns bytes used up or -1 when reading failed. */
static long feed_chunk(struct ink_table *table) {
    long count = ink_segment_read(table->input, table->offset, table->chunk, CHUNK_BYTES);
    if (count > 1 && table->chunk[count - 1] == '\r') {
        count--; // its '\n' may be in the next chunk
    }
    for (size_t at = 0; count > 0 && at < (size_t)count;) {
        size_t line = ink_line_bytes(table->chunk + at, (size_t)count - at);
        if (!feed_line(table, table->chunk + at, line)) {
            break; // table->offset has moved, the chunk is overwritten
        }
        at += line;
    }
    return count;
}

static int read_rows(struct ink_table *table) {
    for (;;) {
        const long count = feed_chunk(table);
        if (count < 0) {
            return INK_EXIT_IO;
        }
        if (table->stop) {
            return INK_EXIT_OK;
        }
        if (count > 0) {
            continue;
        }
        if (csv_fini(&table->parser, on_cell, on_row, table) == 0) {
            return INK_EXIT_OK;
        }
        recover(table);
    }
}

int ink_table_read(struct ink_table *table) {
    csv_init(&table->parser, 0);
    reset_parser(table, CSV_STRICT | CSV_STRICT_FINI);
    const int code = read_rows(table);
    csv_free(&table->parser);
    return code;
}

/* ---- where it begins ------------------------------------------------------------------------- */

bool ink_table_begin(struct ink_table *table) {
    const long count = ink_segment_read(table->input, 0, table->chunk, CHUNK_BYTES);
    const size_t bytes = count > 0 ? (size_t)count : 0;
    size_t at = ink_line_mark(table->chunk, bytes);
    table->line = 1;
    table->delimiter = ink_line_told_delimiter(table->chunk + at, bytes - at);
    if (table->delimiter != '\0') {
        at += ink_line_bytes(table->chunk + at, bytes - at);
        table->line++;
    }
    for (; at < bytes; table->line++) {
        const size_t line = ink_line_bytes(table->chunk + at, bytes - at);
        table->row_line = table->line;
        if (table->use->comment != NULL && ink_line_is_comment(table->chunk + at, line)) {
            table->use->comment(table->context, table->chunk + at, line);
        } else if (!ink_line_is_blank(table->chunk + at, line)) {
            if (table->delimiter == '\0') {
                table->delimiter = ink_line_find_delimiter(table->chunk + at, line);
            }
            table->offset = at;
            return true;
        }
        at += line;
    }
    table->row_line = table->line;
    return false;
}
