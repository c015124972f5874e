#include "core/ink_page.h"

const char *const ink_item_names[INK_ITEM_COUNT] = {"masthead", "clock", "date", "card", "more",
                                                    "break",    "mark",  "axis", "note"};

void ink_page_begin(struct ink_page *page, void *memory, uint32_t bytes) {
    *page = (struct ink_page){.ops = memory, .cap = bytes, .item = INK_NO_ITEM, .depth = 1};
}

/* Returns where the op's payload is to go; null: the page is full. */
static uint8_t *push(struct ink_page *page, const struct ink_op *op) {
    uint32_t bytes = (uint32_t)INK_OP_BYTES(op->payload);
    if (bytes > page->cap - page->used) {
        page->refused++;
        return NULL;
    }
    uint8_t *at = page->ops + page->used;
    memset(at + bytes - 4, 0, 4); /* equal pages have equal bytes */
    memcpy(at, op, sizeof *op);
    page->used += bytes;
    return at + sizeof *op;
}

/* A rectangle whose columns count from the page's leading edge. */
static void set_rect(const struct ink_page *page, struct ink_op *op, struct ink_rect rect) {
    op->x0 = (int16_t)(page->mirrored ? page->width - rect.x1 : rect.x0);
    op->x1 = (int16_t)(page->mirrored ? page->width - rect.x0 : rect.x1);
    op->y0 = rect.y0;
    op->y1 = rect.y1;
}

void ink_page_item(struct ink_page *page, enum ink_item item, uint64_t id, int tier_px) {
    ink_page_end_item(page);
    uint32_t at = page->used;
    struct ink_op op = {.type = INK_OP_ITEM,
                        .kind = (uint8_t)item,
                        .payload = sizeof id,
                        .extra = (uint16_t)tier_px};
    uint8_t *payload = push(page, &op);
    if (payload != NULL) {
        memcpy(payload, &id, sizeof id);
        page->item = at;
    }
}

/* Grow the item's rectangle over what one op inks. A text's top is not in its op: the baseline
 * less the cap height stands for it, which is what boxes must not share. */
static void cover(struct ink_op *item, const struct ink_op *op) {
    int top = op->type == INK_OP_TEXT ? op->y0 - ink_op_px(op) * 7 / 10 : op->y0;
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
    set_rect(page, &op, rect);
    (void)push(page, &op);
}

void ink_page_dash(struct ink_page *page, struct ink_rect rect, int on_px, int off_px,
                   enum ink_ink ink) {
    struct ink_op op = {.type = INK_OP_DASH, .ink = (uint8_t)ink};
    set_rect(page, &op, rect);
    op.extra = (uint16_t)(on_px | off_px << 8);
    (void)push(page, &op);
}

void ink_page_mark(struct ink_page *page, struct ink_rect square, int status, enum ink_ink ink) {
    struct ink_op op = {.type = INK_OP_MARK, .ink = (uint8_t)ink, .kind = (uint8_t)status};
    op.flags = page->mirrored ? INK_OP_MIRRORED : 0;
    set_rect(page, &op, square);
    (void)push(page, &op);
}

char *ink_page_text(struct ink_page *page, const struct ink_op *op) {
    struct ink_op text = *op;
    text.type = INK_OP_TEXT;
    return (char *)push(page, &text);
}

static uint16_t load_u16(const char *at) {
    return (uint16_t)((uint8_t)at[0] | (uint8_t)at[1] << 8);
}

bool ink_page_run(const struct ink_op *op, struct ink_span payload, uint16_t *at,
                  struct ink_run *run) {
    if (*at >= payload.bytes) {
        return false;
    }
    *run = (struct ink_run){.text = payload};
    if ((op->flags & INK_OP_RUNS) != 0) {
        const char *header = payload.at + *at;
        run->text.at = header + INK_RUN_HEADER;
        run->text.bytes = load_u16(header) & 0x7FFF;
        run->right_to_left = (load_u16(header) & 0x8000) != 0;
        run->x = (int16_t)load_u16(header + 2);
        run->order = load_u16(header + 4);
        *at = (uint16_t)(*at + INK_RUN_HEADER);
    }
    *at = (uint16_t)(*at + run->text.bytes);
    return true;
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
