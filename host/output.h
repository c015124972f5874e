/* An output file that is there whole or not at all.
 *
 * It is written beside its place under a temporary name, synced, and renamed; until then an old
 * file of that name is untouched. "-" and things that are no regular files (/dev/stdout, a pipe)
 * are written directly. One output may be open at a time: an interrupt removes its temporary file.
 */
#ifndef INK_OUTPUT_H
#define INK_OUTPUT_H

#include <stdio.h>

#include "core/ink_types.h"

struct ink_output {
    FILE *file;       /* write here */
    char *path;       /* final place, symbolic links followed; NULL if written directly */
    char *temp;       /* temporary name, or NULL */
    const char *name; /* as given, for messages */
};

/* True if both names lead to one file: links followed, whether it exists or not; "-" is the file
 * that standard input (of `a`, if `a_is_input`) or standard output is redirected to. Devices and
 * pipes are never the same. */
bool ink_output_is_same(const char *a, bool a_is_input, const char *b);

/* Warn if a picture is to get a name that does not say so. */
void ink_output_advise_png(const char *name);

/* Say why writing to `name` failed (errno); returns an exit code. */
int ink_output_failed(const char *name, const char *verb);

/* Returns INK_EXIT_OK, or prints why not and returns an exit code. */
int ink_output_open(struct ink_output *output, const char *name) INK_MUST_USE;

/* Put the file in its place. Returns INK_EXIT_OK, or prints why not, leaves the old file and
 * returns an exit code. Either way the output is closed. */
int ink_output_commit(struct ink_output *output) INK_MUST_USE;

/* Close and remove what was written; the old file stays. */
void ink_output_abandon(struct ink_output *output);

#endif
