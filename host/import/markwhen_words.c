#include "import/markwhen_words.h"

#include <ctype.h>
#include <strings.h>

#include "import/line.h"
#include "import/markwhen_range.h"

void ink_mw_keep(char *out, size_t cap, const char *text, size_t bytes) {
    bytes = bytes < cap ? bytes : cap - 1;
    memcpy(out, text, bytes);
    out[bytes] = '\0';
}

bool ink_mw_pair(const char *line, size_t bytes, struct ink_mw_word *key,
                 struct ink_mw_word *value) {
    char *at = (char *)line;
    ink_line_trim(&at, &bytes);
    size_t end = 0;
    while (end < bytes && (isalnum((unsigned char)at[end]) || strchr("_-.", at[end]) != NULL) &&
           at[end] != '\0') {
        end++;
    }
    if (end == 0 || end == bytes || at[end] != ':' || at[0] == '-' ||
        (end + 1 < bytes && at[end + 1] != ' ' && at[end + 1] != '\t')) {
        return false;
    }
    char *text = at + end + 1;
    size_t left = bytes - end - 1;
    ink_line_trim(&text, &left);
    const bool quoted =
        left >= 2 && (text[0] == '"' || text[0] == '\'') && text[left - 1] == text[0];
    const bool list = left >= 2 && text[0] == '[' && text[left - 1] == ']';
    const size_t around = quoted || list ? 1 : 0;
    *key = (struct ink_mw_word){at, end};
    *value = (struct ink_mw_word){text + around, left - 2 * around};
    return true;
}

bool ink_mw_is(const struct ink_mw_word *word, const char *name) {
    return word->bytes == strlen(name) && strncasecmp(word->at, name, word->bytes) == 0;
}

bool ink_mw_begins(const char *line, size_t bytes, const char *with) {
    return bytes >= strlen(with) && memcmp(line, with, strlen(with)) == 0;
}

/* ---- what is markwhen ------------------------------------------------------------------------ */

/* May this line stand above the first event? */
static bool is_header_line(const char *line, size_t bytes) {
    struct ink_mw_word key, value;
    char *at = (char *)line;
    ink_line_trim(&at, &bytes);
    return bytes == 0 || ink_mw_begins(at, bytes, "//") || ink_mw_begins(at, bytes, "---") ||
           ink_mw_begins(at, bytes, "#") || ink_mw_begins(at, bytes, "group ") ||
           ink_mw_begins(at, bytes, "section ") ||
           (ink_mw_pair(at, bytes, &key, &value) && !ink_mw_is(&key, "BEGIN"));
}

bool ink_mw_knows(const char *head, size_t bytes) {
    struct ink_mw_range range;
    struct ink_mw_word key, value;
    bool titled = false, event = false;
    size_t at = ink_line_mark(head, bytes);
    for (size_t line; at < bytes && memchr(head, 0, bytes) == NULL; at += line) {
        line = ink_line_bytes((const uint8_t *)head + at, bytes - at);
        if (ink_mw_range_read(&range, head + at, line, true) > 0 ||
            ink_mw_range_read(&range, head + at, line, false) > 0) {
            if (event || titled) {
                return true;
            }
            event = true;
        } else if (!event && !is_header_line(head + at, line)) {
            return false;
        }
        titled = titled || (ink_mw_pair(head + at, line, &key, &value) &&
                            (ink_mw_is(&key, "title") || ink_mw_is(&key, "dateFormat")));
    }
    return false;
}
