#include "import/invitation.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/ink_fold.h"
#include "import/prose.h"

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
                                    "code secret",
                                    "code d’accès",
                                    "code d'accès",
                                    "mot de passe",
                                    "id de reunión",
                                    "id de la reunión",
                                    "código de acceso",
                                    "contraseña",
                                    "id riunione",
                                    "codice di accesso",
                                    "id da reunião",
                                    "senha",
                                    "vergadering id",
                                    "vergader id",
                                    "toegangscode",
                                    "wachtwoord",
                                    "identyfikator spotkania",
                                    "kod dostępu",
                                    "hasło",
                                    "ідентифікатор конференції",
                                    "ідентифікатор наради",
                                    "код доступу",
                                    "пін код",
                                    "пін",
                                    "идентификатор конференции",
                                    "идентификатор собрания",
                                    "код доступа",
                                    "пин код",
                                    "пин",
                                    "пароль",
                                    NULL};

/* These have other meanings, too: only before what looks like a code, and is no year. */
static const char *const vague[] = {"code", "id",  "código",  "codice", "kod",
                                    "kode", "код", "κωδικός", NULL};

/* Words between a code's name and the code. */
static const char *const fillers[] = {"is", "no", "nr", "number", "code", NULL};

/* Programs for meetings, as the place of one: in any language a name of one of them is in it. */
static const char *const products[] = {
    "zoom",         "webex",     "microsoft teams", "ms teams", "teams",  "google meet",
    "hangouts",     "skype",     "facetime",        "whereby",  "jitsi",  "gotomeeting",
    "goto meeting", "bluejeans", "livestorm",       "online",   "онлайн", NULL};

/* What leads up to a number, a code or a link, and says nothing without it. */
static const char *const leads[] = {
    "zoom",      "webex",     "teams",     "meet",      "skype",  "facetime", "google",
    "microsoft", "signal",    "whatsapp",  "telegram",  "viber",  "join",     "dial",
    "ring",      "tel",       "phone",     "telephone", "mobile", "cell",     "fax",
    "link",      "id",        "code",      "number",    "no",     "nr",       "at",
    "on",        "in",        "by",        "via",       "with",   "to",       "the",
    "or",        "and",       "is",        "bei",       "unter",  "über",     "per",
    "mit",       "im",        "telefon",   "handy",     "mobil",  "einwahl",  "beitreten",
    "oder",      "und",       "à",         "au",        "par",    "sur",      "de",
    "tél",       "téléphone", "rejoindre", "appeler",   "ou",     "et",       "por",
    "en",        "al",        "teléfono",  "unirse",    "marcar", "o",        "y",
    "su",        "telefono",  "e",         "op",        "na",     "przez",    "тел",
    "телефон",   "телефоном", "телефону",  "за",        "на",     "по",       "через",
    "та",        "і",         "или",       "або",       NULL};

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

/* ---- addresses ------------------------------------------------------------------------------- */

static bool is_escaped_slash(const struct ink_prose *text, size_t at) {
    return text->bytes - at >= 3 && text->at[at] == '%' &&
           strncasecmp(text->at + at, "%2f", 3) == 0;
}

