#!/usr/bin/env python3
"""Feeds from outside: RSS, Atom, CDF and JSON Feed through `inkline convert` and `check`.

usage: test_import_feed.py INKLINE [NAME...]      (NAME: only tests whose name contains it)

The first part are small feeds written here. The second reads the conformance feeds of the open
data, if they are there: each says in its first comment what is in it. Many of those have no date,
without which there is no record; so the test completes an item's own text before it is read (a
date, a title), or adds an item that shows what was read of the feed (`probe`, below).
"""
import ast
import html.parser
import json
import os
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from test_host import main

ROOT = Path(__file__).resolve().parent.parent
FEEDS = ROOT.parent / "shared" / "data" / "open" / "feeds"
INKLINE = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "build/host/inkline"
OK, DATA = 0, 65
DATE = "<pubDate>Mon, 12 Aug 2024 14:05:09 GMT</pubDate>"


def run(*arguments, stdin=b""):
    stdin = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run([INKLINE, *map(str, arguments)], input=stdin, capture_output=True,
                          timeout=120)
    assert done.returncode >= 0, f"killed by signal {-done.returncode}\n{done.stderr[:400]}"
    assert done.returncode in (OK, DATA), done.stderr
    return done


def convert(text, *options):
    """Records, story, exit code and what was said."""
    files = [option for option in options if isinstance(option, Path)]
    options = [option for option in options if not isinstance(option, Path)]
    done = run("convert", *files, "-", "-o", "-", "--to", "ndjson", *options, stdin=text)
    items = [json.loads(line) for line in done.stdout.decode().splitlines()]
    story = items.pop(0)["story"] if items and "story" in items[0] else {}
    return items, story, done.returncode, done.stderr.decode("utf-8", "replace")


def check(text, *options):
    return json.loads(run("check", "-", "--json", *options, stdin=text).stdout)


def errors(text, *options):
    return [p for p in check(text, *options)["problems"] if p["severity"] == "error"]


def rss(items, head="<title>Harbour Desk</title>", names=""):
    return f'<rss version="2.0" {names}><channel>{head}{items}</channel></rss>'


def atom(entries, head="<title>Harbour Desk</title>", attributes=""):
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}>{head}{entries}</feed>'


def entry(inside):
    return f"<entry><published>2024-08-12T14:05:09Z</published>{inside}</entry>"


def one(text, *options):
    records, _, _, said = convert(text, *options)
    assert len(records) == 1, (records, said)
    return records[0]


# --- RSS -------------------------------------------------------------------------------------

def rss_item_becomes_a_report():
    record = one(rss('<item><title>Quay 4 is closed</title><link>https://d.example/4</link>'
                     '<guid isPermaLink="false">q4</guid><category>Port</category>'
                     '<category>Traffic</category><author>ann@d.example (Ann Lee)</author>'
                     '<description>&lt;p&gt;Since &lt;b&gt;noon&lt;/b&gt;. Repairs&amp;#8217; end '
                     'is open.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>' + DATE +
                     '</item>', "<title>Harbour Desk</title><language>en-gb</language>"))
    record.pop("id")
    assert record == {
        "rev": 1723471509, "when": "2024-08-12T14:05:09Z", "dated": "report", "lane": "Port",
        "source": "Ann Lee", "headline": "Quay 4 is closed",
        "detail": "Since noon. Repairs\u2019 end is open.", "lang": "en-gb",
        "url": "https://d.example/4"}, record


def who_says_so_goes_from_the_inside_out(tmp):
    first = Path(tmp) / "first.rss"
    first.write_text(rss("", "<title>The story</title>"))
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    author, source = "<dc:creator>Ann Lee</dc:creator>", '<source url="u">Wire</source>'
    for inside, who, via in [("", "Harbour Desk", None), (author, "Ann Lee", "Harbour Desk"),
                             (source, "Wire", "Harbour Desk"), (author + source, "Ann Lee", "Wire"),
                             ("<author>desk@d.example</author>", "Harbour Desk", None),
                             ("<author>Ann Lee &lt;a@d.example&gt;</author>", "Ann Lee",
                              "Harbour Desk"),
                             ("<author>Harbour Desk</author>", "Harbour Desk", None)]:
        text = rss(f"<item><title>A</title>{inside}{DATE}</item>", names=names)
        record = one(text, first)
        assert (record["source"], record.get("via")) == (who, via), (inside, record)
        above = one(text)  # as the story's title it is not said once more
        assert above["source"] == who and above.get("via") == (via if via == "Wire" else None)
    record = one(atom(entry("<title>A</title><source><title>Wire</title><author><name>X</name>"
                            "</author></source>")))
    assert (record["source"], record.get("via")) == ("Wire", None), record


