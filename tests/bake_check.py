#!/usr/bin/env python3
"""bake_check.py BUILD: what inkline-bake-font makes is what FreeType draws, and what it refuses.

Reads the map of the baked C files with a reader of its own, after the description in core/ink_font.h,
has the core print every glyph (font_dump), and draws each again through FreeType's shared library,
joining forms by HarfBuzz's. Exit code 77: one of the two is not here.
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
SCRIPTS = ("arabic", "arabic_bold", "hebrew", "hebrew_bold", "unifont", "cjk")
NOTO_CJK = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
FT_LOAD_FORCE_AUTOHINT, FT_LOAD_TARGET_LIGHT, FT_LOAD_TARGET_MONO = 0x20, 1 << 16, 2 << 16
FT_RENDER_MODE_NORMAL, FT_RENDER_MODE_MONO = 0, 2
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
    """A baked font: its map read here, its glyphs as the core reads them."""

    def __init__(self, build, path):
        with open(path, encoding="utf-8") as file:
            array = file.read().split("[] = {", 1)[1]
        self.data = bytes(int(number) for number in re.findall(r"\d+", array))
        assert self.data[:4] == b"IKF2" and self.number(12, 4) == len(self.data), path
        self.count, self.depth = self.number(8, 2), self.data[5]
        self.glyph_of = {first + i: glyph + i for first, count, glyph in self.ranges()
                         for i in range(count)}
        self.points = sorted(self.glyph_of)
        self.sizes, self.kern, self.ranged = {}, {}, False
        dump = subprocess.run([f"{build}/font_dump", path], check=True, text=True, capture_output=True)
        for line in dump.stdout.splitlines():
            self.read(line.split())

    def read(self, words):
        if words[0] == "size":
            self.px = int(words[1])
            self.sizes[self.px], self.kern[self.px] = [], {}
            self.ranged |= int(words[2]) % 2 == 1
        elif words[0] == "kern":
            self.kern[self.px][int(words[1]), int(words[2])] = int(words[3])
        else:
            assert int(words[0]) == len(self.sizes[self.px])
            left, top, width, advance = map(int, words[1:5])
            ink = {(y - top, left + x): int(level) for y, row in enumerate(words[5:])
                   for x, level in enumerate(row) if level != "0"}
            assert all(len(row) == width for row in words[5:])
            self.sizes[self.px].append((ink, advance))

    def drawn(self, px):
        return {point: self.sizes[px][glyph] for point, glyph in self.glyph_of.items()}

    def kerned(self, px):
        """By code points: which of them share a glyph depends on the sizes."""
        points = {}
        for point, glyph in self.glyph_of.items():
            points.setdefault(glyph, []).append(point)
        return {(a, b): pixels for (left, right), pixels in self.kern[px].items()
                for a in points.get(left, ()) for b in points.get(right, ())}

    def number(self, at, size):
        return int.from_bytes(self.data[at:at + size], "little")

    def ranges(self):
        last = -1
        for at in range(24, 24 + 7 * self.number(6, 2), 7):
            first, count, glyph = self.number(at, 3), self.number(at + 3, 2), self.number(at + 5, 2)
            assert first > last and count > 0 and glyph + count <= self.count
            last = first + count - 1
            yield first, count, glyph

    def joins(self):
        """Glyph numbers: isolated, final, initial, medial."""
        at = 24 + 7 * self.number(6, 2)
        return [[self.number(at + 8 * i + 2 * k, 2) for k in range(4)]
                for i in range(self.number(10, 2))]

    def ligatures(self):
        at = 24 + 7 * self.number(6, 2) + 8 * self.number(10, 2)
        return [[self.number(at + 8 * i + 2 * k, 2) for k in range(4)] for i in range(self.data[16])]


class Recipe:
    """As much of a recipe as says which font draws what. Trusts the syntax: the bake checks it."""

    def __init__(self, path):
        self.sources, self.same, self.blank, self.marks = [], {}, set(), set()
        self.levels, self.enlarged = None, {}
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
        elif key == "levels":
            self.levels = [int(word) for word in words]
        elif key == "size":
            self.enlarged[int(words[0])] = int(words[-1]) if "enlarged" in words else int(words[0])
        elif key == "space":
            self.blank.add(int(words[0], 16))
        elif key == "marks":
            self.marks |= points(words)
        elif key == "source":
            self.sources.append({"only": set(), "face": "0"})
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

    def face(self, source):
        key = source["file"], int(source["face"])
        if key not in self.faces:
            face = ctypes.POINTER(Face)()
            assert self.ft.FT_New_Face(self.library, key[0].encode(), L(key[1]), ctypes.byref(face)) == 0
            self.faces[key] = face
        return self.faces[key]

    def source(self, recipe, px, point):
        """The first that has it, and the font's glyph for it."""
        for source in recipe.sources:
            if px in source and (not source["only"] or point in source["only"]):
                if source["hint"] == "strike":
                    return source, point
                index = self.ft.FT_Get_Char_Index(self.face(source), point)
                if index:
                    return source, index
        return None, 0

    def draw(self, source, px, index, levels):
        """Ink as {(y, x): level}, advance."""
        if source["hint"] == "strike":
            return STRIKE.draw(source["file"], index)
        auto, face = source["hint"] == "auto", self.face(source)
        flags = FT_LOAD_FORCE_AUTOHINT if auto else 0
        if levels is None:
            flags |= FT_LOAD_TARGET_MONO
        elif auto:
            flags |= FT_LOAD_TARGET_LIGHT
        assert self.ft.FT_Set_Pixel_Sizes(face, *source[px]) == 0
        assert self.ft.FT_Load_Glyph(face, index, flags) == 0
        mode = FT_RENDER_MODE_MONO if levels is None else FT_RENDER_MODE_NORMAL
        assert self.ft.FT_Render_Glyph(face.contents.glyph, mode) == 0
        return self.ink(face.contents.glyph.contents, levels)

    @staticmethod
    def ink(slot, levels):
        left, top = (I * 2).from_address(ctypes.addressof(slot) + LEFT_OFFSET)
        bitmap, ink = slot.bitmap, {}
        for y in range(bitmap.rows):
            row = ctypes.string_at(bitmap.buffer + y * bitmap.pitch, bitmap.pitch)
            if levels is None:
                bits = f"{int.from_bytes(row, 'big'):0{8 * bitmap.pitch}b}"[:bitmap.width]
            else:
                bits = [sum(cover >= level for level in levels) for cover in row[:bitmap.width]]
            ink.update({(y - top, left + x): int(bit) for x, bit in enumerate(bits) if int(bit)})
        return ink, (slot.advance[0] + 32) >> 6


