#include "bake/bake_pen.h"

#include "bake/bake_strike.h"

#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H

/* One open face or strike per source of the recipe. */
struct bake_pen {
    const struct bake_recipe *recipe;
    FT_Library library;
    FT_Face face[BAKE_SOURCES];
    struct bake_strike *strike[BAKE_SOURCES];
};

/* A drawn glyph before it is cut to its ink. */
struct sheet {
    FT_Bitmap bitmap;
    const int *levels; /* of a gray bitmap, else null */
    int left, top, advance;
};

/* ---- sources --------------------------------------------------------------------------------- */

static bool open_source(struct bake_pen *pen, int number) {
    const struct bake_source *source = &pen->recipe->source[number];
    char hint[2 * BAKE_NAME_BYTES];
    bool good = false;
    if (source->hint == BAKE_HINT_STRIKE) {
        pen->strike[number] = bake_strike_read(source->file);
        good = pen->strike[number] != NULL;
    } else {
        good = FT_New_Face(pen->library, source->file, source->face, &pen->face[number]) == 0;
    }
    snprintf(hint, sizeof hint, "apt-get install %s", source->package);
    return good ||
           bake_error(pen->recipe->path, source->line, hint, "expected a font in %s", source->file);
}

struct bake_pen *bake_pen_open(const struct bake_recipe *recipe) {
    struct bake_pen *pen = calloc(1, sizeof *pen);
    if (pen == NULL || FT_Init_FreeType(&pen->library) != 0) {
        bake_error("FreeType", 0, NULL, "does not start");
        free(pen);
        return NULL;
    }
    pen->recipe = recipe;
    for (int i = 0; i < recipe->sources; i++) {
        if (!open_source(pen, i)) {
            bake_pen_close(pen);
            return NULL;
        }
    }
    return pen;
}

void bake_pen_close(struct bake_pen *pen) {
    if (pen == NULL) {
        return;
    }
    for (int i = 0; i < BAKE_SOURCES; i++) {
        FT_Done_Face(pen->face[i]); // a null face is refused without harm
        free(pen->strike[i]);
    }
    FT_Done_FreeType(pen->library);
    free(pen);
}

static bool source_has(const struct bake_pen *pen, int source, uint32_t code_point) {
    const struct bake_strike *strike = pen->strike[source];
    return strike != NULL ? code_point <= BAKE_LAST_POINT && strike->glyph[code_point].columns > 0
                          : FT_Get_Char_Index(pen->face[source], code_point) > 0;
}

int bake_pen_source(const struct bake_pen *pen, int size, uint32_t code_point) {
    for (int i = 0; i < pen->recipe->sources; i++) {
        const struct bake_source *source = &pen->recipe->source[i];
        bool allowed = source->only.count == 0 || bake_ranges_have(&source->only, code_point);
        if (source->ppem_y[size] > 0 && allowed && source_has(pen, i, code_point)) {
            return i;
        }
    }
    return -1;
}

