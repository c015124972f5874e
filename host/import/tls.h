/* Dated sentences of timeline summarization data: date <TAB> source [<TAB> how] <TAB> text, one a
 * line; the source "-" is none. `how` is skipped.
 */
#ifndef INK_IMPORT_TLS_H
#define INK_IMPORT_TLS_H

#include <stdio.h>

#include "segment.h"
#include "survey.h"

/* Append the records of `input` to `cbor` as a CBOR sequence. Returns INK_EXIT_OK, also when lines
 * were refused (see survey), or prints why not and returns a code. */
int ink_import_tls(const struct ink_segment *input, FILE *cbor,
                   struct ink_survey *survey) INK_MUST_USE;

#endif
