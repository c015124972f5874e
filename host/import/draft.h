/* One record of a foreign format while it is put together: texts by field, as cells will read them.
 *
 * What is set here is plain text: markup gone, entities resolved, runs of blanks made one space,
 * controls dropped. Longer texts are cut at INK_DRAFT_ROOM, beyond every bound of a record, so that
 * the record's own cut and its ellipsis still follow.
 */
#ifndef INK_IMPORT_DRAFT_H
#define INK_IMPORT_DRAFT_H

#include "core/ink_record.h"

#define INK_DRAFT_ROOM                                                                             \
    800 /* bytes of a field: INK_DETAIL_BYTES, and enough to see that it was more */

struct ink_draft {
    uint64_t line, column; /* where the item begins, from 1; 0: not known */
    bool cancelled;        /* the format says that it is gone: it removes what it stood for */
    bool numbered;         /* its rev is only the number of a version: no time was told */
    uint64_t series;       /* that the item is an instance of; 0: none */
    int64_t embargo_utc;   /* not to be shown before; INT64_MIN: none */
    uint16_t bytes[INK_FIELD_COUNT];
    char text[INK_FIELD_COUNT][INK_DRAFT_ROOM];
};

void ink_draft_begin(struct ink_draft *draft, uint64_t line, uint64_t column);

static inline bool ink_draft_has(const struct ink_draft *draft, int field) {
    return draft->bytes[field] > 0;
}

/* It is gone, and removes what it stood for: up to its rev, which must be set by now; all, if it
 * has none. */
void ink_draft_cancel(struct ink_draft *draft);

/* Set a field (INK_F_*) to plain text in UTF-8. */
void ink_draft_set(struct ink_draft *draft, int field, const char *text, size_t bytes);

/* The same from HTML: ink_plain_html does the rest. */
void ink_draft_set_html(struct ink_draft *draft, int field, const char *html, size_t bytes);

/* Add to a field, after a separator if there is something before it. */
void ink_draft_add(struct ink_draft *draft, int field, const char *separator, const char *text,
                   size_t bytes);

/* A version that does not tell when it was made comes after all that do. */
void ink_draft_outrank(struct ink_draft *draft);

/* "tag:desk.example,2024:1": a scheme of two letters or more, a colon, no blanks (RFC 3986). */
bool ink_is_uri(const char *text, size_t bytes);

/* An id that is no URI may be that of something else in another feed: `scope`, the feed's own id or
 * address, goes before it. */
void ink_draft_scope_id(struct ink_draft *draft, const char *scope, size_t bytes);

/* A draft without a headline takes the first sentence of its detail, which goes on behind it, less
 * its full stop; a
 * detail that only says the headline again goes. */
void ink_draft_name(struct ink_draft *draft);

#endif
