/* Layout `spine`: one line of ink down the page is time; events hang from it in order.
 *
 * The line is solid for what is past, dashed after an approximate date, cut where nothing is
 * known for long, hollow for what is still to come. Rows touch; gaps are told, not scaled.
 */
#include "core/ink_spine.h"

/* ---- columns --------------------------------------------------------------------------------- */

/* Of the largest mark on the line. */
static int mark_size(const struct ink_frame *frame) {
    return ink_mark_size(frame->head[frame->inset ? INK_MINOR : INK_MAJOR].face.px);
}

static int widest_date(struct ink_frame *frame) {
    int widest = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0) {
            const struct ink_event *event = &frame->digest->events[i];
            widest = ink_max(widest, ink_spine_date_width(frame, event, &frame->date_bytes));
        }
    }
    return widest;
}

/* Columns follow the widest date of all events kept, shown or not: a record more or less shown
 * moves nothing sideways. */
static void set_columns(struct ink_frame *frame) {
    int mark = mark_size(frame), widest = widest_date(frame);
    const int span = frame->right - frame->left + 2 * frame->margin;
    if (widest > span * 3 / 10 && !frame->inset) { /* smaller rather than cut */
        frame->minor_dates = true;
        widest = widest_date(frame);
    }
    int gap =
        span >= 460 ? ink_max(ink_frame_px(frame, 20), mark + 4) : ink_max(span / 26, mark / 2 + 2);
    int column = ink_min(ink_max(widest, span / 8), span * 3 / 10);
    frame->dates_above = frame->inset && widest > column;
    frame->date_right = frame->left + column;
    frame->line_x = frame->date_right + gap;
    frame->text_x = frame->line_x + gap * 6 / 5;
    if (ink_frame_narrow(frame)) { /* no column for dates: they stand above their cards */
        frame->line_x = frame->left + mark / 2;
        frame->text_x = frame->line_x + mark;
        frame->date_right = frame->right;
    }
    frame->text_width = frame->right - frame->text_x;
}

/* ---- one walk down the page, to measure or to draw ------------------------------------------- */

enum line_style { LINE_NONE, LINE_SOLID, LINE_DASHED, LINE_HOLLOW };

struct walk {
    struct ink_frame *frame; /* its text column is halved and made whole again for a pair */
    bool draw;
    int spare; /* pixels added under each card */
    int y;
    int bytes;     /* page memory needed so far, at most */
    int line_from; /* where the next piece of the line starts */
    enum line_style style;
    int32_t day; /* the day whose date was printed last */
    int32_t median_h;
    struct ink_gap hidden; /* since the last card */
};

static int line_width(const struct ink_frame *frame) {
    return ink_max(ink_frame_px(frame, 4), 2);
}

static struct ink_rect line_rect(const struct ink_frame *frame, int y0, int y1, int width) {
    int x = frame->line_x - width / 2;
    return (struct ink_rect){(int16_t)x, (int16_t)y0, (int16_t)(x + width), (int16_t)y1};
}

