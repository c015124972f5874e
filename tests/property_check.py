#!/usr/bin/env python3
"""property_check.py TEST_UNICODE BAKE UNICODE: every property of every code point.

TEST_UNICODE --properties prints them. The expectation is written from the files that the bake does
not read: UnicodeData, LineBreak, ArabicShaping, EastAsianWidth, PropList and others, with the rules
of UAX #29 (table 2), UAX #44 and the prose of the files for what they leave out. BAKE, run again, must
make the same bytes, a table of the BMP that says the same, and no table of bad files.
Exit code 77: the Unicode files are not here.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HEADER = Path(__file__).resolve().parent.parent / "firmware/core/ink_property.h"
CODE_POINTS, BMP, FACE = 0x110000, 0x10000, 0x1F600

CLUSTERS = {"OTHER": "Other", "CONTROL": "Control", "EXTEND": "Extend", "PREPEND": "Prepend",
            "SPACING_MARK": "SpacingMark", "REGIONAL": "Regional_Indicator",
            "PICTOGRAPHIC": "Extended_Pictographic"}
JOINING = {"NONE": "U", "CAUSING": "C", "DUAL": "D", "LEFT": "L", "RIGHT": "R", "TRANSPARENT": "T"}

# Blocks whose unassigned code points are not what the property says elsewhere: UAX #9 3.2, UAX #14 5.1.
RIGHT_TO_LEFT = ["0590-05FF", "07C0-085F", "FB1D-FB4F", "10800-10CFF", "10D40-10EBF", "10F00-10F2F",
                 "10F70-10FFF", "1E800-1EC6F", "1ECC0-1ECFF", "1ED50-1EDFF", "1EF00-1EFFF"]
ARABIC = ["0600-07BF", "0860-08FF", "FB50-FDCF", "FDF0-FDFF", "FE70-FEFF", "10D00-10D3F",
          "10EC0-10EFF", "10F30-10F6F", "1EC70-1ECBF", "1ED00-1ED4F", "1EE00-1EEFF"]
CURRENCY = ["20A0-20CF"]
IDEOGRAPHS = ["3400-4DBF", "4E00-9FFF", "F900-FAFF", "20000-2FFFD", "30000-3FFFD"]
PICTOGRAPHS = ["1F000-1FAFF", "1FC00-1FFFD"]

# Marks of UAX #29, table 2, that are no SpacingMark though their category is Mc, and two that are.
NO_SPACING = ["102B-102C", "1038-1038", "1062-1064", "1067-106D", "1083-1083", "1087-108C", "108F-108F",
              "109A-109C", "1A61-1A61", "1A63-1A64", "AA7B-AA7B", "AA7D-AA7D", "11720-11721"]
SPACING = {0x0E33, 0x0EB3}


def span(text):
    first, last = text.split("-")
    return range(int(first, 16), int(last, 16) + 1)


def of_blocks(pairs, default):
    values = [default] * CODE_POINTS
    for blocks, value in pairs:
        for block in blocks:
            points = span(block)
            values[points.start:points.stop] = [value] * len(points)
    return values


class Unicode:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.category = ["Cn"] * CODE_POINTS
        self.bidi = of_blocks([(RIGHT_TO_LEFT, "R"), (ARABIC, "AL"), (CURRENCY, "ET")], "L")
        self.read_data()

    def lines(self, name, fields=2):
        """Code points and the fields after them."""
        for line in (self.folder / name).read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.split("#")[0].split(";")]
            if len(cells) >= fields:
                ends = cells[0].split("..")
                yield range(int(ends[0], 16), int(ends[-1], 16) + 1), cells[1:]

    def points_of(self, name, value):
        return {c for points, cells in self.lines(name) if cells[0] == value for c in points}

    def read_data(self):
        self.ignorable = self.points_of("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
        for c in self.ignorable | self.points_of("PropList.txt", "Noncharacter_Code_Point"):
            self.bidi[c] = "BN"
        first = 0
        for points, cells in self.lines("UnicodeData.txt", 5):
            if cells[0].endswith(", First>"):
                first = points.start
                continue
            start = first if cells[0].endswith(", Last>") else points.start
            for c in range(start, points.stop):
                self.category[c], self.bidi[c] = cells[1], cells[3]

    def line_breaks(self):
        values = of_blocks([(IDEOGRAPHS + PICTOGRAPHS, "ID"), (CURRENCY, "PR")], "XX")
        wide = of_blocks([(IDEOGRAPHS, "W")], "N")
        for name, table in (("LineBreak.txt", values), ("EastAsianWidth.txt", wide)):
            for points, cells in self.lines(name):
                table[points.start:points.stop] = [cells[0]] * len(points)
        pictographs = self.points_of("emoji/emoji-data.txt", "Extended_Pictographic")
        return [self.line_break(c, values[c], wide[c] in "FWH", c in pictographs)
                for c in range(CODE_POINTS)]

    def line_break(self, c, value, wide, pictograph):
        if value in ("AI", "SG", "XX"):
            return "AL"
        if value == "SA":
            return "CM" if self.category[c] in ("Mn", "Mc") else "AL"
        if value == "OP" and wide:
            return "OP_WIDE"
        if pictograph and self.category[c] == "Cn":
            return value + "_PICTOGRAPH"
        return "NS" if value == "CJ" else value

    def clusters(self):
        """UAX #29, table 2."""
        extend = self.points_of("DerivedCoreProperties.txt", "Grapheme_Extend")
        extend |= self.points_of("emoji/emoji-data.txt", "Emoji_Modifier")
        pictographs = self.points_of("emoji/emoji-data.txt", "Extended_Pictographic")
        prepend = self.points_of("PropList.txt", "Prepended_Concatenation_Mark")
        for value in ("Consonant_Preceding_Repha", "Consonant_Prefixed"):
            prepend |= self.points_of("IndicSyllabicCategory.txt", value)
        values = ["Other"] * CODE_POINTS
        for points, cells in self.lines("HangulSyllableType.txt"):
            values[points.start:points.stop] = [cells[0]] * len(points)
        no_spacing = {c for block in NO_SPACING for c in span(block)}
        for c, category in enumerate(self.category):
            if c in extend:
                values[c] = "Extend"
            elif c in prepend:
                values[c] = "Prepend"
            elif category in ("Zl", "Zp", "Cc", "Cf") or (category == "Cn" and c in self.ignorable):
                values[c] = "Control"
            elif (category == "Mc" and c not in no_spacing) or c in SPACING:
                values[c] = "SpacingMark"
            elif c in pictographs:
                values[c] = "Extended_Pictographic"
        values[0x0D], values[0x0A], values[0x200D] = "CR", "LF", "ZWJ"
        values[0x1F1E6:0x1F200] = ["Regional_Indicator"] * 26
        values[0x200C] = "Extend"
        return values

    def joining(self):
        values = ["T" if category in ("Mn", "Me", "Cf") else "U" for category in self.category]
        for points, cells in self.lines("ArabicShaping.txt", 4):
            values[points.start] = cells[1]
        return values

    def all(self):
        return list(zip(self.bidi, self.line_breaks(), self.clusters(), self.joining()))


