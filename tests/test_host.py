#!/usr/bin/env python3
"""The program from outside: every command, option, exit code and bad input.

usage: test_host.py INKLINE [NAME...]      (NAME: only tests whose name contains it)

Laws run over seeds: SEEDS=n in the environment sets how many. SANITIZED=1 leaves out the
measurements of memory, which sanitizers spoil.
"""
import ctypes
import datetime
import hashlib
import json
import os
import random
import re
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zlib
import zoneinfo

INKLINE = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else "build/host/inkline"
SEEDS = int(os.environ.get("SEEDS", "10"))
OK, USAGE, DATA, DEVICE, IO = 0, 2, 65, 69, 74
HEAD = "when,headline,source\n"
ROW = "2024-08-12,Something happened,Agency\n"


class Run:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr.decode("utf-8", "replace")
        self.text = done.stdout.decode("utf-8", "replace")


def run(*arguments, stdin=b"", code=None, env=None, cwd=None):
    if isinstance(stdin, str):
        stdin = stdin.encode()
    done = subprocess.run([INKLINE, *map(str, arguments)], input=stdin, capture_output=True,
                          env=dict(os.environ, **(env or {})), timeout=60, cwd=cwd)
    result = Run(done)
    assert result.code >= 0, f"killed by signal {-result.code}: {arguments}\n{result.err}"
    if code is not None:
        assert result.code == code, \
            f"exit {result.code}, expected {code}: {arguments}\n{result.err}{result.text[:400]}"
    return result


def write(path, text):
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return path


def read(path):
    with open(path, "rb") as file:
        return file.read()


def lines_of(text, *options, name="-", code=OK):
    """Records and story of an input, as convert writes them."""
    result = run("convert", name, "-o", "-", "--to", "ndjson", *options, stdin=text, code=code)
    items = [json.loads(line) for line in result.text.splitlines()]
    story = items.pop(0)["story"] if items and "story" in items[0] else {}
    return items, story, result.err


def problems_of(text, *options, name="-"):
    result = run("check", name, "--json", *options, stdin=text)
    return json.loads(result.text)


