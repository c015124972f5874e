/* Breaking and shortening lines. */
#include "core/ink_bidi.h"
#include "core/ink_linebreak.h"
#include "core/ink_measure.h"
#include "core/ink_utf8.h"

/* ---- house style ------------------------------------------------------------------------------
 */

static bool is_digit(uint32_t c) {
    return c - '0' < 10 || c - 0x660 < 10 || c - 0x6F0 < 10;
}

/* Of an alphabet with words of one letter; signs among them do no harm here. */
static bool is_letter(uint32_t c) {
    return (c | 0x20) - 'a' < 26 || (c >= 0xC0 && c < 0x590 && c != 0xD7 && c != 0xF7);
}

/* №, #, § and currencies: signs that stand before a number. */
static bool is_number_sign(uint32_t c) {
    return c == 0x2116 || c == '#' || c == 0xA7 || c == '$' || c - 0xA2 < 4 || c - 0x20A0 < 0x30;
}

/* The code point that ends at `at` > 0, and where it starts. */
static uint32_t code_point_before(struct ink_span text, size_t at, size_t *start) {
    do {
        at--;
    } while (at > 0 && ((uint8_t)text.at[at] & 0xC0) == 0x80);
    *start = at;
    return ink_utf8_next(text.at, text.bytes, &at);
}

/* A word after a number that is its unit, or what is counted: up to eight letters, or a sign; or
 * the rest of the number. */
static bool is_unit(struct ink_span text, size_t at) {
    int letters = 0;
    while (at < text.bytes && letters <= 8) {
        uint32_t c = ink_utf8_next(text.at, text.bytes, &at);
        if (letters == 0 &&
            (is_digit(c) || c == '%' || c == 0xB0 || c == 0x2030 || is_number_sign(c))) {
            return true;
        }
        if (!is_letter(c) && c < 0x590 && !(letters > 0 && (c == 0xB2 || c == 0xB3))) {
            break;
        }
        letters++;
    }
    return letters >= 1 && letters <= 8;
}

static bool is_hangul(uint32_t c) {
    return c - 0xAC00 < 11172;
}

/* Neighbours without a space between them that UAX #14 would part: "10–12", "12人", a Korean word.
 */
static bool is_glued_tight(uint32_t last, uint32_t ahead, uint32_t next) {
    return (last == 0x2013 && is_digit(ahead) && is_digit(next)) ||
           (is_digit(last) && next >= 0x2E80) || (is_hangul(last) && is_hangul(next));
}

/* A word of one letter, an initial, or a sign, before the space where a line would end. */
static bool is_leader(uint32_t last, uint32_t ahead, uint32_t first) {
    if (is_letter(last)) {
        return ahead == ' ' || ahead == 0xA0 || ahead == '(' || ahead == 0xAB || ahead == 0x201E;
    }
    return last == '.' && is_letter(ahead) && (first == ' ' || first == 0xA0 || first == '.');
}

/* Would a line that ends before `at` > 0 part what belongs together? */
static bool is_glued(struct ink_span text, size_t at) {
    size_t start = at, past = at;
    uint32_t c[3]; /* before the place, and before the space that is there, from the last one on */
    const uint32_t next = ink_utf8_next(text.at, text.bytes, &past);
    const bool spaced = text.at[at - 1] == ' ';
    start -= spaced;
    for (int i = 0; i < 3; i++) {
        c[i] = start > 0 ? code_point_before(text, start, &start) : ' ';
    }
    if (!spaced) {
        return is_glued_tight(c[0], c[1], next);
    }
    if (next == 0x2013 || next == 0x2014) {
        return true; /* no line begins with a dash */
    }
    if (is_digit(c[0])) {
        return is_unit(text, at);
    }
    return (is_number_sign(c[0]) && is_digit(next)) || is_leader(c[0], c[1], c[2]);
}

/* ---- lines ------------------------------------------------------------------------------------
 */

bool ink_text_hyphen(struct ink_span line) {
    return line.bytes >= 2 && (uint8_t)line.at[line.bytes - 2] == 0xC2 &&
           (uint8_t)line.at[line.bytes - 1] == 0xAD;
}

/* Where a line may end: places found so far, the last one of each kind; 0: none. */
struct places {
    size_t good;  /* nothing speaks against it */
    size_t loose; /* against house style */
};

