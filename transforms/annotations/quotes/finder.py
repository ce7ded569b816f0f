"""Quotes and their speakers: direct ones between marks, indirect ones behind a verb of saying."""

from transforms.annotations.cues import Cues
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.quotes.found import FoundQuote
from transforms.annotations.quotes.indirect import find_indirect
from transforms.annotations.quotes.marks import Quoted, paragraph_break
from transforms.annotations.quotes.speakers import Speakers
from transforms.annotations.speech import OTHERS, STRONG
from transforms.annotations.tokens import Tokens

_NEAR = 400  # letters between quotes of which the later may take its speaker from the one before
WINDOW = 25  # tokens around a quote in which its verb may stand


def find_quotes(tokens: Tokens, drafts: list[Draft], cues: Cues) -> list[FoundQuote]:
    """All quotes of a field in order of the text; those whose speaker stays open have none."""
    speakers = Speakers(tokens, drafts, cues)
    found: list[FoundQuote] = []
    last_end = 0
    spans = cues.quoted
    breaks = paragraph_break(tokens.text)
    for number, span in enumerate(spans):
        following = spans[number + 1].start if number + 1 < len(spans) else len(tokens.text)
        quote = _direct(tokens, speakers, span, last_end, following, found[-1] if found else None, breaks)
        if quote and quote.speaker is None and number and spans[number - 1].is_open and found and found[-1].end == spans[number - 1].end:
            quote.speaker, quote.confidence = found[-1].speaker, 0.7  # a quote of many paragraphs is opened anew at each
        last_end = span.end
        if quote:
            found.append(quote)
    quoted = [(quote.start, quote.end) for quote in found]
    found.extend(find_indirect(tokens, speakers, quoted))
    found.sort(key=lambda quote: quote.start)
    return found


def _direct(tokens: Tokens, speakers: Speakers, span: Quoted, previous_end: int, next_start: int, previous: FoundQuote | None, breaks: str) -> FoundQuote | None:
    text = tokens.text
    first, last = tokens.at(span.start), tokens.at(span.end)
    size = sum(1 for word in tokens.words[first:last] if word[0].isalnum())
    if size == 0:
        return None
    is_sentence = size >= 4 and (text[span.end - 1] in ".,!?…;:—-" or text[span.end : span.end + 3].strip("\"”»“’ ")[:1] in (".", ",", "!", "?", "–", "—"))
    behind = next((token for token in range(last, min(last + 4, len(tokens))) if tokens.words[token][0].isalnum()), None)
    if behind is not None and size >= 2 and not is_sentence:  # "Never again," Omarov said.
        has_comma = text[span.end - 1] in ",!?" or "," in tokens.words[last:behind]
        is_sentence = behind in speakers.cues.strong and (has_comma or size >= 4)
        is_sentence = is_sentence or (text[span.end - 1] in ",!?" and behind + 1 in speakers.cues.strong)
    before = _cue_before(tokens, speakers, first, previous_end)
    # `X said: "…"` and fragments belong to what stands before them, whatever comes after.
    is_introduced = before[1] is not None and (text[: span.start].rstrip("\"“«„‘‚'» \u00a0")[-1:] in (":", ",") or not is_sentence)
    verb, speaker, confidence = before if is_introduced else (None, None, 0.0)
    if speaker is None and is_sentence:
        verb, speaker, confidence = _cue_after(tokens, speakers, span, last, next_start)
        if verb is not None and speaker is None and _is_elliptic(tokens, speakers.cues, span, last):
            before = verb, (previous.speaker if previous else None) or _paragraph_before(tokens, speakers, span.start, breaks, None), 0.7
        elif verb is not None and speaker is None and (body := _taken_up(tokens, speakers, span, last, previous)) is not None:
            speaker, confidence = body, 0.7
        elif verb is not None and speaker is None:
            # "said the actor": somebody is named whom nothing here resolves. It stays open.
            return FoundQuote(span.start, span.end, is_direct=True, verb=verb, confidence=0.5)
    if speaker is None:
        verb, speaker, confidence = before
    if speaker is None and not span.is_open and not (is_sentence and _stands_alone(text, span.start)):
        return None
    if speaker is None and before[0] is not None and not speakers.cues.is_english and previous is not None and breaks not in text[previous.end : span.start]:
        verb, speaker, confidence = before[0], previous.speaker, 0.6  # "erzählt sie und schildert: …"
    elif speaker is None and before[0] is not None:
        return FoundQuote(span.start, span.end, is_direct=True, verb=before[0], confidence=0.5)
    if speaker is not None and size < 3 and not (verb and (verb in STRONG or verb in OTHERS) and (text[span.end - 1] in ".,!?…")):
        return None
    if speaker is None and previous is not None and previous.speaker is None and previous.verb and breaks not in text[previous.end : span.start]:
        return FoundQuote(span.start, span.end, is_direct=True, confidence=0.5)
    if speaker is None and previous is not None and previous.speaker is not None:
        between = text[previous.end : span.start]
        may_go_on = speakers.cues.is_english or previous.speaker.kind == "person"
        if may_go_on and between.count(breaks) <= 1 and len(between) < _NEAR:
            speaker, confidence = previous.speaker, 0.7
    if speaker is None:
        speaker, confidence = _paragraph_before(tokens, speakers, span.start, breaks, previous.speaker if previous else None), 0.6
    return FoundQuote(span.start, span.end, is_direct=True, verb=verb, speaker=speaker, confidence=confidence if speaker else 0.5)


