#include "import/recode.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>

#include "core/ink_utf8.h"

enum { HEAD_BYTES = 512, CHUNK_BYTES = 32768, NAME_BYTES = 40 };

/* ---- which encoding -------------------------------------------------------------------------- */

/* By a byte order mark, or by where the zeros of "<?" or "{" stand. */
static const char *by_bytes(const uint8_t *head, size_t bytes) {
    static const struct {
        const char *begins;
        uint8_t bytes;
        const char *name;
    } marks[] = {{"\xFF\xFE\0\0", 4, "UTF-32LE"},
                 {"\0\0\xFE\xFF", 4, "UTF-32BE"},
                 {"\xFF\xFE", 2, "UTF-16LE"},
                 {"\xFE\xFF", 2, "UTF-16BE"},
                 {"<\0\0\0", 4, "UTF-32LE"},
                 {"\0\0\0<", 4, "UTF-32BE"},
                 {"<\0?\0", 4, "UTF-16LE"},
                 {"\0<\0?", 4, "UTF-16BE"},
                 {"<\0r\0", 4, "UTF-16LE"},
                 {"\0<\0r", 4, "UTF-16BE"},
                 {"{\0", 2, "UTF-16LE"},
                 {"\0{", 2, "UTF-16BE"},
                 {"\x4C\x6F\xA7\x94", 4, "EBCDIC-US"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (bytes >= marks[i].bytes && memcmp(head, marks[i].begins, marks[i].bytes) == 0) {
            return marks[i].name;
        }
    }
    return NULL;
}

/* The value of encoding="..." in an XML declaration, terminated. */
static bool by_declaration(const uint8_t *head, size_t bytes, char name[NAME_BYTES]) {
    const char *text = (const char *)head;
    const char *end = bytes > 5 && memcmp(text, "<?xml", 5) == 0 ? memchr(text, '>', bytes) : NULL;
    const char *at = end != NULL ? memmem(text, (size_t)(end - text), "encoding", 8) : NULL;
    if (at == NULL) {
        return false;
    }
    for (at += 8; at < end && (isspace((unsigned char)*at) || *at == '='); at++) {
    }
    const char quote = *at++;
    const char *stop =
        (quote == '"' || quote == '\'') && at < end ? memchr(at, quote, (size_t)(end - at)) : NULL;
    if (stop == NULL || stop == at || stop - at >= NAME_BYTES) {
        return false;
    }
    memcpy(name, at, (size_t)(stop - at));
    name[stop - at] = '\0';
    return true;
}

/* Nothing to do for UTF-8 and what is part of it; what people call latin-1 is windows-1252 (the
 * WHATWG's encoding standard says so of the web). */
static const char *meant(const char *name) {
    static const char *const same[][2] = {{"utf-8", NULL},
                                          {"utf8", NULL},
                                          {"us-ascii", "windows-1252"},
                                          {"ascii", "windows-1252"},
                                          {"iso-8859-1", "windows-1252"},
                                          {"latin1", "windows-1252"},
                                          {"gb2312", "gb18030"},
                                          {"gbk", "gb18030"},
                                          {"x-sjis", "cp932"},
                                          {"shift_jis", "cp932"},
                                          {"ks_c_5601-1987", "cp949"},
                                          {"x-mac-roman", "macintosh"}};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        if (strcasecmp(name, same[i][0]) == 0) {
            return same[i][1];
        }
    }
    return name;
}

/* ---- the copy -------------------------------------------------------------------------------- */

struct copy {
    iconv_t iconv;
    FILE *out;
    bool broken; /* something was no text */
    size_t held;
    char in[CHUNK_BYTES];
    char text[4 * CHUNK_BYTES];
};

/* Convert what is held; keeps the beginning of a character that has not come whole. */
static void convert(struct copy *copy, bool last) {
    char *in = copy->in;
    size_t left = copy->held;
    while (left > 0) {
        char *out = copy->text;
        size_t room = sizeof copy->text;
        const size_t done = iconv(copy->iconv, &in, &left, &out, &room);
        const int why = errno;
        (void)fwrite(copy->text, 1, (size_t)(out - copy->text), copy->out);
        if (done != (size_t)-1 || (why == EINVAL && !last)) {
            break;
        }
        if (why != E2BIG) {
            copy->broken = true;
            (void)fputs("\xEF\xBF\xBD", copy->out);
            in++;
            left--;
        }
    }
    memmove(copy->in, in, left);
    copy->held = left;
}

