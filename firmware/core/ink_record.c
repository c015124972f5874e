/* The table of fields, what a record says as a hash, and the merging of story facts. */
#include "core/ink_record.h"

#include "core/ink_utf8.h"

static const char *const dated_words[INK_DATED_COUNT] = {"event", "report"};

static const char *const kind_words[INK_KIND_COUNT] = {
    "event", "statement", "decision", "meeting", "figure",
};

static const char *const status_words[INK_STANDING_COUNT] = {
    "reported", "confirmed", "claimed", "disputed", "denied", "planned", "corrected", "withdrawn",
};

#define TEXT(name, index, bytes)                                                                   \
    { name, INK_F_##index, INK_FIELD_TEXT, INK_##index, bytes, NULL }

const struct ink_field ink_record_fields[INK_FIELD_COUNT] = {
    {"id", INK_F_ID, INK_FIELD_ID, 0, 0, NULL},
    {"rev", INK_F_REV, INK_FIELD_UINT, 0, UINT32_MAX, NULL},
    {"when", INK_F_WHEN, INK_FIELD_DATE, 0, 0, NULL},
    {"until", INK_F_UNTIL, INK_FIELD_DATE, 0, 0, NULL},
    {"dated", INK_F_DATED, INK_FIELD_WORD, 0, INK_DATED_COUNT - 1, dated_words},
    TEXT("lane", LANE, INK_LANE_BYTES),
    {"kind", INK_F_KIND, INK_FIELD_WORD, 0, INK_KIND_COUNT - 1, kind_words},
    {"status", INK_F_STATUS, INK_FIELD_WORD, 0, INK_STANDING_COUNT - 1, status_words},
    {"weight", INK_F_WEIGHT, INK_FIELD_UINT, 0, 9, NULL},
    TEXT("source", SOURCE, INK_SOURCE_BYTES),
    TEXT("via", VIA, INK_VIA_BYTES),
    TEXT("headline", HEADLINE, INK_HEADLINE_BYTES),
    TEXT("detail", DETAIL, INK_DETAIL_BYTES),
    TEXT("figure", FIGURE, INK_FIGURE_BYTES),
    TEXT("place", PLACE, INK_PLACE_BYTES),
    TEXT("lang", LANG, INK_LANG_BYTES),
    TEXT("url", URL, INK_URL_BYTES),
};

#define STORY(index) (INK_KEY_STORY + INK_S_##index)

const struct ink_field ink_story_fields[INK_STORY_FIELD_COUNT] = {
    {"title", STORY(TITLE), INK_FIELD_TEXT, 0, INK_TITLE_BYTES, NULL},
    {"zone", STORY(ZONE), INK_FIELD_TEXT, 0, INK_ZONE_NAME_BYTES, NULL},
    {"offsets", STORY(OFFSETS), INK_FIELD_OFFSETS, 0, INK_ZONE_CHANGES, NULL},
    {"lang", STORY(LANG), INK_FIELD_TEXT, 0, INK_LANG_BYTES, NULL},
    {"as_of", STORY(AS_OF), INK_FIELD_DATE, 0, 0, NULL},
    {"expires", STORY(EXPIRES), INK_FIELD_DATE, 0, 0, NULL},
    {"distance", STORY(DISTANCE), INK_FIELD_LENGTH, 0, UINT16_MAX, NULL},
    {"strikes", STORY(STRIKES), INK_FIELD_DATE, 0, 0, NULL},
};

/* Where a record field's name would be: slot (3 * second byte + last byte) mod 32. The factor was
 * searched for; test_record checks that every name is found. */
static const int8_t name_slots[32] = {
    13, -1, 16, 8,  -1, 1,  2, 4,  5,  14, 15, -1, -1, -1, -1, 7,
    0,  -1, 9,  -1, 11, -1, 3, -1, -1, -1, -1, 12, 10, -1, -1, 6,
};

static bool equals(const char *word, const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        if (word[i] != text[i] || word[i] == '\0') {
            return false;
        }
    }
    return word[bytes] == '\0';
}

int ink_field_find(const struct ink_field *fields, int count, const char *name, size_t bytes) {
    if (fields == ink_record_fields && bytes >= 2) {
        unsigned sum = 3u * (uint8_t)name[1] + (uint8_t)name[bytes - 1];
        int slot = name_slots[sum % 32];
        return slot >= 0 && slot < count && equals(fields[slot].name, name, bytes) ? slot : -1;
    }
    for (int i = 0; i < count; i++) {
        if (equals(fields[i].name, name, bytes)) {
            return i;
        }
    }
    return -1;
}

int ink_word_find(const struct ink_field *field, const char *word, size_t bytes) {
    for (uint32_t i = 0; field->words != NULL && i <= field->max; i++) {
        if (equals(field->words[i], word, bytes)) {
            return (int)i;
        }
    }
    return -1;
}

