#include "boards/qemu/machine.h"
#include "boards/qemu/semihost.h"

#define WORDS 6

static int split(char *line, char *words[WORDS]) {
    int count = 0;
    for (char *at = line; *at != 0 && count < WORDS;) {
        while (*at == ' ') {
            *at++ = 0;
        }
        if (*at != 0) {
            words[count++] = at;
        }
        while (*at != 0 && *at != ' ') {
            at++;
        }
    }
    return count;
}

int machine_main(const struct board *board) {
    char *words[WORDS];
    char *line = (char *)board->band; /* free until the first band, when the words are used up */
    if (!semihost_command_line(line, board->band_bytes)) {
        semihost_say("inkline: the command line is too long\n");
        return 2;
    }
    int count = split(line, words);
    /* word 0 is the image's own name */
    return board_show(board, count - 1, words + 1);
}
