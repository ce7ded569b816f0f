"""The same event told in many sentences and articles: clusters of coded events.

Two reports are of one event when type, sides, day and place agree as far as both say: a cluster is a connected
component of such pairs, so it does not depend on the order of the input. Wire copies of one article carry the
same `report` key and count once.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.annotations.annotation import Event, Participant

WINDOW = timedelta(days=1)
"""How far apart the days of two reports of one event may lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One coded event with where it was told.

    `report` names the article or, where articles are copies of each other, their cluster; `source` the publisher;
    `published_on` the day (UTC) on which it appeared.
    """

    key: str
    report: str
    source: str
    published_on: date | None
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCluster:
    """Reports of one event. `keys` are sorted; `first_on` is its earliest day; counts are of distinct values."""

    keys: tuple[str, ...]
    event_type: str
    first_on: date | None
    report_count: int
    source_count: int


def cluster_events(reports: Iterable[Report]) -> tuple[EventCluster, ...]:
    """Every report in exactly one cluster; clusters in order of their first key.

    Only what happened or lies ahead is joined: negated, hypothetical and historical statements stay alone, as do
    events without a country or entity on either side.
    """
    ordered = sorted({report.key: report for report in reports}.values(), key=lambda report: report.key)
    parent = list(range(len(ordered)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for i, report in enumerate(ordered):
        for key in block_keys(report):
            blocks[key].append(i)
    for members in blocks.values():
        for position, i in enumerate(members):
            for j in members[position + 1 :]:
                if find(i) != find(j) and is_same(ordered[i], ordered[j]):
                    low, high = sorted((find(i), find(j)))
                    parent[high] = low
    groups: dict[int, list[Report]] = defaultdict(list)
    for i, report in enumerate(ordered):
        groups[find(i)].append(report)
    return tuple(make_cluster(members) for _, members in sorted(groups.items()))


def make_cluster(members: list[Report]) -> EventCluster:
    days = [day for member in members if (day := day_of(member)) is not None]
    return EventCluster(
        keys=tuple(member.key for member in members),
        event_type=members[0].event.event_type,
        first_on=min(days, default=None),
        report_count=len({member.report for member in members}),
        source_count=len({member.source for member in members}),
    )


def day_of(report: Report) -> date | None:
    """The day of the event where the text gives it, else the day on which it was told."""
    if report.event.event_date is not None and report.event.date_precision == "day":
        return report.event.event_date
    return report.published_on


def block_keys(report: Report) -> list[Hashable]:
    """Where equal events meet: type, one of the sides on each hand, and the day or the one before it."""
    event, day = report.event, day_of(report)
    if event.status not in ("actual", "future") or day is None:
        return []
    actors = sorted({side_key(side) for side in event.actors} - {None}, key=str)
    recipients = sorted({side_key(side) for side in event.recipients} - {None}, key=str)
    if not actors and not recipients:
        return []
    return [
        (event.event_type, actor, recipient, day.toordinal() + step)
        for actor in actors or [None]
        for recipient in recipients or [None]
        for step in (0, 1)
    ]


def side_key(side: Participant) -> tuple[str, str | None] | None:
    """A state's organs are one side (a president acts for the state); others are themselves."""
    if side.country_code and side.sector in (None, "GOV", "MIL"):
        return side.country_code, "GOV"
    if side.entity is not None:
        return side.entity.key, None
    return (side.country_code, side.sector) if side.country_code else None


def is_same(one: Report, other: Report) -> bool:
    """Whether two reports of a block agree in day, code and place as far as both say."""
    first, second = day_of(one), day_of(other)
    if first is None or second is None or abs(first - second) > WINDOW:
        return False
    a, b = one.event, other.event
    if a.status != b.status:
        return False
    if a.cameo_code and b.cameo_code and a.cameo_code[:2] != b.cameo_code[:2]:
        return False
    places = [event.place for event in (a, b) if event.place is not None and event.place.source == "sentence"]
    if len(places) == 2 and places[0].country_code and places[1].country_code:
        return places[0].country_code == places[1].country_code
    return True
