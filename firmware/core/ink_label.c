#include "core/ink_label.h"

/* What a date says besides itself. */
enum {
    WITH_YEAR = 1,
    CLOCK_ALONE = 4,
    AFTER_WORD = 2, /* a preposition governs it: months in the case that a day's month has */
};

/* Where to, and in which language. */
struct pen {
    struct ink_label *label;
    const struct ink_language *language;
};

static void add_word(const struct pen *pen, int word) {
    ink_label_add_run(pen->label, ink_word(pen->language, (enum ink_word)word));
}

static void add_number(const struct pen *pen, uint32_t value, int digits) {
    ink_label_add_count(pen->label, pen->language, value, digits);
}

#define NO_WORD INK_WORD_COUNT

static void add_open(const struct pen *pen, enum ink_word word) {
    if (word != NO_WORD) {
        ink_label_open(pen->label, pen->language, word, 0);
    }
}

static void add_close(const struct pen *pen, enum ink_word word) {
    if (word != NO_WORD) {
        ink_label_close(pen->label, pen->language, word, 0);
    }
}

/* A language that puts the year first says what two dates share before the first of them, others
 * after the second. */
static bool is_year_first(const struct pen *pen) {
    return ink_word(pen->language, INK_WORD_DAY_YEAR)[0] == INK_BLANK_YEAR;
}

/* ---- years ----------------------------------------------------------------------------------- */

/* From 1000 on a year needs no era; before, 400 would read as a number of something. */
static enum ink_word era_of(int year) {
    return year <= 0 ? INK_WORD_BCE : year < 1000 ? INK_WORD_CE : NO_WORD;
}

static void open_year(const struct pen *pen, int year) {
    add_open(pen, era_of(year));
    add_open(pen, INK_WORD_YEAR);
}

static void close_year(const struct pen *pen, int year) {
    add_close(pen, INK_WORD_YEAR);
    add_close(pen, era_of(year));
}

/* The number of a year in its era. ISO: 0 is 1 BCE. */
static void add_year_number(const struct pen *pen, int year) {
    add_number(pen, (uint32_t)(year <= 0 ? 1 - year : year), 1);
}

/* "50–41 BCE", "1914–1918", or a single year: what both share is said once. */
static void add_years(const struct pen *pen, int first, int last) {
    bool eras = (first <= 0) != (last <= 0);
    open_year(pen, eras ? first : last);
    add_year_number(pen, first);
    if (eras) {
        close_year(pen, first);
    }
    if (first != last) {
        add_word(pen, INK_WORD_RANGE);
        if (eras) {
            open_year(pen, last);
        }
        add_year_number(pen, last);
    }
    close_year(pen, last);
}

/* "1990s"; decades before 1000 as the years they hold. */
static void add_decade(const struct pen *pen, int first) {
    if (first >= 1000) {
        ink_label_add_pattern(pen->label, pen->language, INK_WORD_DECADE, (uint32_t)first);
    } else {
        int last = first == -9 ? -1 : first + 9; /* as ink_time.h: "-000X" stops short of year 0 */
        add_years(pen, first, last);
    }
}

/* "17th c." of 16XX; before our era, too, the digits that a century's years share name it. */
static void add_century(const struct pen *pen, int first) {
    enum ink_word era = first < 0 ? INK_WORD_BCE : NO_WORD;
    add_open(pen, era);
    ink_label_add_pattern(pen->label, pen->language, INK_WORD_CENTURY,
                          (uint32_t)(first < 0 ? -first : first));
    add_close(pen, era);
}

/* ---- dates ----------------------------------------------------------------------------------- */

static void add_month(const struct pen *pen, int month, bool alone) {
    int word = INK_WORD_JANUARY + month - 1, other = INK_WORD_ALONE - INK_WORD_JANUARY;
    bool differs = ink_word(pen->language, (enum ink_word)(word + other))[0] != '\0';
    add_word(pen, alone && differs ? word + other : word);
}

static void add_day(const struct pen *pen, int day) {
    if (day == 1 && ink_word(pen->language, INK_WORD_FIRST)[0] != '\0') {
        add_word(pen, INK_WORD_FIRST);
    } else {
        add_number(pen, (uint32_t)day, 1);
    }
}

