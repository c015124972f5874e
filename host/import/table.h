/* A delimited table as text, row by row (RFC 4180 and what spreadsheets make of it), by libcsv.
 *
 * Delimiter , ; or tab; a byte order mark; quotes, with doubled ones and line ends inside; each row
 * has the line it starts on. A quote that is out of place or never ends costs one row, as does a
 * row of more than INK_TABLE_ROW_BYTES. In TSV a quote inside a cell means nothing.
 *
 * Memory: the open row, and a chunk of the file.
 */
#ifndef INK_IMPORT_TABLE_H
#define INK_IMPORT_TABLE_H

#include <csv.h>

#include "segment.h"

#define INK_TABLE_ROW_BYTES 65536

enum ink_table_fault {
    INK_TABLE_LONG, /* a row of more than INK_TABLE_ROW_BYTES */
    INK_TABLE_QUOTE /* a quote that does not end, or stands inside a quoted cell */
};

/* What is called while a table is read. */
struct ink_table_use {
    void (*begin)(void *context); /* a row begins; cells so far, if any, count for nothing */
    void (*cell)(void *context, char *text, size_t bytes);    /* the next one; may be changed */
    void (*row)(void *context);                               /* it ends */
    void (*fault)(void *context, enum ink_table_fault fault); /* this row cannot be read */
    /* A line above the first row that begins with "#", or NULL: then it is the first row. */
    void (*comment)(void *context, const uint8_t *line, size_t bytes);
};

struct ink_table {
    const struct ink_segment *input;
    const struct ink_table_use *use;
    void *context;
    uint64_t row_line; /* where the open row starts, from 1 */
    bool stop;         /* set by the callbacks: no more is wanted */
    char delimiter;    /* found by ink_table_begin */

    uint64_t line, offset; /* the rest is the reader's own: of the next byte */
    uint64_t row_offset;
    bool row_open;
    bool skipping;       /* to the end of a line that no chunk holds */
    uint32_t rows_ended; /* by the piece being fed */
    struct csv_parser parser;
    uint8_t chunk[INK_TABLE_ROW_BYTES];
};

/* Find the first row and the delimiter; comments on the way are told. `table` is zeroed but for
 * input, use and context. False: there is no row in the first INK_TABLE_ROW_BYTES. */
bool ink_table_begin(struct ink_table *table);

/* Read all rows, from where ink_table_begin found the first. Returns an exit code. */
int ink_table_read(struct ink_table *table) INK_MUST_USE;

#endif
