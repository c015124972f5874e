#!/usr/bin/env python3
"""Tables and timelines of other programs, from outside: TimelineJS (JSON and sheet), ACLED, GDELT.

usage: test_import_tables.py INKLINE [NAME...]      (NAME: only tests whose name contains it)

The last part compares what is read of TimelineJS's own example with the example itself, if the data
is there.
"""
import csv
import json
import subprocess
import sys
from pathlib import Path

from test_host import INKLINE, main

ROOT = Path(__file__).resolve().parent.parent
OPEN = ROOT.parent / "shared" / "data" / "open"
COLUMNS = ("Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,"
           "Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background").split(",")
GDELT = 61


def run(*arguments, stdin=b""):
    done = subprocess.run([INKLINE, *map(str, arguments)], capture_output=True, timeout=60,
                          input=stdin.encode() if isinstance(stdin, str) else stdin)
    assert done.returncode >= 0, f"killed by signal {-done.returncode}: {arguments}"
    return done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace")


def read(text, *options, name="-"):
    """Records and story of an input."""
    code, out, err = run("convert", name, "-o", "-", "--to", "ndjson", *options, stdin=text)
    items = [json.loads(line) for line in out.splitlines()]
    story = items.pop(0)["story"] if items and "story" in items[0] else {}
    return items, story


def problems(text, *options, name="-"):
    """(line, rule) of every error."""
    told = json.loads(run("check", name, "--json", *options, stdin=text)[1])
    return {(p.get("line"), p["rule"]) for p in told["problems"] if p["severity"] == "error"}


def sheet(*rows, by=","):
    """A sheet of TimelineJS; each row is a dictionary."""
    lines = [by.join(COLUMNS)]
    for row in rows:
        assert set(row) <= set(COLUMNS), row
        lines.append(by.join(f'"{row[c]}"' if by in str(row.get(c, "")) else str(row.get(c, ""))
                             for c in COLUMNS))
    return "\n".join(lines) + "\n"


def slide(headline="x", **more):
    return {"start_date": {"year": 2024}, "text": {"headline": headline}, **more}


def document(*events, **more):
    return json.dumps({"events": list(events), **more})


def same(got, want):
    assert got == want, f"\n got  {got}\n want {want}"


# ---- dates in parts ------------------------------------------------------------------------------

PARTS = [  # year month day time: when, or None where it is refused
    (("2024", "", "", ""), "2024"),
    (("2024", "8", "", ""), "2024-08"),
    (("2024", "8", "12", ""), "2024-08-12"),
    (("2024", "8", "12", "14:05"), "2024-08-12T14:05"),
    (("2024", "8", "12", "14:05:09"), "2024-08-12T14:05:09"),
    (("2024", "8", "12", "14:05:09.5"), "2024-08-12T14:05:09"),
    (("2024", "8", "12", "2:05 PM"), "2024-08-12T14:05"),
    (("2024", "8", "12", "12:05 a.m."), "2024-08-12T00:05"),
    (("2024", "8", "12", "12 pm"), "2024-08-12T12:00"),
    (("2024", "8", "12", "905"), "2024-08-12T09:05"),
    (("2024", "8", "12", "1405"), "2024-08-12T14:05"),
    (("1,815", "12", "10", ""), "1815-12-10"),
    (("98", "", "", ""), "0098"),
    (("-1", "", "", ""), "0000"),       # 1 BCE
    (("-44", "3", "15", ""), "-0043-03-15"),
    (("0", "", "", ""), None),          # there is no such year
    (("2024", "6", "31", ""), None),
    (("2024", "13", "", ""), None),
    (("2024", "8", "12", "24:00"), None),
    (("2024", "8", "12", "noon"), None),
    (("2024", "", "12", ""), None),     # a day without a month
    (("2024", "8", "", "14:05"), None),  # a time without a day
    (("2024", "Aug", "", ""), None),
    (("-13800000000", "", "", ""), None),
]


