#include "bake/bake_glyph.h"

#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H

/* FreeType and one open face per source of the recipe. */
struct faces {
    const struct bake_recipe *recipe;
    FT_Library library;
    FT_Face face[BAKE_SOURCES];
};

static bool open_faces(struct faces *faces, const struct bake_recipe *recipe) {
    faces->recipe = recipe;
    if (FT_Init_FreeType(&faces->library) != 0) {
        return bake_error("FreeType", 0, NULL, "does not start");
    }
    for (int i = 0; i < recipe->sources; i++) {
        const struct bake_source *source = &recipe->source[i];
        if (FT_New_Face(faces->library, source->file, 0, &faces->face[i]) != 0) {
            char hint[2 * BAKE_NAME_BYTES];
            snprintf(hint, sizeof hint, "apt-get install %s", source->package);
            return bake_error(recipe->path, source->line, hint, "expected a font in %s",
                              source->file);
        }
    }
    return true;
}

static void close_faces(struct faces *faces) {
    for (int i = 0; i < BAKE_SOURCES; i++) {
        FT_Done_Face(faces->face[i]); // a null face is refused without harm
    }
    FT_Done_FreeType(faces->library);
}

/* The first source that serves the size and has the code point, or -1. */
static int source_of(const struct faces *faces, int size, uint32_t code_point) {
    for (int i = 0; i < faces->recipe->sources; i++) {
        const struct bake_source *source = &faces->recipe->source[i];
        bool allowed = source->only.count == 0 || bake_ranges_have(&source->only, code_point);
        if (source->ppem_y[size] > 0 && allowed &&
            FT_Get_Char_Index(faces->face[i], code_point) > 0) {
            return i;
        }
    }
    return -1;
}

static bool bitmap_ink(const FT_Bitmap *bitmap, int row, int column) {
    return bitmap->buffer[row * bitmap->pitch + column / 8] >> (7 - column % 8) & 1;
}

static bool row_has_ink(const FT_Bitmap *bitmap, int row) {
    for (int x = 0; x < (int)bitmap->width; x++) {
        if (bitmap_ink(bitmap, row, x)) {
            return true;
        }
    }
    return false;
}

static bool column_has_ink(const FT_Bitmap *bitmap, int column) {
    for (int y = 0; y < (int)bitmap->rows; y++) {
        if (bitmap_ink(bitmap, y, column)) {
            return true;
        }
    }
    return false;
}

/* The part of a bitmap that has ink, half-open. */
static struct ink_rect ink_box(const FT_Bitmap *bitmap) {
    struct ink_rect box = {0, 0, (int16_t)bitmap->width, (int16_t)bitmap->rows};
    while (box.y0 < box.y1 && !row_has_ink(bitmap, box.y0)) {
        box.y0++;
    }
    while (box.y1 > box.y0 && !row_has_ink(bitmap, box.y1 - 1)) {
        box.y1--;
    }
    while (box.x0 < box.x1 && !column_has_ink(bitmap, box.x0)) {
        box.x0++;
    }
    while (box.x1 > box.x0 && !column_has_ink(bitmap, box.x1 - 1)) {
        box.x1--;
    }
    return box;
}

static bool copy_bitmap(struct bake_glyph *glyph, const FT_GlyphSlot slot) {
    struct ink_rect box = ink_box(&slot->bitmap);
    glyph->width = box.x1 - box.x0;
    glyph->height = box.y1 - box.y0;
    glyph->left = glyph->width > 0 ? slot->bitmap_left + box.x0 : 0;
    glyph->top = glyph->height > 0 ? slot->bitmap_top - box.y0 : 0;
    if (glyph->height <= 0) {
        return true;
    }
    glyph->rows = calloc((size_t)glyph->height, sizeof glyph->rows[0]);
    if (glyph->rows == NULL) {
        return bake_error("inkline-bake-font", 0, NULL, "out of memory");
    }
    for (int y = 0; y < glyph->height; y++) {
        for (int x = 0; x < glyph->width && x < INK_GLYPH_WIDTH_MAX; x++) {
            if (bitmap_ink(&slot->bitmap, box.y0 + y, box.x0 + x)) {
                glyph->rows[y][x / 32] |= UINT32_C(1) << (31 - x % 32);
            }
        }
    }
    return true;
}

