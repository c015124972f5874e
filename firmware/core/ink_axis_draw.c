/* The axis as a header: bars for runs, ticks on natural boundaries, labels, cuts, now. */
#include "core/ink_axis.h"

static int em(const struct ink_frame *frame) {
    return frame->head[INK_MINOR].face.px;
}

/* From the baseline of the labels to the bars: clear of their descenders. */
static int drop(const struct ink_frame *frame) {
    return ink_max(ink_frame_px(frame, 6), em(frame) * 3 / 10);
}

int ink_axis_height(const struct ink_frame *frame) {
    return em(frame) + drop(frame) + ink_frame_px(frame, 10);
}

/* ---- ticks ----------------------------------------------------------------------------------- */

enum unit { UNIT_HOUR, UNIT_DAY, UNIT_MONTH, UNIT_YEAR };

/* Steps of the ticks, finest first; about how long they are, hours. */
struct step {
    uint8_t unit;
    uint16_t count;
    int32_t hours;
};
static const struct step steps[] = {
    {UNIT_HOUR, 1, 1},         {UNIT_HOUR, 3, 3},          {UNIT_HOUR, 6, 6},
    {UNIT_HOUR, 12, 12},       {UNIT_DAY, 1, 24},          {UNIT_DAY, 2, 48},
    {UNIT_DAY, 7, 168},        {UNIT_MONTH, 1, 730},       {UNIT_MONTH, 3, 2190},
    {UNIT_MONTH, 6, 4380},     {UNIT_YEAR, 1, 8766},       {UNIT_YEAR, 2, 17532},
    {UNIT_YEAR, 5, 43830},     {UNIT_YEAR, 10, 87660},     {UNIT_YEAR, 20, 175320},
    {UNIT_YEAR, 50, 438300},   {UNIT_YEAR, 100, 876600},   {UNIT_YEAR, 200, 1753200},
    {UNIT_YEAR, 500, 4383000}, {UNIT_YEAR, 1000, 8766000}, {UNIT_YEAR, 5000, 43830000},
};
#define STEPS ((int)(sizeof steps / sizeof steps[0]))

/* Ticks are numbered in hours, days, months or years; this is the date of one, in the zone's civil
 * time: a tick at midnight stays at midnight when the clocks change. */
static struct ink_date date_of_tick(int unit, int32_t number) {
    struct ink_date date = {.precision = INK_PRECISION_YEAR};
    switch (unit) {
    case UNIT_HOUR:
        date = ink_civil((number < 0 ? number - 23 : number) / 24);
        date.second = (number % 24 + 24) % 24 * 3600;
        date.precision = INK_PRECISION_MINUTE;
        break;
    case UNIT_DAY:
        date = ink_civil(number);
        break;
    case UNIT_MONTH:
        date.year = (int16_t)((number < 0 ? number - 11 : number) / 12);
        date.month = (uint8_t)((number % 12 + 12) % 12 + 1);
        date.precision = INK_PRECISION_MONTH;
        break;
    default: /* there is no year 0: -200 is 200 BCE, ISO's -199 */
        date.year = (int16_t)(number <= 0 ? number + 1 : number);
    }
    return date;
}

/* The number of the last tick at or before an instant. */
static int32_t tick_before(const struct ink_frame *frame, const struct step *step, int64_t utc_s) {
    const struct ink_date local = ink_local(utc_s, &frame->digest->story.zone);
    const int32_t day = ink_days(local.year, local.month, local.day);
    const int32_t number = step->unit == UNIT_HOUR    ? day * 24 + local.second / 3600
                           : step->unit == UNIT_DAY   ? day
                           : step->unit == UNIT_MONTH ? local.year * 12 + local.month - 1
                           : local.year <= 0          ? local.year - 1
                                                      : local.year;
    const int32_t rest = number % step->count;
    return number - (rest < 0 ? rest + step->count : rest);
}

/* Width of a label and the air beside it. */
static int ems_of(const struct step *step) {
    return step->unit == UNIT_MONTH ? 5 : step->unit == UNIT_DAY ? 4 : 3;
}

/* The finest step whose labels have room beside each other. */
static const struct step *step_of(const struct ink_axis_run *run, const struct ink_frame *frame) {
    const int64_t span = run->to - run->from;
    const int width = run->x1 - run->x0;
    for (int i = 0; i < STEPS; i++) {
        if ((int64_t)steps[i].hours * 3600 * width >= span * ems_of(&steps[i]) * em(frame)) {
            return &steps[i];
        }
    }
    return &steps[STEPS - 1];
}

