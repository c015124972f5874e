/* Start of an ARMv6-M or ARMv7-M image: vectors, memory, a painted stack, main, exit.
 *
 *     RAM   | .data | .bss | guard, painted | ... stack grows down | top
 *                          ^ image_end                             ^ stack_top
 *
 * All memory between .bss and the stack is painted before main runs. What has lost its paint
 * afterwards has been stack: the figure is printed, and a stack that reached the guard fails the
 * run even if nothing else went wrong.
 */
#include "boards/qemu/semihost.h"
#include <string.h>

#define PAINT         0x5AA5C33Cu
#define GUARD_WORDS   8u
#define EXIT_SOFTWARE 70

/* Set by the linker script. */
extern uint32_t data_start[], data_end[], data_load[], bss_start[], bss_end[];
extern uint32_t image_end[], stack_top[];

int main(void);

__attribute__((noreturn)) void reset(void);
static void fault(void);

/* Reset, NMI and the faults; these images use no interrupt. */
struct vectors {
    uint32_t *stack;
    void (*handler[15])(void);
};
extern const struct vectors vectors;
__attribute__((section(".vectors"), used)) const struct vectors vectors = {
    stack_top,
    {reset, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, fault}};

static void fault(void) {
    semihost_say("inkline: hardware fault\n");
    semihost_exit(EXIT_SOFTWARE);
}

static size_t span(const uint32_t *from, const uint32_t *to) {
    return (size_t)((const char *)to - (const char *)from);
}

/* Up to this function's own frame; it calls nothing, so nothing in use lies below. */
static __attribute__((noinline)) void paint(void) {
    uint32_t *end;
    __asm__ volatile("mov %0, sp" : "=r"(end));
    for (uint32_t *word = image_end; word < end; word++) {
        *word = PAINT;
    }
}

static const uint32_t *first_unpainted(void) {
    const uint32_t *word = image_end;
    while (word != stack_top && *word == PAINT) {
        word++;
    }
    return word;
}

/* "label 1234\n"; `value` below 10^9. Not inlined: its buffers must not lie below main's stack. */
static __attribute__((noinline)) void say_number(const char *label, size_t value) {
    char digits[12] = {'\n', 0};
    char text[12];
    size_t count = 1;
    for (; count == 1 || value > 0; value /= 10) {
        digits[count++] = (char)('0' + value % 10);
    }
    for (size_t i = 0; i < count; i++) {
        text[i] = digits[count - 1 - i];
    }
    text[count] = 0;
    semihost_say(label);
    semihost_say(text);
}

void reset(void) {
    memcpy(data_start, data_load, span(data_start, data_end));
    memset(bss_start, 0, span(bss_start, bss_end));
    paint();
    int code = main();
    const uint32_t *lowest = first_unpainted();
    say_number("stack used, bytes: ", span(lowest, stack_top));
    if (lowest < image_end + GUARD_WORDS) {
        semihost_say("inkline: the stack ran into its guard\n");
        code = EXIT_SOFTWARE;
    }
    semihost_exit(code);
}
