#include "import/map.h"

#include <strings.h>

#include "core/ink_edtf.h"
#include "import/stamp.h"

/* ---- one value ------------------------------------------------------------------------------- */

/* A date, by EDTF; what is none is taken as it stands, so that it is refused with its words. */
static void take_date(struct ink_draft *draft, int field, const struct ink_leaf *leaf,
                      bool expected) {
    char edtf[INK_STAMP_BYTES + 1];
    size_t bytes = ink_stamp_edtf(edtf, leaf->text, leaf->bytes);
    if (bytes == 0) {
        ink_draft_set(draft, field, leaf->text, leaf->bytes);
        return;
    }
    if (expected && edtf[bytes - 1] != '~' && edtf[bytes - 1] != '?' && edtf[bytes - 1] != '%') {
        edtf[bytes++] = '~';
    }
    ink_draft_set(draft, field, edtf, bytes);
}

static void take_report(struct ink_draft *draft, int field, const struct ink_leaf *leaf) {
    take_date(draft, field, leaf, false);
    if (field == INK_F_WHEN && ink_draft_has(draft, field)) {
        ink_draft_set(draft, INK_F_DATED, "report", 6);
    }
}

void ink_map_version(struct ink_draft *draft, const char *text, size_t bytes) {
    char number[16];
    int64_t utc_s;
    if (ink_stamp_utc(text, bytes, &utc_s) && utc_s > 0 && utc_s <= UINT32_MAX) {
        char *at = number + sizeof number;
        for (; utc_s > 0; utc_s /= 10) {
            *--at = (char)('0' + utc_s % 10);
        }
        ink_draft_set(draft, INK_F_REV, at, (size_t)(number + sizeof number - at));
    }
}

/* Digits alone, else nothing: a number that is none says nothing. */
static void take_number(struct ink_draft *draft, int field, const struct ink_leaf *leaf,
                        bool urgency) {
    uint64_t value = 0;
    for (uint32_t i = 0; i < leaf->bytes; i++) {
        const char c = leaf->text[i];
        if (c < '0' || c > '9' || value > UINT32_MAX) {
            return;
        }
        value = value * 10 + (uint64_t)(c - '0');
    }
    char number[16];
    if (leaf->bytes == 0 || value > UINT32_MAX || (urgency && (value < 1 || value > 9))) {
        return;
    }
    const int bytes =
        snprintf(number, sizeof number, "%llu", (unsigned long long)(urgency ? 10 - value : value));
    ink_draft_set(draft, field, number, (size_t)bytes);
}

/* The right side of the value's word in "a=b c=d *=e", or an empty span. */
static struct ink_span find_word(const char *words, const struct ink_leaf *leaf) {
    while (*words != '\0') {
        const size_t left = strcspn(words, "="), right = strcspn(words + left, " ");
        const bool any = left == 1 && words[0] == '*';
        if (any || (left == leaf->bytes && strncasecmp(words, leaf->text, left) == 0)) {
            return (struct ink_span){.at = words + left + 1, .bytes = (uint16_t)(right - 1)};
        }
        words += left + right;
        words += *words == ' ';
    }
    return (struct ink_span){.at = words};
}

/* ---- the table ------------------------------------------------------------------------------- */

static void take_into_field(struct ink_draft *draft, const struct ink_map *row,
                            const struct ink_leaf *leaf) {
    struct ink_span word;
    switch (row->take) {
    case INK_TAKE_TEXT:
        ink_draft_set(draft, row->field, leaf->text, leaf->bytes);
        break;
    case INK_TAKE_HTML:
        ink_draft_set_html(draft, row->field, leaf->text, leaf->bytes);
        break;
    case INK_TAKE_DATE:
    case INK_TAKE_EXPECTED:
        take_date(draft, row->field, leaf, row->take == INK_TAKE_EXPECTED);
        break;
    case INK_TAKE_REPORT:
        take_report(draft, row->field, leaf);
        break;
    case INK_TAKE_VERSION:
        ink_map_version(draft, leaf->text, leaf->bytes);
        break;
    case INK_TAKE_NUMBER:
    case INK_TAKE_URGENCY:
        take_number(draft, row->field, leaf, row->take == INK_TAKE_URGENCY);
        break;
    case INK_TAKE_WORDS:
        word = find_word(row->words, leaf);
        ink_draft_set(draft, row->field, word.at, word.bytes);
        break;
    default:
        ink_draft_set(draft, row->field, row->words, strlen(row->words));
    }
}

