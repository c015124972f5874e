#!/usr/bin/env python3
"""bake_check.py BUILD: what inkline-bake-font makes is what FreeType draws, and what it refuses.

Reads the baked C files with a reader of its own, after the description in core/ink_font.h, and
draws every glyph again through FreeType's shared library. Exit code 77: no FreeType here.
"""
import ctypes
import ctypes.util
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROLES = ("headline", "source", "title")
FT_LOAD_FORCE_AUTOHINT, FT_LOAD_TARGET_MONO, FT_RENDER_MODE_MONO = 0x20, 2 << 16, 2
L, P, I, S = ctypes.c_long, ctypes.c_void_p, ctypes.c_int, ctypes.c_short


class Bitmap(ctypes.Structure):
    _fields_ = [("rows", ctypes.c_uint), ("width", ctypes.c_uint), ("pitch", I), ("buffer", P)]


class Slot(ctypes.Structure):
    _fields_ = [("library", P), ("face", P), ("next", P), ("glyph_index", ctypes.c_uint),
                ("generic", P * 2), ("metrics", L * 8), ("linear", L * 2), ("advance", L * 2),
                ("format", ctypes.c_uint), ("bitmap", Bitmap), ("rest", ctypes.c_ubyte * 24)]


# The rest of FT_Bitmap is not needed, so bitmap_left and bitmap_top are found by their offset.
LEFT_OFFSET = Slot.bitmap.offset + 40


class Face(ctypes.Structure):
    _fields_ = [("longs", L * 5), ("names", P * 2), ("sizes", I), ("size_list", P), ("maps", I),
                ("map_list", P), ("generic", P * 2), ("box", L * 4), ("shorts", S * 8),
                ("glyph", ctypes.POINTER(Slot))]


