/* Joining by Joining_Type, the blobs' tables of forms and lam-alef, against HarfBuzz on whole
 * words: all words of three letters of the Arabic blobs. */
#include "bake/bake_glyph.h"
#include "bake/bake_join.h"
#include "ink_test.h"

#include <hb.h>

#define TYPES   "/usr/share/unicode/extracted/DerivedJoiningType.txt"
#define LETTERS 96
#define LAM     0x644
#define HEH     0x647
#define MAKSURA 0x649

static char joining_type[0x700]; /* U, D, R, T, C; those of the files */

static const char *const paths[] = {"fonts/arabic.recipe", "fonts/arabic_bold.recipe"};

static struct bake_recipe recipe;
static struct bake_glyphs glyphs;
static hb_font_t *font;
static uint32_t letters[LETTERS];
static uint32_t form_index[LETTERS][BAKE_FORMS];
static int letter_count;

static bool read_joining_types(void) {
    FILE *file = fopen(TYPES, "r");
    char text[512], type;
    unsigned first, last;
    memset(joining_type, 'U', sizeof joining_type);
    while (file != NULL && fgets(text, sizeof text, file) != NULL) {
        bool range = sscanf(text, "%x..%x ; %c", &first, &last, &type) == 3;
        if (!range && sscanf(text, "%x ; %c", &first, &type) == 2) {
            last = first;
            range = true;
        }
        for (unsigned c = first; range && c <= last && c < sizeof joining_type; c++) {
            joining_type[c] = type;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return file != NULL;
}

/* The forms that a letter's two joins ask for. */
static enum ink_form form_for(bool joins_before, bool joins_after) {
    return joins_before ? (joins_after ? INK_FORM_MEDIAL : INK_FORM_FINAL)
                        : (joins_after ? INK_FORM_INITIAL : INK_FORM_ISOLATED);
}

static bool joins_left(uint32_t letter) { /* to what follows */
    return joining_type[letter] == 'D' || joining_type[letter] == 'C';
}

static bool joins_right(uint32_t letter) { /* to what stands before */
    return joins_left(letter) || joining_type[letter] == 'R';
}

/* What the rule makes of a word: the font's glyphs in logical order. Returns their number. */
static int shape_by_rule(const int word[3], uint32_t out[3]) {
    int count = 0;
    for (int i = 0; i < 3; i++) {
        uint32_t letter = letters[word[i]];
        bool before = i > 0 && joins_left(letters[word[i - 1]]) && joins_right(letter);
        bool after = i < 2 && joins_left(letter) && joins_right(letters[word[i + 1]]);
        for (int k = 0; k < glyphs.ligatures && i < 2; k++) {
            if (glyphs.ligature[k].first == letter &&
                glyphs.ligature[k].second == letters[word[i + 1]]) {
                out[count++] = bake_join_index(font, letter, letters[word[i + 1]],
                                               before ? INK_FORM_FINAL : INK_FORM_ISOLATED);
                i++;
                after = true;
                letter = 0;
                break;
            }
        }
        if (letter != 0) {
            out[count++] = form_index[word[i]][form_for(before, after)];
        }
    }
    return count;
}

static int shape_by_harfbuzz(hb_buffer_t *buffer, const int word[3], uint32_t out[3]) {
    uint32_t text[3] = {letters[word[0]], letters[word[1]], letters[word[2]]};
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_utf32(buffer, text, 3, 0, 3);
    hb_buffer_set_direction(buffer, HB_DIRECTION_RTL);
    hb_buffer_set_script(buffer, HB_SCRIPT_ARABIC);
    hb_shape(font, buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    for (unsigned i = 0; i < count && i < 3; i++) {
        out[count - 1 - i] = info[i].codepoint; /* it hands them over from left to right */
    }
    return (int)count;
}

/* Noto has a second glyph, rounder, for an isolated heh that stands after a letter, and a ligature
 * for lam and a final alef maksura. The blobs do without both: the letters are the same, and which
 * shape stands there changes no meaning. */
static bool is_heh_after_a_letter(int place, uint32_t glyph) {
    for (int i = 0; i < letter_count; i++) {
        if (letters[i] == HEH && form_index[i][INK_FORM_ISOLATED] == glyph) {
            return place > 0;
        }
    }
    return false;
}

static bool has_lam_and_maksura(const int word[3]) {
    return (letters[word[0]] == LAM && letters[word[1]] == MAKSURA) ||
           (letters[word[1]] == LAM && letters[word[2]] == MAKSURA);
}

struct differences {
    int of_looks, others;
};

static struct differences count_differences(void) {
    hb_buffer_t *buffer = hb_buffer_create();
    struct differences found = {0, 0};
    for (int n = 0; n < letter_count * letter_count * letter_count; n++) {
        int word[3] = {n / letter_count / letter_count, n / letter_count % letter_count,
                       n % letter_count};
        uint32_t rule[3] = {0}, wanted[3] = {0};
        int count = shape_by_rule(word, rule);
        bool same = count == shape_by_harfbuzz(buffer, word, wanted);
        bool alike = same;
        for (int i = 0; i < count && alike; i++) {
            same = same && rule[i] == wanted[i];
            alike = alike && (rule[i] == wanted[i] || is_heh_after_a_letter(i, rule[i]));
        }
        alike = alike || has_lam_and_maksura(word);
        found.of_looks += !same && alike;
        if (!alike && found.others++ < 5) {
            printf("  U+%04X U+%04X U+%04X\n", letters[word[0]], letters[word[1]],
                   letters[word[2]]);
        }
    }
    hb_buffer_destroy(buffer);
    return found;
}

static bool open_face(const char *path) {
    if (!bake_recipe_read(&recipe, path) || !bake_glyphs_draw(&glyphs, &recipe, NULL)) {
        return false;
    }
    font = bake_join_open(&recipe.source[0]);
    letter_count = 0;
    for (int i = 0; i < glyphs.joins && i < LETTERS; i++) {
        letters[letter_count] = glyphs.join[i].letter;
        for (int form = 0; form < BAKE_FORMS; form++) {
            form_index[letter_count][form] =
                bake_join_index(font, letters[letter_count], 0, (enum ink_form)form);
        }
        letter_count++;
    }
    return font != NULL;
}

static void words_are_shaped_as_harfbuzz_shapes_them(void) {
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        CHECK(open_face(paths[i]));
        CHECK(letter_count > 53 && glyphs.ligatures >= 4);
        struct differences found = count_differences();
        int words = letter_count * letter_count * letter_count;
        printf("%s: of %d words %d differ in looks alone\n", paths[i], words, found.of_looks);
        CHECK_INT(found.others, 0);
        CHECK(found.of_looks * 100 < words);
        hb_font_destroy(font);
        bake_glyphs_free(&glyphs);
    }
}

int main(void) {
    if (!read_joining_types()) {
        printf("skipped: no " TYPES "\n");
        return 77;
    }
    RUN(words_are_shaped_as_harfbuzz_shapes_them);
    return ink_test_end();
}
