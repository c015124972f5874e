#include "format.h"

#include <string.h>
#include <strings.h>

#include "import/line.h"
#include "import/map.h"
#include "options.h"

enum { HEAD_BYTES = 4096 };

static const struct {
    const char *name;
    enum ink_input_format format;
} format_names[] = {
    {"csv", INK_INPUT_CSV},      {"tsv", INK_INPUT_CSV},     {"ndjson", INK_INPUT_NDJSON},
    {"jsonl", INK_INPUT_NDJSON}, {"json", INK_INPUT_NDJSON}, {"ink", INK_INPUT_INK},
    {"cbor", INK_INPUT_INK},     {"tls", INK_INPUT_TLS},
};

enum ink_input_format ink_format_named(const char *name) {
    for (size_t i = 0; i < sizeof format_names / sizeof format_names[0]; i++) {
        if (strcasecmp(name, format_names[i].name) == 0) {
            return format_names[i].format;
        }
    }
    return INK_INPUT_UNKNOWN;
}

enum ink_input_format ink_format_of_path(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot != NULL ? ink_format_named(dot + 1) : INK_INPUT_UNKNOWN;
}

static bool begins(const uint8_t *head, size_t bytes, const char *magic, size_t magic_bytes) {
    return bytes >= magic_bytes && memcmp(head, magic, magic_bytes) == 0;
}

/* What a file seems to be if it is none of ours, else NULL. */
static const struct ink_doubt *foreign(const uint8_t *head, size_t bytes) {
    static const struct ink_doubt known[] = {
        {"PK\x03\x04", 4, true, "a spreadsheet or archive", "save it as CSV UTF-8"},
        {"<", 1, false, "XML or HTML of no kind that inkline reads", "inkline formats lists them"},
        {"[", 1, false, "a JSON array", "write one record a line: jq -c '.[]'"},
    };
    static const struct ink_doubt binary = {"", 0, false, "binary data",
                                            "name its format with --from if it is one of ours"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (begins(head, bytes, known[i].magic, known[i].bytes)) {
            return &known[i];
        }
    }
    return memchr(head, 0, bytes) != NULL ? &binary : NULL;
}

/* Format by content: '{' opens NDJSON, a map of 1 to 23 pairs CBOR, anything else that is text is
 * CSV, whose header row decides. */
static enum ink_input_format sniff(const uint8_t *head, size_t bytes) {
    size_t at = ink_line_start(head, bytes);
    if (bytes > 0 && head[0] >= 0xA1 && head[0] <= 0xB7) {
        return INK_INPUT_INK;
    }
    if (at < bytes && head[at] == '{') {
        return INK_INPUT_NDJSON;
    }
    return foreign(head + at, bytes - at) == NULL ? INK_INPUT_CSV : INK_INPUT_UNKNOWN;
}

static struct ink_found none(const struct ink_doubt *doubt, const char *rule) {
    return (struct ink_found){.format = INK_INPUT_UNKNOWN, .doubt = doubt, .rule = rule};
}

static struct ink_found of_importer(const struct ink_importer *importer) {
    return (struct ink_found){.format = INK_INPUT_FOREIGN, .importer = importer};
}

/* By --from: ours, or an importer's, which may not be built in. */
static struct ink_found by_name(const char *from) {
    const enum ink_input_format format = ink_format_named(from);
    const struct ink_importer *importer =
        format == INK_INPUT_UNKNOWN ? ink_importer_named(from) : NULL;
    static const struct ink_doubt missing = {.what = "its importer was not built in",
                                             .hint = "inkline formats lists those that are"};
    return importer != NULL              ? of_importer(importer)
           : format == INK_INPUT_UNKNOWN ? none(&missing, "format")
                                         : (struct ink_found){.format = format};
}

/* Content goes before extension; ours are known by either. */
static struct ink_found by_content(const struct ink_segment *segment, const char *head,
                                   size_t bytes) {
    const char *dot = strrchr(segment->name, '.');
    const struct ink_importer *importer = ink_importer_knows(head, bytes);
    enum ink_input_format format = ink_format_of_path(segment->name);
    if (importer == NULL && format == INK_INPUT_UNKNOWN && dot != NULL) {
        importer = ink_importer_of_extension(dot + 1);
    }
    if (importer != NULL) {
        return of_importer(importer);
    }
    format = format == INK_INPUT_UNKNOWN ? sniff((const uint8_t *)head, bytes) : format;
    return (struct ink_found){.format = format};
}

bool ink_format_is_binary(const struct ink_segment *segment, const char *from) {
    const enum ink_input_format format =
        from != NULL ? ink_format_named(from) : ink_format_of_path(segment->name);
    return format == INK_INPUT_INK;
}

struct ink_found ink_format_find(const struct ink_segment *segment, const char *from) {
    static const struct ink_doubt nothing = {.what = "nothing in it",
                                             .hint = "was it exported, or copied whole?"};
    static const struct ink_doubt ndjson = {.what = "it looks like NDJSON",
                                            .hint = "name it .ndjson, or give --from ndjson"};
    char head[HEAD_BYTES];
    const long count = ink_segment_read(segment, 0, (uint8_t *)head, sizeof head);
    const size_t bytes = count > 0 ? (size_t)count : 0;
    if (segment->bytes == 0) {
        return none(&nothing, "empty");
    }
    struct ink_found found = from != NULL ? by_name(from) : by_content(segment, head, bytes);
    if (found.format == INK_INPUT_INK || found.format == INK_INPUT_FOREIGN || found.doubt != NULL) {
        return found;
    }
    const size_t at = ink_line_start(head, bytes);
    const struct ink_doubt *other = foreign((const uint8_t *)head + at, bytes - at);
    if (found.format == INK_INPUT_UNKNOWN || (other != NULL && other->certain && from == NULL)) {
        return none(other, "format");
    }
    found.doubt = found.format == INK_INPUT_CSV && at < bytes && head[at] == '{' ? &ndjson : other;
    return found;
}

/* ---- the command ----------------------------------------------------------------------------- */

int ink_command_formats(const struct ink_options *options) {
    (void)options;
    puts("csv, tsv, ndjson, ink: the fields of a record by their names (see the README)\n");
    ink_map_print(stdout);
    return INK_EXIT_OK;
}
