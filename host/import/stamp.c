#include "import/stamp.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/ink_edtf.h"

/* The parts of a date as they were found; -1: not there. */
struct parts {
    int year, month, day, hour, minute, second;
    int offset; /* minutes */
    bool has_offset;
    bool unplaced; /* a time of a zone that nobody knows: only its day is known */
};

struct reader {
    const char *at, *end;
};

/* ---- small things ---------------------------------------------------------------------------- */

static void skip_blanks(struct reader *in) {
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t')) {
        in->at++;
    }
}

static bool take(struct reader *in, char c) {
    const bool found = in->at < in->end && *in->at == c;
    in->at += found;
    return found;
}

static bool is_digit(const struct reader *in, ptrdiff_t ahead) {
    return in->end - in->at > ahead && in->at[ahead] >= '0' && in->at[ahead] <= '9';
}

/* Of ASCII, or the first byte of another one. */
static bool is_letter(char c) {
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool take_word(struct reader *in, const char *word) {
    const size_t bytes = strlen(word);
    const bool found = (size_t)(in->end - in->at) >= bytes && strncasecmp(in->at, word, bytes) == 0;
    in->at += found ? bytes : 0;
    return found;
}

/* Between the parts of a day with the year first; Korean and Chinese (so Japanese) name them. */
static bool take_parting(struct reader *in) {
    if (in->at == in->end || !is_letter(*in->at)) {
        return take(in, '-') || take(in, '/');
    }
    const bool named = take_word(in, "\xEB\x85\x84") || take_word(in, "\xEC\x9B\x94") ||
                       take_word(in, "\xE5\xB9\xB4") || take_word(in, "\xE6\x9C\x88");
    if (named) {
        skip_blanks(in);
    }
    return named;
}

/* A number of at least and at most so many digits; -1: there is none. */
static int take_number(struct reader *in, int least, int most) {
    int value = 0, digits = 0;
    while (digits < most && is_digit(in, digits)) {
        value = value * 10 + (in->at[digits++] - '0');
    }
    if (digits < least || digits == 0) {
        return -1;
    }
    in->at += digits;
    return value;
}

static size_t letters(const struct reader *in) {
    size_t count = 0;
    while (in->at + count < in->end && isalpha((unsigned char)in->at[count])) {
        count++;
    }
    return count;
}

/* The number of an English name, from 1, which may be short, of three letters at least; 0: it is
 * none. Three letters alone would not do: Finnish marraskuu is November. */
static int named(const char *text, size_t bytes, const char *const *names, int count) {
    for (int i = 0; i < count && bytes >= 3; i++) {
        if ((text[0] | 0x20) == (names[i][0] | 0x20) && bytes <= strlen(names[i]) &&
            strncasecmp(text, names[i], bytes) == 0) {
            return i + 1;
        }
    }
    return 0;
}

static int take_month(struct reader *in) {
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const size_t count = letters(in);
    const int month = named(in->at, count, months, 12);
    if (month == 0) {
        return -1;
    }
    in->at += count;
    (void)take(in, '.');
    return month;
}

static void skip_weekday(struct reader *in) {
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    const size_t count = letters(in);
    if (named(in->at, count, days, 7) != 0) {
        in->at += count;
        (void)take(in, '.');
        (void)take(in, ',');
        skip_blanks(in);
    }
}

/* ---- times and zones ------------------------------------------------------------------------- */

/* RFC 822 5.1; the others are in common use and hardly ever mean anything else in a feed. IST, AST
 * and ET have more meanings than one. */
static const struct {
    const char *name;
    int minutes;
} zones[] = {
    {"Z", 0},      {"UT", 0},     {"UTC", 0},    {"GMT", 0},     {"EST", -300},  {"EDT", -240},
    {"CST", -360}, {"CDT", -300}, {"MST", -420}, {"MDT", -360},  {"PST", -480},  {"PDT", -420},
    {"CET", 60},   {"CEST", 120}, {"EET", 120},  {"EEST", 180},  {"MSK", 180},   {"MET", 60},
    {"MEST", 120}, {"BST", 60},   {"WET", 0},    {"WEST", 60},   {"TRT", 180},   {"IDT", 180},
    {"SAST", 120}, {"CAT", 120},  {"EAT", 180},  {"WAT", 60},    {"PKT", 300},   {"NPT", 345},
    {"MMT", 390},  {"ICT", 420},  {"WIB", 420},  {"HKT", 480},   {"SGT", 480},   {"MYT", 480},
    {"AWST", 480}, {"JST", 540},  {"KST", 540},  {"ACST", 570},  {"AEST", 600},  {"AEDT", 660},
    {"NZST", 720}, {"NZDT", 780}, {"BRT", -180}, {"AKST", -540}, {"AKDT", -480}, {"HST", -600}};

/* "+0300", "+03:00", "+03"; false: it is no offset. */
static bool take_numbers(struct reader *in, struct parts *parts) {
    const bool west = *in->at++ == '-';
    const int hours = take_number(in, 2, 2);
    const int minutes = take(in, ':') || is_digit(in, 0) ? take_number(in, 2, 2) : 0;
    const bool possible = hours < 24 && minutes < 60; /* else it is to be refused as what it is */
    parts->offset = (possible ? hours * 60 + minutes : 99 * 60) * (west ? -1 : 1);
    parts->has_offset = hours >= 0 && minutes >= 0;
    return parts->has_offset;
}

/* "GMT+0300" is what JavaScript writes. */
static bool take_offset(struct reader *in, struct parts *parts) {
    const size_t count = letters(in);
    const bool universal =
        (count == 3 && (strncasecmp(in->at, "GMT", 3) == 0 || strncasecmp(in->at, "UTC", 3) == 0));
    const char *sign = in->at + (universal ? count : 0);
    if (sign < in->end && (*sign == '+' || *sign == '-')) {
        in->at = sign;
        return take_numbers(in, parts);
    }
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        if (count == strlen(zones[i].name) && strncasecmp(in->at, zones[i].name, count) == 0) {
            parts->offset = zones[i].minutes;
            parts->has_offset = true;
        }
    }
    in->at += count;
    parts->unplaced = !parts->has_offset && count > 0;
    return true;
}

