/* Peer: the same feed with expat alone, with namespaces, as the importer asks for them; elements
 * and bytes of text are counted, nothing is kept. peer_expat FEED.xml */
#include <expat.h>
#include <stdio.h>

struct count {
    unsigned long elements, bytes;
};

static void XMLCALL on_start(void *context, const char *name, const char **attributes) {
    struct count *count = context;
    (void)name, (void)attributes;
    count->elements++;
}

static void XMLCALL on_end(void *context, const char *name) {
    (void)context, (void)name;
}

static void XMLCALL on_text(void *context, const char *text, int bytes) {
    struct count *count = context;
    (void)text;
    count->bytes += (unsigned long)bytes;
}

int main(int arguments, char **argument) {
    FILE *file = arguments == 2 ? fopen(argument[1], "rb") : NULL;
    if (file == NULL) {
        fprintf(stderr, "usage: peer_expat FEED.xml\n");
        return 2;
    }
    struct count count = {0};
    XML_Parser parser = XML_ParserCreateNS("UTF-8", '|');
    XML_SetUserData(parser, &count);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    char chunk[65536];
    size_t got;
    do {
        got = fread(chunk, 1, sizeof chunk, file);
        if (XML_Parse(parser, chunk, (int)got, got == 0) != XML_STATUS_OK) {
            fprintf(stderr, "%s\n", XML_ErrorString(XML_GetErrorCode(parser)));
            return 1;
        }
    } while (got > 0);
    XML_ParserFree(parser);
    fclose(file);
    printf("%lu elements, %lu bytes of text\n", count.elements, count.bytes);
    return 0;
}
