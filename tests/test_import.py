#!/usr/bin/env python3
"""What holds for all foreign formats, from outside: known by content, joined, cancelled, hidden.

usage: test_import.py INKLINE [NAME...]      (NAME: only tests whose name contains it)
"""
import datetime
import itertools
import json
import os
import subprocess
import sys
import zoneinfo
from pathlib import Path

from test_host import main

INKLINE = os.path.abspath(sys.argv[1])
ROOT = Path(__file__).resolve().parent.parent
NOW = ("--now", "2025-03-10T08:30:00+02:00")


def run(*arguments, stdin=b"", code=0):
    done = subprocess.run([INKLINE, *map(str, arguments)], input=stdin, capture_output=True,
                          timeout=60)
    assert done.returncode == code, (arguments, done.returncode, done.stderr.decode())
    return done.stdout, done.stderr.decode()


def records(*inputs, options=(), stdin=b""):
    out, err = run("convert", *inputs, "-o", "-", "--to", "ndjson", *options, stdin=stdin)
    items = [json.loads(line) for line in out.splitlines()]
    story = items.pop(0)["story"] if items and "story" in items[0] else {}
    return items, story, err


def write(path, text):
    Path(path).write_text(text)
    return path


def stories():
    for path in sorted(ROOT.glob("samples/*/*.*")):
        if path.suffix not in (".png", ".args"):
            yield path


def rss(*items, title="A feed"):
    return f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"


def item(guid, title, date="Mon, 10 Mar 2025 06:00:00 GMT"):
    return f"<item><guid>{guid}</guid><title>{title}</title><pubDate>{date}</pubDate></item>"


def ninjs(uri, version, headline, **more):
    return json.dumps({"uri": uri, "version": str(version), "headlines": [{"value": headline}],
                       "versionCreated": f"2025-03-10T0{version}:00:00Z", "standard":
                       {"name": "ninjs", "version": "3.0"}, "type": "text", **more}) + "\n"


# --- choosing -----------------------------------------------------------------------------------

def every_sample_is_known_by_its_content_alone():
    for path in stories():
        options = ("--zone", "UTC", *NOW)
        named = records(path, options=options)[:2]
        assert named[0], path
        if path.suffix not in (".tsv", ".mw"):
            assert records("-", options=options, stdin=path.read_bytes())[:2] == named, path


def formats_lists_them_all():
    text = run("formats")[0].decode()
    for name in ("feed", "newsml", "ninjs", "jsonfeed", "timelinejs", "timelinejs-csv", "jsonld",
                 "ical", "acled", "gdelt", "markwhen"):
        assert f"\n{name}: " in text or text.startswith(f"{name}: "), name


def ours_stays_ours(tmp):
    row = '{"when":"2025-03-10","headline":"An RSS feed of version 2.0","source":"uri"}\n'
    for name, text in (("a", row), ("b", "when,headline,source\n2025-03-10,Year and Month,A\n"),
                       ("c", "# title: <rss>\nwhen;headline\n2025-03-10;BEGIN:VCALENDAR\n")):
        assert len(records(write(f"{tmp}/{name}", text))[0]) == 1, text


# --- joining ------------------------------------------------------------------------------------

def any_order_of_inputs_gives_the_same_picture():
    three = [ROOT / "samples/feed/harbour-desk.rss", ROOT / "samples/calendar/planning.ics",
             ROOT / "samples/ninjs/ferry-strike.json"]
    hashes = {run("render", *order, "--hash", "--title", "Desk", "--zone", "UTC", *NOW)[0]
              for order in itertools.permutations(three)}
    assert len(hashes) == 1


def titles_of_the_desk_go_before_those_of_a_feed(tmp):
    desk = write(f"{tmp}/desk.csv", "# title: A desk\nwhen,headline,source\n2025-03-10,Row,A\n")
    plain = write(f"{tmp}/plain.csv", "when,headline,source\n2025-03-10,Row,A\n")
    feed = write(f"{tmp}/feed.xml", rss(item("1", "One"), title="Zzz"))
    other = write(f"{tmp}/other.xml", rss(item("2", "Two"), title="Yyy"))
    for inputs, options, want in (((feed, desk), (), "A desk"), ((desk, feed), (), "A desk"),
                                  ((feed, plain), (), "Zzz"), ((other, feed), (), "Yyy"),
                                  ((feed, other), ("--title", "B"), "B"),
                                  ((feed, desk), ("--title", "B"), "A desk")):
        assert records(*inputs, options=options)[1]["title"] == want, inputs


