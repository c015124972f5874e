/* The record's table, hashes, lengths, the merging of stories, and the words for refusals. */
#include "ink_test.h"

#include "core/ink_reason.h"
#include "core/ink_record.h"
#include "core/ink_utf8.h"

static int find_record(const char *name) {
    return ink_field_find(ink_record_fields, INK_FIELD_COUNT, name, strlen(name));
}

static void every_field_is_found_by_its_name(void) {
    for (int i = 0; i < INK_FIELD_COUNT; i++) {
        CHECK_INT(find_record(ink_record_fields[i].name), i);
        CHECK_INT(ink_record_fields[i].key, i);
    }
    for (int i = 0; i < INK_STORY_FIELD_COUNT; i++) {
        const char *name = ink_story_fields[i].name;
        CHECK_INT(ink_field_find(ink_story_fields, INK_STORY_FIELD_COUNT, name, strlen(name)), i);
        CHECK_INT(ink_story_fields[i].key, INK_KEY_STORY + i);
    }
}

/* Every string of up to 3 letters, and every name one letter off: none is taken for a field. */
static void no_other_name_is_found(void) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_A0";
    int wrong = 0;
    for (int i = 0; i < INK_FIELD_COUNT; i++) {
        char name[16];
        const char *field = ink_record_fields[i].name;
        size_t bytes = strlen(field);
        for (size_t at = 0; at < bytes; at++) {
            for (const char *letter = letters; *letter != '\0'; letter++) {
                snprintf(name, sizeof name, "%s", field);
                name[at] = *letter;
                int found = ink_field_find(ink_record_fields, INK_FIELD_COUNT, name, bytes);
                wrong += found >= 0 && strcmp(ink_record_fields[found].name, name) != 0;
            }
        }
        wrong += ink_field_find(ink_record_fields, INK_FIELD_COUNT, field, bytes - 1) >= 0;
        snprintf(name, sizeof name, "%sx", field);
        wrong += find_record(name) >= 0;
    }
    wrong += ink_field_find(ink_record_fields, INK_FIELD_COUNT, "id\0x", 4) >= 0;
    wrong += ink_field_find(ink_record_fields, INK_FIELD_COUNT, "", 0) >= 0;
    CHECK_INT(wrong, 0);
}

static void words_are_found_and_nothing_else(void) {
    const struct ink_field *status = &ink_record_fields[INK_F_STATUS];
    for (int i = 0; i < INK_STANDING_COUNT; i++) {
        CHECK_INT(ink_word_find(status, status->words[i], strlen(status->words[i])), i);
    }
    CHECK_INT(ink_word_find(status, "claim", 5), -1);
    CHECK_INT(ink_word_find(status, "claimed ", 8), -1);
    CHECK_INT(ink_word_find(status, "", 0), -1);
    CHECK_INT(ink_word_find(&ink_record_fields[INK_F_LANE], "event", 5), -1);
}

static void bounds_of_the_table_add_up_to_the_buffer(void) {
    uint32_t sum = 0;
    unsigned texts = 0;
    for (int i = 0; i < INK_FIELD_COUNT; i++) {
        if (ink_record_fields[i].type == INK_FIELD_TEXT) {
            sum += ink_record_fields[i].max;
            texts |= 1u << ink_record_fields[i].text;
        }
    }
    CHECK_INT(sum, INK_RECORD_TEXT_BYTES);
    CHECK_INT(texts, (1u << INK_TEXT_COUNT) - 1);
}

static uint16_t length_of(const char *text) {
    return ink_length_parse(text, strlen(text));
}

static void lengths_are_read_in_every_unit(void) {
    CHECK_INT(length_of("2m"), 2000);
    CHECK_INT(length_of("0.8 m"), 800);
    CHECK_INT(length_of("80cm"), 80 * 10);
    CHECK_INT(length_of("1500 mm"), 1500);
    CHECK_INT(length_of("65.535m"), 65535);
    CHECK_INT(length_of("1.2345m"), 1234);
    CHECK_INT(length_of("0.1m"), 100);
    static const char *const bad[] = {"",
                                      "m",
                                      "2",
                                      "2 ",
                                      "2  m",
                                      "2km",
                                      "-2m",
                                      ".8m",
                                      "2.m",
                                      "65536mm",
                                      "66m",
                                      "99mm",
                                      "2m ",
                                      " 2m",
                                      "2M",
                                      "1,5m",
                                      "4294969m",
                                      "1.5.2m",
                                      "9999999999999999999999999999m",
                                      "0.0999m",
                                      "2mmm"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (length_of(bad[i]) != 0) {
            printf("read as a length: %s\n", bad[i]);
        }
        CHECK_INT(length_of(bad[i]), 0);
    }
}

