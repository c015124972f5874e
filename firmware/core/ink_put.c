/* Placing lines on the page. */
#include "core/ink_bidi.h"
#include "core/ink_measure.h"
#include "core/ink_property.h"
#include "core/ink_utf8.h"

struct ink_line ink_line_of(struct ink_span text) {
    return (struct ink_line){.paragraph = text, .text = text, .tail = INK_TAIL_NONE};
}

static struct ink_span tail_of(enum ink_tail tail) {
    return tail == INK_TAIL_ELLIPSIS ? ink_ellipsis
                                     : ink_span_of(tail == INK_TAIL_HYPHEN ? "-" : "");
}

/* Ink of a text from the pen of its line; rows below the baseline. */
struct ink_box {
    int ink0, ink1, descent;
};

/* The op of a text whose ink goes from ink0 to ink1, measured from its pen; a glyph's ink starts
 * within -128..127 of it. */
static struct ink_op op_of(const struct ink_page *page, const struct ink_type *type,
                           const struct ink_slot *slot, const struct ink_box *box) {
    const int width = box->ink1 - box->ink0;
    /* a full-width stop that ends up at the other end has its blank inside: wider than measured */
    int start = slot->x + (slot->trailing ? ink_max(slot->width - width, 0) : 0);
    if (page->mirrored) {
        start = page->width - start - width;
    }
    return (struct ink_op){
        .ink = (uint8_t)type->ink,
        .kind = (uint8_t)type->role,
        .flags = type->tracking,
        .extra = (uint16_t)(type->face.px | (box->ink0 & 0xFF) << 8),
        .x0 = (int16_t)start,
        .y0 = (int16_t)slot->baseline,
        .x1 = (int16_t)(start + width),
        .y1 = (int16_t)(slot->baseline + ink_max(type->face.descent, box->descent))};
}

static void count_missing(struct ink_page *page, int missing) {
    page->missing = (uint16_t)ink_min(page->missing + missing, UINT16_MAX);
}

/* Through the middle of the small letters, which PT's faces and their like have at two thirds of a
 * capital; over the text, so that a page without the line says the same to a reader of its ops. */
static void strike(struct ink_page *page, const struct ink_type *type, const struct ink_op *op,
                   int height) {
    const int16_t top = (int16_t)(op->y0 - type->face.cap * 3 / 8 - height / 2);
    const int16_t left = page->mirrored ? (int16_t)(page->width - op->x1) : op->x0;
    const struct ink_rect line = {left, top, (int16_t)(left + op->x1 - op->x0),
                                  (int16_t)(top + height)};
    if (height > 0) {
        ink_page_fill(page, line, type->ink);
    }
}

/* ---- one direction ----------------------------------------------------------------------------
 */

/* Blanks before the first ink are not drawn: an op has a byte for the columns before it. */
static INK_OWN_FRAME struct ink_span skip_blanks(const struct ink_face *face,
                                                 struct ink_span text) {
    size_t blank = 0;
    struct ink_shaper shaper;
    struct ink_cell cell;
    ink_shape_begin(&shaper, face, text, false);
    while (ink_shape_next(&shaper, &cell) && cell.ink == 0) {
        blank = shaper.at;
    }
    return (struct ink_span){text.at + blank, (uint16_t)(text.bytes - blank)};
}

static INK_OWN_FRAME int put_plain(struct ink_page *page, const struct ink_type *type,
                                   const struct ink_line *line, const struct ink_slot *slot) {
    const struct ink_span tail = tail_of(line->tail);
    const struct ink_span text = skip_blanks(&type->face, line->text);
    struct ink_measure measure = {0};
    ink_measure_text(&measure, &type->face, text, type->tracking);
    ink_measure_text(&measure, &type->face, tail, type->tracking);
    const struct ink_extent extent = ink_measure_extent(&measure);
    const struct ink_box box = {extent.ink0, extent.ink1, measure.descent};
    struct ink_op op = op_of(page, type, slot, &box);
    op.payload = (uint16_t)(text.bytes + tail.bytes);
    const bool seen = extent.ink1 > extent.ink0;
    char *payload = seen ? ink_page_text(page, &op) : NULL;
    if (payload != NULL) {
        memcpy(payload, text.at, text.bytes);
        memcpy(payload + text.bytes, tail.at, tail.bytes);
        count_missing(page, extent.missing);
        strike(page, type, &op, slot->struck);
    }
    return extent.ink1 - extent.ink0;
}

