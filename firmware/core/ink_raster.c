/* Ops of the page, clipped to a band. All coordinates are int16_t in the page, so sums of two fit
 * an int on every target. */
#include "core/ink_raster.h"

#include "core/ink_inks.h"
#include "core/ink_mark.h"
#include "core/ink_text.h"

/* Where the ops go: one plane of the band, and how the reader's view lies on the panel. */
struct target {
    const struct ink_band *band;
    int width, height; /* of the panel */
    int y0, y1;        /* the rows of the panel that the band holds; none if y0 >= y1 */
    int rotation;
    uint8_t inks;  /* enum ink_inks */
    uint8_t shift; /* of the plane's bit in a native value */
    uint8_t depth; /* of the glyphs */
    uint32_t ones; /* bit r: the plane has a 1 where the role r is drawn */
    uint8_t *bits; /* of that plane */
};

/* An ink in a plane of bits: what a solid pixel of it is there; and in gray, what it makes of the
 * bits under the pixels of a glyph, at those of its levels that have their bit in `levels`. Other
 * bits stay, so that the seam of two letters is as dark as the darker one. */
struct paint {
    bool bit;
    bool tone;
    uint8_t levels; /* 1 << level */
};

struct point {
    int x, y;
};

/* A pixel of the view as a pixel of the panel. */
static struct point to_panel(const struct target *target, int x, int y) {
    switch (target->rotation) {
    case 90:
        return (struct point){target->width - 1 - y, x};
    case 180:
        return (struct point){target->width - 1 - x, target->height - 1 - y};
    case 270:
        return (struct point){y, target->height - 1 - x};
    default:
        return (struct point){x, y};
    }
}

static struct ink_rect rect_to_panel(const struct target *target, struct ink_rect rect) {
    struct point a = to_panel(target, rect.x0, rect.y0);
    struct point b = to_panel(target, rect.x1 - 1, rect.y1 - 1);
    return (struct ink_rect){(int16_t)ink_min(a.x, b.x), (int16_t)ink_min(a.y, b.y),
                             (int16_t)(ink_max(a.x, b.x) + 1), (int16_t)(ink_max(a.y, b.y) + 1)};
}

/* Does a rectangle of the view touch the band? */
static bool touches(const struct target *target, struct ink_rect rect) {
    if (rect.x0 >= rect.x1 || rect.y0 >= rect.y1) {
        return false;
    }
    struct ink_rect panel = rect_to_panel(target, rect);
    return panel.y1 > target->y0 && panel.y0 < target->y1;
}

static uint8_t *row_of(const struct target *target, int y) {
    return target->bits + (uint32_t)(y - target->band->y0) * target->band->stride;
}

static void set_byte(uint8_t *byte, uint32_t bits, bool bit) {
    *byte = (uint8_t)(bit ? *byte | bits : *byte & ~bits);
}

/* Up to 32 pixels of one row of the panel, the first in the most significant bit. */
static void put_bits(const struct target *target, int x, int y, uint32_t bits, bool bit) {
    if (y < target->y0 || y >= target->y1 || x <= -32 || x >= target->width) {
        return;
    }
    if (x < 0) {
        bits <<= -x; /* 1..31 */
        x = 0;
    }
    if (x + 32 > target->width) {
        bits &= ~(uint32_t)0 << (x + 32 - target->width); /* 1..31, since x < width */
    }
    uint8_t *byte = row_of(target, y) + (x >> 3);
    uint32_t used = (uint32_t)x & 7;
    for (; bits != 0; byte++) {
        set_byte(byte, bits >> (24 + used), bit);
        bits <<= 8 - used;
        used = 0;
    }
}

/* Up to 32 pixels of one row of the view. */
static void put_row(const struct target *target, int x, int y, uint32_t bits, bool bit) {
    if (target->rotation == 0) {
        put_bits(target, x, y, bits, bit);
        return;
    }
    for (; bits != 0; bits <<= 1, x++) {
        if ((bits >> 31) != 0) {
            struct point at = to_panel(target, x, y);
            put_bits(target, at.x, at.y, (uint32_t)1 << 31, bit);
        }
    }
}

