/* Links as they stand in other formats, to such as can be followed. */
#ifndef INK_IMPORT_LINK_H
#define INK_IMPORT_LINK_H

#include "core/ink_types.h"

#define INK_LINK_BYTES 2048 /* longer ones are none */

struct ink_link {
    size_t bytes; /* 0: none */
    char text[INK_LINK_BYTES];
};

/* Resolve a reference against a base (RFC 3986, section 5.2), in place: `base` becomes the target.
 * Blanks around the reference are none of it. A reference that is too long leaves none. An empty
 * base is one that is not known. */
void ink_link_resolve(struct ink_link *base, const char *reference, size_t bytes);

/* A page of the web: http or https, and a host. */
bool ink_link_is_web(const struct ink_link *link);

#endif
