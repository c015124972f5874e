/* Zones in markwhen: of a document, of a tag, of an event. */
#ifndef INK_IMPORT_MARKWHEN_ZONE_H
#define INK_IMPORT_MARKWHEN_ZONE_H

#include "core/ink_time.h"
#include "import/markwhen_text.h"

#define INK_MW_TAG_ZONES 32 /* more are left out */

struct ink_mw_tag_zones {
    int count;
    struct {
        uint32_t tag; /* its hash */
        char zone[INK_ZONE_NAME_BYTES];
    } of[INK_MW_TAG_ZONES];
};

/* A zone as inkline names it: "+5" is +05:00. */
void ink_mw_zone_read(char out[INK_ZONE_NAME_BYTES], const struct ink_mw_word *value);

/* Give a time of day the offset of a zone; "" leaves it as it is. False: nobody knows the zone. */
bool ink_mw_zone_place(struct ink_date *date, const char *name);

/* The zone of a tag, "" if it has none; and what it is. */
const char *ink_mw_zone_of_tag(const struct ink_mw_tag_zones *zones, const char *tag, size_t bytes);
void ink_mw_zone_of_tag_is(struct ink_mw_tag_zones *zones, const char *tag,
                           const struct ink_mw_word *value);

#endif
