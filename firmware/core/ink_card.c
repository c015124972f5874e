/* Part of layout: one event as a card.
 *
 *     [figure] headline (1-3 lines) / STATUS who, via whom
 *
 * A minor card puts all on one line where that fits. The figure stands at the trailing edge, runs
 * in before a minor headline, or goes above the headline; it is never dropped nor changed. The
 * source loses first its line (a break before "via"), then the role after the first comma, then its
 * end.
 */
#include "core/ink_frame.h"

enum {
    FORM_INLINE = 1,       /* headline and source on one line */
    FORM_FIGURE_RIGHT = 2, /* at the trailing edge of the text column */
    FORM_FIGURE_RUN_IN = 4,
    FORM_FIGURE_ABOVE = 8,
    FORM_SPLIT = 16,    /* "via" on a line of its own */
    FORM_OWN_LINE = 64, /* the source under its status word: a narrow page */
    FORM_NO_ROLE = 32,  /* not what follows the first comma in the source, nor how many sources */
    FORM_FIGURE_TALL = 128 /* and ABOVE: too wide for one line, so smaller and in up to three */
};

#define FIGURE_LINES 3
#define UNFIT        16384 /* height of a card that cannot say all it must: more than any page has */

#define LINES_MAX 3 /* of a major headline */

static struct ink_span text_of(const struct ink_frame *frame, const struct ink_event *event,
                               enum ink_event_text which) {
    return ink_event_text(frame->digest, event, which);
}

/* ---- source line ----------------------------------------------------------------------------- */

/* Between a bold word and the plain ones after it. */
static int word_gap(const struct ink_frame *frame) {
    return frame->source.face.px * 2 / 5;
}

static bool is_caution(int status) {
    return status == INK_CLAIMED || status == INK_DISPUTED || status == INK_DENIED ||
           status == INK_WITHDRAWN;
}

static struct ink_span status_word(const struct ink_frame *frame, const struct ink_event *event) {
    enum ink_word word = (enum ink_word)(INK_WORD_STATUS + event->status);
    return ink_span_of(ink_word(frame->language, word));
}

static int status_width(const struct ink_frame *frame, const struct ink_event *event) {
    struct ink_span word = status_word(frame, event);
    if (!is_caution(event->status)) {
        return ink_text_width(&frame->word.face, word);
    }
    struct ink_extent extent = ink_text_extent(&frame->tag.face, word, frame->tag.tracking);
    return extent.ink1 - extent.ink0 + 2 * ink_frame_px(frame, 4);
}

static void draw_status(const struct ink_frame *frame, const struct ink_event *event, int x,
                        int baseline) {
    struct ink_span word = status_word(frame, event);
    if (!is_caution(event->status)) {
        ink_text_put(frame->page, &frame->word, word, x, baseline);
        return;
    }
    int pad = ink_frame_px(frame, 4), air = ink_frame_px(frame, 3);
    struct ink_rect box = {(int16_t)x, (int16_t)(baseline - frame->tag.face.cap - air),
                           (int16_t)(x + status_width(frame, event)), (int16_t)(baseline + air)};
    ink_page_fill(frame->page, box, INK_BLACK);
    ink_text_put_reversed(frame->page, &frame->tag, word, x + pad, baseline);
}

static struct ink_span without_role(struct ink_span source) {
    const char *comma = memchr(source.at, ',', source.bytes);
    return comma == NULL ? source : (struct ink_span){source.at, (uint16_t)(comma - source.at)};
}

/* A report time is told as what it is, so that it never passes for the time of the event. */
static void add_published(struct ink_label *label, const struct ink_frame *frame,
                          const struct ink_event *event) {
    if (event->dated != INK_DATED_REPORT) {
        return;
    }
    struct ink_date when = ink_date_local(&event->when, &frame->digest->story.zone);
    ink_label_add(label, ", ");
    ink_label_add(label, ink_word(frame->language, INK_WORD_PUBLISHED));
    if (when.precision >= INK_PRECISION_MINUTE) {
        ink_label_add(label, " ");
        ink_label_clock(label, &when);
    }
}

