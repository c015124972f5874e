/* Wait until a file changes (inotify). */
#ifndef INK_WATCH_H
#define INK_WATCH_H

#include "core/ink_types.h"

/* A name in a folder: of a file, or of what a link to it leads to. */
struct ink_watched {
    char *path;
    int folder; /* number of the folder's watch; -1: there is no such folder now */
};

struct ink_watch {
    int fd;
    char *const *files;
    int count;
    struct ink_watched *watched; /* two for each file: as named, and where its links lead */
};

/* Start to watch the folders of the files, so that a file that is replaced is seen as well. Returns
 * INK_EXIT_OK, or prints why not and returns an exit code; then it is ended. */
int ink_watch_begin(struct ink_watch *watch, char *const *files, int count) INK_MUST_USE;

/* Wait for a change of one of the files, and until a burst of changes is over. A folder that goes
 * is waited for. Returns false if the wait failed. */
bool ink_watch_wait(struct ink_watch *watch) INK_MUST_USE;

void ink_watch_end(struct ink_watch *watch);

#endif
