#define INK_ICAL_LOADER
#include "import/ical_library.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "say.h"

#if ICAL_MAJOR_VERSION != 3
#error "another libical than 3: look at its changes, then at the name of its file"
#endif
static const char file_name[] = "libical.so.3";

struct ink_ical_library ink_ical_library;

int ink_ical_load(void) {
    static bool loaded;
    if (loaded) {
        return INK_EXIT_OK;
    }
    void *library = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
    void *symbol = NULL;
    bool whole = library != NULL;
#define USE(name)                                                                                  \
    symbol = whole ? dlsym(library, #name) : NULL;                                                 \
    whole = symbol != NULL;                                                                        \
    memcpy(&ink_ical_library.name, &symbol, sizeof symbol);
    INK_ICAL_FUNCTIONS(USE)
#undef USE
    loaded = whole;
    return whole ? INK_EXIT_OK
                 : ink_fail(INK_EXIT_DEVICE, "apt-get install libical3",
                            "calendars: cannot load %s", file_name);
}
