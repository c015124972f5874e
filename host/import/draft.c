#include "import/draft.h"

#include <ctype.h>

#include "import/plain.h"

void ink_draft_begin(struct ink_draft *draft, uint64_t line, uint64_t column) {
    draft->line = line;
    draft->column = column;
    draft->cancelled = draft->numbered = false;
    draft->series = 0;
    draft->embargo_utc = INT64_MIN;
    memset(draft->bytes, 0, sizeof draft->bytes);
}

void ink_draft_cancel(struct ink_draft *draft) {
    draft->cancelled = true;
    ink_draft_outrank(draft);
}

void ink_draft_outrank(struct ink_draft *draft) {
    if (!ink_draft_has(draft, INK_F_REV)) {
        ink_draft_set(draft, INK_F_REV, "4294967295", 10);
    }
}

void ink_draft_set(struct ink_draft *draft, int field, const char *text, size_t bytes) {
    draft->bytes[field] = (uint16_t)ink_plain_text(draft->text[field], INK_DRAFT_ROOM, text, bytes);
}

void ink_draft_set_html(struct ink_draft *draft, int field, const char *html, size_t bytes) {
    draft->bytes[field] = (uint16_t)ink_plain_html(draft->text[field], INK_DRAFT_ROOM, html, bytes);
}

void ink_draft_add(struct ink_draft *draft, int field, const char *separator, const char *text,
                   size_t bytes) {
    const size_t gap = draft->bytes[field] > 0 ? strlen(separator) : 0;
    const size_t used = draft->bytes[field];
    if (bytes == 0 || used + gap >= INK_DRAFT_ROOM) {
        return;
    }
    memcpy(draft->text[field] + used, separator, gap);
    draft->bytes[field] = (uint16_t)(used + gap +
                                     ink_plain_text(draft->text[field] + used + gap,
                                                    INK_DRAFT_ROOM - used - gap, text, bytes));
}

bool ink_is_uri(const char *text, size_t bytes) {
    size_t scheme = 0;
    while (scheme < bytes && (isalnum((unsigned char)text[scheme]) ||
                              (scheme > 0 && strchr("+-.", text[scheme]) != NULL))) {
        scheme++;
    }
    return scheme > 1 && scheme + 1 < bytes && text[scheme] == ':' &&
           isalpha((unsigned char)text[0]) && memchr(text, ' ', bytes) == NULL;
}

void ink_draft_scope_id(struct ink_draft *draft, const char *scope, size_t bytes) {
    char id[INK_DRAFT_ROOM];
    const size_t own = draft->bytes[INK_F_ID];
    if (own == 0 || ink_is_uri(draft->text[INK_F_ID], own)) {
        return;
    }
    memcpy(id, draft->text[INK_F_ID], own);
    ink_draft_set(draft, INK_F_ID, scope, bytes < INK_DRAFT_ROOM / 2 ? bytes : INK_DRAFT_ROOM / 2);
    ink_draft_add(draft, INK_F_ID, " ", id, own);
}

/* Where the first sentence ends: behind a mark that ends one, with what closes it, if a blank
 * follows; all of it if there is none. Marks of full width need no blank. */
static size_t first_sentence(const char *text, size_t bytes) {
    static const char *const wide[] = {"\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F"};
    for (size_t at = 0; at < bytes; at++) {
        for (size_t i = 0; i < sizeof wide / sizeof wide[0] && bytes - at >= 3; i++) {
            if (memcmp(text + at, wide[i], 3) == 0) {
                return at + 3;
            }
        }
        if (strchr(".!?", text[at]) == NULL || text[at] == '\0') {
            continue;
        }
        size_t end = at + 1;
        while (end < bytes && strchr("\"')]", text[end]) != NULL && text[end] != '\0') {
            end++;
        }
        /* "U.S. forces", "No. 5": a lone letter or what goes on in lower case ends nothing. */
        const bool lone =
            at >= 2 && text[at] == '.' && (text[at - 2] == ' ' || text[at - 2] == '.');
        const bool goes_on = end + 1 < bytes && text[end + 1] >= 'a' && text[end + 1] <= 'z';
        if (end < bytes && text[end] == ' ' && !lone && !goes_on) {
            return end;
        }
    }
    return bytes;
}

/* A headline goes without a full stop, where that is none of an abbreviation or an ellipsis. */
static bool has_full_stop(const char *text, size_t bytes) {
    return bytes >= 3 && text[bytes - 1] == '.' && strchr(". ", text[bytes - 2]) == NULL &&
           strchr(". ", text[bytes - 3]) == NULL;
}

void ink_draft_name(struct ink_draft *draft) {
    char *detail = draft->text[INK_F_DETAIL];
    const size_t bytes = draft->bytes[INK_F_DETAIL];
    if (!ink_draft_has(draft, INK_F_HEADLINE) && bytes > 0) {
        const size_t kept = first_sentence(detail, bytes);
        const size_t behind = kept < bytes && detail[kept] == ' ' ? kept + 1 : kept;
        ink_draft_set(draft, INK_F_HEADLINE, detail, kept - has_full_stop(detail, kept));
        memmove(detail, detail + behind, bytes - behind);
        draft->bytes[INK_F_DETAIL] = (uint16_t)(bytes - behind);
    } else if (bytes == draft->bytes[INK_F_HEADLINE] &&
               memcmp(detail, draft->text[INK_F_HEADLINE], bytes) == 0) {
        draft->bytes[INK_F_DETAIL] = 0;
    }
}
