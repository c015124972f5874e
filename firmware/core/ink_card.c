/* Part of layout: one event as a card.
 *
 *     [figure] headline (1-3 lines) / STATUS who, via whom
 *
 * A minor card puts all on one line where that fits. The figure stands at the trailing edge, runs
 * in before a minor headline, or goes above the headline; it is never dropped nor changed.
 */
#include "core/ink_bidi.h"
#include "core/ink_frame.h"
#include "core/ink_utf8.h"

#define FIGURE_LINES 3

/* ---- measuring ------------------------------------------------------------------------------- */

static int figure_width(const struct ink_frame *frame, const struct ink_event *event,
                        const struct ink_type *type) {
    struct ink_span figure = ink_frame_text(frame, event, INK_EVENT_FIGURE);
    return figure.bytes > 0 ? ink_text_width(&type->face, figure) : 0;
}

int ink_card_figure_width(const struct ink_frame *frame, const struct ink_event *event, int rank,
                          int form) {
    const bool above = (form & INK_CARD_FIGURE_ABOVE) != 0 && (form & INK_CARD_FIGURE_TALL) == 0;
    return above ? figure_width(frame, event, &frame->figure[rank]) : 0;
}

static int figure_gap(const struct ink_frame *frame, int rank) {
    return frame->head[rank].face.px * 8 / 10;
}

/* Run-in: figure and headline in one type, an em apart. */
static int run_in_width(const struct ink_frame *frame, const struct ink_event *event, int rank) {
    int width = figure_width(frame, event, &frame->head[rank]);
    return width > 0 ? width + frame->head[rank].face.px : 0;
}

/* Where the source may begin behind a headline on one line; `run_in`: what stands before that. */
static int inline_lead(const struct ink_frame *frame, const struct ink_event *event, int rank,
                       int run_in) {
    const struct ink_span text = ink_frame_text(frame, event, INK_EVENT_HEADLINE);
    return run_in + ink_text_width(&frame->head[rank].face, text) + frame->source.face.px * 3 / 2;
}

/* One line for all, if it fits; 0 if not. */
static int inline_form(const struct ink_frame *frame, const struct ink_event *event, int rank) {
    const struct ink_face *face = &frame->head[rank].face;
    const struct ink_span text = ink_frame_text(frame, event, INK_EVENT_HEADLINE);
    const int run_in = run_in_width(frame, event, rank);
    const int room = frame->text_width - inline_lead(frame, event, rank, run_in);
    int form = INK_CARD_INLINE | (run_in > 0 ? INK_CARD_FIGURE_RUN_IN : 0);
    if (room < 0 || ink_text_lines(face, text, frame->text_width, 1) > 1) { /* U+2028 */
        return 0;
    }
    if (ink_source_width(frame, event, 0, 0) <= room) {
        return form;
    }
    return ink_source_width(frame, event, INK_CARD_SHORT, 0) <= room ? form | INK_CARD_SHORT : 0;
}

/* Beside the headline if that then needs no more than two lines in half of the column or more. */
static int figure_form(const struct ink_frame *frame, const struct ink_event *event, int rank) {
    int figure = figure_width(frame, event, &frame->figure[rank]);
    if (figure == 0) {
        return 0;
    }
    struct ink_span headline = ink_frame_text(frame, event, INK_EVENT_HEADLINE);
    const struct ink_face *face = &frame->head[rank].face;
    int room = frame->text_width - figure - figure_gap(frame, rank);
    bool one_line = ink_text_width(face, headline) <= room;
    bool two_lines = room * 2 >= frame->text_width && ink_text_lines(face, headline, room, 2) <= 2;
    if (!frame->stacked && (one_line || two_lines)) {
        return INK_CARD_FIGURE_RIGHT;
    }
    return INK_CARD_FIGURE_ABOVE | (figure > frame->text_width ? INK_CARD_FIGURE_TALL : 0);
}

static int headline_width(const struct ink_frame *frame, const struct ink_event *event, int rank,
                          int form) {
    if ((form & INK_CARD_FIGURE_RIGHT) == 0) {
        return frame->text_width;
    }
    return frame->text_width - figure_width(frame, event, &frame->figure[rank]) -
           figure_gap(frame, rank);
}

