#!/usr/bin/env python3
"""make_feed.py SEED COUNT: a random feed as NDJSON on standard output; the same for the same seed.

Texts are of several scripts and of any length up to past their bounds; dates of every precision;
some records correct others, some repeat, some are no records at all.
"""
import json
import random
import sys

WORDS = ("the of council says Kursk border claims minister water Straße façade naïve œuvre žurnál "
         "Кабінет міністрів оборона области Αθήνα κυβέρνηση 120,000 ~1,000 km² “quoted” – … "
         "unverified/unconfirmed e\u0301te\u0301 الرئيس إلى شَالّ שָׁלוֹם (NATO) 15% ۲۴ \u2067x\u2069 gegen\u00ADüber \U0001F600").split()
SOURCES = ["AFP", "Reuters", "Interfax-Ukraine", "РИА Новости", "Governor", "Press office of the army"]
STATUS = ["reported", "confirmed", "claimed", "disputed", "denied", "planned", "corrected", "withdrawn"]


def words(chance, most):
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))


def date(chance):
    day = f"2024-{chance.randint(7, 9):02}-{chance.randint(1, 28):02}"
    clock = f"T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}"
    return chance.choice([day, day, day + "~", day + "?", day[:7], day[:4], day + clock,
                          day + clock + "Z", day + clock + "+03:00", day + "/..", "2024-21"])


def record(chance):
    made = {"when": date(chance), "headline": words(chance, chance.choice([4, 9, 60])),
            "source": chance.choice(SOURCES)}
    optional = {"via": chance.choice(SOURCES), "status": chance.choice(STATUS),
                "weight": chance.randint(1, 9), "detail": words(chance, 90),
                "figure": "~" + str(chance.randint(1, 10 ** 6)), "lane": words(chance, 2),
                "dated": chance.choice(["event", "report"]), "place": words(chance, 3),
                "id": str(chance.randint(1, 40)), "rev": chance.randint(0, 3)}
    for name, value in optional.items():
        if chance.random() < 0.4:
            made[name] = value
    return made


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    chance = random.Random(int(sys.argv[1]))
    if chance.random() < 0.7:
        facts = {"title": words(chance, 6), "as_of": "2024-08-12T21:40Z",
                 "lang": chance.choice(["en", "de", "uk"])}
        if int(sys.argv[1]) % 2:
            facts["strikes"] = "2024-08-10"
        print(json.dumps({"story": facts}))
    for _ in range(int(sys.argv[2])):
        made = record(chance)
        if chance.random() < 0.03:
            made["when"] = "some day"
        line = json.dumps(made, ensure_ascii=chance.random() < 0.5)
        print(line)
        if chance.random() < 0.05:
            print(line)


if __name__ == "__main__":
    main()
