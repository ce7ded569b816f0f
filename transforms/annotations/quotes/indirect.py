"""Indirect quotes: the content clauses of verbs of saying."""

from transforms.annotations.folding import fold
from transforms.annotations.quotes.found import FoundQuote
from transforms.annotations.quotes.speakers import Speakers
from transforms.annotations.tokens import Tokens


def find_indirect(tokens: Tokens, speakers: Speakers, quoted: list[tuple[int, int]]) -> list[FoundQuote]:
    """Content clauses: `X said that …`, `X noted the visit would …`."""
    found: list[FoundQuote] = []
    words = tokens.words
    for start, stop in tokens.sentences:
        for token in range(start + 1, stop - 2):
            word = words[token].lower()
            if word not in speakers.cues.speech.content:
                continue
            after = words[token + 1].lower()
            if not (after == "that" or (word in ("said", "says", "believes") and words[token + 1][0].isalpha() and after not in ("on", "in", "at", "to", "of", "by", "during"))):
                continue
            subject = speakers.by_last.get(token) or (speakers.before(max(start, token - 10), token) if after == "that" else None)
            if subject is None:
                continue
            begin = token + 2 if after == "that" else token + 1
            end = stop
            while end > begin and not words[end - 1][0].isalnum():
                end -= 1
            if end - begin < 3:
                continue
            span = tokens.span(begin, end)
            if any(left < span[1] and span[0] < right for left, right in quoted):
                break
            found.append(FoundQuote(*span, is_direct=False, verb=fold(word), speaker=subject, confidence=0.8))
            break
    return found