def namespaces_count_by_uri():
    text = ('<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns:s="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/" '
            'xmlns:no="http://d.example/no"><s:channel r:about="http://d.example/">'
            '<s:title>Harbour Desk</s:title></s:channel><s:item r:about="http://d.example/1">'
            '<no:title>wrong</no:title><s:title>right</s:title><no:description>wrong'
            '</no:description><d:date>2024-08-12T14:05+03:00</d:date><d:subject>Port</d:subject>'
            '<d:creator>Ann</d:creator></s:item></r:RDF>')
    record = one(text)
    assert record["headline"] == "right" and "detail" not in record, record
    assert record["url"] == "http://d.example/1" and record["lane"] == "Port", record
    assert record["source"] == "Ann" and record["when"] == "2024-08-12T14:05+03:00", record


def a_newer_version_replaces_whatever_the_order():
    for order in (0, 1), (1, 0):
        entries = [entry(f"<id>tag:d.example,2024:1</id><title>Version {n}</title>"
                         f"<updated>2024-08-1{2 + n}T00:00:00Z</updated>") for n in order]
        records = convert(atom("".join(entries)))[0]
        assert len({record["id"] for record in records}) == 1, records
        assert max(records, key=lambda record: record["rev"])["headline"] == "Version 1", records


def a_short_id_is_one_of_its_feed():
    item = f"<item><title>A</title><guid>1</guid>{DATE}</item>"
    ids = {one(rss(item, f"<title>{title}</title>{link}"))["id"]
           for title in "AB" for link in ("", f"<link>https://{title}.example/</link>")}
    assert len(ids) == 4, ids
    whole = item.replace(">1<", ">tag:d.example,2024:1<")
    assert len({one(rss(whole, f"<title>{t}</title>"))["id"] for t in "AB"}) == 1


def what_has_no_headline_is_named_by_its_first_sentence():
    for text, headline, detail in [
            ("Quay 4 is closed. Ships wait.", "Quay 4 is closed", "Ships wait."),
            ("The U.S. envoy came. He left.", "The U.S. envoy came", "He left."),
            ("Up 3.5 points! So?", "Up 3.5 points!", "So?"), ("No end", "No end", None),
            ("He is in the U.S.", "He is in the U.S.", None),
            ("港は閉鎖。再開は未定。", "港は閉鎖。", "再開は未定。")]:
        record = one(rss(f"<item><description>{text}</description>{DATE}</item>"))
        assert (record["headline"], record.get("detail")) == (headline, detail), record
    record = one(rss(f"<item><title>Same</title><description>Same</description>{DATE}</item>"))
    assert "detail" not in record, record
    assert errors(rss(f"<item><link>http://d.example/</link>{DATE}</item>"))[0]["rule"] == \
        "no-headline"


def links_are_resolved_and_of_the_web():
    for link, base, url in [
            ("a?b#c", 'xml:base="http://d.example/x/y"', "http://d.example/x/a?b#c"),
            ("../a/./b", 'xml:base="http://d.example/x/y/z"', "http://d.example/x/a/b"),
            ("//e.example/a", 'xml:base="https://d.example/"', "https://e.example/a"),
            ("/a", "", None), ("javascript:x()", "", None), ("http:///", "", None),
            ("?a", 'xml:base="http://d.example"', "http://d.example?a"),
            ("a", 'xml:base="http://d.example"', "http://d.example/a"),
            ("../../../a", 'xml:base="http://d.example/x/"', "http://d.example/a"),
            (" HTTPS://d.example/a ", "", "HTTPS://d.example/a")]:
        got = one(atom(entry(f'<title>A</title><link href="{link}"/>'), attributes=base))
        assert got.get("url") == url, (link, base, got)
    for links, url in [
            ('<link rel="self" href="http://d.example/s"/><link href="http://d.example/a"/>', "a"),
            ('<link rel="enclosure" href="http://d.example/s"/>'
             '<link rel="alternate" href="http://d.example/b"/>', "b")]:
        assert one(atom(entry("<title>A</title>" + links)))["url"] == "http://d.example/" + url
    nested = atom(entry('<title>A</title><link xml:base="c/" href="d"/>').replace(
        "<entry>", '<entry xml:base="b/">'), attributes='xml:base="http://d.example/a/"')
    assert one(nested)["url"] == "http://d.example/a/b/c/d"
    item = f"<item><title>A</title><link>4</link>{DATE}</item>"
    head = "<title>A</title><link>http://d.example/all/</link>"
    assert one(rss(item, head))["url"] == "http://d.example/all/4"
    guid = f"<item><title>A</title><guid>http://d.example/4</guid>{DATE}</item>"
    assert one(rss(guid))["url"] == "http://d.example/4"
    assert "url" not in one(rss(guid.replace("<guid", '<guid isPermaLink="false"')))


