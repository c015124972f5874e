/* The version of the program; the build may override it. */
#ifndef INK_VERSION_H
#define INK_VERSION_H

#ifndef INK_VERSION
#define INK_VERSION "0.1.0"
#endif

#endif
