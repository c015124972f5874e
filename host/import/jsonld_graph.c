#include "import/jsonld_graph.h"

#include <stdlib.h>
#include <string.h>

void ink_jsonld_graph_free(struct ink_jsonld_graph *graph) {
    free(graph->nodes);
    *graph = (struct ink_jsonld_graph){.array = NULL};
}

void ink_jsonld_graph_set(struct ink_jsonld_graph *graph, const cJSON *array) {
    ink_jsonld_graph_free(graph);
    graph->array = array;
}

static int compare(const void *a, const void *b) {
    const struct ink_jsonld_node *one = a, *other = b;
    const int order = strcmp(one->id, other->id);
    return order != 0 ? order : (one->nth > other->nth) - (one->nth < other->nth);
}

/* Without memory nothing is found: what refers to it has no name then. */
static void sort(struct ink_jsonld_graph *graph) {
    size_t things = 0;
    for (const cJSON *one = graph->array != NULL ? graph->array->child : NULL; one != NULL;
         one = one->next) {
        things++;
    }
    graph->sorted = true;
    graph->nodes = things > 0 ? malloc(things * sizeof *graph->nodes) : NULL;
    if (graph->nodes == NULL) {
        return;
    }
    for (const cJSON *one = graph->array->child; one != NULL; one = one->next) {
        const cJSON *id = cJSON_GetObjectItem(one, "@id");
        if (cJSON_IsString(id)) {
            graph->nodes[graph->count] =
                (struct ink_jsonld_node){id->valuestring, one, graph->count};
            graph->count++;
        }
    }
    qsort(graph->nodes, graph->count, sizeof *graph->nodes, compare);
}

const cJSON *ink_jsonld_graph_find(struct ink_jsonld_graph *graph, const char *id,
                                   const cJSON *but) {
    if (!graph->sorted) {
        sort(graph);
    }
    size_t low = 0, high = graph->count;
    if (graph->nodes == NULL) {
        return NULL;
    }
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(graph->nodes[middle].id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low += low < graph->count && graph->nodes[low].thing == but;
    return low < graph->count && strcmp(graph->nodes[low].id, id) == 0 ? graph->nodes[low].thing
                                                                       : NULL;
}
