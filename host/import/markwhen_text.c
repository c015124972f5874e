#include "import/markwhen_text.h"

#include <ctype.h>
#include <strings.h>

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void put(struct ink_mw_text *text, const char *bytes, size_t count) {
    const size_t room = sizeof text->out - text->bytes;
    count = count < room ? count : room;
    memcpy(text->out + text->bytes, bytes, count);
    text->bytes += count;
}

/* The word behind the mark at `at` ("#tag", "!id"), where one begins; of no bytes if there is
 * none. A number is no tag. */
static struct ink_mw_word word_at(const char *line, size_t bytes, size_t at) {
    size_t end = at + 1;
    bool number = line[at] == '#';
    for (; end < bytes && is_word(line[end]); end++) {
        number = number && isdigit((unsigned char)line[end]);
    }
    const bool begins = (at == 0 || is_blank(line[at - 1])) && !number;
    return (struct ink_mw_word){line + at + 1, begins ? end - at - 1 : 0};
}

/* Tags and ids that end a line are no part of its text. Returns the bytes before them. */
static size_t cut_marks(struct ink_mw_text *text, const char *line, size_t bytes) {
    for (;;) {
        while (bytes > 0 && is_blank(line[bytes - 1])) {
            bytes--;
        }
        size_t at = bytes;
        while (at > 0 && !is_blank(line[at - 1])) {
            at--;
        }
        if (at == bytes || (line[at] != '#' && line[at] != '!')) {
            return bytes;
        }
        const struct ink_mw_word word = word_at(line, bytes, at);
        if (word.bytes == 0 || word.bytes != bytes - at - 1) {
            return bytes;
        }
        *(line[at] == '#' ? &text->tag : &text->id) = word;
        bytes = at;
    }
}

static void take_link(struct ink_mw_text *text, const char *at, size_t bytes) {
    text->link = text->links == 0 ? (struct ink_mw_word){at, bytes} : text->link;
    text->links++;
}

/* The parenthesis that closes the one before `from`, those inside in pairs, as an address may have
 * them; the first one if they do not pair. NULL: there is none. */
static const char *closing(const char *from, const char *end) {
    int open = 1;
    for (const char *at = from; at < end; at++) {
        open += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        if (open == 0) {
            return at;
        }
    }
    return memchr(from, ')', (size_t)(end - from));
}

/* "[words](target)" at the bracket: its whole length, 0 if it is none. */
static size_t bracket_at(const char *line, size_t bytes, size_t at, struct ink_mw_word *words,
                         struct ink_mw_word *target) {
    const char *close = memchr(line + at, ']', bytes - at);
    if (close == NULL || close + 1 >= line + bytes || close[1] != '(') {
        return 0;
    }
    const char *end = closing(close + 2, line + bytes);
    if (end == NULL) {
        return 0;
    }
    *words = (struct ink_mw_word){line + at + 1, (size_t)(close - line) - at - 1};
    *target = (struct ink_mw_word){close + 2, (size_t)(end - close) - 2};
    return (size_t)(end - line) + 1 - at;
}

static bool is(const struct ink_mw_word *word, const char *name) {
    return word->bytes == strlen(name) && strncasecmp(word->at, name, word->bytes) == 0;
}

/* A link or an image at `at`: its length, 0 if there is none. */
static size_t take_bracket(struct ink_mw_text *text, const char *line, size_t bytes, size_t at) {
    struct ink_mw_word words, target;
    const bool image = line[at] == '!';
    const size_t length = bracket_at(line, bytes, at + image, &words, &target);
    if (length == 0 || image) {
        return length + (length > 0);
    }
    if (is(&target, "location") || is(&target, "map")) {
        text->place = text->place.at == NULL ? words : text->place;
    } else {
        take_link(text, target.at, target.bytes);
    }
    const bool address = words.bytes > 7 && memmem(words.at, words.bytes, "://", 3) != NULL;
    put(text, words.at, address ? 0 : words.bytes);
    return length;
}

/* An address that stands in the text by itself. */
static size_t take_address(struct ink_mw_text *text, const char *line, size_t bytes, size_t at) {
    const bool begins = (bytes - at > 8 && strncasecmp(line + at, "https://", 8) == 0) ||
                        (bytes - at > 7 && strncasecmp(line + at, "http://", 7) == 0);
    size_t end = at;
    if (!begins || (at > 0 && is_word(line[at - 1]))) {
        return 0;
    }
    while (end < bytes && !is_blank(line[end]) && line[end] != '>' && line[end] != ')') {
        end++;
    }
    while (end > at && strchr(".,;:!?", line[end - 1]) != NULL) {
        end--;
    }
    take_link(text, line + at, end - at);
    return end - at;
}

/* A mark inside the text: a tag stays as a word, an id goes. */
static size_t take_mark(struct ink_mw_text *text, const char *line, size_t bytes, size_t at) {
    const struct ink_mw_word word = word_at(line, bytes, at);
    if (word.bytes == 0) {
        return 0;
    }
    struct ink_mw_word *first = line[at] == '#' ? &text->tag : &text->id;
    *first = first->at == NULL || first->at > word.at ? word : *first;
    if (line[at] == '#') {
        put(text, word.at, word.bytes);
    }
    return word.bytes + 1;
}

void ink_mw_text_read(struct ink_mw_text *text, const char *line, size_t bytes) {
    memset(text, 0, offsetof(struct ink_mw_text, out));
    bytes = cut_marks(text, line, bytes);
    for (size_t at = 0; at < bytes;) {
        const char c = line[at];
        const bool image = c == '!' && at + 1 < bytes && line[at + 1] == '[';
        size_t taken = c == '[' || image      ? take_bracket(text, line, bytes, at)
                       : c == '#' || c == '!' ? take_mark(text, line, bytes, at)
                       : c == 'h' || c == 'H' ? take_address(text, line, bytes, at)
                                              : 0;
        if (taken == 0 && c == '*' && at + 1 < bytes && line[at + 1] == '*') {
            taken = 2; /* bold */
        }
        if (taken == 0) {
            put(text, line + at, 1);
            taken = 1;
        }
        at += taken;
    }
}

char ink_mw_take_box(const char **line, size_t *bytes) {
    const char *at = *line, *end = *line + *bytes;
    while (at < end && is_blank(*at)) {
        at++;
    }
    const bool empty = end - at >= 2 && memcmp(at, "[]", 2) == 0;
    const bool box = end - at >= 3 && at[0] == '[' && at[2] == ']' &&
                     strchr(" xX", at[1]) != NULL && at[1] != '\0';
    if ((!empty && !box) || (end - at > (box ? 3 : 2) && at[box ? 3 : 2] == '(')) {
        return 0;
    }
    const char what = box && at[1] != ' ' ? 'x' : ' ';
    at += box ? 3 : 2;
    *bytes = (size_t)(end - at);
    *line = at;
    return what;
}
