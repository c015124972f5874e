/* Part of layout: the bar, the title, and as of when the page holds. */
#include "core/ink_bidi.h"
#include "core/ink_frame.h"

/* What is left out of the as-of line, in this order, until title and line fit beside each other: at
 * last the date, if a card shows that day, else the clock. The zone never goes. */
enum { DROP_NOTHING, DROP_AS_OF, DROP_YEAR, DROP_WEEKDAY, DROP_CLOCK_OR_DATE, DROP_DAY };

static bool keeps_date(const struct ink_frame *frame) {
    return frame->years || !frame->shows_today;
}

static bool drops_date(const struct ink_frame *frame, int drop) {
    return drop >= DROP_CLOCK_OR_DATE && !keeps_date(frame);
}

static bool drops_year(const struct ink_frame *frame, int drop) {
    return drop >= DROP_YEAR && !frame->years;
}

static bool drops_clock(const struct ink_frame *frame, int drop) {
    return drop >= DROP_CLOCK_OR_DATE && keeps_date(frame);
}

/* Title above, as-of below it; a page too low for two lines has both on one. */
static bool is_portrait(const struct ink_frame *frame) {
    return frame->width < frame->height && frame->height >= frame->title.face.px * 7;
}

static int bar_bottom(const struct ink_frame *frame) {
    return ink_frame_px(frame, 8) + ink_frame_px(frame, 6);
}

static int title_baseline(const struct ink_frame *frame) {
    return bar_bottom(frame) + frame->title.face.px;
}

/* Of the as-of line. */
static int line_baseline(const struct ink_frame *frame) {
    return title_baseline(frame) + (is_portrait(frame) ? frame->title.face.line : 0);
}

static int rule_top(const struct ink_frame *frame) {
    return line_baseline(frame) + frame->title.face.px * 10 / 28;
}

int ink_masthead_height(const struct ink_frame *frame) {
    return rule_top(frame) + ink_frame_px(frame, 2) + ink_frame_px(frame, 3);
}

/* "Europe/Kyiv" as "Kyiv". */
static void add_zone(struct ink_label *label, const struct ink_frame *frame) {
    const struct ink_zone *zone = &frame->digest->story.zone;
    size_t bytes = ink_span_bounded(zone->name, sizeof zone->name).bytes, start = 0;
    char city[INK_ZONE_NAME_BYTES];
    for (size_t i = 0; i < bytes; i++) {
        city[i] = (char)(zone->name[i] == '_' ? ' ' : zone->name[i]);
        start = zone->name[i] == '/' ? i + 1 : start;
    }
    struct ink_span name = bytes == 0 ? ink_span_of("UTC")
                                      : (struct ink_span){city + start, (uint16_t)(bytes - start)};
    (void)ink_bidi_isolate(label->text, &label->bytes, INK_LABEL_BYTES, name,
                           frame->page->mirrored ? 1 : 0);
}

/* The date of the as-of; where all else is too wide, its year alone. */
static void add_date(struct ink_label *label, const struct ink_frame *frame, int drop) {
    struct ink_date date = frame->as_of;
    if (drop >= DROP_DAY) {
        date.precision = INK_PRECISION_YEAR;
    }
    ink_label_date(label, frame->language, &date, !drops_year(frame, drop));
}

#define GREGORIAN 1583 /* before that, a weekday of this calendar was nobody's */

