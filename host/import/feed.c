/* Feeds in XML: RSS 0.9 to 2.0, RSS 1.0 of RDF, CDF, Atom 0.3 and 1.0.
 *
 * Elements of RSS and of Atom go by their bare names, whatever namespace their version has, since
 * none means anything else in another. Who says so, from the inside out, is the author, the other
 * feed that the item names as its source, and the feed itself: the innermost is `source`, the one
 * around it `via`, unless that is what the story is called: its title stands above it all. */
#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "import/feed_tail.h"
#include "import/feed_text.h"
#include "import/line.h"
#include "import/link.h"
#include "import/map.h"
#include "import/plain.h"
#include "import/stamp.h"
#include "import/xml_items.h"

static const struct ink_map feed_map[] = {
    {"guid", INK_F_ID, INK_TAKE_TEXT, NULL,
     "one that is no URI counts within its feed only: before it goes the feed's id, else its own "
     "address (rel=self), else its page and title"},
    {"id", INK_F_ID, INK_TAKE_TEXT, NULL, NULL},
    {"@rdf:about", INK_F_ID, INK_TAKE_TEXT, NULL, NULL},
    {"alternate", INK_F_ID, INK_TAKE_TEXT, NULL, "the link, if nothing else"},
    {"@ref", INK_F_ID, INK_TAKE_TEXT, NULL, "of at:deleted-entry (RFC 6721): removes that entry"},
    {"@when", INK_F_REV, INK_TAKE_VERSION, NULL, "the same, up to then"},
    {"app:control/app:draft", INK_MAP_CANCELLED, INK_TAKE_WORDS, "yes=yes",
     "a draft (RFC 5023) is not shown, nor a version before it"},
    {"updated", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"modified", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"dcterms:modified", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"@lastmod", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"dc:date", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"published", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"pubdate", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"issued", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"dcterms:issued", INK_F_REV, INK_TAKE_VERSION, NULL, NULL},
    {"published", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"pubdate", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"issued", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"dcterms:issued", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"dc:date", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"created", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"dcterms:created", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"updated", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"modified", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"dcterms:modified", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"@lastmod", INK_F_WHEN, INK_TAKE_REPORT, NULL, NULL},
    {"feed/date", INK_F_WHEN, INK_TAKE_REPORT, NULL, "the day of the feed itself, approximate"},
    {"title", INK_F_HEADLINE, INK_TAKE_HTML, NULL,
     "by its type; if empty, the first sentence of the detail"},
    {"dc:title", INK_F_HEADLINE, INK_TAKE_HTML, NULL, NULL},
    {"summary", INK_F_DETAIL, INK_TAKE_HTML, NULL,
     "by its type, as all of these; without the \"Read more\" and the like at its end"},
    {"description", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"abstract", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"dc:description", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"content", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"content:encoded", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"body", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"fullitem", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"xhtml:body", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"xhtml:div", INK_F_DETAIL, INK_TAKE_HTML, NULL, NULL},
    {"author/name", INK_F_SOURCE, INK_TAKE_TEXT, NULL, NULL},
    {"dc:creator", INK_F_SOURCE, INK_TAKE_HTML, NULL, "a name, no address of mail"},
    {"dc:author", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"author", INK_F_SOURCE, INK_TAKE_HTML, NULL, NULL},
    {"feed/author", INK_F_SOURCE, INK_TAKE_TEXT, NULL,
     "Atom: of the feed, for entries of its own without one"},
    {"source/title", INK_F_VIA, INK_TAKE_HTML, NULL, "source, if there is no author"},
    {"source", INK_F_VIA, INK_TAKE_TEXT, NULL,
     "the same; never the credit of a picture (UN Photo/...), nor media:credit"},
    {"feed/title", INK_F_VIA, INK_TAKE_TEXT, NULL, "source, if there is nothing before"},
    {"category@label", INK_F_LANE, INK_TAKE_TEXT, NULL, "the first"},
    {"category@term", INK_F_LANE, INK_TAKE_TEXT, NULL, NULL},
    {"category", INK_F_LANE, INK_TAKE_HTML, NULL, NULL},
    {"dc:subject", INK_F_LANE, INK_TAKE_HTML, NULL, NULL},
    {"georss:featurename", INK_F_PLACE, INK_TAKE_TEXT, NULL, NULL},
    {"title@xml:lang", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"@xml:lang", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"dc:language", INK_F_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"feed/lang", INK_F_LANG, INK_TAKE_TEXT, NULL, "language or xml:lang of the feed"},
    {"alternate", INK_F_URL, INK_TAKE_TEXT, NULL,
     "link, or a guid that is a permalink; a relative one by xml:base, else the feed's link"},
    {"feed/title", INK_MAP_TITLE, INK_TAKE_TEXT, NULL, NULL},
    {"feed/lang", INK_MAP_LANG, INK_TAKE_TEXT, NULL, NULL},
    {"enclosure", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "media are not for a wall"},
    {"comments", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "not the report"},
    {NULL, 0, 0, NULL, NULL}};

