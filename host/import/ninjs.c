/* ninjs 1.x, 2.x and 3.x, the IPTC's news in JSON: news, events and planning.
 *
 * The versions differ in names: singular or plural, "headline_main" or an array of headlines with
 * roles, lower case or camelCase. All are brought to the names of 3.x in lower case, so that the
 * table has each once. Producers drift (one object where an array belongs, a string where an object
 * belongs): that is read, too. */
#include <ctype.h>
#include <strings.h>

#include "import/json_items.h"
#include "import/line.h"
#include "import/map.h"
#include "import/wire.h"

#define PLANNED_COVERAGE "plannedcoverage"

static const struct ink_map ninjs_map[] = {
    {"plannedcoverage.language", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"plannedcoverage.uri", INK_F_ID, INK_TAKE_TEXT, NULL,
     "each coverage with a title, of a planning item that has none of its own"},
    {"uri", INK_F_ID, INK_TAKE_TEXT, NULL, "never a link"},
    {"versioncreated", INK_F_REV, INK_TAKE_VERSION, NULL, "the newer one replaces"},
    {"firstcreated", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"contentcreated", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"version", INK_F_REV, INK_TAKE_COUNT, NULL, NULL},
    {"pubstatus", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "usable is shown; canceled removes all its versions; withheld, and what is none of these, "
     "hides them"},
    {"embargoed", INK_MAP_EMBARGO, INK_TAKE_DATE, NULL, "of all versions up to this one"},
    {"embargoeduntil", INK_MAP_EMBARGO, INK_TAKE_DATE, NULL, NULL},
    {"plannedcoverage.dates.startdate", INK_F_WHEN, INK_TAKE_DATE, NULL, NULL},
    {"plannedcoverage.dates.expectedstartdate", INK_F_WHEN, INK_TAKE_EXPECTED, NULL, NULL},
    {"plannedcoverage.dates.enddate", INK_F_UNTIL, INK_TAKE_DATE, NULL, NULL},
    {"plannedcoverage.dates.expectedenddate", INK_F_UNTIL, INK_TAKE_EXPECTED, NULL, NULL},
    {"eventdetails.dates.startdate", INK_F_WHEN, INK_TAKE_DATE, NULL,
     "an event's: never a report's"},
    {"eventdetails.dates.expectedstartdate", INK_F_WHEN, INK_TAKE_EXPECTED, NULL, NULL},
    {"eventdetails.dates.estimatedstartdate", INK_F_WHEN, INK_TAKE_EXPECTED, NULL, NULL},
    {"eventdetails.dates.enddate", INK_F_UNTIL, INK_TAKE_DATE, NULL, NULL},
    {"eventdetails.dates.expectedenddate", INK_F_UNTIL, INK_TAKE_EXPECTED, NULL, NULL},
    {"eventdetails.dates.estimatedenddate", INK_F_UNTIL, INK_TAKE_EXPECTED, NULL, NULL},
    {"eventdetails.dates.expectedduration", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "until, if there is no end"},
    {"eventdetails.dates.recurrence", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "only the first date is shown, with a warning"},
    {"contentcreated[recorded]", INK_F_WHEN, INK_TAKE_DATE, NULL,
     "contentCreated of pictures, video and audio: when it was taken"},
    {"contentcreated", INK_F_WHEN, INK_TAKE_REPORT, NULL, "when a text was written"},
    {"versioncreated", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"firstcreated", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"plannedcoverage.title", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"headlines[main]", INK_F_HEADLINE, INK_TAKE_HTML, NULL, "role main, also headline_main"},
    {"headlines[]", INK_F_HEADLINE, INK_TAKE_HTML, NULL, "without a role, also headline"},
    {"headlines[*]", INK_F_HEADLINE, INK_TAKE_HTML, NULL, "the first of any other role"},
    {"title", INK_F_HEADLINE, INK_TAKE_HTML, NULL, "if there is no headline; else detail's first"},
    {"descriptions[text]", INK_F_DETAIL, INK_TAKE_HTML, NULL, "also description_text"},
    {"descriptions[summary]", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"descriptions[abstract]", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"descriptions[standfirst]", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"descriptions[lead]", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"descriptions[caption]", INK_F_DETAIL, INK_TAKE_HTML, NULL, "but of an item of type text"},
    {"descriptions[]", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"descriptions[*]", INK_F_DETAIL, INK_TAKE_HTML, NULL,
     "any other role but those for the desk: credit, writer, note and the like"},
    {"bodies", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "if there is no description: the first paragraph, of plain text if there is one"},
    {"infosources[originator]", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "role originator or source"},
    {"infosources[].name", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "who says so"},
    {"by", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "without its \"By\"; also byline"},
    {"source", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"infosources[distributor]", INK_F_VIA, INK_TAKE_TEXT, NULL, "role distributor or provider"},
    {"provider", INK_F_VIA, INK_TAKE_TEXT, NULL, "who relayed it, if it is not the source"},
    {"copyrightholder", INK_F_VIA, INK_TAKE_TEXT, NULL, "the source, if there is no other"},
    {"urgency", INK_F_WEIGHT, INK_TAKE_URGENCY, NULL, NULL},
    {"plannedcoverage.urgency", INK_F_WEIGHT, INK_TAKE_URGENCY, NULL, NULL},
    {"eventdetails.organiser.name", INK_F_LANE, INK_TAKE_TEXT, NULL, NULL},
    {"eventdetails.organiser", INK_F_LANE, INK_TAKE_TEXT, NULL, NULL},
    {"organisations[].name", INK_F_LANE, INK_TAKE_TEXT, NULL, "the first"},
    {"people[].name", INK_F_LANE, INK_TAKE_TEXT, NULL, NULL},
    {"subjects[].name", INK_F_LANE, INK_TAKE_TEXT, NULL, NULL},
    {"places[].name", INK_F_PLACE, INK_TAKE_TEXT, NULL, "the first"},
    {"located", INK_F_PLACE, INK_TAKE_TEXT, NULL, NULL},
    {"language", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"url", INK_F_URL, INK_TAKE_TEXT, NULL, "only http and https"},
    {"link", INK_F_URL, INK_TAKE_TEXT, NULL, NULL},
    {"canonicalurl", INK_F_URL, INK_TAKE_TEXT, NULL, NULL},
    {"eventdetails.eventstatus", INK_F_STATUS, INK_TAKE_WORDS, INK_WIRE_OCCURS,
     "IPTC's eventoccurstatus and speventstatus; a date that does not hold is withdrawn"},
    {"eventdetails.eventstatus.uri", INK_F_STATUS, INK_TAKE_WORDS, INK_WIRE_OCCURS, NULL},
    {"eventdetails.eventstatus.literal", INK_F_STATUS, INK_TAKE_WORDS, INK_WIRE_OCCURS, NULL},
    {"eventdetails.eventstatus.name", INK_F_STATUS, INK_TAKE_WORDS, INK_WIRE_OCCURS, NULL},
    {"eventdetails.plannedcoveragestatus", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "of the coverage, not of the event: the event is planned"},
    {"type", INK_F_STATUS, INK_TAKE_WORDS, "event=planned planning=planned", NULL},
    {"genres[].uri", INK_F_STATUS, INK_TAKE_WORDS, "correction=corrected corrected=corrected",
     "a free text (edNote) never makes it so"},
    {"genres[].code", INK_F_STATUS, INK_TAKE_WORDS, "correction=corrected corrected=corrected",
     NULL},
    {"genres[].name", INK_F_STATUS, INK_TAKE_WORDS, "correction=corrected corrected=corrected",
     NULL},
    {"profile", INK_F_STATUS, INK_TAKE_WORDS, "correction=corrected corrected=corrected", NULL},
    {"genres[].uri", INK_F_KIND, INK_TAKE_WORDS, INK_WIRE_GENRES, NULL},
    {"genres[].code", INK_F_KIND, INK_TAKE_WORDS, INK_WIRE_GENRES, NULL},
    {"genres[].name", INK_F_KIND, INK_TAKE_WORDS, INK_WIRE_GENRES, NULL},
    {"ednote", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "for the desk: never shown"},
    {"slugline", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "for the desk"},
    {"expires", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "what was reported stays"},
    {"renditions", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "media"},
    {"associations", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "no items of their own"},
    {NULL, 0, 0, NULL, NULL},
};