/* Millimetres in the unit at the end of a length, 0 if it is none. */
static uint32_t find_unit(const char *text, size_t bytes) {
    if (bytes > 0 && *text == ' ') {
        text++;
        bytes--;
    }
    return equals("m", text, bytes)    ? 1000u
           : equals("cm", text, bytes) ? 10u
                                       : equals("mm", text, bytes);
}

uint16_t ink_length_parse(const char *text, size_t bytes) {
    uint32_t thousandths = 0; /* of the unit, <= 65536000 + 999 */
    size_t at = 0;
    size_t digits = 0;
    for (; at < bytes && text[at] >= '0' && text[at] <= '9'; at++, digits++) {
        uint32_t whole = thousandths / 1000 * 10 + (uint32_t)(text[at] - '0');
        thousandths = whole > UINT16_MAX ? 65536000u : whole * 1000;
    }
    if (digits > 0 && at + 1 < bytes && text[at] == '.' && text[at + 1] >= '0' &&
        text[at + 1] <= '9') {
        uint32_t step = 1000; /* worth of the next digit behind the point, times ten */
        for (at++; at < bytes && text[at] >= '0' && text[at] <= '9'; at++) {
            step /= 10; /* 0 from the fourth digit on: finer than anyone stands */
            thousandths += step * (uint32_t)(text[at] - '0');
        }
    }
    uint32_t unit = digits > 0 ? find_unit(text + at, bytes - at) : 0;
    if (unit == 0 || thousandths / 1000 > UINT16_MAX / unit) {
        return 0;
    }
    /* <= 65535 * 1000 + 999 * 1000 / 1000 */
    uint32_t mm = thousandths / 1000 * unit + thousandths % 1000 * unit / 1000;
    return mm >= INK_DISTANCE_MM_MIN && mm <= UINT16_MAX ? (uint16_t)mm : 0;
}

static uint32_t rotate(uint32_t value, int bits) {
    return value << bits | value >> (32 - bits);
}

/* Three odd multipliers: the fractions of pi, e and the square root of 2, made odd. */
#define MULTIPLIER_BLOCK 0x243F6A89u
#define MULTIPLIER_STATE 0xB7E15163u
#define MULTIPLIER_LAST  0x6A09E667u

uint32_t ink_hash(uint32_t seed, const void *bytes, size_t count) {
    const uint8_t *at = bytes;
    uint32_t hash = seed ^ (uint32_t)count * MULTIPLIER_LAST;
    size_t left = count;
    for (; left >= 4; left -= 4, at += 4) {
        uint32_t block =
            at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
        hash = (rotate(hash, 13) ^ rotate(block * MULTIPLIER_BLOCK, 15)) * MULTIPLIER_STATE;
    }
    uint32_t tail = 0;
    for (size_t i = 0; i < left; i++) {
        tail |= (uint32_t)at[i] << (8 * i);
    }
    hash = (rotate(hash, 13) ^ rotate(tail * MULTIPLIER_BLOCK, 15)) * MULTIPLIER_STATE;
    hash = (hash ^ hash >> 15) * MULTIPLIER_LAST;
    hash = (hash ^ hash >> 13) * MULTIPLIER_BLOCK;
    return hash ^ hash >> 16;
}

#define DATE_HASHED_BYTES 11

static void spell_date(uint8_t *out, const struct ink_date *date) {
    uint32_t second = (uint32_t)date->second;
    uint16_t year = (uint16_t)date->year;
    uint16_t offset = (uint16_t)date->offset_min;
    const uint8_t bytes[DATE_HASHED_BYTES] = {
        (uint8_t)year,
        (uint8_t)(year >> 8),
        date->month,
        date->day,
        (uint8_t)second,
        (uint8_t)(second >> 8),
        (uint8_t)(second >> 16),
        (uint8_t)offset,
        (uint8_t)(offset >> 8),
        date->precision,
        date->flags,
    };
    memcpy(out, bytes, sizeof bytes);
}

#define FACTS_BYTES (2 * DATE_HASHED_BYTES + 4 + 2 * INK_TEXT_COUNT)

/* The lengths go in before the texts: so moving a word from one field to its neighbour counts. */
static uint32_t hash_content(uint32_t seed, const struct ink_record *record) {
    uint8_t facts[FACTS_BYTES];
    uint8_t *at = facts;
    spell_date(at, &record->when);
    spell_date(at + DATE_HASHED_BYTES, &record->until);
    at += 2 * DATE_HASHED_BYTES;
    *at++ = record->dated;
    *at++ = record->kind;
    *at++ = record->status;
    *at++ = record->weight;
    for (int i = 0; i < INK_TEXT_COUNT; i++) {
        *at++ = (uint8_t)record->text[i].bytes;
        *at++ = (uint8_t)(record->text[i].bytes >> 8);
    }
    uint32_t hash = ink_hash(seed, facts, sizeof facts);
    for (int i = 0; i < INK_TEXT_COUNT; i++) {
        if (record->text[i].bytes > 0) {
            hash = ink_hash(hash, record->text[i].at, record->text[i].bytes);
        }
    }
    return hash;
}