static void any_length_is_the_same_in_mm_cm_and_m(void) {
    int wrong = 0;
    for (int mm = INK_DISTANCE_MM_MIN; mm <= 65535; mm++) {
        char text[3][24];
        snprintf(text[0], sizeof *text, "%d mm", mm);
        snprintf(text[1], sizeof *text, "%d.%dcm", mm / 10, mm % 10);
        snprintf(text[2], sizeof *text, "%d.%03d m", mm / 1000, mm % 1000);
        for (int i = 0; i < 3; i++) {
            wrong += length_of(text[i]) != mm;
        }
    }
    CHECK_INT(wrong, 0);
}

/* Golden values: boards and hosts agree because both agree with these. */
static void the_hash_is_the_same_everywhere(void) {
    CHECK_INT(ink_hash(1, "abc", 3), 0xEF0B71A5);
    CHECK_INT(ink_hash(7, "Sudzha, Kursk region", 20), 0x8CE1B7AD);
    CHECK_INT(ink_hash(UINT32_MAX, "\x00\xFF\x80\x7F\x01", 5), 0x59B8517D);
}

static void the_hash_does_not_depend_on_alignment(void) {
    uint64_t seed = 1;
    uint8_t bytes[64];
    uint8_t moved[72];
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (uint8_t)ink_random(&seed);
        }
        size_t count = ink_random_below(&seed, 64);
        for (size_t shift = 0; shift < 8; shift++) {
            memcpy(moved + shift, bytes, count);
            CHECK_INT(ink_hash(5, moved + shift, count), ink_hash(5, bytes, count));
        }
    }
}

/* Each of 32 output bits should change in about half of all one-bit changes of the input. */
static void every_input_bit_moves_every_output_bit(void) {
    uint64_t seed = 2;
    enum { ROUNDS = 4000 };
    int changed[32] = {0};
    int same = 0;
    for (int round = 0; round < ROUNDS; round++) {
        uint8_t bytes[40];
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (uint8_t)ink_random(&seed);
        }
        size_t count = 1 + ink_random_below(&seed, sizeof bytes);
        uint32_t before = ink_hash(0, bytes, count);
        uint32_t bit = ink_random_below(&seed, (uint32_t)count * 8);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        uint32_t difference = before ^ ink_hash(0, bytes, count);
        same += difference == 0;
        for (int i = 0; i < 32; i++) {
            changed[i] += (int)(difference >> i & 1);
        }
    }
    CHECK_INT(same, 0);
    for (int i = 0; i < 32; i++) {
        CHECK(changed[i] > ROUNDS * 45 / 100 && changed[i] < ROUNDS * 55 / 100);
    }
}

static int compare_words(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* 100,000 counters as text: n(n-1)/2 / 2^32 = 1.2 collisions are expected of a random function. */
static void similar_texts_seldom_collide(void) {
    enum { COUNT = 100000 };
    static uint32_t hashes[COUNT];
    for (int i = 0; i < COUNT; i++) {
        char text[32];
        int bytes = snprintf(text, sizeof text, "headline %d", i);
        hashes[i] = ink_hash(0, text, (size_t)bytes);
    }
    qsort(hashes, COUNT, sizeof *hashes, compare_words);
    int collisions = 0;
    for (int i = 1; i < COUNT; i++) {
        collisions += hashes[i] == hashes[i - 1];
    }
    CHECK(collisions <= 8);
}

static struct ink_record sample_record(void) {
    struct ink_record record = {.id = 7, .rev = 1, .dated = 1, .kind = 2, .status = 3, .weight = 4};
    record.when =
        (struct ink_date){.year = 2024, .month = 8, .day = 6, .precision = INK_PRECISION_DAY};
    record.until = record.when;
    record.until.day = 9;
    for (int i = 0; i < INK_TEXT_COUNT; i++) {
        record.text[i] = (struct ink_span){"abcdefghi", (uint16_t)(i % 3)};
    }
    return record;
}

static void the_content_hash_sees_every_field_but_id_rev_and_cuts(void) {
    struct ink_record record = sample_record();
    uint32_t hash = ink_record_content(&record);
    uint64_t id = ink_record_make_id(&record);
    struct ink_record other = record;
    other.id = 8;
    other.rev = 2;
    other.cuts = 5;
    CHECK_INT(ink_record_content(&other), hash);
    CHECK(ink_record_make_id(&other) == id);
    uint8_t *bytes[] = {&other.dated,      &other.kind,       &other.status,
                        &other.weight,     &other.when.month, &other.when.day,
                        &other.when.flags, &other.until.day,  &other.when.precision};
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        ++*bytes[i];
        CHECK(ink_record_content(&other) != hash);
        --*bytes[i];
    }
    other.when.second = 86399;
    CHECK(ink_record_content(&other) != hash);
    other.when.second = 0;
    other.until.offset_min = -60;
    CHECK(ink_record_content(&other) != hash);
    other.until.offset_min = 0;
    for (int i = 0; i < INK_TEXT_COUNT; i++) {
        other.text[i].bytes++;
        CHECK(ink_record_content(&other) != hash);
        other.text[i].bytes--;
    }
    CHECK_INT(ink_record_content(&other), hash);
}

