/* Decoding: examples of every rule, and laws over random records, chunkings and damage. */
#include "ink_test.h"

#include "core/ink_decode.h"
#include "core/ink_edtf.h"
#include "core/ink_utf8.h"
#include "write_cbor.h"
#include "write_json.h"

/* --- one run of the decoder, told as text --- */

enum { GUARD = 64, TELL_CAP = 1 << 16 };

struct guarded {
    uint8_t before[GUARD];
    struct ink_decoder decoder;
    uint8_t after[GUARD];
};

static struct guarded guarded;

struct counts {
    int records, stories, refused;
};

static bool guards_hold(void) {
    for (int i = 0; i < GUARD; i++) {
        if (guarded.before[i] != 0xA5 || guarded.after[i] != 0xA5) {
            return false;
        }
    }
    return true;
}

static void begin(enum ink_format format) {
    memset(&guarded, 0xA5, sizeof guarded);
    ink_decode_begin(&guarded.decoder, format);
}

/* Take what the decoder has found; tell it to `to` unless that is NULL. */
static void drain(FILE *to, struct counts *counts) {
    struct ink_decoder *decoder = &guarded.decoder;
    for (;;) {
        switch (ink_decode_next(decoder)) {
        case INK_DECODED_MORE:
            return;
        case INK_DECODED_RECORD:
            counts->records++;
            if (to != NULL) {
                fprintf(to, "%x ", (unsigned)decoder->record.cuts);
                ink_write_json_record(to, &decoder->record);
            }
            break;
        case INK_DECODED_STORY:
            counts->stories++;
            if (to != NULL) {
                ink_write_json_story(to, &decoder->u.story);
            }
            break;
        case INK_DECODED_REFUSED:
            counts->refused++;
            if (to != NULL) {
                fprintf(to, "refused %s at %llu, line %u, field %d\n",
                        ink_reason_rule((enum ink_reason)decoder->refusal.reason),
                        (unsigned long long)decoder->refusal.offset,
                        (unsigned)decoder->refusal.line, decoder->refusal.field);
            }
        }
    }
}

/* Decode in chunks: all at once if `seed` is 0, else of random sizes up to `most`, each in memory of
 * its own, so that a sanitizer sees any read beside it. The caller frees the text. */
static char *tell(enum ink_format format, const void *bytes, size_t count, uint64_t seed,
                  uint32_t most, struct counts *counts) {
    char *text = NULL;
    size_t text_bytes = 0;
    FILE *to = open_memstream(&text, &text_bytes);
    *counts = (struct counts){0};
    begin(format);
    for (size_t at = 0; at < count;) {
        size_t size = seed == 0 ? count : ink_random_below(&seed, most + 1);
        size = size < count - at ? size : count - at;
        uint8_t *chunk = malloc(size > 0 ? size : 1);
        memcpy(chunk, (const uint8_t *)bytes + at, size);
        ink_decode_feed(&guarded.decoder, chunk, size);
        drain(to, counts);
        free(chunk);
        at += size;
    }
    ink_decode_end(&guarded.decoder);
    drain(to, counts);
    fprintf(to, "unknown %u\n", (unsigned)guarded.decoder.unknown);
    fclose(to);
    CHECK(guards_hold());
    return text;
}

static bool any_chunking_is_one_chunk(enum ink_format format, const void *bytes, size_t count,
                                      uint64_t seed) {
    struct counts counts;
    char *whole = tell(format, bytes, count, 0, 0, &counts);
    bool same = true;
    static const uint32_t most[] = {1, 3, 40, 700};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        char *parts = tell(format, bytes, count, seed + i + 1, most[i], &counts);
        if (strcmp(whole, parts) != 0 && same) {
            printf("whole:\n%sin chunks up to %u:\n%s", whole, most[i], parts);
        }
        same = same && strcmp(whole, parts) == 0;
        free(parts);
    }
    free(whole);
    return same;
}

