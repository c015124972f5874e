#!/usr/bin/env python3
"""iCalendar from outside: what becomes of fields, zones, invitations, and broken files.

usage: test_import_ical.py INKLINE [NAME...]

Real files are read from the shared data if those are there; else that part says that it was skipped.
"""
import datetime
import json
import random
import sys
import tempfile
import time
import zoneinfo
from pathlib import Path

from ical_calendar import (ALWAYS, DATA_ERROR, OK, SANITIZED, SEEDS, YEAR, ZONE, calendar, event, main, problems,
                           records, rules_of, run, times)

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "open" / "ical"


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
    assert item["place"] == "Київ; зал 2" and item["lane"] == "Уряд, штаб"
    assert item["source"] == "Прес-служба" and item["weight"] == 8 and item["status"] == "planned"
    assert item["url"] == "https://example.org/a?b=1" and "kind" not in item
    assert story["title"] == "Desk" and story["zone"] == "Europe/Kyiv"
    for word in ("Питання", "internal", "Someone", "someone", "file.pdf", "wake", "secret"):
        assert word not in json.dumps(item, ensure_ascii=False), word


def fields_that_miss_are_filled_or_left():
    table = [
        ("ORGANIZER:mailto:press@example.org", "source", "Desk"),
        ("ORGANIZER;CN=press@example.org:mailto:press@example.org", "source", "Desk"),
        ("ORGANIZER;CN=\"'press@example.org'\":mailto:press@example.org", "source", "Desk"),
        ("ORGANIZER;CN=Press (press@example.org):mailto:press@example.org", "source", "Desk"),
        ("ORGANIZER;CN=@press:mailto:press@example.org", "source", "@press"),
        ("ORGANIZER:https://example.org/me", "source", "Desk"),
        ("CLASS:PUBLIC", "source", "Desk"),
        ("PRIORITY:0", "weight", None), ("PRIORITY:9", "weight", 1), ("PRIORITY:x", "weight", None),
        ("URL:message:abc", "url", None), ("LOCATION:https://meet.example.org/1", "place", None),
        ("STATUS:TENTATIVE", "status", "planned"), ("CATEGORIES:", "lane", None),
    ]
    for line, field, value in table:
        item = records(calendar(event(":20240812T140500Z", line), head=("X-WR-CALNAME:Desk",)))[0][0]
        assert item.get(field) == value, (line, item)
    mail = ("X-WR-CALNAME:someone@example.org",)
    items, story, _ = records(calendar(event(":20240812T140500Z", "ORGANIZER:mailto:a@b.c"), head=mail))
    assert "source" not in items[0] and "title" not in story, (items, story)


def notes_for_those_who_go_are_never_shown():
    notes = ["DESCRIPTION:Boss wants two angles\\, do NOT tell AFP", "DESCRIPTION;LANGUAGE=de:Door code 4411B",
             "description:Off the record", "X-ALT-DESC;FMTTYPE=text/html:<p>Off</p>", "COMMENT:Off"]
    for name, start in (("VEVENT", "DTSTART"), ("VTODO", "DUE")):
        for note in notes:
            items, _, err = records(calendar((name, f"UID:1\n{start}:20240812T100000Z\nSUMMARY:Vote\n{note}")))
            assert [(i["headline"], i.get("detail")) for i in items] == [("Vote", None)] and err == "", (note, items)
            items = records(calendar((name, f"UID:1\n{start}:20240812T100000Z\n{note}")))[0]
            assert items == [], (note, items)  # nor is it a headline


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
    assert times(text) == [] and "no-zone" in rules_of(text)
    assert times(text, *YEAR, "--zone", "Asia/Tokyo") == ["2024-08-12T10:00"]
    own = calendar(event(":20240812T100000"), head=("X-WR-TIMEZONE:Europe/Kyiv",))
    assert times(own) == ["2024-08-12T10:00+03:00"]
    # the only VTIMEZONE is the story's zone, and so theirs
    text = calendar(("VTIMEZONE", ZONE.replace("Desk", "Europe/Berlin")), event(":20240812T100000"),
                    event(";TZID=Europe/Berlin:20240812T100000", uid="b"))
    items, story, _ = records(text)
    assert [i["when"] for i in items] == ["2024-08-12T10:00", "2024-08-12T10:00+02:00"]
    assert story["zone"] == "Europe/Berlin"
    # a series is refused once
    text = calendar(event(":20240812T100000", "RRULE:FREQ=DAILY"))
    assert rules_of(text).count("no-zone") == 1
    bad = calendar(event(":20240812T100000"), head=("X-WR-TIMEZONE:Europe/Nowhere",))
    assert {"ical-zone", "no-zone"} <= set(rules_of(bad))


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


# --- what is not for a wall ----------------------------------------------------------------------

