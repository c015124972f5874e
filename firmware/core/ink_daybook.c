/* Layout `daybook`: what is planned, day by day, in the story's zone.
 *
 *     13 Tue    10:00 > The very next event, at read size              Organiser
 *               14:00 > Another                                        Organiser
 *                       +3 more  2 sources
 *     ------------------------------------------------------------------------------
 *
 * What is listed: events ahead, of whatever status (a rally withdrawn, a drill that one side
 * claims). A day has those with an hour in their order, then the others. An interval stands on its
 * first day still to come; what is dated no finer than a month, or about a day, stands in a last
 * group beside its own date.
 *
 * The time column claims no more than the record: "all day" is an interval that begins and ends on
 * that day, to the day. A day alone says nothing of hours: it is "time tba" among events with an
 * hour, where an empty column would read as the hour above, and nothing on a day without any.
 *
 * Hidden records are counted in the row that closes the last day shown before them, with their days
 * if they have others; what is past in a last row. On a small page all are counted in one row.
 */
#include "core/ink_daybook.h"

#define NO_EVENT UINT32_MAX

/* ---- the time column ------------------------------------------------------------------------- */

static INK_OWN_FRAME int when_bytes(const struct ink_frame *frame, uint32_t number) {
    struct ink_label label = {.bytes = 0};
    ink_daybook_label(&label, frame, number);
    return label.bytes;
}

/* Width in the type of a rank; 0: nothing to say. */
static INK_OWN_FRAME int when_width(const struct ink_frame *frame, uint32_t number, int rank) {
    struct ink_label label = {.bytes = 0};
    ink_daybook_label(&label, frame, number);
    return label.bytes > 0 ? ink_text_width(&frame->head[rank].face, ink_label_span(&label)) : 0;
}

/* A vague date has the column of days, too. */
static int when_left(const struct ink_frame *frame, uint32_t number) {
    return ink_daybook_day(frame, number) == INK_DAY_LATER ? frame->left : frame->day_right;
}

/* The rank in whose type the label fits its column; -1: it does not, and stands above the headline.
 */
static int when_rank(const struct ink_frame *frame, uint32_t number, int rank) {
    const int room = frame->date_right - when_left(frame, number);
    for (; rank >= INK_MINOR && frame->day_right > 0; rank--) {
        if (when_width(frame, number, rank) <= room) {
            return rank;
        }
    }
    return -1;
}

/* ---- columns --------------------------------------------------------------------------------- */

static const struct ink_type *numeral(const struct ink_frame *frame) {
    return frame->day_right > 0 ? &frame->figure[INK_MAJOR] : &frame->head[INK_MAJOR];
}

static INK_OWN_FRAME int numeral_width(const struct ink_frame *frame) {
    struct ink_label label = {.bytes = 0};
    ink_label_add_count(&label, frame->language, 28, 1);
    return ink_text_width(&frame->figure[INK_MAJOR].face, ink_label_span(&label));
}

static int word_gap(const struct ink_frame *frame) {
    return ink_max(ink_frame_px(frame, 8), frame->source.face.px * 2 / 5);
}

/* Number of the first event listed, if any is. */
static uint32_t first_listed(const struct ink_frame *frame) {
    uint32_t place = 0;
    while (place + 1 < frame->digest->count &&
           ink_daybook_day(frame, ink_daybook_in_place(frame, place)) == INK_DAY_PAST) {
        place++;
    }
    return ink_daybook_in_place(frame, place);
}

static int word_width(const struct ink_frame *frame, int word) {
    return ink_text_width(&frame->source.face,
                          ink_span_of(ink_word(frame->language, (enum ink_word)word)));
}

/* Beside the numeral; a longer word is left out. */
static int weekday_width(const struct ink_frame *frame) {
    const bool any = frame->digest->count > 0;
    const bool today = any && ink_daybook_day(frame, first_listed(frame)) == frame->as_of_day;
    int widest = today ? word_width(frame, INK_WORD_TODAY) : 0;
    for (int day = 0; day < 7; day++) {
        widest = ink_max(widest, word_width(frame, INK_WORD_MON + day));
    }
    return ink_min(widest, frame->source.face.px * 4);
}

