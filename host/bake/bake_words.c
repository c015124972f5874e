/* inkline-bake-words: files of firmware/words to the table of words of the core.
 *
 * inkline-bake-words en.words [OTHER.words...] -o TABLE.c
 *
 * A line is `key = value`; '#' at its start begins a comment. A list parts its items with commas. A
 * value may stand in quotes, to begin or end with a space. In a value, '#' stands for the number
 * that the page tells, {name} for another field of it (enum ink_blank), and '|' parts forms. Every
 * key must be there once, with as many forms as the language's rule has, or one.
 */
#include "bake/bake_out.h"
#include "core/ink_record.h"
#include "core/ink_words.h"

#include <errno.h>
#include <stdlib.h>

#define LINE_BYTES  512
#define WORD_BYTES  160
#define POOL_BYTES  4095 /* as long a string as a C11 compiler must take */
#define LANGUAGES   64
#define COUNT_OF(a) (sizeof(a) / sizeof(a)[0])

/* What a key's value is. */
enum kind {
    TEXT,    /* without fields */
    FORMS,   /* with a number, in the forms of `plural` */
    CENTURY, /* in those of `ordinal` */
    DECADE,  /* in those of `tens` */
    AROUND,  /* around {text}; forms by precision */
    DATE     /* with fields of a date */
};

static const struct key {
    const char *name;
    enum ink_word word;
    int count; /* items of a list */
    enum kind kind;
    bool optional;
} keys[] = {
    {"status.reported", INK_WORD_STATUS + INK_REPORTED, 1, TEXT, false},
    {"status.confirmed", INK_WORD_STATUS + INK_CONFIRMED, 1, TEXT, false},
    {"status.claimed", INK_WORD_STATUS + INK_CLAIMED, 1, TEXT, false},
    {"status.disputed", INK_WORD_STATUS + INK_DISPUTED, 1, TEXT, false},
    {"status.denied", INK_WORD_STATUS + INK_DENIED, 1, TEXT, false},
    {"status.planned", INK_WORD_STATUS + INK_PLANNED, 1, TEXT, false},
    {"status.corrected", INK_WORD_STATUS + INK_CORRECTED, 1, TEXT, false},
    {"status.withdrawn", INK_WORD_STATUS + INK_WITHDRAWN, 1, TEXT, false},
    {"as-of", INK_WORD_AS_OF, 1, TEXT, false},
    {"today", INK_WORD_TODAY, 1, TEXT, false},
    {"later", INK_WORD_LATER, 1, TEXT, false},
    {"others", INK_WORD_OTHERS, 1, TEXT, false},
    {"of", INK_WORD_OF, 1, TEXT, false},
    {"via", INK_WORD_VIA, 1, TEXT, false},
    {"stale", INK_WORD_STALE, 1, TEXT, false},
    {"since", INK_WORD_SINCE, 1, TEXT, false},
    {"published", INK_WORD_PUBLISHED, 1, TEXT, false},
    {"no-source", INK_WORD_NO_SOURCE, 1, TEXT, false},
    {"no-title", INK_WORD_NO_TITLE, 1, TEXT, false},
    {"nothing", INK_WORD_NOTHING, 1, TEXT, false},
    {"nothing-ahead", INK_WORD_NOTHING_AHEAD, 1, TEXT, false},
    {"no-time", INK_WORD_NO_TIME, 1, TEXT, false},
    {"all-day", INK_WORD_ALL_DAY, 1, TEXT, false},
    {"so-far", INK_WORD_SO_FAR, 1, TEXT, false},
    {"next", INK_WORD_NEXT, 1, TEXT, false},
    {"about", INK_WORD_ABOUT, 1, TEXT, false},
    {"comma", INK_WORD_COMMA, 1, TEXT, false},
    {"count.more", INK_WORD_MORE, 1, FORMS, false},
    {"count.planned", INK_WORD_PLANNED, 1, FORMS, false},
    {"count.sources", INK_WORD_SOURCES, 1, FORMS, false},
    {"count.hours", INK_WORD_HOURS, 1, FORMS, false},
    {"count.days", INK_WORD_DAYS, 1, FORMS, false},
    {"count.months", INK_WORD_MONTHS, 1, FORMS, false},
    {"count.years", INK_WORD_YEARS, 1, FORMS, false},
    {"date.decade", INK_WORD_DECADE, 1, DECADE, false},
    {"date.century", INK_WORD_CENTURY, 1, CENTURY, false},
    {"date.range", INK_WORD_RANGE, 1, TEXT, false},
    {"date.about", INK_WORD_ABOUT_DATE, 1, AROUND, false},
    {"date.uncertain", INK_WORD_UNCERTAIN, 1, AROUND, false},
    {"date.by", INK_WORD_BY, 1, AROUND, false},
    {"date.from", INK_WORD_FROM, 1, AROUND, false},
    {"date.bce", INK_WORD_BCE, 1, AROUND, false},
    {"date.ce", INK_WORD_CE, 1, AROUND, false},
    {"date.year", INK_WORD_YEAR, 1, AROUND, false},
    {"date.day-alone", INK_WORD_DAY_ALONE, 1, DATE, false},
    {"date.day", INK_WORD_DAY, 1, DATE, false},
    {"date.day-year", INK_WORD_DAY_YEAR, 1, DATE, false},
    {"date.month", INK_WORD_MONTH, 1, DATE, false},
    {"date.month-year", INK_WORD_MONTH_YEAR, 1, DATE, false},
    {"date.season", INK_WORD_SEASON, 1, DATE, false},
    {"date.clock", INK_WORD_CLOCK, 1, DATE, false},
    {"date.first", INK_WORD_FIRST, 1, TEXT, true},
    {"months", INK_WORD_JANUARY, 12, TEXT, true},
    {"months.alone", INK_WORD_ALONE, 12, TEXT, true},
    {"weekdays", INK_WORD_MONDAY, 7, TEXT, false},
    {"weekdays.short", INK_WORD_MON, 7, TEXT, false},
    {"seasons", INK_WORD_SPRING, 4, TEXT, false},
};