static void expect(enum ink_format format, const void *bytes, size_t count, const char *want,
                   int line) {
    struct counts counts;
    char *got = tell(format, bytes, count, 0, 0, &counts);
    if (strcmp(got, want) != 0) {
        printf("%s:%d: got:\n%sexpected:\n%s", __FILE__, line, got, want);
    }
    CHECK(strcmp(got, want) == 0);
    CHECK(any_chunking_is_one_chunk(format, bytes, count, 7));
    free(got);
}

#define EXPECT_JSON(json, want) expect(INK_FORMAT_NDJSON, json, sizeof(json) - 1, want, __LINE__)
#define EXPECT_CBOR(cbor, want) expect(INK_FORMAT_CBOR, cbor, sizeof(cbor) - 1, want, __LINE__)

/* --- random records and streams --- */

struct sample {
    struct ink_record record;
    char text[INK_RECORD_TEXT_BYTES];
};

/* Clean text of at most `cap` bytes: ASCII, Cyrillic, CJK, emoji with joiners, combining marks. */
static uint16_t random_text(uint64_t *seed, char *out, size_t cap) {
    static const char *const pieces[] = {"a",  "Sudzha", "\"", "\\", "/",  "Курск", "é",
                                         "e\u0301", "戦", "👩‍🚒", "🇺🇦", "€",  "·",     "\u00A0", "{}"};
    size_t want = ink_random_below(seed, 3) == 0 ? cap : ink_random_below(seed, (uint32_t)cap + 1);
    size_t bytes = 0;
    while (bytes < want) {
        const char *piece = pieces[ink_random_below(seed, sizeof pieces / sizeof *pieces)];
        bool space = bytes > 0 && ink_random_below(seed, 3) == 0;
        if (bytes + space + strlen(piece) > cap) {
            break;
        }
        if (space) {
            out[bytes++] = ' ';
        }
        memcpy(out + bytes, piece, strlen(piece));
        bytes += strlen(piece);
    }
    return (uint16_t)bytes;
}

static void random_dates(uint64_t *seed, struct ink_date *when, struct ink_date *until) {
    static const char *const dates[] = {
        "2024",          "2024-08",      "2024-08-12?",    "2024-08~",   "1914/1918",
        "../2024",       "2024/..",      "/2024",          "2024-08/",   "-0044-03-15",
        "2024-08-XX",    "201X",         "19XX?",          "2024-21",    "2024-08-12T14:05",
        "2024-08-12T14:05:09+03:00",     "2024-08-06T05:00Z/2024-08-12", "2024-08-12%",
    };
    const char *text = dates[ink_random_below(seed, sizeof dates / sizeof *dates)];
    CHECK_INT(ink_edtf_parse(text, strlen(text), when, until), INK_REASON_NONE);
}

static void random_record(uint64_t *seed, struct sample *sample) {
    struct ink_record *record = &sample->record;
    memset(sample, 0, sizeof *sample);
    record->id = ink_random(seed) >> ink_random_below(seed, 64);
    record->rev = ink_random_below(seed, 2) ? 0 : (uint32_t)ink_random(seed);
    random_dates(seed, &record->when, &record->until);
    record->dated = (uint8_t)ink_random_below(seed, INK_DATED_COUNT);
    record->kind = (uint8_t)ink_random_below(seed, INK_KIND_COUNT);
    record->status = (uint8_t)ink_random_below(seed, INK_STANDING_COUNT);
    record->weight = (uint8_t)ink_random_below(seed, 10);
    char *at = sample->text;
    for (int i = 0; i < INK_FIELD_COUNT; i++) {
        const struct ink_field *field = &ink_record_fields[i];
        if (field->type != INK_FIELD_TEXT) {
            continue;
        }
        struct ink_span *span = &record->text[field->text];
        *span = (struct ink_span){at, 0};
        if (ink_random_below(seed, 2) == 0 || field->text == INK_HEADLINE) {
            span->bytes = random_text(seed, at, field->max);
        }
        if (span->bytes == 0 && field->text == INK_HEADLINE) {
            *at = 'x';
            span->bytes = 1;
        }
        at += span->bytes;
    }
}

