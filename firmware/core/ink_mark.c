#include "core/ink_mark.h"

#include "core/ink_record.h"

static int stroke_of(int size) {
    return size < 16 ? 2 : size < 22 ? 3 : size < 32 ? 4 : size / 8;
}

int ink_mark_size(int px) {
    return px <= 22 ? 13 : px <= 30 ? 17 : px <= 44 ? 25 : 35;
}

/* All tests below are on 0 <= x, y < size <= 63, so every product stays under 2^13. */

static bool in_disc(int x, int y, int centre, int radius) {
    return (x - centre) * (x - centre) + (y - centre) * (y - centre) <= radius * radius + radius;
}

static bool in_ring(int x, int y, int centre, int stroke) {
    return in_disc(x, y, centre, centre) && !in_disc(x, y, centre, centre - stroke);
}

static bool on_diagonal(int x, int y, int size, int thick) {
    int falling = x - y, rising = x + y - (size - 1);
    return (falling < thick && falling > -thick) || (rising < thick && rising > -thick);
}

/* Two triangles on end, points meeting in the middle: the left one full, the right one hollow. */
static bool in_disputed(int x, int y, int size, int stroke) {
    int reach = y < size - 1 - y ? y : size - 1 - y; /* rows from the nearer edge */
    if (x <= reach) {
        return true;
    }
    int right = size - 1 - x;
    return right <= reach && (right < stroke || reach - right < stroke);
}

/* A hollow triangle pointing to the future, one column in from the left. */
static bool in_planned(int x, int y, int size, int stroke) {
    int half = (size - 1) / 2;
    int from_tip = y < half ? half - y : y - half; /* rows from the axis */
    int edge = 1 + (half - from_tip) * 2;          /* last column of the row */
    return x >= 1 && x <= edge && (x < 1 + stroke || edge - x < stroke * 2);
}

/* A hollow square behind, a full one in front at the lower right. */
static bool in_corrected(int x, int y, int size, int stroke) {
    int back = size * 5 / 8, front = size * 3 / 8;
    if (x > front && y > front) {
        return true;
    }
    bool inside = x < back && y < back;
    bool edge = x < stroke || y < stroke || x >= back - stroke || y >= back - stroke;
    bool gap = x >= front && y >= front; /* white between the two */
    return inside && edge && !gap;
}

static bool in_withdrawn(int x, int y, int size, int stroke) {
    int last = size - 1;
    bool edge = x < stroke || y < stroke || x > last - stroke || y > last - stroke;
    int rising = x + y - last;
    return edge || (rising < stroke && rising > -stroke);
}

/* Two strokes rising one in two, a stroke's width of white and more between them. */
static bool in_break(int x, int y, int size, int stroke) {
    int rise = 2 * y + x - 3 * (size - 1) / 2; /* twice the height above the middle stroke */
    int off = rise < 0 ? -rise : rise;
    return off >= 2 * stroke && off < 4 * stroke;
}

/* A full triangle that points to the future. */
static bool in_arrow(int x, int y, int size) {
    const int from_axis = y < size / 2 ? size / 2 - y : y - size / 2;
    return x + 2 * from_axis < size;
}

static bool in_mark(int status, int x, int y, int size) {
    const int stroke = stroke_of(size), centre = (size - 1) / 2;
    switch (status) {
    case INK_CONFIRMED:
        return in_disc(x, y, centre, centre);
    case INK_CLAIMED:
        return in_ring(x, y, centre, stroke);
    case INK_DISPUTED:
        return in_disputed(x, y, size, stroke);
    case INK_DENIED:
        return on_diagonal(x, y, size, stroke + 1);
    case INK_PLANNED:
        return in_planned(x, y, size, stroke);
    case INK_CORRECTED:
        return in_corrected(x, y, size, stroke);
    case INK_MARK_ARROW:
        return in_arrow(x, y, size);
    case INK_MARK_BREAK:
        return in_break(x, y, size, stroke);
    case INK_WITHDRAWN:
        return in_withdrawn(x, y, size, stroke);
    default: /* reported: a disc with its upper half hollow */
        return y < centre ? in_ring(x, y, centre, stroke) : in_disc(x, y, centre, centre);
    }
}

uint64_t ink_mark_row(int status, int size, int y, bool mirrored) {
    uint64_t row = 0;
    for (int x = 0; x < size; x++) {
        int column = mirrored ? size - 1 - x : x;
        row |= (uint64_t)in_mark(status, x, y, size) << (63 - column);
    }
    return row;
}
