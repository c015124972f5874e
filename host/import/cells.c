#include "import/cells.h"

#include <ctype.h>

#include "core/ink_edtf.h"
#include "core/ink_utf8.h"
#include "import/stamp.h"
#include "say.h"

static bool parse_unsigned(const char *text, size_t bytes, uint64_t max, uint64_t *out) {
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++) {
        unsigned digit = (unsigned char)text[i] - (unsigned)'0';
        if (digit > 9 || value > (max - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *out = value;
    return bytes > 0;
}

enum { HIGH = 1, CLOSER = 2 };

/* How many bytes, eight at a time, surely need nothing: printable ASCII, no spaces side by side.
 * The arithmetic may only err towards looking closer. */
static size_t skip_plain(const char *text, size_t bytes) {
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    size_t at = 0;
    for (; at + 9 <= bytes; at += 8) {
        uint64_t here, next;
        memcpy(&here, text + at, 8);
        memcpy(&next, text + at + 1, 8);
        const uint64_t low = here - ones * 0x20, last = (here ^ ones * 0x7F) - ones;
        const uint64_t spaces = ((here | next) ^ ones * 0x20) - ones;
        if (((here | low | last | (spaces & ~here & ~next)) & tops) != 0) {
            break;
        }
    }
    return at;
}

/* What a text needs: HIGH, a check of its UTF-8; CLOSER, a look at every byte, since there are
 * controls, line ends, spaces side by side, or the lead byte of C1 controls. Most texts need none.
 */
static unsigned find_needs(const char *text, size_t bytes) {
    unsigned needs = 0;
    unsigned before = 0;
    for (size_t i = skip_plain(text, bytes); i < bytes; i++) {
        unsigned byte = (unsigned char)text[i];
        needs |= byte >> 7;
        needs |= (byte < 0x20 || byte == 0x7F || byte == 0xC2 || (byte << 8 | before) == 0x2020)
                     ? CLOSER
                     : 0u;
        before = byte;
    }
    return needs;
}

/* Runs of spaces, line ends and tabs become one space, as in NDJSON; other controls are refused. */
static enum ink_reason clean(char *text, size_t *bytes) {
    size_t used = 0;
    unsigned needs = find_needs(text, *bytes);
    if ((needs & HIGH) != 0 && !ink_utf8_valid(text, *bytes)) {
        return INK_REASON_UTF8;
    }
    if ((needs & CLOSER) == 0) {
        return INK_REASON_NONE;
    }
    for (size_t i = 0; i < *bytes; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool blank = byte == '\n' || byte == '\r' || byte == '\t' || byte == ' ';
        bool is_c1 = byte == 0xC2 && (unsigned char)text[i + 1] < 0xA0; // C2 is never the last
        if ((byte < 0x20 && !blank) || byte == 0x7F || is_c1) {
            return INK_REASON_CONTROL;
        }
        if (!blank) {
            text[used++] = text[i];
        } else if (used > 0 && text[used - 1] != ' ') {
            text[used++] = ' ';
        }
    }
    *bytes = used;
    return INK_REASON_NONE;
}

static enum ink_reason take_text(struct ink_cells *cells, int f, struct ink_record *record) {
    const struct ink_field *field = &ink_record_fields[f];
    char *text = cells->field[f].at;
    size_t bytes = cells->field[f].bytes;
    record->cuts |= (uint16_t)((unsigned)(bytes > field->max) << field->text);
    bytes = ink_field_cut(field, text, bytes);
    record->text[field->text] = (struct ink_span){.at = text, .bytes = (uint16_t)bytes};
    return INK_REASON_NONE;
}

static enum ink_reason take_word(const struct ink_cells *cells, int f, struct ink_record *record) {
    char word[16]; // longer than any word that a field knows
    size_t bytes = cells->field[f].bytes;
    if (bytes > sizeof word) {
        return INK_REASON_WORD;
    }
    for (size_t i = 0; i < bytes; i++) {
        char letter = cells->field[f].at[i];
        word[i] = letter >= 'A' && letter <= 'Z' ? (char)(letter + 32) : letter;
    }
    int found = ink_word_find(&ink_record_fields[f], word, bytes);
    if (found < 0) {
        return INK_REASON_WORD;
    }
    uint8_t *member = f == INK_F_DATED  ? &record->dated
                      : f == INK_F_KIND ? &record->kind
                                        : &record->status;
    *member = (uint8_t)found;
    return INK_REASON_NONE;
}

static enum ink_reason take_number(const struct ink_cells *cells, int f,
                                   struct ink_record *record) {
    uint64_t value;
    if (!parse_unsigned(cells->field[f].at, cells->field[f].bytes, ink_record_fields[f].max,
                        &value)) {
        return INK_REASON_NUMBER;
    }
    if (f == INK_F_REV) {
        record->rev = (uint32_t)value;
    } else {
        record->weight = (uint8_t)value; // its field's max is 9
    }
    return INK_REASON_NONE;
}

static bool is_absent(const struct ink_date *date) {
    return date->precision == INK_PRECISION_NONE;
}

/* EDTF, or what a spreadsheet may have made of it. */
static enum ink_reason parse_date(const char *text, size_t bytes, struct ink_date *date) {
    char stamp[INK_STAMP_BYTES];
    const enum ink_reason reason = ink_edtf_parse_one(text, bytes, date);
    const size_t stamped = reason == INK_REASON_DATE ? ink_stamp_edtf(stamp, text, bytes) : 0;
    return stamped > 0 ? ink_edtf_parse_one(stamp, stamped, date) : reason;
}

static enum ink_reason take_date(const struct ink_cells *cells, int f, struct ink_record *record) {
    const char *text = cells->field[f].at;
    size_t bytes = cells->field[f].bytes;
    if (f == INK_F_WHEN) {
        const enum ink_reason reason = ink_edtf_parse(text, bytes, &record->when, &record->until);
        return reason == INK_REASON_DATE ? parse_date(text, bytes, &record->when) : reason;
    }
    if (!is_absent(&record->until) || record->until.flags != 0) {
        return INK_REASON_INTERVAL; // `when` is an interval already
    }
    return parse_date(text, bytes, &record->until);
}

static enum ink_reason take(struct ink_cells *cells, int f, struct ink_record *record) {
    switch ((enum ink_field_type)ink_record_fields[f].type) {
    case INK_FIELD_UINT:
        return take_number(cells, f, record);
    case INK_FIELD_DATE:
        return take_date(cells, f, record);
    case INK_FIELD_WORD:
        return take_word(cells, f, record);
    case INK_FIELD_TEXT:
        return take_text(cells, f, record);
    case INK_FIELD_ID: // last of all: it may be made of the rest
    case INK_FIELD_OFFSETS:
    case INK_FIELD_LENGTH:
        break;
    }
    return INK_REASON_NONE;
}

static void take_id(const struct ink_cells *cells, struct ink_record *record) {
    const char *text = cells->field[INK_F_ID].at;
    size_t bytes = cells->field[INK_F_ID].bytes;
    if (bytes == 0) {
        record->id = ink_record_make_id(record);
    } else if (!parse_unsigned(text, bytes, UINT64_MAX, &record->id)) {
        record->id = ink_text_make_id(text, bytes);
    }
}

/* What only the record as a whole can be refused for. */
static enum ink_reason check(const struct ink_cells *cells, const struct ink_record *record,
                             int *bad) {
    *bad = INK_F_WHEN;
    if (cells->field[INK_F_WHEN].bytes == 0 ||
        (is_absent(&record->when) && is_absent(&record->until))) {
        return INK_REASON_NO_WHEN;
    }
    *bad = INK_F_UNTIL;
    if (ink_edtf_reversed(&record->when, &record->until)) {
        return INK_REASON_INTERVAL;
    }
    *bad = INK_F_HEADLINE;
    return ink_utf8_is_blank(record->text[INK_HEADLINE]) ? INK_REASON_NO_HEADLINE : INK_REASON_NONE;
}

enum ink_reason ink_cells_record(struct ink_cells *cells, struct ink_record *record, int *bad) {
    *record = (struct ink_record){.id = 0};
    for (int f = 0; f < INK_FIELD_COUNT; f++) {
        *bad = f;
        enum ink_reason reason = clean(cells->field[f].at, &cells->field[f].bytes);
        if (reason == INK_REASON_NONE && cells->field[f].bytes > 0) {
            reason = take(cells, f, record);
        }
        if (reason != INK_REASON_NONE) {
            return reason;
        }
    }
    enum ink_reason reason = check(cells, record, bad);
    if (reason == INK_REASON_NONE) {
        take_id(cells, record);
    }
    return reason;
}

/* What is wrong with "2024-06-31" or "2024-08-12T24:00", if it is that; false: it is not. */
static bool explain_day(const char *text, size_t bytes, char hint[INK_WORDS_BYTES]) {
    int year, month, day, hour = 0;
    char edtf[INK_STAMP_BYTES];
    const size_t count = ink_stamp_edtf(edtf, text, bytes);
    char date[INK_STAMP_BYTES + 1] = "";
    memcpy(date, count > 0 ? edtf : text, count > 0 ? count : (size_t)ink_min((int)bytes, 10));
    const int found = sscanf(date, "%4d-%2d-%2dT%2d", &year, &month, &day, &hour);
    if (found < 3 || month < 1 || month > 12) {
        return false;
    }
    if (day > ink_month_days(year, month)) {
        snprintf(hint, INK_WORDS_BYTES, "%04d-%02d has %d days", year, month,
                 ink_month_days(year, month));
        return true;
    }
    if (hour == 24) {
        snprintf(hint, INK_WORDS_BYTES, "midnight is 00:00 of the day that begins");
    }
    return hour == 24;
}

/* "08/12/2024" may be either; nothing is guessed. */
static bool explain_slashes(const char *text, size_t bytes, char hint[INK_WORDS_BYTES]) {
    int one, other, year;
    char date[24] = "";
    memcpy(date, text, (size_t)ink_min((int)bytes, (int)sizeof date - 1));
    if (sscanf(date, "%2d/%2d/%4d", &one, &other, &year) < 3 || year < 1000 || one < 1 ||
        one > 31 || other < 1 || other > 31) {
        return false;
    }
    if (one <= 12 && other <= 12 && one != other) {
        snprintf(hint, INK_WORDS_BYTES, "write %04d-%02d-%02d, or was %04d-%02d-%02d meant?", year,
                 other, one, year, one, other);
    } else {
        snprintf(hint, INK_WORDS_BYTES, "write %04d-%02d-%02d", year, ink_min(one, other),
                 one < other ? other : one);
    }
    return true;
}

/* What else people write where one date is expected. */
static bool explain_other(const char *text, size_t bytes, char hint[INK_WORDS_BYTES]) {
    const char *clock = memchr(text, ':', bytes);
    const char *second =
        clock != NULL ? memchr(clock + 1, ':', bytes - (size_t)(clock + 1 - text)) : NULL;
    const bool span = second != NULL && (memchr(clock, '-', (size_t)(second - clock)) != NULL ||
                                         memchr(clock, 0xE2, (size_t)(second - clock)) != NULL);
    uint64_t number;
    if (span) {
        snprintf(hint, INK_WORDS_BYTES, "a span: write when it ends into the column until");
    } else if (bytes == 5 && parse_unsigned(text, bytes, 99999, &number)) {
        snprintf(hint, INK_WORDS_BYTES,
                 "a spreadsheet's number: give the column the format of a date");
    }
    return hint[0] != '\0';
}

void ink_cells_explain(struct ink_problem *problem, enum ink_reason reason, int bad,
                       const struct ink_cells *cells, struct ink_cells_words *words) {
    const struct ink_field *field = &ink_record_fields[bad];
    const char *text = cells->field[bad].at;
    const size_t bytes = cells->field[bad].bytes;
    char quoted[INK_QUOTE_BYTES];
    snprintf(words->what, sizeof words->what, bytes == 0 ? "no %s" : "%s: %s", field->name,
             ink_quote(quoted, text, bytes));
    problem->rule = ink_reason_rule(reason);
    problem->field = field->name;
    problem->what = words->what;
    problem->expected = ink_reason_text(reason);
    problem->hint = ink_reason_hint(reason);
    if (reason == INK_REASON_WORD) {
        problem->hint = ink_survey_word_hint(field, text, bytes, words->hint);
    } else if (reason == INK_REASON_DATE_RANGE || reason == INK_REASON_DATE) {
        words->hint[0] = '\0';
        const bool explained = explain_day(text, bytes, words->hint) ||
                               explain_slashes(text, bytes, words->hint) ||
                               explain_other(text, bytes, words->hint);
        problem->hint = explained ? words->hint : problem->hint;
    }
}

static bool has_control(const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool is_c1 = byte == 0xC2 && i + 1 < bytes && (unsigned char)text[i + 1] < 0xA0;
        if (byte < 0x20 || byte == 0x7F || is_c1) {
            return true;
        }
    }
    return false;
}

static void copy_fact(char *out, size_t cap, const char *text, size_t bytes) {
    size_t kept = bytes > cap ? ink_grapheme_cut(text, bytes, cap) : bytes;
    memset(out, 0, cap);
    memcpy(out, text, kept);
}

enum ink_reason ink_cells_fact(struct ink_story *story, int fact, const char *text, size_t bytes) {
    if (!ink_utf8_valid(text, bytes)) {
        return INK_REASON_UTF8;
    }
    if (has_control(text, bytes)) {
        return INK_REASON_CONTROL;
    }
    switch (fact) {
    case INK_S_TITLE:
        copy_fact(story->title, INK_TITLE_BYTES, text, bytes);
        return INK_REASON_NONE;
    case INK_S_ZONE:
        copy_fact(story->zone.name, INK_ZONE_NAME_BYTES, text, bytes);
        return INK_REASON_NONE;
    case INK_S_LANG:
        copy_fact(story->lang, INK_LANG_BYTES, text, bytes);
        return INK_REASON_NONE;
    case INK_S_AS_OF:
        return parse_date(text, bytes, &story->as_of);
    case INK_S_EXPIRES:
        return parse_date(text, bytes, &story->expires);
    case INK_S_STRIKES:
        return parse_date(text, bytes, &story->strikes);
    default:
        story->distance_mm = ink_length_parse(text, bytes);
        return story->distance_mm != 0 ? INK_REASON_NONE : INK_REASON_NUMBER;
    }
}

/* --- names --- */

/* What other programs call our fields; only for hints, nothing is guessed. */
static const struct {
    const char *name, *field;
} other_names[] = {
    {"date", "when"},          {"datetime", "when"},     {"time", "when"},
    {"start", "when"},         {"start_date", "when"},   {"timestamp", "when"},
    {"end", "until"},          {"end_date", "until"},    {"title", "headline"},
    {"text", "headline"},      {"event", "headline"},    {"summary", "detail"},
    {"description", "detail"}, {"body", "detail"},       {"link", "url"},
    {"href", "url"},           {"location", "place"},    {"language", "lang"},
    {"actor", "lane"},         {"side", "lane"},         {"desk", "lane"},
    {"type", "kind"},          {"category", "kind"},     {"state", "status"},
    {"priority", "weight"},    {"importance", "weight"}, {"agency", "via"},
    {"author", "source"},      {"publisher", "source"},  {"value", "figure"},
};

const char *ink_cells_like(const char *name, size_t bytes) {
    for (size_t i = 0; i < sizeof other_names / sizeof other_names[0]; i++) {
        if (ink_edit_distance(name, bytes, other_names[i].name, strlen(other_names[i].name)) == 0) {
            return other_names[i].field;
        }
    }
    return ink_nearest(name, bytes, &ink_record_fields[0].name, sizeof ink_record_fields[0],
                       INK_FIELD_COUNT);
}

int ink_cells_find_fact(const char *key, size_t bytes) {
    char name[16];
    if (bytes == 0 || bytes > sizeof name) {
        return -1;
    }
    for (size_t i = 0; i < bytes; i++) {
        bool gap = key[i] == '-' || key[i] == ' ';
        name[i] = gap ? '_' : (char)tolower((unsigned char)key[i]);
    }
    int fact = ink_field_find(ink_story_fields, INK_STORY_FIELD_COUNT, name, bytes);
    return fact == INK_S_OFFSETS ? -1 : fact;
}
