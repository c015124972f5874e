/* Part of layout: who says so, and how sure we are: the status as a word, then the source line.
 *
 * Caution words (claimed, disputed, denied, withdrawn) stand reversed in a box, the others bold.
 * The source loses first its line (a break before "via"), then the count of its like, then its end.
 * Its first comma may stand before a role or within a name ("Foreign, Commonwealth & Development
 * Office"): what is cut there ends in an ellipsis, and goes on as far as its line does. What stands
 * behind it is never cut: the word that tells a report's time from the time of the event, and the
 * date where that has no other place.
 */
#include "core/ink_bidi.h"
#include "core/ink_frame.h"
#include "core/ink_utf8.h"

struct ink_span ink_frame_text(const struct ink_frame *frame, const struct ink_event *event,
                               enum ink_event_text which) {
    return ink_event_text(frame->digest, event, which);
}

/* Between a bold word and the plain ones after it. */
int ink_word_gap(const struct ink_frame *frame) {
    return frame->source.face.px * 2 / 5;
}

bool ink_is_caution(int status) {
    return status == INK_CLAIMED || status == INK_DISPUTED || status == INK_DENIED ||
           status == INK_WITHDRAWN;
}

int ink_struck_px(const struct ink_frame *frame, const struct ink_event *event) {
    return event->status == INK_WITHDRAWN ? ink_max(ink_frame_px(frame, 2), 2) : 0;
}

struct ink_span ink_status_word(const struct ink_frame *frame, const struct ink_event *event) {
    enum ink_word word = (enum ink_word)(INK_WORD_STATUS + event->status);
    return ink_span_of(ink_word(frame->language, word));
}

/* In a daybook "planned" goes without saying; its mark stays. */
static bool is_unsaid(const struct ink_frame *frame, const struct ink_event *event) {
    return frame->layout == INK_LAYOUT_DAYBOOK && event->status == INK_PLANNED;
}

int ink_status_width(const struct ink_frame *frame, const struct ink_event *event) {
    struct ink_span word = ink_status_word(frame, event);
    if (is_unsaid(frame, event)) {
        return 0;
    }
    if (!ink_is_caution(event->status)) {
        return ink_text_width(&frame->head[INK_MINOR].face, word);
    }
    struct ink_extent extent = ink_text_extent(&frame->tag.face, word, frame->tag.tracking);
    return extent.ink1 - extent.ink0 + 2 * ink_frame_px(frame, 4);
}

/* Its word and the gap after it. */
int ink_status_lead(const struct ink_frame *frame, const struct ink_event *event) {
    const int width = ink_status_width(frame, event);
    return width > 0 ? width + ink_word_gap(frame) : 0;
}

INK_OWN_FRAME void ink_status_draw(const struct ink_frame *frame, const struct ink_event *event,
                                   int x, int baseline) {
    struct ink_span word = ink_status_word(frame, event);
    if (!ink_is_caution(event->status)) {
        if (!is_unsaid(frame, event)) {
            ink_text_put(frame->page, &frame->head[INK_MINOR], word, x, baseline);
        }
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
                           (int16_t)(x + ink_status_width(frame, event)),
                           (int16_t)(baseline + bottom)};
    ink_page_alert(frame->page, box, ink_min(top - extent.ascent, bottom - extent.descent));
    ink_text_put(frame->page, &frame->tag, word, x + pad, baseline);
}

/* Where it is to be: a daybook says it in bold before who says so. */
static struct ink_span place_of(const struct ink_frame *frame, const struct ink_event *event) {
    struct ink_span place = ink_frame_text(frame, event, INK_EVENT_PLACE);
    place.bytes = frame->layout == INK_LAYOUT_DAYBOOK ? place.bytes : 0;
    return place;
}

/* A comma in any script. */
static bool is_comma(uint32_t c) {
    return c == ',' || c == 0x60C || c == 0x3001 || c == 0xFF0C;
}

/* What a record says goes into a label of the page's own words: no control of direction in it may
 * reorder them. False if it did not fit. */
