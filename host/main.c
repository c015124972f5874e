/* The host program: read the command line, run the command, see that standard output was written.
 */
#include <stdio.h>

#include "options.h"
#include "say.h"

int main(int argc, char **argv) {
    struct ink_options options;
    int code = ink_options_read(&options, argc, argv);
    if (code < 0) {
        code = options.command->run(&options);
    }
    if ((fflush(stdout) != 0 || ferror(stdout)) && code == INK_EXIT_OK) {
        return ink_fail(INK_EXIT_IO, NULL, "cannot write to standard output");
    }
    return code;
}