static void add_day(struct ink_label *label, const struct ink_frame *frame, int drop) {
    if (drops_date(frame, drop) || frame->as_of.precision == INK_PRECISION_NONE) {
        return;
    }
    ink_label_add(label, label->bytes > 0 ? ink_word(frame->language, INK_WORD_COMMA) : "");
    const char *weekday = "";
    if (drop < DROP_WEEKDAY && frame->as_of_day != INT32_MIN && frame->as_of.year >= GREGORIAN) {
        const int day = ink_weekday(frame->as_of_day);
        weekday = ink_word(frame->language, (enum ink_word)(INK_WORD_MON + day));
    }
    const bool last = ink_word(frame->language, INK_WORD_DAY_YEAR)[0] == INK_BLANK_YEAR;
    ink_label_add(label, last ? "" : weekday); /* it goes by the size of what it is a part of */
    ink_label_add(label, last || weekday[0] == '\0' ? "" : " ");
    add_date(label, frame, drop);
    ink_label_add(label, last && weekday[0] != '\0' ? " " : "");
    ink_label_add(label, last ? weekday : "");
}

/* The as-of line. A label is large: each of its parts is built where it is measured or drawn. */
enum { BEFORE, CLOCK, AFTER, PARTS };

struct line {
    int drop;
    int32_t stale; /* hours since the story expired: BEFORE is then a reversed box, with a gap's
                      width of air on both its sides; negative: it has not */
    int widths[PARTS], gap, width;
    int kept; /* bytes of AFTER, which was shortened; negative: all */
};

static bool is_stale(const struct line *line) {
    return line->stale >= 0;
}

static bool has_clock(const struct ink_frame *frame, int drop) {
    return frame->as_of.precision >= INK_PRECISION_MINUTE && !drops_clock(frame, drop);
}

/* "21:40 Kyiv, 12 Aug", but "12 Aug, Kyiv". */
static void add_after(struct ink_label *label, const struct ink_frame *frame, int drop) {
    const bool clock = has_clock(frame, drop);
    if (clock) {
        add_zone(label, frame);
    }
    add_day(label, frame, drop);
    if (!clock) {
        ink_label_add(label, label->bytes > 0 ? ink_word(frame->language, INK_WORD_COMMA) : "");
        add_zone(label, frame);
    }
}

/* A stale page says so in place of its clock: since when it has not been renewed. */
static void add_stale(struct ink_label *label, const struct ink_frame *frame, int32_t hours) {
    ink_label_add(label, ink_word(frame->language, INK_WORD_STALE));
    if (hours > 0) {
        ink_label_add(label, " ");
        ink_label_silence(label, frame->language, hours);
    }
}

static void add_since(struct ink_label *label, const struct ink_frame *frame, int drop) {
    if (drop < DROP_AS_OF) {
        ink_label_add(label, ink_word(frame->language, INK_WORD_SINCE));
    }
    if (frame->as_of.precision != INK_PRECISION_NONE && !drops_date(frame, drop)) {
        ink_label_add(label, label->bytes > 0 ? " " : "");
        add_date(label, frame, drop);
    }
    if (has_clock(frame, drop)) {
        ink_label_add(label, label->bytes > 0 ? " " : "");
        ink_label_time(label, frame->language, &frame->as_of);
    }
    ink_label_add(label, " ");
    add_zone(label, frame);
}

/* Part of a line that is not stale. */
static void add_part(struct ink_label *label, const struct ink_frame *frame, int drop, int part) {
    if (part == AFTER) {
        add_after(label, frame, drop);
    } else if (part == CLOCK && has_clock(frame, drop)) {
        ink_label_time(label, frame->language, &frame->as_of);
    } else if (part == BEFORE && drop < DROP_AS_OF &&
               frame->as_of.precision != INK_PRECISION_NONE) {
        ink_label_add(label, ink_word(frame->language, INK_WORD_AS_OF));
    }
}

static void add_stale_part(struct ink_label *label, const struct ink_frame *frame,
                           const struct line *line, int part) {
    if (part == AFTER) {
        add_since(label, frame, line->drop);
    } else if (part == BEFORE) {
        add_stale(label, frame, line->stale);
    }
}

