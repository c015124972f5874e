/* Records for the benchmarks as NDJSON on standard output, any number of them quickly: thirty days
 * of headlines in several scripts, in no order, every id different.
 *
 *     make_records COUNT SOURCES
 *
 * Each record is of one of so many sources; 0: none has a source, as in the feeds of
 * tests/bench/run.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

static const char *const who[] = {"Parliament",      "Central bank", "Port authority",
                                  "City council",    "Rescue crews", "Union leaders",
                                  "Верховна Рада",   "Нацбанк",      "Міська рада",
                                  "Landesregierung", "Hafenbehörde", "La préfecture"};
static const char *const does[] = {"approves",  "rejects",   "delays", "reopens",   "investigates",
                                   "publishes", "відкладає", "prüft",  "перевіряє", "suspend"};
static const char *const what[] = {
    "emergency budget",    "rate decision",        "harbour crossing",
    "storm damage report", "night-train contract", "облікову ставку",
    "залізничний рух",     "Hochwasserschutz",     "le contrôle aérien"};
static const char *const tail[] = {"", " after long debate", " amid protests", " by narrow margin",
                                   " for the second time"};
static const char *const lane[] = {"politics", "economy", "world", "city", "science", "sport"};

/* Xorshift: the same records on every machine. Returns 0 to `below` - 1; below < 2^16. */
static uint32_t draw(uint64_t *state, size_t below) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return (uint32_t)((*state >> 40) * below >> 24);
}

/* A weight of 1 to 9, as editors give them: mostly low. */
static uint32_t draw_weight(uint64_t *state) {
    uint32_t a = draw(state, 9), b = draw(state, 9), c = draw(state, 9);
    uint32_t least = a < b ? a : b;
    return 1 + (least < c ? least : c);
}

static void print_record(uint64_t *state, uint32_t id, uint32_t sources) {
    uint32_t day = draw(state, 30), hour = draw(state, 24);
    uint32_t minute = draw(state, 60), second = draw(state, 60);
    printf("{\"id\": %" PRIu32 ", \"when\": \"2026-01-%02uT%02u:%02u:%02uZ\", \"weight\": %u, ", id,
           day + 1, hour, minute, second, draw_weight(state));
    printf("\"lane\": \"%s\", \"lang\": \"en\", ", lane[draw(state, COUNT_OF(lane))]);
    if (sources > 0) {
        printf("\"source\": \"Agency %u\", ", draw(state, sources) + 1);
    }
    const char *subject = who[draw(state, COUNT_OF(who))];
    const char *verb = does[draw(state, COUNT_OF(does))];
    const char *object = what[draw(state, COUNT_OF(what))];
    const char *more = tail[draw(state, COUNT_OF(tail))];
    printf("\"headline\": \"%s %s %s%s\"}\n", subject, verb, object, more);
}

int main(int count, char **argument) {
    if (count != 3) {
        fprintf(stderr, "usage: make_records COUNT SOURCES\n");
        return 2;
    }
    uint64_t state = 0x9E3779B97F4A7C15u;
    uint32_t records = (uint32_t)strtoul(argument[1], NULL, 10);
    uint32_t sources = (uint32_t)strtoul(argument[2], NULL, 10) & 0xFFFF;
    puts("{\"story\": {\"title\": \"Generated\", \"as_of\": \"2026-01-31T12:00:00Z\"}}");
    for (uint32_t i = 0; i < records; i++) {
        print_record(&state, i, sources);
    }
    return fflush(stdout) == 0 ? 0 : 74;
}
