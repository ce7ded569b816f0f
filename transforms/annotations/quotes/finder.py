"""Quotes and their speakers: direct ones between marks, indirect ones behind a verb of saying."""

from transforms.annotations.cues import Cues
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.quotes.beside import NO_CUE, cue_after, cue_before, cue_inside
from transforms.annotations.quotes.floating import elliptic_speaker, floating_speaker, taken_up
from transforms.annotations.quotes.found import FoundQuote
from transforms.annotations.quotes.indirect import find_indirect
from transforms.annotations.quotes.marks import Quoted, paragraph_break
from transforms.annotations.quotes.speakers import Speakers
from transforms.annotations.tokens import Tokens

_SMALL_IN_TITLES = frozenset({"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "vs", "with"})


def find_quotes(tokens: Tokens, drafts: list[Draft], cues: Cues) -> list[FoundQuote]:
    """All quotes of a field in order of the text; those whose speaker stays open have none."""
    speakers = Speakers(tokens, drafts, cues)
    found: list[FoundQuote] = []
    last_end = 0
    spans = cues.quoted
    breaks = paragraph_break(tokens.text)
    for number, span in enumerate(spans):
        following = spans[number + 1].start if number + 1 < len(spans) else len(tokens.text)
        quote = _direct(speakers, span, last_end, following, found[-1] if found else None, breaks)
        if quote and quote.speaker is None and number and spans[number - 1].is_open and found and found[-1].end == spans[number - 1].end:
            quote.speaker, quote.confidence = found[-1].speaker, 0.7  # a quote of many paragraphs is opened anew at each
        last_end = span.end
        if quote:
            found.append(quote)
    quoted = [(quote.start, quote.end) for quote in found]
    found.extend(find_indirect(tokens, speakers, quoted))
    found.sort(key=lambda quote: quote.start)
    return found


def _direct(speakers: Speakers, span: Quoted, previous_end: int, next_start: int, previous: FoundQuote | None, breaks: str) -> FoundQuote | None:
    tokens, text = speakers.tokens, speakers.tokens.text
    first, last = tokens.at(span.start), tokens.at(span.end)
    size = sum(1 for word in tokens.words[first:last] if word[0].isalnum())
    if size == 0 or (speakers.cues.is_english and _is_title(tokens.words[first:last])):
        return None
    is_sentence = _is_sentence(speakers, span, last, size)
    before = cue_before(speakers, first, last, previous_end)
    # `X said: "…"` and fragments belong to what stands before them, whatever comes after.
    opener = text[max(0, span.start - 9) : span.start].rstrip("\"“«„‘‚'» \u00a0")[-1:]
    is_introduced = before[1] is not None and (opener in (":", ",") or not is_sentence)
    verb, speaker, confidence = before if is_introduced else NO_CUE
    if speaker is None and is_sentence:
        verb, speaker, confidence = cue_after(speakers, span, last, next_start)
        if verb is not None and speaker is None:
            if speakers.cues.closes(tokens, last):
                speaker = elliptic_speaker(speakers, span.start, previous, breaks)
            else:
                speaker = taken_up(speakers, span, last, previous)
            # "said the actor": somebody is named whom nothing here resolves. It stays open.
            return FoundQuote(span.start, span.end, is_direct=True, verb=verb, speaker=speaker, confidence=0.7 if speaker else 0.5)
    if speaker is None:
        verb, speaker, confidence = before
    if speaker is None and not speakers.cues.is_english:
        inside = cue_inside(speakers, first, last)
        verb, speaker, confidence = inside if inside[1] is not None else (verb, None, 0.0)
    if speaker is None and not span.is_open and not (is_sentence and _stands_alone(text, span.start)):
        return None
    if speaker is not None and size < 3 and not (verb and (verb in speakers.cues.speech.strong or verb in speakers.cues.speech.foreign_verbs) and (text[span.end - 1] in ".,!?…")):
        return None
    if speaker is None:
        verb = before[0]
        goes_on = previous is not None and breaks not in text[previous.end : span.start]
        if verb is not None and goes_on and not speakers.cues.is_english and previous is not None:
            speaker, confidence = previous.speaker, 0.6  # "erzählt sie und schildert: …"
        # A colon in a paragraph of its own tells that somebody else speaks, whom nothing here names.
        elif verb is None and (goes_on or opener != ":") and not _is_joined(speakers, span, last) and not (goes_on and previous is not None and previous.speaker is None and previous.verb):
            speaker, confidence = floating_speaker(speakers, span.start, previous, breaks)
    return FoundQuote(span.start, span.end, is_direct=True, verb=verb, speaker=speaker, confidence=confidence if speaker else 0.5)


def _is_sentence(speakers: Speakers, span: Quoted, last: int, size: int) -> bool:
    """Whether quoted words are what somebody said, and no term or fragment within the writer's own sentence."""
    tokens, text = speakers.tokens, speakers.tokens.text
    if size >= 4 and (text[span.end - 1] in ".,!?…;:—-" or text[span.end : span.end + 3].strip("\"”»“’ ")[:1] in (".", ",", "!", "?", "–", "—")):
        return True
    behind = next((token for token in range(last, min(last + 4, len(tokens))) if tokens.words[token][0].isalnum()), None)
    if behind is None or size < 2:
        return False
    has_comma = text[span.end - 1] in ",!?" or "," in tokens.words[last:behind]  # "Never again," Omarov said.
    return (behind in speakers.cues.strong and (has_comma or size >= 4)) or (text[span.end - 1] in ",!?" and behind + 1 in speakers.cues.strong)


def _is_title(words: list[str]) -> bool:
    """Whether English quoted words are the name of a book, film or campaign: all but the small ones have capitals, and no mark ends them."""
    if words[-1] in (".", ",", "!", "?", "…"):
        return False
    spelled = [word for word in words if word[0].isalpha() and word[0] not in "'’‘"]
    if len(spelled) < 2 or all(word.isupper() for word in spelled) or not spelled[0][0].isupper():
        return False
    return all(word[0].isupper() or word in _SMALL_IN_TITLES for word in spelled)


def _is_joined(speakers: Speakers, span: Quoted, last: int) -> bool:
    """Whether the sentence goes on behind quoted words, as it does where it tells who speaks: `…," one reply began`, `…“, heißt es`."""
    tokens, words = speakers.tokens, speakers.tokens.words
    behind = next((token for token in range(last, min(last + 4, len(tokens))) if words[token][0].isalnum()), None)
    if behind is None or "\n" in tokens.text[span.end : tokens.starts[behind]] or not words[behind][0].islower():
        return False
    return tokens.text[span.end - 1] == "," or "," in words[last:behind]


def _stands_alone(text: str, start: int) -> bool:
    """Whether quoted words open a sentence or paragraph, as a floating quote does and a scare quote does not."""
    before = text[:start].rstrip("\"“«„‘‚'» \u00a0\t") if start < 200 else text[start - 200 : start].rstrip("\"“«„‘‚'» \u00a0\t")
    return not before or before[-1] in ".!?:;\n—–-”…"
