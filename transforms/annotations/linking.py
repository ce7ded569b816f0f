"""From names to entities: tables first, then the article's own names, then a new entity under its own key."""

from collections import Counter
from dataclasses import replace
from datetime import date

from transforms.annotations.annotation import Entity, EntityKind, Text
from transforms.annotations.folding import fold, fold_name
from transforms.annotations.gazetteer import Alias
from transforms.annotations.homonyms import tell_states
from transforms.annotations.inflection import bases
from transforms.annotations.mentions.bodies import is_defined_otherwise
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.mentions.places import is_capitals_alone
from transforms.annotations.reference import AnnotationReference, Holder
from transforms.annotations.tokens import Tokens
from transforms.entities.keys import found_key

LARGE_CITY = 300_000
# What another name of a city weighs beside a city's own.
OTHER_NAME = 0.1


def link(tokens: Tokens, drafts: list[Draft], text: Text, reference: AnnotationReference) -> None:
    """Give each name draft its entity. Names of one article that agree share one."""
    day = text.published_at.date() if text.published_at else None
    tell_states(tokens, drafts)
    countries = _countries_of(drafts, text)
    people = _People(tokens, reference, day, countries)
    expansions = _acronyms(tokens, drafts)
    for draft in drafts:
        if draft.form == "name" and draft.candidates:
            draft.entity = choose(draft.candidates, countries, day)
            draft.kind = draft.entity.kind
            _describe_holder(draft, day)
            if draft.kind == "person":
                people.remember(draft.entity, tokens.surface(draft.first, draft.last))
        elif draft.candidates:
            draft.entity = draft.candidates[0].entity
    for draft in drafts:
        if draft.form == "name" and draft.entity is None and draft.kind == "person" and draft.last - draft.first > 1:
            draft.entity = people.meant(draft, Counter())
            people.remember(draft.entity, draft.entity.name)
    times = Counter(draft.entity.key for draft in drafts if draft.entity and draft.kind == "person")
    for draft in drafts:
        if draft.form != "name" or draft.entity is not None:
            continue
        surface = tokens.surface(draft.first, draft.last)
        if draft.kind == "person":
            draft.entity = people.meant(draft, times)
        elif draft.kind == "region" and draft.head == "County":
            draft.entity = new_entity(surface, "region", draft.country_code)
        elif draft.kind == "other":
            known = people.named.get(fold(surface))
            if known and len(known) == 1:
                draft.kind, draft.entity = "person", known[0]
        elif (expanded := expansions.get(surface)) is not None and expanded.entity is not None:
            draft.entity = expanded.entity
        else:
            found = _bodies_named(tokens, surface, reference) if draft.kind == "organization" else _places_named(surface, reference)
            if found and draft.kind != "organization" and not _is_near(found, countries):
                draft.entity = new_entity(surface, draft.kind, draft.country_code)
            elif found and draft.kind != "organization":
                draft.candidates = found
                draft.entity = choose(found, countries, day)
                draft.kind = draft.entity.kind
            elif found:
                draft.entity = found[0].entity
            else:
                draft.entity = new_entity(surface, draft.kind, draft.country_code, sector=draft.sector)


def _places_named(surface: str, reference: AnnotationReference) -> tuple[Alias, ...]:
    """The places that a tagged name may be: no towns called by a common word or given name, no codes with full stops."""
    is_common = fold(surface) in reference.common_words or fold(surface) in reference.given_names
    return tuple(
        alias
        for alias in reference.places.find(surface)
        if not (is_common and alias.entity.kind == "city" and alias.weight < 1_000_000)
        and not is_capitals_alone(surface, alias)
        and not (len(fold(surface)) == 2 and alias.entity.kind == "region" and alias.surface.rstrip(".") != surface.rstrip("."))
    )


def _bodies_named(tokens: Tokens, surface: str, reference: AnnotationReference) -> tuple[Alias, ...]:
    """The bodies that a tagged name may be: none that the text's own expansion of an acronym excludes."""
    return tuple(alias for alias in reference.bodies.find(surface) if not (alias.is_acronym and is_defined_otherwise(tokens, surface, alias.entity.name)))


def _is_near(candidates: tuple[Alias, ...], countries: Counter[str]) -> bool:
    """Whether a place of that name is large, or lies in a country that the article speaks of."""
    return any(alias.entity.kind != "city" or alias.weight >= LARGE_CITY or alias.entity.country_code in countries for alias in candidates)


def choose(candidates: tuple[Alias, ...], countries: Counter[str], day: date | None) -> Entity:
    """The candidate that fits the article: valid on its day, of a country it speaks of, the heaviest."""

    def score(alias: Alias) -> float:
        points = alias.weight
        if alias.entity.kind == "city":
            points = points * (1.0 + 4.0 * bool(countries.get(alias.entity.country_code or "")))
            # Puno is a town in Peru, and only another spelling of Pune.
            if not _is_own_name(alias):
                points *= OTHER_NAME
        if day and ((alias.valid_from and day < alias.valid_from) or (alias.valid_until and day >= alias.valid_until)):
            points *= 0.01
        return points

    return max(candidates, key=score).entity


def _is_own_name(alias: Alias) -> bool:
    """Whether the city is called so in the table, and not only elsewhere."""
    return fold(alias.surface) == fold(alias.entity.name)


