/* Lines of a table as text: where one ends, what kind it is, which delimiter it uses. */
#ifndef INK_IMPORT_LINE_H
#define INK_IMPORT_LINE_H

#include <ctype.h>
#include <strings.h>

#include "core/ink_types.h"

/* Bytes of the byte order mark with which a text in UTF-8 may begin: 3 or 0. */
static inline size_t ink_line_mark(const void *head, size_t bytes) {
    return bytes >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Where a text starts: behind that mark and blanks. */
static inline size_t ink_line_start(const void *head, size_t bytes) {
    const char *text = (const char *)head;
    size_t at = ink_line_mark(head, bytes);
    while (at < bytes && text[at] != '\0' && strchr(" \t\r\n", text[at]) != NULL) {
        at++;
    }
    return at;
}

/* Take off the blanks at both ends. */
static inline void ink_line_trim(char **text, size_t *bytes) {
    while (*bytes > 0 && isspace((unsigned char)(*text)[0])) {
        (*text)++;
        (*bytes)--;
    }
    while (*bytes > 0 && isspace((unsigned char)(*text)[*bytes - 1])) {
        (*bytes)--;
    }
}

/* Bytes of the first line of `bytes`, its end included; all of them if no line ends there. */
static inline size_t ink_line_bytes(const uint8_t *bytes, size_t count) {
    const uint8_t *end = memchr(bytes, '\n', count);
    size_t line = end != NULL ? (size_t)(end - bytes) + 1 : count;
    end = memchr(bytes, '\r', line);
    if (end != NULL && end + 1 < bytes + line && end[1] != '\n') {
        return (size_t)(end - bytes) + 1; // old line ends: CR alone
    }
    return line;
}

/* Nothing but spaces and its end. */
static inline bool ink_line_is_blank(const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\n') {
            return false;
        }
    }
    return true;
}

/* The delimiter that a header row uses most, outside quotes. */
static inline char ink_line_find_delimiter(const uint8_t *line, size_t bytes) {
    static const char delimiters[] = ",;\t";
    int counts[3] = {0, 0, 0};
    bool quoted = false;
    for (size_t i = 0; i < bytes; i++) {
        const char *found = line[i] != 0 ? strchr(delimiters, line[i]) : NULL;
        quoted = quoted != (line[i] == '"');
        if (found != NULL && !quoted) {
            counts[found - delimiters]++;
        }
    }
    int best = counts[1] > counts[0];
    return delimiters[counts[2] > counts[best] ? 2 : best];
}

/* "sep=;" in the first line, as Excel writes and reads it: the delimiter, 0 if it is none. */
static inline char ink_line_told_delimiter(const uint8_t *line, size_t bytes) {
    const uint8_t *at = line + (bytes > 0 && line[0] == '"');
    size_t rest = bytes - (size_t)(at - line);
    bool told = rest >= 5 && strncasecmp((const char *)at, "sep=", 4) == 0;
    return told && strchr(",;\t|", at[4]) != NULL ? (char)at[4] : '\0';
}

/* A spreadsheet may have put quotes around it. */
static inline bool ink_line_is_comment(const uint8_t *line, size_t bytes) {
    return line[0] == '#' || (bytes > 1 && line[0] == '"' && line[1] == '#');
}

#endif
