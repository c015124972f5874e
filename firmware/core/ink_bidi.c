#include "core/ink_bidi.h"

#include "core/ink_property.h"
#include "core/ink_utf8.h"

// A paragraph goes through explicit levels (X1 to X8); then, for each isolating run sequence, weak
// types, brackets and neutrals (W, N0, N1 and N2); then implicit levels and blanks (I and L1). Up
// to the last of these `levels` holds explicit levels, for they tell which runs make a sequence.
//
// A byte of `classes` has two halves: the type, as the rules change it, and an origin, what later
// rules must know of the class it had. All but the first byte of a code point is REMOVED, like what
// X9 removes: it has NO_LEVEL, by which it is skipped, and in the end that of what stands before.
enum type {
    L, // L and R are also the directions of even and odd levels
    R,
    EN,
    AN,
    NEUTRAL,
    AL,
    ES,
    ET,
    CS,
    NSM,
    OPENING, // a bracket that may have a pair
    CLOSING,
    OPENER, // one that has
    CLOSER,
    REMOVED,
    NOTHING
};

enum origin {
    OTHER,
    MARK = 0x10,
    BLANK = 0x20,
    TAB = 0x30,
    BREAK = 0x40,
    BEGIN = 0x50,
    END = 0x60
};
#define TYPE     0x0Fu
#define ORIGIN   0xF0u
#define NO_LEVEL 0xFFu

static const uint8_t starts[INK_BIDI_COUNT] = {
    [INK_BIDI_L] = L,
    [INK_BIDI_R] = R,
    [INK_BIDI_AL] = AL,
    [INK_BIDI_EN] = EN,
    [INK_BIDI_ES] = ES,
    [INK_BIDI_ET] = ET,
    [INK_BIDI_AN] = AN,
    [INK_BIDI_CS] = CS,
    [INK_BIDI_NSM] = NSM | MARK,
    [INK_BIDI_BN] = REMOVED,
    [INK_BIDI_B] = NEUTRAL | BREAK,
    [INK_BIDI_S] = NEUTRAL | TAB,
    [INK_BIDI_WS] = NEUTRAL | BLANK,
    [INK_BIDI_ON] = NEUTRAL,
    [INK_BIDI_LRE] = REMOVED,
    [INK_BIDI_LRO] = REMOVED,
    [INK_BIDI_RLE] = REMOVED,
    [INK_BIDI_RLO] = REMOVED,
    [INK_BIDI_PDF] = REMOVED,
    [INK_BIDI_LRI] = NEUTRAL | BEGIN,
    [INK_BIDI_RLI] = NEUTRAL | BEGIN,
    [INK_BIDI_FSI] = NEUTRAL | BEGIN,
    [INK_BIDI_PDI] = NEUTRAL | END,
};

// They follow the levels.
static uint8_t *classes_of(struct ink_bidi *bidi) {
    return bidi->levels + bidi->text.bytes;
}

static unsigned class_at(const struct ink_bidi *bidi, unsigned at) {
    return bidi->levels[bidi->text.bytes + at];
}

static unsigned type_at(const struct ink_bidi *bidi, unsigned at) {
    return class_at(bidi, at) & TYPE;
}

static unsigned origin_at(const struct ink_bidi *bidi, unsigned at) {
    return class_at(bidi, at) & ORIGIN;
}

static void set_type(struct ink_bidi *bidi, unsigned at, unsigned type) {
    classes_of(bidi)[at] = (uint8_t)(origin_at(bidi, at) | type);
}

/* ---- X: explicit levels ---------------------------------------------------------------------- */

// The stack of directional statuses. The levels on it ascend, so it is indexed by level: 0 where a
// level is not on it. Beside ON_STACK there are flags, and a direction if OVERRIDES.
enum { ON_STACK = 1, ISOLATES = 2, OVERRIDES = 4, STATUS_BITS = 3 };

struct embedding {
    uint8_t status[INK_BIDI_DEPTH + 1];
    uint8_t level;
    uint16_t isolates;      // valid ones that are open
    uint16_t lost_isolates; // open ones that were too deep
    uint16_t lost_embeddings;
};

static void begin_paragraph(struct embedding *embedding, uint8_t base) {
    memset(embedding, 0, sizeof *embedding);
    embedding->level = base;
    embedding->status[base] = ON_STACK;
}

// True if there was room for a level of that direction.
static bool push(struct embedding *embedding, unsigned direction, unsigned flags) {
    unsigned level = embedding->level + 1u;
    level += (level & 1) != direction;
    if (level > INK_BIDI_DEPTH || embedding->lost_isolates > 0 || embedding->lost_embeddings > 0) {
        return false;
    }
    embedding->level = (uint8_t)level;
    embedding->status[level] = (uint8_t)(ON_STACK | flags);
    return true;
}

