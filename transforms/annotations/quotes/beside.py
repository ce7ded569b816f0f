"""What stands beside quoted words and tells who says them: a verb of saying, a source, a name alone."""

from transforms.annotations.function_words import BE, DO, HAVE
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.quotes.marks import Quoted
from transforms.annotations.quotes.speakers import Speakers

WINDOW = 25  # tokens around a quote in which its verb may stand
_INTRODUCING = 6  # words from a verb of saying to the colon before what is said
_DASHES = frozenset("–—-")
_NO_SAYING = BE | HAVE | DO | {"as"}

Cue = tuple[str | None, Draft | None, float]
"""Verb, speaker and confidence: a verb without a speaker says that somebody is named whom nothing here resolves."""
NO_CUE: Cue = (None, None, 0.0)


def cue_after(speakers: Speakers, span: Quoted, last: int, next_start: int) -> Cue:
    """`…," said X`, `…," X said`, `…», отметил X`, `…“ – X`. Token `last` is the first behind the quote, `next_start` where the next one begins."""
    tokens, words = speakers.tokens, speakers.words
    position = last
    while position < len(words) and not words[position][0].isalnum() and tokens.starts[position] < next_start:
        if "\n" in tokens.text[tokens.ends[position - 1] : tokens.starts[position]] and position > last:
            return NO_CUE
        position += 1
    if position >= len(words) or "\n" in tokens.text[span.end : tokens.starts[position]]:
        return NO_CUE
    if not speakers.cues.is_english and words[position][0].isupper() and not {",", *_DASHES}.intersection(words[last - 1 : position]):
        return NO_CUE  # a sentence of its own: other languages join what they attribute by a comma
    ended = tokens.text[span.end - 1] in ".…" or (words[position - 1] in (".", "…") and position > last)
    stop = tokens.sentences[tokens.sentence_of[position]][1]
    limit = min(stop, position + (5 if ended else WINDOW))
    if words[position].lower() in ("and", "but"):
        # `X called it "…" and asserted that`: the clause goes on with the subject before the quote.
        is_joined = position + 1 < stop and position + 1 in speakers.cues.verbs
        return None, speakers.opening(tokens.sentences[tokens.sentence_of[last - 1]][0], last) if is_joined else None, 0.7
    if words[position].lower() in speakers.sources:
        return words[position].lower(), speakers.after(position + 1, min(stop, position + 12)), 0.9
    is_fragment = speakers.goes_into(tokens.at(span.start))
    for token in range(position, limit):
        if tokens.starts[token] >= next_start:
            break
        if token in speakers.cues.verbs:
            if is_fragment and ":" in words[token + 1 : token + _INTRODUCING]:
                return NO_CUE  # `By the "old road", X said in May: "…`
            verb = words[token].lower()
            if token == position or (token - position <= 2 and speakers.before(position, token) is None):
                return verb, speakers.behind(token + 1, min(stop, token + 16)), 0.95
            inverted = speakers.after(token + 1, min(stop, token + 4)) if words[token - 1] == "," else None
            subject = inverted or _first_subject(speakers, position, token)
            if subject is not None:
                return verb, subject, 0.95
            if ended:
                return NO_CUE
            if token - position <= 6 and words[position].lower() != "it":
                return verb, None, 0.0
    is_joined = not ended or not _DASHES.isdisjoint(words[last:position])
    return _by_place(speakers, position, stop) if is_joined else NO_CUE


def _first_subject(speakers: Speakers, first: int, verb: int) -> Draft | None:
    """The speaker between a quote and its verb: a named person first, else the first."""
    beside = speakers.by_last.get(verb)
    if beside is not None and beside.first >= first and beside.kind == "person":
        return beside
    candidates = [speakers.by_first[t] for t in range(first, verb) if t in speakers.by_first and speakers.by_first[t].last <= verb]
    candidates = [draft for draft in candidates if draft.kind != "country" or draft.last == verb]
    for draft in candidates:
        if draft.kind == "person" and draft.form == "name":
            return draft
    return candidates[0] if candidates else None


