#!/usr/bin/env python3
"""What holds for items of all formats: which version counts, what is not shown, which id meets which.

usage: test_import_versions.py INKLINE [NAME...]      (NAME: only tests whose name contains it)
"""
import json
import sys
import time
from pathlib import Path

from test_host import DATA, OK, lines_of, main, problems_of, write

NOW = ["--now", "2024-08-20T12:00:00Z"]
MADE = 1723456800  # 2024-08-12T10:00:00Z


def read(text, form, *options):
    text = text if isinstance(text, str) else json.dumps(text)
    return lines_of(text, "--from", form, *NOW, *options)[0]


def shown(text, form, *options):
    return [record["headline"] for record in read(text, form, *options)]


def records_of(tmp, files, code=OK):
    """Of several inputs; each is (name, text)."""
    paths = [write(Path(tmp) / name, text if isinstance(text, str) else json.dumps(text))
             for name, text in files]
    return lines_of("", *paths[1:], *NOW, name=paths[0], code=code)[0]


def ids_of(tmp, files):
    return [record["id"] for record in records_of(tmp, files)]


def lines(*items):
    return "".join(json.dumps(item) + "\n" for item in items)


def stamp(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(MADE + seconds))


def ninjs(headline="A", uri="urn:a", made=0, number=None, **more):
    item = {"uri": uri, "headlines": [{"value": headline}], "pubStatus": "usable"}
    item.update({"versionCreated": stamp(made)} if made is not None else {"firstCreated": "x"})
    return dict(item, **({"version": str(number)} if number is not None else {}), **more)


def event(headline, number, **more):
    return dict({"uri": "urn:e", "type": "event", "title": headline, "version": str(number),
                 "eventDetails": {"dates": {"startDate": "2024-09-01"}}}, **more)


def g2(content="<headline>A</headline>", made=0, number=1, meta="", guid="urn:a", kind="text"):
    return ('<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" '
            f'guid="{guid}" version="{number}"><itemMeta><itemClass qcode="ninat:{kind}"/>'
            f"<versionCreated>{stamp(made)}</versionCreated>"
            f"{meta}</itemMeta><contentMeta>{content}</contentMeta></newsItem>")


def nitf(status="", head="", issue="20240812T100000Z", release=""):
    return (f'<nitf><head><docdata{status}><doc-id id-string="urn:a"/>'
            f'<date.issue norm="{issue}"/>{release}</docdata>{head}</head><body><body.head><hedline>'
            "<hl1>A</hl1></hedline></body.head></body></nitf>")


def newsml1(status="Usable", made="20240812T100000Z", number=1, more=""):
    return (f'<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>p.example</ProviderId>'
            f"<DateId>20240812</DateId><NewsItemId>7</NewsItemId><RevisionId>{number}</RevisionId>"
            "</NewsIdentifier></Identification><NewsManagement>"
            f'<ThisRevisionCreated>{made}</ThisRevisionCreated><Status FormalName="{status}"/>{more}'
            "</NewsManagement><NewsComponent><NewsLines><HeadLine>A</HeadLine></NewsLines>"
            "</NewsComponent></NewsItem></NewsML>")


def atom(entries, head="<title>Desk</title>"):
    return ('<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app" '
            'xmlns:at="http://purl.org/atompub/tombstones/1.0" '
            f'xmlns:media="http://search.yahoo.com/mrss/">{head}{entries}</feed>')


def entry(headline="A", made=0, id="urn:a", more=""):
    return (f"<entry><id>{id}</id><title>{headline}</title><published>{stamp(0)}</published>"
            f"<updated>{stamp(made)}</updated>{more}</entry>")


def rss(items, head="<title>Desk</title>"):
    return ('<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:media="http://search.yahoo.com/mrss/">'
            f"<channel>{head}{items}</channel></rss>")


def item(more="", title="A"):
    title = f"<title>{title}</title>" if title else ""
    return f"<item>{title}<pubDate>Mon, 12 Aug 2024 10:00:00 GMT</pubDate>{more}</item>"


def json_feed(*items, **head):
    items = [dict({"title": "A", "date_published": stamp(0)}, **one) for one in items]
    return dict({"version": "https://jsonfeed.org/version/1.1", "title": "Desk", "items": items},
                **head)


