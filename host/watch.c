#include "watch.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "say.h"

enum { SETTLE_MS = 50 /* a file is often written in several steps */ };

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

int ink_watch_begin(struct ink_watch *watch, char *const *files, int count) {
    watch->fd = inotify_init1(IN_CLOEXEC);
    for (int i = 0; i < count && watch->fd >= 0; i++) {
        char dir[4096];
        int bytes = (int)(base_name(files[i]) - files[i]);
        snprintf(dir, sizeof dir, "%.*s", bytes > 0 ? bytes : 1, bytes > 0 ? files[i] : ".");
        if (inotify_add_watch(watch->fd, dir, IN_CLOSE_WRITE | IN_MOVED_TO) < 0) {
            close(watch->fd);
            watch->fd = -1;
        }
    }
    return watch->fd >= 0 ? INK_EXIT_OK
                          : ink_fail(INK_EXIT_DEVICE, NULL, "--watch: %s", strerror(errno));
}

/* True if one of the events in the buffer names one of the files. */
static bool concerns(const char *buffer, size_t bytes, char *const *files, int count) {
    for (size_t at = 0; at + sizeof(struct inotify_event) <= bytes;) {
        struct inotify_event event;
        memcpy(&event, buffer + at, sizeof event);
        const char *name = buffer + at + sizeof event;
        for (int i = 0; i < count && event.len > 0; i++) {
            if (strcmp(base_name(files[i]), name) == 0) {
                return true;
            }
        }
        at += sizeof event + event.len;
    }
    return false;
}

bool ink_watch_wait(struct ink_watch *watch, char *const *files, int count) {
    char buffer[8192];
    bool changed = false;
    for (;;) {
        struct pollfd wait = {.fd = watch->fd, .events = POLLIN};
        int ready = poll(&wait, 1, changed ? SETTLE_MS : -1);
        if (ready == 0) {
            return true;
        }
        ssize_t bytes = ready > 0 ? read(watch->fd, buffer, sizeof buffer) : -1;
        if (bytes < 0 && errno != EINTR) {
            return false;
        }
        changed = changed || (bytes > 0 && concerns(buffer, (size_t)bytes, files, count));
    }
}

void ink_watch_end(struct ink_watch *watch) {
    if (watch->fd >= 0) {
        close(watch->fd);
    }
    watch->fd = -1;
}