def png_of(data):
    """Width, height, depth, colour, interlace, pixels per metre, and rows with 1 = black; of a
    palette, its colours and rows as they are."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    at, chunks, body = 8, {}, b""
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at:at + 8])
        part = data[at + 8:at + 8 + size]
        assert zlib.crc32(name + part) == struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0]
        body += part if name == b"IDAT" else b""
        chunks[name] = part
        at += 12 + size
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    stride = (width * depth + 7) // 8
    raw = zlib.decompress(body)
    assert len(raw) == (stride + 1) * height
    flip, rows = 0 if colour == 3 else 255, []
    for y in range(height):
        assert raw[y * (stride + 1)] == 0, "a row filter"
        rows.append(bytes(b ^ flip for b in raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)]))
    pitch = struct.unpack(">IIB", chunks[b"pHYs"])
    assert (b"PLTE" in chunks) == (colour == 3) and b"tRNS" not in chunks
    palette = chunks.get(b"PLTE", b"")
    return (width, height, depth, colour, interlace, pitch, b"".join(rows),
            [palette[i:i + 3] for i in range(0, len(palette), 3)])


def samples_of(png):
    """Rows of samples as they stand in the file."""
    width, height, depth, colour, _, _, rows, _ = png
    stride, flip = (width * depth + 7) // 8, 0 if colour == 3 else 255
    for y in range(height):
        row = [b ^ flip for b in rows[y * stride:(y + 1) * stride]]
        yield [row[x * depth // 8] >> (8 - depth - x * depth % 8) & ((1 << depth) - 1)
               for x in range(width)]


def frame_of(png, panel):
    """The native frame of a picture: planes one after the other, the highest bits first."""
    colours = [(value, bytes.fromhex(code[1:])) for _, value, code in panel["colours"]]
    if png[3] == 3:
        values = [value for value, _ in colours]
        assert png[7] == [code for _, code in colours]
    else:
        most = (1 << png[2]) - 1
        values = [next(value for value, code in colours if code[0] == level * 255 // most)
                  for level in range(most + 1)]
    paper = next(value for name, value, _ in panel["colours"] if name == "white")
    stride = (png[0] + 7) // 8
    rows = [[values[sample] for sample in row] for row in samples_of(png)]
    frame = bytearray()
    for shift in reversed(range(panel["depth"])):
        for row in rows:
            bits = 0
            for value in row + [paper] * (stride * 8 - png[0]):
                bits = bits << 1 | value >> shift & 1
            frame += bits.to_bytes(stride, "big")
    return bytes(frame)


def sample(count, seed=1, zone="Europe/Kyiv"):
    """A story with sources, kinds, precisions and corrections."""
    dice = random.Random(seed)
    words = "Minister bridge talks army city grid vote court river border école Київ 東京".split()
    items = [{"story": {"title": "Sample", "zone": zone, "as_of": "2024-08-20T12:00:00Z"}}]
    for number in range(count):
        day = datetime.date(2024, 8, 1) + datetime.timedelta(days=dice.randrange(20))
        when = dice.choice([f"{day}", f"{day}T{dice.randrange(24):02}:{dice.randrange(60):02}",
                            f"{day}~", f"{day:%Y-%m}", f"{day}T10:00:00+02:00"])
        item = {"id": number + 1, "when": when,
                "headline": " ".join(dice.choice(words) for _ in range(dice.randrange(2, 12))),
                "source": f"Source {dice.randrange(9)}"}
        if dice.random() < 0.5:
            item["status"] = dice.choice("confirmed claimed disputed denied planned".split())
        if dice.random() < 0.3:
            item["weight"] = dice.randrange(1, 10)
        items.append(item)
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


# --- the command line ------------------------------------------------------------------------

def help_names_every_command_and_option():
    text = run("--help", code=OK).text
    for name in "demo render convert check panels frame".split():
        assert re.search(rf"^  {name} ", text, re.M), name
        own = run(name, "--help", code=OK).text
        assert own.startswith(f"usage: inkline {name}"), own
        assert "--help" in own
    assert "--panel" in run("render", "--help").text
    assert run("help", code=OK).text == text
    assert re.fullmatch(r"inkline \d+\.\d+\.\d+\n", run("--version", code=OK).text)


def wrong_usage_is_refused_with_a_hint():
    for arguments, hint in [
            ([], "demo"), (["rendr"], "hint: render"), (["render"], "no input"),
            (["render", "-", "--pannel", "x"], "--panel"), (["render", "-"], "-o"),
            (["render", "-", "-o"], "needs a value"), (["render", "-", "-o", ""], "expected"),
            (["render", "-", "--hash=1"], "takes no value"),
            (["render", "-", "-o", "x", "--panel", "99"], "panels"),
            (["render", "-", "-o", "x", "--panel", "1"], "unique"),
            (["render", "-", "-o", "x", "--distance", "5"], "2m"),
            (["render", "-", "-o", "x", "--rotate", "45"], "90"),
            (["render", "-", "-o", "x", "--band", "0"], "rows"),
            (["render", "-", "-o", "x", "--band", "-3"], "rows"),
            (["render", "-", "-o", "x", "--layout", "cube"], "spine"),
            (["render", "-", "-o", "x", "--layout", "spi"], "spine"),
            (["render", "-", "-o", "x", "--now", "noonish"], "2024"),
            (["render", "-", "-o", "x", "--dump", "all"], "digest"),
            (["render", "-", "--dump", "page", "--hash"], "standard output"),
            (["render", "-", "-o", "x.png", "--watch"], "watch"),
            (["render", "-", "-o", "x", "--from", "xml"], "csv"),
            (["convert", "-"], "-o"), (["convert", "-", "-o", "x.foo"], "--to"),
            (["check"], "no input"), (["panels", "x"], "too many"),
            (["frame", "x"], "--panel"), (["frame", "x", "--panel", "7.5"], "--hash"),
            (["demo", "a", "b"], "too many"), (["panels", "--panel", "7.5"], "unknown option")]:
        result = run(*arguments, stdin=HEAD + ROW, code=USAGE)
        assert hint in result.err, (arguments, result.err)
        assert result.err.startswith("inkline: ") and result.err.count("\n") == 1, result.err


def options_stand_anywhere_in_every_form(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    first = run("render", path, "--hash", "--panel", "4.2", code=OK).out
    assert run("render", "--panel=4.2-400x300", "--hash", path, code=OK).out == first
    assert run("render", "-p4.2", "--hash", "--", path, code=OK).out == first
    assert run("render", "-p", "2.9", "--hash", path, code=OK).out != first


def panels_are_a_table_of_facts():
    rows = json.loads(run("panels", "--json", code=OK).text)
    text = run("panels", code=OK).text
    assert len(rows) == 18 and len(text.splitlines()) == 19
    planes = {"bw": 1, "gray4": 2, "gray16": 4, "bwr": 2, "bwy": 2, "bwry": 2, "colour7": 3, "spectra6": 3}
    for row in rows:
        assert row["name"] in text
        assert row["name"].endswith(f'{row["width"]}x{row["height"]}')
        inches = ((row["width"] ** 2 + row["height"] ** 2) ** 0.5) * row["pitch_um"] / 25400
        told = float(row["name"].split("-")[-2])
        assert abs(inches - told) < (0.15 if told < 20 else 0.5), (row["name"], inches)
        assert row["profile"] in ("tiny", "wall", "large") and row["source"]
        assert row["depth"] == planes[row["inks"]]
        assert row["inks"] in ("bw", {"gray": "gray4", "acep": "colour7"}.get(
            row["name"].split("-")[0], row["name"].split("-")[0])), row
        values = [value for _, value, _ in row["colours"]]
        assert values == sorted(set(values)) and values[-1] < 1 << row["depth"]
        tiny = row["width"] <= 296
        assert row["profile"] == ("tiny" if tiny else "wall" if row["width"] <= 960 else "large")
    assert {row["inks"] for row in rows} == set(planes)


# --- files ------------------------------------------------------------------------------------

def bad_inputs_have_the_right_code(tmp):
    empty = write(f"{tmp}/empty.csv", "")
    for arguments, code, hint in [
            ([f"{tmp}/none.csv"], IO, "No such file"), ([tmp], IO, "directory"),
            ([empty], DATA, "nothing in it"), (["-"], DATA, "nothing in it"),
            ([write(f"{tmp}/a.xlsx", b"PK\x03\x04zip")], DATA, "CSV UTF-8"),
            ([write(f"{tmp}/a.json", '[{"when":"2024"}]')], DATA, "jq"),
            ([write(f"{tmp}/a.page", "<html>")], DATA, "XML"),
            ([write(f"{tmp}/noise", bytes(range(0, 32)) * 9)], DATA, "binary"),
            ([write(f"{tmp}/head.csv", HEAD)], DATA, "no record"),
            ([write(f"{tmp}/c.csv", "# title: only this\n")], DATA, "header row")]:
        result = run("render", *arguments, "-o", f"{tmp}/x.png", code=code)
        assert hint in result.err, (arguments, result.err)
        assert not os.path.exists(f"{tmp}/x.png")
    assert run("check", empty).code == DATA


def output_is_whole_or_not_at_all(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    old = write(f"{tmp}/old.png", "old")
    os.chmod(old, 0o640)
    run("render", f"{tmp}/none.csv", "-o", old, code=IO)
    run("render", "-", "-o", old, stdin="when,headline\n,x\n", code=DATA)
    run("render", path, path, "--strict", "-o", old, "--from", "ndjson", code=DATA)
    assert read(old) == b"old"
    os.symlink("old.png", f"{tmp}/link.png")
    run("render", path, "-o", f"{tmp}/link.png", code=OK)
    assert os.path.islink(f"{tmp}/link.png") and read(old)[:4] == b"\x89PNG"
    assert os.stat(old).st_mode & 0o777 == 0o640
    run("render", path, "-o", f"{tmp}/missing/x.png", code=IO)
    run("render", path, "-o", tmp, code=IO)
    run("render", path, "-o", "/dev/full", code=IO)
    run("convert", path, "-o", "/dev/full", "--to", "csv", code=IO)
    run("render", path, "-o", "/dev/null", code=OK)
    left = [name for name in os.listdir(tmp) if "tmp" in name]
    assert not left, left
    with open("/dev/full", "wb") as full:
        done = subprocess.run([INKLINE, "panels"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == IO


def an_output_is_no_input_and_no_other_output(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    os.mkdir(f"{tmp}/dir")
    os.symlink("a.csv", f"{tmp}/link.csv")
    os.symlink("new.png", f"{tmp}/new-link.png")
    os.link(path, f"{tmp}/hard.csv")
    os.symlink("dir", f"{tmp}/dir-link")
    for arguments in [
            ["convert", path, "-o", path], ["convert", path, "-o", f"{tmp}/link.csv"],
            ["convert", f"{tmp}/link.csv", "-o", path], ["convert", path, "-o", f"{tmp}/hard.csv"],
            ["convert", path, "-o", f"{tmp}/dir/../a.csv"],
            ["render", path, "-o", path], ["render", path, "--hash", "--report", path],
            ["frame", path, "--panel", "7.5", "-o", path],
            ["render", path, "-o", f"{tmp}/x.png", "--report", f"{tmp}/./x.png"],
            ["render", path, "-o", f"{tmp}/new-link.png", "--report", f"{tmp}/new.png"],
            ["render", path, "-o", f"{tmp}/dir/x.png", "--report", f"{tmp}/dir-link/x.png"]]:
        result = run(*arguments, code=USAGE)
        assert "hint: name another file" in result.err, result.err
    with open(path, "rb") as file:
        done = subprocess.run([INKLINE, "convert", "-", "-o", path], stdin=file, capture_output=True)
    assert done.returncode == USAGE and read(path) == (HEAD + ROW).encode()
    run("convert", path, "-o", f"{tmp}/dir/a.csv", code=OK)
    run("render", path, "-o", f"{tmp}/a.png", "--report", f"{tmp}/dir/a.png", code=OK)
    run("render", path, "-o", "/dev/null", "--report", "/dev/null", code=OK)


def a_link_to_nothing_gets_its_file(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    os.mkdir(f"{tmp}/dir")
    os.symlink("dir/one.png", f"{tmp}/link.png")
    os.symlink("link.png", f"{tmp}/two.png")
    run("render", path, "-o", f"{tmp}/two.png", code=OK)
    assert os.path.islink(f"{tmp}/two.png") and read(f"{tmp}/dir/one.png")[:4] == b"\x89PNG"
    mask = os.umask(0)
    os.umask(mask)
    assert os.stat(f"{tmp}/dir/one.png").st_mode & 0o777 == 0o666 & ~mask


def a_closed_stream_is_no_file(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW + "x,y,z\n")
    def code_of(line):
        return subprocess.run(["sh", "-c", line, INKLINE, path, f"{tmp}/a.png"], timeout=60,
                              capture_output=True).returncode
    assert code_of('"$0" render "$1" -o "$2" <&- >&- 2>&-') == OK
    assert read(f"{tmp}/a.png")[:4] == b"\x89PNG"
    assert code_of('"$0" render "$1" -o - >&-') == IO
    assert code_of('"$0" render "$1" --hash >&-') == IO
    assert code_of('"$0" panels >&-') == IO
    assert code_of('"$0" convert - -o "$2" --to csv <&-') == IO
    assert code_of('"$0" convert "$1" -o - --to csv 2>&-') == OK
    assert read(path) == (HEAD + ROW + "x,y,z\n").encode()


def an_interrupt_leaves_no_file_behind(tmp):
    path = write(f"{tmp}/a.ndjson", sample(4000))
    os.mkdir(f"{tmp}/out")
    os.mkdir(f"{tmp}/spool")
    begin = time.monotonic()
    run("convert", path, "-o", f"{tmp}/out/a.ink")
    taken = time.monotonic() - begin
    os.remove(f"{tmp}/out/a.ink")
    dice = random.Random(1)
    for number in range(SEEDS * 4):
        process = subprocess.Popen([INKLINE, "convert", path, "-o", f"{tmp}/out/a.ink"],
                                   env=dict(os.environ, TMPDIR=f"{tmp}/spool"))
        time.sleep(dice.random() * taken)
        process.send_signal(dice.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP]))
        process.wait(10)
        assert set(os.listdir(f"{tmp}/out")) <= {"a.ink"}, (number, os.listdir(f"{tmp}/out"))
        assert os.listdir(f"{tmp}/spool") == [], number
    name = "n" * 250 + ".png"  # as long as names may be
    run("render", path, "-o", f"{tmp}/out/{name}", code=OK)


def an_input_that_changes_while_it_is_read_is_refused(tmp):
    run("convert", "-", "-o", f"{tmp}/whole.ink", stdin=sample(60000), code=OK)
    whole = read(f"{tmp}/whole.ink")
    path, out = f"{tmp}/a.ink", f"{tmp}/a.png"
    seen = set()
    changes = [("shrinks", lambda file: file.truncate(len(whole) // 2)),
               ("changes", lambda file: (file.seek(len(whole) - 3000), file.write(b"x" * 2000)))]
    for name, change in changes:
        for attempt in range(30):
            write(path, whole)
            write(out, "old")
            process = subprocess.Popen([INKLINE, "render", path, "-o", out],
                                       stderr=subprocess.PIPE)
            time.sleep(0.01 * (attempt + 1))
            with open(path, "r+b") as file:
                change(file)
            error = process.communicate(timeout=60)[1]
            assert process.returncode in (OK, IO), (name, process.returncode, error)
            if process.returncode == IO:
                assert b"changed while it was read" in error and read(out) == b"old", error
                seen.add(name)
                break
    assert len(seen) == 2, seen


def failures_to_write_say_where_and_why(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    for arguments, words in [
            (["render", path, "-o", "/dev/full"], ["/dev/full", "No space", "hint: free"]),
            (["convert", path, "-o", "/dev/full", "--to", "csv"], ["/dev/full", "No space"]),
            (["render", path, "-o", f"{tmp}/none/a.png"], ["none/a.png", "hint: create its folder"]),
            (["render", f"{tmp}/none.csv", "--hash"], ["none.csv", "No such file", "hint:"])]:
        error = run(*arguments, code=IO).err
        assert all(word in error for word in words), error
    error = run("render", path, "--hash", env={"TMPDIR": f"{tmp}/none"}, code=IO).err
    assert f"{tmp}/none" in error and "No such file" in error and "TMPDIR" in error, error
    assert "name it .png" in run("render", path, "-o", f"{tmp}/a.jpg", code=OK).err
    assert run("render", path, "-o", f"{tmp}/a.png", code=OK).err == ""
    assert "or -" in run("render", path, "-o", "", code=USAGE).err
    assert "65m" in run("render", path, "--hash", "--distance", "1mm", code=USAGE).err


def names_with_controls_stay_one_line(tmp):
    name = f"{tmp}/a\n\x1b[31m\u0085.csv"
    write(name, HEAD + ROW + "x,y,z\n")
    for result in (run("render", name, "--hash", code=OK), run("render", name + "x", "--hash"),
                   run("check", name, code=OK)):
        told = (result.err + result.text).split("warning")[0]
        assert "\\x0A\\x1B[31m\\xC2" in told and "\x1b" not in told, told
    json.loads(run("check", name, "--json").text)


def standard_output_carries_the_picture(tmp):
    data = run("render", "-", "-o", "-", stdin=HEAD + ROW, code=OK).out
    run("render", "-", "-o", f"{tmp}/a.png", stdin=HEAD + ROW, code=OK)
    assert data == read(f"{tmp}/a.png")


def standard_input_may_stand_in_its_middle(tmp):
    path = write(f"{tmp}/a.csv", "skip me\n" + HEAD + ROW)
    with open(path, "rb") as file:
        os.lseek(file.fileno(), 8, os.SEEK_SET)
        done = subprocess.run([INKLINE, "render", "-", "--hash"], stdin=file, capture_output=True)
    assert done.returncode == OK
    assert done.stdout == run("render", "-", "--hash", stdin=HEAD + ROW).out


# --- CSV --------------------------------------------------------------------------------------

def csv_takes_what_spreadsheets_write():
    want = [{"when": "2024-08-12", "headline": "Talks, again", "source": "A"},
            {"when": "2024", "headline": 'He said "no"', "source": ""}]
    for text in [
            'when,headline,source\n2024-08-12,"Talks, again",A\n2024,"He said ""no""",\n',
            '\ufeffwhen,headline,source\r\n2024-08-12,"Talks, again",A\r\n2024,"He said ""no"""\r\n',
            'Source ;HEADLINE; When\nA;Talks, again;2024-08-12\n;"He said ""no""";2024',
            'when\theadline\tsource\n2024-08-12\tTalks, again\tA\n2024\tHe said "no"\t\n',
            '\n\nwhen,headline,source,,\n\n2024-08-12,"Talks,\n again",A,,\n\n2024,He said "no",,,\n',
            'when,headline,source\r2024-08-12,"Talks, again",A\r2024,He said "no",\r']:
        records, _, errors = lines_of(text)
        got = [{key: record.get(key, "") for key in want[0]} for record in records]
        assert got == want, (text, got, errors)
        assert errors == "", errors