def jsonld(kind, **more):
    return dict({"@context": "https://schema.org", "@type": kind}, **more)


# --- versions: rev is seconds since 1970 in all formats ---

def test_all_formats_have_one_scale():
    for text, form in ((ninjs(), "ninjs"), (ninjs(number=1), "ninjs"), (g2(), "newsml"),
                       (nitf(), "newsml"), (newsml1(), "newsml"), (atom(entry()), "feed"),
                       (rss(item()), "feed"), (json_feed({"id": "1"}), "jsonfeed"),
                       (jsonld("LiveBlogPosting", headline="B", liveBlogUpdate=[
                           {"headline": "A", "datePublished": stamp(0)}]), "jsonld")):
        assert [record["rev"] for record in read(text, form)] == [MADE], (form, text)


def test_a_newer_version_replaces_one_of_another_format(tmp):
    feed, wire = ("f.atom", atom(entry("feed", made=60))), ("w.json", ninjs("wire", made=300, number=9))
    for files in ([feed, wire], [wire, feed]):
        found = records_of(tmp, files)
        assert len({record["id"] for record in found}) == 1, found
        assert max(found, key=lambda record: record["rev"])["headline"] == "wire", found


def test_versions_of_one_second_go_by_their_number():
    for made, numbers in ((0, (1, 2, 3)), (0, (0, 2, 10)), (0, (59, 60)), (None, (1, 2, 7))):
        revs = [record["rev"] for number in numbers for record in
                read(ninjs(made=made, number=number) if made is not None else event("A", number), "ninjs")]
        assert revs == sorted(set(revs)) and len(revs) == len(numbers), (made, numbers, revs)
    early, late = read(lines(ninjs(number=9), ninjs(made=1, number=10)), "ninjs")
    assert early["rev"] < late["rev"]
    many = read(ninjs(number=20240812), "ninjs")[0]["rev"]
    assert MADE < many < MADE + 60, many  # it is never off by a minute
    alone = read(event("A", 4), "ninjs")[0]["rev"]
    assert alone == 4                     # below every time


def test_revisions_of_nitf_count_by_the_latest():
    head = ('<revision-history norm="20240812T113000Z"/><revision-history norm="20240812T120000Z"/>'
            '<revision-history norm="20240812T110000Z"/><revision-history norm="soon"/>')
    assert read(nitf(head=head), "newsml")[0]["rev"] == MADE + 7200
    assert read(nitf(issue="20240812T100000"), "newsml", "--zone", "UTC")[0]["rev"] == MADE


def test_a_cancellation_without_a_time_takes_what_has_one():
    """Nobody knows which is newer, and what was taken back must not be shown."""
    kill = {"uri": "urn:a", "version": "2", "pubStatus": "canceled"}
    assert shown(lines(ninjs(number=1), kill), "ninjs") == []
    assert shown(lines(kill, ninjs(number=5)), "ninjs") == []
    kill["uri"] = "urn:e"  # by numbers alone they compare
    assert shown(lines(event("old", 2), kill), "ninjs") == []
    assert shown(lines(kill, event("new", 3)), "ninjs") == ["new"]


# --- what is not shown ---

def test_status_of_nitf():
    release = '<date.release norm="2024082{}T000000Z"/>'
    for status, more, count in (("usable", "", 1), ("canceled", "", 0), ("withheld", "", 0),
                                ("embargoed", "", 0), ("embargoed", release.format(1), 0),
                                ("embargoed", release.format(0), 1), ("", release.format(1), 0)):
        text = nitf(f' management-status="{status}"' if status else "", release=more)
        assert len(read(text, "newsml")) == count, (status, more)


def test_an_embargo_of_newsml_1_ends_as_it_is_told():
    for future, until, count in (("Usable", "20240819T000000Z", 1), ("Usable", "20240821T000000Z", 0),
                                 ("Canceled", "20240819T000000Z", 0)):
        more = (f'<StatusWillChange><FutureStatus FormalName="{future}"/><DateAndTime>{until}'
                "</DateAndTime></StatusWillChange>")
        assert len(read(newsml1("Embargoed", more=more), "newsml")) == count, (future, until)
    assert read(newsml1("Embargoed"), "newsml") == []
    more = ('<StatusWillChange><FutureStatus FormalName="Canceled"/><DateAndTime>20240901T000000Z'
            "</DateAndTime></StatusWillChange>")
    assert len(read(newsml1("Usable", more=more), "newsml")) == 1


