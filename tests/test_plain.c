/* Texts of other formats to plain ones: tables, and laws over random bytes.
 *
 *     test_plain              the tests
 *     test_plain --html CAP   of each frame on standard input (four bytes of length, the lowest
 *                             first, and as many bytes) its plain text as a frame: for
 *                             plain_check.py, which compares with Python's reader of HTML
 *     test_plain --entities   every entity that is known, one a line: its name and code point
 */
#include "import/plain.h"

#include <time.h>

#include "core/ink_utf8.h"
#include "import/entities.h"
#include "ink_test.h"

enum { ROOM = 4096, FRAME = 1 << 24 };

/* Of a copy that ends where the bytes do, so that the sanitizers see who reads on. */
static size_t plain(bool html, char *out, size_t cap, const char *text, size_t bytes) {
    char *copy = malloc(bytes > 0 ? bytes : 1);
    char *room = malloc(cap > 0 ? cap : 1);
    memcpy(copy, text, bytes);
    const size_t count =
        html ? ink_plain_html(room, cap, copy, bytes) : ink_plain_text(room, cap, copy, bytes);
    memcpy(out, room, count);
    free(copy);
    free(room);
    return count;
}

static void expect(bool html, const char *text, const char *want) {
    char out[ROOM];
    const size_t bytes = plain(html, out, sizeof out, text, strlen(text));
    CHECK_TEXT(out, bytes, want);
}

/* --- tables --- */

static void text_is_one_line_without_controls(void) {
    static const char *const rows[][2] = {
        {"", ""},
        {"  a  ", "a"},
        {"a\r\n\t b\xE2\x80\xA8"
         "c",
         "a b c"},
        {"\xEF\xBB\xBF"
         "a\x01\x7F"
         "b\xC2\x9F",
         "ab\xC5\xB8"}, /* as windows-1252 has it */
        {"a\xC2\x85"
         "b",
         "a b"},
        {"<b>&amp;</b>", "<b>&amp;</b>"},
        {"50\xC2\xA0km", "50\xC2\xA0km"},
        {"\xC2\xA0\xC2\xA0"
         "a\xC2\xA0\xC2\xA0z\xC2\xA0 \xC2\xA0y\xC2\xA0",
         "a\xC2\xA0z y"},
        {"\xFF"
         "a\xC3",
         "\xEF\xBF\xBD"
         "a\xEF\xBF\xBD"},
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xC0\xBC"
         "b>",
         "\xEF\xBF\xBD\xEF\xBF\xBD"
         "b>"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(false, rows[i][0], rows[i][1]);
    }
}

