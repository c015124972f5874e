/* Part of layout `lead`: the lead itself, large or on a small page.
 *
 *     o WORD date               figure   headline in up
 *     figure                             to three lines
 *     headline in up to         o WORD source      date
 *     three lines
 *     source
 *     what the desk adds
 *
 * The headline takes the largest size at which it needs three lines or fewer and no word is cut;
 * the figure stands two sizes above it, as far as the ladder goes. The ring of a claim never stands
 * before a figure, where it would read as a zero.
 */
#include "core/ink_lead.h"
#include "core/ink_utf8.h"

#define LINES 3 /* of its headline, of what the desk adds */

static struct ink_span text_of(const struct ink_frame *frame, const struct ink_lead *lead,
                               enum ink_event_text which) {
    return ink_frame_text(frame, ink_lead_event(frame, lead->number), which);
}

/* What the desk adds to a headline. */
static struct ink_span detail_of(const struct ink_frame *frame, const struct ink_event *event) {
    return ink_frame_text(frame, event, INK_EVENT_DETAIL);
}

/* ---- words and lines ------------------------------------------------------------------------- */

static struct ink_type type_of(const struct ink_frame *frame, enum ink_role role, int px,
                               struct ink_span text) {
    struct ink_type type = ink_type_at(role, px, frame->page->depth);
    ink_type_lead(&type, ink_text_scripts(role, text));
    return type;
}

/* Is no word of an alphabet wider than the column? Other scripts break anywhere. */
static bool holds_words(const struct ink_face *face, struct ink_span text, int width) {
    size_t start = 0;
    for (size_t at = 0; at < text.bytes;) {
        const uint32_t c = ink_utf8_next(text.at, text.bytes, &at);
        const bool ends = c == ' ' || c == '-' || c == '/' || (c >= 0x2000 && c != 0x2019);
        if (ends || at == text.bytes) {
            const struct ink_span word = {text.at + start, (uint16_t)(at - start)};
            if (ink_text_width(face, word) > width) {
                return false;
            }
            start = at;
        }
    }
    return true;
}

/* Lines of the headline: one more than LINES if it needs more, or if a word would be cut. */
static int lines_of(const struct ink_face *face, struct ink_span text, int width) {
    const int lines = ink_max(ink_text_lines(face, text, width, LINES), 1);
    return holds_words(face, text, width) ? lines : LINES + 1;
}

INK_OWN_FRAME int ink_lead_when_width(const struct ink_frame *frame, const struct ink_type *type,
                                      const struct ink_event *event, int part) {
    struct ink_label label;
    ink_spine_when(&label, frame, event, part);
    return label.bytes > 0 ? ink_text_width(&type->face, ink_label_span(&label)) : 0;
}

INK_OWN_FRAME void ink_lead_when(const struct ink_frame *frame, const struct ink_type *type,
                                 const struct ink_event *event, struct ink_slot slot) {
    struct ink_label label;
    ink_spine_when(&label, frame, event, 0);
    const int width =
        ink_text_put_within(frame->page, type, ink_line_of(ink_label_span(&label)), &slot) +
        ink_word_gap(frame);
    ink_spine_when(&label, frame, event, 1);
    slot.x += width;
    slot.width -= width;
    if (label.bytes > 0 &&
        ink_text_width(&frame->source.face, ink_label_span(&label)) <= slot.width) {
        ink_text_put(frame->page, &frame->source, ink_label_span(&label), slot.x, slot.baseline);
    }
}

/* Of a date, and of the hour that what is to come must have beside it. */
static int when_width(const struct ink_frame *frame, const struct ink_event *event) {
    const int day = ink_lead_when_width(frame, &frame->head[INK_MINOR], event, 0);
    return !ink_event_is_ahead(event) || !ink_event_has_hour(frame, event)
               ? day
               : day + ink_word_gap(frame) + ink_lead_when_width(frame, &frame->source, event, 1);
}

void ink_lead_mark(const struct ink_frame *frame, const struct ink_event *event, int x, int size,
                   int baseline) {
    const int centre = baseline - frame->head[INK_MINOR].face.cap / 2;
    ink_page_mark(frame->page, ink_square(x + size / 2, centre, size), event->status,
                  ink_status_ink(event->status));
}

/* ---- large: a card under its mark and word --------------------------------------------------- */