/* Width of the line that ends there, with its hyphen. */
static INK_OWN_FRAME int width_up_to(const struct ink_face *face, struct ink_span text,
                                     const struct ink_wrap *wrap, size_t end) {
    const struct ink_span start = {text.at, (uint16_t)end};
    const bool hyphen = ink_text_hyphen(start);
    struct ink_measure line = {.right_to_left = wrap->both};
    ink_measure_text(&line, face, start, 0);
    ink_measure_text(&line, face, ink_span_of(hyphen ? "-" : ""), 0);
    return ink_measure_width(&line) + (hyphen ? face->px / 8 : 0);
}

/* Note a place that UAX #14 allows, if the line up to there fits with what must follow it. */
static void note_place(struct places *places, const struct ink_shaper *shaper,
                       const struct ink_wrap *wrap, size_t last_word) {
    const size_t at = shaper->at;
    const struct ink_span text = shaper->text;
    const bool hyphen = ink_text_hyphen((struct ink_span){text.at, (uint16_t)at});
    /* a letter parted from the next takes another form, perhaps a wider one */
    if ((hyphen || shaper->joins) && width_up_to(shaper->face, text, wrap, at) > wrap->width) {
        return;
    }
    if (at == last_word || is_glued(text, at)) {
        places->loose = at;
    } else {
        places->good = at;
    }
}

/* The last grapheme boundary before `at`; the first one, if there is none. */
static size_t grapheme_before(struct ink_span text, size_t at) {
    size_t end = ink_grapheme_bytes(text.at, text.bytes, 0);
    for (size_t past = end; past < at && past < text.bytes;) {
        end = past;
        past += ink_grapheme_bytes(text.at, text.bytes, past);
    }
    return end;
}

/* Where to cut a word of which all up to `at` fits, or so: a letter cut off from the next takes its
 * final form, which may be wider. */
static size_t cut_word(const struct ink_face *face, struct ink_span text,
                       const struct ink_wrap *wrap, size_t at) {
    const size_t first = ink_grapheme_bytes(text.at, text.bytes, 0);
    size_t end = grapheme_before(text, at + 1);
    while (end > first && width_up_to(face, text, wrap, end) > wrap->width) {
        end = grapheme_before(text, end);
    }
    return end;
}

static struct ink_span trim_end(struct ink_span line) {
    while (line.bytes > 0 && (line.at[line.bytes - 1] == ' ' || line.at[line.bytes - 1] == '\n')) {
        line.bytes--;
    }
    return line;
}

/* A word that was cut may end right there. */
static size_t past_spaces(struct ink_span text, size_t end) {
    while (end < text.bytes && text.at[end] == ' ') {
        end++;
    }
    return end;
}

/* Where the last word starts; 0 if the text has only one. */
static size_t last_word_of(struct ink_span text) {
    size_t at = trim_end(text).bytes;
    while (at > 0 && text.at[at - 1] != ' ') {
        at--;
    }
    return at;
}

/* End of the first line of a text that is too wide, or has a break that must be. *cut: it is in the
 * midst of a word. */
static INK_OWN_FRAME size_t find_place(const struct ink_face *face, struct ink_span text,
                                       const struct ink_wrap *wrap, bool *cut) {
    const size_t last_word = wrap->keep ? last_word_of(text) : 0;
    struct places places = {0, 0};
    struct ink_measure line = {.right_to_left = wrap->both};
    struct ink_breaker breaker;
    struct ink_shaper shaper;
    struct ink_cell cell;
    ink_break_begin(&breaker);
    ink_shape_begin(&shaper, face, text, false);
    for (;;) {
        const size_t at = shaper.at;
        if (at == text.bytes) {
            return at;
        }
        const enum ink_break rule = ink_break_before(&breaker, text, at);
        if (rule == INK_BREAK_MUST && at > 0) {
            return at;
        }
        if (rule != INK_BREAK_NO && at > 0) {
            note_place(&places, &shaper, wrap, last_word);
        }
        (void)ink_shape_next(&shaper, &cell);
        ink_measure_add(&line, &cell, 0);
        if ((cell.ink > 0 || cell.right_to_left) && at > 0 &&
            ink_measure_width(&line) > wrap->width) {
            *cut = places.good == 0 && places.loose == 0;
            return places.good > 0 ? places.good : *cut ? at : places.loose;
        }
    }
}

/* The same, and a cut word at a grapheme. */
static size_t find_end(const struct ink_face *face, struct ink_span text,
                       const struct ink_wrap *wrap) {
    bool cut = false;
    const size_t at = find_place(face, text, wrap, &cut);
    return cut ? cut_word(face, text, wrap, at) : at;
}

