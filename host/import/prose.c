#include "import/prose.h"

#include <string.h>

#include "core/ink_fold.h"
#include "import/plain.h"

uint32_t ink_prose_letter(const struct ink_prose *text, size_t *at) {
    uint32_t letter = INK_FOLD_SKIP;
    while (letter == INK_FOLD_SKIP && *at < text->bytes) {
        const uint8_t byte = (uint8_t)text->at[*at];
        if (byte < 0x80) {
            letter = ink_fold_ascii[byte];
            (*at)++;
        } else {
            letter = ink_fold(ink_plain_point(text->at, text->bytes, at));
        }
    }
    return letter == INK_FOLD_SKIP ? INK_FOLD_SEPARATOR : letter;
}

/* Behind the separators from `at` on, within the line. */
static size_t pass_separators(const struct ink_prose *text, size_t at) {
    size_t next = at;
    while (at < text->bytes && text->at[at] != '\n' && text->at[at] != '\r' &&
           ink_prose_letter(text, &next) == INK_FOLD_SEPARATOR) {
        at = next;
    }
    return at;
}

static size_t pass_words(const struct ink_prose *text, size_t at, const char *words) {
    const struct ink_prose want = {words, strlen(words)};
    size_t next = at;
    for (size_t i = 0; i < want.bytes;) {
        const uint32_t letter = ink_prose_letter(&want, &i);
        if (letter != INK_FOLD_SEPARATOR) {
            if (next >= text->bytes || ink_prose_letter(text, &next) != letter) {
                return 0;
            }
            continue;
        }
        const size_t behind = pass_separators(text, next);
        if (behind == next) {
            return 0;
        }
        next = behind;
    }
    size_t end = next;
    return next == text->bytes || ink_prose_letter(text, &end) == INK_FOLD_SEPARATOR ? next : 0;
}

size_t ink_prose_pass(const struct ink_prose *text, size_t at, const char *const *list) {
    size_t longest = 0;
    for (; *list != NULL; list++) {
        const size_t behind = pass_words(text, at, *list);
        longest = behind > longest ? behind : longest;
    }
    return longest;
}
