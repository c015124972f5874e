#include "core/ink_property.h"

uint32_t ink_properties(uint32_t code_point) {
    if (code_point >= ink_property_end) {
        return ink_property_beyond;
    }
    uint32_t high = ink_property_top[code_point >> 12] * 32u + (code_point >> 7 & 31);
    uint32_t mid = ink_property_high[high] * 16u + (code_point >> 3 & 15);
    uint32_t leaf = ink_property_mid[mid] + (code_point & 7);
    return ink_property_words[ink_property_leaf[leaf]];
}
