/* libFuzzer target: any bytes through the whole pipeline to a picture.
 *
 * Byte 0: bit 0 the format, the rest the seed of the chunking, as in fuzz_decode, so that both can
 * start from the same samples. The last 16 bytes say how: capacities, panel, rotation, pitch,
 * distance, clock, band height. All between is the input. Checked, beside what the sanitizers see:
 * the counts add up, the page says how many are hidden, nothing was refused room, the picture is
 * not blank, and no byte around the memory or a band is touched.
 */
#include <stdlib.h>

#include "core/ink.h"
#include "dump.h"
#include "fuzz_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

#define HOW   16 /* bytes at the end of the input */
#define GUARD 32
#define FILL  0xC3

static void *guarded(size_t bytes) {
    uint8_t *block = malloc(bytes + 2 * GUARD);
    demand(block != NULL);
    memset(block, FILL, bytes + 2 * GUARD);
    return block + GUARD;
}

static void release(void *memory, size_t bytes) {
    uint8_t *block = (uint8_t *)memory - GUARD;
    for (size_t i = 0; i < GUARD; i++) {
        demand(block[i] == FILL && block[GUARD + bytes + i] == FILL);
    }
    free(block);
}

static struct ink_capacity capacity_of(const uint8_t *how) {
    static const uint16_t ids[] = {0, 1, 2, 4, 8, 16, 64, 256};
    return (struct ink_capacity){.events = (uint16_t)(how[2] % 40),
                                 .ids = ids[how[3] % 8],
                                 .text_bytes = (uint32_t)how[4] * 16,
                                 .page_bytes = INK_PAGE_BYTES_MIN + (uint32_t)how[5] * 32};
}

static struct ink_view view_of(const uint8_t *how) {
    struct ink_view view = {.panel_distance_mm = 2000, .now_utc = INT64_MIN};
    view.inks = (uint8_t)(how[8] >> 5);
    view.width = (int16_t)(INK_PANEL_SIDE_MIN + how[6] * 3);
    view.height = (int16_t)(INK_PANEL_SIDE_MIN + how[7] * 3);
    view.rotation = (uint16_t)(how[8] % 4 * 90);
    view.pitch_um = (int16_t)(60 + how[9] * 4 / 3);
    view.distance_mm = (uint16_t)(how[10] * 80);
    if (how[11] > 0) {
        view.now_utc = (int64_t)how[11] * 15700000;
    }
    if ((how[8] & 4) != 0) {
        memcpy(view.lang, (how[8] & 8) != 0 ? "ar" : (how[8] & 16) != 0 ? "zh" : "uk", 3);
    }
    return view;
}

static void feed_chunks(struct ink *ink, const uint8_t *bytes, size_t count, uint32_t seed) {
    while (count > 0) {
        seed = seed * 1664525u + 1013904223u;
        size_t chunk = (seed >> 16) % 64;
        chunk = chunk < count ? chunk : count;
        uint8_t *copy = malloc(chunk + 1); /* so that a read past the chunk is seen */
        demand(copy != NULL);
        memcpy(copy, bytes, chunk);
        ink_feed(ink, copy, chunk);
        free(copy);
        bytes += chunk;
        count -= chunk;
    }
}

static void take(struct ink *ink, const uint8_t *bytes, size_t count) {
    while (ink_begin_pass(ink)) {
        ink_begin_input(ink, (bytes[0] & 1) != 0 ? INK_FORMAT_NDJSON : INK_FORMAT_CBOR);
        feed_chunks(ink, bytes + 1, count - 1, bytes[0] >> 1);
        ink_end_input(ink);
    }
    const struct ink_counts *counts = &ink->condense.digest.counts;
    demand(counts->read == counts->refused + counts->duplicate + counts->superseded +
                               counts->merged + counts->hidden + counts->kept);
    demand(ink->condense.digest.count <= ink->config.capacity.events);
}

/* The number in a text like "+12 more", in any digits that a language of the page has; 0 if there
 * is none. */
static uint32_t number_in(struct ink_span text) {
    static const uint32_t zeros[] = {'0', 0x660, 0x6F0};
    uint32_t number = 0;
    for (size_t at = 0; at < text.bytes;) {
        const uint32_t code_point = ink_utf8_next(text.at, text.bytes, &at);
        for (int i = 0; i < 3; i++) {
            const bool digit = code_point - zeros[i] < 10;
            number = digit ? number * 10 + (code_point - zeros[i]) : number;
        }
    }
    return number;
}

static void check_page(const struct ink *ink) {
    const struct ink_counts *counts = &ink->condense.digest.counts;
    struct ink_op op;
    struct ink_span payload;
    uint32_t more = 0, cards = 0;
    bool counting = false;
    for (uint32_t at = 0; ink_page_next(&ink->page, &at, &op, &payload);) {
        if (op.type == INK_OP_TEXT && counting) {
            char out[INK_DUMP_TEXT_BYTES];
            more += number_in(ink_dump_text(&op, payload, out));
            counting = false;
        } else if (op.type == INK_OP_ITEM) {
            counting = op.kind == INK_ITEM_MORE;
            cards += op.kind == INK_ITEM_CARD;
        }
    }
    demand(ink->page.refused == 0 && ink->page.used <= ink->page.cap);
    demand(cards == ink->shown.shown && more == ink->shown.hidden);
    demand(cards + more == counts->kept + counts->hidden);
}

/* Bits of a plane that are not paper's. */
static uint32_t ink_of(const struct ink_view *view, int plane, const uint8_t *bits, size_t bytes) {
    const struct ink_inks_facts *facts = &ink_inks_table[view->inks];
    const int paper = facts->values[INK_PAPER] >> (facts->planes - 1 - plane) & 1;
    uint32_t seen = 0;
    for (size_t i = 0; i < bytes; i++) {
        seen |= (uint8_t)(paper != 0 ? ~bits[i] : bits[i]);
    }
    return seen;
}

static void draw(const struct ink *ink, const struct ink_view *view, int rows) {
    const int planes = ink_inks_table[view->inks].planes;
    uint32_t ink_seen = 0;
    struct ink_band band = {.stride = ((uint32_t)view->width + 7) / 8, .rows = (int16_t)rows};
    const size_t plane_bytes = band.stride * (size_t)rows, bytes = plane_bytes * (size_t)planes;
    band.bits = guarded(bytes);
    for (int y = 0; y < view->height; y += rows) {
        band.y0 = (int16_t)y;
        ink_draw(ink, &band);
        for (int plane = 0; plane < planes; plane++) {
            ink_seen |= ink_of(view, plane, band.bits + plane_bytes * (size_t)plane, plane_bytes);
        }
    }
    demand(ink_seen != 0);
    release(band.bits, bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    if (count < 1 + HOW) {
        return 0;
    }
    const uint8_t *how = bytes + count - HOW;
    const struct ink_view view = view_of(how);
    struct ink_config config = {.capacity = capacity_of(how)};
    config.memory_bytes =
        INK_MEMORY_BYTES(config.capacity.events, config.capacity.ids, config.capacity.work_bytes,
                         config.capacity.text_bytes, config.capacity.page_bytes);
    config.memory = guarded(config.memory_bytes);
    struct ink ink;
    demand(ink_init(&ink, &config) == INK_OK);
    take(&ink, bytes, count - HOW);
    demand(ink_lay_out(&ink, &view) == INK_OK);
    check_page(&ink);
    draw(&ink, &view, 1 + how[12] % 120);
    release(config.memory, config.memory_bytes);
    return 0;
}
