/* The host program: see that the standard streams are there, read the command line, run the
 * command, see that standard output was written.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "options.h"
#include "say.h"

/* A stream that was closed at the start is opened so that its use fails: otherwise the first file
 * opened would take its place, and get what is meant for the stream. */
static void fill_streams(void) {
    static const int against[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            (void)!open("/dev/null", against[fd]); // takes the lowest free number: fd
        }
    }
}

int main(int argc, char **argv) {
    struct ink_options options;
    fill_streams();
    int code = ink_options_read(&options, argc, argv);
    if (code < 0) {
        code = options.command->run(&options);
    }
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == INK_EXIT_OK) {
        return ink_fail(INK_EXIT_IO, NULL, "cannot write to standard output: %s", strerror(errno));
    }
    return code;
}
