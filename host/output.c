#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
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

static int fail(const struct ink_output *output, const char *verb) {
    return ink_fail(INK_EXIT_IO, NULL, "%s: cannot %s: %s", output->name, verb, strerror(errno));
}

static void forget(struct ink_output *output) {
    guard(NULL);
    free(output->temp);
    free(output->path);
    *output = (struct ink_output){.name = output->name};
}

/* DIR/.NAME.PID.tmp for DIR/NAME. */
static char *temp_name(const char *path) {
    const char *slash = strrchr(path, '/');
    int dir_bytes = slash != NULL ? (int)(slash + 1 - path) : 0;
    char *temp = NULL;
    if (asprintf(&temp, "%.*s.%s.%ld.tmp", dir_bytes, path, path + dir_bytes, (long)getpid()) < 0) {
        return NULL;
    }
    return temp;
}

/* Open the temporary file with the rights of the file that it will replace. */
static int open_beside(struct ink_output *output, const struct stat *old) {
    output->temp = output->path != NULL ? temp_name(output->path) : NULL;
    if (output->temp == NULL) {
        return fail(output, "open");
    }
    int fd = open(output->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0) {
        int code = fail(output, "create a file beside it");
        forget(output);
        return code;
    }
    guard(output->temp);
    if (old != NULL && fchmod(fd, old->st_mode & 07777) != 0) {
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
    output->path = exists ? realpath(name, NULL) : strdup(name);
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
