"""People in running text: names beside a title, and the office that the title gives them."""

from collections.abc import Set

from transforms.annotations.annotation import Entity
from transforms.annotations.folding import fold
from transforms.annotations.gazetteer import Alias
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import FIRMS, ORG_HEADS, inner_words, is_capital, trim_start
from transforms.annotations.mentions.titles import FORMER, MODIFIERS, TitleHit
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

MAXIMUM_WORDS = 6
_LOCAL = frozenset({"Governor", "Mayor", "Premier", "President", "Prime Minister"})
Match = tuple[int, int, tuple[Alias, ...]]
_STATES = frozenset({"republique", "republica", "repubblica", "gobierno", "gouvernement", "etat", "estado", "stato", "conseil"})
_OF = frozenset({"of", "for", "to", "de", "du", "des", "del", "d'", "von"})
_SOURCE = "rules"
_WITH_ARTICLE = (
    "States", "Kingdom", "Republic", "Emirates", "Netherlands", "Philippines", "Islands", "Bahamas", "Maldives",
    "House", "Kremlin", "Pentagon", "Nations", "Union", "Commission", "Council", "Organization", "Organisation", "Party",
)  # fmt: skip
"""Ends of countries' and bodies' names that follow "of" with an article."""


class Offices:
    """Titles with their country or body, and the name beside them, read in one pass over the title hits."""

    def __init__(self, tokens: Tokens, reference: AnnotationReference, places: dict[int, Match], places_by_end: dict[int, Match], bodies: dict[int, Match], bodies_by_end: dict[int, Match], saying: Set[int]) -> None:
        self.tokens = tokens
        self.reference = reference
        self.places = places
        self.places_by_end = places_by_end
        self.bodies = bodies
        self.bodies_by_end = bodies_by_end
        self.saying = saying

    def read(self, hit: TitleHit, taken: Taken) -> list[Draft]:
        """The drafts around one title: a named person, or the title as a nominal, or nothing."""
        tokens, words = self.tokens, self.tokens.words
        title = hit.title
        country, body, start = self._before(hit)
        end = hit.last
        stop = tokens.sentences[tokens.sentence_of[hit.first]][1]
        country_after, body_after, end = self._after(hit, end, stop)
        country = country or country_after
        body = body or body_after
        while start > 0 and start < hit.first and fold(words[start - 1]).removesuffix("-") in MODIFIERS:
            start -= 1  # "former French President"
            hit.is_former |= fold(words[start]) in FORMER
        hit.is_former |= words[start].lower().startswith("ex-") or (start > 0 and words[start - 1].lower().startswith("ex-"))
        office = self._office(hit, start, country, body)
        name = self._name(end, stop)
        if title.scope == "honorific" and words[hit.first].isupper() and not words[min(hit.last, len(words) - 1)].isupper():
            return []  # "MS Borealis" is a ship or a school
        if name is None and title.scope in ("honorific", "rank", "role"):
            return []
        if name is None:
            described = self._apposed_before(start, taken) if end not in self.saying else None  # "After meeting X, the president said"
            if described is not None:
                self._describe(described, office, country, title.sector)
                return []
            if title.scope == "state" and len(words[hit.first]) < 3:
                return []
            nominal = Draft(start, end, "person", _SOURCE, form="nominal", confidence=0.7, office=office, country_code=country, sector=title.sector or None, head=title.office)
            if start == hit.first and country is None and body is None:
                determiner = start - 1
                if determiner >= 0 and fold(words[determiner]) in ("the", "his", "her", "their", "its", "our") and not hit.is_plural:
                    nominal.first = determiner
                elif not hit.is_plural:
                    return []
            elif (start > 0 and fold(words[start - 1]) == "the" and start == hit.first) or (start > 0 and fold(words[start - 1]) == "the"):
                nominal.first = start - 1
            return [nominal]
        first, last = name
        draft = Draft(first, last, "person", _SOURCE, confidence=0.95 if last - first > 1 else 0.9)
        self._describe(draft, office, country, title.sector)
        draft.head = title.office or None
        return [draft]

    def _describe(self, draft: Draft, office: str | None, country: str | None, sector: str | None) -> None:
        draft.office = draft.office or office
        draft.country_code = draft.country_code or country
        draft.sector = draft.sector or sector or None

    def _office(self, hit: TitleHit, start: int, country: str | None, body: Entity | None) -> str | None:
        title = hit.title.office
        if not title or hit.title.scope in ("honorific", "role", "rank"):
            return None
        modifiers = [fold(word) for word in self.tokens.words[start : hit.last - len(hit.title.phrase)]]
        for word in ("deputy", "vice", "acting", "first", "assistant", "under"):
            if word in modifiers and not title.lower().startswith(word):
                title = f"{word.capitalize()} {title}"
        if hit.is_former:
            title = f"former {title}"
        if body:
            return f"{title} of {_with_article(body.name)}"
        if country:
            return f"{title} of {_with_article(self.reference.countries[country].name)}"
        return title

    def _before(self, hit: TitleHit) -> tuple[str | None, Entity | None, int]:
        """Country or body in front of a title ("Turkish President", "Kazakhstan's premier", "NATO chief")."""
        tokens, words = self.tokens, self.tokens.words
        position = hit.first
        if position > 0 and words[position - 1].lower() in ("'s", "’s", "'", "’"):
            position -= 1
        sentence = tokens.sentence_of[hit.first]
        body = self.bodies_by_end.get(position)
        if body and tokens.sentence_of[body[0]] == sentence and not self._is_part(body[0]):
            entity = body[2][0].entity
            if hit.title.scope == "state" and entity.name in ("Kremlin", "White House", "Downing Street", "Élysée Palace"):
                return entity.country_code, None, body[0]
            return entity.country_code, entity, body[0]
        match = self.places_by_end.get(position)
        if match and tokens.sentence_of[match[0]] == sentence and not (match[0] > 0 and fold(words[match[0] - 1]) == "of"):
            alias = match[2][0]
            if alias.entity.country_code and (position < hit.first or alias.form == "demonym" or alias.entity.kind == "country"):
                return alias.entity.country_code, None, match[0]
        return None, None, hit.first

    def _is_part(self, first: int) -> bool:
        """Whether a body's name is the end of a longer one: "New York Fed", "Export-Import Bank of Japan"."""
        words = self.tokens.words
        if first == self.tokens.sentences[self.tokens.sentence_of[first]][0] or not is_capital(words[first - 1]):
            return False
        place = self.places_by_end.get(first)
        if place:
            return place[2][0].entity.kind not in ("country", "other") and place[2][0].form != "demonym"
        return fold(words[first - 1]) not in MODIFIERS and trim_start(self.tokens, first - 1, first, self.reference.common_words) < first

    def _after(self, hit: TitleHit, position: int, stop: int) -> tuple[str | None, Entity | None, int]:
        """Country or body behind a title: "of Türkiye", "of the European Commission", "for Foreign Affairs of Iran"."""
        words = self.tokens.words
        if position + 1 < stop and fold(words[position]) in _OF:
            after = position + 1
            if fold(words[after]) in ("the", "la", "las", "los", "l'") and after + 1 < stop:
                after += 1
            body = self.bodies.get(after)
            if body and not (body[1] < stop and words[body[1]] in ("'s", "’s")):
                return body[2][0].entity.country_code, body[2][0].entity, body[1]
            match = self.places.get(after)
            kinds = ("country", "region", "city") if hit.title.office in _LOCAL else ("country",)
            if match and match[2][0].entity.kind in kinds and match[2][0].form == "name" and not self._goes_on(match[1], stop):
                return match[2][0].entity.country_code, None, match[1]
        return None, None, position

    def _goes_on(self, position: int, stop: int) -> bool:
        """Whether a place is only the beginning of a body: "of Austria's Creditanstalt", "of the Japan Socialist Party"."""
        words = self.tokens.words
        if position < stop and words[position] in ("'s", "’s"):
            return True
        following = fold(words[position]) if position < stop else ""
        if position + 2 < stop and is_capital(words[position]) and is_capital(words[position + 1]) and fold(words[position + 2]) in ORG_HEADS:
            return True
        return following in ORG_HEADS or (position + 1 < stop and is_capital(words[position]) and fold(words[position + 1]) in ORG_HEADS)

    def _name(self, position: int, stop: int) -> tuple[int, int] | None:
        """The name that stands right behind a title, at most six words."""
        tokens, words = self.tokens, self.tokens.words
        if position >= stop or not tokens.is_adjacent(position - 1):
            return None
        if words[position] == "," and position + 1 < stop and is_capital(words[position + 1]) and position + 1 in self.people_starts():
            position += 1
        while position + 2 < stop and self._is_rank(words[position]) and (words[position + 1] == "." or is_capital(words[position + 1])):
            position += 1 + (words[position + 1] == ".")  # "Lt. Gen. Omarov", "spokesman Lieutenant-Colonel Omarov"
        first = position
        end = position
        while end < stop and end - first < MAXIMUM_WORDS:
            word = words[end]
            if end > first and not tokens.is_adjacent(end - 1):
                break
            if is_capital(word) and word[0].isalpha():
                match = self.places.get(end)
                if match and (match[2][0].form == "demonym" or match[2][0].entity.kind == "country") and end == first:
                    break
                if match and end > first and match[2][0].entity.kind == "country" and match[1] < stop and words[match[1]] in ("'s", "’s"):
                    break  # "told George Shultz China's troubles were over"
                if end in self.bodies and len(words[end]) > 1 and end == first:
                    break
                end += 1
            elif (size := inner_words(words, end, stop, initial=2)) and (end > first or word not in ("a", "y", "e", ".")):
                end += size
            else:
                break
        if end < stop and words[end] == "." and end > first and fold(words[end - 1]) in ("jr", "sr"):
            end += 1
        if end == first or all(len(w) == 1 for w in words[first:end]):
            return None
        if fold(words[end - 1]) in FIRMS or fold(words[end - 1]) in ORG_HEADS:
            return None  # "American President Cos Ltd"
        if fold(words[end - 1]) in _STATES:
            return None  # "le président de la République"
        if fold(words[first]) in ("the", "i", "he", "she", "of", "on", "in", "and", "house"):
            return None
        return first, end

    def _is_rank(self, word: str) -> bool:
        """Whether a word is a rank or honorific by itself."""
        return any(title.scope in ("rank", "honorific") and len(title.phrase) == 1 for title in self.reference.titles.by_first.get(fold(word), ()))

    def people_starts(self) -> frozenset[int]:
        """Tokens at which a person that a table knows begins: none unless set by the finder."""
        return self._people_starts

    _people_starts: frozenset[int] = frozenset()

    def set_people(self, starts: frozenset[int]) -> None:
        """Tell where people that tables know begin ("the President, Joe Biden")."""
        self._people_starts = starts

    def _apposed_before(self, start: int, taken: Taken) -> Draft | None:
        """The person whom ", president of Türkiye," or ", the Turkish president" describes."""
        words = self.tokens.words
        position = start - 1
        if position >= 0 and fold(words[position]) in ("the", "a", "an"):
            position -= 1
        if position < 1 or words[position] != ",":
            return None
        owner = taken.owner(position - 1)
        if owner is not None:
            return owner if owner.kind == "person" and owner.last == position else None
        first = position
        while first > 0 and position - first < 4 and is_capital(words[first - 1]) and taken.owner(first - 1) is None and words[first - 1][0].isalpha():
            first -= 1
        sentence_first = self.tokens.sentences[self.tokens.sentence_of[start]][0]
        if 2 <= position - first <= 3 and first >= sentence_first and fold(words[first]) not in ("the", "in", "on", "at", "but"):
            draft = Draft(first, position, "person", _SOURCE, confidence=0.75)
            return draft if taken.add(draft) else None
        return None


def _with_article(name: str) -> str:
    return f"the {name}" if name.endswith(_WITH_ARTICLE) else name
