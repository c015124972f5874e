/* Service: the Grapheme_Cluster_Break class of a code point, with short ways for the letters of
 * most texts. Cluster rules themselves are in ink_utf8.c. No RAM. */
#ifndef INK_GRAPHEME_H
#define INK_GRAPHEME_H

#include "core/ink_property.h"

/* Class of a code point, enum ink_grapheme_break. Any number may be asked, as in ink_property.h. */
uint8_t ink_grapheme_class(uint32_t code_point);

#endif
