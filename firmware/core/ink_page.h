/* Noun: an append-only display list in panel pixels, complete without the digest.
 *
 * A page is a run of 16-byte ops, each followed by its payload padded to 4 bytes. Offsets, no
 * pointers: a page can be copied, stored, compared and replayed. Coordinates are those of the
 * reader's view (after rotation); raster turns them to the panel's.
 *
 * An ITEM op stands before the ops that draw it and names them: what it is, the event it
 * belongs to, its rectangle, its tier, whether its text was cut.
 */
#ifndef INK_PAGE_H
#define INK_PAGE_H

#include "core/ink_types.h"

enum ink_op_type { INK_OP_ITEM, INK_OP_FILL, INK_OP_DASH, INK_OP_MARK, INK_OP_TEXT };

/* What an op is drawn for; what it looks like is the panel's matter. On paper and ink alone, all
 * but the grounds are black. */
enum ink_ink {
    INK_PAPER,        /* the ground, and letters on a reversed box */
    INK_TEXT,         /* what is to be read first */
    INK_MUTED,        /* sources, dates, counts */
    INK_RULE,         /* poles, ticks */
    INK_ACCENT,       /* now */
    INK_ALERT,        /* marks, poles and frames of what asks for caution */
    INK_ALERT_GROUND, /* a box behind INK_ON_ALERT, framed in INK_ALERT */
    INK_ON_ALERT,     /* letters on it */
    INK_GROUND,       /* behind every second lane; paper where that would be dirt */
    INK_LANE_1,       /* lines of lanes */
    INK_LANE_2,
    INK_LANE_3,
    INK_LANE_4,
    INK_INK_COUNT
};

enum ink_role { INK_ROLE_HEADLINE, INK_ROLE_SOURCE, INK_ROLE_TITLE, INK_ROLE_COUNT };

/* What an item is; names as in reports are in ink_item_names. */
enum ink_item {
    INK_ITEM_MASTHEAD,
    INK_ITEM_CLOCK,
    INK_ITEM_DATE,
    INK_ITEM_CARD,
    INK_ITEM_MORE,
    INK_ITEM_BREAK,
    INK_ITEM_MARK,
    INK_ITEM_AXIS,
    INK_ITEM_NOTE,
    INK_ITEM_COUNT
};
extern const char *const ink_item_names[INK_ITEM_COUNT];

enum {
    INK_OP_CUT = 1,      /* ITEM: a text in it was shortened and ends in an ellipsis */
    INK_OP_MIRRORED = 1, /* MARK: left and right change places */
    INK_OP_RUNS = 128,   /* TEXT: the payload is runs, see struct ink_run */
    INK_OP_TRACKING = 15 /* TEXT: these bits are the extra pixels after each glyph */
};

struct ink_op {
    uint8_t type;  /* enum ink_op_type */
    uint8_t ink;   /* enum ink_ink */
    uint8_t kind;  /* ITEM: enum ink_item; TEXT: enum ink_role; MARK: enum ink_standing */
    uint8_t flags; /* INK_OP_* */
    /* ITEM, FILL, DASH, MARK: the rectangle. TEXT: x0..x1 columns of ink, y0 baseline, y1 lowest
     * row of ink. */
    int16_t x0, y0, x1, y1;
    uint16_t payload; /* bytes that follow: ITEM 8 (the event's id), TEXT its UTF-8 or runs */
    uint16_t extra;   /* ITEM: px of its tier; TEXT: px of the font | columns before the first ink,
                       * signed, << 8; DASH: on | off << 8 */
};

struct ink_page {
    uint8_t *ops;       /* 4-byte aligned */
    uint32_t cap, used; /* bytes */
    uint32_t item;      /* offset of the open ITEM, or INK_NO_ITEM */
    uint32_t refused; /* ops that did not fit: 0 on every page that layout made by its own budget */
    int16_t width, height; /* of the view, pixels */
    uint16_t rotation;     /* of the view against the panel, degrees clockwise: 0, 90, 180, 270 */
    uint16_t missing;      /* code points drawn as a box because the role has no glyph */
    uint8_t depth;         /* bits a pixel of its band, and of its glyphs: 1 or 2 */
    bool mirrored;         /* right-to-left: see below */
};

#define INK_NO_ITEM UINT32_MAX

/* Bytes of an op with that payload. */
#define INK_OP_BYTES(payload) (sizeof(struct ink_op) + (((payload) + 3u) & ~3u))

void ink_page_begin(struct ink_page *page, void *memory, uint32_t bytes);

/* Open an item (closing one still open); it ends with ink_page_end_item, which sets its rectangle
 * to hold all ops pushed since. An item without ops is taken back. */
void ink_page_item(struct ink_page *page, enum ink_item item, uint64_t id, int tier_px);
void ink_page_end_item(struct ink_page *page);
void ink_page_mark_cut(struct ink_page *page);

/* On a mirrored page the functions below take columns from its right edge on, so that a layout made
 * from left to right comes out from right to left; ops hold columns from the left edge as always.
 */
void ink_page_fill(struct ink_page *page, struct ink_rect rect, enum ink_ink ink);
/* Dashes along the longer side, starting with ink at the low end. */
void ink_page_dash(struct ink_page *page, struct ink_rect rect, int on_px, int off_px,
                   enum ink_ink ink);
/* A status mark that fills a square. */
void ink_page_mark(struct ink_page *page, struct ink_rect square, int status, enum ink_ink ink);

/* Push a TEXT op with room for a payload of op->payload bytes and return that room, which the
 * caller fills; null if the page is full. Not mirrored: use ink_text_put to place by ink. */
char *ink_page_text(struct ink_page *page, const struct ink_op *op);

/* A part of a text in one direction. The payload of a TEXT op with INK_OP_RUNS is runs from left to
 * right, each with a header of INK_RUN_HEADER bytes, little-endian: u16 bytes of its text, and
 * 0x8000 if it is right-to-left; i16 x of its first glyph's pen, from the op's: the left edge,
 * or the right edge of a right-to-left run; u16 place of its text among the bytes of all runs in
 * reading order. Then its UTF-8, in reading order. */
struct ink_run {
    struct ink_span text;
    int16_t x;
    uint16_t order;
    bool right_to_left;
};
#define INK_RUN_HEADER 6

/* Walk the runs of a TEXT op: start with *at = 0; false at the end. An op without INK_OP_RUNS is
 * one run. */
bool ink_page_run(const struct ink_op *op, struct ink_span payload, uint16_t *at,
                  struct ink_run *run);

/* Of ITEM and TEXT. */
static inline int ink_op_px(const struct ink_op *op) {
    return op->extra & 0xFF;
}

/* Walk: start with *at = 0; false at the end. `payload` points into the page. */
bool ink_page_next(const struct ink_page *page, uint32_t *at, struct ink_op *op,
                   struct ink_span *payload);

#endif
