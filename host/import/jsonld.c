/* JSON-LD of schema.org: live blogs, fact checks and events, in a document, an array, an @graph, or
 * in the scripts of an HTML page.
 *
 * Read: LiveBlogPosting (each update is a record; its time is a report's), ClaimReview (the record
 * is the claim: who made it is the source, who checked it has passed it on, and the verdict is in
 * the detail with its name), Event and its kinds (planned). They may stand anywhere in other
 * things; people and organisations may stand elsewhere in the @graph, by @id.
 *
 * Not read: other things (articles); JSON-LD with names of its own (an own @context, "schema:name",
 * the expanded form); {"@value": ...}. A rating alone is no verdict: without the name of who gave
 * it, it says nothing. A low one makes a claim disputed, never denied: that is for those to say
 * whom it is about.
 */
#include <math.h>
#include <stdlib.h>
#include <strings.h>

#include "import/json_items.h"
#include "import/jsonld_graph.h"
#include "import/jsonld_page.h"
#include "import/line.h"
#include "import/map.h"
#include "import/plain.h"

enum { ID_BYTES = 512 };

static const struct ink_map map[] = {
    {"update.@id", INK_F_ID, INK_TAKE_TEXT, NULL, "of a LiveBlogPosting's liveBlogUpdate[]"},
    {"update.identifier", INK_F_ID, INK_TAKE_TEXT, NULL,
     "an id that is no URI counts within its blog, by the blog's url, @id or title"},
    {"update.datemodified", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"update.datepublished", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"update.datecreated", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"update.datepublished", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"update.datecreated", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"update.datemodified", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"update.headline", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"update.name", INK_F_HEADLINE, INK_TAKE_HTML, NULL, "else the first sentence of the body"},
    {"update.articlebody", INK_F_DETAIL, INK_TAKE_HTML, NULL,
     "without the headline it begins with"},
    {"update.text", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"update.description", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"update.author.name", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"update.author[].name", INK_F_SOURCE, INK_TAKE_HTML, NULL, "the first one"},
    {"update.author", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"update.author[]", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"update.publisher.name", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"blog.publisher.name", INK_F_SOURCE, INK_TAKE_HTML, NULL, "of the LiveBlogPosting"},
    {"blog.author.name", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"blog.publisher.name", INK_F_VIA, INK_TAKE_HTML, NULL, "if it is not the source"},
    {"update.contentlocation.name", INK_F_PLACE, INK_TAKE_HTML, NULL, NULL},
    {"update.inlanguage", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"blog.inlanguage", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"update.url", INK_F_URL, INK_TAKE_TEXT, NULL, NULL},
    {"blog.url", INK_F_URL, INK_TAKE_TEXT, NULL, NULL},
    {"blog.coveragestarttime", INK_MAP_NONE, INK_TAKE_NOTHING, NULL,
     "each update has its own time"},
    {"blog.coverageendtime", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, NULL},

    {"review.@id", INK_F_ID, INK_TAKE_TEXT, NULL, "of a ClaimReview; else its url and claim"},
    {"review.datemodified", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"review.datepublished", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"review.claimreviewed", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"review.itemreviewed.name", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"review.itemreviewed.datepublished", INK_F_WHEN, INK_TAKE_DATE, NULL, "when it was claimed"},
    {"review.itemreviewed.datecreated", INK_F_WHEN, INK_TAKE_DATE, NULL, NULL},
    {"review.datepublished", INK_F_WHEN, INK_TAKE_REPORT, NULL, "if nobody says when"},
    {"review.itemreviewed.author.name", INK_F_SOURCE, INK_TAKE_HTML, NULL, "who claims it"},
    {"review.itemreviewed.author[].name", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"review.itemreviewed.author.name", INK_F_LANE, INK_TAKE_HTML, NULL, NULL},
    {"review.itemreviewed.author[].name", INK_F_LANE, INK_TAKE_HTML, NULL, NULL},
    {"review.author.name", INK_F_VIA, INK_TAKE_HTML, NULL, "who checked it"},
    {"review.author[].name", INK_F_VIA, INK_TAKE_HTML, NULL, NULL},
    {"review.author", INK_F_VIA, INK_TAKE_HTML, NULL, NULL},
    {"review.publisher.name", INK_F_VIA, INK_TAKE_HTML, NULL, NULL},
    {"review.url", INK_F_URL, INK_TAKE_TEXT, NULL, NULL},
    {"review.inlanguage", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"review.claimreviewed", INK_F_KIND, INK_TAKE_CONSTANT, "statement", NULL},
    {"review.verdict", INK_F_STATUS, INK_TAKE_TEXT, NULL,
     "reviewRating: the lowest third disputed, the highest confirmed"},
    {"review.claimreviewed", INK_F_STATUS, INK_TAKE_CONSTANT, "claimed", "all others"},
    {"review.words", INK_F_DETAIL, INK_TAKE_TEXT, NULL, "who checked it: the verdict's own words"},

    {"event.@id", INK_F_ID, INK_TAKE_TEXT, NULL, "of an Event"},
    {"event.identifier", INK_F_ID, INK_TAKE_TEXT, NULL, NULL},
    {"event.datemodified", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"event.name", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"event.startdate", INK_F_WHEN, INK_TAKE_DATE, NULL, NULL},
    {"event.enddate", INK_F_UNTIL, INK_TAKE_DATE, NULL, NULL},
    {"event.eventstatus", INK_MAP_CANCELLED, INK_TAKE_WORDS, "EventCancelled=yes",
     "also in a list, or as @id or name of an object"},
    {"event.eventstatus", INK_F_STATUS, INK_TAKE_WORDS, "EventPostponed=withdrawn", NULL},
    {"event.name", INK_F_STATUS, INK_TAKE_CONSTANT, "planned", NULL},
    {"event.location.name", INK_F_PLACE, INK_TAKE_HTML, NULL, NULL},
    {"event.location[].name", INK_F_PLACE, INK_TAKE_HTML, NULL, NULL},
    {"event.location.address.addresslocality", INK_F_PLACE, INK_TAKE_HTML, NULL, NULL},
    {"event.location", INK_F_PLACE, INK_TAKE_HTML, NULL, NULL},
    {"event.organizer.name", INK_F_SOURCE, INK_TAKE_HTML, NULL, "who announces it"},
    {"event.organizer[].name", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"event.organizer", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"event.description", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"event.inlanguage", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"event.url", INK_F_URL, INK_TAKE_TEXT, NULL, NULL},
    {NULL, 0, 0, NULL, NULL}};

