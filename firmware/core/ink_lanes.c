/* Lanes: which there are, and where their cards stand. */
#include "core/ink_lanes.h"

static const struct ink_event *event_at(const struct ink_frame *frame, uint32_t number) {
    return &frame->digest->events[number];
}

static bool is_shown(const struct ink_frame *frame, uint32_t number) {
    return (frame->rows[number].flags & INK_ROW_SHOWN) != 0;
}

static int em(const struct ink_frame *frame) {
    return frame->head[INK_MINOR].face.px;
}

/* ---- measures -------------------------------------------------------------------------------- */

int ink_lane_step(const struct ink_frame *frame) {
    return ink_max(ink_frame_px(frame, 8), 4);
}

int ink_lane_inset(const struct ink_frame *frame) {
    return ink_max(ink_frame_px(frame, 9), 5);
}

int ink_lane_gap(const struct ink_frame *frame) {
    return ink_max(ink_frame_px(frame, 10), em(frame) / 2);
}

int ink_lane_mark(const struct ink_frame *frame) {
    return ink_mark_size(em(frame) + em(frame) / 3); /* a step above those beside text */
}

int ink_lane_channel(const struct ink_frame *frame, int levels) {
    const int mark = ink_lane_mark(frame) / 2;
    return levels == 0 ? mark : mark + 2 + levels * ink_lane_step(frame);
}

int ink_lane_below(const struct ink_frame *frame, const struct ink_lane_rows *lane) {
    const int cards = lane->height[0] + lane->height[2];
    const int below = cards > 0 ? ink_lane_channel(frame, lane->levels[INK_SIDE_BELOW]) + cards : 0;
    const int names = ink_lane_mark(frame) / 2 + em(frame) * 5 / 4 + frame->source.face.line;
    return ink_max(below, names);
}

int ink_lane_above(const struct ink_frame *frame, const struct ink_lane_rows *lane) {
    const int cards = lane->height[1] + lane->height[3];
    const int line = ink_lane_mark(frame) / 2 + 2;
    return cards > 0 ? ink_lane_channel(frame, lane->levels[INK_SIDE_ABOVE]) + cards : line;
}

/* Widths of cards, in ems of the smallest headlines. */
static int size_width(const struct ink_frame *frame, unsigned size) {
    static const uint8_t ems[4] = {7, 9, 12, 20};
    return ink_min(ems[size] * em(frame), frame->right - frame->line_x - ink_lane_gap(frame));
}

int ink_lanes_width(const struct ink_frame *frame, const struct ink_row *row) {
    return size_width(frame, row->width >> 2 * ink_row_rank(row) & 3u) + ink_lane_gap(frame);
}

/* ---- measuring a card ------------------------------------------------------------------------ */

/* Days stand on the axis where it goes by them; where a story goes by the hour, and of what is to
 * come if there is a line for it, both are said. */
void ink_lane_add_date(struct ink_label *label, const struct ink_frame *frame, bool by_days,
                       const struct ink_event *event) {
    const bool ahead = ink_event_is_ahead(event) && !frame->dated_source;
    const bool hours = by_days || !frame->long_story || frame->hourly || ahead;
    if (hours) {
        ink_spine_label_date(label, frame, event,
                             by_days ? ink_event_day(frame->digest, event) : INT32_MIN);
    } else {
        ink_frame_label_when(label, frame, event);
    }
}

/* Is there room for its date beside its figure? */
static INK_OWN_FRAME bool has_date_beside(const struct ink_frame *frame,
                                          const struct ink_event *event, int rank) {
    const int figure = ink_card_figure_width(frame, event, rank, INK_CARD_FIGURE_ABOVE);
    const struct ink_span text = ink_frame_text(frame, event, INK_EVENT_FIGURE);
    struct ink_label label = {.bytes = 0};
    if (figure == 0 || !frame->long_story ||
        (text.at[text.bytes - 1] >= '0' && text.at[text.bytes - 1] <= '9')) {
        return false; /* two numbers beside each other would be one */
    }
    ink_lane_add_date(&label, frame, false, event);
    return figure + em(frame) / 2 + ink_text_width(&frame->source.face, ink_label_span(&label)) <=
           frame->text_width;
}

/* Lines of the source under a headline. */
static int source_lines(int form) {
    return 1 + ((form & INK_CARD_SPLIT) != 0) + ((form & INK_CARD_OWN_LINE) != 0);
}

