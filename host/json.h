/* JSON strings (RFC 8259) for reports and tables. */
#ifndef INK_JSON_H
#define INK_JSON_H

#include <stddef.h>
#include <stdio.h>

/* Write `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD. */
void ink_json_string(FILE *to, const char *text, size_t bytes);

#endif