def parts_of_a_sheet_make_a_date():
    for (year, month, day, time), want in PARTS:
        row = dict(Year=year, Month=month, Day=day, Time=time, Headline="x")
        items, _ = read(sheet(row, dict(Year=1999, Headline="y")), "--zone", "UTC")
        same([i["when"] for i in items], ([want] if want else []) + ["1999"])


def parts_of_json_make_the_same_date():
    for (year, month, day, time), want in PARTS:
        if time in ("2:05 PM", "12:05 a.m.", "12 pm", "905", "1405", "noon", "14:05:09.5"):
            continue
        clock = dict(zip(("hour", "minute", "second"), time.split(":"))) if time else {}
        for number in (False, True):
            date = {"year": year, "month": month, "day": day, **clock}
            if number:  # as numbers, what is empty left out
                date = {k: int(v) if v.lstrip("-").isdigit() else v for k, v in date.items() if v}
            text = document({"start_date": date, "text": {"headline": "x"}}, slide("y"))
            items, _ = read(text, "--zone", "UTC")
            same([i["when"] for i in items], ([want] if want else []) + ["2024"])


def sheets_are_known_by_their_columns():
    for head in ("Year,Month,Day,Headline,Text", "Year,Headline,Text", "Start Date,Headline,Text",
                 "Year,Month,Headline", "Type,Year,Headline,Media Credit"):
        date = ["8" if name == "Month" else "12" if name == "Day" else "" if name == "Type" else
                "2024" if name in ("Year", "Start Date") else "x" for name in head.split(",")]
        items, _ = read(head + "\n" + ",".join(date) + "\n")
        same([i["headline"] for i in items], ["x"])


def a_time_needs_a_zone():
    text = sheet(dict(Year=2024, Month=8, Day=12, Time="14:05", Headline="x"),
                 dict(Year=2024, Headline="y"))
    same(problems(text), {(2, "no-zone")})
    same(problems(text, "--zone", "Europe/Kyiv"), set())


DISPLAYED = [  # when, display date: when, detail
    ("1815-12-10", "c. 1815", "1815~", None),
    ("1815", "circa 1815", "1815~", None),
    ("1943-06-05", "1943", "1943", None),
    ("1943-06-01", "June 1943", "1943-06", None),
    ("1943-06-05", "5 June 1943", "1943-06-05", None),
    ("1943-06-05", "Summer 1943", "1943-06~", "Summer 1943: text"),
    ("1943-06-05", "Early on the 5th", "1943-06-05", "Early on the 5th: text"),
    ("1943-06", "1943?", "1943-06?", "1943?: text"),
    ("1943", "<b>The war years</b>", "1943", "The war years: text"),
    ("1943", "", "1943", None),
]


def a_displayed_date_never_makes_ours_untrue():
    for when, shown, want, detail in DISPLAYED:
        year, month, day = (when.split("-") + ["", ""])[:3]
        row = {"Year": year, "Month": month, "Day": day, "Display Date": shown, "Headline": "x",
               "Text": "text"}
        date = {"year": year, "month": month, "day": day}
        event = slide(start_date=date, display_date=shown)
        event["text"]["text"] = "text"
        inner = slide(start_date={**date, "display_date": shown})
        inner["text"]["text"] = "text"
        for text in (sheet(row), document(event), document(inner)):
            item, = read(text)[0]
            same((item["when"], item["detail"]), (want, detail or "text"))


# ---- TimelineJS: JSON ----------------------------------------------------------------------------

def a_slide_has_its_fields():
    event = {"start_date": {"year": "2024", "month": "8"}, "end_date": {"year": 2025},
             "text": {"headline": "A <b>bold</b> &amp; short one", "text": "<p>One</p><p>Two</p>"},
             "media": {"url": "https://example.org/m.jpg", "caption": "CAPTION",
                       "credit": "<a href='https://example.org'>Agency</a>", "thumbnail": "t.jpg"},
             "background": {"url": "https://example.org/b.jpg"}, "group": "Side", "unique_id": "a1"}
    items, story = read(document(event, title={"text": {"headline": "<i>The</i> title"}},
                                 eras=[slide("An era", end_date={"year": 2026})], scale="human"))
    same(story["title"], "The title")
    first, era = items
    first.pop("id")
    same(first, {"when": "2024-08", "until": "2025", "lane": "Side", "source": "Agency",
                 "headline": "A bold & short one", "detail": "One Two"})
    same((era["headline"], era["weight"], era["when"], era["until"]), ("An era", 2, "2024", "2026"))
    for leak in ("example.org", "CAPTION", "t.jpg"):
        assert leak not in json.dumps(items), leak


