#!/usr/bin/env python3
"""exemplar_check.py BUILD: the fonts have every letter that CLDR says a language is written with.

    exemplar_check.py --derive    prints fonts/exemplars.txt from Debian's unicode-cldr-core

Every role is asked for the letters of fonts/exemplars.txt, small and capital, through all the blobs
that gen/ink_fonts.c lists for it. If unicode-cldr-core is installed, that file too is derived again.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FILE = f"{ROOT}/fonts/exemplars.txt"
CLDR = "/usr/share/unicode/cldr/common/main"
LANGUAGES = "en uk ru pl de fr es it pt tr ro cs el ar fa ur he zh ja ko".split()
# Which script blob a language cannot do without.
NEEDS = {"ar": "arabic", "fa": "arabic", "ur": "arabic", "he": "hebrew",
         "zh": "unifont", "ja": "unifont", "ko": "unifont"}
HEAD = """\
# The letters that each language is written with, as code points: the main exemplar characters of
# CLDR 41 (Unicode, Inc., Unicode licence), by tests/exemplar_check.py --derive from Debian's
# unicode-cldr-core 41-0.1. The small letters; the check asks for the capitals too.
"""


def exemplars(language):
    """Code points of <exemplarCharacters>: a UnicodeSet of characters, ranges, {strings}, escapes."""
    with open(f"{CLDR}/{language}.xml", encoding="utf-8") as file:
        text = re.search(r"<exemplarCharacters>\[(.*?)\]</exemplarCharacters>", file.read())[1]
    found, last, ranged = set(), None, False
    for hexed, escaped, plain in re.findall(r"\\u([0-9A-F]{4})|\\(.)|(.)", text):
        if plain == "-" and last is not None:
            ranged = True
        elif plain not in (" ", "{", "}") or hexed or escaped:
            point = int(hexed, 16) if hexed else ord(escaped or plain)
            found |= set(range(last, point + 1)) if ranged else {point}
            last, ranged = point, False
    return found


def ranges(points):
    runs = []
    for point in sorted(points):
        if runs and runs[-1][1] == point - 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return [f"{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in runs]


def derive():
    lines = [HEAD]
    for language in LANGUAGES:
        line = language
        for word in ranges(exemplars(language)):
            if len(line) + len(word) > 118:
                lines.append(line + "\n")
                line = language
            line += " " + word
        lines.append(line + "\n")
    return "".join(lines)


def points_of(words):
    ends = [[int(end, 16) for end in word.split("-")] for word in words]
    return {c for pair in ends for c in range(pair[0], pair[-1] + 1)}


def read_exemplars():
    letters = {}
    with open(FILE, encoding="utf-8") as file:
        for line in file:
            words = line.split("#")[0].split()
            if words:
                letters.setdefault(words[0], set()).update(points_of(words[1:]))
    return letters


def capitals(points):
    return {ord(c) for point in points for c in chr(point).upper() if len(chr(point).upper()) == 1}


def blob_points(build, name):
    with open(f"{build}/gen/{name}.c", encoding="utf-8") as file:
        comment = file.read(2000000).split("*/")[0]
    listed = re.search(r"Code points \(\d+\):([0-9A-F\s*-]+)", comment)[1]
    return points_of(listed.replace("*", " ").split())


def check_roles(build):
    with open(f"{build}/gen/ink_fonts.c", encoding="utf-8") as file:
        roles = re.findall(r"\*const (\w+)\[\] = \{\n(.*?)\n\};", file.read(), re.S)
    letters, cache, asked = read_exemplars(), {}, 0
    assert sorted(letters) == sorted(LANGUAGES)
    for role, body in roles:
        names = re.findall(r"ink_font_\w+", body)
        for name in names:
            if name not in cache:
                cache[name] = blob_points(build, name)
        have = set().union(*(cache[name] for name in names))
        for language, points in letters.items():
            if not any(NEEDS.get(language, role) in name for name in names):
                continue
            missing = (points | capitals(points)) - have
            assert not missing, f"{role} cannot write {language}: " + " ".join(ranges(missing))
            asked += len(points)
    assert asked > 0
    print(f"{len(roles)} roles have the letters of {len(letters)} languages")


def main():
    if sys.argv[1:] == ["--derive"]:
        sys.stdout.write(derive())
        return
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    check_roles(sys.argv[1])
    if not os.path.exists(CLDR):
        print("skipped: unicode-cldr-core is not installed, so fonts/exemplars.txt was not derived again")
        sys.exit(77)
    with open(FILE, encoding="utf-8") as file:
        assert file.read() == derive(), "fonts/exemplars.txt is not what CLDR says"


if __name__ == "__main__":
    main()