static const struct {
    const char *name;
    enum ink_blank field;
} fields[] = {
    {"tens", INK_BLANK_TENS},     {"century", INK_BLANK_CENTURY},
    {"roman", INK_BLANK_ROMAN},   {"text", INK_BLANK_TEXT},
    {"day", INK_BLANK_DAY},       {"month", INK_BLANK_MONTH},
    {"name", INK_BLANK_NAME},     {"alone", INK_BLANK_ALONE},
    {"season", INK_BLANK_SEASON}, {"year", INK_BLANK_YEAR},
    {"h", INK_BLANK_H},           {"hh", INK_BLANK_HH},
    {"mm", INK_BLANK_MM},
};

/* In the order of enum ink_rule. */
static const struct {
    const char *name;
    int forms;
} rules[INK_RULE_COUNT] = {
    {"none", 1},         {"one", 2},
    {"zero-one", 2},     {"east-slavic", 3},
    {"polish", 3},       {"czech", 3},
    {"romanian", 3},     {"hebrew", 3},
    {"arabic", 6},       {"english-ordinal", 4},
    {"urdu-ordinal", 5}, {"turkish-tens", 2},
};

struct language {
    char tag[4], script[5], elsewhere[32];
    uint16_t zero;
    enum ink_rule rule[3]; /* plural, ordinal, tens */
    bool rtl;
    char words[INK_WORD_COUNT][WORD_BYTES];
    bool given[COUNT_OF(keys)];
};

struct reader {
    struct language *language;
    const char *path;
    int line;
};

static bool refuse(const struct reader *reader, const char *expected, const char *value) {
    return bake_error(reader->path, reader->line, "host/bake/bake_words.c says what a value may be",
                      "expected %s, found \"%s\"", expected, value);
}

/* ---- settings of a language ------------------------------------------------------------------ */

static bool read_rule(const struct reader *reader, enum ink_rule *rule, const char *value) {
    for (int i = 0; i < INK_RULE_COUNT; i++) {
        if (strcmp(value, rules[i].name) == 0) {
            *rule = (enum ink_rule)i;
            return true;
        }
    }
    return refuse(reader, "the name of a rule", value);
}

