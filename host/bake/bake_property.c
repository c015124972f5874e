/* inkline-bake-property: files of the Unicode Character Database to the trie of ink_property.h.
 *
 * Reads the derived files: they list every code point, and their "@missing" lines give the defaults
 * of the blocks. LB1 of UAX #14 is applied here, so the core never sees AI, CJ, SA, SG or XX.
 */
#include "bake/bake_out.h"
#include "core/ink_property.h"

#include <errno.h>
#include <stdlib.h>

#define CODE_POINTS    0x110000
#define BMP            0x10000
#define FACE           0x1F600 /* stands for all beyond the BMP in a table without them */
#define LINE_BYTES     1024
#define WORDS_MAX      256 /* a leaf names a word by 8 bits */
#define BLOCKS_MAX     256 /* so do top and high their blocks */
#define LEAF_BLOCK     8
#define MID_BLOCK      16
#define HIGH_BLOCK     32
#define LEAF_MAX       0x10000 /* a mid is 16 bits */
#define VALUES_PER_ROW 16

/* ---- names ---------------------------------------------------------------------------------- */

/* A value as the files call it: short in a line of data, long in a line of defaults. Several names
 * may have one value. */
struct name {
    const char *text;
    uint8_t value;
};

static const struct name bidi_names[] = {
    {"L", INK_BIDI_L},     {"Left_To_Right", INK_BIDI_L},
    {"R", INK_BIDI_R},     {"Right_To_Left", INK_BIDI_R},
    {"AL", INK_BIDI_AL},   {"Arabic_Letter", INK_BIDI_AL},
    {"ET", INK_BIDI_ET},   {"European_Terminator", INK_BIDI_ET},
    {"EN", INK_BIDI_EN},   {"ES", INK_BIDI_ES},
    {"AN", INK_BIDI_AN},   {"CS", INK_BIDI_CS},
    {"NSM", INK_BIDI_NSM}, {"BN", INK_BIDI_BN},
    {"B", INK_BIDI_B},     {"S", INK_BIDI_S},
    {"WS", INK_BIDI_WS},   {"ON", INK_BIDI_ON},
    {"LRE", INK_BIDI_LRE}, {"LRO", INK_BIDI_LRO},
    {"RLE", INK_BIDI_RLE}, {"RLO", INK_BIDI_RLO},
    {"PDF", INK_BIDI_PDF}, {"LRI", INK_BIDI_LRI},
    {"RLI", INK_BIDI_RLI}, {"FSI", INK_BIDI_FSI},
    {"PDI", INK_BIDI_PDI}, {NULL, 0},
};

/* LB1, as far as names decide it. */
enum { COMPLEX = INK_LB_COUNT }; /* SA: the general category decides */
static const struct name line_break_names[] = {
    {"AL", INK_LB_AL},
    {"AI", INK_LB_AL},
    {"SG", INK_LB_AL},
    {"XX", INK_LB_AL},
    {"NS", INK_LB_NS},
    {"CJ", INK_LB_NS},
    {"SA", COMPLEX},
    {"B2", INK_LB_B2},
    {"BA", INK_LB_BA},
    {"BB", INK_LB_BB},
    {"BK", INK_LB_BK},
    {"CB", INK_LB_CB},
    {"CL", INK_LB_CL},
    {"CM", INK_LB_CM},
    {"CP", INK_LB_CP},
    {"CR", INK_LB_CR},
    {"EB", INK_LB_EB},
    {"EM", INK_LB_EM},
    {"EX", INK_LB_EX},
    {"GL", INK_LB_GL},
    {"H2", INK_LB_H2},
    {"H3", INK_LB_H3},
    {"HL", INK_LB_HL},
    {"HY", INK_LB_HY},
    {"ID", INK_LB_ID},
    {"IN", INK_LB_IN},
    {"IS", INK_LB_IS},
    {"JL", INK_LB_JL},
    {"JT", INK_LB_JT},
    {"JV", INK_LB_JV},
    {"LF", INK_LB_LF},
    {"NL", INK_LB_NL},
    {"NU", INK_LB_NU},
    {"OP", INK_LB_OP},
    {"PO", INK_LB_PO},
    {"PR", INK_LB_PR},
    {"QU", INK_LB_QU},
    {"RI", INK_LB_RI},
    {"SP", INK_LB_SP},
    {"SY", INK_LB_SY},
    {"WJ", INK_LB_WJ},
    {"ZW", INK_LB_ZW},
    {"ZWJ", INK_LB_ZWJ},
    {"Unknown", 0},
    {"Ideographic", INK_LB_ID},
    {"Prefix_Numeric", INK_LB_PR},
    {NULL, 0},
};

