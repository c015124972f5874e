/* In which format an input is. */
#ifndef INK_FORMAT_H
#define INK_FORMAT_H

#include "segment.h"

struct ink_importer;

enum ink_input_format {
    INK_INPUT_UNKNOWN,
    INK_INPUT_CSV,
    INK_INPUT_NDJSON,
    INK_INPUT_INK,
    INK_INPUT_TLS,
    INK_INPUT_FOREIGN /* by an importer of import/import.h */
};

/* A file that is none of ours, or not in the format that its name says. */
struct ink_doubt {
    const char *magic;
    uint8_t bytes;
    bool certain; /* no text of ours begins so */
    const char *what, *hint;
};

struct ink_found {
    enum ink_input_format format; /* UNKNOWN: it cannot be used, `doubt` and `rule` say why */
    const struct ink_importer *importer; /* of FOREIGN */
    const struct ink_doubt *doubt;       /* what it seems to be, if nothing in it can be used */
    const char *rule;
};

/* Our format of a name such as "ndjson" or "csv". */
enum ink_input_format ink_format_named(const char *name);

/* The same by the extension of a file name. */
enum ink_input_format ink_format_of_path(const char *path);

/* Is it no text, by --from or else by its name? */
bool ink_format_is_binary(const struct ink_segment *segment, const char *from);

/* The format of an opened input, by --from (may be NULL), else by its content, else by its name. */
struct ink_found ink_format_find(const struct ink_segment *segment, const char *from);

#endif
