#include "sha.h"

#include <stdio.h>

#include "say.h"

#if INKLINE_SODIUM

int ink_sha_available(void) {
    return INK_EXIT_OK;
}

void ink_sha_begin(struct ink_sha *sha) {
    crypto_hash_sha256_init(&sha->state);
}

void ink_sha_add(struct ink_sha *sha, const void *bytes, size_t count) {
    crypto_hash_sha256_update(&sha->state, bytes, count);
}

void ink_sha_end(struct ink_sha *sha, char out[INK_SHA_HEX]) {
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&sha->state, hash);
    for (int i = 0; i < (int)sizeof hash; i++) {
        snprintf(out + 2 * i, 3, "%02x", hash[i]);
    }
}

#else

int ink_sha_available(void) {
    return ink_fail(INK_EXIT_DEVICE, "configure with -DINKLINE_SODIUM=ON (libsodium-dev)",
                    "--hash: this build has no SHA-256");
}

void ink_sha_begin(struct ink_sha *sha) {
    sha->unused = 0;
}

void ink_sha_add(struct ink_sha *sha, const void *bytes, size_t count) {
    (void)sha;
    (void)bytes;
    (void)count;
}

void ink_sha_end(struct ink_sha *sha, char out[INK_SHA_HEX]) {
    (void)sha;
    out[0] = '\0';
}

#endif