static bool read_choice(const struct reader *reader, const char *const names[2], const char *value,
                        int *choice) {
    *choice = strcmp(value, names[1]) == 0;
    return *choice == 1 || strcmp(value, names[0]) == 0 || refuse(reader, names[0], value);
}

static bool read_text(const struct reader *reader, char *to, size_t cap, const char *value) {
    if (strlen(value) >= cap) {
        return refuse(reader, "a shorter value", value);
    }
    strcpy(to, value);
    return true;
}

/* False if `key` is no setting; else *good says whether its value is. */
static bool read_setting(const struct reader *reader, const char *key, const char *value,
                         bool *good) {
    static const char *const directions[] = {"ltr", "rtl"}, *const digits[] = {"latn", "arabext"};
    static const char *const rule_keys[] = {"plural", "ordinal", "tens"};
    struct language *language = reader->language;
    int choice = 0;
    for (size_t i = 0; i < COUNT_OF(rule_keys); i++) {
        if (strcmp(key, rule_keys[i]) == 0) {
            *good = read_rule(reader, &language->rule[i], value);
            return true;
        }
    }
    if (strcmp(key, "direction") == 0) {
        *good = read_choice(reader, directions, value, &choice);
        language->rtl = choice == 1;
    } else if (strcmp(key, "digits") == 0) {
        *good = read_choice(reader, digits, value, &choice);
        language->zero = choice == 1 ? 0xDBB0 : '0';
    } else if (strcmp(key, "script") == 0) {
        *good = read_text(reader, language->script, sizeof language->script, value) &&
                (strlen(value) == 4 || refuse(reader, "a script of four letters", value));
    } else if (strcmp(key, "elsewhere") == 0) {
        *good = read_text(reader, language->elsewhere, sizeof language->elsewhere, value);
    } else {
        return false;
    }
    return true;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* The field at "{name}", and *at moved behind it; 0 if there is none of that name. */
static char field_at(const char **at) {
    size_t bytes = strcspn(*at, "}");
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (strlen(fields[i].name) + 1 == bytes &&
            strncmp(*at + 1, fields[i].name, bytes - 1) == 0 && (*at)[bytes] == '}') {
            *at += bytes + 1;
            return (char)fields[i].field;
        }
    }
    return '\0';
}

static bool is_field_of(enum kind kind, char field) {
    switch (kind) {
    case FORMS:
        return field == INK_BLANK_NUMBER;
    case CENTURY:
        return field == INK_BLANK_CENTURY || field == INK_BLANK_ROMAN;
    case DECADE:
        return field <= INK_BLANK_ROMAN;
    case AROUND:
        return field == INK_BLANK_TEXT;
    case DATE:
        return field >= INK_BLANK_DAY;
    default:
        return false;
    }
}

/* A value with its fields as bytes. */
static bool encode(const struct reader *reader, enum kind kind, const char *value, char *to) {
    size_t bytes = 0;
    const char *at = value;
    while (*at != '\0') {
        char c = *at;
        if (c == '{') {
            c = field_at(&at);
        } else {
            c = c == '#' ? INK_BLANK_NUMBER : c;
            at++;
        }
        bool field = (unsigned char)c <= INK_BLANK_LAST;
        if (field && !is_field_of(kind, c)) {
            return refuse(reader, "only the fields that this key has", value);
        }
        if (bytes == WORD_BYTES - 1) {
            return refuse(reader, "a shorter value", value);
        }
        to[bytes++] = c;
    }
    to[bytes] = '\0';
    return bytes > 0 || refuse(reader, "a value", value);
}

static int count_of(const char *text, char c) {
    int count = 0;
    for (; *text != '\0'; text++) {
        count += *text == c;
    }
    return count;
}

