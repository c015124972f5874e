#include "import/feed_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/ink_utf8.h"
#include "import/plain.h"
#include "import/xml_items.h"

enum reading { AS_HTML, AS_TEXT, AS_BASE64, AS_BASE64_TEXT };

/* ---- types ----------------------------------------------------------------------------------- */

static const struct ink_leaf *beside(const struct ink_leaves *leaves, const char *path,
                                     const char *suffix) {
    char whole[INK_LEAF_PATH];
    if (strlen(path) + strlen(suffix) >= sizeof whole) {
        return NULL;
    }
    (void)stpcpy(stpcpy(whole, path), suffix);
    return ink_leaves_get(leaves, whole, 0);
}

static bool is_word(const struct ink_leaf *leaf, const char *word) {
    return leaf != NULL && leaf->bytes == strlen(word) &&
           strncasecmp(leaf->text, word, leaf->bytes) == 0;
}

static bool ends_with(const struct ink_leaf *leaf, const char *word) {
    const size_t bytes = strlen(word);
    return leaf->bytes >= bytes && strncasecmp(leaf->text + leaf->bytes - bytes, word, bytes) == 0;
}

static bool is_html(const struct ink_leaf *type) {
    return is_word(type, "html") || is_word(type, "text/html");
}

static enum reading reading_of(const struct ink_leaves *leaves, const char *path, bool plain) {
    const struct ink_leaf *type = beside(leaves, path, "@type");
    const bool text = type == NULL || type->bytes == 0
                          ? plain
                          : is_word(type, "text") || is_word(type, "text/plain");
    const bool markup = type != NULL && (is_html(type) || is_word(type, "xhtml") ||
                                         ends_with(type, "+xml") || ends_with(type, "/xml"));
    if (beside(leaves, path, INK_XML_MARKED) != NULL) {
        return AS_HTML; /* escaped as often as it must be, by the reader of XML */
    }
    if (is_word(beside(leaves, path, "@mode"), "base64")) {
        return text && type != NULL ? AS_BASE64_TEXT : AS_BASE64;
    }
    const bool other = type != NULL && memchr(type->text, '/', type->bytes) != NULL && !text &&
                       !markup && strncasecmp(type->text, "text/", 5) != 0;
    return other ? AS_BASE64 : text ? AS_TEXT : AS_HTML;
}

/* ---- base64 ---------------------------------------------------------------------------------- */

/* RFC 4648, section 4; blanks between, and no padding, are taken. */
static int digit_of(char c) {
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

/* In place; returns the number of bytes, 0 if it is no base64 of a text in UTF-8. */
static uint32_t decode(char *text, uint32_t bytes) {
    uint32_t used = 0, held = 0;
    int bits = 0;
    for (uint32_t i = 0; i < bytes; i++) {
        const int digit = digit_of(text[i]);
        if (digit < 0 && text[i] != '=' && !isspace((unsigned char)text[i])) {
            return 0;
        }
        if (digit < 0) {
            continue;
        }
        held = (held << 6 | (uint32_t)digit) & 0xFFFFFF;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            text[used++] = (char)(held >> bits);
        }
    }
    return ink_utf8_valid(text, used) && memchr(text, 0, used) == NULL ? used : 0;
}

/* ---- values ---------------------------------------------------------------------------------- */

/* Room of the leaves is used for the escaped copy; the leaf then stands for that. */
static void escape(struct ink_leaves *leaves, struct ink_leaf *leaf) {
    const uint32_t room = INK_LEAVES_ROOM - leaves->used;
    char *out = leaves->room + leaves->used;
    uint32_t used = 0;
    for (uint32_t i = 0; i < leaf->bytes && used + 5 <= room; i++) {
        const char c = leaf->text[i];
        const char *piece = c == '&' ? "&amp;" : c == '<' ? "&lt;" : &leaf->text[i];
        const uint32_t bytes = c == '&' ? 5 : c == '<' ? 4 : 1;
        memcpy(out + used, piece, bytes);
        used += bytes;
    }
    leaf->text = out;
    leaf->bytes = used;
    leaves->used += used;
}

/* What the reader of XML escaped again, because there was markup in it, undone in place: of HTML by
 * its type, escaped inside of a div, as some write it. */
static uint32_t unescape(char *text, uint32_t bytes) {
    uint32_t used = 0;
    for (uint32_t i = 0; i < bytes; i++) {
        const uint32_t left = bytes - i;
        const bool amp = left >= 5 && memcmp(text + i, "&amp;", 5) == 0;
        const bool less = left >= 4 && memcmp(text + i, "&lt;", 4) == 0;
        text[used++] = less ? '<' : text[i];
        i += amp ? 4 : less ? 3 : 0;
    }
    return used;
}

static struct ink_leaf *own(struct ink_leaves *leaves, const char *path) {
    const struct ink_leaf *leaf = ink_leaves_get(leaves, path, 0);
    return leaf != NULL ? &leaves->leaf[leaf - leaves->leaf] : NULL;
}