/* The first event that is still to begin, and will. */
static uint32_t next_event(const struct ink_frame *frame) {
    for (uint32_t place = 0; place < frame->digest->count; place++) {
        const uint32_t i = ink_daybook_in_place(frame, place);
        const struct ink_event *event = ink_daybook_event(frame, i);
        const int32_t day = ink_daybook_day(frame, i);
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0 && !ink_event_is_off(event) &&
            day != INK_DAY_LATER && ink_event_day(frame->digest, event) >= frame->as_of_day) {
            return i;
        }
    }
    return NO_EVENT;
}

/* Of the hours, not of long intervals: they may stand above their headlines. */
static int hours_width(struct ink_frame *frame) {
    const uint32_t next = next_event(frame);
    int widest = 0;
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0) {
            frame->date_bytes = ink_max(frame->date_bytes, when_bytes(frame, i));
        }
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0 &&
            ink_daybook_day(frame, i) != INK_DAY_LATER) {
            int width = when_width(frame, i, INK_MINOR); /* a long one is set no larger */
            const bool large = i == next && width < 4 * frame->tiers.floor;
            width = large ? when_width(frame, i, INK_MAJOR) : width;
            const bool hours = ink_daybook_has_hours(frame, ink_daybook_event(frame, i));
            widest = hours || width < 6 * frame->tiers.floor ? ink_max(widest, width) : widest;
        }
    }
    return ink_min(widest, (frame->right - frame->left) / 4);
}

/* Days, hours and marks each have a column if that leaves eleven ems for the headlines (on a page
 * that is short of height, eight); else days and hours stand above their events. */
static void set_columns(struct ink_frame *frame) {
    const int mark = ink_mark_size(frame->head[INK_MAJOR].face.px), air = word_gap(frame);
    const int step = ink_max(ink_frame_px(frame, 19), mark / 2 + air);
    frame->day_right = frame->left + numeral_width(frame) + air + weekday_width(frame) + 2 * air;
    frame->date_right = frame->day_right + hours_width(frame);
    frame->line_x = frame->date_right + step;
    frame->text_x = frame->line_x + ink_max(step * 9 / 10, mark / 2 + 1 + air);
    const int least = frame->tiers.floor * (frame->one_count ? 8 : 11);
    if (frame->right - frame->text_x < least) {
        frame->day_right = 0;
        frame->line_x = frame->left + mark / 2;
        frame->text_x = frame->line_x + mark;
        frame->date_right = frame->right;
    }
    frame->text_width = frame->right - frame->text_x;
}

/* ---- one walk down the page, to measure or to draw ------------------------------------------- */

struct walk {
    const struct ink_frame *frame;
    bool draw;
    int spare; /* pixels added under each row */
    int y;
    int bytes;             /* page memory needed so far, at most */
    int column;            /* where the day's own column ends */
    struct ink_date month; /* that the reader has in mind */
};

static void walk_rule(struct walk *walk) {
    const struct ink_frame *frame = walk->frame;
    const int height = ink_frame_px(frame, 2);
    const int y = ink_max(walk->y, walk->column) + ink_frame_px(frame, 5);
    if (walk->y == frame->top) {
        return; /* the masthead's will do */
    }
    if (walk->draw) {
        const struct ink_rect rule = {(int16_t)frame->left, (int16_t)y, (int16_t)frame->right,
                                      (int16_t)(y + height)};
        ink_page_fill(frame->page, rule, INK_TEXT);
    }
    walk->bytes += (int)INK_OP_BYTES(0);
    walk->y = y + height + ink_frame_px(frame, 4);
}

/* `day`: the one they stand under, which need not be said again. */
static void walk_more(struct walk *walk, struct ink_gap gap, int32_t day) {
    const struct ink_frame *frame = walk->frame;
    if (gap.count == 0) {
        return;
    }
    if (gap.days.first == day && gap.days.last == day) {
        gap.days.precision = INK_PRECISION_NONE;
    }
    if (walk->draw) {
        ink_card_more(frame, &gap, walk->y + frame->head[INK_MINOR].face.px * 9 / 10);
    }
    walk->bytes += 150; /* an item, two labels */
    walk->y += ink_gap_height(frame);
}

/* ---- days ------------------------------------------------------------------------------------ */

/* The month is said where it is another than the one before, the year likewise. */
static bool says_month(const struct walk *walk, const struct ink_date *date) {
    return date->month != walk->month.month || date->year != walk->month.year;
}

