/* What TimelineJS says the same way in JSON and in its sheets. */
#ifndef INK_IMPORT_TIMELINEJS_H
#define INK_IMPORT_TIMELINEJS_H

#include "import/import.h"
#include "import/parts.h"

/* Set when and until of in->draft; an end without a year is warned about and left out. False: the
 * item was refused and that was said: there is no year 0. */
bool ink_timelinejs_dates(struct ink_import *in, const struct ink_parts *start,
                          const struct ink_parts *end);

/* The date as the desk wants it read, which may be HTML: "c. 1815", "Summer 1943". Our date stays
 * what it was but for what only this text tells: that it is approximate or uncertain, that no more
 * than the year or the month is meant, or, where it names the year and not the day, that the day
 * was made up. What the date itself does not say goes before the detail. Called when dates and
 * detail are set. */
void ink_timelinejs_display(struct ink_import *in, const char *html, size_t bytes);

/* The credit was taken as the source; one that is for a picture alone ("Photo: AP", "(c) Getty
 * Images", "UN Photo/Eskinder Debebe") says nothing of who says so: it goes. */
void ink_timelinejs_credit(struct ink_draft *draft);

#endif