/* ---- both directions --------------------------------------------------------------------------
 */

/* A line whose parts run both ways, while its runs are laid from left to right. */
struct mixed {
    const struct ink_type *type;
    const struct ink_line *line;
    struct ink_bidi *bidi;
    uint16_t first, end;         /* the line's bytes in its paragraph */
    int start, pen;              /* of the first, of the next run's left edge */
    int ink0, ink1;              /* of all so far */
    int descent, missing, bytes; /* bytes of payload */
    int low, high;               /* of the ink of the run under way, from its first pen */
    char *out;                   /* where the next run goes; null while measuring */
};

static void store_u16(char *at, int value) {
    at[0] = (char)value;
    at[1] = (char)(value >> 8);
}

static void write_run(struct mixed *mixed, const struct ink_run *run, struct ink_span tail) {
    char *out = mixed->out;
    const int bytes = run->text.bytes + tail.bytes;
    store_u16(out, bytes | (run->right_to_left ? 0x8000 : 0));
    store_u16(out + 2, run->x);
    store_u16(out + 4, run->order);
    memcpy(out + INK_RUN_HEADER, run->text.at, run->text.bytes);
    memcpy(out + INK_RUN_HEADER + run->text.bytes, tail.at, tail.bytes);
    mixed->out += INK_RUN_HEADER + bytes;
}

/* Lay the cells of a part of a run that starts `pen` pixels into it. Returns where it ends. */
static int lay_part(struct mixed *mixed, const struct ink_run *run, struct ink_span text, int pen) {
    struct ink_shaper shaper;
    struct ink_cell cell;
    ink_shape_begin(&shaper, &mixed->type->face, text, run->right_to_left);
    while (ink_shape_next(&shaper, &cell)) {
        const int left = (run->right_to_left ? -pen - cell.advance : pen) + cell.x;
        mixed->low = cell.ink > 0 ? ink_min(mixed->low, left) : mixed->low;
        mixed->high = cell.ink > 0 ? ink_max(mixed->high, left + cell.ink) : mixed->high;
        mixed->descent = ink_max(mixed->descent, cell.glyph.height - cell.glyph.top - cell.up);
        mixed->missing += cell.missing;
        pen = ink_min(pen + cell.advance + mixed->type->tracking, INK_PEN_MAX);
    }
    return pen;
}

/* Lay one run and, as part of it, what follows its text. */
static void lay_run(struct mixed *mixed, struct ink_run *run, struct ink_span tail) {
    mixed->low = INT16_MAX;
    mixed->high = INT16_MIN;
    const int pen = lay_part(mixed, run, tail, lay_part(mixed, run, run->text, 0));
    run->x = (int16_t)(run->right_to_left ? mixed->pen + pen : mixed->pen);
    if (mixed->high > mixed->low) {
        mixed->ink0 = ink_min(mixed->ink0, run->x + mixed->low);
        mixed->ink1 = ink_max(mixed->ink1, run->x + mixed->high);
    }
    mixed->pen = ink_min(mixed->pen + pen, INK_PEN_MAX);
    mixed->bytes += INK_RUN_HEADER + run->text.bytes + tail.bytes;
    if (mixed->out != NULL) {
        write_run(mixed, run, tail);
    }
}

/* A tail is part of the run that ends the line if that runs in the paragraph's direction, or if it
 * is a hyphen; else it stands at the line's far end by itself. */
static bool takes_tail(const struct mixed *mixed, const struct ink_bidi_run *run) {
    return run->end == mixed->end && mixed->line->tail != INK_TAIL_NONE &&
           (mixed->line->tail == INK_TAIL_HYPHEN || (run->level & 1) == (mixed->bidi->base & 1));
}

static void lay_tail(struct mixed *mixed) {
    struct ink_run run = {.text = tail_of(mixed->line->tail),
                          .order = mixed->line->text.bytes,
                          .right_to_left = (mixed->bidi->base & 1) != 0};
    lay_run(mixed, &run, ink_span_of(""));
}

