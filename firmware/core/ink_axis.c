/* Runs of time, and where an instant stands in them. */
#include "core/ink_axis.h"

#define DAY_S         ((int64_t)86400)
#define BY_HOURS_S    (DAY_S * 3 / 2)
#define LABEL_EMS     4 /* of the widest usual label */
#define RUN_EMS       5 /* a page has no more runs than it has room for */
#define WIDEST_SPAN_S ((int64_t)20000 * 366 * DAY_S) /* 6.4e11: times 4096 pixels below 2^62 */

static const struct ink_event *event_at(const struct ink_frame *frame, uint32_t number) {
    return &frame->digest->events[number];
}

static bool is_shown(const struct ink_frame *frame, uint32_t number) {
    return (frame->rows[number].flags & INK_ROW_SHOWN) != 0;
}

static int64_t end_of(const struct ink_frame *frame, const struct ink_event *event) {
    return ink_event_end(frame->digest, event);
}

static int64_t start_of_day(const struct ink_frame *frame, int32_t day) {
    const struct ink_date date = ink_civil(day);
    return ink_date_start(&date, &frame->digest->story.zone);
}

static int em(const struct ink_frame *frame) {
    return frame->head[INK_MINOR].face.px;
}

int ink_axis_cut_width(const struct ink_frame *frame) {
    return frame->detail.face.px * 7 / 2;
}

/* ---- runs ------------------------------------------------------------------------------------ */

/* What decides how the axis is built. */
struct shape {
    int64_t first, last; /* starts of the events shown that are past, or of those ahead */
    uint32_t count, timed;
    bool ahead;
};

/* Of what is past; of what is ahead, if that tells no silence. */
static struct shape shape_of(const struct ink_frame *frame, bool ahead) {
    struct shape shape = {.count = 0, .ahead = ahead};
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const struct ink_event *event = event_at(frame, i);
        if (!is_shown(frame, i) || ink_event_is_ahead(event) != ahead) {
            continue;
        }
        const int64_t start = event->start_utc;
        shape.first = shape.count == 0 || start < shape.first ? start : shape.first;
        shape.last = shape.count == 0 || start > shape.last ? start : shape.last;
        shape.timed += event->when.precision >= INK_PRECISION_MINUTE;
        shape.count++;
    }
    return shape;
}

/* How many of the silences between those events are no longer than that. */
static uint32_t silences_within(const struct ink_frame *frame, bool ahead, int64_t most) {
    const struct ink_event *before = NULL;
    uint32_t count = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const struct ink_event *event = event_at(frame, i);
        if (is_shown(frame, i) && ink_event_is_ahead(event) == ahead) {
            count += before != NULL && event->start_utc - before->start_utc <= most;
            before = event;
        }
    }
    return count;
}

/* The median of those silences, the lower one of two: found by halving the interval it is in. */
static int64_t usual_silence(const struct ink_frame *frame, const struct shape *shape) {
    int64_t low = 0, high = shape->last - shape->first;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (silences_within(frame, shape->ahead, middle) * 2 >= shape->count - 1) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static int most_runs(const struct ink_axis *axis, const struct ink_frame *frame) {
    return ink_max(1, ink_min((axis->right - axis->left) / (RUN_EMS * em(frame)), INK_AXIS_RUNS));
}

/* A further run, or the last one if there are no more. */
static struct ink_axis_run *next_run(struct ink_axis *axis, const struct ink_frame *frame,
                                     uint32_t number) {
    if (axis->count == most_runs(axis, frame)) {
        axis->full = true;
        return &axis->run[axis->count - 1];
    }
    struct ink_axis_run *run = &axis->run[axis->count++];
    *run = (struct ink_axis_run){.from = INT64_MAX,
                                 .to = INT64_MIN,
                                 .first = (uint16_t)number,
                                 .ahead = ink_event_is_ahead(event_at(frame, number))};
    return run;
}

static void widen(struct ink_axis_run *run, int64_t from, int64_t to) {
    run->from = from < run->from ? from : run->from;
    run->to = to > run->to ? to : run->to;
}

/* The day that an event stands at: one ahead not before today. */
static int32_t day_of(const struct ink_frame *frame, const struct ink_event *event) {
    int32_t day = ink_event_day(frame->digest, event);
    return ink_event_is_ahead(event) && day < frame->as_of_day ? frame->as_of_day : day;
}

/* From its first instant to its last; today's part of it. An event dated after now, or in an hour
 * that comes twice across midnight, widens it. */
static void take_day(struct ink_axis_run *run, const struct ink_frame *frame, int32_t day,
                     int64_t start) {
    int64_t from = start_of_day(frame, day), to = start_of_day(frame, day + 1);
    if (day == frame->as_of_day && frame->now_utc > from && frame->now_utc < to) {
        from = run->ahead ? frame->now_utc : from;
        to = run->ahead ? to : frame->now_utc;
    }
    widen(run, from, to);
    if (!run->ahead || start > to) {
        widen(run, start, start);
    }
}

static void build_days(struct ink_axis *axis, const struct ink_frame *frame) {
    int32_t last = 0;
    struct ink_axis_run *run = NULL;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if (!is_shown(frame, i)) {
            continue;
        }
        const struct ink_event *event = event_at(frame, i);
        const int32_t day = day_of(frame, event);
        if (run == NULL || day != last || run->ahead != ink_event_is_ahead(event)) {
            const bool cut = run != NULL && day > last + 1;
            const int before = axis->count;
            run = next_run(axis, frame, i);
            run->cut = axis->count > before ? cut : run->cut;
        }
        take_day(run, frame, day, event->start_utc);
        frame->rows[i].run = (uint8_t)(axis->count - 1u) & 15u;
        last = day;
    }
}

