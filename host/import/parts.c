#include "import/parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { NUMBER_BYTES = 16 };

static void keep_odd(struct ink_parts *parts, const char *text, size_t bytes) {
    if (parts->odd[0] == '\0') {
        const size_t kept = bytes < sizeof parts->odd - 1 ? bytes : sizeof parts->odd - 1;
        memcpy(parts->odd, text, kept);
        parts->odd[kept] = '\0';
    }
}

void ink_parts_set(struct ink_parts *parts, int part, const char *text, size_t bytes) {
    char number[NUMBER_BYTES];
    size_t used = 0;
    for (size_t i = 0; i < bytes; i++) {
        const bool skipped = isspace((unsigned char)text[i]) || text[i] == ',';
        const bool good = isdigit((unsigned char)text[i]) || (text[i] == '-' && used == 0);
        if (!skipped && (!good || used == NUMBER_BYTES - 1)) {
            keep_odd(parts, text, bytes);
            return;
        }
        if (!skipped) {
            number[used++] = text[i];
        }
    }
    number[used] = '\0';
    if (used == 1 && number[0] == '-') {
        keep_odd(parts, text, bytes);
    } else if (used > 0) {
        parts->has[part] = true;
        parts->value[part] = strtol(number, NULL, 10);
    }
}

/* ---- from one text --------------------------------------------------------------------------- */

struct reader {
    const char *at, *end;
};

static void skip_blanks(struct reader *in) {
    while (in->at < in->end && isspace((unsigned char)*in->at)) {
        in->at++;
    }
}

static bool take(struct reader *in, const char *set) {
    const bool found = in->at < in->end && *in->at != '\0' && strchr(set, *in->at) != NULL;
    in->at += found;
    return found;
}

static size_t count_digits(const struct reader *in) {
    size_t count = 0;
    while (in->at + count < in->end && isdigit((unsigned char)in->at[count])) {
        count++;
    }
    return count;
}

/* The next digits as a part; false: there are none. */
static bool take_part(struct reader *in, struct ink_parts *parts, int part, size_t most) {
    const size_t digits = count_digits(in), count = digits < most ? digits : most;
    if (count > 0) {
        ink_parts_set(parts, part, in->at, count);
    }
    in->at += count;
    return count > 0;
}

/* 'a', 'p', or 0. */
static int take_half(struct reader *in) {
    static const char *const shapes[] = {"am", "a.m.", "pm", "p.m."};
    const size_t rest = (size_t)(in->end - in->at);
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        const size_t bytes = strlen(shapes[i]);
        if (rest >= bytes && strncasecmp(in->at, shapes[i], bytes) == 0) {
            in->at += bytes;
            return shapes[i][0];
        }
    }
    return 0;
}

void ink_parts_set_time(struct ink_parts *parts, const char *text, size_t bytes) {
    struct reader in = {text, text + bytes};
    skip_blanks(&in);
    if (in.at == in.end) {
        return;
    }
    const size_t digits = count_digits(&in);
    bool good = take_part(&in, parts, INK_PART_HOUR, digits == 3 ? 1 : 2); /* "905" */
    const bool parted = take(&in, ":.");
    const bool minute = good && take_part(&in, parts, INK_PART_MINUTE, 2);
    good = good && (minute || !parted);
    if (minute && take(&in, ":")) {
        good = take_part(&in, parts, INK_PART_SECOND, 2) && good;
        while (take(&in, ".,:0123456789")) { /* parts of a second */
        }
    }
    skip_blanks(&in);
    const int half = take_half(&in);
    skip_blanks(&in);
    long *hour = &parts->value[INK_PART_HOUR];
    if (half != 0 && *hour >= 1 && *hour <= 12) {
        *hour = *hour % 12 + (half == 'p' ? 12 : 0);
    }
    if (!good || in.at < in.end) {
        keep_odd(parts, text, bytes);
    }
}

