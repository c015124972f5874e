#!/usr/bin/env python3
"""Worst-case stack of an image, from what gcc writes with -fcallgraph-info=su.

    stack.py IMAGE.elf FOLDER...      the folders that hold the image's .ci files

Prints the bound, its deepest call path and the exception frame. Refuses what has no bound: a frame
of dynamic size, recursion, a call through a pointer, a function that nobody sized. Functions of
libgcc and libc come without .ci files: their frames are read off the image's instructions, every
push and every move of the stack pointer counted, so their bound is safe rather than tight.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

EXCEPTION_FRAME = 32  # Armv6-M and Armv7-M without FPU: eight words that the core itself stacks
ROOT = "reset"
TOOLS = os.environ.get("INKLINE_TOOLS", "arm-none-eabi-")

NODE = re.compile(r'^node: \{ title: "([^"]*)" label: "([^"]*)"')
EDGE = re.compile(r'^edge: \{ sourcename: "([^"]*)" targetname: "([^"]*)"')
FRAME = re.compile(r"(\d+) bytes \(([^)]*)\)")


class Unbounded(Exception):
    pass


def read_callgraph(folders):
    """frames: function -> bytes; calls: function -> set of functions."""
    frames, calls = {}, {}
    for path in sorted(p for folder in folders for p in Path(folder).rglob("*.ci")):
        for line in path.read_text().splitlines():
            node, edge = NODE.match(line), EDGE.match(line)
            if node:
                frame = FRAME.search(node[2])
                if frame and frame[2] != "static":
                    raise Unbounded(f"{node[1]}: frame is {frame[2]}")
                if frame:
                    frames[node[1]] = max(frames.get(node[1], 0), int(frame[1]))
            elif edge:
                calls.setdefault(edge[1], set()).add(edge[2])
    if not frames:
        raise Unbounded("no .ci files in " + " ".join(map(str, folders)))
    return frames, calls


def pushed_bytes(instruction):
    """Stack that one instruction takes: push, stmdb sp!, sub sp."""
    registers = re.match(r"(?:push|stmdb\s+sp!,|stmfd\s+sp!,)\S*\s*\{([^}]*)\}", instruction)
    if registers:
        return 4 * len(registers[1].split(","))
    moved = re.match(r"sub(?:\.w)?\s+(?:sp|ip), (?:sp, )?#(\d+)", instruction)
    stored = re.match(r"str(?:d)?(?:\.w)?\s+.*\[sp, #-(\d+)\]!", instruction)
    return int((moved or stored)[1]) if moved or stored else 0


def run_tool(tool, *arguments):
    return subprocess.run([TOOLS + tool, *arguments], check=True, capture_output=True,
                          text=True).stdout.splitlines()


def read_image(image):
    """The same two tables from the image's own instructions, for what has no .ci file."""
    frames, calls, name = {}, {}, None
    for line in run_tool("objdump", "-d", "--no-show-raw-insn", image):
        title = re.match(r"^[0-9a-f]+ <([^>]+)>:", line)
        if title:
            name = title[1]
            frames[name], calls[name] = 0, set()
            continue
        fields = line.split("\t", 1)
        if name and len(fields) == 2:
            instruction = fields[1].replace("\t", " ")
            frames[name] += pushed_bytes(instruction)
            target = re.match(r"b\S* [0-9a-f]+ <([^>+]+)>", instruction)
            if target and target[1] != name:
                calls[name].add(target[1])
    return frames, calls


def read_aliases(image):
    """Groups of names for one address: libgcc gives many functions two."""
    names = {}
    for line in run_tool("nm", image):
        fields = line.split()
        if len(fields) == 3 and fields[1] in "TtWw":
            names.setdefault(int(fields[0], 16) & ~1, []).append(fields[2])
    return names.values()


def helper_bounds(image):
    """Bound of every function of libgcc and libc in the image."""
    frames, calls = read_image(image)
    bounds = {}
    for names in read_aliases(image):
        shown = [name for name in names if name in frames]
        if shown and any(name.startswith(("__", "mem", "str")) for name in names):
            bounds.update(dict.fromkeys(names, deepest(frames, calls, shown[0])[0]))
    return bounds


def deepest(frames, calls, root):
    """Bytes and path of the deepest chain of calls from `root`."""
    known, open_calls = {}, []

    def visit(name):
        if name in open_calls:
            raise Unbounded("recursion: " + " > ".join(open_calls[open_calls.index(name):] + [name]))
        if name not in known:
            if name not in frames:
                raise Unbounded(f"{name}, called by {open_calls[-1]}, has no known frame")
            open_calls.append(name)
            below = max((visit(callee) for callee in sorted(calls.get(name, ()))), default=(0, []))
            open_calls.pop()
            known[name] = (frames[name] + below[0], [(name, frames[name])] + below[1])
        return known[name]

    return visit(root)


def check_all(frames, calls):
    """Recursion anywhere, also in what this image does not reach."""
    sized = {name: frames.get(name, 0) for name in set(frames) | set(sum(map(list, calls.values()), []))}
    if "__indirect_call" in sized:
        raise Unbounded("a call through a pointer: " +
                        ", ".join(sorted(f for f in calls if "__indirect_call" in calls[f])))
    for name in sorted(frames):
        deepest(sized, calls, name)


def bound(image, folders):
    """(bytes including the exception frame, path) of an image."""
    frames, calls = read_callgraph(folders)
    check_all(frames, calls)
    raw = helper_bounds(image)
    for name, size in raw.items():
        frames.setdefault(name, size)
    total, path = deepest(frames, calls, ROOT)
    # Thumb-1 jump tables call these from any function, and no .ci file says so.
    jump = max((size for name, size in raw.items() if name.startswith("__gnu_thumb1_case")), default=0)
    return total + jump + EXCEPTION_FRAME, path


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    try:
        total, path = bound(sys.argv[1], sys.argv[2:])
    except Unbounded as why:
        sys.exit(f"stack: no bound: {why}")
    for name, size in path:
        print(f"{size:6} {Path(name).name}")
    print(f"{EXCEPTION_FRAME:6} exception frame\n{total:6} bytes in all")


if __name__ == "__main__":
    main()
