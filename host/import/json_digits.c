#include "import/json_digits.h"

#include <stdbool.h>
#include <string.h>

/* Numbers of the text, one after the other: cJSON keeps their order. */
struct numbers {
    const char *at, *end;
};

static const char *pass_string(const char *at, const char *end) {
    for (at++; at < end && *at != '"'; at++) {
        at += *at == '\\';
    }
    return at < end ? at + 1 : end;
}

static bool is_part(char c) {
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* The next number, and its length. */
static const char *take(struct numbers *numbers, size_t *bytes) {
    while (numbers->at < numbers->end &&
           !(*numbers->at == '-' || (*numbers->at >= '0' && *numbers->at <= '9'))) {
        numbers->at =
            *numbers->at == '"' ? pass_string(numbers->at, numbers->end) : numbers->at + 1;
    }
    const char *from = numbers->at;
    while (numbers->at < numbers->end && is_part(*numbers->at)) {
        numbers->at++;
    }
    *bytes = (size_t)(numbers->at - from);
    return from;
}

static void keep_digits(cJSON *number, const char *text, size_t bytes) {
    const size_t sign = bytes > 0 && text[0] == '-';
    bool whole = bytes - sign >= INK_JSON_DIGITS;
    for (size_t i = sign; i < bytes && whole; i++) {
        whole = text[i] >= '0' && text[i] <= '9';
    }
    char *copy = whole ? cJSON_malloc(bytes + 1) : NULL;
    if (copy != NULL) {
        memcpy(copy, text, bytes);
        copy[bytes] = '\0';
        number->valuestring = copy;
        number->type = cJSON_String;
    }
}

/* Depth is bounded by the reader. */
static void walk(struct numbers *numbers, cJSON *value) {
    if (cJSON_IsNumber(value)) {
        size_t bytes;
        const char *text = take(numbers, &bytes);
        keep_digits(value, text, bytes);
    }
    for (cJSON *child = value->child; child != NULL; child = child->next) {
        walk(numbers, child);
    }
}

void ink_json_digits(cJSON *object, const char *text, size_t bytes) {
    struct numbers numbers = {text, text + bytes};
    walk(&numbers, object);
}
