#!/usr/bin/env python3
"""words_check.py TEST_WORDS [CLDR]: firmware/words against Unicode CLDR.

Months, weekdays, the order of dates, hours, eras, ranges, direction, digits, script, and by
TEST_WORDS --forms the plural form of every number of 0..1000. Where a file departs from CLDR, the
departure is listed here with its reason. Exit code 77: no CLDR here (package unicode-cldr-core).
"""
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

WORDS = Path(__file__).resolve().parent.parent / "firmware" / "words"
DAYS = "mon tue wed thu fri sat sun".split()

# (language, key): what it is here, and why.
DEPARTURES = {
    ("en", "date.day"): ("{day} {name}", "the order of en_001, as outside the United States"),
    ("en", "date.day-alone"): ("{day}", "the same"),
    ("en", "date.day-year"): ("{day} {name} {year}", "the same"),
    ("uk", "date.day-year"): ("{day} {name} {year}", "agencies leave out the word for year"),
    ("uk", "date.month-year"): ("{alone} {year}", "the same"),
    ("ru", "date.day-year"): ("{day} {name} {year}", "the same"),
    ("ru", "date.month-year"): ("{alone} {year}", "the same"),
    ("el", "date.month-year"): ("{alone} {year}", "with the accents of a month that stands alone"),
    ("ja", "weekdays.short"): ("月曜, 火曜, 水曜, 木曜, 金曜, 土曜, 日曜", "月 reads as a month"),
    ("ko", "weekdays.short"): ("월요일, 화요일, 수요일, 목요일, 금요일, 토요일, 일요일",
                               "월 reads as a month"),
    ("ar", "digits"): ("latn", "as the sites of most agencies"),
}


def read_words(path):
    pairs = (line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines()
             if "=" in line and not line.startswith("#"))
    return {key.strip(): re.sub(r'^"(.*)"$', r"\1", value.strip()) for key, value in pairs}


class Locale:
    """What a file of CLDR's main folder says."""

    def __init__(self, cldr, tag):
        self.root = ET.parse(cldr / "main" / f"{tag}.xml").getroot()
        self.calendar = self.root.find(".//calendar[@type='gregorian']")

    def names(self, kind, context, width):
        path = f"{kind}s/{kind}Context[@type='{context}']/{kind}Width[@type='{width}']/{kind}"
        found = [e for e in self.calendar.findall(path) if e.get("alt") is None]
        if kind == "day":
            found.sort(key=lambda e: DAYS.index(e.get("type")))
        return [e.text for e in found]

    def format(self, skeleton):
        path = f".//availableFormats/dateFormatItem[@id='{skeleton}']"
        return self.calendar.find(path).text

    def interval(self, skeleton, difference):
        path = f".//intervalFormatItem[@id='{skeleton}']/greatestDifference[@id='{difference}']"
        return self.calendar.find(path).text

    def eras(self, number):
        return {e.text.replace("\xa0", " ") for kind in ("eraAbbr", "eraNames")
                for e in self.calendar.findall(f"eras/{kind}/era[@type='{number}']")}


def translate(pattern, words, locale):
    """A pattern of CLDR in the fields of the files."""
    month = "{name}" if "months" in words else "{month}"
    fields = {"d": "{day}", "M": "{month}", "MMM": month, "LLL": "{name}", "LLLL": "{alone}",
              "y": "{year}", "H": "{h}", "HH": "{hh}", "mm": "{mm}"}
    text = re.sub(r"'([^']*)'|(([a-zA-Z])\3*)",
                  lambda m: m[1] if m[1] is not None else fields.get(m[2], m[2]), pattern)
    if month == "{month}" and "MMM" in pattern:  # months of numbers: "8월"
        names = locale.names("month", "format", "abbreviated")
        text = text.replace("{month}", "{month}" + names[0].replace("1", ""))
    return text.replace(words["date.year"].replace("{text}", "{year}"), "{year}")


def check_names(words, locale):
    listed = {key: words[key].split(", ") for key in words if key.startswith(("months", "weekdays"))}
    choices = {
        "months": [("month", "format", "abbreviated"), ("month", "format", "wide")],
        "months.alone": [("month", "stand-alone", "abbreviated"), ("month", "stand-alone", "wide")],
        "weekdays": [("day", "format", "wide")],
        "weekdays.short": [("day", "format", "abbreviated")],
    }
    for key, names in listed.items():
        wanted = [[name.replace("ʼ", "’") for name in locale.names(*choice)]
                  for choice in choices[key]]  # one letter with two code points
        if names not in wanted:
            yield key, words[key], wanted


