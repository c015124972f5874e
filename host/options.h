/* The command line: one table of commands and one of options drive parsing and help. */
#ifndef INK_OPTIONS_H
#define INK_OPTIONS_H

#include "core/ink_panel.h"
#include "core/ink_time.h"

/* Without --window calendars show what is not over now and begins in so many days. */
#define INK_WINDOW_DAYS 60

struct ink_options {
    const struct ink_command *command;
    char **inputs;
    int input_count;
    const char *output;
    const char *panel_name;
    const struct ink_panel *panel; /* that name's row; NULL if none was given */
    const char *from, *to;         /* format names */
    const char *layout, *lang, *zone, *title;
    const char *dump;
    const char *report;
    const char *previous;                   /* PNG of what the panel shows */
    const char *hold;                       /* file of what was shown before */
    struct ink_date now;                    /* precision NONE: not given */
    struct ink_date window_from, window_to; /* --window; precision NONE: not given */
    bool now_is_clock;   /* --now now: what the system's clock says when it is drawn */
    int distance_mm;     /* 0: not given */
    int band_rows;       /* 0: not given */
    int rotation;        /* 0, 90, 180, 270 */
    int dates, per_date; /* 0: not given */
    int work, live;      /* bytes; 0: not given */
    bool watch, hash, strict, json, help;
};

struct ink_command {
    const char *name;
    const char *arguments; /* as in the usage line */
    const char *purpose;   /* one line */
    const char *more;      /* a few lines of help, or NULL */
    int min_inputs, max_inputs;
    int (*run)(const struct ink_options *options); /* returns an exit code */
};

/* Read argv of `main`. Returns -1 if options->command is to be run, else the exit code: help or
 * the version was printed, or the command line was refused. */
int ink_options_read(struct ink_options *options, int argc, char **argv);

/* The commands, each in the file of its name. */
int ink_command_demo(const struct ink_options *options);
int ink_command_render(const struct ink_options *options);
int ink_command_sheet(const struct ink_options *options);
int ink_command_book(const struct ink_options *options);
int ink_command_condense(const struct ink_options *options);
int ink_command_convert(const struct ink_options *options);
int ink_command_check(const struct ink_options *options);
int ink_command_panels(const struct ink_options *options);
int ink_command_formats(const struct ink_options *options);
int ink_command_frame(const struct ink_options *options);
int ink_command_specimen(const struct ink_options *options);

#endif
