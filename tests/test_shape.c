/* Glyphs in context: joining, ligatures, marks, mirroring, kerning, and floods of what draws
 * nothing. */
#include "ink_encode.h"
#include "ink_glass.h"

#include "core/ink_property.h"

static const struct ink_face *face_at(int px) {
    static struct ink_type type;
    type = ink_type_at(INK_ROLE_HEADLINE, px, 1);
    return &type.face;
}

#define CELLS 700

struct cells {
    struct ink_cell cell[CELLS];
    struct ink_shaper shaper; /* the cells point into it */
    int count;
};

static struct cells cells;

static void shape(const char *text, bool right_to_left) {
    ink_shape_begin(&cells.shaper, face_at(20), ink_span_of(text), right_to_left);
    cells.count = 0;
    while (cells.count < CELLS && ink_shape_next(&cells.shaper, &cells.cell[cells.count])) {
        cells.count++;
    }
}

/* Its number names a glyph: all in these texts are of one blob. */
static int glyph_of(const char *text, int at) {
    shape(text, true);
    return cells.cell[at].glyph.number;
}

static void letters_take_the_form_that_their_neighbours_ask_for(void) {
    int isolated = glyph_of("ب", 0), initial = glyph_of("بب", 0);
    int final = glyph_of("بب", 1), medial = glyph_of("ببب", 1);
    CHECK(isolated != initial && isolated != final && initial != medial && medial != final);
    CHECK(glyph_of("اب", 1) == isolated);  /* an alef does not join what follows */
    CHECK(glyph_of("ب ب", 0) == isolated); /* nor do words */
    CHECK(glyph_of("بَّب", 0) == initial);   /* marks are seen through */
    CHECK(glyph_of("بَّب", 3) == final);
    CHECK(glyph_of("ب\xE2\x80\x8Cب", 0) == isolated); /* a non-joiner parts */
    CHECK(glyph_of("ب\xE2\x80\x8D", 0) == initial);   /* a joiner joins with nothing */
    CHECK(glyph_of("\xE2\x80\x8Dب", 1) == final);
    CHECK(glyph_of("ـب", 1) == final);                /* so does a tatweel */
    CHECK(glyph_of("ببa", 1) == final);               /* Latin does not */
    CHECK(glyph_of("پچگ", 1) == glyph_of("ببچگ", 2)); /* Persian letters like any other */
}

static void lam_and_alef_are_one_glyph(void) {
    static const char *const alefs[] = {"ا", "أ", "إ", "آ"};
    for (int i = 0; i < 4; i++) {
        char text[32];
        snprintf(text, sizeof text, "ل%s", alefs[i]);
        shape(text, true);
        CHECK_INT(cells.count, 2);
        CHECK(cells.cell[0].ink > 0);
        CHECK_INT(cells.cell[1].ink, 0);
        CHECK_INT(cells.cell[1].advance, 0);
        int isolated = cells.cell[0].glyph.number;
        snprintf(text, sizeof text, "بل%s", alefs[i]);
        CHECK(glyph_of(text, 1) != isolated);
        CHECK(glyph_of(text, 1) != glyph_of("بل", 1));
        snprintf(text, sizeof text, "لَ%s", alefs[i]); /* a mark between the two stays on it */
        CHECK(glyph_of(text, 0) == isolated);
        CHECK(cells.cell[1].ink > 0);
        CHECK_INT(cells.cell[2].ink, 0);
    }
    CHECK(glyph_of("ل ا", 0) == glyph_of("ل", 0));
}

static void marks_take_no_room_and_clear_their_letter(void) {
    static const char *const texts[] = {"e\xCC\x81", "H\xCC\x81", "بَ", "لُ", "שָ", "לֹ", "нї\xCC\x81"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (int rtl = 0; rtl < 2; rtl++) {
            shape(texts[i], rtl != 0);
            const struct ink_cell *mark = &cells.cell[cells.count - 1];
            const struct ink_cell *base = mark - 1;
            int bottom = mark->glyph.top + mark->up - mark->glyph.height;
            int base_x = rtl ? base->x : base->x - base->advance;
            CHECK(!mark->missing && mark->ink > 0);
            CHECK_INT(mark->advance, 0);
            CHECK(bottom >= base->glyph.top || /* above, or below */
                  mark->glyph.top + mark->up <= base->glyph.top - base->glyph.height);
            int off = 2 * mark->x + mark->ink - (2 * base_x + base->ink); /* of the middles */
            CHECK((off >= -2 && off <= 2) || strstr(texts[i], "ֹ") != NULL);
        }
    }
}

/* A dagesh is inside its letter; with a vav, which has no inside, left of it. */
static void a_dagesh_is_no_holam(void) {
    for (int i = 0; i < 2; i++) {
        shape(i == 0 ? "בּ" : "וּ", true);
        const struct ink_cell *base = &cells.cell[0], *dot = &cells.cell[1];
        CHECK(dot->glyph.top + dot->up < base->glyph.top);
        CHECK(dot->glyph.top - dot->glyph.height + dot->up > 0);
        CHECK(i == 0 ? dot->x > base->x : dot->x + dot->ink <= base->x);
    }
}

