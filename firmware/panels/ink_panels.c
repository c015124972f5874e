#include "panels/ink_panels.h"

/* Pitch is the active area of the maker's data sheet divided by the pixels. The viewing distance
 * is the one at which such glass is commonly hung or stood; a story or a view overrides it. */
const struct ink_panel ink_panels[INK_PANEL_COUNT] = {
    {.name = "2.9-296x128",
     .glass = "2.9 inch black and white, SSD1680 class",
     .width = 296,
     .height = 128,
     .pitch_um = 226,
     .distance_mm = 700,
     .profile = INK_PROFILE_TINY,
     .depth = 1,
     .source = "active area 66.90 x 29.06 mm, as its makers state for 2.9 inch 296x128"},
    {.name = "4.2-400x300",
     .glass = "4.2 inch black and white, SSD1683 or UC8176 class",
     .width = 400,
     .height = 300,
     .pitch_um = 212,
     .distance_mm = 750,
     .profile = INK_PROFILE_WALL,
     .depth = 1,
     .source = "active area 84.80 x 63.60 mm, as its makers state for 4.2 inch 400x300"},
    {.name = "7.5-800x480",
     .glass = "7.5 inch black and white, UC8179 class",
     .width = 800,
     .height = 480,
     .pitch_um = 204,
     .distance_mm = 1000,
     .profile = INK_PROFILE_WALL,
     .depth = 1,
     .source = "active area 163.20 x 97.92 mm, as its makers state for 7.5 inch 800x480"},
    {.name = "10.3-1872x1404",
     .glass = "10.3 inch behind an IT8951, driven at 1 bit",
     .width = 1872,
     .height = 1404,
     .pitch_um = 112,
     .distance_mm = 800,
     .profile = INK_PROFILE_LARGE,
     .depth = 1,
     .source = "active area 209.66 x 157.25 mm, as its makers state for 10.3 inch 1872x1404"},
    {.name = "13.3-960x680",
     .glass = "13.3 inch black and white, SSD1677",
     .width = 960,
     .height = 680,
     .pitch_um = 287,
     .distance_mm = 1500,
     .profile = INK_PROFILE_WALL,
     .depth = 1,
     .source = "13.3 inch diagonal over 960x680 square pixels (SSD1677 drives 960x680)"},
    {.name = "gray-7.5-800x480",
     .glass = "7.5 inch black and white in four levels, UC8179 class",
     .width = 800,
     .height = 480,
     .pitch_um = 204,
     .distance_mm = 1000,
     .profile = INK_PROFILE_WALL,
     .depth = 2,
     .source = "as 7.5-800x480; UC8179: white, light, dark, black as two planes (commands 10, 13)"},
    {.name = "gray-10.3-1872x1404",
     .glass = "10.3 inch behind an IT8951, driven at 2 bits",
     .width = 1872,
     .height = 1404,
     .pitch_um = 112,
     .distance_mm = 800,
     .profile = INK_PROFILE_LARGE,
     .depth = 2,
     .source = "as 10.3-1872x1404; an IT8951 loads pictures of 2, 3, 4 and 8 bits a pixel"},
};

static bool begins_with(const char *name, const char *beginning, size_t bytes) {
    return strncmp(name, beginning, bytes) == 0;
}

const struct ink_panel *ink_panel_find(const char *name) {
    const struct ink_panel *found = NULL;
    size_t bytes = strlen(name);
    for (int i = 0; i < INK_PANEL_COUNT && bytes > 0; i++) {
        if (!begins_with(ink_panels[i].name, name, bytes)) {
            continue;
        }
        if (ink_panels[i].name[bytes] == '\0') {
            return &ink_panels[i];
        }
        if (found != NULL) {
            return NULL;
        }
        found = &ink_panels[i];
    }
    return found;
}
