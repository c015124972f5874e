/* For the tests: one story laid out, as its page, digest and items. */
#ifndef INK_SCENE_H
#define INK_SCENE_H

#include "ink_glass.h"

#include "core/ink_label.h"

static struct items items; /* of the page under test */

/* One laid out story under test. */
struct scene {
    struct wall wall;
    struct ink_view view;
    const struct ink_page *page;
    const struct ink_digest *digest;
    const struct ink_language *language;
};

static inline const struct ink_event *event_of(const struct scene *scene, uint64_t id) {
    for (int i = 0; i < scene->digest->count; i++) {
        if (scene->digest->events[i].id == id) {
            return &scene->digest->events[i];
        }
    }
    return NULL;
}

/* A story condensed at that capacity; scene_close frees it. */
static inline void scene_take(struct scene *scene, const struct story *story,
                              const struct ink_capacity *capacity) {
    struct feed feed = story_encode(story, NULL, INK_FORMAT_CBOR);
    wall_open(&scene->wall, capacity);
    wall_take(&scene->wall, &feed, 1, NULL);
    feed_free(&feed);
    scene->page = &scene->wall.ink.page;
    scene->digest = &scene->wall.ink.condense.digest;
}

/* Lay it out for scene->view, and read its items. */
static inline void scene_look(struct scene *scene) {
    CHECK_INT(ink_lay_out(&scene->wall.ink, &scene->view), INK_OK);
    const char *lang = scene->view.lang[0] != '\0' ? scene->view.lang : scene->digest->story.lang;
    scene->language = ink_language_for(ink_span_bounded(lang, INK_LANG_BYTES));
    items_read(&items, scene->page);
}

static inline void scene_close(struct scene *scene) {
    wall_close(&scene->wall);
}

#endif
