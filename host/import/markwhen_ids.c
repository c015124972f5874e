#include "import/markwhen_ids.h"

#include "core/ink_record.h"

static uint64_t hash_of(const char *id, size_t bytes) {
    return (uint64_t)ink_hash(1, id, bytes) << 32 | ink_hash(2, id, bytes) | 1;
}

/* Where an id is kept, or would be. */
static size_t place_of(const struct ink_mw_ids *ids, uint64_t hash) {
    size_t at = hash >> 32 & (INK_MW_IDS - 1);
    while (ids->at[at].hash != 0 && ids->at[at].hash != hash) {
        at = (at + 1) & (INK_MW_IDS - 1);
    }
    return at;
}

const struct ink_mw_span *ink_mw_ids_find(const struct ink_mw_ids *ids,
                                          const struct ink_mw_side *side) {
    if (side->id == NULL) {
        return NULL;
    }
    const size_t at = place_of(ids, hash_of(side->id, side->id_bytes));
    return ids->at[at].hash != 0 ? &ids->at[at].span : NULL;
}

bool ink_mw_ids_keep(struct ink_mw_ids *ids, const char *id, const struct ink_mw_span *span) {
    const uint64_t hash = hash_of(id, strlen(id));
    const size_t at = place_of(ids, hash);
    if (ids->at[at].hash != 0) {
        return false;
    }
    if (ids->count < INK_MW_IDS_MOST) {
        ids->at[at].hash = hash;
        ids->at[at].span = *span;
        ids->count++;
    }
    return true;
}