static void set_size(const struct ink_frame *frame, uint32_t number, int rank, unsigned size) {
    struct ink_row *row = &frame->rows[number];
    const bool beside = has_date_beside(frame, event_at(frame, number), rank);
    row->width = ((row->width & ~(3u << 2 * rank)) | size << 2 * rank) & 15u;
    row->beside = ((row->beside & ~(1u << rank)) | (unsigned)beside << rank) & 3u;
}

/* The narrowest width in which headline and source are whole, and take together no more lines than
 * a headline of the usual number of lines and its source (and a further line, if there is one to
 * spare); else the widest. */
void ink_lanes_measure(struct ink_frame *frame, uint32_t number, int rank) {
    struct ink_row *row = &frame->rows[number];
    const struct ink_event *event = event_at(frame, number);
    const struct ink_span headline = ink_frame_text(frame, event, INK_EVENT_HEADLINE);
    const int most = frame->lines_max, in_all = frame->card_lines;
    /* without the blanks at which its lines end */
    const int least = ink_text_width(&frame->head[rank].face, headline) - (most - 1) * em(frame);
    const uint8_t flags = row->flags;
    row->flags = (uint8_t)((flags & ~INK_ROW_MAJOR) | (rank == INK_MAJOR ? INK_ROW_MAJOR : 0));
    for (unsigned size = 0; size < 4; size++) {
        frame->text_width = size_width(frame, size) - ink_lane_inset(frame);
        if (size < 3 && least > most * frame->text_width) {
            continue; /* no need to try */
        }
        const int lines =
            ink_text_lines(&frame->head[rank].face, headline, frame->text_width, most);
        if (size < 3 && lines > most) {
            continue;
        }
        set_size(frame, number, rank, size);
        ink_card_measure(frame, event, rank, row);
        const int form = row->form[rank];
        if (row->height[rank] < INK_CARD_UNFIT && lines + source_lines(form) <= in_all &&
            ink_source_is_whole(frame, event, form)) {
            break;
        }
    }
    row->flags = flags;
}

/* ---- which lanes ----------------------------------------------------------------------------- */

#define NO_SLOT 15

/* Rows of pixels that a lane takes with one row of cards, of headlines of `lines` lines and that
 * many of sources. */
static int lane_height(const struct ink_frame *frame, int lines, int sources) {
    const int date = frame->long_story && !frame->dated_source ? frame->source.face.line : 0;
    const int headline = em(frame) * 3 / 2 + (lines - 1) * frame->head[INK_MINOR].face.line;
    return ink_lane_mark(frame) + 2 + headline + date + sources * frame->source.face.line;
}

int ink_lanes_room(const struct ink_frame *frame) {
    return frame->bottom - frame->top - ink_axis_height(frame);
}

static unsigned slot_of_lane(const struct ink_frame *frame, unsigned lane) {
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if (event_at(frame, i)->lane == lane) {
            return frame->rows[i].slot;
        }
    }
    return NO_SLOT;
}

/* Kept events of a lane. */
static uint32_t events_of(const struct ink_frame *frame, unsigned lane) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        count += event_at(frame, i)->lane == lane;
    }
    return count;
}

/* Lanes that have more events than this one, or as many and come before it. */
static unsigned lanes_before(const struct ink_frame *frame, unsigned lane) {
    const uint32_t events = events_of(frame, lane);
    unsigned before = 0;
    for (unsigned i = 0; i < INK_LANES; i++) {
        const uint32_t others = events_of(frame, i);
        before += i != lane && (others > events || (others == events && i < lane));
    }
    return before;
}

/* Number the lanes in the order in which their first events come; `most` of those with the most
 * events, all others together in the last one. */
static void set_slots(struct ink_frame *frame, unsigned most) {
    unsigned slots = 0;
    uint8_t slot[INK_LANES + 1];
    memset(slot, NO_SLOT, sizeof slot);
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const unsigned lane = event_at(frame, i)->lane;
        if (lane < INK_LANES && slot[lane] == NO_SLOT && lanes_before(frame, lane) < most) {
            slot[lane] = (uint8_t)slots++;
        }
    }
    bool others = false;
    for (unsigned lane = 0; lane <= INK_LANES; lane++) {
        others = others || (slot[lane] == NO_SLOT && frame->digest->lanes[lane].records > 0);
    }
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const uint8_t own = slot[event_at(frame, i)->lane];
        frame->rows[i].slot = (own == NO_SLOT ? slots : own) & 15u;
        others = others || own == NO_SLOT;
    }
    frame->lane_count = (uint8_t)(slots + others);
}