static int lines_max(const struct ink_frame *frame, int rank) {
    return rank == INK_MAJOR ? frame->lines_major : frame->lines_max;
}

static int headline_lines(const struct ink_frame *frame, const struct ink_event *event, int rank,
                          int form) {
    int lines =
        ink_text_lines(&frame->head[rank].face, ink_frame_text(frame, event, INK_EVENT_HEADLINE),
                       headline_width(frame, event, rank, form), lines_max(frame, rank));
    return ink_max(1, ink_min(lines, lines_max(frame, rank)));
}

/* Of a figure above the headline, with air over it: it belongs to what follows. */
static int figure_baseline(const struct ink_frame *frame, int rank, int form) {
    const struct ink_face *small = &frame->head[INK_MINOR].face;
    int block = (form & INK_CARD_FIGURE_TALL) != 0 ? small->cap + (FIGURE_LINES - 1) * small->line
                                                   : frame->figure[rank].face.cap;
    return block + frame->head[rank].face.px / 2 + frame->loose;
}

int ink_card_baseline(const struct ink_frame *frame, int rank, int form) {
    int px = frame->head[rank].face.px;
    int first = (rank == INK_MAJOR ? px * 9 / 10 : px) + frame->loose;
    if ((form & INK_CARD_FIGURE_ABOVE) == 0) {
        return first;
    }
    /* clear of the descenders of a larger type, in any script */
    const struct ink_face *face = &frame->head[rank].face;
    const int clear = frame->figure[rank].face.px * 3 / 10 + face->cap + 2;
    return figure_baseline(frame, rank, form) + ink_max(face->line, clear) + frame->loose / 2;
}

int ink_card_top_baseline(const struct ink_frame *frame, int rank, int form) {
    bool above = (form & INK_CARD_FIGURE_ABOVE) != 0;
    return above ? figure_baseline(frame, rank, form) : ink_card_baseline(frame, rank, form);
}

/* From the headline's last baseline to the source's first. A reversed word needs its box clear of
 * the headline's descenders. */
static int source_drop(const struct ink_frame *frame, const struct ink_event *event, int rank) {
    int line = frame->source.face.line + frame->loose;
    int drop = rank == INK_MAJOR ? line + ink_frame_px(frame, 1) : line - ink_frame_px(frame, 2);
    int box = frame->tag.face.cap + ink_frame_px(frame, 3) + frame->head[rank].face.px / 4 + 1;
    return ink_is_caution(event->status) && !frame->said ? ink_max(drop, box) : drop;
}

static int height_of(const struct ink_frame *frame, const struct ink_event *event, int rank,
                     int form, int lines) {
    const struct ink_face *face = &frame->head[rank].face;
    if ((form & INK_CARD_INLINE) != 0) {
        const bool tight = frame->layout == INK_LAYOUT_DAYBOOK; /* a table of rows */
        return face->line + (tight ? face->px / 5 : face->px * 3 / 10);
    }
    int last = ink_card_baseline(frame, rank, form) + (lines - 1) * face->line;
    int source = last + source_drop(frame, event, rank);
    const int further = ((form & INK_CARD_SPLIT) != 0) + ((form & INK_CARD_OWN_LINE) != 0);
    source += further * (frame->source.face.line - ink_frame_px(frame, 2));
    int px = frame->source.face.px;
    return source + (rank == INK_MAJOR ? px * 6 / 10 : px / 2);
}

/* Page memory, at most: four items (card, mark, date, line), mark, line, box, two dates, headline,
 * figure, source. */
