#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "import/line.h"
#include "import/map.h"
#include "import/table_items.h"

/* The columns of the event table of GDELT 2.0, in order; its codebook. */
static const char *const columns[] = {"globaleventid",
                                      "sqldate",
                                      "monthyear",
                                      "year",
                                      "fractiondate",
                                      "actor1code",
                                      "actor1name",
                                      "actor1countrycode",
                                      "actor1knowngroupcode",
                                      "actor1ethniccode",
                                      "actor1religion1code",
                                      "actor1religion2code",
                                      "actor1type1code",
                                      "actor1type2code",
                                      "actor1type3code",
                                      "actor2code",
                                      "actor2name",
                                      "actor2countrycode",
                                      "actor2knowngroupcode",
                                      "actor2ethniccode",
                                      "actor2religion1code",
                                      "actor2religion2code",
                                      "actor2type1code",
                                      "actor2type2code",
                                      "actor2type3code",
                                      "isrootevent",
                                      "eventcode",
                                      "eventbasecode",
                                      "eventrootcode",
                                      "quadclass",
                                      "goldsteinscale",
                                      "nummentions",
                                      "numsources",
                                      "numarticles",
                                      "avgtone",
                                      "actor1geo_type",
                                      "actor1geo_fullname",
                                      "actor1geo_countrycode",
                                      "actor1geo_adm1code",
                                      "actor1geo_adm2code",
                                      "actor1geo_lat",
                                      "actor1geo_long",
                                      "actor1geo_featureid",
                                      "actor2geo_type",
                                      "actor2geo_fullname",
                                      "actor2geo_countrycode",
                                      "actor2geo_adm1code",
                                      "actor2geo_adm2code",
                                      "actor2geo_lat",
                                      "actor2geo_long",
                                      "actor2geo_featureid",
                                      "actiongeo_type",
                                      "actiongeo_fullname",
                                      "actiongeo_countrycode",
                                      "actiongeo_adm1code",
                                      "actiongeo_adm2code",
                                      "actiongeo_lat",
                                      "actiongeo_long",
                                      "actiongeo_featureid",
                                      "dateadded",
                                      "sourceurl",
                                      NULL};

enum { COLUMNS = sizeof columns / sizeof columns[0] - 1 };
_Static_assert(COLUMNS == 61, "as many as the codebook lists");

static const struct ink_map map[] = {
    {"globaleventid", INK_F_ID, INK_TAKE_TEXT, NULL, NULL},
    {"sqldate", INK_F_WHEN, INK_TAKE_DATE, NULL,
     "the day of the event; 365, 30 or 7 days before DATEADDED mean last year, month, week"},
    {"sqldate", INK_F_VIA, INK_TAKE_CONSTANT, "GDELT", NULL},
    {"eventrootcode", INK_F_KIND, INK_TAKE_WORDS,
     "01=statement 02=statement 03=statement 04=meeting 10=statement 11=statement 12=statement "
     "13=statement",
     NULL},
    {"actiongeo_fullname", INK_F_PLACE, INK_TAKE_TEXT, NULL, "without the province in the middle"},
    {"sourceurl", INK_F_URL, INK_TAKE_TEXT, NULL, "its domain is the source"},
    {"avgtone", INK_MAP_NONE, INK_TAKE_NOTHING, NULL, "for analysts, as all scores"},
    {NULL, 0, 0, NULL, NULL}};

/* What a root code of CAMEO says that the first actor does: alone, and to the second. */
static const struct {
    const char *alone, *with;
} deeds[] = {{"makes a statement", "makes a statement to"},
             {"makes an appeal", "appeals to"},
             {"says it will cooperate", "says it will cooperate with"},
             {"holds talks", "holds talks with"},
             {"cooperates in diplomacy", "cooperates in diplomacy with"},
             {"cooperates", "cooperates with"},
             {"provides aid", "provides aid to"},
             {"yields", "yields to"},
             {"investigates", "investigates"},
             {"makes demands", "makes demands of"},
             {"disapproves", "disapproves of"},
             {"rejects what was asked", "rejects what was asked by"},
             {"makes threats", "threatens"},
             {"protests", "protests against"},
             {"shows force", "shows force towards"},
             {"reduces relations", "reduces relations with"},
             {"uses coercion", "uses coercion against"},
             {"carries out an assault", "assaults"},
             {"fights", "fights"},
             {"uses mass violence", "uses mass violence against"}};
_Static_assert(sizeof deeds / sizeof deeds[0] == 20, "root codes go from 01 to 20");

static struct ink_span cell(const struct ink_leaves *row, const char *column) {
    const struct ink_leaf *leaf = ink_leaves_get(row, column, 0);
    return leaf != NULL ? (struct ink_span){leaf->text, (uint16_t)ink_min((int)leaf->bytes, 32767)}
                        : (struct ink_span){"", 0};
}

static uint32_t number(struct ink_span text) {
    uint32_t value = 0;
    for (uint16_t i = 0; i < text.bytes && value < 100000000; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return 0;
        }
        value = value * 10 + (uint32_t)(text.at[i] - '0');
    }
    return value;
}

