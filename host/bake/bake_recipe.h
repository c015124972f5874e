/* A font recipe: which code points, from which fonts, at which sizes. fonts/README.md has the
 * syntax.
 */
#ifndef BAKE_RECIPE_H
#define BAKE_RECIPE_H

#include "bake/bake_out.h"
#include "core/ink_font.h"

#include <stdint.h>

#define BAKE_SOURCES     12
#define BAKE_RANGES      96
#define BAKE_WORDS       64 /* on one line */
#define BAKE_NAME_BYTES  64
#define BAKE_CODE_POINTS 4096 /* in a role; a script may have more */
#define BAKE_SETS        8
#define BAKE_LAST_POINT  0xFFFF
#define BAKE_LEVELS      3 /* between four grays */

struct bake_range {
    uint32_t first, last;
};

struct bake_ranges {
    int count;
    struct bake_range range[BAKE_RANGES];
};

/* `code_point` is drawn as `as`; or, with `as` 0, is a blank: width/of the em, or with `of` 0 as
 * wide as a digit. */
struct bake_stand_in {
    uint32_t code_point, as;
    int width, of;
};

/* Rows of a national character set of 94 by 94, by the name that iconv has for its encoding. */
struct bake_set {
    char encoding[BAKE_NAME_BYTES];
    int first, last; /* 1..94 */
};

/* STRIKE: a file of bitmaps in hexadecimal, for one size. */
enum bake_hint { BAKE_HINT_NONE, BAKE_HINT_NATIVE, BAKE_HINT_AUTO, BAKE_HINT_STRIKE };

struct bake_source {
    int line; /* of the recipe */
    char name[BAKE_NAME_BYTES];
    char package[BAKE_NAME_BYTES];
    char licence[BAKE_NAME_BYTES];
    char file[BAKE_PATH_BYTES];
    int face; /* of a collection */
    enum bake_hint hint;
    /* Per size of the recipe, across and down; 0: the source does not serve it. */
    int ppem_x[INK_FONT_SIZES], ppem_y[INK_FONT_SIZES];
    struct bake_ranges only; /* empty: all that the font has */
};

struct bake_recipe {
    const char *path;
    char role[BAKE_NAME_BYTES];
    bool script; /* no role, but letters of one script for all roles */
    int depth;   /* bits a pixel: 1, or 2 by --gray */
    int classes; /* of kerning, on either side, at most; 0: as many as bake_kern.h says */
    int levels[BAKE_LEVELS]; /* coverage of 255 from which a pixel is light gray, dark gray, black
                              */
    int sizes;
    int px[INK_FONT_SIZES], line[INK_FONT_SIZES];
    /* Drawn as this other size with each pixel a square; -1: on its own. */
    int enlarged[INK_FONT_SIZES];
    int sources;
    struct bake_source source[BAKE_SOURCES];
    struct bake_ranges cover, except, marks;
    struct bake_ranges thin;  /* letters with a thin stroke by design, not to be measured */
    struct bake_ranges joins; /* letters whose joining forms are wanted */
    struct bake_ranges pick;  /* of these only what is in `set`, or in a file of characters */
    int sets;
    struct bake_set set[BAKE_SETS];
    int stand_ins;
    struct bake_stand_in stand_in[BAKE_RANGES];
};

bool bake_ranges_have(const struct bake_ranges *ranges, uint32_t code_point);

/* What `code_point` is drawn as in the end, or null if it stands for itself. */
const struct bake_stand_in *bake_recipe_stand_in(const struct bake_recipe *recipe,
                                                 uint32_t code_point);

/* Read a recipe and what it includes. `path` must live as long. False after a message. */
bool bake_recipe_read(struct bake_recipe *recipe, const char *path);

#endif