static int bytes_of(const struct ink_frame *frame, const struct ink_event *event, int form,
                    int lines) {
    const int item = (int)INK_OP_BYTES(8), op = (int)INK_OP_BYTES(0);
    const int line = op + 8 + (frame->mixed ? INK_RUN_HEADER : 0); /* padding, an ellipsis */
    const bool one_date = ink_frame_narrow(frame) || frame->layout == INK_LAYOUT_DAYBOOK;
    const int dates = one_date ? 1 : 2;
    struct ink_span figure = ink_frame_text(frame, event, INK_EVENT_FIGURE);
    int bytes = 4 * item + 5 * op + dates * (line + ink_max(frame->date_bytes, 28));
    if (frame->stacked) {
        /* card and mark, and a box; the layout adds the rest */
        bytes = 2 * item + (ink_is_caution(event->status) ? 2 : 1) * op;
    }
    bytes += ink_text_op_bytes(frame, ink_frame_text(frame, event, INK_EVENT_HEADLINE)) + 8 +
             (lines - 1) * (line - 4);
    bytes += ink_struck_px(frame, event) > 0 ? lines * op : 0;
    bytes += figure.bytes > 0 ? ink_text_op_bytes(frame, figure) + line : 0;
    bytes += (form & INK_CARD_FIGURE_TALL) != 0 ? (FIGURE_LINES - 1) * line : 0;
    return bytes + ink_source_bytes(frame, event);
}

/* Whatever is shown says its status, names its source and has its figure whole; a page too narrow
 * for that counts the event instead. */
static bool says_all(const struct ink_frame *frame, const struct ink_event *event, int form) {
    int figure = (form & INK_CARD_FIGURE_TALL) == 0
                     ? 1
                     : ink_text_lines(&frame->head[INK_MINOR].face,
                                      ink_frame_text(frame, event, INK_EVENT_FIGURE),
                                      frame->text_width, FIGURE_LINES);
    return figure <= FIGURE_LINES && ink_source_fits(frame, event, form);
}

