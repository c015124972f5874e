/* inkline-bake-fold: files of the Unicode Character Database to the folding table of the core.
 *
 * Reads UnicodeData.txt, Scripts.txt, CaseFolding.txt; writes what ink_fold.h describes. The rule:
 *
 * 1. Class, by General_Category. L, Nd and Nl are letters. Cf vanishes. M vanishes if its script is
 *    one where marks are accents, points or tones that writers may leave out (skipped_scripts), or
 *    if it is a nukta of U+0900 .. U+0D7F, which many leave out too; other marks are letters. All
 *    else stands between words.
 * 2. A digit (Nd) folds to '0' .. '9'.
 * 3. A letter is decomposed by the canonical mappings and those compatibility mappings that
 *    is_applied lists. Left alone are superscripts, circled and mathematical letters, which say
 *    something else, and Arabic presentation forms, a large table for texts that no newsroom
 *    writes. If one letter is left it is the fold, if several are it stays whole, if none is it
 *    goes like what is left.
 * 4. Case is folded (CaseFolding.txt, C and S), and sharp s is an s.
 *
 * Exceptions, which save flash where the news has nothing to lose:
 * - what is unassigned, private or a surrogate folds to whatever makes the shortest table;
 * - from U+10000 on nothing is decomposed and all numbers are letters; up to U+1CEFF so are
 *   punctuation, and marks of any script but Inherited and Common;
 * - in blocks of unspaced scripts only kana are decomposed: the voiced (the sound mark goes like
 *   any accent) and the half-width;
 * - Roman numerals (Nl) stay one letter each;
 * - in Latin Extended-C and D, case is folded between neighbours only;
 * - three Hebrew punctuation marks in the midst of the points vanish as these do.
 * Code points whose category misleads are in the table `special`.
 */
#include "bake/bake_out.h"
#include "core/ink_fold.h"

#include <errno.h>
#include <stdlib.h>

#define CODE_POINTS    0x110000
#define LINE_BYTES     1024
#define FIRST          0x80
#define ANY            UINT32_MAX /* unassigned: folds to whatever suits the table */
#define LETTER         2u         /* a class beside INK_FOLD_SEPARATOR and INK_FOLD_SKIP */
#define PARTS          4
#define RUN_MAX        128
#define RUNS_MAX       4096
#define INDEX_MAX      256
#define WORDS_PER_LINE 8

struct point {
    char category[3];
    bool skipped;         /* a mark of one of skipped_scripts */
    uint8_t combining;    /* Canonical_Combining_Class */
    uint8_t digit;        /* of Nd */
    uint8_t parts;        /* code points of the mapping, PARTS at most */
    uint32_t part[PARTS]; /* one mapping, not yet the full decomposition */
    uint32_t lower;       /* 0: itself */
};

/* One run of the table before its index is known. */
struct run {
    uint32_t first;
    uint32_t count;
    int kind;
    uint32_t value; /* CONSTANT and up: what `first` folds to */
};

/* The order is that of the indices, and CONSTANT + n grows by n for each code point. */
enum { UP_EVEN, UP_ODD, DOWN_EVEN, DOWN_ODD, LONG, CONSTANT, DELTA, DOUBLE, KINDS };

struct bake {
    struct point *points;
    uint32_t *fold;
    struct run runs[RUNS_MAX];
    int run_count;
    uint32_t values[INDEX_MAX];
    int value_count;
    int steps[2];
};

static const char *const skipped_scripts[] = {"Inherited", "Common", "Latin",   "Greek",
                                              "Cyrillic",  "Hebrew", "Arabic",  "Syriac",
                                              "Hangul",    "Coptic", "Ethiopic"};

