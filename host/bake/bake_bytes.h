/* A growing run of bytes, and bits at its end. */
#ifndef BAKE_BYTES_H
#define BAKE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Start with zeros; free it with bake_bytes_free. */
struct bake_bytes {
    uint8_t *at;
    size_t count, cap;
    int bits;    /* of the last byte that are taken, 0..7: 0 if all are */
    bool failed; /* out of memory: the bytes are garbage */
};

void bake_bytes_put(struct bake_bytes *bytes, const uint8_t *from, size_t count);

/* The low `size` bytes of `value`, lowest first. */
void bake_bytes_little(struct bake_bytes *bytes, uint64_t value, int size);
void bake_bytes_set(struct bake_bytes *bytes, size_t at, uint64_t value, int size);

void bake_bytes_zeros(struct bake_bytes *bytes, int count);

/* One bit, filling each byte from its highest; or `count` bits, the lowest first, filling each byte
 * from its lowest. What is put after bits starts a new byte. */
void bake_bytes_high_bit(struct bake_bytes *bytes, bool bit);
void bake_bytes_low_bits(struct bake_bytes *bytes, uint32_t value, int count);
void bake_bytes_pad(struct bake_bytes *bytes);

void bake_bytes_free(struct bake_bytes *bytes);

#endif
