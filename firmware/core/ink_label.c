#include "core/ink_label.h"

#define EN_DASH "\xE2\x80\x93"

/* The number of a year without its era. */
static void add_year_number(struct ink_label *label, int year) {
    ink_label_add_number(label, (uint32_t)(year <= 0 ? 1 - year : year), 1); /* ISO: 0 is 1 BCE */
}

static void add_year(struct ink_label *label, const struct ink_language *language, int year) {
    add_year_number(label, year);
    if (year < 1000) { /* without an era, 400 would read as a number of something */
        ink_label_add(label, " ");
        ink_label_add(label, ink_word(language, year <= 0 ? INK_WORD_BCE : INK_WORD_CE));
    }
}

/* "50–41 BCE", "1914–1918": an era that both share is said once. */
static void add_year_range(struct ink_label *label, const struct ink_language *language, int first,
                           int last) {
    if ((first <= 0) == (last <= 0)) {
        add_year_number(label, first);
    } else {
        add_year(label, language, first);
    }
    ink_label_add(label, EN_DASH);
    add_year(label, language, last);
}

static const char *month_name(const struct ink_language *language, int month) {
    return ink_word(language, (enum ink_word)(INK_WORD_JANUARY + month - 1));
}

/* "1990s"; decades before 1000 as the years they hold. */
static void add_decade(struct ink_label *label, const struct ink_language *language, int first) {
    if (first >= 1000) {
        ink_label_add_pattern(label, language, INK_WORD_DECADE, (uint32_t)first);
    } else {
        int last = first == -9 ? -1 : first + 9; /* as ink_time.h: "-000X" stops short of year 0 */
        add_year_range(label, language, first, last);
    }
}

/* "17th c." of 16XX: the century of its first year, counted from 1; before our era from its last.
 */
static void add_century(struct ink_label *label, const struct ink_language *language, int first) {
    if (first >= 0) {
        ink_label_add_pattern(label, language, INK_WORD_CENTURY, (uint32_t)first / 100 + 1);
        return;
    }
    ink_label_add_pattern(label, language, INK_WORD_CENTURY, (uint32_t)(-first) / 100 + 1);
    ink_label_add(label, " ");
    ink_label_add(label, ink_word(language, INK_WORD_BCE));
}

static void add_plain(struct ink_label *label, const struct ink_language *language,
                      const struct ink_date *date, bool year) {
    switch (date->precision) {
    case INK_PRECISION_CENTURY:
        add_century(label, language, date->year);
        return;
    case INK_PRECISION_DECADE:
        add_decade(label, language, date->year);
        return;
    case INK_PRECISION_YEAR:
        break;
    case INK_PRECISION_SEASON:
        ink_label_add(label,
                      ink_word(language, (enum ink_word)(INK_WORD_SPRING + date->month - 21)));
        ink_label_add(label, " ");
        break;
    default:
        if (date->precision >= INK_PRECISION_DAY) {
            ink_label_add_number(label, date->day, 1);
            ink_label_add(label, " ");
        }
        ink_label_add(label, month_name(language, date->month));
        if (date->precision >= INK_PRECISION_DAY && !year) {
            return;
        }
        ink_label_add(label, " ");
    }
    add_year(label, language, date->year);
}

void ink_label_date(struct ink_label *label, const struct ink_language *language,
                    const struct ink_date *date, bool year) {
    if ((date->flags & INK_DATE_APPROX) != 0) {
        ink_label_add(label, ink_word(language, INK_WORD_ABOUT));
        ink_label_add(label, " ");
    }
    add_plain(label, language, date, year);
    if ((date->flags & INK_DATE_UNCERTAIN) != 0) {
        ink_label_add(label, "?");
    }
}

static bool is_plain_day(const struct ink_date *date) {
    return date->precision >= INK_PRECISION_DAY &&
           (date->flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN)) == 0;
}

static bool is_plain_year(const struct ink_date *date) {
    return date->precision == INK_PRECISION_YEAR &&
           (date->flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN)) == 0;
}

static bool same_day(const struct ink_date *a, const struct ink_date *b) {
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

static void add_interval(struct ink_label *label, const struct ink_language *language,
                         const struct ink_date *when, const struct ink_date *until, bool year) {
    bool days = is_plain_day(when) && is_plain_day(until);
    if (days && same_day(when, until)) {
        ink_label_date(label, language, until, year);
        return;
    }
    if (is_plain_year(when) && is_plain_year(until)) {
        add_year_range(label, language, when->year, until->year);
        return;
    }
    if (days && when->year == until->year && when->month == until->month) {
        ink_label_add_number(label, when->day, 1);
    } else {
        ink_label_date(label, language, when, year && when->year != until->year);
    }
    ink_label_add(label, EN_DASH);
    ink_label_date(label, language, until, year);
}

void ink_label_when(struct ink_label *label, const struct ink_language *language,
                    const struct ink_date *when, const struct ink_date *until, bool year) {
    if (when->precision == INK_PRECISION_NONE) {
        ink_label_add(label, ink_word(language, INK_WORD_BY));
        ink_label_add(label, " ");
        ink_label_date(label, language, until, year);
    } else if (until->precision != INK_PRECISION_NONE) {
        add_interval(label, language, when, until, year);
    } else {
        if ((until->flags & (INK_DATE_OPEN | INK_DATE_UNKNOWN)) != 0) {
            ink_label_add(label, ink_word(language, INK_WORD_FROM));
            ink_label_add(label, " ");
        }
        ink_label_date(label, language, when, year);
    }
}

void ink_label_clock(struct ink_label *label, const struct ink_date *date) {
    ink_label_add_number(label, (uint32_t)date->second / 3600, 2);
    ink_label_add(label, ":");
    ink_label_add_number(label, (uint32_t)date->second / 60 % 60, 2);
}

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
    struct ink_date from = ink_civil(days->first), to = ink_civil(days->last);
    int precision = precision_of(days, &from, &to);
    from.precision = to.precision = (uint8_t)precision;
    if (precision == INK_PRECISION_DAY) {
        add_interval(label, language, &from, &to, year);
    } else if (precision == INK_PRECISION_YEAR && from.year != to.year) {
        add_year_range(label, language, from.year, to.year);
    } else if (precision == INK_PRECISION_MONTH && from.month != to.month) {
        ink_label_add(label, month_name(language, from.month));
        if (from.year != to.year) {
            ink_label_add(label, " ");
            add_year(label, language, from.year);
        }
        ink_label_add(label, EN_DASH);
        ink_label_date(label, language, &to, true);
    } else {
        ink_label_date(label, language, &to, true);
    }
}

void ink_label_silence(struct ink_label *label, const struct ink_language *language,
                       int32_t hours) {
    int32_t days = (hours + 12) / 24; /* hours <= 20,000 years * 8766, far below 2^31 */
    if (hours < 48) {
        ink_label_add_pattern(label, language, INK_WORD_HOURS, (uint32_t)hours);
    } else if (days < 60) {
        ink_label_add_pattern(label, language, INK_WORD_DAYS, (uint32_t)days);
    } else if (days < 730) {
        ink_label_add_pattern(label, language, INK_WORD_MONTHS,
                              (uint32_t)((days * 10 + 152) / 304));
    } else {
        uint32_t years = (uint32_t)((days * 4 + 730) / 1461); /* days < 8 million */
        uint32_t step = years >= 1000 ? 100 : years >= 200 ? 10 : 1;
        ink_label_add_pattern(label, language, INK_WORD_YEARS, (years + step / 2) / step * step);
    }
}
