/* inkline book: stories in every layout on every panel, both ways round: a page a file, contact
 * sheets, and an index of what is on them.
 *
 * Pages are made as `render` makes them.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "contact.h"
#include "demo_samples.h"
#include "glass.h"
#include "options.h"
#include "output.h"
#include "panels/ink_panels.h"
#include "remark.h"
#include "say.h"

enum { NAME_BYTES = 512, PATH_BYTES = 4096 + NAME_BYTES };

/* A panel, and how it hangs. */
struct hanging {
    const struct ink_panel *panel;
    int rotation;
};

struct book {
    const struct ink_options *options;
    const char *dir;
    FILE *index;
    struct hanging hangings[2 * INK_PANEL_COUNT];
    int hanging_count;
    struct ink_drawing *drawings; /* of one story in one layout, one for each hanging */
};

/* --- which panels --- */

/* Is a panel like one before it, as far as a page can tell? */
static bool is_like_another(const struct ink_panel *panel) {
    for (const struct ink_panel *other = ink_panels; other < panel; other++) {
        if (other->width == panel->width && other->height == panel->height &&
            other->pitch_um == panel->pitch_um && other->profile == panel->profile &&
            strcmp(ink_glass_kind(other), ink_glass_kind(panel)) == 0) {
            return true;
        }
    }
    return false;
}

static void choose_panel(struct book *book, const struct ink_panel *panel) {
    book->hangings[book->hanging_count++] = (struct hanging){panel, 0};
    book->hangings[book->hanging_count++] = (struct hanging){panel, 90};
}

static bool has_kind(const struct book *book, const char *kind) {
    for (int i = 0; i < book->hanging_count; i++) {
        if (strcmp(ink_glass_kind(book->hangings[i].panel), kind) == 0) {
            return true;
        }
    }
    return false;
}

/* All panels that differ, those of one kind of inks together, or the one that was asked for. */
static void choose_panels(struct book *book) {
    if (book->options->panel != NULL) {
        choose_panel(book, book->options->panel);
        return;
    }
    for (int first = 0; first < INK_PANEL_COUNT; first++) {
        const char *kind = ink_glass_kind(&ink_panels[first]);
        bool done = has_kind(book, kind);
        for (int i = first; !done && i < INK_PANEL_COUNT; i++) {
            const struct ink_panel *panel = &ink_panels[i];
            if (strcmp(ink_glass_kind(panel), kind) == 0 && !is_like_another(panel)) {
                choose_panel(book, panel);
            }
        }
    }
}

/* --- pages --- */

static void name_page(char out[NAME_BYTES], const char *story, const char *layout,
                      const struct hanging *hanging) {
    snprintf(out, NAME_BYTES, "%s-%s-%s%s.png", story, layout, hanging->panel->name,
             hanging->rotation != 0 ? "-r90" : "");
}

static void join(char out[PATH_BYTES], const char *dir, const char *name) {
    snprintf(out, PATH_BYTES, "%s/%s", dir, name);
}

static void index_page(FILE *to, const char *name, const struct ink_drawing *drawing) {
    char remarks[INK_REMARKS][INK_REMARK_BYTES];
    const struct ink_shown *shown = &drawing->ink.shown;
    const struct ink_page *page = &drawing->ink.page;
    struct ink_tiers tiers = ink_tiers_for(&drawing->view, &drawing->ink.condense.digest.story);
    fprintf(to, "| [%s](%s) | %dx%d | %s | %u | %lu | %d | %u/%u/%u/%u |", name, name, page->width,
            page->height, ink_layout_names[shown->layout], shown->shown,
            (unsigned long)shown->hidden, ink_page_cuts(page), tiers.glance, tiers.read,
            tiers.floor, tiers.detail);
    int count = ink_remarks(drawing, remarks);
    for (int i = 0; i < count; i++) {
        fprintf(to, "%s %s", i > 0 ? ";" : "", remarks[i]);
    }
    fputs(" |\n", to);
}

