/* Numbers of JSON that no double holds. */
#ifndef INK_IMPORT_JSON_DIGITS_H
#define INK_IMPORT_JSON_DIGITS_H

#include <cjson/cJSON.h>
#include <stddef.h>

/* Digits from which on a double may not hold them all: 2^53 has 16. */
#define INK_JSON_DIGITS 16

/* Make whole numbers of so many digits strings of their digits, for they are ids, and cJSON has
 * made doubles of them. `text` is what `object` was read from. */
void ink_json_digits(cJSON *object, const char *text, size_t bytes);

#endif