/* Is the tail part of a run, or by itself? */
static bool finds_tail_a_run(const struct mixed *mixed) {
    struct ink_bidi_line parts = ink_bidi_line(mixed->bidi, mixed->first, mixed->end);
    while (ink_bidi_next(&parts)) {
        if (takes_tail(mixed, &parts.run)) {
            return true;
        }
    }
    return mixed->line->tail == INK_TAIL_NONE;
}

static void lay_line(struct mixed *mixed) {
    struct ink_bidi_line parts = ink_bidi_line(mixed->bidi, mixed->first, mixed->end);
    const bool apart = !finds_tail_a_run(mixed);
    mixed->pen = mixed->start;
    mixed->bytes = mixed->missing = 0;
    mixed->ink0 = INT16_MAX;
    mixed->ink1 = INT16_MIN;
    if (apart && mixed->bidi->base == 1) {
        lay_tail(mixed);
    }
    while (ink_bidi_next(&parts)) {
        const struct ink_bidi_run *part = &parts.run;
        struct ink_run run = {
            .text = {mixed->line->paragraph.at + part->first, (uint16_t)(part->end - part->first)},
            .order = (uint16_t)(part->first - mixed->first),
            .right_to_left = (part->level & 1) != 0};
        lay_run(mixed, &run,
                takes_tail(mixed, part) ? tail_of(mixed->line->tail) : ink_span_of(""));
    }
    if (apart && mixed->bidi->base == 0) {
        lay_tail(mixed);
    }
}

/* The last of the page's memory, aligned for pointers. */
static struct ink_bidi *scratch_of(const struct ink_page *page, uint32_t room) {
    uint8_t *at = page->ops + page->cap - room;
    const uintptr_t off = (uintptr_t)at % sizeof(void *);
    return (struct ink_bidi *)(void *)(at + (off > 0 ? sizeof(void *) - off : 0));
}

/* The order of the parts is worked out at the far end of the page's memory. */
static int put_mixed(struct ink_page *page, const struct ink_type *type,
                     const struct ink_line *line, const struct ink_slot *slot, uint8_t base) {
    const uint32_t room = INK_BIDI_ROOM(line->paragraph.bytes);
    if (page->cap < page->used + room) {
        page->refused++;
        return 0;
    }
    struct mixed mixed = {.type = type, .line = line};
    mixed.bidi = scratch_of(page, room);
    mixed.first = (uint16_t)(line->text.at - line->paragraph.at);
    mixed.end = (uint16_t)(mixed.first + line->text.bytes);
    (void)ink_bidi_resolve(mixed.bidi, line->paragraph, base, true);
    lay_line(&mixed);
    if (mixed.ink0 > INT8_MAX && mixed.ink1 > mixed.ink0) { /* blanks before it, as above */
        mixed.start = -mixed.ink0;
        lay_line(&mixed);
    }
    const struct ink_box box = {mixed.ink0, mixed.ink1, mixed.descent};
    struct ink_op op = op_of(page, type, slot, &box);
    op.flags |= INK_OP_RUNS;
    op.payload = (uint16_t)mixed.bytes;
    if (mixed.ink1 <= mixed.ink0) {
        return 0;
    }
    if (page->used + INK_OP_BYTES(op.payload) + room > page->cap) {
        page->refused++;
        return 0;
    }
    mixed.out = ink_page_text(page, &op);
    lay_line(&mixed);
    count_missing(page, mixed.missing);
    strike(page, type, &op, slot->struck);
    return box.ink1 - box.ink0;
}

/* ---- lines ------------------------------------------------------------------------------------
 */

/* A paragraph is what is drawn of it, if it is cut, and no more than can be put in order. */
static struct ink_span paragraph_of(const struct ink_line *line) {
    struct ink_span paragraph = line->paragraph;
    if (line->tail == INK_TAIL_ELLIPSIS) {
        paragraph.bytes = (uint16_t)(line->text.at + line->text.bytes - paragraph.at);
    }
    return paragraph.bytes <= INK_BIDI_BYTES ? paragraph : line->text;
}

static uint8_t base_of(const struct ink_page *page, struct ink_span paragraph) {
    if (page->mirrored && ink_bidi_has_rtl(paragraph)) {
        return 1;
    }
    return ink_bidi_base(paragraph, 0);
}