static void the_border_between_two_texts_counts(void) {
    struct ink_record record = sample_record();
    struct ink_record other = record;
    record.text[INK_SOURCE] = (struct ink_span){"ab", 2};
    record.text[INK_VIA] = (struct ink_span){"c", 1};
    other.text[INK_SOURCE] = (struct ink_span){"a", 1};
    other.text[INK_VIA] = (struct ink_span){"bc", 2};
    CHECK(ink_record_content(&record) != ink_record_content(&other));
}

static void made_ids_have_their_top_bit_set(void) {
    struct ink_record record = sample_record();
    CHECK(ink_record_make_id(&record) >> 63 == 1);
    CHECK(ink_text_make_id("guid-1", 6) >> 63 == 1);
    CHECK(ink_text_make_id("guid-1", 6) != ink_text_make_id("guid-2", 6));
}

/* --- stories --- */

static struct ink_date random_date(uint64_t *seed) {
    struct ink_date date = {.year = (int16_t)(2023 + ink_random_below(seed, 2)),
                            .month = (uint8_t)(1 + ink_random_below(seed, 2)),
                            .day = 1,
                            .precision = INK_PRECISION_DAY};
    if (ink_random_below(seed, 2) == 0) {
        date.day = 0; /* starts with the day above: a tie that the members decide */
        date.precision = INK_PRECISION_MONTH;
    }
    date.flags = (uint8_t)ink_random_below(seed, 2);
    return ink_random_below(seed, 4) == 0 ? (struct ink_date){0} : date;
}

static void random_text(uint64_t *seed, char *text, size_t cap) {
    size_t bytes = ink_random_below(seed, 4) == 0 ? cap : ink_random_below(seed, 3);
    for (size_t i = 0; i < bytes; i++) {
        text[i] = (char)(i + 2 < cap ? 'a' : 'a' + ink_random_below(seed, 3));
    }
}

static struct ink_story random_story(uint64_t *seed) {
    struct ink_story story = {.distance_mm = (uint16_t)(1000 * ink_random_below(seed, 3))};
    random_text(seed, story.title, INK_TITLE_BYTES);
    random_text(seed, story.lang, INK_LANG_BYTES);
    random_text(seed, story.zone.name, 2);
    story.zone.count = (uint8_t)ink_random_below(seed, 3);
    for (int i = 0; i < story.zone.count; i++) {
        story.zone.change[i].minute = (int32_t)ink_random_below(seed, 2);
        story.zone.change[i].offset_min = (int16_t)ink_random_below(seed, 2);
    }
    story.as_of = random_date(seed);
    story.expires = random_date(seed);
    story.strikes = random_date(seed);
    return story;
}

static bool same_date(struct ink_date a, struct ink_date b) {
    return a.year == b.year && a.month == b.month && a.day == b.day && a.second == b.second &&
           a.offset_min == b.offset_min && a.precision == b.precision && a.flags == b.flags;
}

