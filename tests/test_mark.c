/* The status marks as pictures, and what sets each apart from the others at every size. */
#include "ink_test.h"

#include "core/ink_mark.h"
#include "core/ink_record.h"

static void expect_mark(int status, int size, const char *const *rows) {
    for (int y = 0; y < size; y++) {
        char row[INK_MARK_SIZE_MAX + 1] = {0};
        uint64_t bits = ink_mark_row(status, size, y, false);
        for (int x = 0; x < size; x++) {
            row[x] = (bits >> (63 - x) & 1) != 0 ? '#' : '.';
        }
        CHECK_TEXT(row, (size_t)size, rows[y]);
    }
}

/* As they were looked at and agreed. */
static const struct {
    int status;
    const char *rows[13];
} pictures[] = {
    {INK_REPORTED,
     {"....#####....", "..#########..", ".###.....###.", ".##.......##.", "##.........##",
      "##.........##", "#############", "#############", "#############", ".###########.",
      ".###########.", "..#########..", "....#####...."}},
    {INK_CONFIRMED,
     {"....#####....", "..#########..", ".###########.", ".###########.", "#############",
      "#############", "#############", "#############", "#############", ".###########.",
      ".###########.", "..#########..", "....#####...."}},
    {INK_CLAIMED,
     {"....#####....", "..#########..", ".###.....###.", ".##.......##.", "##.........##",
      "##.........##", "##.........##", "##.........##", "##.........##", ".##.......##.",
      ".###.....###.", "..#########..", "....#####...."}},
    {INK_DISPUTED,
     {"#...........#", "##.........##", "###.......###", "####.....####", "#####...##.##",
      "######.##..##", "########...##", "######.##..##", "#####...##.##", "####.....####",
      "###.......###", "##.........##", "#...........#"}},
    {INK_DENIED,
     {"###.......###", "####.....####", "#####...#####", ".#####.#####.", "..#########..",
      "...#######...", "....#####....", "...#######...", "..#########..", ".#####.#####.",
      "#####...#####", "####.....####", "###.......###"}},
    {INK_PLANNED,
     {".#...........", ".###.........", ".#####.......", ".##.####.....", ".##...####...",
      ".##.....####.", ".##.......###", ".##.....####.", ".##...####...", ".##.####.....",
      ".#####.......", ".###.........", ".#..........."}},
    {INK_CORRECTED,
     {"########.....", "########.....", "##....##.....", "##....##.....", "##...........",
      "##...########", "####.########", "####.########", ".....########", ".....########",
      ".....########", ".....########", ".....########"}},
    {INK_WITHDRAWN,
     {"#############", "#############", "##.......####", "##......#####", "##.....###.##",
      "##....###..##", "##...###...##", "##..###....##", "##.###.....##", "#####......##",
      "####.......##", "#############", "#############"}},
    {INK_MARK_BREAK,
     {"...........##", ".........####", ".......####..", ".....####....", "...####......",
      ".####.......#", "###.......###", "#.......####.", "......####...", "....####.....",
      "..####.......", "####.........", "##..........."}},
};

static void marks_of_thirteen_pixels(void) {
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
        expect_mark(pictures[i].status, 13, pictures[i].rows);
    }
}

static const int sizes[] = {5, 9, 13, 17, 25, 35, 63};

static int ink_of(int status, int size) {
    int ink = 0;
    for (int y = 0; y < size; y++) {
        for (uint64_t row = ink_mark_row(status, size, y, false); row != 0; row &= row - 1) {
            ink++;
        }
    }
    return ink;
}

static int differing(int a, int b, int size) {
    int count = 0;
    for (int y = 0; y < size; y++) {
        uint64_t row = ink_mark_row(a, size, y, false) ^ ink_mark_row(b, size, y, false);
        for (; row != 0; row &= row - 1) {
            count++;
        }
    }
    return count;
}

static void no_mark_leaves_its_square(void) {
    for (int status = 0; status < INK_STANDING_COUNT; status++) {
        for (int i = 0; i < 7; i++) {
            for (int y = 0; y < sizes[i]; y++) {
                CHECK((ink_mark_row(status, sizes[i], y, false) & UINT64_MAX >> sizes[i]) == 0);
            }
        }
    }
}

static void mirrored_marks_are_seen_from_behind(void) {
    for (int status = 0; status < INK_STANDING_COUNT; status++) {
        for (int i = 0; i < 7; i++) {
            const int size = sizes[i];
            for (int y = 0; y < size; y++) {
                uint64_t row = ink_mark_row(status, size, y, false), mirrored = 0;
                for (int x = 0; x < size; x++) {
                    mirrored |= (row >> (63 - x) & 1) << (64 - size + x);
                }
                CHECK(ink_mark_row(status, size, y, true) == mirrored);
            }
        }
    }
}

/* At a glance: a tenth of the square, and five pixels, tell any two marks apart. */
static void any_two_marks_differ_at_every_size(void) {
    for (int i = 2; i < 7; i++) {
        int least = sizes[i] * sizes[i] / 10;
        for (int a = 0; a < INK_STANDING_COUNT; a++) {
            CHECK(ink_of(a, sizes[i]) > least);
            for (int b = 0; b < a; b++) {
                CHECK(differing(a, b, sizes[i]) > least);
            }
        }
    }
}

/* Support is the amount of ink in one circle: claimed, reported, confirmed. */
static void more_support_is_more_ink(void) {
    for (int i = 2; i < 7; i++) {
        CHECK(ink_of(INK_CLAIMED, sizes[i]) < ink_of(INK_REPORTED, sizes[i]));
        CHECK(ink_of(INK_REPORTED, sizes[i]) < ink_of(INK_CONFIRMED, sizes[i]));
    }
}

static void size_follows_the_text_and_is_odd(void) {
    int before = 0;
    for (int px = 8; px <= 80; px++) {
        int size = ink_mark_size(px);
        CHECK(size % 2 == 1 && size >= before && size <= INK_MARK_SIZE_MAX);
        before = size;
    }
}

int main(void) {
    RUN(marks_of_thirteen_pixels);
    RUN(no_mark_leaves_its_square);
    RUN(mirrored_marks_are_seen_from_behind);
    RUN(any_two_marks_differ_at_every_size);
    RUN(more_support_is_more_ink);
    RUN(size_follows_the_text_and_is_odd);
    return ink_test_end();
}
