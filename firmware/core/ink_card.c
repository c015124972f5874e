/* Part of layout: one event as a card.
 *
 *     [figure] headline (1-3 lines) / STATUS who, via whom
 *
 * A minor card puts all on one line where that fits. The figure stands at the trailing edge, runs
 * in before a minor headline, or goes above the headline; it is never dropped nor changed. The
 * source loses first its line (a break before "via"), then the role after the first comma, then its
 * end.
 */
#include "core/ink_bidi.h"
#include "core/ink_frame.h"
#include "core/ink_utf8.h"

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

enum ink_ink ink_card_mark_ink(int status) {
    return is_caution(status) ? INK_ALERT : INK_TEXT;
}

static struct ink_span status_word(const struct ink_frame *frame, const struct ink_event *event) {
    enum ink_word word = (enum ink_word)(INK_WORD_STATUS + event->status);
    return ink_span_of(ink_word(frame->language, word));
}

static int status_width(const struct ink_frame *frame, const struct ink_event *event) {
    struct ink_span word = status_word(frame, event);
    if (!is_caution(event->status)) {
        return ink_text_width(&frame->head[INK_MINOR].face, word);
    }
    struct ink_extent extent = ink_text_extent(&frame->tag.face, word, frame->tag.tracking);
    return extent.ink1 - extent.ink0 + 2 * ink_frame_px(frame, 4);
}

static INK_OWN_FRAME void draw_status(const struct ink_frame *frame, const struct ink_event *event,
                                      int x, int baseline) {
    struct ink_span word = status_word(frame, event);
    if (!is_caution(event->status)) {
        ink_text_put(frame->page, &frame->head[INK_MINOR], word, x, baseline);
        return;
    }
    const struct ink_face *face = &frame->tag.face;
    const struct ink_extent extent = ink_text_extent(face, word, frame->tag.tracking);
    const int pad = ink_frame_px(frame, 4), air = ink_frame_px(frame, 3);
    /* Of letters taller than capitals, or with descenders, the box holds all; air gives way first.
     */
    const int top = ink_max(face->cap + air, extent.ascent + 1);
    const int bottom = ink_max(air, extent.descent + 1);
    struct ink_rect box = {(int16_t)x, (int16_t)(baseline - top),
                           (int16_t)(x + status_width(frame, event)), (int16_t)(baseline + bottom)};
    ink_page_alert(frame->page, box);
    ink_text_put(frame->page, &frame->tag, word, x + pad, baseline);
}

/* A comma in any script. */
static bool is_comma(uint32_t c) {
    return c == ',' || c == 0x60C || c == 0x3001 || c == 0xFF0C;
}

static struct ink_span without_role(struct ink_span source) {
    for (size_t at = 0, start = 0; at < source.bytes; start = at) {
        if (is_comma(ink_utf8_next(source.at, source.bytes, &at))) {
            return (struct ink_span){source.at, (uint16_t)start};
        }
    }
    return source;
}

/* What a record says goes into a label of the page's own words: no control of direction in it may
 * reorder them. False if it did not fit. */
static bool add_field(struct ink_label *label, const struct ink_frame *frame,
                      struct ink_span text) {
    return ink_bidi_isolate(label->text, &label->bytes, INK_LABEL_BYTES, text,
                            frame->page->mirrored ? 1 : 0);
}

#define TIME_BYTES 12 /* a space and a time, in digits of two bytes */

/* A report time is told as what it is, so that it never passes for the time of the event. */
static void add_published(struct ink_label *label, const struct ink_frame *frame,
                          const struct ink_event *event) {
    if (event->dated != INK_DATED_REPORT) {
        return;
    }
    struct ink_date when = ink_date_local(&event->when, &frame->digest->story.zone);
    const struct ink_span word = ink_span_of(ink_word(frame->language, INK_WORD_PUBLISHED));
    const int least = label->bytes + word.bytes;
    ink_label_add(label, ink_word(frame->language, INK_WORD_COMMA));
    ink_label_add_span(label, word);
    bool whole = label->bytes >= least && label->bytes + TIME_BYTES <= INK_LABEL_BYTES;
    if (when.precision >= INK_PRECISION_MINUTE && whole) {
        ink_label_add(label, " ");
        ink_label_time(label, frame->language, &when);
    }
}