# --- Atom ------------------------------------------------------------------------------------

def atom_texts_are_what_their_type_says():
    for attributes, inside, plain in [
            ("", "a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
            ('type="text"', "a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
            ('type="html"', "a &lt;b&gt;b&lt;/b&gt; &amp;amp; c", "a b & c"),
            ('type="xhtml"', '<div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b> &lt;i&gt;'
             ' &amp;amp;</div>', "a b <i> &amp;"),
            ('type="xhtml"', '<x:div xmlns:x="http://www.w3.org/1999/xhtml">a<x:br/>b</x:div>',
             "a b"),
            ('type="text"', "1 &lt; 2 <b>b</b>", "1 < 2 b"),
            ('type="html"', "<![CDATA[a <b>b</b> &eacute; &nosuch;]]>", "a b \xe9 &nosuch;")]:
        record = one(atom(entry(f"<title {attributes}>{inside}</title>")))
        assert record["headline"] == plain, (attributes, inside, record)
        record = one(atom(entry(f"<title>A</title><summary {attributes}>{inside}</summary>")))
        assert record["detail"] == plain, (attributes, inside, record)


def content_that_is_no_text_stays_out():
    for attributes, inside, detail in [
            ('type="image/png"', "iVBORw0KGgoAAAANSUhEUg==", None),
            ('type="text/plain"', "a &lt;b&gt;", "a <b>"),
            ('type="text/html"', "a &lt;b&gt;b&lt;/b&gt;", "a b"),
            ('type="video/mp4" src="http://d.example/v"', "", None)]:
        record = one(atom(entry(f"<title>A</title><content {attributes}>{inside}</content>")))
        assert record.get("detail") == detail, (attributes, record)


def atom_03_has_modes():
    old = ('<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry>'
           '<issued>2004-01-01T00:00:00Z</issued><title {}>{}</title></entry></feed>')
    for attributes, inside, plain in [
            ('mode="base64" type="text/html"', "RXhhbXBsZSA8Yj5BdG9tPC9iPg==", "Example Atom"),
            ('mode="base64" type="text/plain"', "\nRXhhbXBsZSA8Yj5BdG9tPC9iPg==\n",
             "Example <b>Atom</b>"),
            ('mode="escaped" type="text/html"', "a &lt;b&gt;b&lt;/b&gt;", "a b"),
            ('mode="xml"', "a <b>b</b> &lt;c&gt;", "a b <c>")]:
        assert one(old.format(attributes, inside))["headline"] == plain, (attributes, inside)
    assert errors(old.format('mode="base64"', "????"))[0]["rule"] == "no-headline"


# --- dates -----------------------------------------------------------------------------------

def dates_are_read_or_refused():
    for text, when in [
            ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("01 Jan 04 19:48 EST", "2004-01-01T19:48-05:00"),
            ("Thu, 1 Jan 2004 19:48:21 +0530", "2004-01-01T19:48:21+05:30"),
            ("Thursday, 1 January 2004 9:08 PM GMT", "2004-01-01T21:08Z"),
            ("Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21"),
            ("Thu, 31 Dec 1999 24:00:00 GMT", None), ("31 Jun 2004 00:00 GMT", None),
            ("Thu, 01 Jan 2004 23:59:60 GMT", "2004-01-01T23:59:59Z"),
            ("2003-12-31T10:14:55-08:00", "2003-12-31T10:14:55-08:00"), ("2003-12", "2003-12"),
            ("2003-12-31T10:14:55.345Z", "2003-12-31T10:14:55Z"), ("2003", "2003"),
            ("20031231", "2003-12-31"), ("yesterday", None), ("2003-02-30", None),
            ("Thu, 01 Jan 2004", "2004-01-01"), ("Jan 1, 2004 10:15 AM UTC", "2004-01-01T10:15Z"),
            ("12/08/2024", None), ("Wed, 19 Feb 2012 22:40:00 GMT-01:30",
                                   "2012-02-19T22:40:00-01:30"),
            ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T08:19:53-04:00"),
            ("Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00"),
            ("Sun Jan 4 16:29 2004", "2004-01-04T16:29"),
            ("2004-07-08 23:56:58.0", "2004-07-08T23:56:58"),
            ("2004\ub144 05\uc6d4 28\uc77c  01:31:15", "2004-05-28T01:31:15"),
            ("2004-05-25 \uc624\ud6c4 11:23:17", "2004-05-25T23:23:17"),
            ("2024\u5e748\u670812\u65e5", "2024-08-12"), ("12:05 AM", None),
            ("1 Jan 2004 12:05 am GMT", "2004-01-01T00:05Z"), ("Mon, 12 Aug 2024 25:00 GMT", None)]:
        feed = rss(f"<item><title>A</title><pubDate>{text}</pubDate></item>")
        records = convert(feed, "--zone", "UTC")[0]
        got = records[0]["when"] if records else None
        assert (got or "").replace("+00:00", "Z") == (when or ""), (text, got, errors(feed))
        if when is None:
            said = errors(feed)
            assert said and said[0]["rule"] in ("date", "date-range") and said[0]["line"], said


def no_zone_is_guessed():
    feed = rss("<item><title>A</title><pubDate>Thu Jan  1 19:48:21 2004</pubDate></item>")
    assert errors(feed)[0]["rule"] == "no-zone"
    assert one(feed, "--zone", "Europe/Kyiv")["when"] == "2004-01-01T19:48:21"


def an_item_without_a_date_is_of_its_feeds_day():
    item = "<item><title>A</title></item>"
    assert errors(rss(item))[0]["rule"] == "no-when"
    head = "<title>A</title><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>"
    record = one(rss(item, head))
    assert (record["when"], record["dated"]) == ("2004-01-01~", "report"), record


def a_feed_without_items_is_an_empty_story():
    for text in rss(""), atom(""), '{"version": "https://jsonfeed.org/version/1.1", ' \
            '"title": "Harbour Desk", "items": []}':
        records, story, code, _ = convert(text)
        assert (records, story.get("title"), code) == ([], "Harbour Desk", OK), (text, story)
    late = atom(entry("<title>A</title>"), head="").replace("</feed>", "<title>Late</title></feed>")
    assert convert(late)[1]["title"] == "Late"


# --- hostile ---------------------------------------------------------------------------------

def entities_are_neither_fetched_nor_grown(tmp):
    secret = Path(tmp) / "secret"
    secret.write_text("do not read")
    for dtd, use in [
            (f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>', "&x;"),
            (f'<!DOCTYPE rss SYSTEM "file://{secret}">', ""),
            (f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "file://{secret}"> %p;%p;%p;]>', ""),
            ('<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
             '"http://127.0.0.1:9/rss-0.91.dtd">', "&eacute;")]:
        record = one(dtd + rss(f"<item><title>A{use}</title>{DATE}</item>"))
        assert record["headline"] == ("A\xe9" if "eacute" in use else "A"), record
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY l0 "{"ha" * 50}">{lol}]>'
    flat = f'<!DOCTYPE rss [<!ENTITY l11 "{"x" * 100000}">]>'
    for dtd in bomb, flat:
        text = dtd + rss(f"<item><title>{'&l11;' * 20000}</title>{DATE}</item><item><title>B&l11;</title>{DATE}</item>")
        assert [problem["rule"] for problem in errors(text, "--from", "feed")] == ["no-headline"]
        assert one(text, "--from", "feed")["headline"] == "B"  # none is expanded, and what stands behind is kept


def nesting_ends_the_reading_not_the_program():
    for inside, keeps in [("<b>" * 400 + "deep" + "</b>" * 400, True),
                          ("<b>" * 100000, False)]:
        items = f"<item><title>A</title>{DATE}</item>" \
                f"<item><title>B</title><description>{inside}</description>{DATE}</item>"
        assert len(convert(rss(items))[0]) == 1 + keeps
    said = errors(rss("<a>" * 100000))
    assert said[0]["rule"] == "xml-deep" and said[0]["column"], said


def what_stands_before_the_break_is_kept():
    good = f"<item><title>A</title>{DATE}</item>"
    for broken in "<item><title>B</item>", "<item><no:title/>", "<item>", "\x01", "<item>&":
        text = rss(good + broken).replace("</channel></rss>", "")
        records = convert(text)[0]
        said = errors(text)
        assert [r["headline"] for r in records] == ["A"], (broken, records)
        assert len(said) == 1 and said[0]["rule"] == "xml" and said[0]["line"] == 1, said


def every_truncation_is_survived():
    whole = rss(f"<item><title>A &amp; &lt;b&gt;</title><description><![CDATA[<p>x</p>]]>"
                f"</description>{DATE}</item>").encode()
    json_feed = JSON_FEED.encode()
    for text, name in (whole, "feed"), (json_feed, "jsonfeed"):
        for end in range(1, len(text), 3):
            convert(text[:end], "--from", name)


def encodings_are_those_of_the_declaration():
    text = rss(f"<item><title>Порт € “закрыт”</title>{DATE}</item>")
    for name in "utf-8", "windows-1251", "utf-16", "utf-16-le", "utf-32", "koi8-r", "gb18030":
        declared = f'<?xml version="1.0" encoding="{name}"?>'
        usable = text if name != "koi8-r" else text.replace("€ “закрыт”", "")
        mark = "\ufeff" if name == "utf-16-le" else ""
        record = one((mark + declared + usable).encode(name))
        assert record["headline"].startswith("Порт"), (name, record)
    mixed = b'<?xml version="1.0" encoding="utf-8"?>' + \
        rss(f"<item><title>A</title>{DATE}</item>").encode() .replace(b">A<", b">\xe9A<")
    assert one(mixed)["headline"] == "\ufffdA"  # what is no text costs itself, and is told
    told = check(mixed)["problems"]
    assert [p["line"] for p in told if p["rule"] == "encoding"] == [1] and not errors(mixed)


def other_inputs_are_not_taken_for_feeds():
    for text in ('{"when": "2024-08-12", "headline": "see https://jsonfeed.org/version/1"}\n',
                 "when,headline\n2024-08-12,<rss>\n"):
        assert one(text)["when"] == "2024-08-12"
    for text in ("<html><body><rss/></body></html>", "<newsItem/>", "<rdf:RDF/>", "<feedback/>"):
        assert convert(text)[2] == DATA


def entries_without_an_author_have_the_feeds():
    """RFC 4287, 4.1.1; but not those that were taken over from another feed."""
    entry = "<entry><id>urn:{}</id><title>A</title><updated>2024-08-12T10:00:00Z</updated>{}</entry>"
    feed = "<author><name>HM Government</name></author>" + entry.format(1, "") + entry.format(
        2, "<author><name>Jo</name></author>") + entry.format(3, "<source><title>Other</title></source>")
    assert [item.get("source") for item in convert(atom(feed))[0]] == ["HM Government", "Jo", "Other"]


def what_aggregators_and_accounts_add_goes():
    def item(title, more):
        return one(rss(f"<item><title>{title}</title>{DATE}{more}</item>"))
    assert item("Toll rises - Reuters", "<source url='https://r.example'>Reuters</source>")["headline"] == "Toll rises"
    assert item("Toll rises - AP", "<source url='https://r.example'>Reuters</source>")["headline"] == "Toll rises - AP"
    assert item("A", "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>admin</dc:creator>")["source"] == "Harbour Desk"
    got = item("\U0001F534 LIVE: \u26a0\ufe0f quake \U0001F469\u200d\U0001F692 \u2665", "")
    assert got["headline"] == "LIVE: quake \u2665", got


def text_between_items_takes_no_room():
    items = (f"<item><title>A</title>{DATE}</item>" + " " * 1000) * 600
    assert len(convert(rss(items + f"<item><title>Last</title>{DATE}</item>"))[0]) == 601


def memory_is_flat(tmp):
    if os.environ.get("SANITIZED") == "1":
        return
    peaks = []
    for count in 2000, 20000:
        path = Path(tmp) / f"{count}.rss"
        path.write_text(rss("".join(
            f"<item><title>Number {n}</title><description>{'word ' * 80}</description>{DATE}"
            "</item>\n" for n in range(count))))
        script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        done = subprocess.run([sys.executable, "-c", script, INKLINE, "convert", path, "-o",
                               Path(tmp) / "out.ink"], capture_output=True, check=True)
        peaks.append(int(done.stdout.split()[-1]))
    assert peaks[1] < peaks[0] + 1024, f"kB at 2,000 and 20,000 items: {peaks}"


# --- JSON Feed -------------------------------------------------------------------------------

JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Harbour Desk", "language": "en",
    "feed_url": "https://d.example/feed.json",
    "items": [
        {"id": "1", "url": "/4", "title": "Quay 4 <closed> &amp;", "tags": ["Port", "Traffic"],
         "content_html": "<p>Since <b>noon</b> &amp; on.</p>", "image": "https://d.example/i.png",
         "date_published": "2024-08-12T14:05:09+03:00", "authors": [{"name": "Ann Lee"}],
         "date_modified": "2024-08-12T15:00:00+03:00", "attachments": [{"url": "u"}]},
        {"id": 2, "content_text": "One <b>. Two.", "date_modified": "2024-08-13T00:00:00Z",
         "external_url": "http://e.example/x"},
        {"id": "3", "title": "No date"}, "no object",
        {"id": "4", "title": "Bad date", "date_published": "2024-06-31T00:00:00Z"}]}, indent=1)


