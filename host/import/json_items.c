#include "import/json_items.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { CHUNK_BYTES = 65536 };

/* RFC 7464: it parts texts, and stands inside of none. */
#define RECORD_SEPARATOR '\x1E'

struct reader {
    struct ink_import *in;
    ink_json_take *take;
    void *context;
    char *item; /* the object so far */
    size_t bytes, cap;
    uint64_t line, line_offset, offset; /* of the byte at hand, from 1; where its line begins */
    struct ink_json_text text;          /* of the open object */
    uint64_t depth;                     /* open brackets of the object */
    bool in_string, escaped;
    bool in_array; /* the stream is one array */
    bool too_long, too_deep;
    bool junk; /* what stands here was refused already */
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
    if (object == NULL) {
        const size_t at = stopped != NULL ? (size_t)(stopped - reader->item) : 0;
        find_place(&reader->text, at, &line, &column);
        refuse(reader, "json", "not JSON from here on", line, column);
        return;
    }
    reader->take(reader->in, reader->context, object, &reader->text);
    cJSON_Delete(object);
}

static void begin_object(struct reader *reader) {
    reader->bytes = 0;
    reader->depth = 0;
    reader->too_long = reader->too_deep = reader->in_string = reader->escaped = false;
    reader->text.line = reader->line;
    reader->text.column = reader->offset - reader->line_offset + 1;
}

static void keep_byte(struct reader *reader, char c) {
    if (reader->bytes + 1 >= reader->cap && !reader->too_long) {
        const size_t cap = reader->cap > 0 ? reader->cap * 2 : CHUNK_BYTES;
        char *item = cap <= 2 * INK_JSON_ITEM_BYTES ? realloc(reader->item, cap) : NULL;
        reader->too_long = item == NULL;
        reader->item = item != NULL ? item : reader->item;
        reader->cap = item != NULL ? cap : reader->cap;
    }
    reader->too_long = reader->too_long || reader->bytes >= INK_JSON_ITEM_BYTES;
    if (!reader->too_long) {
        reader->item[reader->bytes++] = c;
    }
}

static void in_object(struct reader *reader, char c) {
    keep_byte(reader, c);
    if (reader->in_string) {
        reader->in_string = reader->escaped || c != '"';
        reader->escaped = !reader->escaped && c == '\\';
    } else if (c == '"') {
        reader->in_string = true;
    } else if (c == '{' || c == '[') {
        reader->depth++;
        reader->too_deep = reader->too_deep || reader->depth > INK_JSON_ITEM_DEPTH;
    } else if (c == '}' || c == ']') {
        reader->depth--;
        if (reader->depth == 0) {
            end_object(reader);
        }
    }
}

/* ---- the stream ------------------------------------------------------------------------------ */

static void between(struct reader *reader, char c) {
    const bool parts = c == ',' || c == RECORD_SEPARATOR || (c == ']' && reader->in_array);
    reader->in_array = reader->in_array && c != ']' && c != RECORD_SEPARATOR;
    if (c == '{') {
        reader->junk = false;
        begin_object(reader);
        in_object(reader, c);
    } else if (c == '[' && !reader->in_array) {
        reader->in_array = true;
    } else if (parts || strchr(" \t\r\n", c) != NULL) {
        reader->junk = reader->junk && !parts && c != '\n';
    } else if (!reader->junk) {
        reader->junk = true;
        refuse(reader, "json", "something else than an object", reader->line,
               reader->offset - reader->line_offset + 1);
    }
}

/* The open object was cut off. */
static void refuse_open(struct reader *reader) {
    reader->depth = 0;
    reader->in_array = false;
    refuse(reader, "json", "the object that begins here never ends", reader->text.line,
           reader->text.column);
}

static void take_chunk(struct reader *reader, const char *chunk, size_t bytes) {
    for (size_t i = 0; i < bytes && !reader->in->failed; i++) {
        if (reader->depth > 0 && chunk[i] == RECORD_SEPARATOR) {
            refuse_open(reader);
        } else if (reader->depth > 0) {
            in_object(reader, chunk[i]);
        } else {
            between(reader, chunk[i]);
        }
        reader->offset++;
        if (chunk[i] == '\n') {
            reader->line++;
            reader->line_offset = reader->offset;
        }
    }
}

static int read_all(struct reader *reader) {
    char chunk[CHUNK_BYTES];
    for (uint64_t at = 0;;) {
        const long count = ink_segment_read(reader->in->input, at, (uint8_t *)chunk, sizeof chunk);
        if (count < 0) {
            return INK_EXIT_IO;
        }
        const bool mark = at == 0 && count >= 3 && memcmp(chunk, "\xEF\xBB\xBF", 3) == 0;
        take_chunk(reader, chunk + (mark ? 3 : 0), (size_t)count - (mark ? 3 : 0));
        at += (uint64_t)count;
        if (count == 0) {
            break;
        }
    }
    if (reader->depth > 0 && !reader->in->failed) {
        refuse_open(reader);
    }
    return INK_EXIT_OK;
}

int ink_json_items(struct ink_import *in, ink_json_take *take, void *context) {
    struct reader reader = {.in = in, .take = take, .context = context, .line = 1};
    const int code = read_all(&reader);
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

/* `path` has room for INK_LEAF_PATH bytes; depth is bounded by INK_JSON_ITEM_DEPTH. */
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
        memcpy(path + bytes, ".", dot);
        memcpy(path + bytes + dot, name, length);
        add_value(leaves, path, bytes + dot + length, child);
    }
}

void ink_json_leaves(struct ink_leaves *leaves, const char *prefix, const cJSON *value) {
    char path[INK_LEAF_PATH];
    const size_t bytes = strlen(prefix);
    if (bytes <= sizeof path) {
        memcpy(path, prefix, bytes);
        add_value(leaves, path, bytes, value);
    }
}

/* ---- where an element stands ----------------------------------------------------------------- */

/* Past blanks, counting lines. */
static void skip_blanks(struct ink_json_walk *walk, const struct ink_json_text *text) {
    for (; walk->at < text->bytes && strchr(" \t\r\n", text->at[walk->at]) != NULL &&
           text->at[walk->at] != '\0';
         walk->at++) {
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
            walk->at += strcspn(text->at + walk->at, ",:]} \t\r\n");
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
                    long nth, uint64_t *line, uint64_t *column) {
    if (!walk->begun && !enter_array(walk, text, path)) {
        return false;
    }
    for (; walk->element < nth && walk->at < text->bytes && text->at[walk->at] != ']';
         walk->element++) {
        skip_value(walk, text);
        walk->at += walk->at < text->bytes && text->at[walk->at] == ',';
        skip_blanks(walk, text);
    }
    *line = walk->line;
    *column = (walk->line == text->line ? text->column : 1) + walk->at - walk->line_at;
    return walk->element == nth && walk->at < text->bytes && text->at[walk->at] != ']';
}
