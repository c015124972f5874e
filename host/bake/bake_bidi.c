/* inkline-bake-bidi: the Unicode files of mirror images and brackets to the table of the core.
 *
 * Reads BidiMirroring.txt and BidiBrackets.txt, writes ink_bidi_table as ink_bidi.h describes it.
 * The core takes a bracket's pair for its mirror image, and all of either for below U+10000: both
 * are checked.
 */
#include "bake/bake_out.h"
#include "core/ink_bidi.h"

#include <errno.h>
#include <stdlib.h>

#define CODE_POINTS    0x10000
#define LINE_BYTES     1024
#define WORDS_PER_LINE 8
#define DISTANCE_MAX   4095 /* n of a word: 13 bits with a sign */

struct bake {
    uint32_t image[CODE_POINTS]; /* 0: none */
    uint8_t bracket[CODE_POINTS];
};

/* ---- the files ------------------------------------------------------------------------------- */

static bool read_mirror(struct bake *bake, const char *text) {
    unsigned long from = 0;
    unsigned long to = 0;
    if (sscanf(text, "%lx; %lx", &from, &to) != 2 || from >= CODE_POINTS || to >= CODE_POINTS) {
        return false;
    }
    bake->image[from] = (uint32_t)to;
    return true;
}

static bool read_bracket(struct bake *bake, const char *text) {
    unsigned long from = 0;
    unsigned long to = 0;
    char kind = '\0';
    if (sscanf(text, "%lx; %lx; %c", &from, &to, &kind) != 3 || from >= CODE_POINTS ||
        bake->image[from] != to || (kind != 'o' && kind != 'c')) {
        return false;
    }
    bake->bracket[from] = kind == 'o' ? INK_BRACKET_OPENS : INK_BRACKET_CLOSES;
    return true;
}

static bool read_file(struct bake *bake, const char *path,
                      bool (*read)(struct bake *, const char *)) {
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        return bake_error(path, 0, "apt-get install unicode-data", "cannot be read: %s",
                          strerror(errno));
    }
    char text[LINE_BYTES];
    int line = 0;
    int read_lines = 0;
    bool good = true;
    while (good && fgets(text, sizeof text, stream) != NULL) {
        line++;
        if (text[0] != '#' && text[strspn(text, " \t\r\n")] != '\0') {
            good = read(bake, text);
            read_lines++;
        }
    }
    good = good && !ferror(stream) && read_lines > 0;
    fclose(stream);
    return good || bake_error(path, line, "BidiMirroring.txt, then BidiBrackets.txt",
                              "expected code points below U+10000, a bracket's pair its mirror "
                              "image");
}

/* ---- the table ------------------------------------------------------------------------------- */

/* True if c and c + 1 mirror each other, and are brackets of that kind and the other, or neither.
 */
static bool are_near(const struct bake *bake, uint32_t c, uint8_t bracket) {
    uint8_t other = bracket == INK_BRACKET_NONE ? bracket : bracket ^ 3;
    return c + 1 < CODE_POINTS && bake->image[c] == c + 1 && bake->image[c + 1] == c &&
           bake->bracket[c] == bracket && bake->bracket[c + 1] == other;
}

static int write_words(FILE *stream, const struct bake *bake) {
    int words = 0;
    uint32_t step = 1;
    for (uint32_t c = 0; c < CODE_POINTS; c += step) {
        step = 1;
        if (bake->image[c] == 0) {
            continue;
        }
        uint32_t pairs = 0;
        while (are_near(bake, c + 2 * pairs, bake->bracket[c])) {
            pairs++;
        }
        int n = pairs > 0 ? (int)pairs : (int)bake->image[c] - (int)c;
        if (abs(n) > DISTANCE_MAX) {
            return 0;
        }
        uint32_t word = c << 16 | ((uint32_t)n << 3 & 0xFFF8) | bake->bracket[c];
        fprintf(stream, "%s0x%08x,", words % WORDS_PER_LINE == 0 ? "\n    " : " ",
                pairs > 0 ? word | INK_BIDI_NEAR : word);
        step = pairs > 0 ? 2 * pairs : 1;
        words++;
    }
    return words;
}

static int write_table(const char *path, const struct bake *bake) {
    struct bake_out out;
    if (!bake_out_open(&out, path)) {
        return BAKE_IO;
    }
    fputs("/* Mirror images and brackets, made by inkline-bake-bidi from BidiMirroring.txt and\n"
          " * BidiBrackets.txt of the Unicode Character Database (Unicode licence,\n"
          " * https://www.unicode.org/license.txt). Do not edit. */\n"
          "#include \"core/ink_bidi.h\"\n\n"
          "const uint32_t ink_bidi_table[] = {",
          out.stream);
    int words = write_words(out.stream, bake);
    if (words == 0) {
        fclose(out.stream);
        remove(out.beside);
        bake_error(path, 0, "the words of ink_bidi.h must change",
                   "expected mirror images at most %d code points away", DISTANCE_MAX);
        return BAKE_REFUSED;
    }
    fprintf(out.stream, "\n};\n\nconst uint16_t ink_bidi_table_count = %d; /* %d bytes */\n", words,
            words * 4);
    return bake_out_commit(&out) ? BAKE_DONE : BAKE_IO;
}

int main(int count, char **arguments) {
    if (count != 5 || strcmp(arguments[3], "-o") != 0) {
        fputs("usage: inkline-bake-bidi BidiMirroring.txt BidiBrackets.txt -o OUT.c\n", stderr);
        return BAKE_USAGE;
    }
    struct bake *bake = calloc(1, sizeof *bake);
    int code = BAKE_IO;
    if (bake != NULL) {
        bool good = read_file(bake, arguments[1], read_mirror) &&
                    read_file(bake, arguments[2], read_bracket);
        code = good ? write_table(arguments[4], bake) : BAKE_REFUSED;
    }
    free(bake);
    return code;
}
