#include "bake/bake_kern.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define CLASSES_MAX     255
#define EVERYDAY_WEIGHT 16 /* of a pair of everyday letters; any other weighs 1 */

static bool fail_for_memory(void) {
    return bake_error("inkline-bake-font", 0, NULL, "out of memory");
}

/* ---- the grid: classes on the way to fewer --------------------------------------------------- */

/* All pairs of a class of the one side with a class of the other, at one size. */
struct cell {
    int8_t px;       /* of the loosest pair: what all will get */
    int8_t everyday; /* of the tightest everyday pair */
    int8_t least;    /* of the tightest pair */
    int weight;
};

static const struct cell no_pairs = {BAKE_PAIR_MIN, BAKE_PAIR_MAX, BAKE_PAIR_MAX, 0};

/* Lines are the classes of the side to be merged, cells its pairs with each class of the other
 * side, at each of the sizes that kern. `class_of` has the line of each place in bake_pairs. */
struct grid {
    int lines, others, sizes, places;
    int px[INK_FONT_SIZES];
    int *class_of;
    struct cell *cell; /* [line][size][other] */
};

static struct cell *cells_of(const struct grid *grid, int line, int size) {
    return grid->cell + ((size_t)line * (size_t)grid->sizes + (size_t)size) * (size_t)grid->others;
}

static int8_t lesser(int8_t a, int8_t b) {
    return a < b ? a : b;
}

static struct cell join_cells(const struct cell *a, const struct cell *b) {
    return (struct cell){
        .px = a->px > b->px ? a->px : b->px,
        .everyday = lesser(a->everyday, b->everyday),
        .least = lesser(a->least, b->least),
        .weight = a->weight + b->weight,
    };
}

/* What two lines lose at one size if they are joined, in weight times em; LLONG_MAX: too much. */
static long long cost_at_size(const struct grid *grid, int size, int line, int other) {
    const struct cell *a = cells_of(grid, line, size);
    const struct cell *b = cells_of(grid, other, size);
    long long cost = 0;
    for (int i = 0; i < grid->others; i++) {
        struct cell both = join_cells(&a[i], &b[i]);
        if (both.px - both.everyday > 1 || both.px - both.least > BAKE_KERN_SLACK(grid->px[size])) {
            return LLONG_MAX;
        }
        cost += (long long)a[i].weight * (both.px - a[i].px);
        cost += (long long)b[i].weight * (both.px - b[i].px);
    }
    return cost * 256 / grid->px[size];
}

static long long cost_of_joining(const struct grid *grid, int line, int other) {
    long long cost = 0;
    for (int size = 0; size < grid->sizes; size++) {
        long long more = cost_at_size(grid, size, line, other);
        if (more == LLONG_MAX) {
            return LLONG_MAX;
        }
        cost += more;
    }
    return cost;
}

/* Put line `from` into line `into`, and the last line in its place. */
static void join_lines(struct grid *grid, int into, int from) {
    int cells = grid->others * grid->sizes;
    struct cell *a = cells_of(grid, into, 0);
    struct cell *b = cells_of(grid, from, 0);
    int last = --grid->lines;
    for (int i = 0; i < cells; i++) {
        a[i] = join_cells(&a[i], &b[i]);
    }
    memmove(b, cells_of(grid, last, 0), (size_t)cells * sizeof *b);
    for (int i = 0; i < grid->places; i++) {
        int class = grid->class_of[i];
        grid->class_of[i] = class == from ? into : class == last ? from : class;
    }
}

/* ---- merging --------------------------------------------------------------------------------- */

/* cost[a * stride + b] of joining lines a < b. */
struct costs {
    long long *cost;
    int stride;
};

static void price_line(const struct costs *costs, const struct grid *grid, int line) {
    for (int other = 0; other < grid->lines; other++) {
        int a = ink_min(line, other);
        int b = ink_max(line, other);
        if (a < b) {
            costs->cost[a * costs->stride + b] = cost_of_joining(grid, a, b);
        }
    }
}