int ink_axis_bytes(const struct ink_axis *axis, const struct ink_frame *frame) {
    const int item = (int)INK_OP_BYTES(8), op = (int)INK_OP_BYTES(0);
    const int text = frame->tick_bytes + (frame->mixed ? 4 * INK_RUN_HEADER : 0);
    const int label = item + op + 32 + text, tick = item + 2 * op + text;
    int bytes = label; /* now */
    for (int i = 0; i < axis->count; i++) {
        const struct ink_axis_run *run = &axis->run[i];
        const bool ticks = !axis->by_days && !run->ahead;
        const int most =
            ticks ? (run->x1 - run->x0) / (ems_of(step_of(run, frame)) * em(frame)) : 0;
        bytes += 2 * (item + op) + op + label + most * tick;
    }
    return bytes;
}

/* ---- labels ---------------------------------------------------------------------------------- */

/* Where the header is drawn, and up to where its row of labels is taken. */
struct header {
    const struct ink_axis *axis;
    const struct ink_frame *frame;
    int baseline, bar; /* of labels; top of the bars */
    int taken;         /* column at which the last label ends */
    int now;           /* width of the clock and the air before it; 0: not known */
};

static int bar_height(const struct ink_frame *frame) {
    return ink_max(ink_frame_px(frame, 6), 2);
}

/* A label that begins at `x` or after it, and ends before `end`; false if it has no room. */
static bool put_label(struct header *header, const struct ink_type *type,
                      const struct ink_label *label, int x, int end) {
    const struct ink_frame *frame = header->frame;
    const int width = ink_text_width(&type->face, ink_label_span(label));
    const int air = ink_max(em(frame) / 3, 3);
    x = ink_max(x, header->taken + air);
    if (label->bytes == 0 || x + width > ink_min(end, frame->right)) {
        return false;
    }
    ink_page_item(frame->page, INK_ITEM_DATE, 0, type->face.px);
    (void)ink_text_put(frame->page, type, ink_label_span(label), x, header->baseline);
    header->taken = x + width;
    return true;
}

static void label_tick(struct ink_label *label, const struct ink_frame *frame, int unit,
                       const struct ink_date *date) {
    struct ink_date shown = *date;
    label->bytes = 0;
    if (unit == UNIT_HOUR && date->second > 0) {
        ink_label_time(label, frame->language, date);
        return;
    }
    shown.precision = (uint8_t)ink_min(shown.precision, INK_PRECISION_DAY);
    ink_label_date(label, frame->language, &shown, false);
}

/* Column up to which the labels of a run may go: the next one's first, or the clock's. */
static int end_of_labels(const struct header *header, int number) {
    const struct ink_axis *axis = header->axis;
    if (number + 1 == axis->count) {
        return axis->right;
    }
    const bool now = axis->run[number + 1].ahead && !axis->run[number].ahead;
    return now ? axis->run[number].x1 - header->now : axis->run[number + 1].x0;
}

/* A tick, and its label where there is room beside the last one. */
static INK_OWN_FRAME void draw_tick(struct header *header, const struct step *step, int number,
                                    int32_t tick) {
    const struct ink_frame *frame = header->frame;
    const struct ink_axis_run *run = &header->axis->run[number];
    const struct ink_date date = date_of_tick(step->unit, tick);
    const int x = ink_axis_x(run, ink_date_start(&date, &frame->digest->story.zone));
    const int width = ink_max(ink_frame_px(frame, 2), 1), left = x - width / 2;
    struct ink_label label = {.bytes = 0};
    label_tick(&label, frame, step->unit, &date);
    const int text = ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(&label));
    const int first = ink_max(x - text / 2, run->x0);
    if (first > header->taken &&
        put_label(header, &frame->head[INK_MINOR], &label, first, end_of_labels(header, number))) {
        ink_page_fill(frame->page,
                      (struct ink_rect){(int16_t)left,
                                        (int16_t)(header->bar - ink_frame_px(frame, 4)),
                                        (int16_t)(left + width), (int16_t)header->bar},
                      INK_RULE);
    }
}

static int32_t day_of_run(const struct header *header, int number) {
    const struct ink_date local =
        ink_local(header->axis->run[number].from, &header->frame->digest->story.zone);
    return ink_days(local.year, local.month, local.day);
}

/* The date of a run's first event stands at its beginning. */
static INK_OWN_FRAME bool label_first(struct header *header, int number) {
    const struct ink_frame *frame = header->frame;
    const struct ink_axis_run *run = &header->axis->run[number];
    const struct ink_event *event = &frame->digest->events[run->first];
    struct ink_label label = {.bytes = 0};
    const bool same = number > 0 && day_of_run(header, number) == day_of_run(header, number - 1);
    if (frame->hourly && same && ink_event_has_hour(frame, event)) {
        ink_frame_label_clock(&label, frame, event);
    } else {
        ink_frame_label_when(&label, frame, event);
    }
    return put_label(header, &frame->head[INK_MINOR], &label, run->x0,
                     end_of_labels(header, number));
}