static const struct name grapheme_names[] = {
    {"Other", INK_GB_OTHER},
    {"CR", INK_GB_CR},
    {"LF", INK_GB_LF},
    {"Control", INK_GB_CONTROL},
    {"Extend", INK_GB_EXTEND},
    {"ZWJ", INK_GB_ZWJ},
    {"Prepend", INK_GB_PREPEND},
    {"SpacingMark", INK_GB_SPACING_MARK},
    {"Regional_Indicator", INK_GB_REGIONAL},
    {"L", INK_GB_L},
    {"V", INK_GB_V},
    {"T", INK_GB_T},
    {"LV", INK_GB_LV},
    {"LVT", INK_GB_LVT},
    {NULL, 0},
};

static const struct name joining_names[] = {
    {"U", INK_JOIN_NONE},        {"Non_Joining", INK_JOIN_NONE},
    {"C", INK_JOIN_CAUSING},     {"D", INK_JOIN_DUAL},
    {"L", INK_JOIN_LEFT},        {"R", INK_JOIN_RIGHT},
    {"T", INK_JOIN_TRANSPARENT}, {NULL, 0},
};

enum { NARROW, WIDE };
static const struct name width_names[] = {
    {"N", NARROW}, {"Neutral", NARROW}, {"A", NARROW},  {"Na", NARROW}, {"W", WIDE},
    {"H", WIDE},   {"F", WIDE},         {"Wide", WIDE}, {NULL, 0},
};

enum { ASSIGNED, MARK, UNASSIGNED };
static const struct name category_names[] = {
    {"Mn", MARK}, {"Mc", MARK}, {"Cn", UNASSIGNED}, {NULL, 0}};

enum { PLAIN, PICTOGRAPHIC };
static const struct name emoji_names[] = {{"Extended_Pictographic", PICTOGRAPHIC}, {NULL, 0}};

/* ---- reading --------------------------------------------------------------------------------- */

enum { BIDI, LINE_BREAK, GRAPHEME, JOINING, WIDTH, CATEGORY, EMOJI, FILES };

struct file {
    const char *path;
    const struct name *names;
    bool others; /* names that are not in the list are no fault, and mean value 0 */
};

static const struct file files[FILES] = {
    [BIDI] = {"extracted/DerivedBidiClass.txt", bidi_names, false},
    [LINE_BREAK] = {"extracted/DerivedLineBreak.txt", line_break_names, false},
    [GRAPHEME] = {"auxiliary/GraphemeBreakProperty.txt", grapheme_names, false},
    [JOINING] = {"extracted/DerivedJoiningType.txt", joining_names, false},
    [WIDTH] = {"extracted/DerivedEastAsianWidth.txt", width_names, false},
    [CATEGORY] = {"extracted/DerivedGeneralCategory.txt", category_names, true},
    [EMOJI] = {"emoji/emoji-data.txt", emoji_names, true},
};

typedef uint8_t values_of[CODE_POINTS];

/* A file being read. */
struct input {
    const struct file *file;
    char path[BAKE_PATH_BYTES];
    int line;
    int ranges;
};

static const struct name *find_name(const struct name *names, const char *text) {
    while (names->text != NULL && strcmp(names->text, text) != 0) {
        names++;
    }
    return names->text == NULL ? NULL : names;
}

/* "0600..0605 ; Value # comment" or one code point; "# @missing: 0590..05FF; Value" for those that
 * no later line names. Other comments say nothing. */