/* The first of the cheapest two lines as a * stride + b; -1: no two can be joined. */
static int find_cheapest(const struct costs *costs, int lines) {
    long long least = LLONG_MAX;
    int best = -1;
    for (int a = 0; a < lines; a++) {
        for (int at = a * costs->stride + a + 1; at < a * costs->stride + lines; at++) {
            if (costs->cost[at] < least) {
                least = costs->cost[at];
                best = at;
            }
        }
    }
    return best;
}

/* Join lines until there are few enough, or no two that can be. False: out of memory. */
static bool merge_lines(struct grid *grid, int most) {
    struct costs costs = {.stride = grid->lines};
    costs.cost = calloc((size_t)grid->lines * (size_t)grid->lines + 1, sizeof costs.cost[0]);
    if (costs.cost == NULL) {
        return false;
    }
    for (int line = 0; line < grid->lines; line++) {
        price_line(&costs, grid, line);
    }
    int best = 0;
    while (grid->lines > most && (best = find_cheapest(&costs, grid->lines)) >= 0) {
        int from = best % costs.stride;
        join_lines(grid, best / costs.stride, from);
        price_line(&costs, grid, best / costs.stride);
        if (from < grid->lines) {
            price_line(&costs, grid, from);
        }
    }
    free(costs.cost);
    return true;
}

/* ---- from pairs to grids --------------------------------------------------------------------- */

/* Both sides under way: lines of the first grid are left classes, of the second right classes. */
struct work {
    const struct bake_pairs *pairs;
    const struct bake_glyphs *glyphs;
    int size_of[INK_FONT_SIZES]; /* of each size of the grids, in the recipe */
    struct grid left, right;
};

/* By places in the list of pairs. */
static int pixels_of(const struct work *work, int size, int left, int right) {
    return work->pairs->px[work->size_of[size]][left * work->pairs->count + right];
}

/* The same seen from a side: `line` is a place on it, `other` one on the other side. */
static int pixels_from(const struct work *work, bool is_left, int size, int line, int other) {
    return is_left ? pixels_of(work, size, line, other) : pixels_of(work, size, other, line);
}

/* Whether two places are treated alike on a side. */
static bool are_alike(const struct work *work, bool is_left, int a, int b) {
    for (int size = 0; size < work->left.sizes; size++) {
        for (int i = 0; i < work->pairs->count; i++) {
            if (pixels_from(work, is_left, size, a, i) != pixels_from(work, is_left, size, b, i)) {
                return false;
            }
        }
    }
    return true;
}

/* Give places that are alike one line. Returns the line of each place; null: out of memory. */
static int *group_alike(const struct work *work, struct grid *grid, bool is_left) {
    size_t places = (size_t)grid->places + 1;
    int *first = calloc(places, sizeof first[0]); // place of each line
    int *class_of = calloc(places, sizeof class_of[0]);
    for (int i = 0; first != NULL && class_of != NULL && i < grid->places; i++) {
        int line = 0;
        while (line < grid->lines && !are_alike(work, is_left, first[line], i)) {
            line++;
        }
        if (line == grid->lines) {
            first[grid->lines++] = i;
        }
        class_of[i] = line;
    }
    if (first == NULL) {
        free(class_of);
        return NULL;
    }
    free(first);
    return class_of;
}

static uint32_t code_point_of(const struct work *work, int place) {
    return work->glyphs->glyph[0][work->pairs->glyph[place]].code_point;
}

static void count_pair(const struct work *work, int left, int right) {
    bool everyday = bake_pair_is_everyday(code_point_of(work, left), code_point_of(work, right));
    for (int size = 0; size < work->left.sizes; size++) {
        struct cell *cell =
            cells_of(&work->left, work->left.class_of[left], size) + work->right.class_of[right];
        int8_t px = (int8_t)pixels_of(work, size, left, right);
        struct cell pair = {px, everyday ? px : BAKE_PAIR_MAX, px, everyday ? EVERYDAY_WEIGHT : 1};
        *cell = join_cells(cell, &pair);
    }
}