/* "2012,1,26,14,5": all parts in order, those after the second left out. */
static void set_commas(struct ink_parts *parts, const char *text, size_t bytes) {
    int part = INK_PART_YEAR;
    for (size_t at = 0; at < bytes && part < INK_PARTS; part++) {
        const char *comma = memchr(text + at, ',', bytes - at);
        const size_t end = comma != NULL ? (size_t)(comma - text) : bytes;
        ink_parts_set(parts, part, text + at, end - at);
        at = end + 1;
    }
}

/* A year, or parts by "/" (month first) or "-" (year first); returns where it ends. */
static const char *set_day(struct ink_parts *parts, struct reader in) {
    struct ink_parts found;
    long value[3] = {0, 0, 0};
    int count = 0;
    char by = 0;
    const bool minus = take(&in, "-");
    while (count < 3) {
        memset(&found, 0, sizeof found);
        if (!take_part(&in, &found, INK_PART_YEAR, 9)) {
            break;
        }
        value[count++] = found.value[INK_PART_YEAR];
        if (count == 3 || in.at == in.end || (*in.at != '/' && *in.at != '-') ||
            (by != 0 && *in.at != by)) {
            break;
        }
        by = *in.at++;
    }
    static const int slashed[3][3] = {{INK_PART_YEAR},
                                      {INK_PART_MONTH, INK_PART_YEAR},
                                      {INK_PART_MONTH, INK_PART_DAY, INK_PART_YEAR}};
    for (int i = 0; i < count; i++) {
        const int part = by == '/' ? slashed[count - 1][i] : i;
        parts->has[part] = true;
        parts->value[part] = part == INK_PART_YEAR && minus ? -value[i] : value[i];
    }
    return count > 0 ? in.at : in.end + 1;
}

void ink_parts_set_all(struct ink_parts *parts, const char *text, size_t bytes) {
    struct reader in = {text, text + bytes};
    skip_blanks(&in);
    if (in.at == in.end) {
        return;
    }
    if (memchr(text, ',', bytes) != NULL) {
        set_commas(parts, text, bytes);
        return;
    }
    const char *rest = set_day(parts, in);
    if (rest > in.end || (rest < in.end && !isspace((unsigned char)*rest) && *rest != 'T')) {
        keep_odd(parts, text, bytes);
        return;
    }
    rest += rest < in.end;
    ink_parts_set_time(parts, rest, (size_t)(in.end - rest));
}

/* ---- out ------------------------------------------------------------------------------------- */

static int write_year(char *out, long year) {
    const long counted = year < 0 ? year + 1 : year; /* there is no year 0 between them */
    if (year == 0) {
        return snprintf(out, INK_PARTS_BYTES, "year 0");
    }
    if (counted > 9999 || counted < -9999) {
        return snprintf(out, INK_PARTS_BYTES, "Y%ld", counted);
    }
    return snprintf(out, INK_PARTS_BYTES, "%s%04ld", counted < 0 ? "-" : "", labs(counted));
}

size_t ink_parts_edtf(char out[INK_PARTS_BYTES], const struct ink_parts *parts) {
    static const char *const before[INK_PARTS] = {"", "-", "-", "T", ":", ":"};
    if (parts->odd[0] != '\0') {
        memcpy(out, parts->odd, sizeof parts->odd);
        return strlen(out);
    }
    if (!parts->has[INK_PART_YEAR]) {
        return 0;
    }
    int last = INK_PARTS - 1;
    while (!parts->has[last]) {
        last--;
    }
    last = last == INK_PART_HOUR ? INK_PART_MINUTE : last; /* an hour alone is a full one */
    int used = write_year(out, parts->value[INK_PART_YEAR]);
    for (int part = INK_PART_MONTH; part <= last; part++) {
        const bool has = parts->has[part] || part == INK_PART_MINUTE;
        used += has ? snprintf(out + used, (size_t)(INK_PARTS_BYTES - used), "%s%02ld",
                               before[part], parts->value[part] % 1000000)
                    : snprintf(out + used, (size_t)(INK_PARTS_BYTES - used), "%s?", before[part]);
    }
    return (size_t)used;
}
