#include "bake/bake_range_walk.h"

#include <stdlib.h>

#define FRACTION   16               /* bits of a cost after the point */
#define PRICE      (18 << FRACTION) /* bits that a further leaf must save: its own 2.25 bytes */
#define VISIT      ((1 << FRACTION) / 256) /* and for each decision that passes it: its time */
#define NODES      (2 * BAKE_RANGE_MODEL_BYTES)
#define NEAR_BYTES 127
#define NONE       (-1)

/* ---- lessons -----------------------------------------------------------------------------------
 */

static int compare(const void *left, const void *right) {
    const struct bake_range_lesson *a = left;
    const struct bake_range_lesson *b = right;
    if (a->root != b->root) {
        return a->root < b->root ? -1 : 1;
    }
    return a->seen < b->seen ? -1 : a->seen > b->seen;
}

/* Sort the lessons and make one of those that saw the same. */
static void merge(struct bake_range_lessons *lessons) {
    struct bake_range_lesson *lesson = lessons->lesson;
    size_t kept = 0;
    if (lessons->count > 0) {
        qsort(lesson, lessons->count, sizeof lesson[0], compare);
    }
    for (size_t i = 0; i < lessons->count; i++) {
        if (kept > 0 && compare(&lesson[kept - 1], &lesson[i]) == 0) {
            lesson[kept - 1].count[0] += lesson[i].count[0];
            lesson[kept - 1].count[1] += lesson[i].count[1];
        } else {
            lesson[kept++] = lesson[i];
        }
    }
    lessons->count = kept;
}

/* Room for one more, by merging or by more memory. */
static bool make_room(struct bake_range_lessons *lessons) {
    if (lessons->count < lessons->cap) {
        return true;
    }
    merge(lessons);
    if (lessons->count <= lessons->cap / 2 && lessons->cap > 0) {
        return true;
    }
    size_t cap = lessons->cap > 0 ? lessons->cap * 2 : 65536;
    struct bake_range_lesson *more = realloc(lessons->lesson, cap * sizeof more[0]);
    lessons->failed = more == NULL;
    if (more != NULL) {
        lessons->lesson = more;
        lessons->cap = cap;
    }
    return more != NULL;
}

struct learner {
    struct bake_range_visitor visitor;
    struct bake_range_lessons *lessons;
};

static void learn_decision(struct bake_range_visitor *visitor, uint32_t root,
                           const struct ink_range_window *window, uint32_t ink) {
    struct bake_range_lessons *lessons = ((struct learner *)visitor)->lessons;
    if (!lessons->failed && make_room(lessons)) {
        uint64_t seen = 0;
        for (int i = 3; i >= 0; i--) {
            seen = seen << 16 | (window->row[i] >> window->left & 0xFFFF);
        }
        lessons->lesson[lessons->count++] = (struct bake_range_lesson){
            .seen = seen,
            .root = root,
            .count = {!ink, ink},
        };
    }
}

void bake_range_learn(struct bake_range_lessons *lessons, const struct bake_range_image *image) {
    struct learner learner = {.visitor = {learn_decision}, .lessons = lessons};
    lessons->depth = image->depth;
    bake_range_walk(image, &learner.visitor);
}

void bake_range_forget(struct bake_range_lessons *lessons) {
    free(lessons->lesson);
}

/* ---- costs -------------------------------------------------------------------------------------
 */

/* Logarithm to base 2 of 1 .. 2^32-1, with FRACTION bits after the point. */
static int64_t log2_of(uint64_t value) {
    int whole = 0;
    while (value >> whole > 1) {
        whole++;
    }
    uint64_t part = value << 31 >> whole; // 2^31 .. 2^32-1: 1 .. 2
    int64_t log = whole;
    for (int i = 0; i < FRACTION; i++) {
        part = part * part >> 31;
        log = log * 2 + (part >> 32 > 0);
        part >>= part >> 32 > 0;
    }
    return log;
}

/* Bits that the decisions cost if their true chance were known; counts are below 2^32. */
static int64_t entropy(const uint32_t count[2]) {
    uint64_t all = (uint64_t)count[0] + count[1];
    if (count[0] == 0 || count[1] == 0) {
        return 0;
    }
    return (int64_t)all * log2_of(all) - count[0] * log2_of(count[0]) -
           count[1] * log2_of(count[1]);
}

