#!/usr/bin/env python3
"""The size table of README.md says what the images of the boards are, to a tenth of a kilobyte.

    size.py image ... | readme_sizes.py COLUMN      column 1 is the first image
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = {"core code": ["core code"], "core tables": ["core tables"],
        "fonts": ["font "], "memory block": ["arena"],
        "band": ["band"], "`struct ink`": ["struct ink"], "stack": ["stack, worst case"],
        "**RAM in all**": ["RAM in all"]}
SLACK = 0.1  # of a K: one compiler release and the next


def sizes_of(text):
    return {name.strip(): int(size.replace(",", ""))
            for name, size in re.findall(r"^  (\S.{0,17}?) +([\d,]+)", text, re.M)}


def main():
    column, image = int(sys.argv[1]), sizes_of(sys.stdin.read())
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| .*\|$", (ROOT / "README.md").read_text(), re.M)
    passed = failed = 0
    for start, owners in ROWS.items():
        cell = next((row[column] for row in rows if row[0].startswith(start) and " K" in row[1]), "")
        size = sum(bytes for name, bytes in image.items()
                   for owner in owners if name == owner or (owner[-1] == " " and
                                                            name.startswith(owner))) / 1024
        said = re.search(r"([\d.]+) K", cell)
        right = said is not None and abs(float(said[1]) - size) <= SLACK
        passed, failed = passed + right, failed + (not right)
        if not right:
            print(f"README.md: {start}: says {cell or 'nothing'}, the image has {size:.1f} K")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
