#!/usr/bin/env python3
"""Sheets, books, what changed since the last picture, and watching, from outside.

usage: test_sheet.py INKLINE [NAME...]      (as test_host.py, whose means it uses)
"""
import json
import os
import random
import re
import signal
import struct
import subprocess
import sys
import time
import zlib

from test_host import (DATA, HEAD, INKLINE, IO, OK, ROW, SEEDS, USAGE, main, read, run, sample,
                       write)

PANELS = json.loads(run("panels", "--json", code=OK).text)
LAYOUTS = re.search(r"--layout (\S+)", run("render", "--help", code=OK).text)[1].split("|")


def picture_of(path):
    """Colours by sample, and rows of samples, of a PNG in grays or in a palette."""
    data, at, chunks, body = read(path), 8, {}, b""
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at:at + 8])
        part = data[at + 8:at + 8 + size]
        body += part if name == b"IDAT" else b""
        chunks[name] = part
        at += 12 + size
    width, height, depth, colour = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert colour in (0, 3) and depth <= 8
    full, stride, raw, rows = (1 << depth) - 1, (width * depth + 7) // 8, zlib.decompress(body), []
    assert len(raw) == (stride + 1) * height, "not whole"
    table = [bytes(byte >> shift & full for shift in range(8 - depth, -1, -depth))
             for byte in range(256)]
    for y in range(height):
        assert raw[y * (stride + 1)] == 0, "a row filter"
        row = raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)]
        rows.append(b"".join(map(table.__getitem__, row))[:width])
    palette = chunks.get(b"PLTE", b"".join(bytes([level * 255 // full] * 3)
                                           for level in range(full + 1)))
    return [palette[at:at + 3] for at in range(0, len(palette), 3)], rows


def colours_of(path):
    """Rows of colours, three bytes a pixel."""
    colours, rows = picture_of(path)
    return [b"".join(map(colours.__getitem__, row)) for row in rows]


def pixels_of(path):
    """Rows of samples."""
    return picture_of(path)[1]


# --- sheet ------------------------------------------------------------------------------------

def find_rows(rows, wanted):
    """Where a picture's rows stand in a larger one: (x, y), or None."""
    width = len(wanted[0])
    for y in range(len(rows) - len(wanted) + 1):
        x = rows[y].find(wanted[0])
        while x >= 0:
            if all(rows[y + i][x:x + width] == wanted[i] for i in range(len(wanted))):
                return x // 3, y
            x = rows[y].find(wanted[0], x + 1)
    return None


def a_sheet_shows_every_panel_in_true_pixels(tmp):
    path = write(f"{tmp}/a.ndjson", sample(40))
    done = run("sheet", path, "-o", f"{tmp}/sheet.png", code=OK)
    assert done.text == "" and done.err == "", (done.text, done.err)
    rows = colours_of(f"{tmp}/sheet.png")
    width, height = len(rows[0]) // 3, len(rows)
    places = set()
    for panel in PANELS:
        run("render", path, "-o", f"{tmp}/a.png", "--panel", panel["name"], code=OK)
        picture = colours_of(f"{tmp}/a.png")
        wide, high = panel["width"], panel["height"]
        at = find_rows(rows, picture)
        assert at is not None and len(picture) == high, panel["name"]
        x, y = at
        paper, line = rows[0][:3], rows[y - 1][3 * x:3 * x + 3]
        assert line not in (paper, b"\xff\xff\xff"), "a hairline around it"
        assert rows[y + high][3 * x:3 * (x + wide)] == line * wide
        assert x >= 16 and y >= 16 and x + wide + 16 <= width and y + high + 16 <= height
        places.add(at)
    assert len(places) > 1


def the_sheet_takes_what_render_takes(tmp):
    path = write(f"{tmp}/a.ndjson", sample(20))
    seen = {read(f"{tmp}/a.png") for options in [
        [], ["--lang", "uk"], ["--zone", "Asia/Tokyo"], ["--distance", "2m"], ["--rotate", 90]]
        if run("sheet", path, "-o", f"{tmp}/a.png", *options, code=OK)}
    assert len(seen) == 5, len(seen)
    run("sheet", path, "-o", f"{tmp}/a.png", "--now", "now", "--title", "T", "--strict", code=OK)
    for layout in LAYOUTS:
        run("sheet", path, "-o", f"{tmp}/a.png", "--layout", layout, code=OK)
    piped = run("sheet", "-", "-o", "-", stdin=sample(20), code=OK).out
    run("sheet", path, "-o", f"{tmp}/b.png", code=OK)
    assert piped == read(f"{tmp}/b.png")


def a_warning_of_the_story_is_said_once_on_a_sheet(tmp):
    path = write(f"{tmp}/a.csv", "# lang: sv\n" + HEAD + ROW + ROW)
    told = run("sheet", path, "-o", f"{tmp}/a.png", code=OK).err
    assert told.count("no words") == 1 and told.count("more than once") == 1, told


def a_sheet_that_cannot_be_made_says_why(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    empty = write(f"{tmp}/empty.csv", "")
    for arguments, code, hint in [
            (["sheet", path], USAGE, "-o OUT.png is needed"), (["sheet"], USAGE, "no input"),
            (["sheet", path, "-o", f"{tmp}/none/a.png"], IO, "create its folder"),
            (["sheet", path, "-o", "/dev/full"], IO, "No space"),
            (["sheet", path, "-o", tmp], IO, "is a directory"),
            (["sheet", path, "-o", path], USAGE, "name another file"),
            (["sheet", empty, "-o", f"{tmp}/a.png"], DATA, "nothing in it"),
            (["sheet", f"{tmp}/none.csv", "-o", f"{tmp}/a.png"], IO, "No such file"),
            (["sheet", path, "-o", "x", "--layout", "cube"], USAGE, "|".join(LAYOUTS)),
            (["sheet", path, "-o", "x", "--panel", "7.5"], USAGE, "unknown option")]:
        told = run(*arguments, code=code).err
        assert hint in told, (arguments, told)
    assert sorted(os.listdir(tmp)) == ["a.csv", "empty.csv"]


# --- book -------------------------------------------------------------------------------------

def pages_of_a_book_are_those_of_render(tmp):
    path = write(f"{tmp}/story.ndjson", sample(60))
    done = run("book", f"{tmp}/book", path, code=OK)
    index = read(f"{tmp}/book/index.md").decode()
    names = sorted(os.listdir(f"{tmp}/book"))
    assert sorted(os.path.basename(line) for line in done.text.split()) == names
    pages = [re.fullmatch(r"story-([a-z]+)-(.+?)(-r90)?\.png", name) for name in names]
    pages = [page for page in pages if page and page[2] in {panel["name"] for panel in PANELS}]
    assert {page[1] for page in pages} == set(LAYOUTS) - {"auto"}
    sizes = {(panel["width"], panel["height"]) for panel in PANELS}
    drawn = set()
    for page in random.Random(1).sample(pages, min(len(pages), 40)):
        options = ["--layout", page[1], "--panel", page[2], "--rotate", 90 if page[3] else 0]
        report = json.loads(run("render", path, "-o", f"{tmp}/a.png", "--report", "-", *options,
                                code=OK).text)
        assert read(f"{tmp}/a.png") == read(f"{tmp}/book/{page[0]}"), page[0]
        line = next(line for line in index.splitlines() if f"[{page[0]}]" in line)
        cells = [cell.strip() for cell in line.split("|")]
        cut = sum(item["cut"] for item in report["items"])
        assert cells[3] == report["layout"] and cells[2] == "{}x{}".format(*report["size"]), line
        assert [int(cell) for cell in cells[4:7]] == [
            report["counts"]["shown"], report["counts"]["hidden"], cut], line
        assert cells[7] == "/".join(str(report["tiers"][tier]) for tier in
                                    ("glance", "read", "floor", "detail")), line
    for page in pages:
        rows = pixels_of(f"{tmp}/book/{page[0]}")
        drawn.add((len(rows[0]), len(rows), bool(page[3])))
    assert drawn == {size + (turned,) for size in sizes for turned in (False, True)}
    for layout in set(LAYOUTS) - {"auto"}:
        assert f"story-{layout}-bw.png" in names and f"story-{layout}-gray4.png" in names


def a_book_without_inputs_has_all_samples(tmp):
    done = run("book", "out", "--panel", PANELS[0]["name"], cwd=tmp, code=OK)
    assert done.err == "", done.err
    samples = {os.path.basename(name).split("-4.2-400x300")[0]
               for name in run("demo", "demo", cwd=tmp, code=OK).text.split() if "-4.2-" in name}
    index = read(f"{tmp}/out/index.md").decode()
    assert samples and all(f"## {name}, " in index for name in samples), samples
    one = run("book", "one", "--panel", "4.2", "--layout", "auto", cwd=tmp, code=OK).text.split()
    assert len(one) == 3 * len(samples) + 1 and f"one/{min(samples)}-auto-bw.png" in one


def a_book_that_cannot_be_made_says_why(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    write(f"{tmp}/file", "")
    os.mkdir(f"{tmp}/closed")
    os.mkdir(f"{tmp}/closed/index.md")
    for arguments, code, hint in [
            ([], USAGE, "usage: inkline book DIR"),
            ([f"{tmp}/none/book", path], IO, "create its folder"),
            ([f"{tmp}/file", path], IO, "expected a folder"), ([path], IO, "folder comes first"),
            ([f"{tmp}/closed", path], IO, "index.md"),
            ([f"{tmp}/book", f"{tmp}/none.csv"], IO, "No such file"),
            ([f"{tmp}/book", write(f"{tmp}/empty.csv", "")], DATA, "nothing in it"),
            ([f"{tmp}/book", path, write(f"{tmp}/a.ndjson", sample(3))], USAGE, "rename one")]:
        told = run("book", *arguments, code=code).err
        assert hint in told, (arguments, told)
    assert read(f"{tmp}/file") == b""


# --- what changed -----------------------------------------------------------------------------

def check_rectangles(report, before, now):
    """Every pixel that differs is in one rectangle; they are aligned, few, and do not overlap."""
    height, width = len(now), len(now[0])
    differ = {(x, y) for y in range(height) for x in range(width) if before[y][x] != now[y][x]}
    assert report["changed_pixels"] == len(differ)
    covered = [[0] * width for _ in range(height)]
    assert len(report["changed"]) <= 16
    for x0, y0, x1, y1 in report["changed"]:
        assert 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height
        assert x0 % 8 == 0 and (x1 % 8 == 0 or x1 == width)
        for y in range(y0, y1):
            for x in range(x0, x1):
                covered[y][x] += 1
    assert max(map(max, covered)) <= 1
    assert all(covered[y][x] for x, y in differ)
    assert bool(differ) == bool(report["changed"])


def the_report_says_which_rectangles_changed(tmp):
    for seed in range(max(3, SEEDS // 3)):
        dice = random.Random(seed)
        panel = dice.choice([p["name"] for p in PANELS if p["width"] <= 800])
        options = ["--panel", panel, "--rotate", dice.choice([0, 90, 180, 270])]
        first, *rest = sample(30, seed).splitlines(keepends=True)
        run("render", "-", "-o", f"{tmp}/old.png", *options, stdin=first + "".join(rest[:20]))
        for lines in (rest[:20], rest[:21], rest):
            run("render", "-", "-o", f"{tmp}/new.png", "--report", f"{tmp}/r.json", "--previous",
                f"{tmp}/old.png", *options, stdin=first + "".join(lines), code=OK)
            report = json.loads(read(f"{tmp}/r.json"))
            check_rectangles(report, pixels_of(f"{tmp}/old.png"), pixels_of(f"{tmp}/new.png"))
            assert "changed_outside" not in report, "a picture does not say what was on it"
        alone = run("render", "-", "--report", "-", *options, stdin=first + rest[0], code=OK)
        assert "changed" not in json.loads(alone.text)


def the_previous_picture_may_be_the_one_to_replace(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    wall = f"{tmp}/wall.png"
    run("render", path, "-o", wall, code=OK)
    before = pixels_of(wall)
    write(path, HEAD + ROW + "2024-08-13,More,Agency\n")
    for again in (False, True):
        told = run("render", path, "-o", wall, "--previous", wall, "--report", f"{tmp}/r.json",
                   code=OK)
        report = json.loads(read(f"{tmp}/r.json"))
        check_rectangles(report, pixels_of(wall) if again else before, pixels_of(wall))
        assert told.err == "" and bool(report["changed"]) == (not again)


def a_previous_picture_that_is_none_is_refused(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    good = f"{tmp}/good.png"
    run("render", path, "-o", good, "--panel", "7.5", code=OK)
    run("render", path, "-o", f"{tmp}/gray.png", "--panel", "gray-7.5", code=OK)
    run("render", path, "-o", f"{tmp}/small.png", "--panel", "4.2", code=OK)
    run("sheet", path, "-o", f"{tmp}/sheet.png", code=OK)
    whole = read(good)
    report = ["--report", f"{tmp}/r.json"]
    for name, code, hint in [
            (write(f"{tmp}/text.png", "no picture"), DATA, "expected a PNG"),
            (write(f"{tmp}/none.png", ""), DATA, "expected a PNG"),
            (write(f"{tmp}/half.png", whole[:len(whole) // 2]), DATA, "not whole"),
            (write(f"{tmp}/noise.png", whole[:200] + b"noise" + whole[205:]), DATA, "not whole"),
            (f"{tmp}/small.png", DATA, "400x300 pixels; expected 800x480"),
            (f"{tmp}/sheet.png", DATA, "expected 800x480"),
            (f"{tmp}/gray.png", DATA, "1 bit a pixel"), (path, DATA, "expected a PNG"),
            (f"{tmp}/missing.png", IO, "first picture"), (tmp, DATA, "expected a PNG"),
            ("-", USAGE, "name of a file")]:
        told = run("render", path, "-o", f"{tmp}/new.png", "--panel", "7.5-800x480", *report,
                   "--previous", name, code=code).err
        assert hint in told and "--previous" in told and told.count("\n") == 1, (name, told)
        assert not os.path.exists(f"{tmp}/new.png") and not os.path.exists(f"{tmp}/r.json")
    told = run("render", path, "-o", f"{tmp}/new.png", "--previous", good, code=USAGE).err
    assert "hint: --report" in told, told
    told = run("render", path, "--previous", good, "--report", good, code=USAGE).err
    assert "name another file" in told and read(good) == whole, told


# --- watching ---------------------------------------------------------------------------------

def feed(number, events=12):
    return HEAD + "".join(f"2024-08-{day:02},Event {day} in version {number},Agency\n"
                          for day in range(1, events + 1))


def in_place(path, text):
    write(path, text)


def renamed_over(path, text):
    write(path + ".new", text)
    os.replace(path + ".new", path)


def moved_away_first(path, text):
    os.replace(path, path + "~")
    write(path, text)


def linked_over(path, text):
    write(path + ".new", text)
    os.remove(path)
    os.link(path + ".new", path)
    os.remove(path + ".new")


def in_two_parts(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text[:len(text) // 2])
        file.flush()
        time.sleep(0.1)
        file.write(text[len(text) // 2:])


def in_two_saves(path, text):
    write(path, text[:len(text) // 2])
    time.sleep(0.1)
    with open(path, "a", encoding="utf-8") as file:
        file.write(text[len(text) // 2:])


def wait_for(condition):
    for _ in range(400):
        if condition():
            return
        time.sleep(0.025)
    raise AssertionError("nothing was drawn in 10 s")


class Watching:
    """`render --watch` of a file, with a report, until the block ends."""

    def __init__(self, tmp, *options):
        self.path, self.out, self.report = f"{tmp}/a.csv", f"{tmp}/a.png", f"{tmp}/r.json"
        write(self.path, feed(0))
        self.command = [INKLINE, "render", self.path, "-o", self.out, "--report", self.report,
                        "--watch", *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stderr=subprocess.DEVNULL)
        wait_for(lambda: os.path.exists(self.report))
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(5)

    def wait_for_text(self, text):
        wait_for(lambda: text in read(self.report).decode())
        return json.loads(read(self.report))


def every_kind_of_save_draws_again(tmp):
    with Watching(tmp) as watching:
        number = 0
        for save in (in_place, renamed_over, moved_away_first, linked_over, in_two_parts,
                     in_two_saves) * 2:
            number += 1
            save(watching.path, feed(number))
            watching.wait_for_text(f"Event 12 in version {number}")
            want = run("render", watching.path, "-o", f"{tmp}/want.png", code=OK) and \
                read(f"{tmp}/want.png")
            assert read(watching.out) == want, save.__name__


def a_picture_is_whole_at_every_moment_of_a_save(tmp):
    with Watching(tmp) as watching:
        for number in range(1, 6):
            with open(watching.path, "w", encoding="utf-8") as file:
                for line in feed(number).splitlines(keepends=True):
                    file.write(line)
                    file.flush()
                    picture_of(watching.out)
                    time.sleep(0.004)
        watching.wait_for_text("Event 12 in version 5")
        write(watching.path, "")  # a file that is emptied leaves the last picture
        time.sleep(0.3)
        assert "Event 12 in version 5" in read(watching.report).decode()
        picture_of(watching.out)


def each_drawing_of_a_watch_says_what_changed(tmp):
    with Watching(tmp) as watching:
        assert "changed" not in watching.wait_for_text("Event 12 in version 0")
        before = pixels_of(watching.out)
        write(watching.path, feed(0, 13))
        report = watching.wait_for_text("Event 13 in version 0")
        now = pixels_of(watching.out)
        check_rectangles(report, before, now)
        assert report["changed"] and 0 <= report["changed_outside"] <= report["changed_pixels"]
        write(watching.path, feed(0, 13) + "\n")
        wait_for(lambda: json.loads(read(watching.report))["changed"] == [])
        report = json.loads(read(watching.report))
        assert report["changed_pixels"] == report["changed_outside"] == 0


def a_watch_begins_with_the_previous_picture(tmp):
    old = write(f"{tmp}/old.csv", feed("old"))
    run("render", old, "-o", f"{tmp}/a.png", code=OK)
    before = pixels_of(f"{tmp}/a.png")
    with Watching(tmp, "--previous", f"{tmp}/a.png") as watching:
        report = watching.wait_for_text("Event 12 in version 0")
        check_rectangles(report, before, pixels_of(watching.out))
        assert report["changed"] and "changed_outside" not in report


HELPERS = {"picture_of", "colours_of", "find_rows", "pixels_of", "check_rectangles", "feed",
           "in_place", "renamed_over", "moved_away_first", "linked_over", "in_two_parts",
           "in_two_saves", "wait_for"}

if __name__ == "__main__":
    sys.exit(main())