struct importer {
    struct ink_import *in;
    const struct ink_json_text *text;
    struct ink_jsonld_graph graph; /* of the document at hand */
    struct ink_leaves leaves;
    uint64_t line, column; /* of the thing at hand */
    uint32_t things;       /* that are of a kind that is read */
};

/* ---- JSON ------------------------------------------------------------------------------------ */

static const char *text_of(const cJSON *object, const char *name) {
    const cJSON *value = cJSON_GetObjectItem(object, name);
    return cJSON_IsString(value) ? value->valuestring : "";
}

/* Is it a type of schema.org of this name, or with `ending` of one that ends so? */
static bool names_type(const cJSON *value, const char *name, bool ending) {
    if (!cJSON_IsString(value)) {
        return false;
    }
    const char *type = value->valuestring, *slash = strrchr(type, '/');
    type = slash != NULL ? slash + 1 : type;
    type += strncasecmp(type, "schema:", 7) == 0 ? 7 : 0;
    const size_t bytes = strlen(type), length = strlen(name);
    return (ending ? bytes >= length : bytes == length) &&
           strcasecmp(type + bytes - length, name) == 0;
}

static bool has_type(const cJSON *thing, const char *name, bool ending) {
    const cJSON *type = cJSON_GetObjectItem(thing, "@type");
    bool has = names_type(type, name, ending);
    for (const cJSON *one = cJSON_IsArray(type) ? type->child : NULL; one != NULL && !has;
         one = one->next) {
        has = names_type(one, name, ending);
    }
    return has;
}

/* What only refers to something of the graph stands for that. */
static const cJSON *meant(struct importer *it, const cJSON *value) {
    const char *id = text_of(value, "@id");
    if (*id == '\0' || cJSON_GetArraySize(value) > 2) {
        return value;
    }
    const cJSON *found = ink_jsonld_graph_find(&it->graph, id, value);
    return found != NULL ? found : value;
}

