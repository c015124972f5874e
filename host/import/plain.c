#include "import/plain.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "core/ink_utf8.h"
#include "import/entities.h"

/* ---- one line of text ------------------------------------------------------------------------ */

struct line {
    char *out;
    size_t cap, used;
    bool blank; /* one is due before the next letter */
    bool full;  /* what came did not fit: nothing more does */
};

static void put_bytes(struct line *line, const char *bytes, size_t count) {
    const size_t blank = line->blank && line->used > 0;
    line->full = line->full || line->used + blank + count > line->cap;
    if (line->full) {
        return;
    }
    if (blank > 0) {
        line->out[line->used++] = ' ';
    }
    memcpy(line->out + line->used, bytes, count);
    line->used += count;
    line->blank = false;
}

static bool is_blank(uint32_t point) {
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85 || point == 0x2028 ||
           point == 0x2029;
}

static bool is_control(uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFEFF;
}

/* UTF-8 of a scalar value; returns its length. */
static size_t encode(char out[4], uint32_t point) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    const size_t count = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = count - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (point & 63));
        point >>= 6;
    }
    static const uint8_t lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[count] | point);
    return count;
}

static void put_point(struct line *line, uint32_t point) {
    char bytes[4];
    if (is_blank(point)) {
        line->blank = true;
    } else if (!is_control(point)) {
        put_bytes(line, bytes, encode(bytes, point));
    }
}

/* The code point at `at`, U+FFFD for a byte that begins none; moves it on. */
static uint32_t next_point(const char *text, size_t bytes, size_t *at) {
    size_t end = *at;
    uint8_t state = 0;
    do {
        state = ink_utf8_step(state, (uint8_t)text[end++]);
    } while (state != 0 && state != INK_UTF8_BAD && end < bytes);
    if (state == 0) {
        return ink_utf8_next(text, end, at);
    }
    (*at)++;
    return 0xFFFD;
}

static bool is_sign(char c) {
    return c > ' ' && c < 0x7F;
}

/* Bytes that go as they are: signs of ASCII, and single blanks between them. */
static size_t plain_run(const char *text, size_t bytes) {
    size_t i = 0;
    while (i < bytes && (is_sign(text[i]) || (text[i] == ' ' && i > 0 && text[i - 1] != ' ' &&
                                              i + 1 < bytes && is_sign(text[i + 1])))) {
        i++;
    }
    return i;
}

static void put_run(struct line *line, const char *run, size_t bytes) {
    const size_t blank = line->blank && line->used > 0;
    const size_t room = line->cap - line->used > blank ? line->cap - line->used - blank : 0;
    size_t fits = bytes <= room ? bytes : room;
    while (fits > 0 && run[fits - 1] == ' ') {
        fits--;
    }
    if (fits > 0) {
        put_bytes(line, run, fits);
    }
    line->full = line->full || bytes > room;
}

size_t ink_plain_text(char *out, size_t cap, const char *text, size_t bytes) {
    struct line line = {.out = out, .cap = cap};
    for (size_t at = 0; at < bytes && !line.full;) {
        const size_t run = plain_run(text + at, bytes - at);
        put_run(&line, text + at, run);
        at += run;
        if (run == 0) {
            put_point(&line, next_point(text, bytes, &at));
        }
    }
    return line.used;
}

/* ---- entities -------------------------------------------------------------------------------- */

static int compare_names(const void *key, const void *row) {
    return strcmp(key, row);
}

uint32_t ink_entity(const char *name, size_t bytes) {
    char key[sizeof ink_entities[0].name];
    if (bytes == 0 || bytes >= sizeof key) {
        return 0;
    }
    memcpy(key, name, bytes);
    key[bytes] = '\0';
    const size_t count = sizeof ink_entities / sizeof ink_entities[0];
    const void *row = bsearch(key, ink_entities, count, sizeof ink_entities[0],
                              compare_names); // name comes first
    return row == NULL ? 0
                       : ink_entities[((const char *)row - (const char *)ink_entities) /
                                      (ptrdiff_t)sizeof ink_entities[0]]
                             .point;
}