/* Of a clock of twelve hours: 'a' or 'p' before noon or after it, 0 if it does not say. */
static char find_half(struct reader *in) {
    skip_blanks(in);
    if (in->at == in->end || !is_letter(*in->at)) {
        return '\0';
    }
    const bool before =
        take_word(in, "am") || take_word(in, "a.m.") || take_word(in, "\xEC\x98\xA4\xEC\xA0\x84");
    const bool after = !before && (take_word(in, "pm") || take_word(in, "p.m.") ||
                                   take_word(in, "\xEC\x98\xA4\xED\x9B\x84"));
    return before ? 'a' : after ? 'p' : '\0';
}

static void take_half(struct reader *in, struct parts *parts, char half) {
    half = half != '\0' ? half : find_half(in);
    if (half != '\0' && parts->hour >= 1 && parts->hour <= 12) {
        parts->hour = parts->hour % 12 + (half == 'p' ? 12 : 0);
    }
}

/* "14:05", "14:05:09.5", "2:05 PM", where `compact` also "1405", "140509"; false: there is no time.
 */
static bool take_time(struct reader *in, struct parts *parts, bool compact) {
    const char half = find_half(in); /* stands before it in Korean */
    skip_blanks(in);
    parts->hour = take_number(in, 1, 2);
    const bool colons = take(in, ':');
    parts->minute = take_number(in, 2, 2);
    if (parts->hour < 0 || parts->minute < 0 || !(colons || compact)) {
        return false;
    }
    if (colons ? take(in, ':') : is_digit(in, 0)) {
        parts->second = take_number(in, 2, 2);
        if (parts->second < 0) {
            return false;
        }
    }
    if (take(in, '.') || take(in, ',')) {
        while (is_digit(in, 0)) {
            in->at++;
        }
    }
    take_half(in, parts, half);
    return true;
}

