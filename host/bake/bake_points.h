/* Which code points a recipe's blob has. */
#ifndef BAKE_POINTS_H
#define BAKE_POINTS_H

#include "bake/bake_recipe.h"

/* A set of code points. */
struct bake_points {
    bool has[BAKE_LAST_POINT + 1];
};

/* `covered`: all that the recipe covers without its exceptions. `picked`: of the range that it
 * picks from, the characters of the UTF-8 file `charset`; if that is null, those of the recipe's
 * sets; if it has none, all. A picked one need not be in any font. False after a message. */
bool bake_points_list(const struct bake_recipe *recipe, const char *charset,
                      struct bake_points *covered, struct bake_points *picked);

#endif
