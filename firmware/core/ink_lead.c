/* Layout `lead`: the latest development large, what led to it beside or below, what is next at the
 * foot. A small page has the lead alone, and counts all else in one line.
 *
 *     o WORD date             |  The story so far     +15 more
 *     figure                  |   6 Aug o headline
 *     headline in up to three |         | Word source
 *     lines                   |  10 Aug o headline
 *     source                  |         | Word source
 *     ---------------------------------------------------------
 *     > Next  when    headline                      Word source
 *
 * The headline takes the largest size at which it needs three lines or fewer and no word is cut;
 * the figure stands two sizes above it, as far as the ladder goes.
 */
#include "core/ink_lead.h"

#define LEAD_PERCENT 57 /* of the page's width, beside the story so far */

static int air(const struct ink_frame *frame) {
    return ink_frame_px(frame, 6);
}

static uint32_t hidden_count(const struct ink_frame *frame, uint32_t shown) {
    return frame->digest->counts.hidden + frame->digest->counts.kept - shown;
}

/* ---- which one ------------------------------------------------------------------------------- */

/* May it lead? Not what the desk took back, nor, where there is a clock but no as-of, what is dated
 * after today. */
static bool may_lead(const struct ink_frame *frame, uint32_t number) {
    const struct ink_event *event = &frame->digest->events[number];
    return (frame->rows[number].flags & INK_ROW_FULL) != 0 && event->status != INK_WITHDRAWN &&
           (frame->as_of_day == INT32_MIN ||
            ink_event_day(frame->digest, event) <= frame->as_of_day);
}

static bool is_better(const struct ink_event *a, const struct ink_event *b) {
    const bool minor = ink_event_is_minor(a), other = ink_event_is_minor(b);
    return minor != other ? other : a->rank < b->rank;
}

/* The latest that may: the best of its instant; if the desk weighted that below the middle, the
 * best of its day that it did not. */
static uint32_t latest(const struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    uint32_t best = INK_NO_EVENT;
    for (uint32_t i = ink_first_ahead(digest); i-- > 0;) {
        if (!may_lead(frame, i)) {
            continue;
        }
        const struct ink_event *event = &digest->events[i];
        const struct ink_event *led = best == INK_NO_EVENT ? event : &digest->events[best];
        if (ink_event_day(digest, event) != ink_event_day(digest, led)) {
            break;
        }
        const bool same = event->start_utc == led->start_utc;
        const bool minor = ink_event_is_minor(led);
        if (best == INK_NO_EVENT || ((same || minor) && is_better(event, led))) {
            best = i;
        }
    }
    return best;
}

/* What leads, and what does if there is no room for that: the next planned one, then by rank. */
static uint32_t candidate(const struct ink_frame *frame, uint32_t turn) {
    return turn == 0   ? latest(frame)
           : turn == 1 ? ink_next(frame)
                       : ink_by_rank(frame->digest, turn - 2);
}

/* ---- the strip: what is next ----------------------------------------------------------------- */

static int next_width(const struct ink_frame *frame) {
    return ink_text_width(&frame->head[INK_MINOR].face,
                          ink_span_of(ink_word(frame->language, INK_WORD_NEXT)));
}

static int strip_air(const struct ink_frame *frame) {
    return air(frame) + ink_frame_px(frame, 2);
}

static void set_strip_column(struct ink_frame *frame, const struct ink_lead *lead) {
    frame->stacked = frame->said = false;
    frame->text_x = lead->strip_x;
    frame->text_width = lead->body.x1 - lead->strip_x;
}

/* Of its label, if that has a line of its own: clear of the words in boxes of a tall script. */
static int label_height(const struct ink_frame *frame, const struct ink_lead *lead) {
    const struct ink_face *face = &frame->head[INK_MINOR].face;
    return lead->strip_apart ? face->line + face->px / 5 : 0;
}

/* Its label stands before the card, or above it where it would take more than a third. As a major
 * card it has one line or is none. False if it takes too much of the page, or its label has no
 * room. */