/* False: out of memory. */
static bool make_cells(struct grid *grid) {
    size_t cells = (size_t)grid->lines * (size_t)grid->sizes * (size_t)grid->others;
    grid->cell = calloc(cells + 1, sizeof grid->cell[0]);
    for (size_t i = 0; grid->cell != NULL && i < cells; i++) {
        grid->cell[i] = no_pairs;
    }
    return grid->cell != NULL;
}

/* The grid of the left side from the pairs. False: out of memory. */
static bool make_left(struct work *work) {
    work->left.class_of = group_alike(work, &work->left, true);
    work->right.class_of = group_alike(work, &work->right, false);
    work->left.others = work->right.lines;
    if (work->left.class_of == NULL || work->right.class_of == NULL || !make_cells(&work->left)) {
        return false;
    }
    for (int left = 0; left < work->pairs->count; left++) {
        for (int right = 0; right < work->pairs->count; right++) {
            count_pair(work, left, right);
        }
    }
    return true;
}

/* The grid of the right side from that of the left. False: out of memory. */
static bool make_right(struct work *work) {
    const struct grid *left = &work->left;
    work->right.others = left->lines;
    if (!make_cells(&work->right)) {
        return false;
    }
    for (int line = 0; line < left->lines; line++) {
        for (int size = 0; size < left->sizes; size++) {
            for (int other = 0; other < left->others; other++) {
                cells_of(&work->right, other, size)[line] = cells_of(left, line, size)[other];
            }
        }
    }
    return true;
}

/* ---- from the grid of the right side to the classes and matrices ----------------------------- */

/* By classes: of `line` on a side with `other` on the other side. */
static int merged_px(const struct work *work, bool is_left, int size, int line, int other) {
    const struct grid *grid = &work->right;
    return is_left ? cells_of(grid, other, size)[line].px : cells_of(grid, line, size)[other].px;
}

/* Whether class `a` of a side is at the chosen sizes as class `b`, or all 0 if there is no b. */
static bool are_equal(const struct work *work, unsigned chosen, bool is_left, int a, int b) {
    int others = is_left ? work->right.lines : work->right.others;
    for (int size = 0; size < work->right.sizes; size++) {
        for (int i = 0; i < others && chosen >> work->size_of[size] & 1; i++) {
            int px = b < 0 ? 0 : merged_px(work, is_left, size, b, i);
            if (merged_px(work, is_left, size, a, i) != px) {
                return false;
            }
        }
    }
    return true;
}

/* Number the classes of a side from 1, equal ones alike and those that never kern 0. Returns how
 * many there are. */
static int number_classes(const struct work *work, unsigned chosen, bool is_left, int *number) {
    int classes = is_left ? work->right.others : work->right.lines;
    int count = 0;
    for (int line = 0; line < classes; line++) {
        int same = -1; // zero, or the first that is equal
        while (same < line && !are_equal(work, chosen, is_left, line, same)) {
            same++;
        }
        number[line] = same < 0 ? 0 : same < line ? number[same] : ++count;
    }
    return count;
}

static bool make_maps(struct bake_kern *kern, const struct work *work, const int *left,
                      const int *right) {
    kern->left = calloc((size_t)kern->glyphs, 1);
    kern->right = calloc((size_t)kern->glyphs, 1);
    if (kern->left == NULL || kern->right == NULL) {
        return false;
    }
    for (int i = 0; i < work->pairs->count; i++) {
        int glyph = work->pairs->glyph[i];
        kern->left[glyph] = (uint8_t)left[work->left.class_of[i]];
        kern->right[glyph] = (uint8_t)right[work->right.class_of[i]];
    }
    return true;
}

static bool make_matrix(struct bake_kern *kern, const struct work *work, int size, const int *left,
                        const int *right) {
    int8_t *px = calloc((size_t)kern->left_classes, (size_t)kern->right_classes);
    kern->px[work->size_of[size]] = px;
    for (int l = 0; px != NULL && l < work->right.others; l++) {
        for (int r = 0; r < work->right.lines; r++) {
            if (left[l] > 0 && right[r] > 0) {
                px[(left[l] - 1) * kern->right_classes + right[r] - 1] =
                    (int8_t)merged_px(work, true, size, l, r);
            }
        }
    }
    return px != NULL;
}