/* Page number `number` of a story in a layout. */
static int draw_page(struct book *book, int number, const struct ink_inputs *inputs,
                     const struct ink_options *options, const char *story) {
    const struct hanging *hanging = &book->hangings[number];
    struct ink_drawing *drawing = &book->drawings[number];
    struct ink_options page = *options;
    char name[NAME_BYTES];
    char path[PATH_BYTES];
    page.rotation = hanging->rotation;
    name_page(name, story, page.layout, hanging);
    join(path, book->dir, name);
    int code = ink_drawing_make(drawing, inputs, hanging->panel, &page);
    if (code == INK_EXIT_OK) {
        code = ink_drawing_write(drawing, path, 0, false);
    }
    if (code == INK_EXIT_OK) {
        index_page(book->index, name, drawing);
        puts(path);
    }
    return code;
}

/* The contact sheet of pages `first` to `end`, which are of one kind of inks. */
static int draw_contact(struct book *book, int first, int end, const char *name) {
    char path[PATH_BYTES];
    join(path, book->dir, name);
    int code = ink_contact_write(path, book->drawings + first, end - first);
    if (code == INK_EXIT_OK) {
        fprintf(book->index, "\nSide by side: [%s](%s)\n", name, name);
        puts(path);
    }
    return code;
}

/* The end of the panels of one kind of inks. */
static int kind_end(const struct book *book, int first) {
    const char *kind = ink_glass_kind(book->hangings[first].panel);
    int end = first + 1;
    while (end < book->hanging_count &&
           strcmp(ink_glass_kind(book->hangings[end].panel), kind) == 0) {
        end++;
    }
    return end;
}

/* A story in one layout on panels of one kind: all pages, then the sheet of them. */
static int draw_kind(struct book *book, int first, const struct ink_inputs *inputs,
                     const struct ink_options *options, const char *story) {
    const char *kind = ink_glass_kind(book->hangings[first].panel);
    char sheet[NAME_BYTES];
    int end = kind_end(book, first);
    int made = first; // drawings to be ended, the one that failed among them
    int code = INK_EXIT_OK;
    snprintf(sheet, sizeof sheet, "%s-%s-%s.png", story, options->layout, kind);
    fprintf(book->index,
            "\n## %s, %s, %s\n\n"
            "| page | hangs as | layout | shown | hidden | cut | glance/read/floor/detail px | "
            "remarks |\n|---|---|---|---|---|---|---|---|\n",
            story, options->layout, kind);
    while (code == INK_EXIT_OK && made < end) {
        code = draw_page(book, made++, inputs, options, story);
    }
    if (code == INK_EXIT_OK) {
        code = draw_contact(book, first, end, sheet);
    }
    while (made > first) {
        ink_drawing_end(&book->drawings[--made]);
    }
    return code;
}

static int draw_layout(struct book *book, const struct ink_inputs *inputs, const char *story,
                       const char *layout) {
    struct ink_options options = *book->options;
    int code = INK_EXIT_OK;
    options.layout = layout;
    for (int i = 0; code == INK_EXIT_OK && i < book->hanging_count; i = kind_end(book, i)) {
        code = draw_kind(book, i, inputs, &options, story);
    }
    return code;
}

/* A story in every layout, or in the one that was asked for; `auto` is always one of the others. */
static int draw_story(struct book *book, const struct ink_inputs *inputs, const char *story) {
    const char *only = book->options->layout;
    int code = INK_EXIT_OK;
    if (only != NULL) {
        return draw_layout(book, inputs, story, only);
    }
    for (int i = INK_LAYOUT_AUTO + 1; code == INK_EXIT_OK && i < INK_LAYOUT_COUNT; i++) {
        code = draw_layout(book, inputs, story, ink_layout_names[i]);
    }
    return code;
}

/* --- stories --- */

/* What a file is named without its folder and ending. */
static void stem_of(char out[NAME_BYTES], const char *path) {
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    int bytes = dot != NULL && dot != base ? (int)(dot - base) : (int)strlen(base);
    snprintf(out, NAME_BYTES, "%.*s", bytes, strcmp(path, "-") == 0 ? "standard-input" : base);
}

