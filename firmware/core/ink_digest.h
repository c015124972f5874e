/* Noun: the bounded set of kept events in time order, with what was hidden around them.
 *
 * Made by ink_condense, read by layout, dumps and reports. RAM: the events and their texts in the
 * caller's memory, this struct beside them.
 */
#ifndef INK_DIGEST_H
#define INK_DIGEST_H

#include "core/ink_record.h"

/* Texts that an event keeps, one after the other in the digest's text. */
enum ink_event_text {
    INK_EVENT_HEADLINE,
    INK_EVENT_SOURCE,
    INK_EVENT_VIA,
    INK_EVENT_FIGURE,
    INK_EVENT_PLACE,  /* of planned events */
    INK_EVENT_DETAIL, /* of the newest event and the best ranked, INK_EVENT_DETAIL_BYTES at most */
    INK_EVENT_TEXTS
};

/* What is hidden at one place of the timeline. */
struct ink_gap {
    uint64_t sources; /* bit i: the source with the i-th smallest hash is among them */
    uint32_t count;
    struct ink_days days; /* local days that the hidden records cover, if count > 0; of them, the
                             coarsest precision */
};

#define INK_NO_TEXT UINT32_MAX

enum {
    INK_EVENT_AHEAD = 1,   /* see ink_event_is_ahead */
    INK_EVENT_FETCHED = 2, /* its texts are in place */
    INK_EVENT_FOLLOWS =
        4, /* denies or disputes the event ranked before it, or before others that do */
};

/* One kept event: the live version of one id, and those that say the same. */
struct ink_event {
    uint64_t id;
    uint64_t sources;     /* of all its records, bits as in struct ink_gap */
    int64_t start_utc;    /* first second that `when` covers */
    struct ink_gap after; /* hidden between this event and the next one kept */
    struct ink_date when, until;
    uint32_t rev;
    uint32_t content; /* ink_record_content of the live version */
    uint32_t figures; /* hash of its numbers; 0: none */
    uint32_t text_at; /* in the digest's text, or INK_NO_TEXT: there was no room */
    uint16_t headline_bytes, detail_bytes;
    uint8_t short_bytes[4];  /* of source, via, figure and place */
    uint16_t records;        /* that say it; saturates */
    uint16_t rank;           /* 0 is the best */
    uint16_t texts;          /* bytes of its texts in all */
    uint16_t hidden_in_lane; /* between it and the next event of its lane; saturates */
    uint8_t dated, kind, status, weight;
    uint8_t lane;  /* number in the digest's lanes, or INK_LANES: a lane beyond them, or none */
    uint8_t flags; /* INK_EVENT_* */
    uint8_t relay_low, relay_high; /* least and greatest of the hashes of who relayed its records */
};

/* One lane that has a kept event: its records live, and those of them that are hidden. Numbered are
 * those of the best ranked events, in no order of meaning: see "Lanes" in ink_condense.h. */
struct ink_lane {
    uint32_t records, hidden;
    uint32_t hidden_before; /* before its first event */
};

/* Where every record went: read = refused + duplicate + superseded + merged + hidden + kept.
 * What layout leaves out of the kept ones, it counts as hidden as well. */
struct ink_counts {
    uint32_t read, refused, duplicate, superseded, merged, hidden, kept;
    uint32_t cut;     /* texts cut at their bound */
    uint32_t early;   /* live records that are reported or confirmed, but dated after the as-of */
    uint32_t unknown; /* keys that this version does not know */
};

struct ink_digest {
    struct ink_story story;
    struct ink_counts counts;
    struct ink_gap before;       /* hidden before the first event */
    struct ink_gap before_ahead; /* hidden among those ahead, before the first of them */
    struct ink_event *events;    /* in time order; those ahead come last */
    char *text;
    struct ink_lane lanes[INK_LANES + 1]; /* the last: all others, and those without a lane */
    uint8_t lane_bytes[INK_LANES];        /* of their names, which begin the text, one by one */
    uint16_t count;
    uint16_t sources;    /* that have a bit of their own */
    bool sources_beyond; /* there were more sources than bits: numbers of sources are "at least" */
    bool ids_beyond;     /* there were more ids than the config tells apart: a repeated record may
                            count as hidden */
    int64_t newest_utc;  /* start of the newest record that is not planned; INT64_MIN: none */
};

/* One text of an event; empty if it has none or its texts had no room. */
struct ink_span ink_event_text(const struct ink_digest *digest, const struct ink_event *event,
                               enum ink_event_text which);

/* Its length; 0 also for a place or a detail that is not kept, or found no room. */
uint16_t ink_event_text_bytes(const struct ink_event *event, enum ink_event_text which);

/* The name of a lane, as its records give it; empty for INK_LANES, for a number without a lane, and
 * if the name found no room. */
struct ink_span ink_lane_name(const struct ink_digest *digest, unsigned lane);

/* Number of different sources in a set. */
int ink_sources_count(uint64_t sources);

/* Add what `from` hides to `to`. */
void ink_gap_add(struct ink_gap *to, const struct ink_gap *from);

/* Add one hidden record that covers these days. */
void ink_gap_add_record(struct ink_gap *gap, struct ink_days days, uint64_t sources);

/* The day on which the event starts, in the story's zone. */
int32_t ink_event_day(const struct ink_digest *digest, const struct ink_event *event);

/* The days that it covers, from the start of `when` to the end of it or of `until`. */
struct ink_days ink_event_days(const struct ink_digest *digest, const struct ink_event *event);

/* Planned, and not over at the story's as-of; or of another status, and dated wholly after it: a
 * plan that was called off, a drill that one side claims. Without an as-of all that is planned. */
static inline bool ink_event_is_ahead(const struct ink_event *event) {
    return (event->flags & INK_EVENT_AHEAD) != 0;
}

/* Were all of its records relayed by the same, or none by anyone? Two relays in 255 pass for one.
 */
static inline bool ink_event_has_one_relay(const struct ink_event *event) {
    return event->relay_low == event->relay_high;
}

/* First second after an event: after `until`, or after `when` if there is none. */
int64_t ink_event_end(const struct ink_digest *digest, const struct ink_event *event);

#endif