static bool measure_strip(struct ink_frame *frame, struct ink_lead *lead, int rank) {
    const struct ink_event *event = ink_lead_event(frame, lead->next);
    struct ink_row row;
    int label = next_width(frame) + 2 * ink_word_gap(frame) + frame->source.face.px;
    label += ink_lead_when_width(frame, &frame->source, event, 0);
    if (label > ink_rect_width(lead->body)) {
        return false; /* not even its day has room */
    }
    label += ink_lead_when_width(frame, &frame->source, event, 1);
    lead->strip_apart = label * 3 > ink_rect_width(lead->body);
    lead->strip_x = (lead->body.x0 + ink_lead_indent(frame) + (lead->strip_apart ? 0 : label));
    set_strip_column(frame, lead);
    frame->strip = true;
    ink_card_measure(frame, event, rank, &row);
    frame->strip = false;
    const int above = label_height(frame, lead);
    const int height = row.height[rank] + above + strip_air(frame);
    lead->strip_rank = rank;
    lead->strip_form = row.form[rank];
    lead->strip_bytes = (row.bytes[rank] + 80);
    lead->strip_top = lead->body.y1 - height;
    const bool one_line = (row.form[rank] & INK_CARD_INLINE) != 0;
    return height * 3 <= ink_rect_height(lead->body) && (rank == INK_MINOR || one_line);
}

/* The strip: none, or its rank. */
enum strip { STRIP_MAJOR, STRIP_MINOR, STRIP_NONE };

/* Where the strip is, and where the lead may be. */
static bool part_page(struct ink_frame *frame, struct ink_lead *lead, enum strip strip) {
    const uint32_t shown = strip != STRIP_NONE ? 2 : 1;
    lead->strip_top = lead->body.y1;
    lead->strip_bytes = 0;
    if (strip != STRIP_NONE &&
        !measure_strip(frame, lead, strip == STRIP_MAJOR ? INK_MAJOR : INK_MINOR)) {
        return false;
    }
    lead->area = lead->body;
    lead->area.y1 = (int16_t)lead->strip_top;
    if (lead->way == INK_WAY_BESIDE) {
        lead->area.x1 = (int16_t)(frame->width * LEAD_PERCENT / 100 - frame->margin);
    } else if (lead->way == INK_WAY_BELOW) {
        lead->area.y1 = (int16_t)(lead->body.y0 + (lead->strip_top - lead->body.y0) * 3 / 5);
    } else if (hidden_count(frame, shown) > 0) {
        lead->area.y1 = (int16_t)(lead->strip_top - ink_gap_height(frame) - ink_frame_px(frame, 4));
    }
    return true;
}

/* ---- the whole page -------------------------------------------------------------------------- */

/* Is there a card beside lead and strip? */
static bool has_story(const struct ink_frame *frame, const struct ink_lead *lead) {
    const uint32_t ahead = ink_first_ahead(frame->digest);
    const uint32_t count = lead->number < ahead ? ahead : frame->digest->count;
    for (uint32_t i = 0; i < count; i++) {
        if (i != lead->number && (frame->rows[i].flags & INK_ROW_FULL) != 0) {
            return true;
        }
    }
    return false;
}

static bool is_possible(const struct ink_frame *frame, const struct ink_lead *lead) {
    const int story = frame->width - frame->width * LEAD_PERCENT / 100 - 2 * frame->margin;
    switch (lead->way) {
    case INK_WAY_BESIDE:
        return frame->height >= 200 && frame->width > frame->height && has_story(frame, lead) &&
               story >= frame->tiers.floor * 12;
    case INK_WAY_BELOW:
        return frame->height >= 200 && has_story(frame, lead);
    default:
        return true;
    }
}

/* The first way from `first` on in which the lead fits. A page too low for a story so far is better
 * used the small way. */
static bool find_way(struct ink_frame *frame, struct ink_lead *lead, enum ink_way first) {
    const bool low = frame->height < 200;
    for (int i = (int)first; i < INK_WAY_COUNT; i++) {
        lead->way = low && i >= INK_WAY_ALONE ? (enum ink_way)(INK_WAY_ALONE + INK_WAY_SMALL - i)
                                              : (enum ink_way)i;
        const bool next = lead->next != INK_NO_EVENT && !low && lead->way != INK_WAY_SMALL;
        for (int strip = next ? STRIP_MAJOR : STRIP_NONE; strip <= STRIP_NONE; strip++) {
            const int least = strip == STRIP_MAJOR ? frame->head[INK_MAJOR].face.px : 0;
            if (is_possible(frame, lead) && part_page(frame, lead, (enum strip)strip) &&
                ink_lead_size(frame, lead) && lead->px >= least) {
                lead->next = strip != STRIP_NONE ? lead->next : INK_NO_EVENT;
                return true;
            }
        }
    }
    return false;
}

