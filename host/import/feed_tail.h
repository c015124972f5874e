/* What systems add to the summaries of feeds. */
#ifndef INK_IMPORT_FEED_TAIL_H
#define INK_IMPORT_FEED_TAIL_H

#include "import/draft.h"

/* Take from the end of the detail what is no part of it: "Continue reading", "Read more" and the
 * like, with their arrows; "The post HEADLINE appeared first on FEED."; "[...]", for which an
 * ellipsis stands where it cut a sentence. `feed` is the title of the feed. */
void ink_feed_tail(struct ink_draft *draft, const char *feed, size_t bytes);

#endif
