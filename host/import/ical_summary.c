#include "import/ical_summary.h"

#include <string.h>

#include "core/ink_fold.h"
#include "import/prose.h"

/* With a colon behind them; in French a blank goes before that. */
static const char *const cancels[] = {"canceled",  "cancelled", "abgesagt",    "annulé",
                                      "cancelado", "annullato", "geannuleerd", "odwołane",
                                      "скасовано", "отменено",  NULL};

/* English, German, French, Spanish and Italian, as Exchange and Google name them. */
static const char *const busy[] = {"busy",
                                   "free",
                                   "tentative",
                                   "out of office",
                                   "away",
                                   "working elsewhere",
                                   "beschäftigt",
                                   "gebucht",
                                   "frei",
                                   "mit vorbehalt",
                                   "unter vorbehalt",
                                   "nicht im büro",
                                   "außer haus",
                                   "abwesend",
                                   "an anderem ort tätig",
                                   "occupé",
                                   "occupée",
                                   "libre",
                                   "provisoire",
                                   "absent",
                                   "absente",
                                   "absent e",
                                   "occupé e",
                                   "absent du bureau",
                                   "absente du bureau",
                                   "indisponible",
                                   "disponible",
                                   "travaille ailleurs",
                                   "ocupado",
                                   "ocupada",
                                   "provisional",
                                   "fuera de la oficina",
                                   "fuera de oficina",
                                   "ausente",
                                   "trabajando en otro lugar",
                                   "occupato",
                                   "occupata",
                                   "libero",
                                   "libera",
                                   "disponibile",
                                   "provvisorio",
                                   "fuori sede",
                                   "fuori ufficio",
                                   "assente",
                                   "lavora altrove",
                                   NULL};

bool ink_ical_summary_cancels(const char *text, size_t bytes) {
    const struct ink_prose prose = {text, bytes};
    size_t at = ink_prose_pass(&prose, 0, cancels), next = at;
    while (at > 0 && at < bytes && text[at] != ':') {
        const bool blank = text[at] == ' ' || (uint8_t)text[at] >= 0x80;
        if (!blank || ink_prose_letter(&prose, &next) != INK_FOLD_SEPARATOR) {
            return false;
        }
        at = next;
    }
    return at > 0 && at < bytes;
}

bool ink_ical_summary_is_busy(const char *text, size_t bytes) {
    const struct ink_prose prose = {text, bytes};
    size_t at = ink_prose_pass(&prose, 0, busy);
    bool alone = at > 0;
    while (alone && at < bytes) {
        alone = ink_prose_letter(&prose, &at) == INK_FOLD_SEPARATOR;
    }
    return alone;
}
