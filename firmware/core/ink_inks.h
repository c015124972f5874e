/* Service: the inks of a panel, and what each role of a page looks like in them.
 *
 * A page says what an op is drawn for, its role. What that looks like is decided here and nowhere
 * else, in one table of roles by kinds of panel, so that the rules of contrast hold by construction
 * (WCAG 2.2: text 4.5:1, marks 3:1):
 * - text stands on paper, on INK_GROUND or as INK_ON_ALERT on INK_ALERT_GROUND, and is one solid
 *   ink: nothing is ever dithered;
 * - red never lies on black; yellow is never an ink on paper, only a ground framed in black; red
 *   and green never meet, so no role is green;
 * - no role is told by its colour alone: ink_role_cues names what else tells it, and that is drawn
 *   on every panel.
 *
 * No RAM. Names, colours and cues are for people: an image that does not ask for them has none.
 */
#ifndef INK_INKS_H
#define INK_INKS_H

#include "core/ink_types.h"

/* What an op is drawn for. */
enum ink_ink {
    INK_PAPER,        /* the ground, and letters on a reversed box */
    INK_TEXT,         /* what is to be read first */
    INK_MUTED,        /* sources, dates, counts */
    INK_RULE,         /* poles, ticks */
    INK_ACCENT,       /* now */
    INK_ALERT,        /* marks and poles of what asks for caution */
    INK_ALERT_GROUND, /* a box behind INK_ON_ALERT: ink_page_alert draws it, with its frame */
    INK_ON_ALERT,     /* letters on it */
    INK_GROUND,       /* behind every second lane; paper where that would be dirt */
    INK_LANE_1,       /* lines of lanes */
    INK_LANE_2,
    INK_LANE_3,
    INK_LANE_4,
    INK_ALERT_FRAME, /* of the box, see INK_ALERT_GROUND */
    INK_INK_COUNT
};

/* Kinds of panel by their inks. */
enum ink_inks {
    INK_INKS_BW,       /* black and white */
    INK_INKS_GRAY4,    /* four levels of gray */
    INK_INKS_GRAY16,   /* sixteen */
    INK_INKS_BWR,      /* black, white, red */
    INK_INKS_BWY,      /* black, white, yellow */
    INK_INKS_BWRY,     /* black, white, red, yellow */
    INK_INKS_COLOUR7,  /* and green, blue, orange: ACeP, Gallery */
    INK_INKS_SPECTRA6, /* black, white, yellow, red, blue, green */
    INK_INKS_COUNT
};

#define INK_PLANES_MAX  4
#define INK_COLOURS_MAX 16

/* A pixel of a panel is a number, its native value, whose bits lie in as many planes, the highest
 * in the first (see ink_band.h). */
struct ink_inks_facts {
    uint8_t planes; /* 1..INK_PLANES_MAX */
    bool gray;      /* values are levels, evenly spaced, and glyphs have 2 bits a pixel */
    uint8_t values[INK_INK_COUNT]; /* native, by role */
};

/* By enum ink_inks. */
extern const struct ink_inks_facts ink_inks_table[INK_INKS_COUNT];

/* Bits a pixel of glyphs on such a panel: 1, or 2 if it is gray. */
static inline int ink_inks_glyph_depth(int inks) {
    return ink_inks_table[inks].gray ? 2 : 1;
}

/* Gray panels only. Is the role's ink nearer to paper than to text, as letters on black are? */
bool ink_inks_is_light(int inks, int role);

/* Gray panels only: the native value of a glyph's pixel of `level` 1..3 in the role's ink. 3 is the
 * ink itself, below it is blended with what such letters stand on: paper, or black if they are
 * light. */
uint8_t ink_inks_blend(int inks, int role, int level);

/* ---- for people -------------------------------------------------------------------------------
 */

/* One native colour, and what it looks like. */
struct ink_colour {
    const char *name;
    uint8_t value;
    uint8_t red, green, blue; /* sRGB on the glass, in the light of an office */
};

/* All of a kind, in order of value. */
struct ink_colours {
    const char *name; /* of the kind */
    uint8_t count;
    struct ink_colour colour[INK_COLOURS_MAX];
};
extern const struct ink_colours ink_inks_colours[INK_INKS_COUNT];

/* What else than colour tells a role, on every panel. */
extern const char *const ink_role_cues[INK_INK_COUNT];

#endif
