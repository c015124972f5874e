/* The three memory profiles: capacities, and what they cost.
 *
 * A profile belongs to the panel (struct ink_panel), so that a feed gives the same frame on the
 * desktop and on the device: what is kept depends on the capacities.
 */
#ifndef INK_PROFILE_H
#define INK_PROFILE_H

#include "core/ink.h"

/*                          events  ids  work  text   page   bytes; work 0: as events and text */
#define INK_TINY_PROFILE(X)                                                                        \
    X(24, 64, 0, 2240, 2560) /* 2.9" and smaller: fits a part with 16 KB                           \
                              */
#define INK_WALL_PROFILE(X)  X(128, 512, 0, 8192, 7968)    /* up to 960x680 */
#define INK_LARGE_PROFILE(X) X(256, 4096, 0, 32768, 32768) /* 10.3" and larger */

#define INK_CAPACITY_OF(e, i, w, t, p)                                                             \
    ((struct ink_capacity){                                                                        \
        .events = (e), .ids = (i), .work_bytes = (w), .text_bytes = (t), .page_bytes = (p)})

#define INK_TINY_CAPACITY  INK_TINY_PROFILE(INK_CAPACITY_OF)
#define INK_WALL_CAPACITY  INK_WALL_PROFILE(INK_CAPACITY_OF)
#define INK_LARGE_CAPACITY INK_LARGE_PROFILE(INK_CAPACITY_OF)

/* Bytes of memory for ink_init. */
#define INK_TINY_BYTES  INK_TINY_PROFILE(INK_MEMORY_BYTES)
#define INK_WALL_BYTES  INK_WALL_PROFILE(INK_MEMORY_BYTES)
#define INK_LARGE_BYTES INK_LARGE_PROFILE(INK_MEMORY_BYTES)

/* Rows of a band that a board of the profile draws at a time. */
#define INK_TINY_BAND_ROWS  16
#define INK_WALL_BAND_ROWS  32
#define INK_LARGE_BAND_ROWS 64

/* On a 32-bit part, with band and stack, these stay under 12 KB and 40 KB. Bytes. */
_Static_assert(sizeof(void *) > 4 || INK_TINY_BYTES <= 8192, "tiny profile outgrew its memory");
_Static_assert(sizeof(void *) > 4 || INK_WALL_BYTES <= 34 * 1024,
               "wall profile outgrew its memory");

#endif
