#include "bake/bake_recipe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Where the reader is. Words are cut out of `text` in place. */
struct reader {
    struct bake_recipe *recipe;
    const char *path;
    int line;
    int depth; /* 0 the recipe, 1 a file that it includes */
    char text[2048];
    int words;
    char *word[BAKE_WORDS];
};

static bool read_text(struct bake_recipe *recipe, const char *path, int depth);

static bool refuse(const struct reader *reader, const char *expected, const char *hint) {
    return bake_error(reader->path, reader->line, hint, "expected %s after \"%s\"", expected,
                      reader->word[0]);
}

bool bake_ranges_have(const struct bake_ranges *ranges, uint32_t code_point) {
    for (int i = 0; i < ranges->count; i++) {
        if (code_point >= ranges->range[i].first && code_point <= ranges->range[i].last) {
            return true;
        }
    }
    return false;
}

static const struct bake_stand_in *find_stand_in(const struct bake_recipe *recipe,
                                                 uint32_t code_point) {
    for (int i = 0; i < recipe->stand_ins; i++) {
        if (recipe->stand_in[i].code_point == code_point) {
            return &recipe->stand_in[i];
        }
    }
    return NULL;
}

const struct bake_stand_in *bake_recipe_stand_in(const struct bake_recipe *recipe,
                                                 uint32_t code_point) {
    const struct bake_stand_in *first = find_stand_in(recipe, code_point);
    const struct bake_stand_in *second =
        first != NULL && first->as != 0 ? find_stand_in(recipe, first->as) : NULL;
    return second != NULL ? second : first; // no-break space as space, space as 1/4
}

/* Four to six hexadecimal digits, as Unicode writes code points. */
static bool parse_point(const char *text, size_t bytes, uint32_t *code_point) {
    char *end;
    if (bytes < 4 || bytes > 6 || strspn(text, "0123456789ABCDEFabcdef") != bytes) {
        return false;
    }
    *code_point = (uint32_t)strtoul(text, &end, 16);
    return *code_point <= BAKE_LAST_POINT;
}

static bool parse_range(const char *word, struct bake_range *range) {
    size_t bytes = strcspn(word, "-");
    if (!parse_point(word, bytes, &range->first)) {
        return false;
    }
    range->last = range->first;
    return word[bytes] == '\0' ||
           (parse_point(word + bytes + 1, strlen(word + bytes + 1), &range->last) &&
            range->last >= range->first);
}

static bool read_ranges(const struct reader *reader, struct bake_ranges *ranges) {
    if (reader->words < 2) {
        return refuse(reader, "code points", "for example: 0020-007E 20AC");
    }
    for (int i = 1; i < reader->words; i++) {
        struct bake_range range;
        if (!parse_range(reader->word[i], &range)) {
            return bake_error(reader->path, reader->line,
                              "write 0041 or 0041-005A: hexadecimal, up to FFFF, first before last",
                              "expected a range of code points, found \"%s\"", reader->word[i]);
        }
        if (ranges->count == BAKE_RANGES) {
            return refuse(reader, "fewer ranges", "merge neighbours, or raise BAKE_RANGES");
        }
        ranges->range[ranges->count++] = range;
    }
    return true;
}

/* A whole number of pixels, 1..255; 0 if it is none. */
static int parse_pixels(const char *text) {
    char *end;
    long value = strtol(text, &end, 10);
    return *end == '\0' && value >= 1 && value <= 255 ? (int)value : 0;
}

/* role NAME, script NAME */
static bool read_role(struct reader *reader) {
    const char *letters = "abcdefghijklmnopqrstuvwxyz_";
    if (reader->words != 2 || strlen(reader->word[1]) >= BAKE_NAME_BYTES ||
        strspn(reader->word[1], letters) != strlen(reader->word[1])) {
        return refuse(reader, "one word in lower case", "it becomes the name ink_font_<role>");
    }
    strcpy(reader->recipe->role, reader->word[1]);
    reader->recipe->script = strcmp(reader->word[0], "script") == 0;
    return true;
}

static int size_index(const struct bake_recipe *recipe, int px) {
    for (int i = 0; i < recipe->sizes; i++) {
        if (recipe->px[i] == px) {
            return i;
        }
    }
    return -1;
}

