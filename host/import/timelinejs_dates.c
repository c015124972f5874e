#include <strings.h>

#include "import/plain.h"
#include "import/stamp.h"
#include "import/timelinejs.h"

void ink_timelinejs_dates(struct ink_import *in, const struct ink_parts *start,
                          const struct ink_parts *end) {
    char from[INK_PARTS_BYTES], to[INK_PARTS_BYTES];
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
        struct ink_problem problem = ink_import_at(in, in->draft.line, in->draft.column);
        problem.rule = "timelinejs-end";
        problem.field = "until";
        problem.what = "an end without a year is left out";
        problem.hint = "give the end year too";
        ink_import_warn(in, &problem);
    }
}

/* Does a text begin with one of the words, and something else behind it? */
static bool begins_with(const char *text, size_t bytes, const char *words) {
    while (*words != '\0') {
        const size_t word = strcspn(words, "|");
        if (bytes > word && strncasecmp(text, words, word) == 0) {
            return true;
        }
        words += word + (words[word] == '|');
    }
    return false;
}

static bool is_year_of(const char *text, size_t bytes, const struct ink_draft *draft) {
    return bytes == 4 && draft->bytes[INK_F_WHEN] > 4 && text[0] >= '0' && text[0] <= '9' &&
           memcmp(text, draft->text[INK_F_WHEN], 4) == 0 && draft->text[INK_F_WHEN][4] == '-';
}

/* Is it the date over again? */
static bool says_nothing(const char *text, size_t bytes, const struct ink_draft *draft) {
    char edtf[INK_STAMP_BYTES];
    const size_t count = ink_stamp_edtf(edtf, text, bytes);
    return count > 0 && count == draft->bytes[INK_F_WHEN] &&
           memcmp(edtf, draft->text[INK_F_WHEN], count) == 0 && !ink_draft_has(draft, INK_F_UNTIL);
}

void ink_timelinejs_display(struct ink_import *in, const char *html, size_t bytes) {
    enum { TEXT_BYTES = 160 };
    char text[TEXT_BYTES], detail[INK_DRAFT_ROOM];
    struct ink_draft *draft = &in->draft;
    const size_t count = ink_plain_html(text, sizeof text, html, bytes);
    if (count == 0 || says_nothing(text, count, draft)) {
        return;
    }
    if (is_year_of(text, count, draft)) {
        if (!ink_draft_has(draft, INK_F_UNTIL)) {
            draft->bytes[INK_F_WHEN] = 4;
        }
        return;
    }
    const bool about = begins_with(text, count,
                                   "c. |c.1|c.2|ca. |circa |about |around |approximately |approx. |"
                                   "~|um |etwa |vers |env. |hacia |verso |około |ок. |około ");
    if (ink_draft_has(draft, INK_F_WHEN) && (about || text[count - 1] == '?')) {
        ink_draft_add(draft, INK_F_WHEN, "", about ? "~" : "?", 1);
    }
    const size_t rest = draft->bytes[INK_F_DETAIL];
    memcpy(detail, draft->text[INK_F_DETAIL], rest);
    ink_draft_set(draft, INK_F_DETAIL, text, count);
    ink_draft_add(draft, INK_F_DETAIL, ": ", detail, rest);
}
