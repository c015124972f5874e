/* Tiers, the frame that layouts work in, and the choice of layout. */
#include "core/ink_layout.h"

#include "core/ink_bidi.h"
#include "core/ink_frame.h"

const char *const ink_layout_names[INK_LAYOUT_COUNT] = {"auto", "spine", "lanes", "lead",
                                                        "daybook"};

/* Cap height per metre of distance, in 1/100 mm: a newsreader's distance rule (comfortable), a
 * sign's (minimum), and the eye's limit with a margin. Sources: BGI 650 (22'), US sign practice
 * (1 inch to 20 feet), USSC chart. */
#define GLANCE_CMM 645
#define READ_CMM   420
#define FLOOR_CMM  300

#define DETAIL_MM 600 /* detail is read from close by, whatever the view */

/* em = cap / 0.7, cap = rule * distance / pitch. At most 645 * 65535 * 16 / 70 / 20 < 2^31. */
static int em_16ths(int rule_cmm, int distance_mm, int pitch_um) {
    return (int)((int64_t)rule_cmm * distance_mm * 16 / (70 * (int64_t)pitch_um));
}

/* A page that holds fewer than ten lines, or eight letters or so in a line, cannot spare any: it is
 * read from nearer than was asked for. */
static void fit_page(struct ink_tiers *tiers, const struct ink_view *view) {
    bool turned = view->rotation == 90 || view->rotation == 270;
    const int width = turned ? view->height : view->width;
    const int height = turned ? view->width : view->height;
    while (tiers->read > tiers->detail && (height < tiers->read * 10 || width < tiers->read * 8)) {
        tiers->read = (uint8_t)ink_type_step(INK_ROLE_HEADLINE, tiers->read, -1);
    }
    /* One that holds fewer than six cannot even spare the detail tier. */
    const int least = ink_type_step(INK_ROLE_HEADLINE, 0, 0);
    while (tiers->read > least && ink_min(height, width) < tiers->read * 6) {
        tiers->read = (uint8_t)ink_type_step(INK_ROLE_HEADLINE, tiers->read, -1);
    }
    tiers->floor = (uint8_t)ink_min(tiers->floor, tiers->read);
    tiers->detail = (uint8_t)ink_min(tiers->detail, tiers->read);
    tiers->glance = (uint8_t)ink_max(tiers->read, ink_min(tiers->glance, tiers->read * 2));
}

struct ink_tiers ink_tiers_for(const struct ink_view *view, const struct ink_story *story) {
    int distance = view->distance_mm != 0    ? view->distance_mm
                   : story->distance_mm != 0 ? story->distance_mm
                                             : view->panel_distance_mm;
    int near_mm = ink_min(distance, DETAIL_MM), pitch = view->pitch_um;
    struct ink_tiers tiers = {.distance_mm = (uint16_t)distance};
    int glance = em_16ths(GLANCE_CMM, distance, pitch);
    tiers.glance = (uint8_t)ink_type_snap(INK_ROLE_HEADLINE, glance);
    tiers.read = (uint8_t)ink_type_snap(INK_ROLE_HEADLINE, em_16ths(READ_CMM, distance, pitch));
    tiers.floor = (uint8_t)ink_type_snap(INK_ROLE_SOURCE, em_16ths(FLOOR_CMM, distance, pitch));
    tiers.detail = (uint8_t)ink_type_snap(INK_ROLE_SOURCE, em_16ths(FLOOR_CMM, near_mm, pitch));
    fit_page(&tiers, view);
    tiers.beyond = em_16ths(READ_CMM, distance, pitch) > tiers.read * 16 * 3 / 2;
    return tiers;
}

struct ink_view ink_view_of(const struct ink_panel *panel) {
    return (struct ink_view){.width = panel->width,
                             .height = panel->height,
                             .pitch_um = panel->pitch_um,
                             .inks = panel->inks,
                             .panel_distance_mm = (uint16_t)panel->distance_mm,
                             .now_utc = INT64_MIN};
}

static bool view_holds(const struct ink_view *view) {
    bool sides = view->width >= INK_PANEL_SIDE_MIN && view->width <= INK_PANEL_SIDE_MAX &&
                 view->height >= INK_PANEL_SIDE_MIN && view->height <= INK_PANEL_SIDE_MAX;
    return sides && view->pitch_um >= 20 && view->rotation < 360 && view->rotation % 90 == 0 &&
           view->layout < INK_LAYOUT_COUNT && view->inks < INK_INKS_COUNT;
}

int ink_frame_px(const struct ink_frame *frame, int px) {
    return ink_max((px * frame->scale + 128) / 256, 1);
}

