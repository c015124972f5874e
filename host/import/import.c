#include "import/import.h"

#include <stdlib.h>
#include <strings.h>

#include "core/ink_utf8.h"
#include "import/cells.h"
#include "import/figure.h"
#include "import/invitation.h"
#include "import/map.h"
#include "import/plain.h"

/* ---- problems -------------------------------------------------------------------------------- */

void ink_import_refuse(struct ink_import *in, bool whole, const struct ink_problem *problem) {
    if (whole) {
        ink_survey_refuse_other(in->survey, problem);
        return;
    }
    in->items++;
    ink_survey_refuse(in->survey, problem);
    in->failed = !ink_copy_refused(in->cbor) || in->failed;
}

void ink_import_warn(struct ink_import *in, const struct ink_problem *problem) {
    struct ink_problem warning = *problem;
    warning.warning = true;
    ink_say_problem(in->survey->say, &warning);
}

/* A document may have many items in one line: the headline tells which it is. */
static void refuse_draft(struct ink_import *in, enum ink_reason reason, int bad,
                         const struct ink_cells *cells) {
    struct ink_cells_words words;
    char what[sizeof words.what + INK_QUOTE_BYTES + 8], quoted[INK_QUOTE_BYTES];
    struct ink_problem problem = ink_import_at(in, in->draft.line, in->draft.column);
    ink_cells_explain(&problem, reason, bad, cells, &words);
    if (bad != INK_F_HEADLINE && ink_draft_has(&in->draft, INK_F_HEADLINE)) {
        snprintf(
            what, sizeof what, "%s, of %s", problem.what,
            ink_quote(quoted, in->draft.text[INK_F_HEADLINE], in->draft.bytes[INK_F_HEADLINE]));
        problem.what = what;
    }
    ink_import_refuse(in, false, &problem);
}

/* ---- facts of the story ---------------------------------------------------------------------- */

/* The zone is that of the input's times. Title and language are only lent: what a desk's own files
 * or the command line say of the story goes before. */
void ink_import_fact(struct ink_import *in, int fact, const char *text, size_t bytes) {
    struct ink_story story, *lent = &in->survey->lent;
    const bool known = fact == INK_S_TITLE  ? in->title[0] != '\0' && lent->title[0] != '\0'
                       : fact == INK_S_LANG ? lent->lang[0] != '\0'
                                            : ink_zone_is_given(&in->survey->own);
    if (known || bytes == 0) {
        return; /* as for all items of a feed but the first */
    }
    memset(&story, 0, sizeof story);
    if (ink_cells_fact(&story, fact, text, bytes) != INK_REASON_NONE) {
        return;
    }
    if (fact == INK_S_TITLE) {
        memcpy(in->title, in->title[0] == '\0' ? story.title : in->title, sizeof in->title);
        memcpy(lent->title, lent->title[0] == '\0' ? story.title : lent->title, sizeof lent->title);
    } else if (fact == INK_S_LANG) {
        memcpy(lent->lang, lent->lang[0] == '\0' ? story.lang : lent->lang, sizeof lent->lang);
    } else if (fact == INK_S_ZONE) {
        const struct ink_problem place = {.file = in->input->name};
        ink_survey_story(in->survey, &story, &place);
    }
}

/* ---- who says so ----------------------------------------------------------------------------- */

static bool is_text(const struct ink_draft *draft, int field, const char *text, size_t bytes) {
    return draft->bytes[field] == bytes && memcmp(draft->text[field], text, bytes) == 0;
}

/* "reuters.com" is Reuters: an address that begins with the source's name. */
static bool is_relay_itself(const struct ink_draft *draft) {
    const size_t source = draft->bytes[INK_F_SOURCE], via = draft->bytes[INK_F_VIA];
    const char *dot = memchr(draft->text[INK_F_VIA], '.', via);
    return source >= 3 && dot != NULL && memchr(draft->text[INK_F_VIA], ' ', via) == NULL &&
           source <= via &&
           strncasecmp(draft->text[INK_F_VIA], draft->text[INK_F_SOURCE], source) == 0;
}

