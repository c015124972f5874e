#include "say.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/ink_utf8.h"
#include "json.h"

enum { QUOTED_BYTES = 40, WORD_BYTES = 63 };

/* Bytes of the valid UTF-8 sequence at text[at], 0 if there is none. */
static size_t sequence_bytes(const char *text, size_t bytes, size_t at) {
    uint8_t state = 0;
    for (size_t i = at; i < bytes && i < at + 4; i++) {
        state = ink_utf8_step(state, (uint8_t)text[i]);
        if (state == INK_UTF8_BAD) {
            return 0;
        }
        if (state == 0) {
            return i + 1 - at;
        }
    }
    return 0;
}

/* Turns the order of the text around it, or ends a line: a message would read as what it is not. */
static bool misleads(uint32_t point) {
    return point == 0x061C || point == 0x200E || point == 0x200F ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

enum { ESCAPED_BYTES = 12 };

/* What is shown for the bytes at text[*at], which is moved past them: they themselves; of a control
 * or a bad byte "\x1B"; of a control of direction "\u{202E}". */
static size_t show(char out[ESCAPED_BYTES], const char *text, size_t bytes, size_t *at) {
    const size_t count = sequence_bytes(text, bytes, *at);
    const uint8_t byte = (uint8_t)text[*at];
    size_t next = *at;
    const uint32_t point = count > 1 ? ink_utf8_next(text, bytes, &next) : byte;
    int shown;
    if (count == 0 || point < 0x20 || (point >= 0x7F && point < 0xA0)) {
        shown = snprintf(out, ESCAPED_BYTES, "\\x%02X", byte);
        *at += 1;
    } else if (misleads(point)) {
        shown = snprintf(out, ESCAPED_BYTES, "\\u{%04X}", (unsigned)point);
        *at += count;
    } else {
        memcpy(out, text + *at, count);
        shown = (int)count;
        *at += count;
    }
    return (size_t)shown;
}

/* Whatever a name holds, it stays one line and moves no cursor. */
static void put_safely(FILE *to, const char *text) {
    char shown[ESCAPED_BYTES];
    size_t bytes = strlen(text);
    for (size_t at = 0; at < bytes;) {
        fwrite(shown, 1, show(shown, text, bytes, &at), to);
    }
}

static void print_place(FILE *to, const struct ink_problem *problem) {
    put_safely(to, problem->file);
    fputc(':', to);
    if (problem->by_offset) {
        fprintf(to, "byte %llu:", (unsigned long long)problem->at);
    } else if (problem->at != 0) {
        fprintf(to, "%llu:", (unsigned long long)problem->at);
    }
    if (problem->column != 0) {
        fprintf(to, "%llu:", (unsigned long long)problem->column);
    }
}

static void print_text(FILE *to, const struct ink_problem *problem) {
    print_place(to, problem);
    fputs(problem->warning ? " warning: " : " ", to);
    put_safely(to, problem->what);
    if (problem->expected != NULL) {
        fputs("; ", to);
        put_safely(to, problem->expected);
    }
    if (problem->hint != NULL) {
        fputs("; hint: ", to);
        put_safely(to, problem->hint);
    }
}

static void print_json_member(const char *name, const char *text) {
    if (text != NULL) {
        printf(", \"%s\": ", name);
        ink_json_string(stdout, text, strlen(text));
    }
}

static void print_json(const struct ink_problem *problem, bool first) {
    printf("%s\n    {\"severity\": \"%s\"", first ? "" : ",",
           problem->warning ? "warning" : "error");
    print_json_member("rule", problem->rule);
    print_json_member("file", problem->file);
    if (problem->by_offset || problem->at != 0) {
        printf(", \"%s\": %llu", problem->by_offset ? "offset" : "line",
               (unsigned long long)problem->at);
    }
    if (problem->column != 0) {
        printf(", \"column\": %llu", (unsigned long long)problem->column);
    }
    print_json_member("field", problem->field);
    print_json_member("message", problem->what);
    print_json_member("expected", problem->expected);
    print_json_member("hint", problem->hint);
    putchar('}');
}

void ink_say_problem(struct ink_say *say, const struct ink_problem *problem) {
    uint32_t before = say->errors + say->warnings;
    if (problem->warning) {
        say->warnings++;
    } else {
        say->errors++;
    }
    if (say->mode == INK_SAY_JSON) {
        print_json(problem, before == 0);
    } else if (say->mode == INK_SAY_TEXT) {
        print_text(stdout, problem);
        printf(" [%s]\n", problem->rule);
    } else if (say->limit == 0 || before < say->limit) {
        fputs("inkline: ", stderr);
        print_text(stderr, problem);
        fputc('\n', stderr);
    }
}

void ink_say_rest(const struct ink_say *say) {
    uint32_t count = say->errors + say->warnings;
    if (say->mode == INK_SAY_STDERR && say->limit != 0 && count > say->limit) {
        fprintf(stderr, "inkline: and %u more problems; hint: inkline check lists all\n",
                count - say->limit);
    }
}

/* As vfprintf to standard error, safely. */
__attribute__((format(printf, 1, 0))) static void put_format(const char *format, va_list values) {
    char *text = NULL;
    if (vasprintf(&text, format, values) >= 0) {
        put_safely(stderr, text);
        free(text);
    }
}

int ink_fail(enum ink_exit code, const char *hint, const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("inkline: ", stderr);
    put_format(format, values);
    va_end(values);
    if (hint != NULL) {
        fputs("; hint: ", stderr);
        put_safely(stderr, hint);
    }
    fputc('\n', stderr);
    return (int)code;
}

void ink_warn(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("inkline: warning: ", stderr);
    put_format(format, values);
    va_end(values);
    fputc('\n', stderr);
}

const char *ink_quote(char out[INK_QUOTE_BYTES], const char *text, size_t bytes) {
    size_t used = 0;
    size_t at = 0;
    out[used++] = '"';
    while (at < bytes && at < QUOTED_BYTES) { // at most 40 x "\xNN" + quotes and dots: 167
        char shown[ESCAPED_BYTES];
        const size_t count = show(shown, text, bytes, &at);
        memcpy(out + used, shown, count);
        used += count;
    }
    snprintf(out + used, INK_QUOTE_BYTES - used, "%s\"", at < bytes ? "..." : "");
    return out;
}

static unsigned lower(char letter) {
    unsigned byte = (unsigned char)letter;
    return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
}

static unsigned least(unsigned a, unsigned b, unsigned c) {
    unsigned low = a < b ? a : b;
    return low < c ? low : c;
}

/* One row of the table for the prefixes of b; `rows` holds this row, the one above, and the one
 * above that. */
static void next_row(unsigned rows[3][WORD_BYTES + 1], const char *a, size_t i, const char *b,
                     size_t b_bytes) {
    memcpy(rows[2], rows[1], sizeof rows[2]);
    memcpy(rows[1], rows[0], sizeof rows[1]);
    rows[0][0] = (unsigned)i;
    for (size_t j = 1; j <= b_bytes; j++) {
        unsigned change = lower(a[i - 1]) != lower(b[j - 1]);
        rows[0][j] = least(rows[1][j] + 1, rows[0][j - 1] + 1, rows[1][j - 1] + change);
        if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
            lower(a[i - 2]) == lower(b[j - 1])) {
            rows[0][j] = least(rows[0][j], rows[2][j - 2] + 1, rows[0][j]);
        }
    }
}

unsigned ink_edit_distance(const char *a, size_t a_bytes, const char *b, size_t b_bytes) {
    unsigned rows[3][WORD_BYTES + 1];
    if (a_bytes > WORD_BYTES || b_bytes > WORD_BYTES) {
        return 99;
    }
    memset(rows, 0, sizeof rows);
    for (size_t j = 0; j <= b_bytes; j++) {
        rows[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= a_bytes; i++) {
        next_row(rows, a, i, b, b_bytes);
    }
    return rows[0][b_bytes];
}

const char *ink_nearest(const char *word, size_t bytes, const void *names, size_t stride,
                        size_t count) {
    const char *best = NULL;
    unsigned best_distance = bytes < 3 ? 1 : bytes < 8 ? 2 : 3;
    for (size_t i = 0; i < count; i++) {
        const char *name;
        memcpy(&name, (const char *)names + i * stride, sizeof name);
        unsigned distance = ink_edit_distance(word, bytes, name, strlen(name));
        if (distance < best_distance || (best == NULL && distance == best_distance)) {
            best = name;
            best_distance = distance;
        }
    }
    return best;
}
