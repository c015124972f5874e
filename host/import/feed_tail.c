#include "import/feed_tail.h"

#include <string.h>
#include <strings.h>

enum { TAILS = 4 }; /* one behind the other */

#define POST  "The post "
#define FIRST " appeared first on "

/* Invitations to go on where nobody can follow; in the languages whose feeds have them most. */
static const char *const invitations[] = {"continue reading",
                                          "keep reading",
                                          "read more",
                                          "read on",
                                          "read full story",
                                          "read full article",
                                          "read the full story",
                                          "read the full article",
                                          "read the whole story",
                                          "read the rest",
                                          "read the rest of this entry",
                                          "full story",
                                          "click here to read more",
                                          "weiterlesen",
                                          "mehr lesen",
                                          "lire la suite",
                                          "leer más",
                                          "seguir leyendo",
                                          "leggi tutto",
                                          "continua a leggere",
                                          "leia mais",
                                          "lees meer",
                                          "läs mer",
                                          "les mer",
                                          "læs mere",
                                          "czytaj więcej",
                                          "Читать далее",
                                          "Читати далі",
                                          NULL};

static bool ends_with(const char *text, size_t bytes, const char *end, size_t length) {
    return bytes >= length && strncasecmp(text + bytes - length, end, length) == 0;
}

/* Bytes of text without any of these at its end. */
static size_t without(const char *text, size_t bytes, const char *const *marks) {
    for (const char *const *mark = marks; *mark != NULL;) {
        const size_t length = strlen(*mark);
        const bool found = ends_with(text, bytes, *mark, length);
        bytes -= found ? length : 0;
        mark = found ? marks : mark + 1;
    }
    return bytes;
}

static const char *const arrows[] = {" ", "\xC2\xA0", ".", ":", ">", "-", ")",
                                     "]", "…",        "→", "»", "›", NULL};
static const char *const blanks[] = {" ", "\xC2\xA0", NULL};
static const char *const opened[] = {" ", "\xC2\xA0", "(", "[", NULL};

/* Does a sentence end here, so that what follows is none of it? */
static bool ends_sentence(const char *text, size_t bytes) {
    static const char *const ends[] = {".", "!", "?",  "…", "\"", "”", "’",
                                       "»", ")", "。", "]", ":",  "|", NULL};
    return bytes == 0 || without(text, bytes, ends) < bytes;
}

/* What an invitation leaves: it begins with a capital, behind a sentence or in brackets. */
static size_t before_invitation(const char *text, size_t bytes, size_t end) {
    const size_t left = without(text, end, opened);
    const bool small = text[end] >= 'a' && text[end] <= 'z';
    const bool bracket = end > 0 && strchr("([", text[end - 1]) != NULL;
    return bracket || (!small && ends_sentence(text, left)) ? left : bytes;
}

static size_t drop_invitation(const struct ink_draft *draft, const char *text, size_t bytes) {
    const size_t headline = draft->bytes[INK_F_HEADLINE];
    size_t end = without(text, bytes, arrows);
    if (headline > 0 && ends_with(text, end, draft->text[INK_F_HEADLINE], headline)) {
        const size_t before = without(text, end - headline, arrows);
        end = ends_with(text, before, "continue reading", 16) ? before : end; // "... HEADLINE"
    }
    for (const char *const *one = invitations; *one != NULL; one++) {
        const size_t length = strlen(*one);
        const size_t left = ends_with(text, end, *one, length)
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
    const char *first = memmem(text, bytes, FIRST, sizeof FIRST - 1), *post = NULL;
    for (const char *next = text; first != NULL && (next = memmem(next, (size_t)(first - next),
                                                                  POST, sizeof POST - 1)) != NULL;
         next++) {
        post = next;
    }
    if (post == NULL) {
        return bytes;
    }
    const char *name = post + sizeof POST - 1, *site = first + sizeof FIRST - 1;
    const size_t end = without(text, bytes, arrows);
    const size_t site_bytes = text + end > site ? (size_t)(text + end - site) : 0;
    const bool named = headline > 0 && (size_t)(first - name) == headline &&
                       strncasecmp(name, draft->text[INK_F_HEADLINE], headline) == 0;
    const bool own =
        feed_bytes > 0 && site_bytes == feed_bytes && strncasecmp(site, feed, feed_bytes) == 0;
    return named || own ? without(text, (size_t)(post - text), blanks) : bytes;
}

/* "[...]" stands for what was cut: an ellipsis, unless only whole sentences were. */
static size_t drop_cut(char *text, size_t bytes) {
    static const char *const cuts[] = {"[…]", "[...]", "[ … ]", "(…)", "(...)", "[..]", NULL};
    const size_t end = without(text, bytes, blanks), left = without(text, end, cuts);
    const size_t kept = without(text, left, blanks);
    if (left == end || ends_sentence(text, kept)) {
        return left == end ? bytes : kept;
    }
    memcpy(text + kept, "…", 3); // a cut is no shorter
    return kept + 3;
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
    const bool says = bytes != 3 || memcmp(text, "…", 3) != 0;
    draft->bytes[INK_F_DETAIL] = says ? (uint16_t)bytes : 0;
}
