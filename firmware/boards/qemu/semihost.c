#include "boards/qemu/semihost.h"
#include "boards/board.h"

enum {
    SYS_OPEN = 0x01,
    SYS_CLOSE = 0x02,
    SYS_WRITE0 = 0x04,
    SYS_WRITE = 0x05,
    SYS_READ = 0x06,
    SYS_SEEK = 0x0A,
    SYS_GET_CMDLINE = 0x15,
    SYS_EXIT_EXTENDED = 0x20
};

/* fopen modes "rb" and "wb" by their place in the specification's table. */
enum { MODE_READ = 1, MODE_WRITE = 5 };

#define STOPPED_BY_APPLICATION 0x20026u

/* The two open files; -1 is none. */
static int32_t input = -1, output = -1;

static int32_t call(uint32_t operation, const void *parameters) {
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = parameters;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return (int32_t)r0;
}

static uint32_t address(const void *at) {
    return (uint32_t)(uintptr_t)at;
}

static int32_t open_file(const char *name, uint32_t mode) {
    const uint32_t block[] = {address(name), mode, (uint32_t)strlen(name)};
    return call(SYS_OPEN, block);
}

static bool close_file(int32_t file) {
    const uint32_t block[] = {(uint32_t)file};
    return call(SYS_CLOSE, block) == 0;
}

bool board_open(const char *input_name, const char *output_name) {
    input = open_file(input_name, MODE_READ);
    output = open_file(output_name, MODE_WRITE);
    return input >= 0 && output >= 0;
}

bool board_rewind(void) {
    const uint32_t block[] = {(uint32_t)input, 0};
    return call(SYS_SEEK, block) == 0;
}

bool board_read(void *bytes, size_t room, size_t *count) {
    const uint32_t block[] = {(uint32_t)input, address(bytes), (uint32_t)room};
    uint32_t left = (uint32_t)call(SYS_READ, block);
    *count = left <= room ? room - left : 0;
    return left <= room;
}

bool board_write(const void *bytes, size_t count) {
    const uint32_t block[] = {(uint32_t)output, address(bytes), (uint32_t)count};
    return call(SYS_WRITE, block) == 0;
}

bool board_close(void) {
    bool read_side = close_file(input);
    return close_file(output) && read_side;
}

void board_say(const char *text) {
    semihost_say(text);
}

bool semihost_command_line(char *line, size_t room) {
    uint32_t block[] = {address(line), (uint32_t)room};
    return call(SYS_GET_CMDLINE, block) == 0;
}

void semihost_say(const char *text) {
    call(SYS_WRITE0, text);
}

void semihost_exit(int code) {
    const uint32_t block[] = {STOPPED_BY_APPLICATION, (uint32_t)code};
    call(SYS_EXIT_EXTENDED, block);
    for (;;) {
    }
}