def enums():
    """The names of each enum of the header, in order, as Unicode has them."""
    text = HEADER.read_text(encoding="utf-8")
    lists = [re.findall(rf"^    INK_{prefix}_(\w+)", text, re.M)
             for prefix in ("BIDI", "LB", "GB", "JOIN")]
    return [lists[0], lists[1], [CLUSTERS.get(name, name) for name in lists[2]],
            [JOINING[name] for name in lists[3]]]


def without_planes(expected):
    return expected[:BMP] + [expected[FACE]] * (CODE_POINTS - BMP)


def check(title, expected, found):
    faults = 0
    for c, (want, have) in enumerate(zip(expected, found)):
        if want != have:
            faults += 1
            if faults <= 20:
                print(f"{title}: U+{c:04X} is {have}, expected {want}")
    print(f"{title}: {len(found)} code points, {faults} differ")
    assert len(found) == len(expected)
    return faults


def printed(program, names):
    out = subprocess.run([program, "--properties"], text=True, capture_output=True, check=True).stdout
    found, faults = [], 0
    for line in out.splitlines():
        bidi, line_break, cluster, joining, again = map(int, line.split())
        found.append((names[0][bidi], names[1][line_break], names[2][cluster], names[3][joining]))
        faults += again != cluster
    print(f"ink_grapheme_class: {faults} differ from ink_grapheme_of")
    return found, faults