def a_credit_for_a_picture_is_no_source():
    for credit, want in (("Reuters", "Reuters"), ("UN Photo/Eskinder Debebe", None), ("Photo: AP", None),
                         ("&copy; Getty Images", None), ("<a href='x'>Wikimedia Commons</a>", None)):
        item, = read(document(slide("x", media={"url": "u", "credit": credit})))[0]
        same(item.get("source"), want)
        quoted = credit.replace('"', '""')
        item, = read(f'Year,Headline,Text,Media Credit\n2024,x,y,"{quoted}"\n')[0]
        same(item.get("source"), want)


def an_id_stays_and_a_number_is_of_this_format():
    text = lambda uid, head: document(slide(head, unique_id=uid))
    one, = read(text("7", "x"))[0]
    other, = read(text("7", "y"))[0]
    same(one["id"], other["id"])
    assert one["id"] != "7"


def version_2_is_read():
    text = json.dumps({"timeline": {
        "headline": "Old", "type": "default", "text": "<p>x</p>", "startDate": "2012,1,26",
        "date": [{"startDate": "2012,1,26", "endDate": "2012,1,27", "headline": "One",
                  "text": "<b>Bold</b>", "tag": "Side",
                  "asset": {"media": "https://example.org", "credit": "Agency"}},
                 {"startDate": "1/26/2012", "headline": "Two"},
                 {"startDate": "1/2012", "headline": "Three"},
                 {"startDate": "2012", "headline": "Four"},
                 {"startDate": "2012,1,26,14,5,6", "headline": "Five"},
                 {"startDate": "-44", "headline": "Six"},
                 {"startDate": "one day", "headline": "Seven"},
                 {"headline": "Eight"}],
        "era": [{"startDate": "2011", "endDate": "2013", "headline": "Era"}]}})
    items, story = read(text, "--zone", "UTC")
    same(story["title"], "Old")
    same([(i["headline"], i["when"]) for i in items],
         [("One", "2012-01-26"), ("Two", "2012-01-26"), ("Three", "2012-01"), ("Four", "2012"),
          ("Five", "2012-01-26T14:05:06"), ("Six", "-0043"), ("Era", "2011")])
    same((items[0]["until"], items[0]["source"], items[0]["lane"], items[0]["detail"]),
         ("2012-01-27", "Agency", "Side", "Bold"))
    same(problems(text, "--zone", "UTC"), {(1, "date"), (1, "no-when")})


def a_title_alone_is_an_empty_story():
    items, story = read(document(title={"text": {"headline": "Soon", "text": ""}}), "--from",
                        "timelinejs")
    same((items, story["title"]), ([], "Soon"))


def json_problems_name_their_line():
    text = ('{"title": {"text": {"headline": "t"}},\n "events": [\n'
            '  {"start_date": {"year": "2024"}, "text": {"headline": "a"}},\n'
            '  {"start_date": {"year": "2024", "month": "6", "day": "31"}, "text": {"headline": "b"}},\n'
            '  {"start_date": {"year": "2024"}, "text": {"headline": ""}},\n'
            '  {"text": {"headline": "c"}},\n'
            '  {"start_date": {"year": 0}, "text": {"headline": "d"}},\n'
            '  {"start_date": {"year": 2024}, "end_date": {"year": 2023}, "text": {"headline": "e"}}\n]}')
    same(problems(text), {(4, "date-range"), (5, "no-headline"), (6, "no-when"), (7, "date"),
                          (8, "interval")})
    same([i["headline"] for i in read(text)[0]], ["a"])
    same(problems('{"a": 1}', "--from", "timelinejs"), {(1, "timelinejs")})


