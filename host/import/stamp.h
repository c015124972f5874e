/* Dates and times as other formats write them, to EDTF. */
#ifndef INK_IMPORT_STAMP_H
#define INK_IMPORT_STAMP_H

#include "core/ink_time.h"

/* Longest EDTF text that is made here. */
#define INK_STAMP_BYTES 40

/* The EDTF of a date in any of these shapes; returns its length, 0 if it has none of them:
 *
 *     2024-08-12T14:05:09.5+03:00, 2024-08 and all else that ink_edtf_parse_one takes;
 *     2024-08-12T14:05+0300, 2024-08-12T14:05:09 UTC, 20240812T140509Z, 20240812 (ISO 8601 basic);
 *     Mon, 12 Aug 2024 14:05:09 +0300, 12 Aug 24 14:05 EST (RFC 822, RFC 2822; and its obsolete
 *         zones; of a time in a zone that nobody knows only the day stays);
 *     Mon Aug 12 14:05:09 EEST 2024 (asctime, Unix date), Mon Aug 12 2024 14:05:09 GMT+0300 (EEST)
 *         (JavaScript), August 12, 2024;
 *     2024/08/12, 2024-8-1 (years first; a number first would be day or month, which is a guess);
 *     12.08.2024, 1.8.2024 14:05 (dots: where they are written, the day comes first);
 *     28/03/2025, 3/28/2025 (only where one of the numbers can be no month);
 *     the same with the marks of year, month and day of Korean, Chinese and Japanese between.
 *
 * A time may be one of twelve hours: 2:05 PM, 2:05 p.m., or Korean, where that goes before it.
 * What names a day that there is not (31 June, 24:00) is written as it stands, so that the reader
 * of EDTF refuses it with its reason. A year of two digits is one of 1970 to 2069, one of
 * three is 1900 more. Names are English, short or whole. */
size_t ink_stamp_edtf(char out[INK_STAMP_BYTES], const char *text, size_t bytes);

/* First second of what ink_stamp_edtf made, by which versions are told apart; false if it is no
 * date. Without an offset it counts in UTC: who leaves it out does so in all versions. */
bool ink_stamp_seconds(const char *edtf, size_t bytes, int64_t *utc_s);

#endif