bool ink_frame_narrow(const struct ink_frame *frame) {
    return frame->dates_above || frame->right - frame->left + 2 * frame->margin < 240;
}

void ink_frame_types(struct ink_frame *frame) {
    const struct ink_tiers *tiers = &frame->tiers;
    const int depth = frame->page->depth;
    frame->head[INK_MINOR] = ink_type_at(INK_ROLE_HEADLINE, tiers->floor, depth);
    frame->head[INK_MAJOR] = ink_type_at(INK_ROLE_HEADLINE, tiers->read, depth);
    for (int rank = INK_MINOR; rank <= INK_MAJOR; rank++) {
        int px = ink_type_step(INK_ROLE_HEADLINE, frame->head[rank].face.px, 1);
        frame->figure[rank] = ink_type_at(INK_ROLE_HEADLINE, px, depth);
    }

    frame->tag =
        ink_type_at(INK_ROLE_HEADLINE, ink_type_step(INK_ROLE_HEADLINE, tiers->floor, -1), depth);
    frame->tag.tracking = 1;
    frame->tag.ink = INK_ON_ALERT;
    frame->source = ink_type_at(INK_ROLE_SOURCE, tiers->floor, depth);
    frame->source.ink = INK_MUTED;
    frame->detail = ink_type_at(INK_ROLE_SOURCE, tiers->detail, depth);
    frame->detail.ink = INK_MUTED;
    frame->title = ink_type_at(INK_ROLE_TITLE, tiers->read, depth);
    ink_type_lead(&frame->head[INK_MINOR], frame->bold_scripts);
    ink_type_lead(&frame->head[INK_MAJOR], frame->bold_scripts);
    ink_type_lead(&frame->source, frame->light_scripts);
}

/* How exactly the newest record is dated: a page that goes by it knows no better. */
static int newest_precision(const struct ink_digest *digest) {
    int precision = INK_PRECISION_NONE;
    for (uint32_t i = 0; i < digest->count; i++) {
        const struct ink_event *event = &digest->events[i];
        if (event->start_utc == digest->newest_utc && !ink_event_is_ahead(event)) {
            precision = ink_max(precision, event->when.precision);
        }
    }
    return precision == INK_PRECISION_NONE     ? INK_PRECISION_DAY
           : precision == INK_PRECISION_SEASON ? INK_PRECISION_MONTH /* of the local date */
                                               : precision;
}

static void set_as_of(struct ink_frame *frame, const struct ink_view *view) {
    const struct ink_story *story = &frame->digest->story;
    frame->as_of_day = INT32_MIN;
    frame->now_utc = view->now_utc != INT64_MIN ? view->now_utc : frame->digest->newest_utc;
    if (story->as_of.precision != INK_PRECISION_NONE) {
        frame->as_of = ink_date_local(&story->as_of, &story->zone);
        frame->now_utc = ink_date_start(&story->as_of, &story->zone);
    } else if (frame->now_utc != INT64_MIN) {
        frame->as_of = ink_local(frame->now_utc, &story->zone);
        if (view->now_utc == INT64_MIN) {
            frame->as_of.precision = (uint8_t)newest_precision(frame->digest);
        }
    } else {
        return;
    }
    if (frame->as_of.precision >= INK_PRECISION_DAY) {
        frame->as_of_day = ink_days(frame->as_of.year, frame->as_of.month, frame->as_of.day);
    }
}

static void look_at(struct ink_frame *frame, struct ink_span text) {
    frame->mixed = frame->mixed || ink_bidi_needed(text, 0);
    frame->longest = (uint16_t)ink_max(frame->longest, text.bytes);
    frame->bold_scripts |= ink_text_scripts(INK_ROLE_HEADLINE, text);
    frame->light_scripts |= ink_text_scripts(INK_ROLE_SOURCE, text);
}

/* Lines are as far apart as the tallest script of the page wants. */
static void set_scripts(struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    const char *title = digest->story.title;
    frame->mixed = frame->language->rtl;
    frame->longest = INK_LABEL_BYTES;
    look_at(frame, ink_span_bounded(title, sizeof digest->story.title));
    look_at(frame, ink_span_of(ink_word(frame->language, INK_WORD_TODAY)));
    for (uint32_t i = 0; i < digest->count; i++) {
        for (int text = 0; text < INK_EVENT_TEXTS; text++) {
            look_at(frame, ink_event_text(digest, &digest->events[i], (enum ink_event_text)text));
        }
    }
}