static const struct ink_xml_space spaces[] = {
    {"http://www.w3.org/2005/Atom", ""},
    {"http://purl.org/atom/ns#", ""},
    {"http://purl.org/rss/1.0/", ""},
    {"http://my.netscape.com/rdf/simple/0.9/", ""},
    {"http://channel.netscape.com/rdf/simple/0.9/", ""},
    {"http://purl.org/net/rss1.1#", ""},
    {"http://backend.userland.com/rss", ""},
    {"http://backend.userland.com/rss2", ""},
    {"http://backend.userland.com/RSS2", ""},
    {"http://blogs.law.harvard.edu/tech/rss", ""},
    {"http://my.netscape.com/publish/formats/rss-0.91.dtd", ""},
    {"http://example.com/newformat#", ""}, /* of Atom before it had a name, as the next ones */
    {"http://example.com/necho", ""},
    {"http://purl.org/echo/", ""},
    {"uri/of/echo/namespace#", ""},
    {"http://purl.org/pie/", ""},
    {"http://purl.org/dc/elements/1.1/", "dc:"},
    {"http://purl.org/dc/elements/1.0/", "dc:"},
    {"http://purl.org/dc/terms/", "dcterms:"},
    {"http://purl.org/rss/1.0/modules/content/", "content:"},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"},
    {"http://www.w3.org/XML/1998/namespace", "xml:"},
    {"http://www.w3.org/1999/xhtml", "xhtml:"},
    {"http://www.georss.org/georss", "georss:"},
    {"http://www.w3.org/2007/app", "app:"},
    {"http://purl.org/atom/app#", "app:"},
    {"http://purl.org/atompub/tombstones/1.0", "at:"},
    {NULL, NULL}};

/* Texts with a type, and the names in which markup may stand. */
static const char *const texts[] = {
    "title",    "summary",         "description",    "abstract",   "content",
    "tagline",  "subtitle",        "info",           "rights",     "copyright",
    "dc:title", "dc:creator",      "xhtml:div",      "xhtml:body", "body",
    "fullitem", "content:encoded", "dc:description", NULL};

#define TOMBSTONE "at:deleted-entry"

static const char *const items[] = {"item", "entry", "ITEM", "Item", TOMBSTONE, NULL};

/* ---- the feed itself ------------------------------------------------------------------------- */

/* What its items need of it; made when the first one comes. */
struct feed {
    bool known;
    struct ink_link base, link; /* of relative links; its own page */
    size_t title_bytes, lang_bytes, date_bytes, scope_bytes, author_bytes;
    char title[INK_DRAFT_ROOM], lang[64], date[INK_STAMP_BYTES + 1];
    char author[128];           /* of a feed of Atom */
    char scope[INK_DRAFT_ROOM]; /* of its items' short ids */
};

static const struct ink_leaf *first_of(const struct ink_leaves *leaves, const char *const *paths) {
    for (; *paths != NULL; paths++) {
        const struct ink_leaf *leaf = ink_leaves_get(leaves, *paths, 0);
        if (leaf != NULL && leaf->bytes > 0) {
            return leaf;
        }
    }
    return NULL;
}

/* The first link of that rel; elements of RSS have it as text, those of Atom as href. */
static const struct ink_leaf *find_link(const struct ink_leaves *leaves, const char *path,
                                        const char *rel) {
    const size_t bytes = strlen(path);
    const struct ink_leaf *target = NULL;
    bool right = strcmp(rel, "alternate") == 0;
    for (uint32_t i = 0; i < leaves->count; i++) {
        const struct ink_leaf *leaf = &leaves->leaf[i];
        const size_t more = leaf->path_bytes - bytes;
        if (leaf->path_bytes < bytes || memcmp(leaf->path, path, bytes) != 0) {
            continue;
        }
        if (more == 4 && memcmp(leaf->path + bytes, "@rel", 4) == 0) {
            right = leaf->bytes == strlen(rel) && strncasecmp(leaf->text, rel, leaf->bytes) == 0;
        } else if (more == 5 && memcmp(leaf->path + bytes, "@href", 5) == 0) {
            target = leaf;
        } else if (more == 0) { /* the element ends */
            target = target != NULL ? target : leaf;
            if (right && target->bytes > 0) {
                return target;
            }
            target = NULL;
            right = strcmp(rel, "alternate") == 0;
        }
    }
    return NULL;
}