static void fill_row(const struct target *target, int x0, int x1, int y, bool bit) {
    uint8_t *row = row_of(target, y);
    int first = x0 >> 3, last = (x1 - 1) >> 3;
    uint32_t head = 0xFFu >> (x0 & 7), tail = (0xFF00u >> (((x1 - 1) & 7) + 1)) & 0xFFu;
    if (first == last) {
        set_byte(&row[first], head & tail, bit);
        return;
    }
    set_byte(&row[first], head, bit);
    memset(&row[first + 1], bit ? 0xFF : 0, (size_t)(last - first - 1));
    set_byte(&row[last], tail, bit);
}

static void draw_fill(const struct target *target, struct ink_rect rect, bool bit) {
    if (!touches(target, rect)) {
        return;
    }
    struct ink_rect panel = rect_to_panel(target, rect);
    int x0 = ink_max(panel.x0, 0), x1 = ink_min(panel.x1, target->width);
    int y0 = ink_max(panel.y0, target->y0), y1 = ink_min(panel.y1, target->y1);
    for (int y = y0; y < y1 && x0 < x1; y++) {
        fill_row(target, x0, x1, y, bit);
    }
}

static bool bit_of(const struct target *target, int role) {
    return (target->ones >> role & 1) != 0;
}

static struct paint paint_of(const struct target *target, int role) {
    struct paint paint = {.bit = bit_of(target, role)};
    if (target->depth > 1) {
        /* Paper and black differ in every bit of a gray value. */
        paint.tone = bit_of(target, ink_inks_is_light(target->inks, role) ? INK_PAPER : INK_TEXT);
        for (int level = 1; level <= 3; level++) {
            bool bit = (ink_inks_blend(target->inks, role, level) >> target->shift & 1) != 0;
            paint.levels |= (uint8_t)((bit == paint.tone) << level);
        }
    }
    return paint;
}

static void draw_dash(const struct target *target, const struct ink_op *op) {
    const int on = ink_max(op->extra & 0xFF, 1), step = on + (op->extra >> 8);
    bool upright = op->y1 - op->y0 > op->x1 - op->x0;
    int end = upright ? op->y1 : op->x1;
    for (int at = upright ? op->y0 : op->x0; at < end; at += step) {
        struct ink_rect dash = {op->x0, op->y0, op->x1, op->y1};
        int16_t stop = (int16_t)ink_min(at + on, end);
        if (upright) {
            dash.y0 = (int16_t)at;
            dash.y1 = stop;
        } else {
            dash.x0 = (int16_t)at;
            dash.x1 = stop;
        }
        draw_fill(target, dash, bit_of(target, op->ink));
    }
}

static void draw_mark(const struct target *target, const struct ink_op *op) {
    if (!touches(target, (struct ink_rect){op->x0, op->y0, op->x1, op->y1})) {
        return;
    }
    int size = op->x1 - op->x0;
    for (int y = 0; y < size; y++) {
        uint64_t row = ink_mark_row(op->kind, size, y, (op->flags & INK_OP_MIRRORED) != 0);
        put_row(target, op->x0, op->y0 + y, (uint32_t)(row >> 32), bit_of(target, op->ink));
        put_row(target, op->x0 + 32, op->y0 + y, (uint32_t)row, bit_of(target, op->ink));
    }
}

/* Rows first..last-1 of a narrow glyph whose columns all lie on the panel, view and panel turned
 * alike: the bulk of all text. Rows above are decoded and skipped. */
