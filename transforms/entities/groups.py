"""Which entities are one: a pure function of what their keys say and of people's judgements, in any order.

Tables' entities are never joined with each other. What was found in texts is joined where names agree, nothing
conflicts (country, office, middle names) and there is one answer; a person's judgement stands over every rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entity as it is compared: `words` and `name_key` as `transforms.entities.spelling` makes them."""

    entity_id: UUID
    entity_key: str
    kind: str
    words: tuple[str, ...]
    name_key: str
    country_code: str | None = None
    office: frozenset[str] = frozenset()
    is_known: bool = False

    @property
    def has_initial(self) -> bool:
        """Whether the given name is an initial."""
        return self.kind == "person" and len(self.words[0]) == 1 if self.words else False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A person's word: two entities are one (`merge`: the left one stays) or are not (`split`).

    A `split` without `right_id` keeps the entity apart from every other.
    """

    kind: Literal["merge", "split"]
    left_id: UUID
    right_id: UUID | None
    made_at: datetime


@dataclass(slots=True)
class _Group:
    members: list[Candidate]
    is_open: bool = True
    keys: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys = {one.name_key for one in self.members if one.name_key}

    def take(self, others: Sequence[Candidate]) -> None:
        self.members.extend(others)
        self.keys.update(one.name_key for one in others if one.name_key)


def group_entities(candidates: Iterable[Candidate], judgements: Iterable[Judgement] = ()) -> Mapping[UUID, UUID]:
    """The survivor of each entity that is one with another; who stands for itself is left out."""
    given = {one.entity_id: one for one in candidates}
    ruled = sorted(judgements, key=lambda one: (one.made_at, one.kind, one.left_id))
    apart = {frozenset((one.left_id, one.right_id or one.left_id)) for one in ruled if one.kind == "split"}
    groups: list[_Group] = []
    by_key: dict[str, list[_Group]] = defaultdict(list)
    for unit in sorted(_judged(given, ruled, apart), key=_order):
        alone = any(frozenset((one.entity_id,)) in apart for one in unit)
        near = {id(group): group for one in unit for group in by_key.get(one.name_key, ())}.values()
        fitting = [] if alone else [group for group in near if group.is_open and _fits(group.members, unit, apart)]
        if len(fitting) == 1:
            group = fitting[0]
            group.take(unit)
        else:
            # Of two answers neither is right: what would fit both stays by itself.
            group = _Group(list(unit), is_open=not fitting and not alone)
            groups.append(group)
        for key in group.keys:
            if not any(group is other for other in by_key[key]):
                by_key[key].append(group)
    survivors: dict[UUID, UUID] = {}
    for group in groups:
        survivor = _survivor(group.members, ruled)
        survivors |= {one.entity_id: survivor for one in group.members if one.entity_id != survivor}
    return survivors


def _judged(
    given: Mapping[UUID, Candidate], ruled: Sequence[Judgement], apart: set[frozenset[UUID]]
) -> list[list[Candidate]]:
    """The candidates, those together that people have put together."""
    unit_of = {entity_id: [one] for entity_id, one in given.items()}
    for judgement in ruled:
        left, right = unit_of.get(judgement.left_id), unit_of.get(judgement.right_id or judgement.left_id)
        if judgement.kind != "merge" or left is None or right is None or left is right or _are_apart(left, right, apart):
            continue
        left.extend(right)
        unit_of |= {one.entity_id: left for one in right}
    return list({id(unit): unit for unit in unit_of.values()}.values())


def _order(unit: Sequence[Candidate]) -> tuple[object, ...]:
    """Tables first, then who is described best: what says less finds its place among what says more."""
    return min(
        (not one.is_known, one.has_initial, one.country_code is None, not one.office, one.entity_key, one.entity_id)
        for one in unit
    )


def _are_apart(left: Iterable[Candidate], right: Iterable[Candidate], apart: set[frozenset[UUID]]) -> bool:
    return bool(apart) and any(frozenset((one.entity_id, other.entity_id)) in apart for one, other in product(left, right))


def _fits(members: Sequence[Candidate], unit: Sequence[Candidate], apart: set[frozenset[UUID]]) -> bool:
    if sum(one.is_known for one in (*members, *unit)) > 1 or _are_apart(members, unit, apart):
        return False
    answers = [_agree(one, other) for one, other in product(members, unit)]
    return any(answers) and not any(answer is False for answer in answers)


def _agree(one: Candidate, other: Candidate) -> bool | None:
    """Whether two entities are one; None where their names do not tell."""
    if one.name_key != other.name_key or not one.name_key:
        return None
    if one.country_code and other.country_code and one.country_code != other.country_code:
        return False
    if one.office and other.office and not one.office & other.office:
        return False
    same_country = one.country_code is not None and one.country_code == other.country_code
    if one.kind != "person":
        return True
    # Both names have two words or more: others have no name_key.
    (first, *middle), (other_first, *other_middle) = one.words[:-1], other.words[:-1]
    if middle and other_middle and not all(_is_short(*pair) for pair in zip(middle, other_middle, strict=False)):
        return False
    if first != other_first:
        # They begin with the same letter: one may be the other's initial.
        is_initial = 1 in (len(first), len(other_first))
        return (same_country or bool(one.office & other.office) or None) if is_initial else False
    return same_country if one.is_known or other.is_known else True


def _is_short(one: str, other: str) -> bool:
    """Whether two words are one name, whole or as an initial."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _survivor(members: Sequence[Candidate], ruled: Sequence[Judgement]) -> UUID:
    """Whom people chose, else a table's, else who is described best, else the fullest name."""
    own = {one.entity_id for one in members}
    merges = [one for one in ruled if one.kind == "merge" and {one.left_id, one.right_id} <= own]
    chosen = {one.left_id for one in merges} - {one.right_id for one in merges}
    pool = [one for one in members if one.entity_id in chosen] or members
    return min(
        pool,
        key=lambda one: (
            not one.is_known, one.country_code is None, not one.office, one.has_initial, -len(one.words), one.entity_key,
        ),
    ).entity_id  # fmt: skip
