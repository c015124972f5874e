/* Content lines of iCalendar (RFC 5545, section 3.1), unfolded one after the other. */
#ifndef INK_IMPORT_ICAL_LINES_H
#define INK_IMPORT_ICAL_LINES_H

#include "segment.h"

#define INK_ICAL_LINE_BYTES 65536 /* of a content line; the rest of a longer one is dropped */

enum { INK_ICAL_CHUNK_BYTES = 65536 };

struct ink_ical_lines {
    const struct ink_segment *input;
    uint64_t offset;    /* of the chunk's end */
    size_t at, used;    /* in the chunk */
    uint64_t next_line; /* of the byte at hand, from 1 */
    bool failed;        /* reading failed (printed) */
    uint64_t line;      /* where the content line at hand begins */
    bool cut;           /* it was longer than INK_ICAL_LINE_BYTES */
    size_t bytes;
    char text[INK_ICAL_LINE_BYTES + 1]; /* zero-terminated; zeros inside are blanks */
    uint8_t chunk[INK_ICAL_CHUNK_BYTES];
};

/* Start over at the first line. */
void ink_ical_lines_begin(struct ink_ical_lines *lines, const struct ink_segment *input);

/* The next content line that is not empty; false: the end, or a failure. */
bool ink_ical_lines_next(struct ink_ical_lines *lines);

/* If the line is "BEGIN:NAME" (or END), in any case: NAME, blanks trimmed in place; else NULL. */
const char *ink_ical_lines_mark(struct ink_ical_lines *lines, const char *begin_or_end);

/* Where a content line's value begins: behind the first colon outside of quotes; NULL: nowhere. */
const char *ink_ical_value(const char *line);

/* Bytes of a content line's name. */
static inline size_t ink_ical_name(const char *line) {
    return strcspn(line, ";: \t");
}

#endif
