/* Decoding: examples of every rule, and laws over random records, chunkings and damage. */
#include "decode_tell.h"

#include "core/ink_utf8.h"

/* --- examples --- */

static void a_full_ndjson_record_is_read(void) {
    EXPECT_JSON(
        "{\"id\":18446744073709551615,\"rev\":4294967295,\"when\":\"2024-08-06?\",\"until\":"
        "\"2024-08-12\",\"dated\":\"report\",\"lane\":\"Kyiv\",\"kind\":\"statement\","
        "\"status\":\"claimed\",\"weight\":9,\"source\":\"Syrskyi\",\"via\":\"Reuters\","
        "\"headline\":\"1,000 km\\u00b2 "
        "\\ud83c\\uddfa\\ud83c\\udde6\",\"detail\":\"d\",\"figure\":\"~1,000 km²\","
        "\"place\":\"Kursk\",\"lang\":\"en\",\"url\":\"https:\\/\\/x.example/1\"}\n",
        "0 {\"id\":\"18446744073709551615\",\"rev\":4294967295,\"when\":\"2024-08-06?\",\"until\":"
        "\"2024-08-12\",\"dated\":\"report\",\"lane\":\"Kyiv\",\"kind\":\"statement\","
        "\"status\":\"claimed\",\"weight\":9,\"source\":\"Syrskyi\",\"via\":\"Reuters\","
        "\"headline\":\"1,000 km² 🇺🇦\",\"detail\":\"d\",\"figure\":\"~1,000 km²\","
        "\"place\":\"Kursk\",\"lang\":\"en\",\"url\":\"https://x.example/1\"}\nunknown 0\n");
}

#define GOOD_JSON "{\"id\":5,\"when\":\"2024\",\"headline\":\"h\"}\n"
#define GOOD_CBOR                                                                                  \
    "\xA3\x00\x05\x02\x64"                                                                         \
    "2024\x0B\x61h"
#define GOOD "0 {\"id\":5,\"when\":\"2024\",\"headline\":\"h\"}\n"

static void blank_lines_a_mark_and_a_missing_newline_are_fine(void) {
    EXPECT_JSON("\xEF\xBB\xBF\n \t\r\n" GOOD_JSON
                "\n\n  {\"id\" : 6 ,\t\"when\":\"2024\",\"headline\":\"h\"}  ",
                GOOD "0 {\"id\":6,\"when\":\"2024\",\"headline\":\"h\"}\nunknown 0\n");
    EXPECT_JSON("", "unknown 0\n");
}

static void unknown_keys_are_skipped_whatever_they_hold(void) {
    EXPECT_JSON(
        "{\"x\":{\"id\":[1,-2.5e+3,{\"when\":null}],\"story\":{}},\"id\":5,\"y\":[[],{}],"
        "\"when\":\"2024\",\"z\":\"\\ud83d\\ude00\\u0000\\n\",\"headline\":\"h\",\"idd\":true,"
        "\"a key that is longer than any token may be, and therefore cannot name a field of "
        "ours\":0}\n",
        GOOD "unknown 5\n");
    EXPECT_CBOR("\xA7\x00\x05\x02\x64"
                "2024\x0B\x61h\x11\x1B\x00\x01\x02\x03\x04\x05\x06\x07\x12\x43\xA1\x00\x00\x13\x83"
                "\x01\x20\x61x\x14\x80",
                GOOD "unknown 4\n");
    EXPECT_CBOR("\xA2\x18\x20\x61t\x18\x40\x01", "{\"story\":{\"title\":\"t\"}}\nunknown 1\n");
}

static void white_space_in_texts_collapses(void) {
    EXPECT_JSON(
        "{\"id\":5,\"when\":\"2024\",\"headline\":\"  a \\n\\r\\n\\t b   c\\u0020\\u0020d  \"}\n",
        "0 {\"id\":5,\"when\":\"2024\",\"headline\":\"a b c d\"}\nunknown 0\n");
    EXPECT_JSON("{\"id\":5,\"when\":\"2024\",\"headline\":\"a\\u0020 bcdefghijkl  m\"}\n",
                "0 {\"id\":5,\"when\":\"2024\",\"headline\":\"a bcdefghijkl m\"}\nunknown 0\n");
    EXPECT_JSON("{\"id\":5,\"when\":\"2024\",\"headline\":\" \\n \"}\n" GOOD_JSON,
                "refused no-headline at 39, line 1, field 11\n" GOOD "unknown 0\n");
}