# A summary or place, and what is left of it.
LETS_IN = [
    # links
    ("Call https://zoom.us/j/8234411?pwd=S3cret on budget", "Call"),
    (r"Presser\, join at teams.live.com/meet/9312?p=S3cret", "Presser"),
    (r"SD-419\; https://senate.zoom.us/j/98?pwd=S3cret", "SD-419"), (r"SD-419\;https://senate.zoom.us/j/98", "SD-419"),
    ("Vote https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fteams.microsoft.com%2Fl%2Fmeetup-join%2F1", "Vote"),
    (r"Vote <https://meet.google.com/abc-S3cret>", "Vote"), (r"Vote\nmeet.google.com/abc-S3cret\nS3cret", "Vote"),
    # numbers
    (r"Lobby briefing (dial 0330 088 5830\, PIN 4471#)", "Lobby briefing"), ("Vote (030) 1234 56789", "Vote"),
    ("Call with source (Signal +49 151 2345678)", "Call with source"), ("Vote: 812 3456 7890", "Vote"),
    ("Vote - tel. 01.23.45.67.89 today", "Vote"), ("Vote 8123456789", "Vote"), ("Vote +442034815237", "Vote"),
    ("Vote +1999 1234", "Vote"), ("Vote +380 44\u00a0000\u20111", "Vote"), ("Vote 812\u2011345\u2011678", "Vote"),
    ("Vote, 030/12345678", "Vote"), ("Vote, 020 2045 1234", "Vote"), ("Vote \u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669", "Vote"),
    ("Who is next? +44 20 3481 5237", "Who is next?"), ("Vote (of two) bei +49 151 2345678", "Vote (of two)"),
    ("Vote, тел. 044 123 45 67", "Vote"), ("Vote in Kyiv (room 4, dial +380 44 123 45)", "Vote in Kyiv"),
    # codes
    ("Budget call, PIN: 8234411", "Budget call"), ("Vote, passcode S3cret", "Vote"), (r"Vote\; PASSWORD = S3cret", "Vote"),
    ("Vote Meeting-ID: 8234411", "Vote"), ("Vote code 812345#", "Vote"), ("Vote код 5tg7Hq", "Vote"),
    ("Vote, Kenncode: S3cret", "Vote"), ("Vote, Id. de réunion : 823 4411", "Vote"), ("Vote, Code d’accès : S3cret", "Vote"),
    ("Vote, Ідентифікатор конференції: 823 4411", "Vote"), ("Vote, ПІН-код 8234", "Vote"), ("Vote, Hasło: S3cret", "Vote"),
    (r"Webex: NATO pre-brief\, access code 2345 678", "Webex: NATO pre-brief"), ("Vote, WACHTWOORD: S3cret", "Vote"),
]

# What only looks like it.
STAYS = ["Banks change PIN rules", "Codes of 2024", "Dress code: black tie", "Penal code 127", "Civil code 2024",
         "ID cards for 2025", "A password for all", "31.03.2025 10.00-11.30 Uhr", "2025-03-31 10:00 to 2025-03-31 11:30",
         "From 1914-1918 to 1939-1945", "1914-1918 1939-1945", "+12 000 jobs", "Schiffbauerdamm 40, 10117 Berlin",
         "Disney+ 2024", "10000 runners, 42 195 metres", "EF2000 and A320", "Join the march at noon", "Spinning 12 wheels"]


def what_lets_into_a_meeting_ends_a_text():
    for text, want in LETS_IN:
        item = records(calendar(event(":20240812", summary=text)))[0][0]
        assert item["headline"] == want, (text, item)
        item = records(calendar(event(":20240812", f"LOCATION:{text}")))[0][0]
        assert item.get("place") in (want, None) and ("place" in item or "Webex" in text), (text, item)
    for text in STAYS:
        escaped = text.replace(",", "\\,")
        item = records(calendar(event(":20240812", f"LOCATION:{escaped}", summary=escaped)))[0][0]
        assert item["headline"] == item["place"] == text, (text, item)
    heads = [("See https://example.org/a today", "See today"), ("https://example.org/a", "https://example.org/a"),
             ("Zoom and Microsoft Teams report", "Zoom and Microsoft Teams report")]
    for text, want in heads:
        assert records(calendar(event(":20240812", summary=text)))[0][0]["headline"] == want, text


def programs_for_meetings_are_no_places():
    nowhere = ["Microsoft Teams Meeting", "Réunion Microsoft Teams", "Reunión de Microsoft Teams", "Teams-Besprechung",
               "Microsoft Teams-Besprechung", "Зустріч у Microsoft Teams", "Zoom", "ZOOM", "Google Meet", "Webex", "Online",
               "online (Zoom)", "Signal", "Zoom: 812 3456 7890 код 5tg7Hq", "+44 20 3481 5237 code 812345#", "Meeting ID: 8234411",
               "https://zoom.us/j/8234411", "Join Zoom Meeting\\nhttps://zoom.us/j/1", "https://meet.example.org/1"]
    for text in nowhere:
        item = records(calendar(event(":20240812", f"LOCATION:{text}")))[0][0]
        assert "place" not in item, (text, item)
    places = [(r"Room 3\, Webex meeting number 2345 678 9012 password Nato25", "Room 3"), ("Room 4 / Zoom", "Room 4"),
              ("Room 4 - Microsoft Teams", "Room 4"), ("Room 4 – Teams", "Room 4"), ("Room 4 (online)", "Room 4"),
              (r"Room 4\nZoom", "Room 4"), ("Press room", "Press room"), ("Zoomland", "Zoomland"),
              ("Onlinestraße 4", "Onlinestraße 4"), ("Steam-Zoo", "Steam-Zoo")]
    for text, want in places:
        item = records(calendar(event(":20240812", f"LOCATION:{text}")))[0][0]
        assert item.get("place") == want, (text, item)


