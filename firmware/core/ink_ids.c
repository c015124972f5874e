#include "core/ink_ids.h"

/* Bits 0 to 2 of a stored content are flags; equal hashes in the other 29 count as equal. */
#define SEEN  1u
#define USED  2u
#define TWICE 4u /* came more than once: only then must contents be compared */
#define FLAGS (SEEN | USED | TWICE)

static uint32_t stored_content(uint32_t content) {
    return (content & ~FLAGS) | USED;
}

static uint32_t mix(uint64_t id) {
    uint32_t h = (uint32_t)id * 0x9E3779B1u ^ (uint32_t)(id >> 32) * 0x85EBCA6Bu;
    h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
    h = (h ^ (h >> 12)) * 0x297A2D39u;
    return h ^ (h >> 15);
}

#define LEVEL_NONE 32 /* no id is told apart */

static bool told_apart(const struct ink_condense *condense, uint32_t hash) {
    return condense->id_level < LEVEL_NONE && (hash & ((1u << condense->id_level) - 1)) == 0;
}

static uint32_t home(const struct ink_condense *condense, uint32_t hash) {
    return (hash >> 16) & (condense->memory.id_cap - 1u); /* the low bits pick the sample */
}

/* Slot of the id, or the free slot where it belongs: there is one, as the table is never full but
 * while ink_ids_note thins it out. */
static struct ink_known_id *find(const struct ink_condense *condense, uint64_t id, uint32_t hash) {
    const uint32_t mask = condense->memory.id_cap - 1u;
    uint32_t at = home(condense, hash);
    while (condense->memory.ids[at].content != 0 && condense->memory.ids[at].id != id) {
        at = (at + 1) & mask;
    }
    return &condense->memory.ids[at];
}

/* Free a slot; what probed past it moves up, so that no chain is broken. Ends even if the table was
 * full, for the hole is free. */
static void release(struct ink_condense *condense, uint32_t hole) {
    struct ink_known_id *ids = condense->memory.ids;
    const uint32_t mask = condense->memory.id_cap - 1u;
    ids[hole].content = 0;
    for (uint32_t at = (hole + 1) & mask; ids[at].content != 0; at = (at + 1) & mask) {
        uint32_t wanted = home(condense, mix(ids[at].id));
        if (((at - wanted) & mask) >= ((at - hole) & mask)) {
            ids[hole] = ids[at];
            ids[at].content = 0;
            hole = at;
        }
    }
    condense->id_count--;
}

/* Tell half as many ids apart. Ids made to collide, or a table of one slot, end at LEVEL_NONE. */
static void thin_out(struct ink_condense *condense) {
    condense->id_level++;
    condense->digest.ids_beyond = true;
    for (uint32_t at = 0; at < condense->memory.id_cap; at++) {
        while (condense->memory.ids[at].content != 0 &&
               !told_apart(condense, mix(condense->memory.ids[at].id))) {
            release(condense, at);
        }
    }
}

void ink_ids_clear(struct ink_condense *condense) {
    for (uint32_t at = 0; at < condense->memory.id_cap; at++) {
        condense->memory.ids[at].content = 0;
    }
    condense->id_count = 0;
    condense->id_level = 0;
    condense->digest.ids_beyond = condense->memory.id_cap == 0;
}

static void raise(struct ink_known_id *known, uint32_t rev, uint32_t content) {
    if (rev > known->rev || (rev == known->rev && content > (known->content & ~TWICE))) {
        known->rev = rev;
        known->content = content;
    }
    known->content |= TWICE;
}

bool ink_ids_note(struct ink_condense *condense, const struct ink_record *record) {
    uint32_t hash = mix(record->id);
    if (condense->memory.id_cap == 0 || !told_apart(condense, hash)) {
        return false;
    }
    uint32_t content = stored_content(ink_record_content(record));
    struct ink_known_id *known = find(condense, record->id, hash);
    if (known->content != 0) {
        raise(known, record->rev, content);
        return true;
    }
    *known = (struct ink_known_id){.id = record->id, .rev = record->rev, .content = content};
    condense->id_count++;
    while (condense->id_count * 4u > condense->memory.id_cap * 3u) {
        thin_out(condense);
    }
    return false;
}

void ink_ids_begin_pass(struct ink_condense *condense) {
    for (uint32_t at = 0; at < condense->memory.id_cap; at++) {
        condense->memory.ids[at].content &= ~SEEN;
    }
}

enum ink_ids_verdict ink_ids_judge(struct ink_condense *condense, const struct ink_record *record) {
    uint32_t hash = mix(record->id);
    if (ink_is_struck(condense, record)) {
        return INK_IDS_SUPERSEDED;
    }
    if (condense->memory.id_cap == 0 || !told_apart(condense, hash)) {
        return INK_IDS_LIVE;
    }
    struct ink_known_id *known = find(condense, record->id, hash);
    if (known->content == 0) {
        return INK_IDS_LIVE; /* not seen in the first pass: the caller changed the feed */
    }
    if (record->rev < known->rev) {
        return INK_IDS_SUPERSEDED;
    }
    if ((known->content & SEEN) != 0 ||
        ((known->content & TWICE) != 0 &&
         (known->content & ~FLAGS) != (ink_record_content(record) & ~FLAGS))) {
        return INK_IDS_DUPLICATE;
    }
    known->content |= SEEN;
    return INK_IDS_LIVE;
}
