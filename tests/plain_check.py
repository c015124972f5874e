#!/usr/bin/env python3
"""HTML to text, against Python's html.parser and html.unescape: random HTML, and that of real
feeds where the collection of open data is at hand.

    plain_check.py TEST_PLAIN
"""
import html
import random
import re
import struct
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FEEDS = ROOT.parent / "shared" / "data" / "open" / "feeds"
PLAIN = sys.argv[1]
ROUNDS = 20000

# Python follows HTML 5, where these two are other brackets than in HTML 4.
OTHER = {"lang": 0x2329, "rang": 0x232A}
MUTE = "script style head template noscript iframe object svg math".split()
INSIDE = ("a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span "
          "strong sub sup time tt u var wbr").split()


def ours(texts, cap=1 << 20):
    frames = b"".join(struct.pack("<I", len(text)) + text for text in texts)
    done = subprocess.run([PLAIN, "--html", str(cap)], input=frames, capture_output=True,
                          check=True)
    at = 0
    for _ in texts:
        size, = struct.unpack_from("<I", done.stdout, at)
        yield done.stdout[at + 4:at + 4 + size].decode()
        at += 4 + size
    assert at == len(done.stdout)


class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.out, self.mute = [], None

    def put(self, text):
        if self.mute is None:
            self.out.append(text)

    def handle_starttag(self, tag, attrs):
        self.put("" if tag in INSIDE else " ")
        if self.mute is None and tag in MUTE:
            self.mute = tag

    def handle_startendtag(self, tag, attrs):
        self.put("" if tag in INSIDE else " ")

    def handle_endtag(self, tag):
        if tag == self.mute:
            self.mute = None
        else:
            self.put("" if tag in INSIDE else " ")

    def handle_data(self, data):
        self.put(data)

    def handle_entityref(self, name):
        text = f"&{name};"
        self.put(chr(OTHER[name]) if name in OTHER else html.unescape(text))

    def handle_charref(self, name):
        self.put(html.unescape(f"&#{name};"))


def one_line(text):
    text = re.sub("[\x80-\x84\x86-\x9f]",
                  lambda c: bytes([ord(c[0])]).decode("windows-1252", "replace"), text)
    text = re.sub("[\x00-\x08\x0e-\x1f\x7f\ufeff]", "", text)
    text = re.sub("[\u2600-\u2604\u2607-\u2638\u2670-\u27bf\u20e3\u2b50\u2b55\ufe0f"
                  "\U0001f000-\U0001faff\U000e0020-\U000e007f]\u200d?", "", text)
    run = re.compile("[\t-\r \x85\u2028\u2029\xa0]+")
    text = run.sub(lambda found: "\xa0" if set(found[0]) == {"\xa0"} else " ", text)
    return text.strip(" \xa0")


def theirs(text):
    reader = Reader()
    # An ampersand that begins no entity is one; Python does not tell which had their semicolon.
    reader.feed(re.sub("&(?!#[0-9]+;|#[xX][0-9a-fA-F]+;|[A-Za-z][A-Za-z0-9]*;)", "&amp;", text))
    reader.close()
    return one_line("".join(reader.out))


def entity_names():
    done = subprocess.run([PLAIN, "--entities"], capture_output=True, check=True, text=True)
    return {name: int(point) for name, point in map(str.split, done.stdout.splitlines())}


def check_entities():
    """Every name that is known, and what is next to one."""
    names = entity_names()
    assert len(names) == 253
    for name, point in names.items():
        assert chr(point) == (chr(OTHER[name]) if name in OTHER else html.entities.html5[name + ";"])
    texts = [f"x&{name};x" for name in names]
    for text, got in zip(texts, ours([text.encode() for text in texts])):
        assert got == theirs(text), (text, got)
    numbers = list(range(0x1000)) + random.Random(1).sample(range(0x110000), 3000)
    texts = [f"x&#{form % number};x" for number in numbers for form in ("%d", "x%X", "X%06x")]
    for text, got in zip(texts, ours([text.encode() for text in texts])):
        number = html.unescape(text[1:-1])
        if number and not 0x80 <= ord(number[0]) < 0xA0 and number != "\ufffd":
            assert got == theirs(text), (text, got)
    print(f"{len(names)} names and {len(texts)} numbers of entities agree")