// There is always a status below: the callers know that the topmost is not the paragraph's.
static void pop(struct embedding *embedding) {
    embedding->status[embedding->level] = 0;
    do {
        embedding->level--;
    } while (embedding->status[embedding->level] == 0);
}

/* X2 to X5 */
static void begin_embedding(struct embedding *embedding, unsigned class) {
    unsigned direction = class == INK_BIDI_RLE || class == INK_BIDI_RLO ? R : L;
    bool overrides = class == INK_BIDI_LRO || class == INK_BIDI_RLO;
    unsigned flags = overrides ? OVERRIDES | direction << STATUS_BITS : 0;
    if (!push(embedding, direction, flags) && embedding->lost_isolates == 0) {
        embedding->lost_embeddings++;
    }
}

/* X7 */
static void end_embedding(struct embedding *embedding, uint8_t base) {
    if (embedding->lost_isolates > 0) {
        return;
    }
    if (embedding->lost_embeddings > 0) {
        embedding->lost_embeddings--;
    } else if (embedding->level > base && (embedding->status[embedding->level] & ISOLATES) == 0) {
        pop(embedding);
    }
}

/* X5a to X5c */
static void begin_isolate(struct embedding *embedding, unsigned direction) {
    if (push(embedding, direction, ISOLATES)) {
        embedding->isolates++;
    } else {
        embedding->lost_isolates++;
    }
}

/* X6a; false if it ends no isolate that has a level of its own. */
static bool end_isolate(struct embedding *embedding) {
    if (embedding->lost_isolates > 0) {
        embedding->lost_isolates--;
        return false;
    }
    if (embedding->isolates == 0) {
        return false;
    }
    embedding->isolates--;
    embedding->lost_embeddings = 0;
    while ((embedding->status[embedding->level] & ISOLATES) == 0) {
        pop(embedding);
    }
    pop(embedding);
    return true;
}

// P2 and P3, or within an isolate X5c: from `at` on.
static uint8_t first_level(struct ink_span text, size_t at, bool isolated, uint8_t fallback) {
    unsigned depth = 0;
    while (at < text.bytes) {
        unsigned class = ink_bidi_of(ink_properties(ink_utf8_next(text.at, text.bytes, &at)));
        if (class == INK_BIDI_LRI || class == INK_BIDI_RLI || class == INK_BIDI_FSI) {
            depth++;
        } else if (class == INK_BIDI_PDI && depth > 0) {
            depth--;
        } else if (class == INK_BIDI_B || (class == INK_BIDI_PDI && isolated)) {
            break;
        } else if (depth == 0 && class <= INK_BIDI_AL) { // L, R, AL
            return class != INK_BIDI_L;
        }
    }
    return fallback;
}

uint8_t ink_bidi_base(struct ink_span text, uint8_t fallback) {
    return first_level(text, 0, false, fallback);
}

// The byte of `classes` for a character, before it is overridden.
static unsigned class_of(uint32_t code_point, unsigned class) {
    if (class == INK_BIDI_ON) {
        enum ink_bracket bracket = ink_bidi_mirrored(code_point).bracket;
        return bracket == INK_BRACKET_NONE    ? NEUTRAL
               : bracket == INK_BRACKET_OPENS ? OPENING
                                              : CLOSING;
    }
    return starts[class];
}

// What the status on top makes of it. A mark that is overridden is a mark no more, to rule N0.
static unsigned override_class(unsigned class, unsigned status) {
    if ((status & OVERRIDES) == 0) {
        return class;
    }
    unsigned origin = class & ORIGIN;
    return (origin == MARK ? OTHER : origin) | status >> STATUS_BITS;
}

// What a control does before its own level is known. False for a PDI that ends nothing.
static bool obey(struct embedding *embedding, unsigned class, uint8_t base) {
    switch (class) {
    case INK_BIDI_B: // X8
        begin_paragraph(embedding, base);
        return true;
    case INK_BIDI_PDI:
        return end_isolate(embedding);
    case INK_BIDI_PDF:
        end_embedding(embedding, base);
        return true;
    case INK_BIDI_LRE:
    case INK_BIDI_LRO:
    case INK_BIDI_RLE:
    case INK_BIDI_RLO:
        begin_embedding(embedding, class);
        return true;
    default:
        return true;
    }
}

static bool is_sign(uint32_t c) {
    return c == '+' || c == '-' || c == '~' || c == 0xB1 || c == 0x2212 || c == 0x2248;
}

