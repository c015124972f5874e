#include "import/draft.h"

#include "import/plain.h"

void ink_draft_begin(struct ink_draft *draft, uint64_t line, uint64_t column) {
    draft->line = line;
    draft->column = column;
    draft->cancelled = false;
    draft->embargo_utc = INT64_MIN;
    memset(draft->bytes, 0, sizeof draft->bytes);
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
