/* A first look at the inputs: the story's facts, counts, the span of time, and every problem.
 *
 * What needs the whole feed before it can be drawn or converted is found here, in one pass.
 */
#ifndef INK_SURVEY_H
#define INK_SURVEY_H

#include <stdio.h>

#include "say.h"
#include "segment.h"
#include "zoneinfo.h"

struct ink_survey {
    struct ink_say *say;
    struct ink_story lent;           /* title and language of the first foreign input that has
                                        them: for a story that has none of its own */
    bool thorough;                   /* `check`: also say what is used but could be better */
    const char *zone;                /* of the command line: stands for the story's; or NULL */
    struct ink_story story;          /* facts merged so far */
    uint32_t records;                /* good ones */
    uint32_t refused;                /* records refused */
    uint32_t others_refused;         /* facts of the story and whole files refused */
    uint32_t cut;                    /* texts cut at their bound */
    uint32_t unknown;                /* keys and columns that this version does not know */
    uint32_t local_times;            /* times of day without an offset */
    uint32_t zoneless;               /* records refused because no zone was known yet */
    uint32_t sourceless;             /* records that name no source */
    struct ink_zone_need need;       /* of the zone; the anchor is not set */
    struct ink_problem zone_at;      /* where the story's zone was given */
    bool zone_unknown;               /* it is none that the database knows */
    struct ink_revisions *revisions; /* `check`: of the records so far */
};

/* Room for ink_survey_word_hint: a field's words. */
#define INK_WORDS_BYTES 128

void ink_survey_begin(struct ink_survey *survey, struct ink_say *say);

/* Free what the survey holds. */
void ink_survey_free(struct ink_survey *survey);

/* True if a zone is known, so that local times mean something. */
bool ink_survey_has_zone(const struct ink_survey *survey);

/* A time of day that nobody can place: no offset of its own, and no zone of the story. */
bool ink_survey_needs_zone(const struct ink_survey *survey, const struct ink_record *record);

/* Take note of one good record; `place` says where it stands (its file, at, by_offset). */
void ink_survey_record(struct ink_survey *survey, const struct ink_record *record,
                       const struct ink_problem *place);

/* Take note of facts; `place` as above, of the zone if there is one. */
void ink_survey_story(struct ink_survey *survey, const struct ink_story *story,
                      const struct ink_problem *place);

/* Note and say that a record was refused. */
void ink_survey_refuse(struct ink_survey *survey, const struct ink_problem *problem);

/* The same for a fact of the story, or a whole file. */
void ink_survey_refuse_other(struct ink_survey *survey, const struct ink_problem *problem);

/* What to write instead of a word that its field does not know: the nearest one, or all. */
const char *ink_survey_word_hint(const struct ink_field *field, const char *word, size_t bytes,
                                 char out[INK_WORDS_BYTES]);

/* Look through a segment, and copy it to `cbor` as ink_copy_* below do. NULL: there is no copy, the
 * segment itself is read again, and must be the same then. Returns an exit code; refused records
 * are no failure. */
int ink_survey_segment(struct ink_survey *survey, struct ink_segment *segment,
                       FILE *cbor) INK_MUST_USE;

/* Append one item to a copy. The zone is left out of facts when the command line names another. For
 * what was refused stands one byte that the core's decoder refuses again: so its counts hold. */
bool ink_copy_record(FILE *cbor, const struct ink_record *record);
bool ink_copy_story(FILE *cbor, const struct ink_survey *survey, struct ink_story story);
bool ink_copy_refused(FILE *cbor);

/* Say what only the whole of all inputs tells. */
void ink_survey_end(struct ink_survey *survey);

#endif
