#include "bake/bake_points.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

static void pick(const struct bake_recipe *recipe, struct bake_points *picked, uint32_t c) {
    if (c <= BAKE_LAST_POINT && bake_ranges_have(&recipe->pick, c)) {
        picked->has[c] = true;
    }
}

/* Pick from `bytes` bytes of an encoded text. False if some of it is no such text. */
static bool pick_of_text(const struct bake_recipe *recipe, iconv_t convert, char *text,
                         size_t bytes, struct bake_points *picked) {
    while (bytes > 0) {
        unsigned char wide[4096];
        char *out = (char *)wide;
        size_t room = sizeof wide;
        size_t done = iconv(convert, &text, &bytes, &out, &room);
        for (size_t i = 0; i + 1 < sizeof wide - room; i += 2) {
            pick(recipe, picked, (uint32_t)wide[i] | (uint32_t)wide[i + 1] << 8);
        }
        if (done == (size_t)-1 && errno != E2BIG) {
            return false;
        }
    }
    return true;
}

static bool pick_of_stream(const struct bake_recipe *recipe, const char *path, FILE *stream,
                           struct bake_points *picked) {
    static char text[65536];
    iconv_t convert = iconv_open("UTF-16LE", "UTF-8");
    bool good = convert != (iconv_t)-1;
    for (int line = 1; good && fgets(text, sizeof text, stream) != NULL; line++) {
        good = pick_of_text(recipe, convert, text, strlen(text), picked) ||
               bake_error(path, line, NULL, "expected UTF-8, in lines of less than 64 KB");
    }
    if (convert != (iconv_t)-1) {
        iconv_close(convert);
    }
    return good && (!ferror(stream) || bake_error(path, 0, NULL, "cannot be read"));
}

static bool pick_of_file(const struct bake_recipe *recipe, const char *path,
                         struct bake_points *picked) {
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        return bake_error(path, 0, "a UTF-8 text with the characters to bake", "cannot be read: %s",
                          strerror(errno));
    }
    bool good = pick_of_stream(recipe, path, stream, picked);
    fclose(stream);
    return good;
}

/* The rows of one national set: 94 cells each, two bytes with the high bit set. */
static bool pick_of_set(const struct bake_recipe *recipe, const struct bake_set *set,
                        struct bake_points *picked) {
    iconv_t convert = iconv_open("UTF-16LE", set->encoding);
    if (convert == (iconv_t)-1) {
        return bake_error(recipe->path, 0, "iconv -l lists what there is",
                          "iconv knows no encoding \"%s\"", set->encoding);
    }
    for (int cell = set->first * 94; cell < (set->last + 1) * 94; cell++) {
        char text[2] = {(char)(0xA0 + cell / 94), (char)(0xA1 + cell % 94)};
        (void)pick_of_text(recipe, convert, text, sizeof text, picked); // some cells are empty
        iconv(convert, NULL, NULL, NULL, NULL);
    }
    iconv_close(convert);
    return true;
}

bool bake_points_list(const struct bake_recipe *recipe, const char *charset,
                      struct bake_points *covered, struct bake_points *picked) {
    for (uint32_t c = 0; c <= BAKE_LAST_POINT; c++) {
        covered->has[c] =
            bake_ranges_have(&recipe->cover, c) && !bake_ranges_have(&recipe->except, c);
        picked->has[c] = charset == NULL && recipe->sets == 0 && bake_ranges_have(&recipe->pick, c);
    }
    bool good = charset == NULL || pick_of_file(recipe, charset, picked);
    for (int i = 0; good && charset == NULL && i < recipe->sets; i++) {
        good = pick_of_set(recipe, &recipe->set[i], picked);
    }
    return good;
}
