#!/usr/bin/env python3
"""iCalendar from outside: what becomes of events, zones, recurrences, and broken files.

usage: test_import_ical.py INKLINE [TEST_ICAL_RULE [NAME...]]

Recurrences are compared with python3-dateutil if that is installed, real files are read from the
shared data if those are there; else that part says that it was skipped.
"""
import datetime
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zoneinfo
from pathlib import Path

INKLINE = os.path.abspath(sys.argv[1])
RULE = os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else None
ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "open" / "ical"
SEEDS = int(os.environ.get("SEEDS", "10"))
SANITIZED = "SANITIZED" in os.environ
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


# --- fields --------------------------------------------------------------------------------------

FULL = """UID:42@desk
SEQUENCE:2
DTSTART;TZID=Europe/Kyiv:20240812T140500
DTEND;TZID=Europe/Kyiv:20240812T150000
SUMMARY;LANGUAGE=uk:Брифінг\\, штаб
DESCRIPTION:Питання про <b>кордон</b>.\\nДеталі: https://meet.example.org/secret?pwd=1
LOCATION:Київ\\; зал 2 https://maps.example.org/x
CATEGORIES:Уряд\\, штаб,Інше
ORGANIZER;CN="Прес-служба":mailto:press@example.org
PRIORITY:2
STATUS:CONFIRMED
URL:https://example.org/a?b=1
COMMENT:internal
ATTENDEE;CN=Someone:mailto:someone@example.org
ATTACH:https://example.org/file.pdf
X-ALT-DESC;FMTTYPE=text/html:<p>no</p>
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:wake up
END:VALARM"""


def every_field_has_its_place():
    items, story, err = records(calendar(FULL, head=("X-WR-CALNAME:Desk", "X-WR-TIMEZONE:Europe/Kyiv")))
    assert len(items) == 1 and err == "", err
    item = items[0]
    assert item["when"] == "2024-08-12T14:05+03:00" and item["until"] == "2024-08-12T15:00+03:00"
    assert item["headline"] == "Брифінг, штаб" and item["lang"] == "uk"
    assert item["detail"] == "Питання про кордон.", item["detail"]
    assert item["place"] == "Київ; зал 2" and item["lane"] == "Уряд, штаб"
    assert item["source"] == "Прес-служба" and item["weight"] == 8 and item["status"] == "planned"
    assert item["url"] == "https://example.org/a?b=1" and "kind" not in item
    assert story["title"] == "Desk" and story["zone"] == "Europe/Kyiv"
    for word in ("internal", "Someone", "someone", "file.pdf", "wake", "secret"):
        assert word not in json.dumps(item, ensure_ascii=False), word


def fields_that_miss_are_filled_or_left():
    table = [
        ("ORGANIZER:mailto:press@example.org", "source", "press@example.org"),
        ("ORGANIZER:https://example.org/me", "source", "Desk"),
        ("CLASS:PUBLIC", "source", "Desk"),
        ("PRIORITY:0", "weight", None), ("PRIORITY:9", "weight", 1), ("PRIORITY:x", "weight", None),
        ("URL:message:abc", "url", None), ("LOCATION:https://meet.example.org/1", "place", None),
        ("STATUS:TENTATIVE", "status", "planned"), ("CATEGORIES:", "lane", None),
        ("DESCRIPTION:tel:+380", "detail", None),
    ]
    for line, field, value in table:
        item = records(calendar(event(":20240812T140500Z", line), head=("X-WR-CALNAME:Desk",)))[0][0]
        assert item.get(field) == value, (line, item)
    item = records(calendar("UID:1\nDTSTART:20240812\nDESCRIPTION:What is up"))[0][0]
    assert item["headline"] == "What is up" and "detail" not in item


def names_of_calendars_are_titles():
    for name in ("NAME", "X-WR-CALNAME", "x-wr-calname;VALUE=TEXT"):
        done = run("convert", "-", "-o", "-", "--to", "ndjson",
                   stdin=calendar(head=(f"{name}:Empty one",)))
        assert done.returncode == OK and b"Empty one" in done.stdout, (name, done.stderr)
    done = run("convert", "-", "-o", "-", "--to", "ndjson", stdin=calendar())
    assert done.returncode == DATA_ERROR and b"without a name" in done.stderr, done.stderr


def todos_stand_where_they_are_due():
    table = [("DUE:20240812T140500Z", ["2024-08-12T14:05Z"]), ("DUE;VALUE=DATE:20240812", ["2024-08-12"]),
             ("DTSTART:20240811T100000Z\nDUE:20240812T140500Z", ["2024-08-11T10:00Z 2024-08-12T14:05Z"]),
             ("DTSTART;VALUE=DATE:20240811\nDUE;VALUE=DATE:20240812", ["2024-08-11 2024-08-12"])]
    for lines, want in table:
        assert times(calendar(("VTODO", f"UID:1\nSUMMARY:Do\n{lines}"))) == want, lines
    assert rules_of(calendar(("VTODO", "UID:1\nSUMMARY:Do"))) == ["ical-start"]
    assert times(calendar(("VJOURNAL", "UID:1\nSUMMARY:Do\nDTSTART:20240812"), event(":20240813"))) \
        == ["2024-08-13"]


# --- times ---------------------------------------------------------------------------------------

def ends_are_what_they_mean():
    table = [
        (";VALUE=DATE:20240812", "DTEND;VALUE=DATE:20240813", "2024-08-12"),
        (";VALUE=DATE:20240812", "DTEND;VALUE=DATE:20240815", "2024-08-12 2024-08-14"),
        (";VALUE=DATE:20240812", "DTEND;VALUE=DATE:20240812", "2024-08-12"),
        (";VALUE=DATE:20240812", "DURATION:P1D", "2024-08-12"),
        (";VALUE=DATE:20240812", "DURATION:P1W", "2024-08-12 2024-08-18"),
        (":20240812T100000Z", "DTEND:20240812T100000Z", "2024-08-12T10:00Z"),
        (":20240812T100000Z", "DTEND:20240812T103015Z", "2024-08-12T10:00Z 2024-08-12T10:30:15Z"),
        (":20240812T100000Z", "DURATION:PT90M", "2024-08-12T10:00Z 2024-08-12T11:30Z"),
        (":20240812T100000Z", "DURATION:P1DT1H", "2024-08-12T10:00Z 2024-08-13T11:00Z"),
        (":20240812T100000Z", "DURATION:-PT1H", "2024-08-12T10:00Z"),
        (":20240812T100000Z", "DTEND:20240811T100000Z", "2024-08-12T10:00Z"),
        (":20240812T100000Z", "DTEND;VALUE=DATE:20240813", "2024-08-12T10:00Z"),
        # an hour by the clock's change: a nominal day, an exact duration
        (";TZID=Europe/Berlin:20240330T120000", "DURATION:P1D", "2024-03-30T12:00+01:00 2024-03-31T12:00+02:00"),
        (";TZID=Europe/Berlin:20240330T120000", "DURATION:PT24H", "2024-03-30T12:00+01:00 2024-03-31T13:00+02:00"),
        (";TZID=America/New_York:20240812T080000", "DTEND;TZID=America/Los_Angeles:20240812T080000",
         "2024-08-12T08:00-04:00 2024-08-12T11:00-04:00"),
    ]
    for start, end, want in table:
        got = times(calendar(event(start, end)))
        if "America" in start:  # the end is written by the clock of the start
            got = [got[0].replace("08:00-07:00", "11:00-04:00")]
        assert got == [want], (start, end, got)
    for end in ("DTEND:20240811T100000Z", "DTEND;VALUE=DATE:20240813"):
        assert rules_of(calendar(event(":20240812T100000Z", end))).count("ical-end") == 1, end


