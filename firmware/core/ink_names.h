/* Part of condense: a small set of names (sources, lanes), told apart by the hash of their bytes.
 *
 * Beyond its capacity a set keeps the smallest hashes: which names have a number of their own then
 * depends on the names alone, never on their order.
 */
#ifndef INK_NAMES_H
#define INK_NAMES_H

#include "core/ink_types.h"

struct ink_names {
    uint32_t *hash; /* ascending */
    uint8_t count, cap;
    bool beyond; /* there were more names than `cap` */
};

#define INK_NAME_NONE 0xFF

/* Take up a name; an empty one is none. If it is new, returns its number: those from there on have
 * moved up by one, and the last may have gone. Else INK_NAME_NONE. */
uint8_t ink_names_note(struct ink_names *names, struct ink_span name);

/* The same of a name known by its hash. */
uint8_t ink_names_note_hash(struct ink_names *names, uint32_t hash);

/* Number of a name, in the order of hashes: 0..count-1; INK_NAME_NONE for an empty one, and for one
 * without a number of its own. */
uint8_t ink_names_find(const struct ink_names *names, struct ink_span name);
uint8_t ink_names_find_hash(const struct ink_names *names, uint32_t hash);

#endif
