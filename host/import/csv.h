/* CSV and TSV to records (RFC 4180 and what spreadsheets make of it), through libcsv.
 *
 *     # title: Kursk, August 2024        story facts above the header row
 *     # zone: Europe/Kyiv
 *     when,headline,source,status        names of fields, any order, case ignored
 *     2024-08-06T05:30,...
 *
 * The delimiter (, ; or tab) is found from the header row. A row that cannot be read is said with
 * the line it starts on, and costs only itself: after a quote that never ends reading goes on with
 * the next line.
 */
#ifndef INK_IMPORT_CSV_H
#define INK_IMPORT_CSV_H

#include <stdio.h>

#include "segment.h"
#include "survey.h"

/* Append the records of `input`, and the story's facts, to `cbor` as a CBOR sequence. Returns
 * INK_EXIT_OK, also when rows were refused (see survey), or prints why not and returns a code. */
int ink_import_csv(const struct ink_segment *input, FILE *cbor,
                   struct ink_survey *survey) INK_MUST_USE;

#endif