/* Make a major card of the frame the lead: its types, its column. ink_frame_types takes it back. */
static void dress(struct ink_frame *frame, const struct ink_lead *lead) {
    const int depth = frame->page->depth;
    frame->head[INK_MAJOR] =
        type_of(frame, INK_ROLE_HEADLINE, lead->px, text_of(frame, lead, INK_EVENT_HEADLINE));
    frame->head[INK_MINOR] = ink_type_at(INK_ROLE_HEADLINE, lead->small_px, depth);
    frame->figure[INK_MAJOR] = ink_type_at(INK_ROLE_HEADLINE, lead->figure_px, depth);
    frame->tag.face = frame->head[INK_MINOR].face;
    frame->source =
        type_of(frame, INK_ROLE_SOURCE, lead->small_px, text_of(frame, lead, INK_EVENT_SOURCE));
    frame->text_x = lead->area.x0;
    frame->text_width = ink_rect_width(lead->area);
    frame->lines_major = (uint8_t)lead->lines;
    frame->stacked = lead->way == INK_WAY_BESIDE || frame->height > frame->width;
    frame->said = true;
}

static void undress(struct ink_frame *frame) {
    ink_frame_types(frame);
    frame->lines_major = LINES;
    frame->loose = 0;
    frame->stacked = frame->said = false;
}

static int tag_mark(const struct ink_lead *lead) {
    return ink_mark_size(lead->small_px * 10 / 7);
}

/* Of mark and word. */
static int tag_width(const struct ink_frame *frame, const struct ink_lead *lead) {
    return tag_mark(lead) + ink_word_gap(frame) +
           ink_status_width(frame, ink_lead_event(frame, lead->number));
}

static int tag_height(const struct ink_frame *frame, const struct ink_lead *lead) {
    return lead->small_px * 3 / 2 + 2 + (lead->date_below ? frame->source.face.line : 0);
}

static bool measure_large(struct ink_frame *frame, struct ink_lead *lead, bool cut) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    const int width = ink_rect_width(lead->area);
    struct ink_row row;
    dress(frame, lead);
    ink_card_measure(frame, event, INK_MAJOR, &row);
    const struct ink_span headline = text_of(frame, lead, INK_EVENT_HEADLINE);
    const bool whole = cut || (row.form[INK_MAJOR] & INK_CARD_FIGURE_RIGHT) != 0 ||
                       lines_of(&frame->head[INK_MAJOR].face, headline, width) <= LINES;
    const int tag = tag_width(frame, lead);
    const int date = when_width(frame, event);
    lead->date_below = tag + lead->small_px / 2 + date > width;
    lead->form = row.form[INK_MAJOR];
    lead->bytes = row.bytes[INK_MAJOR] + 160;
    lead->height = row.height[INK_MAJOR] + tag_height(frame, lead);
    undress(frame);
    /* a page that is much larger than its lead has it above all else, not beside it */
    const bool fills =
        lead->way != INK_WAY_BESIDE || lead->height * 3 >= ink_rect_height(lead->area);
    return whole && fills && tag <= width && lead->height <= ink_rect_height(lead->area);
}

static void draw_tag(const struct ink_frame *frame, const struct ink_lead *lead) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    const int px = lead->small_px, mark = tag_mark(lead), x = lead->area.x0;
    const int taken = lead->date_below ? 0 : tag_width(frame, lead) + px / 2;
    struct ink_slot slot = {.x = x + taken,
                            .width = ink_rect_width(lead->area) - taken,
                            .baseline = lead->area.y0 + px * 6 / 5};
    ink_page_item(frame->page, INK_ITEM_MARK, event->id, px);
    ink_lead_mark(frame, event, x, mark, slot.baseline);
    ink_status_draw(frame, event, x + mark + ink_word_gap(frame), slot.baseline);
    slot.baseline += lead->date_below ? frame->source.face.line : 0;
    ink_page_item(frame->page, INK_ITEM_DATE, 0, px);
    ink_lead_when(frame, &frame->head[INK_MINOR], event, slot);
    ink_page_end_item(frame->page);
}

/* Lines of what the desk adds that the lead leaves room for. */
static int detail_lines(const struct ink_frame *frame, const struct ink_lead *lead) {
    const struct ink_span detail = detail_of(frame, ink_lead_event(frame, lead->number));
    const struct ink_face *face = &frame->source.face;
    const int room = (ink_rect_height(lead->area) - lead->height - face->px) / face->line;
    if (detail.bytes == 0 || lead->way == INK_WAY_BELOW || room < 1) {
        return 0;
    }
    return ink_min(ink_text_lines(face, detail, ink_rect_width(lead->area), LINES),
                   ink_min(room, LINES));
}

