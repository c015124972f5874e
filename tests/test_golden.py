#!/usr/bin/env python3
"""The pages of the samples as text, against those committed in tests/golden/.

    test_golden.py INKLINE [--update]

The reference story in every layout on a large, a middling and a small panel; the others as `auto`
sets them. --update writes them anew: read the difference before you commit it.
"""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
REFERENCE = "kursk"
PANELS = ("7.5-800x480", "4.2-400x300", "2.9-296x128")
FOREIGN = ("timelinejs", "acled")  # tables of other programs: their pictures are tested


def layouts(inkline):
    """Names that --layout takes, from the help."""
    text = subprocess.run([inkline, "render", "--help"], capture_output=True, text=True).stdout
    names = next(word for word in text.replace(",", " ").split() if word.startswith("auto|"))
    return names.split("|")


def pages(inkline):
    """(name, story, layout, panel) of every golden page."""
    for story in sorted(ROOT.glob("samples/*/*.csv")):
        if story.parent.name in FOREIGN:
            continue
        if story.stem == REFERENCE:
            for layout in layouts(inkline)[1:]:
                for panel in PANELS:
                    yield f"{story.stem}-{layout}-{panel}", story, layout, panel
        else:
            yield f"{story.stem}-auto-{PANELS[0]}", story, "auto", PANELS[0]


def main():
    inkline, update = sys.argv[1], "--update" in sys.argv
    passed = failed = 0
    wanted = set()
    for name, story, layout, panel in pages(inkline):
        golden = GOLDEN / f"{name}.txt"
        wanted.add(golden)
        page = subprocess.run([inkline, "render", story, "--layout", layout, "--panel", panel,
                               "--dump", "page"], check=True, capture_output=True).stdout
        if update:
            GOLDEN.mkdir(exist_ok=True)
            golden.write_bytes(page)
        same = golden.exists() and golden.read_bytes() == page
        passed, failed = passed + same, failed + (not same)
        if not same:
            print(f"{golden.relative_to(ROOT)}: not the page that is laid out now; look at it, "
                  "then --update")
    for stray in sorted(set(GOLDEN.glob("*.txt")) - wanted):
        print(f"{stray.relative_to(ROOT)}: no page has this name any more")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
