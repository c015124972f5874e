#include "write_json.h"

#include "json.h"
#include "write_value.h"

struct line {
    FILE *to;
    const char *before; /* what stands before the next key */
};

static void put_key(struct line *line, const char *name) {
    fprintf(line->to, "%s\"%s\":", line->before, name);
    line->before = ",";
}

static void put_text(struct line *line, const char *name, const char *text, size_t bytes) {
    if (bytes > 0) {
        put_key(line, name);
        ink_json_string(line->to, text, bytes);
    }
}

static void put_number(struct line *line, const char *name, uint64_t number) {
    const char *quote = number > INK_JSON_NUMBER_MAX ? "\"" : "";
    put_key(line, name);
    fprintf(line->to, "%s%llu%s", quote, (unsigned long long)number, quote);
}

static void put_date(struct line *line, const char *name, const struct ink_date *date) {
    char text[INK_EDTF_BYTES];
    put_text(line, name, text, ink_edtf_write(date, text));
}

static void put_numeric(struct line *line, const struct ink_field *field, uint64_t number) {
    if (number == 0 && field->type != INK_FIELD_ID) {
        return;
    }
    if (field->type == INK_FIELD_WORD) {
        put_text(line, field->name, field->words[number], strlen(field->words[number]));
    } else {
        put_number(line, field->name, number);
    }
}

static void put_field(struct line *line, int index, const struct ink_record *record) {
    char text[INK_INTERVAL_BYTES];
    const struct ink_field *field = &ink_record_fields[index];
    const struct ink_span *span = &record->text[field->text];
    switch (index) {
    case INK_F_WHEN:
        put_text(line, field->name, text, ink_write_when(record, text));
        break;
    case INK_F_UNTIL:
        put_text(line, field->name, text, ink_write_until(record, text));
        break;
    default:
        if (field->type == INK_FIELD_TEXT) {
            put_text(line, field->name, span->at, span->bytes);
        } else {
            put_numeric(line, field, ink_write_number(record, index));
        }
    }
}

void ink_write_json_record(FILE *to, const struct ink_record *record) {
    struct line line = {.to = to, .before = "{"};
    for (int i = 0; i < INK_FIELD_COUNT; i++) {
        put_field(&line, i, record);
    }
    fputs("}\n", to);
}

static void put_offsets(struct line *line, const struct ink_zone *zone) {
    if (zone->count == 0) {
        return;
    }
    put_key(line, ink_story_fields[INK_S_OFFSETS].name);
    for (int i = 0; i < zone->count; i++) {
        fprintf(line->to, "%s%d,%d", i == 0 ? "[" : ",", (int)zone->change[i].minute,
                zone->change[i].offset_min);
    }
    fputc(']', line->to);
}

void ink_write_json_story(FILE *to, const struct ink_story *story) {
    static const char opening[] = "{\"story\":{";
    struct line line = {.to = to, .before = opening};
    const struct ink_field *fields = ink_story_fields;
    put_text(&line, fields[INK_S_TITLE].name, story->title,
             ink_write_length(story->title, INK_TITLE_BYTES));
    put_text(&line, fields[INK_S_ZONE].name, story->zone.name,
             ink_write_length(story->zone.name, INK_ZONE_NAME_BYTES));
    put_offsets(&line, &story->zone);
    put_text(&line, fields[INK_S_LANG].name, story->lang,
             ink_write_length(story->lang, INK_LANG_BYTES));
    put_date(&line, fields[INK_S_AS_OF].name, &story->as_of);
    put_date(&line, fields[INK_S_EXPIRES].name, &story->expires);
    if (story->distance_mm != 0) {
        put_number(&line, fields[INK_S_DISTANCE].name, story->distance_mm);
    }
    put_date(&line, fields[INK_S_STRIKES].name, &story->strikes);
    if (line.before != opening) {
        fputs("}}\n", to);
    }
}
