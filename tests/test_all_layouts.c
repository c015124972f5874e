/* What every page must hold, for stories over all panels, layouts and turns, each panel at its own
 * profile: laws 5, 6 and 7.
 *
 *     test_all_layouts [STORIES [FIRST]]
 *
 * Prints how many pages it saw; ends at the 20th fault. A fault names the story by its number: run
 * `test_all_layouts 1 NUMBER` to see it alone. */
#include "ink_laws.h"

#include "core/ink_profile.h"
#include "panels/ink_panels.h"

#define STORIES    (SANITIZED ? 12 : 60)
#define FAULTS_MAX 20
#define SHIFT      32     /* of a page that is looked at beyond its edges, pixels */
#define SMALL      200000 /* pixels of a page that is always drawn; a larger one in few stories */

static struct story story;
static struct {
    long pages, drawn, lanes, cards, faults;
    uint64_t faulty[INK_LAYOUT_COUNT]; /* the last story with a fault in that layout */
} seen;

static struct ink_capacity capacity_of(int profile) {
    return profile == INK_PROFILE_TINY   ? INK_TINY_CAPACITY
           : profile == INK_PROFILE_WALL ? INK_WALL_CAPACITY
                                         : INK_LARGE_CAPACITY;
}

/* ---- laws of whole pages --------------------------------------------------------------------- */

static const char *law_written(const struct scene *scene) {
    for (int i = 0; i < items.count; i++) {
        struct ink_op op;
        struct ink_span text;
        uint32_t at = items.item[i].from;
        if (item_text(scene->page, &items.item[i], &at, &op, &text) && text.bytes > 0) {
            return scene->page->refused == 0 ? NULL : "an op found no room";
        }
    }
    return "nothing is written";
}

/* The page on a larger one. */
static struct ink_page shifted(const struct ink_page *page) {
    struct ink_page larger = *page;
    larger.ops = malloc(page->used + 1);
    memcpy(larger.ops, page->ops, page->used);
    larger.width = (int16_t)(page->width + 2 * SHIFT);
    larger.height = (int16_t)(page->height + 2 * SHIFT);
    larger.rotation = 0;
    for (uint32_t at = 0; at < page->used;) {
        struct ink_op op;
        memcpy(&op, larger.ops + at, sizeof op);
        op.x0 = (int16_t)(op.x0 + SHIFT);
        op.x1 = (int16_t)(op.x1 + SHIFT);
        op.y0 = (int16_t)(op.y0 + SHIFT);
        op.y1 = (int16_t)(op.y1 + SHIFT);
        memcpy(larger.ops + at, &op, sizeof op);
        at += (uint32_t)INK_OP_BYTES(op.payload);
    }
    return larger;
}

/* No glyph or mark is cut by the page's edge, and there is some ink. */
static const char *law_edges(const struct scene *scene) {
    struct ink_page page = shifted(scene->page);
    struct glass glass = glass_draw(&page, page.height + (page.height & 1));
    long inside = 0, outside = 0;
    for (int y = 0; y < glass.height; y++) {
        const bool in = y >= SHIFT && y < glass.height - SHIFT;
        for (int x = 0; x < glass.width; x++) {
            const bool ink = glass_pixel(&glass, x, y);
            const bool on = in && x >= SHIFT && x < glass.width - SHIFT;
            inside += ink && on;
            outside += ink && !on;
        }
    }
    glass_free(&glass);
    free(page.ops);
    return outside > 0 ? "the page's edge cuts ink" : inside == 0 ? "a blank page" : NULL;
}

/* ---- the sweep ------------------------------------------------------------------------------- */

struct place {
    uint64_t story;
    const struct ink_panel *panel;
};

/* One fault a story and layout: other panels would say the same. */
static void report(const struct scene *scene, const struct place *place, const char *what) {
    const int used = scene->wall.ink.shown.layout;
    if (what == NULL || seen.faulty[used] == place->story) {
        return;
    }
    seen.faulty[used] = place->story;
    seen.faults++;
    CHECK(what == NULL);
    printf("  story %llu, %s, %s (used: %s): %s\n", (unsigned long long)place->story,
           place->panel->name, ink_layout_names[scene->view.layout], ink_layout_names[used], what);
    view_print(&scene->view);
}