/* The leaf that codes the decisions in fewest bits. */
static uint8_t best_leaf(const uint32_t count[2]) {
    uint8_t best = 0;
    int64_t least = INT64_MAX;
    unsigned likely = count[1] > count[0];
    for (unsigned chance = 0; chance < 64; chance++) {
        unsigned leaf = likely << 6 | chance;
        uint32_t part = ink_range_chance(leaf);
        int64_t whole = INK_RANGE_CHANCE_BITS << FRACTION;
        int64_t cost = count[!likely] * (whole - log2_of(part)) +
                       count[likely] * (whole - log2_of((1u << INK_RANGE_CHANCE_BITS) - part));
        if (cost < least) {
            least = cost;
            best = (uint8_t)leaf;
        }
    }
    return best;
}

/* ---- trees -------------------------------------------------------------------------------------
 */

/* A node holds the lessons first .. first + lessons - 1. */
struct node {
    size_t first, lessons;
    int64_t gain; /* bits saved by asking `question`, less its time; 0 once it is asked */
    int question, parent, child[2];
    size_t bytes;
    uint32_t count[2];
};

struct forest {
    struct bake_range_lesson *lesson;
    struct node node[NODES];
    int nodes, trees;
    size_t bytes; /* of all the trees */
};

/* How often a decision was 0 and 1, by whether the pixel of a question had ink. */
struct split {
    uint32_t count[2][2];
};

static void count_splits(const struct forest *forest, const struct node *node,
                         struct split splits[INK_RANGE_QUESTIONS]) {
    memset(splits, 0, INK_RANGE_QUESTIONS * sizeof splits[0]);
    for (size_t i = node->first; i < node->first + node->lessons; i++) {
        const struct bake_range_lesson *lesson = &forest->lesson[i];
        for (int question = 0; question < INK_RANGE_QUESTIONS; question++) {
            uint32_t *count = splits[question].count[lesson->seen >> question & 1];
            count[0] += lesson->count[0];
            count[1] += lesson->count[1];
        }
    }
}

/* Find the question that saves most. */
static void weigh(const struct forest *forest, struct node *node) {
    struct split splits[INK_RANGE_QUESTIONS];
    count_splits(forest, node, splits);
    for (int i = 0; i < 2; i++) {
        node->count[i] = splits[0].count[0][i] + splits[0].count[1][i];
    }
    int64_t most = entropy(node->count) - ((int64_t)node->count[0] + node->count[1]) * VISIT;
    node->gain = 0;
    for (int i = 0; i < INK_RANGE_QUESTIONS && most > PRICE; i++) {
        int64_t gain = most - entropy(splits[i].count[0]) - entropy(splits[i].count[1]);
        if (gain > node->gain) {
            node->gain = gain;
            node->question = i;
        }
    }
}

static int add_node(struct forest *forest, size_t first, size_t lessons, int parent) {
    struct node *node = &forest->node[forest->nodes];
    *node = (struct node){
        .first = first, .lessons = lessons, .parent = parent, .child = {NONE, NONE}, .bytes = 1};
    weigh(forest, node);
    return forest->nodes++;
}

static bool is_leaf(const struct forest *forest, int node) {
    return forest->node[node].child[0] == NONE;
}

/* Which child stands near: a leaf, or else the shorter one. */
static int near_of(const struct forest *forest, const struct node *node) {
    if (is_leaf(forest, node->child[0]) || is_leaf(forest, node->child[1])) {
        return !is_leaf(forest, node->child[0]);
    }
    return forest->node[node->child[1]].bytes < forest->node[node->child[0]].bytes;
}

/* Count the bytes of a node and of all above it again. False: one cannot be written. */
static bool count_bytes(struct forest *forest, int number) {
    bool good = true;
    size_t before = 0;
    size_t after = 0;
    for (; number != NONE; number = forest->node[number].parent) {
        struct node *node = &forest->node[number];
        before = node->bytes;
        node->bytes = 1;
        if (!is_leaf(forest, number)) {
            const struct node *near = &forest->node[node->child[near_of(forest, node)]];
            bool length = near->child[0] != NONE;
            node->bytes +=
                length + forest->node[node->child[0]].bytes + forest->node[node->child[1]].bytes;
            good = good && (!length || near->bytes <= NEAR_BYTES);
        }
        after = node->bytes;
    }
    forest->bytes += after - before; // of the root
    return good;
}

