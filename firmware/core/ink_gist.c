#include "core/ink_gist.h"

void ink_gist_of(struct ink_gist *gist, const struct ink_terms *terms) {
    *gist = (struct ink_gist){.letters = 0};
    for (uint32_t i = 0; i < terms->count; i++) {
        uint32_t term = terms->term[i];
        uint32_t word = (term & 7) << 5 | (term >> 19 & 31);
        uint32_t bin = (term >> 3 & 0xFFFF) * INK_GIST_BINS >> 16;
        gist->used[bin / 32] |= 1u << bin % 32;
        word = word == 0 ? 1 : word;
        gist->bin[bin] = (uint8_t)(word > gist->bin[bin] ? word : gist->bin[bin]);
    }
    for (uint32_t bin = 0; bin < INK_GIST_BINS; bin++) {
        gist->letters = (uint16_t)(gist->letters + (gist->bin[bin] >> 5));
    }
}

/* Number of the lowest bit that is set: multiplied with a de Bruijn sequence, each has its own top
 * five bits. */
static uint32_t lowest_bit(uint32_t bits) {
    static const uint8_t numbers[32] = {0,  1,  28, 2,  29, 14, 24, 3,  30, 22, 20,
                                        15, 25, 17, 4,  8,  31, 27, 13, 23, 21, 19,
                                        16, 7,  26, 12, 18, 6,  11, 5,  10, 9};
    return numbers[(bits & (0u - bits)) * 0x077CB531u >> 27];
}

bool ink_gist_has_all(const struct ink_gist *more, const struct ink_gist *fewer) {
    if ((fewer->used[0] & ~more->used[0]) != 0 || (fewer->used[1] & ~more->used[1]) != 0) {
        return false;
    }
    for (uint32_t bin = 0; bin < INK_GIST_BINS; bin++) {
        if (fewer->bin[bin] != 0 && fewer->bin[bin] != more->bin[bin]) {
            return false;
        }
    }
    return true;
}

uint32_t ink_gist_common(const struct ink_gist *a, const struct ink_gist *b) {
    uint32_t count = 0;
    for (uint32_t half = 0; half < 2; half++) {
        for (uint32_t both = a->used[half] & b->used[half]; both != 0; both &= both - 1) {
            uint32_t bin = 32 * half + lowest_bit(both);
            count += a->bin[bin] == b->bin[bin];
        }
    }
    return count;
}

uint32_t ink_gist_shared(const struct ink_gist *a, const struct ink_gist *b, uint32_t off) {
    uint32_t sum = 0;
    for (uint32_t half = 0; half < 2; half++) {
        for (uint32_t both = a->used[half] & b->used[half]; both != 0; both &= both - 1) {
            uint32_t bin = 32 * half + lowest_bit(both);
            sum += a->bin[bin] == b->bin[bin] ? (a->bin[bin] >> 5) + 1u - off : 0;
        }
    }
    return sum;
}

uint32_t ink_root(uint32_t x) {
    uint32_t root = 0;
    for (uint32_t bit = 1u << 30; bit != 0; bit >>= 2) {
        if (x >= root + bit) {
            x -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

uint32_t ink_gist_overlap(const struct ink_gist *a, const struct ink_gist *b) {
    uint32_t shared = ink_gist_shared(a, b, 1);
    if (shared == 0) { /* nothing alike, or only words of one letter */
        bool equal = (a->used[0] | a->used[1]) != 0 && memcmp(a->bin, b->bin, sizeof a->bin) == 0;
        return equal ? 100 : 0;
    }
    uint32_t fewer = a->letters < b->letters ? a->letters : b->letters;
    if (shared < fewer && ink_gist_common(a, b) < 2) {
        return 0; /* one word, or the chance of one: bins know words by 11 bits */
    }
    /* at most 52 bins of 7 letters: the product is below 2^18 */
    return 100 * shared / ink_root((uint32_t)a->letters * b->letters);
}
