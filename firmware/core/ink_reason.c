/* The reasons in words: for `check`, logs and the notice on the wall. */
#include "core/ink_reason.h"

struct words {
    const char *rule;
    const char *text;
    const char *hint;
};

static const struct words reasons[INK_REASON_COUNT] = {
    [INK_REASON_NONE] = {"none", "nothing is wrong", "nothing to do"},
    [INK_REASON_UTF8] = {"utf8", "text is expected to be valid UTF-8",
                         "save or export the file as UTF-8"},
    [INK_REASON_CONTROL] = {"control", "text is expected without control characters",
                            "remove the invisible character; write line breaks as spaces"},
    [INK_REASON_TRUNCATED] = {"truncated", "the input ends inside a record",
                              "fetch or copy the file again: its end is missing"},
    [INK_REASON_DATE] = {"date", "a date is expected as EDTF or RFC 3339",
                         "write 2024, 2024-08, 2024-08-12, 2024-08-12?, 2024-08~ or "
                         "2024-08-12T14:05+03:00"},
    [INK_REASON_DATE_RANGE] = {"date-range", "the calendar has no such year, month, day or hour",
                               "check the date: years -9999..9999, months 01..12, hours 00..23"},
    [INK_REASON_INTERVAL] = {"interval", "an interval is expected to end once, after it starts",
                             "swap the two dates, or give the end in `when` or `until` alone"},
    [INK_REASON_NUMBER] = {"number", "a whole number in the field's range is expected",
                           "weight is 0..9, rev 0..4294967295, distance 100 mm or more; no "
                           "fractions, no minus"},
    [INK_REASON_WORD] = {"word", "one of the words that the field knows is expected",
                         "dated: event, report; kind: event, statement, decision, meeting, "
                         "figure; status: reported, confirmed, claimed, disputed, denied, "
                         "planned, corrected, withdrawn"},
    [INK_REASON_TYPE] = {"type", "the field is expected to be of another type",
                         "put texts, dates and figures in quotes, and rev and weight without"},
    [INK_REASON_NO_WHEN] = {"no-when", "a record is expected to say when",
                            "add `when`, if need be only a year, or an interval such as ../2024"},
    [INK_REASON_NO_HEADLINE] = {"no-headline", "a record is expected to have a headline",
                                "add `headline`: one line that says what happened"},
    [INK_REASON_OFFSETS] = {"offsets", "zone changes are expected as ascending pairs",
                            "write [minute since 1970, offset in minutes, ...], 24 pairs at most"},
    [INK_REASON_JSON] = {"json", "one whole JSON object is expected on each line",
                         "look for a missing quote, comma or brace, or a line break inside"},
    [INK_REASON_DUPLICATE] = {"duplicate", "a key is expected only once in a record",
                              "remove or rename the second one"},
    [INK_REASON_DEPTH] = {"depth", "values are nested deeper than the format allows",
                          "flatten the value, or leave it out"},
    [INK_REASON_CBOR] = {"cbor", "bytes are expected to be a CBOR map of this format",
                         "make the file with `inkline convert`, and copy it as binary"},
    [INK_REASON_CANONICAL] = {"canonical", "CBOR is expected in deterministic encoding",
                              "use definite lengths, shortest integers and ascending keys"},
    [INK_REASON_MIXED] = {"mixed", "either a record or facts of the story are expected",
                          "give records and story facts in items of their own; in CBOR a record "
                          "starts with its id"},
};

static const struct words *find_words(enum ink_reason reason) {
    return &reasons[(unsigned)reason < INK_REASON_COUNT ? reason : INK_REASON_NONE];
}

const char *ink_reason_rule(enum ink_reason reason) {
    return find_words(reason)->rule;
}

const char *ink_reason_text(enum ink_reason reason) {
    return find_words(reason)->text;
}

const char *ink_reason_hint(enum ink_reason reason) {
    return find_words(reason)->hint;
}