static void follow(struct ink_link *base, const struct ink_leaf *leaf) {
    if (leaf != NULL) {
        ink_link_resolve(base, leaf->text, leaf->bytes);
    }
}

/* Its base by xml:base, else its own address, else its page. */
static void find_base(struct feed *feed, const struct ink_leaves *head) {
    static const char *const paths[] = {"link", "channel/link"};
    feed->base.bytes = feed->link.bytes = 0;
    follow(&feed->base, ink_leaves_get(head, "@xml:base", 0));
    follow(&feed->base, ink_leaves_get(head, "channel@xml:base", 0));
    follow(&feed->base, ink_leaves_get(head, "@base", 0));
    for (int i = 0; i < 2 && feed->base.bytes == 0; i++) {
        follow(&feed->base, find_link(head, paths[i], "self"));
    }
    feed->link = feed->base;
    const struct ink_leaf *page = find_link(head, "link", "alternate");
    page = page != NULL ? page : find_link(head, "channel/link", "alternate");
    follow(&feed->link, page != NULL ? page : ink_leaves_get(head, "@href", 0));
    feed->base = feed->base.bytes > 0 ? feed->base : feed->link;
}

/* The day of a report, as one that is not sure: an item is no younger than its feed. */
static void find_date(struct feed *feed, const struct ink_leaves *head) {
    static const char *const paths[] = {
        "channel/pubdate", "channel/dc:date", "channel/lastbuilddate",    "updated", "modified",
        "published",       "@lastmod",        "channel/dcterms:modified", NULL};
    const struct ink_leaf *leaf = first_of(head, paths);
    const size_t bytes = leaf != NULL ? ink_stamp_edtf(feed->date, leaf->text, leaf->bytes) : 0;
    feed->date_bytes = bytes < 10 ? bytes : 10;
    if (bytes >= 10) {
        feed->date[feed->date_bytes++] = '~';
    }
}

/* What tells it from all other feeds, those of the same site too, wherever it was fetched from: its
 * id, else its own address, else its page and title. */
static void find_scope(struct feed *feed, const struct ink_leaves *head) {
    static const char *const ids[] = {"id", "channel@rdf:about", NULL};
    const struct ink_leaf *id = first_of(head, ids);
    id = id != NULL ? id : find_link(head, "link", "self");
    id = id != NULL ? id : find_link(head, "channel/link", "self");
    if (id != NULL) {
        feed->scope_bytes = ink_plain_text(feed->scope, sizeof feed->scope, id->text, id->bytes);
        return;
    }
    const size_t link = feed->link.bytes < sizeof feed->scope / 2 ? feed->link.bytes : 0;
    memcpy(feed->scope, feed->link.text, link);
    feed->scope_bytes = link + ink_plain_text(feed->scope + link, sizeof feed->scope - link,
                                              feed->title, feed->title_bytes);
}

static void know_feed(struct feed *feed, struct ink_leaves *head) {
    static const char *const titles[] = {"channel/title", "title", "channel/dc:title", NULL};
    static const char *const langs[] = {"channel/language",
                                        "channel/dc:language",
                                        "channel@xml:lang",
                                        "@xml:lang",
                                        "dc:language",
                                        "language",
                                        NULL};
    if (feed->known) {
        return;
    }
    ink_feed_text(head, "title", true);
    ink_feed_text(head, "channel/title", false);
    const struct ink_leaf *title = first_of(head, titles), *lang = first_of(head, langs);
    if (title != NULL) {
        feed->title_bytes =
            ink_plain_html(feed->title, sizeof feed->title, title->text, title->bytes);
    }
    if (lang != NULL) {
        feed->lang_bytes = ink_plain_text(feed->lang, sizeof feed->lang, lang->text, lang->bytes);
    }
    ink_feed_people(head);
    const struct ink_leaf *author = ink_leaves_get(head, "author/name", 0);
    if (author != NULL) {
        feed->author_bytes =
            ink_plain_text(feed->author, sizeof feed->author, author->text, author->bytes);
    }
    find_base(feed, head);
    find_date(feed, head);
    find_scope(feed, head);
    feed->known = feed->title_bytes > 0;
}