static void null_is_absent_and_ids_may_be_texts(void) {
    EXPECT_JSON(
        "{\"id\":\"5\",\"lane\":null,\"when\":\"2024\",\"until\":null,\"headline\":\"h\"}\n",
        GOOD "unknown 0\n");
    struct counts counts;
    static const char json[] =
        "{\"id\":\"tag:x.example,2024:1\",\"when\":\"2024\",\"headline\":\"h\"}\n"
        "{\"when\":\"2024\",\"headline\":\"h\"}\n";
    free(tell(INK_FORMAT_NDJSON, json, sizeof json - 1, 0, 0, &counts));
    CHECK_INT(counts.records, 2);
    CHECK(guarded.decoder.record.id == ink_record_make_id(&guarded.decoder.record));
    free(tell(INK_FORMAT_NDJSON, json, strcspn(json, "\n"), 0, 0, &counts));
    CHECK(guarded.decoder.record.id == ink_text_make_id("tag:x.example,2024:1", 20));
}

static void story_facts_come_in_items_of_their_own(void) {
    EXPECT_JSON(
        "{\"story\":{\"title\":\" Kursk \",\"zone\":\"Europe/Kyiv\",\"offsets\":[-5,120, 10,-180],"
        "\"as_of\":\"2024-08-12T14:05Z\",\"distance\":\"2 m\",\"mood\":[1]},\"x\":1}\n",
        "{\"story\":{\"title\":\"Kursk\",\"zone\":\"Europe/Kyiv\",\"offsets\":[-5,120,10,-180],"
        "\"as_of\":\"2024-08-12T14:05Z\",\"distance\":2000}}\nunknown 2\n");
    EXPECT_CBOR(
        "\xA3\x18\x20\x65Kursk\x18\x22\x82\x24\x18\x78\x18\x26\x19\x07\xD0",
        "{\"story\":{\"title\":\"Kursk\",\"offsets\":[-5,120],\"distance\":2000}}\nunknown 0\n");
}

/* A key is a whole record here but for its value: {"id":5,"when":"2024","headline":"h",KEY}. */
#define WITH(key_value)  "{\"id\":5,\"when\":\"2024\",\"headline\":\"h\"," key_value "}\n" GOOD_JSON
#define STORY(key_value) "{\"story\":{" key_value "}}\n" GOOD_JSON
#define REFUSED(rule, at, field)                                                                   \
    "refused " rule " at " #at ", line 1, field " #field "\n" GOOD "unknown 0\n"

