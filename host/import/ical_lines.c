#include "import/ical_lines.h"

#include <strings.h>

#include "import/line.h"

void ink_ical_lines_begin(struct ink_ical_lines *lines, const struct ink_segment *input) {
    lines->input = input;
    lines->offset = 0;
    lines->at = lines->used = 0;
    lines->next_line = 1;
    lines->failed = false;
}

/* The byte at hand, -1 at the end. */
static int peek(struct ink_ical_lines *lines) {
    if (lines->at == lines->used && !lines->failed) {
        const long count =
            ink_segment_read(lines->input, lines->offset, lines->chunk, sizeof lines->chunk);
        lines->failed = count < 0;
        lines->used = count > 0 ? (size_t)count : 0;
        lines->at = lines->offset == 0 ? ink_line_mark(lines->chunk, lines->used) : 0;
        lines->offset += lines->used;
    }
    return lines->at < lines->used ? lines->chunk[lines->at] : -1;
}

static void keep(struct ink_ical_lines *lines, int byte) {
    if (lines->bytes == INK_ICAL_LINE_BYTES) {
        lines->cut = true;
        return;
    }
    lines->text[lines->bytes++] = byte != 0 ? (char)byte : ' ';
}

/* Pass the end of a line: LF, CR LF, or CR alone. */
static void pass_end(struct ink_ical_lines *lines, int byte) {
    if (byte == '\r' && peek(lines) == '\n') {
        lines->at++;
    }
    lines->next_line++;
}

/* Empty lines part nothing, not even what is folded: some programs end each line twice. Returns the
 * byte behind them. */
static int pass_empty(struct ink_ical_lines *lines) {
    int byte = peek(lines);
    for (; byte == '\r' || byte == '\n'; byte = peek(lines)) {
        lines->at++;
        pass_end(lines, byte);
    }
    return byte;
}

bool ink_ical_lines_next(struct ink_ical_lines *lines) {
    lines->bytes = 0;
    lines->cut = false;
    lines->line = lines->next_line;
    for (int byte = peek(lines); byte >= 0; byte = peek(lines)) {
        lines->at++;
        if (byte != '\r' && byte != '\n') {
            keep(lines, byte);
            continue;
        }
        pass_end(lines, byte);
        byte = pass_empty(lines);
        if (lines->bytes > 0 && byte != ' ' && byte != '\t') {
            break;
        }
        if (lines->bytes > 0) {
            lines->at++; // folded: the blank is no part of it
        } else {
            lines->line = lines->next_line;
        }
    }
    lines->text[lines->bytes] = '\0';
    return lines->bytes > 0 && !lines->failed;
}

const char *ink_ical_lines_mark(struct ink_ical_lines *lines, const char *begin_or_end) {
    const size_t length = strlen(begin_or_end);
    char *name = lines->text;
    if (strncasecmp(name, begin_or_end, length) != 0) {
        return NULL;
    }
    name += length;
    name += strspn(name, " \t");
    if (*name != ':') {
        return NULL;
    }
    name++;
    name += strspn(name, " \t");
    for (size_t end = strlen(name); end > 0 && strchr(" \t", name[end - 1]) != NULL; end--) {
        name[end - 1] = '\0';
    }
    return name;
}

const char *ink_ical_value(const char *line) {
    bool quoted = false;
    for (; *line != '\0'; line++) {
        quoted = quoted != (*line == '"');
        if (*line == ':' && !quoted) {
            return line + 1;
        }
    }
    return NULL;
}