/* As leaves of an item, so that the table tells what becomes of it. */
static void add_feed(struct ink_leaves *leaves, const struct feed *feed) {
    static const char title[] = "feed/title", lang[] = "feed/lang", date[] = "feed/date",
                      author[] = "feed/author";
    const bool own = ink_leaves_get(leaves, "source/title", 0) == NULL; /* not taken over */
    ink_leaves_add(leaves, author, sizeof author - 1, feed->author, own ? feed->author_bytes : 0);
    ink_leaves_add(leaves, title, sizeof title - 1, feed->title, feed->title_bytes);
    ink_leaves_add(leaves, lang, sizeof lang - 1, feed->lang, feed->lang_bytes);
    ink_leaves_add(leaves, date, sizeof date - 1, feed->date, feed->date_bytes);
}

/* ---- items ----------------------------------------------------------------------------------- */

/* The page of the item, where it is one of the web. */
static void add_link(struct ink_leaves *leaves, const struct feed *feed) {
    static const char path[] = "alternate", permanent[] = "guid@ispermalink";
    struct ink_link link; /* only as far as it is filled */
    link.bytes = feed->base.bytes;
    memcpy(link.text, feed->base.text, link.bytes);
    const struct ink_leaf *no = ink_leaves_get(leaves, permanent, 0);
    const struct ink_leaf *target = find_link(leaves, "link", "alternate");
    follow(&link, ink_leaves_get(leaves, "@xml:base", 0));
    follow(&link, target != NULL ? ink_leaves_get(leaves, "link@xml:base", 0) : NULL);
    target = target != NULL ? target : ink_leaves_get(leaves, "@href", 0);
    if (target == NULL && (no == NULL || strncasecmp(no->text, "false", no->bytes) != 0)) {
        target = ink_leaves_get(leaves, "guid", 0);
    }
    target = target != NULL ? target : ink_leaves_get(leaves, "@rdf:about", 0);
    if (target == NULL || target->bytes == 0) {
        return;
    }
    follow(&link, target);
    if (ink_link_is_web(&link)) {
        ink_leaves_add(leaves, path, sizeof path - 1, link.text, link.bytes);
    }
}

/* The innermost of those who say so is the source; `via` holds the one around it. */
static void order_sources(struct ink_import *in, const struct feed *feed) {
    struct ink_draft *draft = &in->draft;
    if (!ink_draft_has(draft, INK_F_SOURCE)) {
        ink_import_settle_source(in);
        ink_draft_set(draft, INK_F_VIA, feed->title, feed->title_bytes);
    }
    ink_import_settle_source(in);
}

/* Texts as their types say, and people by their names alone. Few items of RSS have types. */
static void settle(struct ink_leaves *leaves, bool atom) {
    static const char *const typed[] = {"title", "summary", "description", "content", NULL};
    bool any = atom;
    for (uint32_t i = 0; i < leaves->count && !any; i++) {
        const struct ink_leaf *leaf = &leaves->leaf[i];
        any = leaf->path_bytes > 5 && memcmp(leaf->path + leaf->path_bytes - 5, "@type", 5) == 0;
    }
    for (const char *const *path = typed; any && *path != NULL; path++) {
        ink_feed_text(leaves, *path, atom);
    }
    ink_feed_people(leaves);
}

/* "Title - Source", as aggregators write it, whose source is told beside it. */
static void drop_source(struct ink_draft *draft) {
    const size_t source = draft->bytes[INK_F_SOURCE], bytes = draft->bytes[INK_F_HEADLINE];
    const char *headline = draft->text[INK_F_HEADLINE];
    if (source > 0 && bytes > source + 3 &&
        memcmp(headline + bytes - source, draft->text[INK_F_SOURCE], source) == 0 &&
        memcmp(headline + bytes - source - 3, " - ", 3) == 0) {
        draft->bytes[INK_F_HEADLINE] = (uint16_t)(bytes - source - 3);
    }
}

