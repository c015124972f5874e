#include "report.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/ink_edtf.h"
#include "dump.h"
#include "json.h"
#include "output.h"
#include "say.h"
#include "write_json.h"

static void put_string(FILE *to, const char *name, const char *text) {
    fprintf(to, "\"%s\": ", name);
    ink_json_string(to, text, strlen(text));
}

/* As in NDJSON: a number that every reader of JSON keeps exactly, else a string. */
static void put_id(FILE *to, uint64_t id) {
    const char *quote = id > INK_JSON_NUMBER_MAX ? "\"" : "";
    fprintf(to, "%s%" PRIu64 "%s", quote, id, quote);
}

static const struct ink_event *find_event(const struct ink_digest *digest, uint64_t id) {
    for (int i = 0; i < digest->count; i++) {
        if (digest->events[i].id == id) {
            return &digest->events[i];
        }
    }
    return NULL;
}

static const char *tier_name(const struct ink_tiers *tiers, unsigned px) {
    return px == tiers->glance  ? "glance"
           : px == tiers->read  ? "read"
           : px >= tiers->floor ? "floor"
                                : "detail";
}

/* All texts of an item in the order they were pushed, with a space between. */
static void put_item_text(FILE *to, const struct ink_page *page, uint32_t at) {
    char text[2048]; // longer than any item: a headline, its source line and its date
    size_t used = 0;
    struct ink_op op;
    struct ink_span payload;
    while (ink_page_next(page, &at, &op, &payload) && op.type != INK_OP_ITEM) {
        char line[INK_DUMP_TEXT_BYTES];
        if (op.type != INK_OP_TEXT) {
            continue;
        }
        struct ink_span drawn = ink_dump_text(&op, payload, line);
        if (used + drawn.bytes + 1 > sizeof text) {
            continue;
        }
        if (used > 0) {
            text[used++] = ' ';
        }
        memcpy(text + used, drawn.at, drawn.bytes);
        used += drawn.bytes;
    }
    fputs(", \"text\": ", to);
    ink_json_string(to, text, used);
}

static void put_event(FILE *to, const struct ink_digest *digest, const struct ink_event *event) {
    char when[INK_EDTF_BYTES];
    struct ink_span source = ink_event_text(digest, event, INK_EVENT_SOURCE);
    fputs(", \"when\": ", to);
    ink_json_string(to, when, ink_edtf_write(&event->when, when));
    fputs(", ", to);
    put_string(to, "status", ink_record_fields[INK_F_STATUS].words[event->status]);
    fputs(", \"source\": ", to);
    ink_json_string(to, source.at, source.bytes);
    fprintf(to, ", \"sources\": %d, \"records\": %u", ink_sources_count(event->sources),
            event->records);
}

static void put_item(FILE *to, const struct ink_drawing *drawing, const struct ink_op *op,
                     uint64_t id, uint32_t at) {
    const struct ink_digest *digest = &drawing->ink.condense.digest;
    struct ink_tiers tiers = ink_tiers_for(&drawing->view, &digest->story);
    const struct ink_event *event = id != 0 ? find_event(digest, id) : NULL;
    fputs("{\"id\": ", to);
    if (event != NULL) {
        put_id(to, id);
    } else {
        fputs("null", to);
    }
    fputs(", ", to);
    put_string(to, "role", ink_item_names[op->kind]);
    fprintf(to, ", \"rect\": [%d, %d, %d, %d]", op->x0, op->y0, op->x1, op->y1);
    put_item_text(to, &drawing->ink.page, at);
    fputs(", ", to);
    put_string(to, "tier", tier_name(&tiers, op->extra));
    fprintf(to, ", \"px\": %u, \"cut\": %s", op->extra,
            (op->flags & INK_OP_CUT) != 0 ? "true" : "false");
    if (event != NULL) {
        put_event(to, digest, event);
    }
    fputc('}', to);
}

static void put_items(FILE *to, const struct ink_drawing *drawing) {
    uint32_t at = 0;
    struct ink_op op;
    struct ink_span payload;
    const char *before = "\n    ";
    fputs("  \"items\": [", to);
    while (ink_page_next(&drawing->ink.page, &at, &op, &payload)) {
        if (op.type == INK_OP_ITEM) {
            fputs(before, to);
            put_item(to, drawing, &op, ink_dump_id(payload), at);
            before = ",\n    ";
        }
    }
    fputs("\n  ],\n", to);
}

static bool has_card(const struct ink_page *page, uint64_t id) {
    uint32_t at = 0;
    struct ink_op op;
    struct ink_span payload;
    while (ink_page_next(page, &at, &op, &payload)) {
        if (op.type == INK_OP_ITEM && op.kind == INK_ITEM_CARD && ink_dump_id(payload) == id) {
            return true;
        }
    }
    return false;
}

static void put_gap(FILE *to, const struct ink_gap *gap, const uint64_t *after, bool *any) {
    if (gap->count == 0) {
        return;
    }
    fprintf(to, "%s\n    {\"after\": ", *any ? "," : "");
    if (after != NULL) {
        put_id(to, *after);
    } else {
        fputs("null", to);
    }
    fprintf(to, ", \"count\": %" PRIu32 ", \"sources\": %d}", gap->count,
            ink_sources_count(gap->sources));
    *any = true;
}