static void build_part(struct ink_label *label, const struct ink_frame *frame,
                       const struct line *line, int part) {
    label->bytes = 0;
    if (is_stale(line)) {
        add_stale_part(label, frame, line, part);
    } else {
        add_part(label, frame, line->drop, part);
    }
    if (part == AFTER && line->kept >= 0) {
        label->bytes = (uint16_t)line->kept;
        ink_label_add_span(label, line->kept > 0 ? ink_ellipsis : ink_span_of(""));
    }
}

static const struct ink_type *type_of(const struct ink_frame *frame, const struct line *line,
                                      int part) {
    if (part == CLOCK) {
        return &frame->head[INK_MAJOR];
    }
    return part == BEFORE && is_stale(line) ? &frame->head[INK_MINOR] : &frame->source;
}

static INK_OWN_FRAME int part_width(const struct ink_frame *frame, const struct line *line,
                                    int part) {
    struct ink_label label;
    build_part(&label, frame, line, part);
    return ink_text_width(&type_of(frame, line, part)->face, ink_label_span(&label));
}

/* Of the parts as they have been measured. */
static void add_widths(struct line *line) {
    line->width = -line->gap;
    for (int i = 0; i < PARTS; i++) {
        line->width += line->widths[i] > 0 ? line->widths[i] + line->gap : 0;
    }
    line->width = ink_max(line->width, 0) + (is_stale(line) ? 2 * line->gap : 0);
    line->width += is_stale(line) && line->widths[AFTER] > 0 ? line->gap : 0;
}

static void measure_line(struct line *line, const struct ink_frame *frame, int drop) {
    line->drop = drop;
    line->kept = -1;
    line->gap = ink_max(ink_frame_px(frame, 8), frame->source.face.px * 2 / 5);
    for (int i = 0; i < PARTS; i++) {
        line->widths[i] = part_width(frame, line, i);
    }
    add_widths(line);
}

static INK_OWN_FRAME int bytes_within(const struct ink_frame *frame, const struct line *line,
                                      int room) {
    struct ink_label after;
    build_part(&after, frame, line, AFTER);
    return ink_text_shorten(&frame->source.face, ink_label_span(&after), room, false).bytes;
}

/* Whatever the zone is called: the line's last part takes an ellipsis rather than leave the page,
 * or goes; then all else but "stale", which draw_stale shortens. */
static void fit_line(struct line *line, const struct ink_frame *frame, int room) {
    if (line->width > room) {
        line->kept = bytes_within(frame, line, line->widths[AFTER] - (line->width - room));
        line->widths[AFTER] = part_width(frame, line, AFTER);
        add_widths(line);
    }
    if (line->width > room && !is_stale(line)) {
        line->widths[BEFORE] = line->widths[CLOCK] = 0;
        add_widths(line);
    }
    line->width = ink_min(line->width, room);
}

/* Hours since the story expired; negative: it has not, or nobody knows. */
static int32_t stale_hours(const struct ink_frame *frame, const struct ink_view *view) {
    const struct ink_story *story = &frame->digest->story;
    if (story->expires.precision == INK_PRECISION_NONE || view->now_utc == INT64_MIN) {
        return -1;
    }
    int64_t seconds = view->now_utc - ink_date_start(&story->expires, &story->zone);
    return seconds <= 0 ? -1 : (int32_t)(seconds / 3600 > INT32_MAX ? INT32_MAX : seconds / 3600);
}

static INK_OWN_FRAME int put_part(const struct ink_frame *frame, const struct line *line, int part,
                                  int x, int baseline) {
    struct ink_label label;
    build_part(&label, frame, line, part);
    return ink_text_put(frame->page, type_of(frame, line, part), ink_label_span(&label), x,
                        baseline);
}

/* BEFORE in a box. Clear of the title's descenders; else clear of bar and rule, unless letters need
 * the room. Returns the column at which the box ends. */