def json_feed_items_become_reports():
    records, story, code, _ = convert(JSON_FEED)
    ids = [record.pop("id") for record in records]
    assert len(set(ids)) == 2 and code == OK and story == {"title": "Harbour Desk", "lang": "en"}
    assert records == [
        {"rev": 1723464000, "when": "2024-08-12T14:05:09+03:00", "dated": "report", "lane": "Port",
         "source": "Ann Lee", "headline": "Quay 4 <closed> &",
         "detail": "Since noon & on.", "lang": "en", "url": "https://d.example/4"},
        {"rev": 1723507200, "when": "2024-08-13T00:00:00Z", "dated": "report",
         "source": "Harbour Desk", "headline": "One <b>", "detail": "Two.", "lang": "en",
         "url": "http://e.example/x"}], records
    said = errors(JSON_FEED)
    lines = JSON_FEED.splitlines()
    assert [problem["rule"] for problem in said] == ["no-when", "jsonfeed-item", "date-range"]
    for problem, mark in zip(said, ('"3"', '"no object"', '"4"')):
        near = lines[problem["line"] - 1] + lines[problem["line"]]
        assert mark in near, (problem, near)


def json_feed_of_version_1_has_one_author():
    text = ('{"version":"https:\\/\\/jsonfeed.org\\/version\\/1","title":"T","author":'
            '{"name":"Desk"},"items":[{"id":"a","content_text":"A","date_published":'
            '"2024-08-12T00:00:00Z"%s}]}')
    assert one(text % "")["source"] == "Desk"
    assert one(text % ',"author":{"name":"Ann"}')["source"] == "Ann"


