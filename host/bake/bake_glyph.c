#include "bake/bake_glyph.h"

#include "bake/bake_join.h"
#include "bake/bake_pen.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

/* What a glyph without a code point, or a letter that joins, is drawn from. */
struct form {
    uint32_t letter, second; /* second: of a ligature, else 0 */
    enum ink_form form;
    int number; /* of its glyph */
    /* Per size: where it comes from. Alike at every size, two forms are one glyph. */
    struct origin {
        int source;
        uint32_t index;
    } origin[INK_FONT_SIZES];
};

struct draft {
    const struct bake_recipe *recipe;
    struct bake_pen *pen;
    hb_font_t *shaper[BAKE_SOURCES];
    struct bake_glyphs *glyphs;
    uint32_t *points;
    struct form *forms;
    int form_count;
};

static bool out_of_memory(void) {
    return bake_error("inkline-bake-font", 0, NULL, "out of memory");
}

/* ---- code points ----------------------------------------------------------------------------- */

/* The first size that is drawn on its own. */
static int first_size(const struct bake_recipe *recipe) {
    int size = 0;
    while (recipe->enlarged[size] >= 0) {
        size++;
    }
    return size;
}

/* An exception for what a font does have would only hide a glyph. */
static bool check_exceptions(const struct draft *draft) {
    const struct bake_recipe *recipe = draft->recipe;
    for (uint32_t c = 0; c <= BAKE_LAST_POINT; c++) {
        int source = bake_ranges_have(&recipe->except, c) && bake_ranges_have(&recipe->cover, c)
                         ? bake_pen_source(draft->pen, first_size(recipe), c)
                         : -1;
        if (source >= 0) {
            return bake_error(recipe->path, 0, "take it out of the \"except\" line",
                              "U+%04X is excepted but %s has it", c, recipe->source[source].name);
        }
    }
    return true;
}

/* Does every size that is drawn have it? */
static bool pen_has(const struct draft *draft, uint32_t code_point) {
    for (int size = 0; size < draft->recipe->sizes; size++) {
        if (draft->recipe->enlarged[size] < 0 &&
            bake_pen_source(draft->pen, size, code_point) < 0) {
            return false;
        }
    }
    return true;
}

static bool list_points(struct draft *draft, const char *charset) {
    static struct bake_points covered, picked;
    draft->points = calloc(BAKE_LAST_POINT + 1, sizeof draft->points[0]);
    if (draft->points == NULL) {
        return out_of_memory();
    }
    if (!bake_points_list(draft->recipe, charset, &covered, &picked)) {
        return false;
    }
    int count = 0;
    for (uint32_t c = 0; c <= BAKE_LAST_POINT; c++) {
        if (covered.has[c] || (picked.has[c] && pen_has(draft, c))) {
            draft->points[count++] = c;
        }
    }
    draft->glyphs->count = draft->glyphs->points = count;
    return count > 0;
}

