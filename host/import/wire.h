/* What the formats of the IPTC (ninjs, NewsML-G2, NewsML 1, NITF) have in common beyond their
 * tables: who says so and who relayed it, the first paragraph of a body, spans, what is withheld.
 */
#ifndef INK_IMPORT_WIRE_H
#define INK_IMPORT_WIRE_H

#include "import/import.h"

/* Words of the IPTC's vocabularies eventoccurstatus (eos0 unplanned, eos1 to eos4 planned, eos5
 * occurs certainly, eos6 cancelled) and speventstatus, and of schema.org. What will not take place
 * on its date is withdrawn; one that was moved has its new date. */
#define INK_WIRE_OCCURS                                                                            \
    "confirmed=confirmed eos5=confirmed eventconfirmed=confirmed eos6=withdrawn "                  \
    "cancelled=withdrawn canceled=withdrawn eventcancelled=withdrawn postponed=withdrawn "         \
    "eventpostponed=withdrawn suspended=withdrawn abandoned=withdrawn post_event=reported "        \
    "mid_event=reported completed=reported eos0=reported *=planned"

/* Of the vocabulary genre. */
#define INK_WIRE_GENRES                                                                            \
    "press_release=statement statement=statement quote=statement opinion=statement "               \
    "interview=statement transcript_and_verbatim=statement response_to_a_question=statement "      \
    "results_listings_and_statistics=figure polls_and_surveys=figure listing_of_facts=figure "     \
    "meeting=meeting conference=meeting decision=decision"

/* The first paragraph of a body as detail, if there is none yet: one that says something, and is
 * not the headline over again. */
void ink_wire_body(struct ink_draft *draft, const char *text, size_t bytes, bool html);

/* Until, from the start and a duration (ISO 8601, "PT1H30M", "P2D"), if there is none yet. */
void ink_wire_duration(struct ink_draft *draft, const char *text, size_t bytes);

/* Is a headline or description of that role for the desk, and no text for readers? By a part of the
 * role's name: agencies make up their own. */
bool ink_wire_for_desk(const char *role, size_t bytes);

/* What becomes of an item by its publication status: usable (or none), canceled (removes what it
 * stood for), embargoed (until the time that is set already, else without end), else withheld:
 * hidden, its versions before too, and warned about. */
void ink_wire_status(struct ink_import *in, const char *text, size_t bytes);

/* Put the draft after the last touches: an event's date that is only its report's is none; a byline
 * loses its "By"; a relay that is the source itself goes; what has no headline takes its detail. */
void ink_wire_put(struct ink_import *in, bool event);

/* Is its date after now? */
bool ink_wire_ahead(const struct ink_import *in);

#endif
