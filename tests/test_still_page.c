/* Law 12 for the page: one more record of a story of 40 moves few pixels, apart from those of its
 * own card. The medians that it prints are those that the documentation cites. */
#include "ink_glass.h"

#include "core/ink_profile.h"

#define STORIES   100
#define WIDTH     800
#define HEIGHT    480
#define STRIDE    (WIDTH / 8)
#define CARDS_MAX 256

static struct story story;
static struct items items;

/* A page drawn. */
struct picture {
    uint8_t bits[STRIDE * HEIGHT];
    uint64_t ids[CARDS_MAX];
    int count;
};

static void draw(struct picture *picture, int layout, int left_out) {
    const struct ink_capacity capacity = INK_WALL_CAPACITY;
    struct wall wall;
    struct ink_view view = {.width = WIDTH,
                            .height = HEIGHT,
                            .pitch_um = 204,
                            .panel_distance_mm = 1000,
                            .layout = (uint8_t)layout,
                            .now_utc = INT64_MIN};
    strcpy(view.lang, "en");
    wall_open(&wall, &capacity);
    while (ink_begin_pass(&wall.ink)) {
        for (int i = 0; i < story.part_count; i++) {
            ink_condense_story(&wall.ink.condense, &story.parts[i]);
        }
        for (int i = 0; i < story.count; i++) {
            if (i != left_out) {
                ink_condense_record(&wall.ink.condense, &story.records[i]);
            }
        }
    }
    CHECK_INT(ink_lay_out(&wall.ink, &view), INK_OK);
    ink_draw(&wall.ink,
             &(struct ink_band){.bits = picture->bits, .stride = STRIDE, .rows = HEIGHT});
    items_read(&items, &wall.ink.page);
    picture->count = 0;
    for (int i = 0; i < items.count && picture->count < CARDS_MAX; i++) {
        if (items.item[i].op.kind == INK_ITEM_CARD) {
            picture->ids[picture->count++] = items.item[i].id;
        }
    }
    wall_close(&wall);
}

static bool shows(const struct picture *picture, uint64_t id) {
    for (int i = 0; i < picture->count; i++) {
        if (picture->ids[i] == id) {
            return true;
        }
    }
    return false;
}

/* Inside the card of a record that the page before did not show? `items` are those of the page. */
static bool in_new_card(const struct picture *before, int x, int y) {
    for (int i = 0; i < items.count; i++) {
        const struct ink_op *op = &items.item[i].op;
        if (op->kind == INK_ITEM_CARD && x >= op->x0 && x < op->x1 && y >= op->y0 && y < op->y1 &&
            !shows(before, items.item[i].id)) {
            return true;
        }
    }
    return false;
}

/* Pixels that changed outside new cards, in tenths of a percent of the page. */
static int changed(const struct picture *before, const struct picture *after) {
    int count = 0;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            const int at = y * STRIDE + x / 8, bit = 0x80 >> x % 8;
            count +=
                ((before->bits[at] ^ after->bits[at]) & bit) != 0 && !in_new_card(before, x, y);
        }
    }
    return (int)((int64_t)count * 1000 / (WIDTH * HEIGHT));
}

static int by_size(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

/* Number of a record that the page shows, or of any. */
static int newcomer(const struct picture *picture, bool shown, uint64_t *seed) {
    const int first = (int)ink_random_below(seed, (uint32_t)story.count);
    for (int i = 0; shown && i < story.count; i++) {
        const int number = (first + i) % story.count;
        if (shows(picture, story.records[number].id)) {
            return number;
        }
    }
    return first;
}

/* Tenths of a percent, of STORIES stories in order of size. */
static void measure(int *shares, int layout, bool shown) {
    static struct picture before, after;
    for (int i = 0; i < STORIES; i++) {
        uint64_t seed = 500 + (uint64_t)i;
        const struct making making = {.records = 40, .sources = 6, .days = 30};
        story_make(&story, &making, &seed);
        draw(&after, layout, -1);
        const int number = newcomer(&after, shown, &seed);
        draw(&before, layout, number);
        draw(&after, layout, -1);
        shares[i] = changed(&before, &after);
    }
    qsort(shares, STORIES, sizeof shares[0], by_size);
}

static void print_shares(const int *shares, int layout, const char *which) {
    const int median = shares[STORIES / 2], most = shares[STORIES * 9 / 10];
    int same = 0;
    while (same < STORIES && shares[same] == 0) {
        same++;
    }
    printf("  %s, %s: pixels changed outside new cards, median %d.%d %%, nine in ten below "
           "%d.%d %%, none in %d of %d\n",
           ink_layout_names[layout], which, median / 10, median % 10, most / 10, most % 10, same,
           STORIES);
}

static void one_more_record_moves_little(void) {
    for (int layout = INK_LAYOUT_AUTO; layout < INK_LAYOUT_COUNT; layout++) {
        int shares[STORIES];
        measure(shares, layout, false);
        print_shares(shares, layout, "any record");
        measure(shares, layout, true);
        print_shares(shares, layout, "one that is shown");
        CHECK(shares[STORIES / 2] <= 150);
    }
}

int main(void) {
    RUN(one_more_record_moves_little);
    return ink_test_end();
}