def ours_is_never_taken():
    for text in ('{"when":"2024","headline":"x","text":{"headline":"events"}}\n',
                 "when,headline,year,month,end year\n2024,x,1,2,3\n",
                 "when,headline,event_date,event_type,actor1,fatalities\n2024,x,1,2,3,4\n",
                 "when\theadline\n2024\tx\n"):
        items, _ = read(text)
        same([(i["when"], i["headline"]) for i in items], [("2024", "x")])


# ---- TimelineJS: sheets --------------------------------------------------------------------------

def sheets_come_as_spreadsheets_write_them():
    rows = (dict(Headline="<b>Title</b>", Type="title"),
            dict(Year=2024, Month=8, Headline="One, and <i>two</i>", Text="a &lt; b", Group="Side",
                 Media="https://example.org/m.jpg", **{"Media Credit": "Agency"}),
            {"Year": 2024, "End Year": 2025, "Type": "Era", "Headline": "Era"})
    want = None
    for by in (",", ";", "\t"):
        for mark in ("", "\ufeff"):
            for ends in ("\n", "\r\n"):
                items, story = read((mark + sheet(*rows, by=by)).replace("\n", ends))
                want = want or items
                same(items, want)
                same(story["title"], "Title")
    same((want[0]["headline"], want[0]["detail"], want[0]["source"], want[0]["lane"]),
         ("One, and two", "a < b", "Agency", "Side"))
    same((want[1]["weight"], want[1]["until"]), (2, "2025"))


def older_sheets_are_read():
    text = ("Start Date,End Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,"
            "Type,Tag\n"
            "1/26/2012,,One,Text,https://example.org,Agency,cap,,,Side\n"
            "2012,2013,Two,,,,,,,\n1/26/2012 14:05:00,,Three,,,,,,,\n31/12/2012,,Four,,,,,,,\n"
            ",,Title,,,,,,title,\n")
    items, story = read(text, "--zone", "UTC")
    same(story["title"], "Title")
    same([(i["when"], i["headline"]) for i in items],
         [("2012-01-26", "One"), ("2012", "Two"), ("2012-01-26T14:05:00", "Three")])
    same(problems(text, "--zone", "UTC"), {(5, "date-range")})
    same(items[0]["lane"], "Side")


def merged_cells_cost_their_rows():
    text = sheet(dict(Year=2024, Month=8, Day=12, Headline="a"), dict(Day=13, Headline="b"),
                 dict(Headline="c"), dict(Year=2025, Headline="d"))
    same(problems(text), {(3, "no-when"), (4, "no-when")})
    same([i["headline"] for i in read(text)[0]], ["a", "d"])
    assert "unmerge" in run("check", "-", stdin=text)[1]


def an_end_without_a_year_is_left_out():
    text = sheet({"Year": 2024, "End Month": 8, "Headline": "a"})
    told = json.loads(run("check", "-", "--json", stdin=text)[1])
    assert "timelinejs-end" in {p["rule"] for p in told["problems"]}
    same([("until" in i) for i in read(text)[0]], [False])


def a_quote_that_never_ends_costs_one_row():
    text = sheet(dict(Year=2024, Headline="a"), dict(Year=2024, Headline='"b'),
                 dict(Year=2024, Headline="c"))
    same(problems(text), {(3, "csv-quote")})
    same([i["headline"] for i in read(text)[0]], ["a", "c"])


def rows_have_bounds():
    text = sheet(dict(Year=2024, Headline="a"), dict(Year=2024, Headline="b" * 70000),
                 dict(Year=2024, Headline="c")) + "2024" + "," * 17 + ",,surplus\n"
    same(problems(text), {(3, "csv-long"), (5, "csv-cells")})
    wide = "Year,Month,Headline,End Year" + ",more" * 300 + "\n2024,8,x,2025" + ",y" * 300 + "\n"
    same([i["headline"] for i in read(wide)[0]], ["x"])