/* The item at hand, in leaves. */
struct ninjs {
    struct ink_leaves leaves;
    const cJSON *body; /* text of the best body so far */
    bool body_html;
    const cJSON *coverage; /* planned coverages */
    bool event, recorded;  /* it has eventDetails or is of that type; it is a recording */
    bool typed_event, typed_text;
};

/* ---- members --------------------------------------------------------------------------------- */

/* What is done with a member of an item. */
enum member {
    PLAIN,   /* its leaves */
    SKIPPED, /* none; so is every array that has no row */
    NAMED,   /* an array of things with names */
    ROLES,   /* an array of texts with roles */
    BODIES,
    EVENT,
    COVERAGE
};

static const struct {
    const char *name, *now; /* in any version, and as 3.x has it */
    enum member member;
} members[] = {
    {"renditions", "", SKIPPED},
    {"associations", "", SKIPPED},
    {"altids", "", SKIPPED},
    {"rightsinfo", "", SKIPPED},
    {"people", "people", NAMED},
    {"person", "people", NAMED},
    {"organisations", "organisations", NAMED},
    {"organisation", "organisations", NAMED},
    {"places", "places", NAMED},
    {"place", "places", NAMED},
    {"subjects", "subjects", NAMED},
    {"subject", "subjects", NAMED},
    {"genres", "genres", NAMED},
    {"genre", "genres", NAMED},
    {"infosources", "infosources", NAMED},
    {"infosource", "infosources", NAMED},
    {"headlines", "headlines", ROLES},
    {"headline", "headlines", ROLES},
    {"descriptions", "descriptions", ROLES},
    {"description", "descriptions", ROLES},
    {"bodies", "bodies", BODIES},
    {"body", "bodies", BODIES},
    {"eventdetails", "eventdetails", EVENT},
    {"plannedcoverage", "plannedcoverage", COVERAGE},
    {"byline", "by", PLAIN},
};