/* Order a node's lessons by a question. Returns how many are without ink there. */
static size_t part_lessons(struct bake_range_lesson *lesson, size_t count, int question) {
    size_t white = 0;
    for (size_t i = 0; i < count; i++) {
        if ((lesson[i].seen >> question & 1) == 0) {
            struct bake_range_lesson moved = lesson[i];
            lesson[i] = lesson[white];
            lesson[white++] = moved;
        }
    }
    return white;
}

static void split_node(struct forest *forest, int number) {
    struct node *node = &forest->node[number];
    size_t white = part_lessons(forest->lesson + node->first, node->lessons, node->question);
    node->gain = 0;
    node->child[0] = add_node(forest, node->first, white, number);
    node->child[1] = add_node(forest, node->first + white, node->lessons - white, number);
    if (!count_bytes(forest, number)) { // the last resort: it stays a leaf
        node->child[0] = node->child[1] = NONE;
        forest->nodes -= 2;
        count_bytes(forest, number);
    }
}

/* Split the leaf that gains most, until none gains its price or the bytes are spent. */
static void grow(struct forest *forest, size_t most) {
    while (forest->bytes + 3 <= most && forest->nodes + 2 <= NODES) {
        int best = 0;
        for (int i = 1; i < forest->nodes; i++) {
            best = forest->node[i].gain > forest->node[best].gain ? i : best;
        }
        if (forest->node[best].gain < PRICE) {
            return;
        }
        split_node(forest, best);
    }
}

/* A tree for every root, a leaf as yet; one without lessons is a leaf that says even. */
static void plant(struct forest *forest, const struct bake_range_lessons *lessons) {
    size_t first = 0;
    forest->lesson = lessons->lesson;
    forest->trees = lessons->depth * INK_RANGE_ROOTS + 1;
    for (int tree = 0; tree < forest->trees; tree++) {
        size_t end = first;
        while (end < lessons->count && lessons->lesson[end].root == (uint32_t)tree) {
            end++;
        }
        add_node(forest, first, end - first, NONE);
        first = end;
    }
    forest->bytes = (size_t)forest->trees;
}

/* ---- the model ---------------------------------------------------------------------------------
 */

/* Write a tree; returns the place after it. Depth is bounded by INK_RANGE_QUESTIONS. */
static uint8_t *write_tree(const struct forest *forest, int number, uint8_t *at) {
    const struct node *node = &forest->node[number];
    if (is_leaf(forest, number)) {
        *at = best_leaf(node->count);
        return at + 1;
    }
    int near = near_of(forest, node);
    *at++ = (uint8_t)(0x80 | near << 6 | node->question);
    if (!is_leaf(forest, node->child[near])) {
        *at++ = (uint8_t)(0x80 | forest->node[node->child[near]].bytes);
    }
    at = write_tree(forest, node->child[near], at);
    return write_tree(forest, node->child[!near], at);
}

/* Where the same bytes stand already, or `count`. */
static size_t place_of(const uint8_t *bytes, size_t from, size_t count, size_t length) {
    while (from < count && memcmp(bytes + from, bytes + count, length) != 0) {
        from++;
    }
    return from;
}

static void write_model(const struct forest *forest, struct bake_range_model *model) {
    int roots = forest->trees - 1;
    size_t head = (size_t)roots * 2;
    uint8_t *end = write_tree(forest, roots, model->bytes + head);
    model->count = (size_t)(end - model->bytes);
    for (int root = 0; root < roots; root++) {
        size_t length = forest->node[root].bytes;
        write_tree(forest, root, model->bytes + model->count);
        size_t place = place_of(model->bytes, head, model->count, length);
        model->bytes[root * 2] = (uint8_t)place;
        model->bytes[root * 2 + 1] = (uint8_t)(place >> 8);
        model->count += place == model->count ? length : 0;
    }
}

bool bake_range_train(struct bake_range_lessons *lessons, size_t most,
                      struct bake_range_model *model) {
    struct forest *forest = calloc(1, sizeof *forest);
    if (forest == NULL || lessons->failed) {
        free(forest);
        return false;
    }
    merge(lessons);
    plant(forest, lessons);
    grow(forest, most - (size_t)(forest->trees - 1) * 2);
    write_model(forest, model);
    free(forest);
    return true;
}
