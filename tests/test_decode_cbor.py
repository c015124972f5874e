#!/usr/bin/env python3
"""test_decode_cbor.py BUILD: the wire format against an independent CBOR library (cbor2).

Random records and stories: what BUILD/inkline writes is byte for byte what cbor2 writes in
canonical mode of the same map, and what cbor2 writes is read as the same record. Items that cbor2 writes
otherwise (floats, tags, text keys, keys out of order) are refused. Exit code 77: no cbor2 here.
"""
import json
import os
import random
import subprocess
import sys
import tempfile

try:
    import cbor2
except ImportError:
    print("skipped: python3-cbor2 is not installed")
    sys.exit(77)

RECORD = ["id", "rev", "when", "until", "dated", "lane", "kind", "status", "weight", "source",
          "via", "headline", "detail", "figure", "place", "lang", "url"]
STORY = ["title", "zone", "offsets", "lang", "as_of", "expires", "distance", "strikes"]
WORDS = {"dated": ["event", "report"],
         "kind": ["event", "statement", "decision", "meeting", "figure"],
         "status": ["reported", "confirmed", "claimed", "disputed", "denied", "planned",
                    "corrected", "withdrawn"]}
BOUNDS = {"lane": 48, "source": 64, "via": 64, "headline": 320, "detail": 640, "figure": 64,
          "place": 64, "lang": 12, "url": 200}
DATES = ["2024", "2024-08", "2024-08-12?", "2024-08~", "-0044-03-15", "2024-08-XX", "201X",
         "2024-21", "2024-08-12T14:05", "2024-08-12T14:05:09+03:00", "../2024", "2024/.."]
PIECES = ["Sudzha", "Курск", "é", "戦", "👩\u200d🚒", "🇺🇦", '"', "\\", "€", "a"]
PROGRAM = os.path.join(sys.argv[1] if len(sys.argv) > 1 else "build/host", "inkline")


def text(rng, bound):
    words = []
    for _ in range(rng.randrange(1, 80)):
        if len(" ".join(words + [PIECES[0]]).encode()) + 20 > bound:
            break
        words.append(rng.choice(PIECES))
    return " ".join(words) or "x"


def record(rng, number):
    made = {"id": number << rng.randrange(40), "when": rng.choice(DATES), "headline": text(rng, 320)}
    if rng.random() < 0.5:
        made["rev"] = 1 + rng.getrandbits(rng.randrange(1, 32)) % (2**32 - 1)
    if rng.random() < 0.5:
        made["weight"] = rng.randrange(1, 10)
    if rng.random() < 0.3 and made["when"].startswith("2024") and "/" not in made["when"]:
        made["until"] = "2025-01"
    for name, words in WORDS.items():
        if rng.random() < 0.5:
            made[name] = rng.choice(words[1:])  # the first is the default, and is left out
    for name, bound in BOUNDS.items():
        if name != "headline" and rng.random() < 0.4:
            made[name] = text(rng, bound)
    return made


def story(rng):
    minutes = sorted(rng.sample(range(-2**31 + 1, 2**31), rng.randrange(1, 25)))
    offsets = [n for minute in minutes for n in (minute, rng.randrange(-1439, 1440))]
    return {"title": text(rng, 120), "zone": "Europe/Kyiv", "offsets": offsets, "lang": "uk",
            "as_of": "2024-08-12T14:05Z", "distance": rng.randrange(100, 65536),
            "strikes": rng.choice(["2024-09-01", "2024-08-12T20:00+03:00", "2024-10"])}


def wire(made, names, first):
    """The map of a record or story: integer keys, words as their index."""
    return {first + names.index(name): WORDS[name].index(value) if name in WORDS else value
            for name, value in made.items()}


def convert(folder, data, source, target):
    """Through the program; returns (bytes, its messages, its exit code)."""
    there, here = os.path.join(folder, "in." + source), os.path.join(folder, "out." + target)
    with open(there, "wb") as to:
        to.write(data)
    if os.path.exists(here):
        os.remove(here)
    done = subprocess.run([PROGRAM, "convert", there, "-o", here], capture_output=True, text=True)
    made = open(here, "rb").read() if os.path.exists(here) else b""
    return made, done.stderr, done.returncode


def check(holds, what):
    if not holds:
        print("failed:", what)
        sys.exit(1)


def check_both_ways(folder, rng):
    facts = story(rng)
    records = [record(rng, 1 + i) for i in range(400)]
    lines = [json.dumps({"story": facts})] + [json.dumps(made) for made in records]
    ndjson = ("\n".join(lines) + "\n").encode()
    items = [cbor2.dumps(wire(facts, STORY, 32), canonical=True)]
    items += [cbor2.dumps(wire(made, RECORD, 0), canonical=True) for made in records]
    ink, messages, code = convert(folder, ndjson, "ndjson", "ink")
    check(code == 0 and not messages, f"convert to .ink: {code} {messages}")
    check(ink == b"".join(items), "the bytes are those of cbor2 in canonical mode")
    back, messages, code = convert(folder, b"".join(items), "ink", "ndjson")
    check(code == 0 and not messages, f"convert from .ink: {code} {messages}")
    got = [json.loads(line) for line in back.decode().splitlines()]
    for made in got[1:]:
        made["id"] = int(made["id"])
    check(got == [{"story": facts}] + records, "what cbor2 wrote is read as the same records")


def check_refused(folder):
    good = cbor2.dumps({0: 1, 2: "2024", 11: "h"}, canonical=True)
    bad = {"float": {0: 2, 2: "2024", 8: 1.5, 11: "h"},
           "tag": {0: 2, 2: cbor2.CBORTag(0, "2024"), 11: "h"},
           "text key": {"id": 2, "when": "2024"}, "order": {0: 2, 11: "h", 2: "2024"},
           "boolean": {0: 2, 2: "2024", 11: "h", 17: True},
           "null": {0: 2, 2: "2024", 11: "h", 17: None},
           "nested": {0: 2, 2: "2024", 11: "h", 17: [[1]]}, "bytes": {0: 2, 2: "2024", 11: b"h"},
           "no map": [1, 2], "control": {0: 2, 2: "2024", 11: "a\nb"}}
    for name, item in bad.items():
        data = good + cbor2.dumps(item) + good.replace(b"\1", b"\3", 1)
        back, messages, _ = convert(folder, data, "ink", "ndjson")
        ids = [json.loads(line)["id"] for line in back.decode().splitlines()]
        check(ids == [1, 3], f"{name}: refused alone, got {ids} {messages}")


def main():
    if not os.access(PROGRAM, os.X_OK):
        print("skipped: no", PROGRAM)
        return 77
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(10):
            check_both_ways(folder, random.Random(seed))
        check_refused(folder)
    print("4000 records and 10 stories equal cbor2's bytes both ways; 10 other items refused")
    return 0


if __name__ == "__main__":
    sys.exit(main())
