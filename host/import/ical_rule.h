/* Recurrence rules (RFC 5545, section 3.3.10) to times of the clock they are written by.
 *
 * libical reads a rule; it is expanded here, because libical's own iterator looks for the next time
 * until the year 2582, second by second if need be, and nothing can stop it.
 *
 * Where the standard leaves open what a part means, a part that does not belong to the rule's
 * frequency limits the days: BYMONTHDAY of a weekly rule, BYWEEKNO of none but a yearly one is
 * ignored, as the number of a BYDAY such as 2MO in a rule that is neither monthly nor yearly.
 */
#ifndef INK_IMPORT_ICAL_RULE_H
#define INK_IMPORT_ICAL_RULE_H

#include "import/ical_library.h"

#include "core/ink_types.h"

/* Steps of a search for the times of one rule. A daily rule since 1850 takes 64,000. */
#define INK_ICAL_RULE_STEPS 2000000

struct ink_ical_range {
    int64_t start;    /* DTSTART: seconds since 1970 of its own clock */
    bool date;        /* it is a DATE: the rule's hours, minutes and seconds are ignored */
    int64_t from, to; /* times in [from, to) are taken, by the same clock */
};

/* False: no more are wanted. */
typedef bool ink_ical_take(void *context, int64_t local);

/* Call `take` for each time of a rule after its start (which is the first, whatever the rule says)
 * that is in the range, in order. UNTIL is left to `take`. *steps is what the search may still
 * take, and is lessened; false: that, or INK_ICAL_RULE_STEPS, was not enough. */
bool ink_ical_expand(const struct icalrecurrencetype *rule, const struct ink_ical_range *range,
                     uint64_t *steps, ink_ical_take *take, void *context);

#endif
