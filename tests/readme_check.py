#!/usr/bin/env python3
"""Runs every ```sh block of README.md, in order, in a scratch copy of the tree.

The copy is built first, as in a fresh clone. A block is one script and stops at the first command
that fails. A line with "# no-check" is left out: it would install packages, call itself, or wait
for a person.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
SECONDS = 800
BUILD = ["cmake --preset host --log-level=WARNING >/dev/null",
         "cmake --build --preset host --target inkline -- --quiet"]


def copy_tree(into):
    """What git knows or would add: no build folders, no outputs."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, check=True, capture_output=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        source = ROOT / name
        if source.is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, into / name)
    # `git` commands of the README and the checks work in the copy as in a clone.
    subprocess.run(["git", "init", "--quiet"], cwd=into, check=True)


def commands_of(block):
    lines = block.replace("\\\n", " ").splitlines()
    return [line for line in lines if line.strip() and "# no-check" not in line]


def run(block, folder):
    script = "set -euo pipefail\n" + "\n".join(block)
    ended = subprocess.run(["bash", "-c", script], cwd=folder, stdin=subprocess.DEVNULL,
                           timeout=SECONDS, check=False, env=os.environ | {"INKLINE_README": "1"})
    if ended.returncode:
        sys.exit(f"README.md: a block ended with {ended.returncode}:\n" + "\n".join(block))


def main():
    readme = ROOT / "README.md"
    if not readme.exists() or "INKLINE_README" in os.environ:
        print("skipped: no README.md, or already inside of its check")
        sys.exit(77)
    blocks = [commands_of(block) for block in BLOCK.findall(readme.read_text())]
    commands = sum(map(len, blocks))
    with tempfile.TemporaryDirectory(prefix="inkline-readme-") as folder:
        copy_tree(Path(folder))
        for block in filter(None, [BUILD, *blocks]):
            run(block, folder)
    print(f"{commands} lines of README.md, all well")
    sys.exit(0 if commands else 1)


if __name__ == "__main__":
    main()
