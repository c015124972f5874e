#include "watch.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "say.h"

enum {
    SETTLE_MS = 20, /* a file is often written in several steps; a reader waits for 100 at most */
    RETRY_MS = 250  /* until a folder that went is there again */
};

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* Watch the folder of a path. Returns the number of its watch, the same for the same folder. */
static int watch_folder(const struct ink_watch *watch, const char *path) {
    char dir[4096];
    int bytes = (int)(base_name(path) - path);
    snprintf(dir, sizeof dir, "%.*s", bytes > 0 ? bytes : 1, bytes > 0 ? path : ".");
    return inotify_add_watch(watch->fd, dir,
                             IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF |
                                 IN_MOVE_SELF | IN_ONLYDIR);
}

/* Look again where the files are: links may lead elsewhere now, folders may be new. Returns true if
 * a folder is there that was not. */
static bool look(struct ink_watch *watch) {
    bool appeared = false;
    for (int i = 0; i < watch->count; i++) {
        struct ink_watched *named = &watch->watched[2 * i];
        struct ink_watched *real = &watch->watched[2 * i + 1];
        bool was_missing = named->folder < 0 || real->folder < 0;
        char *path = realpath(watch->files[i], NULL);
        if (path != NULL) {
            free(real->path);
            real->path = path;
        }
        named->path = watch->files[i];
        named->folder = watch_folder(watch, named->path);
        real->folder = real->path != NULL ? watch_folder(watch, real->path) : named->folder;
        appeared = appeared || (was_missing && named->folder >= 0 && real->folder >= 0);
    }
    return appeared;
}

int ink_watch_begin(struct ink_watch *watch, char *const *files, int count) {
    *watch = (struct ink_watch){.fd = inotify_init1(IN_CLOEXEC), .files = files, .count = count};
    watch->watched = calloc((size_t)count, 2 * sizeof *watch->watched);
    if (watch->fd < 0 || watch->watched == NULL) {
        int code = ink_fail(INK_EXIT_DEVICE, NULL, "--watch: %s", strerror(errno));
        ink_watch_end(watch);
        return code;
    }
    look(watch);
    for (int i = 0; i < count; i++) {
        if (watch->watched[2 * i].folder < 0) {
            int code = ink_fail(INK_EXIT_DEVICE, "create its folder first",
                                "--watch: %s: cannot watch its folder", files[i]);
            ink_watch_end(watch);
            return code;
        }
    }
    return INK_EXIT_OK;
}

/* A new name is a change if something is in it: a link to a whole file. A file that is being
 * written is a change when it is closed; that it came is told before its first byte. */
static bool is_change(const struct inotify_event *event, const char *path) {
    struct stat status;
    return (event->mask & IN_CREATE) == 0 || (lstat(path, &status) == 0 && status.st_size > 0);
}

/* What one event means: true if a file changed. A folder that goes is marked missing. */
static bool take_event(struct ink_watch *watch, const struct inotify_event *event,
                       const char *name) {
    bool gone = (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT)) != 0;
    bool changed = (event->mask & IN_Q_OVERFLOW) != 0;
    for (int i = 0; i < 2 * watch->count; i++) {
        struct ink_watched *watched = &watch->watched[i];
        if (watched->path == NULL || watched->folder != event->wd) {
            continue;
        }
        if (gone) {
            watched->folder = -1;
        } else if (event->len > 0 && strcmp(base_name(watched->path), name) == 0) {
            changed = changed || is_change(event, watched->path);
        }
    }
    if ((event->mask & IN_MOVE_SELF) != 0) {
        inotify_rm_watch(watch->fd, event->wd); // what happens at its new place is no matter
    }
    return changed;
}

static bool take_events(struct ink_watch *watch, const char *buffer, size_t bytes) {
    bool changed = false;
    for (size_t at = 0; at + sizeof(struct inotify_event) <= bytes;) {
        struct inotify_event event;
        memcpy(&event, buffer + at, sizeof event);
        changed = take_event(watch, &event, buffer + at + sizeof event) || changed;
        at += sizeof event + event.len;
    }
    return changed;
}

static bool is_missing(const struct ink_watch *watch) {
    for (int i = 0; i < 2 * watch->count; i++) {
        if (watch->watched[i].folder < 0) {
            return true;
        }
    }
    return false;
}

bool ink_watch_wait(struct ink_watch *watch) {
    char buffer[8192];
    bool changed = look(watch);
    for (;;) {
        struct pollfd wait = {.fd = watch->fd, .events = POLLIN};
        int ready = poll(&wait, 1, changed ? SETTLE_MS : is_missing(watch) ? RETRY_MS : -1);
        if (ready == 0 && changed) {
            return true;
        }
        ssize_t bytes = ready > 0 ? read(watch->fd, buffer, sizeof buffer) : 0;
        if (ready < 0 || bytes < 0) {
            if (errno != EINTR) {
                return false;
            }
            continue;
        }
        changed = take_events(watch, buffer, (size_t)bytes) || changed;
        changed = (is_missing(watch) && look(watch)) || changed;
    }
}

void ink_watch_end(struct ink_watch *watch) {
    for (int i = 0; watch->watched != NULL && i < watch->count; i++) {
        free(watch->watched[2 * i + 1].path);
    }
    free(watch->watched);
    watch->watched = NULL;
    if (watch->fd >= 0) {
        close(watch->fd);
    }
    watch->fd = -1;
}
