/* What calendar programs write into a SUMMARY instead of a property of its own. */
#ifndef INK_IMPORT_ICAL_SUMMARY_H
#define INK_IMPORT_ICAL_SUMMARY_H

#include "core/ink_types.h"

/* "Canceled: Daily briefing": Exchange's STATUS:CANCELLED. */
bool ink_ical_summary_cancels(const char *text, size_t bytes);

/* "Busy": a calendar that only tells when somebody has time. */
bool ink_ical_summary_is_busy(const char *text, size_t bytes);

#endif