static INK_OWN_FRAME int put_numeral(const struct ink_frame *frame, int day, int baseline) {
    struct ink_label label = {.bytes = 0};
    ink_label_add_count(&label, frame->language, (uint32_t)day, 1);
    return ink_text_put(frame->page, numeral(frame), ink_label_span(&label), frame->left, baseline);
}

static void put_if_fits(const struct ink_frame *frame, struct ink_span text, int x, int right,
                        int baseline) {
    if (text.bytes > 0 && ink_text_width(&frame->source.face, text) <= right - x) {
        ink_text_put(frame->page, &frame->source, text, x, baseline);
    }
}

static INK_OWN_FRAME void put_month(const struct walk *walk, struct ink_date date, int x, int right,
                                    int baseline) {
    const struct ink_frame *frame = walk->frame;
    struct ink_label label = {.bytes = 0};
    if (date.year == walk->month.year) {
        const int other =
            ink_word(frame->language, (enum ink_word)(INK_WORD_ALONE + date.month - 1))[0] != '\0'
                ? INK_WORD_ALONE
                : INK_WORD_JANUARY;
        (void)ink_label_add_run(&label,
                                ink_word(frame->language, (enum ink_word)(other + date.month - 1)));
    } else {
        date.precision = INK_PRECISION_MONTH;
        ink_label_date(&label, frame->language, &date, true);
    }
    put_if_fits(frame, ink_label_span(&label), x, right, baseline);
}

static void draw_day(const struct walk *walk, int32_t day, int baseline) {
    const struct ink_frame *frame = walk->frame;
    const struct ink_date date = ink_civil(day);
    const bool column = frame->day_right > 0;
    const int right = column ? frame->day_right : frame->right, gap = word_gap(frame);
    ink_page_item(frame->page, INK_ITEM_DATE, 0, numeral(frame)->face.px);
    int x = frame->left + put_numeral(frame, date.day, baseline);
    x = (column ? frame->left + numeral_width(frame) : x) + gap;
    struct ink_span today = ink_span_of(ink_word(frame->language, INK_WORD_TODAY));
    struct ink_span word =
        ink_span_of(ink_word(frame->language, (enum ink_word)(INK_WORD_MON + ink_weekday(day))));
    const bool is_today =
        day == frame->as_of_day && word_width(frame, INK_WORD_TODAY) <= right - x - gap;
    word = is_today ? today : word;
    put_if_fits(frame, word, x, right - (column ? gap / 2 : 0), baseline);
    if (says_month(walk, &date)) {
        const int next = x + ink_text_width(&frame->source.face, word) + gap;
        put_month(walk, date, column ? frame->left : next, right,
                  baseline + (column ? frame->source.face.line + ink_frame_px(frame, 2) : 0));
    }
    ink_page_end_item(frame->page);
}

/* A day's head, `top` rows above the cap line of its first event. Returns where its column ends. */
static int walk_day(struct walk *walk, int32_t day, uint32_t first) {
    const struct ink_frame *frame = walk->frame;
    const struct ink_row *row = &frame->rows[first];
    const struct ink_date date = ink_civil(day);
    const int rank = (row->flags & INK_ROW_MAJOR) != 0 ? INK_MAJOR : INK_MINOR;
    const struct ink_face *face = &frame->head[INK_MAJOR].face;
    int baseline = walk->y + face->px;
    /* clear of any script's descenders, and of the words in boxes of a tall one */
    int end = baseline + face->px / 2 + ink_max(face->line - face->px * 5 / 4, 0);
    if (frame->day_right > 0) {
        const bool above = when_rank(frame, first, rank) < 0;
        const int caps = above ? INK_MINOR : rank;
        const int text = above ? frame->head[INK_MINOR].face.px
                               : ink_card_top_baseline(frame, rank, row->form[rank]);
        baseline = walk->y + text - frame->head[caps].face.cap + numeral(frame)->face.cap;
        end = baseline + frame->source.face.descent;
        end += says_month(walk, &date) ? frame->source.face.line + ink_frame_px(frame, 2) : 0;
    }
    if (walk->draw) {
        draw_day(walk, day, baseline);
    }
    walk->bytes += frame->mixed ? 190 : 160; /* an item, a numeral, two words */
    walk->month = date;
    return end;
}

/* ---- events ---------------------------------------------------------------------------------- */

