#include "core/ink_text.h"

#include "core/ink_grapheme.h"
#include "core/ink_utf8.h"

const struct ink_span ink_ellipsis = {"\xE2\x80\xA6", 3};

struct ink_span ink_span_of(const char *text) {
    return (struct ink_span){text, (uint16_t)strlen(text)};
}

/* ---- type ----------------------------------------------------------------------------------- */

static struct ink_font font_of(enum ink_role role) {
    switch (role) {
    case INK_ROLE_SOURCE:
        return (struct ink_font){ink_font_source};
    case INK_ROLE_TITLE:
        return (struct ink_font){ink_font_title};
    default:
        return (struct ink_font){ink_font_headline};
    }
}

static int size_index(const struct ink_font *font, int px) {
    int best = 0, distance = INT16_MAX;
    for (int i = 0; i < ink_font_sizes(font); i++) {
        int off = ink_font_px(font, i) - px;
        off = off < 0 ? -off : off;
        if (off < distance) {
            distance = off;
            best = i;
        }
    }
    return best;
}

struct ink_type ink_type_at(enum ink_role role, int px) {
    struct ink_font font = font_of(role);
    return (struct ink_type){.face = ink_font_face(&font, size_index(&font, px)), .role = role};
}

int ink_type_step(enum ink_role role, int px, int steps) {
    struct ink_font font = font_of(role);
    int index = size_index(&font, px) + steps;
    index = ink_max(0, ink_min(index, ink_font_sizes(&font) - 1));
    return ink_font_px(&font, index);
}

int ink_type_snap(enum ink_role role, int em_16ths) {
    struct ink_font font = font_of(role);
    int index = 0;
    int64_t wanted = (int64_t)em_16ths * em_16ths;
    while (index + 1 < ink_font_sizes(&font)) {
        int64_t low = ink_font_px(&font, index), high = ink_font_px(&font, index + 1);
        if (wanted < low * high * 256) { /* below their geometric mean, in 1/16 px squared */
            break;
        }
        index++;
    }
    return ink_font_px(&font, index);
}

/* ---- cells ---------------------------------------------------------------------------------- */

/* Joiners, marks of direction, variation selectors: they order or shape text, and draw nothing. */
static bool draws_nothing(uint32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xE0000 && c <= 0xE0FFF) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

struct ink_missing_box ink_missing_box(int px, uint32_t code_point) {
    int scale = ink_max(px / 16, 1);
    int columns = code_point > 0xFFFF ? 3 : 2;
    struct ink_missing_box box = {.scale = (int8_t)scale, .columns = (int8_t)columns};
    box.width = (int16_t)(columns * 4 * scale + 3 * scale); /* frame, air, digits of 3 + 1 */
    box.height = (int16_t)(15 * scale);                     /* frame, air, two rows of 5 + 1 */
    box.advance = (int16_t)(box.width + scale);
    return box;
}

uint8_t ink_hex_row(int digit, int y) {
    /* Five rows of three bits a digit, top row in the highest bits. */
    static const uint16_t digits[16] = {075557, 026227, 071747, 071717, 055711, 074717,
                                        074757, 071122, 075757, 075717, 025755, 065656,
                                        034443, 065556, 074747, 074744};
    return (uint8_t)(digits[digit & 15] >> (3 * (4 - y)) & 7);
}

struct ink_cell ink_text_cell(const struct ink_face *face, uint32_t code_point) {
    int number = ink_font_glyph(face->blob, code_point);
    struct ink_cell cell = {.missing = number < 0};
    if (number >= 0) {
        cell.glyph = ink_face_glyph(face, number);
        cell.advance = cell.glyph.advance;
        cell.ink0 = cell.glyph.left;
        cell.ink1 = (int16_t)(cell.glyph.left + cell.glyph.width);
    } else if (draws_nothing(code_point)) {
        cell.missing = false;
    } else if (ink_grapheme_class(code_point) != INK_GB_EXTEND) {
        struct ink_missing_box box = ink_missing_box(face->px, code_point);
        cell.advance = box.advance;
        cell.ink1 = box.width;
    }
    return cell;
}