void ink_import_settle_source(struct ink_import *in) {
    struct ink_draft *draft = &in->draft;
    const char *title = in->view.alone ? in->title : "";
    if (!ink_draft_has(draft, INK_F_SOURCE)) {
        ink_draft_set(draft, INK_F_SOURCE, draft->text[INK_F_VIA], draft->bytes[INK_F_VIA]);
    }
    if (is_text(draft, INK_F_VIA, draft->text[INK_F_SOURCE], draft->bytes[INK_F_SOURCE]) ||
        is_text(draft, INK_F_VIA, title, strnlen(title, INK_TITLE_BYTES)) ||
        is_relay_itself(draft)) {
        draft->bytes[INK_F_VIA] = 0;
    }
}

/* ---- ids ------------------------------------------------------------------------------------- */

void ink_import_scope_id(struct ink_import *in) {
    const char *slash = strrchr(in->input->name, '/');
    const char *file = slash != NULL ? slash + 1 : in->input->name;
    const size_t title = strnlen(in->title, sizeof in->title);
    ink_draft_scope_id(&in->draft, title > 0 ? in->title : file, title > 0 ? title : strlen(file));
}

/* ---- items ----------------------------------------------------------------------------------- */

/* An id that is no URI is one of this format only: it must not meet a desk's own. */
static void scope_id(struct ink_import *in, char room[INK_DRAFT_ROOM + 32],
                     struct ink_cells *cells) {
    const char *id = cells->field[INK_F_ID].at;
    const size_t bytes = cells->field[INK_F_ID].bytes;
    if (bytes > 0 && !ink_is_uri(id, bytes)) {
        const int whole =
            snprintf(room, INK_DRAFT_ROOM + 32, "%s:%.*s", in->importer->name, (int)bytes, id);
        cells->field[INK_F_ID].at = room;
        cells->field[INK_F_ID].bytes = (size_t)whole;
    }
}

static void fill_cells(struct ink_import *in, char room[INK_DRAFT_ROOM + 32],
                       struct ink_cells *cells) {
    for (int f = 0; f < INK_FIELD_COUNT; f++) {
        cells->field[f].at = in->draft.text[f];
        cells->field[f].bytes = in->draft.bytes[f];
    }
    scope_id(in, room, cells);
}

static void fail_gone(struct ink_import *in) {
    (void)ink_fail(INK_EXIT_IO, NULL, "no memory for what was cancelled");
    in->failed = true;
}

/* Take away what has the draft's id and no higher rev. Only these count; the rest is made up where
 * it is missing, for the reader of cells. */
static void remove_item(struct ink_import *in) {
    struct ink_cells cells;
    struct ink_record record;
    char room[INK_DRAFT_ROOM + 32];
    int bad;
    if (!ink_draft_has(&in->draft, INK_F_ID)) {
        return;
    }
    for (int f = 0; f < INK_FIELD_COUNT; f++) {
        in->draft.bytes[f] = f == INK_F_ID || f == INK_F_REV ? in->draft.bytes[f] : 0;
    }
    ink_draft_set(&in->draft, INK_F_WHEN, "2000", 4);
    ink_draft_set(&in->draft, INK_F_HEADLINE, "-", 1);
    fill_cells(in, room, &cells);
    const bool good = ink_cells_record(&cells, &record, &bad) == INK_REASON_NONE;
    if (good && !(in->draft.numbered ? ink_gone_add_number : ink_gone_add)(in->view.gone, record.id,
                                                                           record.rev)) {
        fail_gone(in);
    }
}

static bool has_status(const struct ink_draft *draft, const char *status) {
    return draft->bytes[INK_F_STATUS] == strlen(status) &&
           memcmp(draft->text[INK_F_STATUS], status, draft->bytes[INK_F_STATUS]) == 0;
}

/* Of formats without a field for it; never from what the bound of a headline will cut off, nor from
 * what is disputed, denied or taken back: large, it would be what stays in mind. */
