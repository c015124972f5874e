#!/usr/bin/env python3
"""The choice from outside: `inkline condense`, the reasons in a dump, --hold, --live.

usage: test_choice.py INKLINE

The laws of the choice itself are in test_condense.c, test_flood.c and test_still.c.
"""
import datetime
import json
import os
import random
import re
import subprocess
import sys
import tempfile

INKLINE = os.path.abspath(sys.argv[1])
OK, USAGE, DATA, IO = 0, 2, 65, 74
LINE = re.compile(r"^-?\d{4}-\d\d-\d\d\t\S.*$")


def run(*arguments, stdin="", code=OK):
    done = subprocess.run([INKLINE, *map(str, arguments)], input=stdin.encode(),
                          capture_output=True, timeout=60)
    error = done.stderr.decode("utf-8", "replace")
    assert done.returncode == code, f"exit {done.returncode}, not {code}: {arguments}\n{error}"
    return done.stdout.decode(), error


def story(dice, count):
    """Lines of date, source and text."""
    words = ("strike port rail union talks ministry vote bridge crews deny agree reopen storm court "
             "budget police rally hearing deal flood").split()
    lines = []
    for _ in range(count):
        day = datetime.date(2024, 3, 1) + datetime.timedelta(dice.randrange(40))
        text = " ".join(dice.choice(words) for _ in range(dice.randint(3, 12)))
        lines.append(f"{day}\t{dice.choice(['AFP', 'Reuters', '-', 'dpa'])}\t{text} {dice.randrange(50)}")
    return lines


