"""Invented dispatches and pages as a wire sends them: names, places and deeds to annotate, no two texts alike."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tests.bench.invented_pages import PageMaker
from tests.bench.invented_texts import TextMaker
from transforms.documents import Document
from transforms.publishers import Publisher

QUAY = Publisher(code="quay", name="The Quay", agency="QUAY", country_code="NLD", language="en", hosts=("courier.example",))
COUNTRIES = "Kazakhstan Turkey Germany France Brazil Kenya Japan Poland Egypt Mexico Norway India Serbia Peru Ghana Vietnam".split()  # noqa: SIM905
CITIES = "Astana Ankara Berlin Paris Nairobi Tokyo Warsaw Cairo Oslo Delhi Belgrade Lima Accra Hanoi Geneva Vienna".split()  # noqa: SIM905
NAMES = ("Aylin Demir", "Jonas Weber", "Marta Kowalska", "Samuel Otieno", "Ingrid Dahl", "Ravi Menon", "Luis Quispe", "Kofi Mensah")
DEEDS = (
    "{country} signed a trade agreement with {other} in {city} on Monday.",
    "The president of {country} met the prime minister of {other} and discussed the border crossing near {city}.",
    "Protesters in {city} demanded the resignation of the government, police said.",
    "\"We will send {count} tonnes of grain to {other},\" {name}, a spokesman for the ministry, told reporters.",
    "{country} condemned the attack on a convoy in {city} that killed {count} soldiers.",
    "{name} of the central bank said that prices in {other} rose by {count} percent.",
    "The foreign ministry of {other} expelled {count} diplomats of {country}.",
    "Aid from {country} arrived in {city} after the flood, the Red Cross said.",
)


def documents(count: int, *, pages_every: int = 4, seed: int = 11) -> Iterator[Document]:
    """`count` documents of one publisher, a tenth of a second apart; each `pages_every`th a page of some 200 kB."""
    chance, makers = random.Random(seed), (TextMaker(seed), PageMaker(seed))
    texts, pages = makers[0].texts(count), makers[1].pages(count)
    for number in range(count):
        moment = datetime(2024, 5, 1, tzinfo=UTC) + timedelta(seconds=number / 10)
        is_page = bool(pages_every) and number % pages_every == 0
        content = next(pages) if is_page else _dispatch(next(texts), chance, number).encode()
        yield Document(
            id=f"{number:06}.{'html' if is_page else 'txt'}", content=content, publisher_code=QUAY.code, fetched_at=moment,
            media_type="text/html" if is_page else "text/plain",
            url=f"https://courier.example/news/{number}" if is_page else None,
        )


def _dispatch(words: str, chance: random.Random, number: int) -> str:
    deeds = [
        deed.format(country=chance.choice(COUNTRIES), other=chance.choice(COUNTRIES), city=chance.choice(CITIES),
                    name=chance.choice(NAMES), count=chance.randrange(2, 900))
        for deed in chance.sample(DEEDS, 4)
    ]
    rest = words.split()
    sentences = [" ".join(rest[at : at + 18]).capitalize() + "." for at in range(0, len(rest), 18)]
    return f"{chance.choice(CITIES).upper()}. QUAY - {deeds[0]} {' '.join(sentences)}\n\n{' '.join(deeds[1:])} (item {number})\n"
