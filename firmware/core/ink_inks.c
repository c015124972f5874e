#include "core/ink_inks.h"

/* Native values are those that the controller takes where there is one number a pixel. Where it
 * takes planes, the first is black and the second the other ink, as SSD16xx and UC81xx do in 24/26
 * and 10/13; the polarity of each on the wire is the driver's matter. The four levels are as they
 * always were: 0 white, 3 black; the sixteen those of an IT8951: 0 black, 15 white.
 *
 * BWRY, COLOUR7, SPECTRA6: black on yellow (12:1, ACeP 7:1) rather than white on red (6:1), for the
 * words on INK_ALERT_GROUND are the smallest of the page. */
/* clang-format off */
const struct ink_inks_facts ink_inks_table[INK_INKS_COUNT] = {
    /*                      planes gray  paper text muted rule accent alert on... ground lanes   frame */
    [INK_INKS_BW]       = {1, false, { 0, 1, 1, 1, 1, 1, 1,  0,  0, 1, 1, 1, 1, 1}},
    [INK_INKS_GRAY4]    = {2, true,  { 0, 3, 2, 2, 3, 3, 3,  0,  0, 3, 3, 3, 3, 3}},
    [INK_INKS_GRAY16]   = {4, true,  {15, 0, 3, 7, 0, 0, 0, 15, 14, 0, 0, 0, 0, 0}},
    [INK_INKS_BWR]      = {2, false, { 0, 2, 2, 2, 2, 1, 1,  0,  0, 2, 2, 2, 2, 1}},
    [INK_INKS_BWY]      = {2, false, { 0, 2, 2, 2, 2, 2, 1,  2,  0, 2, 2, 2, 2, 2}},
    [INK_INKS_BWRY]     = {2, false, { 1, 0, 0, 0, 0, 3, 2,  0,  1, 0, 0, 0, 0, 0}},
    [INK_INKS_COLOUR7]  = {3, false, { 1, 0, 0, 0, 3, 4, 5,  0,  1, 3, 0, 3, 0, 0}},
    [INK_INKS_SPECTRA6] = {3, false, { 1, 0, 0, 0, 5, 3, 2,  0,  1, 5, 0, 5, 0, 0}},
};
/* clang-format on */

bool ink_inks_is_light(int inks, int role) {
    const uint8_t *values = ink_inks_table[inks].values;
    const int paper = values[INK_PAPER], text = values[INK_TEXT], value = values[role];
    return (value - paper) * (value - paper) < (value - text) * (value - text); // <= 225
}

uint8_t ink_inks_blend(int inks, int role, int level) {
    const uint8_t *values = ink_inks_table[inks].values;
    const int ground = values[ink_inks_is_light(inks, role) ? INK_TEXT : INK_PAPER];
    return (uint8_t)((ground * (3 - level) + values[role] * level + 1) / 3); // <= 15
}

/* ---- for people -------------------------------------------------------------------------------
 */

#define GRAY(name, value, level)                                                                   \
    { name, value, level, level, level }

/* What the pigments of Spectra 6 look like: one of two sets that go round (nobody agrees, and it
 * depends on the light: pimoroni-pico issue 1121), the one of epdoptimize. BWR, BWY and BWRY have
 * none of their own that we know of, and take the same. */
#define BLACK(value)                                                                               \
    { "black", value, 0x19, 0x1E, 0x21 }
#define WHITE(value)                                                                               \
    { "white", value, 0xE8, 0xE8, 0xE8 }
#define YELLOW(value)                                                                              \
    { "yellow", value, 0xEF, 0xDE, 0x44 }
#define RED(value)                                                                                 \
    { "red", value, 0xB2, 0x13, 0x18 }

const struct ink_colours ink_inks_colours[INK_INKS_COUNT] = {
    [INK_INKS_BW] = {"bw", 2, {GRAY("white", 0, 0xFF), GRAY("black", 1, 0)}},
    [INK_INKS_GRAY4] = {"gray4",
                        4,
                        {GRAY("white", 0, 0xFF), GRAY("light", 1, 0xAA), GRAY("dark", 2, 0x55),
                         GRAY("black", 3, 0)}},
    [INK_INKS_GRAY16] = {"gray16",
                         16,
                         {GRAY("black", 0, 0), GRAY("1", 1, 0x11), GRAY("2", 2, 0x22),
                          GRAY("3", 3, 0x33), GRAY("4", 4, 0x44), GRAY("5", 5, 0x55),
                          GRAY("6", 6, 0x66), GRAY("7", 7, 0x77), GRAY("8", 8, 0x88),
                          GRAY("9", 9, 0x99), GRAY("10", 10, 0xAA), GRAY("11", 11, 0xBB),
                          GRAY("12", 12, 0xCC), GRAY("13", 13, 0xDD), GRAY("14", 14, 0xEE),
                          GRAY("white", 15, 0xFF)}},
    [INK_INKS_BWR] = {"bwr", 3, {WHITE(0), RED(1), BLACK(2)}},
    [INK_INKS_BWY] = {"bwy", 3, {WHITE(0), YELLOW(1), BLACK(2)}},
    [INK_INKS_BWRY] = {"bwry", 4, {BLACK(0), WHITE(1), YELLOW(2), RED(3)}},
    /* As the library of a maker of boards has them (pimoroni/inky, inky_uc8159.py). */
    [INK_INKS_COLOUR7] = {"colour7",
                          7,
                          {{"black", 0, 0x39, 0x30, 0x39},
                           GRAY("white", 1, 0xFF),
                           {"green", 2, 0x3A, 0x5B, 0x46},
                           {"blue", 3, 0x3D, 0x3B, 0x5E},
                           {"red", 4, 0x9C, 0x48, 0x4B},
                           {"yellow", 5, 0xD0, 0xBE, 0x47},
                           {"orange", 6, 0xB1, 0x6A, 0x49}}},
    [INK_INKS_SPECTRA6] = {"spectra6",
                           6,
                           {BLACK(0),
                            WHITE(1),
                            YELLOW(2),
                            RED(3),
                            {"blue", 5, 0x21, 0x57, 0xBA},
                            {"green", 6, 0x12, 0x5F, 0x20}}},
};

const char *const ink_role_cues[INK_INK_COUNT] = {
    [INK_PAPER] = "the ground itself",
    [INK_TEXT] = "size and weight: headlines are bold",
    [INK_MUTED] = "light weight, its own column or line",
    [INK_RULE] = "a thin line, no letters",
    [INK_ACCENT] = "a line across the whole page",
    [INK_ALERT] = "the shape of the mark",
    [INK_ALERT_GROUND] = "a filled box, the only one with letters in it",
    [INK_ON_ALERT] = "bold, spaced, in a filled box; the word says it",
    [INK_GROUND] = "the lane has a name and a line of its own",
    [INK_LANE_1] = "the lane's place and name",
    [INK_LANE_2] = "the lane's place and name",
    [INK_LANE_3] = "the lane's place and name",
    [INK_LANE_4] = "the lane's place and name",
    [INK_ALERT_FRAME] = "the outline of the filled box",
};
