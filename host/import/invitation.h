/* What programs for meetings add to the text of an event so that people can join: links, numbers to
 * dial, ids and PINs. None of it is for a wall, where anybody can read it. */
#ifndef INK_IMPORT_INVITATION_H
#define INK_IMPORT_INVITATION_H

#include "core/ink_types.h"

struct ink_invitation {
    size_t from; /* the line or sentence in which it begins, with what leads up to it */
    size_t at;   /* where exactly */
};

/* The first invitation in a text of lines, plain or HTML: a link that opens a meeting, a heading of
 * such a block, or a number or word that lets in ("Meeting ID: 123", "PIN 99#"). What follows it
 * belongs to it. Both are `bytes` if there is none. */
struct ink_invitation ink_invitation_find(const char *text, size_t bytes);

/* Does this address open a meeting? */
bool ink_invitation_is_join(const char *url, size_t bytes);

#endif
