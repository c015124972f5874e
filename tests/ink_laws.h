/* For the tests: what every page must hold, its counts, its boxes, its words, as functions over a
 * page that is laid out. Each gives null, or what is wrong. */
#ifndef INK_LAWS_H
#define INK_LAWS_H

#include "ink_glass.h"

#include "core/ink_words.h"

static struct items items; /* of the page under test */

/* One laid out story under test. */
struct scene {
    struct wall wall;
    struct ink_view view;
    const struct ink_page *page;
    const struct ink_digest *digest;
    const struct ink_language *language;
};

static inline const struct ink_event *event_of(const struct scene *scene, uint64_t id) {
    for (int i = 0; i < scene->digest->count; i++) {
        if (scene->digest->events[i].id == id) {
            return &scene->digest->events[i];
        }
    }
    return NULL;
}

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

/* The text starts with the source or with the words for none: whole, without the role behind its
 * first comma, or as far as the text goes before its ellipsis. */
static inline bool is_source(const struct scene *scene, const struct ink_event *event,
                             struct ink_span text) {
    static char out[2][INK_DUMP_TEXT_BYTES];
    struct ink_span source = ink_event_text(scene->digest, event, INK_EVENT_SOURCE);
    if (source.bytes == 0) {
        source = ink_span_of(ink_word(scene->language, INK_WORD_NO_SOURCE));
    }
    source = without_isolates(source, out[0]);
    text = without_isolates(text, out[1]);
    text.bytes = (uint16_t)(text.bytes - (ends_in_ellipsis(text) ? 3 : 0));
    const char *comma = memchr(source.at, ',', source.bytes);
    int name = comma == NULL ? source.bytes : (int)(comma - source.at);
    int common = 0;
    while (common < ink_min(source.bytes, text.bytes) && source.at[common] == text.at[common]) {
        common++;
    }
    return text.bytes > 0 && common >= ink_min(name, text.bytes);
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

static inline const char *law_cards(const struct scene *scene) {
    for (int i = 0; i < items.count; i++) {
        if (items.item[i].op.kind == INK_ITEM_CARD) {
            const char *what = law_card(scene, &items.item[i]);
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

/* ---- of a daybook --------------------------------------------------------------------------- */

/* The day that an event stands under: the last one for all that is dated no finer than a month. */
static inline int32_t listed_day(const struct scene *scene, const struct ink_event *event) {
    const struct ink_date *date =
        event->when.precision != INK_PRECISION_NONE ? &event->when : &event->until;
    const int doubt = INK_DATE_APPROX | INK_DATE_UNCERTAIN | INK_DATE_UNSPECIFIED;
    bool vague = date->precision < INK_PRECISION_DAY ||
                 (date->precision == INK_PRECISION_DAY && (date->flags & doubt) != 0);
    return vague ? INT32_MAX : ink_event_day(scene->digest, event);
}

/* Is the newest record dated by a month or more? */
static inline bool is_newest_coarse(const struct scene *scene) {
    bool coarse = false;
    for (int i = 0; i < scene->digest->count; i++) {
        const struct ink_event *event = &scene->digest->events[i];
        if (event->start_utc == scene->digest->newest_utc && !ink_event_is_ahead(event)) {
            if (event->when.precision >= INK_PRECISION_DAY) {
                return false;
            }
            coarse = coarse || event->when.precision != INK_PRECISION_NONE;
        }
    }
    return coarse;
}

static inline int32_t as_of_day(const struct scene *scene) {
    const struct ink_story *given = &scene->digest->story;
    struct ink_date as_of = ink_date_local(&given->as_of, &given->zone);
    int64_t now =
        scene->view.now_utc != INT64_MIN ? scene->view.now_utc : scene->digest->newest_utc;
    if (given->as_of.precision == INK_PRECISION_NONE && now != INT64_MIN) {
        as_of = ink_local(now, &given->zone);
        if (scene->view.now_utc == INT64_MIN && is_newest_coarse(scene)) {
            return INT32_MIN;
        }
    }
    return as_of.precision < INK_PRECISION_DAY ? INT32_MIN
                                               : ink_days(as_of.year, as_of.month, as_of.day);
}

/* Nothing past is listed and days ascend. */
static inline const char *law_days(const struct scene *scene) {
    const int32_t today = as_of_day(scene);
    int32_t day = INT32_MIN;
    for (int i = 0; i < items.count; i++) {
        const struct ink_event *event =
            items.item[i].op.kind == INK_ITEM_CARD ? event_of(scene, items.item[i].id) : NULL;
        if (event == NULL) {
            continue;
        }
        const int32_t own = listed_day(scene, event);
        if (!ink_event_is_ahead(event)) {
            return "a daybook lists what is over";
        }
        if (ink_max(own, today) < day) {
            return "days do not ascend";
        }
        day = ink_max(own, today);
    }
    return NULL;
}

/* No headline is larger than that of the first event to come. */
static inline const char *law_next(const struct scene *scene) {
    int largest = 0, next = 0;
    for (int i = 0; i < items.count; i++) {
        const struct item *card = &items.item[i];
        const struct ink_event *event =
            card->op.kind == INK_ITEM_CARD ? event_of(scene, card->id) : NULL;
        if (event != NULL) {
            const int32_t day = listed_day(scene, event);
            bool off = event->status == INK_WITHDRAWN || event->status == INK_DENIED;
            bool begun = day != INT32_MAX && day < as_of_day(scene);
            largest = ink_max(largest, ink_op_px(&card->op));
            next = next == 0 && !off && !begun && day != INT32_MAX ? ink_op_px(&card->op) : next;
        }
    }
    return next > 0 && next < largest ? "the next event is not the largest" : NULL;
}

/* Hours stand before their headlines and end on one column; where there is no such column, they
 * start with their headline. */
static inline const char *law_hours(const struct scene *scene) {
    int column = -1;
    for (int i = 0; i + 1 < items.count; i++) {
        const struct ink_op *op = &items.item[i].op, *card = &items.item[i + 1].op;
        if (op->kind != INK_ITEM_DATE || items.item[i].id == 0) {
            continue;
        }
        bool mirrored = scene->page->mirrored;
        int end = mirrored ? scene->page->width - op->x0 : op->x1;
        int start = mirrored ? scene->page->width - op->x1 : op->x0;
        int text = mirrored ? scene->page->width - card->x1 : card->x0;
        if (card->kind != INK_ITEM_CARD || items.item[i + 1].id != items.item[i].id) {
            return "an hour without its event";
        }
        if (end > text ? start > text : column >= 0 && end != column) {
            return "hours are not in their column";
        }
        column = end > text ? column : end;
    }
    return NULL;
}

static inline const char *law_daybook(const struct scene *scene) {
    if (scene->wall.ink.shown.layout != INK_LAYOUT_DAYBOOK) {
        return NULL;
    }
    const char *what = law_days(scene);
    what = what == NULL ? law_next(scene) : what;
    return what == NULL ? law_hours(scene) : what;
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

/* ---- scenes ---------------------------------------------------------------------------------- */

/* A story condensed at that capacity; scene_close frees it. */
static inline void scene_take(struct scene *scene, const struct story *story,
                              const struct ink_capacity *capacity) {
    struct feed feed = story_encode(story, NULL, INK_FORMAT_CBOR);
    wall_open(&scene->wall, capacity);
    wall_take(&scene->wall, &feed, 1, NULL);
    feed_free(&feed);
    scene->page = &scene->wall.ink.page;
    scene->digest = &scene->wall.ink.condense.digest;
}

/* Lay it out for scene->view, and read its items. */
static inline void scene_look(struct scene *scene) {
    CHECK_INT(ink_lay_out(&scene->wall.ink, &scene->view), INK_OK);
    const char *lang = scene->view.lang[0] != '\0' ? scene->view.lang : scene->digest->story.lang;
    scene->language = ink_language_for(ink_span_bounded(lang, INK_LANG_BYTES));
    items_read(&items, scene->page);
}

static inline void scene_close(struct scene *scene) {
    wall_close(&scene->wall);
}

#endif