def csv_facts_stand_above_the_header():
    for text in ["# title: Kursk, August\n# zone: Europe/Kyiv\n#as-of: 2024-08-12T10:00\n"
                 "# Distance: 2m\n# LANG: uk\n# expires: 2024-09\n# Strikes: 2024-08-20\n# a mere comment\n" + HEAD + ROW,
                 '"# title: Kursk, August",,\n# zone: Europe/Kyiv,,\n"# as of: 2024-08-12T10:00",,\n'
                 "# distance: 200 cm,,\n# lang: uk,,\n# expires: 2024-09,,\n# strikes: 2024-08-20,,\n" + HEAD + ROW]:
        _, story, errors = lines_of(text)
        assert errors == "", errors
        assert story["title"] == "Kursk, August" and story["zone"] == "Europe/Kyiv", story
        assert story["as_of"] == "2024-08-12T10:00" and story["distance"] == 2000, story
        assert story["lang"] == "uk" and story["expires"] == "2024-09", story
        assert story["strikes"] == "2024-08-20", story


def csv_problems_name_their_line():
    text = ("# title: T\n# zone: UTC\nwhen,headline,statsu,weight,status,when\n"          # 1-3
            "2024-08-12,fine,,,,\n"                                                       # 4
            "2024-13-12,month,,,,\n"                                                      # 5
            ",no date,,,,\n2024,,,,,\n"                                                   # 6, 7
            "2024,\"two\nlines\",,,,\n"                                                   # 8, 9
            "2024,weight,,12,,\n2024,word,,,clamed,\n"                                    # 10, 11
            "2024,too many,,,,,more\n2024/2023,backwards,,,,\n"                           # 12, 13
            "soon,date,,,,\n2024,good again,,,claimed,\n")                                # 14, 15
    result = problems_of(text)
    found = {(p["line"], p["rule"]) for p in result["problems"] if p["severity"] == "error"}
    assert found == {(5, "date-range"), (6, "no-when"), (7, "no-headline"), (10, "number"),
                     (11, "word"), (12, "csv-cells"), (13, "interval"), (14, "date")}, found
    by_line = {p["line"]: p for p in result["problems"] if p["severity"] == "error"}
    assert by_line[11]["hint"] == "claimed" and '"clamed"' in by_line[11]["message"]
    assert by_line[5]["field"] == "when" and by_line[10]["field"] == "weight"
    warned = {p["rule"]: p for p in result["problems"] if p["severity"] == "warning"}
    assert warned["unknown-column"]["line"] == 3 and "status" in warned["unknown-column"]["hint"]
    assert "column-twice" in warned
    assert result["records"] == 3 and result["refused"] == 8 and result["usable"]


def csv_goes_on_after_a_quote_that_never_ends():
    for bad in ['2024,"never ends,A', '2024,"a" b,A', '2024,"a"b","c",A', '"2024,x,A']:
        for after in ["", "\n", "\n2024,after,A\n", '\n2024,"after",A\n2024,"after, too",A']:
            text = HEAD + "2024,before,A\n" + bad + after
            records, _, errors = lines_of(text)
            names = [record["headline"] for record in records]
            want = ["before"] + re.findall(r"after(?:, too)?", after)
            assert names == want, (text, names)
            assert "standard input:3:" in errors and "quote" in errors, errors


def csv_rows_longer_than_any_are_refused():
    for length in (65500, 70000, 140000, 300000):
        for quote in ("", '"'):
            text = HEAD + "2024,before,A\n2024," + quote + "x" * length + quote + ",A\n2024,after,A\n"
            records, _, errors = lines_of(text)
            names = [record["headline"][:9] for record in records]
            assert names[0] == "before" and names[-1] == "after", (length, quote, names, errors)
            assert len(names) == 2 or (length < 65536 and names[1] == "x" * 9), (length, names)
            where = [p["line"] for p in problems_of(text)["problems"] if p["severity"] == "error"]
            assert set(where) <= {3}, (length, quote, where)


def csv_with_too_many_columns_says_so():
    many = [f"c{number}" for number in range(300)]
    row = ",".join(["2024", "x"] + ["y"] * 299) + "\n"
    told = problems_of(",".join(["when", "headline"] + many[:298] + ["source"]) + "\n" + row)
    long = [p["message"] for p in told["problems"] if p["rule"] == "csv-long"]
    assert len(long) == 2 and "more than 256 columns" in long[0] and "source" in long[1], long
    assert told["records"] == 1 and told["refused"] == 0
    told = problems_of(",".join(many + ["when", "headline"]) + "\n" + row)
    assert not told["usable"] and "column when" in str(told) and "beyond column 256" in str(told)
    for header in ("x" * 200000 + ",when,headline", "when,headline," + '"' + "x" * 200000 + '"'):
        told = problems_of(header + "\n2024,x\n")
        rules = [p["rule"] for p in told["problems"] if p["severity"] == "error"]
        assert rules == ["csv-long"] and "header row" in str(told) and not told["usable"], rules
    told = problems_of(HEAD + "2024," + "x" * 70000 + ",A\n" + ROW)
    assert [p["rule"] for p in told["problems"] if p["severity"] == "error"] == ["csv-long"]


def tsv_takes_quotes_as_they_are():
    rows = [('"Quoted" start', '"Quoted" start'), ('the end "quoted"', 'the end "quoted"'),
            ('a 6" gun', 'a 6" gun'), ('"all of it"', "all of it"), ('"a ""b"" c"', 'a "b" c'),
            ('"open', '"open'), ('say "no" "yes"', 'say "no" "yes"')]
    for first, want in rows:
        text = f"when\theadline\tsource\n2024\t{first}\tA\n2025\tnext\tB\n"
        records, _, errors = lines_of(text, "--from", "tsv")
        assert [r["headline"] for r in records] == [want, "next"] and errors == "", (first, errors)
        assert [r["source"] for r in records] == ["A", "B"]


