#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "say.h"

/* What an interrupt has to remove; the only state of the process outside its options. */
static char *volatile active_temp;

static void remove_and_die(int number) {
    if (active_temp != NULL) {
        unlink(active_temp);
    }
    signal(number, SIG_DFL);
    raise(number);
}

/* Signals wait while a temporary file is there that none of them would remove. */
static void hold_signals(sigset_t *old) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, old);
}

static void guard(char *temp) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ};
    active_temp = temp;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction old;
        struct sigaction now = {.sa_handler = temp != NULL ? remove_and_die : SIG_DFL};
        sigaction(numbers[i], NULL, &old);
        if (old.sa_handler == SIG_DFL || old.sa_handler == remove_and_die) {
            sigaction(numbers[i], &now, NULL);
        }
    }
}

int ink_output_failed(const char *name, const char *verb) {
    const char *hint = errno == ENOSPC || errno == EDQUOT ? "free some space there"
                       : errno == ENOENT                  ? "create its folder first"
                                                          : NULL;
    return ink_fail(INK_EXIT_IO, hint, "%s: cannot %s: %s", name, verb, strerror(errno));
}

static int fail(const struct ink_output *output, const char *verb) {
    return ink_output_failed(output->name, verb);
}

/* --- where a file is --- */

static char *join(const char *path, const char *name) {
    const char *slash = strrchr(path, '/');
    int dir_bytes = name[0] != '/' && slash != NULL ? (int)(slash + 1 - path) : 0;
    char *joined = NULL;
    return asprintf(&joined, "%.*s%s", dir_bytes, path, name) >= 0 ? joined : NULL;
}

/* The path that the links at `name` lead to, whether there is a file or not; NULL: no memory. */
static char *follow_links(const char *name) {
    enum { LINKS_MAX = 40 }; // as many as Linux follows
    char target[4096];
    char *path = strdup(name);
    for (int i = 0; path != NULL && i < LINKS_MAX; i++) {
        ssize_t bytes = readlink(path, target, sizeof target - 1);
        if (bytes < 0) {
            break;
        }
        target[bytes] = '\0';
        char *next = join(path, target);
        free(path);
        path = next;
    }
    return path;
}

/* The one path of a file that may not exist yet: NULL if its folder does not. */
static char *find_place(const char *name) {
    char *path = follow_links(name);
    char *dir = path != NULL ? join(path, ".") : NULL;
    char *real = dir != NULL ? realpath(dir, NULL) : NULL;
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    char *place = NULL;
    if (real != NULL && asprintf(&place, "%s/%s", real, slash != NULL ? slash + 1 : path) < 0) {
        place = NULL;
    }
    free(path);
    free(dir);
    free(real);
    return place;
}

static bool find_file(const char *name, int standard, struct stat *status) {
    int result = strcmp(name, "-") == 0 ? fstat(standard, status) : stat(name, status);
    return result == 0;
}

bool ink_output_is_same(const char *a, bool a_is_input, const char *b) {
    struct stat first;
    struct stat second;
    bool first_there = find_file(a, a_is_input ? STDIN_FILENO : STDOUT_FILENO, &first);
    bool second_there = find_file(b, STDOUT_FILENO, &second);
    if (first_there || second_there) {
        return first_there && second_there && S_ISREG(first.st_mode) &&
               first.st_dev == second.st_dev && first.st_ino == second.st_ino;
    }
    char *first_place = find_place(a);
    char *second_place = find_place(b);
    bool same =
        first_place != NULL && second_place != NULL && strcmp(first_place, second_place) == 0;
    free(first_place);
    free(second_place);
    return same;
}

/* --- writing --- */

static void forget(struct ink_output *output) {
    guard(NULL);
    free(output->temp);
    free(output->path);
    *output = (struct ink_output){.name = output->name};
}

/* The rights of a new file. */
static mode_t new_mode(void) {
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Create a temporary file in the folder of the final one, under a name that no other has. */
static int create_beside(struct ink_output *output) {
    static const char ending[] = ".tmp";
    sigset_t old;
    hold_signals(&old);
    int fd = mkostemps(output->temp, (int)sizeof ending - 1, O_CLOEXEC);
    int error = errno;
    if (fd >= 0) {
        guard(output->temp);
    }
    sigprocmask(SIG_SETMASK, &old, NULL);
    errno = error;
    return fd;
}

/* Open the temporary file with the rights of the file that it will replace. */
static int open_beside(struct ink_output *output, const struct stat *old) {
    output->temp = output->path != NULL ? join(output->path, ".inkline-XXXXXX.tmp") : NULL;
    if (output->temp == NULL) {
        int code = fail(output, "open");
        forget(output);
        return code;
    }
    int fd = create_beside(output);
    if (fd < 0) {
        int code = fail(output, "create a file beside it");
        forget(output);
        return code;
    }
    if (fchmod(fd, old != NULL ? old->st_mode & 07777 : new_mode()) != 0 && old != NULL) {
        ink_warn("%s: cannot keep the rights of the old file: %s", output->name, strerror(errno));
    }
    output->file = fdopen(fd, "wb");
    if (output->file == NULL) {
        int code = fail(output, "open");
        ink_output_abandon(output);
        return code;
    }
    return INK_EXIT_OK;
}

void ink_output_advise_png(const char *name) {
    struct stat old;
    const char *dot = strrchr(name, '.');
    bool is_file = strcmp(name, "-") != 0 && (stat(name, &old) != 0 || S_ISREG(old.st_mode));
    if (is_file && (dot == NULL || strcasecmp(dot, ".png") != 0)) {
        ink_warn("%s: gets a PNG; hint: name it .png", name);
    }
}

static int open_directly(struct ink_output *output) {
    output->file = fopen(output->name, "wb");
    return output->file != NULL ? INK_EXIT_OK : fail(output, "write");
}

int ink_output_open(struct ink_output *output, const char *name) {
    struct stat old;
    *output = (struct ink_output){.name = name};
    if (strcmp(name, "-") == 0) {
        output->name = "standard output";
        output->file = stdout;
        return INK_EXIT_OK;
    }
    bool exists = stat(name, &old) == 0;
    if (exists && S_ISDIR(old.st_mode)) {
        return ink_fail(INK_EXIT_IO, "name a file in it", "%s: is a directory", name);
    }
    if (exists && !S_ISREG(old.st_mode)) {
        return open_directly(output);
    }
    if (exists && access(name, W_OK) != 0) {
        return fail(output, "write");
    }
    output->path = follow_links(name);
    return open_beside(output, exists ? &old : NULL);
}

int ink_output_commit(struct ink_output *output) {
    if (output->file == stdout) {
        output->file = NULL;
        bool written = fflush(stdout) == 0 && !ferror(stdout);
        return written ? INK_EXIT_OK : fail(output, "write");
    }
    bool good = fflush(output->file) == 0 && !ferror(output->file);
    good = good && (output->temp == NULL || fsync(fileno(output->file)) == 0);
    int error = errno;
    good = fclose(output->file) == 0 && good;
    output->file = NULL;
    errno = good ? errno : error;
    if (good && output->temp != NULL) {
        good = rename(output->temp, output->path) == 0;
    }
    int code = good ? INK_EXIT_OK : fail(output, "write");
    if (!good && output->temp != NULL) {
        unlink(output->temp);
    }
    forget(output);
    return code;
}

void ink_output_abandon(struct ink_output *output) {
    if (output->file != NULL && output->file != stdout) {
        fclose(output->file);
    }
    if (output->temp != NULL) {
        unlink(output->temp);
    }
    forget(output);
}
