/* Small words of markwhen's lines. */
#ifndef INK_IMPORT_MARKWHEN_WORDS_H
#define INK_IMPORT_MARKWHEN_WORDS_H

#include "import/markwhen_text.h"

/* Copy what fits, terminated. */
void ink_mw_keep(char *out, size_t cap, const char *text, size_t bytes);

/* "key: value"; the key is one word, quotes or brackets around the value are taken off. */
bool ink_mw_pair(const char *line, size_t bytes, struct ink_mw_word *key,
                 struct ink_mw_word *value);

/* Is it this word, in any case? */
bool ink_mw_is(const struct ink_mw_word *word, const char *name);

bool ink_mw_begins(const char *line, size_t bytes, const char *with);

/* Is a file that begins so of markwhen? Only what may stand in a header, then an event; and a
 * second one, or a title or dateFormat before it, so that a line that happens to begin with a date
 * is none. */
bool ink_mw_knows(const char *head, size_t bytes);

#endif
