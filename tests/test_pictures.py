#!/usr/bin/env python3
"""The committed pictures of the samples are what the program draws, pixel for pixel.

    test_pictures.py INKLINE [--update]

A sample has its picture under the same stem, and may have others: STEM-LAYOUT.png, or
STEM-LAYOUT-PANEL.png.

--update draws them anew; look at them before you commit.
"""
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PANEL = "7.5-800x480"


def pixels(path):
    """Header and unpacked rows of a PNG; two files of one picture may be packed differently."""
    data = Path(path).read_bytes()
    at, header, packed = 8, b"", b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        header = body if kind == b"IHDR" else header
        packed += body if kind == b"IDAT" else b""
        at += length + 12
    return header, zlib.decompress(packed)


def pictures():
    """(story, picture, layout, panel) of each."""
    for story in sorted(path for path in ROOT.glob("samples/*/*.*") if path.suffix != ".png"):
        yield story, story.with_suffix(".png"), "auto", PANEL
        for picture in sorted(story.parent.glob(f"{story.stem}-*.png")):
            layout, _, panel = picture.stem[len(story.stem) + 1:].partition("-")
            yield story, picture, layout, panel or PANEL


def main():
    inkline, update = sys.argv[1], "--update" in sys.argv
    passed = failed = 0
    for story, picture, layout, panel in pictures():
        with tempfile.TemporaryDirectory() as folder:
            drawn = Path(folder) / "drawn.png"
            subprocess.run([inkline, "render", story, "--panel", panel, "--layout", layout,
                            "-o", drawn], check=True)
            if update:
                picture.write_bytes(drawn.read_bytes())
            same = picture.exists() and pixels(picture) == pixels(drawn)
        passed, failed = passed + same, failed + (not same)
        if not same:
            print(f"{picture.relative_to(ROOT)}: differs from what is drawn now; look, then --update")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