/* What is hidden between two cards: the digest's gaps there, and its events without a card. */
static void put_hidden(FILE *to, const struct ink_drawing *drawing) {
    const struct ink_digest *digest = &drawing->ink.condense.digest;
    struct ink_gap gap = digest->before;
    const uint64_t *after = NULL;
    bool any = false, ahead = false;
    fputs("  \"hidden\": [", to);
    for (int i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i];
        if (!ahead && ink_event_is_ahead(event)) {
            ink_gap_add(&gap, &digest->before_ahead);
            ahead = true;
        }
        if (has_card(&drawing->ink.page, event->id)) {
            put_gap(to, &gap, after, &any);
            gap = event->after;
            after = &event->id;
        } else {
            if (event->records > 0) {
                ink_gap_add_record(&gap, ink_event_days(digest, event), event->sources);
            }
            ink_gap_add(&gap, &event->after);
        }
    }
    if (!ahead) {
        ink_gap_add(&gap, &digest->before_ahead);
    }
    put_gap(to, &gap, after, &any);
    fputs(any ? "\n  ],\n" : "],\n", to);
}

/* Lanes with their names, the nameless one among them; hidden as in the counts: events without a
 * card too. */
static void put_lanes(FILE *to, const struct ink_drawing *drawing) {
    const struct ink_digest *digest = &drawing->ink.condense.digest;
    const char *before = "";
    fputs("  \"lanes\": [", to);
    for (unsigned lane = 0; lane <= INK_LANES; lane++) {
        uint32_t hidden = digest->lanes[lane].hidden;
        for (int i = 0; i < digest->count; i++) {
            const struct ink_event *event = &digest->events[i];
            hidden += event->lane == lane && !has_card(&drawing->ink.page, event->id);
        }
        if (digest->lanes[lane].records > 0) {
            struct ink_span name = ink_lane_name(digest, lane);
            fprintf(to, "%s\n    {\"name\": ", before);
            ink_json_string(to, name.at, name.bytes);
            fprintf(to, ", \"records\": %" PRIu32 ", \"hidden\": %" PRIu32 "}",
                    digest->lanes[lane].records, hidden);
            before = ",";
        }
    }
    fputs(before[0] != '\0' ? "\n  ],\n" : "],\n", to);
}

static void put_counts(FILE *to, const struct ink_drawing *drawing) {
    const struct ink_counts *counts = &drawing->ink.condense.digest.counts;
    fprintf(to,
            "  \"counts\": {\"read\": %" PRIu32 ", \"refused\": %" PRIu32
            ", \"duplicate\": %" PRIu32 ", \"superseded\": %" PRIu32 ", \"merged\": %" PRIu32
            ", \"hidden\": %" PRIu32 ", \"shown\": %u},\n",
            counts->read, counts->refused, counts->duplicate, counts->superseded, counts->merged,
            drawing->ink.shown.hidden, drawing->ink.shown.shown);
}

static void put_head(FILE *to, const struct ink_drawing *drawing, uint32_t cut) {
    const struct ink_digest *digest = &drawing->ink.condense.digest;
    struct ink_tiers tiers = ink_tiers_for(&drawing->view, &digest->story);
    fputs("{\n  ", to);
    put_string(to, "panel", drawing->panel->name);
    fputs(",\n  ", to);
    put_string(to, "layout", ink_layout_names[drawing->ink.shown.layout]);
    fprintf(to, ",\n  \"size\": [%d, %d], \"rotation\": %u, \"distance_mm\": %u,\n",
            drawing->ink.page.width, drawing->ink.page.height, drawing->ink.page.rotation,
            tiers.distance_mm);
    fprintf(to,
            "  \"tiers\": {\"glance\": %u, \"read\": %u, \"floor\": %u, \"detail\": %u, "
            "\"beyond\": %s},\n",
            tiers.glance, tiers.read, tiers.floor, tiers.detail, tiers.beyond ? "true" : "false");
    fprintf(
        to, "  \"memory\": {\"core\": %zu, \"ink\": %zu, \"band\": %zu, \"page\": %" PRIu32 "},\n",
        drawing->memory_bytes, sizeof drawing->ink, drawing->band_bytes, drawing->ink.page.used);
    fprintf(to, "  \"texts_cut\": %" PRIu32 ", \"glyphs_missing\": %u,\n", cut,
            drawing->ink.page.missing);
}

/* What differs from the frame before, in pixels of the panel. */
static void put_changed(FILE *to, const struct ink_drawing *drawing) {
    const struct ink_changed *changed = &drawing->changed;
    fputs("  \"changed\": [", to);
    for (int i = 0; i < changed->count; i++) {
        const struct ink_rect *rect = &changed->rect[i];
        fprintf(to, "%s[%d, %d, %d, %d]", i > 0 ? ", " : "", rect->x0, rect->y0, rect->x1,
                rect->y1);
    }
    fprintf(to, "], \"changed_pixels\": %" PRIu32, changed->pixels);
    if (drawing->compared_cards) {
        fprintf(to, ", \"changed_outside\": %" PRIu32, drawing->changed_outside);
    }
    fputs(",\n", to);
}

int ink_report_write(const char *path, const struct ink_drawing *drawing,
                     const struct ink_inputs *inputs) {
    struct ink_output output;
    int code = ink_output_open(&output, path);
    if (code != INK_EXIT_OK) {
        return code;
    }
    FILE *to = output.file;
    put_head(to, drawing, inputs->survey.cut);
    put_counts(to, drawing);
    put_items(to, drawing);
    put_hidden(to, drawing);
    put_lanes(to, drawing);
    if (drawing->compared) {
        put_changed(to, drawing);
    }
    if (drawing->hash[0] != '\0') {
        fputs("  ", to);
        put_string(to, "sha256", drawing->hash);
        fputs(",\n", to);
    }
    fprintf(to,
            "  \"time_us\": {\"read\": %ld, \"condense\": %ld, \"layout\": %ld, \"raster\": "
            "%ld}\n}\n",
            drawing->time.read, drawing->time.condense, drawing->time.layout, drawing->time.raster);
    return ink_output_commit(&output);
}
