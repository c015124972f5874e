#!/usr/bin/env python3
"""Hostile inputs against what all importers share: the readers of XML and JSON, and encodings.

    test_hostile.py INKLINE

What a reader must do: end soon, in little memory, with what is good in the input kept, and never by
a crash. XML goes by way of the importer of feeds; without it that part is skipped.
"""
import json
import os
import resource
import subprocess
import sys
import time

INKLINE = os.path.abspath(sys.argv[1])
SECONDS, BYTES = 20, 400 << 20
SANITIZED = b"__asan_init" in open(INKLINE, "rb").read()
FORMATS = subprocess.run([INKLINE, "formats"], capture_output=True, text=True).stdout


def has(name):
    return f"\n{name}:" in "\n" + FORMATS


XML = next((name for name in ("rss", "feed", "atom") if has(name)), None)
JSON = "jsonld" if has("jsonld") else None


def limits():
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def convert(data, source):
    """Headlines of an input, and what was said."""
    data = data.encode() if isinstance(data, str) else data
    begun = time.monotonic()
    options = ["--from", source] if source else []
    done = subprocess.run([INKLINE, "convert", "-", "-o", "-", "--to", "ndjson", *options],
                          input=data, capture_output=True, timeout=10 * SECONDS, preexec_fn=limits)
    error = done.stderr.decode("utf-8", "replace")
    took = time.monotonic() - begun
    assert done.returncode in (0, 65), f"exit {done.returncode}: {error[-1500:]}"
    assert took < SECONDS * (10 if SANITIZED else 1), f"{took:.1f} s"
    items = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    return [item.get("headline") for item in items if "story" not in item], error


def item(text, more=""):
    return (f"<item><title>{text}</title><pubDate>Mon, 12 Aug 2024 14:05:09 +0300</pubDate>"
            f"<guid>{abs(hash(text))}</guid>{more}</item>")


def rss(inside, head="", attributes=""):
    return (f'<?xml version="1.0"?>{head}<rss version="2.0" {attributes}><channel><title>T</title>'
            f"<link>http://a.example</link>{inside}</channel></rss>")


LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)) + "]>"
PARAMETERS = ("<!DOCTYPE rss [<!ENTITY % a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY % {chr(98 + i)} '{f'&#37;{chr(97 + i)};' * 10}'>" for i in range(10)) + "%k;]>")
SECRET = "no-such-text-in-a-feed"

# A document, and headlines that must be there.
XMLS = [
    ("plain", rss(item("a")), ["a"]),
    ("billion laughs", rss(item("a") + item("&a11;"), LAUGHS), ["a"]),
    ("quadratic", rss(item("a") + item("&a;" * 20000),
                      f"<!DOCTYPE rss [<!ENTITY a '{'x' * 20000}'>]>"), ["a"]),
    ("parameter entities", rss(item("a"), PARAMETERS), []),
    ("recursion", rss(item("a") + item("&a;"), "<!DOCTYPE rss [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>"), ["a"]),
    ("external file", rss(item("a") + item("&x;b"), "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///proc/self/environ'>]>"), ["a"]),
    ("external DTD", rss(item("a"), "<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/x.dtd'>"), ["a"]),
    ("external parameter", rss(item("a"), "<!DOCTYPE rss [<!ENTITY % x SYSTEM 'file:///etc/passwd'> %x;]>"), []),
    ("10,000 attributes", rss("<x " + " ".join(f"a{i}='1'" for i in range(10000)) + "/>" + item("a")), ["a"]),
    ("same hashes of attributes", rss("<x " + " ".join(f"a{'b' * (i % 200)}{i}=''" for i in range(10000)) + "/>" + item("a")), ["a"]),
    ("a huge attribute", rss(item("a", f"<enclosure url='{'x' * 5000000}'/>") + item("b")), ["a", "b"]),
    ("a huge text", rss(item("a") + item("x" * 5000000) + item("b")), ["a", "b"]),
    ("a huge name", rss(f"<{'n' * 100000}/>" + item("a")), ["a"]),
    ("a long path", rss(item("a", f"<{'n' * 250}><{'m' * 250}>x</{'m' * 250}></{'n' * 250}>") + item("b")), ["a", "b"]),
    ("many elements", rss(item("a", "<x>y</x>" * 200000) + item("b")), ["a", "b"]),
    ("many namespaces", rss(item("a"), "", " ".join(f"xmlns:n{i}='u{i}'" for i in range(5000))), ["a"]),
    ("deep", rss(item("a"))[:-len("</channel></rss>")] + "<x>" * 1000000, ["a"]),
    ("deep markup", rss(item("a") + "<item><title>b</title>" + "<b xmlns='http://www.w3.org/1999/xhtml'>" * 100000), ["a"]),
    ("NUL", rss(item("a") + item("b\0c") + item("d")), ["a"]),
    ("a comment without end", rss(item("a") + "<!--" + "x" * 1000000), ["a"]),
    ("CDATA without end", rss(item("a") + "<item><title><![CDATA[" + "x" * 1000000), ["a"]),
    ("a wrong end", rss(item("a") + "<b></c>"), ["a"]),
    ("two roots", rss(item("a")) + rss(item("b")), ["a"]),
    ("an instruction in it", rss("<?php " + "x" * 100000 + "?>" + item("a")), ["a"]),
]


