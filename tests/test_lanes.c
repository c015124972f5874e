/* What lanes must hold, over random stories in few lanes and many: leaders do not cross, marks
 * stand where their dates allow, cuts and beads say what is left out, and bad input falls back. */
#include "ink_lane_frame.h"
#include "ink_laws.h"

#define CARDS_MAX 256
#define BARS_MAX  3 /* of a leader: from the mark, along the line, to the card */

static struct story story;

struct leader {
    struct ink_rect bar[BARS_MAX];
    int count;
};

/* The page under test. */
static struct lanes_page {
    struct ink_page page;
    struct ink_frame frame;
    struct ink_axis axis;
    struct lane_bars bars;
    uint16_t number[CARDS_MAX]; /* events shown, in order of time */
    int16_t line[CARDS_MAX];    /* of their lanes, rows of pixels */
    struct leader leader[CARDS_MAX];
    int16_t middle[INK_LANES + 1]; /* of the lines of all lanes */
    int cards, leaders, lanes;
    bool known; /* its axis could be built again */
} now;

static const struct ink_event *event_at(int card) {
    return &now.frame.digest->events[now.number[card]];
}

static const struct ink_row *row_of(int card) {
    return &now.frame.rows[now.number[card]];
}

static bool meet(const struct ink_rect *a, const struct ink_rect *b) {
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static const struct item *item_of(int kind, uint64_t id) {
    for (int i = 0; i < items.count; i++) {
        if (items.item[i].op.kind == kind && items.item[i].id == id) {
            return &items.item[i];
        }
    }
    return NULL;
}

/* ---- reading a page -------------------------------------------------------------------------- */

static void list_cards(const struct scene *scene) {
    now.cards = 0;
    for (int i = 0; i < scene->digest->count && now.cards < CARDS_MAX; i++) {
        const struct item *mark = item_of(INK_ITEM_MARK, scene->digest->events[i].id);
        if ((now.frame.rows[i].flags & INK_ROW_SHOWN) != 0 && mark != NULL) {
            now.number[now.cards] = (uint16_t)i;
            now.line[now.cards++] = (int16_t)((mark->op.y0 + mark->op.y1) / 2);
        }
    }
}

/* A leader is an upright, or two with a bar between that is wider than they are. */
static void add_bar(const struct ink_rect *bar) {
    struct leader *last = now.leaders > 0 ? &now.leader[now.leaders - 1] : NULL;
    const bool level = last != NULL && bar->x1 - bar->x0 > last->bar[0].x1 - last->bar[0].x0;
    if (last == NULL || (last->count != 2 && !level)) {
        last = &now.leader[now.leaders++];
        last->count = 0;
    }
    last->bar[last->count++] = *bar;
}

static void read_leaders(const struct scene *scene) {
    now.leaders = 0;
    for (int i = 0; i < items.count; i++) {
        struct ink_op op;
        struct ink_span payload;
        for (uint32_t at = items.item[i].from; items.item[i].op.kind == INK_ITEM_AXIS &&
                                               at < items.item[i].to && now.leaders < CARDS_MAX &&
                                               ink_page_next(scene->page, &at, &op, &payload);) {
            if (op.type == INK_OP_FILL && (op.ink == INK_RULE || op.ink == INK_ALERT)) {
                const struct ink_rect bar = lane_rect(scene->page, &op);
                add_bar(&bar);
            }
        }
    }
}

/* Each is an item of its own, from above to below. */
static void read_lines(const struct scene *scene) {
    now.lanes = 0;
    for (int i = 0; i < items.count && now.lanes <= INK_LANES; i++) {
        struct ink_op op;
        struct ink_span payload;
        uint32_t at = items.item[i].from;
        if (items.item[i].op.kind == INK_ITEM_AXIS && at < items.item[i].to &&
            ink_page_next(scene->page, &at, &op, &payload) && op.ink >= INK_LANE_1 &&
            op.ink <= INK_LANE_4) {
            now.middle[now.lanes++] = (int16_t)((op.y0 + op.y1) / 2);
        }
    }
}

static struct ink_row *rows_of(const struct scene *scene) {
    return (void *)(scene->wall.ink.page.ops +
                    INK_ROUND_UP((size_t)scene->wall.ink.config.capacity.page_bytes));
}

static void read_page(const struct scene *scene) {
    now.page = *scene->page;
    now.frame = lane_frame(scene->digest, &scene->view, rows_of(scene), &now.page);
    list_cards(scene);
    read_leaders(scene);
    read_lines(scene);
    lane_bars_read(&now.bars, scene->page, &items);
    now.known = lane_axis(&now.axis, &now.frame, &now.bars);
}

/* ---- law: leaders ---------------------------------------------------------------------------- */

static bool is_in_way(int kind) {
    return kind == INK_ITEM_CARD || kind == INK_ITEM_MORE || kind == INK_ITEM_LANE ||
           kind == INK_ITEM_BEAD || kind == INK_ITEM_DATE || kind == INK_ITEM_MARK;
}

/* On a page from right to left a line of another script may turn out wider than it was measured, by
 * the blank of a glyph that the order of its runs puts inside. */
static bool is_blank_more(const struct scene *scene, const struct ink_rect *bar,
                          const struct ink_rect *box) {
    const int over = box->x1 - bar->x0;
    return scene->page->mirrored && over < now.frame.head[INK_MINOR].face.px / 2;
}

static const char *meets_item(const struct scene *scene, const struct ink_rect *bar) {
    static char what[60];
    for (int i = 0; i < items.count; i++) {
        const struct ink_rect rect = lane_rect(scene->page, &items.item[i].op);
        if (is_in_way(items.item[i].op.kind) && meet(bar, &rect) &&
            !is_blank_more(scene, bar, &rect)) {
            snprintf(what, sizeof what, "a leader meets a %s",
                     ink_item_names[items.item[i].op.kind]);
            return what;
        }
    }
    return NULL;
}

/* Does a bar meet a line other than that of its own lane? */
static bool meets_line(const struct scene *scene, const struct ink_rect *bar, int own) {
    struct ink_op op;
    struct ink_span payload;
    for (uint32_t at = 0; ink_page_next(scene->page, &at, &op, &payload);) {
        const struct ink_rect line = lane_rect(scene->page, &op);
        const bool is_line = (op.type == INK_OP_FILL || op.type == INK_OP_DASH) &&
                             op.ink >= INK_LANE_1 && op.ink <= INK_LANE_4;
        if (is_line && meet(bar, &line) && (own < line.y0 || own >= line.y1)) {
            return true;
        }
    }
    return false;
}

static bool leaders_meet(const struct leader *a, const struct leader *b) {
    for (int i = 0; i < a->count; i++) {
        for (int j = 0; j < b->count; j++) {
            if (meet(&a->bar[i], &b->bar[j])) {
                return true;
            }
        }
    }
    return false;
}

/* From the mark to the leading edge of its card, along all of its height but the last line. */
static const char *law_ends(const struct scene *scene, int card) {
    const struct leader *leader = &now.leader[card];
    const struct ink_rect *first = &leader->bar[0], *pole = &leader->bar[leader->count - 1];
    const struct ink_rect mark =
        lane_rect(scene->page, &item_of(INK_ITEM_MARK, event_at(card)->id)->op);
    const struct item *item = item_of(INK_ITEM_CARD, event_at(card)->id);
    const struct ink_rect box = lane_rect(scene->page, &item->op);
    const bool below = first->y0 >= mark.y1;
    const int gap = below ? first->y0 - mark.y1 : mark.y0 - first->y1;
    if (gap < 0 || gap > 2 || abs((first->x0 + first->x1) - (mark.x0 + mark.x1)) > 3) {
        return "a leader does not start at its mark";
    }
    if (pole->x1 > box.x0 || box.x0 - pole->x1 > 2 * ink_lane_inset(&now.frame)) {
        return "a leader does not end at its card";
    }
    return pole->y0 < box.y1 && box.y0 < pole->y1 ? NULL : "a leader ends beside its card";
}

static const char *law_leaders(const struct scene *scene) {
    if (now.leaders != now.cards) {
        return "there are not as many leaders as cards";
    }
    for (int i = 0; i < now.leaders; i++) {
        const char *what = law_ends(scene, i);
        for (int j = 0; j < now.leader[i].count && what == NULL; j++) {
            what = meets_item(scene, &now.leader[i].bar[j]);
            if (what == NULL && meets_line(scene, &now.leader[i].bar[j], now.line[i])) {
                what = "a leader meets another lane's line";
            }
        }
        for (int j = 0; j < i && what == NULL; j++) {
            what = leaders_meet(&now.leader[i], &now.leader[j]) ? "two leaders cross" : NULL;
        }
        if (what != NULL) {
            return what;
        }
    }
    return NULL;
}

/* ---- law: marks ------------------------------------------------------------------------------ */

/* Column of an instant in that run. */
static double column_of(int run, int64_t at) {
    const struct ink_axis_run *its = &now.axis.run[run];
    const double part = (double)(at - its->from) / (double)(its->to - its->from);
    return its->x0 + (its->x1 - its->x0) * (part < 0 ? 0 : part > 1 ? 1 : part);
}

static int pitch(void) {
    return ink_lane_mark(&now.frame) + ink_frame_px(&now.frame, 4);
}

/* Cards of the same lane: the mark before it, or INT_MIN; how many come after. */
static int mark_before(int card) {
    for (int i = card; i-- > 0;) {
        if (row_of(i)->slot == row_of(card)->slot) {
            return row_of(i)->mark;
        }
    }
    return -4 * INK_PANEL_SIDE_MAX;
}

static int marks_after(int card) {
    int count = 0;
    for (int i = card + 1; i < now.cards; i++) {
        count += row_of(i)->slot == row_of(card)->slot;
    }
    return count;
}

/* A mark is off its date only where it stands next to the one before it, or leaves just the room
 * that those after it need. */
static const char *law_mark(int card) {
    const struct ink_event *event = event_at(card);
    const struct ink_zone *zone = &now.frame.digest->story.zone;
    const int64_t end = ink_date_end(&event->when, zone);
    const int mark = row_of(card)->mark, run = row_of(card)->run, before = mark_before(card);
    const double first = column_of(run, event->start_utc);
    const bool exact = event->until.precision != INK_PRECISION_NONE;
    const double last =
        exact || event->when.precision == INK_PRECISION_NONE ? first : column_of(run, end - 1);
    const int rightmost =
        now.frame.right - ink_lane_mark(&now.frame) / 2 - marks_after(card) * pitch();
    if (mark < before + ink_lane_mark(&now.frame)) {
        return "marks of a lane overlap, or are not in the order of time";
    }
    if (mark > last + 1 && mark != before + pitch()) {
        return "a mark stands after its date";
    }
    return mark < first - 1 && mark != rightmost ? "a mark stands before its date" : NULL;
}

static const char *law_marks(const struct scene *scene) {
    for (int i = 0; i < now.cards; i++) {
        const struct ink_rect mark =
            lane_rect(scene->page, &item_of(INK_ITEM_MARK, event_at(i)->id)->op);
        const char *what =
            (mark.x0 + mark.x1) / 2 == row_of(i)->mark ? law_mark(i) : "a mark is not at its place";
        if (what != NULL) {
            return what;
        }
    }
    return NULL;
}

/* ---- law: the axis --------------------------------------------------------------------------- */

static const char *law_runs(const struct scene *scene) {
    (void)scene;
    if (!now.known) {
        return "the axis on the page is not that of its events";
    }
    for (int i = 0; i < now.axis.count; i++) {
        const struct ink_axis_run *run = &now.axis.run[i];
        if (run->from >= run->to || run->x0 >= run->x1) {
            return "a run of nothing";
        }
        if (i > 0 && (run->x0 <= run[-1].x1 || run->ahead < run[-1].ahead)) {
            return "runs are not one after the other";
        }
    }
    for (int i = 0; i < now.cards; i++) {
        const struct ink_axis_run *run = &now.axis.run[row_of(i)->run];
        const int64_t start = event_at(i)->start_utc;
        const bool ahead = ink_event_is_ahead(event_at(i));
        if (run->ahead != ahead || start > run->to || (start < run->from && !ahead)) {
            return "an event stands outside of its run";
        }
    }
    return NULL;
}

/* ---- law: cuts ------------------------------------------------------------------------------- */

static void label_of_cut(struct ink_label *label, int number) {
    const struct ink_axis_run *run = &now.axis.run[number];
    const struct ink_zone *zone = &now.frame.digest->story.zone;
    label->bytes = 0;
    if (now.axis.by_days) {
        const struct ink_date from = ink_local(run[-1].from, zone), to = ink_local(run->from, zone);
        const int32_t days =
            ink_days(to.year, to.month, to.day) - ink_days(from.year, from.month, from.day) - 1;
        ink_label_add_pattern(label, now.frame.language, INK_WORD_DAYS, (uint32_t)days);
        return;
    }
    ink_label_silence(label, now.frame.language, (int32_t)((run->from - run[-1].to + 1800) / 3600));
}

/* Is a cut's length said in the header before `x`? If not, `end` is where the last label before it
 * ends. */
static bool is_said(const struct scene *scene, struct ink_span label, int from, int x, int *end) {
    *end = 0;
    for (int i = 0; i < items.count; i++) {
        const struct ink_rect rect = lane_rect(scene->page, &items.item[i].op);
        struct ink_op op;
        struct ink_span text;
        uint32_t at = items.item[i].from;
        if (items.item[i].op.kind != INK_ITEM_DATE || rect.x0 >= x ||
            rect.y0 > now.bars.bar[0].y0 ||
            !item_text(scene->page, &items.item[i], &at, &op, &text)) {
            continue;
        }
        if (span_same(text, label) && rect.x1 > from) {
            return true;
        }
        *end = ink_max(*end, rect.x1);
    }
    return false;
}

static const char *law_cut(const struct scene *scene, int number) {
    const struct ink_axis_run *run = &now.axis.run[number];
    const int em = now.frame.head[INK_MINOR].face.px, air = ink_max(em / 3, 3);
    struct ink_label label;
    int end;
    label_of_cut(&label, number);
    const int width = ink_text_width(&now.frame.detail.face, ink_label_span(&label));
    if (!is_said(scene, ink_label_span(&label), run[-1].x0, run->x0, &end) &&
        end + 2 * air + width + 2 < run->x0) {
        return "a cut has room for its length, but does not say it";
    }
    for (int i = 0; i < now.cards; i++) {
        const int mark = row_of(i)->mark;
        if (mark > run[-1].x1 + 1 && mark < run->x0 - 1 && mark != mark_before(i) + pitch()) {
            return "a mark lies inside a cut";
        }
    }
    return NULL;
}

static const char *law_silences(const struct scene *scene) {
    for (int i = 1; i < now.axis.count; i++) {
        const char *what = now.axis.run[i].cut ? law_cut(scene, i) : NULL;
        if (what != NULL) {
            return what;
        }
    }
    return NULL;
}

/* ---- law: beads ------------------------------------------------------------------------------ */

/* The lane that a count belongs to, which stands under its line or on it. */
static int slot_at(int y1) {
    int slot = 0;
    for (int i = 0; i < now.lanes; i++) {
        slot = now.middle[i] < y1 ? i : slot;
    }
    return slot;
}

static uint32_t count_in(const struct scene *scene, const struct item *item) {
    struct ink_op op;
    struct ink_span text;
    uint32_t at = item->from;
    return item_text(scene->page, item, &at, &op, &text) ? number_in(text) : 0;
}

/* Records hidden among those ahead in a lane. */
static uint32_t hidden_ahead(int slot) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < now.frame.digest->count; i++) {
        const struct ink_event *event = &now.frame.digest->events[i];
        if (now.frame.rows[i].slot == slot && ink_event_is_ahead(event)) {
            count += event->hidden_in_lane;
            count += (now.frame.rows[i].flags & INK_ROW_SHOWN) == 0;
        }
    }
    return count;
}

