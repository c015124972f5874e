/* JSON Feed 1.0 and 1.1. */
#include <ctype.h>

#include "import/feed_tail.h"
#include "import/feed_text.h"
#include "import/json_items.h"
#include "import/line.h"
#include "import/link.h"
#include "import/map.h"
#include "import/plain.h"

static const struct ink_map jsonfeed_map[] = {
    {"id", INK_F_ID, INK_TAKE_TEXT, NULL,
     "one that is no URI counts within its feed only: before it goes the feed's address, else its "
     "home page and title"},
    {"alternate", INK_F_ID, INK_TAKE_TEXT, NULL, NULL},
    {"date_modified", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"date_published", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"date_published", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"date_modified", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"title", INK_F_HEADLINE, INK_TAKE_TEXT, NULL,
     "with its entities, though it is plain text; if empty, the first sentence of the detail"},
    {"summary", INK_F_DETAIL, INK_TAKE_TEXT, NULL,
     "the same; all without the \"Read more\" and the like at their end"},
    {"content_text", INK_F_DETAIL, INK_TAKE_TEXT, NULL, NULL},
    {"content_html", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"authors[].name", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"author.name", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "version 1.0"},
    {"feed.author", INK_F_SOURCE, INK_TAKE_TEXT, NULL, "authors, else author, of the feed"},
    {"feed.title", INK_F_VIA, INK_TAKE_TEXT, NULL, "source, if nobody is named"},
    {"tags[]", INK_F_LANE, INK_TAKE_TEXT, NULL, "the first"},
    {"language", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"feed.language", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"alternate", INK_F_URL, INK_TAKE_TEXT, NULL,
     "url, else external_url; a relative one by the feed's address"},
    {"feed.title", INK_MAP_TITLE, INK_TAKE_TEXT, NULL, NULL},
    {"feed.language", INK_MAP_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"attachments", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "media are not for a wall"},
    {"image", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "as banner_image"},
    {NULL, 0, 0, NULL, NULL}};

/* ---- the feed itself ------------------------------------------------------------------------- */

/* Strings of a JSON object by name; "" where there is none. */
static const char *string_of(const cJSON *object, const char *name) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, name);
    return cJSON_IsString(value) ? value->valuestring : "";
}

static const char *author_of(const cJSON *feed) {
    const cJSON *authors = cJSON_GetObjectItemCaseSensitive(feed, "authors");
    const char *name = cJSON_IsArray(authors) ? string_of(authors->child, "name") : "";
    return name[0] != '\0' ? name
                           : string_of(cJSON_GetObjectItemCaseSensitive(feed, "author"), "name");
}

static const char *address_of(const cJSON *feed) {
    const char *address = string_of(feed, "feed_url");
    return address[0] != '\0' ? address : string_of(feed, "home_page_url");
}

static void add(struct ink_leaves *leaves, const char *path, const char *text) {
    ink_leaves_add(leaves, path, strlen(path), text, strlen(text));
}

/* A title is text of one line: ink_import_fact takes no controls. */
static void put_facts(struct ink_import *in, const cJSON *feed) {
    char title[INK_DRAFT_ROOM];
    const char *text = string_of(feed, "title"), *lang = string_of(feed, "language");
    const size_t bytes = ink_plain_text(title, sizeof title, text, strlen(text));
    ink_import_fact(in, INK_S_TITLE, title, bytes);
    ink_import_fact(in, INK_S_LANG, lang, strlen(lang));
}

/* ---- items ----------------------------------------------------------------------------------- */

static void add_link(struct ink_leaves *leaves, const cJSON *item, const char *address) {
    struct ink_link link = {.bytes = 0};
    const char *url = string_of(item, "url");
    url = url[0] != '\0' ? url : string_of(item, "external_url");
    ink_link_resolve(&link, address, strlen(address));
    ink_link_resolve(&link, url, strlen(url));
    if (url[0] != '\0' && ink_link_is_web(&link)) {
        ink_leaves_add(leaves, "alternate", 9, link.text, link.bytes);
    }
}

/* Feeds of one site have one home page, but each its own address or title. */
static void scope_id(struct ink_draft *draft, const cJSON *feed) {
    char scope[INK_DRAFT_ROOM];
    const char *own = string_of(feed, "feed_url");
    const int bytes = own[0] != '\0'
                          ? snprintf(scope, sizeof scope, "%s", own)
                          : snprintf(scope, sizeof scope, "%s%s", string_of(feed, "home_page_url"),
                                     string_of(feed, "title"));
    ink_draft_scope_id(draft, scope, (size_t)ink_min(bytes, (int)sizeof scope - 1));
}