def read_table(path, names):
    """What a table says, read after the description in the header."""
    text = path.read_text(encoding="utf-8")
    stage = {name: [int(number, 0) for number in numbers.replace("\n", " ").split(",")[:-1]]
             for name, numbers in re.findall(r"ink_property_(\w+)\[\] = {([^}]*)}", text)}
    end, beyond = (int(re.search(rf"ink_property_{name} = (\w+);", text)[1], 16)
                   for name in ("end", "beyond"))
    widths = {"top": 1, "high": 1, "mid": 2, "leaf": 1, "words": 4}
    size = sum(len(stage[name]) * width for name, width in widths.items())
    assert f" {size} bytes" in text, size
    print(f"{path.name}: {size} bytes")
    words = [tuple(names[i][word >> shift & 0xFF] for i, shift in enumerate((8, 0, 16, 24)))
             for word in (*stage["words"], beyond)]
    found = []
    for c in range(end):
        high = stage["high"][stage["top"][c >> 12] * 32 + (c >> 7 & 31)]
        leaf = stage["mid"][high * 16 + (c >> 3 & 15)] + (c & 7)
        found.append(words[stage["leaf"][leaf]])
    return found + [words[-1]] * (CODE_POINTS - end)


def bake(program, *arguments):
    return subprocess.run([program, *arguments], text=True, capture_output=True, check=False)


def check_bakes(program, unicode, expected, names):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for out in ("a.c", "b.c"):
            assert bake(program, unicode, "-o", folder / out).returncode == 0
        assert (folder / "a.c").read_bytes() == (folder / "b.c").read_bytes(), "two bakes differ"
        assert name not in (folder / "a.c").read_text() and str(unicode) not in (folder / "a.c").read_text()
        assert bake(program, "--bmp", unicode, "-o", folder / "bmp.c").returncode == 0
        faults = check("all", expected, read_table(folder / "a.c", names))
        faults += check("bmp", without_planes(expected), read_table(folder / "bmp.c", names))
        check_refusals(program, Path(unicode), folder)
        return faults


def check_refusals(program, unicode, folder):
    """What is not understood stops the bake, with the place, and leaves no file."""
    bad = [("extracted/DerivedLineBreak.txt", "0041..0042 ; VF\n", "found VF"),
           ("extracted/DerivedBidiClass.txt", "0041..110000 ; L\n", "expected \"XXXX..YYYY"),
           ("extracted/DerivedBidiClass.txt", "# @missing: 0041; Sideways\n", "found Sideways"),
           ("auxiliary/GraphemeBreakProperty.txt", "00A9 ; Extend\n", "U+00A9 is a pictograph"),
           ("extracted/DerivedLineBreak.txt", "3001 ; CP\n", "U+3001 is a wide CP"),
           ("extracted/DerivedLineBreak.txt", "1FAFF ; AL\n", "U+1FAFF is an unassigned pictograph")]
    for number, (name, line, message) in enumerate(bad):
        copy = folder / str(number)
        for file in ("extracted", "auxiliary", "emoji"):
            (copy / file).mkdir(parents=True)
        for file in [*(unicode / "extracted").iterdir(), unicode / "auxiliary/GraphemeBreakProperty.txt",
                     unicode / "emoji/emoji-data.txt"]:
            if not (copy / file.relative_to(unicode)).exists():
                (copy / file.relative_to(unicode)).symlink_to(file)
        lines = (unicode / name).read_text(encoding="utf-8") + line
        (copy / name).unlink()
        (copy / name).write_text(lines, encoding="utf-8")
        run = bake(program, copy, "-o", folder / "bad.c")
        assert run.returncode == 65 and message in run.stderr, (line, run)
        assert not (folder / "bad.c").exists()
        shutil.rmtree(copy)
    assert bake(program, folder / "none", "-o", folder / "bad.c").returncode == 65
    assert bake(program, unicode, "-o", folder / "none/bad.c").returncode == 74
    assert bake(program, unicode).returncode == 2
    print(f"{len(bad) + 3} bad bakes refused")


def main():
    program, baker, folder = sys.argv[1:]
    if not (Path(folder) / "UnicodeData.txt").exists():
        print(f"skipped: no UnicodeData.txt in {folder}: apt-get install unicode-data")
        sys.exit(77)
    names, expected = enums(), Unicode(folder).all()
    found, faults = printed(program, names)
    faults += check("compiled", expected, found)
    faults += check_bakes(baker, folder, expected, names)
    sys.exit(faults != 0)


if __name__ == "__main__":
    main()