static INK_OWN_FRAME int put_reversed(const struct ink_frame *frame, const struct line *line, int x,
                                      int baseline) {
    struct ink_label label;
    struct ink_type reversed = frame->head[INK_MINOR];
    const struct ink_face *title = &frame->title.face;
    const int pad = line->gap, cap = reversed.face.cap;
    const int room = ink_min(line->width - 2 * pad, line->widths[BEFORE]);
    build_part(&label, frame, line, BEFORE);
    const struct ink_extent ink =
        ink_text_extent(&reversed.face, ink_label_span(&label), reversed.tracking);
    int air = pad / 2 + 1, top = ink_max(cap + air, ink.ascent + 1);
    if (is_portrait(frame)) {
        top = ink_min(top, ink_max(title->line - title->descent, cap + 1));
        air = ink_min(air, top - cap);
    } else {
        top = ink_max(ink_min(top, baseline - bar_bottom(frame) - 1), ink.ascent + 1);
    }
    const int bottom = ink_max(
        ink_min(ink_max(air, ink.descent + 2), rule_top(frame) - baseline - 1), ink.descent + 1);
    const struct ink_rect box = {(int16_t)x, (int16_t)(baseline - top),
                                 (int16_t)(x + room + 2 * pad), (int16_t)(baseline + bottom)};
    reversed.ink = INK_ON_ALERT;
    ink_page_alert(frame->page, box, ink_min(top - ink.ascent, bottom - ink.descent));
    ink_text_put_within(frame->page, &reversed, ink_line_of(ink_label_span(&label)),
                        &(struct ink_slot){.x = x + pad, .width = room, .baseline = baseline});
    return box.x1;
}

static void draw_stale(const struct ink_frame *frame, const struct line *line, int x,
                       int baseline) {
    const int end = put_reversed(frame, line, x, baseline);
    (void)put_part(frame, line, AFTER, end + 2 * line->gap, baseline);
}

static void draw_line(const struct ink_frame *frame, const struct line *line, int x, int baseline) {
    for (int i = 0; i < PARTS; i++) {
        if (line->widths[i] > 0) {
            x += put_part(frame, line, i, x, baseline) + line->gap;
        }
    }
}

/* The title, a step smaller if it is too wide, then with an ellipsis. */
static INK_OWN_FRAME void draw_title(const struct ink_frame *frame, struct ink_span title,
                                     int width) {
    struct ink_type type = frame->title;
    if (ink_text_width(&type.face, title) > width) {
        const int px = ink_type_step(INK_ROLE_TITLE, type.face.px, -1);
        type = ink_type_at(INK_ROLE_TITLE, px, frame->page->depth);
    }
    if (width < type.face.px) {
        return; /* no room for an ellipsis */
    }
    ink_page_item(frame->page, INK_ITEM_MASTHEAD, 0, type.face.px);
    ink_text_put_within(
        frame->page, &type, ink_line_of(title),
        &(struct ink_slot){.x = frame->margin, .width = width, .baseline = title_baseline(frame)});
    ink_page_end_item(frame->page);
}

/* "7 of 21", if not all are shown. */
static void build_share(struct ink_label *label, const struct ink_frame *frame) {
    uint32_t all = frame->digest->counts.hidden + frame->digest->counts.kept;
    label->bytes = 0;
    if (!is_portrait(frame) || frame->shown == all) {
        return;
    }
    ink_label_add_count(label, frame->language, frame->shown, 1);
    ink_label_add(label, " ");
    ink_label_add(label, ink_word(frame->language, INK_WORD_OF));
    ink_label_add(label, " ");
    ink_label_add_count(label, frame->language, all, 1);
}

/* At the far end of the as-of line, if there is room beside it. */
static INK_OWN_FRAME void draw_share(const struct ink_frame *frame, int baseline, int room) {
    struct ink_label label;
    build_share(&label, frame);
    if (label.bytes > 0 && ink_text_width(&frame->source.face, ink_label_span(&label)) <= room) {
        ink_page_item(frame->page, INK_ITEM_NOTE, 0, frame->tiers.floor);
        const struct ink_line line = ink_line_of(ink_label_span(&label));
        ink_text_put_line(frame->page, &frame->source, &line,
                          &(struct ink_slot){.width = frame->width - frame->margin,
                                             .baseline = baseline,
                                             .trailing = true});
        ink_page_end_item(frame->page);
    }
}

