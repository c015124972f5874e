#include "core/ink_terms.h"

#include "core/ink_fold.h"
#include "core/ink_utf8.h"

/* FNV-1a, but over folded code points; its low and high bits need the mix at the end. */
#define HASH_START (0x811C9DC5u ^ INK_TERMS_SEED)
#define HASH_PRIME 0x01000193u

enum {
    TEXT_END = 2, // a fold beside those of ink_fold.h, below '0' like them
    WEIGHT_MAX = 8,
    WEIGHT_UNSPACED = 4,
    THOUSANDS = 3,     // digits of a group
    DIGITS_JOINED = 9, // more than a day or a year has
};

struct scan {
    struct ink_terms *terms;
    const char *text;
    uint32_t bytes;
    uint32_t at;   // what is read next
    uint32_t from; // where the digit or separator that was read last began
    int year, day;
    uint32_t seen[2]; // one bit for the top 6 bits of each term

    // the word that is being read
    uint32_t hash;
    uint32_t letters; // and digits

    // the last number, to which the next group of digits may still belong
    uint32_t value;  // modulo 2^32
    uint32_t end;    // offset in the text after its last digit
    uint32_t digits; // 0: there is none
    bool joins;      // a group of three may follow
};

/* A bijection of 32 bits in which each bit of the input moves each of the output. Multipliers: the
 * finalizer of MurmurHash3. */
static uint32_t mix(uint32_t hash) {
    hash ^= hash >> 16;
    hash *= 0x85EBCA6Bu;
    hash ^= hash >> 13;
    hash *= 0xC2B2AE35u;
    return hash ^ hash >> 16;
}

/* The next fold that is not INK_FOLD_SKIP. */
static uint32_t next_fold(struct scan *scan) {
    while (scan->at < scan->bytes) {
        scan->from = scan->at;
        uint8_t byte = (uint8_t)scan->text[scan->at];
        if (byte < 0x80) {
            scan->at++;
            return ink_fold_ascii[byte];
        }
        size_t at = scan->at;
        uint32_t fold = ink_fold(ink_utf8_next(scan->text, scan->bytes, &at));
        scan->at = (uint32_t)at;
        if (fold != INK_FOLD_SKIP) {
            return fold;
        }
    }
    return TEXT_END;
}

/* ---- terms ----------------------------------------------------------------------------------- */

static void add_term(struct scan *scan, uint32_t hash, uint32_t weight) {
    struct ink_terms *terms = scan->terms;
    if (terms->count == INK_TERMS) {
        return;
    }
    hash = mix(hash);
    uint32_t *seen = &scan->seen[hash >> 31];
    uint32_t bit = 1u << (hash >> 26 & 31);
    if ((*seen & bit) != 0) {
        for (uint32_t i = 0; i < terms->count; i++) {
            if ((terms->term[i] ^ hash) < 8) {
                return;
            }
        }
    }
    *seen |= bit;
    terms->term[terms->count++] = (hash & ~7u) | ((weight > WEIGHT_MAX ? WEIGHT_MAX : weight) - 1);
}

/* Each pair of a run of unspaced letters, the first of which is `fold`; a letter that stands alone
 * by itself. Returns what ends the run. */
static uint32_t take_pairs(struct scan *scan, uint32_t fold) {
    for (bool alone = true;; alone = false) {
        uint32_t hash = (HASH_START ^ fold) * HASH_PRIME;
        fold = next_fold(scan);
        bool ends = (fold & INK_FOLD_UNSPACED) == 0;
        if (!ends) {
            hash = (hash ^ fold) * HASH_PRIME;
        }
        if (!ends || alone) {
            add_term(scan, hash, WEIGHT_UNSPACED);
        }
        if (ends) {
            return fold;
        }
    }
}

/* ---- numbers --------------------------------------------------------------------------------- */

static void count_number(struct scan *scan) {
    if (scan->digits == 0) {
        return;
    }
    if (scan->digits <= 2 && scan->day > 0 && scan->value == (uint32_t)scan->day) {
        scan->terms->looks_back = true;
    } else if (scan->digits > 4 || scan->year <= 0 || scan->value != (uint32_t)scan->year) {
        scan->terms->figures += mix(scan->value ^ HASH_START); // so that zero is a number too
    }
}