static INK_OWN_FRAME bool find_lead(struct ink_frame *frame, struct ink_lead *lead) {
    const struct ink_digest *digest = frame->digest;
    const uint32_t ahead = ink_first_ahead(digest);
    for (uint32_t turn = 0; turn < digest->count + 2u; turn++) {
        lead->number = candidate(frame, turn);
        if (lead->number == INK_NO_EVENT || (frame->rows[lead->number].flags & INK_ROW_FULL) == 0) {
            continue;
        }
        lead->next = lead->number < ahead ? ink_next(frame) : INK_NO_EVENT;
        if (find_way(frame, lead, INK_WAY_BESIDE)) {
            return true;
        }
    }
    lead->number = lead->next = INK_NO_EVENT;
    return false;
}

/* Lead and strip are no part of the story so far, nor is what else is planned. */
static void set_aside(struct ink_frame *frame, const struct ink_lead *lead) {
    const uint32_t ahead = ink_first_ahead(frame->digest);
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        struct ink_row *row = &frame->rows[i];
        const bool apart = i == lead->number || i == lead->next;
        const bool planned = i >= ahead && lead->number < ahead;
        row->flags &= (uint8_t) ~(apart || planned ? INK_ROW_FULL : 0);
        row->flags &= (uint8_t)~INK_ROW_ELSEWHERE;
        row->flags |= apart ? INK_ROW_ELSEWHERE : 0;
    }
}

static int story_head(const struct ink_frame *frame) {
    return frame->head[INK_MINOR].face.line + air(frame);
}

static void set_story_area(struct ink_frame *frame, const struct ink_lead *lead) {
    frame->inset = true;
    frame->stacked = lead->way == INK_WAY_BESIDE;
    frame->said = false;
    frame->left = lead->body.x0;
    frame->top = lead->body.y0;
    if (lead->way == INK_WAY_BESIDE) {
        frame->left = lead->area.x1 + 2 * frame->margin + ink_frame_px(frame, 2);
    } else {
        frame->top = lead->area.y0 + lead->height + 2 * air(frame);
    }
    frame->top += story_head(frame);
    frame->bottom = lead->strip_top - air(frame);
}

/* The story so far; a page that has none to show has the lead alone. */
static INK_OWN_FRAME void choose_story(struct ink_frame *frame, struct ink_lead *lead) {
    if (lead->way > INK_WAY_BELOW) {
        return;
    }
    set_story_area(frame, lead);
    ink_spine_choose(frame);
    if (frame->shown == 0) {
        frame->inset = frame->stacked = false;
        if (!find_way(frame, lead, INK_WAY_ALONE)) {
            lead->number = lead->next = INK_NO_EVENT;
        }
        set_aside(frame, lead); /* there may be no room for the strip any more */
    }
}

/* ---- drawing --------------------------------------------------------------------------------- */

static void draw_rule(const struct ink_frame *frame, int x0, int x1, int y, int px) {
    const struct ink_rect rule = {(int16_t)x0, (int16_t)y, (int16_t)x1,
                                  (int16_t)(y + ink_frame_px(frame, px))};
    ink_page_end_item(frame->page);
    ink_page_fill(frame->page, rule, INK_TEXT);
}

/* ---- what is counted ------------------------------------------------------------------------- */

static void add_event(const struct ink_frame *frame, struct ink_gap *gap, uint32_t number) {
    const struct ink_event *event = ink_lead_event(frame, number);
    if ((frame->rows[number].flags & (INK_ROW_SHOWN | INK_ROW_ELSEWHERE)) == 0 &&
        event->records > 0) {
        ink_gap_add_record(gap, ink_event_days(frame->digest, event), event->sources);
    }
    ink_gap_add(gap, &event->after);
}

