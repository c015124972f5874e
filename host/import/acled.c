#include <ctype.h>
#include <stdio.h>

#include "import/map.h"
#include "import/stamp.h"
#include "import/table_items.h"

static const struct ink_map map[] = {
    {"event_id_cnty", INK_F_ID, INK_TAKE_TEXT, NULL, NULL},
    {"data_id", INK_F_ID, INK_TAKE_TEXT, NULL, "older exports"},
    {"timestamp", INK_F_REV, INK_TAKE_NUMBER, NULL, "when the row was last changed"},
    {"actor1", INK_F_LANE, INK_TAKE_TEXT, NULL, "without years in brackets"},
    {"source", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"event_date", INK_F_VIA, INK_TAKE_CONSTANT, "ACLED", NULL},
    {"location", INK_F_PLACE, INK_TAKE_TEXT, NULL, "with the country behind it"},
    {"sub_event_type", INK_F_KIND, INK_TAKE_WORDS, "Agreement=decision", NULL},
    {"source_scale", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "how far a source reaches, not who"},
    {"event_type", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "sub_event_type says it closer"},
    {"tags", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "for analysts"},
    {NULL, 0, 0, NULL, NULL}};

static struct ink_span cell(const struct ink_leaves *row, const char *column) {
    const struct ink_leaf *leaf = ink_leaves_get(row, column, 0);
    return leaf != NULL ? (struct ink_span){leaf->text, (uint16_t)ink_min((int)leaf->bytes, 32767)}
                        : (struct ink_span){"", 0};
}

/* How many bytes from `at` on are of a set. */
static size_t count_of(struct ink_span text, size_t at, const char *set) {
    size_t count = 0;
    while (at + count < text.bytes && text.at[at + count] != '\0' &&
           strchr(set, text.at[at + count]) != NULL) {
        count++;
    }
    return count;
}

/* "Military Forces of Norland (2019-)" without the years in which it went by that name. */
static struct ink_span actor(const struct ink_leaves *row, const char *column) {
    struct ink_span name = cell(row, column);
    const char *bracket = memrchr(name.at, '(', name.bytes);
    const size_t from = bracket != NULL ? (size_t)(bracket - name.at) : 0;
    const size_t years = count_of(name, from + 1, "0123456789-");
    if (from > 1 && years >= 5 && from + years + 2 == name.bytes) {
        name.bytes = (uint16_t)(from - 1);
    }
    return name;
}

/* time_precision 1: that day; 2: some day of that week, so the day is about right; 3: the month. */
static void set_when(struct ink_import *in, const struct ink_leaves *row) {
    const struct ink_span date = cell(row, "event_date"), precision = cell(row, "time_precision");
    char edtf[INK_STAMP_BYTES];
    const size_t bytes = ink_stamp_edtf(edtf, date.at, date.bytes);
    ink_draft_set(&in->draft, INK_F_WHEN, bytes > 0 ? edtf : date.at,
                  bytes > 0 ? bytes : date.bytes);
    if (precision.bytes == 1 && precision.at[0] == '2') {
        ink_draft_add(&in->draft, INK_F_WHEN, "", "~", 1);
    } else if (precision.bytes == 1 && precision.at[0] == '3' && bytes == 10) {
        ink_draft_set(&in->draft, INK_F_WHEN, edtf, 7);
    }
}

/* ---- words ----------------------------------------------------------------------------------- */

static struct ink_span trimmed(struct ink_span text) {
    while (text.bytes > 0 && isspace((unsigned char)text.at[0])) {
        text.at++;
        text.bytes--;
    }
    return text;
}

/* Notes begin "On 12 August 2024, ..." or "Around 12 August 2024 (as reported), ...": the page says
 * the date itself. */
static struct ink_span without_date(struct ink_span notes, bool *around) {
    char edtf[INK_STAMP_BYTES];
    const char *comma = memchr(notes.at, ',', notes.bytes);
    *around = notes.bytes > 7 && memcmp(notes.at, "Around ", 7) == 0;
    const bool on = notes.bytes > 3 && memcmp(notes.at, "On ", 3) == 0;
    const size_t from = *around ? 7 : 3;
    if (comma != NULL && (on || *around) && comma > notes.at + from) {
        const size_t lead = (size_t)(comma - notes.at);
        const char *bracket = memmem(notes.at, lead, " (as reported)", 14);
        const char *end = bracket != NULL ? bracket : comma;
        if (end > notes.at + from &&
            ink_stamp_edtf(edtf, notes.at + from, (size_t)(end - notes.at) - from) > 0) {
            return trimmed((struct ink_span){comma + 1, (uint16_t)(notes.bytes - lead - 1)});
        }
    }
    *around = false;
    return trimmed(notes);
}

/* Bytes of the first sentence: to a full stop behind a word of more than two letters, before a
 * capital. */
