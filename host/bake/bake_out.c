#define _POSIX_C_SOURCE 200809L

#include "bake/bake_out.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

bool bake_error(const char *file, int line, const char *hint, const char *format, ...) {
    fputs(file, stderr);
    if (line > 0) {
        fprintf(stderr, ":%d", line);
    }
    fputs(": ", stderr);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    if (hint != NULL) {
        fprintf(stderr, "  hint: %s\n", hint);
    }
    return false;
}

bool bake_out_open(struct bake_out *out, const char *path) {
    out->path = path;
    int bytes = snprintf(out->beside, sizeof out->beside, "%s.%ld.part", path, (long)getpid());
    if (bytes < 0 || (size_t)bytes >= sizeof out->beside) {
        return bake_error(path, 0, NULL, "expected a path of less than %d bytes", BAKE_PATH_BYTES);
    }
    out->stream = fopen(out->beside, "w");
    if (out->stream == NULL) {
        return bake_error(path, 0, "does the folder exist, and may you write there?",
                          "cannot be written: %s", strerror(errno));
    }
    return true;
}

bool bake_out_commit(struct bake_out *out) {
    bool written =
        !ferror(out->stream) && fflush(out->stream) == 0 && fsync(fileno(out->stream)) == 0;
    int reason = errno;
    if (fclose(out->stream) != 0) {
        written = false;
        reason = errno;
    }
    if (written && rename(out->beside, out->path) == 0) {
        return true;
    }
    reason = written ? errno : reason;
    remove(out->beside);
    return bake_error(out->path, 0, NULL, "cannot be written: %s", strerror(reason));
}
