"""An invented archive: a folder a day with short dispatches of a harbour town, the same every time."""

from datetime import date, timedelta
from pathlib import Path

PUBLISHER_TOML = """
code = "quay"
name = "The Quay"
agency = "QUAY"
country = "NLD"
language = "en"
time_zone = "Europe/Amsterdam"
hosts = ["quay.example"]
"""

PLACES = ("Rotterdam", "Vlissingen", "Den Helder", "IJmuiden", "Harlingen")
CARGOES = ("grain", "timber", "onions", "steel coils", "fertiliser", "herring", "bricks")
SHIPS = ("Aurora", "Windhover", "Petrel", "Marigold", "Saltmarsh", "Kittiwake", "Lantern", "Hollyhock", "Breaker")


def write_publisher(folder: Path) -> Path:
    """A folder with the publisher's file, for DATELINE_PUBLISHERS."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "quay.toml").write_text(PUBLISHER_TOML, encoding="utf-8")
    return folder


def dispatch(day: date, number: int) -> str:
    """The text of one dispatch: no two are alike, and none is much like another."""
    place, cargo = PLACES[(day.toordinal() + number) % len(PLACES)], CARGOES[(day.toordinal() * 3 + number) % len(CARGOES)]
    ship = SHIPS[(day.toordinal() * 5 + number * 2) % len(SHIPS)]
    count = 100 + (day.toordinal() * 37 + number * 101) % 900
    return (
        f"{place.upper()}. QUAY - The {ship} put in on {day:%A} with {count} tonnes of {cargo}, harbour master number"
        f" {number} of {place} said. Her crew of {8 + number % 9} waits for pilot {count // 7} before the lock at gate"
        f" {count % 11} opens for voyage {day.toordinal()}-{number}.\n\n"
        f"Merchants of {place} paid {count * 3} guilders a last, {count % 17} more than on the day before, and the"
        f" {SHIPS[(count + number) % len(SHIPS)]} is expected with {CARGOES[count % len(CARGOES)]} within {1 + count % 6} days.\n"
    )


def write_archive(folder: Path, since: date, days: int, per_day: int) -> Path:
    """`days` folders named by date with `per_day` files each."""
    for offset in range(days):
        day = since + timedelta(days=offset)
        place = folder / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}"
        place.mkdir(parents=True, exist_ok=True)
        for number in range(per_day):
            (place / f"{number:04}.txt").write_text(dispatch(day, number), encoding="utf-8")
    return folder