/* ---- who does what --------------------------------------------------------------------------- */

/* Names come in capitals: "UNITED STATES" becomes "United States", a few short ones stay. */
static bool stays_capital(const char *word, size_t bytes) {
    static const char *const names[] = {"NATO", "UN",  "EU",  "US",  "UK",  "USA", "OPEC", "IMF",
                                        "CIA",  "FBI", "BBC", "CNN", "NBC", "WHO", "ICC",  "ISIS"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strlen(names[i]) == bytes && memcmp(names[i], word, bytes) == 0) {
            return true;
        }
    }
    return false;
}

static bool stays_small(const char *word, size_t bytes) {
    return (bytes == 2 && (memcmp(word, "OF", 2) == 0 || memcmp(word, "IN", 2) == 0)) ||
           (bytes == 3 && (memcmp(word, "AND", 3) == 0 || memcmp(word, "THE", 3) == 0));
}

static size_t write_name(char *out, size_t cap, struct ink_span name) {
    size_t used = 0;
    for (size_t at = 0; at < name.bytes && used < cap;) {
        size_t word = 0;
        while (at + word < name.bytes && isalpha((unsigned char)name.at[at + word])) {
            word++;
        }
        const bool as_is = stays_capital(name.at + at, word);
        const bool small = at > 0 && stays_small(name.at + at, word);
        for (size_t i = 0; i < word && used < cap; i++) {
            const int c = (unsigned char)name.at[at + i];
            out[used++] = (char)(as_is || (i == 0 && !small) ? c : tolower(c));
        }
        at += word;
        if (at < name.bytes && used < cap) {
            out[used++] = name.at[at++];
        }
    }
    return used;
}

static void set_deed(struct ink_import *in, const struct ink_leaves *row) {
    char one[96], other[96];
    struct ink_draft *draft = &in->draft;
    const size_t one_bytes = write_name(one, sizeof one, cell(row, "actor1name"));
    const size_t other_bytes = write_name(other, sizeof other, cell(row, "actor2name"));
    const uint32_t root = number(cell(row, "eventrootcode"));
    if (root < 1 || root > 20 || one_bytes + other_bytes == 0) {
        return; /* nothing to make a headline of */
    }
    ink_draft_set(draft, INK_F_LANE, one, one_bytes);
    ink_draft_set(draft, INK_F_HEADLINE, one, one_bytes);
    if (one_bytes == 0) {
        ink_draft_set(draft, INK_F_HEADLINE, "Unnamed actor", 13);
    }
    const char *deed = other_bytes > 0 ? deeds[root - 1].with : deeds[root - 1].alone;
    ink_draft_add(draft, INK_F_HEADLINE, " ", deed, strlen(deed));
    ink_draft_add(draft, INK_F_HEADLINE, " ", other, other_bytes);
}

/* ---- the rest -------------------------------------------------------------------------------- */

/* The more sources the heavier: 1 gives 3, from 2 on 4, from 5 5, from 10 6, from 20 7, from 50 8,
 * from 100 9; an event that is not the main one of its article one less. */
static void set_weight(struct ink_import *in, const struct ink_leaves *row) {
    const uint32_t sources = number(cell(row, "numsources"));
    const struct ink_span root = cell(row, "isrootevent");
    const int weight = 3 + (sources >= 2) + (sources >= 5) + (sources >= 10) + (sources >= 20) +
                       (sources >= 50) + (sources >= 100) - (root.bytes == 1 && root.at[0] == '0');
    const char digit = (char)('0' + weight);
    ink_draft_set(&in->draft, INK_F_WEIGHT, &digit, 1);
}

static void set_source(struct ink_import *in, const struct ink_leaves *row) {
    const struct ink_span url = cell(row, "sourceurl");
    const char *end = url.at + url.bytes;
    const char *host = memmem(url.at, url.bytes, "://", 3);
    if (host == NULL) {
        ink_draft_set(&in->draft, INK_F_SOURCE, url.at, url.bytes); /* a broadcast by its name */
        return;
    }
    host += 3;
    if (end - host > 4 && strncasecmp(host, "www.", 4) == 0) {
        host += 4;
    }
    size_t bytes = 0;
    while (host + bytes < end && strchr("/:?#", host[bytes]) == NULL) {
        bytes++;
    }
    ink_draft_set(&in->draft, INK_F_SOURCE, host, bytes);
}

/* "Bergen, Hordaland, Norway": the first and the last tell where. */
static void set_place(struct ink_import *in, const struct ink_leaves *row) {
    const struct ink_span place = cell(row, "actiongeo_fullname");
    const char *comma = memchr(place.at, ',', place.bytes);
    const char *last = memrchr(place.at, ',', place.bytes);
    const size_t first = comma != NULL ? (size_t)(comma - place.at) : place.bytes;
    ink_draft_set(&in->draft, INK_F_PLACE, place.at, first);
    if (last != NULL) {
        ink_draft_add(&in->draft, INK_F_PLACE, "", last, place.bytes - (size_t)(last - place.at));
    }
}