/* Draw the line down to `y` in the style it has had since line_from. */
static void draw_line_to(struct walk *walk, int y) {
    const struct ink_frame *frame = walk->frame;
    const int width = line_width(frame);
    /* Less is no line but dirt. */
    const int shortest = walk->style == LINE_HOLLOW ? ink_max(4 * width, 10) : 2 * width;
    if (walk->style == LINE_NONE || y - walk->line_from < shortest) {
        return;
    }
    struct ink_rect rect = line_rect(frame, walk->line_from, y, width);
    ink_page_item(frame->page, INK_ITEM_AXIS, 0, 0);
    if (walk->style == LINE_SOLID) {
        ink_page_fill(frame->page, rect, INK_TEXT);
    } else if (walk->style == LINE_DASHED) {
        ink_page_dash(frame->page, rect, ink_frame_px(frame, 6), ink_frame_px(frame, 4), INK_TEXT);
    } else {
        int thin = ink_max(ink_frame_px(frame, 2), 1), wide = width + 2 * ((thin + 1) / 2);
        rect = line_rect(frame, walk->line_from, y, wide);
        struct ink_rect left = rect, right = rect;
        left.x1 = (int16_t)(left.x0 + thin);
        right.x0 = (int16_t)(right.x1 - thin);
        ink_page_fill(frame->page, left, INK_TEXT);
        ink_page_fill(frame->page, right, INK_TEXT);
    }
    ink_page_end_item(frame->page);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static INK_OWN_FRAME void draw_row_mark(struct walk *walk, const struct ink_event *event, int rank,
                                        int baseline) {
    const struct ink_frame *frame = walk->frame;
    const struct ink_face *face = &frame->head[rank].face;
    int size = ink_mark_size(face->px), centre = baseline - face->cap / 2;
    int top = centre - size / 2, air = ink_frame_px(frame, 2);
    draw_line_to(walk, top - air);
    ink_page_item(frame->page, INK_ITEM_MARK, event->id, face->px);
    ink_page_mark(frame->page, ink_square(frame->line_x, centre, size), event->status,
                  ink_status_ink(event->status));
    ink_page_end_item(frame->page);
    walk->line_from = top + size + air;
    bool approximate = (event->when.flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN)) != 0;
    walk->style = ink_event_is_ahead(event) ? LINE_HOLLOW : approximate ? LINE_DASHED : LINE_SOLID;
}

/* On a narrow page the date has a line of its own above the card. */
static int lead_height(const struct ink_frame *frame, const struct ink_spine_dates *dates) {
    return ink_frame_narrow(frame) && dates->first != DATE_NONE
               ? frame->head[INK_MINOR].face.line + 2
               : 0;
}

static void draw_card(struct walk *walk, uint32_t number, int rank,
                      const struct ink_spine_dates *dates, const struct ink_pair *pair) {
    const struct ink_frame *frame = walk->frame;
    const struct ink_event *event = &frame->digest->events[number];
    const int form = pair->form[0];
    const int lead = lead_height(frame, dates);
    int baseline = walk->y + ink_card_baseline(frame, rank, form);
    int dated = lead > 0 ? walk->y + frame->head[INK_MINOR].face.px
                         : walk->y + ink_card_top_baseline(frame, rank, form);
    draw_row_mark(walk, event, rank, baseline + lead);
    ink_spine_draw_dates(frame, event, dates, rank, dated);
    if (pair->answer != INK_NO_ANSWER) {
        ink_pair_draw(walk->frame, number, pair, walk->y);
    } else {
        ink_card_draw(frame, event, rank, form, walk->y + lead);
    }
}

static void walk_card(struct walk *walk, uint32_t number) {
    const struct ink_frame *frame = walk->frame;
    const struct ink_event *event = &frame->digest->events[number];
    const struct ink_row *row = &frame->rows[number];
    struct ink_spine_dates dates = ink_spine_dates_of(frame, number, walk->day);
    struct ink_pair pair;
    if (!ink_pair_measure(walk->frame, number, &pair)) {
        const int own = (row->flags & INK_ROW_MAJOR) != 0 ? INK_MAJOR : INK_MINOR;
        pair = (struct ink_pair){INK_NO_ANSWER, row->height[own], row->bytes[own],
                                 .form = {row->form[own]}, .rank = (uint8_t)own};
    }
    const int rank = pair.rank, form = pair.form[0];
    int height = pair.height;
    ink_spine_join(&dates, frame, event, rank);
    if (ink_frame_narrow(frame)) {
        dates.second = DATE_NONE;
        dates.wraps = false;
    } else if (dates.needed) {
        height = ink_max(height, ink_spine_dated_height(frame, &dates, rank, form));
    } else if (height < ink_spine_dated_height(frame, &dates, rank, form)) {
        dates.second = DATE_NONE;
    }
    if (walk->draw) {
        draw_card(walk, number, rank, &dates, &pair);
    }
    walk->bytes += pair.bytes;
    walk->y += lead_height(frame, &dates) + height + walk->spare;
    walk->day = ink_event_has_hour(frame, event) || ink_event_is_plain_day(event)
                    ? ink_event_day(frame->digest, event)
                    : INT32_MIN;
    ink_gap_add(&walk->hidden, &event->after);
}

/* A silence worth a cut: at least two whole units in which nothing is known, shown or hidden, and
 * much longer than usual. */
