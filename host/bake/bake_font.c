/* inkline-bake-font: a font recipe to a C file that defines ink_font_<role>.
 *
 * The same recipe, fonts and FreeType give the same bytes. What is refused, and why, is in
 * bake_gate.h and bake_glyph.h; the recipe's syntax is in fonts/README.md.
 */
#define _POSIX_C_SOURCE 200809L

#include "bake/bake_blob.h"
#include "bake/bake_gate.h"

#include <stdlib.h>
#include <string.h>

#define BYTES_PER_LINE 20

struct command {
    const char *recipe, *out;
    const char *sizes; /* "16,20", or null: all */
};

static bool parse_command(int count, char **arguments, struct command *command) {
    for (int i = 1; i < count; i++) {
        bool more = i + 1 < count;
        if (strcmp(arguments[i], "-o") == 0 && more) {
            command->out = arguments[++i];
        } else if (strcmp(arguments[i], "--sizes") == 0 && more) {
            command->sizes = arguments[++i];
        } else if (arguments[i][0] != '-' && command->recipe == NULL) {
            command->recipe = arguments[i];
        } else {
            return false;
        }
    }
    return command->recipe != NULL && command->out != NULL;
}

/* One bit for each size of the recipe; 0 after a message. */
static unsigned choose_sizes(const struct bake_recipe *recipe, const char *list) {
    unsigned chosen = 0;
    for (const char *at = list; at != NULL; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        char *end;
        long px = strtol(at, &end, 10);
        int size = 0;
        while (size < recipe->sizes && recipe->px[size] != px) {
            size++;
        }
        if (end == at || (*end != ',' && *end != '\0') || size == recipe->sizes) {
            bake_error(recipe->path, 0, "for example: --sizes 16,20,28",
                       "expected sizes of this recipe after --sizes, found \"%s\"", at);
            return 0;
        }
        chosen |= 1u << size;
    }
    return list != NULL ? chosen : (1u << recipe->sizes) - 1;
}

/* The last part of a path: what a comment may say on every machine alike. */
static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static int glyphs_from(const struct bake_glyphs *glyphs, const struct bake_recipe *recipe,
                       unsigned chosen, int source) {
    int most = 0;
    for (int size = 0; size < recipe->sizes; size++) {
        int count = 0;
        for (int i = 0; i < glyphs->count; i++) {
            count += glyphs->glyph[size][i].source == source;
        }
        most = chosen >> size & 1 ? ink_max(most, count) : most;
    }
    return most;
}

static void write_sources(FILE *stream, const struct bake_recipe *recipe,
                          const struct bake_glyphs *glyphs, unsigned chosen) {
    fputs(" * Sources, first one first:\n", stream);
    for (int i = 0; i < recipe->sources; i++) {
        const struct bake_source *source = &recipe->source[i];
        int count = glyphs_from(glyphs, recipe, chosen, i);
        if (count > 0) {
            fprintf(stream, " *   %s (Debian %s, %s, %s), glyphs: %d\n", source->name,
                    source->package, name_of(source->file), source->licence, count);
        }
    }
}

static void write_ranges(FILE *stream, const struct bake_glyphs *glyphs) {
    const struct bake_glyph *glyph = glyphs->glyph[0];
    int column = fprintf(stream, " * Code points (%d):", glyphs->count);
    for (int i = 0; i < glyphs->count;) {
        int end = i + 1;
        while (end < glyphs->count && glyph[end].code_point == glyph[end - 1].code_point + 1) {
            end++;
        }
        column = column > 88 ? fprintf(stream, "\n *  ") : column;
        column += fprintf(stream, " %04X", glyph[i].code_point);
        column += end - i > 1 ? fprintf(stream, "-%04X", glyph[end - 1].code_point) : 0;
        i = end;
    }
    fputc('\n', stream);
}

static void write_comment(FILE *stream, const struct bake_recipe *recipe,
                          const struct bake_glyphs *glyphs, const struct bake_blob *blob,
                          unsigned chosen) {
    fprintf(stream, "/* Role \"%s\", made by inkline-bake-font from %s. Do not edit.\n *\n",
            recipe->role, name_of(recipe->path));
    write_sources(stream, recipe, glyphs, chosen);
    fputs(" * The licences travel with the blob: fonts/licences.\n *\n", stream);
    write_ranges(stream, glyphs);
    fputs(" *\n * Sizes, bytes of metrics and bitmaps:\n", stream);
    for (int size = 0; size < recipe->sizes; size++) {
        if (chosen >> size & 1) {
            fprintf(stream, " *   %3d px, line %2d: %6zu\n", recipe->px[size], recipe->line[size],
                    blob->glyph_bytes[size]);
        }
    }
    fprintf(stream, " *   whole blob:     %6zu\n */\n", blob->count);
}

static bool write_font(const char *path, const struct bake_recipe *recipe,
                       const struct bake_glyphs *glyphs, const struct bake_blob *blob,
                       unsigned chosen) {
    struct bake_out out;
    if (!bake_out_open(&out, path)) {
        return false;
    }
    write_comment(out.stream, recipe, glyphs, blob, chosen);
    fprintf(out.stream, "#include \"core/ink_font.h\"\n\nconst uint8_t ink_font_%s[] = {",
            recipe->role);
    for (size_t i = 0; i < blob->count; i++) {
        fprintf(out.stream, "%s%u,", i % BYTES_PER_LINE == 0 ? "\n    " : "", blob->bytes[i]);
    }
    fputs("\n};\n", out.stream);
    return bake_out_commit(&out);
}

static int bake(const struct command *command, struct bake_recipe *recipe) {
    struct bake_glyphs glyphs = {0};
    struct bake_blob blob = {0};
    unsigned chosen = 0;
    if (bake_recipe_read(recipe, command->recipe)) {
        chosen = choose_sizes(recipe, command->sizes);
    }
    bool made = chosen != 0 && bake_glyphs_draw(&glyphs, recipe) && bake_gate(recipe, &glyphs) &&
                bake_blob_make(&blob, recipe, &glyphs, chosen);
    int code = BAKE_REFUSED;
    if (made) {
        code = write_font(command->out, recipe, &glyphs, &blob, chosen) ? BAKE_DONE : BAKE_IO;
    }
    bake_blob_free(&blob);
    bake_glyphs_free(&glyphs);
    return code;
}

int main(int count, char **arguments) {
    static struct bake_recipe recipe;
    struct command command = {0};
    if (!parse_command(count, arguments, &command)) {
        fputs("usage: inkline-bake-font RECIPE [--sizes PX,PX...] -o OUT.c\n", stderr);
        return BAKE_USAGE;
    }
    unsetenv("FREETYPE_PROPERTIES"); // it could choose another hinter
    return bake(&command, &recipe);
}
