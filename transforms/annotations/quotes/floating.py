"""Quotes beside which nobody is named: who spoke before goes on, unless somebody else came between."""

from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.quotes.found import FoundQuote
from transforms.annotations.quotes.marks import Quoted
from transforms.annotations.quotes.speakers import Speakers

_NEAR = 400  # letters between quotes of which the later may take its speaker from the one before
_FAR = 120  # words before a quote in which its speaker may have been named


def floating_speaker(speakers: Speakers, start: int, previous: FoundQuote | None, breaks: str) -> tuple[Draft | None, float]:
    """The speaker of a quote without a cue, and how sure that is."""
    if previous is not None and previous.speaker is not None:
        between = speakers.tokens.text[previous.end : start]
        may_go_on = speakers.cues.is_english or previous.speaker.kind == "person"
        if may_go_on and between.count(breaks) <= 1 and len(between) < _NEAR:
            return _goes_on(speakers, start, previous, breaks), 0.7
    return paragraph_before(speakers, start, breaks, previous.speaker if previous else None), 0.6


def elliptic_speaker(speakers: Speakers, start: int, previous: FoundQuote | None, breaks: str) -> Draft | None:
    """Who `“…”, ha señalado.` goes on with: the last one said to have spoken, else the speaker of the quote before."""
    if previous is not None and previous.speaker is not None:
        return _goes_on(speakers, start, previous, "\0")  # who a sentence names speaks across paragraphs too
    return paragraph_before(speakers, start, breaks, None)


def _goes_on(speakers: Speakers, start: int, previous: FoundQuote, breaks: str) -> Draft | None:
    """The speaker of the quote before, or whoever was said to speak since; where a later sentence names somebody else, that one right before the quote or nobody."""
    tokens = speakers.tokens
    first, position = tokens.at(previous.end), tokens.at(start)
    key = previous.speaker.entity.key if previous.speaker and previous.speaker.entity else None
    while position > first:
        opens = max(first, tokens.sentences[tokens.sentence_of[position - 1]][0])
        subject = _last_subject(speakers, opens, position)
        if subject is not None:
            return subject
        named = (draft for token in range(opens, position) if (draft := speakers.by_first.get(token)) and speakers.is_subject(draft))
        if any(draft.entity and draft.entity.key != key for draft in named):
            is_right_before = position == tokens.at(start) and breaks not in tokens.text[tokens.ends[position - 1] : start]
            return speakers.only(opens, position) if is_right_before else None
        position = opens
    return previous.speaker


def _last_subject(speakers: Speakers, first: int, position: int) -> Draft | None:
    """The subject of the last verb of saying from token `first` to before `position`."""
    tokens = speakers.tokens
    for token in range(position - 1, first - 1, -1):
        if token in speakers.cues.verbs and not speakers.is_quoted(token) and not speakers.is_writer(token):
            start, stop = tokens.sentences[tokens.sentence_of[token]]
            subject = speakers.before(max(start, first), token)
            if subject is None and token in speakers.cues.strong:
                subject = speakers.behind(token + 1, min(stop, token + 8))
            if subject is not None and (speakers.cues.is_english or subject.kind == "person"):
                return subject
    return None


def taken_up(speakers: Speakers, span: Quoted, last: int, previous: FoundQuote | None) -> Draft | None:
    """The body that "it" is behind a quote (`…," it said`): the one that spoke last, else the subject of the sentence before."""
    tokens, words = speakers.tokens, speakers.words
    position = next((token for token in range(last, min(last + 4, len(words))) if words[token][0].isalnum()), None)
    if position is None or words[position].lower() != "it" or position + 1 not in speakers.cues.verbs:
        return None
    if previous is not None and previous.speaker is not None and previous.end > span.start - _NEAR:
        return previous.speaker if previous.speaker.kind == "organization" else None
    before = speakers.word_before(tokens.at(span.start))
    return speakers.organisation(tokens.sentences[tokens.sentence_of[before]][0], before + 1) if before >= 0 else None


def paragraph_before(speakers: Speakers, offset: int, breaks: str, speaking: Draft | None) -> Draft | None:
    """The speaker of a floating quote: the subject of the last verb of saying in the paragraph before it.

    A paragraph without such a verb that opens with the one who spoke last leaves the floor to them; one person named right before speaks.
    """
    tokens = speakers.tokens
    position = tokens.at(offset)
    opens = speakers.paragraph_start(position, breaks, _FAR)
    subject = _last_subject(speakers, opens, position)
    if subject is not None:
        return subject
    opener = speakers.opening(opens, position)
    if opener is not None and opener.entity is not None and speaking is not None and speaking.entity is not None and opener.entity.key == speaking.entity.key:
        return opener
    before = speakers.word_before(position)
    if before < 0 or breaks in tokens.text[tokens.ends[before] : offset]:
        return None
    return speakers.only(tokens.sentences[tokens.sentence_of[before]][0], before + 1)
