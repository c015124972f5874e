#!/usr/bin/env python3
"""Runs every ```sh block of README.md, in order, in a scratch copy of the tree.

A block is one script and stops at the first command that fails. A line that ends with
"# no-check" is left out: it would install packages, call itself, or wait for a person.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)
SECONDS = 800


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
    return [line.removeprefix("$ ") for line in lines
            if line.strip() and not line.rstrip().endswith("# no-check")]


def main():
    readme = ROOT / "README.md"
    if not readme.exists():
        print("skipped: there is no README.md")
        sys.exit(77)
    blocks = [commands_of(block) for block in BLOCK.findall(readme.read_text())]
    commands = sum(map(len, blocks))
    with tempfile.TemporaryDirectory(prefix="inkline-readme-") as folder:
        copy_tree(Path(folder))
        for block in filter(None, blocks):
            script = "set -exuo pipefail\n" + "\n".join(block)
            ended = subprocess.run(["bash", "-c", script], cwd=folder, stdin=subprocess.DEVNULL,
                                   timeout=SECONDS, check=False)
            if ended.returncode:
                sys.exit(f"README.md: a block ended with {ended.returncode}:\n" + "\n".join(block))
    print(f"{commands} commands of README.md, all well")
    sys.exit(0 if commands else 1)


if __name__ == "__main__":
    main()
