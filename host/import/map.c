#include "import/map.h"

#include <ctype.h>

#include "core/ink_edtf.h"
#include "import/line.h"
#include "import/stamp.h"

enum {
    SAME_SECOND = 60 /* versions of one second that are told apart */
};

/* ---- one value ------------------------------------------------------------------------------- */

/* The date read last, for most stand in two rows: as the version's and as the report's. */
struct date_read {
    const struct ink_leaf *leaf;
    size_t bytes;
    char edtf[INK_STAMP_BYTES];
};

static void read_date(struct date_read *date, const struct ink_leaf *leaf) {
    if (date->leaf != leaf) {
        date->leaf = leaf;
        date->bytes = ink_stamp_edtf(date->edtf, leaf->text, leaf->bytes);
    }
}

/* A date, by EDTF; what is none is taken as it stands, so that it is refused with its words. */
static void take_date(struct ink_draft *draft, int field, const struct ink_leaf *leaf,
                      struct date_read *date, bool expected) {
    char edtf[INK_STAMP_BYTES + 1];
    read_date(date, leaf);
    size_t bytes = date->bytes;
    memcpy(edtf, date->edtf, bytes);
    if (bytes == 0) {
        ink_draft_set(draft, field, leaf->text, leaf->bytes);
        return;
    }
    if (expected && edtf[bytes - 1] != '~' && edtf[bytes - 1] != '?' && edtf[bytes - 1] != '%') {
        edtf[bytes++] = '~';
    }
    ink_draft_set(draft, field, edtf, bytes);
}

static void take_report(struct ink_draft *draft, int field, const struct ink_leaf *leaf,
                        struct date_read *date) {
    take_date(draft, field, leaf, date, false);
    if (field == INK_F_WHEN && ink_draft_has(draft, field)) {
        ink_draft_set(draft, INK_F_DATED, "report", 6);
    }
}

static void set_number(struct ink_draft *draft, int field, uint64_t value) {
    char number[24], *at = number + sizeof number;
    do {
        *--at = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    ink_draft_set(draft, field, at, (size_t)(number + sizeof number - at));
}

static uint32_t rev_of(const char *edtf, size_t bytes) {
    int64_t utc_s;
    return ink_stamp_seconds(edtf, bytes, &utc_s) && utc_s > 0 && utc_s <= UINT32_MAX
               ? (uint32_t)utc_s
               : 0;
}

uint32_t ink_map_rev(const char *text, size_t bytes) {
    char edtf[INK_STAMP_BYTES];
    return rev_of(edtf, ink_stamp_edtf(edtf, text, bytes));
}

static void set_rev(struct ink_draft *draft, uint32_t rev) {
    if (rev > 0) {
        set_number(draft, INK_F_REV, rev);
    }
}

void ink_map_version(struct ink_draft *draft, const char *text, size_t bytes) {
    set_rev(draft, ink_map_rev(text, bytes));
}

static void take_version(struct ink_draft *draft, const struct ink_leaf *leaf,
                         struct date_read *date) {
    read_date(date, leaf);
    set_rev(draft, rev_of(date->edtf, date->bytes));
}

/* Digits alone, of 32 bits. */
static bool read_number(const char *text, size_t bytes, uint64_t *value) {
    *value = 0;
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] < '0' || text[i] > '9' || *value > UINT32_MAX) {
            return false;
        }
        *value = *value * 10 + (uint64_t)(text[i] - '0');
    }
    return bytes > 0 && *value <= UINT32_MAX;
}

/* A number that is none says nothing. */
static void take_number(struct ink_draft *draft, int field, const struct ink_leaf *leaf,
                        bool urgency) {
    uint64_t value;
    if (read_number(leaf->text, leaf->bytes, &value) && (!urgency || (value >= 1 && value <= 9))) {
        set_number(draft, field, urgency ? 10 - value : value);
    }
}

/* Versions of one second by their number; without a time the number is all there is. */
static void take_count(struct ink_draft *draft, const struct ink_leaf *leaf) {
    uint64_t value, time;
    if (!read_number(leaf->text, leaf->bytes, &value)) {
        return;
    }
    draft->numbered = !read_number(draft->text[INK_F_REV], draft->bytes[INK_F_REV], &time);
    if (!draft->numbered) {
        value = time + (value > SAME_SECOND ? SAME_SECOND : value) - (value > 0);
    }
    set_number(draft, INK_F_REV, value < UINT32_MAX ? value : UINT32_MAX);
}

/* Are these the same word? Case does not count, nor whether blanks, "-" or "_" part it. */
static bool same_word(const char *word, const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        const char c = text[i] == ' ' || text[i] == '-' ? '_' : text[i];
        const char w = word[i] == '-' ? '_' : word[i];
        if (tolower((unsigned char)w) != tolower((unsigned char)c)) {
            return false;
        }
    }
    return true;
}

struct ink_span ink_map_code(const char *text, size_t bytes) {
    while (bytes > 0 && strchr("/:#", text[bytes - 1]) != NULL) {
        bytes--; /* "https://schema.org/EventCancelled/" */
    }
    size_t from = bytes;
    while (from > 0 && strchr("/:#", text[from - 1]) == NULL) {
        from--;
    }
    return (struct ink_span){.at = text + from,
                             .bytes = (uint16_t)ink_min((int)(bytes - from), 256)};
}

