/* inkline specimen: every role, size and language on one sheet, in one bit and in four levels. */
#include <stdio.h>
#include <stdlib.h>

#include "core/ink_raster.h"
#include "core/ink_text.h"
#include "core/ink_words.h"
#include "options.h"
#include "output.h"
#include "png.h"
#include "say.h"

/* Words of a news page with what each script finds hard: accents, marks, brackets in the other
 * direction, numbers with units. Our own. */
static const struct sample {
    const char *lang, *text;
} samples[] = {
    {"en", "Judge: “Fjord quiz, 1,250 km²”"},
    {"en", "AV To Ty We P. L’T Fa y, r. 11 rn"},
    {"en", "0123456789 11:11 –27 °C — 8½/9 #"},
    {"de", "Äußerst große Übung: 4,5 Mrd. €"},
    {"fr", "L’été à Nîmes : « ça œuvre », 12 %"},
    {"es", "¿Qué pasó? Año de señales, 3 º"},
    {"it", "Perché così? Più città, già l’88 %"},
    {"pt", "Ações não são opções: três mães"},
    {"ro", "Știri: țări, mâine și încă 5 ani"},
    {"pl", "Żółć, gęś i łódź w środę o 7"},
    {"cs", "Příliš žluťoučký kůň, 21. říjen"},
    {"tr", "İğne, ışık, şöyle çağ; %35 güç"},
    {"uk", "Ґанок, їжак, щодня АУ Та Гд 9 км"},
    {"ru", "Объём съёмки, цех, эхо; № 15"},
    {"el", "Ξεσκεπάζω την ψυχή, Άϊ ΰ 6 μ."},
    {"ar", "قِطارٌ (TX-9) لاجئ: ٣ و15% إلى الأمام"},
    {"ar", "٠١٢٣٤٥٦٧٨٩؟ چ «محمّد»، لله؛ ظفر"},
    {"fa", "پیش‌بینی گزارش ژاپن، ۲۴ کیلومتر"},
    {"fa", "۰۱۲۳۴۵۶۷۸۹"},
    {"ur", "پاکستان میں بڑی خبر، ٹھیک 12 بجے"},
    {"he", "שָׁלוֹם (NATO) מחר: 15% מצה״ל"},
    {"zh", "北京：强风“红色”预警，1200万人"},
    {"ja", "東京「カーブ」で雪、5ヶ月ぶり。"},
    {"ko", "서울, 한강 수위 3m 경보 발령"},
};
enum { SAMPLES = sizeof samples / sizeof samples[0] };

enum {
    MARGIN = 24,
    LABEL = 64,    /* pixels: the language's tag */
    COLUMN = 1312, /* every sample at every size is whole in it */
    GAP = 24,
    WIDTH = MARGIN + LABEL + INK_ROLE_COUNT * (COLUMN + GAP),
    HEAD = 56,
    AIR = 20, /* under a language */
    BAND_ROWS = 64,
    PAGE_BYTES = 1 << 18
};
_Static_assert((int)WIDTH <= INK_PANEL_SIDE_MAX, "a row of the sheet is a row of a picture");

/* Is there a sample in the language? `lang` null: in any. */
static bool has_sample(const char *lang) {
    for (int i = 0; i < SAMPLES; i++) {
        if (lang == NULL || strcmp(samples[i].lang, lang) == 0) {
            return true;
        }
    }
    return false;
}

/* One sample in one role at every size, smallest first. Returns where it ends. */
static int put_ladder(struct ink_page *page, const struct sample *sample, enum ink_role role,
                      int y) {
    const int x = MARGIN + LABEL + (int)role * (COLUMN + GAP);
    int px = 0;
    for (int size = ink_type_step(role, 0, 0); size > px; size = ink_type_step(role, px, 1)) {
        struct ink_type type = ink_type_at(role, size, page->depth);
        px = size;
        y += type.face.line + type.face.line / 8;
        ink_text_put_within(page, &type, ink_line_of(ink_span_of(sample->text)),
                            &(struct ink_slot){.x = x, .width = COLUMN, .baseline = y});
    }
    return y;
}

static int put_sample(struct ink_page *page, const struct sample *sample, int y) {
    struct ink_type type = ink_type_at(INK_ROLE_HEADLINE, 20, page->depth);
    int end = y;
    ink_text_put(page, &type, ink_span_of(sample->lang), MARGIN, y + type.face.line);
    for (int role = 0; role < INK_ROLE_COUNT; role++) {
        end = put_ladder(page, sample, (enum ink_role)role, y);
    }
    return end + AIR;
}

