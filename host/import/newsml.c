/* The IPTC's news in XML: items of NewsML-G2 (news, and events as concepts), and the older NewsML 1
 * and NITF as far as a line on a wall needs them. */
#include <ctype.h>
#include <strings.h>

#include "import/line.h"
#include "import/map.h"
#include "import/wire.h"
#include "import/xml_items.h"

static const struct ink_map newsml_map[] = {
    {"@guid", INK_F_ID, INK_TAKE_TEXT, NULL, NULL},
    {"itemmeta/versioncreated", INK_F_REV, INK_TAKE_VERSION, NULL, "the newer one replaces"},
    {"itemmeta/firstcreated", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"@version", INK_F_REV, INK_TAKE_COUNT, NULL, NULL},
    {"itemmeta/pubstatus@qcode", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "stat:usable is shown; stat:canceled removes all its versions; stat:withheld, and what is "
     "none of these, hides them"},
    {"itemmeta/embargoed", INK_MAP_EMBARGO, INK_TAKE_DATE, NULL,
     "of all versions up to this one; empty: without end"},
    {"concept/eventdetails/dates/start", INK_F_WHEN, INK_TAKE_DATE, NULL,
     "an event's; approximate if its confirmation says so"},
    {"concept/eventdetails/dates/end", INK_F_UNTIL, INK_TAKE_DATE, NULL, NULL},
    {"concept/eventdetails/dates/duration", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "until, if there is no end"},
    {"contentmeta/contentcreated[recorded]", INK_F_WHEN, INK_TAKE_DATE, NULL,
     "contentCreated of pictures, video and audio: when it was taken"},
    {"contentmeta/contentcreated", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"itemmeta/versioncreated", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"itemmeta/firstcreated", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"contentmeta/headline[]", INK_F_HEADLINE, INK_TAKE_HTML, NULL,
     "of role main, else of none, else the first; none for the desk (internal, note, slug, ...)"},
    {"concept/name", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"itemmeta/title", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"contentmeta/description[]", INK_F_DETAIL, INK_TAKE_HTML, NULL,
     "of role summary, text, abstract, standfirst, lead, else of none, else the first, as "
     "headlines; "
     "a caption of recordings alone; else a body's first paragraph"},
    {"concept/definition[]", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"contentmeta/infosource/name", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "who says so"},
    {"contentmeta/infosource@literal", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"contentmeta/creditline", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"contentmeta/by", INK_F_SOURCE, INK_TAKE_HTML, NULL, "without its \"By\""},
    {"contentmeta/creator/name", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"contentmeta/creator@literal", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"itemmeta/provider/name", INK_F_VIA, INK_TAKE_TEXT, NULL,
     "who relayed it, if it is not the source"},
    {"itemmeta/provider@literal", INK_F_VIA, INK_TAKE_TEXT, NULL, NULL},
    {"itemmeta/provider@qcode", INK_F_VIA, INK_TAKE_TEXT, NULL, "behind its colon"},
    {"contentmeta/urgency", INK_F_WEIGHT, INK_TAKE_URGENCY, NULL, NULL},
    {"concept/eventdetails/organiser/name", INK_F_LANE, INK_TAKE_TEXT, NULL, NULL},
    {"concept/eventdetails/organiser@literal", INK_F_LANE, INK_TAKE_TEXT, NULL, NULL},
    {"contentmeta/subject/name", INK_F_LANE, INK_TAKE_TEXT, NULL, "the first"},
    {"concept/eventdetails/location/name", INK_F_PLACE, INK_TAKE_TEXT, NULL, NULL},
    {"contentmeta/located/name", INK_F_PLACE, INK_TAKE_TEXT, NULL, NULL},
    {"contentmeta/located@literal", INK_F_PLACE, INK_TAKE_TEXT, NULL, NULL},
    {"contentmeta/language@tag", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"@xml:lang", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"concept/eventdetails/occurstatus@qcode", INK_F_STATUS, INK_TAKE_WORDS, INK_WIRE_OCCURS,
     "IPTC's eventoccurstatus; also by @uri"},
    {"concept/eventdetails/occurstatus@uri", INK_F_STATUS, INK_TAKE_WORDS, INK_WIRE_OCCURS, NULL},
    {"itemmeta/signal@qcode", INK_F_STATUS, INK_TAKE_WORDS, "correction=corrected", NULL},
    {"contentmeta/genre@qcode", INK_F_KIND, INK_TAKE_WORDS, INK_WIRE_GENRES, NULL},
    {"itemmeta/ednote", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "for the desk: never shown"},
    {"contentmeta/slugline", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "for the desk"},
    {"contentset/remotecontent", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "media"},
    /* NewsML 1 */
    {"newsml1[id]", INK_F_ID, INK_TAKE_TEXT, NULL, "NewsML 1: ProviderId, DateId and NewsItemId"},
    {"newsmanagement/thisrevisioncreated", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"newsmanagement/firstcreated", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"identification/newsidentifier/revisionid", INK_F_REV, INK_TAKE_COUNT, NULL, NULL},
    {"newsmanagement/status@formalname", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "as pubStatus; embargoed: until it will be usable"},
    {"newsml1[embargo]", INK_MAP_EMBARGO, INK_TAKE_DATE, NULL,
     "StatusWillChange of what is embargoed, if to usable"},
    {"newsmanagement/thisrevisioncreated", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"newsmanagement/urgency@formalname", INK_F_WEIGHT, INK_TAKE_URGENCY, NULL, NULL},
    {"newscomponent/newslines/headline", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"newscomponent/newscomponent/newslines/headline", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"newscomponent/administrativemetadata/source/party@formalname", INK_F_SOURCE, INK_TAKE_TEXT,
     NULL, NULL},
    {"newscomponent/administrativemetadata/provider/party@formalname", INK_F_VIA, INK_TAKE_TEXT,
     NULL, NULL},
    {"newsml1[sender]", INK_F_VIA, INK_TAKE_TEXT, NULL,
     "NewsML 1: SentFrom, else NewsIdentifier's provider"},
    {"newscomponent/descriptivemetadata/language@formalname", INK_F_LANG, INK_TAKE_TEXT, NULL,
     NULL},
    {"newscomponent/newscomponent/newslines/dateline", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "a line of text, no place alone"},
    /* NITF */
    {"head/docdata/doc-id@id-string", INK_F_ID, INK_TAKE_TEXT, NULL, "NITF"},
    {"nitf[revised]", INK_F_REV, INK_TAKE_VERSION, NULL, "the latest revision-history@norm"},
    {"head/docdata/date.issue@norm", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"head/pubdata@date.publication", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"head/docdata/du-key@version", INK_F_REV, INK_TAKE_COUNT, NULL, NULL},
    {"head/docdata@management-status", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "as pubStatus; embargoed: until date.release, else without end"},
    {"head/docdata/date.release@norm", INK_MAP_EMBARGO, INK_TAKE_DATE, NULL, NULL},
    {"head/docdata/date.issue@norm", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"head/pubdata@date.publication", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"head/docdata/urgency@ed-urg", INK_F_WEIGHT, INK_TAKE_URGENCY, NULL, NULL},
    {"body/body.head/hedline/hl1", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"head/title", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"body/body.head/abstract/p", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"body/body.head/byline", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"body/body.head/distributor", INK_F_VIA, INK_TAKE_HTML, NULL, NULL},
    {"head/tobject@tobject.type", INK_F_LANE, INK_TAKE_TEXT, NULL, NULL},
    {"body/body.head/dateline", INK_F_PLACE, INK_TAKE_HTML, NULL, NULL},
    {"@baselang", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {NULL, 0, 0, NULL, NULL},
};

/* ---- parts ----------------------------------------------------------------------------------- */

static const struct ink_leaf *leaf_of(const struct ink_leaves *item, const char *path) {
    const struct ink_leaf *leaf = ink_leaves_get(item, path, 0);
    return leaf != NULL && leaf->bytes > 0 ? leaf : NULL;
}

static const struct ink_leaf *either(const struct ink_leaves *item, const char *one,
                                     const char *other) {
    const struct ink_leaf *leaf = leaf_of(item, one);
    return leaf != NULL ? leaf : leaf_of(item, other);
}

static struct ink_span code_word(const struct ink_leaf *leaf) {
    return ink_map_code(leaf->text, leaf->bytes);
}

static bool is_code(const struct ink_leaf *leaf, const char *word) {
    const struct ink_span code = leaf != NULL ? code_word(leaf) : (struct ink_span){.bytes = 0};
    return code.bytes == strlen(word) && strncasecmp(code.at, word, code.bytes) == 0;
}

static void warn(struct ink_import *in, const char *rule, const char *what, const char *expected,
                 const char *hint) {
    struct ink_problem problem = ink_import_at(in, in->draft.line, in->draft.column);
    problem.rule = rule;
    problem.what = what;
    problem.expected = expected;
    problem.hint = hint;
    ink_import_warn(in, &problem);
}

/* ---- NewsML-G2 ------------------------------------------------------------------------------- */

static bool is_recording(const struct ink_leaves *item) {
    static const char *const classes[] = {"picture", "video", "audio", "photo"};
    const struct ink_leaf *leaf =
        either(item, "itemmeta/itemclass@qcode", "itemmeta/itemclass@uri");
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (is_code(leaf, classes[i])) {
            return true;
        }
    }
    return false;
}

