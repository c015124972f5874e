#include "import/plain.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "core/ink_utf8.h"
#include "import/entities.h"

/* ---- one line of text ------------------------------------------------------------------------ */

#define HARD_BLANK "\xC2\xA0"

struct line {
    char *out;
    size_t cap, used;
    bool blank; /* one is due before the next letter */
    bool hard;  /* and before it there were only blanks that may not break, U+00A0 */
    bool full;  /* what came did not fit: nothing more does */
    bool cdata; /* inside of <![CDATA[ */
    bool emoji; /* one was just left out */
};

static void put_bytes(struct line *line, const char *bytes, size_t count) {
    line->emoji = false;
    const char *blank = line->used == 0 ? "" : line->blank ? " " : line->hard ? HARD_BLANK : "";
    const size_t gap = strlen(blank);
    line->full = line->full || line->used + gap + count > line->cap;
    if (line->full) {
        return;
    }
    memcpy(line->out + line->used, blank, gap);
    memcpy(line->out + line->used + gap, bytes, count);
    line->used += gap + count;
    line->blank = line->hard = false;
}

static bool is_blank(uint32_t point) {
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0x85 || point == 0x2028 ||
           point == 0x2029;
}

static bool is_control(uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFEFF;
}

/* UTF-8 of a scalar value; returns its length. */
size_t ink_plain_encode(char out[4], uint32_t point) {
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

/* C1 controls are in no text: who wrote them meant windows-1252. */
static uint32_t meant(uint32_t point) {
    static const uint16_t windows[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    return point >= 0x80 && point <= 0x9F ? windows[point - 0x80] : point;
}

/* Emoji and dingbats, the parts of flags, and what selects their colour: no font of a wall has
 * them. Stars and the signs that fonts have had for long (smiley, planets, suits of cards, notes)
 * stay. */
static bool is_emoji(uint32_t point) {
    const bool old = point == 0x2605 || point == 0x2606 || (point >= 0x2639 && point <= 0x266F);
    return (point >= 0x1F000 && point < 0x1FB00) || (point >= 0x2600 && point < 0x27C0 && !old) ||
           (point >= 0xE0020 && point < 0xE0080) || point == 0xFE0F || point == 0x20E3 ||
           point == 0x2B50 || point == 0x2B55;
}

static void put_point(struct line *line, uint32_t point) {
    char bytes[4];
    const bool joined = line->emoji && point == 0x200D;
    point = point != 0x85 ? meant(point) : point; /* that one may end a line */
    line->emoji = is_emoji(point);
    if (line->emoji || joined) {
        return;
    }
    if (is_blank(point)) {
        line->blank = true;
    } else if (point == 0xA0) {
        line->hard = true;
    } else if (!is_control(point)) {
        put_bytes(line, bytes, ink_plain_encode(bytes, point));
    }
}

uint32_t ink_plain_point(const char *text, size_t bytes, size_t *at) {
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

/* Eight bytes that are letters of ASCII which mean only themselves, or spaces alone between them;
 * `next` are those from the second on. The arithmetic may only err towards saying no. */
static bool is_plain_word(uint64_t here, uint64_t next) {
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    const uint64_t low = here - ones * 0x20, last = (here ^ ones * 0x7F) - ones;
    const uint64_t tag = (here ^ ones * '<') - ones, entity = (here ^ ones * '&') - ones;
    const uint64_t spaces = ((here ^ ones * ' ') | (next ^ ones * ' ')) - ones;
    return ((here | low | last | tag | entity | spaces) & tops) == 0;
}

/* How many bytes from `at` are such; most of most texts. The last is no space. */
static size_t plain_run(const char *text, size_t bytes, size_t at) {
    size_t end = at;
    uint64_t here, next;
    for (; end + 9 <= bytes; end += 8) {
        memcpy(&here, text + end, 8);
        memcpy(&next, text + end + 1, 8);
        if (!is_plain_word(here, next)) {
            break;
        }
    }
    while (end < bytes && (unsigned char)(text[end] - 0x21) < 0x7F - 0x21 && text[end] != '<' &&
           text[end] != '&') {
        end++;
    }
    while (end > at && text[end - 1] == ' ') {
        end--;
    }
    return text[at] != ' ' ? end - at : 0;
}

/* Put such a run; false: there is none, or no room for all of it. */
static bool put_run(struct line *line, const char *text, size_t bytes, size_t *at) {
    // No more than there is room for: the rest would be measured again and again.
    const size_t room = line->cap - line->used + 16;
    const size_t count = plain_run(text, bytes - *at > room ? *at + room : bytes, *at);
    if (count == 0 || line->used + sizeof HARD_BLANK - 1 + count > line->cap) {
        return false;
    }
    put_bytes(line, text + *at, count);
    *at += count;
    return true;
}

size_t ink_plain_text(char *out, size_t cap, const char *text, size_t bytes) {
    struct line line = {.out = out, .cap = cap};
    for (size_t at = 0; at < bytes && !line.full;) {
        if (!put_run(&line, text, bytes, &at)) {
            put_point(&line, ink_plain_point(text, bytes, &at));
        }
    }
    return line.used;
}

/* ---- links ----------------------------------------------------------------------------------- */

static bool is_link(const char *word, size_t bytes) {
    static const char *const links[] = {"http://", "https://", "www.", "mailto:", "tel:"};
    const size_t open = bytes > 0 && strchr("<([", word[0]) != NULL;
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        const size_t length = strlen(links[i]);
        if (bytes - open > length && strncasecmp(word + open, links[i], length) == 0) {
            return true;
        }
    }
    return false;
}

size_t ink_plain_drop_links(char *text, size_t bytes) {
    size_t used = 0;
    for (size_t at = 0; at < bytes; at++) {
        const char *end = memchr(text + at, ' ', bytes - at);
        const size_t word = end != NULL ? (size_t)(end - text) - at : bytes - at;
        if (word > 0 && !is_link(text + at, word)) {
            if (used > 0) {
                text[used++] = ' ';
            }
            memmove(text + used, text + at, word);
            used += word;
        }
        at += word;
    }
    return used;
}

/* ---- entities -------------------------------------------------------------------------------- */

static int compare_names(const void *key, const void *row) {
    return strcmp(key, row);
}

uint32_t ink_entity(const char *name, size_t bytes) {
    char key[sizeof ink_entities[0].name];
    if (bytes == 0 || bytes >= sizeof key || memchr(name, '\0', bytes) != NULL) {
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
    const bool hex = bytes > 1 && (name[1] == 'x' || name[1] == 'X');
    uint32_t point = 0;
    size_t at = hex ? 2 : 1;
    if (at == bytes) {
        return 0;
    }
    for (; at < bytes; at++) {
        const char c = name[at];
        const bool good = hex ? isxdigit((unsigned char)c) != 0 : (c >= '0' && c <= '9');
        if (!good) {
            return 0;
        }
        const int digit = c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
        point = point > 0x10FFFF ? point : point * (hex ? 16 : 10) + (uint32_t)digit;
    }
    point = meant(point);
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

size_t ink_plain_entities(char *text, size_t bytes) {
    size_t used = 0, at = 0;
    while (at < bytes) {
        char encoded[4];
        const uint32_t point = text[at] == '&' ? take_entity(text, bytes, &at) : 0;
        const size_t count = point != 0 ? ink_plain_encode(encoded, point) : 1;
        memmove(text + used, point != 0 ? encoded : text + at++, count);
        used += count;
    }
    return used;
}

/* ---- tags ------------------------------------------------------------------------------------ */

struct tag {
    char name[12]; /* in lower case; "!" or "?" of what is no element */
    size_t end;    /* behind its > */
    bool closes;   /* </name> */
    bool empty;    /* <name/> */
};

/* What stands in these is not for readers. */
static const char *const mute[] = {"script", "style",  "head", "template", "noscript",
                                   "iframe", "object", "svg",  "math",     NULL};

/* These stand inside a line. */
static const char *const inside[] = {
    "a",    "abbr",   "b",   "bdi", "bdo",  "cite", "code", "data", "del",  "dfn",
    "em",   "font",   "i",   "ins", "kbd",  "mark", "q",    "s",    "samp", "small",
    "span", "strong", "sub", "sup", "time", "tt",   "u",    "var",  "wbr",  NULL};

/* These begin a line, or are no text at all; of others the same is assumed. */
static const char *const apart[] = {
    "article", "aside", "audio",      "blockquote", "br",     "center",  "dd",     "div",   "dl",
    "dt",      "embed", "figcaption", "figure",     "footer", "form",    "h1",     "h2",    "h3",
    "h4",      "h5",    "h6",         "header",     "hr",     "img",     "input",  "li",    "main",
    "nav",     "ol",    "p",          "picture",    "pre",    "section", "source", "table", "tbody",
    "td",      "tfoot", "th",         "thead",      "tr",     "ul",      "video",  NULL};

static bool is_among(const char *name, const char *const *names) {
    for (; *names != NULL; names++) {
        if (name[0] == (*names)[0] && strcmp(name, *names) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_name(char c) {
    return isalnum((unsigned char)c) || c == '-' || c == ':' || c == '_';
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The end of a tag whose name ends at `at`, with quoted values inside; 0: it never ends. */
static size_t end_of_tag(const char *html, size_t bytes, size_t at) {
    char quote = '\0', before = '\0'; /* the last letter that is no blank */
    for (size_t i = at; i < bytes; i++) {
        const char c = html[i];
        if (quote != '\0') {
            quote = c == quote ? '\0' : quote;
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        }
        before = is_space(c) ? before : c;
    }
    /* A quote that never ends does not hold the rest of the text. */
    const char *close = quote != '\0' ? memchr(html + at, '>', bytes - at) : NULL;
    return close != NULL ? (size_t)(close - html) + 1 : 0;
}

/* Is what never ends a tag all the same, as where a text was cut? It is if its name is one of
 * HTML's and attributes follow; "if a<b then" is text. */
static bool is_cut_tag(const struct tag *tag, const char *html, size_t bytes, size_t at) {
    size_t words = 0;
    bool value = false;
    for (size_t i = at; i < bytes; i++) {
        words += is_space(html[i]) && i + 1 < bytes && !is_space(html[i + 1]);
        value = value || (html[i] == '=' && is_name(html[i - 1]));
    }
    return (is_among(tag->name, mute) || is_among(tag->name, inside) ||
            is_among(tag->name, apart)) &&
           (words < 2 || value);
}

static bool find_tag(const char *html, size_t bytes, size_t at, struct tag *tag) {
    size_t from = at + 1, used = 0;
    *tag = (struct tag){.closes = from < bytes && html[from] == '/'};
    from += tag->closes;
    if (from < bytes && (html[from] == '!' || html[from] == '?') && !tag->closes) {
        const char *close = memchr(html + from, '>', bytes - from);
        tag->name[0] = html[from];
        tag->end = close != NULL ? (size_t)(close - html) + 1 : bytes;
        return from + 1 < bytes && html[from + 1] != ' ';
    }
    if (from >= bytes || !isalpha((unsigned char)html[from])) {
        return false;
    }
    for (; from < bytes && is_name(html[from]); from++) {
        if (used + 1 < sizeof tag->name) {
            tag->name[used++] = (char)tolower((unsigned char)html[from]);
        }
    }
    tag->end = end_of_tag(html, bytes, from);
    tag->empty = tag->end > 0 && html[tag->end - 2] == '/';
    if (tag->end == 0 && is_cut_tag(tag, html, bytes, from)) {
        tag->end = bytes;
    }
    return tag->end > 0;
}

/* Behind the end of what begins at `at`, found by its last bytes in any case, with no more letters
 * of a name behind them; all the rest if it never ends. */
static size_t skip_to(const char *html, size_t bytes, size_t at, const char *last) {
    const size_t length = strlen(last);
    const bool name = isalpha((unsigned char)last[length - 1]);
    for (; at + length <= bytes; at++) {
        if (strncasecmp(html + at, last, length) == 0 &&
            !(name && at + length < bytes && is_name(html[at + length]))) {
            return at + length;
        }
    }
    return bytes;
}

static bool begins(const char *html, size_t bytes, size_t at, const char *with) {
    return bytes - at >= strlen(with) && memcmp(html + at, with, strlen(with)) == 0;
}

/* Behind a comment, which "--!>" ends too; "<!-->" is a whole one. */
static size_t pass_comment(const char *html, size_t bytes, size_t at) {
    for (size_t i = at + 2; i < bytes; i++) {
        if (begins(html, bytes, i, "-->") || (i >= at + 4 && begins(html, bytes, i, "--!>"))) {
            return i + (html[i + 2] == '>' ? 3 : 4);
        }
    }
    return bytes;
}

/* Where reading goes on behind the tag. What is marked as no markup is text all the same. */
static size_t pass_tag(struct line *line, const char *html, size_t bytes, size_t at,
                       const struct tag *tag) {
    char last[sizeof tag->name + 3];
    if (begins(html, bytes, at, "<!--")) {
        return pass_comment(html, bytes, at);
    }
    if (begins(html, bytes, at, "<![CDATA[")) {
        line->cdata = true;
        return at + 9;
    }
    if (tag->name[0] == '!' || tag->name[0] == '?') {
        return tag->end;
    }
    const bool parts = !is_among(tag->name, inside);
    line->blank = line->blank || parts;
    line->emoji = line->emoji && !parts;
    if (tag->closes || tag->empty || !is_among(tag->name, mute)) {
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
        if (!line.cdata && put_run(&line, html, bytes, &at)) {
            continue;
        }
        if (html[at] == '<' && find_tag(html, bytes, at, &tag)) {
            at = pass_tag(&line, html, bytes, at, &tag);
            continue;
        }
        if (line.cdata && begins(html, bytes, at, "]]>")) {
            line.cdata = false;
            at += 3;
            continue;
        }
        const uint32_t point = html[at] == '&' ? take_entity(html, bytes, &at) : 0;
        put_point(&line, point != 0 ? point : ink_plain_point(html, bytes, &at));
    }
    return line.used;
}
