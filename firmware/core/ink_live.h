/* The whole core for records that come once: over a serial line, a radio, without a flash to read
 * them again from.
 *
 *     struct ink_live live;
 *     if (ink_live_init(&live, &config, buffer, sizeof buffer) != INK_OK) ...
 *     for (;;) {
 *         ink_live_take(&live, item, bytes);    // whenever one arrives
 *         ...
 *         ink_live_condense(&live);             // whenever the wall is drawn anew
 *         if (ink_lay_out(&live.ink, &view) != INK_OK) ...
 *         for (each band) ink_draw(&live.ink, &band);
 *     }
 *
 * There is no second way of condensing. The buffer holds items as they came, and is the feed that
 * all passes of core/ink.h run over; the facts of the story are merged and kept aside, and given to
 * every pass. As long as all records fit, the digest is the one that core/ink.h makes of them.
 *
 * Forgetting. When an item does not fit, what is in the buffer is condensed, and of it stay, in at
 * most half of the buffer (and no more than leaves room for the item):
 *   1. the records that the digest kept with their texts, by rank, up to the first that does not
 *      fit (one that alone would not fit is passed over);
 *   2. planned records, kept or not: the last to come, in an eighth of the buffer, which the first
 *      rule leaves them;
 *   3. of all others, in what room the first rule left, a fixed sample by the hash of what they
 *      say, so that days long past are still supported when days are compared.
 *
 * The rest goes: copies and old versions, which are counted as such, and all else, which is
 * forgotten: counted, with the days from the first to the last that it covers. ink_live_condense
 * counts the forgotten among the hidden before the first event, so that the page says "+n".
 *
 * What is lost with the forgotten, and so depends on the order in which records come:
 * - their days, words and sources support no one any more, so that the latest days have the
 *   advantage; what was forgotten is not found again when it turns out to matter; and an event
 *   counts the records and sources that say it of those remembered, not of all;
 * - a copy of a record forgotten is taken for a new one; an old version that comes after its
 *   successor was forgotten stands again; a correction replaces what is remembered, but
 *   what was forgotten stays counted as hidden; withdrawn records that are gone are forgotten as
 * old versions are, and whether they are is told by the newest record remembered, if no as-of does;
 * - their sources, their lane (they count in the last one) and whether they were early are not
 *   known; their days are those of the zone as it was known then, their place is before all others.
 * What the desk weighs above all others stays, whenever it came, as long as it has room
 * and says what no better one says.
 *
 * Bounds. Memory: the buffer, a struct ink_live, and the memory of the config. Work: an item costs
 * its decoding, and one condensing of the buffer at most; each such condensing empties at
 * least half of the buffer, so a buffer's worth of items costs about two. Nothing is read twice
 * from the line, and drawing changes nothing that is remembered.
 *
 * How much: half of the buffer should hold what the wall shows. Of a story of 600 records (69 KB)
 * of which 24 are shown, 16 KB show 58 percent of the days that all passes over all records choose
 * if they come by date, 79 if they come mixed; 4 KB, 33 and 62. tests/test_live.c prints the table.
 */
#ifndef INK_LIVE_H
#define INK_LIVE_H

#include "core/ink.h"

/* Visible so that callers can place it. Read-only: `ink` as core/ink.h says, after
 * ink_live_condense; the counts at any time. */
struct ink_live {
    struct ink ink;
    struct ink_story story;   /* all facts so far */
    struct ink_counts past;   /* refused; copies and old versions that have left the buffer; cut and
                                 unknown: of all. Others: 0 */
    struct ink_gap forgotten; /* records and their days; sources: none */
    struct ink_refusal first_refusal; /* offset in its item; reason INK_REASON_NONE: none yet */
    uint32_t first_refusal_input;     /* number of that item, from 0 */
    uint32_t taken;                   /* items, stories and refused ones among them */
    uint32_t full;                    /* of those refused, good records larger than the buffer */
    uint32_t condensed;               /* times that room had to be made */
    unsigned char *items;             /* a CBOR sequence: what is remembered, oldest first */
    uint32_t bytes;                   /* room for them */
    uint32_t used;
};

/* Largest item that is remembered whatever the buffer, bytes. */
#define INK_LIVE_ITEM_MAX UINT16_MAX

/* Check the config as ink_init does, and start with nothing remembered. `buffer`: any alignment;
 * the caller's, for as long as `live` is used. INK_ERR_CONFIG: the config, or no buffer; then *live
 * must not be used. */
INK_MUST_USE enum ink_status ink_live_init(struct ink_live *live, const struct ink_config *config,
                                           void *buffer, size_t bytes);

/* Take one item of the wire format, whole: a record, or facts of the story. False if it was
 * refused, and counted: bytes that are not exactly one good item, or a record larger than the
 * buffer. No bytes are no item. Digest and page are gone afterwards: they and the decoder share
 * memory. */
bool ink_live_take(struct ink_live *live, const void *item, size_t bytes);

/* Condense what is remembered, for ink_lay_out(&live->ink, ...). The digest counts all records ever
 * taken: read = refused + duplicate + superseded + merged + hidden + kept. */
void ink_live_condense(struct ink_live *live);

#endif