static void add_part(const struct pen *pen, char part, const struct ink_date *date, int how) {
    switch (part) {
    case INK_BLANK_DAY:
        add_day(pen, date->day);
        break;
    case INK_BLANK_MONTH:
        add_number(pen, date->month, 1);
        break;
    case INK_BLANK_NAME:
    case INK_BLANK_ALONE:
        add_month(pen, date->month, part == INK_BLANK_ALONE && (how & AFTER_WORD) == 0);
        break;
    case INK_BLANK_SEASON:
        add_word(pen, INK_WORD_SPRING + date->month - 21);
        break;
    case INK_BLANK_YEAR:
        add_years(pen, date->year, date->year);
        break;
    case INK_BLANK_MM:
        add_number(pen, (uint32_t)date->second / 60 % 60, 2);
        break;
    default: /* INK_BLANK_H, INK_BLANK_HH */
        add_number(pen, (uint32_t)date->second / 3600, part == INK_BLANK_HH ? 2 : 1);
    }
}

static void add_by_pattern(const struct pen *pen, enum ink_word pattern,
                           const struct ink_date *date, int how) {
    const char *at = ink_word(pen->language, pattern);
    while (*(at = ink_label_add_run(pen->label, at)) != '\0') {
        add_part(pen, *at++, date, how);
    }
}

static enum ink_word pattern_of_day(int how) {
    return (how & CLOCK_ALONE) != 0 ? INK_WORD_CLOCK
           : (how & WITH_YEAR) != 0 ? INK_WORD_DAY_YEAR
                                    : INK_WORD_DAY;
}

/* A date without its qualifiers. */
static void add_plain(const struct pen *pen, const struct ink_date *date, int how) {
    enum ink_word pattern = pattern_of_day(how);
    switch (date->precision) {
    case INK_PRECISION_CENTURY:
        add_century(pen, date->year);
        return;
    case INK_PRECISION_DECADE:
        add_decade(pen, date->year);
        return;
    case INK_PRECISION_YEAR:
        add_years(pen, date->year, date->year);
        return;
    case INK_PRECISION_SEASON:
        pattern = INK_WORD_SEASON;
        break;
    case INK_PRECISION_MONTH:
        pattern = INK_WORD_MONTH_YEAR;
        break;
    default:
        break;
    }
    add_by_pattern(pen, pattern, date, how);
}

static void add_date(const struct pen *pen, const struct ink_date *date, int how) {
    bool about = (date->flags & INK_DATE_APPROX) != 0;
    enum ink_word doubt = (date->flags & INK_DATE_UNCERTAIN) != 0 ? INK_WORD_UNCERTAIN : NO_WORD;
    enum ink_word around = about ? INK_WORD_ABOUT_DATE : NO_WORD;
    add_open(pen, doubt);
    add_open(pen, around);
    add_plain(pen, date, about ? how | AFTER_WORD : how);
    add_close(pen, around);
    add_close(pen, doubt);
}

void ink_label_date(struct ink_label *label, const struct ink_language *language,
                    const struct ink_date *date, bool year) {
    add_date(&(struct pen){label, language}, date, year ? WITH_YEAR : 0);
}

void ink_label_time(struct ink_label *label, const struct ink_language *language,
                    const struct ink_date *date) {
    add_date(&(struct pen){label, language}, date, CLOCK_ALONE);
}

/* ---- intervals ------------------------------------------------------------------------------- */

/* What the pattern `whole` leaves out beside another date that says it: nothing if it is of another
 * year, else the year, and of days in a month the month. */
static enum ink_word part_of(enum ink_word whole, const struct ink_date *date,
                             const struct ink_date *other) {
    if (date->year != other->year) {
        return whole;
    }
    if (whole == INK_WORD_MONTH_YEAR) {
        return INK_WORD_MONTH;
    }
    return date->month == other->month ? INK_WORD_DAY_ALONE : INK_WORD_DAY;
}

/* "6–9 Aug", "Feb–May 2014", "28 Dec 2023–2 Jan 2024". */
static void add_range(const struct pen *pen, const struct ink_date *from, const struct ink_date *to,
                      enum ink_word whole) {
    enum ink_word part = part_of(whole, from, to);
    bool first = is_year_first(pen);
    add_by_pattern(pen, first ? whole : part, from, 0);
    add_word(pen, INK_WORD_RANGE);
    add_by_pattern(pen, first ? part : whole, to, 0);
}