def _is_elliptic(tokens: Tokens, cues: Cues, span: Quoted, last: int) -> bool:
    """Whether a verb of saying behind a quote goes without a subject, as Spanish and Turkish allow: `“…”, ha señalado.`"""
    stop = tokens.sentences[tokens.sentence_of[min(last, len(tokens) - 1)]][1]
    verb = next((token for token in range(last, min(last + 6, stop)) if token in cues.verbs), None)
    return not cues.is_english and verb is not None and (verb + 1 >= stop or not tokens.words[verb + 1][0].isalnum())


def _taken_up(tokens: Tokens, speakers: Speakers, span: Quoted, last: int, previous: FoundQuote | None) -> Draft | None:
    """The body that "it" is behind a quote (`…," it said`): the one that spoke last, else the subject of the sentence before."""
    words = tokens.words
    position = next((token for token in range(last, min(last + 4, len(words))) if words[token][0].isalnum()), None)
    if position is None or words[position].lower() != "it" or position + 1 not in speakers.cues.verbs:
        return None
    if previous is not None and previous.speaker is not None and previous.end > span.start - _NEAR:
        return previous.speaker if previous.speaker.kind == "organization" else None
    before = tokens.at(span.start) - 1
    while before > 0 and not words[before][0].isalnum():
        before -= 1
    return speakers.organisation(tokens.sentences[tokens.sentence_of[before]][0], before + 1) if before >= 0 else None


def _stands_alone(text: str, start: int) -> bool:
    """Whether quoted words open a sentence or paragraph, as a floating quote does and a scare quote does not."""
    before = text[:start].rstrip("\"“«„‘‚'» \u00a0\t") if start < 200 else text[start - 200 : start].rstrip("\"“«„‘‚'» \u00a0\t")
    return not before or before[-1] in ".!?:;\n—–-”…"


def _cue_after(tokens: Tokens, speakers: Speakers, span: Quoted, last: int, next_start: int) -> tuple[str | None, Draft | None, float]:
    """`…," said X`, `…," X said`, `…», отметил X`."""
    words = tokens.words
    position = last
    while position < len(words) and not words[position][0].isalnum() and tokens.starts[position] < next_start:
        if "\n" in tokens.text[tokens.ends[position - 1] : tokens.starts[position]] and position > last:
            return None, None, 0.0
        position += 1
    if position >= len(words) or "\n" in tokens.text[span.end : tokens.starts[position]]:
        return None, None, 0.0
    if not speakers.cues.is_english and words[position][0].isupper() and not {",", "–", "—", "-"}.intersection(words[last - 1 : position]):
        return None, None, 0.0  # a sentence of its own: other languages join what they attribute by a comma
    ended = tokens.text[span.end - 1] in ".…" or (words[position - 1] in (".", "…") and position > last)
    stop = tokens.sentences[tokens.sentence_of[position]][1]
    limit = min(stop, position + (8 if ended else WINDOW))
    if words[position].lower() in ("and", "but"):
        # `X called it "…" and asserted that`: the clause goes on with the subject before the quote.
        is_joined = position + 1 < stop and position + 1 in speakers.cues.verbs
        return None, speakers.opening(tokens.sentences[tokens.sentence_of[last - 1]][0], last) if is_joined else None, 0.7
    for token in range(position, limit):
        if tokens.starts[token] >= next_start:
            break
        if token in speakers.cues.verbs:
            verb = words[token].lower()
            if token == position or (token - position <= 2 and speakers.before(position, token) is None):
                return verb, speakers.behind(token + 1, min(stop, token + 16)), 0.95
            inverted = speakers.after(token + 1, min(stop, token + 4)) if words[token - 1] == "," else None
            subject = inverted or _first_subject(speakers, position, token)
            if subject is not None:
                return verb, subject, 0.95
            if ended:
                return None, None, 0.0
            if token - position <= 6 and words[position].lower() != "it":
                return verb, None, 0.0
    if words[position].lower() == "according":
        return "according to", speakers.after(position + 1, min(stop, position + 12)), 0.9
    return None, None, 0.0


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


