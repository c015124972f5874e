#include "contact.h"

#include <stdio.h>
#include <stdlib.h>

#include "canvas.h"
#include "core/ink_text.h"
#include "glass.h"
#include "remark.h"
#include "say.h"

enum {
    MARGIN = 32,        /* pixels: around the sheet, and between drawings */
    FRAME = 1,          /* a hairline around each drawing, so that white ones are seen */
    GAP = 10,           /* between a caption and its drawing */
    COLUMN_LEAST = 296, /* of a caption */
    ROW_LEAST = 1872,   /* room for drawings side by side, however small they are */
    TITLE_PX = 28,
    NAME_PX = 20,
    FACTS_PX = 20,
    LINES_MOST = 3, /* of one text of a caption */
    STRIP_ROWS = 32,
    CAPTION_PLANES = 2,
    PAGE_BYTES = 1 << 16
};
#define PAPER    0xD8D8D8u
#define INK      0x000000u
#define HAIRLINE 0x808080u

struct cell {
    const struct ink_drawing *drawing;
    struct ink ink; /* the drawing's, upright */
    struct ink_glass glass;
    int x, column; /* of the drawing, and how wide it and its caption are */
};

struct contact {
    struct cell *cells; /* in the order of the sheet */
    int count, width, height;
    struct ink_palette palette;
    uint8_t paper, hairline;
    struct ink_glass caption;
    uint8_t *page;  /* memory for the texts of a row */
    uint8_t *bits;  /* a band */
    uint8_t *strip; /* STRIP_ROWS rows of palette numbers */
};

/* --- where drawings stand --- */

static int by_size(const void *left, const void *right) {
    const struct cell *a = left;
    const struct cell *b = right;
    int by_height = a->ink.page.height - b->ink.page.height;
    int by_width = a->ink.page.width - b->ink.page.width;
    return by_height != 0  ? by_height
           : by_width != 0 ? by_width
                           : (a->drawing > b->drawing) - (a->drawing < b->drawing);
}

static void fill_cells(struct contact *contact, const struct ink_drawing *drawings) {
    for (int i = 0; i < contact->count; i++) {
        struct cell *cell = &contact->cells[i];
        cell->drawing = &drawings[i];
        cell->ink = drawings[i].ink;
        cell->ink.page.rotation = 0;
        cell->glass = ink_glass_of(drawings[i].panel, &contact->palette);
        cell->glass.width = cell->ink.page.width;
        cell->column = ink_max(cell->ink.page.width, COLUMN_LEAST);
    }
    qsort(contact->cells, (size_t)contact->count, sizeof *contact->cells, by_size);
}

/* The end of the row that begins with cell `first`. */
static int row_end(const struct contact *contact, int first, int room) {
    int end = first;
    for (int x = 0;
         end < contact->count && (end == first || x + contact->cells[end].column <= room); end++) {
        x += contact->cells[end].column + MARGIN;
    }
    return end;
}

/* Give each drawing its place in its row. Returns how wide the widest row is. */
static int place_cells(struct contact *contact, int room) {
    int widest = 0;
    for (int first = 0, end; first < contact->count; first = end) {
        int x = MARGIN;
        end = row_end(contact, first, room);
        for (int i = first; i < end; i++) {
            contact->cells[i].x = x;
            x += contact->cells[i].column + MARGIN;
        }
        widest = ink_max(widest, x);
    }
    return widest;
}

/* What a row has for captions and the margins between them: as much as the widest drawing. */
static int room_of(const struct contact *contact) {
    int room = ROW_LEAST;
    for (int i = 0; i < contact->count; i++) {
        room = ink_max(room, contact->cells[i].column);
    }
    return room;
}

static int tallest(const struct contact *contact, int first, int end) {
    int height = 0;
    for (int i = first; i < end; i++) {
        height = ink_max(height, contact->cells[i].ink.page.height);
    }
    return height;
}

/* --- captions --- */

static void begin_page(const struct contact *contact, struct ink_page *page) {
    ink_page_begin(page, contact->page, PAGE_BYTES);
    ink_page_set_inks(page, INK_INKS_GRAY4);
    page->width = (int16_t)contact->width;
}

/* Text under what ends at y. Returns where it ends. */
static int put_text(struct ink_page *page, const struct cell *cell, const struct ink_type *type,
                    const char *text, int y) {
    struct ink_slot slot = {.x = cell->x, .width = cell->column, .baseline = y + type->face.ascent};
    int last = ink_text_put_lines(page, type, ink_span_of(text), LINES_MOST, slot);
    return last + type->face.line - type->face.ascent;
}

