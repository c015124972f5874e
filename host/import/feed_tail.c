#include "import/feed_tail.h"

#include <string.h>
#include <strings.h>

enum {
    TAILS = 4,       /* one behind the other */
    FIRST_BACK = 160 /* bytes from the end where FIRST is looked for: no site's name is longer */
};

#define POST  "The post "
#define FIRST " appeared first on "

/* Invitations to go on where nobody can follow; in the languages whose feeds have them most. */
#define INVITATION(text)                                                                           \
    { text, sizeof text - 1 }
static const struct {
    const char *text;
    size_t bytes;
} invitations[] = {
    INVITATION("continue reading"),
    INVITATION("keep reading"),
    INVITATION("read more"),
    INVITATION("read on"),
    INVITATION("read full story"),
    INVITATION("read full article"),
    INVITATION("read the full story"),
    INVITATION("read the full article"),
    INVITATION("read the whole story"),
    INVITATION("read the rest"),
    INVITATION("read the rest of this entry"),
    INVITATION("full story"),
    INVITATION("click here to read more"),
    INVITATION("weiterlesen"),
    INVITATION("mehr lesen"),
    INVITATION("lire la suite"),
    INVITATION("leer más"),
    INVITATION("seguir leyendo"),
    INVITATION("leggi tutto"),
    INVITATION("continua a leggere"),
    INVITATION("leia mais"),
    INVITATION("lees meer"),
    INVITATION("läs mer"),
    INVITATION("les mer"),
    INVITATION("læs mere"),
    INVITATION("czytaj więcej"),
    INVITATION("Читать далее"),
    INVITATION("Читати далі"),
};

/* Most do not, by their last letter. */
static bool ends_with(const char *text, size_t bytes, const char *end, size_t length) {
    return bytes >= length && ((text[bytes - 1] ^ end[length - 1]) & ~0x20) == 0 &&
           strncasecmp(text + bytes - length, end, length) == 0;
}

/* Bytes of text without any of these code points at its end. */
static size_t without(const char *text, size_t bytes, const char *marks) {
    while (bytes > 0) {
        char point[5] = "";
        size_t from = bytes - 1;
        while (from > 0 && bytes - from < 4 && (text[from] & 0xC0) == 0x80) {
            from--;
        }
        memcpy(point, text + from, bytes - from);
        if (strstr(marks, point) == NULL) {
            break;
        }
        bytes = from;
    }
    return bytes;
}

#define BLANKS "\x20\u00A0"
#define OPENED BLANKS "(["
#define ARROWS BLANKS ".:>-)]…→»›"

/* Does a sentence end here, so that what follows is none of it? */
static bool ends_sentence(const char *text, size_t bytes) {
    return bytes == 0 || without(text, bytes, ".!?…\"”’»)。]:|") < bytes;
}

/* What an invitation leaves: it begins with a capital, behind a sentence or in brackets. */
static size_t before_invitation(const char *text, size_t bytes, size_t end) {
    const size_t left = without(text, end, OPENED);
    const bool small = text[end] >= 'a' && text[end] <= 'z';
    const bool bracket = end > 0 && strchr("([", text[end - 1]) != NULL;
    return bracket || (!small && ends_sentence(text, left)) ? left : bytes;
}

static size_t drop_invitation(const struct ink_draft *draft, const char *text, size_t bytes) {
    const size_t headline = draft->bytes[INK_F_HEADLINE];
    size_t end = without(text, bytes, ARROWS);
    if (headline > 0 && ends_with(text, end, draft->text[INK_F_HEADLINE], headline)) {
        const size_t before = without(text, end - headline, ARROWS);
        end = ends_with(text, before, "continue reading", 16) ? before : end; // "... HEADLINE"
    }
    for (size_t i = 0; i < sizeof invitations / sizeof invitations[0]; i++) {
        const size_t length = invitations[i].bytes;
        const size_t left = ends_with(text, end, invitations[i].text, length)
                                ? before_invitation(text, bytes, end - length)
                                : bytes;
        if (left < bytes) {
            return left;
        }
    }
    return bytes;
}

/* WordPress names the headline and the site; only by one of them it is surely no sentence. */
static size_t drop_post(const struct ink_draft *draft, const char *text, size_t bytes,
                        const char *feed, size_t feed_bytes) {
    const size_t headline = draft->bytes[INK_F_HEADLINE];
    const size_t from = bytes > FIRST_BACK ? bytes - FIRST_BACK : 0;
    const char *first = memmem(text + from, bytes - from, FIRST, sizeof FIRST - 1), *post = NULL;
    for (const char *next = text; first != NULL && (next = memmem(next, (size_t)(first - next),
                                                                  POST, sizeof POST - 1)) != NULL;
         next++) {
        post = next;
    }
    if (post == NULL) {
        return bytes;
    }
    const char *name = post + sizeof POST - 1, *site = first + sizeof FIRST - 1;
    const size_t end = without(text, bytes, ARROWS);
    const size_t site_bytes = text + end > site ? (size_t)(text + end - site) : 0;
    const bool named = headline > 0 && (size_t)(first - name) == headline &&
                       strncasecmp(name, draft->text[INK_F_HEADLINE], headline) == 0;
    const bool own =
        feed_bytes > 0 && site_bytes == feed_bytes && strncasecmp(site, feed, feed_bytes) == 0;
    return named || own ? without(text, (size_t)(post - text), BLANKS) : bytes;
}

/* "[...]" stands for what was cut: an ellipsis, unless only whole sentences were. */
static size_t drop_cut(char *text, size_t bytes) {
    const size_t end = without(text, bytes, BLANKS), dots = without(text, end, ")]");
    const size_t open = without(text, dots, BLANKS ".…"), left = without(text, open, "([");
    const size_t kept = without(text, left, BLANKS);
    if (dots == end || open == dots || left == open) {
        return bytes;
    }
    if (ends_sentence(text, kept)) {
        return kept;
    }
    memcpy(text + kept, INK_ELLIPSIS, INK_ELLIPSIS_BYTES); // what goes is no shorter
    return kept + INK_ELLIPSIS_BYTES;
}

void ink_feed_tail(struct ink_draft *draft, const char *feed, size_t feed_bytes) {
    char *text = draft->text[INK_F_DETAIL];
    size_t bytes = draft->bytes[INK_F_DETAIL], before = bytes + 1;
    for (int i = 0; i < TAILS && bytes < before; i++) {
        before = bytes;
        bytes = drop_post(draft, text, bytes, feed, feed_bytes);
        bytes = drop_invitation(draft, text, bytes);
        bytes = drop_cut(text, bytes);
    }
    const bool says = bytes != INK_ELLIPSIS_BYTES || memcmp(text, INK_ELLIPSIS, bytes) != 0;
    draft->bytes[INK_F_DETAIL] = says ? (uint16_t)bytes : 0;
}
