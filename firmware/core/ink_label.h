/* Service: dates, times and silences in words, as exactly as they are known and no more, in the
 * order and with the words of the language (ink_words.h). The examples are English. */
#ifndef INK_LABEL_H
#define INK_LABEL_H

#include "core/ink_time.h"
#include "core/ink_words.h"

/* "12 Aug", "c. 6 Aug", "6 Aug?", "Aug 2024", "1969", "45 BCE", "1990s", "20th c.",
 * "spring 2024". Years always where a date is no finer than a year or month, else if `year`.
 * `date` is in the story's zone (ink_date_local). */
void ink_label_date(struct ink_label *label, const struct ink_language *language,
                    const struct ink_date *date, bool year);

/* A date or an interval: "6–9 Aug", "28 Jul–2 Aug", "1914–1918", "by 6 Aug", "from 6 Aug". */
void ink_label_when(struct ink_label *label, const struct ink_language *language,
                    const struct ink_date *when, const struct ink_date *until, bool year);

/* "21:40" as the language writes it, "c. 21:40"; the precision must be a minute or finer. */
void ink_label_time(struct ink_label *label, const struct ink_language *language,
                    const struct ink_date *date);

/* The days of a gap, no more exactly than they are known: "12 Aug", "7–9 Aug", "Feb–May 2014",
 * "1996–2004". */
void ink_label_days(struct ink_label *label, const struct ink_language *language,
                    const struct ink_days *days, bool year);

/* A silence of that many hours in whole units, rounded: "5 hours", "3 days", "4 months", "10
 * years". */
void ink_label_silence(struct ink_label *label, const struct ink_language *language, int32_t hours);

#endif