/* Runs end where a silence is longer than `most`. */
static void build_runs(struct ink_axis *axis, const struct ink_frame *frame, int64_t most) {
    struct ink_axis_run *run = NULL;
    int64_t end = 0; /* of the event before */
    axis->count = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if (!is_shown(frame, i)) {
            continue;
        }
        const struct ink_event *event = event_at(frame, i);
        const bool ahead = ink_event_is_ahead(event);
        const bool cut = run != NULL && event->start_utc - run->to > most && event->start_utc > end;
        if (run == NULL || cut || ahead != run->ahead) {
            const int before = axis->count;
            run = next_run(axis, frame, i);
            run->cut = axis->count > before ? cut : run->cut;
        }
        widen(run, event->start_utc, event->start_utc);
        end = end_of(frame, event);
        frame->rows[i].run = (uint8_t)(axis->count - 1u) & 15u;
    }
}

/* A run of one instant lasts as long as its first event does. */
static void close_runs(struct ink_axis *axis, const struct ink_frame *frame) {
    for (int i = 0; i < axis->count; i++) {
        struct ink_axis_run *run = &axis->run[i];
        if (run->to <= run->from) {
            const int64_t end = end_of(frame, event_at(frame, run->first));
            run->to = end > run->from ? end : run->from + 1;
        }
        if (run->ahead && frame->now_utc > run->from && frame->now_utc < run->to) {
            run->from = frame->now_utc;
        }
    }
}

/* ---- widths ---------------------------------------------------------------------------------- */

/* Columns that a run's cards need: those of its fullest lane, over the rows that a lane may have.
 */
static void add_needs(const struct ink_axis *axis, const struct ink_frame *frame, int *needs) {
    int sums[INK_LANES + 1], run = -1, widest = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const struct ink_row *row = &frame->rows[i];
        if (!is_shown(frame, i)) {
            continue;
        }
        if (row->run != run) {
            run = row->run;
            memset(sums, 0, sizeof sums);
        }
        const int width = ink_lanes_width(frame, row);
        sums[row->slot] += width;
        needs[run] = ink_max(needs[run], sums[row->slot] / frame->lane_rows);
        widest = run == axis->count - 1 ? ink_max(widest, width) : widest;
    }
    if (run >= 0) { /* behind the last run there is nothing that its cards can reach into */
        needs[axis->count - 1] = ink_max(needs[axis->count - 1], widest);
    }
    for (int i = 0; i < axis->count; i++) {
        needs[i] = ink_max(needs[i], LABEL_EMS * em(frame));
    }
}

/* What the runs have to share: `room` pixels, of which they need `all`, in `time` seconds. */
struct share {
    int needs[INK_AXIS_RUNS];
    int all, room, least; /* least: the width of a run's label */
    int64_t time;
};

/* Each has its label's width, then what it needs as far as that goes, then its share of what is
 * left. */
static int width_of(const struct ink_axis *axis, const struct share *share, int number) {
    const struct ink_axis_run *run = &axis->run[number];
    const int need = share->needs[number], left = share->room - share->all;
    const int spare = share->room - share->least * axis->count;
    const int wanted = share->all - share->least * axis->count;
    if (left <= 0) { /* all below 2^15 */
        return share->least +
               (spare > 0 && wanted > 0 ? (need - share->least) * spare / wanted : 0);
    }
    const int64_t by_time = left * (run->to - run->from) / (share->time > 0 ? share->time : 1);
    return need + (int)(by_time / 2) + left * need / ink_max(share->all, 1) / 2;
}