static void add_via(struct ink_label *label, const struct ink_frame *frame,
                    const struct ink_event *event) {
    struct ink_span via = text_of(frame, event, INK_EVENT_VIA);
    if (via.bytes > 0) {
        ink_label_add(label, label->bytes > 0 ? ", " : "");
        ink_label_add(label, ink_word(frame->language, INK_WORD_VIA));
        ink_label_add(label, " ");
        ink_label_add_span(label, via);
    }
}

/* The source on one line, or its first or second line if it is split. */
static void build_source(struct ink_label *label, const struct ink_frame *frame,
                         const struct ink_event *event, int form, int line) {
    label->bytes = 0;
    if (line == 0) {
        struct ink_span source = text_of(frame, event, INK_EVENT_SOURCE);
        if (source.bytes == 0) {
            source = ink_span_of(ink_word(frame->language, INK_WORD_NO_SOURCE));
        }
        ink_label_add_span(label, (form & FORM_NO_ROLE) != 0 ? without_role(source) : source);
    }
    if (line == 0 && (form & FORM_NO_ROLE) == 0 && ink_sources_count(event->sources) > 1) {
        ink_label_add(label, " (");
        ink_label_add_pattern(label, frame->language, INK_WORD_SOURCES,
                              (uint32_t)ink_sources_count(event->sources));
        ink_label_add(label, ")");
    }
    if (line == 1 || (form & FORM_SPLIT) == 0) {
        add_via(label, frame, event);
        add_published(label, frame, event);
    }
}

static int source_width(const struct ink_frame *frame, const struct ink_event *event, int form,
                        int line) {
    struct ink_label label;
    build_source(&label, frame, event, form, line);
    int width = ink_text_width(&frame->source.face, ink_label_span(&label));
    return line == 0 ? width + status_width(frame, event) + word_gap(frame) : width;
}

/* How the source line fits under a headline: whole, split, or without the role. */
static int source_form(const struct ink_frame *frame, const struct ink_event *event) {
    const int width = frame->text_width;
    if (source_width(frame, event, 0, 0) <= width) {
        return 0;
    }
    if (status_width(frame, event) * 2 > width) {
        return FORM_OWN_LINE | FORM_NO_ROLE;
    }
    bool room = frame->height >= 200; /* a small page has no line to spare */
    bool via = text_of(frame, event, INK_EVENT_VIA).bytes > 0;
    if (!room || !via) {
        return FORM_NO_ROLE;
    }
    return source_width(frame, event, FORM_SPLIT, 0) <= width ? FORM_SPLIT
                                                              : FORM_SPLIT | FORM_NO_ROLE;
}

static void draw_source(const struct ink_frame *frame, const struct ink_event *event, int form,
                        int x, int baseline) {
    struct ink_label label;
    int indent = status_width(frame, event) + word_gap(frame);
    int right = frame->text_x + frame->text_width;
    draw_status(frame, event, x, baseline);
    build_source(&label, frame, event, form, 0);
    if ((form & FORM_OWN_LINE) != 0) {
        indent = 0;
        baseline += frame->source.face.line - ink_frame_px(frame, 2);
    }
    ink_text_put_within(frame->page, &frame->source, ink_label_span(&label),
                        (struct ink_slot){x + indent, right - x - indent, baseline});
    if ((form & FORM_SPLIT) != 0) {
        build_source(&label, frame, event, form, 1);
        baseline += frame->source.face.line - ink_frame_px(frame, 2);
        ink_text_put_within(frame->page, &frame->source, ink_label_span(&label),
                            (struct ink_slot){x, right - x, baseline});
    }
}

/* ---- measuring ------------------------------------------------------------------------------- */

static int figure_width(const struct ink_frame *frame, const struct ink_event *event,
                        const struct ink_type *type) {
    struct ink_span figure = text_of(frame, event, INK_EVENT_FIGURE);
    return figure.bytes > 0 ? ink_text_width(&type->face, figure) : 0;
}

static int figure_gap(const struct ink_frame *frame, int rank) {
    return frame->head[rank].face.px * 8 / 10;
}

/* Run-in: figure and headline in one type, an em apart. */
static int run_in_width(const struct ink_frame *frame, const struct ink_event *event, int rank) {
    int width = figure_width(frame, event, &frame->head[rank]);
    return width > 0 ? width + frame->head[rank].face.px : 0;
}

