/* Service: the page's own words and date patterns, by language, as data.
 *
 * firmware/words/<language>.words say them, with their sources; inkline-bake-words makes a table of
 * the languages that a build wants (ink_words_table.c). A language is one pool of zero-terminated
 * texts in the order of enum ink_word. In a text, a byte up to INK_BLANK_LAST stands for what goes
 * there, and '|' parts the forms of a number, in the order of the language's rule.
 */
#ifndef INK_WORDS_H
#define INK_WORDS_H

#include "core/ink_types.h"

enum ink_word {
    /* status words in the order of enum ink_standing; caution ones in capitals, where there are any
     */
    INK_WORD_STATUS,
    INK_WORD_AS_OF = INK_WORD_STATUS + 8,
    INK_WORD_TODAY,
    INK_WORD_LATER,
    INK_WORD_OTHERS,  /* lanes without a line of their own */
    INK_WORD_MORE,    /* pattern: "+# more" */
    INK_WORD_PLANNED, /* pattern: "# planned", of what is hidden */
    INK_WORD_OF,      /* shown of all: "7 of 21" */
    INK_WORD_SOURCES, /* pattern with number */
    INK_WORD_VIA,
    INK_WORD_STALE,
    INK_WORD_SINCE,
    INK_WORD_PUBLISHED, /* a report time, never passed off as an event time */
    INK_WORD_NO_SOURCE,
    INK_WORD_NO_TITLE,
    INK_WORD_NOTHING,       /* instead of an empty page */
    INK_WORD_NOTHING_AHEAD, /* the same, of what is planned */
    INK_WORD_NO_TIME,       /* of a day, among those with one: claims no more than that */
    INK_WORD_ALL_DAY,
    INK_WORD_SO_FAR, /* above what led to the lead: "The story so far" */
    INK_WORD_NEXT,   /* before what is planned next */
    INK_WORD_ABOUT,  /* before an approximate number */
    INK_WORD_COMMA,  /* with its space, if it has one */
    INK_WORD_HOURS,  /* patterns with number */
    INK_WORD_DAYS,
    INK_WORD_MONTHS,
    INK_WORD_YEARS,
    INK_WORD_DECADE,  /* pattern with its first year: "#s" */
    INK_WORD_CENTURY, /* pattern with any year of it: "20th c." */
    INK_WORD_RANGE,   /* between first and last */
    /* Patterns around a text: ink_label_open and ink_label_close. */
    INK_WORD_ABOUT_DATE, /* an approximate date or time */
    INK_WORD_UNCERTAIN,
    INK_WORD_BY,   /* an open or unknown start; forms: of a day, a month, a year */
    INK_WORD_FROM, /* an open or unknown end; forms as above */
    INK_WORD_BCE,
    INK_WORD_CE,
    /* Patterns of a date. A language whose DAY_YEAR begins with the year is year first. */
    INK_WORD_YEAR,       /* around its number */
    INK_WORD_DAY_ALONE,  /* where the month is said elsewhere: "6." */
    INK_WORD_DAY,        /* day and month */
    INK_WORD_DAY_YEAR,   /* day, month, year */
    INK_WORD_MONTH,      /* a month alone, in a range */
    INK_WORD_MONTH_YEAR, /* month and year */
    INK_WORD_SEASON,     /* season and year */
    INK_WORD_CLOCK,
    INK_WORD_FIRST,                         /* for the number of a month's first day, or empty */
    INK_WORD_JANUARY,                       /* months as in a date; empty if no date names them */
    INK_WORD_ALONE = INK_WORD_JANUARY + 12, /* months without a day; empty if no different */
    INK_WORD_MONDAY = INK_WORD_ALONE + 12,  /* weekdays, whole */
    INK_WORD_MON = INK_WORD_MONDAY + 7,     /* weekdays, abbreviated */
    INK_WORD_SPRING = INK_WORD_MON + 7,     /* seasons */
    INK_WORD_COUNT = INK_WORD_SPRING + 4
};

/* What goes in the place of a byte of a pattern. */
enum ink_blank {
    INK_BLANK_NUMBER = 1, /* # the number itself */
    INK_BLANK_TENS,       /* {tens} of a year in its century: 90 */
    INK_BLANK_CENTURY,    /* {century} of a year: 20 */
    INK_BLANK_ROMAN,      /* {roman} the same: XX */
    INK_BLANK_TEXT,       /* {text} of ink_label_open and _close */
    INK_BLANK_DAY,        /* {day} */
    INK_BLANK_MONTH,      /* {month} as number */
    INK_BLANK_NAME,       /* {name} of the month */
    INK_BLANK_ALONE,  /* {alone}: name of a month without a day; after a preposition as {name} */
    INK_BLANK_SEASON, /* {season} */
    INK_BLANK_YEAR,   /* {year} with its era, by INK_WORD_YEAR */
    INK_BLANK_H,      /* {h} hour */
    INK_BLANK_HH,     /* {hh} hour in two digits */
    INK_BLANK_MM,     /* {mm} minute in two digits */
    INK_BLANK_LAST = INK_BLANK_MM
};

