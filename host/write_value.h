/* Values of fields as every writer needs them: numbers, and dates as text. */
#ifndef INK_WRITE_VALUE_H
#define INK_WRITE_VALUE_H

#include "core/ink_edtf.h"
#include "core/ink_record.h"

/* Longest text of ink_write_when: an interval. */
#define INK_INTERVAL_BYTES (2 * INK_EDTF_BYTES + 1)

/* Bytes of a text of the story, which is zero-terminated unless full. */
static inline size_t ink_write_length(const char *text, size_t cap) {
    const char *zero = memchr(text, '\0', cap);
    return zero != NULL ? (size_t)(zero - text) : cap;
}

/* True if the interval has one side that is open or unknown, which is no date of its own. */
static inline bool ink_write_is_half_known(const struct ink_record *record) {
    bool from = record->when.precision != INK_PRECISION_NONE;
    bool to = record->until.precision != INK_PRECISION_NONE;
    return (to && !from) || (from && !to && record->until.flags != 0);
}

/* `when` of a record as EDTF, an interval if it is half known. Returns the bytes, without a
 * terminating zero; 0 if there is none. */
static inline size_t ink_write_when(const struct ink_record *record, char out[INK_INTERVAL_BYTES]) {
    size_t bytes = ink_edtf_write(&record->when, out);
    if (ink_write_is_half_known(record)) {
        out[bytes++] = '/';
        bytes += ink_edtf_write(&record->until, out + bytes);
    }
    return bytes;
}

/* `until` of a record; 0 bytes if it has none or ink_write_when tells it. */
static inline size_t ink_write_until(const struct ink_record *record, char out[INK_EDTF_BYTES]) {
    return ink_write_is_half_known(record) ? 0 : ink_edtf_write(&record->until, out);
}

/* The number in field INK_F_ID, _REV, _DATED, _KIND, _STATUS or _WEIGHT; 0 for all others. */
static inline uint64_t ink_write_number(const struct ink_record *record, int field) {
    switch (field) {
    case INK_F_ID:
        return record->id;
    case INK_F_REV:
        return record->rev;
    case INK_F_DATED:
        return record->dated;
    case INK_F_KIND:
        return record->kind;
    case INK_F_STATUS:
        return record->status;
    case INK_F_WEIGHT:
        return record->weight;
    default:
        return 0;
    }
}

#endif
