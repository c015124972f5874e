/* What lets people into a meeting: links, numbers to dial, ids and PINs, as they stand in the title
 * and the place of an event. None of it is for a wall, where anybody can read it. It ends the text:
 * what stands behind it belongs to it, and what only leads up to it ("join at", "(Signal") goes,
 * too. */
#ifndef INK_IMPORT_INVITATION_H
#define INK_IMPORT_INVITATION_H

#include "core/ink_types.h"

/* Bytes of a title before it. */
size_t ink_invitation_headline(const char *text, size_t bytes);

/* Bytes of a place before it. What names a program for meetings ("Réunion Microsoft Teams") is no
 * place, whatever else it says up to the next comma or bracket before. */
size_t ink_invitation_place(const char *text, size_t bytes);

/* Does this address open a meeting? */
bool ink_invitation_is_join(const char *url, size_t bytes);

#endif
