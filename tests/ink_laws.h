/* For the tests: what every page must hold, its counts, its boxes, its words, as functions over a
 * page that is laid out. Each gives null, or what is wrong. */
#ifndef INK_LAWS_H
#define INK_LAWS_H

#include "ink_laws_daybook.h"

/* ---- law 5: counts --------------------------------------------------------------------------- */

/* The number in "+12 more", or 0. */
static inline uint32_t number_in(struct ink_span text) {
    uint32_t number = 0;
    for (size_t at = 0; at < text.bytes;) {
        uint32_t c = ink_utf8_next(text.at, text.bytes, &at);
        uint32_t digit = c >= 0x6F0 ? c - 0x6F0 : c - '0'; /* Persian ones too */
        number = digit < 10 ? number * 10 + digit : number;
    }
    return number;
}

static inline const char *law_counts(const struct scene *scene) {
    const struct ink_counts *counts = &scene->digest->counts;
    const struct ink_shown *shown = &scene->wall.ink.shown;
    uint32_t more = 0;
    int cards = 0;
    for (int i = 0; i < items.count; i++) {
        struct ink_op op;
        struct ink_span text;
        uint32_t at = items.item[i].from;
        cards += items.item[i].op.kind == INK_ITEM_CARD;
        if (items.item[i].op.kind == INK_ITEM_MORE) {
            bool found = item_text(scene->page, &items.item[i], &at, &op, &text);
            if (!found || memchr(text.at, '+', text.bytes) == NULL || number_in(text) == 0) {
                return "a count row has no count";
            }
            more += number_in(text);
        }
    }
    if (!counts_add_up(counts)) {
        return "counts do not add up";
    }
    if (cards != shown->shown || (uint32_t)cards + shown->hidden != counts->kept + counts->hidden) {
        return "shown and hidden are not all live records";
    }
    return more == shown->hidden ? NULL : "the +n on the page are not all that is hidden";
}

/* ---- law 6: boxes and cuts
 * ------------------------------------------------------------------------
 */

static inline bool is_boxed(const struct item *item) {
    return item->op.kind != INK_ITEM_AXIS;
}

