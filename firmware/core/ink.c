/* bytes -decode-> record -condense-> digest -layout-> page -raster-> band */
#include "core/ink.h"

#include "core/ink_raster.h"

/* Where things are in the caller's memory, as offsets in bytes. */
struct places {
    size_t scratch, ids, order, rows, end;
};

static struct places places_of(const struct ink_capacity *capacity) {
    struct places places;
    places.scratch =
        INK_WORK_BYTES((size_t)capacity->events, capacity->text_bytes, capacity->work_bytes);
    places.ids = places.scratch + INK_ROUND_UP(sizeof(struct ink_decoder));
    places.order = places.ids + capacity->ids * sizeof(struct ink_known_id);
    places.rows = places.scratch + INK_ROUND_UP(capacity->page_bytes);
    places.end = INK_MEMORY_BYTES((size_t)capacity->events, (size_t)capacity->ids,
                                  capacity->work_bytes, capacity->text_bytes, capacity->page_bytes);
    return places;
}

static bool config_holds(const struct ink_config *config) {
    const struct ink_capacity *capacity = &config->capacity;
    return config->memory != NULL && (uintptr_t)config->memory % 8 == 0 &&
           (capacity->ids & (capacity->ids - 1u)) == 0 &&
           capacity->page_bytes >= INK_PAGE_BYTES_MIN &&
           /* so that the sum below cannot wrap on a 32-bit part */
           capacity->text_bytes <= config->memory_bytes &&
           capacity->work_bytes <= config->memory_bytes &&
           capacity->page_bytes <= config->memory_bytes &&
           config->memory_bytes >= places_of(capacity).end;
}

/* Days and candidates take what they are given, or else as much as events and texts. */
static uint32_t work_of(const struct ink_capacity *capacity) {
    size_t least = INK_WORK_BYTES_MIN((size_t)capacity->events);
    size_t given = capacity->work_bytes > 0
                       ? capacity->work_bytes
                       : capacity->events * sizeof(struct ink_event) + capacity->text_bytes;
    return (uint32_t)INK_LARGER(given, least);
}

enum ink_status ink_init(struct ink *ink, const struct ink_config *config) {
    if (!config_holds(config)) {
        return INK_ERR_CONFIG;
    }
    struct places places = places_of(&config->capacity);
    unsigned char *memory = config->memory;
    *ink = (struct ink){.config = *config};
    ink->decoder = (void *)(memory + places.scratch);
    struct ink_condense_memory condense = {
        .work = config->memory,
        .ids = (void *)(memory + places.ids),
        .order = (void *)(memory + places.order),
        .work_bytes = work_of(&config->capacity),
        .text_cap = config->capacity.text_bytes,
        .event_cap = config->capacity.events,
        .id_cap = config->capacity.ids,
    };
    ink_condense_begin(&ink->condense, &condense, &config->budget);
    return INK_OK;
}

bool ink_begin_pass(struct ink *ink) {
    ink->inputs = 0;
    return ink_condense_begin_pass(&ink->condense);
}

void ink_begin_input(struct ink *ink, enum ink_format format) {
    ink_decode_begin(ink->decoder, format);
}

static void refuse(struct ink *ink) {
    ink_condense_refused(&ink->condense);
    if (ink->first_refusal.reason == INK_REASON_NONE) {
        ink->first_refusal = ink->decoder->refusal;
        ink->first_refusal_input = ink->inputs;
    }
}

static void take_all(struct ink *ink) {
    for (;;) {
        switch (ink_decode_next(ink->decoder)) {
        case INK_DECODED_RECORD:
            ink_condense_record(&ink->condense, &ink->decoder->record);
            break;
        case INK_DECODED_STORY:
            ink_condense_story(&ink->condense, &ink->decoder->u.story);
            break;
        case INK_DECODED_REFUSED:
            refuse(ink);
            break;
        default:
            return;
        }
    }
}

void ink_feed(struct ink *ink, const void *bytes, size_t count) {
    ink_decode_feed(ink->decoder, bytes, count);
    take_all(ink);
}

void ink_end_input(struct ink *ink) {
    ink_decode_end(ink->decoder);
    take_all(ink);
    ink_condense_unknown(&ink->condense, ink->decoder->unknown);
    ink->inputs++;
}

enum ink_status ink_lay_out(struct ink *ink, const struct ink_view *view) {
    struct places places = places_of(&ink->config.capacity);
    unsigned char *memory = ink->config.memory;
    struct ink_page page;
    ink_page_begin(&page, memory + places.scratch, ink->config.capacity.page_bytes);
    enum ink_status status =
        ink_lay(&ink->condense.digest, view, (void *)(memory + places.rows), &page, &ink->shown);
    if (status == INK_OK) {
        ink->page = page;
    }
    return status;
}

void ink_draw(const struct ink *ink, const struct ink_band *band) {
    ink_raster(&ink->page, band);
}
