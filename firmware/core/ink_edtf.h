/* EDTF level 0-1 and RFC 3339, to and from struct ink_date.
 *
 * Accepted: 2024, 2024-08, 2024-08-12, 2024-08-12T14:05[:09[.frac]][Z|+03:00|+03] ('T', 't' or one
 * space between; 'Z' or 'z'), 201X, 20XX, 2024-XX, 2024-08-XX, 2024-XX-XX (u for X too), seasons
 * 2024-21..24, Y2024 style years inside the range (y too, from four digits on), -0043-03-15;
 * qualifiers ? ~ % (and ?~ ~? for %) at the end of a date or time; intervals A/B with "..", "open",
 * "unknown" or nothing on either side. A fraction of a second is dropped, second 60 is read as 59.
 * 24:00 is refused, as RFC 3339 does, and so is a year -0000.
 *
 * Not accepted, as they are EDTF level 2: a qualifier inside a date or before it, other X digits
 * (20X4, 201X-XX), other seasons (2024-25..41), sets, exponents.
 */
#ifndef INK_EDTF_H
#define INK_EDTF_H

#include "core/ink_reason.h"
#include "core/ink_time.h"

/* Longest text that ink_edtf_write makes of one date, without a terminating zero. */
#define INK_EDTF_BYTES 32

/* All members 0: no date. Member by member, which is three stores where `= {0}` is a call. */
static inline void ink_date_clear(struct ink_date *date) {
    date->year = 0;
    date->month = 0;
    date->day = 0;
    date->second = 0;
    date->offset_min = 0;
    date->precision = INK_PRECISION_NONE;
    date->flags = 0;
}

/* Parse a date, a time or an interval of two. `until` gets precision NONE and flags 0 for a
 * single date. Returns INK_REASON_NONE; _DATE if the text has not the shape of a date; _DATE_RANGE
 * if it has, but there is no such month, day, hour or offset, or the year (also one of five digits)
 * is outside the range; _INTERVAL if it is reversed (see below), or if both sides are open or
 * unknown. On failure both outputs are garbage. */
enum ink_reason ink_edtf_parse(const char *text, size_t bytes, struct ink_date *when,
                               struct ink_date *until);

/* Parse one date or time, no interval. Of what has no date, ".." and "open" give OPEN, "unknown"
 * gives UNKNOWN, and nothing at all is refused. */
enum ink_reason ink_edtf_parse_one(const char *text, size_t bytes, struct ink_date *date);

/* True if `until` surely lies wholly before `when`, in whatever zone the story turns out to be.
 * Dates compare by what they cover: 2024-08-12/2024-08 is in order. False if one has no date. */
bool ink_edtf_reversed(const struct ink_date *when, const struct ink_date *until);

/* Write one date so that parsing it gives the same struct; "" for an absent or unknown one (which
 * a slash beside it tells), ".." for an open one. Returns the number of bytes, at most
 * INK_EDTF_BYTES; `out` gets no terminating zero. */
size_t ink_edtf_write(const struct ink_date *date, char out[INK_EDTF_BYTES]);

#endif