/* Does a run hold more than one instant? */
static bool has_scale(const struct header *header, int number) {
    const struct ink_frame *frame = header->frame;
    const int64_t first = frame->digest->events[header->axis->run[number].first].start_utc;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const bool in = (frame->rows[i].flags & INK_ROW_SHOWN) != 0 && frame->rows[i].run == number;
        if (in && frame->digest->events[i].start_utc != first) {
            return true;
        }
    }
    return false;
}

static void draw_ticks(struct header *header, int number) {
    const struct ink_zone *zone = &header->frame->digest->story.zone;
    const struct ink_axis_run *run = &header->axis->run[number];
    const struct step *step = step_of(run, header->frame);
    const int before = header->taken;
    int32_t tick = tick_before(header->frame, step, run->from);
    /* a tick takes three ems at least, so there are fewer of them than columns */
    for (int guard = run->x1 - run->x0; guard > 0 && has_scale(header, number); guard--) {
        const struct ink_date date = date_of_tick(step->unit, tick);
        const int64_t start = ink_date_start(&date, zone);
        if (start > run->to || date.year > INK_YEAR_MAX - step->count) {
            break;
        }
        if (start >= run->from && ink_local(start, zone).second == date.second) {
            draw_tick(header, step, number, tick); /* not an hour that the clocks skip */
        }
        tick += step->count;
    }
    if (header->taken == before) {
        (void)label_first(header, number);
    }
}

/* ---- days ------------------------------------------------------------------------------------ */

/* Is the first event of a run all that it has? */
static bool is_alone(const struct header *header, int number) {
    const struct ink_frame *frame = header->frame;
    int count = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        count += (frame->rows[i].flags & INK_ROW_SHOWN) != 0 && frame->rows[i].run == number;
    }
    return count == 1;
}

static INK_OWN_FRAME void label_weekday(struct header *header, int number) {
    const struct ink_frame *frame = header->frame;
    const int day = ink_weekday(day_of_run(header, number));
    struct ink_label label = {.bytes = 0};
    ink_label_add(&label, ink_word(frame->language, (enum ink_word)(INK_WORD_MON + day)));
    (void)put_label(header, &frame->source, &label, 0, header->axis->run[number].x1);
}

/* Returns whether a weekday may follow. */
static INK_OWN_FRAME bool label_day(struct header *header, int number) {
    const struct ink_frame *frame = header->frame;
    const struct ink_axis_run *run = &header->axis->run[number];
    const struct ink_event *event = &frame->digest->events[run->first];
    const int32_t day = day_of_run(header, number);
    const bool hour = ink_event_has_hour(frame, event);
    const bool today = run->ahead && day == frame->as_of_day;
    const bool later = today && !hour, clock = today && hour && frame->hourly;
    const bool own = is_alone(header, number) && !hour;
    struct ink_label label = {.bytes = 0};
    if (clock) {
        ink_frame_label_clock(&label, frame, event);
    } else if (later) {
        ink_label_add(&label, ink_word(frame->language, INK_WORD_LATER));
    } else if (own) {
        ink_frame_label_when(&label, frame, event);
    } else {
        const struct ink_date date = ink_civil(day);
        ink_label_date(&label, frame->language, &date, frame->years);
    }
    return put_label(header, &frame->head[INK_MINOR], &label, run->x0,
                     end_of_labels(header, number)) &&
           !later && !clock && (!own || ink_event_is_plain_day(event));
}

/* ---- bars, cuts, now ------------------------------------------------------------------------- */

static void draw_bar(const struct header *header, int number) {
    const struct ink_frame *frame = header->frame;
    const struct ink_axis_run *run = &header->axis->run[number];
    const struct ink_event *event = &frame->digest->events[run->first];
    const int height = bar_height(frame);
    struct ink_rect bar = {run->x0, (int16_t)header->bar, run->x1, (int16_t)(header->bar + height)};
    const bool about = (event->when.flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN)) != 0;
    ink_page_item(frame->page, INK_ITEM_AXIS, 0, 0);
    if (run->ahead) {
        const int16_t thin = (int16_t)ink_max(ink_min(ink_frame_px(frame, 2), height / 3), 1);
        struct ink_rect upper = bar, lower = bar;
        upper.y1 = (int16_t)(bar.y0 + thin);
        lower.y0 = (int16_t)(bar.y1 - thin);
        ink_page_fill(frame->page, upper, INK_TEXT);
        ink_page_fill(frame->page, lower, INK_TEXT);
    } else if (about && is_alone(header, number)) {
        ink_page_dash(frame->page, bar, ink_frame_px(frame, 6), ink_frame_px(frame, 4), INK_TEXT);
    } else {
        ink_page_fill(frame->page, bar, INK_TEXT);
    }
    ink_page_end_item(frame->page);
}

