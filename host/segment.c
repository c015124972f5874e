#include "segment.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "say.h"

static int fail(const char *name, const char *verb) {
    return ink_fail(INK_EXIT_IO, NULL, "%s: cannot %s: %s", name, verb, strerror(errno));
}

static const char *temporary_folder(void) {
    const char *dir = getenv("TMPDIR");
    return dir != NULL && dir[0] != '\0' ? dir : "/tmp";
}

/* A file without a name. Where the file system has no such thing it has one for a moment, in which
 * no signal may end the program. */
static int open_temporary(void) {
    char path[4096];
    sigset_t all;
    sigset_t old;
    int fd = open(temporary_folder(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0) {
        return fd;
    }
    snprintf(path, sizeof path, "%s/inkline-XXXXXX", temporary_folder());
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &old);
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0) {
        unlink(path);
    }
    sigprocmask(SIG_SETMASK, &old, NULL);
    return fd;
}

int ink_temporary_failed(const char *name) {
    return ink_fail(INK_EXIT_IO, "TMPDIR names another folder",
                    "%s: cannot write a temporary copy in %s: %s", name, temporary_folder(),
                    strerror(errno));
}

FILE *ink_temporary(void) {
    const char *path = temporary_folder();
    int fd = open_temporary();
    if (fd < 0) {
        ink_fail(INK_EXIT_IO, "TMPDIR names another folder",
                 "%s: cannot create a temporary file: %s", path, strerror(errno));
        return NULL;
    }
    FILE *file = fdopen(fd, "w+b");
    if (file == NULL) {
        fail(path, "open");
        close(fd);
    }
    return file;
}

int ink_segment_adopt(struct ink_segment *segment, FILE *temporary, const char *name) {
    struct stat status;
    bool good = fflush(temporary) == 0 && !ferror(temporary);
    segment->name = name;
    segment->fd = good ? dup(fileno(temporary)) : -1;
    good = good && segment->fd >= 0 && fstat(segment->fd, &status) == 0;
    int code = good ? INK_EXIT_OK : ink_temporary_failed(name);
    segment->bytes = good ? (uint64_t)status.st_size : 0;
    fclose(temporary);
    return code;
}

/* Copy all of `fd` to `temporary`. Returns an exit code. */
static int spool(int fd, FILE *temporary, const char *name) {
    uint8_t buffer[16384];
    for (;;) {
        ssize_t count = read(fd, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return count == 0 ? INK_EXIT_OK : fail(name, "read");
        }
        if (fwrite(buffer, 1, (size_t)count, temporary) != (size_t)count) {
            return ink_temporary_failed(name);
        }
    }
}

/* Make `fd`, which cannot be read twice, a segment; `fd` is closed. */
static int open_pipe(struct ink_segment *segment, int fd, const char *name) {
    FILE *temporary = ink_temporary();
    if (temporary == NULL) {
        close(fd);
        return INK_EXIT_IO;
    }
    int code = spool(fd, temporary, name);
    close(fd);
    if (code != INK_EXIT_OK) {
        fclose(temporary);
        return code;
    }
    return ink_segment_adopt(segment, temporary, name);
}

int ink_segment_open(struct ink_segment *segment, const char *name) {
    struct stat status;
    bool standard = strcmp(name, "-") == 0;
    *segment = (struct ink_segment){.name = standard ? "standard input" : name, .fd = -1};
    int fd = standard ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) {
        return ink_fail(INK_EXIT_IO, "look at its name and folder; - is standard input",
                        "%s: cannot read: %s", name, strerror(errno));
    }
    if (fd < 0 || fstat(fd, &status) != 0) {
        int code = fail(segment->name, "read");
        if (fd >= 0) {
            close(fd);
        }
        return code;
    }
    if (S_ISDIR(status.st_mode)) {
        close(fd);
        return ink_fail(INK_EXIT_IO, "name the files in it", "%s: is a directory; expected a file",
                        name);
    }
    // Standard input redirected from a file may already stand in its middle: copy the rest.
    if (!S_ISREG(status.st_mode) || (standard && lseek(fd, 0, SEEK_CUR) != 0)) {
        return open_pipe(segment, fd, segment->name);
    }
    segment->fd = fd;
    segment->bytes = (uint64_t)status.st_size;
    return INK_EXIT_OK;
}

void ink_segment_close(struct ink_segment *segment) {
    if (segment->fd >= 0) {
        close(segment->fd);
    }
    segment->fd = -1;
}

long ink_segment_read(const struct ink_segment *segment, uint64_t offset, uint8_t *out,
                      size_t cap) {
    uint64_t rest = offset < segment->bytes ? segment->bytes - offset : 0;
    size_t wanted = rest < cap ? (size_t)rest : cap;
    if (segment->fd < 0) {
        memcpy(out, segment->memory + offset, wanted);
        return (long)wanted;
    }
    ssize_t count;
    do {
        count = wanted > 0 ? pread(segment->fd, out, wanted, (off_t)offset) : 0;
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        fail(segment->name, "read");
    }
    return (long)count;
}

uint32_t ink_segment_sum(uint32_t sum, const uint8_t *chunk, size_t bytes) {
    return ink_hash(sum, chunk, bytes);
}

int ink_segment_unchanged(const struct ink_segment *segment, uint32_t sum) {
    if (!segment->watched || segment->sum == sum) {
        return INK_EXIT_OK;
    }
    return ink_fail(INK_EXIT_IO, "write a new file and rename it over the old one",
                    "%s: it changed while it was read", segment->name);
}

void ink_walk_begin(struct ink_walk *walk, const struct ink_segment *segment) {
    walk->segment = segment;
    walk->offset = 0;
    walk->item_offset = 0;
    walk->item_line = 0;
    walk->sum = 0;
    walk->ended = false;
    walk->failed = false;
    ink_decode_begin(&walk->decoder, (enum ink_format)segment->format);
}

static uint64_t used_bytes(const struct ink_walk *walk) {
    return walk->offset - (uint64_t)(walk->decoder.end - walk->decoder.at);
}

/* An NDJSON item is found at its line's end, which has been counted then; or at the input's. */
static uint32_t found_line(const struct ink_walk *walk) {
    bool ended_line = walk->segment->format == INK_FORMAT_NDJSON && !walk->ended;
    return walk->decoder.line - ended_line;
}

static void feed_more(struct ink_walk *walk) {
    long count = ink_segment_read(walk->segment, walk->offset, walk->buffer, sizeof walk->buffer);
    if (count > 0) {
        walk->offset += (uint64_t)count;
        walk->sum = ink_segment_sum(walk->sum, walk->buffer, (size_t)count);
        ink_decode_feed(&walk->decoder, walk->buffer, (size_t)count);
    } else {
        walk->failed = count < 0 || ink_segment_unchanged(walk->segment, walk->sum) != INK_EXIT_OK;
        walk->ended = true;
        ink_decode_end(&walk->decoder);
    }
}

enum ink_decoded ink_walk_next(struct ink_walk *walk) {
    uint64_t start = used_bytes(walk);
    for (;;) {
        enum ink_decoded found = ink_decode_next(&walk->decoder);
        if (found != INK_DECODED_MORE) {
            walk->item_offset = start;
            walk->item_line = found_line(walk);
            return found;
        }
        if (walk->ended) {
            return found;
        }
        feed_more(walk);
    }
}