/* "#123" or "#x7B"; windows-1252 where people meant it; 0: none. */
static uint32_t numbered(const char *name, size_t bytes) {
    static const uint16_t windows[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    const bool hex = bytes > 1 && (name[1] == 'x' || name[1] == 'X');
    uint32_t point = 0;
    size_t at = hex ? 2 : 1;
    if (at == bytes) {
        return 0;
    }
    for (; at < bytes; at++) {
        const char c = name[at];
        const bool good = hex ? isxdigit((unsigned char)c) != 0 : (c >= '0' && c <= '9');
        if (!good || point > 0x10FFFF) {
            return 0;
        }
        const int digit = c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
        point = point * (hex ? 16 : 10) + (uint32_t)digit;
    }
    if (point >= 0x80 && point <= 0x9F) {
        return windows[point - 0x80];
    }
    const bool scalar = point > 0 && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    return scalar ? point : 0xFFFD;
}

/* The code point of the entity at `at` (of its &), which is moved past it; 0: there is none. */
static uint32_t take_entity(const char *html, size_t bytes, size_t *at) {
    size_t end = *at + 1;
    while (end < bytes && end - *at < 12 &&
           (isalnum((unsigned char)html[end]) || html[end] == '#')) {
        end++;
    }
    const char *name = html + *at + 1;
    const size_t length = end - *at - 1;
    if (length == 0 || end == bytes || html[end] != ';') {
        return 0;
    }
    const uint32_t point = name[0] == '#' ? numbered(name, length) : ink_entity(name, length);
    *at = point != 0 ? end + 1 : *at;
    return point;
}

/* ---- tags ------------------------------------------------------------------------------------ */

struct tag {
    char name[12];
    size_t end; /* behind its > */
    bool closes;
};

/* The end of a tag that begins at `at`, with quoted values inside; 0: it never ends. */
static size_t end_of_tag(const char *html, size_t bytes, size_t at) {
    char quote = '\0';
    for (; at < bytes; at++) {
        const char c = html[at];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if ((c == '"' || c == '\'') && html[at - 1] == '=') {
            quote = c;
        } else if (c == '>') {
            return at + 1;
        }
    }
    return 0;
}

static bool find_tag(const char *html, size_t bytes, size_t at, struct tag *tag) {
    size_t from = at + 1, used = 0;
    tag->closes = from < bytes && html[from] == '/';
    from += tag->closes;
    const bool markup = from < bytes && (html[from] == '!' || html[from] == '?');
    if (from >= bytes || !(isalpha((unsigned char)html[from]) || markup)) {
        return false;
    }
    while (from < bytes && used + 1 < sizeof tag->name &&
           (isalnum((unsigned char)html[from]) || markup) && html[from] != '>') {
        tag->name[used++] = (char)tolower((unsigned char)html[from++]);
    }
    tag->name[used] = '\0';
    tag->end = end_of_tag(html, bytes, from);
    return tag->end > 0;
}

static bool is_among(const char *name, const char *const *names) {
    for (; *names != NULL; names++) {
        if (strcmp(name, *names) == 0) {
            return true;
        }
    }
    return false;
}

/* Behind the end of what begins at `at`, found by its last bytes in any case; all the rest if it
 * never ends. */
static size_t skip_to(const char *html, size_t bytes, size_t at, const char *last) {
    const size_t length = strlen(last);
    for (; at + length <= bytes; at++) {
        if (strncasecmp(html + at, last, length) == 0) {
            return at + length;
        }
    }
    return bytes;
}

/* Where reading goes on behind the tag. */
static size_t pass_tag(struct line *line, const char *html, size_t bytes, size_t at,
                       const struct tag *tag) {
    static const char *const mute[] = {"script", "style",  "head", "template", "noscript",
                                       "iframe", "object", "svg",  "math",     NULL};
    static const char *const inside[] = {
        "a",    "abbr",   "b",   "bdi", "bdo",  "cite", "code", "data", "del",  "dfn",
        "em",   "font",   "i",   "ins", "kbd",  "mark", "q",    "s",    "samp", "small",
        "span", "strong", "sub", "sup", "time", "tt",   "u",    "var",  "wbr",  NULL};
    char last[sizeof tag->name + 3];
    line->blank = line->blank || !is_among(tag->name, inside);
    if (bytes - at >= 4 && memcmp(html + at, "<!--", 4) == 0) {
        return skip_to(html, bytes, at + 4, "-->");
    }
    if (tag->closes || !is_among(tag->name, mute)) {
        return tag->end;
    }
    snprintf(last, sizeof last, "</%s", tag->name);
    const size_t end = skip_to(html, bytes, tag->end, last);
    return skip_to(html, bytes, end, ">");
}

size_t ink_plain_html(char *out, size_t cap, const char *html, size_t bytes) {
    struct line line = {.out = out, .cap = cap};
    struct tag tag;
    for (size_t at = 0; at < bytes && !line.full;) {
        if (html[at] == '<' && find_tag(html, bytes, at, &tag)) {
            at = pass_tag(&line, html, bytes, at, &tag);
            continue;
        }
        const uint32_t point = html[at] == '&' ? take_entity(html, bytes, &at) : 0;
        put_point(&line, point != 0 ? point : next_point(html, bytes, &at));
    }
    return line.used;
}
