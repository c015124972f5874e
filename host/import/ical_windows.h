/* Zones by the names that Windows has for them ("FLE Standard Time"). */
#ifndef INK_IMPORT_ICAL_WINDOWS_H
#define INK_IMPORT_ICAL_WINDOWS_H

/* The name in the time zone database, of the place that CLDR takes for the whole zone; NULL: it is
 * none of Windows. Case is ignored. */
const char *ink_ical_windows_zone(const char *name);

#endif
