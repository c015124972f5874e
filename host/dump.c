#include "dump.h"

#include <inttypes.h>

#include "core/ink_edtf.h"
#include "core/ink_mark.h"
#include "core/ink_merit.h"
#include "json.h"
#include "say.h"
#include "write_json.h"

int ink_dump_records(FILE *to, const struct ink_inputs *inputs) {
    ink_write_json_story(to, &inputs->survey.story);
    for (int i = 0; i < inputs->count; i++) {
        struct ink_walk walk;
        enum ink_decoded found;
        ink_walk_begin(&walk, &inputs->segment[i]);
        while ((found = ink_walk_next(&walk)) != INK_DECODED_MORE) {
            if (found == INK_DECODED_RECORD) {
                ink_write_json_record(to, &walk.decoder.record);
            }
        }
        if (walk.failed) {
            return INK_EXIT_IO;
        }
    }
    return INK_EXIT_OK;
}

static void put_text(FILE *to, const char *name, struct ink_span text) {
    if (text.bytes > 0) {
        fprintf(to, " %s=", name);
        ink_json_string(to, text.at, text.bytes);
    }
}

static void put_date(FILE *to, const char *name, const struct ink_date *date) {
    char text[INK_EDTF_BYTES];
    size_t bytes = ink_edtf_write(date, text);
    if (bytes > 0) {
        fprintf(to, " %s=%.*s", name, (int)bytes, text);
    }
}

static void put_gap(FILE *to, const struct ink_gap *gap) {
    if (gap->count > 0) {
        struct ink_date first = ink_civil(gap->days.first);
        struct ink_date last = ink_civil(gap->days.last);
        fprintf(to, "hidden %" PRIu32 " sources=%d", gap->count, ink_sources_count(gap->sources));
        put_date(to, "first", &first);
        put_date(to, "last", &last);
        fputc('\n', to);
    }
}

static void put_event(FILE *to, const struct ink_digest *digest, const struct ink_event *event) {
    static const char *const names[INK_EVENT_TEXTS] = {"headline", "source", "via",
                                                       "figure",   "place",  "detail"};
    fprintf(to, "event %" PRIu64 " rev=%" PRIu32, event->id, event->rev);
    put_date(to, "when", &event->when);
    put_date(to, "until", &event->until);
    fprintf(to,
            " dated=%s kind=%s status=%s weight=%u rank=%u records=%u sources=%d"
            " lane=%u hidden_in_lane=%u%s",
            ink_record_fields[INK_F_DATED].words[event->dated],
            ink_record_fields[INK_F_KIND].words[event->kind],
            ink_record_fields[INK_F_STATUS].words[event->status], event->weight, event->rank,
            event->records, ink_sources_count(event->sources), event->lane, event->hidden_in_lane,
            ink_event_is_ahead(event) ? " ahead" : "");
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        put_text(to, names[i], ink_event_text(digest, event, (enum ink_event_text)i));
    }
    fputc('\n', to);
}

static void put_day(FILE *to, const struct ink_chosen_day *day) {
    if (day->key == INT32_MAX) {
        fputs(" day=none", to); /* planned, or an answer of a day not chosen */
        return;
    }
    const struct ink_merit *merit = &day->merit;
    struct ink_date date = ink_civil(day->key >> 2);
    put_date(to, "day", &date);
    fprintf(to, " merit=%d votes=%u burst=%u busy=%u favour=%d", (int)ink_merit_sum(merit),
            merit->votes, merit->burst, merit->busy, merit->favour);
}

static void put_why(FILE *to, const struct ink_event *event, const struct ink_why_event *why) {
    fputs("  because", to);
    put_day(to, &why->day);
    fprintf(to, " score=%" PRIu32, why->score);
    for (uint32_t i = 0; i < why->merged_count && i < INK_WHY_IDS; i++) {
        fprintf(to, "%s%" PRIu64, i == 0 ? " merged=" : ",", why->merged[i]);
    }
    if ((event->flags & INK_EVENT_FOLLOWS) != 0) {
        fputs(" answers the one ranked before", to);
    }
    if (why->merged_count > INK_WHY_IDS) {
        fprintf(to, " and %" PRIu32 " more", why->merged_count - INK_WHY_IDS);
    }
    fputc('\n', to);
}

static void put_dropped(FILE *to, const struct ink_why_dropped *dropped) {
    const struct ink_candidate *candidate = &dropped->candidate;
    fprintf(to, "not kept %" PRIu64 " weight=%u score=%" PRIu32, candidate->id, candidate->weight,
            candidate->score);
    put_day(to, &dropped->day);
    put_text(to, "headline",
             (struct ink_span){dropped->headline, (uint16_t)strlen(dropped->headline)});
    fputc('\n', to);
}

static void put_lanes(FILE *to, const struct ink_digest *digest) {
    for (int i = 0; i <= INK_LANES; i++) {
        const struct ink_lane *lane = &digest->lanes[i];
        if (lane->records > 0) {
            fprintf(to, "lane %d records=%" PRIu32 " hidden=%" PRIu32 " before_first=%" PRIu32, i,
                    lane->records, lane->hidden, lane->hidden_before);
            put_text(to, "name", ink_lane_name(digest, (unsigned)i));
            fputc('\n', to);
        }
    }
}

