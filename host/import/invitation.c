#include "import/invitation.h"

#include <ctype.h>
#include <strings.h>

#include "core/ink_fold.h"
#include "import/plain.h"

/* Case and accents do not matter in what follows, and any blank or dash is a blank. */

/* They begin a block where they begin a line. Of other languages a block is known by its link. */
static const char *const headings[] = {"join zoom meeting",
                                       "join zoom webinar",
                                       "join our cloud hd video meeting",
                                       "join microsoft teams meeting",
                                       "join teams meeting",
                                       "join the meeting",
                                       "join webex meeting",
                                       "join skype meeting",
                                       "join with google meet",
                                       "join by phone",
                                       "join by video",
                                       "join on your computer",
                                       "join from the meeting link",
                                       "click here to join the meeting",
                                       "google meet joining info",
                                       "microsoft teams meeting",
                                       "microsoft teams need help",
                                       "microsoft teams besprechung",
                                       "skype meeting",
                                       "video call link",
                                       "one tap mobile",
                                       "dial by your location",
                                       "find your local number",
                                       "find a local number",
                                       "or call in",
                                       "or dial",
                                       NULL};

/* So does this in the midst of one. */
static const char invites[] = "inviting you to a scheduled";

/* They let in with what stands behind them. */
static const char *const codes[] = {"pin",
                                    "passcode",
                                    "password",
                                    "access code",
                                    "security code",
                                    "meeting id",
                                    "meeting number",
                                    "meeting code",
                                    "meeting key",
                                    "webinar id",
                                    "webinar number",
                                    "conference id",
                                    "conference code",
                                    "participant code",
                                    "participant id",
                                    "host key",
                                    "dial in",
                                    "kenncode",
                                    "kennwort",
                                    "passwort",
                                    "zugangscode",
                                    "besprechungs id",
                                    "konferenz id",
                                    "id de réunion",
                                    "id de la réunion",
                                    "id de reunión",
                                    "code secret",
                                    "code d’accès",
                                    "mot de passe",
                                    "código de acceso",
                                    "contraseña",
                                    "id riunione",
                                    "codice di accesso",
                                    "id da reunião",
                                    "senha",
                                    "identyfikator spotkania",
                                    "kod dostępu",
                                    "hasło",
                                    "ідентифікатор конференції",
                                    "ідентифікатор наради",
                                    "код доступу",
                                    "идентификатор конференции",
                                    "идентификатор собрания",
                                    "код доступа",
                                    "пароль",
                                    NULL};

/* Words between a code's name and the code. */
static const char *const fillers[] = {"is", "no", "nr", "number", "code", NULL};

/* Addresses that open a meeting, in lower case. A slash may also be written "%2F", as in links that
 * a mail program has wrapped. */
static const char *const joins[] = {"zoom.us/j/",
                                    "zoom.us/w/",
                                    "zoom.us/s/",
                                    "zoom.us/my/",
                                    "zoom.us/wc/",
                                    "zoomgov.com/j/",
                                    "teams.microsoft.com/l/meetup-join",
                                    "teams.microsoft.com/meet/",
                                    "teams.live.com/meet/",
                                    "dialin.teams.microsoft.com",
                                    "aka.ms/jointeamsmeeting",
                                    "meet.google.com/",
                                    "g.co/meet/",
                                    "tel.meet/",
                                    "webex.com/",
                                    "whereby.com/",
                                    "meet.jit.si/",
                                    "gotomeet.me/",
                                    "gotomeeting.com/join/",
                                    "meet.goto.com/",
                                    "bluejeans.com/",
                                    "join.skype.com/",
                                    "meet.lync.com/",
                                    "chime.aws/",
                                    "facetime.apple.com/join",
                                    "pwd=",
                                    "passcode=",
                                    NULL};

/* Lines that part a block from what people wrote: Google's and Microsoft's. */
static const char google_rule[] = "-::~:~::", microsoft_rule[] = "________________________________";

struct text {
    const char *at;
    size_t bytes;
    size_t tags_end; /* behind the last > */
};

/* ---- words ----------------------------------------------------------------------------------- */

static bool starts(const struct text *text, size_t at, const char *with) {
    const size_t length = strlen(with);
    return text->bytes - at >= length && strncasecmp(text->at + at, with, length) == 0;
}

/* The letter at `at`, folded, or a separator; moves it on. */
static uint32_t next_letter(const struct text *text, size_t *at) {
    uint32_t letter = INK_FOLD_SKIP;
    while (letter == INK_FOLD_SKIP && *at < text->bytes) {
        const uint8_t byte = (uint8_t)text->at[*at];
        if (byte == '&' && starts(text, *at, "&nbsp;")) {
            *at += 6;
            return INK_FOLD_SEPARATOR;
        }
        if (byte < 0x80) {
            letter = ink_fold_ascii[byte];
            (*at)++;
        } else {
            letter = ink_fold(ink_plain_point(text->at, text->bytes, at));
        }
    }
    return letter == INK_FOLD_SKIP ? INK_FOLD_SEPARATOR : letter;
}

