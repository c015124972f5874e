/* markwhen, a text format of timelines (docs.markwhen.com).
 *
 * Read: the header's title, timezone (tz), dateFormat and lang, with or without "---" around it,
 * and zones of tags in it; events with dates as in markwhen_range.h and their descriptions;
 * properties below an event or a group; sections and groups by word or by "#"; tags, ids, links,
 * tasks. EDTF of level 1 is read beyond what markwhen knows ("2024-08~", "201X", "2024/..").
 *
 * Not read: dates BCE other than in EDTF, years of one or two digits, numbers alone as hours; all
 * dates of a repeated event but the first; a zone of a range's end alone; colours, styles,
 * viewers; pages are one story. What markwhen takes from the clock (a year that is missing, a
 * time of day without a day before it) is refused: it would be a guess.
 */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "core/ink_edtf.h"
#include "core/ink_record.h"
#include "import/line.h"
#include "import/lines.h"
#include "import/map.h"
#include "import/markwhen_ids.h"
#include "import/markwhen_range.h"
#include "import/markwhen_text.h"
#include "import/markwhen_words.h"
#include "import/markwhen_zone.h"

enum { RANGE_BYTES = 192, GROUPS = 16, NAME_BYTES = 128 };

static const struct ink_map map[] = {
    {"event", INK_F_HEADLINE, INK_TAKE_TEXT, NULL, "the text behind the colon"},
    {"description", INK_F_DETAIL, INK_TAKE_TEXT, NULL, "the lines below"},
    {"lane", INK_F_LANE, INK_TAKE_TEXT, NULL, "a property, as all below but links"},
    {"group", INK_F_LANE, INK_TAKE_TEXT, NULL, "the innermost group around the event"},
    {"tag", INK_F_LANE, INK_TAKE_TEXT, NULL, "the event's first tag"},
    {"section", INK_F_LANE, INK_TAKE_TEXT, NULL, "the innermost section around the event"},
    {"task", INK_F_STATUS, INK_TAKE_WORDS, "open=planned", "\"[ ]\" before the text"},
    {"status", INK_F_STATUS, INK_TAKE_TEXT, NULL, NULL},
    {"kind", INK_F_KIND, INK_TAKE_TEXT, NULL, NULL},
    {"weight", INK_F_WEIGHT, INK_TAKE_TEXT, NULL, NULL},
    {"source", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"via", INK_F_VIA, INK_TAKE_TEXT, NULL, NULL},
    {"figure", INK_F_FIGURE, INK_TAKE_TEXT, NULL, NULL},
    {"place", INK_F_PLACE, INK_TAKE_TEXT, NULL, NULL},
    {"location", INK_F_PLACE, INK_TAKE_TEXT, NULL, "also as [place](location)"},
    {"locations", INK_F_PLACE, INK_TAKE_TEXT, NULL, NULL},
    {"lang", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"url", INK_F_URL, INK_TAKE_TEXT, NULL, NULL},
    {"link", INK_F_URL, INK_TAKE_TEXT, NULL, "if the text has one and no other"},
    {"rev", INK_F_REV, INK_TAKE_TEXT, NULL, NULL},
    {"id", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "or !id: with the title before it, the id"},
    {"timezone", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "of this event's times"},
    {"tz", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "the same"},
    {"color", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not for a wall"},
    {"style", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not for a wall"},
    {NULL, 0, 0, NULL, NULL}};

struct group {
    char title[NAME_BYTES];
    char zone[INK_ZONE_NAME_BYTES];
    uint8_t level; /* of "#" to "######"; 0: opened by a word, and ended by one */
    bool section;
};

struct importer {
    struct ink_import *in;
    bool header, fenced; /* above the first event; between "---" */
    uint64_t fence_line; /* of the last "---" */
    bool day_first;
    bool event_open, properties_open, group_open; /* what comes belongs to an event; to a group */
    uint64_t event_line, event_column;
    char title[INK_TITLE_BYTES + 1];
    char event_zone[INK_ZONE_NAME_BYTES];
    char tag_at_hand[NAME_BYTES]; /* of the header, whose properties follow */
    char range[RANGE_BYTES];      /* of the open event */
    size_t range_bytes;
    char id[NAME_BYTES], link[INK_URL_BYTES + 1];
    int links;
    char description[INK_MW_TEXT];
    size_t description_bytes;
    struct ink_leaves leaves;
    struct ink_mw_text text;
    struct ink_mw_span last;
    struct group groups[GROUPS];
    int depth; /* of open groups, which may be more */
    struct ink_mw_tag_zones tag_zones;
    struct ink_mw_ids ids;
    struct ink_lines lines;
};

/* ---- words ----------------------------------------------------------------------------------- */

static void refuse(struct importer *it, const char *rule, const char *what, const char *hint) {
    struct ink_problem problem = ink_import_at(it->in, it->event_line, it->event_column);
    problem.rule = rule;
    problem.field = ink_record_fields[INK_F_WHEN].name;
    problem.what = what;
    problem.expected = "expected a date such as 2024-08-12, Aug 2024 / 3 months, after !id 2 days";
    problem.hint = hint;
    ink_import_refuse(it->in, false, &problem);
}

/* ---- zones ----------------------------------------------------------------------------------- */

static void take_file_zone(struct importer *it, const struct ink_mw_word *value) {
    char zone[INK_ZONE_NAME_BYTES];
    ink_mw_zone_read(zone, value);
    ink_import_fact(it->in, INK_S_ZONE, zone, strlen(zone));
}

/* Of the event, of its tag, of its groups from the inside; "": the file's. */
static const char *zone_of_event(const struct importer *it, const struct ink_leaf *tag) {
    const char *zone = it->event_zone;
    if (*zone == '\0' && tag != NULL) {
        zone = ink_mw_zone_of_tag(&it->tag_zones, tag->text, tag->bytes);
    }
    for (int i = ink_min(it->depth, GROUPS); i > 0 && *zone == '\0'; i--) {
        zone = it->groups[i - 1].zone;
    }
    return zone;
}

/* ---- events ---------------------------------------------------------------------------------- */

static void set_dates(struct ink_draft *draft, const struct ink_date *when,
                      const struct ink_date *until) {
    char text[2 * INK_EDTF_BYTES + 1];
    size_t bytes = ink_edtf_write(when, text);
    const bool both = ink_is_dated(when) && ink_is_dated(until);
    if (until->flags != 0 && !both) { /* open on one side */
        text[bytes++] = '/';
        bytes += ink_edtf_write(until, text + bytes);
    } else if (!ink_is_dated(when) && ink_is_dated(until)) {
        text[bytes++] = '/';
        bytes += ink_edtf_write(until, text + bytes);
    }
    ink_draft_set(draft, INK_F_WHEN, text, bytes);
    if (both) {
        ink_draft_set(draft, INK_F_UNTIL, text, ink_edtf_write(until, text));
    }
}

/* Ids are of this document: the same one in another is another. */
static void set_id(struct importer *it) {
    char id[INK_TITLE_BYTES + NAME_BYTES + 16];
    const char *slash = strrchr(it->in->input->name, '/');
    const char *file = slash != NULL ? slash + 1 : it->in->input->name;
    const int bytes =
        snprintf(id, sizeof id, "markwhen:%s#%s", it->title[0] != '\0' ? it->title : file, it->id);
    ink_draft_set(&it->in->draft, INK_F_ID, id, (size_t)ink_min(bytes, (int)sizeof id - 1));
}

static void add_groups(struct importer *it) {
    for (int i = ink_min(it->depth, GROUPS); i > 0; i--) {
        const struct group *group = &it->groups[i - 1];
        const char *path = group->section ? "section" : "group";
        if (group->title[0] != '\0' && ink_leaves_get(&it->leaves, path, 0) == NULL) {
            ink_leaves_add(&it->leaves, path, strlen(path), group->title, strlen(group->title));
        }
    }
}

/* The leaves that only the whole event tells. */
static void end_leaves(struct importer *it) {
    add_groups(it);
    if (it->links == 1) {
        ink_leaves_add(&it->leaves, "link", 4, it->link, strlen(it->link));
    }
    const struct ink_leaf *event = ink_leaves_get(&it->leaves, "event", 0);
    const char *path = event == NULL ? "event" : "description";
    if (it->description_bytes > 0) {
        ink_leaves_add(&it->leaves, path, strlen(path), it->description, it->description_bytes);
    }
}

static void put_event(struct importer *it, struct ink_date *when, struct ink_date *until,
                      bool first_of_id) {
    const char *zone = zone_of_event(it, ink_leaves_get(&it->leaves, "tag", 0));
    if (!ink_mw_zone_place(when, zone) || !ink_mw_zone_place(until, zone)) {
        refuse(it, "markwhen-zone", "a time of a zone that nobody knows",
               "timezone: Europe/Kyiv, or +3");
        return;
    }
    ink_draft_begin(&it->in->draft, it->event_line, it->event_column);
    set_dates(&it->in->draft, when, until);
    if (it->id[0] != '\0' && first_of_id) {
        set_id(it);
    }
    ink_map_apply(it->in, map, &it->leaves);
    ink_import_put(it->in);
}

static void warn_repeated(struct importer *it) {
    struct ink_problem problem = ink_import_at(it->in, it->event_line, it->event_column);
    problem.rule = "markwhen-repeat";
    problem.what = "an event that is repeated: only its first date is shown";
    problem.hint = "write the others as events, or export a calendar";
    ink_import_warn(it->in, &problem);
}

/* The open event is whole. What it counts from may have been refused: then it is, too. */
static void end_event(struct importer *it) {
    struct ink_mw_range range;
    struct ink_mw_span span;
    struct ink_date when, until;
    if (!it->event_open) {
        return;
    }
    it->event_open = false;
    (void)ink_mw_range_read(&range, it->range, it->range_bytes, it->day_first);
    const struct ink_mw_base base = {.last = &it->last,
                                     .from_id = ink_mw_ids_find(&it->ids, &range.from),
                                     .to_id = ink_mw_ids_find(&it->ids, &range.to),
                                     .now_utc = it->in->view.now_utc};
    const char *wrong = ink_mw_range_solve(&range, &base, &when, &until, &span);
    it->last = span;
    const bool first_of_id = it->id[0] != '\0' && ink_mw_ids_keep(&it->ids, it->id, &span);
    if (wrong != NULL) {
        refuse(it, "markwhen-date", wrong, "write the date itself");
        return;
    }
    if (range.repeats) {
        warn_repeated(it);
    }
    end_leaves(it);
    put_event(it, &when, &until, first_of_id);
}

/* What a line of text says beside its text. */
static void note_marks(struct importer *it) {
    const struct ink_mw_text *text = &it->text;
    if (text->tag.at != NULL && ink_leaves_get(&it->leaves, "tag", 0) == NULL) {
        ink_leaves_add(&it->leaves, "tag", 3, text->tag.at, text->tag.bytes);
    }
    if (text->id.at != NULL && it->id[0] == '\0') {
        ink_mw_keep(it->id, sizeof it->id, text->id.at, text->id.bytes);
    }
    if (text->place.at != NULL) {
        ink_leaves_add(&it->leaves, "location", 8, text->place.at, text->place.bytes);
    }
    if (text->links > 0 && it->links == 0 && text->link.bytes < sizeof it->link) {
        ink_mw_keep(it->link, sizeof it->link, text->link.at, text->link.bytes);
    }
    it->links += text->links;
}

static void begin_event(struct importer *it, const char *line, size_t bytes, size_t range_bytes) {
    const char *text = line + range_bytes;
    size_t left = bytes - range_bytes;
    end_event(it);
    it->event_open = it->properties_open = true;
    it->group_open = false;
    it->event_line = it->lines.line;
    ink_mw_keep(it->range, sizeof it->range, line, range_bytes);
    it->range_bytes = strlen(it->range);
    it->id[0] = it->event_zone[0] = it->link[0] = '\0';
    it->links = 0;
    it->description_bytes = 0;
    ink_leaves_clear(&it->leaves);
    const char box = ink_mw_take_box(&text, &left);
    if (box != 0) {
        const char *task = box == 'x' ? "done" : "open";
        ink_leaves_add(&it->leaves, "task", 4, task, strlen(task));
    }
    ink_mw_text_read(&it->text, text, left);
    note_marks(it);
    char *out = it->text.out;
    size_t used = it->text.bytes;
    ink_line_trim(&out, &used);
    if (used > 0) {
        ink_leaves_add(&it->leaves, "event", 5, out, used);
    }
}

static void describe(struct importer *it, const char *separator, const char *text, size_t bytes) {
    const size_t gap = it->description_bytes > 0 ? strlen(separator) : 0;
    if (bytes > 0 && it->description_bytes + gap + bytes <= sizeof it->description) {
        memcpy(it->description + it->description_bytes, separator, gap);
        memcpy(it->description + it->description_bytes + gap, text, bytes);
        it->description_bytes += gap + bytes;
    }
}

/* A line below an event that is no property. */
static void take_description(struct importer *it, const char *line, size_t bytes) {
    char *at = (char *)line;
    ink_line_trim(&at, &bytes);
    const bool item = bytes > 1 && at[0] == '-' && at[1] == ' ';
    ink_mw_text_read(&it->text, at + (item ? 2 : 0), bytes - (item ? 2 : 0));
    note_marks(it);
    char *out = it->text.out;
    size_t used = it->text.bytes;
    ink_line_trim(&out, &used);
    const bool list = it->description_bytes > 0 &&
                      strchr(":.!?", it->description[it->description_bytes - 1]) == NULL;
    describe(it, item && list ? "; " : " ", out, used);
}

/* A property of a name that the table has; others are text. */
static bool take_property(struct importer *it, const char *line, size_t bytes) {
    struct ink_mw_word key, value;
    if (!ink_mw_pair(line, bytes, &key, &value)) {
        return false;
    }
    if (ink_mw_is(&key, "timezone") || ink_mw_is(&key, "tz")) {
        ink_mw_zone_read(it->event_zone, &value);
        return true;
    }
    if (ink_mw_is(&key, "id")) {
        ink_mw_keep(it->id, sizeof it->id, value.at, value.bytes);
        return true;
    }
    for (const struct ink_map *row = map; row->from != NULL; row++) {
        if (ink_mw_is(&key, row->from) && !ink_mw_is(&key, "event") &&
            !ink_mw_is(&key, "description")) {
            ink_leaves_add(&it->leaves, key.at, key.bytes, value.at, value.bytes);
            return true;
        }
    }
    return false;
}

/* ---- groups ---------------------------------------------------------------------------------- */

static void open_group(struct importer *it, const char *line, size_t bytes, int level,
                       bool section) {
    char *title = (char *)line;
    end_event(it);
    while (level > 0 && it->depth > 0 && it->depth <= GROUPS &&
           it->groups[it->depth - 1].level >= level) {
        it->depth--;
    }
    it->group_open = true;
    it->depth++;
    if (it->depth > GROUPS) {
        return;
    }
    const char *comment = memmem(line, bytes, " //", 3);
    ink_mw_text_read(&it->text, line, comment != NULL ? (size_t)(comment - line) : bytes);
    title = it->text.out;
    size_t used = it->text.bytes;
    ink_line_trim(&title, &used);
    struct group *group = &it->groups[it->depth - 1];
    *group = (struct group){.level = (uint8_t)level, .section = section};
    ink_mw_keep(group->title, sizeof group->title, title, used);
    const struct ink_mw_word *tag = &it->text.tag;
    const char *zone =
        tag->at != NULL ? ink_mw_zone_of_tag(&it->tag_zones, tag->at, tag->bytes) : "";
    ink_mw_keep(group->zone, sizeof group->zone, zone, strlen(zone));
}

static void take_group_property(struct importer *it, const char *line, size_t bytes) {
    struct ink_mw_word key, value;
    if (it->depth > GROUPS || !ink_mw_pair(line, bytes, &key, &value)) {
        return;
    }
    struct group *group = &it->groups[it->depth - 1];
    if (ink_mw_is(&key, "timezone") || ink_mw_is(&key, "tz")) {
        ink_mw_zone_read(group->zone, &value);
    } else if (ink_mw_is(&key, "style")) {
        group->section = ink_mw_is(&value, "section");
    }
}

/* "group A", "section A", "## A", "endGroup"; false: the line is none of them. */
static bool take_group(struct importer *it, const char *line, size_t bytes) {
    char *at = (char *)line;
    ink_line_trim(&at, &bytes);
    size_t level = 0;
    while (level < bytes && at[level] == '#') {
        level++;
    }
    if (level > 0 && level <= 6 && level < bytes && at[level] == ' ') {
        open_group(it, at + level, bytes - level, (int)level, false);
        return true;
    }
    if (ink_mw_begins(at, bytes, "group ") || ink_mw_begins(at, bytes, "section ")) {
        const size_t word = at[0] == 'g' ? 5 : 7;
        open_group(it, at + word, bytes - word, 0, at[0] == 's');
        return true;
    }
    if (ink_mw_begins(at, bytes, "endGroup") || ink_mw_begins(at, bytes, "endSection")) {
        end_event(it);
        it->group_open = false;
        it->depth -= it->depth > 0;
        return true;
    }
    return false;
}

/* ---- the header ------------------------------------------------------------------------------ */

static void take_header(struct importer *it, const char *line, size_t bytes) {
    struct ink_mw_word key, value;
    const bool indented = bytes > 0 && isspace((unsigned char)line[0]);
    if (ink_mw_begins(line, bytes, "#")) {
        const char *colon = memchr(line, ':', bytes);
        const size_t end = colon != NULL ? (size_t)(colon - line) : bytes;
        ink_mw_keep(it->tag_at_hand, sizeof it->tag_at_hand, line + 1, end - 1);
        return;
    }
    if (!ink_mw_pair(line, bytes, &key, &value)) {
        return;
    }
    if (!indented) {
        it->tag_at_hand[0] = '\0';
    }
    if (ink_mw_is(&key, "timezone") || ink_mw_is(&key, "tz")) {
        if (it->tag_at_hand[0] != '\0') {
            ink_mw_zone_of_tag_is(&it->tag_zones, it->tag_at_hand, &value);
        } else {
            take_file_zone(it, &value);
        }
    } else if (ink_mw_is(&key, "title") && !indented) {
        ink_mw_keep(it->title, sizeof it->title, value.at, value.bytes);
        ink_import_fact(it->in, INK_S_TITLE, value.at, value.bytes);
    } else if (ink_mw_is(&key, "lang") && !indented) {
        ink_import_fact(it->in, INK_S_LANG, value.at, value.bytes);
    } else if (ink_mw_is(&key, "dateFormat")) {
        it->day_first = ink_mw_is(&value, "d/M/y");
    }
}

/* ---- lines ----------------------------------------------------------------------------------- */

static bool is_comment(const char *line, size_t bytes) {
    char *at = (char *)line;
    ink_line_trim(&at, &bytes);
    return ink_mw_begins(at, bytes, "//");
}

/* An event's line, or one that seems to be meant as such; false: it is neither. */
static bool take_event(struct importer *it, const char *line, size_t bytes) {
    struct ink_mw_range range;
    const size_t found = ink_mw_range_read(&range, line, bytes, it->day_first);
    if (found == 0 && range.wrong == NULL) {
        return false;
    }
    it->header = false;
    if (found > 0) {
        begin_event(it, line, bytes, found);
        return true;
    }
    end_event(it);
    it->group_open = false;
    it->last.known = false;
    it->event_line = it->lines.line;
    refuse(it, "markwhen-date", range.wrong, NULL);
    return true;
}

static void take_below(struct importer *it, const char *line, size_t bytes) {
    const bool fence = ink_mw_begins(line, bytes, "---") || ink_mw_begins(line, bytes, "...");
    if (it->group_open) {
        take_group_property(it, line, bytes);
    } else if (it->event_open && !fence) {
        it->properties_open = it->properties_open && take_property(it, line, bytes);
        if (!it->properties_open) {
            take_description(it, line, bytes);
        }
    }
}

static void take_line(struct importer *it, const char *line, size_t bytes) {
    while (bytes > 0 && isspace((unsigned char)line[bytes - 1])) {
        bytes--;
    }
    if (bytes == 0 || is_comment(line, bytes)) {
        it->properties_open = it->properties_open && bytes > 0;
        return;
    }
    if (ink_mw_begins(line, bytes, "_-_-_break_-_-_")) {
        end_event(it);
        it->header = true;
        it->group_open = it->day_first = it->last.known = false;
        it->depth = 0;
        return;
    }
    if (it->header && ink_mw_begins(line, bytes, "---")) {
        it->fenced = !it->fenced;
        it->fence_line = it->lines.line;
        return;
    }
    if (!(it->header && it->fenced) &&
        (take_event(it, line, bytes) || take_group(it, line, bytes))) {
        it->header = false;
        return;
    }
    if (it->header) {
        take_header(it, line, bytes);
    } else {
        take_below(it, line, bytes);
    }
}

/* A line that no buffer holds costs itself. */
static void refuse_long(struct importer *it) {
    end_event(it);
    it->event_line = it->lines.line;
    refuse(it, "markwhen-long", "a line of more than 64 KiB", "is it markwhen?");
}

/* All that stands behind a "---" that none closes is header. */
static void refuse_open_header(struct importer *it) {
    struct ink_problem problem = ink_import_at(it->in, it->fence_line, 0);
    problem.rule = "markwhen-header";
    problem.what = "a header that does not end; no event is seen below it";
    problem.expected = "expected a line --- behind it";
    problem.hint = "write --- above the first event";
    if (it->header && it->fenced && !it->in->failed) {
        ink_import_refuse(it->in, true, &problem);
    }
}

static int read_lines(struct importer *it) {
    enum ink_lines_found found;
    ink_lines_begin(&it->lines, it->in->input);
    while (!it->in->failed && (found = ink_lines_next(&it->lines)) != INK_LINES_END) {
        if (found == INK_LINES_FAILED) {
            return INK_EXIT_IO;
        }
        if (found == INK_LINES_LONG) {
            refuse_long(it);
        } else {
            take_line(it, it->lines.text, it->lines.bytes);
        }
    }
    end_event(it);
    refuse_open_header(it);
    return INK_EXIT_OK;
}

static int run(struct ink_import *in) {
    struct importer *it = calloc(1, sizeof *it);
    if (it == NULL || !ink_leaves_open(&it->leaves)) {
        free(it);
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    }
    it->in = in;
    it->header = true;
    const int code = read_lines(it);
    ink_leaves_close(&it->leaves);
    free(it);
    return code;
}

const struct ink_importer ink_import_markwhen = {
    .name = "markwhen",
    .extensions = "mw markwhen",
    .what = "markwhen, timelines as text",
    .notes = "Relative dates count from the events above; what markwhen takes from the clock is "
             "refused.",
    .map = map,
    .knows = ink_mw_knows,
    .run = run};