void ink_feed_text(struct ink_leaves *leaves, const char *path, bool plain) {
    struct ink_leaf *leaf = own(leaves, path);
    if (leaf == NULL || leaf->bytes == 0) {
        return;
    }
    const enum reading reading = reading_of(leaves, path, plain);
    if (reading == AS_HTML && is_html(beside(leaves, path, "@type")) &&
        beside(leaves, path, INK_XML_MARKED) != NULL) {
        leaf->bytes = unescape(leaves->room + (leaf->text - leaves->room), leaf->bytes);
    }
    if (reading == AS_BASE64 || reading == AS_BASE64_TEXT) {
        leaf->bytes = decode(leaves->room + (leaf->text - leaves->room), leaf->bytes);
    }
    const bool text = reading == AS_TEXT || reading == AS_BASE64_TEXT;
    if (text && (memchr(leaf->text, '&', leaf->bytes) != NULL ||
                 memchr(leaf->text, '<', leaf->bytes) != NULL)) {
        escape(leaves, leaf);
    }
}

/* ---- credits --------------------------------------------------------------------------------- */

/* A word of pictures, where a name is parted from it or it stands last. */
static bool is_picture(const char *text, size_t bytes) {
    static const char *const words[] = {"photo", "photos", "foto", "fotos", "getty images", NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        const size_t length = strlen(*word), left = bytes - length;
        if (bytes >= length && strncasecmp(text, *word, length) == 0 &&
            (left == 0 || strchr("/:,", text[length]) != NULL ||
             (left > 4 && strncasecmp(text + length, " by ", 4) == 0))) {
            return true;
        }
    }
    return false;
}

static bool is_credit(const char *text, size_t bytes) {
    static const char *const signs[] = {"\xC2\xA9", "(c) ", NULL};
    for (const char *const *sign = signs; *sign != NULL; sign++) {
        if (bytes >= strlen(*sign) && strncasecmp(text, *sign, strlen(*sign)) == 0) {
            return true;
        }
    }
    for (size_t at = 0; at < bytes; at++) {
        const bool begins =
            at == 0 || text[at - 1] == ' ' || text[at - 1] == '/' || text[at - 1] == ',';
        if (begins && strchr("pPfFgG", text[at]) != NULL && is_picture(text + at, bytes - at)) {
            return true;
        }
    }
    return false;
}

/* ---- people ---------------------------------------------------------------------------------- */

struct span {
    const char *at;
    size_t bytes;
};

static struct span trim(const char *from, const char *to) {
    while (from < to && (isspace((unsigned char)*from) || *from == '"')) {
        from++;
    }
    while (to > from && (isspace((unsigned char)to[-1]) || to[-1] == '"')) {
        to--;
    }
    return (struct span){from, (size_t)(to - from)};
}

static bool is_address(struct span span) {
    return memchr(span.at, '@', span.bytes) != NULL && memchr(span.at, ' ', span.bytes) == NULL;
}

/* Of whoever runs the site; nobody who says so. */
static bool is_account(struct span name) {
    static const char *const accounts[] = {"admin",     "administrator", "editor", "webmaster",
                                           "wordpress", "root",          "user",   NULL};
    const char *const *account = accounts;
    while (*account != NULL &&
           (name.bytes != strlen(*account) || strncasecmp(name.at, *account, name.bytes) != 0)) {
        account++;
    }
    return *account != NULL;
}

static void settle_person(struct ink_leaf *leaf) {
    if (memchr(leaf->text, '@', leaf->bytes) == NULL) {
        const struct span text = trim(leaf->text, leaf->text + leaf->bytes);
        leaf->bytes = is_credit(text.at, text.bytes) || is_account(text) ? 0 : leaf->bytes;
        return;
    }
    const char *end = leaf->text + leaf->bytes, *open = leaf->text;
    while (open < end && *open != '(' && *open != '<') {
        open++;
    }
    const char close = open < end && *open == '<' ? '>' : ')';
    const char *stop = open < end ? memchr(open, close, (size_t)(end - open)) : NULL;
    const struct span before = trim(leaf->text, open);
    const struct span inside =
        open < end ? trim(open + 1, stop != NULL ? stop : end) : (struct span){end, 0};
    const struct span name = is_address(before) ? inside : before;
    leaf->text = name.at;
    leaf->bytes = is_address(name) ? 0 : (uint32_t)name.bytes;
}

void ink_feed_people(struct ink_leaves *leaves) {
    static const char *const people[] = {"dc:creator",  "author", "dc:author",
                                         "author/name", "source", NULL};
    for (uint32_t i = 0; i < leaves->count; i++) {
        struct ink_leaf *leaf = &leaves->leaf[i];
        for (const char *const *path = people; *path != NULL; path++) {
            if ((*path)[0] == leaf->path[0] && strlen(*path) == leaf->path_bytes &&
                memcmp(*path, leaf->path, leaf->path_bytes) == 0) {
                settle_person(leaf);
            }
        }
    }
}

/* ---- entities -------------------------------------------------------------------------------- */

void ink_feed_entities(struct ink_leaves *leaves, const char *path) {
    struct ink_leaf *leaf = own(leaves, path);
    for (int twice = 0; leaf != NULL && twice < 2; twice++) {
        char *text = leaves->room + (leaf->text - leaves->room);
        leaf->bytes = (uint32_t)ink_plain_entities(text, leaf->bytes);
    }
}
