/* What the ids of a markwhen document stand for: a table of a fixed size. */
#ifndef INK_IMPORT_MARKWHEN_IDS_H
#define INK_IMPORT_MARKWHEN_IDS_H

#include "import/markwhen_range.h"

#define INK_MW_IDS      16384 /* places, a power of two */
#define INK_MW_IDS_MOST 12288 /* ids that are kept; nothing can count from later ones */

struct ink_mw_ids {
    size_t count;
    struct {
        uint64_t hash; /* 0: free */
        struct ink_mw_span span;
    } at[INK_MW_IDS];
};

/* What a side of a range counts from by its id; NULL: it names none, or none that is known. */
const struct ink_mw_span *ink_mw_ids_find(const struct ink_mw_ids *ids,
                                          const struct ink_mw_side *side);

/* The first event of an id has it. Returns false if there was one. */
bool ink_mw_ids_keep(struct ink_mw_ids *ids, const char *id, const struct ink_mw_span *span);

#endif
