/* Why a record was refused: one code, one rule id, one sentence, one hint each. */
#ifndef INK_REASON_H
#define INK_REASON_H

#include "core/ink_types.h"

enum ink_reason {
    INK_REASON_NONE,
    /* text and bytes */
    INK_REASON_UTF8,      /* not valid UTF-8 (RFC 3629) */
    INK_REASON_CONTROL,   /* a control character inside a text */
    INK_REASON_TRUNCATED, /* the input ends inside a record */
    /* values */
    INK_REASON_DATE,        /* not EDTF level 0-1 nor an RFC 3339 time */
    INK_REASON_DATE_RANGE,  /* no such day, hour or month; or a year outside +-9999 */
    INK_REASON_INTERVAL,    /* it ends before it starts, or `until` is given twice */
    INK_REASON_NUMBER,      /* not a whole number, or outside the field's range */
    INK_REASON_WORD,        /* not one of the words that the field knows */
    INK_REASON_TYPE,        /* another type than the field has */
    INK_REASON_NO_WHEN,     /* no date */
    INK_REASON_NO_HEADLINE, /* no headline, or an empty one */
    INK_REASON_OFFSETS,     /* zone changes: not pairs, not ascending, or too many */
    /* NDJSON */
    INK_REASON_JSON,      /* not JSON (RFC 8259) */
    INK_REASON_DUPLICATE, /* a key twice in one record (both formats) */
    INK_REASON_DEPTH,     /* nested deeper than the format allows (both formats) */
    /* CBOR */
    INK_REASON_CBOR,      /* not well-formed, or a type that the format excludes */
    INK_REASON_CANONICAL, /* well-formed but not in deterministic encoding (RFC 8949 4.2) */
    INK_REASON_MIXED,     /* record keys and story keys in one item, or neither */
    INK_REASON_COUNT
};

/* Stable rule id such as "date-range"; for `check` and logs. */
const char *ink_reason_rule(enum ink_reason reason);

/* What was expected, one clause without a full stop. */
const char *ink_reason_text(enum ink_reason reason);

/* What to do about it, one clause. */
const char *ink_reason_hint(enum ink_reason reason);

#endif
