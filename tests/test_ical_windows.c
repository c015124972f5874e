/* Windows' names of zones against ICU, which has them from CLDR.
 *
 * Exit code 77: built without ICU, or without calendars.
 */
#include "ink_test.h"

#if !defined(INKLINE_ICU) || !INKLINE_ICAL

int main(void) {
    printf("skipped: built without libical, or ICU is not installed: apt-get install libicu-dev\n");
    return 77;
}

#else

#include "import/ical_windows.h"
#include "zoneinfo.h"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum { ROOM = 128 };

/* Those that CLDR has changed since 42, with what it had. */
static const char *const changed[][2] = {{"Central Asia Standard Time", "Asia/Almaty"},
                                         {"Mountain Standard Time (Mexico)", "America/Chihuahua"}};

static bool was_changed(const char *name, const char *zone) {
    bool was = false;
    for (size_t i = 0; i < sizeof changed / sizeof changed[0]; i++) {
        was = was || (strcmp(changed[i][0], name) == 0 && strcmp(changed[i][1], zone) == 0);
    }
    return was;
}

/* One zone may have several names: ICU's first one. */
static void find_canonical(const char *zone, char out[ROOM]) {
    UChar name[ROOM], canonical[ROOM] = {0};
    UErrorCode error = U_ZERO_ERROR;
    UBool system;
    u_uastrncpy(name, zone, ROOM);
    ucal_getCanonicalTimeZoneID(name, -1, canonical, ROOM, &system, &error);
    CHECK(U_SUCCESS(error));
    u_austrncpy(out, canonical, ROOM);
}

static void check_name(const UChar *windows) {
    char name[ROOM], zone[ROOM], theirs[ROOM], ours[ROOM];
    UChar place[ROOM] = {0};
    UErrorCode error = U_ZERO_ERROR;
    ucal_getTimeZoneIDForWindowsID(windows, -1, "001", place, ROOM, &error);
    u_austrncpy(name, windows, ROOM);
    u_austrncpy(zone, place, ROOM);
    const char *own = ink_ical_windows_zone(name);
    CHECK(U_SUCCESS(error) && own != NULL && ink_zoneinfo_has(own));
    if (own == NULL || was_changed(name, zone)) {
        return;
    }
    find_canonical(zone, theirs);
    find_canonical(own, ours);
    CHECK_TEXT(ours, strlen(ours), theirs);
}

static void all_names_are_known(void) {
    UErrorCode error = U_ZERO_ERROR;
    UEnumeration *zones = ucal_openTimeZones(&error);
    const UChar *zone;
    int count = 0;
    while ((zone = uenum_unext(zones, NULL, &error)) != NULL) {
        UChar windows[ROOM] = {0};
        UErrorCode none = U_ZERO_ERROR;
        if (ucal_getWindowsTimeZoneID(zone, -1, windows, ROOM, &none) > 0 && U_SUCCESS(none)) {
            check_name(windows);
            count++;
        }
    }
    uenum_close(zones);
    printf("%d zones with a name of Windows, by ICU %s\n", count, U_ICU_VERSION);
    CHECK(count > 300);
}

static void others_are_not(void) {
    static const char *const names[] = {
        "", "FLE", "FLE Standard Time ", "Kyiv", "Europe/Kyiv", "Zzz Standard Time", "A"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        CHECK(ink_ical_windows_zone(names[i]) == NULL);
    }
    const char *zone = ink_ical_windows_zone("fle standard time");
    CHECK(zone != NULL && strcmp(zone, "Europe/Kyiv") == 0);
}

int main(void) {
    RUN(all_names_are_known);
    RUN(others_are_not);
    return ink_test_end();
}

#endif
