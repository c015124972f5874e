#include <strings.h>

#include "import/plain.h"
#include "import/stamp.h"
#include "import/timelinejs.h"

static void warn_yearless(struct ink_import *in) {
    struct ink_problem problem = ink_import_at(in, in->draft.line, in->draft.column);
    problem.rule = "timelinejs-end";
    problem.field = "until";
    problem.what = "an end without a year is left out";
    problem.hint = "give the end year too";
    ink_import_warn(in, &problem);
}

static bool is_year_zero(const struct ink_parts *parts) {
    return parts->has[INK_PART_YEAR] && parts->value[INK_PART_YEAR] == 0 && parts->odd[0] == '\0';
}

static void refuse_year_zero(struct ink_import *in) {
    struct ink_problem problem = ink_import_at(in, in->draft.line, in->draft.column);
    problem.rule = "date";
    problem.field = "when";
    problem.what = "the year 0, which there is not";
    problem.expected = "expected a year from 1 on, or -1 and below for years BCE";
    problem.hint = "1 BCE is written -1";
    ink_import_refuse(in, false, &problem);
}

bool ink_timelinejs_dates(struct ink_import *in, const struct ink_parts *start,
                          const struct ink_parts *end) {
    char from[INK_PARTS_BYTES], to[INK_PARTS_BYTES];
    if (is_year_zero(start) || is_year_zero(end)) {
        refuse_year_zero(in);
        return false;
    }
    const size_t from_bytes = ink_parts_edtf(from, start), to_bytes = ink_parts_edtf(to, end);
    bool any = false;
    for (int part = 0; part < INK_PARTS; part++) {
        any = any || end->has[part];
    }
    ink_draft_set(&in->draft, INK_F_WHEN, from, from_bytes);
    if (to_bytes != from_bytes || memcmp(from, to, to_bytes) != 0) {
        ink_draft_set(&in->draft, INK_F_UNTIL, to, to_bytes);
    }
    if (any && to_bytes == 0) {
        warn_yearless(in);
    }
    return true;
}

/* ---- the date as it is shown ----------------------------------------------------------------- */

/* Bytes of the word at the beginning that makes a date approximate, 0 if there is none. */
static size_t find_about(const char *text, size_t bytes) {
    static const char *const words[] = {
        "c. ",    "c.",       "ca. ",   "circa ",         "about ", "around ",
        "~",      "approx. ", "um ",    "etwa ",          "vers ",  "env. ",
        "hacia ", "verso ",   "около ", "approximately ", "około "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t word = strlen(words[i]);
        if (bytes > word && strncasecmp(text, words[i], word) == 0) {
            return word;
        }
    }
    return 0;
}

/* Does a text hold this number, alone or among other words? */
static bool has_number(const char *text, size_t bytes, int number) {
    int value = -1;
    for (size_t i = 0; i <= bytes; i++) {
        const bool digit = i < bytes && text[i] >= '0' && text[i] <= '9';
        if (digit) {
            value = (value < 0 ? 0 : value % 10000000) * 10 + (text[i] - '0');
        } else if (value == number) {
            return true;
        } else {
            value = -1;
        }
    }
    return false;
}

/* Is it the date over again? */
static bool says_nothing(const char *text, size_t bytes, const struct ink_draft *draft) {
    char edtf[INK_STAMP_BYTES];
    const size_t count = ink_stamp_edtf(edtf, text, bytes);
    return count > 0 && count == draft->bytes[INK_F_WHEN] &&
           memcmp(edtf, draft->text[INK_F_WHEN], count) == 0 && !ink_draft_has(draft, INK_F_UNTIL);
}

/* A single year, month or day of which only the month or year is shown ("June 1943", "1943") is no
 * more than that; true: then the text says nothing else. */
static bool coarsen(const char *text, size_t bytes, struct ink_draft *draft) {
    enum { MONTH_BYTES = 64 };
    char day[MONTH_BYTES], edtf[INK_STAMP_BYTES];
    const char *when = draft->text[INK_F_WHEN];
    const size_t held = draft->bytes[INK_F_WHEN];
    if ((held != 4 && held != 7 && held != 10) || ink_draft_has(draft, INK_F_UNTIL) ||
        bytes > MONTH_BYTES - 2) {
        return false;
    }
    if (bytes == 4 && memcmp(text, when, 4) == 0) {
        draft->bytes[INK_F_WHEN] = 4;
        return true;
    }
    day[0] = '1';
    day[1] = ' ';
    memcpy(day + 2, text, bytes);
    if (held >= 7 && ink_stamp_edtf(edtf, day, bytes + 2) == 10 && memcmp(edtf, when, 7) == 0) {
        draft->bytes[INK_F_WHEN] = 7;
        return true;
    }
    return false;
}

/* "Summer 1943" of 1943-07-01: nobody said that it was the first. */
static bool is_made_up(const char *text, size_t bytes, const struct ink_draft *draft) {
    const char *when = draft->text[INK_F_WHEN];
    if (draft->bytes[INK_F_WHEN] != 10 || when[0] == '-' || ink_draft_has(draft, INK_F_UNTIL)) {
        return false;
    }
    const int year =
        (when[0] - '0') * 1000 + (when[1] - '0') * 100 + (when[2] - '0') * 10 + (when[3] - '0');
    const int day = (when[8] - '0') * 10 + (when[9] - '0');
    return has_number(text, bytes, year) && !has_number(text, bytes, day);
}

static void prefix_detail(struct ink_draft *draft, const char *text, size_t bytes) {
    char detail[INK_DRAFT_ROOM];
    const size_t rest = draft->bytes[INK_F_DETAIL];
    memcpy(detail, draft->text[INK_F_DETAIL], rest);
    ink_draft_set(draft, INK_F_DETAIL, text, bytes);
    ink_draft_add(draft, INK_F_DETAIL, ": ", detail, rest);
}

void ink_timelinejs_display(struct ink_import *in, const char *html, size_t bytes) {
    enum { TEXT_BYTES = 160 };
    char text[TEXT_BYTES];
    struct ink_draft *draft = &in->draft;
    const size_t count = ink_plain_html(text, sizeof text, html, bytes);
    const size_t about = find_about(text, count);
    const bool same = count > 0 && coarsen(text + about, count - about, draft);
    const bool made_up = !same && is_made_up(text, count, draft);
    if (count == 0 || !ink_draft_has(draft, INK_F_WHEN) || says_nothing(text, count, draft)) {
        return;
    }
    draft->bytes[INK_F_WHEN] = made_up ? 7 : draft->bytes[INK_F_WHEN]; /* the month */
    if (about == 0 && text[count - 1] == '?') {
        ink_draft_add(draft, INK_F_WHEN, "", "?", 1);
    } else if (about > 0 || made_up) {
        ink_draft_add(draft, INK_F_WHEN, "", "~", 1);
    }
    if (!same) {
        prefix_detail(draft, text, count);
    }
}

void ink_timelinejs_credit(struct ink_draft *draft) {
    static const char *const marks[] = {
        "photo",   "image",     "picture",       "screenshot",       "video",
        "getty",   "wikimedia", "flickr",        "youtube",          "\xC2\xA9",
        "(c) ",    "/",         "public domain", "creative commons", "illustration",
        "graphic", "map:"};
    char credit[INK_DRAFT_ROOM + 1];
    const size_t bytes = draft->bytes[INK_F_SOURCE];
    memcpy(credit, draft->text[INK_F_SOURCE], bytes);
    credit[bytes] = '\0';
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (strcasestr(credit, marks[i]) != NULL) {
            draft->bytes[INK_F_SOURCE] = 0;
        }
    }
}