def lines_count_through_cells_of_several():
    text = sheet(dict(Year=2024, Headline="a"), dict(Year=2024, Headline='"b\nb\nb"'),
                 dict(Year=2024, Month=13, Headline="c"))
    same(problems(text), {(6, "date-range")})
    same([i["headline"] for i in read(text)[0]], ["a", "b b b"])


# ---- ACLED ---------------------------------------------------------------------------------------

ACLED = ("event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,"
         "location,source,source_scale,notes,fatalities,timestamp\n")


def acled(**row):
    names = ACLED.strip().split(",")
    row = {"event_id_cnty": "NRL1", "event_date": "2024-08-12", "time_precision": "1",
           "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "One",
           "actor2": "Other", "country": "Norland", "location": "Osk", "source": "Radio",
           "source_scale": "National", "notes": "", "fatalities": "0", "timestamp": "1717600000",
           **row}
    return ",".join(f'"{row[name]}"' for name in names) + "\n"


def acled_rows_have_their_fields():
    item, = read(ACLED + acled(notes="On 12 August 2024, two sides fought at St. Ann. Nobody won.",
                               fatalities="12"))[0]
    item.pop("id")
    same(item, {"rev": 1717600000, "when": "2024-08-12", "lane": "One", "weight": 7,
                "source": "Radio", "via": "ACLED", "headline": "Two sides fought at St. Ann",
                "detail": "Nobody won.", "figure": "12 dead", "place": "Osk, Norland"})


def acled_says_how_precise_its_dates_are():
    for precision, date, want in (("1", "12 August 2024", "2024-08-12"),
                                  ("2", "2024-08-12", "2024-08-12~"),
                                  ("3", "12-August-2024", "2024-08"), ("", "2024-08-12", "2024-08-12")):
        item, = read(ACLED + acled(time_precision=precision, event_date=date))[0]
        same(item["when"], want)
    around = "Around 12 August 2024 (as reported), they fought."
    item, = read(ACLED + acled(notes=around))[0]
    same((item["when"], item["headline"]), ("2024-08-12~", "They fought"))
    same(problems(ACLED + acled(event_date="2024-06-31") + acled(event_date="last week")),
         {(2, "date-range"), (3, "date")})


def acled_builds_a_headline_where_there_are_no_notes():
    item, = read(ACLED + acled(actor1="Army of Norland (2019-2024)"))[0]
    same((item["headline"], item["lane"]), ("Armed clash: Army of Norland, Other", "Army of Norland"))
    item, = read(ACLED + acled(actor1="Police (Norland)", actor2="", location="Norland"))[0]
    same((item["headline"], item["place"]), ("Armed clash: Police (Norland)", "Norland"))


def acled_weighs_by_the_dead():
    for dead, weight in ((0, 4), (1, 5), (4, 5), (5, 6), (10, 7), (25, 8), (100, 9)):
        item, = read(ACLED + acled(fatalities=str(dead)))[0]
        same((item["weight"], item.get("figure")), (weight, f"{dead} dead" if dead else None))


# ---- GDELT ---------------------------------------------------------------------------------------

def gdelt(one="UNITED STATES", other="", root="04", sources=1, added="20240812121500", number="9001",
          day="20240812", url="https://www.example.org/a/b", main="1"):
    row = [""] * GDELT
    row[0], row[1], row[6], row[16], row[25], row[28] = number, day, one, other, main, root
    row[32], row[52], row[59], row[60] = str(sources), "Bergen, Hordaland, Norway", added, url
    return "\t".join(row) + "\n"


def gdelt_rows_have_their_fields():
    item, = read(gdelt(other="NATO"))[0]
    item.pop("id")
    same(item, {"rev": 1723464900, "when": "2024-08-12", "lane": "United States", "kind": "meeting",
                "weight": 3, "source": "example.org", "via": "GDELT",
                "headline": "United States holds talks with NATO", "place": "Bergen, Norway",
                "url": "https://www.example.org/a/b"})