static const char *law_beads(const struct scene *scene) {
    uint32_t beads[INK_LANES + 1] = {0}, said[INK_LANES + 1] = {0}, ahead[INK_LANES + 1] = {0};
    int past = now.frame.right + 1;
    for (int i = now.axis.count; i-- > 0;) {
        past = now.axis.run[i].ahead ? now.axis.run[i].x0 : past;
    }
    for (int i = 0; i < items.count; i++) {
        const struct item *item = &items.item[i];
        const struct ink_rect rect = lane_rect(scene->page, &item->op);
        const int slot = slot_at(rect.y1);
        if (item->op.kind == INK_ITEM_MORE) {
            said[slot] += count_in(scene, item);
        } else if (item->op.kind == INK_ITEM_BEAD) {
            beads[slot] += count_in(scene, item);
            ahead[slot] += rect.x1 > past ? count_in(scene, item) : 0;
        }
    }
    for (int slot = 0; slot < now.lanes; slot++) {
        if (beads[slot] > said[slot]) {
            return "beads say more than their lane";
        }
        if (ahead[slot] > hidden_ahead(slot)) {
            return "a bead of the past stands beyond now";
        }
    }
    return NULL;
}

/* ---- the sweep ------------------------------------------------------------------------------- */

enum { LANES_LEADERS, LANES_RUNS, LANES_MARKS, LANES_CUTS, LANES_BEADS, LANES_LAWS };
static law *const lane_laws[LANES_LAWS] = {law_leaders, law_runs, law_marks, law_silences,
                                           law_beads};
