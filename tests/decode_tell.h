/* For tests of the decoder: one run told as text, and streams of random items. */
#ifndef INK_DECODE_TELL_H
#define INK_DECODE_TELL_H

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

/* Decode in chunks: all at once if `seed` is 0, else of random sizes up to `most`, each in memory
 * of its own, so that a sanitizer sees any read beside it. The caller frees the text. */
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
        memset(chunk, 0xA5, size); /* so that a text left in it shows without a sanitizer too */
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

/* Check what one run tells, and that chunks change nothing. */
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

/* Feed one piece many times over. */
static void feed_often(const char *piece, size_t bytes, int times, struct counts *counts) {
    for (int i = 0; i < times; i++) {
        ink_decode_feed(&guarded.decoder, piece, bytes);
        drain(NULL, counts);
    }
}

/* --- random records and streams --- */

struct sample {
    struct ink_record record;
    char text[INK_RECORD_TEXT_BYTES];
};

/* Clean text of at most `cap` bytes: ASCII, Cyrillic, CJK, emoji with joiners, combining marks. */
static uint16_t random_text(uint64_t *seed, char *out, size_t cap) {
    static const char *const pieces[] = {"a",     "Sudzha", "\"",      "\\",     "/",
                                         "Курск", "é",      "e\u0301", "戦",     "👩‍🚒",
                                         "🇺🇦",    "€",      "·",       "\u00A0", "{}"};
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
        "2024",
        "2024-08",
        "2024-08-12?",
        "2024-08~",
        "1914/1918",
        "../2024",
        "2024/..",
        "/2024",
        "2024-08/",
        "-0044-03-15",
        "2024-08-XX",
        "201X",
        "19XX?",
        "2024-21",
        "2024-08-12T14:05",
        "2024-08-12T14:05:09+03:00",
        "2024-08-06T05:00Z/2024-08-12",
        "2024-08-12%",
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
        if (field->text == INK_HEADLINE && ink_utf8_is_blank(*span)) {
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
    if (story->distance_mm % 2 == 0) {
        ink_edtf_parse("2024-09~", 8, &story->strikes, &none);
    }
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

/* --- damage, and what is left after it --- */

/* Flip, delete or insert a few bytes, or cut the end off. */
static void damage(struct stream *stream, uint64_t *seed) {
    uint32_t wounds = 1 + ink_random_below(seed, 4);
    for (uint32_t i = 0; i < wounds && stream->count > 2; i++) {
        size_t at = ink_random_below(seed, (uint32_t)stream->count - 1);
        switch (ink_random_below(seed, 4)) {
        case 0:
            stream->bytes[at] = (uint8_t)ink_random(seed);
            break;
        case 1:
            stream->bytes[at] ^= (uint8_t)(1u << ink_random_below(seed, 8));
            break;
        case 2:
            stream->count--;
            memmove(stream->bytes + at, stream->bytes + at + 1, stream->count - at);
            break;
        default:
            stream->count = ink_random_below(seed, 30) == 0 ? at : stream->count;
        }
    }
}

static bool same_text(struct ink_span a, struct ink_span b) {
    return a.bytes == b.bytes && memcmp(a.at, b.at, a.bytes) == 0;
}

static bool same_date(struct ink_date a, struct ink_date b) {
    return a.year == b.year && a.month == b.month && a.day == b.day && a.second == b.second &&
           a.offset_min == b.offset_min && a.precision == b.precision && a.flags == b.flags;
}

static bool same_record(const struct ink_record *a, const struct ink_record *b) {
    bool same = a->id == b->id && a->rev == b->rev && same_date(a->when, b->when) &&
                same_date(a->until, b->until) && a->dated == b->dated && a->kind == b->kind &&
                a->status == b->status && a->weight == b->weight && a->cuts == b->cuts;
    for (int i = 0; i < INK_TEXT_COUNT; i++) {
        same = same && same_text(a->text[i], b->text[i]);
    }
    return same;
}

/* How many items of `stream` other than number `hurt` the decoder no longer gives as they were. */
static int count_lost(enum ink_format format, const struct stream *good,
                      const struct stream *damaged, int hurt, struct counts *counts) {
    char *want = tell(format, good->bytes, good->count, 0, 0, counts);
    char *got = tell(format, damaged->bytes, damaged->count, 0, 0, counts);
    int lost = 0;
    int item = 0;
    char *rest;
    for (char *line = strtok_r(want, "\n", &rest); item < ITEMS;
         line = strtok_r(NULL, "\n", &rest), item++) {
        lost += item != hurt && strstr(got, line) == NULL;
    }
    free(want);
    free(got);
    return lost;
}

static bool is_in_text(const struct sample *sample, const uint8_t *item, size_t at) {
    for (int i = 0; i < INK_TEXT_COUNT; i++) {
        struct ink_span text = sample->record.text[i];
        const uint8_t *body = text.bytes ? memmem(item, 2048, text.at, text.bytes) : NULL;
        if (body != NULL && item + at >= body && item + at < body + text.bytes) {
            return true;
        }
    }
    return false;
}

#endif
