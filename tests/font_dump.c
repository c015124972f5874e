/* font_dump FILE.c: every glyph of a baked blob as the core reads it, for bake_check.py.
 *
 *     size PX PACKING
 *     NUMBER LEFT TOP WIDTH ADVANCE ROW ROW ...     a row: a hexadecimal digit for each column
 *     kern LEFT RIGHT PIXELS
 */
#include "core/ink_font.h"

#include <stdio.h>
#include <stdlib.h>

static uint8_t blob[1 << 22];

/* The numbers between the braces of a C array. */
static size_t read_blob(FILE *file) {
    size_t count = 0;
    int c;
    unsigned value;
    while ((c = getc(file)) != EOF && c != '{') {
    }
    while (count < sizeof blob && fscanf(file, " %u ,", &value) == 1) {
        blob[count++] = (uint8_t)value;
    }
    return count;
}

static void print_row(const struct ink_glyph_rows *rows, int width, int depth) {
    putchar(' ');
    for (int x = 0; x < width; x++) {
        unsigned level = 0;
        for (int plane = 0; plane < depth; plane++) {
            level = level << 1 | (rows->row[plane][x / 32] >> (31 - x % 32) & 1);
        }
        putchar("0123"[level]);
    }
}

static void print_glyph(const struct ink_face *face, int number) {
    struct ink_glyph glyph = ink_face_glyph(face, number);
    struct ink_glyph_rows rows = ink_glyph_rows_begin(&glyph, ink_glyph_stream(&glyph));
    printf("%d %d %d %d %d", number, glyph.left, glyph.top, glyph.width, glyph.advance);
    for (int y = 0; y < glyph.height; y++) {
        ink_glyph_rows_next(&rows);
        print_row(&rows, glyph.width, ink_face_depth(face));
    }
    putchar('\n');
}

static void print_size(const struct ink_font *font, int size, int glyphs) {
    struct ink_face face = ink_font_face(font, size);
    printf("size %d %d\n", face.px, ink_face_packing(&face));
    for (int number = 0; number < glyphs; number++) {
        print_glyph(&face, number);
    }
    for (int left = 0; left < glyphs && blob[17] > 0; left++) {
        for (int right = 0; right < glyphs; right++) {
            int pixels = ink_face_kern(&face, left, right);
            if (pixels != 0) {
                printf("kern %d %d %d\n", left, right, pixels);
            }
        }
    }
}

int main(int count, char **argument) {
    FILE *file = count == 2 ? fopen(argument[1], "r") : NULL;
    if (file == NULL || read_blob(file) < INK_FONT_HEADER) {
        fprintf(stderr, "usage: font_dump FILE.c\n");
        return 2;
    }
    fclose(file);
    struct ink_font font = {blob};
    for (int size = 0; size < ink_font_sizes(&font); size++) {
        print_size(&font, size, blob[8] | blob[9] << 8);
    }
    return 0;
}
