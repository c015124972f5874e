#!/usr/bin/env python3
"""words_bake.py BAKE: what inkline-bake-words accepts, and what it refuses with a line to go to.

BAKE is the program. Every fault of a file is put into English, one at a time.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

WORDS = Path(__file__).resolve().parent.parent / "firmware" / "words"
ENGLISH = (WORDS / "en.words").read_text(encoding="utf-8")

# (what it is, text, put in its place, what the message says)
FAULTS = [
    ("an unknown key", "later = later", "latter = later", "a key that the table has"),
    ("a missing key", "later = later\n", "", "the key later"),
    ("a key twice", "later = later", "later = later\nlater = later", "every key once"),
    ("no value", "later = later", "later =", "a value"),
    ("no key", "later = later", "later", "key = value"),
    ("too few months", ", Dec", "", "12 items"),
    ("too many weekdays", "Sun\n", "Sun, Mon\n", "7 items"),
    ("an empty item", "Nov, Dec", ", Dec", "a value"),
    ("one form too many", "# hour|# hours", "# hour|# hours|# hours", "other forms"),
    ("one ordinal too few", "{century}rd c.|", "", "other forms"),
    ("forms of a plain word", "today = today", "today = today|now", "other forms"),
    ("an unknown field", "{mm}", "{minute}", "only the fields"),
    ("an open brace", "{mm}", "{mm", "only the fields"),
    ("a field of another key", "date.day = {day}", "date.day = {text}", "only the fields"),
    ("a number where none is", "today = today", "today = # today", "only the fields"),
    ("no text to go around", "by {text}", "by", "other forms"),
    ("an unknown rule", "plural = one", "plural = two", "name of a rule"),
    ("an unknown direction", "direction = ltr", "direction = up", "ltr"),
    ("an unknown script", "script = Latn", "script = Latin", "a shorter value"),
    ("no script", "script = Latn\n", "", "the key script"),
    ("months that dates name", "months = Jan", "# Jan", "the key months"),
    ("a long value", "today = today", "today = " + "y" * 200, "a shorter value"),
    ("a long line", "today = today", "today = " + "y" * 2000, "a shorter line"),
]


def bake(program, folder, *files):
    out = Path(folder) / "table.c"
    out.unlink(missing_ok=True)
    done = subprocess.run([program, *map(str, files), "-o", str(out)], capture_output=True, text=True)
    return done.returncode, done.stderr, out.exists()


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / "en.words"
        for name, old, new, says in FAULTS:
            assert ENGLISH.count(old) >= 1, old
            changed.write_text(ENGLISH.replace(old, new, 1), encoding="utf-8")
            code, said, made = bake(sys.argv[1], folder, changed)
            if code != 65 or made or says not in said or "en.words" not in said:
                print(f"{name}: exit code {code}, expected 65 and \"{says}\"; said {said!r}")
                failed += 1
        for files, want in (((WORDS / "en.words", WORDS / "uk.words"), 0), ((WORDS / "uk.words",), 65),
                            ((Path(folder) / "xx.words",), 65), ((), 2)):
            code, said, made = bake(sys.argv[1], folder, *files)
            if code != want or made != (want == 0):
                print(f"{[file.name for file in files]}: exit code {code}, expected {want}; {said!r}")
                failed += 1
    print(f"{len(FAULTS) + 4} files, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
