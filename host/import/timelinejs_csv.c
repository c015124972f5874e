#include <strings.h>

#include "import/map.h"
#include "import/plain.h"
#include "import/table_items.h"
#include "import/timelinejs.h"

/* Dates are not in here: they are made of several columns. */
static const struct ink_map map[] = {
    {"headline", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"text", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"group", INK_F_LANE, INK_TAKE_HTML, NULL, NULL},
    {"tag", INK_F_LANE, INK_TAKE_HTML, NULL, "older sheets"},
    {"media credit", INK_F_SOURCE, INK_TAKE_HTML, NULL, "unless it is for a picture alone"},
    {"type", INK_F_WEIGHT, INK_TAKE_WORDS, "era=2", "an era stands behind the events"},
    {"media", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "pictures and players are not for a wall"},
    {"media caption", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "says what the picture shows"},
    {"media thumbnail", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, NULL},
    {"background", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, NULL},
    {NULL, 0, 0, NULL, NULL}};

static void set_part(const struct ink_leaves *row, const char *column, struct ink_parts *parts,
                     int part) {
    const struct ink_leaf *leaf = ink_leaves_get(row, column, 0);
    if (leaf != NULL) {
        ink_parts_set(parts, part, leaf->text, leaf->bytes);
    }
}

static void set_time(const struct ink_leaves *row, const char *column, struct ink_parts *parts) {
    const struct ink_leaf *leaf = ink_leaves_get(row, column, 0);
    if (leaf != NULL) {
        ink_parts_set_time(parts, leaf->text, leaf->bytes);
    }
}

static void set_all(const struct ink_leaves *row, const char *column, struct ink_parts *parts) {
    const struct ink_leaf *leaf = ink_leaves_get(row, column, 0);
    if (leaf != NULL) {
        ink_parts_set_all(parts, leaf->text, leaf->bytes);
    }
}

static void read_dates(const struct ink_leaves *row, struct ink_parts *start,
                       struct ink_parts *end) {
    memset(start, 0, sizeof *start);
    memset(end, 0, sizeof *end);
    set_all(row, "start date", start);
    set_all(row, "end date", end);
    set_part(row, "year", start, INK_PART_YEAR);
    set_part(row, "month", start, INK_PART_MONTH);
    set_part(row, "day", start, INK_PART_DAY);
    set_time(row, "time", start);
    set_part(row, "end year", end, INK_PART_YEAR);
    set_part(row, "end month", end, INK_PART_MONTH);
    set_part(row, "end day", end, INK_PART_DAY);
    set_time(row, "end time", end);
}

/* A title slide; false: the row is none. The first one counts, as in TimelineJS. */
static bool take_title(struct ink_import *in, const struct ink_leaves *row) {
    char title[2 * INK_TITLE_BYTES];
    const struct ink_leaf *type = ink_leaves_get(row, "type", 0);
    const struct ink_leaf *headline = ink_leaves_get(row, "headline", 0);
    if (type == NULL || type->bytes != 5 || strncasecmp(type->text, "title", 5) != 0) {
        return false;
    }
    if (headline != NULL) {
        const size_t bytes = ink_plain_html(title, sizeof title, headline->text, headline->bytes);
        ink_import_fact(in, INK_S_TITLE, title, bytes);
    }
    return true;
}

/* Cells that were merged in the sheet have their value in the first row alone. */
static void refuse_yearless(struct ink_import *in, uint64_t line) {
    struct ink_problem problem = ink_import_at(in, line, 0);
    problem.rule = "no-when";
    problem.field = "when";
    problem.what = "no year in this row";
    problem.expected = "expected a year in every row";
    problem.hint = "unmerge the cells of the sheet and fill the year down, then export again";
    ink_import_refuse(in, false, &problem);
}

static void take_row(struct ink_import *in, void *context, const struct ink_leaves *row,
                     uint64_t line) {
    (void)context;
    struct ink_parts start, end;
    if (take_title(in, row)) {
        return;
    }
    read_dates(row, &start, &end);
    if (!start.has[INK_PART_YEAR] && start.odd[0] == '\0') {
        refuse_yearless(in, line);
        return;
    }
    ink_draft_begin(&in->draft, line, 0);
    if (!ink_timelinejs_dates(in, &start, &end)) {
        return;
    }
    ink_map_apply(in, map, row);
    ink_timelinejs_credit(&in->draft);
    const struct ink_leaf *display = ink_leaves_get(row, "display date", 0);
    if (display != NULL) {
        ink_timelinejs_display(in, display->text, display->bytes);
    }
    ink_import_put(in);
}

static int run(struct ink_import *in) {
    const struct ink_table_shape shape = {.row = take_row};
    return ink_table_items(in, &shape);
}

static bool knows(const char *head, size_t bytes) {
    return !ink_table_has(head, bytes, "when") &&
           (ink_table_has(head, bytes, "year|month|headline") ||
            ink_table_has(head, bytes, "year|headline|text") ||
            ink_table_has(head, bytes, "year|headline|media credit") ||
            ink_table_has(head, bytes, "start date|headline|text"));
}

const struct ink_importer ink_import_timelinejs_csv = {
    .name = "timelinejs-csv",
    .extensions = "",
    .what = "the sheet of TimelineJS (Year, Month, Day, Time, End Year ... Headline, Text), as CSV",
    .notes =
        "year, month, day, time and end ... make the dates, or start date and end date in\n"
        "  older sheets (1/26/2012: the month comes first); the year -44 is 44 BCE, a time\n"
        "  needs --zone. display date: as for timelinejs. A row of type title names the story.",
    .map = map,
    .knows = knows,
    .run = run};
