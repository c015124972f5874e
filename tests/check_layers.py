#!/usr/bin/env python3
"""Who may include whom, as one table; and what else the tree promises of its files.

A verb includes the base headers, the noun it eats, the noun it makes, its services, and nothing
else. Nothing in firmware/ includes host/ or tests/. No file includes a .c file. Every source file
is named in CMakeLists.txt, and none is much over 600 lines.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINES = 640

BASE = "types limits utf8 property grapheme fold time edtf reason"

# stage: what it may include besides base and itself
CORE = {
    **{base: "" for base in BASE.split()},
    # nouns
    "record": "", "digest": "record", "page": "inks", "band": "", "panel": "inks",
    # services
    "inks": "", "range": "", "font": "range", "bidi": "", "linebreak": "", "shape": "font bidi",
    "text": "font bidi linebreak shape page", "mark": "record", "words": "record",
    "label": "words",
    # verbs: eats, makes, services
    "decode": "record",
    "condense": "record digest",
    "layout": "digest panel inks page bidi font text mark words label record",
    "raster": "page inks band font shape text mark",
    # the whole
    "ink": "record decode digest condense panel layout page raster band",
    "live": "ink condense",  # after the passes, their verdicts once more
    "profile": "ink panel",
    "poison": "",
}

# files that are part of a stage of another name
PART_OF = {
    "decode_cbor": "decode", "decode_json": "decode", "decode_state": "decode",
    "decode_string": "decode",
    "ids": "condense", "names": "condense", "gist": "condense", "merit": "condense",
    "days": "condense", "share": "condense", "order": "condense", "candidates": "condense",
    "elect": "condense", "account": "condense", "terms": "condense",
    "masthead": "layout", "card": "layout", "source": "layout", "axis": "layout",
    "axis_draw": "layout", "lanes": "layout", "lanes_draw": "layout", "lanes_place": "layout",
    "lanes_none": "layout",
    "choose": "layout", "spine": "layout", "spine_date": "layout",
    "pair": "layout", "daybook": "layout", "daybook_day": "layout", "frame": "layout", "lead": "layout",
    "lead_card": "layout",
    "measure": "text", "wrap": "text", "put": "text",
    "range_model": "range", "bidi_line": "bidi", "bidi_table": "bidi",
    "property_table": "property", "words_table": "words", "fold_table": "fold",
}

STANDARD = {"stdbool.h", "stddef.h", "stdint.h", "string.h"}

# folder: (folders of quoted includes, headers of core/ or None for all, standard headers or None)
FOLDERS = {
    "firmware/panels": (("core", "panels"), {"core/ink_panel.h", "core/ink_types.h"}, STANDARD),
    "firmware/boards": (("core", "panels", "boards"), {"core/ink.h", "core/ink_profile.h"},
                        STANDARD | {"stdio.h"}),
    "host": (("core", "panels", "import", "bake", "sim", ""), None, None),
    "tests": (("core", "panels", "import", "bake", "sim", "", "boards"), None, None),
}


def includes(path):
    """(line number, name, quoted) of every include of a file."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found[2], found[1] == '"'


def stage_of(name):
    """Stage of a file of core/: ink_decode_cbor.c is of `decode`, ink.h is `ink`."""
    stem = Path(name).stem
    stem = stem.removeprefix("ink_") if stem != "ink" else stem
    return PART_OF.get(stem, stem)


def core_fault(path, name, quoted):
    if not quoted:
        allowed = STANDARD | ({"assert.h"} if stage_of(path) in ("types", "poison") else set())
        return None if name in allowed else f"the core has no use for <{name}>"
    if not name.startswith("core/"):
        return f"the core does not know {name}"
    eater, eaten = stage_of(path), stage_of(name)
    if eater not in CORE:
        return f"the stage {eater} is not in the table of tests/check_layers.py"
    if eaten in (BASE + " " + CORE[eater]).split() or eaten == eater:
        return None
    return f"{eater} may not include {name}"


def folder_fault(folder, name, quoted):
    folders, core, standard = FOLDERS[folder]
    if not quoted:
        return None if standard is None or name in standard else f"<{name}> is not for {folder}"
    top = name.split("/")[0] if "/" in name else ""
    if top not in folders:
        return f"{folder} may not include {name}"
    if top == "core" and core is not None and name not in core:
        return f"{folder} may not include {name}"
    return None


def faults_of(path):
    relative = path.relative_to(ROOT).as_posix()
    for number, name, quoted in includes(path):
        if name.endswith(".c"):
            yield number, f"{name} is not a header"
            continue
        if relative.startswith("firmware/core/"):
            fault = core_fault(path, name, quoted)
        else:
            fault = folder_fault(next(f for f in FOLDERS if relative.startswith(f)), name, quoted)
        if fault:
            yield number, fault
    lines = len(path.read_text().splitlines())
    if lines > LINES:
        yield lines, f"longer than {LINES} lines: split it"


def unnamed_sources():
    named = "".join((ROOT / name).read_text() for name in
                    ("CMakeLists.txt", "firmware/boards/CMakeLists.txt", "tests/CMakeLists.txt"))
    boards = (ROOT / "firmware/boards")
    for path in sorted([*(ROOT / "firmware").rglob("*.c"), *(ROOT / "host").rglob("*.c")]):
        if boards in path.parents and path.name == "main.c":
            continue  # a board: named by its folder in CMakePresets.json
        relative = path.relative_to(boards if boards in path.parents else ROOT).as_posix()
        if relative not in named:
            yield path.relative_to(ROOT), 1, "is in no list of CMakeLists.txt"
    stages = re.search(r"set\(STAGES([^)]*)\)", (ROOT / "tests/CMakeLists.txt").read_text())[1].split()
    for path in sorted((ROOT / "tests").glob("test_*.c")):
        if path.stem.removeprefix("test_") not in stages:
            yield path.relative_to(ROOT), 1, "is not in STAGES of tests/CMakeLists.txt"


def main():
    files = sorted(path for folder in ("firmware", "host", "tests")
                   for path in (ROOT / folder).rglob("*.[ch]"))
    faults = [(path.relative_to(ROOT), number, fault)
              for path in files for number, fault in faults_of(path)]
    faults += unnamed_sources()
    for path, number, fault in faults:
        print(f"{path}:{number}: {fault}")
    print(f"{len(files)} files, {len(faults)} faults")
    sys.exit(1 if faults or not files else 0)


if __name__ == "__main__":
    main()
