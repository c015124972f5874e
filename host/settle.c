#include "settle.h"

/* One copy under way. */
struct copy {
    struct ink_survey *survey;
    struct ink_gone *gone;
    FILE *cbor;
    const struct ink_zone *from; /* that places local times; NULL: they stay as they are */
    bool refuses;                /* nobody can place them */
    bool unknown;                /* for their zone is none */
    uint32_t removed;
};

/* By name; an input that brought offsets along is of these, which may be those of other years. */
static bool is_same(const struct ink_zone *own, const struct ink_zone *story) {
    return memcmp(own, story, own->count == 0 ? sizeof own->name : sizeof *own) == 0;
}

/* A time without an offset as the instant that the zone makes it. Offsets of zones are less than a
 * day, and whole minutes. */
static void place_date(struct ink_date *date, const struct ink_zone *zone) {
    if (ink_date_is_local(date)) {
        const int64_t east_s = ink_date_start(date, NULL) - ink_date_start(date, zone);
        date->offset_min = (int16_t)(east_s / 60);
        date->flags |= INK_DATE_OFFSET;
    }
}

/* Also where the survey has taken the same date for the story's. */
static void place_fact(struct ink_date *fact, struct ink_date *known, const struct ink_zone *zone) {
    struct ink_date placed = *fact;
    place_date(&placed, zone);
    if (memcmp(fact, known, sizeof *fact) == 0) {
        *known = placed;
    }
    *fact = placed;
}

static bool take_record(struct copy *copy, struct ink_record *record) {
    if (ink_gone_has(copy->gone, record->id, record->rev)) {
        copy->removed++;
        copy->survey->records--;
        return true;
    }
    if (copy->refuses && ink_record_is_local(record)) {
        copy->survey->records -= copy->unknown; // the others are counted where they are told
        copy->survey->refused += copy->unknown;
        return ink_copy_refused(copy->cbor);
    }
    if (copy->from != NULL) {
        place_date(&record->when, copy->from);
        place_date(&record->until, copy->from);
    }
    return ink_copy_record(copy->cbor, record);
}

static bool take_story(struct copy *copy, struct ink_story story) {
    struct ink_story *known = &copy->survey->story;
    if (copy->from != NULL) {
        place_fact(&story.as_of, &known->as_of, copy->from);
        place_fact(&story.expires, &known->expires, copy->from);
        place_fact(&story.strikes, &known->strikes, copy->from);
    }
    return ink_copy_story(copy->cbor, story);
}

static int copy_items(struct copy *copy, const struct ink_segment *segment) {
    struct ink_walk walk;
    enum ink_decoded found;
    bool good = true;
    ink_walk_begin(&walk, segment);
    while (good && (found = ink_walk_next(&walk)) != INK_DECODED_MORE) {
        good = found == INK_DECODED_RECORD  ? take_record(copy, &walk.decoder.record)
               : found == INK_DECODED_STORY ? take_story(copy, walk.decoder.u.story)
                                            : ink_copy_refused(copy->cbor);
    }
    return walk.failed ? INK_EXIT_IO : good ? INK_EXIT_OK : ink_temporary_failed(segment->name);
}

static int replace(struct copy *copy, struct ink_segment *segment) {
    copy->cbor = ink_temporary();
    const int code = copy->cbor == NULL ? INK_EXIT_IO : copy_items(copy, segment);
    if (code != INK_EXIT_OK) {
        if (copy->cbor != NULL) {
            fclose(copy->cbor);
        }
        return code;
    }
    ink_segment_close(segment);
    segment->watched = false;
    segment->format = INK_FORMAT_CBOR;
    return ink_segment_adopt(segment, copy->cbor, segment->name);
}

int ink_settle(const struct ink_settle *settle, struct ink_segment *segment,
               struct ink_survey *survey, struct ink_gone *gone, uint32_t *removed) {
    const bool own = ink_zone_is_given(&settle->own);
    struct ink_zone zone = settle->own;
    struct copy copy = {.survey = survey, .gone = gone, .unknown = settle->unknown};
    if (own && !is_same(&zone, &survey->story.zone)) {
        char name[INK_ZONE_NAME_BYTES + 1];
        int left;
        // Offsets that it brought along place its times; the database places those of a name.
        if (zone.count == 0) {
            ink_zoneinfo_name(name, &settle->own);
            (void)ink_zoneinfo_load(name, &survey->need, &zone, &left);
        }
        copy.from = &zone;
    }
    copy.refuses = settle->unknown || (settle->zoneless && !ink_zone_is_given(&survey->story.zone));
    const bool needed = ink_gone_any(gone) || copy.from != NULL || copy.refuses;
    const int code = needed && segment->bytes > 0 ? replace(&copy, segment) : INK_EXIT_OK;
    *removed += copy.removed;
    return code;
}