static void write_facts(const struct ink_drawing *drawing, char *out, size_t bytes) {
    const struct ink_panel *panel = drawing->panel;
    const struct ink_shown *shown = &drawing->ink.shown;
    int cuts = ink_page_cuts(&drawing->ink.page);
    char cut[32] = "";
    if (cuts > 0) {
        snprintf(cut, sizeof cut, ", %d cut", cuts);
    }
    snprintf(out, bytes, "%d × %d, %s, %s, %u of %lu shown%s", panel->width, panel->height,
             ink_glass_kind(panel), ink_layout_names[shown->layout], shown->shown,
             (unsigned long)shown->shown + shown->hidden, cut);
}

/* The caption of one drawing. Returns where it ends. */
static int put_caption(struct ink_page *page, const struct cell *cell) {
    char text[160];
    char remarks[INK_REMARKS][INK_REMARK_BYTES];
    const struct ink_drawing *drawing = cell->drawing;
    struct ink_type name = ink_type_at(INK_ROLE_HEADLINE, NAME_PX, CAPTION_PLANES);
    struct ink_type facts = ink_type_at(INK_ROLE_SOURCE, FACTS_PX, CAPTION_PLANES);
    struct ink_type warning = ink_type_at(INK_ROLE_HEADLINE, FACTS_PX, CAPTION_PLANES);
    int turned = drawing->view.rotation;
    snprintf(text, sizeof text, turned != 0 ? "%s, turned by %d°" : "%s", drawing->panel->name,
             turned);
    int y = put_text(page, cell, &name, text, 0);
    write_facts(drawing, text, sizeof text);
    y = put_text(page, cell, &facts, text, y);
    int count = ink_remarks(drawing, remarks);
    for (int i = 0; i < count; i++) {
        y = put_text(page, cell, &warning, remarks[i], y);
    }
    return y;
}

/* The captions of a row, and the gap below them. */
static void make_captions(const struct contact *contact, int first, int end,
                          struct ink_page *page) {
    int y = 0;
    begin_page(contact, page);
    for (int i = first; i < end; i++) {
        y = ink_max(y, put_caption(page, &contact->cells[i]));
    }
    page->height = (int16_t)(y + GAP);
}

/* The story's title, and what is around it. */
static void make_title(const struct contact *contact, struct ink_page *page) {
    const struct ink_story *story = &contact->cells[0].drawing->ink.condense.digest.story;
    struct ink_span title = ink_span_bounded(story->title, INK_TITLE_BYTES);
    struct ink_type type = ink_type_at(INK_ROLE_TITLE, TITLE_PX, CAPTION_PLANES);
    begin_page(contact, page);
    page->height = MARGIN;
    if (title.bytes > 0) {
        struct ink_slot slot = {.x = MARGIN,
                                .width = (int16_t)(contact->width - 2 * MARGIN),
                                .baseline = MARGIN + type.face.ascent};
        ink_text_put_within(page, &type, ink_line_of(title), &slot);
        page->height = (int16_t)(MARGIN + type.face.line + MARGIN / 2);
    }
}

/* --- pixels --- */

static bool write_strip(const struct contact *contact, struct ink_canvas *canvas, int rows) {
    for (int row = 0; row < rows; row++) {
        if (!ink_canvas_row(canvas, contact->strip + (size_t)row * (size_t)contact->width)) {
            return false;
        }
    }
    return true;
}

static struct ink_band band_of(const struct contact *contact, int width, int y0, int y1) {
    return (struct ink_band){.bits = contact->bits,
                             .stride = ((uint32_t)width + 7) / 8,
                             .y0 = (int16_t)y0,
                             .rows = (int16_t)(y1 - y0)};
}

/* All rows of a page of texts. */
static bool write_page(const struct contact *contact, struct ink_canvas *canvas,
                       const struct ink_page *page) {
    const struct ink ink = {.page = *page};
    bool good = true;
    for (int y = 0; good && y < page->height; y += STRIP_ROWS) {
        struct ink_band band =
            band_of(contact, contact->width, y, ink_min(page->height, y + STRIP_ROWS));
        ink_draw(&ink, &band);
        for (int row = 0; row < band.rows; row++) {
            ink_glass_row(&contact->caption, &band, row,
                          contact->strip + (size_t)row * (size_t)contact->width);
        }
        good = write_strip(contact, canvas, band.rows);
    }
    return good;
}