static bool is_break(const struct walk *walk, int32_t silence_h, bool timed) {
    return silence_h >= (timed && silence_h < 48 ? 2 : 48) && silence_h / 4 > walk->median_h;
}

int ink_gap_height(const struct ink_frame *frame) {
    return frame->head[INK_MINOR].face.line + ink_frame_px(frame, 4);
}

/* Its length; nothing where that has no room: without "about" it would say more than is known. */
static void label_break(struct ink_label *label, const struct walk *walk, int32_t silence_h) {
    const struct ink_frame *frame = walk->frame;
    if (walk->style == LINE_DASHED) {
        ink_label_add(label, ink_word(frame->language, INK_WORD_ABOUT));
    }
    ink_label_silence(label, frame->language, silence_h);
    if (ink_text_width(&frame->source.face, ink_label_span(label)) >
        frame->date_right - frame->left) {
        label->bytes = 0;
    }
}

/* `style` of the line so far is dashed after an approximate date: then the silence is, too. */
static INK_OWN_FRAME void draw_break(struct walk *walk, int32_t silence_h, int baseline) {
    const struct ink_frame *frame = walk->frame;
    struct ink_label label = {.bytes = 0};
    int size = mark_size(frame);
    int centre = baseline - frame->head[INK_MINOR].face.cap / 2;
    draw_line_to(walk, centre - size / 2);
    ink_page_item(frame->page, INK_ITEM_AXIS, 0, 0);
    ink_page_mark(frame->page, ink_square(frame->line_x, centre, size), INK_MARK_BREAK, INK_TEXT);
    ink_page_item(frame->page, INK_ITEM_BREAK, 0, frame->tiers.floor);
    label_break(&label, walk, silence_h);
    ink_spine_put_date(frame, &frame->source, &label, baseline);
    ink_page_end_item(frame->page);
    walk->line_from = centre + size / 2 + 1;
    walk->style = LINE_SOLID;
}

/* Up to when the page goes, in the date column, in words lest it pass for the time of an event. */
static INK_OWN_FRAME void draw_now(const struct ink_frame *frame, int baseline) {
    struct ink_label label = {.bytes = 0};
    ink_label_add(&label, ink_word(frame->language, INK_WORD_AS_OF));
    ink_label_add(&label, " ");
    ink_label_time(&label, frame->language, &frame->as_of);
    struct ink_span text = ink_label_span(&label);
    if (ink_text_width(&frame->source.face, text) <= frame->date_right - frame->left) {
        ink_page_item(frame->page, INK_ITEM_DATE, 0, frame->tiers.floor);
        ink_spine_put_date(frame, &frame->source, &label, baseline);
        ink_page_end_item(frame->page);
    }
}

/* A row that counts what has been hidden since the last such row, or shows a cut, or both. */
static void walk_count(struct walk *walk, bool cut, int32_t silence_h) {
    const struct ink_frame *frame = walk->frame;
    int baseline = walk->y + frame->head[INK_MINOR].face.px * 9 / 10;
    if (walk->draw && cut) {
        draw_break(walk, silence_h, baseline);
    }
    if (walk->draw && walk->hidden.count > 0) {
        ink_card_more(frame, &walk->hidden, baseline);
    }
    walk->bytes += cut ? 130 : 0;                    /* two items, a mark, a label */
    walk->bytes += walk->hidden.count > 0 ? 150 : 0; /* an item, two labels */
    walk->bytes += frame->mixed ? 8 * INK_RUN_HEADER : 0;
    walk->hidden = (struct ink_gap){.count = 0};
    walk->y += ink_gap_height(frame);
}

/* Of an inset, what is hidden is counted elsewhere. */
static void leave_count(struct walk *walk) {
    walk->hidden.count = walk->frame->inset ? 0 : walk->hidden.count;
}

/* Between two cards: a row if something is hidden there or time is cut. A small page has no room
 * for either, and counts everything once at its end. */
static void walk_gap(struct walk *walk, int32_t silence_h, bool timed) {
    bool cut = walk->hidden.count == 0 && is_break(walk, silence_h, timed) &&
               !ink_frame_narrow(walk->frame); /* no place for its length */
    leave_count(walk);
    if (!walk->frame->one_count && (cut || walk->hidden.count > 0)) {
        walk_count(walk, cut, silence_h);
    }
}

