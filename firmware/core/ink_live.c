#include "core/ink_live.h"

#include "core/ink_account.h"
#include "core/ink_order.h"

enum ink_status ink_live_init(struct ink_live *live, const struct ink_config *config, void *buffer,
                              size_t bytes) {
    *live = (struct ink_live){.items = buffer};
    live->bytes = bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
    return buffer == NULL ? INK_ERR_CONFIG : ink_init(&live->ink, config);
}

/* ---- condensing ------------------------------------------------------------------------------ */

static void run_passes(struct ink_live *live) {
    const struct ink_config config = live->ink.config;
    if (ink_init(&live->ink, &config) != INK_OK) {
        return; /* it was checked before */
    }
    while (ink_begin_pass(&live->ink)) {
        ink_condense_story(&live->ink.condense, &live->story);
        ink_begin_input(&live->ink, INK_FORMAT_CBOR);
        ink_feed(&live->ink, live->items, live->used);
        ink_end_input(&live->ink);
    }
}

void ink_live_condense(struct ink_live *live) {
    run_passes(live);
    struct ink_digest *digest = &live->ink.condense.digest;
    struct ink_counts *counts = &digest->counts;
    const struct ink_counts *past = &live->past;
    const uint32_t forgotten = live->forgotten.count;
    counts->read += past->refused + past->duplicate + past->superseded + forgotten;
    counts->refused = past->refused;
    counts->duplicate += past->duplicate;
    counts->superseded += past->superseded;
    counts->hidden += forgotten;
    counts->cut = past->cut;
    counts->unknown = past->unknown;
    ink_gap_add(&digest->before, &live->forgotten);
    struct ink_lane *lane = &digest->lanes[INK_LANES];
    lane->records += forgotten;
    lane->hidden += forgotten;
    lane->hidden_before += forgotten;
    live->ink.first_refusal = live->first_refusal;
    live->ink.first_refusal_input = live->first_refusal_input;
}

/* ---- forgetting ------------------------------------------------------------------------------ */

/* One item of the buffer, and what the last passes made of it. */
struct seen {
    const struct ink_record *record;
    struct ink_event *event; /* that it is, or NULL */
    uint32_t bytes;
    enum ink_ids_verdict verdict;
};

static void begin_items(struct ink_live *live) {
    struct ink_digest *digest = &live->ink.condense.digest;
    for (uint32_t i = 0; i < digest->count; i++) {
        digest->events[i].flags &= (uint8_t)~INK_EVENT_SEEN;
    }
    ink_ids_begin_pass(&live->ink.condense);
    ink_decode_begin(live->ink.decoder, INK_FORMAT_CBOR);
    ink_decode_feed(live->ink.decoder, live->items, live->used);
}

static struct ink_event *find_event(const struct ink_digest *digest, uint64_t id) {
    struct ink_event *event = digest->events + digest->count;
    while (event-- > digest->events) {
        if (event->id == id) {
            return event;
        }
    }
    return NULL;
}

/* As accounting judged it. */
static void judge(struct ink_live *live, struct seen *seen) {
    seen->event = find_event(&live->ink.condense.digest, seen->record->id);
    seen->verdict = ink_judge(&live->ink.condense, seen->event, seen->record);
}

/* False at the end: all that is in the buffer was found to be a record before. */
static bool next_item(struct ink_live *live, struct seen *seen) {
    struct ink_decoder *decoder = live->ink.decoder;
    const uint8_t *from = decoder->at;
    if (ink_decode_next(decoder) != INK_DECODED_RECORD) {
        return false;
    }
    seen->record = &decoder->record;
    seen->bytes = (uint32_t)(decoder->at - from); /* <= INK_LIVE_ITEM_MAX */
    judge(live, seen);
    return true;
}

/* What may stay: first by rank, then planned records as such, then a sample of all others. */
struct room {
    uint16_t *sizes;  /* of the items, by rank, where nobody needs the order any more; 0: it goes */
    uint32_t planned; /* bytes of planned records; then those beyond their share */
    uint32_t others;  /* bytes of records not kept */
    uint32_t left;    /* bytes for them */
    uint32_t mask;    /* bits of the hash that those of the sample do not have */
};

static void measure(struct room *room, const struct seen *seen) {
    if (seen->verdict != INK_IDS_LIVE) {
        return;
    }
    if (seen->record->status == INK_PLANNED) {
        room->planned += seen->bytes;
    }
    if (seen->event != NULL && (seen->event->flags & INK_EVENT_FETCHED) != 0) {
        room->sizes[seen->event->rank] = (uint16_t)seen->bytes;
    } else {
        room->others += seen->bytes;
    }
}

/* What stays adds up to at most `bytes`. */
static void choose(struct room *room, uint32_t ranks, uint32_t bytes) {
    const uint32_t share = room->planned < bytes / 4 ? room->planned : bytes / 4;
    const uint32_t all = bytes - share;
    room->left = all;
    for (uint32_t rank = 0; rank < ranks; rank++) {
        if (room->sizes[rank] <= room->left) {
            room->left -= room->sizes[rank];
        } else {
            room->left = room->sizes[rank] > all ? room->left : 0;
            room->sizes[rank] = 0;
        }
    }
    room->planned -= share;
    for (room->mask = 0; room->others > room->left; room->others /= 2) {
        room->mask = room->mask << 1 | 1;
    }
}