static int find_point(const uint32_t *points, int count, uint32_t code_point) {
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (points[middle] < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && points[low] == code_point ? low : -1;
}

/* ---- joining forms --------------------------------------------------------------------------- */

static uint32_t join_index(struct draft *draft, int source, const struct form *form) {
    if (draft->shaper[source] == NULL) {
        draft->shaper[source] = bake_join_open(&draft->recipe->source[source]);
    }
    return draft->shaper[source] != NULL
               ? bake_join_index(draft->shaper[source], form->letter, form->second, form->form)
               : 0;
}

/* Find the glyph of a form in each size's font. Sizes without one get index 0; returns how many
 * have one. */
static int find_origins(struct draft *draft, struct form *form) {
    int found = 0;
    for (int size = 0; size < draft->recipe->sizes; size++) {
        int source = bake_pen_source(draft->pen, size, form->letter);
        form->origin[size].source = source;
        if (source >= 0) {
            form->origin[size].index = join_index(draft, source, form);
            found += form->origin[size].index > 0;
        }
    }
    return found;
}

/* The number of a form's glyph: that of an earlier form that comes from the same place. */
static int number_form(struct draft *draft, struct form *form) {
    for (int i = 0; i < draft->form_count; i++) {
        struct form *other = &draft->forms[i];
        bool own = other->number >= draft->glyphs->points || other->letter == form->letter;
        if (own && memcmp(other->origin, form->origin, sizeof form->origin) == 0) {
            return other->number;
        }
    }
    return draft->glyphs->count++;
}

static bool add_form(struct draft *draft, struct form *form) {
    if (find_origins(draft, form) < draft->recipe->sizes) {
        return bake_error(draft->recipe->path, 0, "another face, or leave it out of \"joins\"",
                          "U+%04X U+%04X: not one glyph in form %d of every size", form->letter,
                          form->second, (int)form->form);
    }
    form->number = form->form == INK_FORM_ISOLATED && form->second == 0
                       ? find_point(draft->points, draft->glyphs->points, form->letter)
                       : number_form(draft, form);
    draft->forms[draft->form_count++] = *form;
    return true;
}

static bool add_join(struct draft *draft, uint32_t letter) {
    struct bake_join *join = &draft->glyphs->join[draft->glyphs->joins++];
    join->letter = letter;
    for (int i = 0; i < BAKE_FORMS; i++) {
        struct form form = {.letter = letter, .form = (enum ink_form)i};
        if (!add_form(draft, &form)) {
            return false;
        }
        join->form[i] = draft->forms[draft->form_count - 1].number;
    }
    return true;
}

/* Lam with the letters that are an alef: if a font has no ligature of them, it is two glyphs. */
static bool add_ligature(struct draft *draft, uint32_t first, uint32_t second) {
    struct form isolated = {.letter = first, .second = second, .form = INK_FORM_ISOLATED};
    struct form joined = {.letter = first, .second = second, .form = INK_FORM_FINAL};
    int found = find_origins(draft, &isolated) + find_origins(draft, &joined);
    if (found == 0) {
        return true;
    }
    if (!add_form(draft, &isolated) || !add_form(draft, &joined)) {
        return false;
    }
    draft->glyphs->ligature[draft->glyphs->ligatures++] =
        (struct bake_ligature){.first = first,
                               .second = second,
                               .isolated = draft->forms[draft->form_count - 2].number,
                               .joined = draft->forms[draft->form_count - 1].number};
    return true;
}

static bool joins_have(const struct bake_glyphs *glyphs, uint32_t letter) {
    for (int i = 0; i < glyphs->joins; i++) {
        if (glyphs->join[i].letter == letter) {
            return true;
        }
    }
    return false;
}

#define LAM       0x644
#define LIGATURES 8

static bool add_ligatures(struct draft *draft) {
    static const uint32_t alefs[LIGATURES] = {0x622, 0x623, 0x625, 0x627,
                                              0x671, 0x672, 0x673, 0x675};
    bool good = true;
    for (int i = 0; good && i < LIGATURES; i++) {
        bool both = joins_have(draft->glyphs, LAM) && joins_have(draft->glyphs, alefs[i]);
        good = !both || add_ligature(draft, LAM, alefs[i]);
    }
    return good;
}

static bool list_joins(struct draft *draft) {
    struct bake_glyphs *glyphs = draft->glyphs;
    int letters = 0;
    for (int i = 0; i < glyphs->points; i++) {
        letters += bake_ranges_have(&draft->recipe->joins, draft->points[i]);
    }
    draft->forms = calloc((size_t)letters * BAKE_FORMS + 2 * LIGATURES, sizeof draft->forms[0]);
    glyphs->join = calloc((size_t)letters + 1, sizeof glyphs->join[0]);
    glyphs->ligature = calloc(LIGATURES, sizeof glyphs->ligature[0]);
    if (draft->forms == NULL || glyphs->join == NULL || glyphs->ligature == NULL) {
        return out_of_memory();
    }
    for (int i = 0; i < glyphs->points; i++) {
        if (bake_ranges_have(&draft->recipe->joins, draft->points[i]) &&
            !add_join(draft, draft->points[i])) {
            return false;
        }
    }
    return add_ligatures(draft);
}

/* ---- drawing --------------------------------------------------------------------------------- */

static bool draw_blank(const struct draft *draft, int size, const struct bake_stand_in *blank,
                       struct bake_glyph *glyph) {
    int px = draft->recipe->px[size];
    glyph->source = -1;
    if (blank->of > 0) {
        glyph->advance = (px * blank->width + blank->of / 2) / blank->of;
        return true;
    }
    int source = bake_pen_source(draft->pen, size, '0');
    struct bake_glyph digit = {.code_point = '0'};
    bool good = source >= 0 && bake_pen_draw(draft->pen, size, source,
                                             bake_pen_index(draft->pen, source, '0'), &digit);
    glyph->advance = digit.advance;
    free(digit.rows);
    free(digit.low);
    return good;
}

static void make_mark(struct bake_glyph *glyph) {
    glyph->mark = glyph->height > 0;
    glyph->left = -glyph->width;
    glyph->advance = 0;
}

static bool draw_point(const struct draft *draft, int size, uint32_t code_point,
                       struct bake_glyph *glyph) {
    const struct bake_stand_in *stand_in = bake_recipe_stand_in(draft->recipe, code_point);
    glyph->code_point = code_point;
    if (stand_in != NULL && stand_in->as == 0) {
        return draw_blank(draft, size, stand_in, glyph);
    }
    uint32_t drawn = stand_in != NULL ? stand_in->as : code_point;
    int source = bake_pen_source(draft->pen, size, drawn);
    if (source < 0) {
        return bake_error(
            draft->recipe->path, 0, "add a source that has it, or name it in an \"except\" line",
            "U+%04X is covered but no source has it at size %d", drawn, draft->recipe->px[size]);
    }
    if (!bake_pen_draw(draft->pen, size, source, bake_pen_index(draft->pen, source, drawn),
                       glyph)) {
        return false;
    }
    if (bake_ranges_have(&draft->recipe->marks, code_point)) {
        make_mark(glyph);
    }
    return true;
}

/* Each form's glyph once; those of letters alone replace what their code points gave. */
static bool draw_forms(const struct draft *draft, int size, struct bake_glyph *glyphs) {
    for (int i = 0; i < draft->form_count; i++) {
        const struct form *form = &draft->forms[i];
        struct bake_glyph *glyph = &glyphs[form->number];
        bool drawn = glyph->code_point == BAKE_NO_POINT;
        bool isolated = form->number < draft->glyphs->points;
        if (drawn || (isolated && (form->form != INK_FORM_ISOLATED || form->second != 0))) {
            continue;
        }
        free(glyph->rows);
        free(glyph->low);
        *glyph = (struct bake_glyph){.code_point = form->letter};
        if (!bake_pen_draw(draft->pen, size, form->origin[size].source, form->origin[size].index,
                           glyph)) {
            return false;
        }
        glyph->code_point = isolated ? form->letter : BAKE_NO_POINT;
    }
    return true;
}

static bool draw_size(const struct draft *draft, int size) {
    struct bake_glyphs *glyphs = draft->glyphs;
    glyphs->glyph[size] = calloc((size_t)glyphs->count, sizeof glyphs->glyph[size][0]);
    if (glyphs->glyph[size] == NULL) {
        return out_of_memory();
    }
    for (int i = 0; i < glyphs->points; i++) {
        if (!draw_point(draft, size, draft->points[i], &glyphs->glyph[size][i])) {
            return false;
        }
    }
    return draw_forms(draft, size, glyphs->glyph[size]);
}

static bool draw_sizes(const struct draft *draft) {
    if (draft->glyphs->count >= BAKE_GLYPHS) {
        return bake_error(draft->recipe->path, 0, NULL, "expected fewer than %d glyphs",
                          BAKE_GLYPHS);
    }
    for (int size = 0; size < draft->recipe->sizes; size++) {
        if (draft->recipe->enlarged[size] < 0 && !draw_size(draft, size)) {
            return false;
        }
    }
    return true;
}

bool bake_glyphs_draw(struct bake_glyphs *glyphs, const struct bake_recipe *recipe,
                      const char *charset) {
    struct draft draft = {.recipe = recipe, .glyphs = glyphs, .pen = bake_pen_open(recipe)};
    memset(glyphs, 0, sizeof *glyphs);
    bool good = draft.pen != NULL && check_exceptions(&draft) && list_points(&draft, charset) &&
                list_joins(&draft) && draw_sizes(&draft);
    for (int i = 0; i < BAKE_SOURCES; i++) {
        hb_font_destroy(draft.shaper[i]);
    }
    bake_pen_close(draft.pen);
    free(draft.forms);
    free(draft.points);
    return good;
}

void bake_glyphs_free(struct bake_glyphs *glyphs) {
    for (int size = 0; size < INK_FONT_SIZES; size++) {
        for (int i = 0; glyphs->glyph[size] != NULL && i < glyphs->count; i++) {
            free(glyphs->glyph[size][i].rows);
            free(glyphs->glyph[size][i].low);
        }
        free(glyphs->glyph[size]);
    }
    free(glyphs->join);
    free(glyphs->ligature);
}

/* ---- looking up ------------------------------------------------------------------------------ */

int bake_glyphs_number(const struct bake_glyphs *glyphs, uint32_t code_point) {
    const struct bake_glyph *glyph = NULL;
    for (int size = 0; size < INK_FONT_SIZES && glyph == NULL; size++) {
        glyph = glyphs->glyph[size];
    }
    int low = 0, high = glyphs->points;
    while (low < high) {
        int middle = (low + high) / 2;
        if (glyph[middle].code_point < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < glyphs->points && glyph[low].code_point == code_point ? low : -1;
}

const struct bake_glyph *bake_glyphs_find(const struct bake_glyphs *glyphs, int size,
                                          uint32_t code_point) {
    int number = bake_glyphs_number(glyphs, code_point);
    return number >= 0 ? &glyphs->glyph[size][number] : NULL;
}
