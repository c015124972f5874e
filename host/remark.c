#include "remark.h"

#include <stdio.h>

#include "core/ink_words.h"
#include "say.h"

int ink_remarks(const struct ink_drawing *drawing, char out[INK_REMARKS][INK_REMARK_BYTES]) {
    struct ink_tiers tiers = ink_tiers_for(&drawing->view, &drawing->ink.condense.digest.story);
    int count = 0;
    if (drawing->ink.page.missing > 0) {
        snprintf(out[count++], INK_REMARK_BYTES,
                 "characters without a glyph in the fonts, drawn as boxes: %u",
                 drawing->ink.page.missing);
    }
    if (tiers.beyond) {
        snprintf(out[count++], INK_REMARK_BYTES,
                 "%u.%u m is further than letters on %s can be read", tiers.distance_mm / 1000u,
                 tiers.distance_mm / 100u % 10u, drawing->panel->name);
    }
    return count;
}

/* The page speaks English where it has no words of the story's language. */
static void warn_words(const struct ink_drawing *drawing) {
    const char *story = drawing->ink.condense.digest.story.lang;
    const char *lang = drawing->view.lang[0] != '\0' ? drawing->view.lang : story;
    struct ink_span tag = ink_span_bounded(lang, INK_LANG_BYTES);
    if (tag.bytes > 0 && ink_language_find(tag) == NULL) {
        ink_warn("no words in \"%.*s\": the page's own are English", (int)tag.bytes, tag.at);
    }
}

void ink_warn_story(const struct ink_drawing *drawing) {
    const struct ink_counts *counts = &drawing->ink.condense.digest.counts;
    warn_words(drawing);
    // Copies in one line: two feeds of one story share many records. A correction is no copy.
    if (counts->duplicate > 0) {
        ink_warn("records given more than once, counted once: %u", (unsigned)counts->duplicate);
    }
    if (counts->early > 0) {
        ink_warn("records dated after the story's as_of: %u; hint: what is still to come has the "
                 "status planned",
                 (unsigned)counts->early);
    }
}

int ink_page_cuts(const struct ink_page *page) {
    int cuts = 0;
    uint32_t at = 0;
    struct ink_op op;
    struct ink_span payload;
    while (ink_page_next(page, &at, &op, &payload)) {
        cuts += op.type == INK_OP_ITEM && (op.flags & INK_OP_CUT) != 0;
    }
    return cuts;
}