/* One line for all, if it fits; 0 if not. */
static int inline_form(const struct ink_frame *frame, const struct ink_event *event) {
    int run_in = run_in_width(frame, event, INK_MINOR);
    int headline =
        ink_text_width(&frame->head[INK_MINOR].face, text_of(frame, event, INK_EVENT_HEADLINE));
    int room = frame->text_width - run_in - headline - frame->head[INK_MINOR].face.px * 3 / 2;
    int form = FORM_INLINE | (run_in > 0 ? FORM_FIGURE_RUN_IN : 0);
    if (source_width(frame, event, 0, 0) <= room) {
        return form;
    }
    return source_width(frame, event, FORM_NO_ROLE, 0) <= room ? form | FORM_NO_ROLE : 0;
}

/* Beside the headline if that then needs no more than two lines in half of the column or more. */
static int figure_form(const struct ink_frame *frame, const struct ink_event *event, int rank) {
    int figure = figure_width(frame, event, &frame->figure[rank]);
    if (figure == 0) {
        return 0;
    }
    struct ink_span headline = text_of(frame, event, INK_EVENT_HEADLINE);
    const struct ink_face *face = &frame->head[rank].face;
    int room = frame->text_width - figure - figure_gap(frame, rank);
    bool one_line = ink_text_width(face, headline) <= room;
    bool two_lines = room * 2 >= frame->text_width && ink_text_lines(face, headline, room, 2) <= 2;
    if (one_line || two_lines) {
        return FORM_FIGURE_RIGHT;
    }
    return FORM_FIGURE_ABOVE | (figure > frame->text_width ? FORM_FIGURE_TALL : 0);
}

static int headline_width(const struct ink_frame *frame, const struct ink_event *event, int rank,
                          int form) {
    if ((form & FORM_FIGURE_RIGHT) == 0) {
        return frame->text_width;
    }
    return frame->text_width - figure_width(frame, event, &frame->figure[rank]) -
           figure_gap(frame, rank);
}

static int lines_max(const struct ink_frame *frame, int rank) {
    return rank == INK_MAJOR ? LINES_MAX : frame->lines_max;
}

static int headline_lines(const struct ink_frame *frame, const struct ink_event *event, int rank,
                          int form) {
    int lines = ink_text_lines(&frame->head[rank].face, text_of(frame, event, INK_EVENT_HEADLINE),
                               headline_width(frame, event, rank, form), lines_max(frame, rank));
    return ink_max(1, ink_min(lines, lines_max(frame, rank)));
}

/* Of a figure above the headline, with air over it: it belongs to what follows. */
static int figure_baseline(const struct ink_frame *frame, int rank, int form) {
    const struct ink_face *small = &frame->head[INK_MINOR].face;
    int block = (form & FORM_FIGURE_TALL) != 0 ? small->cap + (FIGURE_LINES - 1) * small->line
                                               : frame->figure[rank].face.cap;
    return block + frame->head[rank].face.px / 2;
}

int ink_card_baseline(const struct ink_frame *frame, int rank, int form) {
    int px = frame->head[rank].face.px;
    int first = rank == INK_MAJOR ? px * 9 / 10 : px;
    if ((form & FORM_FIGURE_ABOVE) == 0) {
        return first;
    }
    return figure_baseline(frame, rank, form) + frame->head[rank].face.line;
}

int ink_card_top_baseline(const struct ink_frame *frame, int rank, int form) {
    bool above = (form & FORM_FIGURE_ABOVE) != 0;
    return above ? figure_baseline(frame, rank, form) : ink_card_baseline(frame, rank, form);
}

/* From the headline's last baseline to the source's first. A reversed word needs its box clear of
 * the headline's descenders. */
static int source_drop(const struct ink_frame *frame, const struct ink_event *event, int rank) {
    int line = frame->source.face.line;
    int drop = rank == INK_MAJOR ? line + ink_frame_px(frame, 1) : line - ink_frame_px(frame, 2);
    int box = frame->tag.face.cap + ink_frame_px(frame, 3) + frame->head[rank].face.px / 4 + 1;
    return is_caution(event->status) ? ink_max(drop, box) : drop;
}