static const struct {
    uint32_t code_point, class;
} special[] = {
    {0x200B, INK_FOLD_SEPARATOR},                              /* zero-width space */
    {0x2BB, INK_FOLD_SEPARATOR},  {0x2BC, INK_FOLD_SEPARATOR}, /* as U+2018 and U+2019 */
    {0x640, INK_FOLD_SKIP},                                    /* tatweel */
    {0x115F, INK_FOLD_SKIP},      {0x1160, INK_FOLD_SKIP},     /* Hangul fillers */
    {0x3164, INK_FOLD_SKIP},      {0xFFA0, INK_FOLD_SKIP},     /* Hangul fillers */
    {0x5C0, INK_FOLD_SKIP},       {0x5C3, INK_FOLD_SKIP},      /* paseq, sof pasuq */
    {0x5C6, INK_FOLD_SKIP},                                    /* nun hafukha */
};
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* ---- the files ------------------------------------------------------------------------------- */

static bool is_applied(const char *mapping) {
    static const char *const applied[] = {"<wide>",    "<narrow>",   "<compat>",
                                          "<noBreak>", "<vertical>", "<square>"};
    for (size_t i = 0; i < COUNT_OF(applied); i++) {
        if (strncmp(mapping, applied[i], strlen(applied[i])) == 0) {
            return true;
        }
    }
    return mapping[0] != '<';
}

static void read_mapping(struct point *point, uint32_t code_point, char *mapping) {
    bool ordinal = code_point == 0xAA || code_point == 0xBA; // <super>, but a and o in every text
    bool numeral = strcmp(point->category, "Nl") == 0;
    if (code_point >= 0x10000 || numeral || (!ordinal && !is_applied(mapping))) {
        return;
    }
    char *next = mapping[0] == '<' ? strchr(mapping, '>') + 1 : mapping;
    for (char *end = next; point->parts < PARTS; next = end) {
        uint32_t part = (uint32_t)strtoul(next, &end, 16);
        if (end == next) {
            return;
        }
        point->part[point->parts++] = part;
    }
}

/* Split at ';' in place; true if there are as many fields as wanted. */
static bool split_fields(char *text, char **fields, int count) {
    text[strcspn(text, "\r\n")] = '\0';
    for (int i = 0; i < count; i++) {
        fields[i] = text;
        text += strcspn(text, ";");
        if (*text == '\0') {
            return i == count - 1;
        }
        *text++ = '\0';
    }
    return true;
}

/* "00E9;LATIN SMALL LETTER E WITH ACUTE;Ll;0;L;0065 0301;..."; a pair of lines names a range. */
static bool read_data_line(struct bake *bake, char *text) {
    static uint32_t range_first;
    char *fields[9];
    if (!split_fields(text, fields, 9)) {
        return false;
    }
    uint32_t last = (uint32_t)strtoul(fields[0], NULL, 16);
    if (last >= CODE_POINTS || strlen(fields[2]) != 2) {
        return false;
    }
    const char *range = strstr(fields[1], ", Last>");
    range_first = range == NULL ? last : range_first;
    for (uint32_t c = range_first; c <= last; c++) {
        struct point *point = &bake->points[c];
        memcpy(point->category, fields[2], 3);
        point->combining = (uint8_t)strtoul(fields[3], NULL, 10);
        point->digit = (uint8_t)strtoul(fields[6], NULL, 10);
        read_mapping(point, c, fields[5]);
    }
    return true;
}

/* "0300..036F ; Inherited # ..." */
static bool read_script_line(struct bake *bake, char *text) {
    unsigned long range[2] = {0, 0};
    char name[64] = "";
    if (sscanf(text, "%lx..%lx ; %63[A-Za-z_]", &range[0], &range[1], name) != 3) {
        range[1] = range[0];
        if (sscanf(text, "%*x ; %63[A-Za-z_]", name) != 1) {
            return false;
        }
    }
    bool skipped = false;
    for (size_t i = 0; i < COUNT_OF(skipped_scripts); i++) {
        // Beyond the BMP a mark belongs to an ancient script, or to no script.
        skipped =
            skipped || (strcmp(name, skipped_scripts[i]) == 0 && (range[1] < 0x10000 || i < 2));
    }
    for (unsigned long c = range[0]; c <= range[1] && c < CODE_POINTS; c++) {
        bake->points[c].skipped = skipped;
    }
    return range[1] < CODE_POINTS;
}

