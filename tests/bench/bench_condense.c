/* All passes of condensing over one feed in memory.
 *
 *     bench_condense FEED.ndjson|FEED.ink tiny|wall|large decoded|bytes RUNS
 *
 * decoded: the records are decoded once, before; bytes: in every pass, as a wall does it. Prints
 * the medians of CPU microseconds, of all and of each pass with the choice that follows it. Under
 * callgrind, with one run, collect ink_condense_record and ink_condense_begin_pass, or (bytes)
 * ink_begin_pass, ink_begin_input, ink_feed and ink_end_input.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/ink_profile.h"

enum { CHUNK = 4096, RUNS_MAX = 1001 }; // a chunk is what a flash page or a socket gives

struct bench {
    struct ink ink;
    struct ink_config config;
    enum ink_format format;
    char *feed;
    size_t feed_bytes;
    struct ink_record *records; // NULL: bytes
    struct ink_story story;
    size_t count;
    int passes;
    uint8_t pass[INK_CONDENSE_PASSES + 1];           // enum ink_pass of each, from [1] on
    double spent[INK_CONDENSE_PASSES + 1][RUNS_MAX]; // seconds; [0]: all
};

static uint64_t memory[INK_LARGE_BYTES / 8 + 1];
static struct bench bench;

static void fail(const char *what) {
    fprintf(stderr, "bench_condense: %s\n", what);
    exit(1);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the feed -------------------------------------------------------------------------------- */

static void read_feed(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        fail("the feed cannot be opened");
    }
    bench.feed_bytes = (size_t)ftell(file);
    bench.feed = malloc(bench.feed_bytes + 1);
    rewind(file);
    if (bench.feed == NULL || fread(bench.feed, 1, bench.feed_bytes, file) != bench.feed_bytes) {
        fail("the feed cannot be read");
    }
    fclose(file);
    size_t length = strlen(path);
    bool wire = length > 4 && strcmp(path + length - 4, ".ink") == 0;
    bench.format = wire ? INK_FORMAT_CBOR : INK_FORMAT_NDJSON;
}

/* A record with texts of its own; they live as long as the process. */
static void keep(const struct ink_record *record) {
    struct ink_record *kept = &bench.records[bench.count++];
    *kept = *record;
    for (int i = 0; i < INK_TEXT_COUNT; i++) {
        char *text = malloc(record->text[i].bytes + 1u);
        if (text == NULL) {
            fail("no memory");
        }
        if (record->text[i].bytes > 0) {
            memcpy(text, record->text[i].at, record->text[i].bytes);
        }
        kept->text[i].at = text;
    }
}

static void decode_feed(void) {
    static struct ink_decoder decoder;
    size_t room = bench.feed_bytes / 16 + 1; // no record is as short as that
    bench.records = malloc(room * sizeof *bench.records);
    if (bench.records == NULL) {
        fail("no memory");
    }
    ink_decode_begin(&decoder, bench.format);
    ink_decode_feed(&decoder, bench.feed, bench.feed_bytes);
    enum ink_decoded found;
    while ((found = ink_decode_next(&decoder)) != INK_DECODED_MORE && bench.count < room) {
        if (found == INK_DECODED_RECORD) {
            keep(&decoder.record);
        } else if (found == INK_DECODED_STORY) {
            bench.story = decoder.u.story;
        }
    }
}

/* ---- runs ------------------------------------------------------------------------------------ */

static void feed_bytes(void) {
    ink_begin_input(&bench.ink, bench.format);
    for (size_t at = 0; at < bench.feed_bytes; at += CHUNK) {
        size_t left = bench.feed_bytes - at;
        ink_feed(&bench.ink, bench.feed + at, left < CHUNK ? left : CHUNK);
    }
    ink_end_input(&bench.ink);
}

static void feed_records(void) {
    ink_condense_story(&bench.ink.condense, &bench.story);
    for (size_t i = 0; i < bench.count; i++) {
        ink_condense_record(&bench.ink.condense, &bench.records[i]);
    }
}

static bool begin_pass(void) {
    return bench.records != NULL ? ink_condense_begin_pass(&bench.ink.condense)
                                 : ink_begin_pass(&bench.ink);
}

/* A pass counts up to the start of the next, so with the choice that ends it. */
static void run_once(int run) {
    if (ink_init(&bench.ink, &bench.config) != INK_OK) {
        fail("the memory is too small");
    }
    double from = seconds(), since = from;
    bench.passes = 0;
    for (bool more = begin_pass(); more;) {
        bench.pass[++bench.passes] = bench.ink.condense.pass;
        if (bench.records != NULL) {
            feed_records();
        } else {
            feed_bytes();
        }
        more = begin_pass();
        double now = seconds();
        bench.spent[bench.passes][run] = now - since;
        since = now;
    }
    bench.spent[0][run] = since - from;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_us(int pass, int runs) {
    qsort(bench.spent[pass], (size_t)runs, sizeof(double), ascending);
    return bench.spent[pass][runs / 2] * 1e6;
}

static struct ink_capacity capacity_named(const char *name) {
    return strcmp(name, "tiny") == 0   ? INK_TINY_CAPACITY
           : strcmp(name, "wall") == 0 ? INK_WALL_CAPACITY
                                       : INK_LARGE_CAPACITY;
}

static void print_times(int runs) {
    static const char *const names[] = {"",     "count",   "recount", "gather",
                                        "hear", "account", "fetch"};
    printf("%u records, %d passes, %.1f us:", bench.ink.condense.digest.counts.read, bench.passes,
           median_us(0, runs));
    for (int pass = 1; pass <= bench.passes; pass++) {
        printf(" %s %.1f", names[bench.pass[pass]], median_us(pass, runs));
    }
    puts("");
}

int main(int count, char **argument) {
    int runs = count == 5 ? atoi(argument[4]) : 0;
    if (runs < 1 || runs > RUNS_MAX) {
        fprintf(stderr, "usage: bench_condense FEED tiny|wall|large decoded|bytes RUNS\n");
        return 2;
    }
    bench.config = (struct ink_config){
        .capacity = capacity_named(argument[2]), .memory = memory, .memory_bytes = sizeof memory};
    read_feed(argument[1]);
    if (strcmp(argument[3], "decoded") == 0) {
        decode_feed();
    }
    for (int run = 0; run < runs; run++) {
        run_once(run);
    }
    print_times(runs);
    return 0;
}
