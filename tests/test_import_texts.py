#!/usr/bin/env python3
"""markwhen and JSON-LD from outside: tables, an independent calendar, and hostile bytes.

usage: test_import_texts.py INKLINE [NAME...]      (NAME: only tests whose name contains it)

No real data of these formats is in the collection of open data; all inputs are this test's own.
"""
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import zoneinfo
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INKLINE = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "build/host/inkline"
OK, DATA = 0, 65
ROUNDS = int(os.environ.get("SEEDS", "10"))


def run(*arguments, stdin=b"", code=None):
    stdin = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([INKLINE, *map(str, arguments)], input=stdin, capture_output=True,
                          timeout=120)
    error = done.stderr.decode("utf-8", "replace")
    assert done.returncode >= 0 and "Sanitizer" not in error, f"killed: {arguments}\n{error}"
    if code is not None:
        assert done.returncode == code, f"exit {done.returncode}: {arguments}\n{error}"
    return done.stdout.decode("utf-8", "replace"), error, done.returncode


def records(text, *options, source="markwhen", code=OK):
    """Records and story of an input."""
    options = (*options, "--from", source) if source else options
    out, error, _ = run("convert", "-", "-o", "-", "--to", "ndjson", *options, stdin=text, code=code)
    items = [json.loads(line) for line in out.splitlines()]
    story = items.pop(0)["story"] if items and "story" in items[0] else {}
    return items, story, error


def problems(text, *options, source="markwhen"):
    out, _, _ = run("check", "-", "--json", "--from", source, *options, stdin=text)
    return [problem for problem in json.loads(out)["problems"]
            if problem["file"] != "story" and problem["rule"] != "no-source"]


def span_of(item):
    return item["when"] + (" " + item["until"] if "until" in item else "")


def only(text, *options, **more):
    items, _, error = records(text, *options, **more)
    assert len(items) == 1, (text, items, error)
    return items[0]


# --- markwhen: dates ------------------------------------------------------------------------------