static bool add_field(struct ink_label *label, const struct ink_frame *frame,
                      struct ink_span text) {
    return ink_bidi_isolate(label->text, &label->bytes, INK_LABEL_BYTES, text,
                            frame->page->mirrored ? 1 : 0);
}

/* Does the source line end with the date, and its time, for want of a line for it? */
static bool says_date(const struct ink_frame *frame, const struct ink_event *event) {
    return frame->dated_source && !ink_row_beside(&frame->rows[event - frame->digest->events]);
}

/* A count of sources has no relay, unless all of them have the same. */
static struct ink_span relay_of(const struct ink_frame *frame, const struct ink_event *event) {
    struct ink_span via = ink_frame_text(frame, event, INK_EVENT_VIA);
    const bool apart = ink_sources_count(event->sources) > 1 && !ink_event_has_one_relay(event);
    via.bytes = apart ? 0 : via.bytes;
    return via;
}

/* ---- a line ---------------------------------------------------------------------------------- */

/* Of the source: the only one, or the first or second one if it is split. */
struct line {
    const struct ink_frame *frame;
    const struct ink_event *event;
    int form;
    bool second;
    bool least;    /* measured, of what is short: what must have room */
    bool headless; /* no room for its head */
    bool direct;   /* nor for who relayed it */
};

/* Its head may be cut, its tail may not. */
enum part {
    WHOLE,
    HEAD, /* who, how many, via whom */
    TAIL  /* a comma, and that it was published, or when it happened; an hour only of a WHOLE */
};

static bool has_head(const struct line *line) {
    return !line->headless && (!line->second || relay_of(line->frame, line->event).bytes > 0);
}

static bool has_tail(const struct line *line) {
    const bool last = line->second == ((line->form & INK_CARD_SPLIT) != 0);
    return last && (line->event->dated == INK_DATED_REPORT || says_date(line->frame, line->event));
}

/* Up to its first comma; all of it if it has none. */
static size_t name_bytes(struct ink_span source) {
    for (size_t at = 0, start = 0; at < source.bytes; start = at) {
        if (is_comma(ink_utf8_next(source.at, source.bytes, &at))) {
            return start;
        }
    }
    return source.bytes;
}

/* A short source ends there for the sake of a relay behind it, else where its line does. */
static bool keeps_name(const struct line *line) {
    return line->least ||
           ((line->form & INK_CARD_SPLIT) == 0 && relay_of(line->frame, line->event).bytes > 0);
}

static void add_source(struct ink_label *label, const struct line *line) {
    const struct ink_frame *frame = line->frame;
    const bool brief = (line->form & INK_CARD_SHORT) != 0;
    const uint32_t sources = (uint32_t)ink_sources_count(line->event->sources);
    struct ink_span source = ink_frame_text(frame, line->event, INK_EVENT_SOURCE);
    if (source.bytes == 0) {
        source = ink_span_of(ink_word(frame->language, INK_WORD_NO_SOURCE));
    }
    const size_t name = brief && keeps_name(line) ? name_bytes(source) : source.bytes;
    (void)add_field(label, frame, (struct ink_span){source.at, (uint16_t)name});
    if (name < source.bytes) {
        ink_label_add_span(label, ink_ellipsis);
    }
    if (!brief && sources > 1) {
        ink_label_add(label, " (");
        ink_label_add_pattern(label, frame->language, INK_WORD_SOURCES, sources);
        ink_label_add(label, ")");
    }
}