static bool check_box(const struct bake_recipe *recipe, const struct bake_source *source, int size,
                      const struct bake_glyph *glyph) {
    const char *hint = "put a source before it that serves this code point with fewer ppem";
    if (glyph->width > INK_GLYPH_WIDTH_MAX || glyph->height > 255) {
        return bake_error(recipe->path, source->line, hint,
                          "U+%04X of %s at size %d is %d pixels wide, expected at most %d",
                          glyph->code_point, source->name, recipe->px[size], glyph->width,
                          INK_GLYPH_WIDTH_MAX);
    }
    if (glyph->left < -128 || glyph->top > 127 || glyph->top < -128 || glyph->advance > 255) {
        return bake_error(recipe->path, source->line, hint,
                          "U+%04X of %s at size %d does not fit the metrics of a blob",
                          glyph->code_point, source->name, recipe->px[size]);
    }
    return true;
}

static bool draw_glyph(const struct faces *faces, int size, int number, struct bake_glyph *glyph,
                       uint32_t code_point) {
    const struct bake_source *source = &faces->recipe->source[number];
    FT_Face face = faces->face[number];
    FT_Int32 flags = FT_LOAD_TARGET_MONO;
    if (source->hint == BAKE_HINT_AUTO) {
        flags |= FT_LOAD_FORCE_AUTOHINT;
    }
    FT_UInt index = FT_Get_Char_Index(face, code_point);
    if (FT_Set_Pixel_Sizes(face, (FT_UInt)source->ppem_x[size], (FT_UInt)source->ppem_y[size]) !=
            0 ||
        FT_Load_Glyph(face, index, flags) != 0 ||
        FT_Render_Glyph(face->glyph, FT_RENDER_MODE_MONO) != 0) {
        return bake_error(faces->recipe->path, source->line, NULL,
                          "U+%04X of %s cannot be drawn at size %d", code_point, source->file,
                          faces->recipe->px[size]);
    }
    glyph->source = number;
    glyph->advance = (int)((face->glyph->advance.x + 32) >> 6);
    return copy_bitmap(glyph, face->glyph) && check_box(faces->recipe, source, size, glyph);
}

/* A mark does not advance and stands over the middle of a letter as wide as the o before it. */
static bool center_mark(const struct faces *faces, int size, struct bake_glyph *mark) {
    struct bake_glyph letter = {0};
    int number = source_of(faces, size, 'o');
    if (number < 0 || !draw_glyph(faces, size, number, &letter, 'o')) {
        return false;
    }
    free(letter.rows);
    mark->left = letter.left - letter.advance + (letter.width - mark->width) / 2;
    mark->advance = 0;
    return true;
}

static bool draw_blank(const struct faces *faces, int size, const struct bake_stand_in *blank,
                       struct bake_glyph *glyph) {
    int px = faces->recipe->px[size];
    glyph->source = -1;
    if (blank->of > 0) {
        glyph->advance = (px * blank->width + blank->of / 2) / blank->of;
        return true;
    }
    int number = source_of(faces, size, '0');
    struct bake_glyph digit = {0};
    bool good = number >= 0 && draw_glyph(faces, size, number, &digit, '0');
    glyph->advance = digit.advance;
    free(digit.rows);
    return good;
}

