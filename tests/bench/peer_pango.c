/* Peer: 25 headlines wrapped into framed boxes on 800x480 with Cairo and Pango, cut to one bit,
 * once. peer_pango OUT.pbm < titles.txt */
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 800, HEIGHT = 480 };

static void card(cairo_t *cairo, PangoFontDescription *font, const char *text, int x, int y) {
    PangoLayout *layout = pango_cairo_create_layout(cairo);
    cairo_rectangle(cairo, x + .5, y + .5, 151, 83);
    cairo_stroke(cairo);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, 142 * PANGO_SCALE);
    pango_layout_set_height(layout, 74 * PANGO_SCALE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    pango_layout_set_text(layout, text, -1);
    cairo_move_to(cairo, x + 5, y + 4);
    pango_cairo_show_layout(cairo, layout);
    g_object_unref(layout);
}

int main(int count, char **argument) {
    char text[512];
    unsigned char row[WIDTH / 8];
    FILE *out = count == 2 ? fopen(argument[1], "wb") : NULL;
    if (out == NULL) {
        fprintf(stderr, "usage: peer_pango OUT.pbm < titles.txt\n");
        return 2;
    }
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, WIDTH, HEIGHT);
    cairo_t *cairo = cairo_create(surface);
    PangoFontDescription *font = pango_font_description_from_string("DejaVu Sans 10");
    cairo_set_line_width(cairo, 1);
    for (int i = 0; i < 25 && fgets(text, sizeof text, stdin) != NULL; i++) {
        text[strcspn(text, "\n")] = 0;
        card(cairo, font, text, i % 5 * 160 + 4, i / 5 * 92 + 4);
    }
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    fprintf(out, "P4\n%d %d\n", WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
        memset(row, 0, sizeof row);
        for (int x = 0; x < WIDTH; x++) {
            row[x / 8] |= (unsigned char)((pixels[y * stride + x] >> 7) << (7 - x % 8));
        }
        fwrite(row, 1, sizeof row, out);
    }
    return fclose(out) != 0;
}