static void a_heap_of_marks_stays_in_its_line(void) {
    char text[INK_HEADLINE_BYTES + 1] = "a";
    for (size_t at = 1; at + 2 < sizeof text; at += 2) {
        memcpy(text + at, at % 4 == 1 ? "\xCC\x81" : "\xCC\xA3", 3);
    }
    shape(text, false);
    for (int i = 1; i < cells.count; i++) {
        const struct ink_cell *cell = &cells.cell[i];
        CHECK(cell->ink == 0 || cell->glyph.top + cell->up <= 20);
        CHECK(cell->ink == 0 || cell->glyph.top + cell->up - cell->glyph.height >= -20);
    }
    CHECK_INT(cells.cell[0].advance, ink_text_width(face_at(20), ink_span_of("a")) +
                                         cells.cell[0].advance - cells.cell[0].ink);
}

static void brackets_open_towards_the_text_they_hold(void) {
    shape("(", false);
    int open = cells.cell[0].glyph.number;
    CHECK(glyph_of(")", 0) == open);
    shape(")", false);
    shape("(", true);
    CHECK(cells.cell[0].glyph.number != open);
}

static void pairs_are_kerned_from_20_pixels_on_and_digits_never(void) {
    const int sizes[] = {14, 16, 20, 28, 40, 56};
    for (int i = 0; i < 6; i++) {
        const struct ink_face *face = face_at(sizes[i]);
        int apart = ink_text_width(face, ink_span_of("A")) + ink_text_width(face, ink_span_of("V"));
        struct ink_shaper shaper;
        struct ink_cell a, v;
        ink_shape_begin(&shaper, face, ink_span_of("AV"), false);
        (void)ink_shape_next(&shaper, &a);
        (void)ink_shape_next(&shaper, &v);
        int kerning =
            ink_face_kern(face, ink_font_glyph(face->blob, 'A'), ink_font_glyph(face->blob, 'V'));
        CHECK(sizes[i] < 20 ? kerning == 0 : kerning <= 0);
        CHECK(sizes[i] < 28 || kerning < 0);
        CHECK_INT(v.x, v.glyph.left + kerning);
        CHECK(ink_text_width(face, ink_span_of("AV")) <= apart + 8);
        for (char left = '0'; left <= '9'; left++) {
            for (char right = '0'; right <= '9'; right++) {
                CHECK_INT(ink_face_kern(face, ink_font_glyph(face->blob, (uint32_t)left),
                                        ink_font_glyph(face->blob, (uint32_t)right)),
                          0);
            }
        }
    }
}

/* Any code points in any order: every cell is sane, and a text takes one cell a code point. */
static void any_text_gives_sane_cells(void) {
    static const uint32_t first[] = {0,      0x20,   0x300,  0x590,   0x600,
                                     0x660,  0x900,  0x200B, 0x2066,  0x3000,
                                     0xAC00, 0xFE00, 0xFB50, 0x1F600, 0xE0100};
    for (uint64_t round = 1; round <= 3000; round++) {
        uint64_t seed = round;
        char text[INK_HEADLINE_BYTES];
        size_t bytes = 0;
        int points = 0;
        while (bytes + 4 <= sizeof text && ink_random_below(&seed, 60) != 0) {
            uint32_t c = first[ink_random_below(&seed, 15)] + ink_random_below(&seed, 0x60);
            bytes += ink_encode(c, text + bytes);
            points++;
        }
        struct ink_shaper shaper;
        struct ink_cell cell;
        ink_shape_begin(&shaper, face_at(16), (struct ink_span){text, (uint16_t)bytes}, round & 1);
        for (; ink_shape_next(&shaper, &cell); points--) {
            CHECK(cell.advance >= -8 && cell.advance <= 255);
            CHECK(cell.ink >= 0 && cell.ink <= INK_GLYPH_WIDTH_MAX && cell.up >= -64 &&
                  cell.up <= 64);
            CHECK(cell.ink == 0 || cell.missing || cell.glyph.face != NULL);
        }
        CHECK_INT(points, 0);
        CHECK_INT(shaper.at, bytes);
    }
}

int main(void) {
    RUN(letters_take_the_form_that_their_neighbours_ask_for);
    RUN(lam_and_alef_are_one_glyph);
    RUN(marks_take_no_room_and_clear_their_letter);
    RUN(a_dagesh_is_no_holam);
    RUN(a_heap_of_marks_stays_in_its_line);
    RUN(brackets_open_towards_the_text_they_hold);
    RUN(pairs_are_kerned_from_20_pixels_on_and_digits_never);
    RUN(any_text_gives_sane_cells);
    return ink_test_end();
}
