#include "bake/bake_number.h"

#include "bake/bake_kern.h"

#include <stdlib.h>
#include <string.h>

struct sharing {
    const struct bake_glyphs *glyphs;
    const struct bake_kern *kern;
    bool *joins; /* by glyph: a letter that joins */
    int *table;  /* a glyph + 1 by its hash; 0: free */
    uint32_t mask;
};

static uint32_t hash_word(uint32_t hash, uint32_t word) {
    for (int i = 0; i < 4; i++, word >>= 8) { // FNV-1a
        hash = (hash ^ (word & 0xFF)) * UINT32_C(16777619);
    }
    return hash;
}

static size_t plane_bytes(const struct bake_glyph *glyph) {
    return (size_t)glyph->height * sizeof glyph->rows[0];
}

/* One plane of two tells enough. */
static uint32_t hash_glyph(uint32_t hash, const struct bake_glyph *glyph) {
    hash = hash_word(hash, (uint32_t)glyph->width);
    hash = hash_word(hash, (uint32_t)glyph->left);
    hash = hash_word(hash, (uint32_t)glyph->top);
    hash = hash_word(hash, (uint32_t)glyph->advance);
    for (int y = 0; y < glyph->height; y++) {
        for (int i = 0; i < BAKE_ROW_WORDS; i++) {
            hash = hash_word(hash, glyph->rows[y][i]);
        }
    }
    return hash;
}

static uint32_t hash_of(const struct bake_glyphs *glyphs, int number) {
    uint32_t hash = UINT32_C(2166136261);
    for (int size = 0; size < INK_FONT_SIZES; size++) {
        if (glyphs->glyph[size] != NULL) {
            hash = hash_glyph(hash, &glyphs->glyph[size][number]);
        }
    }
    return hash;
}

static bool same_plane(const struct bake_glyph *glyph, const uint32_t (*a)[BAKE_ROW_WORDS],
                       const uint32_t (*b)[BAKE_ROW_WORDS]) {
    return a == NULL || memcmp(a, b, plane_bytes(glyph)) == 0;
}

static bool looks_same(const struct bake_glyph *a, const struct bake_glyph *b) {
    return a->width == b->width && a->height == b->height && a->left == b->left &&
           a->top == b->top && a->advance == b->advance && a->mark == b->mark &&
           same_plane(a, (const uint32_t(*)[BAKE_ROW_WORDS])a->rows,
                      (const uint32_t(*)[BAKE_ROW_WORDS])b->rows) &&
           same_plane(a, (const uint32_t(*)[BAKE_ROW_WORDS])a->low,
                      (const uint32_t(*)[BAKE_ROW_WORDS])b->low);
}

/* May the later glyph take the number of the earlier? */
static bool may_share(const struct sharing *sharing, int earlier, int later) {
    const struct bake_kern *kern = sharing->kern;
    const struct bake_glyphs *glyphs = sharing->glyphs;
    bool form = later >= glyphs->points;
    if (sharing->joins[later] || (sharing->joins[earlier] && !form)) {
        return false;
    }
    if (kern->left_classes > 0 &&
        (kern->left[earlier] != kern->left[later] || kern->right[earlier] != kern->right[later])) {
        return false;
    }
    for (int size = 0; size < INK_FONT_SIZES; size++) {
        const struct bake_glyph *glyph = glyphs->glyph[size];
        if (glyph != NULL &&
            (glyph[later].code_point < 0x80 || !looks_same(&glyph[earlier], &glyph[later]))) {
            return false;
        }
    }
    return true;
}

/* An earlier glyph to share with, else -1, and the glyph is entered. */
static int find_same(struct sharing *sharing, int number) {
    uint32_t at = hash_of(sharing->glyphs, number) & sharing->mask;
    for (; sharing->table[at] > 0; at = (at + 1) & sharing->mask) {
        if (may_share(sharing, sharing->table[at] - 1, number)) {
            return sharing->table[at] - 1;
        }
    }
    sharing->table[at] = number + 1;
    return -1;
}

static void number_all(struct bake_numbers *numbers, struct sharing *sharing) {
    const struct bake_glyphs *glyphs = sharing->glyphs;
    for (int i = 0; i < glyphs->joins; i++) {
        sharing->joins[glyphs->join[i].form[INK_FORM_ISOLATED]] = true;
    }
    for (int i = 0; i < glyphs->count; i++) {
        int same = find_same(sharing, i);
        if (same >= 0) {
            numbers->of[i] = numbers->of[same];
        } else {
            numbers->kept[numbers->count] = i;
            numbers->of[i] = numbers->count++;
        }
    }
}

bool bake_numbers_make(struct bake_numbers *numbers, const struct bake_glyphs *glyphs,
                       const struct bake_kern *kern) {
    size_t count = (size_t)glyphs->count, slots = 64;
    while (slots < 2 * count) {
        slots *= 2;
    }
    struct sharing sharing = {.glyphs = glyphs,
                              .kern = kern,
                              .joins = calloc(count + 1, sizeof(bool)),
                              .table = calloc(slots, sizeof(int)),
                              .mask = (uint32_t)slots - 1};
    *numbers = (struct bake_numbers){.of = calloc(count + 1, sizeof(int)),
                                     .kept = calloc(count + 1, sizeof(int))};
    bool good = sharing.joins != NULL && sharing.table != NULL && numbers->of != NULL &&
                numbers->kept != NULL;
    if (good) {
        number_all(numbers, &sharing);
    }
    free(sharing.joins);
    free(sharing.table);
    return good || bake_error("inkline-bake-font", 0, NULL, "out of memory");
}

void bake_numbers_free(struct bake_numbers *numbers) {
    free(numbers->of);
    free(numbers->kept);
}
