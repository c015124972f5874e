/* What every page must hold, over random stories, panels, distances and capacities. */
#include "ink_laws.h"

static struct story story;

static int broken[LAW_COUNT], scenes;

static void check_laws(const struct scene *scene, uint64_t round) {
    scenes++;
    for (int i = 0; i < LAW_COUNT; i++) {
        const char *what = laws[i](scene);
        if (what != NULL && broken[i]++ < 5) {
            printf("  round %llu: %s\n", (unsigned long long)round, what);
            view_print(&scene->view);
            printf("  layout %s\n", ink_layout_names[scene->wall.ink.shown.layout]);
        }
    }
}

static struct ink_capacity any_capacity(uint64_t *seed) {
    static const uint16_t ids[] = {0, 2, 4, 64, 512};
    uint32_t page = INK_PAGE_BYTES_MIN;
    page += ink_random_below(seed, story_chance(seed, 3) ? 32768 : 3000);
    return (struct ink_capacity){
        .events = (uint16_t)(story_chance(seed, 3) ? ink_random_below(seed, 4)
                                                   : ink_random_below(seed, 130)),
        .ids = ids[ink_random_below(seed, 5)],
        .text_bytes = story_chance(seed, 3) ? ink_random_below(seed, 300) : 8192,
        .page_bytes = story_chance(seed, 4) ? INK_PAGE_BYTES_MIN : page};
}

static void lay_scene(struct scene *scene, const struct ink_capacity *capacity, uint64_t round) {
    scene_take(scene, &story, capacity);
    scene_look(scene);
    check_laws(scene, round);
    scene_close(scene);
}

static void check_none_broken(void) {
    CHECK_INT(broken[LAW_COUNTS], 0);
    CHECK_INT(broken[LAW_BOXES], 0);
    CHECK_INT(broken[LAW_CUTS], 0);
    CHECK_INT(broken[LAW_CARDS], 0);
    CHECK_INT(broken[LAW_LEAD], 0);
    CHECK_INT(broken[LAW_PAGE], 0);
    CHECK_INT(broken[LAW_INK], 0);
    CHECK_INT(broken[LAW_DAYBOOK], 0);
    memset(broken, 0, sizeof broken);
}

static void sweep(uint64_t rounds, uint64_t first, uint32_t side, uint32_t records) {
    rounds = SANITIZED ? rounds / 3 : rounds;
    for (uint64_t round = 1; round <= rounds; round++) {
        uint64_t seed = round + first;
        struct scene scene;
        struct making making = story_any(&seed, records);
        story_make(&story, &making, &seed);
        struct ink_capacity capacity = any_capacity(&seed);
        scene.view = view_any(&seed, side);
        scene.view.layout = (uint8_t)(round % INK_LAYOUT_COUNT);
        lay_scene(&scene, &capacity, round);
    }
    check_none_broken();
}

/* A tall page of small type has more room than memory: what is left out is memory's doing. */
static void laws_hold_when_page_memory_runs_out(void) {
    for (uint64_t round = 1; round <= 300; round++) {
        uint64_t seed = round + 90000;
        struct scene scene;
        struct making making = {.records = 70, .days = story_chance(&seed, 2) ? 30 : 20000};
        story_make(&story, &making, &seed);
        struct ink_capacity capacity = {128, 256, 30000, INK_PAGE_BYTES_MIN, 0};
        capacity.page_bytes += ink_random_below(&seed, 9000);
        scene.view = view_any(&seed, 900);
        scene.view.width = (int16_t)(500 + ink_random_below(&seed, 500));
        scene.view.height = 1900;
        scene.view.rotation = 0;
        scene.view.distance_mm = 600;
        scene.view.pitch_um = 200;
        scene.view.layout = (uint8_t)(round % INK_LAYOUT_COUNT);
        lay_scene(&scene, &capacity, round);
    }
    check_none_broken();
}

static void laws_hold_on_any_panel(void) {
    sweep(3000, 0, 1000, 40);
}

static void laws_hold_on_large_panels(void) {
    sweep(120, 30000, 2000, 200);
}

static void laws_hold_on_the_smallest_panels(void) {
    sweep(4000, 60000, 130, 30);
}

/* One story at one capacity after the other, the others ample. */
static void lay_at(uint64_t seed, struct ink_capacity capacity) {
    struct making making = {.records = 40, .days = 40};
    struct scene scene = {.view = {.width = 800, .height = 480, .pitch_um = 204}};
    scene.view.panel_distance_mm = 1000;
    scene.view.now_utc = INT64_MIN;
    uint64_t state = seed;
    story_make(&story, &making, &state);
    for (int layout = 0; layout < INK_LAYOUT_COUNT; layout++) {
        scene.view.layout = (uint8_t)layout;
        lay_scene(&scene, &capacity, seed);
    }
}

static void laws_hold_at_every_capacity_from_zero(void) {
    static const struct ink_capacity ample = {64, 512, 16384, 16384, 0};
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct ink_capacity capacity = ample;
        for (capacity.events = 0; capacity.events <= 48; capacity.events++) {
            lay_at(seed, capacity);
        }
        capacity = ample;
        for (capacity.ids = 0; capacity.ids <= 256;
             capacity.ids = (uint16_t)ink_max(capacity.ids * 2, 1)) {
            lay_at(seed, capacity);
        }
        capacity = ample;
        for (capacity.text_bytes = 0; capacity.text_bytes <= 5000; capacity.text_bytes += 37) {
            lay_at(seed, capacity);
        }
        capacity = ample;
        for (capacity.page_bytes = INK_PAGE_BYTES_MIN; capacity.page_bytes <= 8192;
             capacity.page_bytes += 52) {
            lay_at(seed, capacity);
        }
    }
    check_none_broken();
}

int main(void) {
    RUN(laws_hold_at_every_capacity_from_zero);
    RUN(laws_hold_on_any_panel);
    RUN(laws_hold_on_large_panels);
    RUN(laws_hold_on_the_smallest_panels);
    RUN(laws_hold_when_page_memory_runs_out);
    printf("%d pages\n", scenes);
    return ink_test_end();
}