// Is what stands from `at` to `next` between a space, a bracket or nothing and a digit?
static bool signs_number(struct ink_span text, size_t at, size_t next) {
    uint8_t before = at > 0 ? (uint8_t)text.at[at - 1] : ' ';
    uint8_t after = next < text.bytes ? (uint8_t)text.at[next] : 0;
    bool digit = (uint8_t)(after - '0') < 10 || after == 0xD9 || after == 0xDB; // or Arabic
    return digit && (before == ' ' || before == '(' || before == 0xA0);
}

// Not inlined, so that its stack of statuses does not lie below the brackets of the next pass.
static __attribute__((noinline)) void resolve_explicit(struct ink_bidi *bidi, bool signs) {
    struct embedding embedding;
    begin_paragraph(&embedding, bidi->base);
    memset(classes_of(bidi), REMOVED, bidi->text.bytes);
    memset(bidi->levels, NO_LEVEL, bidi->text.bytes);
    for (size_t next = 0; next < bidi->text.bytes;) {
        size_t at = next;
        uint32_t code_point = ink_utf8_next(bidi->text.at, bidi->text.bytes, &next);
        unsigned bidi_class = ink_bidi_of(ink_properties(code_point));
        unsigned class = class_of(code_point, bidi_class);
        if (signs && is_sign(code_point) && signs_number(bidi->text, at, next)) {
            class = starts[INK_BIDI_EN];
        }
        bool control = bidi_class >= INK_BIDI_LRE || bidi_class == INK_BIDI_B;
        if (control && !obey(&embedding, bidi_class, bidi->base)) {
            class = NEUTRAL | BLANK;
        }
        if (class == REMOVED) {
            continue;
        }
        bidi->levels[at] = embedding.level;
        classes_of(bidi)[at] = (uint8_t)override_class(class, embedding.status[embedding.level]);
        if ((class & ORIGIN) == BEGIN) {
            bool by_text = bidi_class == INK_BIDI_FSI;
            unsigned direction =
                by_text ? first_level(bidi->text, next, true, L) : bidi_class == INK_BIDI_RLI;
            begin_isolate(&embedding, direction);
        }
    }
}

/* ---- isolating run sequences ----------------------------------------------------------------- */

struct sequence {
    struct ink_bidi *bidi;
    unsigned first;
    unsigned embedding, sos, eos; // directions, L or R
};

// The character after `at` in its sequence, text.bytes if it is the last. An isolate is passed over
// by its levels, which are all higher. (After one without end comes at most the paragraph's end,
// whose level L1 makes that of the paragraph anyway.)
static unsigned after(const struct ink_bidi *bidi, unsigned at) {
    unsigned end = bidi->text.bytes;
    unsigned level = bidi->levels[at];
    unsigned origin = origin_at(bidi, at);
    for (unsigned next = at + 1; next < end && origin != BREAK; next++) {
        unsigned other = bidi->levels[next];
        if (other == level) {
            return next;
        }
        if (other < level || (other != NO_LEVEL && origin != BEGIN)) {
            break;
        }
    }
    return end;
}

// From `first` up to `end`, both in one sequence, or to the end of the sequence.
static void fill(struct ink_bidi *bidi, unsigned first, unsigned end, unsigned type) {
    for (unsigned at = first; at < end; at = after(bidi, at)) {
        set_type(bidi, at, type);
    }
}

/* ---- BD16: pairs of brackets ----------------------------------------------------------------- */

// The openers that await their closers.
struct brackets {
    uint16_t at[INK_BIDI_BRACKETS];
    uint16_t closing[INK_BIDI_BRACKETS]; // what closes them: all brackets are below U+10000
    unsigned depth;                      // once beyond INK_BIDI_BRACKETS the search is over
};

// U+2329 and U+232A are canonically equivalent to U+3008 and U+3009.
static uint16_t canonical(uint32_t bracket) {
    return (uint16_t)(bracket - 0x2329 <= 1 ? bracket + (0x3008 - 0x2329) : bracket);
}

// BD16, one bracket on. Pairs nest: a mark at either end is all there is to remember of one.
static void pair_bracket(struct ink_bidi *bidi, struct brackets *open, unsigned at, bool opening) {
    size_t next = at;
    uint32_t code_point = ink_utf8_next(bidi->text.at, bidi->text.bytes, &next);
    if (open->depth > INK_BIDI_BRACKETS) {
        return;
    }
    if (opening) {
        if (open->depth < INK_BIDI_BRACKETS) {
            open->at[open->depth] = (uint16_t)at;
            open->closing[open->depth] = canonical(ink_bidi_mirror(code_point));
        }
        open->depth++;
        return;
    }
    for (unsigned i = open->depth; i-- > 0;) {
        if (open->closing[i] == canonical(code_point)) {
            set_type(bidi, open->at[i], OPENER);
            set_type(bidi, at, CLOSER);
            open->depth = i;
            return;
        }
    }
}