def test_drafts_and_deleted_entries_of_atom():
    draft = "<app:control><app:draft>{}</app:draft></app:control>"
    assert shown(atom(entry(more=draft.format("yes")) + entry("B", id="urn:b")), "feed") == ["B"]
    assert shown(atom(entry(more=draft.format("no"))), "feed") == ["A"]
    assert shown(atom(entry() + entry("A2", made=9, more=draft.format("yes"))), "feed") == []
    assert shown(atom(entry(more=draft.format("yes")) + entry("A2", made=9)), "feed") == ["A2"]
    gone = '<at:deleted-entry ref="urn:a" when="{}"><at:by><name>x</name></at:by></at:deleted-entry>'
    for when, count in ((stamp(0), 0), (stamp(60), 0), (stamp(-60), 1), ("", 0), ("soon", 0)):
        for text in (entry() + gone.format(when), gone.format(when) + entry()):
            assert len(read(atom(text + entry("B", id="urn:b")), "feed")) == 1 + count, when
    other = gone.replace("urn:a", "urn:c").format(stamp(60))
    assert shown(atom(entry() + other), "feed") == ["A"]


def test_an_embargo_is_of_all_versions_up_to_its_own():
    """As the IPTC has it; and the first version may have been sent without by mistake."""
    until = {"embargoedUntil": "2024-09-01T00:00:00Z"}
    first, second = ninjs("first", number=1), ninjs("second", made=60, number=2)
    held = dict(second, **until)
    for items in ([first, held], [held, first]):
        assert shown(lines(*items), "ninjs") == [], items
        over = lines_of(lines(*items), "--from", "ninjs", "--now", "2024-09-02T00:00:00Z")[0]
        assert {record["headline"] for record in over} == {"first", "second"}
    assert shown(lines(held, ninjs("third", made=90, number=3)), "ninjs") == ["third"]
    assert shown(lines(dict(first, **until), second), "ninjs") == ["second"]
    embargoed = "<embargoed>2024-09-01T00:00:00Z</embargoed>"
    both = g2() + g2("<headline>B</headline>", made=60, number=2, meta=embargoed)
    message = ('<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>' + both +
               "</itemSet></newsMessage>")
    assert read(message, "newsml") == []


def test_status_of_an_event_in_any_shape():
    for word in ("EventCancelled", "https://schema.org/EventCancelled", "http://schema.org/EventCancelled/",
                 {"@id": "https://schema.org/EventCancelled"}, {"name": "EventCancelled"},
                 ["EventScheduled", "https://schema.org/EventCancelled"],
                 [{"@id": "schema:EventCancelled"}]):
        text = jsonld("Event", name="A", startDate="2024-09-01", url="https://e.example/1",
                      eventStatus=word)
        assert read(text, "jsonld") == [], word
        later = json.dumps(text).replace("Cancelled", "Postponed")
        assert [record["status"] for record in read(later, "jsonld")] == ["withdrawn"], word
        on = json.dumps(text).replace("Cancelled", "Scheduled")
        assert [record["status"] for record in read(on, "jsonld")] == ["planned"], word


# --- texts for readers ---

def test_the_roles_of_newsml_g2_say_which_text_is_for_readers():
    for roles, headline in ((["internal", "", "main"], "2"), (["hldrole:internal", "hldrole:short"], "1"),
                            (["", "hldrole:main"], "1"), (["slugline", "web"], "1"), (["note", ""], "1"),
                            (["x:deskNote", "x:other", "x:third"], "1"), (["", ""], "0")):
        content = "".join(f'<headline role="{role}">{i}</headline>' if role else f"<headline>{i}</headline>"
                          for i, role in enumerate(roles))
        assert shown(g2(content), "newsml") == [headline], roles
    assert lines_of(g2('<headline role="x:internal">A</headline>'), "--from", "newsml", code=DATA)[0] == []
    for roles, kind, detail in (
            (["drol:internal", "drol:summary"], "text", "1"), (["drol:caption", ""], "text", "1"),
            (["drol:caption"], "text", None), (["drol:caption"], "picture", "0"),
            (["", "drol:abstract"], "text", "1"), (["editorial-note", "x:standfirst"], "text", "1"),
            (["drol:altText", ""], "picture", "1"), (["x:usage", "x:any"], "text", "1")):
        content = "".join(f'<description role="{role}">{i}</description>' if role else
                          f"<description>{i}</description>" for i, role in enumerate(roles))
        record = read(g2("<headline>A</headline>" + content, kind=kind), "newsml")[0]
        assert record.get("detail") == detail, (roles, record)


