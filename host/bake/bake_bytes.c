#include "bake/bake_bytes.h"

#include <stdlib.h>
#include <string.h>

static void put(struct bake_bytes *bytes, uint8_t value) {
    if (bytes->count == bytes->cap) {
        size_t cap = bytes->cap > 0 ? bytes->cap * 2 : 65536;
        uint8_t *at = realloc(bytes->at, cap);
        if (at == NULL) {
            bytes->failed = true;
            return;
        }
        bytes->at = at;
        bytes->cap = cap;
    }
    bytes->at[bytes->count++] = value;
}

void bake_bytes_put(struct bake_bytes *bytes, const uint8_t *from, size_t count) {
    bytes->bits = 0;
    for (size_t i = 0; i < count; i++) {
        put(bytes, from[i]);
    }
}

void bake_bytes_little(struct bake_bytes *bytes, uint64_t value, int size) {
    bytes->bits = 0;
    for (int i = 0; i < size; i++) {
        put(bytes, (uint8_t)(value >> (8 * i)));
    }
}

void bake_bytes_set(struct bake_bytes *bytes, size_t at, uint64_t value, int size) {
    for (int i = 0; i < size && !bytes->failed; i++) {
        bytes->at[at + (size_t)i] = (uint8_t)(value >> (8 * i));
    }
}

void bake_bytes_zeros(struct bake_bytes *bytes, int count) {
    for (int i = 0; i < count; i++) {
        bake_bytes_little(bytes, 0, 1);
    }
}

/* A bit at a place of the last byte, or of a new one. */
static void put_bit(struct bake_bytes *bytes, bool bit, int place) {
    if (bytes->bits == 0) {
        put(bytes, 0);
    }
    if (!bytes->failed) {
        bytes->at[bytes->count - 1] |= (uint8_t)(bit << place);
    }
    bytes->bits = (bytes->bits + 1) % 8;
}

void bake_bytes_high_bit(struct bake_bytes *bytes, bool bit) {
    put_bit(bytes, bit, 7 - bytes->bits);
}

void bake_bytes_low_bits(struct bake_bytes *bytes, uint32_t value, int count) {
    for (int i = 0; i < count; i++) {
        put_bit(bytes, value >> i & 1, bytes->bits);
    }
}

void bake_bytes_pad(struct bake_bytes *bytes) {
    bytes->bits = 0;
}

void bake_bytes_free(struct bake_bytes *bytes) {
    free(bytes->at);
}