static bool is_same_day(const struct ink_date *a, const struct ink_date *b) {
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static void add_interval(const struct pen *pen, const struct ink_date *when,
                         const struct ink_date *until, int how) {
    bool plain = ((when->flags | until->flags) & (INK_DATE_APPROX | INK_DATE_UNCERTAIN)) == 0;
    int least = ink_min(when->precision, until->precision);
    if (plain && least >= INK_PRECISION_DAY && is_same_day(when, until)) {
        add_date(pen, until, how);
    } else if (plain && least >= INK_PRECISION_DAY) {
        add_range(pen, when, until, pattern_of_day(how));
    } else if (plain && least == INK_PRECISION_YEAR && until->precision == when->precision) {
        add_years(pen, when->year, until->year);
    } else {
        bool both = when->year != until->year, first = is_year_first(pen);
        add_date(pen, when, both || first ? how : 0);
        add_word(pen, INK_WORD_RANGE);
        add_date(pen, until, both || !first ? how : 0);
    }
}

/* "by 6 Aug", "from 2024". */
static void add_end(const struct pen *pen, enum ink_word word, const struct ink_date *date,
                    int how) {
    int form = date->precision >= INK_PRECISION_DAY      ? 0
               : date->precision >= INK_PRECISION_SEASON ? 1
                                                         : 2;
    ink_label_open(pen->label, pen->language, word, form);
    add_date(pen, date, how | AFTER_WORD);
    ink_label_close(pen->label, pen->language, word, form);
}

void ink_label_when(struct ink_label *label, const struct ink_language *language,
                    const struct ink_date *when, const struct ink_date *until, bool year) {
    const struct pen pen = {label, language};
    int how = year ? WITH_YEAR : 0;
    if (when->precision == INK_PRECISION_NONE) {
        add_end(&pen, INK_WORD_BY, until, how);
    } else if (until->precision != INK_PRECISION_NONE) {
        add_interval(&pen, when, until, how);
    } else if ((until->flags & (INK_DATE_OPEN | INK_DATE_UNKNOWN)) != 0) {
        add_end(&pen, INK_WORD_FROM, when, how);
    } else {
        add_date(&pen, when, how);
    }
}

/* ---- gaps and silences ----------------------------------------------------------------------- */

/* Over so many days, they no longer matter: months of one year, else years. */
static int precision_of(const struct ink_days *days, const struct ink_date *from,
                        const struct ink_date *to) {
    bool one_year = from->year == to->year;
    int precision = days->precision;
    if (precision >= INK_PRECISION_SEASON && days->last - days->first > 60) {
        precision = ink_min(precision, one_year ? INK_PRECISION_MONTH : INK_PRECISION_YEAR);
    }
    if (precision == INK_PRECISION_SEASON) {
        return one_year ? INK_PRECISION_MONTH : INK_PRECISION_YEAR;
    }
    return ink_max(precision, INK_PRECISION_YEAR);
}

void ink_label_days(struct ink_label *label, const struct ink_language *language,
                    const struct ink_days *days, bool year) {
    const struct pen pen = {label, language};
    struct ink_date from = ink_civil(days->first), to = ink_civil(days->last);
    int how = year ? WITH_YEAR : 0;
    from.precision = to.precision = (uint8_t)precision_of(days, &from, &to);
    if (to.precision == INK_PRECISION_YEAR) {
        add_years(&pen, from.year, to.year);
    } else if (days->first == days->last) {
        add_date(&pen, &to, how);
    } else if (to.precision == INK_PRECISION_DAY) {
        add_range(&pen, &from, &to, pattern_of_day(how));
    } else if (from.month != to.month) {
        add_range(&pen, &from, &to, INK_WORD_MONTH_YEAR);
    } else {
        add_date(&pen, &to, how);
    }
}

void ink_label_silence(struct ink_label *label, const struct ink_language *language,
                       int32_t hours) {
    uint32_t days = (uint32_t)(hours + 12) / 24; /* hours <= 20,000 years * 8766, far below 2^31 */
    enum ink_word unit = INK_WORD_YEARS;
    uint32_t count = (days * 4 + 730) / 1461; /* days < 8 million */
    if (hours < 48) {
        unit = INK_WORD_HOURS;
        count = (uint32_t)hours;
    } else if (days < 60) {
        unit = INK_WORD_DAYS;
        count = days;
    } else if (days < 730) {
        unit = INK_WORD_MONTHS;
        count = (days * 10 + 152) / 304;
    } else if (count >= 200) {
        uint32_t step = count >= 1000 ? 100 : 10;
        count = (count + step / 2) / step * step;
    }
    ink_label_add_pattern(label, language, unit, count);
}