/* size PX line PX, or: size PX line PX enlarged PX */
static bool read_size(struct reader *reader) {
    struct bake_recipe *recipe = reader->recipe;
    bool enlarged = reader->words == 6 && strcmp(reader->word[4], "enlarged") == 0;
    if ((reader->words != 4 && !enlarged) || strcmp(reader->word[2], "line") != 0) {
        return refuse(reader, "a size and a line height", "for example: size 16 line 18");
    }
    int px = parse_pixels(reader->word[1]);
    int line = parse_pixels(reader->word[3]);
    if (px < 8 || line == 0) {
        return refuse(reader, "pixels, 8 to 255", NULL);
    }
    if (recipe->sizes == INK_FONT_SIZES || recipe->sources > 0) {
        return refuse(reader, "at most six sizes, all before the first source", NULL);
    }
    if (recipe->sizes > 0 && recipe->px[recipe->sizes - 1] >= px) {
        return refuse(reader, "a larger size than the one before", NULL);
    }
    int from = enlarged ? size_index(recipe, parse_pixels(reader->word[5])) : -1;
    if (enlarged && (from < 0 || px % recipe->px[from] != 0)) {
        return refuse(reader, "a whole part of the size, listed before it",
                      "for example: size 32 line 36 enlarged 16");
    }
    recipe->enlarged[recipe->sizes] = from;
    recipe->px[recipe->sizes] = px;
    recipe->line[recipe->sizes++] = line;
    return true;
}

/* classes 64 */
static bool read_classes(struct reader *reader) {
    reader->recipe->classes = reader->words == 2 ? parse_pixels(reader->word[1]) : 0;
    return reader->recipe->classes > 0 || refuse(reader, "a number, 1 to 255", "classes 64");
}

/* levels 40 110 180 */
static bool read_levels(struct reader *reader) {
    int *levels = reader->recipe->levels;
    for (int i = 0; i < BAKE_LEVELS; i++) {
        levels[i] = reader->words == BAKE_LEVELS + 1 ? parse_pixels(reader->word[i + 1]) : 0;
        if (levels[i] == 0 || (i > 0 && levels[i] <= levels[i - 1])) {
            return refuse(reader, "three ascending numbers, 1 to 255", "levels 40 110 180");
        }
    }
    return true;
}

/* set EUC-CN 16-55: rows of a national character set */
static bool read_set(struct reader *reader) {
    struct bake_recipe *recipe = reader->recipe;
    struct bake_set set = {0};
    char end;
    if (recipe->sets == BAKE_SETS || reader->words != 3 ||
        strlen(reader->word[1]) >= BAKE_NAME_BYTES ||
        sscanf(reader->word[2], "%2d-%2d%c", &set.first, &set.last, &end) != 2 || set.first < 1 ||
        set.last < set.first || set.last > 94) {
        return refuse(reader, "an encoding and rows of 1 to 94", "for example: set EUC-CN 16-55");
    }
    strcpy(set.encoding, reader->word[1]);
    recipe->set[recipe->sets++] = set;
    return true;
}

/* Words from `first` on as one text; false if it does not fit. */
static bool join_words(const struct reader *reader, int first, char *out, size_t cap) {
    size_t used = 0;
    for (int i = first; i < reader->words; i++) {
        int bytes = snprintf(out + used, cap - used, "%s%s", i > first ? " " : "", reader->word[i]);
        if (bytes < 0 || (size_t)bytes >= cap - used) {
            return false;
        }
        used += (size_t)bytes;
    }
    return used > 0;
}

/* source NAME OF THE FACE */
static bool read_source(struct reader *reader) {
    struct bake_recipe *recipe = reader->recipe;
    if (recipe->sources == BAKE_SOURCES) {
        return refuse(reader, "fewer sources", "raise BAKE_SOURCES");
    }
    struct bake_source *source = &recipe->source[recipe->sources++];
    source->line = reader->line;
    if (!join_words(reader, 1, source->name, sizeof source->name)) {
        return refuse(reader, "the name of a face", "for example: source PT Serif Bold");
    }
    return true;
}

static struct bake_source *last_source(const struct reader *reader) {
    struct bake_recipe *recipe = reader->recipe;
    if (recipe->sources == 0) {
        bake_error(reader->path, reader->line, "open one with: source NAME OF THE FACE",
                   "expected a source before \"%s\"", reader->word[0]);
        return NULL;
    }
    return &recipe->source[recipe->sources - 1];
}

static bool read_source_text(const struct reader *reader, char *out, size_t cap) {
    return (reader->words == 2 && join_words(reader, 1, out, cap)) ||
           refuse(reader, "one word", NULL);
}