static bool ends_line(char c) {
    return c == '\n' || c == '\r';
}

/* Behind the separators from `at` on, within the line. */
static size_t pass_separators(const struct text *text, size_t at) {
    size_t next = at;
    while (at < text->bytes && !ends_line(text->at[at]) && text->at[at] != '<' &&
           next_letter(text, &next) == INK_FOLD_SEPARATOR) {
        at = next;
    }
    return at;
}

/* Behind these words, if whole words stand at `at`; else 0. */
static size_t pass_words(const struct text *text, size_t at, const char *words) {
    const struct text want = {words, strlen(words), 0};
    size_t next = at;
    for (size_t i = 0; i < want.bytes;) {
        const uint32_t letter = next_letter(&want, &i);
        if (letter != INK_FOLD_SEPARATOR) {
            if (next >= text->bytes || next_letter(text, &next) != letter) {
                return 0;
            }
            continue;
        }
        const size_t behind = pass_separators(text, next);
        if (behind == next) {
            return 0;
        }
        next = behind;
    }
    size_t end = next;
    return next == text->bytes || next_letter(text, &end) == INK_FOLD_SEPARATOR ? next : 0;
}

/* The first letter alone rules out most. */
static size_t pass_one(const struct text *text, size_t at, const char *const *list) {
    size_t next = at, behind = 0;
    const uint32_t first = next_letter(text, &next);
    for (; *list != NULL && behind == 0; list++) {
        const bool other = (unsigned char)**list < 0x80 && (unsigned char)**list != first;
        behind = other ? 0 : pass_words(text, at, *list);
    }
    return behind;
}

/* Behind a tag, or `at` if none begins there. */
static size_t pass_tag(const struct text *text, size_t at) {
    const bool begins = at < text->tags_end && text->at[at] == '<';
    const char *end = begins ? memchr(text->at + at, '>', text->bytes - at) : NULL;
    return end != NULL ? (size_t)(end - text->at) + 1 : at;
}

/* Does a number follow, or a colon and whatever it announces? "Banks change PIN rules" has none. */
static bool has_value(const struct text *text, size_t at) {
    while (at < text->bytes && !ends_line(text->at[at])) {
        size_t next = pass_tag(text, at);
        if (next > at) {
            at = next;
            continue;
        }
        if (strchr(":=#", text->at[at]) != NULL) {
            return true;
        }
        const uint32_t letter = next_letter(text, &next);
        if (letter >= '0' && letter <= '9') {
            return true;
        }
        next = letter == INK_FOLD_SEPARATOR ? next : pass_one(text, at, fillers);
        if (next == 0) {
            return false;
        }
        at = next;
    }
    return false;
}

/* ---- what may begin there -------------------------------------------------------------------- */

enum { ASCII = 128 };

static void add_pairs(uint64_t pairs[ASCII * ASCII / 64], const char *const *list) {
    for (; *list != NULL; list++) {
        const uint8_t one = (uint8_t)(*list)[0], other = (uint8_t)(*list)[1];
        for (unsigned second = 0; second < ASCII; second++) {
            // Instead of a blank there may be any separator; an accent is no matter.
            const bool fits = other == second || other == ' ' || other >= ASCII;
            const unsigned pair = one * ASCII + second;
            if (one < ASCII && fits) {
                pairs[pair / 64] |= (uint64_t)1 << pair % 64;
            }
        }
    }
}

/* Two letters tell that most words begin nothing of what is looked for. */
static bool may_begin(const struct text *text, size_t at) {
    static uint64_t pairs[ASCII * ASCII / 64];
    static bool filled;
    if (!filled) {
        add_pairs(pairs, headings);
        add_pairs(pairs, codes);
        add_pairs(pairs, joins);
        add_pairs(pairs, (const char *const[]){invites, NULL});
        filled = true;
    }
    const uint8_t one = (uint8_t)text->at[at];
    const uint8_t other = at + 1 < text->bytes ? (uint8_t)text->at[at + 1] : 0;
    if (one >= ASCII || other >= ASCII) {
        return true;
    }
    const unsigned pair = (unsigned)tolower(one) * ASCII + (unsigned)tolower(other);
    return (pairs[pair / 64] >> pair % 64 & 1) != 0;
}

/* ---- addresses ------------------------------------------------------------------------------- */

static bool is_escaped_slash(const struct text *text, size_t at) {
    return text->at[at] == '%' && starts(text, at, "%2f");
}

static bool is_address(const struct text *text, size_t at, const char *address) {
    for (; *address != '\0' && at < text->bytes; address++) {
        if (*address == '/' && is_escaped_slash(text, at)) {
            at += 3;
        } else if (tolower((unsigned char)text->at[at]) == *address) {
            at++;
        } else {
            return false;
        }
    }
    return *address == '\0';
}