static inline bool overlap(const struct ink_op *a, const struct ink_op *b) {
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static inline const char *law_boxes(const struct scene *scene) {
    static char what[120];
    for (int i = 0; i < items.count; i++) {
        const struct ink_op *a = &items.item[i].op;
        const char *name = ink_item_names[a->kind];
        if (a->x0 < 0 || a->y0 < 0 || a->x1 > scene->page->width || a->y1 > scene->page->height) {
            snprintf(what, sizeof what, "a %s leaves the panel: %d,%d..%d,%d", name, a->x0, a->y0,
                     a->x1, a->y1);
            return what;
        }
        for (int j = 0; j < i; j++) {
            const struct ink_op *b = &items.item[j].op;
            if (is_boxed(&items.item[i]) && is_boxed(&items.item[j]) && overlap(a, b)) {
                snprintf(what, sizeof what, "%s and %s overlap: %d,%d..%d,%d %d,%d..%d,%d",
                         ink_item_names[b->kind], name, b->x0, b->y0, b->x1, b->y1, a->x0, a->y0,
                         a->x1, a->y1);
                return what;
            }
        }
    }
    return NULL;
}

static inline bool ends_in_ellipsis(struct ink_span text) {
    return text.bytes >= 3 && memcmp(text.at + text.bytes - 3, ink_ellipsis.at, 3) == 0;
}

/* An item is marked as cut if and only if a text in it ends in an ellipsis; but the words of a card
 * may end in one of their own. */
static inline const char *law_cuts(const struct scene *scene) {
    for (int i = 0; i < items.count; i++) {
        struct ink_op op;
        struct ink_span text;
        const int kind = items.item[i].op.kind;
        const bool note = kind == INK_ITEM_NOTE && items.item[i].id != 0; /* the desk's own words */
        bool dots = false, card = kind == INK_ITEM_CARD || kind == INK_ITEM_MARK || note;
        for (uint32_t at = items.item[i].from;
             item_text(scene->page, &items.item[i], &at, &op, &text);) {
            dots = dots || ends_in_ellipsis(text);
            if (!ink_utf8_valid(text.at, text.bytes)) {
                return "a text is no UTF-8";
            }
        }
        const bool cut = (items.item[i].op.flags & INK_OP_CUT) != 0;
        if (dots != cut && !(card && dots)) {
            return dots ? "an ellipsis where nothing is cut" : "a cut without an ellipsis";
        }
    }
    return NULL;
}

static inline bool is_boundary(struct ink_span text, size_t wanted) {
    size_t at = 0;
    while (at < wanted) {
        at += ink_grapheme_bytes(text.at, text.bytes, at);
    }
    return at == wanted;
}

static inline struct ink_span after(struct ink_span text, size_t bytes) {
    return (struct ink_span){text.at + bytes, (uint16_t)(text.bytes - bytes)};
}

static inline bool starts_with(struct ink_span text, struct ink_span start) {
    return text.bytes >= start.bytes && memcmp(text.at, start.at, start.bytes) == 0;
}

/* At the end of a line, spaces are left out. */
static inline struct ink_span without_spaces(struct ink_span text) {
    while (text.bytes > 0 && *text.at == ' ') {
        text = after(text, 1);
    }
    return text;
}

/* The headline stands on the card in lines, whole or up to an ellipsis at a grapheme. `at` is moved
 * behind it. */
static inline const char *law_headline(const struct scene *scene, const struct item *card,
                                       struct ink_span headline, uint32_t *at) {
    struct ink_op op;
    struct ink_span text, rest = headline;
    bool dotted = false; /* the line before ends in an ellipsis */
    while (rest.bytes > 0) {
        const uint32_t before = *at;
        if (!item_text(scene->page, card, at, &op, &text)) {
            return "a headline ends early";
        }
        rest = without_spaces(rest);
        if (text.bytes > 3 && memcmp(text.at + text.bytes - 3, "\xC2\xAD-", 3) == 0) {
            text.bytes--; /* the hyphen of a soft hyphen */
        }
        if (!starts_with(rest, text)) {
            const bool flagged = (card->op.flags & INK_OP_CUT) != 0;
            const bool cut = flagged && ends_in_ellipsis(text);
            if (flagged && dotted && !cut) {
                *at = before;
                return NULL; /* cut just before an ellipsis of its own */
            }
            text.bytes = (uint16_t)(text.bytes - (cut ? 3 : 0));
            if (!cut || !starts_with(rest, text)) {
                return "a headline is not that of its event";
            }
            rest = after(rest, text.bytes);
            return is_boundary(headline, (size_t)(rest.at - headline.at))
                       ? NULL
                       : "a headline is cut inside a grapheme";
        }
        rest = after(rest, text.bytes);
        dotted = ends_in_ellipsis(text);
    }
    return NULL;
}

/* ---- law 8: marks, words, sources, figures
 * -------------------------------------------------------
 */

static inline const struct item *mark_of(const struct scene *scene, const struct ink_event *event) {
    for (int i = 0; i < items.count; i++) {
        struct ink_op op;
        struct ink_span payload;
        uint32_t at = items.item[i].from;
        if (items.item[i].op.kind == INK_ITEM_MARK && items.item[i].id == event->id &&
            ink_page_next(scene->page, &at, &op, &payload) && op.type == INK_OP_MARK &&
            op.kind == event->status && op.x1 - op.x0 >= 5) {
            return &items.item[i];
        }
    }
    return NULL;
}

/* U+2066 .. U+2069, which keep a field from reordering its neighbours, are not seen. */
static inline struct ink_span without_isolates(struct ink_span text, char *out) {
    struct ink_span left = {out, 0};
    for (int i = 0; i < text.bytes; i++) {
        bool isolate = i + 2 < text.bytes && memcmp(text.at + i, "\xE2\x81", 2) == 0 &&
                       (uint8_t)text.at[i + 2] >= 0xA6 && (uint8_t)text.at[i + 2] <= 0xA9;
        if (isolate) {
            i += 2;
        } else {
            out[left.bytes++] = text.at[i];
        }
    }
    return left;
}

/* The text starts with the source or with the words for none: whole, or as far as an ellipsis that
 * stands in the place of the rest. */
static inline bool is_source(const struct scene *scene, const struct ink_event *event,
                             struct ink_span text) {
    static char out[2][INK_DUMP_TEXT_BYTES];
    struct ink_span source = ink_event_text(scene->digest, event, INK_EVENT_SOURCE);
    if (source.bytes == 0) {
        source = ink_span_of(ink_word(scene->language, INK_WORD_NO_SOURCE));
    }
    source = without_isolates(source, out[0]);
    text = without_isolates(text, out[1]);
    size_t common = 0;
    while (common < source.bytes && common < text.bytes && source.at[common] == text.at[common]) {
        common++;
    }
    for (size_t cut = common + 1; cut-- > 0 && cut + 3 > common;) { /* both may begin "\xE2" */
        if (cut > 0 && starts_with(after(text, cut), ink_ellipsis)) {
            return true;
        }
    }
    return common == source.bytes;
}

/* What an item says from `at` on of how sure the event is, and who says so: in this order. */
struct claim {
    bool said, named;
};

static inline void read_claim(const struct scene *scene, const struct ink_event *event,
                              const struct item *item, uint32_t at, struct claim *claim) {
    struct ink_span word =
        ink_span_of(ink_word(scene->language, (enum ink_word)(INK_WORD_STATUS + event->status)));
    struct ink_op op;
    struct ink_span text;
    while (item_text(scene->page, item, &at, &op, &text)) {
        claim->named = claim->named || (claim->said && is_source(scene, event, text));
        claim->said = claim->said || span_same(text, word);
    }
}

static inline const char *law_card(const struct scene *scene, const struct item *card) {
    const struct ink_event *event = event_of(scene, card->id);
    const struct item *mark = event == NULL ? NULL : mark_of(scene, event);
    if (mark == NULL) {
        return event == NULL ? "a card of no event" : "a card without its mark";
    }
    struct ink_span figure = ink_event_text(scene->digest, event, INK_EVENT_FIGURE);
    struct ink_span headline = ink_event_text(scene->digest, event, INK_EVENT_HEADLINE);
    struct ink_op op;
    struct ink_span text;
    uint32_t at = card->from;
    while (figure.bytes > 0) { /* on one line or more */
        if (!item_text(scene->page, card, &at, &op, &text) || !starts_with(figure, text)) {
            return "a figure is not verbatim";
        }
        figure = without_spaces(after(figure, text.bytes));
    }
    const char *what = law_headline(scene, card, headline, &at);
    if (what != NULL) {
        return what;
    }
    const bool plain = scene->wall.ink.shown.layout == INK_LAYOUT_DAYBOOK;
    /* in a daybook "planned" goes unsaid */
    struct claim claim = {plain && event->status == INK_PLANNED,
                          false}; /* the word may stand beside the mark, the source too */
    read_claim(scene, event, mark, mark->from, &claim);
    read_claim(scene, event, card, at, &claim);
    if (!claim.said || !claim.named) {
        return claim.said ? "a card names no source" : "a card without its status word";
    }
    return NULL;
}

static inline bool holds(struct ink_span text, struct ink_span word) {
    while (text.bytes >= word.bytes && !starts_with(text, word)) {
        text = after(text, 1);
    }
    return text.bytes >= word.bytes;
}

/* A report's time never passes for that of the event: on its card the word for it stands whole. */
static inline const char *law_report(const struct scene *scene, const struct item *card) {
    const struct ink_event *event = event_of(scene, card->id);
    const struct item *const places[] = {card, mark_of(scene, event)};
    const struct ink_span word = ink_span_of(ink_word(scene->language, INK_WORD_PUBLISHED));
    struct ink_op op;
    struct ink_span text;
    bool told = event->dated != INK_DATED_REPORT;
    for (int i = 0; i < 2; i++) {
        for (uint32_t at = places[i]->from;
             !told && item_text(scene->page, places[i], &at, &op, &text);) {
            told = holds(text, word);
        }
    }
    return told ? NULL : "the time of a report stands unmarked";
}

/* No line begins with a comma: before it, in its line, stands what it parts. */
static inline const char *law_comma(const struct scene *scene, const struct item *card) {
    const struct ink_span comma = ink_span_of(ink_word(scene->language, INK_WORD_COMMA));
    const struct ink_span via = ink_span_of(ink_word(scene->language, INK_WORD_VIA));
    const struct ink_span published = ink_span_of(ink_word(scene->language, INK_WORD_PUBLISHED));
    struct ink_op op, before = {.y1 = INT16_MIN};
    struct ink_span text;
    for (uint32_t at = card->from; item_text(scene->page, card, &at, &op, &text); before = op) {
        const int gap = scene->page->mirrored ? before.x0 - op.x1 : op.x0 - before.x1;
        const bool parts = starts_with(text, comma) && /* no field's own */
                           (starts_with(after(text, comma.bytes), published) ||
                            starts_with(after(text, comma.bytes), via));
        if (parts && (before.y1 < op.y0 || gap < 0 || gap > 2)) {
            return "a line begins with a comma";
        }
    }
    return NULL;
}

/* A count of sources that were not relayed by the same is followed by no relay. */
static inline const char *law_relay(const struct scene *scene, const struct item *card) {
    const struct ink_event *event = event_of(scene, card->id);
    struct ink_label count = {.bytes = 0};
    struct ink_op op;
    struct ink_span text;
    ink_label_add_pattern(&count, scene->language, INK_WORD_SOURCES,
                          (uint32_t)ink_sources_count(event->sources));
    ink_label_add(&count, ")");
    ink_label_add(&count, ink_word(scene->language, INK_WORD_COMMA));
    ink_label_add(&count, ink_word(scene->language, INK_WORD_VIA));
    for (uint32_t at = card->from; item_text(scene->page, card, &at, &op, &text);) {
        if (!ink_event_has_one_relay(event) && holds(text, ink_label_span(&count))) {
            return "a count of sources has a relay";
        }
    }
    return NULL;
}

static inline const char *law_cards(const struct scene *scene) {
    for (int i = 0; i < items.count; i++) {
        if (items.item[i].op.kind == INK_ITEM_CARD) {
            const char *what = law_card(scene, &items.item[i]);
            what = what == NULL ? law_report(scene, &items.item[i]) : what;
            what = what == NULL ? law_relay(scene, &items.item[i]) : what;
            what = what == NULL ? law_comma(scene, &items.item[i]) : what;
            if (what != NULL) {
                return what;
            }
        }
    }
    return NULL;
}

/* The lead is the first card on its page, and none is larger. */
static inline const char *law_lead(const struct scene *scene) {
    int lead = 0;
    for (int i = 0; i < items.count; i++) {
        const struct ink_op *op = &items.item[i].op;
        if (op->kind == INK_ITEM_CARD && scene->wall.ink.shown.layout == INK_LAYOUT_LEAD) {
            lead = lead == 0 ? ink_op_px(op) : lead;
            if (ink_op_px(op) > lead) {
                return "a card is larger than the lead";
            }
        }
    }
    return NULL;
}

/* ---- what is to come ------------------------------------------------------------------------ */

/* The first card of a spine that is to come. */
static inline const struct ink_event *next_shown(const struct scene *scene) {
    for (int i = 0; i < items.count; i++) {
        const struct ink_event *event =
            items.item[i].op.kind == INK_ITEM_CARD ? event_of(scene, items.item[i].id) : NULL;
        if (event != NULL && ink_event_is_ahead(event)) {
            return event;
        }
    }
    return NULL;
}

/* Is the hour of a date written beside a card? */
static inline bool says_hour(const struct scene *scene, const struct ink_date *date) {
    struct ink_label hour = {.bytes = 0};
    ink_label_time(&hour, scene->language, date);
    for (int i = 0; i < items.count; i++) {
        struct ink_op op;
        struct ink_span text;
        for (uint32_t at = items.item[i].from;
             items.item[i].op.kind == INK_ITEM_DATE &&
             item_text(scene->page, &items.item[i], &at, &op, &text);) {
            if (holds(text, ink_label_span(&hour))) {
                return true;
            }
        }
    }
    return false;
}

/* The next one has its hour if it has one, and if the page has room for one more line. */
static inline const char *law_hour(const struct scene *scene) {
    const struct ink_event *next = next_shown(scene);
    if (scene->wall.ink.shown.layout != INK_LAYOUT_SPINE || next == NULL ||
        !ink_is_hours(next->when.precision, next->start_utc, ink_event_end(scene->digest, next))) {
        return NULL;
    }
    const struct ink_date local = ink_date_local(&next->when, &scene->digest->story.zone);
    int end = 0, px = 0;
    for (int i = 0; i < items.count; i++) {
        const struct ink_op *op = &items.item[i].op;
        end = ink_max(end, op->kind == INK_ITEM_AXIS ? 0 : op->y1);
        px = ink_max(px, op->kind == INK_ITEM_DATE ? ink_op_px(op) : 0);
    }
    const bool room = scene->page->height - end > 4 * px && scene->page->width >= 240 &&
                      scene->page->cap - scene->page->used > 600;
    return room && !says_hour(scene, &local) ? "the hour of what is next is left out" : NULL;
}

/* ---- law 7: never blank
 * ---------------------------------------------------------------------------
 */

static inline const char *law_page(const struct scene *scene) {
    const struct ink_page *page = scene->page;
    if (page->refused != 0) {
        return "an op found no room";
    }
    if (page->used > page->cap || items.count == 0) {
        return "no page";
    }
    struct glass glass = glass_draw(page, page->height > page->width ? page->height : page->width);
    int ink = glass_ink(&glass);
    glass_free(&glass);
    return ink > 0 ? NULL : "a blank page";
}

/* ---- law 6, by pixel
 * ------------------------------------------------------------------------------
 */

static inline void allow(uint8_t *mask, const struct ink_page *page, struct ink_rect rect) {
    for (int y = ink_max(rect.y0, 0); y < ink_min(rect.y1, page->height); y++) {
        for (int x = ink_max(rect.x0, 0); x < ink_min(rect.x1, page->width); x++) {
            mask[y * page->width + x] = 1;
        }
    }
}

/* An item's box grown by two pixels, and above by what accents rise over capitals. */
static inline struct ink_rect grown(const struct ink_page *page, const struct item *item) {
    struct ink_op op;
    struct ink_span text;
    int px = 0;
    for (uint32_t at = item->from; item_text(page, item, &at, &op, &text);) {
        px = ink_max(px, ink_op_px(&op));
    }
    return (struct ink_rect){(int16_t)(item->op.x0 - 2), (int16_t)(item->op.y0 - 2 - px * 4 / 10),
                             (int16_t)(item->op.x1 + 2), (int16_t)(item->op.y1 + 2)};
}

/* Ink is in the box of an item or in a rule, and nowhere else. */
static inline const char *law_ink(const struct scene *scene) {
    struct ink_page page = *scene->page;
    struct ink_op op;
    struct ink_span payload;
    if (page.width * page.height > 200000) {
        return NULL; /* small pages are many enough */
    }
    page.rotation = 0;
    uint8_t *mask = calloc((size_t)page.width, (size_t)page.height);
    for (int i = 0; i < items.count; i++) {
        allow(mask, &page, grown(&page, &items.item[i]));
    }
    for (uint32_t at = 0; ink_page_next(&page, &at, &op, &payload);) {
        if (op.type == INK_OP_FILL || op.type == INK_OP_DASH) {
            allow(mask, &page, (struct ink_rect){op.x0, op.y0, op.x1, op.y1});
        }
    }
    struct glass glass = glass_draw(&page, page.height);
    int outside = 0;
    for (int y = 0; y < glass.height; y++) {
        for (int x = 0; x < glass.width; x++) {
            outside += glass_pixel(&glass, x, y) && mask[y * page.width + x] == 0;
        }
    }
    glass_free(&glass);
    free(mask);
    return outside > 0 ? "ink outside all boxes" : NULL;
}

/* ---- all of them ----------------------------------------------------------------------------- */

enum {
    LAW_COUNTS,
    LAW_BOXES,
    LAW_CUTS,
    LAW_CARDS,
    LAW_LEAD,
    LAW_PAGE,
    LAW_INK,
    LAW_DAYBOOK,
    LAW_COUNT
};
typedef const char *law(const struct scene *scene);
static law *const laws[LAW_COUNT] = {law_counts, law_boxes, law_cuts, law_cards,
                                     law_lead,   law_page,  law_ink,  law_daybook};

#endif
