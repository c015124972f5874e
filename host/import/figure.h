/* The figure of a headline: what may stand large beside it on the wall.
 *
 * A figure is a number that says how much or how many, together with the words that make it true:
 * "about 1,000 sq km", "$3.7 bn", "at least 37 dead", "1,5 Mrd. Euro", "12%". A counted noun goes
 * along where it is one of a short list and all fits INK_FIGURE_LONG, since "37" alone says nothing
 * from across a room. When in doubt there is none: a missing figure costs a glance, a wrong one
 * costs trust.
 *
 * None of these is a figure: years, dates, times of day, spans of time and ages, ordinals, scores,
 * numbers in names (F-16, G7, Route 66, Boeing 737), numbers of pages, rooms or telephones, small
 * counts without a unit.
 */
#ifndef INK_IMPORT_FIGURE_H
#define INK_IMPORT_FIGURE_H

#include "core/ink_types.h"

#define INK_FIGURE_LONG 24  /* characters; beyond that the counted noun stays out */
#define INK_FIGURE_MOST 32  /* characters; what is longer is no figure */
#define INK_FIGURE_SEEN 512 /* characters of a text that are looked at */

/* The first figure of a text in valid UTF-8: a part of it, as it stands; empty if there is none. */
struct ink_span ink_figure_find(const char *text, size_t bytes);

#endif
