/* Force-included before every file of the core: what the core promises not to use does not
 * compile. The headers that mention these words come first, and are then spent. */
#ifndef INK_POISON_H
#define INK_POISON_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* no floating point */
#pragma GCC poison float double _Complex
/* no heap */
#pragma GCC poison malloc calloc realloc free alloca strdup strndup
/* no input or output */
#pragma GCC poison printf fprintf sprintf snprintf puts fputs fopen fread fwrite FILE errno
/* nothing that depends on a locale or a hidden state, or calls back */
#pragma GCC poison setlocale strtol strtoul atoi strtok rand srand qsort bsearch
/* no jumps out of a function, no way to stop the program */
#pragma GCC poison setjmp longjmp exit abort

#endif