def _by_place(speakers: Speakers, position: int, stop: int) -> Cue:
    """Who speaks where no known verb does: `…," X, the director of Y`, `…“ – X`, `…," X enthused`, `…," enthused X`."""
    words = speakers.words
    is_verb = speakers.cues.is_english and _may_say(words[position])
    first = position + is_verb
    while first < stop and first not in speakers.by_first and words[first][0].isupper() and first < position + 4:
        first += 1  # titles
    draft = speakers.by_first.get(first)
    if draft is None or draft.kind != "person" or draft.form != "name" or not all(word.isalpha() for word in words[draft.last - 1 : draft.last]):
        return NO_CUE
    if is_verb:
        return words[position], draft, 0.8
    if draft.last >= stop or words[draft.last] in (",", ".", "(", ":"):
        return None, draft, 0.8
    return (words[draft.last], draft, 0.8) if speakers.cues.is_english and _may_say(words[draft.last]) else NO_CUE


def _may_say(word: str) -> bool:
    return word.islower() and word.endswith(("ed", "s")) and word not in _NO_SAYING


def cue_before(speakers: Speakers, first: int, behind: int, previous_end: int) -> Cue:
    """`X said: "…`, `X told reporters that the plan was "…`, `According to X, "…`. Token `first` opens the quote, `behind` follows it."""
    tokens, words = speakers.tokens, speakers.words
    position = speakers.word_before(first)
    if position < 0:
        return NO_CUE
    gap = tokens.text[tokens.ends[position] : tokens.starts[first]]
    if "\n\n" in gap and ":" not in gap:
        return NO_CUE
    if any(mark in gap for mark in ".!?") and ":" not in gap:
        return NO_CUE
    start = tokens.sentences[tokens.sentence_of[position]][0]
    apposed = speakers.by_last.get(position + 1)
    if not speakers.cues.is_english and gap.lstrip().startswith(",") and apposed is not None and apposed.kind == "person" and speakers.cues.closes(tokens, behind):
        return None, apposed, 0.8  # Turkish: `X, "…" dedi`
    for token in range(position, max(start, position - WINDOW) - 1, -1):
        if tokens.ends[token] <= previous_end and token < position - 3:
            break
        word = words[token].lower()
        if token in speakers.cues.verbs:
            if speakers.is_writer(token):
                return word, None, 0.0
            is_inverted = token == start or not words[token - 1][0].isalnum()
            inverted = speakers.behind(token + 1, position + 1) if is_inverted else None
            if inverted is not None and not speakers.cues.is_english:
                return word, inverted, 0.85
            subject = speakers.before(start, token)
            if subject is not None:
                return word, subject, 0.9
            if inverted is not None:
                return word, inverted, 0.85
        if word in speakers.sources and token + 1 < len(words) and (word != "according" or words[token + 1].lower() == "to"):
            if word == "according":
                return word, speakers.source(token + 2, min(position + 1, token + 12)), 0.9
            comma = next((ahead for ahead in range(token + 1, position + 1) if words[ahead] == ","), position + 1)
            return word, speakers.after(token + 1, min(comma, token + 12)), 0.9
    if ":" in gap and position in speakers.cues.verbs:
        return words[position].lower(), None, 0.0
    if ":" in gap:
        subject = speakers.after(start, position + 1)
        is_far = subject is not None and subject.first > start + 1
        if subject is not None and not (is_far and (not speakers.cues.is_english or (subject.kind != "person" and speakers.is_governed(subject)))):
            return None, subject, 0.7
        subject = None if speakers.cues.is_english else speakers.sole(start, position + 1)
        if subject is not None:
            return None, subject, 0.6
    return NO_CUE


def cue_inside(speakers: Speakers, first: int, last: int) -> Cue:
    """`«…, — сказал X, — …»`, `“… – scrivono gli attivisti – …”`: a verb between dashes within the quoted tokens `first` to before `last`."""
    words = speakers.words
    for token in sorted(speakers.cues.listed.intersection(range(first + 1, last))):
        if words[token - 1] in _DASHES:
            end = next((ahead for ahead in range(token + 1, min(token + 12, last)) if words[ahead] in _DASHES), None)
            if end is not None:
                return words[token].lower(), speakers.behind(token + 1, end), 0.85
    return NO_CUE
