/* UTF-8 (RFC 3629) and grapheme clusters (Unicode UAX #29, extended clusters). */
#ifndef INK_UTF8_H
#define INK_UTF8_H

#include "core/ink_types.h"

/* Decode the code point at text[*at] and move *at past it. `text` must be valid UTF-8 and
 * *at < bytes; *at always moves, never past `bytes`. */
uint32_t ink_utf8_next(const char *text, size_t bytes, size_t *at);

/* Streaming check. Start with state 0; feed every byte; a text is valid when the state is 0 at
 * its end. Once INK_UTF8_BAD the state stays so. Overlong forms, surrogates and values over
 * U+10FFFF are bad. */
#define INK_UTF8_BAD 0xFF
uint8_t ink_utf8_step(uint8_t state, uint8_t byte);

/* True if the whole text is valid. */
bool ink_utf8_valid(const char *text, size_t bytes);

/* True if nothing of the text would be seen: spaces of any kind, joiners, marks without a base. */
bool ink_utf8_is_blank(struct ink_span text);

/* Bytes of the grapheme cluster that starts at `at` (at < bytes); at least 1, at most bytes - at.
 * A code point cut off by the end of the text belongs to the cluster before it. */
size_t ink_grapheme_bytes(const char *text, size_t bytes, size_t at);

/* The longest prefix of `text` that has at most `cap` bytes and ends at a grapheme boundary;
 * returns its length in bytes. `text` may itself be cut anywhere, even inside a code point. Where
 * such a code point decides, it counts as joined to what stands before it, so the prefix may be
 * shorter than the whole text would allow, never wrong; with 4 bytes beyond `cap` it is exact. */
size_t ink_grapheme_cut(const char *text, size_t bytes, size_t cap);

#endif
