/* inkline-bake-grapheme: the Unicode files of grapheme cluster classes to the table of the core.
 *
 * Reads GraphemeBreakProperty.txt (every line) and emoji-data.txt (Extended_Pictographic), writes
 * ink_grapheme_table as ink_grapheme.h describes it. Hangul LV and LVT are checked against the
 * arithmetic that the core uses instead of being stored.
 */
#include "bake/bake_out.h"
#include "core/ink_grapheme.h"

#include <errno.h>
#include <stdlib.h>

#define CODE_POINTS    0x110000
#define LINE_BYTES     1024
#define RANGE_MAX      128 /* code points that one word of the table can name */
#define HANGUL_FIRST   0xAC00
#define HANGUL_LAST    0xD7A3
#define WORDS_PER_LINE 8

static const char *const class_names[] = {
    [INK_GB_CR] = "CR",
    [INK_GB_LF] = "LF",
    [INK_GB_CONTROL] = "Control",
    [INK_GB_EXTEND] = "Extend",
    [INK_GB_ZWJ] = "ZWJ",
    [INK_GB_PREPEND] = "Prepend",
    [INK_GB_SPACING_MARK] = "SpacingMark",
    [INK_GB_REGIONAL] = "Regional_Indicator",
    [INK_GB_L] = "L",
    [INK_GB_V] = "V",
    [INK_GB_T] = "T",
    [INK_GB_LV] = "LV",
    [INK_GB_LVT] = "LVT",
    [INK_GB_PICTOGRAPHIC] = "Extended_Pictographic",
};
#define CLASS_COUNT ((int)(sizeof class_names / sizeof class_names[0]))

/* One input file: where we are in it, and which of its properties count. */
struct input {
    const char *path;
    int line;
    bool pictographic_only; /* emoji-data.txt holds other properties too */
    int ranges;
};

static int class_of_name(const char *name) {
    for (int i = 1; i < CLASS_COUNT; i++) {
        if (strcmp(name, class_names[i]) == 0) {
            return i;
        }
    }
    return INK_GB_OTHER;
}

static bool set_class(const struct input *input, uint8_t *classes, const unsigned long range[2],
                      int class) {
    for (unsigned long c = range[0]; c <= range[1]; c++) {
        if (classes[c] != INK_GB_OTHER) {
            return bake_error(
                input->path, input->line,
                "the table holds one class for each code point; ink_grapheme.h must change",
                "U+%04lX is %s here and was %s before", c, class_names[class],
                class_names[classes[c]]);
        }
        classes[c] = (uint8_t) class;
    }
    return true;
}

/* "0600..0605 ; Prepend # comment", or one code point, or nothing at all. */
static bool read_line(struct input *input, const char *text, uint8_t *classes) {
    if (text[0] == '#' || text[strspn(text, " \t\r\n")] == '\0') {
        return true;
    }
    unsigned long range[2] = {0, 0};
    char name[64] = "";
    int fields = sscanf(text, "%lx..%lx ; %63[A-Za-z_]", &range[0], &range[1], name);
    if (fields == 1) {
        fields += sscanf(text, "%*x ; %63[A-Za-z_]", name);
        range[1] = range[0];
    }
    if (fields < 2 || name[0] == '\0' || range[0] > range[1] || range[1] >= CODE_POINTS) {
        return bake_error(input->path, input->line, "is this the file of Debian's unicode-data?",
                          "expected \"XXXX..YYYY ; Class\", found: %.40s", text);
    }
    int class = class_of_name(name);
    if (input->pictographic_only && class != INK_GB_PICTOGRAPHIC) {
        return true;
    }
    if (class == INK_GB_OTHER) {
        return bake_error(input->path, input->line, "a newer Unicode? ink_grapheme.h must learn it",
                          "expected a class of UAX #29, found %s", name);
    }
    input->ranges++;
    return set_class(input, classes, range, class);
}

static bool read_file(const char *path, bool pictographic_only, uint8_t *classes) {
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        return bake_error(path, 0, "apt-get install unicode-data", "cannot be read: %s",
                          strerror(errno));
    }
    struct input input = {.path = path, .pictographic_only = pictographic_only};
    char text[LINE_BYTES];
    bool good = true;
    while (good && fgets(text, sizeof text, stream) != NULL) {
        input.line++;
        good = read_line(&input, text, classes);
    }
    good = good && !ferror(stream);
    fclose(stream);
    if (good && input.ranges == 0) {
        return bake_error(path, 0, "first GraphemeBreakProperty.txt, then emoji-data.txt",
                          "expected classes of grapheme clusters, found none");
    }
    return good;
}

/* The core computes LV and LVT: take them out after checking that it may. */
static bool remove_hangul(const char *path, uint8_t *classes) {
    for (unsigned c = 0; c < CODE_POINTS; c++) {
        bool syllable = c >= HANGUL_FIRST && c <= HANGUL_LAST;
        int computed = (c - HANGUL_FIRST) % 28 == 0 ? INK_GB_LV : INK_GB_LVT;
        bool listed = classes[c] == INK_GB_LV || classes[c] == INK_GB_LVT;
        if (syllable != listed || (syllable && classes[c] != computed)) {
            return bake_error(path, 0, "ink_grapheme.c computes these and must change",
                              "U+%04X is not the Hangul syllable that Unicode 3.12 makes it", c);
        }
        classes[c] = syllable ? (uint8_t)INK_GB_OTHER : classes[c];
    }
    return true;
}

static int write_words(FILE *stream, const uint8_t *classes) {
    int words = 0;
    for (unsigned c = 0; c < CODE_POINTS;) {
        unsigned count = 1;
        while (count < RANGE_MAX && c + count < CODE_POINTS && classes[c + count] == classes[c]) {
            count++;
        }
        if (classes[c] != INK_GB_OTHER) {
            const char *before = words % WORDS_PER_LINE == 0 ? "\n    " : " ";
            fprintf(stream, "%s0x%08x,", before, c << 11 | (count - 1) << 4 | classes[c]);
            words++;
        }
        c += count;
    }
    return words;
}

static bool write_table(const char *path, const uint8_t *classes) {
    struct bake_out out;
    if (!bake_out_open(&out, path)) {
        return false;
    }
    fputs("/* Grapheme cluster classes of all code points, made by inkline-bake-grapheme from\n"
          " * GraphemeBreakProperty.txt and emoji-data.txt of the Unicode Character Database\n"
          " * (Unicode licence, https://www.unicode.org/license.txt). Do not edit. */\n"
          "#include \"core/ink_grapheme.h\"\n\n"
          "const uint32_t ink_grapheme_table[] = {",
          out.stream);
    int words = write_words(out.stream, classes);
    fprintf(out.stream, "\n};\n\nconst uint16_t ink_grapheme_table_count = %d; /* %d bytes */\n",
            words, words * 4);
    return bake_out_commit(&out);
}

int main(int count, char **arguments) {
    if (count != 5 || strcmp(arguments[3], "-o") != 0) {
        fputs("usage: inkline-bake-grapheme GraphemeBreakProperty.txt emoji-data.txt -o OUT.c\n",
              stderr);
        return BAKE_USAGE;
    }
    uint8_t *classes = calloc(CODE_POINTS, 1);
    int code = BAKE_IO;
    if (classes != NULL) {
        bool good = read_file(arguments[1], false, classes) &&
                    read_file(arguments[2], true, classes) && remove_hangul(arguments[1], classes);
        code = !good ? BAKE_REFUSED : write_table(arguments[4], classes) ? BAKE_DONE : BAKE_IO;
    }
    free(classes);
    return code;
}