static void random_story(uint64_t *seed, struct ink_story *story) {
    memset(story, 0, sizeof *story);
    story->distance_mm = (uint16_t)(2000 + ink_random_below(seed, 100));
    random_text(seed, story->title, INK_TITLE_BYTES);
    random_text(seed, story->zone.name, INK_ZONE_NAME_BYTES);
    memcpy(story->lang, "uk", 2);
    story->zone.count = (uint8_t)ink_random_below(seed, INK_ZONE_CHANGES + 1);
    for (int i = 0; i < story->zone.count; i++) {
        story->zone.change[i].minute = -100000000 + i * 50000000;
        story->zone.change[i].offset_min = (int16_t)((int)ink_random_below(seed, 2879) - 1439);
    }
    struct ink_date none;
    ink_edtf_parse("2024-08-12T14:05Z", 17, &story->as_of, &none);
}

enum { STREAM_CAP = 1 << 16, ITEMS = 12 };

struct stream {
    uint8_t bytes[STREAM_CAP];
    size_t count;
    size_t start[ITEMS + 1]; /* of each item, and the end */
};

static size_t write_item(enum ink_format format, const struct sample *sample,
                         const struct ink_story *story, uint8_t *out, size_t cap) {
    if (format == INK_FORMAT_CBOR) {
        return sample != NULL ? ink_write_cbor_record(&sample->record, out, cap)
                              : ink_write_cbor_story(story, out, cap);
    }
    FILE *to = fmemopen(out, cap, "w");
    if (sample != NULL) {
        ink_write_json_record(to, &sample->record);
    } else {
        ink_write_json_story(to, story);
    }
    fflush(to);
    size_t bytes = (size_t)ftell(to);
    fclose(to);
    return bytes;
}

/* ITEMS random items, the fifth of them a story. */
static void random_stream(enum ink_format format, uint64_t *seed, struct stream *stream) {
    static struct sample sample;
    struct ink_story story;
    stream->count = 0;
    for (int i = 0; i < ITEMS; i++) {
        random_record(seed, &sample);
        random_story(seed, &story);
        stream->start[i] = stream->count;
        stream->count += write_item(format, i == 4 ? NULL : &sample, &story,
                                    stream->bytes + stream->count, STREAM_CAP - stream->count);
    }
    stream->start[ITEMS] = stream->count;
}

/* --- examples --- */

static void a_full_ndjson_record_is_read(void) {
    EXPECT_JSON("{\"id\":18446744073709551615,\"rev\":4294967295,\"when\":\"2024-08-06?\",\"until\":"
                "\"2024-08-12\",\"dated\":\"report\",\"lane\":\"Kyiv\",\"kind\":\"statement\","
                "\"status\":\"claimed\",\"weight\":9,\"source\":\"Syrskyi\",\"via\":\"Reuters\","
                "\"headline\":\"1,000 km\\u00b2 \\ud83c\\uddfa\\ud83c\\udde6\",\"detail\":\"d\",\"figure\":\"~1,000 km²\","
                "\"place\":\"Kursk\",\"lang\":\"en\",\"url\":\"https:\\/\\/x.example/1\"}\n",
                "0 {\"id\":\"18446744073709551615\",\"rev\":4294967295,\"when\":\"2024-08-06?\",\"until\":"
                "\"2024-08-12\",\"dated\":\"report\",\"lane\":\"Kyiv\",\"kind\":\"statement\","
                "\"status\":\"claimed\",\"weight\":9,\"source\":\"Syrskyi\",\"via\":\"Reuters\","
                "\"headline\":\"1,000 km² 🇺🇦\",\"detail\":\"d\",\"figure\":\"~1,000 km²\","
                "\"place\":\"Kursk\",\"lang\":\"en\",\"url\":\"https://x.example/1\"}\nunknown 0\n");
}