int ink_text_put_line(struct ink_page *page, const struct ink_type *type,
                      const struct ink_line *line, const struct ink_slot *slot) {
    struct ink_line whole = *line;
    whole.paragraph = paragraph_of(line);
    const uint8_t base = base_of(page, whole.paragraph);
    if (whole.text.bytes > INK_BIDI_BYTES || !ink_bidi_needed(whole.paragraph, base)) {
        return put_plain(page, type, &whole, slot);
    }
    return put_mixed(page, type, &whole, slot, base);
}

int ink_text_put(struct ink_page *page, const struct ink_type *type, struct ink_span text, int x,
                 int baseline) {
    const struct ink_line line = ink_line_of(text);
    return ink_text_put_line(page, type, &line, &(struct ink_slot){.x = x, .baseline = baseline});
}

int ink_text_put_within(struct ink_page *page, const struct ink_type *type, struct ink_line line,
                        const struct ink_slot *slot) {
    const bool both = ink_bidi_has_rtl(line.paragraph);
    struct ink_span cut = ink_text_shorten(&type->face, line.text, slot->width, both);
    if (cut.bytes < line.text.bytes) {
        ink_page_mark_cut(page);
        line.text = cut;
        line.tail = INK_TAIL_ELLIPSIS;
    }
    return ink_text_put_line(page, type, &line, slot);
}

/* The next line of a wrapped text, of `left` that may be drawn. Returns what is left of it. */
static struct ink_span put_next(struct ink_page *page, const struct ink_type *type,
                                struct ink_line line, const struct ink_wrap *wrap,
                                const struct ink_slot *slot) {
    const struct ink_span rest = line.text;
    uint32_t next;
    line.text = ink_text_line(&type->face, rest, wrap, &next);
    if (wrap->lines == 1 && next < rest.bytes) {
        line.text = rest;
        ink_text_put_within(page, type, line, slot);
        next = rest.bytes;
    } else {
        line.tail =
            next < rest.bytes && ink_text_hyphen(line.text) ? INK_TAIL_HYPHEN : INK_TAIL_NONE;
        if (line.tail == INK_TAIL_NONE && ink_wrap_end(wrap, rest) == 0) {
            /* one grapheme may be too wide: a chain of emoji */
            ink_text_put_within(page, type, line, slot);
        } else {
            ink_text_put_line(page, type, &line, slot);
        }
    }
    return (struct ink_span){rest.at + next, (uint16_t)(rest.bytes - next)};
}

int ink_text_put_lines(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                       int most, struct ink_slot slot) {
    struct ink_wrap wrap = ink_text_wrap(&type->face, text, slot.width, most);
    struct ink_line line = ink_line_of(text);
    if (wrap.lines > 1 && (base_of(page, text) != 0) != page->mirrored) {
        slot.width = wrap.lines > most ? slot.width : wrap.width;
        slot.trailing = true;
    }
    wrap.lines = (int16_t)most; /* still to be drawn */
    while (line.text.bytes > 0) {
        line.text = put_next(page, type, line, &wrap, &slot);
        slot.baseline += line.text.bytes > 0 ? type->face.line : 0;
        wrap.lines--;
    }
    return slot.baseline;
}

/* Neutrals take the direction of what is around them, so that a level changes at most twice where
 * letters give way to letters of the other direction or to digits, and at brackets and controls. */
static int runs_most(struct ink_span text) {
    int runs = 1;
    uint8_t before = INK_BIDI_ON;
    for (size_t at = 0; at < text.bytes;) {
        const uint32_t code_point = ink_utf8_next(text.at, text.bytes, &at);
        const uint8_t class = ink_bidi_of(ink_properties(code_point));
        const bool strong = class <= INK_BIDI_EN || class == INK_BIDI_AN;
        const bool control = class == INK_BIDI_B || class == INK_BIDI_S || class >= INK_BIDI_LRE;
        bool change = strong && class != before;
        runs += change || control || ink_bidi_mirror(code_point) != code_point ? 2 : 0;
        before = strong ? class : before;
    }
    return runs;
}

int ink_text_run_bytes(struct ink_span text) {
    return ink_bidi_needed(text, 0) ? runs_most(text) * INK_RUN_HEADER : 0;
}