static bool draw_code_point(const struct faces *faces, int size, uint32_t code_point,
                            struct bake_glyph *glyph) {
    const struct bake_stand_in *stand_in = bake_recipe_stand_in(faces->recipe, code_point);
    glyph->code_point = code_point;
    if (stand_in != NULL && stand_in->as == 0) {
        return draw_blank(faces, size, stand_in, glyph);
    }
    uint32_t drawn = stand_in != NULL ? stand_in->as : code_point;
    int number = source_of(faces, size, drawn);
    if (number < 0) {
        return bake_error(
            faces->recipe->path, 0, "add a source that has it, or name it in an \"except\" line",
            "U+%04X is covered but no source has it at size %d", drawn, faces->recipe->px[size]);
    }
    if (!draw_glyph(faces, size, number, glyph, drawn)) {
        return false;
    }
    return !bake_ranges_have(&faces->recipe->marks, code_point) || center_mark(faces, size, glyph);
}

/* The code points of a role in ascending order; -1 after a message. */
static int list_code_points(const struct bake_recipe *recipe, uint32_t *list) {
    int count = 0;
    for (uint32_t c = 0; c <= BAKE_LAST_POINT; c++) {
        if (!bake_ranges_have(&recipe->cover, c) || bake_ranges_have(&recipe->except, c)) {
            continue;
        }
        if (count == BAKE_CODE_POINTS) {
            bake_error(recipe->path, 0, "raise BAKE_CODE_POINTS", "more than %d code points",
                       count);
            return -1;
        }
        list[count++] = c;
    }
    return count;
}

/* An exception for what a font does have would only hide a glyph. */
static bool check_exceptions(const struct faces *faces) {
    for (uint32_t c = 0; c <= BAKE_LAST_POINT; c++) {
        if (bake_ranges_have(&faces->recipe->except, c) && source_of(faces, 0, c) >= 0 &&
            bake_ranges_have(&faces->recipe->cover, c)) {
            return bake_error(faces->recipe->path, 0, "take it out of the \"except\" line",
                              "U+%04X is excepted but %s has it", c,
                              faces->recipe->source[source_of(faces, 0, c)].name);
        }
    }
    return true;
}

static bool draw_size(struct bake_glyphs *glyphs, const struct faces *faces, int size,
                      const uint32_t *list) {
    glyphs->glyph[size] = calloc((size_t)glyphs->count, sizeof glyphs->glyph[size][0]);
    if (glyphs->glyph[size] == NULL) {
        return bake_error("inkline-bake-font", 0, NULL, "out of memory");
    }
    for (int i = 0; i < glyphs->count; i++) {
        if (!draw_code_point(faces, size, list[i], &glyphs->glyph[size][i])) {
            return false;
        }
    }
    return true;
}

bool bake_glyphs_draw(struct bake_glyphs *glyphs, const struct bake_recipe *recipe) {
    static uint32_t list[BAKE_CODE_POINTS];
    struct faces faces = {0};
    memset(glyphs, 0, sizeof *glyphs);
    bool good = open_faces(&faces, recipe) && check_exceptions(&faces);
    if (good) {
        int count = list_code_points(recipe, list);
        glyphs->count = count > 0 ? count : 0;
        good = count > 0;
    }
    for (int size = 0; good && size < recipe->sizes; size++) {
        good = draw_size(glyphs, &faces, size, list);
    }
    close_faces(&faces);
    return good;
}

void bake_glyphs_free(struct bake_glyphs *glyphs) {
    for (int size = 0; size < INK_FONT_SIZES; size++) {
        for (int i = 0; glyphs->glyph[size] != NULL && i < glyphs->count; i++) {
            free(glyphs->glyph[size][i].rows);
        }
        free(glyphs->glyph[size]);
    }
}

const struct bake_glyph *bake_glyphs_find(const struct bake_glyphs *glyphs, int size,
                                          uint32_t code_point) {
    int low = 0;
    int high = glyphs->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (glyphs->glyph[size][middle].code_point < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < glyphs->count && glyphs->glyph[size][low].code_point == code_point;
    return found ? &glyphs->glyph[size][low] : NULL;
}
