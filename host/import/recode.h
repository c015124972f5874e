/* Texts in any encoding to UTF-8. */
#ifndef INK_IMPORT_RECODE_H
#define INK_IMPORT_RECODE_H

#include "segment.h"
#include "survey.h"

/* If the segment says that it is not in UTF-8, by a byte order mark (UTF-16, UTF-32) or in its XML
 * declaration, replace it by a copy in UTF-8 (in a temporary file), by iconv. What is no text of
 * that encoding becomes U+FFFD and is warned about once; an encoding that nobody knows is refused
 * (*known false, said). An XML declaration stays as it is: the reader must not believe it again.
 * Returns an exit code. */
int ink_recode(struct ink_segment *segment, struct ink_survey *survey, bool *known) INK_MUST_USE;

/* If the segment is not UTF-8 throughout, replace it by a copy that is: what is none becomes
 * U+FFFD, and the line where it begins is warned about. For foreign formats, whose readers would
 * stop there, or show it. Returns an exit code. */
int ink_recode_mend(struct ink_segment *segment, struct ink_survey *survey) INK_MUST_USE;

/* Warn of bytes that are no text. `line`: where the first ones are; 0: not known. */
void ink_recode_warn(const struct ink_segment *segment, struct ink_survey *survey, uint64_t line);

#endif
