/* Date ranges as markwhen writes them: "2012-02 / 2013-05", "Feb 2024 - 3 months", "after !vote 2
 * days". Reading one is apart from working it out, which may need events that came before.
 *
 * All arithmetic is that of the civil clock, without zones: two hours are two hours of the clock on
 * the wall. A range ends with its last day, month or year; markwhen counts to the first moment
 * after.
 */
#ifndef INK_IMPORT_MARKWHEN_RANGE_H
#define INK_IMPORT_MARKWHEN_RANGE_H

#include "core/ink_time.h"

/* More parts of one length of time ("1 year 2 months") are none. */
#define INK_MW_AMOUNTS 6

enum ink_mw_unit {
    INK_MW_SECOND,
    INK_MW_MINUTE,
    INK_MW_HOUR,
    INK_MW_DAY,
    INK_MW_WEEKDAY, /* Monday to Friday; holidays count */
    INK_MW_WEEK,
    INK_MW_MONTH,
    INK_MW_YEAR
};

enum ink_mw_kind {
    INK_MW_NONE,
    INK_MW_DATE,
    INK_MW_WEEK_DATE, /* `date` to seven days later */
    INK_MW_TIME,      /* a time alone, `date.second` */
    INK_MW_NOW,
    INK_MW_RELATIVE
};

/* One side of a range as it is written. */
struct ink_mw_side {
    uint8_t kind;
    bool before;     /* "before", "by" */
    bool from_start; /* "!id.start" */
    uint8_t amounts; /* how many */
    const char *id;  /* points into the line; NULL: the event before */
    size_t id_bytes;
    struct ink_date date;
    struct {
        uint32_t count;
        uint8_t unit;
    } amount[INK_MW_AMOUNTS];
};

struct ink_mw_range {
    struct ink_mw_side from, to;
    bool repeats;      /* "every ..." */
    const char *wrong; /* it looks like a date but is none: why; else NULL */
};

/* A moment of the civil clock. */
struct ink_mw_moment {
    int64_t second;    /* since 1970 */
    uint8_t precision; /* YEAR, MONTH, DAY, MINUTE or SECOND */
    bool has_offset;
    int16_t offset_min;
};

/* What later events count from. Of times of day the end is the moment itself. */
struct ink_mw_span {
    bool known;
    struct ink_mw_moment start, end; /* the end is the first moment after */
};

/* Read the range that a line begins with. Returns its bytes with the colon, or 0: the line is
 * other text, or with range->wrong a date that nobody can read. */
size_t ink_mw_range_read(struct ink_mw_range *range, const char *line, size_t bytes,
                         bool day_first);

/* What a range counts from: the event before, and those of its sides' ids (NULL: there is none of
 * that id). */
struct ink_mw_base {
    const struct ink_mw_span *last, *from_id, *to_id;
    int64_t now_utc;
};

/* Work it out: dates for a record (`until` with precision NONE and no flags if there is none), and
 * the span for later events. Returns NULL, or why it cannot be told without guessing. */
const char *ink_mw_range_solve(const struct ink_mw_range *range, const struct ink_mw_base *base,
                               struct ink_date *when, struct ink_date *until,
                               struct ink_mw_span *span);

#endif