/* How well a text of that role suits; 0: not at all. */
static int suits(const struct ink_leaf *role, bool recording) {
    static const char *const best[] = {"main",       "summary", "text",  "abstract",
                                       "standfirst", "lead",    "short", NULL};
    const struct ink_span word =
        role != NULL ? code_word(role) : (struct ink_span){.at = "", .bytes = 0};
    for (const char *const *one = best; *one != NULL; one++) {
        if (is_code(role, *one)) {
            return 3;
        }
    }
    if (is_code(role, "caption")) {
        return recording ? 3 : 0;
    }
    return word.bytes == 0 ? 2 : !ink_wire_for_desk(word.at, word.bytes);
}

/* Of the texts at `path` the one for readers, as a leaf at path + "[]": of each the role stands
 * before it. */
static void add_for_readers(struct ink_leaves *item, const char *path, bool recording) {
    char name[64];
    const struct ink_leaf *role = NULL, *found = NULL;
    const size_t bytes = strlen(path);
    int best = 0;
    for (uint32_t i = 0; i < item->count; i++) {
        const struct ink_leaf *leaf = &item->leaf[i];
        const size_t more = leaf->path_bytes - bytes;
        if (leaf->path_bytes < bytes || memcmp(leaf->path, path, bytes) != 0) {
            continue;
        }
        if (more == 5 && memcmp(leaf->path + bytes, "@role", 5) == 0) {
            role = leaf;
        } else if (more == 0) {
            const int rank = leaf->bytes > 0 ? suits(role, recording) : 0;
            found = rank > best ? leaf : found;
            best = rank > best ? rank : best;
            role = NULL;
        }
    }
    if (found != NULL) {
        (void)stpcpy(stpcpy(name, path), "[]");
        ink_leaves_add(item, name, bytes + 2, found->text, found->bytes);
    }
}