/* All samples, or those of one language, with glyphs of one depth. Returns the height. */
static int make_page(struct ink_page *page, const char *lang, enum ink_inks inks) {
    static const char *const heads[] = {"headline", "source", "title"};
    struct ink_type type;
    ink_page_set_inks(page, inks);
    type = ink_type_at(INK_ROLE_HEADLINE, 28, page->depth);
    for (int role = 0; role < INK_ROLE_COUNT; role++) {
        ink_text_put(page, &type, ink_span_of(heads[role]), MARGIN + LABEL + role * (COLUMN + GAP),
                     HEAD - 12);
    }
    ink_text_put(page, &type, ink_span_of(page->depth == 1 ? "1 bit" : "2 bit"), MARGIN, HEAD - 12);
    ink_page_fill(page, (struct ink_rect){MARGIN, HEAD - 4, WIDTH - MARGIN, HEAD - 2}, INK_TEXT);
    int y = HEAD;
    for (int i = 0; i < SAMPLES; i++) {
        bool wanted = lang == NULL || strcmp(samples[i].lang, lang) == 0;
        y = wanted ? put_sample(page, &samples[i], y) : y;
    }
    page->width = WIDTH;
    page->height = (int16_t)y;
    return y;
}

/* Rows of a page, as four levels whatever its depth. */
static bool write_rows(struct ink_png *png, const struct ink_page *page) {
    static uint8_t bits[2 * BAND_ROWS * ((WIDTH + 7) / 8)];
    struct ink_band band = {.bits = bits, .stride = (WIDTH + 7) / 8};
    for (int y = 0; y < page->height; y += BAND_ROWS) {
        band.y0 = (int16_t)y;
        band.rows = (int16_t)ink_min(BAND_ROWS, page->height - y);
        size_t plane = band.stride * (size_t)band.rows;
        ink_raster(page, &band);
        if (page->depth == 1) {
            memcpy(bits + plane, bits, plane);
        }
        if (!ink_png_rows(png, bits, band.rows)) {
            return false;
        }
    }
    return true;
}

static int write_sheet(const char *name, const struct ink_page pages[2]) {
    const struct ink_panel sheet = {.width = WIDTH,
                                    .height = (int16_t)(pages[0].height + pages[1].height),
                                    .pitch_um = 204,
                                    .inks = INK_INKS_GRAY4};
    struct ink_output output;
    struct ink_png png;
    ink_output_advise_png(name);
    int code = ink_output_open(&output, name);
    if (code != INK_EXIT_OK) {
        return code;
    }
    bool good = ink_png_begin(&png, output.file, &sheet);
    good = good && write_rows(&png, &pages[0]) && write_rows(&png, &pages[1]);
    good = ink_png_end(&png, good);
    if (!good) {
        int failed = ink_output_failed(output.name, "write the picture");
        ink_output_abandon(&output);
        return failed;
    }
    return ink_output_commit(&output);
}

int ink_command_specimen(const struct ink_options *options) {
    if (options->output == NULL) {
        return ink_fail(INK_EXIT_USAGE, NULL, "specimen: -o OUT.png is needed");
    }
    if (!has_sample(options->lang)) {
        return ink_fail(INK_EXIT_USAGE, "leave out --lang for all languages",
                        "specimen: no sample in \"%s\"", options->lang);
    }
    struct ink_page pages[2];
    uint8_t *memory = malloc(2 * (size_t)PAGE_BYTES);
    if (memory == NULL) {
        return ink_fail(INK_EXIT_IO, NULL, "no memory for a page");
    }
    for (int i = 0; i < 2; i++) {
        ink_page_begin(&pages[i], memory + (size_t)i * PAGE_BYTES, PAGE_BYTES);
        make_page(&pages[i], options->lang, i == 0 ? INK_INKS_BW : INK_INKS_GRAY4);
        INK_ASSERT(pages[i].refused == 0);
    }
    if (pages[0].missing + pages[1].missing > 0) {
        ink_warn("specimen: %d glyphs are missing: this build has no fonts for some languages",
                 pages[0].missing + pages[1].missing);
    }
    int code = write_sheet(options->output, pages);
    free(memory);
    return code;
}
