"""Where a text tells who speaks: its verbs of saying by token, in English by a list, in other languages also by their place."""

from dataclasses import dataclass

from transforms.annotations.quotes.marks import Quoted, find_quoted
from transforms.annotations.speech import Speech
from transforms.annotations.tokens import Tokens

_FINITE = ("t", "te", "ten", "ó", "л", "ла", "ли", "di", "dı")
_SHORT = 3  # words within marks that may be a term, beside which only a known verb is one of saying


@dataclass(frozen=True, slots=True)
class Cues:
    """`verbs` are the tokens of verbs of saying, `strong` those that carry a quote by themselves, `listed` those
    that are known as such and not only by their place.

    `is_english` says which pronouns, articles and orders of words to expect, `speech` gives the words. `quoted` are the
    stretches between marks.
    """

    speech: Speech
    verbs: frozenset[int]
    strong: frozenset[int]
    quoted: tuple[Quoted, ...]
    listed: frozenset[int] = frozenset()
    is_english: bool = True

    def closes(self, tokens: Tokens, last: int) -> bool:
        """Whether a verb of saying behind a quote, which token `last` follows, goes without a subject there: `"…" dedi.`, `“…”, ha señalado.`"""
        words = tokens.words
        stop = tokens.sentences[tokens.sentence_of[min(last, len(tokens) - 1)]][1]
        verb = next((token for token in range(last, min(last + 6, stop)) if token in self.verbs), None)
        if self.is_english or verb is None:
            return False
        return verb + 1 >= stop or not words[verb + 1][0].isalnum() or words[verb + 1].lower() in self.speech.links | self.speech.adjuncts


def find_cues(tokens: Tokens, speech: Speech, *, is_english: bool) -> Cues:
    """The cues of one field."""
    lowered = [word.lower() for word in tokens.words]
    quoted = tuple(find_quoted(tokens.text))
    if is_english:
        verbs = frozenset(token for token, word in enumerate(lowered) if word in speech.verbs)
        return Cues(speech, verbs, frozenset(token for token in verbs if lowered[token] in speech.strong), quoted)
    listed = {token for token, word in enumerate(lowered) if word in speech.foreign_verbs or word in speech.verbs}
    listed |= {token for token, word in enumerate(lowered) if word in speech.closers and _closes_clause(tokens.words, token, speech)}
    strong = listed | set(_beside_quotes(tokens, lowered, quoted, speech))
    return Cues(speech, frozenset(strong), frozenset(strong), quoted, frozenset(listed), is_english=False)


def _beside_quotes(tokens: Tokens, lowered: list[str], quoted: tuple[Quoted, ...], speech: Speech) -> list[int]:
    """Words that can only be verbs of saying: `“, ereiferte sich der Coach`, `“, so Ehlert`, `und behauptete: „`."""
    words = tokens.words
    openers = speech.articles | speech.reflexives | speech.pronouns.keys()
    never = speech.never_verbs | speech.articles | speech.pronouns.keys()
    found: list[int] = []
    for span in quoted:
        behind = tokens.at(span.end)
        if sum(word[0].isalnum() for word in words[tokens.at(span.start) : behind]) <= _SHORT:
            continue
        commas = words[behind - 1 : behind] if behind else []
        while behind < len(words) and not words[behind][0].isalnum():
            commas.append(words[behind])
            behind += 1
        if behind + 1 < len(words) and "," in commas and lowered[behind] in speech.auxiliaries:
            behind += 1
        following = words[behind + 1] if behind + 1 < len(words) else " "
        is_followed = following[0].isupper() or lowered[min(behind + 1, len(words) - 1)] in openers
        is_followed = is_followed or (behind < len(words) and words[behind].endswith("ó"))  # Spanish: `”, rememoró`
        is_followed = is_followed or following == "."  # `”, matiza.`
        is_followed = is_followed or following.lower() in speech.people or (commas[:1] == [","] and _has_name_behind(words, behind + 1))
        if behind < len(words) and "," in commas and is_followed and _may_say(words[behind], never) and "\n" not in tokens.text[span.end : tokens.starts[behind]]:
            found.append(behind)
        before = tokens.at(span.start) - 1
        while before >= 0 and words[before] in "\"“„«‘‚”»":
            before -= 1
        if before > 0 and words[before] == ":":
            before -= 2 if lowered[before - 1] in speech.introductions else 1
            if before > 0 and _may_say(words[before], never) and words[before].endswith(_FINITE):
                found.append(before)
    return found


def _closes_clause(words: list[str], token: int, speech: Speech) -> bool:
    """Whether the German "so" stands for a verb of saying: `Das Haus sei alt, so der Rat.`"""
    following = words[token + 1] if token + 1 < len(words) else " "
    return token > 0 and words[token - 1] == "," and (following[0].isupper() or following in speech.articles)


def _has_name_behind(words: list[str], token: int) -> bool:
    """Whether one word parts a verb from the name behind it: `,“ uzavřel téma Toro`."""
    return token + 1 < len(words) and words[token].isalpha() and words[token].islower() and words[token + 1][0].isupper()


def _may_say(word: str, never: frozenset[str]) -> bool:
    return word.isalpha() and word.islower() and len(word) > 1 and word not in never
