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
    const char *sizes;   /* "16,20", or null: all */
    const char *charset; /* a file of characters, or null */
    bool gray, small;
};

static bool parse_word(char **arguments, struct command *command, int *at) {
    const char *word = arguments[*at], *next = arguments[*at + 1];
    const char **value = strcmp(word, "-o") == 0          ? &command->out
                         : strcmp(word, "--sizes") == 0   ? &command->sizes
                         : strcmp(word, "--charset") == 0 ? &command->charset
                                                          : NULL;
    if (value != NULL && next != NULL) {
        *value = next;
        ++*at;
    } else if (strcmp(word, "--codec") == 0 && next != NULL) {
        command->small = strcmp(next, "small") == 0;
        ++*at;
        return command->small || strcmp(next, "rows") == 0;
    } else if (strcmp(word, "--gray") == 0) {
        command->gray = true;
    } else if (word[0] != '-' && command->recipe == NULL) {
        command->recipe = word;
    } else {
        return false;
    }
    return true;
}

/* A null pointer ends the arguments. */
static bool parse_command(char **arguments, struct command *command) {
    for (int i = 1; arguments[i] != NULL; i++) {
        if (!parse_word(arguments, command, &i)) {
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
        for (int i = 0; glyphs->glyph[size] != NULL && i < glyphs->count; i++) {
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
    const struct bake_glyph *glyph = NULL;
    for (int size = 0; glyph == NULL; size++) {
        glyph = glyphs->glyph[size];
    }
    int column = fprintf(stream, " * Code points (%d):", glyphs->points);
    for (int i = 0; i < glyphs->points;) {
        int end = i + 1;
        while (end < glyphs->points && glyph[end].code_point == glyph[end - 1].code_point + 1) {
            end++;
        }
        column = column > 88 ? fprintf(stream, "\n *  ") : column;
        column += fprintf(stream, " %04X", glyph[i].code_point);
        column += end - i > 1 ? fprintf(stream, "-%04X", glyph[end - 1].code_point) : 0;
        i = end;
    }
    fputc('\n', stream);
}

/* A table of what takes how much. */
static void write_sizes(FILE *stream, const struct bake_recipe *recipe,
                        const struct bake_glyphs *glyphs, const struct bake_blob *blob,
                        unsigned chosen) {
    fprintf(stream,
            " *\n * Letters that join: %d, ligatures: %d. Glyphs: %d a size, code points in %d "
            "runs.\n *\n",
            glyphs->joins, glyphs->ligatures, blob->glyphs, blob->ranges);
    fputs(" * Bytes: metrics, bitmaps, kerning, in all:\n", stream);
    for (int size = 0; size < recipe->sizes; size++) {
        const struct bake_use *use = &blob->use[size];
        if (chosen >> size & 1) {
            fprintf(stream, " *   %3d px, line %2d, %s: %6zu %7zu %5zu %7zu\n", recipe->px[size],
                    recipe->line[size], use->ranged ? "range" : "rows ", use->metrics, use->bitmaps,
                    use->kern, use->metrics + use->bitmaps + use->kern);
        }
    }
    fprintf(stream, " *   shared by all sizes: %zu\n", blob->shared);
    fprintf(stream, " *   whole blob: %zu\n */\n", blob->bytes.count);
}

static void write_comment(FILE *stream, const struct bake_recipe *recipe,
                          const struct bake_glyphs *glyphs, const struct bake_blob *blob,
                          unsigned chosen) {
    fprintf(stream, "/* %s \"%s\"%s, made by inkline-bake-font from %s. Do not edit.\n *\n",
            recipe->script ? "Script" : "Role", recipe->role,
            recipe->depth == 2 ? " in four grays" : "", name_of(recipe->path));
    write_sources(stream, recipe, glyphs, chosen);
    fputs(" * The licences travel with the blob: fonts/licences.\n *\n", stream);
    write_ranges(stream, glyphs);
    write_sizes(stream, recipe, glyphs, blob, chosen);
}

static bool write_font(const char *path, const struct bake_recipe *recipe,
                       const struct bake_glyphs *glyphs, const struct bake_blob *blob,
                       unsigned chosen) {
    struct bake_out out;
    if (!bake_out_open(&out, path)) {
        return false;
    }
    write_comment(out.stream, recipe, glyphs, blob, chosen);
    fprintf(out.stream, "#include \"core/ink_font.h\"\n\nextern const uint8_t ink_font_%s%s[];\n",
            recipe->role, recipe->depth == 2 ? "_gray" : "");
    fprintf(out.stream, "const uint8_t ink_font_%s%s[] = {", recipe->role,
            recipe->depth == 2 ? "_gray" : "");
    for (size_t i = 0; i < blob->bytes.count; i++) {
        fprintf(out.stream, "%s%u,", i % BYTES_PER_LINE == 0 ? "\n    " : "", blob->bytes.at[i]);
    }
    fputs("\n};\n", out.stream);
    return bake_out_commit(&out);
}

/* Only roles are kerned: the letters of other scripts join, stand in cells, or carry points. */
static bool make_blob(struct bake_blob *blob, const struct bake_recipe *recipe,
                      const struct bake_glyphs *glyphs, const struct bake_options *options) {
    struct bake_kern kern = {0};
    bool good = (recipe->script || bake_kern_make(&kern, recipe, glyphs, options->sizes)) &&
                bake_blob_make(blob, recipe, glyphs, &kern, options);
    bake_kern_free(&kern);
    return good;
}

static bool read_recipe(const struct command *command, struct bake_recipe *recipe,
                        struct bake_options *options) {
    if (!bake_recipe_read(recipe, command->recipe)) {
        return false;
    }
    if (command->gray && recipe->levels[0] == 0) {
        return bake_error(recipe->path, 0, "for example: levels 40 110 180",
                          "expected the levels of four grays");
    }
    recipe->depth = command->gray ? 2 : 1;
    options->small = command->small;
    options->sizes = choose_sizes(recipe, command->sizes);
    return options->sizes != 0;
}

static int bake(const struct command *command, struct bake_recipe *recipe) {
    struct bake_glyphs glyphs = {0};
    struct bake_blob blob = {0};
    struct bake_options options = {0};
    bool made = read_recipe(command, recipe, &options) &&
                bake_glyphs_draw(&glyphs, recipe, command->charset) && bake_gate(recipe, &glyphs) &&
                make_blob(&blob, recipe, &glyphs, &options);
    int code = BAKE_REFUSED;
    if (made) {
        bool written = write_font(command->out, recipe, &glyphs, &blob, options.sizes);
        code = written ? BAKE_DONE : BAKE_IO;
    }
    bake_blob_free(&blob);
    bake_glyphs_free(&glyphs);
    return code;
}

int main(int count, char **arguments) {
    static struct bake_recipe recipe;
    struct command command = {0};
    if (count < 1 || !parse_command(arguments, &command)) {
        fputs("usage: inkline-bake-font RECIPE [--sizes PX,PX...] [--gray] [--codec rows|small]\n"
              "                         [--charset TEXT] -o OUT.c\n",
              stderr);
        return BAKE_USAGE;
    }
    unsetenv("FREETYPE_PROPERTIES"); // it could choose another hinter
    return bake(&command, &recipe);
}