void ink_frame_set_up(struct ink_frame *frame, const struct ink_view *view) {
    const struct ink_story *story = &frame->digest->story;
    bool turned = view->rotation == 90 || view->rotation == 270;
    frame->width = turned ? view->height : view->width;
    frame->height = turned ? view->width : view->height;
    frame->page->width = (int16_t)frame->width;
    frame->page->height = (int16_t)frame->height;
    frame->page->rotation = view->rotation;
    ink_page_set_inks(frame->page, (enum ink_inks)view->inks);
    frame->scale = ink_max(204 * 256 / view->pitch_um, 1);
    /* rules and air take no more of a tiny page of fine pixels than of a larger one */
    frame->scale = ink_min(frame->scale, ink_min(frame->width, frame->height) * 256 / 100);
    frame->margin = ink_min(ink_max(frame->width, frame->height) / 50,
                            ink_min(frame->width, frame->height) / 10);
    frame->left = frame->margin;
    frame->right = frame->width - frame->margin;
    const char *lang = view->lang[0] != '\0' ? view->lang : story->lang;
    frame->language = ink_language_for(ink_span_bounded(lang, INK_LANG_BYTES));
    frame->page->mirrored = frame->language->rtl;
    frame->title_bytes = ink_span_bounded(story->title, sizeof story->title).bytes;
    frame->tiers = ink_tiers_for(view, story);
    set_scripts(frame);
    ink_frame_types(frame);
    set_as_of(frame, view);
    frame->top = ink_masthead_height(frame);
    frame->reserved = 340 + frame->title_bytes + (frame->mixed ? 72 : 0); /* the masthead */
    frame->small = frame->height < 200;
    frame->lines_max = frame->small ? 2 : 3;
    frame->lines_major = 3;
    frame->bottom = frame->height - ink_max(frame->margin / 2, 4);
}

static void find_full_rows(const struct ink_frame *frame) {
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        bool full = (frame->digest->events[i].flags & INK_EVENT_FETCHED) != 0;
        frame->rows[i] = (struct ink_row){.flags = full ? INK_ROW_FULL : 0};
    }
}

/* ---- how dates are written ------------------------------------------------------------------- */

static bool needs_years(const struct ink_frame *frame) {
    for (uint32_t i = 0; i < frame->digest->count; i++) {
        const struct ink_event *event = &frame->digest->events[i];
        const struct ink_date first = ink_civil(ink_event_day(frame->digest, event));
        if ((frame->rows[i].flags & INK_ROW_FULL) != 0 && first.year != frame->as_of.year) {
            return true;
        }
    }
    return frame->as_of.precision == INK_PRECISION_NONE;
}

/* All that is kept lies within three days. */
static bool goes_by_the_hour(const struct ink_frame *frame) {
    const struct ink_digest *digest = frame->digest;
    const uint32_t past = ink_first_ahead(digest);
    return past > 0 &&
           digest->events[past - 1].start_utc - digest->events[0].start_utc < (int64_t)3 * 86400;
}

static void set_dates(struct ink_frame *frame) {
    frame->years = needs_years(frame);
    frame->hourly = goes_by_the_hour(frame);
}

INK_OWN_FRAME int ink_note(const struct ink_frame *frame, enum ink_word word, int bottom) {
    const struct ink_type *type = &frame->head[INK_MAJOR];
    struct ink_span text = ink_span_of(ink_word(frame->language, word));
    const int px = type->face.px, width = frame->right - frame->left;
    const bool short_page = bottom - frame->top < px * 5;
    const int baseline = frame->top + (short_page ? px : 2 * px);
    const int most = (bottom - baseline - px / 2) / type->face.line + 1;
    ink_page_item(frame->page, INK_ITEM_NOTE, 0, px);
    const int last = ink_text_put_lines(
        frame->page, type, text, ink_max(most, 1),
        (struct ink_slot){.x = frame->left, .width = width, .baseline = baseline});
    ink_page_end_item(frame->page);
    return last + px / 2;
}

bool ink_page_holds(const struct ink_frame *frame, int y, int bytes) {
    const uint32_t scratch = frame->mixed ? INK_BIDI_ROOM(frame->longest) : 0;
    return y <= frame->bottom && (uint32_t)bytes + scratch <= frame->page->cap;
}

/* ---- which layout ---------------------------------------------------------------------------- */

/* Has it happened, and did the desk not weight it below the middle? A plan that is over, or one
 * that was called off, is no news. */
static bool is_news(const struct ink_event *event) {
    return event->status != INK_PLANNED && event->status != INK_WITHDRAWN &&
           !ink_event_is_minor(event);
}

/* Most of it is still to come, and what a daybook would not list is no news. */
static bool is_diary(const struct ink_digest *digest) {
    const uint32_t past = ink_first_ahead(digest);
    uint32_t over = 0;
    while (over < past && !is_news(&digest->events[over])) {
        over++;
    }
    return over == past && past * 2 < digest->count;
}