static const cJSON *member_of(const cJSON *object, const char *name) {
    return cJSON_GetObjectItem(object, name); // in any case
}

/* Append a word to a path; what does not fit is left out. */
static size_t join(char path[INK_LEAF_PATH], size_t bytes, const char *word) {
    for (; *word != '\0' && bytes < INK_LEAF_PATH; word++) {
        path[bytes++] = *word;
    }
    return bytes;
}

/* The same at a path of a name and what comes after it: "places" "[].name". */
static void add_at(struct ink_leaves *leaves, const char *name, const char *after,
                   const cJSON *text) {
    char path[INK_LEAF_PATH];
    if (cJSON_IsString(text)) {
        ink_leaves_add(leaves, path, join(path, join(path, 0, name), after), text->valuestring,
                       strlen(text->valuestring));
    }
}

static bool is_one_of(const char *word, const char *const *words) {
    for (; *words != NULL; words++) {
        if (strcasecmp(word, *words) == 0) {
            return true;
        }
    }
    return false;
}

/* The word of a role: what stands behind the last / : # of its code. */
static const char *role_word(const char *role) {
    const char *word = role;
    for (; *role != '\0'; role++) {
        word = strchr("/:#", *role) != NULL ? role + 1 : word;
    }
    return word;
}

/* Who says so and who relayed it, if the roles tell. */
static void add_info_source(struct ink_leaves *leaves, const cJSON *source) {
    static const char *const origins[] = {"originator", "source",          "origin",
                                          "creator",    "contentprovider", NULL};
    static const char *const relays[] = {"distributor", "provider", "aggregator",
                                         "supplier",    "enhancer", NULL};
    const cJSON *role = member_of(source, "role"), *name = member_of(source, "name");
    const char *word = cJSON_IsString(role) ? role_word(role->valuestring) : "";
    if (is_one_of(word, origins)) {
        add_at(leaves, "infosources[originator]", "", name);
    }
    if (is_one_of(word, relays)) {
        add_at(leaves, "infosources[distributor]", "", name);
    } else {
        add_at(leaves, "infosources[].name", "", name);
    }
}