/* Which form a number takes. Plural rules are those of Unicode CLDR 41 for whole numbers. */
enum ink_rule {
    INK_RULE_NONE,
    INK_RULE_ONE,         /* one other: en de el es it tr ur */
    INK_RULE_ZERO_ONE,    /* one other: fa fr pt */
    INK_RULE_EAST_SLAVIC, /* one few many: ru uk */
    INK_RULE_POLISH,      /* one few many: pl */
    INK_RULE_CZECH,       /* one few other: cs */
    INK_RULE_ROMANIAN,    /* one few other: ro */
    INK_RULE_HEBREW,      /* one two other: he */
    INK_RULE_ARABIC,      /* zero one two few many other: ar */
    /* Ordinals, and endings after a number of tens. */
    INK_RULE_ENGLISH_ORDINAL, /* 1st 2nd 3rd 4th */
    INK_RULE_URDU_ORDINAL,    /* words for 1 to 4, then one ending */
    INK_RULE_TURKISH_TENS,    /* 1990'lar 1980'ler: by the vowels of the tens */
    INK_RULE_COUNT
};

struct ink_language {
    char tag[4];           /* BCP 47 primary subtag, zero-terminated */
    char script[4];        /* ISO 15924, not terminated */
    const char *elsewhere; /* regions that write another script: "TW HK" */
    const char *words;
    const uint16_t *index; /* of every INK_WORDS_STEP-th word, in bytes */
    uint16_t zero;   /* the digit 0 in UTF-8: one byte, or the first of two above the second */
    uint8_t plural;  /* enum ink_rule: of all words with a number but these two */
    uint8_t ordinal; /* of INK_WORD_CENTURY */
    uint8_t tens;    /* of INK_WORD_DECADE */
    bool rtl;        /* written from right to left */
};

/* The index stays small, a look-up short. */
#define INK_WORDS_STEP 8

/* The languages of this build; the first is English. */
extern const struct ink_language ink_languages[];
extern const uint8_t ink_language_count;

/* The language of a BCP 47 tag by its primary subtag, in any case of letters. Null if the core has
 * no words for it, or has them in another script than the one that the tag names or its region
 * writes ("zh-TW"). */
const struct ink_language *ink_language_find(struct ink_span tag);

/* The same; English instead of null. */
const struct ink_language *ink_language_for(struct ink_span tag);

/* The form that a number takes by a rule, from 0. */
int ink_rule_form(enum ink_rule rule, uint32_t n);

/* A word of the language, as it is in the pool. */
const char *ink_word(const struct ink_language *language, enum ink_word word);

/* A short text being built: label, date, source line (the longest: source, via, and words around
 * them). What does not fit is left out whole. */
#define INK_LABEL_BYTES 190
struct ink_label {
    char text[INK_LABEL_BYTES];
    uint16_t bytes;
};

struct ink_span ink_label_span(const struct ink_label *label);
void ink_label_add(struct ink_label *label, const char *text);
void ink_label_add_span(struct ink_label *label, struct ink_span text);

/* `value` in decimal, with at least `digits` digits (1..10): in 0-9, or in those of the language.
 */
void ink_label_add_number(struct ink_label *label, uint32_t value, int digits);
void ink_label_add_count(struct ink_label *label, const struct ink_language *language,
                         uint32_t value, int digits);

/* A pattern with its number, in the right grammatical number. */
void ink_label_add_pattern(struct ink_label *label, const struct ink_language *language,
                           enum ink_word word, uint32_t value);

/* What stands before and after the text of a pattern that goes around one. `form` counts the
 * pattern's forms from 0; those that are not there are the last. */
void ink_label_open(struct ink_label *label, const struct ink_language *language,
                    enum ink_word word, int form);
void ink_label_close(struct ink_label *label, const struct ink_language *language,
                     enum ink_word word, int form);

/* Part of a pattern: add what comes before the next field, and return where that is (or the end, or
 * the next form). */
const char *ink_label_add_run(struct ink_label *label, const char *pattern);

#endif
