/* libFuzzer target: any bytes to one importer of a foreign format, named by INKLINE_IMPORTER.
 *
 * Checked: it ends, it stays inside its memory, it counts what it puts, and all of it is a sequence
 * that the core's decoder takes: records with clean texts within their bounds, facts of the story,
 * and one refused item for each that was.
 */
#include <stdlib.h>

#include "fuzz_record.h"
#include "import/import.h"
#include "import/recode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

static void check_output(FILE *cbor, const struct ink_survey *survey) {
    static struct ink_walk walk;
    struct ink_segment segment;
    enum ink_decoded found;
    uint32_t records = 0, refused = 0;
    demand(ink_segment_adopt(&segment, cbor, "output") == INK_EXIT_OK);
    segment.watched = false;
    segment.format = INK_FORMAT_CBOR;
    for (ink_walk_begin(&walk, &segment); (found = ink_walk_next(&walk)) != INK_DECODED_MORE;) {
        records += found == INK_DECODED_RECORD;
        refused += found == INK_DECODED_REFUSED;
        if (found == INK_DECODED_RECORD) {
            check_record(&walk.decoder.record);
        }
    }
    demand(records == survey->records && refused == survey->refused);
    ink_segment_close(&segment);
}

static const struct ink_importer *importer(void) {
    const char *name = getenv("INKLINE_IMPORTER");
    const struct ink_importer *found = name != NULL ? ink_importer_named(name) : NULL;
    if (found == NULL) {
        fprintf(stderr, "INKLINE_IMPORTER names no importer that is built in\n");
        exit(2);
    }
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 1, .errors = 1}; /* says nothing */
    struct ink_segment segment = {
        .name = "input", .fd = -1, .memory = bytes, .bytes = count, .format = INK_FORMAT_NDJSON};
    struct ink_survey survey;
    struct ink_gone *gone = ink_gone_new();
    const struct ink_import_view view = {.gone = gone,
                                         .now_utc = 1723487400,
                                         .from = {.at_s = 1723487400 - 604800},
                                         .to = {.at_s = 1723487400 + 5184000}};
    bool known = false;
    ink_survey_begin(&survey, &say);
    survey.thorough = true;
    demand(gone != NULL && ink_recode(&segment, &survey, &known) == INK_EXIT_OK);
    FILE *cbor = ink_temporary();
    demand(cbor != NULL);
    if (known) {
        demand(ink_import(importer(), &segment, cbor, &survey, &view) == INK_EXIT_OK);
    }
    check_output(cbor, &survey);
    ink_segment_close(&segment);
    ink_survey_free(&survey);
    ink_gone_free(gone);
    return 0;
}
