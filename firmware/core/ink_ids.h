/* Part of condense: the table of ids told apart.
 *
 * Open addressing with linear probing. When it is three quarters full, half of all possible ids
 * (by a fixed hash of the id) are no longer told apart; which ids are left depends on the set
 * of ids alone, not on their order.
 */
#ifndef INK_IDS_H
#define INK_IDS_H

#include "core/ink_condense.h"

/* Empty the table. */
void ink_ids_clear(struct ink_condense *condense);

/* Note one version of an id: the highest rev stays, and of its contents the greatest hash. True if
 * the id was known. */
bool ink_ids_note(struct ink_condense *condense, const struct ink_record *record);

enum ink_ids_verdict {
    INK_IDS_LIVE,       /* the live version, for the first time, or an id not told apart */
    INK_IDS_DUPLICATE,  /* the live version again, or another content under its rev */
    INK_IDS_SUPERSEDED, /* an older version, or withdrawn and gone */
};

/* Withdrawn, and its time on the page is over. */
static inline bool ink_is_struck(const struct ink_condense *condense,
                                 const struct ink_record *record) {
    return condense->struck && record->status == INK_WITHDRAWN;
}

/* Begin a pass of judging: no live version was seen in it. */
void ink_ids_begin_pass(struct ink_condense *condense);

/* Judge one version, once the first pass is over; remembers that the live one was seen. */
enum ink_ids_verdict ink_ids_judge(struct ink_condense *condense, const struct ink_record *record);

#endif