def json_that_is_broken_is_said_so():
    for text, rule in [('{"version":"https://jsonfeed.org/version/1","items":', "json"),
                       ('{"version":"https://jsonfeed.org/version/1"}', "jsonfeed"),
                       ('{"version":"https://jsonfeed.org/version/1","items":[' + "[" * 200 +
                        "]" * 200 + "]}", "json-deep")]:
        assert errors(text, "--from", "jsonfeed")[0]["rule"] == rule, (text[:80], rule)


# --- the conformance feeds -------------------------------------------------------------------

# Where what is read is not what the feed's comment expects, and why that is right.
DISAGREEMENTS = {
    "encoding/double-encoded-html.xml": "UTF-8 encoded twice: feedparser guesses that, we show it",
    "wellformed/base/http_channel_link_base_docuri.xml":
        "relative to where it was fetched from, which a file does not know",
    "wellformed/http/headers_content_location-relative.xml": "the same",
    "wellformed/rss/item_description_not_a_doctype.xml":
        "<!' is a comment by HTML's own rules (bogus comment state), so there is no text",
}

KEYS = {"title": "title", "title_detail": "title", "link": "link", "published": "published",
        "published_parsed": "published", "updated": "updated", "updated_parsed": "updated",
        "created": "published", "created_parsed": "published", "summary": "text",
        "summary_detail": "text", "description": "text", "content": "text", "tagline": "text",
        "tagline_detail": "text", "subtitle": "text", "subtitle_detail": "text", "info": "text",
        "info_detail": "text"}