static void tags_go_and_text_stays(void) {
    static const char *const rows[][2] = {
        {"<p>One</p><p>two</p>", "One two"},
        {"wo<b>r</b>d", "word"},
        {"a<br>b<br/>c<hr />d", "a b c d"},
        {"3 < 5 and 5 > 3", "3 < 5 and 5 > 3"},
        {"a <3 b </3 c < d", "a <3 b </3 c < d"},
        {"if a<b then c", "if a<b then c"},
        {"1<2>3", "1<2>3"},
        {"x<a title=\"1 > 0\">y</a>z", "xyz"},
        {"x<a title = '1 > 0' >y</a>z", "xyz"},
        {"x<a title=\"it's > it\">y</a>z", "xyz"},
        {"<p class='a>b\">c</p>d", "b\">c d"}, /* a quote that never ends */
        {"<P ID=x>a</P\n>b", "a b"},
        {"<x-note>a</x-note>b", "a b"},
        {"a<img src=\"http://example.org/1.png\" alt=\"A > B\">b", "a b"},
        {"<a href=http://example.org/a/b>go</a>", "go"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(true, rows[i][0], rows[i][1]);
    }
}

static void what_is_not_for_readers_goes(void) {
    static const char *const rows[][2] = {
        {"a<!-- b > c -->d", "ad"},
        {"a<!-->b<!--->c<!-- x --!>d", "abcd"},
        {"a<!-- b", "a"},
        {"a<!DOCTYPE html>b<?php echo '>' ?>c", "ab' ?>c"},
        {"a<script>if (1 < 2) { x(\"</b>\"); }</script>b", "a b"},
        {"a<SCRIPT src='x'>b</Script >c", "a c"},
        {"a<script>b</scripts>c</script>d", "a d"},
        {"a<script>b", "a"},
        {"a<script src=\"x\"/>b", "a b"},
        {"a<style>p > b { }</style>b", "a b"},
        {"<head><title>t</title></head><body>b", "b"},
        {"<head><header>x</header></head>b", "b"},
        {"<svg><text>x</text></svg>b", "b"},
        {"<scripted>a</scripted>", "a"},
        {"<![CDATA[a <b>c</b> & d]]> e", "a c & d e"},
        {"a]]>b", "a]]>b"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(true, rows[i][0], rows[i][1]);
    }
}

/* Where a text was cut, nothing of a tag is left to read; nothing else is lost. */
static void a_tag_that_was_cut_goes(void) {
    static const char *const rows[][2] = {
        {"Troops moved <a href=\"http://example.org/a", "Troops moved"},
        {"Troops moved <a hre", "Troops moved"},
        {"Troops moved <a", "Troops moved"},
        {"Troops moved</p", "Troops moved"},
        {"Troops <img src='x' alt='two words and", "Troops"},
        {"Troops <", "Troops <"},
        {"Troops </", "Troops </"},
        {"Troops <!", "Troops <!"},
        {"Troops <!-", "Troops"},
        {"x <y", "x <y"},
        {"x <b and y or z", "x <b and y or z"},
        {"Fish &am", "Fish &am"},
        {"Fish &", "Fish &"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(true, rows[i][0], rows[i][1]);
    }
}

static void entities_are_resolved(void) {
    static const char *const rows[][2] = {
        {"&lt;b&gt; &amp;amp; &quot;&apos;&#39;", "<b> &amp; \"''"},
        {"&eacute;&Eacute;&alpha;&Alpha;", "\xC3\xA9\xC3\x89\xCE\xB1\xCE\x91"},
        {"&#x20AC;&#X20ac;&#8364;&#128;", "\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC"},
        {"a&#10;b&#0;c", "a b\xEF\xBF\xBD"
                         "c"},
        {"&#xD800;&#x110000;&#99999999;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"&#;&#x;&#12a;&;&nonsense;&eacute", "&#;&#x;&#12a;&;&nonsense;&eacute"},
        {"&EACUTE;", "&EACUTE;"},
        {"AT&T R&D a&b;", "AT&T R&D a&b;"},
        {"&nbsp;&nbsp;a&nbsp;b &nbsp;", "a\xC2\xA0"
                                        "b"},
        {"&#65279;&#1;a&#x7f;", "a"},
        {"\xC3&eacute;", "\xEF\xBF\xBD\xC3\xA9"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(true, rows[i][0], rows[i][1]);
    }
}

static void entities_are_found_by_their_whole_name(void) {
    const size_t count = sizeof ink_entities / sizeof ink_entities[0];
    CHECK_INT(count, 253);
    for (size_t i = 0; i < count; i++) {
        const char *name = ink_entities[i].name;
        CHECK_INT(ink_entity(name, strlen(name)), ink_entities[i].point);
        CHECK(i == 0 || strcmp(ink_entities[i - 1].name, name) < 0);
    }
    CHECK_INT(ink_entity("", 0), 0);
    CHECK_INT(ink_entity("ampersand", 9), 0);
    CHECK_INT(ink_entity("amp\0", 4), 0);
}

/* --- laws --- */

static size_t random_html(uint64_t *dice, char *out, size_t most) {
    static const char *const parts[] = {"<",
                                        ">",
                                        "</",
                                        "<p>",
                                        "</p>",
                                        "<b ",
                                        "<a href=",
                                        "\"",
                                        "'",
                                        "=",
                                        "&",
                                        ";",
                                        "&amp",
                                        "&#x2",
                                        "&nbsp;",
                                        "<!--",
                                        "-->",
                                        "--!>",
                                        "<!",
                                        "<?",
                                        "/>",
                                        " ",
                                        "\n",
                                        "word",
                                        "\xC3",
                                        "\xA9",
                                        "\xE2\x80",
                                        "]]>",
                                        "\xF0\x9F\x98\x80",
                                        "\xC2\xA0",
                                        "<![CDATA[",
                                        "<script>",
                                        "</script",
                                        "<style",
                                        "\xFF",
                                        "\0",
                                        "\xEF\xBB\xBF",
                                        "&#0;",
                                        "&#128;",
                                        "\xD9\x85"};
    size_t used = 0;
    for (uint32_t left = ink_random_below(dice, 40); left > 0; left--) {
        const char *part = parts[ink_random_below(dice, sizeof parts / sizeof parts[0])];
        const size_t bytes = *part != '\0' ? strlen(part) : 1;
        if (used + bytes <= most) {
            memcpy(out + used, part, bytes);
            used += bytes;
        }
    }
    return used;
}

static bool is_one_line(const char *text, size_t bytes) {
    bool blank = true;
    for (size_t at = 0; at < bytes;) {
        const uint32_t point = ink_utf8_next(text, bytes, &at);
        const bool space = point == ' ' || point == 0xA0;
        if (point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFEFF ||
            (space && blank)) {
            return false;
        }
        blank = space;
    }
    return bytes == 0 || !blank;
}

static void all_that_comes_out_is_one_line_of_utf8(void) {
    char html[600], out[ROOM];
    uint64_t dice = 1;
    for (int round = 0; round < 20000; round++) {
        const size_t bytes = random_html(&dice, html, sizeof html);
        for (int mode = 0; mode < 2; mode++) {
            const size_t count = plain(mode == 1, out, sizeof out, html, bytes);
            CHECK(ink_utf8_valid(out, count));
            CHECK(is_one_line(out, count));
        }
    }
}

/* With less room comes the beginning of the same, at least all but the last letter and a blank. */
static void less_room_gives_a_beginning(void) {
    char html[600], whole[ROOM], part[ROOM];
    uint64_t dice = 2;
    for (int round = 0; round < 2000; round++) {
        const size_t bytes = random_html(&dice, html, sizeof html);
        const size_t count = plain(true, whole, sizeof whole, html, bytes);
        for (size_t cap = 0; cap <= count; cap++) {
            const size_t got = plain(true, part, cap, html, bytes);
            CHECK(got <= cap && got + 6 > cap && memcmp(part, whole, got) == 0);
            CHECK(ink_utf8_valid(part, got) && is_one_line(part, got));
        }
    }
}

/* A text may end anywhere. */
static void a_beginning_may_end_anywhere(void) {
    char html[600], out[ROOM];
    uint64_t dice = 3;
    for (int round = 0; round < 1000; round++) {
        const size_t bytes = random_html(&dice, html, sizeof html);
        for (size_t end = 0; end <= bytes; end++) {
            const size_t count = plain(true, out, sizeof out, html, end);
            CHECK(ink_utf8_valid(out, count) && is_one_line(out, count));
        }
    }
}

/* Nothing makes it read the rest again and again: a mebibyte of each takes no time to speak of. */
static void no_text_takes_long(void) {
    const clock_t begun = clock();
    static const char *const parts[] = {"<a ",  "<a =\"", "<!--x-->",  "<script>", "<!", "&amp",
                                        "<b='", "</x",    "<![CDATA[", "\xE2\x80", "<p>"};
    char *text = malloc(1 << 20), out[800];
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const size_t part = strlen(parts[i]);
        size_t bytes = 0;
        for (; bytes + part <= 1 << 20; bytes += part) {
            memcpy(text + bytes, parts[i], part);
        }
        CHECK(ink_plain_html(out, sizeof out, text, bytes) <= sizeof out);
    }
    CHECK((clock() - begun) / CLOCKS_PER_SEC < 30);
    free(text);
}

/* --- for plain_check.py --- */

static size_t take_frame(char *text) {
    uint8_t head[4];
    if (fread(head, 1, 4, stdin) != 4) {
        return SIZE_MAX;
    }
    const size_t bytes = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16;
    return fread(text, 1, bytes, stdin) == bytes ? bytes : SIZE_MAX;
}

static int serve(size_t cap) {
    char *text = malloc(FRAME), *out = malloc(cap + 1);
    for (size_t bytes; (bytes = take_frame(text)) != SIZE_MAX;) {
        const size_t count = plain(true, out, cap, text, bytes);
        const uint8_t head[4] = {(uint8_t)count, (uint8_t)(count >> 8), (uint8_t)(count >> 16), 0};
        fwrite(head, 1, 4, stdout);
        fwrite(out, 1, count, stdout);
    }
    free(text);
    free(out);
    return 0;
}

int main(int count, char **arguments) {
    if (count == 3 && strcmp(arguments[1], "--html") == 0) {
        return serve((size_t)atol(arguments[2]));
    }
    if (count == 2 && strcmp(arguments[1], "--entities") == 0) {
        for (size_t i = 0; i < sizeof ink_entities / sizeof ink_entities[0]; i++) {
            printf("%s %u\n", ink_entities[i].name, (unsigned)ink_entities[i].point);
        }
        return 0;
    }
    RUN(text_is_one_line_without_controls);
    RUN(tags_go_and_text_stays);
    RUN(what_is_not_for_readers_goes);
    RUN(a_tag_that_was_cut_goes);
    RUN(entities_are_resolved);
    RUN(entities_are_found_by_their_whole_name);
    RUN(all_that_comes_out_is_one_line_of_utf8);
    RUN(less_room_gives_a_beginning);
    RUN(a_beginning_may_end_anywhere);
    RUN(no_text_takes_long);
    return ink_test_end();
}
