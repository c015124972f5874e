/* Texts of other formats to plain text in one line. */
#ifndef INK_IMPORT_PLAIN_H
#define INK_IMPORT_PLAIN_H

#include "core/ink_types.h"

/* Copy text with runs of blanks and line ends as one space (as one U+00A0 if they are nothing but
 * that), none at the ends, and without controls and emoji. C1 controls are taken for windows-1252,
 * broken UTF-8 becomes U+FFFD. At most `cap` bytes, whole code points; returns their number. */
size_t ink_plain_text(char *out, size_t cap, const char *text, size_t bytes);

/* The same of HTML: tags and comments go, and what stands in script, style, and the like with them;
 * tags that begin a new line of text count as a blank; entities by number or name are resolved, one
 * that is none stays as it is. What only looks like a tag ("3 < 5") is text, and so is what stands
 * in <![CDATA[ ]]>; a tag that was cut off at the end ("<a hre") goes. */
size_t ink_plain_html(char *out, size_t cap, const char *html, size_t bytes);

/* Take the words that are links (http:, https:, www., mailto:, tel:) out of one line of text, in
 * place: a wall cannot be clicked. Returns what is left. */
size_t ink_plain_drop_links(char *text, size_t bytes);

/* The code point at `at`, U+FFFD for a byte that begins none; moves it on. */
uint32_t ink_plain_point(const char *text, size_t bytes, size_t *at);

/* A code point as UTF-8; returns the number of bytes. */
size_t ink_plain_encode(char out[4], uint32_t point);

/* Resolve the entities of a text in place, and nothing else: none is shorter than what it stands
 * for. Returns what is left. */
size_t ink_plain_entities(char *text, size_t bytes);

/* The code point of a named entity of HTML 4 (and apos), without & and ;, case matters; 0: none.
 * Source: HTML 4.01, section 24. */
uint32_t ink_entity(const char *name, size_t bytes);

#endif