def test_the_roles_of_ninjs_say_so_too():
    for role, more, detail in (("drol:summary", {}, "D"), ("x:internal", {}, None),
                               ("caption", {"type": "text"}, None), ("caption", {"type": "picture"}, "D"),
                               ("http://cv.example/role/standfirst", {}, "D")):
        one = ninjs(descriptions=[{"role": role, "value": "D"}], **more)
        assert read(one, "ninjs")[0].get("detail") == detail, role
    both = ninjs()
    both["headlines"] = [{"role": "x:internal", "value": "no"}, {"role": "x:main", "value": "yes"}]
    assert shown(both, "ninjs") == ["yes"]


# --- ids ---

def test_feeds_of_one_site_are_two(tmp):
    page, guid = "<link>https://d.example/</link>", '<guid isPermaLink="false">7</guid>'
    own = '<atom:link rel="self" href="https://d.example/{}.xml"/>'
    heads = ["<title>World</title>" + page, "<title>Sport</title>" + page,
             "<title>World</title>" + page + own.format("world"),
             "<title>World</title>" + page + own.format("local")]
    files = [(f"{i}.rss", rss(item(guid), head)) for i, head in enumerate(heads)]
    assert len(set(ids_of(tmp, files))) == 4
    for i in range(len(heads)):  # wherever it was fetched from
        assert len(set(ids_of(tmp, [files[i], ("again.rss", files[i][1])]))) == 1
    feeds = [("1.json", json_feed({"id": "7"}, home_page_url="https://d.example/", title="World")),
             ("2.json", json_feed({"id": "7"}, home_page_url="https://d.example/", title="Sport")),
             ("3.json", json_feed({"id": "7"}, feed_url="https://d.example/f.json"))]
    assert len(set(ids_of(tmp, feeds))) == 3
    assert len(set(ids_of(tmp, [feeds[2], ("4.json", feeds[2][1])]))) == 1
    pages = [(f"{i}.atom", atom(entry(id="7"), "<id>urn:f</id><title>Desk</title>"
                                f'<link rel="self" href="https://d.example/?page={i}"/>')) for i in (1, 2)]
    assert len(set(ids_of(tmp, pages))) == 1


def test_ids_of_two_timelines_are_two(tmp):
    def timeline(title):
        slide = {"start_date": {"year": "2020"}, "text": {"headline": "A"}, "unique_id": "slide-1"}
        return dict({"events": [slide]}, **({"title": {"text": {"headline": title}}} if title else {}))
    files = [("1.json", timeline("One")), ("2.json", timeline("Two")), ("3.json", timeline("")),
             ("4.json", timeline("")), ("5.json", timeline("One"))]
    ids = ids_of(tmp, files)
    assert len(set(ids)) == 4 and ids[0] == ids[4], ids


def test_ids_of_two_live_blogs_are_two(tmp):
    def blog(**more):
        return jsonld("LiveBlogPosting", headline=more.pop("title", "Live"), **more, liveBlogUpdate=[
            {"headline": "A", "datePublished": stamp(0), "identifier": "7"},
            {"headline": "B", "datePublished": stamp(0), "@id": "#8"}])
    files = [("1.jsonld", blog(url="https://d.example/1")), ("2.jsonld", blog(url="https://d.example/2")),
             ("3.jsonld", blog(**{"@id": "https://d.example/3"})), ("4.jsonld", blog(title="Other")),
             ("5.jsonld", blog(url="https://d.example/1"))]
    ids = ids_of(tmp, files)
    assert len(set(ids)) == 8 and ids[:2] == ids[8:], ids


