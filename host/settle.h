/* What becomes of records when all inputs are known: cancelled ones go, and times without an offset
 * are of the zone that their own input names, whatever the story's is.
 *
 * Only an input that something has to be done about is copied once more.
 */
#ifndef INK_SETTLE_H
#define INK_SETTLE_H

#include "import/import.h"
#include "segment.h"
#include "survey.h"

/* One input, as far as its records need settling. */
struct ink_settle {
    struct ink_zone own; /* that it names; none: the story's places its times */
    bool zoneless;       /* it names none, has times that need one, and does not guess */
    bool unknown;        /* it names one that there is not: nothing places its times */
};

/* Settle one input; survey->story.zone is the story's. The segment is replaced if anything
 * changes. Counts what was cancelled in *removed. Returns an exit code. */
int ink_settle(const struct ink_settle *settle, struct ink_segment *segment,
               struct ink_survey *survey, struct ink_gone *gone, uint32_t *removed) INK_MUST_USE;

#endif