/* A kept event without a card is hidden like any other record. Measuring needs its number alone. */
static void hide_event(struct walk *walk, const struct ink_event *event,
                       const struct ink_row *row) {
    const bool hides = event->records > 0 && (row->flags & INK_ROW_ELSEWHERE) == 0;
    if (!walk->draw) {
        walk->hidden.count += hides + event->after.count;
        return;
    }
    if (hides) {
        ink_gap_add_record(&walk->hidden, ink_event_days(walk->frame->digest, event),
                           event->sources);
    }
    ink_gap_add(&walk->hidden, &event->after);
}

/* The events from..to-1, and what is hidden between and after them. */
static void walk_events(struct walk *walk, uint32_t from, uint32_t to) {
    const struct ink_frame *frame = walk->frame;
    bool timed = false, first = true;
    int32_t silence = 0; /* since the last card */
    for (uint32_t i = from; i < to; i++) {
        const struct ink_event *event = &frame->digest->events[i];
        if ((frame->rows[i].flags & INK_ROW_SHOWN) == 0) {
            hide_event(walk, event, &frame->rows[i]);
            continue;
        }
        silence = first ? 0 : ink_max(silence, frame->rows[i].silence_h);
        if (ink_pair_is_answer(walk->frame,
                               i)) { /* it stands elsewhere: the longer silence is told */
            ink_gap_add(&walk->hidden, &event->after);
            continue;
        }
        walk_gap(walk, silence, timed && ink_event_has_hour(walk->frame, event));
        walk_card(walk, i);
        silence = 0;
        timed = ink_event_has_hour(walk->frame, event);
        first = false;
    }
}

static bool any_shown(const struct ink_frame *frame, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if ((frame->rows[i].flags & INK_ROW_SHOWN) != 0) {
            return true;
        }
    }
    return false;
}

/* The rule that parts what has been from what is to come. */
static void walk_now(struct walk *walk) {
    const struct ink_frame *frame = walk->frame;
    int air = ink_frame_px(frame, 4), rule = ink_frame_px(frame, 2);
    if (walk->draw) {
        draw_line_to(walk, walk->y + air - ink_frame_px(frame, 3));
        ink_page_item(frame->page, INK_ITEM_AXIS, 0, 0);
        ink_page_fill(frame->page,
                      (struct ink_rect){(int16_t)frame->left, (int16_t)(walk->y + air),
                                        (int16_t)(frame->right), (int16_t)(walk->y + air + rule)},
                      INK_TEXT);
        ink_page_end_item(frame->page);
    }
    walk->y += 2 * air + rule;
    walk->bytes += 120;
    walk->line_from = walk->y;
    walk->style = LINE_HOLLOW;
    walk->day = frame->as_of_day; /* the masthead says it */
}

/* What is hidden between the last past card and now, with the clock beside it. */
static void walk_to_now(struct walk *walk, bool future) {
    const struct ink_frame *frame = walk->frame;
    leave_count(walk);
    if (frame->one_count || walk->hidden.count == 0) {
        return;
    }
    if (walk->draw && future && !ink_frame_narrow(frame) &&
        frame->as_of.precision >= INK_PRECISION_MINUTE) {
        draw_now(frame, walk->y + frame->head[INK_MINOR].face.px * 9 / 10);
    }
    walk_count(walk, false, 0);
}

static void walk_page(struct walk *walk) {
    const struct ink_frame *frame = walk->frame;
    const struct ink_digest *digest = frame->digest;
    const uint32_t ahead = ink_first_ahead(digest);
    walk->y = frame->top;
    walk->bytes = frame->reserved;
    walk->day = INT32_MIN;
    walk->style = LINE_NONE;
    walk->hidden = digest->before;
    walk_events(walk, 0, ahead);
    bool future = any_shown(frame, ahead, digest->count);
    walk_to_now(walk, future);
    bool past = walk->y > frame->top;
    bool planned = ahead < digest->count || digest->before_ahead.count > 0;
    ink_gap_add(&walk->hidden, &digest->before_ahead);
    if (past && (future || (planned && !frame->one_count && !frame->inset))) {
        walk_now(walk);
    } else if (walk->draw) {
        draw_line_to(walk, walk->y - ink_frame_px(frame, 4));
        walk->style = LINE_NONE;
    }
    walk_events(walk, ahead, digest->count);
    leave_count(walk);
    if (walk->hidden.count > 0) {
        walk_count(walk, false, 0);
    }
    walk->y -= walk->y > frame->top ? walk->spare : 0;
}

