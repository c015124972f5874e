#include "core/ink_words.h"

/* ---- languages ------------------------------------------------------------------------------- */

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

/* The first subtag; `rest` becomes what follows it and its '-'. */
static struct ink_span take_subtag(struct ink_span *rest) {
    struct ink_span part = {rest->at, 0};
    while (part.bytes < rest->bytes && part.at[part.bytes] != '-') {
        part.bytes++;
    }
    size_t used = part.bytes + (size_t)(part.bytes < rest->bytes);
    *rest = (struct ink_span){rest->at + used, (uint16_t)(rest->bytes - used)};
    return part;
}

static bool is_same(struct ink_span part, const char *text, size_t bytes) {
    if (part.bytes != bytes) {
        return false;
    }
    while (bytes > 0 && lower(part.at[bytes - 1]) == lower(text[bytes - 1])) {
        bytes--;
    }
    return bytes == 0;
}

/* `next` is the subtag after the primary one: a script (four letters), a region (two), or else. */
static bool reads_script(const struct ink_language *language, struct ink_span next) {
    if (next.bytes == sizeof language->script) {
        return is_same(next, language->script, sizeof language->script);
    }
    const char *region = language->elsewhere;
    while (*region != '\0' && !is_same(next, region, 2)) {
        region++;
    }
    return *region == '\0';
}

const struct ink_language *ink_language_find(struct ink_span tag) {
    struct ink_span primary = take_subtag(&tag), next = take_subtag(&tag);
    for (int i = 0; i < ink_language_count; i++) {
        const struct ink_language *language = &ink_languages[i];
        if (is_same(primary, language->tag, strlen(language->tag))) {
            return reads_script(language, next) ? language : NULL;
        }
    }
    return NULL;
}

const struct ink_language *ink_language_for(struct ink_span tag) {
    const struct ink_language *language = ink_language_find(tag);
    return language != NULL ? language : &ink_languages[0];
}

const char *ink_word(const struct ink_language *language, enum ink_word word) {
    const char *at = language->words + language->index[(unsigned)word / INK_WORDS_STEP];
    for (unsigned skip = (unsigned)word % INK_WORDS_STEP; skip > 0; skip--) {
        at += strlen(at) + 1;
    }
    return at;
}

/* ---- labels ---------------------------------------------------------------------------------- */

struct ink_span ink_label_span(const struct ink_label *label) {
    return (struct ink_span){label->text, label->bytes};
}

void ink_label_add_span(struct ink_label *label, struct ink_span text) {
    if (text.bytes <= INK_LABEL_BYTES - label->bytes) {
        memcpy(label->text + label->bytes, text.at, text.bytes);
        label->bytes = (uint16_t)(label->bytes + text.bytes);
    }
}

void ink_label_add(struct ink_label *label, const char *text) {
    ink_label_add_span(label, (struct ink_span){text, (uint16_t)strlen(text)});
}

/* `zero` as in struct ink_language. The digits are put in place from the last to the first. */
static void add_decimal(struct ink_label *label, unsigned zero, uint32_t value, int digits) {
    int count = 0, wide = zero > UINT8_MAX ? 2 : 1;
    for (uint32_t rest = value; rest != 0 || count < digits; rest /= 10) {
        count++;
    }
    if (count * wide > INK_LABEL_BYTES - label->bytes) {
        return;
    }
    label->bytes = (uint16_t)(label->bytes + count * wide);
    for (char *at = label->text + label->bytes; count > 0; count--) {
        *--at = (char)((zero & UINT8_MAX) + value % 10);
        value /= 10;
        if (wide == 2) {
            *--at = (char)(zero >> 8);
        }
    }
}

void ink_label_add_number(struct ink_label *label, uint32_t value, int digits) {
    add_decimal(label, '0', value, digits);
}

void ink_label_add_count(struct ink_label *label, const struct ink_language *language,
                         uint32_t value, int digits) {
    add_decimal(label, language->zero, value, digits);
}

/* ---- forms ----------------------------------------------------------------------------------- */

/* A number n takes the form of the first row of its rule that has it: first <= n % modulus <= last
 * (modulus 0: n itself), and if `but_teens`, n is no 11 nor 12 nor any other 1x in its last two
 * digits. Numbers of no row take the form after the rows' last. */