static void find_figure(struct ink_draft *draft) {
    const char *headline = draft->text[INK_F_HEADLINE];
    const size_t bytes = draft->bytes[INK_F_HEADLINE];
    const size_t kept =
        bytes > INK_HEADLINE_BYTES ? ink_text_keep(headline, bytes, INK_HEADLINE_BYTES) : bytes;
    if (ink_draft_has(draft, INK_F_FIGURE) || !ink_utf8_valid(headline, bytes) ||
        has_status(draft, "disputed") || has_status(draft, "denied") ||
        has_status(draft, "withdrawn")) {
        return;
    }
    const struct ink_span figure = ink_figure_find(headline, bytes);
    if (figure.bytes > 0 && figure.bytes <= INK_FIGURE_BYTES &&
        figure.at + figure.bytes <= headline + kept) {
        ink_draft_set(draft, INK_F_FIGURE, figure.at, figure.bytes);
    }
}

/* An address that people can open, without a password of somebody, and not one that opens a meeting
 * to them. */
static void keep_url(struct ink_draft *draft) {
    const char *url = draft->text[INK_F_URL];
    const size_t bytes = draft->bytes[INK_F_URL];
    const size_t scheme = bytes > 7 && strncasecmp(url, "http://", 7) == 0    ? 7
                          : bytes > 8 && strncasecmp(url, "https://", 8) == 0 ? 8
                                                                              : 0;
    const char *end = memchr(url + scheme, '/', bytes - scheme);
    const size_t host = end != NULL ? (size_t)(end - url) - scheme : bytes - scheme;
    if (scheme == 0 || memchr(url + scheme, '@', host) != NULL ||
        ink_invitation_is_join(url, bytes)) {
        draft->bytes[INK_F_URL] = 0;
    }
}

/* Nothing that is still to come has happened: formats that know no status do not say so, and what
 * others call confirmed is that it will take place. */
static void plan(const struct ink_import *in, struct ink_record *record) {
    const bool firm = record->status == INK_REPORTED || record->status == INK_CONFIRMED;
    if (firm && record->dated == INK_DATED_EVENT && ink_is_dated(&record->when) &&
        ink_survey_start(in->survey, &record->when) > in->view.now_utc) {
        record->status = INK_PLANNED;
    }
}

/* Markup in a name, where the format has plain text. In a headline it may be what it is about. */
static void drop_markup(struct ink_draft *draft) {
    static const uint8_t fields[] = {INK_F_LANE, INK_F_SOURCE, INK_F_VIA, INK_F_PLACE};
    char text[INK_DRAFT_ROOM];
    for (size_t i = 0; i < sizeof fields; i++) {
        const size_t bytes = draft->bytes[fields[i]];
        if (memchr(draft->text[fields[i]], '<', bytes) != NULL) {
            memcpy(text, draft->text[fields[i]], bytes);
            ink_draft_set_html(draft, fields[i], text, bytes);
        }
    }
}

/* What is planned may be a meeting that only some are invited to. */
static void drop_invitation(struct ink_draft *draft) {
    if (has_status(draft, "planned")) {
        uint16_t *bytes = draft->bytes;
        bytes[INK_F_PLACE] =
            (uint16_t)ink_plain_drop_links(draft->text[INK_F_PLACE], bytes[INK_F_PLACE]);
        bytes[INK_F_PLACE] =
            (uint16_t)ink_invitation_place(draft->text[INK_F_PLACE], bytes[INK_F_PLACE]);
        bytes[INK_F_HEADLINE] =
            (uint16_t)ink_invitation_headline(draft->text[INK_F_HEADLINE], bytes[INK_F_HEADLINE]);
        bytes[INK_F_DETAIL] =
            (uint16_t)ink_invitation_headline(draft->text[INK_F_DETAIL], bytes[INK_F_DETAIL]);
    }
}