def xml_is_safe():
    if XML is None:
        return print("  skipped: no importer of XML")
    for name, text, want in XMLS:
        got, error = convert(text, XML)
        short = [headline for headline in got if len(headline) < 5]
        for headline in want:
            assert headline in short, f"{name}: {short}\n{error[-600:]}"
        assert not any("PATH=" in headline or "root:" in headline for headline in got), name
    print(f"  {len(XMLS)} documents")


def xml_may_end_anywhere():
    if XML is None:
        return
    text = rss(item("a &amp; &eacute; <![CDATA[<b>]]>", "<description>&lt;p&gt;x</description>") +
               item("\u0416", "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>J</dc:creator>"),
               "<!DOCTYPE rss [<!ENTITY a 'x'>]>").encode()
    step = 7 if SANITIZED else 3
    for end in range(0, len(text), step):
        convert(text[:end], XML)
    for at in range(0, len(text), step):
        convert(text[:at] + b"\xff" + text[at + 1:], XML)


def encodings():
    """A declaration may lie, bytes may be odd: nothing is lost that can be read."""
    if XML is None:
        return
    text = rss(item("a") + item("\u0416")).replace("?>", " encoding='{}'?>", 1)
    cases = [(text.format("UTF-16").encode("utf-16"), ["a", "\u0416"]),
             (text.format("UTF-8").encode("utf-16-le"), ["a", "\u0416"]),
             (text.format("UTF-8").encode("utf-16-be"), ["a", "\u0416"]),
             (text.format("UTF-8").encode("utf-32"), ["a", "\u0416"]),
             (text.format("windows-1251").encode("cp1251"), ["a", "\u0416"]),
             (text.format("koi8-r").encode("koi8-r"), ["a", "\u0416"]),
             (text.format("UTF-16").encode("utf-16")[:-1], ["a", "\u0416"]),
             (text.format("UTF-16").encode("utf-16") + b"\x00", ["a", "\u0416"]),
             (b"\xef\xbb\xbf" + text.format("UTF-8").encode(), ["a", "\u0416"]),
             (text.format("iso-2022-jp").encode(), ["a"]),
             (text.format("UTF-7").encode("utf-7"), []),
             (text.format("x-no-such").encode(), []),
             (text.format("").encode(), []), (text.format("u" * 5000).encode(), []),
             (text.format("UTF-16").encode(), []),
             (text.format("UTF-16//IGNORE").encode(), []),
             (text.format("UTF-8").encode().replace(b"\xd0", b"\xff"), ["a"])]
    for data, want in cases:
        got, error = convert(data, XML)
        for headline in want:
            assert headline in got, (data[:60], got, error)
    for mark in (b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\xef\xbb\xbf", b"\xef",
                 b"<\0", b"<\0?\0x", b"\xff\xfe<", b"\xff\xfe\x00\xd8", b"\0", b"<?xml", b"<?xml encoding",
                 b"<?xml encoding=", b"<?xml encoding='", b"<?xml encoding='>", b"<?xml encoding='x"):
        convert(mark, XML)
        convert(mark, None)
    print(f"  {len(cases)} encodings")


