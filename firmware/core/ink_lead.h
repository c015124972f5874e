/* Part of layout `lead`: what its files share while one page is made. Not for use outside. */
#ifndef INK_LEAD_H
#define INK_LEAD_H

#include "core/ink_frame.h"

/* How the page is parted, in the order of preference. */
enum ink_way { INK_WAY_BESIDE, INK_WAY_BELOW, INK_WAY_ALONE, INK_WAY_SMALL, INK_WAY_COUNT };

struct ink_lead {
    uint32_t number, next; /* events, or INK_NO_EVENT */
    enum ink_way way;
    struct ink_rect body, area; /* all below the masthead; what the lead may fill */
    int height, bytes;          /* that the lead takes */
    int px, figure_px;          /* headline, figure */
    int small_px;               /* mark and word, date, source */
    int lines;                  /* of the headline, at most */
    int form;                   /* INK_CARD_* */
    bool date_below;            /* on a row of its own under mark and word */
    bool undated;               /* small: its hour gives way to the source */
    int base;                   /* page memory of the masthead */
    int strip_top, strip_x, strip_bytes, strip_rank, strip_form;
    bool strip_apart; /* its label has a row of its own */
};

static inline int ink_rect_width(struct ink_rect rect) {
    return rect.x1 - rect.x0;
}

static inline int ink_rect_height(struct ink_rect rect) {
    return rect.y1 - rect.y0;
}

static inline const struct ink_event *ink_lead_event(const struct ink_frame *frame,
                                                     uint32_t number) {
    return &frame->digest->events[number];
}

/* From a mark at the leading edge to the text beside it. */
static inline int ink_lead_indent(const struct ink_frame *frame) {
    return ink_mark_size(frame->source.face.px) + ink_word_gap(frame);
}

/* The largest headline that fits the area whole; at the floor, one with an ellipsis. Sets
 * frame->reserved to what the page takes without the story so far. */
bool ink_lead_size(struct ink_frame *frame, struct ink_lead *lead);
void ink_lead_draw(struct ink_frame *frame, const struct ink_lead *lead);

/* Width of a part of a date (see ink_spine_when), and a date with its second part if there is room.
 */
int ink_lead_when_width(const struct ink_frame *frame, const struct ink_type *type,
                        const struct ink_event *event, int part);
void ink_lead_when(const struct ink_frame *frame, const struct ink_type *type,
                   const struct ink_event *event, struct ink_slot slot);
/* A mark beside text on that baseline. */
void ink_lead_mark(const struct ink_frame *frame, const struct ink_event *event, int x, int size,
                   int baseline);

#endif
