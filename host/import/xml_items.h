/* XML in one pass: elements that are items become leaves (leaves.h), one after the other, by expat.
 *
 * Paths are the names of the elements below the item, parted by "/", attributes behind "@":
 * "title", "author/name", "link@href". A name has a prefix of the importer's choosing, by its
 * namespace ("dc:date"); of a namespace that the importer does not list, "other:". What stands
 * outside of all items is leaves too: of the head, with paths from below the root.
 *
 * Text with markup inside (elements of XHTML, and all that is in an element which the shape lists
 * as a text) is one value: tags and what XML had escaped are written again, so that INK_TAKE_HTML
 * reads it, and a leaf at its path and INK_XML_MARKED says so.
 *
 * Safe by what is not done: no external entity is ever fetched or expanded, expat bounds what
 * internal ones grow to, names of HTML's entities are known, nesting is bounded.
 */
#ifndef INK_IMPORT_XML_ITEMS_H
#define INK_IMPORT_XML_ITEMS_H

#include "import/import.h"
#include "import/leaves.h"

#define INK_XML_DEPTH  64         /* elements inside each other; deeper ends the reading */
#define INK_XML_MARKUP 512        /* the same of markup inside a text */
#define INK_XML_MARKED "@:markup" /* no attribute can have that name */

/* A namespace; the table ends with `uri` NULL. */
struct ink_xml_space {
    const char *uri;
    const char *prefix; /* "" or "dc:"; NULL: elements of it are markup of text, as XHTML */
};

struct ink_xml_shape {
    const char *const *items; /* element names with prefix, ends with NULL */
    const char *const *texts; /* those in which every element is markup; NULL: none */
    const struct ink_xml_space *spaces;
    const char *const *markup; /* elements (with prefix) that are markup of text too, ends with
                                  NULL; or NULL: none are */
    /* One item; the head's leaves so far beside it. `name` is the item's element. */
    void (*item)(struct ink_import *in, void *context, const char *name,
                 const struct ink_leaves *item, const struct ink_leaves *head);
    void *context;
};

/* Read all of in->input. Where XML is broken, that is said, with line and column, and what came
 * before stands. `root` gets the name of the root element (with prefix) if not NULL; `head` the
 * leaves outside of items, to be closed by the caller. Returns an exit code. */
int ink_xml_items(struct ink_import *in, const struct ink_xml_shape *shape,
                  struct ink_leaves *head) INK_MUST_USE;

#endif