def gdelt_has_words_for_every_root_code():
    heads = set()
    for root in range(1, 21):
        for other in ("", "NORWAY"):
            item, = read(gdelt(root=f"{root:02}", other=other))[0]
            head = item["headline"]
            assert head.startswith("United States ") and head.endswith(" Norway") == bool(other), head
            heads.add(head)
    same(len(heads), 40)
    same(problems(gdelt(root="21") + gdelt(root="") + gdelt(one="") + gdelt()),
         {(1, "gdelt-actors"), (2, "gdelt-actors"), (3, "gdelt-actors")})
    item, = read(gdelt(one="", other="NORWAY"))[0]
    same(item["headline"], "Unnamed actor holds talks with Norway")


def gdelt_keeps_the_newer_of_two():
    old, new = gdelt(root="11"), gdelt(root="13", added="20240813000000")
    for text in (old + new, new + old):
        revs = {i["headline"]: (i["id"], i["rev"]) for i in read(text)[0]}
        assert revs["United States makes threats"][1] > revs["United States disapproves"][1]
        same(len({one[0] for one in revs.values()}), 1)
    assert json.loads(run("check", "-", "--json", stdin=old + new)[1])


def gdelt_dates_are_no_more_exact_than_they_are_known():
    for day, want in (("20240812", "2024-08-12"), ("20240811", "2024-08-11"), ("20240805", "2024-08-05~"),
                      ("20240713", "2024-07"), ("20240712", "2024-07"), ("20230813", "2023"),
                      ("20230812", "2023"), ("20240701", "2024-07-01")):
        item, = read(gdelt(day=day))[0]
        same(item["when"], want)


def gdelt_tables_may_have_a_header_row():
    names = [f"c{n}" for n in range(GDELT)]
    for n, name in ((0, "GLOBALEVENTID"), (1, "SQLDATE"), (6, "Actor1Name"), (16, "Actor2Name"),
                    (28, "EventRootCode"), (32, "NumSources"), (52, "ActionGeo_FullName"),
                    (59, "DATEADDED"), (60, "SOURCEURL")):
        names[n] = name
    bare, = read(gdelt(other="NATO"))[0]
    for mark in "\t", ";":
        text = mark.join(names) + "\n" + gdelt(other="NATO").replace("\t", mark)
        same(read(text)[0], [bare | {"weight": 3}])


def gdelt_weighs_by_sources():
    for sources, weight in ((1, 3), (2, 4), (5, 5), (10, 6), (20, 7), (50, 8), (100, 9)):
        item, = read(gdelt(sources=sources))[0]
        same(item["weight"], weight)
        item, = read(gdelt(sources=sources, main="0"))[0]
        same(item["weight"], weight - 1)


def gdelt_names_the_domain():
    for url, want in (("https://www.example.org/a", "example.org"), ("http://a.example:80/x", "a.example"),
                      ("https://example.org?q=1", "example.org"), ("BBC Monitoring", "BBC Monitoring")):
        item, = read(gdelt(url=url))[0]
        same(item["source"], want)


def gdelt_is_known_by_its_columns():
    assert read(gdelt())[0]
    assert read(gdelt() * 500)[0]
    short = "\t".join(gdelt().split("\t")[:58]) + "\n"
    same(read(short)[0], [])  # not ours, and no table with a header


# ---- figures -------------------------------------------------------------------------------------

def a_figure_comes_of_the_headline_alone():
    text = sheet(dict(Year=2024, Headline="Fire burns 12500 acres", Text="Also 300 homes"),
                 dict(Year=2024, Headline="No number", Text="But 300 homes"),
                 dict(Year=2024, Headline="x " * 170 + "and 300 homes"))
    same([i.get("figure") for i in read(text)[0]], ["12500 acres", None, None])


# ---- hostile inputs ------------------------------------------------------------------------------