class Blob:
    """A baked role, read from its C file."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            array = file.read().split("[] = {", 1)[1]
        self.data = bytes(int(number) for number in re.findall(r"\d+", array))
        assert self.data[:4] == b"IKF1" and self.number(12, 4) == len(self.data), path
        self.points = [first + i for first, count, glyph in self.ranges() for i in range(count)]

    def number(self, at, size):
        return int.from_bytes(self.data[at:at + size], "little")

    def ranges(self):
        glyphs = 0
        for at in range(16, 16 + 7 * self.number(6, 2), 7):
            first, count, glyph = self.number(at, 3), self.number(at + 3, 2), self.number(at + 5, 2)
            assert glyph == glyphs, "glyph numbers run on"
            glyphs += count
            yield first, count, glyph
        assert glyphs == self.number(8, 2)

    def sizes(self):
        start = 16 + 7 * self.number(6, 2)
        return {self.data[at]: at for at in range(start, start + 16 * self.data[4], 16)}

    def glyph(self, header, index):
        """left, top, advance and rows as whole numbers, leftmost column highest."""
        table, bitmaps = self.number(header + 8, 4), self.number(header + 12, 4)
        at = table + 4 * -(-self.number(8, 2) // 64) + 7 * index
        offset = self.number(table + index // 64 * 4, 4) + self.number(at, 2)
        width, height = self.data[at + 2], self.data[at + 3]
        left, top = (byte - 256 * (byte > 127) for byte in self.data[at + 4:at + 6])
        size = (height * (width + 1) + 7) // 8
        bits = f"{int.from_bytes(self.data[bitmaps + offset:bitmaps + offset + size] or b'0', 'big'):0{8 * size}b}"
        rows, row, used = [], 0, 0
        for _ in range(height):
            if bits[used] == "0":
                row = int(bits[used + 1:used + 1 + width], 2)
                used += width
            used += 1
            rows.append(row)
        return left, top, self.data[at + 6], width, rows


class Recipe:
    """As much of a recipe as says which font draws what. Trusts the syntax: the bake checks it."""

    def __init__(self, path):
        self.sources, self.same, self.blank, self.marks = [], {}, set(), set()
        self.read(path)

    def read(self, path):
        with open(path, encoding="utf-8") as file:
            for line in file:
                words = line.split("#")[0].split()
                if words:
                    self.directive(words[0], words[1:], os.path.dirname(path))

    def directive(self, key, words, folder):
        if key == "include":
            self.read(os.path.join(folder, words[0]))
        elif key == "same":
            self.same[int(words[0], 16)] = int(words[1], 16)
        elif key == "space":
            self.blank.add(int(words[0], 16))
        elif key == "marks":
            self.marks |= points(words)
        elif key == "source":
            self.sources.append({"only": set()})
        elif key == "only":
            self.sources[-1]["only"] |= points(words)
        elif key == "at":
            for word in words:
                px, _, ppem = word.partition("=")
                x, _, y = (ppem or px).partition("x")
                self.sources[-1][int(px)] = int(x), int(y or x)
        elif self.sources:
            self.sources[-1][key] = words[0]


def points(words):
    ends = [[int(end, 16) for end in word.split("-")] for word in words]
    return {c for pair in ends for c in range(pair[0], pair[-1] + 1)}


class FreeType:
    def __init__(self):
        name = ctypes.util.find_library("freetype")
        if name is None:
            print("skipped: FreeType's shared library is not installed")
            sys.exit(77)
        self.ft, self.library, self.faces = ctypes.CDLL(name), P(), {}
        self.ft.FT_Get_Char_Index.argtypes = [P, ctypes.c_ulong]
        assert self.ft.FT_Init_FreeType(ctypes.byref(self.library)) == 0

    def face(self, path):
        if path not in self.faces:
            face = ctypes.POINTER(Face)()
            assert self.ft.FT_New_Face(self.library, path.encode(), L(0), ctypes.byref(face)) == 0
            self.faces[path] = face
        return self.faces[path]

    def draw(self, recipe, px, point):
        """Of the first source that has it: ink as {(y, x)}, advance."""
        for source in recipe.sources:
            if px not in source or (source["only"] and point not in source["only"]):
                continue
            face = self.face(source["file"])
            index = self.ft.FT_Get_Char_Index(face, point)
            if index == 0:
                continue
            flags = FT_LOAD_TARGET_MONO
            flags |= FT_LOAD_FORCE_AUTOHINT if source["hint"] == "auto" else 0
            assert self.ft.FT_Set_Pixel_Sizes(face, *source[px]) == 0
            assert self.ft.FT_Load_Glyph(face, index, flags) == 0
            assert self.ft.FT_Render_Glyph(face.contents.glyph, FT_RENDER_MODE_MONO) == 0
            return self.ink(face.contents.glyph.contents)
        return None

    @staticmethod
    def ink(slot):
        left, top = (I * 2).from_address(ctypes.addressof(slot) + LEFT_OFFSET)
        bitmap, ink = slot.bitmap, set()
        for y in range(bitmap.rows):
            row = ctypes.string_at(bitmap.buffer + y * bitmap.pitch, bitmap.pitch)
            bits = f"{int.from_bytes(row, 'big'):0{8 * bitmap.pitch}b}"[:bitmap.width]
            ink |= {(y - top, left + x) for x, bit in enumerate(bits) if bit == "1"}
        return ink, (slot.advance[0] + 32) >> 6


def ink_of(left, top, width, rows):
    return {(y - top, left + x) for y, row in enumerate(rows)
            for x in range(width) if row >> (width - 1 - x) & 1}


def shape(ink):
    """The same ink with its box moved to the origin."""
    y0, x0 = min((y for y, _ in ink), default=0), min((x for _, x in ink), default=0)
    return {(y - y0, x - x0) for y, x in ink}


def check_role(freetype, role, path):
    """Every glyph of every size is FreeType's bitmap."""
    blob, recipe = Blob(path), Recipe(f"{ROOT}/fonts/{role}.recipe")
    for source in recipe.sources:
        assert os.path.exists(f"{ROOT}/fonts/licences/{source['licence']}"), source
    for px, header in blob.sizes().items():
        for index, point in enumerate(blob.points):
            left, top, advance, width, rows = blob.glyph(header, index)
            ink = ink_of(left, top, width, rows)
            where = f"{role} {px} U+{point:04X}"
            drawn = recipe.same.get(point, point)
            if drawn in recipe.blank:
                assert not ink and advance > 0, where
                continue
            want, want_advance = freetype.draw(recipe, px, drawn)
            if point in recipe.marks:
                assert shape(ink) == shape(want) and advance == 0, where
            else:
                assert ink == want and advance == want_advance, where
    return len(blob.points) * len(blob.sizes())


def check_readme(role, path):
    """fonts/README.md says the bytes that the bake printed."""
    with open(path, encoding="utf-8") as file:
        made = re.findall(r"^ \*.*: +(\d+)$", file.read().split("Sizes, bytes")[1], re.M)
    with open(f"{ROOT}/fonts/README.md", encoding="utf-8") as file:
        row = next(line for line in file if line.startswith(f"| `{role}`"))
    said = [cell.strip() for cell in row.strip("| \n").split("|")][-len(made):]
    assert said == made, f"fonts/README.md, {role}: {said}, expected {made}"


def bake(build, recipe, out, *more, environment=None):
    return subprocess.run([f"{build}/inkline-bake-font", recipe, *more, "-o", out], text=True,
                          capture_output=True, check=False,
                          env={**os.environ, **(environment or {})})


def check_repeatable(build, folder):
    """Twice the same bytes, whatever the environment would have FreeType do."""
    texts = []
    for name, environment in (("a", {}), ("b", {"FREETYPE_PROPERTIES": "truetype:interpreter-version=35"})):
        assert bake(build, f"{ROOT}/fonts/headline.recipe", f"{folder}/{name}.c",
                    environment=environment).returncode == 0
        with open(f"{folder}/{name}.c", encoding="utf-8") as file:
            texts.append(file.read())
    assert texts[0] == texts[1], "two bakes differ"
    assert folder not in texts[0] and ROOT not in texts[0], "a path of this machine in the output"


