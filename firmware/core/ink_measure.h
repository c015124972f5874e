/* Part of text: a line that grows cell by cell. Not for use outside. */
#ifndef INK_MEASURE_H
#define INK_MEASURE_H

#include "core/ink_text.h"

#define INK_PEN_MAX 32000 /* keeps every coordinate inside int16_t, whatever the text */

/* Pen and ink of a line so far, all from its start. Begin with zeros. */
struct ink_measure {
    int pen;
    int ink0, ink1;
    int end;           /* pen after all but the spaces at its end: other blanks may move inwards */
    int before, after; /* how far ink reaches out of its cell, at most */
    int kerned;        /* pixels saved by kerning, which the ends of runs may lose */
    int ascent, descent; /* rows of ink above and below the baseline */
    uint16_t missing;    /* code points without a glyph */
    bool started;        /* there is ink */
    bool right_to_left;  /* there are such letters */
};

void ink_measure_add(struct ink_measure *line, const struct ink_cell *cell, int tracking);

/* Add all cells of a text, as one run. */
void ink_measure_text(struct ink_measure *line, const struct ink_face *face, struct ink_span text,
                      int tracking);
struct ink_extent ink_measure_extent(const struct ink_measure *line);

static inline int ink_measure_width(const struct ink_measure *line) {
    struct ink_extent extent = ink_measure_extent(line);
    return extent.ink1 - extent.ink0;
}

#endif