static void draw_detail(const struct ink_frame *frame, const struct ink_lead *lead, int lines,
                        int y) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    const struct ink_type *type = &frame->source;
    ink_page_item(frame->page, INK_ITEM_NOTE, event->id, type->face.px);
    (void)ink_text_put_lines(frame->page, type, detail_of(frame, event), lines,
                             (struct ink_slot){.x = lead->area.x0,
                                               .width = ink_rect_width(lead->area),
                                               .baseline = y + type->face.px});
    ink_page_end_item(frame->page);
}

/* What is left of the area goes between figure, headline and source, up to half a line each. */
static void draw_large(struct ink_frame *frame, const struct ink_lead *lead) {
    const int lines = detail_lines(frame, lead), detail = lines * frame->source.face.line;
    const int spare = ink_rect_height(lead->area) - lead->height - detail;
    const int loose = lead->way == INK_WAY_BELOW ? 0 : ink_min(spare / 4, lead->px / 2);
    dress(frame, lead);
    frame->loose = (uint8_t)ink_max(loose, 0);
    draw_tag(frame, lead);
    ink_card_draw(frame, ink_lead_event(frame, lead->number), INK_MAJOR, lead->form,
                  lead->area.y0 + tag_height(frame, lead));
    undress(frame);
    if (lines > 0) {
        draw_detail(frame, lead, lines, lead->area.y0 + lead->height + 3 * ink_max(loose, 0));
    }
}

/* ---- the lead on a small page ---------------------------------------------------------------- */

/* Figure and headline beside or above each other; then mark, word, source and date on one line. */

static int block_height(const struct ink_face *face, int lines) {
    return (face->px + 19) / 10 + lines * face->line; /* clear of descenders in any script */
}

/* The day needs no telling if it is the one in the masthead; then a time does. */
static int small_part(const struct ink_frame *frame, const struct ink_event *event) {
    return ink_event_day(frame->digest, event) == frame->as_of_day &&
           (event->when.flags & (INK_DATE_APPROX | INK_DATE_UNCERTAIN)) == 0;
}

/* What is said of when, in two fifths of the line at most: a day or, of today, a time; of what is
 * to come a day with its hour, if both have room. */
static void label_small(struct ink_label *label, const struct ink_frame *frame,
                        const struct ink_event *event, int width) {
    const int part = small_part(frame, event);
    for (int hour = ink_event_is_ahead(event) && ink_event_has_hour(frame, event); hour >= 0;
         hour--) {
        label->bytes = 0;
        if (hour) {
            ink_spine_label_date(label, frame, event, frame->as_of_day);
        } else if (part == 0 || event->when.precision >= INK_PRECISION_MINUTE) {
            ink_spine_when(label, frame, event, part);
        }
        if (ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(label)) * 5 <= width * 2) {
            return;
        }
    }
    label->bytes = 0;
}

static INK_OWN_FRAME int small_date(const struct ink_frame *frame, const struct ink_event *event,
                                    int width) {
    struct ink_label label;
    label_small(&label, frame, event, width);
    return label.bytes > 0 ? ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(&label))
                           : 0;
}

static void set_small_column(struct ink_frame *frame, const struct ink_lead *lead) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    const int indent = ink_lead_indent(frame), width = ink_rect_width(lead->area);
    const int date = lead->undated ? 0 : small_date(frame, event, width);
    frame->text_x = lead->area.x0 + indent;
    frame->text_width = width - indent - (date > 0 ? date + frame->source.face.px : 0);
}

static int small_source_height(const struct ink_frame *frame, int form) {
    const int line = frame->source.face.line;
    return ((form & INK_CARD_OWN_LINE) != 0 ? 2 : 1) * line + ink_frame_px(frame, 6);
}

/* With the figure as it is: beside the headline, then above it. */
static bool figure_fits(const struct ink_frame *frame, struct ink_lead *lead, int room, bool cut) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    const struct ink_span figure = ink_frame_text(frame, event, INK_EVENT_FIGURE);
    const struct ink_span headline = ink_frame_text(frame, event, INK_EVENT_HEADLINE);
    const int depth = frame->page->depth, width = ink_rect_width(lead->area);
    const struct ink_type type = ink_type_at(INK_ROLE_HEADLINE, lead->figure_px, depth);
    const struct ink_type head = type_of(frame, INK_ROLE_HEADLINE, lead->px, headline);
    const int taken = figure.bytes > 0 ? ink_text_width(&type.face, figure) : 0;
    const int high = figure.bytes > 0 ? type.face.px * 11 / 10 : 0;
    if (taken > width) {
        return false;
    }
    for (int above = figure.bytes == 0; above <= 1; above++) {
        const int rest = above ? width : width - taken - lead->figure_px / 3;
        int lines = rest * 3 < width ? LINES + 1 : lines_of(&head.face, headline, rest);
        lines = cut && rest * 3 >= width ? ink_min(lines, lead->lines) : lines;
        const int block = block_height(&head.face, lines);
        lead->form = above ? INK_CARD_FIGURE_ABOVE : INK_CARD_FIGURE_RIGHT;
        lead->height = (above ? block + high : ink_max(block, high));
        if (lines <= LINES && lead->height <= room) {
            return true;
        }
    }
    return false;
}