/* Lanes of the digest that have a kept event. */
static unsigned lanes_with_events(const struct ink_frame *frame) {
    unsigned count = 0;
    for (unsigned lane = 0; lane < INK_LANES; lane++) {
        count += events_of(frame, lane) > 0;
    }
    return count;
}

struct ink_span ink_lane_title(const struct ink_frame *frame, unsigned slot) {
    unsigned lanes = 0, last = 0;
    for (unsigned lane = 0; lane <= INK_LANES; lane++) {
        if (slot_of_lane(frame, lane) == slot) {
            last = lane;
            lanes++;
        }
    }
    if (lanes == 1 && last < INK_LANES) {
        return ink_lane_name(frame->digest, last);
    }
    return ink_span_of(frame->lane_count > 1 ? ink_word(frame->language, INK_WORD_OTHERS) : "");
}

uint32_t ink_lane_hidden(const struct ink_frame *frame, unsigned slot) {
    const struct ink_digest *digest = frame->digest;
    uint32_t hidden = 0;
    for (uint32_t i = 0; i < digest->count; i++) {
        hidden +=
            frame->rows[i].slot == slot && !is_shown(frame, i) && digest->events[i].records > 0;
    }
    for (unsigned lane = 0; lane <= INK_LANES; lane++) {
        unsigned own = slot_of_lane(frame, lane);
        own = own == NO_SLOT ? frame->lane_count - 1u : own;
        hidden += own == slot ? digest->lanes[lane].hidden : 0;
    }
    return hidden;
}

uint32_t ink_lane_hidden_before(const struct ink_frame *frame, unsigned slot) {
    uint32_t hidden = 0;
    for (unsigned lane = 0; lane <= INK_LANES; lane++) {
        hidden += slot_of_lane(frame, lane) == slot ? frame->digest->lanes[lane].hidden_before : 0;
    }
    return hidden;
}

/* As wide as the widest name, between three and a half ems and a fifth of the page. */
static int gutter(struct ink_frame *frame) {
    int widest = em(frame) * 7 / 2;
    frame->lane_bytes = 0;
    for (unsigned slot = 0; slot < frame->lane_count; slot++) {
        const struct ink_span title = ink_lane_title(frame, slot);
        widest = ink_max(widest, ink_text_width(&frame->head[INK_MINOR].face, title));
        frame->lane_bytes = (uint16_t)(frame->lane_bytes + ink_text_op_bytes(frame, title));
    }
    return ink_min(widest, (frame->right - frame->left) / 5);
}

/* Longer than the axis goes by days, or by the hour. */
static bool is_long(const struct ink_frame *frame) {
    const uint32_t past = ink_first_ahead(frame->digest);
    const int64_t span =
        past > 0 ? event_at(frame, past - 1)->start_utc - event_at(frame, 0)->start_utc : 0;
    return span > INK_AXIS_DAYS_S || frame->hourly;
}

bool ink_lanes_possible(const struct ink_frame *frame) {
    const int width = frame->right - frame->left;
    return width >= 26 * em(frame) && ink_lanes_room(frame) >= lane_height(frame, 2, 1);
}

/* Two sides or more, each with a line of its own, and no more than twice as many records as the
 * page has room for, with a card for each ten ems. */
bool ink_lanes_suit(const struct ink_frame *frame) {
    const int height = lane_height(frame, 2, 1) + frame->source.face.line;
    const int rows = ink_lanes_room(frame) / height;
    const int columns = (frame->right - frame->left) / (10 * em(frame));
    const uint32_t records = frame->digest->counts.hidden + frame->digest->counts.kept;
    uint32_t inside = 0;
    int sides = 0;
    for (unsigned lane = 0; lane < INK_LANES; lane++) {
        const uint32_t events = events_of(frame, lane);
        inside += events;
        sides += events > 1;
    }
    return ink_lanes_possible(frame) && frame->width > frame->height && sides > 1 &&
           (int)lanes_with_events(frame) <= rows && inside * 4 >= frame->digest->count * 3u &&
           records <= 2u * (uint32_t)(rows * columns);
}

