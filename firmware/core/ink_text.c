/* Types and measuring. */
#include "core/ink_text.h"

#include "core/ink_measure.h"
#include "core/ink_utf8.h"

const struct ink_span ink_ellipsis = {"\xE2\x80\xA6", 3};

struct ink_span ink_span_of(const char *text) {
    return (struct ink_span){text, (uint16_t)strlen(text)};
}

/* ---- type -------------------------------------------------------------------------------------
 */

static struct ink_font font_of(enum ink_role role) {
    return (struct ink_font){ink_font_roles[role][0]};
}

struct ink_type ink_type_at(enum ink_role role, int px, int depth) {
    const uint8_t *const *blobs = ink_font_roles[role];
    if (depth > 1 && ink_font_roles_gray[role] != NULL) {
        blobs = ink_font_roles_gray[role];
    }
    struct ink_type type = {.face = ink_shape_face(blobs[0], px), .role = role, .ink = INK_TEXT};
    type.face.more = blobs + 1;
    return type;
}

uint8_t ink_text_scripts(enum ink_role role, struct ink_span text) {
    const uint8_t *const *blobs = ink_font_roles[role];
    uint8_t scripts = 0;
    for (size_t at = 0; at < text.bytes;) {
        if ((uint8_t)text.at[at] < 0xD6) { /* before U+0580 */
            at++;
            continue;
        }
        const uint32_t code_point = ink_utf8_next(text.at, text.bytes, &at);
        if (ink_font_glyph(blobs[0], code_point) >= 0) {
            continue;
        }
        for (int i = 1; i <= 8 && blobs[i] != NULL; i++) {
            if (ink_font_glyph(blobs[i], code_point) >= 0) {
                scripts |= (uint8_t)(1u << (i - 1));
                break;
            }
        }
    }
    return scripts;
}

void ink_type_lead(struct ink_type *type, uint8_t scripts) {
    const uint8_t *const *more = type->face.more;
    for (int i = 0; i < 8 && more[i] != NULL; i++) {
        if ((scripts >> i & 1) == 0) {
            continue;
        }
        const struct ink_face other = ink_shape_face(more[i], type->face.px);
        if (other.px * 8 <=
            type->face.px * 9 + 2) { /* not one that is much too large to draw with */
            type->face.line = (uint8_t)ink_max(type->face.line, other.line);
        }
    }
}

int ink_type_step(enum ink_role role, int px, int steps) {
    struct ink_font font = font_of(role);
    int index = ink_shape_size(&font, px) + steps;
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

/* ---- measuring --------------------------------------------------------------------------------
 */

/* Compared where they are: most letters change none of these. */
static inline void raise(int *most, int value) {
    if (value > *most) {
        *most = value;
    }
}

static inline void add_ink(struct ink_measure *line, const struct ink_cell *cell) {
    const int ink0 = line->pen + cell->x, top = cell->glyph.top + cell->up;
    if (ink0 < line->ink0 || !line->started) {
        line->ink0 = ink0;
        line->started = true;
    }
    raise(&line->ink1, ink_min(ink0 + cell->ink, INK_PEN_MAX));
    raise(&line->before, -cell->x);
    raise(&line->after, cell->x + cell->ink - cell->advance);
    raise(&line->ascent, top);
    raise(&line->descent, cell->glyph.height - top);
    if (cell->advance > 0 && cell->advance < cell->glyph.advance) {
        line->kerned += cell->glyph.advance - cell->advance;
    }
}

void ink_measure_add(struct ink_measure *line, const struct ink_cell *cell, int tracking) {
    line->missing = (uint16_t)(line->missing + cell->missing);
    line->right_to_left |= cell->right_to_left;
    if (cell->ink > 0) {
        add_ink(line, cell);
    }
    line->pen = ink_min(line->pen + cell->advance + tracking, INK_PEN_MAX);
    line->end = cell->code_point != ' ' ? line->pen : line->end;
}

struct ink_extent ink_measure_extent(const struct ink_measure *line) {
    struct ink_extent extent = {.ink0 = (int16_t)line->ink0,
                                .ink1 = (int16_t)line->ink1,
                                .missing = line->missing,
                                .ascent = (int16_t)line->ascent,
                                .descent = (int16_t)line->descent};
    if (line->right_to_left) { /* any cell may come first or last */
        extent.ink0 = (int16_t)-line->before;
        extent.ink1 = (int16_t)ink_min(line->end + line->kerned + line->after, INK_PEN_MAX);
    }
    return extent;
}

void ink_measure_text(struct ink_measure *line, const struct ink_face *face, struct ink_span text,
                      int tracking) {
    struct ink_shaper shaper;
    struct ink_cell cell;
    ink_shape_begin(&shaper, face, text, false);
    while (ink_shape_next(&shaper, &cell)) {
        ink_measure_add(line, &cell, tracking);
    }
}

struct ink_extent ink_text_extent(const struct ink_face *face, struct ink_span text, int tracking) {
    struct ink_measure line = {0};
    ink_measure_text(&line, face, text, tracking);
    return ink_measure_extent(&line);
}

int ink_text_width(const struct ink_face *face, struct ink_span text) {
    struct ink_extent extent = ink_text_extent(face, text, 0);
    return extent.ink1 - extent.ink0;
}