#define GOOD_JSON "{\"id\":5,\"when\":\"2024\",\"headline\":\"h\"}\n"
#define GOOD_CBOR "\xA3\x00\x05\x02\x64"                                                          \
                  "2024\x0B\x61h"
#define GOOD "0 {\"id\":5,\"when\":\"2024\",\"headline\":\"h\"}\n"

static void blank_lines_a_mark_and_a_missing_newline_are_fine(void) {
    EXPECT_JSON("\xEF\xBB\xBF\n \t\r\n" GOOD_JSON "\n\n  {\"id\" : 6 ,\t\"when\":\"2024\",\"headline\":\"h\"}  ",
                GOOD "0 {\"id\":6,\"when\":\"2024\",\"headline\":\"h\"}\nunknown 0\n");
    EXPECT_JSON("", "unknown 0\n");
    EXPECT_JSON("\xEF\xBB\xBF", "unknown 0\n");
    EXPECT_CBOR("", "unknown 0\n");
}

static void unknown_keys_are_skipped_whatever_they_hold(void) {
    EXPECT_JSON("{\"x\":{\"id\":[1,-2.5e+3,{\"when\":null}],\"story\":{}},\"id\":5,\"y\":[[],{}],"
                "\"when\":\"2024\",\"z\":\"\\ud83d\\ude00\\u0000\\n\",\"headline\":\"h\",\"idd\":true,"
                "\"a key that is longer than any token may be, and therefore cannot name a field of ours\":0}\n",
                GOOD "unknown 5\n");
    EXPECT_CBOR("\xA7\x00\x05\x02\x64"
                "2024\x0B\x61h\x11\x1B\x00\x01\x02\x03\x04\x05\x06\x07\x12\x43\xA1\x00\x00\x13\x83\x01\x20\x61x\x14\x80",
                GOOD "unknown 4\n");
    EXPECT_CBOR("\xA2\x18\x20\x61t\x18\x40\x01", "{\"story\":{\"title\":\"t\"}}\nunknown 1\n");
}

static void white_space_in_texts_collapses(void) {
    EXPECT_JSON("{\"id\":5,\"when\":\"2024\",\"headline\":\"  a \\n\\r\\n\\t b   c\\u0020\\u0020d  \"}\n",
                "0 {\"id\":5,\"when\":\"2024\",\"headline\":\"a b c d\"}\nunknown 0\n");
    EXPECT_JSON("{\"id\":5,\"when\":\"2024\",\"headline\":\" \\n \"}\n" GOOD_JSON,
                "refused no-headline at 40, line 1, field 11\n" GOOD "unknown 0\n");
}

static void null_is_absent_and_ids_may_be_texts(void) {
    EXPECT_JSON("{\"id\":\"5\",\"lane\":null,\"when\":\"2024\",\"until\":null,\"headline\":\"h\"}\n",
                GOOD "unknown 0\n");
    struct counts counts;
    static const char json[] = "{\"id\":\"tag:x.example,2024:1\",\"when\":\"2024\",\"headline\":\"h\"}\n"
                               "{\"when\":\"2024\",\"headline\":\"h\"}\n";
    free(tell(INK_FORMAT_NDJSON, json, sizeof json - 1, 0, 0, &counts));
    CHECK_INT(counts.records, 2);
    CHECK(guarded.decoder.record.id == ink_record_make_id(&guarded.decoder.record));
    free(tell(INK_FORMAT_NDJSON, json, 63, 0, 0, &counts));
    CHECK(guarded.decoder.record.id == ink_text_make_id("tag:x.example,2024:1", 20));
}

