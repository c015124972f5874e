/* In place of the layout `lanes`, for images whose panels are too narrow for it
 * (INKLINE_LANES=OFF): the page has a spine there anyway, so the frames are the same. */
#include "core/ink_frame.h"

bool ink_lanes_possible(const struct ink_frame *frame) {
    (void)frame;
    return false;
}

bool ink_lanes_suit(const struct ink_frame *frame) {
    (void)frame;
    return false;
}

bool ink_lanes_fit(const struct ink_frame *frame) {
    (void)frame;
    return false;
}

void ink_lanes_measure(struct ink_frame *frame, uint32_t number, int rank) {
    (void)frame;
    (void)number;
    (void)rank;
}

void ink_lanes_choose(struct ink_frame *frame) {
    (void)frame;
}

void ink_lanes_draw(struct ink_frame *frame) {
    (void)frame;
}

void ink_lane_add_date(struct ink_label *label, const struct ink_frame *frame, bool by_days,
                       const struct ink_event *event) {
    (void)label;
    (void)frame;
    (void)by_days;
    (void)event;
}