static INK_OWN_FRAME void draw_when(const struct ink_frame *frame, uint32_t number, int rank,
                                    int baseline) {
    struct ink_label label = {.bytes = 0};
    ink_daybook_label(&label, frame, number);
    const bool above = rank < 0;
    const int left = above ? frame->text_x : when_left(frame, number);
    const struct ink_slot slot = {.x = left,
                                  .width = above ? frame->text_width : frame->date_right - left,
                                  .baseline = baseline,
                                  .trailing = !above};
    ink_page_item(frame->page, INK_ITEM_DATE, ink_daybook_event(frame, number)->id,
                  frame->tiers.floor);
    if (label.bytes > 0) {
        ink_text_put_within(frame->page, &frame->head[ink_max(rank, INK_MINOR)],
                            ink_line_of(ink_label_span(&label)), &slot);
    }
    ink_page_end_item(frame->page);
}

static void draw_mark(const struct ink_frame *frame, const struct ink_event *event, int rank,
                      int baseline) {
    const struct ink_face *face = &frame->head[rank].face;
    const int size = ink_mark_size(face->px);
    ink_page_item(frame->page, INK_ITEM_MARK, event->id, face->px);
    ink_page_mark(frame->page, ink_square(frame->line_x, baseline - face->cap / 2, size),
                  event->status, ink_status_ink(event->status));
    ink_page_end_item(frame->page);
}

static void walk_event(struct walk *walk, uint32_t number, bool dated) {
    const struct ink_frame *frame = walk->frame;
    const struct ink_row *row = &frame->rows[number];
    const int rank = (row->flags & INK_ROW_MAJOR) != 0 ? INK_MAJOR : INK_MINOR;
    const int form = row->form[rank], column = when_rank(frame, number, rank);
    const bool above = column < 0 && dated && when_width(frame, number, INK_MINOR) > 0;
    const struct ink_face *small = &frame->head[INK_MINOR].face;
    const int lead = above ? small->line + ink_max(small->px / 4, 4) : 0;
    const int baseline = walk->y + (above ? small->px : ink_card_top_baseline(frame, rank, form));
    if (walk->draw) {
        draw_mark(frame, ink_daybook_event(frame, number), above ? INK_MINOR : rank, baseline);
        if (dated) {
            draw_when(frame, number, column, baseline);
        }
        ink_card_draw(frame, ink_daybook_event(frame, number), rank, form, walk->y + lead);
    }
    walk->bytes += row->bytes[rank];
    walk->y += lead + row->height[rank] + walk->spare;
}

/* The place after the last event shown under the same day. */
static uint32_t end_of_day(const struct ink_frame *frame, uint32_t place, int32_t day) {
    while (place < frame->digest->count &&
           ink_daybook_day(frame, ink_daybook_in_place(frame, place)) == day) {
        place++;
    }
    return place;
}

static bool same_date(const struct ink_event *a, const struct ink_event *b) {
    return memcmp(&a->when, &b->when, sizeof a->when) == 0 &&
           memcmp(&a->until, &b->until, sizeof a->until) == 0;
}

/* The events shown under one day. Returns the first place after them. */
static uint32_t walk_events(struct walk *walk, uint32_t place, int32_t day) {
    const struct ink_frame *frame = walk->frame;
    const uint32_t end = end_of_day(frame, place, day), first = ink_daybook_in_place(frame, place);
    const struct ink_event *before = NULL;
    if (day != INK_DAY_LATER) {
        walk->column = walk_day(walk, day, first);
        walk->y = frame->day_right == 0 ? walk->column : walk->y;
    }
    for (; place < end; place++) {
        const uint32_t number = ink_daybook_in_place(frame, place);
        if (ink_daybook_is_shown(frame, number)) {
            const struct ink_event *event = ink_daybook_event(frame, number);
            const bool again = day == INK_DAY_LATER && before != NULL && same_date(before, event);
            walk_event(walk, number, !again);
            before = event;
        }
    }
    return end;
}

/* The place of the next event shown. */
static uint32_t next_shown(const struct ink_frame *frame, uint32_t place) {
    while (place < frame->digest->count &&
           !ink_daybook_is_shown(frame, ink_daybook_in_place(frame, place))) {
        place++;
    }
    return place;
}

/* The last day before that of the next event shown. */
static int32_t day_before(const struct ink_frame *frame, uint32_t place) {
    return place < frame->digest->count
               ? ink_daybook_day(frame, ink_daybook_in_place(frame, place)) - 1
               : INK_DAY_LATER;
}