static void put_record(struct ink_import *in) {
    struct ink_cells cells;
    struct ink_record record;
    char room[INK_DRAFT_ROOM + 32];
    int bad = 0;
    drop_markup(&in->draft);
    drop_invitation(&in->draft);
    find_figure(&in->draft);
    keep_url(&in->draft);
    fill_cells(in, room, &cells);
    const enum ink_reason reason = ink_cells_record(&cells, &record, &bad);
    struct ink_problem place = ink_import_at(in, in->draft.line, in->draft.column);
    struct ink_skipped_words words;
    if (reason != INK_REASON_NONE) {
        refuse_draft(in, reason, bad, &cells);
    } else if (ink_survey_skips(in->survey, &record, &place, &words)) {
        ink_import_refuse(in, false, &place);
    } else {
        place.hint = "name it: --zone Europe/Kyiv";
        in->items++;
        plan(in, &record);
        ink_survey_record(in->survey, &record, &place);
        if (in->draft.series != 0 && !ink_gone_member(in->view.gone, record.id, in->draft.series)) {
            fail_gone(in);
        }
        in->failed = !ink_copy_record(in->cbor, &record) || in->failed;
    }
}

void ink_import_put(struct ink_import *in) {
    if (in->draft.cancelled) {
        in->items++;
        remove_item(in);
    } else if (in->draft.embargo_utc > in->view.embargo_utc) {
        in->items++;
        in->embargoed++;
        ink_draft_outrank(&in->draft);
        remove_item(in); /* an embargo holds for the versions before, too: import.h says why */
    } else {
        put_record(in);
    }
}

/* ---- one input ------------------------------------------------------------------------------- */

extern const struct ink_importer ink_import_feed, ink_import_newsml, ink_import_ninjs,
    ink_import_jsonfeed, ink_import_timelinejs, ink_import_jsonld, ink_import_ical,
    ink_import_timelinejs_csv, ink_import_acled, ink_import_gdelt, ink_import_markwhen;

/* clang-format off */
const struct ink_importer *const ink_importers[] = {
#if INKLINE_XML
    &ink_import_feed,
    &ink_import_newsml,
#endif
#if INKLINE_JSON
    &ink_import_ninjs,
    &ink_import_jsonfeed,
    &ink_import_timelinejs,
    &ink_import_jsonld,
#endif
#if INKLINE_ICAL
    &ink_import_ical,
#endif
#if INKLINE_CSV
    &ink_import_timelinejs_csv,
    &ink_import_acled,
    &ink_import_gdelt,
#endif
    &ink_import_markwhen,
    NULL,
};
/* clang-format on */

const struct ink_importer *ink_importer_named(const char *name) {
    for (const struct ink_importer *const *one = ink_importers; *one != NULL; one++) {
        if (strcasecmp((*one)->name, name) == 0) {
            return *one;
        }
    }
    return NULL;
}

const struct ink_importer *ink_importer_of_extension(const char *extension) {
    const size_t bytes = strlen(extension);
    for (const struct ink_importer *const *one = ink_importers; *one != NULL; one++) {
        for (const char *word = (*one)->extensions; *word != '\0';) {
            const size_t length = strcspn(word, " ");
            if (length == bytes && strncasecmp(word, extension, length) == 0) {
                return *one;
            }
            word += length + (word[length] == ' ');
        }
    }
    return NULL;
}

const struct ink_importer *ink_importer_knows(const char *head, size_t bytes) {
    for (const struct ink_importer *const *one = ink_importers; *one != NULL; one++) {
        if ((*one)->knows(head, bytes)) {
            return *one;
        }
    }
    return NULL;
}

int ink_import(const struct ink_importer *importer, const struct ink_segment *input, FILE *cbor,
               struct ink_survey *survey, const struct ink_import_view *view) {
    struct ink_import *in = malloc(sizeof *in);
    if (in == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "%s: no memory to read it", input->name);
    }
    *in = (struct ink_import){
        .importer = importer, .input = input, .cbor = cbor, .survey = survey, .view = *view};
    int code = importer->run(in);
    code = code == INK_EXIT_OK && in->failed ? ink_temporary_failed(input->name) : code;
    if (in->embargoed > 0) {
        char what[64];
        struct ink_problem problem = ink_import_at(in, 0, 0);
        snprintf(what, sizeof what, "items under embargo, not shown yet: %u",
                 (unsigned)in->embargoed);
        problem.rule = "embargoed";
        problem.what = what;
        ink_import_warn(in, &problem);
    }
    free(in);
    return code;
}