/* hint native | hint auto | hint strike */
static bool read_hint(const struct reader *reader, struct bake_source *source) {
    const char *word = reader->words == 2 ? reader->word[1] : "";
    source->hint = strcmp(word, "native") == 0   ? BAKE_HINT_NATIVE
                   : strcmp(word, "auto") == 0   ? BAKE_HINT_AUTO
                   : strcmp(word, "strike") == 0 ? BAKE_HINT_STRIKE
                                                 : BAKE_HINT_NONE;
    return source->hint != BAKE_HINT_NONE ||
           refuse(reader, "native, auto or strike",
                  "native: the font's own instructions; auto: FreeType's hinter; strike: bitmaps");
}

/* "19", or "16x19": narrowed to 16 across. False if it is neither. */
static bool parse_ppem(char *text, int *across, int *down) {
    char *x = strchr(text, 'x');
    if (x != NULL) {
        *x++ = '\0';
    }
    *across = parse_pixels(text);
    *down = parse_pixels(x != NULL ? x : text);
    return *across > 0 && *down > 0;
}

/* at 16 20=19 28=20x27: the sizes it serves; 20=19 takes the font's 19 ppem for size 20 */
static bool read_at(const struct reader *reader, struct bake_source *source) {
    for (int i = 1; i < reader->words; i++) {
        char *ppem = strchr(reader->word[i], '=');
        if (ppem != NULL) {
            *ppem++ = '\0';
        }
        int size = size_index(reader->recipe, parse_pixels(reader->word[i]));
        if (size < 0 || !parse_ppem(ppem != NULL ? ppem : reader->word[i], &source->ppem_x[size],
                                    &source->ppem_y[size])) {
            return refuse(reader, "sizes of this recipe", "for example: at 16 20=19 28=20x27");
        }
    }
    return reader->words > 1 || refuse(reader, "sizes", "for example: at 16 20=19 28=20x27");
}

static bool read_of_source(struct reader *reader) {
    struct bake_source *source = last_source(reader);
    const char *key = reader->word[0];
    if (source == NULL) {
        return false;
    }
    if (strcmp(key, "package") == 0) {
        return read_source_text(reader, source->package, sizeof source->package);
    }
    if (strcmp(key, "file") == 0) {
        return read_source_text(reader, source->file, sizeof source->file);
    }
    if (strcmp(key, "licence") == 0) {
        return read_source_text(reader, source->licence, sizeof source->licence);
    }
    if (strcmp(key, "hint") == 0) {
        return read_hint(reader, source);
    }
    if (strcmp(key, "face") == 0) {
        source->face = reader->words == 2 ? parse_pixels(reader->word[1]) : 0;
        return source->face > 0 || refuse(reader, "the number of a face in a collection", NULL);
    }
    return strcmp(key, "at") == 0 ? read_at(reader, source) : read_ranges(reader, &source->only);
}

static bool add_stand_in(struct reader *reader, struct bake_stand_in stand_in) {
    struct bake_recipe *recipe = reader->recipe;
    if (recipe->stand_ins == BAKE_RANGES) {
        return refuse(reader, "fewer of them", "raise BAKE_RANGES");
    }
    recipe->stand_in[recipe->stand_ins++] = stand_in;
    return true;
}

/* same 2011 002D: the first is drawn as the second */
static bool read_same(struct reader *reader) {
    struct bake_stand_in stand_in = {0};
    if (reader->words != 3 ||
        !parse_point(reader->word[1], strlen(reader->word[1]), &stand_in.code_point) ||
        !parse_point(reader->word[2], strlen(reader->word[2]), &stand_in.as)) {
        return refuse(reader, "two code points", "for example: same 2011 002D");
    }
    return add_stand_in(reader, stand_in);
}

/* space 2009 1/6 (of the em), space 2007 digit */
static bool read_space(struct reader *reader) {
    struct bake_stand_in stand_in = {0};
    bool good = reader->words == 3 &&
                parse_point(reader->word[1], strlen(reader->word[1]), &stand_in.code_point);
    if (good && strcmp(reader->word[2], "digit") != 0) {
        char end;
        good = sscanf(reader->word[2], "%3d/%3d%c", &stand_in.width, &stand_in.of, &end) == 2 &&
               stand_in.width > 0 && stand_in.width <= stand_in.of;
    }
    return good ? add_stand_in(reader, stand_in)
                : refuse(reader, "a code point and its width", "for example: space 2009 1/6");
}