/* Mark a date that is only approximate. */
static void approximate(struct ink_draft *draft, int field) {
    if (ink_draft_has(draft, field) &&
        strchr("~?%", draft->text[field][draft->bytes[field] - 1]) == NULL) {
        ink_draft_add(draft, field, "", "~", 1);
    }
}

/* The codes of eventdateconfirm tell which side is approximate. */
static void take_confirmation(struct ink_draft *draft, const struct ink_leaves *item) {
    const struct ink_leaf *leaf = either(item, "concept/eventdetails/dates/confirmation@qcode",
                                         "concept/eventdetails/dates/confirmation@uri");
    const struct ink_leaf *start =
        leaf_of(item, "concept/eventdetails/dates/start@confirmationstatus");
    const struct ink_leaf *end = leaf_of(item, "concept/eventdetails/dates/end@confirmationstatus");
    const bool both = leaf != NULL && memmem(leaf->text, leaf->bytes, "pprox", 5) != NULL;
    const struct ink_span word = both ? code_word(leaf) : (struct ink_span){.at = ""};
    const bool only_end = memmem(word.at, word.bytes, "EndApprox", 9) != NULL;
    const bool only_start = memmem(word.at, word.bytes, "EndConf", 7) != NULL;
    if ((both && !only_end) || (start != NULL && memmem(start->text, start->bytes, "pprox", 5))) {
        approximate(draft, INK_F_WHEN);
    }
    if ((both && !only_start) || (end != NULL && memmem(end->text, end->bytes, "pprox", 5))) {
        approximate(draft, INK_F_UNTIL);
    }
}

