/* Service: measure, break, shorten and place text.
 *
 * Widths are those of the pixels that will be drawn: mono-hinted advances, kerning, lines that
 * start and end on ink and not on side bearings. A text with right-to-left letters is measured so
 * that it fits in whatever order its parts end up. A code point without a glyph is a box with its
 * number in it. Nothing here allocates or copies.
 */
#ifndef INK_TEXT_H
#define INK_TEXT_H

#include "core/ink_bidi.h"
#include "core/ink_page.h"
#include "core/ink_shape.h"

/* A role at one size, and how it is drawn. */
struct ink_type {
    struct ink_face face;
    enum ink_role role;
    enum ink_ink ink;
    uint8_t tracking; /* pixels added after each glyph, 0..8 */
};

/* The role at its size nearest to `px` (the smaller of two equally near), in black, with glyphs of
 * `depth` bits a pixel (1 or 2; a build without those of 2 takes those of 1). */
struct ink_type ink_type_at(enum ink_role role, int px, int depth);

/* Which further blobs of the role a text needs, one bit each in order of lookup; 0 at once for text
 * in Latin, Greek or Cyrillic. */
uint8_t ink_text_scripts(enum ink_role role, struct ink_span text);

/* Give a type the leading that those blobs ask for, if it is more than its own. */
void ink_type_lead(struct ink_type *type, uint8_t scripts);

/* The role's size that is `steps` steps of the ladder above (below, if negative) `px`, as far as it
 * goes. */
int ink_type_step(enum ink_role role, int px, int steps);

/* Nearest size of the ladder to an em given in 1/16 pixel, by ratio. */
int ink_type_snap(enum ink_role role, int em_16ths);

/* ---- measuring --------------------------------------------------------------------------------
 */

/* Extent of a text on one line. */
struct ink_extent {
    int16_t ink0, ink1;      /* first and last column of ink from the pen, half-open */
    uint16_t missing;        /* code points without a glyph */
    int16_t ascent, descent; /* rows of ink above and below the baseline */
};

/* `tracking`: extra pixels after each glyph, 0..8. Text wider than 32,000 px is reported as that.
 */
struct ink_extent ink_text_extent(const struct ink_face *face, struct ink_span text, int tracking);

/* Width of the ink. */
int ink_text_width(const struct ink_face *face, struct ink_span text);

/* ---- breaking ---------------------------------------------------------------------------------
 */

/* How a text is wrapped: the room, and whether its last two words stay together. */
#define INK_WRAP_KNOWN 4
struct ink_wrap {
    const char *text;
    int16_t width; /* pixels */
    int16_t lines; /* that it takes; one more than was counted to, if it takes more */
    bool keep;     /* no break before the last word */
    bool both;     /* some letters run from right to left: any cell of a line may come last */
    uint8_t known; /* first lines of `text` whose ends are known: they need no more measuring */
    uint16_t end[INK_WRAP_KNOWN]; /* bytes of the text up to there */
};

/* Wrap `text` in `width` pixels, counting no further than `most` + 1 lines: greedily for their
 * number, then in the narrowest width with that number, then without a single word on the last line
 * if that costs none. */
struct ink_wrap ink_text_wrap(const struct ink_face *face, struct ink_span text, int width,
                              int most);

/* The first line of `text` in wrap->width pixels. It ends at the last place where UAX #14 (Unicode
 * 15.0) lets a line end and where house style does not object: not between a number and its unit,
 * after a word of one letter, an initial, or a sign such as "№". If there is none, style gives way
 * first, then words are cut at a grapheme (at least one, so that every line moves on). Sets *next
 * to where the next line starts (text.bytes at the end); returns the line without the spaces around
 * the break. A line that ends in a soft hyphen is to be drawn with a hyphen: INK_TAIL_HYPHEN. */
struct ink_span ink_text_line(const struct ink_face *face, struct ink_span text,
                              const struct ink_wrap *wrap, uint32_t *next);

/* Bytes of the line that starts with `rest`, up to where the next one starts, and as wide as wrap
 * allows at most; 0 if nobody knows before ink_text_line has measured. */
int ink_wrap_end(const struct ink_wrap *wrap, struct ink_span rest);

/* Does a line end in a soft hyphen? */
bool ink_text_hyphen(struct ink_span line);

/* Lines that the text takes in `width` pixels, counting no further than `most` + 1. */
int ink_text_lines(const struct ink_face *face, struct ink_span text, int width, int most);

/* The longest start of `text` that, followed by an ellipsis, fits `width`: ends at a grapheme, at a
 * word's end if one lies in its last third, without trailing spaces or punctuation. The whole text
 * if it fits as it is. `both`: it is part of a paragraph that runs both ways, as in ink_wrap. */
struct ink_span ink_text_shorten(const struct ink_face *face, struct ink_span text, int width,
                                 bool both);

/* ---- placing ----------------------------------------------------------------------------------
 */

/* Where a line of text stands, from the page's leading edge (the left one, or the right one if the
 * page is mirrored): `width` pixels from x on are for its ink. */
struct ink_slot {
    int x, width, baseline;
    bool trailing;  /* it ends at x + width rather than starts at x */
    uint8_t struck; /* height of a line through what is withdrawn, pixels; 0: none */
};

/* What follows the text in the picture. */
enum ink_tail { INK_TAIL_NONE, INK_TAIL_ELLIPSIS, INK_TAIL_HYPHEN };

/* A line of a paragraph. The order of its parts (UAX #9) depends on all of the paragraph; its base
 * direction is that of its first letter (P2, P3), but on a mirrored page a paragraph with any
 * right-to-left letter is right-to-left. One without letters, such as "-5", is left-to-right. */
struct ink_line {
    struct ink_span paragraph;
    struct ink_span text; /* inside it */
    enum ink_tail tail;
};

/* A text that is a line and a paragraph of its own. */
struct ink_line ink_line_of(struct ink_span text);

/* Push a line onto the page, as it is, whatever the slot's width. Returns the width of its ink. */
int ink_text_put_line(struct ink_page *page, const struct ink_type *type,
                      const struct ink_line *line, const struct ink_slot *slot);

/* Push text: its ink starts at `x`. Returns the width of the ink. */
int ink_text_put(struct ink_page *page, const struct ink_type *type, struct ink_span text, int x,
                 int baseline);

/* Push a line, shortened and with an ellipsis if it is wider than its slot; the open item is then
 * marked as cut. Returns the width of its ink. */
int ink_text_put_within(struct ink_page *page, const struct ink_type *type, struct ink_line line,
                        const struct ink_slot *slot);

/* Push a text in balanced lines, `most` at most: the last one takes an ellipsis if more would be
 * needed. Lines against the page's direction start together too, at the far end of the widest.
 * Returns the last baseline. */
int ink_text_put_lines(struct ink_page *page, const struct ink_type *type, struct ink_span text,
                       int most, struct ink_slot slot);

/* Page memory that the parts of a text that runs both ways may take beside its bytes. */
int ink_text_run_bytes(struct ink_span text);

/* What the page needs free at its end while a line of such a paragraph is put: INK_BIDI_ROOM of the
 * paragraph's bytes. */

/* A zero-terminated string as a span. */
struct ink_span ink_span_of(const char *text);

/* U+2026, what follows a shortened text. */
extern const struct ink_span ink_ellipsis;

#endif