def the_first_line_of_excel_is_skipped():
    for mark in (";", ",", "\t", "|"):
        text = f"sep={mark}\r\nwhen{mark}headline\r\n2024{mark}x\r\nsoon{mark}y\r\n"
        records, _, errors = lines_of(text)
        assert [r["headline"] for r in records] == ["x"] and "standard input:4:" in errors, errors


def hints_name_what_the_field_knows():
    for text in (HEAD.replace("source", "status") + "2024,x,rumoured\n",
                 '{"when":"2024","headline":"x","status":"rumoured"}\n'):
        hint = [p for p in problems_of(text)["problems"] if p["rule"] == "word"][0]["hint"]
        assert hint == ("reported, confirmed, claimed, disputed, denied, planned, corrected, "
                        "withdrawn"), hint
    near = problems_of('{"when":"2024","headline":"x","status":"clamed"}\n')["problems"][0]
    assert near["hint"] == "claimed"
    unknown = problems_of("when,headline,qwertyuiop\n2024,x,y\n")["problems"]
    assert "headline" in [p for p in unknown if p["rule"] == "unknown-column"][0]["hint"]


def a_named_format_is_read_whatever_it_begins_with(tmp):
    row = b'{"when":"2024","headline":"good"}\n'
    for first in (b"\0\0\n", b"<!-- feed -->\n", b"[1]\n"):
        path = write(f"{tmp}/a.ndjson", first + row)
        records, _, errors = lines_of("", name=path)
        assert len(records) == 1 and f"{path}:1:" in errors, (first, errors)
        assert problems_of("", name=path)["refused"] == 1
    for name, text, hint in [("b.ndjson", "<html>\n" * 40, "XML or HTML"), ("c.csv", "<html>\n", "XML"),
                             ("d.csv", row, "looks like NDJSON"), ("e.json", "[\n1\n]", "jq")]:
        path = write(f"{tmp}/{name}", text)
        assert hint in str(problems_of("", name=path)) and not problems_of("", name=path)["usable"]
        last = run("render", path, "--hash", code=DATA).err.splitlines()[-1]
        assert "no record that can be used" in last and "inkline check" not in last, last
    for name in ("f.csv", "f.ndjson"):
        path = write(f"{tmp}/{name}", b"PK\x03\x04" + b"x\n" * 50)
        assert run("render", path, "--hash", code=DATA).err.count("\n") == 2


def texts_in_utf_16_and_32_are_read(tmp):
    row = {"when": "2024-08-12", "headline": "Ü, ї и 日", "source": "A"}
    for encoding in ("utf-16", "utf-16-be", "utf-32", "utf-32-le"):
        mark = "" if encoding in ("utf-16", "utf-32") else "\ufeff"  # these write their own
        text = mark + 'when,headline,source\n2024-08-12,"Ü, ї и 日",A\n'
        path = write(f"{tmp}/x.csv", text.encode(encoding))
        assert row.items() <= lines_of("", name=path)[0][0].items(), encoding


def csv_refuses_bad_utf8_and_controls():
    text = HEAD.encode() + b"2024,a\xff,A\n2024,b\xc0\x80,A\n2024,c\x01,A\n2024,d\xc2\x85,A\n2024,e,A\n"
    records, _, errors = lines_of(text)
    assert [r["headline"] for r in records] == ["e"]
    assert "\\xFF" in errors and "\\x01" in errors, errors
    rules = [p["rule"] for p in problems_of(text)["problems"] if p["severity"] == "error"]
    assert rules == ["utf8", "utf8", "control", "control"], rules


def csv_cuts_long_texts_at_a_grapheme():
    family = "👩‍👩‍👧"  # one grapheme of 18 bytes
    text = HEAD + f"2024,{family * 30},{'é' * 40}\n"
    result = problems_of(text)
    assert result["cut"] == 2
    assert {p["field"] for p in result["problems"] if p["rule"] == "text-cut"} == \
        {"headline", "source"}
    records, _, errors = lines_of(text)
    assert records[0]["headline"] == family * 17 + "…" and records[0]["source"] == "é" * 30 + "…"
    assert "cut" in errors


def csv_ids_are_numbers_hashes_or_made():
    text = "id,when,headline\n7,2024,a\n,2024,b\nguid-1,2024,c\n18446744073709551616,2024,d\n"
    ids = [str(record["id"]) for record in lines_of(text)[0]]
    assert ids[0] == "7" and len(set(ids)) == 4 and all(int(i) >= 1 << 63 for i in ids[1:])
    assert ids[1:] == [str(r["id"]) for r in lines_of(text)[0]][1:]
    same = lines_of('{"when":"2024","headline":"b"}\n{"id":"guid-1","when":"2024","headline":"c"}\n')
    assert [str(record["id"]) for record in same[0]] == ids[1:3]


def a_header_without_when_says_what_to_do():
    result = problems_of("date,title\n2024,x\n")
    hints = " ".join(p.get("hint", "") for p in result["problems"])
    assert "when" in hints and "headline" in hints and not result["usable"]
    assert any(p["rule"] == "csv-header" for p in problems_of("2024,x\n")["problems"])


# --- zones --------------------------------------------------------------------------------------

def a_local_time_needs_a_zone():
    text = HEAD + "2024-08-12T10:00,x,A\n2024-08-12T10:00Z,y,A\n"
    records, _, errors = lines_of(text)
    assert [r["headline"] for r in records] == ["y"] and "--zone" in errors
    assert len(lines_of(text, "--zone", "Europe/Kyiv")[0]) == 2
    records, _, errors = lines_of('{"when":"2024-08-12T10:00","headline":"x"}\n')
    assert len(records) == 1 and "UTC" in errors


def dates_of_a_spreadsheet_are_read_where_they_mean_one_thing():
    rows = {"12.08.2024": "2024-08-12", "1.8.2024 14:05": "2024-08-01T14:05",
            "August 12, 2024": "2024-08-12", "2024/08/12": "2024-08-12", "13/8/2024": "2024-08-13",
            "8/13/2024 2:20 PM": "2024-08-13T14:20"}
    for text, want in rows.items():
        assert lines_of(HEAD + f'"{text}",x,A\n', "--zone", "UTC")[0][0]["when"] == want, text
    for text, hint in {"08/12/2024": "2024-12-08, or was 2024-08-12", "45744": "format of a date",
                       "03.04.2025 14:00-15:00": "column until",
                       "03.04.2025 09:00 - 10:30": "column until",
                       "31.06.2024": "2024-06 has 30 days", "2024-02-30": "has 29 days",
                       "2024-08-12T24:00Z": "00:00"}.items():
        found = problems_of(HEAD + f"{text},x,A\n")["problems"]
        assert hint in found[0]["hint"] and found[0]["severity"] == "error", (text, found[0])


def a_time_that_the_clocks_skip_is_refused():
    """In CSV, NDJSON and feeds, by the zone of the file or of the command line; others stay."""
    for zone, skipped, good in (("Europe/Berlin", "2025-03-30T02:30", "2025-10-26T02:30"),
                                ("America/New_York", "2025-03-09T02:00", "2025-03-09T03:00"),
                                ("Australia/Lord_Howe", "2024-10-06T02:15", "2024-10-06T02:30"),
                                ("UTC", None, "2025-03-30T02:30")):
        rows = [text for text in (skipped, good) if text]
        csv = HEAD + "".join(f"{text},x{n},A\n" for n, text in enumerate(rows))
        ndjson = "".join(f'{{"when":"{text}","headline":"x{n}"}}\n' for n, text in enumerate(rows))
        rss = ("<rss version='2.0'><channel><title>T</title>" + "".join(
            f"<item><title>x{n}</title><pubDate>{text}</pubDate></item>"
            for n, text in enumerate(rows)) + "</channel></rss>")
        for text in (f"# zone: {zone}\n" + csv, csv, ndjson, rss):
            options = () if text.startswith("#") else ("--zone", zone)
            assert [one["when"] for one in lines_of(text, *options)[0]] == [good], (zone, text)
            found = [p["rule"] for p in problems_of(text, *options)["problems"]
                     if p["severity"] == "error"]
            assert found == ["date-gap"] * (skipped is not None), found


def a_zone_that_is_none_is_an_error():
    for name, hint in [("Europe/Kiyv", "Europe/Kyiv"), ("kyiv", "Europe/Kyiv"),
                       ("europe/berlin", "Europe/Berlin"), ("../../etc/passwd", "such as"),
                       ("Nowhere", "such as"), ("+25:00", "such as")]:
        result = run("render", "-", "--hash", "--zone", name, stdin=HEAD + ROW, code=USAGE)
        assert hint in result.err, (name, result.err)
        text = f"# zone: {name}\n" + HEAD + ROW
        assert hint in run("render", "-", "--hash", stdin=text, code=DATA).err
        found = [p for p in problems_of(text)["problems"] if p["rule"] == "zone"]
        assert len(found) == 1 and found[0]["severity"] == "error"
    run("render", "-", "--hash", "--zone", "Europe/Kyiv", stdin=HEAD + ROW, code=DEVICE,
        env={"TZDIR": "/nonexistent"})
    for name, offset in [("+03:00", 180), ("-0330", -210), ("Z", 0), ("UTC", 0)]:
        story = lines_of(HEAD + ROW, "--zone", name)[1]
        assert story["offsets"][1] == offset, (name, story)


