/* Part of condense, passes 4 and 5: every record accounted for, and the texts of the kept ones. */
#ifndef INK_ACCOUNT_H
#define INK_ACCOUNT_H

#include "core/ink_ids.h"

/* Flag of an event whose live version was met in this pass; none in a digest that is done. */
#define INK_EVENT_SEEN 0x80

/* Before pass 4: put the events in order. */
void ink_account_begin(struct ink_condense *condense);

/* Pass 4: a record is a copy, an old version, kept, merged or hidden. */
void ink_account(struct ink_condense *condense, const struct ink_record *record);

/* What a record is; `event`: that of its id, or null. Remembers that the live version was met. */
enum ink_ids_verdict ink_judge(struct ink_condense *condense, struct ink_event *event,
                               const struct ink_record *record);

/* Before pass 5: give the texts room, now that their lengths are known. */
void ink_account_give_room(struct ink_condense *condense);

/* Pass 5: copy the texts of one that is kept. */
void ink_fetch(struct ink_condense *condense, const struct ink_record *record);

/* After it: the digest in order of time. */
void ink_account_end(struct ink_condense *condense);

#endif
