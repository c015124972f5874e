/* Peer: the same feed with cJSON, line by line; two fields read, nothing condensed.
 *     peer_cjson FEED.ndjson */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int count, char **argument) {
    FILE *file = count == 2 ? fopen(argument[1], "r") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: peer_cjson FEED.ndjson\n");
        return 2;
    }
    char *line = NULL;
    size_t room = 0;
    long records = 0;
    double from = seconds();
    for (ssize_t bytes; (bytes = getline(&line, &room, file)) > 0;) {
        cJSON *json = cJSON_ParseWithLength(line, (size_t)bytes);
        const cJSON *weight = cJSON_GetObjectItemCaseSensitive(json, "weight");
        const cJSON *headline = cJSON_GetObjectItemCaseSensitive(json, "headline");
        records += cJSON_IsNumber(weight) && cJSON_IsString(headline);
        cJSON_Delete(json);
    }
    printf("%ld records, %.1f ns a record\n", records,
           (seconds() - from) * 1e9 / (double)(records > 0 ? records : 1));
    free(line);
    fclose(file);
    return 0;
}