static int copy_all(struct copy *copy, const struct ink_segment *segment) {
    for (uint64_t at = 0;;) {
        const long count = ink_segment_read(segment, at, (uint8_t *)copy->in + copy->held,
                                            CHUNK_BYTES - copy->held);
        if (count < 0) {
            return INK_EXIT_IO;
        }
        at += (uint64_t)count;
        copy->held += (size_t)count;
        convert(copy, count == 0);
        if (count == 0) {
            return ferror(copy->out) ? ink_temporary_failed(segment->name) : INK_EXIT_OK;
        }
    }
}

void ink_recode_warn(const struct ink_segment *segment, struct ink_survey *survey, uint64_t line) {
    ink_say_problem(survey->say, &(struct ink_problem){
                                     .file = segment->name,
                                     .at = line,
                                     .warning = true,
                                     .rule = "encoding",
                                     .what = line > 0 ? "bytes that are no UTF-8"
                                                      : "bytes that are no text of its encoding",
                                     .hint = "they are shown as U+FFFD; save it as UTF-8, or "
                                             "let it name its encoding"});
}

static int recode(struct ink_segment *segment, iconv_t iconv, struct ink_survey *survey) {
    struct copy *copy = calloc(1, sizeof *copy);
    FILE *out = copy != NULL ? ink_temporary() : NULL;
    if (out == NULL) {
        free(copy);
        return INK_EXIT_IO;
    }
    copy->iconv = iconv;
    copy->out = out;
    int code = copy_all(copy, segment);
    if (code == INK_EXIT_OK && copy->broken) {
        ink_recode_warn(segment, survey, 0);
    }
    free(copy);
    if (code != INK_EXIT_OK) {
        fclose(out);
        return code;
    }
    ink_segment_close(segment);
    return ink_segment_adopt(segment, out, segment->name);
}

int ink_recode(struct ink_segment *segment, struct ink_survey *survey, bool *known) {
    uint8_t head[HEAD_BYTES];
    char name[NAME_BYTES], what[NAME_BYTES + 16];
    const long count = ink_segment_read(segment, 0, head, sizeof head);
    *known = true;
    if (count <= 0) {
        return count < 0 ? INK_EXIT_IO : INK_EXIT_OK;
    }
    const char *from = by_bytes(head, (size_t)count);
    if (from == NULL && by_declaration(head, (size_t)count, name)) {
        from = meant(name);
    }
    if (from == NULL) {
        return INK_EXIT_OK;
    }
    iconv_t iconv = iconv_open("UTF-8", from);
    if (iconv == (iconv_t)-1) {
        snprintf(what, sizeof what, "encoding %s", from);
        ink_survey_refuse_other(survey, &(struct ink_problem){.file = segment->name,
                                                              .rule = "encoding",
                                                              .what = what,
                                                              .expected = "expected one that is "
                                                                          "known, best UTF-8"});
        *known = false;
        return INK_EXIT_OK;
    }
    const int code = recode(segment, iconv, survey);
    iconv_close(iconv);
    return code;
}

/* ---- texts that say nothing ------------------------------------------------------------------ */

/* How many bytes, 32 and then 8 at a time, are ASCII; at least the first is. */
static size_t skip_ascii(const uint8_t *at, size_t bytes) {
    size_t count = 0;
    uint64_t some[4] = {0, 0, 0, 0};
    for (; count + sizeof some <= bytes; count += sizeof some) {
        memcpy(some, at + count, sizeof some);
        if (((some[0] | some[1] | some[2] | some[3]) & 0x8080808080808080u) != 0) {
            break;
        }
    }
    for (; count + sizeof some[0] <= bytes; count += sizeof some[0]) {
        memcpy(some, at + count, sizeof some[0]);
        if ((some[0] & 0x8080808080808080u) != 0) {
            break;
        }
    }
    return count > 0 ? count : 1;
}