static int32_t hours_between(const struct ink_digest *digest, const struct ink_event *before,
                             const struct ink_event *after) {
    int64_t end = ink_event_end(digest, before);
    int64_t hours = (after->start_utc - end + 1800) / 3600; /* 20,000 years are 1.8e8 hours */
    return hours < 0 ? 0 : (int32_t)hours;
}

/* Silences before each card shown; returns their median, 0 if they are too few to have a usual. */
static int32_t set_silences(const struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    const struct ink_event *before = NULL;
    int count = 0;
    for (uint32_t i = 0; i < digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_SHOWN) != 0) {
            frame->rows[i].silence_h =
                before == NULL ? -1 : hours_between(digest, before, &digest->events[i]);
            count += before != NULL;
            before = &digest->events[i];
        }
    }
    for (uint32_t i = 0; i < digest->count && count > 2; i++) {
        int below = 0, same = 0;
        if ((frame->rows[i].flags & INK_ROW_SHOWN) == 0 || frame->rows[i].silence_h < 0) {
            continue;
        }
        for (uint32_t j = 0; j < digest->count; j++) {
            bool shown =
                (frame->rows[j].flags & INK_ROW_SHOWN) != 0 && frame->rows[j].silence_h >= 0;
            below += shown && frame->rows[j].silence_h < frame->rows[i].silence_h;
            same += shown && frame->rows[j].silence_h == frame->rows[i].silence_h;
        }
        if (below <= count / 2 && below + same > count / 2) {
            return frame->rows[i].silence_h;
        }
    }
    return 0;
}

static void measure(struct walk *walk, struct ink_frame *frame) {
    *walk = (struct walk){.frame = frame, .median_h = set_silences(frame)};
    walk_page(walk);
}

bool ink_spine_fits(struct ink_frame *frame) {
    struct walk walk;
    measure(&walk, frame);
    return ink_page_holds(frame, walk.y, walk.bytes);
}

/* ---- the layout ------------------------------------------------------------------------------ */

/* More records than the page has lines: a count between any two cards would take the room of cards.
 */
static bool is_dense(const struct ink_frame *frame) {
    const uint32_t records = frame->digest->counts.hidden + frame->digest->counts.kept;
    const int line = frame->head[INK_MINOR].face.line + frame->head[INK_MINOR].face.px * 3 / 10;
    return records > (uint32_t)ink_max((frame->bottom - frame->top) / line, 1);
}

/* What room is left goes to the hours of what is to come, of all or of the first: none costs a
 * card.
 */
static void give_hours_room(struct ink_frame *frame) {
    uint32_t next = ink_first_ahead(frame->digest);
    while (next < frame->digest->count && (frame->rows[next].flags & INK_ROW_SHOWN) == 0) {
        next++;
    }
    if (next == frame->digest->count) {
        return;
    }
    frame->hours_to = frame->digest->count;
    if (!ink_spine_fits(frame)) {
        frame->hours_to = (uint16_t)(next + 1);
        frame->hours_to = ink_spine_fits(frame) ? frame->hours_to : 0;
    }
}

void ink_spine_choose(struct ink_frame *frame) {
    frame->one_count = frame->small || (is_dense(frame) && !frame->inset);
    frame->hours_to = 0;
    set_columns(frame);
    ink_choose(frame);
    give_hours_room(frame);
}

void ink_spine_draw(struct ink_frame *frame) {
    struct walk walk;
    measure(&walk, frame);
    int spare = ink_max(frame->bottom - walk.y, 0) / (frame->shown + 1);
    walk.spare = ink_min(spare, frame->tiers.floor * 3 / 10);
    walk.draw = true;
    walk_page(&walk);
}