/* include FILE: beside the recipe */
static bool read_include(struct reader *reader) {
    char path[BAKE_PATH_BYTES];
    const char *slash = strrchr(reader->path, '/');
    int folder = slash != NULL ? (int)(slash - reader->path) + 1 : 0;
    if (reader->words != 2 || reader->depth > 0) {
        return refuse(reader, "one file, which includes no other", NULL);
    }
    int bytes = snprintf(path, sizeof path, "%.*s%s", folder, reader->path, reader->word[1]);
    if (bytes < 0 || (size_t)bytes >= sizeof path) {
        return refuse(reader, "a shorter path", NULL);
    }
    return read_text(reader->recipe, path, 1);
}

/* The line of code points that starts with this word, or null. */
static struct bake_ranges *ranges_named(struct bake_recipe *recipe, const char *key) {
    return strcmp(key, "cover") == 0    ? &recipe->cover
           : strcmp(key, "except") == 0 ? &recipe->except
           : strcmp(key, "marks") == 0  ? &recipe->marks
           : strcmp(key, "joins") == 0  ? &recipe->joins
           : strcmp(key, "pick") == 0   ? &recipe->pick
           : strcmp(key, "thin") == 0   ? &recipe->thin
                                        : NULL;
}

static bool read_directive(struct reader *reader) {
    static const struct {
        const char *key;
        bool (*read)(struct reader *);
    } known[] = {
        {"role", read_role},         {"script", read_role},     {"levels", read_levels},
        {"set", read_set},           {"include", read_include}, {"size", read_size},
        {"same", read_same},         {"space", read_space},     {"source", read_source},
        {"package", read_of_source}, {"file", read_of_source},  {"licence", read_of_source},
        {"hint", read_of_source},    {"at", read_of_source},    {"face", read_of_source},
        {"only", read_of_source},    {"classes", read_classes},
    };
    const char *key = reader->word[0];
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(key, known[i].key) == 0) {
            return known[i].read(reader);
        }
    }
    struct bake_ranges *ranges = ranges_named(reader->recipe, key);
    if (ranges != NULL) {
        return read_ranges(reader, ranges);
    }
    return bake_error(
        reader->path, reader->line,
        "role, script, include, size, levels, classes, cover, except, pick, set, joins, same, "
        "space, marks, thin; source, package, file, face, licence, hint, at, only",
        "\"%s\" is not a word of recipes", key);
}

static bool split_words(struct reader *reader) {
    reader->text[strcspn(reader->text, "#\r\n")] = '\0';
    reader->words = 0;
    for (char *word = strtok(reader->text, " \t"); word != NULL; word = strtok(NULL, " \t")) {
        if (reader->words == BAKE_WORDS) {
            return refuse(reader, "fewer words on a line", "repeat the first word on a new line");
        }
        reader->word[reader->words++] = word;
    }
    return true;
}

static bool read_lines(struct reader *reader, FILE *stream) {
    while (fgets(reader->text, sizeof reader->text, stream) != NULL) {
        reader->line++;
        if (!split_words(reader) || (reader->words > 0 && !read_directive(reader))) {
            return false;
        }
    }
    return !ferror(stream);
}

static bool read_text(struct bake_recipe *recipe, const char *path, int depth) {
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        return bake_error(path, 0, NULL, "cannot be read: %s", strerror(errno));
    }
    struct reader reader = {.recipe = recipe, .path = path, .depth = depth};
    bool good = read_lines(&reader, stream);
    fclose(stream);
    return good;
}

static bool check_source(const struct bake_recipe *recipe, const struct bake_source *source) {
    bool serves = false;
    for (int i = 0; i < recipe->sizes; i++) {
        serves = serves || source->ppem_y[i] > 0;
    }
    if (serves && source->package[0] != '\0' && source->file[0] != '\0' &&
        source->licence[0] != '\0' && source->hint != BAKE_HINT_NONE) {
        return true;
    }
    return bake_error(recipe->path, source->line, "each source needs all five",
                      "expected package, file, licence, hint and at for source \"%s\"",
                      source->name);
}

static bool check_whole(const struct bake_recipe *recipe) {
    if (recipe->role[0] == '\0' || recipe->sizes == 0 || recipe->sources == 0 ||
        recipe->cover.count == 0) {
        return bake_error(recipe->path, 0, "fonts/README.md shows a recipe",
                          "expected a role, a size, a cover and a source");
    }
    for (int i = 0; i < recipe->sources; i++) {
        if (!check_source(recipe, &recipe->source[i])) {
            return false;
        }
    }
    return true;
}

bool bake_recipe_read(struct bake_recipe *recipe, const char *path) {
    memset(recipe, 0, sizeof *recipe);
    recipe->path = path;
    recipe->depth = 1;
    return read_text(recipe, path, 0) && check_whole(recipe);
}
