#include "import/link.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* The five parts of a reference (RFC 3986, appendix B), each with its mark; empty: not there. */
struct parts {
    struct part {
        const char *at;
        size_t bytes;
    } scheme, authority, path, query, fragment;
};

static bool is_among(char c, const char *stops) {
    while (*stops != '\0' && *stops != c) {
        stops++;
    }
    return *stops != '\0';
}

static struct part take_until(const char **at, const char *end, const char *stops) {
    struct part part = {*at, (size_t)(end - *at)};
    for (; *stops != '\0'; stops++) {
        const char *stop = part.bytes > 0 ? memchr(part.at, *stops, part.bytes) : NULL;
        part.bytes = stop != NULL ? (size_t)(stop - part.at) : part.bytes;
    }
    *at += part.bytes;
    return part;
}

/* "http:", or nothing if what stands there is none. */
static struct part take_scheme(const char **at, const char *end) {
    const char *from = *at, *to = from;
    while (to < end && (isalnum((unsigned char)*to) || is_among(*to, "+-."))) {
        to++;
    }
    if (to == from || to == end || *to != ':' || !isalpha((unsigned char)*from)) {
        return (struct part){from, 0};
    }
    *at = to + 1;
    return (struct part){from, (size_t)(to + 1 - from)};
}

static struct parts split(const char *text, size_t bytes) {
    const char *at = text, *end = text + bytes;
    struct parts parts = {.scheme = take_scheme(&at, end), .authority = {at, 0}};
    if (end - at >= 2 && at[0] == '/' && at[1] == '/') {
        const char *from = at;
        at += 2;
        (void)take_until(&at, end, "/?#");
        parts.authority = (struct part){from, (size_t)(at - from)};
    }
    parts.path = take_until(&at, end, "?#");
    parts.query = take_until(&at, end, "#");
    parts.fragment = (struct part){at, (size_t)(end - at)};
    return parts;
}

static void put(struct ink_link *link, const char *text, size_t bytes) {
    if (link->bytes + bytes <= INK_LINK_BYTES) {
        memcpy(link->text + link->bytes, text, bytes);
        link->bytes += bytes;
    }
}

/* "." and ".." of the path that begins at `from` go (section 5.2.4). */
static void settle_dots(struct ink_link *link, size_t from) {
    size_t used = from, at = from;
    while (at < link->bytes) {
        const char *slash = memchr(link->text + at + 1, '/', link->bytes - at - 1);
        const size_t next = slash != NULL ? (size_t)(slash - link->text) : link->bytes;
        const char *segment = link->text + at; /* with its slash */
        const size_t bytes = next - at;
        const bool one = bytes == 2 && memcmp(segment, "/.", 2) == 0;
        const bool two = bytes == 3 && memcmp(segment, "/..", 3) == 0;
        while (two && used > from && link->text[--used] != '/') {
        }
        if (!one && !two) {
            memmove(link->text + used, segment, bytes);
            used += bytes;
        } else if (next == link->bytes) {
            link->text[used++] = '/';
        }
        at = next;
    }
    link->bytes = used;
}

/* The reference's path behind that of the base up to its last slash (section 5.2.3). */
static void put_path(struct ink_link *to, const struct parts *base, const struct parts *parts) {
    const size_t from = to->bytes;
    size_t kept = base->path.bytes;
    if (parts->path.bytes > 0 && parts->path.at[0] == '/') {
        kept = 0;
    } else if (parts->path.bytes > 0) {
        while (kept > 0 && base->path.at[kept - 1] != '/') {
            kept--;
        }
        if (kept == 0 && base->authority.bytes > 0) {
            put(to, "/", 1);
        }
    }
    put(to, base->path.at, kept);
    put(to, parts->path.at, parts->path.bytes);
    settle_dots(to, from);
}

static void join(struct ink_link *to, const struct parts *base, const struct parts *parts) {
    const bool host = parts->authority.bytes > 0;
    const struct part authority = host ? parts->authority : base->authority;
    const bool same = !host && parts->path.bytes == 0;
    const struct part query = same && parts->query.bytes == 0 ? base->query : parts->query;
    put(to, base->scheme.at, base->scheme.bytes);
    put(to, authority.at, authority.bytes);
    if (host) {
        put(to, parts->path.at, parts->path.bytes);
    } else {
        put_path(to, base, parts);
    }
    put(to, query.at, query.bytes);
    put(to, parts->fragment.at, parts->fragment.bytes);
}

void ink_link_resolve(struct ink_link *base, const char *reference, size_t bytes) {
    struct ink_link to; /* only as far as it is filled */
    to.bytes = 0;
    while (bytes > 0 && isspace((unsigned char)*reference)) {
        reference++;
        bytes--;
    }
    while (bytes > 0 && isspace((unsigned char)reference[bytes - 1])) {
        bytes--;
    }
    const struct parts parts = split(reference, bytes);
    if (parts.scheme.bytes > 0) { /* as most are: it needs no base */
        base->bytes = bytes <= INK_LINK_BYTES ? bytes : 0;
        memmove(base->text, reference, base->bytes);
        return;
    }
    const struct parts from = split(base->text, base->bytes);
    if (bytes + base->bytes + 1 <= INK_LINK_BYTES) {
        join(&to, &from, &parts);
    }
    base->bytes = to.bytes;
    memcpy(base->text, to.text, to.bytes);
}

bool ink_link_is_web(const struct ink_link *link) {
    const size_t scheme = link->bytes > 8 && strncasecmp(link->text, "https://", 8) == 0  ? 8
                          : link->bytes > 7 && strncasecmp(link->text, "http://", 7) == 0 ? 7
                                                                                          : 0;
    return scheme > 0 && !is_among(link->text[scheme], "/?#");
}