def a_summary_that_says_nothing_is_left_out_and_counted():
    for text in ["Busy", "BUSY", " Free ", "Tentative", "Out of Office", "Away", "Beschäftigt", "Frei", "Mit Vorbehalt", "Abwesend",
                 "Occupé", "Absent(e)", "Provisoire", "Ocupado", "Fuera de la oficina", "Occupato", "Fuori sede",
                 "Zoom: 812 3456 7890", "https://zoom.us/j/8234411?pwd=1", "PIN: 8234411"]:
        told = calendar(event(":20240812", summary=text), event(":20240813", uid="b", summary="Busy streets"))
        items, _, err = records(told)
        assert [i["headline"] for i in items] == ["Busy streets"], (text, items)
        assert "private events, left out: 1" in err and "refused" not in err, (text, err)
    # the one instance alone, and what it was before
    series = event(":20240812T070000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    one = event(":20240819T070000Z", "RECURRENCE-ID:20240819T070000Z", "SEQUENCE:1", summary="Busy")
    assert times(calendar(series, one)) == ["2024-08-12T07:00Z", "2024-08-26T07:00Z"]
    onward = event(":20240819T080000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:20240819T070000Z", "SEQUENCE:1", summary="Busy")
    assert times(calendar(series, onward)) == ["2024-08-12T07:00Z"] and "headline" not in rules_of(calendar(series, onward))


def exchange_cancels_by_the_summary():
    words = ["Canceled:", "Cancelled:", "CANCELED:", "Abgesagt:", "Annulé:", "Annulé :", "Annulé\u00a0:", "Annulé\u202f:",
             "Cancelado:", "Annullato:", "Geannuleerd:", "Odwołane:", "Скасовано:", "Отменено:"]
    series = event(":20240812T070000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    for word in words:
        for status in ("STATUS:CONFIRMED", "STATUS:TENTATIVE", "X-A:1"):
            one = event(":20240819T070000Z", "RECURRENCE-ID:20240819T070000Z", "SEQUENCE:1", status, summary=f"{word} Meeting")
            for parts in ([series, one], [one, series]):
                assert times(calendar(*parts)) == ["2024-08-12T07:00Z", "2024-08-26T07:00Z"], (word, status)
        whole = event(":20240812T070000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "SEQUENCE:1", summary=f"{word} Meeting")
        assert times(calendar(series, whole)) == [], word
        assert times(calendar(event(":20240812", summary=f"{word} x"))) == [], word
        assert times(calendar(("VTODO", f"UID:1\nDUE:20240812\nSUMMARY:{word} x"))) == [], word
    for text in ("Canceled flights: 40", "Cancelled", "Annulé", "Annulé par: X", "Not canceled: X", "Canceled; X"):
        assert times(calendar(event(":20240812", summary=text.replace(";", "\\;")))) == ["2024-08-12"], text


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


def private_events_are_left_out_and_counted():
    for word in ("PRIVATE", "CONFIDENTIAL", "private"):
        text = calendar(event(":20240812", f"CLASS:{word}", summary="Secret"), event(":20240813", uid="b"))
        done = run("convert", "-", "-o", "-", "--to", "ndjson", *YEAR, stdin=text)
        assert b"Secret" not in done.stdout + done.stderr and b"private events, left out: 1" in done.stderr
        assert done.stdout.count(b'"when"') == 1


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
    assert records(torn)[0][0]["headline"] == "Київ" and "encoding" not in rules_of(torn)
    broken = calendar(event(":20240812", summary="Caf#")).encode().replace(b"#", b"\xe9")
    assert records(broken)[0][0]["headline"] == "Caf\ufffd" and rules_of(broken).count("encoding") == 1
    assert records(b"\xef\xbb\xbf" + text.encode())[0][0]["headline"] == want
    assert records(text.encode("utf-16"))[0][0]["headline"] == want
    assert records(text.lower().replace("a long", "A long"))[0][0]["headline"] == want
    item = records(calendar(event(":20240812", summary="word " * 40000)))[0][0]
    assert item["headline"].startswith("word word") and len(item["headline"]) < 900
    # what begins like something that lets in, again and again, takes no longer for that
    for part in ("join at (zoom ", "2024 ", "10.10 ", "pin no ", "meeting ", "zoom.us/"):
        began = time.monotonic()
        records(calendar(event(":20240812", summary=part * (60000 // len(part)))))
        assert time.monotonic() - began < (10 if SANITIZED else 1), part


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
    assert len(files) < 79 or (read, count) == (32, 1961), (read, count)


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


HELPERS = set()

if __name__ == "__main__":
    sys.exit(main())
