#include "import/timelinejs.h"

#include <strings.h>

#include "import/json_items.h"
#include "import/line.h"
#include "import/map.h"
#include "import/plain.h"

/* Of TimelineJS 3, then of TimelineJS 2. Dates are not in here: they are made of several values. */
static const struct ink_map map[] = {
    {"unique_id", INK_F_ID, INK_TAKE_TEXT, NULL,
     "within its timeline: the title goes before it, else the file's name"},
    {"text.headline", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"headline", INK_F_HEADLINE, INK_TAKE_HTML, NULL, "version 2"},
    {"text.text", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"text", INK_F_DETAIL, INK_TAKE_HTML, NULL, "version 2"},
    {"group", INK_F_LANE, INK_TAKE_HTML, NULL, NULL},
    {"tag", INK_F_LANE, INK_TAKE_HTML, NULL, "version 2"},
    {"media.credit", INK_F_SOURCE, INK_TAKE_HTML, NULL, "unless it is for a picture alone"},
    {"asset.credit", INK_F_SOURCE, INK_TAKE_HTML, NULL, "version 2"},
    {"media.url", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "pictures and players are not for a wall"},
    {"media.caption", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "says what the picture shows"},
    {"background.url", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, NULL},
    {NULL, 0, 0, NULL, NULL}};

/* What the events of a document have in common. */
struct document {
    const struct ink_json_text *text;
    struct ink_leaves *leaves;
    bool older; /* version 2 */
};

/* ---- one slide ------------------------------------------------------------------------------- */

static void read_parts(const struct ink_leaves *leaves, const char *date, struct ink_parts *parts) {
    static const char *const names[INK_PARTS] = {"year", "month",  "day",
                                                 "hour", "minute", "second"};
    memset(parts, 0, sizeof *parts);
    for (int part = 0; part < INK_PARTS; part++) {
        char path[32];
        snprintf(path, sizeof path, "%s.%s", date, names[part]);
        const struct ink_leaf *leaf = ink_leaves_get(leaves, path, 0);
        if (leaf != NULL) {
            ink_parts_set(parts, part, leaf->text, leaf->bytes);
        }
    }
}

static void read_older(const struct ink_leaves *leaves, const char *path, struct ink_parts *parts) {
    const struct ink_leaf *leaf = ink_leaves_get(leaves, path, 0);
    memset(parts, 0, sizeof *parts);
    if (leaf != NULL) {
        ink_parts_set_all(parts, leaf->text, leaf->bytes);
    }
}

static void put_slide(struct ink_import *in, const struct document *document, const char *weight) {
    const struct ink_leaves *leaves = document->leaves;
    struct ink_parts start, end;
    if (document->older) {
        read_older(leaves, "startdate", &start);
        read_older(leaves, "enddate", &end);
    } else {
        read_parts(leaves, "start_date", &start);
        read_parts(leaves, "end_date", &end);
    }
    if (!ink_timelinejs_dates(in, &start, &end)) {
        return;
    }
    ink_draft_set(&in->draft, INK_F_WEIGHT, weight, strlen(weight));
    ink_map_apply(in, map, leaves);
    ink_timelinejs_credit(&in->draft);
    ink_import_scope_id(in);
    const struct ink_leaf *display = ink_leaves_get(leaves, "display_date", 0);
    if (display == NULL || display->bytes == 0) {
        display = ink_leaves_get(leaves, "start_date.display_date", 0);
    }
    if (display != NULL) {
        ink_timelinejs_display(in, display->text, display->bytes);
    }
    ink_import_put(in);
}

/* All elements of an array of slides; `path` is where it stands in the document. */
static void put_all(struct ink_import *in, const struct document *document, const cJSON *array,
                    const char *path, const char *weight) {
    struct ink_json_walk walk = {.at = 0};
    long nth = 0;
    for (const cJSON *slide = cJSON_IsArray(array) ? array->child : NULL;
         slide != NULL && !in->failed; slide = slide->next, nth++) {
        struct ink_json_spot spot = {document->text->line, document->text->column};
        (void)ink_json_place(&walk, document->text, path, nth, &spot);
        ink_leaves_clear(document->leaves);
        ink_json_leaves(document->leaves, "", slide);
        ink_draft_begin(&in->draft, spot.line, spot.column);
        put_slide(in, document, weight);
    }
}

/* ---- a document ------------------------------------------------------------------------------ */

