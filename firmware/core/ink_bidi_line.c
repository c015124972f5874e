#include "core/ink_bidi.h"

#include "core/ink_property.h"
#include "core/ink_utf8.h"

/* ---- what a text needs ----------------------------------------------------------------------- */

/* The blocks of right-to-left scripts, assigned or not, and the marks that turn other letters: RLM,
 * RLE, RLO, RLI. */
static bool is_rtl(uint32_t c) {
    return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) ||
           (c >= 0xFE70 && c < 0xFF00) || (c >= 0x10800 && c < 0x11000) ||
           (c >= 0x1E800 && c < 0x1F000) || c == 0x200F || c == 0x202B || c == 0x202E ||
           c == 0x2067;
}

/* Embeddings, overrides, isolates, and what ends them. */
static bool is_control(uint32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Lead bytes of all these: D6..E0, E2, EF, F0. What is below is ASCII, Latin, Greek, Cyrillic, or
 * no lead; E3..EE are Chinese, Japanese and Korean. */
static bool may_lead(uint8_t byte) {
    return byte >= 0xD6 && byte != 0xE1 && (byte <= 0xE2 || byte >= 0xEF);
}

static bool contains(struct ink_span text, bool controls) {
    for (size_t at = 0; at < text.bytes;) {
        if (!may_lead((uint8_t)text.at[at])) {
            at++;
            continue;
        }
        uint32_t code_point = ink_utf8_next(text.at, text.bytes, &at);
        if (is_rtl(code_point) || (controls && is_control(code_point))) {
            return true;
        }
    }
    return false;
}

bool ink_bidi_needed(struct ink_span text, uint8_t base_level) {
    return base_level != 0 || contains(text, true);
}

bool ink_bidi_has_rtl(struct ink_span text) {
    return contains(text, false);
}

/* ---- runs ------------------------------------------------------------------------------------ */

/* Rule L2 reverses, from the highest level down to the lowest odd one, whatever is of that level or
 * higher. So a stretch of levels >= n with lower ones about it stays together, and in it runs of
 * level n and stretches of levels > n follow one another: to the right if n is even, to the left
 * if it is odd. That gives the right neighbour of a run, and no order of all runs is needed. */

/* Level on this line; beyond it -1, lower than any. */
static int level_at(const struct ink_bidi_line *line, int at) {
    if (at < line->first || at >= line->end) {
        return -1;
    }
    return at < line->tail ? line->bidi->levels[at] : line->bidi->base;
}

/* Go to the run that is leftmost in a stretch of levels >= `level`, whose left end on the line is
 * at `edge`. */
static void enter(struct ink_bidi_line *line, int edge, int level) {
    int step = (level & 1) == 0 ? 1 : -1; /* into the stretch */
    while (level_at(line, edge) != level) {
        level++; /* and the stretch within: its left end is its other end */
        while (level_at(line, edge + step) >= level) {
            edge += step;
        }
        step = -step;
    }
    int past = edge + step;
    while (level_at(line, past) == level) {
        past += step;
    }
    line->run.first = (uint16_t)(step > 0 ? edge : past + 1);
    line->run.end = (uint16_t)(step > 0 ? past : edge + 1);
    line->run.level = (uint8_t)level;
}

bool ink_bidi_next(struct ink_bidi_line *line) {
    int first = line->run.first;
    int end = line->run.end;
    int base = line->bidi->base;
    if (line->first == line->end) {
        return false;
    }
    if (first == end) {
        enter(line, base == 0 ? line->first : line->end - 1, base);
        return true;
    }
    for (int level = line->run.level; level >= base; level--) {
        int right = (level & 1) == 0 ? end : first - 1;
        if (level_at(line, right) >= level) {
            enter(line, right, level);
            return true;
        }
        while (level_at(line, first - 1) >= level) {
            first--;
        }
        while (level_at(line, end) >= level) {
            end++;
        }
    }
    return false;
}

/* ---- mirror images --------------------------------------------------------------------------- */

struct ink_mirror ink_bidi_mirrored(uint32_t code_point) {
    struct ink_mirror mirror = {code_point, INK_BRACKET_NONE};
    if (code_point < '(' || code_point - 0xBC < 0xF3A - 0xBC || code_point > 0xFFFF) {
        return mirror;
    }
    uint32_t low = 0;
    uint32_t count = ink_bidi_table_count;
    uint32_t key = code_point << 16 | 0xFFFF;
    while (count > 1) { // the answer is in low .. low + count - 1
        uint32_t half = count / 2;
        low += ink_bidi_table[low + half] <= key ? half : 0;
        count -= half;
    }
    uint32_t word = ink_bidi_table[low];
    uint32_t past = code_point - (word >> 16);
    uint32_t bracket = word & 3;
    int32_t n = (int16_t)(word & 0xFFF8) / 8;
    if ((word & INK_BIDI_NEAR) == 0) {
        if (past == 0) {
            return (struct ink_mirror){code_point + (uint32_t)n, (enum ink_bracket)bracket};
        }
    } else if (past < 2 * (uint32_t)n) {
        bracket ^= bracket != 0 && (past & 1) != 0 ? 3 : 0;
        return (struct ink_mirror){(word >> 16) + (past ^ 1), (enum ink_bracket)bracket};
    }
    return mirror;
}

uint32_t ink_bidi_mirror(uint32_t code_point) {
    return ink_bidi_mirrored(code_point).code_point;
}

/* ---- isolated fields ------------------------------------------------------------------------- */

struct label {
    char *out;
    uint16_t bytes, cap; /* bytes <= cap */
    bool full;           /* something did not fit, so nothing more is taken */
};

static void append(struct label *label, const char *text, size_t bytes) {
    label->full = label->full || bytes > (size_t)(label->cap - label->bytes);
    if (!label->full) {
        memcpy(label->out + label->bytes, text, bytes);
        label->bytes = (uint16_t)(label->bytes + bytes);
    }
}

static void append_isolated(struct label *label, struct ink_span text) {
    static const char fsi[3] = {'\xE2', '\x81', '\xA8'};
    static const char pdi[3] = {'\xE2', '\x81', '\xA9'};
    append(label, fsi, sizeof fsi);
    unsigned open = 1;
    for (size_t next = 0; next < text.bytes;) {
        size_t at = next;
        unsigned class = ink_bidi_of(ink_properties(ink_utf8_next(text.at, text.bytes, &next)));
        if (class == INK_BIDI_PDI && open == 1) {
            continue;
        }
        open += class == INK_BIDI_LRI || class == INK_BIDI_RLI || class == INK_BIDI_FSI;
        open -= class == INK_BIDI_PDI;
        bool separator = class == INK_BIDI_B || class == INK_BIDI_S;
        append(label, separator ? " " : text.at + at, separator ? 1 : next - at);
    }
    for (; open > 0; open--) {
        append(label, pdi, sizeof pdi);
    }
}

bool ink_bidi_isolate(char *out, uint16_t *bytes, uint16_t cap, struct ink_span field,
                      uint8_t base_level) {
    struct label label = {.out = out, .bytes = *bytes, .cap = cap};
    if (ink_bidi_needed(field, base_level)) {
        append_isolated(&label, field);
    } else {
        append(&label, field.at, field.bytes);
    }
    *bytes = label.full ? *bytes : label.bytes;
    return !label.full;
}
