/* What every fuzz target demands, and of every record. */
#ifndef FUZZ_RECORD_H
#define FUZZ_RECORD_H

#include <stdlib.h>

#include "core/ink_record.h"
#include "core/ink_utf8.h"

static inline void demand(bool promise) {
    if (!promise) {
        abort();
    }
}

static inline bool is_clean(struct ink_span text) {
    for (int i = 0; i < text.bytes; i++) {
        uint8_t byte = (uint8_t)text.at[i];
        bool is_c1 = i > 0 && (uint8_t)text.at[i - 1] == 0xC2 && byte < 0xA0;
        if (byte < 0x20 || byte == 0x7F || is_c1) {
            return false;
        }
    }
    return ink_utf8_valid(text.at, text.bytes);
}

static inline void check_record(const struct ink_record *record) {
    for (int i = 0; i < INK_FIELD_COUNT; i++) {
        const struct ink_field *field = &ink_record_fields[i];
        if (field->type == INK_FIELD_TEXT) {
            demand(record->text[field->text].bytes <= field->max);
            demand(is_clean(record->text[field->text]));
        }
    }
    demand(record->dated < INK_DATED_COUNT && record->kind < INK_KIND_COUNT);
    demand(record->status < INK_STANDING_COUNT && record->weight <= 9);
}

#endif