/* "0041; C; 0061; # ..." */
static bool read_case_line(struct bake *bake, char *text) {
    unsigned long from = 0;
    unsigned long to = 0;
    char status = '\0';
    if (sscanf(text, "%lx; %c; %lx;", &from, &status, &to) != 3 || from >= CODE_POINTS) {
        return false;
    }
    if (status == 'C' || status == 'S') {
        bake->points[from].lower = (uint32_t)to;
    }
    return true;
}

static bool read_file(struct bake *bake, const char *path, bool (*read)(struct bake *, char *)) {
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
    return good || bake_error(path, line, "UnicodeData.txt, Scripts.txt, CaseFolding.txt, in order",
                              "expected a line of the Unicode Character Database");
}

/* ---- the rule -------------------------------------------------------------------------------- */

static uint32_t class_of_mark(const struct point *point, uint32_t c) {
    bool nukta = point->combining == 7 && c >= 0x900 && c < 0xD80;
    return point->skipped || nukta ? INK_FOLD_SKIP : LETTER;
}

static uint32_t class_of(const struct bake *bake, uint32_t c) {
    for (size_t i = 0; i < COUNT_OF(special); i++) {
        if (special[i].code_point == c) {
            return special[i].class;
        }
    }
    const struct point *point = &bake->points[c];
    const char *category = point->category;
    if (category[0] == 'M') {
        return class_of_mark(point, c);
    }
    if (strcmp(category, "Cf") == 0) {
        return INK_FOLD_SKIP;
    }
    bool number = strcmp(category, "No") == 0 && c < 0x10000;
    bool ancient = c >= 0x10000 && c < 0x1CF00 && category[0] == 'P';
    return (category[0] == 'L' || category[0] == 'N' || ancient) && !number ? LETTER
                                                                            : INK_FOLD_SEPARATOR;
}

/* What is left of the full decomposition: how many letters, and the last of them. */
struct rest {
    int letters;
    uint32_t letter;
    bool separator;
};

static void decompose(const struct bake *bake, uint32_t c, struct rest *rest) {
    const struct point *point = &bake->points[c];
    for (int i = 0; i < point->parts; i++) {
        decompose(bake, point->part[i], rest); // as deep as Unicode's mappings, about 3
    }
    if (point->parts == 0) {
        uint32_t class = class_of(bake, c);
        rest->separator = rest->separator || class == INK_FOLD_SEPARATOR;
        rest->letters += class == LETTER;
        rest->letter = class == LETTER ? c : rest->letter;
    }
}

/* Compatibility forms of unspaced letters that stay themselves: all but kana. */
static bool stays_whole(uint32_t c) {
    bool kana = (c >= 0x3040 && c < 0x3100) || (c >= 0xFF66 && c < 0xFFA0);
    return !kana && ((c >= 0xE00 && c < 0xF00) || (c >= 0x2E80 && c < 0xA4D0) ||
                     (c >= 0xAC00 && c < 0xFB00) || (c >= 0xFFA0 && c < 0xFFE0) ||
                     (c >= 0x1000 && c < 0x10A0));
}

static uint32_t fold_case(const struct bake *bake, uint32_t origin, uint32_t letter) {
    uint32_t lower = bake->points[letter].lower;
    bool extended = (origin >= 0x2C60 && origin < 0x2C80) || (origin >= 0xA720 && origin < 0xA800);
    if (lower == 0 || (extended && lower != letter + 1)) {
        return letter == 0xDF ? 's' : letter;
    }
    return lower == 0xDF ? 's' : lower;
}

static uint32_t fold_of(const struct bake *bake, uint32_t c) {
    const struct point *point = &bake->points[c];
    if (point->category[0] == '\0' || strcmp(point->category, "Co") == 0 ||
        strcmp(point->category, "Cs") == 0) {
        return ANY;
    }
    uint32_t class = class_of(bake, c);
    if (class != LETTER || strcmp(point->category, "Nd") == 0) {
        return class != LETTER ? class : (uint32_t)'0' + point->digit;
    }
    struct rest rest = {.letters = 1, .letter = c};
    if (!stays_whole(c)) {
        rest.letters = 0;
        decompose(bake, c, &rest);
    }
    if (rest.letters == 0) {
        return rest.separator ? INK_FOLD_SEPARATOR : INK_FOLD_SKIP;
    }
    return fold_case(bake, c, rest.letters == 1 ? rest.letter : c);
}

