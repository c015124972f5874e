/* Inputs to a picture: the core's call sequence with the host's files around it.
 *
 * RAM: the profile's memory of the panel and one band; nothing else grows.
 */
#ifndef INK_DRAW_H
#define INK_DRAW_H

#include "changed.h"
#include "core/ink.h"
#include "feed.h"
#include "hold.h"
#include "inputs.h"
#include "sha.h"

/* Microseconds by stage. */
struct ink_times {
    long read, condense, layout, raster;
};

struct ink_drawing {
    struct ink ink;
    const struct ink_panel *panel;
    struct ink_view view;
    void *memory; /* of the core */
    size_t memory_bytes, band_bytes;
    struct ink_times time;
    struct ink_why why;   /* with --dump digest */
    struct ink_hold hold; /* with --hold: what was shown before */
    bool compared;        /* `changed` says what differs from what was shown before */
    bool compared_cards;  /* and `changed_outside` how many pixels of it where no new card is */
    struct ink_changed changed;
    uint32_t changed_outside;
    char hash[INK_SHA_HEX]; /* of the native frame, if asked for */
};

/* Feed all inputs and lay out the page. Returns INK_EXIT_OK, or prints why not; either way end the
 * drawing. */
int ink_drawing_make(struct ink_drawing *drawing, const struct ink_inputs *inputs,
                     const struct ink_panel *panel, const struct ink_options *options) INK_MUST_USE;

/* Draw in bands: to a PNG (NULL: none), and into drawing->hash if `hash`. `band_rows` 0: as the
 * panel's boards do. */
int ink_drawing_write(struct ink_drawing *drawing, const char *png, int band_rows,
                      bool hash) INK_MUST_USE;

/* The whole frame, as a band of all rows; the caller's to free. NULL: no memory. */
uint8_t *ink_drawing_frame(const struct ink_drawing *drawing) INK_MUST_USE;

void ink_drawing_end(struct ink_drawing *drawing);

/* Microseconds of a steady clock. */
long ink_clock_us(void);

#endif