static void take_item(struct ink_import *in, struct ink_leaves *leaves, const cJSON *feed,
                      const cJSON *item) {
    struct ink_draft *draft = &in->draft;
    const char *address = address_of(feed), *title = string_of(feed, "title");
    ink_leaves_clear(leaves);
    ink_json_leaves(leaves, "", item);
    ink_feed_entities(leaves, "title");
    ink_feed_entities(leaves, "summary");
    add_link(leaves, item, address);
    add(leaves, "feed.author", author_of(feed));
    add(leaves, "feed.title", title);
    add(leaves, "feed.language", string_of(feed, "language"));
    ink_map_apply(in, jsonfeed_map, leaves);
    scope_id(draft, feed);
    ink_import_settle_source(in);
    ink_feed_tail(draft, title, strlen(title));
    ink_draft_name(draft);
    ink_import_put(in);
}

static void refuse_item(struct ink_import *in, uint64_t line, uint64_t column) {
    struct ink_problem problem = ink_import_at(in, line, column);
    problem.rule = "jsonfeed-item";
    problem.what = "an item that is no object";
    problem.expected = "expected an object";
    ink_import_refuse(in, false, &problem);
}

static void take_feed(struct ink_import *in, void *context, const cJSON *feed,
                      const struct ink_json_text *text) {
    const cJSON *items = cJSON_GetObjectItemCaseSensitive(feed, "items");
    struct ink_json_walk walk = {.at = 0};
    struct ink_json_spot spot = {text->line, text->column};
    long nth = 0;
    put_facts(in, feed);
    if (!cJSON_IsArray(items)) {
        struct ink_problem problem = ink_import_at(in, spot.line, spot.column);
        problem.rule = "jsonfeed";
        problem.what = "no items";
        problem.expected = "expected a JSON Feed: an object with an array `items`";
        ink_import_refuse(in, true, &problem);
        return;
    }
    for (const cJSON *item = items->child; item != NULL && !in->failed; item = item->next) {
        (void)ink_json_place(&walk, text, "items", nth++, &spot);
        if (!cJSON_IsObject(item)) {
            refuse_item(in, spot.line, spot.column);
            continue;
        }
        ink_draft_begin(&in->draft, spot.line, spot.column);
        take_item(in, context, feed, item);
    }
}

static int run(struct ink_import *in) {
    struct ink_leaves leaves;
    if (!ink_leaves_open(&leaves)) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", in->input->name);
    }
    const int code = ink_json_items(in, take_feed, &leaves);
    ink_leaves_close(&leaves);
    return code;
}

/* ---- which files ----------------------------------------------------------------------------- */

/* Is there `text` at `at`, blanks before it left out, and backslashes in it? */
static bool take_over(const char **at, const char *end, const char *text) {
    while (*at < end && isspace((unsigned char)**at)) {
        (*at)++;
    }
    for (; *text != '\0'; text++) {
        while (*at < end && **at == '\\') {
            (*at)++;
        }
        if (*at == end || **at != *text) {
            return false;
        }
        (*at)++;
    }
    return true;
}

/* "version": "https://jsonfeed.org/version/...", as the specification has it. */
static bool knows(const char *head, size_t bytes) {
    static const char key[] = "\"version\"";
    const char *at = head + ink_line_mark(head, bytes), *end = head + bytes;
    if (!take_over(&at, end, "{")) {
        return false;
    }
    while ((at = memmem(at, (size_t)(end - at), key, sizeof key - 1)) != NULL) {
        at += sizeof key - 1;
        const char *value = at;
        if (take_over(&value, end, ":") && take_over(&value, end, "\"http")) {
            value += value < end && *value == 's';
            if (take_over(&value, end, "://jsonfeed.org/version/")) {
                return true;
            }
        }
    }
    return false;
}

const struct ink_importer ink_import_jsonfeed = {.name = "jsonfeed",
                                                 .extensions = "",
                                                 .what = "JSON Feed 1.0 and 1.1",
                                                 .notes = "paths are those of an item; feed.... is "
                                                          "of the feed",
                                                 .map = jsonfeed_map,
                                                 .knows = knows,
                                                 .run = run};