static bool read_line(struct input *input, const char *text, uint8_t *values) {
    static const char missing[] = "# @missing: ";
    bool is_default = strncmp(text, missing, sizeof missing - 1) == 0;
    const char *data = is_default ? text + sizeof missing - 1 : text;
    if (data[0] == '#' || data[strspn(data, " \t\r\n")] == '\0') {
        return true;
    }
    unsigned long first = 0;
    unsigned long last = 0;
    char value[64] = "";
    if (sscanf(data, "%lx..%lx ; %63[A-Za-z0-9_]", &first, &last, value) != 3) {
        sscanf(data, "%lx ; %63[A-Za-z0-9_]", &first, value);
        last = first;
    }
    if (value[0] == '\0' || first > last || last >= CODE_POINTS) {
        return bake_error(input->path, input->line, "is this the file of Debian's unicode-data?",
                          "expected \"XXXX..YYYY ; Value\", found: %.40s", text);
    }
    const struct name *name = find_name(input->file->names, value);
    if (name == NULL && !input->file->others) {
        return bake_error(input->path, input->line, "a newer Unicode? ink_property.h must learn it",
                          "expected a value of this property, found %s", value);
    }
    if (name != NULL) {
        memset(values + first, name->value, last - first + 1);
        input->ranges++;
    }
    return true;
}

