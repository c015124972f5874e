#include "import/wire.h"

#include <ctype.h>
#include <strings.h>

#include "core/ink_edtf.h"
#include "import/map.h"
#include "import/plain.h"
#include "import/stamp.h"

enum { PARAGRAPHS = 12, BODY_BYTES = 65536 }; /* of a body, as far as it is looked at */

/* ---- bodies ---------------------------------------------------------------------------------- */

/* Does a tag at `at` begin or end a paragraph? */
static bool parts_blocks(const char *at, size_t bytes) {
    static const char *const names[] = {"p",  "br", "div", "li",  "title", "head",    "h1",
                                        "h2", "h3", "hl1", "hl2", "tr",    "section", "article"};
    const size_t from = bytes > 1 && at[1] == '/' ? 2 : 1;
    size_t length = 0;
    while (from + length < bytes && isalnum((unsigned char)at[from + length])) {
        length++;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (length == strlen(names[i]) && strncasecmp(at + from, names[i], length) == 0) {
            return true;
        }
    }
    return false;
}

/* An empty line, or one that is set in. */
static bool parts_lines(const char *at, size_t bytes) {
    size_t i = 1;
    while (i < bytes && at[i] == '\r') {
        i++;
    }
    return i < bytes && (at[i] == '\n' || at[i] == '\t' ||
                         (at[i] == ' ' && i + 1 < bytes && isspace((unsigned char)at[i + 1])));
}

static size_t paragraph_bytes(const char *text, size_t bytes, bool html) {
    for (size_t i = 1; i < bytes; i++) {
        if (html ? text[i] == '<' && parts_blocks(text + i, bytes - i)
                 : text[i] == '\n' && parts_lines(text + i, bytes - i)) {
            return i;
        }
    }
    return bytes;
}