static void add_via(struct ink_label *label, const struct line *line) {
    const struct ink_frame *frame = line->frame;
    const struct ink_span via = relay_of(frame, line->event);
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

#define WORD_BYTES 40 /* a comma, the word for a report, a space and a time, at most */
#define DATE_BYTES 64 /* no date is longer */

/* A report time is told as what it is, so that it never passes for the time of the event. */
static bool add_tail(struct ink_label *label, const struct line *line, enum part part) {
    const struct ink_frame *frame = line->frame;
    const struct ink_event *event = line->event;
    const bool report = event->dated == INK_DATED_REPORT, date = says_date(frame, event);
    const bool time = part == WHOLE && !date && event->when.precision >= INK_PRECISION_MINUTE;
    if (label->bytes + WORD_BYTES + (date ? DATE_BYTES : 0) > INK_LABEL_BYTES) {
        return false;
    }
    if (part == WHOLE ? label->bytes > 0 : has_head(line)) {
        ink_label_add(label, ink_word(frame->language, INK_WORD_COMMA));
    }
    if (report) {
        ink_label_add(label, ink_word(frame->language, INK_WORD_PUBLISHED));
        ink_label_add(label, time || date ? " " : "");
    }
    if (date) {
        ink_lane_add_date(label, frame, false, event);
    } else if (time) {
        struct ink_date when = ink_date_local(&event->when, &frame->digest->story.zone);
        when.flags = 0; /* doubts stand in its own place */
        ink_label_time(label, frame->language, &when);
    }
    return true;
}

/* False if the label does not hold all of it. */
static bool build(struct ink_label *label, const struct line *line, enum part part) {
    label->bytes = 0;
    if (part <= HEAD && !line->second) {
        add_source(label, line);
    }
    if (part <= HEAD && !line->direct && (line->second || (line->form & INK_CARD_SPLIT) == 0)) {
        add_via(label, line);
    }
    return part == HEAD || !has_tail(line) || add_tail(label, line, part);
}

static INK_OWN_FRAME int width_of(const struct line *line, enum part part) {
    struct ink_label label;
    return build(&label, line, part)
               ? ink_text_width(&line->frame->source.face, ink_label_span(&label))
               : INT16_MAX;
}

#define HEAD_EMS 4 /* that a source should have beside a tail */

/* What is left of `width` for its head, if the line is wider. */
static int head_room(const struct line *line, int width) {
    return has_tail(line) ? ink_max(width - width_of(line, TAIL) - 1, 0) : width;
}

/* Is anything left of its head in that width? */
static INK_OWN_FRAME bool has_head_in(const struct line *line, int width) {
    struct ink_label label;
    const struct ink_face *face = &line->frame->source.face;
    (void)build(&label, line, HEAD);
    const struct ink_span head = ink_label_span(&label);
    const struct ink_span cut = ink_text_shorten(face, head, width, ink_bidi_has_rtl(head));
    return cut.bytes > 0 && ink_text_width(face, cut) > 0; /* a control of direction is no name */
}

/* ---- its form -------------------------------------------------------------------------------- */

/* What the status word takes of the first line. */
static int word_lead(const struct ink_frame *frame, const struct ink_event *event) {
    return frame->said ? 0 : ink_status_lead(frame, event);
}

/* Of one line without the words before it. */
static int text_width(const struct ink_frame *frame, const struct ink_event *event, int form,
                      int second) {
    return width_of(
        &(struct line){
            .frame = frame, .event = event, .form = form, .second = second != 0, .least = true},
        WHOLE);
}

/* The place and the gap after it; 0 if the line has no room for it besides what must be said. */
static int place_lead(const struct ink_frame *frame, const struct ink_event *event, int form) {
    const struct ink_span place = place_of(frame, event);
    if (place.bytes == 0 || (form & INK_CARD_OWN_LINE) != 0) {
        return 0;
    }
    const int lead = ink_text_width(&frame->head[INK_MINOR].face, place) + ink_word_gap(frame);
    const int rest = word_lead(frame, event) + text_width(frame, event, form, 0);
    return lead + rest <= frame->text_width ? lead : 0;
}

int ink_source_width(const struct ink_frame *frame, const struct ink_event *event, int form,
                     int line) {
    const int width = text_width(frame, event, form, line);
    return line > 0 ? width : width + word_lead(frame, event) + place_lead(frame, event, form);
}

/* No line of the source, as it stands, takes an ellipsis other than that of a short one. */
bool ink_source_is_whole(const struct ink_frame *frame, const struct ink_event *event, int form) {
    const bool own = (form & INK_CARD_OWN_LINE) != 0;
    const int indent = own ? word_lead(frame, event) : 0;
    const bool second = (form & INK_CARD_SPLIT) != 0;
    return ink_source_width(frame, event, form, 0) - indent <= frame->text_width &&
           (!second || ink_source_width(frame, event, form, 1) <= frame->text_width);
}

/* The first of these forms in which no line is cut. */
static int first_whole(const struct ink_frame *frame, const struct ink_event *event,
                       const uint8_t *forms, int count) {
    int at = 0;
    while (at + 1 < count && !ink_source_is_whole(frame, event, forms[at])) {
        at++;
    }
    return forms[at];
}

/* Whole, split, or short; under its word where the word takes too much of the line. A
 * small page has no line to spare. */
static int fullest_form(const struct ink_frame *frame, const struct ink_event *event) {
    enum { SPLIT = INK_CARD_SPLIT, SHORT = INK_CARD_SHORT, OWN = INK_CARD_OWN_LINE };
    static const uint8_t beside[] = {0, SPLIT, SPLIT | SHORT};
    static const uint8_t stacked[] = {0,   SPLIT,       SPLIT | SHORT, SHORT,
                                      OWN, OWN | SHORT, OWN | SPLIT,   OWN | SPLIT | SHORT};
    const bool via = relay_of(frame, event).bytes > 0;
    if (place_of(frame, event).bytes > 0 && place_lead(frame, event, 0) == 0 &&
        place_lead(frame, event, INK_CARD_SHORT) > 0) {
        return SHORT; /* where is more than whose office */
    }
    if (ink_source_is_whole(frame, event, 0)) {
        return 0;
    }
    if (frame->stacked && frame->height >= 200) {
        return first_whole(frame, event, stacked, (int)sizeof stacked);
    }
    if (!frame->said && ink_status_width(frame, event) * 2 > frame->text_width) {
        return OWN | SHORT;
    }
    const int apart = frame->said ? SHORT : OWN | SHORT;
    if (frame->height >= 200 && !via) {
        return ink_source_is_whole(frame, event, SHORT) ? SHORT : apart;
    }
    if (frame->inset && !ink_source_is_whole(frame, event, SPLIT | SHORT)) {
        return apart;
    }
    return frame->height >= 200 ? first_whole(frame, event, beside, (int)sizeof beside) : SHORT;
}

/* The first line as it is drawn, and its room behind the words before it. */
static int first_room(const struct ink_frame *frame, const struct ink_event *event, int form) {
    return frame->text_width - ((form & INK_CARD_OWN_LINE) != 0 ? 0 : word_lead(frame, event));
}

/* The fullest that fits; where a tail would leave little of the source, it has a line to itself, or
 * on a small page the source has. */
int ink_source_form(const struct ink_frame *frame, const struct ink_event *event) {
    const int form = fullest_form(frame, event);
    const struct line line = {.frame = frame, .event = event, .form = form};
    if (!has_tail(&line) || ink_source_is_whole(frame, event, form) ||
        head_room(&line, first_room(frame, event, form)) >= HEAD_EMS * frame->source.face.px) {
        return form;
    }
    return form | (frame->height >= 200 ? INK_CARD_SPLIT : INK_CARD_OWN_LINE);
}

bool ink_source_fits(const struct ink_frame *frame, const struct ink_event *event, int form) {
    struct line line = {.frame = frame, .event = event, .form = form};
    if ((!frame->said && ink_status_width(frame, event) > frame->text_width) ||
        !has_head_in(&line, head_room(&line, first_room(frame, event, form)))) {
        return false;
    }
    line.second = true;
    return event->dated != INK_DATED_REPORT || !has_tail(&line) ||
           width_of(&line, TAIL) <= frame->text_width;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static INK_OWN_FRAME int put_part(const struct line *line, enum part part,
                                  const struct ink_slot *slot) {
    struct ink_label label;
    (void)build(&label, line, part);
    return ink_text_put_within(line->frame->page, &line->frame->source,
                               ink_line_of(ink_label_span(&label)), slot);
}

static void draw_line(struct line *line, int x, int width, int baseline) {
    struct ink_slot slot = {.x = x, .width = width, .baseline = baseline};
    if (!has_tail(line) || width_of(line, WHOLE) <= width) {
        (void)put_part(line, WHOLE, &slot);
        return;
    }
    slot.width = head_room(line, width);
    /* a name rather than the beginning of two */
    line->direct = !line->second && width_of(line, HEAD) > slot.width;
    line->headless = !has_head_in(line, slot.width);
    slot.x += line->headless ? 0 : put_part(line, HEAD, &slot) + 1;
    slot.width = x + width - slot.x;
    (void)put_part(line, TAIL, &slot);
}

void ink_source_draw(const struct ink_frame *frame, const struct ink_event *event, int form, int x,
                     int baseline) {
    const int status = (form & INK_CARD_OWN_LINE) != 0 ? 0 : word_lead(frame, event);
    const int place = place_lead(frame, event, form), indent = status + place;
    const int height = frame->source.face.line - ink_frame_px(frame, 2);
    int width = frame->text_x + frame->text_width - x;
    struct line line = {.frame = frame, .event = event, .form = form};
    if ((form & INK_CARD_INLINE) != 0) { /* it ends with its line */
        const int room = width;
        width = ink_min(indent + width_of(&line, WHOLE), room);
        x += room - width;
    }
    if (!frame->said) {
        ink_status_draw(frame, event, x, baseline);
    }
    if (place > 0) {
        ink_text_put(frame->page, &frame->head[INK_MINOR], place_of(frame, event), x + status,
                     baseline);
    }
    baseline += (form & INK_CARD_OWN_LINE) != 0 ? height : 0;
    draw_line(&line, x + indent, width - indent, baseline);
    if ((form & INK_CARD_SPLIT) != 0) {
        line.second = true;
        line.headless = line.direct = false;
        draw_line(&line, x, width, baseline + height);
    }
}

/* A TEXT op, with its runs if the page is mixed. */
int ink_text_op_bytes(const struct ink_frame *frame, struct ink_span text) {
    int runs = frame->mixed ? ink_text_run_bytes(text) + INK_RUN_HEADER : 0;
    return (int)INK_OP_BYTES(text.bytes) + runs;
}

/* Of the source line, at most: its words are in one op, or two. */
int ink_source_bytes(const struct ink_frame *frame, const struct ink_event *event) {
    int bytes = ink_text_op_bytes(frame, ink_frame_text(frame, event, INK_EVENT_SOURCE)) +
                ink_text_op_bytes(frame, ink_status_word(frame, event));
    bytes += ink_frame_text(frame, event, INK_EVENT_SOURCE).bytes > 0
                 ? 12
                 : 36; /* a comma, an ellipsis; words for none */
    if (relay_of(frame, event).bytes > 0) {
        bytes += ink_text_op_bytes(frame, ink_frame_text(frame, event, INK_EVENT_VIA)) +
                 24; /* the word */
    }
    const struct ink_span place = place_of(frame, event);
    bytes += place.bytes > 0 ? ink_text_op_bytes(frame, place) : 0;
    bytes += ink_sources_count(event->sources) > 1 ? 40 : 0;
    bytes += event->dated == INK_DATED_REPORT ? 44 : 0;
    bytes += frame->dated_source ? (frame->mixed ? 72 : 40) : 0;
    if (event->dated == INK_DATED_REPORT || frame->dated_source) { /* a tail of its own */
        bytes += (int)INK_OP_BYTES(4) + (frame->mixed ? 2 * INK_RUN_HEADER : 0);
    }
    return bytes + (frame->mixed ? 36 : 0); /* isolates, and runs of brackets and digits */
}