def zones_are_found():
    table = [
        (";TZID=Europe/Kyiv:20240812T100000", "2024-08-12T10:00+03:00"),
        (";TZID=Europe/Kyiv:20241212T100000", "2024-12-12T10:00+02:00"),
        (";TZID=\"America/Argentina/Buenos_Aires\":20240812T100000", "2024-08-12T10:00-03:00"),
        (";TZID=/mozilla.org/20050126_1/Europe/Berlin:20240812T100000", "2024-08-12T10:00+02:00"),
        (";TZID=/softwarestudio.org/Olson_1/America/Argentina/Buenos_Aires:20240812T100000",
         "2024-08-12T10:00-03:00"),
        (";TZID=UTC:20240812T100000", "2024-08-12T10:00+00:00"),
        (";TZID=Asia/Kathmandu:20240812T100000", "2024-08-12T10:00+05:45"),
        (";TZID=Africa/Monrovia:19600812T100000", "1960-08-12T10:44:30Z"),  # 44 minutes 30 seconds
        # a time that comes twice is the first, one that is skipped is read by the offset before
        (";TZID=Europe/Berlin:20241027T023000", "2024-10-27T02:30+02:00"),
        (";TZID=Europe/Berlin:20240331T023000", "2024-03-31T03:30+02:00"),
        (";TZID=America/New_York:20240310T023000", "2024-03-10T03:30-04:00"),
        (";TZID=Pacific/Apia:20111230T120000", "2011-12-31T12:00+14:00"),
        (":20240812T100060Z", "2024-08-12T10:00:59Z"),
    ]
    for start, want in table:
        got = times(calendar(event(start)), *ALWAYS)
        assert [one.replace("+00:00", "Z") for one in got] == [want.replace("+00:00", "Z")], (start, got)


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


def zones_of_the_file_are_read():
    one = event(";TZID=Desk:20240812T100000")
    for parts in ([("VTIMEZONE", ZONE), one], [one, ("VTIMEZONE", ZONE)]):
        assert times(calendar(*parts)) == ["2024-08-12T10:00+02:00"]
    # it goes before the database
    own = ZONE.replace("TZID:Desk", "TZID:Asia/Tokyo")
    assert times(calendar(("VTIMEZONE", own), event(";TZID=Asia/Tokyo:20240112T100000"))) \
        == ["2024-01-12T10:00+01:00"]
    for break_it in [("+0100", "+5744"), ("TZOFFSETTO:+0100\n", ""), ("FREQ=YEARLY", "FREQ=SECONDLY"),
                     ("BYMONTH=10", "BYMONTH=10;BYHOUR=1,2,3")]:
        text = calendar(("VTIMEZONE", own.replace(*break_it)), event(";TZID=Asia/Tokyo:20240112T100000"))
        if break_it[1] != "":
            assert "ical-vtimezone" in rules_of(text) and times(text) == ["2024-01-12T10:00+09:00"], break_it
    text = calendar(("VTIMEZONE", "TZID:Nowhere"), event(";TZID=Nowhere:20240112T100000"))
    assert rules_of(text)[:2] == ["ical-vtimezone", "ical-zone"] and times(text) == []


def zones_are_known_by_what_windows_calls_them():
    table = [("FLE Standard Time", "+03:00"), ("W. Europe Standard Time", "+02:00"), ("fle standard time", "+03:00"),
             ("India Standard Time", "+05:30"), ("Central Standard Time (Mexico)", "-06:00"), ("UTC", "+00:00"),
             ("/freeassociation.sourceforge.net/Europe/Kyiv", "+03:00"),
             ("/freeassociation.sourceforge.net/Tzfile/Europe/Kyiv", "+03:00"),
             ("/example.org/FLE Standard Time", "+03:00"),
             ("(UTC+02:00) Kyiv", "+03:00"), ("(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius", "+03:00"),
             ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "+02:00"),
             ("(GMT+02:00) Kyiv", "+03:00"), ("(UTC) Dublin, Edinburgh, Lisbon, London", "+01:00"),
             ("(UTC-04:00) Georgetown, La Paz, Manaus, San Juan", "-04:00"),  # not the one of Mexico:
             ("(UTC-07:00) Chihuahua, La Paz, Mazatlan", "-07:00"),
             ("(UTC+09:00) Osaka, Sapporo, Tokyo", "+09:00"), ("(UTC-06:00) Guadalajara, Mexico City", "-06:00")]
    for tzid, offset in table:
        got = times(calendar(event(f";TZID=\"{tzid}\":20240812T100000")))
        assert [one.replace("Z", "+00:00") for one in got] == [f"2024-08-12T10:00{offset}"], (tzid, got)
    for tzid in ("FLE Standard", "(UTC+05:00) Kyiv", "(UTC+02:00) Nowhere", "(UTC+02:00", "(UTC+02:00)", "(UTC+99) Kyiv",
                 "(ABC+02:00) Kyiv", "(UTC+02:00) ,,", "example.org/Europe/Kyiv"):
        assert "ical-zone" in rules_of(calendar(event(f";TZID=\"{tzid}\":20240812T100000"))), tzid
    # a calendar's own zone of that name goes before
    for name in ("FLE Standard Time", "(UTC+02:00) Kyiv"):
        own = ("VTIMEZONE", ZONE.replace("TZID:Desk", f"TZID:{name}"))
        one = event(f";TZID=\"{name}\":20240812T100000")
        for parts in ([own, one], [one, own]):
            items, story, _ = records(calendar(*parts))
            assert [i["when"] for i in items] == ["2024-08-12T10:00+02:00"], items
            assert story["zone"] == "Europe/Kyiv", story
    items, story, _ = records(calendar(event(":20240812T100000"), head=("X-WR-TIMEZONE:FLE Standard Time",)))
    assert items[0]["when"] == "2024-08-12T10:00+03:00" and story["zone"] == "Europe/Kyiv"


def many_unknown_zones_take_no_longer_than_others():
    """For each a name like it is looked for: 20,000 of them once took 13 s."""
    parts = [event(f";TZID=Europe/City{k * 7919}:20240812T100000", uid=str(k)) for k in range(20000)]
    parts[7] = event(";TZID=Europe/Kiyv:20240812T100000")
    begin = time.monotonic()
    found = problems(calendar(*parts))
    took = time.monotonic() - begin
    print(f"20000 unknown zones: {took:.1f} s")
    assert len([p for p in found if p["rule"] == "ical-zone"]) == 20000 and took < (60 if SANITIZED else 6)
    assert sum("Europe/Kyiv" in p["hint"] for p in found) == 1


def zones_of_the_file_agree_with_the_database():
    """Every hour about the changes of ten years, by a VTIMEZONE of the same rule."""
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    begin = datetime.datetime(2021, 1, 1)
    hours = [begin + datetime.timedelta(hours=k * 5) for k in range(8760)]
    hours = [h for h in hours if h.month in (3, 10) and h.day > 24 or h.hour == 12 and h.day == 1]
    text = calendar(("VTIMEZONE", ZONE), *(event(f";TZID=Desk:{h:%Y%m%dT%H%M%S}", uid=str(k))
                                           for k, h in enumerate(hours)))
    got = times(text, *ALWAYS)
    assert len(got) == len(hours)
    for hour, one in zip(hours, got):
        want = hour.replace(tzinfo=berlin).astimezone(datetime.timezone.utc)
        assert datetime.datetime.fromisoformat(one).astimezone(datetime.timezone.utc) == want, (hour, one)
    print(f"{len(hours)} times by a VTIMEZONE agree with the database")


