/* inkline panels: the panel table. */
#include <stdio.h>

#include "json.h"
#include "options.h"
#include "panels/ink_panels.h"
#include "say.h"

static const char *const profile_names[INK_PROFILE_COUNT] = {"tiny", "wall", "large"};

static void print_text(const struct ink_panel *panel) {
    printf("%-19s %4d x %-4d  %3d um  %4d mm  %-5s  %s\n", panel->name, panel->width, panel->height,
           panel->pitch_um, panel->distance_mm, profile_names[panel->profile], panel->glass);
}

static void print_member(const char *name, const char *text) {
    printf("\"%s\": ", name);
    ink_json_string(stdout, text, strlen(text));
}

static void print_json(const struct ink_panel *panel, bool last) {
    fputs("  {", stdout);
    print_member("name", panel->name);
    printf(
        ", \"width\": %d, \"height\": %d, \"pitch_um\": %d, \"distance_mm\": %d, \"depth\": %d, ",
        panel->width, panel->height, panel->pitch_um, panel->distance_mm, panel->depth);
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
        puts("name                pixels       pitch   from     memory glass");
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