static int height_of(const struct ink_frame *frame, const struct ink_event *event, int rank,
                     int form, int lines) {
    const struct ink_face *face = &frame->head[rank].face;
    if ((form & FORM_INLINE) != 0) {
        return face->line + face->px * 3 / 10;
    }
    int last = ink_card_baseline(frame, rank, form) + (lines - 1) * face->line;
    int source = last + source_drop(frame, event, rank);
    if ((form & (FORM_SPLIT | FORM_OWN_LINE)) != 0) {
        source += frame->source.face.line - ink_frame_px(frame, 2);
    }
    int px = frame->source.face.px;
    return source + (rank == INK_MAJOR ? px * 6 / 10 : px / 2);
}

/* Page memory: four items (card, mark, date, line), their ops, and every text padded. */
static int bytes_of(const struct ink_event *event, int lines) {
    int texts = 0;
    for (int i = 0; i < INK_EVENT_TEXTS; i++) {
        texts += event->bytes[i];
    }
    const int item = (int)INK_OP_BYTES(8), op = (int)INK_OP_BYTES(0) + 4;
    return 4 * item + (lines + FIGURE_LINES + 9) * op + texts +
           96; /* words, dates, ellipses: under 96 */
}

/* Whatever is shown says its status, names its source and has its figure whole; a page too narrow
 * for that counts the event instead. */
static bool says_all(const struct ink_frame *frame, const struct ink_event *event, int form) {
    struct ink_label label;
    int status = status_width(frame, event), room = frame->text_width;
    int figure = (form & FORM_FIGURE_TALL) == 0
                     ? 1
                     : ink_text_lines(&frame->head[INK_MINOR].face,
                                      text_of(frame, event, INK_EVENT_FIGURE), room, FIGURE_LINES);
    room -= (form & FORM_OWN_LINE) != 0 ? 0 : status + word_gap(frame);
    build_source(&label, frame, event, form, 0);
    return status <= frame->text_width && figure <= FIGURE_LINES &&
           ink_text_shorten(&frame->source.face, ink_label_span(&label), room).bytes > 0;
}

void ink_card_measure(const struct ink_frame *frame, const struct ink_event *event, int rank,
                      struct ink_row *row) {
    int form = rank == INK_MINOR ? inline_form(frame, event) : 0;
    int lines = 1;
    if (form == 0) {
        form = figure_form(frame, event, rank) | source_form(frame, event);
        lines = headline_lines(frame, event, rank, form);
    }
    row->form[rank] = (uint8_t)form;
    bool fits = (form & FORM_INLINE) != 0 || says_all(frame, event, form);
    row->height[rank] = (int16_t)(fits ? height_of(frame, event, rank, form, lines) : UNFIT);
    row->bytes[rank] = (uint16_t)bytes_of(event, lines);
}

/* ---- drawing --------------------------------------------------------------------------------- */

/* The headline in balanced lines; the last one takes an ellipsis if more would be needed. Returns
 * the last baseline. */
static int draw_headline(const struct ink_frame *frame, struct ink_span text, int rank,
                         struct ink_slot slot) {
    const struct ink_type *type = &frame->head[rank];
    const int most = lines_max(frame, rank);
    int lines = ink_text_lines(&type->face, text, slot.width, most);
    int narrow = slot.width;
    if (lines <= most) {
        narrow = ink_text_balance(&type->face, text, slot.width, lines);
    }
    for (int line = 1; text.bytes > 0; line++) {
        uint32_t next;
        struct ink_span part = ink_text_line(&type->face, text, narrow, &next);
        if (line == most && next < text.bytes) {
            ink_text_put_within(frame->page, type, text, slot);
            break;
        }
        ink_text_put(frame->page, type, part, slot.x, slot.baseline);
        text.at += next;
        text.bytes = (uint16_t)(text.bytes - next);
        slot.baseline += text.bytes > 0 ? type->face.line : 0;
    }
    return slot.baseline;
}

/* In lines that end above the headline. */
static void draw_tall_figure(const struct ink_frame *frame, struct ink_span figure, int baseline) {
    const struct ink_type *type = &frame->head[INK_MINOR];
    int lines = ink_text_lines(&type->face, figure, frame->text_width, FIGURE_LINES);
    for (baseline -= (lines - 1) * type->face.line; figure.bytes > 0;) {
        uint32_t next;
        struct ink_span part = ink_text_line(&type->face, figure, frame->text_width, &next);
        ink_text_put(frame->page, type, part, frame->text_x, baseline);
        figure.at += next;
        figure.bytes = (uint16_t)(figure.bytes - next);
        baseline += type->face.line;
    }
}