/* True if one thousands separator and nothing else stands between the last number and `start`. */
static bool is_parted(const struct scan *scan, uint32_t start) {
    size_t at = scan->end;
    uint32_t c = ink_utf8_next(scan->text, start, &at);
    return at == start && (c == ',' || c == '.' || c == ' ' || c == '\'' || c == 0xA0 ||
                           c == 0x2019 || c == 0x202F);
}

/* A group of digits that began at `start` has been read. */
static void add_group(struct scan *scan, uint32_t value, uint32_t digits, uint32_t start) {
    if (scan->joins && digits == THOUSANDS && is_parted(scan, start)) {
        scan->value = scan->value * 1000 + value;
        scan->digits = DIGITS_JOINED;
    } else {
        count_number(scan);
        scan->value = value;
        scan->digits = digits;
        scan->joins = scan->letters == digits && digits <= THOUSANDS && value != 0;
    }
}

/* A group of digits, the first of which is `fold`. Returns what ends it. */
static uint32_t take_digits(struct scan *scan, uint32_t fold) {
    uint32_t start = scan->from;
    uint32_t end = 0;
    uint32_t value = 0;
    uint32_t digits = 0;
    do {
        value = value * 10 + (fold - '0');
        digits++;
        end = scan->at;
        scan->hash = (scan->hash ^ fold) * HASH_PRIME;
        fold = next_fold(scan);
    } while (fold - '0' <= 9);
    scan->letters += digits;
    add_group(scan, value, digits, start);
    scan->end = end;
    return fold;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* A small Cyrillic letter that is its own fold, of two bytes; or INK_FOLD_SKIP. */
static inline uint32_t plain_cyrillic(const uint8_t *at, const uint8_t *end) {
    if ((*at & 0xFE) != 0xD0 || end - at < 2) {
        return INK_FOLD_SKIP;
    }
    uint32_t letter = (*at & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    return letter - 0x430 < 0x20 && letter != 0x439 ? letter : INK_FOLD_SKIP;
}

/* The letter `fold`, and those as far as they go that need no table: ASCII and most of Cyrillic.
 * The loop that most texts spend their time in. Returns what ends it. */
static uint32_t take_letters(struct scan *scan, uint32_t fold) {
    const uint8_t *const text = (const uint8_t *)scan->text;
    const uint8_t *const end = text + scan->bytes;
    const uint8_t *at = text + scan->at, *from;
    uint32_t hash = scan->hash, letters = 0;
    do {
        hash = (hash ^ fold) * HASH_PRIME;
        letters++;
        from = at;
        if (at == end) {
            fold = TEXT_END;
        } else if (*at < 0x80) {
            fold = ink_fold_ascii[*at++];
        } else {
            fold = plain_cyrillic(at, end);
            at += fold != INK_FOLD_SKIP ? 2 : 0;
        }
    } while (fold > '9');
    scan->hash = hash;
    scan->letters += letters;
    scan->at = (uint32_t)(at - text);
    scan->from = (uint32_t)(from - text);
    return fold == INK_FOLD_SKIP ? next_fold(scan) : fold;
}

/* A word, the first letter or digit of which is `fold`. Returns what ends it. */
static uint32_t take_word(struct scan *scan, uint32_t fold) {
    scan->hash = HASH_START;
    scan->letters = 0;
    while (fold - '0' < INK_FOLD_UNSPACED - '0') {
        fold = fold <= '9' ? take_digits(scan, fold) : take_letters(scan, fold);
    }
    add_term(scan, scan->hash, scan->letters);
    return fold;
}

void ink_terms_of(struct ink_terms *terms, struct ink_span text, int year, int day) {
    terms->count = 0;
    terms->looks_back = false;
    terms->figures = 0;
    struct scan scan = {
        .terms = terms, .text = text.at, .bytes = text.bytes, .year = year, .day = day};
    uint32_t fold = next_fold(&scan);
    while (fold != TEXT_END) {
        if ((fold & INK_FOLD_UNSPACED) != 0) {
            fold = take_pairs(&scan, fold);
        } else if (fold >= '0') {
            fold = take_word(&scan, fold);
        } else {
            fold = next_fold(&scan);
        }
    }
    count_number(&scan);
}