def a_newer_version_replaces_across_inputs(tmp):
    old = write(f"{tmp}/old.json", ninjs("urn:x:1", 1, "Two hurt"))
    new = write(f"{tmp}/new.json", ninjs("urn:x:1", 2, "Three hurt"))
    for order in (old, new), (new, old):
        out = run("condense", *order, "--zone", "UTC")[0].decode()
        assert "Three hurt" in out and "Two hurt" not in out


def what_is_cancelled_goes_from_all_inputs(tmp):
    story = write(f"{tmp}/a.json", ninjs("urn:x:1", 1, "Killed") + ninjs("urn:x:2", 1, "Stays"))
    kill = write(f"{tmp}/b.json", ninjs("urn:x:1", 2, "Killed", pubStatus="canceled"))
    for order in (story, kill), (kill, story):
        assert [one["headline"] for one in records(*order)[0]] == ["Stays"]
    assert "Killed" not in run("render", kill, "--dump", "page")[0].decode()


def a_newer_series_replaces_all_instances_across_inputs(tmp):
    def ics(name, *lines, head=()):
        body = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *head, "BEGIN:VEVENT", "UID:s", *lines,
                "END:VEVENT", "END:VCALENDAR", ""]
        return write(f"{tmp}/{name}.ics", "\r\n".join(body))

    start, rule = "DTSTART:20250311T060000Z", "RRULE:FREQ=DAILY;COUNT=3"
    old = ics("old", start, rule, "SUMMARY:Old", "SEQUENCE:1", "DTSTAMP:20250301T000000Z")
    newer = ("SEQUENCE:2", "DTSTAMP:20250302T000000Z")
    later = ("SEQUENCE:1", "DTSTAMP:20250301T000200Z")  # minutes later
    for lines, head, want in (
            ((start.replace("T06", "T07"), rule, "SUMMARY:New", *newer), (), ["New"] * 3),
            ((start.replace("T06", "T07"), rule, "SUMMARY:New", *later), (), ["New"] * 3),
            ((start, rule.replace("3", "1"), "SUMMARY:New", *newer), (), ["New"]),
            ((start, rule, "SUMMARY:New", "EXDATE:20250312T060000Z", *newer), (), ["New"] * 2),
            ((start, rule, "SUMMARY:New", "CLASS:PRIVATE", *newer), (), []),
            ((start, rule, "SUMMARY:Old", "STATUS:CANCELLED", *newer), (), []),
            (("SUMMARY:Old", *newer), ("METHOD:CANCEL",), [])):
        new = ics("new", *lines, head=head)
        for order in (old, new), (new, old):
            found = [one["headline"] for one in records(*order, options=NOW)[0]]
            assert found == want, (lines, order, found)


def one_format_cancels_nothing_of_another(tmp):
    desk = write(f"{tmp}/desk.csv", "id,when,headline,source\n1,2025-03-10,Desk,A\n")
    kill = write(f"{tmp}/kill.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n"
                 "UID:1\r\nDTSTAMP:20250310T060000Z\r\nDTSTART:20250311T060000Z\r\nSUMMARY:Off\r\n"
                 "STATUS:CANCELLED\r\nSEQUENCE:9\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    feed = write(f"{tmp}/feed.xml", rss(item("1", "Feed")))
    assert {one["headline"] for one in records(desk, kill, feed)[0]} == {"Desk", "Feed"}


def advice_on_a_series_is_told_once(tmp):
    series = write(f"{tmp}/a.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART:20250311T060000Z\r\nRRULE:FREQ=DAILY;COUNT=9\r\n"
        f"SUMMARY:Off\r\nLOCATION:{'Room ' * 40}\r\nEND:VEVENT\r\n" for uid in (1, 2)) + "END:VCALENDAR\r\n")
    line = write(f"{tmp}/a.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [
        {"id": str(k), "title": "word " * 90, "date_published": "2025-03-10T06:00:00Z"} for k in range(3)]}))
    for path, records_of, count in (series, 18, 2), (line, 3, 3):
        told = json.loads(run("check", path, "--json", "--zone", "UTC", *NOW)[0])
        cuts = [p for p in told["problems"] if p["rule"] == "text-cut"]
        assert told["records"] == records_of and len(cuts) == count, (path, told)