def test_an_id_of_a_format_never_meets_a_desks_own(tmp):
    own = ("own.csv", 'id,when,headline\n7,2024-08-12,Ours\nq7,2024-08-12,Ours\n"Desk q7",2024-08-12,Ours\n')
    foreign = [("a.json", lines(ninjs(uri="7"), ninjs(uri="q7"))),
               ("b.rss", rss(item("<guid>q7</guid>") + item("<guid>7</guid>")))]
    ids = ids_of(tmp, [own] + foreign)
    assert len(set(ids)) == len(ids) == 7, ids
    uri = [("c.csv", "id,when,headline\nurn:a,2024-08-12,Ours\n"), ("d.json", lines(ninjs()))]
    assert len(set(ids_of(tmp, uri))) == 1  # a URI is the same everywhere


def test_numbers_of_json_keep_all_digits(tmp):
    ids = ["9007199254740993", "9007199254740992", "12345678901234567", "12345678901234568",
           "340282366920938463463374607431768211456", "-9007199254740993", "-9007199254740992", "7"]
    items = ",".join(f'{{"note": "a 1 \\" 2", "n": [1.5, -2e3], "id": {id}, "title": "A", '
                     f'"date_published": "{stamp(0)}"}}' for id in ids)
    text = '{"version": "https://jsonfeed.org/version/1.1", "title": "Desk", "items": [' + items + "]}"
    quoted = text
    for id in ids:
        quoted = quoted.replace(f'"id": {id},', f'"id": "{id}",')
    found = [record["id"] for record in read(text, "jsonfeed")]
    assert len(set(found)) == len(ids) and found == [record["id"] for record in read(quoted, "jsonfeed")]
    for pad in range(65500, 65540, 3):  # where two parts of the file meet
        padded = text.replace('"Desk"', '"Desk", "x": "' + "y" * (pad - 250) + '"')
        assert [record["id"] for record in read(padded, "jsonfeed")] == found, pad


# --- texts of feeds ---

def detail_of(html):
    text = html.replace("&", "&amp;").replace("<", "&lt;")
    record = read(rss(item(f"<description>{text}</description>")), "feed")[0]
    as_json = read(json_feed({"id": "1", "content_html": html}), "jsonfeed")[0]
    assert record.get("detail") == as_json.get("detail"), (html, record, as_json)
    return record.get("detail")


def test_invitations_to_read_on_go():
    for html, detail in (
            ("<p>It was so.</p> <a href='x'>Continue reading...</a>", "It was so."),
            ("It was so. Continue reading &rarr;", "It was so."), ("It was so. Read more »", "It was so."),
            ("It was so &hellip; <a>Continue reading <span>A</span> <span>&rarr;</span></a>", "It was so …"),
            ("It was so [&#8230;]", "It was so…"), ("It was so. [&#8230;]", "It was so."), ("It was […] so", "It was […] so"),
            ("<p>It was so [...]</p><p>The post <a>A</a> appeared first on <a>Else</a>.</p>", "It was so…"),
            ("<p>It was so.</p><p>The post <a>B</a> appeared first on <a>Desk</a>.</p>", "It was so."),
            ("It was so. (Read more)", "It was so."), ("It was so. READ MORE", "It was so."),
            ("Das war es. Weiterlesen …", "Das war es."), ("Так было. Читать далее", "Так было."),
            ("It was so [&#8230;] Read more", "It was so…"), ("Read more", None), ("[…]", None),
            # what only looks like one
            ("The post by the mayor appeared first on Telegram.", "The post by the mayor appeared first on Telegram."),
            ("Children should read more.", "Children should read more."), ("They want to read on.", "They want to read on."),
            ("Is there no time to Read More?", "Is there no time to Read More?")):
        assert detail_of(html) == detail, (html, detail_of(html))


def test_titles_of_json_feeds_are_read_to_the_end():
    for title, headline in (("AT&T", "AT&T"), ("AT&amp;T", "AT&T"), ("AT&amp;amp;T", "AT&T"),
                            ("It&amp;#8217;s", "It’s"), ("3 < 5 & <b>", "3 < 5 & <b>"), ("&nothing; &", "&nothing; &")):
        assert shown(json_feed({"id": "1", "title": title}), "jsonfeed") == [headline], title


