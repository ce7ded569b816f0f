"""Names that reference tables know, found in running text by their longest match."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from transforms.annotations.annotation import Entity, Form
from transforms.annotations.folding import fold, fold_name
from transforms.annotations.inflection import bases

_INFLECTED_WORDS = 3  # words of a name that are tried without endings: each has some, and their products grow

_LARGE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One way to write an entity. `weight` orders candidates (a city's inhabitants; countries above all).

    `is_acronym` aliases match in capitals only. Dates bound the alias or the office, half open.
    """

    surface: str
    entity: Entity
    form: Form = "name"
    weight: float = 0.0
    is_acronym: bool = False
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Aliases by their folded words, with the greatest number of words by first word.

    With `is_inflected` a name that is not found as it stands is looked for without its case ending.
    """

    entries: dict[tuple[str, ...], tuple[Alias, ...]]
    longest: dict[str, int]
    is_inflected: bool = False

    @classmethod
    def of(cls, aliases: Iterable[Alias]) -> "Gazetteer":
        """Index aliases; those of one spelling are ordered by weight, heaviest first."""
        lists: dict[tuple[str, ...], list[Alias]] = {}
        for alias in aliases:
            key = fold_name(alias.surface)
            if key:
                lists.setdefault(key, []).append(alias)
        longest: dict[str, int] = {}
        for key in lists:
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
        return cls({k: tuple(sorted(v, key=lambda a: -a.weight)) for k, v in lists.items()}, longest)

    def inflected(self) -> "Gazetteer":
        """The same names, known in the cases of their language too."""
        return replace(self, is_inflected=True)

    def find(self, name: str) -> tuple[Alias, ...]:
        """All aliases spelled like `name`, heaviest first."""
        return self.entries.get(fold_name(name), ()) or (self._find_base(fold_name(name)) if self.is_inflected else ())

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[Alias, ...]]]:
        """Longest matches (first token, after the last, aliases) that do not overlap, from left to right."""
        folded = list(map(fold, words))
        known = self.longest
        end = 0
        # Few words begin a name: all others are passed over without a look at what follows them.
        for position in range(len(words)) if self.is_inflected else [i for i, word in enumerate(folded) if word in known]:
            match = self._match(words, folded, position) if position >= end else None
            if match:
                yield match
                end = match[1]

    def _match(self, words: Sequence[str], folded: list[str], position: int) -> tuple[int, int, tuple[Alias, ...]] | None:
        """The longest match at a token."""
        reach = self.longest.get(folded[position], 0)
        for size in range(min(reach, len(words) - position), 0, -1):
            stop = position + size
            aliases = self.entries.get(tuple(folded[position:stop]))
            found = _in_case(words[position:stop], aliases) if aliases else ()
            if found:
                return position, stop, found
        return self._match_base(words, position) if self.is_inflected and words[position][0].isupper() else None

    def _match_base(self, words: Sequence[str], position: int) -> tuple[int, int, tuple[Alias, ...]] | None:
        """The longest match at a token whose words bear case endings."""
        reach = max((self.longest.get(base, 0) for base in (fold(words[position]), *bases(words[position]))), default=0)
        for size in range(min(reach, _INFLECTED_WORDS, len(words) - position), 0, -1):
            aliases = self._find_base(tuple(words[position : position + size]))
            if aliases:
                return position, position + size, aliases
        return None

    def _find_base(self, words: tuple[str, ...]) -> tuple[Alias, ...]:
        if len(words) > _INFLECTED_WORDS:
            return ()
        for key in product(*((fold(word), *bases(word)) for word in words)):
            aliases = tuple(alias for alias in self.entries.get(key, ()) if _is_inflectible(alias, key))
            if aliases:
                return aliases
        return ()


def _is_inflectible(alias: Alias, key: tuple[str, ...]) -> bool:
    """Whether a name may stand with a case ending: in Latin letters no town but a large one, for "Wetters" and "Kantons" are nouns."""
    if alias.form != "name" or alias.is_acronym or not alias.surface[0].isupper():
        return False
    if alias.entity.kind not in ("city", "region") or not key[0][0].isascii():
        return True
    return alias.entity.kind == "city" and alias.weight >= _LARGE and key == fold_name(alias.entity.name)


def _in_case(words: Sequence[str], aliases: tuple[Alias, ...]) -> tuple[Alias, ...]:
    """The aliases whose case the words bear: names begin with a capital, acronyms are all capitals."""
    head = words[0]
    if head[0].islower() and not (len(words) > 1 and words[-1][0].isupper()):
        return tuple(alias for alias in aliases if alias.surface[0].islower())
    if any(alias.is_acronym for alias in aliases):
        is_capital = "".join(words).isupper()
        return tuple(alias for alias in aliases if is_capital or not alias.is_acronym)
    return aliases
