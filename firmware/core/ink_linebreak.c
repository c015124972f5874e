#include "core/ink_linebreak.h"

#include "core/ink_utf8.h"

// `before` is a class of enum ink_line_break; START stands for no text at all. Some classes join
// more in certain places, and there the flag SPECIAL is added:
//
//     RI           the first half of a flag (LB30a)
//     HY BA        after a Hebrew letter (LB21a)
//     SY IS CL CP  in a number, or closing it (LB25)
enum { START = INK_LB_COUNT, SPECIAL = 0x40 };

#define BIT(class)  (UINT32_C(1) << INK_LB_##class)
#define EVERYTHING  UINT32_MAX
#define LETTERS     (BIT(AL) | BIT(HL))
#define OPENERS     (BIT(OP) | BIT(OP_WIDE))
#define SYLLABLES   (BIT(JL) | BIT(JV) | BIT(JT) | BIT(H2) | BIT(H3))
#define IDEOGRAPHS  (BIT(ID) | BIT(ID_PICTOGRAPH) | BIT(EB) | BIT(EM))
#define MONEY       (BIT(PR) | BIT(PO))
#define CLOSERS     (BIT(CL) | BIT(CP) | BIT(EX) | BIT(IS) | BIT(SY) | BIT(WJ)) // LB11, LB13
#define TRAILERS    (BIT(BA) | BIT(HY) | BIT(NS) | BIT(IN))                     // LB21, LB22
#define SHUNNING(x) (CLOSERS | BIT(QU) | TRAILERS | (x))                        // LB19
#define USUAL(x)    (SHUNNING(x) | BIT(GL))                                     // LB12a

_Static_assert(INK_LB_AL == 0 && INK_SINCE_NOTHING == 0, "ink_break_consider adds them up");
_Static_assert(START < SPECIAL, "the flag is none of the bits of a class");
_Static_assert(INK_LB_CM == 32, "a set of the classes before CM is 32 bits");

// The classes that no break separates from what stands right before them.
static const uint32_t joins[INK_LB_CM] = {
    [INK_LB_AL] = USUAL(LETTERS | BIT(NU) | MONEY | BIT(OP)), // LB23, LB24, LB28, LB30
    [INK_LB_HL] = USUAL(LETTERS | BIT(NU) | MONEY | BIT(OP)),
    [INK_LB_NU] = USUAL(LETTERS | BIT(NU) | MONEY | BIT(OP)),        // LB23, LB25, LB30
    [INK_LB_PR] = USUAL(LETTERS | BIT(NU) | IDEOGRAPHS | SYLLABLES), // LB23a, LB24, LB25, LB27
    [INK_LB_PO] = USUAL(LETTERS | BIT(NU)),                          // LB24, LB25
    [INK_LB_OP] = EVERYTHING,                                        // LB14
    [INK_LB_OP_WIDE] = EVERYTHING,
    [INK_LB_CL] = USUAL(0),
    [INK_LB_CP] = USUAL(LETTERS | BIT(NU)), // LB30
    [INK_LB_QU] = EVERYTHING,               // LB19
    [INK_LB_EX] = USUAL(0),
    [INK_LB_IS] = USUAL(LETTERS),    // LB29
    [INK_LB_SY] = USUAL(BIT(HL)),    // LB21b
    [INK_LB_BA] = SHUNNING(0),       // LB12a
    [INK_LB_HY] = SHUNNING(BIT(NU)), // LB25
    [INK_LB_NS] = USUAL(0),
    [INK_LB_IN] = USUAL(0),
    [INK_LB_GL] = EVERYTHING,                          // LB12
    [INK_LB_WJ] = EVERYTHING,                          // LB11
    [INK_LB_BB] = EVERYTHING & ~BIT(CB),               // LB20, LB21
    [INK_LB_B2] = USUAL(BIT(B2)),                      // LB17
    [INK_LB_CB] = CLOSERS | BIT(QU) | BIT(GL),         // LB20
    [INK_LB_ID] = USUAL(BIT(PO)),                      // LB23a
    [INK_LB_ID_PICTOGRAPH] = USUAL(BIT(PO) | BIT(EM)), // LB30b
    [INK_LB_EB] = USUAL(BIT(PO) | BIT(EM)),
    [INK_LB_EM] = USUAL(BIT(PO)),
    [INK_LB_RI] = USUAL(0),
    [INK_LB_JL] = USUAL(BIT(PO) | BIT(JL) | BIT(JV) | BIT(H2) | BIT(H3)), // LB26, LB27
    [INK_LB_JV] = USUAL(BIT(PO) | BIT(JV) | BIT(JT)),
    [INK_LB_JT] = USUAL(BIT(PO) | BIT(JT)),
    [INK_LB_H2] = USUAL(BIT(PO) | BIT(JV) | BIT(JT)),
    [INK_LB_H3] = USUAL(BIT(PO) | BIT(JT)),
};

/* What a special class joins beyond that. */
static uint32_t joins_of_special(unsigned class) {
    switch (class) {
    case INK_LB_RI:
        return BIT(RI);
    case INK_LB_BA:
    case INK_LB_HY:
        return EVERYTHING & ~BIT(CB);
    case INK_LB_SY:
    case INK_LB_IS:
        return BIT(NU) | MONEY;
    default: // CL, CP
        return MONEY;
    }
}

