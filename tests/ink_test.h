/* The test harness: checks that count, a seeded random stream, guard bytes. No framework.
 *
 *     static void decode_resumes_after_a_bad_record(void) { CHECK(x == 1); CHECK_INT(n, 3); }
 *     int main(void) { RUN(decode_resumes_after_a_bad_record); return ink_test_end(); }
 *
 * The closing line is "N passed, N failed". A failed check prints where and what, and the test goes
 * on.
 */
#ifndef INK_TEST_H
#define INK_TEST_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int ink_test_failures, ink_test_passed, ink_test_failed;

#define CHECK(condition) ink_test_check((condition), #condition, __FILE__, __LINE__)
#define CHECK_INT(got, want)                                                                       \
    ink_test_int((long long)(got), (long long)(want), #got, __FILE__, __LINE__)
#define CHECK_TEXT(got, bytes, want) ink_test_text((got), (bytes), (want), #got, __FILE__, __LINE__)
/* Is this built with the address sanitizer? Then everything takes ten times as long. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define RUN(test) ink_test_run((test), #test)

static inline void ink_test_check(int holds, const char *what, const char *file, int line) {
    if (!holds) {
        ink_test_failures++;
        printf("%s:%d: not true: %s\n", file, line, what);
    }
}

static inline void ink_test_int(long long got, long long want, const char *what, const char *file,
                                int line) {
    if (got != want) {
        ink_test_failures++;
        printf("%s:%d: %s is %lld, expected %lld\n", file, line, what, got, want);
    }
}

static inline void ink_test_text(const char *got, size_t bytes, const char *want, const char *what,
                                 const char *file, int line) {
    if (bytes != strlen(want) || memcmp(got, want, bytes) != 0) {
        ink_test_failures++;
        printf("%s:%d: %s is \"%.*s\", expected \"%s\"\n", file, line, what, (int)bytes, got, want);
    }
}

static inline void ink_test_run(void (*test)(void), const char *name) {
    int before = ink_test_failures;
    test();
    int failed = ink_test_failures != before;
    ink_test_failed += failed;
    ink_test_passed += !failed;
    if (failed) {
        printf("failed: %s\n", name);
    }
}

static inline int ink_test_end(void) {
    printf("%d passed, %d failed\n", ink_test_passed, ink_test_failed);
    return ink_test_failed != 0;
}

/* A deterministic random stream (splitmix64): the same on every machine for a seed. */
static inline uint64_t ink_random(uint64_t *state) {
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline uint32_t ink_random_below(uint64_t *state, uint32_t bound) {
    return (uint32_t)(ink_random(state) >> 33) % bound;
}

#endif