static void fold_all(struct bake *bake) {
    for (uint32_t c = 0; c < INK_FOLD_TABLE_END; c++) {
        bake->fold[c] = fold_of(bake, c);
    }
}

/* ---- the table ------------------------------------------------------------------------------- */

/* What code point c folds to in a run. */
static uint32_t fold_in_run(const struct run *run, uint32_t c) {
    if (run->kind >= CONSTANT) {
        return run->value + (c - run->first) * (uint32_t)(run->kind - CONSTANT);
    }
    if (run->kind == LONG) {
        return INK_FOLD_SEPARATOR;
    }
    uint32_t step = (c & 1) == ((uint32_t)run->kind & 1);
    return run->kind < DOWN_EVEN ? c + step : c - step;
}

/* How far the run holds, to the last code point that needs it. */
static uint32_t measure_run(const struct bake *bake, const struct run *run) {
    uint32_t limit = run->kind == LONG ? RUN_MAX * RUN_MAX : RUN_MAX;
    uint32_t needed = 0;
    for (uint32_t i = 0; i < limit && run->first + i < INK_FOLD_TABLE_END; i++) {
        uint32_t c = run->first + i;
        uint32_t want = bake->fold[c];
        if (want != ANY && want != fold_in_run(run, c)) {
            break;
        }
        bool needs = want != ANY && (want != c || run->kind < LONG);
        needed = needs ? i + 1 : needed;
    }
    return run->kind == LONG ? needed & ~(RUN_MAX - 1u) : needed;
}

/* The run that reaches farthest from here; of equals the first kind that needs no new value. */
static struct run longest_run(const struct bake *bake, uint32_t first) {
    struct run best = {.first = first};
    for (int kind = 0; kind < KINDS; kind++) {
        struct run run = {.first = first, .kind = kind, .value = bake->fold[first]};
        bool stepping = kind > CONSTANT && run.value <= INK_FOLD_SKIP;
        run.count = stepping ? 0 : measure_run(bake, &run);
        if (run.count > best.count) {
            best = run;
        }
    }
    return best;
}

/* The table keeps 16 bits of a value; the rest must be that of the run. */
static bool keeps_plane(const struct run *run) {
    return run->kind < CONSTANT || run->value <= '9' || run->value >> 16 == run->first >> 16;
}

static bool make_runs(struct bake *bake) {
    for (uint32_t c = FIRST; c < INK_FOLD_TABLE_END;) {
        if (bake->fold[c] == ANY || bake->fold[c] == c) {
            c++;
            continue;
        }
        if (bake->run_count == RUNS_MAX) {
            return false;
        }
        struct run run = longest_run(bake, c);
        if (!keeps_plane(&run)) {
            return false;
        }
        bake->runs[bake->run_count++] = run;
        c += run.count;
    }
    return bake->run_count > 0 && bake->runs[0].first == FIRST;
}

/* Values of one kind stand together, so that an index says the kind. */
static bool collect_values(struct bake *bake) {
    bake->value_count = INK_FOLD_VALUES;
    for (int kind = CONSTANT; kind < KINDS; kind++) {
        int from = bake->value_count;
        if (kind > CONSTANT) {
            bake->steps[kind - DELTA] = from;
        }
        for (int r = 0; r < bake->run_count; r++) {
            int i = from;
            while (i < bake->value_count && bake->values[i] != bake->runs[r].value) {
                i++;
            }
            if (bake->runs[r].kind != kind || i < bake->value_count) {
                continue;
            }
            if (i == INDEX_MAX) {
                return false;
            }
            bake->values[bake->value_count++] = bake->runs[r].value;
        }
    }
    return true;
}