/* The same with spaces between. */
static uint32_t joins_over_spaces(unsigned class) {
    switch (class) {
    case INK_LB_OP: // LB14
    case INK_LB_OP_WIDE:
        return EVERYTHING;
    case INK_LB_QU: // LB15
        return CLOSERS | OPENERS;
    case INK_LB_CL: // LB16
    case INK_LB_CP:
        return CLOSERS | BIT(NS);
    case INK_LB_B2: // LB17
        return CLOSERS | BIT(B2);
    default: // LB18
        return CLOSERS;
    }
}

/* Is `class` special after what stands right before it? */
static bool is_special(unsigned before, unsigned class) {
    switch (class) {
    case INK_LB_RI:
        return before != (INK_LB_RI | SPECIAL);
    case INK_LB_BA:
    case INK_LB_HY:
        return before == INK_LB_HL;
    case INK_LB_SY:
    case INK_LB_IS:
    case INK_LB_CL:
    case INK_LB_CP:
        return before == INK_LB_NU || before == (INK_LB_SY | SPECIAL) ||
               before == (INK_LB_IS | SPECIAL);
    default:
        return false;
    }
}

static unsigned class_at(struct ink_span text, size_t *at) {
    return ink_line_break_of(ink_properties(ink_utf8_next(text.at, text.bytes, at)));
}

/* LB25 looks beyond an opening bracket; its marks are no part of the question (LB9). */
static bool is_number_next(struct ink_span text, size_t at) {
    unsigned class = INK_LB_CM;
    while (at < text.bytes && (class == INK_LB_CM || class == INK_LB_ZWJ)) {
        class = class_at(text, &at);
    }
    return class == INK_LB_NU;
}

/* LB11 to LB31: is there no break between the two? */
static bool is_joined(const struct ink_breaker *breaker, unsigned class, struct ink_span text,
                      size_t past) {
    unsigned before = breaker->before & (SPECIAL - 1u);
    if (breaker->since == INK_SINCE_SPACES) {
        return joins_over_spaces(before) >> class & 1;
    }
    uint32_t set = joins[before];
    if ((breaker->before & SPECIAL) != 0) {
        set |= joins_of_special(before);
    }
    if (MONEY >> before & 1 && OPENERS >> class & 1 && is_number_next(text, past)) {
        return true;
    }
    return set >> class & 1;
}

/* LB4 to LB31, for a class that is not CM or ZWJ. */
static enum ink_break decide(const struct ink_breaker *breaker, unsigned class,
                             struct ink_span text, size_t past) {
    switch (breaker->before) {
    case INK_LB_BK:
    case INK_LB_LF:
    case INK_LB_NL:
        return INK_BREAK_MUST;
    case INK_LB_CR:
        return class == INK_LB_LF ? INK_BREAK_NO : INK_BREAK_MUST;
    case START:
        return INK_BREAK_NO;
    default:
        break;
    }
    if (class >= INK_LB_SP) { // LB6, LB7
        return INK_BREAK_NO;
    }
    if (breaker->before == INK_LB_ZW) { // LB8
        return INK_BREAK_MAY;
    }
    if (breaker->since == INK_SINCE_JOINER || is_joined(breaker, class, text, past)) {
        return INK_BREAK_NO;
    }
    return INK_BREAK_MAY;
}

static void remember(struct ink_breaker *breaker, unsigned class) {
    bool spaced = breaker->since == INK_SINCE_SPACES;
    breaker->since = INK_SINCE_NOTHING;
    if (class == INK_LB_SP) {
        breaker->since = INK_SINCE_SPACES;
        if (breaker->before > INK_LB_ZW && breaker->before < SPECIAL) {
            breaker->before = INK_LB_AL; // at the start of a line spaces are nothing special
        }
        return;
    }
    bool special = is_special(spaced ? INK_LB_SP : breaker->before, class);
    breaker->before = (uint8_t)(class | (special ? SPECIAL : 0));
}

void ink_break_begin(struct ink_breaker *breaker) {
    *breaker = (struct ink_breaker){START, INK_SINCE_NOTHING};
}

enum ink_break ink_break_consider(struct ink_breaker *breaker, struct ink_span text, size_t at) {
    unsigned class = class_at(text, &at);
    if ((class | breaker->before | breaker->since) == 0) { // a letter after a letter, of any script
        return INK_BREAK_NO;
    }
    bool joiner = class == INK_LB_ZWJ;
    if (joiner || class == INK_LB_CM) {
        bool on_base = (breaker->before & (SPECIAL - 1u)) < INK_LB_CM;
        if (on_base && breaker->since != INK_SINCE_SPACES) { // LB9
            breaker->since = joiner ? INK_SINCE_JOINER : INK_SINCE_NOTHING;
            return INK_BREAK_NO;
        }
        class = INK_LB_AL; // LB10
    }
    enum ink_break found = decide(breaker, class, text, at);
    remember(breaker, class);
    if (joiner) {
        breaker->since = INK_SINCE_JOINER;
    }
    return found;
}