static int seen, cards_seen, cuts_seen, faults;

static void fault(const struct scene *scene, uint64_t round, const char *what) {
    CHECK(what == NULL);
    if (what != NULL && faults++ < 20) {
        printf("  round %llu: %s\n", (unsigned long long)round, what);
        view_print(&scene->view);
    }
}

static void check_lanes(const struct scene *scene, uint64_t round) {
    if (scene->wall.ink.shown.layout != INK_LAYOUT_LANES || scene->digest->count == 0) {
        return;
    }
    read_page(scene);
    seen++;
    cards_seen += now.cards;
    for (int i = 0; i < now.axis.count; i++) {
        cuts_seen += now.axis.run[i].cut;
    }
    for (int i = 0; i < LANES_LAWS; i++) {
        const bool asks_axis = i >= LANES_MARKS;
        fault(scene, round, now.known || !asks_axis ? lane_laws[i](scene) : NULL);
    }
}

static void lay(uint64_t round, const struct ink_view *view, int records, uint32_t lanes) {
    static const struct ink_capacity capacity = {128, 512, 16384, 32768, 0};
    struct scene scene;
    uint64_t seed = round;
    struct making making = story_any(&seed, (uint32_t)records);
    making.topics = 0;
    story_make(&story, &making, &seed);
    story_set_lanes(&story, lanes, round);
    scene_take(&scene, &story, &capacity);
    scene.view = *view;
    scene.view.layout = INK_LAYOUT_LANES;
    scene_look(&scene);
    check_lanes(&scene, round);
    for (int i = 0; i < LAW_INK && scene.wall.ink.shown.layout == INK_LAYOUT_LANES; i++) {
        fault(&scene, round, laws[i](&scene));
    }
    scene_close(&scene);
}

