/* Records in: decode and the first pass of condensing, with the memory of the wall profile.
 *
 *     bench_ingest FEED.ndjson
 *
 * Prints the records read and the nanoseconds of CPU a record, reading of the file included.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/ink_profile.h"

static uint64_t memory[INK_WALL_BYTES / 8 + 1];
static char chunk[65536];

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int count, char **argument) {
    FILE *file = count == 2 ? fopen(argument[1], "rb") : NULL;
    struct ink ink;
    struct ink_config config = {
        .capacity = INK_WALL_CAPACITY, .memory = memory, .memory_bytes = sizeof memory};
    if (file == NULL || ink_init(&ink, &config) != INK_OK || !ink_begin_pass(&ink)) {
        fprintf(stderr, "usage: bench_ingest FEED.ndjson\n");
        return 2;
    }
    double from = seconds();
    ink_begin_input(&ink, INK_FORMAT_NDJSON);
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;) {
        ink_feed(&ink, chunk, got);
    }
    ink_end_input(&ink);
    double spent = seconds() - from;
    uint32_t read = ink.condense.digest.counts.read;
    printf("%u records, %u refused, %.1f ns a record\n", read, ink.condense.digest.counts.refused,
           spent * 1e9 / (read > 0 ? read : 1));
    fclose(file);
    return 0;
}