/* The right side of the value's word in "a=b c=d *=e", or an empty span. */
static struct ink_span find_word(const char *words, const struct ink_leaf *found) {
    char *text = (char *)found->text;
    size_t bytes = found->bytes;
    ink_line_trim(&text, &bytes);
    const struct ink_leaf trimmed = {.text = text, .bytes = (uint32_t)bytes}, *leaf = &trimmed;
    const struct ink_span code = ink_map_code(leaf->text, leaf->bytes);
    while (*words != '\0') {
        const size_t left = strcspn(words, "="), right = strcspn(words + left, " ");
        const bool any = left == 1 && words[0] == '*';
        if (any || (left == leaf->bytes && same_word(words, leaf->text, left)) ||
            (left == code.bytes && same_word(words, code.at, left))) {
            return (struct ink_span){.at = words + left + 1, .bytes = (uint16_t)(right - 1)};
        }
        words += left + right;
        words += *words == ' ';
    }
    return (struct ink_span){.at = words};
}

/* Of several values the first that is listed. */
static void take_words(struct ink_draft *draft, const struct ink_map *row,
                       const struct ink_leaves *leaves) {
    const struct ink_leaf *leaf;
    for (int nth = 0; !ink_draft_has(draft, row->field) &&
                      (leaf = ink_leaves_get(leaves, row->from, nth)) != NULL;
         nth++) {
        const struct ink_span word = find_word(row->words, leaf);
        ink_draft_set(draft, row->field, word.at, word.bytes);
    }
}

/* ---- the table ------------------------------------------------------------------------------- */

static void take_into_field(struct ink_draft *draft, const struct ink_map *row,
                            const struct ink_leaf *leaf, struct date_read *date) {
    switch (row->take) {
    case INK_TAKE_TEXT:
        ink_draft_set(draft, row->field, leaf->text, leaf->bytes);
        break;
    case INK_TAKE_HTML:
        ink_draft_set_html(draft, row->field, leaf->text, leaf->bytes);
        break;
    case INK_TAKE_DATE:
    case INK_TAKE_EXPECTED:
        take_date(draft, row->field, leaf, date, row->take == INK_TAKE_EXPECTED);
        break;
    case INK_TAKE_REPORT:
        take_report(draft, row->field, leaf, date);
        break;
    case INK_TAKE_VERSION:
        take_version(draft, leaf, date);
        break;
    case INK_TAKE_COUNT:
        take_count(draft, leaf);
        break;
    case INK_TAKE_NUMBER:
    case INK_TAKE_URGENCY:
        take_number(draft, row->field, leaf, row->take == INK_TAKE_URGENCY);
        break;
    default:
        ink_draft_set(draft, row->field, row->words, strlen(row->words));
    }
}

/* An embargo is kept to the end: where no offset is told, until that time has come in the last
 * place on Earth; where it cannot be read, it is not over. */
static void take_embargo(struct ink_import *in, const struct ink_leaf *leaf) {
    char edtf[INK_STAMP_BYTES];
    struct ink_date date;
    int64_t utc_s = INT64_MAX;
    const size_t bytes = ink_stamp_edtf(edtf, leaf->text, leaf->bytes);
    if (leaf->bytes == 0) {
        return;
    }
    if (bytes > 0 && ink_edtf_parse_one(edtf, bytes, &date) == INK_REASON_NONE &&
        ink_is_dated(&date)) {
        utc_s = ink_date_start(&date, NULL) +
                ((date.flags & INK_DATE_OFFSET) != 0 ? 0 : INK_LAST_PLACE_S);
    } else {
        char quoted[INK_QUOTE_BYTES];
        struct ink_problem problem = ink_import_at(in, in->draft.line, in->draft.column);
        problem.rule = "embargo";
        problem.what = ink_quote(quoted, leaf->text, leaf->bytes);
        problem.expected = "expected the time when the embargo ends";
        problem.hint = "the item stays hidden";
        ink_import_warn(in, &problem);
    }
    in->draft.embargo_utc = utc_s > in->draft.embargo_utc ? utc_s : in->draft.embargo_utc;
}

/* Of several values one is enough. */
static void take_cancelled(struct ink_import *in, const struct ink_map *row,
                           const struct ink_leaves *leaves) {
    const struct ink_leaf *leaf;
    for (int nth = 0; (leaf = ink_leaves_get(leaves, row->from, nth)) != NULL; nth++) {
        in->draft.cancelled = in->draft.cancelled || find_word(row->words, leaf).bytes > 0;
    }
}

/* What is no field of a record. */
static void take_aside(struct ink_import *in, const struct ink_map *row,
                       const struct ink_leaf *leaf) {
    static const int facts[] = {INK_S_TITLE, INK_S_ZONE, INK_S_LANG};
    switch (row->field) {
    case INK_MAP_EMBARGO:
        take_embargo(in, leaf);
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
    struct date_read date;
    date.leaf = NULL;
    for (const struct ink_map *row = map; row->from != NULL; row++) {
        if (row->take == INK_TAKE_NOTHING ||
            (row->field < INK_FIELD_COUNT && row->take != INK_TAKE_COUNT &&
             ink_draft_has(&in->draft, row->field))) {
            continue;
        }
        const struct ink_leaf *leaf = row->from[0] == '\0' ? &nothing : find_leaf(in, row, leaves);
        if (leaf == NULL) {
            continue;
        }
        if (row->field == INK_MAP_CANCELLED) {
            take_cancelled(in, row, leaves);
        } else if (row->field < INK_FIELD_COUNT && row->take == INK_TAKE_WORDS) {
            take_words(&in->draft, row, leaves);
        } else if (row->field < INK_FIELD_COUNT) {
            take_into_field(&in->draft, row, leaf, &date);
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
                                        "number of the version, on top",
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
