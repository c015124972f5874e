/* The words that figure.c knows, in the languages of the page. */
#ifndef INK_IMPORT_FIGURE_WORDS_H
#define INK_IMPORT_FIGURE_WORDS_H

#include <stdint.h>

/* What a word does beside a number. */
enum ink_figure_class {
    INK_FIGURE_ABOUT,    /* before: "about", "more than" */
    INK_FIGURE_NOT,      /* before one of these: "no more than"; before a number alone: no figure */
    INK_FIGURE_DENIED,   /* anywhere: the headline says that it is not so, no figure */
    INK_FIGURE_MORE,     /* behind, attached: "+" */
    INK_FIGURE_CURRENCY, /* before: "$" */
    INK_FIGURE_MONEY,    /* behind: "euros" */
    INK_FIGURE_PERCENT,
    INK_FIGURE_MEASURE, /* "km", "tonnes" */
    INK_FIGURE_MAGNITUDE,
    INK_FIGURE_VICTIMS, /* counted from two on */
    INK_FIGURE_COUNTED, /* counted from ten on */
    INK_FIGURE_VERB,    /* before: "kills"; the number behind it counts people */
    INK_FIGURE_OF,      /* between a magnitude and what is counted */
    INK_FIGURE_TO,      /* between two numbers: "150 to 200" */
    INK_FIGURE_BETWEEN, /* before the first of two numbers */
    INK_FIGURE_AND,     /* between a number and a further part of it */
    INK_FIGURE_TIME,    /* behind: a date, a time of day, a span of time, an age: no figure */
    INK_FIGURE_LABEL    /* before: the number is part of a name: no figure */
};

/* Words of a class, parted by "|", in lower case; accents count for nothing, a blank is a blank of
 * any kind. "*" at the end of a word stands for any further letters. Ends with `words` NULL. */
struct ink_figure_words {
    uint8_t class;
    const char *words;
};

extern const struct ink_figure_words ink_figure_words[];

#endif
