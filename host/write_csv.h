/* Records and facts as CSV or TSV, such that import/csv.h reads the same back (RFC 4180). */
#ifndef INK_WRITE_CSV_H
#define INK_WRITE_CSV_H

#include <stdio.h>

#include "core/ink_record.h"

/* The facts as "# key: value" lines, then the header row with all fields. A zone is written by
 * name: its offsets come from the reader's database. */
void ink_write_csv_begin(FILE *to, const struct ink_story *story, char delimiter);

/* One row. */
void ink_write_csv_record(FILE *to, const struct ink_record *record, char delimiter);

#endif
