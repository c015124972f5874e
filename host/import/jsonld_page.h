/* JSON-LD inside of pages. */
#ifndef INK_IMPORT_JSONLD_PAGE_H
#define INK_IMPORT_JSONLD_PAGE_H

#include "segment.h"

/* Make a segment of an HTML page in which everything but the text of its <script
 * type="application/ld+json"> is blank, so that lines and columns stay; each script ends with a
 * record separator (RFC 7464). Returns an exit code; the caller closes `out`. */
int ink_jsonld_scripts(const struct ink_segment *page, struct ink_segment *out) INK_MUST_USE;

#endif
