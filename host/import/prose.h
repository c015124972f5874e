/* Words in texts of people and of their programs. Case and accents do not matter, and any blank or
 * punctuation stands between words. */
#ifndef INK_IMPORT_PROSE_H
#define INK_IMPORT_PROSE_H

#include "core/ink_types.h"

struct ink_prose {
    const char *at;
    size_t bytes;
};

/* The letter at `at`, folded (ink_fold.h), or INK_FOLD_SEPARATOR; moves it on. */
uint32_t ink_prose_letter(const struct ink_prose *text, size_t *at);

/* Behind the longest of these that stands at `at` in whole words and in one line; 0: none does. A
 * blank in them stands for any separators. The list ends with NULL. */
size_t ink_prose_pass(const struct ink_prose *text, size_t at, const char *const *list);

#endif