static void count_pairs(struct bake_kern *kern, const struct work *work, int size) {
    int at = work->size_of[size];
    for (int left = 0; left < work->pairs->count; left++) {
        for (int right = 0; right < work->pairs->count; right++) {
            int px = bake_kern_px(kern, at, work->pairs->glyph[left], work->pairs->glyph[right]);
            kern->kerned[at] += px != 0;
            kern->inexact[at] += px != pixels_of(work, size, left, right);
        }
    }
}

static bool make_kern(struct bake_kern *kern, const struct work *work,
                      const struct bake_recipe *recipe, unsigned chosen) {
    static int left[BAKE_CODE_POINTS];
    static int right[BAKE_CODE_POINTS];
    kern->left_classes = number_classes(work, chosen, true, left);
    kern->right_classes = number_classes(work, chosen, false, right);
    if (ink_max(kern->left_classes, kern->right_classes) > CLASSES_MAX) {
        return bake_error(recipe->path, 0, "take a source or some of its letters out",
                          "kerning needs %d by %d classes, expected at most %d", kern->left_classes,
                          kern->right_classes, CLASSES_MAX);
    }
    if (kern->left_classes == 0) {
        return true;
    }
    bool good = make_maps(kern, work, left, right);
    for (int size = 0; good && size < work->right.sizes; size++) {
        if (chosen >> work->size_of[size] & 1) {
            good = make_matrix(kern, work, size, left, right);
            count_pairs(kern, work, size);
        }
    }
    return good || fail_for_memory();
}

bool bake_kern_make(struct bake_kern *kern, const struct bake_recipe *recipe,
                    const struct bake_glyphs *glyphs, unsigned chosen) {
    struct bake_pairs pairs;
    struct work work = {.pairs = &pairs, .glyphs = glyphs};
    *kern = (struct bake_kern){.glyphs = glyphs->count};
    bool good = bake_pairs_make(&pairs, recipe, glyphs);
    for (int size = 0; good && size < recipe->sizes; size++) {
        if (pairs.px[size] != NULL) {
            work.size_of[work.left.sizes] = size;
            work.left.px[work.left.sizes++] = recipe->px[size];
        }
    }
    work.left.places = pairs.count;
    work.right = work.left;
    if (good && work.left.sizes > 0) {
        const int most = recipe->classes > 0 ? recipe->classes : BAKE_KERN_CLASSES;
        good = (make_left(&work) && merge_lines(&work.left, most) && make_right(&work) &&
                merge_lines(&work.right, most)) ||
               fail_for_memory();
        good = good && make_kern(kern, &work, recipe, chosen);
    }
    free(work.left.class_of);
    free(work.left.cell);
    free(work.right.class_of);
    free(work.right.cell);
    bake_pairs_free(&pairs);
    return good;
}

void bake_kern_free(struct bake_kern *kern) {
    free(kern->left);
    free(kern->right);
    for (int size = 0; size < INK_FONT_SIZES; size++) {
        free(kern->px[size]);
    }
}

/* ---- reading it ------------------------------------------------------------------------------ */

int bake_kern_px(const struct bake_kern *kern, int size, int left, int right) {
    if (kern->px[size] == NULL || kern->left[left] == 0 || kern->right[right] == 0) {
        return 0;
    }
    return kern->px[size][(kern->left[left] - 1) * kern->right_classes + kern->right[right] - 1];
}

size_t bake_kern_bytes(const struct bake_kern *kern) {
    return (size_t)kern->left_classes * (((size_t)kern->right_classes + 1) / 2);
}

void bake_kern_pack(const struct bake_kern *kern, int size, uint8_t *bytes) {
    int row_bytes = (kern->right_classes + 1) / 2;
    memset(bytes, 0, bake_kern_bytes(kern));
    for (int left = 0; left < kern->left_classes; left++) {
        for (int right = 0; right < kern->right_classes; right++) {
            unsigned nibble = (unsigned)kern->px[size][left * kern->right_classes + right] & 0xF;
            bytes[left * row_bytes + right / 2] |= (uint8_t)(nibble << (right % 2 * 4));
        }
    }
}