/* The hairline in one row, `y` of the drawing's own. */
static void frame_row(const struct contact *contact, const struct cell *cell, int y,
                      uint8_t *pixels) {
    uint8_t *from = pixels + cell->x - FRAME;
    size_t width = (size_t)cell->ink.page.width + 2 * (size_t)FRAME;
    if (y == -FRAME || y == cell->ink.page.height) {
        memset(from, contact->hairline, width);
    } else if (y >= 0 && y < cell->ink.page.height) {
        from[0] = from[width - 1] = contact->hairline;
    }
}

/* What of a drawing is in the strip, whose first row is `y0` of the drawing's own. */
static void draw_cell(const struct contact *contact, const struct cell *cell, int y0, int rows) {
    size_t width = (size_t)contact->width;
    for (int row = 0; row < rows; row++) {
        frame_row(contact, cell, y0 + row, contact->strip + (size_t)row * width);
    }
    int from = ink_max(y0, 0);
    int to = ink_min(y0 + rows, cell->ink.page.height);
    if (from >= to) {
        return;
    }
    struct ink_band band = band_of(contact, cell->ink.page.width, from, to);
    ink_draw(&cell->ink, &band);
    for (int row = 0; row < band.rows; row++) {
        uint8_t *pixels = contact->strip + (size_t)(from - y0 + row) * width;
        ink_glass_row(&cell->glass, &band, row, pixels + cell->x);
    }
}

/* The drawings of a row, and the margin below them. */
static bool write_drawings(const struct contact *contact, struct ink_canvas *canvas, int first,
                           int end) {
    int height = tallest(contact, first, end) + FRAME + MARGIN;
    bool good = true;
    for (int y = -FRAME; good && y < height; y += STRIP_ROWS) {
        int rows = ink_min(STRIP_ROWS, height - y);
        memset(contact->strip, contact->paper, (size_t)rows * (size_t)contact->width);
        for (int i = first; i < end; i++) {
            draw_cell(contact, &contact->cells[i], y, rows);
        }
        good = write_strip(contact, canvas, rows);
    }
    return good;
}

/* --- the sheet --- */

static int measure(const struct contact *contact, int room) {
    struct ink_page page;
    make_title(contact, &page);
    int height = page.height;
    for (int first = 0, end; first < contact->count; first = end) {
        end = row_end(contact, first, room);
        make_captions(contact, first, end, &page);
        height += page.height + tallest(contact, first, end) + 2 * FRAME + MARGIN;
    }
    return height;
}

static bool write_rows(const struct contact *contact, struct ink_canvas *canvas, int room) {
    struct ink_page page;
    make_title(contact, &page);
    bool good = write_page(contact, canvas, &page);
    for (int first = 0, end; good && first < contact->count; first = end) {
        end = row_end(contact, first, room);
        make_captions(contact, first, end, &page);
        good = write_page(contact, canvas, &page) && write_drawings(contact, canvas, first, end);
    }
    return good;
}

static int write_sheet(struct contact *contact, const char *name) {
    struct ink_canvas canvas;
    int room = room_of(contact);
    contact->width = place_cells(contact, room);
    contact->paper = ink_palette_take(&contact->palette, PAPER);
    contact->hairline = ink_palette_take(&contact->palette, HAIRLINE);
    contact->caption =
        ink_glass_between(contact->width, CAPTION_PLANES, PAPER, INK, &contact->palette);
    size_t row_bytes = ((size_t)contact->width + 7) / 8;
    contact->page = malloc(PAGE_BYTES);
    contact->bits = malloc(4 * STRIP_ROWS * row_bytes); // planes
    contact->strip = malloc(STRIP_ROWS * (size_t)contact->width);
    if (contact->page == NULL || contact->bits == NULL || contact->strip == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for a sheet");
    }
    int code =
        ink_canvas_begin(&canvas, name, &contact->palette, contact->width, measure(contact, room));
    return code == INK_EXIT_OK ? ink_canvas_end(&canvas, write_rows(contact, &canvas, room)) : code;
}

int ink_contact_write(const char *name, const struct ink_drawing *drawings, int count) {
    struct contact contact = {.count = count};
    contact.cells = calloc((size_t)count, sizeof *contact.cells);
    if (contact.cells == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for a sheet");
    }
    fill_cells(&contact, drawings);
    int code = write_sheet(&contact, name);
    free(contact.strip);
    free(contact.bits);
    free(contact.page);
    free(contact.cells);
    return code;
}
