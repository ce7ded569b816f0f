"""People whom the words beside their name tell, in languages that no tagger reads: an office, an age, a colon before a quote."""

from collections.abc import Iterator

from transforms.annotations.cues import Cues
from transforms.annotations.folding import fold
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import NEVER, ORG_HEADS, capital_runs, is_capital
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.speech import Speech
from transforms.annotations.tokens import Tokens

_LONGEST = 6  # words of a run that holds a name and its title
_NOUN_REACH = 3  # words between an article and the noun it belongs to, the noun included
_PLURALS = ("innen", "en", "n", "e", "s", "es", "i", "ki", "y")


def take_described(tokens: Tokens, taken: Taken, reference: AnnotationReference, cues: Cues) -> None:
    """Take the full names that stand beside an office or an age ("Ana Toro, directora de", "el ministro Ana Toro", "Ana Toro (43)")."""
    words = tokens.words
    people = cues.speech.people
    given = reference.given_names
    opening = {tokens.at(span.start) for span in cues.quoted}
    for start, stop in tokens.sentences:
        for first, last in _parts(words, capital_runs(tokens, start, stop)):
            if not 1 < last - first <= _LONGEST:
                continue
            begin = next((token for token in range(first, last - 1) if fold(words[token]) in given), None)
            if begin is None and (_follows(words, last, people) or _is_bracketed(words, first, last, cues.speech) or _opens_quote(words, last, opening)):
                begin = first + (last - first > 2 and (is_person(words[first], people) or "-" in words[first] or words[first].lower() in cues.speech.articles))
            elif begin is None and first > 0 and words[first - 1].islower() and words[first - 1] in people:
                begin = first
            if begin is not None:
                begin = max([begin, *(token + 1 for token in range(begin, last - 2) if is_person(words[token], people))])
            if begin is not None and 1 < last - begin <= 4:
                _take(tokens, taken, begin, last)


def find_nominal_subjects(tokens: Tokens, taken: Taken, cues: Cues) -> list[Draft]:
    """Speakers without a name that open the clause before a quote: `El portavoz de la empresa afirmó: "…"`, `Ein älterer Mann, der schwieg, sagt: „…“`."""
    words, speech = tokens.words, cues.speech
    found: dict[int, Draft] = {}
    for span in cues.quoted:
        quote = tokens.at(span.start)
        before = quote - 1
        while before >= 0 and not words[before][0].isalnum():
            before -= 1
        if before < 0 or not {":", ","}.intersection(words[before + 1 : quote]):
            continue
        start = tokens.sentences[tokens.sentence_of[before]][0]
        for token in range(start, before):
            opens = token == start or not words[token - 1][0].isalnum() or words[token - 1] in speech.reflexives
            noun = _noun_behind(words, token, before + 1, speech) if opens and words[token].lower() in speech.articles else None
            if noun is None or (noun + 1 <= before and is_capital(words[noun + 1])):
                continue
            if taken.is_free(token, noun + 1):
                found.setdefault(token, Draft(token, noun + 1, "person", "rules", form="nominal", confidence=0.55))
            break
    return list(found.values())


def is_person(word: str, people: frozenset[str]) -> bool:
    """Whether a word is a noun for a person, in the singular or the plural, a German compound included ("Chefentwickler")."""
    lower = word.lower()
    if lower in people:
        return True
    return any(lower.endswith(plural) and lower.removesuffix(plural) in people for plural in _PLURALS) or ("-" in lower and lower.rsplit("-", 1)[1] in people)


def _parts(words: list[str], runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of capitals cut where a name ends and where a phrase begins: `Angaben von Dieter Olden` holds Dieter Olden."""
    for first, last in runs:
        end = name_end(words, first, last)
        yield first, end
        if end < last:
            yield end + 1, last


def name_end(words: list[str], first: int, last: int) -> int:
    """Where the name in a run of capitals ends: `Carsten Brzeski von der Direktbank` is Carsten Brzeski, `Ursula von der Leyen` herself, `Von der Leyen` too."""
    for token in range(first + 1, last):
        if words[token] in ("von", "vom", "den", "der", "dem", "das") and words[token - 1].lower() not in ("van", "von") and (is_capital(words[token - 2]) or words[token][0] == "d"):
            return token
    return last


def _noun_behind(words: list[str], article: int, stop: int, speech: Speech) -> int | None:
    """The noun for a person that an article opens."""
    for token in range(article + 1, min(article + 1 + _NOUN_REACH, stop)):
        if is_person(words[token], speech.people):
            return token
        if not words[token].isalpha() or words[token].lower() in speech.links | speech.never_verbs:
            return None
    return None


def _follows(words: list[str], last: int, people: frozenset[str]) -> bool:
    """Whether an office stands behind a name and its comma: "Ana Toro, directora", "Ana Toro, la directora"."""
    return last + 2 < len(words) and words[last] == "," and any(is_person(word, people) for word in words[last + 1 : last + 3])


def _is_bracketed(words: list[str], first: int, last: int, speech: Speech) -> bool:
    """Whether an age or a party stands behind a name, and no short form of it: "Ana Toro (43)", "Ana Toro (SPD)", not "der Nordischen Werft (NW)"."""
    if last + 2 >= len(words) or words[last] != "(" or words[last + 2] != ")":
        return False
    bracketed = words[last + 1]
    is_party = sum(letter.isupper() for letter in bracketed) > 1 and len(bracketed) < 6 and bracketed[0] not in (words[first][0], words[last - 1][0])
    has_article = first > 0 and words[first - 1].lower() in speech.articles | speech.links
    return (len(bracketed) == 2 and bracketed.isdigit()) or (is_party and last - first < 4 and not has_article)


def _opens_quote(words: list[str], last: int, opening: set[int]) -> bool:
    """Whether a colon and a quote follow: `Ana Toro: „…“`."""
    return last < len(words) and words[last] == ":" and not opening.isdisjoint(range(last + 1, last + 3))


def _take(tokens: Tokens, taken: Taken, first: int, last: int) -> None:
    words = tokens.words
    if fold(words[last - 1]) in NEVER | ORG_HEADS or not all(word[0].isalpha() for word in (words[first], words[last - 1])):
        return
    held = {id(draft): draft for token in range(first, last) if (draft := taken.owner(token))}
    if any(draft.kind != "other" or draft.first < first or draft.last > last for draft in held.values()):
        return  # "Christian" alone may be what somebody believes, "Christian Vogt" is a man
    for draft in held.values():
        taken.remove(draft)
    taken.add(Draft(first, last, "person", "rules", confidence=0.65))