#define SEED_CONTENT 0x1B873594u
#define SEED_ID_HIGH 0x5BD1E996u
#define SEED_ID_LOW  0x2545F492u

uint32_t ink_record_content(const struct ink_record *record) {
    return hash_content(SEED_CONTENT, record);
}

static uint64_t join_id(uint32_t high, uint32_t low) {
    return (uint64_t)(high | 0x80000000u) << 32 | low;
}

uint64_t ink_record_make_id(const struct ink_record *record) {
    return join_id(hash_content(SEED_ID_HIGH, record), hash_content(SEED_ID_LOW, record));
}

uint64_t ink_text_make_id(const char *text, size_t bytes) {
    return join_id(ink_hash(SEED_ID_HIGH, text, bytes), ink_hash(SEED_ID_LOW, text, bytes));
}

/* --- story: a join of facts, so that any order of merging gives the same --- */

/* Order of two dates: by their start in UTC, then by every member, so that only equal dates tie. */
static int compare_dates(const struct ink_date *a, const struct ink_date *b) {
    int64_t start_a = ink_date_start(a, NULL);
    int64_t start_b = ink_date_start(b, NULL);
    if (start_a != start_b) {
        return start_a < start_b ? -1 : 1;
    }
    const int32_t differences[] = {
        a->precision - b->precision, a->flags - b->flags, a->offset_min - b->offset_min,
        a->year - b->year,           a->month - b->month, a->day - b->day,
        a->second - b->second,
    };
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++) {
        if (differences[i] != 0) {
            return differences[i] < 0 ? -1 : 1;
        }
    }
    return 0;
}

static void merge_date(struct ink_date *date, const struct ink_date *from) {
    if (ink_is_dated(from) && (!ink_is_dated(date) || compare_dates(date, from) < 0)) {
        *date = *from;
    }
}

/* An empty text is less than any other, so that no case for "absent" is needed. */
static void merge_text(char *text, const char *from, size_t cap) {
    if (strncmp(text, from, cap) < 0) {
        memcpy(text, from, cap);
    }
}

static int compare_zones(const struct ink_zone *a, const struct ink_zone *b) {
    int order = strncmp(a->name, b->name, INK_ZONE_NAME_BYTES);
    if (order != 0 || a->count != b->count) {
        return order != 0 ? order : a->count - b->count;
    }
    for (int i = 0; i < a->count; i++) {
        const struct ink_zone_change *change_a = &a->change[i];
        const struct ink_zone_change *change_b = &b->change[i];
        if (change_a->minute != change_b->minute) {
            return change_a->minute < change_b->minute ? -1 : 1;
        }
        if (change_a->offset_min != change_b->offset_min) {
            return change_a->offset_min - change_b->offset_min;
        }
    }
    return 0;
}

void ink_story_merge(struct ink_story *story, const struct ink_story *from) {
    merge_text(story->title, from->title, INK_TITLE_BYTES);
    merge_text(story->lang, from->lang, INK_LANG_BYTES);
    if (compare_zones(&story->zone, &from->zone) < 0) {
        story->zone = from->zone;
    }
    merge_date(&story->as_of, &from->as_of);
    merge_date(&story->expires, &from->expires);
    merge_date(&story->strikes, &from->strikes);
    if (story->distance_mm < from->distance_mm) {
        story->distance_mm = from->distance_mm;
    }
}

static bool is_prose(const struct ink_field *field) {
    bool is_story = field->key >= INK_KEY_STORY;
    return is_story ? field == &ink_story_fields[INK_S_TITLE]
                    : field->text != INK_LANG && field->text != INK_URL;
}

/* The longest start of whole code points: for one cluster that is larger than all its room. */
static size_t cut_code_point(const char *text, size_t bytes, size_t room) {
    size_t kept = 0;
    for (size_t at = 0; at < bytes && at <= room;) {
        kept = at;
        (void)ink_utf8_next(text, bytes, &at);
    }
    return kept;
}

/* Up to `room` bytes, to a grapheme if there is one, without spaces at the end. */
static size_t keep(const char *text, size_t bytes, size_t room) {
    size_t kept = ink_grapheme_cut(text, bytes, room);
    kept = kept > 0 ? kept : cut_code_point(text, bytes, room);
    while (kept > 0 && text[kept - 1] == ' ') {
        kept--;
    }
    return kept;
}

size_t ink_text_keep(const char *text, size_t bytes, size_t max) {
    return keep(text, bytes, max - INK_ELLIPSIS_BYTES);
}

size_t ink_field_cut(const struct ink_field *field, char *text, size_t bytes) {
    const size_t mark = is_prose(field) ? INK_ELLIPSIS_BYTES : 0;
    if (bytes <= field->max) {
        return bytes;
    }
    bytes = keep(text, bytes, field->max - mark);
    memcpy(text + bytes, INK_ELLIPSIS, mark);
    return bytes + mark;
}