/* One member as leaves: of a person or an organisation, wherever that stands, its name. */
static void add_member(struct importer *it, const char *prefix, const cJSON *object,
                       const char *name) {
    char path[64], of_name[80];
    const cJSON *value = cJSON_GetObjectItem(object, name);
    snprintf(path, sizeof path, "%s.%s", prefix, name);
    value = cJSON_IsArray(value) && value->child != NULL && cJSON_IsObject(value->child)
                ? value->child
                : value;
    if (!cJSON_IsObject(value)) {
        ink_json_leaves(&it->leaves, path,
                        value != NULL ? value : &(const cJSON){.type = cJSON_NULL});
        return;
    }
    snprintf(of_name, sizeof of_name, "%s.name", path);
    const char *text = text_of(meant(it, value), "name");
    if (*text != '\0') {
        ink_leaves_add(&it->leaves, of_name, strlen(of_name), text, strlen(text));
    }
}

/* All of a thing but what is told with more care. */
static void add_all_but(struct importer *it, const char *prefix, const cJSON *object,
                        const char *const *others) {
    char path[64];
    for (const cJSON *member = object->child; member != NULL; member = member->next) {
        bool other = strlen(member->string) > 40;
        for (const char *const *name = others; *name != NULL; name++) {
            other = other || strcasecmp(member->string, *name) == 0;
        }
        if (!other) {
            snprintf(path, sizeof path, "%s.%s", prefix, member->string);
            ink_json_leaves(&it->leaves, path, member);
        }
    }
}