# --- hiding, refusing ---------------------------------------------------------------------------

def an_embargo_ends_when_it_says(tmp):
    text = ninjs("urn:x:1", 1, "Soon", embargoedUntil="2025-03-10T12:00:00Z")
    path = write(f"{tmp}/a.json", text + ninjs("urn:x:2", 1, "Now"))
    for now, want in ("11:59:59", ["Now"]), ("12:00:00", ["Soon", "Now"]):
        got, _, err = records(path, options=("--now", f"2025-03-10T{now}Z"))
        assert [one["headline"] for one in got] == want
        assert ("embargo" in err) == (len(want) == 1)
        assert "Soon" not in err


def the_as_of_of_another_input_is_no_clock(tmp):
    desk = write(f"{tmp}/desk.csv", "# as_of: 2999-01-01\n# zone: UTC\nwhen,headline,source\n2025-03-10,Row,A\n")
    kept = write(f"{tmp}/kept.json", ninjs("urn:x:1", 1, "Soon", embargoedUntil="2998-01-01T00:00:00Z"))
    for order in (desk, kept), (kept, desk):
        assert [one["headline"] for one in records(*order)[0]] == ["Row"]


def a_title_alone_is_a_story(tmp):
    for name, text in (("a.xml", rss(title="Quiet day")),
                       ("a.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
                                 "X-WR-CALNAME:Quiet day\r\nEND:VCALENDAR\r\n"),
                       ("a.json", '{"version":"https://jsonfeed.org/version/1.1",'
                                  '"title":"Quiet day","items":[]}')):
        page = run("render", write(f"{tmp}/{name}", text), "--dump", "page")[0].decode()
        assert "Quiet day" in page and len(page.splitlines()) > 3, page


def no_zone_is_guessed(tmp):
    feed = write(f"{tmp}/a.xml", rss(item("1", "Local", "2025-03-10T09:00:00"), item("2", "Good")))
    got, _, err = records(feed)
    assert [one["headline"] for one in got] == ["Good"] and "--zone" in err
    assert len(records(feed, options=("--zone", "Europe/Kyiv"))[0]) == 2


