/* Part of condense, passes 4 and 5: every record accounted for, and the texts of the kept ones. */
#ifndef INK_ACCOUNT_H
#define INK_ACCOUNT_H

#include "core/ink_condense.h"

/* Before pass 4: put the events in order, and give their texts room. */
void ink_account_begin(struct ink_condense *condense);

/* Pass 4: a record is a copy, an old version, kept, merged or hidden. */
void ink_account(struct ink_condense *condense, const struct ink_record *record);

/* Pass 5: copy the texts of one that is kept. */
void ink_fetch(struct ink_condense *condense, const struct ink_record *record);

/* After it: the digest in order of time. */
void ink_account_end(struct ink_condense *condense);

#endif