# Lines of one document, and the span of the last event; None: refused.
DATES = [
    ("2024: x", "2024"),
    ("2024-08: x", "2024-08"),
    ("2024-08-12: x", "2024-08-12"),
    ("  2024-08-12  :x", "2024-08-12"),
    ("2012-02 / 2013-05: x", "2012-02 2013-05"),
    ("1892/2021-08-12: x", "1892 2021-08-12"),
    ("2012-2013: x", "2012 2013"),
    ("2004-05: x", "2004-05"),  # EDTF goes first
    ("2020-02-2021-03: x", "2020-02 2021-03"),
    ("476: x", "0476"),
    ("-0043-03-15: x", "-0043-03-15"),
    # EDTF beyond markwhen
    ("2024-08~: x", "2024-08~"),
    ("2024-08-12?: x", "2024-08-12?"),
    ("1984/2004~: x", "1984 2004~"),
    ("201X: x", "201X"),
    ("2024-08-XX: x", "2024-08-XX"),
    ("2024-21: x", "2024-21"),
    ("2024/..: x", "2024/.."),
    ("../2024: x", "../2024"),
    # times
    ("2024-08-12T14:05:09Z: x", "2024-08-12T14:05:09Z"),
    ("2024-08-12T14:05+03:00: x", "2024-08-12T14:05+03:00"),
    ("2031-11-19T01:35:10Z-2099-08-04T18:22:48Z: x", "2031-11-19T01:35:10Z 2099-08-04T18:22:48Z"),
    ("2024-08-12 10:30: x", "2024-08-12T10:30"),
    ("2024-08-12 8am: at 10:30: x", "2024-08-12T08:00"),
    ("2024-08-12 12am: x", "2024-08-12T00:00"),
    ("2024-08-12 12:15pm: x", "2024-08-12T12:15"),
    ("2024-08-12 10am - 2pm: x", "2024-08-12T10:00 2024-08-12T14:00"),
    ("2024-08-12 10pm - 2am: x", "2024-08-12T22:00 2024-08-13T02:00"),
    ("2024-08-12: a\n3:30pm - 4:30pm: x", "2024-08-12T15:30 2024-08-12T16:30"),
    ("3:30pm: x", None),
    ("2024-08: a\n3:30pm: x", None),
    ("2024-08-12 25:00: x", None),
    # numbers
    ("04/1776: x", "1776-04"),
    ("12/25/2022: x", "2022-12-25"),
    ("25/12/2022: x", None),
    ("dateFormat: d/M/y\n25/12/2022: x", "2022-12-25"),
    ("dateFormat: d/M/y\n12/25/2022: x", None),
    ("dateFormat: y/M/d\n12/25/2022: x", "2022-12-25"),  # markwhen knows no other
    ("11/11/2024-12/12/2024: x", "2024-11-11 2024-12-12"),
    ("12/25/2022 8am: x", "2022-12-25T08:00"),
    ("1998-06/01/2000: x", "1998 2000-06-01"),
    ("5/6/24: x", None),
    ("12: x", None),
    # names
    ("Feb 2024 - Mar 2025: x", "2024-02 2025-03"),
    ("February 2024: x", "2024-02"),
    ("Sept. 2024: x", "2024-09"),
    ("18 March 2026: x", "2026-03-18"),
    ("March 18, 2026: x", "2026-03-18"),
    ("Mar 18 2026 9:45am: x", "2026-03-18T09:45"),
    ("1 Jan 1998 to 11/11/2011 8am: x", "1998-01-01 2011-11-11T08:00"),
    ("31 June 2024: x", None),
    ("Dec 25: x", None),  # which year?
    ("Nov 11 02:30: x", None),
    ("January 3 - Apr 6: x", None),
    # weeks of ISO 8601
    ("2024-W01: x", "2024-01-01 2024-01-07"),
    ("2021-W01-1: x", "2021-01-04"),
    ("2020W537: x", "2021-01-03"),
    ("2024-W54: x", None),
    # relative, as the documentation tells them
    ("01/01/2023 - 2 weeks: x", "2023-01-01 2023-01-14"),
    ("01/01/2023 - 2 weeks: a\n2 weeks: x", "2023-01-15 2023-01-28"),
    ("01/01/2023 - 2 weeks: a\n2 weeks: b\n1 month: c\n1 week - 3 days: x", "2023-03-07 2023-03-09"),
    ("2020: a\n2021 - 2023: b\n1 year: x", "2024"),
    ("12/25/2022: a\n5 days - 3 days: x", "2022-12-31 2023-01-02"),
    ("01/01/2023 - 2 weeks: a !p\n2030: b\nafter !p 1 month: x", "2023-01-15 2023-02-14"),
    ("01/01/2023 - 2 weeks: a !p\n2030: b\n!p 2 weeks: x", "2023-01-15 2023-01-28"),
    ("01/01/2023 - 2 weeks: a !p\n2030: b\n!p.start 1 week: x", "2023-01-01 2023-01-07"),
    ("2022-12-25: a !c\nbefore !c 1 month: x", "2022-11-25 2022-12-24"),
    ("2022-12-25: a !c\nby !c 1 month: x", "2022-11-25 2022-12-24"),
    ("2022-12-25: a !c\nbefore !c 1 week - 1 month: x", "2022-11-18 2022-12-17"),
    ("2022-12-25: a\nbefore 1 day: x", "2022-12-24"),
    ("July 13, 2022 - 5 week days: x", "2022-07-13 2022-07-19"),
    ("July 13, 2022 - 5 week days: a\n10 business days: x", "2022-07-20 2022-08-02"),
    ("2022-07-20: a !e\nbefore !e 5 work days: x", "2022-07-13 2022-07-19"),
    ("2018/6 months: x", "2018-01 2018-06"),
    ("2018/1 year: x", "2018"),
    ("2024-01-31 - 1 month: x", "2024-01-31 2024-02-28"),
    ("2024-08-12 10am - 90 minutes: x", "2024-08-12T10:00 2024-08-12T11:30"),
    ("2024-08-12T22:00+03:00 / 3 hours: x", "2024-08-12T22:00+03:00 2024-08-13T01:00+03:00"),
    ("2024-01 - 1 year, 2 months 3 days: x", "2024-01-01 2025-03-03"),
    ("2024-01-01: a !p\n2024-03-01 - !p 90 days: x", "2024-03-01 2024-03-31"),
    ("2024-08-12: a\n2 days - 2024-09-01: x", "2024-08-15 2024-09-01"),
    ("2024-01-01 - 0 days: x", "2024-01-01"),
    ("2005/now: x", "2005/.."),
    ("now: x", "2025-02-03T04:05Z"),
    ("now - 3 days: x", "2025-02-03T04:05Z 2025-02-06T04:05Z"),
    ("5 days: x", None),
    ("after !nobody 5 days: x", None),
    ("2024-13-01: a\n5 days: x", None),  # what it counts from was refused
    ("2024/..: a\n5 days: x", None),
    ("after !x: y", None),
    ("2024-08-12: a\nbefore 2 days - 2025: x", None),
    ("9999-12-30: a\n1 month: x", None),
    ("2024-08-12: a\n100001 days: x", "2024-08-12"),  # no length of time: it is text
    ("2024-08-13/2024-08-12: x", None),
]


def markwhen_dates():
    for text, want in DATES:
        items, _, error = records(text, "--zone", "UTC", "--now", "2025-02-03T04:05:06Z", code=None)
        found = [span_of(item) for item in items if item["headline"] in ("x", "a")]
        rules = [problem["rule"] for problem in problems(text, "--zone", "UTC")]
        got = next((span_of(item) for item in items if item["headline"].endswith("x")), None)
        got = found[-1] if want and got is None and found else got
        assert got == want, (text, got, want, error)
        assert want is not None or rules, text