/* All that is hidden; returns how much of it is planned. */
static uint32_t gather(const struct ink_frame *frame, struct ink_gap *gap) {
    const struct ink_digest *digest = frame->digest;
    const uint32_t ahead = ink_first_ahead(digest);
    *gap = digest->before;
    for (uint32_t i = 0; i < ahead; i++) {
        add_event(frame, gap, i);
    }
    const uint32_t past = gap->count;
    ink_gap_add(gap, &digest->before_ahead);
    for (uint32_t i = ahead; i < digest->count; i++) {
        add_event(frame, gap, i);
    }
    return gap->count - past;
}

/* At the end of the line of counts: "> 1 planned". Returns what it takes, with a gap. */
static INK_OWN_FRAME int draw_planned(const struct ink_frame *frame, uint32_t count, int baseline) {
    struct ink_label label = {.bytes = 0};
    const int size = ink_mark_size(frame->source.face.px), gap = ink_word_gap(frame);
    ink_label_add_pattern(&label, frame->language, INK_WORD_PLANNED, count);
    const int width =
        size + gap + ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(&label));
    if (count == 0 || width * 2 > frame->right - frame->left) {
        return 0;
    }
    const int x = frame->right - width, centre = baseline - frame->head[INK_MINOR].face.cap / 2;
    ink_page_item(frame->page, INK_ITEM_NOTE, 0, frame->tiers.floor);
    ink_page_mark(frame->page, ink_square(x + size / 2, centre, size), INK_PLANNED, INK_TEXT);
    ink_text_put(frame->page, &frame->head[INK_MINOR], ink_label_span(&label), x + size + gap,
                 baseline);
    ink_page_end_item(frame->page);
    return width + frame->source.face.px;
}

/* One line for all that is hidden. */
static INK_OWN_FRAME void draw_count(struct ink_frame *frame, const struct ink_lead *lead) {
    struct ink_gap gap;
    const uint32_t planned = gather(frame, &gap);
    const bool none = lead->number == INK_NO_EVENT;
    if (gap.count == 0) {
        return;
    }
    const int top = none ? lead->body.y0 : lead->strip_top - ink_gap_height(frame);
    const int baseline = top + frame->head[INK_MINOR].face.px * 9 / 10;
    if (!none && lead->way == INK_WAY_SMALL) {
        draw_rule(frame, lead->body.x0, lead->body.x1, top - ink_frame_px(frame, 3), 1);
    }
    frame->left = lead->body.x0;
    frame->text_x = lead->body.x0;
    frame->text_width = ink_rect_width(lead->body) - draw_planned(frame, planned, baseline);
    ink_card_more(frame, &gap, baseline);
}

/* "The story so far" and, at its far end, how many are hidden on the whole page; a column too
 * narrow for both has the count. */
static INK_OWN_FRAME void draw_story_head(const struct ink_frame *frame,
                                          const struct ink_lead *lead) {
    struct ink_label label = {.bytes = 0};
    const struct ink_type *type = &frame->head[INK_MINOR];
    const int width = frame->right - frame->left, gap = type->face.px;
    const int baseline = frame->top - story_head(frame) + type->face.px;
    const uint32_t hidden = hidden_count(frame, frame->shown);
    const bool past = lead->number < ink_first_ahead(frame->digest);
    const struct ink_span title =
        ink_span_of(ink_word(frame->language, past ? INK_WORD_SO_FAR : INK_WORD_NEXT));
    int count = 0;
    if (hidden > 0) {
        ink_label_add_pattern(&label, frame->language, INK_WORD_MORE, hidden);
        count = ink_text_width(&frame->source.face, ink_label_span(&label));
        if (count + gap + ink_text_width(&type->face, title) > width) {
            label.bytes = 0;
            ink_label_add(&label, "+");
            ink_label_add_count(&label, frame->language, hidden, 1);
            count = ink_text_width(&frame->source.face, ink_label_span(&label));
        }
        const struct ink_line line = ink_line_of(ink_label_span(&label));
        ink_page_item(frame->page, INK_ITEM_MORE, 0, frame->tiers.floor);
        ink_text_put_line(
            frame->page, &frame->source, &line,
            &(struct ink_slot){.width = frame->right, .baseline = baseline, .trailing = true});
        count += gap;
    }
    if (ink_text_width(&type->face, title) <= width - count) {
        ink_page_item(frame->page, INK_ITEM_NOTE, 0, frame->tiers.floor);
        ink_text_put(frame->page, type, title, frame->left, baseline);
    }
    ink_page_end_item(frame->page);
}