int ink_wrap_end(const struct ink_wrap *wrap, struct ink_span rest) {
    int start = 0;
    for (int i = 0; i < wrap->known; i++) {
        if (wrap->text + start == rest.at) {
            return wrap->end[i] - start;
        }
        start = wrap->end[i];
    }
    return 0;
}

struct ink_span ink_text_line(const struct ink_face *face, struct ink_span text,
                              const struct ink_wrap *wrap, uint32_t *next) {
    const int known = ink_wrap_end(wrap, text);
    const size_t end = known > 0 ? (size_t)known : find_end(face, text, wrap);
    *next = (uint32_t)past_spaces(text, end);
    return trim_end((struct ink_span){text.at, (uint16_t)end});
}

static struct ink_span rest_of(struct ink_span text, uint32_t at) {
    return (struct ink_span){text.at + at, (uint16_t)(text.bytes - at)};
}

static int count_lines(const struct ink_face *face, struct ink_span text,
                       const struct ink_wrap *wrap, int most) {
    int lines = 0;
    while (text.bytes > 0 && lines <= most) {
        text = rest_of(text, (uint32_t)past_spaces(text, find_end(face, text, wrap)));
        lines++;
    }
    return lines;
}

int ink_text_lines(const struct ink_face *face, struct ink_span text, int width, int most) {
    const struct ink_wrap wrap = {.width = (int16_t)width, .both = ink_bidi_has_rtl(text)};
    return count_lines(face, text, &wrap, most);
}

/* ---- parts ------------------------------------------------------------------------------------
 *
 * To balance lines, a text is wrapped in one width after the other. Where its letters stand is the
 * same in all of them, so it is measured once, and then lines are put together from numbers.
 */

/* What stands between two places where a line may end: where it ends, and its ink from the pen of
 * the whole text. Widths are differences, so that kerning with what stands before drops out. */
struct part {
    uint16_t end;
    int16_t left, right; /* no ink: left > right */
};

#define PARTS    48    /* a text with more of them is measured anew in each width */
#define PARTS_PX 16000 /* and so is a wider one */

struct parts {
    const struct ink_face *face;
    struct ink_span text;
    int count; /* 0: the text is not one to be put together */
    struct part part[PARTS];
};

static const struct part no_ink = {.left = INT16_MAX, .right = INT16_MIN};

static void add_ink(struct part *part, int left, int right) {
    part->left = (int16_t)ink_min(part->left, left);
    part->right = (int16_t)ink_max(part->right, right);
}

static int width_of(const struct part *part) {
    return ink_max(part->right - part->left, 0);
}

/* Is a line that ends there no wider, and all that follows as if it were a text of its own? Not so
 * at a soft hyphen, and where letters join. */
static bool is_clean(const struct ink_shaper *shaper, enum ink_break rule) {
    const struct ink_span start = {shaper->text.at, (uint16_t)shaper->at};
    return rule == INK_BREAK_MAY && !shaper->joins && !ink_text_hyphen(start);
}

/* Measure all parts of a text from left to right. Lines of others are wider than their parts. */
static INK_OWN_FRAME void find_parts(struct parts *parts) {
    const struct ink_span text = parts->text;
    struct part part = no_ink;
    struct ink_breaker breaker;
    struct ink_shaper shaper;
    struct ink_cell cell;
    int count = 0, pen = 0;
    parts->count = 0;
    ink_break_begin(&breaker);
    ink_shape_begin(&shaper, parts->face, text, false);
    while (shaper.at < text.bytes) {
        const enum ink_break rule = ink_break_before(&breaker, text, shaper.at);
        if (rule != INK_BREAK_NO && shaper.at > 0) {
            if (count == PARTS - 1 || !is_clean(&shaper, rule)) {
                return;
            }
            part.end = (uint16_t)shaper.at;
            parts->part[count++] = part;
            part = no_ink;
        }
        (void)ink_shape_next(&shaper, &cell);
        if (cell.right_to_left || pen > PARTS_PX) {
            return;
        }
        if (cell.ink > 0) {
            add_ink(&part, pen + cell.x, pen + cell.x + cell.ink);
        }
        pen += cell.advance;
    }
    part.end = text.bytes;
    parts->part[count] = part;
    parts->count = text.bytes > 0 ? count + 1 : 0;
}

static int part_start(const struct parts *parts, int number) {
    return number > 0 ? parts->part[number - 1].end : 0;
}

/* Number of the part after the line that starts with part `first`, where find_end would end it; -1
 * if that is in the midst of a part. */
