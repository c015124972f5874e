/* A date whose parts stand in fields of their own (year, month, day, hour ...), to EDTF. */
#ifndef INK_IMPORT_PARTS_H
#define INK_IMPORT_PARTS_H

#include "core/ink_types.h"

/* Longest text that is made here. */
#define INK_PARTS_BYTES 64

enum {
    INK_PART_YEAR,
    INK_PART_MONTH,
    INK_PART_DAY,
    INK_PART_HOUR,
    INK_PART_MINUTE,
    INK_PART_SECOND,
    INK_PARTS
};

/* Starts as all zeros. */
struct ink_parts {
    bool has[INK_PARTS];
    long value[INK_PARTS];
    char odd[INK_PARTS_BYTES]; /* the first text that was no number */
};

/* Set a part from text; blanks and commas in it count for nothing ("1,815"), nor does an empty one.
 */
void ink_parts_set(struct ink_parts *parts, int part, const char *text, size_t bytes);

/* Set hour, minute and second from "14:05", "14:05:09.5", "1405", "2:05 PM", "2 p.m.". */
void ink_parts_set_time(struct ink_parts *parts, const char *text, size_t bytes);

/* Set all from one text, as TimelineJS 2 and its sheets write it: "2012,1,26,14,5", "1/26/2012"
 * (the month comes first), "1/2012", "2012-1-26", "-44", with "14:05" behind it or not. */
void ink_parts_set_all(struct ink_parts *parts, const char *text, size_t bytes);

/* The EDTF of it; returns its length, 0 if there is no year. Years before the era count as people
 * do: -44 is 44 BCE, which is -0043 in EDTF. What is no date (a part that is no number, the year 0,
 * a day without a month) makes a text that no reader of EDTF takes, so that it is refused with it.
 */
size_t ink_parts_edtf(char out[INK_PARTS_BYTES], const struct ink_parts *parts);

#endif