/* When the row was added, in UTC: of two with one id the newer stands. */
static void set_version(struct ink_import *in, const struct ink_leaves *row) {
    const struct ink_span added = cell(row, "dateadded");
    char text[32];
    const int bytes = snprintf(text, sizeof text, "%.*sZ", ink_min(added.bytes, 20), added.at);
    ink_map_version(&in->draft, text, (size_t)bytes);
}

/* The day since 1970 that eight digits begin with; false: there is none. */
static bool read_day(struct ink_span text, int32_t *days) {
    int year, month, day;
    char digits[9] = "";
    memcpy(digits, text.at, (size_t)ink_min(text.bytes, 8));
    if (sscanf(digits, "%4d%2d%2d", &year, &month, &day) != 3 || month < 1 || month > 12) {
        return false;
    }
    *days = ink_days(year, month, day);
    return true;
}

/* Where an article says "last year", "last month" or "last week", GDELT takes the day that is 365,
 * 30 or 7 days before it was added. So little is known, and no more is shown. */
static void set_vague_day(struct ink_import *in, const struct ink_leaves *row) {
    const struct ink_span day = cell(row, "sqldate");
    char text[16];
    int32_t then, added;
    if (day.bytes != 8 || !read_day(day, &then) || !read_day(cell(row, "dateadded"), &added)) {
        return;
    }
    const int32_t before = added - then;
    const char *shape = before == 365 || before == 366 ? "%.4s"
                        : before == 30 || before == 31 ? "%.4s-%.2s"
                        : before == 7                  ? "%.4s-%.2s-%.2s~"
                                                       : NULL;
    if (shape != NULL) {
        const int bytes = snprintf(text, sizeof text, shape, day.at, day.at + 4, day.at + 6);
        ink_draft_set(&in->draft, INK_F_WHEN, text, (size_t)bytes);
    }
}

static void refuse_headless(struct ink_import *in, uint64_t line) {
    struct ink_problem problem = ink_import_at(in, line, 0);
    problem.rule = "gdelt-actors";
    problem.field = "headline";
    problem.what = "no actor, or no root code from 01 to 20";
    problem.expected = "expected 61 columns with Actor1Name or Actor2Name, and EventRootCode";
    problem.hint = "an event that nobody does makes no headline";
    ink_import_refuse(in, false, &problem);
}

static void take_row(struct ink_import *in, void *context, const struct ink_leaves *row,
                     uint64_t line) {
    (void)context;
    ink_draft_begin(&in->draft, line, 0);
    set_deed(in, row);
    if (!ink_draft_has(&in->draft, INK_F_HEADLINE)) {
        refuse_headless(in, line);
        return;
    }
    set_weight(in, row);
    set_source(in, row);
    set_place(in, row);
    set_version(in, row);
    set_vague_day(in, row);
    ink_map_apply(in, map, row);
    ink_import_put(in);
}

/* Exports have no header row; what was loaded and saved again may have one. */
static bool has_header(const char *head, size_t bytes) {
    return ink_table_has(head, bytes, "globaleventid|sqldate|eventrootcode|dateadded|sourceurl");
}

static int run(struct ink_import *in) {
    char head[4096];
    const long count = ink_segment_read(in->input, 0, (uint8_t *)head, sizeof head);
    if (count < 0) {
        return INK_EXIT_IO;
    }
    const bool named = has_header(head, (size_t)count);
    const struct ink_table_shape shape = {.columns = named ? NULL : columns, .row = take_row};
    return ink_table_items(in, &shape);
}

static bool is_number(const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    return bytes > 0;
}

/* 61 cells, of which the first two and DATEADDED are numbers of their length. */
static bool is_export(const char *head, size_t bytes) {
    const size_t mark = ink_line_mark(head, bytes);
    const char *at = head + mark;
    const char *end = at + ink_line_bytes((const uint8_t *)at, bytes - mark);
    int column = 0;
    while (end > at && (end[-1] == '\n' || end[-1] == '\r')) {
        end--;
    }
    for (;; column++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        const size_t cell_bytes = (size_t)((tab != NULL ? tab : end) - at);
        const bool good = column == 0    ? is_number(at, cell_bytes)
                          : column == 1  ? cell_bytes == 8 && is_number(at, cell_bytes)
                          : column == 59 ? cell_bytes == 14 && is_number(at, cell_bytes)
                                         : true;
        if (!good) {
            return false;
        }
        if (tab == NULL) {
            return column == COLUMNS - 1;
        }
        at = tab + 1;
    }
}

static bool knows(const char *head, size_t bytes) {
    return is_export(head, bytes) || has_header(head, bytes);
}

const struct ink_importer ink_import_gdelt = {
    .name = "gdelt",
    .extensions = "",
    .what = "GDELT 2.0 events: 61 columns parted by tabs, without a header row",
    .notes = "The headline is made of actor1name, what the root code of CAMEO stands for, and\n"
             "  actor2name: a machine read it so. Weight by numsources (1: 3, from 2: 4, 5: 5,\n"
             "  10: 6, 20: 7, 50: 8, 100: 9), one less where isrootevent is 0. Of rows with one\n"
             "  globaleventid the one with the latest dateadded stands.",
    .map = map,
    .knows = knows,
    .run = run};