/* One item, in the order of the buffer. */
static bool stays(struct room *room, const struct seen *seen) {
    if (seen->verdict != INK_IDS_LIVE) {
        return false;
    }
    bool is_chosen = seen->event != NULL && room->sizes[seen->event->rank] > 0;
    if (seen->record->status == INK_PLANNED) {
        is_chosen = is_chosen || room->planned == 0;
        room->planned -= room->planned < seen->bytes ? room->planned : seen->bytes;
    }
    if (!is_chosen && seen->bytes <= room->left &&
        (ink_record_content(seen->record) & room->mask) == 0) {
        room->left -= seen->bytes;
        is_chosen = true;
    }
    return is_chosen;
}

static void forget(struct ink_live *live, const struct seen *seen) {
    if (seen->verdict != INK_IDS_LIVE) {
        live->past.duplicate += seen->verdict == INK_IDS_DUPLICATE;
        live->past.superseded += seen->verdict == INK_IDS_SUPERSEDED;
        return;
    }
    const struct ink_condense *condense = &live->ink.condense;
    const struct ink_event event = {.when = seen->record->when,
                                    .until = seen->record->until,
                                    .start_utc = ink_start_of(condense, seen->record)};
    ink_gap_add_record(&live->forgotten, ink_event_days(&condense->digest, &event), 0);
}

/* Look at all items, to measure them or to let go what does not stay. */
static void sweep(struct ink_live *live, struct room *room, bool letting_go) {
    uint32_t kept = 0, at = 0;
    struct seen seen;
    for (begin_items(live); next_item(live, &seen); at += seen.bytes) {
        if (!letting_go) {
            measure(room, &seen);
        } else if (stays(room, &seen)) {
            memmove(live->items + kept, live->items + at, seen.bytes); /* behind the decoder */
            kept += seen.bytes;
        } else {
            forget(live, &seen);
        }
    }
    live->used = letting_go ? kept : live->used;
}

/* Leave at most `bytes` in the buffer. */
static void make_room(struct ink_live *live, uint32_t bytes) {
    run_passes(live);
    live->condensed++;
    const uint32_t ranks = live->ink.condense.memory.event_cap; /* at most */
    struct room room = {.sizes = live->ink.condense.memory.order};
    memset(room.sizes, 0, ranks * sizeof *room.sizes);
    sweep(live, &room, false);
    choose(&room, ranks, bytes);
    sweep(live, &room, true);
}

/* ---- taking ---------------------------------------------------------------------------------- */

static bool refuse(struct ink_live *live) {
    const struct ink_refusal *refusal = &live->ink.decoder->refusal;
    live->past.refused++;
    if (live->first_refusal.reason == INK_REASON_NONE) {
        live->first_refusal = *refusal; /* without a reason, if it was too large */
        live->first_refusal_input = live->taken - 1;
    }
    return false;
}

/* What the bytes are, if they are one item and nothing else. */
static enum ink_decoded decode_one(struct ink_live *live, const uint8_t *item, size_t bytes) {
    struct ink_decoder *decoder = live->ink.decoder;
    ink_decode_begin(decoder, INK_FORMAT_CBOR);
    ink_decode_feed(decoder, item, bytes);
    enum ink_decoded found = ink_decode_next(decoder);
    if (found == INK_DECODED_MORE) {
        ink_decode_end(decoder);
        found = ink_decode_next(decoder);
    } else if (found != INK_DECODED_REFUSED && decoder->at != decoder->end) {
        decoder->refusal.offset = (uint64_t)(decoder->at - item);
        decoder->refusal.reason = INK_REASON_CBOR;
        decoder->refusal.field = INK_NO_FIELD;
        decoder->refusal.line = decoder->line + 1;
        found = INK_DECODED_REFUSED;
    }
    live->past.unknown += decoder->unknown;
    return found;
}

static bool remember(struct ink_live *live, const void *item, size_t bytes) {
    if (bytes > live->bytes || bytes > INK_LIVE_ITEM_MAX) {
        live->full++;
        return refuse(live);
    }
    uint32_t beside = live->bytes - (uint32_t)bytes;
    if (live->used > beside) {
        make_room(live, beside < live->bytes / 2 ? beside : live->bytes / 2);
        INK_ASSERT(live->used <= beside);
    }
    memcpy(live->items + live->used, item, bytes);
    live->used += (uint32_t)bytes;
    return true;
}

bool ink_live_take(struct ink_live *live, const void *item, size_t bytes) {
    live->taken += bytes > 0;
    const struct ink_decoder *decoder = live->ink.decoder;
    switch (decode_one(live, item, bytes)) {
    case INK_DECODED_RECORD:
        for (uint32_t cuts = decoder->record.cuts; cuts != 0; cuts &= cuts - 1) {
            live->past.cut++;
        }
        return remember(live, item, bytes);
    case INK_DECODED_STORY:
        ink_story_merge(&live->story, &decoder->u.story);
        return true;
    case INK_DECODED_REFUSED:
        return refuse(live);
    default:
        return true; /* nothing was given */
    }
}