def the_zone_of_the_command_line_wins(tmp):
    ndjson = '{"story":{"title":"T","zone":"Europe/Kyiv"}}\n{"when":"2024-08-12","headline":"x"}\n'
    csv = "# zone: Europe/Kyiv\n" + HEAD + ROW
    ink = f"{tmp}/a.ink"
    run("convert", "-", "-o", ink, stdin=ndjson, code=OK)
    for name, stdin in [("-", ndjson), ("-", csv), (ink, "")]:
        story = lines_of(stdin, "--zone", "America/New_York", name=name)[1]
        assert story["zone"] == "America/New_York" and -240 in story["offsets"], story


def offsets_agree_with_another_reader_of_the_database():
    dice = random.Random(5)
    names = ["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
             "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Europe/London", "UTC"]
    for _ in range(SEEDS * 3):
        name = dice.choice(names)
        start = dice.randrange(0, 1_900_000_000)
        times = sorted(start + dice.randrange(0, 5 * 365 * 86400) for _ in range(6))
        text = HEAD + "".join(
            f"{datetime.datetime.fromtimestamp(t, datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ},x{t},A\n"
            for t in times)
        offsets = lines_of(text, "--zone", name)[1]["offsets"]
        assert len(offsets) <= 48 and offsets[::2] == sorted(set(offsets[::2])), offsets
        for t in times:
            held = offsets[1]
            for minute, value in zip(offsets[::2], offsets[1::2]):
                held = value if minute * 60 <= t else held
            there = datetime.datetime.fromtimestamp(t, zoneinfo.ZoneInfo(name)).utcoffset()
            assert held == int(there.total_seconds() // 60), (name, t, held, there)


def offset_at(offsets, at):
    held = offsets[1]
    for minute, value in zip(offsets[::2], offsets[1::2]):
        held = value if minute * 60 <= at else held
    return held


def changes_of_offset_go_where_times_are():
    now = 1722506400  # 2024-08-01T10:00Z, summer time in London
    for head, rows, cut in [
            ("", "1950-01-01T10:00Z,a,A\n", False),
            ("# expires: 9999-12-31T00:00Z\n", "", False),
            ("", "2924-08-01T10:00Z,mistyped,A\n", False),
            ("# as_of: 2024-08-02\n", "2924-08-01T10:00Z,mistyped,A\n", False),
            ("# as_of: 2024-08-02\n",
             "".join(f"{year}-07-01T10:00Z,y{year},A\n" for year in range(1960, 2100)), True),
            ("", "".join(f"{year}-07-01T10:00Z,y{year},A\n" for year in range(2000, 2050)), True),
            ("", "-0043-03-15,a,A\n", False)]:
        text = head + HEAD + rows + "2024-02-01T10:00Z,winter,A\n2024-08-01T10:00Z,summer,A\n"
        result = run("convert", "-", "-o", "-", "--to", "ndjson", "--zone", "Europe/London",
                     stdin=text, code=OK)
        offsets = json.loads(result.text.splitlines()[0])["story"]["offsets"]
        assert len(offsets) <= 48 and offsets[::2] == sorted(set(offsets[::2])), offsets
        assert offset_at(offsets, now) == 60 and offset_at(offsets, now - 182 * 86400) == 0, text
        assert ("an hour off" in result.err) == cut, (text[:200], result.err)
        if "1950" in rows:
            assert offset_at(offsets, -631101600) == 0


def an_offset_is_two_digits_and_two():
    for name in ["+3:" + " " * 300 + "5", "+3", "+ 3", "+03: 5", "+3:00", "+03:0", "+03:000", "+0300 ",
                 "+03:60", "+24", "-", "+", "+03:", "03:00", "+" + "0" * 300, "++3", "+03:+5",
                 "A" * 300, "Europe/" + " " * 300 + "Kyiv"]:
        result = run("convert", "-", "-o", "-", "--to", "csv", "--zone", name, stdin=HEAD + ROW,
                     code=USAGE)
        assert "IANA" in result.err, (name, result.err)
        if len(name) <= 40 and name.strip() == name:
            run("convert", "-", "-o", "-", "--to", "csv", stdin=f"# zone: {name}\n" + HEAD + ROW,
                code=DATA)
    for name, offset in [("+03", 180), ("-0330", -210), ("+23:59", 1439), ("-00:30", -30), ("z", 0)]:
        assert lines_of(HEAD + ROW, "--zone", name)[1]["offsets"][1] == offset, name


def a_zone_that_is_none_is_told_alike_with_its_place(tmp):
    row = '{"when":"2024-08-12","headline":"x"}\n'
    first = write(f"{tmp}/good.csv", HEAD + ROW)
    for name, text, line in [("a.csv", "# title: T\n# zone: Europe/Kiyv\n" + HEAD + ROW, 2),
                             ("b.ndjson", row + '{"story":{"zone":"Europe/Kiyv"}}\n', 2)]:
        path = write(f"{tmp}/{name}", text)
        for inputs in ([path], [first, path], [path, first]):
            told = run("render", *inputs, "--hash", code=DATA).err
            assert f"{path}:{line}: " in told and "hint: Europe/Kyiv" in told, told
            checked = run("check", *inputs, code=DATA).text
            assert f"{path}:{line}: " in checked and "not usable" in checked, checked
        run("render", path, "--hash", "--zone", "Europe/Kyiv", code=OK)


# --- convert ------------------------------------------------------------------------------------

def random_story(dice):
    def text(most):
        letters = 'ab ,;"\'#é字👍\t:={}[]\\/'
        return "".join(dice.choice(letters) for _ in range(dice.randrange(1, most))).strip() or "x"
    dates = ["2024", "2024-08", "2024-08-12?", "2024-08~", "201X", "19XX", "-0043-03-15", "2024-21",
             "2024-08-12T14:05+03:00", "2024-08-12T14:05:09Z", "2024-08-12%", "../2024", "1914/1918",
             "2024-08-12/..", "/2024", "2024-08-12T14:05", "2024-08-XX"]
    items = [{"story": {"title": text(30), "zone": "Europe/Kyiv", "lang": "uk", "distance": 1500,
                        "strikes": dice.choice(["2024-09", "2024-08-12T14:05+03:00"])}}]
    for number in range(dice.randrange(1, 30)):
        item = {"when": dice.choice(dates), "headline": text(60)}
        if dice.random() < 0.7:
            item["id"] = dice.choice([number, f"guid {number}", 2 ** 63 + number])
            item["id"] = str(item["id"]) if item["id"] != number else number
        if "/" not in item["when"] and dice.random() < 0.2:
            item["until"] = "2030"
        for name in "lane source via detail figure place".split():
            if dice.random() < 0.4:
                item[name] = text(40)
        for name, values in [("status", ["claimed", "denied"]), ("kind", ["figure"]),
                             ("dated", ["report"]), ("weight", [1, 9]), ("rev", [3, 4294967295])]:
            if dice.random() < 0.3:
                item[name] = dice.choice(values)
        items.append(item)
    return "".join(json.dumps(item, ensure_ascii=dice.random() < 0.5) + "\n" for item in items)


def every_format_says_the_same(tmp):
    for seed in range(SEEDS * 2):
        source = random_story(random.Random(seed))
        run("convert", "-", "-o", f"{tmp}/a.ink", stdin=source, code=OK)
        first = read(f"{tmp}/a.ink")
        assert len(first) > 20
        for path in ["b.ndjson", "c.csv", "d.tsv", "e.ink"]:
            run("convert", f"{tmp}/a.ink", "-o", f"{tmp}/{path}", code=OK)
            result = run("convert", f"{tmp}/{path}", "-o", f"{tmp}/f.ink", code=OK)
            assert read(f"{tmp}/f.ink") == first, (seed, path, result.err)
            got = run("convert", "-", "-o", "-", "--to", "ink", stdin=read(f"{tmp}/{path}"), code=OK)
            assert got.out == first, ("by content", seed, path, got.err)


def convert_joins_inputs_in_order(tmp):
    a = write(f"{tmp}/a.csv", "# title: B\nid,when,headline\n2,2024,two\n1,2023,one\n")
    b = write(f"{tmp}/b.ndjson", '{"story":{"title":"A","lang":"de"}}\n'
              '{"id":3,"when":"2022","headline":"three"}\n')
    records, story, _ = lines_of("", b, name=a)
    assert [r["id"] for r in records] == [2, 1, 3]
    assert story["title"] == "B" and story["lang"] == "de"


def facts_of_the_command_line_fill_gaps():
    options = ("--title", "Given", "--lang", "fr", "--now", "2024-08-12T10:00Z")
    assert lines_of(HEAD + ROW, *options)[1] == {
        "title": "Given", "lang": "fr", "as_of": "2024-08-12T10:00Z"}
    told = lines_of("# title: Own\n# lang: uk\n# as_of: 2024\n" + HEAD + ROW, *options)[1]
    assert told == {"title": "Own", "lang": "uk", "as_of": "2024"}
    run("convert", "-", "-o", "-", "--to", "csv", "--title", b"\xff".decode("latin1"),
        stdin=HEAD + ROW, code=OK)


# --- check --------------------------------------------------------------------------------------

def check_says_line_or_offset_and_rule(tmp):
    text = ('{"when":"2024-13-01","headline":"a"}\n\n{"when":"2024","headline":"b","extra":1}\nnope\n'
            '{"when":"2024-08-12T10:00","headline":"c","source":"A"}')
    result = problems_of(text)
    errors = [(p["line"], p["rule"]) for p in result["problems"] if p["severity"] == "error"]
    assert errors == [(1, "date-range"), (4, "json")], errors
    sourceless = [p["line"] for p in result["problems"] if p["rule"] == "no-source"]
    assert sourceless == [3], sourceless
    rules = {p["rule"] for p in result["problems"]}
    assert {"unknown-key", "no-zone", "no-title", "no-as-of"} <= rules, rules
    run("convert", "-", "-o", f"{tmp}/a.ink", stdin=text, code=OK)
    size = os.path.getsize(f"{tmp}/a.ink")
    with open(f"{tmp}/a.ink", "ab") as file:
        file.write(b"\xff\xa1")
    bad = problems_of("", name=f"{tmp}/a.ink")["problems"]
    assert [p["offset"] for p in bad if p["severity"] == "error"][0] == size, bad
    text_form = run("check", f"{tmp}/a.ink", code=OK).text
    assert f"byte {size}:" in text_form and "[" in text_form


def check_tells_usable_from_useless():
    good = ("# title: T\n# zone: UTC\n# as_of: 2024-08-12\n" + HEAD + ROW)
    clean = run("check", "-", stdin=good, code=OK).text
    assert clean == "1 record, 0 refused; 0 errors, 0 warnings\n", clean
    run("check", "-", "--strict", stdin=good, code=OK)
    run("check", "-", stdin=good + "x,y,z\n", code=OK)
    run("check", "-", "--strict", stdin=good + "x,y,z\n", code=DATA)
    run("check", "-", stdin=HEAD + "x,y,z\n", code=DATA)
    assert "not usable" in run("check", "-", stdin=HEAD + "x,y,z\n").text
    far = run("check", "-", "--panel", "2.9", stdin=good.replace("# zone", "# distance: 5m\n# zone"))
    assert "[distance]" in far.text, far.text
    assert problems_of(good) == {"problems": [], "errors": 0, "warnings": 0, "records": 1,
                                 "refused": 0, "cut": 0, "usable": True}


def check_finds_two_contents_of_one_version(tmp):
    head = "id,rev,when,headline,source\n"
    a = write(f"{tmp}/a.csv", head + "7,1,2024,one,A\n7,2,2024,two,A\n7,1,2024,one,A\n")
    b = write(f"{tmp}/b.ndjson", '{"id":7,"rev":2,"when":"2024","headline":"other","source":"A"}\n')
    assert not [p for p in problems_of("", name=a)["problems"] if p["rule"] == "rev-twice"]
    told = [p for p in problems_of("", b, name=a)["problems"] if p["rule"] == "rev-twice"]
    assert len(told) == 1 and told[0]["file"] == b and told[0]["line"] == 1, told
    assert "raise rev" in told[0]["hint"] and told[0]["severity"] == "warning"
    many = head + "".join(f"{n},1,2024,h{n},A\n" for n in range(1, 50001)) + "5,1,2024,other,A\n"
    told = [p for p in problems_of(many)["problems"] if p["rule"] == "rev-twice"]
    assert [p.get("line") for p in told] == [50002, None] and "not compared" in told[1]["message"]


def strict_means_the_same_to_check_and_render():
    good = "# title: T\n# zone: UTC\n# as_of: 2024-08-12\n" + HEAD
    for text, code in [(good + ROW, OK), (good + ROW + "x,y,z\n", DATA), (good + "2024,x,\n", OK),
                       (good + "2024," + "x" * 400 + ",A\n", OK), (HEAD + ROW, OK),
                       ("# as_of: soon\n" + good + ROW, DATA),
                       ("when,headline,extra\n2024,x,y\n", OK)]:
        run("check", "-", "--strict", stdin=text, code=code)
        run("render", "-", "--strict", "--hash", stdin=text, code=code)
    told = problems_of("# as_of: soon\n" + good + ROW)
    assert told["errors"] == 1 and told["refused"] == 0 and told["records"] == 1, told
    told = run("check", "-", stdin=HEAD, code=DATA).text
    assert "no record" in told and "0 records, 0 refused; 1 error," in told, told


# --- languages ----------------------------------------------------------------------------------

def the_specimen_lacks_no_glyph(tmp):
    done = run("specimen", "-o", f"{tmp}/all.png", code=OK)
    assert "missing" not in done.err, done.err
    width, height, depth, *_ = png_of(read(f"{tmp}/all.png"))
    assert depth == 2
    run("specimen", "--lang", "he", "-o", f"{tmp}/he.png", code=OK)
    one = png_of(read(f"{tmp}/he.png"))
    assert one[0] == width and one[1] * 10 < height
    run("specimen", "--lang", "xx", "-o", f"{tmp}/xx.png", code=USAGE)
    run("specimen", code=USAGE)


def a_page_without_words_in_its_language_says_so(tmp):
    path = write(f"{tmp}/a.csv", "# lang: sv\n" + HEAD + ROW)
    assert "no words" in run("render", path, "-o", f"{tmp}/a.png", code=OK).err
    assert "no words" not in run("render", path, "--lang", "uk", "-o", f"{tmp}/a.png", code=OK).err


def a_mirrored_page_is_as_long_in_the_report(tmp):
    """Texts are in reading order, dates stand right of headlines, and nothing leaves the page."""
    feed = ("# lang: he\nwhen,status,headline,source\n"
            "2024-05-02,reported,שר הביטחון (NATO) אמר: 15%,Reuters\n")
    path = write(f"{tmp}/he.csv", feed)
    report = json.loads(run("render", path, "--report", "-", "--panel", "7.5", code=OK).text)
    card = next(item for item in report["items"] if item["role"] == "card")
    date = next(item for item in report["items"] if item["role"] == "date")
    assert "שר הביטחון (NATO) אמר: 15%" in card["text"]
    assert date["rect"][0] > card["rect"][2]
    for item in report["items"]:
        assert 0 <= item["rect"][0] <= item["rect"][2] <= 800, item


# --- render -------------------------------------------------------------------------------------

def the_picture_keeps_the_contract(tmp):
    """Gray at exactly the panel's bits, or a palette of exactly its colours."""
    text = sample(40)
    for row in json.loads(run("panels", "--json").text):
        run("render", "-", "-o", f"{tmp}/a.png", "--panel", row["name"], stdin=text, code=OK)
        png = png_of(read(f"{tmp}/a.png"))
        width, height, depth, colour, interlace, pitch, bits, palette = png
        gray = row["inks"] in ("bw", "gray4", "gray16")
        assert (width, height, colour, interlace) == (
            row["width"], row["height"], 0 if gray else 3, 0)
        assert depth == (row["depth"] if gray else 2 if len(palette) <= 4 else 4)
        assert len(palette) == (0 if gray else len(row["colours"]))
        assert pitch[2] == 1 and abs(1e6 / pitch[0] - row["pitch_um"]) < 0.05
        if gray:
            ink = sum(bin(byte).count("1") for byte in bits)
            assert 0.005 < ink / (width * height * depth) < 0.5, (row["name"], ink)
        else:
            used = set().union(*samples_of(png))
            assert max(used) < len(palette) and len(used) > 1, (row["name"], used)


def the_hash_is_that_of_the_native_frame(tmp):
    text = sample(60, 2)
    facts = {row["name"]: row for row in json.loads(run("panels", "--json").text)}
    for name in ["2.9-296x128", "7.5-800x480", "4.2-400x300", "2.13-250x122", "gray-7.5-800x480",
                 "gray16-10.3-1872x1404", "bwr-2.9-296x128", "bwy-7.5-800x480", "bwry-4.2-400x300",
                 "acep-5.65-600x448", "spectra6-7.3-800x480"]:
        told = run("render", "-", "-o", f"{tmp}/a.png", "--panel", name, "--hash", stdin=text).text
        frame = frame_of(png_of(read(f"{tmp}/a.png")), facts[name])
        assert told == hashlib.sha256(frame).hexdigest() + "\n", name
        raw = write(f"{tmp}/a.raw", frame)
        assert run("frame", raw, "--panel", name, "--hash", code=OK).text == told
        run("frame", raw, "--panel", name, "-o", f"{tmp}/b.png", code=OK)
        assert read(f"{tmp}/b.png") == read(f"{tmp}/a.png")
        for band in (1, 7, 31, 480, 4096):
            assert run("render", "-", "--panel", name, "--band", band, "--hash",
                       stdin=text).text == told, band
    wrong = write(f"{tmp}/wrong.raw", b"\xff" * (2 * 37 * 128))
    assert "no ink" in run("frame", wrong, "--panel", "bwr-2.9", "--hash", code=DATA).err
    run("frame", write(f"{tmp}/short.raw", b"\0" * 100), "--panel", "7.5", "--hash", code=DATA)
    run("frame", f"{tmp}/none.raw", "--panel", "7.5", "--hash", code=IO)


def any_order_and_split_of_inputs_draws_the_same(tmp):
    for seed in range(max(2, SEEDS // 2)):
        dice = random.Random(seed)
        head, *records = sample(60, seed).splitlines(keepends=True)
        want = run("render", "-", "--hash", stdin=head + "".join(records), code=OK).out
        dice.shuffle(records)
        cut = dice.randrange(len(records))
        a = write(f"{tmp}/a.ndjson", "".join(records[:cut]) + head)
        b = write(f"{tmp}/b.ndjson", "".join(records[cut:] or [head]))
        run("convert", b, "-o", f"{tmp}/b.ink")
        assert run("render", a, b, "--hash").out == want, seed
        assert run("render", f"{tmp}/b.ink", a, "--hash").out == want, seed
        twice = run("render", a, b, a, "--hash")
        assert twice.out == want and "more than once" in twice.err, (seed, twice.err)


def the_report_adds_up(tmp):
    for seed in range(SEEDS):
        dice = random.Random(seed)
        count = dice.choice([1, 5, 30, 150, 700])
        text = sample(count, seed) + '{"nonsense\n' * dice.randrange(3) + \
            '{"id":1,"rev":1,"when":"2024-08-02","headline":"Corrected"}\n' * dice.randrange(3)
        panel = dice.choice(["2.9", "4.2", "7.5", "10.3", "13.3"])
        run("render", "-", "--report", f"{tmp}/r.json", "--panel", panel, "--rotate",
            dice.choice([0, 90]), stdin=text, code=OK)
        report = json.loads(read(f"{tmp}/r.json"))
        counts = report["counts"]
        parts = [counts[key] for key in "refused duplicate superseded merged hidden shown".split()]
        assert counts["read"] == sum(parts), (seed, counts)
        assert counts["read"] == text.count("\n") - 1, (seed, counts)
        assert counts["refused"] == text.count("nonsense")
        cards = [item for item in report["items"] if item["role"] == "card"]
        assert len(cards) == counts["shown"]
        assert sum(gap["count"] for gap in report["hidden"]) == counts["hidden"], (seed, report)
        assert sum(lane["hidden"] for lane in report["lanes"]) == counts["hidden"], (seed, report)
        live = counts["merged"] + counts["hidden"] + counts["shown"]
        assert sum(lane["records"] for lane in report["lanes"]) == live, (seed, report)
        width, height = report["size"]
        for item in report["items"]:
            x0, y0, x1, y1 = item["rect"]
            assert 0 <= x0 <= x1 <= width and 0 <= y0 <= y1 <= height, (seed, item)
            assert item["text"] or item["role"] not in ("card", "masthead"), item
        for card in cards:
            assert card["status"] and card["when"] and card["source"] is not None, card
        assert set(report["memory"]) >= {"core", "band"} and "read" in report["time_us"]


def rows_that_csv_refuses_are_counted(tmp):
    text = HEAD + ROW + "x,y,z\n2024,,A\n2024,\"q\"q,A\n"
    run("render", "-", "--report", f"{tmp}/r.json", stdin=text, code=OK)
    counts = json.loads(read(f"{tmp}/r.json"))["counts"]
    assert counts["read"] == 4 and counts["refused"] == 3 and counts["shown"] == 1, counts


def strict_refuses_what_is_otherwise_skipped():
    for text in [HEAD + ROW + "x,y,z\n", sample(3) + "nope\n", "# as_of: soon\n" + HEAD + ROW]:
        loose = run("render", "-", "--hash", stdin=text, code=OK)
        assert loose.err.startswith("inkline: standard input:"), loose.err
        run("render", "-", "--hash", "--strict", stdin=text, code=DATA)
        run("convert", "-", "-o", "-", "--to", "csv", "--strict", stdin=text, code=DATA)


def many_problems_are_shown_as_a_few():
    result = run("render", "-", "--hash", stdin=HEAD + ROW + "x,y,z\n" * 500, code=OK)
    assert 15 < result.err.count("\n") < 30 and "more problems" in result.err


def dumps_show_every_noun():
    text = sample(20)
    records = run("render", "-", "--dump", "record", stdin=text, code=OK).text
    assert len(records.splitlines()) == 21
    again = run("render", "-", "--dump", "record", stdin=records, code=OK).text
    assert again == records
    digest = run("render", "-", "--dump", "digest", stdin=text, code=OK).text
    assert digest.count("\nevent ") >= 15 and "counts read=20 " in digest
    desk = ("when,status,lane,place,headline,detail\n"
            "2024-08-06,,Army,Sudzha,Bridge falls,Two spans are gone.\n"
            "2024-08-07,withdrawn,Rail,,Trains stop,\n"
            "2024-08-09,planned,Court,Town hall,Verdict due,\n")
    for head, gone in [("", False), ("# strikes: 2024-08-08\n", False),
                       ("# strikes: 2024-08-07\n", True)]:
        digest = run("render", "-", "--dump", "digest", stdin=head + desk, code=OK).text
        assert 'name="Army"' in digest and 'detail="Two spans are gone."' in digest, digest
        assert 'place="Town hall"' in digest and 'place="Sudzha"' not in digest, digest
        assert ('name="Rail"' in digest) != gone and ("Trains" in digest) != gone, digest
        report = json.loads(run("render", "-", "--report", "-", stdin=head + desk, code=OK).text)
        names = sorted(lane["name"] for lane in report["lanes"])
        assert names == (["Army", "Court"] if gone else ["Army", "Court", "Rail"]), report["lanes"]
        assert report["counts"]["superseded"] == gone, report["counts"]
    page = run("render", "-", "--dump", "page", stdin=text, code=OK).text
    assert page.startswith("page 800x480 ") and "masthead" in page and "  text " in page
    assert page == run("render", "-", "--dump", "page", stdin=text).text


WALL = "# zone: Europe/Berlin\n# as_of: 2025-03-28T11:00\nwhen,until,status,weight,source,headline\n"


def texts_of(table, layout):
    """The words of a page, line after line as they are drawn."""
    page = run("render", "-", "--layout", layout, "--dump", "page", stdin=WALL + table, code=OK).text
    return re.findall(r'^  text .*?"(.*)" ', page, re.MULTILINE)


def hours_are_told_by_their_start():
    table = ("2025-03-28T09:00,,reported,,AA,Envoy lands\n"
             "2025-03-29,,planned,,UN,Day of rest\n"
             "2025-03-28T14:30,,planned,,BBK,Second\n"
             "2025-03-28T14:00+01:00,2025-03-28T15:00+01:00,planned,,BPA,First\n"
             "2025-03-29T22:00,2025-03-30T05:00,planned,,DB,Strike\n"
             "2025-03-28T16:00,2025-03-31T12:00,planned,,EU,Summit\n")
    for layout in ("spine", "lanes"):
        texts = texts_of(table, layout)
        cards = [text for text in texts if text in ("First", "Second", "Strike", "Day of rest", "Summit")]
        assert cards == ["First", "Second", "Strike", "Day of rest", "Summit"] or layout == "lanes", cards
        told = " | ".join(texts)
        assert "14:00" in told and "22:00" in told and "28–31 Mar" in told, told
        assert "29–30 Mar" not in told and "16:00" not in told, told
    assert "14:00" in texts_of(table, "lead")
    told = texts_of(table, "daybook")
    assert "14:00–15:00" in told and "22:00–05:00" in told and "28–31 Mar" in told, told
    assert "14:00–15:00" in texts_of(table.replace("14:30", "13:30"), "spine")
    # a night that has begun stands under today, with the day on which it did
    night = "2025-03-27T22:00,2025-03-28T12:00,planned,,DB,Strike\n"
    assert "27 Mar 22:00" in texts_of(night, "daybook")


def a_story_with_news_is_no_daybook():
    def layout_of(*past):
        ahead = "".join(f"2025-03-{day}T09:00,,planned,7,EU,Call {day}\n" for day in range(29, 32))
        rows = "".join(f"2025-03-27T09:00,,{row},USGS,Quake\n" for row in past)
        report = run("render", "-", "--report", "-", stdin=WALL + rows + ahead, code=OK).text
        return json.loads(report)["layout"]

    assert layout_of() == "daybook"
    for quiet in ("planned,9", "withdrawn,9", "confirmed,4", "reported,1"):
        assert layout_of(quiet) == "daybook", quiet
    for news in ("confirmed,9", "reported,", "claimed,5", "denied,"):
        assert layout_of(news) == "spine", news
        assert layout_of("planned,9", news) == "spine", news


def a_source_is_cut_with_an_ellipsis():
    name = "Foreign, Commonwealth & Development Office - Activity on GOV.UK"
    for layout in ("spine", "lanes", "lead", "daybook"):
        for status in ("reported", "planned"):
            for panel in ("7.5-800x480", "4.2-400x300", "2.9-296x128"):
                table = f'2025-03-28T{"09" if status == "reported" else "12"}:00,,{status},,"{name}",UK sends team\n'
                page = run("render", "-", "--layout", layout, "--panel", panel, "--dump", "page",
                           stdin=WALL + table, code=OK).text
                for said in re.findall(r'"(Foreign.*?)" ', page):
                    cut = said.split("…")[0]
                    assert name.startswith(cut) and (cut == name or "…" in said), (layout, panel, said)


def views_change_the_picture():
    text = sample(30)
    plain = run("render", "-", "--hash", stdin=text).out
    for options in [("--rotate", 180), ("--rotate", "90"), ("--distance", "3m"), ("--lang", "uk"),
                    ("--zone", "Asia/Tokyo")]:
        assert run("render", "-", "--hash", *options, stdin=text, code=OK).out != plain, options
    for options in [("--layout", "spine"), ("--layout", "auto"), ("--panel", "7.5")]:
        assert run("render", "-", "--hash", *options, stdin=text, code=OK).out == plain, options
    run("render", "-", "--hash", "--now", "now", stdin=text, code=OK)


def watch_draws_again_until_interrupted(tmp):
    path = write(f"{tmp}/a.csv", HEAD + ROW)
    out = f"{tmp}/a.png"
    process = subprocess.Popen([INKLINE, "render", path, "-o", out, "--watch"],
                               stderr=subprocess.DEVNULL)

    def wait_for(condition):
        for _ in range(200):
            if condition():
                return
            time.sleep(0.025)
        raise AssertionError("nothing was drawn in 5 s")
    try:
        wait_for(lambda: os.path.exists(out))
        time.sleep(0.2)
        first = read(out)
        write(path, HEAD + ROW + "2024-08-13,More,Agency\n")
        wait_for(lambda: read(out) != first)
        second = read(out)
        write(path, "broken")  # a picture that cannot be drawn leaves the last one
        time.sleep(0.4)
        assert read(out) == second
        write(f"{tmp}/new.csv", HEAD + "2024,Moved here,Agency\n")
        os.replace(f"{tmp}/new.csv", path)
        wait_for(lambda: read(out) != second)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(5) in (-signal.SIGINT, 130)
    assert sorted(os.listdir(tmp)) == ["a.csv", "a.png"]


def watch_follows_links_and_new_folders(tmp):
    os.mkdir(f"{tmp}/dir")
    os.mkdir(f"{tmp}/real")
    os.mkdir(f"{tmp}/other")
    real = write(f"{tmp}/real/target.csv", HEAD + ROW)
    os.symlink("../real/target.csv", f"{tmp}/dir/a.csv")
    path = write(f"{tmp}/other/b.csv", HEAD + ROW)
    process = subprocess.Popen([INKLINE, "render", f"{tmp}/dir/a.csv", path, "-o", f"{tmp}/a.png",
                                "--watch"], stderr=subprocess.PIPE)
    os.set_blocking(process.stderr.fileno(), False)
    told = b""

    def drawings(wanted):
        nonlocal told
        for _ in range(200):
            told += process.stderr.read() or b""
            if told.count(b"drawn;") >= wanted:
                break
            time.sleep(0.025)
        time.sleep(0.15)
        told += process.stderr.read() or b""
        return told.count(b"drawn;")
    try:
        assert drawings(1) == 1
        write(real, HEAD + ROW + "2024,More,Agency\n")
        assert drawings(2) == 2
        write(f"{tmp}/other/target.csv", "no input of ours")  # a name alone is no input
        assert drawings(2) == 2
        os.rename(f"{tmp}/other", f"{tmp}/moved")
        time.sleep(0.1)
        os.mkdir(f"{tmp}/other")
        write(path, HEAD + "2025,Made anew,Agency\n")
        assert drawings(3) == 3
        os.remove(path)
        os.rmdir(f"{tmp}/other")
        time.sleep(0.1)
        os.mkdir(f"{tmp}/other")
        write(path, HEAD + "2026,Again,Agency\n")
        assert drawings(4) == 4
        os.symlink("../moved/b.csv", f"{tmp}/dir/new.csv")
        os.replace(f"{tmp}/dir/new.csv", f"{tmp}/dir/a.csv")
        assert drawings(5) == 5
        write(f"{tmp}/moved/b.csv", HEAD + "2021,Where the link leads now,Agency\n")
        assert drawings(6) == 6
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(5)
        process.stderr.close()


def demo_draws_without_files(tmp):
    begin = time.monotonic()
    result = run("demo", "out", cwd=tmp, code=OK)
    assert time.monotonic() - begin < 5
    paths = result.text.split()
    assert len(paths) >= 3 and result.err == "", result.err
    for path in paths:
        width, height = png_of(read(f"{tmp}/{path}"))[:2]
        assert path.endswith(f"{width}x{height}.png")
    assert run("demo", "out", cwd=tmp, code=OK).text == result.text
    write(f"{tmp}/file", "")
    run("demo", "file", cwd=tmp, code=IO)


# --- hostile input, memory -----------------------------------------------------------------------

def noise_never_breaks_it(tmp):
    source = sample(20).encode()
    forms = {name: run("convert", "-", "-o", "-", "--to", name, stdin=source).out
             for name in ("csv", "ndjson", "ink", "tsv")}
    for seed in range(SEEDS * 6):
        dice = random.Random(seed)
        name = dice.choice(sorted(forms))
        data = bytearray(forms[name])
        for _ in range(dice.randrange(1, 30)):
            at = dice.randrange(len(data))
            data[at:at + dice.randrange(3)] = bytes(
                dice.choice([dice.randrange(256), 34, 10, 44, 0]) for _ in range(dice.randrange(4)))
        data = bytes(data[:dice.randrange(len(data))] if dice.random() < 0.2 else data)
        option = ["--from", name] if dice.random() < 0.7 else []
        result = run("render", "-", "--hash", *option, stdin=data)
        assert result.code in (OK, DATA), (seed, name, result.code, result.err)
        checked = run("check", "-", "--json", *option, stdin=data)
        assert checked.code in (OK, DATA)
        told = json.loads(checked.text)
        no_zone = any(problem["rule"] == "zone" for problem in told["problems"])
        assert told["usable"] == (told["records"] > 0 and not no_zone)


def peak_kib(*arguments):
    """Peak memory of a run alone: a child started from here would count this program's as its own.
    So a shell starts it and leaves, and it becomes our child (Linux)."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    for _ in range(20):
        shell = subprocess.run(["sh", "-c", '"$0" "$@" >/dev/null 2>&1 & echo $!', INKLINE,
                                *arguments], stdout=subprocess.PIPE, check=True)
        try:
            _, status, usage = os.wait4(int(shell.stdout), 0)
        except ChildProcessError:  # it was over before the shell was, which then saw it off itself
            continue
        assert os.waitstatus_to_exitcode(status) == OK, arguments
        return usage.ru_maxrss
    raise AssertionError("a busy machine: no run outlived its shell")


def memory_is_small_and_flat(tmp):
    if os.environ.get("SANITIZED") == "1":
        return
    # Without ideographs, whose fonts are ten times as large as all others.
    small = write(f"{tmp}/small.ndjson", sample(250).replace("東京", "Токіо"))
    large = write(f"{tmp}/large.ndjson", sample(40000).replace("東京", "Токіо"))
    run("convert", small, "-o", f"{tmp}/small.csv")
    run("convert", large, "-o", f"{tmp}/large.csv")
    for form in ("ndjson", "csv"):  # how much of the program is in memory varies from run to run
        peaks = [min(peak_kib("render", f"{tmp}/{size}.{form}", "-o", f"{tmp}/a.png")
                     for _ in range(3)) for size in ("small", "large")]
        assert peaks[0] <= 4608, (form, peaks)  # 4 MiB, and the importers' libraries
        assert peaks[1] <= peaks[0] + 512, (form, peaks)
        peaks = [peak_kib("convert", f"{tmp}/{size}.{form}", "-o", f"{tmp}/a.ink")
                 for size in ("small", "large")]
        assert peaks[1] <= peaks[0] + 512, ("convert", form, peaks)


def main():
    """Run the functions of the program that was started, this one or one that imports it."""
    names = vars(sys.modules["__main__"])
    tests = [(name, thing) for name, thing in names.items()
             if getattr(thing, "__module__", None) == "__main__" and hasattr(thing, "__code__")
             and name not in names["HELPERS"]]
    wanted = sys.argv[2:]
    passed = failed = 0
    for name, test in tests:
        if wanted and not any(part in name for part in wanted):
            continue
        try:
            with tempfile.TemporaryDirectory() as tmp:
                test(*([tmp] if test.__code__.co_argcount else []))
            passed += 1
        except Exception as error:  # a failed test is told, and the next one runs
            failed += 1
            at = error.__traceback__
            while at.tb_next and at.tb_next.tb_frame.f_code.co_filename == names["__file__"]:
                at = at.tb_next
            print(f"{names['__file__']}:{at.tb_lineno}: {name}: "
                  f"{str(error)[:1500] or type(error).__name__}")
    print(f"{passed} passed, {failed} failed")
    return failed != 0


HELPERS = {"run", "write", "read", "lines_of", "problems_of", "png_of", "samples_of", "frame_of", "sample", "random_story",
           "peak_kib", "offset_at", "texts_of", "main"}

if __name__ == "__main__":
    sys.exit(main())
