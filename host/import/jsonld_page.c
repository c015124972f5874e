#include "import/jsonld_page.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "say.h"

enum { CHUNK_BYTES = 65536, TAG_BYTES = 1024 };

enum where {
    IN_TEXT,
    IN_WORD,   /* behind a <, which may begin a script or a comment */
    IN_TAG,    /* of a script, up to its > */
    IN_LD,     /* a script that is JSON-LD */
    IN_SCRIPT, /* another one */
    IN_COMMENT
};

struct scanner {
    FILE *out;
    enum where where;
    size_t matched; /* letters of what ends this state */
    size_t word_bytes, tag_bytes;
    char quote;
    char word[8], tag[TAG_BYTES + 1];
    uint8_t chunk[CHUNK_BYTES];
};

/* What stands outside keeps its lines. */
static void blank(struct scanner *scan, char c) {
    (void)putc(c == '\n' || c == '\r' ? c : ' ', scan->out);
}

static void in_word(struct scanner *scan, char c) {
    scan->word[scan->word_bytes++] = (char)tolower((unsigned char)c);
    if (scan->word_bytes == 3 && memcmp(scan->word, "!--", 3) == 0) {
        scan->where = IN_COMMENT;
        scan->matched = 2; /* "<!-->" is a whole one */
    } else if (scan->word_bytes == 7) {
        const bool script = memcmp(scan->word, "script", 6) == 0 &&
                            (isspace((unsigned char)c) || c == '>' || c == '/');
        scan->where = !script ? IN_TEXT : c == '>' ? IN_SCRIPT : IN_TAG;
        scan->matched = scan->tag_bytes = 0;
        scan->quote = '\0';
    } else if (memcmp(scan->word, "script", scan->word_bytes < 6 ? scan->word_bytes : 6) != 0 &&
               (scan->word_bytes > 2 || memcmp(scan->word, "!--", scan->word_bytes) != 0)) {
        scan->where = IN_TEXT;
    }
}

static void in_tag(struct scanner *scan, char c) {
    if (scan->quote != '\0') {
        scan->quote = c == scan->quote ? '\0' : scan->quote;
    } else if (c == '"' || c == '\'') {
        scan->quote = c;
    } else if (c == '>') {
        scan->tag[scan->tag_bytes] = '\0';
        const bool linked = strcasestr(scan->tag, "application/ld+json") != NULL;
        scan->where = linked ? IN_LD : IN_SCRIPT;
        return;
    }
    if (scan->tag_bytes < TAG_BYTES && c != '\0') {
        scan->tag[scan->tag_bytes++] = c;
    }
}

/* In a script up to "</script"; of JSON-LD its text goes through. */
static void in_script(struct scanner *scan, char c) {
    static const char end[] = "</script";
    const bool linked = scan->where == IN_LD;
    if (tolower((unsigned char)c) == end[scan->matched]) {
        scan->matched++;
        if (scan->matched == sizeof end - 1) {
            fputs(linked ? "\x1E       " : "        ", scan->out);
            scan->where = IN_TEXT;
        }
        return;
    }
    for (size_t i = 0; i < scan->matched; i++) { /* it was none */
        (void)putc(linked ? end[i] : ' ', scan->out);
    }
    scan->matched = c == '<';
    if (scan->matched == 0 && linked) {
        (void)putc(c, scan->out);
    } else if (scan->matched == 0) {
        blank(scan, c);
    }
}

static void in_comment(struct scanner *scan, char c) {
    if (c == '>' && scan->matched >= 2) {
        scan->where = IN_TEXT;
    }
    scan->matched = c == '-' ? scan->matched + 1 : 0;
}

static void take(struct scanner *scan, char c) {
    if (scan->where == IN_LD || scan->where == IN_SCRIPT) {
        in_script(scan, c);
        return;
    }
    blank(scan, c);
    if (scan->where == IN_COMMENT) {
        in_comment(scan, c);
    } else if (scan->where == IN_TAG) {
        in_tag(scan, c);
    } else if (c == '<') {
        scan->where = IN_WORD;
        scan->word_bytes = 0;
    } else if (scan->where == IN_WORD) {
        in_word(scan, c);
    }
}

static int scan_all(struct scanner *scan, const struct ink_segment *page) {
    for (uint64_t at = 0;;) {
        const long count = ink_segment_read(page, at, scan->chunk, sizeof scan->chunk);
        if (count < 0) {
            return INK_EXIT_IO;
        }
        for (long i = 0; i < count; i++) {
            take(scan, (char)scan->chunk[i]);
        }
        at += (uint64_t)count;
        if (count == 0) {
            return ferror(scan->out) ? ink_temporary_failed(page->name) : INK_EXIT_OK;
        }
    }
}

int ink_jsonld_scripts(const struct ink_segment *page, struct ink_segment *out) {
    struct scanner *scan = calloc(1, sizeof *scan);
    FILE *file = scan != NULL ? ink_temporary() : NULL;
    if (file == NULL) {
        free(scan);
        return INK_EXIT_IO;
    }
    scan->out = file;
    const int code = scan_all(scan, page);
    free(scan);
    if (code != INK_EXIT_OK) {
        fclose(file);
        return code;
    }
    *out = (struct ink_segment){.fd = -1};
    return ink_segment_adopt(out, file, page->name);
}
