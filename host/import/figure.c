#include "import/figure.h"

#include "core/ink_fold.h"
#include "core/ink_utf8.h"
#include "import/figure_words.h"

enum {
    SEEN = INK_FIGURE_SEEN,
    LEAST_COUNTED = 10, /* of people and things; of victims 2 */
    LEAST_VICTIMS = 2,
    YEARS_FROM = 1500, /* four digits in here are a year, whatever is counted behind them */
    YEARS_TO = 2099,
    SURE_YEARS_FROM = 1900 /* in here even "2012 dead" is not trusted */
};

/* A text as characters, accents and joiners left out. */
struct line {
    const char *text;
    int count;
    struct glyph {
        uint32_t raw, fold;
        uint16_t at; /* in the text */
    } glyph[SEEN + 1];
};

/* A number and what was found around it; positions are of characters, half-open. */
struct find {
    int from, to; /* the digits, then the whole figure */
    uint32_t value;
    int digits; /* of its whole part */
    bool grouped, decimal;
    bool signed_before; /* a plus or minus, or else a dash that begins an aside */
    bool about, currency, money, percent, measure, magnitude, victims, counted, verb;
    int noun_from; /* where the figure ends without its noun */
};

/* ---- characters ------------------------------------------------------------------------------ */

static void read_line(struct line *line, const char *text, size_t bytes) {
    line->text = text;
    line->count = 0;
    size_t at = 0;
    while (at < bytes && at < UINT16_MAX && line->count < SEEN) {
        struct glyph *glyph = &line->glyph[line->count];
        glyph->at = (uint16_t)at;
        glyph->raw = ink_utf8_next(text, bytes, &at);
        glyph->fold = ink_fold(glyph->raw);
        line->count += glyph->fold != INK_FOLD_SKIP;
    }
    line->glyph[line->count] =
        (struct glyph){.raw = 0, .fold = INK_FOLD_SEPARATOR, .at = (uint16_t)at};
}

/* Zero outside of the line. */
static uint32_t raw_at(const struct line *line, int i) {
    return i >= 0 && i < line->count ? line->glyph[i].raw : 0;
}

static uint32_t fold_at(const struct line *line, int i) {
    return i >= 0 && i < line->count ? line->glyph[i].fold : INK_FOLD_SEPARATOR;
}

static bool is_raised(uint32_t raw) {
    return raw == 0xB2 || raw == 0xB3 || raw == 0xB9 || (raw >= 0x2070 && raw <= 0x209F);
}

static bool is_digit(const struct line *line, int i) {
    const uint32_t fold = fold_at(line, i);
    return fold >= '0' && fold <= '9' && !is_raised(raw_at(line, i));
}

static bool is_letter(const struct line *line, int i) {
    return fold_at(line, i) > '9';
}

/* Of a script that parts its words by spaces. */
static bool is_spaced_letter(const struct line *line, int i) {
    return is_letter(line, i) && (fold_at(line, i) & INK_FOLD_UNSPACED) == 0;
}

static bool is_blank(uint32_t raw) {
    return raw == ' ' || raw == 0xA0 || raw == 0x2009 || raw == 0x202F;
}

static bool is_one_of(uint32_t raw, const char *set) {
    return raw > 0 && raw < 0x80 && strchr(set, (int)raw) != NULL;
}

