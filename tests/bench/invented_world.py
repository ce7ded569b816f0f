"""Eight days of an invented world, for looking at the brief: `python -m tests.bench.invented_world FOLDER`.

Writes publisher files and JSON Lines, and prints how to load them. No agency, person or event in it is real; the
countries are, so that the map has places.
"""

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

LAST_DAY = date(2024, 5, 31)
PUBLISHERS = {
    "meridian": "Meridian Press", "northwire": "Northwire", "harbour_gazette": "Harbour Gazette",
    "daily_lantern": "The Daily Lantern", "plains_post": "Plains Post", "quiet_courier": "Quiet Courier",
}  # fmt: skip
# How many texts of its own each has on a weekday.
OWN = {"meridian": 46, "northwire": 38, "harbour_gazette": 14, "daily_lantern": 12, "plains_post": 9, "quiet_courier": 8}
PEOPLE = {
    "Norway": ("Ingrid Halvane", "Prime Minister", "Oslo"), "Kazakhstan": ("Daniyar Seitov", "Foreign Minister", "Astana"),
    "Turkey": ("Selin Arkaya", "Trade Minister", "Ankara"), "Kenya": ("Wanjiru Oduya", "President", "Nairobi"),
    "Japan": ("Haruto Kisaragi", "Prime Minister", "Tokyo"), "Brazil": ("Caio Valdemar", "Energy Minister", "Brasília"),
    "Canada": ("Elise Marchmont", "Foreign Minister", "Ottawa"), "India": ("Ravindra Solanke", "Trade Minister", "New Delhi"),
    "Germany": ("Jorun Falkenried", "Chancellor", "Berlin"), "Egypt": ("Nadim Sharabi", "Transport Minister", "Cairo"),
    "Australia": ("Tamsin Wardell", "Defence Minister", "Canberra"), "Chile": ("Rocío Altamira", "President", "Santiago"),
    "South Korea": ("Yun Sae-bom", "Foreign Minister", "Seoul"), "Morocco": ("Idriss Belkadi", "Interior Minister", "Rabat"),
}  # fmt: skip
TOPICS = (
    "grain shipments", "the ferry line", "a rail tunnel", "fishing quotas", "student exchanges", "glacier research",
    "a power cable", "port fees", "visa rules", "flood warnings", "the spice trade", "a shared satellite",
)  # fmt: skip
BODIES = ("the Harbour Union", "the Northern Fisheries Board", "the Grain Council", "the Ferry Workers' League", "Tidewater Bank")
# Headline and first sentence by kind; {a} and {b} are countries, {p} and {q} their people, {po} and {qo} their offices.
KINDS = (
    ("{a} and {b} hold talks on {t}", "{po} {p} of {a} met {qo} {q} of {b} in {city} to discuss {t}."),
    ("{a} signs agreement with {b} on {t}", "{a} signed an agreement with {b} on {t}, {po} {p} said in {city}."),
    ("{a} thanks {b} for help with {t}", "{po} {p} of {a} thanked {b} for its support in {t}."),
    ("{a} promises aid to {b} for {t}", "{a} pledged aid of {n} million euros to {b} for {t}, {po} {p} said."),
    ("{a} warns {b} over {t}", "{a} threatened to impose sanctions on {b} over {t}, {po} {p} told reporters in {city}."),
    ("{a} criticises {b} on {t}", "{po} {p} of {a} accused {b} of delaying {t}."),
    ("{a} rejects proposal by {b} on {t}", "{a} rejected a proposal by {b} on {t}, {po} {p} said."),
    ("{o} plans {n} new jobs in {city}", "{o} said it would create {n} jobs in {city} within two years."),
    ("Storm closes harbour near {city}", "A storm closed the harbour near {city} for {n} hours, the coast guard of {a} said."),
    ("{a} raises forecast for {t}", "The ministry of finance of {a} raised its forecast for {t} to {n} million tonnes."),
)  # fmt: skip
_FIRST = ("Officials", "Traders", "Engineers", "Fishermen", "Students", "Farmers", "Pilots", "Teachers", "Nurses", "Divers")
_DID = (
    "had asked for a decision", "were told to wait", "expected a longer delay", "welcomed the news", "had hoped for more",
    "counted the cost", "wanted to see the figures", "spoke of a turning point", "doubted the date", "prepared for winter",
)  # fmt: skip
_WHEN = ("since the spring", "for most of the year", "after a week of rain", "before the holidays", "in spite of the costs")