def whatever_is_cut_off_is_survived():
    for stem in ("timelinejs/lock.json", "timelinejs/ferry.csv", "acled/norland.csv", "gdelt/quota.tsv"):
        data = (ROOT / "samples" / stem).read_bytes()
        name = stem.split("/")[0] + ("-csv" if stem.endswith("ferry.csv") else "")
        for end in range(0, len(data), max(1, len(data) // 60)):
            run("check", "-", "--json", "--from", name, stdin=data[:end])
        for at in range(0, len(data), max(1, len(data) // 40)):
            bent = data[:at] + bytes([data[at] ^ 0x84]) + data[at + 1:]
            run("check", "-", "--json", "--from", name, stdin=bent)
    for text in ("[" * 5000, '{"events":' * 3000, '{"events":[[[[1]]],null,3,"x",{}]}',
                 '{"events":{},"title":3}', '{"timeline":{"date":7}}', '{"timeline":{}}',
                 '{"events":[{"start_date":5,"text":6}]}', '{"events":[{"start_date":{"year":{}}}]}',
                 '{"events":[{"start_date":{"year":1e300},"text":{"headline":"x"}}]}',
                 '{"events":[{"start_date":{"year":"' + "9" * 5000 + '"},"text":{"headline":"x"}}]}'):
        run("check", "-", "--json", "--from", "timelinejs", stdin=text)
    for text in ("\t" * 300, '"' * 4000, "\x00" * 100, "Year,Headline", ""):
        for name in ("timelinejs-csv", "acled", "gdelt"):
            run("check", "-", "--json", "--from", name, stdin=text)


# ---- against TimelineJS's own example ------------------------------------------------------------

SPOTS = [  # headline, when, until, source, words of the detail
    ("Ada Lovelace", "1815-12-10", "1852-11-27", None, "Women have been programming"),
    ("Edith Clarke: Bucking the Trend", "1948-03-14", None, None, ""),
    ("...And the women who made it work", "1943-07", "1946", "Computer History Museum", "The ENIAC"),
    ("The First Computer", "1943-06-05", None, None, 'Code named "Project PX"'),
    ("Rózsa Péter writes recursion", "1951", None, "Wikipedia", "Hungarian-born Rózsa Péter"),
    ("Grace Hopper invents the compiler", "1952", None, "The White House", "In her career"),
    ("Contributions to space exploration", "1956", "1962",
     "National Archives (posted by Ira Gallen)", "One of the first African-American"),
    ("The First PhD in Computer Science", "1958", None, "The Ada Project", "One of the first women"),
    ("Karen Spärck Jones makes search possible", "1972", None, "BCS Karen Sparck Jones Lecture",
     "A professor"),
    ('"The Mother of the Internet"', "1985", None, "Imagining the Internet", "Often called"),
]
DISAGREEMENTS = {}  # headline: why ours differs


def conformance():
    folder = OPEN / "timelinejs"
    if not folder.is_dir():
        print(f"skipped: {folder} is not there")
        return
    expected = json.loads((folder / "women_in_computing.json").read_text())["events"]
    with open(folder / "women_in_computing_18col.csv", newline="", encoding="utf-8-sig") as file:
        rows = [r for r in csv.DictReader(file) if r["Type"] != "title"]
    for path, count in ((folder / "women_in_computing.json", len(expected)),
                        (folder / "women_in_computing_18col.csv", len(rows))):
        items, story = read(b"", name=path)
        same(len(items), count)
        same(story["title"], "Women in Computing")
        agreed = 0
        for spot in SPOTS:
            item = next(i for i in items if i["headline"] == spot[0])
            got = (spot[0], item["when"], item.get("until"), item.get("source"), spot[4])
            good = got == spot and item.get("detail", "").startswith(spot[4])
            assert good or spot[0] in DISAGREEMENTS, (got, item.get("detail"))
            agreed += good
        assert not any(mark in json.dumps(items) for mark in ("<p", "href", "upload.wikimedia")), path
        print(f"{path.name}: {len(items)} of {count} events, {agreed} of {len(SPOTS)} spots agree")


HELPERS = {"run", "read", "problems", "sheet", "slide", "document", "same", "acled", "gdelt"}

if __name__ == "__main__":
    sys.exit(main())