/* Bytes of the chunk before the first that is no UTF-8; all of them if there is none. `state` as of
 * ink_utf8_step. */
static size_t good_bytes(const uint8_t *chunk, size_t bytes, uint8_t *state) {
    size_t at = 0;
    while (at < bytes) {
        if (*state == 0 && chunk[at] < 0x80) {
            at += skip_ascii(chunk + at, bytes - at);
            continue;
        }
        *state = ink_utf8_step(*state, chunk[at]);
        if (*state == INK_UTF8_BAD) {
            return at;
        }
        at++;
    }
    return bytes;
}

/* Where the first bytes are that are no UTF-8, or the end. -1: reading failed. */
static int64_t find_broken(const struct ink_segment *segment) {
    uint8_t chunk[CHUNK_BYTES], state = 0;
    for (uint64_t offset = 0;;) {
        const long count = ink_segment_read(segment, offset, chunk, sizeof chunk);
        if (count <= 0) {
            return count < 0 ? -1 : (int64_t)offset - (state != 0);
        }
        const size_t good = good_bytes(chunk, (size_t)count, &state);
        offset += good;
        if (good < (size_t)count) {
            return (int64_t)offset;
        }
    }
}

static uint64_t line_of(const struct ink_segment *segment, uint64_t end) {
    uint8_t chunk[CHUNK_BYTES];
    uint64_t line = 1;
    long count = 1;
    for (uint64_t at = 0; at < end && count > 0; at += (uint64_t)count) {
        const uint64_t left = end - at;
        count = ink_segment_read(segment, at, chunk, left < sizeof chunk ? left : sizeof chunk);
        for (long i = 0; i < count; i++) {
            line += chunk[i] == '\n';
        }
    }
    return line;
}

/* Bytes to UTF-8: what is none becomes U+FFFD, one for each start of a character that goes wrong.
 */
struct mend {
    FILE *out;
    uint8_t state; /* of ink_utf8_step */
    size_t held;
    char begun[4]; /* of the character that has not come whole */
};

static void mend_byte(struct mend *mend, uint8_t byte) {
    const uint8_t state = ink_utf8_step(mend->state, byte);
    if (state == INK_UTF8_BAD) {
        const bool begun = mend->held > 0;
        (void)fputs("\xEF\xBF\xBD", mend->out);
        mend->state = 0;
        mend->held = 0;
        if (begun) {
            mend_byte(mend, byte); // once: nothing is begun now
        }
        return;
    }
    mend->begun[mend->held++] = (char)byte;
    mend->state = state;
    if (state == 0) {
        (void)fwrite(mend->begun, 1, mend->held, mend->out);
        mend->held = 0;
    }
}

static int mend_all(struct mend *mend, const struct ink_segment *segment) {
    uint8_t chunk[CHUNK_BYTES];
    long count;
    for (uint64_t at = 0; (count = ink_segment_read(segment, at, chunk, sizeof chunk)) > 0;
         at += (uint64_t)count) {
        for (long i = 0; i < count; i++) {
            mend_byte(mend, chunk[i]);
        }
    }
    if (mend->held > 0) {
        (void)fputs("\xEF\xBF\xBD", mend->out);
    }
    return count < 0           ? INK_EXIT_IO
           : ferror(mend->out) ? ink_temporary_failed(segment->name)
                               : INK_EXIT_OK;
}

int ink_recode_mend(struct ink_segment *segment, struct ink_survey *survey) {
    const int64_t offset = find_broken(segment);
    if (offset < 0 || (uint64_t)offset >= segment->bytes) {
        return offset < 0 ? INK_EXIT_IO : INK_EXIT_OK;
    }
    struct mend mend = {.out = ink_temporary()};
    if (mend.out == NULL) {
        return INK_EXIT_IO;
    }
    ink_recode_warn(segment, survey, line_of(segment, (uint64_t)offset));
    const int code = mend_all(&mend, segment);
    if (code != INK_EXIT_OK) {
        fclose(mend.out);
        return code;
    }
    ink_segment_close(segment);
    return ink_segment_adopt(segment, mend.out, segment->name);
}
