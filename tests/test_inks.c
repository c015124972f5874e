/* The contrast of everything that is drawn, on every kind of panel: which ink stands on which is
 * read off pages of random stories, how well it can be told apart off the colours of the glass. */
#include "ink_glass.h"

#include <math.h>

#include "core/ink_mark.h"

static struct story story;

/* ---- how colours look ------------------------------------------------------------------------ */

enum eye { EYE_USUAL, EYE_PROTAN, EYE_DEUTAN, EYES };

static const struct ink_colour *colour_of(int inks, int value) {
    const struct ink_colours *colours = &ink_inks_colours[inks];
    for (int i = 0; i < colours->count; i++) {
        if (colours->colour[i].value == value) {
            return &colours->colour[i];
        }
    }
    return NULL;
}

static bool is_named(int inks, int value, const char *name) {
    const struct ink_colour *colour = colour_of(inks, value);
    return colour != NULL && strcmp(colour->name, name) == 0;
}

static double linear(int level) {
    double share = level / 255.0;
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4);
}

/* Relative luminance as WCAG 2.2 has it; to an eye without long or middle cones, of the colour that
 * it takes this one for (Vienot, Brettel, Mollon 1999). */
static double luminance(const struct ink_colour *colour, enum eye eye) {
    double r = linear(colour->red), g = linear(colour->green), b = linear(colour->blue);
    if (eye == EYE_PROTAN) {
        r = g = 0.11238 * r + 0.88762 * g;
    } else if (eye == EYE_DEUTAN) {
        r = g = 0.29275 * r + 0.70725 * g;
    }
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

static double contrast(int inks, int one, int other, enum eye eye) {
    double a = luminance(colour_of(inks, one), eye), b = luminance(colour_of(inks, other), eye);
    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

static double worst_contrast(int inks, int one, int other) {
    double worst = 99;
    for (enum eye eye = EYE_USUAL; eye < EYES; eye++) {
        worst = fmin(worst, contrast(inks, one, other, eye));
    }
    return worst;
}

/* ---- which ink stands on which --------------------------------------------------------------- */

enum shape { SHAPE_TEXT, SHAPE_MARK, SHAPE_LINE, SHAPES };

static int seen[SHAPES][INK_INK_COUNT][INK_INK_COUNT]; /* on all pages: ink, ground */

/* Which role was drawn last at each pixel of the view; letters are not, they stand on it. */
struct ground {
    uint8_t *roles;
    int width, height;
};

static int role_at(const struct ground *ground, int x, int y) {
    bool is_in = x >= 0 && x < ground->width && y >= 0 && y < ground->height;
    return is_in ? ground->roles[y * ground->width + x] : -1;
}

static void see(const struct ground *ground, enum shape shape, int ink, int x, int y) {
    int role = role_at(ground, x, y);
    if (role >= 0) {
        seen[shape][ink][role]++;
    }
}

/* All that lies in a rectangle. */
static void see_within(const struct ground *ground, enum shape shape, int ink,
                       struct ink_rect rect) {
    for (int y = rect.y0; y < rect.y1; y++) {
        for (int x = rect.x0; x < rect.x1; x++) {
            see(ground, shape, ink, x, y);
        }
    }
}

/* All that borders on one. */
static void see_around(const struct ground *ground, int ink, struct ink_rect rect) {
    for (int x = rect.x0; x < rect.x1; x++) {
        see(ground, SHAPE_LINE, ink, x, rect.y0 - 1);
        see(ground, SHAPE_LINE, ink, x, rect.y1);
    }
    for (int y = rect.y0; y < rect.y1; y++) {
        see(ground, SHAPE_LINE, ink, rect.x0 - 1, y);
        see(ground, SHAPE_LINE, ink, rect.x1, y);
    }
}

static void paint(struct ground *ground, int ink, struct ink_rect rect) {
    for (int y = rect.y0; y < rect.y1; y++) {
        for (int x = rect.x0; x < rect.x1; x++) {
            if (role_at(ground, x, y) >= 0) {
                ground->roles[y * ground->width + x] = (uint8_t)ink;
            }
        }
    }
}

static void paint_mark(struct ground *ground, const struct ink_op *op) {
    const int size = op->x1 - op->x0;
    for (int y = 0; y < size; y++) {
        uint64_t row = ink_mark_row(op->kind, size, y, (op->flags & INK_OP_MIRRORED) != 0);
        for (int x = 0; x < size; x++) {
            int16_t left = (int16_t)(op->x0 + x), top = (int16_t)(op->y0 + y);
            if ((row >> (63 - x) & 1) != 0) {
                paint(ground, op->ink,
                      (struct ink_rect){left, top, (int16_t)(left + 1), (int16_t)(top + 1)});
            }
        }
    }
}

/* What lies under the pixels of letters: those of the op alone, in black on white. */
static void see_letters(const struct ground *ground, const struct ink_op *op,
                        struct ink_span payload) {
    static uint32_t memory[1024];
    static uint8_t bits[128 * 256];
    struct ink_page page;
    ink_page_begin(&page, memory, sizeof memory);
    page.width = (int16_t)ground->width;
    page.height = (int16_t)ground->height;
    struct ink_op black = *op;
    black.ink = INK_TEXT;
    memcpy(ink_page_text(&page, &black), payload.at, payload.bytes);
    struct ink_band band = {.bits = bits,
                            .stride = ((uint32_t)ground->width + 7) / 8,
                            .y0 = (int16_t)(op->y0 - 2 * ink_op_px(op)),
                            .rows = (int16_t)(3 * ink_op_px(op))};
    ink_raster(&page, &band);
    for (int y = 0; y < band.rows; y++) {
        for (int x = 0; x < ground->width; x++) {
            if ((bits[(uint32_t)y * band.stride + (uint32_t)x / 8] >> (7 - x % 8) & 1) != 0) {
                see(ground, SHAPE_TEXT, op->ink, x, band.y0 + y);
            }
        }
    }
}

static void look_at_op(struct ground *ground, const struct ink_op *op, struct ink_span payload) {
    struct ink_rect rect = {op->x0, op->y0, op->x1, op->y1};
    if (op->type == INK_OP_TEXT) {
        see_letters(ground, op, payload);
    } else if (op->type == INK_OP_MARK) {
        see_within(ground, SHAPE_MARK, op->ink, rect);
        paint_mark(ground, op);
    } else if (op->type == INK_OP_FILL || op->type == INK_OP_DASH) {
        see_around(ground, op->ink, rect);
        paint(ground, op->ink, rect);
    }
}

/* Note all pairs of a page. Returns the roles as they lie at last. */
static struct ground look_at(const struct ink_page *page) {
    struct ground ground = {.width = page->width, .height = page->height};
    ground.roles = calloc((size_t)page->width, (size_t)page->height); /* INK_PAPER */
    struct ink_op op;
    struct ink_span payload;
    for (uint32_t at = 0; ink_page_next(page, &at, &op, &payload);) {
        look_at_op(&ground, &op, payload);
    }
    return ground;
}

/* ---- what must hold of a pair ---------------------------------------------------------------- */

static bool is_a_ground(int role) {
    return role == INK_PAPER || role == INK_GROUND;
}

static const char *fault_of(int inks, enum shape shape, int ink, int ground) {
    const uint8_t *values = ink_inks_table[inks].values;
    const int on = values[ink], under = values[ground];
    const double ratio = on == under ? 1 : worst_contrast(inks, on, under);
    if (on == under && shape == SHAPE_TEXT && ink == INK_ON_ALERT) {
        return "a letter leaves its box, or lies on the frame";
    }
    if (on == under || (shape == SHAPE_LINE && is_a_ground(ink))) {
        return NULL; /* it runs into its like or is what others stand on */
    }
    if (shape == SHAPE_TEXT && ratio < 4.5) {
        return "text under 4.5:1";
    }
    if (ratio < 3 && !is_named(inks, on, "yellow")) {
        return "mark or line under 3:1";
    }
    if (is_named(inks, on, "red") && is_named(inks, under, "black")) {
        return "red on black";
    }
    if (is_named(inks, on, "yellow") && (shape != SHAPE_LINE || is_named(inks, under, "white"))) {
        return "yellow on white";
    }
    return NULL;
}

static void check_pair(int inks, enum shape shape, int ink, int ground) {
    static const char *const names[SHAPES] = {"text", "mark", "line"};
    const char *fault = fault_of(inks, shape, ink, ground);
    if (fault != NULL) {
        printf("  %s: %s in role %d on role %d: %s\n", ink_inks_colours[inks].name, names[shape],
               ink, ground, fault);
    }
    CHECK(fault == NULL);
}

/* ---- pages ----------------------------------------------------------------------------------- */

struct wall_page {
    struct wall wall;
    struct feed feed;
};

static void hang(struct wall_page *hung, uint64_t *seed) {
    const struct ink_capacity capacity = {64, 256, 20000, 20000, 0};
    struct making making = story_any(seed, 40);
    story_make(&story, &making, seed);
    hung->feed = story_encode(&story, NULL, INK_FORMAT_CBOR);
    wall_open(&hung->wall, &capacity);
    wall_take(&hung->wall, &hung->feed, 1, NULL);
}

static void take_down(struct wall_page *hung) {
    wall_close(&hung->wall);
    feed_free(&hung->feed);
}

/* Any view that is no lower or narrower than the smallest panel of the table: below that a box may
 * touch the bar above it. */
static struct ink_view any_view(uint64_t *seed, uint32_t most) {
    struct ink_view view = view_any(seed, most);
    view.width = (int16_t)ink_max(view.width, 122);
    view.height = (int16_t)ink_max(view.height, 122);
    return view;
}

static const struct ink_page *lay_in(struct wall_page *hung, struct ink_view *view, int inks) {
    view->inks = (uint8_t)inks;
    CHECK_INT(ink_lay_out(&hung->wall.ink, view), INK_OK);
    CHECK_INT(hung->wall.ink.page.refused, 0);
    return &hung->wall.ink.page;
}

/* Not drawn; or as little of it as happens where a page has no room: a red box touches the bar
 * above it, as neighbours do; a descender crosses a rule; tall letters (Arabic, Hebrew, ideographs)
 * of a stale page in portrait stand out of their box by a row rather than reach into the title. */
static bool is_accident(int inks, int shape, int ink, int ground) {
    int all = 0;
    for (int other = 0; other < INK_INK_COUNT; other++) {
        all += seen[shape][ink][other];
    }
    const bool box = shape == SHAPE_LINE && ink == INK_ALERT_FRAME && inks == INK_INKS_BWR;
    const bool word = shape == SHAPE_TEXT && ink == INK_ON_ALERT;
    const bool descender = shape == SHAPE_TEXT && ink == INK_MUTED && ground == INK_TEXT;
    return seen[shape][ink][ground] <= (box         ? all / 40
                                        : word      ? all / 100
                                        : descender ? all / 500
                                                    : 0);
}

static void every_pair_that_is_drawn_keeps_its_contrast(void) {
    for (int inks = 0; inks < INK_INKS_COUNT; inks++) {
        memset(seen, 0, sizeof seen);
        for (uint64_t round = 1; round <= 60; round++) {
            uint64_t seed = round + 500;
            struct wall_page hung;
            hang(&hung, &seed);
            struct ink_view view = any_view(&seed, 700);
            struct ground ground = look_at(lay_in(&hung, &view, inks));
            free(ground.roles);
            take_down(&hung);
        }
        int pairs = 0;
        for (int at = 0; at < SHAPES * INK_INK_COUNT * INK_INK_COUNT; at++) {
            const int shape = at / INK_INK_COUNT / INK_INK_COUNT;
            const int ink = at / INK_INK_COUNT % INK_INK_COUNT, ground = at % INK_INK_COUNT;
            if (!is_accident(inks, shape, ink, ground)) {
                check_pair(inks, (enum shape)shape, ink, ground);
                pairs++;
            }
        }
        CHECK(pairs >= 5); /* text and tag, pole and mark, frame */
        /* A descender may cross a rule; no more of the letters may run into black. */
        CHECK(seen[SHAPE_TEXT][INK_TEXT][INK_TEXT] * 500 < seen[SHAPE_TEXT][INK_TEXT][INK_PAPER]);
        CHECK(seen[SHAPE_MARK][INK_ALERT][INK_PAPER] > 0);
    }
}

/* What ink_inks.h promises of roles that no layout may have drawn yet. */
static void every_pair_that_may_be_drawn_keeps_its_contrast(void) {
    static const uint8_t texts[] = {INK_TEXT, INK_MUTED};
    static const uint8_t lines[] = {INK_RULE,   INK_ACCENT, INK_ALERT,  INK_ALERT_FRAME,
                                    INK_LANE_1, INK_LANE_2, INK_LANE_3, INK_LANE_4};
    static const uint8_t grounds[] = {INK_PAPER, INK_GROUND};
    for (int inks = 0; inks < INK_INKS_COUNT; inks++) {
        check_pair(inks, SHAPE_TEXT, INK_ON_ALERT, INK_ALERT_GROUND);
        check_pair(inks, SHAPE_LINE, INK_ALERT_GROUND, INK_ALERT_FRAME);
        for (int i = 0; i < 2; i++) {
            for (size_t text = 0; text < sizeof texts; text++) {
                check_pair(inks, SHAPE_TEXT, texts[text], grounds[i]);
            }
            for (size_t line = 0; line < sizeof lines; line++) {
                check_pair(inks, SHAPE_MARK, lines[line], grounds[i]);
                CHECK(ink_inks_table[inks].values[lines[line]] !=
                      ink_inks_table[inks].values[grounds[i]]);
            }
        }
    }
}

/* The rules of the table can fail: pairs that it forbids. */
static void forbidden_pairs_are_found(void) {
    struct pair {
        int inks, shape, ink, ground;
    };
    static const struct pair pairs[] = {
        {INK_INKS_SPECTRA6, SHAPE_MARK, INK_ALERT, INK_TEXT},    /* red on black */
        {INK_INKS_BWR, SHAPE_LINE, INK_ALERT, INK_TEXT},         /* red beside black */
        {INK_INKS_BWY, SHAPE_TEXT, INK_ALERT_GROUND, INK_PAPER}, /* yellow text */
        {INK_INKS_BWY, SHAPE_LINE, INK_ALERT_GROUND, INK_PAPER}, /* a box without a frame */
        {INK_INKS_COLOUR7, SHAPE_TEXT, INK_ACCENT, INK_TEXT},    /* blue on black */
        {INK_INKS_GRAY16, SHAPE_TEXT, INK_RULE, INK_PAPER},      /* 0x77 is no text */
        {INK_INKS_BW, SHAPE_TEXT, INK_ON_ALERT, INK_PAPER},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        CHECK(fault_of(pairs[i].inks, (enum shape)pairs[i].shape, pairs[i].ink, pairs[i].ground) !=
              NULL);
    }
}

/* Pixels of one name within `reach` columns or rows of one of another. */
static int meetings(const struct glass *glass, const char *one, const char *other, int reach) {
    int count = 0;
    for (int y = 0; y < glass->height; y++) {
        for (int x = 0; x < glass->width; x++) {
            if (!is_named(glass->inks, glass_value(glass, x, y), one)) {
                continue;
            }
            for (int step = -reach; step <= reach; step++) {
                int column = x + step, row = y + step;
                count += column >= 0 && column < glass->width &&
                         is_named(glass->inks, glass_value(glass, column, y), other);
                count += row >= 0 && row < glass->height &&
                         is_named(glass->inks, glass_value(glass, x, row), other);
            }
        }
    }
    return count;
}

/* Pixels that no role of the page explains: dither, or a blend where there is none. */
static int strange_pixels(const struct glass *glass, const struct ink_page *page) {
    const uint8_t *values = ink_inks_table[glass->inks].values;
    bool known[1 << INK_PLANES_MAX] = {false};
    struct ink_op op;
    struct ink_span payload;
    int strange = 0;
    known[values[INK_PAPER]] = known[values[INK_TEXT]] = true;
    for (uint32_t at = 0; ink_page_next(page, &at, &op, &payload);) {
        known[values[op.ink]] = true;
    }
    for (int i = 0; i < glass->width * glass->height; i++) {
        strange += !known[glass_value(glass, i % glass->width, i / glass->width)];
    }
    return strange;
}

static int red_pixels(const struct glass *glass) {
    int count = 0;
    for (int i = 0; i < glass->width * glass->height; i++) {
        count +=
            is_named(glass->inks, glass_value(glass, i % glass->width, i / glass->width), "red");
    }
    return count;
}

static void colours_are_solid_and_red_keeps_off_black_and_green(void) {
    int red = 0, touching = 0;
    for (uint64_t round = 1; round <= 40; round++) {
        uint64_t seed = round + 900;
        struct wall_page hung;
        hang(&hung, &seed);
        struct ink_view view = any_view(&seed, 500);
        for (int inks = INK_INKS_BWR; inks < INK_INKS_COUNT; inks++) {
            const struct ink_page *page = lay_in(&hung, &view, inks);
            struct glass glass = glass_draw(page, 64);
            CHECK_INT(strange_pixels(&glass, page), 0);
            const int touches = meetings(&glass, "red", "black", 1);
            red += red_pixels(&glass);
            touching += touches;
            CHECK(touches == 0 || inks == INK_INKS_BWR); /* a box: see is_accident */
            CHECK_INT(meetings(&glass, "red", "green", 8), 0);
            CHECK_INT(meetings(&glass, "yellow", "white", 1), 0);
            glass_free(&glass);
        }
        take_down(&hung);
    }
    CHECK(red > 1000 && touching * 100 < red);
}

/* ---- one page on several panels -------------------------------------------------------------- */

/* The reversed boxes of a page, letters and all (see is_accident). */
static struct ground boxes_of(const struct ink_page *page) {
    struct ground boxes = {.width = page->width, .height = page->height};
    boxes.roles = calloc((size_t)page->width, (size_t)page->height);
    struct ink_op op;
    struct ink_span payload;
    for (uint32_t at = 0; ink_page_next(page, &at, &op, &payload);) {
        if (op.type == INK_OP_FILL && op.ink == INK_ALERT_FRAME) {
            paint(&boxes, 1,
                  (struct ink_rect){op.x0, (int16_t)(op.y0 - 3), op.x1, (int16_t)(op.y1 + 3)});
        }
    }
    return boxes;
}

/* Whatever the colours, there is ink where there is black in black and white. */
static void colours_ink_what_black_does(void) {
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 2000;
        struct wall_page hung;
        hang(&hung, &seed);
        struct ink_view view = any_view(&seed, 500);
        view.rotation = 0;
        struct glass black = glass_draw(lay_in(&hung, &view, INK_INKS_BW), 32);
        for (int inks = INK_INKS_BWR; inks < INK_INKS_COUNT; inks++) {
            const struct ink_page *page = lay_in(&hung, &view, inks);
            struct glass glass = glass_draw(page, 32);
            struct ground boxes = boxes_of(page);
            int wrong = 0;
            for (int i = 0; i < glass.width * glass.height; i++) {
                const int x = i % glass.width, y = i / glass.width;
                wrong +=
                    boxes.roles[i] == 0 && glass_pixel(&black, x, y) != glass_pixel(&glass, x, y);
            }
            CHECK_INT(wrong, 0);
            free(boxes.roles);
            glass_free(&glass);
        }
        glass_free(&black);
        take_down(&hung);
    }
}

/* ---- second cues ----------------------------------------------------------------------------- */

static bool asks_for_caution(int status) {
    return status == INK_CLAIMED || status == INK_DISPUTED || status == INK_DENIED ||
           status == INK_WITHDRAWN;
}

/* The colour of a mark says nothing that its shape does not; and letters in INK_ON_ALERT have their
 * box, as boxes have letters. */
static void no_role_is_told_by_colour_alone(void) {
    for (int role = 0; role < INK_INK_COUNT; role++) {
        CHECK(ink_role_cues[role] != NULL && ink_role_cues[role][0] != '\0');
    }
    int marks = 0;
    for (uint64_t round = 1; round <= 60; round++) {
        uint64_t seed = round + 4000;
        struct wall_page hung;
        hang(&hung, &seed);
        struct ink_view view = any_view(&seed, 900);
        const struct ink_page *page = lay_in(&hung, &view, (int)round % INK_INKS_COUNT);
        int boxes = 0, words = 0;
        struct ink_op op;
        struct ink_span payload;
        for (uint32_t at = 0; ink_page_next(page, &at, &op, &payload);) {
            boxes += op.type == INK_OP_FILL && op.ink == INK_ALERT_FRAME;
            words += op.type == INK_OP_TEXT && op.ink == INK_ON_ALERT;
            if (op.type == INK_OP_MARK && op.kind < INK_STANDING_COUNT) {
                CHECK_INT(op.ink == INK_ALERT, asks_for_caution(op.kind));
                marks += op.ink == INK_ALERT;
            }
        }
        CHECK_INT(boxes, words);
        take_down(&hung);
    }
    CHECK(marks > 20);
}

/* ---- facts ----------------------------------------------------------------------------------- */

static void facts_are_of_one_piece(void) {
    for (int inks = 0; inks < INK_INKS_COUNT; inks++) {
        const struct ink_inks_facts *facts = &ink_inks_table[inks];
        const struct ink_colours *colours = &ink_inks_colours[inks];
        CHECK(facts->planes >= 1 && facts->planes <= INK_PLANES_MAX);
        CHECK(colours->count >= 2 && colours->count <= 1 << facts->planes);
        CHECK(!facts->gray || colours->count == 1 << facts->planes);
        for (int role = 0; role < INK_INK_COUNT; role++) {
            CHECK(colour_of(inks, facts->values[role]) != NULL);
            CHECK(!is_named(inks, facts->values[role], "green"));
            CHECK(!is_named(inks, facts->values[role], "orange"));
        }
        CHECK(is_named(inks, facts->values[INK_PAPER], "white"));
        CHECK(is_named(inks, facts->values[INK_TEXT], "black"));
        for (int i = 1; i < colours->count; i++) {
            CHECK(colours->colour[i].value > colours->colour[i - 1].value);
        }
    }
}

/* Raster trusts that paper and black differ in all bits, and that blends lie in between. */
static void grays_blend_from_what_letters_stand_on(void) {
    for (int inks = INK_INKS_GRAY4; inks <= INK_INKS_GRAY16; inks++) {
        const struct ink_inks_facts *facts = &ink_inks_table[inks];
        CHECK_INT(facts->values[INK_PAPER] ^ facts->values[INK_TEXT], (1 << facts->planes) - 1);
        CHECK(ink_inks_is_light(inks, INK_ON_ALERT) && !ink_inks_is_light(inks, INK_MUTED));
        for (int role = 0; role < INK_INK_COUNT; role++) {
            const bool light = ink_inks_is_light(inks, role);
            int before = facts->values[light ? INK_TEXT : INK_PAPER];
            const int sign = before > facts->values[role] ? -1 : 1;
            for (int level = 1; level <= 3; level++) {
                int value = ink_inks_blend(inks, role, level);
                CHECK((value - before) * sign >= 0);
                before = value;
            }
            CHECK_INT(before, facts->values[role]);
        }
    }
    CHECK_INT(ink_inks_blend(INK_INKS_GRAY4, INK_TEXT, 1), 1);
    CHECK_INT(ink_inks_blend(INK_INKS_GRAY16, INK_TEXT, 1), 10);
    CHECK_INT(ink_inks_blend(INK_INKS_GRAY16, INK_ON_ALERT, 1), 5);
}

int main(void) {
    RUN(facts_are_of_one_piece);
    RUN(grays_blend_from_what_letters_stand_on);
    RUN(every_pair_that_may_be_drawn_keeps_its_contrast);
    RUN(forbidden_pairs_are_found);
    RUN(every_pair_that_is_drawn_keeps_its_contrast);
    RUN(colours_are_solid_and_red_keeps_off_black_and_green);
    RUN(colours_ink_what_black_does);
    RUN(no_role_is_told_by_colour_alone);
    return ink_test_end();
}
