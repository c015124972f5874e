/* Inputs as the core eats them: runs of bytes in one of its two formats, readable again and again.
 *
 * Files are read where they are; a pipe is spooled to an unlinked temporary file first. Memory is
 * one buffer, however long the input: nothing is mapped, so a file that shrinks meanwhile is a
 * short read and not a crash.
 */
#ifndef INK_SEGMENT_H
#define INK_SEGMENT_H

#include <stdio.h>

#include "core/ink_decode.h"

struct ink_segment {
    const char *name; /* for messages; "standard input" for a pipe */
    int fd;           /* -1: in memory */
    const uint8_t *memory;
    uint64_t bytes;
    uint8_t format; /* enum ink_format */
    bool watched;   /* somebody may change it: `sum` holds for all its bytes */
    uint32_t sum;
};

/* Open a file, "-" or a pipe for reading again and again; `format` is left as it is. Returns
 * INK_EXIT_OK, or prints why not and returns an exit code. */
int ink_segment_open(struct ink_segment *segment, const char *name) INK_MUST_USE;

void ink_segment_close(struct ink_segment *segment);

/* Bytes from `offset` on; returns their number, 0 at the end, -1 on a failure (printed). */
long ink_segment_read(const struct ink_segment *segment, uint64_t offset, uint8_t *out, size_t cap);

/* A new unlinked temporary file, or NULL (printed). */
FILE *ink_temporary(void);

/* Say why writing one failed (errno), as the copy of `name`; returns an exit code. */
int ink_temporary_failed(const char *name);

/* Make what was written to a temporary file a segment; the stream is closed. */
int ink_segment_adopt(struct ink_segment *segment, FILE *temporary, const char *name) INK_MUST_USE;

/* All items of a segment in order. */
#define INK_WALK_BYTES 32768
struct ink_walk {
    struct ink_decoder decoder;
    const struct ink_segment *segment;
    uint64_t offset;      /* bytes given to the decoder */
    uint64_t item_offset; /* where the item found last starts (or the gap before it) */
    uint32_t item_line;   /* its line; CBOR: its number */
    uint32_t sum;         /* of these bytes, see ink_segment_sum */
    bool ended;
    bool failed; /* reading failed, or the segment changed; the walk is over */
    uint8_t buffer[INK_WALK_BYTES];
};

/* The sum of what was read so far and a chunk more. All readers use chunks of INK_WALK_BYTES. */
uint32_t ink_segment_sum(uint32_t sum, const uint8_t *chunk, size_t bytes);

/* At the end: INK_EXIT_OK if `sum` is what it was before, or nobody can have changed the segment;
 * else says so and returns an exit code. */
int ink_segment_unchanged(const struct ink_segment *segment, uint32_t sum) INK_MUST_USE;

void ink_walk_begin(struct ink_walk *walk, const struct ink_segment *segment);

/* The next item: RECORD, STORY or REFUSED as in walk->decoder; MORE is the end. */
enum ink_decoded ink_walk_next(struct ink_walk *walk);

#endif
