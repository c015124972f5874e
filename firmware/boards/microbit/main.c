/* BBC micro:bit: panels of the profile tiny. */
#include "boards/qemu/machine.h"

static struct ink ink;
static uint64_t memory[(INK_TINY_BYTES + 7) / 8];
static uint8_t band[BOARD_TINY_BAND_BYTES];

int main(void) {
    static const struct board board = {.ink = &ink,
                                       .memory = memory,
                                       .memory_bytes = sizeof memory,
                                       .band = band,
                                       .band_bytes = sizeof band,
                                       .profile = INK_PROFILE_TINY};
    return machine_main(&board);
}
