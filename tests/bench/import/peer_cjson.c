/* cJSON alone: each line of a file is parsed and freed.
 *     peer_cjson FILE */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

int main(int arguments, char **argument) {
    FILE *file = arguments == 2 ? fopen(argument[1], "rb") : NULL;
    char *line = NULL;
    size_t room = 0;
    ssize_t bytes;
    unsigned long documents = 0;
    if (file == NULL) {
        fprintf(stderr, "usage: peer_cjson FILE\n");
        return 2;
    }
    while ((bytes = getline(&line, &room, file)) > 0) {
        cJSON *document = cJSON_ParseWithLength(line, (size_t)bytes);
        documents += document != NULL;
        cJSON_Delete(document);
    }
    free(line);
    fclose(file);
    printf("%lu documents\n", documents);
    return 0;
}