/* Between what is on its two sides: whole days, where the axis goes by them. */
static void label_silence(struct ink_label *label, const struct header *header, int number) {
    const struct ink_axis_run *run = &header->axis->run[number];
    if (header->axis->by_days) {
        const int32_t silent = day_of_run(header, number) - day_of_run(header, number - 1) - 1;
        ink_label_add_pattern(label, header->frame->language, INK_WORD_DAYS, (uint32_t)silent);
        return;
    }
    const int64_t hours = (run->from - run[-1].to + 1800) / 3600; /* at most 20,000 years */
    ink_label_silence(label, header->frame->language, (int32_t)hours);
}

static INK_OWN_FRAME void draw_cut(struct header *header, int number) {
    const struct ink_frame *frame = header->frame;
    const struct ink_axis *axis = header->axis;
    const int from = axis->run[number - 1].x1, to = axis->run[number].x0;
    const int size = ink_mark_size(em(frame)), middle = (from + to) / 2;
    struct ink_label label = {.bytes = 0};
    ink_page_item(frame->page, INK_ITEM_AXIS, 0, 0);
    ink_page_mark(frame->page, ink_square(middle, header->bar + bar_height(frame) / 2, size),
                  INK_MARK_BREAK, INK_TEXT);
    ink_page_end_item(frame->page);
    label_silence(&label, header, number);
    const int width = ink_text_width(&frame->detail.face, ink_label_span(&label));
    const int air = ink_max(em(frame) / 3, 3);
    (void)put_label(header, &frame->detail, &label, ink_min(middle - width / 2, to - air - width),
                    to - air + 1);
}

static void label_now(struct ink_label *label, const struct ink_frame *frame) {
    if (frame->as_of.precision >= INK_PRECISION_MINUTE) {
        ink_label_time(label, frame->language, &frame->as_of);
    }
}

static INK_OWN_FRAME int width_of_now(const struct ink_frame *frame) {
    struct ink_label label = {.bytes = 0};
    label_now(&label, frame);
    const int width = ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(&label));
    return width > 0 ? width + 2 * ink_max(ink_frame_px(frame, 4), 2) + em(frame) / 3 : 0;
}

/* The clock, reversed, where the past ends. */
static INK_OWN_FRAME void draw_now(struct header *header, int x) {
    const struct ink_frame *frame = header->frame;
    struct ink_type type = frame->head[INK_MINOR];
    struct ink_label label = {.bytes = 0};
    label_now(&label, frame);
    const int pad = ink_max(ink_frame_px(frame, 4), 2), air = ink_max(ink_frame_px(frame, 3), 2);
    const int first = x - header->now + em(frame) / 3;
    if (label.bytes == 0 || first < header->taken + em(frame) / 3) {
        return;
    }
    struct ink_rect box = {(int16_t)first, (int16_t)(header->baseline - type.face.cap - air),
                           (int16_t)x, (int16_t)(header->baseline + air)};
    type.ink = INK_PAPER;
    ink_page_item(frame->page, INK_ITEM_DATE, 0, type.face.px);
    ink_page_fill(frame->page, box, INK_ACCENT);
    (void)ink_text_put(frame->page, &type, ink_label_span(&label), first + pad, header->baseline);
    ink_page_end_item(frame->page);
    header->taken = x;
}

void ink_axis_draw(const struct ink_axis *axis, const struct ink_frame *frame, int y) {
    struct header header = {.axis = axis,
                            .frame = frame,
                            .baseline = y + em(frame),
                            .bar = y + em(frame) + drop(frame),
                            .taken = frame->left - em(frame)};
    header.now = width_of_now(frame);
    for (int i = 0; i < axis->count; i++) {
        if (i > 0 && axis->run[i].ahead && !axis->run[i - 1].ahead) {
            draw_now(&header, axis->run[i - 1].x1);
        }
        if (i > 0 && axis->run[i].cut) {
            draw_cut(&header, i);
        }
        draw_bar(&header, i);
        if (axis->by_days || axis->run[i].ahead) {
            if (label_day(&header, i)) {
                label_weekday(&header, i);
            }
        } else {
            draw_ticks(&header, i);
        }
    }
}

/* By days, a day stands above its cards; else a card says its date. */
bool ink_axis_says(const struct ink_axis *axis, const struct ink_frame *frame,
                   const struct ink_event *event) {
    (void)frame;
    return axis->by_days && ink_event_is_plain_day(event);
}