static const uint32_t lanes_of[] = {1, 2, 3, 8, 40, 0};

/* 7.5 inch read from near, in every language and ink, and larger ones. */
static void lanes_hold_on_walls(void) {
    for (uint64_t round = 1; round <= 2000; round++) {
        uint64_t seed = round * 77;
        struct ink_view view = view_any(&seed, 300);
        view.width = (int16_t)(500 + ink_random_below(&seed, 900));
        view.height = (int16_t)(300 + ink_random_below(&seed, 500));
        view.rotation = story_chance(&seed, 8) ? 90 : 0;
        view.pitch_um = (int16_t)(150 + ink_random_below(&seed, 150));
        view.distance_mm = (uint16_t)(400 + ink_random_below(&seed, 900));
        lay(round, &view, story_chance(&seed, 4) ? 120 : 30, lanes_of[round % 6]);
    }
}

/* Most of these have no room for lanes: then the page has none. */
static void lanes_hold_on_any_view(void) {
    for (uint64_t round = 10001; round <= 11500; round++) {
        uint64_t seed = round * 77;
        const struct ink_view view = view_any(&seed, 1000);
        lay(round, &view, 40, lanes_of[round % 6]);
    }
}

/* ---- bad input ------------------------------------------------------------------------------- */

static void expect(const struct ink_view *view, uint32_t lanes, enum ink_layout wanted) {
    static const struct ink_capacity capacity = {24, 64, 2416, 2560, 0};
    struct scene scene;
    story_set_lanes(&story, lanes, 1);
    scene_take(&scene, &story, &capacity);
    scene.view = *view;
    scene.view.layout = INK_LAYOUT_LANES;
    scene_look(&scene);
    CHECK_INT(scene.wall.ink.shown.layout, wanted);
    check_lanes(&scene, 0);
    for (int i = 0; i < LAW_COUNT; i++) {
        fault(&scene, 0, laws[i](&scene));
    }
    scene_close(&scene);
}

