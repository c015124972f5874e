/* The inputs of a command, ready to be fed to the core as often as it asks.
 *
 * All that is text becomes CBOR in an unlinked temporary file, .ink stays as it is. What the
 * command line says of the story, and the zone's offsets from the system's database, follow as a
 * segment of their own.
 */
#ifndef INK_INPUTS_H
#define INK_INPUTS_H

#include "options.h"
#include "segment.h"
#include "settle.h"
#include "survey.h"

/* Room for a story as CBOR: 280 bytes of text, 24 changes of 8, dates and keys. */
#define INK_FACTS_BYTES 1024

struct ink_inputs {
    struct ink_segment *segment; /* in input order, the facts of the host last */
    struct ink_settle *settle;   /* of each input */
    int count;
    struct ink_survey survey; /* survey.story: all facts, with the zone's offsets */
    struct ink_gone *gone;    /* what importers say is cancelled */
    uint32_t removed;         /* records dropped for that */
    const char *advice;       /* about a file that cannot be used, or NULL */
    uint8_t facts[INK_FACTS_BYTES];
};

/* Open all inputs, look through them, and say their problems through `say`. Returns INK_EXIT_OK
 * if anything can be used, or prints why not and returns an exit code; either way close them. */
int ink_inputs_open(struct ink_inputs *inputs, const struct ink_options *options,
                    struct ink_say *say) INK_MUST_USE;

/* The same for CSV that lies in memory. */
int ink_inputs_open_sample(struct ink_inputs *inputs, const struct ink_segment *csv,
                           const struct ink_options *options, struct ink_say *say) INK_MUST_USE;

/* The segment that is fed as number `turn`: the facts of the host, which stand last, come first,
 * for a zone that is known early saves a pass. */
static inline const struct ink_segment *ink_inputs_turn(const struct ink_inputs *inputs, int turn) {
    return &inputs->segment[turn == 0 ? inputs->count - 1 : turn - 1];
}

/* No records, and nothing wrong with that? A calendar or feed with a title and nothing in it is a
 * story; so is one of which all was called off. */
bool ink_inputs_are_empty_story(const struct ink_inputs *inputs);

void ink_inputs_close(struct ink_inputs *inputs);

#endif
