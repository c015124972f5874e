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

/* Records with times that no zone of their own input places. Whether they can be used is known when
 * all inputs have been read. */
enum { INK_ZONELESS_PLACES = 4096 }; /* as many are told one by one */
struct ink_zoneless {
    uint32_t count, before; /* all; those of earlier inputs */
    struct ink_zoneless_place *place;
};

/* What was advised of the last record. The instances of a series stand all at one place: what is
 * wrong with each is told once. */
struct ink_advised {
    struct ink_problem place;
    uint32_t given; /* bit by bit the texts that were cut; above them other advice */
};

struct ink_survey {
    struct ink_say *say;
    struct ink_story lent;           /* title, language and zone of the first foreign input that has
                                        them: for a story that has none of its own */
    bool thorough;                   /* `check`: also say what is used but could be better */
    const char *zone;                /* of the command line, or NULL */
    struct ink_story story;          /* facts merged so far; its zone is settled at the end */
    struct ink_zone own;             /* what the input at hand names: the zone of its times */
    struct ink_problem own_at;       /* where it does */
    bool guesses;                    /* without any zone the input's times count as UTC */
    struct ink_zoneless zoneless;    /* records whose input names no zone */
    uint32_t records;                /* good ones */
    uint32_t refused;                /* records refused */
    uint32_t others_refused;         /* facts of the story and whole files refused */
    uint32_t cut;                    /* texts cut at their bound */
    uint32_t unknown;                /* keys and columns that this version does not know */
    uint32_t local_times;            /* times of day without an offset that may count as UTC */
    uint32_t sourceless;             /* records that name no source */
    struct ink_zone_need need;       /* of the zone; the anchor is not set */
    bool zone_unknown;               /* an input names one that the database does not know */
    struct ink_revisions *revisions; /* `check`: of the records so far */
    struct ink_advised advised;      /* the same */
};

/* Room for ink_survey_word_hint: a field's words. */
#define INK_WORDS_BYTES 128

void ink_survey_begin(struct ink_survey *survey, struct ink_say *say);

/* Free what the survey holds. */
void ink_survey_free(struct ink_survey *survey);

/* True if a zone is given: a name, offsets, or both. */
bool ink_zone_is_given(const struct ink_zone *zone);

/* A time of day without an offset: a zone places it. Of a record: its start, or its end. */
bool ink_date_is_local(const struct ink_date *date);
bool ink_record_is_local(const struct ink_record *record);

/* First second of a date of the input at hand, by the zone of its local times as far as one is
 * known yet; without one they count as UTC. */
int64_t ink_survey_start(const struct ink_survey *survey, const struct ink_date *date);

/* If a time of the record is one that a change of the input's clock skips, as far as its zone is
 * known yet: says what is wrong, in `problem`, whose words stand in `words`. */
struct ink_skipped_words {
    char what[128];
};
bool ink_survey_skips(const struct ink_survey *survey, const struct ink_record *record,
                      struct ink_problem *problem, struct ink_skipped_words *words);

/* The next input: it has named no zone yet. */
void ink_survey_next(struct ink_survey *survey, bool guesses);

/* Take note of one good record; `place` says where it stands (its file, at, by_offset), and what to
 * do about it if it needs a zone and there is none (its hint). */
void ink_survey_record(struct ink_survey *survey, const struct ink_record *record,
                       const struct ink_problem *place);

/* Take note of facts; `place` as above. A zone is the input's own; of several the one that a merge
 * of stories keeps. */
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

/* Append one item to a copy. The zone is left out of facts: the host gives the story's. For what
 * was refused stands one byte that the core's decoder refuses again: so its counts hold. */
bool ink_copy_record(FILE *cbor, const struct ink_record *record);
bool ink_copy_story(FILE *cbor, struct ink_story story);
bool ink_copy_refused(FILE *cbor);

/* Say what only the whole of all inputs tells. */
void ink_survey_end(struct ink_survey *survey);

#endif