/* Forms can only be counted when the rules are known: at the end of the file. */
static bool has_its_forms(const struct language *language, const struct key *key) {
    const char *text = language->words[key->word];
    int forms = count_of(text, '|') + 1;
    switch (key->kind) {
    case FORMS:
    case CENTURY:
    case DECADE:
        return forms == 1 || forms == rules[language->rule[key->kind - FORMS]].forms;
    case AROUND:
        return forms <= 3 && count_of(text, INK_BLANK_TEXT) == forms;
    default:
        return forms == 1;
    }
}

static char *trim(char *text) {
    text += strspn(text, " \t\r\n");
    size_t bytes = strlen(text);
    while (bytes > 0 && strchr(" \t\r\n", text[bytes - 1]) != NULL) {
        bytes--;
    }
    if (bytes >= 2 && text[0] == '"' && text[bytes - 1] == '"') {
        text++;
        bytes -= 2;
    }
    text[bytes] = '\0';
    return text;
}

static bool read_list(const struct reader *reader, const struct key *key, char *value) {
    for (int i = 0; i < key->count; i++) {
        char *end = value + strcspn(value, ",");
        bool last = i == key->count - 1;
        if (last == (*end == ',')) {
            return bake_error(reader->path, reader->line, NULL, "expected %d items with commas",
                              key->count);
        }
        *end = '\0';
        if (!encode(reader, key->kind, trim(value), reader->language->words[(int)key->word + i])) {
            return false;
        }
        value = end + 1;
    }
    return true;
}

static bool read_word(const struct reader *reader, const char *name, char *value) {
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        if (strcmp(keys[i].name, name) != 0) {
            continue;
        }
        if (reader->language->given[i]) {
            return refuse(reader, "every key once", name);
        }
        reader->language->given[i] = true;
        return keys[i].count > 1
                   ? read_list(reader, &keys[i], value)
                   : encode(reader, keys[i].kind, value, reader->language->words[keys[i].word]);
    }
    return refuse(reader, "a key that the table has", name);
}

static bool read_line(const struct reader *reader, char *text) {
    char *equals = strchr(text, '=');
    if (text[0] == '#' || text[strspn(text, " \t\r\n")] == '\0') {
        return true;
    }
    if (equals == NULL) {
        return refuse(reader, "key = value", trim(text));
    }
    *equals = '\0';
    char *key = trim(text), *value = trim(equals + 1);
    bool good = false;
    return read_setting(reader, key, value, &good) ? good : read_word(reader, key, value);
}

static bool names_months(const struct language *language) {
    for (int word = INK_WORD_YEAR; word < INK_WORD_FIRST; word++) {
        if (strchr(language->words[word], INK_BLANK_NAME) != NULL ||
            strchr(language->words[word], INK_BLANK_ALONE) != NULL) {
            return true;
        }
    }
    return false;
}

static bool is_complete(const struct reader *reader) {
    const struct language *language = reader->language;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        bool months = keys[i].word == INK_WORD_JANUARY && names_months(language);
        if (!language->given[i] && (!keys[i].optional || months)) {
            return bake_error(reader->path, 0, NULL, "expected the key %s", keys[i].name);
        }
        if (!has_its_forms(language, &keys[i])) {
            return bake_error(reader->path, 0, "as many as its rule has, or one",
                              "expected other forms of %s", keys[i].name);
        }
    }
    return language->script[0] != '\0' ||
           bake_error(reader->path, 0, NULL, "expected the key script");
}

/* "…/uk.words": the file's name is the language's tag. */
static bool read_tag(const struct reader *reader) {
    const char *slash = strrchr(reader->path, '/');
    const char *name = slash == NULL ? reader->path : slash + 1;
    size_t bytes = strcspn(name, ".");
    if (bytes < 2 || bytes > 3 || strcmp(name + bytes, ".words") != 0) {
        return bake_error(reader->path, 0, NULL, "expected a name like uk.words");
    }
    memcpy(reader->language->tag, name, bytes);
    return true;
}