static void take_item(struct ink_import *in, void *context, const char *name,
                      const struct ink_leaves *item, const struct ink_leaves *head) {
    struct feed *feed = context;
    struct ink_leaves leaves = *item; /* the room is the reader's: what is added goes with it */
    struct ink_leaves outside = *head;
    know_feed(feed, &outside);
    settle(&leaves, strcmp(name, "entry") == 0);
    add_link(&leaves, feed);
    add_feed(&leaves, feed);
    ink_map_apply(in, feed_map, &leaves);
    ink_draft_scope_id(&in->draft, feed->scope, feed->scope_bytes);
    if (in->draft.cancelled || strcmp(name, TOMBSTONE) == 0) {
        ink_draft_cancel(&in->draft);
    }
    order_sources(in, feed);
    drop_source(&in->draft);
    ink_feed_tail(&in->draft, feed->title, feed->title_bytes);
    ink_draft_name(&in->draft);
    ink_import_put(in);
}

static int run(struct ink_import *in) {
    struct feed feed = {.known = false};
    const struct ink_xml_shape shape = {
        .items = items, .texts = texts, .spaces = spaces, .item = take_item, .context = &feed};
    struct ink_leaves head;
    const int code = ink_xml_items(in, &shape, &head);
    if (code == INK_EXIT_OK) { /* a feed without items has a title too, or it comes last */
        know_feed(&feed, &head);
        ink_import_fact(in, INK_S_TITLE, feed.title, feed.title_bytes);
        ink_import_fact(in, INK_S_LANG, feed.lang, feed.lang_bytes);
    }
    ink_leaves_close(&head);
    return code;
}

/* ---- which files ----------------------------------------------------------------------------- */

static size_t skip_past(const char *head, size_t bytes, size_t at, const char *last) {
    const char *found = at < bytes ? memmem(head + at, bytes - at, last, strlen(last)) : NULL;
    return found != NULL ? (size_t)(found - head) + strlen(last) : bytes;
}

/* Where the root element's name begins, behind declarations, comments and a DTD; or `bytes`. */
static size_t find_root(const char *head, size_t bytes) {
    size_t at = ink_line_mark(head, bytes);
    while (at < bytes) {
        if (isspace((unsigned char)head[at])) {
            at++;
        } else if (head[at] != '<' || at + 1 == bytes) {
            return bytes;
        } else if (head[at + 1] == '?') {
            at = skip_past(head, bytes, at, "?>");
        } else if (bytes - at >= 4 && memcmp(head + at, "<!--", 4) == 0) {
            at = skip_past(head, bytes, at, "-->");
        } else if (head[at + 1] == '!') {
            const size_t end = skip_past(head, bytes, at, ">"),
                         inside = skip_past(head, end, at, "[");
            at = inside < end ? skip_past(head, bytes, skip_past(head, bytes, at, "]"), ">") : end;
        } else {
            return at + 1;
        }
    }
    return bytes;
}

static bool has(const char *head, size_t bytes, const char *text) {
    return memmem(head, bytes, text, strlen(text)) != NULL;
}

static bool knows(const char *head, size_t bytes) {
    const size_t at = find_root(head, bytes);
    size_t name = at, end = at;
    for (; end < bytes && !isspace((unsigned char)head[end]) && head[end] != '>'; end++) {
        name = head[end] == ':' ? end + 1 : name;
    }
    const char *root = head + name;
    const size_t length = end - name;
    if (length == 3 && memcmp(root, "rss", 3) == 0) {
        return true;
    }
    if (length == 3 && memcmp(root, "RDF", 3) == 0) {
        return has(head, bytes, "http://purl.org/rss/1.0/") ||
               has(head, bytes, "netscape.com/rdf/simple/0.9/") ||
               has(head, bytes, "http://purl.org/net/rss1.1#");
    }
    if (length == 4 && memcmp(root, "feed", 4) == 0) {
        const size_t tag = skip_past(head, bytes, end, ">");
        return has(head + end, tag - end, "Atom") ||
               has(head + end, tag - end, "purl.org/atom/ns#") ||
               has(head + end, tag - end, "version=") || has(head, bytes, "<entry");
    }
    return length == 7 && memcmp(root, "CHANNEL", 7) == 0;
}

const struct ink_importer ink_import_feed = {
    .name = "feed",
    .extensions = "rss atom rdf cdf",
    .what = "RSS 0.9 to 2.0, RSS 1.0 (RDF), CDF, Atom 0.3 and 1.0",
    .notes = "paths are those of an item or entry; feed/... is of the channel or feed",
    .map = feed_map,
    .knows = knows,
    .run = run};