static void blit_glyph(const struct target *target, const struct ink_glyph *glyph, int x, int y,
                       bool bit) {
    const int first = ink_max(target->y0 - y, 0);
    const int last = ink_min(glyph->height, target->y1 - y);
    struct ink_narrow_rows rows = ink_narrow_rows_begin(glyph, ink_glyph_stream(glyph));
    for (int row = 0; row < first && row < last; row++) {
        ink_narrow_rows_next(&rows);
    }
    uint8_t *left = row_of(target, y + first) + (x >> 3);
    for (int row = first; row < last; row++, left += target->band->stride) {
        ink_narrow_rows_next(&rows);
        uint32_t bits = rows.row >> (x & 7); /* at most 24 columns: none is lost */
        uint8_t *byte = left;
        for (; bit && bits != 0; bits <<= 8) {
            *byte++ |= (uint8_t)(bits >> 24);
        }
        for (; bits != 0; bits <<= 8) {
            *byte++ &= (uint8_t) ~(bits >> 24);
        }
    }
}

/* The pixels of a row that are of certain levels. */
static uint32_t toned(const struct ink_glyph_rows *rows, int word, unsigned levels) {
    const uint32_t high = rows->row[0][word], low = rows->row[1][word];
    return ((levels & 2) != 0 ? low & ~high : 0) | ((levels & 4) != 0 ? high & ~low : 0) |
           ((levels & 8) != 0 ? high & low : 0);
}

/* Its first column at `x`. */
static void draw_glyph(const struct target *target, const struct ink_glyph *glyph, int x,
                       int baseline, struct paint paint) {
    const int top = baseline - glyph->top;
    if (target->rotation == 0 && x >= 0 && x + glyph->width <= target->width &&
        ink_glyph_is_narrow(glyph)) {
        blit_glyph(target, glyph, x, top, paint.bit);
        return;
    }
    const bool gray = ink_face_depth(glyph->face) > 1;
    const bool bit = gray ? paint.tone : paint.bit;
    struct ink_glyph_rows rows = ink_glyph_rows_begin(glyph, ink_glyph_stream(glyph));
    for (int y = top; y < top + glyph->height; y++) {
        ink_glyph_rows_next(&rows);
        put_row(target, x, y, gray ? toned(&rows, 0, paint.levels) : rows.row[0][0], bit);
        if (glyph->width > 32) {
            put_row(target, x + 32, y, gray ? toned(&rows, 1, paint.levels) : rows.row[0][1], bit);
        }
    }
}

static void draw_hex(const struct target *target, int digit, int x, int y, int scale) {
    for (int row = 0; row < 5; row++) {
        for (int column = 0; column < 3; column++) {
            if ((ink_hex_row(digit, row) >> (2 - column) & 1) != 0) {
                int left = x + column * scale, top = y + row * scale;
                draw_fill(target,
                          (struct ink_rect){(int16_t)left, (int16_t)top, (int16_t)(left + scale),
                                            (int16_t)(top + scale)},
                          bit_of(target, INK_TEXT));
            }
        }
    }
}

/* A frame with the code point's number in it; text on paper even in a reversed box. */
static void draw_missing(const struct target *target, uint32_t code_point, int px, int pen,
                         int baseline) {
    struct ink_missing_box box = ink_missing_box(px, code_point);
    const int scale = box.scale, top = baseline - 12 * scale;
    struct ink_rect frame = {(int16_t)pen, (int16_t)top, (int16_t)(pen + box.width),
                             (int16_t)(top + box.height)};
    struct ink_rect hole = {(int16_t)(frame.x0 + scale), (int16_t)(frame.y0 + scale),
                            (int16_t)(frame.x1 - scale), (int16_t)(frame.y1 - scale)};
    draw_fill(target, frame, bit_of(target, INK_TEXT));
    draw_fill(target, hole, bit_of(target, INK_PAPER));
    for (int i = 0; i < 2 * box.columns; i++) {
        int digit = (int)(code_point >> (4 * (2 * box.columns - 1 - i)) & 15);
        draw_hex(target, digit, pen + 2 * scale + i % box.columns * 4 * scale,
                 top + 2 * scale + i / box.columns * 6 * scale, scale);
    }
}

