/* inkline panels: the panel table. */
#include <stdio.h>

#include "json.h"
#include "options.h"
#include "panels/ink_panels.h"
#include "say.h"

static const char *const profile_names[INK_PROFILE_COUNT] = {"tiny", "wall", "large"};

static void print_text(const struct ink_panel *panel) {
    printf("%-23s %4d x %-4d  %3d um  %4d mm  %-5s  %-8s  %s\n", panel->name, panel->width,
           panel->height, panel->pitch_um, panel->distance_mm, profile_names[panel->profile],
           ink_inks_colours[panel->inks].name, panel->glass);
}

static void print_member(const char *name, const char *text) {
    printf("\"%s\": ", name);
    ink_json_string(stdout, text, strlen(text));
}

/* What the panel can show, as it looks: name, native value, colour. */
static void print_colours(const struct ink_colours *colours) {
    fputs("\"colours\": [", stdout);
    for (int i = 0; i < colours->count; i++) {
        const struct ink_colour *colour = &colours->colour[i];
        printf("%s[\"%s\", %d, \"#%02X%02X%02X\"]", i > 0 ? ", " : "", colour->name, colour->value,
               colour->red, colour->green, colour->blue);
    }
    fputs("], ", stdout);
}

static void print_json(const struct ink_panel *panel, bool last) {
    fputs("  {", stdout);
    print_member("name", panel->name);
    printf(
        ", \"width\": %d, \"height\": %d, \"pitch_um\": %d, \"distance_mm\": %d, \"depth\": %d, ",
        panel->width, panel->height, panel->pitch_um, panel->distance_mm,
        ink_inks_table[panel->inks].planes);
    print_member("inks", ink_inks_colours[panel->inks].name);
    fputs(", ", stdout);
    print_colours(&ink_inks_colours[panel->inks]);
    print_member("profile", profile_names[panel->profile]);
    fputs(", ", stdout);
    print_member("glass", panel->glass);
    fputs(", ", stdout);
    print_member("source", panel->source);
    puts(last ? "}" : "},");
}

int ink_command_panels(const struct ink_options *options) {
    if (options->json) {
        puts("[");
    } else {
        puts("name                    pixels       pitch   from     memory inks      glass");
    }
    for (int i = 0; i < INK_PANEL_COUNT; i++) {
        if (options->json) {
            print_json(&ink_panels[i], i + 1 == INK_PANEL_COUNT);
        } else {
            print_text(&ink_panels[i]);
        }
    }
    if (options->json) {
        puts("]");
    }
    return INK_EXIT_OK;
}