/* Headlines have two lines, since more make cards of many heights, fewer wide ones. A lane of its
 * own wants a line to spare; others share the last one. A lane may have as many rows as the page
 * holds if the others have one each. Cards that say their date say it in the source line if there
 * is no line for it. */
static void set_lanes(struct ink_frame *frame) {
    const int lanes = (int)lanes_with_events(frame), room = ink_lanes_room(frame);
    frame->lines_max = 2;
    frame->long_story = is_long(frame);
    frame->dated_source = frame->long_story && room < (lanes + 1) * lane_height(frame, 3, 1);
    const int most = ink_max(room / (lane_height(frame, 2, 1) + frame->source.face.line), 1);
    set_slots(frame, (unsigned)lanes);
    if (frame->lane_count > most) {
        set_slots(frame, (unsigned)most - 1);
    }
    frame->line_x = frame->left + gutter(frame) + ink_lane_gap(frame) + ink_lane_mark(frame) / 2;
    const int sources = frame->long_story ? 1 : 2, first = lane_height(frame, 2, sources);
    frame->card_lines = (uint8_t)(2 + sources);
    const int spare = room - frame->lane_count * first;
    const int rows = 1 + ink_max(spare, 0) / (first - ink_lane_mark(frame));
    frame->lane_rows = (uint8_t)ink_min(rows, INK_LANE_PLACES);
}

/* ---- choosing -------------------------------------------------------------------------------- */

/* Pieces of the lane's line, and of its leader, that a card adds. */
static int pieces_of(const struct ink_frame *frame, uint32_t number) {
    const struct ink_row *row = &frame->rows[number];
    const struct ink_event *event = event_at(frame, number);
    const bool extent = event->until.precision != INK_PRECISION_NONE || event->until.flags != 0 ||
                        (event->when.flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN)) != 0;
    return (row->pole == row->mark ? 1 : 3) + (ink_event_is_ahead(event) ? 3 : 1) +
           (extent ? 3 : 0);
}

/* Page memory, at most: masthead and axis; of each lane a name, a count, what is left of its line,
 * and its cuts; of each card its leader, pieces of the line and a date. */
static int bytes_of(const struct ink_lanes *lanes, const struct ink_frame *frame) {
    const int item = (int)INK_OP_BYTES(8), op = (int)INK_OP_BYTES(0);
    const int runs = frame->mixed ? 4 * INK_RUN_HEADER : 0;
    const int date = frame->long_story && !frame->dated_source ? op + 40 + 2 * runs : 0;
    const int cuts = lanes->axis.count - 1;
    int bytes = 340 + frame->title_bytes + (frame->mixed ? 72 : 0);
    bytes += ink_axis_bytes(&lanes->axis, frame) + frame->lane_bytes + 2 * item + 4 * op;
    bytes += frame->lane_count * (3 * item + 4 * op + 28 + 2 * runs + 3 * op * cuts);
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const struct ink_row *row = &frame->rows[i];
        const int card = row->bytes[(row->flags & INK_ROW_MAJOR) != 0];
        bytes += is_shown(frame, i) ? card + pieces_of(frame, i) * op + date : 0;
    }
    return bytes;
}

/* Of the longest label of a day. */
static INK_OWN_FRAME void set_tick_bytes(struct ink_frame *frame) {
    for (uint8_t month = 1; month <= 12; month++) {
        const struct ink_date date = {
            .year = 2024, .month = month, .day = 22, .precision = INK_PRECISION_DAY};
        struct ink_label label = {.bytes = 0};
        ink_label_date(&label, frame->language, &date, false);
        frame->tick_bytes = (uint8_t)ink_max(frame->tick_bytes, label.bytes + 3);
    }
}

bool ink_lanes_fit(const struct ink_frame *frame) {
    struct ink_lanes lanes;
    const uint32_t scratch = frame->mixed ? INK_BIDI_ROOM(frame->longest) : 0;
    return ink_lanes_place(&lanes, frame) &&
           bytes_of(&lanes, frame) + (int)scratch <= (int)frame->page->cap;
}

void ink_lanes_choose(struct ink_frame *frame) {
    frame->stacked = true;
    frame->one_rank = frame->right - frame->left < 60 * em(frame);
    set_lanes(frame);
    set_tick_bytes(frame);
    ink_choose(frame);
}