def add(day, count, unit):
    """A calendar of the test's own."""
    if unit == "days":
        return day + datetime.timedelta(count)
    if unit == "weeks":
        return day + datetime.timedelta(7 * count)
    if unit == "weekdays":
        for _ in range(count):
            while day.weekday() > 4:
                day += datetime.timedelta(1)
            day += datetime.timedelta(1)
        return day
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    last = (datetime.date(year + month // 11, (month + 1) % 12 + 1, 1) - datetime.timedelta(1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def markwhen_chains():
    """Long chains of relative events, by ids and without, against the test's calendar."""
    count = 0
    for seed in range(ROUNDS):
        dice = random.Random(seed)
        day = datetime.date(dice.randrange(1900, 2050), dice.randrange(1, 13), dice.randrange(1, 29))
        lines, want, ends = [f"{day}: e0 !e0"], [(day, day)], [(day, day + datetime.timedelta(1))]
        for i in range(1, 40):
            unit = dice.choice(["days", "weeks", "months", "years", "weekdays"])
            amount, gap = dice.randrange(1, 9), dice.randrange(4)
            by = dice.randrange(-1, i)
            start = ends[by if by >= 0 else i - 1][1]
            head = f"after !e{by} " if by >= 0 else ""
            if gap:
                start = add(start, gap, "weeks")
                head += f"{gap} weeks - "
            end = add(start, amount, unit)
            lines.append(f"{head}{amount} {unit}: e{i} !e{i}")
            want.append((start, end - datetime.timedelta(1)))
            ends.append((start, end))
        items, _, error = records("\n".join(lines))
        got = {item["headline"]: span_of(item) for item in items}
        for i, (start, end) in enumerate(want):
            span = f"{start}" + (f" {end}" if end != start else "")
            assert got.get(f"e{i}") == span, (lines[i], got.get(f"e{i}"), span, error)
            count += 1
    print(f"  {count} dates of chains agree")


def markwhen_zones():
    """Times in the zones of the header, of groups, of tags and of events."""
    text = """---
title: Zones
timezone: Europe/Kyiv
#oslo:
  color: blue
  timezone: Europe/Oslo
#far: #fa0
---
2024-08-12 10:00: plain
2024-08-12 10:00: tagged #oslo
2024-08-12 10:00: own
timezone: America/New_York
2024-08-12 10:00: number
tz: -3
2024-08-12 10:00: half
tz: +5:30
2024-08-12: a day
tz: -5
2024-08-12T10:00Z: an instant
tz: -5
group Abroad #oslo
2024-01-12 10:00: grouped
endGroup
2024-01-12 10:00: after
"""
    items, story, _ = records(text)
    assert story["zone"] == "Europe/Kyiv"
    assert [item["when"] for item in items] == [
        "2024-08-12T10:00", "2024-08-12T10:00+02:00", "2024-08-12T10:00-04:00",
        "2024-08-12T10:00-03:00", "2024-08-12T10:00+05:30", "2024-08-12", "2024-08-12T10:00Z",
        "2024-01-12T10:00+01:00", "2024-01-12T10:00"]
    for zone in ("Europe/Kyiv", "America/St_Johns", "Asia/Kathmandu", "Pacific/Auckland"):
        for month in range(1, 13):
            day = datetime.datetime(2024, month, 5, 12, tzinfo=zoneinfo.ZoneInfo(zone))
            item = only(f"2024-{month:02}-05 12:00: x\ntz: {zone}\n")
            assert datetime.datetime.fromisoformat(item["when"]) == day, (item, day)
    assert [p["rule"] for p in problems("2024-08-12 10:00: x\n2024: y")] == ["no-zone"]
    assert [p["rule"] for p in problems("2024-08-12 10:00: x\ntz: Nowhere/Atall\n2024: y")] == \
        ["markwhen-zone"]
    # A second document of another zone: its times are told by their offsets.
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "a.mw", Path(folder) / "b.mw"
        one.write_text("timezone: Europe/Kyiv\ntitle: A\n2024-08-12 10:00: a\n")
        other.write_text("timezone: Europe/Oslo\ntitle: B\n2024-08-12 10:00: b\n")
        out, _, _ = run("convert", one, other, "-o", "-", "--to", "ndjson", code=OK)
        assert {json.loads(line).get("when") for line in out.splitlines()[1:]} == \
            {"2024-08-12T10:00", "2024-08-12T10:00+02:00"}, out


# --- markwhen: texts ------------------------------------------------------------------------------

# A document, and what its only event has and has not.
TEXTS = [
    ("2024: Rain #army #far !r1", {"headline": "Rain", "lane": "army"}),
    ("2024: The #army moves on", {"headline": "The army moves on", "lane": "army"}),
    ("2024: Number #3 of #2024", {"headline": "Number #3 of #2024", "lane": None}),
    ("2024: C#sharp a#b", {"headline": "C#sharp a#b", "lane": None}),
    ("2024: Дощ #Київ", {"headline": "Дощ", "lane": "Київ"}),
    ("2024: See [the plan](https://a.example/p)", {"headline": "See the plan", "url": "https://a.example/p"}),
    ("2024: [a](http://a.example) [b](http://b.example)", {"headline": "a b", "url": None}),
    ("2024: x https://a.example/?b=c, y", {"headline": "x , y", "url": "https://a.example/?b=c"}),
    ("2024: See [a (b)](https://a.example/a_(b)) now", {"headline": "See a (b) now",
                                                        "url": "https://a.example/a_(b)"}),
    ("2024: [https://a.example](https://a.example) x", {"headline": "x", "url": "https://a.example"}),
    ("2024: ![alt](http://a.example/i.png) Flood", {"headline": "Flood", "url": None}),
    ("2024: Fort [The Alamo, TX](location) falls", {"headline": "Fort The Alamo, TX falls",
                                                     "place": "The Alamo, TX"}),
    ("2024: **Bold** words & <b>", {"headline": "Bold words & <b>"}),
    ("2024: [ ] to do", {"headline": "to do", "status": "planned"}),
    ("2024: [x] done", {"headline": "done", "status": None}),
    ("2024: [a] b (c)", {"headline": "[a] b (c)"}),
    ("2024: Head\nsource: Desk\nstatus: confirmed\nlocation: \"Oslo\"\nweight: 7\nfigure: 40 cm\n"
     "color: red\nThe text.\nsource: no property now",
     {"headline": "Head", "source": "Desk", "status": "confirmed", "place": "Oslo", "weight": 7,
      "figure": "40 cm", "detail": "The text. source: no property now"}),
    ("2024: Head\nfee: $4\nmore", {"detail": "fee: $4 more"}),
    ("2024: Head\n// not this\nmore // this\n\n...\nend", {"detail": "more // this end"}),
    ("2024: Head\nList:\n- a\n- [ ] b\n- [x] c.\n- d", {"detail": "List: a; [ ] b; [x] c. d"}),
    ("2024:\nBelow", {"headline": "Below", "detail": None}),
    ("2024: Head #t\nmore #u [x](http://a.example)", {"lane": "t", "detail": "more u x",
                                                      "url": "http://a.example"}),
    ("group Inner // why\n2024: x #tag\nendGroup", {"lane": "Inner"}),
    ("group Outer\ngroup Inner\nendGroup\n2024: x", {"lane": "Outer"}),
    ("group A\nendGroup\n2024: x #tag", {"lane": "tag"}),
    ("section S\n2024: x", {"lane": "S"}),
    ("section S\ngroup G\n2024: x", {"lane": "G"}),
    ("section S\n2024: x #tag", {"lane": "tag"}),
    ("# A\n## B\n### C\n## D\n2024: x", {"lane": "D"}),
    ("# A\nstyle: section\n2024: x #tag", {"lane": "tag"}),
    ("group G\n2024: x\nlane: Own", {"lane": "Own"}),
    ("2024-01-01 every week for 3 times: x", {"headline": "x", "when": "2024-01-01"}),
    ("\ufeff2024: x", {"headline": "x"}),
    ("2024: x\r\nsource: Desk\r\n", {"source": "Desk"}),
    ("2024: x\r" "source: Desk\r", {"source": "Desk"}),
]


def markwhen_texts():
    for text, want in TEXTS:
        item = only(text)
        for field, value in want.items():
            assert item.get(field) == value, (text, field, item.get(field), value)
    assert [p["rule"] for p in problems("2024-01-01 every week for 3 times: x")] == \
        ["markwhen-repeat"]


def markwhen_headers():
    items, story, _ = records("title: \"A title\"\nlang: de\nview: a@b.example\n#t: blue\n"
                              "description: not a record\nwords\n2024: x")
    assert story["title"] == "A title" and story["lang"] == "de" and len(items) == 1
    # In fences a date is no event.
    items, story, _ = records("---\ntitle: T\n2024: no event\n---\n2025: x")
    assert [item["headline"] for item in items] == ["x"]
    items, story, error = records("title: Nothing yet\n")
    assert items == [] and story["title"] == "Nothing yet", error
    # A fence that none closes would swallow the events without a word.
    for text, line in ("---\ntitle: T\n2024: x\n", 1), ("title: T\n\n---\n2024: x\n", 3):
        told = [(p["rule"], p["line"]) for p in problems(text, "--from", "markwhen")]
        assert ("markwhen-header", line) in told, told
    # Pages are one story; the first title counts.
    items, story, _ = records("title: One\n2024: a\n_-_-_break_-_-_\ntitle: Two\n"
                              "dateFormat: d/M/y\n25/12/2024: b")
    assert story["title"] == "One" and [item["headline"] for item in items] == ["a", "b"]


def markwhen_ids():
    """The same id in the same document is the same event; in another it is another."""
    def ids(text):
        return [item["id"] for item in records(text)[0]]
    one, = ids("title: A\n2024: x !e")
    assert ids("title: A\n2025: y changed\nid: e") == [one]
    assert ids("title: B\n2024: x !e") != [one]
    twice = ids("title: A\n2024: x !e\n2025: y !e")
    assert len(set(twice)) == 2 and twice[0] == one
    # So that a later version replaces.
    out, _, _ = run("convert", "-", "-o", "-", "--to", "ndjson", "--from", "markwhen",
                    stdin="title: A\n2024: x !e\n", code=OK)
    assert json.loads(out.splitlines()[1])["id"] == one


# --- which format ---------------------------------------------------------------------------------

# What is told from its bytes alone, without a name.
KNOWN = [
    ("title: T\n2024: x", True), ("2024: x\n2025: y", True), ("2024: x", False),
    ("---\ntitle: T\n---\n// c\ngroup G\nFeb 2024 - 3 weeks: x", True),
    ("dateFormat: d/M/y\n25/12/2024: x", True),
    ("when,headline\n2024,x", False), ("# title: T\nwhen,headline\n2024: x\n2025: y", False),
    ("BEGIN:VCALENDAR\n2024: x\n2025: y", False), ("Dear all,\n2024: x\n2025: y", False),
    ("2024-08-12\tDesk\tIt said: no\n2024-08-13\tDesk\t2 said: no", False),
    ("{\"when\":\"2024\",\"headline\":\"x: 2024: y\"}", False),
]


def own_formats_stay():
    """Ours are never taken for markwhen or JSON-LD."""
    for text, known in KNOWN:
        out, error, code = run("convert", "-", "-o", "-", "--to", "ndjson", stdin=text)
        taken = any(json.loads(line).get("headline") == "x" for line in out.splitlines())
        is_ours = text.startswith(("when", "# title", "{"))
        assert (taken and not is_ours) == (known and not is_ours), (text, out, error)
    odd = json.dumps({"when": "2024", "headline": "x", "detail": '"@context" schema.org'})
    assert [item["headline"] for item in records(odd, source=None)[0]] == ["x"]
    for path in sorted(ROOT.glob("samples/*/*.csv")):
        own = run("convert", path, "-o", "-", "--to", "ndjson", code=OK)[0]
        for to, source in (("ndjson", "ndjson"), ("csv", "csv")):
            text = run("convert", path, "-o", "-", "--to", to, code=OK)[0]
            sniffed = run("convert", "-", "-o", "-", "--to", "ndjson", stdin=text, code=OK)[0]
            told = run("convert", "-", "-o", "-", "--to", "ndjson", "--from", source, stdin=text,
                       code=OK)[0]
            assert sniffed == told and sniffed.count("\n") == own.count("\n"), path


# --- JSON-LD --------------------------------------------------------------------------------------

def thing(kind, **members):
    return {"@context": "https://schema.org", "@type": kind, **members}


def blog(*updates, **members):
    return thing("LiveBlogPosting", headline="Blog", liveBlogUpdate=[
        {"@type": "BlogPosting", "datePublished": "2024-08-12T14:05:00+03:00", **update}
        for update in updates], **members)


def jsonld(document, *options, code=OK):
    text = document if isinstance(document, str) else json.dumps(document)
    return records(text, *options, source="jsonld", code=code)


BODY = "A first sentence stands here. And Gen. Smith said more."

# Members of an update, of its blog, and what the record has.
UPDATES = [
    ({"headline": "H"}, {}, {"headline": "H", "when": "2024-08-12T14:05:00+03:00",
                             "dated": "report", "source": None, "detail": None}),
    ({"headline": "H &amp; <b>I</b>", "articleBody": "<p>One</p><p>two</p><img src='http://x/y'>"},
     {}, {"headline": "H & I", "detail": "One two"}),
    ({"articleBody": BODY}, {}, {"headline": "A first sentence stands here",
                                 "detail": "And Gen. Smith said more."}),
    ({"articleBody": "Gen. Smith of the U.S. 5 p.m. said no. 3 left! Then all"}, {},
     {"headline": "Gen. Smith of the U.S. 5 p.m. said no. 3 left!", "detail": "Then all"}),
    ({"articleBody": "Only one sentence."}, {}, {"headline": "Only one sentence.", "detail": None}),
    ({"articleBody": "Перше речення стоїть просто. Друге, з обл. Київ."}, {},
     {"headline": "Перше речення стоїть просто", "detail": "Друге, з обл. Київ."}),
    ({"headline": "It rains", "articleBody": "It rains. Much."}, {}, {"detail": "Much."}),
    ({"headline": "It rains", "articleBody": "It rains"}, {}, {"detail": None}),
    ({"headline": "It rain", "articleBody": "It rains"}, {}, {"detail": "It rains"}),
    ({"headline": "H", "author": {"name": "Jo"}}, {"publisher": {"name": "Post"}},
     {"source": "Jo", "via": "Post"}),
    ({"headline": "H", "author": [{"name": "Jo"}, {"name": "Bo"}]}, {}, {"source": "Jo"}),
    ({"headline": "H", "author": "Jo"}, {}, {"source": "Jo", "via": None}),
    ({"headline": "H"}, {"publisher": {"name": "Post"}}, {"source": "Post", "via": None}),
    ({"headline": "H"}, {"author": {"name": "Jo"}}, {"source": "Jo"}),
    ({"headline": "H", "dateModified": "2024-08-12T14:05:10+03:00"}, {}, {"rev": 1723460710}),
    ({"headline": "H", "url": "https://a.example/1"}, {"url": "https://a.example"},
     {"url": "https://a.example/1"}),
    ({"headline": "H"}, {"url": "https://a.example"}, {"url": "https://a.example"}),
    ({"headline": "H", "contentLocation": {"name": "Orlen"}}, {"inLanguage": "de"},
     {"place": "Orlen", "lang": "de"}),
    ({"headline": "H", "datePublished": None, "dateCreated": "2024-08-13"}, {},
     {"when": "2024-08-13", "dated": "report"}),
]


def jsonld_updates():
    for update, more, want in UPDATES:
        items, story, error = jsonld(blog(update, **more))
        assert len(items) == 1 and story.get("title") == "Blog", (update, items, error)
        for field, value in want.items():
            assert items[0].get(field) == value, (update, field, items[0], value)


def jsonld_blogs():
    """Ids, versions, places, and where a blog may stand."""
    both = blog({"headline": "a", "@id": "#1"}, {"headline": "b", "@id": "#2"}, url="https://a.example")
    ids = [item["id"] for item in jsonld(both)[0]]
    assert len(set(ids)) == 2
    other = blog({"headline": "a", "@id": "#1"}, url="https://b.example")
    assert jsonld(other)[0][0]["id"] not in ids
    changed = blog({"headline": "c", "@id": "#1"}, url="https://a.example")
    assert jsonld(changed)[0][0]["id"] == ids[0]
    items, story, _ = jsonld(thing("LiveBlogPosting", headline="Not begun &mdash; yet"))
    assert items == [] and story["title"] == "Not begun — yet"
    for document in ([both], {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, both]},
                     thing("WebPage", mainEntity=both), {**both, "@type": ["Article", "LiveBlogPosting"]},
                     {**both, "@type": "http://schema.org/LiveBlogPosting"},
                     {**both, "@type": "schema:LiveBlogPosting"}):
        assert [item["headline"] for item in jsonld(document)[0]] == ["a", "b"], document
    # By reference.
    graph = [{"@type": "Organization", "@id": "#us", "name": "Post"},
             blog({"headline": "a", "author": {"@id": "#me"}}, publisher={"@id": "#us"}),
             {"@type": "Person", "@id": "#me", "name": "Jo"}]
    item = jsonld({"@context": "https://schema.org", "@graph": graph})[0][0]
    assert item["source"] == "Jo" and item["via"] == "Post"
    # A bad update costs itself, and is told with its place.
    text = json.dumps(blog({"headline": "a"}, {"headline": "b", "datePublished": "soon"},
                           {"headline": "c"}), indent=1)
    assert [item["headline"] for item in jsonld(text)[0]] == ["a", "c"]
    found = problems(text, source="jsonld")
    line = text[:text.index("soon")].count("\n")
    assert len(found) == 1 and found[0]["rule"] == "date" and abs(found[0]["line"] - line) <= 3, found


def review(value=None, words=None, worst=1, best=5, **members):
    rating = {"@type": "Rating", "worstRating": worst, "bestRating": best}
    rating.update({"ratingValue": value} if value is not None else {})
    rating.update({"alternateName": words} if words is not None else {})
    return {**thing("ClaimReview", claimReviewed="The claim", datePublished="2024-08-20",
                    url="https://c.example/1", reviewRating=rating, author={"name": "Desk"},
                    itemReviewed={"@type": "Claim", "datePublished": "2024-08-12",
                                  "author": {"name": "Minister"}}), **members}


# A review, and the record's fields.
REVIEWS = [
    (review(1), {"status": "disputed", "source": "Minister", "lane": "Minister", "via": "Desk",
                 "when": "2024-08-12", "dated": None, "kind": "statement", "headline": "The claim",
                 "url": "https://c.example/1", "rev": 1724112000}),
    (review(2), {"status": "disputed"}), (review(3), {"status": "claimed"}),
    (review(4), {"status": "confirmed"}), (review(5), {"status": "confirmed"}),
    (review("1"), {"status": "disputed"}), (review("5", "True"), {"status": "confirmed"}),
    (review(0, "False"), {"status": "disputed"}),  # beyond its scale: the words count
    (review(0), {"status": "claimed"}),
    (review(None, "False"), {"status": "disputed", "detail": "Desk: False"}),
    (review(None, "TRUE"), {"status": "confirmed"}),
    (review(None, "Unproven"), {"status": "claimed", "detail": "Desk: Unproven"}),
    (review(None, "Falsch"), {"status": "claimed", "detail": "Desk: Falsch"}),  # words of English
    (review(5, "False"), {"status": "claimed"}),  # it contradicts itself
    (review(1, "Half true"), {"status": "disputed", "detail": "Desk: Half true"}),
    (review(0, worst=0, best=1), {"status": "disputed"}),
    (review(100, worst=0, best=100), {"status": "confirmed"}),
    (review(1, worst=1, best=1), {"status": "claimed"}),
    (review("x"), {"status": "claimed"}),
    (review(1, author=None), {"status": "claimed", "via": None, "detail": None}),
    (review(1, "False", author=None), {"status": "claimed", "detail": None}),
    (review(1, author=None, publisher={"name": "House"}), {"status": "disputed", "via": "House"}),
    (review(1, "False", reviewBody="Why."), {"detail": "Desk: False. Why."}),
    (review(1, itemReviewed={}), {"when": "2024-08-20", "dated": "report", "source": None}),
    (review(1, itemReviewed=None), {"when": "2024-08-20", "dated": "report"}),
]


def jsonld_reviews():
    for document, want in REVIEWS:
        items, _, error = jsonld(document)
        assert len(items) == 1, (document, error)
        for field, value in want.items():
            assert items[0].get(field) == value, (document, field, items[0], value)
    # Several claims of one page are several records; the same one is the same.
    one, two = review(1), review(5, claimReviewed="Another")
    ids = {item["id"] for item in jsonld([one, two, review(2)])[0]}
    assert len(ids) == 2


# An event's members, and the record's fields; None: none is shown.
EVENTS = [
    ({}, {"headline": "Council", "when": "2024-08-12T14:00+03:00", "status": "planned",
          "dated": None}),
    ({"endDate": "2024-08-13"}, {"until": "2024-08-13"}),
    ({"location": {"name": "Hall", "address": "Street 1"}}, {"place": "Hall"}),
    ({"location": {"address": {"addressLocality": "Orlen"}}}, {"place": "Orlen"}),
    ({"location": "Hall"}, {"place": "Hall"}),
    ({"organizer": {"name": "City"}}, {"source": "City"}),
    ({"description": "<p>About &amp; on</p>"}, {"detail": "About & on"}),
    ({"@type": "BusinessEvent"}, {"headline": "Council"}),
    ({"eventStatus": "https://schema.org/EventRescheduled"}, {"status": "planned"}),
    ({"eventStatus": "EventPostponed"}, {"status": "withdrawn"}),
    ({"eventStatus": "https://schema.org/EventCancelled", "@id": "https://e.example/1"}, None),
    ({"eventStatus": "http://schema.org/EventCancelled"}, None),
    ({"startDate": "soon"}, None),
]


def jsonld_events():
    for members, want in EVENTS:
        document = {**thing("Event", name="Council", startDate="2024-08-12T14:00+03:00"), **members}
        items, _, error = jsonld([document, thing("Event", name="Other", startDate="2024")])
        items = [item for item in items if item["headline"] != "Other"]
        assert len(items) == (want is not None), (document, items, error)
        for field, value in (want or {}).items():
            assert items[0].get(field) == value, (document, field, items[0], value)
    # A cancelled one takes along what it cancels.
    one = thing("Event", name="A", startDate="2024", **{"@id": "https://e.example/1"})
    gone = {**one, "eventStatus": "EventCancelled"}
    assert jsonld([one, gone])[0] == [] == jsonld([gone, one])[0]
    parts = thing("Event", name="A", startDate="2024", subEvent=[thing("Event", name="B", startDate="2025")])
    assert [item["headline"] for item in jsonld(parts)[0]] == ["A", "B"]


def script(document, attributes='type="application/ld+json"', end="</script>"):
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return f"<script {attributes}>{text}{end}"


def jsonld_pages():
    """Scripts in pages, wherever they stand."""
    one, two = blog({"headline": "Ж"}), review(1)
    head = "<!DOCTYPE html>\n<html><head><title>a &lt; b</title>"
    pages = [
        head + script(one) + "<body>" + script(two) + "</body>",
        head + script([one]) + script([two]),
        head + script(one, "TYPE='application/LD+JSON' id=\"a>b\"") + script(two, "type=application/ld+json"),
        head + "<script>var x = '<script type=\"application/ld+json\">{'</script>" + script(one) + script(two),
        head + "<!-- " + script(review(1, claimReviewed="no")) + " -->" + script(one) + "<!-->" + script(two),
        head + script("{\"@type\": \"LiveBlogPosting\", \"liveBlogUpdate\": [{") + script(one) + script(two),
        head + script("[{\"a\": \"cut") + script([one, two]),
        head + script(json.dumps(one) + " </b> ") + script(two),
        head + "<scripts>" + script(one) + "<SCRIPT src=x></SCRIPT >" + script(two, end="</SCRIPT>"),
        "\ufeff  " + head + script(one) + script(two),
        head + "x" * 70000 + script(one) + "y" * 65530 + script(two),
    ]
    for page in pages:
        items, _, error = jsonld(page)
        assert sorted(item["headline"] for item in items) == ["The claim", "Ж"], (page[:300], items, error)
    # Lines are those of the page.
    bad = blog({"headline": "b", "datePublished": "soon"})
    page = head + "\n\n<p>\n" + script("\n\n" + json.dumps(bad))
    found = problems(page, source="jsonld")
    line = page[:page.index('{"@context')].count("\n") + 1
    assert [(p["rule"], p["line"]) for p in found] == [("date", line)], (found, line)
    for nothing in (head, head + "<script>var x</script>", head + script(thing("NewsArticle"))):
        assert [p["rule"] for p in problems(nothing, source="jsonld")] == ["jsonld"]
    # Recognized by its bytes.
    assert len(records(pages[0], source=None)[0]) == 2
    assert len(records(json.dumps(one), source=None)[0]) == 1
    assert len(records(pages[0].encode("utf-16"), source=None)[0]) == 2


# --- hostile inputs -------------------------------------------------------------------------------

def damaged(data, dice):
    data = bytearray(data)
    for _ in range(dice.randrange(1, 12)):
        at = dice.randrange(len(data))
        way = dice.randrange(4)
        if way == 0:
            data[at] = dice.randrange(256)
        elif way == 1:
            del data[at:at + dice.randrange(40)]
        elif way == 2:
            data[at:at] = dice.choice([b"\0", b"\xff", b"[", b"{", b"\"", b"</script", b"\n", b":",
                                       b"!", b"#", b" - ", b"\x1e", b"9" * 30, b"(" * 5])
        else:
            data[at:at] = data[dice.randrange(len(data)):][:dice.randrange(200)]
        if not data:
            return b"x"
    return bytes(data)


def survives(data, source):
    out, error, code = run("convert", "-", "-o", "-", "--to", "ndjson", "--from", source, stdin=data)
    assert code in (OK, DATA), (code, error)
    for line in out.splitlines():
        json.loads(line)


def cut_anywhere():
    """Every sample, cut at many bytes and damaged at random, costs what it costs and no more."""
    count = 0
    for name, source in (("markwhen/markwhen.mw", "markwhen"), ("liveblog/liveblog.html", "jsonld"),
                         ("claimreview/claimreview.jsonld", "jsonld")):
        data = (ROOT / "samples" / name).read_bytes()
        step = max(1, len(data) // (30 * ROUNDS))
        for end in range(0, len(data), step):
            survives(data[:end], source)
            count += 1
        dice = random.Random(name)
        for _ in range(20 * ROUNDS):
            survives(damaged(data, dice), source)
            count += 1
    print(f"  {count} damaged inputs")


HUGE = 300000
HOSTILE = [
    ("markwhen", "2024: " + "x" * HUGE + "\n2025: y"),
    ("markwhen", "2024: x\n" + "y" * HUGE + "\n2025: z"),
    ("markwhen", "group a\n" * 1000 + "2024: x\n" + "endGroup\n" * 2000 + "2025: y"),
    ("markwhen", "#" * HUGE + " a\n2024: y"),
    ("markwhen", "2024: x" + " #t" * 50000 + "\n2025: y"),
    ("markwhen", "2024: " + "[" * 60000 + "\n2025: y"),
    ("markwhen", "2024: " + "[a](b" * 10000 + "\n2025: y"),
    ("markwhen", "/" * 60000 + ": x\n2025: y"),
    ("markwhen", "2024" + "-" * 150 + ": x\n2025: y"),
    ("markwhen", "2024 - " + "9 days " * 20 + ": x\n2025: y"),
    ("markwhen", "2024 - 99999 weekdays: x\n2025: y"),
    ("markwhen", "2024: x !a\n" * 20000 + "2025: y"),
    ("markwhen", "".join(f"2024: x !a{i}\n" for i in range(20000)) + "after !a19999 1 day: y\n2025: y"),
    ("markwhen", ":" * 60000 + "\n2025: y"),
    ("markwhen", "2024: \0\0\n2025: y\xff"),
    ("jsonld", "[" * 1000000),
    ("jsonld", '{"a":' * 1000000),
    ("jsonld", '{"@type":"Event","a":' + "[" * 120 + "]" * 120 + "}"),
    ("jsonld", "<script type=application/ld+json>" * 20000),
    ("jsonld", "<" * HUGE), ("jsonld", "<script " + "x" * HUGE),
    ("jsonld", "<script type='application/ld+json'>" + "</scr" * 50000),
    ("jsonld", json.dumps(blog(*[{"headline": "h" * 1000}] * 2000))),
    ("jsonld", json.dumps(thing("Event", name="x" * HUGE, startDate="2024"))),
    ("jsonld", json.dumps({"@graph": [{"@id": "#" + str(i)} for i in range(5000)] + [
        blog(*[{"headline": "h", "author": {"@id": "#" + str(i % 7)}} for i in range(5000)])]})),
    ("jsonld", json.dumps({"@type": ["Event"] * 10000})),
    ("jsonld", '{"@type":"LiveBlogPosting","liveBlogUpdate":[[[]],1,null,"x",{}]}'),
    ("jsonld", '{"@type":"ClaimReview","itemReviewed":[],"reviewRating":[1],"author":[[]]}'),
    ("jsonld", '{"@type":"ClaimReview","itemReviewed":[1],"reviewRating":{"ratingValue":1e999}}'),
    ("jsonld", '{"@type":"Event","' + "k" * 5000 + '":1,"@id":"_:","name":"x","startDate":"2024"}'),
]


def hostile():
    for source, text in HOSTILE:
        survives(text.encode("utf-8", "surrogateescape"), source)
    for source, text in HOSTILE[:2]:
        assert any(item["headline"] in "yz" for item in records(text, source=source)[0])


def formats_are_listed():
    out, _, _ = run("formats", code=OK)
    for word in ("markwhen:", "jsonld:", "review.verdict", "update.articlebody", "locations"):
        assert word in out, word


def main():
    tests = [markwhen_dates, markwhen_chains, markwhen_zones, markwhen_texts, markwhen_headers,
             markwhen_ids, own_formats_stay, jsonld_updates, jsonld_blogs, jsonld_reviews,
             jsonld_events, jsonld_pages, cut_anywhere, hostile, formats_are_listed]
    passed = failed = 0
    for test in tests:
        if len(sys.argv) > 2 and not any(name in test.__name__ for name in sys.argv[2:]):
            continue
        try:
            test()
            passed += 1
        except (AssertionError, subprocess.TimeoutExpired, json.JSONDecodeError) as error:
            failed += 1
            print(f"failed: {test.__name__}: {str(error)[:2000]}")
    print(f"{len(DATES)} dates, {len(TEXTS)} texts, {len(UPDATES)} updates, {len(REVIEWS)} reviews, "
          f"{len(EVENTS)} events")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