static void story_facts_come_in_items_of_their_own(void) {
    EXPECT_JSON("{\"story\":{\"title\":\" Kursk \",\"zone\":\"Europe/Kyiv\",\"offsets\":[-5,120, 10,-180],"
                "\"as_of\":\"2024-08-12T14:05Z\",\"distance\":\"2 m\",\"mood\":[1]},\"x\":1}\n",
                "{\"story\":{\"title\":\"Kursk\",\"zone\":\"Europe/Kyiv\",\"offsets\":[-5,120,10,-180],"
                "\"as_of\":\"2024-08-12T14:05Z\",\"distance\":2000}}\nunknown 2\n");
    EXPECT_CBOR("\xA3\x18\x20\x65Kursk\x18\x22\x82\x24\x18\x78\x18\x26\x19\x07\xD0",
                "{\"story\":{\"title\":\"Kursk\",\"offsets\":[-5,120],\"distance\":2000}}\nunknown 0\n");
}

/* A key is a whole record here but for its value: {"id":5,"when":"2024","headline":"h",KEY}. */
#define WITH(key_value) "{\"id\":5,\"when\":\"2024\",\"headline\":\"h\"," key_value "}\n" GOOD_JSON
#define STORY(key_value) "{\"story\":{" key_value "}}\n" GOOD_JSON
#define REFUSED(rule, at, field)                                                                   \
    "refused " rule " at " #at ", line 1, field " #field "\n" GOOD "unknown 0\n"