def test_who_took_the_picture_is_no_source():
    picture = ('<media:content url="u"><media:credit role="photographer">Jo Bo</media:credit></media:content>'
               "<media:credit>Jo Bo</media:credit>")
    for more, source in ((picture, "Desk"), ('<source url="u">UN Photo/Jo Bo</source>', "Desk"),
                         ('<source url="u">UN Photo</source>', "Desk"), ("<dc:creator>© Jo Bo</dc:creator>", "Desk"),
                         ("<dc:creator>Photo: Jo Bo</dc:creator>", "Desk"), ('<source url="u">Photo Weekly</source>', "Photo Weekly"),
                         ("<dc:creator>Photon Lab</dc:creator>", "Photon Lab"), ('<source url="u">UN News</source>', "UN News"),
                         ("<dc:creator>Jo Bo / Getty Images</dc:creator>", "Desk")):
        assert read(rss(item(more)), "feed")[0]["source"] == source, more


# --- references ---

def test_things_of_a_large_graph_are_found():
    def graph(things, far):
        updates = [{"headline": f"H{i}", "datePublished": stamp(0),
                    "author": {"@id": f"#p{i % far}"} if far else {"name": "N"}} for i in range(things)]
        people = [{"@type": "Person", "@id": f"#p{i}", "name": f"N{i}"} for i in range(far)]
        return jsonld("Dataset") | {"@graph": [*people, jsonld("LiveBlogPosting", liveBlogUpdate=updates)]}
    records = read(graph(9000, 9000), "jsonld")
    assert [record["source"] for record in records[::1000]] == [f"N{i}" for i in range(0, 9000, 1000)]
    took = []
    for text in (graph(40000, 0), graph(40000, 20000)):  # it was twenty times as long
        begun = time.perf_counter()
        assert len(read(text, "jsonld")) == 40000
        took.append(time.perf_counter() - begun)
    assert took[1] < 5 * took[0], took


# --- messages ---

def test_what_turns_the_text_around_is_escaped():
    for point in (0x202E, 0x2066, 0x200F, 0x061C):
        text = lines(ninjs(made=None, contentCreated=f"2024{chr(point)}-13"))
        for said in (lines_of(text, "--from", "ninjs", code=DATA)[2],
                     json.dumps(problems_of(text, "--from", "ninjs"), ensure_ascii=False)):
            assert chr(point) not in said and "u{%04X}" % point in said, (hex(point), said)


def test_one_mistake_in_json_is_said_once():
    good = lines(ninjs("good", uri="urn:z"))
    a, b = json.dumps(ninjs("a")), json.dumps(ninjs("b", uri="urn:b"))
    feed = json.dumps(json_feed({"id": "1"}, {"id": "2"}, feed_url="u", description="d {x}"), indent=1)
    for text, kept in (
            ('{"uri": "urn:a", "x": [{"y": 1}}, {"z": 2}], "w": {"v": 1}}\n' + good, ["good"]),
            (feed.replace("}", "}}", 1) + "\n" + good, ["good"]),
            (feed.replace("[", "[]", 1) + "\n" + good, ["good"]),
            (a + "}\n" + good, ["a", "good"]), (a + "}}]}\n\n" + good, ["a", "good"]),
            (a[:-1] + ',"x":1},"y":2,"z":{"q":1}}\n' + good, ["a", "good"]),
            (f"[{a}}}, {b}]\n", ["a", "b"]), (f"[{a[:-1]},}}, {b}]\n", ["b"]),
            (a[:-1] + ",}\n" + good, ["good"]), (a[:-1] + ",}" + b + "\n" + good, ["b", "good"]),
            (a[:-1] + ",}\n  " + b + "\n" + good, ["b", "good"]), (a + "}" + b, ["a", "b"]),
            (a[:-1] + ",}\x1e{" + b[1:], ["b"])):
        found = [record["headline"] for record in lines_of(text, "--from", "ninjs", *NOW, code=None)[0]]
        errors = [p for p in problems_of(text, "--from", "ninjs")["problems"] if p["severity"] == "error"]
        assert found == kept and len(errors) == 1, (text[:200], found, errors)


HELPERS = {name for name in dir() if not name.startswith("test_")}

if __name__ == "__main__":
    sys.exit(main())
