#include "bake/bake_join.h"

#include <hb.h>

#define JOINER 0x200D

hb_font_t *bake_join_open(const struct bake_source *source) {
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(source->file);
    if (blob == NULL) {
        bake_error(source->file, 0, NULL, "cannot be read");
        return NULL;
    }
    hb_face_t *face = hb_face_create(blob, (unsigned)source->face);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

uint32_t bake_join_index(hb_font_t *font, uint32_t letter, uint32_t second, enum ink_form form) {
    uint32_t text[4];
    int count = 0;
    if (form == INK_FORM_FINAL || form == INK_FORM_MEDIAL) {
        text[count++] = JOINER;
    }
    text[count++] = letter;
    if (second != 0) {
        text[count++] = second;
    }
    if (form == INK_FORM_INITIAL || form == INK_FORM_MEDIAL) {
        text[count++] = JOINER;
    }
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf32(buffer, text, count, 0, count);
    hb_buffer_set_direction(buffer, HB_DIRECTION_RTL);
    hb_buffer_set_script(buffer, HB_SCRIPT_ARABIC);
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_shape(font, buffer, NULL, 0);
    unsigned glyphs;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &glyphs);
    uint32_t index = glyphs == 1 ? info[0].codepoint : 0;
    hb_buffer_destroy(buffer);
    return index;
}
