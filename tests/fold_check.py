#!/usr/bin/env python3
"""fold_check.py TEST_TERMS [UNICODE]: ink_fold of every code point against Python's unicodedata.

TEST_TERMS --fold prints the folds. The expectation is written from unicodedata (categories, NFKD,
casefold) and from Scripts.txt with ScriptExtensions.txt in UNICODE, not from the bake's files; what
Python's Unicode does not know yet is skipped. Exceptions are listed here with their reasons.
Exit code 77: no script files here.
"""
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

SEPARATOR, SKIP, LETTER, UNSPACED = 0, 1, 2, 1 << 31

# Scripts whose marks are accents, points or tones that writers may leave out: they vanish. Elsewhere
# the marks carry the word: they are letters.
ALPHABETS = {"Inherited", "Common", "Latin", "Greek", "Cyrillic", "Hebrew", "Arabic", "Syriac",
             "Hangul", "Coptic", "Ethiopic"}
UNSPACED_SCRIPTS = {"Han", "Hiragana", "Katakana", "Bopomofo", "Hangul", "Yi", "Thai", "Lao", "Khmer",
                    "Myanmar", "Tai_Le", "New_Tai_Lue", "Tai_Tham", "Tai_Viet", "Tangut", "Nushu",
                    "Khitan_Small_Script"}
SHORT = {"Hani": "Han", "Hira": "Hiragana", "Kana": "Katakana", "Bopo": "Bopomofo", "Hang": "Hangul"}

# Compatibility mappings that say something else than the letter, or that only old encodings use.
OTHER_LETTERS = {"<super>", "<sub>", "<font>", "<circle>", "<fraction>"}
OLD_ARABIC = {"<initial>", "<medial>", "<final>", "<isolated>"}

EXCEPTIONS = {  # code point: (what it is, why)
    0x200B: (SEPARATOR, "zero-width space parts words though it is a format character"),
    0x2BB: (SEPARATOR, "another spelling of the apostrophe U+2018, which parts words"),
    0x2BC: (SEPARATOR, "another spelling of the apostrophe U+2019"),
    0x640: (SKIP, "tatweel stretches a word"),
    0x115F: (SKIP, "an invisible filler"), 0x1160: (SKIP, "an invisible filler"),
    0x3164: (SKIP, "an invisible filler"), 0xFFA0: (SKIP, "an invisible filler"),
    0x5C0: (SKIP, "among the points of a biblical text: shorter table"),
    0x5C3: (SKIP, "the same"), 0x5C6: (SKIP, "the same"),
}