/* ---- the parts of the page ------------------------------------------------------------------- */

static void draw_story(struct ink_frame *frame, const struct ink_lead *lead) {
    set_story_area(frame, lead);
    if (lead->way == INK_WAY_BESIDE) {
        const int x = lead->area.x1 + frame->margin;
        const struct ink_rect rule = {(int16_t)x, (int16_t)(lead->body.y0 + air(frame)),
                                      (int16_t)(x + ink_frame_px(frame, 2)),
                                      (int16_t)(lead->strip_top - air(frame))};
        ink_page_fill(frame->page, rule, INK_TEXT);
    } else {
        draw_rule(frame, frame->left, frame->right,
                  frame->top - story_head(frame) - ink_frame_px(frame, 4), 2);
    }
    draw_story_head(frame, lead);
    ink_spine_draw(frame);
}

static INK_OWN_FRAME void draw_strip(struct ink_frame *frame, const struct ink_lead *lead) {
    const struct ink_event *event = ink_lead_event(frame, lead->next);
    const struct ink_type *type = &frame->head[INK_MINOR];
    int x = lead->body.x0 + ink_lead_indent(frame), y = lead->strip_top + strip_air(frame);
    const int above = label_height(frame, lead);
    set_strip_column(frame, lead);
    const int baseline =
        y + (above > 0 ? type->face.px
                       : ink_card_top_baseline(frame, lead->strip_rank, lead->strip_form));
    draw_rule(frame, lead->body.x0, lead->body.x1, lead->strip_top, 2);
    ink_page_item(frame->page, INK_ITEM_MARK, event->id, frame->tiers.floor);
    ink_lead_mark(frame, event, lead->body.x0, ink_mark_size(type->face.px), baseline);
    ink_page_item(frame->page, INK_ITEM_DATE, 0, frame->tiers.floor);
    x += ink_text_put(frame->page, type, ink_span_of(ink_word(frame->language, INK_WORD_NEXT)), x,
                      baseline);
    x += ink_word_gap(frame);
    const int right = lead->strip_apart ? lead->body.x1 : lead->strip_x - ink_word_gap(frame);
    ink_lead_when(frame, &frame->source, event,
                  (struct ink_slot){.x = x, .width = right - x, .baseline = baseline});
    ink_card_draw(frame, event, lead->strip_rank, lead->strip_form, y + above);
}

static INK_OWN_FRAME void draw(struct ink_frame *frame, const struct ink_lead *lead) {
    if (lead->number != INK_NO_EVENT) {
        ink_lead_draw(frame, lead);
    }
    if (lead->number != INK_NO_EVENT && lead->way <= INK_WAY_BELOW) {
        draw_story(frame, lead);
    } else {
        draw_count(frame, lead);
    }
    if (lead->next != INK_NO_EVENT) {
        draw_strip(frame, lead);
    }
}

void ink_lead(struct ink_frame *frame, const struct ink_view *view) {
    struct ink_lead lead = {.base = frame->reserved};
    lead.body = (struct ink_rect){(int16_t)frame->left, (int16_t)frame->top, (int16_t)frame->right,
                                  (int16_t)frame->bottom};
    lead.strip_top = lead.body.y1;
    if (find_lead(frame, &lead)) {
        set_aside(frame, &lead);
        choose_story(frame, &lead);
        frame->shown =
            (uint16_t)(frame->shown + (lead.number != INK_NO_EVENT) + (lead.next != INK_NO_EVENT));
        if (lead.number != INK_NO_EVENT && lead.way != INK_WAY_SMALL &&
            ink_event_day(frame->digest, ink_lead_event(frame, lead.number)) == frame->as_of_day) {
            frame->shows_today = true;
        }
    }
    ink_masthead_draw(frame, view);
    draw(frame, &lead);
}