static bool is_dash(uint32_t raw) {
    return raw == '-' || raw == 0x2010 || raw == 0x2011 || raw == 0x2013 || raw == 0x2212;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* One character of a word against one of the line. */
static bool is_same(uint32_t word, const struct glyph *glyph) {
    const uint32_t fold = ink_fold(word);
    return fold == INK_FOLD_SEPARATOR || fold == INK_FOLD_SKIP
               ? word == glyph->raw || (is_blank(word) && is_blank(glyph->raw))
               : fold == glyph->fold;
}

/* Part of a line in which words are looked for: from `at`, to `end` at most. One letter or degree
 * alone must be `near` what stands before it: "5m", not "5 M" or the ordinal "10 °". */
struct place {
    int at, end;
    bool near;
};

/* Where a word ends that begins at a place, or 0. */
static int end_of_word(const struct line *line, struct place place, const char *word,
                       size_t bytes) {
    int at = place.at;
    const bool degree = bytes == 2 && raw_at(line, at) == 0xB0;
    if (!place.near && (degree || (bytes == 1 && is_letter(line, at)))) {
        return 0;
    }
    for (size_t i = 0; i < bytes; at++) {
        const uint32_t c = ink_utf8_next(word, bytes, &i);
        if (c == '*' && i == bytes) {
            while (at < place.end && is_letter(line, at)) {
                at++;
            }
            return at;
        }
        if (at >= place.end || !is_same(c, &line->glyph[at])) {
            return 0;
        }
    }
    const bool joined = at < place.end && is_spaced_letter(line, at - 1) &&
                        (is_spaced_letter(line, at) || is_digit(line, at));
    return joined ? 0 : at;
}

/* Where the longest word of a class ends that begins at a place; 0: none does. */
static int match_in(const struct line *line, struct place place, int class) {
    int best = 0;
    for (const struct ink_figure_words *row = ink_figure_words; row->words != NULL; row++) {
        for (const char *word = row->words; row->class == class && *word != '\0';) {
            const size_t bytes = strcspn(word, "|");
            const int end = end_of_word(line, place, word, bytes);
            best = end > best ? end : best;
            word += bytes + (word[bytes] == '|');
        }
    }
    return best;
}

static int match(const struct line *line, int at, int class, bool near) {
    return match_in(line, (struct place){at, line->count, near}, class);
}

/* Where a word of a class begins that ends at `end`, `end` itself if none does. */
static int match_before(const struct line *line, int end, int class) {
    enum { LONGEST = 18 };
    for (int from = end > LONGEST ? end - LONGEST : 0; from < end; from++) {
        const bool inside =
            is_spaced_letter(line, from) && (is_letter(line, from - 1) || is_digit(line, from - 1));
        if (!inside && !is_blank(raw_at(line, from)) &&
            match_in(line, (struct place){from, end, true}, class) == end) {
            return from;
        }
    }
    return end;
}

/* ---- the number ------------------------------------------------------------------------------ */

static int end_of_digits(const struct line *line, int at) {
    while (is_digit(line, at)) {
        at++;
    }
    return at;
}

static bool is_separator(uint32_t raw) {
    return raw == ',' || raw == '.' || raw == '\'' || raw == 0x2019 || raw == 0x66C ||
           is_blank(raw);
}

static void count_value(const struct line *line, struct find *find) {
    for (int i = find->from; i < find->to; i++) {
        if (is_digit(line, i) && find->digits < 9) {
            find->value = find->value * 10 + (fold_at(line, i) - '0');
            find->digits++;
        }
    }
}

/* "1,234,567.8", "12 000", "3,7"; false: dots, strokes or dashes make something else of it. */
static bool read_number(const struct line *line, int at, struct find *find) {
    *find = (struct find){.from = at};
    int to = end_of_digits(line, at);
    const uint32_t separator =
        to - at <= 3 && is_separator(raw_at(line, to)) ? raw_at(line, to) : 0;
    while (separator != 0 && raw_at(line, to) == separator &&
           end_of_digits(line, to + 1) == to + 4) {
        to += 4;
        find->grouped = true;
    }
    find->to = to;
    count_value(line, find);
    const bool point = is_one_of(raw_at(line, to), ".,") || raw_at(line, to) == 0x66B;
    if (point && is_digit(line, to + 1)) {
        if (find->grouped && raw_at(line, to) == separator) {
            find->to = end_of_digits(line, to + 1);
            return false;
        }
        find->decimal = true;
        find->to = to = end_of_digits(line, to + 1);
    }
    const uint32_t next = raw_at(line, to);
    const bool goes_on = is_digit(line, to + 1) && (is_one_of(next, ".,:/") || is_blank(next));
    return !goes_on && !is_one_of(next, ":/\\@#_=&") && next != 0x2026;
}

/* "10-15 dead": also the second number. False: "2-1", "12-hour", "2024-08-12". */
static bool read_range(const struct line *line, struct find *find) {
    if (!is_dash(raw_at(line, find->to))) {
        return true;
    }
    struct find second;
    if (!is_digit(line, find->to + 1)) {
        return match(line, find->to + 1, INK_FIGURE_MAGNITUDE, true) > 0 ||
               match(line, find->to + 1, INK_FIGURE_PERCENT, true) > 0 ||
               is_blank(raw_at(line, find->to + 1));
    }
    if (!read_number(line, find->to + 1, &second) || is_dash(raw_at(line, second.to)) ||
        second.value <= find->value) {
        find->to = second.to;
        return false;
    }
    find->to = second.to;
    find->grouped = find->grouped && second.grouped;
    return true;
}

/* ---- what stands before ---------------------------------------------------------------------- */

/* May a number begin at `at`, by the character that it touches? */
static bool is_free_before(const struct line *line, int at) {
    const uint32_t before = raw_at(line, at - 1);
    const bool parted = is_blank(raw_at(line, at - 2)) || at - 1 == 0;
    if (is_dash(before) || before == '+') {
        return parted; /* a sign */
    }
    return !is_spaced_letter(line, at - 1) && !is_digit(line, at - 1) &&
           !is_one_of(before, "/\\@#_=&.,:'^*") && before != 0x2019;
}

static bool is_labelled(const struct line *line, int from) {
    const int end = from - is_blank(raw_at(line, from - 1));
    return is_digit(line, end - 1) || match_before(line, end, INK_FIGURE_LABEL) < end;
}

static void take_about(const struct line *line, struct find *find) {
    for (int i = 0; i < 3; i++) {
        const int end = find->from - is_blank(raw_at(line, find->from - 1));
        const int from = match_before(line, end, INK_FIGURE_ABOUT);
        if (from == end) {
            return;
        }
        find->from = from;
        find->about = true;
    }
}

static bool take_before(const struct line *line, struct find *find) {
    const int number = find->from;
    int end = number - is_blank(raw_at(line, number - 1));
    const int from = match_before(line, end, INK_FIGURE_CURRENCY);
    if (from < end && !is_digit(line, from - 1 - is_blank(raw_at(line, from - 1)))) {
        find->currency = true;
        find->from = from;
    } else if (raw_at(line, number - 1) == '%' || raw_at(line, number - 1) == 0x66A) {
        find->percent = true; /* as Turkish writes it */
        find->from = number - 1;
    }
    if (!is_free_before(line, find->from) ||
        (!find->currency && !find->percent && is_labelled(line, number))) {
        return false;
    }
    find->signed_before =
        is_dash(raw_at(line, find->from - 1)) || raw_at(line, find->from - 1) == '+';
    take_about(line, find);
    end = find->from - is_blank(raw_at(line, find->from - 1));
    const int not = match_before(line, end, INK_FIGURE_NOT);
    if (not < end && !find->about) {
        return false;
    }
    find->from = not < end ? not : find->from;
    end = find->from - is_blank(raw_at(line, find->from - 1));
    find->verb = match_before(line, end, INK_FIGURE_VERB) < end;
    return true;
}

/* ---- what stands behind ---------------------------------------------------------------------- */

/* A word of a class behind the figure, after a blank or (`dash`) a hyphen or none. */
static bool take_word(const struct line *line, struct find *find, int class, bool dash) {
    const uint32_t next = raw_at(line, find->to);
    const int gap = is_blank(next) || (dash && is_dash(next));
    const int end = match(line, find->to + gap, class, gap == 0);
    if (end == 0) {
        return false;
    }
    find->to = end;
    return true;
}

/* "between 120 and 300": where the second number ends; 0: no such word stands before. */
static int end_of_between(const struct line *line, const struct find *find) {
    const int end = find->from - is_blank(raw_at(line, find->from - 1));
    if (match_before(line, end, INK_FIGURE_BETWEEN) == end) {
        return 0;
    }
    int at = find->to;
    while (at < line->count && !is_digit(line, at)) {
        at++;
    }
    return end_of_digits(line, at);
}

/* "97 men, women and children" are not 97 men. */
static bool is_list(const struct line *line, int to) {
    if (raw_at(line, to) == ',') {
        return match(line, to + 1 + is_blank(raw_at(line, to + 1)), INK_FIGURE_COUNTED, true) > 0;
    }
    const int and = is_blank(raw_at(line, to)) ? match(line, to + 1, INK_FIGURE_AND, true) : 0;
    return and > 0 && match(line, and+1, INK_FIGURE_COUNTED, true) > 0;
}

static void take_noun(const struct line *line, struct find *find) {
    const struct find before = *find;
    find->noun_from = find->to;
    if (find->magnitude && (is_blank(raw_at(line, find->to)))) {
        const int end = match(line, find->to + 1, INK_FIGURE_OF, true);
        find->to = end == 0 ? find->to : end;
    }
    if (find->magnitude && take_word(line, find, INK_FIGURE_MONEY, false)) {
        find->money = true;
        find->noun_from = find->to;
    } else if (find->magnitude && take_word(line, find, INK_FIGURE_MEASURE, false)) {
        find->measure = true;
        find->noun_from = find->to;
    } else if (take_word(line, find, INK_FIGURE_VICTIMS, false)) {
        find->victims = true;
    } else if (take_word(line, find, INK_FIGURE_COUNTED, false) && !is_list(line, find->to)) {
        find->counted = true;
    } else {
        find->to = before.to;
    }
}

static void take_behind(const struct line *line, struct find *find) {
    find->magnitude = take_word(line, find, INK_FIGURE_MAGNITUDE, true);
    const int more = match(line, find->to, INK_FIGURE_MORE, true);
    find->to = more > 0 ? more : find->to;
    find->noun_from = find->to;
    find->percent = take_word(line, find, INK_FIGURE_PERCENT, true) || find->percent;
    find->measure = !find->percent && take_word(line, find, INK_FIGURE_MEASURE, false);
    find->money = !find->percent && !find->measure && !find->currency &&
                  take_word(line, find, INK_FIGURE_MONEY, false);
    if (find->percent || find->measure || find->money || find->currency) {
        find->noun_from = find->to;
    } else {
        take_noun(line, find);
    }
}

/* Spans of time, dates and ages: "30 years", "12 August", "5 p.m.", "37-year-old". */
static bool is_time(const struct line *line, int to) {
    const uint32_t next = raw_at(line, to);
    const int gap = is_blank(next) || is_dash(next);
    return match(line, to + gap, INK_FIGURE_TIME, true) > 0;
}

/* ---- is it one? ------------------------------------------------------------------------------ */

static bool is_year(const struct find *find, uint32_t from) {
    return find->digits == 4 && !find->grouped && !find->decimal && find->value >= from &&
           find->value <= YEARS_TO;
}

static bool is_figure(const struct find *find) {
    const bool sure_year = is_year(find, SURE_YEARS_FROM), year = is_year(find, YEARS_FROM);
    if (find->currency || find->percent || find->measure || find->magnitude) {
        return !(sure_year && find->measure && find->about == false);
    }
    if (sure_year || find->decimal) {
        return find->money && find->decimal;
    }
    if (find->money || find->grouped) {
        return true;
    }
    if (find->victims && find->value >= LEAST_VICTIMS) {
        return true;
    }
    return !year && find->value >= LEAST_COUNTED && (find->counted || find->about || find->verb);
}

/* What touches the end must not make it part of something else: "1st", "5G", "5.", "10/". */
static bool is_free_behind(const struct line *line, const struct find *find) {
    const uint32_t next = raw_at(line, find->to);
    const bool unit = find->percent || find->measure || find->money || find->magnitude;
    if (is_spaced_letter(line, find->to) || is_digit(line, find->to) ||
        is_one_of(next, "\\@#_=&")) {
        return false;
    }
    const bool letters = is_letter(line, find->to + 1);
    if (is_dash(next) || next == '/' || next == '\'' || next == 0x2019) {
        return !letters || (unit && next != '/');
    }
    /* "5. August" of many languages; "12." may also end a sentence, but then its noun is missing */
    return !(next == '.' && find->digits <= 2 && !find->currency && !unit && !find->victims &&
             !find->counted);
}

/* "150 to 200", "1 milione e 600 mila": only a part of what is meant. Where the other number
 * ends, which is one too; 0: there is none. */
static int end_of_other(const struct line *line, const struct find *find) {
    const bool noun = find->victims || find->counted || find->money || find->percent;
    if (!is_blank(raw_at(line, find->to))) {
        return 0;
    }
    const int to = match(line, find->to + 1, INK_FIGURE_TO, true);
    const int and = noun ? 0 : match(line, find->to + 1, INK_FIGURE_AND, true);
    int next = to > and? to : and;
    if (next == 0 || !is_blank(raw_at(line, next))) {
        return 0;
    }
    const int currency = match(line, next + 1, INK_FIGURE_CURRENCY, true);
    next = currency > 0 ? currency - 1 + is_blank(raw_at(line, currency)) : next;
    return is_digit(line, next + 1) ? end_of_digits(line, next + 1) : 0;
}

/* "15 to 18 percent", "mille e 500": the same from its end. */
static bool is_rest(const struct line *line, const struct find *find) {
    const int end = find->from - 1;
    if (!is_blank(raw_at(line, end))) {
        return false;
    }
    const int to = match_before(line, end, INK_FIGURE_TO);
    const int and = match_before(line, end, INK_FIGURE_AND);
    const int from = to < end ? to : and;
    if (from == end || !is_blank(raw_at(line, from - 1))) {
        return false;
    }
    return is_digit(line, from - 2) ||
           match_before(line, from - 1, INK_FIGURE_MAGNITUDE) < from - 1;
}

static bool take_figure(const struct line *line, int at, struct find *find) {
    if (!read_number(line, at, find) || !read_range(line, find) || !take_before(line, find)) {
        return false;
    }
    const int between = end_of_between(line, find);
    find->to = between > 0 ? between : find->to;
    if (between > 0 || (!find->currency && !find->percent && is_time(line, find->to))) {
        return false;
    }
    take_behind(line, find);
    if (!is_figure(find) || !is_free_behind(line, find) || is_rest(line, find)) {
        return false;
    }
    const int other = end_of_other(line, find);
    if (other > 0) {
        find->to = other;
        return false;
    }
    find->from -= find->signed_before && (find->percent || find->measure);
    if (find->to - find->from > INK_FIGURE_LONG && find->noun_from < find->to) {
        find->to = find->noun_from;
        find->victims = find->counted = false;
    }
    return find->to - find->from <= INK_FIGURE_MOST && is_figure(find) &&
           !(find->magnitude && is_time(line, find->to));
}

/* Most headlines have no digit; those of other scripts are not looked for here. */
static bool has_digits(const char *text, size_t bytes) {
    size_t i = 0;
    while (i < bytes && (unsigned char)text[i] < 0x80 && (unsigned)(text[i] - '0') > 9) {
        i++;
    }
    return i < bytes;
}

static bool is_denied(const struct line *line) {
    bool denied = false;
    for (int at = 0; at < line->count && !denied; at++) {
        denied = !is_spaced_letter(line, at - 1) && match(line, at, INK_FIGURE_DENIED, true) > 0;
    }
    return denied;
}

struct ink_span ink_figure_find(const char *text, size_t bytes) {
    struct line line;
    struct find find;
    if (!has_digits(text, bytes)) {
        return (struct ink_span){.at = text};
    }
    read_line(&line, text, bytes);
    const int count = is_denied(&line) ? 0 : line.count;
    for (int at = 0; at < count; at++) {
        if (!is_digit(&line, at) || is_digit(&line, at - 1)) {
            continue;
        }
        if (take_figure(&line, at, &find)) {
            const uint16_t from = line.glyph[find.from].at, to = line.glyph[find.to].at;
            return (struct ink_span){.at = text + from, .bytes = (uint16_t)(to - from)};
        }
        at = find.to > at ? find.to - 1 : at;
    }
    return (struct ink_span){.at = text};
}
