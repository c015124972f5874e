"""What the tests of iCalendar share: calendars, and what becomes of them.

Their usage: TEST.py INKLINE [NAME...]
"""
import json
import os
import subprocess
import sys

import test_host

INKLINE = os.path.abspath(sys.argv[1])
SEEDS = int(os.environ.get("SEEDS", "10"))
SANITIZED = b"__asan_init" in open(INKLINE, "rb").read()
OK, DATA_ERROR = 0, 65
YEAR = ("--window", "2024-01-01/2024-12-31")
ALWAYS = ("--window", "1950-01-01/2050-01-01")


def run(*arguments, stdin=b"", limit=60):
    stdin = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([INKLINE, *map(str, arguments)], input=stdin, capture_output=True,
                          timeout=limit)
    assert done.returncode in (OK, DATA_ERROR), (done.returncode, arguments, done.stderr[:300])
    return done


def calendar(*components, head=()):
    """A calendar of components, each lines between BEGIN and END, or a tuple of name and lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Inkline//Test//EN", *head]
    for one in components:
        name, body = one if isinstance(one, tuple) else ("VEVENT", one)
        lines += [f"BEGIN:{name}", *body.strip().split("\n"), f"END:{name}"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def event(start, *more, uid="a@b", summary="Meeting"):
    return "\n".join([f"UID:{uid}", f"DTSTART{start}", f"SUMMARY:{summary}", *more])


def records(text, *options):
    """Records, story and messages."""
    done = run("convert", "-", "-o", "-", "--to", "ndjson", *(options or YEAR), stdin=text)
    items = [json.loads(line) for line in done.stdout.decode().splitlines()]
    story = items.pop(0)["story"] if items and "story" in items[0] else {}
    return items, story, done.stderr.decode()


def times(text, *options):
    return [item["when"] + (" " + item["until"] if "until" in item else "")
            for item in records(text, *options)[0]]


def problems(text, *options):
    done = run("check", "-", "--json", *(options or YEAR), stdin=text)
    return json.loads(done.stdout)["problems"]


def rules_of(text, *options):
    return [problem["rule"] for problem in problems(text, *options)]


ZONE = """TZID:Desk
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT"""


def main():
    if subprocess.run([INKLINE, "formats"], capture_output=True).stdout.find(b"\nical: ") < 0:
        print("skipped: built without libical")
        return 77
    return test_host.main()