static bool same_story(const struct ink_story *a, const struct ink_story *b) {
    bool same = memcmp(a->title, b->title, INK_TITLE_BYTES) == 0 &&
                memcmp(a->lang, b->lang, INK_LANG_BYTES) == 0 &&
                memcmp(a->zone.name, b->zone.name, INK_ZONE_NAME_BYTES) == 0 &&
                a->zone.count == b->zone.count && same_date(a->as_of, b->as_of) &&
                same_date(a->expires, b->expires) && same_date(a->strikes, b->strikes) &&
                a->distance_mm == b->distance_mm;
    for (int i = 0; same && i < a->zone.count; i++) {
        same = a->zone.change[i].minute == b->zone.change[i].minute &&
               a->zone.change[i].offset_min == b->zone.change[i].offset_min;
    }
    return same;
}

static void any_order_of_merging_gives_the_same_story(void) {
    uint64_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        struct ink_story a = random_story(&seed);
        struct ink_story b = random_story(&seed);
        struct ink_story c = random_story(&seed);
        struct ink_story ab_c = a;
        ink_story_merge(&ab_c, &b);
        ink_story_merge(&ab_c, &c);
        struct ink_story cb_a = c;
        ink_story_merge(&cb_a, &b);
        ink_story_merge(&cb_a, &a);
        CHECK(same_story(&ab_c, &cb_a));
        ink_story_merge(&ab_c, &b);
        CHECK(same_story(&ab_c, &cb_a));
    }
}

static void the_later_time_and_the_whole_zone_win(void) {
    struct ink_story old = {.as_of = {.year = 2023, .precision = INK_PRECISION_YEAR}};
    struct ink_story new = {.as_of = {.year = 2024, .precision = INK_PRECISION_YEAR}};
    memcpy(old.title, "Kursk", 5);
    memcpy(old.zone.name, "Europe/Kyiv", 11);
    old.zone.count = 1;
    ink_story_merge(&old, &new);
    CHECK_INT(old.as_of.year, 2024);
    CHECK_TEXT(old.title, strlen(old.title), "Kursk");
    CHECK_INT(old.zone.count, 1);
}

static void every_reason_has_words_of_its_own(void) {
    for (int i = 0; i < INK_REASON_COUNT; i++) {
        const char *rule = ink_reason_rule((enum ink_reason)i);
        const char *text = ink_reason_text((enum ink_reason)i);
        const char *hint = ink_reason_hint((enum ink_reason)i);
        CHECK(rule != NULL && text != NULL && hint != NULL);
        CHECK(strspn(rule, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(rule));
        CHECK(strlen(text) > 10 && text[strlen(text) - 1] != '.');
        CHECK(strlen(hint) > 10 && hint[strlen(hint) - 1] != '.');
        for (int j = 0; j < i; j++) {
            CHECK(strcmp(rule, ink_reason_rule((enum ink_reason)j)) != 0);
            CHECK(strcmp(text, ink_reason_text((enum ink_reason)j)) != 0);
        }
    }
}

static void a_cluster_larger_than_its_field_is_cut_at_a_code_point(void) {
    static char text[2 * INK_SOURCE_BYTES];
    text[0] = 'e';
    for (size_t at = 1; at + 2 <= sizeof text; at += 2) {
        memcpy(text + at, "\xCC\x81", 2); /* U+0301 */
    }
    size_t bytes = ink_field_cut(&ink_record_fields[INK_F_SOURCE], text, sizeof text - 1);
    CHECK(bytes <= INK_SOURCE_BYTES && bytes > INK_SOURCE_BYTES - 5);
    CHECK(memcmp(text + bytes - 3, "\xE2\x80\xA6", 3) == 0);
    CHECK(ink_utf8_valid(text, bytes));
}

int main(void) {
    RUN(every_field_is_found_by_its_name);
    RUN(no_other_name_is_found);
    RUN(words_are_found_and_nothing_else);
    RUN(bounds_of_the_table_add_up_to_the_buffer);
    RUN(lengths_are_read_in_every_unit);
    RUN(any_length_is_the_same_in_mm_cm_and_m);
    RUN(the_hash_is_the_same_everywhere);
    RUN(the_hash_does_not_depend_on_alignment);
    RUN(every_input_bit_moves_every_output_bit);
    RUN(similar_texts_seldom_collide);
    RUN(the_content_hash_sees_every_field_but_id_rev_and_cuts);
    RUN(the_border_between_two_texts_counts);
    RUN(made_ids_have_their_top_bit_set);
    RUN(any_order_of_merging_gives_the_same_story);
    RUN(the_later_time_and_the_whole_zone_win);
    RUN(every_reason_has_words_of_its_own);
    RUN(a_cluster_larger_than_its_field_is_cut_at_a_code_point);
    return ink_test_end();
}
