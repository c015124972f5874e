#include "import/json_items.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/mman.h>

#include "import/json_digits.h"
#include "import/line.h"

enum { CHUNK_BYTES = 65536 };

/* RFC 7464: it parts texts, and stands inside of none. */
#define RECORD_SEPARATOR '\x1E'

/* ---- memory of an object --------------------------------------------------------------------- */

/* All of an object is freed at once, and none may take more than this: a list of zeros is 40 times
 * as large in memory as in the file. cJSON's hooks have no context, so this is a static. */
#define OBJECT_BYTES (8u * INK_JSON_ITEM_BYTES)
static struct {
    char *room;
    size_t used;
    bool full;
} memory;

static void *memory_take(size_t bytes) {
    const size_t whole = (bytes + 15) & ~(size_t)15;
    if (whole < bytes || whole > OBJECT_BYTES - memory.used) {
        memory.full = true;
        return NULL;
    }
    memory.used += whole;
    return memory.room + memory.used - whole;
}

static void memory_keep(void *at) {
    (void)at; // until memory_clear
}

static bool memory_open(void) {
    cJSON_Hooks hooks = {.malloc_fn = memory_take, .free_fn = memory_keep};
    void *room = mmap(NULL, OBJECT_BYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    memory.room = room;
    memory.used = 0;
    memory.full = false;
    if (room != MAP_FAILED) {
        cJSON_InitHooks(&hooks);
    }
    return room != MAP_FAILED;
}

static void memory_clear(void) {
    if (memory.used > CHUNK_BYTES * 16) {
        (void)madvise(memory.room, OBJECT_BYTES, MADV_DONTNEED); // a large one is rare
    }
    memory.used = 0;
    memory.full = false;
}

static void memory_close(void) {
    cJSON_InitHooks(NULL);
    (void)munmap(memory.room, OBJECT_BYTES);
}

/* ---- the reader ------------------------------------------------------------------------------ */

struct reader {
    struct ink_import *in;
    ink_json_take *take;
    void *context;
    char *item; /* the object so far */
    size_t bytes, cap;
    uint64_t line, line_offset, offset; /* of the byte at hand, from 1; where its line begins */
    struct ink_json_text text;          /* of the open object */
    uint64_t depth;                     /* open brackets of the object */
    uint64_t arrays[INK_JSON_ITEM_DEPTH / 64]; /* which of them are of arrays, one bit each */
    char last, token; /* the byte before; the last one outside of strings that is no blank, if
                         it is a bracket, a colon or a comma, else a letter for it */
    bool in_string, escaped;
    bool in_array; /* the stream is one array */
    bool too_long, too_deep;
    bool junk;        /* what stands here was refused already */
    bool long_number; /* there may be one in the object */
    bool broken;      /* what stands here is the rest of a document that was refused */
    char before;      /* the last byte of it that is no blank */
};

/* ---- problems -------------------------------------------------------------------------------- */

static void refuse(struct reader *reader, const char *rule, const char *what, uint64_t line,
                   uint64_t column) {
    struct ink_problem problem = ink_import_at(reader->in, line, column);
    problem.rule = rule;
    problem.what = what;
    problem.expected = "expected an object of JSON";
    problem.hint = "was it copied whole?";
    ink_import_refuse(reader->in, false, &problem);
}

/* Line and column of a byte of the open object. */
static void find_place(const struct ink_json_text *text, size_t at, uint64_t *line,
                       uint64_t *column) {
    uint64_t begun = 0;
    *line = text->line;
    for (size_t i = 0; i < at && i < text->bytes; i++) {
        if (text->at[i] == '\n') {
            (*line)++;
            begun = i + 1;
        }
    }
    *column = *line == text->line ? text->column + at : at - begun + 1;
}

/* ---- one object ------------------------------------------------------------------------------ */

static void end_object(struct reader *reader) {
    const char *stopped = NULL;
    uint64_t line, column;
    reader->text.at = reader->item;
    reader->text.bytes = reader->bytes;
    if (reader->too_deep || reader->too_long) {
        refuse(reader, reader->too_deep ? "json-deep" : "json-long",
               reader->too_deep ? "more than 128 levels inside each other"
                                : "an object of more than 16 MiB",
               reader->text.line, reader->text.column);
        return;
    }
    reader->item[reader->bytes] = '\0';
    cJSON *object = cJSON_ParseWithLengthOpts(reader->item, reader->bytes + 1, &stopped, 0);
    if (object == NULL && memory.full) {
        refuse(reader, "json-long", "an object of too many values", reader->text.line,
               reader->text.column);
    } else if (object == NULL) {
        const size_t at = stopped != NULL ? (size_t)(stopped - reader->item) : 0;
        find_place(&reader->text, at, &line, &column);
        refuse(reader, "json", "not JSON from here on", line, column);
        reader->broken = true;
        reader->before = '}';
    } else {
        if (reader->long_number) {
            ink_json_digits(object, reader->item, reader->bytes);
        }
        reader->take(reader->in, reader->context, object, &reader->text);
    }
    memory_clear();
}

static void begin_object(struct reader *reader) {
    reader->junk = reader->broken = reader->long_number = false;
    reader->bytes = 0;
    reader->depth = 0;
    reader->last = reader->token = '\0';
    reader->too_long = reader->too_deep = reader->in_string = reader->escaped = false;
    reader->text.line = reader->line;
    reader->text.column = reader->offset - reader->line_offset + 1;
}

static bool make_room(struct reader *reader, size_t bytes) {
    if (reader->bytes + bytes > INK_JSON_ITEM_BYTES) {
        return false;
    }
    size_t cap = reader->cap > 0 ? reader->cap : CHUNK_BYTES;
    while (cap <= reader->bytes + bytes) { /* and a zero at the end */
        cap *= 2;
    }
    char *item = cap > reader->cap ? realloc(reader->item, cap) : reader->item;
    reader->item = item != NULL ? item : reader->item;
    reader->cap = item != NULL ? cap : reader->cap;
    return item != NULL;
}

static void keep(struct reader *reader, const char *run, size_t bytes) {
    reader->too_long = reader->too_long || !make_room(reader, bytes);
    if (!reader->too_long) {
        memcpy(reader->item + reader->bytes, run, bytes);
        reader->bytes += bytes;
    }
}

/* ---- its end --------------------------------------------------------------------------------- */

static bool is_array_open(const struct reader *reader) {
    const uint64_t level = reader->depth - 1;
    return level < INK_JSON_ITEM_DEPTH && (reader->arrays[level / 64] >> level % 64 & 1) != 0;
}

static void open_bracket(struct reader *reader, char c) {
    const uint64_t level = reader->depth++, bit = (uint64_t)1 << level % 64;
    if (level < INK_JSON_ITEM_DEPTH) {
        reader->arrays[level / 64] =
            (reader->arrays[level / 64] & ~bit) | (c == '[' ? bit : (uint64_t)0);
    }
    reader->too_deep = reader->too_deep || reader->depth > INK_JSON_ITEM_DEPTH;
}

/* An object in the first column, where the open one has no place for one, or is refused already:
 * that was cut off, in a stream of one a line, and the next begins here. */
static bool begins_anew(const struct reader *reader) {
    return (reader->too_deep || reader->too_long || reader->in_string ||
            (reader->token != ':' && reader->token != '[' &&
             !(reader->token == ',' && is_array_open(reader))));
}

/* Bytes that count: in a string its end, an escape and a line's end; outside of strings a line's
 * end and what is no letter of JSON's; in both what parts texts. */
static const bool stops[2][256] = {{['"'] = 1,
                                    ['{'] = 1,
                                    ['}'] = 1,
                                    ['['] = 1,
                                    [']'] = 1,
                                    [':'] = 1,
                                    [','] = 1,
                                    ['\n'] = 1,
                                    [RECORD_SEPARATOR] = 1},
                                   {['"'] = 1, ['\\'] = 1, ['\n'] = 1, [RECORD_SEPARATOR] = 1}};

/* Is any of eight bytes this one? Each that is leaves its highest bit, and nothing else does so
 * before it. */
static uint64_t has_byte(uint64_t word, char c) {
    const uint64_t ones = 0x0101010101010101, differ = word ^ ones * (unsigned char)c;
    return (differ - ones) & ~differ & ones << 7;
}

/* Bytes before the next one that counts; strings are long, and go by eight. */
static size_t run_of(const char *text, size_t bytes, bool in_string) {
    const bool *stop = stops[in_string];
    size_t i = 0;
    uint64_t word;
    for (; in_string && i + sizeof word <= bytes; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        if ((has_byte(word, '"') | has_byte(word, '\\') | has_byte(word, '\n') |
             has_byte(word, RECORD_SEPARATOR)) != 0) {
            break;
        }
    }
    while (i < bytes && !stop[(unsigned char)text[i]]) {
        i++;
    }
    return i;
}

static void take_in_string(struct reader *reader, char c) {
    if (reader->escaped) {
        reader->escaped = false;
    } else if (c == '\\') {
        reader->escaped = true;
    } else if (c == '"') {
        reader->in_string = false;
    }
}

static void take_outside(struct reader *reader, char c) {
    if (c == '"') {
        reader->in_string = true;
    } else if (c == '{' || c == '[') {
        open_bracket(reader, c);
    } else if (c == '}' || c == ']') {
        reader->depth--;
    }
    reader->token = c == '\n' ? reader->token : c;
}

static bool is_blank(const char *text, size_t bytes) {
    size_t i = 0;
    while (i < bytes && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r')) {
        i++;
    }
    return i == bytes;
}

/* Past a run without anything that counts, or one byte that does. */
static size_t step(struct reader *reader, const char *text, size_t bytes) {
    const size_t run = reader->escaped ? 0 : run_of(text, bytes, reader->in_string);
    if (run > 0) {
        const bool letters = !reader->in_string && !is_blank(text, run);
        reader->long_number = reader->long_number || /* one may go on from the chunk before */
                              (letters && (run >= INK_JSON_DIGITS || reader->token == 'a'));
        reader->token = letters ? 'a' : reader->token;
        reader->last = text[run - 1];
        return run;
    }
    if (reader->in_string) {
        take_in_string(reader, text[0]);
    } else {
        take_outside(reader, text[0]);
    }
    reader->last = text[0];
    return 1;
}

/* Bytes of the open object, as far as they go: to its end (depth 0), or to where it cannot go on.
 */
static size_t in_object(struct reader *reader, const char *text, size_t bytes) {
    size_t at = 0;
    do {
        if (text[at] == RECORD_SEPARATOR ||
            (reader->last == '\n' && text[at] == '{' && begins_anew(reader))) {
            break;
        }
        at += step(reader, text + at, bytes - at);
    } while (at < bytes && reader->depth > 0);
    keep(reader, text, at);
    return at;
}

/* ---- the stream ------------------------------------------------------------------------------ */

static void never_ends(struct reader *reader) {
    if (reader->too_deep || reader->too_long) {
        end_object(reader);
        return;
    }
    refuse(reader, "json", "the object that begins here never ends", reader->text.line,
           reader->text.column);
}

/* One mistake is said once. What goes on as a document does behind one is the rest of it, up to
 * what parts documents (or elements of the stream's array), or to an object where one may begin: in
 * the first column, as of one a line, or behind what closes. */
static bool is_rest(struct reader *reader, char c) {
    const bool ends = c == RECORD_SEPARATOR || (reader->in_array && (c == ',' || c == ']'));
    reader->broken = reader->broken && !ends;
    reader->before = strchr(" \t\r\n", c) != NULL ? reader->before : c;
    return reader->broken;
}

static bool may_begin(const struct reader *reader) {
    return !reader->broken || reader->offset == reader->line_offset || reader->before == '}' ||
           reader->before == ']';
}

static void between(struct reader *reader, char c) {
    if (is_rest(reader, c)) {
        return;
    }
    const bool parts = c == ',' || c == RECORD_SEPARATOR || (c == ']' && reader->in_array);
    reader->in_array = reader->in_array && c != ']' && c != RECORD_SEPARATOR;
    if (c == '[' && !reader->in_array) {
        reader->in_array = true;
    } else if (parts || strchr(" \t\r\n", c) != NULL) {
        reader->junk = reader->junk && !parts && c != '\n';
    } else if (!reader->junk) {
        reader->junk = true;
        refuse(reader, "json", "something else than an object", reader->line,
               reader->offset - reader->line_offset + 1);
        reader->broken = reader->text.line > 0 && strchr("\"}]:", c) != NULL;
    }
}

static void count_lines(struct reader *reader, const char *text, size_t bytes) {
    const char *end = text;
    while ((end = memchr(end, '\n', bytes - (size_t)(end - text))) != NULL) {
        end++;
        reader->line++;
        reader->line_offset = reader->offset + (uint64_t)(end - text);
    }
    reader->offset += bytes;
}

/* Take what is one object, or goes on with it, or one byte between two. */
static size_t take_part(struct reader *reader, const char *text, size_t bytes) {
    if (reader->depth == 0 && (text[0] != '{' || !may_begin(reader))) {
        between(reader, text[0]);
        return 1;
    }
    if (reader->depth == 0) {
        begin_object(reader);
    }
    const size_t taken = in_object(reader, text, bytes);
    if (reader->depth == 0) {
        end_object(reader);
    } else if (taken < bytes) {
        never_ends(reader);
        reader->depth = 0;
    }
    return taken;
}

static void take_chunk(struct reader *reader, const char *chunk, size_t bytes) {
    for (size_t at = 0; at < bytes && !reader->in->failed;) {
        const size_t taken = take_part(reader, chunk + at, bytes - at);
        count_lines(reader, chunk + at, taken);
        at += taken;
    }
}

static int read_all(struct reader *reader) {
    char chunk[CHUNK_BYTES];
    for (uint64_t at = 0;;) {
        const long count = ink_segment_read(reader->in->input, at, (uint8_t *)chunk, sizeof chunk);
        if (count < 0) {
            return INK_EXIT_IO;
        }
        const size_t mark = at == 0 ? ink_line_mark(chunk, (size_t)count) : 0;
        take_chunk(reader, chunk + mark, (size_t)count - mark);
        at += (uint64_t)count;
        if (count == 0) {
            break;
        }
    }
    if (reader->depth > 0 && !reader->in->failed) {
        never_ends(reader);
    }
    return INK_EXIT_OK;
}

int ink_json_items(struct ink_import *in, ink_json_take *take, void *context) {
    struct reader reader = {.in = in, .take = take, .context = context, .line = 1};
    if (!memory_open()) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    }
    const int code = read_all(&reader);
    memory_close();
    free(reader.item);
    return code;
}