static void add_named(struct ninjs *item, const char *name, const cJSON *one) {
    if (cJSON_IsString(one)) {
        add_at(&item->leaves, name, "[].name", one);
    } else if (strcmp(name, "infosources") == 0 && cJSON_IsObject(one)) {
        add_info_source(&item->leaves, one);
    } else if (cJSON_IsObject(one)) {
        add_at(&item->leaves, name, "[].name", member_of(one, "name"));
    }
    if (strcmp(name, "genres") == 0 && cJSON_IsObject(one)) {
        add_at(&item->leaves, name, "[].uri", member_of(one, "uri"));
        add_at(&item->leaves, name, "[].code", member_of(one, "code"));
    }
}

/* ---- texts with roles ------------------------------------------------------------------------ */

/* A headline or description; roles for the desk are no text for a wall, nor is the caption of a
 * picture that a text comes with. */
static void add_text(struct ninjs *item, const char *name, const char *role, const cJSON *value) {
    char path[INK_LEAF_PATH];
    role = role_word(role);
    if (ink_wire_for_desk(role, strlen(role)) || !cJSON_IsString(value) ||
        (item->typed_text && strcasecmp(role, "caption") == 0)) {
        return;
    }
    const size_t bytes = join(path, join(path, join(path, join(path, 0, name), "["), role), "]");
    ink_leaves_add(&item->leaves, path, bytes, value->valuestring, strlen(value->valuestring));
    add_at(&item->leaves, name, "[*]", value);
}

/* A body: plain text is better than markup, and the first is better than a later one. */
static void add_body(struct ninjs *item, const char *role, const char *type, const cJSON *value) {
    const bool foreign = strcasestr(role, "nitf") != NULL || strcasestr(type, "nitf") != NULL ||
                         strcasecmp(type, "application/xml") == 0 ||
                         strcasestr(type, "json") != NULL;
    const bool markup = strcasestr(type, "html") != NULL || strcasestr(role, "html") != NULL ||
                        strcasestr(role, "rich") != NULL;
    if (!cJSON_IsString(value) || foreign || ink_wire_for_desk(role, strlen(role))) {
        return;
    }
    if (item->body == NULL || (item->body_html && !markup)) {
        item->body = value;
        item->body_html = markup || value->valuestring[0] == '<';
    }
}

static void add_role(struct ninjs *item, const char *name, const cJSON *one) {
    const cJSON *role = member_of(one, "role"), *type = member_of(one, "contenttype");
    const bool bodies = strcmp(name, "bodies") == 0;
    const char *word = cJSON_IsString(role) ? role->valuestring : "";
    if (cJSON_IsString(one) && bodies) {
        add_body(item, "", "", one);
    } else if (cJSON_IsString(one)) {
        add_text(item, name, "", one);
    } else if (cJSON_IsObject(one) && bodies) {
        add_body(item, word, cJSON_IsString(type) ? type->valuestring : "",
                 member_of(one, "value"));
    } else if (cJSON_IsObject(one)) {
        add_text(item, name, word, member_of(one, "value"));
    }
}

/* "headline_main" and the like of 1.x; false: it is none. */
static bool add_underscored(struct ninjs *item, const cJSON *member) {
    if (strchr(member->string, '_') == NULL) {
        return false;
    }
    if (strncasecmp(member->string, "headline_", 9) == 0) {
        add_text(item, "headlines", member->string + 9, member);
    } else if (strncasecmp(member->string, "description_", 12) == 0) {
        add_text(item, "descriptions", member->string + 12, member);
    } else if (strncasecmp(member->string, "body_", 5) == 0) {
        add_body(item, member->string + 5, "", member);
    } else {
        return false;
    }
    return true;
}