static void every_reason_is_reached_in_ndjson(void) {
    EXPECT_JSON(WITH("\"lane\":\"\xC3(\""), REFUSED("utf8", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"\xC3\""), REFUSED("utf8", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"\\udc00\""), REFUSED("utf8", 50, 5));
    EXPECT_JSON(WITH("\"lane\":\"\\ud800x\""), REFUSED("utf8", 51, 5));
    EXPECT_JSON("{\"x\":\"\\ud800\n{\"id\":5,\"when\":\"2024\",\"headline\":\"\\u0068\"}",
                "refused utf8 at 12, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON(WITH("\"lane\":\"\\ud800\\u0041\""), REFUSED("utf8", 56, 5));
    EXPECT_JSON(WITH("\"x\":\"\xED\xA0\x80\""),
                "refused utf8 at 43, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON(WITH("\"lane\":\"\\u0007\""), REFUSED("control", 50, 5));
    EXPECT_JSON(WITH("\"lane\":\"\\b\""), REFUSED("control", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"a\x7F\""), REFUSED("control", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"\xC2\x85\""), REFUSED("control", 46, 5));
    EXPECT_JSON(GOOD_JSON "{\"id\":5,\"when\":\"20",
                GOOD "refused truncated at 56, line 2, field 255\nunknown 0\n");
    EXPECT_JSON(WITH("\"until\":\"someday\""), REFUSED("date", 45, 3));
    EXPECT_JSON(
        WITH("\"until\":\"2024-08-"
             "12xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\""),
        REFUSED("date", 45, 3));
    EXPECT_JSON(WITH("\"until\":\"2024-02-30\""), REFUSED("date-range", 45, 3));
    EXPECT_JSON(WITH("\"until\":\"2023\""),
                "refused interval at 51, line 1, field 3\n" GOOD "unknown 0\n");
    EXPECT_JSON("{\"until\":\"2024\",\"when\":\"2020/2024\",\"headline\":\"h\"}\n" GOOD_JSON,
                REFUSED("interval", 23, 2));
    EXPECT_JSON("{\"when\":\"2020/2024\",\"until\":\"2024\",\"headline\":\"h\"}\n" GOOD_JSON,
                REFUSED("interval", 28, 3));
    EXPECT_JSON(WITH("\"weight\":10"), REFUSED("number", 46, 8));
    EXPECT_JSON(WITH("\"weight\":-1"), REFUSED("number", 46, 8));
    EXPECT_JSON(WITH("\"weight\":1.0"), REFUSED("number", 46, 8));
    EXPECT_JSON(WITH("\"rev\":4294967296"), REFUSED("number", 43, 1));
    EXPECT_JSON("{\"id\":18446744073709551616}\n" GOOD_JSON, REFUSED("number", 6, 0));
    EXPECT_JSON("{\"id\":\"\"}\n" GOOD_JSON, REFUSED("number", 6, 0));
    EXPECT_JSON(STORY("\"distance\":99"), REFUSED("number", 21, 70));
    EXPECT_JSON(STORY("\"distance\":\"far\""), REFUSED("number", 21, 70));
    EXPECT_JSON(WITH("\"status\":\"maybe\""), REFUSED("word", 46, 7));
    EXPECT_JSON(WITH("\"lane\":5"), REFUSED("type", 44, 5));
    EXPECT_JSON(WITH("\"weight\":\"5\""), REFUSED("type", 46, 8));
    EXPECT_JSON(WITH("\"status\":1"), REFUSED("type", 46, 7));
    EXPECT_JSON(WITH("\"lane\":true"), REFUSED("type", 44, 5));
    EXPECT_JSON(WITH("\"lane\":[]"), REFUSED("type", 44, 5));
    EXPECT_JSON("{\"story\":[]}\n" GOOD_JSON, REFUSED("type", 9, 255));
    EXPECT_JSON("{\"id\":5,\"headline\":\"h\"}\n" GOOD_JSON, REFUSED("no-when", 22, 2));
    EXPECT_JSON("{\"id\":5,\"when\":\"2024\"}\n" GOOD_JSON, REFUSED("no-headline", 21, 11));
    EXPECT_JSON(STORY("\"offsets\":[1]"), REFUSED("offsets", 22, 66));
    EXPECT_JSON(STORY("\"offsets\":[1,1440]"), REFUSED("offsets", 23, 66));
    EXPECT_JSON(STORY("\"offsets\":[1,0,1,0]"), REFUSED("offsets", 25, 66));
    EXPECT_JSON(STORY("\"offsets\":[\"1\"]"), REFUSED("offsets", 21, 66));
    EXPECT_JSON(STORY("\"offsets\":[1.5]"), REFUSED("offsets", 21, 66));
    EXPECT_JSON(WITH("\"x\":01"), "refused json at 42, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON(WITH("\"lane\":\"a\tb\""), REFUSED("json", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"a\\x\""), REFUSED("json", 47, 5));
    EXPECT_JSON("[1]\n" GOOD_JSON, REFUSED("json", 0, 255));
    EXPECT_JSON("{\"id\":5,}\n" GOOD_JSON, REFUSED("json", 8, 255));
    EXPECT_JSON("{\"id\":5\n" GOOD_JSON, REFUSED("json", 7, 255));
    EXPECT_JSON("{\"x\":[1}\n" GOOD_JSON,
                "refused json at 7, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON("{\"id\":nul}\n" GOOD_JSON, REFUSED("json", 9, 0));
    EXPECT_JSON(WITH("\"id\":6"), REFUSED("duplicate", 37, 0));
    EXPECT_JSON("{\"story\":{\"lang\":\"en\",\"lang\":\"en\"}}\n" GOOD_JSON,
                REFUSED("duplicate", 22, 67));
    EXPECT_JSON("{\"story\":{},\"story\":{}}\n" GOOD_JSON, REFUSED("duplicate", 12, 255));
    EXPECT_JSON(WITH("\"x\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]"),
                "refused depth at 56, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON("{\"id\":1,\"story\":{}}\n" GOOD_JSON, REFUSED("mixed", 8, 255));
    EXPECT_JSON("{\"story\":{},\"id\":1}\n" GOOD_JSON, REFUSED("mixed", 12, 255));
    EXPECT_JSON("{}\n" GOOD_JSON, REFUSED("mixed", 1, 255));
}

#define HEAD                                                                                       \
    "\xA4\x00\x05\x02\x64"                                                                         \
    "2024\x0B\x61h"

static void every_reason_is_reached_in_cbor(void) {
    EXPECT_CBOR(HEAD "\x0C\x62\xC3(" GOOD_CBOR, REFUSED("utf8", 15, 12));
    EXPECT_CBOR(HEAD "\x0C\x61\xC3" GOOD_CBOR, REFUSED("utf8", 15, 12));
    EXPECT_CBOR(HEAD "\x0C\x62"
                     "a\x00" GOOD_CBOR,
                REFUSED("control", 15, 12));
    EXPECT_CBOR(HEAD "\x0C\x62\xC2\x80" GOOD_CBOR, REFUSED("control", 15, 12));
    EXPECT_CBOR(HEAD "\x11\x62"
                     "a\x00" GOOD_CBOR,
                "refused control at 15, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_CBOR(GOOD_CBOR HEAD "\x0C\x62",
                GOOD "refused truncated at 26, line 2, field 255\nunknown 0\n");
    EXPECT_CBOR("\xA2\x00\x05\x02\x63"
                "now" GOOD_CBOR,
                REFUSED("date", 4, 2));
    EXPECT_CBOR("\xA2\x00\x05\x02\x67"
                "2024-13" GOOD_CBOR,
                REFUSED("date-range", 4, 2));
    EXPECT_CBOR("\xA4\x00\x05\x02\x64"
                "2024\x03\x64"
                "2023\x0B\x61h" GOOD_CBOR,
                REFUSED("interval", 18, 3));
    EXPECT_CBOR("\xA4\x00\x05\x02\x69"
                "2020/2024\x03\x64"
                "2023\x0B\x61h" GOOD_CBOR,
                REFUSED("interval", 15, 3));
    EXPECT_CBOR("\xA2\x00\x05\x08\x0A" GOOD_CBOR, REFUSED("number", 4, 8));
    EXPECT_CBOR("\xA1\x00\x20" GOOD_CBOR, REFUSED("number", 2, 0));
    EXPECT_CBOR("\xA1\x18\x26\x18\x63" GOOD_CBOR, REFUSED("number", 3, 70));
    EXPECT_CBOR("\xA2\x00\x05\x07\x08" GOOD_CBOR, REFUSED("word", 4, 7));
    EXPECT_CBOR("\xA2\x00\x05\x05\x01" GOOD_CBOR, REFUSED("type", 4, 5));
    EXPECT_CBOR("\xA2\x00\x05\x05\x82\x01\x81\x41\xA1" GOOD_CBOR, REFUSED("type", 4, 5));
    EXPECT_CBOR("\xA2\x00\x05\x0B\x61h" GOOD_CBOR, REFUSED("no-when", 6, 2));
    EXPECT_CBOR("\xA2\x00\x05\x02\x64"
                "2024" GOOD_CBOR,
                REFUSED("no-headline", 9, 11));
    EXPECT_CBOR("\xA3\x00\x05\x02\x64"
                "2024\x0B\x60" GOOD_CBOR,
                REFUSED("no-headline", 11, 11));
    EXPECT_CBOR("\xA1\x18\x22\x81\x01" GOOD_CBOR, REFUSED("offsets", 4, 66));
    EXPECT_CBOR("\xA1\x18\x22\x84\x01\x00\x01\x00" GOOD_CBOR, REFUSED("offsets", 6, 66));
    EXPECT_CBOR("\xA1\x18\x22\x82\x01\x61x" GOOD_CBOR, REFUSED("offsets", 5, 66));
    EXPECT_CBOR("\xA2\x00\x05\x00\x05" GOOD_CBOR, REFUSED("duplicate", 3, 0));
    EXPECT_CBOR("\xA2\x00\x05\x11\x81\x80" GOOD_CBOR,
                "refused depth at 5, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_CBOR("\xA2\x00\x05\x11\xA1\x01\x05" GOOD_CBOR,
                "refused depth at 4, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_CBOR("\xA2\x00\x05\x11\xF5" GOOD_CBOR,
                "refused cbor at 4, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_CBOR("\xA2\x00\x05\x08\xF9\x3C\x00" GOOD_CBOR, REFUSED("cbor", 4, 8));
    EXPECT_CBOR("\xA2\x00\x05\x02\xC0\x64"
                "2024" GOOD_CBOR,
                REFUSED("cbor", 4, 2));
    EXPECT_CBOR("\xD9\xD9\xF7" GOOD_CBOR,
                "refused cbor at 0, line 1, field 255\n" GOOD "unknown 0\n");
    EXPECT_CBOR("\xA2\x00\x05\x05\x1C" GOOD_CBOR, REFUSED("cbor", 4, 5));
    EXPECT_CBOR("\xA1\x62id\x05" GOOD_CBOR, REFUSED("cbor", 1, 255));
    EXPECT_CBOR("\xA1\x00\x18\x05" GOOD_CBOR, REFUSED("canonical", 2, 0));
    EXPECT_CBOR("\xA2\x00\x05\x18\x02\x64"
                "2024" GOOD_CBOR,
                REFUSED("canonical", 4, 255));
    EXPECT_CBOR("\xA3\x00\x05\x0B\x61h\x02\x64"
                "2024" GOOD_CBOR,
                REFUSED("canonical", 6, 2));
    EXPECT_CBOR("\xA2\x00\x05\x0B\x7F\x61h\xFF" GOOD_CBOR, REFUSED("canonical", 4, 11));
    EXPECT_CBOR("\xBF\x00\x05\xFF" GOOD_CBOR, REFUSED("canonical", 0, 255));
    EXPECT_CBOR("\xA1\x02\x64"
                "2024" GOOD_CBOR,
                REFUSED("mixed", 1, 2));
    EXPECT_CBOR("\xA2\x00\x05\x18\x20\x61t" GOOD_CBOR, REFUSED("mixed", 4, 64));
    EXPECT_CBOR("\xA0" GOOD_CBOR, REFUSED("mixed", 0, 255));
}

/* --- laws --- */

static void any_chunking_of_a_good_stream_is_one_chunk(void) {
    static struct stream stream;
    uint64_t seed = 11;
    for (int round = 0; round < 60; round++) {
        enum ink_format format = round % 2 ? INK_FORMAT_NDJSON : INK_FORMAT_CBOR;
        random_stream(format, &seed, &stream);
        CHECK(any_chunking_is_one_chunk(format, stream.bytes, stream.count, seed));
    }
}

/* What ink_decode_begin says of a core without the reader of NDJSON rests on this. */
static void ndjson_taken_for_cbor_is_one_refused_item(void) {
    static struct stream stream;
    uint64_t seed = 26;
    for (int round = 0; round < 60; round++) {
        struct counts counts;
        random_stream(INK_FORMAT_NDJSON, &seed, &stream);
        char *told = tell(INK_FORMAT_CBOR, stream.bytes, stream.count, seed, 700, &counts);
        CHECK_INT(counts.refused, 1);
        CHECK_INT(counts.records + counts.stories, 0);
        CHECK(strstr(told, "refused cbor at 0, line 1,") == told);
        free(told);
    }
}

static void any_chunking_of_a_damaged_stream_is_one_chunk(void) {
    static struct stream stream;
    uint64_t seed = 12;
    for (int round = 0; round < 400; round++) {
        enum ink_format format = round % 2 ? INK_FORMAT_NDJSON : INK_FORMAT_CBOR;
        random_stream(format, &seed, &stream);
        damage(&stream, &seed);
        CHECK(any_chunking_is_one_chunk(format, stream.bytes, stream.count, seed));
    }
}

static void a_stream_may_end_at_any_byte(void) {
    static struct stream stream;
    for (int format = 0; format < 2; format++) {
        uint64_t seed = 13;
        struct counts counts;
        random_stream((enum ink_format)format, &seed, &stream);
        for (size_t count = 0; count < stream.start[3]; count++) {
            int whole = 0;
            bool at_border = false;
            for (int i = 0; i <= 3; i++) {
                /* a line is whole without its newline too */
                size_t end = stream.start[i] - (i > 0 && format == INK_FORMAT_NDJSON);
                whole += i > 0 && end <= count;
                at_border = at_border || stream.start[i] == count || end == count;
            }
            free(tell((enum ink_format)format, stream.bytes, count, 0, 0, &counts));
            CHECK_INT(counts.records, whole);
            CHECK_INT(counts.refused, !at_border);
        }
    }
}

static void what_is_written_is_read_again(void) {
    static struct sample sample;
    static uint8_t bytes[8192];
    uint64_t seed = 14;
    for (int round = 0; round < 3000; round++) {
        enum ink_format format = round % 2 ? INK_FORMAT_NDJSON : INK_FORMAT_CBOR;
        random_record(&seed, &sample);
        begin(format);
        ink_decode_feed(&guarded.decoder, bytes,
                        write_item(format, &sample, NULL, bytes, sizeof bytes));
        ink_decode_end(&guarded.decoder);
        enum ink_decoded decoded = ink_decode_next(&guarded.decoder);
        CHECK_INT(decoded, INK_DECODED_RECORD);
        CHECK(same_record(&guarded.decoder.record, &sample.record));
        CHECK_INT(ink_record_content(&guarded.decoder.record), ink_record_content(&sample.record));
        CHECK_INT(ink_decode_next(&guarded.decoder), INK_DECODED_MORE);
    }
}

static void a_story_is_the_same_in_both_formats(void) {
    static uint8_t bytes[2][8192];
    uint64_t seed = 15;
    for (int round = 0; round < 500; round++) {
        struct ink_story story;
        struct counts counts;
        char *told[2];
        random_story(&seed, &story);
        for (int format = 0; format < 2; format++) {
            size_t count = write_item((enum ink_format)format, NULL, &story, bytes[format],
                                      sizeof bytes[format]);
            told[format] = tell((enum ink_format)format, bytes[format], count, 0, 0, &counts);
            CHECK_INT(counts.stories, 1);
        }
        CHECK(strcmp(told[0], told[1]) == 0);
        CHECK(strncmp(told[1], (char *)bytes[1], strlen(told[1]) - strlen("unknown 0\n")) == 0);
        free(told[0]);
        free(told[1]);
    }
}

static void a_writer_needs_exactly_the_room_it_says(void) {
    static struct sample sample;
    uint8_t out[INK_WIRE_ITEM_BYTES + 1];
    uint64_t seed = 16;
    for (int round = 0; round < 100; round++) {
        random_record(&seed, &sample);
        size_t bytes = ink_write_cbor_record(&sample.record, NULL, 0);
        memset(out, 0xA5, sizeof out);
        CHECK_INT(ink_write_cbor_record(&sample.record, out, bytes - 1), bytes);
        CHECK_INT(out[0], 0xA5);
        CHECK_INT(ink_write_cbor_record(&sample.record, out, bytes), bytes);
        CHECK(out[0] != 0xA5 && out[bytes] == 0xA5);
    }
    struct ink_story none = {.distance_mm = 0};
    CHECK_INT(ink_write_cbor_story(&none, NULL, 0), 0);
}

/* --- what damage costs --- */
static void a_bad_line_costs_only_itself(void) {
    static struct stream good;
    static struct stream damaged;
    uint64_t seed = 17;
    for (int round = 0; round < 500; round++) {
        struct counts counts;
        random_stream(INK_FORMAT_NDJSON, &seed, &good);
        damaged = good;
        int hurt = (int)ink_random_below(&seed, ITEMS);
        for (uint32_t i = 0; i <= ink_random_below(&seed, 5); i++) {
            size_t size = good.start[hurt + 1] - 1 - good.start[hurt];
            size_t at = good.start[hurt] + ink_random_below(&seed, (uint32_t)size);
            uint8_t byte = (uint8_t)ink_random(&seed);
            damaged.bytes[at] = byte == '\n' ? 0 : byte;
        }
        CHECK_INT(count_lost(INK_FORMAT_NDJSON, &good, &damaged, hurt, &counts), 0);
        CHECK(counts.refused <= 1);
    }
}

/* Items that are well-formed but unacceptable, with bytes inside that look like starts of items. */
static void an_unacceptable_item_costs_only_itself(void) {
    static const char *const bad[] = {
        "\xA3\x01\xA1\x02\x02\x01\x03",
        "\xA2\x18\x20\x18\x21\x18\x21\x1A\xA1\x18\x20\xA3",
        "\xA2\x01\x1A\xA1\x18\x20\xA1\x02\xFA\xA1\x18\x20\x01",
        "\xA1\x03\x84\xA1\x01\x02\x81\xC1\x05\x61z\xF5",
        "\xA3\x0B\x61y\x02\x19\xA1\x18\x05\x43\xA1\x18\x20",
    };
    static struct stream good;
    static struct stream damaged;
    uint64_t seed = 18;
    for (int round = 0; round < 200; round++) {
        struct counts counts;
        const char *item = bad[ink_random_below(&seed, sizeof bad / sizeof *bad)];
        size_t size = strlen(item);
        random_stream(INK_FORMAT_CBOR, &seed, &good);
        size_t at = good.start[ink_random_below(&seed, ITEMS)];
        memcpy(damaged.bytes, good.bytes, at);
        memcpy(damaged.bytes + at, item, size);
        memcpy(damaged.bytes + at + size, good.bytes + at, good.count - at);
        damaged.count = good.count + size;
        CHECK_INT(count_lost(INK_FORMAT_CBOR, &good, &damaged, -1, &counts), 0);
        CHECK_INT(counts.refused, 1);
    }
}

/* One byte of one item is changed at random. Inside a text this costs that item at most; in a head
 * it can reach into the next, and the worst that was seen is stated in FORMAT.md. */
static void a_damaged_byte_costs_its_item_and_seldom_the_next(void) {
    enum { ROUNDS = 3000, HURT = 5 };
    static struct stream good;
    static struct stream damaged;
    static struct sample sample;
    uint64_t seed = 19;
    int lost[4] = {0};
    int worst_in_text = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct counts counts;
        random_stream(INK_FORMAT_CBOR, &seed, &good);
        random_record(&seed, &sample);
        uint8_t item[4096] = {0};
        size_t size = write_item(INK_FORMAT_CBOR, &sample, NULL, item, sizeof item);
        size_t tail = good.count - good.start[HURT + 1];
        memmove(good.bytes + good.start[HURT] + size, good.bytes + good.start[HURT + 1], tail);
        memcpy(good.bytes + good.start[HURT], item, size);
        good.count = good.start[HURT] + size + tail;
        damaged = good;
        size_t at = ink_random_below(&seed, (uint32_t)size);
        damaged.bytes[good.start[HURT] + at] ^= (uint8_t)(1 + ink_random_below(&seed, 255));
        int now = count_lost(INK_FORMAT_CBOR, &good, &damaged, HURT, &counts);
        lost[now < 3 ? now : 3]++;
        if (is_in_text(&sample, item, at) && now > worst_in_text) {
            worst_in_text = now;
        }
    }
    CHECK_INT(worst_in_text, 0);
    printf("of %d damaged bytes, other items lost: none %d, one %d, two %d, more %d\n", ROUNDS,
           lost[0], lost[1], lost[2], lost[3]);
    CHECK(lost[1] <= ROUNDS / 50);
    CHECK(lost[2] + lost[3] <= ROUNDS / 1000);
}

/* --- sizes --- */
/* The longest prefix at a grapheme boundary, whatever the text and wherever chunks end. */
static void a_long_text_is_cut_at_a_grapheme_boundary(void) {
    static char json[8192];
    uint64_t seed = 20;
    int cuts = 0;
    for (int round = 0; round < 300; round++) {
        struct counts counts;
        char text[1400];
        char *at = json + sprintf(json, "{\"when\":\"2024\",\"headline\":\"");
        size_t bytes = random_text(&seed, text, sizeof text);
        bool long_text = bytes > INK_HEADLINE_BYTES;
        size_t kept = long_text ? ink_grapheme_cut(text, bytes, INK_HEADLINE_BYTES - 3) : bytes;
        kept -= long_text && kept > 0 && text[kept - 1] == ' ';
        for (size_t i = 0; i < bytes; i++) {
            at += sprintf(at, strchr("\"\\", text[i]) ? "\\%c" : "%c", text[i]);
        }
        at += sprintf(at, "\"}\n");
        free(tell(INK_FORMAT_NDJSON, json, (size_t)(at - json), 0, 0, &counts));
        CHECK(any_chunking_is_one_chunk(INK_FORMAT_NDJSON, json, (size_t)(at - json), seed));
        if (bytes == 0) {
            continue;
        }
        begin(INK_FORMAT_NDJSON);
        ink_decode_feed(&guarded.decoder, json, (size_t)(at - json));
        CHECK_INT(ink_decode_next(&guarded.decoder), INK_DECODED_RECORD);
        struct ink_span headline = guarded.decoder.record.text[INK_HEADLINE];
        CHECK_INT(headline.bytes, kept + (long_text ? 3 : 0));
        CHECK(memcmp(headline.at, text, kept) == 0);
        CHECK(!long_text || memcmp(headline.at + kept, "\xE2\x80\xA6", 3) == 0);
        CHECK_INT(guarded.decoder.record.cuts, (bytes > INK_HEADLINE_BYTES) << INK_HEADLINE);
        cuts += guarded.decoder.record.cuts != 0;
    }
    CHECK(cuts > 30);
}

static void a_text_of_exactly_its_bound_is_whole(void) {
    char json[600];
    for (int bytes = INK_HEADLINE_BYTES - 2; bytes <= INK_HEADLINE_BYTES + 2; bytes++) {
        char text[INK_HEADLINE_BYTES + 3];
        memset(text, 'x', sizeof text);
        int count =
            snprintf(json, sizeof json,
                     "{\"when\":\"2024\",\"headline\":\"        %.*s        \"}\n", bytes, text);
        begin(INK_FORMAT_NDJSON);
        ink_decode_feed(&guarded.decoder, json, (size_t)count);
        CHECK_INT(ink_decode_next(&guarded.decoder), INK_DECODED_RECORD);
        CHECK_INT(guarded.decoder.record.text[INK_HEADLINE].bytes,
                  ink_min(bytes, INK_HEADLINE_BYTES));
        CHECK_INT(guarded.decoder.record.cuts != 0, bytes > INK_HEADLINE_BYTES);
    }
}

/* All texts at their bounds, each with one byte too many: the buffer holds exactly all. */
static void a_record_of_only_cut_texts_fits(void) {
    uint8_t bytes[4096] = "\xAB\x00\x05\x02\x64"
                          "2024";
    size_t count = 9;
    for (int i = 0; i < INK_FIELD_COUNT; i++) {
        const struct ink_field *field = &ink_record_fields[i];
        if (field->type == INK_FIELD_TEXT) {
            uint32_t size = field->max + 1;
            bytes[count++] = field->key;
            bytes[count++] = size < 24 ? (uint8_t)(0x60 + size) : size < 256 ? 0x78 : 0x79;
            if (size >= 256) {
                bytes[count++] = (uint8_t)(size >> 8);
            }
            if (size >= 24) {
                bytes[count++] = (uint8_t)size;
            }
            memset(bytes + count, 'a' + i, size);
            count += size;
        }
    }
    begin(INK_FORMAT_CBOR);
    ink_decode_feed(&guarded.decoder, bytes, count);
    CHECK_INT(ink_decode_next(&guarded.decoder), INK_DECODED_RECORD);
    CHECK_INT(guarded.decoder.record.cuts, (1 << INK_TEXT_COUNT) - 1);
    for (int i = 0; i < INK_FIELD_COUNT; i++) {
        const struct ink_field *field = &ink_record_fields[i];
        struct ink_span text = guarded.decoder.record.text[field->text];
        if (field->type == INK_FIELD_TEXT) {
            CHECK_INT(text.bytes, field->max);
            bool prose = i != INK_F_LANG && i != INK_F_URL; /* ends in an ellipsis */
            CHECK(text.at[0] == 'a' + i);
            CHECK((text.at[text.bytes - 1] == 'a' + i) == !prose);
        }
    }
    CHECK(guards_hold());
}

#define OPENING "{\"when\":\"2024\",\"headline\":\""

/* 64 MB each: a headline, an unknown value, a line that is no JSON, a depth of a million. */
static void a_line_of_any_length_takes_no_more_memory(void) {
    static char piece[1 << 16];
    struct counts counts = {0};
    memset(piece, 'x', sizeof piece);
    begin(INK_FORMAT_NDJSON);
    feed_often(OPENING, sizeof OPENING - 1, 1, &counts);
    feed_often(piece, sizeof piece, 1024, &counts);
    feed_often("\",\"x\":\"", 7, 1, &counts);
    feed_often(piece, sizeof piece, 1024, &counts);
    feed_often("\"}\n", 3, 1, &counts);
    CHECK_INT(counts.records, 1);
    CHECK_INT(guarded.decoder.record.cuts, 1 << INK_HEADLINE);
    feed_often(piece, sizeof piece, 1024, &counts);
    CHECK_INT(counts.refused, 1);
    CHECK(guarded.decoder.refusal.offset == sizeof OPENING - 1 + 7 + 3 + 2u * 64 * 1024 * 1024);
    feed_often("\n{\"x\":", 6, 1, &counts);
    feed_often("[", 1, 1000000, &counts);
    CHECK_INT(guarded.decoder.refusal.reason, INK_REASON_DEPTH);
    feed_often("\n" GOOD_JSON, sizeof GOOD_JSON, 1, &counts);
    CHECK_INT(counts.records, 2);
    CHECK_INT(counts.refused, 2);
    CHECK(guards_hold());
}

static void the_rest_of_a_cut_text_is_still_checked(void) {
    static char piece[1 << 12];
    struct counts counts = {0};
    memset(piece, 'x', sizeof piece);
    begin(INK_FORMAT_NDJSON);
    feed_often(OPENING, sizeof OPENING - 1, 1, &counts);
    feed_often(piece, sizeof piece, 4, &counts);
    feed_often("\xFF", 1, 1, &counts);
    CHECK_INT(guarded.decoder.refusal.reason, INK_REASON_UTF8);
    CHECK(guarded.decoder.refusal.offset == sizeof OPENING - 1 + 4 * sizeof piece);
}

/* A length that nothing can have is not waited for: the record after it is found. */
static void lying_lengths_are_not_believed(void) {
    static const uint8_t heads[] = {0x5A, 0x5B, 0x7A, 0x7B, 0x9A, 0x9B, 0xBA, 0xBB};
    for (size_t i = 0; i < sizeof heads; i++) {
        for (int field = 1; field < INK_KEY_STORY; field++) {
            uint8_t bytes[64] = {0xA3, 0x00, 0x05};
            size_t count = 3;
            if (field >= 24) {
                bytes[count++] = 0x18;
            }
            bytes[count++] = (uint8_t)field;
            bytes[count++] = heads[i];
            memset(bytes + count, 0x7F, 8);
            count += (heads[i] & 0x1F) == 0x1A ? 4 : 8;
            memcpy(bytes + count, GOOD_CBOR, sizeof GOOD_CBOR - 1);
            count += sizeof GOOD_CBOR - 1;
            struct counts counts;
            free(tell(INK_FORMAT_CBOR, bytes, count, 0, 0, &counts));
            CHECK_INT(counts.records, 1);
            CHECK_INT(counts.refused, 1);
        }
    }
}

static void noise_never_breaks_anything(void) {
    uint64_t seed = 21;
    static uint8_t noise[4096];
    for (int round = 0; round < 200; round++) {
        static const char likely[] =
            "{}[]\",:\\u0d8eE.-+09trufalsn \n\r\t\xA1\xA3\x18\x20\x01\x02\x61\x64";
        for (size_t i = 0; i < sizeof noise; i++) {
            noise[i] = round % 3 == 0 ? (uint8_t)ink_random(&seed)
                                      : (uint8_t)likely[ink_random_below(&seed, sizeof likely)];
        }
        CHECK(any_chunking_is_one_chunk(round % 2 ? INK_FORMAT_CBOR : INK_FORMAT_NDJSON, noise,
                                        sizeof noise, seed));
    }
}

int main(void) {
    RUN(a_full_ndjson_record_is_read);
    RUN(blank_lines_a_mark_and_a_missing_newline_are_fine);
    RUN(unknown_keys_are_skipped_whatever_they_hold);
    RUN(white_space_in_texts_collapses);
    RUN(null_is_absent_and_ids_may_be_texts);
    RUN(story_facts_come_in_items_of_their_own);
    RUN(every_reason_is_reached_in_ndjson);
    RUN(every_reason_is_reached_in_cbor);
    RUN(any_chunking_of_a_good_stream_is_one_chunk);
    RUN(ndjson_taken_for_cbor_is_one_refused_item);
    RUN(any_chunking_of_a_damaged_stream_is_one_chunk);
    RUN(a_stream_may_end_at_any_byte);
    RUN(what_is_written_is_read_again);
    RUN(a_story_is_the_same_in_both_formats);
    RUN(a_writer_needs_exactly_the_room_it_says);
    RUN(a_bad_line_costs_only_itself);
    RUN(an_unacceptable_item_costs_only_itself);
    RUN(a_damaged_byte_costs_its_item_and_seldom_the_next);
    RUN(a_long_text_is_cut_at_a_grapheme_boundary);
    RUN(a_text_of_exactly_its_bound_is_whole);
    RUN(a_record_of_only_cut_texts_fits);
    RUN(a_line_of_any_length_takes_no_more_memory);
    RUN(the_rest_of_a_cut_text_is_still_checked);
    RUN(lying_lengths_are_not_believed);
    RUN(noise_never_breaks_anything);
    return ink_test_end();
}