static int line_end(const struct parts *parts, const struct ink_wrap *wrap, size_t last_word,
                    int first) {
    const uint32_t start = (uint32_t)part_start(parts, first);
    struct part line = no_ink;
    int end = first;
    for (; end < parts->count; end++) {
        add_ink(&line, parts->part[end].left, parts->part[end].right);
        if (width_of(&line) > wrap->width) {
            break;
        }
    }
    if (end == parts->count || end == first) {
        return end == first ? -1 : end;
    }
    for (int good = end; good > first; good--) {
        const size_t at = (size_t)part_start(parts, good);
        if (at != last_word && !is_glued(rest_of(parts->text, start), at - start)) {
            return good;
        }
    }
    return end;
}

/* As count_lines; -1: not to be told from the parts. */
static int lines_in(const struct parts *parts, const struct ink_wrap *wrap, int most) {
    const size_t last_word = wrap->keep ? last_word_of(parts->text) : 0;
    int lines = 0;
    for (int end = 0; end < parts->count && lines <= most; lines++) {
        end = line_end(parts, wrap, last_word, end);
        if (end < 0) {
            return -1;
        }
    }
    return lines;
}

/* Width of the text on one line. */
static int width_in(const struct parts *parts) {
    struct part line = no_ink;
    for (int i = 0; i < parts->count; i++) {
        add_ink(&line, parts->part[i].left, parts->part[i].right);
    }
    return width_of(&line);
}

static void note_ends(const struct parts *parts, struct ink_wrap *wrap) {
    const size_t last_word = wrap->keep ? last_word_of(parts->text) : 0;
    for (int end = 0; end < parts->count && wrap->known < INK_WRAP_KNOWN;) {
        end = line_end(parts, wrap, last_word, end);
        if (end < 0) {
            break;
        }
        wrap->end[wrap->known++] = (uint16_t)part_start(parts, end);
    }
}

/* ---- wrapping ---------------------------------------------------------------------------------
 */

/* Search for the narrowest width in which a text takes no more than wrap->lines. */
struct search {
    int low, high; /* too narrow, or nearly; wide enough */
};

/* Lines cannot be narrower than the whole text, of `width`, shared out evenly. */
static struct search search_begin(const struct ink_wrap *wrap, int width) {
    return (struct search){ink_min(width / wrap->lines, wrap->width), wrap->width};
}

/* Set the width to try next; false at the end, when it is the one that was found. */
static bool search_next(const struct search *search, struct ink_wrap *wrap) {
    const bool goes_on = search->high - search->low > 2;
    wrap->width = (int16_t)(goes_on ? (search->low + search->high) / 2 : search->high);
    return goes_on;
}

static void search_answer(struct search *search, const struct ink_wrap *wrap, int lines) {
    if (lines <= wrap->lines) {
        search->high = wrap->width;
    } else {
        search->low = wrap->width;
    }
}

static void balance_text(const struct ink_face *face, struct ink_span text, struct ink_wrap *wrap) {
    wrap->keep = true;
    wrap->keep = count_lines(face, text, wrap, wrap->lines) <= wrap->lines;
    struct search search = search_begin(wrap, ink_text_width(face, text));
    while (search_next(&search, wrap)) {
        search_answer(&search, wrap, count_lines(face, text, wrap, wrap->lines));
    }
}

/* The same; false if it takes more than the parts. */
static bool balance_parts(const struct parts *parts, struct ink_wrap *wrap) {
    wrap->keep = true;
    int lines = lines_in(parts, wrap, wrap->lines);
    wrap->keep = lines <= wrap->lines;
    struct search search = search_begin(wrap, width_in(parts));
    while (lines >= 0 && search_next(&search, wrap)) {
        lines = lines_in(parts, wrap, wrap->lines);
        search_answer(&search, wrap, lines);
    }
    return lines >= 0;
}

/* Wrap by parts; false if that takes more, and *wrap is then of no use. */
static INK_OWN_FRAME bool wrap_parts(const struct ink_face *face, struct ink_span text,
                                     struct ink_wrap *wrap, int most) {
    struct parts parts;
    parts.face = face;
    parts.text = text;
    find_parts(&parts);
    const int lines = parts.count > 0 ? lines_in(&parts, wrap, most) : -1;
    wrap->lines = (int16_t)lines;
    const bool done = lines >= 0 && (lines < 2 || lines > most || balance_parts(&parts, wrap));
    if (done) {
        note_ends(&parts, wrap);
    }
    return done;
}