/* ---- measuring ------------------------------------------------------------------------------- */

#define PEN_MAX 32000 /* keeps every coordinate inside int16_t, whatever the text */

/* Pen and ink of a line that grows cell by cell. */
struct run {
    int pen;
    int ink0, ink1;
    bool started;
};

static void run_add(struct run *run, const struct ink_cell *cell, int tracking) {
    if (cell->ink1 > cell->ink0) {
        run->ink0 = run->started ? run->ink0 : run->pen + cell->ink0;
        run->ink1 = ink_max(run->ink1, run->pen + cell->ink1);
        run->started = true;
    }
    run->pen = ink_min(run->pen + cell->advance + tracking, PEN_MAX);
    run->ink1 = ink_min(run->ink1, PEN_MAX);
}

struct ink_extent ink_text_extent(const struct ink_face *face, struct ink_span text, int tracking) {
    struct run run = {0};
    struct ink_extent extent = {0};
    for (size_t at = 0; at < text.bytes;) {
        struct ink_cell cell = ink_text_cell(face, ink_utf8_next(text.at, text.bytes, &at));
        extent.missing = (uint16_t)(extent.missing + cell.missing);
        run_add(&run, &cell, tracking);
    }
    extent.ink0 = (int16_t)run.ink0;
    extent.ink1 = (int16_t)run.ink1;
    return extent;
}

int ink_text_width(const struct ink_face *face, struct ink_span text) {
    struct ink_extent extent = ink_text_extent(face, text, 0);
    return extent.ink1 - extent.ink0;
}

/* ---- breaking -------------------------------------------------------------------------------- */

static bool is_space(uint32_t c) {
    return c == ' ' || c == 0x3000 || (c >= 0x2000 && c <= 0x200A && c != 0x2007);
}

static bool is_ideograph(uint32_t c) {
    return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFD);
}

static bool is_letter(uint32_t c) {
    return (c | 0x20) - 'a' < 26 || (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000);
}

/* May a line end between two neighbouring code points? */
static bool may_break(uint32_t before, uint32_t after) {
    switch (before) {
    case 0x200B:
        return true;
    case '-':
    case '/':
    case 0x2010: /* hyphen */
    case 0x2013: /* en dash */
    case 0x2014: /* em dash */
        return is_letter(after);
    default:
        return (is_space(before) && !is_space(after)) ||
               (is_ideograph(before) && is_ideograph(after));
    }
}

static struct ink_span trim_end(struct ink_span line) {
    while (line.bytes > 0 && line.at[line.bytes - 1] == ' ') {
        line.bytes--;
    }
    return line;
}

/* Add the code points of one grapheme cluster; returns its last one. */
static uint32_t run_add_cluster(struct run *run, const struct ink_face *face, struct ink_span text,
                                size_t *at) {
    size_t end = *at + ink_grapheme_bytes(text.at, text.bytes, *at);
    uint32_t code_point = 0;
    while (*at < end) {
        code_point = ink_utf8_next(text.at, text.bytes, at);
        struct ink_cell cell = ink_text_cell(face, code_point);
        run_add(run, &cell, 0);
    }
    return code_point;
}

struct ink_span ink_text_line(const struct ink_face *face, struct ink_span text, int width,
                              uint32_t *next) {
    struct run run = {0};
    size_t at = 0, opportunity = 0;
    uint32_t before = 0;
    while (at < text.bytes) {
        size_t start = at, peek = at;
        uint32_t first = ink_utf8_next(text.at, text.bytes, &peek);
        if (start > 0 && may_break(before, first)) {
            opportunity = start;
        }
        before = run_add_cluster(&run, face, text, &at);
        if (run.ink1 - run.ink0 > width && start > 0) {
            size_t cut = opportunity > 0 ? opportunity : start;
            *next = (uint32_t)cut;
            return trim_end((struct ink_span){text.at, (uint16_t)cut});
        }
    }
    *next = text.bytes;
    return trim_end(text);
}

static struct ink_span rest_of(struct ink_span text, uint32_t at) {
    return (struct ink_span){text.at + at, (uint16_t)(text.bytes - at)};
}

