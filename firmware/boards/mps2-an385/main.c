/* Arm MPS2+ AN385, and AN505: panels of the profiles tiny and wall. */
#include "boards/qemu/machine.h"

static struct ink ink;
static uint64_t memory[(INK_WALL_BYTES + 7) / 8];
static uint8_t band[BOARD_WALL_BAND_BYTES];

int main(void) {
    static const struct board board = {.ink = &ink,
                                       .memory = memory,
                                       .memory_bytes = sizeof memory,
                                       .band = band,
                                       .band_bytes = sizeof band,
                                       .profile = INK_PROFILE_WALL};
    return machine_main(&board);
}
