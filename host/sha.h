/* SHA-256 (FIPS 180-4) of a frame, through libsodium. */
#ifndef INK_SHA_H
#define INK_SHA_H

#include "core/ink_types.h"

#if INKLINE_SODIUM
#include <sodium/crypto_hash_sha256.h>
struct ink_sha {
    crypto_hash_sha256_state state;
};
#else
struct ink_sha {
    int unused;
};
#endif

/* INK_EXIT_OK, or prints that this build cannot hash and returns an exit code. */
int ink_sha_available(void) INK_MUST_USE;

void ink_sha_begin(struct ink_sha *sha);
void ink_sha_add(struct ink_sha *sha, const void *bytes, size_t count);

/* The digest as hex digits with a terminating zero. */
#define INK_SHA_HEX 65
void ink_sha_end(struct ink_sha *sha, char out[INK_SHA_HEX]);

#endif