static int index_of(const struct bake *bake, const struct run *run) {
    if (run->kind <= LONG) {
        return run->kind;
    }
    int i = run->kind == CONSTANT ? INK_FOLD_VALUES : bake->steps[run->kind - DELTA];
    while (bake->values[i] != run->value) {
        i++;
    }
    return i;
}

/* ---- the file -------------------------------------------------------------------------------- */

static void write_number(FILE *stream, int count, uint32_t number, int digits) {
    fprintf(stream, "%s0x%0*x,", count % WORDS_PER_LINE == 0 ? "\n    " : " ", digits,
            (unsigned)number);
}

static void write_arrays(FILE *stream, const struct bake *bake) {
    fputs("const uint8_t ink_fold_ascii[128] = {", stream);
    for (int c = 0; c < FIRST; c++) {
        write_number(stream, c, bake->fold[c], 2);
    }
    fputs("\n};\n\nconst uint32_t ink_fold_table[] = {", stream);
    for (int r = 0; r < bake->run_count; r++) {
        const struct run *run = &bake->runs[r];
        uint32_t units = run->kind == LONG ? run->count / RUN_MAX : run->count;
        uint32_t index = (uint32_t)index_of(bake, run);
        write_number(stream, r, run->first << 15 | (units - 1) << 8 | index, 8);
    }
    fputs("\n};\n\nconst uint16_t ink_fold_values[] = {", stream);
    for (int i = 0; i < bake->value_count; i++) {
        write_number(stream, i, bake->values[i] & 0xFFFF, 4); // the plane is that of the run
    }
    fprintf(stream,
            "\n};\n\nconst uint8_t ink_fold_steps[2] = {%d, %d};\n\n"
            "const uint16_t ink_fold_table_count = %d; /* %d bytes in all */\n",
            bake->steps[0], bake->steps[1], bake->run_count,
            FIRST + bake->run_count * 4 + bake->value_count * 2 + 4);
}

static bool write_table(const char *path, const struct bake *bake) {
    struct bake_out out;
    if (!bake_out_open(&out, path)) {
        return false;
    }
    fputs("/* What each code point folds to in a word, made by inkline-bake-fold from\n"
          " * UnicodeData.txt, Scripts.txt and CaseFolding.txt of the Unicode Character Database\n"
          " * (Unicode licence, https://www.unicode.org/license.txt). Do not edit. */\n"
          "#include \"core/ink_fold.h\"\n\n",
          out.stream);
    write_arrays(out.stream, bake);
    return bake_out_commit(&out);
}

static int run(struct bake *bake, char **arguments) {
    if (!read_file(bake, arguments[1], read_data_line) ||
        !read_file(bake, arguments[2], read_script_line) ||
        !read_file(bake, arguments[3], read_case_line)) {
        return BAKE_REFUSED;
    }
    fold_all(bake);
    if (!make_runs(bake) || !collect_values(bake)) {
        bake_error(arguments[1], 0, "a newer Unicode? ink_fold.h must give the table more room",
                   "does not fit the table: %d runs, %d values", bake->run_count,
                   bake->value_count);
        return BAKE_REFUSED;
    }
    return write_table(arguments[5], bake) ? BAKE_DONE : BAKE_IO;
}

int main(int count, char **arguments) {
    if (count != 6 || strcmp(arguments[4], "-o") != 0) {
        fputs("usage: inkline-bake-fold UnicodeData.txt Scripts.txt CaseFolding.txt -o OUT.c\n",
              stderr);
        return BAKE_USAGE;
    }
    struct bake *bake = calloc(1, sizeof *bake);
    int code = BAKE_IO;
    if (bake != NULL) {
        bake->points = calloc(CODE_POINTS, sizeof *bake->points);
        bake->fold = calloc(INK_FOLD_TABLE_END, sizeof *bake->fold);
        code = bake->points != NULL && bake->fold != NULL ? run(bake, arguments) : BAKE_IO;
        free(bake->points);
        free(bake->fold);
    }
    free(bake);
    return code;
}
