/* For the tests: what every daybook must hold. Each law gives null, or what is wrong. */
#ifndef INK_LAWS_DAYBOOK_H
#define INK_LAWS_DAYBOOK_H

#include "ink_scene.h"

/* The day that an event stands under: the last one for all that is dated no finer than a month. */
static inline int32_t listed_day(const struct scene *scene, const struct ink_event *event) {
    const struct ink_date *date =
        event->when.precision != INK_PRECISION_NONE ? &event->when : &event->until;
    const int doubt = INK_DATE_APPROX | INK_DATE_UNCERTAIN | INK_DATE_UNSPECIFIED;
    bool vague = date->precision < INK_PRECISION_DAY ||
                 (date->precision == INK_PRECISION_DAY && (date->flags & doubt) != 0);
    return vague ? INT32_MAX : ink_event_day(scene->digest, event);
}

/* Is the newest record dated by a month or more? */
static inline bool is_newest_coarse(const struct scene *scene) {
    bool coarse = false;
    for (int i = 0; i < scene->digest->count; i++) {
        const struct ink_event *event = &scene->digest->events[i];
        if (event->start_utc == scene->digest->newest_utc && !ink_event_is_ahead(event)) {
            if (event->when.precision >= INK_PRECISION_DAY) {
                return false;
            }
            coarse = coarse || event->when.precision != INK_PRECISION_NONE;
        }
    }
    return coarse;
}

static inline int32_t as_of_day(const struct scene *scene) {
    const struct ink_story *given = &scene->digest->story;
    struct ink_date as_of = ink_date_local(&given->as_of, &given->zone);
    int64_t now =
        scene->view.now_utc != INT64_MIN ? scene->view.now_utc : scene->digest->newest_utc;
    if (given->as_of.precision == INK_PRECISION_NONE && now != INT64_MIN) {
        as_of = ink_local(now, &given->zone);
        if (scene->view.now_utc == INT64_MIN && is_newest_coarse(scene)) {
            return INT32_MIN;
        }
    }
    return as_of.precision < INK_PRECISION_DAY ? INT32_MIN
                                               : ink_days(as_of.year, as_of.month, as_of.day);
}

/* Nothing past is listed and days ascend. */
static inline const char *law_days(const struct scene *scene) {
    const int32_t today = as_of_day(scene);
    int32_t day = INT32_MIN;
    for (int i = 0; i < items.count; i++) {
        const struct ink_event *event =
            items.item[i].op.kind == INK_ITEM_CARD ? event_of(scene, items.item[i].id) : NULL;
        if (event == NULL) {
            continue;
        }
        const int32_t own = listed_day(scene, event);
        if (!ink_event_is_ahead(event)) {
            return "a daybook lists what is over";
        }
        if (ink_max(own, today) < day) {
            return "days do not ascend";
        }
        day = ink_max(own, today);
    }
    return NULL;
}

/* No headline is larger than that of the first event to come. */
static inline const char *law_next(const struct scene *scene) {
    int largest = 0, next = 0;
    for (int i = 0; i < items.count; i++) {
        const struct item *card = &items.item[i];
        const struct ink_event *event =
            card->op.kind == INK_ITEM_CARD ? event_of(scene, card->id) : NULL;
        if (event != NULL) {
            const int32_t day = listed_day(scene, event);
            bool off = event->status == INK_WITHDRAWN || event->status == INK_DENIED;
            bool begun = day != INT32_MAX && day < as_of_day(scene);
            largest = ink_max(largest, ink_op_px(&card->op));
            next = next == 0 && !off && !begun && day != INT32_MAX ? ink_op_px(&card->op) : next;
        }
    }
    return next > 0 && next < largest ? "the next event is not the largest" : NULL;
}

/* Hours stand before their headlines and end on one column; where there is no such column, they
 * start with their headline. */
static inline const char *law_hours(const struct scene *scene) {
    int column = -1;
    for (int i = 0; i + 1 < items.count; i++) {
        const struct ink_op *op = &items.item[i].op, *card = &items.item[i + 1].op;
        if (op->kind != INK_ITEM_DATE || items.item[i].id == 0) {
            continue;
        }
        bool mirrored = scene->page->mirrored;
        int end = mirrored ? scene->page->width - op->x0 : op->x1;
        int start = mirrored ? scene->page->width - op->x1 : op->x0;
        int text = mirrored ? scene->page->width - card->x1 : card->x0;
        if (card->kind != INK_ITEM_CARD || items.item[i + 1].id != items.item[i].id) {
            return "an hour without its event";
        }
        if (end > text ? start > text : column >= 0 && end != column) {
            return "hours are not in their column";
        }
        column = end > text ? column : end;
    }
    return NULL;
}

static inline const char *law_daybook(const struct scene *scene) {
    if (scene->wall.ink.shown.layout != INK_LAYOUT_DAYBOOK) {
        return NULL;
    }
    const char *what = law_days(scene);
    what = what == NULL ? law_next(scene) : what;
    return what == NULL ? law_hours(scene) : what;
}

#endif