def read_ranges(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        found = re.match(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([^#]+)", line)
        if found:
            yield int(found[1], 16), int(found[2] or found[1], 16), found[3].strip()


def read_scripts(folder):
    scripts = ["Unknown"] * 0x110000
    for first, last, name in read_ranges(folder / "Scripts.txt"):
        scripts[first:last + 1] = [name] * (last + 1 - first)
    extended = {}
    for first, last, names in read_ranges(folder / "ScriptExtensions.txt"):
        if all(name in SHORT for name in names.split()):
            extended.update({c: SHORT[names.split()[0]] for c in range(first, last + 1)})
    return scripts, extended


class Rule:
    def __init__(self, folder):
        self.scripts, self.extended = read_scripts(folder)

    def is_unspaced(self, c):
        shared = self.extended.get(c) if unicodedata.category(chr(c))[0] == "L" else None
        return self.scripts[c] in UNSPACED_SCRIPTS or shared in UNSPACED_SCRIPTS

    def vanishes(self, c):
        if c >= 0x10000:  # ancient scripts: their marks stay, unless they belong to no script
            return self.scripts[c] in ("Inherited", "Common")
        nukta = unicodedata.combining(chr(c)) == 7 and 0x900 <= c < 0xD80  # written or not at will
        return self.scripts[c] in ALPHABETS or nukta

    def kind(self, c):
        if c in EXCEPTIONS:
            return EXCEPTIONS[c][0]
        category = unicodedata.category(chr(c))
        if category[0] == "M":
            return SKIP if self.vanishes(c) else LETTER
        if category == "Cf":
            return SKIP
        if category == "No":  # superscripts, fractions; beyond the BMP, numbers of ancient scripts
            return LETTER if 0x10000 <= c else SEPARATOR
        if category[0] == "P" and 0x10000 <= c < 0x1CF00:  # ancient scripts: shorter table
            return LETTER
        return LETTER if category[0] in "LN" else SEPARATOR

    def decomposed(self, c):
        """NFKD, but for the mappings that are not applied."""
        mapping = unicodedata.decomposition(chr(c))
        ordinal = c in (0xAA, 0xBA)
        if not mapping or c >= 0x10000 or unicodedata.category(chr(c)) == "Nl":
            return [c]
        if mapping.split()[0] in OTHER_LETTERS | OLD_ARABIC and not ordinal:
            return [c]
        if not any(tag in mapping for tag in ("<super>", "<sub>", "<font>", "<circle>")) or ordinal:
            parts = [int(part, 16) for part in mapping.split() if part[0] != "<"]
            whole = [part for each in parts for part in self.decomposed(each)]
            if not any(unicodedata.decomposition(chr(part)) for part in whole):
                full = unicodedata.normalize("NFKD", chr(c))
                assert sorted(map(ord, full)) == sorted(whole), hex(c)
            return whole
        return [c]

    def case(self, origin, c):
        folded = chr(c).casefold()
        lower = ord(folded) if len(folded) == 1 else c
        if lower == c and len(folded) > 1:  # a fold of several letters: the simple one instead
            lower = ord(chr(c).lower()[0]) if len(chr(c).lower()) == 1 else c
        rare = 0x2C60 <= origin < 0x2C80 or 0xA720 <= origin < 0xA800
        if rare and lower != c + 1:  # letters of dictionaries and few orthographies: shorter table
            lower = c
        return ord("s") if lower == 0xDF else lower

    def fold(self, c):
        if c >= 0x20000:
            return SKIP if c >= 0x40000 else c | UNSPACED  # planes of ideographs; tags, selectors
        kind = self.kind(c)
        if kind != LETTER:
            return kind
        if unicodedata.category(chr(c)) == "Nd":
            return ord("0") + unicodedata.decimal(chr(c))
        kana = 0x3040 <= c < 0x3100 or 0xFF66 <= c < 0xFFA0
        unspaced = self.is_unspaced(c)
        parts = [c] if unspaced and not kana else self.decomposed(c)  # compatibility ideographs stay
        letters = [part for part in parts if self.kind(part) == LETTER]
        if not letters:
            return SEPARATOR if any(self.kind(part) == SEPARATOR for part in parts) else SKIP
        letter = letters[0] if len(letters) == 1 else c
        return self.case(c, letter) | (UNSPACED if self.is_unspaced(letter) else 0)


def is_free(c):
    """What ink_fold may answer as it likes."""
    return unicodedata.category(chr(c)) in ("Cn", "Co", "Cs")


def check(rule, folds):
    wrong = checked = 0
    for c, fold in enumerate(folds):
        if is_free(c):
            continue
        checked += 1
        want = rule.fold(c)
        again = folds[fold & ~UNSPACED] if fold > SKIP else fold
        if fold != want or again != fold:
            wrong += 1
            if wrong <= 40:
                print(f"U+{c:04X} {unicodedata.name(chr(c), '?')} {rule.scripts[c]}: is {fold:X}, "
                      f"expected {want:X}, folded again {again:X}")
    return wrong, checked


def main():
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "/usr/share/unicode")
    if not (folder / "ScriptExtensions.txt").exists():
        print(f"skipped: {folder}/ScriptExtensions.txt is missing: apt-get install unicode-data")
        sys.exit(77)
    printed = subprocess.run([sys.argv[1], "--fold"], capture_output=True, check=True, text=True)
    folds = [int(line, 16) for line in printed.stdout.split()]
    assert len(folds) == 0x110000
    wrong, checked = check(Rule(folder), folds)
    print(f"{checked} code points of Unicode {unicodedata.unidata_version}, {wrong} wrong")
    sys.exit(wrong != 0)


if __name__ == "__main__":
    main()