static void check_page(const struct scene *scene, const struct place *place) {
    static law *const quick[] = {law_counts, law_boxes,   law_cuts, law_cards,
                                 law_lead,   law_daybook, law_hour, law_written};
    static law *const slow[] = {law_edges, law_ink};
    const bool small = (long)scene->view.width * scene->view.height <= SMALL;
    const bool drawn = small || place->story % 8 == 0;
    seen.pages++;
    seen.drawn += drawn;
    seen.lanes += scene->wall.ink.shown.layout == INK_LAYOUT_LANES;
    seen.cards += scene->wall.ink.shown.shown;
    for (size_t i = 0; i < sizeof quick / sizeof *quick; i++) {
        report(scene, place, quick[i](scene));
    }
    for (size_t i = 0; i < sizeof slow / sizeof *slow && drawn; i++) {
        report(scene, place, slow[i](scene));
    }
}

static void look_all_ways(struct scene *scene, const struct place *place) {
    for (int turn = 0; turn < 2; turn++) {
        for (int layout = 0; layout < INK_LAYOUT_COUNT && seen.faults < FAULTS_MAX; layout++) {
            scene->view.layout = (uint8_t)layout;
            scene_look(scene);
            check_page(scene, place);
        }
        scene->view.rotation = (uint16_t)((scene->view.rotation + 90) % 360);
    }
}

/* Language and clock, the same for all panels. */
static struct ink_view view_for(const struct ink_panel *panel, uint64_t number) {
    static const char *const langs[] = {"", "en", "uk", "ar", "he", "zh", "fa", "de"};
    uint64_t seed = number * 31;
    struct ink_view view = ink_view_of(panel);
    strcpy(view.lang, langs[ink_random_below(&seed, 8)]);
    view.rotation = story_chance(&seed, 2) ? 180 : 0;
    if (story_chance(&seed, 2)) {
        view.now_utc = (int64_t)1722902400 + ink_random_below(&seed, 86400 * 30);
    }
    return view;
}

/* Names as offices bear them, behind many of which the time of a report must still be told as that.
 */
static void give_long_sources(uint64_t number) {
    static const char *const names[] = {
        "State Emergency Service of the Kharkiv region, press office",
        "Міністерство оборони, речник",
        "Associated Press correspondent citing residents of the town",
        "وزارة الدفاع الروسية، المتحدث باسمها",
        "משרד הביטחון, דובר",
        "俄罗斯国防部新闻发言人办公室",
        "Security\xC2\xA0Service\xC2\xA0of\xC2\xA0Ukraine,\xC2\xA0spokesman",
    };
    uint64_t seed = number * 17 + 5;
    for (int i = 0; i < story.count; i++) {
        struct ink_record *record = &story.records[i];
        if (story_chance(&seed, 2)) {
            const char *name = names[ink_random_below(&seed, sizeof names / sizeof *names)];
            record->text[INK_SOURCE] = story_keep(&story, name, strlen(name));
            record->dated = story_chance(&seed, 2) ? INK_DATED_REPORT : record->dated;
        }
    }
}

static void check_story(uint64_t number) {
    uint64_t seed = number;
    struct making making = story_any(&seed, number % 5 == 0 ? 200 : 60);
    making.bare = number % 7 == 0;
    story_make(&story, &making, &seed);
    story_any_lanes(&story, number);
    if (number % 2 == 0) {
        give_long_sources(number);
    }
    for (int profile = 0; profile < INK_PROFILE_COUNT; profile++) {
        struct scene scene;
        const struct ink_capacity capacity = capacity_of(profile);
        scene_take(&scene, &story, &capacity);
        for (int i = 0; i < INK_PANEL_COUNT; i++) {
            if (ink_panels[i].profile == profile) {
                scene.view = view_for(&ink_panels[i], number);
                look_all_ways(&scene, &(struct place){number, &ink_panels[i]});
            }
        }
        scene_close(&scene);
    }
}

static uint64_t first = 1, stories = STORIES;

static void laws_hold_on_every_panel_in_every_layout(void) {
    for (uint64_t i = 0; i < stories && seen.faults < FAULTS_MAX; i++) {
        check_story(first + i);
    }
}

int main(int count, char **arguments) {
    stories = count > 1 ? strtoull(arguments[1], NULL, 10) : stories;
    first = count > 2 ? strtoull(arguments[2], NULL, 10) : first;
    RUN(laws_hold_on_every_panel_in_every_layout);
    printf("%llu stories, %ld pages (%ld in lanes), %ld cards; %ld pages by pixel; %ld faults\n",
           (unsigned long long)stories, seen.pages, seen.lanes, seen.cards, seen.drawn,
           seen.faults);
    return ink_test_end();
}