static bool read_language(struct language *language, const char *path) {
    struct reader reader = {language, path, 0};
    *language = (struct language){.zero = '0'};
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        return bake_error(path, 0, NULL, "cannot be read: %s", strerror(errno));
    }
    char text[LINE_BYTES];
    bool good = read_tag(&reader);
    while (good && fgets(text, sizeof text, stream) != NULL) {
        reader.line++;
        good = strchr(text, '\n') != NULL ? read_line(&reader, text)
                                          : refuse(&reader, "a shorter line", text);
    }
    good = good && !ferror(stream);
    fclose(stream);
    return good && is_complete(&reader);
}

/* ---- the table ------------------------------------------------------------------------------- */

/* A word as a C string with its zero; a field as three octal digits, so that no digit joins it. */
static void write_word(FILE *out, const char *word) {
    fputs("    \"", out);
    for (; *word != '\0'; word++) {
        if ((unsigned char)*word <= INK_BLANK_LAST) {
            fprintf(out, "\\%03o", (unsigned)*word);
        } else {
            fprintf(out, *word == '"' || *word == '\\' ? "\\%c" : "%c", *word);
        }
    }
    fputs("\\0\"\n", out);
}

static bool write_words(FILE *out, const struct language *language) {
    size_t bytes = 0;
    fprintf(out, "static const char words_%s[] =\n", language->tag);
    for (int word = 0; word < INK_WORD_COUNT; word++) {
        write_word(out, language->words[word]);
    }
    fprintf(out, "    ;\nstatic const uint16_t index_%s[] = {", language->tag);
    for (int word = 0; word < INK_WORD_COUNT; word++) {
        if (word % INK_WORDS_STEP == 0) {
            fprintf(out, "%s%zu", word == 0 ? "" : ", ", bytes);
        }
        bytes += strlen(language->words[word]) + 1;
    }
    fputs("};\n\n", out);
    return bytes <= POOL_BYTES ||
           bake_error(language->tag, 0, NULL, "expected words of at most %d bytes", POOL_BYTES);
}

static void write_entry(FILE *out, const struct language *language) {
    const char *tag = language->tag, *script = language->script;
    fprintf(out,
            "    {\"%s\", {'%c', '%c', '%c', '%c'}, \"%s\", words_%s, index_%s, 0x%X, %d, %d, %d, "
            "%s},\n",
            tag, script[0], script[1], script[2], script[3], language->elsewhere, tag, tag,
            (unsigned)language->zero, (int)language->rule[0], (int)language->rule[1],
            (int)language->rule[2], language->rtl ? "true" : "false");
}

static bool write_table(FILE *out, const struct language *languages, int count) {
    fputs("/* Made by inkline-bake-words from firmware/words: do not edit. */\n"
          "#include \"core/ink_words.h\"\n\n",
          out);
    for (int i = 0; i < count; i++) {
        if (!write_words(out, &languages[i])) {
            return false;
        }
    }
    fputs("const struct ink_language ink_languages[] = {\n", out);
    for (int i = 0; i < count; i++) {
        write_entry(out, &languages[i]);
    }
    fprintf(out, "};\nconst uint8_t ink_language_count = %d;\n", count);
    return true;
}

int main(int argc, char **argv) {
    static struct language languages[LANGUAGES];
    int count = argc - 3;
    if (count < 1 || count > LANGUAGES || strcmp(argv[argc - 2], "-o") != 0) {
        fputs("usage: inkline-bake-words en.words [OTHER.words...] -o TABLE.c\n", stderr);
        return BAKE_USAGE;
    }
    for (int i = 0; i < count; i++) {
        if (!read_language(&languages[i], argv[i + 1])) {
            return BAKE_REFUSED;
        }
    }
    if (strcmp(languages[0].tag, "en") != 0) {
        bake_error(argv[1], 0, NULL, "expected English first: it stands in for all others");
        return BAKE_REFUSED;
    }
    struct bake_out out;
    if (!bake_out_open(&out, argv[argc - 1])) {
        return BAKE_IO;
    }
    if (!write_table(out.stream, languages, count)) {
        fclose(out.stream);
        remove(out.beside);
        return BAKE_REFUSED;
    }
    return bake_out_commit(&out) ? BAKE_DONE : BAKE_IO;
}
