#include "import/gone.h"

#include <stdlib.h>

struct entry {
    uint64_t id, of; /* of a member: its series */
    uint32_t rev;
    bool numbered;
};

/* Entries, in order of their ids and each once as soon as something is looked for. */
struct list {
    size_t count, cap;
    bool sorted;
    bool replaced; /* one came with two revs */
    struct entry *entry;
};

struct ink_gone {
    struct list cancelled, series, members;
};

/* ---- lists ----------------------------------------------------------------------------------- */

static bool add(struct list *list, struct entry one) {
    if (list->count == list->cap) {
        const size_t cap = list->cap > 0 ? list->cap * 2 : 64;
        struct entry *entry = realloc(list->entry, cap * sizeof *entry);
        if (entry == NULL) {
            return false;
        }
        list->entry = entry;
        list->cap = cap;
    }
    list->entry[list->count++] = one;
    list->sorted = false;
    return true;
}

static int compare(const void *a, const void *b) {
    const struct entry *one = a, *other = b;
    return one->id < other->id ? -1 : one->id > other->id;
}

static void sort(struct list *list) {
    size_t kept = 0;
    if (list->sorted || list->count == 0) {
        return;
    }
    qsort(list->entry, list->count, sizeof list->entry[0], compare);
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 && list->entry[kept - 1].id == list->entry[i].id) {
            struct entry *same = &list->entry[kept - 1];
            list->replaced = list->replaced || same->rev != list->entry[i].rev;
            same->rev = list->entry[i].rev > same->rev ? list->entry[i].rev : same->rev;
            same->numbered = same->numbered || list->entry[i].numbered;
        } else {
            list->entry[kept++] = list->entry[i];
        }
    }
    list->count = kept;
    list->sorted = true;
}

static const struct entry *find(struct list *list, uint64_t id) {
    const struct entry key = {.id = id};
    sort(list);
    return list->count > 0 ? bsearch(&key, list->entry, list->count, sizeof list->entry[0], compare)
                           : NULL;
}

/* ---- what is gone ---------------------------------------------------------------------------- */

struct ink_gone *ink_gone_new(void) {
    return calloc(1, sizeof(struct ink_gone));
}

void ink_gone_free(struct ink_gone *gone) {
    if (gone != NULL) {
        free(gone->cancelled.entry);
        free(gone->series.entry);
        free(gone->members.entry);
    }
    free(gone);
}

bool ink_gone_add(struct ink_gone *gone, uint64_t id, uint32_t rev) {
    return add(&gone->cancelled, (struct entry){.id = id, .rev = rev});
}

bool ink_gone_add_number(struct ink_gone *gone, uint64_t id, uint32_t number) {
    return add(&gone->cancelled, (struct entry){.id = id, .rev = number, .numbered = true});
}

bool ink_gone_series(struct ink_gone *gone, uint64_t series, uint32_t rev) {
    return add(&gone->series, (struct entry){.id = series, .rev = rev});
}

bool ink_gone_member(struct ink_gone *gone, uint64_t id, uint64_t series) {
    return add(&gone->members, (struct entry){.id = id, .of = series});
}

bool ink_gone_has(struct ink_gone *gone, uint64_t id, uint32_t rev) {
    const struct entry *cancelled = find(&gone->cancelled, id);
    const struct entry *member = find(&gone->members, id);
    const struct entry *series = member != NULL ? find(&gone->series, member->of) : NULL;
    return (cancelled != NULL &&
            (rev <= cancelled->rev || (cancelled->numbered && rev >= INK_REV_TIMES))) ||
           (series != NULL && rev < series->rev);
}

size_t ink_gone_count(const struct ink_gone *gone) {
    return gone->cancelled.count;
}

bool ink_gone_any(struct ink_gone *gone) {
    sort(&gone->series);
    return gone->cancelled.count > 0 || gone->series.replaced;
}
