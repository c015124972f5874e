/* libical, loaded when the first calendar is read: with it come ICU and libstdc++, which would cost
 * every start of the program some 3 MB and as much time as drawing a page. */
#ifndef INK_IMPORT_ICAL_LIBRARY_H
#define INK_IMPORT_ICAL_LIBRARY_H

#include <libical/ical.h>

/* Load it, once. Returns INK_EXIT_OK, or prints why not and returns a code. */
int ink_ical_load(void);

/* clang-format off */
#define INK_ICAL_FUNCTIONS(USE) \
    USE(icalcomponent_count_errors) \
    USE(icalcomponent_free) \
    USE(icalcomponent_get_first_property) \
    USE(icalcomponent_get_next_property) \
    USE(icalcomponent_isa) \
    USE(icalerror_set_errors_are_fatal) \
    USE(icalparameter_get_cn) \
    USE(icalparameter_get_language) \
    USE(icalparameter_get_range) \
    USE(icalparameter_get_tzid) \
    USE(icalparser_parse_string) \
    USE(icalproperty_get_first_parameter) \
    USE(icalproperty_get_value) \
    USE(icalproperty_isa) \
    USE(icalrecurrencetype_day_day_of_week) \
    USE(icalrecurrencetype_day_position) \
    USE(icalrecurrencetype_from_string) \
    USE(icaltime_from_timet_with_zone) \
    USE(icaltime_is_null_time) \
    USE(icaltime_is_utc) \
    USE(icaltimezone_free) \
    USE(icaltimezone_get_utc_offset_of_utc_time) \
    USE(icaltimezone_new) \
    USE(icaltimezone_set_component) \
    USE(icalvalue_as_ical_string) \
    USE(icalvalue_get_datetime) \
    USE(icalvalue_get_datetimeperiod) \
    USE(icalvalue_get_duration) \
    USE(icalvalue_get_integer) \
    USE(icalvalue_get_text) \
    USE(icalvalue_get_x) \
    USE(icalvalue_isa)

/* Its functions by their names, all NULL before it is loaded. */
#define USE(name) __typeof__(name) *name;
extern struct ink_ical_library {
    INK_ICAL_FUNCTIONS(USE)
} ink_ical_library;
#undef USE

/* Who uses them need not know. */
#ifndef INK_ICAL_LOADER
#define icalcomponent_count_errors ink_ical_library.icalcomponent_count_errors
#define icalcomponent_free ink_ical_library.icalcomponent_free
#define icalcomponent_get_first_property ink_ical_library.icalcomponent_get_first_property
#define icalcomponent_get_next_property ink_ical_library.icalcomponent_get_next_property
#define icalcomponent_isa ink_ical_library.icalcomponent_isa
#define icalerror_set_errors_are_fatal ink_ical_library.icalerror_set_errors_are_fatal
#define icalparameter_get_cn ink_ical_library.icalparameter_get_cn
#define icalparameter_get_language ink_ical_library.icalparameter_get_language
#define icalparameter_get_range ink_ical_library.icalparameter_get_range
#define icalparameter_get_tzid ink_ical_library.icalparameter_get_tzid
#define icalparser_parse_string ink_ical_library.icalparser_parse_string
#define icalproperty_get_first_parameter ink_ical_library.icalproperty_get_first_parameter
#define icalproperty_get_value ink_ical_library.icalproperty_get_value
#define icalproperty_isa ink_ical_library.icalproperty_isa
#define icalrecurrencetype_day_day_of_week ink_ical_library.icalrecurrencetype_day_day_of_week
#define icalrecurrencetype_day_position ink_ical_library.icalrecurrencetype_day_position
#define icalrecurrencetype_from_string ink_ical_library.icalrecurrencetype_from_string
#define icaltime_from_timet_with_zone ink_ical_library.icaltime_from_timet_with_zone
#define icaltime_is_null_time ink_ical_library.icaltime_is_null_time
#define icaltime_is_utc ink_ical_library.icaltime_is_utc
#define icaltimezone_free ink_ical_library.icaltimezone_free
#define icaltimezone_get_utc_offset_of_utc_time ink_ical_library.icaltimezone_get_utc_offset_of_utc_time
#define icaltimezone_new ink_ical_library.icaltimezone_new
#define icaltimezone_set_component ink_ical_library.icaltimezone_set_component
#define icalvalue_as_ical_string ink_ical_library.icalvalue_as_ical_string
#define icalvalue_get_datetime ink_ical_library.icalvalue_get_datetime
#define icalvalue_get_datetimeperiod ink_ical_library.icalvalue_get_datetimeperiod
#define icalvalue_get_duration ink_ical_library.icalvalue_get_duration
#define icalvalue_get_integer ink_ical_library.icalvalue_get_integer
#define icalvalue_get_text ink_ical_library.icalvalue_get_text
#define icalvalue_get_x ink_ical_library.icalvalue_get_x
#define icalvalue_isa ink_ical_library.icalvalue_isa
#endif
/* clang-format on */

#endif
