/* Writes NDJSON: a record or a story as one line, keys named as in the table of fields. */
#ifndef INK_WRITE_JSON_H
#define INK_WRITE_JSON_H

#include <stdio.h>

#include "core/ink_record.h"

/* Ids that an IEEE double cannot hold are written as text, so that no JSON tool rounds them. */
#define INK_JSON_NUMBER_MAX 9007199254740991u /* 2^53 - 1, RFC 8259 section 6 */

/* Fields with their default value are left out. The caller checks ferror. */
void ink_write_json_record(FILE *to, const struct ink_record *record);

/* Writes nothing for a story without facts. */
void ink_write_json_story(FILE *to, const struct ink_story *story);

#endif
