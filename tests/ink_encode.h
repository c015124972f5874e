/* A code point as UTF-8, for tests that make texts. */
#ifndef INK_ENCODE_H
#define INK_ENCODE_H

#include <stddef.h>
#include <stdint.h>

/* Writes 1 to 4 bytes and returns how many. */
static inline size_t ink_encode(uint32_t code, char *out) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t tails = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const uint8_t marks[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(marks[tails] | code >> 6 * tails);
    for (size_t i = 1; i <= tails; i++) {
        out[i] = (char)(0x80 | (code >> 6 * (tails - i) & 0x3F));
    }
    return tails + 1;
}

#endif
