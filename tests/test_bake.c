/* The baked grapheme table against the files of the Unicode Character Database it was made from.
 * What the font bake makes and refuses is in bake_check.py. */
#include "core/ink_grapheme.h"
#include "ink_test.h"

#define UNICODE     "/usr/share/unicode/"
#define CODE_POINTS 0x110000

static uint8_t expected[CODE_POINTS];

/* In the order of enum ink_grapheme_break. */
static const char *const names[] = {
    "Other",   "CR",          "LF",
    "Control", "Extend",      "ZWJ",
    "Prepend", "SpacingMark", "Regional_Indicator",
    "L",       "V",           "T",
    "LV",      "LVT",         "Extended_Pictographic",
};

static int read_classes(const char *path) {
    FILE *file = fopen(path, "r");
    char text[1024];
    int lines = 0;
    while (file != NULL && fgets(text, sizeof text, file) != NULL) {
        char *end;
        unsigned long first = strtoul(text, &end, 16);
        unsigned long last = strncmp(end, "..", 2) == 0 ? strtoul(end + 2, &end, 16) : first;
        char *name = end == text ? NULL : strchr(end, ';');
        size_t bytes = name != NULL ? strcspn(name += strspn(name, "; "), " #\n") : 0;
        for (uint8_t i = 1; i < sizeof names / sizeof names[0] && last < CODE_POINTS; i++) {
            if (bytes > 0 && bytes == strlen(names[i]) && memcmp(name, names[i], bytes) == 0) {
                memset(expected + first, i, last - first + 1);
                lines++;
            }
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return lines;
}

static void grapheme_class_of_every_code_point_is_that_of_the_files(void) {
    CHECK(read_classes(UNICODE "auxiliary/GraphemeBreakProperty.txt") > 1000);
    CHECK(read_classes(UNICODE "emoji/emoji-data.txt") > 50);
    for (uint32_t c = 0; c < CODE_POINTS; c++) {
        if (ink_grapheme_class(c) != expected[c]) {
            printf("U+%04X is %s, expected %s\n", (unsigned)c, names[ink_grapheme_class(c)],
                   names[expected[c]]);
            CHECK_INT(ink_grapheme_class(c), expected[c]);
        }
    }
}

static void grapheme_class_beyond_unicode_is_other(void) {
    const uint32_t beyond[] = {0x110000, 0x1FFFFF, 0x200000, 0x200041, 0x80000000, UINT32_MAX};
    for (size_t i = 0; i < sizeof beyond / sizeof beyond[0]; i++) {
        CHECK_INT(ink_grapheme_class(beyond[i]), INK_GB_OTHER);
    }
}

static void grapheme_table_ascends_and_is_under_4_kb(void) {
    CHECK(ink_grapheme_table_count * 4 < 4096);
    for (int i = 1; i < ink_grapheme_table_count; i++) {
        uint32_t before = ink_grapheme_table[i - 1];
        CHECK((before >> 11) + (before >> 4 & 0x7F) < ink_grapheme_table[i] >> 11);
    }
}

int main(void) {
    RUN(grapheme_class_of_every_code_point_is_that_of_the_files);
    RUN(grapheme_class_beyond_unicode_is_other);
    RUN(grapheme_table_ascends_and_is_under_4_kb);
    return ink_test_end();
}