/* What is no field of a record. */
static void take_aside(struct ink_import *in, const struct ink_map *row,
                       const struct ink_leaf *leaf) {
    static const int facts[] = {INK_S_TITLE, INK_S_ZONE, INK_S_LANG};
    int64_t utc_s;
    switch (row->field) {
    case INK_MAP_EMBARGO:
        if (ink_stamp_utc(leaf->text, leaf->bytes, &utc_s)) {
            in->draft.embargo_utc = utc_s > in->draft.embargo_utc ? utc_s : in->draft.embargo_utc;
        }
        break;
    case INK_MAP_CANCELLED:
        in->draft.cancelled = in->draft.cancelled || find_word(row->words, leaf).bytes > 0;
        break;
    case INK_MAP_NONE:
        break;
    default:
        ink_import_fact(in, facts[row->field - INK_MAP_TITLE], leaf->text, leaf->bytes);
    }
}

static void hash_rows(struct ink_import *in, const struct ink_map *map) {
    for (int i = 0; i < INK_MAP_HASHED && map[i].from != NULL; i++) {
        in->hash[i] = ink_leaf_hash(map[i].from, strlen(map[i].from));
    }
    in->hashed = map;
}

static const struct ink_leaf *find_leaf(const struct ink_import *in, const struct ink_map *row,
                                        const struct ink_leaves *leaves) {
    const ptrdiff_t i = row - in->hashed;
    if (i < INK_MAP_HASHED && (leaves->seen >> (in->hash[i] & 63) & 1) == 0) {
        return NULL; /* as most rows do; ink_leaves_find would say the same */
    }
    return i < INK_MAP_HASHED ? ink_leaves_find(leaves, row->from, in->hash[i], 0)
                              : ink_leaves_get(leaves, row->from, 0);
}

void ink_map_apply(struct ink_import *in, const struct ink_map *map,
                   const struct ink_leaves *leaves) {
    if (in->hashed != map) {
        hash_rows(in, map);
    }
    static const struct ink_leaf nothing = {.text = ""};
    for (const struct ink_map *row = map; row->from != NULL; row++) {
        if (row->take == INK_TAKE_NOTHING ||
            (row->field < INK_FIELD_COUNT && ink_draft_has(&in->draft, row->field))) {
            continue;
        }
        const struct ink_leaf *leaf = row->from[0] == '\0' ? &nothing : find_leaf(in, row, leaves);
        if (leaf == NULL) {
            continue;
        }
        if (row->field < INK_FIELD_COUNT) {
            take_into_field(&in->draft, row, leaf);
        } else {
            take_aside(in, row, leaf);
        }
    }
}

/* ---- the table for people -------------------------------------------------------------------- */

static const char *field_name(const struct ink_map *row) {
    static const char *const others[] = {"story's title",   "story's zone",   "story's lang",
                                         "not shown until", "removes its id", "-"};
    return row->field < INK_FIELD_COUNT ? ink_record_fields[row->field].name
                                        : others[row->field - INK_FIELD_COUNT];
}

static void print_row(FILE *to, const struct ink_map *row) {
    static const char *const takes[] = {"text",
                                        "text of HTML",
                                        "date",
                                        "time of report",
                                        "date, approximate",
                                        "number",
                                        "time as number",
                                        "10 - n",
                                        "",
                                        "",
                                        "left out"};
    const char *how = row->words != NULL ? row->words : takes[row->take];
    fprintf(to, "  %-34s %-15s %s%s%s\n", row->from[0] != '\0' ? row->from : "(always)",
            field_name(row), how, row->note != NULL && how[0] != '\0' ? "; " : "",
            row->note != NULL ? row->note : "");
}

void ink_map_print(FILE *to) {
    for (const struct ink_importer *const *one = ink_importers; *one != NULL; one++) {
        fprintf(to, "%s%s: %s\n", one == ink_importers ? "" : "\n", (*one)->name, (*one)->what);
        if ((*one)->extensions[0] != '\0') {
            fprintf(to, "  extensions: %s\n", (*one)->extensions);
        }
        if ((*one)->notes != NULL) {
            fprintf(to, "  %s\n", (*one)->notes);
        }
        for (const struct ink_map *row = (*one)->map; row != NULL && row->from != NULL; row++) {
            print_row(to, row);
        }
    }
}
