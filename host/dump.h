/* The nouns as text: one line a thing, stable, for people and for golden files. */
#ifndef INK_DUMP_H
#define INK_DUMP_H

#include <stdio.h>

#include "core/ink_digest.h"
#include "core/ink_page.h"
#include "feed.h"
#include "inputs.h"

/* The id of the event that an ITEM op belongs to, from its payload; 0: none. */
static inline uint64_t ink_dump_id(struct ink_span payload) {
    uint64_t id = 0;
    memcpy(&id, payload.at, sizeof id);
    return id;
}

/* The story, then every good record in input order, as NDJSON. Returns an exit code. */
int ink_dump_records(FILE *to, const struct ink_inputs *inputs) INK_MUST_USE;

/* The digest, and below each event why it was kept; at the end the best of what was not;
 * without reasons if `why` is null. */
void ink_dump_digest(FILE *to, const struct ink_digest *digest, const struct ink_why *why);
void ink_dump_page(FILE *to, const struct ink_page *page);

/* The text of a TEXT op in reading order, as drawn: its runs one after the other. Written to `out`,
 * which has room for INK_DUMP_TEXT_BYTES, unless the payload is the text itself. */
#define INK_DUMP_TEXT_BYTES 1024
struct ink_span ink_dump_text(const struct ink_op *op, struct ink_span payload, char *out);

#endif