/* ---- an item --------------------------------------------------------------------------------- */

static void add_member(struct ninjs *item, enum member kind, const char *name,
                       const cJSON *member) {
    const cJSON *first = cJSON_IsArray(member) ? member->child : member;
    switch (kind) {
    case SKIPPED:
        return;
    case COVERAGE:
        item->coverage = first;
        return;
    case EVENT:
        item->event = item->event || first != NULL;
        if (first != NULL) {
            ink_json_leaves(&item->leaves, name, first);
        }
        return;
    case PLAIN:
        ink_json_leaves(&item->leaves, name, member);
        return;
    default:
        for (const cJSON *one = first; one != NULL; one = one->next) {
            if (kind == NAMED) {
                add_named(item, name, one);
            } else {
                add_role(item, name, one);
            }
            if (!cJSON_IsArray(member)) {
                return; // its neighbours are not its elements
            }
        }
    }
}

static void add_any(struct ninjs *item, const cJSON *member) {
    const char first = (char)tolower((unsigned char)member->string[0]);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (first == members[i].name[0] && strcasecmp(member->string, members[i].name) == 0) {
            add_member(item, members[i].member, members[i].now, member);
            return;
        }
    }
    if (!add_underscored(item, member) && !cJSON_IsArray(member)) {
        ink_json_leaves(&item->leaves, member->string, member);
    }
}

static bool is_type(const cJSON *object, const char *const *types) {
    const cJSON *type = member_of(object, "type");
    return cJSON_IsString(type) && is_one_of(role_word(type->valuestring), types);
}

/* What hides an item does so too where it is not of the type that it should be. */
static void add_unreadable(struct ninjs *item, const cJSON *member) {
    static const char *const hides[] = {"embargoed", "embargoeduntil", "pubstatus", NULL};
    if (is_one_of(member->string, hides) && (cJSON_IsArray(member) || cJSON_IsObject(member))) {
        ink_leaves_add(&item->leaves, member->string, strlen(member->string), "?", 1);
    }
}

static void read_item(struct ninjs *item, const cJSON *object) {
    static const char *const events[] = {"event", "planning", NULL};
    static const char *const texts[] = {"text", NULL};
    static const char *const recordings[] = {"picture", "photo", "video", "audio", NULL};
    const struct ink_leaves leaves = item->leaves;
    *item = (struct ninjs){.leaves = leaves};
    ink_leaves_clear(&item->leaves);
    item->typed_event = is_type(object, events);
    item->typed_text = is_type(object, texts);
    item->recorded = is_type(object, recordings);
    item->event = item->typed_event;
    for (const cJSON *member = object->child; member != NULL; member = member->next) {
        add_any(item, member);
        add_unreadable(item, member);
    }
    if (item->recorded) {
        add_at(&item->leaves, "contentcreated[recorded]", "", member_of(object, "contentcreated"));
    }
}

static void warn_recurrence(struct ink_import *in) {
    struct ink_problem problem = ink_import_at(in, in->draft.line, in->draft.column);
    problem.rule = "recurrence";
    problem.what = "an event that recurs";
    problem.expected = "expected each of its dates as an item";
    problem.hint = "only the first date is shown";
    ink_import_warn(in, &problem);
}

