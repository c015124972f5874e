#!/usr/bin/env python3
"""iCalendar from outside: which entries are shown, recurrences, versions and cancellations.

usage: test_import_ical_series.py INKLINE [NAME...]

Recurrences are compared with python3-dateutil if that is installed; else that part says that it was
skipped.
"""
import datetime
import itertools
import random
import sys
import zoneinfo
from pathlib import Path

from ical_calendar import (DATA_ERROR, OK, SEEDS, YEAR, ZONE, calendar, event, main, problems, records, rules_of, run,
                           times)

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


HELPERS = {"utc_of", "random_rule"}

if __name__ == "__main__":
    sys.exit(main())
