#include "import/lines.h"

#include "import/line.h"

/* Bytes of the line at hand with its end; 0: it has not come whole. */
static size_t whole_line(const struct ink_lines *lines) {
    const uint8_t *at = (const uint8_t *)lines->buffer + lines->at;
    const size_t left = lines->held - lines->at;
    const size_t bytes = left > 0 ? ink_line_bytes(at, left) : 0;
    const bool ends =
        bytes > 0 && (at[bytes - 1] == '\n' || (at[bytes - 1] == '\r' && bytes < left));
    return ends || lines->ended ? bytes : 0;
}

/* Make room, and read on. False: reading failed. */
static bool fill(struct ink_lines *lines) {
    memmove(lines->buffer, lines->buffer + lines->at, lines->held - lines->at);
    lines->held -= lines->at;
    lines->at = 0;
    const long count =
        ink_segment_read(lines->input, lines->offset, (uint8_t *)lines->buffer + lines->held,
                         sizeof lines->buffer - lines->held);
    if (count < 0) {
        return false;
    }
    lines->held += (size_t)count;
    lines->at = lines->offset == 0 ? ink_line_mark(lines->buffer, lines->held) : 0;
    lines->offset += (uint64_t)count;
    lines->ended = count == 0;
    return true;
}

/* The line at hand, less its end; the rest of a long one is passed in silence. */
static bool take(struct ink_lines *lines, size_t bytes) {
    const bool skipped = lines->skipping;
    lines->text = lines->buffer + lines->at;
    lines->at += bytes;
    lines->skipping = false;
    while (bytes > 0 && (lines->text[bytes - 1] == '\n' || lines->text[bytes - 1] == '\r')) {
        bytes--;
    }
    lines->bytes = bytes;
    lines->line += !skipped;
    return !skipped;
}

enum ink_lines_found ink_lines_next(struct ink_lines *lines) {
    for (;;) {
        const size_t bytes = whole_line(lines);
        if (bytes > 0) {
            if (take(lines, bytes)) {
                return INK_LINES_ONE;
            }
            continue;
        }
        if (lines->ended) {
            return INK_LINES_END;
        }
        const bool full = lines->at == 0 && lines->held == sizeof lines->buffer;
        const bool first = full && !lines->skipping;
        lines->held = full ? 0 : lines->held;
        lines->skipping = lines->skipping || full;
        lines->line += first;
        if (first) {
            return INK_LINES_LONG;
        }
        if (!fill(lines)) {
            return INK_LINES_FAILED;
        }
    }
}