EVENT = '{"@type":"Event","name":"%s","startDate":"2024"}'

# A stream, and headlines that must be there.
JSONS = [
    ("plain", EVENT % "a", ["a"]),
    ("deep arrays", "[" * 1000000 + "\n" + EVENT % "a", []),
    ("deep objects", '{"a":' * 1000000, []),
    ("deep behind good", EVENT % "a" + '{"a":' + "[" * 1000000, ["a"]),
    ("deep closed", EVENT % "a" + '{"a":' + "[" * 100000 + "]" * 100000 + "}" + EVENT % "b", ["a", "b"]),
    ("nothing but brackets", "}" * 100000 + "]" * 100000 + EVENT % "a", ["a"]),
    ("a long object", EVENT % "a" + '{"x":"' + "y" * (17 << 20) + '"}' + EVENT % "b", ["a", "b"]),
    ("a list of zeros", EVENT % "a" + '{"x":[' + "0," * (3 << 20) + '0]}' + EVENT % "b", ["a", "b"]),
    ("many members", '{' + "".join(f'"k{i}":1,' for i in range(200000)) + (EVENT % "a")[1:] + EVENT % "b", ["b"]),
    ("one member again", '{' + '"name":"x",' * 100000 + (EVENT % "a")[1:], []),
    ("a huge number", '{"n":' + "9" * 1000000 + "," + (EVENT % "a")[1:], []),
    ("escapes", EVENT % "\\ud83d\\ude00\\u0416", ["\u0416"]),
    ("lone surrogates", EVENT % "\\ud83d" + EVENT % "a", ["a"]),
    ("\\u0000", EVENT % "x\\u0000y" + EVENT % "a", ["a"]),
    ("raw NUL", EVENT % "x\0y" + EVENT % "a", ["a"]),
    ("bad UTF-8", (EVENT % "x").encode().replace(b"x", b"\xff\xc0") + (EVENT % "a").encode(), ["a"]),
    ("arrays in a row", f'[{EVENT % "a"}][{EVENT % "b"}]', ["a", "b"]),
    ("record separators", f'\x1e{EVENT % "a"}\x1e{{"cut": "\x1e{EVENT % "b"}\n', ["a", "b"]),
    ("lines", f'{EVENT % "a"}\n{EVENT % "b"}\r\n\n', ["a", "b"]),
    ("words between", f'{EVENT % "a"} true null 3 {EVENT % "b"}', ["a", "b"]),
    ("a comma too many", '[' + "," * 100000 + EVENT % "a" + ",]", ["a"]),
    ("UTF-16", (EVENT % "a").encode("utf-16"), ["a"]),
    ("UTF-16 without a mark", (EVENT % "a").encode("utf-16-le"), ["a"]),
    ("half a letter of UTF-16", (EVENT % "a").encode("utf-16") + b"\0", ["a"]),
]


def json_is_safe():
    if JSON is None:
        return print("  skipped: no importer of JSON")
    for name, text, want in JSONS:
        got, error = convert(text, JSON)
        for headline in want:
            assert headline in got, f"{name}: {got[:5]}\n{error[-600:]}"
    print(f"  {len(JSONS)} streams")


def main():
    passed = failed = 0
    for test in (xml_is_safe, xml_may_end_anywhere, encodings, json_is_safe):
        try:
            test()
            passed += 1
        except (AssertionError, subprocess.TimeoutExpired) as error:
            failed += 1
            print(f"failed: {test.__name__}: {str(error)[:1800]}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