/* A time and its zone, if they are there, behind a date; false: something else is. */
static bool take_rest(struct reader *in, struct parts *parts, bool compact) {
    const char *date_end = in->at;
    skip_blanks(in);
    if (in->at == in->end) {
        return true;
    }
    const bool joined = in->at == date_end && isdigit((unsigned char)in->at[-1]);
    if ((joined && !compact) || !take_time(in, parts, compact)) {
        return false;
    }
    skip_blanks(in);
    if (in->at < in->end && *in->at != '(' && !take_offset(in, parts)) {
        return false;
    }
    skip_blanks(in);
    if (take(in, '(')) { /* a comment: the zone's name */
        in->at = in->end;
    }
    return in->at == in->end;
}

/* ---- shapes ---------------------------------------------------------------------------------- */

/* Three digits are years since 1900 (RFC 2822, 4.3), which programs wrote that took the century
 * for granted. */
static int whole_year(int year, ptrdiff_t digits) {
    return digits > 3 ? year : digits < 3 && year < 70 ? 2000 + year : 1900 + year;
}

/* "Mon, 12 Aug 2024 14:05:09 +0300", also "12-Aug-2024". */
static bool read_mail(struct reader in, struct parts *parts) {
    skip_weekday(&in);
    parts->day = take_number(&in, 1, 2);
    if (parts->day < 0) {
        return false;
    }
    (void)take(&in, '-');
    skip_blanks(&in);
    parts->month = take_month(&in);
    (void)take(&in, '-');
    (void)take(&in, ',');
    skip_blanks(&in);
    const char *from = in.at;
    const int year = take_number(&in, 2, 4);
    parts->year = whole_year(year, in.at - from);
    (void)take(&in, ',');
    return parts->month > 0 && year >= 0 && take_rest(&in, parts, false);
}

/* "Mon Aug 12 14:05:09 EEST 2024", "Aug 12, 2024 14:05 GMT", "August 12, 2024". */
static bool read_name_first(struct reader in, struct parts *parts) {
    skip_weekday(&in);
    parts->month = take_month(&in);
    skip_blanks(&in);
    parts->day = take_number(&in, 1, 2);
    (void)take(&in, ',');
    skip_blanks(&in);
    if (parts->month < 0 || parts->day < 0) {
        return false;
    }
    parts->year = take_number(&in, 4, 4);
    if (parts->year >= 0) {
        (void)take(&in, ',');
        return take_rest(&in, parts, false);
    }
    if (!take_time(&in, parts, false)) {
        return false;
    }
    skip_blanks(&in);
    if (!is_digit(&in, 0) && !take_offset(&in, parts)) {
        return false;
    }
    skip_blanks(&in);
    parts->year = take_number(&in, 4, 4);
    return parts->year >= 0 && in.at == in.end;
}

/* "2024-08-12T14:05+0300", "20240812T140509Z", "2024/8/1", "2024-08-12 14:05 UTC". */
static bool read_year_first(struct reader in, struct parts *parts) {
    skip_weekday(&in);
    parts->year = take_number(&in, 4, 4);
    const bool parted = take_parting(&in);
    parts->month = take_number(&in, parted ? 1 : 2, 2);
    if (parts->year < 0 || parts->month < 0) {
        return false;
    }
    if (parted && in.at == in.end) {
        return parts->month <= 12; /* EDTF's seasons were read already, where they are meant */
    }
    if (parted && !take_parting(&in)) {
        return false;
    }
    parts->day = take_number(&in, parted ? 1 : 2, 2);
    (void)(take_word(&in, "\xEC\x9D\xBC") || take_word(&in, "\xE6\x97\xA5"));
    if (parts->day < 0) {
        return false;
    }
    if (take(&in, 'T') || take(&in, 't')) {
        return in.at < in.end && take_rest(&in, parts, !parted);
    }
    return take_rest(&in, parts, !parted);
}

/* What stands behind a date that people write: a time; with a zone's name or an offset that stands
 * apart. One that is joined to it is none: "14:00-15:00" is a span. */
