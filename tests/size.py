#!/usr/bin/env python3
"""Bytes by owner, against the budgets.

    size.py [--check] library LIBRARY.a [BUDGET]          code and tables of the core
    size.py [--check] image IMAGE.elf IMAGE.map BUDGET FOLDER...   flash and RAM of a board's image

FOLDER holds .ci files (see stack.py). BUDGET is in bytes: of the core's code, or of the image's RAM
with its worst-case stack. With --check, over budget is exit code 1.
"""
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import stack  # noqa: E402  beside this file

SECTION = re.compile(r"^ (\.?\w[\w.$]*)\s+0x[0-9a-f]+\s+0x([0-9a-f]+) (\S.*)$")
RAM_OWNERS = {"memory": "arena", "band": "band", "ink": "struct ink"}


def map_sections(path):
    """(section, bytes, file) of everything linked."""
    text = Path(path).read_text().split("Linker script and memory map", 1)[1]
    text = re.sub(r"\n (\S+)\n\s+0x", r"\n \1 0x", text.split("/DISCARD/", 1)[0])
    for line in text.splitlines():
        found = SECTION.match(line)
        if found and int(found[2], 16):
            yield found[1], int(found[2], 16), found[3]


def flash_owner(section, file):
    if "libinkline_core" in file:
        return "core code" if section.startswith(".text") else "core tables"
    font = re.search(r"libinkline_fonts\.a\(ink_font_(\w+)\.", file)
    if font:
        return "font " + font[1]
    if "libinkline_panels" in file:
        return "panel table"
    return "libgcc and libc" if re.search(r"/lib(gcc|c\w*)\.a\(", file) else "board"


def ram_owner(section):
    name = section.split(".")[2] if section.count(".") > 1 else ""
    return RAM_OWNERS.get(name, "other data")


def row(label, size, note=""):
    print(f"  {label:18}{size:10,}{note}")


def judge(label, size, budget):
    """The closing row of a table; True if the budget holds."""
    holds = budget is None or size <= budget
    row(label, size, "" if budget is None
        else f"   budget {budget:,}: {'pass' if holds else 'OVER by ' + format(size - budget, ',')}")
    return holds


def library(path, budget):
    code = tables = 0
    for line in stack.run_tool("size", "-A", path):
        section = re.match(r"^\.(text|rodata)\S*\s+(\d+)", line)
        if section:
            code += int(section[2]) if section[1] == "text" else 0
            tables += int(section[2]) if section[1] == "rodata" else 0
    print(f"core library, {Path(path).resolve().parent.name}, bytes")
    row("tables", tables)
    return judge("code", code, budget)


def image(elf, map_path, budget, folders):
    flash, ram = {}, {}
    for section, size, file in map_sections(map_path):
        if section.startswith((".text", ".rodata", ".vectors", ".ARM")):
            owner = flash_owner(section, file)
            flash[owner] = flash.get(owner, 0) + size
        elif section.startswith((".data", ".bss", "COMMON")):
            owner = ram_owner(section)
            ram[owner] = ram.get(owner, 0) + size
    print(f"{Path(elf).stem}, bytes")
    for owner in sorted(flash):
        row(owner, flash[owner])
    row("flash in all", sum(flash.values()))
    ram["stack, worst case"] = stack.bound(elf, folders)[0]
    for owner in ram:
        row(owner, ram[owner])
    return judge("RAM in all", sum(ram.values()), budget)


def main():
    words = [word for word in sys.argv[1:] if word != "--check"]
    try:
        if len(words) in (2, 3) and words[0] == "library":
            holds = library(words[1], int(words[2]) if len(words) == 3 else None)
        elif len(words) >= 5 and words[0] == "image":
            holds = image(words[1], words[2], int(words[3]), words[4:])
        else:
            sys.exit(__doc__)
    except stack.Unbounded as why:
        print(f"  stack: no bound: {why}")
        holds = False
    sys.exit(0 if holds or "--check" not in sys.argv else 1)


if __name__ == "__main__":
    main()
