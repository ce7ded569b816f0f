"""The same event told in many sentences and articles: clusters of coded events.

Two statements are of one event when type, status and sides are equal, their days meet, and code and place agree as
far as both say. Each cluster depends on the statements of a few days around it alone, never on their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias
from uuid import UUID

from transforms.identity import derived_id

CLUSTERER_VERSION = "1"
LONGEST_RUN = 3
"""Days over which one event is told. What is told on more days in a row (a war) is an event of each day."""
REACH = LONGEST_RUN + 1
"""A statement bears on no cluster whose days all lie further from its own than so many days, or behind a day of which
its group tells nothing."""
_DAY = timedelta(days=1)
# Who met or agreed with whom is one event from either side.
_MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})

Sides: TypeAlias = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One coded event as it is compared. `text_id` is the text that states it.

    `day` is that of the event where the text gives it, else that of publication (UTC). Sides are given by
    `side_key`. `cameo_root` is the code's first two digits; `place_country_code` is what the sentence itself says.
    """

    event_id: UUID
    text_id: UUID
    event_type: str
    status: str
    day: date
    actors: frozenset[str]
    recipients: frozenset[str]
    cameo_root: str | None = None
    place_country_code: str | None = None

    @property
    def sides(self) -> Sides:
        """Who did it and to whom; all of them together where either side is as good."""
        if self.event_type in _MUTUAL:
            return self.actors | self.recipients, frozenset()
        return self.actors, self.recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCluster:
    """An event of the world: the days over which it is told, and the statements of it, sorted.

    `event_group_id` is derived from type, status and sides: clusters that share it can become one, or one of them two.
    """

    event_cluster_id: UUID
    event_group_id: UUID
    event_type: str
    status: str
    first_day: date
    last_day: date
    event_ids: tuple[UUID, ...]


def side_key(country_code: str | None, sector: str | None, entity_id: UUID | None) -> str | None:
    """Who a participant is to be compared as; None where neither country nor entity is known.

    A state's organs are one side (a president acts for the state); others are themselves.
    """
    if country_code and sector in (None, "GOV", "MIL"):
        return country_code
    if entity_id is not None:
        return str(entity_id)
    return f"{country_code}:{sector}" if country_code else None


def cluster_events(statements: Iterable[Statement]) -> tuple[EventCluster, ...]:
    """The clusters of `statements`, sorted by id.

    What did not happen (negated, hypothetical) or long ago (historical) and what has no known side is in none.
    """
    by_text: dict[UUID, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.status in ("actual", "future") and (one.actors or one.recipients):
            by_text[one.text_id].append(one)
    groups: dict[tuple[str, str, Sides], list[tuple[date, Statement]]] = defaultdict(list)
    for listed in by_text.values():
        for one in listed:
            told = _fuller(one, listed)
            groups[one.event_type, one.status, told.sides].append((told.day, one))
    found = (cluster for key, group in groups.items() for cluster in _of_group(key, group))
    return tuple(sorted(found, key=lambda cluster: cluster.event_cluster_id))


def _fuller(one: Statement, listed: Sequence[Statement]) -> Statement:
    """The statement of the same text, day before or after that names the sides of this one and more, if there is
    one answer: "Tokayev met Erdoğan. The Kazakh leader held talks." Else the statement itself."""
    fuller = [
        other
        for other in listed
        if (other.event_type, other.status) == (one.event_type, one.status)
        and abs(other.day - one.day) <= _DAY
        and _is_within(one.sides, other.sides)
    ]
    widest = {other.sides for other in fuller if not any(_is_within(other.sides, third.sides) for third in fuller)}
    if len(widest) != 1:
        return one
    (sides,) = widest
    return min(
        (other for other in fuller if other.sides == sides),
        key=lambda other: (abs(other.day - one.day), other.day, other.event_id),
    )


def _is_within(one: Sides, other: Sides) -> bool:
    return one != other and one[0] <= other[0] and one[1] <= other[1]


def _of_group(key: tuple[str, str, Sides], group: Iterable[tuple[date, Statement]]) -> Iterator[EventCluster]:
    event_type, status, sides = key
    named = [",".join(sorted(side)) for side in sides]
    group_id = derived_id("event_group", event_type, status, *named)
    for (first_day, last_day), members in _spans(group):
        for root, of_root in _parts(members, "cameo_root"):
            for place, of_place in _parts(of_root, "place_country_code"):
                yield EventCluster(
                    event_cluster_id=derived_id("event_cluster", event_type, status, *named, first_day, root, place),
                    event_group_id=group_id, event_type=event_type, status=status, first_day=first_day, last_day=last_day,
                    event_ids=tuple(sorted(one.event_id for one in of_place)),
                )  # fmt: skip


def day_runs(days: Iterable[date]) -> Iterator[Sequence[date]]:
    """The days, sorted, in runs that follow each other without a gap."""
    listed = sorted(set(days))
    starts = [0, *(place for place, (before, after) in enumerate(pairwise(listed), 1) if after - before > _DAY)]
    for start, end in pairwise([*starts, len(listed)]):
        yield listed[start:end]


def _spans(group: Iterable[tuple[date, Statement]]) -> Iterator[tuple[tuple[date, date], list[Statement]]]:
    """Statements by the days that belong together, with the first and the last of these."""
    by_day: dict[date, list[Statement]] = defaultdict(list)
    for day, one in group:
        by_day[day].append(one)
    for run in day_runs(by_day):
        if len(run) <= LONGEST_RUN:
            yield (run[0], run[-1]), [one for day in run for one in by_day[day]]
        else:
            yield from (((day, day), by_day[day]) for day in run)


def _parts(members: Sequence[Statement], name: str) -> Iterator[tuple[str | None, list[Statement]]]:
    """Members by what they say in field `name`. Those that say nothing go with the most, which bear no label: its
    id stays when the first of them says more."""
    said = Counter(value for one in members if (value := getattr(one, name)) is not None)
    most = min(said, key=lambda value: (-said[value], value), default=None)
    parts: dict[str | None, list[Statement]] = defaultdict(list)
    for one in members:
        value = getattr(one, name)
        parts[None if value == most else value].append(one)
    yield from parts.items()