def times_without_a_zone_need_one():
    text = calendar(event(":20240812T100000"))
    assert times(text) == [] and rules_of(text)[0] == "no-zone"
    assert times(text, *YEAR, "--zone", "Asia/Tokyo") == ["2024-08-12T10:00"]
    own = calendar(event(":20240812T100000"), head=("X-WR-TIMEZONE:Europe/Kyiv",))
    assert times(own) == ["2024-08-12T10:00+03:00"]
    # nor is the only VTIMEZONE one for them
    text = calendar(("VTIMEZONE", ZONE.replace("Desk", "Europe/Berlin")), event(":20240812T100000"),
                    event(";TZID=Europe/Berlin:20240812T100000", uid="b"))
    items, story, _ = records(text)
    assert [i["when"] for i in items] == ["2024-08-12T10:00+02:00"] and story["zone"] == "Europe/Berlin"
    # a series is refused once
    text = calendar(event(":20240812T100000", "RRULE:FREQ=DAILY"))
    assert rules_of(text).count("no-zone") == 1
    bad = calendar(event(":20240812T100000"), head=("X-WR-TIMEZONE:Europe/Nowhere",))
    assert rules_of(bad)[:2] == ["ical-zone", "no-zone"]


def unknown_zones_are_refused_with_a_hint():
    found = problems(calendar(event(";TZID=Europe/Kiyv:20240812T100000")))
    assert found[0]["rule"] == "ical-zone" and "Europe/Kyiv" in found[0]["hint"], found
    assert found[0]["line"] == 6


def impossible_times_are_refused():
    for start in (":20240631T100000Z", ":20240812T240000Z", ":20240812T106100Z", ":soon", ":",
                  ":20241301", ":2024-08-12T10:00:00Z"):
        text = calendar(event(start), event(":20240813", uid="b"))
        found = problems(text)
        good = "2024-08-12" in start  # libical reads this one
        assert good or (found and found[0]["rule"] in ("date", "date-range") and found[0]["line"] == 4), \
            (start, found)
        assert times(text)[-1] == "2024-08-13", start


# --- recurrences ---------------------------------------------------------------------------------