class Strike:
    """GNU Unifont's file of bitmaps, 16 rows a glyph, the baseline under the 14th."""

    def __init__(self):
        self.rows = {}

    def draw(self, path, point):
        if not self.rows:
            with open(path, encoding="ascii") as file:
                for line in file:
                    code, _, digits = line.strip().partition(":")
                    self.rows[int(code, 16)] = digits
        digits = self.rows[point]
        step = len(digits) // 16
        return {(y - 14, x): 1 for y in range(16) for x in range(4 * step)
                if int(digits[y * step:(y + 1) * step], 16) >> (4 * step - 1 - x) & 1}, 4 * step


STRIKE = Strike()


class HarfBuzz:
    """Glyphs of a letter between joiners, as the bake asks for them."""

    class Info(ctypes.Structure):
        _fields_ = [("index", ctypes.c_uint), ("rest", ctypes.c_uint * 4)]

    def __init__(self):
        name = ctypes.util.find_library("harfbuzz")
        if name is None:
            print("skipped: HarfBuzz's shared library is not installed")
            sys.exit(77)
        self.hb, self.fonts = ctypes.CDLL(name), {}
        for call in ("blob_create_from_file", "face_create", "font_create", "buffer_create",
                     "buffer_get_glyph_infos"):
            getattr(self.hb, f"hb_{call}").restype = P

    def font(self, path):
        if path not in self.fonts:
            blob = P(self.hb.hb_blob_create_from_file(path.encode()))
            self.fonts[path] = P(self.hb.hb_font_create(P(self.hb.hb_face_create(blob, 0))))
        return self.fonts[path]

    def index(self, path, letters, form):
        text = [0x200D] * (form in (1, 3)) + letters + [0x200D] * (form in (2, 3))
        buffer, count = P(self.hb.hb_buffer_create()), ctypes.c_uint()
        self.hb.hb_buffer_add_utf32(buffer, (ctypes.c_uint32 * len(text))(*text), len(text), 0, len(text))
        self.hb.hb_buffer_set_flags(buffer, 8)  # without the joiners
        self.hb.hb_buffer_guess_segment_properties(buffer)
        self.hb.hb_shape(self.font(path), buffer, None, 0)
        info = self.hb.hb_buffer_get_glyph_infos(buffer, ctypes.byref(count))
        index = ctypes.cast(info, ctypes.POINTER(self.Info))[0].index
        self.hb.hb_buffer_destroy(buffer)
        assert count.value == 1, (path, letters, form)
        return index


