#include "import/leaves.h"

#include <ctype.h>
#include <stdlib.h>

#include "core/ink_record.h"

bool ink_leaves_open(struct ink_leaves *leaves) {
    *leaves = (struct ink_leaves){.leaf = malloc(INK_LEAVES * sizeof *leaves->leaf),
                                  .room = malloc(INK_LEAVES_ROOM)};
    if (leaves->leaf == NULL || leaves->room == NULL) {
        ink_leaves_close(leaves);
        return false;
    }
    return true;
}

void ink_leaves_close(struct ink_leaves *leaves) {
    free(leaves->leaf);
    free(leaves->room);
    *leaves = (struct ink_leaves){.leaf = NULL};
}

uint32_t ink_leaf_hash(const char *path, size_t bytes) {
    return ink_hash(0, path, bytes);
}

/* The kind of a path, 0..255, by its length and both ends. */
static unsigned kind_of(const char *path, size_t bytes) {
    const unsigned first = bytes > 0 ? (unsigned char)path[0] : 0;
    const unsigned last = bytes > 0 ? (unsigned char)path[bytes - 1] : 0;
    return ((unsigned)bytes * 31 + first * 7 + last) & 255;
}

void ink_leaves_add(struct ink_leaves *leaves, const char *path, size_t path_bytes,
                    const char *text, size_t bytes) {
    if (leaves->count == INK_LEAVES || path_bytes > INK_LEAF_PATH ||
        bytes > INK_LEAVES_ROOM - leaves->used ||
        path_bytes > INK_LEAVES_ROOM - leaves->used - bytes) {
        leaves->beyond = true;
        return;
    }
    char *room = leaves->room + leaves->used;
    for (size_t i = 0; i < path_bytes; i++) {
        room[i] = (char)tolower((unsigned char)path[i]);
    }
    memcpy(room + path_bytes, text, bytes);
    const unsigned kind = kind_of(room, path_bytes);
    leaves->seen[kind / 64] |= (uint64_t)1 << kind % 64;
    leaves->used += (uint32_t)(path_bytes + bytes);
    leaves->leaf[leaves->count++] = (struct ink_leaf){.hash = ink_leaf_hash(room, path_bytes),
                                                      .path_bytes = (uint32_t)path_bytes,
                                                      .bytes = (uint32_t)bytes,
                                                      .path = room,
                                                      .text = room + path_bytes};
}

const struct ink_leaf *ink_leaves_find(const struct ink_leaves *leaves, const char *path,
                                       uint32_t hash, int nth) {
    const size_t bytes = strlen(path);
    for (uint32_t i = 0; i < leaves->count; i++) {
        const struct ink_leaf *leaf = &leaves->leaf[i];
        if (leaf->hash == hash && leaf->path_bytes == bytes &&
            memcmp(leaf->path, path, bytes) == 0 && nth-- == 0) {
            return leaf;
        }
    }
    return NULL;
}

const struct ink_leaf *ink_leaves_get(const struct ink_leaves *leaves, const char *path, int nth) {
    const size_t bytes = strlen(path);
    const unsigned kind = kind_of(path, bytes);
    if ((leaves->seen[kind / 64] >> kind % 64 & 1) == 0) {
        return NULL;
    }
    return ink_leaves_find(leaves, path, ink_leaf_hash(path, bytes), nth);
}