static void draw_rules(const struct ink_frame *frame) {
    const int16_t left = (int16_t)frame->margin, right = (int16_t)(frame->width - frame->margin);
    const int16_t bar = (int16_t)ink_frame_px(frame, 8), rule = (int16_t)rule_top(frame);
    ink_page_fill(frame->page, (struct ink_rect){left, bar, right, (int16_t)bar_bottom(frame)},
                  INK_TEXT);
    ink_page_fill(frame->page,
                  (struct ink_rect){left, rule, right, (int16_t)(rule + ink_frame_px(frame, 2))},
                  INK_TEXT);
}

/* Build the fullest line that takes no more than `room`; false if none does. */
static bool build_within(struct line *line, const struct ink_frame *frame, int fullest, int room) {
    for (int drop = fullest; drop < DROP_DAY; drop++) {
        measure_line(line, frame, drop);
        if (line->width <= room) {
            return true;
        }
    }
    return false;
}

/* Beside the title; beside the title a step smaller; else the title gives way to as much of the
 * line as takes half of the page. */
static INK_OWN_FRAME void choose_line(struct line *line, const struct ink_frame *frame,
                                      struct ink_span title) {
    const int column = frame->width - 2 * frame->margin, gap = frame->title.face.px;
    if (is_portrait(frame)) {
        if (!build_within(line, frame, DROP_NOTHING, column)) {
            measure_line(line, frame, DROP_DAY);
        }
        return;
    }
    for (int step = 0; step >= -1; step--) {
        int px = ink_type_step(INK_ROLE_TITLE, frame->title.face.px, step);
        struct ink_type type = ink_type_at(INK_ROLE_TITLE, px, frame->page->depth);
        int room = column - gap - ink_text_width(&type.face, title);
        if (build_within(line, frame, DROP_NOTHING, room)) {
            return;
        }
    }
    if (!build_within(line, frame, DROP_WEEKDAY, column / 2)) {
        measure_line(line, frame, DROP_DAY);
    }
}

/* Title and as-of line. Returns the width of the line. */
static INK_OWN_FRAME int draw_head(const struct ink_frame *frame, int32_t stale) {
    const struct ink_story *story = &frame->digest->story;
    struct ink_span title = ink_span_bounded(story->title, sizeof story->title);
    if (title.bytes == 0) {
        title = ink_span_of(ink_word(frame->language, INK_WORD_NO_TITLE));
    }
    const int column = frame->width - 2 * frame->margin, gap = frame->title.face.px;
    struct line line = {.stale = stale};
    choose_line(&line, frame, title);
    fit_line(&line, frame, is_portrait(frame) || is_stale(&line) ? column : column - 3 * gap);
    int x = is_portrait(frame) ? frame->margin : frame->width - frame->margin - line.width;
    draw_title(frame, title, is_portrait(frame) ? column : column - line.width - gap);
    ink_page_item(frame->page, INK_ITEM_CLOCK, 0, frame->tiers.floor);
    if (line.kept > 0) {
        ink_page_mark_cut(frame->page);
    }
    if (is_stale(&line)) {
        draw_stale(frame, &line, x, line_baseline(frame));
    } else {
        draw_line(frame, &line, x, line_baseline(frame));
    }
    ink_page_end_item(frame->page);
    return line.width;
}

void ink_masthead_draw(const struct ink_frame *frame, const struct ink_view *view) {
    draw_rules(frame);
    const int width = draw_head(frame, stale_hours(frame, view));
    draw_share(frame, line_baseline(frame),
               frame->width - 2 * frame->margin - width - frame->title.face.px);
}
