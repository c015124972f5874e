/* What the program says: exit codes, error lines, and problems found in inputs.
 *
 *     inkline: FILE:LINE: what; expected ...; hint: ...
 *
 * A problem of an input goes to standard error (render, convert) or, for `check`, to standard
 * output as text or JSON. `.ink` files have byte offsets where text files have lines.
 */
#ifndef INK_SAY_H
#define INK_SAY_H

#include "core/ink_types.h"

enum ink_exit {
    INK_EXIT_OK = 0,
    INK_EXIT_USAGE = 2,   /* the command line is wrong */
    INK_EXIT_DATA = 65,   /* input refused: --strict, or nothing usable */
    INK_EXIT_DEVICE = 69, /* a device or service failed, or was not built in */
    INK_EXIT_IO = 74      /* reading or writing failed */
};

enum ink_say_mode { INK_SAY_STDERR, INK_SAY_TEXT, INK_SAY_JSON };

/* One problem; NULL where there is nothing to say. Nothing is kept after the call. */
struct ink_problem {
    const char *file;
    uint64_t at;          /* line from 1, or byte offset; 0 and a line: the whole file */
    uint64_t column;      /* byte of the line, from 1; 0: not known, or the whole line */
    bool by_offset;       /* `at` is a byte offset */
    bool warning;         /* the record or fact is used all the same */
    const char *rule;     /* stable id */
    const char *field;    /* the field or column concerned */
    const char *what;     /* what was found, one clause */
    const char *expected; /* one clause that says so: "expected ..." */
    const char *hint;
};

struct ink_say {
    enum ink_say_mode mode;
    uint32_t limit; /* problems shown on standard error; the rest is only counted. 0: no limit */
    uint32_t errors, warnings;
};

/* Count a problem and show it. */
void ink_say_problem(struct ink_say *say, const struct ink_problem *problem);

/* Close the list: how many problems were counted but not shown. */
void ink_say_rest(const struct ink_say *say);

/* Print "inkline: ...; hint: ..." and return `code`. `hint` may be NULL. */
int ink_fail(enum ink_exit code, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Print "inkline: warning: ...". */
void ink_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* `text` quoted and shortened for a message: control and bad bytes as \xNN, at most 40 bytes
 * of it, "..." after a cut. Returns `out`. */
#define INK_QUOTE_BYTES 176
const char *ink_quote(char out[INK_QUOTE_BYTES], const char *text, size_t bytes);

/* The one of `names` that is nearest to `word` (case ignored), or NULL if none is near.
 * `stride` is the distance of the names' pointers in memory. */
const char *ink_nearest(const char *word, size_t bytes, const void *names, size_t stride,
                        size_t count);

/* Edit distance (a swap of neighbours is one edit) without regard to ASCII case; 99 if either is
 * longer than 63 bytes. */
unsigned ink_edit_distance(const char *a, size_t a_bytes, const char *b, size_t b_bytes);

#endif