/* ---- leaves ---------------------------------------------------------------------------------- */

static void add_number(struct ink_leaves *leaves, const char *path, size_t bytes,
                       const cJSON *value) {
    char text[32];
    const double number = value->valuedouble;
    const bool whole = number >= -9e15 && number <= 9e15 && number == (double)(int64_t)number;
    const int count = whole ? snprintf(text, sizeof text, "%lld", (long long)number)
                            : snprintf(text, sizeof text, "%.17g", number);
    ink_leaves_add(leaves, path, bytes, text, (size_t)count);
}

/* `path` has room for INK_LEAF_PATH bytes and a zero; depth is bounded by INK_JSON_ITEM_DEPTH. */
static void add_value(struct ink_leaves *leaves, char *path, size_t bytes, const cJSON *value) {
    if (cJSON_IsString(value)) {
        ink_leaves_add(leaves, path, bytes, value->valuestring, strlen(value->valuestring));
    } else if (cJSON_IsNumber(value)) {
        add_number(leaves, path, bytes, value);
    } else if (cJSON_IsBool(value)) {
        const char *word = cJSON_IsTrue(value) ? "true" : "false";
        ink_leaves_add(leaves, path, bytes, word, strlen(word));
    }
    const bool array = cJSON_IsArray(value);
    for (const cJSON *child = value->child; child != NULL; child = child->next) {
        const char *name = array ? "[]" : child->string;
        const size_t dot = !array && bytes > 0, length = strlen(name);
        if (bytes + dot + length > INK_LEAF_PATH) {
            leaves->beyond = true;
            continue;
        }
        (void)stpcpy(stpcpy(path + bytes, dot > 0 ? "." : ""), name);
        add_value(leaves, path, bytes + dot + length, child);
    }
}

