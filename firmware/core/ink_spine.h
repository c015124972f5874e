/* Part of layout: what the files of `spine` share. Not for use outside. */
#ifndef INK_SPINE_H
#define INK_SPINE_H

#include "core/ink_frame.h"

/* What a line of a row's date says. The texts are built where they are drawn: labels are large, and
 * the stack below a card is deep. */
enum date_part { DATE_NONE, DATE_WHEN, DATE_CLOCK, DATE_LATER, DATE_DAY, DATE_BOTH, DATE_WEEKDAY };

struct ink_spine_dates {
    enum date_part first, second;
    bool needed; /* the second line must not be left out */
    bool wraps;  /* the first goes on under itself */
    bool ahead;  /* of what is to come */
};

/* Width of an event's date in the date column; adds to *bytes if it is longer. */
int ink_spine_date_width(const struct ink_frame *frame, const struct ink_event *event, int *bytes);

/* A label in the date column, or above the cards of a narrow page. */
void ink_spine_put_date(const struct ink_frame *frame, const struct ink_type *type,
                        const struct ink_label *label, int baseline);

/* What a row says of its date, `printed` being the day whose date was printed last. */
struct ink_spine_dates ink_spine_dates_of(const struct ink_frame *frame, uint32_t number,
                                          int32_t printed);
/* Put the hour behind the day, on its line, if it has room there: that of what is to come or, where
 * there is no other line for it, one that is needed. */
void ink_spine_join(struct ink_spine_dates *dates, const struct ink_frame *frame,
                    const struct ink_event *event, int rank);
void ink_spine_draw_dates(const struct ink_frame *frame, const struct ink_event *event,
                          const struct ink_spine_dates *dates, int rank, int baseline);
/* Height of a row of such a card that has room for a second line of its date. */
int ink_spine_dated_height(const struct ink_frame *frame, const struct ink_spine_dates *dates,
                           int rank, int form);

#define INK_NO_ANSWER UINT32_MAX

/* An event and what answers it, side by side. */
struct ink_pair {
    uint32_t answer; /* its number */
    int16_t height;
    uint16_t bytes;
    uint8_t form[2]; /* of the event and of the answer, each in its half */
    uint8_t rank;    /* of both */
    uint8_t lead;    /* height of the answer's date above it; 0: none */
};

/* Does this event, shown, stand beside its answer? If so, how. */
bool ink_pair_measure(struct ink_frame *frame, uint32_t number, struct ink_pair *pair);
/* Is it the answer of such a pair? Then it has no row of its own. */
bool ink_pair_is_answer(struct ink_frame *frame, uint32_t number);
/* Both cards and the answer's mark and date, from row `y` on. */
void ink_pair_draw(struct ink_frame *frame, uint32_t number, const struct ink_pair *pair, int y);

#endif
