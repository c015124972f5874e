/* A first look at the inputs: the story's facts, counts, the span of time, and every problem.
 *
 * What needs the whole feed before it can be drawn or converted is found here, in one pass.
 */
#ifndef INK_SURVEY_H
#define INK_SURVEY_H

#include <stdio.h>

#include "say.h"
#include "segment.h"

struct ink_survey {
    struct ink_say *say;
    bool thorough;                       /* `check`: also say what is used but could be better */
    const char *zone;                    /* of the command line: stands for the story's; or NULL */
    struct ink_story story;              /* facts merged so far */
    uint32_t records;                    /* good ones */
    uint32_t refused;                    /* records and facts refused */
    uint32_t rows_refused;               /* of these, records that an importer left out */
    uint32_t cut;                        /* texts cut at their bound */
    uint32_t unknown;                    /* keys and columns that this version does not know */
    uint32_t local_times;                /* times of day without an offset */
    uint32_t sourceless;                 /* records that name no source */
    int64_t first_s, last_s;             /* of all dates; first > last: none */
    int64_t first_timed_s, last_timed_s; /* of those with a time of day */
};

void ink_survey_begin(struct ink_survey *survey, struct ink_say *say);

/* True if a zone is known, so that local times mean something. */
bool ink_survey_has_zone(const struct ink_survey *survey);

/* Take note of one good record; `place` says where it stands (its file, at, by_offset). */
void ink_survey_record(struct ink_survey *survey, const struct ink_record *record,
                       const struct ink_problem *place);

/* Take note of facts. */
void ink_survey_story(struct ink_survey *survey, const struct ink_story *story);

/* Note and say that something was refused. */
void ink_survey_refuse(struct ink_survey *survey, const struct ink_problem *problem);

/* Look through a segment, and copy it to `cbor` (NULL: do not) as ink_copy_* below do. Returns an
 * exit code; refused records are no failure. */
int ink_survey_segment(struct ink_survey *survey, const struct ink_segment *segment,
                       FILE *cbor) INK_MUST_USE;

/* Append one item to a copy. The zone is left out of facts when the command line names another. For
 * what was refused stands one byte that the core's decoder refuses again: so its counts hold. */
bool ink_copy_record(FILE *cbor, const struct ink_record *record);
bool ink_copy_story(FILE *cbor, const struct ink_survey *survey, struct ink_story story);
bool ink_copy_refused(FILE *cbor);

/* Say what only the whole of all inputs tells. */
void ink_survey_end(struct ink_survey *survey);

#endif
