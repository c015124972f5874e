#include "json.h"

#include "core/ink_utf8.h"

static void put_escaped(FILE *to, unsigned char byte) {
    if (byte == '"' || byte == '\\') {
        fputc('\\', to);
        fputc(byte, to);
    } else if (byte == '\n') {
        fputs("\\n", to);
    } else if (byte < 0x20 || byte == 0x7F) {
        fprintf(to, "\\u%04x", byte);
    } else {
        fputc(byte, to);
    }
}

/* Length of the valid sequence at `text`; 0 if there is none. */
static size_t valid_bytes(const char *text, size_t bytes) {
    for (size_t count = 1; count <= 4 && count <= bytes; count++) {
        if (ink_utf8_valid(text, count)) {
            return count;
        }
    }
    return 0;
}

void ink_json_string(FILE *to, const char *text, size_t bytes) {
    fputc('"', to);
    for (size_t at = 0; at < bytes;) {
        size_t count = valid_bytes(text + at, bytes - at);
        if (count == 0) {
            fputs("\\ufffd", to);
            at++;
        } else if (count == 1) {
            put_escaped(to, (unsigned char)text[at++]);
        } else {
            fwrite(text + at, 1, count, to);
            at += count;
        }
    }
    fputc('"', to);
}
