#include "import/leaves.h"

#include <stdlib.h>
#include <string.h>

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

/* FNV-1a: paths are short, and are hashed while they are copied. */
static uint32_t hash_step(uint32_t hash, char c) {
    return (hash ^ (uint8_t)c) * 16777619u;
}

static const uint32_t hash_basis = 2166136261u;

uint32_t ink_leaf_hash(const char *path, size_t bytes) {
    uint32_t hash = hash_basis;
    for (size_t i = 0; i < bytes; i++) {
        hash = hash_step(hash, path[i]);
    }
    return hash;
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
    uint32_t hash = hash_basis;
    for (size_t i = 0; i < path_bytes; i++) {
        room[i] = path[i] >= 'A' && path[i] <= 'Z' ? (char)(path[i] | 0x20) : path[i];
        hash = hash_step(hash, room[i]);
    }
    memcpy(room + path_bytes, text, bytes);
    leaves->used += (uint32_t)(path_bytes + bytes);
    leaves->seen |= (uint64_t)1 << (hash & 63);
    leaves->leaf[leaves->count++] = (struct ink_leaf){.hash = hash,
                                                      .path_bytes = (uint32_t)path_bytes,
                                                      .bytes = (uint32_t)bytes,
                                                      .path = room,
                                                      .text = room + path_bytes};
}

const struct ink_leaf *ink_leaves_find(const struct ink_leaves *leaves, const char *path,
                                       uint32_t hash, int nth) {
    if ((leaves->seen >> (hash & 63) & 1) == 0) {
        return NULL;
    }
    for (uint32_t i = 0; i < leaves->count; i++) {
        const struct ink_leaf *leaf = &leaves->leaf[i];
        if (leaf->hash == hash && strncmp(path, leaf->path, leaf->path_bytes) == 0 &&
            path[leaf->path_bytes] == '\0' && nth-- == 0) {
            return leaf;
        }
    }
    return NULL;
}

const struct ink_leaf *ink_leaves_get(const struct ink_leaves *leaves, const char *path, int nth) {
    return ink_leaves_find(leaves, path, ink_leaf_hash(path, strlen(path)), nth);
}