static void walk_days(struct walk *walk) {
    const struct ink_frame *frame = walk->frame;
    uint32_t place = next_shown(frame, 0);
    if (!frame->one_count) {
        const struct ink_daybook_days first = {INK_DAY_PAST + 1, day_before(frame, place)};
        walk_more(walk, ink_daybook_hidden(frame, first), INK_DAY_PAST);
    }
    while (place < frame->digest->count) {
        const int32_t day = ink_daybook_day(frame, ink_daybook_in_place(frame, place));
        walk_rule(walk);
        place = next_shown(frame, walk_events(walk, place, day));
        if (!frame->one_count) {
            walk_more(
                walk,
                ink_daybook_hidden(frame, (struct ink_daybook_days){day, day_before(frame, place)}),
                day);
        }
    }
}

static void walk_page(struct walk *walk) {
    const struct ink_frame *frame = walk->frame;
    walk->y = frame->top;
    walk->column = 0;
    walk->bytes = 340 + frame->title_bytes + (frame->mixed ? 72 : 0); /* the masthead */
    walk->month = frame->as_of;
    walk_days(walk);
    const struct ink_gap rest =
        ink_daybook_hidden(frame, frame->one_count ? INK_DAYS_ALL : INK_DAYS_PAST);
    if (rest.count > 0) {
        walk_rule(walk);
        walk_more(walk, rest, INK_DAY_PAST);
    }
    walk->y = ink_max(walk->y, walk->column);
}

bool ink_daybook_fits(const struct ink_frame *frame) {
    struct walk walk = {.frame = frame};
    walk_page(&walk);
    return ink_page_holds(frame, walk.y, walk.bytes);
}

/* ---- the layout ------------------------------------------------------------------------------ */

/* Nothing to list and nothing of it hidden: that is said, above the count of what is past. */
static void walk_nothing(struct walk *walk) {
    const struct ink_frame *frame = walk->frame;
    const struct ink_gap past = ink_daybook_hidden(frame, INK_DAYS_ALL);
    const int count = past.count > 0 ? ink_gap_height(frame) : 0;
    if (count == 0 || frame->bottom - frame->top > count + frame->head[INK_MAJOR].face.px * 2) {
        walk->y = ink_note(frame, INK_WORD_NOTHING_AHEAD, frame->bottom - count);
    }
    walk_more(walk, past, INK_DAY_PAST);
}

static bool lists_nothing(const struct ink_frame *frame) {
    return ink_daybook_hidden(frame, INK_DAYS_AHEAD).count == 0 && frame->shown == 0;
}

/* Only what is listed may be shown. */
static void set_rows(struct ink_frame *frame) {
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        if (ink_daybook_day(frame, i) == INK_DAY_PAST) {
            frame->rows[i].flags &= (uint8_t)~INK_ROW_FULL;
        }
    }
    ink_daybook_sort(frame);
}

/* The walks have frames of their own, apart from that of the masthead. */
static INK_OWN_FRAME void walk_all(struct ink_frame *frame) {
    struct walk walk = {.frame = frame, .draw = true, .y = frame->top};
    if (lists_nothing(frame)) {
        frame->text_x = frame->left; /* the count stands under the note */
        frame->text_width = frame->right - frame->left;
        walk_nothing(&walk);
        return;
    }
    walk.draw = false;
    walk_page(&walk);
    walk.spare = ink_max(frame->bottom - walk.y, 0) / (frame->shown + 1);
    walk.spare = ink_min(walk.spare, frame->tiers.floor * 3 / 10);
    walk.draw = true;
    walk_page(&walk);
}

static INK_OWN_FRAME void prepare(struct ink_frame *frame) {
    /* two counts without their days would not tell which is of the past */
    frame->small = frame->small || ink_frame_narrow(frame);
    frame->one_count = frame->small;
    set_rows(frame);
    set_columns(frame);
    ink_choose_from(frame, next_event(frame));
    frame->one_count = frame->one_count || !ink_daybook_fits(frame); /* counts alone are too much */
    frame->shows_today = false; /* a numeral without its month does not date the page */
}

void ink_daybook(struct ink_frame *frame, const struct ink_view *view) {
    prepare(frame);
    ink_masthead_draw(frame, view);
    walk_all(frame);
}
