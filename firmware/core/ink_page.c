#include "core/ink_page.h"

const char *const ink_item_names[INK_ITEM_COUNT] = {"masthead", "clock", "date", "card", "more",
                                                    "break",    "mark",  "axis", "note"};

void ink_page_begin(struct ink_page *page, void *memory, uint32_t bytes) {
    *page = (struct ink_page){.ops = memory, .cap = bytes, .item = INK_NO_ITEM};
}

static void push(struct ink_page *page, const struct ink_op *op, const void *payload) {
    uint32_t bytes = (uint32_t)INK_OP_BYTES(op->payload);
    if (bytes > page->cap - page->used) {
        page->refused++;
        return;
    }
    memcpy(page->ops + page->used, op, sizeof *op);
    if (op->payload != 0) {
        memset(page->ops + page->used + bytes - 4, 0, 4); /* equal pages have equal bytes */
        memcpy(page->ops + page->used + sizeof *op, payload, op->payload);
    }
    page->used += bytes;
}

void ink_page_item(struct ink_page *page, enum ink_item item, uint64_t id, int tier_px) {
    ink_page_end_item(page);
    uint32_t at = page->used;
    struct ink_op op = {.type = INK_OP_ITEM,
                        .kind = (uint8_t)item,
                        .payload = sizeof id,
                        .extra = (uint16_t)tier_px};
    push(page, &op, &id);
    if (page->used != at) {
        page->item = at;
    }
}

/* Grow the item's rectangle over what one op inks. A text's top is not in its op: the baseline
 * less the cap height stands for it, which is what boxes must not share. */
static void cover(struct ink_op *item, const struct ink_op *op) {
    int top = op->type == INK_OP_TEXT ? op->y0 - op->extra * 7 / 10 : op->y0;
    bool first = item->x1 == 0 && item->y1 == 0;
    item->x0 = (int16_t)(first ? op->x0 : ink_min(item->x0, op->x0));
    item->y0 = (int16_t)(first ? top : ink_min(item->y0, top));
    item->x1 = (int16_t)ink_max(item->x1, op->x1);
    item->y1 = (int16_t)ink_max(item->y1, op->y1);
}

void ink_page_end_item(struct ink_page *page) {
    if (page->item == INK_NO_ITEM) {
        return;
    }
    struct ink_op item, op;
    struct ink_span payload;
    uint32_t at = page->item;
    (void)ink_page_next(page, &at, &item, &payload);
    bool empty = at == page->used;
    while (ink_page_next(page, &at, &op, &payload)) {
        cover(&item, &op);
    }
    memcpy(page->ops + page->item, &item, sizeof item);
    if (empty) {
        page->used = page->item;
    }
    page->item = INK_NO_ITEM;
}

void ink_page_mark_cut(struct ink_page *page) {
    if (page->item != INK_NO_ITEM) {
        page->ops[page->item + offsetof(struct ink_op, flags)] |= INK_OP_CUT;
    }
}

void ink_page_fill(struct ink_page *page, struct ink_rect rect, enum ink_ink ink) {
    struct ink_op op = {.type = INK_OP_FILL, .ink = (uint8_t)ink};
    op.x0 = rect.x0;
    op.y0 = rect.y0;
    op.x1 = rect.x1;
    op.y1 = rect.y1;
    push(page, &op, "");
}

void ink_page_dash(struct ink_page *page, struct ink_rect rect, int on_px, int off_px) {
    struct ink_op op = {.type = INK_OP_DASH, .ink = INK_BLACK};
    op.x0 = rect.x0;
    op.y0 = rect.y0;
    op.x1 = rect.x1;
    op.y1 = rect.y1;
    op.extra = (uint16_t)(on_px | off_px << 8);
    push(page, &op, "");
}

void ink_page_mark(struct ink_page *page, int x, int y, int size, int status) {
    struct ink_op op = {.type = INK_OP_MARK, .ink = INK_BLACK, .kind = (uint8_t)status};
    op.x0 = (int16_t)x;
    op.y0 = (int16_t)y;
    op.x1 = (int16_t)(x + size);
    op.y1 = (int16_t)(y + size);
    push(page, &op, "");
}

void ink_page_text(struct ink_page *page, const struct ink_op *op, struct ink_span text) {
    struct ink_op full = *op;
    full.type = INK_OP_TEXT;
    full.payload = text.bytes;
    push(page, &full, text.at);
}

bool ink_page_next(const struct ink_page *page, uint32_t *at, struct ink_op *op,
                   struct ink_span *payload) {
    if (*at >= page->used) {
        return false;
    }
    memcpy(op, page->ops + *at, sizeof *op);
    payload->at = (const char *)page->ops + *at + sizeof *op;
    payload->bytes = op->payload;
    *at += (uint32_t)INK_OP_BYTES(op->payload);
    return true;
}
