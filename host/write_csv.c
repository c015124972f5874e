#include "write_csv.h"

#include <inttypes.h>

#include "write_value.h"

static void put_doubled(FILE *to, const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] == '"') {
            fputc('"', to);
        }
        fputc(text[i], to);
    }
}

/* A line of its own. One that ends in a delimiter is quoted, or it would seem to have empty cells
 * behind it, as spreadsheets write them. */
static void put_fact(FILE *to, int fact, const char *text, size_t bytes) {
    const char *name = ink_story_fields[fact].name;
    if (bytes == 0) {
        return;
    }
    if (strchr(",;\t", text[bytes - 1]) == NULL) {
        fprintf(to, "# %s: %.*s\n", name, (int)bytes, text);
        return;
    }
    fprintf(to, "\"# %s: ", name);
    put_doubled(to, text, bytes);
    fputs("\"\n", to);
}

static void put_date_fact(FILE *to, int fact, const struct ink_date *date) {
    char text[INK_EDTF_BYTES];
    put_fact(to, fact, text, ink_edtf_write(date, text));
}

/* A bare offset is a zone without a name; the importer takes it as one. */
static void put_zone(FILE *to, const struct ink_zone *zone) {
    char text[16];
    size_t bytes = ink_write_length(zone->name, INK_ZONE_NAME_BYTES);
    if (bytes == 0 && zone->count > 0) {
        int minutes = zone->change[zone->count - 1].offset_min;
        int size = minutes < 0 ? -minutes : minutes;
        int count = snprintf(text, sizeof text, "%c%02d:%02d", minutes < 0 ? '-' : '+',
                             size / 60 % 24, size % 60);
        put_fact(to, INK_S_ZONE, text, (size_t)count);
    }
    put_fact(to, INK_S_ZONE, zone->name, bytes);
}

void ink_write_csv_begin(FILE *to, const struct ink_story *story, char delimiter) {
    put_fact(to, INK_S_TITLE, story->title, ink_write_length(story->title, INK_TITLE_BYTES));
    put_zone(to, &story->zone);
    put_fact(to, INK_S_LANG, story->lang, ink_write_length(story->lang, INK_LANG_BYTES));
    put_date_fact(to, INK_S_AS_OF, &story->as_of);
    put_date_fact(to, INK_S_EXPIRES, &story->expires);
    if (story->distance_mm != 0) {
        fprintf(to, "# %s: %umm\n", ink_story_fields[INK_S_DISTANCE].name,
                (unsigned)story->distance_mm);
    }
    put_date_fact(to, INK_S_STRIKES, &story->strikes);
    for (int f = 0; f < INK_FIELD_COUNT; f++) {
        if (f > 0) {
            fputc(delimiter, to);
        }
        fputs(ink_record_fields[f].name, to);
    }
    fputc('\n', to);
}

/* Quoted where a reader needs it: delimiters, quotes, and spaces at the ends. */
static void put_cell(FILE *to, const char *text, size_t bytes, char delimiter) {
    bool quoted = bytes > 0 && (text[0] == ' ' || text[bytes - 1] == ' ');
    for (size_t i = 0; i < bytes && !quoted; i++) {
        quoted = text[i] == delimiter || strchr("\",;\t\r\n", text[i]) != NULL;
    }
    if (!quoted) {
        fwrite(text, 1, bytes, to);
        return;
    }
    fputc('"', to);
    put_doubled(to, text, bytes);
    fputc('"', to);
}

/* A value that is no text; what is the default is left empty. */
static size_t write_value(const struct ink_record *record, int field, char *out, size_t cap) {
    const struct ink_field *info = &ink_record_fields[field];
    if (field == INK_F_WHEN) {
        return ink_write_when(record, out);
    }
    if (field == INK_F_UNTIL) {
        return ink_write_until(record, out);
    }
    uint64_t number = ink_write_number(record, field);
    if (number == 0 && info->type != INK_FIELD_ID) {
        return 0;
    }
    if (info->type == INK_FIELD_WORD) {
        return (size_t)snprintf(out, cap, "%s", info->words[number]);
    }
    return (size_t)snprintf(out, cap, "%" PRIu64, number);
}

void ink_write_csv_record(FILE *to, const struct ink_record *record, char delimiter) {
    char value[INK_INTERVAL_BYTES]; // also more than any number or word
    for (int f = 0; f < INK_FIELD_COUNT; f++) {
        const struct ink_field *info = &ink_record_fields[f];
        if (f > 0) {
            fputc(delimiter, to);
        }
        if (info->type == INK_FIELD_TEXT) {
            const struct ink_span *text = &record->text[info->text];
            put_cell(to, text->at, text->bytes, delimiter);
        } else {
            put_cell(to, value, write_value(record, f, value, sizeof value), delimiter);
        }
    }
    fputc('\n', to);
}