static bool take_spoken_rest(struct reader *in, struct parts *parts) {
    (void)take(in, ',');
    for (const char *at = in->at + 1; at < in->end; at++) {
        const bool dash = *at == '-' || (unsigned char)*at == 0xE2; // U+2010 and what follows it
        if (dash && isdigit((unsigned char)at[-1])) {
            return false;
        }
    }
    return take_rest(in, parts, false);
}

/* Two numbers and a year of four digits, parted by `mark`. */
static bool take_three(struct reader *in, char mark, int *one, int *other, int *year) {
    skip_weekday(in);
    *one = take_number(in, 1, 2);
    const bool first = take(in, mark);
    *other = take_number(in, 1, 2);
    const bool second = take(in, mark);
    *year = take_number(in, 4, 4);
    return first && second && *one >= 0 && *other >= 0 && *year >= 0;
}

/* "12.08.2024", "1.8.2024, 14:05". */
static bool read_dotted(struct reader in, struct parts *parts) {
    return take_three(&in, '.', &parts->day, &parts->month, &parts->year) &&
           take_spoken_rest(&in, parts);
}

/* "28/03/2025", "3/28/2025 2:20 AM", "28-03-2025": only where one of them can be no month. */
static bool read_slashed(struct reader in, struct parts *parts) {
    struct reader dashed = in;
    int one, other;
    if (!take_three(&in, '/', &one, &other, &parts->year)) {
        in = dashed;
        if (!take_three(&in, '-', &one, &other, &parts->year)) {
            return false;
        }
    }
    if ((one > 12) == (other > 12)) {
        return false;
    }
    parts->day = one > 12 ? one : other;
    parts->month = one > 12 ? other : one;
    return take_spoken_rest(&in, parts);
}

/* ---- out ------------------------------------------------------------------------------------- */

/* A mark, and a number of as many digits; returns where it ends. */
static char *put_number(char *at, const char *mark, int value, int digits) {
    at = stpcpy(at, mark);
    for (int i = digits - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + digits;
}

static size_t write_parts(char out[INK_STAMP_BYTES], const struct parts *parts) {
    char *at = put_number(put_number(out, "", parts->year, 4), "-", parts->month, 2);
    if (parts->day >= 0) {
        at = put_number(at, "-", parts->day, 2);
    }
    if (parts->hour >= 0) {
        at = put_number(put_number(at, "T", parts->hour, 2), ":", parts->minute, 2);
    }
    if (parts->hour >= 0 && parts->second >= 0) {
        at = put_number(at, ":", parts->second, 2);
    }
    if (parts->hour >= 0 && parts->has_offset) {
        const int offset = parts->offset < 0 ? -parts->offset : parts->offset;
        at = put_number(at, parts->offset < 0 ? "-" : "+", offset / 60 % 100, 2);
        at = put_number(at, ":", offset % 60, 2);
    }
    return (size_t)(at - out);
}

size_t ink_stamp_edtf(char out[INK_STAMP_BYTES], const char *text, size_t bytes) {
    static bool (*const shapes[])(struct reader, struct parts *) = {
        read_year_first, read_mail, read_name_first, read_dotted, read_slashed};
    struct ink_date date;
    struct reader in = {text, text + bytes};
    skip_blanks(&in);
    while (in.end > in.at && isspace((unsigned char)in.end[-1])) {
        in.end--;
    }
    const size_t length = (size_t)(in.end - in.at);
    if (length > 0 && length < INK_STAMP_BYTES &&
        ink_edtf_parse_one(in.at, length, &date) == INK_REASON_NONE) {
        memcpy(out, in.at, length);
        return length;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        struct parts parts = {-1, -1, -1, -1, -1, -1, 0, false, false};
        if (shapes[i](in, &parts)) {
            parts.hour = parts.unplaced ? -1 : parts.hour;
            return write_parts(out, &parts);
        }
    }
    return 0;
}

bool ink_stamp_seconds(const char *edtf, size_t bytes, int64_t *utc_s) {
    struct ink_date date;
    if (bytes == 0 || ink_edtf_parse_one(edtf, bytes, &date) != INK_REASON_NONE ||
        !ink_is_dated(&date)) {
        return false;
    }
    *utc_s = ink_date_start(&date, NULL);
    return true;
}
