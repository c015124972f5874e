/* Linux boards: a plain program over standard input and output streams, no libraries. */
#include "boards/board.h"
#include <stdio.h>

static FILE *input, *output;

bool board_open(const char *input_name, const char *output_name) {
    input = fopen(input_name, "rb");
    output = input != NULL ? fopen(output_name, "wb") : NULL;
    return output != NULL;
}

bool board_rewind(void) {
    return fseek(input, 0, SEEK_SET) == 0;
}

bool board_read(void *bytes, size_t room, size_t *count) {
    *count = fread(bytes, 1, room, input);
    return ferror(input) == 0;
}

bool board_write(const void *bytes, size_t count) {
    return fwrite(bytes, 1, count, output) == count;
}

bool board_close(void) {
    bool read_side = fclose(input) == 0;
    return fclose(output) == 0 && read_side;
}

void board_say(const char *text) {
    fputs(text, stderr);
}

int main(int argc, char *argv[]) {
    static struct ink ink;
    static uint64_t memory[(INK_LARGE_BYTES + 7) / 8];
    static uint8_t band[BOARD_LARGE_BAND_BYTES];
    static const struct board board = {.ink = &ink,
                                       .memory = memory,
                                       .memory_bytes = sizeof memory,
                                       .band = band,
                                       .band_bytes = sizeof band,
                                       .profile = INK_PROFILE_LARGE};
    return board_show(&board, argc > 0 ? argc - 1 : 0, argv + 1);
}