def a_zone_places_the_times_of_its_file_and_of_those_that_name_none(tmp):
    """In whatever order the files come, and whatever zone the wall shows."""
    rows = "when,headline,source\n2024-08-12T10:00,{},A\n"
    files = {"kyiv.csv": "# zone: Europe/Kyiv\n# as_of: 2024-08-12T11:00\n" + rows.format("kyiv"),
             "london.csv": "# zone: Europe/London\n" + rows.format("london"),
             "none.csv": rows.format("none"),
             "lines.ndjson": '{"story":{"zone":"Asia/Tokyo"}}\n'
                      '{"when":"2024-08-12T10:00","headline":"lines"}\n',
             "mark.mw": "timezone: America/New_York\n\n2024-08-12 10:00: mark\n"}
    paths = {name.split(".")[0]: write(f"{tmp}/{name}", text) for name, text in files.items()}
    run("convert", paths["lines"], "-o", f"{tmp}/lines.ink")
    paths["ink"] = f"{tmp}/lines.ink"
    east = {"kyiv": 3, "london": 1, "lines": 9, "mark": -4}

    def instants(options, *names):
        found, story, err = records(*(paths[name] for name in names), options=options)
        assert "no-zone" not in err, err
        assert ("taken as those of" in err) == ("none" in names and not options), err
        zone = zoneinfo.ZoneInfo(story["zone"])
        whens = {one["headline"]: datetime.datetime.fromisoformat(one["when"].replace("Z", "+00:00"))
                 for one in found}
        utc = {name: (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(
            datetime.timezone.utc).hour for name, when in whens.items()}
        return utc, story

    for order in itertools.permutations(["kyiv", "london", "mark", "none"]):
        for zone, shown in (None, 1), ("Europe/Kyiv", 3), ("Asia/Tokyo", 9):
            utc, story = instants(("--zone", zone) if zone else (), *order)
            want = {name: (10 - east.get(name, shown)) % 24 for name in order}
            assert utc == want, (order, zone, utc, want)
            assert story["as_of"] in ("2024-08-12T11:00+03:00",
                                      "2024-08-12T11:00" if zone == "Europe/Kyiv" else ""), story
    for name in "lines", "ink":
        assert instants((), name)[0] == {"lines": 1}
        for order in (name, "kyiv"), ("kyiv", name):
            assert instants(("--zone", "Europe/London"), *order)[0] == {"lines": 1, "kyiv": 7}
    # Where the zone of a file is none, nothing places its times, not even the command line.
    wrong = write(f"{tmp}/wrong.csv", "# zone: Europe/Kiyv\n" + rows.format("wrong"))
    assert [one["headline"] for one in records(wrong, paths["kyiv"], options=("--zone", "UTC"))[0]] == ["kyiv"]
    # Offsets of one zone that were brought along for different years stay what they are.
    for year in (1985, 2024):
        text = write(f"{tmp}/{year}.csv", f"# zone: Europe/Kyiv\nwhen,headline,source\n{year}-07-01T12:00,{year},A\n")
        run("convert", text, "-o", f"{tmp}/{year}.ink")
    for order in (1985, 2024), (2024, 1985):
        found, story, _ = records(*(f"{tmp}/{year}.ink" for year in order))
        told = {one["headline"]: one["when"] for one in found}
        offsets = story["offsets"]
        held = {at: [o for m, o in zip(offsets[::2], offsets[1::2]) if m * 60 <= at][-1:] for at in (489060000, 1719824400)}
        for year, hour, at in (("1985", "+04:00", 489060000), ("2024", "+03:00", 1719824400)):
            assert told[year].endswith(hour) or held[at] == [int(hour[1:3]) * 60], (told, offsets)
    # Without any zone those that name none are refused, each with its line.
    feed = write(f"{tmp}/a.xml", rss(item("1", "Local", "2025-03-10T09:00:00")))
    told = json.loads(run("check", paths["none"], feed, "--json", code=65)[0])
    places = [(problem["file"], problem["line"]) for problem in told["problems"]
              if problem["rule"] == "no-zone" and problem["severity"] == "error"]
    assert places[0] == (paths["none"], 2) and places[1][0] == feed and len(places) == 2, told
    assert told["refused"] == 2 and told["records"] == 0


def a_figure_is_of_what_stands():
    """Large, the figure of a claim that is disputed would be what stays in mind."""
    claim = {"@context": "https://schema.org", "@type": "ClaimReview", "datePublished": "2025-03-01",
             "claimReviewed": "Tunnel costs 300 million euros", "author": {"name": "Desk"},
             "itemReviewed": {"@type": "Claim", "author": {"name": "Ministry"},
                              "datePublished": "2025-02-01"}}
    for rating, figure in (5, True), (1, False):
        text = {**claim, "reviewRating": {"ratingValue": rating, "worstRating": 1, "bestRating": 5}}
        item, = records("-", stdin=json.dumps(text).encode())[0]
        assert ("figure" in item) == figure, item


def report_times_never_pass_for_the_events(tmp):
    for path in (ROOT / "samples/feed/harbour-desk.rss", ROOT / "samples/liveblog/liveblog.json"):
        if path.exists():
            assert all(one["dated"] == "report" for one in records(path)[0]), path


def problems_have_rule_line_column_and_hint(tmp):
    feed = write(f"{tmp}/a.xml", "<rss version='2.0'><channel><title>T</title>\n"
                 " <item><title>Bad</title><pubDate>31 Jun 2025 10:00 GMT</pubDate></item>\n"
                 + item("2", "Good") + "\n</channel></rss>")
    found = json.loads(run("check", feed, "--json")[0])
    bad = [one for one in found["problems"] if one["severity"] == "error"]
    assert len(bad) == 1 and bad[0]["line"] == 2 and bad[0]["column"] == 2, bad
    assert bad[0]["rule"] == "date-range" and "2025-06-31" in bad[0]["message"], bad
    assert bad[0]["hint"]
    out = run("check", feed)[0].decode()
    assert f"{feed}:2:2: " in out and "[date-range]" in out, out


HELPERS = {"run", "records", "write", "stories", "rss", "item", "ninjs"}

if __name__ == "__main__":
    sys.exit(main())