void ink_card_measure(const struct ink_frame *frame, const struct ink_event *event, int rank,
                      struct ink_row *row) {
    const bool one_line =
        (rank == INK_MINOR || frame->strip || frame->layout == INK_LAYOUT_DAYBOOK) &&
        !frame->stacked;
    int form = one_line ? inline_form(frame, event, rank) : 0;
    int lines = 1;
    if (form == 0) {
        form = figure_form(frame, event, rank) | ink_source_form(frame, event);
        lines = headline_lines(frame, event, rank, form);
    }
    row->form[rank] = (uint8_t)form;
    bool fits = (form & INK_CARD_INLINE) != 0 || says_all(frame, event, form);
    row->height[rank] =
        (int16_t)(fits ? height_of(frame, event, rank, form, lines) : INK_CARD_UNFIT);
    row->bytes[rank] = (uint16_t)bytes_of(frame, event, form, lines);
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* In lines that end above the headline. */
static void draw_tall_figure(const struct ink_frame *frame, struct ink_span figure, int baseline) {
    const struct ink_type *type = &frame->head[INK_MINOR];
    int lines = ink_text_lines(&type->face, figure, frame->text_width, FIGURE_LINES);
    (void)ink_text_put_lines(
        frame->page, type, figure, FIGURE_LINES,
        (struct ink_slot){.x = frame->text_x,
                          .width = frame->text_width,
                          .baseline = baseline - (lines - 1) * type->face.line});
}

/* Returns how far a figure that runs in moves the headline. */
static INK_OWN_FRAME int draw_figure(const struct ink_frame *frame, const struct ink_event *event,
                                     int rank, int form, int y) {
    struct ink_span figure = ink_frame_text(frame, event, INK_EVENT_FIGURE);
    const int x = frame->text_x, baseline = y + ink_card_baseline(frame, rank, form);
    if ((form & INK_CARD_FIGURE_RUN_IN) != 0) {
        ink_text_put(frame->page, &frame->head[rank], figure, x, baseline);
        return run_in_width(frame, event, rank);
    }
    if ((form & INK_CARD_FIGURE_TALL) != 0) {
        draw_tall_figure(frame, figure, y + figure_baseline(frame, rank, form));
    } else if ((form & INK_CARD_FIGURE_ABOVE) != 0) {
        ink_text_put(frame->page, &frame->figure[rank], figure, x,
                     y + figure_baseline(frame, rank, form));
    } else if ((form & INK_CARD_FIGURE_RIGHT) != 0) {
        int drop = frame->figure[rank].face.cap - frame->head[rank].face.cap;
        const struct ink_line line = ink_line_of(figure);
        ink_text_put_line(frame->page, &frame->figure[rank], &line,
                          &(struct ink_slot){.x = x,
                                             .width = frame->text_width,
                                             .baseline = baseline + ink_max(drop, 0) * 3 / 4,
                                             .trailing = true});
    }
    return 0;
}

/* Returns its last baseline. A line through it goes with the slot. */
static INK_OWN_FRAME int draw_headline(const struct ink_frame *frame, const struct ink_event *event,
                                       int rank, int indent, struct ink_slot slot) {
    slot.x += indent;
    slot.width -= indent;
    slot.struck = (uint8_t)ink_struck_px(frame, event);
    return ink_text_put_lines(frame->page, &frame->head[rank],
                              ink_frame_text(frame, event, INK_EVENT_HEADLINE),
                              lines_max(frame, rank), slot);
}

void ink_card_draw_in(const struct ink_frame *frame, const struct ink_event *event, int rank,
                      int form, int y) {
    const int indent = draw_figure(frame, event, rank, form, y);
    int x = frame->text_x;
    int baseline =
        draw_headline(frame, event, rank, indent,
                      (struct ink_slot){.x = x,
                                        .width = headline_width(frame, event, rank, form),
                                        .baseline = y + ink_card_baseline(frame, rank, form)});
    if ((form & INK_CARD_INLINE) != 0) {
        x += inline_lead(frame, event, rank, indent);
    } else {
        baseline += source_drop(frame, event, rank);
    }
    ink_source_draw(frame, event, form, x, baseline);
}

void ink_card_draw(const struct ink_frame *frame, const struct ink_event *event, int rank, int form,
                   int y) {
    ink_page_item(frame->page, INK_ITEM_CARD, event->id, frame->head[rank].face.px);
    ink_card_draw_in(frame, event, rank, form, y);
    ink_page_end_item(frame->page);
}

/* When the hidden ones were, and how many sources they have: whole, or the days alone, or nothing.
 */
static void label_gap(struct ink_label *label, const struct ink_frame *frame,
                      const struct ink_gap *gap, int room) {
    int sources = ink_sources_count(gap->sources);
    label->bytes = 0;
    if (gap->days.precision != INK_PRECISION_NONE) { /* else said elsewhere */
        ink_label_days(label, frame->language, &gap->days, frame->years);
    }
    uint16_t days = label->bytes;
    if (sources > 0) {
        ink_label_add(label, days > 0 ? ink_word(frame->language, INK_WORD_COMMA) : "");
        ink_label_add_pattern(label, frame->language, INK_WORD_SOURCES, (uint32_t)sources);
    }
    if (ink_text_width(&frame->source.face, ink_label_span(label)) > room) {
        label->bytes = days;
    }
    if (ink_text_width(&frame->source.face, ink_label_span(label)) > room) {
        label->bytes = 0;
    }
}

/* "+12 more"; the number alone on a narrow page. `parted`: a date follows, with which it must not
 * become one number. */
static void label_count(struct ink_label *label, const struct ink_frame *frame, uint32_t count,
                        bool parted) {
    label->bytes = 0;
    ink_label_add_pattern(label, frame->language, INK_WORD_MORE, count);
    if (ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(label)) > frame->text_width) {
        label->bytes = 0;
        ink_label_add(label, "+");
        ink_label_add_count(label, frame->language, count, 1);
    }
    const char last = label->text[label->bytes - 1];
    if (parted && last >= '0' && last <= '9') {
        ink_label_add(label, ink_word(frame->language, INK_WORD_COMMA));
    }
}

void ink_card_more(const struct ink_frame *frame, const struct ink_gap *gap, int baseline) {
    struct ink_label label;
    label_count(&label, frame, gap->count, true);
    const int width = ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(&label));
    const int right = frame->text_x + frame->text_width;
    int x = ink_min(frame->text_x, right - width);
    label_gap(&label, frame, gap, right - x - width - ink_word_gap(frame));
    const bool days = label.bytes > 0;
    ink_page_item(frame->page, INK_ITEM_MORE, 0, frame->tiers.floor);
    label_count(&label, frame, gap->count, days);
    x += ink_text_put(frame->page, &frame->head[INK_MINOR], ink_label_span(&label), x, baseline);
    x += ink_word_gap(frame);
    if (days) {
        label_gap(&label, frame, gap, right - x);
        ink_text_put(frame->page, &frame->source, ink_label_span(&label), x, baseline);
    }
    ink_page_end_item(frame->page);
}