static bool is_address(const struct ink_prose *text, size_t at, const char *address) {
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
static bool is_apart(const struct ink_prose *text, size_t at) {
    const unsigned before = at > 0 ? (unsigned char)text->at[at - 1] : 0;
    const bool joined = (before | 0x20) - 'a' < 26u || before - '0' < 10u;
    return !joined || (at >= 3 && is_escaped_slash(text, at - 3));
}

static bool is_join(const struct ink_prose *text, size_t at) {
    const char *const *join = joins;
    if (!is_apart(text, at)) {
        return false;
    }
    const char first =
        text->at[at] >= 'A' && text->at[at] <= 'Z' ? (char)(text->at[at] | 0x20) : text->at[at];
    while (*join != NULL && ((*join)[0] != first || !is_address(text, at, *join))) {
        join++;
    }
    return *join != NULL;
}

bool ink_invitation_is_join(const char *url, size_t bytes) {
    const struct ink_prose text = {url, bytes};
    size_t at = 0;
    while (at < bytes && !is_join(&text, at)) {
        at++;
    }
    return at < bytes;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static bool is_digit(uint32_t letter) {
    return letter >= '0' && letter <= '9';
}

static bool is_year(int digits, uint32_t begin) {
    return digits == 4 && (begin == 19 || begin == 20);
}

/* Between the digits of one number; a dash or blank also as typesetters write it. */
static bool joins_digits(const struct ink_prose *text, size_t at) {
    const uint8_t *byte = (const uint8_t *)text->at + at;
    if (byte[0] < 0x80) {
        return strchr(" -./()", byte[0]) != NULL;
    }
    const bool no_break = at + 1 < text->bytes && byte[0] == 0xC2 && byte[1] == 0xA0;
    return no_break || (at + 2 < text->bytes && byte[0] == 0xE2 && byte[1] == 0x80 &&
                        (byte[2] <= 0x95 || byte[2] == 0xAF));
}

/* A run of digits, group by group. */
struct digits {
    int all, group;
    uint32_t begin; /* the first two of the group */
    bool year;      /* a group is one */
    bool dated;     /* and no group is any that dates and times have not */
};

static void end_group(struct digits *digits) {
    const bool year = is_year(digits->group, digits->begin);
    digits->year = digits->year || year;
    digits->dated = digits->dated && (digits->group <= 2 || year);
    digits->group = 0;
    digits->begin = 0;
}

/* A phone number, or the id of a meeting. */
static bool is_number(const struct ink_prose *text, size_t at) {
    enum { NUMBER_DIGITS = 9, ABROAD_DIGITS = 7, LOOK_DIGITS = 32 };
    struct digits digits = {.dated = true};
    const bool abroad = text->at[at] == '+';
    for (size_t next = at += abroad; at < text->bytes && digits.all < LOOK_DIGITS; at = next) {
        const uint32_t letter = ink_prose_letter(text, &next);
        if (is_digit(letter)) {
            digits.begin = digits.group < 2 ? digits.begin * 10 + letter - '0' : digits.begin;
            digits.group++;
            digits.all++;
        } else if (digits.all > 0 && joins_digits(text, at)) {
            end_group(&digits);
        } else {
            break;
        }
    }
    end_group(&digits);
    return abroad ? digits.all >= ABROAD_DIGITS
                  : digits.all >= NUMBER_DIGITS && !(digits.year && digits.dated);
}

/* ---- codes ----------------------------------------------------------------------------------- */

/* Is the word at `at` a code? A vague name wants one of four letters that is no year. */
static bool is_code(const struct ink_prose *text, size_t at, bool vaguely) {
    int letters = 0, digits = 0;
    uint32_t letter, begin = 0;
    while (at < text->bytes && (letter = ink_prose_letter(text, &at)) != INK_FOLD_SEPARATOR) {
        begin = letters < 2 && is_digit(letter) ? begin * 10 + letter - '0' : begin;
        digits += is_digit(letter);
        letters++;
    }
    return digits > 0 &&
           (!vaguely || (letters >= 4 && !(digits == letters && is_year(digits, begin))));
}

/* Does a code follow, or a colon and whatever it announces? "Banks change PIN rules" has none. */
static bool has_code(const struct ink_prose *text, size_t at, bool vaguely) {
    while (at < text->bytes && text->at[at] != '\n') {
        size_t next = at;
        if (ink_prose_letter(text, &next) != INK_FOLD_SEPARATOR) {
            next = ink_prose_pass(text, at, fillers);
        } else if (!vaguely && strchr(":=#", text->at[at]) != NULL) {
            return true;
        }
        if (next == 0) {
            return is_code(text, at, vaguely);
        }
        at = next;
    }
    return false;
}

static bool names_code(const struct ink_prose *text, size_t at) {
    const size_t code = ink_prose_pass(text, at, codes);
    const size_t maybe = code == 0 ? ink_prose_pass(text, at, vague) : 0;
    return (code > 0 && has_code(text, code, false)) || (maybe > 0 && has_code(text, maybe, true));
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* A text from its beginning on, and how much of it is kept if it ends here. */
struct walk {
    struct ink_prose text;
    size_t kept;  /* behind the last word that does not only lead up to something */
    size_t token; /* what that was before the address at hand, if it is one */
    size_t part;  /* before the part of a list at hand */
    size_t open;  /* before a bracket that is open; SIZE_MAX: none is */
    bool in_word; /* a letter stands just before */
    bool leads;   /* of the word at hand */
};

/* In "Hall 4, Zoom", "Hall 4 - Zoom", "Hall 4 (Zoom)". */
static bool ends_part(const struct ink_prose *text, size_t at) {
    if (text->at[at] == '-') {
        return at > 0 && text->at[at - 1] == ' ';
    }
    return strchr(",;/|\n([", text->at[at]) != NULL ||
           (text->bytes - at > 2 &&
            (memcmp(text->at + at, "–", 3) == 0 || memcmp(text->at + at, "—", 3) == 0));
}

static void pass_separator(struct walk *walk, size_t at, size_t next) {
    const char c = walk->text.at[at];
    if (c == '(' || c == '[') {
        walk->open = walk->open < walk->kept ? walk->open : walk->kept;
    } else if (c == ')' || c == ']') {
        walk->open = SIZE_MAX;
    }
    walk->token = strchr(" ,;([<\n", c) != NULL ? walk->kept : walk->token;
    if (ends_part(&walk->text, at)) {
        walk->part = walk->kept;
    } else if (walk->kept == at && strchr(" :=<-+\r", c) == NULL) {
        walk->kept = next; // "Who is next?" keeps its mark
    }
    walk->in_word = false;
}

static void pass_letter(struct walk *walk, size_t at, size_t next) {
    if (!walk->in_word) {
        walk->leads = ink_prose_pass(&walk->text, at, leads) > 0;
    }
    walk->kept = walk->leads ? walk->kept : next;
    walk->in_word = true;
}

/* Does what lets in begin at `at`? */
static bool lets_in(const struct walk *walk, size_t at, bool letter) {
    const bool abroad = walk->text.at[at] == '+';
    return !walk->in_word && ((letter && names_code(&walk->text, at)) ||
                              ((letter || abroad) && is_number(&walk->text, at)));
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Walk to what lets in, or in a place names a program; else to the end. How much is kept then. */
static size_t find(struct walk *walk, bool place) {
    for (size_t at = 0, next = 0; at < walk->text.bytes; at = next) {
        const bool letter = ink_prose_letter(&walk->text, &next) != INK_FOLD_SEPARATOR;
        if (letter && is_join(&walk->text, at)) {
            return least(walk->token, walk->open);
        }
        if (place && letter && !walk->in_word && ink_prose_pass(&walk->text, at, products) > 0) {
            return least(walk->part, walk->open);
        }
        if (lets_in(walk, at, letter)) {
            return least(walk->kept, walk->open);
        }
        (letter ? pass_letter : pass_separator)(walk, at, next);
    }
    return walk->text.bytes;
}

size_t ink_invitation_headline(const char *text, size_t bytes) {
    struct walk walk = {.text = {text, bytes}, .open = SIZE_MAX};
    return find(&walk, false);
}

size_t ink_invitation_place(const char *text, size_t bytes) {
    struct walk walk = {.text = {text, bytes}, .open = SIZE_MAX};
    const size_t end = find(&walk, true);
    return walk.kept > 0 ? end : 0; // "Signal" leads to no place
}