/* Columns of the cuts, and of the gaps between other runs. */
static int cuts_width(const struct ink_axis *axis, const struct ink_frame *frame) {
    int width = 0;
    for (int i = 1; i < axis->count; i++) {
        width += axis->run[i].cut ? ink_axis_cut_width(frame) : ink_frame_px(frame, 2);
    }
    return width;
}

/* More runs than the page has room for: each has its label's width, whatever the cuts take. */
static bool is_full(const struct ink_axis *axis, const struct ink_frame *frame) {
    const int labels = axis->count * LABEL_EMS * em(frame);
    return axis->full || labels + cuts_width(axis, frame) > axis->right - axis->left;
}

static INK_OWN_FRAME void set_widths(struct ink_axis *axis, const struct ink_frame *frame) {
    struct share share = {.least = LABEL_EMS * em(frame)};
    const int cut = ink_axis_cut_width(frame), gap = ink_frame_px(frame, 2);
    int x = axis->left;
    share.room = axis->right - axis->left - cuts_width(axis, frame);
    add_needs(axis, frame, share.needs);
    for (int i = 0; i < axis->count; i++) {
        share.all += share.needs[i];
        share.time += axis->run[i].to - axis->run[i].from;
    }
    for (int i = 0; i < axis->count; i++) {
        struct ink_axis_run *run = &axis->run[i];
        x += i == 0 ? 0 : run->cut ? cut : gap;
        run->x0 = (int16_t)x;
        x += width_of(axis, &share, i);
        run->x1 = (int16_t)ink_min(x, axis->right);
    }
    if (axis->count > 0) {
        axis->run[axis->count - 1].x1 = axis->right;
    }
}

/* A silence is cut out if it is at least four times the usual one and a twelfth of the whole; more,
 * if that would make more runs than the page has room for. */
static void build_cut(struct ink_axis *axis, const struct ink_frame *frame,
                      const struct shape *shape) {
    const int64_t usual = usual_silence(frame, shape), span = shape->last - shape->first;
    int64_t most = usual * 4 > span / 12 ? usual * 4 : span / 12;
    do {
        axis->full = false;
        build_runs(axis, frame, most);
        most = most * 2 + 1;
    } while (is_full(axis, frame) && most < WIDEST_SPAN_S);
}

void ink_axis_build(struct ink_axis *axis, const struct ink_frame *frame) {
    struct shape shape = shape_of(frame, false), ahead = shape_of(frame, true);
    shape = shape.count < 2 && ahead.count > shape.count ? ahead : shape;
    const int64_t span = shape.last - shape.first;
    axis->count = 0;
    axis->full = false;
    axis->by_days =
        span <= INK_AXIS_DAYS_S && (span > BY_HOURS_S || shape.timed * 2 < shape.count + 1);
    if (axis->by_days) {
        build_days(axis, frame);
        axis->by_days = !is_full(axis, frame);
    }
    if (!axis->by_days) {
        build_cut(axis, frame, &shape);
    }
    close_runs(axis, frame);
    set_widths(axis, frame);
}

/* ---- places ---------------------------------------------------------------------------------- */

int ink_axis_x(const struct ink_axis_run *run, int64_t utc_s) {
    const int64_t at = utc_s < run->from ? 0 : utc_s - run->from, all = run->to - run->from;
    const int width = run->x1 - run->x0;
    return run->x0 + (at >= all ? width : (int)(at * width / all));
}

/* Column of an instant in the first run, from `number` on, that holds it or comes after it. */
static int column_from(const struct ink_axis *axis, int number, int64_t utc_s) {
    while (number + 1 < axis->count && utc_s > axis->run[number].to &&
           utc_s >= axis->run[number + 1].from) {
        number++;
    }
    return ink_axis_x(&axis->run[number], utc_s);
}

struct ink_reach ink_axis_reach(const struct ink_axis *axis, const struct ink_frame *frame,
                                uint32_t number) {
    const struct ink_event *event = event_at(frame, number);
    const struct ink_axis_run *run = &axis->run[frame->rows[number].run];
    const int64_t end = end_of(frame, event);
    struct ink_reach reach = {.first = ink_axis_x(run, event->start_utc)};
    reach.end = column_from(axis, frame->rows[number].run, end - 1);
    reach.last =
        event->until.precision == INK_PRECISION_NONE ? ink_min(reach.end, run->x1) : reach.first;
    const int inset = ink_mark_size(em(frame)) / 2 + 2;
    if (reach.last - reach.first > 2 * inset) { /* clear of what is before and after it */
        reach.first += inset;
        reach.last -= inset;
    }
    reach.onward = (event->until.flags & (INK_DATE_OPEN | INK_DATE_UNKNOWN)) != 0;
    return reach;
}
