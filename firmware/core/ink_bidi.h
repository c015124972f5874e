/* Service: in which order a line of mixed directions is drawn (Unicode UAX #9, Unicode 15.0).
 *
 * All of it: isolates, embeddings and overrides to depth 125, brackets to depth 63. Text is UTF-8,
 * positions are byte offsets; the bytes after the first of a code point have its level.
 *
 *     struct ink_bidi bidi;                                     a paragraph, once
 *     ink_bidi_resolve(&bidi, text, ink_bidi_base(text, 0), true);
 *     struct ink_bidi_line line = ink_bidi_line(&bidi, 0, 40);  each of its lines
 *     while (ink_bidi_next(&line)) {                            its runs from left to right
 *         draw(line.run.first, line.run.end, line.run.level & 1);
 *     }
 *
 * RAM: struct ink_bidi, 652 bytes, and up to 500 of stack while it is resolved; neither depends on
 * the text. Work: some 300 instructions a character of mixed text. For a text that is made to be
 * costly it grows with the square of its bytes, to a million for the longest; but ink_bidi_needed
 * spares most texts all of it.
 */
#ifndef INK_BIDI_H
#define INK_BIDI_H

#include "core/ink_types.h"

/* Bytes that one struct resolves: the longest text drawn, a headline. */
#define INK_BIDI_BYTES 320

/* Embeddings no deeper than this (BD2), so that levels are 0..126; pairs of brackets open at a time
 * (BD16). */
#define INK_BIDI_DEPTH    125
#define INK_BIDI_BRACKETS 63

/* A resolved paragraph. A level is even where the text runs from left to right. */
struct ink_bidi {
    struct ink_span text; /* what was resolved, by reference */
    uint8_t base;         /* level of the paragraph, 0 or 1 */
    /* Of each byte of the text; then as many for ink_bidi.c. Nothing behind those is touched, so
     * that a struct for a short text may have less memory: INK_BIDI_ROOM. */
    uint8_t levels[2 * INK_BIDI_BYTES];
};

/* Memory for a text of so many bytes, and for the alignment of the struct: the same number on every
 * machine. */
#define INK_BIDI_ROOM(bytes) (2u * (bytes) + 40u)
_Static_assert(offsetof(struct ink_bidi, levels) + 2 * sizeof(void *) <= INK_BIDI_ROOM(0),
               "the head of a bidi struct outgrew its room");

/* Bytes first <= at < end of the paragraph, all of one level: draw them from left to right if it is
 * even; if it is odd from right to left, each code point as ink_bidi_mirror has it. */
struct ink_bidi_run {
    uint16_t first, end;
    uint8_t level;
};

/* One line, and where in it we are. */
struct ink_bidi_line {
    const struct ink_bidi *bidi;
    uint16_t first, end;
    uint16_t tail; /* from here on all is blank, and of the paragraph's level (L1) */
    struct ink_bidi_run run;
};

/* False if the text, in a paragraph of that level, is one run from left to right. Decided by ranges
 * of code points; a text in Latin, Greek, Cyrillic or Chinese costs a look at each byte. */
bool ink_bidi_needed(struct ink_span text, uint8_t base_level);

/* True if some character of the text is written from right to left, or may be: a letter or a digit
 * of such a script, or a mark that turns what follows it. Else any part of it is one run. */
bool ink_bidi_has_rtl(struct ink_span text);

/* Level that the first strong character gives the paragraph (P2, P3); `fallback` if it has none. */
uint8_t ink_bidi_base(struct ink_span text, uint8_t fallback);

/* Resolve a paragraph at base level 0 or 1. Returns the bytes resolved: all, or of a longer text
 * as many as fit, up to a code point; resolve the rest as a piece of its own at the same base
 * level. A paragraph separator within ends what is open, and the rest is a paragraph of that level
 * too. What rule X9 removes (embeddings, overrides, their ends, boundary neutrals such as ZWJ)
 * has the level of what stands before it: it parts no run, and nothing of it is to be drawn.
 * `signs`: + - ~ and their like, before a digit and not after a letter or digit, are part of the
 * number (a protocol of HL3): in Hebrew "-5" is not to become "5-". */
uint16_t ink_bidi_resolve(struct ink_bidi *bidi, struct ink_span paragraph, uint8_t base_level,
                          bool signs);

/* Level of the byte, with the end of the paragraph as the only end of a line. */
static inline uint8_t ink_bidi_level(const struct ink_bidi *bidi, size_t at) {
    return bidi->levels[at];
}

/* A line of what was resolved, first <= end, both between code points; `bidi` must outlive it. */
struct ink_bidi_line ink_bidi_line(const struct ink_bidi *bidi, uint16_t first, uint16_t end);

/* Move to the next run to the right, the leftmost at first. False if there is none. */
bool ink_bidi_next(struct ink_bidi_line *line);

/* The code point whose glyph is the mirror image (Bidi_Mirroring_Glyph), or itself. */
uint32_t ink_bidi_mirror(uint32_t code_point);

/* Append a field to a label, so that in a paragraph of that level it reorders nothing beside it:
 * between FSI and PDI, without a PDI too many, with those it lacks, with spaces for tabs and
 * paragraph separators. What needs none of this is appended as it is. What does not fit is left out
 * whole, and the result is false. *bytes of the `cap` bytes of `out` are in use; those from *bytes
 * on may be written to in any case. */
bool ink_bidi_isolate(char *out, uint16_t *bytes, uint16_t cap, struct ink_span field,
                      uint8_t base_level);

/* ---- the baked table ------------------------------------------------------------------------- */

/* What the table knows of a code point. */
enum ink_bracket { INK_BRACKET_NONE, INK_BRACKET_OPENS, INK_BRACKET_CLOSES };
struct ink_mirror {
    uint32_t code_point; /* the mirror image; of a bracket, its pair */
    enum ink_bracket bracket;
};
struct ink_mirror ink_bidi_mirrored(uint32_t code_point);

/* build/.../gen/ink_bidi_table.c, from BidiMirroring.txt and BidiBrackets.txt: ascending words,
 *
 *     31               16 15               3    2       1   0
 *     +------------------+------------------+-------+-------+
 *     | first code point |   n, signed      | near  |bracket|
 *     +------------------+------------------+-------+-------+
 *
 * near: from `first` on n pairs of neighbours, the first of each a bracket of that kind and the
 * second of the other; else the code point `first` alone, and its image is n further on. */
#define INK_BIDI_NEAR 4u
extern const uint32_t ink_bidi_table[];
extern const uint16_t ink_bidi_table_count;

#endif
