/* What the bake programs share: messages that say where, and output files that are whole or absent.
 */
#ifndef BAKE_OUT_H
#define BAKE_OUT_H

#include <stdbool.h>
#include <stdio.h>

/* Exit codes, the same as those of `inkline`. */
enum { BAKE_DONE = 0, BAKE_USAGE = 2, BAKE_REFUSED = 65, BAKE_IO = 74 };

#define BAKE_PATH_BYTES 512

/* Print "file:line: message" and, on a line of its own, the hint. Line 0 is left out, and so is a
 * null hint. Always returns false, so that a check can end with `return bake_error(...)`. */
bool bake_error(const char *file, int line, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A file that takes its name only when it is complete. */
struct bake_out {
    FILE *stream;
    const char *path;
    char beside[BAKE_PATH_BYTES];
};

/* Open a file beside `path`, which must live until the end. False after a message. */
bool bake_out_open(struct bake_out *out, const char *path);

/* Sync the file and give it its name. False after a message; nothing is left behind then. */
bool bake_out_commit(struct bake_out *out);

#endif
