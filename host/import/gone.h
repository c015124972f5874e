/* What was cancelled or replaced, in whichever input that is said. */
#ifndef INK_IMPORT_GONE_H
#define INK_IMPORT_GONE_H

#include "core/ink_types.h"

/* Revs from here on are times; a version of that number there never was. */
#define INK_REV_TIMES 1000000

/* Ids that were cancelled, with the highest rev that said so; and series with their newest rev,
 * whose instances of other versions go. */
struct ink_gone;

/* NULL: no memory. */
struct ink_gone *ink_gone_new(void);
void ink_gone_free(struct ink_gone *gone);

/* All that add return false if there is no memory. */
bool ink_gone_add(struct ink_gone *gone, uint64_t id, uint32_t rev);

/* The same where only a version's number is known: what has a time goes, too. */
bool ink_gone_add_number(struct ink_gone *gone, uint64_t id, uint32_t number);

/* A version of a series; and one of the records that stand for it. */
bool ink_gone_series(struct ink_gone *gone, uint64_t series, uint32_t rev);
bool ink_gone_member(struct ink_gone *gone, uint64_t id, uint64_t series);

/* Is the record gone? */
bool ink_gone_has(struct ink_gone *gone, uint64_t id, uint32_t rev);

/* How many were cancelled; can any record be gone? */
size_t ink_gone_count(const struct ink_gone *gone);
bool ink_gone_any(struct ink_gone *gone);

#endif
