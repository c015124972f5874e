#include "core/ink_shape.h"

#include "core/ink_bidi.h"
#include "core/ink_property.h"
#include "core/ink_utf8.h"

/* ---- the missing box ---------------------------------------------------------------------------
 */

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

/* ---- glyphs ------------------------------------------------------------------------------------
 */

int ink_shape_size(const struct ink_font *font, int px) {
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

struct ink_face ink_shape_face(const uint8_t *blob, int px) {
    const struct ink_font font = {blob};
    return ink_font_face(&font, ink_shape_size(&font, px));
}

/* Joiners, marks of direction, variation selectors: they order or shape text, and draw nothing. */
static bool draws_nothing(uint32_t c) {
    return c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xE0000 && c <= 0xE0FFF) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

/* Unpack the size of a further blob that goes with the role's own. */
static void open_blob(struct ink_shaper *shaper, const uint8_t *blob) {
    if (shaper->other.blob != blob) {
        const struct ink_font font = {blob};
        ink_font_open(&font, ink_shape_size(&font, shaper->face->px), &shaper->other);
    }
}

/* Number of a code point's glyph and the face that has it, of the role's further blobs: of the
 * first one that does in a size that is not much too large, else of the last that does. -1: none.
 */
static int find_foreign(struct ink_shaper *shaper, uint32_t code_point,
                        const struct ink_face **face) {
    int glyph = -1;
    const uint8_t *const *more = shaper->face->more;
    *face = &shaper->other;
    for (; more != NULL && *more != NULL; more++) {
        int found = ink_font_glyph(*more, code_point);
        if (found >= 0) {
            glyph = found;
            open_blob(shaper, *more);
            if (shaper->other.px * 8 <= shaper->face->px * 9 + 2) {
                break;
            }
        }
    }
    return glyph;
}

/* The same of the role's own blob, and then of those. */
static int find_glyph(struct ink_shaper *shaper, uint32_t code_point,
                      const struct ink_face **face) {
    *face = shaper->face;
    const int glyph = ink_font_glyph(shaper->face->blob, code_point);
    return glyph >= 0 ? glyph : find_foreign(shaper, code_point, face);
}

static void set_metrics(struct ink_cell *cell) {
    cell->x = cell->glyph.left;
    cell->ink = cell->glyph.width;
    cell->advance = cell->glyph.advance;
}

static void set_glyph(struct ink_cell *cell, const struct ink_face *face, int glyph) {
    ink_face_metrics(face, glyph, &cell->glyph);
    set_metrics(cell);
}

/* Of a code point that no blob has: unless it draws nothing anyway, a box. */
static void set_missing(struct ink_shaper *shaper, struct ink_cell *cell) {
    shaper->last = -1;
    if (!draws_nothing(cell->code_point)) {
        const struct ink_missing_box box = ink_missing_box(shaper->face->px, cell->code_point);
        cell->missing = true;
        cell->advance = box.advance;
        cell->ink = box.width;
    }
}

/* Marks after this cell stand on its ink. */
static void set_base(struct ink_shaper *shaper, const struct ink_cell *cell) {
    shaper->base_x = (int16_t)(shaper->rtl ? cell->x : cell->x - cell->advance);
    shaper->base_ink = cell->ink;
    shaper->base_top = cell->glyph.top;
    shaper->base_bottom = (int16_t)(cell->glyph.top - cell->glyph.height);
    shaper->marks = 0;
}

/* With the glyph before it, both of the role's own blob: it alone is kerned, and no ellipsis. */
static void kern(struct ink_shaper *shaper, struct ink_cell *cell, int glyph) {
    if (shaper->rtl || cell->code_point == 0x2026) {
        shaper->last = -1;
        return;
    }
    if (shaper->last >= 0) {
        int pixels = ink_face_kern(shaper->face, shaper->last, glyph);
        cell->x = (int16_t)(cell->x + pixels);
        cell->advance = (int16_t)(cell->advance + pixels);
    }
    shaper->last = glyph;
}

/* Not in the role's own blob. */
static void shape_foreign(struct ink_shaper *shaper, struct ink_cell *cell) {
    const struct ink_face *face;
    const int glyph = find_foreign(shaper, cell->code_point, &face);
    shaper->last = -1;
    if (glyph < 0) {
        set_missing(shaper, cell);
    } else {
        set_glyph(cell, face, glyph);
    }
}

/* A code point that neither joins nor is a mark. */
static void shape_plain(struct ink_shaper *shaper, struct ink_cell *cell) {
    const int glyph = ink_face_find(shaper->face, cell->code_point, &cell->glyph);
    shaper->joins = false;
    if (glyph < 0) {
        shape_foreign(shaper, cell);
    } else {
        set_metrics(cell);
        kern(shaper, cell, glyph);
    }
    set_base(shaper, cell);
}

/* ---- marks -------------------------------------------------------------------------------------
 */

#define DAGESH        0x5BC
#define MARKS_STACKED 2 /* further ones of the same side are drawn over the last of them */

/* Rows to move a mark up (down, if negative) so that it clears the letter and the marks before it.
 * A dagesh, which is inside its letter, stays where the font draws it. */
static int lift_of(const struct ink_shaper *shaper, uint32_t code_point,
                   const struct ink_glyph *mark) {
    const int px = shaper->face->px, air = px >= 28 ? 2 : 1;
    const int bottom = mark->top - mark->height;
    if (code_point == DAGESH) {
        return 0;
    }
    if (bottom * 4 >= px) {        /* above */
        int most = px - mark->top; /* it stays in its own line */
        int lift = ink_max(shaper->base_top + air - bottom, 0);
        return ink_max(ink_min(lift, most), 0);
    }
    if (mark->top * 8 <= px) { /* below */
        int least = -(px / 3) - bottom;
        int lift = ink_min(shaper->base_bottom - air - mark->top, 0);
        return ink_min(ink_max(lift, least), 0);
    }
    return 0;
}

/* Over the middle of the letter's ink; a shin's dots stand at its ends, a holam at the left one. */
static int mark_x(const struct ink_shaper *shaper, uint32_t code_point, int width) {
    const int room = shaper->base_ink - width;
    int x = shaper->base_x;
    if (code_point == 0x5C1) {
        return x + room;
    }
    if (code_point == DAGESH && room < 2 * width) {
        return x - width - 1; /* a vav has no inside: the dot of a shuruk stands left of it */
    }
    return code_point == 0x5C2 || code_point == 0x5B9 ? x : x + room / 2 - (room < 0 && room % 2);
}

static void shape_mark(struct ink_shaper *shaper, struct ink_cell *cell) {
    const struct ink_face *face;
    int glyph = find_glyph(shaper, cell->code_point, &face);
    if (glyph < 0 && shaper->base_ink == 0) {
        set_missing(shaper, cell);
        set_base(shaper, cell);
        return;
    }
    if (glyph < 0) { /* counted, but no box parts it from its letter */
        cell->missing = !draws_nothing(cell->code_point);
        return;
    }
    set_glyph(cell, face, glyph);
    cell->advance = 0;
    if (shaper->base_ink == 0) { /* nothing to stand on: a place of its own */
        cell->x = 0;
        cell->advance = (int16_t)(cell->ink + 1);
        set_base(shaper, cell);
        return;
    }
    cell->x = (int16_t)mark_x(shaper, cell->code_point, cell->ink);
    cell->up = (int16_t)lift_of(shaper, cell->code_point, &cell->glyph);
    if (shaper->marks < 2 * MARKS_STACKED) {
        int top = cell->glyph.top + cell->up;
        shaper->marks++;
        shaper->base_top = (int16_t)ink_max(shaper->base_top, top);
        shaper->base_bottom = (int16_t)ink_min(shaper->base_bottom, top - cell->glyph.height);
    }
}

/* ---- joining -----------------------------------------------------------------------------------
 */

static bool is_control(uint8_t bidi) {
    return bidi >= INK_BIDI_LRE || bidi == INK_BIDI_B || bidi == INK_BIDI_S;
}

/* Transparent to joining, and in the same run as the letters about it: U+200E is not. */
static bool is_transparent(uint32_t properties) {
    const uint8_t bidi = ink_bidi_of(properties);
    return ink_joining_of(properties) == INK_JOIN_TRANSPARENT && bidi != INK_BIDI_L &&
           !is_control(bidi);
}

/* The next code point that joining does not look through; 0 at the end, or if it runs the other way
 * (Mongolian): there a run ends. */
static uint32_t next_letter(const struct ink_shaper *shaper) {
    for (size_t at = shaper->at; at < shaper->text.bytes;) {
        uint32_t code_point = ink_utf8_next(shaper->text.at, shaper->text.bytes, &at);
        const uint32_t properties = ink_properties(code_point);
        if (!is_transparent(properties)) {
            return ink_bidi_of(properties) == INK_BIDI_L ? 0 : code_point;
        }
    }
    return 0;
}

static bool joins_before(enum ink_joining joining) {
    return joining == INK_JOIN_DUAL || joining == INK_JOIN_RIGHT || joining == INK_JOIN_CAUSING;
}

static bool joins_after(enum ink_joining joining) {
    return joining == INK_JOIN_DUAL || joining == INK_JOIN_LEFT || joining == INK_JOIN_CAUSING;
}

/* The one glyph of this lam and the alef after it, or -1. */
static int ligature_of(const struct ink_face *face, int glyph, uint32_t next, bool joined) {
    int second = next != 0 ? ink_font_glyph(face->blob, next) : -1;
    return second < 0 ? -1 : ink_font_ligature(face->blob, glyph, second, joined);
}

static void shape_joining(struct ink_shaper *shaper, struct ink_cell *cell,
                          enum ink_joining joining) {
    const struct ink_face *face;
    const bool before = shaper->joins && joins_before(joining);
    int glyph = find_glyph(shaper, cell->code_point, &face);
    cell->right_to_left = true;
    if (glyph < 0) {
        set_missing(shaper, cell);
        shaper->joins = false;
        set_base(shaper, cell);
        return;
    }
    const uint32_t next = next_letter(shaper);
    const bool after = joins_after(joining) && joins_before(ink_joining_of(ink_properties(next)));
    int ligature = after ? ligature_of(face, glyph, next, before) : -1;
    if (ligature < 0) {
        enum ink_form form = before ? (after ? INK_FORM_MEDIAL : INK_FORM_FINAL)
                                    : (after ? INK_FORM_INITIAL : INK_FORM_ISOLATED);
        ligature = ink_font_form(face->blob, glyph, form);
        shaper->joins = joins_after(joining);
    } else {
        shaper->ligated = true;
        shaper->joins = false; /* an alef does not join what follows */
    }
    set_glyph(cell, face, ligature);
    shaper->last = -1;
    set_base(shaper, cell);
}

/* A control that may part runs: nothing joins, stacks or is kerned across it. */
static void shape_control(struct ink_shaper *shaper, struct ink_cell *cell) {
    shaper->joins = false;
    shaper->last = -1;
    shaper->base_ink = 0;
    cell->right_to_left = true;
}

/* Not inlined: what it saves on the stack would be saved for every plain letter. */
static INK_OWN_FRAME void shape_by_property(struct ink_shaper *shaper, struct ink_cell *cell) {
    const uint32_t properties = ink_properties(cell->code_point);
    const uint8_t joining = ink_joining_of(properties), bidi = ink_bidi_of(properties);
    const bool joins = shaper->joins;
    if (bidi == INK_BIDI_NSM) {
        shape_mark(shaper, cell);
    } else if (is_control(bidi)) {
        shape_control(shaper, cell);
    } else if (shaper->ligated && joining == INK_JOIN_RIGHT) {
        shaper->ligated = false; /* drawn already */
        cell->right_to_left = true;
    } else if (joining != INK_JOIN_NONE && joining != INK_JOIN_TRANSPARENT && bidi != INK_BIDI_L &&
               !draws_nothing(cell->code_point)) {
        shape_joining(shaper, cell, (enum ink_joining)joining);
    } else {
        shape_plain(shaper, cell);
        shaper->joins = joining == INK_JOIN_CAUSING || (joins && is_transparent(properties));
        cell->right_to_left = bidi == INK_BIDI_R || bidi == INK_BIDI_AL || bidi == INK_BIDI_AN ||
                              cell->code_point == 0x60C; /* of a label that is set in order */
    }
}

/* ---- the walk ----------------------------------------------------------------------------------
 */

void ink_shape_begin(struct ink_shaper *shaper, const struct ink_face *face, struct ink_span text,
                     bool right_to_left) {
    *shaper = (struct ink_shaper){.face = face, .text = text, .rtl = right_to_left, .last = -1};
}

/* No marks, no joining letters, no controls of direction: all before the combining marks but the
 * soft hyphen, which letters join across, Greek and Cyrillic up to theirs, and from kana to Yi (the
 * marks of kana among them are spacing enough). */
static bool is_plain(uint32_t c) {
    return (c < 0x300 && c != 0xAD) || c - 0x370 < 0x483 - 0x370 || c - 0x48A < 0x590 - 0x48A ||
           c - 0x309B < 0xA000 - 0x309B;
}

/* The mirror image, if the role's own blob has it. */
static uint32_t mirrored(const struct ink_shaper *shaper, uint32_t code_point) {
    const uint32_t image = ink_bidi_mirror(code_point);
    bool has = image != code_point && ink_font_glyph(shaper->face->blob, image) >= 0;
    return has ? image : code_point;
}

/* The next code point, as it is drawn. */
static uint32_t next_code_point(struct ink_shaper *shaper) {
    uint32_t code_point = ink_utf8_next(shaper->text.at, shaper->text.bytes, &shaper->at);
    if (code_point - 0x2028 < 2) { /* the end of a line or paragraph: where none ends, a space */
        return ' ';
    }
    return shaper->rtl ? mirrored(shaper, code_point) : code_point;
}

bool ink_shape_next(struct ink_shaper *shaper, struct ink_cell *cell) {
    if (shaper->at >= shaper->text.bytes) {
        return false;
    }
    uint32_t code_point = (uint8_t)shaper->text.at[shaper->at];
    if (code_point < 0x80 && !shaper->rtl) {
        shaper->at++;
    } else {
        code_point = next_code_point(shaper);
    }
    *cell = (struct ink_cell){.code_point = code_point};
    if (is_plain(code_point)) {
        shape_plain(shaper, cell);
    } else {
        shape_by_property(shaper, cell);
    }
    return true;
}
