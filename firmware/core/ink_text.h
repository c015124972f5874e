/* Service: measure, break and shorten lines of text.
 *
 * Widths are those of the pixels that will be drawn: mono-hinted advances, lines that start and
 * end on ink and not on side bearings. A code point without a glyph is a box with its number in it.
 * Nothing here allocates or copies.
 */
#ifndef INK_TEXT_H
#define INK_TEXT_H

#include "core/ink_font.h"
#include "core/ink_page.h"

/* A role at one size. */
struct ink_type {
    struct ink_face face;
    enum ink_role role;
    uint8_t tracking; /* pixels added after each glyph, 0..8 */
};

/* The role at its size nearest to `px` (the smaller of two equally near). */
struct ink_type ink_type_at(enum ink_role role, int px);

/* The role's size that is `steps` steps of the ladder above (below, if negative) `px`, as far as it
 * goes. */
int ink_type_step(enum ink_role role, int px, int steps);

/* Nearest size of the ladder to an em given in 1/16 pixel, by ratio. */
int ink_type_snap(enum ink_role role, int em_16ths);

/* What one code point occupies. */
struct ink_cell {
    struct ink_glyph glyph; /* of the role; unless missing */
    int16_t advance;
    int16_t ink0, ink1; /* columns of ink from the pen, half-open; equal: none (a space) */
    bool missing;
};

/* The cell of a code point. Those that draw nothing (joiners, marks of direction) have advance 0.
 * So has a combining mark without a glyph: it counts as missing, but no box parts it from its base.
 */
struct ink_cell ink_text_cell(const struct ink_face *face, uint32_t code_point);

/* Extent of a text on one line. */
struct ink_extent {
    int16_t ink0, ink1; /* first and last column of ink from the pen, half-open */
    uint16_t missing;   /* code points without a glyph */
};

/* `tracking`: extra pixels after each glyph, 0..8. Text wider than 32,000 px is reported as that.
 */
struct ink_extent ink_text_extent(const struct ink_face *face, struct ink_span text, int tracking);

/* Width of the ink. */
int ink_text_width(const struct ink_face *face, struct ink_span text);

/* The first line of `text` in `width` pixels: cut at the last break opportunity that fits, else
 * at the last grapheme (at least one, so that every line moves on). Sets *next to where the next
 * line starts (text.bytes at the end); returns the line without the spaces around the break. Break
 * opportunities: after spaces, after hyphens, dashes and slashes before a letter, at U+200B, and
 * between ideographs; never at no-break spaces or hyphens. */
struct ink_span ink_text_line(const struct ink_face *face, struct ink_span text, int width,
                              uint32_t *next);

/* Lines that the text takes in `width` pixels, counting no further than `most` + 1. */
int ink_text_lines(const struct ink_face *face, struct ink_span text, int width, int most);

/* The narrowest width, at most `width`, in which the text takes no more lines than in `width`. */
int ink_text_balance(const struct ink_face *face, struct ink_span text, int width, int lines);

/* The longest start of `text` that, followed by an ellipsis, fits `width`: ends at a grapheme, at a
 * word's end if one lies in its last third, without trailing spaces or punctuation. The whole text
 * if it fits as it is. */
struct ink_span ink_text_shorten(const struct ink_face *face, struct ink_span text, int width);

/* U+2026, what follows a shortened text. */
extern const struct ink_span ink_ellipsis;

/* Push text onto the page: its ink starts at `x`, or ends there. Returns the width of the ink. */
int ink_text_put(struct ink_page *page, const struct ink_type *type, struct ink_span text, int x,
                 int baseline);
int ink_text_put_right(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                       int x, int baseline);

/* From `x` in white, for a reversed word. */
int ink_text_put_reversed(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                          int x, int baseline);

/* Where a line of text stands: from x on, `width` pixels for its ink. */
struct ink_slot {
    int x, width, baseline;
};

/* Push text, shortened and with an ellipsis if it is wider than its slot; the open item is then
 * marked as cut. */
void ink_text_put_within(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                         struct ink_slot slot);

/* A zero-terminated string as a span. */
struct ink_span ink_span_of(const char *text);

/* The box for a missing glyph, all in pixels for one em size: the cell and its digits. */
struct ink_missing_box {
    int16_t width, height; /* of the frame */
    int16_t advance;
    int8_t columns; /* hex digits a row: 2 up to U+FFFF, 3 beyond */
    int8_t scale;   /* of the 3x5 digits */
};
struct ink_missing_box ink_missing_box(int px, uint32_t code_point);

/* Row `y` (0..4) of hex digit `digit` in 3x5: bit 2 is the left column. */
uint8_t ink_hex_row(int digit, int y);

#endif
