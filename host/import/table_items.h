/* Delimited tables of other programs: each row as leaves (leaves.h), one after the other.
 *
 * Paths are the names of the columns, in lower case and trimmed: "end year". An empty cell is no
 * leaf. A row that cannot be read is said with the line it starts on, and costs only itself.
 */
#ifndef INK_IMPORT_TABLE_ITEMS_H
#define INK_IMPORT_TABLE_ITEMS_H

#include "import/import.h"
#include "import/leaves.h"

#define INK_TABLE_COLUMNS 256 /* those beyond are left out */

struct ink_table_shape {
    /* Names in the order of the columns, where the table has no header row; ends with NULL. */
    const char *const *columns;
    /* One row; `line` is where it starts, from 1. */
    void (*row)(struct ink_import *in, void *context, const struct ink_leaves *row, uint64_t line);
    void *context;
};

/* Take each row of in->input. Returns an exit code. */
int ink_table_items(struct ink_import *in, const struct ink_table_shape *shape) INK_MUST_USE;

/* Has the first row of a file a column of each of these names ("year|headline")? For `knows`. */
bool ink_table_has(const char *head, size_t bytes, const char *names);

#endif