void ink_json_leaves(struct ink_leaves *leaves, const char *prefix, const cJSON *value) {
    char path[INK_LEAF_PATH + 1];
    const size_t bytes = strlen(prefix);
    if (bytes < sizeof path) {
        (void)stpcpy(path, prefix);
        add_value(leaves, path, bytes, value);
    }
}

/* ---- where an element stands ----------------------------------------------------------------- */

/* Past blanks, counting lines: all that cJSON takes for such. */
static void skip_blanks(struct ink_json_walk *walk, const struct ink_json_text *text) {
    for (; walk->at < text->bytes && (unsigned char)text->at[walk->at] <= ' '; walk->at++) {
        if (text->at[walk->at] == '\n') {
            walk->line++;
            walk->line_at = walk->at + 1;
        }
    }
}

static void skip_string(struct ink_json_walk *walk, const struct ink_json_text *text) {
    for (walk->at++; walk->at < text->bytes && text->at[walk->at] != '"'; walk->at++) {
        walk->at += text->at[walk->at] == '\\';
    }
    walk->at++;
}

/* Past a value; cJSON has found the whole to be JSON. */
static void skip_value(struct ink_json_walk *walk, const struct ink_json_text *text) {
    uint64_t depth = 0;
    do {
        skip_blanks(walk, text);
        const char c = walk->at < text->bytes ? text->at[walk->at] : ']';
        if (c == '"') {
            skip_string(walk, text);
        } else if (c == '{' || c == '[') {
            depth++;
            walk->at++;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
            walk->at++;
        } else if (c == ',' || c == ':') {
            walk->at++;
        } else {
            const size_t letters = strcspn(text->at + walk->at, ",:]} \t\r\n");
            walk->at += letters > 0 ? letters : 1;
        }
    } while (depth > 0 && walk->at < text->bytes);
    skip_blanks(walk, text);
}

