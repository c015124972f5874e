#include "bake/bake_strike.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The value of one hexadecimal digit, or -1. */
static int digit_of(char c) {
    const char *digits = "0123456789ABCDEF";
    const char *at = c != '\0' ? strchr(digits, c) : NULL;
    return at != NULL ? (int)(at - digits) : -1;
}

static bool read_line(struct bake_strike *strike, char *text) {
    text[strcspn(text, "\r\n")] = '\0';
    char *colon = strchr(text, ':');
    size_t digits = colon != NULL ? strlen(colon + 1) : 0;
    unsigned long code_point = strtoul(text, NULL, 16);
    if ((digits != 2 * BAKE_STRIKE_ROWS && digits != 4 * BAKE_STRIKE_ROWS) ||
        code_point > BAKE_LAST_POINT) {
        return false;
    }
    struct bake_strike_glyph *glyph = &strike->glyph[code_point];
    for (size_t i = 0; i < digits / 2; i++) {
        int high = digit_of(colon[1 + 2 * i]), low = digit_of(colon[2 + 2 * i]);
        if (high < 0 || low < 0) {
            return false;
        }
        glyph->bits[i] = (uint8_t)(high << 4 | low);
    }
    glyph->columns = digits == 2 * BAKE_STRIKE_ROWS ? 8 : 16;
    return true;
}

static bool read_lines(struct bake_strike *strike, const char *path, FILE *stream) {
    char text[256];
    for (int line = 1; fgets(text, sizeof text, stream) != NULL; line++) {
        if (!read_line(strike, text)) {
            return bake_error(path, line, NULL, "expected a code point and 16 rows of bits");
        }
    }
    return !ferror(stream) || bake_error(path, 0, NULL, "cannot be read");
}

struct bake_strike *bake_strike_read(const char *path) {
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        bake_error(path, 0, NULL, "cannot be read: %s", strerror(errno));
        return NULL;
    }
    struct bake_strike *strike = calloc(1, sizeof *strike);
    bool good = strike != NULL && read_lines(strike, path, stream);
    fclose(stream);
    if (!good) {
        free(strike);
        return NULL;
    }
    return strike;
}