def counts_of(dump):
    line = next(line for line in dump.splitlines() if line.startswith("counts "))
    counts = {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", line)}
    assert counts["read"] == sum(counts[name] for name in
                                 "refused duplicate superseded merged hidden kept".split())
    return counts


def a_choice_keeps_its_budget_and_its_texts():
    for seed in range(8):
        dice = random.Random(seed)
        lines = story(dice, 200)
        dates, per_date = dice.randint(1, 15), dice.randint(1, 3)
        out, _ = run("condense", "-", "--from", "tls", "--dates", dates, "--per-date", per_date,
                     stdin="\n".join(lines))
        given = {(line.split("\t")[0], line.split("\t")[2]) for line in lines}
        chosen = [tuple(line.split("\t")) for line in out.splitlines()]
        days = [day for day, _ in chosen]
        assert set(chosen) <= given and chosen
        assert days == sorted(days) and len(set(days)) == dates
        assert max(days.count(day) for day in days) <= per_date


def the_order_of_lines_and_copies_of_them_change_nothing():
    for seed in range(8):
        dice = random.Random(seed)
        lines = story(dice, 150)
        first, _ = run("condense", "-", "--from", "tls", stdin="\n".join(lines))
        again = lines + lines[:50]
        dice.shuffle(again)
        for text in ("\n".join(again), "\r\n".join(again) + "\r\n"):
            assert run("condense", "-", "--from", "tls", stdin=text)[0] == first


def lines_that_are_none_are_said_and_cost_only_themselves():
    lines = ["2024-02-30\tAFP\tNo such day", "no tabs at all", "2024-03-01\tAFP\t",
             "2024-03-01\tAFP\tmention\tBridge opens", "2024-03-02\t-\tQuote \u0093here\u0094 closes"]
    out, error = run("condense", "-", "--from", "tls", stdin="\n".join(lines))
    assert out.splitlines() == ["2024-03-01\tBridge opens", "2024-03-02\tQuote here closes"], out
    assert all(f":{line}:" in error for line in (1, 2, 3)), error
    long = "2024-03-01\tAFP\t" + "long " * 30000 + "\n2024-03-02\tAFP\tNext\n"
    out, error = run("condense", "-", "--from", "tls", stdin=long)
    assert out == "2024-03-02\tNext\n" and ":1:" in error
    run("condense", "-", "--from", "tls", stdin="", code=DATA)


def any_memory_is_enough_or_says_so():
    lines = "\n".join(story(random.Random(3), 300))
    for memory in ("1", "500", "2000", "5K", "10K", "1M"):
        out, _ = run("condense", "-", "--from", "tls", "--memory", memory, stdin=lines)
        assert out and all(LINE.match(line) for line in out.splitlines())
    for bad in (("--memory", "0"), ("--memory", "2M"), ("--memory", "10X"), ("--dates", "0"),
                ("--per-date", "x"), ("--dump", "page")):
        assert "expected" in run("condense", "-", *bad, stdin=lines, code=USAGE)[1]


def a_dump_says_why():
    lines = ['{"story": {"title": "Why"}}']
    lines += [json.dumps({"id": n, "when": "2024-08-06", "source": f"S{n}",
                          "headline": f"Bridge over the river collapses in {word}"})
              for n, word in enumerate(("storm", "heavy storm", "the storm"), 1)]
    lines += [json.dumps({"id": 9, "when": "2024-08-07", "weight": 2, "headline": "Choir sings"})]
    lines += [json.dumps({"id": 10 + n, "when": "2024-08-08", "headline": f"Other {n} thing"})
              for n in range(9)]
    out, _ = run("condense", "-", "--from", "ndjson", "--dates", 2, "--dump", "digest",
                 stdin="\n".join(lines))
    event = re.search(r"^event \d+ .*records=3 sources=3.*Bridge.*\n  because day=2024-08-06 "
                      r"merit=\d+ votes=\d+ burst=\d+ busy=\d+ favour=0 score=\d+ "
                      r"merged=\d+,\d+$", out, re.M)
    assert event, out
    assert "not kept" in out and "headline=\"Other" in out, out
    counts = counts_of(out)
    lanes = re.findall(r"^lane \d+ records=(\d+) hidden=(\d+)", out, re.M)
    assert sum(int(hidden) for _, hidden in lanes) == counts["hidden"]


def what_was_shown_is_held(tmp):
    feed, state = os.path.join(tmp, "feed.tsv"), os.path.join(tmp, "state")
    with open(feed, "w", encoding="utf-8") as file:
        file.write("\n".join(story(random.Random(5), 120)))
    command = ["render", feed, "--from", "tls", "--hash", "--hold", state]
    first, _ = run(*command)
    with open(state, encoding="utf-8") as file:
        ids = [int(line) for line in file]
    assert ids == sorted(set(ids)) and ids
    assert run(*command)[0] == first
    with open(state, "w", encoding="utf-8") as file:
        file.write("no id\n-\n\x01\n" + "9" * 30 + "\n")
    run(*command)
    run("render", feed, "--from", "tls", "--hash", "--hold", tmp, code=IO)
    run("render", feed, "--from", "tls", "--hash", "--hold", feed, code=USAGE)


def one_pass_remembers_what_it_has_room_for():
    lines = "\n".join(story(random.Random(8), 200))
    whole, _ = run("condense", "-", "--from", "tls", stdin=lines)
    assert run("condense", "-", "--from", "tls", "--live", "1M", stdin=lines)[0] == whole
    little, _ = run("condense", "-", "--from", "tls", "--live", "4K", "--dump", "digest", stdin=lines)
    counts = counts_of(little)
    assert counts["read"] == 200 and counts["kept"] > 0
    run("condense", "-", "--from", "tls", "--live", "1", stdin=lines)


def main():
    tests = [value for value in globals().values()
             if callable(value) and getattr(value, "__module__", "") == "__main__"
             and value.__name__ not in ("run", "story", "counts_of", "main")]
    failed = 0
    for test in tests:
        with tempfile.TemporaryDirectory() as tmp:
            try:
                test(*[tmp][:test.__code__.co_argcount])
            except AssertionError as error:
                failed += 1
                print(f"failed: {test.__name__}: {error}")
    print(f"{len(tests) - failed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
