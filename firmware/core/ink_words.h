/* Service: the page's own words and date patterns, by language, as data.
 *
 * A pattern holds '#' where a number goes. Words with grammatical number hold their forms in the
 * order of the language's plural rule, parted by '|'. Months and weekdays after Unicode CLDR 41,
 * abbreviated formats.
 */
#ifndef INK_WORDS_H
#define INK_WORDS_H

#include "core/ink_types.h"

enum ink_word {
    /* status words in the order of enum ink_standing; caution ones in capitals */
    INK_WORD_STATUS,
    INK_WORD_AS_OF = INK_WORD_STATUS + 8,
    INK_WORD_TODAY,
    INK_WORD_LATER,
    INK_WORD_MORE,    /* pattern: "+# more" */
    INK_WORD_OF,      /* shown of all: "7 of 21" */
    INK_WORD_SOURCES, /* pattern with number */
    INK_WORD_VIA,
    INK_WORD_STALE,
    INK_WORD_SINCE,
    INK_WORD_PUBLISHED, /* a report time, never passed off as an event time */
    INK_WORD_NO_SOURCE,
    INK_WORD_NO_TITLE,
    INK_WORD_NOTHING, /* instead of an empty page */
    INK_WORD_ABOUT,   /* before an approximate date */
    INK_WORD_BY,      /* an open or unknown start */
    INK_WORD_FROM,    /* an open or unknown end */
    INK_WORD_BCE,
    INK_WORD_CE,
    INK_WORD_DECADE,  /* pattern: "#s" */
    INK_WORD_CENTURY, /* pattern with ordinal number: "20th c." */
    INK_WORD_HOURS,   /* patterns with number */
    INK_WORD_DAYS,
    INK_WORD_MONTHS,
    INK_WORD_YEARS,
    INK_WORD_JANUARY,                        /* months, abbreviated, as in a date */
    INK_WORD_MONDAY = INK_WORD_JANUARY + 12, /* weekdays, whole */
    INK_WORD_MON = INK_WORD_MONDAY + 7,      /* weekdays, abbreviated */
    INK_WORD_SPRING = INK_WORD_MON + 7,
    INK_WORD_COUNT = INK_WORD_SPRING + 4
};

struct ink_language {
    const char *tag;          /* BCP 47 primary subtag */
    uint8_t plural;           /* enum of rules, private */
    const char *const *words; /* INK_WORD_COUNT of them */
};

/* The language of a BCP 47 tag by its primary subtag; English if the core has no words for it. */
const struct ink_language *ink_language_for(struct ink_span tag);

/* A word of the language. */
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
/* `value` in decimal, with at least `digits` digits. */
void ink_label_add_number(struct ink_label *label, uint32_t value, int digits);
/* A pattern with its number in place of '#', in the right grammatical number. */
void ink_label_add_pattern(struct ink_label *label, const struct ink_language *language,
                           enum ink_word word, uint32_t value);

#endif
