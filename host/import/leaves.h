/* One item of a foreign format as a flat list of values, each with the path at which it stood:
 * "title", "link@href", "headlines[].value", "dtstart". Paths are in lower case. All importers of
 * mapped formats bring their items into this shape; map.h makes records of it. */
#ifndef INK_IMPORT_LEAVES_H
#define INK_IMPORT_LEAVES_H

#include "core/ink_types.h"

#define INK_LEAVES 2048 /* values of an item; more are left out */
#define INK_LEAVES_ROOM                                                                            \
    1048576               /* bytes of all its paths and values; what is beyond is left out         \
                           */
#define INK_LEAF_PATH 256 /* bytes of a path; a value at a longer one is left out */

struct ink_leaf {
    uint32_t hash; /* of the path */
    uint32_t path_bytes, bytes;
    const char *path; /* not terminated, as `text` */
    const char *text;
};

struct ink_leaves {
    struct ink_leaf *leaf;
    char *room;
    uint32_t count, used;
    uint64_t seen[4]; /* one bit for each kind of path that is there: most that are asked for are
                         not */
    bool beyond;      /* something was left out */
};

/* False: no memory. */
bool ink_leaves_open(struct ink_leaves *leaves);
void ink_leaves_close(struct ink_leaves *leaves);

static inline void ink_leaves_clear(struct ink_leaves *leaves) {
    leaves->count = leaves->used = 0;
    memset(leaves->seen, 0, sizeof leaves->seen);
    leaves->beyond = false;
}

/* Append a copy of a value; the path is lowered. */
void ink_leaves_add(struct ink_leaves *leaves, const char *path, size_t path_bytes,
                    const char *text, size_t bytes);

/* Hash of a path as kept with its leaf: compute it once for a path looked for often. */
uint32_t ink_leaf_hash(const char *path, size_t bytes);

/* The `nth` value at a path, from 0, or NULL. Lives until the next add or clear. */
const struct ink_leaf *ink_leaves_find(const struct ink_leaves *leaves, const char *path,
                                       uint32_t hash, int nth);

/* The same by the path alone. */
const struct ink_leaf *ink_leaves_get(const struct ink_leaves *leaves, const char *path, int nth);

#endif