/* ---- W: weak types --------------------------------------------------------------------------- */

struct weak {
    unsigned before;  // type of the character before, after W1 to W3
    unsigned strong;  // the last strong one, AL among them
    unsigned pending; // where a separator or a run of terminators stands that
    unsigned awaited; // a number of this type would change; else NOTHING
    bool attached;    // a run of terminators has a number before it
};

// The number types that W7 makes L.
static unsigned european(const struct weak *weak) {
    return weak->strong == L ? L : EN;
}

// All rules at once: what the character of that type, which stands at `at`, becomes for now.
static unsigned weaken(struct weak *weak, unsigned type, unsigned at) {
    weak->awaited = NOTHING;
    switch (type) {
    case L:
    case R:
    case AL:
        weak->strong = type;
        return type == L ? L : R; // W3
    case EN:
        return european(weak); // W7
    case ES:
    case CS: // W4, unless W6
        weak->pending = at;
        if (weak->before == EN || (weak->before == AN && type == CS)) {
            weak->awaited = weak->before;
        }
        return NEUTRAL;
    case ET: // W5, unless W6
        if (weak->before != ET) {
            weak->pending = at;
            weak->attached = weak->before == EN;
        }
        weak->awaited = EN;
        return weak->attached ? european(weak) : NEUTRAL;
    default:
        return type;
    }
}

// Returns the last character of the sequence.
static unsigned resolve_weak(const struct sequence *sequence) {
    struct ink_bidi *bidi = sequence->bidi;
    struct weak weak = {.before = sequence->sos, .strong = sequence->sos, .awaited = NOTHING};
    unsigned last = sequence->first;
    struct brackets open;
    open.depth = 0;
    for (unsigned at = last; at < bidi->text.bytes; at = after(bidi, at)) {
        unsigned type = type_at(bidi, at);
        type = type == NSM ? weak.before : type;                      // W1
        type = type == EN && weak.strong == AL ? (unsigned)AN : type; // W2
        if (type == weak.awaited) {
            fill(bidi, weak.pending, at, type == EN ? european(&weak) : (unsigned)AN);
        }
        set_type(bidi, at, weaken(&weak, type, at));
        weak.before = type;
        if (type == OPENING || type == CLOSING) {
            weak.before = NEUTRAL;
            set_type(bidi, at, NEUTRAL);
            pair_bracket(bidi, &open, at, type == OPENING);
        }
        last = at;
    }
    return last;
}

/* ---- N: brackets and neutrals ---------------------------------------------------------------- */

// L or R; NEUTRAL if it is neither strong nor, to the rules N, as good as strong.
static unsigned direction_of(unsigned type) {
    return type > AN ? (unsigned)NEUTRAL : type != L;
}

// Marks on a bracket go with it.
static void set_bracket(struct ink_bidi *bidi, unsigned at, unsigned type) {
    do {
        set_type(bidi, at, type);
        at = after(bidi, at);
    } while (type != NEUTRAL && at < bidi->text.bytes && origin_at(bidi, at) == MARK);
}

// The pair that opens at `opener`; `before`: the strong direction before it.
static void resolve_pair(const struct sequence *sequence, unsigned opener, unsigned before) {
    struct ink_bidi *bidi = sequence->bidi;
    unsigned inside = NEUTRAL;
    unsigned at = opener;
    for (unsigned depth = 1; depth > 0;) {
        at = after(bidi, at);
        INK_ASSERT(at < bidi->text.bytes); // every opener has its closer
        unsigned type = type_at(bidi, at);
        unsigned direction = direction_of(type);
        depth += type == OPENER;
        depth -= type == CLOSER;
        if (direction != NEUTRAL && inside != sequence->embedding) {
            inside = direction;
        }
    }
    unsigned type = inside == NEUTRAL || inside == before ? inside : sequence->embedding;
    set_bracket(bidi, opener, type);
    set_bracket(bidi, at, type);
}