static const struct row {
    uint8_t rule, form, modulus, first, last;
    bool but_teens;
} rows[] = {
    {INK_RULE_ONE, 0, 0, 1, 1, false},
    {INK_RULE_ZERO_ONE, 0, 0, 0, 1, false},
    {INK_RULE_EAST_SLAVIC, 0, 10, 1, 1, true},
    {INK_RULE_EAST_SLAVIC, 1, 10, 2, 4, true},
    {INK_RULE_POLISH, 0, 0, 1, 1, false},
    {INK_RULE_POLISH, 1, 10, 2, 4, true},
    {INK_RULE_CZECH, 0, 0, 1, 1, false},
    {INK_RULE_CZECH, 1, 0, 2, 4, false},
    {INK_RULE_ROMANIAN, 0, 0, 1, 1, false},
    {INK_RULE_ROMANIAN, 1, 0, 0, 0, false},
    {INK_RULE_ROMANIAN, 1, 100, 2, 19, false},
    {INK_RULE_HEBREW, 0, 0, 1, 1, false},
    {INK_RULE_HEBREW, 1, 0, 2, 2, false},
    {INK_RULE_ARABIC, 0, 0, 0, 0, false},
    {INK_RULE_ARABIC, 1, 0, 1, 1, false},
    {INK_RULE_ARABIC, 2, 0, 2, 2, false},
    {INK_RULE_ARABIC, 3, 100, 3, 10, false},
    {INK_RULE_ARABIC, 4, 100, 11, 99, false},
    {INK_RULE_ENGLISH_ORDINAL, 0, 10, 1, 1, true},
    {INK_RULE_ENGLISH_ORDINAL, 1, 10, 2, 2, true},
    {INK_RULE_ENGLISH_ORDINAL, 2, 10, 3, 3, true},
    {INK_RULE_URDU_ORDINAL, 0, 0, 1, 1, false},
    {INK_RULE_URDU_ORDINAL, 1, 0, 2, 2, false},
    {INK_RULE_URDU_ORDINAL, 2, 0, 3, 3, false},
    {INK_RULE_URDU_ORDINAL, 3, 0, 4, 4, false},
    {INK_RULE_TURKISH_TENS, 0, 100, 10, 10, false},
    {INK_RULE_TURKISH_TENS, 0, 100, 30, 40, false},
    {INK_RULE_TURKISH_TENS, 0, 100, 60, 60, false},
    {INK_RULE_TURKISH_TENS, 0, 100, 90, 90, false},
};

int ink_rule_form(enum ink_rule rule, uint32_t n) {
    int next = 0;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        if (row->rule != rule) {
            continue;
        }
        uint32_t part = row->modulus == 0 ? n : n % row->modulus;
        if (part >= row->first && part <= row->last && !(row->but_teens && n % 100 / 10 == 1)) {
            return row->form;
        }
        next = row->form + 1;
    }
    return next;
}

static enum ink_rule rule_of(const struct ink_language *language, enum ink_word word) {
    return (enum ink_rule)(word == INK_WORD_CENTURY  ? language->ordinal
                           : word == INK_WORD_DECADE ? language->tens
                                                     : language->plural);
}

static const char *form_of(const struct ink_language *language, enum ink_word word, int form) {
    const char *at = ink_word(language, word);
    for (const char *bar = strchr(at, '|'); bar != NULL && form > 0; form--) {
        at = bar + 1;
        bar = strchr(at, '|');
    }
    return at;
}

/* ---- patterns -------------------------------------------------------------------------------- */

const char *ink_label_add_run(struct ink_label *label, const char *pattern) {
    const char *end = pattern;
    while ((unsigned char)*end > INK_BLANK_LAST && *end != '|') {
        end++;
    }
    if (end - pattern <= INK_LABEL_BYTES - label->bytes) {
        while (pattern < end) {
            label->text[label->bytes++] = *pattern++;
        }
    }
    return end;
}

static void add_roman(struct ink_label *label, uint32_t value) {
    static const struct {
        uint8_t value;
        char digits[3];
    } steps[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
                 {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        for (; value >= steps[i].value; value -= steps[i].value) {
            ink_label_add(label, steps[i].digits);
        }
    }
}

void ink_label_add_pattern(struct ink_label *label, const struct ink_language *language,
                           enum ink_word word, uint32_t value) {
    uint32_t century = value / 100 + 1;
    uint32_t counted = word == INK_WORD_CENTURY ? century : value;
    const char *at = form_of(language, word, ink_rule_form(rule_of(language, word), counted));
    while (true) {
        at = ink_label_add_run(label, at);
        switch (*at++) {
        case INK_BLANK_NUMBER:
            ink_label_add_count(label, language, value, 1);
            break;
        case INK_BLANK_TENS:
            ink_label_add_count(label, language, value % 100, 2);
            break;
        case INK_BLANK_CENTURY:
            ink_label_add_count(label, language, century, 1);
            break;
        case INK_BLANK_ROMAN:
            add_roman(label, century);
            break;
        default: /* the end, or the next form */
            return;
        }
    }
}

void ink_label_open(struct ink_label *label, const struct ink_language *language,
                    enum ink_word word, int form) {
    ink_label_add_run(label, form_of(language, word, form));
}

void ink_label_close(struct ink_label *label, const struct ink_language *language,
                     enum ink_word word, int form) {
    const char *at = form_of(language, word, form);
    while (*at++ != INK_BLANK_TEXT) {
    }
    ink_label_add_run(label, at);
}
