/* Writes the wire format: a record or a story as one CBOR map in deterministic encoding.
 *
 * What decode accepts and nothing else (firmware/FORMAT.md): fields with their default value are
 * left out, keys ascend, integers are shortest.
 */
#ifndef INK_WRITE_CBOR_H
#define INK_WRITE_CBOR_H

#include "core/ink_record.h"

/* Room that is enough for any record or story, in bytes. */
#define INK_WIRE_ITEM_BYTES 2048

/* Returns the bytes that the item takes; they are written if they are at most `cap`, else `out` is
 * untouched. The record needs an id, a headline and a date, as decode gives them. */
size_t ink_write_cbor_record(const struct ink_record *record, uint8_t *out, size_t cap);

/* The same for a story; 0 bytes if it has no facts, since an empty map says nothing. */
size_t ink_write_cbor_story(const struct ink_story *story, uint8_t *out, size_t cap);

#endif