/* Returns how far a figure that runs in moves the headline. */
static int draw_figure(const struct ink_frame *frame, const struct ink_event *event, int rank,
                       int form, int y) {
    struct ink_span figure = text_of(frame, event, INK_EVENT_FIGURE);
    const int x = frame->text_x, baseline = y + ink_card_baseline(frame, rank, form);
    if ((form & FORM_FIGURE_RUN_IN) != 0) {
        ink_text_put(frame->page, &frame->head[rank], figure, x, baseline);
        return run_in_width(frame, event, rank);
    }
    if ((form & FORM_FIGURE_TALL) != 0) {
        draw_tall_figure(frame, figure, y + figure_baseline(frame, rank, form));
    } else if ((form & FORM_FIGURE_ABOVE) != 0) {
        ink_text_put(frame->page, &frame->figure[rank], figure, x,
                     y + figure_baseline(frame, rank, form));
    } else if ((form & FORM_FIGURE_RIGHT) != 0) {
        int drop = frame->figure[rank].face.cap - frame->head[rank].face.cap;
        ink_text_put_right(frame->page, &frame->figure[rank], figure, x + frame->text_width,
                           baseline + ink_max(drop, 0) * 3 / 4);
    }
    return 0;
}

void ink_card_draw(const struct ink_frame *frame, const struct ink_event *event, int rank, int form,
                   int y) {
    ink_page_item(frame->page, INK_ITEM_CARD, event->id, frame->head[rank].face.px);
    const int indent = draw_figure(frame, event, rank, form, y);
    const struct ink_slot slot = {.x = frame->text_x + indent,
                                  .width = headline_width(frame, event, rank, form) - indent,
                                  .baseline = y + ink_card_baseline(frame, rank, form)};
    int last = draw_headline(frame, text_of(frame, event, INK_EVENT_HEADLINE), rank, slot);
    if ((form & FORM_INLINE) != 0) {
        int right = frame->text_x + frame->text_width;
        draw_source(frame, event, form, right - source_width(frame, event, form, 0), last);
    } else {
        draw_source(frame, event, form, frame->text_x, last + source_drop(frame, event, rank));
    }
    ink_page_end_item(frame->page);
}

/* When the hidden ones were, and how many sources they have: whole, or the days alone, or nothing.
 */
static void label_gap(struct ink_label *label, const struct ink_frame *frame,
                      const struct ink_gap *gap, int room) {
    int sources = ink_sources_count(gap->sources);
    label->bytes = 0;
    ink_label_days(label, frame->language, &gap->days, frame->years);
    uint16_t days = label->bytes;
    if (sources > 0) {
        ink_label_add(label, ", ");
        ink_label_add_pattern(label, frame->language, INK_WORD_SOURCES, (uint32_t)sources);
    }
    if (ink_text_width(&frame->source.face, ink_label_span(label)) > room) {
        label->bytes = days;
    }
    if (ink_text_width(&frame->source.face, ink_label_span(label)) > room) {
        label->bytes = 0;
    }
}

void ink_card_more(const struct ink_frame *frame, const struct ink_gap *gap, int baseline) {
    struct ink_label label = {.bytes = 0};
    ink_page_item(frame->page, INK_ITEM_MORE, 0, frame->tiers.floor);
    ink_label_add_pattern(&label, frame->language, INK_WORD_MORE, gap->count);
    if (ink_text_width(&frame->word.face, ink_label_span(&label)) > frame->text_width) {
        label.bytes = 0; /* a narrow page: the number alone */
        ink_label_add(&label, "+");
        ink_label_add_number(&label, gap->count, 1);
    }
    int width = ink_text_width(&frame->word.face, ink_label_span(&label));
    int x = ink_min(frame->text_x, frame->text_x + frame->text_width - width);
    x += ink_text_put(frame->page, &frame->word, ink_label_span(&label), x, baseline);
    x += word_gap(frame);
    label_gap(&label, frame, gap, frame->text_x + frame->text_width - x);
    ink_text_put(frame->page, &frame->source, ink_label_span(&label), x, baseline);
    ink_page_end_item(frame->page);
}