def check_subset(build, folder):
    """--sizes takes sizes away and changes no glyph."""
    recipe = f"{ROOT}/fonts/source.recipe"
    assert bake(build, recipe, f"{folder}/all.c").returncode == 0
    assert bake(build, recipe, f"{folder}/some.c", "--sizes", "16,28").returncode == 0
    whole, some = Blob(f"{folder}/all.c"), Blob(f"{folder}/some.c")
    assert list(some.sizes()) == [16, 28] and some.points == whole.points
    for px, header in some.sizes().items():
        for index in range(len(some.points)):
            assert some.glyph(header, index) == whole.glyph(whole.sizes()[px], index)
    assert bake(build, recipe, f"{folder}/none.c", "--sizes", "17").returncode == 65


GOOD = """role test
size 20 line 24
cover 0020-007E 0400-045F
source Test
 package fonts-open-sans
 file /usr/share/fonts/truetype/open-sans/OpenSans-Semibold.ttf
 licence Apache-2.0.txt
 hint auto
 at 20
"""

# What is changed in GOOD; the line that the message must name (0: none) and a part of it.
BAD = (
    (("hint auto", "hint native"), 0, "size 20"),
    (("size 20", "size 14"), 9, "sizes of this recipe"),
    (("cover 0020", "cover 2190-2193 0020"), 0, "U+2190 is covered but no source has it"),
    (("cover 0020", "except 0041\ncover 0020"), 0, "U+0041 is excepted but Test has it"),
    (("cover 0020", "cover 20"), 3, "range of code points"),
    (("role test", "role Test"), 1, "lower case"),
    (("size 20 line 24", ""), 9, "sizes of this recipe"),
    (("cover 0020-007E 0400-045F", ""), 0, "a role, a size, a cover and a source"),
    (("role test", "rule test"), 1, "not a word of recipes"),
    (("line 24", "line x"), 2, "pixels"),
    (("source Test", "#"), 5, "a source before"),
    ((" licence Apache-2.0.txt\n", "\n"), 4, "package, file, licence, hint and at"),
    (("OpenSans-Semibold", "OpenSans-Nowhere"), 4, "apt-get install fonts-open-sans"),
    (("cover 0020", "include one two\ncover 0020"), 3, "includes no other"),
    (("at 20", "at 20=100"), 4, "pixels wide, expected at most 64"),
)


def check_refusals(build, folder):
    recipe, out = f"{folder}/test.recipe", f"{folder}/test.c"

    def run(text):
        with open(recipe, "w", encoding="utf-8") as file:
            file.write(text)
        return bake(build, recipe, out)

    result = run(GOOD)
    assert result.returncode == 0, result.stderr
    os.remove(out)
    for (old, new), line, message in BAD:
        assert GOOD.count(old) >= 1, old
        result = run(GOOD.replace(old, new, 1))
        where = f"test.recipe:{line}: " if line else "test.recipe: "
        assert result.returncode == 65 and where in result.stderr and message in result.stderr, \
            (new, result.returncode, result.stderr)
        assert sorted(os.listdir(folder)) == ["test.recipe"], "a refused bake leaves no file"
    assert bake(build, f"{folder}/nowhere.recipe", out).returncode == 65
    with open(recipe, "w", encoding="utf-8") as file:
        file.write(GOOD)
    assert bake(build, recipe, f"{folder}/nowhere/x.c").returncode == 74


def check_stem_message(build, folder):
    """A face that is uneven in one bit is refused with the size, the letters and their widths."""
    recipe = f"{folder}/uneven.recipe"
    with open(recipe, "w", encoding="utf-8") as file:
        file.write(GOOD.replace("hint auto", "hint native"))
    message = bake(build, recipe, f"{folder}/uneven.c").stderr
    assert re.search(r"size 20: \d+ of \d+ stems are \d px wide \(\d+ %\), expected 96 %", message), \
        message
    assert re.search(r"letters:.* \S \d(\+\d)* px;", message), message


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = os.path.abspath(sys.argv[1])
    freetype = FreeType()
    with tempfile.TemporaryDirectory() as folder:
        check_repeatable(build, folder)
        check_subset(build, folder)
        check_stem_message(build, folder)
        glyphs = 0
        for role in ROLES:
            path = f"{folder}/{role}.c"
            result = bake(build, f"{ROOT}/fonts/{role}.recipe", path)
            assert result.returncode == 0, result.stderr
            glyphs += check_role(freetype, role, path)
            check_readme(role, path)
    with tempfile.TemporaryDirectory() as folder:
        check_refusals(build, folder)
    print(f"{glyphs} baked glyphs are FreeType's; {len(BAD) + 2} bad recipes are refused")


if __name__ == "__main__":
    main()
