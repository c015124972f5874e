#!/usr/bin/env python3
"""Dates of other formats to EDTF, against Python's email.utils and datetime: random dates in every
shape that they write, and random damage that both may read.

    stamp_check.py TEST_STAMP
"""
import datetime
import email.utils
import random
import re
import subprocess
import sys

STAMP = sys.argv[1]
ROUNDS = 20000
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def ours(texts):
    """(EDTF, seconds) of each, None where there is none."""
    done = subprocess.run([STAMP, "--edtf"], input="".join(f"{text}\n" for text in texts),
                          capture_output=True, check=True, text=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) == len(texts)
    return [(None if edtf == "-" else edtf, None if told == "-" else int(told))
            for edtf, told in rows]


def random_time(dice, first=1):
    zone = datetime.timezone(datetime.timedelta(minutes=dice.choice(
        [0, 60, 120, 180, 330, 345, -210, -300, -720, 840])))
    return datetime.datetime(dice.randrange(first, 10000), 1, 1, tzinfo=zone) + datetime.timedelta(
        days=dice.randrange(364), seconds=dice.randrange(86400))


# Shapes that say the whole time and its offset.
SHAPES = {
    "mail": email.utils.format_datetime,
    "mail, whole names": lambda t: t.strftime("%A, %d %B {:04} %H:%M:%S %z").format(t.year),
    "mail, no weekday": lambda t: t.strftime("%d %b {:04} %H:%M:%S %z").format(t.year),
    "iso": lambda t: t.isoformat(),
    "iso with a blank": lambda t: t.isoformat(" "),
    "iso with a fraction": lambda t: t.replace(microsecond=123000).isoformat(),
    "iso, no colon": lambda t: t.strftime("{:04}-%m-%dT%H:%M:%S%z").format(t.year),
    "basic": lambda t: t.strftime("{:04}%m%dT%H%M%S%z").format(t.year),
    "slashes": lambda t: t.strftime("{:04}/%m/%d %H:%M:%S %z").format(t.year),
    "JavaScript": lambda t: t.strftime("%a %b %d {:04} %H:%M:%S GMT%z (X)").format(t.year),
    "Unix date": lambda t: t.strftime("%a %b %d %H:%M:%S %z {:04}").format(t.year),
    "month first": lambda t: t.strftime("%B %d, {:04} %H:%M:%S %z").format(t.year),
}


def check_shapes():
    dice = random.Random(1)
    times = [random_time(dice) for _ in range(ROUNDS // 4)]
    for name, shape in SHAPES.items():
        for time, (edtf, told) in zip(times, ours([shape(time) for time in times])):
            assert edtf is not None, (name, shape(time))
            again = datetime.datetime.fromisoformat(edtf)
            assert again.replace(microsecond=0) == time, (name, shape(time), edtf)
            assert again.utcoffset() == time.utcoffset(), (name, shape(time), edtf)
            assert told == (time - EPOCH) // datetime.timedelta(seconds=1), (name, edtf, told)
    print(f"{len(times)} times in each of {len(SHAPES)} shapes agree")


def check_locals():
    """Days, and times of no zone: as they stand; their seconds are those of UTC."""
    dice = random.Random(2)
    times = [random_time(dice).replace(tzinfo=None) for _ in range(ROUNDS // 4)]
    shapes = [lambda t: t.strftime("%a, %d %b {:04} %H:%M:%S").format(t.year), lambda t: t.ctime(),
              lambda t: t.isoformat(), lambda t: t.strftime("{:04}%m%dT%H%M%S").format(t.year)]
    for shape in shapes:
        # ctime pads the year with zeros as the others do
        for time, (edtf, told) in zip(times, ours([shape(time) for time in times])):
            assert edtf is not None, shape(time)
            assert datetime.datetime.fromisoformat(edtf) == time, shape(time)
            seconds = (time.replace(tzinfo=datetime.timezone.utc) - EPOCH) // datetime.timedelta(seconds=1)
            assert told == seconds, (shape(time), told)
    for time, (edtf, told) in zip(times, ours([f"{time:%d %B} {time.year:04}" for time in times])):
        assert edtf == time.date().isoformat() and told is not None
    print(f"{len(times)} times without a zone in each of {len(shapes)} shapes, and days, agree")


def mangle(dice, text):
    text = list(text)
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(text))
        way = dice.randrange(3)
        if way == 0:
            del text[at]
        elif way == 1:
            text.insert(at, dice.choice("0123456789 :,-+TZ"))
        else:
            text[at] = dice.choice("0123456789 :,-+AugMonGMT")
        if not text:
            return "x"
    return "".join(text)


# What Python's reader of mail dates takes in another way, and why ours differs.
REASONS = (
    (r"\b\d{1,2}[- ]*[A-Z][a-z]+[- ,]*\d{2}\b", "years of two digits: 69 is 1969 there, 2069 here"),
    (r"\b\d{1,2}[- ]*[A-Z][a-z]+[- ,]*\d{3}\b", "years of three digits count from 1900 here (RFC 2822)"),
    (r" [-+]\d\d(:\d\d)?$", "+01:00 and +04 are read as if they were +0000 and +0004 there"),
)


def check_damage():
    """Both may refuse; where both read a time with its offset, it is the same."""
    dice = random.Random(3)
    texts = [mangle(dice, email.utils.format_datetime(random_time(dice, 1000))) for _ in range(ROUNDS)]
    both = known = 0
    for text, (edtf, told) in zip(texts, ours(texts)):
        parsed = email.utils.parsedate_tz(text)
        if told is None or parsed is None or parsed[9] is None:
            continue
        both += 1
        try:
            zone = datetime.timezone(datetime.timedelta(seconds=parsed[9]))
            want = datetime.datetime(*parsed[:5], min(parsed[5], 59), tzinfo=zone)
        except ValueError:
            assert False, f"{text}: {edtf} is no time for Python: {parsed}"
        if datetime.datetime.fromisoformat(edtf.replace(":60", ":59")) != want:
            reason = next((why for like, why in REASONS if re.search(like, text)), None)
            assert reason is not None, f"{text}: {edtf}, but {want}"
            known += 1
    print(f"{both - known} of {both} damaged dates that both read agree, "
          f"the rest as REASONS say")
    assert both > ROUNDS // 20


check_shapes()
check_locals()
check_damage()