CLAUSE = re.compile(r"""(?:ord\()?(feed|entries\[(\d)\])(?:\['(\w+)'\]|\.(\w+))(?:\[0\])?(\['value'\])?\)?\s*==\s*"""
                    r"""("{3}.*?"{3}|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\([\d, ]+\)|\d+)""", re.S)
ITEM = re.compile(r"<((?:\w+:)?)(item|entry|ITEM)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)"
                  r"(?:/>|>(.*?)</\1\2>)", re.S)
DATED = re.compile(r"<(\w+:)?(pubDate|published|issued|date|created|updated|modified|atom:updated)\b"
                   r"|LASTMOD", re.I)


def header_of(data, name):
    """What the feed's comment says that HTTP said."""
    found = re.search(rb"Header:\s*" + name + rb":\s*(\S.*)", data)
    return found.group(1).decode().strip() if found else ""


def with_base(text, data):
    """A file has no header: where one says what relative links are relative to, so does xml:base."""
    base = header_of(data, b"Content-Location")
    return re.sub(r"<(rss|feed)\b", rf'<\1 xml:base="{base}"', text, 1) if "//" in base else text


def decode(data):
    """Text and encoding of a feed, as XML finds it, or by the header where there is no more."""
    charset = re.search("charset=[\"']?([\\w-]+)", header_of(data, b"Content-type"))
    if charset and not data.startswith(b"<?xml"):
        data = f'<?xml version="1.0" encoding="{charset.group(1)}"?>'.encode() + data
    for mark, name in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
                       (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
                       (b"\xef\xbb\xbf", "utf-8-sig"), (b"\0\0\0<", "utf-32-be"),
                       (b"<\0\0\0", "utf-32-le"), (b"\0<", "utf-16-be"), (b"<\0", "utf-16-le")):
        if data.startswith(mark):
            return data.decode(name), name
    found = re.match(rb"""<\?xml[^>]*encoding=["']([\w-]+)""", data)
    name = found.group(1).decode() if found else "utf-8"
    for name in (name, "utf-8", "latin-1"):
        try:
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            continue