static enum ink_layout pick(const struct ink_frame *frame, const struct ink_view *view) {
    enum ink_layout layout = (enum ink_layout)view->layout;
    if (layout == INK_LAYOUT_AUTO) {
        layout = frame->height < 200       ? INK_LAYOUT_LEAD /* room for one card */
                 : is_diary(frame->digest) ? INK_LAYOUT_DAYBOOK
                 : ink_lanes_suit(frame)   ? INK_LAYOUT_LANES
                                           : INK_LAYOUT_SPINE;
    }
    if (layout == INK_LAYOUT_LANES && !ink_lanes_possible(frame)) {
        layout = frame->height < 200 ? INK_LAYOUT_LEAD : INK_LAYOUT_SPINE;
    }
    return layout;
}

bool ink_layout_fits(struct ink_frame *frame) {
    switch (frame->layout) {
    case INK_LAYOUT_LANES:
        return ink_lanes_fit(frame);
    case INK_LAYOUT_DAYBOOK:
        return ink_daybook_fits(frame);
    default:
        return ink_spine_fits(frame);
    }
}

void ink_layout_measure(struct ink_frame *frame, uint32_t number, int rank) {
    if (frame->layout == INK_LAYOUT_LANES) {
        ink_lanes_measure(frame, number, rank);
    } else {
        ink_card_measure(frame, &frame->digest->events[number], rank, &frame->rows[number]);
    }
}

/* ---- the page -------------------------------------------------------------------------------- */

static void begin(struct ink_frame *frame, const struct ink_view *view) {
    ink_frame_set_up(frame, view);
    find_full_rows(frame);
    set_dates(frame);
}

static void choose(struct ink_frame *frame) {
    if (frame->layout == INK_LAYOUT_LANES) {
        ink_lanes_choose(frame);
    } else if (frame->layout == INK_LAYOUT_SPINE) {
        ink_spine_choose(frame);
    }
}

static void choose_again(struct ink_frame *frame, const struct ink_view *view,
                         enum ink_layout layout) {
    *frame = (struct ink_frame){.digest = frame->digest, .page = frame->page, .rows = frame->rows};
    begin(frame, view);
    frame->layout = layout;
    choose(frame);
}

/* Sides beside each other are worth a few cards: `auto` takes a spine instead if lanes leave out
 * more than a third of what is kept, and a spine has half as many cards again. That is asked only
 * where a spine might show all, so that a large story is not measured twice. */
static void reconsider(struct ink_frame *frame, const struct ink_view *view) {
    const uint32_t shown = frame->shown, kept = frame->digest->count;
    const int lines = (frame->bottom - frame->top) / frame->head[INK_MINOR].face.line;
    if (view->layout != INK_LAYOUT_AUTO || frame->layout != INK_LAYOUT_LANES ||
        shown * 3 >= kept * 2 || (int)kept > lines) {
        return;
    }
    choose_again(frame, view, INK_LAYOUT_SPINE);
    if (frame->shown * 2u < shown * 3) {
        choose_again(frame, view, INK_LAYOUT_LANES);
    }
}

static void fill(struct ink_frame *frame, const struct ink_view *view) {
    switch (frame->layout) {
    case INK_LAYOUT_LANES:
        ink_masthead_draw(frame, view);
        ink_lanes_draw(frame);
        break;
    case INK_LAYOUT_DAYBOOK:
        ink_daybook(frame, view);
        return; /* it has its own words for nothing */
    case INK_LAYOUT_LEAD:
        ink_lead(frame, view);
        break;
    default:
        ink_masthead_draw(frame, view);
        ink_spine_draw(frame);
    }
    if (frame->digest->counts.hidden + frame->digest->counts.kept == 0) {
        (void)ink_note(frame, INK_WORD_NOTHING, frame->height); /* the page says so */
    }
}

static uint32_t hidden_in_all(const struct ink_frame *frame) {
    return frame->digest->counts.hidden + frame->digest->counts.kept - frame->shown;
}

enum ink_status ink_lay(const struct ink_digest *digest, const struct ink_view *view,
                        struct ink_row *rows, struct ink_page *page, struct ink_shown *shown) {
    if (!view_holds(view)) {
        return INK_ERR_VIEW;
    }
    struct ink_frame frame = {.digest = digest, .page = page, .rows = rows};
    begin(&frame, view);
    frame.layout = pick(&frame, view);
    choose(&frame);
    reconsider(&frame, view);
    fill(&frame, view);
    ink_page_end_item(page);
    *shown = (struct ink_shown){
        .shown = frame.shown, .hidden = hidden_in_all(&frame), .layout = (uint8_t)frame.layout};
    return INK_OK;
}