static void take_title(struct ink_import *in, const cJSON *headline) {
    char title[2 * INK_TITLE_BYTES];
    if (cJSON_IsString(headline)) {
        const size_t bytes = ink_plain_html(title, sizeof title, headline->valuestring,
                                            strlen(headline->valuestring));
        ink_import_fact(in, INK_S_TITLE, title, bytes);
    }
}

static void take_document(struct ink_import *in, void *context, const cJSON *object,
                          const struct ink_json_text *text) {
    struct document document = {text, context, false};
    const cJSON *older = cJSON_GetObjectItem(object, "timeline");
    const cJSON *title = cJSON_GetObjectItem(object, "title");
    const cJSON *events = cJSON_GetObjectItem(object, "events");
    if (cJSON_IsObject(older)) {
        document.older = true;
        take_title(in, cJSON_GetObjectItem(older, "headline"));
        put_all(in, &document, cJSON_GetObjectItem(older, "date"), "timeline.date", "");
        put_all(in, &document, cJSON_GetObjectItem(older, "era"), "timeline.era", "2");
    } else if (cJSON_IsArray(events)) {
        take_title(in, cJSON_GetObjectItem(cJSON_GetObjectItem(title, "text"), "headline"));
        put_all(in, &document, events, "events", "");
        put_all(in, &document, cJSON_GetObjectItem(object, "eras"), "eras", "2");
    } else {
        struct ink_problem problem = ink_import_at(in, text->line, text->column);
        problem.rule = "timelinejs";
        problem.what = "no list of events in this object";
        problem.expected = "expected \"events\", or \"timeline\" with \"date\"";
        problem.hint = "a sheet exported as CSV is read with --from timelinejs-csv";
        ink_import_refuse(in, false, &problem);
    }
}

static int run(struct ink_import *in) {
    struct ink_leaves leaves;
    if (!ink_leaves_open(&leaves)) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    }
    const int code = ink_json_items(in, take_document, &leaves);
    ink_leaves_close(&leaves);
    return code;
}

/* ---- by its first bytes ---------------------------------------------------------------------- */

static bool has(const char *head, size_t bytes, const char *name) {
    return memmem(head, bytes, name, strlen(name)) != NULL;
}

static size_t skip_blanks(const char *head, size_t bytes, size_t at) {
    while (at < bytes && head[at] != '\0' && strchr(" \t\r\n", head[at]) != NULL) {
        at++;
    }
    return at;
}

/* Is there a member of that name (with its quotes) whose value begins with `bracket`? */
static bool has_inside(const char *head, size_t bytes, const char *name, char bracket) {
    const size_t length = strlen(name);
    const char *found = memmem(head, bytes, name, length);
    while (found != NULL) {
        size_t at = skip_blanks(head, bytes, (size_t)(found - head) + length);
        at = skip_blanks(head, bytes, at + (at < bytes && head[at] == ':'));
        if (at < bytes && head[at] == bracket) {
            return true;
        }
        found = memmem(found + 1, bytes - (size_t)(found + 1 - head), name, length);
    }
    return false;
}

static bool knows(const char *head, size_t bytes) {
    const size_t at = ink_line_start(head, bytes);
    if (at == bytes || head[at] != '{' || has(head, bytes, "\"when\"") ||
        has(head, bytes, "\"@context\"")) {
        return false;
    }
    const bool older = has_inside(head, bytes, "\"timeline\"", '{') &&
                       (has(head, bytes, "\"startDate\"") || has(head, bytes, "\"headline\""));
    const bool slides =
        has_inside(head, bytes, "\"start_date\"", '{') && has(head, bytes, "\"year\"");
    const bool title = has_inside(head, bytes, "\"title\"", '{') &&
                       has_inside(head, bytes, "\"text\"", '{') && has(head, bytes, "\"headline\"");
    return older || slides || title;
}

const struct ink_importer ink_import_timelinejs = {
    .name = "timelinejs",
    .extensions = "",
    .what = "TimelineJS 3 (events, eras, title) and TimelineJS 2 (timeline.date), as JSON",
    .notes =
        "start_date, end_date: year to second; the year -44 is 44 BCE, there is no year 0, a\n"
        "  time needs --zone. display_date stands before the detail where it says more than\n"
        "  the date; \"c.\" and \"?\" in it make the date approximate or uncertain. The title\n"
        "  slide names the story; an era is a record of weight 2.",
    .map = map,
    .knows = knows,
    .run = run};
