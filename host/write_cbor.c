/* The wire format, written. */
#include "write_cbor.h"

#include "write_value.h"

enum major { UNSIGNED = 0, NEGATIVE = 1, TEXT = 3, ARRAY = 4, MAP = 5 };

struct wire {
    uint8_t bytes[INK_WIRE_ITEM_BYTES];
    size_t count;
    unsigned pairs;
};

_Static_assert(INK_RECORD_TEXT_BYTES + 2 * INK_INTERVAL_BYTES + INK_FIELD_COUNT * 10 + 64 <=
                   INK_WIRE_ITEM_BYTES,
               "any record fits");
_Static_assert(INK_TITLE_BYTES + INK_ZONE_NAME_BYTES + INK_LANG_BYTES + INK_ZONE_CHANGES * 8 +
                       3 * INK_EDTF_BYTES + 64 <=
                   INK_WIRE_ITEM_BYTES,
               "any story fits");

static void put(struct wire *wire, const void *bytes, size_t count) {
    memcpy(wire->bytes + wire->count, bytes, count);
    wire->count += count;
}

/* A head in its shortest form. */
static void put_head(struct wire *wire, enum major major, uint64_t number) {
    int width = number < 24 ? 0 : number <= UINT8_MAX ? 1 : number <= UINT16_MAX ? 2 : 4;
    width = number > UINT32_MAX ? 8 : width;
    static const uint8_t lows[] = {[1] = 24, [2] = 25, [4] = 26, [8] = 27};
    uint8_t low = width == 0 ? (uint8_t)number : lows[width];
    wire->bytes[wire->count++] = (uint8_t)((unsigned)major << 5 | low);
    for (int i = width - 1; i >= 0; i--) {
        wire->bytes[wire->count++] = (uint8_t)(number >> (8 * i));
    }
}

static void put_key(struct wire *wire, uint8_t key) {
    put_head(wire, UNSIGNED, key);
    wire->pairs++;
}

static void put_number(struct wire *wire, uint8_t key, uint64_t number) {
    if (number != 0 || key == INK_F_ID) {
        put_key(wire, key);
        put_head(wire, UNSIGNED, number);
    }
}

static void put_text(struct wire *wire, uint8_t key, const char *text, size_t bytes) {
    if (bytes > 0) {
        put_key(wire, key);
        put_head(wire, TEXT, bytes);
        put(wire, text, bytes);
    }
}

static void put_date(struct wire *wire, uint8_t key, const struct ink_date *date) {
    char text[INK_EDTF_BYTES];
    put_text(wire, key, text, ink_edtf_write(date, text));
}

static void put_integer(struct wire *wire, int64_t number) {
    bool negative = number < 0;
    put_head(wire, negative ? NEGATIVE : UNSIGNED, (uint64_t)(negative ? -1 - number : number));
}

static void put_offsets(struct wire *wire, uint8_t key, const struct ink_zone *zone) {
    if (zone->count == 0) {
        return;
    }
    put_key(wire, key);
    put_head(wire, ARRAY, 2u * zone->count);
    for (int i = 0; i < zone->count; i++) {
        put_integer(wire, zone->change[i].minute);
        put_integer(wire, zone->change[i].offset_min);
    }
}

/* The map's head is known only when all pairs are counted; they are at most 23, so it is a byte. */
static size_t finish(struct wire *wire, uint8_t *out, size_t cap) {
    wire->bytes[0] = (uint8_t)((unsigned)MAP << 5 | wire->pairs);
    size_t bytes = wire->pairs > 0 ? wire->count : 0;
    if (bytes > 0 && bytes <= cap) {
        memcpy(out, wire->bytes, bytes);
    }
    return bytes;
}

static void put_field(struct wire *wire, uint8_t key, const struct ink_record *record) {
    char text[INK_INTERVAL_BYTES];
    const struct ink_span *span = &record->text[ink_record_fields[key].text];
    switch (key) {
    case INK_F_WHEN:
        put_text(wire, key, text, ink_write_when(record, text));
        break;
    case INK_F_UNTIL:
        put_text(wire, key, text, ink_write_until(record, text));
        break;
    default:
        if (ink_record_fields[key].type == INK_FIELD_TEXT) {
            put_text(wire, key, span->at, span->bytes);
        } else {
            put_number(wire, key, ink_write_number(record, key));
        }
    }
}

size_t ink_write_cbor_record(const struct ink_record *record, uint8_t *out, size_t cap) {
    struct wire wire = {.count = 1};
    for (uint8_t key = 0; key < INK_FIELD_COUNT; key++) {
        put_field(&wire, key, record);
    }
    return finish(&wire, out, cap);
}

size_t ink_write_cbor_story(const struct ink_story *story, uint8_t *out, size_t cap) {
    struct wire wire = {.count = 1};
    const struct ink_field *fields = ink_story_fields;
    put_text(&wire, fields[INK_S_TITLE].key, story->title,
             ink_write_length(story->title, INK_TITLE_BYTES));
    put_text(&wire, fields[INK_S_ZONE].key, story->zone.name,
             ink_write_length(story->zone.name, INK_ZONE_NAME_BYTES));
    put_offsets(&wire, fields[INK_S_OFFSETS].key, &story->zone);
    put_text(&wire, fields[INK_S_LANG].key, story->lang,
             ink_write_length(story->lang, INK_LANG_BYTES));
    put_date(&wire, fields[INK_S_AS_OF].key, &story->as_of);
    put_date(&wire, fields[INK_S_EXPIRES].key, &story->expires);
    put_number(&wire, fields[INK_S_DISTANCE].key, story->distance_mm);
    put_date(&wire, fields[INK_S_STRIKES].key, &story->strikes);
    return finish(&wire, out, cap);
}
