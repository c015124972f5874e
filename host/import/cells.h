/* Cells of text, one a field, to a record: the checks that every textual importer shares. */
#ifndef INK_IMPORT_CELLS_H
#define INK_IMPORT_CELLS_H

#include "core/ink_reason.h"
#include "core/ink_record.h"
#include "survey.h"

/* Texts as found, spaces at the ends trimmed; no bytes: absent. */
struct ink_cells {
    struct {
        char *at; /* line ends and tabs inside are made spaces in place */
        size_t bytes;
    } field[INK_FIELD_COUNT];
};

/* Make a record of the cells; its texts point into them. An over-long text is cut at a grapheme
 * boundary and marked in record->cuts. Returns INK_REASON_NONE, or why it is no record; then
 * *bad is the field concerned. */
enum ink_reason ink_cells_record(struct ink_cells *cells, struct ink_record *record, int *bad);

/* What to say of cells that are no record: `problem` gets all but its place. The words that it
 * points to are in `words`, which must stay as long. */
struct ink_cells_words {
    char what[INK_QUOTE_BYTES + 32], hint[INK_WORDS_BYTES];
};
void ink_cells_explain(struct ink_problem *problem, enum ink_reason reason, int bad,
                       const struct ink_cells *cells, struct ink_cells_words *words);

/* One story fact as text into `story`; `fact` is INK_S_*, never INK_S_OFFSETS. */
enum ink_reason ink_cells_fact(struct ink_story *story, int fact, const char *text, size_t bytes);

/* The field that other programs call `name`, or that is spelt much like it; NULL: none. */
const char *ink_cells_like(const char *name, size_t bytes);

/* The story fact (INK_S_*) of that name, in any case and with spaces or hyphens; -1: none. */
int ink_cells_find_fact(const char *name, size_t bytes);

#endif