class Plain(html.parser.HTMLParser):
    MUTE = "script style head template noscript iframe object svg math".split()

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.mute = "", 0

    def handle_starttag(self, tag, attributes):
        self.mute += tag in self.MUTE
        self.text += " " * (tag in "p br div h1 h2 li ul td tr table".split())

    def handle_endtag(self, tag):
        self.mute -= tag in self.MUTE
        self.text += " " * (tag in "p div h1 h2 li ul td tr table".split())

    def handle_data(self, data):
        self.text += "" if self.mute else data


def squeeze(text):
    return re.sub(r"[ \t\r\n\x85\u2028\u2029]+", " ", re.sub(r"[\0-\x08\x7f-\x84\x86-\x9f]", "",
                                                              text)).strip(" ")


def plain(text):
    parser = Plain()
    parser.feed(text)
    parser.close()
    return squeeze(parser.text)


def complete_items(text, keep_title):
    """Items get what makes them records: a date, and unless that is asked, a title."""
    def complete(found):
        prefix, name, attributes, inside = found.groups()
        inside = inside or ""
        if not DATED.search(inside + attributes):
            inside += f"<{prefix}pubDate>Mon, 12 Aug 2024 14:05:09 GMT</{prefix}pubDate>"
        outer = re.sub(r"<svg\b.*?</svg>", "", inside, flags=re.S)
        if not keep_title and not re.search(r"<(\w+:)?(title|TITLE)\b", outer):
            inside += f"<{prefix}title>probe</{prefix}title>"
        return f"<{prefix}{name}{attributes}>{inside}</{prefix}{name}>"
    return ITEM.sub(complete, text)


def probe_feed(text, kind):
    """The feed with an item that shows what is read of the feed itself: its link as the base of the
    item's, its text or date as the item's own."""
    outside = ITEM.sub("", text)
    root = "entry" if "<feed" in text else "ITEM" if "<CHANNEL" in text else "item"
    prefix = "r:" if "<r:rss" in text else ""
    inside = "" if kind in ("published", "updated") else \
        f"<{prefix}pubDate>Mon, 12 Aug 2024 14:05:09 GMT</{prefix}pubDate>"
    names = {"text": "tagline|subtitle|info|description|ABSTRACT",
             "published": r"pubDate|published|issued|date|created|dcterms:created",
             "updated": "lastBuildDate|updated|modified|date|pubDate"}.get(kind)
    if kind == "link":
        link = f'<link href="?probe"/>' if root == "entry" else \
            f"<{prefix}link>?probe</{prefix}link>"
        inside += link
    elif names:
        outside = re.sub(r"<(image|textinput)\b.*?</\1>", "", outside, flags=re.S | re.I)
        for found in re.finditer(rf"<((?:\w+:)?)({names})\b(.*?)</\1\2>", outside, re.S):
            own = {"tagline": "summary", "subtitle": "summary", "info": "summary",
                   "lastBuildDate": "pubDate"}.get(found.group(2), found.group(2))
            inside += f"<{found.group(1)}{own}{found.group(3)}</{found.group(1)}{own}>"
            break
    attributes = ""
    if root == "ITEM" and kind in ("published", "updated"):
        attributes = " " + re.search(r'LASTMOD="[^"]*"', text).group(0)
    probe = f"<{prefix}{root}{attributes}><{prefix}title>probe</{prefix}title>{inside}" \
        f"</{prefix}{root}>"
    for end in f"</{prefix}channel>", "</feed>", "</CHANNEL>", "</rss>":
        if end in text:
            return text.replace(end, probe + end, 1)
    return text


def seconds(text):
    """Of a date as feeds have it, seconds since 1970."""
    got = one(rss(f"<item><title>A</title><pubDate>{text}</pubDate></item>"), "--zone", "UTC")
    return utc(got["when"])


def utc(when):
    when = when.rstrip("~").replace("Z", "+00:00")
    when += {4: "-01-01", 7: "-01"}.get(len(when), "")
    got = datetime.fromisoformat(when)
    return int((got if got.tzinfo else got.replace(tzinfo=timezone.utc)).timestamp())


