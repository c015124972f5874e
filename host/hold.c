#include "hold.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

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
    char line[64];
    hold->count = 0;
    FILE *file = fopen(name, "r");
    if (file == NULL) {
        return errno == ENOENT
                   ? INK_EXIT_OK
                   : ink_fail(INK_EXIT_IO, NULL, "--hold: %s: %s", name, strerror(errno));
    }
    while (fgets(line, sizeof line, file) != NULL) {
        char *end;
        uint64_t id = strtoull(line, &end, 10);
        if (end != line && (*end == '\n' || *end == '\0')) {
            take(hold, id);
        }
    }
    bool good = ferror(file) == 0;
    fclose(file);
    return good ? INK_EXIT_OK : ink_fail(INK_EXIT_IO, NULL, "--hold: cannot read %s", name);
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