static void put_counts(FILE *to, const struct ink_counts *counts) {
    fprintf(to,
            "counts read=%" PRIu32 " refused=%" PRIu32 " duplicate=%" PRIu32 " superseded=%" PRIu32
            " merged=%" PRIu32 " hidden=%" PRIu32 " kept=%" PRIu32 " cut=%" PRIu32
            " unknown=%" PRIu32 "\n",
            counts->read, counts->refused, counts->duplicate, counts->superseded, counts->merged,
            counts->hidden, counts->kept, counts->cut, counts->unknown);
}

void ink_dump_digest(FILE *to, const struct ink_digest *digest, const struct ink_why *why) {
    ink_write_json_story(to, &digest->story);
    put_counts(to, &digest->counts);
    fprintf(to, "sources %u%s%s\n", digest->sources, digest->sources_beyond ? " and more" : "",
            digest->ids_beyond ? ", ids beyond those told apart" : "");
    if (why != NULL) {
        fprintf(to, "days %" PRIu32 " candidates %" PRIu32 "\n", why->days, why->candidates);
    }
    put_lanes(to, digest);
    put_gap(to, &digest->before);
    for (int i = 0; i < digest->count; i++) {
        put_event(to, digest, &digest->events[i]);
        if (why != NULL) {
            put_why(to, &digest->events[i], &why->events[digest->events[i].rank]);
        }
        put_gap(to, &digest->events[i].after);
    }
    if (digest->before_ahead.count > 0) {
        fputs("ahead, before the first kept: ", to);
        put_gap(to, &digest->before_ahead);
    }
    for (int i = 0; why != NULL && i < why->dropped_count; i++) {
        put_dropped(to, &why->dropped[i]);
    }
}

struct ink_span ink_dump_text(const struct ink_op *op, struct ink_span payload, char *out) {
    struct ink_span text = {out, 0};
    struct ink_run run;
    if ((op->flags & INK_OP_RUNS) == 0) {
        return payload;
    }
    for (uint16_t at = 0; ink_page_run(op, payload, &at, &run);) {
        if (run.order + run.text.bytes <= INK_DUMP_TEXT_BYTES) {
            memcpy(out + run.order, run.text.at, run.text.bytes);
            text.bytes = (uint16_t)ink_max(text.bytes, run.order + run.text.bytes);
        }
    }
    return text;
}

static void put_op_text(FILE *to, const struct ink_op *op, struct ink_span payload) {
    char out[INK_DUMP_TEXT_BYTES];
    struct ink_span text = ink_dump_text(op, payload, out);
    struct ink_run run;
    ink_json_string(to, text.at, text.bytes);
    for (uint16_t at = 0; (op->flags & INK_OP_RUNS) != 0 && ink_page_run(op, payload, &at, &run);) {
        fprintf(to, " %s %u+%u at %d", run.right_to_left ? "rtl" : "ltr", run.order, run.text.bytes,
                run.x);
    }
}

static void put_op(FILE *to, const struct ink_op *op, struct ink_span payload) {
    static const char *const inks[] = {"white", "black"};
    static const char *const roles[INK_ROLE_COUNT] = {"headline", "source", "title"};
    switch ((enum ink_op_type)op->type) {
    case INK_OP_ITEM:
        fprintf(to, "%s id=%" PRIu64 " tier=%u%s", ink_item_names[op->kind], ink_dump_id(payload),
                op->extra, (op->flags & INK_OP_CUT) != 0 ? " cut" : "");
        break;
    case INK_OP_FILL:
        fprintf(to, "  fill %s", inks[op->ink & 1]);
        break;
    case INK_OP_DASH:
        fprintf(to, "  dash %u %u", op->extra & 255u, (unsigned)op->extra >> 8);
        break;
    case INK_OP_MARK:
        fprintf(to, "  mark %s%s", (op->flags & INK_OP_MIRRORED) != 0 ? "mirrored " : "",
                op->kind == INK_MARK_BREAK ? "break"
                                           : ink_record_fields[INK_F_STATUS].words[op->kind]);
        break;
    case INK_OP_TEXT:
        fprintf(to, "  text %s %dpx %s tracking=%d ", roles[op->kind], ink_op_px(op),
                inks[op->ink & 1], op->flags & INK_OP_TRACKING);
        put_op_text(to, op, payload);
        break;
    }
    fprintf(to, " %d,%d,%d,%d\n", op->x0, op->y0, op->x1, op->y1);
}

void ink_dump_page(FILE *to, const struct ink_page *page) {
    uint32_t at = 0;
    struct ink_op op;
    struct ink_span payload;
    fprintf(to, "page %dx%d rotation=%u bytes=%" PRIu32 " missing=%u%s\n", page->width,
            page->height, page->rotation, page->used, page->missing,
            page->mirrored ? " right-to-left" : "");
    while (ink_page_next(page, &at, &op, &payload)) {
        put_op(to, &op, payload);
    }
}
