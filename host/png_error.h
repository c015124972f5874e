/* What libpng does when it fails, for all that read and write PNG here. */
#ifndef INK_PNG_ERROR_H
#define INK_PNG_ERROR_H

#include <png.h>

/* Jump to the setjmp(png_jmpbuf(png)) of the caller: without a word, which is for the caller. */
void ink_png_fail(png_structp png, png_const_charp text);

void ink_png_ignore(png_structp png, png_const_charp text);

#endif