def new_entity(name: str, kind: EntityKind, country: str | None = None, office: str | None = None, sector: str | None = None) -> Entity:
    """An entity that no table knows. Its key holds kind, folded name, country and office, so namesakes stay apart."""
    key = found_key(kind, name, country, office)
    return Entity(key=key, name=" ".join(name.split()), kind=kind, country_code=country, office=office, sector=sector)


def _countries_of(drafts: list[Draft], text: Text) -> Counter[str]:
    counts: Counter[str] = Counter()
    if text.country_code:
        counts[text.country_code] += 2
    for draft in drafts:
        for alias in draft.candidates[:1]:
            if (alias.entity.kind in ("country", "region") and alias.entity.country_code) or (alias.entity.kind == "city" and alias.weight >= 1_000_000 and alias.entity.country_code and _is_own_name(alias)):
                counts[alias.entity.country_code] += 1
    return counts


class _People:
    """The people of one article, by every part of their names: whom a surname means, and who is new."""

    def __init__(self, tokens: Tokens, reference: AnnotationReference, day: date | None, countries: Counter[str]) -> None:
        self.tokens = tokens
        self.reference = reference
        self.day = day
        self.countries = countries
        self.named: dict[str, list[Entity]] = {}

    def remember(self, entity: Entity, surface: str) -> None:
        """Index a person by all suffixes of the name, as the table and as the text spell it: "Recep Tayyip Erdoğan", "Erdoğan"."""
        for words in {fold_name(entity.name), fold_name(surface)}:
            # First names stand alone too, and in Chinese, Korean and Hungarian the family name is first.
            for part in (*(words[start:] for start in range(len(words))), words[:1]):
                known = self.named.setdefault(" ".join(part), [])
                if all(other.key != entity.key for other in known):
                    known.append(entity)

    def meant(self, draft: Draft, times: Counter[str]) -> Entity:
        """The person whom a name means: of namesakes the one whom the article names in full most `times`, of equals the last."""
        surface = self.tokens.surface(draft.first, draft.last)
        spellings = (" ".join(fold_name(surface)), *(bases(surface) if self.reference.people.is_inflected else ()))
        known = next((self.named[spelling] for spelling in spellings if spelling in self.named), [])
        fitting = [entity for entity in known if not draft.country_code or not entity.country_code or entity.country_code == draft.country_code]
        if fitting:
            return max(reversed(fitting), key=lambda entity: times[entity.key])
        if draft.country_code and draft.head:
            holder = holder_named(self.reference, draft.country_code, draft.head, surface, self.day)
            if holder:
                return holder.entity
        candidates = self.reference.people.find(surface)
        if candidates and draft.last - draft.first > 1:
            return candidates[0].entity
        leader = None if draft.office and draft.country_code else self._leader(surface, draft.country_code)
        return leader or new_entity(surface, "person", draft.country_code, draft.office, draft.sector)

    def _leader(self, surface: str, country: str | None) -> Entity | None:
        """The one office holder of that surname, where the article speaks of the country: "Erdogan" beside Ankara."""
        day = self.day
        fitting = {
            alias.entity.key: alias.entity
            for alias in self.reference.surnames.find(surface)
            if alias.entity.country_code in ((country,) if country else self.countries)
            and (day is None or ((alias.valid_from is None or alias.valid_from <= day) and (alias.valid_until is None or day < alias.valid_until)))
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None


def holder_named(reference: AnnotationReference, country: str, title: str, surface: str, day: date | None) -> Holder | None:
    """The holder of an office whose name ends in (or holds) the surface: "Turkish President Erdogan"."""
    words = set(fold_name(surface))
    fitting = [holder for holder in reference.holders.get((country, title.casefold()), ()) if words <= set(fold_name(holder.entity.name))]
    return current(fitting, day)


def current(holders: "list[Holder] | tuple[Holder, ...]", day: date | None) -> Holder | None:
    """Who held it on a day; without a day, or when the table ends before it, the last."""
    fitting = [holder for holder in holders if day and (not holder.start or holder.start <= day) and (not holder.end or day < holder.end)]
    pool = fitting or (list(holders) if day is None else [])
    return max(pool, key=lambda holder: holder.start or date.min) if pool else None


def _describe_holder(draft: Draft, day: date | None) -> None:
    """What the tables say of a person they know; outside the dates of the office the text's own words count."""
    entity = draft.entity
    if entity is None or entity.kind != "person":
        return
    draft.country_code = draft.country_code or entity.country_code
    draft.sector = entity.sector or draft.sector
    terms = [alias for alias in draft.candidates if alias.entity.key == entity.key]
    is_in_office = day is None or any((not a.valid_from or a.valid_from <= day) and (not a.valid_until or day < a.valid_until) for a in terms)
    if not is_in_office and day is not None:
        was = any(a.valid_until and a.valid_until <= day for a in terms)
        former = f"former {entity.office}" if was and entity.office else None
        draft.entity = replace(entity, office=draft.office or former)


def _acronyms(tokens: Tokens, drafts: list[Draft]) -> dict[str, Draft]:
    """Acronyms in brackets behind their expansion: "Samruk Energy Board (SEB)"."""
    found: dict[str, Draft] = {}
    words = tokens.words
    for draft in drafts:
        if draft.kind == "organization" and draft.form == "name" and draft.last + 2 < len(words) and words[draft.last] == "(" and words[draft.last + 2] == ")":
            acronym = words[draft.last + 1]
            if acronym.isupper() and 2 <= len(acronym) <= 10:
                found[acronym] = draft
    return found
