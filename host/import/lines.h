/* The lines of a text, one after the other, in flat memory. They end with LF, CR LF or CR; a byte
 * order mark is passed over. */
#ifndef INK_IMPORT_LINES_H
#define INK_IMPORT_LINES_H

#include "segment.h"

#define INK_LINES_BYTES                                                                            \
    65536 /* of a line with its end; a longer one is told as such and passed                       \
           */

enum ink_lines_found {
    INK_LINES_ONE,    /* a line: text, bytes (without its end) */
    INK_LINES_LONG,   /* one of more than INK_LINES_BYTES; it is passed over */
    INK_LINES_END,    /* there are no more */
    INK_LINES_FAILED, /* reading failed (printed) */
};

struct ink_lines {
    uint64_t line; /* the number of the line at hand, from 1 */
    char *text;    /* lives until the next one is asked for; may be changed */
    size_t bytes;

    const struct ink_segment *input; /* the rest is the reader's own */
    uint64_t offset;                 /* of the next bytes to read */
    size_t at, held;                 /* in the buffer: of the next line; all */
    bool ended, skipping;            /* nothing is left to read; to the end of a long line */
    char buffer[INK_LINES_BYTES];
};

static inline void ink_lines_begin(struct ink_lines *lines, const struct ink_segment *input) {
    lines->input = input;
    lines->line = lines->offset = 0;
    lines->at = lines->held = 0;
    lines->ended = lines->skipping = false;
}

enum ink_lines_found ink_lines_next(struct ink_lines *lines);

#endif
