/* Verb: any number of records to a bounded digest, in three passes over the same records.
 *
 * What is kept. Two budgets: an eighth of the events (at least one, if there are two) for records
 * with the status planned, the rest for all others. In each the best are kept by
 *   1. weight, an unset one counting as 5;
 *   2. time: the newest first; among planned records the soonest first;
 *   3. id, the smaller first: an order that no two ids share.
 * Times without an offset are compared as UTC here, since the story's zone may come later in the
 * feed. An id is kept for its best version and shown by its live one: the highest rev (of two
 * records with one id and rev but different content, the one with the greater hash). So a
 * correction or withdrawal follows its record whatever its own weight.
 *
 * What is merged. Records with different ids, but with the same start day and precision, status,
 * figure and headline (letters and digits compared, case of ASCII folded), are one event; its lead
 * is the best of them by the order above, and it counts their different sources. `via` is no
 * source: a relay does not make a second witness.
 *
 * The rank that layout goes by: weight, then different sources, then the order above.
 *
 * What is dropped. Whatever is not kept is hidden, and counted between its neighbours in time with
 * its day and source. Texts are given room in the order above; an event whose texts find none stays
 * in the digest without text, and layout counts it as hidden.
 *
 * Counting. Every record is counted once: refused, duplicate (same id and rev again), superseded
 * (a live version with a higher rev exists), merged, hidden, or kept. Exact while the feed has at
 * most 3/4 of the config's ids; beyond that a fixed sample of the ids is told apart, copies and
 * old versions of the others count as hidden, and ids_beyond says so. What is *kept* stays exact.
 *
 * Place. Events stand in order of their start; those ahead (planned, and not over at the as-of)
 * come last and stand by their end. At one place the coarser date comes first, then the better
 * event, then by status: a denial after what it denies.
 *
 * Order. The digest depends on the set of records alone: not on their order, nor (within the ids
 * told apart) on being fed twice.
 *
 * Cost: passes 1 and 3 hash each record; memory is INK_CONDENSE_BYTES and does not grow.
 */
#ifndef INK_CONDENSE_H
#define INK_CONDENSE_H

#include "core/ink_digest.h"

/* One id told apart from all others. 16 bytes. */
struct ink_known_id {
    uint64_t id;
    uint32_t rev;     /* the highest seen */
    uint32_t content; /* its hash; bit 0: counted in pass 3; bit 1: always set, so that 0 is free */
};

/* Capacities and caller-owned buffers. All must stay until the digest is no longer used, but for
 * `ids` and `order`, which are free again after ink_condense_end. */
struct ink_condense_memory {
    struct ink_event *events;
    struct ink_known_id *ids;
    uint16_t *order; /* 2 x event_cap */
    char *text;
    uint32_t text_cap; /* bytes */
    uint16_t event_cap;
    uint16_t id_cap; /* 0 or a power of two */
};

#define INK_CONDENSE_PASSES 3

/* Visible so that callers can place it; read only the digest. */
struct ink_condense {
    struct ink_digest digest;
    struct ink_condense_memory memory;
    uint32_t source_hash[INK_SOURCES]; /* ascending */
    uint32_t text_used;
    uint16_t picks[2]; /* kept so far in the two budgets of pass 1 */
    uint16_t id_count;
    uint8_t id_level; /* ids whose hash has this many low zero bits are told apart */
    uint8_t pass;     /* 1..INK_CONDENSE_PASSES while feeding */
};

/* Start; nothing is read from the buffers. */
void ink_condense_begin(struct ink_condense *condense, const struct ink_condense_memory *memory);

/* Start the next pass: true, feed everything once more; false, the digest is ready. */
bool ink_condense_begin_pass(struct ink_condense *condense);

/* One good record, one refused item, or facts of the story; in any order, the same in every pass.
 * The record's texts are copied where they are kept. */
void ink_condense_record(struct ink_condense *condense, const struct ink_record *record);
void ink_condense_refused(struct ink_condense *condense);
void ink_condense_unknown(struct ink_condense *condense, uint32_t keys);
void ink_condense_story(struct ink_condense *condense, const struct ink_story *story);

#endif