def _cue_before(tokens: Tokens, speakers: Speakers, first: int, previous_end: int) -> tuple[str | None, Draft | None, float]:
    """`X said: "…`, `X told reporters that the plan was "…`, `According to X, "…`."""
    if first == 0:
        return None, None, 0.0
    words = tokens.words
    position = first - 1
    while position >= 0 and not words[position][0].isalnum():
        position -= 1
    if position < 0:
        return None, None, 0.0
    gap = tokens.text[tokens.ends[position] : tokens.starts[first]]
    if "\n\n" in gap and ":" not in gap:
        return None, None, 0.0
    if any(mark in gap for mark in ".!?") and ":" not in gap:
        return None, None, 0.0
    start = tokens.sentences[tokens.sentence_of[position]][0]
    apposed = speakers.by_last.get(position + 1)
    if not speakers.cues.is_english and gap.lstrip().startswith(",") and apposed is not None and apposed.kind == "person":
        return None, apposed, 0.8  # Turkish: `X, "…" dedi`
    for token in range(position, max(start, position - WINDOW) - 1, -1):
        if tokens.ends[token] <= previous_end and token < position - 3:
            break
        word = words[token].lower()
        if token in speakers.cues.verbs:
            is_inverted = token == start or not words[token - 1][0].isalnum()
            inverted = speakers.after(token + 1, position + 1) if is_inverted else None
            if inverted is not None and not speakers.cues.is_english:
                return word, inverted, 0.85
            subject = speakers.before(start, token)
            if subject is not None:
                return word, subject, 0.9
            if inverted is not None:
                return word, inverted, 0.85
        if word == "according" and token + 1 < len(words) and words[token + 1].lower() == "to":
            return "according to", speakers.after(token + 2, min(position + 1, token + 12)), 0.9
    if ":" in gap and position in speakers.cues.verbs:
        return words[position].lower(), None, 0.0
    if ":" in gap:
        subject = speakers.after(start, position + 1)
        if subject is not None and (speakers.cues.is_english or subject.first <= start + 1):
            return None, subject, 0.7
    return None, None, 0.0


def _paragraph_before(tokens: Tokens, speakers: Speakers, offset: int, breaks: str, speaking: Draft | None) -> Draft | None:
    """The speaker of a floating quote: the subject of the last verb of saying in the paragraph before it.

    A paragraph without such a verb that opens with the one who spoke last leaves the floor to them; one person named right before speaks.
    """
    words = tokens.words
    position = tokens.at(offset) - 1
    paragraphs = 0
    opens = position + 1
    for token in range(position, max(-1, position - 120), -1):
        if token + 1 < len(words) and breaks in tokens.text[tokens.ends[token] : tokens.starts[token + 1]]:
            paragraphs += 1
            if paragraphs > 1:
                break
        opens = token
        if token in speakers.cues.verbs:
            start, stop = tokens.sentences[tokens.sentence_of[token]]
            subject = speakers.before(start, token) or (speakers.behind(token + 1, min(stop, token + 8)) if token in speakers.cues.strong else None)
            if subject is not None and (speakers.cues.is_english or subject.kind == "person"):
                return subject
    opener = speakers.opening(opens, position + 1)
    if opener is not None and opener.entity is not None and speaking is not None and speaking.entity is not None and opener.entity.key == speaking.entity.key:
        return opener
    before = tokens.at(offset) - 1
    while before > 0 and not words[before][0].isalnum():
        before -= 1
    if before < 0 or breaks in tokens.text[tokens.ends[before] : offset]:
        return None
    return speakers.only(tokens.sentences[tokens.sentence_of[before]][0], before + 1)