static bool read_file(const char *folder, const struct file *file, uint8_t *values) {
    struct input input = {.file = file};
    snprintf(input.path, sizeof input.path, "%s/%s", folder, file->path);
    FILE *stream = fopen(input.path, "r");
    if (stream == NULL) {
        return bake_error(input.path, 0, "apt-get install unicode-data", "cannot be read: %s",
                          strerror(errno));
    }
    char text[LINE_BYTES];
    bool good = true;
    while (good && fgets(text, sizeof text, stream) != NULL) {
        input.line++;
        good = read_line(&input, text, values);
    }
    bool whole = !ferror(stream);
    fclose(stream);
    if (good && (!whole || input.ranges == 0)) {
        return bake_error(input.path, 0, "is this the file of Debian's unicode-data?",
                          "expected values of a property, found %d", input.ranges);
    }
    return good;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* What is found for each code point, and how it is stored. */
struct table {
    values_of values[FILES];
    uint32_t word[CODE_POINTS]; /* as ink_properties returns it */
    uint32_t end;               /* code points from here on are not stored */

    uint32_t words[WORDS_MAX];
    uint8_t leaf[LEAF_MAX];
    uint16_t mid[BLOCKS_MAX * MID_BLOCK];
    uint8_t high[BLOCKS_MAX * HIGH_BLOCK];
    uint8_t top[CODE_POINTS / (LEAF_BLOCK * MID_BLOCK * HIGH_BLOCK)];
    unsigned words_used, leaf_used, mid_used, high_used, top_used;
};

static bool refuse(unsigned c, const char *what) {
    return bake_error("Unicode", 0, "a newer Unicode? ink_property.h must change", "U+%04X %s", c,
                      what);
}

/* The rest of LB1, and the two classes more. */
static bool resolve_line_break(struct table *table, unsigned c) {
    uint8_t *class = &table->values[LINE_BREAK][c];
    uint8_t category = table->values[CATEGORY][c];
    if (*class == COMPLEX) {
        *class = category == MARK ? INK_LB_CM : INK_LB_AL;
    }
    if (table->values[WIDTH][c] == WIDE && *class == INK_LB_CP) {
        return refuse(c, "is a wide CP: there was none that LB30 leaves out");
    }
    if (table->values[WIDTH][c] == WIDE && *class == INK_LB_OP) {
        *class = INK_LB_OP_WIDE;
    }
    if (table->values[EMOJI][c] == PICTOGRAPHIC && category == UNASSIGNED) {
        if (*class != INK_LB_ID) {
            return refuse(c, "is an unassigned pictograph, but not ID");
        }
        *class = INK_LB_ID_PICTOGRAPH;
    }
    return true;
}

static bool resolve(struct table *table) {
    for (unsigned c = 0; c < CODE_POINTS; c++) {
        if (!resolve_line_break(table, c)) {
            return false;
        }
        if (table->values[EMOJI][c] == PICTOGRAPHIC) {
            if (table->values[GRAPHEME][c] != INK_GB_OTHER) {
                return refuse(c, "is a pictograph and of another class of grapheme clusters");
            }
            table->values[GRAPHEME][c] = INK_GB_PICTOGRAPHIC;
        }
        table->word[c] = (uint32_t)table->values[JOINING][c] << 24 |
                         (uint32_t)table->values[GRAPHEME][c] << 16 |
                         (uint32_t)table->values[BIDI][c] << 8 | table->values[LINE_BREAK][c];
    }
    return true;
}

/* ---- the trie ---------------------------------------------------------------------------------
 */

static bool too_many(const char *what) {
    return bake_error("Unicode", 0, "ink_property.h must change its stages", "too many %s", what);
}

/* Where the word stands among the words; WORDS_MAX if there is no more room. */
static unsigned intern_word(struct table *table, uint32_t word) {
    unsigned i = 0;
    while (i < table->words_used && table->words[i] != word) {
        i++;
    }
    if (i == table->words_used && i < WORDS_MAX) {
        table->words[table->words_used++] = word;
    }
    return i;
}

/* Where the block stands in leaf: anywhere inside, across the end, or after it. */
static unsigned intern_leaf(struct table *table, const uint8_t block[LEAF_BLOCK]) {
    unsigned at = 0;
    unsigned held = LEAF_BLOCK; /* bytes of the block that leaf has already */
    for (;; at++) {
        held = table->leaf_used - at < LEAF_BLOCK ? table->leaf_used - at : LEAF_BLOCK;
        if (memcmp(table->leaf + at, block, held) == 0) {
            break;
        }
    }
    memcpy(table->leaf + at + held, block + held, LEAF_BLOCK - held);
    table->leaf_used += LEAF_BLOCK - held;
    return at;
}

/* Which of the blocks of `bytes` bytes in `pool` is this one; appends it if none is. */
static unsigned intern_block(void *pool, unsigned *used, const void *block, size_t bytes) {
    unsigned i = 0;
    while (i < *used && memcmp((char *)pool + i * bytes, block, bytes) != 0) {
        i++;
    }
    if (i == *used && i < BLOCKS_MAX) {
        memcpy((char *)pool + i * bytes, block, bytes);
        ++*used;
    }
    return i;
}

static bool make_mid(struct table *table, unsigned first, uint16_t block[MID_BLOCK]) {
    for (unsigned i = 0; i < MID_BLOCK; i++) {
        uint8_t leaves[LEAF_BLOCK];
        for (unsigned j = 0; j < LEAF_BLOCK; j++) {
            unsigned word = intern_word(table, table->word[first + i * LEAF_BLOCK + j]);
            if (word == WORDS_MAX) {
                return too_many("different words");
            }
            leaves[j] = (uint8_t)word;
        }
        unsigned at = intern_leaf(table, leaves);
        if (at + LEAF_BLOCK + LEAF_BLOCK > LEAF_MAX) {
            return too_many("leaves");
        }
        block[i] = (uint16_t)at;
    }
    return true;
}

static bool make_high(struct table *table, unsigned first, uint8_t block[HIGH_BLOCK]) {
    for (unsigned i = 0; i < HIGH_BLOCK; i++) {
        uint16_t mids[MID_BLOCK];
        if (!make_mid(table, first + i * LEAF_BLOCK * MID_BLOCK, mids)) {
            return false;
        }
        unsigned at = intern_block(table->mid, &table->mid_used, mids, sizeof mids);
        if (at == BLOCKS_MAX) {
            return too_many("blocks of mid");
        }
        block[i] = (uint8_t)at;
    }
    return true;
}

static bool make_trie(struct table *table) {
    const unsigned step = LEAF_BLOCK * MID_BLOCK * HIGH_BLOCK;
    for (unsigned first = 0; first < table->end; first += step) {
        uint8_t highs[HIGH_BLOCK];
        if (!make_high(table, first, highs)) {
            return false;
        }
        unsigned at = intern_block(table->high, &table->high_used, highs, sizeof highs);
        if (at == BLOCKS_MAX) {
            return too_many("blocks of high");
        }
        table->top[table->top_used++] = (uint8_t)at;
    }
    table->mid_used *= MID_BLOCK;
    table->high_used *= HIGH_BLOCK;
    return true;
}

/* ---- writing --------------------------------------------------------------------------------- */

static void write_bytes(FILE *stream, const char *name, const uint8_t *bytes, unsigned count) {
    fprintf(stream, "\nconst uint8_t ink_property_%s[] = {", name);
    for (unsigned i = 0; i < count; i++) {
        fprintf(stream, "%s%u,", i % VALUES_PER_ROW == 0 ? "\n    " : " ", bytes[i]);
    }
    fputs("\n};\n", stream);
}

static bool write_table(const char *path, const struct table *table) {
    struct bake_out out;
    if (!bake_out_open(&out, path)) {
        return false;
    }
    unsigned bytes = table->top_used + table->high_used + 2 * table->mid_used + table->leaf_used +
                     4 * table->words_used;
    fprintf(
        out.stream,
        "/* Properties of code points up to U+%X, made by inkline-bake-property from the Unicode\n"
        " * Character Database (Unicode licence, https://www.unicode.org/license.txt). %u bytes.\n"
        " * Do not edit. */\n"
        "#include \"core/ink_property.h\"\n",
        table->end - 1, bytes);
    write_bytes(out.stream, "top", table->top, table->top_used);
    write_bytes(out.stream, "high", table->high, table->high_used);
    fputs("\nconst uint16_t ink_property_mid[] = {", out.stream);
    for (unsigned i = 0; i < table->mid_used; i++) {
        fprintf(out.stream, "%s%u,", i % VALUES_PER_ROW == 0 ? "\n    " : " ", table->mid[i]);
    }
    fputs("\n};\n", out.stream);
    write_bytes(out.stream, "leaf", table->leaf, table->leaf_used);
    fputs("\nconst uint32_t ink_property_words[] = {", out.stream);
    for (unsigned i = 0; i < table->words_used; i++) {
        fprintf(out.stream, "%s0x%08x,", i % 8 == 0 ? "\n    " : " ", table->words[i]);
    }
    uint32_t beyond = table->end == BMP
                          ? table->word[FACE]
                          : INK_JOIN_NONE << 24 | INK_GB_OTHER << 16 | INK_BIDI_L << 8 | INK_LB_AL;
    fprintf(out.stream,
            "\n};\n\n"
            "const uint32_t ink_property_end = 0x%x;\n"
            "const uint32_t ink_property_beyond = 0x%08x;\n",
            table->end, beyond);
    return bake_out_commit(&out);
}

static int bake(struct table *table, const char *folder, const char *out) {
    for (int i = 0; i < FILES; i++) {
        if (!read_file(folder, &files[i], table->values[i])) {
            return BAKE_REFUSED;
        }
    }
    if (!resolve(table) || !make_trie(table)) {
        return BAKE_REFUSED;
    }
    return write_table(out, table) ? BAKE_DONE : BAKE_IO;
}

int main(int count, char **arguments) {
    bool bmp = count > 1 && strcmp(arguments[1], "--bmp") == 0;
    int first = bmp ? 2 : 1;
    if (count != first + 3 || strcmp(arguments[first + 1], "-o") != 0) {
        fputs("usage: inkline-bake-property [--bmp] FOLDER -o OUT.c\n"
              "  FOLDER: the Unicode Character Database, as in /usr/share/unicode\n",
              stderr);
        return BAKE_USAGE;
    }
    struct table *table = calloc(1, sizeof *table); /* value 0 is the default everywhere */
    int code = BAKE_IO;
    if (table != NULL) {
        table->end = bmp ? BMP : CODE_POINTS;
        code = bake(table, arguments[first], arguments[first + 2]);
    }
    free(table);
    return code;
}
