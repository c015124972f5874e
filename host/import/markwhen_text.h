/* What markwhen writes into the text of an event beside the text. */
#ifndef INK_IMPORT_MARKWHEN_TEXT_H
#define INK_IMPORT_MARKWHEN_TEXT_H

#include "core/ink_types.h"

/* Bytes of a text that are kept; more would be cut in a record anyway. */
#define INK_MW_TEXT 2048

struct ink_mw_word {
    const char *at; /* NULL: none */
    size_t bytes;
};

/* Words point into the line. */
struct ink_mw_text {
    struct ink_mw_word tag;   /* the first one */
    struct ink_mw_word id;    /* "!id", the first one */
    struct ink_mw_word place; /* [place](location) */
    struct ink_mw_word link;  /* the first one */
    int links;
    size_t bytes;
    char out[INK_MW_TEXT]; /* the text alone */
};

/* Take a text apart: links keep their text, images and addresses go; tags and ids at its end go, a
 * tag inside stays as a word. */
void ink_mw_text_read(struct ink_mw_text *text, const char *line, size_t bytes);

/* Take "[ ]" or "[x]" off the beginning: ' ' or 'x', 0 if there is none. */
char ink_mw_take_box(const char **line, size_t *bytes);

#endif
