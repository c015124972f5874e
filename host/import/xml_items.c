#include "import/xml_items.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>

#include "import/plain.h"

enum { CHUNK_BYTES = 65536, VALUE_BYTES = 262144 };

struct reader {
    struct ink_import *in;
    const struct ink_xml_shape *shape;
    struct ink_leaves item, *head;
    XML_Parser parser;
    char path[INK_LEAF_PATH + 1];
    uint32_t path_bytes;
    uint32_t mark[INK_XML_DEPTH]; /* length of the path before each open element */
    uint32_t
        begun[INK_XML_DEPTH];   /* bytes of the text before each open element: its own is behind */
    bool marked[INK_XML_DEPTH]; /* the open element has markup inside: its text is escaped */
    int depth;                  /* open elements, without those of markup */
    int item_depth;             /* of the open item; 0: none */
    int markup;                 /* open elements of markup */
    bool in_text;               /* the innermost is one of the shape's texts */
    uint32_t text_bytes;
    bool too_deep;
    const struct ink_xml_space *space; /* of the name before: most have the same */
    char text[VALUE_BYTES];            /* of the open elements, the innermost last */
};

/* ---- names ----------------------------------------------------------------------------------- */

static bool is_listed(const char *const *names, const char *name) {
    for (; names != NULL && *names != NULL; names++) {
        if ((*names)[0] == name[0] && strcmp(*names, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_space_of(const struct ink_xml_space *space, const char *raw, size_t bytes) {
    return strncmp(space->uri, raw, bytes) == 0 && space->uri[bytes] == '\0';
}

static const char *prefix_of(struct reader *reader, const char *raw, size_t bytes) {
    if (reader->space != NULL && is_space_of(reader->space, raw, bytes)) {
        return reader->space->prefix;
    }
    for (const struct ink_xml_space *space = reader->shape->spaces; space->uri != NULL; space++) {
        if (is_space_of(space, raw, bytes)) {
            reader->space = space;
            return space->prefix;
        }
    }
    return "other:";
}

/* "uri|local" or "local" to a name with prefix; false: it is markup of a text. */
static bool name_of(struct reader *reader, const char *raw, char name[INK_LEAF_PATH]) {
    const char *bar = strrchr(raw, '|'), *local = bar != NULL ? bar + 1 : raw;
    const char *prefix = bar != NULL ? prefix_of(reader, raw, (size_t)(bar - raw)) : "";
    const size_t before = prefix != NULL ? strlen(prefix) : 0;
    const size_t bytes = strnlen(local, INK_LEAF_PATH - 1 - before);
    memcpy(name, prefix != NULL ? prefix : "", before);
    memcpy(name + before, local, bytes);
    name[before + bytes] = '\0';
    return prefix != NULL && !is_listed(reader->shape->markup, name);
}

static struct ink_leaves *leaves_of(struct reader *reader) {
    return reader->item_depth > 0 ? &reader->item : reader->head;
}

/* ---- text ------------------------------------------------------------------------------------ */

static void put_text(struct reader *reader, const char *text, size_t bytes) {
    const size_t room = VALUE_BYTES - reader->text_bytes;
    bytes = bytes < room ? bytes : room;
    memcpy(reader->text + reader->text_bytes, text, bytes);
    reader->text_bytes += (uint32_t)bytes;
}

/* What XML had escaped, escaped again. */
static void put_escaped(struct reader *reader, const char *text, size_t bytes) {
    size_t from = 0;
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '&' || text[i] == '<') {
            put_text(reader, text + from, i - from);
            put_text(reader, text[i] == '&' ? "&amp;" : "&lt;", text[i] == '&' ? 5 : 4);
            from = i + 1;
        }
    }
    put_text(reader, text + from, bytes - from);
}

static void XMLCALL on_text(void *context, const char *text, int bytes) {
    struct reader *reader = context;
    if (reader->markup > 0 || (reader->depth > 0 && reader->marked[reader->depth - 1])) {
        put_escaped(reader, text, (size_t)bytes);
    } else {
        put_text(reader, text, (size_t)bytes);
    }
}

static void put_tag(struct reader *reader, const char *name, bool closes) {
    put_text(reader, closes ? "</" : "<", closes ? 2 : 1);
    put_text(reader, name, strlen(name));
    put_text(reader, ">", 1);
}

/* The text so far of the innermost element turns out to have markup behind it. */
static void escape_text(struct reader *reader) {
    const uint32_t from = reader->begun[reader->depth - 1], bytes = reader->text_bytes - from;
    char *copy = malloc(bytes > 0 ? bytes : 1);
    reader->marked[reader->depth - 1] = true;
    reader->text_bytes = from;
    if (copy != NULL) {
        memcpy(copy, reader->text + from, bytes);
        put_escaped(reader, copy, bytes);
    }
    free(copy);
}

/* ---- elements -------------------------------------------------------------------------------- */

static void push_name(struct reader *reader, const char *name) {
    const size_t bytes = strlen(name), slash = reader->path_bytes > 0;
    if (reader->path_bytes + slash + bytes > INK_LEAF_PATH) {
        reader->path_bytes = INK_LEAF_PATH; /* leaves there are left out */
        return;
    }
    if (slash > 0) {
        reader->path[reader->path_bytes] = '/';
    }
    memcpy(reader->path + reader->path_bytes + slash, name, bytes);
    reader->path_bytes += (uint32_t)(slash + bytes);
}

static void add_attributes(struct reader *reader, const char **attributes) {
    char path[2 * INK_LEAF_PATH + 2];
    const uint32_t before = reader->path_bytes;
    for (; attributes[0] != NULL; attributes += 2) {
        memcpy(path, reader->path, before);
        path[before] = '@';
        (void)name_of(reader, attributes[0], path + before + 1);
        ink_leaves_add(leaves_of(reader), path, before + 1 + strlen(path + before + 1),
                       attributes[1], strlen(attributes[1]));
    }
}

static void stop_too_deep(struct reader *reader) {
    reader->too_deep = true;
    XML_StopParser(reader->parser, XML_FALSE);
}

static const char *local_of(const char *raw) {
    const char *bar = strrchr(raw, '|');
    return bar != NULL ? bar + 1 : raw;
}

static void begin_markup(struct reader *reader, const char *raw) {
    if (reader->markup == INK_XML_MARKUP) {
        stop_too_deep(reader);
        return;
    }
    if (reader->markup == 0 && !reader->marked[reader->depth - 1]) {
        escape_text(reader);
    }
    reader->markup++;
    put_tag(reader, local_of(raw), false);
}

static void begin_item(struct reader *reader) {
    ink_leaves_clear(&reader->item);
    reader->item_depth = reader->depth;
    reader->path_bytes = 0;
    ink_draft_begin(&reader->in->draft, XML_GetCurrentLineNumber(reader->parser),
                    XML_GetCurrentColumnNumber(reader->parser) + 1);
}

/* An element of its own path, or the item itself. */
static void begin_element(struct reader *reader, const char *name) {
    reader->mark[reader->depth] = reader->path_bytes;
    reader->begun[reader->depth] = reader->text_bytes;
    reader->marked[reader->depth] = false;
    reader->depth++;
    if (reader->item_depth == 0 && is_listed(reader->shape->items, name)) {
        begin_item(reader);
    } else if (reader->depth > 1) {
        push_name(reader, name);
        reader->in_text = is_listed(reader->shape->texts, name);
    }
}

static void XMLCALL on_start(void *context, const char *raw, const char **attributes) {
    struct reader *reader = context;
    char name[INK_LEAF_PATH];
    if (reader->too_deep) {
        return;
    }
    if (reader->in_text || reader->markup > 0 ||
        (!name_of(reader, raw, name) && reader->depth > 0)) {
        begin_markup(reader, raw);
    } else if (reader->depth == INK_XML_DEPTH) {
        stop_too_deep(reader);
    } else {
        begin_element(reader, name);
        add_attributes(reader, attributes);
    }
}

/* What stands in the element around the items, between them, is no text of anything, and must not
 * fill the room for texts. */
static void end_item(struct reader *reader, const char *name) {
    reader->item_depth = 0;
    reader->text_bytes = reader->depth > 0 ? reader->begun[reader->depth - 1] : 0;
    reader->shape->item(reader->in, reader->shape->context, name, &reader->item, reader->head);
    if (reader->in->failed) {
        XML_StopParser(reader->parser, XML_FALSE);
    }
}

static void add_text(struct reader *reader, uint32_t from) {
    static const char suffix[] = INK_XML_MARKED;
    char path[INK_LEAF_PATH + sizeof suffix];
    if (reader->path_bytes == 0 || reader->path_bytes >= INK_LEAF_PATH) {
        return;
    }
    struct ink_leaves *leaves = leaves_of(reader);
    if (reader->marked[reader->depth]) {
        memcpy(path, reader->path, reader->path_bytes);
        memcpy(path + reader->path_bytes, suffix, sizeof suffix - 1);
        ink_leaves_add(leaves, path, reader->path_bytes + sizeof suffix - 1, "yes", 3);
    }
    ink_leaves_add(leaves, reader->path, reader->path_bytes, reader->text + from,
                   reader->text_bytes - from);
}

static void XMLCALL on_end(void *context, const char *raw) {
    struct reader *reader = context;
    char name[INK_LEAF_PATH];
    if (reader->too_deep) {
        return;
    }
    if (reader->markup > 0) {
        put_tag(reader, local_of(raw), true);
        reader->markup--;
        return;
    }
    reader->depth--;
    reader->in_text = false;
    add_text(reader, reader->begun[reader->depth]);
    reader->text_bytes = reader->begun[reader->depth];
    reader->path_bytes = reader->mark[reader->depth];
    if (reader->item_depth == reader->depth + 1) {
        (void)name_of(reader, raw, name);
        end_item(reader, name);
    }
}

/* ---- entities -------------------------------------------------------------------------------- */

/* References to entities come here, none is expanded: those of HTML by name are what they are
 * there, what a document declares itself counts as empty, as does what is outside of it. */
static void XMLCALL on_other(void *context, const char *text, int bytes) {
    const struct reader *reader = context;
    char utf8[4];
    if (reader->depth == 0 || bytes < 3 || text[0] != '&' || text[bytes - 1] != ';') {
        return;
    }
    const uint32_t point = ink_entity(text + 1, (size_t)bytes - 2);
    if (point != 0) {
        on_text(context, utf8, (int)ink_plain_encode(utf8, point));
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void say_broken(struct reader *reader) {
    const enum XML_Error error = XML_GetErrorCode(reader->parser);
    struct ink_problem problem = ink_import_at(reader->in, XML_GetCurrentLineNumber(reader->parser),
                                               XML_GetCurrentColumnNumber(reader->parser) + 1);
    problem.rule = reader->too_deep ? "xml-deep" : "xml";
    problem.what =
        reader->too_deep ? "elements inside each other without end" : XML_ErrorString(error);
    problem.expected = "expected well-formed XML; what stands before is used";
    problem.hint = error == XML_ERROR_UNBOUND_PREFIX
                       ? "its namespace is not declared: ask who makes the feed"
                       : "was it copied whole?";
    if (!reader->in->failed) {
        ink_import_refuse(reader->in, true, &problem);
    }
}

static int parse_all(struct reader *reader) {
    char chunk[CHUNK_BYTES];
    for (uint64_t at = 0;;) {
        const long count = ink_segment_read(reader->in->input, at, (uint8_t *)chunk, sizeof chunk);
        if (count < 0) {
            return INK_EXIT_IO;
        }
        at += (uint64_t)count;
        if (XML_Parse(reader->parser, chunk, (int)count, count == 0) != XML_STATUS_OK) {
            say_broken(reader);
            return INK_EXIT_OK;
        }
        if (count == 0) {
            return INK_EXIT_OK;
        }
    }
}

static int run(struct reader *reader) {
    XML_Parser parser = reader->parser;
    XML_SetUserData(parser, reader);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetDefaultHandler(parser, on_other);
    XML_UseForeignDTD(parser, XML_TRUE); // names that no DTD declares are no error
    return parse_all(reader);
}

int ink_xml_items(struct ink_import *in, const struct ink_xml_shape *shape,
                  struct ink_leaves *head) {
    struct reader *reader = calloc(1, sizeof *reader);
    int code = INK_EXIT_IO;
    *head = (struct ink_leaves){.leaf = NULL};
    if (reader != NULL) {
        *reader = (struct reader){.in = in, .shape = shape, .head = head};
        reader->parser = XML_ParserCreateNS("UTF-8", '|');
    }
    if (reader == NULL || reader->parser == NULL || !ink_leaves_open(head) ||
        !ink_leaves_open(&reader->item)) {
        code = ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    } else {
        code = run(reader);
    }
    if (reader != NULL) {
        XML_ParserFree(reader->parser);
        ink_leaves_close(&reader->item);
    }
    free(reader);
    return code;
}
