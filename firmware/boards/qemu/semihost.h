/* Semihosting: system calls that the emulator (or a debug probe) answers.
 *
 * Source: Arm, "Semihosting for AArch32 and AArch64", 2.0: operation in r0, parameter block in
 * r1, BKPT 0xAB on M-profile, result in r0.
 */
#ifndef SEMIHOST_H
#define SEMIHOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The command line, zero-terminated, into `line`; false if it does not fit. */
bool semihost_command_line(char *line, size_t room);

/* Text to the emulator's standard error. */
void semihost_say(const char *text);

/* End the emulation with this exit code. */
__attribute__((noreturn)) void semihost_exit(int code);

#endif