static void add_via(struct ink_label *label, const struct ink_frame *frame,
                    const struct ink_event *event) {
    struct ink_span via = text_of(frame, event, INK_EVENT_VIA);
    const uint16_t before = label->bytes;
    if (via.bytes > 0) {
        ink_label_add(label, label->bytes > 0 ? ink_word(frame->language, INK_WORD_COMMA) : "");
        ink_label_add(label, ink_word(frame->language, INK_WORD_VIA));
        ink_label_add(label, " ");
        if (!add_field(label, frame, via)) { /* only one full of controls */
            label->bytes = before;
        }
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
        (void)add_field(label, frame, (form & FORM_NO_ROLE) != 0 ? without_role(source) : source);
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

/* One of its lines: 0, or 1 if "via" has one of its own. */
static INK_OWN_FRAME void draw_source_line(const struct ink_frame *frame,
                                           const struct ink_event *event, int form, int line,
                                           const struct ink_slot *slot) {
    struct ink_label label;
    build_source(&label, frame, event, form, line);
    ink_text_put_within(frame->page, &frame->source, ink_line_of(ink_label_span(&label)), slot);
}

static void draw_source(const struct ink_frame *frame, const struct ink_event *event, int form,
                        int x, int baseline) {
    const int indent =
        (form & FORM_OWN_LINE) != 0 ? 0 : status_width(frame, event) + word_gap(frame);
    const int right = frame->text_x + frame->text_width;
    const int line = frame->source.face.line - ink_frame_px(frame, 2);
    struct ink_slot slot = {.x = x + indent, .width = right - x - indent, .baseline = baseline};
    draw_status(frame, event, x, baseline);
    slot.baseline += (form & FORM_OWN_LINE) != 0 ? line : 0;
    draw_source_line(frame, event, form, 0, &slot);
    if ((form & FORM_SPLIT) != 0) {
        slot = (struct ink_slot){.x = x, .width = right - x, .baseline = slot.baseline + line};
        draw_source_line(frame, event, form, 1, &slot);
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
    const struct ink_face *face = &frame->head[INK_MINOR].face;
    const struct ink_span text = text_of(frame, event, INK_EVENT_HEADLINE);
    int run_in = run_in_width(frame, event, INK_MINOR);
    int headline = ink_text_width(face, text);
    int room = frame->text_width - run_in - headline - face->px * 3 / 2;
    int form = FORM_INLINE | (run_in > 0 ? FORM_FIGURE_RUN_IN : 0);
    if (room < 0 || ink_text_lines(face, text, frame->text_width, 1) > 1) { /* U+2028 */
        return 0;
    }
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
    /* clear of the descenders of a larger type, in any script */
    const struct ink_face *face = &frame->head[rank].face;
    const int clear = frame->figure[rank].face.px * 3 / 10 + face->cap + 2;
    return figure_baseline(frame, rank, form) + ink_max(face->line, clear);
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

/* A TEXT op, with its runs if the page is mixed. */
static int text_bytes(const struct ink_frame *frame, struct ink_span text) {
    int runs = frame->mixed ? ink_text_run_bytes(text) + INK_RUN_HEADER : 0;
    return (int)INK_OP_BYTES(text.bytes) + runs;
}

/* Of the source line, at most: its words are in one op, or two. */
static int source_bytes(const struct ink_frame *frame, const struct ink_event *event) {
    int bytes = text_bytes(frame, text_of(frame, event, INK_EVENT_SOURCE)) +
                text_bytes(frame, status_word(frame, event));
    bytes +=
        text_of(frame, event, INK_EVENT_SOURCE).bytes > 0 ? 8 : 36; /* a comma; words for none */
    if (text_of(frame, event, INK_EVENT_VIA).bytes > 0) {
        bytes += text_bytes(frame, text_of(frame, event, INK_EVENT_VIA)) + 24; /* the word */
    }
    bytes += ink_sources_count(event->sources) > 1 ? 40 : 0;
    bytes += event->dated == INK_DATED_REPORT ? 44 : 0;
    return bytes + (frame->mixed ? 36 : 0); /* isolates, and runs of brackets and digits */
}

/* Page memory, at most: four items (card, mark, date, line), mark, line, box, two dates, headline,
 * figure, source. */
static int bytes_of(const struct ink_frame *frame, const struct ink_event *event, int form,
                    int lines) {
    const int item = (int)INK_OP_BYTES(8), op = (int)INK_OP_BYTES(0);
    const int line = op + 8 + (frame->mixed ? INK_RUN_HEADER : 0); /* padding, an ellipsis */
    struct ink_span figure = text_of(frame, event, INK_EVENT_FIGURE);
    int bytes = 4 * item + 5 * op +
                (ink_frame_narrow(frame) ? 1 : 2) * (line + ink_max(frame->date_bytes, 28));
    bytes += text_bytes(frame, text_of(frame, event, INK_EVENT_HEADLINE)) + lines * line;
    bytes += figure.bytes > 0 ? text_bytes(frame, figure) + line : 0;
    bytes += (form & FORM_FIGURE_TALL) != 0 ? (FIGURE_LINES - 1) * line : 0;
    return bytes + source_bytes(frame, event);
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
        const struct ink_line line = ink_line_of(figure);
        ink_text_put_line(frame->page, &frame->figure[rank], &line,
                          &(struct ink_slot){.x = x,
                                             .width = frame->text_width,
                                             .baseline = baseline + ink_max(drop, 0) * 3 / 4,
                                             .trailing = true});
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
    int last =
        ink_text_put_lines(frame->page, &frame->head[rank],
                           text_of(frame, event, INK_EVENT_HEADLINE), lines_max(frame, rank), slot);
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
        ink_label_add(label, ink_word(frame->language, INK_WORD_COMMA));
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
    if (ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(&label)) > frame->text_width) {
        label.bytes = 0; /* a narrow page: the number alone */
        ink_label_add(&label, "+");
        ink_label_add_count(&label, frame->language, gap->count, 1);
    }
    const char last = label.text[label.bytes - 1];
    if (last >= '0' && last <= '9') { /* no one number with the date after it */
        ink_label_add(&label, ink_word(frame->language, INK_WORD_COMMA));
    }
    int width = ink_text_width(&frame->head[INK_MINOR].face, ink_label_span(&label));
    int x = ink_min(frame->text_x, frame->text_x + frame->text_width - width);
    x += ink_text_put(frame->page, &frame->head[INK_MINOR], ink_label_span(&label), x, baseline);
    x += word_gap(frame);
    label_gap(&label, frame, gap, frame->text_x + frame->text_width - x);
    ink_text_put(frame->page, &frame->source, ink_label_span(&label), x, baseline);
    ink_page_end_item(frame->page);
}