struct ink_wrap ink_text_wrap(const struct ink_face *face, struct ink_span text, int width,
                              int most) {
    struct ink_wrap wrap = {.text = text.at, .width = (int16_t)width};
    const bool both = ink_bidi_has_rtl(text);
    if (!both && wrap_parts(face, text, &wrap, most)) {
        return wrap;
    }
    wrap = (struct ink_wrap){.width = (int16_t)width, .both = both};
    wrap.lines = (int16_t)count_lines(face, text, &wrap, most);
    if (wrap.lines >= 2 && wrap.lines <= most) {
        balance_text(face, text, &wrap);
    }
    return wrap;
}

/* ---- shortening -------------------------------------------------------------------------------
 */

/* Spaces and punctuation that no ellipsis should follow. */
static bool is_trailing(uint32_t c) {
    return c == ' ' || c == ',' || c == ';' || c == ':' || c == '.' || c == '-' || c == 0xA0 ||
           c == 0xAD || c == 0x60C || c == 0x61B || c == 0x2013 || c == 0x2014 ||
           (c >= 0x3000 && c <= 0x3002) || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B;
}

static size_t trim_trailing(struct ink_span text, size_t end) {
    size_t start = end;
    while (end > 0 && is_trailing(code_point_before(text, end, &start))) {
        end = start;
    }
    return end;
}

/* A number that is cut off is another number, and without the word after it perhaps one too: none
 * ends a shortened text. */
static size_t trim_number(struct ink_span text, size_t end) {
    size_t start = end;
    uint32_t c = end > 0 ? code_point_before(text, end, &start) : ' ';
    const bool number = is_digit(c);
    while (number && end > 0 &&
           (is_digit(c) || is_number_sign(c) || is_trailing(c) || c == '+' || c == '~' ||
            c == '\'' || c == 0x2212 || c == 0x202F || c == 0x66B || c == 0x66C)) {
        end = start;
        c = end > 0 ? code_point_before(text, end, &start) : 0;
    }
    return end;
}

/* Without what no ellipsis should follow. */
static size_t trim_cut(struct ink_span text, size_t end) {
    return trim_trailing(text, trim_number(text, trim_trailing(text, end)));
}

/* The longest start that fits, cut at a grapheme, and where its last word ends in *word. */
static INK_OWN_FRAME size_t longest_start(const struct ink_face *face, struct ink_span text,
                                          int width, bool both, size_t *word) {
    struct ink_measure line = {.right_to_left = both};
    struct ink_shaper shaper;
    struct ink_cell cell = {.code_point = 0};
    size_t end = 0;
    ink_shape_begin(&shaper, face, text, false);
    for (size_t cluster = 0; cluster < text.bytes; cluster = shaper.at) {
        size_t past = cluster + ink_grapheme_bytes(text.at, text.bytes, cluster);
        while (shaper.at < past && ink_shape_next(&shaper, &cell)) {
            ink_measure_add(&line, &cell, 0);
        }
        const struct ink_extent extent = ink_measure_extent(&line);
        if (ink_max(line.pen, extent.ink1) - extent.ink0 > width) {
            break;
        }
        end = past;
        *word = cell.code_point == ' ' ? cluster : *word;
    }
    return end;
}

static int width_with(const struct ink_face *face, struct ink_span text, struct ink_span tail,
                      bool both) {
    struct ink_measure line = {.right_to_left = both};
    ink_measure_text(&line, face, text, 0);
    ink_measure_text(&line, face, tail, 0);
    return ink_measure_width(&line);
}

struct ink_span ink_text_shorten(const struct ink_face *face, struct ink_span text, int width,
                                 bool both) {
    if (width_with(face, text, ink_span_of(""), both) <= width) {
        return text;
    }
    struct ink_extent dots = ink_text_extent(face, ink_ellipsis, 0);
    size_t word = 0, end = longest_start(face, text, width - dots.ink1, both, &word);
    if (word * 3 >= end * 2) {
        end = word;
    }
    struct ink_span cut = {text.at, (uint16_t)trim_cut(text, end)};
    /* A letter cut off from the next takes its final form, which may be wider. */
    while (cut.bytes > 0 && width_with(face, cut, ink_ellipsis, both) > width) {
        size_t before = 0, at = 0;
        for (; at < cut.bytes; at += ink_grapheme_bytes(text.at, text.bytes, at)) {
            before = at;
        }
        cut.bytes = (uint16_t)trim_cut(text, before);
    }
    return cut;
}
