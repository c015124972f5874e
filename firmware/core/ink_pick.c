/* Part of condense: pass 1, which ids to keep. */
#include "core/ink_pick.h"

#define WEIGHT_UNSET 5 /* where a record without weight ranks: the middle of 1..9 */

int ink_weight(uint8_t weight) {
    return weight != 0 ? weight : WEIGHT_UNSET;
}

int64_t ink_start_of(const struct ink_date *when, const struct ink_date *until,
                     const struct ink_zone *zone) {
    return ink_date_start(when->precision == INK_PRECISION_NONE ? until : when, zone);
}

/* The order of keeping as one number, greater is better: weight, then newest, or soonest among
 * planned ones. |start| < 2^39, so 40 bits hold it. */
uint64_t ink_merit(uint8_t weight, uint8_t status, int64_t start_utc) {
    uint64_t time = (uint64_t)(start_utc + ((int64_t)1 << 39));
    if (status == INK_PLANNED) {
        time = ((uint64_t)1 << 40) - 1 - time;
    }
    return ((uint64_t)ink_weight(weight) << 40) | time;
}

/* The picks of a budget are a heap in its share of the events, the worst on top; of each event
 * only id and start_utc (holding the merit) are in use. */
struct heap {
    struct ink_event *slots;
    uint32_t cap;
    uint16_t *count;
};

static uint16_t planned_cap(const struct ink_condense *condense) {
    uint16_t events = condense->memory.event_cap;
    return events < 2 ? 0 : (uint16_t)ink_max(events / 8, 1);
}

static struct heap heap_for(struct ink_condense *condense, const struct ink_record *record) {
    uint16_t planned = planned_cap(condense);
    struct heap heap = {condense->memory.events, planned, &condense->picks[0]};
    if (record->status != INK_PLANNED || planned == 0) {
        heap.slots += planned;
        heap.cap = (uint32_t)condense->memory.event_cap - planned;
        heap.count = &condense->picks[1];
    }
    return heap;
}

static bool worse_pick(const struct ink_event *a, const struct ink_event *b) {
    return a->start_utc != b->start_utc ? a->start_utc < b->start_utc : a->id > b->id;
}

static void swap_picks(struct ink_event *a, struct ink_event *b) {
    uint64_t id = a->id;
    int64_t value = a->start_utc;
    a->id = b->id;
    a->start_utc = b->start_utc;
    b->id = id;
    b->start_utc = value;
}

static void sift_up(struct heap heap, uint32_t at) {
    while (at > 0 && worse_pick(&heap.slots[at], &heap.slots[(at - 1) / 2])) {
        swap_picks(&heap.slots[at], &heap.slots[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

static void sift_down(struct heap heap, uint32_t at) {
    for (;;) {
        uint32_t worst = at;
        for (uint32_t child = 2 * at + 1; child <= 2 * at + 2 && child < *heap.count; child++) {
            if (worse_pick(&heap.slots[child], &heap.slots[worst])) {
                worst = child;
            }
        }
        if (worst == at) {
            return;
        }
        swap_picks(&heap.slots[at], &heap.slots[worst]);
        at = worst;
    }
}

/* An id is picked for its best version: its value only rises. */
void ink_pick(struct ink_condense *condense, const struct ink_record *record) {
    struct heap heap = heap_for(condense, record);
    struct ink_event one = {.id = record->id};
    one.start_utc =
        (int64_t)ink_merit(record->weight, record->status,
                           ink_start_of(&record->when, &record->until, &(struct ink_zone){0}));
    bool full = *heap.count == heap.cap;
    if (heap.cap == 0 || (full && !worse_pick(&heap.slots[0], &one))) {
        return;
    }
    for (uint32_t i = 0; i < *heap.count; i++) {
        if (heap.slots[i].id == record->id) {
            if (one.start_utc > heap.slots[i].start_utc) {
                heap.slots[i].start_utc = one.start_utc;
                sift_down(heap, i);
            }
            return;
        }
    }
    uint32_t at = full ? 0 : (*heap.count)++;
    heap.slots[at].id = one.id;
    heap.slots[at].start_utc = one.start_utc;
    sift_up(heap, at);
    sift_down(heap, at);
}

static void sort_picks(struct ink_event *events, uint32_t count) {
    for (uint32_t gap = count / 2; gap > 0; gap /= 2) {
        for (uint32_t i = gap; i < count; i++) {
            for (uint32_t at = i; at >= gap && events[at].id < events[at - gap].id; at -= gap) {
                swap_picks(&events[at], &events[at - gap]);
            }
        }
    }
}

/* Both budgets become one list of events by id, each id once, all else empty. */
void ink_pick_end(struct ink_condense *condense) {
    struct ink_event *events = condense->memory.events;
    uint32_t count = condense->picks[0];
    for (uint32_t i = 0; i < condense->picks[1]; i++) {
        events[count++].id = events[planned_cap(condense) + i].id;
    }
    sort_picks(events, count);
    uint16_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t id = events[i].id;
        if (kept == 0 || events[kept - 1].id != id) {
            events[kept++] = (struct ink_event){.id = id, .text_at = INK_NO_TEXT};
        }
    }
    condense->digest.count = kept;
}