def random_text(dice, names):
    word = dice.choice(["Київ", "border", "3 < 5", "5 > 3", "R&D", "a & b", "école", "東京", "אב",
                        "é", "😀", " ", "\n\t", "50\xa0km", "\u2028", "it's \"so\"", "x=y", "]", ";"])
    return dice.choice([word, word, f"&{dice.choice(names)};", f"&#{dice.randrange(160, 9000)};"])


def random_attributes(dice):
    name = dice.choice(["href", "title", "data-x", "class"])
    value = dice.choice(["http://example.org/?a=1&amp;b=2", "a > b", "</p>", "it", "&lt;b&gt;", ""])
    return dice.choice(["", f' {name}="{value}\'"', f" {name} = '{value}\"'", f' {name}=word',
                        f" {name}", f'\n{name}="{value}" id=\'x>y\''])


def random_html(dice, names, depth=0):
    """Markup that every reader must read the same way: all that is opened ends."""
    parts = []
    for _ in range(dice.randrange(6)):
        shape = dice.randrange(8 if depth < 4 else 3)
        if shape < 3:
            parts.append(random_text(dice, names))
        elif shape < 5:
            tag = dice.choice(INSIDE + ["p", "div", "li", "blockquote", "h1", "x-note", "P", "Em"])
            parts.append(f"<{tag}{random_attributes(dice)}>{random_html(dice, names, depth + 1)}"
                         f"</{tag}{dice.choice(['', ' '])}>")
        elif shape == 5:
            parts.append(f"<{dice.choice(['br', 'hr', 'img', 'wbr', 'BR'])}{random_attributes(dice)}"
                         f"{dice.choice(['', ' /'])}>")
        elif shape == 6:
            tag = dice.choice(["script", "style"])
            parts.append(f"<{tag}{random_attributes(dice)}>if (a < b) x('<b>')</{tag}>")
        else:
            parts.append(dice.choice(["<!-- a > b -->", "<!-- <p>x</p> -->", "<!DOCTYPE html>",
                                      "<?xml version='1.0'?>", "<!---->"]))
    return "".join(parts)


def check_random():
    dice, names = random.Random(2), list(entity_names())
    texts = [random_html(dice, names) for _ in range(ROUNDS)]
    bad = 0
    for text, got in zip(texts, ours([text.encode() for text in texts])):
        want = theirs(text)
        bad += got != want
        if got != want and bad < 6:
            print(f"differs: {text!r}\n  ours   {got!r}\n  theirs {want!r}")
    print(f"{ROUNDS - bad} of {ROUNDS} random texts agree")
    assert bad == 0


def check_bytes():
    """Bytes that are no UTF-8 become U+FFFD, one or more in a row, and nothing else is lost."""
    dice, texts = random.Random(3), []
    for _ in range(ROUNDS):
        data = bytearray("дата 😀 text é 東".encode())
        for _ in range(dice.randrange(4)):
            data[dice.randrange(len(data))] = dice.randrange(0x80, 0x100)
        texts.append(bytes(data[:dice.randrange(len(data) + 1)]))
    same = re.compile("\ufffd+")
    for text, got in zip(texts, ours(texts)):
        want = one_line(text.decode("utf-8", "replace"))
        assert same.sub("\ufffd", got) == same.sub("\ufffd", want), (text, got, want)
    print(f"{ROUNDS} texts of bad bytes agree")


def feed_texts():
    """Whatever a feed says that looks like HTML."""
    for path in sorted(FEEDS.rglob("*.xml")):
        try:
            root = ElementTree.fromstring(path.read_bytes())
        except (ElementTree.ParseError, ValueError, LookupError):
            continue
        for element in root.iter():
            if element.text and ("<" in element.text or "&" in element.text):
                yield path.relative_to(FEEDS), element.text


def check_feeds():
    if not FEEDS.is_dir():
        print("skipped: the open data is not here")
        return
    found = list(feed_texts())
    bad = 0
    for (path, text), got in zip(found, ours([text.encode() for _, text in found])):
        want = theirs(text)
        bad += got != want
        if got != want:
            print(f"differs: {path}\n  {text[:200]!r}\n  ours   {got[:300]!r}\n  theirs {want[:300]!r}")
    print(f"{len(found) - bad} of {len(found)} texts of real feeds agree")
    assert bad == 0


check_entities()
check_random()
check_bytes()
check_feeds()