/* Into the value of a member of the object at hand. */
static bool enter_member(struct ink_json_walk *walk, const struct ink_json_text *text,
                         const char *name, size_t bytes) {
    skip_blanks(walk, text);
    if (walk->at >= text->bytes || text->at[walk->at] != '{') {
        return false;
    }
    walk->at++;
    for (skip_blanks(walk, text); walk->at < text->bytes && text->at[walk->at] == '"';
         skip_blanks(walk, text)) {
        const size_t from = walk->at + 1;
        skip_string(walk, text);
        const bool found =
            walk->at - 1 - from == bytes && strncasecmp(text->at + from, name, bytes) == 0;
        skip_blanks(walk, text);
        walk->at++; /* the colon */
        if (found) {
            return true;
        }
        skip_value(walk, text);
        walk->at += walk->at < text->bytes && text->at[walk->at] == ',';
    }
    return false;
}

static bool enter_array(struct ink_json_walk *walk, const struct ink_json_text *text,
                        const char *path) {
    walk->line = text->line;
    while (*path != '\0') {
        const size_t bytes = strcspn(path, ".");
        if (!enter_member(walk, text, path, bytes)) {
            return false;
        }
        path += bytes + (path[bytes] == '.');
    }
    skip_blanks(walk, text);
    walk->begun = walk->at < text->bytes && text->at[walk->at] == '[';
    walk->at++;
    skip_blanks(walk, text);
    return walk->begun;
}

bool ink_json_place(struct ink_json_walk *walk, const struct ink_json_text *text, const char *path,
                    long nth, struct ink_json_spot *spot) {
    if (!walk->begun && !enter_array(walk, text, path)) {
        return false;
    }
    for (; walk->element < nth && walk->at < text->bytes && text->at[walk->at] != ']';
         walk->element++) {
        skip_value(walk, text);
        walk->at += walk->at < text->bytes && text->at[walk->at] == ',';
        skip_blanks(walk, text);
    }
    spot->line = walk->line;
    spot->column = (walk->line == text->line ? text->column : 1) + walk->at - walk->line_at;
    return walk->element == nth && walk->at < text->bytes && text->at[walk->at] != ']';
}
