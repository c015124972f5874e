/* The texts of feeds: what their type says of how they are to be read. */
#ifndef INK_IMPORT_FEED_TEXT_H
#define INK_IMPORT_FEED_TEXT_H

#include "import/leaves.h"

/* Bring the value at `path` to HTML, whatever its type (RFC 4287, 3.1.1 and 4.1.3; and those of
 * Atom 0.3, with its mode): what is text by its type is escaped, base64 is decoded, and what is no
 * text at all becomes empty. A value without a type is text if `plain`, else HTML. */
void ink_feed_text(struct ink_leaves *leaves, const char *path, bool plain);

/* Of people (authors and sources): of "me@example.org (My Name)", "My Name (me@example.org)" and
 * "My Name <me@example.org>" the name, in place; an address alone becomes empty, and so do an
 * account ("admin") and the credit of a picture ("UN Photo/Jo Bo", "Photo: Jo Bo", "(c) Jo Bo"),
 * who is nobody who says so.
 */
void ink_feed_people(struct ink_leaves *leaves);

/* Entities in what should be plain text ("AT&amp;T", also escaped twice), resolved in place. */
void ink_feed_entities(struct ink_leaves *leaves, const char *path);

#endif