def read_clause(text, encoding, entry_index, kind):
    """What the importer reads of it."""
    if entry_index is None:
        text = text if kind == "title" else probe_feed(text, kind)
    whole = complete_items(text, kind == "title" and entry_index is not None)
    codec = encoding if encoding in ("utf-16", "utf-32", "utf-8-sig") else encoding
    records, story, _, said = convert(whole.encode(codec, "surrogateescape"), "--from", "feed",
                                      "--zone", "UTC")
    if entry_index is None and kind == "title":
        return story.get("title", "")
    index = -1 if entry_index is None else entry_index
    if not records or index >= len(records):
        return f"no record: {said[:200]}"
    record = records[index]
    if kind == "link":
        return record.get("url", "").removesuffix("?probe" if entry_index is None else "")
    return {"title": record["headline"], "text": record.get("detail", ""),
            "published": utc(record["when"]), "updated": record.get("rev")}[kind]


def agrees(path, kind, value, got):
    if kind in ("published", "updated"):
        want = int(datetime(*value[:6], tzinfo=timezone.utc).timestamp()) \
            if isinstance(value, tuple) else seconds(value)
        return got == want
    if kind == "link":
        return got == value
    raw = "text_plain" in path.stem or "type_text" in path.stem
    want = squeeze(value) if raw else plain(value)
    want = re.sub("[ \u00a0]* [ \u00a0]*", " ", want)  # a hard blank beside a blank is none
    return got == want or (len(got) > 200 and want.startswith(got.rstrip("\u2026")))


def clauses_of(comment):
    expect = re.search(r"Expect:(.*?)-->", comment, re.S)
    for found in CLAUSE.finditer(expect.group(1) if expect else ""):
        which, index, one_name, other, _, literal = found.groups()
        kind = KEYS.get(one_name or other)
        if kind:
            value = ast.literal_eval(literal)
            value = chr(value) if isinstance(value, int) else value
            yield (None if which == "feed" else int(index)), kind, value


def conformance_feeds_agree():
    if not FEEDS.is_dir():
        print("skipped: no open data")
        return
    agreed, disagreed, used, illformed = 0, {}, 0, 0
    for path in sorted(FEEDS.rglob("*.xml")):
        text, encoding = decode(path.read_bytes())
        expect = re.search(r"Expect:(.*?)-->", text, re.S)
        cut_off = not text.rstrip().endswith(">")
        if cut_off or "illformed" in path.parts or (expect and re.search(r"(?<!not )bozo", expect.group(1))):
            illformed += 1
            continue
        for entry_index, kind, value in clauses_of(text):
            used += 1
            got = read_clause(with_base(text, path.read_bytes()), encoding, entry_index, kind)
            if agrees(path, kind, value, got):
                agreed += 1
            else:
                disagreed[str(path.relative_to(FEEDS))] = (kind, value, got)
    unknown = {name: why for name, why in disagreed.items() if name not in DISAGREEMENTS}
    print(f"conformance: {agreed} of {used} expectations agree ({100 * agreed / used:.1f} %), "
          f"{len(disagreed)} feeds listed with a reason; {illformed} illformed feeds left out")
    assert not unknown, "\n".join(f"{name}: {why}" for name, why in unknown.items())
    gone = set(DISAGREEMENTS) - set(disagreed)
    assert not gone, f"these agree now: {gone}"
    assert agreed >= 0.98 * used


def every_conformance_feed_is_read_or_refused():
    if not FEEDS.is_dir():
        print("skipped: no open data")
        return
    read, rules = 0, {}
    for path in sorted(FEEDS.rglob("*.xml")):
        done = run("check", path, "--json", "--from", "feed")
        found = json.loads(done.stdout)
        said = [p for p in found["problems"] if p["severity"] == "error"]
        assert done.returncode == OK or said or done.stderr, path
        read += not said
        for problem in said[:1]:
            rules[problem["rule"]] = rules.get(problem["rule"], 0) + 1
            assert problem["rule"] and problem["message"], (path, problem)
    print(f"conformance: {read} feeds are read as they stand, the others say why not: {rules}")


def conformance_feeds_are_known_by_content():
    unknown = []
    for path in sorted(FEEDS.rglob("*.xml")):
        if any(p["rule"] == "format" for p in errors(path.read_bytes())):
            unknown.append(str(path.relative_to(FEEDS)))
    assert not unknown, unknown


# --- all -------------------------------------------------------------------------------------

HELPERS = {"run", "convert", "check", "errors", "rss", "atom", "entry", "one", "decode", "squeeze",
           "header_of", "with_base", "plain", "complete_items", "probe_feed", "seconds", "utc", "read_clause", "agrees",
           "clauses_of"}

if __name__ == "__main__":
    sys.exit(main())