/* The largest figure of a small page: what its board has glyphs for. */
#define SMALL_FIGURE_PX 40

/* The source on one line with its words, or on a line to itself; where there is none, in the room
 * of an hour of today: rather the event of now without its hour than another one. */
enum source { SOURCE_AS_IT_IS, SOURCE_APART, SOURCE_UNDATED };

static int small_form(struct ink_frame *frame, struct ink_lead *lead, enum source source) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    lead->undated = source == SOURCE_UNDATED && small_part(frame, event) != 0;
    set_small_column(frame, lead);
    const int form = ink_source_form(frame, event) & (INK_CARD_OWN_LINE | INK_CARD_SHORT);
    return source == SOURCE_AS_IT_IS ? form
           : source == SOURCE_APART  ? form | INK_CARD_OWN_LINE
                                     : form & ~INK_CARD_OWN_LINE;
}

static bool measure_small(struct ink_frame *frame, struct ink_lead *lead, bool cut) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    const int least = cut ? 0 : lead->px > frame->tiers.floor ? 2 : 1;
    lead->bytes =
        (int16_t)(ink_source_bytes(frame, event) + 508 +
                  ink_text_op_bytes(frame, ink_frame_text(frame, event, INK_EVENT_FIGURE)) +
                  ink_text_op_bytes(frame, ink_frame_text(frame, event, INK_EVENT_HEADLINE)));
    for (int source = 0; source <= (cut ? SOURCE_UNDATED : SOURCE_APART); source++) {
        const int form = small_form(frame, lead, (enum source)source);
        const int room = ink_rect_height(lead->area) - small_source_height(frame, form);
        for (int step = ink_source_fits(frame, event, form) ? 3 : -1; step >= least; step--) {
            lead->figure_px =
                ink_min(ink_type_step(INK_ROLE_HEADLINE, lead->px, step), SMALL_FIGURE_PX);
            if (figure_fits(frame, lead, room, cut)) {
                lead->form |= form;
                return true;
            }
        }
    }
    return false;
}

static INK_OWN_FRAME void draw_small_date(const struct ink_frame *frame,
                                          const struct ink_lead *lead, int baseline) {
    struct ink_label label;
    label_small(&label, frame, ink_lead_event(frame, lead->number), ink_rect_width(lead->area));
    if (label.bytes == 0) {
        return;
    }
    const struct ink_line line = ink_line_of(ink_label_span(&label));
    ink_page_item(frame->page, INK_ITEM_DATE, 0, frame->tiers.floor);
    ink_text_put_line(
        frame->page, &frame->head[INK_MINOR], &line,
        &(struct ink_slot){.width = lead->area.x1, .baseline = baseline, .trailing = true});
    ink_page_end_item(frame->page);
}

static void draw_small_source(const struct ink_frame *frame, const struct ink_lead *lead) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    const int baseline = lead->area.y1 - small_source_height(frame, lead->form) +
                         frame->source.face.px + ink_frame_px(frame, 3);
    ink_page_item(frame->page, INK_ITEM_MARK, event->id, frame->tiers.floor);
    ink_lead_mark(frame, event, lead->area.x0, ink_mark_size(frame->source.face.px), baseline);
    ink_source_draw(frame, event, lead->form & (INK_CARD_OWN_LINE | INK_CARD_SHORT), frame->text_x,
                    baseline);
    if (!lead->undated) {
        draw_small_date(frame, lead, baseline);
    }
    ink_page_end_item(frame->page);
}