static void put_item(struct ink_import *in, struct ninjs *item, uint64_t line, uint64_t column) {
    const struct ink_leaf *leaf;
    ink_draft_begin(&in->draft, line, column);
    ink_map_apply(in, ninjs_map, &item->leaves);
    for (int i = 0; i < 2; i++) {
        leaf = ink_leaves_get(&item->leaves, i == 0 ? "pubstatus" : "plannedcoverage.pubstatus", 0);
        if (leaf != NULL) {
            ink_wire_status(in, leaf->text, leaf->bytes);
        }
    }
    if (item->event && !item->typed_event && ink_wire_ahead(in) &&
        !ink_draft_has(&in->draft, INK_F_STATUS)) {
        ink_draft_set(&in->draft, INK_F_STATUS, "planned", 7);
    }
    if ((leaf = ink_leaves_get(&item->leaves, "eventdetails.dates.expectedduration", 0)) != NULL) {
        ink_wire_duration(&in->draft, leaf->text, leaf->bytes);
    }
    if (item->body != NULL) {
        ink_wire_body(&in->draft, item->body->valuestring, strlen(item->body->valuestring),
                      item->body_html);
    }
    if (ink_leaves_get(&item->leaves, "eventdetails.dates.recurrence.recurrencerules[].frequency",
                       0) != NULL) {
        warn_recurrence(in);
    }
    ink_wire_put(in, item->event);
}

/* ---- planning -------------------------------------------------------------------------------- */

/* Has it what makes a record of it? */
static bool stands_alone(const struct ninjs *item) {
    return (ink_leaves_get(&item->leaves, "title", 0) != NULL ||
            ink_leaves_get(&item->leaves, "headlines[*]", 0) != NULL) &&
           (ink_leaves_get(&item->leaves, "eventdetails.dates.startdate", 0) != NULL ||
            ink_leaves_get(&item->leaves, "eventdetails.dates.expectedstartdate", 0) != NULL);
}

static void warn_untitled(struct ink_import *in, uint64_t line, uint64_t column) {
    struct ink_problem problem = ink_import_at(in, line, column);
    problem.rule = "no-headline";
    problem.what = "planned coverages without a title";
    problem.expected = "expected a title of each";
    problem.hint = "they are left out";
    ink_import_warn(in, &problem);
}

/* Each coverage with a title; what it does not say itself, the item says. */
static void put_coverages(struct ink_import *in, struct ninjs *item, uint64_t line,
                          uint64_t column) {
    const struct ink_leaves before = item->leaves;
    bool untitled = false;
    for (const cJSON *one = item->coverage; one != NULL; one = one->next) {
        if (!cJSON_IsString(member_of(one, "title"))) {
            untitled = true;
            continue;
        }
        item->leaves = before;
        ink_json_leaves(&item->leaves, PLANNED_COVERAGE, one);
        put_item(in, item, line, column);
    }
    if (untitled) {
        warn_untitled(in, line, column);
    }
}

/* ---- documents ------------------------------------------------------------------------------- */

static void take_item(struct ink_import *in, struct ninjs *item, const cJSON *object, uint64_t line,
                      uint64_t column) {
    read_item(item, object);
    if (item->coverage != NULL && !stands_alone(item)) {
        item->event = true;
        put_coverages(in, item, line, column);
    } else {
        put_item(in, item, line, column);
    }
}

/* Is it a list of items in a wrapper? What an item lists itself has names, or is planned. */
static bool holds_items(const cJSON *member) {
    const cJSON *first = cJSON_IsArray(member) ? member->child : NULL;
    return cJSON_IsObject(first) && member_of(first, "uri") != NULL &&
           member_of(first, "name") == NULL && strcasecmp(member->string, PLANNED_COVERAGE) != 0;
}

static void add_title(struct ink_import *in, const cJSON *wrapper) {
    const cJSON *title = member_of(wrapper, "title");
    if (cJSON_IsString(title)) {
        ink_import_fact(in, INK_S_TITLE, title->valuestring, strlen(title->valuestring));
    }
}

static bool take_wrapped(struct ink_import *in, struct ninjs *item, const cJSON *object,
                         const struct ink_json_text *text) {
    bool taken = false;
    for (const cJSON *member = object->child; member != NULL; member = member->next) {
        struct ink_json_walk walk = {.at = 0};
        long nth = 0;
        if (!holds_items(member)) {
            continue;
        }
        taken = true;
        add_title(in, object);
        for (const cJSON *one = member->child; one != NULL && !in->failed; one = one->next, nth++) {
            struct ink_json_spot spot = {text->line, text->column};
            (void)ink_json_place(&walk, text, member->string, nth, &spot);
            if (cJSON_IsObject(one)) {
                take_item(in, item, one, spot.line, spot.column);
            }
        }
    }
    return taken;
}