def shape(ink):
    """The same ink with its columns moved to the first."""
    x0 = min((x for _, x in ink), default=0)
    return {(y, x - x0): level for (y, x), level in ink.items()}


def enlarge(ink, scale):
    return {(y * scale + j, x * scale + i): level for (y, x), level in ink.items()
            for j in range(scale) for i in range(scale)}


def check_point(freetype, blob, recipe, px, point, joins):
    """One code point at one size, unless it joins."""
    ink, advance = blob.sizes[px][blob.glyph_of[point]]
    where = f"{px} px, U+{point:04X}"
    drawn, own = recipe.same.get(point, point), recipe.enlarged[px]
    if drawn in recipe.blank:
        assert not ink and advance > 0, where
        return
    if blob.glyph_of[point] in joins:
        return
    source, index = freetype.source(recipe, own, drawn)
    want, want_advance = freetype.draw(source, own, index, recipe.levels if blob.depth == 2 else None)
    want, want_advance = enlarge(want, px // own), want_advance * (px // own)
    if point in recipe.marks:
        assert shape(ink) == shape(want) and advance == 0, where
    else:
        assert ink == want and advance == want_advance, where


def check_forms(freetype, harfbuzz, blob, recipe):
    """Every joining form and ligature is the font's own glyph for it."""
    point_of = {glyph: point for point, glyph in blob.glyph_of.items()}
    asked = [([point_of[join[0]]], form, glyph) for join in blob.joins()
             for form, glyph in enumerate(join)]
    asked += [([point_of[first], point_of[second]], form, glyph)
              for first, second, *glyphs in blob.ligatures() for form, glyph in enumerate(glyphs)]
    for px, glyphs in blob.sizes.items():
        for letters, form, glyph in asked:
            source, _ = freetype.source(recipe, px, letters[0])
            index = harfbuzz.index(source["file"], letters, form)
            assert glyphs[glyph] == freetype.draw(source, px, index, None), (px, letters, form)
    return len(asked)


def check_readme(name, codec, path):
    """fonts/README.md says the bytes that the bake printed, if it speaks of this font."""
    with open(path, encoding="utf-8") as file:
        comment = file.read(1000000).split("*/")[0]
    made = re.findall(r"^ \*  +\d+ px.* (\d+)$", comment, re.M) + re.findall(r"whole blob: (\d+)", comment)
    with open(f"{ROOT}/fonts/README.md", encoding="utf-8") as file:
        said = re.search(rf"^\| `{name}` \| {codec} \| (.*) \|$", file.read(), re.M)
    assert said is None or said[1].split(" | ") == made, f"fonts/README.md, {name}: expected {made}"
    return said is not None


def check_font(freetype, harfbuzz, build, folder, name, *options):
    """Every glyph of every size is FreeType's bitmap, in either codec."""
    recipe = Recipe(f"{ROOT}/fonts/{name}.recipe")
    for source in recipe.sources:
        assert os.path.exists(f"{ROOT}/fonts/licences/{source['licence']}"), source
    blobs = []
    for codec in ("rows", "small"):
        result = bake(build, f"{ROOT}/fonts/{name}.recipe", f"{folder}/{name}.c", "--codec", codec, *options)
        assert result.returncode == 0, result.stderr
        told = check_readme(name + ("_gray" if "--gray" in options else ""), codec, f"{folder}/{name}.c")
        assert told or "--charset" in options, f"fonts/README.md does not tell the bytes of {name}"
        blobs.append(Blob(build, f"{folder}/{name}.c"))
    rows, small = blobs
    assert rows.sizes == small.sizes and rows.kern == small.kern and rows.points == small.points, name
    assert not rows.ranged and small.ranged == (len(small.data) < len(rows.data)), name
    joins = {join[0] for join in rows.joins()}
    for px in rows.sizes:
        for point in rows.points:
            check_point(freetype, rows, recipe, px, point, joins)
    check_forms(freetype, harfbuzz, rows, recipe)
    return rows.count * len(rows.sizes)


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
    whole, some = Blob(build, f"{folder}/all.c"), Blob(build, f"{folder}/some.c")
    assert list(some.sizes) == [16, 28] and some.points == whole.points
    for px in some.sizes:
        assert some.drawn(px) == whole.drawn(px) and some.kerned(px) == whole.kerned(px)
    assert bake(build, recipe, f"{folder}/none.c", "--sizes", "17").returncode == 65


def check_charset(build, folder):
    """Of what is picked from, a text's own characters are baked and no others."""
    text = f"{folder}/text"
    with open(text, "w", encoding="utf-8") as file:
        file.write("Київ 北京\n서울 😀\n")
    assert bake(build, f"{ROOT}/fonts/unifont.recipe", f"{folder}/few.c", "--charset", text).returncode == 0
    picked = {c for c in Blob(build, f"{folder}/few.c").points if 0x4E00 <= c <= 0xD7A3}
    assert picked == {ord(c) for c in "北京서울"}, picked
    with open(text, "wb") as file:
        file.write(b"\n\xE5\x8C\n")
    result = bake(build, f"{ROOT}/fonts/unifont.recipe", f"{folder}/none.c", "--charset", text)
    assert result.returncode == 65 and f"{text}:2: expected UTF-8" in result.stderr, result.stderr


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
    (("line 24", "line 24 enlarged 10"), 2, "a whole part of the size"),
    (("role test", "role test\nlevels 3 2 1"), 2, "three ascending numbers"),
    (("role test", "role test\nset EUC-CN 16-99"), 2, "rows of 1 to 94"),
    (("role test", "role test\nset NOWHERE 16-17"), 0, "iconv knows no encoding"),
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
    assert "levels of four grays" in bake(build, recipe, out, "--gray").stderr
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
    assert re.search(r"size 20: \d+ of \d+ stems are \d px wide \(\d+ %\), expected 100 %", message), \
        message
    assert re.search(r"letters:.* \S \d(\+\d)* px;", message), message


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build = os.path.abspath(sys.argv[1])
    freetype, harfbuzz = FreeType(), HarfBuzz()
    with tempfile.TemporaryDirectory() as folder:
        check_repeatable(build, folder)
        check_subset(build, folder)
        check_stem_message(build, folder)
        check_charset(build, folder)
        glyphs = 0
        with open(f"{folder}/charset", "w", encoding="utf-8") as file:
            file.write("北京東京서울" + "".join(map(chr, range(0x4E00, 0x4F00))))
        for name in ROLES + SCRIPTS:
            if name == "cjk" and not os.path.exists(NOTO_CJK):
                print(f"cjk not checked: {NOTO_CJK} is not installed")
                continue
            few = ("--charset", f"{folder}/charset") if name in ("cjk", "unifont") else ()
            glyphs += check_font(freetype, harfbuzz, build, folder, name, *few)
        for name in ROLES:
            glyphs += check_font(freetype, harfbuzz, build, folder, name, "--gray")
    with tempfile.TemporaryDirectory() as folder:
        check_refusals(build, folder)
    print(f"{glyphs} baked glyphs are FreeType's; {len(BAD) + 2} bad recipes are refused")


if __name__ == "__main__":
    main()
