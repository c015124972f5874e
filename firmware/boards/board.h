/* The program that every board image runs, and what a board must provide for it.
 *
 *     PANEL INPUT OUTPUT [DISTANCE_MM]
 *
 * reads the feed INPUT (.ink) once a pass, lays it out for PANEL and writes the frame to OUTPUT:
 * plane by plane, the panel's rows from top to bottom, (width + 7) / 8 bytes a row, bit 7 leftmost;
 * the first plane has the highest bits of the native values (core/ink_inks.h).
 */
#ifndef BOARD_H
#define BOARD_H

#include "core/ink_profile.h"

/* Bytes of a band of one plane: the profile's rows at its widest panel. */
#define BOARD_TINY_BAND_BYTES  (INK_TINY_BAND_ROWS * 296 / 8)
#define BOARD_WALL_BAND_BYTES  (INK_WALL_BAND_ROWS * 960 / 8)
#define BOARD_LARGE_BAND_BYTES (INK_WALL_BAND_ROWS * 2560 / 8)

/* Bytes read at a time: the core takes any chunking, so small is right. */
#define BOARD_CHUNK_BYTES 128

/* What a board has. All memory is the board's own, reserved at link time. */
struct board {
    struct ink *ink;
    void *memory; /* aligned for uint64_t, enough for `profile` */
    size_t memory_bytes;
    uint8_t *band;
    size_t band_bytes;
    uint8_t profile; /* enum ink_profile: the largest that the memory holds */
};

/* Provided by the board: files and a place for messages. One input and one output at a time. */
bool board_open(const char *input, const char *output);
bool board_rewind(void);                                  /* the input, to its first byte */
bool board_read(void *bytes, size_t room, size_t *count); /* *count 0 at the end; false: error */
bool board_write(const void *bytes, size_t count);        /* to the output, all or false */
bool board_close(void);                                   /* false if the output did not arrive */
void board_say(const char *text);                         /* to whoever watches, as it is */

/* The program. `arguments` are the words above, without a program name. Returns the exit code:
 * 0 done, 2 usage, 65 nothing usable in the input, 70 our own fault, 74 I/O error. */
int board_show(const struct board *board, int count, char *const arguments[]);

#endif
