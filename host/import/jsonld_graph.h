/* Things of a graph of JSON-LD by their @id. */
#ifndef INK_IMPORT_JSONLD_GRAPH_H
#define INK_IMPORT_JSONLD_GRAPH_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct ink_jsonld_graph {
    const cJSON *array; /* NULL: there is none */
    bool sorted;
    size_t count;
    struct ink_jsonld_node {
        const char *id;
        const cJSON *thing;
        size_t nth;
    } * nodes; /* by id, those of one in their order */
};

/* Of another document; `array` is its @graph or NULL. Nothing is done before the first search. */
void ink_jsonld_graph_set(struct ink_jsonld_graph *graph, const cJSON *array);
void ink_jsonld_graph_free(struct ink_jsonld_graph *graph);

/* The first thing with that id other than `but`, or NULL. */
const cJSON *ink_jsonld_graph_find(struct ink_jsonld_graph *graph, const char *id,
                                   const cJSON *but);

#endif
