#include "core/ink_words.h"

#include "core/ink_record.h"

enum { PLURAL_ONE_OTHER, PLURAL_SLAVIC }; /* CLDR plural rules of en, and of uk and its kin */

static const char *const english[INK_WORD_COUNT] = {
    [INK_WORD_STATUS + INK_REPORTED] = "Reported",
    [INK_WORD_STATUS + INK_CONFIRMED] = "Confirmed",
    [INK_WORD_STATUS + INK_CLAIMED] = "CLAIMED",
    [INK_WORD_STATUS + INK_DISPUTED] = "DISPUTED",
    [INK_WORD_STATUS + INK_DENIED] = "DENIED",
    [INK_WORD_STATUS + INK_PLANNED] = "Planned",
    [INK_WORD_STATUS + INK_CORRECTED] = "Corrected",
    [INK_WORD_STATUS + INK_WITHDRAWN] = "WITHDRAWN",
    [INK_WORD_AS_OF] = "as of",
    [INK_WORD_TODAY] = "today",
    [INK_WORD_LATER] = "later",
    [INK_WORD_MORE] = "+# more",
    [INK_WORD_OF] = "of",
    [INK_WORD_SOURCES] = "# source|# sources",
    [INK_WORD_VIA] = "via",
    [INK_WORD_STALE] = "STALE",
    [INK_WORD_SINCE] = "since",
    [INK_WORD_PUBLISHED] = "published",
    [INK_WORD_NO_SOURCE] = "source not given",
    [INK_WORD_NO_TITLE] = "Timeline",
    [INK_WORD_NOTHING] = "Nothing to show yet",
    [INK_WORD_ABOUT] = "c.",
    [INK_WORD_BY] = "by",
    [INK_WORD_FROM] = "from",
    [INK_WORD_BCE] = "BCE",
    [INK_WORD_CE] = "CE",
    [INK_WORD_DECADE] = "#s",
    [INK_WORD_CENTURY] = "#st c.|#nd c.|#rd c.|#th c.",
    [INK_WORD_HOURS] = "# hour|# hours",
    [INK_WORD_DAYS] = "# day|# days",
    [INK_WORD_MONTHS] = "# month|# months",
    [INK_WORD_YEARS] = "# year|# years",
    [INK_WORD_JANUARY] = "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    [INK_WORD_MONDAY] = "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    [INK_WORD_MON] = "Mon",
    "Tue",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
    "Sun",
    [INK_WORD_SPRING] = "spring",
    "summer",
    "autumn",
    "winter",
};

static const char *const ukrainian[INK_WORD_COUNT] = {
    [INK_WORD_STATUS + INK_REPORTED] = "Повідомлено",
    [INK_WORD_STATUS + INK_CONFIRMED] = "Підтверджено",
    [INK_WORD_STATUS + INK_CLAIMED] = "ЗАЯВЛЕНО",
    [INK_WORD_STATUS + INK_DISPUTED] = "СПІРНО",
    [INK_WORD_STATUS + INK_DENIED] = "ЗАПЕРЕЧЕНО",
    [INK_WORD_STATUS + INK_PLANNED] = "Заплановано",
    [INK_WORD_STATUS + INK_CORRECTED] = "Виправлено",
    [INK_WORD_STATUS + INK_WITHDRAWN] = "ВІДКЛИКАНО",
    [INK_WORD_AS_OF] = "станом на",
    [INK_WORD_TODAY] = "сьогодні",
    [INK_WORD_LATER] = "пізніше",
    [INK_WORD_MORE] = "ще +#",
    [INK_WORD_OF] = "з",
    [INK_WORD_SOURCES] = "# джерело|# джерела|# джерел",
    [INK_WORD_VIA] = "через",
    [INK_WORD_STALE] = "ЗАСТАРІЛО",
    [INK_WORD_SINCE] = "з",
    [INK_WORD_PUBLISHED] = "опубліковано",
    [INK_WORD_NO_SOURCE] = "джерело не вказано",
    [INK_WORD_NO_TITLE] = "Хронологія",
    [INK_WORD_NOTHING] = "Поки нема чого показати",
    [INK_WORD_ABOUT] = "бл.",
    [INK_WORD_BY] = "до",
    [INK_WORD_FROM] = "від",
    [INK_WORD_BCE] = "до н. е.",
    [INK_WORD_CE] = "н. е.",
    [INK_WORD_DECADE] = "#-ті",
    [INK_WORD_CENTURY] = "# ст.",
    [INK_WORD_HOURS] = "# година|# години|# годин",
    [INK_WORD_DAYS] = "# день|# дні|# днів",
    [INK_WORD_MONTHS] = "# місяць|# місяці|# місяців",
    [INK_WORD_YEARS] = "# рік|# роки|# років",
    [INK_WORD_JANUARY] = "січ.",
    "лют.",
    "бер.",
    "квіт.",
    "трав.",
    "черв.",
    "лип.",
    "серп.",
    "вер.",
    "жовт.",
    "лист.",
    "груд.",
    [INK_WORD_MONDAY] = "понеділок",
    "вівторок",
    "середа",
    "четвер",
    "п’ятниця",
    "субота",
    "неділя",
    [INK_WORD_MON] = "пн",
    "вт",
    "ср",
    "чт",
    "пт",
    "сб",
    "нд",
    [INK_WORD_SPRING] = "весна",
    "літо",
    "осінь",
    "зима",
};

static const struct ink_language languages[] = {
    {"en", PLURAL_ONE_OTHER, english},
    {"uk", PLURAL_SLAVIC, ukrainian},
};

const struct ink_language *ink_language_for(struct ink_span tag) {
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
        size_t length = strlen(languages[i].tag);
        bool ends = tag.bytes == length || (tag.bytes > length && tag.at[length] == '-');
        if (ends && memcmp(tag.at, languages[i].tag, length) == 0) {
            return &languages[i];
        }
    }
    return &languages[0];
}

const char *ink_word(const struct ink_language *language, enum ink_word word) {
    return language->words[word];
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

void ink_label_add_number(struct ink_label *label, uint32_t value, int digits) {
    char reversed[10]; /* 2^32 has 10 digits */
    int count = 0;
    do {
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0 || count < ink_min(digits, 10));
    while (count > 0) {
        ink_label_add_span(label, (struct ink_span){&reversed[--count], 1});
    }
}

/* CLDR ordinal rule of English: 1st, 2nd, 3rd, 4th, 11th. */
static int ordinal_form(uint32_t n) {
    uint32_t tens = n % 100, ones = n % 10;
    return ones >= 1 && ones <= 3 && tens / 10 != 1 ? (int)ones - 1 : 3;
}

static int plural_form(int rule, uint32_t n) {
    if (rule == PLURAL_ONE_OTHER) {
        return n == 1 ? 0 : 1;
    }
    uint32_t tens = n % 100, ones = n % 10;
    if (ones == 1 && tens != 11) {
        return 0;
    }
    return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
}

void ink_label_add_pattern(struct ink_label *label, const struct ink_language *language,
                           enum ink_word word, uint32_t value) {
    const char *at = ink_word(language, word);
    if (strchr(at, '|') != NULL) {
        int form =
            word == INK_WORD_CENTURY ? ordinal_form(value) : plural_form(language->plural, value);
        for (; form > 0; at++) {
            form -= *at == '|';
        }
    }
    for (; *at != '\0' && *at != '|'; at++) {
        if (*at == '#') {
            ink_label_add_number(label, value, 1);
        } else {
            ink_label_add_span(label, (struct ink_span){at, 1});
        }
    }
}