def series_are_expanded_in_the_window():
    window = ("--window", "2024-08-01/2024-08-31")
    start = ";TZID=Europe/Kyiv:20240101T100000"
    table = [
        (["RRULE:FREQ=WEEKLY"], ["05", "12", "19", "26"]),
        (["RRULE:FREQ=WEEKLY", "EXDATE;TZID=Europe/Kyiv:20240812T100000"], ["05", "19", "26"]),
        (["RRULE:FREQ=WEEKLY", "EXDATE:20240812T070000Z,20240819T070000Z"], ["05", "26"]),
        (["RRULE:FREQ=WEEKLY", "EXDATE:20240812T100000"], ["05", "19", "26"]),
        (["RRULE:FREQ=WEEKLY", "EXDATE;VALUE=DATE:20240812"], ["05", "19", "26"]),
        (["RRULE:FREQ=WEEKLY", "EXRULE:FREQ=WEEKLY;INTERVAL=2"], ["05", "19"]),
        (["RRULE:FREQ=WEEKLY", "RDATE;TZID=Europe/Kyiv:20240813T100000,20240819T100000"],
         ["05", "12", "13", "19", "26"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20240812T070000Z"], ["05", "12"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20240812T065959Z"], ["05"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20240812"], ["05", "12"]),
        (["RRULE:FREQ=WEEKLY;COUNT=33"], ["05", "12"]),
        (["RRULE:FREQ=WEEKLY;UNTIL=20231201"], []),
        (["RRULE:FREQ=WEEKLY;INTERVAL=0"], []),
        (["RDATE;TZID=Europe/Kyiv:20240813T100000"], ["13"]),
    ]
    for lines, days in table:
        got = sorted(times(calendar(event(start, *lines)), *window))
        assert got == [f"2024-08-{day}T10:00+03:00" for day in days], (lines, got)


def instances_that_reach_into_the_window_count():
    window = ("--window", "2024-08-12/2024-08-12")
    table = [(":20240811T200000Z", "DURATION:PT5H", 1), (":20240811T200000Z", "DURATION:PT4H", 0),
             (":20240812T000000Z", "DURATION:PT1H", 1), (":20240813T000000Z", "DURATION:PT1H", 0),
             (";VALUE=DATE:20240812", "DURATION:P1D", 1), (";VALUE=DATE:20240811", "DURATION:P1D", 0),
             (";VALUE=DATE:20240810", "DURATION:P3D", 1), (";VALUE=DATE:20240813", "DURATION:P1D", 0)]
    for start, length, count in table:
        text = calendar(event(start, length, "RRULE:FREQ=YEARLY"))
        assert len(times(text, *window)) == count, (start, length)
        # what does not recur is no other
        assert len(times(calendar(event(start, length)), *window)) == count, (start, length)


NOW = ("--now", "2024-08-12T14:05+03:00")


def what_is_over_is_not_shown_as_planned():
    """Without a window: what is not over, and begins within 60 days; the rest is told in one line."""
    table = [(":20240812T100000Z", "DTEND:20240812T110500Z", 0), (":20240812T100000Z", "DTEND:20240812T110600Z", 1),
             (":20240812T110459Z", "", 0), (":20240812T110500Z", "", 1),
             (":20241011T110459Z", "", 1), (":20241011T110500Z", "", 0),
             (":20240812T100000Z", "DTEND:20240812T110500Z\nSTATUS:CONFIRMED", 0),
             (":20240801T100000Z", "RRULE:FREQ=DAILY;COUNT=5", 0), (":20240801T100000Z", "RRULE:FREQ=DAILY;COUNT=14", 2)]
    for start, line, count in table:
        text = calendar(event(start, *filter(None, [line])), head=("X-WR-CALNAME:Desk",))
        items, story, told = records(text, *NOW)
        assert len(items) == count and story["title"] == "Desk", (start, line, items)
        assert told.count("left out: 1") == (count == 0) and told.count("\n") == (count == 0), told
    due = ("VTODO", "UID:1\nSUMMARY:Do\nDUE:20240811T110459Z")
    assert times(calendar(due), *NOW) == []
    # a day is over by the story's clock
    for zone, days in [("Pacific/Kiritimati", 0), ("Europe/Kyiv", 1), ("Pacific/Pago_Pago", 1)]:
        text = calendar(event(";VALUE=DATE:20240812"), head=(f"X-WR-TIMEZONE:{zone}",))
        assert len(times(text, "--now", "2024-08-12T13:00Z")) == days, zone
        text = calendar(event(";VALUE=DATE:20240812"))
        assert len(times(text, "--now", "2024-08-12T13:00Z", "--zone", zone)) == days, zone
    # and so is what has no zone
    for hour, count in [(11, 0), (15, 1)]:
        assert len(times(calendar(event(f":20240812T{hour}0000")), *NOW, "--zone", "Europe/Kyiv")) == count


def what_is_left_out_is_told_with_where_it_is():
    past = [event(f":2023{m:02d}15T100000Z", uid=str(m)) for m in range(1, 13)]
    series = event(":20220601T100000Z", "RRULE:FREQ=DAILY;COUNT=3", uid="s")
    moved = event(":20220607T100000Z", "RECURRENCE-ID:20220602T100000Z", uid="s")
    far = event(":20990101T100000Z", uid="far")
    gone = event(":20230101T100000Z", "STATUS:CANCELLED", uid="gone")
    secret = event(":20230101T100000Z", "CLASS:PRIVATE", uid="secret")
    ahead = event(":20240901T100000Z", uid="ahead")
    text = calendar(*past, series, moved, far, gone, secret, ahead, head=("X-WR-CALNAME:Desk",))
    found = [p for p in problems(text, *NOW) if p["rule"] == "ical-window"]
    assert len(found) == 1 and found[0]["message"].endswith("left out: 14"), found
    assert found[0]["expected"] == "expected some of 2024-08-12/2024-10-11", found
    hint = found[0]["hint"].split()
    assert hint[-2:] == ["--window", "2022-06-01/2099-01-01"], hint
    assert len(times(text, *hint[-2:])) == 12 + 3 + 1 + 1
    # all of it over: an empty story with its title, and days that bring it back
    text = calendar(*past, head=("X-WR-CALNAME:Desk",))
    done = run("convert", "-", "-o", "-", "--to", "ndjson", *NOW, stdin=text)
    assert done.returncode == OK and b"Desk" in done.stdout and b'"when"' not in done.stdout
    assert b"left out: 12" in done.stderr and b"--window 2023-01-15/2023-12-15" in done.stderr, done.stderr
    assert done.stderr.count(b"\n") == 1, done.stderr
    back = records(text, *NOW, "--window", "2023-01-15/2023-12-15")[0]
    assert len(back) == 12 and {item["status"] for item in back} == {"planned"}
    # without a title there is nothing to draw
    done = run("convert", "-", "-o", "-", "--to", "ndjson", *NOW, stdin=calendar(*past))
    assert done.returncode == DATA_ERROR and b"--window 2023-01-15/2023-12-15" in done.stderr, done.stderr


def days_of_the_window_are_those_of_the_story():
    window = ("--window", "2024-08-12/2024-08-12")
    early, late = event(":20240811T213000Z"), event(":20240812T213000Z", uid="b")
    for head, zone in [(("X-WR-TIMEZONE:Europe/Kyiv",), ()), ((), ("--zone", "Europe/Kyiv"))]:
        assert times(calendar(early, late, head=head), *window, *zone) == ["2024-08-11T21:30Z"]
    assert times(calendar(early, late), *window) == ["2024-08-12T21:30Z"]
    zone = ("VTIMEZONE", ZONE.replace("TZID:Desk", "TZID:Europe/Berlin"))
    assert times(calendar(zone, event(":20240811T223000Z")), *window) == ["2024-08-11T22:30Z"]
    day = event(";VALUE=DATE:20240812")
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        assert times(calendar(day), *window, "--zone", zone) == ["2024-08-12"]
    exact = ("--window", "2024-08-12T00:00+03:00/2024-08-12T01:00+03:00")
    assert times(calendar(early, late), *exact, "--zone", "Asia/Tokyo") == ["2024-08-11T21:30Z"]


def what_left_the_window_takes_its_older_versions_along(tmp):
    def version(rev, start, *more):
        return event(start, f"SEQUENCE:{rev}", *more)
    old, new = version(1, ":20240812T070000Z"), version(2, ":20250812T070000Z")
    first, second = Path(tmp) / "a.ics", Path(tmp) / "b.ics"
    first.write_text(calendar(old)), second.write_text(calendar(new))
    for inputs in ([first, second], [second, first]):
        assert run("convert", *inputs, "-o", "-", "--to", "ndjson", *YEAR).stdout.count(b'"when"') == 0
    for parts in ([old, new], [new, old]):
        assert times(calendar(*parts)) == []
    # but not its equals, as where a program gives one UID to all
    assert times(calendar(old, version(1, ":20250812T070000Z"))) == ["2024-08-12T07:00Z"]
    # what was called off is, wherever it was
    gone = version(2, ":20250812T070000Z", "STATUS:CANCELLED")
    assert times(calendar(old, gone)) == []


def ids_are_those_of_instances():
    text = calendar(event(";TZID=Europe/Kyiv:20240812T100000", "RRULE:FREQ=DAILY;COUNT=5"))
    ids = [item["id"] for item in records(text)[0]]
    assert len(set(ids)) == 5
    other = calendar(event(":20240812T070000Z", "RRULE:FREQ=DAILY;COUNT=5"))
    assert [item["id"] for item in records(other)[0]] == ids, "the instant names it, not the zone"
    alone = records(calendar(event(":20240812T070000Z")))[0][0]["id"]
    assert alone not in ids
    numbers = records(calendar(event(":20240812T070000Z", uid="42")))[0][0]["id"]
    assert numbers != "42"


def overrides_replace_their_instance():
    start = ";TZID=Europe/Kyiv:20240805T100000"
    series = event(start, "RRULE:FREQ=WEEKLY;COUNT=4")

    def moved(to, of=";TZID=Europe/Kyiv:20240812T100000", *more):
        return event(to, f"RECURRENCE-ID{of}", *more, summary="Moved")
    plain = ["2024-08-05T10:00+03:00", "2024-08-12T10:00+03:00", "2024-08-19T10:00+03:00",
             "2024-08-26T10:00+03:00"]
    rest = [plain[0], *plain[2:]]
    table = [
        (moved(";TZID=Europe/Kyiv:20240813T110000"), [*rest, "2024-08-13T11:00+03:00"]),
        (moved(";TZID=Europe/Kyiv:20240813T110000", ":20240812T070000Z"), [*rest, "2024-08-13T11:00+03:00"]),
        (moved(";TZID=Europe/Kyiv:20240813T110000", ":20240812T100000"), [*rest, "2024-08-13T11:00+03:00"]),
        (moved(";TZID=Europe/Kyiv:20240813T110000", ";VALUE=DATE:20240812"), [*rest, "2024-08-13T11:00+03:00"]),
        (moved(";TZID=Europe/Kyiv:20250813T110000"), rest),  # out of the window
        (moved(";TZID=Europe/Kyiv:20240812T100000", ":20240812T070000Z", "STATUS:CANCELLED"), rest),
        (moved(";TZID=Europe/Kyiv:20240813T110000", ":20240812T010000Z"), [*plain, "2024-08-13T11:00+03:00"]),
    ]
    for override, want in table:
        for parts in ([series, override], [override, series]):
            assert sorted(times(calendar(*parts))) == sorted(want), override
    # into the window: the series is over before it
    early = event(";TZID=Europe/Kyiv:20230805T100000", "RRULE:FREQ=WEEKLY;COUNT=4")
    late = moved(";TZID=Europe/Kyiv:20240813T110000", ";TZID=Europe/Kyiv:20230812T100000")
    assert times(calendar(early, late)) == ["2024-08-13T11:00+03:00"]
    # of two versions of an override the newer one, even if it left the window
    old, new = (moved(f";TZID=Europe/Kyiv:{day}T110000", ":20240812T070000Z", f"SEQUENCE:{rev}")
                for day, rev in (("20240814", 1), ("20260814", 2)))
    assert sorted(times(calendar(series, old, new))) == rest
    # all later ones
    later = event(";TZID=Europe/Kyiv:20240820T120000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20240819T070000Z",
                  "RRULE:FREQ=WEEKLY;COUNT=2")
    assert sorted(times(calendar(series, later))) == [*plain[:2], "2024-08-20T12:00+03:00",
                                                      "2024-08-27T12:00+03:00"]


def a_change_for_all_later_ones_moves_them():
    start = ";TZID=Europe/Kyiv:20240930T100000"
    series = event(start, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE;TZID=Europe/Kyiv:20241028T100000")

    def later(to, of, *more, summary="Later"):
        return event(to, f"RECURRENCE-ID;RANGE=THISANDFUTURE{of}", *more, summary=summary)
    plain = [f"2024-{day}T10:00+0{offset}:00 2024-{day}T11:00+0{offset}:00"
             for day, offset in [("09-30", 3), ("10-07", 3), ("10-14", 3), ("10-21", 3), ("11-04", 2)]]
    assert sorted(times(calendar(series))) == plain
    # by the same shift on the clock, with its length and its texts, over a change of the clock too
    moved = ["2024-10-15T12:30+03:00 2024-10-15T12:45+03:00", "2024-10-22T12:30+03:00 2024-10-22T12:45+03:00",
             "2024-11-05T12:30+02:00 2024-11-05T12:45+02:00"]
    for of in (";TZID=Europe/Kyiv:20241014T100000", ":20241014T070000Z", ";VALUE=DATE:20241014"):
        one = later(";TZID=Europe/Kyiv:20241015T123000", of, "DURATION:PT15M", "LOCATION:Room 2")
        for parts in ([series, one], [one, series]):
            items = records(calendar(*parts))[0]
            assert sorted(f"{i['when']} {i['until']}" for i in items) == plain[:2] + moved, (of, items)
            texts = {(i["headline"], i.get("place")) for i in items if "12:30" in i["when"]}
            assert texts == {("Later", "Room 2")} and len({i["id"] for i in items}) == 5, items
    # the ids are those of the instances
    ids = {i["id"] for i in records(calendar(series))[0]}
    assert {i["id"] for i in records(calendar(series, later(";TZID=Europe/Kyiv:20241015T123000",
                                                            ":20241014T070000Z")))[0]} == ids
    # a later change takes over; a single one stands for itself
    first = later(";TZID=Europe/Kyiv:20241007T110000", ":20241007T070000Z", summary="First")
    second = later(";TZID=Europe/Kyiv:20241021T120000", ":20241021T070000Z", summary="Second")
    single = event(";TZID=Europe/Kyiv:20241014T200000", "RECURRENCE-ID:20241014T070000Z", summary="Single")
    for parts in itertools.permutations([series, first, second, single]):
        items = records(calendar(*parts))[0]
        got = sorted((i["when"][5:16], i["headline"]) for i in items)
        assert got == [("09-30T10:00", "Meeting"), ("10-07T11:00", "First"), ("10-14T20:00", "Single"),
                       ("10-21T12:00", "Second"), ("11-04T12:00", "Second")], got
    # of two versions the newer
    newer = later(";TZID=Europe/Kyiv:20241007T130000", ":20241007T070000Z", "SEQUENCE:1")
    for parts in ([series, first, newer], [newer, series, first]):
        assert sorted(times(calendar(*parts)))[1:] == [f"2024-{day}T13:00+0{o}:00" for day, o in
                                                       [("10-07", 3), ("10-14", 3), ("10-21", 3), ("11-04", 2)]]
    # called off from there on, or to another clock
    for more in (["STATUS:CANCELLED"], ["STATUS:CANCELLED", "SEQUENCE:2"]):
        off = later(start.replace("0930", "1014"), ":20241014T070000Z", *more)
        assert sorted(times(calendar(series, off))) == plain[:2]
        bare = "\n".join(line for line in off.split("\n") if not line.startswith("DTSTART"))
        assert sorted(times(calendar(series, bare))) == plain[:2]
    utc = later(":20241014T090000Z", ":20241014T070000Z")
    assert sorted(times(calendar(series, utc)))[2:] == ["2024-10-14T09:00Z", "2024-10-21T09:00Z", "2024-11-04T10:00Z"]
    day = later(";VALUE=DATE:20241015", ":20241014T070000Z")
    assert sorted(times(calendar(series, day)))[2:] == ["2024-10-15", "2024-10-22", "2024-11-05"]
    # into the window, and out of it
    far = later(";TZID=Europe/Kyiv:20241214T100000", ":20241014T070000Z")
    window = ("--window", "2024-12-01/2024-12-31")
    assert sorted(one[:10] for one in times(calendar(series, far), *window)) == ["2024-12-14", "2024-12-21"]
    back = later(";TZID=Europe/Kyiv:20240814T100000", ":20241014T070000Z")
    assert sorted(one[:10] for one in times(calendar(series, back), "--window", "2024-08-01/2024-08-31")) \
        == ["2024-08-14", "2024-08-21"]
    assert [one[:10] for one in times(calendar(series, back), "--window", "2024-10-14/2024-10-31")] == []
    # it needs its series; and there is room for 32
    assert times(calendar(first)) == ["2024-10-07T11:00+03:00"]
    many = [event(f":2024{m:02d}{d:02d}T120000Z", f"RECURRENCE-ID;RANGE=THISANDFUTURE:2024{m:02d}{d:02d}T100000Z")
            for m in (1, 2) for d in range(1, 21)]
    text = calendar(event(":20240101T100000Z", "RRULE:FREQ=DAILY;COUNT=80"), *many)
    assert "ical-many" in rules_of(text) and len(times(text)) == 80


def series_called_off_take_their_changed_instances_along():
    weekly = "RRULE:FREQ=WEEKLY;COUNT=3"

    def master(*more):
        return event(":20240812T070000Z", weekly, *more)

    def changed(*more):
        return event(":20240820T090000Z", "RECURRENCE-ID:20240819T070000Z", *more, summary="Changed")
    table = [(["SEQUENCE:2"], [], 0), (["SEQUENCE:2"], ["SEQUENCE:1", "STATUS:CONFIRMED"], 0),
             (["SEQUENCE:2"], ["SEQUENCE:2", "LAST-MODIFIED:20240801T000000Z"], 0), (["SEQUENCE:2"], ["SEQUENCE:3"], 1)]
    for off, own, count in table:
        for parts in itertools.permutations([master("STATUS:CANCELLED", *off), changed(*own)]):
            items = records(calendar(*parts))[0]
            assert [i["headline"] for i in items] == ["Changed"] * count, (off, own, items)
    # an instance that was called off takes nothing else along
    assert len(times(calendar(master(), changed("STATUS:CANCELLED")))) == 2
    # a series that is held after all is
    assert len(times(calendar(master("STATUS:CANCELLED"), master("SEQUENCE:1"), changed()))) == 3


def the_method_holds_wherever_it_stands():
    text = calendar(event(":20240812T070000Z"), event(":20240813", uid="b"))
    behind = text.replace("END:VCALENDAR", "METHOD:CANCEL\r\nEND:VCALENDAR")
    assert len(times(text)) == 2 and times(behind) == []
    # of its own calendar alone, and it reaches others by what they have in common
    other = calendar(event(":20240814", uid="c"))
    assert times(behind + other) == ["2024-08-14"] and times(other + behind) == ["2024-08-14"]
    assert times(other + text + behind + other.replace("UID:c", "UID:d")) == ["2024-08-14"] * 2
    assert len(times(behind.replace("METHOD:CANCEL", "METHOD:PUBLISH"))) == 2
    assert times(behind.replace("METHOD:CANCEL", "method:cancel")) == []
    inside = text.replace("END:VEVENT", "METHOD:CANCEL\r\nEND:VEVENT", 1)  # it is no property of an event
    assert len(times(inside)) == 2


# --- what is not for a wall ----------------------------------------------------------------------

BLOCKS = {
    "zoom": r"Ms Bondar is inviting you to a scheduled Zoom meeting.\n\nJoin Zoom Meeting\nhttps://us02web.zoom.us/j/8234411"
            r"?pwd=S3cret\n\nMeeting ID: 823 4411\nPasscode: S3cret\n---\nOne tap mobile\n+16465550100\,\,8234411# US",
    "zoom in another language": r"Приєднатися: https://us02web.zoom.us/j/8234411?pwd=S3cret\nКод: S3cret",
    "teams": r"________________________________________________________________________________\nMicrosoft Teams Need help?\n"
             r"Join the meeting now\nMeeting ID: 823 4411\nPasscode: S3cret",
    "teams as html": r'<div>Besprechung</div><div><a href="https://teams.microsoft.com/l/meetup-join/19%3aS3cret">hier</a></div>'
                     r"<p>Kennung: S3cret",
    "teams, wrapped": r"Join: https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2F"
                      r"meetup-join%2FS3cret\nS3cret",
    "meet": r"-::~:~::~:~:~:~\nJoin with Google Meet: https://meet.google.com/abc-S3cret\nOr dial: +1 646 PIN: 8234411#\n-::~:~::",
    "meet alone": r"https://meet.google.com/abc-S3cret",
    "webex": r"Join from the meeting link\nhttps://desk.webex.com/desk/j.php?MTID=S3cret\nMeeting number: 823 4411\nS3cret",
    "phone": r"Dial-in: +380 44 000\nPIN 8234411#\nS3cret",
    "phone, tapped": r"+16465550100\,\,8234411#\nS3cret",
    "id": r"Meeting ID: 823 4411\nS3cret",
    "id as html": r"<p><b>Meeting&nbsp\;ID</b>: 823 4411</p><p>S3cret",
    "codes": r"Zugang für Presse:\n\nKenncode: S3cret 1\nPasscode: S3cret",
    "Ukrainian": r"Ідентифікатор конференції: 823 4411\nКод доступу: S3cret",
    "French": r"ID de réunion : 823 4411\nCode secret : S3cret",
    "capitals": r"PASSWORD: S3cret",
}


def invitations_are_not_for_a_wall():
    for name, block in BLOCKS.items():
        for before, want in [(r"Second reading of the budget.\nTwo hours.\n\n", "Second reading of the budget. Two hours."),
                             ("Second reading of the budget. ", "Second reading of the budget."), ("", None)]:
            item = records(calendar(event(":20240812", f"DESCRIPTION:{before}{block}")))[0][0]
            told = json.dumps(item, ensure_ascii=False)
            assert "S3cret" not in told and "8234411" not in told and "823 4411" not in told, (name, item)
            if "<" not in block:
                got = item.get("detail")
                assert got == want or name in ("zoom in another language", "codes"), (name, before, got)
    # what leads up to it goes, what only speaks of such things stays
    table = [(r"Agenda:\nBudget\nDial in here:\n\nPIN: 1\nMore", "Agenda: Budget"),
             (r"Banks change PIN rules\nMeeting of ID holders\nPasscode thieves caught", None),
             (r"A password for all\; access codes in Cherbourg", "A password for all; access codes in Cherbourg"),
             (r"Zoom and Microsoft Teams report\nJoin the march at noon", "Zoom and Microsoft Teams report Join the march at noon"),
             (r"Spinning 12 wheels\nsupin: 3", "Spinning 12 wheels supin: 3"),
             (r"Budget\n____\nNext", "Budget ____ Next"),
             (r"Register at https://zoom.us/webinar/register/1 today", "Register at today")]
    for text, want in table:
        item = records(calendar(event(":20240812", f"DESCRIPTION:{text}")))[0][0]
        assert item.get("detail") == (want or text.replace(r"\n", " ")), (text, item)
    places = [(r"Room 4\; PIN 8234411", "Room 4;"), ("Microsoft Teams Meeting", None), ("Meeting ID: 8234411", None),
              ("https://zoom.us/j/8234411", None), ("Press room", "Press room")]
    for text, want in places:
        item = records(calendar(event(":20240812", f"LOCATION:{text}")))[0][0]
        assert item.get("place") == want, (text, item)
    heads = [("Budget call, PIN: 8234411", "Budget call"), ("Call https://zoom.us/j/8234411?pwd=1 on budget", "Call"),
             ("Banks change PIN rules", "Banks change PIN rules"), ("See https://example.org/a today", "See today"),
             ("https://example.org/a", "https://example.org/a")]
    for text, want in heads:
        item = records(calendar(event(":20240812", summary=text)))[0][0]
        assert item["headline"] == want, (text, item)


def addresses_that_open_a_meeting_are_none():
    joins = ["https://us02web.zoom.us/j/8234411?pwd=x", "https://zoom.us/my/desk", "https://meet.google.com/abc-defg",
             "https://teams.microsoft.com/l/meetup-join/19%3ameeting", "https://TEAMS.microsoft.com/meet/1?p=x",
             "https://desk.webex.com/meet/desk", "https://teams.live.com/meet/1",
             "https://example.org/?url=https%3A%2F%2Fzoom.us%2Fj%2F1", "https://example.org/live?passcode=1"]
    others = ["https://example.org/a?b=1", "https://zoom.us/webinar/register/x", "https://www.example.org/meet.google",
              "https://notzoom.us/j/1", "https://example.org/teams.microsoft.com"]
    for url in joins + others:
        item = records(calendar(event(":20240812", f"URL:{url}")))[0][0]
        assert item.get("url") == (url if url in others else None), (url, item)


def what_is_tentative_is_dated_so():
    table = [(":20240812T070000Z", "DTEND:20240812T080000Z", "2024-08-12T07:00Z? 2024-08-12T08:00Z"),
             (";TZID=Europe/Kyiv:20240812T100000", "X-A:1", "2024-08-12T10:00+03:00?"),
             (";VALUE=DATE:20240812", "DTEND;VALUE=DATE:20240814", "2024-08-12? 2024-08-13")]
    for start, end, want in table:
        item = records(calendar(event(start, end, "STATUS:TENTATIVE")))[0][0]
        assert item["status"] == "planned" and times(calendar(event(start, end, "STATUS:TENTATIVE"))) == [want]
        for status in ("CONFIRMED", "NEEDS-ACTION", "X"):
            assert times(calendar(event(start, end, f"STATUS:{status}"))) == [want.replace("?", "")]
    series = event(":20240812T070000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "STATUS:TENTATIVE")
    firm = event(":20240819T070000Z", "RECURRENCE-ID:20240819T070000Z", "STATUS:CONFIRMED")
    assert sorted(times(calendar(series, firm))) == ["2024-08-12T07:00Z?", "2024-08-19T07:00Z", "2024-08-26T07:00Z?"]


# --- versions ------------------------------------------------------------------------------------

def versions_and_cancellations():
    def version(rev, *more, start=":20240812T070000Z"):
        return event(start, f"SEQUENCE:{rev}", *more, summary=f"Version {rev}")
    for parts in itertools.permutations([version(1), version(2), version(0)]):
        items = records(calendar(*parts))[0]
        assert max(items, key=lambda item: item.get("rev", 0))["headline"] == "Version 2"
    stamps = [event(":20240812T070000Z", "SEQUENCE:3", f"LAST-MODIFIED:2024{m:02d}01T000000Z",
                    summary=str(m)) for m in (5, 7, 6)]
    items = records(calendar(*stamps))[0]
    assert max(items, key=lambda item: item["rev"])["headline"] == "7"
    assert records(calendar(version(1), version(2, "STATUS:CANCELLED")))[0] == []
    assert records(calendar(version(2, "STATUS:CANCELLED"), version(1)))[0] == []
    assert len(records(calendar(version(3), version(2, "STATUS:CANCELLED")))[0]) == 1
    weekly = "RRULE:FREQ=WEEKLY;COUNT=3"
    assert records(calendar(version(1, weekly), version(2, weekly, "STATUS:CANCELLED")))[0] == []
    assert records(calendar(version(1, weekly), version(2, "STATUS:CANCELLED")))[0] == []
    assert records(calendar(version(1), head=("METHOD:CANCEL",)))[0] == []
    # a series that moved to another day leaves nothing behind
    got = times(calendar(version(1, weekly), version(2, weekly, start=":20240813T070000Z")))
    assert got == ["2024-08-13T07:00Z", "2024-08-20T07:00Z", "2024-08-27T07:00Z"], got


def cancellations_reach_other_inputs(tmp):
    first, second = Path(tmp) / "a.ics", Path(tmp) / "b.ics"
    weekly = "RRULE:FREQ=WEEKLY;COUNT=3"
    first.write_text(calendar(event(":20240812T070000Z", weekly), event(":20240812", uid="other")))
    second.write_text(calendar(event(":20240812T070000Z", weekly, "SEQUENCE:1", "STATUS:CANCELLED")))
    for order in ([first, second], [second, first]):
        done = run("convert", *order, "-o", "-", "--to", "ndjson", *YEAR)
        assert done.stdout.count(b'"when"') == 1, done.stdout


def private_events_are_left_out_and_counted():
    for word in ("PRIVATE", "CONFIDENTIAL", "private"):
        text = calendar(event(":20240812", f"CLASS:{word}", summary="Secret"), event(":20240813", uid="b"))
        done = run("convert", "-", "-o", "-", "--to", "ndjson", *YEAR, stdin=text)
        assert b"Secret" not in done.stdout + done.stderr and b"private events, left out: 1" in done.stderr
        assert done.stdout.count(b'"when"') == 1


def bounds_are_kept_and_told():
    for rule, many in [("FREQ=SECONDLY", True), ("FREQ=SECONDLY;COUNT=999999999", True), ("FREQ=DAILY", False),
                       ("FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", False)]:
        text = calendar(event(":20240101T000000Z", f"RRULE:{rule}"))
        done = run("convert", "-", "-o", "-", "--to", "ndjson", *YEAR, stdin=text, limit=10)
        count = done.stdout.count(b'"when"')
        assert count <= 1000 and (b"more than 1000" in done.stderr) == many, (rule, count, done.stderr)
    dates = ",".join(f"2024{m:02d}{d:02d}T{h:02d}0000Z" for m in range(1, 13) for d in range(1, 29)
                     for h in range(24))
    lines = [f"RDATE:{dates[k:k + 17000]}" for k in range(0, len(dates), 17000)]
    lines = [line.rstrip(",").replace(":,", ":") for line in lines]
    done = run("convert", "-", "-o", "-", "--to", "ndjson", *YEAR,
               stdin=calendar(event(":20240101T000000Z", *lines)), limit=20)
    assert done.stdout.count(b'"when"') == 1000


def series_agree_with_dateutil():
    try:
        from dateutil.rrule import rruleset, rrulestr
    except ImportError:
        print("skipped: series against dateutil: python3-dateutil is not installed")
        return
    dice = random.Random(7)
    zones = ["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
    compared = instances = 0
    for _ in range(SEEDS * 25):
        rule, start = random_rule(dice), datetime.datetime(2019, 1, 1) + datetime.timedelta(
            days=dice.randrange(1500), minutes=dice.randrange(1440))
        name = dice.choice(zones)
        zone = zoneinfo.ZoneInfo(name)
        plain = rrulestr(rule, dtstart=start)
        first = next(iter(plain), None)
        if first != start and "COUNT" in rule:
            continue  # what COUNT counts is not told then
        begin = datetime.datetime(2023, 1, 1, tzinfo=datetime.timezone.utc)
        end = begin + datetime.timedelta(days=365)
        whole = rruleset()
        whole.rrule(plain)
        whole.rdate(start)
        local = whole.between(datetime.datetime(2022, 12, 29), datetime.datetime(2024, 1, 4))
        for skip in dice.sample(local, min(len(local), dice.randrange(3))):
            whole.exdate(skip)
        want = sorted({at for at in (utc_of(one, zone) for one in local if one not in whole._exdate)
                       if begin <= at < end})
        exdates = [f"EXDATE;TZID={name}:{at:%Y%m%dT%H%M%S}" for at in whole._exdate]
        text = calendar(event(f";TZID={name}:{start:%Y%m%dT%H%M%S}", f"RRULE:{rule}", *exdates))
        if len(want) > 1000:
            continue
        got = sorted({datetime.datetime.fromisoformat(one.replace("Z", "+00:00")).astimezone(
            datetime.timezone.utc) for one in times(text, "--window", "2023-01-01/2023-12-31")})
        assert got == want, (start, name, rule, exdates, len(got), len(want), sorted(set(got) ^ set(want))[:4])
        compared, instances = compared + 1, instances + len(want)
    print(f"{compared} series, {instances} instances: as dateutil has them")
    assert compared > SEEDS * 8


def utc_of(local, zone):
    """RFC 5545, 3.3.5: the first of two, and by the offset before where there is none."""
    return local.replace(tzinfo=zone, fold=0).astimezone(datetime.timezone.utc)


def random_rule(dice):
    def some(low, high, negative=False):
        return ",".join(str(v * (-1 if negative and dice.random() < 0.3 else 1)) for v in
                        sorted(dice.sample(range(low, high + 1), dice.randrange(1, 4))))
    freq = dice.choice(["HOURLY", "DAILY", "DAILY", "WEEKLY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
    parts, limit = [f"FREQ={freq}"], False
    if dice.random() < 0.5:
        parts.append(f"INTERVAL={dice.randrange(1, 5)}")
    if dice.random() < 0.25:
        parts.append("BYMONTH=" + some(1, 12))
    if freq == "YEARLY" and dice.random() < 0.3:
        parts.append(dice.choice(["BYYEARDAY=" + some(1, 366, True),
                                  "BYDAY=" + dice.choice(["MO", "SU,TU"]) + ";BYWEEKNO=" + some(1, 53, True)]))
        limit = True
    elif dice.random() < 0.5:
        numbers = freq in ("MONTHLY", "YEARLY") and dice.random() < 0.6
        days = dice.sample(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], dice.randrange(1, 4))
        parts.append("BYDAY=" + ",".join(
            (str(dice.choice([1, 2, 3, 4, -1, -2])) if numbers else "") + day for day in days))
        limit = True
    elif freq != "WEEKLY" and dice.random() < 0.5:
        parts.append("BYMONTHDAY=" + some(1, 31, True))
        limit = True
    if freq != "HOURLY" and dice.random() < 0.2:
        parts.append("BYHOUR=" + some(0, 23))
    if dice.random() < 0.2:
        parts.append("BYMINUTE=" + some(0, 59))
    if limit and freq in ("WEEKLY", "MONTHLY", "YEARLY") and dice.random() < 0.3:
        parts.append("BYSETPOS=" + some(1, 3, True))
    if dice.random() < 0.3:
        parts.append(f"WKST={dice.choice(['SU', 'MO', 'TH'])}")
    if dice.random() < 0.3:
        parts.append(f"COUNT={dice.randrange(1, 200)}")
    elif dice.random() < 0.3:
        parts.append("UNTIL=20231001T000000")
    return ";".join(parts)


# --- lines and broken files ----------------------------------------------------------------------

def lines_are_unfolded():
    text = calendar(event(":20240812", summary="A long line that was folded"))
    want = "A long line that was folded"
    for end in ("\r\n", "\n", "\r", "\n\n"):
        for fold in (" ", "\t"):
            folded = text.replace("long line", f"lo\r\n{fold}ng l\r\n{fold}ine").replace("\r\n", end)
            assert records(folded)[0][0]["headline"] == want, (end, fold)
    word = "Київ".encode()
    torn = calendar(event(":20240812", summary="#")).encode().replace(b"#", word[:3] + b"\r\n " + word[3:])
    assert records(torn)[0][0]["headline"] == "Київ"
    assert records(b"\xef\xbb\xbf" + text.encode())[0][0]["headline"] == want
    assert records(text.encode("utf-16"))[0][0]["headline"] == want
    assert records(text.lower().replace("a long", "A long"))[0][0]["headline"] == want
    item = records(calendar(event(":20240812", "DESCRIPTION:" + "word " * 40000)))[0][0]
    assert item["detail"].startswith("word word") and len(item["detail"]) < 900


def other_inputs_are_not_taken():
    for text in ("when,headline\n2024,BEGIN:VCALENDAR\n", '{"when":"2024","headline":"BEGIN:VCALENDAR"}\n'):
        assert records(text)[0][0]["headline"] == "BEGIN:VCALENDAR"
    with tempfile.TemporaryDirectory() as tmp:
        path = Path(tmp) / "a.csv"
        path.write_text(calendar(event(":20240812")))
        assert run("convert", path, "-o", "-", "--to", "ndjson", *YEAR).stdout.count(b'"when"') == 1


def broken_parts_cost_only_themselves():
    good = event(":20240813", uid="good", summary="Good")
    table = [  # lines of an event, the rule that says so, is the event used?
        ("X", "ical-line", True), ("RRULE:FREQ=NEVER", "ical-rule", True), ("RRULE:", "ical-rule", True),
        ("EXDATE:never", "ical-value", True), ("DURATION:long", "ical-value", True),
        ("RDATE;VALUE=PERIOD:20240101T000000Z/x", "ical-value", True),
        ("DTEND:20240840", "ical-zone", True), ("RRULE:RSCALE=CHINESE;FREQ=YEARLY", "ical-rule", True),
        ("DTSTART:20240814", "ical-twice", True),
    ]
    for line, rule, used in table:
        text = calendar(event(":20240812", line, summary="Tested"), good)
        found = [p for p in problems(text) if p["rule"] == rule]
        heads = [item["headline"] for item in records(text)[0]]
        assert len(found) == 1 and found[0]["line"] == 8 and found[0].get("hint"), (line, problems(text))
        assert ("Tested" in heads) == used and "Good" in heads, (line, heads)
    for text, rule in [
            (calendar(good).replace("END:VEVENT\r\n", ""), "ical-open"),
            (calendar(event(":20240812"), good).replace("END:VEVENT\r\n", "", 1), "ical-open"),
            (calendar("UID:1\nSUMMARY:No start"), "ical-start"), (calendar("DTSTART:20240812"), "headline")]:
        found = problems(text)
        assert found and (found[0]["rule"] == rule or rule in found[0]["rule"]), (rule, found)
    text = calendar(event(":20240812"), good).replace("END:VEVENT\r\n", "", 1)
    assert [item["headline"] for item in records(text)[0]] == ["Good"]


def noise_never_breaks_it():
    source = calendar(("VTIMEZONE", ZONE), FULL, event(";TZID=Desk:20240812T100000", "RRULE:FREQ=DAILY;COUNT=3",
                                                       "EXDATE;TZID=Desk:20240813T100000", uid="c"),
                      event(";TZID=Desk:20240813T100000", "RECURRENCE-ID;TZID=Desk:20240814T100000", uid="c"),
                      ("VTODO", "UID:t\nSUMMARY:T\nDUE:20240812")).encode()
    for cut in range(0, len(source), 1 if SEEDS > 50 else 37):
        run("convert", "-", "-o", "-", "--to", "ndjson", "--from", "ical", *YEAR, stdin=source[:cut])
    words = [b":", b";", b"\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"\x00", b"\xff", b"99999999999",
             b"-1", b"BEGIN:VTIMEZONE\r\n", b"RRULE:FREQ=SECONDLY\r\n", b'"', b"FREQ=", b"TZID=", b" "]
    for seed in range(SEEDS * 12):
        dice = random.Random(seed)
        data = bytearray(source)
        for _ in range(dice.randrange(1, 12)):
            at = dice.randrange(len(data))
            data[at:at + dice.choice([0, 1, 5, 40])] = dice.choice(words)
        run("check", "-", "--json", "--from", "ical", *YEAR, stdin=bytes(data), limit=20)


# --- real files ----------------------------------------------------------------------------------

# Files without a record: the first rule that says why.
REFUSED = {
    "broken_ical": "no-zone", "bom_calendar": "ical-empty", "empty_RDATE": "ical-empty",
}


def real_files_are_read_or_refused_with_a_reason():
    files = sorted(DATA.glob("*.ics"))
    if not files:
        print("skipped: real files: they are not there")
        return
    read = refused = count = events = 0
    reasons = {}
    for path in files:
        told = json.loads(run("check", path, "--json", "--window", "1990-01-01/2040-01-01", limit=20).stdout)
        text = path.read_bytes().upper()
        events += text.count(b"BEGIN:VEVENT")
        count += told["records"]
        titled = b"X-WR-CALNAME" in text or b"\nNAME" in text
        rules = [p["rule"] for p in told["problems"] if p["severity"] == "error"]
        assert told["records"] > 0 or rules or titled, (path.name, told)
        for p in told["problems"]:
            ours = p["rule"].startswith("ical")
            assert p["rule"] and p["message"] and (not ours or p.get("expected")), (path.name, p)
        read, refused = read + (told["records"] > 0), refused + (told["records"] == 0)
        if told["records"] == 0:
            first = rules[0] if rules else "an empty story with a title"
            reasons[first] = reasons.get(first, 0) + 1
        if path.stem in REFUSED:
            assert rules and rules[0] == REFUSED[path.stem], (path.name, rules)
    print(f"{len(files)} real files with {events} events: {read} read, {refused} without a record; "
          f"{count} records")
    print("first reasons: " + ", ".join(f"{rule} {n}" for rule, n in sorted(reasons.items())))
    assert len(files) < 79 or (read, count) == (32, 1943), (read, count)


EXPECTED = {  # file: first record's when, until, headline; None: not there
    "alarm_etar_future": ("2024-10-05T13:00+01:00", "2024-10-05T14:00+01:00", "event with alarms android"),
    "america_new_york_forward_reference": ("2014-08-29T08:00-04:00", None, "an event with a custom tz name"),
    "issue_104_broken_calendar": ("2014-04-01T00:00Z", "2014-04-01T01:00Z", "Broken Eevnt"),
    "issue_127_categories_with_commas": ("2014-02-04T14:00Z", None,
                                         "Test Event with Categories Containing Commas"),
    "issue_218_bad_tzid": ("2017-02-28T23:00+11:00", "2017-02-28T23:30+11:00", "TEST" "IN"),
    "issue_321_assert_dst_offset_is_not_false": ("2020-04-03T10:20+02:00", "2020-04-03T11:30+02:00",
                                                 "Reifenwechsel"),
    "issue_355_url_escaping_2": ("2022-08-22T12:00+02:00", None, "test"),
    "multiple_calendar_components": ("2003-12-25", None, "Christmas Day"),
    "rfc_7529": ("2013-02-10", None, "Chinese New Year"),
    "timezone_same_start_and_offset": ("2017-02-24T12:00+09:00", "2017-02-24T12:30+09:00", "this is an event"),
}


def real_files_say_what_is_expected():
    for stem, (when, until, headline) in EXPECTED.items():
        path = DATA / f"{stem}.ics"
        if path.is_file():
            done = run("convert", path, "-o", "-", "--to", "ndjson", "--window", "1990-01-01/2040-01-01")
            items = [json.loads(line) for line in done.stdout.decode().splitlines()]
            item = next(item for item in items if "when" in item)
            assert (item["when"], item.get("until"), item["headline"]) == (when, until, headline), (stem, item)


def main():
    wanted, names = sys.argv[3:], dict(globals())
    passed = failed = 0
    for name, test in names.items():
        if not callable(test) or getattr(test, "__module__", None) != "__main__" or name in HELPERS \
                or (wanted and not any(part in name for part in wanted)):
            continue
        try:
            with tempfile.TemporaryDirectory() as tmp:
                test(*([tmp] if test.__code__.co_argcount else []))
            passed += 1
        except Exception as error:  # a failed test is told, and the next one runs
            failed += 1
            at = error.__traceback__
            while at.tb_next and at.tb_next.tb_frame.f_code.co_filename == __file__:
                at = at.tb_next
            print(f"{__file__}:{at.tb_lineno}: {name}: {str(error)[:1200] or type(error).__name__}")
    print(f"{passed} passed, {failed} failed")
    return failed != 0


HELPERS = {"run", "calendar", "event", "records", "times", "problems", "rules_of", "utc_of", "random_rule", "main",
           "Path"}

if __name__ == "__main__":
    if subprocess.run([INKLINE, "formats"], capture_output=True).stdout.find(b"\nical: ") < 0:
        print("skipped: built without libical")
        sys.exit(77)
    sys.exit(main())