static int draw_inputs(struct book *book) {
    int code = INK_EXIT_OK;
    for (int i = 1; code == INK_EXIT_OK && i < book->options->input_count; i++) {
        struct ink_inputs inputs;
        struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 20};
        struct ink_options options = *book->options;
        char story[NAME_BYTES];
        options.inputs = &book->options->inputs[i];
        options.input_count = 1;
        stem_of(story, options.inputs[0]);
        code = ink_inputs_open(&inputs, &options, &say);
        code = code == INK_EXIT_OK ? draw_story(book, &inputs, story) : code;
        ink_inputs_close(&inputs);
    }
    return code;
}

static int draw_samples(struct book *book) {
    int code = INK_EXIT_OK;
    for (size_t i = 0; code == INK_EXIT_OK && i < ink_demo_sample_count; i++) {
        struct ink_inputs inputs;
        struct ink_say say = {.mode = INK_SAY_STDERR, .limit = 20};
        const struct ink_demo_sample *sample = &ink_demo_samples[i];
        const struct ink_segment segment = {
            .name = sample->name, .fd = -1, .memory = sample->bytes, .bytes = sample->count};
        code = ink_inputs_open_sample(&inputs, &segment, book->options, &say);
        code = code == INK_EXIT_OK ? draw_story(book, &inputs, sample->name) : code;
        ink_inputs_close(&inputs);
    }
    return code;
}

/* Two stories of one name would be the same pages. */
static int check_names(const struct ink_options *options) {
    char first[NAME_BYTES];
    char second[NAME_BYTES];
    for (int i = 1; i < options->input_count; i++) {
        for (int j = 1; j < i; j++) {
            stem_of(first, options->inputs[j]);
            stem_of(second, options->inputs[i]);
            if (strcmp(first, second) == 0) {
                return ink_fail(INK_EXIT_USAGE, "rename one, or make two books",
                                "book: %s and %s would have the same pages", options->inputs[j],
                                options->inputs[i]);
            }
        }
    }
    return INK_EXIT_OK;
}

static int write_index(const struct book *book, const char *text) {
    struct ink_output output;
    char path[PATH_BYTES];
    join(path, book->dir, "index.md");
    int code = ink_output_open(&output, path);
    if (code != INK_EXIT_OK) {
        return code;
    }
    fputs(text, output.file);
    code = ink_output_commit(&output);
    if (code == INK_EXIT_OK) {
        puts(path);
    }
    return code;
}

/* The index is kept until all pages are there: one output is open at a time. */
static int draw_book(struct book *book) {
    char *text = NULL;
    size_t bytes;
    int code = INK_EXIT_OK;
    book->drawings = calloc((size_t)book->hanging_count, sizeof *book->drawings);
    book->index = open_memstream(&text, &bytes);
    if (book->drawings == NULL || book->index == NULL) {
        code = ink_fail(INK_EXIT_IO, NULL, "no memory for %d drawings", book->hanging_count);
    } else {
        fputs("# Picture book\n", book->index);
        code = book->options->input_count > 1 ? draw_inputs(book) : draw_samples(book);
    }
    bool whole = book->index != NULL && fclose(book->index) == 0;
    if (code == INK_EXIT_OK) {
        code =
            whole ? write_index(book, text) : ink_fail(INK_EXIT_IO, NULL, "no memory for index.md");
    }
    free(book->drawings);
    free(text);
    return code;
}

static int make_folder(const char *dir) {
    struct stat status;
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) {
        return ink_fail(INK_EXIT_IO, errno == ENOENT ? "create its folder first" : NULL,
                        "%s: cannot create the folder: %s", dir, strerror(errno));
    }
    if (stat(dir, &status) == 0 && !S_ISDIR(status.st_mode)) {
        return ink_fail(INK_EXIT_IO, "book DIR [INPUT...]: the folder comes first",
                        "%s: expected a folder", dir);
    }
    return INK_EXIT_OK;
}

int ink_command_book(const struct ink_options *options) {
    struct book book = {.options = options, .dir = options->inputs[0]};
    int code = check_names(options);
    if (code == INK_EXIT_OK && options->input_count == 1 && ink_demo_sample_count == 0) {
        code = ink_fail(INK_EXIT_DEVICE, NULL, "book: no samples were built in");
    }
    if (code != INK_EXIT_OK) {
        return code;
    }
    code = make_folder(book.dir);
    if (code != INK_EXIT_OK) {
        return code;
    }
    choose_panels(&book);
    return draw_book(&book);
}