static void every_reason_is_reached_in_ndjson(void) {
    EXPECT_JSON(WITH("\"lane\":\"\xC3(\""), REFUSED("utf8", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"\xC3\""), REFUSED("utf8", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"\\udc00\""), REFUSED("utf8", 50, 5));
    EXPECT_JSON(WITH("\"lane\":\"\\ud800x\""), REFUSED("utf8", 51, 5));
    EXPECT_JSON(WITH("\"lane\":\"\\ud800\\u0041\""), REFUSED("utf8", 56, 5));
    EXPECT_JSON(WITH("\"x\":\"\xED\xA0\x80\""), "refused utf8 at 43, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON(WITH("\"lane\":\"\\u0007\""), REFUSED("control", 50, 5));
    EXPECT_JSON(WITH("\"lane\":\"\\b\""), REFUSED("control", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"a\x7F\""), REFUSED("control", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"\xC2\x85\""), REFUSED("control", 46, 5));
    EXPECT_JSON(GOOD_JSON "{\"id\":5,\"when\":\"20", GOOD "refused truncated at 56, line 2, field 255\nunknown 0\n");
    EXPECT_JSON(WITH("\"until\":\"someday\""), REFUSED("date", 45, 3));
    EXPECT_JSON(WITH("\"until\":\"2024-08-12xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\""), REFUSED("date", 45, 3));
    EXPECT_JSON(WITH("\"until\":\"2024-02-30\""), REFUSED("date-range", 45, 3));
    EXPECT_JSON(WITH("\"until\":\"2023\""), "refused interval at 51, line 1, field 3\n" GOOD "unknown 0\n");
    EXPECT_JSON("{\"until\":\"2024\",\"when\":\"2020/2024\",\"headline\":\"h\"}\n" GOOD_JSON, REFUSED("interval", 23, 2));
    EXPECT_JSON("{\"when\":\"2020/2024\",\"until\":\"2024\",\"headline\":\"h\"}\n" GOOD_JSON, REFUSED("interval", 28, 3));
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
    EXPECT_JSON(WITH("\"lane\":true"), REFUSED("type", 48, 5));
    EXPECT_JSON(WITH("\"lane\":[]"), REFUSED("type", 44, 5));
    EXPECT_JSON("{\"story\":[]}\n" GOOD_JSON, REFUSED("type", 9, 255));
    EXPECT_JSON("{\"id\":5,\"headline\":\"h\"}\n" GOOD_JSON, REFUSED("no-when", 22, 2));
    EXPECT_JSON("{\"id\":5,\"when\":\"2024\"}\n" GOOD_JSON, REFUSED("no-headline", 21, 11));
    EXPECT_JSON(STORY("\"offsets\":[1]"), REFUSED("offsets", 22, 66));
    EXPECT_JSON(STORY("\"offsets\":[1,1440]"), REFUSED("offsets", 23, 66));
    EXPECT_JSON(STORY("\"offsets\":[1,0,1,0]"), REFUSED("offsets", 25, 66));
    EXPECT_JSON(STORY("\"offsets\":[\"1\"]"), REFUSED("offsets", 21, 66));
    EXPECT_JSON(STORY("\"offsets\":[1.5]"), REFUSED("offsets", 21, 66));
    EXPECT_JSON(WITH("\"x\":01"), "refused json at 43, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON(WITH("\"lane\":\"a\tb\""), REFUSED("json", 46, 5));
    EXPECT_JSON(WITH("\"lane\":\"a\\x\""), REFUSED("json", 47, 5));
    EXPECT_JSON("[1]\n" GOOD_JSON, REFUSED("json", 0, 255));
    EXPECT_JSON("{\"id\":5,}\n" GOOD_JSON, REFUSED("json", 8, 255));
    EXPECT_JSON("{\"id\":5\n" GOOD_JSON, REFUSED("json", 7, 255));
    EXPECT_JSON("{\"x\":[1}\n" GOOD_JSON, "refused json at 7, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON("{\"id\":nul}\n" GOOD_JSON, REFUSED("json", 9, 0));
    EXPECT_JSON(WITH("\"id\":6"), REFUSED("duplicate", 38, 0));
    EXPECT_JSON("{\"story\":{\"lang\":\"en\",\"lang\":\"en\"}}\n" GOOD_JSON, REFUSED("duplicate", 22, 67));
    EXPECT_JSON("{\"story\":{},\"story\":{}}\n" GOOD_JSON, REFUSED("duplicate", 12, 255));
    EXPECT_JSON(WITH("\"x\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]"), "refused depth at 57, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_JSON("{\"id\":1,\"story\":{}}\n" GOOD_JSON, REFUSED("mixed", 8, 0));
    EXPECT_JSON("{\"story\":{},\"id\":1}\n" GOOD_JSON, REFUSED("mixed", 12, 255));
    EXPECT_JSON("{}\n" GOOD_JSON, REFUSED("mixed", 1, 255));
}

#define HEAD "\xA4\x00\x05\x02\x64" "2024\x0B\x61h"

static void every_reason_is_reached_in_cbor(void) {
    EXPECT_CBOR(HEAD "\x0C\x62\xC3(" GOOD_CBOR, REFUSED("utf8", 15, 12));
    EXPECT_CBOR(HEAD "\x0C\x61\xC3" GOOD_CBOR, REFUSED("utf8", 15, 12));
    EXPECT_CBOR(HEAD "\x0C\x62" "a\x00" GOOD_CBOR, REFUSED("control", 15, 12));
    EXPECT_CBOR(HEAD "\x0C\x62\xC2\x80" GOOD_CBOR, REFUSED("control", 15, 12));
    EXPECT_CBOR(HEAD "\x11\x62" "a\x00" GOOD_CBOR, "refused control at 15, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_CBOR(GOOD_CBOR HEAD "\x0C\x62", GOOD "refused truncated at 26, line 2, field 255\nunknown 0\n");
    EXPECT_CBOR("\xA2\x00\x05\x02\x63" "now" GOOD_CBOR, REFUSED("date", 4, 2));
    EXPECT_CBOR("\xA2\x00\x05\x02\x67" "2024-13" GOOD_CBOR, REFUSED("date-range", 4, 2));
    EXPECT_CBOR("\xA4\x00\x05\x02\x64" "2024\x03\x64" "2023\x0B\x61h" GOOD_CBOR, REFUSED("interval", 18, 3));
    EXPECT_CBOR("\xA4\x00\x05\x02\x69" "2020/2024\x03\x64" "2023\x0B\x61h" GOOD_CBOR, REFUSED("interval", 15, 3));
    EXPECT_CBOR("\xA2\x00\x05\x08\x0A" GOOD_CBOR, REFUSED("number", 4, 8));
    EXPECT_CBOR("\xA1\x00\x20" GOOD_CBOR, REFUSED("number", 2, 0));
    EXPECT_CBOR("\xA1\x18\x26\x18\x63" GOOD_CBOR, REFUSED("number", 3, 70));
    EXPECT_CBOR("\xA2\x00\x05\x07\x08" GOOD_CBOR, REFUSED("word", 4, 7));
    EXPECT_CBOR("\xA2\x00\x05\x05\x01" GOOD_CBOR, REFUSED("type", 4, 5));
    EXPECT_CBOR("\xA2\x00\x05\x05\x82\x01\xA1\x01\x81\x02" GOOD_CBOR, REFUSED("type", 4, 5));
    EXPECT_CBOR("\xA2\x00\x05\x0B\x61h" GOOD_CBOR, REFUSED("no-when", 6, 2));
    EXPECT_CBOR("\xA2\x00\x05\x02\x64" "2024" GOOD_CBOR, REFUSED("no-headline", 9, 11));
    EXPECT_CBOR("\xA3\x00\x05\x02\x64" "2024\x0B\x60" GOOD_CBOR, REFUSED("no-headline", 11, 11));
    EXPECT_CBOR("\xA1\x18\x22\x81\x01" GOOD_CBOR, REFUSED("offsets", 4, 66));
    EXPECT_CBOR("\xA1\x18\x22\x84\x01\x00\x01\x00" GOOD_CBOR, REFUSED("offsets", 6, 66));
    EXPECT_CBOR("\xA1\x18\x22\x82\x01\x61x" GOOD_CBOR, REFUSED("offsets", 5, 66));
    EXPECT_CBOR("\xA2\x00\x05\x00\x05" GOOD_CBOR, REFUSED("duplicate", 3, 0));
    EXPECT_CBOR("\xA2\x00\x05\x11\x81\x80" GOOD_CBOR, "refused depth at 5, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_CBOR("\xA2\x00\x05\x11\xA1\x00\x05" GOOD_CBOR, "refused depth at 4, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_CBOR("\xA2\x00\x05\x11\xF5" GOOD_CBOR, "refused cbor at 4, line 1, field 255\n" GOOD "unknown 1\n");
    EXPECT_CBOR("\xA2\x00\x05\x08\xF9\x3C\x00" GOOD_CBOR, REFUSED("cbor", 4, 8));
    EXPECT_CBOR("\xA2\x00\x05\x02\xC0\x64" "2024" GOOD_CBOR, REFUSED("cbor", 4, 2));
    EXPECT_CBOR("\xD9\xD9\xF7" GOOD_CBOR, "refused cbor at 0, line 1, field 255\n" GOOD "unknown 0\n");
    EXPECT_CBOR("\xA2\x00\x05\x05\x1C" GOOD_CBOR, REFUSED("cbor", 4, 5));
    EXPECT_CBOR("\xA1\x62id\x05" GOOD_CBOR, REFUSED("cbor", 1, 255));
    EXPECT_CBOR("\xA1\x00\x18\x05" GOOD_CBOR, REFUSED("canonical", 2, 0));
    EXPECT_CBOR("\xA2\x00\x05\x18\x02\x64" "2024" GOOD_CBOR, REFUSED("canonical", 4, 255));
    EXPECT_CBOR("\xA3\x00\x05\x0B\x61h\x02\x64" "2024" GOOD_CBOR, REFUSED("canonical", 6, 2));
    EXPECT_CBOR("\xA2\x00\x05\x0B\x7F\x61h\xFF" GOOD_CBOR, REFUSED("canonical", 4, 11));
    EXPECT_CBOR("\xBF\x00\x05\xFF" GOOD_CBOR, REFUSED("canonical", 0, 255));
    EXPECT_CBOR("\xA1\x02\x64" "2024" GOOD_CBOR, REFUSED("mixed", 1, 2));
    EXPECT_CBOR("\xA2\x00\x05\x18\x20\x61t" GOOD_CBOR, REFUSED("mixed", 4, 64));
    EXPECT_CBOR("\xA0" GOOD_CBOR, REFUSED("mixed", 0, 255));
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
    return ink_test_end();
}
