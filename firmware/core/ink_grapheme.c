#include "core/ink_grapheme.h"

uint8_t ink_grapheme_class(uint32_t code_point) {
    /* Latin letters; Greek and Cyrillic up to its first combining mark. */
    if (code_point - 0xC0 < 0x300 - 0xC0 || code_point - 0x370 < 0x483 - 0x370) {
        return INK_GB_OTHER;
    }
    return ink_grapheme_of(ink_properties(code_point));
}
