#include "import/markwhen_zone.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/ink_record.h"
#include "import/markwhen_words.h"
#include "zoneinfo.h"

void ink_mw_zone_read(char out[INK_ZONE_NAME_BYTES], const struct ink_mw_word *value) {
    int hours, minutes = 0, read = 0;
    char text[16], sign = '+';
    ink_mw_keep(text, sizeof text, value->at, value->bytes);
    const char *number = text + (text[0] == '+' || text[0] == '-');
    sign = text[0] == '-' ? '-' : '+';
    const bool hour = sscanf(number, "%2d%n", &hours, &read) == 1;
    const bool whole = hour && number[read] == '\0';
    int more = 0;
    if (whole || (hour && sscanf(number + read, ":%2d%n", &minutes, &more) == 1 &&
                  number[read + more] == '\0')) {
        snprintf(out, INK_ZONE_NAME_BYTES, "%c%02d:%02d", sign, abs(hours) % 100,
                 abs(minutes) % 100);
        return;
    }
    ink_mw_keep(out, INK_ZONE_NAME_BYTES, value->at, value->bytes);
}

bool ink_mw_zone_place(struct ink_date *date, const char *name) {
    struct ink_zone_need need;
    struct ink_zone zone;
    int left;
    if (*name == '\0' || date->precision < INK_PRECISION_MINUTE ||
        (date->flags & INK_DATE_OFFSET) != 0) {
        return true;
    }
    memset(&need, 0, sizeof need);
    need.anchor = ink_zone_year(date->year);
    need.timed[ink_zone_year(date->year)] = 1;
    const enum ink_zoneinfo found = ink_zoneinfo_load(name, &need, &zone, &left);
    if (found == INK_ZONEINFO_UNKNOWN || found == INK_ZONEINFO_NONE) {
        return false;
    }
    const int64_t utc_s = ink_date_start(date, &zone);
    date->offset_min = (int16_t)((ink_date_start(date, NULL) - utc_s) / 60);
    date->flags |= INK_DATE_OFFSET;
    return true;
}

const char *ink_mw_zone_of_tag(const struct ink_mw_tag_zones *zones, const char *tag,
                               size_t bytes) {
    for (int i = 0; i < zones->count && bytes > 0; i++) {
        if (zones->of[i].tag == ink_hash(0, tag, bytes)) {
            return zones->of[i].zone;
        }
    }
    return "";
}

void ink_mw_zone_of_tag_is(struct ink_mw_tag_zones *zones, const char *tag,
                           const struct ink_mw_word *value) {
    if (zones->count < INK_MW_TAG_ZONES) {
        zones->of[zones->count].tag = ink_hash(0, tag, strlen(tag));
        ink_mw_zone_read(zones->of[zones->count].zone, value);
        zones->count++;
    }
}