int ink_text_lines(const struct ink_face *face, struct ink_span text, int width, int most) {
    int lines = 0;
    while (text.bytes > 0 && lines <= most) {
        uint32_t next;
        (void)ink_text_line(face, text, width, &next);
        text = rest_of(text, next);
        lines++;
    }
    return lines;
}

int ink_text_balance(const struct ink_face *face, struct ink_span text, int width, int lines) {
    if (lines < 2) {
        return width;
    }
    /* Lines cannot be narrower than the whole text shared out evenly. */
    int low = ink_min(ink_text_width(face, text) / lines, width), high = width;
    while (high - low > 2) {
        int middle = (low + high) / 2;
        if (ink_text_lines(face, text, middle, lines) <= lines) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

/* ---- shortening ------------------------------------------------------------------------------ */

static bool is_trailing(char c) {
    return c == ' ' || c == ',' || c == ';' || c == ':' || c == '.' || c == '-';
}

struct ink_span ink_text_shorten(const struct ink_face *face, struct ink_span text, int width) {
    if (ink_text_width(face, text) <= width) {
        return text;
    }
    struct ink_cell dots = ink_text_cell(face, 0x2026);
    struct run run = {0};
    size_t end = 0, word = 0;
    for (size_t at = 0; at < text.bytes;) {
        size_t start = at;
        uint32_t last = run_add_cluster(&run, face, text, &at);
        if (run.pen + dots.ink1 - run.ink0 > width) {
            break;
        }
        end = at;
        word = is_space(last) ? start : word;
    }
    if (word * 3 >= end * 2) {
        end = word;
    }
    while (end > 0 && is_trailing(text.at[end - 1])) {
        end--;
    }
    return (struct ink_span){text.at, (uint16_t)end};
}

/* ---- placing --------------------------------------------------------------------------------- */

/* Push text whose ink goes from x0 to x0 + its width. */
static void push(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                 struct ink_op op, const struct ink_extent *extent) {
    op.kind = (uint8_t)type->role;
    op.flags = type->tracking;
    op.extra = type->face.px;
    op.x0 = (int16_t)(op.x0 - extent->ink0);
    op.x1 = (int16_t)(op.x0 + extent->ink1);
    op.y1 = (int16_t)(op.y0 + type->face.descent);
    page->missing = (uint16_t)ink_min(page->missing + extent->missing, UINT16_MAX);
    if (text.bytes > 0) {
        ink_page_text(page, &op, text);
    }
}

int ink_text_put(struct ink_page *page, const struct ink_type *type, struct ink_span text, int x,
                 int baseline) {
    struct ink_extent extent = ink_text_extent(&type->face, text, type->tracking);
    struct ink_op op = {.ink = INK_BLACK, .x0 = (int16_t)x, .y0 = (int16_t)baseline};
    push(page, type, text, op, &extent);
    return extent.ink1 - extent.ink0;
}

int ink_text_put_right(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                       int x, int baseline) {
    struct ink_extent extent = ink_text_extent(&type->face, text, type->tracking);
    int width = extent.ink1 - extent.ink0;
    struct ink_op op = {.ink = INK_BLACK, .x0 = (int16_t)(x - width), .y0 = (int16_t)baseline};
    push(page, type, text, op, &extent);
    return width;
}

int ink_text_put_reversed(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                          int x, int baseline) {
    struct ink_extent extent = ink_text_extent(&type->face, text, type->tracking);
    struct ink_op op = {.ink = INK_WHITE, .x0 = (int16_t)x, .y0 = (int16_t)baseline};
    push(page, type, text, op, &extent);
    return extent.ink1 - extent.ink0;
}

void ink_text_put_within(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                         struct ink_slot slot) {
    struct ink_span cut = ink_text_shorten(&type->face, text, slot.width);
    int drawn = ink_text_put(page, type, cut, slot.x, slot.baseline);
    if (cut.bytes < text.bytes) {
        ink_page_mark_cut(page);
        ink_text_put(page, type, ink_ellipsis, slot.x + drawn + (drawn > 0), slot.baseline);
    }
}