def check_patterns(words, locale):
    for key, skeleton in (("date.day", "MMMd"), ("date.day-year", "yMMMd"),
                          ("date.month-year", "yMMM"), ("date.clock", "Hm")):
        wanted = translate(locale.format(skeleton), words, locale)
        if words[key] != wanted:
            yield key, words[key], wanted
    day = re.split(r" ?[–～~至]| تا ", locale.interval("MMMd", "d"))
    alone = day[-1] if words["date.day-year"].startswith("{year}") else day[0]
    wanted = alone.strip().replace("dd", "d").replace("d", "{day}")
    if words["date.day-alone"] != wanted:
        yield "date.day-alone", words["date.day-alone"], wanted
    if words["date.range"].strip() not in locale.interval("MMMd", "d"):
        yield "date.range", words["date.range"], locale.interval("MMMd", "d")


def check_rest(words, locale, scripts):
    for key, era in (("date.bce", "0"), ("date.ce", "1")):
        if words[key].replace("{text}", "").strip() not in locale.eras(era):
            yield key, words[key], locale.eras(era)
    order = locale.root.findtext(".//orientation/characterOrder")
    wanted = {"direction": "rtl" if order == "right-to-left" else "ltr",
              "digits": locale.root.findtext(".//defaultNumberingSystem") or "latn",
              "script": scripts}
    for key, value in wanted.items():
        if words[key] != value:
            yield key, words[key], value


# ---- plural rules ------------------------------------------------------------------------------

def holds(relation, n):
    """One relation of a rule for a whole number without an exponent: "i % 10 = 2..4"."""
    operand, modulus, sign, ranges = re.fullmatch(
        r"([nivwftce])(?: % (\d+))? (!?=) ([\d.,]+)", relation.strip()).groups()
    value = n if operand in "ni" else 0
    value %= int(modulus) if modulus else 1 << 30
    inside = any(int(first) <= value <= int(last or first) for first, last in
                 re.findall(r"(\d+)(?:\.\.(\d+))?", ranges))
    return inside == (sign == "=")


def category(rules, n):
    for name, rule in rules:
        if name != "other" and any(all(holds(r, n) for r in part.split(" and "))
                                   for part in rule.split(" or ")):
            return name
    return "other"


def plural_rules(cldr):
    found = {}
    for rules in ET.parse(cldr / "supplemental" / "plurals.xml").iter("pluralRules"):
        pairs = [(rule.get("count"), rule.text.split("@")[0]) for rule in rules]
        found.update({tag: pairs for tag in rules.get("locales").split()})
    return found


# Categories that have no form of their own: here they are as another.
MERGED = {("he", "many"): "other"}  # of CLDR 41; later versions have none


def check_forms(tag, rules, forms):
    """Numbers of a category share a form, and no other category has it."""
    categories = [category(rules, n) for n in range(1001)]
    merged = [MERGED.get((tag, name), name) for name in categories]
    pairs = set(zip(merged, forms))
    if len(forms) != 1001 or len(pairs) != len(set(merged)) or len(pairs) != len(set(forms)):
        yield "plural", sorted(pairs), "one form for each category"
    order = [name for name in "zero one two few many other".split() if name in merged]
    if sorted(pairs, key=lambda pair: pair[1]) != [(n, str(i)) for i, n in enumerate(order)]:
        yield "plural", sorted(pairs), f"forms in the order {order}"


def main():
    cldr = Path(sys.argv[2] if len(sys.argv) > 2 else "/usr/share/unicode/cldr/common")
    if not (cldr / "main" / "en.xml").exists():
        print("skipped: no CLDR here: apt-get install unicode-cldr-core")
        sys.exit(77)
    printed = subprocess.run([sys.argv[1], "--forms"], check=True, capture_output=True, text=True)
    forms = dict(line.split() for line in printed.stdout.splitlines())
    rules = plural_rules(cldr)
    likely = {e.get("from"): e.get("to").split("_")[1] for e in
              ET.parse(cldr / "supplemental" / "likelySubtags.xml").iter("likelySubtag")}
    faults, used = 0, set()
    for path in sorted(WORDS.glob("*.words")):
        tag, words, locale = path.stem, read_words(path), Locale(cldr, path.stem)
        found = [*check_names(words, locale), *check_patterns(words, locale),
                 *check_rest(words, locale, likely[tag])]
        found += check_forms(tag, rules[tag], forms[tag]) if tag in forms else []
        for key, have, wanted in found:
            if DEPARTURES.get((tag, key), ("", ""))[0] == have:
                used.add((tag, key))
                continue
            print(f"{path.name}: {key} is {have!r}, CLDR has {wanted!r}")
            faults += 1
    for tag, key in set(DEPARTURES) - used:
        print(f"{tag}: {key} is no departure any more")
        faults += 1
    print(f"{len(forms)} languages, {len(used)} known departures, {faults} faults")
    sys.exit(1 if faults or not forms else 0)


if __name__ == "__main__":
    main()
