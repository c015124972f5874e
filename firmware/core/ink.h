/* The whole core in one call sequence: bytes in, bands of pixels out.
 *
 *     struct ink ink;
 *     if (ink_init(&ink, &config) != INK_OK) ...
 *     while (ink_begin_pass(&ink)) {            // INK_CONDENSE_PASSES times over the same feed
 *         ink_begin_input(&ink, INK_FORMAT_CBOR);
 *         ink_feed(&ink, chunk, bytes);         // ... any chunking ...
 *         ink_end_input(&ink);
 *     }
 *     if (ink_lay_out(&ink, &view) != INK_OK) ...
 *     for (each band) ink_draw(&ink, &band);
 *
 * No heap, no globals, no I/O: the caller owns all memory, and any number of struct ink may live
 * side by side. Every pass must be fed the same inputs; their order and that of the records in them
 * do not matter.
 *
 * Memory has two phases that share their scratch: while condensing, events and texts are kept, and
 * decoder, ids and orders are scratch; while drawing, the page and layout's rows take their place.
 */
#ifndef INK_H
#define INK_H

#include "core/ink_band.h"
#include "core/ink_candidates.h"
#include "core/ink_condense.h"
#include "core/ink_decode.h"
#include "core/ink_layout.h"

/* How much of what. */
struct ink_capacity {
    uint16_t events;     /* events kept; 0 is allowed: all is counted, nothing shown */
    uint16_t ids;        /* ids told apart when counting: 0 or a power of two */
    uint32_t text_bytes; /* for the texts of the events kept, bytes */
    uint32_t page_bytes; /* for the display list, bytes; at least INK_PAGE_BYTES_MIN */
    uint32_t work_bytes; /* for days and candidates before events and texts take their place, bytes;
                            0: as much as those (see INK_WORK_BYTES) */
};

#define INK_ROUND_UP(bytes) (((bytes) + (size_t)7) & ~(size_t)7)
#define INK_LARGER(a, b)    ((a) > (b) ? (a) : (b))
/* What a choice of `e` events needs at least: a day and a candidate for each. */
#define INK_WORK_BYTES_MIN(e)                                                                      \
    (sizeof(struct ink_days_table) +                                                               \
     ((e) + 2) * (sizeof(struct ink_chosen_day) + INK_CANDIDATE_BYTES) + 8)
#define INK_WORK_BYTES(e, text, work)                                                              \
    INK_ROUND_UP(INK_LARGER(INK_LARGER((work), INK_WORK_BYTES_MIN(e)),                             \
                            (e) * sizeof(struct ink_event) + (text)))
#define INK_CONDENSE_BYTES(e, ids)                                                                 \
    (INK_ROUND_UP(sizeof(struct ink_decoder)) + (ids) * sizeof(struct ink_known_id) +              \
     INK_ROUND_UP((e)*2 * sizeof(uint16_t)))
#define INK_DRAW_BYTES(e, page) (INK_ROUND_UP(page) + INK_ROUND_UP((e) * sizeof(struct ink_row)))

/* Memory for given capacities, bytes, as a constant expression: what is kept throughout, and the
 * larger of the two phases. */
#define INK_MEMORY_BYTES(e, ids, work, text, page)                                                 \
    (INK_WORK_BYTES(e, text, work) +                                                               \
     INK_LARGER(INK_CONDENSE_BYTES(e, ids), INK_DRAW_BYTES(e, page)))

struct ink_config {
    struct ink_capacity capacity;
    void *memory; /* aligned to 8 bytes; the caller's, for as long as the struct ink is used */
    size_t memory_bytes;      /* at least INK_MEMORY_BYTES of the capacity */
    struct ink_budget budget; /* all 0: as much as the capacity allows */
};

/* Visible so that callers can place it. Read-only: condense.digest after the last pass, page and
 * shown after ink_lay_out, first_refusal at any time. */
struct ink {
    struct ink_condense condense;
    struct ink_page page;
    struct ink_shown shown;
    struct ink_refusal first_refusal; /* reason INK_REASON_NONE: none yet */
    uint32_t first_refusal_input;     /* number of the input it is in, from 0 */
    struct ink_config config;
    struct ink_decoder *decoder; /* in the scratch memory */
    uint32_t inputs;             /* begun in this pass */
};

/* Check the config and start. INK_ERR_CONFIG: memory missing, misaligned or too small, ids not a
 * power of two, or page_bytes under its minimum; then *ink must not be used. */
INK_MUST_USE enum ink_status ink_init(struct ink *ink, const struct ink_config *config);

/* Start a pass: true, feed all inputs once; false, condensing is done. */
bool ink_begin_pass(struct ink *ink);

/* One input of the pass: begin, its bytes in any chunks, end. Bad records are skipped and
 * counted; the first is kept in first_refusal. */
void ink_begin_input(struct ink *ink, enum ink_format format);
void ink_feed(struct ink *ink, const void *bytes, size_t count);
void ink_end_input(struct ink *ink);

/* Lay out the digest, after the last pass; again for another view if wanted.
 * INK_ERR_VIEW as ink_lay says; no page then. */
INK_MUST_USE enum ink_status ink_lay_out(struct ink *ink, const struct ink_view *view);

/* Draw the rows of one band. */
void ink_draw(const struct ink *ink, const struct ink_band *band);

#endif
