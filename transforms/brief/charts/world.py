"""A map of who dealt with whom: land as dots, countries where their people live, and arcs between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import TypeAlias

from transforms.brief.charts.frame import chart
from transforms.brief.markup import Element, el
from transforms.brief.records import Pair
from transforms.brief.wording import counted

WIDTH = 720
HEIGHT = 370
_NORTH, _SOUTH = 74.0, -54.0
# How wide and tall the letters of a name are, on a wide screen and on a narrow one.
_LETTER, _TALL = 8.6, 17.0
_NARROW_LETTER, _NARROW_TALL = 12.6, 25.0
_MAJOR_LABELS = 7

_Box: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """Where land and countries are: points as (latitude, longitude) in degrees; names by ISO 3166-1 alpha-3 code."""

    land: tuple[tuple[float, float], ...] = ()
    countries: Mapping[str, tuple[float, float]]
    names: Mapping[str, str]

    def name(self, code: str) -> str:
        """The country's name, else its code."""
        return self.names.get(code, code)


def world(name: str, pairs: Sequence[Pair], atlas: Atlas, *, most: int) -> Element | None:
    """The `most` pairs with most events as arcs, as thick as they are many; None where no place is known."""
    drawn = [
        pair for pair in _undirected(pairs)
        if pair.actor_country_code in atlas.countries and pair.recipient_country_code in atlas.countries
    ][:most]  # fmt: skip
    if not drawn:
        return None
    places = {
        code: project(*atlas.countries[code])
        for pair in drawn
        for code in (pair.actor_country_code, pair.recipient_country_code)
    }
    weights = {
        code: sum(pair.event_count for pair in drawn if code in (pair.actor_country_code, pair.recipient_country_code))
        for code in places
    }
    highest = max(pair.event_count for pair in drawn)
    described = "; ".join(
        f"{atlas.name(pair.actor_country_code)} and {atlas.name(pair.recipient_country_code)}:"
        f" {counted(pair.event_count, 'event', 'events')}, {pair.conflict_count} of conflict"
        for pair in drawn
    )
    dots = "".join(f"M{x:.0f} {y:.0f}h0" for x, y in sorted({project(*point) for point in atlas.land}))
    return chart(
        name, WIDTH, HEIGHT, "Map of countries that dealt with each other", f"{described}.",
        el("path", class_="land", d=dots) if dots else None,
        [_arc(pair, places, highest) for pair in reversed(drawn)],
        [el("circle", class_="node", cx=x, cy=y, r=2.6) for x, y in places.values()],
        _labels(places, weights, atlas),
        class_="world",
    )  # fmt: skip


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """A place on the map, in its units: an equirectangular projection, cut where nobody lives."""
    return (longitude + 180) * WIDTH / 360, (_NORTH - latitude) * HEIGHT / (_NORTH - _SOUTH)


def _undirected(pairs: Sequence[Pair]) -> list[Pair]:
    """Both directions of a pair as one, most events first."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for pair in pairs:
        one, other = sorted((pair.actor_country_code, pair.recipient_country_code))
        events, conflicts = sums.get((one, other), (0, 0))
        sums[one, other] = events + pair.event_count, conflicts + pair.conflict_count
    found = [
        Pair(actor_country_code=one, recipient_country_code=other, event_count=events, conflict_count=conflicts,
             goldstein_mean=None)
        for (one, other), (events, conflicts) in sums.items()
    ]  # fmt: skip
    return sorted(found, key=lambda pair: (-pair.event_count, pair.actor_country_code, pair.recipient_country_code))


def _arc(pair: Pair, places: Mapping[str, tuple[float, float]], highest: int) -> Element:
    (x1, y1), (x2, y2) = places[pair.actor_country_code], places[pair.recipient_country_code]
    # Bent upwards by a fifth of its length, so that arcs between neighbours of neighbours part.
    bent = hypot(x2 - x1, y2 - y1) / 5
    kind = "bad" if 2 * pair.conflict_count > pair.event_count else "good"
    return el(
        "path", class_=f"arc {kind}", d=f"M{x1:.1f} {y1:.1f}Q{(x1 + x2) / 2:.1f} {(y1 + y2) / 2 - bent:.1f} {x2:.1f} {y2:.1f}",
        stroke_width=0.8 + 3.2 * sqrt(pair.event_count / max(highest, 6)), stroke_dasharray="7 4" if kind == "bad" else None,
    )  # fmt: skip


def _labels(places: Mapping[str, tuple[float, float]], weights: Mapping[str, int], atlas: Atlas) -> list[Element]:
    """Names beside the countries, the heaviest first, each where it covers no other; without room it goes without.

    The first few keep room for the larger letters of a narrow screen, which shows no others.
    """
    taken: list[_Box] = [(x - 4, y - 4, x + 4, y + 4) for x, y in places.values()]
    ordered = sorted(places, key=lambda code: (-weights[code], code))
    labels: list[Element] = []
    for code in ordered:
        is_major = sum("major" in label.attributes[0][1] for label in labels) < _MAJOR_LABELS
        letter, tall = (_NARROW_LETTER, _NARROW_TALL) if is_major else (_LETTER, _TALL)
        placed = _placed(*places[code], letter * len(atlas.name(code)), tall, taken)
        if placed is None:
            continue
        anchor, box = placed
        taken.append(box)
        at = {"start": box[0], "end": box[2], "middle": (box[0] + box[2]) / 2}[anchor]
        labels.append(
            el("text", atlas.name(code), class_="place major" if is_major else "place", x=at, y=box[3] - tall / 4,
               text_anchor=anchor)
        )  # fmt: skip
    return labels


def _placed(x: float, y: float, wide: float, tall: float, taken: Sequence[_Box]) -> tuple[str, _Box] | None:
    """On which side of a point a text has room: how it is anchored, and its box."""
    for anchor, left, top in (
        ("start", x + 6, y - tall / 2), ("end", x - 6 - wide, y - tall / 2), ("middle", x - wide / 2, y + 5),
        ("middle", x - wide / 2, y - 5 - tall),
    ):  # fmt: skip
        box = (left, top, left + wide, top + tall)
        if box[0] >= 0 and box[2] <= WIDTH and not any(_overlap(box, other) for other in taken):
            return anchor, box
    return None


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