static INK_OWN_FRAME void draw_small(struct ink_frame *frame, const struct ink_lead *lead) {
    const struct ink_event *event = ink_lead_event(frame, lead->number);
    const struct ink_span figure = ink_frame_text(frame, event, INK_EVENT_FIGURE);
    const struct ink_span headline = ink_frame_text(frame, event, INK_EVENT_HEADLINE);
    const struct ink_type type =
        ink_type_at(INK_ROLE_HEADLINE, lead->figure_px, frame->page->depth);
    const struct ink_type head = type_of(frame, INK_ROLE_HEADLINE, lead->px, headline);
    const bool above = (lead->form & INK_CARD_FIGURE_ABOVE) != 0;
    set_small_column(frame, lead);
    int room = ink_rect_height(lead->area) - small_source_height(frame, lead->form);
    int y = lead->area.y0 + (room - lead->height) / 2, x = lead->area.x0;
    ink_page_item(frame->page, INK_ITEM_CARD, event->id, lead->px);
    if (figure.bytes > 0) {
        const int drop = above ? type.face.px * 4 / 5 : (lead->height + type.face.cap) / 2;
        const int width = ink_text_put(frame->page, &type, figure, x, y + drop);
        x += above ? 0 : width + lead->figure_px / 3;
        y += above ? type.face.px : 0;
    }
    const int width = lead->area.x1 - x;
    const int lines = ink_min(ink_text_lines(&head.face, headline, width, LINES), lead->lines);
    y += above ? 0 : (lead->height - block_height(&head.face, ink_max(lines, 1))) / 2;
    (void)ink_text_put_lines(frame->page, &head, headline, lead->lines,
                             (struct ink_slot){.x = x,
                                               .width = width,
                                               .baseline = y + head.face.px * 9 / 10,
                                               .struck = (uint8_t)ink_struck_px(frame, event)});
    draw_small_source(frame, lead);
}

/* ---- its size -------------------------------------------------------------------------------- */

static bool has_figure(const struct ink_frame *frame, const struct ink_lead *lead) {
    return text_of(frame, lead, INK_EVENT_FIGURE).bytes > 0;
}

/* Sizes that go with a headline of `px`; false if the figure would not be larger than it. */
static bool set_sizes(const struct ink_frame *frame, struct ink_lead *lead, int px, int lines) {
    const int floor = frame->tiers.floor, below = ink_type_step(INK_ROLE_HEADLINE, px, -1);
    lead->px = px;
    lead->lines = lines;
    lead->small_px = ink_max(floor, ink_min(frame->tiers.read, below));
    int figure = ink_type_step(INK_ROLE_HEADLINE, px, 2);
    if (lead->way != INK_WAY_SMALL && has_figure(frame, lead)) {
        const struct ink_span text =
            ink_frame_text(frame, ink_lead_event(frame, lead->number), INK_EVENT_FIGURE);
        struct ink_type type = ink_type_at(INK_ROLE_HEADLINE, figure, frame->page->depth);
        while (figure > px && ink_text_width(&type.face, text) > ink_rect_width(lead->area)) {
            figure = ink_type_step(INK_ROLE_HEADLINE, figure, -1);
            type = ink_type_at(INK_ROLE_HEADLINE, figure, frame->page->depth);
        }
    }
    lead->figure_px = figure;
    return figure > px || px <= floor || !has_figure(frame, lead);
}

static bool measure(struct ink_frame *frame, struct ink_lead *lead, bool cut) {
    const bool fits = lead->way == INK_WAY_SMALL ? measure_small(frame, lead, cut)
                                                 : measure_large(frame, lead, cut);
    const uint32_t scratch = frame->mixed ? INK_BIDI_ROOM(frame->longest) : 0;
    /* the head of the story so far, or a count with what is planned; rules */
    const int rest = 480 + (frame->mixed ? 16 * INK_RUN_HEADER : 0);
    frame->reserved = lead->base + lead->bytes + lead->strip_bytes + rest;
    return fits && frame->reserved + (int)scratch <= (int)frame->page->cap;
}

/* The largest headline that fits whole; at the floor, one with an ellipsis. */
bool ink_lead_size(struct ink_frame *frame, struct ink_lead *lead) {
    const int floor = frame->tiers.floor;
    int px = ink_type_step(INK_ROLE_HEADLINE, 255, 0);
    while (!set_sizes(frame, lead, px, LINES) || !measure(frame, lead, false)) {
        if (px <= floor) {
            break;
        }
        px = ink_type_step(INK_ROLE_HEADLINE, px, -1);
    }
    if (px > floor || measure(frame, lead, false)) {
        return true;
    }
    for (int lines = LINES; lines >= 1; lines--) {
        (void)set_sizes(frame, lead, floor, lines);
        if (measure(frame, lead, true)) {
            return true;
        }
    }
    return false;
}

void ink_lead_draw(struct ink_frame *frame, const struct ink_lead *lead) {
    const int x = frame->text_x, width = frame->text_width; /* of the story so far */
    if (lead->way == INK_WAY_SMALL) {
        draw_small(frame, lead);
    } else {
        draw_large(frame, lead);
    }
    frame->text_x = x;
    frame->text_width = width;
}
