#include "core/ink_names.h"

#include "core/ink_record.h"

/* Number of known hashes below `hash`. */
static uint8_t rank_of(const struct ink_names *names, uint32_t hash) {
    uint8_t low = 0, high = names->count;
    while (low < high) {
        uint8_t middle = (uint8_t)((low + high) / 2);
        if (names->hash[middle] < hash) {
            low = (uint8_t)(middle + 1);
        } else {
            high = middle;
        }
    }
    return low;
}

uint8_t ink_names_note(struct ink_names *names, struct ink_span name) {
    return name.bytes == 0 ? INK_NAME_NONE
                           : ink_names_note_hash(names, ink_hash(0, name.at, name.bytes));
}

uint8_t ink_names_note_hash(struct ink_names *names, uint32_t hash) {
    uint8_t at = rank_of(names, hash);
    if (at < names->count && names->hash[at] == hash) {
        return INK_NAME_NONE;
    }
    if (names->count == names->cap) {
        names->beyond = true;
        if (at == names->cap) {
            return INK_NAME_NONE;
        }
        names->count--;
    }
    memmove(&names->hash[at + 1], &names->hash[at],
            (size_t)(names->count - at) * sizeof names->hash[0]);
    names->hash[at] = hash;
    names->count++;
    return at;
}

uint8_t ink_names_find(const struct ink_names *names, struct ink_span name) {
    return name.bytes == 0 ? INK_NAME_NONE
                           : ink_names_find_hash(names, ink_hash(0, name.at, name.bytes));
}

uint8_t ink_names_find_hash(const struct ink_names *names, uint32_t hash) {
    uint8_t at = rank_of(names, hash);
    return at < names->count && names->hash[at] == hash ? at : INK_NAME_NONE;
}