static void take_document(struct ink_import *in, void *context, const cJSON *object,
                          const struct ink_json_text *text) {
    struct ninjs *item = context;
    if (member_of(object, "uri") != NULL || !take_wrapped(in, item, object, text)) {
        take_item(in, item, object, text->line, text->column);
    }
}

static int run(struct ink_import *in) {
    struct ninjs item = {.event = false};
    if (!ink_leaves_open(&item.leaves)) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    }
    const int code = ink_json_items(in, take_document, &item);
    ink_leaves_close(&item.leaves);
    return code;
}

/* ---- is it ninjs? ---------------------------------------------------------------------------- */

enum { LEVELS = 4 };

/* Keys seen on a level. */
struct sight {
    bool uri, own, other;
};

static void see_key(struct sight *sight, const char *key, size_t bytes) {
    static const char *const own[] = {
        "versioncreated",  "firstcreated",   "contentcreated",     "pubstatus",
        "headlines",       "bodies",         "representationtype", "eventdetails",
        "plannedcoverage", "embargoeduntil", "infosources",        "infosource",
        "copyrightholder", "usageterms",     "description_text",   "body_text",
        "body_xhtml",      "descriptions",   "headline_main",      "body_main"};
    static const char *const other[] = {"$schema", "$id", "@context", "when", "properties"};
    char word[24];
    if (bytes >= sizeof word) {
        return;
    }
    memcpy(word, key, bytes);
    word[bytes] = '\0';
    sight->uri = sight->uri || strcasecmp(word, "uri") == 0;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        sight->own = sight->own || strcasecmp(word, own[i]) == 0;
    }
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        sight->other = sight->other || strcasecmp(word, other[i]) == 0;
    }
}

static size_t string_end(const char *head, size_t bytes, size_t at) {
    for (at++; at < bytes && head[at] != '"'; at++) {
        at += head[at] == '\\';
    }
    return at;
}

static bool is_key(const char *head, size_t bytes, size_t at) {
    for (at++; at < bytes && isspace((unsigned char)head[at]); at++) {
    }
    return at < bytes && head[at] == ':';
}

/* On one level of nesting, near the top, stand "uri" and a name that only ninjs has. */
static bool knows(const char *head, size_t bytes) {
    struct sight sights[LEVELS] = {{.uri = false}};
    size_t at = ink_line_mark(head, bytes), level = 0;
    while (at < bytes && (isspace((unsigned char)head[at]) || head[at] == 0x1E)) {
        at++;
    }
    if (at == bytes || (head[at] != '{' && head[at] != '[')) {
        return false;
    }
    for (; at < bytes; at++) {
        const char c = head[at];
        if (c == '"') {
            const size_t end = string_end(head, bytes, at);
            if (level > 0 && level <= LEVELS && end < bytes && is_key(head, bytes, end)) {
                see_key(&sights[level - 1], head + at + 1, end - at - 1);
            }
            at = end;
        } else if (c == '{' || c == '[') {
            level++;
        } else if (c == '}' || c == ']') {
            level -= level > 0;
        }
    }
    bool found = false, other = false;
    for (size_t i = 0; i < LEVELS; i++) {
        found = found || (sights[i].uri && sights[i].own);
        other = other || (i < 2 && sights[i].other);
    }
    return found && !other;
}

const struct ink_importer ink_import_ninjs = {
    .name = "ninjs",
    .extensions = "",
    .what = "IPTC ninjs 1.x, 2.x, 3.x: news, events and planning in JSON",
    .notes =
        "One document, many one after the other, an array, or an array in a wrapper whose title\n"
        "  is the story's. Names in any case; those of 1.x (byline, headline_main) count, too.",
    .map = ninjs_map,
    .knows = knows,
    .run = run,
};