static void add_text(struct importer *it, const char *path, const char *text) {
    ink_leaves_add(&it->leaves, path, strlen(path), text, strlen(text));
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* Is the end of a sentence at this mark? Short words before a point are abbreviations, as are
 * those before a number or a small letter. */
static bool ends_sentence(const char *text, size_t bytes, size_t at) {
    size_t letters = 0;
    if (at + 2 >= bytes || text[at + 1] != ' ' || strchr(".!?", text[at]) == NULL) {
        return false;
    }
    for (size_t i = at; i > 0 && text[i - 1] != ' ' && text[i - 1] != '.'; i--) {
        letters += ((uint8_t)text[i - 1] & 0xC0) != 0x80;
    }
    const char next = text[at + 2];
    const bool goes_on = (next >= 'a' && next <= 'z') || (next >= '0' && next <= '9');
    return text[at] != '.' || (letters >= 4 && !goes_on);
}

/* Of a body without a headline the first sentence is one. */
static void split_body(struct ink_draft *draft) {
    char body[INK_DRAFT_ROOM];
    const size_t bytes = draft->bytes[INK_F_DETAIL];
    size_t end = 0;
    memcpy(body, draft->text[INK_F_DETAIL], bytes);
    while (end < bytes && !ends_sentence(body, bytes, end)) {
        end++;
    }
    end += end < bytes;
    const size_t kept = end > 0 && body[end - 1] == '.' ? end - 1 : end;
    ink_draft_set(draft, INK_F_HEADLINE, body, end < bytes ? kept : end);
    ink_draft_set(draft, INK_F_DETAIL, body + end, bytes - end);
}

/* A body that begins with its headline need not say it twice. */
static void drop_headline(struct ink_draft *draft) {
    char body[INK_DRAFT_ROOM];
    const size_t head = draft->bytes[INK_F_HEADLINE], bytes = draft->bytes[INK_F_DETAIL];
    if (head == 0 || bytes < head ||
        memcmp(draft->text[INK_F_HEADLINE], draft->text[INK_F_DETAIL], head) != 0) {
        return;
    }
    size_t at = head;
    memcpy(body, draft->text[INK_F_DETAIL], bytes);
    at += at < bytes && strchr(".:!?", body[at]) != NULL;
    if (at == bytes || body[at] == ' ') {
        ink_draft_set(draft, INK_F_DETAIL, body + at, bytes - at);
    }
}

/* Of what has none: its address, and what it is, for several may stand at one address. */
static void make_id(struct ink_draft *draft, const char *address, const char *what) {
    char id[ID_BYTES];
    if (!ink_draft_has(draft, INK_F_ID) && *address != '\0') {
        const int bytes = snprintf(id, sizeof id, "%s#%s", address, what);
        ink_draft_set(draft, INK_F_ID, id, (size_t)ink_min(bytes, ID_BYTES - 1));
    }
}

/* An id that only this document knows is told by its address, else by its title; a blank node's is
 * none. */
static void scope_id(struct importer *it, const cJSON *document) {
    char id[ID_BYTES];
    struct ink_draft *draft = &it->in->draft;
    const char *text = draft->text[INK_F_ID], *address = text_of(document, "url");
    const size_t bytes = draft->bytes[INK_F_ID];
    address = *address != '\0' ? address : text_of(document, "@id");
    if (bytes >= 2 && memcmp(text, "_:", 2) == 0) {
        draft->bytes[INK_F_ID] = 0;
    } else if (bytes > 0 && text[0] == '#' && *address != '\0') {
        const int used = snprintf(id, sizeof id, "%s%.*s", address, (int)bytes, text);
        ink_draft_set(draft, INK_F_ID, id, (size_t)ink_min(used, ID_BYTES - 1));
    } else if (*address != '\0') {
        ink_draft_scope_id(draft, address, strlen(address));
    } else {
        ink_import_scope_id(it->in);
    }
}

static void drop_same_via(struct ink_draft *draft) {
    if (draft->bytes[INK_F_VIA] == draft->bytes[INK_F_SOURCE] &&
        memcmp(draft->text[INK_F_VIA], draft->text[INK_F_SOURCE], draft->bytes[INK_F_VIA]) == 0) {
        draft->bytes[INK_F_VIA] = 0;
    }
}

static void begin_item(struct importer *it) {
    ink_leaves_clear(&it->leaves);
    ink_draft_begin(&it->in->draft, it->line, it->column);
    it->things++;
}

/* ---- live blogs ------------------------------------------------------------------------------ */

static void take_update(struct importer *it, const cJSON *blog, const cJSON *update) {
    static const char *const others[] = {"author", "publisher", "image", "video", NULL};
    struct ink_draft *draft = &it->in->draft;
    begin_item(it);
    add_all_but(it, "update", update, others);
    add_member(it, "update", update, "author");
    add_member(it, "update", update, "publisher");
    add_member(it, "blog", blog, "publisher");
    add_member(it, "blog", blog, "author");
    add_member(it, "blog", blog, "url");
    add_member(it, "blog", blog, "inLanguage");
    ink_map_apply(it->in, map, &it->leaves);
    if (ink_draft_has(draft, INK_F_HEADLINE)) {
        drop_headline(draft);
    } else {
        split_body(draft);
    }
    drop_same_via(draft);
    scope_id(it, blog);
    if (strchr(text_of(update, "url"), '#') != NULL) { /* without, it is that of the page */
        make_id(draft, text_of(update, "url"), "");
    }
    ink_import_put(it->in);
}

static void take_title(struct importer *it, const cJSON *thing) {
    char title[INK_TITLE_BYTES + 64];
    const char *text = text_of(thing, "headline");
    text = *text != '\0' ? text : text_of(thing, "name");
    const size_t bytes = ink_plain_html(title, sizeof title, text, strlen(text));
    ink_import_fact(it->in, INK_S_TITLE, title, bytes);
}

static void take_blog(struct importer *it, const cJSON *blog, bool whole) {
    struct ink_json_walk walk = {.at = 0};
    struct ink_json_spot spot = {it->line, it->column};
    const cJSON *updates = cJSON_GetObjectItem(blog, "liveBlogUpdate");
    const cJSON *update = cJSON_IsArray(updates) ? updates->child : updates;
    it->things++;
    take_title(it, blog);
    for (long nth = 0; update != NULL && !it->in->failed; nth++) {
        if (whole) {
            (void)ink_json_place(&walk, it->text, "liveblogupdate", nth, &spot);
            it->line = spot.line;
            it->column = spot.column;
        }
        if (cJSON_IsObject(update)) {
            take_update(it, blog, meant(it, update));
        }
        update = cJSON_IsArray(updates) ? update->next : NULL;
    }
}

/* ---- fact checks ----------------------------------------------------------------------------- */

static bool number_of(const cJSON *object, const char *name, double *number) {
    const cJSON *value = cJSON_GetObjectItem(object, name);
    char *end = NULL;
    if (cJSON_IsNumber(value)) {
        *number = value->valuedouble;
    } else if (cJSON_IsString(value) && value->valuestring[0] != '\0') {
        *number = strtod(value->valuestring, &end);
    }
    return cJSON_IsNumber(value) || (end != NULL && *end == '\0' && isfinite(*number));
}

/* -1 low, 1 high, 0 between or not told. */
static int side_of_number(const cJSON *rating) {
    double value = 0, worst = 1, best = 5;
    if (!number_of(rating, "ratingValue", &value)) {
        return 0;
    }
    (void)number_of(rating, "worstRating", &worst);
    (void)number_of(rating, "bestRating", &best);
    if (!(best > worst) || value < worst || value > best) {
        return 0;
    }
    const double part = (value - worst) / (best - worst);
    return part * 3 < 1 ? -1 : part * 3 > 2 ? 1 : 0;
}

static int side_of_words(const char *words) {
    static const char *const low[] = {"false",      "mostly false", "fake",         "incorrect",
                                      "not true",   "untrue",       "wrong",        "misleading",
                                      "fabricated", "unfounded",    "pants on fire"};
    static const char *const high[] = {"true", "mostly true", "correct", "accurate", "confirmed"};
    for (size_t i = 0; i < sizeof low / sizeof low[0]; i++) {
        if (strcasecmp(words, low[i]) == 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < sizeof high / sizeof high[0]; i++) {
        if (strcasecmp(words, high[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Number and words say the same, or one of them nothing. */
static void add_verdict(struct importer *it, const cJSON *review, const char *who) {
    char words[INK_DETAIL_BYTES];
    const cJSON *rating = cJSON_GetObjectItem(review, "reviewRating");
    const char *name = text_of(rating, "alternateName");
    name = *name != '\0' ? name : text_of(rating, "name");
    const int number = side_of_number(rating), word = side_of_words(name);
    const int side = number == 0 ? word : word == 0 || word == number ? number : 0;
    if (*who == '\0') {
        return;
    }
    if (side != 0) {
        add_text(it, "review.verdict", side < 0 ? "disputed" : "confirmed");
    }
    const char *body = text_of(review, "reviewBody");
    const bool both = *name != '\0' && *body != '\0';
    const int bytes =
        snprintf(words, sizeof words, "%s: %s%s%s", who, name, both ? ". " : "", body);
    if (*name != '\0' || *body != '\0') {
        ink_leaves_add(&it->leaves, "review.words", 12, words,
                       (size_t)ink_min(bytes, (int)sizeof words - 1));
    }
}

static const char *name_in(const struct ink_leaves *leaves, const char *path, char out[128]) {
    const struct ink_leaf *leaf = ink_leaves_get(leaves, path, 0);
    const size_t bytes = leaf != NULL ? ink_plain_html(out, 127, leaf->text, leaf->bytes) : 0;
    out[bytes] = '\0';
    return out;
}

static void take_review(struct importer *it, const cJSON *review) {
    static const char *const others[] = {"author", "publisher", "itemReviewed", "reviewBody", NULL};
    const cJSON *claim = cJSON_GetObjectItem(review, "itemReviewed");
    char who[128];
    begin_item(it);
    add_all_but(it, "review", review, others);
    add_member(it, "review", review, "author");
    add_member(it, "review", review, "publisher");
    claim = cJSON_IsArray(claim) ? claim->child : claim;
    if (cJSON_IsObject(claim)) {
        claim = meant(it, claim);
        add_all_but(it, "review.itemreviewed", claim, others);
        add_member(it, "review.itemreviewed", claim, "author");
    }
    static const char *const names[] = {"review.author.name", "review.author",
                                        "review.publisher.name"};
    who[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0] && who[0] == '\0'; i++) {
        (void)name_in(&it->leaves, names[i], who);
    }
    add_verdict(it, review, who);
    ink_map_apply(it->in, map, &it->leaves);
    scope_id(it, review);
    make_id(&it->in->draft, text_of(review, "url"), text_of(review, "claimReviewed"));
    ink_import_put(it->in);
}

/* ---- events ---------------------------------------------------------------------------------- */

/* A word, an object that names one, or a list of either. */
static void add_status(struct importer *it, const cJSON *status, bool listed) {
    if (cJSON_IsString(status)) {
        add_text(it, "event.eventstatus", status->valuestring);
    } else if (cJSON_IsArray(status) && !listed) {
        for (const cJSON *one = status->child; one != NULL; one = one->next) {
            add_status(it, one, true);
        }
    } else if (cJSON_IsObject(status)) {
        add_text(it, "event.eventstatus", text_of(status, "@id"));
        add_text(it, "event.eventstatus", text_of(status, "name"));
    }
}

static void take_event(struct importer *it, const cJSON *event) {
    static const char *const others[] = {"organizer", "subEvent",  "superEvent",  "image",
                                         "offers",    "performer", "eventStatus", NULL};
    begin_item(it);
    add_all_but(it, "event", event, others);
    add_member(it, "event", event, "organizer");
    add_status(it, cJSON_GetObjectItem(event, "eventStatus"), false);
    ink_map_apply(it->in, map, &it->leaves);
    scope_id(it, event);
    make_id(&it->in->draft, text_of(event, "url"), text_of(event, "name"));
    ink_import_put(it->in);
}

/* ---- all ------------------------------------------------------------------------------------- */

/* What is known of its own; other things may hold some. Depth is bounded by the reader. */
static void take_thing(struct importer *it, const cJSON *thing, bool whole) {
    const cJSON *inside = thing->child;
    if (has_type(thing, "LiveBlogPosting", false)) {
        take_blog(it, thing, whole);
        return;
    }
    if (has_type(thing, "ClaimReview", false)) {
        take_review(it, thing);
        return;
    }
    if (has_type(thing, "Event", true)) {
        take_event(it, thing);
        inside = cJSON_GetObjectItem(thing, "subEvent");
        inside = inside != NULL ? inside->child : NULL;
    }
    for (; inside != NULL && !it->in->failed; inside = inside->next) {
        if (cJSON_IsObject(inside) || cJSON_IsArray(inside)) {
            take_thing(it, inside, false);
        }
    }
}

static void take_document(struct ink_import *in, void *context, const cJSON *object,
                          const struct ink_json_text *text) {
    struct importer *it = context;
    it->in = in;
    it->text = text;
    it->line = text->line;
    it->column = text->column;
    ink_jsonld_graph_set(&it->graph, cJSON_GetObjectItem(object, "@graph"));
    take_thing(it, object, true);
}

static bool is_page(const struct ink_segment *input) {
    char head[64];
    const long count = ink_segment_read(input, 0, (uint8_t *)head, sizeof head);
    const size_t bytes = count > 0 ? (size_t)count : 0, at = ink_line_start(head, bytes);
    return at < bytes && head[at] == '<';
}

static void say_nothing_found(struct importer *it) {
    struct ink_problem problem = {.file = it->in->input->name, .rule = "jsonld"};
    problem.what = "no live blog, fact check or event in it";
    problem.expected = "expected LiveBlogPosting, ClaimReview or Event of schema.org";
    problem.hint = "a page may load them later: save what the browser shows";
    ink_import_refuse(it->in, true, &problem);
}

static int read_all(struct importer *it) {
    struct ink_import *in = it->in;
    const struct ink_segment *input = in->input;
    struct ink_segment scripts;
    if (!is_page(input)) {
        return ink_json_items(in, take_document, it);
    }
    int code = ink_jsonld_scripts(input, &scripts);
    if (code == INK_EXIT_OK) {
        in->input = &scripts;
        code = ink_json_items(in, take_document, it);
        in->input = input;
        ink_segment_close(&scripts);
    }
    return code;
}

static int run(struct ink_import *in) {
    struct importer it = {.in = in};
    if (!ink_leaves_open(&it.leaves)) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    }
    const uint32_t items = in->items;
    const int code = read_all(&it);
    if (code == INK_EXIT_OK && it.things == 0 && in->items == items) {
        say_nothing_found(&it);
    }
    ink_jsonld_graph_free(&it.graph);
    ink_leaves_close(&it.leaves);
    return code;
}

/* A page that has a script of JSON-LD, or a document that names schema.org as its context. */
static bool knows(const char *head, size_t bytes) {
    size_t at = ink_line_start(head, bytes);
    const char first = at < bytes ? head[at] : '\0';
    if (first == '<') {
        return memmem(head, bytes, "application/ld+json", 19) != NULL;
    }
    return (first == '{' || first == '[') && memmem(head, bytes, "\"@context\"", 10) != NULL &&
           memmem(head, bytes, "schema.org", 10) != NULL;
}

const struct ink_importer ink_import_jsonld = {
    .name = "jsonld",
    .extensions = "jsonld html htm",
    .what = "JSON-LD of schema.org, also in HTML pages: LiveBlogPosting, ClaimReview, Event",
    .notes = "A fact check's verdict stands with the name of who gave it, or not at all.",
    .map = map,
    .knows = knows,
    .run = run};