static void make_plain(int records) {
    uint64_t seed = 5;
    story_make(&story, &(struct making){.records = records, .plain = true, .bare = true}, &seed);
}

static void a_page_without_room_for_lanes_has_a_lead_or_a_spine(void) {
    const struct ink_view smallest = {
        .width = 64, .height = 64, .pitch_um = 200, .panel_distance_mm = 500, .now_utc = INT64_MIN};
    struct ink_view small = {.width = 296, .height = 128, .pitch_um = 226, .now_utc = INT64_MIN};
    small.panel_distance_mm = 700;
    make_plain(12);
    expect(&smallest, 3, INK_LAYOUT_LEAD);
    small.distance_mm = 20000;
    expect(&small, 3, INK_LAYOUT_LEAD);
    small.rotation = 90;
    expect(&small, 3, INK_LAYOUT_SPINE);
}

static void forty_lanes_share_what_lines_there_are(void) {
    struct ink_view view = {.width = 800, .height = 480, .pitch_um = 204, .now_utc = INT64_MIN};
    view.panel_distance_mm = 1000;
    make_plain(100);
    expect(&view, 40, INK_LAYOUT_LANES);
    view.panel_distance_mm = 3000; /* a line is no longer than a name and a card */
    expect(&view, 40, INK_LAYOUT_SPINE);
    expect(&view, 0, INK_LAYOUT_SPINE);
}

static void a_headline_of_one_long_word_is_cut(void) {
    static const int lengths[] = {300, 60, 20};
    char word[300];
    struct ink_view view = {.width = 800, .height = 480, .pitch_um = 204, .now_utc = INT64_MIN};
    view.panel_distance_mm = 1000;
    make_plain(12);
    memset(word, 'w', sizeof word);
    for (int i = 0; i < story.count; i++) {
        story.records[i].text[INK_HEADLINE] = story_keep(&story, word, (size_t)lengths[i % 3]);
    }
    expect(&view, 2, INK_LAYOUT_LANES);
}

int main(void) {
    RUN(lanes_hold_on_walls);
    RUN(lanes_hold_on_any_view);
    RUN(a_page_without_room_for_lanes_has_a_lead_or_a_spine);
    RUN(forty_lanes_share_what_lines_there_are);
    RUN(a_headline_of_one_long_word_is_cut);
    printf("%d pages with lanes, %d cards, %d cuts\n", seen, cards_seen, cuts_seen);
    return ink_test_end();
}