def _sentences(dice: random.Random, count: int) -> str:
    return " ".join(
        f"{dice.choice(_FIRST)} in {dice.choice(list(PEOPLE.values()))[2]} {dice.choice(_DID)} {dice.choice(_WHEN)}"
        f"{dice.choice(('', f', and {dice.randint(12, 980)} of them signed a letter', ', according to ' + dice.choice(BODIES)))}."
        for _ in range(count)
    )


def _article(dice: random.Random, code: str, number: int, moment: datetime) -> dict[str, Any]:
    # The first few countries are in the news more than the others.
    a, b = dice.sample(list(PEOPLE), 2, counts=range(len(PEOPLE) * 2, 0, -2))
    while a == b:
        b = dice.choice(list(PEOPLE))
    (p, po, city), (q, qo, _) = PEOPLE[a], PEOPLE[b]
    headline, lead = dice.choices(KINDS, (6, 4, 2, 2, 2, 2, 1, 2, 2, 2))[0]
    slots = {"a": a, "b": b, "p": p, "po": po, "q": q, "qo": qo, "city": city, "t": dice.choice(TOPICS), "o": dice.choice(BODIES),
             "n": dice.randint(12, 480)}  # fmt: skip
    title = headline.format(**slots)
    return {
        "@type": "NewsArticle", "identifier": f"{code}-{number}", "headline": title[0].upper() + title[1:], "inLanguage": "en",
        "url": f"https://{code.replace('_', '-')}.example/{moment:%Y/%m/%d}/{number}",
        "datePublished": moment.isoformat(),
        "articleBody": "\n\n".join((lead.format(**slots), _sentences(dice, 3), _sentences(dice, 2))),
    }  # fmt: skip


def articles(dice: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """All articles with the code of their publisher: own texts, copies of some of them, corrections of a few."""
    number = 0
    for ago in range(7, -1, -1):
        day = LAST_DAY - timedelta(days=ago)
        share = 0.3 if day.weekday() >= 5 else 1.0
        heard = [code for code in PUBLISHERS if not (code == "quiet_courier" and ago < 2)]
        for code in heard:
            for _ in range(round(OWN[code] * share * dice.uniform(0.85, 1.15))):
                number += 1
                hour = dice.triangular(5, 22.5, 13)
                moment = datetime.combine(day, time(), UTC) + timedelta(hours=hour)
                article = _article(dice, code, number, moment)
                yield code, article
                if code in ("meridian", "northwire") and dice.random() < 0.22:
                    others = [other for other in heard if other != code]
                    for other in dice.sample(others, dice.choice((1, 1, 2, 3, len(others)))):
                        later = min(moment + timedelta(minutes=dice.randint(5, 55)), datetime.combine(day, time(23, 59), UTC))
                        yield other, article | {
                            "identifier": f"{other}-{number}", "datePublished": later.isoformat(),
                            "url": f"https://{other.replace('_', '-')}.example/{number}",
                            "articleBody": article["articleBody"].replace(" said", " said on the record", 1),
                        }  # fmt: skip
                if dice.random() < 0.02:
                    wrong, right = str(dice.randint(10, 49)), str(dice.randint(50, 99))
                    body = f"{article['articleBody']}\n\nThe works will take {{}} months, the ministry said."
                    yield code, article | {"identifier": f"{code}-{number}c", "articleBody": body.format(wrong)}
                    yield code, article | {
                        "identifier": f"{code}-{number}c", "articleBody": body.format(right),
                        "headline": f"CORRECTED: {article['headline']}",
                        "dateModified": (moment + timedelta(minutes=40)).isoformat(),
                    }  # fmt: skip


def write(folder: Path) -> None:
    """Write the files, and print how to load them."""
    (folder / "publishers").mkdir(parents=True, exist_ok=True)
    for code, name in PUBLISHERS.items():
        (folder / "publishers" / f"{code}.toml").write_text(
            f'code = "{code}"\nname = "{name}"\nlanguage = "en"\nhosts = ["{code.replace("_", "-")}.example"]\n\n'
            f"[expected]\narticles_per_day = {{ minimum = {OWN[code] // 4}, maximum = {OWN[code] * 3} }}\n",
            "utf-8",
        )
        (folder / f"{code}.jsonl").write_text("", "utf-8")
    for code, article in articles(random.Random(11)):
        with (folder / f"{code}.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(article, ensure_ascii=False) + "\n")
    print(f"export DATELINE_PUBLISHERS={folder}/publishers")
    *first, last = PUBLISHERS
    for code in first:
        print(f"dateline ingest {folder}/{code}.jsonl --publisher {code} --stages extract")
    print(f"dateline ingest {folder}/{last}.jsonl --publisher {last}\ndateline report --date {LAST_DAY}")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