/* Draw one run of a TEXT op, glyph by glyph as its letters are read. */
static void draw_run(const struct target *target, const struct ink_face *face,
                     const struct ink_op *op, const struct ink_run *run) {
    const int tracking = op->flags & INK_OP_TRACKING;
    const struct paint paint = paint_of(target, op->ink);
    int pen = op->x0 - (int8_t)(op->extra >> 8) + run->x;
    struct ink_shaper shaper;
    struct ink_cell cell;
    ink_shape_begin(&shaper, face, run->text, run->right_to_left);
    while (ink_shape_next(&shaper, &cell)) {
        int left = run->right_to_left ? pen - cell.advance : pen;
        if (cell.missing && cell.ink > 0) {
            draw_missing(target, cell.code_point, face->px, left, op->y0);
        } else if (cell.ink > 0) {
            draw_glyph(target, &cell.glyph, left + cell.x, op->y0 - cell.up, paint);
        }
        pen = run->right_to_left ? left - tracking : left + cell.advance + tracking;
    }
}

static void draw_text(const struct target *target, const struct ink_op *op,
                      struct ink_span payload) {
    const int px = ink_op_px(op); /* no glyph is taller than two ems, nor lower than one */
    struct ink_rect box = {(int16_t)(op->x0 - px), (int16_t)(op->y0 - 2 * px), op->x1,
                           (int16_t)(op->y0 + px)};
    if (!touches(target, box)) {
        return;
    }
    const struct ink_type type = ink_type_at((enum ink_role)op->kind, px, target->depth);
    struct ink_run run;
    for (uint16_t at = 0; ink_page_run(op, payload, &at, &run);) {
        draw_run(target, &type.face, op, &run);
    }
}

static void draw_op(const struct target *target, const struct ink_op *op, struct ink_span payload) {
    switch (op->type) {
    case INK_OP_FILL:
        draw_fill(target, (struct ink_rect){op->x0, op->y0, op->x1, op->y1},
                  bit_of(target, op->ink));
        break;
    case INK_OP_DASH:
        draw_dash(target, op);
        break;
    case INK_OP_MARK:
        draw_mark(target, op);
        break;
    case INK_OP_TEXT:
        draw_text(target, op, payload);
        break;
    default:
        break;
    }
}

/* Make `bits` the plane of the bits that are shifted by so much: its inks, and paper everywhere. */
static void begin_plane(struct target *target, int shift, uint8_t *bits) {
    const uint8_t *values = ink_inks_table[target->inks].values;
    target->shift = (uint8_t)shift;
    target->bits = bits;
    target->ones = 0;
    for (int role = 0; role < INK_INK_COUNT; role++) {
        target->ones |= (uint32_t)(values[role] >> shift & 1) << role;
    }
    memset(bits, bit_of(target, INK_PAPER) ? 0xFF : 0,
           (size_t)target->band->stride * (size_t)target->band->rows);
}

void ink_raster(const struct ink_page *page, const struct ink_band *band) {
    const int planes = ink_inks_table[page->inks].planes;
    bool turned = page->rotation == 90 || page->rotation == 270;
    struct target target = {.band = band,
                            .width = turned ? page->height : page->width,
                            .height = turned ? page->width : page->height,
                            .rotation = page->rotation,
                            .inks = page->inks,
                            .depth = page->depth};
    target.y0 = ink_max(band->y0, 0);
    target.y1 = ink_min(band->y0 + band->rows, target.height);
    uint8_t *bits = band->bits;
    for (int plane = 1; plane <= planes; plane++) {
        if (band->plane != 0 && band->plane != plane) {
            continue;
        }
        struct ink_op op;
        struct ink_span payload;
        begin_plane(&target, planes - plane, bits);
        bits += (size_t)band->stride * (size_t)band->rows;
        for (uint32_t at = 0; ink_page_next(page, &at, &op, &payload);) {
            draw_op(&target, &op, payload);
        }
    }
}