/* Letters or digits: "..." and "[ ... ]" say nothing. */
static bool says_something(const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        if (isalnum((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80) {
            return true;
        }
    }
    return false;
}

static bool same_text(const struct ink_draft *draft, int one, int other) {
    return draft->bytes[one] == draft->bytes[other] &&
           memcmp(draft->text[one], draft->text[other], draft->bytes[one]) == 0;
}

void ink_wire_body(struct ink_draft *draft, const char *text, size_t bytes, bool html) {
    if (ink_draft_has(draft, INK_F_DETAIL)) {
        return;
    }
    bytes = bytes < BODY_BYTES ? bytes : BODY_BYTES;
    for (int i = 0; i < PARAGRAPHS && bytes > 0; i++) {
        const size_t part = paragraph_bytes(text, bytes, html);
        if (html) {
            ink_draft_set_html(draft, INK_F_DETAIL, text, part);
        } else {
            ink_draft_set(draft, INK_F_DETAIL, text, part);
        }
        if (says_something(draft->text[INK_F_DETAIL], draft->bytes[INK_F_DETAIL]) &&
            !same_text(draft, INK_F_DETAIL, INK_F_HEADLINE)) {
            return;
        }
        text += part;
        bytes -= part;
    }
    draft->bytes[INK_F_DETAIL] = 0;
}

/* ---- times ----------------------------------------------------------------------------------- */

/* "P1DT2H30M" to seconds; -1: it is none, or one of months, whose length depends. */
static int64_t duration_s(const char *text, size_t bytes) {
    static const struct {
        char letter;
        bool timed;
        int32_t seconds;
    } units[] = {{'W', false, 604800},
                 {'D', false, 86400},
                 {'H', true, 3600},
                 {'M', true, 60},
                 {'S', true, 1}};
    bool timed = false;
    int64_t total = 0, value = -1;
    for (size_t i = 1; i < bytes && text[0] == 'P'; i++) {
        const char c = text[i];
        if (c >= '0' && c <= '9') {
            value = (value < 0 ? 0 : value) * 10 + (c - '0');
        } else if (c == 'T' && !timed && value < 0) {
            timed = true;
        } else {
            size_t u = 0;
            while (u < 5 && (units[u].letter != c || units[u].timed != timed)) {
                u++;
            }
            total += u < 5 ? value * units[u].seconds : 0;
            value = u < 5 && value >= 0 ? -1 : INT32_MAX;
        }
        if (value >= INT32_MAX || total > INT32_MAX) {
            return -1;
        }
    }
    return value < 0 && total > 0 ? total : -1;
}

static bool read_when(const struct ink_draft *draft, struct ink_date *when) {
    return ink_draft_has(draft, INK_F_WHEN) &&
           ink_edtf_parse_one(draft->text[INK_F_WHEN], draft->bytes[INK_F_WHEN], when) ==
               INK_REASON_NONE &&
           ink_is_dated(when);
}

void ink_wire_duration(struct ink_draft *draft, const char *text, size_t bytes) {
    char edtf[INK_EDTF_BYTES];
    struct ink_date when;
    const int64_t seconds = duration_s(text, bytes);
    if (ink_draft_has(draft, INK_F_UNTIL) || seconds < 0 || !read_when(draft, &when) ||
        when.precision < INK_PRECISION_DAY) {
        return;
    }
    const bool day = when.precision == INK_PRECISION_DAY;
    if (day && seconds < 2 * 86400) {
        return; // the day itself
    }
    struct ink_zone zone = {.count = 1, .change = {{.offset_min = when.offset_min}}};
    const int64_t until_s = ink_date_start(&when, &zone) + seconds - (day ? 86400 : 0);
    struct ink_date until = ink_local(until_s, &zone);
    until.precision = when.precision;
    until.second = day ? 0 : until.second;
    until.flags = when.flags;
    until.offset_min = when.offset_min;
    ink_draft_set(draft, INK_F_UNTIL, edtf, ink_edtf_write(&until, edtf));
}

bool ink_wire_ahead(const struct ink_import *in) {
    struct ink_date when;
    return read_when(&in->draft, &when) && ink_date_start(&when, NULL) > in->view.now_utc;
}

/* ---- roles ----------------------------------------------------------------------------------- */

bool ink_wire_for_desk(const char *role, size_t bytes) {
    static const char *const desk[] = {"note",     "internal", "slug",    "rights",  "usage",
                                       "credit",   "writer",   "byline",  "keyword", "instruct",
                                       "advisory", "embargo",  "copyr",   "locator", "title",
                                       "desk",     "alttext",  "working", NULL};
    for (const char *const *word = desk; *word != NULL; word++) {
        const size_t length = strlen(*word);
        for (size_t at = 0; at + length <= bytes; at++) {
            if (strncasecmp(role + at, *word, length) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* ---- status ---------------------------------------------------------------------------------- */

static bool is_word(struct ink_span span, const char *word) {
    return span.bytes == strlen(word) && strncasecmp(span.at, word, span.bytes) == 0;
}

void ink_wire_status(struct ink_import *in, const char *text, size_t bytes) {
    static const char *const gone[] = {"canceled", "cancelled", "killed", "recalled"};
    char quoted[INK_QUOTE_BYTES];
    const struct ink_span word = ink_map_code(text, bytes);
    if (word.bytes == 0 || is_word(word, "usable")) {
        return;
    }
    if (is_word(word, "embargoed")) {
        in->draft.embargo_utc =
            in->draft.embargo_utc == INT64_MIN ? INT64_MAX : in->draft.embargo_utc;
        return;
    }
    ink_draft_cancel(&in->draft);
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++) {
        if (is_word(word, gone[i])) {
            return;
        }
    }
    struct ink_problem problem = ink_import_at(in, in->draft.line, in->draft.column);
    problem.rule = "withheld";
    problem.what = ink_quote(quoted, text, bytes);
    problem.expected = "expected usable or canceled as publication status";
    problem.hint = "the item is hidden until a version of it is usable";
    ink_import_warn(in, &problem);
}

/* ---- sources --------------------------------------------------------------------------------- */

/* "By", "Von" before names, by the item's language; in front of all, the English one. */
static void drop_by(struct ink_draft *draft) {
    static const char *const words[][2] = {{"", "By "},    {"de", "Von "}, {"fr", "Par "},
                                           {"es", "Por "}, {"pt", "Por "}, {"it", "Di "},
                                           {"nb", "Av "},  {"no", "Av "},  {"sv", "Av "},
                                           {"da", "Af "},  {"nl", "Door "}};
    char *source = draft->text[INK_F_SOURCE];
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t lang = strlen(words[i][0]), bytes = strlen(words[i][1]);
        if (draft->bytes[INK_F_SOURCE] > bytes && strncasecmp(source, words[i][1], bytes) == 0 &&
            (lang == 0 || (draft->bytes[INK_F_LANG] >= lang &&
                           strncasecmp(draft->text[INK_F_LANG], words[i][0], lang) == 0))) {
            draft->bytes[INK_F_SOURCE] = (uint16_t)(draft->bytes[INK_F_SOURCE] - bytes);
            memmove(source, source + bytes, draft->bytes[INK_F_SOURCE]);
            return;
        }
    }
}

/* Does the source name the relay already? "Ann Smith, dpa" and "dpa" do; "Saab" does not name AA.
 */
static bool names_relay(const struct ink_draft *draft) {
    const char *source = draft->text[INK_F_SOURCE], *via = draft->text[INK_F_VIA];
    const size_t have = draft->bytes[INK_F_SOURCE], want = draft->bytes[INK_F_VIA];
    for (size_t i = 0; want > 0 && i + want <= have; i++) {
        if (strncasecmp(source + i, via, want) == 0 &&
            (i == 0 || !isalnum((unsigned char)source[i - 1])) &&
            (i + want == have || !isalnum((unsigned char)source[i + want]))) {
            return true;
        }
    }
    return false;
}

static void settle_source(struct ink_draft *draft) {
    drop_by(draft);
    if (!ink_draft_has(draft, INK_F_SOURCE)) {
        ink_draft_set(draft, INK_F_SOURCE, draft->text[INK_F_VIA], draft->bytes[INK_F_VIA]);
    }
    if (names_relay(draft)) {
        draft->bytes[INK_F_VIA] = 0;
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void settle_texts(struct ink_draft *draft) {
    if (!ink_draft_has(draft, INK_F_HEADLINE)) {
        ink_draft_set(draft, INK_F_HEADLINE, draft->text[INK_F_DETAIL], draft->bytes[INK_F_DETAIL]);
    }
    if (same_text(draft, INK_F_HEADLINE, INK_F_DETAIL)) {
        draft->bytes[INK_F_DETAIL] = 0;
    }
    if (same_text(draft, INK_F_WHEN, INK_F_UNTIL)) {
        draft->bytes[INK_F_UNTIL] = 0;
    }
    if (strncasecmp(draft->text[INK_F_URL], "http", 4) != 0) {
        draft->bytes[INK_F_URL] = 0;
    }
}

void ink_wire_put(struct ink_import *in, bool event) {
    struct ink_draft *draft = &in->draft;
    if (event && ink_draft_has(draft, INK_F_DATED)) { // only a report's time is marked
        draft->bytes[INK_F_DATED] = draft->bytes[INK_F_WHEN] = 0;
    }
    settle_source(draft);
    settle_texts(draft);
    ink_import_put(in);
}
