/* Every capacity of the core that is not in the config: value, unit, who depends on it. */
#ifndef INK_LIMITS_H
#define INK_LIMITS_H

/* Bounds of a record's texts, in bytes of UTF-8. Longer text is cut at a grapheme boundary
 * and counted. Part of the wire format: FORMAT.md and its CDDL say the same numbers. */
#define INK_LANE_BYTES     48
#define INK_SOURCE_BYTES   64
#define INK_VIA_BYTES      64
#define INK_HEADLINE_BYTES 320
#define INK_DETAIL_BYTES   640
#define INK_FIGURE_BYTES   64
#define INK_PLACE_BYTES    64
#define INK_LANG_BYTES     12
#define INK_URL_BYTES      200

/* All texts of one record: the decoder's buffer. */
#define INK_RECORD_TEXT_BYTES                                                                      \
    (INK_LANE_BYTES + INK_SOURCE_BYTES + INK_VIA_BYTES + INK_HEADLINE_BYTES + INK_DETAIL_BYTES +   \
     INK_FIGURE_BYTES + INK_PLACE_BYTES + INK_LANG_BYTES + INK_URL_BYTES)

/* Story facts, in bytes of UTF-8. */
#define INK_TITLE_BYTES     120
#define INK_ZONE_NAME_BYTES 40

/* Changes of offset that a story may carry; 8 bytes each. Two a year in most zones. */
#define INK_ZONE_CHANGES 24

/* Different sources told apart; later ones (by hash order) count as "and more". 4 bytes each;
 * a set of sources is one 64-bit mask, so this cannot exceed 64. */
#define INK_SOURCES 64

/* Of a detail, a digest keeps so much, for two of its events. Bytes. */
#define INK_EVENT_DETAIL_BYTES 240

/* Lanes counted by themselves: those of the best ranked events; the others count together. */
#define INK_LANES 8

/* Years that a date may name (ISO 8601 expanded: 0000 is 1 BCE). */
#define INK_YEAR_MIN (-9999)
#define INK_YEAR_MAX 9999

/* CBOR: a text longer than this on the wire is a lying length, not a long headline. Bytes. */
#define INK_WIRE_TEXT_BYTES 4096

/* NDJSON: nesting beyond this refuses the line. */
#define INK_JSON_DEPTH 16

/* Panels, in pixels a side. */
#define INK_PANEL_SIDE_MIN 64
#define INK_PANEL_SIDE_MAX 4096

#endif