uint32_t bake_pen_index(const struct bake_pen *pen, int source, uint32_t code_point) {
    return pen->strike[source] != NULL ? code_point
                                       : FT_Get_Char_Index(pen->face[source], code_point);
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* 0 white; ink is 1, or by coverage up to 3. */
static int level_at(const struct sheet *sheet, int row, int column) {
    const unsigned char *line = sheet->bitmap.buffer + row * sheet->bitmap.pitch;
    if (sheet->levels == NULL) {
        return line[column / 8] >> (7 - column % 8) & 1;
    }
    int level = 0;
    while (level < BAKE_LEVELS && line[column] >= sheet->levels[level]) {
        level++;
    }
    return level;
}

static bool has_ink(const struct sheet *sheet, struct ink_rect rect) {
    for (int y = rect.y0; y < rect.y1; y++) {
        for (int x = rect.x0; x < rect.x1; x++) {
            if (level_at(sheet, y, x) > 0) {
                return true;
            }
        }
    }
    return false;
}

/* The part that has ink; empty if none has. */
static struct ink_rect ink_box(const struct sheet *sheet) {
    int16_t x1 = (int16_t)sheet->bitmap.width, y1 = (int16_t)sheet->bitmap.rows;
    struct ink_rect box = {0, 0, x1, y1};
    while (box.y0 < box.y1 &&
           !has_ink(sheet, (struct ink_rect){0, box.y0, x1, (int16_t)(box.y0 + 1)})) {
        box.y0++;
    }
    while (box.y1 > box.y0 &&
           !has_ink(sheet, (struct ink_rect){0, (int16_t)(box.y1 - 1), x1, box.y1})) {
        box.y1--;
    }
    while (box.x0 < box.x1 &&
           !has_ink(sheet, (struct ink_rect){box.x0, box.y0, (int16_t)(box.x0 + 1), box.y1})) {
        box.x0++;
    }
    while (box.x1 > box.x0 &&
           !has_ink(sheet, (struct ink_rect){(int16_t)(box.x1 - 1), box.y0, box.x1, box.y1})) {
        box.x1--;
    }
    return box;
}

static bool copy_ink(const struct sheet *sheet, int depth, struct bake_glyph *glyph) {
    struct ink_rect box = ink_box(sheet);
    glyph->width = box.x1 - box.x0;
    glyph->height = box.y1 - box.y0;
    glyph->advance = sheet->advance;
    if (glyph->height <= 0 || glyph->width <= 0) {
        glyph->width = glyph->height = 0;
        return true;
    }
    glyph->left = sheet->left + box.x0;
    glyph->top = sheet->top - box.y0;
    glyph->rows = calloc((size_t)glyph->height, sizeof glyph->rows[0]);
    glyph->low = depth == 2 ? calloc((size_t)glyph->height, sizeof glyph->low[0]) : NULL;
    if (glyph->rows == NULL || (depth == 2 && glyph->low == NULL)) {
        return bake_error("inkline-bake-font", 0, NULL, "out of memory");
    }
    for (int y = 0; y < glyph->height; y++) {
        for (int x = 0; x < glyph->width && x < INK_GLYPH_WIDTH_MAX; x++) {
            int level = level_at(sheet, box.y0 + y, box.x0 + x);
            uint32_t bit = UINT32_C(1) << (31 - x % 32);
            glyph->rows[y][x / 32] |= level >> (depth - 1) > 0 ? bit : 0;
            if (depth == 2) {
                glyph->low[y][x / 32] |= (level & 1) != 0 ? bit : 0;
            }
        }
    }
    return true;
}

static bool check_box(const struct bake_recipe *recipe, const struct bake_source *source, int size,
                      const struct bake_glyph *glyph) {
    const char *hint = "put a source before it that serves this code point with fewer ppem";
    if (glyph->width > INK_GLYPH_WIDTH_MAX || glyph->height > 127) {
        return bake_error(recipe->path, source->line, hint,
                          "U+%04X of %s at size %d is %d pixels wide, expected at most %d",
                          glyph->code_point, source->name, recipe->px[size], glyph->width,
                          INK_GLYPH_WIDTH_MAX);
    }
    if (glyph->left < -128 || glyph->left > 127 || glyph->top > 127 || glyph->top < -128 ||
        glyph->advance > 255) {
        return bake_error(recipe->path, source->line, hint,
                          "U+%04X of %s at size %d does not fit the metrics of a blob",
                          glyph->code_point, source->name, recipe->px[size]);
    }
    return true;
}

/* Mono snaps strokes to whole pixels both ways; gray only to whole rows, as light hinting does. */
static FT_Int32 flags_of(const struct bake_recipe *recipe, const struct bake_source *source) {
    FT_Int32 flags = source->hint == BAKE_HINT_AUTO ? FT_LOAD_FORCE_AUTOHINT : 0;
    if (recipe->depth == 1) {
        return flags | FT_LOAD_TARGET_MONO;
    }
    return flags | (source->hint == BAKE_HINT_AUTO ? FT_LOAD_TARGET_LIGHT : FT_LOAD_TARGET_NORMAL);
}

static bool draw_outline(const struct bake_pen *pen, int size, int number, uint32_t index,
                         struct sheet *sheet) {
    const struct bake_source *source = &pen->recipe->source[number];
    FT_Face face = pen->face[number];
    bool gray = pen->recipe->depth == 2;
    if (FT_Set_Pixel_Sizes(face, (FT_UInt)source->ppem_x[size], (FT_UInt)source->ppem_y[size]) !=
            0 ||
        FT_Load_Glyph(face, index, flags_of(pen->recipe, source)) != 0 ||
        FT_Render_Glyph(face->glyph, gray ? FT_RENDER_MODE_NORMAL : FT_RENDER_MODE_MONO) != 0) {
        return false;
    }
    *sheet = (struct sheet){.bitmap = face->glyph->bitmap,
                            .levels = gray ? pen->recipe->levels : NULL,
                            .left = face->glyph->bitmap_left,
                            .top = face->glyph->bitmap_top,
                            .advance = (int)((face->glyph->advance.x + 32) >> 6)};
    return true;
}

static struct sheet strike_sheet(struct bake_strike_glyph *glyph) {
    return (struct sheet){.bitmap = {.rows = BAKE_STRIKE_ROWS,
                                     .width = glyph->columns,
                                     .pitch = glyph->columns / 8,
                                     .buffer = glyph->bits},
                          .top = BAKE_STRIKE_ASCENT,
                          .advance = glyph->columns};
}

bool bake_pen_draw(const struct bake_pen *pen, int size, int source, uint32_t index,
                   struct bake_glyph *glyph) {
    const struct bake_source *from = &pen->recipe->source[source];
    struct sheet sheet;
    glyph->source = source;
    if (pen->strike[source] != NULL) {
        sheet = strike_sheet(&pen->strike[source]->glyph[index]);
    } else if (!draw_outline(pen, size, source, index, &sheet)) {
        return bake_error(pen->recipe->path, from->line, NULL,
                          "U+%04X of %s cannot be drawn at size %d", glyph->code_point, from->file,
                          pen->recipe->px[size]);
    }
    return copy_ink(&sheet, pen->recipe->depth, glyph) && check_box(pen->recipe, from, size, glyph);
}
