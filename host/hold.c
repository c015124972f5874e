#include "hold.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dump.h"
#include "output.h"
#include "say.h"

static void take(struct ink_hold *hold, uint64_t id) {
    int at = hold->count;
    for (int i = 0; i < hold->count; i++) {
        if (hold->id[i] == id) {
            return;
        }
    }
    if (at == INK_HOLD_MAX) {
        return;
    }
    for (; at > 0 && hold->id[at - 1] > id; at--) {
        hold->id[at] = hold->id[at - 1];
    }
    hold->id[at] = id;
    hold->count++;
}

int ink_hold_read(struct ink_hold *hold, const char *name) {
    char text[24 * INK_HOLD_MAX + 1]; /* an id has 20 digits */
    struct stat stat;
    hold->count = 0;
    int fd = open(name, O_RDONLY | O_NONBLOCK);
    if (fd < 0) {
        return errno == ENOENT
                   ? INK_EXIT_OK
                   : ink_fail(INK_EXIT_IO, NULL, "--hold: %s: %s", name, strerror(errno));
    }
    bool regular = fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode);
    ssize_t bytes = regular ? read(fd, text, sizeof text - 1) : -1;
    close(fd);
    if (bytes < 0) {
        return ink_fail(INK_EXIT_IO, NULL, "--hold: %s: expected a file", name);
    }
    text[bytes] = '\0';
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        char *end = line;
        uint64_t id = *line >= '0' && *line <= '9' ? strtoull(line, &end, 10) : 0;
        if (end != line && (*end == '\0' || *end == '\r')) {
            take(hold, id);
        }
    }
    return INK_EXIT_OK;
}

void ink_hold_page(struct ink_hold *hold, const struct ink_page *page) {
    uint32_t at = 0;
    struct ink_op op;
    struct ink_span payload;
    hold->count = 0;
    while (ink_page_next(page, &at, &op, &payload)) {
        if (op.type == INK_OP_ITEM && op.kind == INK_ITEM_CARD) {
            take(hold, ink_dump_id(payload));
        }
    }
}

int ink_hold_write(const struct ink_hold *hold, const char *name) {
    struct ink_output output;
    int code = ink_output_open(&output, name);
    if (code != INK_EXIT_OK) {
        return code;
    }
    for (int i = 0; i < hold->count; i++) {
        fprintf(output.file, "%" PRIu64 "\n", hold->id[i]);
    }
    return ink_output_commit(&output);
}