static void take_event(struct ink_import *in, const struct ink_leaves *item) {
    const struct ink_leaf *duration = leaf_of(item, "concept/eventdetails/dates/duration");
    if (duration != NULL) {
        ink_wire_duration(&in->draft, duration->text, duration->bytes);
    }
    take_confirmation(&in->draft, item);
    if (!ink_draft_has(&in->draft, INK_F_STATUS)) {
        ink_draft_set(&in->draft, INK_F_STATUS, "planned", 7);
    }
    if (ink_leaves_get(item, "concept/eventdetails/dates/rrule@freq", 0) != NULL ||
        ink_leaves_get(item, "concept/eventdetails/dates/rdate", 0) != NULL) {
        warn(in, "recurrence", "an event that recurs", "expected each of its dates as an item",
             "only the first date is shown");
    }
}

/* A concept that is an event; others are what events are tagged with. */
static bool is_event(const struct ink_leaves *item) {
    const struct ink_leaf *type = either(item, "concept/type@qcode", "concept/type@uri");
    if (type != NULL) {
        return is_code(type, "event");
    }
    for (uint32_t i = 0; i < item->count; i++) {
        if (item->leaf[i].path_bytes > 21 &&
            memcmp(item->leaf[i].path, "concept/eventdetails/", 21) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- NewsML 1 -------------------------------------------------------------------------------- */

static void add_made(struct ink_leaves *item, const char *path, const char *text, size_t bytes) {
    ink_leaves_add(item, path, strlen(path), text, bytes);
}

/* The public identifier names the revision too; an id must not. */
static void add_newsml1(struct ink_leaves *item, const struct ink_leaves *head) {
    const struct ink_leaf *id = leaf_of(item, "identification/newsidentifier/newsitemid");
    const struct ink_leaf *date = leaf_of(item, "identification/newsidentifier/dateid");
    const struct ink_leaf *provider = leaf_of(item, "identification/newsidentifier/providerid");
    const struct ink_leaf *sender = leaf_of(head, "newsenvelope/sentfrom/party@formalname");
    char urn[256];
    if (id != NULL && provider != NULL) {
        const int bytes = snprintf(
            urn, sizeof urn, "urn:newsml:%.*s:%.*s:%.*s", (int)ink_min((int)provider->bytes, 80),
            provider->text, date != NULL ? (int)ink_min((int)date->bytes, 32) : 0,
            date != NULL ? date->text : "", (int)ink_min((int)id->bytes, 100), id->text);
        add_made(item, "newsml1[id]", urn, (size_t)bytes);
    }
    sender = sender != NULL ? sender : provider;
    if (sender != NULL) {
        add_made(item, "newsml1[sender]", sender->text, sender->bytes);
    }
}

/* An embargo that is told to end by becoming usable ends then. */
static void add_newsml1_embargo(struct ink_leaves *item) {
    const struct ink_leaf *when = leaf_of(item, "newsmanagement/statuswillchange/dateandtime");
    if (when != NULL && is_code(leaf_of(item, "newsmanagement/status@formalname"), "embargoed") &&
        is_code(leaf_of(item, "newsmanagement/statuswillchange/futurestatus@formalname"),
                "usable")) {
        add_made(item, "newsml1[embargo]", when->text, when->bytes);
    }
}

/* ---- NITF ------------------------------------------------------------------------------------ */

/* Its revisions stand in no order. */
static void add_revised(struct ink_leaves *item) {
    const struct ink_leaf *leaf, *latest = NULL;
    uint32_t best = 0;
    for (int nth = 0; (leaf = ink_leaves_get(item, "head/revision-history@norm", nth)) != NULL;
         nth++) {
        const uint32_t rev = ink_map_rev(leaf->text, leaf->bytes);
        latest = rev > best ? leaf : latest;
        best = rev > best ? rev : best;
    }
    if (latest != NULL) {
        add_made(item, "nitf[revised]", latest->text, latest->bytes);
    }
}

/* ---- items ----------------------------------------------------------------------------------- */

static void take_bodies(struct ink_draft *draft, const struct ink_leaves *item) {
    static const struct {
        const char *path;
        bool html;
    } bodies[] = {{"contentset/inlinexml", true},
                  {"contentset/inlinedata", false},
                  {"body/body.content/p", true},
                  {"newscomponent/contentitem/datacontent/nitf/body/body.content/p", true},
                  {"newscomponent/contentitem/datacontent/p", true}};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        const struct ink_leaf *leaf = leaf_of(item, bodies[i].path);
        if (leaf != NULL) {
            ink_wire_body(draft, leaf->text, leaf->bytes, bodies[i].html);
        }
    }
}

/* A code of a provider is no name; what stands behind its colon mostly is. */
static void name_provider(struct ink_draft *draft, const struct ink_leaves *item) {
    const struct ink_leaf *code = leaf_of(item, "itemmeta/provider@qcode");
    if (code != NULL && draft->bytes[INK_F_VIA] == code->bytes &&
        memcmp(draft->text[INK_F_VIA], code->text, code->bytes) == 0) {
        const struct ink_span word = code_word(code);
        ink_draft_set(draft, INK_F_VIA, word.at, word.bytes);
    }
}

static void take_status(struct ink_import *in, const struct ink_leaves *item) {
    const struct ink_leaf *status =
        either(item, "itemmeta/pubstatus@qcode", "itemmeta/pubstatus@uri");
    const struct ink_leaf *embargo = ink_leaves_get(item, "itemmeta/embargoed", 0);
    status = status != NULL ? status
                            : either(item, "newsmanagement/status@formalname",
                                     "head/docdata@management-status");
    if (embargo != NULL && embargo->bytes == 0) {
        in->draft.embargo_utc = INT64_MAX;
    }
    if (status != NULL) {
        ink_wire_status(in, status->text, status->bytes);
    }
}

static void put_item(struct ink_import *in, struct ink_leaves *item, bool event) {
    static const char *const roles[] = {"contentmeta/headline", "contentmeta/description",
                                        "concept/definition"};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        add_for_readers(item, roles[i], is_recording(item));
    }
    ink_map_apply(in, newsml_map, item);
    take_status(in, item);
    name_provider(&in->draft, item);
    if (event) {
        take_event(in, item);
    }
    take_bodies(&in->draft, item);
    ink_wire_put(in, event);
}

static void take_item(struct ink_import *in, void *context, const char *name,
                      const struct ink_leaves *found, const struct ink_leaves *head) {
    struct ink_leaves *item = context;
    char what[64];
    *item = *found; // room for what is made; the reader clears its own before the next
    const bool concept = strcmp(name, "conceptItem") == 0;
    const bool event = concept && is_event(item);
    if (strcmp(name, "nitf") == 0) {
        add_revised(item);
    }
    if (strcmp(name, "newsItem") == 0 || strcmp(name, "nitf") == 0 || event) {
        if (is_recording(item) && leaf_of(item, "contentmeta/contentcreated") != NULL) {
            const struct ink_leaf *when = leaf_of(item, "contentmeta/contentcreated");
            add_made(item, "contentmeta/contentcreated[recorded]", when->text, when->bytes);
        }
        put_item(in, item, event);
    } else if (strcmp(name, "NewsItem") == 0) {
        add_newsml1(item, head);
        add_newsml1_embargo(item);
        put_item(in, item, false);
    } else {
        snprintf(what, sizeof what, "a %s%s", name, concept ? " that is no event" : "");
        warn(in, "item-kind", what, "expected a newsItem, or a conceptItem of an event",
             "it is left out");
    }
}

/* ---- documents ------------------------------------------------------------------------------- */

static const char *const items[] = {"newsItem",     "conceptItem",   "packageItem",
                                    "planningItem", "knowledgeItem", "catalogItem",
                                    "NewsItem",     "nitf",          NULL};
static const char *const markup[] = {"a",     "span",         "inline",   "ruby",   "br",
                                     "em",    "strong",       "q",        "person", "org",
                                     "chron", "num",          "money",    "event",  "virtloc",
                                     "lang",  "object.title", "postaddr", "city",   NULL};
static const struct ink_xml_space spaces[] = {
    {"http://iptc.org/std/nar/2006-10-01/", ""},
    {"http://www.w3.org/XML/1998/namespace", "xml:"},
    {"http://www.w3.org/1999/xhtml", NULL},
    {"http://iptc.org/std/NITF/2006-10-18/", NULL},
    {NULL, NULL},
};

static int run(struct ink_import *in) {
    struct ink_leaves item, head;
    const struct ink_xml_shape shape = {
        .items = items, .spaces = spaces, .markup = markup, .item = take_item, .context = &item};
    const int code = ink_xml_items(in, &shape, &head);
    ink_leaves_close(&head);
    return code;
}

/* The name of the root element, without a prefix: behind the declaration, comments, a doctype. */
static struct ink_span root_name(const char *head, size_t bytes) {
    for (size_t at = 0; at + 1 < bytes; at++) {
        if (head[at] != '<') {
            continue;
        }
        if (head[at + 1] == '!' || head[at + 1] == '?') {
            const bool comment = bytes - at > 4 && memcmp(head + at, "<!--", 4) == 0;
            const char *end = comment ? memmem(head + at, bytes - at, "-->", 3)
                                      : memchr(head + at, '>', bytes - at);
            at = end != NULL ? (size_t)(end - head) : bytes;
            continue;
        }
        size_t from = at + 1, to = from;
        for (; to < bytes && strchr(" \t\r\n/>", head[to]) == NULL; to++) {
            from = head[to] == ':' ? to + 1 : from;
        }
        return (struct ink_span){.at = head + from, .bytes = (uint16_t)(to - from)};
    }
    return (struct ink_span){.at = head};
}

static bool knows(const char *head, size_t bytes) {
    static const char *const roots[] = {
        "newsMessage",   "newsItem",    "conceptItem", "packageItem", "planningItem",
        "knowledgeItem", "catalogItem", "conceptSet",  "NewsML",      "nitf"};
    size_t at = ink_line_mark(head, bytes);
    while (at < bytes && isspace((unsigned char)head[at])) {
        at++;
    }
    const struct ink_span name = root_name(head + at, bytes - at);
    for (size_t i = 0; at < bytes && head[at] == '<' && i < sizeof roots / sizeof roots[0]; i++) {
        if (name.bytes == strlen(roots[i]) && memcmp(name.at, roots[i], name.bytes) == 0) {
            return true;
        }
    }
    return false;
}

const struct ink_importer ink_import_newsml = {
    .name = "newsml",
    .extensions = "",
    .what = "NewsML-G2 news and events, NewsML 1 and NITF news",
    .notes = "A newsItem or conceptItem alone, or all of a newsMessage. Packages, planning and\n"
             "  knowledge items are left out, with a warning.",
    .map = newsml_map,
    .knows = knows,
    .run = run,
};
