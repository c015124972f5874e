/* Base types of the core: status codes, a span of text, a rectangle of pixels.
 *
 * Every file of the core may include this one; it includes only the four standard headers
 * that the core is allowed to use.
 */
#ifndef INK_TYPES_H
#define INK_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A promise of our own code, never a check of input: unreachable whatever bytes are fed.
 * Replaceable: define INK_ASSERT before the first include of the core. */
#ifndef INK_ASSERT
#ifdef NDEBUG
#define INK_ASSERT(promise) ((void)sizeof(promise))
#else
#include <assert.h>
#define INK_ASSERT(promise) assert(promise)
#endif
#endif

#define INK_MUST_USE __attribute__((warn_unused_result))

/* For a function with a large buffer that is called on the way to deep ones: inlined, the buffer
 * would lie under all of them. */
#define INK_OWN_FRAME __attribute__((noinline))

/* Failures are negative, so that a count can be positive. */
enum ink_status {
    INK_OK = 0,
    INK_ERR_CONFIG = -1, /* a buffer of the config is missing, too small or misaligned */
    INK_ERR_VIEW = -2,   /* the view asks for a size outside INK_PANEL_SIDE_MIN..MAX */
};

/* Text by reference: `bytes` bytes of valid UTF-8 at `at`, no terminating zero. */
struct ink_span {
    const char *at;
    uint16_t bytes;
};

/* A rectangle of pixels, half-open: x0 <= x < x1 and y0 <= y < y1. */
struct ink_rect {
    int16_t x0, y0, x1, y1;
};

/* A text that is zero-terminated unless it fills its `cap` bytes. */
static inline struct ink_span ink_span_bounded(const char *text, size_t cap) {
    const char *end = (const char *)memchr(text, '\0', cap);
    return (struct ink_span){text, (uint16_t)(end == NULL ? cap : (size_t)(end - text))};
}

static inline int ink_min(int a, int b) {
    return a < b ? a : b;
}

static inline int ink_max(int a, int b) {
    return a > b ? a : b;
}

#endif