static void resolve_neutrals(const struct sequence *sequence) {
    struct ink_bidi *bidi = sequence->bidi;
    unsigned end = bidi->text.bytes;
    unsigned before = sequence->sos;
    unsigned pending = end; // the first neutral of those before `at`
    for (unsigned at = sequence->first;; at = after(bidi, at)) {
        unsigned type = at < end ? type_at(bidi, at) : sequence->eos;
        if (type == OPENER) {
            resolve_pair(sequence, at, before);
            type = type_at(bidi, at);
        }
        unsigned direction = direction_of(type);
        if (direction == NEUTRAL) {
            pending = pending == end ? at : pending;
            continue;
        }
        if (pending < end) {
            fill(bidi, pending, at, before == direction ? direction : sequence->embedding);
            pending = end;
        }
        if (at == end) {
            return;
        }
        before = direction;
    }
}

/* ---- all sequences, I and L1 ----------------------------------------------------------------- */

static unsigned direction_between(unsigned level, unsigned other) {
    return (level > other ? level : other) & 1;
}

// X10: the level after `last`; after an isolate without end, and a paragraph's, the paragraph's.
static unsigned level_after(const struct ink_bidi *bidi, unsigned last) {
    unsigned next = last + 1;
    while (next < bidi->text.bytes && bidi->levels[next] == NO_LEVEL) {
        next++;
    }
    unsigned origin = origin_at(bidi, last);
    bool ends = next == bidi->text.bytes || origin == BEGIN || origin == BREAK;
    return ends ? bidi->base : bidi->levels[next];
}

static void resolve_sequence(struct ink_bidi *bidi, unsigned first, unsigned level_before) {
    unsigned level = bidi->levels[first];
    struct sequence sequence = {.bidi = bidi, .first = first, .embedding = level & 1};
    sequence.sos = direction_between(level, level_before);
    unsigned last = resolve_weak(&sequence);
    sequence.eos = direction_between(level, level_after(bidi, last));
    resolve_neutrals(&sequence);
}

// A sequence starts where a level run does, unless that run goes on after an isolate.
static void resolve_sequences(struct ink_bidi *bidi) {
    unsigned level = bidi->base;
    bool apart = true;
    for (unsigned at = 0; at < bidi->text.bytes; at++) {
        unsigned here = bidi->levels[at];
        if (here == NO_LEVEL) {
            continue;
        }
        unsigned origin = origin_at(bidi, at);
        if ((apart || here != level) && origin != END) {
            resolve_sequence(bidi, at, level);
        }
        level = here;
        apart = origin == BREAK;
    }
}

// I1 and I2: L, R, EN and AN are all that is left.
static unsigned rise(unsigned level, unsigned type) {
    unsigned odd = level & 1;
    return level + (type == L ? odd : type == R ? 1 - odd : 2 - odd);
}

// With L1, but for the blanks at the end of a line that is not the last.
static void resolve_levels(struct ink_bidi *bidi) {
    unsigned end = bidi->text.bytes;
    unsigned level = bidi->base;
    unsigned blanks = end; // the first of those before `at`
    for (unsigned at = 0; at < end; at++) {
        if (bidi->levels[at] != NO_LEVEL) {
            unsigned origin = origin_at(bidi, at);
            level = rise(bidi->levels[at], type_at(bidi, at));
            if (origin < BLANK) {
                blanks = end;
            } else if (blanks == end) {
                blanks = at;
            }
            if (origin == TAB || origin == BREAK) {
                memset(bidi->levels + blanks, bidi->base, at - blanks);
                level = bidi->base;
                blanks = end;
            }
        }
        bidi->levels[at] = (uint8_t)level;
    }
    memset(bidi->levels + blanks, bidi->base, end - blanks);
}

uint16_t ink_bidi_resolve(struct ink_bidi *bidi, struct ink_span paragraph, uint8_t base_level,
                          bool signs) {
    if (paragraph.bytes > INK_BIDI_BYTES) {
        paragraph.bytes = INK_BIDI_BYTES;
        while (((uint8_t)paragraph.at[paragraph.bytes] & 0xC0) == 0x80) {
            paragraph.bytes--;
        }
    }
    bidi->text = paragraph;
    bidi->base = base_level;
    resolve_explicit(bidi, signs);
    resolve_sequences(bidi);
    resolve_levels(bidi);
    return paragraph.bytes;
}

// L1 at the end of a line: what trails it.
struct ink_bidi_line ink_bidi_line(const struct ink_bidi *bidi, uint16_t first, uint16_t end) {
    struct ink_bidi_line line = {.bidi = bidi,
                                 .first = first,
                                 .end = end,
                                 .tail = end,
                                 .run = {.first = first, .end = first}};
    for (unsigned at = end; at-- > first;) {
        bool blank = origin_at(bidi, at) >= BLANK;
        if (!blank && type_at(bidi, at) != REMOVED) {
            break;
        }
        line.tail = blank ? (uint16_t)at : line.tail;
    }
    return line;
}