static uint16_t first_sentence(struct ink_span text) {
    size_t letters = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        const unsigned char c = (unsigned char)text.at[i];
        const bool ends = c == '.' && letters > 2 && i + 2 < text.bytes && text.at[i + 1] == ' ' &&
                          (isupper((unsigned char)text.at[i + 2]) || text.at[i + 2] == '[');
        if (ends) {
            return (uint16_t)(i + 1);
        }
        letters = isalnum(c) || c >= 0x80 || c == ')' ? letters + 1 : 0;
    }
    return text.bytes;
}

static void set_built(struct ink_import *in, const struct ink_leaves *row) {
    struct ink_span what = cell(row, "sub_event_type");
    const struct ink_span one = actor(row, "actor1"), other = actor(row, "actor2");
    what = what.bytes > 0 ? what : cell(row, "event_type");
    ink_draft_set(&in->draft, INK_F_HEADLINE, what.at, what.bytes);
    ink_draft_add(&in->draft, INK_F_HEADLINE, ": ", one.at, one.bytes);
    ink_draft_add(&in->draft, INK_F_HEADLINE, one.bytes > 0 ? ", " : ": ", other.at, other.bytes);
}

/* The first sentence of the notes, the rest below it; without notes what kind of event, and who. */
static void set_texts(struct ink_import *in, const struct ink_leaves *row) {
    bool around;
    struct ink_span notes = without_date(cell(row, "notes"), &around);
    if (around && in->draft.bytes[INK_F_WHEN] == 10) {
        ink_draft_add(&in->draft, INK_F_WHEN, "", "~", 1);
    }
    if (notes.bytes == 0) {
        set_built(in, row);
        return;
    }
    const uint16_t first = first_sentence(notes);
    const bool stop = notes.at[first - 1] == '.';
    ink_draft_set(&in->draft, INK_F_HEADLINE, notes.at, first - (stop ? 1u : 0u));
    in->draft.text[INK_F_HEADLINE][0] = (char)toupper((unsigned char)notes.at[0]);
    ink_draft_set(&in->draft, INK_F_DETAIL, notes.at + first, notes.bytes - first);
}

/* ---- numbers --------------------------------------------------------------------------------- */

/* The dead are the figure; and the more, the heavier: none 4, 1 to 4 5, to 9 6, to 24 7, to 99 8.
 */
static void set_fatalities(struct ink_import *in, const struct ink_leaves *row) {
    const struct ink_span cells = cell(row, "fatalities");
    uint32_t dead = 0;
    char text[32];
    for (uint16_t i = 0; i < cells.bytes; i++) {
        if (cells.at[i] < '0' || cells.at[i] > '9' || dead > 9999999) {
            return;
        }
        dead = dead * 10 + (uint32_t)(cells.at[i] - '0');
    }
    const int weight = 4 + (dead >= 1) + (dead >= 5) + (dead >= 10) + (dead >= 25) + (dead >= 100);
    const int bytes = snprintf(text, sizeof text, "%d", weight);
    ink_draft_set(&in->draft, INK_F_WEIGHT, text, (size_t)bytes);
    if (dead > 0) {
        const int count = snprintf(text, sizeof text, "%u dead", (unsigned)dead);
        ink_draft_set(&in->draft, INK_F_FIGURE, text, (size_t)count);
    }
}

static void take_row(struct ink_import *in, void *context, const struct ink_leaves *row,
                     uint64_t line) {
    (void)context;
    ink_draft_begin(&in->draft, line, 0);
    set_when(in, row);
    set_texts(in, row);
    set_fatalities(in, row);
    const struct ink_span side = actor(row, "actor1");
    ink_draft_set(&in->draft, INK_F_LANE, side.at, side.bytes);
    ink_map_apply(in, map, row);
    const struct ink_span country = cell(row, "country"), place = cell(row, "location");
    if (country.bytes != place.bytes || memcmp(country.at, place.at, place.bytes) != 0) {
        ink_draft_add(&in->draft, INK_F_PLACE, ", ", country.at, country.bytes);
    }
    ink_import_put(in);
}

static int run(struct ink_import *in) {
    const struct ink_table_shape shape = {.row = take_row};
    return ink_table_items(in, &shape);
}

static bool knows(const char *head, size_t bytes) {
    return !ink_table_has(head, bytes, "when") &&
           ink_table_has(head, bytes, "event_date|event_type|actor1|fatalities");
}

const struct ink_importer ink_import_acled = {
    .name = "acled",
    .extensions = "",
    .what = "ACLED exports: conflict events, as CSV",
    .notes = "event_date and time_precision make when: 1 the day, 2 a day about then (~), 3 the\n"
             "  month. notes: its first sentence is the headline, without the date, the rest the\n"
             "  detail; without notes sub_event_type and the actors. fatalities: the figure, and\n"
             "  the weight (0: 4, from 1: 5, 5: 6, 10: 7, 25: 8, 100: 9).",
    .map = map,
    .knows = knows,
    .run = run};
