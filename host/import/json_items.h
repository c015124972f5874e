/* JSON in one pass: each object of a stream, by cJSON.
 *
 * A stream is one document, several one after the other (also one a line), or arrays of them; a
 * record separator (RFC 7464) ends whatever is open.
 * Memory is that of the largest object, INK_JSON_ITEM_BYTES at most; a larger one, or one of more
 * than INK_JSON_ITEM_DEPTH levels, is refused by itself, and reading goes on behind it.
 */
#ifndef INK_IMPORT_JSON_ITEMS_H
#define INK_IMPORT_JSON_ITEMS_H

#include <cjson/cJSON.h>

#include "import/import.h"
#include "import/leaves.h"

#define INK_JSON_ITEM_BYTES (16u << 20)
#define INK_JSON_ITEM_DEPTH 128

/* An object as it stands in the file. */
struct ink_json_text {
    const char *at; /* UTF-8, as many bytes, then a zero */
    size_t bytes;
    uint64_t line, column; /* of its first byte, from 1 */
};

typedef void ink_json_take(struct ink_import *in, void *context, const cJSON *object,
                           const struct ink_json_text *text);

/* Take each object of in->input; what is none is refused and said. Returns an exit code. */
int ink_json_items(struct ink_import *in, ink_json_take *take, void *context) INK_MUST_USE;

/* Append all values below `value` as leaves: members by "." , elements by "[]": "a.b[].c". Numbers
 * as they would be written, true and false by name, null not at all. `prefix` goes before all. */
void ink_json_leaves(struct ink_leaves *leaves, const char *prefix, const cJSON *value);

/* Where element `nth` of the array at `path` ("items", "timeline.date"; "" is the object itself,
 * which must be an array then) begins: `walk` starts as all zeros, and elements are asked for in
 * ascending order, so that all take one pass. False: there is none. */
struct ink_json_spot {
    uint64_t line, column; /* from 1 */
};
struct ink_json_walk {
    size_t at, line_at;
    uint64_t line;
    long element; /* the one that begins at `at`; 0 elements were passed at first */
    bool begun;
};
bool ink_json_place(struct ink_json_walk *walk, const struct ink_json_text *text, const char *path,
                    long nth, struct ink_json_spot *spot);

#endif
