/* libFuzzer target: any bytes, in any chunking, in both formats.
 *
 * Byte 0: bit 0 the format, the rest the seed of the chunking. All else is the input. Checked: the
 * decoder stays inside its struct and its chunks, finds the same in chunks as in one, gives texts
 * that are valid UTF-8 within their bounds, and what it accepts can be written and read again.
 */
#include <stdlib.h>

#include "core/ink_decode.h"
#include "fuzz_record.h"
#include "write_cbor.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

struct tally {
    uint32_t hash;
    int events;
};

/* What was accepted, written to the wire, is accepted again and is the same. */
static void check_again(const struct ink_record *record) {
    uint8_t wire[INK_WIRE_ITEM_BYTES];
    static struct ink_decoder again;
    size_t bytes = ink_write_cbor_record(record, wire, sizeof wire);
    demand(bytes <= sizeof wire);
    ink_decode_begin(&again, INK_FORMAT_CBOR);
    ink_decode_feed(&again, wire, bytes);
    demand(ink_decode_next(&again) == INK_DECODED_RECORD);
    demand(again.record.id == record->id && again.record.rev == record->rev);
    demand(ink_record_content(&again.record) == ink_record_content(record));
}

static void note(struct tally *tally, const void *bytes, size_t count) {
    tally->hash = ink_hash(tally->hash, bytes, count);
}

/* Take what was found, into the tally. */
static void drain(struct ink_decoder *decoder, struct tally *tally) {
    for (;;) {
        enum ink_decoded decoded = ink_decode_next(decoder);
        if (decoded == INK_DECODED_MORE) {
            return;
        }
        tally->events++;
        uint32_t facts[4] = {(uint32_t)decoded, decoder->unknown, 0, 0};
        if (decoded == INK_DECODED_RECORD) {
            check_record(&decoder->record);
            check_again(&decoder->record);
            facts[2] = ink_record_content(&decoder->record);
            facts[3] = decoder->record.cuts;
        } else if (decoded == INK_DECODED_STORY) {
            note(tally, decoder->u.story.title, INK_TITLE_BYTES);
            note(tally, decoder->u.story.lang, INK_LANG_BYTES);
            facts[2] = decoder->u.story.zone.count;
            facts[3] = decoder->u.story.distance_mm;
        } else {
            demand(decoder->refusal.reason > INK_REASON_NONE);
            demand(decoder->refusal.reason < INK_REASON_COUNT);
            facts[2] = (uint32_t)decoder->refusal.offset;
            facts[3] = decoder->refusal.line << 16 | (uint32_t)decoder->refusal.reason << 8 |
                       decoder->refusal.field;
        }
        note(tally, facts, sizeof facts);
    }
}

/* Decode in chunks that only last as long as promised; `seed` 0 makes one chunk of all. */
static struct tally run(enum ink_format format, const uint8_t *bytes, size_t count, uint32_t seed) {
    struct tally tally = {0, 0};
    struct ink_decoder *decoder = malloc(sizeof *decoder); /* its borders are watched */
    demand(decoder != NULL);
    ink_decode_begin(decoder, format);
    for (size_t at = 0; at < count;) {
        size_t size = seed >> 24 > 128 ? 1 : seed >> 20 & 63;
        size = seed != 0 && size < count - at ? size : count - at;
        seed = seed == 0 ? 0 : seed * 1664525u | 1;
        uint8_t *chunk = malloc(size > 0 ? size : 1);
        demand(chunk != NULL);
        memcpy(chunk, bytes + at, size);
        ink_decode_feed(decoder, chunk, size);
        drain(decoder, &tally);
        free(chunk);
        at += size;
    }
    ink_decode_end(decoder);
    drain(decoder, &tally);
    demand(ink_decode_next(decoder) == INK_DECODED_MORE);
    free(decoder);
    return tally;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    if (count == 0) {
        return 0;
    }
    enum ink_format format = bytes[0] & 1 ? INK_FORMAT_NDJSON : INK_FORMAT_CBOR;
    struct tally whole = run(format, bytes + 1, count - 1, 0);
    struct tally parts = run(format, bytes + 1, count - 1, bytes[0] * 0x9E3779B1u | 1);
    demand(whole.hash == parts.hash && whole.events == parts.events);
    return 0;
}
