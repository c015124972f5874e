/* The sample stories, embedded by the build: no file is needed for a first picture. */
#ifndef INK_DEMO_SAMPLES_H
#define INK_DEMO_SAMPLES_H

#include <stddef.h>

struct ink_demo_sample {
    const char *name; /* stem of the file, such as "kursk" */
    const unsigned char *bytes;
    size_t count;
};

/* Made by host/demo_samples.cmake from the CSV files in samples. */
extern const struct ink_demo_sample ink_demo_samples[];
extern const size_t ink_demo_sample_count;

#endif