/* Nothing before `at` belongs to the same word. */
static bool is_apart(const struct text *text, size_t at) {
    const unsigned before = at > 0 ? (unsigned char)text->at[at - 1] : 0;
    const bool joined = (before | 0x20) - 'a' < 26u || before - '0' < 10u;
    return !joined || (at >= 3 && is_escaped_slash(text, at - 3));
}

static bool is_join(const struct text *text, size_t at) {
    const char *const *join = joins;
    if ((uint8_t)text->at[at] >= ASCII || !is_apart(text, at)) {
        return false;
    }
    while (*join != NULL && !is_address(text, at, *join)) {
        join++;
    }
    return *join != NULL;
}

bool ink_invitation_is_join(const char *url, size_t bytes) {
    const struct text text = {url, bytes, 0};
    size_t at = 0;
    while (at < bytes && !(is_apart(&text, at) && may_begin(&text, at) && is_join(&text, at))) {
        at++;
    }
    return at < bytes;
}

/* ---- lines ----------------------------------------------------------------------------------- */

struct walk {
    struct text text;
    size_t line;    /* where the line or sentence at hand begins */
    size_t lead;    /* where lines begin that only lead up to it; as `line` if none do */
    bool has_words; /* since `line` */
    bool in_word;   /* a letter stands just before */
    char last;      /* letter of it that is no blank */
};

/* A line that ends with a colon leads up to the next, and so does one without words. */
static void begin_line(struct walk *walk, size_t at) {
    if (walk->has_words) {
        walk->lead = walk->last == ':' ? walk->lead : at;
    }
    walk->line = at;
    walk->has_words = walk->in_word = false;
    walk->last = '\0';
}

static bool is_breaking_tag(const struct text *text, size_t at) {
    static const char *const names[] = {"br", "p",  "div", "li", "ul", "ol", "tr",
                                        "td", "hr", "h1",  "h2", "h3", "h4", NULL};
    at += text->bytes - at > 1 && text->at[at + 1] == '/' ? 2 : 1;
    for (const char *const *name = names; *name != NULL; name++) {
        const size_t end = at + strlen(*name);
        if (end < text->bytes && starts(text, at, *name) &&
            !isalnum((unsigned char)text->at[end])) {
            return true;
        }
    }
    return false;
}

static bool ends_sentence(const struct text *text, size_t at) {
    return strchr(".!?;", text->at[at]) != NULL && at + 1 < text->bytes && text->at[at + 1] == ' ';
}

/* "+16465550100,,8234411#": a number, a pause, and what to dial then. */
static bool dials(const struct text *text, size_t at) {
    return starts(text, at, ",,") && at + 2 < text->bytes &&
           isdigit((unsigned char)text->at[at + 2]) && at > 0 &&
           isdigit((unsigned char)text->at[at - 1]);
}

static bool begins_block(const struct walk *walk, size_t at) {
    const struct text *text = &walk->text;
    switch (text->at[at]) {
    case '-':
        return starts(text, at, google_rule);
    case '_':
        return starts(text, at, microsoft_rule);
    case ',':
        return dials(text, at);
    default:
        break;
    }
    if (!may_begin(text, at)) {
        return false;
    }
    if (walk->in_word) {
        return is_join(text, at);
    }
    const size_t behind = pass_one(text, at, codes);
    return is_join(text, at) || (behind > 0 && has_value(text, behind)) ||
           pass_words(text, at, invites) > 0 ||
           (!walk->has_words && pass_one(text, at, headings) > 0);
}

/* Addresses also stand inside of tags, words do not. */
static bool has_join_inside(const struct text *text, size_t at, size_t end) {
    return ink_invitation_is_join(text->at + at, end - at);
}

struct ink_invitation ink_invitation_find(const char *text, size_t bytes) {
    const char *close = bytes > 0 ? memrchr(text, '>', bytes) : NULL;
    struct walk walk = {.text = {text, bytes, close != NULL ? (size_t)(close - text) + 1 : 0}};
    for (size_t at = 0; at < bytes;) {
        size_t next = pass_tag(&walk.text, at);
        const bool tag = next > at;
        if (tag ? has_join_inside(&walk.text, at, next) : begins_block(&walk, at)) {
            while (at > walk.line && !isspace((unsigned char)text[at - 1])) {
                at--; // a link has a beginning that does not say what it is
            }
            return (struct ink_invitation){walk.lead, at};
        }
        if (tag ? is_breaking_tag(&walk.text, at)
                : ends_line(text[at]) || ends_sentence(&walk.text, at)) {
            begin_line(&walk, tag ? next : at + 1);
        } else if (!tag) {
            size_t behind = at;
            const bool blank = next_letter(&walk.text, &behind) == INK_FOLD_SEPARATOR;
            walk.has_words = walk.has_words || !blank;
            walk.in_word = !blank;
            walk.last = blank && isspace((unsigned char)text[at]) ? walk.last : text[at];
            next = behind;
        }
        at = next > at ? next : at + 1;
    }
    return (struct ink_invitation){bytes, bytes};
}
